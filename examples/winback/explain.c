/* SPDX-License-Identifier: MIT */
/* winback explain: why a patient is in a campaign, or not. For staff eyes. */
#include "explain.h"

#include <stdlib.h>
#include <string.h>

/* The parts of a rule that decide, as the library's JSON, and what was missing; NULL: it is said on
   stderr. */
static char *explain_rule(const explain_subject *subject, const char *what, const char *text,
                          wb_verdict *verdict) {
  wb_rule *rule = NULL;
  wb_error error = {0};
  size_t length = 0;
  char *buffer = NULL;
  const cli_world *world = subject->world;
  wb_status status = wb_rule_new(NULL, world->schema, text, strlen(text), &rule, &error);
  if (status == WB_OK) {
    status =
        wb_rule_explain(rule, world->facts, subject->row, &world->moment, NULL, 0, &length, &error);
  }
  if (status == WB_E_SPACE) {
    buffer = cli_grow(NULL, length + 1, 1);
    status = wb_rule_explain(rule, world->facts, subject->row, &world->moment, buffer, length + 1,
                             &length, &error);
  }
  if (status == WB_OK) {
    status = wb_rule_test(rule, world->facts, subject->row, &world->moment, verdict, &error);
  }
  wb_rule_unref(rule);
  if (status == WB_OK && buffer) {
    buffer[length] = 0;
    return buffer;
  }
  free(buffer);
  cli_fail(what, status, &error);
  return NULL;
}

/* A value, as the record has it; of a list how long it is. */
static void explain_value(const explain_subject *subject, const cli_json *value) {
  uint32_t index = 0;
  wb_field field = {.size = sizeof field};
  const char *name = value->name;
  if (wb_schema_find(subject->world->schema, name, strlen(name), &index) == WB_OK &&
      wb_schema_get(subject->world->schema, index, &field) == WB_OK && field.type == WB_LIST) {
    printf("      %s has %lld\n", name, value->integer);
  } else {
    const char *text = value->text ? value->text : value->truth ? "true" : "false";
    printf("      %s is %s\n", name, value->kind == CLI_NULL ? "not there" : text);
  }
}

/* A truth in words. */
static const char *explain_truth(const cli_json *of) {
  const char *truth = cli_json_text(of, "truth", "unknown");
  if (!strcmp(truth, "error")) return "has no value";
  return strcmp(truth, "unknown") ? truth : "cannot be told";
}

/* The verdict and the deciding parts as sentences. */
static void explain_because(const explain_subject *subject, const char *title,
                            const cli_json *explanation) {
  const cli_json *parts = cli_json_find(explanation, "because");
  printf("  %s: %s%s\n", title, explain_truth(explanation),
         parts && parts->first ? ", because" : "");
  for (const cli_json *part = parts ? parts->first : NULL; part; part = part->next) {
    printf("    %s: %s\n", cli_json_text(part, "text", ""), explain_truth(part));
    const cli_json *values = cli_json_find(part, "values");
    for (const cli_json *value = values ? values->first : NULL; value; value = value->next)
      explain_value(subject, value);
  }
}

/* Names the fields for want of which a rule cannot be told. */
static void explain_missing(const explain_subject *subject, const wb_verdict *verdict) {
  wb_field field = {.size = sizeof field};
  uint32_t count =
      verdict->missing_count < WB_VERDICT_MISSING ? verdict->missing_count : WB_VERDICT_MISSING;
  if (!subject->json && count) fputs("    missing: ", stdout);
  for (uint32_t i = 0; i < count; i++) {
    if (wb_schema_get(subject->world->schema, verdict->missing[i], &field) != WB_OK) continue;
    const char *quote = subject->json ? "\"" : "";
    printf("%s%s%s%s", i ? subject->json ? "," : ", " : "", quote, field.name, quote);
  }
  if (!subject->json && count) putchar('\n');
}

/* How a rule is shown to people: `title` says what was asked; NULL: the fields that decide, in
   words. */
static void explain_show(const explain_subject *subject, const char *found, const char *title,
                         const wb_verdict *verdict) {
  char error[128];
  cli_json *explanation = cli_json_parse(found, strlen(found), error, sizeof error);
  if (title) {
    explain_because(subject, title, explanation);
    explain_missing(subject, verdict);
  } else {
    cli_explain_fields(subject, explanation, verdict);
  }
  cli_json_free(explanation);
}

/* A rule's verdict and the parts that decide. */
static int explain_print_rule(const explain_subject *subject, const char *what, const char *text,
                              const char *title) {
  wb_verdict verdict = {.size = sizeof verdict};
  char *found = explain_rule(subject, what, text, &verdict);
  if (!found) return CLI_USAGE;
  if (subject->json) {
    printf("%s\"rule\":%s,\"missing\":[", title ? "" : ",", found);
    explain_missing(subject, &verdict);
    putchar(']');
  } else {
    explain_show(subject, found, title, &verdict);
  }
  free(found);
  return CLI_OK;
}

/* What the outcome names. */
static const char *explain_name(const explain_subject *subject, const wb_match *match,
                                wb_field *field) {
  if (match->outcome == WB_MATCH_UNKNOWN) {
    field->size = sizeof *field;
    if (wb_schema_get(subject->world->schema, match->missing, field) == WB_OK) return field->name;
  }
  const char *name = match->segment ? match->segment : match->reason;
  return name ? name : "";
}

/* A member of the answer for programs. */
static void explain_member(const char *name, const char *value) {
  printf("\"%s\":", name);
  cli_json_string(stdout, value, strlen(value));
  putchar(',');
}

/* Whether who is meant could be written to: what the store knows goes before. */
static void explain_reached_json(const cli_world *world, const cli_reach *reach) {
  char at[40];
  size_t length = 0;
  const bool none = reach->hold == WB_HOLD_NONE && (reach->over || reach->away);
  if (reach->hold >= 0 && !none) explain_member("hold", wb_hold_name(reach->hold));
  if (wb_time_format(reach->again, world->moment.zone, at, sizeof at, &length) == WB_OK)
    printf("\"until\":\"%s\",\"ahead\":%u,", at, (unsigned)reach->ahead);
  if (reach->away) fputs("\"away\":true,", stdout);
  if (reach->over) explain_member("over", reach->reason);
}

/* The visits that a campaign asks about. */
static void explain_visits_json(const cli_reach *reach) {
  fputs("\"visits\":[", stdout);
  for (int i = 0; i < reach->visit_count; i++) {
    printf("%s{\"visit\":", i ? "," : "");
    cli_json_string(stdout, reach->visits[i].key, strlen(reach->visits[i].key));
    printf(",\"hold\":\"%s\"}", wb_hold_name(reach->visits[i].hold));
  }
  fputs("],", stdout);
}

/* The outcome for programs, and the sentence of it. */
static void explain_found_json(const cli_world *world, const explain_found *found,
                               const char *campaign) {
  static const char *const outcomes[] = {"in",      "excluded", "audience",
                                         "unknown", "segment",  "exit"};
  static const char *const members[] = {"segment", "reason", "", "", "", "reason"};
  const int32_t outcome = found->match->outcome;
  char *says = NULL;
  size_t length = 0;
  putchar('{');
  explain_member("campaign", campaign);
  explain_member("outcome", outcomes[outcome]);
  if (members[outcome][0]) explain_member(members[outcome], found->name);
  explain_reached_json(world, found->reach);
  if (found->about == ABOUT_VISIT) explain_visits_json(found->reach);
  FILE *out = open_memstream(&says, &length);
  if (!out) return;
  cli_explain_says(out, found);
  fclose(out);
  fputs("\"says\":", stdout);
  cli_json_string(stdout, says, length);
  free(says);
}

/* The same for people. */
static void explain_found_say(const explain_found *found, const wb_campaign_info *info) {
  printf("\n%s (%s)\n  ", info->title, info->name);
  cli_explain_says(stdout, found);
  putchar('\n');
}

/* What a campaign is about. */
static explain_about explain_subject_of(const cli_json *campaign) {
  const char *subject = cli_json_text(campaign, "subject", "patient");
  if (!strcmp(subject, "appointment")) return ABOUT_VISIT;
  return strcmp(subject, "opening") ? ABOUT_PATIENT : ABOUT_OPENING;
}

/* When a visit begins, as the record has it; empty: it does not say. */
static wb_status explain_when(const explain_subject *subject, const char *visit, char when[40]) {
  const cli_world *world = subject->world;
  uint32_t list = 0, key = 0, start = 0;
  cli_answer count, answer;
  (void)wb_schema_find(world->schema, "appointments", 12, &list);
  (void)wb_schema_find(world->schema, "appointments.appointment", 24, &key);
  (void)wb_schema_find(world->schema, "appointments.start", 18, &start);
  wb_status status = cli_field_read(world, subject->row, list, &count, NULL);
  for (uint32_t i = 0; status == WB_OK && i < (uint32_t)count.number; i++) {
    status = cli_item_read(world, subject->row, key, i, &answer, NULL);
    if (status != WB_OK || strlen(visit) != answer.length ||
        memcmp(visit, answer.text, answer.length))
      continue;
    status = cli_item_read(world, subject->row, start, i, &answer, NULL);
    if (status == WB_OK && answer.kind == WB_TIME)
      (void)cli_minute(world->moment.zone, answer.number, when);
  }
  return status;
}

/* Whether the patient may hear of the campaign's offer, where nothing else is in the way. */
static int explain_offer(const explain_subject *subject, const cli_json *campaign,
                         cli_reach *reach) {
  wb_error error = {0};
  const cli_json *offer = cli_offer_of(campaign, NULL);
  const bool asked = reach->hold == WB_HOLD_NONE || reach->hold == WB_HOLD_OFFER;
  if (!offer || !asked || reach->over || reach->away) return CLI_OK;
  wb_status status = cli_offer_ask(subject->world, subject->row, offer, &reach->offer, &error);
  if (status != WB_OK) return cli_fail("the offer", status, &error);
  if (reach->offer != WB_OFFER_FINE) reach->hold = WB_HOLD_OFFER;
  return CLI_OK;
}

/* Whether the patient is meant, and could be written to. */
static int explain_ask(const explain_subject *subject, wb_campaign *campaign, explain_about about,
                       wb_match *match, cli_reach *reach) {
  wb_error error = {0};
  *reach = (cli_reach){.hold = -1, .again = WB_TIME_NONE};
  wb_status status = wb_campaign_match(campaign, subject->world->facts, subject->row,
                                       &subject->world->moment, match, &error);
  if (status != WB_OK) return cli_fail("the patient's facts", status, &error);
  const bool visits = about == ABOUT_VISIT && match->outcome != WB_MATCH_EXCLUDED;
  if (match->outcome != WB_MATCH_IN && !visits) return CLI_OK;
  int result = cli_explain_reach(subject->store, subject->options, subject->world, campaign, reach);
  if (result != CLI_OK || !visits) return result;
  for (int i = 0; i < reach->visit_count; i++) {
    status = explain_when(subject, reach->visits[i].key, reach->visits[i].when);
    if (status != WB_OK) return cli_fail("the patient's visits", status, NULL);
  }
  match->outcome = reach->visit_count ? WB_MATCH_IN : WB_MATCH_AUDIENCE;
  match->segment = reach->visit_count ? reach->reason : NULL;
  return CLI_OK;
}

/* One compiled campaign: the outcome, and what decides. */
static int explain_match(const explain_subject *subject, wb_campaign *campaign) {
  char why[128];
  cli_reach reach;
  wb_field field;
  wb_match match = {.size = sizeof match};
  wb_campaign_info info = {.size = sizeof info};
  (void)wb_campaign_get(campaign, &info);
  cli_json *json = cli_json_parse(info.canonical, info.canonical_length, why, sizeof why);
  explain_found found = {.match = &match, .reach = &reach, .about = explain_subject_of(json)};
  int result = explain_ask(subject, campaign, found.about, &match, &reach);
  if (result == CLI_OK) result = explain_offer(subject, json, &reach);
  if (result == CLI_OK) {
    found.name = explain_name(subject, &match, &field);
    if (subject->json)
      explain_found_json(subject->world, &found, info.name);
    else
      explain_found_say(&found, &info);
    const bool excluded = match.outcome == WB_MATCH_EXCLUDED;
    const bool rule = found.about != ABOUT_VISIT && (subject->json || !excluded);
    if (rule)
      result =
          explain_print_rule(subject, info.name, cli_json_text(json, "audience", "true"), NULL);
    if (subject->json) putchar('}');
  }
  cli_json_free(json);
  return result;
}

static int explain_campaign(const explain_subject *subject, const char *name, bool *first) {
  wb_campaign *campaign = NULL;
  int result = cli_campaign_load(subject->world, name, &campaign);
  if (result == CLI_SKIPPED) return CLI_OK;
  if (result == CLI_OK && subject->json && !*first) putchar(',');
  *first = false;
  if (result == CLI_OK) result = explain_match(subject, campaign);
  wb_campaign_unref(campaign);
  return result;
}

/* The campaigns that are named; when nothing is, all that ship. */
static int explain_campaigns(const explain_subject *subject, const cli_options *options) {
  bool all = !options->campaign_count && !options->where, first = true;
  uint32_t count = all ? wb_playbook_count() : (uint32_t)options->campaign_count;
  int result = CLI_OK;
  if (subject->json) fputs(",\"campaigns\":[", stdout);
  for (uint32_t i = 0; result == CLI_OK && i < count; i++) {
    const char *name = all ? NULL : options->campaigns[i], *json = NULL;
    size_t length = 0;
    if (all && wb_playbook_get(i, &name, &json, &length) != WB_OK) break;
    result = explain_campaign(subject, name, &first);
  }
  if (subject->json) putchar(']');
  return result;
}

static int explain_where(const explain_subject *subject, const char *where) {
  if (!where) return CLI_OK;
  if (!subject->json) return explain_print_rule(subject, "--where", where, where);
  fputs(",\"where\":{", stdout);
  int result = explain_print_rule(subject, "--where", where, where);
  putchar('}');
  return result;
}

/* Says everything. */
static int explain_all(const explain_subject *subject) {
  const cli_options *options = subject->options;
  int result = cli_explain_record(subject);
  if (result == CLI_OK) result = explain_campaigns(subject, options);
  if (result == CLI_OK) result = explain_where(subject, options->where);
  if (result == CLI_OK) result = cli_explain_store(subject->store, options, subject->world);
  if (subject->json) puts("}");
  return result;
}

/* Finds the patient, and the store if one is named. */
static int explain_patient(cli_world *world, const cli_options *options) {
  cli_store store = {.journal = -1, .outbox = -1};
  explain_subject subject = {.options = options,
                             .world = world,
                             .store = &store,
                             .patient = options->patient,
                             .json = options->json};
  wb_status status =
      wb_facts_find(world->facts, options->patient, strlen(options->patient), &subject.row);
  if (status == WB_E_NAME) {
    cli_error("--patient: nobody in the data has this key");
    return CLI_USAGE;
  }
  if (status != WB_OK) return cli_fail("--patient", status, NULL);
  int result = cli_store_find(options);
  if (result == CLI_OK && options->store) result = cli_store_try(&store, options, world);
  if (result == CLI_OK) result = cli_explain_next(&store, options, world);
  if (result == CLI_OK) result = explain_all(&subject);
  (void)cli_store_close(&store, false);
  return result;
}

int cli_explain(const cli_options *options) {
  if (!options->patient && !options->facts) {
    cli_error("--patient KEY is needed");
    return CLI_USAGE;
  }
  cli_world world;
  int result = cli_world_load(options, &world);
  if (result != CLI_OK) return result;
  result =
      options->facts ? cli_print_facts(&world, options->patient) : explain_patient(&world, options);
  cli_left_out_summary();
  cli_world_free(&world);
  return result;
}

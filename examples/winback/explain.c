/* SPDX-License-Identifier: MIT */
/* winback explain: why a patient is in a campaign, or not. For staff eyes. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* Who is explained. */
typedef struct explain_subject {
  const cli_options *options;
  cli_world *world;
  const char *patient;
  uint64_t row;
  bool json;
} explain_subject;

/* The facts shown first, with their words. */
static const struct {
  const char *field, *label;
} explain_facts[] = {
    {"patient.status", "status"},
    {"recare.kind", "recare"},
    {"recare.recorded_kind", "on record"},
    {"recare.last", "last recare visit"},
    {"recare.due", "due"},
    {"recare.overdue_months", "months overdue"},
    {"recare.band", "band"},
    {"recare.booked", "visit booked"},
    {"visit.last", "last visit"},
    {"visit.next", "next visit"},
    {"recare.disabled", "recall disabled"},
    {"recare.disabled_until", "recall disabled until"},
    {"recare.advise_perio", "history says perio, record says prophy"},
};

/* One of them; what is absent is not shown to people. */
static void explain_fact(const explain_subject *subject, size_t i, const cli_answer *answer) {
  bool absent = answer->kind == WB_NULL || answer->kind == WB_UNKNOWN;
  if (subject->json) {
    printf("%s\"%s\":", i ? "," : "", explain_facts[i].field);
    cli_answer_json(stdout, answer);
  } else if (answer->kind == WB_BOOL) {
    printf("  %s: %s\n", explain_facts[i].label, answer->number ? "yes" : "no");
  } else if (!absent) {
    printf("  %s: %.*s\n", explain_facts[i].label, (int)answer->length, answer->text);
  }
}

/* Where a patient stands. */
static int explain_standing(const explain_subject *subject) {
  if (subject->json) {
    fputs("{\"patient\":", stdout);
    cli_json_string(stdout, subject->patient, strlen(subject->patient));
    fputs(",\"facts\":{", stdout);
  } else {
    printf("patient %s\n", subject->patient);
  }
  for (size_t i = 0; i < sizeof explain_facts / sizeof explain_facts[0]; i++) {
    const char *name = explain_facts[i].field;
    uint32_t field = 0;
    cli_answer answer;
    wb_error error = {0};
    if (wb_schema_find(subject->world->schema, name, strlen(name), &field) != WB_OK) continue;
    wb_status status = cli_field_read(subject->world, subject->row, field, &answer, &error);
    if (status != WB_OK) return cli_fail("the patient's facts", status, &error);
    explain_fact(subject, i, &answer);
  }
  if (subject->json) fputs("}", stdout);
  return CLI_OK;
}

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

/* A rule's verdict and the parts that decide. */
static int explain_print_rule(const explain_subject *subject, const char *what, const char *text,
                              const char *title) {
  char error[128];
  wb_verdict verdict = {.size = sizeof verdict};
  char *found = explain_rule(subject, what, text, &verdict);
  if (!found) return CLI_USAGE;
  if (subject->json) {
    printf("\"rule\":%s,\"missing\":[", found);
    explain_missing(subject, &verdict);
    putchar(']');
  } else {
    cli_json *explanation = cli_json_parse(found, strlen(found), error, sizeof error);
    explain_because(subject, title, explanation);
    explain_missing(subject, &verdict);
    cli_json_free(explanation);
  }
  free(found);
  return CLI_OK;
}

/* The outcome in words; `name` is of a segment, an exclusion, an exit or a field. */
static void explain_outcome(const wb_match *match, const char *name) {
  switch (match->outcome) {
  case WB_MATCH_IN: printf("  in: segment \"%s\", number %d\n", name, match->priority + 1); break;
  case WB_MATCH_EXCLUDED:
    printf("  out: nobody of this standing is written to (%s)\n", name);
    break;
  case WB_MATCH_AUDIENCE: printf("  out: not in the audience\n"); break;
  case WB_MATCH_UNKNOWN: printf("  out: it cannot be told; %s is not on record\n", name); break;
  case WB_MATCH_SEGMENT: printf("  out: in the audience, but in none of the segments\n"); break;
  default: printf("  out: the exit \"%s\" is already true\n", name); break;
  }
}

static void explain_outcome_json(const wb_match *match, const char *campaign, const char *name) {
  static const char *const outcomes[] = {"in",      "excluded", "audience",
                                         "unknown", "segment",  "exit"};
  static const char *const members[] = {"segment", "reason", "", "missing", "", "reason"};
  fputs("{\"campaign\":", stdout);
  cli_json_string(stdout, campaign, strlen(campaign));
  printf(",\"outcome\":\"%s\",", outcomes[match->outcome]);
  if (!members[match->outcome][0]) return;
  printf("\"%s\":", members[match->outcome]);
  cli_json_string(stdout, name, strlen(name));
  putchar(',');
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

/* Whether who is meant could be written to: what the store knows goes before. */
static void explain_reached(const cli_reach *reach) {
  if (reach->hold > WB_HOLD_NONE) printf("  but held: %s\n", cli_hold_words(reach->hold));
  if (reach->away) puts("  but the store says that they left the practice, or are dead");
  if (reach->over) printf("  but it is over for them: %s\n", reach->reason);
  if (reach->hold == WB_HOLD_NONE && !reach->away && !reach->over)
    puts(reach->inside ? "  can be written to, and is inside already" : "  can be written to");
}

static void explain_reached_json(const cli_reach *reach) {
  const bool none = reach->hold == WB_HOLD_NONE && (reach->over || reach->away);
  if (reach->hold >= 0 && !none) printf("\"hold\":\"%s\",", wb_hold_name(reach->hold));
  if (reach->away) fputs("\"away\":true,", stdout);
  if (!reach->over) return;
  fputs("\"over\":", stdout);
  cli_json_string(stdout, reach->reason, strlen(reach->reason));
  putchar(',');
}

/* One compiled campaign: the outcome, and the audience's deciding parts. */
static int explain_match(const explain_subject *subject, wb_campaign *campaign) {
  wb_error error = {0};
  wb_match match = {.size = sizeof match};
  wb_campaign_info info = {.size = sizeof info};
  wb_field field;
  char why[128];
  wb_status status = wb_campaign_get(campaign, &info);
  if (status == WB_OK) {
    status = wb_campaign_match(campaign, subject->world->facts, subject->row,
                               &subject->world->moment, &match, &error);
  }
  if (status != WB_OK) return cli_fail("the patient's facts", status, &error);
  cli_reach reach = {.hold = -1};
  if (match.outcome == WB_MATCH_IN) {
    int reached = cli_explain_reach(subject->options, subject->world, campaign, &reach);
    if (reached != CLI_OK) return reached;
  }
  const char *name = explain_name(subject, &match, &field);
  if (subject->json) {
    explain_outcome_json(&match, info.name, name);
    explain_reached_json(&reach);
  } else {
    printf("campaign %s\n", info.name);
    explain_outcome(&match, name);
    explain_reached(&reach);
  }
  cli_json *json = cli_json_parse(info.canonical, info.canonical_length, why, sizeof why);
  int result =
      explain_print_rule(subject, info.name, cli_json_text(json, "audience", "true"), "audience");
  cli_json_free(json);
  if (subject->json) putchar('}');
  return result;
}

static int explain_campaign(const explain_subject *subject, const char *name) {
  wb_campaign *campaign = NULL;
  int result = cli_campaign_load(subject->world, name, &campaign);
  if (result == CLI_OK) result = explain_match(subject, campaign);
  wb_campaign_unref(campaign);
  return result;
}

/* The campaigns that are named; when nothing is, all that ship. */
static int explain_campaigns(const explain_subject *subject, const cli_options *options) {
  bool all = !options->campaign_count && !options->where;
  uint32_t count = all ? wb_playbook_count() : (uint32_t)options->campaign_count;
  int result = CLI_OK;
  if (subject->json) fputs(",\"campaigns\":[", stdout);
  for (uint32_t i = 0; result == CLI_OK && i < count; i++) {
    const char *name = all ? NULL : options->campaigns[i], *json = NULL;
    size_t length = 0;
    if (all && wb_playbook_get(i, &name, &json, &length) != WB_OK) break;
    if (subject->json && i) putchar(',');
    result = explain_campaign(subject, name);
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

/* Finds the patient and says everything. */
static int explain_patient(cli_world *world, const cli_options *options) {
  explain_subject subject = {
      .options = options, .world = world, .patient = options->patient, .json = options->json};
  wb_status status =
      wb_facts_find(world->facts, options->patient, strlen(options->patient), &subject.row);
  if (status == WB_E_NAME) {
    cli_error("--patient: nobody in patient.csv has this key");
    return CLI_USAGE;
  }
  if (status != WB_OK) return cli_fail("--patient", status, NULL);
  int result = explain_standing(&subject);
  if (result == CLI_OK) result = explain_campaigns(&subject, options);
  if (result == CLI_OK) result = explain_where(&subject, options->where);
  if (result == CLI_OK) result = cli_explain_store(options, world);
  if (options->json) puts("}");
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

/* SPDX-License-Identifier: MIT */
/* winback explain in words that a front desk reads: what is on the record, and what decides. */
#include "explain.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_FIELDS = 64 }; /* fields that are said of one campaign, at most */

/* What a field is called: its sentence in the dictionary up to the first stop. */
static void words_label(const wb_field *field) {
  const char *about = field->about ? field->about : field->name;
  const char *cents = strstr(about, ", in cents");
  size_t length = cents ? (size_t)(cents - about) : strcspn(about, ".;");
  printf("    %.*s: ", (int)length, about);
}

/* A word of a domain, as it is said. */
static void words_domain(const char *word) {
  for (; *word; word++)
    putchar(*word == '_' ? ' ' : *word);
}

/* Whether the rule that a list is asked by holds for one of its elements. */
static const char *words_fits(const wb_field *field, const char *truth) {
  if (field->element != WB_RECORD) return "";
  if (!strcmp(truth, "true")) return ", and what is asked for is among it";
  return strcmp(truth, "false") ? "" : ", none of it what is asked for";
}

/* A field and its value; `truth` is of the part of the rule. */
static void words_value(const wb_field *field, const cli_json *value, const char *truth) {
  words_label(field);
  if (field->type == WB_LIST && value->integer == 0) {
    fputs("none", stdout);
  } else if (field->type == WB_LIST) {
    printf("%lld%s", value->integer, words_fits(field, truth));
  } else if (value->kind == CLI_NULL) {
    fputs("none", stdout);
  } else if (value->kind == CLI_BOOL) {
    fputs(value->truth ? "yes" : "no", stdout);
  } else if (field->about && strstr(field->about, "in cents")) {
    printf("%lld.%02lld", value->integer / 100, llabs(value->integer % 100));
  } else if (field->domain) {
    words_domain(value->text);
  } else {
    fputs(value->text, stdout);
  }
  putchar('\n');
}

/* Whether a field is said: once, and not what everybody sees or what the record cannot know. */
static bool words_said(const char *said[], size_t *count, const char *name) {
  if (!strcmp(name, "today") || !strcmp(name, "now") || !strncmp(name, "slot.", 5)) return false;
  for (size_t i = 0; i < *count; i++) {
    if (!strcmp(said[i], name)) return false;
  }
  if (*count == WORDS_FIELDS) return false;
  said[(*count)++] = name;
  return true;
}

/* The field of a name; false: there is none. */
static bool words_field(const cli_world *world, const char *name, wb_field *field) {
  uint32_t index = 0;
  *field = (wb_field){.size = sizeof *field};
  return wb_schema_find(world->schema, name, strlen(name), &index) == WB_OK &&
         wb_schema_get(world->schema, index, field) == WB_OK;
}

/* The fields for want of which nothing can be told. */
static void words_missing(const explain_subject *subject, const wb_verdict *verdict,
                          const char *said[], size_t *count) {
  wb_field field = {.size = sizeof field};
  for (uint32_t i = 0; i < verdict->missing_count && i < WB_VERDICT_MISSING; i++) {
    if (wb_schema_get(subject->world->schema, verdict->missing[i], &field) != WB_OK ||
        !words_said(said, count, field.name))
      continue;
    words_label(&field);
    puts("not known");
  }
}

void cli_explain_fields(const explain_subject *subject, const cli_json *explanation,
                        const wb_verdict *verdict) {
  const char *said[WORDS_FIELDS];
  size_t count = 0;
  wb_field field;
  const bool meant = !strcmp(cli_json_text(explanation, "truth", ""), "true");
  const cli_json *parts = cli_json_find(explanation, "because");
  for (const cli_json *part = parts ? parts->first : NULL; part; part = part->next) {
    const cli_json *values = cli_json_find(part, "values");
    for (const cli_json *value = values ? values->first : NULL; value; value = value->next) {
      if (meant && value->kind == CLI_NULL) continue; /* what is not there keeps nobody out */
      if (words_field(subject->world, value->name, &field) && words_said(said, &count, value->name))
        words_value(&field, value, cli_json_text(part, "truth", ""));
    }
  }
  words_missing(subject, verdict, said, &count);
}

/* Whom the campaign means, and whether something goes out to them. */
static void says_in(FILE *out, const explain_found *found) {
  const cli_reach *reach = found->reach;
  fprintf(out, "Yes: it is for this patient, in the segment \"%s\".", found->name);
  if (reach->hold > WB_HOLD_NONE)
    fprintf(out, " But nothing is sent for now: %s%s%s.", cli_hold_words(reach->hold),
            reach->offer ? ", for " : "", reach->offer ? cli_offer_words(reach->offer) : "");
  if (reach->when[0])
    fprintf(out, " The next place may come %s; %u wait before them.", reach->when,
            (unsigned)reach->ahead);
  if (reach->away) fputs(" But the store says that they left the practice, or are dead.", out);
  if (reach->over) fprintf(out, " But it is over for them: %s.", cli_end_words(reach->reason));
  if (reach->hold == WB_HOLD_NONE && !reach->away && !reach->over)
    fputs(reach->inside ? " They are inside it already." : " A message can be sent.", out);
}

/* The visits that the campaign asks about. */
static void says_visits(FILE *out, const explain_found *found) {
  const cli_reach *reach = found->reach;
  if (reach->visit_count == 0)
    fputs("No: it is about visits, and none of this patient's is one that it asks about now.", out);
  for (int i = 0; i < reach->visit_count; i++) {
    fprintf(out, "%sYes: it is about this patient's visit %s (%s).", i ? " " : "",
            reach->visits[i].key, reach->visits[i].when);
    if (reach->visits[i].hold > WB_HOLD_NONE)
      fprintf(out, " But nothing is sent for now: %s.", cli_hold_words(reach->visits[i].hold));
  }
}

void cli_explain_says(FILE *out, const explain_found *found) {
  switch (found->match->outcome) {
  case WB_MATCH_EXCLUDED:
    fprintf(out, "No: nobody is written to who %s.", cli_exclusion_words(found->name));
    return;
  case WB_MATCH_EXIT:
    fprintf(out, "No: what ends it is true already (%s).", cli_end_words(found->name));
    return;
  default: break;
  }
  if (found->about == ABOUT_VISIT) {
    says_visits(out, found);
  } else if (found->about == ABOUT_OPENING) {
    fputs("It asks when a time comes free; who fits is seen then.", out);
  } else if (found->match->outcome == WB_MATCH_IN) {
    says_in(out, found);
  } else if (found->match->outcome == WB_MATCH_UNKNOWN) {
    fputs("No: it cannot be told, for something is not known.", out);
  } else if (found->match->outcome == WB_MATCH_SEGMENT) {
    fputs("No: the patient is in none of its segments.", out);
  } else {
    fputs("No: this patient is not one of those it is for.", out);
  }
}

/* ---- what is on the record ---- */

/* The facts shown first, with their words; without any they are for programs alone, and those of
   `only` are shown only when they are true. */
static const struct {
  const char *field, *label;
  bool only;
} record_facts[] = {
    {"patient.status", "status", false},
    {"recare.kind", "kind of cleaning", false},
    {"recare.recorded_kind", NULL, false},
    {"recare.last", "last cleaning", false},
    {"recare.due", "due", false},
    {"recare.overdue_months", "months overdue", false},
    {"recare.band", "band", false},
    {"recare.booked", "visit booked", false},
    {"visit.last", "last visit", false},
    {"visit.next", "next visit", false},
    {"visit.last_exam", "last exam", false},
    {"recare.disabled", "recall switched off", true},
    {"recare.disabled_until", "recall switched off until", false},
    {"recare.advise_perio", "gum care in the past, but the record says prophy", true},
};

/* Reads a field by its name; WB_NULL: it is not there. */
static wb_status record_read(const explain_subject *subject, const char *name, cli_answer *answer,
                             wb_error *error) {
  uint32_t field = 0;
  *answer = (cli_answer){.kind = WB_NULL, .text = ""};
  if (wb_schema_find(subject->world->schema, name, strlen(name), &field) != WB_OK) return WB_OK;
  return cli_field_read(subject->world, subject->row, field, answer, error);
}

/* One of the facts for people. */
static void record_fact(size_t i, const cli_answer *answer) {
  if (answer->kind == WB_NULL || answer->kind == WB_UNKNOWN || !record_facts[i].label) return;
  if (record_facts[i].only && !answer->number) return;
  printf("  %s: ", record_facts[i].label);
  if (answer->kind == WB_BOOL) {
    puts(answer->number ? "yes" : "no");
    return;
  }
  for (size_t at = 0; at < answer->length; at++)
    putchar(answer->text[at] == '_' ? ' ' : answer->text[at]);
  putchar('\n');
}

/* All of them. */
static wb_status record_facts_say(const explain_subject *subject, wb_error *error) {
  cli_answer answer;
  wb_status status = WB_OK;
  for (size_t i = 0; status == WB_OK && i < sizeof record_facts / sizeof record_facts[0]; i++) {
    status = record_read(subject, record_facts[i].field, &answer, error);
    if (status != WB_OK) break;
    if (subject->json) {
      printf("%s\"%s\":", i ? "," : "", record_facts[i].field);
      cli_answer_json(stdout, &answer);
    } else {
      record_fact(i, &answer);
    }
  }
  return status;
}

/* One field of an element after some words; what is absent is left out. */
static wb_status record_item(const explain_subject *subject, const char *name, uint32_t index,
                             const char *before, wb_error *error) {
  uint32_t field = 0;
  cli_answer answer;
  (void)wb_schema_find(subject->world->schema, name, strlen(name), &field);
  wb_status status = cli_item_read(subject->world, subject->row, field, index, &answer, error);
  if (status != WB_OK || answer.kind == WB_NULL || answer.kind == WB_UNKNOWN) return status;
  printf("%s%.*s", before, (int)answer.length, answer.text);
  return WB_OK;
}

/* Lists that are shown: what each element says, field by field. */
static const struct {
  const char *list, *title, *fields[3][2];
} record_lists[] = {
    {"treatments",
     "planned",
     {{"treatments.words", ""},
      {"treatments.tooth", ", tooth "},
      {"treatments.diagnosed", ", since "}}},
    {"unfinished",
     "begun",
     {{"unfinished.needs", "needs "},
      {"unfinished.tooth", ", tooth "},
      {"unfinished.started", ", begun "}}},
};

/* Whether planned care is booked, or done otherwise. */
static wb_status record_state(const explain_subject *subject, uint32_t index, wb_error *error) {
  static const char *const states[][2] = {{"treatments.scheduled", ", booked"},
                                          {"treatments.superseded", ", done otherwise"}};
  for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
    uint32_t field = 0;
    cli_answer answer;
    (void)wb_schema_find(subject->world->schema, states[i][0], strlen(states[i][0]), &field);
    wb_status status = cli_item_read(subject->world, subject->row, field, index, &answer, error);
    if (status != WB_OK) return status;
    if (answer.kind == WB_BOOL && answer.number) fputs(states[i][1], stdout);
  }
  return WB_OK;
}

/* One list, an element a line. */
static wb_status record_list(const explain_subject *subject, size_t i, wb_error *error) {
  cli_answer length;
  wb_status status = record_read(subject, record_lists[i].list, &length, error);
  uint32_t count = length.kind == WB_LIST ? (uint32_t)length.number : 0;
  for (uint32_t at = 0; status == WB_OK && at < count; at++) {
    printf("  %s: ", record_lists[i].title);
    for (size_t part = 0; status == WB_OK && part < 3; part++)
      status = record_item(subject, record_lists[i].fields[part][0], at,
                           record_lists[i].fields[part][1], error);
    if (status == WB_OK && i == 0) status = record_state(subject, at, error);
    putchar('\n');
  }
  return status;
}

/* The line above the facts. */
static void record_head(const explain_subject *subject) {
  char at[40] = "";
  (void)cli_minute(subject->world->moment.zone, subject->world->now, at);
  printf("Patient %s on %.10s\n", subject->patient, at);
}

int cli_explain_record(const explain_subject *subject) {
  wb_error error = {0};
  if (subject->json) {
    fputs("{\"patient\":", stdout);
    cli_json_string(stdout, subject->patient, strlen(subject->patient));
    fputs(",\"facts\":{", stdout);
  } else {
    record_head(subject);
  }
  wb_status status = record_facts_say(subject, &error);
  if (subject->json) putchar('}');
  for (size_t i = 0; !subject->json && status == WB_OK && i < 2; i++)
    status = record_list(subject, i, &error);
  return status == WB_OK ? CLI_OK : cli_fail("the patient's facts", status, &error);
}

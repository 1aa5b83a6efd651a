/* SPDX-License-Identifier: MIT */
/* winback segment: who matches a rule. */
#include "cross.h"
#include "csv.h"

#include <stdlib.h>
#include <string.h>

/* The whole answer while it is made. */
typedef struct segment_work {
  const cli_options *options;
  cli_world world;
  wb_rule *rule; /* NULL: everybody */
  cli_cross cross;
  uint64_t patients, matched, undetermined, faulty, failed;
  uint8_t *yes, *known; /* one bit a patient */
  uint64_t *missing;    /* by field: patients for whom it was missing */
} segment_work;

static int segment_compile(segment_work *work) {
  const char *text = work->options->where;
  if (!text) return CLI_OK;
  wb_error error = {0};
  wb_status status = wb_rule_new(NULL, work->world.schema, text, strlen(text), &work->rule, &error);
  if (status == WB_OK) return CLI_OK;
  cli_fail("--where", status, &error);
  return CLI_USAGE;
}

/* ---- who matches -------------------------------------------------------------------------- */

/* A patient whose facts cannot be read: the first is said, all are counted. */
static void segment_note_failure(segment_work *work, wb_status status, const wb_error *error) {
  if (!work->failed++) cli_fail("a patient's facts", status, error);
}

/* Why a patient is neither in nor out. */
static void segment_ask(segment_work *work, uint64_t row) {
  wb_error error = {0};
  wb_verdict verdict = {.size = sizeof verdict};
  wb_status status =
      wb_rule_test(work->rule, work->world.facts, row, &work->world.moment, &verdict, &error);
  if (status != WB_OK) {
    segment_note_failure(work, status, &error);
    return;
  }
  work->faulty += verdict.truth == WB_FAULTY;
  if (verdict.truth != WB_UNDETERMINED) return;
  work->undetermined++;
  for (uint32_t i = 0; i < verdict.missing_count && i < WB_VERDICT_MISSING; i++)
    work->missing[verdict.missing[i]]++;
}

static bool segment_bit(const uint8_t *bits, uint64_t row) {
  return bits[row / 8] >> (row % 8) & 1;
}

/* Tests everybody at once, then asks about those who are left. */
static int segment_match(segment_work *work) {
  wb_error error = {0};
  wb_status status = wb_facts_count(work->world.facts, &work->patients);
  if (status != WB_OK) return cli_fail("the tables", status, NULL);
  if (!work->rule) return CLI_OK;
  size_t bytes = (size_t)(work->patients / 8 + 1);
  work->yes = cli_grow(NULL, bytes, 1);
  work->known = cli_grow(NULL, bytes, 1);
  status = wb_rule_match(work->rule, work->world.facts, 0, work->patients, &work->world.moment,
                         work->yes, work->known, &error);
  if (status != WB_OK) return cli_fail("the tables", status, &error);
  for (uint64_t row = 0; row < work->patients; row++)
    if (!segment_bit(work->known, row)) segment_ask(work, row);
  return CLI_OK;
}

/* ---- the list ----------------------------------------------------------------------------- */

/* What the list shows of each patient. */
static const char *const segment_listed[] = {"patient.key", "recare.kind", "recare.band",
                                             "recare.last", "recare.due"};

/* One field of the list. */
static void segment_list_field(segment_work *work, int column, const cli_answer *answer) {
  static const int widths[] = {12, 12, 12, 12, 0};
  if (work->options->json) {
    printf("%s\"%s\":", column ? "," : "{", column ? segment_listed[column] : "patient");
    cli_answer_json(stdout, answer);
  } else if (work->options->csv) {
    csv_put(answer->text, answer->length);
  } else {
    bool absent = answer->kind == WB_NULL || answer->kind == WB_UNKNOWN;
    printf("%-*.*s", widths[column], absent ? 4 : (int)answer->length,
           absent ? "none" : answer->text);
  }
}

/* One line of the list. */
static void segment_list(segment_work *work, uint64_t row) {
  int columns = work->options->csv ? 1 : (int)(sizeof segment_listed / sizeof segment_listed[0]);
  for (int i = 0; i < columns; i++) {
    uint32_t field = 0;
    cli_answer answer = {.text = "", .kind = WB_UNKNOWN};
    wb_error error = {0};
    wb_status status =
        wb_schema_find(work->world.schema, segment_listed[i], strlen(segment_listed[i]), &field);
    if (status == WB_OK) status = cli_field_read(&work->world, row, field, &answer, &error);
    if (status != WB_OK) segment_note_failure(work, status, &error);
    segment_list_field(work, i, &answer);
  }
  puts(work->options->json ? "}" : "");
}

static void segment_list_title(const cli_options *options) {
  if (options->csv) {
    puts("patient");
  } else if (!options->json) {
    printf("%-12s%-12s%-12s%-12s%s\n", "patient", "kind", "band", "last", "due");
  }
}

/* Goes through those who match. */
static void segment_scan(segment_work *work) {
  bool list = !work->options->count && !work->cross.axis_count;
  if (list) segment_list_title(work->options);
  for (uint64_t row = 0; row < work->patients; row++) {
    if (work->rule && !segment_bit(work->yes, row)) continue;
    work->matched++;
    if (list) {
      segment_list(work, row);
    } else if (!work->options->count) {
      wb_error error = {0};
      wb_status status = cli_cross_add(&work->cross, row, &error);
      if (status != WB_OK) segment_note_failure(work, status, &error);
    }
  }
}

/* ---- after -------------------------------------------------------------------------------- */

/* Says how many patients something is true of. */
static void segment_say(uint64_t count, const char *what) {
  if (count) cli_error("%llu patient%s %s", (unsigned long long)count, count == 1 ? "" : "s", what);
}

/* Who could not be decided, and for want of what. */
static void segment_report(const segment_work *work) {
  uint64_t orphans = wb_facts_orphans(work->world.facts);
  if (orphans) {
    cli_error("%llu row%s a patient who is not in the data", (unsigned long long)orphans,
              orphans == 1 ? " names" : "s name");
  }
  segment_say(work->failed, "left out: their facts cannot be read");
  segment_say(work->faulty,
              "without an answer, not selected: the rule divides by zero, or asks for "
              "what is not there");
  segment_say(work->undetermined, "undetermined, not selected; what is missing:");
  for (uint32_t i = 0; i < wb_schema_count(work->world.schema); i++) {
    wb_field field = {.size = sizeof field};
    if (!work->missing[i] || wb_schema_get(work->world.schema, i, &field) != WB_OK) continue;
    const char *file = cli_missing_for(field.name);
    cli_error("  %s for %llu%s%s%s", field.name, (unsigned long long)work->missing[i],
              file ? " (there is no " : "", file ? file : "", file ? ")" : "");
  }
}

static void segment_answer(segment_work *work) {
  segment_scan(work);
  if (work->options->count) {
    printf("%llu\n", (unsigned long long)work->matched);
  } else if (work->cross.axis_count) {
    cli_cross_print(&work->cross, work->options);
  }
  segment_report(work);
}

static void segment_free(segment_work *work) {
  cli_cross_free(&work->cross);
  free(work->yes);
  free(work->known);
  free(work->missing);
  wb_rule_unref(work->rule);
  cli_world_free(&work->world);
}

int cli_segment(const cli_options *options) {
  if (options->count + options->csv + options->json > 1) {
    cli_error("--count, --csv and --json exclude each other");
    return CLI_USAGE;
  }
  segment_work work = {.options = options};
  int result = cli_world_load(options, &work.world);
  if (result != CLI_OK) return result;
  uint32_t fields = wb_schema_count(work.world.schema);
  work.missing = cli_grow(NULL, fields, sizeof *work.missing);
  memset(work.missing, 0, fields * sizeof *work.missing);
  result = segment_compile(&work);
  if (result == CLI_OK) result = cli_cross_begin(&work.cross, &work.world, options->by);
  if (result == CLI_OK) result = segment_match(&work);
  if (result == CLI_OK) segment_answer(&work);
  cli_left_out_summary();
  segment_free(&work);
  return result;
}

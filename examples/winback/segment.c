/* SPDX-License-Identifier: MIT */
/* winback segment: who matches a rule. */
#include "columns.h"

#include "cli.h"

#include <stdlib.h>
#include <string.h>

enum { SEGMENT_AXES = 2 };

/* One value that occurs along an axis. */
typedef struct segment_value {
  int64_t rank;
  const char *text; /* in the map, once all are read */
  size_t length;
  uint32_t number; /* in the map */
  int32_t kind;
  long total;
} segment_value;

/* A field by which patients are counted. Keys of the map are a letter for absent or present and
   the text. */
typedef struct segment_axis {
  const char *name;
  uint32_t field;
  cli_map map;
  segment_value *values;
} segment_axis;

/* The whole answer while it is made. */
typedef struct segment_work {
  const cli_options *options;
  cli_world world;
  wb_rule *rule; /* NULL: everybody */
  char *by;
  segment_axis axes[SEGMENT_AXES];
  int axis_count;
  cli_map cells; /* pairs of value numbers */
  long *counts;  /* by cell */
  uint64_t patients, matched, undetermined, failed;
  uint64_t *missing; /* by field: patients for whom it was missing */
} segment_work;

/* ---- before ---- */

static int segment_compile(segment_work *work) {
  const char *text = work->options->where;
  if (!text) return CLI_OK;
  wb_error error = {0};
  wb_status status = wb_rule_new(NULL, work->world.schema, text, strlen(text), &work->rule, &error);
  if (status == WB_OK) return CLI_OK;
  cli_fail("--where", status, &error);
  return CLI_USAGE;
}

/* The fields of --by. */
static int segment_split(segment_work *work) {
  if (!work->options->by) return CLI_OK;
  work->by = strdup(work->options->by);
  char *rest = work->by;
  while (rest) {
    char *comma = strchr(rest, ',');
    if (comma) *comma = 0;
    if (work->axis_count == SEGMENT_AXES) {
      cli_error("--by takes one field or two");
      return CLI_USAGE;
    }
    segment_axis *axis = &work->axes[work->axis_count++];
    axis->name = rest;
    int result = cli_field_find(&work->world, "--by", rest, strlen(rest), &axis->field);
    if (result != CLI_OK) return result;
    rest = comma ? comma + 1 : NULL;
  }
  return CLI_OK;
}

/* ---- patient by patient ---- */

/* A patient whose facts cannot be read: the first is said, all are counted. */
static void segment_note_failure(segment_work *work, wb_status status, const wb_error *error) {
  if (!work->failed++) cli_fail("a patient's facts", status, error);
}

/* Whether a patient matches. */
static bool segment_matches(segment_work *work, uint64_t row) {
  wb_error error = {0};
  wb_verdict verdict = {.size = sizeof verdict};
  if (!work->rule) return true;
  wb_status status =
      wb_rule_test(work->rule, work->world.facts, row, &work->world.moment, &verdict, &error);
  if (status != WB_OK) {
    segment_note_failure(work, status, &error);
    return false;
  }
  if (verdict.truth != WB_UNDETERMINED) return verdict.truth == WB_TRUE;
  work->undetermined++;
  for (uint32_t i = 0; i < verdict.missing_count && i < WB_VERDICT_MISSING; i++) {
    work->missing[verdict.missing[i]]++;
  }
  return false;
}

/* The number of a patient's value along an axis; false: it cannot be read. */
static bool segment_place(segment_work *work, segment_axis *axis, uint64_t row, uint32_t *number) {
  wb_error error = {0};
  cli_answer answer;
  wb_status status = cli_field_read(&work->world, row, axis->field, &answer, &error);
  if (status != WB_OK) {
    segment_note_failure(work, status, &error);
    return false;
  }
  char *key = cli_grow(NULL, answer.length + 1, 1);
  key[0] = answer.kind == WB_NULL ? 'n' : answer.kind == WB_UNKNOWN ? 'u' : 'v';
  memcpy(key + 1, answer.text, answer.length);
  uint32_t before = axis->map.count;
  *number = cli_map_add(&axis->map, key, answer.length + 1);
  free(key);
  if (*number < before) return true;
  axis->values = cli_grow(axis->values, (size_t)before + 1, sizeof *axis->values);
  axis->values[before] =
      (segment_value){.rank = answer.number, .number = before, .kind = answer.kind};
  return true;
}

/* Counts a patient in the table. */
static void segment_tally(segment_work *work, uint64_t row) {
  uint32_t pair[SEGMENT_AXES] = {0, 0};
  for (int i = 0; i < work->axis_count; i++) {
    if (!segment_place(work, &work->axes[i], row, &pair[i])) return;
  }
  uint32_t before = work->cells.count;
  uint32_t cell = cli_map_add(&work->cells, (const char *)pair, sizeof pair);
  if (cell == before) {
    work->counts = cli_grow(work->counts, (size_t)before + 1, sizeof *work->counts);
    work->counts[cell] = 0;
  }
  work->counts[cell]++;
  for (int i = 0; i < work->axis_count; i++)
    work->axes[i].values[pair[i]].total++;
}

/* CSV's quotes, where they are needed. */
static void segment_put_csv(const char *text, size_t length) {
  bool plain = true;
  for (size_t i = 0; i < length; i++)
    plain = plain && !strchr(",\"\r\n", text[i]);
  if (plain) {
    fwrite(text, 1, length, stdout);
    return;
  }
  putchar('"');
  for (size_t i = 0; i < length; i++) {
    if (text[i] == '"') putchar('"');
    putchar(text[i]);
  }
  putchar('"');
}

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
    segment_put_csv(answer->text, answer->length);
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

/* Goes through all patients. */
static int segment_scan(segment_work *work) {
  wb_status status = wb_facts_count(work->world.facts, &work->patients);
  if (status != WB_OK) return cli_fail("the tables", status, NULL);
  bool list = !work->options->count && !work->axis_count;
  if (list) segment_list_title(work->options);
  for (uint64_t row = 0; row < work->patients; row++) {
    if (!segment_matches(work, row)) continue;
    work->matched++;
    if (list) {
      segment_list(work, row);
    } else if (!work->options->count) {
      segment_tally(work, row);
    }
  }
  return CLI_OK;
}

/* ---- the table ---- */

/* Values in the order of their domain, of numbers, of the alphabet; absent ones last. */
static int segment_compare(const void *one, const void *other) {
  const segment_value *a = one, *b = other;
  int absent_a = a->kind == WB_NULL ? 1 : a->kind == WB_UNKNOWN ? 2 : 0;
  int absent_b = b->kind == WB_NULL ? 1 : b->kind == WB_UNKNOWN ? 2 : 0;
  if (absent_a != absent_b) return absent_a < absent_b ? -1 : 1;
  if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
  size_t length = a->length < b->length ? a->length : b->length;
  int order = memcmp(a->text, b->text, length);
  return order ? order : (a->length > b->length) - (a->length < b->length);
}

static void segment_sort(segment_axis *axis) {
  for (uint32_t i = 0; i < axis->map.count; i++) {
    segment_value *value = &axis->values[i];
    value->text = cli_map_key(&axis->map, i, &value->length) + 1;
    value->length--;
    if (value->kind == WB_NULL || value->kind == WB_UNKNOWN) {
      value->text = value->kind == WB_NULL ? "none" : "unknown";
      value->length = strlen(value->text);
    }
  }
  if (axis->map.count) {
    qsort(axis->values, axis->map.count, sizeof *axis->values, segment_compare);
  }
}

/* How many patients have both values; `column` NULL: there is one axis. */
static long segment_count(const segment_work *work, const segment_value *row,
                          const segment_value *column) {
  uint32_t pair[SEGMENT_AXES] = {row->number, column ? column->number : 0};
  int64_t cell = cli_map_find(&work->cells, (const char *)pair, sizeof pair);
  return cell < 0 ? 0 : work->counts[cell];
}

/* Columns that a text takes; a character is counted by its first byte. */
static int segment_width(const char *text, size_t length) {
  int width = 0;
  for (size_t i = 0; i < length; i++)
    width += ((unsigned char)text[i] & 0xC0) != 0x80;
  return width;
}

/* Writes a text and blanks up to a width: before it when `right`. */
static void segment_pad(const char *text, size_t length, int width, bool right) {
  int blanks = width - segment_width(text, length);
  if (blanks < 0) blanks = 0;
  if (right) printf("%*s", blanks, "");
  fwrite(text, 1, length, stdout);
  if (!right) printf("%*s", blanks, "");
}

static int segment_column_width(const segment_value *value) {
  int width = segment_width(value->text, value->length);
  return (width < 5 ? 5 : width) + 2;
}

/* The corner and the titles of the columns. */
static int segment_print_titles(const segment_work *work) {
  const segment_axis *rows = &work->axes[0], *columns = &work->axes[1];
  char corner[200];
  snprintf(corner, sizeof corner, "%s%s%s", rows->name, columns->name ? " / " : "",
           columns->name ? columns->name : "");
  int width = (int)strlen(corner);
  for (uint32_t i = 0; i < rows->map.count; i++) {
    int own = segment_width(rows->values[i].text, rows->values[i].length);
    if (own > width) width = own;
  }
  segment_pad(corner, strlen(corner), width, false);
  for (uint32_t i = 0; i < columns->map.count; i++) {
    const segment_value *value = &columns->values[i];
    segment_pad(value->text, value->length, segment_column_width(value), true);
  }
  printf("%9s\n", work->axis_count == 2 ? "total" : "patients");
  return width;
}

static void segment_print_table(const segment_work *work) {
  const segment_axis *rows = &work->axes[0], *columns = &work->axes[1];
  int width = segment_print_titles(work);
  long total = 0;
  for (uint32_t i = 0; i < rows->map.count; i++) {
    const segment_value *row = &rows->values[i];
    segment_pad(row->text, row->length, width, false);
    for (uint32_t j = 0; j < columns->map.count; j++) {
      printf("%*ld", segment_column_width(&columns->values[j]),
             segment_count(work, row, &columns->values[j]));
    }
    printf("%9ld\n", row->total);
    total += row->total;
  }
  segment_pad("total", 5, width, false);
  for (uint32_t j = 0; j < columns->map.count; j++) {
    printf("%*ld", segment_column_width(&columns->values[j]), columns->values[j].total);
  }
  printf("%9ld\n", total);
}

/* The same table, without totals, for a program that adds up itself. */
static void segment_print_csv(const segment_work *work) {
  const segment_axis *rows = &work->axes[0], *columns = &work->axes[1];
  fputs(rows->name, stdout);
  for (uint32_t j = 0; j < columns->map.count; j++) {
    putchar(',');
    segment_put_csv(columns->values[j].text, columns->values[j].length);
  }
  puts(work->axis_count == 2 ? "" : ",patients");
  for (uint32_t i = 0; i < rows->map.count; i++) {
    segment_put_csv(rows->values[i].text, rows->values[i].length);
    for (uint32_t j = 0; j < columns->map.count; j++) {
      printf(",%ld", segment_count(work, &rows->values[i], &columns->values[j]));
    }
    if (work->axis_count == 1) printf(",%ld", rows->values[i].total);
    putchar('\n');
  }
}

/* A member of a JSON line. */
static void segment_put_value(const segment_axis *axis, const segment_value *value) {
  cli_answer answer = {.text = value->text, .length = value->length, .kind = value->kind};
  printf("\"%s\":", axis->name);
  cli_answer_json(stdout, &answer);
  putchar(',');
}

/* One line a cell; those with nobody are left out. */
static void segment_print_json(const segment_work *work) {
  const segment_axis *rows = &work->axes[0], *columns = &work->axes[1];
  for (uint32_t i = 0; i < rows->map.count; i++) {
    for (uint32_t j = 0; j == 0 || j < columns->map.count; j++) {
      const segment_value *column = columns->map.count ? &columns->values[j] : NULL;
      long count = segment_count(work, &rows->values[i], column);
      if (!count) continue;
      putchar('{');
      segment_put_value(rows, &rows->values[i]);
      if (column) segment_put_value(columns, column);
      printf("\"patients\":%ld}\n", count);
    }
  }
}

/* ---- after ---- */

/* Who could not be decided, and for want of what. */
static void segment_report(const segment_work *work) {
  uint64_t orphans = wb_facts_orphans(work->world.facts);
  if (orphans) {
    cli_error("%llu row%s no patient in patient.csv", (unsigned long long)orphans,
              orphans == 1 ? " has" : "s have");
  }
  if (work->failed) {
    cli_error("%llu patients left out: their facts cannot be read",
              (unsigned long long)work->failed);
  }
  if (!work->undetermined) return;
  cli_error("%llu patients undetermined, not selected; what is missing:",
            (unsigned long long)work->undetermined);
  for (uint32_t i = 0; i < wb_schema_count(work->world.schema); i++) {
    wb_field field = {.size = sizeof field};
    if (!work->missing[i] || wb_schema_get(work->world.schema, i, &field) != WB_OK) continue;
    const char *file = cli_missing_for(field.name);
    cli_error("  %s for %llu%s%s%s", field.name, (unsigned long long)work->missing[i],
              file ? " (there is no " : "", file ? file : "", file ? ")" : "");
  }
}

static void segment_answer(segment_work *work) {
  for (int i = 0; i < work->axis_count; i++)
    segment_sort(&work->axes[i]);
  if (work->options->count) {
    printf("%llu\n", (unsigned long long)work->matched);
  } else if (work->axis_count && work->options->json) {
    segment_print_json(work);
  } else if (work->axis_count && work->options->csv) {
    segment_print_csv(work);
  } else if (work->axis_count) {
    segment_print_table(work);
  }
  segment_report(work);
}

static void segment_free(segment_work *work) {
  for (int i = 0; i < SEGMENT_AXES; i++) {
    cli_map_free(&work->axes[i].map);
    free(work->axes[i].values);
  }
  cli_map_free(&work->cells);
  free(work->counts);
  free(work->missing);
  free(work->by);
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
  if (result == CLI_OK) result = segment_split(&work);
  if (result == CLI_OK) result = segment_scan(&work);
  if (result == CLI_OK) segment_answer(&work);
  cli_left_out_summary();
  segment_free(&work);
  return result;
}

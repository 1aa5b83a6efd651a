/* SPDX-License-Identifier: MIT */
/*
 * What a rule says of rows by their values, one by one and many at once: columns of every type
 * against constants, null and each other, in batches of the patients that end around a word of
 * bits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "cel/cel.h"
#include "support/hosted.h"
#include "support/streams.h"
#include "support/times.h"

#define FIELD(name, type, presence)                                                                \
  { sizeof(wb_field), 0, name, NULL, "", type, presence, WB_CLASS_STAFF, 0, 0, 0 }

static const wb_field fields[] = {
    FIELD("host.n", WB_INT, WB_OPTIONAL),      FIELD("host.minus", WB_INT, WB_OPTIONAL),
    FIELD("host.n_null", WB_INT, WB_NULLABLE), FIELD("host.n_must", WB_INT, WB_REQUIRED),
    FIELD("host.f", WB_BOOL, WB_OPTIONAL),     FIELD("host.f_null", WB_BOOL, WB_NULLABLE),
    FIELD("host.r", WB_DOUBLE, WB_OPTIONAL),   FIELD("host.r_null", WB_DOUBLE, WB_NULLABLE),
    FIELD("host.d", WB_DATE, WB_OPTIONAL),     FIELD("host.t", WB_TEXT, WB_OPTIONAL),
    FIELD("host.t_null", WB_TEXT, WB_NULLABLE)};

#define HEAD                                                                                       \
  "patient:u|status:u|host.n:c|host.minus:l|host.n_null:s|host.n_must:i|host.f:b|host.f_null:b|"   \
  "host.r:g|host.r_null:g|host.d:tdD|host.t:u|host.t_null:u\n"

/* The cells of a row: nothing, then those of -2 … 3. */
static const char *const cells[] = {"|||||||||||",
                                    "|-2|2|-2|-2|0|0|-1.5|-1.5|2025-12-30|v-2|v-2",
                                    "|-1|1|-1|-1|0|0|-0.5|-0.5|2025-12-31|v-1|v-1",
                                    "|0|0|0|0|0|0|0.5|0.5|2026-01-01|v0|v0",
                                    "|1|-1|1|1|1|1|1.5|1.5|2026-01-02|v1|v1",
                                    "|2|-2|2|2|1|1|2.5|2.5|2026-01-03|v2|v2",
                                    "|3|-3|3|3|1|1|3.5|3.5|2026-01-04|v3|v3"};

enum { CELLS = WBI_COUNT(cells), BATCHES = 5, ROWS = 63 + 64 + 65 + 1 + 130, MOST = 130 * 80 };

typedef struct scene {
  hosted host;
  wb_zone *zone;
} scene;

static int set_up(void **state) {
  static scene only;
  static char text[BATCHES][MOST];
  static const int sizes[BATCHES] = {63, 64, 65, 1, 130};
  streams_texts texts = {.head = HEAD, .fails = STREAMS_NEVER};
  struct ArrowArrayStream stream;
  int row = 0;
  for (int batch = 0; batch < BATCHES; batch++) {
    size_t at = 0;
    for (int i = 0; i < sizes[batch]; i++, row++)
      at +=
          (size_t)snprintf(text[batch] + at, MOST - at, "p%d|active%s\n", row, cells[row % CELLS]);
    texts.rows[batch] = text[batch];
  }
  hosted_open(&only.host, NULL, fields, WBI_COUNT(fields));
  streams_open(&texts, &stream);
  assert_int_equal(wb_facts_add_stream(only.host.facts, "patients", &stream, NULL), WB_OK);
  only.host.moment.zone = only.zone = zone_of("UTC");
  *state = &only;
  return 0;
}

static int tear_down(void **state) {
  scene *s = *state;
  hosted_close(&s->host);
  wb_zone_unref(s->zone);
  return 0;
}

/* A truth as it is written below: 0, 1, ? and ! for a row that fails. */
static char letter_of(wb_status status, int32_t truth) {
  if (status != WB_OK) return '!';
  return truth == WB_TRUE ? '1' : truth == WB_FALSE ? '0' : truth == WB_UNDETERMINED ? '?' : '!';
}

/* What batches say from a row on is what was expected. */
static void assert_batches(const scene *s, const wb_rule *rule, const char *source, uint64_t first,
                           const char *wanted) {
  uint8_t yes[ROWS / 8 + 1], known[ROWS / 8 + 1];
  assert_int_equal(
      wb_rule_match(rule, s->host.facts, first, ROWS - first, &s->host.moment, yes, known, NULL),
      WB_OK);
  for (uint64_t row = first; row < ROWS; row++) {
    const uint64_t bit = row - first;
    const char want = wanted[row % CELLS];
    const int says = yes[bit / 8] >> bit % 8 & 1, is_known = known[bit / 8] >> bit % 8 & 1;
    if (says != (want == '1') || is_known != (want == '0' || want == '1'))
      fail_msg("%s: row %d from %d: %d, known %d, not %c", source, (int)row, (int)first, says,
               is_known, want);
  }
}

/* How many rows have a truth. */
static uint64_t count_of(const char *wanted, char letter) {
  uint64_t count = 0;
  for (int row = 0; row < ROWS; row++)
    count += wanted[row % CELLS] == letter;
  return count;
}

/* By row, and many at once. */
static void assert_says(const scene *s, const char *source, const char *by_row,
                        const char *wanted) {
  static const uint64_t firsts[] = {0, 1, 62, 63, 64, 127, 191, 192, 193};
  wb_rule *rule = NULL;
  wb_error error = {0};
  wb_tally tally = {.size = sizeof tally};
  if (wb_rule_new(NULL, s->host.schema, source, strlen(source), &rule, &error) != WB_OK)
    fail_msg("%s: %s", source, error.message);
  for (uint64_t row = 0; row < ROWS; row++) {
    wb_verdict verdict = {.size = sizeof verdict};
    const wb_status status =
        wb_rule_test(rule, s->host.facts, row, &s->host.moment, &verdict, NULL);
    const char letter = letter_of(status, verdict.truth);
    if (letter != by_row[row % CELLS])
      fail_msg("%s: row %d: %c, not %c", source, (int)row, letter, by_row[row % CELLS]);
  }
  for (size_t i = 0; i < WBI_COUNT(firsts); i++)
    assert_batches(s, rule, source, firsts[i], wanted);
  assert_int_equal(wb_rule_count(rule, s->host.facts, &s->host.moment, &tally, NULL), WB_OK);
  assert_int_equal(tally.yes, count_of(wanted, '1'));
  assert_int_equal(tally.no, count_of(wanted, '0'));
  assert_int_equal(tally.unknown, count_of(wanted, '?'));
  assert_int_equal(tally.failed, count_of(wanted, '!'));
  wb_rule_unref(rule);
}

typedef struct rule_row {
  const char *source, *truths; /* by cell */
} rule_row;

static void assert_all(void **state, const rule_row *rows, size_t count) {
  for (size_t i = 0; i < count; i++)
    assert_says(*state, rows[i].source, rows[i].truths, rows[i].truths);
}

static void a_constant_may_stand_on_either_side(void **state) {
  static const rule_row rows[] = {
      {"host.n > 1", "?000011"},     {"1 < host.n", "?000011"},    {"host.n >= 1", "?000111"},
      {"1 <= host.n", "?000111"},    {"host.n < 1", "?111000"},    {"1 > host.n", "?111000"},
      {"host.n <= 1", "?111100"},    {"1 >= host.n", "?111100"},   {"host.n == 1", "?000100"},
      {"1 == host.n", "?000100"},    {"host.n != 1", "?111011"},   {"1 != host.n", "?111011"},
      {"host.r > 1.5", "?000011"},   {"1.5 < host.r", "?000011"},  {"host.r >= 1.5", "?000111"},
      {"1.5 <= host.r", "?000111"},  {"host.r < 1.5", "?111000"},  {"1.5 > host.r", "?111000"},
      {"host.r <= 1.5", "?111100"},  {"1.5 >= host.r", "?111100"}, {"host.r == 1.5", "?000100"},
      {"1.5 != host.r", "?111011"},  {"host.t > 'v1'", "?000011"}, {"'v1' >= host.t", "?111100"},
      {"host.t == 'v1'", "?000100"}, {"'v1' != host.t", "?111011"}};
  assert_all(state, rows, WBI_COUNT(rows));
}

static void today_is_one_for_all_rows(void **state) {
  static const rule_row rows[] = {
      {"today == date('2026-01-01')", "1111111"},
      {"today != date('2026-01-01')", "0000000"},
      {"today > date('2026-01-01')", "0000000"},
      {"date('2026-01-02') > today", "1111111"},
      {"today in [date('2026-01-01')]", "1111111"},
      {"now == timestamp('2026-01-01T00:00:00Z')", "1111111"},
      {"now < timestamp('2026-01-01T00:00:00Z') || host.n > 1", "?000011"},
      {"today == date('2026-01-01') && host.n > 1", "?000011"},
      {"today == date('2026-01-01') || host.n > 1", "1111111"},
      {"today > date('2026-01-01') && host.n > 1", "0000000"},
      {"host.d < today", "?110000"},
      {"today < host.d", "?000111"},
      {"host.d <= today", "?111000"},
      {"today >= host.d", "?111000"},
      {"host.d == today", "?001000"},
      {"host.d != today", "?110111"},
      {"today.addDays(1) == host.d", "?000100"},
      {"host.d > today.addDays(-1) && host.d.addDays(1) < today.addDays(3)", "?001100"},
      {"daysBetween(today, date('2026-01-03')) == 2 && host.n > 1", "?000011"},
      {"-daysBetween(today, date('2026-01-03')) == host.n", "?100000"},
      {"daysBetween(today, date('2026-01-03')) - 1 < host.n", "?000011"},
      {"host.d in [date('2026-01-02'), date('2026-01-04')]", "?000101"}};
  assert_all(state, rows, WBI_COUNT(rows));
}

static void today_cannot_be_read_without_a_zone(void **state) {
  static const rule_row rows[] = {{"today == date('2026-01-01')", "!!!!!!!"},
                                  {"host.n > 1 || today == date('2026-01-01')", "!!!!!11"}};
  scene *s = *state;
  s->host.moment.zone = NULL;
  assert_all(state, rows, WBI_COUNT(rows));
  assert_says(s, "today == date('2026-01-01') && host.n > 1", "!!!!!!!", "!0000!!");
  s->host.moment.zone = s->zone;
}

static void what_is_absent_is_unknown_null_or_fails(void **state) {
  static const rule_row rows[] = {{"has(host.n)", "0111111"},
                                  {"!has(host.n)", "1000000"},
                                  {"has(host.n_null)", "0111111"},
                                  {"host.n_null == null", "1000000"},
                                  {"host.n_null != null", "0111111"},
                                  {"null == host.n_null", "1000000"},
                                  {"host.n_null == 1", "0000100"},
                                  {"host.n_null != 1", "1111011"},
                                  {"host.n_null > 1", "?000011"},
                                  {"host.n_null in [1, null]", "1000100"},
                                  {"host.n_null in [1]", "0000100"},
                                  {"host.n_must > 1", "!000011"},
                                  {"host.n_must == 1", "!000100"},
                                  {"host.n_must != 1", "!111011"},
                                  {"host.n_must in [1, 3]", "!000101"},
                                  {"host.n == 1 || host.n_must > 1", "!000111"},
                                  {"host.n_must > 1 && patient.age > 1", "!0000??"},
                                  {"host.f_null", "?000111"},
                                  {"host.f_null == null", "1000000"},
                                  {"host.f_null == true", "0000111"},
                                  {"host.f_null != true", "1111000"},
                                  {"host.r_null == null", "1000000"},
                                  {"host.r_null != null", "0111111"},
                                  {"host.r_null == 1.5", "0000100"},
                                  {"host.r_null in [1.5, null]", "1000100"},
                                  {"host.t_null == null", "1000000"},
                                  {"host.t_null != null", "0111111"},
                                  {"host.t_null != 'v1'", "1111011"},
                                  {"host.t_null in ['v1']", "0000100"},
                                  {"host.t_null in ['v1', null]", "1000100"},
                                  {"has(host.t)", "0111111"}};
  assert_all(state, rows, WBI_COUNT(rows));
}

/* A rule is read from left to right; many rows at once are read on both sides. */
static void what_either_side_decides_needs_no_other(void **state) {
  assert_says(*state, "!has(host.n) || host.n_must > 1", "1000011", "1000011");
  assert_says(*state, "host.n_must > 1 || !has(host.n)", "!000011", "1000011");
  assert_says(*state, "has(host.n) && host.n_must < 1", "0111000", "0111000");
  assert_says(*state, "host.n_must < 1 && has(host.n)", "!111000", "0111000");
}

static void a_value_is_among_constants(void **state) {
  static const rule_row rows[] = {
      {"host.n in [1, 3]", "?000101"},
      {"host.n in [-2, 3, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 0]", "?101001"},
      {"host.n in [-2, 3, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 0]", "?101001"},
      {"host.n in [1, null]", "?000100"},
      {"host.n in [dyn('v1'), 2]", "?000010"},
      {"host.n in [dyn('v1')]", "?000000"},
      {"!(host.n in [1, 3])", "?111010"},
      {"host.r in [1.5, 3.5]", "?000101"},
      {"host.f in [true]", "?000111"},
      {"host.t in ['v1', 'v3']", "?000101"},
      {"host.n in [1, 3] && host.n < 3", "?000100"},
      {"host.n in [1, 3] || host.n == 0", "?001101"}};
  assert_all(state, rows, WBI_COUNT(rows));
}

static void a_flag_is_a_rule_by_itself(void **state) {
  static const rule_row rows[] = {{"host.f", "?000111"},
                                  {"!host.f", "?111000"},
                                  {"host.f == true", "?000111"},
                                  {"host.f != true", "?111000"},
                                  {"host.f == false", "?111000"},
                                  {"host.f && host.n < 3", "?000110"},
                                  {"!host.f && host.n > -2", "?011000"},
                                  {"host.n < 3 && host.f", "?000110"},
                                  {"host.f || host.n == 0", "?001111"},
                                  {"host.n == 0 || !host.f", "?111000"},
                                  {"host.f && host.f", "?000111"},
                                  {"host.f == host.f_null", "?111111"}};
  assert_all(state, rows, WBI_COUNT(rows));
}

static void comparisons_of_one_column_are_joined(void **state) {
  static const rule_row rows[] = {
      {"host.n >= 0 && host.n <= 2", "?001110"},
      {"host.n <= 2 && host.n >= 0", "?001110"},
      {"host.n > 0 && host.n < 3 && host.n > 1", "?000010"},
      {"host.n < 3 && host.n < 2 && host.n >= -1 && host.n >= -2", "?011100"},
      {"host.n == 0 && host.n == 1", "?000000"},
      {"host.n > 5 && host.n < -5", "?000000"},
      {"host.n >= 0 && host.minus >= 0 && host.n <= 2", "?001000"},
      {"host.n >= 0 && host.minus >= -1", "?001100"},
      {"host.minus >= -1 && host.n >= 0 && host.n <= 0", "?001000"},
      {"host.n_null == 1 && host.n_null >= 1", "0000100"},
      {"host.n_null >= 1 && host.n_null == 1", "0000100"},
      {"host.n_null != 2 && host.n_null >= 1", "?000101"},
      {"!(host.n >= 0 && host.n <= 2)", "?110001"},
      {"!(host.n > 1) && host.n > 0", "?000100"},
      {"host.n > 1 || host.n < 0", "?110011"},
      {"(host.n >= 0 && host.n <= 2) == true", "?001110"},
      {"(host.n > 1) != (host.minus > 1)", "?100011"},
      {"host.r > 0.5 && host.r < 2.5", "?000100"},
      {"host.r_null != 1.5 && host.r_null < 3.0", "?111010"},
      {"host.n >= 0 && host.n + 1 <= 2", "?001100"}};
  assert_all(state, rows, WBI_COUNT(rows));
}

static void a_constant_without_a_value_decides_nothing(void **state) {
  static const rule_row rows[] = {{"host.n == 1 / 0", "?!!!!!!"},
                                  {"1 / 0 == host.n", "?!!!!!!"},
                                  {"host.n == 1 / 0 || host.n == 1", "?!!!1!!"},
                                  {"1 / 0 < 1 && host.n == 1", "?000!00"},
                                  {"1 / 0 == 1 / 0 || host.n > 1", "?!!!!11"},
                                  {"-(-9223372036854775807 - 1) == 2 || host.n > 1", "?!!!!11"},
                                  {"bool('x') || host.n > 1", "?!!!!11"},
                                  {"!bool('x') && host.n > 1", "?0000!!"},
                                  {"dyn(1) || host.n > 1", "?!!!!11"}};
  assert_all(state, rows, WBI_COUNT(rows));
}

static void what_has_no_kernel_is_asked_of_rows(void **state) {
  static const rule_row rows[] = {
      {"host.n == host.minus", "?001000"},
      {"host.n != host.minus", "?110111"},
      {"host.n < host.minus", "?110000"},
      {"host.n <= host.minus || host.n == 3", "?111001"},
      {"host.n + 1 > 2", "?000011"},
      {"-host.n > 1", "?100000"},
      {"host.n > 1 ? host.f : host.n == 0", "?001011"},
      {"host.t.startsWith('v-')", "?110000"},
      {"host.t.startsWith('v-') && host.n > -2", "?010000"},
      {"host.n == 1.5", "?000000"},
      {"host.n == dyn('v1')", "?000000"},
      {"host.n < dyn('v1')", "?!!!!!!"},
      {"1 / (host.n - 1) == 1", "?000!10"},
      {"host.n == 0 || 1 / (host.n - 1) == 1", "?001!10"},
      {"host.n == 1 || 1 / (host.n - 1) == 1", "?000110"},
      {"host.n != 1 && 1 / (host.n - 1) == 1", "?000010"},
      {"[1, 2].exists(a, a == host.n)", "?000110"},
      {"[1, 2].exists(i, v, i + v == host.n)", "?000101"},
      {"[0, 1].exists(a, [1, 2].exists(b, a + b == host.n))", "?000111"},
      {"[-1, 2].map(a, a + 1).exists(b, b == host.n)", "?001001"}};
  assert_all(state, rows, WBI_COUNT(rows));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_constant_may_stand_on_either_side),
      cmocka_unit_test(today_is_one_for_all_rows),
      cmocka_unit_test(today_cannot_be_read_without_a_zone),
      cmocka_unit_test(what_is_absent_is_unknown_null_or_fails),
      cmocka_unit_test(what_either_side_decides_needs_no_other),
      cmocka_unit_test(a_value_is_among_constants),
      cmocka_unit_test(a_flag_is_a_rule_by_itself),
      cmocka_unit_test(comparisons_of_one_column_are_joined),
      cmocka_unit_test(a_constant_without_a_value_decides_nothing),
      cmocka_unit_test(what_has_no_kernel_is_asked_of_rows),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}

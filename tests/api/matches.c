/* SPDX-License-Identifier: MIT */
/* What rule.h promises of many rows at once, where reading fails or is not what it was for the
   first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/mirror.h"
#include "support/sample.h"

#define PEOPLE                                                                                     \
  "patient:u|status:u|first_name:u|location:u\np1|active|Ana|1\np2|inactive|Ben|2\np3|active|Cat|" \
  "1\n"

static wb_rule *rule_of(const sample *it, const char *text) {
  wb_rule *rule = NULL;
  assert_int_equal(wb_rule_new(NULL, it->schema, text, strlen(text), &rule, NULL), WB_OK);
  return rule;
}

/* Rows as a getter gives them: the n-th answer fails, then none. */
static void a_getter_that_fails_ends_the_match(void **state) {
  static const char *const rules[] = {"patient.status == 'active'",
                                      "patient.name == 'Ana' && today == date('2026-11-23')"};
  (void)state;
  for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
    sample it;
    mirror m;
    sample_open(&it, NULL);
    sample_add(&it, "patients", PEOPLE);
    wb_rule *rule = rule_of(&it, rules[i]);
    for (uint64_t at = 1;; at++) {
      uint8_t yes = 0, known = 0;
      wb_tally tally = {.size = sizeof tally};
      mirror_open(&m, NULL, it.facts, it.schema, &it.moment, SAMPLE_NOW);
      m.answer = WB_E_STATE;
      fault_arm(&m.gets, FAULT_ONCE, at);
      const wb_status status = wb_rule_match(rule, m.facts, 0, 3, &it.moment, &yes, &known, NULL);
      const bool met = m.gets.hits > 0;
      fault_arm(&m.gets, FAULT_NEVER, 0);
      assert_int_equal(status, met ? WB_E_ABORTED : WB_OK);
      assert_int_equal(wb_rule_count(rule, m.facts, &it.moment, &tally, NULL), WB_OK);
      assert_int_equal(tally.yes, i == 0 ? 2 : 1);
      assert_int_equal(tally.no, i == 0 ? 1 : 2);
      mirror_close(&m);
      if (met) continue;
      assert_int_equal(yes, i == 0 ? 5 : 1);
      assert_int_equal(known, 7);
      break;
    }
    wb_rule_unref(rule);
    sample_close(&it);
  }
}

/* More rows than there are bits in a word. */
static void the_first_row_that_fails_ends_the_match(void **state) {
  (void)state;
  sample it;
  mirror m;
  char people[2000] = "patient:u|status:u\n";
  uint8_t yes[9] = {0}, known[9] = {0};
  size_t at = strlen(people);
  for (int i = 0; i < 70; i++)
    at += (size_t)snprintf(people + at, sizeof people - at, "p%d|active\n", i);
  sample_open(&it, NULL);
  sample_add(&it, "patients", people);
  wb_rule *rule = rule_of(&it, "patient.status == 'active'");
  mirror_open(&m, NULL, it.facts, it.schema, &it.moment, SAMPLE_NOW);
  m.answer = WB_E_STATE;
  fault_arm(&m.gets, FAULT_ONCE, 7);
  assert_int_equal(wb_rule_match(rule, m.facts, 0, 70, &it.moment, yes, known, NULL), WB_E_ABORTED);
  assert_int_equal(m.gets.calls, 7);
  assert_int_equal(wb_rule_match(rule, m.facts, 0, 70, &it.moment, yes, known, NULL), WB_OK);
  for (int i = 0; i < 8; i++)
    assert_int_equal(yes[i], 0xFF);
  assert_int_equal(yes[8], 0x3F);
  mirror_close(&m);
  wb_rule_unref(rule);
  sample_close(&it);
}

static void a_getter_that_cannot_count_is_told(void **state) {
  static const char *const rules[] = {"patient.status == 'active'", "1 == 1"};
  (void)state;
  for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
    sample it;
    mirror m;
    uint8_t yes = 0;
    wb_tally tally = {.size = sizeof tally};
    wb_verdict verdict = {.size = sizeof verdict};
    sample_open(&it, NULL);
    sample_add(&it, "patients", PEOPLE);
    wb_rule *rule = rule_of(&it, rules[i]);
    mirror_open(&m, NULL, it.facts, it.schema, &it.moment, SAMPLE_NOW);
    fault_arm(&m.rows, FAULT_FOREVER, 1);
    assert_int_equal(wb_rule_match(rule, m.facts, 0, 1, &it.moment, &yes, NULL, NULL),
                     WB_E_ABORTED);
    assert_int_equal(wb_rule_count(rule, m.facts, &it.moment, &tally, NULL), WB_E_ABORTED);
    assert_int_equal(wb_rule_test(rule, m.facts, 0, &it.moment, &verdict, NULL), WB_E_ABORTED);
    fault_arm(&m.rows, FAULT_NEVER, 0);
    assert_int_equal(wb_rule_test(rule, m.facts, 0, &it.moment, &verdict, NULL), WB_OK);
    assert_int_equal(verdict.truth, WB_TRUE);
    mirror_close(&m);
    wb_rule_unref(rule);
    sample_close(&it);
  }
}

static void there_must_be_such_an_instant(void **state) {
  (void)state;
  sample it;
  uint8_t yes = 0;
  wb_tally tally = {.size = sizeof tally, .yes = 77};
  sample_open(&it, NULL);
  sample_add(&it, "patients", PEOPLE);
  wb_rule *rule = rule_of(&it, "patient.status == 'active'");
  it.moment.now = INT64_MAX;
  assert_int_equal(wb_rule_match(rule, it.facts, 0, 1, &it.moment, &yes, NULL, NULL), WB_E_RANGE);
  assert_int_equal(wb_rule_count(rule, it.facts, &it.moment, &tally, NULL), WB_E_RANGE);
  assert_int_equal(tally.yes, 77);
  wb_rule_unref(rule);
  sample_close(&it);
}

/* At 15:00 in London on the 23rd it is the 24th on Kiribati. */
static void today_is_the_day_of_each_rows_location(void **state) {
  (void)state;
  sample it;
  uint8_t yes = 0, known = 0;
  sample_open(&it, NULL);
  sample_renew(&it, NULL, SAMPLE_NOW);
  sample_add(&it, "locations", "location:u|zone:u\n1|GMT0\n2|<+14>-14\n");
  sample_add(&it, "patients", PEOPLE);
  wb_rule *rule = rule_of(&it, "today == date('2026-11-23')");
  assert_int_equal(wb_rule_match(rule, it.facts, 0, 3, &it.moment, &yes, &known, NULL), WB_OK);
  assert_int_equal(known, 7);
  assert_int_equal(yes, 5);
  wb_rule_unref(rule);
  sample_close(&it);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_getter_that_fails_ends_the_match),
      cmocka_unit_test(the_first_row_that_fails_ends_the_match),
      cmocka_unit_test(a_getter_that_cannot_count_is_told),
      cmocka_unit_test(there_must_be_such_an_instant),
      cmocka_unit_test(today_is_the_day_of_each_rows_location),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* The lists that offices make by hand, as rules: who is due for recall, and who has lapsed. Each
   row of a list is a case that other systems are known to decide, some of them otherwise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/sample.h"

#define PATIENTS "patient:u|status:u|do_not_contact:b|exclusion:u\n"
#define PROCEDURES "patient:u|code:u|status:u|date:tdD\n"
#define APPOINTMENTS "patient:u|status:u|start:tdD\n"
#define RECALLS                                                                                    \
  "patient:u|kind:u|interval:u|due:tdD|due_manual:b|previous:tdD|disabled:b|disabled_until:tdD\n"

/* Whether a rule selects the only patient of a practice on 2026-11-23. Tables are given by their
   rows, "" for none. */
static bool selected(const char *rule_text, const char *patient, const char *procedures,
                     const char *appointments, const char *recalls) {
  const struct {
    const char *name, *head, *rows;
  } tables[] = {{"patients", PATIENTS, patient},
                {"procedures", PROCEDURES, procedures},
                {"appointments", APPOINTMENTS, appointments},
                {"recalls", RECALLS, recalls}};
  char text[1024];
  sample it;
  wb_rule *rule = NULL;
  wb_error error = {0};
  wb_verdict verdict = {.size = sizeof verdict};
  sample_open(&it, NULL);
  for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
    assert_true(strlen(tables[i].head) + strlen(tables[i].rows) < sizeof text);
    sample_add(&it, tables[i].name, strcat(strcpy(text, tables[i].head), tables[i].rows));
  }
  if (wb_rule_new(NULL, it.schema, rule_text, strlen(rule_text), &rule, &error) != WB_OK ||
      wb_rule_test(rule, it.facts, 0, &it.moment, &verdict, &error) != WB_OK) {
    fail_msg("%s %s", error.message, error.path);
  }
  wb_rule_unref(rule);
  sample_close(&it);
  return verdict.truth == WB_TRUE;
}

/* ---- lapsed: last seen at least 1,095 days ago, and not before 2016 ---- */

static bool lapsed(const char *patient, const char *procedures, const char *appointments) {
  return selected("patient.status in [\"active\", \"prospective\"] && !patient.do_not_contact && "
                  "patient.exclusion == null && visit.last != null && "
                  "visit.last < date(\"2023-11-24\") && visit.last >= date(\"2016-01-01\") && "
                  "visit.next == null",
                  patient, procedures, appointments, "");
}

static void who_was_last_seen_three_years_ago_has_lapsed(void **state) {
  (void)state;
  assert_true(lapsed("p|active|0|\n", "p|D1110|completed|2023-11-23\n", ""));
  assert_false(lapsed("p|active|0|\n", "p|D1110|completed|2023-11-24\n", ""));
  assert_true(lapsed("p|prospective|0|\n", "p|D0150|completed|2023-11-23\n", ""));
}

static void who_was_last_seen_before_the_stop_date_has_not(void **state) {
  (void)state;
  assert_true(lapsed("p|active|0|\n", "p|D1110|completed|2016-01-01\n", ""));
  assert_false(lapsed("p|active|0|\n", "p|D1110|completed|2015-12-31\n", ""));
}

static void a_scheduled_visit_keeps_one_off_the_list_and_a_broken_one_does_not(void **state) {
  (void)state;
  static const char last[] = "p|D1110|completed|2023-01-10\n";
  assert_false(lapsed("p|active|0|\n", last, "p|scheduled|2026-11-23\n"));
  assert_true(lapsed("p|active|0|\n", last, "p|scheduled|2026-11-22\n"));
  assert_true(lapsed("p|active|0|\n", last, "p|broken|2026-12-01\n"));
  assert_true(lapsed("p|active|0|\n", last, "p|planned|2026-12-01\n"));
}

static void who_is_not_to_be_contacted_or_is_inactive_is_left_alone(void **state) {
  (void)state;
  static const char last[] = "p|D1110|completed|2023-01-10\n";
  assert_false(lapsed("p|active|1|\n", last, ""));
  assert_false(lapsed("p|active|0|moved\n", last, ""));
  assert_false(lapsed("p|inactive|0|\n", last, ""));
  assert_false(lapsed("p|deceased|0|\n", last, ""));
}

static void codes_of_missed_visits_are_no_visits(void **state) {
  (void)state;
  assert_true(lapsed("p|active|0|\n",
                     "p|D1110|completed|2023-01-10\n"
                     "p|D9986|completed|2026-01-10\n"
                     "p|D9987|completed|2026-02-10\n",
                     ""));
  assert_false(lapsed("p|active|0|\n", "p|D9986|completed|2023-01-10\n", ""));
  assert_false(lapsed("p|active|0|\n", "", ""));
}

/* ---- due for recall today ---- */

static bool due(const char *procedures, const char *appointments, const char *recalls) {
  return selected("patient.status == \"active\" && recare.due != null && recare.due <= today && "
                  "!recare.disabled && (recare.disabled_until == null || "
                  "recare.disabled_until <= today) && !recare.booked",
                  "p|active|0|\n", procedures, appointments, recalls);
}

static void who_is_due_today_is_on_the_list(void **state) {
  (void)state;
  assert_true(due("p|D1110|completed|2026-05-22\n", "", ""));
  assert_false(due("p|D1110|completed|2026-05-23\n", "", ""));
  assert_true(due("p|D1110|existing|2026-05-22\n", "", ""));
  assert_false(due("p|D1110|planned|2026-05-22\n", "", ""));
  assert_false(due("p|D1110|deleted|2026-05-22\n", "", ""));
}

static void a_cleaning_moves_the_clock_of_a_perio_patient(void **state) {
  (void)state;
  static const char perio[] = "p|perio|||0||0|\n";
  assert_true(due("p|D4910|completed|2026-03-01\np|D1110|completed|2026-07-23\n", "", perio));
  assert_false(due("p|D4910|completed|2026-03-01\np|D1110|completed|2026-07-24\n", "", perio));
}

static void who_was_never_seen_is_not_due(void **state) {
  (void)state;
  assert_false(due("", "", ""));
  assert_false(due("", "", "p|prophy|6m1d||0||0|\n"));
}

static void recalls_that_are_disabled_are_off_the_list(void **state) {
  (void)state;
  static const char last[] = "p|D1110|completed|2026-01-10\n";
  assert_true(due(last, "", "p|prophy|||0||0|\n"));
  assert_false(due(last, "", "p|prophy|||0||1|\n"));
  assert_false(due(last, "", "p|prophy|||0||0|2026-11-24\n"));
  assert_true(due(last, "", "p|prophy|||0||0|2026-11-23\n"));
}

static void a_manual_date_counts_until_the_next_trigger(void **state) {
  (void)state;
  static const char manual[] = "p|prophy||2026-12-01|1|2026-01-10|0|\n";
  assert_false(due("p|D1110|completed|2026-01-10\n", "", manual));
  assert_true(due("p|D1110|completed|2026-01-11\n", "", manual));
}

static void who_is_booked_is_off_the_list(void **state) {
  (void)state;
  static const char last[] = "p|D1110|completed|2026-01-10\n";
  assert_false(due(last, "p|scheduled|2026-11-23\n", ""));
  assert_true(due(last, "p|scheduled|2026-11-22\n", ""));
  assert_true(due(last, "p|broken|2026-12-01\n", ""));
  assert_true(due(last, "p|completed|2026-12-01\n", ""));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(who_was_last_seen_three_years_ago_has_lapsed),
      cmocka_unit_test(who_was_last_seen_before_the_stop_date_has_not),
      cmocka_unit_test(a_scheduled_visit_keeps_one_off_the_list_and_a_broken_one_does_not),
      cmocka_unit_test(who_is_not_to_be_contacted_or_is_inactive_is_left_alone),
      cmocka_unit_test(codes_of_missed_visits_are_no_visits),
      cmocka_unit_test(who_is_due_today_is_on_the_list),
      cmocka_unit_test(a_cleaning_moves_the_clock_of_a_perio_patient),
      cmocka_unit_test(who_was_never_seen_is_not_due),
      cmocka_unit_test(recalls_that_are_disabled_are_off_the_list),
      cmocka_unit_test(a_manual_date_counts_until_the_next_trigger),
      cmocka_unit_test(who_is_booked_is_off_the_list),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

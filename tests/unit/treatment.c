/* SPDX-License-Identifier: MIT */
/* Planned treatment: open, scheduled, superseded, and how old the plan is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dental/dental.h"
#include "support/chart.h"

/* Where the first procedure of the chart stands. */
static wb_treatment find(const char *today) {
  wb_treatment treatment = {.size = sizeof treatment};
  assert_int_equal(wb_treatment_find(chart, chart_count, 0, day(today), &treatment), WB_OK);
  return treatment;
}

static uint32_t flags(const char *today) {
  return find(today).flags & ~WB_TREATMENT_PLANNED;
}

static void a_planned_procedure_is_open(void **state) {
  (void)state;
  chart_empty();
  planned("D2740", "2025-03-01", "14");
  assert_int_equal(find("2025-04-01").flags, WB_TREATMENT_PLANNED | WB_TREATMENT_OPEN);
}

static void what_is_not_actively_planned_is_no_treatment(void **state) {
  (void)state;
  for (int32_t status = WB_PROCEDURE_OTHER; status <= WB_PROCEDURE_DELETED; ++status) {
    chart_empty();
    add("D2740", status, "2025-03-01", "14");
    bool open = status == WB_PROCEDURE_PLANNED;
    assert_int_equal(find("2025-04-01").flags, open ? WB_TREATMENT_PLANNED | WB_TREATMENT_OPEN : 0);
  }
  chart_empty();
  planned("D2740", "2025-03-01", "14")->flags = WB_PROCEDURE_RESTRICTED;
  assert_int_equal(find("2025-04-01").flags, 0);
  assert_int_equal(find("2025-04-01").months, -1);
}

static void a_visit_today_or_later_schedules_it(void **state) {
  (void)state;
  chart_empty();
  planned("D2740", "2025-03-01", "14")->visit = day("2025-04-01");
  assert_int_equal(flags("2025-03-31"), WB_TREATMENT_SCHEDULED);
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_SCHEDULED);
  assert_int_equal(flags("2025-04-02"), WB_TREATMENT_OPEN);
}

static void the_same_or_a_closing_group_later_at_the_place_supersedes(void **state) {
  (void)state;
  static const struct {
    const char *planned, *at, *done, *on, *where;
    uint32_t flags;
  } cases[] = {
      {"D2740", "14", "D2750", "2025-03-02", "14", WB_TREATMENT_SUPERSEDED},
      {"D2740", "14", "D2750", "2025-03-01", "14", WB_TREATMENT_OPEN}, /* not later */
      {"D2740", "14", "D2750", "2025-04-02", "14", WB_TREATMENT_OPEN}, /* does not exist yet */
      {"D2740", "14", "D2750", "2025-04-01", "14", WB_TREATMENT_SUPERSEDED},
      {"D2740", "14", "D2750", "2025-03-02", "15", WB_TREATMENT_OPEN},
      {"D2740", "14", "D2750", "2025-03-02", "", WB_TREATMENT_SUPERSEDED}, /* place not said */
      {"D2740", "14", "D2391", "2025-03-02", "14", WB_TREATMENT_OPEN},
      {"D2391", "14", "D2740", "2025-03-02", "14", WB_TREATMENT_SUPERSEDED},
      {"D2391", "14", "D2150", "2025-03-02", "14", WB_TREATMENT_SUPERSEDED},
      {"D4341", "UR", "D4342", "2025-03-02", "UR", WB_TREATMENT_SUPERSEDED},
      {"D4341", "UR", "D4341", "2025-03-02", "UL", WB_TREATMENT_OPEN},
      {"D5110", "", "D5120", "2025-03-02", "", WB_TREATMENT_OPEN}, /* another arch, by code */
      {"D5213", "", "D5110", "2025-03-02", "", WB_TREATMENT_SUPERSEDED},
      {"D1110", "", "D4910", "2025-03-02", "", WB_TREATMENT_SUPERSEDED},
      {"D6010", "14", "D6245", "2025-03-02", "14", WB_TREATMENT_SUPERSEDED},
      {"D9110", "14", "D9110", "2025-03-02", "14", WB_TREATMENT_SUPERSEDED},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    chart_empty();
    planned(cases[i].planned, "2025-03-01", cases[i].at);
    wb_procedure *other = done(cases[i].done, cases[i].on, cases[i].where);
    assert_int_equal(flags("2025-04-01"), cases[i].flags);
    other->status = WB_PROCEDURE_EXISTING;
    assert_int_equal(flags("2025-04-01"), cases[i].flags);
    other->status = WB_PROCEDURE_DELETED;
    assert_int_equal(flags("2025-04-01"), WB_TREATMENT_OPEN);
  }
}

static void codes_without_group_are_the_same_by_number_only(void **state) {
  (void)state;
  chart_empty();
  *planned("D2740", "2025-03-01", "14") = (wb_procedure){
      .size = sizeof chart[0], .status = WB_PROCEDURE_PLANNED, .visit = WB_DATE_NONE};
  done("D2740", "2025-03-02", "14");
  chart[1].code = chart[1].group = 0;
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_OPEN);
  chart[0].code = chart[1].code = 2796;
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_SUPERSEDED);
  chart[1].code = 2797;
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_OPEN);
}

static void an_extracted_tooth_needs_nothing_more(void **state) {
  (void)state;
  chart_empty();
  planned("D2740", "2025-03-01", "14");
  done("D7140", "2025-03-02", "14");
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_SUPERSEDED);
  chart[1].date = day("2025-03-01");
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_OPEN);
  chart_empty();
  planned("D4341", "2025-03-01", "UL"); /* one tooth less in the quarter */
  done("D7140", "2025-03-02", "14");
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_OPEN);
  chart_empty();
  planned("D6010", "2025-03-01", "14"); /* an implant is for a lost tooth */
  done("D7210", "2025-03-02", "14");
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_OPEN);
}

static void teeth_are_needed_from_the_first_code_of_prevention_to_the_last_of_the_gums(
    void **state) {
  (void)state;
  static const struct {
    int32_t code;
    uint32_t flags;
  } cases[] = {{999, WB_TREATMENT_OPEN},
               {1000, WB_TREATMENT_SUPERSEDED},
               {4999, WB_TREATMENT_SUPERSEDED},
               {5000, WB_TREATMENT_OPEN}};
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    chart_empty();
    planned("D2740", "2025-03-01", "14")->code = cases[i].code;
    chart[0].group = 0;
    done("D7140", "2025-03-02", "14");
    assert_int_equal(flags("2025-04-01"), cases[i].flags);
  }
}

static void what_lies_behind_the_chart_is_not_of_it(void **state) {
  (void)state;
  chart_empty();
  planned("D2740", "2025-03-01", "14");
  done("D7140", "2025-03-02", "14");
  chart_count--;
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_OPEN);
}

static void one_of_several_alternatives_stands(void **state) {
  (void)state;
  chart_empty();
  planned("D6010", "2025-03-01", "14")->alternative = 5;
  planned("D6245", "2025-03-01", "14")->alternative = 5;
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_OPEN);
  chart[1].flags = WB_PROCEDURE_PREFERRED;
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_SUPERSEDED);
  chart[0].flags = WB_PROCEDURE_PREFERRED;
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_OPEN);
  chart[1].status = WB_PROCEDURE_COMPLETED;
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_SUPERSEDED);
  chart[1].alternative = 6;
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_OPEN);
  chart[1].alternative = 5, chart[1].status = WB_PROCEDURE_DELETED;
  assert_int_equal(flags("2025-04-01"), WB_TREATMENT_OPEN);
}

static void a_missed_visit_supersedes_nothing(void **state) {
  (void)state;
  chart_empty();
  planned("D9986", "2025-03-01", "");
  assert_int_equal(flags("2025-04-01"), 0);
  chart[0].code = 9987;
  assert_int_equal(flags("2025-04-01"), 0);
}

static void plans_age(void **state) {
  (void)state;
  chart_empty();
  planned("D2740", "2024-03-31", "14");
  static const struct {
    const char *today;
    int32_t age, months;
  } cases[] = {
      {"2024-03-30", WB_TREATMENT_FRESH, 0},      {"2025-03-30", WB_TREATMENT_FRESH, 11},
      {"2025-03-31", WB_TREATMENT_FRESH, 12},     {"2025-04-01", WB_TREATMENT_REEXAMINE, 12},
      {"2026-03-31", WB_TREATMENT_REEXAMINE, 24}, {"2026-04-01", WB_TREATMENT_HISTORY, 24}};
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    assert_int_equal(find(cases[i].today).age, cases[i].age);
    assert_int_equal(find(cases[i].today).months, cases[i].months);
  }
  chart[0].date = WB_DATE_NONE;
  assert_int_equal(find("2025-04-01").age, WB_TREATMENT_REEXAMINE);
  assert_int_equal(find("2025-04-01").months, -1);
  chart[0].date = WB_DATE_MAX - 1;
  assert_int_equal(find("9999-12-31").age, WB_TREATMENT_FRESH);
}

static void wrong_arguments_are_refused(void **state) {
  (void)state;
  wb_treatment treatment = {.size = sizeof treatment};
  chart_empty();
  planned("D2740", "2025-03-01", "14");
  assert_int_equal(wb_treatment_find(NULL, 1, 0, 0, &treatment), WB_E_INVALID);
  assert_int_equal(wb_treatment_find(chart, 1, 1, 0, &treatment), WB_E_INVALID);
  assert_int_equal(wb_treatment_find(chart, 1, 0, 0, NULL), WB_E_INVALID);
  assert_int_equal(wb_treatment_find(chart, 1, 0, WB_DATE_NONE, &treatment), WB_E_RANGE);
  treatment.size = 8;
  assert_int_equal(wb_treatment_find(chart, 1, 0, 0, &treatment), WB_E_INVALID);
  treatment.size = sizeof treatment;
  chart[0].flags = WB_PROCEDURE_RESTRICTED | WB_PROCEDURE_UNPAID | WB_PROCEDURE_PREFERRED;
  assert_int_equal(wb_treatment_find(chart, 1, 0, 0, &treatment), WB_OK);
  chart[0].flags = 64;
  assert_int_equal(wb_treatment_find(chart, 1, 0, 0, &treatment), WB_E_VERSION);
  chart[0].flags = 0;
  chart[0].date = WB_DATE_MAX + 1;
  assert_int_equal(wb_treatment_find(chart, 1, 0, 0, &treatment), WB_E_RANGE);
  chart[0].date = 0;
  chart[0].visit = WB_DATE_MIN - 1;
  assert_int_equal(wb_treatment_find(chart, 1, 0, 0, &treatment), WB_E_RANGE);
  chart[0].visit = 0;
  chart[0].size = 12;
  assert_int_equal(wb_treatment_find(chart, 1, 0, 0, &treatment), WB_E_INVALID);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_planned_procedure_is_open),
      cmocka_unit_test(what_is_not_actively_planned_is_no_treatment),
      cmocka_unit_test(a_visit_today_or_later_schedules_it),
      cmocka_unit_test(the_same_or_a_closing_group_later_at_the_place_supersedes),
      cmocka_unit_test(codes_without_group_are_the_same_by_number_only),
      cmocka_unit_test(an_extracted_tooth_needs_nothing_more),
      cmocka_unit_test(teeth_are_needed_from_the_first_code_of_prevention_to_the_last_of_the_gums),
      cmocka_unit_test(what_lies_behind_the_chart_is_not_of_it),
      cmocka_unit_test(one_of_several_alternatives_stands),
      cmocka_unit_test(a_missed_visit_supersedes_nothing),
      cmocka_unit_test(plans_age),
      cmocka_unit_test(wrong_arguments_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Dates: making, reading, writing, weekdays, months, ages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/times.h"
#include "time/time.h"

static void known_days_have_known_numbers(void **state) {
  (void)state;
  assert_int_equal(day("1970-01-01"), 0);
  assert_int_equal(day("1969-12-31"), -1);
  assert_int_equal(day("2000-02-29"), 11016);
  assert_int_equal(day("2000-03-01"), 11017);
  assert_int_equal(day("2026-01-30"), 20483);
  assert_int_equal(day("0001-01-01"), WB_DATE_MIN);
  assert_int_equal(day("9999-12-31"), WB_DATE_MAX);
}

static void days_that_do_not_exist_are_out_of_range(void **state) {
  (void)state;
  static const int32_t bad[][3] = {
      {0, 12, 31},   {10000, 1, 1}, {2026, 0, 1},      {2026, 13, 1},        {2026, 1, 0},
      {2026, 1, 32}, {2026, 4, 31}, {2026, 2, 29},     {1900, 2, 29},        {2024, 2, 30},
      {-1, 1, 1},    {2026, -1, 1}, {INT32_MIN, 1, 1}, {2026, 1, INT32_MAX}, {INT32_MAX, 1, 1}};
  wb_date date = 7;
  for (size_t i = 0; i < WBI_COUNT(bad); i++) {
    assert_int_equal(wb_date_make(bad[i][0], bad[i][1], bad[i][2], &date), WB_E_RANGE);
  }
  assert_int_equal(date, 7);
  assert_int_equal(wb_date_make(2000, 2, 29, &date), WB_OK);
  assert_int_equal(date, 11016);
}

static void parts_may_be_left_out(void **state) {
  (void)state;
  int32_t year = 1, month = 2, day_of_month = 3;
  assert_int_equal(wb_date_split(11016, &year, &month, &day_of_month), WB_OK);
  assert_int_equal(year, 2000);
  assert_int_equal(month, 2);
  assert_int_equal(day_of_month, 29);
  assert_int_equal(wb_date_split(11016, NULL, NULL, NULL), WB_OK);
}

static void numbers_that_are_no_days_are_out_of_range(void **state) {
  (void)state;
  static const wb_date bad[] = {WB_DATE_NONE, WB_DATE_MIN - 1, WB_DATE_MAX + 1, INT32_MAX};
  static const wb_interval interval = {0, 0, 0, 1};
  for (size_t i = 0; i < WBI_COUNT(bad); i++) {
    int32_t value = 7;
    wb_date date = 7;
    char text[12] = "unchanged";
    size_t length = 7;
    assert_false(wbi_date_valid(bad[i]));
    assert_int_equal(wb_date_split(bad[i], &value, &value, &value), WB_E_RANGE);
    assert_int_equal(wb_date_weekday(bad[i], &value), WB_E_RANGE);
    assert_int_equal(wb_date_months(bad[i], 0, &value), WB_E_RANGE);
    assert_int_equal(wb_date_months(0, bad[i], &value), WB_E_RANGE);
    assert_int_equal(wb_date_add_months(bad[i], 1, &date), WB_E_RANGE);
    assert_int_equal(wb_date_add(bad[i], &interval, &date), WB_E_RANGE);
    assert_int_equal(wb_date_format(bad[i], text, sizeof text, &length), WB_E_RANGE);
    assert_int_equal(value, 7);
    assert_int_equal(date, 7);
    assert_int_equal(length, 7);
    assert_string_equal(text, "unchanged");
  }
  assert_true(wbi_date_valid(WB_DATE_MIN));
  assert_true(wbi_date_valid(WB_DATE_MAX));
}

static void only_one_form_of_date_is_read(void **state) {
  (void)state;
  static const char *const bad[] = {
      "",           "2026-1-30",   "2026-01-3",   "2026-01-300", "2026/01/30",
      "20260130",   "2026-01-3x",  "x026-01-30",  "+026-01-30",  "-001-01-30",
      "2026-01 30", "2026-01-30 ", " 2026-01-30", "2026-0a-30"};
  wb_date date = 7;
  for (size_t i = 0; i < WBI_COUNT(bad); i++) {
    assert_int_equal(wb_date_parse(bad[i], strlen(bad[i]), &date), WB_E_SYNTAX);
  }
  assert_int_equal(wb_date_parse(NULL, 0, &date), WB_E_SYNTAX);
  assert_int_equal(wb_date_parse("2026-13-40", 10, &date), WB_E_RANGE);
  assert_int_equal(wb_date_parse("0000-01-01", 10, &date), WB_E_RANGE);
  assert_int_equal(wb_date_parse("2026-00-01", 10, &date), WB_E_RANGE);
  assert_int_equal(wb_date_parse("2026-01-00", 10, &date), WB_E_RANGE);
  assert_int_equal(wb_date_parse("2026-02-29", 10, &date), WB_E_RANGE);
  assert_int_equal(date, 7);
}

static void dates_are_written_into_ten_bytes(void **state) {
  (void)state;
  char text[12] = "-----------";
  size_t length = 0;
  assert_int_equal(wb_date_format(WB_DATE_MIN, text, 9, &length), WB_E_SPACE);
  assert_int_equal(length, 10);
  assert_string_equal(text, "-----------");
  assert_int_equal(wb_date_format(WB_DATE_MIN, text, 10, &length), WB_OK);
  assert_string_equal(text, "0001-01-01-");
  assert_int_equal(wb_date_format(20483, text, 11, &length), WB_OK);
  assert_string_equal(text, "2026-01-30");
  assert_int_equal(wb_date_format(20483, NULL, 0, &length), WB_E_SPACE);
  assert_int_equal(length, 10);
}

static void weekdays_go_from_monday_to_sunday(void **state) {
  (void)state;
  int32_t weekday = 0;
  assert_int_equal(wb_date_weekday(day("1970-01-01"), &weekday), WB_OK);
  assert_int_equal(weekday, 4);
  assert_int_equal(wb_date_weekday(day("2026-11-22"), &weekday), WB_OK);
  assert_int_equal(weekday, 7);
  assert_int_equal(wb_date_weekday(day("2026-11-23"), &weekday), WB_OK);
  assert_int_equal(weekday, 1);
  assert_int_equal(wb_date_weekday(WB_DATE_MIN, &weekday), WB_OK);
  assert_int_equal(weekday, 1);
  assert_int_equal(wb_date_weekday(WB_DATE_MAX, &weekday), WB_OK);
  assert_int_equal(weekday, 5);
}

/* Asserts a date plus an interval. */
static void assert_due(const char *from, const char *interval, const char *wanted) {
  wb_interval parsed;
  wb_date due = WB_DATE_NONE;
  char text[11];
  size_t length = 0;
  assert_int_equal(wb_interval_parse(interval, strlen(interval), &parsed), WB_OK);
  assert_int_equal(wb_date_add(day(from), &parsed, &due), WB_OK);
  assert_int_equal(wb_date_format(due, text, sizeof text, &length), WB_OK);
  assert_string_equal(text, wanted);
}

/* Reference vectors of Open Dental's interval arithmetic. */
static void six_months_and_a_day_from_30_august(void **state) {
  (void)state;
  assert_due("2024-08-30", "6m1d", "2025-03-01");
}

static void six_months_and_a_day_from_31_august_is_the_same_day(void **state) {
  (void)state;
  assert_due("2024-08-31", "6m1d", "2025-03-01");
}

static void six_months_before_a_leap_day(void **state) {
  (void)state;
  assert_due("2023-08-31", "6m", "2024-02-29");
}

static void six_months_and_a_day_across_a_short_february(void **state) {
  (void)state;
  assert_due("2025-08-28", "6m1d", "2026-03-01");
}

static void four_months_are_cut_to_february(void **state) {
  (void)state;
  assert_due("2025-10-31", "4m", "2026-02-28");
}

static void a_year_from_a_leap_day(void **state) {
  (void)state;
  assert_due("2024-02-29", "1y", "2025-02-28");
}

static void a_year_and_six_months_is_not_eighteen_months(void **state) {
  (void)state;
  assert_due("2024-02-29", "1y6m", "2025-08-28");
  assert_due("2024-02-29", "18m", "2025-08-29");
}

static void packed_intervals_of_the_recall_types(void **state) {
  (void)state;
  assert_due("2024-08-30", "393217", "2025-03-01");
  assert_due("2025-10-31", "262144", "2026-02-28");
  assert_due("2024-02-29", "16777216", "2025-02-28");
  assert_due("2024-02-29", "83886080", "2029-02-28");
}

static void weeks_and_days_come_last(void **state) {
  (void)state;
  assert_due("2026-01-31", "1m2w3d", "2026-03-17");
  assert_due("2026-01-31", "", "2026-01-31");
}

static void sums_end_with_the_year_9999(void **state) {
  (void)state;
  wb_date date = 7;
  const wb_interval one_day = {0, 0, 0, 1}, one_week = {0, 0, 1, 0}, one_month = {0, 1, 0, 0},
                    one_year = {1, 0, 0, 0}, most = {65535, 65535, 65535, 65535};
  assert_int_equal(wb_date_add(WB_DATE_MAX, &one_day, &date), WB_E_RANGE);
  assert_int_equal(wb_date_add(WB_DATE_MAX - 6, &one_week, &date), WB_E_RANGE);
  assert_int_equal(wb_date_add(day("9999-12-01"), &one_month, &date), WB_E_RANGE);
  assert_int_equal(wb_date_add(day("9999-01-01"), &one_year, &date), WB_E_RANGE);
  assert_int_equal(wb_date_add(WB_DATE_MIN, &most, &date), WB_E_RANGE);
  assert_int_equal(date, 7);
  assert_int_equal(wb_date_add(WB_DATE_MAX - 1, &one_day, &date), WB_OK);
  assert_int_equal(date, WB_DATE_MAX);
  assert_int_equal(wb_date_add(day("9998-12-31"), &one_year, &date), WB_OK);
  assert_int_equal(date, WB_DATE_MAX);
}

static void months_may_be_taken_away(void **state) {
  (void)state;
  wb_date date = 7;
  assert_int_equal(wb_date_add_months(day("2026-03-31"), -1, &date), WB_OK);
  assert_int_equal(date, day("2026-02-28"));
  assert_int_equal(wb_date_add_months(day("2026-01-31"), -2, &date), WB_OK);
  assert_int_equal(date, day("2025-11-30"));
  assert_int_equal(wb_date_add_months(day("0001-12-31"), -11, &date), WB_OK);
  assert_int_equal(date, day("0001-01-31"));
  assert_int_equal(wb_date_add_months(day("0001-12-31"), -12, &date), WB_E_RANGE);
  assert_int_equal(wb_date_add_months(0, INT32_MIN, &date), WB_E_RANGE);
  assert_int_equal(wb_date_add_months(0, INT32_MAX, &date), WB_E_RANGE);
  assert_int_equal(date, day("0001-01-31"));
}

static void months_reach_from_end_to_end_of_the_calendar(void **state) {
  (void)state;
  const int32_t all = 9999 * 12 - 1;
  const struct {
    wb_date from;
    int32_t months;
    const char *wanted; /* NULL: out of range */
  } cases[] = {
      {WB_DATE_MIN, all, "9999-12-01"},       {WB_DATE_MIN, all + 1, NULL},
      {WB_DATE_MIN, 0, "0001-01-01"},         {WB_DATE_MIN, -1, NULL},
      {WB_DATE_MIN, INT32_MAX, NULL},         {WB_DATE_MIN, INT32_MIN, NULL},
      {WB_DATE_MAX, -all, "0001-01-31"},      {WB_DATE_MAX, -all - 1, NULL},
      {WB_DATE_MAX, 0, "9999-12-31"},         {WB_DATE_MAX, 1, NULL},
      {WB_DATE_MAX, INT32_MAX, NULL},         {WB_DATE_MAX, INT32_MIN, NULL},
      {day("9999-11-30"), 1, "9999-12-30"},   {day("9999-12-01"), 1, NULL},
      {day("0001-02-28"), -1, "0001-01-28"},  {day("0001-01-31"), -1, NULL},
      {day("9999-12-31"), -10, "9999-02-28"}, {day("0001-01-31"), 1, "0001-02-28"},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    wb_date date = 7;
    const char *wanted = cases[i].wanted;
    assert_int_equal(wb_date_add_months(cases[i].from, cases[i].months, &date),
                     wanted != NULL ? WB_OK : WB_E_RANGE);
    assert_int_equal(date, wanted != NULL ? day(wanted) : 7);
  }
}

static void every_step_of_a_sum_stays_within_the_calendar(void **state) {
  (void)state;
  const wb_interval none = {0}, year_and_month = {1, 1, 0, 0}, weeks = {0, 0, 65535, 65535},
                    years = {9998, 11, 4, 2};
  wb_date date = 7;
  assert_int_equal(wb_date_add(day("9998-12-01"), &year_and_month, &date), WB_E_RANGE);
  assert_int_equal(wb_date_add(WB_DATE_MAX - 524279, &weeks, &date), WB_E_RANGE);
  assert_int_equal(wb_date_add(WB_DATE_MIN + 1, &years, &date), WB_E_RANGE);
  assert_int_equal(date, 7);
  assert_int_equal(wb_date_add(day("9998-11-30"), &year_and_month, &date), WB_OK);
  assert_int_equal(date, day("9999-12-30"));
  assert_int_equal(wb_date_add(WB_DATE_MAX - 524280, &weeks, &date), WB_OK);
  assert_int_equal(date, WB_DATE_MAX);
  assert_int_equal(wb_date_add(WB_DATE_MIN, &years, &date), WB_OK);
  assert_int_equal(date, WB_DATE_MAX);
  assert_int_equal(wb_date_add(WB_DATE_MAX, &none, &date), WB_OK);
  assert_int_equal(date, WB_DATE_MAX);
  assert_int_equal(wb_date_add(WB_DATE_MIN, &none, &date), WB_OK);
  assert_int_equal(date, WB_DATE_MIN);
}

/* Whole months between two dates. */
static int32_t months_between(const char *from, const char *to) {
  int32_t months = INT32_MIN;
  assert_int_equal(wb_date_months(day(from), day(to), &months), WB_OK);
  return months;
}

static void whole_months_are_counted_both_ways(void **state) {
  (void)state;
  assert_int_equal(months_between("2026-01-15", "2026-01-15"), 0);
  assert_int_equal(months_between("2026-01-15", "2026-02-14"), 0);
  assert_int_equal(months_between("2026-01-15", "2026-02-15"), 1);
  assert_int_equal(months_between("2026-01-31", "2026-02-27"), 0);
  assert_int_equal(months_between("2026-01-31", "2026-02-28"), 1);
  assert_int_equal(months_between("2024-02-29", "2025-02-28"), 12);
  assert_int_equal(months_between("2026-02-15", "2026-01-15"), -1);
  assert_int_equal(months_between("2026-02-15", "2026-01-14"), -2);
  assert_int_equal(months_between("2026-02-15", "2026-02-14"), -1);
  assert_int_equal(months_between("0001-01-01", "9999-12-31"), 9999 * 12 - 1);
  assert_int_equal(months_between("9999-12-31", "0001-01-01"), -9999 * 12);
  assert_int_equal(months_between("9999-12-31", "0001-01-31"), -9999 * 12 + 1);
}

static void birthday_counts_from_its_morning(void **state) {
  (void)state;
  assert_int_equal(wbi_date_age(day("2014-11-24"), day("2026-11-23")), 11);
  assert_int_equal(wbi_date_age(day("2014-11-23"), day("2026-11-23")), 12);
  assert_int_equal(wbi_date_age(day("2014-12-01"), day("2026-11-30")), 11);
  assert_int_equal(wbi_date_age(day("2026-11-23"), day("2026-11-23")), 0);
  assert_int_equal(wbi_date_age(day("2026-11-24"), day("2026-11-23")), 0);
  assert_int_equal(wbi_date_age(day("2030-01-01"), day("2026-11-23")), 0);
  assert_int_equal(wbi_date_age(WB_DATE_MIN, WB_DATE_MAX), 9998);
  assert_int_equal(wbi_date_age(WB_DATE_MAX, WB_DATE_MIN), 0);
}

static void leap_day_birthday_is_1_march_in_other_years(void **state) {
  (void)state;
  assert_int_equal(wbi_date_age(day("2008-02-29"), day("2026-02-28")), 17);
  assert_int_equal(wbi_date_age(day("2008-02-29"), day("2026-03-01")), 18);
  assert_int_equal(wbi_date_age(day("2008-02-29"), day("2028-02-29")), 20);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(known_days_have_known_numbers),
      cmocka_unit_test(days_that_do_not_exist_are_out_of_range),
      cmocka_unit_test(parts_may_be_left_out),
      cmocka_unit_test(numbers_that_are_no_days_are_out_of_range),
      cmocka_unit_test(only_one_form_of_date_is_read),
      cmocka_unit_test(dates_are_written_into_ten_bytes),
      cmocka_unit_test(weekdays_go_from_monday_to_sunday),
      cmocka_unit_test(six_months_and_a_day_from_30_august),
      cmocka_unit_test(six_months_and_a_day_from_31_august_is_the_same_day),
      cmocka_unit_test(six_months_before_a_leap_day),
      cmocka_unit_test(six_months_and_a_day_across_a_short_february),
      cmocka_unit_test(four_months_are_cut_to_february),
      cmocka_unit_test(a_year_from_a_leap_day),
      cmocka_unit_test(a_year_and_six_months_is_not_eighteen_months),
      cmocka_unit_test(packed_intervals_of_the_recall_types),
      cmocka_unit_test(weeks_and_days_come_last),
      cmocka_unit_test(sums_end_with_the_year_9999),
      cmocka_unit_test(months_may_be_taken_away),
      cmocka_unit_test(months_reach_from_end_to_end_of_the_calendar),
      cmocka_unit_test(every_step_of_a_sum_stays_within_the_calendar),
      cmocka_unit_test(whole_months_are_counted_both_ways),
      cmocka_unit_test(birthday_counts_from_its_morning),
      cmocka_unit_test(leap_day_birthday_is_1_march_in_other_years),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

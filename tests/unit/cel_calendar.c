/* SPDX-License-Identifier: MIT */
/* Dates, times and durations in rules: their parts, what is added, what lies between. */
#include "support/worked.h"

static const char no_such_day[] = "there is no such day or time";
static const char no_overload[] = "!1", out_of_range[] = "!3", bad_value[] = "!6";

#define T "timestamp('2024-02-29T23:59:58.123456789Z')"
#define D "date('2024-02-29')"

static void the_parts_of_a_time_are_those_of_utc(void **state) {
  (void)state;
  assert_worked(T ".getFullYear()", "2024");
  assert_worked(T ".getMonth()", "1");
  assert_worked(T ".getDate()", "29");
  assert_worked(T ".getDayOfMonth()", "28");
  assert_worked(T ".getDayOfWeek()", "4"); /* a Thursday */
  assert_worked(T ".getDayOfYear()", "59");
  assert_worked(T ".getHours()", "23");
  assert_worked(T ".getMinutes()", "59");
  assert_worked(T ".getSeconds()", "58");
  assert_worked(T ".getMilliseconds()", "123");
}

static void the_parts_of_a_time_are_those_of_a_zone_that_is_named(void **state) {
  (void)state;
  assert_worked(T ".getDate('America/New_York')", "29");
  assert_worked(T ".getHours('America/New_York')", "18");
  assert_worked(T ".getDate('Asia/Kolkata')", "1");
  assert_worked(T ".getMonth('Asia/Kolkata')", "2");
  assert_worked(T ".getDayOfWeek('Asia/Kolkata')", "5");
  assert_worked(T ".getDayOfYear('+05:30')", "60");
  assert_worked(T ".getFullYear('-02:00')", "2024");
  assert_worked(T ".getMinutes('+05:30')", "29");
  assert_worked(T ".getSeconds('UTC')", "58");
  assert_worked(T ".getMilliseconds('UTC')", "123");
  assert_worked(T ".getDayOfMonth('UTC')", "28");
  assert_worked(T ".getHours('Nowhere/At_All')", bad_value);
  assert_worked(T ".getMilliseconds('Nowhere/At_All')", bad_value);
  assert_worked("timestamp('0001-01-01T00:00:00Z').getFullYear('America/New_York')", out_of_range);
}

static void the_parts_of_a_date_need_no_zone(void **state) {
  (void)state;
  assert_worked(D ".getFullYear()", "2024");
  assert_worked(D ".getMonth()", "1");
  assert_worked(D ".getDate()", "29");
  assert_worked(D ".getDayOfMonth()", "28");
  assert_worked(D ".getDayOfWeek()", "4");
  assert_worked("date('2024-03-03').getDayOfWeek()", "0"); /* a Sunday */
  assert_worked(D ".getDayOfYear()", "59");
  assert_worked(D ".year()", "2024");
  assert_worked(D ".month()", "2");
  assert_worked(D ".day()", "29");
  assert_worked(D ".weekday()", "4");
  assert_worked("date('2024-03-03').weekday()", "7");
  assert_worked("dyn(" T ").year()", no_overload);
  assert_worked("dyn(" T ").month()", no_overload);
  assert_worked("dyn(" T ").day()", no_overload);
  assert_worked("dyn(" T ").weekday()", no_overload);
}

static void a_duration_is_told_in_whole_units(void **state) {
  (void)state;
  assert_worked("duration('3723.456s').getHours()", "1");
  assert_worked("duration('3723.456s').getMinutes()", "62");
  assert_worked("duration('3723.456s').getSeconds()", "3723");
  assert_worked("duration('3723.456s').getMilliseconds()", "456");
  assert_worked("duration('-3723.456s').getHours()", "-1");
  assert_worked("duration('-3723.456s').getSeconds()", "-3723");
  assert_worked("duration('-3723.456s').getMilliseconds()", "-456");
  assert_worked("duration('-3s').getMilliseconds()", "0");
  assert_worked("duration('-3s').getSeconds()", "-3");
  assert_worked("duration('500ms').getSeconds()", "0");
  assert_worked("duration('500ms').getMilliseconds()", "500");
}

static void a_date_is_made_of_a_text_three_numbers_or_a_time(void **state) {
  (void)state;
  assert_worked("string(date('2024-02-29'))", "\"2024-02-29\"");
  assert_worked("string(date(2024, 2, 29))", "\"2024-02-29\"");
  assert_worked("string(date(date(2024, 2, 29)))", "\"2024-02-29\"");
  assert_worked("string(date(" T "))", "\"2024-02-29\"");
  assert_worked("string(date(" T ", 'Asia/Kolkata'))", "\"2024-03-01\"");
  assert_worked("string(" T ".date())", "\"2024-02-29\"");
  assert_worked("string(" T ".date('Asia/Kolkata'))", "\"2024-03-01\"");
  assert_worked("date(2023, 2, 29)", no_such_day);
  assert_worked("date(0, 2, 28)", no_such_day);
  assert_worked("date(2023, 0, 1)", no_such_day);
  assert_worked("string(date(9999, 12, 31))", "\"9999-12-31\"");
  assert_worked("date(10000, 1, 1)", no_such_day);
  assert_worked("date(4294969322, 1, 1)", no_such_day); /* 2026 in 32 bits */
  assert_worked("date(2023, 1, 10000)", no_such_day);
}

static void days_weeks_months_and_years_are_added_with_the_end_of_month_kept(void **state) {
  (void)state;
  assert_worked("string(" D ".addDays(1))", "\"2024-03-01\"");
  assert_worked("string(" D ".addDays(-366))", "\"2023-02-28\"");
  assert_worked("string(" D ".addWeeks(2))", "\"2024-03-14\"");
  assert_worked("string(" D ".addMonths(12))", "\"2025-02-28\"");
  assert_worked("string(date('2024-01-31').addMonths(1))", "\"2024-02-29\"");
  assert_worked("string(" D ".addYears(-1))", "\"2023-02-28\"");
  assert_worked("date('9999-12-31').addDays(1)", out_of_range);
  assert_worked("date('9999-12-31').addMonths(1)", out_of_range);
  assert_worked("date('0001-01-01').addDays(-1)", out_of_range);
  assert_worked("date('0001-01-01').addYears(-1)", out_of_range);
  assert_worked(D ".addDays(9223372036854775807)", out_of_range);
  assert_worked(D ".addDays(-9223372036854775807)", out_of_range);
  assert_worked(D ".addDays(dyn('1'))", no_overload);
  assert_worked("dyn('2024-02-29').addDays(1)", no_overload);
}

static void what_lies_between_is_counted_in_whole_units_towards_the_past(void **state) {
  (void)state;
  assert_worked("daysBetween(" D ", date('2024-03-01'))", "1");
  assert_worked("daysBetween(date('2024-03-01'), " D ")", "-1");
  assert_worked("monthsBetween(" D ", date('2024-03-28'))", "0");
  assert_worked("monthsBetween(" D ", date('2024-03-29'))", "1");
  assert_worked("monthsBetween(" D ", date('2024-01-29'))", "-1");
  assert_worked("yearsBetween(" D ", date('2025-02-27'))", "0");
  assert_worked("yearsBetween(" D ", date('2025-02-28'))", "1");
  assert_worked("yearsBetween(" D ", date('2024-02-28'))", "-1");
  assert_worked("yearsBetween(" D ", date('2023-02-28'))", "-1");
  assert_worked("yearsBetween(" D ", date('2023-02-27'))", "-2");
  assert_worked("daysBetween(dyn('a'), " D ")", no_overload);
  assert_worked("yearsBetween(" D ", dyn(1))", no_overload);
}

static void a_month_and_a_year_begin_and_end(void **state) {
  (void)state;
  assert_worked("string(" D ".startOfMonth())", "\"2024-02-01\"");
  assert_worked("string(" D ".endOfMonth())", "\"2024-02-29\"");
  assert_worked("string(date('2023-02-01').endOfMonth())", "\"2023-02-28\"");
  assert_worked("string(date('2023-04-30').endOfMonth())", "\"2023-04-30\"");
  assert_worked("string(" D ".startOfYear())", "\"2024-01-01\"");
  assert_worked("string(" D ".endOfYear())", "\"2024-12-31\"");
  assert_worked("dyn(1).endOfMonth()", no_overload);
}

static void times_and_durations_are_added_and_subtracted_within_the_years(void **state) {
  (void)state;
  assert_worked("string(timestamp('2024-02-29T23:59:59Z') + duration('1s'))",
                "\"2024-03-01T00:00:00Z\"");
  assert_worked("string(duration('90m') + timestamp('2024-02-29T23:00:00Z'))",
                "\"2024-03-01T00:30:00Z\"");
  assert_worked("string(timestamp('2024-03-01T00:00:00Z') - duration('0.5s'))",
                "\"2024-02-29T23:59:59.5Z\"");
  assert_worked("string(timestamp('2024-03-01T00:00:00Z') - timestamp('2024-02-29T23:59:59.5Z'))",
                "\"0.5s\"");
  assert_worked("string(duration('1.7s') + duration('0.6s'))", "\"2.3s\"");
  assert_worked("string(duration('1s') - duration('1.5s'))", "\"-0.5s\"");
  assert_worked("timestamp('9999-12-31T23:59:59Z') + duration('1s')", out_of_range);
  assert_worked("timestamp('0001-01-01T00:00:00Z') - duration('1s')", out_of_range);
  assert_worked("duration('315576000000s') + duration('1s')", out_of_range);
  assert_worked("dyn(duration('1s')) - timestamp('2024-03-01T00:00:00Z')", no_overload);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_parts_of_a_time_are_those_of_utc),
      cmocka_unit_test(the_parts_of_a_time_are_those_of_a_zone_that_is_named),
      cmocka_unit_test(the_parts_of_a_date_need_no_zone),
      cmocka_unit_test(a_duration_is_told_in_whole_units),
      cmocka_unit_test(a_date_is_made_of_a_text_three_numbers_or_a_time),
      cmocka_unit_test(days_weeks_months_and_years_are_added_with_the_end_of_month_kept),
      cmocka_unit_test(what_lies_between_is_counted_in_whole_units_towards_the_past),
      cmocka_unit_test(a_month_and_a_year_begin_and_end),
      cmocka_unit_test(times_and_durations_are_added_and_subtracted_within_the_years),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

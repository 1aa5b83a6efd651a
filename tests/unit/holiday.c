/* SPDX-License-Identifier: MIT */
/* Holidays by rule: on which days they fall and are observed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/times.h"
#include "time/time_private.h"

/* Asserts that a holiday is on just these days of a year; NULL-terminated. */
static void assert_days(const wbi_holiday *holiday, int32_t year, const char *const *days) {
  wb_date first = 0, last = 0;
  assert_int_equal(wb_date_make(year, 1, 1, &first), WB_OK);
  assert_int_equal(wb_date_make(year, 12, 31, &last), WB_OK);
  for (wb_date date = first; date <= last; date++) {
    const bool wanted = *days != NULL && day(*days) == date;
    if (wbi_holiday_on(holiday, date) != wanted) fail_msg("%d, day %d", year, date - first + 1);
    days += wanted;
  }
  assert_null(*days);
}

static void easter_is_where_the_tables_have_it(void **state) {
  (void)state;
  static const char *const easters[] = {"1818-03-22", "1943-04-25", "2000-04-23", "2008-03-23",
                                        "2011-04-24", "2024-03-31", "2026-04-05", "2027-03-28",
                                        "2028-04-16", "2038-04-25", "2285-03-22"};
  for (size_t i = 0; i < WBI_COUNT(easters); i++) {
    const wb_date easter = day(easters[i]);
    assert_int_equal(wbi_easter(wbi_date_civil(easter).year), easter);
  }
}

static void a_fixed_day_at_a_weekend_is_observed_beside_it(void **state) {
  (void)state;
  wbi_holiday july = {.kind = WBI_HOLIDAY_DATE,
                      .observed = WBI_OBSERVED_NEAREST,
                      .month = 7,
                      .day = 4,
                      .since = 1,
                      .every = 1};
  assert_days(&july, 2026, (const char *const[]){"2026-07-03", "2026-07-04", NULL});
  assert_days(&july, 2027, (const char *const[]){"2027-07-04", "2027-07-05", NULL});
  assert_days(&july, 2028, (const char *const[]){"2028-07-04", NULL});
  july.observed = WBI_OBSERVED_ITSELF;
  assert_days(&july, 2026, (const char *const[]){"2026-07-04", NULL});
  july.observed = WBI_OBSERVED_MONDAY;
  assert_days(&july, 2026, (const char *const[]){"2026-07-04", "2026-07-06", NULL});
  assert_days(&july, 2027, (const char *const[]){"2027-07-04", "2027-07-05", NULL});
  july.observed = WBI_OBSERVED_TWO_DAYS;
  assert_days(&july, 2027, (const char *const[]){"2027-07-04", "2027-07-06", NULL});
}

static void new_year_on_a_saturday_is_observed_in_the_old_year(void **state) {
  (void)state;
  const wbi_holiday new_year = {.kind = WBI_HOLIDAY_DATE,
                                .observed = WBI_OBSERVED_NEAREST,
                                .month = 1,
                                .day = 1,
                                .since = 1,
                                .every = 1};
  assert_days(&new_year, 2027, (const char *const[]){"2027-01-01", "2027-12-31", NULL});
  assert_days(&new_year, 2028, (const char *const[]){"2028-01-01", NULL});
}

static void weekdays_are_counted_from_both_ends_of_a_month(void **state) {
  (void)state;
  const wbi_holiday first = {WBI_HOLIDAY_NTH, 0, 9, 0, 1, 1, 0, 1, 1};
  const wbi_holiday fourth = {WBI_HOLIDAY_NTH, 0, 11, 0, 4, 4, 0, 1, 1};
  const wbi_holiday last = {WBI_HOLIDAY_NTH, 0, 5, 0, 1, -1, 0, 1, 1};
  const wbi_holiday friday_after = {WBI_HOLIDAY_NTH, 0, 11, 0, 4, 4, 1, 1, 1};
  assert_days(&first, 2026, (const char *const[]){"2026-09-07", NULL});
  assert_days(&first, 2025, (const char *const[]){"2025-09-01", NULL});
  assert_days(&fourth, 2026, (const char *const[]){"2026-11-26", NULL});
  assert_days(&last, 2027, (const char *const[]){"2027-05-31", NULL});
  assert_days(&last, 2026, (const char *const[]){"2026-05-25", NULL});
  assert_days(&friday_after, 2026, (const char *const[]){"2026-11-27", NULL});
}

static void the_first_weekday_after_a_day_is_never_that_day(void **state) {
  (void)state;
  const wbi_holiday election = {WBI_HOLIDAY_AFTER, 0, 11, 1, 2, 0, 0, 1, 1};
  assert_days(&election, 2026, (const char *const[]){"2026-11-03", NULL});
  assert_days(&election, 2027, (const char *const[]){"2027-11-02", NULL});
  assert_days(&election, 2022, (const char *const[]){"2022-11-08", NULL}); /* 1 November: Tuesday */
  const wbi_holiday leap = {WBI_HOLIDAY_AFTER, 0, 2, 29, 1, 0, 0, 1, 1};
  assert_days(&leap, 2027, (const char *const[]){NULL});
  assert_days(&leap, 2028, (const char *const[]){"2028-03-06", NULL});
}

static void feasts_go_with_easter(void **state) {
  (void)state;
  const wbi_holiday mardi_gras = {WBI_HOLIDAY_EASTER, 0, 0, 0, 0, 0, -47, 1, 1};
  const wbi_holiday good_friday = {WBI_HOLIDAY_EASTER, 0, 0, 0, 0, 0, -2, 1, 1};
  assert_days(&mardi_gras, 2027, (const char *const[]){"2027-02-09", NULL});
  assert_days(&good_friday, 2027, (const char *const[]){"2027-03-26", NULL});
}

static void some_holidays_begin_late_and_some_are_not_of_every_year(void **state) {
  (void)state;
  const wbi_holiday juneteenth = {WBI_HOLIDAY_DATE, 1, 6, 19, 0, 0, 0, 2021, 1};
  const wbi_holiday even = {WBI_HOLIDAY_AFTER, 0, 11, 1, 2, 0, 0, 1, 2};
  assert_days(&juneteenth, 2020, (const char *const[]){NULL});
  assert_days(&juneteenth, 2021, (const char *const[]){"2021-06-18", "2021-06-19", NULL});
  assert_days(&even, 2026, (const char *const[]){"2026-11-03", NULL});
  assert_days(&even, 2027, (const char *const[]){NULL});
}

static void the_ends_of_the_calendar_are_days_like_others(void **state) {
  (void)state;
  const wbi_holiday new_year = {WBI_HOLIDAY_DATE, 1, 1, 1, 0, 0, 0, 1, 1};
  const wbi_holiday old_year = {WBI_HOLIDAY_DATE, 2, 12, 31, 0, 0, 60, 1, 1};
  assert_true(wbi_holiday_on(&new_year, WB_DATE_MIN));
  assert_true(wbi_holiday_on(&new_year, WB_DATE_MAX)); /* for that of 10000, a Saturday */
  assert_false(wbi_holiday_on(&old_year, WB_DATE_MIN));
}

static void days_of_the_year_that_have_a_holiday_in_some_year_are_known(void **state) {
  (void)state;
  wbi_holiday holidays[] = {
      {WBI_HOLIDAY_DATE, WBI_OBSERVED_NEAREST, 1, 1, 0, 0, 0, 1, 1},
      {WBI_HOLIDAY_DATE, WBI_OBSERVED_TWO_DAYS, 12, 31, 0, 0, 60, 1, 1},
      {WBI_HOLIDAY_DATE, WBI_OBSERVED_MONDAY, 2, 29, 0, 0, 1, 1, 1},
      {WBI_HOLIDAY_NTH, WBI_OBSERVED_ITSELF, 11, 0, 4, 4, 1, 1, 1},
      {WBI_HOLIDAY_NTH, WBI_OBSERVED_ITSELF, 2, 0, 6, -1, 60, 1, 1},
      {WBI_HOLIDAY_AFTER, WBI_OBSERVED_ITSELF, 2, 28, 2, 0, 0, 1, 1},
      {WBI_HOLIDAY_EASTER, WBI_OBSERVED_NEAREST, 0, 0, 0, 0, -47, 1, 1},
      {WBI_HOLIDAY_EASTER, WBI_OBSERVED_MONDAY, 0, 0, 0, 0, 60, 1, 1},
  };
  for (size_t i = 0; i < WBI_COUNT(holidays); i++) {
    const wbi_calendar calendar = {"", &holidays[i], 1};
    uint32_t days[WBI_MONTH_DAYS] = {0};
    wbi_calendar_mark(&calendar, 4, days);
    for (wb_date date = day("1900-01-01"); date < day("2300-01-01"); date++) {
      const bool known = (days[wbi_month_day(date)] & 4) != 0;
      if (wbi_holiday_on(&holidays[i], date) && !known) fail_msg("%zu: day %d", i, date);
    }
  }
}

static void hardly_any_other_day_of_the_year_is_taken_for_one(void **state) {
  (void)state;
  wbi_holiday thanksgiving = {WBI_HOLIDAY_NTH, WBI_OBSERVED_ITSELF, 11, 0, 4, 4, 0, 1, 1};
  const wbi_calendar calendar = {"", &thanksgiving, 1};
  uint32_t days[WBI_MONTH_DAYS] = {0};
  wbi_calendar_mark(&calendar, 1, days);
  for (wb_date date = day("2026-01-01"); date < day("2027-01-01"); date++) {
    const bool wanted = date >= day("2026-11-22") && date <= day("2026-11-28");
    assert_int_equal(days[wbi_month_day(date)], wanted);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(easter_is_where_the_tables_have_it),
      cmocka_unit_test(a_fixed_day_at_a_weekend_is_observed_beside_it),
      cmocka_unit_test(new_year_on_a_saturday_is_observed_in_the_old_year),
      cmocka_unit_test(weekdays_are_counted_from_both_ends_of_a_month),
      cmocka_unit_test(the_first_weekday_after_a_day_is_never_that_day),
      cmocka_unit_test(feasts_go_with_easter),
      cmocka_unit_test(some_holidays_begin_late_and_some_are_not_of_every_year),
      cmocka_unit_test(the_ends_of_the_calendar_are_days_like_others),
      cmocka_unit_test(days_of_the_year_that_have_a_holiday_in_some_year_are_known),
      cmocka_unit_test(hardly_any_other_day_of_the_year_is_taken_for_one),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

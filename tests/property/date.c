/* SPDX-License-Identifier: MIT */
/* Dates against an oracle that counts day by day and month by month. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/effort.h"
#include "time/time.h"

/* A date as a person writes it; everything below steps by one. */
typedef struct plain_date {
  int32_t year, month, day;
} plain_date;

/* Days of a month, as the rhyme has it. */
static int32_t plain_length(int32_t year, int32_t month) {
  if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* The next day. */
static void plain_next(plain_date *date) {
  if (++date->day <= plain_length(date->year, date->month)) return;
  date->day = 1;
  if (++date->month <= 12) return;
  date->month = 1;
  date->year++;
}

/* Steps months forward, or back, then cuts the day. */
static plain_date plain_add_months(plain_date date, int32_t months) {
  for (; months > 0; months--) {
    if (++date.month == 13) date.month = 1, date.year++;
  }
  for (; months < 0; months++) {
    if (--date.month == 0) date.month = 12, date.year--;
  }
  const int32_t longest = plain_length(date.year, date.month);
  if (date.day > longest) date.day = longest;
  return date;
}

/* The number of a plain date. */
static wb_date number_of(plain_date date) {
  wb_date number = WB_DATE_NONE;
  assert_int_equal(wb_date_make(date.year, date.month, date.day, &number), WB_OK);
  return number;
}

/* The plain date of a number. */
static plain_date plain_of(wb_date number) {
  plain_date date = {0, 0, 0};
  assert_int_equal(wb_date_split(number, &date.year, &date.month, &date.day), WB_OK);
  return date;
}

/* A random number below `limit`. */
static uint32_t below(uint64_t *seed, uint32_t limit) {
  *seed = *seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)((*seed >> 33) % limit);
}

static void every_day_of_the_calendar_goes_there_and_back(void **state) {
  (void)state;
  plain_date date = {1, 1, 1};
  int32_t weekday = 1; /* 0001-01-01 is a Monday */
  for (wb_date number = WB_DATE_MIN; number <= WB_DATE_MAX; number++) {
    const plain_date split = plain_of(number);
    int32_t found = 0;
    if (split.year != date.year || split.month != date.month || split.day != date.day) {
      fail_msg("%d is %d-%d-%d", number, split.year, split.month, split.day);
    }
    if (number_of(date) != number) fail_msg("%d-%d-%d", date.year, date.month, date.day);
    if (wb_date_weekday(number, &found) != WB_OK || found != weekday) fail_msg("%d", number);
    plain_next(&date);
    weekday = weekday % 7 + 1;
  }
  assert_int_equal(date.year, 10000);
}

static void every_day_is_read_as_it_is_written(void **state) {
  (void)state;
  for (wb_date number = WB_DATE_MIN; number <= WB_DATE_MAX; number += 1) {
    char text[10];
    size_t length = 0;
    wb_date back = WB_DATE_NONE;
    if (wb_date_format(number, text, sizeof text, &length) != WB_OK ||
        wb_date_parse(text, length, &back) != WB_OK || back != number) {
      fail_msg("%d", number);
    }
  }
}

static void months_are_added_as_the_oracle_adds_them(void **state) {
  (void)state;
  uint64_t seed = 1;
  for (uint64_t round = 0; round < effort(200000); round++) {
    const wb_date from = 0 - 200000 + (wb_date)below(&seed, 400000);
    const int32_t months = (int32_t)below(&seed, 2400) - 1200;
    wb_date sum = WB_DATE_NONE;
    assert_int_equal(wb_date_add_months(from, months, &sum), WB_OK);
    if (sum != number_of(plain_add_months(plain_of(from), months))) {
      fail_msg("%d + %d months", from, months);
    }
  }
}

/* A month as the oracle has it: the number of its first day, and its days. */
typedef struct plain_month {
  wb_date first;
  int32_t length;
} plain_month;

enum { CENTURY = 1200, CYCLE_MONTHS = 4800, CYCLE_DAYS = 146097 };

/* A cycle of 400 years from 1970, with a century of months before it and one after. */
static void count_months(plain_month months[CENTURY + CYCLE_MONTHS + CENTURY]) {
  wb_date first = 0; /* 1970-01-01 */
  for (int32_t i = CENTURY; i < CENTURY + CYCLE_MONTHS + CENTURY; i++) {
    months[i] = (plain_month){first, plain_length(1870 + i / 12, i % 12 + 1)};
    first += months[i].length;
  }
  first = 0;
  for (int32_t i = CENTURY - 1; i >= 0; i--) {
    const int32_t length = plain_length(1870 + i / 12, i % 12 + 1);
    first -= length;
    months[i] = (plain_month){first, length};
  }
}

/* Adds -1200 to 1200 months to a day of a month. */
static void assert_century_about(const plain_month *month, int32_t day) {
  const wb_date from = month->first + day - 1;
  for (int32_t months = -CENTURY; months <= CENTURY; months++) {
    const plain_month *to = &month[months];
    const wb_date wanted = to->first + (day < to->length ? day : to->length) - 1;
    wb_date sum = WB_DATE_NONE;
    if (wb_date_add_months(from, months, &sum) != WB_OK || sum != wanted) {
      fail_msg("%d + %d months is not %d", from, months, sum);
    }
  }
}

static void a_century_of_months_is_added_to_the_days_of_a_cycle(void **state) {
  (void)state;
  static plain_month months[CENTURY + CYCLE_MONTHS + CENTURY];
  const int32_t step = effort_every_case() ? 1 : 23;
  int32_t days = 0;
  count_months(months);
  for (int32_t i = CENTURY; i < CENTURY + CYCLE_MONTHS; i++) {
    for (int32_t day = 1; day <= months[i].length; day++) {
      if (days++ % step == 0) assert_century_about(&months[i], day);
    }
  }
  assert_int_equal(days, CYCLE_DAYS);
}

static void intervals_are_added_part_by_part(void **state) {
  (void)state;
  uint64_t seed = 2;
  for (uint64_t round = 0; round < effort(100000); round++) {
    const wb_date from = (wb_date)below(&seed, 400000) - 200000;
    const wb_interval interval = {(uint16_t)below(&seed, 30), (uint16_t)below(&seed, 60),
                                  (uint16_t)below(&seed, 60), (uint16_t)below(&seed, 100)};
    plain_date date = plain_of(from);
    date = plain_add_months(date, interval.years * 12);
    date = plain_add_months(date, interval.months);
    for (int32_t i = 0; i < interval.weeks * 7 + interval.days; i++)
      plain_next(&date);
    wb_date sum = WB_DATE_NONE;
    assert_int_equal(wb_date_add(from, &interval, &sum), WB_OK);
    assert_int_equal(sum, number_of(date));
  }
}

static void whole_months_are_the_most_that_fit(void **state) {
  (void)state;
  uint64_t seed = 3;
  for (uint64_t round = 0; round < effort(200000); round++) {
    const wb_date from = (wb_date)below(&seed, 400000) - 200000;
    const wb_date to = from - 4000 + (wb_date)below(&seed, 8000);
    int32_t months = 0;
    wb_date fits = 0, too_far = 0;
    assert_int_equal(wb_date_months(from, to, &months), WB_OK);
    assert_int_equal(wb_date_add_months(from, months, &fits), WB_OK);
    assert_int_equal(wb_date_add_months(from, months + 1, &too_far), WB_OK);
    if (fits > to || too_far <= to) fail_msg("%d to %d: %d", from, to, months);
  }
}

static void every_interval_is_read_as_it_is_written(void **state) {
  (void)state;
  uint64_t seed = 4;
  for (uint64_t round = 0; round < effort(200000); round++) {
    wb_interval interval = {(uint16_t)below(&seed, 65536), (uint16_t)below(&seed, 65536),
                            (uint16_t)below(&seed, 65536), (uint16_t)below(&seed, 65536)};
    if (below(&seed, 2) == 0) interval.years = 0;
    if (below(&seed, 2) == 0) interval.months = 0;
    if (below(&seed, 2) == 0) interval.weeks = 0;
    if (below(&seed, 2) == 0) interval.days = 0;
    char text[24];
    size_t length = 0;
    wb_interval back = {9, 9, 9, 9};
    assert_int_equal(wb_interval_format(&interval, text, sizeof text, &length), WB_OK);
    assert_int_equal(wb_interval_parse(text, length, &back), WB_OK);
    assert_memory_equal(&back, &interval, sizeof back);
  }
}

static void age_is_the_number_of_birthdays(void **state) {
  (void)state;
  uint64_t seed = 5;
  for (uint64_t round = 0; round < effort(20000); round++) {
    const wb_date birth = (wb_date)below(&seed, 20000);
    const wb_date on = birth + (wb_date)below(&seed, 40000);
    const plain_date born = plain_of(birth);
    int32_t birthdays = 0;
    for (int32_t year = born.year + 1; year <= plain_of(on).year; year++) {
      const bool moved = born.day > plain_length(year, born.month); /* 29 February */
      const plain_date birthday = {year, moved ? 3 : born.month, moved ? 1 : born.day};
      birthdays += number_of(birthday) <= on;
    }
    assert_int_equal(wbi_date_age(birth, on), birthdays);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_day_of_the_calendar_goes_there_and_back),
      cmocka_unit_test(every_day_is_read_as_it_is_written),
      cmocka_unit_test(months_are_added_as_the_oracle_adds_them),
      cmocka_unit_test(a_century_of_months_is_added_to_the_days_of_a_cycle),
      cmocka_unit_test(intervals_are_added_part_by_part),
      cmocka_unit_test(whole_months_are_the_most_that_fit),
      cmocka_unit_test(every_interval_is_read_as_it_is_written),
      cmocka_unit_test(age_is_the_number_of_birthdays),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

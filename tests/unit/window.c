/* SPDX-License-Identifier: MIT */
/* Windows of local time: the next opening, its end, and the days when clocks turn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/times.h"
#include "time/time.h"

enum { MONDAY = 1 << 1, FRIDAY = 1 << 5, SUNDAY = 1 << 7, WORKDAYS = 0x3E, EVERY_DAY = 0xFE };
enum { HOUR = 3600 };

/* Asserts the next opening in New York, in local time with its offset. */
static void assert_next(const wb_window *windows, size_t count, const char *at,
                        const char *wanted_open, const char *wanted_until) {
  wb_zone *zone = zone_of("America/New_York");
  wb_time open_at = WB_TIME_NONE, until = WB_TIME_NONE;
  char text[40];
  size_t length = 0;
  assert_int_equal(wbi_window_next(zone, windows, count, instant(at), &open_at, &until), WB_OK);
  assert_int_equal(wb_time_format(open_at, zone, text, sizeof text, &length), WB_OK);
  assert_string_equal(text, wanted_open);
  assert_int_equal(wb_time_format(until, zone, text, sizeof text, &length), WB_OK);
  assert_string_equal(text, wanted_until);
  wb_zone_unref(zone);
}

/* Asserts that nothing opens within 14 days. */
static void assert_closed(const wb_window *windows, size_t count, const char *at) {
  wb_zone *zone = zone_of("America/New_York");
  wb_time open_at = 7, until = 7;
  assert_int_equal(wbi_window_next(zone, windows, count, instant(at), &open_at, &until),
                   WB_E_RANGE);
  assert_true(open_at == 7 && until == 7);
  wb_zone_unref(zone);
}

static void window_is_half_open(void **state) {
  (void)state;
  const wb_window nine_to_five = {WORKDAYS, 9 * HOUR, 17 * HOUR};
  assert_next(&nine_to_five, 1, "2026-01-30T08:59:59-05:00", "2026-01-30T09:00:00-05:00",
              "2026-01-30T17:00:00-05:00");
  assert_next(&nine_to_five, 1, "2026-01-30T12:34:56-05:00", "2026-01-30T12:34:56-05:00",
              "2026-01-30T17:00:00-05:00");
  assert_next(&nine_to_five, 1, "2026-01-30T16:59:59-05:00", "2026-01-30T16:59:59-05:00",
              "2026-01-30T17:00:00-05:00");
  assert_next(&nine_to_five, 1, "2026-01-30T17:00:00-05:00", "2026-02-02T09:00:00-05:00",
              "2026-02-02T17:00:00-05:00");
}

static void days_are_those_of_the_zone(void **state) {
  (void)state;
  const wb_window friday = {FRIDAY, 20 * HOUR, 24 * HOUR};
  assert_next(&friday, 1, "2026-01-31T03:00:00Z", "2026-01-30T22:00:00-05:00",
              "2026-01-31T00:00:00-05:00");
}

static void the_earliest_and_then_the_longest_window_counts(void **state) {
  (void)state;
  const wb_window windows[] = {{EVERY_DAY, 14 * HOUR, 18 * HOUR},
                               {EVERY_DAY, 9 * HOUR, 10 * HOUR},
                               {EVERY_DAY, 9 * HOUR, 12 * HOUR},
                               {EVERY_DAY, 9 * HOUR, 11 * HOUR}};
  assert_next(windows, 4, "2026-01-30T07:00:00-05:00", "2026-01-30T09:00:00-05:00",
              "2026-01-30T12:00:00-05:00");
  assert_next(windows, 4, "2026-01-30T12:00:00-05:00", "2026-01-30T14:00:00-05:00",
              "2026-01-30T18:00:00-05:00");
}

static void equal_ends_and_no_days_are_closed(void **state) {
  (void)state;
  const wb_window closed[] = {{EVERY_DAY, 9 * HOUR, 9 * HOUR},
                              {0, 9 * HOUR, 17 * HOUR},
                              {1, 9 * HOUR, 17 * HOUR},
                              {EVERY_DAY, 17 * HOUR, 9 * HOUR}};
  assert_closed(closed, 4, "2026-01-30T12:00:00-05:00");
  assert_closed(NULL, 0, "2026-01-30T12:00:00-05:00");
}

static void windows_follow_the_clock_when_it_turns(void **state) {
  (void)state;
  const wb_window nine_to_five = {SUNDAY, 9 * HOUR, 17 * HOUR};
  assert_next(&nine_to_five, 1, "2026-03-08T00:00:00-05:00", "2026-03-08T09:00:00-04:00",
              "2026-03-08T17:00:00-04:00");
  const wb_window night = {SUNDAY, 2 * HOUR, 4 * HOUR};
  assert_next(&night, 1, "2026-03-08T00:00:00-05:00", "2026-03-08T03:00:00-04:00",
              "2026-03-08T04:00:00-04:00");
}

static void an_hour_that_happens_twice_is_never_reached_outside_the_window(void **state) {
  (void)state;
  const wb_window from_fold = {SUNDAY, HOUR + 1800, 4 * HOUR};
  assert_next(&from_fold, 1, "2026-11-01T00:00:00-04:00", "2026-11-01T01:30:00-05:00",
              "2026-11-01T04:00:00-05:00");
  const wb_window to_fold = {SUNDAY, 0, HOUR + 1800};
  assert_next(&to_fold, 1, "2026-11-01T00:00:00-04:00", "2026-11-01T00:00:00-04:00",
              "2026-11-01T01:30:00-04:00");
  const wb_window inside = {SUNDAY, HOUR + 900, HOUR + 1800};
  assert_next(&inside, 1, "2026-11-01T00:00:00-04:00", "2026-11-08T01:15:00-05:00",
              "2026-11-08T01:30:00-05:00");
}

/* A window that the clock skips on one Sunday opens on the next, which is a fortnight away. */
static void a_window_that_is_skipped_opens_the_next_time(void **state) {
  (void)state;
  const wb_window skipped = {SUNDAY, 2 * HOUR + 600, 2 * HOUR + 3000};
  assert_next(&skipped, 1, "2026-03-01T03:00:00-05:00", "2026-03-15T02:10:00-04:00",
              "2026-03-15T02:50:00-04:00");
}

static void the_calendar_ends(void **state) {
  (void)state;
  const wb_window monday = {MONDAY, 9 * HOUR, 17 * HOUR};
  assert_closed(&monday, 1, "9999-12-31T12:00:00Z");
  wb_zone *zone = zone_of("UTC");
  wb_time open_at = 7, until = 7;
  assert_int_equal(wbi_window_next(zone, &monday, 1, WB_TIME_NONE, &open_at, &until), WB_E_RANGE);
  const wb_window evening = {EVERY_DAY, 20 * HOUR, 24 * HOUR};
  assert_int_equal(wbi_window_next(zone, &evening, 1, WB_TIME_MAX, &open_at, &until), WB_E_RANGE);
  assert_true(open_at == 7);
  wb_zone_unref(zone);
}

static void a_window_that_begins_before_the_calendar_does_is_none(void **state) {
  (void)state;
  wb_zone *zone = zone_of("XXX-5");
  wb_time open_at = 7, until = 7;
  const wb_window all_day = {EVERY_DAY, 0, 24 * HOUR};
  assert_int_equal(wbi_window_next(zone, &all_day, 1, WB_TIME_MIN, &open_at, &until), WB_OK);
  assert_true(open_at == WB_TIME_MIN + 19 * HOUR && until == WB_TIME_MIN + 43 * HOUR);
  wb_zone_unref(zone);
}

static void the_first_and_the_last_window_of_the_calendar(void **state) {
  (void)state;
  wb_zone *zone = zone_of("UTC");
  wb_time open_at = 7, until = 7;
  const wb_window morning = {EVERY_DAY, 0, 9 * HOUR},
                  evening = {EVERY_DAY, 20 * HOUR, 24 * HOUR - 1};
  for (int i = -1; i <= 1; i += 2) {
    const wb_time beyond = i < 0 ? WB_TIME_MIN - 1 : WB_TIME_MAX + 1;
    assert_int_equal(wbi_window_next(zone, &morning, 1, beyond, &open_at, &until), WB_E_RANGE);
  }
  assert_int_equal(wbi_window_next(zone, &evening, 1, WB_TIME_MAX, &open_at, &until), WB_E_RANGE);
  assert_true(open_at == 7 && until == 7);
  assert_int_equal(wbi_window_next(zone, &morning, 1, WB_TIME_MIN, &open_at, &until), WB_OK);
  assert_true(open_at == WB_TIME_MIN && until == WB_TIME_MIN + 9 * HOUR);
  const wb_time last = WB_TIME_MAX - 24 * HOUR + 1;
  assert_int_equal(wbi_window_next(zone, &evening, 1, last, &open_at, &until), WB_OK);
  assert_true(open_at == last + 20 * HOUR && until == WB_TIME_MAX);
  wb_zone_unref(zone);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(window_is_half_open),
      cmocka_unit_test(days_are_those_of_the_zone),
      cmocka_unit_test(the_earliest_and_then_the_longest_window_counts),
      cmocka_unit_test(equal_ends_and_no_days_are_closed),
      cmocka_unit_test(windows_follow_the_clock_when_it_turns),
      cmocka_unit_test(an_hour_that_happens_twice_is_never_reached_outside_the_window),
      cmocka_unit_test(a_window_that_is_skipped_opens_the_next_time),
      cmocka_unit_test(the_calendar_ends),
      cmocka_unit_test(a_window_that_begins_before_the_calendar_does_is_none),
      cmocka_unit_test(the_first_and_the_last_window_of_the_calendar),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

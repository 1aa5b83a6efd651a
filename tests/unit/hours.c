/* SPDX-License-Identifier: MIT */
/* When outreach may go out: weekdays, 10:00 to 18:00 local. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "outreach/outreach.h"

static wb_time at(const char *text) {
  wb_time time = 0;
  assert_int_equal(wb_time_parse(text, strlen(text), &time), WB_OK);
  return time;
}

static void hours_are_weekdays_ten_to_six(void **state) {
  static const struct {
    const char *at, *open, *until;
  } rows[] = {
      /* winter, five hours behind */
      {"2026-11-23T14:59:59Z", "2026-11-23T15:00:00Z", "2026-11-23T23:00:00Z"},
      {"2026-11-23T15:00:00Z", "2026-11-23T15:00:00Z", "2026-11-23T23:00:00Z"},
      {"2026-11-23T22:59:59Z", "2026-11-23T22:59:59Z", "2026-11-23T23:00:00Z"},
      {"2026-11-23T23:00:00Z", "2026-11-24T15:00:00Z", "2026-11-24T23:00:00Z"},
      /* Friday 18:00 to Monday 10:00 */
      {"2026-11-27T22:59:59Z", "2026-11-27T22:59:59Z", "2026-11-27T23:00:00Z"},
      {"2026-11-27T23:00:00Z", "2026-11-30T15:00:00Z", "2026-11-30T23:00:00Z"},
      {"2026-11-28T17:00:00Z", "2026-11-30T15:00:00Z", "2026-11-30T23:00:00Z"},
      {"2026-11-29T17:00:00Z", "2026-11-30T15:00:00Z", "2026-11-30T23:00:00Z"},
      /* the clocks go forward on Sunday 2026-03-08: Friday is five hours behind, Monday four */
      {"2026-03-06T22:59:59Z", "2026-03-06T22:59:59Z", "2026-03-06T23:00:00Z"},
      {"2026-03-06T23:00:00Z", "2026-03-09T14:00:00Z", "2026-03-09T22:00:00Z"},
      {"2026-03-09T13:59:59Z", "2026-03-09T14:00:00Z", "2026-03-09T22:00:00Z"},
      /* and back on Sunday 2026-11-01 */
      {"2026-10-30T22:00:00Z", "2026-11-02T15:00:00Z", "2026-11-02T23:00:00Z"},
  };
  static const char text[] = "EST5EDT,M3.2.0,M11.1.0";
  wb_zone *zone = NULL;
  (void)state;
  assert_int_equal(wb_zone_new(NULL, text, strlen(text), &zone, NULL), WB_OK);
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    wb_time open = 0, until = 0;
    const char *rule = NULL;
    assert_int_equal(wbi_hours_next(zone, at(rows[i].at), &open, &until, &rule), WB_OK);
    assert_int_equal(open, at(rows[i].open));
    assert_int_equal(until, at(rows[i].until));
    assert_string_equal(rule, "house-hours-1");
  }
  wb_zone_unref(zone);
}

static void hours_leave_everything_untouched_on_failure(void **state) {
  static const char text[] = "UTC0";
  wb_zone *zone = NULL;
  wb_time open = 1, until = 2;
  const char *rule = NULL;
  (void)state;
  assert_int_equal(wb_zone_new(NULL, text, strlen(text), &zone, NULL), WB_OK);
  assert_int_equal(wbi_hours_next(zone, WB_TIME_NONE, &open, &until, &rule), WB_E_RANGE);
  assert_int_equal(open, 1);
  assert_int_equal(until, 2);
  assert_null(rule);
  wb_zone_unref(zone);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(hours_are_weekdays_ten_to_six),
      cmocka_unit_test(hours_leave_everything_untouched_on_failure),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

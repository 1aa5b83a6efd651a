/* SPDX-License-Identifier: MIT */
/* When waits end: hours that pass, local days, times of the day, weekdays, before a visit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "outreach/practice_private.h"
#include "support/times.h"

enum { MON = 1u << 1, TUE = 1u << 2, FRI = 1u << 5, WEEK = 0x3E, NINE = 9 * 3600 };

static void waits_end(void **state) {
  static const struct {
    const char *from;
    wbi_delay delay;
    const char *ends;
  } rows[] = {
      /* hours pass, whatever the clocks do */
      {"2026-11-23T15:00:00Z", {.seconds = 7200, .at = -1}, "2026-11-23T17:00:00Z"},
      {"2026-03-07T15:00:00Z", {.seconds = 86400, .at = -1}, "2026-03-08T15:00:00Z"},
      /* days end as they begin */
      {"2026-11-23T15:00:00Z", {.days = 1, .at = -1}, "2026-11-24T05:00:00Z"},
      {"2026-03-07T15:00:00Z", {.days = 1, .at = -1}, "2026-03-08T05:00:00Z"},
      {"2026-03-07T15:00:00Z", {.days = 2, .at = -1}, "2026-03-09T04:00:00Z"},
      /* at a time of the day, with the offset of that day */
      {"2026-03-06T15:00:00Z", {.days = 3, .at = NINE}, "2026-03-09T13:00:00Z"},
      {"2026-10-30T15:00:00Z", {.days = 3, .at = NINE}, "2026-11-02T14:00:00Z"},
      /* a time that does not exist is the first after it, one that is twice the first of both */
      {"2026-03-07T15:00:00Z", {.days = 1, .at = 9000}, "2026-03-08T07:00:00Z"},
      {"2026-10-31T15:00:00Z", {.days = 1, .at = 5400}, "2026-11-01T05:30:00Z"},
      /* today, if it is still to come */
      {"2026-11-23T13:59:59Z", {.days = 0, .at = NINE}, "2026-11-23T14:00:00Z"},
      {"2026-11-23T14:00:00Z", {.days = 0, .at = NINE}, "2026-11-23T14:00:00Z"},
      {"2026-11-23T14:00:01Z", {.days = 0, .at = NINE}, "2026-11-24T14:00:00Z"},
      /* on some weekdays, by the local day: Friday evening in New York is Saturday in UTC */
      {"2026-11-28T01:00:00Z",
       {.days = 0, .at = 20 * 3600, .weekdays = WEEK},
       "2026-11-28T01:00:00Z"},
      {"2026-11-28T01:00:01Z",
       {.days = 0, .at = 20 * 3600, .weekdays = WEEK},
       "2026-12-01T01:00:00Z"},
      {"2026-11-23T15:00:00Z", {.days = 1, .at = NINE, .weekdays = MON}, "2026-11-30T14:00:00Z"},
      {"2026-11-23T15:00:00Z",
       {.days = 1, .at = NINE, .weekdays = TUE | FRI},
       "2026-11-24T14:00:00Z"},
      {"2026-11-23T15:00:00Z", {.days = 0, .at = -1, .weekdays = MON}, "2026-11-23T15:00:00Z"},
      {"2026-11-23T15:00:00Z", {.days = 0, .at = -1, .weekdays = FRI}, "2026-11-27T05:00:00Z"},
      {"2026-11-23T15:00:00Z", {.days = 7, .at = NINE, .weekdays = MON}, "2026-11-30T14:00:00Z"},
  };
  wb_zone *zone = zone_of("America/New_York");
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    const wb_time ends = wbi_wait_end(&rows[i].delay, zone, instant(rows[i].from));
    if (ends != instant(rows[i].ends))
      fail_msg("row %d: %d s off", (int)i, (int)(ends - instant(rows[i].ends)));
  }
  wb_zone_unref(zone);
}

static void without_a_zone_days_have_24_hours(void **state) {
  const wbi_delay delay = {.days = 2, .at = NINE};
  (void)state;
  assert_int_equal(wbi_wait_end(&delay, NULL, 1000), 1000 + 2 * 86400);
}

static void waits_count_from_a_visit(void **state) {
  static const struct {
    const char *visit;
    wbi_wait_from from;
    wbi_delay delay;
    const char *ends;
  } rows[] = {
      {"2026-11-02T15:00:00Z",
       WBI_BEFORE_VISIT,
       {.seconds = 48 * 3600, .at = -1},
       "2026-10-31T15:00:00Z"},
      /* the clock shows the same before and after it changed */
      {"2026-11-02T15:00:00Z", WBI_BEFORE_VISIT, {.days = 2, .at = -1}, "2026-10-31T14:00:00Z"},
      {"2026-11-02T15:00:00Z", WBI_BEFORE_VISIT, {.days = 2, .at = NINE}, "2026-10-31T13:00:00Z"},
      {"2026-11-02T15:00:00Z", WBI_BEFORE_VISIT, {.days = 0, .at = NINE}, "2026-11-02T14:00:00Z"},
      {"2026-11-02T15:00:00Z",
       WBI_AFTER_VISIT,
       {.seconds = 3600, .at = -1},
       "2026-11-02T16:00:00Z"},
      {"2026-11-02T15:00:00Z", WBI_AFTER_VISIT, {.days = 1, .at = NINE}, "2026-11-03T14:00:00Z"},
  };
  wb_zone *zone = zone_of("America/New_York");
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    const wbi_step wait = {.kind = WBI_STEP_WAIT, .from = rows[i].from, .delay = rows[i].delay};
    assert_int_equal(wbi_wait_visit(&wait, zone, instant(rows[i].visit)), instant(rows[i].ends));
  }
  wb_zone_unref(zone);
}

/* Where the calendar ends, or no zone is known, days have 24 hours. */
static void at_the_end_of_the_calendar_days_have_24_hours(void **state) {
  const wb_time last = WB_TIME_MAX;
  const wbi_delay weekday = {.days = 2, .at = NINE, .weekdays = WEEK};
  const wbi_delay later = {.days = 2, .at = -1};
  const wbi_step after = {.kind = WBI_STEP_WAIT, .from = WBI_AFTER_VISIT, .delay = later};
  wb_zone *zone = zone_of("America/New_York");
  (void)state;
  assert_int_equal(wbi_wait_end(&weekday, zone, last - 86400), last + 86400);
  assert_int_equal(wbi_wait_end(&later, zone, last - 86400), last + 86400);
  assert_int_equal(wbi_wait_end(&later, zone, last + 1), last + 1 + 2 * 86400);
  assert_int_equal(wbi_wait_visit(&after, zone, last - 86400), last + 86400);
  assert_int_equal(wbi_wait_visit(&after, zone, last + 1), last + 1 + 2 * 86400);
  assert_int_equal(wbi_wait_visit(&after, NULL, 1000), 1000 + 2 * 86400);
  wb_zone_unref(zone);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(waits_end),
      cmocka_unit_test(without_a_zone_days_have_24_hours),
      cmocka_unit_test(waits_count_from_a_visit),
      cmocka_unit_test(at_the_end_of_the_calendar_days_have_24_hours),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

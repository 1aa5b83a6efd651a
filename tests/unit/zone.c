/* SPDX-License-Identifier: MIT */
/* Zones and instants: names, TZ strings, gaps and folds, RFC 3339. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/fault.h"
#include "support/times.h"
#include "time/time_private.h"

/* Asserts what the local clock shows at an instant. */
static void assert_shown(const char *zone_text, const char *at, const char *wanted) {
  wb_zone *zone = zone_of(zone_text);
  char text[40];
  size_t length = 0;
  assert_int_equal(wb_time_format(instant(at), zone, text, sizeof text, &length), WB_OK);
  assert_string_equal(text, wanted);
  wb_zone_unref(zone);
}

/* Asserts the instant of a local date and time, "2026-03-08T02:30:00Z" read as a local one. */
static void assert_instant(const char *zone_text, const char *local_text, int32_t fold,
                           const char *wanted) {
  wb_zone *zone = zone_of(zone_text);
  const wb_time shown = instant(local_text);
  const wb_local local = {(wb_date)(shown / 86400), (int32_t)(shown % 86400), 12345};
  wb_time at = WB_TIME_NONE;
  char text[40];
  size_t length = 0;
  assert_int_equal(wb_zone_instant(zone, &local, fold, &at), WB_OK);
  assert_int_equal(wb_time_format(at, NULL, text, sizeof text, &length), WB_OK);
  assert_string_equal(text, wanted);
  wb_zone_unref(zone);
}

static void names_and_older_names_are_known(void **state) {
  (void)state;
  assert_shown("America/New_York", "2026-01-30T14:00:00Z", "2026-01-30T09:00:00-05:00");
  assert_shown("US/Eastern", "2026-07-01T14:00:00Z", "2026-07-01T10:00:00-04:00");
  assert_shown("America/Phoenix", "2026-07-01T14:00:00Z", "2026-07-01T07:00:00-07:00");
  assert_shown("Pacific/Honolulu", "2026-07-01T05:00:00Z", "2026-06-30T19:00:00-10:00");
  assert_shown("America/St_Johns", "2026-07-01T00:00:00Z", "2026-06-30T21:30:00-02:30");
  assert_shown("Asia/Kathmandu", "2026-07-01T20:00:00Z", "2026-07-02T01:45:00+05:45");
  assert_shown("UTC", "2026-07-01T20:00:00Z", "2026-07-01T20:00:00+00:00");
  assert_shown("EST", "2026-07-01T20:00:00Z", "2026-07-01T15:00:00-05:00");
  assert_shown("EST5EDT", "2026-07-01T20:00:00Z", "2026-07-01T16:00:00-04:00");
}

static void the_rule_in_force_is_that_of_2026(void **state) {
  (void)state;
  assert_shown("America/Vancouver", "2026-12-01T20:00:00Z", "2026-12-01T13:00:00-07:00");
  assert_shown("America/Winnipeg", "2026-12-01T20:00:00Z", "2026-12-01T15:00:00-05:00");
}

static void tz_strings_in_all_their_forms(void **state) {
  (void)state;
  assert_shown("<+0845>-8:45", "2026-01-01T00:00:00Z", "2026-01-01T08:45:00+08:45");
  assert_shown("XYZ+3:30:15", "2026-01-01T00:00:15Z", "2025-12-31T20:30:15-03:30");
  assert_shown("XYZ24:59:59", "2026-01-02T00:59:59Z", "2026-01-01T00:00:59-24:59");
  assert_shown("<-12>12<+12>-12,0/0,J365/23", "2026-06-01T00:00:00Z", "2026-06-01T12:00:00+12:00");
  assert_shown("ABC3DEF1,M3.2.0,M11.1.0", "2026-07-01T00:00:00Z", "2026-06-30T23:00:00-01:00");
}

static void julian_days_leave_29_february_out_and_plain_days_count_it(void **state) {
  (void)state;
  const char *julian = "XXX0YYY,J60/0,J300/0", *plain = "XXX0YYY,60/0,300/0";
  assert_shown(julian, "2024-02-29T23:59:59Z", "2024-02-29T23:59:59+00:00");
  assert_shown(julian, "2024-03-01T00:00:00Z", "2024-03-01T01:00:00+01:00");
  assert_shown(julian, "2026-03-01T00:00:00Z", "2026-03-01T01:00:00+01:00");
  assert_shown(plain, "2024-02-29T23:59:59Z", "2024-02-29T23:59:59+00:00");
  assert_shown(plain, "2024-03-01T00:00:00Z", "2024-03-01T01:00:00+01:00");
  assert_shown(plain, "2026-03-01T23:59:59Z", "2026-03-01T23:59:59+00:00");
  assert_shown(plain, "2026-03-02T00:00:00Z", "2026-03-02T01:00:00+01:00");
}

static void rule_times_reach_a_week_before_and_after(void **state) {
  (void)state;
  assert_shown("XXX0YYY,M1.1.4/-167,M12.5.0/167", "2026-01-01T00:00:00Z",
               "2026-01-01T01:00:00+01:00"); /* daylight time since 25 December */
  assert_shown("XXX0YYY,M1.1.4/-167,M6.1.0", "2025-12-25T01:00:00Z", "2025-12-25T02:00:00+01:00");
  assert_shown("XXX0YYY,M1.1.4/-167,M6.1.0", "2025-12-25T00:59:59Z", "2025-12-25T00:59:59+00:00");
  assert_shown("XXX0YYY,M6.1.0,M12.5.3/167", "2026-01-06T21:59:59Z", "2026-01-06T22:59:59+01:00");
  assert_shown("XXX0YYY,M6.1.0,M12.5.3/167", "2026-01-06T22:00:00Z", "2026-01-06T22:00:00+00:00");
}

static void daylight_time_may_last_all_year(void **state) {
  (void)state;
  const char *zone = "XXX5YYY,0/0,J365/25";
  assert_shown(zone, "2026-01-01T04:59:59Z", "2026-01-01T00:59:59-04:00");
  assert_shown(zone, "2026-01-01T05:00:00Z", "2026-01-01T01:00:00-04:00");
  assert_shown(zone, "2026-07-01T05:00:00Z", "2026-07-01T01:00:00-04:00");
}

static void turns_are_exact_to_the_second(void **state) {
  (void)state;
  assert_shown("America/New_York", "2026-03-08T06:59:59Z", "2026-03-08T01:59:59-05:00");
  assert_shown("America/New_York", "2026-03-08T07:00:00Z", "2026-03-08T03:00:00-04:00");
  assert_shown("America/New_York", "2026-11-01T05:59:59Z", "2026-11-01T01:59:59-04:00");
  assert_shown("America/New_York", "2026-11-01T06:00:00Z", "2026-11-01T01:00:00-05:00");
  assert_shown("Europe/Dublin", "2026-03-29T00:59:59Z", "2026-03-29T00:59:59+00:00");
  assert_shown("Europe/Dublin", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00+01:00");
  assert_shown("Australia/Lord_Howe", "2026-04-04T14:59:59Z", "2026-04-05T01:59:59+11:00");
  assert_shown("Australia/Lord_Howe", "2026-04-04T15:00:00Z", "2026-04-05T01:30:00+10:30");
}

static void gap_and_fold_in_new_york(void **state) {
  (void)state;
  const char *zone = "America/New_York";
  assert_instant(zone, "2026-03-08T01:59:59Z", 0, "2026-03-08T06:59:59Z");
  assert_instant(zone, "2026-03-08T02:00:00Z", 0, "2026-03-08T07:00:00Z");
  assert_instant(zone, "2026-03-08T02:30:00Z", 0, "2026-03-08T07:00:00Z");
  assert_instant(zone, "2026-03-08T02:59:59Z", 1, "2026-03-08T07:00:00Z");
  assert_instant(zone, "2026-03-08T03:00:00Z", 0, "2026-03-08T07:00:00Z");
  assert_instant(zone, "2026-11-01T00:59:59Z", 1, "2026-11-01T04:59:59Z");
  assert_instant(zone, "2026-11-01T01:00:00Z", 0, "2026-11-01T05:00:00Z");
  assert_instant(zone, "2026-11-01T01:00:00Z", 1, "2026-11-01T06:00:00Z");
  assert_instant(zone, "2026-11-01T01:59:59Z", 0, "2026-11-01T05:59:59Z");
  assert_instant(zone, "2026-11-01T01:59:59Z", 1, "2026-11-01T06:59:59Z");
  assert_instant(zone, "2026-11-01T02:00:00Z", 0, "2026-11-01T07:00:00Z");
}

static void gap_and_fold_of_half_an_hour_in_lord_howe(void **state) {
  (void)state;
  const char *zone = "Australia/Lord_Howe";
  assert_instant(zone, "2026-10-04T01:59:59Z", 0, "2026-10-03T15:29:59Z");
  assert_instant(zone, "2026-10-04T02:15:00Z", 0, "2026-10-03T15:30:00Z");
  assert_instant(zone, "2026-10-04T02:30:00Z", 0, "2026-10-03T15:30:00Z");
  assert_instant(zone, "2026-04-05T01:29:59Z", 1, "2026-04-04T14:29:59Z");
  assert_instant(zone, "2026-04-05T01:30:00Z", 0, "2026-04-04T14:30:00Z");
  assert_instant(zone, "2026-04-05T01:30:00Z", 1, "2026-04-04T15:00:00Z");
  assert_instant(zone, "2026-04-05T02:00:00Z", 0, "2026-04-04T15:30:00Z");
}

static void gap_and_fold_where_winter_is_the_exception(void **state) {
  (void)state;
  const char *zone = "Europe/Dublin";
  assert_instant(zone, "2026-03-29T00:59:59Z", 0, "2026-03-29T00:59:59Z");
  assert_instant(zone, "2026-03-29T01:30:00Z", 0, "2026-03-29T01:00:00Z");
  assert_instant(zone, "2026-03-29T02:00:00Z", 0, "2026-03-29T01:00:00Z");
  assert_instant(zone, "2026-10-25T01:30:00Z", 0, "2026-10-25T00:30:00Z");
  assert_instant(zone, "2026-10-25T01:30:00Z", 1, "2026-10-25T01:30:00Z");
  assert_instant(zone, "2026-10-25T02:00:00Z", 0, "2026-10-25T02:00:00Z");
}

static void gap_and_fold_around_a_month_of_winter_time(void **state) {
  (void)state;
  const char *zone = "<+01>-1<+00>0,M2.3.0/3,M3.4.0/2"; /* as Morocco kept Ramadan */
  assert_instant(zone, "2026-02-15T01:59:59Z", 1, "2026-02-15T00:59:59Z");
  assert_instant(zone, "2026-02-15T02:30:00Z", 0, "2026-02-15T01:30:00Z");
  assert_instant(zone, "2026-02-15T02:30:00Z", 1, "2026-02-15T02:30:00Z");
  assert_instant(zone, "2026-03-22T01:59:59Z", 0, "2026-03-22T01:59:59Z");
  assert_instant(zone, "2026-03-22T02:30:00Z", 0, "2026-03-22T02:00:00Z");
  assert_instant(zone, "2026-03-22T03:00:00Z", 0, "2026-03-22T02:00:00Z");
}

static void a_turn_that_changes_nothing_ends_no_gap(void **state) {
  (void)state;
  /* The winter of 2020 lasts until the year turns; that of 2021 begins half an hour before that. */
  const char *zone = "<+01>-1<+00>0,M1.1.0/-47:30,J1/0";
  assert_instant(zone, "2020-12-31T23:45:00Z", 0, "2020-12-31T23:45:00Z");
  assert_instant(zone, "2021-01-01T00:15:00Z", 0, "2021-01-01T00:00:00Z");
  assert_instant(zone, "2021-01-01T01:00:00Z", 0, "2021-01-01T00:00:00Z");
}

static void unknown_names_are_answered_with_the_nearest(void **state) {
  (void)state;
  wb_zone *zone = NULL;
  wb_error error;
  assert_int_equal(wb_zone_new(NULL, "America/New_Yrok", 16, &zone, &error), WB_E_NAME);
  assert_string_equal(error.message,
                      "There is no zone of this name; did you mean \"America/New_York\"?");
  assert_int_equal(wb_zone_new(NULL, "america/chicago", 15, &zone, &error), WB_E_NAME);
  assert_string_equal(error.message,
                      "There is no zone of this name; did you mean \"America/Chicago\"?");
  const char *const bad[] = {"Atlantis/Deep_Blue_City", "#", ":EST5EDT", "Etc/GMT+99x", "12"};
  for (size_t i = 0; i < WBI_COUNT(bad); i++) {
    assert_int_equal(wb_zone_new(NULL, bad[i], strlen(bad[i]), &zone, &error), WB_E_NAME);
  }
  assert_int_equal(wb_zone_new(NULL, "", 0, &zone, &error), WB_E_NAME);
  assert_string_equal(error.message, "There is no zone of this name.");
  assert_int_equal(wb_zone_new(NULL, NULL, 0, &zone, NULL), WB_E_NAME);
  assert_null(zone);
}

static void malformed_tz_strings_are_refused_where_they_fail(void **state) {
  (void)state;
  static const struct {
    const char *text;
    wb_status status;
    uint32_t column;
  } bad[] = {
      {"AB5", WB_E_SYNTAX, 3},
      {"<AB>5", WB_E_SYNTAX, 4},
      {"<ABC5", WB_E_SYNTAX, 6},
      {"<ABC>", WB_E_SYNTAX, 6},
      {"EST+", WB_E_SYNTAX, 5},
      {"EST25", WB_E_RANGE, 4},
      {"EST5:60", WB_E_RANGE, 6},
      {"EST5:00:60", WB_E_RANGE, 9},
      {"EST5:", WB_E_SYNTAX, 6},
      {"EST5:0:0:0", WB_E_SYNTAX, 9},
      {"EST5XYZ", WB_E_SYNTAX, 8},
      {"EST5EDT4", WB_E_SYNTAX, 9},
      {"EST5EDT,", WB_E_SYNTAX, 9},
      {"EST5EDT,M3.2.0", WB_E_SYNTAX, 15},
      {"EST5EDT,M3.2.0,", WB_E_SYNTAX, 16},
      {"EST5EDT,M3.2.0,M11.1.0,", WB_E_SYNTAX, 23},
      {"EST5EDT,M3.2.0,M11.1.0x", WB_E_SYNTAX, 23},
      {"EST5EDT,M0.2.0,M11.1.0", WB_E_RANGE, 10},
      {"EST5EDT,M3.2.0,M13.1.0", WB_E_RANGE, 17},
      {"EST5EDT,M3.0.0,M11.1.0", WB_E_RANGE, 12},
      {"EST5EDT,M3.6.0,M11.1.0", WB_E_RANGE, 12},
      {"EST5EDT,M3.2.7,M11.1.0", WB_E_RANGE, 14},
      {"EST5EDT,M3-2.0,M11.1.0", WB_E_SYNTAX, 11},
      {"EST5EDT,M3.2-0,M11.1.0", WB_E_SYNTAX, 13},
      {"EST5EDT,J0,J365", WB_E_RANGE, 10},
      {"EST5EDT,J1,J366", WB_E_RANGE, 13},
      {"EST5EDT,0,366", WB_E_RANGE, 11},
      {"EST5EDT,M3.2.0/168,M11.1.0", WB_E_RANGE, 16},
      {"EST5EDT,M3.2.0/-168,M11.1.0", WB_E_RANGE, 17},
      {"EST5EDT,M3.2.0/,M11.1.0", WB_E_SYNTAX, 16},
      {"EST5EDT25,M3.2.0,M11.1.0", WB_E_RANGE, 8},
      {"EST99999999999999999999", WB_E_RANGE, 4},
      {"EST5ED,M3.2.0,M11.1.0", WB_E_SYNTAX, 7},
  };
  for (size_t i = 0; i < WBI_COUNT(bad); i++) {
    wb_zone *zone = NULL;
    wb_error error = {0};
    const wb_status status = wb_zone_new(NULL, bad[i].text, strlen(bad[i].text), &zone, &error);
    if (status != bad[i].status || error.column != bad[i].column) {
      fail_msg("%s: %d at %u, %s", bad[i].text, status, error.column, error.message);
    }
    assert_int_equal(error.line, 1);
    assert_null(zone);
  }
}

static void limits_of_tz_strings_are_within(void **state) {
  (void)state;
  const char *const good[] = {"EST24:59:59",
                              "EST-24:59:59",
                              "EST5EDT,J1,J365",
                              "EST5EDT,0,365",
                              "EST5EDT,M1.1.0/167:59:59,M12.5.6/-167:59:59",
                              "abc0",
                              "<A+1>3"};
  for (size_t i = 0; i < WBI_COUNT(good); i++)
    wb_zone_unref(zone_of(good[i]));
}

static void zone_lives_until_its_last_reference(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = NULL;
  wb_zone *zone = NULL;
  wb_error error;
  const wb_context_options options = {
      .size = sizeof options, .alloc = fault_alloc, .user = &memory};
  assert_int_equal(wb_context_new(&options, &context, NULL), WB_OK);
  fault_arm(&memory.plan, FAULT_ONCE, 1);
  assert_int_equal(wb_zone_new(context, "UTC", 3, &zone, &error), WB_E_NOMEM);
  assert_null(zone);
  assert_int_equal(wb_zone_new(context, "UTC", 3, &zone, &error), WB_OK);
  wb_context_unref(context);
  assert_ptr_equal(wb_zone_ref(zone), zone);
  wb_zone_unref(zone);
  assert_true(memory.live > 0);
  wb_zone_unref(zone);
  assert_int_equal(memory.live, 0);
  assert_null(wb_zone_ref(NULL));
  wb_zone_unref(NULL);
}

static void instants_beyond_the_calendar_are_out_of_range(void **state) {
  (void)state;
  wb_zone *west = zone_of("ABC5"), *east = zone_of("ABC-5");
  wb_local local = {7, 7, 7};
  wb_time at = 7;
  char text[40] = "unchanged";
  size_t length = 7;
  assert_int_equal(wb_zone_local(east, WB_TIME_MIN - 1, &local), WB_E_RANGE);
  assert_int_equal(wb_zone_local(west, WB_TIME_MAX + 1, &local), WB_E_RANGE);
  assert_int_equal(wb_zone_local(west, WB_TIME_NONE, &local), WB_E_RANGE);
  assert_int_equal(wb_zone_local(west, WB_TIME_MIN + 17999, &local), WB_E_RANGE);
  assert_int_equal(wb_zone_local(east, WB_TIME_MAX - 17999, &local), WB_E_RANGE);
  assert_int_equal(wb_time_format(WB_TIME_MIN, west, text, sizeof text, &length), WB_E_RANGE);
  assert_int_equal(wb_time_format(WB_TIME_NONE, NULL, text, sizeof text, &length), WB_E_RANGE);
  assert_int_equal(local.date, 7);
  assert_string_equal(text, "unchanged");
  assert_int_equal(length, 7);
  local = (wb_local){WB_DATE_MIN, 0, 0};
  assert_int_equal(wb_zone_instant(east, &local, 0, &at), WB_E_RANGE);
  assert_int_equal(wb_zone_instant(west, &local, 0, &at), WB_OK);
  assert_true(at == WB_TIME_MIN + 18000);
  assert_int_equal(wb_zone_local(west, at, &local), WB_OK);
  assert_int_equal(local.date, WB_DATE_MIN);
  wb_zone_unref(west);
  wb_zone_unref(east);
}

/* Asserts that the local time of an instant is of the calendar, and the next, a second away from
   the middle, is not. */
static void assert_last(const wb_zone *zone, wb_time at, int32_t step, wb_date date,
                        int32_t second) {
  wb_local local = {7, 7, 7};
  wb_time back = 7;
  assert_int_equal(wb_zone_local(zone, at + step, &local), WB_E_RANGE);
  assert_int_equal(local.date, 7);
  assert_int_equal(wb_zone_local(zone, at, &local), WB_OK);
  assert_int_equal(local.date, date);
  assert_int_equal(local.second, second);
  assert_int_equal(wb_zone_instant(zone, &local, 0, &back), WB_OK);
  assert_true(back == at);
}

static void zones_with_turns_end_with_the_calendar(void **state) {
  (void)state;
  const int32_t hour = 3600, end = 86399;
  wb_zone *west = zone_of("EST5EDT,M3.2.0,M11.1.0"), *east = zone_of("AEST-10AEDT,M10.1.0,M4.1.0"),
          *winter = zone_of("XXX0YYY,0/0,J365/25");
  assert_last(west, WB_TIME_MIN + 5 * hour, -1, WB_DATE_MIN, 0);
  assert_last(west, WB_TIME_MAX, 1, WB_DATE_MAX, 19 * hour - 1);
  assert_last(east, WB_TIME_MIN, -1, WB_DATE_MIN, 11 * hour);
  assert_last(east, WB_TIME_MAX - 11 * hour, 1, WB_DATE_MAX, end);
  assert_last(winter, WB_TIME_MIN, -1, WB_DATE_MIN, hour);
  assert_last(winter, WB_TIME_MAX - hour, 1, WB_DATE_MAX, end);
  wb_zone_unref(west);
  wb_zone_unref(east);
  wb_zone_unref(winter);
}

static void local_times_of_no_instant_are_out_of_range(void **state) {
  (void)state;
  wb_zone *west = zone_of("EST5EDT,M3.2.0,M11.1.0"), *east = zone_of("AEST-10AEDT,M10.1.0,M4.1.0");
  const wb_local late = {WB_DATE_MAX, 19 * 3600, 0}, early = {WB_DATE_MIN, 11 * 3600 - 1, 0};
  wb_time at = 7;
  for (int32_t fold = 0; fold <= 1; fold++) {
    assert_int_equal(wb_zone_instant(west, &late, fold, &at), WB_E_RANGE);
    assert_int_equal(wb_zone_instant(east, &early, fold, &at), WB_E_RANGE);
  }
  assert_true(at == 7);
  wb_zone_unref(west);
  wb_zone_unref(east);
}

static void numbers_far_beyond_the_calendar_never_wrap(void **state) {
  (void)state;
  static const wb_time far[] = {WB_TIME_MIN - 1, WB_TIME_MAX + 1, INT64_MIN, INT64_MIN + 1,
                                INT64_MAX};
  static const wb_local local_far[] = {
      {INT32_MAX, 0, 0}, {WB_DATE_MIN - 1, 0, 0}, {0, INT32_MIN, 0}, {0, INT32_MAX, 0}};
  wb_zone *zone = zone_of("America/New_York");
  wb_local local = {7, 7, 7};
  wb_time at = 7;
  size_t length = 7;
  char text[40] = "unchanged";
  for (size_t i = 0; i < WBI_COUNT(far); i++) {
    assert_false(wbi_time_valid(far[i]));
    assert_int_equal(wb_zone_local(zone, far[i], &local), WB_E_RANGE);
    assert_int_equal(wb_time_format(far[i], zone, text, sizeof text, &length), WB_E_RANGE);
    assert_int_equal(wb_time_format(far[i], NULL, text, sizeof text, &length), WB_E_RANGE);
  }
  for (size_t i = 0; i < WBI_COUNT(local_far); i++) {
    assert_int_equal(wb_zone_instant(zone, &local_far[i], 0, &at), WB_E_RANGE);
  }
  assert_int_equal(local.date, 7);
  assert_true(at == 7);
  assert_int_equal(length, 7);
  assert_string_equal(text, "unchanged");
  wb_zone_unref(zone);
}

static void local_times_that_do_not_exist_are_out_of_range(void **state) {
  (void)state;
  wb_zone *zone = zone_of("UTC");
  static const wb_local bad[] = {
      {WB_DATE_NONE, 0, 0}, {WB_DATE_MAX + 1, 0, 0}, {0, -1, 0}, {0, 86400, 0}};
  wb_time at = 7;
  for (size_t i = 0; i < WBI_COUNT(bad); i++) {
    assert_int_equal(wb_zone_instant(zone, &bad[i], 0, &at), WB_E_RANGE);
  }
  assert_true(at == 7);
  const wb_local last = {WB_DATE_MAX, 86399, 0};
  assert_int_equal(wb_zone_instant(zone, &last, 0, &at), WB_OK);
  assert_true(at == WB_TIME_MAX);
  wb_zone_unref(zone);
}

static void rfc_3339_is_read(void **state) {
  (void)state;
  assert_true(instant("1970-01-01T00:00:00Z") == 0);
  assert_true(instant("2026-01-30T14:00:00Z") == 20483LL * 86400 + 14 * 3600);
  assert_true(instant("2026-01-30T09:00:00-05:00") == instant("2026-01-30T14:00:00Z"));
  assert_true(instant("2026-01-30T23:15+09:15") == instant("2026-01-30T14:00:00Z"));
  assert_true(instant("2026-01-30T14:00+24:00") == instant("2026-01-29T14:00:00Z"));
  assert_true(instant("2026-01-30T14:00-00:59") == instant("2026-01-30T14:59:00Z"));
  assert_true(instant("2026-01-30t14:00z") == instant("2026-01-30T14:00:00Z"));
  assert_true(instant("2026-01-30T14:00:00.999999999999Z") == instant("2026-01-30T14:00:00Z"));
  assert_true(instant("1969-12-31T23:59:59.5Z") == -1);
  assert_true(instant("0001-01-01T00:00:00Z") == WB_TIME_MIN);
  assert_true(instant("9999-12-31T23:59:59Z") == WB_TIME_MAX);
}

static void what_is_no_rfc_3339_is_refused(void **state) {
  (void)state;
  static const char *const bad[] = {"",
                                    "2026-01-30",
                                    "2026-01-30T14:00:00",
                                    "2026-01-30T14:00:00+01",
                                    "2026-01-30T14:00:00+0100",
                                    "2026-01-30T14:00:00Zx",
                                    "2026-01-30T14:00:00+01:00x",
                                    "2026-01-30T14Z",
                                    "2026-01-30T14:00:00.Z",
                                    "2026-01-30T14:00:0Z",
                                    "2026-01-30T14:00.5Z",
                                    "2026-01-30 14:00:00Z",
                                    "2026-1-30T14:00:00Z",
                                    "2026-01-30T14:00:00 Z",
                                    "2026-01-30T14:00:00-5:00",
                                    "2026-01-30T1a:00:00Z",
                                    "2026/01/30T14:00:00Z",
                                    "2026-01-30Z",
                                    "2026-01-30+01:00",
                                    "2026-01-30T14-00-00Z",
                                    "2026-01-30T14:00:005Z",
                                    "2026-01-30T14:005Z"};
  static const char *const beyond[] = {
      "2026-02-30T14:00:00Z",      "2026-01-30T24:00:00Z",      "2026-01-30T14:60:00Z",
      "2026-01-30T14:00:60Z",      "2026-01-30T14:00:00+25:00", "2026-01-30T14:00:00+01:60",
      "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "0000-01-01T00:00:00Z"};
  wb_time at = 7;
  for (size_t i = 0; i < WBI_COUNT(bad); i++) {
    if (wb_time_parse(bad[i], strlen(bad[i]), &at) != WB_E_SYNTAX) fail_msg("%s", bad[i]);
  }
  for (size_t i = 0; i < WBI_COUNT(beyond); i++) {
    if (wb_time_parse(beyond[i], strlen(beyond[i]), &at) != WB_E_RANGE) fail_msg("%s", beyond[i]);
  }
  assert_true(at == 7);
}

static void instants_are_written_whole_or_not_at_all(void **state) {
  (void)state;
  char text[40] = "unchanged";
  size_t length = 0;
  assert_int_equal(wb_time_format(0, NULL, text, 19, &length), WB_E_SPACE);
  assert_int_equal(length, 20);
  assert_string_equal(text, "unchanged");
  assert_int_equal(wb_time_format(WB_TIME_MIN, NULL, text, sizeof text, &length), WB_OK);
  assert_string_equal(text, "0001-01-01T00:00:00Z");
  wb_zone *zone = zone_of("America/New_York");
  assert_int_equal(wb_time_format(0, zone, NULL, 0, &length), WB_E_SPACE);
  assert_int_equal(length, 25);
  wb_zone_unref(zone);
}

static void odd_seconds_of_offset_keep_the_instant(void **state) {
  (void)state;
  wb_zone *zone = zone_of("LMT4:56:02");
  char text[40];
  size_t length = 0;
  assert_int_equal(wb_time_format(1000000000, zone, text, sizeof text, &length), WB_OK);
  assert_true(instant(text) == 1000000000);
  /* The first and the last second of the zone's calendar stay within it. */
  static const wb_local ends[] = {{WB_DATE_MIN, 0, 0}, {WB_DATE_MAX, 86399 - 17762, 0}};
  for (size_t i = 0; i < WBI_COUNT(ends); i++) {
    wb_time at = 0;
    assert_int_equal(wb_zone_instant(zone, &ends[i], 0, &at), WB_OK);
    assert_int_equal(wb_time_format(at, zone, text, sizeof text, &length), WB_OK);
    assert_true(instant(text) == at);
  }
  wb_zone_unref(zone);
}

static void clocks_are_the_same_that_turn_together(void **state) {
  (void)state;
  static const char east[] = "EST5EDT,M3.2.0,M11.1.0";
  static const char *const others[] = {"EST5", "EST5EDT5,M3.2.0,M11.1.0", "EST5EDT,M3.3.0,M11.1.0",
                                       "EST5EDT,M3.2.0,M11.2.0", "CST6CDT,M3.2.0,M11.1.0"};
  wb_zone *zone = zone_of(east), *same = zone_of("AAA5BBB,M3.2.0,M11.1.0");
  assert_true(wbi_zone_same_rules(zone, same));
  wb_zone_unref(same);
  for (size_t i = 0; i < WBI_COUNT(others); i++) {
    wb_zone *other = zone_of(others[i]);
    assert_false(wbi_zone_same_rules(zone, other));
    wb_zone_unref(other);
  }
  wb_zone_unref(zone);
}

static void local_time_by_a_name_or_an_offset(void **state) {
  (void)state;
  wb_local local = {7, 7, 7};
  assert_int_equal(wbi_zone_local_named(WBI_TEXT("-05:30"), 0, &local), WB_OK);
  assert_int_equal(local.second, 86400 - 19800);
  assert_int_equal(wbi_zone_local_named(WBI_TEXT("02:00"), 0, &local), WB_OK);
  assert_int_equal(local.second, 7200);
  assert_int_equal(wbi_zone_local_named(WBI_TEXT("America/New_York"), 0, &local), WB_OK);
  assert_int_equal(local.offset, -18000);
  local.offset = 7;
  assert_int_equal(wbi_zone_local_named(WBI_TEXT("+25:00"), 0, &local), WB_E_RANGE);
  assert_int_equal(wbi_zone_local_named(WBI_TEXT("Mars"), 0, &local), WB_E_NAME);
  assert_int_equal(wbi_zone_local_named(WBI_TEXT("+01:00"), INT64_MAX, &local), WB_E_RANGE);
  assert_int_equal(wbi_zone_local_named(WBI_TEXT("+01:00"), WB_TIME_MAX, &local), WB_E_RANGE);
  assert_int_equal(local.offset, 7);
}

static void minutes_are_counted_from_1970_as_far_as_they_can_be(void **state) {
  (void)state;
  assert_int_equal(wbi_time_minute(59), 0);
  assert_int_equal(wbi_time_minute(-60), 0);
  assert_int_equal(wbi_time_minute(WB_TIME_MAX), WB_TIME_MAX / 60);
  assert_int_equal(wbi_time_minute(INT64_MAX), UINT32_MAX);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(names_and_older_names_are_known),
      cmocka_unit_test(the_rule_in_force_is_that_of_2026),
      cmocka_unit_test(tz_strings_in_all_their_forms),
      cmocka_unit_test(julian_days_leave_29_february_out_and_plain_days_count_it),
      cmocka_unit_test(rule_times_reach_a_week_before_and_after),
      cmocka_unit_test(daylight_time_may_last_all_year),
      cmocka_unit_test(turns_are_exact_to_the_second),
      cmocka_unit_test(gap_and_fold_in_new_york),
      cmocka_unit_test(gap_and_fold_of_half_an_hour_in_lord_howe),
      cmocka_unit_test(gap_and_fold_where_winter_is_the_exception),
      cmocka_unit_test(gap_and_fold_around_a_month_of_winter_time),
      cmocka_unit_test(a_turn_that_changes_nothing_ends_no_gap),
      cmocka_unit_test(unknown_names_are_answered_with_the_nearest),
      cmocka_unit_test(malformed_tz_strings_are_refused_where_they_fail),
      cmocka_unit_test(limits_of_tz_strings_are_within),
      cmocka_unit_test(zone_lives_until_its_last_reference),
      cmocka_unit_test(instants_beyond_the_calendar_are_out_of_range),
      cmocka_unit_test(zones_with_turns_end_with_the_calendar),
      cmocka_unit_test(local_times_of_no_instant_are_out_of_range),
      cmocka_unit_test(numbers_far_beyond_the_calendar_never_wrap),
      cmocka_unit_test(local_times_that_do_not_exist_are_out_of_range),
      cmocka_unit_test(rfc_3339_is_read),
      cmocka_unit_test(what_is_no_rfc_3339_is_refused),
      cmocka_unit_test(instants_are_written_whole_or_not_at_all),
      cmocka_unit_test(odd_seconds_of_offset_keep_the_instant),
      cmocka_unit_test(clocks_are_the_same_that_turn_together),
      cmocka_unit_test(local_time_by_a_name_or_an_offset),
      cmocka_unit_test(minutes_are_counted_from_1970_as_far_as_they_can_be),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

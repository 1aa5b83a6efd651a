/* SPDX-License-Identifier: MIT */
/* What date.h, zone.h and recall.h promise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <winback/recall.h>
#include <winback/zone.h>

#include "support/fault.h"
#include "support/shape.h"

/* Only a day, or a bad one: every function that takes a date refuses the same. */
static const wb_date no_days[] = {WB_DATE_NONE, WB_DATE_MIN - 1, WB_DATE_MAX + 1, INT32_MAX};
enum { NO_DAYS = sizeof no_days / sizeof *no_days };

static wb_date day(int32_t year, int32_t month, int32_t date) {
  wb_date out = 0;
  assert_int_equal(wb_date_make(year, month, date, &out), WB_OK);
  return out;
}

static void a_date_is_made_of_a_day_that_exists(void **state) {
  (void)state;
  static const int32_t bad[][3] = {{0, 1, 1},         {10000, 1, 1},        {2026, 0, 1},
                                   {2026, 13, 1},     {2026, 1, 0},         {2026, 1, 32},
                                   {2026, 2, 29},     {1900, 2, 29},        {2026, 4, 31},
                                   {INT32_MIN, 1, 1}, {2026, INT32_MAX, 1}, {2026, 1, INT32_MIN},
                                   {-4, 2, 29}};
  assert_int_equal(day(1, 1, 1), WB_DATE_MIN);
  assert_int_equal(day(9999, 12, 31), WB_DATE_MAX);
  assert_int_equal(day(1970, 1, 1), 0);
  assert_int_equal(day(1969, 12, 31), -1);
  assert_int_equal(day(2000, 2, 29), 11016);
  wb_date date = 77;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) {
    assert_int_equal(wb_date_make(bad[i][0], bad[i][1], bad[i][2], &date), WB_E_RANGE);
    assert_int_equal(date, 77);
  }
}

static void a_date_comes_apart_as_it_was_made(void **state) {
  (void)state;
  int32_t year = 5, month = 6, date = 7;
  assert_int_equal(wb_date_split(WB_DATE_MAX, &year, &month, &date), WB_OK);
  assert_int_equal(year * 10000 + month * 100 + date, 99991231);
  assert_int_equal(wb_date_split(WB_DATE_MIN, &year, NULL, &date), WB_OK);
  assert_int_equal(year * 100 + date, 101);
  assert_int_equal(wb_date_split(0, NULL, NULL, NULL), WB_OK);
  year = 5;
  for (size_t i = 0; i < NO_DAYS; ++i)
    assert_int_equal(wb_date_split(no_days[i], &year, &month, &date), WB_E_RANGE);
  assert_int_equal(year, 5);
}

static void a_date_is_read_in_one_form(void **state) {
  (void)state;
  static const struct {
    const char *text;
    wb_status status;
  } cases[] = {
      {"2026-01-30", WB_OK},       {"0001-01-01", WB_OK},        {"9999-12-31", WB_OK},
      {"2026-13-40", WB_E_RANGE},  {"0000-01-01", WB_E_RANGE},   {"2026-02-29", WB_E_RANGE},
      {"2026-1-30", WB_E_SYNTAX},  {"2026-01-30 ", WB_E_SYNTAX}, {"", WB_E_SYNTAX},
      {"20260130", WB_E_SYNTAX},   {"2026/01/30", WB_E_SYNTAX},  {"-026-01-30", WB_E_SYNTAX},
      {"2026-01-3x", WB_E_SYNTAX}, {"2026-01-3", WB_E_SYNTAX},   {"+026-01-30", WB_E_SYNTAX}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    wb_date date = 77;
    wb_status status = wb_date_parse(cases[i].text, strlen(cases[i].text), &date);
    if (status != cases[i].status) fail_msg("%s: %s", cases[i].text, wb_status_name(status));
    if (status != WB_OK) assert_int_equal(date, 77);
  }
  wb_date date = 0;
  assert_int_equal(wb_date_parse("2026-01-30T", 10, &date), WB_OK); /* no NUL is needed */
  assert_int_equal(date, day(2026, 1, 30));
}

static void a_date_is_written_where_there_is_room(void **state) {
  (void)state;
  char text[16];
  size_t length = 0;
  memset(text, 'x', sizeof text);
  assert_int_equal(wb_date_format(day(2026, 1, 30), text, 11, &length), WB_OK);
  assert_string_equal(text, "2026-01-30");
  assert_int_equal(length, 10);
  assert_int_equal(text[11], 'x');
  memset(text, 'x', sizeof text);
  assert_int_equal(wb_date_format(WB_DATE_MIN, text, 10, &length), WB_OK); /* without a NUL */
  assert_memory_equal(text, "0001-01-01x", 11);
  memset(text, 'x', sizeof text);
  length = 0;
  assert_int_equal(wb_date_format(0, text, 9, &length), WB_E_SPACE);
  assert_int_equal(length, 10);
  assert_memory_equal(text, "xxxxxxxxxxxxxxxx", 16);
  length = 0;
  assert_int_equal(wb_date_format(0, NULL, 0, &length), WB_E_SPACE);
  assert_int_equal(length, 10);
  for (size_t i = 0; i < NO_DAYS; ++i)
    assert_int_equal(wb_date_format(no_days[i], text, 16, &length), WB_E_RANGE);
}

static void weekdays_are_those_of_iso(void **state) {
  (void)state;
  int32_t weekday = 0;
  for (int32_t i = 0; i < 15; ++i) {
    assert_int_equal(wb_date_weekday(day(2026, 11, 23) + i, &weekday), WB_OK);
    assert_int_equal(weekday, i % 7 + 1);
  }
  assert_int_equal(wb_date_weekday(-4, &weekday), WB_OK); /* 1969-12-28, a Sunday */
  assert_int_equal(weekday, 7);
  assert_int_equal(wb_date_weekday(WB_DATE_MIN, &weekday), WB_OK);
  assert_int_equal(weekday, 1);
  for (size_t i = 0; i < NO_DAYS; ++i)
    assert_int_equal(wb_date_weekday(no_days[i], &weekday), WB_E_RANGE);
  assert_int_equal(weekday, 1);
}

static void intervals_are_added_years_first(void **state) {
  (void)state;
  static const struct {
    int32_t from[3];
    wb_interval interval;
    int32_t to[3];
  } cases[] = {
      {{2025, 8, 31}, {0, 6, 0, 1}, {2026, 3, 1}},  {{2023, 8, 31}, {0, 6, 0, 1}, {2024, 3, 1}},
      {{2024, 2, 29}, {1, 0, 0, 0}, {2025, 2, 28}}, {{2024, 2, 29}, {1, 12, 0, 0}, {2026, 2, 28}},
      {{2024, 2, 29}, {4, 0, 0, 0}, {2028, 2, 29}}, {{2026, 1, 31}, {0, 1, 1, 1}, {2026, 3, 8}},
      {{2026, 1, 30}, {0, 0, 0, 0}, {2026, 1, 30}}, {{9999, 12, 30}, {0, 0, 0, 1}, {9999, 12, 31}},
      {{2024, 2, 29}, {1, 6, 0, 0}, {2025, 8, 28}}, {{2024, 8, 31}, {0, 18, 0, 0}, {2026, 2, 28}}};
  wb_date date = 77;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    const int32_t *f = cases[i].from, *t = cases[i].to;
    assert_int_equal(wb_date_add(day(f[0], f[1], f[2]), &cases[i].interval, &date), WB_OK);
    assert_int_equal(date, day(t[0], t[1], t[2]));
  }
  date = 77;
  const wb_interval one = {0, 0, 0, 1}, most = {65535, 65535, 65535, 65535};
  assert_int_equal(wb_date_add(WB_DATE_MAX, &one, &date), WB_E_RANGE);
  assert_int_equal(wb_date_add(WB_DATE_MIN, &most, &date), WB_E_RANGE);
  for (size_t i = 0; i < NO_DAYS; ++i)
    assert_int_equal(wb_date_add(no_days[i], &one, &date), WB_E_RANGE);
  assert_int_equal(date, 77);
}

static void months_go_both_ways(void **state) {
  (void)state;
  wb_date date = 77;
  assert_int_equal(wb_date_add_months(day(2026, 3, 31), -1, &date), WB_OK);
  assert_int_equal(date, day(2026, 2, 28));
  assert_int_equal(wb_date_add_months(day(2026, 1, 31), -2, &date), WB_OK);
  assert_int_equal(date, day(2025, 11, 30));
  assert_int_equal(wb_date_add_months(day(1, 2, 1), -1, &date), WB_OK);
  assert_int_equal(date, WB_DATE_MIN);
  date = 77;
  assert_int_equal(wb_date_add_months(day(1, 1, 31), -1, &date), WB_E_RANGE);
  assert_int_equal(wb_date_add_months(day(9999, 12, 1), 1, &date), WB_E_RANGE);
  assert_int_equal(wb_date_add_months(0, INT32_MAX, &date), WB_E_RANGE);
  assert_int_equal(wb_date_add_months(0, INT32_MIN, &date), WB_E_RANGE);
  for (size_t i = 0; i < NO_DAYS; ++i)
    assert_int_equal(wb_date_add_months(no_days[i], 0, &date), WB_E_RANGE);
  assert_int_equal(date, 77);
}

static void whole_months_are_the_most_that_fit(void **state) {
  (void)state;
  static const struct {
    int32_t from[3], to[3], months;
  } cases[] = {{{2026, 1, 31}, {2026, 2, 27}, 0},   {{2026, 1, 31}, {2026, 2, 28}, 1},
               {{2026, 1, 15}, {2026, 7, 14}, 5},   {{2026, 1, 15}, {2026, 7, 15}, 6},
               {{2026, 1, 15}, {2026, 1, 15}, 0},   {{2026, 1, 15}, {2026, 1, 14}, -1},
               {{2026, 3, 31}, {2026, 2, 28}, -1},  {{2026, 3, 31}, {2026, 2, 27}, -2},
               {{1, 1, 1}, {9999, 12, 31}, 119987}, {{9999, 12, 31}, {1, 1, 31}, -119987}};
  int32_t months = 0;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    const int32_t *f = cases[i].from, *t = cases[i].to;
    assert_int_equal(wb_date_months(day(f[0], f[1], f[2]), day(t[0], t[1], t[2]), &months), WB_OK);
    if (months != cases[i].months) fail_msg("case %d: %d", (int)i, (int)months);
  }
  months = 77;
  for (size_t i = 0; i < NO_DAYS; ++i) {
    assert_int_equal(wb_date_months(no_days[i], 0, &months), WB_E_RANGE);
    assert_int_equal(wb_date_months(0, no_days[i], &months), WB_E_RANGE);
  }
  assert_int_equal(months, 77);
}

static void intervals_are_read_in_three_notations(void **state) {
  (void)state;
  static const struct {
    const char *text;
    wb_status status;
    wb_interval interval;
  } cases[] = {{"6m1d", WB_OK, {0, 6, 0, 1}},
               {"1y3m1w1d", WB_OK, {1, 3, 1, 1}},
               {"0y6m0d", WB_OK, {0, 6, 0, 0}},
               {"P6M1D", WB_OK, {0, 6, 0, 1}},
               {"P1Y2M3W4D", WB_OK, {1, 2, 3, 4}},
               {"393217", WB_OK, {0, 6, 0, 1}},
               {"2147483647", WB_OK, {127, 255, 255, 255}},
               {"16777216", WB_OK, {1, 0, 0, 0}},
               {"0", WB_OK, {0, 0, 0, 0}},
               {"", WB_OK, {0, 0, 0, 0}},
               {"65535d", WB_OK, {0, 0, 0, 65535}},
               {"65536d", WB_E_RANGE, {0}},
               {"2147483648", WB_E_RANGE, {0}},
               {"99999999999999999999d", WB_E_RANGE, {0}},
               {"-1", WB_E_RANGE, {0}},
               {"1d6m", WB_E_SYNTAX, {0}},
               {"6m6m", WB_E_SYNTAX, {0}},
               {"6x", WB_E_SYNTAX, {0}},
               {"m", WB_E_SYNTAX, {0}},
               {"P", WB_E_SYNTAX, {0}},
               {"6m1", WB_E_SYNTAX, {0}},
               {"PT1H", WB_E_SYNTAX, {0}},
               {"-6m", WB_E_SYNTAX, {0}}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    wb_interval got, before;
    memset(&got, 0xA5, sizeof got);
    before = got;
    wb_status status = wb_interval_parse(cases[i].text, strlen(cases[i].text), &got);
    if (status != cases[i].status) fail_msg("'%s': %s", cases[i].text, wb_status_name(status));
    assert_memory_equal(&got, status == WB_OK ? &cases[i].interval : &before, sizeof got);
  }
}

static void intervals_are_written_in_one(void **state) {
  (void)state;
  const wb_interval none = {0}, some = {1, 3, 1, 1};
  const wb_interval most = {65535, 65535, 65535, 65535};
  char text[32];
  size_t length = 0;
  memset(text, 'x', sizeof text);
  assert_int_equal(wb_interval_format(&some, text, 8, &length), WB_OK);
  assert_memory_equal(text, "1y3m1w1dx", 9);
  assert_int_equal(length, 8);
  memset(text, 'x', sizeof text);
  assert_int_equal(wb_interval_format(&some, text, 7, &length), WB_E_SPACE);
  assert_memory_equal(text, "xxxxxxxx", 8);
  assert_int_equal(length, 8);
  assert_int_equal(wb_interval_format(&none, text, sizeof text, &length), WB_OK);
  assert_string_equal(text, "0d");
  assert_int_equal(wb_interval_format(&most, NULL, 0, &length), WB_E_SPACE);
  assert_int_equal(length, 24);
  assert_int_equal(wb_interval_format(&most, text, 24, &length), WB_OK);
  assert_memory_equal(text, "65535y65535m65535w65535d", 24);
}

/* ---- zones ---------------------------------------------------------------------------------- */

static wb_zone *zone_of(wb_context *context, const char *text) {
  wb_zone *zone = NULL;
  wb_error error = {0};
  if (wb_zone_new(context, text, strlen(text), &zone, &error) != WB_OK)
    fail_msg("%s: %s", text, error.message);
  return zone;
}

static void zones_say_what_is_wrong_with_them(void **state) {
  (void)state;
  static const struct {
    const char *text;
    wb_status status;
  } cases[] = {{"America/New_York", WB_OK},
               {"EST5EDT,M3.2.0,M11.1.0", WB_OK},
               {"<+0845>-8:45", WB_OK},
               {"UTC0", WB_OK},
               {"America/New_Yorx", WB_E_NAME},
               {"", WB_E_NAME},
               {"EST5EDT,M3.2.0", WB_E_SYNTAX},
               {"EST5EDT,M3.2.0,", WB_E_SYNTAX},
               {"EST5EDT,M3.2.0,M11.1.0x", WB_E_SYNTAX},
               {"EST5EDT,M13.2.0,M11.1.0", WB_E_RANGE},
               {"EST5EDT,M3.6.0,M11.1.0", WB_E_RANGE},
               {"EST5EDT,M3.2.7,M11.1.0", WB_E_RANGE},
               {"EST5EDT,J0,J300", WB_E_RANGE},
               {"EST25", WB_E_RANGE}};
  fault_memory memory;
  wb_context *context = fault_context(&memory);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    wb_zone *zone = NULL;
    wb_error error = {0};
    wb_status status = wb_zone_new(context, cases[i].text, strlen(cases[i].text), &zone, &error);
    if (status != cases[i].status)
      fail_msg("%s: %s %s", cases[i].text, wb_status_name(status), error.message);
    assert_int_equal(error.status, status);
    assert_true((zone != NULL) == (status == WB_OK));
    if (status == WB_E_SYNTAX) assert_true(error.column > 0);
    if (i == 4) assert_non_null(strstr(error.message, "America/New_York"));
    wb_zone_unref(zone);
  }
  fault_arm(&memory.plan, FAULT_ONCE, 1);
  wb_zone *zone = NULL;
  assert_int_equal(wb_zone_new(context, "UTC0", 4, &zone, NULL), WB_E_NOMEM);
  assert_null(zone);
  fault_arm(&memory.plan, FAULT_NEVER, 0);
  zone = zone_of(context, "UTC0");
  assert_ptr_equal(wb_zone_ref(zone), zone);
  wb_zone_unref(zone);
  wb_context_unref(context);
  wb_local local;
  assert_int_equal(wb_zone_local(zone, 0, &local), WB_OK);
  wb_zone_unref(zone);
  assert_int_equal(memory.live, 0);
}

static void instants_and_local_times_meet(void **state) {
  (void)state;
  wb_zone *zone = zone_of(NULL, "America/New_York");
  wb_local local = {0};
  wb_time at = 0;
  assert_int_equal(wb_time_parse("2026-03-08T06:59:59Z", 20, &at), WB_OK);
  assert_int_equal(wb_zone_local(zone, at, &local), WB_OK);
  assert_int_equal(local.second, 2 * 3600 - 1);
  assert_int_equal(local.offset, -5 * 3600);
  assert_int_equal(wb_zone_local(zone, at + 1, &local), WB_OK);
  assert_int_equal(local.second, 3 * 3600);
  assert_int_equal(local.offset, -4 * 3600);
  wb_local gap = {.date = day(2026, 3, 8), .second = 2 * 3600 + 1800, .offset = 12345};
  wb_time found = 0;
  assert_int_equal(wb_zone_instant(zone, &gap, 0, &found), WB_OK);
  assert_int_equal(found, at + 1);
  wb_local fold = {.date = day(2026, 11, 1), .second = 3600 + 1800};
  wb_time first = 0, second = 0;
  assert_int_equal(wb_zone_instant(zone, &fold, 0, &first), WB_OK);
  assert_int_equal(wb_zone_instant(zone, &fold, 1, &second), WB_OK);
  assert_int_equal(second - first, 3600);
  assert_int_equal(wb_zone_local(zone, second, &local), WB_OK);
  assert_int_equal(local.offset, -5 * 3600);
  wb_zone_unref(zone);
}

static void zones_end_with_the_calendar(void **state) {
  (void)state;
  wb_zone *west = zone_of(NULL, "EST5"), *east = zone_of(NULL, "<+01>-1");
  wb_local local, before;
  memset(&local, 0xA5, sizeof local);
  before = local;
  const wb_time bad[] = {WB_TIME_NONE, WB_TIME_MIN - 1, WB_TIME_MAX + 1, INT64_MAX};
  for (size_t i = 0; i < 4; ++i)
    assert_int_equal(wb_zone_local(west, bad[i], &local), WB_E_RANGE);
  assert_int_equal(wb_zone_local(west, WB_TIME_MIN + 5 * 3600 - 1, &local), WB_E_RANGE);
  assert_int_equal(wb_zone_local(east, WB_TIME_MAX - 3600 + 1, &local), WB_E_RANGE);
  assert_memory_equal(&local, &before, sizeof local);
  assert_int_equal(wb_zone_local(west, WB_TIME_MIN + 5 * 3600, &local), WB_OK);
  assert_int_equal(local.date, WB_DATE_MIN);
  assert_int_equal(wb_zone_local(east, WB_TIME_MAX - 3600, &local), WB_OK);
  assert_int_equal(local.date, WB_DATE_MAX);
  wb_time at = 77;
  wb_local last = {.date = WB_DATE_MAX, .second = 86399};
  assert_int_equal(wb_zone_instant(west, &last, 0, &at), WB_E_RANGE);
  last.second = 86400;
  assert_int_equal(wb_zone_instant(east, &last, 0, &at), WB_E_RANGE);
  last.second = -1;
  assert_int_equal(wb_zone_instant(east, &last, 0, &at), WB_E_RANGE);
  wb_local none = {.date = WB_DATE_NONE};
  assert_int_equal(wb_zone_instant(east, &none, 0, &at), WB_E_RANGE);
  none.date = WB_DATE_MIN;
  assert_int_equal(wb_zone_instant(east, &none, 0, &at), WB_E_RANGE);
  assert_int_equal(at, 77);
  wb_zone_unref(west);
  wb_zone_unref(east);
}

static void instants_are_read_and_written(void **state) {
  (void)state;
  static const struct {
    const char *text;
    wb_status status;
    wb_time at;
  } cases[] = {{"1970-01-01T00:00:00Z", WB_OK, 0},
               {"1970-01-01T01:00:00+01:00", WB_OK, 0},
               {"1970-01-01T00:00Z", WB_OK, 0},
               {"1970-01-01T00:00:01.999Z", WB_OK, 1},
               {"0001-01-01T00:00:00Z", WB_OK, WB_TIME_MIN},
               {"9999-12-31T23:59:59Z", WB_OK, WB_TIME_MAX},
               {"9999-12-31T23:59:59-00:01", WB_E_RANGE, 0},
               {"0001-01-01T00:00:00+00:01", WB_E_RANGE, 0},
               {"1970-01-01T24:00:00Z", WB_E_RANGE, 0},
               {"1970-01-01T00:60:00Z", WB_E_RANGE, 0},
               {"1970-13-01T00:00:00Z", WB_E_RANGE, 0},
               {"1970-01-01T00:00:00", WB_E_SYNTAX, 0},
               {"1970-01-01", WB_E_SYNTAX, 0},
               {"", WB_E_SYNTAX, 0},
               {"1970-01-01T00:00:00.Z", WB_E_SYNTAX, 0},
               {"1970-01-01T00:00:00Zx", WB_E_SYNTAX, 0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    wb_time at = 77;
    wb_status status = wb_time_parse(cases[i].text, strlen(cases[i].text), &at);
    if (status != cases[i].status) fail_msg("%s: %s", cases[i].text, wb_status_name(status));
    assert_int_equal(at, status == WB_OK ? cases[i].at : 77);
  }
  wb_zone *zone = zone_of(NULL, "EST5EDT,M3.2.0,M11.1.0");
  char text[40];
  size_t length = 0;
  assert_int_equal(wb_time_format(1769781600, NULL, text, 20, &length), WB_OK);
  assert_memory_equal(text, "2026-01-30T14:00:00Z", 20);
  assert_int_equal(wb_time_format(1769781600, NULL, text, 19, &length), WB_E_SPACE);
  assert_int_equal(length, 20);
  assert_int_equal(wb_time_format(1769781600, zone, NULL, 0, &length), WB_E_SPACE);
  assert_int_equal(length, 25);
  assert_int_equal(wb_time_format(1769781600, zone, text, sizeof text, &length), WB_OK);
  assert_string_equal(text, "2026-01-30T09:00:00-05:00");
  assert_int_equal(wb_time_format(WB_TIME_MAX + 1, NULL, text, 40, &length), WB_E_RANGE);
  assert_int_equal(wb_time_format(WB_TIME_MIN, zone, text, 40, &length), WB_E_RANGE);
  assert_int_equal(wb_time_format(WB_TIME_NONE, NULL, text, 40, &length), WB_E_RANGE);
  wb_zone_unref(zone);
}

/* ---- recare --------------------------------------------------------------------------------- */

static const wb_recare_history unseen = {.size = sizeof(wb_recare_history),
                                         .last_prophy = WB_DATE_NONE,
                                         .last_perio = WB_DATE_NONE,
                                         .last_scaling = WB_DATE_NONE,
                                         .manual_due = WB_DATE_NONE,
                                         .manual_since = WB_DATE_NONE,
                                         .birth = WB_DATE_NONE};

static wb_recare recare_of(const wb_recare_history *history, wb_date today) {
  wb_recare recare = {.size = sizeof recare};
  assert_int_equal(wb_recare_find(history, NULL, today, &recare), WB_OK);
  return recare;
}

static void recare_has_a_last_and_a_due_day(void **state) {
  (void)state;
  wb_recare_history history = unseen;
  wb_recare recare = recare_of(&history, day(2026, 11, 23));
  assert_int_equal(recare.kind, WB_RECARE_PROPHY);
  assert_int_equal(recare.last, WB_DATE_NONE);
  assert_int_equal(recare.due, WB_DATE_NONE);
  assert_int_equal(recare.overdue_months, -1);
  assert_int_equal(recare.band, WB_BAND_NONE);
  history.last_prophy = day(2025, 8, 31);
  static const struct {
    int32_t today[3], months, band;
  } cases[] = {{{2026, 2, 28}, 0, WB_BAND_NOT_DUE}, {{2026, 3, 1}, 0, WB_BAND_0_6},
               {{2026, 8, 31}, 5, WB_BAND_0_6},     {{2026, 9, 1}, 6, WB_BAND_6_9},
               {{2026, 11, 30}, 8, WB_BAND_6_9},    {{2026, 12, 1}, 9, WB_BAND_9_12},
               {{2027, 2, 28}, 11, WB_BAND_9_12},   {{2027, 3, 1}, 12, WB_BAND_12}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    const int32_t *t = cases[i].today;
    recare = recare_of(&history, day(t[0], t[1], t[2]));
    assert_int_equal(recare.due, day(2026, 3, 1));
    assert_int_equal(recare.overdue_months, cases[i].months);
    assert_int_equal(recare.band, cases[i].band);
  }
}

static void the_kind_of_recare_follows_record_then_history(void **state) {
  (void)state;
  wb_recare_history history = unseen;
  history.last_prophy = history.last_perio = day(2026, 1, 1);
  assert_int_equal(recare_of(&history, day(2026, 2, 1)).kind, WB_RECARE_PERIO); /* same day */
  assert_int_equal(recare_of(&history, day(2026, 2, 1)).due, day(2026, 5, 1));
  history.last_prophy++;
  assert_int_equal(recare_of(&history, day(2026, 2, 1)).kind, WB_RECARE_PROPHY);
  history.flags = WB_RECARE_HAS_PERIO | WB_RECARE_HAS_PROPHY;
  wb_recare recare = recare_of(&history, day(2026, 2, 1));
  assert_int_equal(recare.kind, WB_RECARE_PERIO);
  assert_int_equal(recare.recorded_kind, WB_RECARE_PERIO);
  assert_int_equal(recare.last, day(2026, 1, 2));
  const wb_interval own = {0, 0, 4, 0}, less = {0, 0, 3, 6};
  history.perio_interval = &own;
  assert_int_equal(recare_of(&history, day(2026, 2, 1)).due, day(2026, 1, 30));
  history.perio_interval = &less; /* under 28 days: not believed */
  assert_int_equal(recare_of(&history, day(2026, 2, 1)).due, day(2026, 5, 2));
  history.perio_interval = NULL;
  history.prophy_interval = &own; /* of the other kind */
  assert_int_equal(recare_of(&history, day(2026, 2, 1)).due, day(2026, 5, 2));
}

static void a_manual_due_day_stands_until_the_next_trigger(void **state) {
  (void)state;
  wb_recare_history history = unseen;
  history.last_prophy = day(2026, 1, 10);
  history.manual_due = day(2026, 12, 24);
  history.manual_since = day(2026, 1, 10);
  assert_int_equal(recare_of(&history, day(2026, 2, 1)).due, day(2026, 12, 24));
  history.last_prophy++;
  assert_int_equal(recare_of(&history, day(2026, 2, 1)).due, day(2026, 7, 12));
  history.manual_since = WB_DATE_NONE;
  history.last_prophy = day(2026, 12, 23);
  assert_int_equal(recare_of(&history, day(2026, 12, 30)).due, day(2026, 12, 24));
  history.last_prophy++;
  assert_int_equal(recare_of(&history, day(2026, 12, 30)).due, day(2027, 6, 25));
}

static wb_status find_history(void *user, void *history) {
  (void)user;
  wb_recare recare = {.size = sizeof recare};
  return wb_recare_find(history, NULL, 0, &recare);
}

static wb_status find_settings(void *user, void *settings) {
  (void)user;
  wb_recare recare = {.size = sizeof recare};
  return wb_recare_find(&unseen, settings, 0, &recare);
}

static wb_status find_recare(void *user, void *recare) {
  (void)user;
  return wb_recare_find(&unseen, NULL, 0, recare);
}

static void recare_refuses_what_cannot_be(void **state) {
  (void)state;
  wb_recare recare = {.size = sizeof recare};
  wb_recare_history history = unseen;
  wb_recare_settings settings = {.size = sizeof settings};
  shape_in(&history, sizeof history, find_history, NULL);
  shape_in(&settings, sizeof settings, find_settings, NULL);
  shape_out(&recare, sizeof recare, find_recare, NULL);
  assert_int_equal(wb_recare_find(NULL, NULL, 0, &recare), WB_E_INVALID);
  assert_int_equal(wb_recare_find(&unseen, NULL, 0, NULL), WB_E_INVALID);
  for (size_t i = 0; i < NO_DAYS; ++i)
    assert_int_equal(wb_recare_find(&unseen, NULL, no_days[i], &recare), WB_E_RANGE);
  settings.child_age = -1;
  assert_int_equal(find_settings(NULL, &settings), WB_E_INVALID);
  settings.child_age = 0;
  const int32_t edges[][3] = {{6, 6, 12}, {6, 9, 8}, {-1, 9, 12}};
  for (size_t i = 0; i < 3; ++i) {
    memcpy(settings.edges, edges[i], sizeof edges[i]);
    assert_int_equal(find_settings(NULL, &settings), WB_E_INVALID);
  }
  history.last_prophy = day(9999, 6, 30);
  assert_int_equal(recare_of(&history, WB_DATE_MAX).due, WB_DATE_MAX);
  history.last_prophy++;
  assert_int_equal(wb_recare_find(&history, NULL, WB_DATE_MAX, &recare), WB_E_RANGE);
  history.last_prophy = WB_DATE_MAX + 1;
  assert_int_equal(find_history(NULL, &history), WB_E_RANGE);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_date_is_made_of_a_day_that_exists),
      cmocka_unit_test(a_date_comes_apart_as_it_was_made),
      cmocka_unit_test(a_date_is_read_in_one_form),
      cmocka_unit_test(a_date_is_written_where_there_is_room),
      cmocka_unit_test(weekdays_are_those_of_iso),
      cmocka_unit_test(intervals_are_added_years_first),
      cmocka_unit_test(months_go_both_ways),
      cmocka_unit_test(whole_months_are_the_most_that_fit),
      cmocka_unit_test(intervals_are_read_in_three_notations),
      cmocka_unit_test(intervals_are_written_in_one),
      cmocka_unit_test(zones_say_what_is_wrong_with_them),
      cmocka_unit_test(instants_and_local_times_meet),
      cmocka_unit_test(zones_end_with_the_calendar),
      cmocka_unit_test(instants_are_read_and_written),
      cmocka_unit_test(recare_has_a_last_and_a_due_day),
      cmocka_unit_test(the_kind_of_recare_follows_record_then_history),
      cmocka_unit_test(a_manual_due_day_stands_until_the_next_trigger),
      cmocka_unit_test(recare_refuses_what_cannot_be),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/*
 * The local-time matrix of sequences: waits and hours in every zone of the world, around both
 * changes of its clocks, for every hour and sets of weekdays, against an oracle that knows nothing
 * but the C library's localtime_r.
 */
#define _DEFAULT_SOURCE

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "outreach/practice_private.h"
#include "support/effort.h"

#if !defined(_WIN32)

enum { MINUTE = 60, QUARTER = 900, HOUR = 3600, DAY = 86400 };

/* Every rule in force in the world's zones, as zoneinfo files end with it. */
static const char *const zone_texts[] = {
#include "data/zones.txt"
};

/* ---- the oracle ----------------------------------------------------------------------------- */

/* A local time as the C library has it. */
typedef struct clock_time {
  wb_date date;
  int32_t second, offset, weekday;
} clock_time;

static clock_time clock_at(wb_time at) {
  const time_t seconds = (time_t)at;
  struct tm read = {0};
  clock_time local = {.date = WB_DATE_NONE};
  assert_non_null(localtime_r(&seconds, &read));
  assert_int_equal(wb_date_make(read.tm_year + 1900, read.tm_mon + 1, read.tm_mday, &local.date),
                   WB_OK);
  local.second = (read.tm_hour * 60 + read.tm_min) * 60 + read.tm_sec;
  local.offset = (int32_t)read.tm_gmtoff;
  local.weekday = read.tm_wday == 0 ? 7 : read.tm_wday; /* as ISO 8601 has it */
  return local;
}

/* The instant in (from, to] at which the clocks turn; they do, once. */
static wb_time turn_between(wb_time from, wb_time to) {
  const int32_t before = clock_at(from).offset;
  while (to - from > 1) {
    const wb_time middle = from + (to - from) / 2;
    if (clock_at(middle).offset == before)
      from = middle;
    else
      to = middle;
  }
  return to;
}

/* The first instant at which the clocks on the wall say this; where they skip it, the first after
   the gap. */
static wb_time instant_of(wb_date date, int32_t second) {
  const wb_time wall = (wb_time)date * DAY + second;
  const int32_t before = clock_at(wall - 30 * HOUR).offset,
                after = clock_at(wall + 30 * HOUR).offset;
  const wb_time early = wall - (before > after ? before : after);
  const wb_time late = wall - (before > after ? after : before);
  if (early + clock_at(early).offset == wall) return early;
  if (late + clock_at(late).offset == wall) return late;
  return turn_between(wall - 30 * HOUR, wall + 30 * HOUR);
}

/* When a wait is over, by the words of docs/campaigns.md. */
static wb_time wait_over(const wbi_delay *delay, wb_time from) {
  const wb_date today = clock_at(from).date;
  for (wb_date date = today + delay->days;; ++date) {
    const int32_t weekday = (int32_t)((date + 3) % 7) + 1; /* 1970-01-01 was a Thursday */
    const wb_time at =
        date == today && delay->at < 0 ? from : instant_of(date, delay->at < 0 ? 0 : delay->at);
    const bool allowed = delay->weekdays == 0 || (delay->weekdays >> weekday & 1) != 0;
    if (allowed && at >= from) return at;
  }
}

/* Whether an instant lies in the hours. */
static bool is_open(const wb_practice *practice, wb_time at) {
  const clock_time local = clock_at(at);
  for (uint32_t i = 0; i < practice->hours_count; ++i) {
    const wb_window *window = &practice->hours[i];
    if ((window->weekdays >> local.weekday & 1) != 0 && local.second >= window->from &&
        local.second < window->to)
      return true;
  }
  return false;
}

/* ---- the matrix ----------------------------------------------------------------------------- */

/* Bits of weekdays, 1 Monday to 7 Sunday; 0: any. */
static const uint32_t weekday_sets[] = {0, 0x3e, 1u << 5, 1u << 7, 0xc0, 1u << 1 | 1u << 3};

static const wb_practice offices[] = {
    {.hours = {{0x3e, 9 * HOUR, 18 * HOUR}, {1u << 6, 10 * HOUR, 14 * HOUR}}, .hours_count = 2},
    {.hours = {{0xfe, 0, 24 * HOUR}}, .hours_count = 1},
    {.hours = {{0xfe, 2 * HOUR, 3 * HOUR}}, .hours_count = 1}, /* what the clocks skip */
    {.hours = {{0x3e, 8 * HOUR, 12 * HOUR}, {0x3e, 13 * HOUR, 17 * HOUR + 30 * MINUTE}},
     .hours_count = 2},
    {.hours = {{1u << 7, 0, 30 * MINUTE}, {1u << 7, 23 * HOUR, 24 * HOUR}}, .hours_count = 2},
};

/* A zone as both read it. */
static wb_zone *zone_set(const char *text) {
  wb_zone *zone = NULL;
  wb_error error = {0};
  if (wb_zone_new(NULL, text, strlen(text), &zone, &error) != WB_OK)
    fail_msg("%s: %s", text, error.message);
  assert_int_equal(setenv("TZ", text, 1), 0);
  tzset();
  return zone;
}

/* One wait: as the oracle has it, on a weekday that is allowed, at the time of day unless the
   clocks skip that, and never before it began. */
static wb_time wait_checked(const wb_zone *zone, const char *text, const wbi_delay *delay,
                            wb_time from) {
  const wb_time over = wbi_wait_end(delay, zone, from), expected = wait_over(delay, from);
  const clock_time local = clock_at(over);
  const bool weekday = delay->weekdays == 0 || (delay->weekdays >> local.weekday & 1) != 0;
  const bool skipped = clock_at(over - 1).offset != local.offset;
  const bool second = delay->at < 0 || local.second == delay->at || skipped;
  if (over != expected || !weekday || !second || over < from)
    fail_msg("%s from %lld: %d days at %d on %x: over at %lld, not %lld", text, (long long)from,
             (int)delay->days, (int)delay->at, (unsigned)delay->weekdays, (long long)over,
             (long long)expected);
  return over;
}

/* Whether the clocks on the wall say twice what they say at an instant. */
static bool comes_twice(wb_time at) {
  const clock_time local = clock_at(at);
  for (wb_time other = at - 3 * HOUR; other <= at + 3 * HOUR; other += QUARTER) {
    const clock_time there = clock_at(other);
    if (other != at && there.date == local.date && there.second == local.second) return true;
  }
  return false;
}

/* The hours after it: the first quarter of an hour in them, and nothing pushes it from there. Hours
   that begin, or end, with a time that comes twice are the shorter, to be on the safe side. */
static void hours_checked(const wb_zone *zone, const char *text, wb_time from) {
  for (size_t i = 0; i < WBI_COUNT(offices); ++i) {
    const wb_time opens = wbi_hours_next(&offices[i], zone, from);
    wb_time expected = from;
    while (!is_open(&offices[i], expected) && expected < from + 14 * DAY)
      expected += QUARTER;
    if (expected >= from + 14 * DAY) continue; /* none is near */
    const bool right = opens == expected || (opens > expected && comes_twice(expected));
    if (!right || !is_open(&offices[i], opens) || wbi_hours_next(&offices[i], zone, opens) != opens)
      fail_msg("%s, office %d, from %lld: %lld, not %lld", text, (int)i, (long long)from,
               (long long)opens, (long long)expected);
  }
}

/* All waits that begin at an instant. */
static void waits_from(const wb_zone *zone, const char *text, wb_time from, int32_t step) {
  for (size_t set = 0; set < WBI_COUNT(weekday_sets); ++set) {
    for (int32_t days = 0; days <= 3; ++days) {
      wb_time before = WB_TIME_MIN;
      for (int32_t at = -step; at < DAY; at += step) {
        const wbi_delay delay = {
            .days = days, .at = at < 0 ? -1 : at, .weekdays = weekday_sets[set]};
        const wb_time over = wait_checked(zone, text, &delay, from);
        const bool grows = days == 0 || set > 0 || at <= 0 || over >= before;
        if (!grows) fail_msg("%s from %lld: later is earlier", text, (long long)from);
        before = over;
        if (set == 0 && at >= 0 && at % HOUR == 0) hours_checked(zone, text, over);
      }
    }
  }
}

/* Both changes of the clocks in a year, else two days of it. */
static size_t edges_of(int32_t year, wb_time *edges) {
  size_t count = 0;
  wb_date first = 0;
  assert_int_equal(wb_date_make(year, 1, 2, &first), WB_OK);
  const wb_time begin = (wb_time)first * DAY;
  for (wb_time at = begin; at < begin + 362 * (wb_time)DAY && count < 2; at += DAY) {
    if (clock_at(at).offset != clock_at(at + DAY).offset)
      edges[count++] = turn_between(at, at + DAY);
  }
  for (; count < 2; ++count)
    edges[count] = begin + (count == 0 ? 80 : 300) * (wb_time)DAY;
  return count;
}

static void every_zone_at_both_edges(void **state) {
  (void)state;
  static const int64_t before[] = {3 * DAY, DAY + 7 * HOUR, HOUR, 0, -QUARTER, -5 * HOUR};
  const bool every = effort_every_case();
  const size_t stride = every ? 1 : 17;
  for (size_t i = 0; i < WBI_COUNT(zone_texts); i += stride) {
    wb_zone *zone = zone_set(zone_texts[i]);
    wb_time edges[2];
    const size_t count = edges_of(2026, edges);
    for (size_t edge = 0; edge < count; ++edge) {
      for (size_t j = 0; j < WBI_COUNT(before); ++j)
        waits_from(zone, zone_texts[i], edges[edge] - before[j], every ? HOUR / 2 : 3 * HOUR);
    }
    wb_zone_unref(zone);
  }
}

/* Later beginnings end no earlier, hour by hour over a week with a change of the clocks. */
static void waits_are_monotone(void **state) {
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(zone_texts); i += effort_every_case() ? 1 : 29) {
    wb_zone *zone = zone_set(zone_texts[i]);
    wb_time edges[2];
    const size_t count = edges_of(2027, edges);
    const wbi_delay delays[] = {{.days = 1, .at = 2 * HOUR + 30 * MINUTE},
                                {.days = 0, .at = 9 * HOUR, .weekdays = 0x3e},
                                {.days = 2, .at = -1, .weekdays = 1u << 2}};
    for (size_t each = 0; each < 3 * count; ++each) {
      wb_time last = WB_TIME_MIN;
      const wb_time edge = edges[each / 3];
      for (wb_time from = edge - 4 * DAY; from < edge + 4 * DAY; from += HOUR) {
        const wb_time over = wbi_wait_end(&delays[each % 3], zone, from);
        if (over < last) fail_msg("%s from %lld", zone_texts[i], (long long)from);
        last = over;
      }
    }
    wb_zone_unref(zone);
  }
}

/* ---- on record elsewhere -------------------------------------------------------------------- */

static wb_time local_instant(int32_t year, int32_t month, int32_t day, int32_t hour) {
  wb_date date = 0;
  assert_int_equal(wb_date_make(year, month, day, &date), WB_OK);
  return instant_of(date, hour * HOUR);
}

static void failures_that_are_on_record(void **state) {
  (void)state;
  wb_zone *west = zone_set("PST8PDT,M3.2.0,M11.1.0");
  /* Monday 8:00 stays 8:00 over the change of March: not 9:00. */
  const wbi_delay monday = {.days = 0, .at = 8 * HOUR, .weekdays = 1u << 1};
  assert_int_equal(wbi_wait_end(&monday, west, local_instant(2026, 3, 6, 12)),
                   local_instant(2026, 3, 9, 8));
  /* 20:00 on a weekday, asked for on Friday evening: Monday, not Sunday, though it is Saturday in
     UTC by then. */
  const wbi_delay weekday = {.days = 0, .at = 20 * HOUR, .weekdays = 0x3e};
  assert_int_equal(wbi_wait_end(&weekday, west, local_instant(2026, 6, 5, 12)),
                   local_instant(2026, 6, 5, 20));
  assert_int_equal(wbi_wait_end(&weekday, west, local_instant(2026, 6, 5, 21)),
                   local_instant(2026, 6, 8, 20));
  wb_zone_unref(west);
  /* Late October in Europe: 9:00 the next day is 9:00, and in the hours it is not put off. */
  static const int32_t changes[][2] = {{2021, 30}, {2022, 29}}; /* Saturdays */
  wb_zone *berlin = zone_set("CET-1CEST,M3.5.0,M10.5.0/3");
  for (size_t i = 0; i < WBI_COUNT(changes); ++i) {
    const wbi_delay morning = {.days = 1, .at = 9 * HOUR};
    const wb_time from = local_instant(changes[i][0], 10, changes[i][1], 15);
    const wb_time over = wbi_wait_end(&morning, berlin, from);
    assert_int_equal(over, local_instant(changes[i][0], 10, changes[i][1] + 1, 9));
    assert_int_equal(over - from, 19 * HOUR);
    for (wb_time at = over; at < over + 5 * DAY; at += HOUR / 4) {
      const wb_time opens = wbi_hours_next(&offices[0], berlin, at);
      assert_int_equal(opens == at, is_open(&offices[0], at));
      assert_int_equal(wbi_hours_next(&offices[0], berlin, opens), opens);
    }
  }
  /* 2:30 is skipped in March, and comes twice in October: the first time counts. */
  const wbi_delay night = {.days = 1, .at = 2 * HOUR + 30 * MINUTE};
  assert_int_equal(wbi_wait_end(&night, berlin, local_instant(2026, 3, 28, 12)),
                   local_instant(2026, 3, 29, 3));
  const wb_time twice = wbi_wait_end(&night, berlin, local_instant(2026, 10, 24, 12));
  assert_int_equal(clock_at(twice).offset, 2 * HOUR);
  assert_int_equal(clock_at(twice + HOUR).second, 2 * HOUR + 30 * MINUTE);
  wb_zone_unref(berlin);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_zone_at_both_edges),
      cmocka_unit_test(waits_are_monotone),
      cmocka_unit_test(failures_that_are_on_record),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

int main(void) {
  return 0; /* its tzset reads no rules */
}

#endif

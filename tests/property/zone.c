/* SPDX-License-Identifier: MIT */
/* Zones against the C library's localtime_r, which reads the same TZ strings, and against
   themselves: from an instant to local time and back. */
#define _DEFAULT_SOURCE

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "support/effort.h"
#include "support/times.h"
#include "time/time.h"

enum { HALF_HOUR = 1800 };

/* Every rule in force in the world's zones, as zoneinfo files end with it. */
static const char *const zone_texts[] = {
#include "data/zones.txt"
};

/* Rules that no place has, for the corners of the format. */
static const char *const strange_texts[] = {
    "XXX3YYY,J60/0,J300/0",
    "XXX-3YYY,59,300/24",
    "XXX12:30:15YYY11:15,J61/5,J300/-5",
    "XXX5YYY,M2.1.1/-100,M10.5.0/100",
    "XXX5YYY5,M3.2.0,M11.1.0",
    "XXX-10YYY-9,M3.2.0,M11.1.0",
    "XXX0YYY-24,M3.2.0/167,M11.1.0/-167",
};

/* Rules with turns around New Year, for which localtime_r looks into one year only. */
static const char *const winter_texts[] = {
    "XXX0YYY,0/0,J365/25",
    "XXX5YYY,0/0,J365/25",
    "XXX5YYY,M1.1.1/-100,M6.1.0",
    "XXX5YYY,M6.1.0,M12.5.0/167",
    "XXX-12YYY,M12.5.0/167,M1.1.0/-167",
    "XXX0YYY-24,M1.1.0,M12.5.0/167",
};

#if !defined(_WIN32)
/* Asserts that an instant has the same local time in the C library; returns its offset. */
static int32_t assert_as_libc(const wb_zone *zone, const char *text, wb_time at) {
  const time_t seconds = (time_t)at;
  struct tm theirs = {0};
  wb_local ours = {0, 0, 0};
  wb_date date = WB_DATE_NONE;
  const bool read =
      wb_zone_local(zone, at, &ours) == WB_OK && localtime_r(&seconds, &theirs) != NULL &&
      wb_date_make(theirs.tm_year + 1900, theirs.tm_mon + 1, theirs.tm_mday, &date) == WB_OK;
  const int32_t second = theirs.tm_hour * 3600 + theirs.tm_min * 60 + theirs.tm_sec;
  if (!read || ours.date != date || ours.second != second || ours.offset != theirs.tm_gmtoff) {
    fail_msg("%s at %lld: %d %d, not %d %d", text, (long long)at, ours.date, ours.second, date,
             second);
  }
  return ours.offset;
}

/* Compares every half hour of a year, and every second of one in which the clocks turn. */
static void assert_year_as_libc(const wb_zone *zone, const char *text, int32_t year) {
  wb_date first = 0, last = 0;
  assert_int_equal(wb_date_make(year, 1, 1, &first), WB_OK);
  assert_int_equal(wb_date_make(year + 1, 1, 1, &last), WB_OK);
  int32_t before = assert_as_libc(zone, text, first * 86400LL);
  for (wb_time at = first * 86400LL; at <= last * 86400LL; at += HALF_HOUR) {
    const int32_t offset = assert_as_libc(zone, text, at);
    for (wb_time near = offset == before ? at : at - HALF_HOUR; near < at; near++)
      assert_as_libc(zone, text, near);
    before = offset;
  }
}

/* Compares the years 1970 to 2100, or some of them where that would take long. */
static void assert_years_as_libc(const char *text) {
  const int32_t step = effort_every_case() ? 1 : 43;
  wb_zone *zone = zone_of(text);
  assert_int_equal(setenv("TZ", text, 1), 0);
  tzset();
  for (int32_t year = 1970; year <= 2100; year += step)
    assert_year_as_libc(zone, text, year);
  wb_zone_unref(zone);
}
#endif

static void zones_of_the_world_agree_with_the_c_library(void **state) {
  (void)state;
#if defined(_WIN32)
  skip(); /* its tzset reads no rules */
#else
  for (size_t i = 0; i < WBI_COUNT(zone_texts); i++)
    assert_years_as_libc(zone_texts[i]);
#endif
}

static void strange_rules_agree_with_the_c_library(void **state) {
  (void)state;
#if defined(__GLIBC__)
  for (size_t i = 0; i < WBI_COUNT(strange_texts); i++)
    assert_years_as_libc(strange_texts[i]);
#else
  skip(); /* others read fewer of them */
#endif
}

/* Asserts that an instant is found again from its local time, by one of the two folds. */
static void assert_there_and_back(const wb_zone *zone, const char *text, wb_time at) {
  wb_local local;
  wb_time first = WB_TIME_NONE, second = WB_TIME_NONE;
  assert_int_equal(wb_zone_local(zone, at, &local), WB_OK);
  assert_int_equal(wb_zone_instant(zone, &local, 0, &first), WB_OK);
  assert_int_equal(wb_zone_instant(zone, &local, 1, &second), WB_OK);
  if (first > second || (at != first && at != second)) fail_msg("%s at %lld", text, (long long)at);
}

/* Asserts that a local time means an instant that shows it, or, in a gap, the first after it. */
static void assert_back_and_there(const wb_zone *zone, const char *text, wb_time shown) {
  const wb_date date = (wb_date)(shown / 86400);
  const wb_local local = {date, (int32_t)(shown - date * 86400LL), 0};
  wb_time at = WB_TIME_NONE;
  wb_local back, before;
  assert_int_equal(wb_zone_instant(zone, &local, 0, &at), WB_OK);
  assert_int_equal(wb_zone_local(zone, at, &back), WB_OK);
  assert_int_equal(wb_zone_local(zone, at - 1, &before), WB_OK);
  const wb_time shown_back = back.date * 86400LL + back.second;
  const wb_time shown_before = before.date * 86400LL + before.second;
  if (shown_back == shown) return;
  if (shown_back < shown || shown_before >= shown) fail_msg("%s %lld", text, (long long)shown);
}

/* Tries every half hour of 2025 and ten days about it, and the second before. */
static void assert_round_trips(const char *text) {
  wb_zone *zone = zone_of(text);
  for (wb_time at = 1735689600 - 864000; at < 1735689600 + 32400000; at += HALF_HOUR) {
    assert_there_and_back(zone, text, at);
    assert_there_and_back(zone, text, at - 1);
    assert_back_and_there(zone, text, at);
    assert_back_and_there(zone, text, at - 1);
  }
  wb_zone_unref(zone);
}

static void instants_survive_local_time(void **state) {
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(zone_texts); i++)
    assert_round_trips(zone_texts[i]);
  for (size_t i = 0; i < WBI_COUNT(strange_texts); i++)
    assert_round_trips(strange_texts[i]);
  for (size_t i = 0; i < WBI_COUNT(winter_texts); i++)
    assert_round_trips(winter_texts[i]);
}

/* Checks that mangled rules are refused or work, and never do harm. */
static void mangled_rules_do_no_harm(void **state) {
  (void)state;
  const uint64_t rounds = effort(effort_every_case() ? 200000 : 50000);
  uint64_t seed = 7;
  for (uint64_t round = 0; round < rounds; round++) {
    char text[64];
    const char *from = zone_texts[round % WBI_COUNT(zone_texts)];
    const size_t length = strlen(from);
    memcpy(text, from, length + 1);
    for (int i = 0; i < 2; i++) {
      seed = seed * 6364136223846793005u + 1442695040888963407u;
      text[(seed >> 40) % length] = "0123456789,./-+:<>MJXYZ "[(seed >> 33) % 24];
    }
    wb_zone *zone = NULL;
    wb_error error = {0};
    const wb_status status = wb_zone_new(NULL, text, length, &zone, &error);
    if (status != WB_OK) {
      assert_null(zone);
      assert_int_equal(error.status, status);
      continue;
    }
    assert_there_and_back(zone, text, (wb_time)(seed >> 32));
    wb_zone_unref(zone);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(zones_of_the_world_agree_with_the_c_library),
      cmocka_unit_test(strange_rules_agree_with_the_c_library),
      cmocka_unit_test(instants_survive_local_time),
      cmocka_unit_test(mangled_rules_do_no_harm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

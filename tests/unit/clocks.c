/* SPDX-License-Identifier: MIT */
/* Clocks that turn at the edge of a year, in a leap year, or at once; and what is said of a rule
   that is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/times.h"
#include "time/time_private.h"

enum { HOUR = 3600 };

/* Local minus UTC at an instant. */
static int32_t offset(const char *rules, const char *at) {
  wb_zone *zone = zone_of(rules);
  wb_local local = {0, 0, 0};
  assert_int_equal(wb_zone_local(zone, instant(at), &local), WB_OK);
  wb_zone_unref(zone);
  return local.offset;
}

static void a_turn_to_the_day(void **state) {
  static const struct {
    const char *rules, *at;
    int32_t before; /* and an hour ahead of that from then on, or back */
    int32_t from;
  } rows[] = {
      {"AAA0BBB,J59/0,J300/0", "2028-02-28T00:00:00Z", 0, HOUR}, /* a leap year */
      {"AAA0BBB,J59/0,J300/0", "2027-02-28T00:00:00Z", 0, HOUR},
      {"AAA0BBB,J60/0,J300/0", "2028-03-01T00:00:00Z", 0, HOUR},
      {"AAA0BBB,59/0,J300/0", "2028-02-29T00:00:00Z", 0, HOUR},
      {"EST5EDT,M3.2.0,M11.1.0", "2040-03-11T07:00:00Z", -5 * HOUR, -4 * HOUR}, /* from a Sunday */
      {"EST5EDT,M3.2.0,M11.1.0", "2040-11-04T06:00:00Z", -4 * HOUR, -5 * HOUR},
      {"EST5EDT,M3.2.0,M11.1.0", "2012-11-04T06:00:00Z", -4 * HOUR, -5 * HOUR},
      {"AAA0BBB,J1/-2,J100/1", "2026-12-31T22:00:00Z", 0, HOUR}, /* the next year's */
      {"AAA0BBB,J1/-2,J100/1", "2027-04-10T00:00:00Z", HOUR, 0},
      {"AAA0BBB,J100/0,J365/26", "2027-01-01T01:00:00Z", HOUR, 0}, /* the last year's */
      {"AAA0BBB,J100/0,J365/25", "2027-01-01T00:00:00Z", HOUR, 0},
      {"AAA0BBB,J365/24,J100/1", "2027-01-01T00:00:00Z", 0, HOUR},
      {"AAA0BBB,J1/0,J100/1", "2027-01-01T00:00:00Z", 0, HOUR},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    wb_zone *zone = zone_of(rows[i].rules);
    wb_local local = {0, 0, 0};
    assert_int_equal(wb_zone_local(zone, instant(rows[i].at) - 1, &local), WB_OK);
    if (local.offset != rows[i].before || offset(rows[i].rules, rows[i].at) != rows[i].from)
      fail_msg("%s at %s", rows[i].rules, rows[i].at);
    wb_zone_unref(zone);
  }
}

/* Whether both turns are in their year or before it. */
static void daylight_time_that_ends_as_it_begins_is_none(void **state) {
  static const char *const rules[] = {"AAA0BBB,J100/2,J100/3", "AAA0BBB,J1/-2,J1/-1"};
  static const char *const instants[] = {"2026-01-01T12:00:00Z", "2026-04-10T02:00:00Z",
                                         "2026-06-01T12:00:00Z", "2026-12-31T23:00:00Z"};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rules); i++) {
    for (size_t k = 0; k < WBI_COUNT(instants); k++)
      assert_int_equal(offset(rules[i], instants[k]), 0);
  }
}

/* It is read as the turn, which is another year's. */
static void a_time_that_is_skipped_at_the_end_of_a_year(void **state) {
  (void)state;
  wb_zone *zone = zone_of("AAA0BBB,J1/-2,J100");
  const wb_local skipped = {day("2026-12-31"), 22 * HOUR + 1800, 0};
  wb_time at = 0;
  assert_int_equal(wb_zone_instant(zone, &skipped, 0, &at), WB_OK);
  assert_int_equal(at, instant("2026-12-31T22:00:00Z"));
  wb_zone_unref(zone);
}

/* Until the next turn, or for good; whichever year's it is. */
static void clocks_are_steady_until_they_turn(void **state) {
  static const struct {
    const char *rules, *at, *limit, *until;
  } rows[] = {
      {"UTC", "2026-12-01T00:00:00Z", "2027-02-01T00:00:00Z", "2027-02-01T00:00:00Z"},
      {"AAA0BBB,J100/0,J300/1", "2026-01-01T00:00:00Z", "2026-12-01T00:00:00Z",
       "2026-04-10T00:00:00Z"},
      {"AAA0BBB,J100/0,J300/1", "2026-04-10T00:00:00Z", "2026-12-01T00:00:00Z",
       "2026-10-27T00:00:00Z"},
      {"AAA0BBB,J1/-2,J100", "2026-12-01T00:00:00Z", "2026-12-31T23:00:00Z",
       "2026-12-31T22:00:00Z"},
      {"AAA0BBB,J100,J365/26", "2027-01-01T00:30:00Z", "2027-01-02T00:00:00Z",
       "2027-01-01T01:00:00Z"},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    wb_zone *zone = zone_of(rows[i].rules);
    const wb_time until = wbi_zone_steady(zone, instant(rows[i].at), instant(rows[i].limit));
    if (until != instant(rows[i].until)) fail_msg("row %d", (int)i);
    wb_zone_unref(zone);
  }
}

/* Where the clock of a zone still shows the last day of the calendar, or the first already. */
static void the_calendar_ends_for_instants_and_for_clocks(void **state) {
  (void)state;
  wb_zone *west = zone_of("AAA5"), *east = zone_of("AAA-5");
  const wb_local after = {WB_DATE_MAX + 1, 0, 0}, before = {WB_DATE_MIN - 1, 23 * HOUR, 0};
  wb_local local = {7, 7, 7};
  wb_time at = 7;
  assert_int_equal(wb_zone_local(west, WB_TIME_MAX + 1, &local), WB_E_RANGE);
  assert_int_equal(wb_zone_local(east, WB_TIME_MIN - 1, &local), WB_E_RANGE);
  assert_int_equal(local.date, 7);
  assert_int_equal(wb_zone_instant(east, &after, 0, &at), WB_E_RANGE);
  assert_int_equal(wb_zone_instant(west, &before, 0, &at), WB_E_RANGE);
  assert_int_equal(at, 7);
  wb_zone_unref(west);
  wb_zone_unref(east);
}

static void what_is_wrong_with_a_rule_is_said_where_it_is(void **state) {
  static const struct {
    const char *rules, *message;
    uint32_t column;
  } rows[] = {
      {"<ABC.5", "The name must end with >.", 5},
      {"AAA0BBB1", "A comma and a rule are expected here.", 9},
      {"AAA0BBB,M3/2.0,M11.1.0", "A point and a week are expected here.", 11},
      {"AAA0BBB,M3.2/0,M11.1.0", "A point and a weekday are expected here.", 13},
      {"AAA0BBB,J60,M11.1.0;", "Nothing may follow the rules.", 20},
      {"AAA240", "This number is out of bounds.", 4},
      {"AAA0BBB,M120.1.0,J5", "This number is out of bounds.", 10},
      {"AAA0BBB,J3650,J5", "This number is out of bounds.", 10},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    wb_zone *zone = NULL;
    wb_error error = {0};
    assert_int_not_equal(wb_zone_new(NULL, rows[i].rules, strlen(rows[i].rules), &zone, &error),
                         WB_OK);
    assert_string_equal(error.message, rows[i].message);
    assert_int_equal(error.column, rows[i].column);
    assert_null(zone);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_turn_to_the_day),
      cmocka_unit_test(daylight_time_that_ends_as_it_begins_is_none),
      cmocka_unit_test(a_time_that_is_skipped_at_the_end_of_a_year),
      cmocka_unit_test(clocks_are_steady_until_they_turn),
      cmocka_unit_test(the_calendar_ends_for_instants_and_for_clocks),
      cmocka_unit_test(what_is_wrong_with_a_rule_is_said_where_it_is),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

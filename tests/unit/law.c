/* SPDX-License-Identifier: MIT */
/* Law: what the shipped packs answer, and what a host's pack may say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <winback/action.h>

#include "support/fault.h"
#include "support/pack.h"
#include "support/times.h"
#include "time/time_private.h"

enum { HOUR = 3600, WORKDAYS = 0x3E };

/* ---- asking ---- */

static wb_law *shipped; /* set up once */

static int set_up(void **state) {
  (void)state;
  return wb_law_new(NULL, NULL, 0, &shipped, NULL) == WB_OK ? 0 : -1;
}

static int tear_down(void **state) {
  (void)state;
  wb_law_unref(shipped);
  return 0;
}

/* Asks about one zone (NULL: none) and some regions (NULL: none). */
static wb_law_answer ask(const wb_law *law, const char *zone_name, const char *regions,
                         int32_t class_, const char *at) {
  wb_zone *zone = zone_name != NULL ? zone_of(zone_name) : NULL;
  const wb_zone *zones[1] = {zone};
  wb_law_answer answer = {.size = sizeof answer};
  const wb_law_question question = {.size = sizeof question,
                                    .at = instant(at),
                                    .zones = zones,
                                    .zone_count = zone != NULL,
                                    .regions = regions,
                                    .regions_length = (uint32_t)wbi_text_of(regions).length,
                                    .message_class = class_};
  assert_int_equal(wb_law_find(law, &question, &answer), WB_OK);
  wb_zone_unref(zone);
  return answer;
}

/* Asserts the first stretch that is open for care. */
static void assert_care(const char *zone, const char *regions, const char *at,
                        const char *wanted_open, const char *wanted_until) {
  const wb_law_answer answer = ask(shipped, zone, regions, WB_MESSAGE_CARE, at);
  if (answer.open_at != instant(wanted_open) || answer.until != instant(wanted_until)) {
    fail_msg("%s: open at %lld, until %lld; wanted %lld, %lld", at, (long long)answer.open_at,
             (long long)answer.until, (long long)instant(wanted_open),
             (long long)instant(wanted_until));
  }
}

/* ---- the packs that ship ---- */

static void windows_are_half_open_and_what_is_open_is_not_pushed(void **state) {
  (void)state;
  static const char east[] = "America/New_York";
  assert_care(east, "US-CT", "2026-11-24T08:59:59-05:00", "2026-11-24T09:00:00-05:00",
              "2026-11-24T20:00:00-05:00");
  assert_care(east, "US-CT", "2026-11-24T12:34:56-05:00", "2026-11-24T12:34:56-05:00",
              "2026-11-24T20:00:00-05:00");
  assert_care(east, "US-CT", "2026-11-24T19:59:59-05:00", "2026-11-24T19:59:59-05:00",
              "2026-11-24T20:00:00-05:00");
  assert_care(east, "US-CT", "2026-11-24T20:00:00-05:00", "2026-11-25T09:00:00-05:00",
              "2026-11-25T20:00:00-05:00");
}

static void rules_are_looked_up_by_the_day_of_the_message(void **state) {
  (void)state;
  static const char east[] = "America/New_York";
  /* Pennsylvania from 2026-10-18, a Sunday: 09:00-19:00 and never on Sundays. */
  assert_care(east, "US-PA", "2026-10-17T08:00:00-04:00", "2026-10-17T08:00:00-04:00",
              "2026-10-17T21:00:00-04:00");
  assert_care(east, "US-PA", "2026-10-17T21:00:00-04:00", "2026-10-19T09:00:00-04:00",
              "2026-10-19T19:00:00-04:00");
}

static void holidays_and_the_days_they_are_observed_are_closed(void **state) {
  (void)state;
  static const struct {
    const char *region, *zone, *at, *open;
  } rows[] = {
      {"US-PA", "America/New_York", "2026-11-26T12:00:00-05:00", "2026-11-27T09:00:00-05:00"},
      {"US-PA", "America/New_York", "2027-03-26T12:00:00-04:00", "2027-03-27T09:00:00-04:00"},
      {"US-PA", "America/New_York", "2027-06-14T12:00:00-04:00", "2027-06-15T09:00:00-04:00"},
      {"US-PA", "America/New_York", "2027-11-02T12:00:00-04:00", "2027-11-03T09:00:00-04:00"},
      {"US-AL", "America/Chicago", "2027-02-09T12:00:00-06:00", "2027-02-10T08:00:00-06:00"},
      {"US-AL", "America/Chicago", "2027-04-26T12:00:00-05:00", "2027-04-27T08:00:00-05:00"},
      {"US-AL", "America/Chicago", "2027-06-07T12:00:00-05:00", "2027-06-08T08:00:00-05:00"},
      {"US-AL", "America/Chicago", "2027-06-18T12:00:00-05:00", "2027-06-21T08:00:00-05:00"},
      {"US-AL", "America/Chicago", "2027-07-03T20:00:00-05:00", "2027-07-06T08:00:00-05:00"},
      {"US-AL", "America/Chicago", "2027-12-24T12:00:00-06:00", "2027-12-27T08:00:00-06:00"},
      {"US-LA", "America/Chicago", "2027-11-01T12:00:00-05:00", "2027-11-02T08:00:00-05:00"},
      {"US-LA", "America/Chicago", "2026-11-26T12:00:00-06:00", "2026-11-28T08:00:00-06:00"},
      {"US-RI", "America/New_York", "2027-08-09T12:00:00-04:00", "2027-08-10T09:00:00-04:00"},
      {"US-UT", "America/Denver", "2027-07-23T12:00:00-06:00", "2027-07-26T08:00:00-06:00"},
  };
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    const wb_law_answer answer =
        ask(shipped, rows[i].zone, rows[i].region, WB_MESSAGE_BILLING, rows[i].at);
    if (answer.open_at != instant(rows[i].open)) fail_msg("%s %s", rows[i].region, rows[i].at);
  }
  /* A place without such a ban is open on Thanksgiving. */
  assert_care("America/New_York", "US-NY", "2026-11-26T12:00:00-05:00", "2026-11-26T12:00:00-05:00",
              "2026-11-26T21:00:00-05:00");
}

static void classes_have_their_own_hours(void **state) {
  (void)state;
  static const char east[] = "America/New_York", night[] = "2026-11-26T07:59:00-05:00";
  const wb_law_answer visit = ask(shipped, east, "US-PA", WB_MESSAGE_TRANSACTIONAL, night);
  assert_int_equal(visit.open_at, instant("2026-11-26T08:00:00-05:00"));
  assert_int_equal(visit.until, instant("2026-11-26T21:00:00-05:00"));
  assert_string_equal(visit.rule, "us-tcpa-hours");
  assert_string_equal(visit.held_by, "us-tcpa-hours");
  const wb_law_answer urgent = ask(shipped, east, "US-PA", WB_MESSAGE_URGENT, night);
  assert_int_equal(urgent.open_at, instant(night));
  assert_int_equal(urgent.until, instant(night) + 14 * WBI_DAY);
  assert_string_equal(urgent.rule, "");
  assert_string_equal(urgent.held_by, "");
  const wb_law_answer offer = ask(shipped, east, "US-PA", WB_MESSAGE_OFFER, night);
  assert_int_equal(offer.open_at, instant("2026-11-27T09:00:00-05:00"));
  assert_string_equal(offer.rule, "us-pa-hours");
}

static void an_unknown_state_is_all_of_them(void **state) {
  (void)state;
  static const char east[] = "America/New_York";
  const char *const names[] = {"US", "US-ZZ", NULL};
  for (size_t i = 0; i < WBI_COUNT(names); i++) {
    assert_care(east, names[i], "2026-11-27T18:00:00-05:00", "2026-11-28T10:00:00-05:00",
                "2026-11-28T17:00:00-05:00");
    assert_care(east, names[i], "2026-11-28T17:00:00-05:00", "2026-11-30T10:00:00-05:00",
                "2026-11-30T18:00:00-05:00");
    /* Thanksgiving, and the Friday after it, which is one in Louisiana. */
    assert_care(east, names[i], "2026-11-25T18:00:00-05:00", "2026-11-28T10:00:00-05:00",
                "2026-11-28T17:00:00-05:00");
  }
  assert_care(east, "US-KY, US-RI", "2026-11-24T08:00:00-05:00", "2026-11-24T10:00:00-05:00",
              "2026-11-24T18:00:00-05:00");
}

/* A slip of the pen is told; that no state is known is not one. */
static void a_state_that_there_is_not_is_told(void **state) {
  (void)state;
  static const struct {
    const char *regions;
    uint32_t flags;
  } rows[] = {{"US-NY", 0},
              {"US", 0},
              {"US-ZZ", WB_LAW_UNCERTAIN},
              {"US-NY, US-ZZ", WB_LAW_UNCERTAIN},
              {"US-ny", WB_LAW_UNCERTAIN},
              {"XX-NY", WB_LAW_CLOSED | WB_LAW_NOWHERE}};
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    const wb_law_answer answer = ask(shipped, "America/New_York", rows[i].regions, WB_MESSAGE_CARE,
                                     "2026-11-24T12:00:00-05:00");
    assert_int_equal(answer.flags, rows[i].flags);
  }
}

static void an_unknown_zone_is_all_of_the_region(void **state) {
  (void)state;
  /* Eastern and Central: nine in Central is ten in Eastern. */
  assert_care(NULL, "US-TN", "2026-11-24T05:00:00-06:00", "2026-11-24T08:00:00-06:00",
              "2026-11-24T21:00:00-05:00");
  assert_care(NULL, "US-NY", "2026-11-24T05:00:00-05:00", "2026-11-24T08:00:00-05:00",
              "2026-11-24T21:00:00-05:00");
  /* Arizona keeps winter time, the Navajo Nation in it does not. */
  assert_care(NULL, "US-AZ", "2026-07-01T05:00:00-07:00", "2026-07-01T08:00:00-07:00",
              "2026-07-01T20:00:00-07:00");
  /* From Guam to Puerto Rico there is no common hour. */
  const wb_law_answer answer =
      ask(shipped, NULL, "US", WB_MESSAGE_CARE, "2026-11-24T12:00:00-05:00");
  assert_int_equal(answer.flags, WB_LAW_CLOSED);
}

static void several_zones_are_all_kept(void **state) {
  (void)state;
  wb_zone *east = zone_of("America/New_York"), *west = zone_of("PST8PDT,M3.2.0,M11.1.0");
  const wb_zone *zones[2] = {east, west};
  wb_law_answer answer = {.size = sizeof answer};
  const wb_law_question question = {.size = sizeof question,
                                    .at = instant("2026-11-24T05:00:00Z"),
                                    .zones = zones,
                                    .zone_count = 2,
                                    .regions = "US-NY",
                                    .regions_length = 5,
                                    .message_class = WB_MESSAGE_CARE};
  assert_int_equal(wb_law_find(shipped, &question, &answer), WB_OK);
  assert_int_equal(answer.open_at, instant("2026-11-24T08:00:00-08:00"));
  assert_int_equal(answer.until, instant("2026-11-24T21:00:00-05:00"));
  wb_zone_unref(east);
  wb_zone_unref(west);
}

static void the_country_of_a_zone_is_that_of_its_name_or_else_its_clock(void **state) {
  (void)state;
  /* Toronto by name is Canada, to 21:30; its clock alone may be in the United States. */
  assert_care("America/Toronto", NULL, "2026-11-24T18:00:00-05:00", "2026-11-24T18:00:00-05:00",
              "2026-11-24T21:30:00-05:00");
  assert_care("US/Eastern", NULL, "2026-11-24T17:00:00-05:00", "2026-11-24T17:00:00-05:00",
              "2026-11-24T18:00:00-05:00");
  assert_care("EST5EDT,M3.2.0,M11.1.0", NULL, "2026-11-28T10:00:00-05:00",
              "2026-11-28T10:00:00-05:00", "2026-11-28T17:00:00-05:00");
}

static void the_place_is_the_region_or_the_one_country_of_the_zone(void **state) {
  (void)state;
  static const struct {
    const char *region, *zone, *place; /* zone NULL: none */
  } rows[] = {
      {"US-NY", "America/New_York", "US-NY"},
      {"FR", "America/New_York", "FR"},
      {"", "America/New_York", "US"},
      {"", "US/Eastern", "US"},
      {"", "America/Toronto", "CA"},
      {"", "Europe/London", "GB"},
      {"", "Australia/Sydney", "AU"},
      {"", "HST10", "US"},
      {"", "EST5EDT,M3.2.0,M11.1.0", ""}, /* the clock of two countries */
      {"", "Asia/Tokyo", ""},
      {"", NULL, ""},
  };
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    wb_zone *zone = rows[i].zone != NULL ? zone_of(rows[i].zone) : NULL;
    const wbi_text place = wbi_law_place(shipped, wbi_text_of(rows[i].region), zone);
    if (!wbi_text_equal(place, wbi_text_of(rows[i].place))) fail_msg("row %d", (int)i);
    wb_zone_unref(zone);
  }
}

static void other_countries_have_packs(void **state) {
  (void)state;
  assert_care("Europe/London", "GB-ENG", "2026-11-28T08:00:00Z", "2026-11-28T10:00:00Z",
              "2026-11-28T18:00:00Z");
  assert_care("Australia/Sydney", "AU-NSW", "2026-12-24T20:00:00+11:00",
              "2026-12-29T09:00:00+11:00", "2026-12-29T20:00:00+11:00");
  assert_care("America/Vancouver", "CA-BC", "2026-11-28T17:59:59-07:00",
              "2026-11-28T17:59:59-07:00", "2026-11-28T18:00:00-07:00");
}

static void a_place_of_which_no_pack_knows_is_closed(void **state) {
  (void)state;
  const char *const regions[] = {"MX-DIF", "US-NY,MX", "USA", "us-ny"};
  for (size_t i = 0; i < WBI_COUNT(regions); i++) {
    const wb_law_answer answer =
        ask(shipped, "America/New_York", regions[i], WB_MESSAGE_CARE, "2026-11-24T12:00:00-05:00");
    assert_int_equal(answer.flags, WB_LAW_CLOSED | WB_LAW_NOWHERE);
    assert_true(answer.open_at == WB_TIME_NONE && answer.until == WB_TIME_NONE);
    assert_string_equal(answer.held_by, "no-rule");
  }
  const wb_law_answer paris =
      ask(shipped, "Europe/Paris", NULL, WB_MESSAGE_URGENT, "2026-11-24T12:00:00Z");
  assert_int_equal(paris.flags, WB_LAW_CLOSED | WB_LAW_NOWHERE);
}

static void before_the_first_rule_all_is_closed(void **state) {
  (void)state;
  const wb_law_answer answer =
      ask(shipped, "America/New_York", "US-NY", WB_MESSAGE_CARE, "1990-11-24T12:00:00-05:00");
  assert_int_equal(answer.flags, WB_LAW_CLOSED);
  assert_string_equal(answer.held_by, "no-rule");
  assert_care("America/New_York", "US-NY", "1992-12-19T12:00:00-05:00", "1992-12-20T08:00:00-05:00",
              "1992-12-20T21:00:00-05:00");
}

static void a_pack_past_its_review_is_stale_and_narrow(void **state) {
  (void)state;
  static const char east[] = "America/New_York";
  const wb_law_answer before =
      ask(shipped, east, "US-NY", WB_MESSAGE_CARE, "2027-12-31T20:59:59-05:00");
  assert_int_equal(before.flags, 0);
  assert_int_equal(before.until, instant("2027-12-31T21:00:00-05:00"));
  const wb_law_answer care =
      ask(shipped, east, "US-NY", WB_MESSAGE_CARE, "2027-12-31T21:00:00-05:00");
  assert_int_equal(care.flags, WB_LAW_STALE);
  assert_int_equal(care.open_at, instant("2028-01-01T10:00:00-05:00")); /* Saturday */
  assert_int_equal(care.until, instant("2028-01-01T17:00:00-05:00"));
  assert_string_equal(care.rule, "us-stale");
  const wb_law_answer sunday =
      ask(shipped, east, "US-NY", WB_MESSAGE_OFFER, "2028-01-01T17:00:00-05:00");
  assert_int_equal(sunday.open_at, instant("2028-01-03T10:00:00-05:00"));
  assert_int_equal(sunday.until, instant("2028-01-03T18:00:00-05:00"));
  const wb_law_answer visit =
      ask(shipped, east, "US-NY", WB_MESSAGE_TRANSACTIONAL, "2028-01-02T09:00:00-05:00");
  assert_int_equal(visit.flags, WB_LAW_STALE);
  assert_int_equal(visit.open_at, instant("2028-01-02T09:00:00-05:00"));
  const wb_law_answer urgent =
      ask(shipped, east, "US-NY", WB_MESSAGE_URGENT, "2028-01-02T03:00:00-05:00");
  assert_int_equal(urgent.flags, WB_LAW_STALE);
  assert_int_equal(urgent.open_at, instant("2028-01-02T03:00:00-05:00"));
}

/* ---- hours of the location and the patient ---- */

/* Asks with hours and preference in New York. */
static wb_law_answer ask_hours(const wb_window *hours, uint32_t hours_count,
                               const wb_zone *hours_zone, const wb_window *preference,
                               uint32_t preference_count, const char *at) {
  wb_law_answer answer = {.size = sizeof answer};
  wb_zone *zone = zone_of("America/New_York");
  const wb_zone *zones[1] = {zone};
  const wb_law_question question = {.size = sizeof question,
                                    .at = instant(at),
                                    .zones = zones,
                                    .zone_count = 1,
                                    .regions = "US-NY",
                                    .regions_length = 5,
                                    .hours = hours,
                                    .hours_count = hours_count,
                                    .hours_zone = hours_zone,
                                    .preference = preference,
                                    .preference_count = preference_count,
                                    .message_class = WB_MESSAGE_CARE};
  assert_int_equal(wb_law_find(shipped, &question, &answer), WB_OK);
  wb_zone_unref(zone);
  return answer;
}

static void hours_and_preference_bind_too(void **state) {
  (void)state;
  const wb_window hours = {WORKDAYS, 9 * HOUR, 17 * HOUR};
  const wb_window evening = {WB_WEEKDAYS_ALL, 16 * HOUR, 2 * HOUR};
  const wb_law_answer both = ask_hours(&hours, 1, NULL, &evening, 1, "2026-11-27T17:00:00-05:00");
  assert_int_equal(both.open_at, instant("2026-11-30T16:00:00-05:00"));
  assert_int_equal(both.until, instant("2026-11-30T17:00:00-05:00"));
  assert_string_equal(both.rule, "hours");
  assert_string_equal(both.held_by, "preference");
  wb_zone *west = zone_of("America/Los_Angeles");
  const wb_law_answer far = ask_hours(&hours, 1, west, NULL, 0, "2026-11-27T17:30:00-05:00");
  assert_int_equal(far.open_at, instant("2026-11-27T17:30:00-05:00"));
  assert_int_equal(far.until, instant("2026-11-27T20:00:00-05:00"));
  const wb_law_answer later = ask_hours(&hours, 1, west, NULL, 0, "2026-11-27T20:00:00-05:00");
  assert_int_equal(later.open_at, instant("2026-11-30T12:00:00-05:00"));
  wb_zone_unref(west);
}

static void of_what_opens_at_once_the_preference_is_told(void **state) {
  (void)state;
  const wb_window day_time = {WORKDAYS, 9 * HOUR, 17 * HOUR};
  const wb_law_answer answer =
      ask_hours(&day_time, 1, NULL, &day_time, 1, "2026-11-27T18:00:00-05:00");
  assert_int_equal(answer.open_at, instant("2026-11-30T09:00:00-05:00"));
  assert_string_equal(answer.held_by, "preference");
  assert_int_equal(answer.until, instant("2026-11-30T17:00:00-05:00"));
  assert_string_equal(answer.rule, "preference");
}

static void a_window_may_end_at_midnight_either_way(void **state) {
  (void)state;
  for (int32_t end = 0; end <= 24 * HOUR; end += 24 * HOUR) {
    const wb_window evening = {WB_WEEKDAYS_ALL, 18 * HOUR, end};
    const wb_law_answer answer = ask_hours(&evening, 1, NULL, NULL, 0, "2026-11-24T12:00:00-05:00");
    assert_int_equal(answer.open_at, instant("2026-11-24T18:00:00-05:00"));
  }
}

static void a_window_may_pass_midnight(void **state) {
  (void)state;
  const wb_window night = {1u << 7, 20 * HOUR, 9 * HOUR}; /* Sunday evening to Monday morning */
  const wb_law_answer first = ask_hours(NULL, 0, NULL, &night, 1, "2026-11-28T12:00:00-05:00");
  assert_int_equal(first.open_at, instant("2026-11-29T20:00:00-05:00"));
  assert_int_equal(first.until, instant("2026-11-29T21:00:00-05:00"));
  const wb_law_answer second = ask_hours(NULL, 0, NULL, &night, 1, "2026-11-29T21:00:00-05:00");
  assert_int_equal(second.open_at, instant("2026-11-30T08:00:00-05:00"));
  assert_int_equal(second.until, instant("2026-11-30T09:00:00-05:00"));
  const wb_window morning = {1u << 7, 24 * HOUR, 9 * HOUR}; /* all of it on Monday */
  const wb_law_answer third = ask_hours(NULL, 0, NULL, &morning, 1, "2026-11-28T12:00:00-05:00");
  assert_int_equal(third.open_at, instant("2026-11-30T08:00:00-05:00"));
  assert_int_equal(third.until, instant("2026-11-30T09:00:00-05:00"));
}

static void equal_ends_and_no_days_are_closed(void **state) {
  (void)state;
  const wb_window closed[] = {{WB_WEEKDAYS_ALL, 9 * HOUR, 9 * HOUR}, {0, 0, 24 * HOUR}};
  const wb_law_answer answer = ask_hours(closed, 2, NULL, NULL, 0, "2026-11-28T12:00:00-05:00");
  assert_int_equal(answer.flags, WB_LAW_CLOSED);
  assert_string_equal(answer.held_by, "hours");
}

static void questions_that_make_no_sense_are_refused(void **state) {
  (void)state;
  wb_zone *zone = zone_of("UTC");
  const wb_zone *zones[17] = {zone, NULL};
  const wb_window windows[] = {{WB_WEEKDAYS_ALL, -1, 1},
                               {WB_WEEKDAYS_ALL, 0, 24 * HOUR + 1},
                               {WB_WEEKDAYS_ALL, 0, -1},
                               {WB_WEEKDAYS_ALL, 24 * HOUR + 1, 1},
                               {1, 0, 1}};
  static const char many[] = "US-A US-B US-C US-D US-E US-F US-G US-H US-I US-J US-K US-L US-M "
                             "US-N US-O US-P US-Q";
  const wb_law_question good = {.size = sizeof good,
                                .zones = zones,
                                .zone_count = 1,
                                .regions = "US",
                                .regions_length = 2,
                                .message_class = WB_MESSAGE_CARE};
  wb_law_answer answer = {.size = sizeof answer, .until = 7};
  wb_law_question bad = good;
  assert_int_equal(wb_law_find(shipped, NULL, &answer), WB_E_INVALID);
  assert_int_equal(wb_law_find(NULL, &good, &answer), WB_E_INVALID);
  assert_int_equal(wb_law_find(shipped, &good, NULL), WB_E_INVALID);
  bad.message_class = 0;
  assert_int_equal(wb_law_find(shipped, &bad, &answer), WB_E_INVALID);
  bad.message_class = WB_MESSAGE_URGENT + 1;
  assert_int_equal(wb_law_find(shipped, &bad, &answer), WB_E_INVALID);
  bad = good, bad.at = WB_TIME_NONE;
  assert_int_equal(wb_law_find(shipped, &bad, &answer), WB_E_RANGE);
  bad = good, bad.zone_count = 17;
  assert_int_equal(wb_law_find(shipped, &bad, &answer), WB_E_LIMIT);
  bad.zone_count = 16; /* as many as there may be; but they are missing */
  assert_int_equal(wb_law_find(shipped, &bad, &answer), WB_E_INVALID);
  bad = good, bad.zone_count = 2;
  assert_int_equal(wb_law_find(shipped, &bad, &answer), WB_E_INVALID);
  bad = good, bad.zones = NULL;
  assert_int_equal(wb_law_find(shipped, &bad, &answer), WB_E_INVALID);
  bad = good, bad.regions = NULL;
  assert_int_equal(wb_law_find(shipped, &bad, &answer), WB_E_INVALID);
  bad = good, bad.regions = many, bad.regions_length = sizeof many - 1;
  assert_int_equal(wb_law_find(shipped, &bad, &answer), WB_E_LIMIT);
  bad = good, bad.zone_count = 0, bad.regions = " , ", bad.regions_length = 3;
  assert_int_equal(wb_law_find(shipped, &bad, &answer), WB_E_INVALID);
  bad = good, bad.hours_count = 1;
  assert_int_equal(wb_law_find(shipped, &bad, &answer), WB_E_INVALID);
  for (size_t i = 0; i < WBI_COUNT(windows); i++) {
    bad = good, bad.preference = &windows[i], bad.preference_count = 1;
    assert_int_equal(wb_law_find(shipped, &bad, &answer), WB_E_INVALID);
  }
  bad = good, bad.size = 8;
  assert_int_equal(wb_law_find(shipped, &bad, &answer), WB_E_INVALID);
  bad = good, bad.flags = 1;
  assert_int_equal(wb_law_find(shipped, &bad, &answer), WB_E_VERSION);
  assert_int_equal(answer.until, 7);
  wb_zone_unref(zone);
}

static void the_calendar_ends(void **state) {
  (void)state;
  const wb_law_answer last =
      ask(shipped, "America/New_York", "US-NY", WB_MESSAGE_URGENT, "9999-12-31T23:59:58Z");
  assert_int_equal(last.open_at, instant("9999-12-31T23:59:58Z"));
  assert_int_equal(last.until, WB_TIME_MAX);
  const wb_law_answer none =
      ask(shipped, "America/New_York", "US-NY", WB_MESSAGE_CARE, "9999-12-31T23:59:58Z");
  assert_int_equal(none.flags, WB_LAW_CLOSED | WB_LAW_STALE);
  const wb_law_answer first =
      ask(shipped, "America/New_York", "US-NY", WB_MESSAGE_CARE, "0001-01-01T00:00:00Z");
  assert_int_equal(first.flags, WB_LAW_CLOSED);
  /* The day ends in a zone, and in that of the hours, before it does in UTC. */
  const wb_law_answer east =
      ask(shipped, "XXX-5", "US-NY", WB_MESSAGE_CARE, "9999-12-31T17:30:00Z");
  assert_int_equal(east.flags, WB_LAW_CLOSED | WB_LAW_STALE);
  const wb_window hours = {WB_WEEKDAYS_ALL, 0, 24 * HOUR};
  wb_zone *ahead = zone_of("XXX-10");
  const wb_law_answer far = ask_hours(&hours, 1, ahead, NULL, 0, "9999-12-31T15:00:00Z");
  assert_int_equal(far.flags, WB_LAW_CLOSED | WB_LAW_STALE);
  assert_string_equal(far.held_by, "hours");
  wb_zone_unref(ahead);
}

/* ---- rules one by one ---- */

static void rules_can_be_listed_by_kind_place_class_and_day(void **state) {
  (void)state;
  wb_law_rule rule = {.size = sizeof rule};
  uint64_t cursor = 0;
  assert_int_equal(wb_law_next(shipped, WB_LAW_CAP, "US-FL", 5, WB_MESSAGE_OFFER, day("2026-11-24"),
                               &cursor, &rule),
                   WB_OK);
  assert_string_equal(rule.id, "us-fl-cap");
  assert_string_equal(rule.pack, "us");
  assert_string_equal(rule.version, "2026-11-23");
  assert_string_equal(rule.source, "Fla. Stat. 501.616(6)");
  assert_int_equal(rule.amount, 3);
  assert_int_equal(rule.seconds, 86400);
  assert_int_equal(rule.confidence, 'V');
  assert_int_equal(rule.effective_from, day("2021-07-01"));
  assert_int_equal(rule.effective_to, WB_DATE_NONE);
  assert_int_equal(rule.review_by, day("2027-12-31"));
  assert_int_equal(wb_law_next(shipped, WB_LAW_CAP, "US-FL", 5, WB_MESSAGE_OFFER, day("2026-11-24"),
                               &cursor, &rule),
                   WB_E_NAME);
  for (int32_t before = 0; before <= 1; before++) { /* in force from its first day on */
    cursor = 0;
    assert_int_equal(wb_law_next(shipped, WB_LAW_CAP, "US-FL", 5, WB_MESSAGE_OFFER,
                                 day("2021-07-01") - before, &cursor, &rule),
                     before ? WB_E_NAME : WB_OK);
  }
  cursor = 0;
  assert_int_equal(wb_law_next(shipped, WB_LAW_CAP, "US-OR", 5, WB_MESSAGE_OFFER, day("2025-12-31"),
                               &cursor, &rule),
                   WB_E_NAME);
  assert_int_equal(wb_law_next(shipped, WB_LAW_CONSENT, "US-TX", 5, WB_MESSAGE_OFFER, WB_DATE_NONE,
                               &cursor, &rule),
                   WB_OK);
  assert_string_equal(rule.name, "none");
  assert_int_equal(rule.channels, 1u << 2);  /* e-mail */
  static const int32_t none[] = {-1, 7, 33}; /* a shift by 33 may be one by 1 */
  for (size_t i = 0; i < sizeof none / sizeof *none; i++)
    assert_int_equal(wb_law_next(shipped, 0, NULL, 0, none[i], WB_DATE_NONE, &(uint64_t){0}, &rule),
                     WB_E_NAME);
  assert_int_equal(wb_law_next(shipped, WB_LAW_CONSENT, "US-TX", 5, WB_MESSAGE_OFFER, WB_DATE_NONE,
                               &cursor, &rule),
                   WB_OK);
  assert_string_equal(rule.name, "written");
  assert_int_equal(rule.channels, 1u << 1 | 1u << 3); /* texts and calls */
  cursor = 0;
  assert_int_equal(wb_law_next(shipped, WB_LAW_TERM, "US-TX", 5, 0, WB_DATE_NONE, &cursor, &rule),
                   WB_OK);
  assert_string_equal(rule.name, "seen");
  assert_int_equal(rule.amount, 24);
  cursor = 0;
  assert_int_equal(wb_law_next(shipped, WB_LAW_KEYWORDS, "US", 2, 0, WB_DATE_NONE, &cursor, &rule),
                   WB_OK);
  assert_string_equal(rule.name, "opt_out");
  assert_memory_equal(rule.words, "stop\nquit\nend\n", 14);
  cursor = 0;
  assert_int_equal(wb_law_next(shipped, 0, "XX", 2, 0, WB_DATE_NONE, &cursor, &rule), WB_E_NAME);
  assert_int_equal(wb_law_next(shipped, 0, NULL, 0, 7, WB_DATE_NONE, &cursor, &rule), WB_E_NAME);
  assert_int_equal(wb_law_next(shipped, 0, NULL, 0, -1, WB_DATE_NONE, &cursor, &rule), WB_E_NAME);
  assert_int_equal(wb_law_next(shipped, 0, NULL, 0, 0, WB_DATE_NONE, &cursor, NULL), WB_E_INVALID);
  rule.size = 4;
  assert_int_equal(wb_law_next(shipped, 0, NULL, 0, 0, WB_DATE_NONE, &cursor, &rule), WB_E_INVALID);
  assert_int_equal(cursor, 0);
}

static void every_rule_names_its_source_and_every_country_its_needs(void **state) {
  (void)state;
  wb_law_rule rule = {.size = sizeof rule};
  uint64_t cursor = 0, count = 0;
  while (wb_law_next(shipped, 0, NULL, 0, 0, WB_DATE_NONE, &cursor, &rule) == WB_OK) {
    assert_true(strlen(rule.id) > 3 && strlen(rule.source) > 5);
    assert_memory_equal(rule.id, rule.pack, 2);
    assert_true(rule.classes != 0 && strchr("VSKCMO", rule.confidence) != NULL);
    count++;
  }
  assert_true(count > 100);
  const char *const countries[] = {"US", "CA", "GB", "AU"};
  for (size_t i = 0; i < WBI_COUNT(countries); i++) {
    for (int32_t class_ = WB_MESSAGE_TRANSACTIONAL; class_ <= WB_MESSAGE_URGENT; class_++) {
      for (int32_t kind = WB_LAW_HOURS; kind <= WB_LAW_OPT_OUT; kind++) {
        cursor = 0;
        if (kind == WB_LAW_CAP) continue;
        assert_int_equal(
            wb_law_next(shipped, kind, countries[i], 2, class_, day("2026-11-24"), &cursor, &rule),
            WB_OK);
      }
    }
  }
}

static void business_days_skip_weekends_and_holidays(void **state) {
  (void)state;
  static const struct {
    const char *region, *from;
    int32_t days;
    const char *to;
  } rows[] = {
      {"US-PA", "2026-11-25", 1, "2026-11-27"}, {"US", "2026-11-25", 2, "2026-11-30"},
      {"US", "2026-11-24", 0, "2026-11-24"},    {"US", "2026-11-26", 0, "2026-11-27"},
      {"US", "2026-11-28", 0, "2026-11-30"},    {"US", "2026-11-30", -1, "2026-11-27"},
      {"US", "2026-11-27", -1, "2026-11-25"},   {"US", "2027-07-02", 1, "2027-07-06"},
      {"US", "2026-11-23", 10, "2026-12-08"},   {"GB", "2027-12-24", 1, "2027-12-29"},
      {"AU-WA", "2027-03-25", 1, "2027-03-30"}, {"CA", "2026-05-15", 1, "2026-05-19"},
  };
  wb_date out = 7;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    assert_int_equal(wb_law_add_business(shipped, rows[i].region, strlen(rows[i].region),
                                         day(rows[i].from), rows[i].days, &out),
                     WB_OK);
    if (out != day(rows[i].to)) fail_msg("%s %s %d", rows[i].region, rows[i].from, rows[i].days);
  }
  out = 7;
  assert_int_equal(wb_law_add_business(shipped, "MX", 2, 0, 1, &out), WB_E_NAME);
  assert_int_equal(wb_law_add_business(shipped, NULL, 0, 0, 1, &out), WB_E_INVALID);
  assert_int_equal(wb_law_add_business(shipped, "US", 2, 0, 1, NULL), WB_E_INVALID);
  for (int32_t days = -1000; days <= 1000; days += 2000)
    assert_int_equal(wb_law_add_business(shipped, "US", 2, 20000, days, &(wb_date){0}), WB_OK);
  assert_int_equal(wb_law_add_business(shipped, "US", 2, 0, 1001, &out), WB_E_RANGE);
  assert_int_equal(wb_law_add_business(shipped, "US", 2, 0, -1001, &out), WB_E_RANGE);
  assert_int_equal(wb_law_add_business(shipped, "US", 2, WB_DATE_NONE, 1, &out), WB_E_RANGE);
  assert_int_equal(wb_law_add_business(shipped, "US", 2, WB_DATE_MAX, 1, &out), WB_E_RANGE);
  assert_int_equal(wb_law_add_business(shipped, "US", 2, WB_DATE_MIN, -1, &out), WB_E_RANGE);
  assert_int_equal(wb_law_add_business(shipped, "US", 2, WB_DATE_MIN - 1, 1, &out), WB_E_RANGE);
  assert_int_equal(wb_law_add_business(shipped, "US", 2, WB_DATE_MAX + 1, -1, &out), WB_E_RANGE);
  assert_int_equal(out, 7);
}

/* ---- a host's own pack ---- */

static void a_host_may_give_its_own_pack(void **state) {
  (void)state;
  static const char json[] =
      OWN("{" RULE_HEAD "\"kind\": \"hours\", \"closed_on\": [\"feasts\"], \"hours\": "
          "{\"mon-fri\": [\"09:00-12:00\", \"22:00-01:00\"], \"sat\": \"06:00-06:00\", "
          "\"sun\": \"23:00-02:00\"}}");
  wb_law *law = NULL;
  wb_error error = {0};
  assert_int_equal(wb_law_new(NULL, json, strlen(json), &law, &error), WB_OK);
  assert_ptr_equal(wb_law_ref(law), law);
  wb_law_unref(law);
  /* Friday's late window ends on Saturday, Sunday's on Monday. */
  static const struct {
    const char *at, *open, *until;
  } rows[] = {
      {"2026-11-27T12:00:00Z", "2026-11-27T22:00:00Z", "2026-11-28T01:00:00Z"},
      {"2026-11-28T00:30:00Z", "2026-11-28T00:30:00Z", "2026-11-28T01:00:00Z"},
      {"2026-11-28T01:00:00Z", "2026-11-29T23:00:00Z", "2026-11-30T02:00:00Z"},
      {"2026-11-30T02:00:00Z", "2026-11-30T09:00:00Z", "2026-11-30T12:00:00Z"},
      /* Monday 2027-03-01 is the feast. */
      {"2027-02-28T23:30:00Z", "2027-02-28T23:30:00Z", "2027-03-01T00:00:00Z"},
      {"2027-03-01T00:00:00Z", "2027-03-02T00:00:00Z", "2027-03-02T01:00:00Z"},
  };
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    const wb_law_answer answer = ask(law, "UTC", "XA", WB_MESSAGE_CARE, rows[i].at);
    if (answer.open_at != instant(rows[i].open) || answer.until != instant(rows[i].until)) {
      fail_msg("%s: %lld %lld", rows[i].at, (long long)answer.open_at, (long long)answer.until);
    }
  }
  wb_law_unref(law);
  wb_law_unref(NULL);
  assert_null(wb_law_ref(NULL));
}

/* To the second: a rule that is in force from the first of 2000 on, and nothing before it. */
static void what_opens_in_14_days_is_found_and_no_later(void **state) {
  (void)state;
  static const char json[] = HOURS("{\"mon-sun\": \"00:00-24:00\"}");
  wb_law *law = NULL;
  assert_int_equal(wb_law_new(NULL, json, strlen(json), &law, NULL), WB_OK);
  const wb_law_answer found = ask(law, "UTC", "XA", WB_MESSAGE_CARE, "1999-12-18T00:00:00Z");
  assert_int_equal(found.flags, 0);
  assert_int_equal(found.open_at, instant("2000-01-01T00:00:00Z"));
  assert_string_equal(found.held_by, "no-rule");
  const wb_law_answer later = ask(law, "UTC", "XA", WB_MESSAGE_CARE, "1999-12-17T23:59:59Z");
  assert_int_equal(later.flags, WB_LAW_CLOSED);
  wb_law_unref(law);
}

/* In Tokyo the calendar ends nine hours before it does in UTC, and with it what is known. */
static void nothing_is_open_after_the_calendar(void **state) {
  (void)state;
  static const char json[] =
      "{\"pack\": \"own\", \"country\": \"XA\", \"version\": \"1\", \"review_by\": "
      "\"9999-12-31\", " REGIONS CALENDARS STALE "\"rules\": [" RULE(
          "r", "\"kind\": \"hours\", \"hours\": {\"mon-sun\": \"00:00-24:00\"}") "]}";
  wb_law *law = NULL;
  assert_int_equal(wb_law_new(NULL, json, strlen(json), &law, NULL), WB_OK);
  wb_law_answer answer = ask(law, "Asia/Tokyo", "XA-B", WB_MESSAGE_CARE, "9999-12-31T14:00:00Z");
  assert_int_equal(answer.flags, 0);
  assert_int_equal(answer.open_at, instant("9999-12-31T14:00:00Z"));
  assert_int_equal(answer.until, instant("9999-12-31T15:00:00Z"));
  answer = ask(law, "Asia/Tokyo", "XA-B", WB_MESSAGE_CARE, "9999-12-31T15:00:00Z");
  assert_int_equal(answer.flags & WB_LAW_CLOSED, WB_LAW_CLOSED);
  answer = ask(law, "UTC", "XA", WB_MESSAGE_CARE, "9999-12-31T15:00:00Z");
  assert_int_equal(answer.until, WB_TIME_MAX);
  wb_law_unref(law);
}

static void a_law_lives_until_its_last_user_is_gone(void **state) {
  (void)state;
  fault_memory memory;
  wb_context *context = fault_context(&memory);
  wb_law *law = NULL;
  const uint64_t without = memory.live;
  assert_int_equal(wb_law_new(context, NULL, 0, &law, NULL), WB_OK);
  const uint64_t with = memory.live;
  assert_ptr_equal(wb_law_ref(law), law);
  wb_law_unref(law);
  assert_int_equal(memory.live, with);
  wb_law_unref(law);
  assert_int_equal(memory.live, without);
  wb_context_unref(context);
}

/* Half of the packs is no law. */
static void without_memory_for_all_packs_there_is_no_law(void **state) {
  (void)state;
  fault_memory memory;
  wb_context *context = fault_context(&memory);
  wb_law *law = NULL;
  const uint64_t without = memory.live;
  fault_arm(&memory.plan, FAULT_NEVER, 0);
  assert_int_equal(wb_law_new(context, NULL, 0, &law, NULL), WB_OK);
  const uint64_t calls = memory.plan.calls;
  wb_law_unref(law);
  law = NULL;
  for (uint64_t at = 1; at <= calls; at += 1 + calls / 16) {
    fault_arm(&memory.plan, FAULT_ONCE, at);
    assert_int_equal(wb_law_new(context, NULL, 0, &law, NULL), WB_E_NOMEM);
    assert_null(law);
    assert_int_equal(memory.live, without);
  }
  wb_context_unref(context);
}

/* ---- caps ---- */

/* The caps on messages of a class and channel at a place on a day, by id. */
static void assert_caps(const wb_law *law, const char *region, int32_t class_, const char *on,
                        const char *const expected[], size_t count) {
  wbi_law_cap cap;
  uint64_t cursor = 0;
  for (size_t i = 0; i < count; i++) {
    if (!wbi_law_cap_next(law, wbi_text_of(region), class_, WB_CHANNEL_SMS, day(on), &cursor, &cap))
      fail_msg("%s on %s: %s is missing", region, on, expected[i]);
    assert_string_equal(cap.rule, expected[i]);
    assert_true(cap.most > 0 && cap.seconds > 0);
  }
  assert_false(
      wbi_law_cap_next(law, wbi_text_of(region), class_, WB_CHANNEL_SMS, day(on), &cursor, &cap));
}

static void caps_are_those_of_the_place_the_class_and_the_day(void **state) {
  static const char *const florida[] = {"us-fl-cap", "us-health-cap-day", "us-health-cap-week"};
  static const char *const oregon[] = {"us-or-cap", "us-health-cap-day", "us-health-cap-week"};
  (void)state;
  assert_caps(shipped, "US-FL", WB_MESSAGE_CARE, "2026-06-03", florida, 3);
  assert_caps(shipped, "US-FL", WB_MESSAGE_OFFER, "2026-06-03", florida, 1);
  assert_caps(shipped, "US-FL", WB_MESSAGE_TRANSACTIONAL, "2026-06-03", NULL, 0);
  assert_caps(shipped, "US-NY", WB_MESSAGE_CARE, "2026-06-03", florida + 1, 2);
  assert_caps(shipped, "US-NY", WB_MESSAGE_BENEFIT, "2026-06-03", NULL, 0);
  assert_caps(shipped, "US-OR", WB_MESSAGE_CARE, "2025-12-31", oregon + 1, 2);
  assert_caps(shipped, "US-OR", WB_MESSAGE_CARE, "2026-01-01", oregon, 3);
  assert_caps(shipped, "US-FL", WB_MESSAGE_OFFER, "2021-06-30", NULL, 0);
  assert_caps(shipped, "XA", WB_MESSAGE_CARE, "2026-06-03", NULL, 0); /* no pack knows it */
  wbi_law_cap cap;
  uint64_t cursor = 0;
  assert_true(wbi_law_cap_next(shipped, WBI_TEXT("US-FL"), WB_MESSAGE_CARE, WB_CHANNEL_SMS,
                               day("2026-06-03"), &cursor, &cap));
  assert_int_equal(cap.most, 3);
  assert_int_equal(cap.seconds, 24 * HOUR);
}

/* Nobody knows where it is: the caps of all packs bind together. */
static void without_a_region_all_caps_bind(void **state) {
  wbi_law_cap cap;
  uint64_t cursor = 0;
  size_t found = 0;
  bool florida = false;
  (void)state;
  while (wbi_law_cap_next(shipped, WBI_TEXT(""), WB_MESSAGE_CARE, WB_CHANNEL_SMS, day("2026-06-03"),
                          &cursor, &cap)) {
    florida = florida || !strcmp(cap.rule, "us-fl-cap");
    found++;
  }
  assert_true(florida);
  assert_true(found >= 6);
}

static void an_hour_that_happens_twice_is_judged_twice(void **state) {
  (void)state;
  static const char json[] =
      "{" HEAD "\"regions\": {\"XA\": [\"America/New_York\"]}, " STALE "\"rules\": [{" RULE_HEAD
      "\"kind\": \"hours\", \"hours\": {\"sun\": [\"01:10-01:20\", \"02:30-02:45\"]}}]}";
  wb_law *law = NULL;
  assert_int_equal(wb_law_new(NULL, json, strlen(json), &law, NULL), WB_OK);
  static const struct {
    const char *at, *open, *until;
  } rows[] = {
      {"2026-11-01T00:00:00-04:00", "2026-11-01T01:10:00-04:00", "2026-11-01T01:20:00-04:00"},
      {"2026-11-01T01:20:00-04:00", "2026-11-01T01:10:00-05:00", "2026-11-01T01:20:00-05:00"},
      {"2026-11-01T01:20:00-05:00", "2026-11-01T02:30:00-05:00", "2026-11-01T02:45:00-05:00"},
      /* In spring, 02:30 does not happen. */
      {"2026-03-08T01:15:00-05:00", "2026-03-08T01:15:00-05:00", "2026-03-08T01:20:00-05:00"},
      {"2026-03-08T01:20:00-05:00", "2026-03-15T01:10:00-04:00", "2026-03-15T01:20:00-04:00"},
  };
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    const wb_law_answer answer = ask(law, NULL, "XA", WB_MESSAGE_CARE, rows[i].at);
    if (answer.open_at != instant(rows[i].open) || answer.until != instant(rows[i].until)) {
      fail_msg("%s: %lld %lld", rows[i].at, (long long)answer.open_at, (long long)answer.until);
    }
  }
  wb_law_unref(law);
}

static void a_rule_ends_on_its_last_day(void **state) {
  (void)state;
  static const char json[] =
      OWN("{" RULE_HEAD "\"kind\": \"hours\", \"effective_to\": \"2026-11-24\", \"classes\": "
          "[\"care\"], \"hours\": {\"mon-sun\": \"00:00-24:00\"}}");
  wb_law *law = NULL;
  assert_int_equal(wb_law_new(NULL, json, strlen(json), &law, NULL), WB_OK);
  const wb_law_answer care = ask(law, "UTC", "XA", WB_MESSAGE_CARE, "2026-11-24T12:00:00Z");
  assert_int_equal(care.until, instant("2026-11-25T00:00:00Z"));
  assert_string_equal(care.rule, "no-rule");
  const wb_law_answer offer = ask(law, "UTC", "XA", WB_MESSAGE_OFFER, "2026-11-24T12:00:00Z");
  assert_int_equal(offer.flags, WB_LAW_CLOSED);
  wb_law_rule rule = {.size = sizeof rule};
  for (int32_t after = 0; after <= 1; after++) {
    uint64_t cursor = 0;
    assert_int_equal(wb_law_next(law, WB_LAW_HOURS, "XA", 2, WB_MESSAGE_CARE,
                                 day("2026-11-24") + after, &cursor, &rule),
                     after ? WB_E_NAME : WB_OK);
  }
  wb_law_unref(law);
}

static void a_feast_is_told_by_the_rule_in_force_that_closes_on_it(void **state) {
  (void)state;
  static const char *const rules[] = {
      RULE("open", "\"kind\": \"hours\", \"hours\": {\"mon-sun\": \"00:00-24:00\"}"),
      RULE("old", "\"kind\": \"hours\", \"effective_to\": \"2026-03-01\", \"closed_on\": "
                  "[\"feasts\"], \"hours\": {\"mon-sun\": \"00:00-24:00\"}"),
      "{\"id\": \"new\", \"regions\": [\"XA\"], \"source\": \"x\", \"confidence\": \"O\", "
      "\"effective_from\": \"2027-03-01\", \"kind\": \"hours\", \"closed_on\": [\"feasts\"], "
      "\"hours\": {\"mon-sun\": \"00:00-24:00\"}}",
  };
  static const struct {
    const char *on, *held_by;
  } rows[] = {{"2026-03-01T12:00:00Z", "old"}, {"2027-03-01T12:00:00Z", "new"}};
  char json[4096];
  const size_t length = pack_write(json, sizeof json, WBI_TEXT("{" HEAD REGIONS CALENDARS STALE),
                                   rules, WBI_COUNT(rules));
  wb_law *law = NULL;
  assert_int_equal(wb_law_new(NULL, json, length, &law, NULL), WB_OK);
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    const wb_law_answer answer = ask(law, "UTC", "XA", WB_MESSAGE_CARE, rows[i].on);
    assert_int_equal(answer.open_at, instant(rows[i].on) + 12 * HOUR);
    assert_string_equal(answer.held_by, rows[i].held_by);
  }
  wb_law_unref(law);
}

/* Rules of one thing, each of them stricter or milder than the one before. */
static void of_several_rules_on_consent_the_strictest_counts(void **state) {
  (void)state;
  static const char *const rules[] = {
      RULE("a", "\"kind\": \"consent\", \"need\": \"implied\""),
      RULE("b", "\"kind\": \"consent\", \"need\": \"written\""),
      RULE("c", "\"kind\": \"consent\", \"need\": \"express\""),
      RULE("d", "\"kind\": \"term\", \"of\": \"seen\", \"months\": 24"),
      RULE("e", "\"kind\": \"term\", \"of\": \"seen\", \"months\": 12"),
      RULE("f", "\"kind\": \"term\", \"of\": \"seen\", \"months\": 18"),
      RULE("i", "\"kind\": \"consent\", \"need\": \"written\""),
      RULE("j", "\"kind\": \"term\", \"of\": \"seen\", \"months\": 12"),
      RULE("g", "\"kind\": \"majority\", \"years\": 18"),
      RULE("h", "\"kind\": \"majority\", \"years\": 19, \"effective_to\": \"2026-11-24\""),
  };
  char json[4096];
  const size_t length =
      pack_write(json, sizeof json, WBI_TEXT("{" HEAD REGIONS STALE), rules, WBI_COUNT(rules));
  wb_law *law = NULL;
  assert_int_equal(wb_law_new(NULL, json, length, &law, NULL), WB_OK);
  for (int32_t after = 0; after <= 1; after++) {
    const wbi_law_consent found = wbi_law_consent_find(law, WBI_TEXT("XA"), WB_MESSAGE_CARE,
                                                       WB_CHANNEL_SMS, day("2026-11-24") + after);
    assert_string_equal(found.need_rule, "b");
    assert_string_equal(found.seen_rule, "e");
    assert_int_equal(found.seen_months, 12);
    assert_string_equal(found.check_rule, "");
    assert_string_equal(found.majority_rule, after ? "g" : "h");
  }
  wb_law_unref(law);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(windows_are_half_open_and_what_is_open_is_not_pushed),
      cmocka_unit_test(rules_are_looked_up_by_the_day_of_the_message),
      cmocka_unit_test(holidays_and_the_days_they_are_observed_are_closed),
      cmocka_unit_test(classes_have_their_own_hours),
      cmocka_unit_test(an_unknown_state_is_all_of_them),
      cmocka_unit_test(a_state_that_there_is_not_is_told),
      cmocka_unit_test(an_unknown_zone_is_all_of_the_region),
      cmocka_unit_test(several_zones_are_all_kept),
      cmocka_unit_test(the_country_of_a_zone_is_that_of_its_name_or_else_its_clock),
      cmocka_unit_test(the_place_is_the_region_or_the_one_country_of_the_zone),
      cmocka_unit_test(other_countries_have_packs),
      cmocka_unit_test(a_place_of_which_no_pack_knows_is_closed),
      cmocka_unit_test(before_the_first_rule_all_is_closed),
      cmocka_unit_test(a_pack_past_its_review_is_stale_and_narrow),
      cmocka_unit_test(hours_and_preference_bind_too),
      cmocka_unit_test(of_what_opens_at_once_the_preference_is_told),
      cmocka_unit_test(a_window_may_end_at_midnight_either_way),
      cmocka_unit_test(a_window_may_pass_midnight),
      cmocka_unit_test(equal_ends_and_no_days_are_closed),
      cmocka_unit_test(questions_that_make_no_sense_are_refused),
      cmocka_unit_test(the_calendar_ends),
      cmocka_unit_test(rules_can_be_listed_by_kind_place_class_and_day),
      cmocka_unit_test(every_rule_names_its_source_and_every_country_its_needs),
      cmocka_unit_test(business_days_skip_weekends_and_holidays),
      cmocka_unit_test(a_host_may_give_its_own_pack),
      cmocka_unit_test(nothing_is_open_after_the_calendar),
      cmocka_unit_test(what_opens_in_14_days_is_found_and_no_later),
      cmocka_unit_test(a_law_lives_until_its_last_user_is_gone),
      cmocka_unit_test(without_memory_for_all_packs_there_is_no_law),
      cmocka_unit_test(caps_are_those_of_the_place_the_class_and_the_day),
      cmocka_unit_test(without_a_region_all_caps_bind),
      cmocka_unit_test(an_hour_that_happens_twice_is_judged_twice),
      cmocka_unit_test(a_rule_ends_on_its_last_day),
      cmocka_unit_test(a_feast_is_told_by_the_rule_in_force_that_closes_on_it),
      cmocka_unit_test(of_several_rules_on_consent_the_strictest_counts),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}

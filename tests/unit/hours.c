/* SPDX-License-Identifier: MIT */
/* When outreach may go out: within the law and the hours of the practice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "outreach/practice_private.h"
#include "support/fault.h"
#include "support/times.h"

/* A campaign of care without hours of its own. */
static const wb_campaign care = {.class_ = WB_MESSAGE_CARE};

static const uint8_t secret[16] = {1};

/* A practice with these hours; NULL: they are refused. */
static wb_practice *practice_of(const wb_window *hours, uint32_t count) {
  wb_schema *schema = NULL;
  wb_practice *practice = NULL;
  wb_error error = {0};
  const wb_practice_options options = {.size = sizeof options,
                                       .secret = secret,
                                       .key = "one",
                                       .key_length = 3,
                                       .hours = hours,
                                       .hours_count = count};
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
  const wb_status status = wb_practice_new(NULL, schema, NULL, &options, &practice, &error);
  assert_int_equal(status, practice != NULL ? WB_OK : WB_E_INVALID);
  assert_true(practice != NULL || error.message[0] != '\0');
  wb_schema_unref(schema);
  return practice;
}

/* The hours in a region, of somebody whose zone is that of the practice. */
static wb_status hours_in(wb_practice *practice, const wb_zone *zone, wbi_text region,
                          const wb_campaign *campaign, int32_t class_, wb_time when,
                          wb_law_answer *answer, wb_error *error) {
  const wbi_jurisdiction place = {region, zone};
  return wbi_hours_find(practice, zone, &place, campaign, class_, when, answer, error);
}

/* The hours of the practice alone, in the winter of New York. */
static void a_wait_ends_within_the_hours_of_the_practice(void **state) {
  static const char *const rows[][2] = {
      {"2026-11-23T13:59:59Z", "2026-11-23T14:00:00Z"}, /* Monday 8:59:59 */
      {"2026-11-23T14:00:00Z", "2026-11-23T14:00:00Z"},
      {"2026-11-23T22:59:59Z", "2026-11-23T22:59:59Z"},
      {"2026-11-23T23:00:00Z", "2026-11-24T14:00:00Z"}, /* 18:00 is closed */
      {"2026-11-27T23:00:00Z", "2026-11-28T15:00:00Z"}, /* Friday to Saturday 10:00 */
      {"2026-11-28T18:59:59Z", "2026-11-28T18:59:59Z"},
      {"2026-11-28T19:00:00Z", "2026-11-30T14:00:00Z"}, /* Saturday 14:00 to Monday */
      /* the clocks go forward on Sunday 2026-03-08, and back on 2026-11-01 */
      {"2026-03-07T19:00:00Z", "2026-03-09T13:00:00Z"},
      {"2026-10-31T18:00:00Z", "2026-11-02T14:00:00Z"},
  };
  wb_practice *practice = practice_of(NULL, 0);
  wb_zone *zone = zone_of("America/New_York");
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    assert_int_equal(wbi_hours_next(practice, zone, instant(rows[i][0])), instant(rows[i][1]));
  }
  assert_null(practice->law); /* what wakes needs no law */
  wb_practice_free(practice);
  wb_zone_unref(zone);
}

/* Where the law is narrower than the practice, the law holds. */
static void the_law_binds_within_the_hours(void **state) {
  static const wb_window all[] = {{WB_WEEKDAYS_ALL, 0, 86400}};
  static const struct {
    const char *region, *at, *open_at, *until;
  } rows[] = {
      /* the federal 8:00 to 21:00, and Florida's 8:00 to 20:00 */
      {"US-NY", "2026-06-03T11:00:00Z", "2026-06-03T12:00:00Z", "2026-06-04T01:00:00Z"},
      {"US-FL", "2026-06-03T11:00:00Z", "2026-06-03T12:00:00Z", "2026-06-04T00:00:00Z"},
  };
  wb_practice *practice = practice_of(all, 1);
  wb_zone *zone = zone_of("America/New_York");
  wb_law_answer answer;
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    assert_int_equal(hours_in(practice, zone, wbi_text_of(rows[i].region), &care, WB_MESSAGE_CARE,
                              instant(rows[i].at), &answer, NULL),
                     WB_OK);
    assert_int_equal(answer.flags, 0);
    assert_int_equal(answer.open_at, instant(rows[i].open_at));
    assert_int_equal(answer.until, instant(rows[i].until));
    assert_true(answer.rule[0] != '\0');
  }
  wb_practice_free(practice);
  wb_zone_unref(zone);
}

static void the_practice_binds_within_the_law(void **state) {
  wb_practice *practice = practice_of(NULL, 0);
  wb_zone *zone = zone_of("America/New_York");
  wb_law_answer answer;
  (void)state;
  assert_int_equal(hours_in(practice, zone, WBI_TEXT("US-NY"), &care, WB_MESSAGE_CARE,
                            instant("2026-06-03T12:30:00Z"), &answer, NULL),
                   WB_OK);
  assert_int_equal(answer.open_at, instant("2026-06-03T13:00:00Z"));
  assert_int_equal(answer.until, instant("2026-06-03T22:00:00Z"));
  assert_string_equal(answer.rule, "hours");
  assert_int_equal(hours_in(practice, zone, WBI_TEXT("US-NY"), &care, WB_MESSAGE_TRANSACTIONAL,
                            instant("2026-06-03T12:30:00Z"), &answer, NULL),
                   WB_OK);
  assert_int_equal(answer.open_at, instant("2026-06-03T12:30:00Z")); /* the law alone */
  assert_int_equal(answer.until, instant("2026-06-04T01:00:00Z"));
  wb_practice_free(practice);
  wb_zone_unref(zone);
}

/* Without a region every state of the zone binds; a place that no pack knows is closed. */
static void nothing_fails_open(void **state) {
  static const wb_window all[] = {{WB_WEEKDAYS_ALL, 0, 86400}};
  wb_practice *practice = practice_of(all, 1);
  wb_zone *zone = zone_of("America/New_York");
  wb_law_answer known, unknown;
  const wb_time night = instant("2026-06-03T04:30:00Z");
  (void)state;
  assert_int_equal(
      hours_in(practice, zone, WBI_TEXT("US-NY"), &care, WB_MESSAGE_CARE, night, &known, NULL),
      WB_OK);
  assert_int_equal(
      hours_in(practice, zone, WBI_TEXT(""), &care, WB_MESSAGE_CARE, night, &unknown, NULL), WB_OK);
  assert_true(unknown.open_at >= known.open_at);
  assert_true(unknown.until < known.until);
  assert_int_equal(
      hours_in(practice, zone, WBI_TEXT("FR-75"), &care, WB_MESSAGE_CARE, night, &unknown, NULL),
      WB_OK);
  assert_int_equal(unknown.flags, WB_LAW_CLOSED | WB_LAW_NOWHERE);
  wb_practice_free(practice);
  wb_zone_unref(zone);
}

static void hours_are_windows_within_a_day(void **state) {
  static const wb_window wrong[] = {
      {0, 0, 3600}, {1u << 8, 0, 3600}, {1, 0, 3600},      {2, 3600, 3600},
      {2, 7200, 0}, {2, -1, 3600},      {2, 82800, 86401},
  };
  static const wb_window many[WBI_HOURS_MOST + 1] = {{2, 0, 3600}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(wrong); i++)
    assert_null(practice_of(wrong + i, 1));
  assert_null(practice_of(many, WBI_HOURS_MOST + 1));
  assert_null(practice_of(NULL, 1));
  static const wb_window day[] = {{2, 0, 86400}};
  wb_practice *practice = practice_of(day, 1);
  assert_non_null(practice);
  wb_practice_free(practice);
  static const wb_window most[WBI_HOURS_MOST] = {{2, 0, 60}, {2, 0, 60}, {2, 0, 60}, {2, 0, 60},
                                                 {2, 0, 60}, {2, 0, 60}, {2, 0, 60}, {2, 0, 60},
                                                 {2, 0, 60}, {2, 0, 60}, {2, 0, 60}, {2, 0, 60},
                                                 {2, 0, 60}, {2, 0, 60}, {2, 0, 60}, {2, 0, 60}};
  practice = practice_of(most, WBI_HOURS_MOST);
  assert_non_null(practice);
  wb_practice_free(practice);
}

/* What law and calendar were asked in one call is not believed in the next: there the same address
   may be another zone, or another campaign. */
static void what_was_asked_in_another_call_is_asked_again(void **state) {
  wb_practice *practice = practice_of(NULL, 0);
  wb_zone *zone = zone_of("America/New_York");
  const wb_time now = instant("2026-06-03T12:30:00Z"), day = instant("2026-06-03T04:00:00Z");
  wb_law_answer answer;
  (void)state;
  for (int call = 0; call < 2; call++) {
    assert_int_equal(wbi_practice_start(practice, now, NULL), WB_OK);
    assert_int_equal(
        hours_in(practice, zone, WBI_TEXT("US-NY"), &care, WB_MESSAGE_CARE, now, &answer, NULL),
        WB_OK);
    assert_int_equal(answer.open_at, instant("2026-06-03T13:00:00Z"));
    assert_int_equal(wbi_practice_day(practice, zone, now, 0), day);
    practice->hours_asked.answer.open_at = 1; /* within the call it is believed… */
    practice->days_asked.began[WBI_DAYS_BACK] = 2;
    assert_int_equal(
        hours_in(practice, zone, WBI_TEXT("US-NY"), &care, WB_MESSAGE_CARE, now, &answer, NULL),
        WB_OK);
    assert_int_equal(answer.open_at, 1);
    assert_int_equal(wbi_practice_day(practice, zone, now, 0), 2);
    wbi_practice_leave(practice); /* …and no longer */
  }
  wb_practice_free(practice);
  wb_zone_unref(zone);
}

/* Of what is not alike nothing is believed within a call either. */
static void what_is_asked_otherwise_is_asked_again(void **state) {
  wb_practice *practice = practice_of(NULL, 0);
  wb_zone *zone = zone_of("America/New_York"), *other = zone_of("America/Chicago");
  const wb_time now = instant("2026-06-03T12:30:00Z");
  static const wb_campaign same = {.class_ = WB_MESSAGE_CARE};
  const struct {
    const wb_zone *here, *zone;
    const char *region;
    const wb_campaign *campaign;
    int32_t class_;
    wb_time at;
  } rows[] = {{zone, zone, "US-NY", &care, WB_MESSAGE_CARE, now},
              {other, zone, "US-NY", &care, WB_MESSAGE_CARE, now},
              {zone, other, "US-NY", &care, WB_MESSAGE_CARE, now},
              {zone, zone, "US-CA", &care, WB_MESSAGE_CARE, now},
              {zone, zone, "US-NY", &same, WB_MESSAGE_CARE, now},
              {zone, zone, "US-NY", &care, WB_MESSAGE_BENEFIT, now},
              {zone, zone, "US-NY", &care, WB_MESSAGE_CARE, now + 1}};
  wb_law_answer answer;
  (void)state;
  assert_int_equal(wbi_practice_start(practice, now, NULL), WB_OK);
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    assert_int_equal(hours_in(practice, rows[0].zone, wbi_text_of(rows[0].region), rows[0].campaign,
                              rows[0].class_, rows[0].at, &answer, NULL),
                     WB_OK);
    practice->hours_asked.answer.open_at = 1;
    const wbi_jurisdiction place = {wbi_text_of(rows[i].region), rows[i].zone};
    assert_int_equal(wbi_hours_find(practice, rows[i].here, &place, rows[i].campaign,
                                    rows[i].class_, rows[i].at, &answer, NULL),
                     WB_OK);
    assert_int_equal(answer.open_at == 1, i == 0);
    practice->hours_asked.campaign = NULL;
  }
  wbi_practice_leave(practice);
  wb_practice_free(practice);
  wb_zone_unref(zone);
  wb_zone_unref(other);
}

/* Days around an instant: of 24 h where no zone is known, or where the calendar ends. */
static void a_day_begins_where_the_patient_is(void **state) {
  (void)state;
  wb_practice *practice = practice_of(NULL, 0);
  wb_zone *zone = zone_of("America/New_York");
  const wb_time noon = instant("2026-11-01T17:00:00Z"); /* of a day of 25 h */
  const wb_time last = WB_TIME_MAX;
  assert_int_equal(wbi_practice_day(practice, NULL, 0, 1), 86400); /* before anything was asked */
  assert_int_equal(wbi_practice_day(practice, zone, noon, 0), instant("2026-11-01T04:00:00Z"));
  assert_int_equal(wbi_practice_day(practice, zone, noon, 1), instant("2026-11-02T05:00:00Z"));
  assert_int_equal(wbi_practice_day(practice, zone, noon + 86400, 0),
                   instant("2026-11-02T05:00:00Z"));
  assert_int_equal(wbi_practice_today(practice, zone, noon + 86400), 20759);
  assert_int_equal(wbi_practice_day(practice, NULL, noon, 1), noon + 86400);
  assert_int_equal(wbi_practice_today(practice, NULL, noon), WB_DATE_NONE);
  assert_int_equal(wbi_practice_day(practice, zone, last, 1), last + 86400);
  assert_int_equal(wbi_practice_day(practice, zone, last + 1, -1), last + 1 - 86400);
  assert_int_equal(wbi_practice_today(practice, zone, last + 1), WB_DATE_NONE);
  assert_int_equal(wbi_hours_next(practice, zone, last + 1), last + 1);
  wb_zone_unref(zone);
  wb_practice_free(practice);
}

/* What cannot be kept, or is no question, is asked again. */
static void only_an_answer_is_kept(void **state) {
  (void)state;
  char region[WB_KEY_MAX + 2];
  wb_practice *practice = practice_of(NULL, 0);
  wb_zone *zone = zone_of("America/New_York");
  wb_law_answer answer, again;
  const wb_time now = instant("2026-11-23T17:00:00Z");
  memset(region, 'X', sizeof region);
  assert_int_equal(wbi_practice_start(practice, now, NULL), WB_OK);
  for (size_t length = WB_KEY_MAX; length <= WB_KEY_MAX + 1; length++) {
    const wbi_text place = {region, length};
    assert_int_equal(hours_in(practice, zone, place, &care, WB_MESSAGE_CARE, now, &answer, NULL),
                     WB_OK);
    assert_int_equal(practice->hours_asked.campaign != NULL, length == WB_KEY_MAX);
    assert_int_equal(hours_in(practice, zone, place, &care, WB_MESSAGE_CARE, now, &again, NULL),
                     WB_OK);
    assert_int_equal(again.open_at, answer.open_at);
  }
  assert_int_equal(hours_in(practice, zone, WBI_TEXT("US-NY"), &care, WB_MESSAGE_CARE,
                            WB_TIME_MAX + 1, &answer, NULL),
                   WB_E_RANGE);
  assert_null(practice->hours_asked.campaign);
  wbi_practice_leave(practice);
  wb_zone_unref(zone);
  wb_practice_free(practice);
}

/* The law is read when it is first asked; without memory for it nobody knows. */
static void without_memory_for_the_law_no_hours_are_known(void **state) {
  fault_memory memory;
  wb_context *context = fault_context(&memory);
  wb_schema *schema = NULL;
  wb_practice *practice = NULL;
  wb_law_answer answer;
  const wb_practice_options options = {
      .size = sizeof options, .secret = secret, .key = "one", .key_length = 3};
  const wb_time now = instant("2026-11-23T17:00:00Z");
  (void)state;
  assert_int_equal(wb_schema_new(context, NULL, 0, &schema, NULL), WB_OK);
  assert_int_equal(wb_practice_new(context, schema, NULL, &options, &practice, NULL), WB_OK);
  wb_schema_unref(schema);
  wb_zone *zone = zone_of("America/New_York");
  for (int there = 0; there < 2; there++) {
    fault_arm(&memory.plan, there ? FAULT_NEVER : FAULT_FOREVER, 1);
    assert_int_equal(
        hours_in(practice, zone, WBI_TEXT("US-NY"), &care, WB_MESSAGE_CARE, now, &answer, NULL),
        there ? WB_OK : WB_E_NOMEM);
  }
  wb_zone_unref(zone);
  wb_practice_free(practice);
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_wait_ends_within_the_hours_of_the_practice),
      cmocka_unit_test(the_law_binds_within_the_hours),
      cmocka_unit_test(the_practice_binds_within_the_law),
      cmocka_unit_test(nothing_fails_open),
      cmocka_unit_test(hours_are_windows_within_a_day),
      cmocka_unit_test(what_was_asked_in_another_call_is_asked_again),
      cmocka_unit_test(what_is_asked_otherwise_is_asked_again),
      cmocka_unit_test(a_day_begins_where_the_patient_is),
      cmocka_unit_test(only_an_answer_is_kept),
      cmocka_unit_test(without_memory_for_the_law_no_hours_are_known),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/*
 * Where somebody is when a wait is over: "a day later at 14:00" is 14:00 there and then, also for
 * whoever moved to another zone meanwhile, or whose location did.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/walk.h"

#define WEST "PST8PDT,M3.2.0,M11.1.0" /* three hours later than New York */
#define AT(time) "{\"id\":\"w\",\"wait\":{\"days\":1,\"at\":\"" time "\"}},"
#define SENDS(wait)                                                                                \
  "{\"id\":\"a\",\"send\":[\"a\"]}," wait                                                          \
  "{\"id\":\"b\",\"send\":[\"b\"],\"stale_after\":{\"hours\":2}}," WALK_END
#define BOTH WALK_SMS("a", "A") "," WALK_SMS("b", "B")
#define ANA_AT(place)                                                                              \
  CLINIC_HEAD "p1|active|Ana|1980-02-29|" place "|+12125550101|yes|ana@example.com|yes\n"

/* "a" goes from New York's zone, or the west's; "b" a day later at some time. */
static void begin(clinic *c, const char *steps, int west) {
  const wb_practice_options caps = {.per_day = 8, .per_week = 8, .per_month = 8};
  clinic_open(c, CLINIC_ANA, &caps);
  c->zone = west ? WEST : NULL;
  c->now = clinic_at(c, 2026, 11, 24, 15, 0);
  clinic_rows(c, CLINIC_ANA, "");
  walk_launch(c, "", steps, BOTH);
  clinic_enroll(c);
  assert_string_equal(walk_said(c), "a");
}

/* What is said at a time of the next day in New York, to whoever is at a place. */
static const char *said_at(clinic *c, const char *patients, int hour, int minute) {
  c->now = clinic_at(c, 2026, 11, 25, 0, 0) + hour * CLINIC_HOUR + minute * CLINIC_MINUTE;
  clinic_rows(c, patients, "");
  return walk_said(c);
}

/* 14:00 in the west is 17:00 in New York; it is open there from 13:00 on. A message that is stale
   two hours after it was due is not late for that. */
static void a_wait_ends_at_its_time_of_day_where_the_patient_is_then(void **state) {
  (void)state;
  for (int way = 0; way < CLINIC_WAYS; ++way) {
    clinic c;
    begin(&c, SENDS(AT("14:00")), 0);
    assert_int_equal(clinic_wake(&c), clinic_at(&c, 2026, 11, 25, 14, 0));
    c.zone = WEST; /* the location's zone is another now */
    assert_string_equal(said_at(&c, CLINIC_ANA, 14, 0), "");
    assert_int_equal(clinic_find(&c, "p1", NULL).state, WB_STATE_HELD);
    assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_HOURS);
    assert_int_equal(clinic_wake(&c), clinic_at(&c, 2026, 11, 25, 17, 0));
    clinic_renew(&c, way);
    assert_string_equal(said_at(&c, CLINIC_ANA, 16, 59), "");
    assert_string_equal(said_at(&c, CLINIC_ANA, 17, 0), "b");
    clinic_close(&c);
  }
}

static void so_it_is_for_whoever_goes_to_another_location(void **state) {
  (void)state;
  clinic c;
  begin(&c, SENDS(AT("14:00")), 0); /* location 2 is in New York's zone, and so was 1 */
  c.zone = WEST;
  assert_string_equal(said_at(&c, ANA_AT("2"), 14, 0), "b");
  clinic_close(&c);
  begin(&c, SENDS(AT("14:00")), 0);
  c.zone = WEST;
  assert_string_equal(said_at(&c, ANA_AT("1"), 14, 0), "");
  assert_int_equal(clinic_wake(&c), clinic_at(&c, 2026, 11, 25, 17, 0));
  clinic_close(&c);
}

/* Nobody is looked at before: whoever went east is written to when they would have been. */
static void to_the_east_it_is_later_and_never_on_another_day(void **state) {
  (void)state;
  clinic c;
  begin(&c, SENDS(AT("10:00")), 1);
  assert_int_equal(clinic_wake(&c), clinic_at(&c, 2026, 11, 25, 13, 0));
  c.zone = NULL;
  assert_string_equal(said_at(&c, CLINIC_ANA, 13, 0), "b");
  clinic_close(&c);
}

/* The time of the day is asked for when the wait is over, not on each day that something else holds
   them: what is due is never put off inside open hours. */
static void what_is_due_is_not_put_off_by_it(void **state) {
  (void)state;
  static const char *const steps =
      "{\"id\":\"a\",\"send\":[\"a\"]}," AT("14:00") "{\"id\":\"b\","
                                                     "\"send\":[\"b\"]}," WALK_END;
  clinic c;
  begin(&c, steps, 0);
  assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, ""), WB_OK);
  assert_string_equal(said_at(&c, CLINIC_ANA, 14, 0), "");
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, ""), WB_OK);
  assert_string_equal(said_at(&c, CLINIC_ANA, 34, 0), "b"); /* the next day at ten */
  clinic_close(&c);
  begin(&c, steps, 0);
  assert_string_equal(said_at(&c, CLINIC_ANA, 36, 30), "b"); /* nobody polled before */
  clinic_close(&c);
}

/* A time of the day at which nobody is there: then it was the beginning of the next hours. */
static void a_time_outside_the_hours_is_not_waited_for_twice(void **state) {
  (void)state;
  clinic c;
  begin(&c, SENDS(AT("20:00")), 0);
  assert_int_equal(clinic_wake(&c), clinic_at(&c, 2026, 11, 26, 10, 0));
  assert_string_equal(said_at(&c, CLINIC_ANA, 34, 0), "b");
  clinic_close(&c);
}

/* Two waits in a row are one, which began with the first. */
static void of_two_waits_in_a_row_both_count(void **state) {
  (void)state;
  clinic c;
  begin(&c, SENDS("{\"id\":\"v\",\"wait\":{\"hours\":2}}," AT("14:00")), 0);
  assert_int_equal(clinic_wake(&c), clinic_at(&c, 2026, 11, 25, 14, 0));
  c.zone = WEST;
  assert_string_equal(said_at(&c, CLINIC_ANA, 14, 0), "");
  assert_string_equal(said_at(&c, CLINIC_ANA, 16, 59), "");
  assert_string_equal(said_at(&c, CLINIC_ANA, 17, 0), "b");
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_wait_ends_at_its_time_of_day_where_the_patient_is_then),
      cmocka_unit_test(so_it_is_for_whoever_goes_to_another_location),
      cmocka_unit_test(to_the_east_it_is_later_and_never_on_another_day),
      cmocka_unit_test(what_is_due_is_not_put_off_by_it),
      cmocka_unit_test(a_time_outside_the_hours_is_not_waited_for_twice),
      cmocka_unit_test(of_two_waits_in_a_row_both_count),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

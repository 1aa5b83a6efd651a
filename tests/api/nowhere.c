/* SPDX-License-Identifier: MIT */
/* Patients of whom nobody knows what day it is where they are, or what language they read: nothing
   is said to them, and what they wrote is on the desk's list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/clinic.h"

/* No law holds what is urgent, where no law is known either. */
static void what_is_urgent_is_answered_where_no_law_opens(void **state) {
  static const struct {
    const char *says, *region;
    uint32_t answers;
  } rows[] = {{"STOP", "US-NY", 1},
              {"STOP", "FR-75", 0},
              {"my jaw is swollen", "US-NY", 1},
              {"my jaw is swollen", "FR-75", 1}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    clinic_written(&c, CLINIC_ANA, 1);
    clinic_moved(&c, CLINIC_ZONE, rows[i].region, CLINIC_ANA);
    assert_int_equal(clinic_reply(&c, "p1", rows[i].says), WB_OK);
    assert_int_equal(clinic_poll(&c), rows[i].answers);
    if (rows[i].answers == 0)
      assert_int_equal(clinic_find(&c, "p1", "notices").hold, WB_HOLD_HOURS);
    clinic_close(&c);
  }
}

/* A call and a last look ask where the patient is now. */
static void a_call_and_a_last_look_ask_where_the_patient_is(void **state) {
  static const struct {
    const char *zone, *region, *home; /* of the location, and where the patient lives */
    int32_t hold;                     /* of the call, and what the look answers */
    int32_t look;
  } rows[] = {{CLINIC_ZONE, "US-NY", "", WB_HOLD_NONE, WB_LOOK_GO},
              {CLINIC_ZONE, "FR-75", "", WB_HOLD_HOURS, WB_LOOK_LATER}, /* no law opens there */
              {"HST10", "US-HI", "", WB_HOLD_HOURS, WB_LOOK_LATER},
              {CLINIC_ZONE, "US-NY", "\xff", WB_HOLD_FACTS, WB_LOOK_LATER}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    for (int call = 0; call < 2; call++) {
      clinic c;
      char people[300];
      wb_look look = {.size = sizeof look};
      clinic_begin(&c, CLINIC_ANA, NULL);
      assert_int_equal(clinic_poll(&c), 1);
      if (call) clinic_sent(&c);
      snprintf(people, sizeof people,
               "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|"
               "text_permission:u|region:u\np1|active|Ana|1980-02-29|1|+12125550101|yes|%s\n",
               rows[i].home);
      clinic_moved(&c, rows[i].zone, rows[i].region, people);
      if (call) {
        assert_int_equal(clinic_reply(&c, "p1", "How much is a cleaning?"), WB_OK);
        assert_int_equal(clinic_poll(&c), rows[i].hold == WB_HOLD_NONE);
        assert_int_equal(clinic_find(&c, "p1", "one").hold, rows[i].hold);
      } else {
        assert_int_equal(
            wb_practice_test(c.practice, c.actions[0].id, c.it.facts, c.now, &look, NULL), WB_OK);
        assert_int_equal(look.answer, rows[i].look);
        assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 0); /* it tells nobody */
      }
      clinic_close(&c);
    }
  }
}

static void where_no_day_is_known_nothing_is_answered(void **state) {
  static const struct {
    const char *says, *zone;
    uint32_t answers;
  } rows[] = {{"STOP", CLINIC_ZONE, 1},
              {"STOP", "", 0},
              {"my jaw is swollen", CLINIC_ZONE, 1},
              {"my jaw is swollen", "", 0}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    char places[256];
    clinic_written(&c, CLINIC_ANA, 1);
    snprintf(places, sizeof places, "1|Example Dental|Example Dental|%s||12 Example Street|||\n",
             rows[i].zone);
    clinic_facts(&c, places);
    sample_add(&c.it, "patients", CLINIC_ANA);
    assert_int_equal(clinic_reply(&c, "p1", rows[i].says), WB_OK);
    assert_int_equal(clinic_poll(&c), rows[i].answers);
    assert_int_equal(clinic_tasks(&c, WB_DESK_NOW, NULL), i > 1);
    if (rows[i].answers > 0) assert_string_equal(c.actions[0].campaign, "notices");
    if (rows[i].answers == 0)
      assert_int_equal(clinic_find(&c, "p1", "notices").hold, WB_HOLD_FACTS);
    clinic_close(&c);
  }
}

/* Regions that the law takes no more of are no place where anything opens. */
static void a_place_in_too_many_regions_is_closed(void **state) {
  (void)state;
  for (int count = 16; count <= 17; count++) {
    clinic c;
    char regions[128] = "";
    for (int i = 0; i < count; i++)
      strcat(regions, i > 0 ? " US-NY" : "US-NY");
    clinic_open(&c, CLINIC_ANA, NULL);
    clinic_moved(&c, CLINIC_ZONE, regions, CLINIC_ANA);
    clinic_launch(&c, "one", CLINIC_TEXTS("one"));
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), count == 16);
    assert_int_equal(clinic_find(&c, "p1", "one").hold, count == 16 ? WB_HOLD_NONE : WB_HOLD_HOURS);
    clinic_close(&c);
  }
}

/* In the last hours of the calendar there are places where it is over. */
static void where_the_calendar_is_over_nobody_is_let_in(void **state) {
  static const char *const zones[] = {CLINIC_ZONE, "JST-9"};
  (void)state;
  for (size_t i = 0; i < 2; i++) {
    clinic c;
    char places[256];
    clinic_open(&c, CLINIC_ANA, NULL);
    c.now = WB_TIME_MAX - 8 * CLINIC_HOUR; /* a Friday, 10:59:59 in New York */
    snprintf(places, sizeof places, CLINIC_PLACE("1", "Example Dental", "%s", "US-NY", ""),
             zones[i]);
    clinic_facts(&c, places);
    sample_add(&c.it, "patients",
               "patient:u|status:u|first_name:u|birth_date:tdD|location:u|email:u|"
               "email_permission:u|today:tdD|recare.overdue_months:l|recare.booked:b\n"
               "p1|active|Ana|1980-02-29|1|ana@example.com|yes|9999-12-31|9|0\n");
    clinic_launch(&c, "one", CLINIC_TEXTS("one"));
    const wb_counts counts = clinic_enroll(&c);
    assert_int_equal(counts.enrolled, i == 0);
    assert_int_equal(counts.failed, i == 1);
    clinic_close(&c);
  }
}

/* On the last day nobody can be told when the next place comes. */
static void after_the_last_day_no_place_comes(void **state) {
  static const wb_practice_options more = {.size = sizeof more, .admissions = 1};
  clinic c;
  wb_waiting row = {.size = sizeof row};
  uint32_t count = 0;
  (void)state;
  clinic_open(&c, CLINIC_ANA, &more);
  for (int32_t day = 30; day <= 31; day++) {
    c.now = WB_TIME_MAX - (31 - day) * CLINIC_DAY - 8 * CLINIC_HOUR;
    clinic_facts(&c, CLINIC_PLACES(CLINIC_ZONE));
    sample_add(&c.it, "patients",
               "patient:u|status:u|birth_date:tdD|location:u|email:u|email_permission:u|"
               "recare.overdue_months:l|recare.booked:b\n"
               "p1|active|1980-02-29|1|ana@example.com|yes|9|0\n"
               "p2|active|1980-02-29|1|ben@example.com|yes|9|0\n");
    if (day == 30) clinic_launch(&c, "one", CLINIC_TEXTS("one"));
    assert_int_equal(
        wb_practice_waiting(c.practice, NULL, 0, c.it.facts, c.now, &row, 1, &count, NULL), WB_OK);
    assert_int_equal(count, 1);
    assert_int_equal(row.hold, WB_HOLD_ADMISSIONS);
    assert_int_equal(row.again == WB_TIME_NONE, day == 31);
  }
  clinic_close(&c);
}

/* A language that cannot be read holds the message: no wording may be guessed. */
static void a_language_that_cannot_be_read_holds_the_text(void **state) {
  static const char *const languages[] = {"en", "\xff"};
  (void)state;
  for (size_t i = 0; i < 2; i++) {
    clinic c;
    char people[256];
    snprintf(people, sizeof people,
             "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"
             "language:u\np1|active|Ana|1980-02-29|1|+12125550101|yes|%s\n",
             languages[i]);
    clinic_begin(&c, people, NULL);
    assert_int_equal(clinic_poll(&c), i == 0);
    assert_int_equal(clinic_find(&c, "p1", "one").hold, i == 0 ? WB_HOLD_NONE : WB_HOLD_RENDER);
    clinic_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_urgent_is_answered_where_no_law_opens),
      cmocka_unit_test(a_call_and_a_last_look_ask_where_the_patient_is),
      cmocka_unit_test(where_no_day_is_known_nothing_is_answered),
      cmocka_unit_test(a_place_in_too_many_regions_is_closed),
      cmocka_unit_test(where_the_calendar_is_over_nobody_is_let_in),
      cmocka_unit_test(after_the_last_day_no_place_comes),
      cmocka_unit_test(a_language_that_cannot_be_read_holds_the_text),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Visits that the record shows, at the edges: without a day, ahead of their day, unreadable, moved,
   the second of somebody, of somebody who entered long ago. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

static wb_metrics all(clinic *c) {
  wb_metrics metrics = {.size = sizeof metrics};
  assert_int_equal(wb_metrics_get(c->practice, NULL, 0, NULL, 0, NULL, 0, 0, &metrics), WB_OK);
  return metrics;
}

/* The record, so many days after Monday, 2026-11-23, and people let in by it. */
static void shows(clinic *c, int32_t days, const char *visits) {
  c->now = SAMPLE_NOW + (wb_time)days * CLINIC_DAY;
  clinic_rows(c, CLINIC_ANA CLINIC_BEN, visits);
  clinic_enroll(c);
}

static void booked(clinic *c, const char *key, int32_t days) {
  wb_input input = clinic_input(WB_INPUT_BOOKED, "p1");
  input.visit = key;
  input.visit_length = key != NULL ? (uint32_t)strlen(key) : 0;
  input.at = SAMPLE_NOW + (wb_time)days * CLINIC_DAY;
  assert_int_equal(clinic_send(c, &input), WB_OK);
}

/* Ana and Ben were written to on the first day; Ana has a visit a week later. */
static void begin(clinic *c) {
  static const wb_practice_options more = {.size = sizeof more, .flags = WB_PRACTICE_ALLOW_JUMP};
  clinic_begin(c, CLINIC_ANA CLINIC_BEN, &more);
  assert_int_equal(clinic_poll(c), 2);
  clinic_sent(c);
  booked(c, NULL, 7);
  assert_int_equal(all(c).booked, 1);
}

static void what_the_record_shows_counts_once_it_is_over(void **state) {
  static const struct {
    const char *visits;
    uint64_t booked, kept;
  } rows[] = {
      {"p1|completed|2026-11-30\n", 1, 1},
      {"p1|completed|\n", 1, 0},           /* whenever that was */
      {"p1|completed|2026-12-20\n", 1, 0}, /* it is to come */
      {"p1|cancelled|2026-11-30\n", 0, 0},
      {"p1|cancelled|2026-11-30\np1|scheduled|\n", 0, 0},           /* not in its place */
      {"p1|cancelled|2026-11-30\np1|scheduled|2026-12-01\n", 1, 0}, /* it was moved */
      {"p1|completed|2026-11-30\np1|\xff|2026-11-29\n", 1, 1},
      {"p1|\xff|2026-11-29\np1|completed|2026-11-30\n", 1, 0}, /* as far as it can be read */
      {"p1|cancelled|2026-11-30\np1|\xff|2026-11-29\n", 1, 0},
      {"p1|completed|0000-01-01\np1|completed|2026-11-30\n", 1, 0},
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    begin(&c);
    shows(&c, 8, rows[i].visits);
    if (all(&c).booked != rows[i].booked || all(&c).kept != rows[i].kept)
      fail_msg("%s: %d booked, %d kept", rows[i].visits, (int)all(&c).booked, (int)all(&c).kept);
    clinic_close(&c);
  }
}

/* Of somebody who came before, a visit counts that was booked and kept in time. */
static void a_second_visit_counts_within_the_window(void **state) {
  static const struct {
    const char *visits;
    int32_t days;
    uint64_t kept;
  } rows[] = {{"p1|completed|2026-11-30\np1|completed|2027-03-23\n", 120, 2},
              {"p1|completed|2026-11-30\np1|completed|2027-03-24\n", 121, 1}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    begin(&c);
    shows(&c, 8, "p1|completed|2026-11-30\n");
    assert_int_equal(all(&c).kept, 1);
    booked(&c, NULL, rows[i].days);
    assert_int_equal(all(&c).booked, 2);
    shows(&c, 122, rows[i].visits);
    assert_int_equal(all(&c).kept, rows[i].kept);
    assert_int_equal(all(&c).came, 1);
    clinic_close(&c);
  }
}

/* To the second: 120 days after the message. */
static void the_window_ends_with_its_last_second(void **state) {
  (void)state;
  for (wb_time late = 0; late < 2; late++) {
    clinic c;
    char visits[200];
    begin(&c);
    shows(&c, 8, "p1|completed|2026-11-30\n");
    booked(&c, NULL, 120);
    snprintf(visits, sizeof visits, CLINIC_VISITS "p1|completed|%lld|\n",
             (long long)(SAMPLE_NOW + 120 * (wb_time)CLINIC_DAY + late));
    c.now = SAMPLE_NOW + 122 * (wb_time)CLINIC_DAY;
    clinic_place(&c, CLINIC_ZONE, CLINIC_ANA CLINIC_BEN, visits);
    clinic_enroll(&c);
    assert_int_equal(all(&c).kept, late ? 1 : 2);
    clinic_close(&c);
  }
}

/* A visit with a key that has no day is not known to be over. */
static void what_has_a_key_and_no_day_stays_as_it_is(void **state) {
  static const char *const stands[] = {"completed", "cancelled"};
  (void)state;
  for (size_t i = 0; i < 2; i++) {
    clinic c;
    char visits[200];
    begin(&c);
    booked(&c, "v1", 9);
    snprintf(visits, sizeof visits, CLINIC_VISITS "p1|%s||v1\n", stands[i]);
    c.now += 10 * CLINIC_DAY;
    clinic_place(&c, CLINIC_ZONE, CLINIC_ANA CLINIC_BEN, visits);
    clinic_enroll(&c);
    assert_int_equal(all(&c).booked, 2);
    assert_int_equal(all(&c).kept, 0);
    clinic_close(&c);
  }
}

/* A visit with a key is known by it, wherever another stands. */
static void what_has_a_key_is_taken_back_though_another_is_beside_it(void **state) {
  static const char visits[] = "patient:u|appointment:u|status:u|start:tdD\n"
                               "p1|v1|cancelled|2026-12-02\np1|v2|scheduled|2026-12-03\n"
                               "p1|v0|cancelled|2026-12-01\n"; /* of which nobody knew */
  clinic c;
  (void)state;
  begin(&c);
  booked(&c, "v1", 9);
  assert_int_equal(all(&c).booked, 2);
  c.now += CLINIC_DAY;
  clinic_facts(&c, CLINIC_PLACES(CLINIC_ZONE));
  sample_add(&c.it, "patients", CLINIC_ANA);
  sample_add(&c.it, "appointments", visits);
  clinic_enroll(&c);
  assert_int_equal(all(&c).booked, 1);
  clinic_close(&c);
}

/* Where the record has no list, and the day of the last visit cannot be read, nothing is known. */
static void a_last_visit_that_cannot_be_read_is_none(void **state) {
  static const char people[] =
      "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"
      "visit.last:tdD|recare.overdue_months:l|recare.booked:b\n"
      "p1|active|Ana|1980-02-29|1|+12125550101|yes|0000-01-01|2|0\n"
      "p2|active|Ben|1981-03-01|1|+12125550102|yes|2026-11-30|2|0\n";
  clinic c;
  (void)state;
  begin(&c);
  c.now += 8 * CLINIC_DAY;
  clinic_facts(&c, CLINIC_PLACES(CLINIC_ZONE));
  sample_add(&c.it, "patients", people);
  clinic_enroll(&c);
  assert_int_equal(all(&c).kept, 1);
  assert_int_equal(all(&c).came, 1);
  clinic_close(&c);
}

/* Whoever entered long ago is looked for as long as their last message is not too old. */
static void a_visit_counts_for_the_last_message_of_a_long_sequence(void **state) {
  static const wb_practice_options more = {
      .size = sizeof more, .flags = WB_PRACTICE_ALLOW_JUMP, .booked_days = 5, .kept_days = 10};
  static const char json[] =
      "{\"format\":1,\"name\":\"one\",\"title\":\"One\",\"class\":\"care\","
      "\"audience\":\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"all\",\"where\":"
      "\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[{\"id\":\"a\",\"send\":["
      "\"t\"]},{\"id\":\"w\",\"wait\":{\"days\":70}},{\"id\":\"b\",\"send\":[\"t\"]},"
      "{\"id\":\"end\",\"exit\":true}],\"texts\":{\"t\":{\"channel\":\"sms\",\"en\":{\"body\":"
      "\"{{ location.short_name }} has time. Reply STOP to opt out.\"}}}}";
  (void)state;
  for (int again = 0; again < 2; again++) {
    clinic c;
    clinic_open(&c, CLINIC_ANA, &more);
    clinic_launch(&c, "one", json);
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    c.now = SAMPLE_NOW + 71 * CLINIC_DAY;
    clinic_rows(&c, CLINIC_ANA, "");
    if (again) assert_int_equal(clinic_poll(&c), 1);
    if (again) clinic_sent(&c);
    booked(&c, NULL, 72);
    c.now += 2 * CLINIC_DAY;
    clinic_rows(&c, CLINIC_ANA, "p1|completed|2027-02-03\n");
    clinic_enroll(&c);
    assert_int_equal(all(&c).kept, again);
    clinic_close(&c);
  }
}

/* Came: taken back once all visits since the entry that the record has are off, as long as they may
   count; who was held out is judged alike. */
static void who_did_not_come_after_all_is_taken_back(void **state) {
  static const struct {
    const char *visits; /* as the record has them a day later */
    uint64_t came;
  } rows[] = {
      {"p1|broken|2026-11-30\n", 0},
      {"p1|missed|2026-11-30\n", 0},
      {"p1|cancelled|2026-11-30\np1|scheduled|2026-12-20\n", 0}, /* that is to come */
      {"p1|completed|2026-11-30\n", 1},
      {"p1|broken|2026-11-30\np1|completed|2026-12-01\n", 1}, /* by another */
      {"p1|broken|2026-11-30\np1|scheduled|2026-12-02\n", 1}, /* which may have been kept */
      {"p1|broken|2026-11-24\n", 0},
      {"p1|broken|2026-11-22\n", 1}, /* before the entry: says nothing */
      {"p1|broken|\n", 1},           /* whenever that was */
      {"p1|broken|2026-11-30\np1|\xff|2026-11-29\n", 1},
      {"p2|broken|2026-11-30\n", 1}, /* another's */
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    begin(&c);
    shows(&c, 8, "p1|completed|2026-11-30\n");
    assert_int_equal(all(&c).came, 1);
    shows(&c, 9, rows[i].visits);
    if (all(&c).came != rows[i].came) fail_msg("%s: %d came", rows[i].visits, (int)all(&c).came);
    for (int way = CLINIC_LIVE; way < CLINIC_WAYS; ++way) /* it stands in journal and snapshot */
      clinic_renew(&c, way);
    assert_int_equal(all(&c).came, rows[i].came);
    const uint64_t sequence = wb_practice_sequence(c.practice);
    clinic_enroll(&c);
    assert_int_equal(wb_practice_sequence(c.practice), sequence); /* it is noted once */
    shows(&c, 10, "p1|completed|2026-11-30\n");
    assert_int_equal(all(&c).came, 1);
    clinic_close(&c);
  }
}

/* What the host told as kept is taken back by the record, too, but not while that knows less. */
static void a_visit_told_as_kept_is_taken_back_by_the_record(void **state) {
  clinic c;
  (void)state;
  begin(&c);
  shows(&c, 7, "p1|cancelled|2026-11-25\np1|scheduled|2026-11-30\n");
  wb_input kept = clinic_input(WB_INPUT_KEPT, "p1");
  assert_int_equal(clinic_send(&c, &kept), WB_OK);
  assert_int_equal(all(&c).came, 1);
  clinic_enroll(&c);
  assert_int_equal(all(&c).came, 1);
  kept.kind = WB_INPUT_BROKEN;
  assert_int_equal(clinic_send(&c, &kept), WB_OK);
  assert_int_equal(all(&c).kept, 0);
  shows(&c, 8, "p1|cancelled|2026-11-25\np1|broken|2026-11-30\n");
  assert_int_equal(all(&c).came, 0);
  clinic_close(&c);
}

/* What a visit was worth is told by the host alone: it stays when the record shows the visit later.
 */
static void what_a_visit_was_worth_stays_when_the_record_shows_it(void **state) {
  clinic c;
  (void)state;
  begin(&c);
  shows(&c, 8, "p1|broken|2026-11-25\n");
  wb_input kept = clinic_input(WB_INPUT_KEPT, "p1");
  kept.value = 20000;
  assert_int_equal(clinic_send(&c, &kept), WB_OK);
  assert_int_equal(all(&c).production, 20000);
  clinic_enroll(&c); /* the record knows only of the other */
  assert_int_equal(all(&c).came, 0);
  shows(&c, 9, "p1|broken|2026-11-25\np1|completed|2026-12-01\n");
  assert_int_equal(all(&c).came, 1);
  assert_int_equal(all(&c).production, 20000);
  clinic_close(&c);
}

/* Of two entries each has its own days. */
static void who_came_is_taken_back_by_entry(void **state) {
  clinic c;
  (void)state;
  begin(&c);
  assert_int_equal(clinic_receive(&c, WB_INPUT_STOP, "one"), WB_OK); /* nobody enters again */
  shows(&c, 100, "");
  clinic_launch(&c, "two", CLINIC_TEXTS("two"));
  clinic_enroll(&c);
  shows(&c, 112, "p1|completed|2027-03-13\n"); /* day 110 */
  assert_int_equal(all(&c).came, 2);
  shows(&c, 131, "p1|broken|2027-03-13\np1|completed|2027-04-02\n"); /* and 130 */
  assert_int_equal(all(&c).came, 1);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_the_record_shows_counts_once_it_is_over),
      cmocka_unit_test(a_second_visit_counts_within_the_window),
      cmocka_unit_test(the_window_ends_with_its_last_second),
      cmocka_unit_test(what_has_a_key_and_no_day_stays_as_it_is),
      cmocka_unit_test(what_has_a_key_is_taken_back_though_another_is_beside_it),
      cmocka_unit_test(a_last_visit_that_cannot_be_read_is_none),
      cmocka_unit_test(a_visit_counts_for_the_last_message_of_a_long_sequence),
      cmocka_unit_test(who_did_not_come_after_all_is_taken_back),
      cmocka_unit_test(a_visit_told_as_kept_is_taken_back_by_the_record),
      cmocka_unit_test(what_a_visit_was_worth_stays_when_the_record_shows_it),
      cmocka_unit_test(who_came_is_taken_back_by_entry),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* What came of the messages: to which one a visit is credited, what is taken back, what survives.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

/* The sum over everything that was to be contacted. */
static wb_metrics all(clinic *c) {
  wb_metrics metrics = {.size = sizeof metrics};
  assert_int_equal(wb_metrics_get(c->practice, NULL, 0, NULL, 0, NULL, 0, 0, &metrics), WB_OK);
  return metrics;
}

/* A visit of a patient: booked, kept or cancelled. */
static wb_status visit(clinic *c, int32_t kind, const char *patient, const char *key, wb_time at,
                       wb_cents value) {
  wb_input input = clinic_input(WB_INPUT_BOOKED, patient);
  input.kind = kind;
  input.visit = key;
  input.visit_length = key != NULL ? (uint32_t)strlen(key) : 0;
  input.at = at;
  input.value = value;
  return clinic_send(c, &input);
}

/* A patient who was written to once. */
static void begin(clinic *c) {
  clinic_written(c, CLINIC_ANA CLINIC_BEN, 2);
}

static void the_funnel_is_counted_step_by_step(void **state) {
  (void)state;
  clinic c;
  begin(&c);
  wb_metrics metrics = all(&c);
  assert_int_equal(metrics.entered, 2);
  assert_int_equal(metrics.contacted, 2);
  assert_int_equal(metrics.messages, 2);
  assert_int_equal(metrics.responded, 0);
  assert_int_equal(metrics.last_entered, c.now);
  assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p1", "call me"), WB_OK);
  assert_int_equal(all(&c).responded, 1);
  assert_int_equal(visit(&c, WB_INPUT_BOOKED, "p1", "v1", c.now + CLINIC_DAY, 0), WB_OK);
  metrics = all(&c);
  assert_int_equal(metrics.booked, 1);
  assert_int_equal(metrics.kept, 0);
  c.now += CLINIC_DAY;
  assert_int_equal(visit(&c, WB_INPUT_KEPT, "p1", "v1", 0, 15000), WB_OK);
  metrics = all(&c);
  assert_int_equal(metrics.booked, 1);
  assert_int_equal(metrics.kept, 1);
  assert_int_equal(metrics.came, 1);
  assert_int_equal(metrics.production, 15000);
  clinic_close(&c);
}

/* A message of which nobody knows counts where its step assumes that it was sent, until it is known
   that it was not; once, whatever is learnt. */
static void a_message_of_unknown_fate_counts_until_it_is_known_not_to_have_left(void **state) {
  (void)state;
  static const struct {
    int32_t kind, cause;
    uint64_t counts;
  } learnt[] = {{WB_SENT, 0, 1}, {WB_NOT_SENT, WB_CAUSE_CONTENT, 0}};
  for (int i = 0; i < 2; i++) {
    clinic c;
    clinic_begin(&c, CLINIC_ANA, NULL);
    assert_int_equal(clinic_poll(&c), 1);
    assert_int_equal(all(&c).messages, 0);
    assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_SENT_UNKNOWN, 0), WB_OK);
    assert_int_equal(all(&c).messages, 1);
    assert_int_equal(all(&c).contacted, 1);
    clinic_renew(&c, CLINIC_LOADED);
    assert_int_equal(clinic_ack(&c, c.actions[0].id, learnt[i].kind, learnt[i].cause), WB_OK);
    assert_int_equal(all(&c).messages, learnt[i].counts);
    assert_int_equal(all(&c).contacted, learnt[i].counts);
    assert_int_equal(visit(&c, WB_INPUT_BOOKED, "p1", "v1", c.now + CLINIC_DAY, 0), WB_OK);
    assert_int_equal(all(&c).booked, learnt[i].counts);
    clinic_renew(&c, CLINIC_REPLAYED);
    clinic_close(&c);
  }
}

/* Where the step waits to learn more it counts once it is known, or the sequence goes on. */
static void a_message_that_is_waited_for_counts_once_the_sequence_goes_on(void **state) {
  (void)state;
  static const char json[] =
      "{\"format\":1,\"name\":\"one\",\"title\":\"One\",\"class\":\"care\","
      "\"audience\":\"recare.overdue_months >= 1 && !recare.booked\","
      "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"
      "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":["
      "{\"id\":\"a\",\"send\":[\"t\"],\"on_unknown\":{\"receipt\":{\"hours\":6}}},"
      "{\"id\":\"w\",\"wait\":{\"days\":2}},{\"id\":\"end\",\"exit\":true}],"
      "\"texts\":{\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }}: "
      "{{ location.booking_url }} Reply STOP to opt out.\"}}}}";
  for (int i = 0; i < 2; i++) {
    clinic c;
    clinic_open(&c, CLINIC_ANA, NULL);
    clinic_launch(&c, "one", json);
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), 1);
    uint8_t id[16];
    memcpy(id, c.actions[0].id, 16);
    assert_int_equal(clinic_ack(&c, id, WB_SENT_UNKNOWN, 0), WB_OK);
    assert_int_equal(all(&c).messages, 0);
    if (i == 0) {
      c.now += 6 * CLINIC_HOUR;
      clinic_rows(&c, CLINIC_ANA, "");
      assert_int_equal(clinic_poll(&c), 0);
      assert_int_equal(all(&c).messages, 1);
    }
    assert_int_equal(clinic_ack(&c, id, WB_SENT, 0), WB_OK);
    assert_int_equal(all(&c).messages, 1);
    assert_int_equal(all(&c).contacted, 1);
    clinic_renew(&c, CLINIC_REPLAYED);
    clinic_close(&c);
  }
}

static void a_visit_that_a_last_look_finds_is_credited(void **state) {
  (void)state;
  clinic c;
  wb_look look = {.size = sizeof look};
  begin(&c);
  c.now += CLINIC_DAY;
  clinic_rows(&c, CLINIC_ANA, "");
  assert_int_equal(clinic_poll(&c), 1);
  clinic_rows(&c, CLINIC_ANA, "p1|scheduled|2027-06-01\n");
  assert_int_equal(wb_practice_test(c.practice, c.actions[0].id, c.it.facts, c.now, &look, NULL),
                   WB_OK);
  assert_string_equal(look.reason, "booked");
  assert_int_equal(all(&c).booked, 1);
  assert_int_equal(all(&c).messages, 2);
  clinic_close(&c);
}

static void a_visit_is_credited_once(void **state) {
  (void)state;
  clinic c;
  begin(&c);
  for (int i = 0; i < 3; i++) {
    assert_int_equal(visit(&c, WB_INPUT_BOOKED, "p1", "v1", 0, 0), WB_OK);
    assert_int_equal(visit(&c, WB_INPUT_KEPT, "p1", "v1", 0, 9000), WB_OK);
  }
  assert_int_equal(all(&c).booked, 1);
  assert_int_equal(all(&c).kept, 1);
  assert_int_equal(all(&c).production, 9000);
  assert_int_equal(visit(&c, WB_INPUT_KEPT, "p1", "v2", 0, 100), WB_OK);
  assert_int_equal(all(&c).kept, 2);
  clinic_close(&c);
}

/* Word of the booking may come late. Booked for a time to come, the visit is not kept yet. */
static void a_booking_told_after_the_visit_takes_nothing_back(void **state) {
  static const wb_time coming[] = {-CLINIC_DAY, 0, 1};
  (void)state;
  for (size_t i = 0; i < sizeof coming / sizeof *coming; i++) {
    clinic c;
    begin(&c);
    c.now += CLINIC_DAY;
    assert_int_equal(visit(&c, WB_INPUT_KEPT, "p1", "v1", c.now, 9000), WB_OK);
    assert_int_equal(visit(&c, WB_INPUT_BOOKED, "p1", "v1", c.now + coming[i], 0), WB_OK);
    assert_int_equal(all(&c).booked, 1);
    assert_int_equal(all(&c).kept, coming[i] <= 0);
    assert_int_equal(all(&c).production, coming[i] <= 0 ? 9000 : 0);
    wb_practice_free(clinic_replayed(&c));
    clinic_close(&c);
  }
}

/* Also by two keys: one that was credited before they were merged into one patient. */
static void a_visit_is_credited_once_through_merges(void **state) {
  (void)state;
  for (int way = CLINIC_REPLAYED; way <= CLINIC_LOADED; way++) {
    clinic c;
    begin(&c);
    const wb_time at = c.now + 5 * CLINIC_DAY;
    assert_int_equal(visit(&c, WB_INPUT_BOOKED, "p1", "v1", at, 0), WB_OK);
    assert_int_equal(visit(&c, WB_INPUT_BOOKED, "p1", NULL, at + 9 * CLINIC_DAY, 0), WB_OK);
    assert_int_equal(all(&c).booked, 2);
    static const char *const keys[][2] = {{"p1", "p2"}, {"p2", "p3"}}; /* and once more */
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
      wb_input merged = clinic_input(WB_INPUT_MERGED, keys[i][0]);
      merged.other = keys[i][1];
      merged.other_length = 2;
      assert_int_equal(clinic_send(&c, &merged), WB_OK);
      clinic_renew(&c, way);
      assert_int_equal(visit(&c, WB_INPUT_BOOKED, keys[i][1], "v1", at, 0), WB_OK);
      assert_int_equal(visit(&c, WB_INPUT_BOOKED, keys[i][1], NULL, at + 9 * CLINIC_DAY, 0), WB_OK);
      assert_int_equal(all(&c).booked, 2);
    }
    c.now = at;
    assert_int_equal(visit(&c, WB_INPUT_KEPT, "p3", "v1", at, 9000), WB_OK);
    assert_int_equal(all(&c).kept, 1);
    assert_int_equal(all(&c).production, 9000);
    assert_int_equal(visit(&c, WB_INPUT_CANCELLED, "p3", NULL, at + 9 * CLINIC_DAY, 0), WB_OK);
    assert_int_equal(all(&c).booked, 1);
    clinic_renew(&c, way);
    clinic_close(&c);
  }
}

/* Two records of one visit, each credited before they became a third: whichever was merged first,
   the same credit stands for it from then on. */
static void of_two_credits_of_a_visit_one_stands_in_any_order_of_merges(void **state) {
  static const char *const orders[][2] = {{"p1", "p2"}, {"p2", "p1"}};
  wb_cents production[2];
  (void)state;
  for (size_t order = 0; order < 2; order++) {
    clinic c;
    begin(&c);
    assert_int_equal(visit(&c, WB_INPUT_KEPT, "p1", "v1", c.now, 100), WB_OK);
    assert_int_equal(visit(&c, WB_INPUT_KEPT, "p2", "v1", c.now, 200), WB_OK);
    assert_int_equal(all(&c).production, 300);
    for (size_t i = 0; i < 2; i++) {
      wb_input merged = clinic_input(WB_INPUT_MERGED, orders[order][i]);
      merged.other = "p3";
      merged.other_length = 2;
      assert_int_equal(clinic_send(&c, &merged), WB_OK);
    }
    assert_int_equal(visit(&c, WB_INPUT_CANCELLED, "p3", "v1", 0, 0), WB_OK);
    assert_int_equal(all(&c).kept, 1);
    production[order] = all(&c).production;
    clinic_renew(&c, CLINIC_REPLAYED);
    clinic_close(&c);
  }
  assert_true(production[0] == 100 || production[0] == 200);
  assert_int_equal(production[0], production[1]);
}

static void what_is_cancelled_is_taken_back(void **state) {
  (void)state;
  clinic c;
  begin(&c);
  assert_int_equal(visit(&c, WB_INPUT_BOOKED, "p1", "v1", 0, 0), WB_OK);
  assert_int_equal(visit(&c, WB_INPUT_CANCELLED, "p1", "v1", 0, 0), WB_OK);
  assert_int_equal(visit(&c, WB_INPUT_CANCELLED, "p1", "v1", 0, 0), WB_OK);
  assert_int_equal(all(&c).booked, 0);
  assert_int_equal(visit(&c, WB_INPUT_BOOKED, "p1", "v1", 0, 0), WB_OK);
  assert_int_equal(all(&c).booked, 1);
  assert_int_equal(visit(&c, WB_INPUT_KEPT, "p1", "v1", 0, 5000), WB_OK);
  assert_int_equal(visit(&c, WB_INPUT_BROKEN, "p1", "v1", 0, 0), WB_OK);
  assert_int_equal(all(&c).booked, 0);
  assert_int_equal(all(&c).kept, 0);
  assert_int_equal(all(&c).production, 0);
  clinic_close(&c);
}

static void the_windows_are_thirty_and_a_hundred_and_twenty_days(void **state) {
  (void)state;
  for (int late = 0; late < 2; late++) {
    clinic c;
    begin(&c);
    const wb_time sent = c.now;
    c.now = sent + 30 * CLINIC_DAY + late;
    assert_int_equal(visit(&c, WB_INPUT_BOOKED, "p1", "v1", 0, 0), WB_OK);
    assert_int_equal(all(&c).booked, !late);
    clinic_close(&c);
    begin(&c);
    assert_int_equal(visit(&c, WB_INPUT_BOOKED, "p1", "v1", 0, 0), WB_OK);
    const wb_time at = sent + 120 * CLINIC_DAY + late;
    assert_int_equal(visit(&c, WB_INPUT_KEPT, "p1", "v1", at, 700), WB_OK);
    assert_int_equal(all(&c).kept, !late);
    assert_int_equal(all(&c).booked, 1);
    assert_int_equal(all(&c).came, !late);
    clinic_close(&c);
  }
}

/* As the practice has them, in every way to the same state. */
static void a_practice_sets_its_own_windows(void **state) {
  (void)state;
  const wb_practice_options week = {
      .flags = WB_PRACTICE_ALLOW_JUMP, .booked_days = 7, .kept_days = 60};
  for (int way = 0; way < 2 * CLINIC_WAYS; way++) {
    const int late = way % 2;
    clinic c;
    clinic_begin(&c, CLINIC_ANA, &week);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    const wb_time sent = c.now;
    c.now = sent + 7 * CLINIC_DAY + late;
    assert_int_equal(visit(&c, WB_INPUT_BOOKED, "p1", "v1", 0, 0), WB_OK);
    assert_int_equal(all(&c).booked, !late);
    const wb_time at = sent + 60 * CLINIC_DAY + late;
    assert_int_equal(visit(&c, WB_INPUT_KEPT, "p1", "v1", at, 700), WB_OK);
    assert_int_equal(all(&c).kept, !late);
    assert_int_equal(all(&c).came, !late);
    clinic_renew(&c, way / 2);
    assert_int_equal(all(&c).came, !late);
    clinic_close(&c);
  }
}

/* Whoever reads the journal later, by whatever windows of their own, counts what was counted. */
static void what_counted_counts_for_every_reader(void **state) {
  (void)state;
  static const uint32_t windows[][2] = {{60, 0}, {60, 180}, {0, 60}};
  for (size_t i = 0; i < sizeof windows / sizeof *windows; i++) {
    const wb_practice_options ours = {.flags = WB_PRACTICE_ALLOW_JUMP, .kept_days = windows[i][0]};
    clinic c;
    clinic_begin(&c, CLINIC_ANA CLINIC_BEN, &ours);
    assert_int_equal(clinic_poll(&c), 2);
    clinic_sent(&c);
    const wb_time late = c.now + 61 * CLINIC_DAY;
    assert_int_equal(visit(&c, WB_INPUT_KEPT, "p1", "v1", late, 700), WB_OK);
    const uint64_t came = all(&c).came;
    assert_int_equal(came, windows[i][0] == 0);
    c.options.kept_days = windows[i][1];
    clinic_renew(&c, CLINIC_REPLAYED);
    clinic_renew(&c, CLINIC_LOADED);
    assert_int_equal(all(&c).came, came); /* from now on by the reader's own */
    assert_int_equal(visit(&c, WB_INPUT_KEPT, "p2", "v2", late, 700), WB_OK);
    assert_int_equal(all(&c).came, came + (windows[i][1] != 60));
    clinic_renew(&c, CLINIC_REPLAYED);
    clinic_close(&c);
  }
}

static void a_visit_without_a_key_is_known_by_its_day(void **state) {
  (void)state;
  clinic c;
  begin(&c);
  const wb_time at = c.now + 3 * CLINIC_DAY;
  assert_int_equal(visit(&c, WB_INPUT_BOOKED, "p1", NULL, at, 0), WB_OK);
  assert_int_equal(visit(&c, WB_INPUT_KEPT, "p1", NULL, at + CLINIC_HOUR, 100), WB_OK);
  assert_int_equal(all(&c).booked, 1);
  assert_int_equal(visit(&c, WB_INPUT_KEPT, "p1", "v7", at, 100), WB_OK);
  assert_int_equal(all(&c).booked, 1);
  assert_int_equal(visit(&c, WB_INPUT_KEPT, "p1", NULL, at + 5 * CLINIC_DAY, 100), WB_OK);
  assert_int_equal(all(&c).booked, 2);
  clinic_close(&c);
}

static void a_booking_in_the_practices_record_counts_too(void **state) {
  (void)state;
  clinic c;
  begin(&c);
  clinic_rows(&c, CLINIC_ANA CLINIC_BEN, "p1|scheduled|2026-11-30\n");
  c.now += CLINIC_DAY;
  clinic_poll(&c);
  assert_string_equal(clinic_find(&c, "p1", NULL).reason, "booked");
  assert_int_equal(all(&c).booked, 1);
  clinic_close(&c);
}

/* The record of a day, with these appointments, and people let in by it. */
static void record_of(clinic *c, wb_time now, const char *visits) {
  c->now = now;
  clinic_rows(c, CLINIC_ANA CLINIC_BEN, visits);
  clinic_enroll(c);
}

/* How long the journal is. */
static size_t length(const clinic *c) {
  return c->journal.length;
}

static void a_host_that_says_nothing_of_visits_has_a_funnel_from_its_record(void **state) {
  (void)state;
  clinic c;
  begin(&c);
  const wb_time sent = c.now;
  record_of(&c, sent + CLINIC_DAY, "p1|scheduled|2026-11-30\n");
  clinic_poll(&c);
  clinic_sent(&c);
  assert_int_equal(all(&c).booked, 1);
  assert_int_equal(all(&c).kept, 0);
  record_of(&c, sent + 8 * CLINIC_DAY, "p1|completed|2026-11-30\n");
  assert_int_equal(all(&c).booked, 1); /* the visit that was booked */
  assert_int_equal(all(&c).kept, 1);
  assert_int_equal(all(&c).came, 1);
  assert_int_equal(all(&c).production, 0); /* what it was worth only an event says */
  const size_t before = length(&c);
  record_of(&c, sent + 9 * CLINIC_DAY, "p1|completed|2026-11-30\n");
  assert_int_equal(length(&c), before); /* once */
  assert_int_equal(visit(&c, WB_INPUT_KEPT, "p1", NULL, sent + 7 * CLINIC_DAY, 9000), WB_OK);
  assert_int_equal(all(&c).kept, 1);
  assert_int_equal(all(&c).production, 9000);
  clinic_close(&c);
}

/* Where the record has no list of visits, the day of the last one. */
static void record_of_last(clinic *c, wb_time now, const char *day) {
  char people[400];
  snprintf(people, sizeof people,
           "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"
           "visit.last:tdD|recare.overdue_months:l|recare.booked:b\n"
           "p1|active|Ana|1980-02-29|1|+12125550101|yes|%s|2|0\n"
           "p2|active|Ben|1981-03-01|1|+12125550102|yes||2|0\n",
           day);
  c->now = now;
  clinic_facts(c, CLINIC_PLACES(CLINIC_ZONE));
  sample_add(&c->it, "patients", people);
  clinic_enroll(c);
}

static void a_record_without_visits_shows_the_last_one(void **state) {
  (void)state;
  clinic c;
  begin(&c);
  const wb_time sent = c.now;
  record_of_last(&c, sent + CLINIC_DAY, "2025-09-15"); /* before anything went out */
  assert_int_equal(all(&c).kept, 0);
  record_of_last(&c, sent + 8 * CLINIC_DAY, "2026-11-30");
  assert_int_equal(all(&c).booked, 1);
  assert_int_equal(all(&c).kept, 1);
  assert_int_equal(all(&c).came, 1);
  const size_t before = length(&c);
  record_of_last(&c, sent + 9 * CLINIC_DAY, "2026-11-30");
  assert_int_equal(length(&c), before); /* once */
  clinic_close(&c);
}

static void a_booked_visit_that_the_record_shows_as_off_is_taken_back(void **state) {
  (void)state;
  static const char *const off[] = {"broken", "missed", "cancelled"};
  for (size_t i = 0; i < sizeof off / sizeof *off; i++) {
    clinic c;
    char rows[256];
    begin(&c);
    const wb_time sent = c.now;
    record_of(&c, sent + CLINIC_DAY, "p1|scheduled|2026-11-30\n");
    clinic_poll(&c);
    clinic_sent(&c);
    assert_int_equal(all(&c).booked, 1);
    snprintf(rows, sizeof rows, "p1|%s|2026-11-30\n", off[i]);
    record_of(&c, sent + 8 * CLINIC_DAY, rows);
    assert_int_equal(all(&c).booked, 0);
    const size_t before = length(&c);
    clinic_enroll(&c);
    assert_int_equal(length(&c), before);
    snprintf(rows, sizeof rows, "p1|%s|2026-11-30\np1|completed|2026-11-30\n", off[i]);
    record_of(&c, sent + 9 * CLINIC_DAY, rows); /* it was made anew */
    assert_int_equal(all(&c).booked, 1);
    assert_int_equal(all(&c).kept, 1);
    assert_int_equal(all(&c).came, 1);
    const size_t made = length(&c);
    clinic_enroll(&c);
    assert_int_equal(length(&c), made);
    clinic_close(&c);
  }
}

/* A visit that is off, with another up to two days beside it, was moved: what is known by its day
   alone may be that other one. */
static void a_visit_that_was_moved_by_two_days_at_most_is_not_taken_back(void **state) {
  (void)state;
  static const struct {
    const char *other;
    uint64_t booked;
  } rows[] = {{"p1|scheduled|2026-12-03\n", 0},
              {"p1|scheduled|2026-12-02\n", 1},
              {"p1|scheduled|2026-11-28\n", 1},
              {"p1|scheduled|2026-11-27\n", 0},
              {"p1|broken|2026-12-01\n", 0}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    char record[256];
    begin(&c);
    const wb_time sent = c.now;
    record_of(&c, sent + CLINIC_DAY, "p1|scheduled|2026-11-30\n");
    clinic_poll(&c);
    clinic_sent(&c);
    assert_int_equal(all(&c).booked, 1);
    snprintf(record, sizeof record, "p1|cancelled|2026-11-30\n%s", rows[i].other);
    record_of(&c, sent + 2 * CLINIC_DAY, record);
    assert_int_equal(all(&c).booked, rows[i].booked);
    clinic_close(&c);
  }
}

static void a_visit_in_the_record_is_credited_to_what_went_out_before_it(void **state) {
  (void)state;
  clinic c;
  begin(&c);
  const wb_time sent = c.now;
  record_of(&c, sent + CLINIC_DAY, "p1|completed|2026-11-20\np2|completed|2026-11-24\n");
  assert_int_equal(all(&c).came, 1); /* Ben; Ana's was before she entered */
  assert_int_equal(all(&c).kept, 1);
  assert_int_equal(all(&c).booked, 1);
  clinic_close(&c);
}

static void what_the_record_shows_late_counts_within_the_windows(void **state) {
  (void)state;
  for (int late = 0; late < 2; late++) {
    clinic c;
    char rows[128], day[16];
    size_t size = 0;
    wb_date today = WB_DATE_NONE;
    begin(&c);
    const wb_time sent = c.now;
    assert_int_equal(visit(&c, WB_INPUT_BOOKED, "p1", NULL, sent + 120 * CLINIC_DAY, 0), WB_OK);
    assert_int_equal(wb_date_parse("2026-11-23", 10, &today), WB_OK);
    assert_int_equal(wb_date_format(today + 120 + late, day, sizeof day, &size), WB_OK);
    snprintf(rows, sizeof rows, "p1|completed|%s\n", day);
    for (int days = 30; days <= 150; days += 30) {
      record_of(&c, sent + days * CLINIC_DAY, days == 150 ? rows : "");
      assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, "p2"), WB_OK);
    }
    assert_int_equal(all(&c).kept, !late);
    assert_int_equal(all(&c).came, !late);
    clinic_close(&c);
  }
}

/* The same, where a practice has another. */
static void what_the_record_shows_counts_within_the_practices_window(void **state) {
  (void)state;
  const wb_practice_options more = {.flags = WB_PRACTICE_ALLOW_JUMP, .kept_days = 60};
  for (int late = 0; late < 2; late++) {
    clinic c;
    clinic_begin(&c, CLINIC_ANA, &more);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    const char *rows = late ? "p1|completed|2027-01-23\n" : "p1|completed|2027-01-22\n";
    record_of(&c, c.now + 70 * CLINIC_DAY, rows);
    assert_int_equal(all(&c).came, !late);
    clinic_close(&c);
  }
}

static void nothing_is_credited_to_what_never_went_out(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(visit(&c, WB_INPUT_KEPT, "p1", "v1", 0, 500), WB_OK);
  assert_int_equal(all(&c).kept, 0);
  assert_int_equal(all(&c).came, 1);
  assert_int_equal(visit(&c, WB_INPUT_KEPT, "p1", "v2", 0, 500), WB_OK);
  assert_int_equal(all(&c).came, 1);
  assert_int_equal(visit(&c, WB_INPUT_KEPT, "p9", "v2", 0, 500), WB_E_NAME);
  assert_int_equal(visit(&c, WB_INPUT_KEPT, "p1", "v3", 0, (wb_cents)1 << 41), WB_E_INVALID);
  assert_int_equal(visit(&c, WB_INPUT_KEPT, "p1", "v3", WB_TIME_NONE, 0), WB_E_INVALID);
  clinic_close(&c);
}

static void cells_are_walked_and_asked_by_name(void **state) {
  (void)state;
  clinic c;
  begin(&c);
  uint64_t cursor = 0;
  wb_metrics metrics = {.size = sizeof metrics};
  assert_int_equal(wb_metrics_next(c.practice, &cursor, &metrics), WB_OK);
  assert_string_equal(metrics.campaign, "one");
  assert_string_equal(metrics.segment, "long");
  assert_string_equal(metrics.variant, "");
  assert_int_equal(metrics.entered, 2);
  assert_int_equal(wb_metrics_next(c.practice, &cursor, &metrics), WB_E_NAME);
  assert_int_equal(wb_metrics_get(c.practice, "one", 3, "long", 4, NULL, 0, 0, &metrics), WB_OK);
  assert_int_equal(metrics.messages, 2);
  assert_int_equal(wb_metrics_get(c.practice, "one", 3, "short", 5, NULL, 0, 0, &metrics),
                   WB_E_NAME);
  assert_int_equal(wb_metrics_get(c.practice, "two", 3, NULL, 0, NULL, 0, 0, &metrics), WB_E_NAME);
  assert_int_equal(wb_metrics_get(c.practice, NULL, 0, NULL, 0, NULL, 0, 1, &metrics), WB_OK);
  assert_int_equal(metrics.entered, 0);
  assert_int_equal(metrics.flags, WB_METRICS_HELD_OUT);
  metrics.size = 8;
  assert_int_equal(wb_metrics_get(c.practice, NULL, 0, NULL, 0, NULL, 0, 0, &metrics),
                   WB_E_INVALID);
  assert_int_equal(wb_metrics_next(c.practice, NULL, &metrics), WB_E_INVALID);
  clinic_close(&c);
}

static void counters_survive_snapshot_and_replay(void **state) {
  (void)state;
  clinic c;
  begin(&c);
  assert_int_equal(visit(&c, WB_INPUT_BOOKED, "p1", "v1", 0, 0), WB_OK);
  assert_int_equal(visit(&c, WB_INPUT_KEPT, "p2", "v2", 0, 4200), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  assert_int_equal(visit(&c, WB_INPUT_KEPT, "p1", "v1", 0, 800), WB_OK);
  assert_int_equal(all(&c).kept, 2);
  assert_int_equal(all(&c).booked, 2);
  assert_int_equal(all(&c).production, 5000);
  clinic_close(&c);
}

/* The record of a number as text. */
static void record(const clinic *c, uint64_t sequence, char *text, size_t size) {
  uint64_t offset = 0;
  size_t needed = 0;
  wb_record found = {.size = sizeof found};
  while (wb_journal_next(c->journal.bytes, c->journal.length, &offset, &found) == WB_OK) {
    if (found.sequence != sequence) continue;
    assert_int_equal(
        wb_journal_format(c->journal.bytes, c->journal.length, found.offset, text, size, &needed),
        WB_OK);
  }
}

static void a_seal_sums_up_and_covers_what_came_before(void **state) {
  (void)state;
  clinic c;
  char text[1024];
  begin(&c);
  assert_int_equal(visit(&c, WB_INPUT_KEPT, "p1", "v1", 0, 12345), WB_OK);
  const uint64_t before = wb_practice_sequence(c.practice);
  assert_int_equal(wb_practice_seal(c.practice, c.now, NULL), WB_OK);
  assert_int_equal(wb_practice_sequence(c.practice), before + 2);
  assert_int_equal(wb_practice_seal(c.practice, c.now, NULL), WB_OK);
  assert_int_equal(wb_practice_sequence(c.practice), before + 2);
  record(&c, before + 2, text, sizeof text);
  assert_non_null(strstr(text, "\"effect\":\"seal\",\"since\":null,"));
  assert_non_null(strstr(text, "\"totals\":[2,2,2,0,1,1,1,12345]"));
  wb_chain chain = {.size = sizeof chain};
  assert_int_equal(wb_journal_find(c.journal.bytes, c.journal.length, &chain, NULL), WB_OK);
  assert_int_equal(chain.summed, before + 2);
  assert_int_equal(chain.sealed, before + 1);
  const size_t cut = c.journal.length;
  assert_int_equal(visit(&c, WB_INPUT_KEPT, "p2", "v2", 0, 55), WB_OK);
  assert_int_equal(wb_practice_seal(c.practice, c.now, NULL), WB_OK);
  assert_int_equal(wb_journal_find(c.journal.bytes + cut, c.journal.length - cut, &chain, NULL),
                   WB_OK);
  assert_int_equal(chain.summed, wb_practice_sequence(c.practice));
  size_t length = 0;
  uint8_t *bytes = clinic_save(c.practice, &length);
  wb_practice *other = clinic_practice(&c, NULL);
  assert_int_equal(wb_practice_load(other, bytes, length, NULL), WB_OK);
  clinic_same(c.practice, other);
  wb_practice_free(other);
  free(bytes);
  assert_int_equal(wb_practice_seal(NULL, c.now, NULL), WB_E_INVALID);
  clinic_close(&c);
}

static void the_page_says_what_may_be_claimed(void **state) {
  (void)state;
  clinic c;
  begin(&c);
  assert_int_equal(visit(&c, WB_INPUT_KEPT, "p1", "v1", 0, 12345), WB_OK);
  char page[2048];
  size_t needed = 0;
  assert_int_equal(wb_metrics_format(c.practice, c.now, NULL, 0, &needed), WB_E_SPACE);
  assert_int_equal(wb_metrics_format(c.practice, c.now, page, sizeof page, &needed), WB_OK);
  assert_string_equal(page,
                      "one\n"
                      "                      entered  contacted  responded     booked       kept"
                      "    production\n"
                      "  long                      2          2          0          1          1"
                      "    123.45\n"
                      "  all                       2          2          0          1          1"
                      "    123.45\n"
                      "  attributed: 1 visit kept, 123.45\n"
                      "  incremental: not known, nobody was held out\n");
  clinic_close(&c);
}

/* Half are held out: the page says what the numbers can show, and why not yet. */
static void the_page_sets_those_held_out_beside(void **state) {
  (void)state;
  enum { PEOPLE = 1000 };
  clinic c;
  char page[2048], json[4096];
  size_t needed = 0;
  static const char texts[] = CLINIC_TEXTS("one");
  static const wb_practice_options more = {.size = sizeof more, .per_day = 8, .admissions = 1000};
  char *people = calloc(1, PEOPLE * 80 + 300);
  assert_non_null(people);
  strcpy(people, CLINIC_HEAD);
  for (int i = 0; i < PEOPLE; i++)
    sprintf(people + strlen(people), "p%03d|active|Ana|1980-02-29|1|||p%03d@example.com|yes\n", i,
            i);
  clinic_open(&c, people, &more);
  snprintf(json, sizeof json, "{\"holdout\":20,%s", texts + 1);
  clinic_launch(&c, "one", json);
  clinic_enroll(&c);
  clinic_poll(&c);
  clinic_sent(&c);
  assert_int_equal(wb_metrics_format(c.practice, c.now, page, sizeof page, &needed), WB_OK);
  assert_non_null(strstr(page, "\n  incremental: came 0 of "));
  assert_non_null(strstr(page, ", held out 0 of "));
  assert_non_null(strstr(page, ": 0.00 points, between -"));
  assert_non_null(strstr(page, " the last who entered still have time; there are too few;"));
  assert_non_null(strstr(page, " smallest difference that would show: "));
  assert_non_null(strstr(page, " points\n"));
  clinic_close(&c);
  free(people);
}

static void the_page_tells_variants_apart(void **state) {
  (void)state;
  clinic c;
  char page[2048];
  size_t needed = 0;
  static const char json[] =
      "{\"format\":1,\"name\":\"one\",\"title\":\"One\",\"class\":\"care\","
      "\"variants\":[{\"name\":\"kind\",\"share\":99},{\"name\":\"kinder\",\"share\":1}],"
      "\"audience\":\"recare.overdue_months >= 1 && !recare.booked\","
      "\"segments\":[{\"name\":\"everybody\",\"where\":\"true\"}],"
      "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":["
      "{\"id\":\"a\",\"send\":[\"t\"]},{\"id\":\"end\",\"exit\":true}],"
      "\"texts\":{\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }}: "
      "{{ location.booking_url }} Reply STOP to opt out.\"}}}}";
  clinic_open(&c, CLINIC_ANA CLINIC_BEN, NULL);
  clinic_launch(&c, "one", json);
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 2);
  clinic_sent(&c);
  assert_int_equal(wb_metrics_format(c.practice, c.now, page, sizeof page, &needed), WB_OK);
  assert_non_null(strstr(page, "  all                       2          2          0          0"
                               "          0    0.00\n"
                               "  variant kind              2          2          0          0"
                               "          0    0.00\n"
                               "  attributed: "));
  assert_null(strstr(page, "kinder")); /* nobody drew it */
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_funnel_is_counted_step_by_step),
      cmocka_unit_test(a_visit_is_credited_once),
      cmocka_unit_test(a_booking_told_after_the_visit_takes_nothing_back),
      cmocka_unit_test(a_visit_is_credited_once_through_merges),
      cmocka_unit_test(of_two_credits_of_a_visit_one_stands_in_any_order_of_merges),
      cmocka_unit_test(a_message_of_unknown_fate_counts_until_it_is_known_not_to_have_left),
      cmocka_unit_test(a_message_that_is_waited_for_counts_once_the_sequence_goes_on),
      cmocka_unit_test(a_visit_that_a_last_look_finds_is_credited),
      cmocka_unit_test(what_is_cancelled_is_taken_back),
      cmocka_unit_test(the_windows_are_thirty_and_a_hundred_and_twenty_days),
      cmocka_unit_test(a_practice_sets_its_own_windows),
      cmocka_unit_test(what_counted_counts_for_every_reader),
      cmocka_unit_test(a_visit_without_a_key_is_known_by_its_day),
      cmocka_unit_test(a_booking_in_the_practices_record_counts_too),
      cmocka_unit_test(a_host_that_says_nothing_of_visits_has_a_funnel_from_its_record),
      cmocka_unit_test(a_record_without_visits_shows_the_last_one),
      cmocka_unit_test(a_booked_visit_that_the_record_shows_as_off_is_taken_back),
      cmocka_unit_test(a_visit_that_was_moved_by_two_days_at_most_is_not_taken_back),
      cmocka_unit_test(a_visit_in_the_record_is_credited_to_what_went_out_before_it),
      cmocka_unit_test(what_the_record_shows_late_counts_within_the_windows),
      cmocka_unit_test(what_the_record_shows_counts_within_the_practices_window),
      cmocka_unit_test(nothing_is_credited_to_what_never_went_out),
      cmocka_unit_test(cells_are_walked_and_asked_by_name),
      cmocka_unit_test(counters_survive_snapshot_and_replay),
      cmocka_unit_test(a_seal_sums_up_and_covers_what_came_before),
      cmocka_unit_test(the_page_says_what_may_be_claimed),
      cmocka_unit_test(the_page_sets_those_held_out_beside),
      cmocka_unit_test(the_page_tells_variants_apart),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

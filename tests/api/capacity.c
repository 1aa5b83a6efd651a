/* SPDX-License-Identifier: MIT */
/* Capacity: how many are inside, how many enter, and the chair time that they may be promised. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/clinic.h"

#define WITH(capacity)                                                                             \
  "{\"format\":1,\"name\":\"one\",\"title\":\"One\",\"class\":\"care\","                           \
  "\"audience\":\"recare.overdue_months >= 1 && !recare.booked\","                                 \
  "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"                                          \
  "\"exits\":{\"booked\":\"recare.booked\"},\"rest_days\":0," capacity                             \
  ",\"steps\":[{\"id\":\"s1\",\"send\":[\"hello\"]},{\"id\":\"w1\",\"wait\":{\"days\":1}},"        \
  "{\"id\":\"end\",\"exit\":true}],"                                                               \
  "\"texts\":{\"hello\":{\"channel\":\"sms\",\"en\":{\"body\":\"Hi, {{ location.short_name }} "    \
  "has time for you: {{ location.booking_url }} Reply STOP to opt out.\"}}}}"

/* So many patients, p01 on. */
static char *people(int count) {
  char *text = calloc(1, 300 + (size_t)count * 100);
  assert_non_null(text);
  strcpy(text, CLINIC_HEAD);
  for (int i = 1; i <= count; i++) {
    char line[100];
    snprintf(line, sizeof line, "p%02d|active|Ana|1980-02-29|1|+121255501%02d|yes||\n", i, i);
    strcat(text, line);
  }
  return text;
}

static void begin(clinic *c, int count, const char *campaign) {
  static const wb_practice_options more = {
      .size = sizeof more, .per_day = 8, .per_week = 8, .per_month = 8};
  char *text = people(count);
  clinic_open(c, text, &more);
  clinic_launch(c, "one", campaign);
  free(text);
}

static void forward(clinic *c, int count, wb_time by) {
  char *text = people(count);
  c->now += by;
  clinic_rows(c, text, "");
  free(text);
}

static uint32_t drained(clinic *c) {
  uint32_t count = 0;
  while (clinic_poll(c) > 0) {
    count += c->count;
    clinic_sent(c);
  }
  return count;
}

/* How many are held for capacity. */
static uint32_t held(clinic *c) {
  wb_enrollment found = {.size = sizeof found};
  uint64_t cursor = 0;
  uint32_t count = 0;
  while (wb_practice_next(c->practice, &cursor, &found) == WB_OK)
    count += found.state == WB_STATE_HELD && found.hold == WB_HOLD_CAPACITY;
  return count;
}

static void chairs(clinic *c, uint32_t minutes) {
  wb_input input = {.size = sizeof input, .kind = WB_INPUT_CAPACITY, .minutes = minutes};
  input.location = "1";
  input.location_length = 1;
  input.name = "hygiene";
  input.name_length = 7;
  assert_int_equal(clinic_send(c, &input), WB_OK);
}

static void only_so_many_are_inside_at_once_and_the_longest_held_are_next(void **state) {
  clinic c;
  (void)state;
  begin(&c, 5, WITH("\"capacity\":{\"inside\":2}"));
  const wb_counts first = clinic_enroll(&c);
  assert_int_equal(first.enrolled, 2);
  assert_int_equal(first.held, 3);
  assert_int_equal(held(&c), 3);
  assert_int_equal(drained(&c), 2);
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  assert_int_equal(held(&c), 3);
  forward(&c, 7, CLINIC_DAY);       /* p06 and p07 are new */
  assert_int_equal(drained(&c), 0); /* the first two are through */
  const wb_counts second = clinic_enroll(&c);
  assert_int_equal(second.enrolled, 2);
  assert_int_equal(drained(&c), 2);
  assert_int_equal(clinic_find(&c, "p03", "one").touches, 1);
  assert_int_equal(clinic_find(&c, "p04", "one").touches, 1);
  assert_int_equal(clinic_find(&c, "p05", "one").hold, WB_HOLD_CAPACITY);
  clinic_close(&c);
}

static void only_so_many_enter_a_campaign_on_a_day(void **state) {
  clinic c;
  (void)state;
  begin(&c, 5, WITH("\"capacity\":{\"per_day\":2}"));
  assert_int_equal(clinic_enroll(&c).enrolled, 2);
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  assert_int_equal(drained(&c), 2);
  forward(&c, 5, CLINIC_DAY);
  assert_int_equal(clinic_enroll(&c).enrolled, 2);
  forward(&c, 5, CLINIC_DAY);
  assert_int_equal(drained(&c) > 0, 1);
  clinic_close(&c);
}

#define CHAIRS WITH("\"capacity\":{\"schedule\":\"hygiene\",\"minutes\":60}")

static void chair_time_without_the_reserve_is_promised_by_the_chance_of_a_booking(void **state) {
  clinic c;
  (void)state;
  begin(&c, 20, CHAIRS);
  chairs(&c, 60); /* 48 without the reserve: eight at one in ten of an hour */
  assert_int_equal(clinic_enroll(&c).enrolled, 8);
  assert_int_equal(held(&c), 12);
  chairs(&c, 67); /* 53 */
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  chairs(&c, 68); /* 54 */
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  assert_int_equal(held(&c), 11);
  clinic_close(&c);
}

static void without_a_report_chair_time_holds_nobody(void **state) {
  clinic c;
  (void)state;
  begin(&c, 20, CHAIRS);
  assert_int_equal(clinic_enroll(&c).enrolled, 20);
  clinic_close(&c);
}

static void what_is_booked_is_no_longer_open(void **state) {
  clinic c;
  (void)state;
  begin(&c, 20, CHAIRS);
  chairs(&c, 60);
  assert_int_equal(clinic_enroll(&c).enrolled, 8);
  assert_int_equal(drained(&c), 8);
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p01"), WB_OK);
  assert_int_equal(clinic_enroll(&c).enrolled, 0); /* 60 of 48 are gone */
  forward(&c, 20, CLINIC_DAY);
  assert_int_equal(drained(&c), 0); /* the others are through */
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  chairs(&c, 120); /* the host has looked again: 96, at one in nine */
  assert_int_equal(clinic_enroll(&c).enrolled, 13);
  clinic_close(&c);
}

/* Numbers that are always the same. */
static uint32_t draw(uint64_t *seed, uint32_t below) {
  *seed = *seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*seed >> 33) % below;
}

static void no_order_of_answers_promises_more_than_is_open(void **state) {
  uint64_t seed = 7;
  (void)state;
  for (int round = 0; round < 12; round++) {
    clinic c;
    begin(&c, 40, CHAIRS);
    int64_t open = 60 + (int64_t)draw(&seed, 240), booked = 0;
    chairs(&c, (uint32_t)open);
    for (int turn = 0; turn < 12; turn++) {
      const wb_counts counts = clinic_enroll(&c);
      /* Whoever entered was promised at least a minute; with what is booked it fits. */
      if (counts.enrolled > 0) assert_true((int64_t)counts.enrolled + booked <= open * 8 / 10);
      (void)drained(&c);
      for (uint32_t i = draw(&seed, 3); i > 0; i--) {
        char key[8];
        snprintf(key, sizeof key, "p%02u", 1 + draw(&seed, 40));
        const bool live = clinic_receive(&c, WB_INPUT_CLICK, key) == WB_OK &&
                          clinic_find(&c, key, "one").state != WB_STATE_ENDED;
        if (clinic_receive(&c, WB_INPUT_BOOKED, key) == WB_OK && live) booked += 60;
      }
      if (draw(&seed, 4) == 0) {
        open = 60 + (int64_t)draw(&seed, 240);
        chairs(&c, (uint32_t)open);
        booked = 0;
      }
      forward(&c, 40, CLINIC_HOUR);
    }
    clinic_close(&c);
  }
}

static void capacity_survives_replay_and_reload(void **state) {
  clinic c;
  size_t length = 0;
  wb_replay replay = {.size = sizeof replay};
  (void)state;
  begin(&c, 20, CHAIRS);
  chairs(&c, 60);
  (void)clinic_enroll(&c);
  (void)drained(&c);
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p01"), WB_OK);
  wb_practice *replayed = clinic_practice(&c, NULL), *loaded = clinic_practice(&c, NULL);
  assert_int_equal(wb_practice_replay(replayed, c.journal.bytes, c.journal.length, &replay, NULL),
                   WB_OK);
  clinic_same(c.practice, replayed);
  uint8_t *bytes = clinic_save(c.practice, &length);
  assert_int_equal(wb_practice_load(loaded, bytes, length, NULL), WB_OK);
  clinic_same(c.practice, loaded);
  free(bytes);
  wb_practice_free(loaded);
  wb_practice_free(replayed);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(only_so_many_are_inside_at_once_and_the_longest_held_are_next),
      cmocka_unit_test(only_so_many_enter_a_campaign_on_a_day),
      cmocka_unit_test(chair_time_without_the_reserve_is_promised_by_the_chance_of_a_booking),
      cmocka_unit_test(without_a_report_chair_time_holds_nobody),
      cmocka_unit_test(what_is_booked_is_no_longer_open),
      cmocka_unit_test(no_order_of_answers_promises_more_than_is_open),
      cmocka_unit_test(capacity_survives_replay_and_reload),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

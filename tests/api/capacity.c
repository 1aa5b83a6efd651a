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

static void column(clinic *c, const char *name, uint32_t minutes) {
  wb_input input = {.size = sizeof input, .kind = WB_INPUT_CAPACITY, .minutes = minutes};
  input.location = "1";
  input.location_length = 1;
  input.name = name;
  input.name_length = (uint32_t)strlen(name);
  assert_int_equal(clinic_send(c, &input), WB_OK);
}

static void chairs(clinic *c, uint32_t minutes) {
  column(c, "hygiene", minutes);
}

static void only_so_many_are_inside_at_once_and_the_longest_held_are_next(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 5, "one", WITH("\"capacity\":{\"inside\":2}"));
  const wb_counts first = clinic_enroll(&c);
  assert_int_equal(first.enrolled, 2);
  assert_int_equal(first.held, 3);
  assert_int_equal(held(&c), 3);
  assert_int_equal(drained(&c), 2);
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  assert_int_equal(held(&c), 3);
  clinic_forward(&c, 7, CLINIC_DAY); /* p06 and p07 are new */
  assert_int_equal(drained(&c), 0);  /* the first two are through */
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
  clinic_crowd(&c, 5, "one", WITH("\"capacity\":{\"per_day\":2}"));
  assert_int_equal(clinic_enroll(&c).enrolled, 2);
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  assert_int_equal(drained(&c), 2);
  clinic_forward(&c, 5, CLINIC_DAY);
  assert_int_equal(clinic_enroll(&c).enrolled, 2);
  clinic_forward(&c, 5, CLINIC_DAY);
  assert_int_equal(drained(&c) > 0, 1);
  clinic_close(&c);
}

/* So many of each campaign at each location, whoever else entered there on that day, or left. */
static void what_enters_elsewhere_on_a_day_takes_no_place(void **state) {
  static const char people[] = CLINIC_HEAD "a1|active|Ana|1980-02-29|1|+12125550101|yes||\n"
                                           "a2|active|Ana|1980-02-29|1|+12125550102|yes||\n"
                                           "b1|active|Ana|1980-02-29|2|+12125550103|yes||\n"
                                           "b2|active|Ana|1980-02-29|2|+12125550104|yes||\n";
  static const char one[] = WITH("\"capacity\":{\"per_day\":1}");
  char two[sizeof one];
  clinic c;
  (void)state;
  memcpy(two, one, sizeof two);
  memcpy(strstr(two, "\"one\""), "\"two\"", 5);
  clinic_open(&c, people, NULL);
  clinic_launch(&c, "one", one);
  clinic_launch(&c, "two", two);
  const wb_counts counts = clinic_enroll(&c);
  assert_int_equal(counts.enrolled, 4);
  assert_int_equal(counts.held, 4);
  assert_int_equal(held(&c), 4);
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "a1"), WB_OK); /* who left has entered */
  c.now += CLINIC_HOUR;
  clinic_rows(&c, people, "");
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  c.now += CLINIC_DAY;
  clinic_rows(&c, people, "");
  assert_int_equal(clinic_enroll(&c).enrolled, 4);
  clinic_close(&c);
}

#define CHAIRS WITH("\"capacity\":{\"minutes\":{\"hygiene\":60}}")

static void chair_time_without_the_reserve_is_promised_by_the_chance_of_a_booking(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 20, "one", CHAIRS);
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

static void every_column_that_a_visit_takes_must_have_the_time(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 30, "one",
               WITH("\"capacity\":{\"minutes\":{\"hygiene\":60,\"doctor\":10,\"operatory\":70}}"));
  column(&c, "hygiene", 600);
  column(&c, "doctor", 5); /* 4 without the reserve: four at one in ten of ten minutes */
  assert_int_equal(clinic_enroll(&c).enrolled, 4);
  assert_int_equal(held(&c), 26);
  const wb_enrollment waits = clinic_find(&c, "p05", "one");
  assert_int_equal(waits.hold, WB_HOLD_CAPACITY);
  assert_int_equal(waits.wake, c.now); /* held since now, and looked at with each enrolment */
  column(&c, "operatory", 60);         /* 48: six at seven */
  column(&c, "doctor", 50);
  assert_int_equal(clinic_enroll(&c).enrolled, 2);
  column(&c, "operatory", 600);
  assert_int_equal(clinic_enroll(&c).enrolled, 19); /* the day's 25 */
  /* A visit takes its time of each. */
  assert_int_equal(drained(&c), 25);
  column(&c, "doctor", 20); /* 16 */
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p01"), WB_OK);
  clinic_forward(&c, 30, CLINIC_DAY);
  assert_int_equal(drained(&c), 0);
  assert_int_equal(clinic_enroll(&c).enrolled, 6); /* 6 are left: six at one, of 25 one came */
  clinic_close(&c);
}

static void chair_time_is_that_of_a_schedule(void **state) {
  (void)state;
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  wb_input input = {.size = sizeof input, .kind = WB_INPUT_CAPACITY, .minutes = 60};
  input.location = "1";
  input.location_length = 1;
  const uint64_t before = wb_practice_sequence(c.practice);
  assert_int_equal(clinic_send(&c, &input), WB_E_INVALID);
  assert_int_equal(wb_practice_sequence(c.practice), before);
  clinic_close(&c);
}

static void without_a_report_chair_time_holds_nobody(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 20, "one", CHAIRS);
  assert_int_equal(clinic_enroll(&c).enrolled, 20);
  clinic_close(&c);
}

static void what_is_booked_is_no_longer_open(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 20, "one", CHAIRS);
  chairs(&c, 60);
  assert_int_equal(clinic_enroll(&c).enrolled, 8);
  assert_int_equal(drained(&c), 8);
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p01"), WB_OK);
  assert_int_equal(clinic_enroll(&c).enrolled, 0); /* 60 of 48 are gone */
  clinic_forward(&c, 20, CLINIC_DAY);
  assert_int_equal(drained(&c), 0); /* the others are through */
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  chairs(&c, 120); /* the host has looked again: 96, at one in nine */
  assert_int_equal(clinic_enroll(&c).enrolled, 13);
  clinic_close(&c);
}

/* How many go on, and do not wait for capacity. */
static uint32_t inside(clinic *c) {
  wb_enrollment found = {.size = sizeof found};
  uint64_t cursor = 0;
  uint32_t count = 0;
  while (wb_practice_next(c->practice, &cursor, &found) == WB_OK)
    count += found.state != WB_STATE_ENDED && found.hold != WB_HOLD_CAPACITY;
  return count;
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
    clinic_crowd(&c, 40, "one", CHAIRS);
    int64_t open = 60 + (int64_t)draw(&seed, 240), booked = 0, visits = 0;
    chairs(&c, (uint32_t)open);
    for (int turn = 0; turn < 12; turn++) {
      const wb_counts counts = clinic_enroll(&c);
      /* What those inside are expected to take, by how many booked so far, and what was booked. */
      const int64_t chance = (visits + 1) * 10000 / (visits + 10);
      const int64_t promised = (int64_t)inside(&c) * ((60 * chance + 9999) / 10000);
      if (counts.enrolled > 0) assert_true(promised + booked <= open * 8 / 10);
      (void)drained(&c);
      for (uint32_t i = draw(&seed, 3); i > 0; i--) {
        char key[8];
        snprintf(key, sizeof key, "p%02u", 1 + draw(&seed, 40));
        if (clinic_receive(&c, WB_INPUT_CLICK, key) != WB_OK) continue; /* not known yet */
        const wb_enrollment before = clinic_find(&c, key, "one");
        assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, key), WB_OK);
        if (before.state == WB_STATE_ENDED) continue;
        booked += 60;
        visits += before.touches > 0; /* who was not written to is no sign */
      }
      if (draw(&seed, 4) == 0) {
        open = 60 + (int64_t)draw(&seed, 240);
        chairs(&c, (uint32_t)open);
        booked = 0;
      }
      clinic_forward(&c, 40, CLINIC_HOUR);
    }
    clinic_close(&c);
  }
}

/* The chairs have time for few, and from the second day on eleven new ones come every day whose
   campaign is more important: who waits for the other goes all the same, after 14 days, with
   the next place. */
static void who_waits_behind_what_is_more_important_does_not_starve(void **state) {
  enum { DAYS = 17, NEW = 11 };
  static const char low[] = "\"name\":\"one\"", wanted[] = "recare.overdue_months >= 1";
  char json[4000];
  clinic c;
  int went = 0;
  (void)state;
  clinic_crowd(&c, 1, "one", CHAIRS);
  snprintf(json, sizeof json, "%s",
           WITH("\"priority\":90,\"capacity\":{\"minutes\":{\"hygiene\":60}}"));
  memcpy(strstr(json, low), "\"name\":\"two\"", strlen(low));
  memcpy(strstr(json, wanted), "patient.first_name != 'Lo'", strlen(wanted));
  clinic_launch(&c, "two", json);
  for (int day = 0; day < DAYS; day++) {
    char *text = clinic_people(0);
    text = realloc(text, 400 + DAYS * NEW * 100);
    strcat(text, "low|active|Lo|1980-02-29|1|+13125550100|yes||\n");
    for (int i = 0; i < day * NEW; i++)
      sprintf(text + strlen(text), "h%03d|active|Ana|1980-02-29|1|+1%d555%04d|yes||\n", i,
              212 + i / 100, 100 + i % 100);
    clinic_rows(&c, text, "");
    free(text);
    chairs(&c, day > 0 ? 12 : 0);
    (void)clinic_enroll(&c);
    (void)drained(&c);
    const uint32_t touches = clinic_find(&c, "low", "one").touches;
    if (touches > 0 && went == 0) went = day;
    c.now += CLINIC_DAY;
  }
  assert_in_range(went, 14, 15);
  clinic_close(&c);
}

/* No room for anybody: who stops is out at once, and hears that they are. */
static void capacity_holds_no_opt_out_and_no_answer(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 2, "one", CHAIRS);
  chairs(&c, 20);
  assert_int_equal(clinic_enroll(&c).enrolled, 2);
  assert_int_equal(drained(&c), 2);
  chairs(&c, 0);
  assert_int_equal(clinic_reply(&c, "p01", "STOP"), WB_OK);
  assert_string_equal(clinic_find(&c, "p01", "one").reason, "opted_out");
  assert_int_equal(clinic_reply(&c, "p02", "HELP"), WB_OK);
  assert_int_equal(clinic_poll(&c), 2);
  assert_string_equal(c.actions[0].campaign, "notices");
  assert_string_equal(c.actions[1].campaign, "notices");
  clinic_close(&c);
}

static void capacity_survives_replay_and_reload(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 20, "one", CHAIRS);
  chairs(&c, 60);
  (void)clinic_enroll(&c);
  (void)drained(&c);
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p01"), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(only_so_many_are_inside_at_once_and_the_longest_held_are_next),
      cmocka_unit_test(only_so_many_enter_a_campaign_on_a_day),
      cmocka_unit_test(chair_time_without_the_reserve_is_promised_by_the_chance_of_a_booking),
      cmocka_unit_test(every_column_that_a_visit_takes_must_have_the_time),
      cmocka_unit_test(chair_time_is_that_of_a_schedule),
      cmocka_unit_test(without_a_report_chair_time_holds_nobody),
      cmocka_unit_test(what_is_booked_is_no_longer_open),
      cmocka_unit_test(no_order_of_answers_promises_more_than_is_open),
      cmocka_unit_test(who_waits_behind_what_is_more_important_does_not_starve),
      cmocka_unit_test(capacity_holds_no_opt_out_and_no_answer),
      cmocka_unit_test(what_enters_elsewhere_on_a_day_takes_no_place),
      cmocka_unit_test(capacity_survives_replay_and_reload),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

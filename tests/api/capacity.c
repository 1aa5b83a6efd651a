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

#define WITH(capacity) STEPS(capacity, "", "")
#define LATER(capacity) STEPS(capacity, "{\"id\":\"w0\",\"wait\":{\"days\":1}},", "")
#define STALE(capacity) STEPS(capacity, "", ",\"stale_after\":{\"hours\":5}")
/* The same with a step before the first message, and members of that. */
#define STEPS(capacity, first, members)                                                            \
  "{\"format\":1,\"name\":\"one\",\"title\":\"One\",\"class\":\"care\","                           \
  "\"audience\":\"recare.overdue_months >= 1 && !recare.booked\","                                 \
  "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"                                          \
  "\"exits\":{\"booked\":\"recare.booked\"},\"rest_days\":0," capacity ",\"steps\":[" first        \
  "{\"id\":\"s1\",\"send\":[\"hello\"]" members "},{\"id\":\"w1\",\"wait\":{\"days\":1}},"         \
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

/* Two are one: the message of one was refused for good, the other waits for a place under another
   key. */
static void who_waits_for_a_place_and_is_merged_has_a_message_of_their_own(void **state) {
  (void)state;
  for (int way = 0; way < CLINIC_WAYS; ++way) {
    uint8_t before[16];
    clinic c;
    clinic_crowd(&c, 2, "one", WITH("\"capacity\":{\"inside\":1}"));
    assert_int_equal(clinic_enroll(&c).held, 1);
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].patient, "p01");
    memcpy(before, c.actions[0].id, sizeof before);
    assert_int_equal(clinic_ack(&c, before, WB_NOT_SENT, WB_CAUSE_CONTENT), WB_OK);
    clinic_forward(&c, 2, CLINIC_DAY);
    assert_int_equal(drained(&c), 0);
    assert_int_equal(clinic_find(&c, "p01", "one").state, WB_STATE_ENDED);
    assert_int_equal(clinic_merge(&c, "p02", "p01"), WB_OK);
    clinic_renew(&c, way);
    clinic_forward(&c, 1, CLINIC_MINUTE);
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    clinic_renew(&c, way);
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].patient, "p01");
    assert_memory_not_equal(c.actions[0].id, before, sizeof before);
    clinic_sent(&c);
    clinic_close(&c);
  }
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

/* Nor is anything told of what nobody reported: a booking is as long in the journal as without. */
static void of_columns_that_nobody_reported_nothing_is_journaled(void **state) {
  static const char *const limits[] = {CHAIRS, WITH("\"touches\":6")};
  size_t lengths[2];
  (void)state;
  for (int i = 0; i < 2; i++) {
    clinic c;
    clinic_crowd(&c, 1, "one", limits[i]);
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    const size_t before = c.journal.length;
    assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p01"), WB_OK);
    lengths[i] = c.journal.length - before;
    clinic_close(&c);
  }
  assert_int_equal(lengths[0], lengths[1]);
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

/* What somebody books who is out takes nothing of what is promised to those inside. */
static void what_is_booked_by_whoever_is_out_is_still_open(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 20, "one",
               WITH("\"reentry\":\"never\",\"capacity\":{\"minutes\":{\"hygiene\":60}}"));
  chairs(&c, 60);
  assert_int_equal(clinic_enroll(&c).enrolled, 8);
  assert_int_equal(drained(&c), 8);
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p01"), WB_OK);
  clinic_forward(&c, 20, CLINIC_DAY);
  assert_int_equal(drained(&c), 0);
  chairs(&c, 120);
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p01"), WB_OK);
  assert_int_equal(clinic_enroll(&c).enrolled, 12); /* the rest, of 13 */
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

/* ---- who cannot be reached ------------------------------------------------------------------ */

/* People p01 on who may not be texted yet, and after them others who may. */
static void mixed(char *table, int unreached, int reached, const char *permission) {
  size_t at = (size_t)sprintf(table, "%s", CLINIC_HEAD);
  for (int i = 1; i <= unreached + reached; i++)
    at += (size_t)sprintf(table + at, "p%02d|active|Ana|1980-02-29|1|+12125550%03d|%s||\n", i,
                          100 + i, i <= unreached ? permission : "yes");
}

/* Opens a clinic with them. */
static void begin_mixed(clinic *c, int unreached, int reached, const char *json) {
  static char people[8192];
  mixed(people, unreached, reached, "no");
  clinic_open(c, people, NULL);
  clinic_launch(c, "one", json);
}

/* All of them may be texted now, some time later. */
static void all_are_reached(clinic *c, int count, wb_time by) {
  static char people[8192];
  c->now += by;
  mixed(people, 0, count, "");
  clinic_rows(c, people, "");
}

/* Nobody waits behind somebody who is never written to. */
static void who_cannot_be_reached_takes_no_place(void **state) {
  static const char *const limits[] = {WITH("\"capacity\":{\"inside\":2}"),
                                       WITH("\"capacity\":{\"per_day\":2}"), CHAIRS};
  (void)state;
  for (int i = 0; i < 3; i++) {
    clinic c;
    begin_mixed(&c, 12, 4, limits[i]);
    chairs(&c, 18); /* 14 without the reserve: two at six, later at five */
    wb_counts counts = clinic_enroll(&c);
    assert_int_equal(counts.enrolled, 2);
    assert_int_equal(counts.held, 14);
    assert_int_equal(held(&c), 2);
    assert_int_equal(drained(&c), 2);
    assert_int_equal(clinic_enroll(&c).enrolled, 0);
    const uint64_t before = wb_practice_sequence(c.practice);
    counts = clinic_enroll(&c);
    assert_int_equal(counts.inside, 16);
    assert_int_equal(wb_practice_sequence(c.practice), before); /* they are held already */
    char people[2048];
    mixed(people, 12, 4, "no");
    c.now += CLINIC_DAY;
    clinic_rows(&c, people, "");
    assert_int_equal(drained(&c), 0); /* the first two are through */
    chairs(&c, 18);
    assert_int_equal(clinic_enroll(&c).enrolled, 2);
    assert_int_equal(drained(&c), 2);
    clinic_close(&c);
  }
}

/* The first message shows that a number is bad, at once or an hour later: whom nothing reaches
   takes no place. */
static void who_turns_out_not_to_be_reached_takes_no_place(void **state) {
  (void)state;
  for (int later = 0; later < 2; ++later) {
    clinic c;
    clinic_crowd(&c, 2, "one", WITH("\"capacity\":{\"inside\":1}"));
    assert_int_equal(clinic_enroll(&c).held, 1);
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].patient, "p01");
    clinic_sent(&c);
    wb_input bad = clinic_input(WB_INPUT_UNDELIVERED, NULL);
    bad.action = c.actions[0].id;
    bad.outcome = WB_CAUSE_ADDRESS;
    c.now += later * CLINIC_HOUR;
    assert_int_equal(clinic_send(&c, &bad), WB_OK);
    clinic_forward(&c, 2, CLINIC_DAY);
    assert_int_equal(drained(&c), 0);
    assert_int_equal(clinic_find(&c, "p01", NULL).hold, WB_HOLD_BAD_ADDRESS);
    clinic_renew(&c, CLINIC_LOADED);
    clinic_forward(&c, 2, CLINIC_MINUTE);
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].patient, "p02");
    clinic_close(&c);
  }
}

/* Once they can be reached they take one: the next enrolment lets in as many as there is room for.
 */
static void who_can_be_reached_at_last_takes_a_place(void **state) {
  clinic c;
  (void)state;
  begin_mixed(&c, 5, 1, WITH("\"capacity\":{\"inside\":2}"));
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  all_are_reached(&c, 6, CLINIC_HOUR);
  assert_int_equal(drained(&c), 1); /* who was in already */
  assert_int_equal(held(&c), 5);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  assert_int_equal(drained(&c), 1);
  assert_int_equal(clinic_find(&c, "p01", "one").touches, 1); /* the longest held */
  assert_int_equal(held(&c), 4);
  for (int way = 0; way < CLINIC_WAYS; way++)
    clinic_renew(&c, way);
  clinic_close(&c);
}

/* Whatever holds them meanwhile, too: a pause, or what the desk is to see first. */
static void who_waits_for_a_place_waits_for_it_after_another_hold(void **state) {
  (void)state;
  for (int way = 0; way < CLINIC_WAYS; way++) {
    clinic c;
    clinic_crowd(&c, 5, "one", WITH("\"capacity\":{\"inside\":2}"));
    assert_int_equal(clinic_enroll(&c).held, 3);
    assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, "one"), WB_OK);
    assert_int_equal(drained(&c), 0);
    assert_int_equal(clinic_find(&c, "p03", "one").hold, WB_HOLD_PAUSED);
    clinic_renew(&c, way);
    assert_int_equal(clinic_enroll(&c).enrolled, 0);
    assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, "one"), WB_OK);
    assert_int_equal(drained(&c), 2);
    assert_int_equal(held(&c), 3);
    assert_int_equal(clinic_enroll(&c).enrolled, 0);
    clinic_close(&c);
  }
}

/* Nor is what is not due before they have a place ever too late. */
static void nothing_is_too_late_for_who_waits_for_a_place(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 2, "one", STALE("\"capacity\":{\"inside\":1}"));
  assert_int_equal(clinic_enroll(&c).held, 1);
  assert_int_equal(drained(&c), 1);
  assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, "one"), WB_OK);
  clinic_forward(&c, 2, CLINIC_DAY);
  assert_int_equal(drained(&c), 0);
  assert_int_equal(clinic_find(&c, "p02", "one").hold, WB_HOLD_PAUSED);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, "one"), WB_OK);
  assert_int_equal(drained(&c), 0);
  assert_int_equal(clinic_find(&c, "p02", "one").hold, WB_HOLD_CAPACITY);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  assert_int_equal(drained(&c), 1);
  clinic_close(&c);
}

/* Nor do they all come at once: each takes one of the day's admissions. */
static void who_can_be_reached_at_last_is_admitted_like_any_other(void **state) {
  clinic c;
  (void)state;
  begin_mixed(&c, 40, 10, WITH("\"touches\":6"));
  assert_int_equal(clinic_enroll(&c).enrolled, 10);
  all_are_reached(&c, 50, CLINIC_HOUR);
  assert_int_equal(drained(&c), 25); /* ten, and fifteen of them */
  assert_int_equal(held(&c), 25);
  for (int way = 0; way < CLINIC_WAYS; way++) {
    clinic_renew(&c, way);
    assert_int_equal(drained(&c), 0);
    assert_int_equal(clinic_enroll(&c).enrolled, 0);
  }
  all_are_reached(&c, 50, CLINIC_DAY - CLINIC_HOUR);
  assert_int_equal(drained(&c), 25);
  assert_int_equal(held(&c), 0);
  clinic_close(&c);
}

/* The places are those of the day on which they can be reached, however often the host polls. */
static void who_can_be_reached_on_a_later_day_takes_a_place_of_that_day(void **state) {
  clinic c;
  (void)state;
  begin_mixed(&c, 60, 10, WITH("\"touches\":6"));
  assert_int_equal(clinic_enroll(&c).enrolled, 10);
  assert_int_equal(drained(&c), 10);
  for (int day = 0; day < 3; day++) {
    all_are_reached(&c, 70, CLINIC_DAY);
    assert_int_equal(drained(&c), day < 2 ? 25 : 10);
  }
  clinic_close(&c);
}

/* Who waited for a place entered once, and gets what was drawn then. */
static void who_waited_for_a_place_has_entered_once(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 6, "one", WITH("\"reentry\":\"never\",\"capacity\":{\"inside\":2}"));
  for (int day = 0; day < 4; day++) {
    assert_int_equal(drained(&c), 0); /* who was in is through */
    (void)clinic_enroll(&c);
    (void)drained(&c);
    uint64_t cursor = 0;
    wb_metrics metrics = {.size = sizeof metrics};
    assert_int_equal(wb_metrics_next(c.practice, &cursor, &metrics), WB_OK);
    assert_int_equal(metrics.entered, 6);
    assert_int_equal(metrics.contacted, day < 3 ? 2 * (day + 1) : 6);
    clinic_forward(&c, 6, CLINIC_DAY);
  }
  clinic_close(&c);
}

/* So many entries are counted. */
static uint64_t entered(clinic *c) {
  uint64_t cursor = 0;
  wb_metrics metrics = {.size = sizeof metrics};
  assert_int_equal(wb_metrics_next(c->practice, &cursor, &metrics), WB_OK);
  return metrics.entered;
}

/* So has whoever waited for a place in what begins with a wait; or for a message that reaches them,
   where places are limited or not. */
static void who_waited_has_entered_once_though_it_begins_with_a_wait(void **state) {
  static const char *const limits[] = {LATER("\"reentry\":\"never\",\"capacity\":{\"per_day\":2}"),
                                       LATER("\"reentry\":\"never\"")};
  (void)state;
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
    clinic c;
    begin_mixed(&c, 2, 4, limits[i]);
    assert_int_equal(clinic_enroll(&c).enrolled, i == 0 ? 2 : 4);
    for (int day = 0; day < 5; day++) {
      assert_int_equal(entered(&c), 6);
      for (int way = 0; way < CLINIC_WAYS; way++)
        clinic_renew(&c, way);
      all_are_reached(&c, 6, CLINIC_DAY);
      (void)drained(&c);
      (void)clinic_enroll(&c);
    }
    for (int person = 1; person <= 6; person++) {
      char key[] = "p00";
      key[2] = (char)('0' + person);
      assert_int_equal(clinic_find(&c, key, "one").touches, 1);
    }
    clinic_close(&c);
  }
}

/* A newer version lets in those who wait for a place in the older one, into that one. */
static void who_waits_for_a_place_is_let_in_though_there_is_a_newer_version(void **state) {
  clinic c;
  char newer[] = WITH("\"capacity\":{\"inside\":2}");
  (void)state;
  clinic_crowd(&c, 4, "one", newer);
  assert_int_equal(clinic_enroll(&c).enrolled, 2);
  memcpy(strstr(newer, "\"One\""), "\"Two\"", 5);
  clinic_launch(&c, "one", newer);
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  assert_int_equal(drained(&c), 2);
  clinic_forward(&c, 5, CLINIC_DAY); /* p05 is new */
  assert_int_equal(drained(&c), 0);
  assert_int_equal(clinic_enroll(&c).enrolled, 2);
  assert_int_equal(drained(&c), 2);
  assert_int_equal(clinic_find(&c, "p03", "one").touches, 1);
  assert_int_equal(clinic_find(&c, "p04", "one").touches, 1);
  assert_int_equal(clinic_find(&c, "p05", "one").hold, WB_HOLD_CAPACITY);
  clinic_close(&c);
}

/* They wait as that version has it, whose numbers and segments they entered by. */
static void who_waits_for_a_place_waits_by_the_version_they_entered(void **state) {
  static const char rest[] = "\"segments\":[{\"name\":\"none\",\"where\":\"false\"},{\"name\":"
                             "\"rest\",\"where\":\"true\"}]";
  static const char all[] = "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}]";
  static const char newer[] = WITH("\"reentry\":\"never\",\"capacity\":{\"inside\":3}");
  static const char older[] = WITH("\"reentry\":\"never\",\"capacity\":{\"inside\":1}");
  char json[2000];
  clinic c;
  wb_waiting rows[8] = {{.size = sizeof rows[0]}};
  uint32_t count = 0;
  (void)state;
  const char *at = strstr(older, all);
  snprintf(json, sizeof json, "%.*s%s%s", (int)(at - older), older, rest, at + strlen(all));
  clinic_crowd(&c, 4, "one", json);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  assert_int_equal(held(&c), 3);
  assert_int_equal(drained(&c), 1);
  clinic_launch(&c, "one", newer);
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  clinic_forward(&c, 4, CLINIC_DAY);
  assert_int_equal(drained(&c), 0);
  c.options.admissions = 1;
  clinic_renew(&c, CLINIC_LOADED);
  assert_int_equal(
      wb_practice_waiting(c.practice, NULL, 0, c.it.facts, c.now, rows, 8, &count, NULL), WB_OK);
  assert_int_equal(count, 2);
  assert_string_equal(rows[0].segment, "rest");
  c.options.admissions = 25;
  clinic_renew(&c, CLINIC_LOADED);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  assert_int_equal(held(&c), 2);
  clinic_close(&c);
}

/* Of two who wait for one place whoever has waited for 14 days goes first, however unimportant. */
static void who_waited_for_14_days_to_the_second_goes_first(void **state) {
  static const char low[] = "patient.first_name == 'Lo'", high[] = "patient.first_name != 'Lo'";
  static const char wanted[] = "recare.overdue_months >= 1";
  (void)state;
  for (int early = 0; early < 2; early++) {
    char json[2][2000];
    clinic c;
    snprintf(json[1], sizeof json[1], "%s", CHAIRS);
    snprintf(json[0], sizeof json[0], "%s",
             WITH("\"priority\":90,\"capacity\":{\"minutes\":{\"hygiene\":60}}"));
    memcpy(strstr(json[0], wanted), high, strlen(high));
    memcpy(strstr(json[1], wanted), low, strlen(low));
    memcpy(strstr(json[1], "\"one\""), "\"two\"", 5);
    clinic_open(&c, CLINIC_ANA, NULL);
    clinic_launch(&c, "one", json[0]);
    clinic_launch(&c, "two", json[1]);
    c.now += CLINIC_HOUR;
    clinic_rows(&c, CLINIC_HEAD "low|active|Lo|1980-02-29|1|+12125550100|yes||\n", "");
    chairs(&c, 0);
    assert_int_equal(clinic_enroll(&c).held, 1);
    c.now += 14 * CLINIC_DAY - early;
    clinic_rows(&c,
                CLINIC_HEAD "low|active|Lo|1980-02-29|1|+12125550100|yes||\n"
                            "new|active|Ana|1980-02-29|1|+12125550101|yes||\n",
                "");
    chairs(&c, 12); /* 9 without the reserve: one at one in ten of an hour */
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    assert_int_equal(clinic_find(&c, "low", "two").hold, early ? WB_HOLD_CAPACITY : WB_HOLD_NONE);
    assert_int_equal(clinic_find(&c, "new", "one").hold, early ? WB_HOLD_NONE : WB_HOLD_CAPACITY);
    clinic_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(who_waits_for_a_place_and_is_merged_has_a_message_of_their_own),
      cmocka_unit_test(only_so_many_are_inside_at_once_and_the_longest_held_are_next),
      cmocka_unit_test(only_so_many_enter_a_campaign_on_a_day),
      cmocka_unit_test(chair_time_without_the_reserve_is_promised_by_the_chance_of_a_booking),
      cmocka_unit_test(every_column_that_a_visit_takes_must_have_the_time),
      cmocka_unit_test(chair_time_is_that_of_a_schedule),
      cmocka_unit_test(without_a_report_chair_time_holds_nobody),
      cmocka_unit_test(of_columns_that_nobody_reported_nothing_is_journaled),
      cmocka_unit_test(what_is_booked_is_no_longer_open),
      cmocka_unit_test(what_is_booked_by_whoever_is_out_is_still_open),
      cmocka_unit_test(no_order_of_answers_promises_more_than_is_open),
      cmocka_unit_test(who_waits_behind_what_is_more_important_does_not_starve),
      cmocka_unit_test(capacity_holds_no_opt_out_and_no_answer),
      cmocka_unit_test(what_enters_elsewhere_on_a_day_takes_no_place),
      cmocka_unit_test(capacity_survives_replay_and_reload),
      cmocka_unit_test(who_cannot_be_reached_takes_no_place),
      cmocka_unit_test(who_turns_out_not_to_be_reached_takes_no_place),
      cmocka_unit_test(who_can_be_reached_at_last_takes_a_place),
      cmocka_unit_test(who_waits_for_a_place_waits_for_it_after_another_hold),
      cmocka_unit_test(nothing_is_too_late_for_who_waits_for_a_place),
      cmocka_unit_test(who_can_be_reached_at_last_is_admitted_like_any_other),
      cmocka_unit_test(who_can_be_reached_on_a_later_day_takes_a_place_of_that_day),
      cmocka_unit_test(who_waited_for_a_place_has_entered_once),
      cmocka_unit_test(who_waited_has_entered_once_though_it_begins_with_a_wait),
      cmocka_unit_test(who_waits_for_a_place_is_let_in_though_there_is_a_newer_version),
      cmocka_unit_test(who_waits_for_a_place_waits_by_the_version_they_entered),
      cmocka_unit_test(who_waited_for_14_days_to_the_second_goes_first),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

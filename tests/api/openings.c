/* SPDX-License-Identifier: MIT */
/* Openings: who is asked, who gets it, what becomes of the others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/clinic.h"

/* Asks whoever is overdue for any opening of 30 minutes or more. */
static const char asking[] =
    "{\"format\":1,\"name\":\"fill\",\"title\":\"Fill\",\"class\":\"benefit\",\"subject\":"
    "\"opening\","
    "\"audience\":\"recare.overdue_months >= 1 && slot.minutes >= 30\","
    "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"rest_days\":0,"
    "\"steps\":[{\"id\":\"ask\",\"send\":[\"ask\"]},{\"id\":\"wait\",\"wait\":{\"days\":7}},"
    "{\"id\":\"end\",\"exit\":true}],"
    "\"texts\":{\"ask\":{\"channel\":\"sms\",\"en\":{\"body\":\"Hi, {{ location.short_name }} has "
    "time for you{% if slot.start %} on {{ slot.start | date: \\\"%d\\\" }}{% endif %}. Reply YES "
    "to "
    "take it, STOP to opt out.\"}}}}";

static void opened(clinic *c, const char *key, wb_time at) {
  const wb_input input = clinic_slot(WB_INPUT_SLOT_OPENED, key, at);
  assert_int_equal(clinic_send(c, &input), WB_OK);
}

static wb_opening found(clinic *c, const char *key) {
  wb_opening opening = {.size = sizeof opening};
  assert_int_equal(wb_opening_get(c->practice, key, strlen(key), &opening), WB_OK);
  return opening;
}

static wb_status booked(clinic *c, const char *patient, const char *key) {
  wb_input input = clinic_input(WB_INPUT_BOOKED, patient);
  input.visit = key;
  input.visit_length = (uint32_t)strlen(key);
  return clinic_send(c, &input);
}

/* Polls and answers until nothing more comes; how many were handed out. */
static uint32_t drained(clinic *c) {
  uint32_t count = 0;
  while (clinic_poll(c) > 0) {
    count += c->count;
    clinic_sent(c);
  }
  return count;
}

static void an_opening_is_offered_in_waves_and_the_first_yes_has_it(void **state) {
  wb_task task = {.size = sizeof task};
  clinic c;
  (void)state;
  clinic_crowd(&c, 20, "fill", asking);
  opened(&c, "s1", c.now + CLINIC_DAY);
  assert_int_equal(found(&c, "s1").state, WB_OPENING_OPEN);
  assert_int_equal(clinic_wake(&c), c.now);
  assert_int_equal(clinic_poll(&c), 8); /* one in ten accepts */
  assert_string_equal(c.actions[0].text,
                      "Hi, Example Dental has time for you on 24. Reply YES to take it, STOP to "
                      "opt out.");
  assert_string_equal(c.actions[0].campaign, "fill");
  assert_string_equal(c.actions[0].about, "s1"); /* as wb_opening_get takes it */
  assert_string_equal(clinic_find(&c, "p01", "fill").about, "s1");
  clinic_sent(&c);
  wb_opening opening = found(&c, "s1");
  assert_int_equal(opening.state, WB_OPENING_OFFERING);
  assert_int_equal(opening.asked, 8);
  assert_int_equal(opening.waves, 1);
  assert_int_equal(opening.until - c.now, CLINIC_DAY / 16);
  assert_int_equal(clinic_wake(&c), opening.until);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_reply(&c, "p01", "Yes"), WB_OK);
  opening = found(&c, "s1");
  assert_int_equal(opening.state, WB_OPENING_TENTATIVE);
  assert_string_equal(opening.patient, "p01");
  assert_int_equal(opening.until - c.now, 2 * CLINIC_HOUR);
  assert_string_equal(clinic_find(&c, "p01", "fill").reason, "accepted");
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, &task), 1);
  assert_string_equal(task.reason, "opening_accepted");
  assert_string_equal(task.about, "s1");
  assert_int_equal(task.about_length, 2);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].template_, "yours");
  clinic_sent(&c);
  assert_int_equal(booked(&c, "p01", "s1"), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 0);
  opening = found(&c, "s1");
  assert_int_equal(opening.state, WB_OPENING_CONFIRMED);
  assert_string_equal(opening.patient, "p01");
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 0);
  assert_string_equal(clinic_find(&c, "p02", "fill").reason, "gone");
  clinic_forward(&c, 20, CLINIC_DAY / 16);
  assert_int_equal(clinic_poll(&c), 0);
  clinic_close(&c);
}

/* A visit at another time does not answer who was told that this one is theirs. */
static void another_visit_leaves_an_accepted_opening_on_the_desk(void **state) {
  (void)state;
  static const char *const visits[] = {"v9", "s1", ""}; /* of the last nobody knows which it is */
  for (size_t i = 0; i < sizeof visits / sizeof *visits; ++i) {
    clinic c;
    clinic_crowd(&c, 20, "fill", asking);
    opened(&c, "s1", c.now + CLINIC_DAY);
    assert_int_equal(drained(&c), 8);
    assert_int_equal(clinic_reply(&c, "p01", "Yes"), WB_OK);
    assert_int_equal(booked(&c, "p01", visits[i]), WB_OK);
    assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), i == 0);
    clinic_close(&c);
  }
}

static void the_next_wave_asks_others(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 20, "fill", asking);
  opened(&c, "s1", c.now + CLINIC_DAY);
  assert_int_equal(drained(&c), 8);
  clinic_forward(&c, 20, CLINIC_DAY / 16 - 1);
  assert_int_equal(drained(&c), 0);
  clinic_forward(&c, 20, 1);
  assert_int_equal(clinic_poll(&c), 12); /* of eight nobody: one in eighteen */
  assert_string_equal(c.actions[0].step, "ask");
  clinic_sent(&c);
  assert_int_equal(found(&c, "s1").asked, 20);
  assert_int_equal(found(&c, "s1").waves, 2);
  clinic_close(&c);
}

static void a_last_look_at_what_is_gone_leaves_other_calls_alone(void **state) {
  clinic c;
  wb_look look = {.size = sizeof look};
  uint8_t id[16] = {0};
  (void)state;
  clinic_crowd(&c, 2, "fill", asking);
  opened(&c, "s1", c.now + CLINIC_DAY);
  assert_int_equal(drained(&c), 2);
  assert_int_equal(clinic_reply(&c, "p01", "YES"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p02", "YES"), WB_OK);
  assert_int_equal(drained(&c), 2);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 1); /* of p02 */
  assert_int_equal(booked(&c, "p01", "s1"), WB_OK);
  clinic_forward(&c, 2, CLINIC_DAY);
  opened(&c, "s2", c.now + CLINIC_DAY);
  assert_int_equal(clinic_poll(&c), 2);
  for (uint32_t i = 0; i < 2; i++) {
    const bool other = strcmp(c.actions[i].patient, "p02") == 0;
    if (other) memcpy(id, c.actions[i].id, sizeof id);
    if (!other) assert_int_equal(clinic_ack(&c, c.actions[i].id, WB_SENT, 0), WB_OK);
  }
  assert_int_equal(clinic_reply(&c, "p01", "YES"), WB_OK);
  assert_string_equal(found(&c, "s2").patient, "p01");
  assert_int_equal(wb_practice_test(c.practice, id, c.it.facts, c.now, &look, NULL), WB_OK);
  assert_int_equal(look.answer, WB_LOOK_WITHDRAWN);
  assert_string_equal(look.reason, "gone");
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 1);
  clinic_close(&c);
}

static void a_late_yes_is_told_so_and_goes_to_the_desk(void **state) {
  clinic c;
  wb_task task = {.size = sizeof task};
  (void)state;
  clinic_crowd(&c, 3, "fill", asking);
  opened(&c, "s1", c.now + CLINIC_DAY);
  assert_int_equal(drained(&c), 3);
  assert_int_equal(clinic_reply(&c, "p01", "YES"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p02", "yes please"), WB_OK);
  assert_string_equal(found(&c, "s1").patient, "p01");
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
  assert_string_equal(task.patient, "p02");
  assert_string_equal(task.reason, "opening_gone");
  assert_string_equal(task.about, "s1");
  assert_int_equal(clinic_poll(&c), 2);
  for (uint32_t i = 0; i < 2; ++i) {
    const bool first = strcmp(c.actions[i].patient, "p01") == 0;
    assert_string_equal(c.actions[i].step, first ? "yours" : "gone");
    if (!first) /* and where there are other times */
      assert_string_equal(
          c.actions[i].text,
          "Example Dental: thank you for answering. That time is gone. Pick another "
          "here, or we call you: https://book.example.com/1 Reply STOP to opt out.");
  }
  clinic_sent(&c);
  assert_int_equal(booked(&c, "p01", "s1"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p03", "YES"), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 2);
  assert_string_equal(found(&c, "s1").patient, "p01");
  assert_int_equal(drained(&c), 1);
  c.now += 14 * CLINIC_DAY - 1; /* nobody waits for these calls: they are given up all the same */
  drained(&c);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 2);
  assert_int_equal(clinic_wake(&c), c.now + 1);
  c.now += 1;
  drained(&c);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
  clinic_close(&c);
}

static void of_eight_who_accept_at_once_one_has_it_and_who_opted_out_hears_nothing(void **state) {
  clinic c;
  uint32_t yours = 0, gone = 0;
  (void)state;
  clinic_crowd(&c, 8, "fill", asking);
  opened(&c, "s1", c.now + CLINIC_DAY);
  assert_int_equal(drained(&c), 8);
  for (int i = 1; i <= 8; i++) {
    char key[8];
    snprintf(key, sizeof key, "p%02d", i);
    assert_int_equal(clinic_reply(&c, key, "YES"), WB_OK);
  }
  assert_int_equal(clinic_reply(&c, "p05", "STOP"), WB_OK);
  assert_string_equal(found(&c, "s1").patient, "p01");
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 1);
  while (clinic_poll(&c) > 0) {
    for (uint32_t i = 0; i < c.count; i++) {
      const bool stopped = strcmp(c.actions[i].patient, "p05") == 0;
      yours += strcmp(c.actions[i].template_, "yours") == 0;
      gone += strcmp(c.actions[i].template_, "gone") == 0;
      if (stopped) assert_string_equal(c.actions[i].template_, "stop-confirmed");
    }
    clinic_sent(&c);
  }
  assert_int_equal(yours, 1);
  assert_int_equal(gone, 6);
  clinic_close(&c);
}

static void a_hold_that_nobody_confirms_is_released_and_old_answers_do_not_count(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 20, "fill", asking);
  opened(&c, "s1", c.now + CLINIC_DAY);
  assert_int_equal(drained(&c), 8);
  assert_int_equal(clinic_reply(&c, "p01", "YES"), WB_OK);
  assert_int_equal(drained(&c), 1); /* that it is theirs */
  clinic_forward(&c, 20, 2 * CLINIC_HOUR - 1);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(found(&c, "s1").state, WB_OPENING_TENTATIVE);
  clinic_forward(&c, 20, 1);
  assert_int_equal(clinic_poll(&c), 7); /* one in nine accepted */
  clinic_sent(&c);
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 0);
  assert_int_equal(found(&c, "s1").state, WB_OPENING_OFFERING);
  assert_int_equal(found(&c, "s1").generation, 2);
  assert_string_equal(found(&c, "s1").patient, "");
  assert_int_equal(clinic_reply(&c, "p02", "YES"), WB_OK); /* asked before it was released */
  assert_int_equal(found(&c, "s1").state, WB_OPENING_OFFERING);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 2); /* and p01, who was told so */
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].template_, "gone");
  assert_string_equal(c.actions[0].patient, "p02");
  clinic_sent(&c);
  assert_int_equal(clinic_reply(&c, "p09", "YES"), WB_OK);
  assert_string_equal(found(&c, "s1").patient, "p09");
  clinic_close(&c);
}

static void who_declines_a_hold_gives_it_back(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 2, "fill", asking);
  opened(&c, "s1", c.now + CLINIC_DAY);
  assert_int_equal(drained(&c), 2);
  assert_int_equal(clinic_reply(&c, "p02", "No thanks"), WB_OK);
  assert_string_equal(clinic_find(&c, "p02", "fill").reason, "declined");
  assert_int_equal(clinic_reply(&c, "p01", "YES"), WB_OK);
  assert_int_equal(found(&c, "s1").state, WB_OPENING_TENTATIVE);
  assert_int_equal(clinic_reply(&c, "p01", "No thanks"), WB_OK);
  assert_int_equal(found(&c, "s1").state, WB_OPENING_OFFERING);
  clinic_close(&c);
}

static void a_click_on_the_message_accepts_as_well(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 2, "fill", asking);
  opened(&c, "s1", c.now + CLINIC_DAY);
  assert_int_equal(clinic_poll(&c), 2);
  const bool swapped = strcmp(c.actions[0].patient, "p01") != 0;
  uint8_t id[16];
  memcpy(id, c.actions[swapped].id, sizeof id);
  clinic_sent(&c);
  wb_input input = clinic_input(WB_INPUT_CLICK, "p02"); /* not on a message of theirs */
  input.action = id;
  assert_int_equal(clinic_send(&c, &input), WB_E_INVALID);
  assert_string_equal(found(&c, "s1").patient, "");
  input = clinic_input(WB_INPUT_CLICK, "p01");
  input.action = id;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_string_equal(found(&c, "s1").patient, "p01");
  clinic_close(&c);
}

static void nobody_is_asked_in_the_last_half_hour(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 20, "fill", asking);
  opened(&c, "late", c.now + 30 * CLINIC_MINUTE - 1);
  wb_opening none = {.size = sizeof none};
  assert_int_equal(wb_opening_get(c.practice, "late", 4, &none), WB_E_NAME);
  opened(&c, "s1", c.now + 30 * CLINIC_MINUTE);
  assert_int_equal(clinic_poll(&c), 0); /* nothing could be delivered any more */
  opened(&c, "s2", c.now + 36 * CLINIC_MINUTE);
  assert_int_equal(clinic_poll(&c), 8);
  assert_int_equal(c.actions[0].deliver_by, c.now + 6 * CLINIC_MINUTE);
  clinic_sent(&c);
  clinic_forward(&c, 20, 6 * CLINIC_MINUTE);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(found(&c, "s2").asked, 8);
  assert_int_equal(clinic_wake(&c), found(&c, "s2").start);
  clinic_close(&c);
}

static void nobody_is_asked_more_than_three_times_in_seven_days(void **state) {
  static const char *const keys[] = {"s1", "s2", "s3", "s4", "s5"};
  clinic c;
  (void)state;
  clinic_crowd(&c, 1, "fill", asking);
  clinic_forward(&c, 1, CLINIC_HOUR);
  const wb_time first = c.now;
  for (int i = 0; i < 5; i++) {
    if (i == 4) clinic_forward(&c, 1, first + 7 * CLINIC_DAY - 1 - c.now);
    opened(&c, keys[i], c.now + CLINIC_DAY);
    assert_int_equal(drained(&c), i < 3 ? 1 : 0);
    const wb_input closed = clinic_slot(WB_INPUT_SLOT_CLOSED, keys[i], 0);
    assert_int_equal(clinic_send(&c, &closed), WB_OK);
    clinic_forward(&c, 1, i < 4 ? CLINIC_HOUR : 1);
  }
  assert_int_equal(c.now, first + 7 * CLINIC_DAY);
  opened(&c, "s6", c.now + CLINIC_DAY);
  assert_int_equal(drained(&c), 1);
  clinic_close(&c);
}

/* Several times came free before anybody looked: nobody's messages are for all of them. */
static void openings_of_one_instant_ask_different_people(void **state) {
  wb_enrollment one = {.size = sizeof one};
  uint64_t cursor = 0;
  uint32_t asked[20] = {0};
  clinic c;
  (void)state;
  clinic_crowd(&c, 20, "fill", asking);
  opened(&c, "s1", c.now + CLINIC_DAY);
  opened(&c, "s2", c.now + CLINIC_DAY);
  assert_int_equal(drained(&c), 16);
  while (wb_practice_next(c.practice, &cursor, &one) == WB_OK)
    assert_int_equal(asked[atoi(one.patient + 1) - 1]++, 0);
  assert_int_equal(found(&c, "s1").asked, 8);
  assert_int_equal(found(&c, "s2").asked, 8);
  clinic_close(&c);
}

static void five_openings_of_one_instant_do_not_ask_one_patient_five_times(void **state) {
  static const char *const keys[] = {"s1", "s2", "s3", "s4", "s5"};
  uint32_t asked = 0;
  clinic c;
  (void)state;
  clinic_crowd(&c, 1, "fill", asking);
  for (int i = 0; i < 5; i++)
    opened(&c, keys[i], c.now + CLINIC_DAY);
  for (int hour = 0; hour < 8; hour++) {
    asked += drained(&c);
    clinic_forward(&c, 1, CLINIC_HOUR);
  }
  assert_int_equal(asked, 3);
  clinic_close(&c);
}

static void who_was_asked_longest_ago_comes_first(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 22, "fill", asking);
  opened(&c, "s1", c.now + CLINIC_DAY);
  assert_int_equal(drained(&c), 8); /* p01 to p08 */
  const wb_input closed = clinic_slot(WB_INPUT_SLOT_CLOSED, "s1", 0);
  assert_int_equal(clinic_send(&c, &closed), WB_OK);
  clinic_forward(&c, 22, CLINIC_HOUR);
  opened(&c, "s2", c.now + CLINIC_DAY);
  assert_int_equal(clinic_poll(&c), 14);
  for (uint32_t i = 0; i < c.count; i++)
    assert_true(strcmp(c.actions[i].patient, "p08") > 0); /* who never was */
  clinic_close(&c);
}

/* A wave has as many places as it should have who answer: none is for somebody who would be held.
 */
static void a_wave_leaves_out_who_would_be_held_now(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 14, "fill", asking);
  for (int i = 0; i < 8; i++) /* as often as the cap allows */
    assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, "p01"), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, "p02"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p02", "I have terrible tooth pain and swelling"), WB_OK);
  char *text = clinic_people(14);
  char *number = strstr(strstr(text, "p06|"), "0106"); /* that of p05 */
  memcpy(number, "0105", 4);
  clinic_rows(&c, text, "");
  free(text);
  opened(&c, "s1", c.now + CLINIC_DAY);
  uint32_t asked = 0;
  while (clinic_poll(&c) > 0) {
    for (uint32_t i = 0; i < c.count; i++) {
      if (strcmp(c.actions[i].campaign, "fill") != 0) continue; /* the answer to p02 */
      assert_true(strcmp(c.actions[i].patient, "p02") > 0);
      assert_string_not_equal(c.actions[i].patient, "p06");
      asked++;
    }
    clinic_sent(&c);
  }
  assert_int_equal(asked, 8);
  assert_int_equal(found(&c, "s1").asked, 8);
  clinic_close(&c);
}

static void a_wave_waits_until_the_law_lets_it(void **state) {
  static const wb_window always = {WB_WEEKDAYS_ALL, 0, 86400};
  clinic c;
  (void)state;
  clinic_crowd(&c, 3, "fill", asking);
  c.options.hours = &always;
  wb_practice_free(c.practice);
  c.practice = clinic_practice(&c, NULL);
  memory_journal_free(&c.journal);
  c.now = clinic_at(&c, 2026, 11, 24, 6, 30);
  clinic_forward(&c, 3, 0);
  clinic_launch(&c, "fill", asking);
  opened(&c, "s1", c.now + CLINIC_DAY);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(found(&c, "s1").asked, 0);
  assert_int_equal(found(&c, "s1").until, clinic_at(&c, 2026, 11, 24, 8, 0));
  c.now = found(&c, "s1").until;
  assert_int_equal(clinic_poll(&c), 3);
  clinic_close(&c);
}

static void an_opening_that_does_not_fit_is_offered_to_nobody(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 3, "fill", asking);
  wb_input input = clinic_slot(WB_INPUT_SLOT_OPENED, "s1", c.now + CLINIC_DAY);
  input.minutes = 29;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  input.visit = "s2";
  input.location = "2";
  input.minutes = 60;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(clinic_poll(&c), 0); /* elsewhere */
  clinic_close(&c);
}

/* A length that is missing would fit everybody. */
static void an_opening_without_a_length_is_refused(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 3, "fill", asking);
  wb_input input = clinic_slot(WB_INPUT_SLOT_OPENED, "s1", c.now + CLINIC_DAY);
  input.minutes = 0;
  assert_int_equal(clinic_send(&c, &input), WB_E_INVALID);
  input.minutes = 1;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  clinic_close(&c);
}

static void who_left_or_died_is_not_asked(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 3, "fill", asking);
  assert_int_equal(clinic_receive(&c, WB_INPUT_LEFT, "p01"), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_DECEASED, "p02"), WB_OK);
  opened(&c, "s1", c.now + CLINIC_DAY);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].patient, "p03");
  clinic_close(&c);
}

static void a_pause_stops_the_waves(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 3, "fill", asking);
  opened(&c, "s1", c.now + CLINIC_DAY);
  wb_input pause = {.size = sizeof pause, .kind = WB_INPUT_PAUSE};
  assert_int_equal(clinic_send(&c, &pause), WB_OK);
  assert_int_equal(clinic_wake(&c), c.now + CLINIC_DAY);
  assert_int_equal(clinic_poll(&c), 0);
  pause.kind = WB_INPUT_RESUME;
  assert_int_equal(clinic_send(&c, &pause), WB_OK);
  pause.class_ = WB_MESSAGE_BENEFIT;
  pause.kind = WB_INPUT_PAUSE;
  assert_int_equal(clinic_send(&c, &pause), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(found(&c, "s1").asked, 0);
  pause.kind = WB_INPUT_RESUME;
  assert_int_equal(clinic_send(&c, &pause), WB_OK);
  assert_int_equal(clinic_wake(&c), c.now);
  assert_int_equal(clinic_poll(&c), 3);
  clinic_close(&c);
}

/* A wave asked nobody because of the pause: the next one comes as the pause ends, but not before
   those of the wave before had their time to answer. */
static void a_wave_that_was_paused_comes_when_the_pause_ends(void **state) {
  enum { GAP = CLINIC_DAY / 16 };
  clinic c;
  (void)state;
  clinic_crowd(&c, 20, "fill", asking);
  opened(&c, "s1", c.now + CLINIC_DAY);
  assert_int_equal(drained(&c), 8);
  const wb_time next = c.now + GAP;
  clinic_forward(&c, 20, 60);
  assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, "fill"), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, "fill"), WB_OK);
  assert_int_equal(clinic_wake(&c), next);
  assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, "fill"), WB_OK);
  clinic_forward(&c, 20, GAP - 60);
  assert_int_equal(clinic_poll(&c), 0);
  assert_true(found(&c, "s1").until > next + 600);
  clinic_forward(&c, 20, 600);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, "fill"), WB_OK);
  assert_int_equal(clinic_wake(&c), c.now);
  clinic_renew(&c, CLINIC_REPLAYED);
  assert_int_equal(drained(&c), 12); /* all who are left */
  assert_int_equal(found(&c, "s1").waves, 2);
  clinic_close(&c);
}

/* A key that comes again after it was forgotten has another time: what is sent for that has ids
   that were never there, or the host would take it for sent. */
static void an_opening_that_begins_anew_asks_by_other_ids(void **state) {
  enum { ASKED = 3 };
  (void)state;
  for (int way = CLINIC_LIVE; way < CLINIC_WAYS; ++way) {
    uint8_t ids[ASKED][16];
    clinic c;
    clinic_crowd(&c, ASKED, "fill", asking);
    opened(&c, "s1", c.now + CLINIC_DAY);
    assert_int_equal(clinic_poll(&c), ASKED);
    for (int i = 0; i < ASKED; i++)
      memcpy(ids[i], c.actions[i].id, 16);
    clinic_sent(&c);
    const wb_input closed = clinic_slot(WB_INPUT_SLOT_CLOSED, "s1", 0);
    assert_int_equal(clinic_send(&c, &closed), WB_OK);
    for (int i = 0; i < 7; i++) { /* 91 days, Monday again */
      clinic_forward(&c, ASKED, 13 * CLINIC_DAY);
      assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, "p99"), WB_OK);
    }
    clinic_renew(&c, way);
    opened(&c, "s1", c.now + CLINIC_DAY);
    assert_int_equal(found(&c, "s1").generation, 1);
    assert_int_equal(clinic_poll(&c), ASKED);
    for (int i = 0; i < ASKED * ASKED; i++)
      assert_memory_not_equal(c.actions[i / ASKED].id, ids[i % ASKED], 16);
    clinic_close(&c);
  }
}

/* Somebody who walked in, or called, may have it: whoever was asked is asked no more. */
static void an_opening_that_a_stranger_books_is_gone(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 20, "fill", asking);
  opened(&c, "s1", c.now + CLINIC_DAY);
  assert_int_equal(drained(&c), 8);
  assert_int_equal(booked(&c, "new", "s1"), WB_OK);
  assert_int_equal(found(&c, "s1").state, WB_OPENING_CONFIRMED);
  assert_string_equal(found(&c, "s1").patient, "new");
  assert_string_equal(clinic_find(&c, "p01", "fill").reason, "gone");
  clinic_forward(&c, 20, CLINIC_DAY / 16);
  assert_int_equal(drained(&c), 0);
  assert_int_equal(booked(&c, "newer", "s2"), WB_E_NAME); /* of no opening: nobody we know */
  clinic_close(&c);
}

static void what_is_asked_is_handed_out_on_facts_of_four_hours_at_most(void **state) {
  clinic c;
  (void)state;
  for (wb_time more = 0; more < 2; more++) {
    wb_action action = {.size = sizeof action};
    uint32_t count = 0;
    clinic_crowd(&c, 2, "fill", asking);
    opened(&c, "s1", c.now + CLINIC_DAY);
    assert_int_equal(wb_practice_poll(c.practice, c.it.facts, c.now, &action, 1, &count, NULL),
                     WB_OK);
    assert_int_equal(count, 1);
    c.now += 4 * CLINIC_HOUR + more; /* the other was asked too, and nobody polled */
    assert_int_equal(clinic_poll(&c), more == 0);
    clinic_close(&c);
  }
}

static void facts_of_four_hours_ago_ask_nobody(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 3, "fill", asking);
  c.now += 4 * CLINIC_HOUR + 1;
  opened(&c, "s1", c.now + CLINIC_DAY);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(found(&c, "s1").asked, 0);
  assert_int_equal(found(&c, "s1").until, c.now + CLINIC_DAY / 16);
  clinic_forward(&c, 3, CLINIC_DAY / 16);
  assert_int_equal(clinic_poll(&c), 3);
  clinic_close(&c);
}

static void a_freed_visit_is_offered_on_three_times_in_a_row(void **state) {
  static const char *const keys[] = {"v0", "v1", "v2", "v3", "v4", "v5"};
  clinic c;
  (void)state;
  clinic_crowd(&c, 2, "fill", asking);
  for (uint32_t i = 0; i < 5; i++) {
    wb_input freed = clinic_slot(WB_INPUT_CANCELLED, keys[i], c.now + 3 * CLINIC_DAY);
    freed.patient = "p01";
    freed.patient_length = 3;
    wb_opening opening = {.size = sizeof opening};
    assert_int_equal(clinic_send(&c, &freed), WB_OK);
    const wb_status status = wb_opening_get(c.practice, keys[i], 2, &opening);
    assert_int_equal(status, i < 4 ? WB_OK : WB_E_NAME);
    if (status == WB_OK) assert_int_equal(opening.depth, i);
    if (i == 0) assert_int_equal(drained(&c), 2);
    c.now += CLINIC_MINUTE;
    assert_int_equal(booked(&c, "p01", keys[i]), WB_OK);
  }
  clinic_close(&c);
}

static void openings_survive_replay_and_reload(void **state) {
  clinic c;
  (void)state;
  clinic_crowd(&c, 20, "fill", asking);
  opened(&c, "s1", c.now + CLINIC_DAY);
  opened(&c, "s0", c.now + 2 * CLINIC_DAY);
  assert_int_equal(drained(&c), 16);
  assert_int_equal(clinic_reply(&c, "p01", "YES"), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  uint64_t cursor = 0;
  wb_opening opening = {.size = sizeof opening};
  assert_int_equal(wb_opening_next(c.practice, &cursor, &opening), WB_OK);
  assert_string_equal(opening.opening, "s0");
  assert_int_equal(wb_opening_next(c.practice, &cursor, &opening), WB_OK);
  assert_string_equal(opening.opening, "s1");
  assert_int_equal(wb_opening_next(c.practice, &cursor, &opening), WB_E_NAME);
  clinic_close(&c);
}

/* Keys of the host's tables are as hostile as those of events: what cannot be journaled is not
   asked. */
static void a_patient_whose_key_is_too_long_is_not_asked(void **state) {
  static const char key[] = "0123456789012345678901234567890123456789012345678901234567890123";
  char text[2000];
  clinic c;
  (void)state;
  clinic_crowd(&c, 1, "fill", asking);
  snprintf(text, sizeof text,
           CLINIC_HEAD "%s|active|Ana|1980-02-29|1|+12125550101|yes||\n"
                       "%s4|active|Ben|1980-02-29|1|+12125550102|yes||\n"
                       "|active|Cat|1980-02-29|1|+12125550103|yes||\n",
           key, key);
  clinic_rows(&c, text, "");
  opened(&c, "s1", c.now + CLINIC_DAY);
  assert_int_equal(drained(&c), 1); /* of 64 bytes */
  assert_int_equal(found(&c, "s1").asked, 1);
  wb_practice_free(clinic_replayed(&c)); /* the journal can be read */
  clinic_close(&c);
}

static void an_opening_without_a_time_or_with_too_long_a_key_is_refused(void **state) {
  char key[WB_OPENING_KEY_MAX + 2];
  clinic c;
  (void)state;
  clinic_crowd(&c, 1, "fill", asking);
  memset(key, 'k', sizeof key - 1);
  key[sizeof key - 1] = 0;
  wb_input input = clinic_slot(WB_INPUT_SLOT_OPENED, key, c.now + CLINIC_DAY);
  assert_int_equal(clinic_send(&c, &input), WB_E_INVALID);
  key[sizeof key - 2] = 0;
  input = clinic_slot(WB_INPUT_SLOT_OPENED, key, c.now + CLINIC_DAY);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(drained(&c), 1);
  input.at = WB_TIME_NONE;
  assert_int_equal(clinic_send(&c, &input), WB_E_INVALID);
  input = clinic_slot(WB_INPUT_SLOT_CLOSED, "none", 0);
  assert_int_equal(clinic_send(&c, &input), WB_E_NAME);
  clinic_close(&c);
}

/* Whatever bytes a host calls a schedule by, none that are no text come into a message. */
static void a_schedule_that_is_no_text_is_in_no_message(void **state) {
  static const char patients[] =
      "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"
      "text_detail:b\n"
      "ana|active|Ana|1980-02-29|1|+12125550101|yes|1\n"
      "ben|active|Ben|1981-03-01|1|+12125550102|yes|1\n";
  static const char by_schedule[] =
      "{\"format\":1,\"name\":\"fill\",\"title\":\"Fill\",\"class\":\"benefit\",\"subject\":"
      "\"opening\",\"audience\":\"recare.overdue_months >= 1\","
      "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"rest_days\":0,"
      "\"steps\":[{\"id\":\"ask\",\"send\":[\"ask\"]},{\"id\":\"wait\",\"wait\":{\"days\":7}},"
      "{\"id\":\"end\",\"exit\":true}],"
      "\"texts\":{\"ask\":{\"channel\":\"sms\",\"register\":\"detail\",\"en\":{\"body\":"
      "\"{{ location.short_name }}: a {{ slot.schedule }} time came free. Reply YES to take it, "
      "STOP to opt out.\"}}}}";
  static const char *const schedules[] = {"hygi\xE8ne", "hygiene"};
  (void)state;
  for (uint32_t text = 0; text < 2; text++) {
    clinic c;
    clinic_open(&c, patients, NULL);
    clinic_launch(&c, "fill", by_schedule);
    wb_input input = clinic_slot(WB_INPUT_SLOT_OPENED, "s1", c.now + CLINIC_DAY);
    input.name = schedules[text];
    input.name_length = (uint32_t)strlen(input.name);
    assert_int_equal(clinic_send(&c, &input), WB_OK);
    assert_int_equal(clinic_poll(&c), text * 2);
    if (text == 0) assert_int_equal(clinic_find(&c, "ana", "fill").hold, WB_HOLD_RENDER);
    clinic_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_opening_is_offered_in_waves_and_the_first_yes_has_it),
      cmocka_unit_test(another_visit_leaves_an_accepted_opening_on_the_desk),
      cmocka_unit_test(the_next_wave_asks_others),
      cmocka_unit_test(a_late_yes_is_told_so_and_goes_to_the_desk),
      cmocka_unit_test(a_last_look_at_what_is_gone_leaves_other_calls_alone),
      cmocka_unit_test(of_eight_who_accept_at_once_one_has_it_and_who_opted_out_hears_nothing),
      cmocka_unit_test(a_hold_that_nobody_confirms_is_released_and_old_answers_do_not_count),
      cmocka_unit_test(who_declines_a_hold_gives_it_back),
      cmocka_unit_test(a_click_on_the_message_accepts_as_well),
      cmocka_unit_test(nobody_is_asked_in_the_last_half_hour),
      cmocka_unit_test(nobody_is_asked_more_than_three_times_in_seven_days),
      cmocka_unit_test(openings_of_one_instant_ask_different_people),
      cmocka_unit_test(five_openings_of_one_instant_do_not_ask_one_patient_five_times),
      cmocka_unit_test(who_was_asked_longest_ago_comes_first),
      cmocka_unit_test(a_wave_leaves_out_who_would_be_held_now),
      cmocka_unit_test(a_wave_waits_until_the_law_lets_it),
      cmocka_unit_test(a_schedule_that_is_no_text_is_in_no_message),
      cmocka_unit_test(an_opening_that_does_not_fit_is_offered_to_nobody),
      cmocka_unit_test(an_opening_without_a_length_is_refused),
      cmocka_unit_test(who_left_or_died_is_not_asked),
      cmocka_unit_test(a_pause_stops_the_waves),
      cmocka_unit_test(a_wave_that_was_paused_comes_when_the_pause_ends),
      cmocka_unit_test(an_opening_that_begins_anew_asks_by_other_ids),
      cmocka_unit_test(an_opening_that_a_stranger_books_is_gone),
      cmocka_unit_test(what_is_asked_is_handed_out_on_facts_of_four_hours_at_most),
      cmocka_unit_test(facts_of_four_hours_ago_ask_nobody),
      cmocka_unit_test(a_freed_visit_is_offered_on_three_times_in_a_row),
      cmocka_unit_test(openings_survive_replay_and_reload),
      cmocka_unit_test(a_patient_whose_key_is_too_long_is_not_asked),
      cmocka_unit_test(an_opening_without_a_time_or_with_too_long_a_key_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

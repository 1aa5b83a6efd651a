/* SPDX-License-Identifier: MIT */
/* An opening that somebody accepted: who gives it back, who does not get it after all, what the
   desk's word on it does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

/* Asks everybody for any opening. */
static const char asking[] =
    "{\"format\":1,\"name\":\"fill\",\"title\":\"Fill\",\"class\":\"care\",\"subject\":\"opening\","
    "\"audience\":\"patient.status == \\\"active\\\"\","
    "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"rest_days\":0,"
    "\"steps\":[{\"id\":\"ask\",\"send\":[\"ask\"]},{\"id\":\"wait\",\"wait\":{\"days\":7}},"
    "{\"id\":\"end\",\"exit\":true}],"
    "\"texts\":{\"ask\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }} has a "
    "time: {{ slot.start | date: \\\"%d\\\" }}. Reply YES to take it, STOP to opt out.\"}}}}";

static wb_opening found(clinic *c) {
  wb_opening opening = {.size = sizeof opening};
  assert_int_equal(wb_opening_get(c->practice, "s1", 2, &opening), WB_OK);
  return opening;
}

static wb_status send(clinic *c, int32_t kind, const char *patient) {
  wb_input input = clinic_slot(kind, "s1", found(c).start);
  input.patient = patient;
  input.patient_length = patient != NULL ? (uint32_t)strlen(patient) : 0;
  return clinic_send(c, &input);
}

/* Three are asked for an opening that begins so much later. */
static void asked(clinic *c, wb_time later) {
  clinic_crowd(c, 3, "fill", asking);
  const wb_input input = clinic_slot(WB_INPUT_SLOT_OPENED, "s1", c->now + later);
  assert_int_equal(clinic_send(c, &input), WB_OK);
  assert_int_equal(clinic_poll(c), 3);
  clinic_sent(c);
}

/* One of them accepted it, and was told so. */
static wb_task held(clinic *c) {
  wb_task task = {.size = sizeof task};
  asked(c, CLINIC_DAY);
  assert_int_equal(clinic_reply(c, "p01", "YES"), WB_OK);
  assert_int_equal(clinic_poll(c), 1);
  clinic_sent(c);
  assert_int_equal(clinic_tasks(c, WB_DESK_VISITS, &task), 1);
  return task;
}

static void whoever_was_asked_may_accept_until_it_begins(void **state) {
  static const struct {
    wb_time before; /* the beginning */
    int32_t then;
  } rows[] = {{30 * CLINIC_MINUTE, WB_OPENING_TENTATIVE},
              {1, WB_OPENING_TENTATIVE},
              {0, WB_OPENING_EXPIRED}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    asked(&c, 40 * CLINIC_MINUTE);
    clinic_forward(&c, 3, 40 * CLINIC_MINUTE - rows[i].before);
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_reply(&c, "p01", "YES"), WB_OK);
    assert_int_equal(found(&c).state, rows[i].then);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), rows[i].before == 0);
    wb_practice_free(clinic_replayed(&c));
    clinic_close(&c);
  }
}

/* Nobody asks for a time any more that somebody has who will not come. */
static void what_will_not_be_used_is_given_back(void **state) {
  static const int32_t kinds[] = {WB_INPUT_REPLY, WB_INPUT_DECEASED, WB_INPUT_LEFT,
                                  WB_INPUT_FORGET};
  (void)state;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    clinic c;
    held(&c);
    wb_input input = clinic_input(kinds[i], "p01");
    input.text = "No thanks";
    input.text_length = 9;
    assert_int_equal(clinic_send(&c, &input), WB_OK);
    assert_int_equal(found(&c).state, WB_OPENING_OFFERING);
    assert_int_equal(found(&c).generation, 2);
    assert_string_equal(found(&c).patient, "");
    assert_int_equal(clinic_wake(&c), c.now);
    assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 0);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
    wb_practice_free(clinic_loaded(&c));
    clinic_close(&c);
  }
}

/* From the number of somebody who has left or died a yes is for a person, and takes nothing. */
static void nobody_accepts_who_has_left_or_died(void **state) {
  static const int32_t kinds[] = {WB_INPUT_DECEASED, WB_INPUT_LEFT};
  (void)state;
  for (size_t i = 0; i < 2 * sizeof kinds / sizeof *kinds; i++) {
    clinic c;
    asked(&c, CLINIC_DAY);
    const bool clicks = i % 2 != 0;
    const bool first = strcmp(c.actions[0].patient, "p01") == 0;
    uint8_t id[16];
    memcpy(id, c.actions[first ? 0 : 1].id, sizeof id);
    wb_input click = clinic_input(WB_INPUT_CLICK, NULL);
    click.action = id;
    const char *who = first ? "p01" : c.actions[1].patient;
    assert_int_equal(clinic_receive(&c, kinds[i / 2], who), WB_OK);
    if (clicks) assert_int_equal(clinic_send(&c, &click), WB_OK);
    if (!clicks) assert_int_equal(clinic_reply(&c, who, "YES"), WB_OK);
    assert_int_equal(found(&c).state, WB_OPENING_OFFERING);
    assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 0);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
    assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), !clicks);
    assert_int_equal(clinic_poll(&c), 0);
    clinic_close(&c);
  }
}

/* A number answers what was asked: the first of the two is the yes. */
static void a_one_takes_an_opening_and_a_two_does_not(void **state) {
  static const struct {
    const char *text;
    int32_t then;
  } rows[] = {{"1", WB_OPENING_TENTATIVE}, {"2", WB_OPENING_OFFERING}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    asked(&c, CLINIC_DAY);
    assert_int_equal(clinic_reply(&c, "p01", rows[i].text), WB_OK);
    assert_int_equal(found(&c).state, rows[i].then);
    assert_string_equal(clinic_find(&c, "p01", "fill").reason, i == 0 ? "accepted" : "declined");
    assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 0);
    clinic_close(&c);
  }
}

/* A STOP withdraws what was asked: a yes after it takes nothing, and is for a person. */
static void who_opted_out_of_the_question_does_not_accept_it(void **state) {
  clinic c;
  (void)state;
  asked(&c, CLINIC_DAY);
  assert_int_equal(clinic_reply(&c, "p01", "STOP"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p01", "YES"), WB_OK);
  assert_int_equal(found(&c).state, WB_OPENING_OFFERING);
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 0);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 1);
  clinic_close(&c);
}

/* A STOP ends texts, not what somebody does on the page later on: who takes the time there has it.
   That it is theirs no text says: the desk does. */
static void who_uses_the_link_after_a_stop_has_the_opening(void **state) {
  clinic c;
  (void)state;
  asked(&c, CLINIC_DAY);
  wb_input click = clinic_input(WB_INPUT_CLICK, NULL);
  uint8_t id[16];
  uint32_t at = 0;
  while (strcmp(c.actions[at].patient, "p01") != 0)
    at++;
  memcpy(id, c.actions[at].id, sizeof id);
  click.action = id;
  assert_int_equal(clinic_reply(&c, "p01", "STOP"), WB_OK);
  c.now += CLINIC_MINUTE;
  assert_int_equal(clinic_send(&c, &click), WB_OK);
  assert_int_equal(found(&c).state, WB_OPENING_TENTATIVE);
  assert_string_equal(found(&c).patient, "p01");
  wb_task task = {.size = sizeof task};
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, &task), 1);
  assert_string_equal(task.reason, "opening_accepted");
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "stop-confirmed");
  clinic_close(&c);
}

/* The limits of the list do not hold these calls, which answer somebody: they come besides, and
   leave the others less room. */
static void limits_of_the_list_hold_no_call_about_what_was_gone(void **state) {
  const wb_practice_options options = {
      .size = sizeof options, .per_day = 8, .tasks_per_day = 1, .tasks_open = 1};
  char *people = clinic_people(3);
  clinic c;
  (void)state;
  clinic_open(&c, people, &options);
  free(people);
  clinic_launch(&c, "fill", asking);
  clinic_launch(&c, "one", CLINIC_TEXTS("one"));
  const wb_input input = clinic_slot(WB_INPUT_SLOT_OPENED, "s1", c.now + CLINIC_DAY);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(clinic_poll(&c), 3);
  clinic_sent(&c);
  assert_int_equal(clinic_enroll(&c).enrolled, 3);
  for (char who[] = "p01"; who[2] <= '3'; who[2]++)
    assert_int_equal(clinic_reply(&c, who, "YES"), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 2);
  wb_input asks = clinic_input(WB_INPUT_REPLY, "p01");
  asks.intent = WB_INTENT_CALLBACK_REQUEST;
  assert_int_equal(clinic_send(&c, &asks), WB_OK);
  while (clinic_poll(&c) > 0)
    clinic_sent(&c);
  assert_int_equal(clinic_find(&c, "p01", "one").hold, WB_HOLD_CAPACITY);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 2);
  clinic_close(&c);
}

/* Whoever was told that it is theirs, and does not get it, is called. */
static void who_does_not_get_it_after_all_is_called(void **state) {
  static const int32_t kinds[] = {WB_INPUT_BOOKED, WB_INPUT_SLOT_CLOSED, 0};
  (void)state;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    clinic c;
    wb_task task = {.size = sizeof task};
    held(&c);
    if (kinds[i] != 0) assert_int_equal(send(&c, kinds[i], "p02"), WB_OK);
    if (kinds[i] == 0) clinic_forward(&c, 3, 2 * CLINIC_HOUR); /* nobody booked it */
    clinic_poll(&c);
    assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 0);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
    assert_string_equal(task.patient, "p01");
    assert_string_equal(task.reason, "opening_gone");
    assert_string_equal(task.about, "s1");
    assert_int_equal(task.score, 90);
    wb_practice_free(clinic_replayed(&c));
    assert_int_equal(clinic_reply(&c, "p01", "Yes"), WB_OK); /* once more: one call */
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 1);
    clinic_close(&c);
  }
}

/* A pause is of what goes out: a hold lapses in it all the same, and the time comes and goes. */
static void a_hold_lapses_and_a_time_passes_in_a_pause(void **state) {
  static const char *const locations[] = {NULL, "1"};
  (void)state;
  for (size_t i = 0; i < sizeof locations / sizeof *locations; i++) {
    clinic c;
    held(&c);
    assert_int_equal(clinic_poll(&c), 0);
    wb_input pause = {.size = sizeof pause, .kind = WB_INPUT_PAUSE, .location = locations[i]};
    pause.location_length = locations[i] != NULL;
    assert_int_equal(clinic_send(&c, &pause), WB_OK);
    assert_int_equal(clinic_wake(&c), c.now + 2 * CLINIC_HOUR);
    clinic_forward(&c, 3, 2 * CLINIC_HOUR);
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(found(&c).state, WB_OPENING_OFFERING);
    assert_int_equal(found(&c).generation, 2);
    assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 0);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 1);
    clinic_forward(&c, 3, 22 * CLINIC_HOUR - 1);
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(found(&c).state, WB_OPENING_OFFERING);
    clinic_forward(&c, 3, 1);
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(found(&c).state, WB_OPENING_EXPIRED);
    wb_practice_free(clinic_replayed(&c));
    clinic_close(&c);
  }
}

static void who_gets_it_or_is_there_is_not_called(void **state) {
  clinic c;
  (void)state;
  held(&c);
  assert_int_equal(send(&c, WB_INPUT_BOOKED, "p01"), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
  clinic_close(&c);
  asked(&c, CLINIC_HOUR);
  assert_int_equal(clinic_reply(&c, "p01", "YES"), WB_OK);
  clinic_forward(&c, 3, CLINIC_HOUR); /* it begins: the patient is there, or not */
  clinic_poll(&c);
  assert_int_equal(found(&c).state, WB_OPENING_EXPIRED);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
  clinic_close(&c);
}

static void the_desks_word_decides(void **state) {
  static const struct {
    int32_t outcome, then;
  } rows[] = {
      {WB_TASK_BOOKED, WB_OPENING_CONFIRMED},      {WB_TASK_REFUSED, WB_OPENING_OFFERING},
      {WB_TASK_WRONG_NUMBER, WB_OPENING_OFFERING}, {WB_TASK_MOVED, WB_OPENING_OFFERING},
      {WB_TASK_DECEASED, WB_OPENING_OFFERING},     {WB_TASK_NO_ANSWER, WB_OPENING_TENTATIVE},
      {WB_TASK_DONE, WB_OPENING_TENTATIVE},
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    const wb_task task = held(&c);
    wb_input input = clinic_input(WB_INPUT_TASK_DONE, NULL);
    input.action = task.id;
    input.outcome = rows[i].outcome;
    assert_int_equal(clinic_send(&c, &input), WB_OK);
    assert_int_equal(found(&c).state, rows[i].then);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
    clinic_close(&c);
  }
}

/* A visit of another time was booked with that call: this one stays to be confirmed. */
static void another_visit_is_not_this_opening(void **state) {
  clinic c;
  (void)state;
  const wb_task task = held(&c);
  wb_input input = clinic_input(WB_INPUT_TASK_DONE, NULL);
  input.action = task.id;
  input.outcome = WB_TASK_BOOKED;
  input.visit = "v9";
  input.visit_length = 2;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(found(&c).state, WB_OPENING_TENTATIVE);
  clinic_close(&c);
}

/* Whoever has it by now is told nothing of its being gone; another who says yes to it is called by
   the location where they were asked. */
static void what_is_gone_is_gone_for_others(void **state) {
  clinic c;
  wb_task task = {.size = sizeof task};
  (void)state;
  asked(&c, CLINIC_DAY);
  assert_int_equal(send(&c, WB_INPUT_BOOKED, "p01"), WB_OK);
  assert_string_equal(found(&c).patient, "p01");
  assert_string_equal(clinic_find(&c, "p01", "fill").reason, "");
  assert_string_equal(clinic_find(&c, "p02", "fill").reason, "gone");
  assert_int_equal(clinic_reply(&c, "p02", "YES"), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
  assert_string_equal(task.patient, "p02");
  assert_string_equal(task.location, "1");
  assert_int_equal(clinic_reply(&c, "p01", "YES"), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 1);
  clinic_close(&c);
}

/* A yes once more changes nothing: it is theirs already. */
static void who_has_it_may_say_so_again(void **state) {
  clinic c;
  (void)state;
  held(&c);
  assert_int_equal(clinic_reply(&c, "p01", "YES"), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(found(&c).state, WB_OPENING_TENTATIVE);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 1);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(whoever_was_asked_may_accept_until_it_begins),
      cmocka_unit_test(what_will_not_be_used_is_given_back),
      cmocka_unit_test(nobody_accepts_who_has_left_or_died),
      cmocka_unit_test(a_one_takes_an_opening_and_a_two_does_not),
      cmocka_unit_test(who_opted_out_of_the_question_does_not_accept_it),
      cmocka_unit_test(who_uses_the_link_after_a_stop_has_the_opening),
      cmocka_unit_test(limits_of_the_list_hold_no_call_about_what_was_gone),
      cmocka_unit_test(who_does_not_get_it_after_all_is_called),
      cmocka_unit_test(a_hold_lapses_and_a_time_passes_in_a_pause),
      cmocka_unit_test(who_gets_it_or_is_there_is_not_called),
      cmocka_unit_test(what_is_gone_is_gone_for_others),
      cmocka_unit_test(who_has_it_may_say_so_again),
      cmocka_unit_test(the_desks_word_decides),
      cmocka_unit_test(another_visit_is_not_this_opening),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Whoever is silent about a visit or an opening is called: how long, and what passes over the same
   rows and late answers make of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

/* Asks two days before a visit, and calls four hours before it. */
static const char asks[] =
    "{\"format\":1,\"name\":\"one\",\"title\":\"T\",\"class\":\"transactional\","
    "\"subject\":\"appointment\",\"audience\":\"slot.status == \\\"scheduled\\\"\","
    "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"steps\":["
    "{\"id\":\"two\",\"wait\":{\"before_visit\":{\"hours\":48}}},"
    "{\"id\":\"ask\",\"send\":[\"ask\"]},{\"id\":\"w\",\"wait\":{\"before_visit\":{\"hours\":4}}},"
    "{\"id\":\"call\",\"call\":\"call\",\"within\":{\"hours\":3}},"
    "{\"id\":\"await\",\"await\":[\"clicked\"],\"within\":{\"hours\":1}},"
    "{\"id\":\"end\",\"exit\":true}],\"texts\":{\"ask\":{\"channel\":\"sms\",\"en\":{\"body\":"
    "\"{{ location.short_name }}: your visit is on {{ slot.start | date: '%d' }}. Reply YES to "
    "confirm, NO to change it, STOP to opt out.\"}},\"call\":{\"channel\":\"call\",\"en\":"
    "{\"body\":\"Please call.\"}}}}";

/* The book has the visit then. */
static void book(clinic *c, wb_time start) {
  char visits[256] = CLINIC_VISITS;
  sprintf(visits + strlen(visits), "p1|scheduled|%lld|v1\n", (long long)start);
  clinic_place(c, CLINIC_ZONE, CLINIC_ANA, visits);
}

/* So it has, and whoever has visits is let in once more. */
static void pass(clinic *c, wb_time start) {
  book(c, start);
  clinic_enroll(c);
}

/* A visit on Friday at 14:00, two days after the question. */
static wb_time begin(clinic *c) {
  clinic_open(c, CLINIC_ANA, NULL);
  clinic_launch(c, "one", asks);
  c->now = clinic_at(c, 2026, 11, 25, 14, 0);
  const wb_time start = clinic_at(c, 2026, 11, 27, 14, 0);
  pass(c, start);
  assert_int_equal(clinic_poll(c), 1);
  assert_string_equal(c->actions[0].step, "ask");
  return start;
}

/* Nobody answered, and the desk was asked to call. */
static wb_time silent(clinic *c) {
  const wb_time start = begin(c);
  clinic_sent(c);
  c->now = start - 4 * CLINIC_HOUR;
  pass(c, start);
  assert_int_equal(clinic_poll(c), 1);
  assert_string_equal(c->actions[0].step, "call");
  clinic_sent(c);
  assert_int_equal(clinic_tasks(c, WB_DESK_VISITS, NULL), 1);
  return start;
}

static void a_call_is_given_up_when_its_hours_are_over(void **state) {
  clinic c;
  wb_task task = {.size = sizeof task};
  (void)state;
  const wb_time start = silent(&c);
  const wb_time expires = start - CLINIC_HOUR;
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, &task), 1);
  assert_int_equal(task.expires, expires);
  assert_int_equal(clinic_wake(&c), expires);
  c.now = expires - 1;
  pass(&c, start);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 1);
  c.now = expires;
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 0);
  clinic_close(&c);
}

/* Somebody who wants another time does not come before whoever has been on the list for longer. */
static void what_is_on_the_list_for_longest_comes_first(void **state) {
  clinic c;
  wb_task task = {.size = sizeof task};
  char visits[256] = CLINIC_VISITS;
  (void)state;
  const wb_time start = silent(&c);
  const wb_time other = start + 44 * CLINIC_HOUR; /* asked about when the first is called about */
  sprintf(visits + strlen(visits), "p1|scheduled|%lld|v1\np1|scheduled|%lld|v2\n", (long long)start,
          (long long)other);
  c.now += CLINIC_MINUTE;
  clinic_place(&c, CLINIC_ZONE, CLINIC_ANA, visits);
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(clinic_reply(&c, "p1", "NO"), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, &task), 2);
  assert_string_equal(task.about, "v1");
  assert_int_equal(task.score, 0);
  clinic_close(&c);
}

/* A host that polls seldom has the call late: it is for no later than the visit. */
static void a_call_is_over_when_the_visit_begins(void **state) {
  static const struct {
    wb_time before, expires; /* the visit */
  } rows[] = {{3 * CLINIC_HOUR + 1, 1}, {3 * CLINIC_HOUR, 0}, {1, 0}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    wb_task task = {.size = sizeof task};
    const wb_time start = begin(&c);
    clinic_sent(&c);
    c.now = start - rows[i].before;
    pass(&c, start);
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].step, "call");
    clinic_sent(&c);
    assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, &task), 1);
    assert_int_equal(task.expires, start - rows[i].expires);
    assert_int_equal(clinic_wake(&c), start - rows[i].expires);
    c.now = start;
    pass(&c, start);
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 0);
    clinic_close(&c);
  }
}

/* So is one that rests beyond it. */
static void a_call_that_rests_is_over_when_the_visit_begins(void **state) {
  clinic c;
  wb_task task = {.size = sizeof task};
  (void)state;
  const wb_time start = silent(&c);
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, &task), 1);
  wb_input later = clinic_input(WB_INPUT_TASK_DONE, NULL);
  later.action = task.id;
  later.outcome = WB_TASK_LATER;
  later.at = start - CLINIC_HOUR / 2;
  assert_int_equal(clinic_send(&c, &later), WB_OK);
  c.now = start - CLINIC_HOUR;
  pass(&c, start);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 1);
  assert_int_equal(clinic_wake(&c), start);
  c.now = start;
  pass(&c, start);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 0);
  clinic_close(&c);
}

/* Neither a call that is at the desk nor a wait for an event begins anew with another pass. */
static void what_was_begun_is_left_alone_by_a_pass(void **state) {
  clinic c;
  (void)state;
  const wb_time start = silent(&c);
  const uint64_t sequence = wb_practice_sequence(c.practice);
  c.now += CLINIC_HOUR;
  pass(&c, start);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(wb_practice_sequence(c.practice), sequence);
  assert_int_equal(clinic_find(&c, "p1", "one").state, WB_STATE_WAITING);
  c.now = start - CLINIC_HOUR;
  clinic_poll(&c);
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(clinic_find(&c, "p1", "one").step, "await");
  const wb_time wake = clinic_find(&c, "p1", "one").wake;
  c.now += CLINIC_HOUR / 2;
  pass(&c, start);
  assert_int_equal(clinic_find(&c, "p1", "one").wake, wake);
  clinic_close(&c);
}

/* A message that did not get through is tried again when it is time, pass or no pass. */
static void a_question_to_be_tried_again_is_neither_hurried_nor_lost(void **state) {
  clinic c;
  uint8_t id[16];
  (void)state;
  const wb_time start = begin(&c);
  memcpy(id, c.actions[0].id, sizeof id);
  assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
  c.now += CLINIC_MINUTE - 1;
  pass(&c, start);
  assert_int_equal(clinic_poll(&c), 0);
  c.now += 1;
  pass(&c, start);
  assert_int_equal(clinic_poll(&c), 1);
  assert_memory_equal(c.actions[0].id, id, sizeof id);
  assert_int_equal(c.actions[0].attempt, 2);
  clinic_close(&c);
}

/* The visit is put off before the message could be sent: it is asked about at the new time. */
static void a_question_to_be_tried_again_waits_for_a_visit_that_is_put_off(void **state) {
  clinic c;
  uint8_t id[16];
  (void)state;
  const wb_time start = begin(&c) + 7 * CLINIC_DAY;
  memcpy(id, c.actions[0].id, sizeof id);
  assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
  c.now += CLINIC_MINUTE;
  pass(&c, start);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", "one").wake, start - 2 * CLINIC_DAY);
  assert_int_equal(clinic_action(&c, id).state, WB_ACTION_READY);
  wb_practice_free(clinic_replayed(&c));
  wb_practice_free(clinic_loaded(&c));
  c.now = start - 2 * CLINIC_DAY;
  pass(&c, start);
  assert_int_equal(clinic_poll(&c), 1);
  assert_memory_equal(c.actions[0].id, id, sizeof id);
  clinic_close(&c);
}

/* A visit that is put off while the desk has the call: nobody is called about the old time, and it
   is asked about anew, as is a visit that a pass sees, or the poll in which the call is over. */
static void a_call_about_a_visit_that_is_put_off_leaves_the_list(void **state) {
  (void)state;
  for (int passes = 0; passes < 2; passes++) {
    clinic c;
    const wb_time start = silent(&c) + 7 * CLINIC_DAY;
    c.now += passes ? CLINIC_HOUR : 3 * CLINIC_HOUR;
    if (passes) pass(&c, start);
    if (!passes) book(&c, start);
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 0);
    assert_string_equal(clinic_find(&c, "p1", "one").reason, "put_off");
    pass(&c, start);
    const wb_enrollment again = clinic_find(&c, "p1", "one");
    assert_int_equal(again.state, WB_STATE_WAITING);
    assert_int_equal(again.wake, start - 2 * CLINIC_DAY);
    wb_practice_free(clinic_replayed(&c));
    c.now = start - 2 * CLINIC_DAY;
    pass(&c, start);
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].step, "ask");
    clinic_close(&c);
  }
}

/* A call that could not be put on the list is none that the visit was called about: it waits for
   the new time. */
static void a_call_to_be_tried_again_waits_for_a_visit_that_is_put_off(void **state) {
  clinic c;
  uint8_t id[16];
  (void)state;
  wb_time start = begin(&c);
  clinic_sent(&c);
  c.now = start - 4 * CLINIC_HOUR;
  pass(&c, start);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "call");
  memcpy(id, c.actions[0].id, sizeof id);
  assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
  start += 7 * CLINIC_DAY;
  c.now += CLINIC_MINUTE;
  pass(&c, start);
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(clinic_find(&c, "p1", "one").reason, "");
  assert_int_equal(clinic_find(&c, "p1", "one").wake, start - 4 * CLINIC_HOUR);
  c.now = start - 4 * CLINIC_HOUR;
  pass(&c, start);
  assert_int_equal(clinic_poll(&c), 1);
  assert_memory_equal(c.actions[0].id, id, sizeof id);
  clinic_close(&c);
}

/* By an hour and a half: too late to be asked about, but not to be called about. */
static void a_visit_that_is_put_off_by_little_is_called_about_again(void **state) {
  clinic c;
  uint8_t first[16];
  (void)state;
  const wb_time start = silent(&c) + 90 * CLINIC_MINUTE;
  memcpy(first, c.actions[0].id, sizeof first);
  pass(&c, start);
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 0);
  pass(&c, start);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", "one").wake, start - 4 * CLINIC_HOUR);
  c.now = start - 4 * CLINIC_HOUR;
  pass(&c, start);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "call");
  assert_memory_not_equal(c.actions[0].id, first, sizeof first);
  clinic_close(&c);
}

/* Who answers after all is not called any more; who says no is on the list for that alone. */
static void a_late_answer_takes_the_call_off_the_list(void **state) {
  static const struct {
    const char *text, *reason;
    uint32_t left;
  } rows[] = {{"yes", "confirmed", 0}, {"no", "reschedule", 1}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    wb_task task = {.size = sizeof task, .reason = rows[i].reason};
    silent(&c);
    assert_int_equal(clinic_reply(&c, "p1", rows[i].text), WB_OK);
    assert_string_equal(clinic_find(&c, "p1", "one").reason, rows[i].reason);
    assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, &task), rows[i].left);
    assert_string_equal(task.reason, rows[i].reason);
    clinic_close(&c);
  }
}

/* ---- openings -------------------------------------------------------------------------------- */

/* Asks for an opening, and two hours later takes one more step. */
#define OPENING(step, text)                                                                        \
  "{\"format\":1,\"name\":\"fill\",\"title\":\"T\",\"class\":\"benefit\",\"subject\":\"opening\"," \
  "\"audience\":\"patient.status == 'active'\",\"segments\":[{\"name\":\"all\",\"where\":"         \
  "\"true\"}],\"rest_days\":0,\"steps\":[{\"id\":\"ask\",\"send\":[\"ask\"]},"                     \
  "{\"id\":\"w\",\"wait\":{\"hours\":2}}," step ",{\"id\":\"w2\",\"wait\":{\"days\":7}},"          \
  "{\"id\":\"end\",\"exit\":true}],\"texts\":{\"ask\":{\"channel\":\"sms\",\"en\":{\"body\":"      \
  "\"{{ location.short_name }} has a time: {{ slot.start | date: '%d' }}. Reply YES to take it, "  \
  "STOP to opt out.\"}}," text "}}"

static const char opening_calls[] =
    OPENING("{\"id\":\"call\",\"call\":\"note\",\"within\":{\"hours\":3}}",
            "\"note\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}");
static const char opening_asks[] =
    OPENING("{\"id\":\"more\",\"send\":[\"more\"]}",
            "\"more\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }} still has "
            "it. Reply YES to take it, STOP to opt out.\"}}");

/* Somebody was asked for an opening, which begins then: so long before that it is now. */
static wb_time offered(clinic *c, const char *json, wb_time before) {
  clinic_crowd(c, 1, "fill", json);
  const wb_time start = c->now + 6 * CLINIC_HOUR;
  const wb_input input = clinic_slot(WB_INPUT_SLOT_OPENED, "s1", start);
  assert_int_equal(clinic_send(c, &input), WB_OK);
  assert_int_equal(clinic_poll(c), 1);
  clinic_sent(c);
  clinic_forward(c, 1, start - before - c->now);
  return start;
}

/* Nobody is asked for an opening in its last half hour, by a call neither. */
static void a_call_about_an_opening_is_over_half_an_hour_before_it(void **state) {
  static const struct {
    wb_time before, expires; /* that it begins */
  } rows[] = {{3 * CLINIC_HOUR + 30 * CLINIC_MINUTE + 1, 30 * CLINIC_MINUTE + 1},
              {3 * CLINIC_HOUR, 30 * CLINIC_MINUTE},
              {30 * CLINIC_MINUTE + 1, 30 * CLINIC_MINUTE}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    wb_task task = {.size = sizeof task};
    const wb_time start = offered(&c, opening_calls, rows[i].before);
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].step, "call");
    clinic_sent(&c);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
    assert_int_equal(task.expires, start - rows[i].expires);
    clinic_forward(&c, 1, task.expires - c.now);
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
    clinic_close(&c);
  }
}

/* A step that comes later than that is left out; who was asked may accept all the same. */
static void nothing_more_is_said_of_an_opening_in_its_last_half_hour(void **state) {
  static const char *const steps[] = {opening_calls, opening_asks};
  (void)state;
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    clinic c;
    wb_opening found = {.size = sizeof found};
    offered(&c, steps[i], 30 * CLINIC_MINUTE + 1);
    assert_int_equal(clinic_poll(&c), 1);
    assert_int_equal(c.actions[0].deliver_by, c.now + 1);
    clinic_close(&c);
    offered(&c, steps[i], 30 * CLINIC_MINUTE);
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
    assert_string_equal(clinic_find(&c, "p01", "fill").reason, "");
    assert_int_equal(clinic_reply(&c, "p01", "YES"), WB_OK);
    assert_int_equal(wb_opening_get(c.practice, "s1", 2, &found), WB_OK);
    assert_int_equal(found.state, WB_OPENING_TENTATIVE);
    clinic_close(&c);
  }
}

/* A call that somebody asks for is about what they ask. */
static void a_call_that_is_asked_for_comes_in_the_last_half_hour(void **state) {
  static const char json[] =
      OPENING("{\"id\":\"call\",\"call\":\"note\",\"within\":{\"hours\":3}}",
              "\"note\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}},\"responses\":"
              "{\"asks\":{\"after\":{\"hours\":0},\"text\":\"note\"}");
  clinic c;
  wb_task task = {.size = sizeof task};
  (void)state;
  offered(&c, json, 20 * CLINIC_MINUTE);
  assert_int_equal(clinic_reply(&c, "p01", "How much is a cleaning?"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].deliver_by, c.now + 10 * CLINIC_MINUTE);
  clinic_sent(&c);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
  assert_string_equal(task.reason, "asks");
  assert_int_equal(task.expires, c.now + 14 * CLINIC_DAY);
  clinic_forward(&c, 1, CLINIC_MINUTE);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 1);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_call_is_given_up_when_its_hours_are_over),
      cmocka_unit_test(what_is_on_the_list_for_longest_comes_first),
      cmocka_unit_test(a_call_is_over_when_the_visit_begins),
      cmocka_unit_test(a_call_that_rests_is_over_when_the_visit_begins),
      cmocka_unit_test(what_was_begun_is_left_alone_by_a_pass),
      cmocka_unit_test(a_question_to_be_tried_again_is_neither_hurried_nor_lost),
      cmocka_unit_test(a_question_to_be_tried_again_waits_for_a_visit_that_is_put_off),
      cmocka_unit_test(a_call_about_a_visit_that_is_put_off_leaves_the_list),
      cmocka_unit_test(a_call_to_be_tried_again_waits_for_a_visit_that_is_put_off),
      cmocka_unit_test(a_visit_that_is_put_off_by_little_is_called_about_again),
      cmocka_unit_test(a_late_answer_takes_the_call_off_the_list),
      cmocka_unit_test(a_call_about_an_opening_is_over_half_an_hour_before_it),
      cmocka_unit_test(nothing_more_is_said_of_an_opening_in_its_last_half_hour),
      cmocka_unit_test(a_call_that_is_asked_for_comes_in_the_last_half_hour),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

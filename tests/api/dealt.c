/* SPDX-License-Identifier: MIT */
/* What was dealt with at the desk: for every campaign that the patient is in, and though the task
   has left its list meanwhile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/walk.h"

/* Texts whose readers are called when they ask something, and what follows calls in vain. */
#define CALLS(name, unanswered) CALLS_STALE(name, unanswered, "")
#define CALLS_STALE(name, unanswered, stale)                                                       \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"Calls\",\"class\":\"care\","                    \
  "\"audience\":\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"all\",\"where\":"         \
  "\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},\"steps\":["                                \
  "{\"id\":\"s1\",\"send\":[\"hello\"]" stale "},{\"id\":\"w1\",\"wait\":{\"days\":5}},"           \
  "{\"id\":\"s2\",\"send\":[\"hello\"]},{\"id\":\"end\",\"exit\":true}],"                          \
  "\"responses\":{\"asks\":{\"after\":{\"hours\":0},\"text\":\"note\"" unanswered "}},"            \
  "\"texts\":{\"hello\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }} has "    \
  "time for you: {{ location.booking_url }} Reply STOP to opt out.\"}},"                           \
  "\"note\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}}}"

/* Of a response: calls in vain end nothing. */
#define ON ",\"unanswered\":\"continue\""

static wb_status outcome(clinic *c, const uint8_t *id, int32_t what) {
  wb_input input = clinic_input(WB_INPUT_TASK_DONE, NULL);
  input.action = id;
  input.outcome = what;
  return clinic_send(c, &input);
}

/* Ana asked for a call, which is on the list, by campaign one; she waits for one in `two` as well.
 */
static wb_task asked(clinic *c, const char *one, const char *two) {
  wb_task task = {.size = sizeof task};
  clinic_open(c, CLINIC_ANA, NULL);
  clinic_launch(c, "one", one);
  if (two != NULL) clinic_launch(c, "two", two);
  clinic_enroll(c);
  assert_int_equal(clinic_poll(c), 1);
  clinic_sent(c);
  assert_int_equal(clinic_reply(c, "p1", "Can you call me?"), WB_OK);
  assert_int_equal(clinic_poll(c), 1);
  clinic_sent(c);
  assert_int_equal(clinic_tasks(c, WB_DESK_OUTREACH, &task), 1);
  return task;
}

static void one_call_answers_a_question_for_every_campaign(void **state) {
  static const struct {
    int32_t outcome;
    uint32_t times;
    const char *one, *two; /* why they are over; "": it goes on */
  } rows[] = {
      {WB_TASK_DONE, 1, "desk", "desk"},
      {WB_TASK_NO_ANSWER, 3, "no_answer", ""},
      {WB_TASK_NO_ANSWER, 0, "no_answer", ""}, /* nobody called in two weeks */
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    const wb_task task = asked(&c, CALLS("one", ""), CALLS("two", ON));
    uint8_t id[16];
    memcpy(id, task.id, sizeof id);
    assert_int_equal(clinic_find(&c, "p1", "two").flags, WB_ENROLLMENT_RESPONDED);
    for (uint32_t n = 0; n < rows[i].times; n++)
      assert_int_equal(outcome(&c, id, rows[i].outcome), WB_OK);
    if (rows[i].times == 0) {
      c.now = task.expires;
      clinic_rows(&c, CLINIC_ANA, "");
      assert_int_equal(clinic_poll(&c), 0);
    }
    assert_string_equal(clinic_find(&c, "p1", "one").reason, rows[i].one);
    assert_string_equal(clinic_find(&c, "p1", "two").reason, rows[i].two);
    assert_int_equal(clinic_find(&c, "p1", "two").flags & WB_ENROLLMENT_RESPONDED, 0);
    wb_practice_free(clinic_replayed(&c));
    c.now += CLINIC_DAY;
    clinic_rows(&c, CLINIC_ANA, "");
    while (clinic_poll(&c) > 0)
      clinic_sent(&c);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
    clinic_close(&c);
  }
}

/* Three calls in vain within a day: the sequence goes on then, not when the call was to be looked
   at next. */
static void the_sequence_goes_on_at_once_after_the_last_call(void **state) {
  clinic c;
  (void)state;
  const wb_task task = asked(&c, CALLS("one", ON), NULL);
  uint8_t id[16];
  memcpy(id, task.id, sizeof id);
  for (int times = 0; times < 3; times++)
    assert_int_equal(outcome(&c, id, WB_TASK_NO_ANSWER), WB_OK);
  assert_int_equal(clinic_find(&c, "p1", "one").wake, c.now);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", "one").hold, WB_HOLD_CAP); /* one a day, and no other */
  clinic_close(&c);
}

/* ---- calls to two patients who are one ------------------------------------------------------ */

static void enters(clinic *c, const char *patients, const char *campaign) {
  wb_counts counts = {.size = sizeof counts};
  clinic_rows(c, patients, "");
  assert_int_equal(wb_practice_enroll(c->practice, campaign, (uint32_t)strlen(campaign),
                                      c->it.facts, c->now, &counts, NULL),
                   WB_OK);
  assert_int_equal(counts.enrolled, 1);
}

/* Ana asked a price by campaign one, Ben for a call by one or two: both calls are on the list. Then
   they turn out to be one, whom the record has by one key. */
static void merged(clinic *c, bool two, bool into_ana) {
  clinic_open(c, CLINIC_ANA, NULL);
  clinic_launch(c, "one", CALLS("one", ""));
  clinic_launch(c, "two", CALLS("two", ON));
  enters(c, CLINIC_ANA, "one");
  enters(c, CLINIC_HEAD CLINIC_BEN, two ? "two" : "one");
  clinic_rows(c, CLINIC_ANA CLINIC_BEN, "");
  assert_int_equal(clinic_poll(c), 2);
  clinic_sent(c);
  assert_int_equal(clinic_reply(c, "p1", "how much is a cleaning?"), WB_OK);
  assert_int_equal(clinic_poll(c), 1);
  clinic_sent(c);
  c->now += CLINIC_HOUR;
  assert_int_equal(clinic_reply(c, "p2", "Can you call me?"), WB_OK);
  assert_int_equal(clinic_poll(c), 1);
  clinic_sent(c);
  assert_int_equal(clinic_tasks(c, WB_DESK_OUTREACH, NULL), 2);
  wb_input input = clinic_input(WB_INPUT_MERGED, into_ana ? "p2" : "p1");
  input.other = into_ana ? "p1" : "p2";
  input.other_length = 2;
  assert_int_equal(clinic_send(c, &input), WB_OK);
  clinic_rows(c, into_ana ? CLINIC_ANA : CLINIC_HEAD CLINIC_BEN, "");
}

/* The better one stays, and counts for both. */
static void one_call_to_merged_patients_stays(void **state) {
  (void)state;
  for (int i = 0; i < 4 * CLINIC_WAYS; i++) {
    clinic c;
    wb_task task = {.size = sizeof task};
    merged(&c, i & 1, i >> 1 & 1);
    clinic_renew(&c, i / 4);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
    assert_string_equal(task.patient, (i >> 1 & 1) ? "p1" : "p2");
    assert_int_equal(task.score, 85);
    assert_int_equal(task.signals, WB_SIGNAL_ASKS_CALL | WB_SIGNAL_ASKS_PRICE);
    assert_int_equal(task.due, c.now - CLINIC_HOUR); /* hers was asked for first */
    assert_int_equal(task.expires, c.now + 14 * CLINIC_DAY);
    clinic_close(&c);
  }
}

static void a_call_to_merged_patients_is_dealt_with_for_both(void **state) {
  static const struct {
    int32_t outcome;
    uint32_t times;        /* 0: nobody called in two weeks */
    const char *one, *two; /* why they are over; "": it goes on */
  } rows[] = {{WB_TASK_DONE, 1, "desk", "desk"},
              {WB_TASK_NO_ANSWER, 3, "no_answer", ""},
              {WB_TASK_NO_ANSWER, 0, "no_answer", ""}};
  (void)state;
  for (int i = 0; i < 12; i++) {
    const bool two = i & 1, ana = i >> 1 & 1;
    const char *patient = ana ? "p1" : "p2";
    clinic c;
    uint8_t id[16];
    wb_task task = {.size = sizeof task};
    merged(&c, two, ana);
    for (int day = 0; day < 2; day++) { /* whoever waits for it makes no other call */
      assert_int_equal(clinic_poll(&c), 0);
      c.now += CLINIC_DAY;
      clinic_rows(&c, ana ? CLINIC_ANA : CLINIC_HEAD CLINIC_BEN, "");
    }
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
    memcpy(id, task.id, sizeof id);
    for (uint32_t n = 0; n < rows[i / 4].times; n++)
      assert_int_equal(outcome(&c, id, rows[i / 4].outcome), WB_OK);
    if (rows[i / 4].times == 0) c.now = task.expires;
    clinic_rows(&c, ana ? CLINIC_ANA : CLINIC_HEAD CLINIC_BEN, "");
    for (int day = 0; day < 9; day++) {
      if (clinic_poll(&c) > 0) assert_int_equal(c.actions[0].kind, WB_ACTION_SEND);
      clinic_sent(&c);
      c.now += CLINIC_DAY;
      clinic_rows(&c, ana ? CLINIC_ANA : CLINIC_HEAD CLINIC_BEN, "");
    }
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
    assert_string_equal(clinic_find(&c, patient, "one").reason, rows[i / 4].one);
    if (two) {
      const char *reason = clinic_find(&c, patient, "two").reason;
      assert_string_equal(reason, rows[i / 4].two[0] ? rows[i / 4].two : "finished");
    }
    wb_practice_free(clinic_replayed(&c));
    clinic_close(&c);
  }
}

/* What is no call stays as it was: two replies that a person reads. */
static void what_is_no_call_to_merged_patients_stays(void **state) {
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA CLINIC_BEN, NULL);
  clinic_launch(&c, "one", CALLS("one", ""));
  clinic_enroll(&c);
  assert_int_equal(clinic_reply(&c, "p1", "purple"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p2", "green"), WB_OK);
  wb_input input = clinic_input(WB_INPUT_MERGED, "p2");
  input.other = "p1";
  input.other_length = 2;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 2);
  clinic_close(&c);
}

/* ---- a message that did not get through, and a response meanwhile --------------------------- */

/* The first message was handed out, did not get through, and Ana asked for a call: in this order,
   or she was faster than the host's word. The call is on the list. */
static wb_task asked_untold(clinic *c, const char *campaign, int32_t cause, bool faster,
                            uint8_t id[16]) {
  wb_task task = {.size = sizeof task};
  clinic_open(c, CLINIC_ANA, NULL);
  clinic_launch(c, "one", campaign);
  clinic_enroll(c);
  assert_int_equal(clinic_poll(c), 1);
  memcpy(id, c->actions[0].id, 16);
  if (!faster) assert_int_equal(clinic_ack(c, id, WB_NOT_SENT, cause), WB_OK);
  assert_int_equal(clinic_reply(c, "p1", "Can you call me?"), WB_OK);
  if (faster) assert_int_equal(clinic_ack(c, id, WB_NOT_SENT, cause), WB_OK);
  assert_int_equal(clinic_ack(c, id, WB_NOT_SENT, cause), WB_OK); /* once more is the same */
  assert_int_equal(clinic_action(c, id).state, WB_ACTION_WITHDRAWN);
  assert_int_equal(clinic_action(c, id).cause, cause);
  assert_int_equal(clinic_poll(c), 1);
  assert_int_equal(c->actions[0].kind, WB_ACTION_CALL_TASK);
  clinic_sent(c);
  assert_int_equal(clinic_tasks(c, WB_DESK_OUTREACH, &task), 1);
  return task;
}

/* Three calls in vain. */
static void in_vain(clinic *c, const wb_task *task) {
  uint8_t id[16];
  memcpy(id, task->id, sizeof id);
  for (int times = 0; times < 3; times++)
    assert_int_equal(outcome(c, id, WB_TASK_NO_ANSWER), WB_OK);
}

/* Where the sequence stood: at the message that the patient has not had yet. */
static void what_did_not_get_through_is_sent_once_calls_were_in_vain(void **state) {
  static const int32_t causes[] = {WB_CAUSE_INTERRUPTED, WB_CAUSE_THROTTLED, WB_CAUSE_LATE};
  (void)state;
  for (int i = 0; i < 6 * CLINIC_WAYS; i++) {
    uint8_t id[16];
    clinic c;
    const wb_task task = asked_untold(&c, CALLS("one", ON), causes[i % 3], i / 3 % 2 != 0, id);
    clinic_renew(&c, i / 6);
    in_vain(&c, &task);
    assert_int_equal(clinic_poll(&c), 1);
    assert_memory_equal(c.actions[0].id, id, sizeof id);
    assert_int_equal(c.actions[0].attempt, 2);
    clinic_sent(&c);
    assert_int_equal(clinic_find(&c, "p1", "one").touches, 1);
    clinic_renew(&c, i / 6);
    c.now += 7 * CLINIC_DAY;
    clinic_rows(&c, CLINIC_ANA, "");
    assert_int_equal(clinic_poll(&c), 1); /* and then the second one */
    assert_string_equal(c.actions[0].step, "s2");
    clinic_close(&c);
  }
}

/* So is what a last look took back because she asked. */
static void what_a_last_look_took_back_is_sent_once_calls_were_in_vain(void **state) {
  wb_look look = {.size = sizeof look};
  wb_task task = {.size = sizeof task};
  uint8_t id[16];
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "one", CALLS("one", ON));
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1);
  memcpy(id, c.actions[0].id, sizeof id);
  assert_int_equal(clinic_reply(&c, "p1", "Can you call me?"), WB_OK);
  assert_int_equal(wb_practice_test(c.practice, id, c.it.facts, c.now, &look, NULL), WB_OK);
  assert_int_equal(look.answer, WB_LOOK_WITHDRAWN);
  assert_int_equal(clinic_action(&c, id).state, WB_ACTION_WITHDRAWN);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
  in_vain(&c, &task);
  assert_int_equal(clinic_poll(&c), 1);
  assert_memory_equal(c.actions[0].id, id, sizeof id);
  clinic_close(&c);
}

/* A call that a last look took back is no message that comes again. */
static void a_call_that_a_last_look_took_back_is_withdrawn(void **state) {
  wb_look look = {.size = sizeof look};
  uint8_t id[16];
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "one", CALLS("one", ON));
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(clinic_reply(&c, "p1", "Can you call me?"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].kind, WB_ACTION_CALL_TASK);
  memcpy(id, c.actions[0].id, sizeof id);
  clinic_rows(&c, CLINIC_HEAD "p1|deceased|Ana|1980-02-29|1|+12125550101|yes|ana@example.com|yes\n",
              "");
  assert_int_equal(wb_practice_test(c.practice, id, c.it.facts, c.now, &look, NULL), WB_OK);
  assert_int_equal(look.answer, WB_LOOK_WITHDRAWN);
  assert_int_equal(clinic_action(&c, id).state, WB_ACTION_WITHDRAWN);
  clinic_close(&c);
}

/* What is over is not sent again: the call was made, or what follows calls in vain is the end. */
static void what_did_not_get_through_is_not_sent_where_the_call_ended_it(void **state) {
  (void)state;
  for (int done = 0; done < 2; done++) {
    uint8_t id[16];
    clinic c;
    const wb_task task = asked_untold(&c, done ? CALLS("one", ON) : CALLS("one", ""),
                                      WB_CAUSE_THROTTLED, done != 0, id);
    memcpy(id, task.id, sizeof id);
    if (done) assert_int_equal(outcome(&c, id, WB_TASK_DONE), WB_OK);
    if (!done) in_vain(&c, &task);
    assert_string_equal(clinic_find(&c, "p1", "one").reason, done ? "desk" : "no_answer");
    assert_int_equal(clinic_poll(&c), 0);
    clinic_close(&c);
  }
}

/* What is stale by the time when nobody was reached is left out. */
static void what_did_not_get_through_may_be_stale_after_the_calls(void **state) {
  (void)state;
  for (wb_time late = 0; late < 2; late++) {
    uint8_t id[16];
    clinic c;
    const wb_task task = asked_untold(&c, CALLS_STALE("one", ON, ",\"stale_after\":{\"days\":1}"),
                                      WB_CAUSE_THROTTLED, true, id);
    c.now += CLINIC_DAY + late;
    clinic_rows(&c, CLINIC_ANA, "");
    in_vain(&c, &task);
    assert_int_equal(clinic_poll(&c), !late);
    assert_int_equal(clinic_action(&c, id).state, late ? WB_ACTION_WITHDRAWN : WB_ACTION_CLAIMED);
    if (late) assert_true(clinic_find(&c, "p1", "one").wake > c.now + 4 * CLINIC_DAY); /* for s2 */
    clinic_close(&c);
  }
}

/* It is as late as it would be had nobody asked: since it was first due, whenever the host polled,
   whatever held it, and however often it was tried. */
static void what_is_stale_counts_from_when_it_was_due_though_calls_came_between(void **state) {
  enum { POLLED, HELD, TRIED, BEFORE, WHATS };
  (void)state;
  for (int i = 0; i < 2 * WHATS; i++) {
    const int what = i / 2, late = i % 2;
    wb_task task = {.size = sizeof task};
    clinic c;
    clinic_open(&c, CLINIC_ANA, NULL);
    clinic_launch(&c, "one", CALLS_STALE("one", ON, ",\"stale_after\":{\"days\":1}"));
    if (what == HELD) assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, "p1"), WB_OK);
    clinic_enroll(&c);
    const wb_time due = c.now;
    c.now += what == POLLED ? 2 * CLINIC_HOUR : 0;
    assert_int_equal(clinic_poll(&c), what != HELD);
    for (int tries = 0; tries < (what == TRIED ? 3 : 1) && what != HELD; tries++) {
      if (tries > 0) {
        c.now = clinic_wake(&c);
        assert_int_equal(clinic_poll(&c), 1);
      }
      if (what == BEFORE) assert_int_equal(clinic_reply(&c, "p1", "Can you call me?"), WB_OK);
      assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
    }
    if (what != BEFORE) assert_int_equal(clinic_reply(&c, "p1", "Can you call me?"), WB_OK);
    clinic_renew(&c, i % CLINIC_WAYS);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
    c.now = due + CLINIC_DAY + late;
    clinic_rows(&c, CLINIC_ANA, "");
    in_vain(&c, &task);
    clinic_renew(&c, i % CLINIC_WAYS);
    if (clinic_poll(&c) != !late) fail_msg("case %d", i);
    clinic_close(&c);
  }
}

/* A later message is due when the one before it led to it: on a Monday, a week before the call
   expires. */
static void a_later_message_in_whose_place_a_call_stood_is_due_by_its_wait(void **state) {
  static const char *const steps[] = {
      "{\"id\":\"a\",\"send\":[\"a\"]},{\"id\":\"w\",\"wait\":{\"days\":5}},"
      "{\"id\":\"b\",\"send\":[\"a\"],\"stale_after\":{\"days\":7}}," WALK_END,
      "{\"id\":\"a\",\"send\":[\"a\"]},{\"id\":\"w\",\"wait\":{\"days\":5}},"
      "{\"id\":\"b\",\"send\":[\"a\"],\"stale_after\":{\"days\":6}}," WALK_END};
  (void)state;
  for (int late = 0; late < 2; late++) {
    clinic c;
    wb_task task = {.size = sizeof task};
    walk_begin(&c, "\"responses\":{\"asks\":{\"after\":{\"hours\":0},\"text\":\"note\"" ON "}},",
               steps[late], WALK_SMS("a", "A") "," WALK_NOTE);
    assert_string_equal(walk_said(&c), "a");
    assert_int_equal(clinic_reply(&c, "p1", "Can you call me?"), WB_OK);
    assert_string_equal(walk_said(&c), "asks");
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
    assert_int_equal(task.expires, c.now + 14 * CLINIC_DAY);
    walk_later(&c, 14 * CLINIC_DAY);
    assert_string_equal(walk_said(&c), late ? "" : "b");
    assert_string_equal(walk_reason(&c), late ? "finished" : "");
    clinic_close(&c);
  }
}

/* So is what did not get through, in the poll that sees that nobody called; or it is stale. */
static void what_did_not_get_through_is_sent_when_the_call_expires(void **state) {
  (void)state;
  for (int stale = 0; stale < 2; stale++) {
    uint8_t id[16];
    clinic c;
    const wb_task task = asked_untold(
        &c, stale ? CALLS_STALE("one", ON, ",\"stale_after\":{\"days\":1}") : CALLS("one", ON),
        WB_CAUSE_THROTTLED, false, id);
    while (c.now < task.expires) {
      c.now = clinic_wake(&c) < task.expires ? clinic_wake(&c) : task.expires;
      clinic_rows(&c, CLINIC_ANA, "");
      assert_int_equal(clinic_poll(&c), c.now == task.expires && !stale);
    }
    assert_int_equal(clinic_action(&c, id).state, stale ? WB_ACTION_WITHDRAWN : WB_ACTION_CLAIMED);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
    if (stale) assert_true(clinic_find(&c, "p1", "one").wake > c.now + 4 * CLINIC_DAY);
    wb_practice_free(clinic_replayed(&c));
    clinic_close(&c);
  }
}

/* A wait for an event, in whose place the call stood, begins anew. */
static void an_await_begins_anew_when_the_call_expires(void **state) {
  static const char steps[] = "{\"id\":\"a\",\"send\":[\"a\"]},"
                              "{\"id\":\"x\",\"await\":[\"clicked\"],\"within\":{\"days\":2},"
                              "\"else\":\"b\",\"next\":\"end\"},"
                              "{\"id\":\"b\",\"send\":[\"a\"]}," WALK_END;
  clinic c;
  wb_task task = {.size = sizeof task};
  (void)state;
  walk_begin(&c, "\"responses\":{\"asks\":{\"after\":{\"hours\":0},\"text\":\"note\"" ON "}},",
             steps, WALK_SMS("a", "A") "," WALK_NOTE);
  assert_string_equal(walk_said(&c), "a");
  assert_string_equal(walk_said(&c), "");
  assert_int_equal(clinic_find(&c, "p1", "c").wake, c.now + 2 * CLINIC_DAY);
  assert_int_equal(clinic_reply(&c, "p1", "Can you call me?"), WB_OK);
  assert_string_equal(walk_said(&c), "asks");
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
  walk_later(&c, task.expires - c.now);
  assert_string_equal(walk_said(&c), "");
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
  assert_int_equal(clinic_find(&c, "p1", "c").wake, c.now + 2 * CLINIC_DAY);
  walk_later(&c, 2 * CLINIC_DAY);
  assert_string_equal(walk_said(&c), "b");
  clinic_close(&c);
}

/* A campaign whose first step calls, of a message that may not have gone or at once. */
#define FIRST(steps)                                                                               \
  "{\"format\":1,\"name\":\"one\",\"title\":\"Calls\",\"class\":\"care\","                         \
  "\"audience\":\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"all\",\"where\":"         \
  "\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[" steps                          \
  "{\"id\":\"b\",\"send\":[\"a\"]}," WALK_END "],"                                                 \
  "\"responses\":{\"asks\":{\"after\":{\"hours\":0},\"text\":\"note\"" ON "}},"                    \
  "\"texts\":{" WALK_SMS("a", "A") "," WALK_NOTE "}}"

/* The desk has a call to Ben and no room for Ana, who is to be called too and asks for it: hers is
   on the list when his leaves it. */
static wb_task asked_while_full(clinic *c, const char *campaign, bool unknown) {
  const wb_practice_options options = {.tasks_open = 1, .flags = WB_PRACTICE_ALLOW_JUMP};
  wb_task task = {.size = sizeof task};
  uint8_t id[16];
  clinic_open(c, CLINIC_HEAD CLINIC_BEN, &options);
  clinic_launch(c, "one", campaign);
  for (int ana = 0; ana < 2; ana++) {
    clinic_rows(c, ana ? CLINIC_ANA CLINIC_BEN : CLINIC_HEAD CLINIC_BEN, "");
    assert_int_equal(clinic_enroll(c).enrolled, 1);
    if (unknown) assert_int_equal(clinic_poll(c), 1);
    if (unknown) assert_int_equal(clinic_ack(c, c->actions[0].id, WB_SENT_UNKNOWN, 0), WB_OK);
    assert_int_equal(clinic_poll(c), !ana);
    clinic_sent(c);
  }
  assert_int_equal(clinic_find(c, "p1", "one").hold, WB_HOLD_CAPACITY);
  assert_int_equal(clinic_reply(c, "p1", "Can you call me?"), WB_OK);
  assert_int_equal(clinic_tasks(c, WB_DESK_OUTREACH, &task), 1);
  memcpy(id, task.id, sizeof id);
  assert_int_equal(outcome(c, id, WB_TASK_BOOKED), WB_OK);
  assert_int_equal(clinic_poll(c), 1);
  assert_string_equal(c->actions[0].step, "asks");
  clinic_sent(c);
  assert_int_equal(clinic_tasks(c, WB_DESK_OUTREACH, &task), 1);
  return task;
}

/* It expires once: the message that may have gone is none to be called about any more, and the call
   of the step comes after it. */
static void a_call_in_place_of_another_expires_once(void **state) {
  (void)state;
  for (int unknown = 0; unknown < 2; unknown++) {
    clinic c;
    const wb_task task = asked_while_full(
        &c,
        unknown ? FIRST("{\"id\":\"a\",\"send\":[\"a\"],\"on_unknown\":{\"call\":\"note\","
                        "\"within\":{\"days\":3}}},")
                : FIRST("{\"id\":\"a\",\"call\":\"note\",\"within\":{\"days\":3}},"),
        unknown);
    c.now = task.expires;
    clinic_rows(&c, CLINIC_ANA, "");
    assert_int_equal(clinic_poll(&c), unknown);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
    if (!unknown) assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].step, unknown ? "b" : "a");
    wb_practice_free(clinic_replayed(&c));
    clinic_close(&c);
  }
}

/* A booking was faster than the word of the one who called: what they learnt counts all the same.
 */
static void what_a_call_brought_to_light_holds_without_its_task(void **state) {
  static const struct {
    int32_t outcome;
    const char *reason; /* of somebody who is texted anew; "": they are texted */
  } rows[] = {
      {WB_TASK_DECEASED, "deceased"},
      {WB_TASK_MOVED, "left"},
      {WB_TASK_REFUSED, "declined"},
      {WB_TASK_WRONG_NUMBER, "wrong_number"},
      {WB_TASK_DONE, ""},
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    const wb_task task = asked(&c, CALLS("one", ""), NULL);
    uint8_t id[16];
    memcpy(id, task.id, sizeof id);
    assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
    clinic_launch(&c, "two", CALLS("two", ""));
    clinic_enroll(&c);
    assert_int_equal(clinic_find(&c, "p1", "two").state, WB_STATE_WAITING);
    assert_int_equal(outcome(&c, id, rows[i].outcome), WB_OK);
    assert_string_equal(clinic_find(&c, "p1", "two").reason, rows[i].reason);
    const uint32_t flags = rows[i].outcome == WB_TASK_WRONG_NUMBER ? WB_CONTACT_CLOSED : 0;
    wb_consent consent = {.size = sizeof consent};
    assert_int_equal(wb_consent_get(c.practice, clinic_point(&c, WB_CONTACT_PHONE, "+12125550101"),
                                    "p1", 2, WB_CHANNEL_SMS, WB_MESSAGE_CARE, &consent),
                     WB_OK);
    assert_int_equal(consent.flags & WB_CONTACT_CLOSED, flags);
    clinic_close(&c);
  }
}

/* The id of a message is no task's: nothing follows for its patient. */
static void a_message_is_no_task(void **state) {
  clinic c;
  uint8_t id[16], none[16] = {1};
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_poll(&c), 1);
  memcpy(id, c.actions[0].id, sizeof id);
  assert_int_equal(outcome(&c, id, WB_TASK_DECEASED), WB_OK);
  assert_string_equal(clinic_find(&c, "p1", NULL).reason, "");
  assert_int_equal(outcome(&c, none, WB_TASK_DECEASED), WB_E_NAME);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(one_call_answers_a_question_for_every_campaign),
      cmocka_unit_test(the_sequence_goes_on_at_once_after_the_last_call),
      cmocka_unit_test(one_call_to_merged_patients_stays),
      cmocka_unit_test(a_call_to_merged_patients_is_dealt_with_for_both),
      cmocka_unit_test(what_is_no_call_to_merged_patients_stays),
      cmocka_unit_test(what_did_not_get_through_is_sent_once_calls_were_in_vain),
      cmocka_unit_test(what_a_last_look_took_back_is_sent_once_calls_were_in_vain),
      cmocka_unit_test(a_call_that_a_last_look_took_back_is_withdrawn),
      cmocka_unit_test(what_did_not_get_through_is_not_sent_where_the_call_ended_it),
      cmocka_unit_test(what_did_not_get_through_may_be_stale_after_the_calls),
      cmocka_unit_test(what_is_stale_counts_from_when_it_was_due_though_calls_came_between),
      cmocka_unit_test(a_later_message_in_whose_place_a_call_stood_is_due_by_its_wait),
      cmocka_unit_test(what_did_not_get_through_is_sent_when_the_call_expires),
      cmocka_unit_test(an_await_begins_anew_when_the_call_expires),
      cmocka_unit_test(a_call_in_place_of_another_expires_once),
      cmocka_unit_test(what_a_call_brought_to_light_holds_without_its_task),
      cmocka_unit_test(a_message_is_no_task),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

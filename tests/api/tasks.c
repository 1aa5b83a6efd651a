/* SPDX-License-Identifier: MIT */
/* Calls on the desk's list: their order, how many, what became of them, when they are given up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

/* One text, calls after both responses, and what follows calls in vain. */
#define CALLS(unanswered)                                                                          \
  "{\"format\":1,\"name\":\"one\",\"title\":\"Calls\",\"class\":\"care\","                         \
  "\"audience\":\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"all\",\"where\":"         \
  "\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},\"steps\":["                                \
  "{\"id\":\"s1\",\"send\":[\"hello\"]},{\"id\":\"w1\",\"wait\":{\"days\":5}},"                    \
  "{\"id\":\"s2\",\"send\":[\"hello\"]},{\"id\":\"end\",\"exit\":true}],"                          \
  "\"responses\":{\"asks\":{\"after\":{\"hours\":0},\"text\":\"note\"" unanswered "},"             \
  "\"clicked\":{\"after\":{\"hours\":24},\"text\":\"note\"" unanswered "}},"                       \
  "\"texts\":{\"hello\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }} has "    \
  "time for you: {{ location.booking_url }} Reply STOP to opt out.\"}},"                           \
  "\"note\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}}}"

#define FOUR                                                                                       \
  CLINIC_ANA CLINIC_BEN "p3|active|Cat|1982-04-01|1|+12125550103|yes|cat@example.com|yes\n"        \
                        "p4|active|Dan|1983-05-01|1|+12125550104|yes|dan@example.com|yes\n"

/* Everybody of the rows has been texted. */
static void begin(clinic *c, const char *patients, const char *campaign,
                  const wb_practice_options *more) {
  clinic_open(c, patients, more);
  clinic_launch(c, "one", campaign);
  clinic_enroll(c);
  clinic_poll(c);
  clinic_sent(c);
}

/* The n-th task of a list. */
static wb_task task_at(clinic *c, int32_t list, uint32_t n) {
  wb_task task = {.size = sizeof task};
  uint64_t cursor = 0;
  for (uint32_t i = 0; i <= n; ++i)
    assert_int_equal(wb_desk_next(c->practice, list, &cursor, &task), WB_OK);
  return task;
}

static wb_status outcome(clinic *c, const uint8_t *id, int32_t what, wb_time at) {
  wb_input input = clinic_input(WB_INPUT_TASK_DONE, NULL);
  input.action = id;
  input.outcome = what;
  input.at = at;
  return clinic_send(c, &input);
}

/* A call to the patient p1 is on the list. */
static wb_task called(clinic *c) {
  assert_int_equal(clinic_reply(c, "p1", "Can you call me?"), WB_OK);
  assert_int_equal(clinic_poll(c), 1);
  clinic_sent(c);
  return task_at(c, WB_DESK_OUTREACH, 0);
}

static void calls_are_ordered_by_what_was_asked(void **state) {
  (void)state;
  static const struct {
    const char *patient, *why;
    int32_t score;
    uint32_t signals;
  } expected[] = {
      {"p2", "asked for a call", 80, WB_SIGNAL_ASKS_CALL},
      {"p1", "wants to come", 75, WB_SIGNAL_ASKS_VISIT},
      {"p3", "asked about price or insurance, used the booking page", 65,
       WB_SIGNAL_ASKS_PRICE | WB_SIGNAL_CLICKED},
      {"p4", "used the booking page", 50, WB_SIGNAL_CLICKED},
  };
  clinic c;
  begin(&c, FOUR, CALLS(""), NULL);
  assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p3"), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p4"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p1", "I'd like to book an appointment"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p2", "Can you call me?"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p3", "Do you take my insurance?"), WB_OK);
  assert_int_equal(clinic_poll(&c), 3);
  clinic_sent(&c);
  c.now += CLINIC_DAY;
  assert_int_equal(clinic_poll(&c), 1);
  for (uint32_t i = 0; i < 4; ++i) {
    wb_task task = task_at(&c, WB_DESK_OUTREACH, i);
    assert_string_equal(task.patient, expected[i].patient);
    assert_string_equal(task.why, expected[i].why);
    assert_int_equal(task.score, expected[i].score);
    assert_int_equal(task.signals, expected[i].signals);
    assert_int_equal(task.attempts, 0);
    assert_int_equal(task.due, task.opened);
    assert_int_equal(task.expires, task.opened + 14 * CLINIC_DAY);
    assert_string_equal(task.about, "");
  }
  clinic_close(&c);
}

/* Who asks again gets no second call: the first counts for more, and rests no longer. */
/* What is said to whoever calls is chosen as any text is; of no channel that a patient agrees to
   detail on. */
static void what_is_said_of_a_call_is_chosen(void **state) {
  static const char plain[] = CALLS("");
  static const char chosen[] =
      "\"note\":{\"channel\":\"call\",\"instead\":[{\"when\":\"recare.overdue_months >= 1\","
      "\"text\":\"ring\"}],\"en\":{\"body\":\"Please call.\"}},"
      "\"ring\":{\"channel\":\"call\",\"en\":{\"body\":\"Please ring.\"}}}}";
  char json[sizeof plain + sizeof chosen];
  clinic c;
  (void)state;
  memcpy(json, plain, sizeof plain);
  strcpy(strstr(json, "\"note\":{\"channel\""), chosen);
  begin(&c, CLINIC_ANA, json, NULL);
  assert_int_equal(clinic_reply(&c, "p1", "Can you call me?"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].template_, "ring");
  assert_string_equal(c.actions[0].text, "Please ring.");
  clinic_close(&c);
}

static void a_second_sign_raises_the_call(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA CLINIC_BEN, CALLS(""), NULL);
  assert_int_equal(clinic_reply(&c, "p1", "how much is a cleaning?"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p2", "I'd like to book an appointment"), WB_OK);
  assert_int_equal(clinic_poll(&c), 2);
  clinic_sent(&c);
  wb_task task = task_at(&c, WB_DESK_OUTREACH, 1);
  assert_string_equal(task.patient, "p1");
  assert_int_equal(outcome(&c, task.id, WB_TASK_LATER, c.now + 5 * CLINIC_DAY), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK); /* no reason to call sooner */
  task = task_at(&c, WB_DESK_OUTREACH, 1);
  assert_int_equal(task.due, c.now + 5 * CLINIC_DAY);
  assert_int_equal(task.score, 65);
  c.now += CLINIC_HOUR;
  assert_int_equal(clinic_reply(&c, "p1", "Please call me"), WB_OK);
  task = task_at(&c, WB_DESK_OUTREACH, 0);
  assert_string_equal(task.patient, "p1");
  assert_int_equal(task.score, 90);
  assert_int_equal(task.due, c.now);
  assert_string_equal(task.why,
                      "asked for a call, asked about price or insurance, used the booking "
                      "page");
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 2);
  assert_int_equal(clinic_poll(&c), 0);
  clinic_close(&c);
}

/* What is asked after the call is read by a person. */
static void a_question_after_the_call_is_not_lost(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA, CALLS(",\"unanswered\":\"continue\""), NULL);
  wb_task task = called(&c);
  c.now += 14 * CLINIC_DAY;
  clinic_poll(&c); /* given up; the sequence goes on */
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
  assert_int_equal(clinic_reply(&c, "p1", "Can you call me?"), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, &task), 1);
  assert_string_equal(task.reason, "asks");
  clinic_close(&c);
}

static void a_call_in_vain_comes_back_and_is_given_up(void **state) {
  (void)state;
  for (int goes_on = 0; goes_on < 2; ++goes_on) {
    clinic c;
    begin(&c, CLINIC_ANA, goes_on ? CALLS(",\"unanswered\":\"continue\"") : CALLS(""), NULL);
    wb_task task = called(&c);
    wb_enrollment found = clinic_find(&c, "p1", NULL);
    assert_int_equal(found.state, WB_STATE_WAITING);
    assert_int_equal(found.flags, WB_ENROLLMENT_RESPONDED | WB_ENROLLMENT_LISTED);
    assert_int_equal(outcome(&c, task.id, WB_TASK_NO_ANSWER, 0), WB_OK);
    task = task_at(&c, WB_DESK_OUTREACH, 0);
    assert_int_equal(task.attempts, 1);
    assert_int_equal(task.score, 70);
    assert_int_equal(task.due, c.now + CLINIC_DAY);
    c.now += CLINIC_DAY;
    assert_int_equal(outcome(&c, task.id, WB_TASK_VOICEMAIL, 0), WB_OK);
    task = task_at(&c, WB_DESK_OUTREACH, 0);
    assert_int_equal(task.attempts, 2);
    assert_int_equal(task.score, 60);
    assert_int_equal(clinic_poll(&c), 0);
    c.now += CLINIC_DAY;
    assert_int_equal(outcome(&c, task.id, WB_TASK_NO_ANSWER, 0), WB_OK);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
    found = clinic_find(&c, "p1", NULL);
    assert_int_equal(found.flags, 0);
    assert_int_equal(found.state, goes_on ? WB_STATE_WAITING : WB_STATE_ENDED);
    assert_string_equal(found.reason, goes_on ? "" : "no_answer");
    assert_int_equal(clinic_poll(&c), goes_on);
    if (goes_on) assert_string_equal(c.actions[0].step, "s2");
    assert_int_equal(outcome(&c, task.id, WB_TASK_NO_ANSWER, 0), WB_OK); /* over: nothing */
    clinic_close(&c);
  }
}

static void attempts_spacing_and_days_are_settable(void **state) {
  (void)state;
  clinic c;
  wb_practice_options more = {.task_attempts = 1, .task_spacing = 60, .task_days = 2};
  begin(&c, CLINIC_ANA, CALLS(""), &more);
  wb_task task = called(&c);
  assert_int_equal(task.expires, task.opened + 2 * CLINIC_DAY);
  assert_int_equal(outcome(&c, task.id, WB_TASK_LATER, 0), WB_OK);
  assert_int_equal(task_at(&c, WB_DESK_OUTREACH, 0).due, c.now + 60);
  assert_int_equal(outcome(&c, task.id, WB_TASK_NO_ANSWER, 0), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
  clinic_close(&c);
}

static void a_call_that_nobody_makes_is_given_up_after_two_weeks(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA, CALLS(""), NULL);
  wb_task task = called(&c);
  for (int day = 1; day < 14; ++day) {
    c.now += CLINIC_DAY;
    assert_int_equal(clinic_poll(&c), 0);
  }
  c.now = task.expires - 1;
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 1);
  assert_int_equal(clinic_wake(&c), task.expires);
  c.now = task.expires;
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
  assert_string_equal(clinic_find(&c, "p1", NULL).reason, "no_answer");
  clinic_close(&c);
}

static void later_rests_until_then_and_moves_the_end(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA, CALLS(""), NULL);
  wb_task task = called(&c);
  const wb_time then = c.now + 20 * CLINIC_DAY;
  uint64_t sequence = wb_practice_sequence(c.practice);
  assert_int_equal(outcome(&c, task.id, WB_TASK_LATER, c.now), WB_E_INVALID);
  assert_int_equal(outcome(&c, task.id, WB_TASK_LATER, -1), WB_E_INVALID);
  assert_int_equal(outcome(&c, task.id, WB_TASK_LATER, INT64_MAX), WB_E_INVALID);
  assert_int_equal(outcome(&c, task.id, -1, 0), WB_E_INVALID);
  assert_int_equal(outcome(&c, task.id, WB_TASK_DECEASED + 1, 0), WB_E_INVALID);
  assert_int_equal(wb_practice_sequence(c.practice), sequence);
  assert_int_equal(outcome(&c, task.id, WB_TASK_LATER, c.now + 1), WB_OK);
  assert_int_equal(task_at(&c, WB_DESK_OUTREACH, 0).due, c.now + 1);
  assert_int_equal(outcome(&c, task.id, WB_TASK_LATER, then), WB_OK);
  task = task_at(&c, WB_DESK_OUTREACH, 0);
  assert_int_equal(task.attempts, 0);
  assert_int_equal(task.due, then);
  assert_int_equal(task.expires, then + 14 * CLINIC_DAY);
  for (c.now += CLINIC_DAY; c.now < then; c.now += CLINIC_DAY)
    assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 1);
  clinic_close(&c);
}

/* What an outcome leaves of the patient's sequence, of another call of theirs, and of the number.
 */
static void an_outcome_has_its_consequences(void **state) {
  static const struct {
    int32_t outcome;
    const char *reason;
    int32_t channel; /* of the next campaign's first message; 0: none */
  } cases[] = {
      {WB_TASK_DONE, "desk", WB_CHANNEL_SMS},
      {WB_TASK_BOOKED, "booked", WB_CHANNEL_SMS},
      {WB_TASK_WRONG_NUMBER, "wrong_number", WB_CHANNEL_EMAIL},
      {WB_TASK_REFUSED, "declined", WB_CHANNEL_SMS},
      {WB_TASK_MOVED, "left", 0},
      {WB_TASK_DECEASED, "deceased", 0},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    clinic c;
    begin(&c, CLINIC_ANA, CALLS(""), NULL);
    wb_task task = called(&c);
    assert_int_equal(outcome(&c, task.id, cases[i].outcome, 0), WB_OK);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
    wb_enrollment found = clinic_find(&c, "p1", "one");
    assert_int_equal(found.state, WB_STATE_ENDED);
    assert_string_equal(found.reason, cases[i].reason);
    c.now += CLINIC_DAY;
    clinic_launch(&c, "two", CLINIC_TEXTS("two"));
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), cases[i].channel != 0);
    if (cases[i].channel) assert_int_equal(c.actions[0].channel, cases[i].channel);
    clinic_close(&c);
  }
}

/* Tasks of the inbox and of Now know the same outcomes, but are never given up. */
static void what_a_person_must_read_is_never_given_up(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA CLINIC_BEN, CALLS(""), NULL);
  assert_int_equal(clinic_reply(&c, "p1", "my jaw is swollen"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p2", "the parrot sings"), WB_OK);
  const int32_t lists[] = {WB_DESK_NOW, WB_DESK_INBOX};
  for (int i = 0; i < 2; ++i) {
    wb_task task = task_at(&c, lists[i], 0);
    assert_int_equal(task.expires, WB_TIME_NONE);
    for (uint32_t n = 1; n <= 5; ++n) {
      assert_int_equal(outcome(&c, task.id, WB_TASK_NO_ANSWER, 0), WB_OK);
      task = task_at(&c, lists[i], 0);
      assert_int_equal(task.attempts, n);
      assert_int_equal(task.expires, WB_TIME_NONE);
      assert_int_equal(task.due, c.now + CLINIC_DAY);
    }
    assert_int_equal(outcome(&c, task.id, WB_TASK_DONE, 0), WB_OK);
    assert_int_equal(clinic_tasks(&c, lists[i], NULL), 0);
  }
  clinic_close(&c);
}

static void the_list_is_never_longer_than_its_limit(void **state) {
  (void)state;
  clinic c;
  wb_practice_options more = {.tasks_per_day = 100, .tasks_open = 2};
  begin(&c, FOUR, CALLS(""), &more);
  for (int i = 1; i <= 4; ++i) {
    const char key[] = {'p', (char)('0' + i), 0};
    assert_int_equal(clinic_reply(&c, key, "Can you call me?"), WB_OK);
  }
  assert_int_equal(clinic_poll(&c), 2);
  clinic_sent(&c);
  c.now += CLINIC_DAY;
  assert_int_equal(clinic_poll(&c), 0);
  wb_task task = task_at(&c, WB_DESK_OUTREACH, 0);
  assert_int_equal(outcome(&c, task.id, WB_TASK_DONE, 0), WB_OK);
  c.now += CLINIC_DAY;
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 2);
  clinic_close(&c);
}

#define HOUSEHOLD                                                                                  \
  "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"          \
  "household:u\n"                                                                                  \
  "p1|active|Ana|1980-02-29|1|+12125550101|yes|h1\n"                                               \
  "p2|active|Ben|1981-03-01|1|+12125550102|yes|h1\n"                                               \
  "p3|active|Cat|1982-04-01|1|+12125550103|yes|h2\n"                                               \
  "p4|inactive|Dan|1983-05-01|1|+12125550104|yes|h2\n" /* nobody ever wrote to him */

static void a_household_has_one_open_call(void **state) {
  (void)state;
  clinic c;
  begin(&c, HOUSEHOLD, CALLS(""), NULL);
  for (int i = 1; i <= 3; ++i) {
    const char key[] = {'p', (char)('0' + i), 0};
    assert_int_equal(clinic_reply(&c, key, "Can you call me?"), WB_OK);
  }
  assert_int_equal(clinic_poll(&c), 2); /* one of each household, in one poll */
  assert_int_equal(clinic_find(&c, "p3", NULL).hold, WB_HOLD_NONE);
  clinic_sent(&c);
  wb_enrollment one = clinic_find(&c, "p1", NULL), two = clinic_find(&c, "p2", NULL);
  assert_true((one.hold == WB_HOLD_CAPACITY) != (two.hold == WB_HOLD_CAPACITY));
  c.now += CLINIC_DAY;
  assert_int_equal(clinic_poll(&c), 0);
  const char *with = one.hold == WB_HOLD_CAPACITY ? "p2" : "p1";
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, with), WB_OK);
  c.now += CLINIC_DAY;
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_not_equal(c.actions[0].patient, with);
  clinic_close(&c);
}

/* Nothing goes to somebody about whom something cannot wait, in any campaign; then it does. */
static void nothing_goes_out_while_something_is_urgent(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA CLINIC_BEN, CALLS(""), NULL);
  clinic_launch(&c, "two", CLINIC_TEXTS("two"));
  clinic_enroll(&c);
  assert_int_equal(clinic_reply(&c, "p1", "my jaw is swollen"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p1", "your staff was rude"), WB_OK);
  c.now += CLINIC_DAY;
  clinic_launch(&c, "three", CLINIC_TEXTS("three"));
  wb_counts counts = clinic_enroll(&c);
  assert_int_equal(counts.enrolled, 1);
  assert_int_equal(counts.waiting, 1); /* p1, who is through with the others */
  clinic_poll(&c);
  for (uint32_t i = 0; i < c.count; ++i)
    assert_string_equal(c.actions[i].patient, "p2");
  clinic_sent(&c);
  assert_int_equal(outcome(&c, task_at(&c, WB_DESK_NOW, 0).id, WB_TASK_DONE, 0), WB_OK);
  assert_string_equal(task_at(&c, WB_DESK_NOW, 0).reason, "complaint");
  assert_int_equal(clinic_enroll(&c).waiting, 1);
  assert_int_equal(outcome(&c, task_at(&c, WB_DESK_NOW, 0).id, WB_TASK_DONE, 0), WB_OK);
  counts = clinic_enroll(&c);
  assert_int_equal(counts.waiting, 0);
  assert_int_equal(counts.enrolled, 1);
  clinic_close(&c);
}

/* Urgent symptoms come before what came earlier. */
static void urgent_symptoms_come_first(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA CLINIC_BEN, CALLS(""), NULL);
  assert_int_equal(clinic_reply(&c, "p1", "your staff was rude"), WB_OK);
  c.now += CLINIC_HOUR;
  assert_int_equal(clinic_reply(&c, "p2", "my jaw is swollen"), WB_OK);
  assert_string_equal(task_at(&c, WB_DESK_NOW, 0).patient, "p2");
  assert_string_equal(task_at(&c, WB_DESK_NOW, 1).patient, "p1");
  clinic_close(&c);
}

/* Somebody called before the host had said that the task arrived. */
static void a_call_that_was_made_was_handed_over(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA, CALLS(""), NULL);
  assert_int_equal(clinic_reply(&c, "p1", "Can you call me?"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(outcome(&c, c.actions[0].id, WB_TASK_NO_ANSWER, 0), WB_OK);
  assert_int_equal(clinic_action(&c, c.actions[0].id).state, WB_ACTION_SENT);
  clinic_sent(&c); /* says the same */
  assert_int_equal(task_at(&c, WB_DESK_OUTREACH, 0).attempts, 1);
  clinic_close(&c);
}

/* A booking that the facts show closes the call within a day. */
static void a_booking_in_the_record_closes_the_call(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA, CALLS(""), NULL);
  called(&c);
  c.now += CLINIC_HOUR;
  clinic_rows(&c, CLINIC_ANA, "p1|scheduled|2027-01-15\n");
  assert_int_equal(clinic_poll(&c), 0);
  c.now += CLINIC_DAY - CLINIC_HOUR;
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
  assert_string_equal(clinic_find(&c, "p1", NULL).reason, "booked");
  clinic_close(&c);
}

/* A pause and its end leave the wait for a call as it was. */
static void a_pause_does_not_lose_the_call(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA, CALLS(""), NULL);
  wb_task task = called(&c);
  assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, NULL), WB_OK);
  c.now += CLINIC_DAY;
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_PAUSED);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, NULL), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", NULL).state, WB_STATE_WAITING);
  c.now = task.expires;
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
  clinic_close(&c);
}

/* What ends by itself takes the calls of other sequences along no more than they end. */
static void the_end_of_one_sequence_leaves_the_calls_of_others(void **state) {
  static const char once[] =
      "{\"format\":1,\"name\":\"two\",\"title\":\"Once\",\"class\":\"benefit\","
      "\"audience\":\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"all\",\"where\":"
      "\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},\"steps\":["
      "{\"id\":\"s1\",\"send\":[\"hello\"]},{\"id\":\"end\",\"exit\":true}],"
      "\"texts\":{\"hello\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }} has "
      "time for you: {{ location.booking_url }} Reply STOP to opt out.\"}}}}";
  const wb_practice_options caps = {.per_day = 8, .per_week = 8, .per_month = 8};
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA, CALLS(""), &caps);
  called(&c);
  clinic_launch(&c, "two", once);
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(clinic_find(&c, "p1", "two").reason, "finished");
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 1);
  clinic_close(&c);
}

/* How often a text stands in the journal's lines. */
static uint32_t told(const clinic *c, const char *text) {
  enum { LINE = 4096 };
  char line[LINE];
  uint64_t offset = 0;
  size_t needed = 0;
  uint32_t count = 0;
  wb_record record = {.size = sizeof record};
  while (wb_journal_next(c->journal.bytes, c->journal.length, &offset, &record) == WB_OK)
    if (wb_journal_format(c->journal.bytes, c->journal.length, record.offset, line, LINE,
                          &needed) == WB_OK)
      count += strstr(line, text) != NULL;
  return count;
}

/* When somebody is looked at during a pause tells nothing of when they come in the order. */
static void a_pause_leaves_the_place_in_the_order(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA, CALLS(""), NULL);
  called(&c);
  assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, NULL), WB_OK);
  c.now += CLINIC_DAY;
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, NULL), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(told(&c, "\"hold\":\"paused\""), 1);
  assert_int_equal(told(&c, "\"wake\":\"2026-11-24T15:00:00Z\""), 2); /* the claim, and now */
  clinic_close(&c);
}

/* Journal and snapshot know all of a task. */
static void tasks_survive_a_load(void **state) {
  (void)state;
  clinic c;
  begin(&c, FOUR, CALLS(""), NULL);
  assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p4"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p2", "Can you call me?"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p3", "my jaw is swollen"), WB_OK);
  clinic_poll(&c);
  clinic_sent(&c);
  wb_task task = called(&c);
  assert_int_equal(outcome(&c, task.id, WB_TASK_NO_ANSWER, 0), WB_OK);
  assert_int_equal(outcome(&c, task.id, WB_TASK_LATER, c.now + CLINIC_DAY), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  clinic_launch(&c, "two", CLINIC_TEXTS("two"));
  assert_int_equal(clinic_enroll(&c).waiting, 1); /* p3 is still on Now */
  clinic_close(&c);
}

/* Who asks to be called in the evening is called when somebody is there. */
static void no_call_comes_outside_the_hours(void **state) {
  (void)state;
  clinic c;
  begin(&c, FOUR, CALLS(""), NULL);
  for (int opened = 0; opened < 2; ++opened) {
    c.now = opened ? clinic_at(&c, 2026, 11, 24, 10, 0) : clinic_at(&c, 2026, 11, 23, 18, 0);
    clinic_rows(&c, FOUR, "");
    if (!opened) assert_int_equal(clinic_reply(&c, "p1", "call me"), WB_OK);
    assert_int_equal(clinic_poll(&c), opened);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), opened);
    if (!opened) assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_HOURS);
    if (!opened) assert_int_equal(clinic_wake(&c), clinic_at(&c, 2026, 11, 24, 10, 0));
  }
  clinic_close(&c);
}

/* One text; nothing is ever open for it. */
#define NEVER                                                                                      \
  "{\"format\":1,\"name\":\"one\",\"title\":\"Never\",\"class\":\"care\",\"hours\":"               \
  "{\"sun\":\"10:00-12:00\"},\"audience\":\"recare.overdue_months >= 1\",\"segments\":[{\"name\":" \
  "\"all\",\"where\":\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[{\"id\":"      \
  "\"s1\","                                                                                        \
  "\"send\":[\"hello\"]},{\"id\":\"end\",\"exit\":true}],\"texts\":{\"hello\":{\"channel\":"       \
  "\"sms\","                                                                                       \
  "\"en\":{\"body\":\"{{ location.short_name }} {{ location.booking_url }} Reply STOP to opt "     \
  "out.\"}}}}"

/* The practice is never open on Sundays, and the campaign never on other days: a person is told,
   once for a location, and again for as long as it is so. */
static void what_no_hours_allow_is_a_task_for_a_person(void **state) {
  (void)state;
  clinic c;
  wb_task task;
  begin(&c, FOUR, NEVER, NULL);
  assert_int_equal(c.count, 0);
  assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_HOURS);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, &task), 1);
  assert_string_equal(task.reason, "no_hours");
  assert_string_equal(task.location, "1");
  assert_int_equal(clinic_poll(&c), 0);
  for (int way = 0; way < CLINIC_WAYS; ++way) {
    clinic_renew(&c, way);
    c.now += CLINIC_DAY;
    clinic_rows(&c, FOUR, "");
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, &task), 1);
  }
  assert_int_equal(outcome(&c, task.id, WB_TASK_DONE, 0), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 0);
  assert_int_equal(clinic_find(&c, "p1", NULL).state, WB_STATE_HELD); /* nothing of theirs ends */
  c.now += CLINIC_DAY;
  clinic_rows(&c, FOUR, "");
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 1);
  clinic_close(&c);
}

/* What was handed out while there were hours is taken back when there are none any more; a last
   look plans nothing, not even the task. */
static void a_last_look_when_no_hours_allow_it_opens_no_task(void **state) {
  static const wb_window sundays = {.weekdays = 1u << 7, .from = 36000, .to = 43200};
  static const char never[] = NEVER;
  char mondays[sizeof never];
  clinic c;
  wb_look look = {.size = sizeof look};
  (void)state;
  memcpy(mondays, never, sizeof never);
  memcpy(strstr(mondays, "\"sun\""), "\"mon\"", 5);
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "one", mondays);
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1);
  c.options.hours = &sundays;
  clinic_renew(&c, CLINIC_LOADED);
  assert_int_equal(wb_practice_test(c.practice, c.actions[0].id, c.it.facts, c.now, &look, NULL),
                   WB_OK);
  assert_int_equal(look.answer, WB_LOOK_LATER);
  assert_int_equal(look.hold, WB_HOLD_HOURS);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 0);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(calls_are_ordered_by_what_was_asked),
      cmocka_unit_test(what_is_said_of_a_call_is_chosen),
      cmocka_unit_test(a_second_sign_raises_the_call),
      cmocka_unit_test(a_question_after_the_call_is_not_lost),
      cmocka_unit_test(a_call_in_vain_comes_back_and_is_given_up),
      cmocka_unit_test(attempts_spacing_and_days_are_settable),
      cmocka_unit_test(a_call_that_nobody_makes_is_given_up_after_two_weeks),
      cmocka_unit_test(later_rests_until_then_and_moves_the_end),
      cmocka_unit_test(an_outcome_has_its_consequences),
      cmocka_unit_test(what_a_person_must_read_is_never_given_up),
      cmocka_unit_test(the_list_is_never_longer_than_its_limit),
      cmocka_unit_test(a_household_has_one_open_call),
      cmocka_unit_test(nothing_goes_out_while_something_is_urgent),
      cmocka_unit_test(urgent_symptoms_come_first),
      cmocka_unit_test(a_call_that_was_made_was_handed_over),
      cmocka_unit_test(a_booking_in_the_record_closes_the_call),
      cmocka_unit_test(a_pause_does_not_lose_the_call),
      cmocka_unit_test(the_end_of_one_sequence_leaves_the_calls_of_others),
      cmocka_unit_test(a_pause_leaves_the_place_in_the_order),
      cmocka_unit_test(no_call_comes_outside_the_hours),
      cmocka_unit_test(what_no_hours_allow_is_a_task_for_a_person),
      cmocka_unit_test(a_last_look_when_no_hours_allow_it_opens_no_task),
      cmocka_unit_test(tasks_survive_a_load),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

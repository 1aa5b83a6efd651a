/* SPDX-License-Identifier: MIT */
/* What was dealt with at the desk: for every campaign that the patient is in, and though the task
   has left its list meanwhile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

/* Texts whose readers are called when they ask something, and what follows calls in vain. */
#define CALLS(name, unanswered)                                                                    \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"Calls\",\"class\":\"care\","                    \
  "\"audience\":\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"all\",\"where\":"         \
  "\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},\"steps\":["                                \
  "{\"id\":\"s1\",\"send\":[\"hello\"]},{\"id\":\"w1\",\"wait\":{\"days\":5}},"                    \
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
      cmocka_unit_test(what_a_call_brought_to_light_holds_without_its_task),
      cmocka_unit_test(a_message_is_no_task),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

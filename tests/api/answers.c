/* SPDX-License-Identifier: MIT */
/* Answers to what patients write: STOP confirmed, help, the safety text; to whom, when, how often.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

/* Ana and Ben have been texted, Eve e-mailed; nothing more is due before the next day. */
#define PEOPLE                                                                                     \
  CLINIC_ANA CLINIC_BEN "p5|active|Eve|1984-06-01|1|+12125550105|no|eve@example.com|yes\n"

static void begin(clinic *c, const wb_practice_options *more) {
  clinic_begin(c, PEOPLE, more);
  assert_int_equal(clinic_poll(c), 3);
  clinic_sent(c);
}

/* Somebody writes from a number. */
static wb_status text_from(clinic *c, const char *number, const char *text) {
  return clinic_reply_from(c, clinic_point(c, WB_CONTACT_PHONE, number), text);
}

/* The enrolment of the only answer to a patient. */
static wb_enrollment answer_to(clinic *c, const char *patient) {
  return clinic_find(c, patient, "notices");
}

static void a_stop_is_confirmed_once_to_the_number_that_wrote(void **state) {
  (void)state;
  clinic c;
  begin(&c, NULL);
  assert_int_equal(text_from(&c, "+12125550101", "STOP"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  const wb_action *sent = &c.actions[0];
  assert_int_equal(sent->kind, WB_ACTION_SEND);
  assert_int_equal(sent->channel, WB_CHANNEL_SMS);
  assert_string_equal(sent->to, "+12125550101");
  assert_string_equal(sent->campaign, "notices");
  assert_string_equal(sent->step, "stop-confirmed");
  assert_string_equal(sent->patient, "p1");
  assert_string_equal(sent->text, "Example Dental: you will get no more texts from us. Reply START "
                                  "to get them again (STOP to opt out).");
  assert_int_equal(sent->deliver_by, c.now + 300);
  assert_int_equal(sent->segments, 1);
  clinic_sent(&c);
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(answer_to(&c, "p1").reason, "finished");
  assert_int_equal(text_from(&c, "+12125550101", "STOP"), WB_OK); /* closed already */
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(text_from(&c, "+12125550101", "START"), WB_OK);
  c.now += 60;
  assert_int_equal(text_from(&c, "+12125550101", "STOP"), WB_OK); /* anew */
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "stop-confirmed");
  clinic_close(&c);
}

/* Whoever has opted out hears nothing of another STOP, be it known which number wrote, or whose it
   is; after START they do. */
static void a_stop_after_a_stop_is_not_confirmed(void **state) {
  static const char *const says[] = {"STOP", "STOP", "STOP", "START", "STOP"};
  static const uint32_t answers[] = {1, 0, 0, 0, 1};
  (void)state;
  for (int number = 0; number < 2; ++number) {
    clinic c;
    begin(&c, NULL);
    for (size_t i = 0; i < sizeof says / sizeof *says; ++i) {
      const wb_status status =
          number ? text_from(&c, "+12125550101", says[i]) : clinic_reply(&c, "p1", says[i]);
      assert_int_equal(status, WB_OK);
      c.now += CLINIC_MINUTE;
      if (clinic_poll(&c) != answers[i]) fail_msg("%d: %s %zu", number, says[i], i);
      clinic_sent(&c);
    }
    clinic_close(&c);
  }
}

static wb_look look(clinic *c, const uint8_t *id) {
  wb_look found = {.size = sizeof found};
  assert_int_equal(wb_practice_test(c->practice, id, c->it.facts, c->now, &found, NULL), WB_OK);
  return found;
}

static void a_last_look_at_an_answer_asks_for_its_number_again(void **state) {
  (void)state;
  static const struct {
    const char *wrote, *then,
        *number;      /* what is written after the hand-out; the number on record */
    const char *gone; /* why it is taken back; "": it goes */
  } rows[] = {{"HELP", NULL, "0101", ""},
              {"HELP", "STOP", "0101", "opted_out"},
              {"HELP", NULL, "0109", "unreached"},
              {"STOP", NULL, "0101", ""},
              {"STOP", NULL, "0109", "unreached"}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    clinic c;
    char ana[200];
    uint8_t id[16];
    begin(&c, NULL);
    assert_int_equal(text_from(&c, "+12125550101", rows[i].wrote), WB_OK);
    assert_int_equal(clinic_poll(&c), 1);
    memcpy(id, c.actions[0].id, sizeof id);
    if (rows[i].then) assert_int_equal(text_from(&c, "+12125550101", rows[i].then), WB_OK);
    snprintf(ana, sizeof ana, CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+1212555%s|yes||\n",
             rows[i].number);
    clinic_rows(&c, ana, "");
    const bool gone = rows[i].gone[0] != 0;
    for (int again = 0; again < 2; ++again) { /* once more is the same */
      const wb_look found = look(&c, id);
      assert_int_equal(found.answer, gone ? WB_LOOK_WITHDRAWN : WB_LOOK_GO);
      assert_string_equal(found.reason, rows[i].gone);
    }
    assert_int_equal(clinic_action(&c, id).state, gone ? WB_ACTION_WITHDRAWN : WB_ACTION_CLAIMED);
    clinic_close(&c);
  }
}

/* By then it may be night where the patient is: an answer waits for the day, an emergency does not.
 */
static void a_last_look_at_an_answer_asks_for_the_hours_again(void **state) {
  (void)state;
  for (int urgent = 0; urgent < 2; ++urgent) {
    clinic c;
    begin(&c, NULL);
    assert_int_equal(text_from(&c, "+12125550101", urgent ? "my jaw is swollen" : "HELP"), WB_OK);
    assert_int_equal(clinic_poll(&c), 1);
    assert_int_equal(look(&c, c.actions[0].id).answer, WB_LOOK_GO);
    clinic_moved(&c, "XST-12", "US-NY", CLINIC_ANA);
    const wb_look found = look(&c, c.actions[0].id);
    assert_int_equal(found.answer, urgent ? WB_LOOK_GO : WB_LOOK_LATER);
    assert_int_equal(found.hold, urgent ? WB_HOLD_NONE : WB_HOLD_HOURS);
    clinic_close(&c);
  }
}

static void a_stop_is_confirmed_within_five_minutes_or_not_at_all(void **state) {
  (void)state;
  for (int late = 0; late < 2; ++late) {
    clinic c;
    begin(&c, NULL);
    assert_int_equal(text_from(&c, "+12125550101", "STOP"), WB_OK);
    const wb_time then = c.now;
    c.now = then + 300 - !late;
    assert_int_equal(clinic_poll(&c), !late);
    if (!late) assert_int_equal(c.actions[0].deliver_by, then + 300);
    if (late) assert_string_equal(answer_to(&c, "p1").reason, "late");
    c.now += CLINIC_HOUR;
    assert_int_equal(clinic_poll(&c), 0); /* an unknown outcome is not sent again */
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(answer_to(&c, "p1").state, WB_STATE_ENDED);
    clinic_close(&c);
  }
}

/* What did not get through is tried again, within its time. */
static void a_throttled_confirmation_is_tried_again_in_time(void **state) {
  (void)state;
  clinic c;
  begin(&c, NULL);
  assert_int_equal(text_from(&c, "+12125550101", "STOP"), WB_OK);
  const wb_time then = c.now;
  assert_int_equal(clinic_poll(&c), 1);
  uint8_t id[16];
  memcpy(id, c.actions[0].id, sizeof id);
  assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
  c.now = then + 60;
  assert_int_equal(clinic_poll(&c), 1);
  assert_memory_equal(c.actions[0].id, id, sizeof id);
  assert_int_equal(c.actions[0].deliver_by, then + 300);
  assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
  c.now = then + 360;
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(answer_to(&c, "p1").reason, "late");
  assert_int_equal(clinic_action(&c, id).state, WB_ACTION_WITHDRAWN);
  clinic_close(&c);
}

/* At night the law holds a confirmation back: then there is none. */
static void a_stop_at_night_is_not_confirmed(void **state) {
  (void)state;
  clinic c;
  begin(&c, NULL);
  c.now = clinic_at(&c, 2026, 11, 23, 20, 59);
  assert_int_equal(text_from(&c, "+12125550101", "STOP"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].deliver_by, c.now + 60); /* the law's day ends at nine */
  clinic_sent(&c);
  c.now += 60;
  assert_int_equal(text_from(&c, "+12125550102", "STOP"), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  c.now = clinic_at(&c, 2026, 11, 24, 8, 0);
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(answer_to(&c, "p2").reason, "late");
  clinic_close(&c);
}

/* An opt-out that the carrier has answered itself, or that a form says. */
static void an_opt_out_from_elsewhere_is_not_confirmed(void **state) {
  (void)state;
  clinic c;
  begin(&c, NULL);
  wb_input out = clinic_input(WB_INPUT_OPTED_OUT, NULL);
  out.contact = clinic_point(&c, WB_CONTACT_PHONE, "+12125550101");
  assert_int_equal(clinic_send(&c, &out), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  clinic_close(&c);
}

/* By key, before any text: no answer goes by text, as to a number that opted out. */
static void who_opted_out_by_key_is_answered_after_an_opt_in(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_receive(&c, WB_INPUT_OPTED_OUT, "p1"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p1", "HELP"), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(answer_to(&c, "p1").reason, "unreached");
  assert_int_equal(clinic_reply(&c, "p1", "my jaw is swollen"), WB_OK); /* at once, as ever */
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "safety");
  clinic_sent(&c);
  assert_int_equal(clinic_receive(&c, WB_INPUT_OPTED_IN, "p1"), WB_OK);
  c.now += CLINIC_HOUR;
  assert_int_equal(clinic_reply(&c, "p1", "HELP"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "help");
  clinic_close(&c);
}

/* E-mail is no text: there is nothing to confirm. */
static void a_stop_by_email_closes_the_address_without_a_text(void **state) {
  (void)state;
  clinic c;
  begin(&c, NULL);
  assert_int_equal(
      clinic_reply_from(&c, clinic_point(&c, WB_CONTACT_EMAIL, "eve@example.com"), "STOP"), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(answer_to(&c, "p5").reason, "unreached");
  assert_string_equal(clinic_find(&c, "p5", "one").reason, "opted_out");
  clinic_close(&c);
}

static void a_stranger_gets_no_answer(void **state) {
  (void)state;
  clinic c;
  begin(&c, NULL);
  assert_int_equal(text_from(&c, "+12125550199", "STOP"), WB_OK);
  assert_int_equal(text_from(&c, "+12125550199", "my jaw is swollen"), WB_E_NAME);
  assert_int_equal(text_from(&c, "+12125550199", "HELP"), WB_E_NAME);
  assert_int_equal(clinic_poll(&c), 0);
  clinic_close(&c);
}

/* The number is another one on record by now: what wrote is not written to. */
static void a_number_that_is_no_longer_theirs_gets_no_answer(void **state) {
  (void)state;
  clinic c;
  begin(&c, NULL);
  assert_int_equal(text_from(&c, "+12125550101", "HELP"), WB_OK);
  clinic_rows(&c, CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550177|yes|ana@example.com|yes\n",
              "");
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(answer_to(&c, "p1").reason, "unreached");
  clinic_close(&c);
}

static void help_is_answered_and_read(void **state) {
  (void)state;
  clinic c;
  wb_task task = {0};
  begin(&c, NULL);
  assert_int_equal(text_from(&c, "+12125550101", "HELP"), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, &task), 1);
  assert_string_equal(task.reason, "help");
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "help");
  assert_int_equal(clinic_find(&c, "p1", "one").state, WB_STATE_WAITING); /* nothing ends */
  clinic_sent(&c);
  c.now += CLINIC_HOUR - 1; /* two machines do not converse */
  assert_int_equal(text_from(&c, "+12125550101", "help"), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 2);
  c.now += 1;
  assert_int_equal(text_from(&c, "+12125550101", "help"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_close(&c);
}

/* Help at night waits for the law's morning. */
static void help_waits_for_the_day(void **state) {
  (void)state;
  clinic c;
  begin(&c, NULL);
  c.now = clinic_at(&c, 2026, 11, 23, 23, 0);
  assert_int_equal(text_from(&c, "+12125550101", "HELP"), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(answer_to(&c, "p1").hold, WB_HOLD_HOURS);
  c.now = clinic_at(&c, 2026, 11, 24, 8, 0) - 1;
  assert_int_equal(clinic_poll(&c), 0);
  c.now += 1; /* an hour before the practice's own hours */
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "help");
  clinic_close(&c);
}

/* On a Sunday night, with a full desk, a practice that is paused, and facts of last week. */
static void an_urgent_reply_is_answered_at_any_hour(void **state) {
  (void)state;
  clinic c;
  wb_task task = {0};
  wb_practice_options more = {.tasks_per_day = 1, .tasks_open = 1, .stale_facts = CLINIC_HOUR};
  begin(&c, &more);
  assert_int_equal(text_from(&c, "+12125550102", "Can you call me?"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1); /* the desk has its call */
  clinic_sent(&c);
  c.now = clinic_at(&c, 2026, 11, 29, 23, 30);
  assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, NULL), WB_OK);
  assert_int_equal(text_from(&c, "+12125550101", "my jaw is swollen and I can't breathe"), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_NOW, &task), 1);
  assert_string_equal(task.reason, "urgent_symptom");
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].to, "+12125550101");
  assert_string_equal(c.actions[0].step, "safety");
  assert_string_equal(
      c.actions[0].text,
      "Example Dental: emergency? Call 911 or go to an emergency room now. Our team "
      "has your text. Reply STOP to opt out.");
  clinic_sent(&c);
  assert_int_equal(text_from(&c, "+12125550101", "it is bleeding a lot"), WB_OK);
  assert_int_equal(clinic_poll(&c), 0); /* one safety text; the desk reads the second reply too */
  assert_int_equal(clinic_tasks(&c, WB_DESK_NOW, NULL), 2);
  clinic_close(&c);
}

static void where_no_law_is_known_only_the_safety_text_goes(void **state) {
  (void)state;
  clinic c;
  begin(&c, NULL);
  c.now += 2 * CLINIC_DAY;
  clinic_moved(&c, CLINIC_ZONE, "FR-75", PEOPLE);
  assert_int_equal(text_from(&c, "+12125550101", "my jaw is swollen and I can't breathe"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "safety");
  clinic_sent(&c);
  assert_string_equal(clinic_find(&c, "p2", "one").reason,
                      "no_permission"); /* that any law knows */
  clinic_close(&c);
}

/* It counts for no cap, and no cap holds it. */
static void answers_are_outside_the_caps(void **state) {
  (void)state;
  clinic c;
  begin(&c, NULL); /* one message today: the cap of a day */
  assert_int_equal(text_from(&c, "+12125550101", "HELP"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  c.now += CLINIC_DAY;
  assert_int_equal(clinic_poll(&c), 3); /* the second of two in seven days, to each */
  clinic_close(&c);
}

/* STOP and an emergency in one reply: both are answered, though the number has opted out. */
/* An answer to one of two who share a phone is none of the messages of the day to it. */
static void an_answer_leaves_the_phone_free_for_another(void **state) {
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA "p2|active|Ben|1981-03-01|1|+12125550101|yes||\n", NULL);
  clinic_launch(&c, "one", CLINIC_TEXTS("one"));
  clinic_enroll(&c);
  wb_input help = clinic_input(WB_INPUT_REPLY, "p2");
  help.contact = clinic_point(&c, WB_CONTACT_PHONE, "+12125550101");
  help.text = "HELP";
  help.text_length = 4;
  assert_int_equal(clinic_send(&c, &help), WB_OK);
  assert_int_equal(clinic_poll(&c), 2);
  for (uint32_t i = 0; i < 2; i++)
    assert_string_equal(c.actions[i].to, "+12125550101");
  assert_string_not_equal(c.actions[0].patient, c.actions[1].patient);
  assert_string_not_equal(c.actions[0].campaign, c.actions[1].campaign);
  clinic_close(&c);
}

static void an_emergency_beside_a_stop_is_answered(void **state) {
  (void)state;
  clinic c;
  begin(&c, NULL);
  assert_int_equal(text_from(&c, "+12125550101", "my jaw is swollen and stop texting me"), WB_OK);
  uint32_t count = clinic_poll(&c);
  assert_int_equal(count, 2);
  assert_string_not_equal(c.actions[0].step, c.actions[1].step);
  for (uint32_t i = 0; i < count; ++i)
    assert_true(!strcmp(c.actions[i].step, "safety") ||
                !strcmp(c.actions[i].step, "stop-confirmed"));
  clinic_sent(&c);
  assert_int_equal(text_from(&c, "+12125550101", "HELP"), WB_OK); /* but nothing else is */
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_tasks(&c, WB_DESK_NOW, NULL), 1);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 1);
  clinic_close(&c);
}

/* By e-mail the safety text is an e-mail. */
static void an_urgent_email_is_answered_by_email(void **state) {
  (void)state;
  clinic c;
  begin(&c, NULL);
  assert_int_equal(clinic_reply_from(&c, clinic_point(&c, WB_CONTACT_EMAIL, "eve@example.com"),
                                     "my jaw is swollen"),
                   WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_EMAIL);
  assert_string_equal(c.actions[0].to, "eve@example.com");
  assert_string_equal(c.actions[0].subject, "Your message to Example Dental");
  clinic_close(&c);
}

/* The notices are journaled with the first answer; their name pauses them. */
static void the_notices_can_be_paused_by_name(void **state) {
  (void)state;
  clinic c;
  begin(&c, NULL);
  assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, "notices"), WB_E_NAME);
  assert_int_equal(text_from(&c, "+12125550101", "HELP"), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, "notices"), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(answer_to(&c, "p1").hold, WB_HOLD_PAUSED);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, "notices"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_close(&c);
}

/* A practice that says it in its own words adds a campaign of that name. */
static void a_practice_may_have_notices_of_its_own(void **state) {
  (void)state;
  clinic c;
  begin(&c, NULL);
  assert_int_equal(
      clinic_add(&c, "{\"format\":1,\"name\":\"notices\",\"title\":\"Ours\",\"class\":"
                     "\"transactional\",\"subject\":\"notice\",\"audience\":\"false\",\"segments\":"
                     "[{\"name\":\"all\",\"where\":\"true\"}],\"steps\":[{\"id\":\"help\",\"send\":"
                     "[\"help\"]},{\"id\":\"end\",\"exit\":true}],\"texts\":{\"help\":{\"channel\":"
                     "\"sms\",\"en\":{\"body\":\"{{ location.short_name }} here. Reply STOP to opt "
                     "out.\"}}}}"),
      WB_OK);
  assert_int_equal(text_from(&c, "+12125550101", "HELP"), WB_OK);
  assert_int_equal(text_from(&c, "+12125550102", "my jaw is swollen"), WB_OK); /* no such step */
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].text, "Example Dental here. Reply STOP to opt out.");
  clinic_close(&c);
}

/* A policy by which nothing may be said. */
static const char mute[] =
    "{\"channels\":{\"sms\":{\"read\":[\"name\"]}},\"hosts\":[\"book.example.com\"]}";

/* How many tasks of a reason a list has. */
static int tasks_of(clinic *c, int32_t list, const char *reason) {
  uint64_t cursor = 0;
  int count = 0;
  wb_task task = {.size = sizeof task};
  while (wb_desk_next(c->practice, list, &cursor, &task) == WB_OK)
    count += strcmp(task.reason, reason) == 0;
  return count;
}

/* The event counts all the same; that nothing was said is on the inbox, once for each patient. */
static void what_a_policy_forbids_to_say_is_in_the_inbox(void **state) {
  (void)state;
  for (int known = 0; known < 2; ++known) { /* the notices, from an answer before */
    clinic c;
    begin(&c, NULL);
    if (known) assert_int_equal(text_from(&c, "+12125550102", "HELP"), WB_OK);
    if (known) assert_int_equal(clinic_poll(&c), 1);
    if (known) clinic_sent(&c);
    clinic_under(&c, mute);
    assert_int_equal(tasks_of(&c, WB_DESK_INBOX, "unanswered"), 0);
    assert_int_equal(text_from(&c, "+12125550101", "my jaw is swollen and stop texting me"), WB_OK);
    assert_int_equal(clinic_poll(&c), 0);
    assert_string_equal(clinic_find(&c, "p1", "one").reason, "opted_out"); /* it counts */
    assert_int_equal(tasks_of(&c, WB_DESK_NOW, "urgent_symptom"), 1);
    assert_int_equal(tasks_of(&c, WB_DESK_INBOX, "unanswered"), 1);
    assert_int_equal(text_from(&c, "+12125550101", "HELP"), WB_OK);
    assert_int_equal(tasks_of(&c, WB_DESK_INBOX, "unanswered"), 1); /* Ana's is open */
    assert_int_equal(text_from(&c, "+12125550102", "HELP"), WB_OK);
    assert_int_equal(tasks_of(&c, WB_DESK_INBOX, "unanswered"), 2);
    clinic_renew(&c, CLINIC_REPLAYED);
    assert_int_equal(tasks_of(&c, WB_DESK_INBOX, "unanswered"), 2);
    clinic_close(&c);
  }
}

static void what_nobody_answers_needs_no_task(void **state) {
  (void)state;
  clinic c;
  begin(&c, NULL);
  clinic_under(&c, mute);
  assert_int_equal(text_from(&c, "+12125550101", "the blue one"), WB_OK);
  assert_int_equal(tasks_of(&c, WB_DESK_INBOX, "unanswered"), 0);
  clinic_close(&c);
}

static void answers_survive_a_load(void **state) {
  (void)state;
  clinic c;
  begin(&c, NULL);
  assert_int_equal(text_from(&c, "+12125550101", "my jaw is swollen and stop texting me"), WB_OK);
  assert_int_equal(text_from(&c, "+12125550102", "HELP"), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  assert_int_equal(clinic_poll(&c), 3);
  clinic_close(&c);
}

/* An event that comes twice is answered once. */
static void an_event_is_answered_once(void **state) {
  (void)state;
  clinic c;
  begin(&c, NULL);
  wb_input input = clinic_input(WB_INPUT_REPLY, NULL);
  input.contact = clinic_point(&c, WB_CONTACT_PHONE, "+12125550101");
  input.text = "HELP";
  input.text_length = 4;
  input.event_id[0] = 9;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_memory_equal(c.actions[0].about, "09000000000000000000000000000000.", 33);
  clinic_sent(&c);
  c.now += 2 * CLINIC_HOUR;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_stop_is_confirmed_once_to_the_number_that_wrote),
      cmocka_unit_test(a_stop_after_a_stop_is_not_confirmed),
      cmocka_unit_test(a_last_look_at_an_answer_asks_for_its_number_again),
      cmocka_unit_test(a_last_look_at_an_answer_asks_for_the_hours_again),
      cmocka_unit_test(a_stop_is_confirmed_within_five_minutes_or_not_at_all),
      cmocka_unit_test(a_throttled_confirmation_is_tried_again_in_time),
      cmocka_unit_test(a_stop_at_night_is_not_confirmed),
      cmocka_unit_test(an_opt_out_from_elsewhere_is_not_confirmed),
      cmocka_unit_test(who_opted_out_by_key_is_answered_after_an_opt_in),
      cmocka_unit_test(a_stop_by_email_closes_the_address_without_a_text),
      cmocka_unit_test(a_stranger_gets_no_answer),
      cmocka_unit_test(a_number_that_is_no_longer_theirs_gets_no_answer),
      cmocka_unit_test(help_is_answered_and_read),
      cmocka_unit_test(help_waits_for_the_day),
      cmocka_unit_test(an_urgent_reply_is_answered_at_any_hour),
      cmocka_unit_test(answers_are_outside_the_caps),
      cmocka_unit_test(an_answer_leaves_the_phone_free_for_another),
      cmocka_unit_test(an_emergency_beside_a_stop_is_answered),
      cmocka_unit_test(an_urgent_email_is_answered_by_email),
      cmocka_unit_test(the_notices_can_be_paused_by_name),
      cmocka_unit_test(a_practice_may_have_notices_of_its_own),
      cmocka_unit_test(what_a_policy_forbids_to_say_is_in_the_inbox),
      cmocka_unit_test(what_nobody_answers_needs_no_task),
      cmocka_unit_test(answers_survive_a_load),
      cmocka_unit_test(an_event_is_answered_once),
      cmocka_unit_test(where_no_law_is_known_only_the_safety_text_goes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* What follows from a reply: of each meaning, of a second one, of the host's own reading. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

/* One row of docs/desk.md. */
typedef struct row {
  int32_t intent;
  const char *reason; /* why the sequence ends; NULL: it goes on */
  int32_t list;       /* 0: none */
  const char *task;
  bool calls; /* an open call is closed */
} row;

static const row rows[] = {
    {WB_INTENT_OPT_OUT, "opted_out", 0, NULL, true},
    {WB_INTENT_OPT_IN, NULL, WB_DESK_INBOX, "opt_in", false},
    {WB_INTENT_HELP, NULL, WB_DESK_INBOX, "help", false},
    {WB_INTENT_DECEASED, "replied", WB_DESK_NOW, "deceased", true},
    {WB_INTENT_URGENT_SYMPTOM, "replied", WB_DESK_NOW, "urgent_symptom", true},
    {WB_INTENT_WRONG_NUMBER, "replied", WB_DESK_INBOX, "wrong_number", true},
    {WB_INTENT_COMPLAINT, "replied", WB_DESK_NOW, "complaint", true},
    {WB_INTENT_DATA_PRIVACY, "replied", WB_DESK_NOW, "data_privacy", true},
    {WB_INTENT_GUARDIAN_OR_PROXY, "replied", WB_DESK_NOW, "guardian_or_proxy", true},
    {WB_INTENT_CANCEL_APPT, "replied", WB_DESK_INBOX, "cancel_appt", false},
    {WB_INTENT_RESCHEDULE, "replied", WB_DESK_INBOX, "reschedule", false},
    {WB_INTENT_ALREADY_SCHEDULED, "replied", WB_DESK_INBOX, "already_scheduled", true},
    {WB_INTENT_MOVED, "moved", WB_DESK_INBOX, "moved", true},
    {WB_INTENT_NEW_DENTIST, "new_dentist", WB_DESK_INBOX, "new_dentist", true},
    {WB_INTENT_PRICE_INSURANCE, NULL, WB_DESK_OUTREACH, "asks", false},
    {WB_INTENT_ANXIETY, "replied", WB_DESK_INBOX, "anxiety", false},
    {WB_INTENT_CALLBACK_REQUEST, NULL, WB_DESK_OUTREACH, "asks", false},
    {WB_INTENT_LATER, "later", WB_DESK_INBOX, "later", true},
    {WB_INTENT_DECLINE, "declined", WB_DESK_INBOX, "decline", true},
    {WB_INTENT_BOOKING_INTEREST, NULL, WB_DESK_OUTREACH, "asks", false},
    {WB_INTENT_CONFIRM, "replied", WB_DESK_INBOX, "confirm", false},
};

static wb_status reply(clinic *c, const char *patient, const char *text, int32_t intent) {
  wb_input input = clinic_input(WB_INPUT_REPLY, patient);
  input.text = text;
  input.text_length = text ? (uint32_t)strlen(text) : 0;
  input.intent = intent;
  return clinic_send(c, &input);
}

static void begin(clinic *c) {
  clinic_written(c, CLINIC_ANA CLINIC_BEN, 2);
}

/* Hands out what is due; whether an SMS went to the patient's number. */
static bool texted(clinic *c, const char *patient) {
  bool some = false;
  clinic_poll(c);
  for (uint32_t i = 0; i < c->count; ++i)
    some |= !strcmp(c->actions[i].patient, patient) && c->actions[i].channel == WB_CHANNEL_SMS &&
            !strcmp(c->actions[i].campaign, "two");
  clinic_sent(c);
  return some;
}

static void every_intent_has_its_consequences(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    clinic c;
    wb_task task = {0};
    begin(&c);
    assert_int_equal(reply(&c, "p1", NULL, rows[i].intent), WB_OK);
    clinic_poll(&c);
    clinic_sent(&c);
    const wb_enrollment found = clinic_find(&c, "p1", "one");
    if ((found.state == WB_STATE_ENDED) != (rows[i].reason != NULL) ||
        strcmp(found.reason, rows[i].reason ? rows[i].reason : ""))
      fail_msg("%s: %s", wb_intent_name(rows[i].intent), found.reason);
    for (int32_t list = WB_DESK_OUTREACH; list <= WB_DESK_VISITS; ++list) {
      const uint32_t count = clinic_tasks(&c, list, &task);
      if (count != (list == rows[i].list)) fail_msg("%s: list %d", rows[i].task, list);
      if (count) assert_string_equal(task.reason, rows[i].task);
    }
    assert_int_equal(clinic_find(&c, "p2", "one").state, WB_STATE_WAITING);
    clinic_close(&c);
  }
}

static void an_open_call_is_closed_by_what_ends_it(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    clinic c;
    begin(&c);
    assert_int_equal(clinic_reply(&c, "p1", "Can you call me?"), WB_OK);
    clinic_poll(&c);
    clinic_sent(&c);
    assert_int_equal(reply(&c, "p1", NULL, rows[i].intent), WB_OK);
    if (clinic_tasks(&c, WB_DESK_OUTREACH, NULL) != !rows[i].calls)
      fail_msg("%s", wb_intent_name(rows[i].intent));
    clinic_close(&c);
  }
}

/* Who declines or says later has not opted out: another campaign may write, STOP apart. */
static void only_a_stop_is_an_opt_out(void **state) {
  static const struct {
    const char *text;
    bool out;
  } cases[] = {{"no thanks", false}, {"maybe next month", false},      {"we moved to Ohio", false},
               {"STOP", true},       {"please stop texting me", true}, {"CANCEL", true}};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    clinic c;
    begin(&c);
    assert_int_equal(clinic_reply(&c, "p1", cases[i].text), WB_OK);
    assert_false(texted(&c, "p1"));
    c.now += CLINIC_DAY;
    clinic_launch(&c, "two", CLINIC_TEXTS("two"));
    clinic_enroll(&c);
    if (texted(&c, "p1") == cases[i].out) fail_msg("%s", cases[i].text);
    clinic_close(&c);
  }
}

/* What ends a sequence rests it, as the campaign says: ten days. */
static void a_sequence_that_was_declined_rests(void **state) {
  (void)state;
  clinic c;
  begin(&c);
  assert_int_equal(clinic_reply(&c, "p1", "no thanks"), WB_OK);
  c.now += 10 * CLINIC_DAY - 1;
  assert_int_equal(clinic_enroll(&c).resting, 1);
  c.now += 1;
  assert_int_equal(clinic_enroll(&c).resting, 0);
  assert_int_equal(clinic_find(&c, "p1", "one").entry, 2);
  clinic_close(&c);
}

/* The host's reading counts, but for an opt-out, an emergency or a death that the text says. */
static void a_host_cannot_read_away_what_matters(void **state) {
  static const struct {
    const char *text;
    int32_t intent;
    const char *reason;
    uint32_t now, inbox;
  } cases[] = {
      {"STOP", WB_INTENT_CONFIRM, "opted_out", 0, 0},
      {"please stop texting me", WB_INTENT_BOOKING_INTEREST, "opted_out", 0, 0},
      {"my jaw is swollen", WB_INTENT_CONFIRM, "replied", 1, 1},
      {"she passed away", WB_INTENT_LATER, "later", 1, 1},
      {"the parrot sings", WB_INTENT_DECLINE, "declined", 0, 1},
      {"the parrot sings", WB_INTENT_OPT_OUT, "opted_out", 0, 0},
      {"ok", WB_INTENT_URGENT_SYMPTOM, "replied", 1, 0},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    clinic c;
    begin(&c);
    assert_int_equal(reply(&c, "p1", cases[i].text, cases[i].intent), WB_OK);
    assert_string_equal(clinic_find(&c, "p1", "one").reason, cases[i].reason);
    if (clinic_tasks(&c, WB_DESK_NOW, NULL) != cases[i].now ||
        clinic_tasks(&c, WB_DESK_INBOX, NULL) != cases[i].inbox)
      fail_msg("%s", cases[i].text);
    clinic_close(&c);
  }
}

/* Of a number that nobody was written to at, START lifts an opt-out; all else is for the host to
   read itself. */
static void an_emergency_of_nobody_is_not_read_away_either(void **state) {
  static const struct {
    const char *text;
    wb_status status;
  } cases[] = {{"START", WB_OK},
               {"START\xff", WB_E_NAME}, /* no text */
               {"the parrot sings", WB_E_NAME},
               {"my jaw is swollen", WB_E_NAME},
               {"she passed away", WB_E_NAME}};
  static const uint8_t nobodys[16] = {9};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    clinic c;
    begin(&c);
    wb_input input = clinic_input(WB_INPUT_REPLY, NULL);
    input.contact = nobodys;
    input.intent = WB_INTENT_OPT_IN;
    input.text = cases[i].text;
    input.text_length = (uint32_t)strlen(cases[i].text);
    assert_int_equal(clinic_send(&c, &input), cases[i].status);
    assert_int_equal(clinic_tasks(&c, WB_DESK_NOW, NULL), 0);
    wb_practice_free(clinic_replayed(&c));
    clinic_close(&c);
  }
}

static void a_death_in_a_second_clause_is_heard(void **state) {
  (void)state;
  clinic c;
  wb_task task = {0};
  begin(&c);
  assert_int_equal(clinic_reply(&c, "p1", "ok. she passed away"), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_NOW, &task), 1);
  assert_string_equal(task.reason, "deceased");
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 0);
  assert_int_equal(clinic_reply(&c, "p2", "Yes. my jaw is swollen"), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_NOW, NULL), 2);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "safety");
  clinic_close(&c);
}

/* Only START and UNSTOP lift an opt-out, as the whole reply and read by the library: other words to
   the same end are for a person. */
static void nothing_but_start_lifts_an_opt_out(void **state) {
  static const struct {
    const char *text; /* NULL: the host has read it as an opt-in */
    bool lifts, inbox;
  } cases[] = {{"YES", false, true},
               {"ok", false, true},
               {"HELP", false, true},
               {"keep sending reminders", false, true},
               {"ok you can text me the address", false, true},
               {"put me on the list", false, true},
               {"continue", false, true},
               {"yes, text me again", false, true},
               {"START my treatment", false, true},
               {NULL, false, true},
               {"START", true, false},
               {" Start! ", true, false},
               {"please start", true, false},
               {"start again please", true, false},
               {"START por favor", true, false},
               {"UNSTOP", true, false}};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    const char *text = cases[i].text;
    clinic c;
    begin(&c);
    assert_int_equal(clinic_reply(&c, "p1", "STOP"), WB_OK);
    texted(&c, "p1");
    assert_int_equal(reply(&c, "p1", text, text != NULL ? 0 : WB_INTENT_OPT_IN), WB_OK);
    if ((clinic_tasks(&c, WB_DESK_INBOX, NULL) == 1) != cases[i].inbox) fail_msg("%s", text);
    texted(&c, "p1");
    c.now += CLINIC_DAY;
    clinic_launch(&c, "two", CLINIC_TEXTS("two"));
    clinic_enroll(&c);
    if (texted(&c, "p1") != cases[i].lifts) fail_msg("%s", text);
    clinic_close(&c);
  }
}

/* Where nothing was asked a number is for a person to read: nobody has said yes or no, or wants to
   come. What the host reads in it counts. */
static void a_number_that_answers_nothing_is_for_a_person(void **state) {
  static const struct {
    const char *text;
    int32_t intent, list;
    const char *task;
  } numbers[] = {{"1", WB_INTENT_OTHER, WB_DESK_INBOX, "reply"},
                 {"2", WB_INTENT_OTHER, WB_DESK_INBOX, "reply"},
                 {" 2. ", WB_INTENT_OTHER, WB_DESK_INBOX, "reply"},
                 {"7", WB_INTENT_OTHER, WB_DESK_INBOX, "reply"},
                 {"2 works, please book me", WB_INTENT_OTHER, WB_DESK_OUTREACH, "asks"},
                 {"2", WB_INTENT_BOOKING_INTEREST, WB_DESK_OUTREACH, "asks"}};
  (void)state;
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    clinic c;
    wb_task task = {.size = sizeof task};
    begin(&c);
    assert_int_equal(reply(&c, "p1", numbers[i].text, numbers[i].intent), WB_OK);
    clinic_poll(&c);
    assert_int_equal(clinic_tasks(&c, numbers[i].list, &task), 1);
    assert_string_equal(task.reason, numbers[i].task);
    const bool asks = numbers[i].list == WB_DESK_OUTREACH;
    assert_int_equal(clinic_tasks(&c, asks ? WB_DESK_INBOX : WB_DESK_OUTREACH, NULL), 0);
    assert_string_equal(clinic_find(&c, "p1", "one").reason, asks ? "" : "replied");
    clinic_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_intent_has_its_consequences),
      cmocka_unit_test(an_open_call_is_closed_by_what_ends_it),
      cmocka_unit_test(only_a_stop_is_an_opt_out),
      cmocka_unit_test(a_sequence_that_was_declined_rests),
      cmocka_unit_test(a_host_cannot_read_away_what_matters),
      cmocka_unit_test(an_emergency_of_nobody_is_not_read_away_either),
      cmocka_unit_test(a_death_in_a_second_clause_is_heard),
      cmocka_unit_test(nothing_but_start_lifts_an_opt_out),
      cmocka_unit_test(a_number_that_answers_nothing_is_for_a_person),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Stories of a practice, through the public interface only. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"
#include "support/playbook.h"

/* One campaign of one text, under a name. */
#define ONE_TEXT(name)                                                                             \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"One text\",\"class\":\"benefit\","              \
  "\"audience\":\"recare.overdue_months >= 1 && !recare.booked\","                                 \
  "\"segments\":[{\"name\":\"long\",\"where\":\"recare.overdue_months >= 6\"},"                    \
  "{\"name\":\"short\",\"where\":\"recare.overdue_months < 6\"}],"                                 \
  "\"exits\":{\"booked\":\"recare.booked\"},\"touches\":3,\"rest_days\":90,"                       \
  "\"steps\":[{\"id\":\"text\",\"send\":[\"hello\",\"mail\"]},"                                    \
  "{\"id\":\"pause\",\"wait\":{\"days\":3}},{\"id\":\"again\",\"send\":[\"hello\",\"mail\"]},"     \
  "{\"id\":\"rest\",\"wait\":{\"days\":3}},{\"id\":\"end\",\"exit\":true}],"                       \
  "\"responses\":{\"clicked\":{\"after\":{\"hours\":24},\"text\":\"note\"},"                       \
  "\"asks\":{\"after\":{\"hours\":0},\"text\":\"note\"}},"                                         \
  "\"texts\":{\"hello\":{\"channel\":\"sms\",\"en\":{\"body\":\"Hi {{ patient.name | default: "    \
  "\\\"there\\\" }}, {{ location.short_name }} has time for you: {{ location.booking_url }} "      \
  "Reply "                                                                                         \
  "STOP to opt out.\"}},\"mail\":{\"channel\":\"email\",\"en\":{\"subject\":\"Your next visit\","  \
  "\"body\":\"Hi {{ patient.name | default: \\\"there\\\" }}, {{ location.booking_url }} {{ "      \
  "practice.name }}, {{ location.address }} Unsubscribe: {{ location.booking_url }}\"}},"          \
  "\"note\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}}}"

static void held(clinic *c, const char *patient, int32_t hold) {
  wb_enrollment found = clinic_find(c, patient, NULL);
  assert_int_equal(found.state, hold ? WB_STATE_HELD : WB_STATE_WAITING);
  assert_string_equal(wb_hold_name(found.hold), wb_hold_name(hold));
}

static void ended(clinic *c, const char *patient, const char *reason) {
  wb_enrollment found = clinic_find(c, patient, NULL);
  assert_int_equal(found.state, WB_STATE_ENDED);
  assert_string_equal(found.reason, reason);
}

/* A practice with one launched campaign, enrolled. */
static void begin_with(clinic *c, const char *patients, const wb_practice_options *more) {
  clinic_open(c, patients, more);
  clinic_launch(c, "one", ONE_TEXT("one"));
  clinic_enroll(c);
}

static void begin(clinic *c, const char *patients) {
  begin_with(c, patients, NULL);
}

/* The instant of a local hour some days after the sample's Monday. */
static wb_time at_day(int days, int hour) {
  return SAMPLE_NOW + (wb_time)days * CLINIC_DAY + (hour - 10) * CLINIC_HOUR;
}

/* ---- the first campaign --------------------------------------------------------------------- */

static void the_playbook_runs_by_days(void **state) {
  (void)state;
  static const struct {
    const char *step;
    int day, channel;
  } expected[] = {{"text-1", 0, WB_CHANNEL_SMS},
                  {"email-1", 7, WB_CHANNEL_EMAIL},
                  {"text-2", 16, WB_CHANNEL_SMS}};
  clinic c;
  size_t length, next = 0;
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "hygiene-recare", playbook_text("hygiene-recare", &length));
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  for (int hour = 0; hour < 24 * 40; hour++) {
    c.now = at_day(0, 10) + (wb_time)hour * CLINIC_HOUR;
    if (!clinic_poll(&c)) continue;
    assert_int_equal(c.count, 1);
    assert_true(next < 3);
    assert_string_equal(c.actions[0].step, expected[next].step);
    assert_int_equal(c.actions[0].channel, expected[next].channel);
    assert_int_equal(c.now, at_day(expected[next].day, 10));
    assert_int_equal(c.actions[0].kind, WB_ACTION_SEND);
    assert_string_equal(c.actions[0].patient, "p1");
    assert_non_null(strstr(c.actions[0].text, "https://book.example.com/1"));
    wb_sms sms = {.size = sizeof sms};
    const char *text = c.actions[0].text;
    assert_int_equal(wb_sms_measure(text, strlen(text), &sms), WB_OK);
    const bool is_sms = c.actions[0].channel == WB_CHANNEL_SMS;
    assert_int_equal(c.actions[0].segments, is_sms ? sms.segments : 0);
    assert_int_equal(c.actions[0].encoding, is_sms ? WB_SMS_GSM7 : 0);
    clinic_sent(&c);
    next++;
  }
  assert_int_equal(next, 3);
  ended(&c, "p1", "finished");
  clinic_close(&c);
}

static void an_action_tells_everything(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA);
  assert_int_equal(clinic_poll(&c), 1);
  const wb_action *action = &c.actions[0];
  assert_string_equal(action->campaign, "one");
  assert_string_equal(action->segment, "long");
  assert_string_equal(action->template_, "hello");
  assert_string_equal(action->location, "1");
  assert_string_equal(action->to, "+12125550101");
  assert_string_equal(action->subject, "");
  assert_string_equal(action->reason, "");
  assert_string_equal(action->language, "en");
  assert_non_null(strstr(action->text, "Hi Ana, Example Dental has time for you"));
  assert_true(strlen(action->law) > 0);
  assert_int_equal(action->at, c.now);
  assert_int_equal(action->deliver_by, c.now + 600);
  assert_int_equal(action->attempt, 1);
  assert_int_equal(action->patient_length, 2);
  assert_memory_equal(action->contact, clinic_point(&c, WB_CONTACT_PHONE, "+12125550101"), 16);
  clinic_close(&c);
}

static void nothing_goes_twice_on_a_day(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA CLINIC_BEN);
  assert_int_equal(clinic_poll(&c), 2);
  assert_memory_not_equal(c.actions[0].id, c.actions[1].id, 16);
  clinic_sent(&c);
  uint64_t before = wb_practice_sequence(c.practice);
  for (int i = 0; i < 5; i++) {
    wb_counts counts = clinic_enroll(&c);
    assert_int_equal(counts.enrolled, 0);
    assert_int_equal(counts.inside, 2);
    assert_int_equal(clinic_poll(&c), 0);
    c.now += CLINIC_HOUR;
  }
  assert_int_equal(wb_practice_sequence(c.practice), before);
  clinic_close(&c);
}

static void nothing_runs_unless_launched(void **state) {
  (void)state;
  clinic c;
  wb_counts counts = {.size = sizeof counts};
  clinic_open(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_add(&c, ONE_TEXT("one")), WB_OK);
  assert_int_equal(clinic_enroll(&c).eligible, 0);
  assert_int_equal(wb_practice_enroll(c.practice, "one", 3, c.it.facts, c.now, &counts, NULL),
                   WB_E_NAME);
  assert_int_equal(clinic_receive(&c, WB_INPUT_LAUNCH, "two"), WB_E_NAME);
  assert_int_equal(clinic_receive(&c, WB_INPUT_LAUNCH, "one"), WB_OK);
  assert_int_equal(wb_practice_enroll(c.practice, "one", 3, c.it.facts, c.now, &counts, NULL),
                   WB_OK);
  assert_int_equal(counts.enrolled, 1);
  uint64_t before = wb_practice_sequence(c.practice);
  assert_int_equal(clinic_add(&c, ONE_TEXT("one")), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_LAUNCH, "one"), WB_OK);
  assert_int_equal(wb_practice_sequence(c.practice), before);
  clinic_close(&c);
}

/* ---- who enters, and when ------------------------------------------------------------------- */

static void admissions_are_by_day_and_the_unreachable_take_no_place(void **state) {
  (void)state;
  clinic c;
  char patients[4096] = CLINIC_HEAD;
  for (int i = 0; i < 5; i++) {
    size_t at = strlen(patients);
    snprintf(patients + at, sizeof patients - at,
             "a%d|active|Ana|1980-02-29|1|+1212555010%d|%s||\n", i, i, i < 2 ? "no" : "yes");
  }
  clinic_open(&c, patients, &(wb_practice_options){.admissions = 2});
  clinic_launch(&c, "one", ONE_TEXT("one"));
  wb_counts counts = clinic_enroll(&c);
  assert_int_equal(counts.patients, 5);
  assert_int_equal(counts.eligible, 5);
  assert_int_equal(counts.enrolled, 2);
  assert_int_equal(counts.held, 2);
  assert_int_equal(counts.waiting, 1);
  held(&c, "a0", WB_HOLD_NO_PERMISSION);
  held(&c, "a2", WB_HOLD_NONE);
  held(&c, "a3", WB_HOLD_NONE);
  c.now = at_day(0, 18) - 1;
  assert_int_equal(clinic_enroll(&c).waiting, 1);
  c.now = at_day(0, 18); /* after the hours: counts for tomorrow */
  counts = clinic_enroll(&c);
  assert_int_equal(counts.enrolled, 1);
  assert_int_equal(counts.inside, 4);
  held(&c, "a4", WB_HOLD_NONE);
  clinic_close(&c);
}

static void after_the_end_comes_a_rest_then_a_second_entry(void **state) {
  (void)state;
  clinic c;
  begin_with(&c, CLINIC_ANA, &(wb_practice_options){.flags = WB_PRACTICE_ALLOW_JUMP});
  assert_int_equal(clinic_poll(&c), 1);
  uint8_t first[16];
  memcpy(first, c.actions[0].id, 16);
  clinic_sent(&c);
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
  wb_time ended = c.now;
  c.now = ended + 90 * CLINIC_DAY - 1;
  assert_int_equal(clinic_enroll(&c).resting, 1);
  c.now = ended + 90 * CLINIC_DAY;
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  assert_int_equal(clinic_find(&c, "p1", NULL).entry, 2);
  assert_int_equal(clinic_find(&c, "p1", NULL).touches, 0);
  c.now += CLINIC_DAY; /* from Sunday to Monday */
  assert_int_equal(clinic_poll(&c), 1);
  assert_memory_not_equal(c.actions[0].id, first, 16);
  clinic_close(&c);
}

static void a_new_version_is_for_those_who_enter_later(void **state) {
  (void)state;
  clinic c;
  static char json[] = ONE_TEXT("one");
  begin(&c, CLINIC_ANA);
  memcpy(strstr(json, "has time"), "had time", 8);
  assert_int_equal(clinic_add(&c, json), WB_OK);
  clinic_rows(&c, CLINIC_ANA CLINIC_BEN, "");
  assert_int_equal(clinic_enroll(&c).enrolled, 1); /* still by the version that is launched */
  assert_int_equal(clinic_receive(&c, WB_INPUT_LAUNCH, "one"), WB_OK);
  clinic_rows(&c, CLINIC_ANA CLINIC_BEN "p3|active|Cat|1982-04-01|1|+12125550103|yes||\n", "");
  wb_counts counts = clinic_enroll(&c);
  assert_int_equal(counts.enrolled, 1);
  assert_int_equal(counts.inside, 2);
  assert_int_equal(clinic_poll(&c), 3);
  for (uint32_t i = 0; i < 3; i++) {
    bool third = !strcmp(c.actions[i].patient, "p3");
    assert_non_null(strstr(c.actions[i].text, third ? "had time" : "has time"));
  }
  clinic_close(&c);
}

/* ---- holds ---------------------------------------------------------------------------------- */

static void hours_hold_and_bound_the_delivery(void **state) {
  (void)state;
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "one", ONE_TEXT("one"));
  c.now = at_day(0, 10) - 1;
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 0);
  held(&c, "p1", WB_HOLD_HOURS);
  wb_time wake = 0;
  assert_int_equal(wb_practice_wake(c.practice, &wake), WB_OK);
  assert_int_equal(wake, at_day(0, 10));
  c.now = at_day(0, 18);
  assert_int_equal(clinic_poll(&c), 0);
  c.now = at_day(1, 18) - 5 * CLINIC_MINUTE;
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].deliver_by, at_day(1, 18));
  clinic_close(&c);
}

static void caps_hold_until_their_day(void **state) {
  (void)state;
  clinic c;
  struct {
    uint32_t day, week, month;
    int held, sent; /* days after Tuesday: still held; sent */
  } const cases[] = {{1, 8, 8, 0, 1}, {8, 1, 8, 6, 7}, {8, 8, 1, 29, 30}, {2, 8, 8, -1, 0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const wb_practice_options caps = {
        .per_day = cases[i].day, .per_week = cases[i].week, .per_month = cases[i].month};
    clinic_open(&c, CLINIC_ANA, &caps);
    c.now = at_day(1, 12);
    clinic_launch(&c, "one", ONE_TEXT("one"));
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, "one"), WB_OK);
    clinic_launch(&c, "two", ONE_TEXT("two"));
    clinic_enroll(&c);
    if (cases[i].held >= 0) {
      c.now = at_day(1 + cases[i].held, 17);
      assert_int_equal(clinic_poll(&c), 0);
      wb_enrollment found = {.size = sizeof found};
      uint64_t cursor = 1;
      assert_int_equal(wb_practice_next(c.practice, &cursor, &found), WB_OK);
      assert_string_equal(wb_hold_name(found.hold), "cap");
    }
    c.now = at_day(1 + cases[i].sent, 12);
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].campaign, "two");
    clinic_close(&c);
  }
}

static void one_patient_gets_one_action_in_a_poll(void **state) {
  (void)state;
  clinic c;
  clinic_open(&c, CLINIC_ANA, &(wb_practice_options){.per_day = 2});
  clinic_launch(&c, "one", ONE_TEXT("one"));
  clinic_launch(&c, "two", ONE_TEXT("two"));
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(clinic_poll(&c), 0);
  clinic_close(&c);
}

static void a_hold_is_recorded_once(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|no||\n");
  held(&c, "p1", WB_HOLD_NO_PERMISSION);
  uint64_t before = wb_practice_sequence(c.practice);
  for (int i = 0; i < 50; i++) {
    assert_int_equal(clinic_poll(&c), 0);
    c.now += 10 * CLINIC_MINUTE;
  }
  assert_int_equal(wb_practice_sequence(c.practice), before);
  clinic_rows(&c, CLINIC_HEAD "p1|active|Ana|2015-02-28|1|+12125550101|yes||\n", "");
  c.now = at_day(1, 11);
  assert_int_equal(clinic_poll(&c), 0);
  held(&c, "p1", WB_HOLD_MINOR);
  assert_int_equal(wb_practice_sequence(c.practice), before + 1);
  clinic_rows(&c, CLINIC_ANA, "");
  c.now += CLINIC_HOUR;
  assert_int_equal(clinic_poll(&c), 1);
  clinic_close(&c);
}

static void old_or_missing_facts_hold(void **state) {
  (void)state;
  clinic c;
  wb_counts counts = {.size = sizeof counts};
  clinic_open(&c, CLINIC_ANA CLINIC_BEN, NULL);
  wb_practice_free(c.practice);
  c.options.stale_facts = 0;
  c.practice = clinic_practice(&c, NULL);
  clinic_launch(&c, "one", ONE_TEXT("one"));
  clinic_enroll(&c);
  c.now = SAMPLE_NOW + CLINIC_DAY + 1;
  assert_int_equal(wb_practice_enroll(c.practice, NULL, 0, c.it.facts, c.now, &counts, NULL),
                   WB_E_STATE);
  assert_int_equal(clinic_poll(&c), 0);
  held(&c, "p1", WB_HOLD_FACTS);
  clinic_rows(&c, CLINIC_ANA, "");
  c.now += CLINIC_MINUTE;
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].patient, "p1");
  held(&c, "p2", WB_HOLD_FACTS);
  clinic_close(&c);
}

/* ---- pauses --------------------------------------------------------------------------------- */

static void a_pause_holds_until_it_ends(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA);
  for (int scope = 0; scope < 3; scope++) {
    wb_input pause = clinic_input(WB_INPUT_PAUSE, scope == 0 ? "one" : NULL);
    if (scope == 1) {
      pause.location = "1";
      pause.location_length = 1;
    }
    wb_input resume = pause;
    resume.kind = WB_INPUT_RESUME;
    assert_int_equal(wb_practice_receive(c.practice, &resume, c.now, NULL), WB_E_STATE);
    assert_int_equal(wb_practice_receive(c.practice, &pause, c.now, NULL), WB_OK);
    uint64_t before = wb_practice_sequence(c.practice);
    assert_int_equal(wb_practice_receive(c.practice, &pause, c.now, NULL), WB_OK);
    assert_int_equal(wb_practice_sequence(c.practice), before);
    assert_int_equal(clinic_poll(&c), 0);
    held(&c, "p1", WB_HOLD_PAUSED);
    wb_time wake = 0;
    assert_int_equal(wb_practice_wake(c.practice, &wake), WB_OK);
    assert_int_equal(wake, WB_TIME_NONE);
    assert_int_equal(wb_practice_receive(c.practice, &resume, c.now, NULL), WB_OK);
  }
  assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, "none"), WB_E_NAME);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_close(&c);
}

/* ---- outcomes ------------------------------------------------------------------------------- */

static void a_claim_without_answer_turns_unknown(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA);
  assert_int_equal(clinic_poll(&c), 1);
  uint8_t id[16];
  memcpy(id, c.actions[0].id, 16);
  wb_time until = c.actions[0].deliver_by + 300;
  assert_int_equal(clinic_find(&c, "p1", NULL).state, WB_STATE_CLAIMED);
  c.now = until;
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_action(&c, id).state, WB_ACTION_CLAIMED);
  c.now = until + 1;
  wb_time wake = 0;
  assert_int_equal(wb_practice_wake(c.practice, &wake), WB_OK);
  assert_int_equal(wake, until + 1);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_action(&c, id).state, WB_ACTION_UNKNOWN);
  assert_string_equal(clinic_find(&c, "p1", NULL).step, "again");
  assert_int_equal(clinic_find(&c, "p1", NULL).touches, 1);
  assert_int_equal(clinic_ack(&c, id, WB_SENT, 0), WB_OK);
  assert_int_equal(clinic_action(&c, id).state, WB_ACTION_SENT);
  clinic_close(&c);
}

/* What follows an answer: first, then second to the same action. */
static void answers_follow_the_table(void **state) {
  (void)state;
  enum { C = WB_ACTION_CLAIMED, S = WB_ACTION_SENT, R = WB_ACTION_READY, F = WB_ACTION_FAILED };
  enum { U = WB_ACTION_UNKNOWN };
  static const struct {
    int32_t kind[2], cause[2];
    int32_t state[2];
    wb_status second;
  } cases[] = {
      {{WB_SENT, WB_SENT}, {0, 0}, {S, S}, WB_OK},
      {{WB_SENT, WB_NOT_SENT}, {0, WB_CAUSE_CONTENT}, {S, S}, WB_E_STATE},
      {{WB_SENT, WB_SENT_UNKNOWN}, {0, 0}, {S, S}, WB_E_STATE},
      {{WB_SENT_UNKNOWN, WB_SENT_UNKNOWN}, {0, 0}, {U, U}, WB_OK},
      {{WB_SENT_UNKNOWN, WB_SENT}, {0, 0}, {U, S}, WB_OK},
      {{WB_SENT_UNKNOWN, WB_NOT_SENT}, {0, WB_CAUSE_INTERRUPTED}, {U, F}, WB_OK},
      {{WB_NOT_SENT, WB_NOT_SENT}, {WB_CAUSE_THROTTLED, WB_CAUSE_THROTTLED}, {R, R}, WB_OK},
      {{WB_NOT_SENT, WB_NOT_SENT}, {WB_CAUSE_LATE, WB_CAUSE_CONTENT}, {R, R}, WB_E_STATE},
      {{WB_NOT_SENT, WB_SENT}, {WB_CAUSE_INTERRUPTED, 0}, {R, R}, WB_E_STATE},
      {{WB_NOT_SENT, WB_NOT_SENT}, {WB_CAUSE_CONTENT, WB_CAUSE_CONTENT}, {F, F}, WB_OK},
      {{WB_NOT_SENT, WB_SENT}, {WB_CAUSE_POLICY, 0}, {F, F}, WB_E_STATE},
      {{WB_NOT_SENT, WB_SENT_UNKNOWN}, {WB_CAUSE_ADDRESS, 0}, {F, F}, WB_E_STATE},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    clinic c;
    begin(&c, CLINIC_ANA);
    assert_int_equal(clinic_poll(&c), 1);
    const uint8_t *id = c.actions[0].id;
    assert_int_equal(clinic_action(&c, id).state, C);
    assert_int_equal(clinic_ack(&c, id, cases[i].kind[0], cases[i].cause[0]), WB_OK);
    assert_int_equal(clinic_action(&c, id).state, cases[i].state[0]);
    uint64_t before = wb_practice_sequence(c.practice);
    assert_int_equal(clinic_ack(&c, id, cases[i].kind[1], cases[i].cause[1]), cases[i].second);
    assert_int_equal(clinic_action(&c, id).state, cases[i].state[1]);
    bool same = cases[i].state[0] == cases[i].state[1] && cases[i].second == WB_OK;
    assert_int_equal(wb_practice_sequence(c.practice), before + !same); /* refusals are noted */
    clinic_close(&c);
  }
}

static void a_throttled_message_is_tried_four_times_more(void **state) {
  (void)state;
  static const int pauses[] = {60, 300, 1800, 14400};
  clinic c;
  uint8_t id[16];
  begin(&c, CLINIC_ANA);
  assert_int_equal(clinic_poll(&c), 1);
  memcpy(id, c.actions[0].id, 16);
  assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, WB_CAUSE_INTERRUPTED), WB_OK);
  assert_int_equal(clinic_find(&c, "p1", NULL).touches, 0);
  assert_int_equal(clinic_poll(&c), 1); /* interrupted: at once, and it does not count */
  for (uint32_t i = 0; i < 4; i++) {
    assert_memory_equal(c.actions[0].id, id, 16);
    assert_int_equal(c.actions[0].attempt, i + 2);
    assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
    assert_int_equal(clinic_find(&c, "p1", NULL).touches, 0);
    c.now += pauses[i] - 1;
    assert_int_equal(clinic_poll(&c), 0);
    c.now += 1;
    assert_int_equal(clinic_poll(&c), 1);
  }
  assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, WB_CAUSE_LATE), WB_OK);
  assert_int_equal(clinic_action(&c, id).state, WB_ACTION_FAILED);
  assert_int_equal(clinic_action(&c, id).attempt, 6);
  assert_string_equal(clinic_find(&c, "p1", NULL).step, "again");
  clinic_close(&c);
}

static void a_bad_address_is_closed_and_the_next_channel_taken(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_SMS);
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_ADDRESS), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_EMAIL);
  assert_string_equal(c.actions[0].step, "text");
  assert_string_equal(c.actions[0].to, "ana@example.com");
  assert_string_equal(c.actions[0].subject, "Your next visit");
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_ADDRESS), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  held(&c, "p1", WB_HOLD_BAD_ADDRESS);
  clinic_rows(&c, CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550109|yes||\n", "");
  c.now += CLINIC_HOUR;
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].to, "+12125550109");
  clinic_close(&c);
}

/* ---- what happens outside ------------------------------------------------------------------- */

static void stop_acts_on_a_number_for_all_who_share_it(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_HEAD "p1|active|Ana|1980-02-29|1|(212) 555-0101|yes|ana@example.com|yes\n"
                        "p2|active|Ben|1981-03-01|1|212-555-0101|yes||\n"
                        "p3|active|Cat|1982-04-01|1|+12125550103|yes||\n");
  assert_int_equal(clinic_poll(&c), 2); /* of the two who share a number one waits */
  clinic_sent(&c);
  const bool p1 = clinic_find(&c, "p1", NULL).state != WB_STATE_HELD;
  wb_input stop = {.size = sizeof stop, .kind = WB_INPUT_REPLY, .text = "Stop."};
  stop.contact = clinic_point(&c, WB_CONTACT_PHONE, "2125550101");
  stop.text_length = 5;
  stop.intent = WB_INTENT_CALLBACK_REQUEST; /* whatever the host reads into it */
  assert_int_equal(wb_practice_receive(c.practice, &stop, c.now, NULL), WB_OK);
  ended(&c, p1 ? "p1" : "p2", "opted_out");
  assert_int_equal(clinic_find(&c, "p3", NULL).state, WB_STATE_WAITING);
  char two[] = ONE_TEXT("two"), *class_ = strstr(two, "\"class\":\"benefit\"");
  memcpy(class_, "\"class\":   \"care\"", 17); /* of benefits no e-mail goes either */
  clinic_launch(&c, "two", two);
  c.now = at_day(1, 11);
  wb_counts counts = clinic_enroll(&c);
  assert_int_equal(counts.enrolled, 2);
  assert_int_equal(counts.held, 1);
  assert_int_equal(clinic_poll(&c), 2);
  for (uint32_t i = 0; i < c.count; i++) {
    bool first = !strcmp(c.actions[i].patient, "p1");
    assert_string_equal(c.actions[i].to, first ? "ana@example.com" : "+12125550103");
  }
  clinic_close(&c);
}

static void only_start_lifts_an_opt_out(void **state) {
  (void)state;
  clinic c;
  clinic_open(&c, CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|yes||\n", NULL);
  wb_input input = {.size = sizeof input, .kind = WB_INPUT_OPTED_OUT};
  input.contact = clinic_point(&c, WB_CONTACT_PHONE, "2125550101");
  assert_int_equal(wb_practice_receive(c.practice, &input, c.now, NULL), WB_OK);
  clinic_launch(&c, "one", ONE_TEXT("one"));
  assert_int_equal(clinic_enroll(&c).held, 1);
  held(&c, "p1", WB_HOLD_OPTED_OUT);
  assert_int_equal(clinic_poll(&c), 0);
  input.kind = WB_INPUT_REPLY;
  input.text = "YES";
  input.text_length = 3;
  assert_int_equal(wb_practice_receive(c.practice, &input, c.now, NULL), WB_E_NAME);
  assert_int_equal(clinic_poll(&c), 0);
  input.text = "START";
  input.text_length = 5;
  assert_int_equal(wb_practice_receive(c.practice, &input, c.now, NULL), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_close(&c);
}

static void a_booking_ends_the_sequence(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA CLINIC_BEN);
  assert_int_equal(clinic_poll(&c), 2);
  clinic_sent(&c);
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
  ended(&c, "p1", "booked");
  c.now = at_day(4, 11);
  clinic_rows(&c, CLINIC_ANA CLINIC_BEN, "p2|scheduled|2026-12-15\n");
  assert_int_equal(clinic_poll(&c), 0);
  ended(&c, "p2", "booked");
  assert_int_equal(clinic_receive(&c, WB_INPUT_KEPT, "p2"), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_KEPT, "p9"), WB_E_NAME);
  clinic_close(&c);
}

static void a_claim_of_somebody_who_left_turns_unknown(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA CLINIC_BEN);
  assert_int_equal(clinic_poll(&c), 2);
  const uint8_t *first = c.actions[0].id, *second = c.actions[1].id;
  uint8_t ids[2][16];
  memcpy(ids[0], first, 16);
  memcpy(ids[1], second, 16);
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p2"), WB_OK);
  assert_int_equal(clinic_ack(&c, ids[0], WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
  assert_int_equal(clinic_action(&c, ids[0]).state, WB_ACTION_FAILED);
  c.now += 900;
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_action(&c, ids[1]).state, WB_ACTION_CLAIMED);
  c.now += 1;
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_action(&c, ids[1]).state, WB_ACTION_UNKNOWN);
  ended(&c, "p1", "booked");
  wb_time wake = 0;
  assert_int_equal(wb_practice_wake(c.practice, &wake), WB_OK);
  assert_int_equal(wake, WB_TIME_NONE);
  clinic_close(&c);
}

static void a_click_without_booking_becomes_a_call(void **state) {
  (void)state;
  clinic c;
  wb_task task = {0};
  begin(&c, CLINIC_ANA);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  wb_time clicked = c.now + CLINIC_HOUR;
  c.now = clicked;
  assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK);
  c.now += CLINIC_HOUR;
  assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK); /* does not begin anew */
  c.now = clicked + CLINIC_DAY - 1;
  assert_int_equal(clinic_poll(&c), 0);
  c.now = clicked + CLINIC_DAY;
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].kind, WB_ACTION_CALL_TASK);
  assert_string_equal(c.actions[0].reason, "clicked");
  assert_string_equal(c.actions[0].text, "Please call.");
  assert_string_equal(c.actions[0].to, "");
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
  assert_memory_equal(task.id, c.actions[0].id, 16);
  assert_string_equal(task.campaign, "one");
  assert_string_equal(task.location, "1");
  assert_int_equal(task.opened, c.now);
  clinic_sent(&c);
  assert_int_equal(clinic_find(&c, "p1", NULL).state, WB_STATE_WAITING);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
  wb_input done = {.size = sizeof done, .kind = WB_INPUT_TASK_DONE, .action = c.actions[0].id};
  assert_int_equal(wb_practice_receive(c.practice, &done, c.now, NULL), WB_OK);
  ended(&c, "p1", "desk");
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 0);
  uint8_t other[16] = {9};
  done.action = other;
  assert_int_equal(wb_practice_receive(c.practice, &done, c.now, NULL), WB_E_NAME);
  clinic_close(&c);
}

static void questions_come_before_clicks_and_booking_closes_them(void **state) {
  (void)state;
  clinic c;
  wb_task task = {0};
  begin(&c, CLINIC_ANA CLINIC_BEN);
  assert_int_equal(clinic_poll(&c), 2);
  clinic_sent(&c);
  assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK);
  c.now = at_day(1, 11);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(clinic_reply(&c, "p2", "Do you take my insurance?"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].reason, "asks");
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 2);
  assert_string_equal(task.patient, "p2");
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p2"), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
  assert_string_equal(task.patient, "p1");
  clinic_close(&c);
}

static void the_desk_gets_so_many_calls_a_day(void **state) {
  (void)state;
  clinic c;
  wb_task task = {0};
  begin_with(&c, CLINIC_ANA CLINIC_BEN, &(wb_practice_options){.tasks_per_day = 1});
  assert_int_equal(clinic_poll(&c), 2);
  clinic_sent(&c);
  assert_int_equal(clinic_reply(&c, "p1", "Can you call me?"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p2", "Can you call me?"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
  const char *other = strcmp(task.patient, "p1") ? "p1" : "p2";
  held(&c, other, WB_HOLD_CAPACITY);
  c.now = at_day(1, 10);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].patient, other);
  clinic_close(&c);
}

static void replies_without_a_rule_reach_the_inbox(void **state) {
  (void)state;
  clinic c;
  wb_task task = {0};
  begin(&c, CLINIC_ANA);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(clinic_reply(&c, "p1", "HELP"), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, &task), 1);
  assert_string_equal(task.reason, "help");
  assert_string_equal(task.patient, "p1");
  c.now += 1;
  assert_int_equal(clinic_reply(&c, "p1", "\xff\xfe"), WB_OK); /* no UTF-8: a person reads it */
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, &task), 2);
  assert_int_equal(clinic_reply(&c, "p7", "hello"), WB_E_NAME);
  clinic_close(&c);
}

static void an_event_id_counts_once_in_ninety_days(void **state) {
  (void)state;
  clinic c;
  wb_task task = {0};
  begin_with(&c, CLINIC_ANA, &(wb_practice_options){.flags = WB_PRACTICE_ALLOW_JUMP});
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  wb_input help = clinic_input(WB_INPUT_REPLY, "p1");
  help.text = "HELP";
  help.text_length = 4;
  help.event_id[3] = 1;
  wb_time first = c.now;
  assert_int_equal(wb_practice_receive(c.practice, &help, first, NULL), WB_OK);
  wb_input done = {.size = sizeof done, .kind = WB_INPUT_TASK_DONE, .action = help.event_id};
  assert_int_equal(wb_practice_receive(c.practice, &done, first, NULL), WB_OK);
  uint64_t before = wb_practice_sequence(c.practice);
  assert_int_equal(wb_practice_receive(c.practice, &help, first + 90 * CLINIC_DAY, NULL), WB_OK);
  assert_int_equal(wb_practice_sequence(c.practice), before);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, &task), 0);
  assert_int_equal(wb_practice_receive(c.practice, &help, first + 90 * CLINIC_DAY + 1, NULL),
                   WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, &task), 1);
  clinic_close(&c);
}

/* ---- time, processes, privacy --------------------------------------------------------------- */

/* Polled every day, it is quiet for three months: one record in thirty days, and a STOP is heard.
 */
static void a_quiet_practice_does_not_jump(void **state) {
  clinic c;
  (void)state;
  begin(&c, CLINIC_ANA);
  assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, NULL), WB_OK);
  assert_int_equal(clinic_poll(&c), 0); /* Ana is held */
  const uint64_t sequence = wb_practice_sequence(c.practice);
  for (int day = 1; day <= 95; day++) {
    c.now += CLINIC_DAY;
    clinic_rows(&c, CLINIC_ANA, "p1|completed|2026-05-01\n");
    assert_int_equal(clinic_poll(&c), 0);
    const uint64_t records = day <= 30 ? 0 : day <= 61 ? 1 : day <= 92 ? 2 : 3;
    assert_int_equal(wb_practice_sequence(c.practice) - sequence, records);
  }
  assert_int_equal(clinic_reply(&c, "p1", "STOP"), WB_OK);
  wb_practice_free(clinic_replayed(&c));
  clinic_close(&c);
}

static void a_jump_in_time_needs_leave(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA);
  wb_input pause = clinic_input(WB_INPUT_PAUSE, NULL);
  assert_int_equal(wb_practice_receive(c.practice, &pause, c.now + 31 * CLINIC_DAY + 1, NULL),
                   WB_E_RANGE);
  assert_int_equal(wb_practice_receive(c.practice, &pause, INT64_MAX, NULL), WB_E_RANGE);
  assert_int_equal(wb_practice_receive(c.practice, &pause, c.now + 31 * CLINIC_DAY, NULL), WB_OK);
  c.now -= 5 * CLINIC_DAY; /* a clock that went back changes nothing early */
  assert_int_equal(clinic_poll(&c), 0);
  clinic_close(&c);
}

static void who_was_second_replays_and_repeats(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA CLINIC_BEN);
  wb_practice *first = c.practice, *second = NULL;
  wb_replay replay = {.size = sizeof replay};
  c.practice = clinic_practice(&c, NULL);
  second = c.practice;
  assert_int_equal(wb_practice_replay(second, c.journal.bytes, c.journal.length, &replay, NULL),
                   WB_OK);
  assert_int_equal(replay.applied, wb_practice_sequence(first));
  assert_int_equal(clinic_poll(&c), 2);
  c.practice = first;
  c.actions[0].size = sizeof(wb_action);
  assert_int_equal(
      wb_practice_poll(first, c.it.facts, c.now, c.actions, CLINIC_ACTIONS, &c.count, NULL),
      WB_E_CONFLICT);
  assert_int_equal(wb_practice_replay(first, c.journal.bytes, c.journal.length, &replay, NULL),
                   WB_OK);
  assert_int_equal(replay.used, c.journal.length);
  assert_int_equal(replay.flags, 0);
  assert_int_equal(clinic_poll(&c), 0);
  clinic_same(first, second);
  wb_practice_free(second);
  clinic_close(&c);
}

static wb_status WB_CALL calling_back(void *user, uint64_t first, const void *bytes,
                                      uint64_t length, uint32_t count) {
  clinic *c = user;
  uint64_t cursor = 0;
  wb_enrollment found = {.size = sizeof found};
  wb_time wake = 0;
  wb_input pause = clinic_input(WB_INPUT_PAUSE, NULL);
  assert_int_equal(wb_practice_next(c->practice, &cursor, &found), WB_E_BUSY);
  assert_int_equal(wb_practice_wake(c->practice, &wake), WB_E_BUSY);
  assert_int_equal(wb_practice_receive(c->practice, &pause, c->now, NULL), WB_E_BUSY);
  return memory_journal_append(&c->journal, first, bytes, length, count);
}

static void a_callback_may_not_call_back(void **state) {
  (void)state;
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  wb_practice_free(c.practice);
  c.options.append = calling_back;
  c.options.sync = NULL;
  c.options.user = &c;
  c.practice = clinic_practice(&c, NULL);
  clinic_launch(&c, "one", ONE_TEXT("one"));
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  clinic_close(&c);
}

static void a_rehearsal_needs_no_journal(void **state) {
  (void)state;
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  wb_practice_free(c.practice);
  c.options.append = NULL;
  c.options.sync = NULL;
  c.practice = clinic_practice(&c, NULL);
  clinic_launch(&c, "one", ONE_TEXT("one"));
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.journal.length, 0);
  clinic_close(&c);
}

/* Whether bytes hold a text. */
static bool holds(const uint8_t *bytes, size_t length, const char *text) {
  for (size_t i = 0; i + strlen(text) <= length; i++)
    if (!memcmp(bytes + i, text, strlen(text))) return true;
  return false;
}

static void journal_and_snapshot_hold_no_person(void **state) {
  (void)state;
  static const char *const values[] = {"Ana", "5550101", "ana@", "has time for you: https"};
  clinic c;
  uint8_t snapshot[16384];
  size_t length = 0;
  begin(&c, CLINIC_ANA);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(clinic_reply(&c, "p1", "Ana here, 5550101, which day is free?"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(wb_practice_save(c.practice, snapshot, sizeof snapshot, &length), WB_OK);
  for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
    assert_false(holds(c.journal.bytes, c.journal.length, values[i]));
    assert_false(holds(snapshot, length, values[i]));
  }
  assert_true(holds(c.journal.bytes, c.journal.length, "p1"));
  clinic_close(&c);
}

static void a_definition_that_no_longer_compiles_holds(void **state) {
  (void)state;
  static const char narrow[] =
      "{\"channels\":{\"sms\":{\"read\":[\"public\"],\"choose\":[\"public\"],"
      "\"max_segments\":2}},\"hosts\":[\"book.example.com\"]}";
  clinic c;
  begin(&c, CLINIC_ANA);
  clinic_under(&c, narrow);
  assert_int_equal(clinic_poll(&c), 0);
  held(&c, "p1", WB_HOLD_DEFINITION);
  assert_string_equal(clinic_find(&c, "p1", NULL).step, "");
  assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK);
  clinic_close(&c);
}

/* ---- other ways through a sequence ---------------------------------------------------------- */

/* Elapsed waits, steps of one channel, at most two messages. */
#define VARIED(audience)                                                                           \
  "{\"format\":1,\"name\":\"varied\",\"title\":\"Varied\",\"class\":\"care\",\"audience\":"        \
  "\"" audience "\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"exits\":{\"booked\":"   \
  "\"recare.booked\"},"                                                                            \
  "\"touches\":2,\"rest_days\":90,\"steps\":[{\"id\":\"text\",\"send\":[\"hello\"]},"              \
  "{\"id\":\"pause\",\"wait\":{\"hours\":48}},{\"id\":\"mail\",\"send\":[\"mail\"]},"              \
  "{\"id\":\"rest\",\"wait\":{\"days\":1}},{\"id\":\"again\",\"send\":[\"hello\"]},"               \
  "{\"id\":\"last\",\"wait\":{\"days\":1}},{\"id\":\"end\",\"exit\":true}],\"texts\":{"            \
  "\"hello\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }} has time for you: " \
  "{{ location.booking_url }} Reply STOP to opt out.\"}},\"mail\":{\"channel\":\"email\","         \
  "\"en\":{\"subject\":\"Your next visit\",\"body\":\"{{ location.booking_url }} {{ "              \
  "practice.name }}, "                                                                             \
  "{{ location.address }} Unsubscribe: {{ location.booking_url }}\"}}}}"
#define OVERDUE "recare.overdue_months >= 1"
#define TEXT_ONLY CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|yes||\n"

/* A mail, then a text; a text, round and round. */
#define TWO_STEPS(name, steps)                                                                     \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"T\",\"class\":\"care\",\"audience\":\"" OVERDUE \
  "\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"exits\":{\"booked\":\"recare."        \
  "booked\"},"                                                                                     \
  "\"steps\":[" steps ",{\"id\":\"end\",\"exit\":true}],\"texts\":{"
#define HELLO                                                                                      \
  "\"hello\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }} has time for you: " \
  "{{ location.booking_url }} Reply STOP to opt out.\"}}"
#define MAILED                                                                                     \
  TWO_STEPS("mailed",                                                                              \
            "{\"id\":\"mail\",\"send\":[\"mail\"]},{\"id\":\"pause\",\"wait\":{\"hours\":48}},"    \
            "{\"id\":\"text\",\"send\":[\"hello\"]}")                                              \
  HELLO ",\"mail\":{\"channel\":\"email\",\"en\":{\"subject\":\"Your next visit\",\"body\":"       \
        "\"{{ location.booking_url }} {{ practice.name }}, {{ location.address }} Unsubscribe: "   \
        "{{ location.booking_url }}\"}}}}"
#define ROUND                                                                                      \
  TWO_STEPS("round",                                                                               \
            "{\"id\":\"text\",\"send\":[\"hello\"]},{\"id\":\"pause\",\"wait\":{\"hours\":48}},"   \
            "{\"id\":\"again\",\"repeat\":\"text\",\"at_most\":2}")                                \
  HELLO "}}"

static void varied(clinic *c, const char *patients) {
  clinic_open(c, patients, NULL);
  clinic_launch(c, "varied", VARIED(OVERDUE));
  clinic_enroll(c);
  assert_int_equal(clinic_poll(c), 1);
  clinic_sent(c);
}

static void a_step_without_a_channel_is_left_out(void **state) {
  (void)state;
  clinic c;
  varied(&c, TEXT_ONLY);
  c.now = at_day(2, 10) - 1;
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(clinic_find(&c, "p1", NULL).step, "mail");
  c.now = at_day(2, 10); /* 48 hours to the second */
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(clinic_find(&c, "p1", NULL).step, "again");
  c.now = at_day(3, 10);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "again");
  clinic_close(&c);
}

/* Under way the channel that was used is closed: the end says by what. What was never open closes
   nothing. */
static void a_sequence_that_can_send_nothing_more_ends_by_what_closed_its_channel(void **state) {
#define ANA_NOW(number, rest)                                                                      \
  "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|email:u|"  \
  "email_permission:u|only_channel:u\np1|active|Ana|1980-02-29|1|" number "|" rest "\n"
  static const struct {
    const char *before, *now, *reason;
  } rows[] = {
      {TEXT_ONLY, ANA_NOW("+12125550101", "no|||"), "no_permission"},
      {TEXT_ONLY, ANA_NOW("+12125550101", "|||"), "no_permission"},
      {TEXT_ONLY, ANA_NOW("+12125550101", "yes|||mail"), "preference"},
      {TEXT_ONLY, ANA_NOW("", "yes|||"), "no_address"},
      {TEXT_ONLY, ANA_NOW("12", "yes|||"), "bad_address"},
      {CLINIC_ANA, ANA_NOW("+12125550101", "no|ana@example.com|no|"), "no_permission"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    clinic c;
    varied(&c, rows[i].before);
    c.now = at_day(2, 11);
    clinic_rows(&c, rows[i].now, "");
    assert_int_equal(clinic_poll(&c), 0);
    ended(&c, "p1", rows[i].reason);
    wb_practice_free(clinic_replayed(&c));
    clinic_close(&c);
  }
}

/* The same when the practice hears of it: a no, an opt-out, a number that is somebody else's. */
static void a_sequence_ends_by_what_the_practice_was_told_of_its_channel(void **state) {
  static const struct {
    int32_t kind, outcome;
    const char *reason;
  } rows[] = {{WB_INPUT_CONSENT, WB_CONSENT_REFUSED, "no_permission"},
              {WB_INPUT_NUMBER_CHECKED, WB_NUMBER_REASSIGNED, "bad_address"},
              {WB_INPUT_OPTED_OUT, 0, "opted_out"}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    clinic c;
    varied(&c, TEXT_ONLY);
    wb_input input = clinic_input(rows[i].kind, "p1");
    input.contact = clinic_point(&c, WB_CONTACT_PHONE, "+12125550101");
    input.outcome = rows[i].outcome;
    input.channel = WB_CHANNEL_SMS;
    assert_int_equal(clinic_send(&c, &input), WB_OK);
    c.now = at_day(2, 11);
    assert_int_equal(clinic_poll(&c), 0);
    ended(&c, "p1", rows[i].reason);
    clinic_close(&c);
  }
}

/* Texts were never open to her: she has had all that was for her. */
static void who_has_no_number_finishes_with_the_mails(void **state) {
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_HEAD "p1|active|Ana|1980-02-29|1|||ana@example.com|yes\n", NULL);
  clinic_launch(&c, "mailed", MAILED);
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  c.now = at_day(2, 11);
  assert_int_equal(clinic_poll(&c), 0);
  ended(&c, "p1", "finished");
  clinic_close(&c);
}

/* Once round, and once more: of the first time round the channel is known to have been open. */
static void a_channel_that_was_open_in_an_earlier_round_counts(void **state) {
  clinic c;
  (void)state;
  clinic_open(&c, TEXT_ONLY, NULL);
  clinic_launch(&c, "round", ROUND);
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  c.now = at_day(2, 11);
  clinic_rows(&c, CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|no||\n", "");
  assert_int_equal(clinic_poll(&c), 0);
  ended(&c, "p1", "no_permission");
  clinic_close(&c);
}

static void a_campaign_sends_so_many_messages(void **state) {
  (void)state;
  clinic c;
  varied(&c, CLINIC_ANA);
  c.now = at_day(2, 10);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_EMAIL);
  clinic_sent(&c);
  assert_int_equal(clinic_find(&c, "p1", NULL).touches, 2);
  c.now = at_day(8, 11);
  assert_int_equal(clinic_poll(&c), 0);
  ended(&c, "p1", "finished");
  clinic_close(&c);
}

static void who_is_no_longer_meant_leaves(void **state) {
  (void)state;
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "varied", VARIED("patient.first_name == \\\"Ana\\\""));
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  clinic_rows(&c, CLINIC_HEAD "p1|active|Anna|1980-02-29|1|+12125550101|yes||\n", "");
  assert_int_equal(clinic_poll(&c), 0);
  ended(&c, "p1", "not_eligible");
  clinic_close(&c);
}

/* Ana's rows of a day on which the host gave no appointments: whether she is booked is not known.
 */
static void unbooked(clinic *c) {
  clinic_facts(c, CLINIC_PLACES(CLINIC_ZONE));
  sample_add(&c->it, "patients", CLINIC_ANA);
  sample_add(&c->it, "procedures",
             "patient:u|code:u|status:u|date:tdD\np1|D1110|completed|2025-09-15\n");
}

static void who_may_not_be_meant_any_more_is_held_until_that_is_known(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  unbooked(&c);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_FACTS);
  assert_int_equal(clinic_wake(&c), c.now + CLINIC_HOUR);
  c.now += CLINIC_HOUR;
  clinic_rows(&c, CLINIC_ANA, "");
  assert_int_equal(clinic_poll(&c), 1);
  clinic_close(&c);
}

static void a_last_look_waits_until_it_is_known_who_is_meant(void **state) {
  (void)state;
  clinic c;
  wb_look look = {.size = sizeof look};
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_poll(&c), 1);
  unbooked(&c);
  assert_int_equal(wb_practice_test(c.practice, c.actions[0].id, c.it.facts, c.now, &look, NULL),
                   WB_OK);
  assert_int_equal(look.answer, WB_LOOK_LATER);
  assert_string_equal(look.reason, "facts");
  clinic_close(&c);
}

static void a_call_that_was_asked_for_does_not_wait_until_it_is_known_who_is_meant(void **state) {
  (void)state;
  clinic c;
  clinic_written(&c, CLINIC_ANA, 1);
  assert_int_equal(clinic_reply(&c, "p1", "Can you call me?"), WB_OK);
  unbooked(&c);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].kind, WB_ACTION_CALL_TASK);
  clinic_close(&c);
}

static void a_click_where_no_call_follows_changes_nothing(void **state) {
  (void)state;
  clinic c;
  wb_task task = {0};
  varied(&c, CLINIC_ANA);
  uint64_t before = wb_practice_sequence(c.practice);
  assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK);
  assert_int_equal(wb_practice_sequence(c.practice), before);
  assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p8"), WB_E_NAME);
  assert_int_equal(clinic_reply(&c, "p1", "Can you call me?"), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, &task), 1);
  assert_string_equal(task.reason, "asks");
  assert_string_equal(task.campaign, "");
  clinic_close(&c);
}

static void an_opt_out_by_patient_closes_every_number_texted(void **state) {
  (void)state;
  clinic c;
  wb_task task = {0};
  begin(&c, CLINIC_ANA CLINIC_BEN);
  assert_int_equal(clinic_receive(&c, WB_INPUT_OPTED_OUT, "p1"), WB_OK); /* never texted: a task */
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, &task), 1);
  assert_string_equal(task.reason, "reply");
  ended(&c, "p1", "opted_out");
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(clinic_find(&c, "p2", NULL).state, WB_STATE_CLAIMED);
  assert_int_equal(clinic_receive(&c, WB_INPUT_OPTED_OUT, "p2"), WB_OK);
  ended(&c, "p2", "opted_out");
  assert_int_equal(clinic_receive(&c, WB_INPUT_OPTED_OUT, "p8"), WB_OK); /* never heard of */
  assert_int_equal(clinic_receive(&c, WB_INPUT_OPTED_IN, "p8"), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_OPTED_IN, "p9"), WB_E_NAME);
  assert_int_equal(clinic_receive(&c, WB_INPUT_OPTED_IN, "p2"), WB_OK);
  clinic_close(&c);
}

/* Told of by key, before any text could say the number: by an event, or a reply. */
static void an_opt_out_by_patient_before_any_text_holds_the_first_one(void **state) {
  (void)state;
  for (int by_reply = 0; by_reply < 2; by_reply++) {
    clinic c;
    clinic_open(&c,
                CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|yes||\n"
                            "p2|active|Ben|1981-03-01|1|+12125550102|yes||\n",
                NULL);
    const wb_status out =
        by_reply ? clinic_reply(&c, "p1", "STOP") : clinic_receive(&c, WB_INPUT_OPTED_OUT, "p1");
    assert_int_equal(out, WB_OK);
    clinic_launch(&c, "one", ONE_TEXT("one"));
    assert_int_equal(clinic_enroll(&c).held, 1);
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].patient, "p2");
    held(&c, "p1", WB_HOLD_OPTED_OUT);
    assert_int_equal(clinic_receive(&c, WB_INPUT_OPTED_IN, "p1"), WB_OK);
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].patient, "p1");
    clinic_close(&c);
  }
}

static void a_call_nobody_took_over_stays_on_the_desk(void **state) {
  (void)state;
  clinic c;
  wb_task task = {0};
  begin(&c, CLINIC_ANA);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(clinic_reply(&c, "p1", "Can you call me?"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  uint8_t id[16];
  memcpy(id, c.actions[0].id, 16);
  assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, WB_CAUSE_LATE), WB_OK);
  c.now += CLINIC_MINUTE;
  assert_int_equal(clinic_poll(&c), 1);
  assert_memory_equal(c.actions[0].id, id, 16);
  assert_int_equal(c.actions[0].attempt, 2);
  c.now += 901;
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_action(&c, id).state, WB_ACTION_UNKNOWN);
  assert_int_equal(clinic_find(&c, "p1", NULL).state, WB_STATE_WAITING);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
  clinic_close(&c);
}

static void a_reply_while_a_message_is_out_stops_what_follows(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA);
  assert_int_equal(clinic_poll(&c), 1);
  uint8_t id[16];
  memcpy(id, c.actions[0].id, 16);
  assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK);
  assert_int_equal(clinic_find(&c, "p1", NULL).state, WB_STATE_CLAIMED);
  assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, WB_CAUSE_INTERRUPTED), WB_OK);
  assert_int_equal(clinic_action(&c, id).state, WB_ACTION_WITHDRAWN);
  c.now += CLINIC_HOUR;
  assert_int_equal(clinic_poll(&c), 0);
  c.now += CLINIC_DAY;
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].kind, WB_ACTION_CALL_TASK);
  clinic_close(&c);
}

static void a_try_is_withdrawn_when_the_patient_responds(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA CLINIC_BEN);
  assert_int_equal(clinic_poll(&c), 2);
  uint8_t ids[2][16];
  for (uint32_t i = 0; i < 2; i++) {
    memcpy(ids[i], c.actions[i].id, 16);
    assert_int_equal(clinic_ack(&c, ids[i], WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
  }
  assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p2"), WB_OK);
  for (uint32_t i = 0; i < 2; i++) {
    assert_int_equal(clinic_action(&c, ids[i]).state, WB_ACTION_WITHDRAWN);
    assert_int_equal(clinic_action(&c, ids[i]).cause, WB_CAUSE_THROTTLED);
  }
  c.now += CLINIC_HOUR;
  assert_int_equal(clinic_poll(&c), 0);
  clinic_close(&c);
}

static void without_a_zone_or_a_link_people_are_held(void **state) {
  (void)state;
  static const char *const places[] = {"1|Example Dental|Example Dental|||||\n",
                                       "1|Example Dental|Example Dental|" CLINIC_ZONE "||||\n"};
  static const int32_t holds[] = {WB_HOLD_ZONE, WB_HOLD_RENDER};
  for (size_t i = 0; i < 2; i++) {
    clinic c;
    clinic_open(&c, CLINIC_ANA, NULL);
    clinic_launch(&c, "varied", VARIED("patient.status == \\\"active\\\""));
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    clinic_facts(&c, places[i]);
    clinic_seen(&c, CLINIC_ANA, "");
    assert_int_equal(clinic_poll(&c), 0);
    held(&c, "p1", holds[i]);
    clinic_close(&c);
  }
}

/* ---- wrong calls ---------------------------------------------------------------------------- */

static void options_are_checked(void **state) {
  (void)state;
  clinic c;
  wb_practice *made = NULL;
  static const uint8_t zero[16] = {0};
  clinic_open(&c, CLINIC_ANA, NULL);
  wb_practice_options options = c.options;
  options.secret = zero;
  assert_int_equal(wb_practice_new(NULL, c.it.schema, NULL, &options, &made, NULL), WB_E_INVALID);
  options = c.options;
  options.key_length = 65;
  assert_int_equal(wb_practice_new(NULL, c.it.schema, NULL, &options, &made, NULL), WB_E_INVALID);
  options.key_length = 0;
  assert_int_equal(wb_practice_new(NULL, c.it.schema, NULL, &options, &made, NULL), WB_E_INVALID);
  options = c.options;
  options.per_month = 9;
  assert_int_equal(wb_practice_new(NULL, c.it.schema, NULL, &options, &made, NULL), WB_E_RANGE);
  options = c.options;
  options.flags = 2;
  assert_int_equal(wb_practice_new(NULL, c.it.schema, NULL, &options, &made, NULL), WB_E_VERSION);
  assert_int_equal(wb_practice_new(NULL, NULL, NULL, &c.options, &made, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_new(NULL, c.it.schema, NULL, NULL, &made, NULL), WB_E_INVALID);
  assert_null(made);
  wb_practice_free(NULL);
  assert_int_equal(wb_practice_sequence(NULL), 0);
  clinic_close(&c);
}

static void wrong_calls_are_refused(void **state) {
  (void)state;
  clinic c;
  uint32_t count = 0;
  size_t needed = 0;
  uint64_t cursor = 0;
  wb_task task = {.size = sizeof task};
  wb_counts counts = {.size = sizeof counts};
  wb_replay replay = {.size = sizeof replay};
  uint8_t id[16] = {1};
  begin(&c, CLINIC_ANA);
  c.actions[0].size = 8;
  assert_int_equal(wb_practice_poll(c.practice, c.it.facts, c.now, c.actions, 1, &count, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_practice_poll(c.practice, c.it.facts, c.now, NULL, 1, &count, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_practice_poll(c.practice, NULL, c.now, NULL, 0, &count, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_poll(c.practice, c.it.facts, c.now, NULL, 0, &count, NULL), WB_OK);
  assert_int_equal(wb_practice_poll(NULL, c.it.facts, c.now, NULL, 0, &count, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_enroll(c.practice, NULL, 0, c.it.facts, c.now, NULL, NULL),
                   WB_E_INVALID);
  counts.size = 8;
  assert_int_equal(wb_practice_enroll(c.practice, NULL, 0, c.it.facts, c.now, &counts, NULL),
                   WB_E_INVALID);
  assert_int_equal(clinic_ack(&c, id, WB_SENT, 0), WB_E_NAME);
  assert_int_equal(clinic_ack(&c, NULL, WB_SENT, 0), WB_E_INVALID);
  assert_int_equal(clinic_ack(&c, id, WB_SENT, WB_CAUSE_LATE), WB_E_INVALID);
  assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, 0), WB_E_INVALID);
  assert_int_equal(clinic_ack(&c, id, 9, 0), WB_E_INVALID);
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, NULL), WB_E_INVALID);
  assert_int_equal(clinic_receive(&c, WB_INPUT_REPLY, NULL), WB_E_INVALID);
  assert_int_equal(clinic_receive(&c, WB_INPUT_TASK_DONE, NULL), WB_E_INVALID);
  assert_int_equal(clinic_receive(&c, WB_INPUT_LAUNCH, NULL), WB_E_INVALID);
  assert_int_equal(clinic_receive(&c, 77, "p1"), WB_E_INVALID);
  wb_input input = clinic_input(WB_INPUT_BOOKED, "p1");
  input.patient_length = 65;
  assert_int_equal(wb_practice_receive(c.practice, &input, c.now, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_receive(c.practice, NULL, c.now, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_add(c.practice, NULL, c.now, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_save(c.practice, NULL, 0, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_save(c.practice, NULL, 0, &needed), WB_E_SPACE);
  assert_int_equal(wb_practice_load(c.practice, &count, sizeof count, NULL), WB_E_STATE);
  assert_int_equal(wb_practice_replay(c.practice, NULL, 1, &replay, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_replay(c.practice, "", 0, NULL, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_replay(c.practice, NULL, 0, &replay, NULL), WB_OK);
  assert_int_equal(wb_desk_next(c.practice, 5, &cursor, &task), WB_E_INVALID);
  assert_int_equal(wb_desk_next(c.practice, WB_DESK_INBOX, &cursor, &task), WB_E_NAME);
  assert_int_equal(wb_practice_wake(c.practice, NULL), WB_E_INVALID);
  assert_string_equal(wb_hold_name(-1), "unknown");
  assert_string_equal(wb_hold_name(WB_HOLD_ADMISSIONS + 1), "unknown");
  clinic_close(&c);
}

static void another_practice_or_secret_is_refused(void **state) {
  (void)state;
  static const uint8_t other[16] = {5};
  clinic c;
  uint8_t snapshot[8192];
  size_t length = 0;
  wb_replay replay = {.size = sizeof replay};
  begin(&c, CLINIC_ANA);
  assert_int_equal(wb_practice_save(c.practice, snapshot, sizeof snapshot, &length), WB_OK);
  for (int i = 0; i < 2; i++) {
    wb_practice *made = NULL;
    wb_practice_options options = c.options;
    if (i == 0)
      options.secret = other;
    else
      options.key = "practicf";
    assert_int_equal(wb_practice_new(NULL, c.it.schema, NULL, &options, &made, NULL), WB_OK);
    assert_int_equal(wb_practice_load(made, snapshot, length, NULL), WB_E_INVALID);
    assert_int_equal(wb_practice_replay(made, c.journal.bytes, c.journal.length, &replay, NULL),
                     WB_E_INVALID);
    assert_int_equal(wb_practice_sequence(made), 0);
    wb_practice_free(made);
  }
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_playbook_runs_by_days),
      cmocka_unit_test(an_action_tells_everything),
      cmocka_unit_test(nothing_goes_twice_on_a_day),
      cmocka_unit_test(nothing_runs_unless_launched),
      cmocka_unit_test(admissions_are_by_day_and_the_unreachable_take_no_place),
      cmocka_unit_test(after_the_end_comes_a_rest_then_a_second_entry),
      cmocka_unit_test(a_new_version_is_for_those_who_enter_later),
      cmocka_unit_test(hours_hold_and_bound_the_delivery),
      cmocka_unit_test(caps_hold_until_their_day),
      cmocka_unit_test(one_patient_gets_one_action_in_a_poll),
      cmocka_unit_test(a_hold_is_recorded_once),
      cmocka_unit_test(old_or_missing_facts_hold),
      cmocka_unit_test(a_pause_holds_until_it_ends),
      cmocka_unit_test(a_claim_without_answer_turns_unknown),
      cmocka_unit_test(answers_follow_the_table),
      cmocka_unit_test(a_throttled_message_is_tried_four_times_more),
      cmocka_unit_test(a_bad_address_is_closed_and_the_next_channel_taken),
      cmocka_unit_test(stop_acts_on_a_number_for_all_who_share_it),
      cmocka_unit_test(only_start_lifts_an_opt_out),
      cmocka_unit_test(a_booking_ends_the_sequence),
      cmocka_unit_test(a_claim_of_somebody_who_left_turns_unknown),
      cmocka_unit_test(a_click_without_booking_becomes_a_call),
      cmocka_unit_test(questions_come_before_clicks_and_booking_closes_them),
      cmocka_unit_test(the_desk_gets_so_many_calls_a_day),
      cmocka_unit_test(replies_without_a_rule_reach_the_inbox),
      cmocka_unit_test(an_event_id_counts_once_in_ninety_days),
      cmocka_unit_test(a_quiet_practice_does_not_jump),
      cmocka_unit_test(a_jump_in_time_needs_leave),
      cmocka_unit_test(who_was_second_replays_and_repeats),
      cmocka_unit_test(a_callback_may_not_call_back),
      cmocka_unit_test(a_rehearsal_needs_no_journal),
      cmocka_unit_test(journal_and_snapshot_hold_no_person),
      cmocka_unit_test(a_definition_that_no_longer_compiles_holds),
      cmocka_unit_test(a_step_without_a_channel_is_left_out),
      cmocka_unit_test(a_sequence_that_can_send_nothing_more_ends_by_what_closed_its_channel),
      cmocka_unit_test(a_sequence_ends_by_what_the_practice_was_told_of_its_channel),
      cmocka_unit_test(who_has_no_number_finishes_with_the_mails),
      cmocka_unit_test(a_channel_that_was_open_in_an_earlier_round_counts),
      cmocka_unit_test(a_campaign_sends_so_many_messages),
      cmocka_unit_test(who_is_no_longer_meant_leaves),
      cmocka_unit_test(who_may_not_be_meant_any_more_is_held_until_that_is_known),
      cmocka_unit_test(a_last_look_waits_until_it_is_known_who_is_meant),
      cmocka_unit_test(a_call_that_was_asked_for_does_not_wait_until_it_is_known_who_is_meant),
      cmocka_unit_test(a_click_where_no_call_follows_changes_nothing),
      cmocka_unit_test(an_opt_out_by_patient_closes_every_number_texted),
      cmocka_unit_test(an_opt_out_by_patient_before_any_text_holds_the_first_one),
      cmocka_unit_test(a_call_nobody_took_over_stays_on_the_desk),
      cmocka_unit_test(a_reply_while_a_message_is_out_stops_what_follows),
      cmocka_unit_test(a_try_is_withdrawn_when_the_patient_responds),
      cmocka_unit_test(without_a_zone_or_a_link_people_are_held),
      cmocka_unit_test(options_are_checked),
      cmocka_unit_test(wrong_calls_are_refused),
      cmocka_unit_test(another_practice_or_secret_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Events at the edges of what they may say: keys, times, levels, classes, channels, ids. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

static const uint8_t contact[16] = {3, 1}, other_contact[16] = {3, 2};

/* Sends an event; unless it is taken nothing is written down. */
static void answers(clinic *c, const wb_input *input, wb_status expected, const char *what) {
  const uint64_t before = wb_practice_sequence(c->practice);
  const wb_status status = clinic_send(c, input);
  if (status != expected) fail_msg("%s: %s", what, wb_status_name(status));
  if (status != WB_OK) assert_int_equal(wb_practice_sequence(c->practice), before);
}

/* A key is of at most 64 bytes, and there if it has any. */
static void each_key_is_one(void **state) {
  static const char text[] = "0123456789012345678901234567890123456789012345678901234567890123+";
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  wb_input input = clinic_input(WB_INPUT_CONTACTED, "p1");
  const struct {
    const char *name, **data;
    uint32_t *length;
  } keys[] = {{"patient", &input.patient, &input.patient_length},
              {"campaign", &input.campaign, &input.campaign_length},
              {"location", &input.location, &input.location_length},
              {"approver", &input.approver, &input.approver_length},
              {"other", &input.other, &input.other_length},
              {"visit", &input.visit, &input.visit_length},
              {"name", &input.name, &input.name_length},
              {"source", &input.source, &input.source_length}};
  answers(&c, &input, WB_OK, "without more");
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    const char *data = *keys[i].data;
    const uint32_t length = *keys[i].length;
    *keys[i].data = text;
    *keys[i].length = 65;
    answers(&c, &input, WB_E_INVALID, keys[i].name);
    *keys[i].data = NULL;
    *keys[i].length = 1;
    answers(&c, &input, WB_E_INVALID, keys[i].name);
    *keys[i].data = i == 0 ? "p1" : text;
    *keys[i].length = i == 0 ? 2 : 64;
    answers(&c, &input, WB_OK, keys[i].name);
    *keys[i].data = data;
    *keys[i].length = length;
  }
  clinic_close(&c);
}

typedef struct row {
  wb_input input; /* all but kind and patient */
  wb_status status;
} row;

/* What events of a kind are answered, about a patient or NULL. */
static void answers_each(int32_t kind, const char *patient, const row *rows, size_t count) {
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  for (size_t i = 0; i < count; i++) {
    wb_input input = rows[i].input;
    char what[32];
    input.size = sizeof input;
    input.kind = kind;
    input.patient = patient;
    input.patient_length = patient != NULL ? (uint32_t)strlen(patient) : 0;
    snprintf(what, sizeof what, "kind %d, row %d", (int)kind, (int)i);
    answers(&c, &input, rows[i].status, what);
  }
  clinic_close(&c);
}

#define ANSWERS_EACH(kind, patient, rows)                                                          \
  answers_each(kind, patient, rows, sizeof(rows) / sizeof *(rows))

/* A reply has a text, or a meaning that there is. */
static void a_reply_says_something(void **state) {
#define REPLY(said, length, means)                                                                 \
  { .text = said, .text_length = length, .intent = means }
  static const row rows[] = {{REPLY("hello", 5, WB_INTENT_OTHER), WB_OK},
                             {REPLY(NULL, 0, WB_INTENT_HELP), WB_OK},
                             {REPLY(NULL, 5, WB_INTENT_HELP), WB_E_INVALID},
                             {REPLY("hello", 5, WB_INTENT_NO_DETAIL + 1), WB_E_INVALID},
                             {REPLY("hello", 5, -1), WB_E_INVALID},
                             {REPLY("help", 4, WB_INTENT_HELP), WB_OK}};
  (void)state;
  ANSWERS_EACH(WB_INPUT_REPLY, "p1", rows);
}

/* What happened is not ahead of now, and at an instant. */
static void what_happened_is_past(void **state) {
  static const struct {
    int32_t kind, outcome;
  } rows[] = {{WB_INPUT_CONTACTED, 0},
              {WB_INPUT_CONSENT, WB_CONSENT_EXPRESS},
              {WB_INPUT_CONTACT_CHANGED, WB_CONTACT_NEW}};
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    wb_input input = clinic_input(rows[i].kind, "p1");
    input.contact = contact;
    input.other_contact = other_contact;
    input.channel = WB_CHANNEL_SMS;
    input.outcome = rows[i].outcome;
    const wb_time times[] = {c.now + 1, INT64_MAX, WB_TIME_NONE, c.now, c.now - 1, 0};
    for (size_t k = 0; k < sizeof times / sizeof *times; k++) {
      char what[32];
      snprintf(what, sizeof what, "kind %d, time %d", (int)rows[i].kind, (int)k);
      input.at = times[k];
      answers(&c, &input, k < 3 ? WB_E_INVALID : WB_OK, what);
    }
  }
  clinic_close(&c);
}

/* A consent is of a level, a class or detail, and a channel. */
static void a_consent_is_one(void **state) {
#define CONSENT(level, purpose, by)                                                                \
  { .contact = contact, .outcome = level, .class_ = purpose, .channel = by }
  static const row rows[] = {
      {CONSENT(WB_CONSENT_EXPRESS, 0, WB_CHANNEL_SMS), WB_OK},
      {CONSENT(WB_CONSENT_REFUSED, WB_MESSAGE_TRANSACTIONAL, WB_CHANNEL_CALL), WB_OK},
      {CONSENT(WB_CONSENT_AUTHORIZED, WB_MESSAGE_BILLING, WB_CHANNEL_SMS), WB_OK},
      {CONSENT(WB_CONSENT_EXPRESS, WB_PURPOSE_DETAIL, WB_CHANNEL_SMS), WB_OK},
      {CONSENT(WB_CONSENT_AUTHORIZED + 1, 0, WB_CHANNEL_SMS), WB_E_INVALID},
      {CONSENT(-1, 0, WB_CHANNEL_SMS), WB_E_INVALID},
      {CONSENT(WB_CONSENT_EXPRESS, -1, WB_CHANNEL_SMS), WB_E_INVALID},
      {CONSENT(WB_CONSENT_EXPRESS, WB_PURPOSE_DETAIL + 1, WB_CHANNEL_SMS), WB_E_INVALID},
      {CONSENT(WB_CONSENT_EXPRESS, 0, WB_CHANNEL_SMS - 1), WB_E_INVALID},
      {CONSENT(WB_CONSENT_EXPRESS, 0, WB_CHANNEL_CALL + 1), WB_E_INVALID},
  };
  (void)state;
  ANSWERS_EACH(WB_INPUT_CONSENT, "p1", rows);
}

static void a_number_that_changed_is_of_a_channel(void **state) {
#define CHANGED(by)                                                                                \
  { .contact = contact, .other_contact = other_contact, .outcome = WB_CONTACT_NEW, .channel = by }
  static const row rows[] = {{CHANGED(WB_CHANNEL_SMS - 1), WB_E_INVALID},
                             {CHANGED(WB_CHANNEL_CALL + 1), WB_E_INVALID},
                             {CHANGED(WB_CHANNEL_CALL), WB_OK}};
  (void)state;
  ANSWERS_EACH(WB_INPUT_CONTACT_CHANGED, "p1", rows);
}

static void a_pause_is_of_a_class_that_there_is(void **state) {
  static const row rows[] = {{{.class_ = -1}, WB_E_INVALID},
                             {{.class_ = WB_MESSAGE_BILLING + 1}, WB_E_INVALID},
                             {{.class_ = WB_MESSAGE_TRANSACTIONAL}, WB_OK},
                             {{.class_ = WB_MESSAGE_BILLING}, WB_OK}};
  (void)state;
  ANSWERS_EACH(WB_INPUT_PAUSE, NULL, rows);
}

/* A visit is at an instant, and is worth what money can be. */
static void a_visit_is_worth_what_money_can_be(void **state) {
  static const wb_cents most = (wb_cents)1 << 40;
  const row rows[] = {{{.value = most}, WB_OK},
                      {{.value = -most}, WB_OK},
                      {{.value = most + 1}, WB_E_INVALID},
                      {{.value = -most - 1}, WB_E_INVALID},
                      {{.value = WB_CENTS_NONE}, WB_OK},
                      {{.at = INT64_MAX}, WB_E_INVALID},
                      {{.at = WB_TIME_NONE}, WB_E_INVALID}};
  (void)state;
  ANSWERS_EACH(WB_INPUT_KEPT, "p1", rows);
}

/* An id is known for 90 days behind the last event, also of what comes late. */
static void an_event_that_is_forgotten_is_a_new_one(void **state) {
  static const wb_practice_options more = {.flags = WB_PRACTICE_ALLOW_JUMP};
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, &more);
  const wb_time then = c.now;
  wb_input input = clinic_input(WB_INPUT_CONTACTED, "p1"), later = input;
  input.event_id[0] = 1;
  later.event_id[0] = 2;
  answers(&c, &input, WB_OK, "the first");
  const uint64_t sequence = wb_practice_sequence(c.practice);
  answers(&c, &input, WB_OK, "again");
  assert_int_equal(wb_practice_sequence(c.practice), sequence);
  c.now = then + 90 * CLINIC_DAY;
  answers(&c, &later, WB_OK, "another");
  c.now = then + CLINIC_DAY;
  answers(&c, &input, WB_OK, "again, which comes late");
  assert_int_equal(wb_practice_sequence(c.practice), sequence + 1);
  c.now = then + 91 * CLINIC_DAY;
  later.event_id[0] = 3;
  answers(&c, &later, WB_OK, "a third");
  c.now = then + CLINIC_DAY;
  answers(&c, &input, WB_OK, "again, of which nobody knows any more");
  assert_int_equal(wb_practice_sequence(c.practice), sequence + 3);
  clinic_close(&c);
}

/* The place for actions is an array of whole ones. */
static void actions_lie_where_actions_may(void **state) {
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  c.actions[0].size = sizeof(wb_action) + 4;
  assert_int_equal(wb_practice_poll(c.practice, c.it.facts, c.now, c.actions, 2, &c.count, NULL),
                   WB_E_INVALID);
  c.actions[0].size = sizeof(wb_action) - 8;
  assert_int_equal(wb_practice_poll(c.practice, c.it.facts, c.now, c.actions, 2, &c.count, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_practice_poll(c.practice, c.it.facts, c.now, NULL, 2, &c.count, NULL),
                   WB_E_INVALID);
  assert_int_equal(clinic_poll(&c), 1);
  size_t needed = 0;
  assert_int_equal(wb_practice_save(c.practice, NULL, 1, &needed), WB_E_INVALID);
  assert_int_equal(wb_practice_save(c.practice, NULL, 0, NULL), WB_E_INVALID);
  clinic_close(&c);
}

/* A launch, a stop and a setting are refused without somebody who answers for them; the error names
   the member. */
static void somebody_answers_for_what_runs(void **state) {
  static const struct {
    int32_t kind;
    const char *campaign, *name;
  } rows[] = {{WB_INPUT_LAUNCH, "two", NULL},
              {WB_INPUT_STOP, "one", NULL},
              {WB_INPUT_SETTING, NULL, "unknown_permission"}};
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_add(&c, CLINIC_TEXTS("two")), WB_OK);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    wb_input input = clinic_input(rows[i].kind, rows[i].campaign);
    input.name = rows[i].name;
    input.name_length = rows[i].name != NULL ? (uint32_t)strlen(rows[i].name) : 0;
    input.outcome = 1;
    wb_error error = {0};
    const uint32_t length = input.approver_length;
    size_t before, after;
    uint8_t *was = clinic_save(c.practice, &before);
    input.approver_length = 0;
    assert_int_equal(wb_practice_receive(c.practice, &input, c.now, &error), WB_E_INVALID);
    assert_string_equal(error.path, "approver");
    uint8_t *is = clinic_save(c.practice, &after);
    assert_int_equal(after, before);
    assert_memory_equal(is, was, before);
    free(was);
    free(is);
    input.approver_length = length;
    answers(&c, &input, WB_OK, "with an approver");
  }
  clinic_close(&c);
}

/* So is what has to name something and does not; of a name that there is not, that is said. */
static void what_is_meant_has_a_name(void **state) {
  static const struct {
    int32_t kind;
    wb_status other;                      /* of a name that nothing has */
  } rows[] = {{WB_INPUT_CAPACITY, WB_OK}, /* the host's */
              {WB_INPUT_WITHDRAW, WB_E_NAME},
              {WB_INPUT_SETTING, WB_E_NAME}};
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    wb_input input = clinic_input(rows[i].kind, "one");
    wb_error error = {0};
    assert_int_equal(wb_practice_receive(c.practice, &input, c.now, &error), WB_E_INVALID);
    assert_string_equal(error.path, "name");
    input.name = "other";
    input.name_length = 5;
    answers(&c, &input, rows[i].other, "of another name");
  }
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_key_is_one),
      cmocka_unit_test(somebody_answers_for_what_runs),
      cmocka_unit_test(what_is_meant_has_a_name),
      cmocka_unit_test(a_reply_says_something),
      cmocka_unit_test(what_happened_is_past),
      cmocka_unit_test(a_consent_is_one),
      cmocka_unit_test(a_number_that_changed_is_of_a_channel),
      cmocka_unit_test(a_pause_is_of_a_class_that_there_is),
      cmocka_unit_test(a_visit_is_worth_what_money_can_be),
      cmocka_unit_test(an_event_that_is_forgotten_is_a_new_one),
      cmocka_unit_test(actions_lie_where_actions_may),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

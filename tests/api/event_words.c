/* SPDX-License-Identifier: MIT */
/* Events that are refused: what each kind lacks, and what is said where nobody is meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

enum { KINDS = WB_INPUT_STOP + 1 };

static const uint8_t contact[16] = {3, 1}, other_contact[16] = {3, 2}, action[16] = {5, 5};

/* An event of a kind that has all members. */
static wb_input whole(int32_t kind) {
  return (wb_input){.size = sizeof(wb_input),
                    .kind = kind,
                    .patient = "p1",
                    .patient_length = 2,
                    .campaign = "one",
                    .campaign_length = 3,
                    .location = "1",
                    .location_length = 1,
                    .approver = "Dr. Example",
                    .approver_length = 11,
                    .other = "p2",
                    .other_length = 2,
                    .visit = "v1",
                    .visit_length = 2,
                    .name = "n1",
                    .name_length = 2,
                    .text = "yes",
                    .text_length = 3,
                    .contact = contact,
                    .other_contact = other_contact,
                    .action = action};
}

/* Takes a member out. */
static void lose(wb_input *input, const char *member) {
  const struct {
    const char *name;
    uint32_t *length;
    const uint8_t **bytes;
  } members[] = {{"patient", &input->patient_length, NULL},
                 {"campaign", &input->campaign_length, NULL},
                 {"location", &input->location_length, NULL},
                 {"approver", &input->approver_length, NULL},
                 {"other", &input->other_length, NULL},
                 {"visit", &input->visit_length, NULL},
                 {"name", &input->name_length, NULL},
                 {"contact", NULL, &input->contact},
                 {"other_contact", NULL, &input->other_contact},
                 {"action", NULL, &input->action}};
  for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
    if (strcmp(members[i].name, member) != 0) continue;
    if (members[i].length != NULL) *members[i].length = 0;
    if (members[i].bytes != NULL) *members[i].bytes = NULL;
    return;
  }
  fail_msg("no member %s", member);
}

/* Ends the test unless an event is refused, at this member, and nothing is written down. */
static void refused_at(clinic *c, const wb_input *input, const char *path) {
  wb_error error = {0};
  const uint64_t before = wb_practice_sequence(c->practice);
  const wb_status status = wb_practice_receive(c->practice, input, c->now, &error);
  if (status != WB_E_INVALID || strcmp(error.path, path) != 0)
    fail_msg("kind %d without %s: %s at %s", (int)input->kind, path, wb_status_name(status),
             error.path);
  assert_int_equal(wb_practice_sequence(c->practice), before);
}

static void each_kind_says_what_it_lacks(void **state) {
  static const struct {
    int32_t kind;
    const char *needs[4];
  } rows[] = {{WB_INPUT_KEPT, {"patient"}},
              {WB_INPUT_CANCELLED, {"patient"}},
              {WB_INPUT_BROKEN, {"patient"}},
              {WB_INPUT_CONTACTED, {"patient"}},
              {WB_INPUT_LEFT, {"patient"}},
              {WB_INPUT_DECEASED, {"patient"}},
              {WB_INPUT_FORGET, {"patient"}},
              {WB_INPUT_TASK_DONE, {"action"}},
              {WB_INPUT_DELIVERED, {"action"}},
              {WB_INPUT_UNDELIVERED, {"action"}},
              {WB_INPUT_LAUNCH, {"campaign", "approver"}},
              {WB_INPUT_STOP, {"campaign", "approver"}},
              {WB_INPUT_WITHDRAW, {"campaign", "name"}},
              {WB_INPUT_SETTING, {"name", "approver"}},
              {WB_INPUT_CAPACITY, {"name"}},
              {WB_INPUT_SLOT_OPENED, {"visit"}},
              {WB_INPUT_SLOT_CLOSED, {"visit"}},
              {WB_INPUT_CONSENT, {"patient", "contact"}},
              {WB_INPUT_NUMBER_CHECKED, {"contact"}},
              {WB_INPUT_CONTACT_CHANGED, {"patient", "contact", "other_contact"}},
              {WB_INPUT_MERGED, {"patient", "other"}},
              {WB_INPUT_MOVED, {"patient", "location"}}};
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    for (size_t j = 0; rows[i].needs[j] != NULL; j++) {
      wb_input input = whole(rows[i].kind);
      lose(&input, rows[i].needs[j]);
      refused_at(&c, &input, rows[i].needs[j]);
    }
  }
  clinic_close(&c);
}

/* Of two members that each say who is meant one is enough, and none is too little. */
static void somebody_must_be_meant(void **state) {
  static const struct {
    int32_t kind;
    const char *either;
  } rows[] = {{WB_INPUT_REPLY, "contact"},
              {WB_INPUT_OPTED_OUT, "contact"},
              {WB_INPUT_OPTED_IN, "contact"},
              {WB_INPUT_CLICK, "action"},
              {WB_INPUT_BOOKED, "action"}};
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    wb_input input = whole(rows[i].kind);
    lose(&input, "patient");
    lose(&input, rows[i].either);
    refused_at(&c, &input, "patient");
    input = whole(rows[i].kind);
    lose(&input, rows[i].either);
    assert_int_equal(clinic_send(&c, &input), WB_OK);
  }
  clinic_close(&c);
}

static void there_are_no_other_kinds(void **state) {
  static const int32_t kinds[] = {-1, 0, KINDS, KINDS + 1, INT32_MIN, INT32_MAX};
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    wb_input input = whole(kinds[i]);
    wb_error error = {0};
    assert_int_equal(wb_practice_receive(c.practice, &input, c.now, &error), WB_E_INVALID);
    assert_string_equal(error.message, "The event is of no kind.");
  }
  clinic_close(&c);
}

static void what_is_not_known_is_told(void **state) {
  static const char person[] = "No campaign ever had a patient of this key: patients are known "
                               "from their first one on.";
  static const struct {
    wb_input input;
    const char *words;
  } rows[] = {
      {{.kind = WB_INPUT_REPLY, .contact = contact, .text = "hi", .text_length = 2},
       "No message ever went to this number or address, so nobody knows whose it is: read the "
       "reply yourself."},
      {{.kind = WB_INPUT_REPLY,
        .patient = "p9",
        .patient_length = 2,
        .text = "hi",
        .text_length = 2},
       person},
      {{.kind = WB_INPUT_TASK_DONE, .action = action}, "No task has this id."},
      {{.kind = WB_INPUT_CLICK, .action = action}, "No action has this id."},
      {{.kind = WB_INPUT_LAUNCH,
        .campaign = "two",
        .campaign_length = 3,
        .approver = "Dr. Example",
        .approver_length = 11},
       "No campaign of this name was ever added."},
      {{.kind = WB_INPUT_KEPT, .patient = "p9", .patient_length = 2}, person},
      {{.kind = WB_INPUT_CLICK, .patient = "p9", .patient_length = 2}, person},
      {{.kind = WB_INPUT_SLOT_CLOSED, .visit = "v9", .visit_length = 2},
       "Nothing of that name was ever heard of."}};
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    wb_input input = rows[i].input;
    wb_error error = {.status = WB_E_NAME, .message = "of an older call"};
    input.size = sizeof input;
    const wb_status status = wb_practice_receive(c.practice, &input, c.now, &error);
    if (status != WB_E_NAME || strcmp(error.message, rows[i].words) != 0)
      fail_msg("%d: %s, %s", (int)i, wb_status_name(status), error.message);
  }
  clinic_close(&c);
}

static void what_cannot_be_is_told(void **state) {
  wb_error error = {0};
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_CONTENT), WB_OK);
  wb_input input = {.size = sizeof input, .kind = WB_INPUT_DELIVERED, .action = c.actions[0].id};
  assert_int_equal(wb_practice_receive(c.practice, &input, c.now, &error), WB_E_STATE);
  assert_string_equal(error.message, "It contradicts what is known of the message.");
  assert_int_equal(clinic_receive(&c, WB_INPUT_STOP, "one"), WB_OK);
  input = clinic_input(WB_INPUT_LAUNCH, "one");
  error = (wb_error){0};
  assert_int_equal(wb_practice_receive(c.practice, &input, c.now, &error), WB_E_STATE);
  assert_string_equal(error.message, "This campaign was stopped: resume it first.");
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_kind_says_what_it_lacks), cmocka_unit_test(somebody_must_be_meant),
      cmocka_unit_test(there_are_no_other_kinds),     cmocka_unit_test(what_is_not_known_is_told),
      cmocka_unit_test(what_cannot_be_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

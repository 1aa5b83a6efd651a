/* SPDX-License-Identifier: MIT */
/* What is refused changes nothing: the whole snapshot is as it was, or is so but for a note in the
   journal, which is all that the record holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

static const uint8_t nobody[16] = {0xee};

/* ---- calls ----------------------------------------------------------------------------------- */

static wb_status ack_unknown(clinic *c) {
  return clinic_ack(c, nobody, WB_SENT, 0);
}

static wb_status ack_unknown_unsent(clinic *c) {
  return clinic_ack(c, nobody, WB_NOT_SENT, WB_CAUSE_CONTENT);
}

static wb_status ack_contradicts(clinic *c) {
  return clinic_ack(c, c->actions[0].id, WB_NOT_SENT, WB_CAUSE_CONTENT);
}

static wb_status ack_of_no_kind(clinic *c) {
  return clinic_ack(c, c->actions[0].id, 99, 0);
}

static wb_status receipt_unknown(clinic *c) {
  wb_input input = {.size = sizeof input, .kind = WB_INPUT_DELIVERED, .action = nobody};
  return clinic_send(c, &input);
}

static wb_status click_of_nobody(clinic *c) {
  return clinic_receive(c, WB_INPUT_CLICK, "p9");
}

static wb_status booked_of_nobody(clinic *c) {
  return clinic_receive(c, WB_INPUT_BOOKED, "p9");
}

static wb_status kept_of_nobody(clinic *c) {
  return clinic_receive(c, WB_INPUT_KEPT, "p9");
}

static wb_status broken_of_nobody(clinic *c) {
  return clinic_receive(c, WB_INPUT_BROKEN, "p9");
}

static wb_status reply_of_nobody(clinic *c) {
  return clinic_reply(c, "p9", "who is this?");
}

static wb_status reply_of_a_number(clinic *c) {
  wb_input input = {.size = sizeof input, .kind = WB_INPUT_REPLY, .contact = nobody};
  input.text = "hello";
  input.text_length = 5;
  return clinic_send(c, &input);
}

static wb_status task_unknown(clinic *c) {
  wb_input input = {.size = sizeof input, .kind = WB_INPUT_TASK_DONE, .action = nobody};
  input.outcome = WB_TASK_BOOKED;
  return clinic_send(c, &input);
}

static wb_status launch_unknown(clinic *c) {
  return clinic_receive(c, WB_INPUT_LAUNCH, "two");
}

static wb_status pause_unknown(clinic *c) {
  return clinic_receive(c, WB_INPUT_PAUSE, "two");
}

static wb_status withdraw_unknown(clinic *c) {
  wb_input input = clinic_input(WB_INPUT_WITHDRAW, "one");
  input.name = "no such text";
  input.name_length = 12;
  return clinic_send(c, &input);
}

static wb_status setting_unknown(clinic *c) {
  wb_input input = clinic_input(WB_INPUT_SETTING, NULL);
  input.name = "x";
  input.name_length = 1;
  return clinic_send(c, &input);
}

static wb_status kind_unknown(clinic *c) {
  return clinic_receive(c, 99, "p1");
}

static const char long_key[] = "0123456789012345678901234567890123456789012345678901234567890123+";

static wb_status patient_too_long(clinic *c) {
  return clinic_receive(c, WB_INPUT_CLICK, long_key);
}

/* An event with a key of 65 bytes at one of its places. */
static wb_status send_too_long(clinic *c, wb_input *input, const char **key, uint32_t *length) {
  *key = long_key;
  *length = sizeof long_key - 1;
  return clinic_send(c, input);
}

static wb_status location_too_long(clinic *c) {
  wb_input input = clinic_input(WB_INPUT_PAUSE, NULL);
  return send_too_long(c, &input, &input.location, &input.location_length);
}

static wb_status visit_too_long(clinic *c) {
  wb_input input = clinic_input(WB_INPUT_BOOKED, "p1");
  return send_too_long(c, &input, &input.visit, &input.visit_length);
}

static wb_status merged_into_too_long(clinic *c) {
  wb_input input = clinic_input(WB_INPUT_MERGED, "p1");
  return send_too_long(c, &input, &input.other, &input.other_length);
}

static wb_status approver_too_long(clinic *c) {
  wb_input input = clinic_input(WB_INPUT_PAUSE, "one");
  return send_too_long(c, &input, &input.approver, &input.approver_length);
}

/* The longest key that there may be: of nobody. */
static wb_status patient_of_the_longest_key(clinic *c) {
  wb_input input = clinic_input(WB_INPUT_CLICK, long_key);
  input.patient_length = WB_KEY_MAX;
  return clinic_send(c, &input);
}

static wb_status enroll_too_long(clinic *c) {
  wb_counts counts = {.size = sizeof counts};
  return wb_practice_enroll(c->practice, long_key, sizeof long_key - 1, c->it.facts, c->now,
                            &counts, NULL);
}

static wb_status visit_worth_too_much(clinic *c) {
  wb_input input = clinic_input(WB_INPUT_KEPT, "p1");
  input.value = INT64_MAX;
  return clinic_send(c, &input);
}

static wb_status contacted_in_the_future(clinic *c) {
  wb_input input = clinic_input(WB_INPUT_CONTACTED, "p1");
  input.at = c->now + 1;
  return clinic_send(c, &input);
}

/* A click at some other time. */
static wb_status click_at(clinic *c, wb_time now) {
  wb_input input = clinic_input(WB_INPUT_CLICK, "p1");
  return wb_practice_receive(c->practice, &input, now, NULL);
}

static wb_status jump(clinic *c) {
  return click_at(c, c->now + 31 * CLINIC_DAY + 1);
}

static wb_status no_instant(clinic *c) {
  return click_at(c, INT64_MAX);
}

static wb_status poll_after_a_jump(clinic *c) {
  return wb_practice_poll(c->practice, c->it.facts, c->now + 31 * CLINIC_DAY + 1, c->actions + 1,
                          CLINIC_ACTIONS - 1, &c->count, NULL);
}

static wb_status enroll_after_a_jump(clinic *c) {
  wb_counts counts = {.size = sizeof counts};
  return wb_practice_enroll(c->practice, NULL, 0, c->it.facts, c->now + 31 * CLINIC_DAY + 1,
                            &counts, NULL);
}

static wb_status ack_after_a_jump(clinic *c) {
  const wb_outcome outcome = {.size = sizeof outcome, .kind = WB_SENT};
  return wb_practice_ack(c->practice, c->actions[0].id, &outcome, c->now + 31 * CLINIC_DAY + 1,
                         NULL);
}

static wb_status look_at_nothing(clinic *c) {
  wb_look look = {.size = sizeof look};
  return wb_practice_test(c->practice, nobody, c->it.facts, c->now, &look, NULL);
}

static wb_status look_at_what_is_sent(clinic *c) {
  wb_look look = {.size = sizeof look};
  return wb_practice_test(c->practice, c->actions[0].id, c->it.facts, c->now, &look, NULL);
}

static wb_status migrate_unknown(clinic *c) {
  const wb_migrate_options options = {.size = sizeof options};
  uint32_t count = 0;
  return wb_practice_migrate(c->practice, "two", 3, &options, c->now, NULL, 0, &count, NULL);
}

static wb_status waiting_of_an_unknown_campaign(clinic *c) {
  uint32_t count = 0;
  return wb_practice_waiting(c->practice, "two", 3, c->it.facts, c->now, NULL, 0, &count, NULL);
}

static wb_status rekey_loses(clinic *c) {
  static const uint8_t secret[16] = {5};
  return wb_practice_rekey(c->practice, secret, NULL, 0, 0, c->now, NULL);
}

/* Every call that is refused, with what it answers and what is noted; NULL: nothing is. */
static const struct {
  const char *what;
  wb_status (*call)(clinic *c);
  wb_status status;
  const char *note;
} calls[] = {
    {"outcome of an unknown action", ack_unknown, WB_E_NAME, "unknown_action"},
    {"outcome of an unknown action that left nothing", ack_unknown_unsent, WB_E_NAME, NULL},
    {"outcome that contradicts", ack_contradicts, WB_E_STATE, "contradiction"},
    {"outcome of no kind", ack_of_no_kind, WB_E_INVALID, NULL},
    {"receipt of an unknown action", receipt_unknown, WB_E_NAME, "unknown_action"},
    {"click of nobody", click_of_nobody, WB_E_NAME, NULL},
    {"booking of nobody", booked_of_nobody, WB_E_NAME, NULL},
    {"visit of nobody", kept_of_nobody, WB_E_NAME, NULL},
    {"broken visit of nobody", broken_of_nobody, WB_E_NAME, NULL},
    {"reply of nobody", reply_of_nobody, WB_E_NAME, "unknown_person"},
    {"reply of an unknown number", reply_of_a_number, WB_E_NAME, "unknown_person"},
    {"unknown task", task_unknown, WB_E_NAME, NULL},
    {"launch of an unknown campaign", launch_unknown, WB_E_NAME, NULL},
    {"pause of an unknown campaign", pause_unknown, WB_E_NAME, NULL},
    {"unknown text", withdraw_unknown, WB_E_NAME, NULL},
    {"unknown setting", setting_unknown, WB_E_NAME, NULL},
    {"event of no kind", kind_unknown, WB_E_INVALID, NULL},
    {"patient over the limit", patient_too_long, WB_E_INVALID, NULL},
    {"location over the limit", location_too_long, WB_E_INVALID, NULL},
    {"visit over the limit", visit_too_long, WB_E_INVALID, NULL},
    {"other patient over the limit", merged_into_too_long, WB_E_INVALID, NULL},
    {"patient at the limit, nobody", patient_of_the_longest_key, WB_E_NAME, NULL},
    {"approver over the limit", approver_too_long, WB_E_INVALID, NULL},
    {"campaign over the limit", enroll_too_long, WB_E_NAME, NULL},
    {"visit worth too much", visit_worth_too_much, WB_E_INVALID, NULL},
    {"contact in the future", contacted_in_the_future, WB_E_INVALID, NULL},
    {"event after a jump", jump, WB_E_RANGE, NULL},
    {"event at no instant", no_instant, WB_E_RANGE, NULL},
    {"poll after a jump", poll_after_a_jump, WB_E_RANGE, NULL},
    {"enrol after a jump", enroll_after_a_jump, WB_E_RANGE, NULL},
    {"outcome after a jump", ack_after_a_jump, WB_E_RANGE, NULL},
    {"last look at nothing", look_at_nothing, WB_E_NAME, NULL},
    {"last look at what is sent", look_at_what_is_sent, WB_E_STATE, NULL},
    {"migration of an unknown campaign", migrate_unknown, WB_E_NAME, NULL},
    {"waiting of an unknown campaign", waiting_of_an_unknown_campaign, WB_E_NAME, NULL},
    {"secret that loses an opt-out", rekey_loses, WB_E_STATE, NULL},
};
enum { CALLS = sizeof calls / sizeof *calls };

/* ---- what they change ------------------------------------------------------------------------ */

/* A day of a practice: Ana was sent a text, Ben opted out of his. */
static void begin(clinic *c) {
  clinic_begin(c, CLINIC_ANA CLINIC_BEN, NULL);
  assert_int_equal(clinic_poll(c), 2);
  if (strcmp(c->actions[0].patient, "p1") != 0) {
    const wb_action ben = c->actions[0];
    c->actions[0] = c->actions[1];
    c->actions[1] = ben;
  }
  clinic_sent(c);
  assert_int_equal(clinic_reply(c, "p2", "STOP"), WB_OK);
}

static uint64_t number(const uint8_t *bytes, size_t count) {
  uint64_t value = 0;
  for (size_t i = count; i > 0; i--)
    value = value << 8 | bytes[i - 1];
  return value;
}

/* Where a snapshot has the definitions: behind the first section, which every record changes
   (number and time of the last one, digests since). docs/journal-and-snapshot.md. */
static size_t definitions(const uint8_t *snapshot) {
  return 16 + 4 + 8 + (size_t)number(snapshot + 16 + 4, 8);
}

/* Nothing of two snapshots differs but what every record changes. */
static void assert_alike(const uint8_t *before, size_t length, const uint8_t *after, size_t more) {
  const size_t from = definitions(before), since = definitions(after);
  assert_int_equal(length - from, more - since);
  assert_memory_equal(before + from, after + since, length - from - 4);
}

/* The journal grew by one record, which holds a note and nothing else. */
static void assert_noted(const clinic *c, size_t from, const char *note) {
  char text[1024], wanted[128];
  wb_record record = {.size = sizeof record};
  uint64_t offset = from;
  size_t needed = 0;
  assert_int_equal(wb_journal_next(c->journal.bytes, c->journal.length, &offset, &record), WB_OK);
  assert_int_equal(offset, c->journal.length);
  const bool person = strcmp(note, "unknown_person") == 0;
  assert_int_equal(record.effects, person ? 1 : 2); /* of an action, that it is noted */
  assert_int_equal(
      wb_journal_format(c->journal.bytes, c->journal.length, from, text, sizeof text, &needed),
      WB_OK);
  snprintf(wanted, sizeof wanted, "\"effects\":[{\"effect\":\"note\",\"note\":\"%s\",", note);
  if (strstr(text, wanted) == NULL) fail_msg("%s", text);
  const bool known = strcmp(note, "contradiction") == 0; /* of nobody else is anything kept */
  if ((strstr(text, "\"patient\":\"p1\"") != NULL) != known) fail_msg("%s", text);
}

/* One call; then the practice goes on as if it had not been. */
static void refuse(size_t which) {
  clinic c;
  begin(&c);
  size_t length = 0, more = 0;
  const size_t from = c.journal.length;
  uint8_t *before = clinic_save(c.practice, &length);
  const wb_status status = calls[which].call(&c);
  uint8_t *after = clinic_save(c.practice, &more);
  if (status != calls[which].status) fail_msg("%s: %s", calls[which].what, wb_status_name(status));
  if (calls[which].note == NULL) {
    if (c.journal.length != from) fail_msg("%s: the journal grew", calls[which].what);
    assert_int_equal(more, length);
    assert_memory_equal(before, after, length);
  } else {
    assert_noted(&c, from, calls[which].note);
    if (!strcmp(calls[which].note, "unknown_person")) assert_alike(before, length, after, more);
  }
  free(before);
  free(after);
  wb_practice_free(clinic_replayed(&c));
  assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK);
  clinic_close(&c);
}

static void what_is_refused_changes_nothing(void **state) {
  (void)state;
  for (size_t i = 0; i < CALLS; i++)
    refuse(i);
}

/* A host that repeats a contradiction, or what it says of an action that there is not, as a
   provider's receipts do, tells nobody anything new. */
static void what_is_said_of_an_action_is_noted_once_for_a_repeat_says_nothing(void **state) {
  wb_status (*const says[])(clinic *) = {ack_contradicts, ack_unknown, receipt_unknown};
  (void)state;
  for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
    clinic c;
    begin(&c);
    const wb_status refusal = says[i](&c);
    const uint64_t noted = wb_practice_sequence(c.practice);
    for (int way = 0; way < CLINIC_WAYS; way++) {
      clinic_renew(&c, way);
      size_t length = 0, more = 0;
      uint8_t *before = clinic_save(c.practice, &length);
      assert_int_equal(says[i](&c), refusal);
      uint8_t *after = clinic_save(c.practice, &more);
      assert_int_equal(wb_practice_sequence(c.practice), noted);
      assert_int_equal(more, length);
      assert_memory_equal(before, after, length);
      free(before);
      free(after);
    }
    clinic_close(&c);
  }
}

/* An outcome of what was taken back: it is known, or contradicts, but brings nothing back. */
static void an_outcome_of_what_was_withdrawn_brings_nothing_back(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(clinic_reply(&c, "p1", "STOP"), WB_OK);
  const wb_enrollment before = clinic_find(&c, "p1", "one");
  assert_int_equal(before.state, WB_STATE_ENDED);
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_INTERRUPTED), WB_OK);
  assert_int_equal(clinic_find(&c, "p1", "one").state, WB_STATE_ENDED);
  c.now += 2 * CLINIC_HOUR;
  clinic_rows(&c, CLINIC_ANA, "");
  clinic_poll(&c);
  for (uint32_t i = 0; i < c.count; i++)
    assert_string_not_equal(c.actions[i].campaign, "one");
  clinic_close(&c);
}

/* Sent all the same: the practice is told that it does not agree, and the journal keeps it. */
static void what_was_withdrawn_and_went_all_the_same_is_noted(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(clinic_reply(&c, "p1", "STOP"), WB_OK);
  wb_look look = {.size = sizeof look};
  assert_int_equal(wb_practice_test(c.practice, c.actions[0].id, c.it.facts, c.now, &look, NULL),
                   WB_OK);
  assert_int_equal(look.answer, WB_LOOK_WITHDRAWN);
  const wb_enrollment before = clinic_find(&c, "p1", "one");
  const size_t from = c.journal.length;
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_SENT, 0), WB_E_STATE);
  assert_noted(&c, from, "contradiction");
  assert_int_equal(clinic_action(&c, c.actions[0].id).state, WB_ACTION_WITHDRAWN);
  const wb_enrollment after = clinic_find(&c, "p1", "one");
  assert_int_equal(after.state, before.state);
  assert_int_equal(after.touches, before.touches);
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_CONTENT), WB_OK);
  clinic_close(&c);
}

/* An event of an earlier time is taken, and the practice's clock does not go back. */
static void times_out_of_order_do_not_turn_the_clock_back(void **state) {
  (void)state;
  clinic c;
  begin(&c);
  uint64_t offset = c.journal.length;
  wb_record record = {.size = sizeof record};
  assert_int_equal(click_at(&c, c.now - CLINIC_DAY), WB_OK);
  assert_int_equal(wb_journal_next(c.journal.bytes, c.journal.length, &offset, &record), WB_OK);
  assert_int_equal(record.at, c.now - CLINIC_DAY); /* as the host said */
  wb_practice_free(clinic_replayed(&c));
  assert_int_equal(jump(&c), WB_E_RANGE); /* and the 31 days are still counted from the last */
  assert_int_equal(click_at(&c, c.now + 31 * CLINIC_DAY), WB_OK);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_refused_changes_nothing),
      cmocka_unit_test(what_is_said_of_an_action_is_noted_once_for_a_repeat_says_nothing),
      cmocka_unit_test(an_outcome_of_what_was_withdrawn_brings_nothing_back),
      cmocka_unit_test(what_was_withdrawn_and_went_all_the_same_is_noted),
      cmocka_unit_test(times_out_of_order_do_not_turn_the_clock_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

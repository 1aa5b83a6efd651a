/* SPDX-License-Identifier: MIT */
/* Stopping a campaign for good: who leaves, what goes on to its end, what starts it again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

#define CARL "p3|active|Carl|1982-04-01|1|+12125550103|yes|carl@example.com|yes\n"
#define BOTH CLINIC_ANA CLINIC_BEN

/* Ana and Ben inside "one"; no two messages are too many. */
static void begin(clinic *c) {
  static const wb_practice_options caps = {
      .flags = WB_PRACTICE_ALLOW_JUMP, .per_day = 8, .per_week = 8, .per_month = 8};
  clinic_begin(c, BOTH, &caps);
}

static wb_status stop(clinic *c, const char *name) {
  return clinic_receive(c, WB_INPUT_STOP, name);
}

/* Another version of "one", launched. */
static void launch_next(clinic *c) {
  char json[] = CLINIC_TEXTS("one");
  memcpy(strstr(json, "Texts"), "Words", 5);
  clinic_launch(c, "one", json);
}

static const char *out_of(clinic *c, const char *patient, const char *campaign) {
  static char reason[80];
  strcpy(reason, clinic_find(c, patient, campaign).reason);
  return reason;
}

static void everybody_inside_leaves_whatever_definition_they_are_in(void **state) {
  (void)state;
  clinic c;
  begin(&c);
  launch_next(&c);
  clinic_launch(&c, "two", CLINIC_TEXTS("two"));
  clinic_rows(&c, BOTH CARL, "");
  assert_int_equal(clinic_enroll(&c).enrolled, 4); /* Carl into both, the others into "two" */
  assert_int_equal(stop(&c, "one"), WB_OK);
  static const char *const patients[] = {"p1", "p2", "p3"};
  for (size_t i = 0; i < 3; ++i) {
    assert_string_equal(out_of(&c, patients[i], "one"), "stopped");
    assert_string_equal(out_of(&c, patients[i], "two"), "");
  }
  assert_int_equal(clinic_poll(&c), 3);
  for (uint32_t i = 0; i < c.count; ++i)
    assert_string_equal(c.actions[i].campaign, "two");
  clinic_close(&c);
}

static void what_is_handed_out_goes_on_to_its_end(void **state) {
  (void)state;
  clinic c;
  uint8_t sent[16], lost[16];
  begin(&c);
  assert_int_equal(clinic_poll(&c), 2);
  memcpy(sent, c.actions[0].id, 16);
  memcpy(lost, c.actions[1].id, 16);
  assert_int_equal(stop(&c, "one"), WB_OK);
  assert_int_equal(clinic_action(&c, sent).state, WB_ACTION_CLAIMED);
  assert_int_equal(clinic_ack(&c, sent, WB_SENT, 0), WB_OK);
  assert_int_equal(clinic_action(&c, sent).state, WB_ACTION_SENT);
  c.now = clinic_action(&c, lost).deliver_by + 300; /* to the second */
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_action(&c, lost).state, WB_ACTION_CLAIMED);
  ++c.now;
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_action(&c, lost).state, WB_ACTION_UNKNOWN);
  wb_input receipt = {.size = sizeof receipt, .kind = WB_INPUT_DELIVERED, .action = lost};
  assert_int_equal(clinic_send(&c, &receipt), WB_OK);
  assert_int_equal(clinic_action(&c, lost).state, WB_ACTION_DELIVERED);
  assert_int_equal(clinic_find(&c, "p2", "one").touches, 1);
  clinic_close(&c);
}

static void a_last_look_takes_it_back(void **state) {
  (void)state;
  clinic c;
  wb_look found = {.size = sizeof found};
  begin(&c);
  assert_int_equal(clinic_poll(&c), 2);
  uint8_t id[16];
  memcpy(id, c.actions[0].id, 16);
  assert_int_equal(stop(&c, "one"), WB_OK);
  assert_int_equal(wb_practice_test(c.practice, id, c.it.facts, c.now, &found, NULL), WB_OK);
  assert_int_equal(found.answer, WB_LOOK_WITHDRAWN);
  assert_string_equal(found.reason, "stopped");
  clinic_close(&c);
}

static void what_was_to_be_tried_again_is_not(void **state) {
  (void)state;
  clinic c;
  begin(&c);
  assert_int_equal(clinic_poll(&c), 2);
  uint8_t id[16];
  memcpy(id, c.actions[0].id, 16);
  clinic_ack(&c, c.actions[1].id, WB_SENT, 0);
  assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
  assert_int_equal(clinic_action(&c, id).state, WB_ACTION_READY);
  assert_int_equal(stop(&c, "one"), WB_OK);
  assert_int_equal(clinic_action(&c, id).state, WB_ACTION_WITHDRAWN);
  assert_int_equal(clinic_wake(&c), WB_TIME_NONE);
  c.now += CLINIC_HOUR;
  clinic_rows(&c, BOTH, "");
  assert_int_equal(clinic_poll(&c), 0);
  clinic_close(&c);
}

static void its_calls_are_closed_and_what_was_written_is_not(void **state) {
  (void)state;
  clinic c;
  begin(&c);
  clinic_launch(&c, "two", CLINIC_TEXTS("two"));
  assert_int_equal(clinic_poll(&c), 2);
  clinic_sent(&c);
  assert_int_equal(clinic_reply(&c, "p1", "how much is it?"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p2", "the blue bus goes to town"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 1);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 1);
  assert_int_equal(stop(&c, "two"), WB_OK); /* another one */
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 1);
  assert_int_equal(stop(&c, "one"), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 1);
  clinic_close(&c);
}

static void nobody_enters_until_it_is_launched_again(void **state) {
  (void)state;
  clinic c;
  wb_counts counts = {.size = sizeof counts};
  begin(&c);
  assert_int_equal(stop(&c, "one"), WB_OK);
  c.now += 11 * CLINIC_DAY; /* they have rested */
  clinic_rows(&c, BOTH CARL, "");
  assert_int_equal(wb_practice_enroll(c.practice, "one", 3, c.it.facts, c.now, &counts, NULL),
                   WB_E_NAME);
  assert_int_equal(clinic_receive(&c, WB_INPUT_LAUNCH, "one"), WB_E_STATE);
  char json[] = CLINIC_TEXTS("one");
  memcpy(strstr(json, "Texts"), "Words", 5);
  assert_int_equal(clinic_add(&c, json), WB_OK); /* nor by another version */
  assert_int_equal(clinic_receive(&c, WB_INPUT_LAUNCH, "one"), WB_E_STATE);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, "one"), WB_OK);
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, "one"), WB_E_STATE);
  assert_int_equal(clinic_receive(&c, WB_INPUT_LAUNCH, "one"), WB_OK);
  assert_int_equal(clinic_enroll(&c).enrolled, 3);
  assert_int_equal(clinic_find(&c, "p1", "one").entry, 2);
  clinic_close(&c);
}

static void a_stop_and_a_pause_are_two_things(void **state) {
  (void)state;
  clinic c;
  begin(&c);
  assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, "one"), WB_OK);
  assert_int_equal(stop(&c, "one"), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, "one"), WB_OK); /* first the stop */
  assert_int_equal(clinic_receive(&c, WB_INPUT_LAUNCH, "one"), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, "one"), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, "one"), WB_E_STATE);
  clinic_close(&c);
}

static void a_stop_is_of_one_campaign_and_once(void **state) {
  (void)state;
  clinic c;
  begin(&c);
  assert_int_equal(stop(&c, NULL), WB_E_INVALID);
  assert_int_equal(stop(&c, "three"), WB_E_NAME);
  assert_int_equal(stop(&c, "one"), WB_OK);
  const uint64_t sequence = wb_practice_sequence(c.practice);
  assert_int_equal(stop(&c, "one"), WB_OK);
  assert_int_equal(wb_practice_sequence(c.practice), sequence);
  clinic_close(&c);
}

static void a_stop_is_journaled_with_who_and_survives(void **state) {
  (void)state;
  clinic c;
  size_t needed = 0;
  char text[2048];
  uint64_t offset = 0;
  wb_record record = {.size = sizeof record};
  begin(&c);
  wb_input input = clinic_input(WB_INPUT_STOP, "one");
  input.approver = "dr-lee";
  input.approver_length = 6;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  while (wb_journal_next(c.journal.bytes, c.journal.length, &offset, &record) == WB_OK)
    continue;
  assert_int_equal(wb_journal_format(c.journal.bytes, c.journal.length, record.offset, text,
                                     sizeof text, &needed),
                   WB_OK);
  assert_non_null(strstr(text, "{\"effect\":\"stop\",\"definition\":0,\"stopped\":1,"
                               "\"approver\":\"dr-lee\"},{\"effect\":\"end\","));
  clinic_renew(&c, CLINIC_LOADED);
  input.kind = WB_INPUT_LAUNCH;
  assert_int_equal(clinic_send(&c, &input), WB_E_STATE);
  clinic_close(&c);
}

/* The definition of that place in the list; flags 0 and no name: there is none. */
static wb_campaign_status standing(clinic *c, uint64_t place) {
  wb_campaign_status status = {.size = sizeof status};
  const uint64_t next = place + 1;
  const wb_status found = wb_practice_campaigns(c->practice, &place, &status);
  assert_true(found == WB_OK ? place == next : found == WB_E_NAME);
  return status;
}

static void a_practice_says_where_each_campaign_stands(void **state) {
  (void)state;
  enum { ON = WB_CAMPAIGN_NEWEST | WB_CAMPAIGN_LAUNCHED };
  clinic c;
  clinic_open(&c, BOTH, NULL);
  assert_null(standing(&c, 0).name);
  clinic_launch(&c, "one", CLINIC_TEXTS("one"));
  clinic_enroll(&c);
  wb_campaign_status one = standing(&c, 0);
  assert_string_equal(one.name, "one");
  assert_int_equal(one.flags, ON);
  assert_int_equal(one.inside, 2);
  assert_memory_equal(one.canonical, "{\"audience\"", 11);
  assert_int_equal(one.canonical[one.canonical_length - 1], '}');
  launch_next(&c);
  assert_int_equal(standing(&c, 0).flags, 0);
  assert_int_equal(standing(&c, 0).inside, 2); /* they stay with what they entered by */
  assert_int_equal(standing(&c, 1).flags, ON);
  assert_int_equal(standing(&c, 1).inside, 0);
  assert_memory_not_equal(standing(&c, 0).content_id, standing(&c, 1).content_id, 32);
  assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, "one"), WB_OK);
  assert_int_equal(standing(&c, 1).flags, ON | WB_CAMPAIGN_PAUSED);
  assert_int_equal(stop(&c, "one"), WB_OK);
  assert_true(standing(&c, 1).flags & WB_CAMPAIGN_STOPPED);
  assert_int_equal(standing(&c, 0).inside, 0);
  assert_null(standing(&c, 2).name);
  clinic_close(&c);
}

static void a_campaign_that_nobody_was_in_is_stopped_too(void **state) {
  (void)state;
  clinic c;
  uint64_t cursor = 0;
  wb_campaign_status status = {.size = sizeof status};
  clinic_open(&c, BOTH, NULL);
  clinic_launch(&c, "one", CLINIC_TEXTS("one"));
  assert_int_equal(stop(&c, "one"), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  assert_true(standing(&c, 0).flags & WB_CAMPAIGN_STOPPED);
  assert_int_equal(wb_practice_campaigns(c.practice, NULL, &status), WB_E_INVALID);
  assert_int_equal(wb_practice_campaigns(c.practice, &cursor, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_campaigns(NULL, &cursor, &status), WB_E_INVALID);
  status.size = 8;
  assert_int_equal(wb_practice_campaigns(c.practice, &cursor, &status), WB_E_INVALID);
  assert_int_equal(cursor, 0);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(everybody_inside_leaves_whatever_definition_they_are_in),
      cmocka_unit_test(what_is_handed_out_goes_on_to_its_end),
      cmocka_unit_test(a_last_look_takes_it_back),
      cmocka_unit_test(what_was_to_be_tried_again_is_not),
      cmocka_unit_test(its_calls_are_closed_and_what_was_written_is_not),
      cmocka_unit_test(nobody_enters_until_it_is_launched_again),
      cmocka_unit_test(a_stop_and_a_pause_are_two_things),
      cmocka_unit_test(a_stop_is_of_one_campaign_and_once),
      cmocka_unit_test(a_stop_is_journaled_with_who_and_survives),
      cmocka_unit_test(a_practice_says_where_each_campaign_stands),
      cmocka_unit_test(a_campaign_that_nobody_was_in_is_stopped_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

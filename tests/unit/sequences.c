/* SPDX-License-Identifier: MIT */
/* What commit makes of sequences: where somebody enters, waits, is held, is written to, goes over.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "machine/event_private.h"
#include "support/entered.h"

static wbi_effect about_of(wbi_effect_kind kind, const char *patient) {
  return (wbi_effect){.kind = kind, .patient = wbi_text_of(patient)};
}

static wbi_effect entry_about(const char *subject) {
  wbi_effect entry = entry_of("p1");
  entry.subject = wbi_text_of(subject);
  return entry;
}

static wbi_effect hold_of(uint8_t why) {
  wbi_effect hold = about_of(WBI_EFFECT_HOLD, "p1");
  hold.code = why;
  return hold;
}

static wbi_effect step_of(uint8_t step, wb_time wake) {
  wbi_effect effect = about_of(WBI_EFFECT_STEP, "p1");
  effect.step = step;
  effect.wake = wake;
  return effect;
}

static void machine_second(machine *m) {
  machine_apply(
      m, 5,
      (wbi_effect){.kind = WBI_EFFECT_CAMPAIGN, .name = WBI_TEXT("one"), .bytes = WBI_TEXT("[]")});
}

static void assert_chain(const machine *m, const uint32_t *numbers, size_t count) {
  uint32_t at = wbi_state_patient(&m->state, 0)->enrollments;
  for (size_t i = 0; i < count; i++, at = wbi_state_enrollment(&m->state, at)->next)
    assert_int_equal(at, numbers[i]);
  assert_int_equal(at, WBI_NONE);
}

/* ---- entries ----------------------------------------------------------------------------------
 */

static void whoever_enters_again_has_their_place_among_their_own(void **unused) {
  static const char *const subjects[] = {"b", "a", "c"};
  static const uint32_t order[] = {1, 0, 2};
  (void)unused;
  machine m;
  machine_open(&m);
  for (size_t i = 0; i < WBI_COUNT(subjects); i++)
    machine_apply(&m, 10, entry_about(subjects[i]));
  assert_chain(&m, order, WBI_COUNT(order));
  for (size_t i = 0; i < WBI_COUNT(subjects); i++) {
    wbi_effect end = about_of(WBI_EFFECT_END, "p1"), entry = entry_about(subjects[i]);
    end.subject = entry.subject;
    entry.number = 2;
    machine_apply(&m, 20, end);
    machine_apply(&m, 30, entry);
    assert_int_equal(wbi_state_enrollment(&m.state, (uint32_t)i)->entry, 2);
    assert_chain(&m, order, WBI_COUNT(order));
  }
  assert_int_equal(m.state.enrollment.count, 3);
  machine_close(&m);
}

/* By definition, then by subject: they come before others of theirs, and after them. */
static void whoever_goes_over_has_their_place_among_their_own(void **unused) {
  static const struct {
    uint32_t number, to, order[2];
  } rows[] = {{1, 1, {1, 0}}, {0, 0, {0, 1}}, {1, 0, {1, 0}}, {1, 1, {0, 1}}};
  (void)unused;
  machine m;
  machine_open(&m);
  machine_second(&m);
  wbi_effect entry = entry_about("x");
  entry.definition = 1;
  machine_apply(&m, 10, entry);
  machine_apply(&m, 10, entry_of("p1"));
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    wbi_effect over = about_of(WBI_EFFECT_MIGRATE, "p1");
    over.definition = wbi_state_enrollment(&m.state, rows[i].number)->definition;
    if (rows[i].number == 0) over.subject = WBI_TEXT("x");
    over.number = rows[i].to;
    machine_apply(&m, 20, over);
    assert_chain(&m, rows[i].order, 2);
  }
  machine_close(&m);
}

/* Only whoever waits, and by the number of then, is let in from a wait inside. */
static void whoever_did_not_wait_is_counted_as_entering(void **unused) {
  static const struct {
    bool over;
    uint32_t number;
    uint64_t entered;
  } rows[] = {{false, 1, 1}, {false, 2, 2}, {true, 1, 2}, {true, 2, 2}};
  (void)unused;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    machine m;
    machine_open(&m);
    machine_apply(&m, 10, entry_of("p1"));
    first_of(&m)->counted = 4;
    if (rows[i].over) machine_apply(&m, 20, about_of(WBI_EFFECT_END, "p1"));
    wbi_effect entry = entry_of("p1");
    entry.number = rows[i].number;
    machine_apply(&m, 30, entry);
    assert_int_equal(wbi_state_metric(&m.state, 0)->entered, rows[i].entered);
    assert_int_equal(first_of(&m)->counted, rows[i].entered > 1 ? 0 : 4);
    machine_close(&m);
  }
}

/* After a merge an id is of the key that somebody entered by; who enters anew does so by the key of
   now, and has no number of before. */
static void an_entry_after_a_merge_is_of_the_key_of_now(void **unused) {
  (void)unused;
  for (int waits = 0; waits < 2; waits++) {
    machine m;
    machine_open(&m);
    machine_apply(&m, 10, entry_of("p1"));
    machine_apply(&m, 10, entry_of("p2")); /* is one with the first from now on */
    machine_apply(&m, 15, (wbi_effect){.kind = WBI_EFFECT_END, .patient = WBI_TEXT("p2")});
    machine_apply(&m, 20,
                  (wbi_effect){.kind = WBI_EFFECT_MERGE,
                               .patient = WBI_TEXT("p1"),
                               .subject = WBI_TEXT("p2")});
    assert_int_equal(wbi_state_origin(&m.state, 0).key, 0);
    if (!waits) machine_apply(&m, 30, about_of(WBI_EFFECT_END, "p1"));
    wbi_effect entry = entry_of("p2");
    entry.number = waits ? 1 : 2;
    machine_apply(&m, 40, entry);
    assert_int_equal(wbi_state_origin(&m.state, 0).key, waits ? 0 : 1);
    assert_int_equal(wbi_state_origin(&m.state, 0).last, entry.number);
    machine_close(&m);
  }
}

/* Each day counts its own; who enters without a day is not counted, an earlier day no more. */
static void admissions_are_counted_by_the_latest_day(void **unused) {
  static const struct {
    wb_date day, latest;
    uint32_t admitted;
  } rows[] = {{WB_DATE_NONE, WB_DATE_NONE, 0},
              {7, 7, 1},
              {7, 7, 2},
              {8, 8, 1},
              {7, 8, 2},
              {WB_DATE_NONE, 8, 2}};
  (void)unused;
  machine m;
  machine_open(&m);
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    char key[8];
    snprintf(key, sizeof key, "p%zu", i);
    wbi_effect entry = entry_of(key);
    entry.day = rows[i].day;
    machine_apply(&m, 10, entry);
    assert_int_equal(wbi_state_location(&m.state, 0)->admission_day, rows[i].latest);
    assert_int_equal(wbi_state_location(&m.state, 0)->admitted, rows[i].admitted);
  }
  machine_close(&m);
}

/* ---- waits and holds --------------------------------------------------------------------------
 */

/* Held from now on, or since it was due; whose call is to come keeps its time. The next poll
   looks. */
static void a_hold_is_since_it_was_due_and_is_looked_at_next(void **unused) {
  static const struct {
    wb_time at;
    uint8_t response;
    wb_time since;
  } rows[] = {{50, 0, 50}, {99, 0, 99}, {101, 0, 100}, {50, 1, 100}, {101, 1, 100}};
  (void)unused;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    machine m;
    machine_open(&m);
    machine_apply(&m, 10, entry_of("p1"));
    first_of(&m)->response = rows[i].response;
    machine_apply(&m, rows[i].at, hold_of(WB_HOLD_CAP));
    assert_int_equal(first_of(&m)->state, WB_STATE_HELD);
    assert_int_equal(first_of(&m)->hold, WB_HOLD_CAP);
    assert_int_equal(first_of(&m)->wake, rows[i].since);
    assert_true(wbi_wake_at(&m.state, 0) == WB_TIME_MIN);
    machine_close(&m);
  }
}

static void nothing_holds_who_goes_on(void **unused) {
  (void)unused;
  for (int claimed = 0; claimed < 2; claimed++) {
    machine m;
    machine_open(&m);
    machine_apply(&m, 10, entry_of("p1"));
    machine_apply(&m, 20, hold_of(WB_HOLD_CAP));
    machine_apply(&m, 30, claimed ? claim_of("p1", 1) : step_of(2, 500));
    assert_int_equal(first_of(&m)->hold, WB_HOLD_NONE);
    assert_int_equal(first_of(&m)->state, claimed ? WB_STATE_CLAIMED : WB_STATE_WAITING);
    machine_close(&m);
  }
}

static void the_next_step_is_not_put_off_as_the_one_before_was(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  machine_apply(&m, 10, entry_of("p1"));
  machine_apply(&m, 200, step_of(0, 300));
  assert_int_equal(first_of(&m)->put_off, 1);
  machine_apply(&m, 300, step_of(1, 400));
  assert_int_equal(first_of(&m)->put_off, 0);
  assert_int_equal(wbi_enrollment_since(first_of(&m)), 300);
  assert_int_equal(wbi_enrollment_due(first_of(&m)), 400);
  machine_close(&m);
}

/* A step ends a response and begins its round. */
static void a_step_is_of_its_round_and_answers_nothing(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  machine_apply(&m, 10, entry_of("p1"));
  wbi_effect response = about_of(WBI_EFFECT_RESPONSE, "p1");
  response.code = 2;
  response.wake = 500;
  machine_apply(&m, 20, response);
  assert_int_equal(first_of(&m)->response, 2);
  wbi_effect step = step_of(1, 600);
  step.loop = 3;
  machine_apply(&m, 30, step);
  assert_int_equal(first_of(&m)->response, 0);
  assert_int_equal(first_of(&m)->loop, 3);
  machine_close(&m);
}

/* ---- messages ---------------------------------------------------------------------------------
 */

/* It counts as gone when it was sent, arrived, or nobody waits to learn what became of it: also
   when the sequence is over, for whatever reason. */
static void a_message_counts_once_it_went_or_nobody_waits_to_learn(void **unused) {
  static const struct {
    bool over;
    uint8_t code;
    wb_time retry_at;
    uint64_t messages;
  } rows[] = {{false, WB_ACTION_SENT, 900, 1},
              {false, WB_ACTION_DELIVERED, 900, 1},
              {false, WB_ACTION_UNKNOWN, WB_TIME_NONE, 1},
              {false, WB_ACTION_UNKNOWN, 900, 0}, /* waits for a receipt */
              {false, WB_ACTION_FAILED, 900, 0},
              {true, WB_ACTION_UNKNOWN, 900, 1}};
  (void)unused;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    machine m;
    machine_wrote(&m, 1);
    wbi_effect end = about_of(WBI_EFFECT_END, "p1");
    end.name = WBI_TEXT("booked"); /* its number is as high as that of the action */
    if (rows[i].over) machine_apply(&m, 30, end);
    assert_int_equal(first_of(&m)->detail, 1);
    wbi_effect outcome = outcome_of(1, rows[i].code);
    outcome.until = rows[i].retry_at;
    machine_apply(&m, 40, outcome);
    assert_int_equal(wbi_state_metric(&m.state, 0)->messages, rows[i].messages);
    machine_close(&m);
  }
}

/* What was to be tried again is not, once the sequence goes on, or the patient responds; what
   nobody waits to learn any more counts as if it had gone. */
static void a_message_is_left_when_the_sequence_goes_on_without_it(void **unused) {
  static const struct {
    uint8_t code, step, left;
    uint64_t messages;
  } rows[] = {
      {WB_ACTION_READY, 0, WB_ACTION_READY, 0}, /* the step is put off, and goes once more */
      {WB_ACTION_READY, 1, WB_ACTION_WITHDRAWN, 0}, {WB_ACTION_UNKNOWN, 0, WB_ACTION_UNKNOWN, 1},
      {WB_ACTION_UNKNOWN, 1, WB_ACTION_UNKNOWN, 1}, {WB_ACTION_READY, 2, WB_ACTION_WITHDRAWN, 0},
      {WB_ACTION_UNKNOWN, 2, WB_ACTION_UNKNOWN, 1}};
  (void)unused;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    machine m;
    machine_wrote(&m, 1);
    machine_apply(&m, 30, outcome_of(1, rows[i].code));
    assert_int_equal(first_of(&m)->detail, 1);
    wbi_effect response = about_of(WBI_EFFECT_RESPONSE, "p1");
    response.code = 1;
    response.wake = 500;
    machine_apply(&m, 40, rows[i].step < 2 ? step_of(rows[i].step, 500) : response);
    assert_int_equal(action_of(&m, 1)->state, rows[i].left);
    assert_int_equal(first_of(&m)->detail, i == 0);
    assert_int_equal(wbi_state_metric(&m.state, 0)->messages, rows[i].messages);
    machine_close(&m);
  }
}

/* Who responded while it was under way is not written to once more. */
static void a_message_is_not_tried_again_after_a_response(void **unused) {
  (void)unused;
  machine m;
  machine_wrote(&m, 1);
  wbi_effect response = about_of(WBI_EFFECT_RESPONSE, "p1");
  response.code = 1;
  response.wake = 5000;
  machine_apply(&m, 30, response);
  machine_apply(&m, 40, outcome_of(1, WB_ACTION_READY));
  assert_int_equal(action_of(&m, 1)->state, WB_ACTION_WITHDRAWN);
  assert_int_equal(first_of(&m)->detail, 0);
  machine_close(&m);
}

/* Events are those since the last message; what is resent, or called about, is none. */
static void a_message_is_waited_for_anew(void **unused) {
  static const uint8_t kinds[] = {WB_ACTION_SEND, WB_ACTION_CALL_TASK, WB_ACTION_RESEND};
  (void)unused;
  for (size_t i = 0; i < WBI_COUNT(kinds); i++) {
    machine m;
    machine_open(&m);
    machine_apply(&m, 10, entry_of("p1"));
    wbi_effect event = about_of(WBI_EFFECT_EVENT, "p1"), claim = claim_of("p1", 1);
    event.code = 2;
    machine_apply(&m, 20, event);
    claim.action = kinds[i];
    machine_apply(&m, 30, claim);
    assert_int_equal(first_of(&m)->events, i == 0 ? 0 : 2);
    machine_close(&m);
  }
}

/* The first attempt of an id begins to count, a later one goes on. */
static void tries_are_counted_from_the_first_attempt(void **unused) {
  (void)unused;
  for (uint32_t attempt = 1; attempt <= 2; attempt++) {
    machine m;
    machine_wrote(&m, 1);
    wbi_effect again = outcome_of(1, WB_ACTION_READY);
    again.cause = WB_CAUSE_THROTTLED;
    machine_apply(&m, 30, again);
    assert_int_equal(action_of(&m, 1)->tries, 1);
    wbi_effect claim = claim_of("p1", 1);
    claim.number = attempt;
    machine_apply(&m, 40, claim);
    assert_int_equal(action_of(&m, 1)->tries, attempt - 1);
    machine_close(&m);
  }
}

/* Not the first of all: one that is tried again, where it was and where nothing is. */
static void what_is_tried_again_is_the_same_action(void **unused) {
  (void)unused;
  for (int nowhere = 0; nowhere < 2; nowhere++) {
    machine m;
    machine_wrote(&m, 1);
    machine_apply(&m, 20, entry_of("p2"));
    machine_apply(&m, 20, claim_of("p2", 2));
    machine_apply(&m, 30, outcome_of(2, WB_ACTION_READY));
    wbi_effect claim = claim_of("p2", 2);
    if (nowhere) claim.contact = (wbi_bytes16){{0}};
    claim.number = 2;
    machine_apply(&m, 40, claim);
    assert_int_equal(action_of(&m, 1)->enrollment, 0);
    assert_int_equal(action_of(&m, 1)->attempt, 1);
    assert_int_equal(action_of(&m, 2)->attempt, 2);
    assert_int_equal(action_of(&m, 2)->contact.bytes[0], nowhere ? 0 : 50);
    assert_int_equal(wbi_state_enrollment(&m.state, 1)->detail, 2);
    machine_close(&m);
  }
}

/* What was not sent offers nothing. */
static void an_offer_counts_unless_its_message_did_not_leave(void **unused) {
  static const uint8_t codes[] = {WB_ACTION_SENT, WB_ACTION_UNKNOWN, WB_ACTION_FAILED,
                                  WB_ACTION_READY};
  (void)unused;
  for (size_t i = 0; i < WBI_COUNT(codes); i++) {
    machine m;
    machine_wrote(&m, 1);
    machine_apply(&m, 20,
                  (wbi_effect){.kind = WBI_EFFECT_GIFT,
                               .id = {{1}},
                               .patient = WBI_TEXT("p1"),
                               .day = 7,
                               .number = 1500});
    machine_apply(&m, 30, outcome_of(1, codes[i]));
    assert_int_equal(wbi_state_given(&m.state, 0, 7, NULL), i < 2 ? 1500 : 0);
    machine_close(&m);
  }
}

/* ---- counts -----------------------------------------------------------------------------------
 */

static void assert_counted(const machine *m, const uint32_t *minutes, uint8_t count) {
  const wbi_patient *patient = wbi_state_patient(&m->state, 0);
  assert_int_equal(patient->count, count);
  for (uint8_t i = 0; i < count; i++)
    assert_int_equal(patient->counted[i], minutes[i]);
}

/* Wherever it stands among the others; and it counts again when it arrived after all. */
static void a_contact_is_taken_back_from_among_others(void **unused) {
  static const uint32_t without[][2] = {{2, 3}, {1, 3}, {1, 2}}, all[] = {1, 2, 3};
  (void)unused;
  for (uint8_t failed = 0; failed < 3; failed++) {
    machine m;
    machine_open(&m);
    machine_apply(&m, 10, entry_of("p1"));
    for (uint8_t id = 1; id <= 3; id++) {
      machine_apply(&m, (wb_time)id * 60, claim_of("p1", id));
      machine_apply(&m, (wb_time)id * 60, outcome_of(id, WB_ACTION_SENT));
    }
    assert_counted(&m, all, 3);
    machine_apply(&m, 300, outcome_of((uint8_t)(failed + 1), WB_ACTION_FAILED));
    assert_counted(&m, without[failed], 2);
    machine_apply(&m, 300, outcome_of((uint8_t)(failed + 1), WB_ACTION_SENT));
    assert_counted(&m, all, 3);
    machine_close(&m);
  }
}

/* Of as many as are kept the newest are. */
static void a_contact_before_all_that_are_kept_is_not_counted(void **unused) {
  static const uint32_t kept[] = {5, 6, 7, 8, 9, 10, 11, 12}, later[] = {6, 6, 7, 8, 9, 10, 11, 12};
  (void)unused;
  machine m;
  machine_open(&m);
  machine_apply(&m, 10, entry_of("p1"));
  wbi_effect contact = {.kind = WBI_EFFECT_CONTACTED, .patient = WBI_TEXT("p1")};
  for (contact.until = 300; contact.until <= 720; contact.until += 60)
    machine_apply(&m, 800, contact);
  for (wb_time minute = 4; minute <= 6; minute++) {
    contact.until = minute * 60;
    machine_apply(&m, 800, contact);
    assert_counted(&m, minute < 6 ? kept : later, WBI_COUNTED_KEPT);
  }
  machine_close(&m);
}

static void messages_of_a_location_are_counted_in_their_minute(void **unused) {
  static const struct {
    wb_time at;
    uint32_t minute, messages;
  } rows[] = {{119, 1, 1}, {60, 1, 2}, {120, 2, 1}, {179, 2, 2}};
  (void)unused;
  machine m;
  machine_open(&m);
  for (uint8_t i = 0; i < WBI_COUNT(rows); i++) {
    char key[8];
    snprintf(key, sizeof key, "p%d", i);
    machine_apply(&m, 10, entry_of(key));
    machine_apply(&m, rows[i].at, claim_of(key, (uint8_t)(i + 1)));
    assert_int_equal(wbi_state_location(&m.state, 0)->minute, rows[i].minute);
    assert_int_equal(wbi_state_location(&m.state, 0)->messages, rows[i].messages);
  }
  machine_close(&m);
}

/* ---- another definition -----------------------------------------------------------------------
 */

static wbi_effect over_of(void) {
  wbi_effect over = about_of(WBI_EFFECT_MIGRATE, "p1");
  over.number = 1;
  over.segment = 2;
  over.variant = 3;
  over.rank = 4;
  over.step = 5;
  over.awaits = 6;
  over.code = 7;
  over.next_step = 8;
  over.wake = 400;
  return over;
}

static void whoever_goes_over_is_where_that_says(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  machine_second(&m);
  machine_apply(&m, 10, entry_of("p1"));
  machine_apply(&m, 20, over_of());
  const wbi_enrollment *first = first_of(&m);
  assert_int_equal(first->definition, 1);
  assert_int_equal(first->segment, 2);
  assert_int_equal(first->variant, 3);
  assert_int_equal(first->rank, 4);
  assert_int_equal(first->step, 5);
  assert_int_equal(first->awaits, 6);
  assert_int_equal(first->response, 7);
  assert_int_equal(first->wake, 400);
  assert_int_equal(wbi_wake_at(&m.state, 0), 400);
  assert_true(wbi_metrics_known(&m.state, 1, 2, 3));
  machine_close(&m);
}

/* What left goes on to the step of the new definition; what did not is dropped where that says so.
 */
static void a_message_under_way_goes_over_with_its_patient(void **unused) {
  static const struct {
    uint8_t code, drops, state, next;
  } rows[] = {{0, 0, WB_ACTION_CLAIMED, 8},
              {0, 1, WB_ACTION_CLAIMED, 8},
              {WB_ACTION_READY, 0, WB_ACTION_READY, 0},
              {WB_ACTION_READY, 1, WB_ACTION_WITHDRAWN, 0}};
  (void)unused;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    machine m;
    machine_wrote(&m, 1);
    machine_second(&m);
    if (rows[i].code) machine_apply(&m, 30, outcome_of(1, rows[i].code));
    wbi_effect over = over_of();
    over.cause = rows[i].drops;
    machine_apply(&m, 40, over);
    assert_int_equal(action_of(&m, 1)->state, rows[i].state);
    assert_int_equal(action_of(&m, 1)->next_step, rows[i].next);
    assert_int_equal(first_of(&m)->detail, i < 3);
    machine_close(&m);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(whoever_enters_again_has_their_place_among_their_own),
      cmocka_unit_test(whoever_goes_over_has_their_place_among_their_own),
      cmocka_unit_test(whoever_did_not_wait_is_counted_as_entering),
      cmocka_unit_test(an_entry_after_a_merge_is_of_the_key_of_now),
      cmocka_unit_test(admissions_are_counted_by_the_latest_day),
      cmocka_unit_test(a_hold_is_since_it_was_due_and_is_looked_at_next),
      cmocka_unit_test(nothing_holds_who_goes_on),
      cmocka_unit_test(the_next_step_is_not_put_off_as_the_one_before_was),
      cmocka_unit_test(a_step_is_of_its_round_and_answers_nothing),
      cmocka_unit_test(a_message_counts_once_it_went_or_nobody_waits_to_learn),
      cmocka_unit_test(a_message_is_left_when_the_sequence_goes_on_without_it),
      cmocka_unit_test(a_message_is_not_tried_again_after_a_response),
      cmocka_unit_test(a_message_is_waited_for_anew),
      cmocka_unit_test(tries_are_counted_from_the_first_attempt),
      cmocka_unit_test(what_is_tried_again_is_the_same_action),
      cmocka_unit_test(an_offer_counts_unless_its_message_did_not_leave),
      cmocka_unit_test(a_contact_is_taken_back_from_among_others),
      cmocka_unit_test(a_contact_before_all_that_are_kept_is_not_counted),
      cmocka_unit_test(messages_of_a_location_are_counted_in_their_minute),
      cmocka_unit_test(whoever_goes_over_is_where_that_says),
      cmocka_unit_test(a_message_under_way_goes_over_with_its_patient),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

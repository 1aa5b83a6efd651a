/* SPDX-License-Identifier: MIT */
/* Calls of the desk whose sequence is not where they left it, or whose numbers are at their end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "outreach/practice_private.h"
#include "support/clinic.h"

enum { NOWHERE = 200 };

#define CALL                                                                                       \
  "{\"format\":1,\"name\":\"one\",\"title\":\"T\",\"class\":\"care\",\"audience\":"                \
  "\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"exits\":" \
  "{\"booked\":\"recare.booked\"},\"steps\":[{\"id\":\"k\",\"call\":\"note\",\"within\":{"         \
  "\"days\":2}},{\"id\":\"s\",\"send\":[\"t\"]},{\"id\":\"end\",\"exit\":true}],\"texts\":{"       \
  "\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }}: call us. Reply STOP "  \
  "to opt out.\"}},\"note\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}}}"

static wbi_enrollment *first_of(const clinic *c) {
  return wbi_state_enrollment(&c->practice->state, 0);
}

static wb_status outcome(clinic *c, const uint8_t *id, int32_t what) {
  wb_input done = clinic_input(WB_INPUT_TASK_DONE, NULL);
  done.action = id;
  done.outcome = what;
  return clinic_send(c, &done);
}

/* Ana is to be called, by a step or since she asked for a price. */
static void begin(clinic *c, bool asks) {
  static const wb_practice_options more = {.size = sizeof more, .task_attempts = 1};
  clinic_open(c, CLINIC_ANA, &more);
  clinic_launch(c, "one", asks ? CLINIC_TEXTS("one") : CALL);
  clinic_enroll(c);
  assert_int_equal(clinic_poll(c), 1);
  clinic_sent(c);
  if (!asks) return;
  assert_int_equal(clinic_reply(c, "p1", "How much is a cleaning?"), WB_OK);
  assert_int_equal(clinic_poll(c), 1);
  clinic_sent(c);
}

/* A call of a step moves the sequence that is at it, and no other. */
static void a_call_moves_the_sequence_that_is_at_it(void **state) {
  static const struct {
    uint8_t at, of; /* the step of the sequence, and of the call */
    uint8_t step, ends;
  } rows[] = {{0, 0, 1, WB_STATE_WAITING},
              {1, 0, 1, WB_STATE_WAITING},
              {NOWHERE, NOWHERE, NOWHERE, WB_STATE_ENDED}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    clinic c;
    begin(&c, false);
    first_of(&c)->step = rows[i].at;
    wbi_state_action(&c.practice->state, 0)->step = rows[i].of;
    assert_int_equal(outcome(&c, c.actions[0].id, WB_TASK_DONE), WB_OK);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
    assert_int_equal(first_of(&c)->step, rows[i].step);
    assert_int_equal(first_of(&c)->state, rows[i].ends);
    clinic_close(&c);
  }
}

/* A call in vain ends the sequence that waits for it, whatever response it says it is of. */
static void a_call_in_vain_of_a_response_that_there_is_not_ends_it(void **state) {
  (void)state;
  for (uint8_t response = 2; response <= 3; response++) { /* of two */
    clinic c;
    begin(&c, true);
    first_of(&c)->response = response;
    assert_int_equal(outcome(&c, c.actions[0].id, WB_TASK_NO_ANSWER), WB_OK);
    assert_string_equal(clinic_find(&c, "p1", "one").reason, "no_answer");
    clinic_close(&c);
  }
}

/* After a call in vain the message in whose place it stood is due since the last message of the
   entry that led to it; now, where none did, or where there is no such step. */
static void after_a_call_in_vain_a_message_is_due_as_it_was(void **state) {
  static const char plain[] = CLINIC_TEXTS("one"), note[] = "0},\"text\":\"note\"";
  static const char more[] = ",\"unanswered\":\"continue\"";
  static const wb_practice_options once = {.size = sizeof once, .task_attempts = 1};
  enum { USUAL, TWO_LED, NONE_LED, EARLIER_ENTRY, NO_STEP, CASES };
  char json[sizeof plain + sizeof more];
  const char *after = strstr(plain, note) + sizeof note - 1;
  (void)state;
  snprintf(json, sizeof json, "%.*s%s%s", (int)(after - plain), plain, more, after);
  for (int i = USUAL; i < CASES; i++) {
    clinic c;
    clinic_open(&c, CLINIC_ANA CLINIC_BEN, &once);
    clinic_launch(&c, "one", json);
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), 2);
    clinic_sent(&c);
    assert_int_equal(clinic_reply(&c, "p1", "How much is a cleaning?"), WB_OK);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    c.now += 2 * CLINIC_DAY;
    wbi_action *one = wbi_state_action(&c.practice->state, 0);
    wbi_action *other = wbi_state_action(&c.practice->state, 1);
    assert_int_equal(one->enrollment + other->enrollment, 1); /* hers, and Ben's */
    if (i == TWO_LED) one->enrollment = other->enrollment = 0;
    if (i == TWO_LED) other->next_wake -= CLINIC_HOUR;
    if (i == NONE_LED) one->next_step = other->next_step = NOWHERE;
    if (i == EARLIER_ENTRY) first_of(&c)->entry++;
    if (i == NO_STEP) first_of(&c)->step = NOWHERE;
    assert_int_equal(outcome(&c, c.actions[0].id, WB_TASK_NO_ANSWER), WB_OK);
    assert_int_equal(first_of(&c)->state, WB_STATE_WAITING);
    assert_int_equal(first_of(&c)->step, i == NO_STEP ? NOWHERE : 2);
    assert_int_equal(first_of(&c)->wake, i < NONE_LED ? SAMPLE_NOW + CLINIC_DAY : c.now);
    clinic_close(&c);
  }
}

/* A sign that is known already calls again at once where the call was put off, and changes nothing
   where it was not. */
static void whoever_asks_again_is_called_at_once(void **state) {
  (void)state;
  for (int later = 0; later < 2; later++) {
    clinic c;
    begin(&c, true);
    if (later) assert_int_equal(outcome(&c, c.actions[0].id, WB_TASK_LATER), WB_OK);
    const wb_time due = wbi_state_task(&c.practice->state, 0)->due;
    assert_int_equal(due > c.now, later);
    assert_int_equal(clinic_reply(&c, "p1", "How much is a cleaning?"), WB_OK);
    assert_int_equal(wbi_state_task(&c.practice->state, 0)->due, later ? c.now : due);
    clinic_close(&c);
  }
}

/* Attempts are counted up to 255, on lists where there is no end of them. */
static void attempts_are_counted_as_far_as_they_can_be(void **state) {
  (void)state;
  for (uint8_t before = UINT8_MAX - 1; before != 0; before++) {
    clinic c;
    uint8_t id[16];
    begin(&c, true);
    wbi_open_task *task = wbi_state_task(&c.practice->state, 0);
    task->list = WBI_LIST_INBOX;
    task->attempts = before;
    memcpy(id, task->id.bytes, sizeof id);
    assert_int_equal(outcome(&c, id, WB_TASK_VOICEMAIL), WB_OK);
    assert_int_equal(wbi_state_task(&c.practice->state, 0)->attempts, UINT8_MAX);
    clinic_close(&c);
  }
}

/* A campaign that is stopped takes its own calls with it. */
static void the_calls_of_another_campaign_stay(void **state) {
  static const char *const names[] = {"one", "two"};
  (void)state;
  for (uint32_t i = 0; i < 2; i++) {
    clinic c;
    begin(&c, true);
    clinic_launch(&c, "two", CLINIC_TEXTS("two"));
    assert_int_equal(clinic_receive(&c, WB_INPUT_STOP, names[i]), WB_OK);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), i);
    clinic_close(&c);
  }
}

/* What is on a list without limits is for a person, whatever becomes of its campaign. */
static void a_task_without_limits_stays_when_its_campaign_stops(void **state) {
  (void)state;
  for (int inbox = 0; inbox < 2; inbox++) {
    clinic c;
    begin(&c, true);
    if (inbox) wbi_state_task(&c.practice->state, 0)->list = WBI_LIST_INBOX;
    assert_int_equal(clinic_receive(&c, WB_INPUT_STOP, "one"), WB_OK);
    assert_int_equal(c.practice->state.task.count, inbox);
    clinic_close(&c);
  }
}

/* A call whose action is known no more moves nothing. */
static void a_call_of_an_action_that_is_forgotten_moves_nothing(void **state) {
  static const uint8_t id[16] = {77};
  clinic c;
  (void)state;
  begin(&c, false);
  memcpy(wbi_state_task(&c.practice->state, 0)->id.bytes, id, sizeof id);
  assert_int_equal(outcome(&c, id, WB_TASK_DONE), WB_OK);
  assert_int_equal(c.practice->state.task.count, 0);
  assert_int_equal(first_of(&c)->step, 0);
  clinic_close(&c);
}

/* A call about a visit that was broken ends with a booking, one about a visit to come does not, nor
   one of which nobody knows. */
static void a_call_about_a_broken_visit_ends_with_a_booking(void **state) {
#define ABOUT(class_, audience, wait)                                                              \
  "{\"format\":1,\"name\":\"one\",\"title\":\"T\",\"class\":\"" class_                             \
  "\",\"subject\":\"appointment\",\"audience\":\"" audience                                        \
  "\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"steps\":[{\"id\":\"w\",\"wait\":"     \
  "{" wait                                                                                         \
  "}},{\"id\":\"k\",\"call\":\"note\",\"within\":{\"days\":2}},{\"id\":\"end\",\"exit\":true}],"   \
  "\"texts\":{\"note\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}}}"
  static const char broken[] =
      ABOUT("care", "slot.status == 'broken'", "\"after_visit\":{\"hours\":1}");
  static const char coming[] =
      ABOUT("transactional", "slot.status == 'scheduled'", "\"before_visit\":{\"hours\":4}");
  static const struct {
    const char *json, *status;
    int hours;
    bool compiles;
    uint32_t left;
  } rows[] = {{broken, "broken", -2, true, 0},
              {broken, "broken", -2, false, 1},
              {coming, "scheduled", 3, true, 1}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    char visits[128];
    clinic c;
    clinic_open(&c, CLINIC_ANA, NULL);
    clinic_launch(&c, "one", rows[i].json);
    snprintf(visits, sizeof visits, CLINIC_VISITS "p1|%s|%lld|v1\n", rows[i].status,
             (long long)(c.now + rows[i].hours * CLINIC_HOUR));
    clinic_place(&c, CLINIC_ZONE, CLINIC_ANA, visits);
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    wbi_definition *definition = wbi_state_definition(&c.practice->state, 0);
    definition->broken = !rows[i].compiles;
    assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
    assert_int_equal(c.practice->state.task.count, rows[i].left);
    assert_int_equal(first_of(&c)->state == WB_STATE_ENDED, rows[i].left == 0);
    clinic_close(&c);
  }
}

/* A call of no sequence ends with whichever sequence is booked. */
static void a_call_of_no_sequence_ends_with_a_visit(void **state) {
  clinic c;
  (void)state;
  begin(&c, true);
  wbi_state_task(&c.practice->state, 0)->definition = WBI_DEFINITIONS_MAX;
  clinic_rows(&c, CLINIC_ANA, "p1|scheduled|2026-12-10\n");
  wbi_wake_set(&c.practice->state, 0, c.now);
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(clinic_find(&c, "p1", "one").reason, "booked");
  assert_int_equal(c.practice->state.task.count, 0);
  clinic_close(&c);
}

/* Of the calls to two who are one the later end counts, whichever stays. */
static void of_two_calls_the_later_end_counts(void **state) {
  (void)state;
  for (uint32_t later = 0; later < 2; later++) {
    clinic c;
    clinic_written(&c, CLINIC_ANA CLINIC_BEN, 2);
    assert_int_equal(clinic_reply(&c, "p1", "How much is a cleaning?"), WB_OK);
    assert_int_equal(clinic_reply(&c, "p2", "How much is a cleaning?"), WB_OK);
    assert_int_equal(clinic_poll(&c), 2);
    clinic_sent(&c);
    const wb_time end = wbi_state_task(&c.practice->state, later)->expires += CLINIC_DAY;
    wb_input merged = clinic_input(WB_INPUT_MERGED, "p1");
    merged.other = "p2";
    merged.other_length = 2;
    assert_int_equal(clinic_send(&c, &merged), WB_OK);
    assert_int_equal(c.practice->state.task.count, 1);
    assert_int_equal(wbi_state_task(&c.practice->state, 0)->expires, end);
    clinic_close(&c);
  }
}

/* Where a call of no sequence is given up at the same time, that of a sequence is given up by it.
 */
static void a_call_of_a_sequence_is_given_up_by_it_whatever_else_is(void **state) {
  (void)state;
  clinic c;
  clinic_written(&c, CLINIC_ANA CLINIC_BEN, 2);
  assert_int_equal(clinic_reply(&c, "p1", "How much is a cleaning?"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p2", "How much is a cleaning?"), WB_OK);
  assert_int_equal(clinic_poll(&c), 2);
  clinic_sent(&c);
  const wb_time end = wbi_state_task(&c.practice->state, 1)->expires;
  wbi_state_task(&c.practice->state, 0)->definition = WBI_DEFINITIONS_MAX;
  for (c.now += CLINIC_DAY; c.now < end; c.now += CLINIC_DAY)
    clinic_poll(&c);
  c.now = end - 1;
  clinic_poll(&c);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 2);
  c.now = end;
  clinic_poll(&c);
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
  assert_string_equal(clinic_find(&c, "p1", NULL).reason, "no_answer");
  assert_int_equal(clinic_find(&c, "p2", NULL).state,
                   WB_STATE_HELD); /* whose call it no longer was */
  clinic_close(&c);
}

/* A task is there by its reason, of a patient or a place, or of any. */
static void a_task_is_there_of_whom_and_where_it_is(void **state) {
  clinic c;
  (void)state;
  begin(&c, true);
  const wbi_state *known = &c.practice->state;
  const wbi_text asks = WBI_TEXT("asks");
  assert_true(wbi_desk_has(known, WBI_NONE, WBI_NONE, asks));
  assert_true(wbi_desk_has(known, 0, 0, asks));
  assert_false(wbi_desk_has(known, 1, WBI_NONE, asks));
  assert_false(wbi_desk_has(known, WBI_NONE, 1, asks));
  assert_false(wbi_desk_has(known, 0, 0, WBI_TEXT("clicked")));
  clinic_close(&c);
}

/* Each sign but the strongest adds five, each call in vain takes ten away. */
static void a_call_is_worth_between_nothing_and_the_best(void **state) {
  static const struct {
    uint32_t signals, attempts;
    int32_t score;
  } rows[] = {{0, 0, 30}, {0, 3, 0},  {0, 4, 0},   {1u << 4, 0, 50}, {3u << 3, 0, 65}, {1, 0, 90},
              {3, 0, 95}, {7, 0, 99}, {31, 0, 99}, {31, 1, 99},      {31, 2, 90}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    assert_int_equal(wbi_desk_score(rows[i].signals, rows[i].attempts), rows[i].score);
    assert_int_equal(wbi_desk_rank(rows[i].signals, rows[i].attempts), 99 - rows[i].score);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_call_is_worth_between_nothing_and_the_best),
      cmocka_unit_test(a_call_moves_the_sequence_that_is_at_it),
      cmocka_unit_test(a_call_in_vain_of_a_response_that_there_is_not_ends_it),
      cmocka_unit_test(after_a_call_in_vain_a_message_is_due_as_it_was),
      cmocka_unit_test(whoever_asks_again_is_called_at_once),
      cmocka_unit_test(attempts_are_counted_as_far_as_they_can_be),
      cmocka_unit_test(the_calls_of_another_campaign_stay),
      cmocka_unit_test(a_task_without_limits_stays_when_its_campaign_stops),
      cmocka_unit_test(a_call_of_an_action_that_is_forgotten_moves_nothing),
      cmocka_unit_test(a_call_about_a_broken_visit_ends_with_a_booking),
      cmocka_unit_test(a_call_of_no_sequence_ends_with_a_visit),
      cmocka_unit_test(of_two_calls_the_later_end_counts),
      cmocka_unit_test(a_call_of_a_sequence_is_given_up_by_it_whatever_else_is),
      cmocka_unit_test(a_task_is_there_of_whom_and_where_it_is),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

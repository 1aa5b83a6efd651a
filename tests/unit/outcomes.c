/* SPDX-License-Identifier: MIT */
/* What follows from outcomes and answers where a definition no longer compiles, where an action is
   of no step or text, and where people went on to something else meanwhile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "outreach/practice_private.h"
#include "support/clinic.h"

enum { NOWHERE = 200 };

static wbi_enrollment *first_of(const clinic *c) {
  return wbi_state_enrollment(&c->practice->state, 0);
}

static wbi_action *action_of(const clinic *c) {
  return wbi_state_action(&c->practice->state, 0);
}

/* The definition of a number no longer compiles. */
static void breaks(const clinic *c, uint32_t number) {
  wbi_definition *definition = wbi_state_definition(&c->practice->state, number);
  wb_campaign_unref(definition->compiled);
  definition->compiled = NULL;
  definition->broken = 1;
}

static void begin(clinic *c) {
  clinic_begin(c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_poll(c), 1);
}

/* A carrier's opt-out leaves the sequence to its e-mail, where the definition has one for the step;
   else it ends with the opt-out. */
static void an_opt_out_leaves_what_the_step_says(void **state) {
  enum { USUAL, BROKEN, NO_STEP, CASES };
  (void)state;
  for (int i = USUAL; i < CASES; i++) {
    clinic c;
    begin(&c);
    if (i == BROKEN) breaks(&c, 0);
    if (i == NO_STEP) action_of(&c)->step = NOWHERE;
    assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_OPTED_OUT), WB_OK);
    assert_int_equal(first_of(&c)->state, i == USUAL ? WB_STATE_WAITING : WB_STATE_ENDED);
    if (i == USUAL) assert_int_equal(first_of(&c)->step, 0);
    clinic_close(&c);
  }
}

/* A message that failed is tried elsewhere, unless its patient responded meanwhile. */
static void who_responded_is_not_written_to_elsewhere(void **state) {
  (void)state;
  for (uint8_t response = 0; response < 2; response++) {
    clinic c;
    begin(&c);
    first_of(&c)->response = response;
    assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_ADDRESS), WB_OK);
    assert_int_equal(first_of(&c)->step, response ? action_of(&c)->next_step : 0);
    clinic_close(&c);
  }
}

/* Nor is whoever has left meanwhile, and entered anew. */
static void who_entered_anew_is_not_written_to_elsewhere(void **state) {
  (void)state;
  for (uint8_t anew = 0; anew < 2; anew++) {
    clinic c;
    begin(&c);
    clinic_sent(&c);
    first_of(&c)->entry = (uint16_t)(first_of(&c)->entry + anew);
    wb_input lost = clinic_input(WB_INPUT_UNDELIVERED, NULL);
    lost.action = c.actions[0].id;
    lost.outcome = WB_CAUSE_ADDRESS;
    assert_int_equal(clinic_send(&c, &lost), WB_OK);
    assert_int_equal(first_of(&c)->step, anew ? action_of(&c)->next_step : 0);
    clinic_close(&c);
  }
}

/* Nobody waits to learn what became of a message of a step that is not there. */
static void what_is_unknown_of_no_step_counts_as_sent(void **state) {
  enum { USUAL, BROKEN, NO_STEP, NO_WAY, ENDED, GONE_ON, CASES };
  (void)state;
  for (int i = USUAL; i < CASES; i++) {
    clinic c;
    wb_time until = 0;
    begin(&c);
    wb_campaign *campaign = wbi_state_definition(&c.practice->state, 0)->compiled;
    const wbi_step *usual = campaign->steps;
    wbi_step first = usual[0];
    first.unknown = i == NO_WAY ? NOWHERE : WBI_UNKNOWN_CALL;
    campaign->steps = &first;
    if (i == NO_STEP) action_of(&c)->step = NOWHERE;
    if (i == ENDED) first_of(&c)->state = WB_STATE_ENDED;
    if (i == GONE_ON) first_of(&c)->detail = 0;
    if (i == BROKEN) campaign->steps = usual;
    if (i == BROKEN) breaks(&c, 0);
    assert_int_equal(wbi_unknown_until(c.practice, 0, c.now, &until), WB_OK);
    assert_int_equal(until, i == USUAL ? c.now : WB_TIME_NONE);
    if (i != BROKEN) campaign->steps = usual;
    clinic_close(&c);
  }
}

/* A message is tried elsewhere by a sequence that has nothing else under way. */
static void a_sequence_at_something_else_is_not_called_back(void **state) {
  (void)state;
  for (int other = 0; other < 2; other++) {
    clinic c;
    clinic_written(&c, CLINIC_ANA CLINIC_BEN, 2);
    const uint32_t hers = action_of(&c)->enrollment == 0 ? 0 : 1;
    if (other) first_of(&c)->detail = 2 - hers; /* it is at his message */
    wb_input receipt = clinic_input(WB_INPUT_UNDELIVERED, NULL);
    receipt.action = wbi_state_action(&c.practice->state, hers)->id.bytes;
    receipt.outcome = WB_CAUSE_ADDRESS;
    assert_int_equal(clinic_send(&c, &receipt), WB_OK);
    assert_int_equal(first_of(&c)->step, other ? 2 : 0);
    clinic_close(&c);
  }
}

/* What was taken back for a call is tried again, what was dropped is not. */
static void what_was_dropped_is_not_tried_again(void **state) {
  clinic c;
  (void)state;
  begin(&c);
  wbi_action *action = action_of(&c);
  const wbi_bytes16 id = action->id, contact = action->contact;
  action->state = WB_ACTION_WITHDRAWN;
  for (int back = 0; back < 2; back++) {
    action->cause = back ? WB_CAUSE_INTERRUPTED : WB_CAUSE_NONE;
    assert_int_equal(wbi_reach_attempt(&c.practice->state, &id, &contact), back ? 2 : 0);
  }
  first_of(&c)->gone = 1; /* of somebody else: their first */
  assert_int_equal(wbi_reach_attempt(&c.practice->state, &id, &contact), 1);
  first_of(&c)->gone = 0;
  clinic_close(&c);
}

/* ---- calls about what is lost -----------------------------------------------------------------
 */

/* A message is lost, and a call about it is on its list. */
static void lost(clinic *c, uint8_t id[16]) {
  static const char care[] = CLINIC_TEXTS("one"), step[] = "\"mail\"]}";
  static const char call[] = ",\"on_unknown\":{\"call\":\"note\",\"within\":{\"days\":3}}";
  char json[2 * sizeof care];
  const char *after = strstr(care, step) + sizeof step - 2;
  snprintf(json, sizeof json, "%.*s%s%s", (int)(after - care), care, call, after);
  clinic_open(c, CLINIC_ANA, NULL);
  clinic_launch(c, "one", json);
  clinic_enroll(c);
  assert_int_equal(clinic_poll(c), 1);
  memcpy(id, c->actions[0].id, 16);
  assert_int_equal(clinic_ack(c, id, WB_SENT_UNKNOWN, WB_CAUSE_NONE), WB_OK);
  assert_int_equal(clinic_poll(c), 1);
  clinic_sent(c);
  assert_int_equal(clinic_tasks(c, WB_DESK_OUTREACH, NULL), 1);
}

/* Once it is known what became of it, it is over: with what it was about, and with that alone. */
static void a_call_about_what_is_lost_is_over_once_that_is_known(void **state) {
  enum { USUAL, ANOTHER_ENTRY, ANOTHER_STEP, OUT, CASES };
  (void)state;
  for (int i = USUAL; i < CASES; i++) {
    clinic c;
    uint8_t id[16];
    lost(&c, id);
    if (i == ANOTHER_ENTRY) first_of(&c)->entry = 2;
    if (i == ANOTHER_STEP) first_of(&c)->step = 2;
    if (i == OUT) /* there is no other channel: of no step at all */
      first_of(&c)->step = wbi_state_action(&c.practice->state, 0)->step = NOWHERE;
    const int32_t kind = i == OUT ? WB_NOT_SENT : WB_SENT;
    assert_int_equal(clinic_ack(&c, id, kind, i == OUT ? WB_CAUSE_OPTED_OUT : WB_CAUSE_NONE),
                     WB_OK);
    const bool stays = i == ANOTHER_ENTRY || i == ANOTHER_STEP;
    if (clinic_tasks(&c, WB_DESK_OUTREACH, NULL) != stays) fail_msg("case %d", i);
    clinic_close(&c);
  }
}

/* What is contradicted once more is noted once more when the first time is forgotten. */
static void a_contradiction_is_noted_again_when_it_is_forgotten(void **state) {
  static const wb_practice_options more = {.size = sizeof more, .flags = WB_PRACTICE_ALLOW_JUMP};
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, &more);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  for (int later = 0; later < 3; later++) {
    const uint64_t before = wb_practice_sequence(c.practice);
    assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_ADDRESS), WB_E_STATE);
    assert_int_equal(wb_practice_sequence(c.practice) - before, later != 1);
    if (later == 1) c.now += (wb_time)WB_MEMORY_DAYS * CLINIC_DAY + 1;
    if (later == 1) assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, "p1"), WB_OK);
  }
  clinic_close(&c);
}

/* A message that failed may be told of by a receipt too, which says nothing new but an opt-out; of
   a call it says not even that. */
static void a_receipt_of_what_failed_is_news_of_an_opt_out_alone(void **state) {
  (void)state;
  for (int out = 0; out < 3; out++) {
    clinic c;
    begin(&c);
    assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_CONTENT), WB_OK);
    if (out == 2) action_of(&c)->kind = WB_ACTION_CALL_TASK;
    wb_input receipt = clinic_input(WB_INPUT_UNDELIVERED, NULL);
    receipt.action = c.actions[0].id;
    receipt.outcome = out ? WB_CAUSE_OPTED_OUT : WB_CAUSE_CONTENT;
    assert_int_equal(clinic_send(&c, &receipt), WB_OK);
    const wbi_bytes16 point = action_of(&c)->contact;
    const uint8_t flags = wbi_state_contact(&c.practice->state, &point);
    assert_int_equal((flags & WBI_CONTACT_OPTED_OUT) != 0, out == 1);
    assert_int_equal(action_of(&c)->state, WB_ACTION_FAILED);
    clinic_close(&c);
  }
}

/* A message waits at its own step and round alone to be known of. */
static void what_is_unknown_is_waited_for_where_it_is(void **state) {
  clinic c;
  (void)state;
  begin(&c);
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_SENT_UNKNOWN, WB_CAUSE_NONE), WB_OK);
  first_of(&c)->detail = 1;
  first_of(&c)->step = 0;
  wbi_turn turn = wbi_turn_begin(c.practice, 0, c.now);
  assert_true(wbi_unknown_waits(&turn));
  turn.loop = 1;
  assert_false(wbi_unknown_waits(&turn));
  turn.loop = 0;
  turn.step = 1;
  assert_false(wbi_unknown_waits(&turn));
  clinic_close(&c);
}

/* What does not compile is launched as it was added: its people are held. */
static void a_definition_that_does_not_compile_can_be_launched(void **state) {
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_add(&c, CLINIC_TEXTS("one")), WB_OK);
  breaks(&c, 0);
  assert_int_equal(clinic_receive(&c, WB_INPUT_LAUNCH, "one"), WB_OK);
  assert_int_equal(wbi_state_definition(&c.practice->state, 0)->launched, 1);
  clinic_close(&c);
}

/* ---- consent to detail ------------------------------------------------------------------------
 */

static const char asks[] =
    "{\"format\":1,\"name\":\"one\",\"title\":\"T\",\"class\":\"care\",\"audience\":"
    "\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"
    "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[{\"id\":\"s\",\"send\":[\"hello\"]},"
    "{\"id\":\"w\",\"wait\":{\"days\":1}},{\"id\":\"end\",\"exit\":true}],\"texts\":{\"hello\":{"
    "\"channel\":\"sms\",\"detail\":\"more\",\"asks\":\"detail\",\"en\":{\"body\":"
    "\"Reply DETAILS.\"}},\"more\":{\"channel\":\"sms\",\"register\":\"detail\",\"en\":{\"body\":"
    "\"A {{ recare.kind }} visit.\"}}}}";

/* The word is consent where the last message to that number was theirs, asked for it, and went. */
static void a_word_is_consent_to_what_asked_for_it(void **state) {
  enum { USUAL, EARLIER, BROKEN, NO_TEXT, NOBODY, ELSEWHERE, CALL, FAILED, FORGOTTEN, CASES };
  static const uint8_t other[16] = {9};
  (void)state;
  for (int i = USUAL; i < CASES; i++) {
    clinic c;
    clinic_open(&c, CLINIC_ANA CLINIC_BEN, NULL);
    clinic_launch(&c, "one", asks);
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), 2);
    clinic_sent(&c);
    wbi_state *known = &c.practice->state;
    for (uint32_t k = 0; k < known->actions.items.count; k++) {
      wbi_action *action = wbi_state_action(known, k);
      if (i == NO_TEXT) action->text = NOWHERE;
      if (i == CALL) action->kind = WB_ACTION_CALL_TASK;
      if (i == FAILED) action->state = WB_ACTION_FAILED;
      if (i == FORGOTTEN) wbi_state_enrollment(known, action->enrollment)->gone = 1;
    }
    if (i == BROKEN) breaks(&c, 0);
    if (i == EARLIER) { /* the message that is known last is one to her as well, of before */
      wbi_action *last = wbi_state_action(known, 1), *first = wbi_state_action(known, 0);
      const bool hers = first->enrollment == 0;
      last->enrollment = first->enrollment = 0;
      last->contact = first->contact = hers ? first->contact : last->contact;
      last->claimed_at -= CLINIC_DAY;
    }
    wb_input input = clinic_input(WB_INPUT_REPLY, i == NOBODY ? NULL : "p1");
    input.contact = i == ELSEWHERE ? other : clinic_point(&c, WB_CONTACT_PHONE, "+12125550101");
    if (i == NOBODY) input.contact = other;
    input.text = "Details";
    input.text_length = 7;
    assert_int_equal(clinic_send(&c, &input), i == NOBODY ? WB_E_NAME : WB_OK);
    if (known->consent.count != (i <= EARLIER)) fail_msg("case %d", i);
    clinic_close(&c);
  }
}

/* The number of the next attempt of a message; 0: there is none. */
static void a_message_is_tried_again_where_that_may_help(void **state) {
  static const struct {
    uint8_t state, cause;
    bool moved, ended; /* to another address; out of the campaign */
    uint32_t attempt;
  } rows[] = {{WB_ACTION_READY, WB_CAUSE_NONE, false, false, 2},
              {WB_ACTION_READY, WB_CAUSE_NONE, false, true, 0},
              {WB_ACTION_WITHDRAWN, WB_CAUSE_NONE, false, false, 0},
              {WB_ACTION_WITHDRAWN, WB_CAUSE_THROTTLED, false, false, 2},
              {WB_ACTION_FAILED, WB_CAUSE_ADDRESS, false, false, 0},
              {WB_ACTION_FAILED, WB_CAUSE_ADDRESS, true, false, 2},
              {WB_ACTION_FAILED, WB_CAUSE_CONTENT, true, false, 0},
              {WB_ACTION_SENT, WB_CAUSE_NONE, true, false, 0},
              {WB_ACTION_UNDELIVERED, WB_CAUSE_ADDRESS, true, false, 0}};
  static const wbi_bytes16 other = {{9, 9}};
  clinic c;
  (void)state;
  begin(&c);
  const wbi_bytes16 id = action_of(&c)->id, contact = action_of(&c)->contact;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    action_of(&c)->state = rows[i].state;
    action_of(&c)->cause = rows[i].cause;
    first_of(&c)->state = rows[i].ended ? WB_STATE_ENDED : WB_STATE_WAITING;
    const uint32_t attempt =
        wbi_reach_attempt(&c.practice->state, &id, rows[i].moved ? &other : &contact);
    if (attempt != rows[i].attempt) fail_msg("%zu: %u", i, (unsigned)attempt);
  }
  assert_int_equal(wbi_reach_attempt(&c.practice->state, &other, &contact), 1);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_opt_out_leaves_what_the_step_says),
      cmocka_unit_test(who_responded_is_not_written_to_elsewhere),
      cmocka_unit_test(who_entered_anew_is_not_written_to_elsewhere),
      cmocka_unit_test(what_is_unknown_of_no_step_counts_as_sent),
      cmocka_unit_test(a_sequence_at_something_else_is_not_called_back),
      cmocka_unit_test(what_was_dropped_is_not_tried_again),
      cmocka_unit_test(a_call_about_what_is_lost_is_over_once_that_is_known),
      cmocka_unit_test(a_contradiction_is_noted_again_when_it_is_forgotten),
      cmocka_unit_test(a_receipt_of_what_failed_is_news_of_an_opt_out_alone),
      cmocka_unit_test(what_is_unknown_is_waited_for_where_it_is),
      cmocka_unit_test(a_definition_that_does_not_compile_can_be_launched),
      cmocka_unit_test(a_word_is_consent_to_what_asked_for_it),
      cmocka_unit_test(a_message_is_tried_again_where_that_may_help),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

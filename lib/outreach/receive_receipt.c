/* SPDX-License-Identifier: MIT */
/*
 * Receipts: the carrier says that a message arrived, or that it never did. They come before the
 * host's own answer, after it, and twice; what a receipt contradicts is refused.
 */
#include "outreach/receive_private.h"

/* The action of a receipt; WBI_NONE: there is none. */
static uint32_t receipt_find(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  wbi_bytes16 id;
  memcpy(&id, event->input.action, sizeof id);
  const uint32_t found = wbi_table_find(&state->actions, &id);
  if (found == WBI_NONE || !wbi_state_keeps(state, wbi_state_action(state, found))) return WBI_NONE;
  return found;
}

/* Whether an action is the last message of an enrolment that goes on: a receipt of an earlier one
   is not what a step awaits. */
static bool receipt_last(const wbi_state *state, uint32_t number) {
  const wbi_action *action = wbi_state_action(state, number);
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, action->enrollment);
  if (enrollment->state == WB_STATE_ENDED || enrollment->entry != action->entry) return false;
  const uint32_t under_way = enrollment->detail > 0 ? enrollment->detail - 1 : number;
  const bool later =
      under_way != number && wbi_action_message(wbi_state_action(state, under_way)->kind);
  return !later && action->claimed_at - enrollment->entered >= (wb_time)enrollment->touched;
}

/* Plans what becomes of the action, and tells the step that may await it. */
static wb_status receipt_take(const wbi_receive *event, uint32_t number, uint8_t state,
                              uint8_t awaits) {
  wb_practice *practice = event->practice;
  const wbi_action *action = wbi_state_action(&practice->state, number);
  wbi_outcome outcome = {
      .state = state, .cause = (uint8_t)event->input.outcome, .retry_at = event->now};
  const bool last = receipt_last(&practice->state, number);
  wb_status status = WB_OK;
  if (last) status = wbi_step_awaits(practice, action->enrollment, awaits, &outcome.awaited);
  if (status == WB_OK) status = wbi_outcome_add(practice, number, &outcome, event->now);
  if (status != WB_OK || !last) return status;
  return wbi_step_event(practice, action->enrollment, awaits);
}

/* A receipt of an action that is not known: after a restore, of one that was sent since. */
static wb_status receipt_stray(const wbi_receive *event) {
  wbi_effect seen = {.kind = WBI_EFFECT_SEEN};
  memcpy(&seen.id, event->input.action, sizeof seen.id);
  if (!event->practice->state.restoring) return WB_E_NAME;
  return wbi_outbox_has(&event->practice->state, &seen.id) ? WB_OK : wbi_receive_add(event, seen);
}

wb_status wbi_receive_delivered(const wbi_receive *event) {
  const uint32_t found = receipt_find(event);
  if (found == WBI_NONE) return receipt_stray(event);
  const wbi_state *state = &event->practice->state;
  const wbi_action *action = wbi_state_action(state, found);
  const uint8_t was = action->state;
  const bool never = was == WB_ACTION_FAILED || was == WB_ACTION_UNDELIVERED;
  if (was == WB_ACTION_DELIVERED) return WB_OK;
  if ((never || was == WB_ACTION_WITHDRAWN) && !wbi_outbox_tells(state, action)) return WB_E_STATE;
  if (event->input.outcome != WB_CAUSE_NONE)
    return wbi_fail(event->error, WB_E_INVALID, "What was delivered has no cause.");
  return receipt_take(event, found, WB_ACTION_DELIVERED, WBI_AWAIT_DELIVERED);
}

/* Whether a receipt can say this of a message that did not arrive. */
static bool receipt_cause(int32_t cause) {
  return cause == WB_CAUSE_NONE || (cause >= WB_CAUSE_ADDRESS && cause <= WB_CAUSE_OPTED_OUT);
}

/* An opt-out that the carrier knows of is one, whatever became of the message before. */
static wb_status receipt_out(const wbi_receive *event, const wbi_action *action) {
  const uint8_t flags = wbi_state_contact(&event->practice->state, &action->contact);
  const bool news = event->input.outcome == WB_CAUSE_OPTED_OUT &&
                    wbi_action_message(action->kind) && (flags & WBI_CONTACT_OPTED_OUT) == 0;
  return news ? wbi_contact_out(event->practice, &action->contact, 0, event->now) : WB_OK;
}

wb_status wbi_receive_undelivered(const wbi_receive *event) {
  const uint32_t found = receipt_find(event);
  if (found == WBI_NONE) return receipt_stray(event);
  if (!receipt_cause(event->input.outcome))
    return wbi_fail(event->error, WB_E_INVALID, "No receipt says this of a message.");
  const wbi_action *action = wbi_state_action(&event->practice->state, found);
  const uint8_t was = action->state;
  if (was == WB_ACTION_DELIVERED) return WB_E_STATE;
  if (was == WB_ACTION_FAILED || was == WB_ACTION_UNDELIVERED || was == WB_ACTION_WITHDRAWN)
    return receipt_out(event, action);
  return receipt_take(event, found, WB_ACTION_UNDELIVERED, WBI_AWAIT_UNDELIVERED);
}

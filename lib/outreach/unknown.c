/* SPDX-License-Identifier: MIT */
/*
 * What follows when nobody knows whether a message was sent: its step says so. It counts as sent,
 * and the sequence goes on; or the sequence waits at the step: for a receipt, for a call to be
 * dealt with, or to hand the message out once more, which only a host does that keeps what it sent
 * and whose provider takes the id for a key.
 */
#include "outreach/practice_private.h"

/* Until when the id of a message is a key. */
static wb_time unknown_key(const wb_practice *practice, const wbi_action *action) {
  return action->claimed_at + (wb_time)practice->options.resend;
}

/* When a message may be resent: no more often than what is throttled, and while the id is a key. */
static wb_time unknown_resent(const wb_practice *practice, const wbi_action *action, wb_time now) {
  wb_time at;
  return wbi_ack_again(action, now, &at) && at < unknown_key(practice, action) ? at : WB_TIME_NONE;
}

wb_status wbi_unknown_until(wb_practice *practice, uint32_t number, wb_time now, wb_time *until) {
  const wbi_state *state = &practice->state;
  const wbi_action *action = wbi_state_action(state, number);
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, action->enrollment);
  const wb_campaign *campaign;
  *until = WB_TIME_NONE;
  const bool here = enrollment->state != WB_STATE_ENDED && enrollment->detail == number + 1 &&
                    enrollment->definition == action->definition && enrollment->response == 0;
  if (!here || !wbi_action_message(action->kind)) return WB_OK;
  const wb_status status = wbi_practice_campaign(practice, action->definition, &campaign);
  if (status != WB_OK || campaign == NULL || action->step >= campaign->step_count) return status;
  const wbi_step *step = &campaign->steps[action->step];
  switch (step->unknown) {
  case WBI_UNKNOWN_RECEIPT: *until = now + step->within; break;
  case WBI_UNKNOWN_CALL: *until = now; break;
  case WBI_UNKNOWN_RESEND: *until = unknown_resent(practice, action, now); break;
  case WBI_UNKNOWN_SENT: break;
  }
  return WB_OK;
}

/* The message of which nobody knows and which the sequence waits for; NULL: there is none. */
static const wbi_action *unknown_open(const wbi_turn *turn) {
  const uint32_t open = wbi_turn_enrollment(turn)->detail;
  if (open == 0) return NULL;
  const wbi_action *action = wbi_state_action(&turn->practice->state, open - 1);
  return action->state == WB_ACTION_UNKNOWN ? action : NULL;
}

bool wbi_unknown_waits(const wbi_turn *turn) {
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  const bool called = enrollment->response != 0; /* then nothing is waited for any more */
  if (called || turn->step != enrollment->step || turn->loop != enrollment->loop) return false;
  return (enrollment->awaits & WBI_AWAIT_CALL) != 0 || unknown_open(turn) != NULL;
}

/* The step that follows a message once it counts as sent, and when. */
static wbi_effect unknown_next(const wbi_state *state, const wbi_action *action, wb_time now) {
  wbi_effect effect = wbi_state_effect(state, action->enrollment, WBI_EFFECT_STEP);
  effect.step = action->next_step;
  effect.wake = action->next_wake > now ? action->next_wake : now;
  return effect;
}

/* Goes on as if the message was sent. */
static wb_status unknown_on(wbi_turn *turn, const wbi_action *action) {
  const wbi_effect effect = unknown_next(&turn->practice->state, action, turn->now);
  turn->done = true;
  return wbi_practice_record(turn->practice, WBI_BY_POLL, &effect, 1);
}

/* Puts a call on the desk's list, and waits until it was dealt with. */
static wb_status unknown_call(wbi_turn *turn, const wbi_step *step, wb_error *error) {
  if ((wbi_turn_enrollment(turn)->awaits & WBI_AWAIT_CALL) == 0) {
    const wb_status status = wbi_step_record(turn, WBI_AWAIT_CALL, turn->now);
    if (status != WB_OK) return status;
  }
  return wbi_claim_call(turn, &(wbi_call){step->id, step->note, step->within}, error);
}

/* Whether what a message said is withdrawn, or of another definition, which may say otherwise. */
static bool unknown_unsaid(const wbi_turn *turn, const wbi_action *action) {
  const wb_campaign *campaign = turn->campaign;
  return action->definition != wbi_turn_enrollment(turn)->definition ||
         action->text >= campaign->text_count ||
         wbi_state_withdrawn(&turn->practice->state, campaign->name,
                             campaign->texts[action->text].name);
}

/* Hands it out once more, while it may still go to where it went. */
static wb_status unknown_resend(wbi_turn *turn, const wbi_action *action, wb_error *error) {
  wbi_reach reach;
  const wb_time key = unknown_key(turn->practice, action);
  if (key < turn->before) turn->before = key;
  if (turn->now >= turn->before || unknown_unsaid(turn, action)) return unknown_on(turn, action);
  const wb_status status = wbi_look_contact(turn, action, &reach, error);
  if (status != WB_OK) return status;
  if (reach.hold != WB_HOLD_NONE) return unknown_on(turn, action);
  return wbi_claim_resend(turn, action, &reach, error);
}

wb_status wbi_unknown_turn(wbi_turn *turn, wb_error *error) {
  const wbi_step *step = &turn->campaign->steps[turn->step];
  const wbi_action *action = unknown_open(turn);
  if (step->unknown == WBI_UNKNOWN_CALL) return unknown_call(turn, step, error);
  if (action == NULL) return wbi_step_leave(turn, WB_HOLD_NONE);
  if (step->unknown == WBI_UNKNOWN_RESEND) return unknown_resend(turn, action, error);
  return unknown_on(turn, action);
}

wb_status wbi_unknown_known(wb_practice *practice, const wbi_action *action,
                            const wbi_outcome *outcome, bool back, wb_time now) {
  const wbi_state *state = &practice->state;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, action->enrollment);
  const bool calls = enrollment->state != WB_STATE_ENDED &&
                     (enrollment->awaits & WBI_AWAIT_CALL) != 0 &&
                     enrollment->entry == action->entry && enrollment->step == action->step;
  const bool ended = outcome->cause == WB_CAUSE_OPTED_OUT && !back; /* with its calls */
  if (action->state != WB_ACTION_UNKNOWN || !calls || ended) return WB_OK;
  const wb_status status = wbi_desk_close(practice, action->enrollment);
  if (status != WB_OK || back || enrollment->state == WB_STATE_CLAIMED) return status;
  const wbi_effect step = unknown_next(state, action, now);
  return wbi_plan_add(&practice->plan, &step);
}

/* SPDX-License-Identifier: MIT */
/*
 * The last look at what is handed out, for hosts that batch: the checks of a turn once more, on the
 * facts of now. What must not go is taken back at once: for good, or until it may.
 */
#include "outreach/practice_private.h"

wb_status wbi_look_contact(wbi_turn *turn, const wbi_action *action, wbi_reach *reach,
                           wb_error *error) {
  const wb_campaign *campaign = turn->campaign;
  const wbi_step *step = &campaign->steps[turn->step];
  uint16_t index = action->text;
  for (uint32_t i = 0; i < step->text_count; i++) {
    if (campaign->texts[step->texts[i]].channel == action->channel) index = step->texts[i];
  }
  *reach = (wbi_reach){.hold = WB_HOLD_BAD_ADDRESS, .consent = {.hold = WB_HOLD_BAD_ADDRESS}};
  if (index >= campaign->text_count) return WB_OK; /* it is of a definition that had more */
  const wb_status status = wbi_reach_channel(turn->practice, campaign, turn->subject, turn->patient,
                                             index, reach, error);
  if (status != WB_OK) return status;
  const bool same = wbi_bytes16_equal(&reach->contact.point, &action->contact);
  if (reach->hold == WB_HOLD_NONE && !same) reach->hold = WB_HOLD_BAD_ADDRESS;
  return WB_OK;
}

/* Whether the step goes another way without the channel, which is held: by another channel, or on.
   Else the message waits: for its channel, or to go to the address that is on record by now. */
static wb_status look_elsewhere(wbi_turn *turn, const wbi_reach *held, wb_error *error) {
  const bool moved = held->hold == WB_HOLD_BAD_ADDRESS && held->consent.hold == WB_HOLD_NONE;
  const bool resend = turn->looks->kind == WB_ACTION_RESEND;
  wbi_reach other;
  turn->elsewhere = resend || (!moved && !wbi_turn_waits(turn, held->hold));
  if (turn->elsewhere || moved) return WB_OK;
  const wb_status status =
      wbi_reach_find(turn->practice, turn->campaign, turn->subject,
                     &turn->campaign->steps[turn->step], wbi_turn_who(turn), &other, error);
  turn->elsewhere = status == WB_OK && other.hold == WB_HOLD_NONE;
  return status;
}

/* Whether nothing is held against the channel that the action goes by. */
static wb_status look_contact(wbi_turn *turn, wbi_reach *reach, wb_error *error) {
  wb_status status = wbi_look_contact(turn, turn->looks, reach, error);
  if (status != WB_OK || reach->hold == WB_HOLD_NONE) return status;
  status = look_elsewhere(turn, reach, error);
  return status == WB_OK ? wbi_turn_hold(turn, reach->hold, turn->now) : status;
}

/* What ended it is known already: only the action is taken back. */
static wb_status look_known(wbi_turn *turn, wbi_text reason) {
  turn->reason = reason;
  turn->done = true;
  return WB_OK;
}

/* Whether the text that was handed out is still said, and its offer made. */
static wb_status look_said(wbi_turn *turn, const wbi_reach *reach, wb_error *error) {
  const wbi_action *action = turn->looks;
  const wb_campaign *campaign = turn->campaign;
  const wb_offer *offer;
  wb_local local;
  const bool here = action->definition == wbi_turn_enrollment(turn)->definition &&
                    action->step == turn->step && action->text < campaign->text_count;
  if (!here) return WB_OK;
  if (wbi_state_withdrawn(&turn->practice->state, campaign->name,
                          campaign->texts[action->text].name))
    return wbi_turn_hold(turn, WB_HOLD_RENDER, turn->now);
  if (action->kind != WB_ACTION_SEND) return WB_OK; /* of a resend the offer was made */
  const wb_status status = wb_zone_local(turn->zone, turn->now, &local);
  if (WBI_NEVER(status != WB_OK)) return status;
  return wbi_offer_claim(turn, reach->consent.authorized, local.date, &offer, error);
}

wb_status wbi_look_take(wbi_turn *turn, wb_error *error) {
  if (!wbi_action_message(turn->looks->kind)) return WB_OK;
  if (wbi_turn_enrollment(turn)->response != 0) return look_known(turn, WBI_TEXT("responded"));
  if (turn->step >= turn->campaign->step_count) return look_known(turn, WBI_TEXT("finished"));
  wbi_reach reach;
  wb_status status = look_contact(turn, &reach, error);
  if (status == WB_OK && !turn->done) status = wbi_claim_stands(turn, reach.row, error);
  return status != WB_OK || turn->done ? status : look_said(turn, &reach, error);
}

/* What is said of an action that is not handed out any more. */
static wb_status look_over(const wb_practice *practice, const wbi_action *action, wb_look *look,
                           wb_error *error) {
  const wbi_state *state = &practice->state;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, action->enrollment);
  const bool ended = enrollment->state == WB_STATE_ENDED && enrollment->entry == action->entry;
  if (action->state == WB_ACTION_READY) {
    look->answer = WB_LOOK_LATER;
    look->reason = "ready";
    return WB_OK;
  }
  if (action->state != WB_ACTION_WITHDRAWN)
    return wbi_fail(error, WB_E_STATE, "What became of the action is known already.");
  look->answer = WB_LOOK_WITHDRAWN;
  look->reason = ended ? wbi_keys_text(&state->names, enrollment->detail).data : "withdrawn";
  return WB_OK;
}

/* Whether the entry goes on that an action is of. */
static bool look_inside(const wbi_turn *turn) {
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  return enrollment->entry == turn->looks->entry && enrollment->state != WB_STATE_ENDED;
}

/* Whether a message may go yet: its patient asked for a call, which may be in vain. */
static bool look_comes_back(const wbi_turn *turn) {
  return wbi_action_message(turn->looks->kind) && wbi_turn_enrollment(turn)->response != 0 &&
         look_inside(turn);
}

/* What an action is that is taken back: dropped for good, or to be handed out again. Of a resend
   only the resend is taken back: the message is unknown again, and if it may go later, looked at.
 */
static wbi_outcome look_outcome(const wbi_turn *turn, bool good) {
  const bool resent = turn->looks->kind == WB_ACTION_RESEND;
  if (resent)
    return (wbi_outcome){.state = WB_ACTION_UNKNOWN, .retry_at = good ? WB_TIME_NONE : turn->now};
  const bool ends = good && !look_comes_back(turn);
  return (wbi_outcome){.state = ends ? WB_ACTION_WITHDRAWN : WB_ACTION_READY,
                       .cause = ends ? WB_CAUSE_NONE : WB_CAUSE_INTERRUPTED,
                       .elsewhere = turn->elsewhere,
                       .retry_at = turn->now};
}

/* Plans and commits that an action is taken back. */
static wb_status look_withdraw(wbi_turn *turn, uint32_t number, const wb_look *look,
                               wb_error *error) {
  wb_practice *practice = turn->practice;
  const bool ends =
      turn->reason.length > 0 && wbi_turn_enrollment(turn)->response == 0 && look_inside(turn);
  const wbi_outcome outcome = look_outcome(turn, look->answer == WB_LOOK_WITHDRAWN);
  wb_status status = wbi_plan_open(&practice->plan, &practice->state, WBI_BY_TEST);
  if (status == WB_OK) status = wbi_outcome_add(practice, number, &outcome, turn->now);
  if (status == WB_OK && ends) status = wbi_turn_leave(turn);
  if (status != WB_OK) return wbi_fail(error, status, "There is no memory for the change.");
  wbi_plan_close(&practice->plan);
  return wbi_practice_commit(practice, error);
}

/* Why not: an end, a hold, or that the visit it is about was put off. */
static const char *look_reason(const wbi_turn *turn) {
  if (turn->reason.length > 0) return turn->reason.data;
  return turn->hold != WB_HOLD_NONE ? wb_hold_name(turn->hold) : "put_off";
}

/* Says what the checks came to. */
static void look_answer(const wbi_turn *turn, wb_look *look) {
  const wbi_action *action = turn->looks;
  look->deliver_by = action->deliver_by;
  look->answer = WB_LOOK_GO;
  if (!turn->done) return;
  const bool good = turn->reason.length > 0 || turn->elsewhere;
  look->answer = good ? WB_LOOK_WITHDRAWN : WB_LOOK_LATER;
  look->hold = turn->hold;
  look->reason = look_reason(turn);
}

/* The checks of what is handed out. */
static wb_status look_checks(wbi_turn *turn, wb_facts *facts, wb_error *error) {
  const wbi_state *state = &turn->practice->state;
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  if (enrollment->entry != turn->looks->entry) return look_known(turn, WBI_TEXT("entered_again"));
  if (enrollment->state == WB_STATE_ENDED)
    return look_known(turn, wbi_keys_text(&state->names, enrollment->detail));
  if (turn->now >= turn->looks->deliver_by) return wbi_turn_hold(turn, WB_HOLD_LATE, turn->now);
  return wbi_turn_take(turn, facts, error);
}

/* Looks at an action. */
static wb_status look_run(wb_practice *practice, const wbi_bytes16 *id, wb_facts *facts,
                          wb_time now, wb_look *look, wb_error *error) {
  const uint32_t number = wbi_table_find(&practice->state.actions, id);
  if (number == WBI_NONE ||
      !wbi_state_keeps(&practice->state, wbi_state_action(&practice->state, number)))
    return wbi_fail(error, WB_E_NAME, "There is no such action.");
  const wbi_action action = *wbi_state_action(&practice->state, number);
  if (action.state != WB_ACTION_CLAIMED) return look_over(practice, &action, look, error);
  wbi_turn turn = wbi_turn_begin(practice, action.enrollment, now);
  turn.looks = &action;
  turn.counts = action.claimed_at;
  const wb_status status = look_checks(&turn, facts, error);
  if (status != WB_OK) return status;
  look_answer(&turn, look);
  return turn.done ? look_withdraw(&turn, number, look, error) : WB_OK;
}

wb_status WB_CALL wb_practice_test(wb_practice *practice, const uint8_t *id, wb_facts *facts,
                                   wb_time now, wb_look *look, wb_error *error) {
  wbi_bytes16 action;
  wb_look found = {.reason = ""};
  if (id == NULL || look == NULL || look->size < sizeof *look)
    return wbi_fail(error, WB_E_INVALID, "There is no action id, or no place for the answer.");
  memcpy(&action, id, sizeof action);
  wb_status status = wbi_practice_start(practice, now, error);
  if (status != WB_OK) return status;
  status = wbi_practice_facts(practice, facts, error);
  if (status == WB_OK) {
    status = look_run(practice, &action, facts, now, &found, error);
    wbi_facts_leave(facts);
  }
  if (status == WB_OK) status = wbi_struct_write(look, sizeof found, &found, sizeof found);
  wbi_practice_leave(practice);
  return status;
}

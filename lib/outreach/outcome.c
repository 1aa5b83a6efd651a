/* SPDX-License-Identifier: MIT */
/*
 * What follows from what became of an action. An address that is bad is closed, a carrier's opt-out
 * is an opt-out, and the step that did not arrive is tried by its next channel, unless the patient
 * has responded, or the sequence has gone on to something else.
 */
#include "outreach/practice_private.h"

/* What is known of the contact point from now on. */
static wb_status outcome_contact(wb_practice *practice, const wbi_action *action, uint8_t cause) {
  const uint8_t flags = wbi_state_contact(&practice->state, &action->contact);
  uint8_t more = 0;
  if (cause == WB_CAUSE_ADDRESS) more = WBI_CONTACT_CLOSED;
  if (cause == WB_CAUSE_OPTED_OUT) more = WBI_CONTACT_OPTED_OUT;
  if ((flags | more) == flags || action->kind != WB_ACTION_SEND) return WB_OK;
  const wbi_effect effect = {
      .kind = WBI_EFFECT_CONTACT, .id = action->contact, .code = flags | more};
  return wbi_plan_add(&practice->plan, &effect);
}

/* Whether an outcome means that another channel may be tried. */
static bool outcome_elsewhere(const wbi_outcome *outcome) {
  const bool closed = outcome->cause == WB_CAUSE_ADDRESS || outcome->cause == WB_CAUSE_OPTED_OUT;
  return outcome->elsewhere || outcome->state == WB_ACTION_UNDELIVERED ||
         (closed && outcome->state == WB_ACTION_FAILED);
}

/* The step of an action, where the sequence still is or which it has just left; WBI_STEP_END: it
   has gone on. Of an action that was unknown, only when it waited: what has gone on is not called
   back. */
static uint8_t outcome_step(const wbi_state *state, uint32_t number) {
  const wbi_action *action = wbi_state_action(state, number);
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, action->enrollment);
  if (enrollment->state == WB_STATE_ENDED || enrollment->entry != action->entry ||
      enrollment->response != 0)
    return WBI_STEP_END;
  if (enrollment->detail == number + 1) return enrollment->step;
  const bool elsewhere = enrollment->state == WB_STATE_CLAIMED || enrollment->detail != 0 ||
                         enrollment->definition != action->definition;
  if (elsewhere) return WBI_STEP_END;
  const bool left = action->state == WB_ACTION_SENT && enrollment->step == action->next_step;
  return left || enrollment->step == action->step ? action->step : WBI_STEP_END;
}

wb_status wbi_outcome_add(wb_practice *practice, uint32_t number, const wbi_outcome *outcome,
                          wb_time now) {
  const wbi_state *state = &practice->state;
  const wbi_action *action = wbi_state_action(state, number);
  const wbi_effect effect = {.kind = WBI_EFFECT_OUTCOME,
                             .id = action->id,
                             .code = outcome->state,
                             .cause = outcome->cause,
                             .until = outcome->retry_at};
  wb_status status = wbi_plan_add(&practice->plan, &effect);
  if (status == WB_OK) status = outcome_contact(practice, action, outcome->cause);
  const bool back = action->kind == WB_ACTION_SEND && outcome_elsewhere(outcome);
  wbi_effect step = wbi_state_effect(state, action->enrollment, WBI_EFFECT_STEP);
  step.step = outcome_step(state, number);
  if (status != WB_OK || !back || step.step == WBI_STEP_END) return status;
  step.wake = now;
  return wbi_plan_add(&practice->plan, &step);
}

wb_status wbi_practice_note(wb_practice *practice, wbi_cause cause, const wbi_effect *note,
                            wb_status refusal) {
  wbi_plan_start(&practice->plan, &practice->state, practice->plan.now);
  wb_status status = wbi_practice_record(practice, cause, note, 1);
  if (status == WB_OK) status = wbi_practice_commit(practice, NULL);
  return status == WB_OK ? refusal : status;
}

wb_status wbi_outbox_note(wb_practice *practice, const wbi_bytes16 *id, int32_t kind,
                          wb_error *error) {
  const wbi_effect seen = {.kind = WBI_EFFECT_SEEN, .id = *id};
  if (kind == WB_NOT_SENT || wbi_outbox_has(&practice->state, id)) return WB_OK;
  const wb_status status = wbi_practice_record(practice, WBI_BY_ACK, &seen, 1);
  if (status != WB_OK) return wbi_fail(error, status, "There is no memory for the outcome.");
  return wbi_practice_commit(practice, error);
}

bool wbi_outbox_has(const wbi_state *state, const wbi_bytes16 *id) {
  if (state->epoch == 0) return false;
  const uint32_t found = wbi_table_find(&state->seen, id);
  return found != WBI_NONE &&
         !wbi_state_forgotten(state, ((const wbi_seen *)wbi_table_at(&state->seen, found))->at);
}

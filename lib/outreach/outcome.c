/* SPDX-License-Identifier: MIT */
/*
 * What follows from what became of an action. An address that is bad is closed, a carrier's opt-out
 * is an opt-out, and the step that did not arrive is tried by its next channel, unless the patient
 * has responded, a step awaits just that, or the sequence has gone on to something else. That is
 * what an opt-out leaves of a sequence: one without another channel ends with the others that wrote
 * to the number.
 */
#include "outreach/practice_private.h"

/* A bad address is closed. */
static wb_status outcome_close(wb_practice *practice, const wbi_bytes16 *contact) {
  const uint8_t flags = wbi_state_contact(&practice->state, contact);
  const wbi_effect effect = {
      .kind = WBI_EFFECT_CONTACT, .id = *contact, .code = flags | WBI_CONTACT_CLOSED};
  return flags == effect.code ? WB_OK : wbi_plan_add(&practice->plan, &effect);
}

/* Whether an outcome means that another channel may be tried. */
static bool outcome_elsewhere(const wbi_outcome *outcome) {
  if (outcome->awaited) return false;
  const bool closed = outcome->cause == WB_CAUSE_ADDRESS || outcome->cause == WB_CAUSE_OPTED_OUT;
  return outcome->elsewhere || outcome->state == WB_ACTION_UNDELIVERED || closed;
}

/* Whether the step of an action has a text for another channel. */
static wb_status outcome_other(wb_practice *practice, const wbi_action *action, bool *other) {
  const wb_campaign *campaign = NULL;
  const wb_status status = wbi_practice_campaign(practice, action->definition, &campaign);
  if (status != WB_OK || campaign == NULL || action->step >= campaign->step_count) return status;
  const wbi_step *step = &campaign->steps[action->step];
  for (uint32_t i = 0; i < step->text_count; i++)
    *other = *other || campaign->texts[step->texts[i]].channel != action->channel;
  return WB_OK;
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

/* What follows for the contact point of a message, and the step that is tried once more. */
static wb_status outcome_follow(wb_practice *practice, uint32_t number, const wbi_outcome *outcome,
                                uint8_t *step, wb_time now) {
  const wbi_action *action = wbi_state_action(&practice->state, number);
  *step = outcome_elsewhere(outcome) ? outcome_step(&practice->state, number) : WBI_STEP_END;
  if (outcome->cause == WB_CAUSE_ADDRESS) return outcome_close(practice, &action->contact);
  if (outcome->cause != WB_CAUSE_OPTED_OUT) return WB_OK;
  bool other = false;
  const wb_status status = outcome_other(practice, action, &other);
  if (status != WB_OK) return status;
  if (!other) *step = WBI_STEP_END;
  const uint32_t spared = *step != WBI_STEP_END ? action->enrollment + 1 : 0;
  return wbi_contact_out(practice, &action->contact, spared, now);
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
  wbi_effect step = wbi_state_effect(state, action->enrollment, WBI_EFFECT_STEP);
  wb_status status = wbi_plan_add(&practice->plan, &effect);
  if (status != WB_OK || !wbi_action_message(action->kind)) return status;
  status = outcome_follow(practice, number, outcome, &step.step, now);
  const bool back = step.step != WBI_STEP_END;
  if (status == WB_OK) status = wbi_unknown_known(practice, action, outcome, back, now);
  if (status != WB_OK || !back) return status;
  step.wake = now;
  return wbi_plan_add(&practice->plan, &step);
}

/* Whether an id is known among the events. */
static bool outcome_seen(const wbi_state *state, const wbi_bytes16 *id) {
  const uint32_t found = wbi_table_find(&state->seen, id);
  return found != WBI_NONE &&
         !wbi_state_forgotten(state, ((const wbi_seen *)wbi_table_at(&state->seen, found))->at);
}

/* Under what it is known among the events that an action was noted: no other event has that id. One
   that was unknown then may contradict once it is known. */
static wbi_bytes16 outcome_noted(const wbi_effect *note) {
  wbi_bytes16 noted = note->id;
  const size_t turned = sizeof noted.bytes - (note->code == WBI_NOTE_UNKNOWN_ACTION);
  for (size_t i = 0; i < turned; i++)
    noted.bytes[i] = (uint8_t)~noted.bytes[i];
  return noted;
}

/* Whose action a note is about; nobody's: of what was never handed out. */
static wbi_text outcome_whose(const wbi_state *state, const wbi_effect *note) {
  const uint32_t found = wbi_table_find(&state->actions, &note->id);
  if (note->code != WBI_NOTE_CONTRADICTION) return WBI_TEXT("");
  if (WBI_NEVER(found == WBI_NONE)) return WBI_TEXT(""); /* ack and receipt have looked */
  const uint32_t number = wbi_state_action(state, found)->enrollment;
  return wbi_keys_text(&state->patients, wbi_state_enrollment(state, number)->patient);
}

wb_status wbi_practice_note(wb_practice *practice, wbi_cause cause, const wbi_effect *note,
                            wb_status refusal) {
  const bool once = note->code != WBI_NOTE_UNKNOWN_PERSON; /* who may say more than one thing */
  wbi_effect effects[2] = {*note, {.kind = WBI_EFFECT_SEEN, .id = outcome_noted(note)}};
  effects[0].patient = outcome_whose(&practice->state, note);
  wbi_plan_start(&practice->plan, &practice->state, practice->plan.now);
  if (once && outcome_seen(&practice->state, &effects[1].id)) return refusal;
  wb_status status = wbi_practice_record(practice, cause, effects, once ? 2 : 1);
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

bool wbi_outbox_tells(const wbi_state *state, const wbi_action *action) {
  const bool nothing = action->state == WB_ACTION_FAILED || action->state == WB_ACTION_WITHDRAWN;
  return nothing && wbi_action_message(action->kind) && state->restoring != 0;
}

bool wbi_outbox_has(const wbi_state *state, const wbi_bytes16 *id) {
  return state->epoch != 0 && outcome_seen(state, id);
}

/* SPDX-License-Identifier: MIT */
/*
 * What became of an action. From claimed: sent, unknown, ready again or failed; from unknown: sent
 * or failed, never ready, because the sequence may have moved on. Anything else is the same answer
 * again, or a contradiction.
 */
#include "outreach/practice_private.h"

/* The outcome as the journal has it. */
typedef struct ack_result {
  uint8_t state, cause;
  wb_time retry_at;
} ack_result;

/* After a try that did not get through: when to try again; false: often enough. */
static bool ack_retry(const wbi_action *action, int32_t cause, wb_time now, wb_time *retry_at) {
  static const int32_t ack_pauses[] = {60, 300, 1800, 14400};
  *retry_at = now;
  if (cause == WB_CAUSE_INTERRUPTED) return true;
  if (cause != WB_CAUSE_THROTTLED && cause != WB_CAUSE_LATE) return false;
  if (action->tries >= WBI_COUNT(ack_pauses)) return false;
  *retry_at = now + ack_pauses[action->tries];
  return true;
}

/* What an outcome makes of an open action. A patient who responded gets no further message. */
static ack_result ack_decide(const wb_practice *practice, const wbi_action *action,
                             const wb_outcome *outcome, wb_time now) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(&practice->state, action->enrollment);
  const bool under_way = action->state == WB_ACTION_CLAIMED &&
                         enrollment->state == WB_STATE_CLAIMED &&
                         enrollment->entry == action->entry;
  const bool responded = enrollment->response != 0 && action->kind == WB_ACTION_SEND;
  ack_result result = {.cause = (uint8_t)outcome->cause, .retry_at = now};
  if (outcome->kind == WB_SENT)
    result.state = WB_ACTION_SENT;
  else if (outcome->kind == WB_SENT_UNKNOWN)
    result.state = WB_ACTION_UNKNOWN;
  else if (under_way && !responded && ack_retry(action, outcome->cause, now, &result.retry_at))
    result.state = WB_ACTION_READY;
  else
    result.state = WB_ACTION_FAILED;
  return result;
}

/* Whether an answer says what is known already; else it contradicts. */
static bool ack_same(const wbi_action *action, const wb_outcome *outcome) {
  switch (action->state) {
  case WB_ACTION_SENT: return outcome->kind == WB_SENT;
  case WB_ACTION_UNKNOWN: return outcome->kind == WB_SENT_UNKNOWN;
  default: return outcome->kind == WB_NOT_SENT && outcome->cause == action->cause;
  }
}

/* What else follows: a bad address is closed and the step tried by its next channel. */
static size_t ack_follow(const wb_practice *practice, const wbi_action *action,
                         const ack_result *result, wb_time now, wbi_effect *effects) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(&practice->state, action->enrollment);
  const bool live = enrollment->state == WB_STATE_CLAIMED && enrollment->entry == action->entry &&
                    action->state == WB_ACTION_CLAIMED;
  size_t count = 0;
  if (result->cause == WB_CAUSE_ADDRESS && action->kind == WB_ACTION_SEND) {
    const uint8_t flags = wbi_state_contact(&practice->state, &action->contact);
    effects[count++] = (wbi_effect){
        .kind = WBI_EFFECT_CONTACT, .id = action->contact, .code = flags | WBI_CONTACT_CLOSED};
    if (live && enrollment->response == 0) {
      effects[count] = wbi_state_effect(&practice->state, action->enrollment, WBI_EFFECT_STEP);
      effects[count].step = enrollment->step;
      effects[count++].wake = now;
    }
  }
  return count;
}

/* Plans and commits an outcome. */
static wb_status ack_run(wb_practice *practice, const wbi_bytes16 *id, const wb_outcome *outcome,
                         wb_time now, wb_error *error) {
  const uint32_t found = wbi_table_find(&practice->state.actions, id);
  const wbi_action *action = found != WBI_NONE ? wbi_state_action(&practice->state, found) : NULL;
  if (action == NULL || !wbi_state_keeps(&practice->state, action))
    return wbi_fail(error, WB_E_NAME, "There is no such action.");
  const bool open = action->state == WB_ACTION_CLAIMED ||
                    (action->state == WB_ACTION_UNKNOWN && outcome->kind != WB_SENT_UNKNOWN);
  if (!open) {
    if (ack_same(action, outcome)) return WB_OK;
    return wbi_fail(error, WB_E_STATE, "The outcome contradicts an earlier one.");
  }
  const ack_result result = ack_decide(practice, action, outcome, now);
  wbi_effect effects[4] = {{.kind = WBI_EFFECT_OUTCOME,
                            .id = *id,
                            .code = result.state,
                            .cause = result.cause,
                            .until = result.retry_at}};
  const size_t more = ack_follow(practice, action, &result, now, effects + 1);
  const wb_status status = wbi_practice_record(practice, WBI_BY_ACK, effects, 1 + more);
  if (status != WB_OK) return wbi_fail(error, status, "There is no memory for the outcome.");
  return wbi_practice_commit(practice, error);
}

wb_status WB_CALL wb_practice_ack(wb_practice *practice, const uint8_t *id,
                                  const wb_outcome *outcome, wb_time now, wb_error *error) {
  wb_outcome known;
  wbi_bytes16 action;
  if (id == NULL) return wbi_fail(error, WB_E_INVALID, "There is no action id.");
  wb_status status = wbi_struct_read(outcome, sizeof known, &known, sizeof known, 0, error);
  if (status != WB_OK) return status;
  const bool caused = known.cause > WB_CAUSE_NONE && known.cause <= WB_CAUSE_POLICY;
  if (known.kind < WB_SENT || known.kind > WB_SENT_UNKNOWN ||
      caused != (known.kind == WB_NOT_SENT) || (!caused && known.cause != WB_CAUSE_NONE))
    return wbi_fail(error, WB_E_INVALID, "The outcome is none, or its cause does not go with it.");
  memcpy(&action, id, sizeof action);
  status = wbi_practice_start(practice, now, error);
  if (status != WB_OK) return status;
  status = ack_run(practice, &action, &known, now, error);
  wbi_practice_leave(practice);
  return status;
}

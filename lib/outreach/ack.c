/* SPDX-License-Identifier: MIT */
/*
 * What the host says of an action. From claimed: sent, unknown, ready again or failed; from
 * unknown: sent or failed, never ready, because the sequence may have moved on; from failed and
 * withdrawn, while a backup is restored: sent or unknown. Anything else is the same answer again,
 * or a contradiction.
 */
#include "outreach/practice_private.h"

bool wbi_ack_again(const wbi_action *action, wb_time now, wb_time *at) {
  static const int32_t ack_pauses[] = {60, 300, 1800, 14400};
  if (action->tries >= WBI_COUNT(ack_pauses)) return false;
  *at = now + ack_pauses[action->tries];
  return true;
}

/* Whether a cause says that this attempt did not get through, and another may. */
static bool ack_passing(int32_t cause) {
  return cause == WB_CAUSE_INTERRUPTED || cause == WB_CAUSE_THROTTLED || cause == WB_CAUSE_LATE;
}

/* After a try that did not get through: when to try again, if not at once; false: often enough. */
static bool ack_retry(const wbi_action *action, int32_t cause, wb_time now, wb_time *retry_at) {
  if (cause == WB_CAUSE_INTERRUPTED) return true;
  return ack_passing(cause) && wbi_ack_again(action, now, retry_at);
}

/* Whether an answer leaves open what became of an action: of a resend, that it did not get through
   says nothing of the first attempt. */
static bool ack_open(const wbi_action *action, const wb_outcome *outcome) {
  const bool resent = action->kind == WB_ACTION_RESEND && outcome->kind == WB_NOT_SENT;
  return outcome->kind == WB_SENT_UNKNOWN || (resent && ack_passing(outcome->cause));
}

/* What an outcome makes of an open action. */
static wbi_outcome ack_decide(const wb_practice *practice, const wbi_action *action,
                              const wb_outcome *outcome, wb_time now) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(&practice->state, action->enrollment);
  const bool under_way = action->state == WB_ACTION_CLAIMED &&
                         enrollment->state == WB_STATE_CLAIMED &&
                         enrollment->entry == action->entry;
  wbi_outcome result = {.cause = (uint8_t)outcome->cause, .retry_at = now};
  if (outcome->kind == WB_SENT)
    result.state = WB_ACTION_SENT;
  else if (ack_open(action, outcome))
    result.state = WB_ACTION_UNKNOWN;
  else if (under_way && ack_retry(action, outcome->cause, now, &result.retry_at))
    result.state = WB_ACTION_READY;
  else
    result.state = WB_ACTION_FAILED;
  return result;
}

/* Whether an answer goes with what is known already; else it contradicts. A receipt knows better
   than a host that does not know. */
static bool ack_same(const wbi_action *action, const wb_outcome *outcome) {
  const bool nothing = outcome->kind == WB_NOT_SENT;
  switch (action->state) {
  case WB_ACTION_SENT: return outcome->kind == WB_SENT;
  case WB_ACTION_UNKNOWN: return ack_open(action, outcome);
  case WB_ACTION_DELIVERED: return !nothing;
  case WB_ACTION_UNDELIVERED: return !nothing || outcome->cause == action->cause;
  case WB_ACTION_WITHDRAWN: return nothing;
  default: return nothing && outcome->cause == action->cause;
  }
}

/* Refuses an answer. That something may have been sent of which nobody knew is noted. */
static wb_status ack_refuse(wb_practice *practice, wbi_note note, const wbi_bytes16 *id,
                            const wb_outcome *outcome) {
  static const uint8_t ack_states[] = {[WB_SENT] = WB_ACTION_SENT,
                                       [WB_NOT_SENT] = WB_ACTION_FAILED,
                                       [WB_SENT_UNKNOWN] = WB_ACTION_UNKNOWN};
  const wb_status refusal = note == WBI_NOTE_UNKNOWN_ACTION ? WB_E_NAME : WB_E_STATE;
  if (note == WBI_NOTE_UNKNOWN_ACTION && outcome->kind == WB_NOT_SENT) return refusal;
  const wbi_effect effect = {.kind = WBI_EFFECT_NOTE,
                             .id = *id,
                             .code = (uint8_t)note,
                             .action = ack_states[outcome->kind],
                             .cause = (uint8_t)outcome->cause};
  return wbi_practice_note(practice, WBI_BY_ACK, &effect, refusal);
}

/* Plans and commits an outcome. */
static wb_status ack_plan(wb_practice *practice, uint32_t number, const wb_outcome *outcome,
                          wb_time now, wb_error *error) {
  const wbi_action *action = wbi_state_action(&practice->state, number);
  wbi_outcome result = ack_decide(practice, action, outcome, now);
  wb_status status = WB_OK;
  if (result.state == WB_ACTION_UNKNOWN)
    status = wbi_unknown_until(practice, number, now, &result.retry_at);
  if (status == WB_OK) status = wbi_plan_open(&practice->plan, &practice->state, WBI_BY_ACK);
  if (status == WB_OK) status = wbi_outcome_add(practice, number, &result, now);
  if (status != WB_OK) return wbi_fail(error, status, "There is no memory for the outcome.");
  wbi_plan_close(&practice->plan);
  return wbi_practice_commit(practice, error);
}

wb_status wbi_ack_run(wb_practice *practice, const wbi_bytes16 *id, const wb_outcome *outcome,
                      wb_time now, wb_error *error) {
  const uint32_t found = wbi_table_find(&practice->state.actions, id);
  const wbi_action *action = found != WBI_NONE ? wbi_state_action(&practice->state, found) : NULL;
  const bool known = action != NULL && wbi_state_keeps(&practice->state, action);
  if (!known && practice->state.restoring)
    return wbi_outbox_note(practice, id, outcome->kind, error);
  if (!known)
    return wbi_fail(error, ack_refuse(practice, WBI_NOTE_UNKNOWN_ACTION, id, outcome),
                    "There is no such action.");
  const bool open = action->state == WB_ACTION_CLAIMED ||
                    (action->state == WB_ACTION_UNKNOWN && !ack_open(action, outcome)) ||
                    (wbi_outbox_tells(&practice->state, action) && outcome->kind != WB_NOT_SENT);
  if (open) return ack_plan(practice, found, outcome, now, error);
  if (ack_same(action, outcome)) return WB_OK;
  return wbi_fail(error, ack_refuse(practice, WBI_NOTE_CONTRADICTION, id, outcome),
                  "The outcome contradicts an earlier one.");
}

wb_status wbi_ack_check(const wb_outcome *given, wb_outcome *known, wb_error *error) {
  const wb_status status = wbi_struct_read(given, sizeof *known, known, sizeof *known, 0, error);
  if (status != WB_OK) return status;
  const bool caused = known->cause > WB_CAUSE_NONE && known->cause <= WB_CAUSE_OPTED_OUT;
  const bool some = known->kind >= WB_SENT && known->kind <= WB_SENT_UNKNOWN;
  const bool goes = caused == (known->kind == WB_NOT_SENT);
  if (some && goes && (caused || known->cause == WB_CAUSE_NONE)) return WB_OK;
  return wbi_fail(error, WB_E_INVALID, "The outcome is none, or its cause does not go with it.");
}

wb_status WB_CALL wb_practice_ack(wb_practice *practice, const uint8_t *id,
                                  const wb_outcome *outcome, wb_time now, wb_error *error) {
  wb_outcome known;
  wbi_bytes16 action;
  if (id == NULL) return wbi_fail(error, WB_E_INVALID, "There is no action id.");
  wb_status status = wbi_ack_check(outcome, &known, error);
  if (status != WB_OK) return status;
  memcpy(&action, id, sizeof action);
  status = wbi_practice_start(practice, now, error);
  if (status != WB_OK) return status;
  status = wbi_ack_run(practice, &action, &known, now, error);
  wbi_practice_leave(practice);
  return status;
}

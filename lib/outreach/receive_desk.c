/* SPDX-License-Identifier: MIT */
/* Tasks for the desk: put on a list by an event, and what became of them. */
#include "outreach/receive_private.h"
#include "outreach/slot.h"

wbi_text wbi_receive_location(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  const uint32_t at = wbi_state_patient(state, event->person)->enrollments;
  if (at == WBI_NONE) return WBI_TEXT("");
  return wbi_keys_text(&state->locations, wbi_state_enrollment(state, at)->location);
}

wbi_bytes16 wbi_receive_id(const wbi_receive *event, wbi_text more) {
  const bool named = !wbi_bytes16_empty(&event->id);
  if (more.length == 0 && named) return event->id;
  uint8_t bytes[16];
  wbi_writer writer = {(char *)bytes, sizeof bytes, 0};
  wbi_put_u64(&writer, named ? 0 : event->practice->state.sequence + 1);
  wbi_put_u64(&writer, (uint64_t)event->now);
  wbi_siphash sip;
  wbi_bytes16 id;
  wbi_siphash_init(&sip, &event->practice->secret);
  wbi_siphash_text(&sip, WBI_TEXT("task"));
  wbi_siphash_text(&sip, more);
  wbi_siphash_add(&sip, &event->id, sizeof event->id);
  wbi_siphash_add(&sip, bytes, sizeof bytes);
  wbi_siphash_finish(&sip, &id);
  return id;
}

wb_status wbi_receive_task(const wbi_receive *event, uint8_t list, wbi_text reason) {
  return wbi_receive_task_more(event, list, reason, WBI_TEXT(""));
}

wb_status wbi_receive_task_more(const wbi_receive *event, uint8_t list, wbi_text reason,
                                wbi_text more) {
  const wbi_state *state = &event->practice->state;
  const bool first = wbi_text_equal(reason, WBI_TEXT("urgent_symptom"));
  /* Where nobody wrote, what comes before a task in each of its callers has refused the reply. */
  if (WBI_NEVER(event->person == WBI_NONE)) return WB_E_NAME;
  return wbi_receive_add(event,
                         (wbi_effect){.kind = WBI_EFFECT_TASK_OPEN,
                                      .id = wbi_receive_id(event, more),
                                      .definition = WBI_DEFINITIONS_MAX,
                                      .patient = wbi_keys_text(&state->patients, event->person),
                                      .location = wbi_receive_location(event),
                                      .name = reason,
                                      .code = list,
                                      .cause = !first,
                                      .day = WB_DATE_NONE,
                                      .wake = event->now,
                                      .until = WB_TIME_MAX});
}

wb_status wbi_receive_about(const wbi_receive *event, uint32_t number, uint8_t list,
                            wbi_text reason) {
  const wbi_state *state = &event->practice->state;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  wbi_effect effect = wbi_state_effect(state, number, WBI_EFFECT_TASK_OPEN);
  effect.id = wbi_receive_id(event, effect.subject);
  effect.location = wbi_keys_text(&state->locations, enrollment->location);
  effect.name = reason;
  effect.code = list;
  effect.cause = 1;
  effect.day = WB_DATE_NONE;
  effect.wake = event->now;
  effect.until = WB_TIME_MAX;
  return wbi_receive_add(event, effect);
}

wb_status wbi_receive_inbox(const wbi_receive *event, wbi_text reason) {
  return wbi_receive_task(event, WBI_LIST_INBOX, reason);
}

/* An effect that leaves a task as it is. */
static wbi_effect desk_set(const wbi_open_task *task) {
  return (wbi_effect){.kind = WBI_EFFECT_TASK_SET,
                      .id = task->id,
                      .cause = task->rank,
                      .signals = task->signals,
                      .number = task->attempts,
                      .wake = task->due,
                      .until = task->expires};
}

wb_status wbi_receive_raise(const wbi_receive *event, uint8_t sign, bool *raised) {
  const wbi_state *state = &event->practice->state;
  wb_status status = WB_OK;
  *raised = false;
  for (uint32_t i = 0; status == WB_OK && i < state->task.count; i++) {
    const wbi_open_task *task = wbi_state_task(state, i);
    if (task->patient != event->person || task->list != WBI_LIST_OUTREACH) continue;
    wbi_effect effect = desk_set(task);
    *raised = true;
    effect.signals |= sign;
    effect.cause = wbi_desk_rank(effect.signals, task->attempts);
    if (sign != WB_SIGNAL_CLICKED && effect.wake > event->now) effect.wake = event->now;
    if (effect.signals == task->signals && effect.wake == task->due) continue;
    status = wbi_receive_add(event, effect);
  }
  return status;
}

/* Whether a task is a call to one of two patients. */
static bool desk_either(const wbi_open_task *task, uint32_t one, uint32_t other) {
  return task->list == WBI_LIST_OUTREACH && (task->patient == one || task->patient == other);
}

wb_status wbi_receive_one_call(const wbi_receive *event, uint32_t into) {
  const wbi_state *state = &event->practice->state;
  const wbi_open_task *stays = NULL; /* the first of the list: it is worth most */
  wbi_effect effect = {.kind = WBI_EFFECT_COUNT};
  wb_status status = WB_OK;
  for (uint32_t i = 0; status == WB_OK && i < state->task.count; i++) {
    const wbi_open_task *task = wbi_state_task(state, i);
    if (!desk_either(task, event->person, into)) continue;
    if (stays == NULL) {
      stays = task;
      effect = desk_set(task);
      continue;
    }
    effect.signals |= task->signals;
    if (task->due < effect.wake) effect.wake = task->due;
    if (task->expires > effect.until) effect.until = task->expires;
    effect.cause = wbi_desk_rank(effect.signals, stays->attempts);
    status = wbi_desk_settle(event->practice, task);
    if (status == WB_OK) status = wbi_receive_add(event, effect);
  }
  return status;
}

/* The sequence that a task belongs to goes on, or ends. */
static wb_status desk_move(const wbi_receive *event, const wbi_open_task *task, bool done) {
  const wbi_state *state = &event->practice->state;
  const uint32_t number = wbi_task_enrollment(state, task);
  if (number == WBI_NONE) return WB_OK;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const uint32_t found = wbi_table_find(&state->actions, &task->id);
  const bool steps = found != WBI_NONE && enrollment->response == 0 &&
                     wbi_state_action(state, found)->step == enrollment->step;
  if (enrollment->response == 0 && !steps) return WB_OK;
  return wbi_desk_after(event->practice, number, done, event->now);
}

/* Dealt with. */
static wb_status desk_done(const wbi_receive *event, const wbi_open_task *task) {
  const wb_status status = wbi_desk_settle(event->practice, task);
  return status == WB_OK ? desk_move(event, task, true) : status;
}

/* The visit that was booked: where the task is of an opening and nothing else is said, that. */
static wb_status desk_booked(const wbi_receive *given, const wbi_open_task *task) {
  const wbi_state *state = &given->practice->state;
  const uint32_t place = wbi_slot_task(state, task);
  wbi_receive event = *given;
  if (place != WBI_NONE && event.visit.length == 0) {
    event.visit = wbi_opening_key(state, wbi_state_opening(state, place));
    event.input.at = wbi_state_opening(state, place)->start;
  }
  const wb_status status = wbi_desk_settle(event.practice, task);
  return status == WB_OK ? wbi_receive_booked(&event) : status;
}

/* Nobody was reached: it comes back, or was tried often enough. */
static wb_status desk_vain(const wbi_receive *event, const wbi_open_task *task) {
  const wb_practice_options *options = &event->practice->options;
  wbi_effect effect = desk_set(task);
  const bool outreach = task->list == WBI_LIST_OUTREACH;
  if (effect.number < UINT8_MAX) effect.number++;
  if (outreach && effect.number >= options->task_attempts) {
    const wb_status status = wbi_desk_settle(event->practice, task);
    return status == WB_OK ? desk_move(event, task, false) : status;
  }
  if (outreach) effect.cause = wbi_desk_rank(task->signals, effect.number);
  effect.wake = event->now + (wb_time)options->task_spacing;
  return wbi_receive_add(event, effect);
}

/* It rests until the time that was agreed, and is not given up before that. */
static wb_status desk_later(const wbi_receive *event, const wbi_open_task *task) {
  const wb_practice_options *options = &event->practice->options;
  const wb_time at = event->input.at;
  wbi_effect effect = desk_set(task);
  effect.wake = at != 0 ? at : event->now + (wb_time)options->task_spacing;
  if (effect.wake <= event->now || !wbi_time_valid(effect.wake)) {
    return wbi_fail(event->error, WB_E_INVALID, "A task cannot rest until a time that is past.");
  }
  const wb_time least = effect.wake + (wb_time)options->task_days * WBI_DAY;
  if (effect.until < least) effect.until = least < WB_TIME_MAX ? least : WB_TIME_MAX;
  return wbi_receive_add(event, effect);
}

/* What a call brought to light holds for the patient, whether or not its task is still there. */
static wb_status desk_learnt(const wbi_receive *event) {
  const bool wrong = event->input.outcome == WB_TASK_WRONG_NUMBER;
  wb_status status = WB_OK;
  switch (event->input.outcome) {
  case WB_TASK_MOVED: return wbi_receive_left(event);
  case WB_TASK_DECEASED: return wbi_receive_deceased(event);
  case WB_TASK_REFUSED:
  case WB_TASK_WRONG_NUMBER: status = wbi_receive_opening_back(event); break;
  default: return WB_OK;
  }
  if (status == WB_OK && wrong) status = wbi_receive_closed(event);
  const wbi_text reason = wrong ? WBI_TEXT("wrong_number") : WBI_TEXT("declined");
  return status == WB_OK ? wbi_receive_end(event, reason, 0) : status;
}

static wb_status desk_ended(const wbi_receive *event, const wbi_open_task *task) {
  const wb_status status = wbi_desk_settle(event->practice, task);
  return status == WB_OK ? desk_learnt(event) : status;
}

/* What somebody dealt with was handed over, whether or not the host has said so yet. */
static wb_status desk_handed(const wbi_receive *event, const wbi_bytes16 *id) {
  const wbi_state *state = &event->practice->state;
  const uint32_t found = wbi_table_find(&state->actions, id);
  if (found == WBI_NONE || wbi_state_action(state, found)->state != WB_ACTION_CLAIMED) return WB_OK;
  return wbi_receive_add(event, (wbi_effect){.kind = WBI_EFFECT_OUTCOME,
                                             .id = *id,
                                             .code = WB_ACTION_SENT,
                                             .until = event->now});
}

/* The task has left its list by itself: a booking was faster, or it was given up. */
static wb_status desk_gone(wbi_receive *event, const wbi_bytes16 *id) {
  const wbi_state *state = &event->practice->state;
  const uint32_t found = wbi_table_find(&state->actions, id);
  if (found == WBI_NONE) return WB_E_NAME;
  const wbi_action *action = wbi_state_action(state, found);
  if (action->kind != WB_ACTION_CALL_TASK) return WB_OK;
  event->person = wbi_state_enrollment(state, action->enrollment)->patient;
  event->patient = wbi_keys_text(&state->patients, event->person);
  return desk_learnt(event);
}

wb_status wbi_receive_task_done(const wbi_receive *given) {
  typedef wb_status (*desk_outcome)(const wbi_receive *, const wbi_open_task *);
  static const desk_outcome outcomes[] = {
      [WB_TASK_DONE] = desk_done,      [WB_TASK_BOOKED] = desk_booked,
      [WB_TASK_LATER] = desk_later,    [WB_TASK_NO_ANSWER] = desk_vain,
      [WB_TASK_VOICEMAIL] = desk_vain, [WB_TASK_WRONG_NUMBER] = desk_ended,
      [WB_TASK_REFUSED] = desk_ended,  [WB_TASK_MOVED] = desk_ended,
      [WB_TASK_DECEASED] = desk_ended,
  };
  const wbi_state *state = &given->practice->state;
  wbi_receive event = *given;
  wbi_bytes16 id;
  memcpy(&id, event.input.action, sizeof id);
  if (event.input.outcome < 0 || event.input.outcome >= (int32_t)WBI_COUNT(outcomes))
    return wbi_fail(event.error, WB_E_INVALID, "This is no outcome of a task.");
  const uint32_t found = wbi_state_task_find(state, &id);
  if (found == WBI_NONE) return desk_gone(&event, &id);
  const wbi_open_task task = *wbi_state_task(state, found);
  event.person = task.patient;
  event.patient = wbi_keys_text(&state->patients, task.patient);
  const wb_status status = desk_handed(&event, &id);
  return status == WB_OK ? outcomes[event.input.outcome](&event, &task) : status;
}

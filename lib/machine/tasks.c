/* SPDX-License-Identifier: MIT */
/* The open tasks, in the order of the desk. */
#include "machine/event_private.h"
#include "machine/snapshot_private.h"

wbi_open_task *wbi_state_task(const wbi_state *state, uint32_t number) {
  return wbi_vector_at(&state->task, number);
}

uint32_t wbi_state_task_find(const wbi_state *state, const wbi_bytes16 *id) {
  for (uint32_t i = 0; i < state->task.count; i++) {
    if (wbi_bytes16_equal(&wbi_state_task(state, i)->id, id)) return i;
  }
  return WBI_NONE;
}

uint32_t wbi_state_tasks(const wbi_state *state, uint32_t location, uint8_t list) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < state->task.count; i++) {
    const wbi_open_task *task = wbi_state_task(state, i);
    count += task->location == location && task->list == list;
  }
  return count;
}

/* Order of the desk: list, rank, longest open, id. */
static bool event_task_before(const wbi_open_task *a, const wbi_open_task *b) {
  if (a->list != b->list) return a->list < b->list;         /* same: they differ */
  if (a->rank != b->rank) return a->rank < b->rank;         /* same: they differ */
  if (a->opened != b->opened) return a->opened < b->opened; /* same: they differ */
  return memcmp(&a->id, &b->id, sizeof a->id) < 0;
}

/* Puts a task in its place; there is room. */
static void event_task_put(wbi_state *state, const wbi_open_task *task) {
  wbi_vector_push(&state->task);
  uint32_t at = (uint32_t)state->task.count - 1;
  for (; at > 0 && event_task_before(task, wbi_state_task(state, at - 1)); at--)
    *wbi_state_task(state, at) = *wbi_state_task(state, at - 1);
  *wbi_state_task(state, at) = *task;
}

/* Takes a task out of its place. */
static wbi_open_task event_task_take(wbi_state *state, uint32_t at) {
  const wbi_open_task task = *wbi_state_task(state, at);
  for (; at + 1 < state->task.count; at++)
    *wbi_state_task(state, at) = *wbi_state_task(state, at + 1);
  state->task.count--;
  return task;
}

/* Counts a task of a list that has a limit on the day it was opened. */
static void event_task_tally(wbi_location *location, const wbi_effect *effect) {
  const uint32_t list = wbi_list_limited(effect->code);
  if (list == WBI_LIMITED || effect->day == WB_DATE_NONE) return;
  if (effect->day > location->task_day[list]) {
    location->task_day[list] = effect->day;
    location->tasks[list] = 0;
  }
  location->tasks[list]++;
}

/* Counts what cannot wait about a patient. */
static void event_task_urgent(wbi_state *state, const wbi_open_task *task) {
  wbi_patient *patient = wbi_state_patient(state, task->patient);
  if (task->list == WBI_LIST_NOW && patient->urgent < UINT8_MAX) patient->urgent++;
}

/* Nothing is urgent any more: whoever was held for that is looked at next. */
static void event_task_settled(wbi_state *state, const wbi_open_task *task) {
  wbi_patient *patient = wbi_state_patient(state, task->patient);
  if (task->list != WBI_LIST_NOW || patient->urgent == 0 || --patient->urgent > 0) return;
  state->looks |= UINT64_C(1) << WB_HOLD_DESK;
  uint32_t at = patient->enrollments;
  for (; at != WBI_NONE; at = wbi_state_enrollment(state, at)->next) {
    const wbi_enrollment *enrollment = wbi_state_enrollment(state, at);
    if (enrollment->state == WB_STATE_HELD && enrollment->hold == WB_HOLD_DESK)
      wbi_wake_set(state, at, WB_TIME_MIN);
  }
}

void wbi_event_task_open(wbi_state *state, const wbi_effect *effect, wb_time at) {
  if (wbi_state_task_find(state, &effect->id) != WBI_NONE) return;
  const bool named = effect->definition < state->definition.count;
  const wbi_open_task task = {.id = effect->id,
                              .opened = at,
                              .due = effect->wake,
                              .expires = effect->until,
                              .patient = wbi_event_patient(state, effect->patient),
                              .location = wbi_event_location(state, effect->location),
                              .subject = effect->subject.length > 0
                                             ? wbi_keys_add(&state->subjects, effect->subject)
                                             : WBI_NONE,
                              .reason = wbi_keys_add(&state->names, effect->name),
                              .definition = named ? effect->definition : WBI_DEFINITIONS_MAX,
                              .list = effect->code,
                              .rank = effect->cause,
                              .attempts = (uint8_t)effect->number,
                              .signals = effect->signals};
  event_task_put(state, &task);
  event_task_urgent(state, &task);
  event_task_tally(wbi_state_location(state, task.location), effect);
}

void wbi_event_task_set(wbi_state *state, const wbi_effect *effect) {
  const uint32_t at = wbi_state_task_find(state, &effect->id);
  if (at == WBI_NONE) return;
  wbi_open_task task = event_task_take(state, at);
  task.due = effect->wake;
  task.expires = effect->until;
  task.rank = effect->cause;
  task.attempts = (uint8_t)effect->number;
  task.signals = effect->signals;
  event_task_put(state, &task);
}

uint32_t wbi_task_enrollment(const wbi_state *state, const wbi_open_task *task) {
  /* same: it is of one that there is, or of none */
  if (task->definition >= state->definition.count) return WBI_NONE;
  const uint32_t number = wbi_state_inside(state, task->patient, task->definition,
                                           wbi_state_about(state, task->subject));
  if (number == WBI_NONE) return WBI_NONE;
  return wbi_state_enrollment(state, number)->state == WB_STATE_ENDED ? WBI_NONE : number;
}

/* The sequence that waits for a task does no more: it is looked at when it was to wake. */
static void event_task_wake(wbi_state *state, const wbi_open_task *task) {
  const uint32_t number = wbi_task_enrollment(state, task);
  if (number == WBI_NONE) return;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  if (enrollment->state == WB_STATE_WAITING) wbi_wake_set(state, number, enrollment->wake);
}

void wbi_event_task_close(wbi_state *state, const wbi_effect *effect) {
  const uint32_t at = wbi_state_task_find(state, &effect->id);
  if (at == WBI_NONE) return;
  const wbi_open_task task = event_task_take(state, at);
  event_task_settled(state, &task);
  event_task_wake(state, &task);
  wbi_event_look(state, WB_HOLD_CAPACITY);
}

void wbi_tasks_save(const wbi_snapshot_plan *plan, wbi_writer *writer) {
  const wbi_state *state = plan->state;
  wbi_put_u32(writer, (uint32_t)state->task.count);
  for (uint32_t i = 0; i < state->task.count; i++) {
    const wbi_open_task *task = wbi_state_task(state, i);
    wbi_put_bytes(writer, &task->id, sizeof task->id);
    wbi_snapshot_time(writer, task->opened);
    wbi_snapshot_time(writer, task->due);
    wbi_snapshot_time(writer, task->expires);
    wbi_put_u32(writer, plan->patient_at[task->patient]);
    wbi_put_u32(writer, plan->location_at[task->location]);
    wbi_put_u16(writer, task->definition);
    const uint8_t bytes[] = {task->list, task->rank, task->attempts, task->signals};
    wbi_put_bytes(writer, bytes, sizeof bytes);
    wbi_put_short(writer, wbi_state_about(state, task->subject));
    wbi_put_short(writer, wbi_keys_text(&state->names, task->reason));
  }
}

/* The members of a task but its keys. */
static void load_task(const wbi_state *state, wbi_reader *reader, wbi_open_task *task) {
  task->id = wbi_load_id(reader);
  task->opened = wbi_load_time(reader);
  task->due = wbi_load_time(reader);
  task->expires = wbi_load_time(reader);
  task->patient = wbi_load_place(reader, state->patient.count);
  task->location = wbi_load_place(reader, state->location.count);
  task->definition = wbi_get_u16(reader);
  if (task->definition >= state->definition.count && task->definition != WBI_DEFINITIONS_MAX)
    reader->failed = true;
  task->list = wbi_load_code(reader, WBI_LIST_OUTREACH, WBI_LIST_VISITS);
  task->rank = wbi_get_u8(reader);
  task->attempts = wbi_get_u8(reader);
  task->signals = wbi_get_u8(reader);
}

/* What a task is about, and why it is there. */
static wb_status load_task_keys(wbi_state *state, wbi_reader *reader, wbi_open_task *task) {
  const wbi_text subject = wbi_load_key(reader);
  const wbi_text reason = wbi_load_key(reader);
  if (reader->failed) return WB_E_CORRUPT;
  wb_status status = wbi_keys_reserve(&state->names, 1, reason.length);
  if (status == WB_OK) status = wbi_keys_reserve(&state->subjects, 1, subject.length);
  if (status != WB_OK) return status;
  task->reason = wbi_keys_add(&state->names, reason);
  task->subject = subject.length > 0 ? wbi_keys_add(&state->subjects, subject) : WBI_NONE;
  return WB_OK;
}

wb_status wbi_tasks_load(wbi_state *state, wbi_reader *reader) {
  const uint32_t count = wbi_load_count(reader, 58);
  wb_status status = wbi_vector_reserve(&state->task, count);
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    wbi_open_task *task = wbi_vector_push(&state->task);
    load_task(state, reader, task);
    status = load_task_keys(state, reader, task);
    if (status == WB_OK) event_task_urgent(state, task);
    if (i > 0 && !event_task_before(task - 1, task)) status = WB_E_CORRUPT;
  }
  return status;
}

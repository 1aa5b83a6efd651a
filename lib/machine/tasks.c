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

/* Order of the desk: list, rank, longest open, id. */
static bool event_task_before(const wbi_open_task *a, const wbi_open_task *b) {
  if (a->list != b->list) return a->list < b->list;
  if (a->rank != b->rank) return a->rank < b->rank;
  if (a->opened != b->opened) return a->opened < b->opened;
  return memcmp(&a->id, &b->id, sizeof a->id) < 0;
}

void wbi_event_task_open(wbi_state *state, const wbi_effect *effect, wb_time at) {
  if (wbi_state_task_find(state, &effect->id) != WBI_NONE) return;
  const wbi_open_task task = {.id = effect->id,
                              .opened = at,
                              .patient = wbi_event_patient(state, effect->patient),
                              .location = wbi_event_location(state, effect->location),
                              .reason = wbi_keys_add(&state->names, effect->name),
                              .definition = effect->definition < state->definition.count
                                                ? effect->definition
                                                : WBI_DEFINITIONS_MAX,
                              .list = effect->code,
                              .rank = effect->cause};
  wbi_vector_push(&state->task);
  uint32_t at_place = (uint32_t)state->task.count - 1;
  for (; at_place > 0 && event_task_before(&task, wbi_state_task(state, at_place - 1)); at_place--)
    *wbi_state_task(state, at_place) = *wbi_state_task(state, at_place - 1);
  *wbi_state_task(state, at_place) = task;
}

void wbi_event_task_close(wbi_state *state, const wbi_effect *effect) {
  uint32_t at = wbi_state_task_find(state, &effect->id);
  if (at == WBI_NONE) return;
  for (; at + 1 < state->task.count; at++)
    *wbi_state_task(state, at) = *wbi_state_task(state, at + 1);
  state->task.count--;
}

void wbi_tasks_save(const wbi_snapshot_plan *plan, wbi_writer *writer) {
  const wbi_state *state = plan->state;
  wbi_put_u32(writer, (uint32_t)state->task.count);
  for (uint32_t i = 0; i < state->task.count; i++) {
    const wbi_open_task *task = wbi_state_task(state, i);
    wbi_put_bytes(writer, &task->id, sizeof task->id);
    wbi_snapshot_time(writer, task->opened);
    wbi_put_u32(writer, plan->patient_at[task->patient]);
    wbi_put_u32(writer, plan->location_at[task->location]);
    wbi_put_u16(writer, task->definition);
    wbi_put_u8(writer, task->list);
    wbi_put_u8(writer, task->rank);
    wbi_put_short(writer, wbi_keys_text(&state->names, task->reason));
  }
}

wb_status wbi_tasks_load(wbi_state *state, wbi_reader *reader) {
  const uint32_t count = wbi_get_u32(reader);
  if (!wbi_load_fits(reader, count, 38)) return WB_E_CORRUPT;
  wb_status status = wbi_vector_reserve(&state->task, count);
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    wbi_open_task *task = wbi_vector_push(&state->task);
    task->id = wbi_load_id(reader);
    task->opened = wbi_load_time(reader);
    task->patient = wbi_load_place(reader, state->patient.count);
    task->location = wbi_load_place(reader, state->location.count);
    task->definition = wbi_get_u16(reader);
    if (task->definition >= state->definition.count && task->definition != WBI_DEFINITIONS_MAX)
      return WB_E_CORRUPT;
    task->list = wbi_load_code(reader, WBI_LIST_OUTREACH, WBI_LIST_NOW);
    task->rank = wbi_get_u8(reader);
    const wbi_text reason = wbi_load_key(reader);
    if (reader->failed) return WB_E_CORRUPT;
    status = wbi_keys_reserve(&state->names, 1, reason.length);
    if (status == WB_OK) task->reason = wbi_keys_add(&state->names, reason);
  }
  return status == WB_OK ? wbi_load_result(reader) : status;
}

/* SPDX-License-Identifier: MIT */
/*
 * Going through a list or map. exists is an || over the elements and all an &&, so one element can
 * decide whatever is unknown of the others; what the other macros make is unknown as soon as one
 * step is.
 */
#include "cel/cel_private.h"

/* Sets the names of a loop to the element it is at. */
static void loop_set(wbi_cel_run *run, const wbi_cel_frame *frame) {
  wbi_cel_value *local = &run->locals[frame->loop->local];
  const bool map = frame->range.kind == WBI_KIND_MAP;
  const wbi_cel_value *entry = map ? &frame->range.as.items[2 * (size_t)frame->at] : NULL;
  if (frame->loop->names == 1) {
    local[0] = map ? entry[0] : wbi_cel_item(run, &frame->range, frame->at);
    return;
  }
  local[0] = map ? entry[0] : wbi_cel_of_int(frame->at);
  local[1] = map ? entry[1] : wbi_cel_item(run, &frame->range, frame->at);
}

/* Room for what a loop makes; false: it costs too much. */
static bool loop_room(wbi_cel_run *run, wbi_cel_frame *frame) {
  const uint16_t kind = frame->loop->kind;
  if (kind <= WBI_LOOP_ONE || kind == WBI_LOOP_ENTRIES) return true;
  const size_t each = kind == WBI_LOOP_MAP ? 2 * sizeof *frame->made : sizeof *frame->made;
  frame->made = wbi_cel_take(run, frame->length * each);
  return frame->made != NULL;
}

/* What a loop comes to when nothing decides it before its end. */
static wbi_cel_value loop_result(const wbi_cel_frame *frame) {
  if (frame->doubt.kind != WB_NULL) return frame->doubt;
  switch (frame->loop->kind) {
  case WBI_LOOP_ALL: return wbi_cel_of_bool(true);
  case WBI_LOOP_EXISTS: return wbi_cel_of_bool(false);
  case WBI_LOOP_ONE: return wbi_cel_of_bool(frame->count == 1);
  case WBI_LOOP_FILTER:
  case WBI_LOOP_LIST: return wbi_cel_of_list(frame->made, frame->count);
  default:
    return (wbi_cel_value){.as.items = frame->made, .length = frame->count, .kind = WBI_KIND_MAP};
  }
}

bool wbi_cel_loop_begin(wbi_cel_run *run, const wbi_cel_loop_code *loop, const wbi_cel_value *range,
                        wbi_cel_value *result) {
  wbi_cel_frame *frame = run->frames;
  *result = *range;
  if (wbi_cel_is_doubt(range)) return false;
  *result = wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  if (range->kind != WB_LIST && range->kind != WBI_KIND_MAP) return false;
  *frame = (wbi_cel_frame){
      .loop = loop, .range = *range, .length = range->length, .doubt = {.kind = WB_NULL}};
  *result = wbi_cel_of_fault(WBI_FAULT_COST);
  if (!loop_room(run, frame)) return false;
  *result = loop_result(frame);
  if (frame->length == 0) return false;
  loop_set(run, frame);
  run->frames++;
  return true;
}

/* ---- steps -------------------------------------------------------------------------------- */

/* Notes what is unknown or wrong with a step. */
static void loop_doubt(wbi_cel_frame *frame, const wbi_cel_value *step) {
  frame->doubt = wbi_cel_doubt(&frame->doubt, step);
}

/* A step of all, exists and exists_one, whose truth is known; whether it decides the loop. */
static bool loop_truth(wbi_cel_frame *frame, bool truth) {
  if (frame->loop->kind == WBI_LOOP_ALL) return !truth;
  if (frame->loop->kind == WBI_LOOP_EXISTS) return truth;
  frame->count += truth;
  return false;
}

/* Adds an element to a list that is made. */
static void loop_keep(wbi_cel_frame *frame, wbi_cel_value value) {
  frame->made[frame->count++] = value;
}

/* Adds an entry to a map that is made; a key that is there already is an error. */
static void loop_put(wbi_cel_run *run, wbi_cel_frame *frame, const wbi_cel_value *key,
                     const wbi_cel_value *value) {
  const wbi_cel_value map = {.as.items = frame->made, .length = frame->count, .kind = WBI_KIND_MAP};
  wbi_cel_value there = wbi_cel_has(run, &map, key);
  if (there.kind == WB_BOOL && there.as.integer != 0) there = wbi_cel_of_fault(WBI_FAULT_TWICE);
  if (there.kind == WBI_KIND_ERROR) {
    loop_doubt(frame, &there);
    return;
  }
  frame->made[2 * (size_t)frame->count] = *key;
  frame->made[2 * (size_t)frame->count++ + 1] = *value;
}

/* Adds the entries of a map that a step is. */
static void loop_entries(wbi_cel_run *run, wbi_cel_frame *frame, const wbi_cel_value *step) {
  const size_t count = (size_t)frame->count + step->length;
  wbi_cel_value *made = wbi_cel_take(run, 2 * count * sizeof *made);
  if (step->kind != WBI_KIND_MAP || made == NULL) {
    const wbi_cel_value wrong =
        wbi_cel_of_fault(made == NULL ? WBI_FAULT_COST : WBI_FAULT_OVERLOAD);
    loop_doubt(frame, &wrong);
    return;
  }
  if (frame->count > 0) memcpy(made, frame->made, 2 * (size_t)frame->count * sizeof *made);
  frame->made = made;
  for (uint32_t i = 0; i < step->length; i++)
    loop_put(run, frame, &step->as.items[2 * (size_t)i], &step->as.items[2 * (size_t)i + 1]);
}

/* Takes a step that is known. */
static bool loop_take(wbi_cel_run *run, wbi_cel_frame *frame, const wbi_cel_value *step) {
  const wbi_cel_loop_code *loop = frame->loop;
  if (loop->kind <= WBI_LOOP_FILTER && step->kind != WB_BOOL) {
    const wbi_cel_value wrong = wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
    loop_doubt(frame, &wrong);
    return false;
  }
  switch (loop->kind) {
  case WBI_LOOP_FILTER:
    if (step->as.integer != 0) loop_keep(frame, run->locals[loop->local]);
    return false;
  case WBI_LOOP_LIST: loop_keep(frame, *step); return false;
  case WBI_LOOP_MAP: loop_put(run, frame, &run->locals[loop->local], step); return false;
  case WBI_LOOP_ENTRIES: loop_entries(run, frame, step); return false;
  default: return loop_truth(frame, step->as.integer != 0);
  }
}

bool wbi_cel_loop_next(wbi_cel_run *run, const wbi_cel_value *step, wbi_cel_value *result) {
  wbi_cel_frame *frame = run->frames - 1;
  bool decided = false;
  if (step != NULL && wbi_cel_is_doubt(step))
    loop_doubt(frame, step);
  else if (step != NULL)
    decided = loop_take(run, frame, step);
  if (!wbi_cel_charge(run, 1)) {
    decided = true;
    *result = wbi_cel_of_fault(WBI_FAULT_COST);
  } else if (decided) {
    *result = *step;
  } else if (++frame->at == frame->length) {
    decided = true;
    *result = loop_result(frame);
  }
  if (decided) {
    run->frames--;
    return false;
  }
  loop_set(run, frame);
  return true;
}

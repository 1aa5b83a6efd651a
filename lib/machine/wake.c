/* SPDX-License-Identifier: MIT */
/*
 * Who is looked at next: a binary heap with one place for each enrolment that waits for something.
 * Ties are broken by segment, then by a hash of the patient's key, then by the key itself, so the
 * order is the same before and after a load, and a backlog is spread.
 */
#include "machine/machine.h"

/* The entry at a place. */
static wbi_wake *wake_entry(const wbi_state *state, size_t place) {
  return wbi_vector_at(&state->heap, place);
}

/* Order of two enrolments that wake at once and share their `order`. */
static int wake_tie(const wbi_state *state, uint32_t a, uint32_t b) {
  const wbi_enrollment *one = wbi_state_enrollment(state, a);
  const wbi_enrollment *two = wbi_state_enrollment(state, b);
  const int keys = wbi_text_compare(wbi_keys_text(&state->patients, one->patient),
                                    wbi_keys_text(&state->patients, two->patient));
  if (keys != 0) return keys;
  if (one->definition != two->definition) return (int)one->definition - (int)two->definition;
  return wbi_text_compare(wbi_state_subject(state, one), wbi_state_subject(state, two));
}

/* Whether `a` comes before `b`. */
static bool wake_before(const wbi_state *state, const wbi_wake *a, const wbi_wake *b) {
  if (a->at != b->at) return a->at < b->at;
  if (a->order != b->order) return a->order < b->order;
  return wake_tie(state, a->enrollment, b->enrollment) < 0;
}

/* Puts an entry at a place and tells its enrolment. */
static void wake_put(wbi_state *state, size_t place, wbi_wake wake) {
  *wake_entry(state, place) = wake;
  wbi_state_enrollment(state, wake.enrollment)->place = (uint32_t)place;
}

/* Moves an entry up from an empty place until its parent comes before it. */
static void wake_rise(wbi_state *state, size_t place, wbi_wake wake) {
  while (place > 0) {
    const size_t parent = (place - 1) / 2;
    if (!wake_before(state, &wake, wake_entry(state, parent))) break;
    wake_put(state, place, *wake_entry(state, parent));
    place = parent;
  }
  wake_put(state, place, wake);
}

/* Fills an empty place with an entry, moving it down or up to where it belongs. */
static void wake_settle(wbi_state *state, size_t place, wbi_wake wake) {
  const size_t count = state->heap.count;
  for (size_t child; (child = 2 * place + 1) < count; place = child) {
    if (child + 1 < count &&
        wake_before(state, wake_entry(state, child + 1), wake_entry(state, child)))
      child++;
    if (!wake_before(state, wake_entry(state, child), &wake)) break;
    wake_put(state, place, *wake_entry(state, child));
  }
  wake_rise(state, place, wake);
}

/* Takes an enrolment out of the heap. */
static void wake_remove(wbi_state *state, wbi_enrollment *enrollment) {
  const size_t place = enrollment->place;
  if (place == WBI_NONE) return;
  enrollment->place = WBI_NONE;
  const wbi_wake last = *wake_entry(state, state->heap.count - 1);
  state->heap.count--;
  if (place < state->heap.count) wake_settle(state, place, last);
}

/* The canonical tie-break of an enrolment. */
static uint32_t wake_order(const wbi_state *state, const wbi_enrollment *enrollment) {
  const wbi_text key = wbi_keys_text(&state->patients, enrollment->patient);
  const uint64_t hash = wbi_hash_bytes(key.data, key.length);
  return (uint32_t)enrollment->segment << 24 | (uint32_t)(hash >> 40);
}

void wbi_wake_set(wbi_state *state, uint32_t number, wb_time at) {
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  if (at == WB_TIME_NONE) {
    wake_remove(state, enrollment);
    return;
  }
  const wbi_wake wake = {at, wake_order(state, enrollment), number};
  if (enrollment->place == WBI_NONE) {
    WBI_ASSERT(state->heap.count < state->heap.capacity);
    state->heap.count++;
    wake_rise(state, state->heap.count - 1, wake);
  } else {
    wake_settle(state, enrollment->place, wake);
  }
}

wb_time wbi_wake_at(const wbi_state *state, uint32_t number) {
  const uint32_t place = wbi_state_enrollment(state, number)->place;
  return place == WBI_NONE ? WB_TIME_NONE : wake_entry(state, place)->at;
}

uint32_t wbi_wake_first(const wbi_state *state, wb_time *at) {
  if (state->heap.count == 0) return WBI_NONE;
  *at = wake_entry(state, 0)->at;
  return wake_entry(state, 0)->enrollment;
}

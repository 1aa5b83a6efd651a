/* SPDX-License-Identifier: MIT */
/*
 * Who is looked at next: a heap with one place for each enrolment that waits for something. Those
 * who are held, or wait for more than time, are looked at again at times that are nobody's state,
 * in a second heap; then they take their place in the first by when they entered, or were to wake.
 * So who comes first does not depend on when somebody was last looked at, and is the same after a
 * crash.
 *
 * Ties are broken by the rank of the campaign and the segment, then by a hash of the patient's key,
 * then by the key itself, so the order is the same before and after a load, and a backlog is
 * spread.
 */
#include "machine/machine.h"

/* Four children of a place lie side by side: half as many places to walk as with two. */
enum { WAKE_CHILDREN = 4 };
/* Parts of a rank: seconds, rank of the campaign, segment, the first of the hash. All our years
   fit. */
enum { WAKE_TIME = 25, WAKE_RANK = 18, WAKE_SEGMENT = 10 };

/* Of a place: it is in the heap of those who are held. */
#define WAKE_HELD (UINT32_C(1) << 31)

/* The entry at a place of a heap. */
static wbi_wake *wake_entry(const wbi_vector *heap, size_t place) {
  return wbi_vector_at(heap, place);
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

/* Whether `a` comes before `b`: without a branch that nobody can foretell. */
static inline bool wake_before(const wbi_state *state, const wbi_wake *a, const wbi_wake *b) {
  const bool same = a->rank == b->rank;
  if (same & (a->order == b->order)) return wake_tie(state, a->enrollment, b->enrollment) < 0;
  return (a->rank < b->rank) | (same & (a->order < b->order));
}

/* Where an enrolment is, or WBI_NONE. They lie apart from the rest of it: a walk through the heap
   moves many. */
static uint32_t *wake_place(const wbi_state *state, uint32_t number) {
  return wbi_vector_at(&state->places, number);
}

/* Puts an entry at a place and notes it. */
static void wake_put(wbi_state *state, wbi_vector *heap, size_t place, wbi_wake wake) {
  *wake_entry(heap, place) = wake;
  *wake_place(state, wake.enrollment) = (uint32_t)place | (heap == &state->held ? WAKE_HELD : 0);
}

/* Moves an entry up from an empty place until its parent comes before it. */
static void wake_rise(wbi_state *state, wbi_vector *heap, size_t place, wbi_wake wake) {
  while (place > 0) {
    const size_t parent = (place - 1) / WAKE_CHILDREN;
    if (!wake_before(state, &wake, wake_entry(heap, parent))) break;
    wake_put(state, heap, place, *wake_entry(heap, parent));
    place = parent;
  }
  wake_put(state, heap, place, wake);
}

/* The first of the entries below a place; `first` is there. */
static size_t wake_least(const wbi_state *state, const wbi_vector *heap, size_t first) {
  const size_t rest = heap->count - first;
  const size_t end = first + (rest < WAKE_CHILDREN ? rest : WAKE_CHILDREN);
  size_t least = first;
  for (size_t child = first + 1; child < end; child++) {
    if (wake_before(state, wake_entry(heap, child), wake_entry(heap, least))) least = child;
  }
  return least;
}

/* Asks for the entries below the children of a place before it is known whose are needed. */
static void wake_fetch(const wbi_vector *heap, size_t first) {
  enum { LINE = 4, BELOW = WAKE_CHILDREN * WAKE_CHILDREN };
  if (first + BELOW >= heap->count) return;
  for (size_t at = first; at <= first + BELOW; at += LINE)
    wbi_fetch((const wbi_wake *)heap->data + at);
}

/* Fills an empty place with an entry, moving it down or up to where it belongs. */
static void wake_settle(wbi_state *state, wbi_vector *heap, size_t place, wbi_wake wake) {
  const size_t count = heap->count;
  for (size_t first; (first = WAKE_CHILDREN * place + 1) < count;) {
    wake_fetch(heap, WAKE_CHILDREN * first + 1);
    const size_t child = wake_least(state, heap, first);
    if (!wake_before(state, wake_entry(heap, child), &wake)) break;
    wake_put(state, heap, place, *wake_entry(heap, child));
    place = child;
  }
  wake_rise(state, heap, place, wake);
}

/* The heap that a place is in. */
static wbi_vector *wake_heap(wbi_state *state, uint32_t place) {
  return (place & WAKE_HELD) != 0 ? &state->held : &state->heap;
}

/* Takes an enrolment out of its heap. */
static void wake_remove(wbi_state *state, uint32_t number) {
  const uint32_t found = *wake_place(state, number);
  if (found == WBI_NONE) return;
  wbi_vector *heap = wake_heap(state, found);
  const uint32_t place = found & ~WAKE_HELD;
  *wake_place(state, number) = WBI_NONE;
  const wbi_wake last = *wake_entry(heap, heap->count - 1);
  heap->count--;
  if (place < heap->count) wake_settle(state, heap, place, last);
}

/* The entry of an enrolment that wakes then. */
static wbi_wake wake_make(const wbi_state *state, uint32_t number, wb_time at) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const wbi_text key = wbi_keys_text(&state->patients, enrollment->patient);
  const uint64_t hash = wbi_hash_bytes(key.data, key.length);
  const uint64_t since = at > WB_TIME_MIN ? (uint64_t)(at - WB_TIME_MIN) : 0;
  return (wbi_wake){since << WAKE_TIME | (uint64_t)(enrollment->rank & 127) << WAKE_RANK |
                        (uint64_t)enrollment->segment << WAKE_SEGMENT | hash >> 54,
                    (uint32_t)(hash >> 22), number};
}

/* When an entry wakes. */
static wb_time wake_time(const wbi_wake *wake) {
  return (wb_time)(wake->rank >> WAKE_TIME) + WB_TIME_MIN;
}

/* Puts an enrolment into a heap, or to where it belongs there now. */
static void wake_enter(wbi_state *state, wbi_vector *heap, uint32_t number, wb_time at) {
  uint32_t place = *wake_place(state, number);
  const wbi_wake wake = wake_make(state, number, at);
  if (place != WBI_NONE && wake_heap(state, place) != heap) {
    wake_remove(state, number);
    place = WBI_NONE;
  }
  if (place == WBI_NONE) {
    WBI_ASSERT(heap->count < heap->capacity);
    heap->count++;
    wake_rise(state, heap, heap->count - 1, wake);
  } else {
    wake_settle(state, heap, place & ~WAKE_HELD, wake);
  }
}

uint32_t wbi_wake_new(wbi_state *state) {
  wbi_vector_push(&state->enrollment);
  *(uint32_t *)wbi_vector_push(&state->places) = WBI_NONE;
  return (uint32_t)state->enrollment.count - 1;
}

void wbi_wake_set(wbi_state *state, uint32_t number, wb_time at) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const bool again = enrollment->state == WB_STATE_WAITING && at > enrollment->wake;
  const bool held = enrollment->state == WB_STATE_HELD || again;
  if (at == WB_TIME_NONE)
    wake_remove(state, number);
  else
    wake_enter(state, held ? &state->held : &state->heap, number, at);
}

void wbi_wake_look(wbi_state *state, wb_time now) {
  while (state->held.count > 0 &&
         (state->look_all || wake_time(wake_entry(&state->held, 0)) <= now)) {
    const uint32_t number = wake_entry(&state->held, 0)->enrollment;
    const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
    const bool waits = enrollment->state == WB_STATE_WAITING;
    wake_enter(state, &state->heap, number, waits ? enrollment->wake : enrollment->entered);
  }
  state->look_all = 0;
}

wb_time wbi_wake_at(const wbi_state *state, uint32_t number) {
  const uint32_t place = *wake_place(state, number);
  if (place == WBI_NONE) return WB_TIME_NONE;
  const wbi_vector *heap = (place & WAKE_HELD) != 0 ? &state->held : &state->heap;
  return wake_time(wake_entry(heap, place & ~WAKE_HELD));
}

/* Asks for what is known of patients before their turns. */
static void wake_ahead(const wbi_state *state, const wbi_looked *looked, size_t count) {
  uint32_t patients[WBI_LOOKED_MOST];
  for (size_t i = 0; i < count; i++) {
    patients[i] = wbi_state_enrollment(state, looked[i].enrollment)->patient;
    wbi_fetch_item(wbi_state_patient(state, patients[i]), sizeof(wbi_patient));
  }
  wbi_keys_fetch(&state->patients, patients, count);
}

size_t wbi_wake_take(wbi_state *state, wb_time now, wbi_looked *looked, size_t most) {
  size_t count = 0;
  while (count < most && count < WBI_LOOKED_MOST && state->heap.count > 0) {
    const wbi_wake *first = wake_entry(&state->heap, 0);
    const wb_time at = wake_time(first);
    if (at > now) break;
    looked[count++] = (wbi_looked){first->enrollment, at, WB_TIME_NONE};
    wbi_fetch_item(wbi_state_enrollment(state, first->enrollment), sizeof(wbi_enrollment));
    wake_remove(state, first->enrollment);
  }
  wake_ahead(state, looked, count);
  return count;
}

wb_time wbi_wake_next(const wbi_state *state) {
  const wb_time at = state->heap.count > 0 ? wake_time(wake_entry(&state->heap, 0)) : WB_TIME_NONE;
  if (state->held.count == 0) return at;
  if (state->look_all) return WB_TIME_MIN;
  const wb_time held = wake_time(wake_entry(&state->held, 0));
  return at == WB_TIME_NONE || held < at ? held : at;
}

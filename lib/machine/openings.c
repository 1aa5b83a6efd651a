/* SPDX-License-Identifier: MIT */
/*
 * Openings: times that came free, by key. Each time one is opened or released it is another
 * generation, and what is about an older one changes nothing.
 */
#include "machine/event_private.h"
#include "machine/snapshot_private.h"

wbi_opening *wbi_state_opening(const wbi_state *state, uint32_t number) {
  return wbi_vector_at(&state->opening, number);
}

wbi_text wbi_opening_key(const wbi_state *state, const wbi_opening *opening) {
  return wbi_keys_text(&state->subjects, opening->key);
}

/* The place of a key in the order of keys: where it is, or would be. */
static uint32_t opening_place(const wbi_state *state, wbi_text key) {
  uint32_t low = 0, high = (uint32_t)state->opening.count;
  while (low < high) {
    const uint32_t middle = (low + high) / 2;
    const wbi_text other = wbi_opening_key(state, wbi_state_opening(state, middle));
    if (wbi_text_compare(other, key) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

uint32_t wbi_state_opening_find(const wbi_state *state, wbi_text key) {
  const uint32_t place = opening_place(state, key);
  if (place == state->opening.count) return WBI_NONE;
  const wbi_opening *opening = wbi_state_opening(state, place);
  if (!wbi_text_equal(wbi_opening_key(state, opening), key)) return WBI_NONE;
  return wbi_opening_remembered(state, opening) ? place : WBI_NONE;
}

bool wbi_opening_over(const wbi_opening *opening) {
  return opening->state == WB_OPENING_CONFIRMED || opening->state == WB_OPENING_EXPIRED;
}

bool wbi_opening_remembered(const wbi_state *state, const wbi_opening *opening) {
  return !wbi_opening_over(opening) || !wbi_state_forgotten(state, opening->until);
}

/* When something is done about an opening, if nothing happens before. A pause is of what goes out:
   nobody is asked, but a hold lapses, and the time passes. */
static wb_time opening_next(const wbi_state *state, const wbi_opening *opening) {
  const bool paused = state->paused || wbi_state_location(state, opening->location)->paused;
  if (wbi_opening_over(opening)) return WB_TIME_NONE;
  return paused && opening->state != WB_OPENING_TENTATIVE ? opening->start : opening->until;
}

bool wbi_opening_due(const wbi_state *state, const wbi_opening *opening, wb_time now) {
  const wb_time next = opening_next(state, opening);
  return next != WB_TIME_NONE && next <= now;
}

wb_time wbi_state_opening_wake(const wbi_state *state) {
  wb_time first = WB_TIME_NONE;
  for (uint32_t i = 0; i < state->opening.count; i++) {
    const wb_time next = opening_next(state, wbi_state_opening(state, i));
    /* same: of two alike it is either */
    if (next != WB_TIME_NONE && (first == WB_TIME_NONE || next < first)) first = next;
  }
  return first;
}

/* The item of a key: the one that is there, or a new one in its place. */
static wbi_opening *opening_item(wbi_state *state, wbi_text key) {
  const uint32_t number = wbi_keys_add(&state->subjects, key);
  const uint32_t place = opening_place(state, key);
  if (place < state->opening.count && wbi_state_opening(state, place)->key == number)
    return wbi_state_opening(state, place);
  wbi_vector_push(&state->opening);
  for (uint32_t at = (uint32_t)state->opening.count - 1; at > place; at--)
    *wbi_state_opening(state, at) = *wbi_state_opening(state, at - 1);
  wbi_opening *opening = wbi_state_opening(state, place);
  *opening = (wbi_opening){.key = number};
  return opening;
}

void wbi_event_opening(wbi_state *state, const wbi_effect *effect, wb_time at) {
  wbi_opening *opening = opening_item(state, effect->name);
  /* what is forgotten may be here yet, and is in no snapshot: it counts for nothing */
  const uint32_t before = wbi_opening_remembered(state, opening) ? opening->generation : 0;
  *opening = (wbi_opening){.start = effect->wake,
                           .until = at,
                           .key = opening->key,
                           .location = wbi_event_location(state, effect->location),
                           .schedule = wbi_keys_add(&state->names, effect->subject),
                           .holder = WBI_NONE,
                           .minutes = effect->number,
                           .generation = (uint16_t)(before + 1u),
                           .depth = effect->cause,
                           .state = WB_OPENING_OPEN};
}

/* Counts whom a wave asks. */
static void opening_wave(wbi_state *state, wbi_opening *opening, uint32_t asked) {
  if (asked == 0) return;
  opening->waves++;
  opening->asked += asked;
  state->openings_asked += asked;
}

void wbi_event_opening_set(wbi_state *state, const wbi_effect *effect) {
  const uint32_t place = wbi_state_opening_find(state, effect->name);
  if (place == WBI_NONE) return;
  wbi_opening *opening = wbi_state_opening(state, place);
  if (opening->generation != effect->number || wbi_opening_over(opening)) return;
  const bool released = opening->state == WB_OPENING_TENTATIVE && effect->code < opening->state;
  if (released) opening->generation++;
  opening_wave(state, opening, effect->step);
  state->openings_accepted += effect->code == WB_OPENING_TENTATIVE;
  opening->state = effect->code;
  opening->until = effect->until;
  opening->holder =
      effect->patient.length > 0 ? wbi_event_patient(state, effect->patient) : WBI_NONE;
}

void wbi_openings_forget(wbi_state *state) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < state->opening.count; i++) {
    if (!wbi_opening_remembered(state, wbi_state_opening(state, i))) continue;
    *wbi_state_opening(state, kept++) = *wbi_state_opening(state, i);
  }
  state->opening.count = kept;
}

void wbi_openings_save(const wbi_snapshot_plan *plan, wbi_writer *writer) {
  const wbi_state *state = plan->state;
  wbi_put_u32(writer, state->openings_asked);
  wbi_put_u32(writer, state->openings_accepted);
  const size_t place = writer->length;
  uint32_t count = 0;
  wbi_put_u32(writer, 0);
  for (uint32_t i = 0; i < state->opening.count; i++) {
    const wbi_opening *opening = wbi_state_opening(state, i);
    if (!wbi_opening_remembered(state, opening)) continue;
    wbi_put_short(writer, wbi_opening_key(state, opening));
    wbi_put_short(writer, wbi_keys_text(&state->names, opening->schedule));
    wbi_put_u32(writer, plan->location_at[opening->location]);
    wbi_put_u32(writer, opening->holder != WBI_NONE ? plan->patient_at[opening->holder] : WBI_NONE);
    wbi_snapshot_time(writer, opening->start);
    wbi_snapshot_time(writer, opening->until);
    wbi_put_u32(writer, opening->minutes);
    wbi_put_u32(writer, opening->asked);
    wbi_put_u16(writer, opening->waves);
    wbi_put_u16(writer, opening->generation);
    wbi_put_u8(writer, opening->depth);
    wbi_put_u8(writer, opening->state);
    count++;
  }
  wbi_snapshot_count(writer, place, count);
}

/* One opening but its key and schedule. */
static void opening_load(const wbi_state *state, wbi_reader *reader, wbi_opening *opening) {
  opening->location = wbi_load_place(reader, state->location.count);
  opening->holder = wbi_get_u32(reader);
  if (opening->holder != WBI_NONE && opening->holder >= state->patient.count) reader->failed = true;
  opening->start = wbi_load_time(reader);
  opening->until = wbi_load_time(reader);
  opening->minutes = wbi_get_u32(reader);
  opening->asked = wbi_get_u32(reader);
  opening->waves = wbi_get_u16(reader);
  opening->generation = wbi_get_u16(reader);
  opening->depth = wbi_get_u8(reader);
  opening->state = wbi_load_code(reader, WB_OPENING_OPEN, WB_OPENING_EXPIRED);
  if (!wbi_opening_remembered(state, opening)) reader->failed = true;
}

wb_status wbi_openings_load(wbi_state *state, wbi_reader *reader) {
  state->openings_asked = wbi_get_u32(reader);
  state->openings_accepted = wbi_get_u32(reader);
  const uint32_t count = wbi_load_count(reader, 42);
  wb_status status = wbi_vector_reserve(&state->opening, count);
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    const wbi_text key = wbi_load_key(reader), schedule = wbi_load_key(reader);
    wbi_opening opening = {.key = WBI_NONE};
    opening_load(state, reader, &opening);
    if (reader->failed || opening_place(state, key) != i) return WB_E_CORRUPT;
    status = wbi_keys_reserve(&state->subjects, 1, key.length);
    if (status == WB_OK) status = wbi_keys_reserve(&state->names, 1, schedule.length);
    if (status != WB_OK) return status;
    opening.key = wbi_keys_add(&state->subjects, key);
    opening.schedule = wbi_keys_add(&state->names, schedule);
    *(wbi_opening *)wbi_vector_push(&state->opening) = opening;
  }
  return status;
}

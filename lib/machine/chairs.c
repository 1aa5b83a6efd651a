/* SPDX-License-Identifier: MIT */
/*
 * Chair time as the host reports it, by location and schedule: the minutes that are open, and what
 * was booked of them since.
 */
#include "machine/event_private.h"
#include "machine/snapshot_private.h"

wbi_chair *wbi_state_chair(const wbi_state *state, uint32_t number) {
  return wbi_vector_at(&state->chair, number);
}

/* Whether a chair comes before a location and schedule; *is: it is theirs. */
static bool chair_before(const wbi_state *state, const wbi_chair *chair, wbi_text location,
                         wbi_text schedule, bool *is) {
  int order = wbi_text_compare(wbi_keys_text(&state->locations, chair->location), location);
  if (order == 0) order = wbi_text_compare(wbi_keys_text(&state->names, chair->schedule), schedule);
  *is = order == 0;
  return order < 0;
}

/* The place of a location and schedule: where it is, or would be. */
static uint32_t chair_place(const wbi_state *state, wbi_text location, wbi_text schedule,
                            bool *is) {
  uint32_t at = 0;
  *is = false;
  while (at < state->chair.count &&
         chair_before(state, wbi_state_chair(state, at), location, schedule, is))
    at++;
  return at;
}

uint32_t wbi_state_chair_find(const wbi_state *state, wbi_text location, wbi_text schedule) {
  bool is;
  const uint32_t place = chair_place(state, location, schedule, &is);
  return is ? place : WBI_NONE;
}

/* A report of what is open. */
static void chair_report(wbi_state *state, const wbi_effect *effect, wb_time at) {
  bool is;
  const uint32_t place = chair_place(state, effect->location, effect->name, &is);
  if (!is) {
    wbi_vector_push(&state->chair);
    for (uint32_t i = (uint32_t)state->chair.count - 1; i > place; i--)
      *wbi_state_chair(state, i) = *wbi_state_chair(state, i - 1);
  }
  *wbi_state_chair(state, place) =
      (wbi_chair){.at = at,
                  .location = wbi_event_location(state, effect->location),
                  .schedule = wbi_keys_add(&state->names, effect->name),
                  .open = effect->number};
}

void wbi_event_chair(wbi_state *state, const wbi_effect *effect, wb_time at) {
  if (effect->code == WBI_CHAIR_OPEN) {
    chair_report(state, effect, at);
    return;
  }
  const uint32_t place = wbi_state_chair_find(state, effect->location, effect->name);
  if (place == WBI_NONE) return;
  wbi_chair *chair = wbi_state_chair(state, place);
  const uint32_t room = UINT32_MAX - chair->booked;
  chair->booked += effect->number < room ? effect->number : room;
}

void wbi_chairs_save(const wbi_snapshot_plan *plan, wbi_writer *writer) {
  const wbi_state *state = plan->state;
  wbi_put_u32(writer, (uint32_t)state->chair.count);
  for (uint32_t i = 0; i < state->chair.count; i++) {
    const wbi_chair *chair = wbi_state_chair(state, i);
    wbi_put_u32(writer, plan->location_at[chair->location]);
    wbi_put_short(writer, wbi_keys_text(&state->names, chair->schedule));
    wbi_snapshot_time(writer, chair->at);
    wbi_put_u32(writer, chair->open);
    wbi_put_u32(writer, chair->booked);
  }
}

wb_status wbi_chairs_load(wbi_state *state, wbi_reader *reader) {
  const uint32_t count = wbi_load_count(reader, 22);
  wb_status status = wbi_vector_reserve(&state->chair, count);
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    wbi_chair chair = {.location = wbi_load_place(reader, state->location.count)};
    const wbi_text schedule = wbi_load_key(reader);
    bool is = false;
    chair.at = wbi_load_time(reader);
    chair.open = wbi_get_u32(reader);
    chair.booked = wbi_get_u32(reader);
    if (reader->failed) return WB_E_CORRUPT;
    const wbi_text location = wbi_keys_text(&state->locations, chair.location);
    if (chair_place(state, location, schedule, &is) != i) return WB_E_CORRUPT;
    status = wbi_keys_reserve(&state->names, 1, schedule.length);
    if (status != WB_OK) return status;
    chair.schedule = wbi_keys_add(&state->names, schedule);
    *(wbi_chair *)wbi_vector_push(&state->chair) = chair;
  }
  return status;
}

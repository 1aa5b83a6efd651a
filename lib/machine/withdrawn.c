/* SPDX-License-Identifier: MIT */
/*
 * Texts that are withdrawn: the practice no longer says them, in whatever definition of a campaign
 * somebody is. Kept by the names of campaign and text, in the order of those.
 */
#include "machine/event_private.h"
#include "machine/snapshot_private.h"

/* One of them. */
static wbi_withdrawn *withdrawn_at(const wbi_state *state, size_t place) {
  return wbi_vector_at(&state->withdrawn, place);
}

/* The place of a pair of names, or where it belongs. */
static size_t withdrawn_place(const wbi_state *state, wbi_text campaign, wbi_text text,
                              bool *found) {
  size_t place = 0;
  int order = -1;
  for (; place < state->withdrawn.count && order < 0; place += order < 0) {
    const wbi_withdrawn *one = withdrawn_at(state, place);
    order = wbi_text_compare(wbi_keys_text(&state->names, one->campaign), campaign);
    if (order == 0) order = wbi_text_compare(wbi_keys_text(&state->names, one->text), text);
  }
  *found = order == 0;
  return place;
}

bool wbi_state_withdrawn(const wbi_state *state, wbi_text campaign, wbi_text text) {
  bool found;
  (void)withdrawn_place(state, campaign, text, &found);
  return found;
}

void wbi_event_withdraw(wbi_state *state, const wbi_effect *effect) {
  if (effect->definition >= state->definition.count) return;
  const uint32_t campaign = wbi_state_definition(state, effect->definition)->name;
  bool found;
  size_t place =
      withdrawn_place(state, wbi_keys_text(&state->names, campaign), effect->name, &found);
  if (found == (effect->code != 0)) return;
  const size_t last = state->withdrawn.count - found;
  if (found) {
    for (; place < last; place++)
      *withdrawn_at(state, place) = *withdrawn_at(state, place + 1);
    state->withdrawn.count--;
    wbi_event_look(state, WB_HOLD_RENDER);
    return;
  }
  const uint32_t text = wbi_keys_add(&state->names, effect->name);
  wbi_vector_push(&state->withdrawn);
  for (size_t at = last; at > place; at--)
    *withdrawn_at(state, at) = *withdrawn_at(state, at - 1);
  *withdrawn_at(state, place) = (wbi_withdrawn){campaign, text};
}

void wbi_withdrawn_save(const wbi_snapshot_plan *plan, wbi_writer *writer) {
  const wbi_state *state = plan->state;
  wbi_put_u32(writer, (uint32_t)state->withdrawn.count);
  for (size_t i = 0; i < state->withdrawn.count; i++) {
    const wbi_withdrawn *one = withdrawn_at(state, i);
    wbi_put_short(writer, wbi_keys_text(&state->names, one->campaign));
    wbi_put_short(writer, wbi_keys_text(&state->names, one->text));
  }
}

wb_status wbi_withdrawn_load(wbi_state *state, wbi_reader *reader) {
  const uint32_t count = wbi_load_count(reader, 4);
  wb_status status = wbi_vector_reserve(&state->withdrawn, count);
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    const wbi_text campaign = wbi_load_key(reader), text = wbi_load_key(reader);
    bool found;
    if (reader->failed || withdrawn_place(state, campaign, text, &found) != i) return WB_E_CORRUPT;
    status = wbi_keys_reserve(&state->names, 2, campaign.length + text.length);
    if (status != WB_OK) return status;
    const wbi_withdrawn one = {wbi_keys_add(&state->names, campaign),
                               wbi_keys_add(&state->names, text)};
    *(wbi_withdrawn *)wbi_vector_push(&state->withdrawn) = one;
  }
  return status;
}

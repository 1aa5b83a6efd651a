/* SPDX-License-Identifier: MIT */
/* What is known of contact points. */
#include "machine/event_private.h"

wbi_contact_point *wbi_event_point(wbi_state *state, const wbi_bytes16 *id) {
  const uint32_t count = (uint32_t)state->contacts.items.count;
  const uint32_t found = wbi_table_add(&state->contacts, id);
  wbi_contact_point *point = wbi_table_at(&state->contacts, found);
  if (found == count) point->actions = WBI_NONE;
  return point;
}

const wbi_contact_point *wbi_state_point(const wbi_state *state, const wbi_bytes16 *id) {
  const uint32_t found = wbi_table_find(&state->contacts, id);
  return found == WBI_NONE ? NULL : wbi_table_at(&state->contacts, found);
}

bool wbi_point_says(const wbi_contact_point *point) {
  return point->flags != 0 || point->at != 0 || point->answered != 0 || point->checked != 0;
}

void wbi_event_contact(wbi_state *state, const wbi_effect *effect, wb_time at) {
  wbi_contact_point *point = wbi_event_point(state, &effect->id);
  point->flags = effect->code | (point->flags & WBI_CONTACT_TEXTED);
  point->at = at;
  state->look_all = 1; /* whom it holds, or no longer does, only a look at the record tells */
}

void wbi_event_texted(wbi_state *state, const wbi_bytes16 *id) {
  const uint32_t found = wbi_table_find(&state->contacts, id);
  if (found == WBI_NONE) return;
  ((wbi_contact_point *)wbi_table_at(&state->contacts, found))->flags |= WBI_CONTACT_TEXTED;
}

void wbi_event_number(wbi_state *state, const wbi_effect *effect, wb_time at) {
  wbi_contact_point *point = wbi_event_point(state, &effect->id);
  *(effect->code == WBI_NUMBER_ANSWERED ? &point->answered : &point->checked) = at;
  wbi_event_look(state, WB_HOLD_NUMBER_CHECK);
}

/* Gives a contact point its name under the new secret: one of the pairs, which are in order. */
static void contact_rename(wbi_text pairs, wbi_bytes16 *id) {
  size_t low = 0, high = pairs.length / (2 * sizeof *id);
  while (low < high) {
    const size_t middle = (low + high) / 2;
    const char *pair = pairs.data + middle * 2 * sizeof *id;
    const int order = memcmp(id, pair, sizeof *id);
    if (order == 0) {
      memcpy(id, pair + sizeof *id, sizeof *id);
      return;
    }
    if (order < 0) /* same: they differ */
      high = middle;
    else
      low = middle + 1;
  }
}

void wbi_event_secret(wbi_state *state, const wbi_effect *effect) {
  for (uint32_t i = 0; i < state->enrollment.count; i++) {
    if (wbi_state_enrollment(state, i)->state != WB_STATE_ENDED)
      wbi_event_drop(state, wbi_state_enrollment(state, i));
  }
  for (uint32_t i = 0; i < state->contacts.items.count; i++)
    contact_rename(effect->bytes, wbi_table_at(&state->contacts, i));
  for (uint32_t i = 0; i < state->actions.items.count; i++)
    contact_rename(effect->bytes, &wbi_state_action(state, i)->contact);
  for (uint32_t i = 0; i < state->consent.count; i++)
    contact_rename(effect->bytes, &((wbi_consent *)wbi_vector_at(&state->consent, i))->contact);
  wbi_table_rebuild(&state->contacts);
  state->check = effect->id;
}

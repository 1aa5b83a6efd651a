/* SPDX-License-Identifier: MIT */
/* Forgetting: actions that are closed and event ids, both after 90 days; but what was done for
   somebody who is still inside is known, since it is not done again. */
#include "machine/event_private.h"

bool wbi_state_keeps(const wbi_state *state, const wbi_action *action) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, action->enrollment);
  if (!wbi_state_remembers(state, enrollment)) return false;
  if (action->state == WB_ACTION_CLAIMED || action->state == WB_ACTION_READY) return true;
  if (enrollment->state != WB_STATE_ENDED && enrollment->entry == action->entry) return true;
  return !wbi_state_forgotten(state, action->claimed_at);
}

void wbi_state_link(wbi_state *state, uint32_t number) {
  wbi_action *action = wbi_state_action(state, number);
  const uint32_t found = wbi_table_find(&state->contacts, &action->contact);
  if (found == WBI_NONE) return;
  wbi_contact_point *point = wbi_table_at(&state->contacts, found);
  action->sibling = point->actions;
  point->actions = number;
}

/* Keeps the actions that are remembered, in their order. */
static void forget_actions(wbi_state *state) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < state->actions.items.count; i++) {
    const wbi_action action = *wbi_state_action(state, i);
    if (!wbi_state_keeps(state, &action)) continue;
    wbi_enrollment *enrollment = wbi_state_enrollment(state, action.enrollment);
    const bool live = enrollment->state != WB_STATE_ENDED && enrollment->entry == action.entry;
    if (live && enrollment->detail == i + 1) enrollment->detail = kept + 1;
    *wbi_state_action(state, kept++) = action;
  }
  state->actions.items.count = kept;
  wbi_table_rebuild(&state->actions);
}

/* Keeps the contact points that say something, and those of remembered actions. */
static void forget_contacts(wbi_state *state) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < state->actions.items.count; i++) {
    const uint32_t found = wbi_table_find(&state->contacts, &wbi_state_action(state, i)->contact);
    if (found == WBI_NONE) continue;
    ((wbi_contact_point *)wbi_table_at(&state->contacts, found))->used = 1;
  }
  for (uint32_t i = 0; i < state->contacts.items.count; i++) {
    wbi_contact_point point = *(const wbi_contact_point *)wbi_table_at(&state->contacts, i);
    if (!wbi_point_says(&point) && !point.used) continue;
    point.used = 0;
    point.actions = WBI_NONE;
    *(wbi_contact_point *)wbi_table_at(&state->contacts, kept++) = point;
  }
  state->contacts.items.count = kept;
  wbi_table_rebuild(&state->contacts);
}

/* Keeps the event ids of the last 90 days. */
static void forget_seen(wbi_state *state) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < state->seen.items.count; i++) {
    const wbi_seen seen = *(const wbi_seen *)wbi_table_at(&state->seen, i);
    if (wbi_state_forgotten(state, seen.at)) continue;
    *(wbi_seen *)wbi_table_at(&state->seen, kept++) = seen;
  }
  state->seen.items.count = kept;
  wbi_table_rebuild(&state->seen);
}

void wbi_state_forget(wbi_state *state) {
  forget_actions(state);
  forget_contacts(state);
  forget_seen(state);
  wbi_openings_forget(state);
  wbi_gifts_forget(state);
  wbi_metrics_forget(state);
  for (uint32_t i = 0; i < state->actions.items.count; i++)
    wbi_state_link(state, i);
}

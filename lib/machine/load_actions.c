/* SPDX-License-Identifier: MIT */
/* Reading actions, contact points and event ids: what is known by its id. */
#include "machine/snapshot_private.h"

/* What an action is, after its id. */
static void load_action(wbi_state *state, wbi_reader *reader, wbi_action *action) {
  action->contact = wbi_load_id(reader);
  action->claimed_at = wbi_load_time(reader);
  action->deliver_by = wbi_load_time(reader);
  action->next_wake = wbi_load_time(reader);
  action->enrollment = wbi_load_place(reader, state->enrollment.count);
  action->day = (wb_date)wbi_get_u32(reader);
  action->entry = wbi_get_u16(reader);
  action->attempt = wbi_get_u16(reader);
  action->definition = wbi_get_u16(reader);
  if (action->definition >= state->definition.count) reader->failed = true;
  action->step = wbi_get_u8(reader);
  action->next_step = wbi_get_u8(reader);
  action->text = wbi_get_u8(reader);
  action->kind = wbi_load_code(reader, WB_ACTION_SEND, WB_ACTION_RESEND);
  action->channel = wbi_load_code(reader, WB_CHANNEL_NONE, WB_CHANNEL_CALL);
  action->state = wbi_load_code(reader, WB_ACTION_CLAIMED, WB_ACTION_WITHDRAWN);
  action->cause = wbi_load_code(reader, WB_CAUSE_NONE, WB_CAUSE_OPTED_OUT);
  action->tries = wbi_get_u8(reader);
}

/* Links an action to the contact point it goes to. */
static wb_status load_link(wbi_state *state, uint32_t number) {
  const wbi_action *action = wbi_state_action(state, number);
  if (wbi_bytes16_empty(&action->contact)) return WB_OK;
  const wb_status status = wbi_table_reserve(&state->contacts, 1);
  if (status != WB_OK) return status;
  const uint32_t count = (uint32_t)state->contacts.items.count;
  const uint32_t found = wbi_table_add(&state->contacts, &action->contact);
  wbi_contact_point *point = wbi_table_at(&state->contacts, found);
  if (found == count) point->actions = WBI_NONE;
  wbi_state_link(state, number);
  return WB_OK;
}

/* Ties an action to the enrolment that it is under way for. A claim turns unknown in its time, even
   of somebody who left. */
static wb_status load_tie(wbi_state *state, wbi_reader *reader, uint32_t number) {
  const uint8_t open = wbi_load_code(reader, 0, 1);
  const wbi_action *action = wbi_state_action(state, number);
  if (reader->failed || !wbi_state_keeps(state, action)) return WB_E_CORRUPT;
  wbi_enrollment *enrollment = wbi_state_enrollment(state, action->enrollment);
  const bool ended = enrollment->state == WB_STATE_ENDED;
  if (open && (ended || enrollment->detail != 0)) return WB_E_CORRUPT;
  if (open) enrollment->detail = number + 1;
  const bool claimed =
      open ? enrollment->state == WB_STATE_CLAIMED : ended && action->state == WB_ACTION_CLAIMED;
  if (claimed) wbi_wake_set(state, action->enrollment, action->deliver_by + state->grace + 1);
  return load_link(state, number);
}

wb_status wbi_actions_load(wbi_state *state, wbi_reader *reader) {
  const uint32_t count = wbi_load_count(reader, 79);
  wb_status status = wbi_table_reserve(&state->actions, count);
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    wbi_action *action = wbi_load_item(reader, &state->actions);
    if (action == NULL) return WB_E_CORRUPT; /* same: whoever reads the section asks once more */
    load_action(state, reader, action);
    status = reader->failed ? WB_E_CORRUPT : load_tie(state, reader, i);
  }
  for (uint32_t i = 0; status == WB_OK && i < state->enrollment.count; i++) {
    const wbi_enrollment *enrollment = wbi_state_enrollment(state, i);
    if (enrollment->state == WB_STATE_CLAIMED && enrollment->detail == 0) return WB_E_CORRUPT;
  }
  return status;
}

wb_status wbi_contacts_load(wbi_state *state, wbi_reader *reader) {
  const uint32_t count = wbi_load_count(reader, 41);
  wb_status status = wbi_table_reserve(&state->contacts, count);
  wbi_bytes16 last = {{0}};
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    const wbi_bytes16 id = wbi_load_id(reader);
    if (i > 0 && memcmp(&last, &id, sizeof id) >= 0) return WB_E_CORRUPT;
    last = id;
    const uint32_t known = (uint32_t)state->contacts.items.count;
    const uint32_t found = wbi_table_add(&state->contacts, &id);
    wbi_contact_point *point = wbi_table_at(&state->contacts, found);
    if (found == known) point->actions = WBI_NONE;
    point->at = wbi_load_time(reader);
    point->answered = wbi_load_time(reader);
    point->checked = wbi_load_time(reader);
    point->flags = wbi_load_code(reader, 0, WBI_CONTACT_ALL);
    if (!wbi_point_says(point)) reader->failed = true;
    status = wbi_load_result(reader); /* same: whoever reads the section asks once more */
  }
  return status;
}

wb_status wbi_seen_load(wbi_state *state, wbi_reader *reader) {
  const uint32_t count = wbi_load_count(reader, 24);
  const wb_status status = wbi_table_reserve(&state->seen, count);
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    wbi_seen *seen = wbi_load_item(reader, &state->seen);
    if (seen == NULL) return WB_E_CORRUPT; /* same: whoever reads the section asks once more */
    seen->at = wbi_load_time(reader);
    if (wbi_state_forgotten(state, seen->at)) reader->failed = true;
  }
  return status;
}

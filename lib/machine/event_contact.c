/* SPDX-License-Identifier: MIT */
/* What is known of contact points. */
#include "machine/event_private.h"

void wbi_event_contact(wbi_state *state, const wbi_effect *effect, wb_time at) {
  const uint32_t count = (uint32_t)state->contacts.items.count;
  const uint32_t found = wbi_table_add(&state->contacts, &effect->id);
  wbi_contact_point *point = wbi_table_at(&state->contacts, found);
  if (found == count) point->actions = WBI_NONE;
  point->flags = effect->code;
  point->at = at;
  if ((effect->code & WBI_CONTACT_OPTED_OUT) == 0) wbi_event_look(state, WB_HOLD_OPTED_OUT);
}

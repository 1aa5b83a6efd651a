/* SPDX-License-Identifier: MIT */
/*
 * What patients were offered, by the action that told them: the law counts it over a year, and so
 * it is kept longer than the action.
 */
#include "machine/event_private.h"
#include "machine/snapshot_private.h"

enum { GIFT_DAYS = 366 };

static wbi_gift *gift_at(const wbi_state *state, uint32_t number) {
  return wbi_table_at(&state->gifts, number);
}

/* Whether a gift may still count on the day of the last record, wherever that is. */
static bool gift_remembered(const wbi_state *state, const wbi_gift *gift) {
  const wb_time ends = ((wb_time)gift->day + GIFT_DAYS + 1) * WBI_DAY;
  return ends >= state->last;
}

int64_t wbi_state_given(const wbi_state *state, uint32_t patient, wb_date today,
                        const wbi_bytes16 *but) {
  int64_t cents = 0;
  for (uint32_t i = 0; i < state->gifts.items.count; i++) {
    const wbi_gift *gift = gift_at(state, i);
    const bool left_out = but != NULL && wbi_bytes16_equal(&gift->id, but);
    if (gift->patient == patient && gift->day > today - GIFT_DAYS && !left_out)
      cents += gift->cents;
  }
  return cents;
}

void wbi_event_gift(wbi_state *state, const wbi_effect *effect) {
  wbi_gift *gift = gift_at(state, wbi_table_add(&state->gifts, &effect->id));
  gift->patient = wbi_event_patient(state, effect->patient);
  gift->day = effect->day;
  gift->cents = effect->number;
}

void wbi_gift_drop(wbi_state *state, const wbi_bytes16 *id) {
  const uint32_t found = wbi_table_find(&state->gifts, id);
  if (found == WBI_NONE) return;
  *gift_at(state, found) = *gift_at(state, (uint32_t)state->gifts.items.count - 1);
  state->gifts.items.count--;
  wbi_table_rebuild(&state->gifts);
}

void wbi_gifts_forget(wbi_state *state) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < state->gifts.items.count; i++) {
    const wbi_gift gift = *gift_at(state, i);
    if (gift_remembered(state, &gift)) *gift_at(state, kept++) = gift;
  }
  state->gifts.items.count = kept;
  wbi_table_rebuild(&state->gifts);
}

void wbi_gifts_save(const wbi_snapshot_plan *plan, wbi_writer *writer) {
  const wbi_state *state = plan->state;
  const size_t place = writer->length;
  uint32_t count = 0;
  wbi_put_u32(writer, 0);
  for (size_t i = 0; i < state->gifts.items.count; i++) {
    const wbi_gift *gift = gift_at(state, plan->gifts[i]);
    if (!gift_remembered(state, gift)) continue;
    wbi_put_bytes(writer, &gift->id, sizeof gift->id);
    wbi_put_u32(writer, plan->patient_at[gift->patient]);
    wbi_put_u32(writer, (uint32_t)gift->day);
    wbi_put_u32(writer, gift->cents);
    count++;
  }
  wbi_snapshot_count(writer, place, count);
}

wb_status wbi_gifts_load(wbi_state *state, wbi_reader *reader) {
  const uint32_t count = wbi_load_count(reader, 28);
  wb_status status = wbi_table_reserve(&state->gifts, count);
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    wbi_gift *gift = wbi_load_item(reader, &state->gifts);
    if (gift == NULL) return WB_E_CORRUPT; /* same: nor does the section end here */
    gift->patient = wbi_load_place(reader, state->patient.count);
    gift->day = (wb_date)wbi_get_u32(reader);
    gift->cents = wbi_get_u32(reader);
    if (!wbi_date_valid(gift->day) || !gift_remembered(state, gift)) return WB_E_CORRUPT;
  }
  return status;
}

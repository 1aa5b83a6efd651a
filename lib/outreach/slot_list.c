/* SPDX-License-Identifier: MIT */
/* Openings as the host is told. */
#include "outreach/slot.h"

/* One opening. */
static wb_status slot_show(const wbi_state *state, uint32_t number, wb_opening *opening) {
  const wbi_opening *found = wbi_state_opening(state, number);
  const wbi_text key = wbi_opening_key(state, found);
  const wbi_text patient =
      found->holder != WBI_NONE ? wbi_keys_text(&state->patients, found->holder) : WBI_TEXT("");
  const wb_opening shown = {.size = sizeof shown,
                            .start = found->start,
                            .until = found->until,
                            .opening = key.data,
                            .location = wbi_keys_text(&state->locations, found->location).data,
                            .schedule = wbi_keys_text(&state->names, found->schedule).data,
                            .patient = patient.data,
                            .state = found->state,
                            .generation = found->generation,
                            .minutes = found->minutes,
                            .waves = found->waves,
                            .asked = found->asked,
                            .depth = found->depth,
                            .opening_length = (uint32_t)key.length,
                            .patient_length = (uint32_t)patient.length};
  return wbi_struct_write(opening, sizeof shown, &shown, sizeof shown);
}

wb_status WB_CALL wb_opening_get(wb_practice *practice, const char *key, size_t length,
                                 wb_opening *opening) {
  if (key == NULL || opening == NULL) return WB_E_INVALID;
  wb_status status = wbi_practice_enter(practice, NULL);
  if (status != WB_OK) return status;
  const uint32_t found = wbi_state_opening_find(&practice->state, (wbi_text){key, length});
  status = found != WBI_NONE ? slot_show(&practice->state, found, opening) : WB_E_NAME;
  wbi_practice_leave(practice);
  return status;
}

wb_status WB_CALL wb_opening_next(wb_practice *practice, uint64_t *cursor, wb_opening *opening) {
  if (cursor == NULL || opening == NULL) return WB_E_INVALID;
  wb_status status = wbi_practice_enter(practice, NULL);
  if (status != WB_OK) return status;
  const wbi_state *state = &practice->state;
  uint64_t at = *cursor;
  while (at < state->opening.count &&
         !wbi_opening_remembered(state, wbi_state_opening(state, (uint32_t)at)))
    at++;
  status = at < state->opening.count ? slot_show(state, (uint32_t)at, opening) : WB_E_NAME;
  if (status == WB_OK) *cursor = at + 1;
  wbi_practice_leave(practice);
  return status;
}

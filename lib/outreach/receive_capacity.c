/* SPDX-License-Identifier: MIT */
/* Chair time: what the host reports as open, and what is booked of it. */
#include "outreach/receive_private.h"

wb_status wbi_receive_capacity(const wbi_receive *event) {
  const wb_input *input = &event->input;
  return wbi_receive_add(event, (wbi_effect){.kind = WBI_EFFECT_CHAIR,
                                             .location = event->location,
                                             .name = {input->name, input->name_length},
                                             .number = input->minutes,
                                             .code = WBI_CHAIR_OPEN});
}

/* Takes the minutes of a visit from what is open, where the campaign says whose they are. */
static wb_status capacity_book(const wbi_receive *event, uint32_t number) {
  const wbi_state *state = &event->practice->state;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const wbi_text location = wbi_keys_text(&state->locations, enrollment->location);
  const wb_campaign *campaign = NULL;
  wb_status status = wbi_practice_campaign(event->practice, enrollment->definition, &campaign);
  const uint32_t count = campaign != NULL ? campaign->capacity.chair_count : 0;
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    const wbi_chair_need *need = &campaign->capacity.chairs[i];
    if (wbi_state_chair_find(state, location, need->schedule) == WBI_NONE) continue;
    status = wbi_receive_add(event, (wbi_effect){.kind = WBI_EFFECT_CHAIR,
                                                 .location = location,
                                                 .name = need->schedule,
                                                 .number = need->minutes,
                                                 .code = WBI_CHAIR_BOOKED});
  }
  return status;
}

wb_status wbi_receive_promised(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  wb_status status = WB_OK;
  if (event->person == WBI_NONE) return WB_OK;
  uint32_t at = wbi_state_patient(state, event->person)->enrollments;
  for (; status == WB_OK && at != WBI_NONE; at = wbi_state_enrollment(state, at)->next) {
    const wbi_enrollment *enrollment = wbi_state_enrollment(state, at);
    if (enrollment->state != WB_STATE_ENDED && enrollment->subject == WBI_NONE)
      status = capacity_book(event, at);
  }
  return status;
}

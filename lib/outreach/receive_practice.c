/* SPDX-License-Identifier: MIT */
/* Launches and pauses. */
#include "outreach/receive_private.h"

wb_status wbi_receive_launch(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  const uint32_t found = wbi_state_campaign(state, event->campaign);
  if (found == WBI_NONE) return WB_E_NAME;
  if (wbi_state_definition(state, found)->launched) return WB_OK;
  uint8_t policy[32];
  wbi_policy_content(event->practice->policy, policy);
  return wbi_receive_add(event,
                         (wbi_effect){.kind = WBI_EFFECT_LAUNCH,
                                      .definition = (uint16_t)found,
                                      .name = {event->input.approver, event->input.approver_length},
                                      .bytes = {(const char *)policy, sizeof policy}});
}

/* A pause begins or ends: of the campaign, else of the location, else of the practice. */
static wb_status pause_change(const wbi_receive *event, bool pause) {
  const wbi_state *state = &event->practice->state;
  wbi_effect effect = {.kind = WBI_EFFECT_PAUSE, .cause = pause, .location = event->location};
  bool paused = state->paused;
  if (event->campaign.length > 0) {
    const uint32_t found = wbi_state_campaign(state, event->campaign);
    if (found == WBI_NONE) return WB_E_NAME;
    effect.code = WBI_PAUSE_CAMPAIGN;
    effect.definition = (uint16_t)found;
    effect.location = WBI_TEXT("");
    paused = wbi_state_definition(state, found)->paused;
  } else if (event->location.length > 0) {
    const uint32_t found = wbi_keys_find(&state->locations, event->location);
    effect.code = WBI_PAUSE_LOCATION;
    paused = found != WBI_NONE && wbi_state_location(state, found)->paused;
  }
  if (paused == pause && pause) return WB_OK;
  if (paused == pause) return wbi_fail(event->error, WB_E_STATE, "There is no such pause.");
  return wbi_receive_add(event, effect);
}

wb_status wbi_receive_pause(const wbi_receive *event) {
  return pause_change(event, true);
}

wb_status wbi_receive_resume(const wbi_receive *event) {
  return pause_change(event, false);
}

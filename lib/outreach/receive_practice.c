/* SPDX-License-Identifier: MIT */
/* Launches, stops, pauses, texts that are withdrawn. */
#include "outreach/receive_private.h"
#include "outreach/slot.h"

wb_status wbi_receive_launch(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  const uint32_t found = wbi_state_campaign(state, event->campaign);
  if (found == WBI_NONE) return WB_E_NAME;
  if (wbi_state_definition(state, found)->launched) return WB_OK;
  if (wbi_state_definition(state, found)->stopped)
    return wbi_fail(event->error, WB_E_STATE, "This campaign was stopped: resume it first.");
  const wb_campaign *campaign = NULL;
  const wb_status status = wbi_practice_campaign(event->practice, found, &campaign);
  if (status != WB_OK) return status;
  if (campaign != NULL && wbi_campaign_lacks_offer(campaign))
    return wbi_fail(event->error, WB_E_STATE,
                    "A message of this campaign is about an offer, and its step names none.");
  uint8_t policy[32];
  wbi_policy_content(event->practice->policy, policy);
  return wbi_receive_add(event,
                         (wbi_effect){.kind = WBI_EFFECT_LAUNCH,
                                      .definition = (uint16_t)found,
                                      .name = {event->input.approver, event->input.approver_length},
                                      .bytes = {(const char *)policy, sizeof policy}});
}

/* A campaign is stopped, or may be launched again. */
static wb_status stop_change(const wbi_receive *event, uint32_t definition, bool stopped) {
  return wbi_receive_add(
      event, (wbi_effect){.kind = WBI_EFFECT_STOP,
                          .definition = (uint16_t)definition,
                          .code = stopped,
                          .name = {event->input.approver, event->input.approver_length}});
}

/* Takes the calls of a campaign off the desk's lists that have limits. */
static wb_status stop_tasks(const wbi_receive *event, uint32_t name) {
  const wbi_state *state = &event->practice->state;
  wb_status status = WB_OK;
  for (uint32_t i = 0; status == WB_OK && i < state->task.count; i++) {
    const wbi_open_task *task = wbi_state_task(state, i);
    if (task->definition >= state->definition.count ||
        wbi_state_definition(state, task->definition)->name != name ||
        wbi_list_limited(task->list) == WBI_LIMITED)
      continue;
    status = wbi_desk_settle(event->practice, task);
  }
  return status;
}

wb_status wbi_receive_stop(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  const uint32_t found = wbi_state_campaign(state, event->campaign);
  if (found == WBI_NONE) return WB_E_NAME;
  const wbi_definition *definition = wbi_state_definition(state, found);
  if (definition->stopped) return WB_OK;
  wb_status status = stop_change(event, found, true);
  for (uint32_t i = 0; status == WB_OK && i < state->enrollment.count; i++) {
    const uint16_t of = wbi_state_enrollment(state, i)->definition;
    if (wbi_state_definition(state, of)->name == definition->name)
      status = wbi_receive_end_one(event, i, WBI_TEXT("stopped"));
  }
  return status == WB_OK ? stop_tasks(event, definition->name) : status;
}

/* Whether the campaign of an event is stopped. */
static bool stop_is(const wbi_receive *event, uint32_t *definition) {
  const wbi_state *state = &event->practice->state;
  *definition = wbi_state_campaign(state, event->campaign);
  return *definition != WBI_NONE && wbi_state_definition(state, *definition)->stopped;
}

/* A pause of one class of messages. */
static bool pause_class(const wbi_receive *event, wbi_effect *effect) {
  effect->code = WBI_PAUSE_CLASS;
  effect->class_ = (uint8_t)event->input.class_;
  return (event->practice->state.paused_classes >> effect->class_ & 1) != 0;
}

/* A pause begins or ends: of the campaign, else of the location, the class, the practice. */
static wb_status pause_change(const wbi_receive *event, bool pause) {
  const wbi_state *state = &event->practice->state;
  wbi_effect effect = {.kind = WBI_EFFECT_PAUSE, .cause = pause};
  bool paused = state->paused;
  if (event->input.class_ < 0 || event->input.class_ > WB_MESSAGE_BILLING)
    return wbi_fail(event->error, WB_E_INVALID, "There is no such class of messages.");
  if (event->campaign.length > 0) {
    const uint32_t found = wbi_state_campaign(state, event->campaign);
    if (found == WBI_NONE) return WB_E_NAME;
    effect.code = WBI_PAUSE_CAMPAIGN;
    effect.definition = (uint16_t)found;
    paused = wbi_state_definition(state, found)->paused;
  } else if (event->location.length > 0) {
    const uint32_t found = wbi_keys_find(&state->locations, event->location);
    effect.code = WBI_PAUSE_LOCATION;
    effect.location = event->location;
    paused = found != WBI_NONE && wbi_state_location(state, found)->paused;
  } else if (event->input.class_ != 0) {
    paused = pause_class(event, &effect);
  }
  if (paused == pause && pause) return WB_OK;
  if (paused == pause) return wbi_fail(event->error, WB_E_STATE, "There is no such pause.");
  return wbi_receive_add(event, effect);
}

/* Whether any definition of a name has a text of a name; *found is false before. */
static wb_status withdraw_find(const wbi_receive *event, uint32_t newest, wbi_text text,
                               bool *found) {
  const wbi_state *state = &event->practice->state;
  const uint32_t name = wbi_state_definition(state, newest)->name;
  for (uint32_t i = 0; !*found && i < state->definition.count; i++) {
    const wb_campaign *campaign;
    if (wbi_state_definition(state, i)->name != name) continue;
    const wb_status status = wbi_practice_campaign(event->practice, i, &campaign);
    if (status != WB_OK) return status;
    for (uint32_t j = 0; campaign != NULL && j < campaign->text_count; j++)
      *found = *found || wbi_text_equal(campaign->texts[j].name, text);
  }
  return WB_OK;
}

/* A text of a campaign is no longer said, or said again. */
static wb_status withdraw_change(const wbi_receive *event, bool withdrawn) {
  const wbi_state *state = &event->practice->state;
  const wbi_text text = {event->input.name, event->input.name_length};
  const uint32_t newest = wbi_state_campaign(state, event->campaign);
  bool found = false;
  if (newest == WBI_NONE) return WB_E_NAME;
  const wb_status status = withdraw_find(event, newest, text, &found);
  if (status != WB_OK) return status;
  if (!found) return wbi_fail(event->error, WB_E_NAME, "The campaign has no text of this name.");
  const bool is = wbi_state_withdrawn(state, event->campaign, text);
  if (is == withdrawn && withdrawn) return WB_OK;
  if (is == withdrawn) return wbi_fail(event->error, WB_E_STATE, "This text is not withdrawn.");
  return wbi_receive_add(event, (wbi_effect){.kind = WBI_EFFECT_WITHDRAW,
                                             .definition = (uint16_t)newest,
                                             .name = text,
                                             .code = withdrawn});
}

wb_status wbi_receive_pause(const wbi_receive *event) {
  return pause_change(event, true);
}

wb_status wbi_receive_resume(const wbi_receive *event) {
  uint32_t stopped;
  if (event->input.name_length > 0) return withdraw_change(event, false);
  if (stop_is(event, &stopped)) return stop_change(event, stopped, false);
  const wb_status status = pause_change(event, false);
  return status == WB_OK ? wbi_slot_resume(event->practice, event->now) : status;
}

wb_status wbi_receive_withdraw(const wbi_receive *event) {
  return withdraw_change(event, true);
}

wb_status wbi_receive_contacted(const wbi_receive *event) {
  const wb_time at = event->input.at != 0 ? event->input.at : event->now;
  if (!wbi_time_valid(at) || at > event->now)
    return wbi_fail(event->error, WB_E_INVALID, "A contact that was made is not in the future.");
  return wbi_receive_add(
      event, (wbi_effect){.kind = WBI_EFFECT_CONTACTED, .patient = event->patient, .until = at});
}

wb_status wbi_receive_restored(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  if (!state->restoring)
    return wbi_fail(event->error, WB_E_STATE, "No backup was restored, or it is ready.");
  return wbi_receive_add(event, (wbi_effect){.kind = WBI_EFFECT_EPOCH, .number = state->epoch});
}

/* SPDX-License-Identifier: MIT */
/* Walking over what a practice remembers: enrolments, actions, definitions, the desk's tasks. */
#include "outreach/slot.h"

_Static_assert(WBI_LIST_OUTREACH == (int)WB_DESK_OUTREACH, "lists of the desk");
_Static_assert(WBI_LIST_INBOX == (int)WB_DESK_INBOX, "lists of the desk");
_Static_assert(WBI_LIST_NOW == (int)WB_DESK_NOW, "lists of the desk");
_Static_assert(WBI_LIST_VISITS == (int)WB_DESK_VISITS, "lists of the desk");

/* Text of a campaign, lent until the next call; NULL: no memory. */
static const char *listing_lend(wb_practice *practice, wbi_text text) {
  return wbi_arena_copy(&practice->names, text);
}

/* The names of segment, variant and step; empty when the definition no longer compiles. */
static wb_status listing_names(wb_practice *practice, const wb_campaign *campaign,
                               const wbi_enrollment *enrollment, wb_enrollment *shown) {
  wbi_text segment = {"", 0}, step = {"", 0}, variant = {"", 0};
  if (campaign != NULL && enrollment->segment < campaign->segment_count)
    segment = campaign->segments[enrollment->segment].name;
  if (campaign != NULL && enrollment->step < campaign->step_count)
    step = campaign->steps[enrollment->step].id;
  const uint8_t drawn = wbi_variant_drawn(enrollment->variant);
  if (campaign != NULL && drawn < campaign->variant_count) variant = campaign->variants[drawn].name;
  if (enrollment->variant == WBI_HELD_OUT) variant = WBI_TEXT(WBI_HELD_OUT_NAME);
  wbi_arena_reset(&practice->names);
  shown->segment = listing_lend(practice, segment);
  shown->variant = listing_lend(practice, variant);
  shown->step = listing_lend(practice, step);
  const bool lent = shown->segment != NULL && shown->variant != NULL && shown->step != NULL;
  return lent ? WB_OK : WB_E_NOMEM;
}

/* When an enrolment is looked at next, as the host is told. */
static wb_time listing_wake(const wbi_state *state, uint32_t number) {
  const wb_time at = wbi_wake_at(state, number);
  if (at == WB_TIME_MAX) return WB_TIME_NONE;
  return at != WB_TIME_NONE && at < state->last ? state->last : at;
}

/* What is known of the call that an enrolment has come to: tasks are looked through for no other.
 */
static uint32_t listing_flags(const wbi_state *state, const wb_campaign *campaign,
                              uint32_t number) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const bool responded = enrollment->response != 0;
  const bool step = campaign != NULL && enrollment->step < campaign->step_count &&
                    campaign->steps[enrollment->step].kind == WBI_STEP_CALL;
  if (enrollment->state == WB_STATE_ENDED || (!responded && !step)) return 0;
  return (responded ? WB_ENROLLMENT_RESPONDED : 0) |
         (wbi_desk_called(state, number) ? WB_ENROLLMENT_LISTED : 0);
}

/* One enrolment as the host is told. */
static wb_status listing_enrollment(wb_practice *practice, uint32_t number,
                                    wb_enrollment *enrollment) {
  const wbi_state *state = &practice->state;
  const wbi_enrollment *found = wbi_state_enrollment(state, number);
  const wbi_definition *definition = wbi_state_definition(state, found->definition);
  const wbi_text patient = wbi_keys_text(&state->patients, found->patient);
  const wb_campaign *campaign;
  wb_status status = wbi_practice_campaign(practice, found->definition, &campaign);
  if (status != WB_OK) return status;
  wb_enrollment shown = {
      .size = sizeof shown,
      .flags = listing_flags(state, campaign, number),
      .entered = found->entered,
      .wake = listing_wake(state, number),
      .campaign = wbi_keys_text(&state->names, definition->name).data,
      .patient = patient.data,
      .about = wbi_slot_shown(state, campaign, wbi_state_subject(state, found)).data,
      .location = wbi_keys_text(&state->locations, found->location).data,
      .reason =
          found->state == WB_STATE_ENDED ? wbi_keys_text(&state->names, found->detail).data : "",
      .state = found->state,
      .hold = found->hold,
      .touches = found->touches,
      .entry = found->entry,
      .patient_length = (uint32_t)patient.length};
  status = listing_names(practice, campaign, found, &shown);
  if (status != WB_OK) return status;
  return wbi_struct_write(enrollment, sizeof shown, &shown, sizeof shown);
}

wb_status WB_CALL wb_practice_next(wb_practice *practice, uint64_t *cursor,
                                   wb_enrollment *enrollment) {
  if (cursor == NULL || enrollment == NULL) return WB_E_INVALID;
  wb_status status = wbi_practice_enter(practice, NULL);
  if (status != WB_OK) return status;
  const wbi_state *state = &practice->state;
  uint64_t at = *cursor;
  while (at < state->enrollment.count &&
         !wbi_state_remembers(state, wbi_state_enrollment(state, (uint32_t)at)))
    at++;
  status = at < state->enrollment.count ? listing_enrollment(practice, (uint32_t)at, enrollment)
                                        : WB_E_NAME;
  if (status == WB_OK) *cursor = at + 1;
  wbi_practice_leave(practice);
  return status;
}

wb_status WB_CALL wb_practice_find(wb_practice *practice, const char *patient, size_t length,
                                   const char **key) {
  if (patient == NULL || key == NULL) return WB_E_INVALID;
  const wb_status status = wbi_practice_enter(practice, NULL);
  if (status != WB_OK) return status;
  const wbi_state *state = &practice->state;
  const uint32_t number = wbi_state_person(state, (wbi_text){patient, length});
  if (number != WBI_NONE) *key = wbi_keys_text(&state->patients, number).data;
  wbi_practice_leave(practice);
  return number != WBI_NONE ? WB_OK : WB_E_NAME;
}

/* The first action at or after a number that is remembered; the count: none. */
static uint32_t listing_action(const wbi_state *state, uint64_t from) {
  const uint32_t count = (uint32_t)state->actions.items.count;
  uint32_t at = from < count ? (uint32_t)from : count;
  while (at < count && !wbi_state_keeps(state, wbi_state_action(state, at)))
    at++;
  return at;
}

wb_status WB_CALL wb_practice_actions(wb_practice *practice, uint64_t *cursor,
                                      wb_action_status *action_status) {
  if (cursor == NULL || action_status == NULL) return WB_E_INVALID;
  wb_status status = wbi_practice_enter(practice, NULL);
  if (status != WB_OK) return status;
  const uint32_t at = listing_action(&practice->state, *cursor);
  if (at == practice->state.actions.items.count) {
    wbi_practice_leave(practice);
    return WB_E_NAME;
  }
  const wbi_action *action = wbi_state_action(&practice->state, at);
  wb_action_status shown = {.size = sizeof shown,
                            .claimed_at = action->claimed_at,
                            .deliver_by = action->deliver_by,
                            .state = action->state,
                            .cause = action->cause,
                            .attempt = action->attempt};
  memcpy(shown.id, &action->id, sizeof shown.id);
  status = wbi_struct_write(action_status, sizeof shown, &shown, sizeof shown);
  if (status == WB_OK) *cursor = (uint64_t)at + 1;
  wbi_practice_leave(practice);
  return status;
}

/* How many are inside by a definition. */
static uint32_t listing_inside(const wbi_state *state, uint32_t definition) {
  uint32_t inside = 0;
  for (uint32_t i = 0; i < state->enrollment.count; i++) {
    const wbi_enrollment *enrollment = wbi_state_enrollment(state, i);
    inside += enrollment->definition == definition && enrollment->state != WB_STATE_ENDED;
  }
  return inside;
}

/* One definition as the host is told. */
static wb_status listing_campaign(const wbi_state *state, uint32_t number,
                                  wb_campaign_status *campaign) {
  const wbi_definition *definition = wbi_state_definition(state, number);
  const wbi_text canonical = wbi_state_canonical(state, definition);
  wb_campaign_status shown = {.size = sizeof shown,
                              .name = wbi_keys_text(&state->names, definition->name).data,
                              .canonical = canonical.data,
                              .content_id = definition->content_id,
                              .canonical_length = (uint32_t)canonical.length,
                              .inside = listing_inside(state, number)};
  if (definition->current) shown.flags |= WB_CAMPAIGN_NEWEST;
  if (definition->launched) shown.flags |= WB_CAMPAIGN_LAUNCHED;
  if (definition->paused) shown.flags |= WB_CAMPAIGN_PAUSED;
  if (definition->stopped) shown.flags |= WB_CAMPAIGN_STOPPED;
  return wbi_struct_write(campaign, sizeof shown, &shown, sizeof shown);
}

wb_status WB_CALL wb_practice_campaigns(wb_practice *practice, uint64_t *cursor,
                                        wb_campaign_status *campaign) {
  if (cursor == NULL || campaign == NULL) return WB_E_INVALID;
  wb_status status = wbi_practice_enter(practice, NULL);
  if (status != WB_OK) return status;
  const uint64_t at = *cursor;
  status = at < practice->state.definition.count
               ? listing_campaign(&practice->state, (uint32_t)at, campaign)
               : WB_E_NAME;
  if (status == WB_OK) *cursor = at + 1;
  wbi_practice_leave(practice);
  return status;
}

/* The signs of interest in words; NULL: no memory. */
static const char *listing_why(wb_practice *practice, uint32_t signals) {
  char words[160];
  wbi_writer writer = {words, sizeof words, 0};
  wbi_desk_why(signals, &writer);
  wbi_arena_reset(&practice->names);
  const size_t length = writer.length < sizeof words ? writer.length : sizeof words;
  return listing_lend(practice, (wbi_text){words, length});
}

/* One open task as the host is told. */
static wb_status listing_task(wb_practice *practice, uint32_t number, wb_task *task) {
  const wbi_state *state = &practice->state;
  const wbi_open_task *open = wbi_state_task(state, number);
  const bool named = open->definition < state->definition.count;
  const wb_campaign *campaign = NULL;
  const wb_status status =
      named ? wbi_practice_campaign(practice, open->definition, &campaign) : WB_OK;
  if (status != WB_OK) return status;
  const wbi_text patient = wbi_keys_text(&state->patients, open->patient);
  const wbi_text about = wbi_slot_shown(state, campaign, wbi_state_about(state, open->subject));
  wb_task shown = {.size = sizeof shown,
                   .opened = open->opened,
                   .due = open->due,
                   .expires = open->expires < WB_TIME_MAX ? open->expires : WB_TIME_NONE,
                   .patient = patient.data,
                   .location = wbi_keys_text(&state->locations, open->location).data,
                   .about = about.data,
                   .campaign = "",
                   .why = listing_why(practice, open->signals),
                   .reason = wbi_keys_text(&state->names, open->reason).data,
                   .list = open->list,
                   .attempts = open->attempts,
                   .signals = open->signals,
                   .patient_length = (uint32_t)patient.length,
                   .about_length = (uint32_t)about.length};
  if (shown.why == NULL) return WB_E_NOMEM;
  if (open->list == WBI_LIST_OUTREACH) shown.score = wbi_desk_score(open->signals, open->attempts);
  if (named) {
    const uint32_t name = wbi_state_definition(state, open->definition)->name;
    shown.campaign = wbi_keys_text(&state->names, name).data;
  }
  memcpy(shown.id, &open->id, sizeof shown.id);
  return wbi_struct_write(task, sizeof shown, &shown, sizeof shown);
}

wb_status WB_CALL wb_desk_next(wb_practice *practice, int32_t list, uint64_t *cursor,
                               wb_task *task) {
  if (cursor == NULL || task == NULL || list < WB_DESK_OUTREACH || list > WB_DESK_VISITS)
    return WB_E_INVALID;
  wb_status status = wbi_practice_enter(practice, NULL);
  if (status != WB_OK) return status;
  const uint32_t count = (uint32_t)practice->state.task.count;
  uint32_t at = *cursor < count ? (uint32_t)*cursor : count;
  while (at < count && wbi_state_task(&practice->state, at)->list != list)
    at++;
  status = at < count ? listing_task(practice, at, task) : WB_E_NAME;
  if (status == WB_OK) *cursor = (uint64_t)at + 1;
  wbi_practice_leave(practice);
  return status;
}

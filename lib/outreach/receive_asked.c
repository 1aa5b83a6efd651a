/* SPDX-License-Identifier: MIT */
/* What a reply or a click answers: the message that asked, of a visit or of an opening. */
#include "outreach/receive_private.h"

/* Whether an action is a message that went to the patient of the event, and is remembered; an
   answer asks nothing. */
static wb_status asked_wrote(const wbi_receive *event, const wbi_action *action, bool *wrote) {
  const wbi_state *state = &event->practice->state;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, action->enrollment);
  const wb_campaign *campaign = NULL;
  *wrote = enrollment->patient == event->person && enrollment->entry == action->entry &&
           wbi_action_left(action->state) && wbi_action_message(action->kind) &&
           wbi_state_keeps(state, action);
  if (!*wrote) return WB_OK;
  const wb_status status =
      wbi_practice_campaign(event->practice, enrollment->definition, &campaign);
  if (campaign != NULL && campaign->subject == WBI_SUBJECT_NOTICE) *wrote = false;
  return status;
}

/* The enrolment of the last such message; WBI_NONE: none. */
static wb_status asked_last(const wbi_receive *event, uint32_t *asked) {
  const wbi_state *state = &event->practice->state;
  const wbi_action *last = NULL;
  for (uint32_t i = 0; event->person != WBI_NONE && i < state->actions.items.count; i++) {
    const wbi_action *action = wbi_state_action(state, i);
    bool wrote;
    const wb_status status = asked_wrote(event, action, &wrote);
    if (status != WB_OK) return status;
    if (wrote && wbi_receive_later(action, last)) last = action;
  }
  *asked = last != NULL ? last->enrollment : WBI_NONE;
  return WB_OK;
}

/* What the campaign of an enrolment is about. */
static wb_status asked_about(const wbi_receive *event, uint32_t number, wbi_subject_kind *about) {
  const wb_campaign *campaign = NULL;
  *about = WBI_SUBJECT_PATIENT;
  if (number == WBI_NONE) return WB_OK;
  const wb_status status = wbi_practice_campaign(
      event->practice, wbi_state_enrollment(&event->practice->state, number)->definition,
      &campaign);
  if (status == WB_OK && campaign != NULL) *about = campaign->subject;
  return status;
}

/* Whether whoever was asked has left or died since: what comes from their number is for a person.
 */
static bool asked_away(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  return event->person != WBI_NONE && wbi_patient_away(wbi_state_patient(state, event->person));
}

wb_status wbi_receive_asked_reply(const wbi_receive *event, int32_t intent, bool *taken) {
  const bool yes = intent == WB_INTENT_CONFIRM || intent == WB_INTENT_BOOKING_INTEREST;
  const bool no = intent == WB_INTENT_DECLINE || intent == WB_INTENT_LATER;
  uint32_t asked = WBI_NONE;
  wbi_subject_kind about;
  *taken = false;
  if (asked_away(event)) return WB_OK;
  wb_status status = asked_last(event, &asked);
  if (status == WB_OK) status = asked_about(event, asked, &about);
  if (status != WB_OK) return status;
  if (about == WBI_SUBJECT_APPOINTMENT) return wbi_receive_confirm(event, asked, intent, taken);
  *taken = about == WBI_SUBJECT_OPENING && (yes || no);
  if (!*taken) return WB_OK;
  return yes ? wbi_receive_accept(event, asked) : wbi_receive_decline(event, asked);
}

/* The enrolment of the event's action, if it is remembered; WBI_NONE. */
static uint32_t asked_by(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  wbi_bytes16 id;
  if (event->input.action == NULL) return WBI_NONE;
  memcpy(&id, event->input.action, sizeof id);
  const uint32_t found = wbi_table_find(&state->actions, &id);
  if (found == WBI_NONE || !wbi_state_keeps(state, wbi_state_action(state, found))) return WBI_NONE;
  return wbi_state_action(state, found)->enrollment;
}

uint32_t wbi_receive_asked_whom(const wbi_receive *event) {
  const uint32_t asked = asked_by(event);
  if (asked == WBI_NONE) return WBI_NONE;
  return wbi_state_enrollment(&event->practice->state, asked)->patient;
}

wb_status wbi_receive_asked_other(const wbi_receive *event, bool *other) {
  const uint32_t asked = asked_by(event);
  wbi_subject_kind about;
  *other = false;
  if (asked == WBI_NONE || wbi_receive_asked_whom(event) == event->person) return WB_OK;
  const wb_status status = asked_about(event, asked, &about);
  *other = status == WB_OK && about != WBI_SUBJECT_HOUSEHOLD;
  return status;
}

wb_status wbi_receive_asked_click(const wbi_receive *event, bool *taken) {
  const uint32_t asked = asked_by(event);
  wbi_subject_kind about;
  *taken = false;
  if (asked == WBI_NONE || wbi_receive_asked_whom(event) != event->person) return WB_OK;
  if (asked_away(event)) return WB_OK;
  const wb_status status = asked_about(event, asked, &about);
  *taken = status == WB_OK && about == WBI_SUBJECT_OPENING;
  return *taken ? wbi_receive_accept(event, asked) : status;
}

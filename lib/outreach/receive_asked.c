/* SPDX-License-Identifier: MIT */
/* What a reply or a click answers: the message that asked, of a visit or of an opening. */
#include "outreach/receive_private.h"

/* Two questions less than this apart are read together, and may have come in any order. */
enum { ASKED_APART = 10 * WBI_MINUTE };

/* What the campaign of an enrolment asks about: after a visit it is not whether that stands. */
static wb_status asked_about(const wbi_receive *event, uint32_t number, wbi_subject_kind *about) {
  const wb_campaign *campaign = NULL;
  *about = WBI_SUBJECT_PATIENT;
  const wb_status status = wbi_practice_campaign(
      event->practice, wbi_state_enrollment(&event->practice->state, number)->definition,
      &campaign);
  if (status == WB_OK && campaign != NULL && !wbi_campaign_follows(campaign))
    *about = campaign->subject;
  return status;
}

/* Whether an action is a message that went, of the present entry, and is remembered. */
static bool asked_wrote(const wbi_state *state, const wbi_action *action) {
  return wbi_state_enrollment(state, action->enrollment)->entry == action->entry &&
         wbi_action_left(action->state) && wbi_action_message(action->kind) &&
         wbi_state_keeps(state, action);
}

/* Whose a message is. */
static uint32_t asked_patient(const wbi_state *state, const wbi_action *action) {
  return wbi_state_enrollment(state, action->enrollment)->patient;
}

/* The last message that went to the patient of the event, NULL: none, and what it is about; an
   answer asks nothing. */
static wb_status asked_last(const wbi_receive *event, const wbi_action **last,
                            wbi_subject_kind *about) {
  const wbi_state *state = &event->practice->state;
  *last = NULL;
  *about = WBI_SUBJECT_PATIENT;
  for (uint32_t i = 0; event->person != WBI_NONE && i < state->actions.items.count; i++) {
    const wbi_action *action = wbi_state_action(state, i);
    wbi_subject_kind kind;
    if (asked_patient(state, action) != event->person || !asked_wrote(state, action) ||
        !wbi_receive_later(state, action, *last))
      continue;
    const wb_status status = asked_about(event, action->enrollment, &kind);
    if (status != WB_OK) return status;
    if (kind == WBI_SUBJECT_NOTICE) continue;
    *last = action;
    *about = kind;
  }
  return WB_OK;
}

/* Whether two messages are about one visit of one patient. */
static bool asked_alike(const wbi_state *state, const wbi_action *a, const wbi_action *b) {
  const wbi_enrollment *one = wbi_state_enrollment(state, a->enrollment);
  const wbi_enrollment *two = wbi_state_enrollment(state, b->enrollment);
  return one->patient == two->patient && one->subject == two->subject;
}

/* Whether the answer to a message may be one to another: it went about then, or later, to the same
   contact point, of a host that names the patient to them. */
static bool asked_beside(const wbi_receive *event, const wbi_action *last,
                         const wbi_action *action) {
  const wbi_state *state = &event->practice->state;
  if (last->claimed_at - action->claimed_at >= ASKED_APART || asked_alike(state, action, last) ||
      !asked_wrote(state, action))
    return false;
  return event->input.patient_length > 0 ? asked_patient(state, action) == event->person
                                         : wbi_bytes16_equal(&action->contact, &event->contact);
}

/* Whether what an enrolment asked was not answered yet; of what is gone that is not known. */
static bool asked_waits(const wbi_state *state, const wbi_enrollment *enrollment) {
  const wbi_ending ending = wbi_sequence_ending(state, enrollment);
  return ending == WBI_ENDING_NONE || ending == WBI_ENDING_GONE;
}

/* Whether nobody can tell which of several questions is answered. */
static wb_status asked_unclear(const wbi_receive *event, const wbi_action *last, bool *unclear) {
  const wbi_state *state = &event->practice->state;
  *unclear = false;
  for (uint32_t i = 0; !*unclear && i < state->actions.items.count; i++) {
    const wbi_action *action = wbi_state_action(state, i);
    wbi_subject_kind about;
    if (!asked_beside(event, last, action) ||
        !asked_waits(state, wbi_state_enrollment(state, action->enrollment)))
      continue;
    const wb_status status = asked_about(event, action->enrollment, &about);
    if (status != WB_OK) return status;
    *unclear = about == WBI_SUBJECT_APPOINTMENT || about == WBI_SUBJECT_OPENING;
  }
  return WB_OK;
}

/* Whether whoever was asked has left or died since: what comes from their number is for a person.
 */
static bool asked_away(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  return event->person != WBI_NONE && wbi_patient_away(wbi_state_patient(state, event->person));
}

/* What follows from a reply to what an enrolment asked. */
static wb_status asked_answer(const wbi_receive *event, uint32_t number, wbi_subject_kind about,
                              int32_t intent) {
  const bool yes = intent == WB_INTENT_CONFIRM || intent == WB_INTENT_BOOKING_INTEREST;
  if (about == WBI_SUBJECT_APPOINTMENT) return wbi_receive_confirm(event, number, intent);
  return yes ? wbi_receive_accept(event, number) : wbi_receive_decline(event, number);
}

/* Whether a STOP withdrew what an enrolment asked. */
static bool asked_withdrawn(const wbi_state *state, uint32_t number) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  return enrollment->state == WB_STATE_ENDED &&
         wbi_text_equal(wbi_keys_text(&state->names, enrollment->detail), WBI_TEXT("opted_out"));
}

/* Whether a reply answers what an enrolment asked. */
static bool asked_answers(const wbi_receive *event, uint32_t number, wbi_subject_kind about,
                          int32_t intent) {
  if (about == WBI_SUBJECT_APPOINTMENT) return wbi_receive_confirms(event, number, intent);
  return about == WBI_SUBJECT_OPENING && !asked_withdrawn(&event->practice->state, number) &&
         (intent == WB_INTENT_CONFIRM || intent == WB_INTENT_BOOKING_INTEREST ||
          intent == WB_INTENT_DECLINE || intent == WB_INTENT_LATER);
}

wb_status wbi_receive_asked_reply(const wbi_receive *event, int32_t intent, bool *taken) {
  const wbi_action *last = NULL;
  wbi_subject_kind about;
  bool unclear = false;
  *taken = false;
  if (asked_away(event)) return WB_OK;
  wb_status status = asked_last(event, &last, &about);
  if (status != WB_OK || last == NULL) return status;
  *taken = asked_answers(event, last->enrollment, about, intent);
  if (!*taken) return WB_OK;
  status = asked_unclear(event, last, &unclear);
  if (status != WB_OK) return status;
  return unclear ? wbi_receive_inbox(event, WBI_TEXT("which_question"))
                 : asked_answer(event, last->enrollment, about, intent);
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

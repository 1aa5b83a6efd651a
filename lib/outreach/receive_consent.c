/* SPDX-License-Identifier: MIT */
/* Opt-outs and opt-ins: what they close, open and end. */
#include "outreach/receive_private.h"

uint32_t wbi_receive_first_action(const wbi_state *state, const wbi_bytes16 *contact) {
  const uint32_t found = wbi_table_find(&state->contacts, contact);
  if (found == WBI_NONE) return WBI_NONE;
  return ((const wbi_contact_point *)wbi_table_at(&state->contacts, found))->actions;
}

bool wbi_receive_later(const wbi_state *state, const wbi_action *action, const wbi_action *last) {
  if (last == NULL || action->claimed_at != last->claimed_at)
    return last == NULL || action->claimed_at > last->claimed_at; /* same: they differ */
  const bool about = wbi_state_enrollment(state, action->enrollment)->subject != WBI_NONE;
  if (about != (wbi_state_enrollment(state, last->enrollment)->subject != WBI_NONE)) return about;
  return memcmp(&action->id, &last->id, sizeof action->id) < 0;
}

uint32_t wbi_receive_person(const wbi_state *state, const wbi_bytes16 *contact) {
  uint32_t best = WBI_NONE;
  uint32_t at = wbi_receive_first_action(state, contact);
  for (; at != WBI_NONE; at = wbi_state_action(state, at)->sibling) {
    const wbi_action *action = wbi_state_action(state, at);
    if (!wbi_state_keeps(state, action)) continue;
    const wbi_action *last = best != WBI_NONE ? wbi_state_action(state, best) : NULL;
    if (wbi_receive_later(state, action, last)) best = at;
  }
  if (best == WBI_NONE) return WBI_NONE;
  return wbi_state_enrollment(state, wbi_state_action(state, best)->enrollment)->patient;
}

wb_status wbi_receive_flags(const wbi_receive *event, const wbi_bytes16 *contact, uint8_t flags) {
  if (flags == wbi_state_contact(&event->practice->state, contact)) return WB_OK;
  return wbi_receive_add(event,
                         (wbi_effect){.kind = WBI_EFFECT_CONTACT, .id = *contact, .code = flags});
}

/* Whether a later link of an action's chain is of the same enrolment. */
static bool consent_repeats(const wbi_state *state, const wbi_action *action) {
  for (uint32_t at = action->sibling; at != WBI_NONE; at = wbi_state_action(state, at)->sibling) {
    if (wbi_state_action(state, at)->enrollment == action->enrollment) return true;
  }
  return false;
}

/* Ends every sequence that wrote to a contact point, and closes the calls to those patients: one
   may be open when its sequence has ended. */
static wb_status consent_stop(const wbi_receive *event, const wbi_bytes16 *contact) {
  const wbi_state *state = &event->practice->state;
  wb_status status = WB_OK;
  uint32_t at = wbi_receive_first_action(state, contact);
  for (; status == WB_OK && at != WBI_NONE; at = wbi_state_action(state, at)->sibling) {
    const wbi_action *action = wbi_state_action(state, at);
    const wbi_enrollment *enrollment = wbi_state_enrollment(state, action->enrollment);
    if (consent_repeats(state, action)) continue;
    if (event->spared != action->enrollment + 1)
      status = wbi_receive_end_one(event, action->enrollment, WBI_TEXT("opted_out"));
    if (status == WB_OK)
      status = wbi_practice_close(event->practice, enrollment->patient, WBI_NONE);
  }
  return status;
}

/* A visit that a sequence has asked about, and waits for the answer, is on Now: nobody is asked
   about it any more, and the word may have been meant for it. */
static wb_status consent_visit(const wbi_receive *event, uint32_t number) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(&event->practice->state, number);
  const wb_campaign *campaign = NULL;
  if (enrollment->state == WB_STATE_ENDED || enrollment->touches == 0 ||
      event->spared == number + 1)
    return WB_OK;
  const wb_status status =
      wbi_practice_campaign(event->practice, enrollment->definition, &campaign);
  if (status != WB_OK || campaign == NULL || !wbi_campaign_confirms(campaign)) return status;
  return wbi_receive_about(event, number, WBI_LIST_NOW, WBI_TEXT("visit_stop"));
}

/* The visits of the patient, or of everybody who was written to at the contact point. */
static wb_status consent_visits(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  wb_status status = WB_OK;
  uint32_t at = WBI_NONE;
  if (!event->has_contact && event->person != WBI_NONE)
    at = wbi_state_patient(state, event->person)->enrollments;
  for (; status == WB_OK && at != WBI_NONE; at = wbi_state_enrollment(state, at)->next)
    status = consent_visit(event, at);
  at = event->has_contact ? wbi_receive_first_action(state, &event->contact) : WBI_NONE;
  for (; status == WB_OK && at != WBI_NONE; at = wbi_state_action(state, at)->sibling) {
    const wbi_action *action = wbi_state_action(state, at);
    if (!consent_repeats(state, action)) status = consent_visit(event, action->enrollment);
  }
  return status;
}

/* An opt-out of one contact point. */
static wb_status consent_out(const wbi_receive *event, const wbi_bytes16 *contact) {
  const uint8_t flags = wbi_state_contact(&event->practice->state, contact);
  const wb_status status = wbi_receive_flags(event, contact, flags | WBI_CONTACT_OPTED_OUT);
  return status == WB_OK ? consent_stop(event, contact) : status;
}

/* An opt-in of one contact point. */
static wb_status consent_in(const wbi_receive *event, const wbi_bytes16 *contact) {
  const uint8_t flags = wbi_state_contact(&event->practice->state, contact);
  return wbi_receive_flags(event, contact, (uint8_t)(flags & ~(unsigned)WBI_CONTACT_OPTED_OUT));
}

/* What is done to a contact point. */
typedef wb_status (*consent_act)(const wbi_receive *event, const wbi_bytes16 *contact);

/* Whether an action is a text to the patient. */
static bool consent_text(const wbi_receive *event, const wbi_action *action) {
  return action->channel == WB_CHANNEL_SMS &&
         wbi_state_enrollment(&event->practice->state, action->enrollment)->patient ==
             event->person;
}

/* Whether a later link of an action's chain, which is of one contact point, is a text to the
   patient too. */
static bool consent_text_repeats(const wbi_receive *event, const wbi_action *action) {
  const wbi_state *state = &event->practice->state;
  uint32_t at = action->sibling;
  while (at != WBI_NONE && !consent_text(event, wbi_state_action(state, at)))
    at = wbi_state_action(state, at)->sibling;
  return at != WBI_NONE;
}

/* Whether some number of the patient is known. */
static bool consent_texted(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  uint32_t i = 0;
  while (i < state->actions.items.count && !consent_text(event, wbi_state_action(state, i)))
    i++;
  return i < state->actions.items.count;
}

bool wbi_receive_closed_before(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  const uint8_t out = WBI_CONTACT_OPTED_OUT;
  if (event->has_contact) return (wbi_state_contact(state, &event->contact) & out) != 0;
  if (!consent_texted(event)) return wbi_person_out(state, event->person, WB_CHANNEL_SMS);
  for (uint32_t i = 0; i < state->actions.items.count; i++) {
    const wbi_action *action = wbi_state_action(state, i);
    if (consent_text(event, action) && (wbi_state_contact(state, &action->contact) & out) == 0)
      return false;
  }
  return true;
}

/* The same for every number that a patient was texted on, each once. */
static wb_status consent_contacts(const wbi_receive *event, consent_act act) {
  const wbi_state *state = &event->practice->state;
  wb_status status = WB_OK;
  for (uint32_t i = 0; status == WB_OK && i < state->actions.items.count; i++) {
    const wbi_action *action = wbi_state_action(state, i);
    if (!consent_text(event, action) || consent_text_repeats(event, action)) continue;
    status = act(event, &action->contact);
  }
  return status;
}

/* Closes one contact point: nobody whom we know is there. */
static wb_status consent_close(const wbi_receive *event, const wbi_bytes16 *contact) {
  const uint8_t flags = wbi_state_contact(&event->practice->state, contact);
  return wbi_receive_flags(event, contact, flags | WBI_CONTACT_CLOSED);
}

wb_status wbi_receive_closed(const wbi_receive *event) {
  return event->has_contact ? consent_close(event, &event->contact)
                            : consent_contacts(event, consent_close);
}

/* An opt-out of somebody of whom no number is known is kept with the patient: the first text to
   them is held. The first of somebody who is known is a task for a person as well. */
static wb_status consent_nowhere(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  const bool again = wbi_person_out(state, event->person, WB_CHANNEL_SMS);
  wb_status status = wbi_receive_know(event, WBI_PATIENT_OPTED_OUT, 0);
  if (status != WB_OK || event->person == WBI_NONE) return status;
  status = wbi_receive_end(event, WBI_TEXT("opted_out"), 0);
  return status == WB_OK && !again ? wbi_receive_inbox(event, WBI_TEXT("reply")) : status;
}

/* What follows before any number closes or opens: of an opt-out for visits, of an opt-in for what
   was kept with the patient. */
static wb_status consent_before(const wbi_receive *event, bool out) {
  if (out) return consent_visits(event);
  return event->person != WBI_NONE ? wbi_receive_know(event, 0, WBI_PATIENT_OPTED_OUT) : WB_OK;
}

wb_status wbi_receive_consent(const wbi_receive *event, bool out) {
  const consent_act act = out ? consent_out : consent_in;
  const wb_status status = consent_before(event, out);
  if (status != WB_OK) return status;
  if (event->has_contact) return act(event, &event->contact);
  if (out && !consent_texted(event)) return consent_nowhere(event);
  return event->person != WBI_NONE ? consent_contacts(event, act) : WB_E_NAME;
}

wb_status wbi_contact_out(wb_practice *practice, const wbi_bytes16 *contact, uint32_t spared,
                          wb_time now) {
  const wbi_receive event = {.practice = practice,
                             .contact = *contact,
                             .person = WBI_NONE,
                             .spared = spared,
                             .has_contact = true,
                             .now = now};
  return wbi_receive_consent(&event, true);
}

wb_status wbi_receive_out(const wbi_receive *event) {
  return wbi_receive_consent(event, true);
}

wb_status wbi_receive_in(const wbi_receive *event) {
  return wbi_receive_consent(event, false);
}

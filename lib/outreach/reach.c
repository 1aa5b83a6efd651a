/* SPDX-License-Identifier: MIT */
/* Consent: by which channel of a step somebody may be reached, or why by none. */
#include "outreach/practice_private.h"

uint32_t wbi_reach_attempt(const wbi_state *state, const wbi_bytes16 *id,
                           const wbi_bytes16 *contact) {
  const uint32_t found = wbi_table_find(&state->actions, id);
  if (found == WBI_NONE) return wbi_outbox_has(state, id) ? 0 : 1;
  const wbi_action *action = wbi_state_action(state, found);
  if (!wbi_state_keeps(state, action)) return 1;
  /* Of a key that was forgotten, in a journal from before the numbers of entries went on. */
  if (wbi_state_enrollment(state, action->enrollment)->state == WB_STATE_ENDED) return 0;
  /* One that was to be tried again is dropped when its patient responds, since a call takes its
     place; then its cause stays. The sequence is at its step again when the calls were in vain.
     What is taken back for good has no cause. */
  const bool back = action->state == WB_ACTION_WITHDRAWN && action->cause != WB_CAUSE_NONE;
  const bool moved = action->state == WB_ACTION_FAILED && action->cause == WB_CAUSE_ADDRESS &&
                     !wbi_bytes16_equal(&action->contact, contact);
  return action->state == WB_ACTION_READY || back || moved ? (uint32_t)action->attempt + 1 : 0;
}

bool wbi_reach_done(const wb_practice *practice, const wb_campaign *campaign, const wbi_step *step,
                    wbi_who who) {
  const wbi_state *state = &practice->state;
  for (int32_t channel = WB_CHANNEL_SMS; channel <= WB_CHANNEL_EMAIL; channel++) {
    const wbi_bytes16 id = wbi_sequence_id(practice, campaign, who, step->id, channel);
    const uint32_t found = wbi_table_find(&state->actions, &id);
    if (found == WBI_NONE && wbi_outbox_has(state, &id)) return true;
    if (found == WBI_NONE) continue;
    if (wbi_action_left(wbi_state_action(state, found)->state)) return true;
  }
  return false;
}

wb_status wbi_reach_channel(wb_practice *practice, const wb_campaign *campaign,
                            const wbi_subject *subject, wbi_text patient, uint16_t index,
                            wbi_reach *reach, wb_error *error) {
  const wbi_campaign_text *text = &campaign->texts[index];
  wb_status status =
      wbi_contact_find(subject, &practice->secret, text->channel, &reach->contact, error);
  if (status == WB_OK) status = wbi_practice_law(practice, error);
  if (status != WB_OK) return status;
  wbi_table_fetch(&practice->state.contacts, &reach->contact.point);
  const uint32_t person = wbi_state_person(&practice->state, patient);
  bool someone = false;
  reach->text = index;
  reach->row = subject->row;
  reach->consent = wbi_consent_ask(practice, &reach->contact, person, campaign->class_);
  const bool family = campaign->subject == WBI_SUBJECT_HOUSEHOLD;
  if (reach->consent.minor && (family || text->guardian != WBI_NO_TEXT))
    status = wbi_reach_guardian(practice, campaign->class_, subject, reach, &someone, error);
  if (someone && !family) reach->text = text->guardian;
  reach->hold = reach->consent.hold;
  if (reach->hold == WB_HOLD_NONE && wbi_person_out(&practice->state, person, text->channel))
    reach->hold = WB_HOLD_OPTED_OUT; /* a child, of whom the representative is not told */
  return status;
}

wb_status wbi_reach_find(wb_practice *practice, const wb_campaign *campaign,
                         const wbi_subject *subject, const wbi_step *step, wbi_who who,
                         wbi_reach *reach, wb_error *error) {
  int32_t first = WB_HOLD_NONE;
  const wbi_state *state = &practice->state;
  reach->over = false;
  for (uint32_t i = 0; i < step->text_count; i++) {
    const uint16_t text = step->texts[i];
    const wb_status status =
        wbi_reach_channel(practice, campaign, subject, who.patient, text, reach, error);
    if (status != WB_OK) return status;
    if (first == WB_HOLD_NONE) first = reach->hold;
    if (reach->hold != WB_HOLD_NONE) continue;
    reach->id = wbi_sequence_id(practice, campaign, who, step->id, campaign->texts[text].channel);
    reach->attempt = wbi_reach_attempt(state, &reach->id, &reach->contact.point);
    if (reach->attempt > 0) return WB_OK;
    reach->over = true;
  }
  reach->hold = first != WB_HOLD_NONE ? first : WB_HOLD_BAD_ADDRESS;
  return WB_OK;
}

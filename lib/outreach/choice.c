/* SPDX-License-Identifier: MIT */
/* Which text is said: the one that a rule chooses, with detail where the patient agreed to it. */
#include "outreach/practice_private.h"

/* What the patient told the practice of detail at their present number or address. */
static wb_status choice_told(const wbi_subject *subject, int32_t channel, int32_t *level,
                             wb_error *error) {
  const wb_practice *practice = subject->moment->practice;
  char bytes[WB_KEY_MAX];
  wbi_text key;
  wbi_contact contact;
  *level = WB_CONSENT_NONE;
  if (practice == NULL) return WB_OK;
  wb_status status = wbi_subject_key(subject, subject->fields->patient_key, bytes, &key, error);
  if (status == WB_OK)
    status = wbi_contact_find(subject, &practice->secret, channel, &contact, error);
  if (status != WB_OK || contact.unusable != WB_HOLD_NONE) return status;
  const wbi_state *state = &practice->state;
  const uint32_t person = wbi_state_person(state, key);
  const wbi_consent *given =
      wbi_state_consent(state, person, &contact.point, channel, WB_PURPOSE_DETAIL);
  if (given != NULL) *level = given->level;
  return WB_OK;
}

/* Whether the patient agreed to detail on a channel: by the record or to the practice, and neither
   has a no. */
static wb_status choice_agreed(const wbi_subject *subject, int32_t channel, bool *agreed,
                               wb_error *error) {
  wb_value value = {.size = sizeof value};
  int32_t level = WB_CONSENT_NONE;
  *agreed = false;
  if (channel != WB_CHANNEL_SMS && channel != WB_CHANNEL_EMAIL) return WB_OK;
  const uint32_t field =
      channel == WB_CHANNEL_SMS ? subject->fields->text_detail : subject->fields->email_detail;
  wb_status status =
      wbi_facts_value(subject->facts, subject->row, field, subject->moment, &value, error);
  if (WBI_NEVER(status != WB_OK)) return status; /* the row's link was asked for just before */
  status = choice_told(subject, channel, &level, error);
  if (status != WB_OK) return status;
  const bool no = value.kind == WB_BOOL && value.integer == 0;
  const bool yes = value.kind == WB_BOOL && value.integer != 0;
  *agreed = level != WB_CONSENT_REFUSED && !no && (yes || level >= WB_CONSENT_EXPRESS);
  return WB_OK;
}

/* The first text whose rule is true, or whose variant it is. Without consent those of the register
   `detail` are left out; what is unknown chooses nothing. */
static wb_status choice_rule(const wb_campaign *campaign, const wbi_subject *subject,
                             uint8_t variant, bool agreed, uint16_t *text, wb_error *error) {
  const wbi_campaign_text *from = &campaign->texts[*text];
  for (uint32_t i = 0; i < from->choice_count; i++) {
    const wbi_choice *choice = &from->choices[i];
    wb_verdict verdict = {.size = sizeof verdict};
    if (!agreed && campaign->texts[choice->index].register_ == WB_REGISTER_DETAIL) continue;
    wb_status status = WB_OK;
    if (choice->rule != NULL)
      status = wbi_rule_test(choice->rule, subject->facts, subject->row, subject->moment, &verdict,
                             error);
    if (status != WB_OK) return status;
    const bool chosen =
        choice->rule != NULL ? verdict.truth == WB_TRUE : choice->variant == variant;
    if (!chosen) continue;
    *text = choice->index;
    return WB_OK;
  }
  return WB_OK;
}

wb_status wbi_campaign_choose(const wb_campaign *campaign, const wbi_subject *subject,
                              uint8_t variant, uint16_t *text, wb_error *error) {
  const wbi_campaign_text *from = &campaign->texts[*text];
  bool agreed = false;
  if (from->choice_count == 0 && from->detail == WBI_NO_TEXT &&
      from->register_ != WB_REGISTER_DETAIL) /* same: only more is asked */
    return WB_OK;
  wb_status status = choice_agreed(subject, from->channel, &agreed, error);
  if (status == WB_OK) status = choice_rule(campaign, subject, variant, agreed, text, error);
  if (status != WB_OK) return status;
  const wbi_campaign_text *chosen = &campaign->texts[*text];
  if (agreed && chosen->detail != WBI_NO_TEXT) *text = chosen->detail;
  const bool detail = campaign->texts[*text].register_ == WB_REGISTER_DETAIL;
  if (!detail || agreed) return WB_OK;
  return wbi_fail(error, WB_E_POLICY, "The patient has not agreed to detail on this channel.");
}

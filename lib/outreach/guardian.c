/* SPDX-License-Identifier: MIT */
/* Who is written to about a minor: whoever is marked as their personal representative. */
#include "outreach/practice_private.h"

/* A text of the subject's record; empty when absent. */
static wb_status guardian_text(const wbi_subject *subject, uint32_t field, wbi_text *text,
                               wb_error *error) {
  wb_value value = {.size = sizeof value};
  const wb_status status =
      wbi_facts_value(subject->facts, subject->row, field, subject->moment, &value, error);
  *text = (wbi_text){value.data, value.length};
  return status;
}

/* The key of whoever stands for the patient; a guarantor without that mark hears of money alone. */
static wb_status guardian_key(int32_t message_class, const wbi_subject *subject, wbi_text *key,
                              wb_error *error) {
  wb_status status = guardian_text(subject, subject->fields->guardian, key, error);
  if (status != WB_OK || key->length > 0 || message_class != WB_MESSAGE_BILLING) return status;
  return guardian_text(subject, subject->fields->guarantor, key, error);
}

/* Whether the patient stands apart from the household: custody, restriction, confidentiality. Their
   row was read for their own address just now, and a truth is one or absent. */
static bool guardian_apart(const wbi_subject *subject) {
  wb_value value = {.size = sizeof value};
  const wb_status status = wbi_facts_value(
      subject->facts, subject->row, subject->fields->confidential, subject->moment, &value, NULL);
  if (WBI_NEVER(status != WB_OK)) return true;
  return value.kind == WB_BOOL && value.integer != 0;
}

/* Whether the practice knows of the death of a member whom the record still has among the living:
   the record would name them. */
static wb_status guardian_unrecorded(const wb_practice *practice, const wbi_subject *subject,
                                     wbi_text key, bool *mourns, wb_error *error) {
  const uint32_t person = wbi_state_person(&practice->state, key);
  wbi_subject member = *subject;
  wbi_text excluded = {NULL, 0};
  if (person == WBI_NONE) return WB_OK;
  if ((wbi_state_patient(&practice->state, person)->flags & WBI_PATIENT_DECEASED) == 0)
    return WB_OK;
  wb_status status = wbi_facts_row(subject->facts, key, &member.row);
  if (status == WB_OK) status = wbi_exclusion_find(&member, &excluded, error);
  *mourns = !wbi_text_equal(excluded, WBI_TEXT("deceased"));
  return status == WB_E_NAME ? WB_OK : status; /* of who is not found nothing is on record */
}

wb_status wbi_household_mourns(const wb_practice *practice, const wbi_subject *subject,
                               bool *mourns, wb_error *error) {
  wb_value key = {.size = sizeof key};
  *mourns = false; /* same: whoever asks has it so */
  for (uint32_t i = 0;; i++) {
    wb_status status =
        wbi_facts_item(subject->facts, subject->row, subject->fields->household_members, i,
                       subject->moment, &key, error);
    if (status == WB_E_NAME) return WB_OK; /* that was the last */
    if (status == WB_OK)
      status =
          guardian_unrecorded(practice, subject, (wbi_text){key.data, key.length}, mourns, error);
    if (status != WB_OK || *mourns) return status;
  }
}

/* Whether somebody has died, as the record or the practice knows. */
static wb_status guardian_died(const wb_practice *practice, const wbi_subject *other,
                               uint32_t person, bool *died, wb_error *error) {
  wbi_text excluded = {NULL, 0};
  const wb_status status = wbi_exclusion_find(other, &excluded, error);
  *died = wbi_text_equal(excluded, WBI_TEXT("deceased"));
  if (person != WBI_NONE)
    *died =
        *died || (wbi_state_patient(&practice->state, person)->flags & WBI_PATIENT_DECEASED) != 0;
  return status;
}

wb_status wbi_reach_guardian(const wb_practice *practice, int32_t message_class,
                             const wbi_subject *subject, wbi_reach *reach, bool *someone,
                             wb_error *error) {
  wbi_text key = {NULL, 0};
  bool died = false;
  wbi_subject other = *subject;
  *someone = false; /* same: whoever asks has it so */
  if (guardian_apart(subject)) return WB_OK;
  wb_status status = guardian_key(message_class, subject, &key, error);
  if (status != WB_OK) return status;
  /* the key is lent until another row is read */
  const uint32_t person = wbi_state_person(&practice->state, key);
  status = wbi_facts_row(subject->facts, key, &other.row);
  if (status != WB_OK) return status == WB_E_NAME ? WB_OK : status; /* nobody has an empty key */
  status = guardian_died(practice, &other, person, &died, error);
  if (status != WB_OK || died) return status;
  wbi_contact contact;
  status = wbi_contact_find(&other, &practice->secret, reach->contact.channel, &contact, error);
  if (status != WB_OK) return status;
  contact.seen = reach->contact.seen; /* the care is the child's */
  reach->contact = contact;
  reach->consent = wbi_consent_ask(practice, &contact, person, message_class);
  reach->row = other.row;
  *someone = true;
  return WB_OK;
}

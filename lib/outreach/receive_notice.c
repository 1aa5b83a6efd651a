/* SPDX-License-Identifier: MIT */
/*
 * Answers that an event calls for: STOP confirmed, help, the safety text. Each is an enrolment in
 * the definition of the notices, about the event; the notices that ship are made known with the
 * first. Where policy or schema allow none, a person is told.
 */
#include "data/data.h"
#include "outreach/receive_private.h"

enum { NOTICE_AGAIN = 3600 }; /* one answer of a kind in this time: two machines do not converse */

/* The definition of the notices, and its number once the open record is committed. */
typedef struct notice_set {
  const wb_campaign *campaign; /* NULL: there is none */
  wb_campaign *made;           /* to be given back */
  uint32_t definition;
} notice_set;

/* Makes the notices that ship known. Where policy or schema do not allow them there are none. */
static wb_status notice_add(const wbi_receive *event, notice_set *set) {
  wb_practice *practice = event->practice;
  const wbi_data_file *file = wbi_data_notices;
  if (practice->state.definition.count == WBI_DEFINITIONS_MAX) return WB_OK;
  const wb_status status = wb_campaign_new(practice->context, practice->schema, practice->policy,
                                           file->text, file->length, &set->made, NULL);
  if (status != WB_OK) return status == WB_E_NOMEM ? status : WB_OK;
  set->campaign = set->made;
  set->definition = (uint32_t)practice->state.definition.count;
  return wbi_receive_add(event, (wbi_effect){.kind = WBI_EFFECT_CAMPAIGN,
                                             .name = set->made->name,
                                             .bytes = set->made->canonical});
}

/* Finds the notices: those of the host, else those that ship. */
static wb_status noticed_find(const wbi_receive *event, notice_set *set) {
  *set = (notice_set){NULL, NULL, wbi_state_campaign(&event->practice->state, WBI_TEXT("notices"))};
  if (set->definition == WBI_NONE) return notice_add(event, set);
  return wbi_practice_campaign(event->practice, set->definition, &set->campaign);
}

/* Whether the patient was answered in the same way just now. */
static bool notice_answered(const wbi_receive *event, const notice_set *set, uint32_t step) {
  const wbi_state *state = &event->practice->state;
  uint32_t at = wbi_state_patient(state, event->person)->enrollments;
  for (; at != WBI_NONE; at = wbi_state_enrollment(state, at)->next) {
    const wbi_enrollment *enrollment = wbi_state_enrollment(state, at);
    wbi_notice notice;
    if (enrollment->definition != set->definition ||
        event->now - enrollment->entered >= NOTICE_AGAIN)
      continue;
    if (wbi_notice_read(wbi_state_subject(state, enrollment), &notice) && notice.step == step)
      return true;
  }
  return false;
}

/* Plans one answer. */
static wb_status notice_enroll(const wbi_receive *event, const notice_set *set, const char *name,
                               bool again) {
  const wbi_state *state = &event->practice->state;
  const int32_t step = wbi_campaign_step(set->campaign, wbi_text_of(name));
  if (step < 0 || (!again && notice_answered(event, set, (uint32_t)step))) return WB_OK;
  const wbi_notice notice = {wbi_receive_id(event, WBI_TEXT("")), event->contact, (uint32_t)step};
  char subject[WB_KEY_MAX];
  wbi_writer writer = {subject, sizeof subject, 0};
  wbi_notice_write(&notice, &writer);
  return wbi_receive_add(event,
                         (wbi_effect){.kind = WBI_EFFECT_ENROLL,
                                      .definition = (uint16_t)set->definition,
                                      .patient = wbi_keys_text(&state->patients, event->person),
                                      .subject = {subject, writer.length},
                                      .location = wbi_receive_location(event),
                                      .step = (uint8_t)step,
                                      .number = 1,
                                      .wake = WB_TIME_MIN, /* before all that waits */
                                      .day = WB_DATE_NONE});
}

/* There is no answer to say: a person learns it of each patient, where they would not expect it. */
static wb_status notice_unanswered(const wbi_receive *event) {
  const wbi_text reason = WBI_TEXT("unanswered");
  if (wbi_desk_has(&event->practice->state, event->person, WBI_NONE, reason)) return WB_OK;
  return wbi_receive_task_more(event, WBI_LIST_INBOX, reason, reason);
}

/* Plans the answers that there are. */
static wb_status notice_answer(const wbi_receive *event, const notice_set *set, bool stopped,
                               const char *name) {
  if (set->campaign == NULL || set->campaign->subject != WBI_SUBJECT_NOTICE)
    return notice_unanswered(event);
  const wb_status status = stopped ? notice_enroll(event, set, "stop-confirmed", true) : WB_OK;
  return status == WB_OK && name != NULL ? notice_enroll(event, set, name, false) : status;
}

wb_status wbi_receive_notices(const wbi_receive *event, bool stopped, const char *name) {
  notice_set set;
  if (!stopped && name == NULL) return WB_OK;
  wb_status status = noticed_find(event, &set);
  if (status == WB_OK) status = notice_answer(event, &set, stopped, name);
  wb_campaign_unref(set.made);
  return status;
}

/* SPDX-License-Identifier: MIT */
/*
 * Visits bring people into campaigns of subject "appointment": everybody's appointments, of the
 * last month and the coming year, are shown to the audience as slot.…. A visit that was moved
 * nearer wakes its sequence sooner.
 */
#include "outreach/visit.h"

enum { VISIT_PAST = 30, VISIT_AHEAD = 366 };

/* One pass for one campaign. */
typedef struct visit_pass {
  wb_practice *practice;
  wb_facts *facts;
  wb_moment moment;
  wb_counts *counts;
  const wb_campaign *campaign;
  uint32_t definition;
} visit_pass;

/* One patient of a pass. */
typedef struct visit_person {
  wbi_text key, location;
  const wb_zone *zone;
} visit_person;

/* Whether a visit is one that the pass is about. */
static bool visit_near(const visit_pass *pass, const wbi_appointment *visit) {
  if (visit->key.length == 0 || visit->key.length > WB_KEY_MAX) return false;
  return visit->start > pass->moment.now - (wb_time)VISIT_PAST * WBI_DAY && /* NONE is not */
         visit->start < pass->moment.now + (wb_time)VISIT_AHEAD * WBI_DAY;
}

/* The desk has a call about the time before: it leaves the list, and the next pass asks anew. */
static wb_status visit_call_off(const visit_pass *pass, uint32_t number) {
  const wbi_state *state = &pass->practice->state;
  wbi_plan *plan = &pass->practice->plan;
  wbi_effect effect = wbi_state_effect(state, number, WBI_EFFECT_END);
  effect.name = WBI_TEXT("put_off");
  wb_status status = wbi_plan_open(plan, state, WBI_BY_ENROLL);
  if (status == WB_OK) status = wbi_plan_add(plan, &effect);
  if (status == WB_OK) status = wbi_desk_close(pass->practice, number);
  if (status == WB_OK) wbi_plan_close(plan);
  return status;
}

/* The sequence of a visit that was moved nearer wakes sooner, unless it has begun something at its
   step: a try that failed, a wait for an event. */
static wb_status visit_moved(const visit_pass *pass, const visit_person *person,
                             const wbi_appointment *visit, uint32_t number) {
  const wbi_state *state = &pass->practice->state;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const wb_campaign *campaign = NULL;
  pass->counts->inside++;
  if (enrollment->state != WB_STATE_WAITING || enrollment->response != 0) return WB_OK;
  const wb_status status = wbi_practice_campaign(pass->practice, enrollment->definition, &campaign);
  if (status != WB_OK || campaign == NULL) return status;
  if (enrollment->awaits != 0 || enrollment->detail != 0) return WB_OK;
  wb_time due = wbi_visit_due(campaign, enrollment->step, person->zone, visit->start);
  if (due == WB_TIME_NONE) return WB_OK;
  if (wbi_visit_called(pass->practice, campaign, number))
    return due > pass->moment.now ? visit_call_off(pass, number) : WB_OK;
  if (due < pass->moment.now) due = pass->moment.now; /* same: what is past is due at once, too */
  due = wbi_hours_due(pass->practice, campaign, person->zone, due);
  if (due >= enrollment->wake) return WB_OK;
  wbi_effect effect = wbi_state_effect(state, number, WBI_EFFECT_STEP);
  effect.step = enrollment->step;
  effect.wake = due;
  return wbi_practice_record(pass->practice, WBI_BY_ENROLL, &effect, 1);
}

/* When the first question before a visit is due; WB_TIME_NONE: it does not wait for the visit. */
static wb_time visit_first(const wb_campaign *campaign, const wb_zone *zone, wb_time visit) {
  const wbi_step *wait = &campaign->steps[0];
  const bool waits = wait->kind == WBI_STEP_WAIT && wait->from == WBI_BEFORE_VISIT;
  return waits ? wbi_wait_visit(wait, zone, visit) : WB_TIME_NONE;
}

/* Whether a visit whose sequence ended is asked about again: it was answered, gone or done with,
   and has another time since, so that even the first question would come later than that; or it was
   put off when it had been called about. */
static bool visit_again(const visit_pass *pass, const visit_person *person,
                        const wbi_appointment *visit, uint32_t number) {
  const wbi_state *state = &pass->practice->state;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const wb_time first = visit_first(pass->campaign, person->zone, visit->start);
  if (!wbi_sequence_over(pass->practice, number, pass->facts)) return false;
  if (wbi_sequence_ending(state, enrollment) == WBI_ENDING_PUT_OFF) return true;
  return first != WB_TIME_NONE && first > enrollment->wake &&
         wbi_sequence_ending(state, enrollment) != WBI_ENDING_OTHER;
}

/* Plans an entry. */
static wb_status visit_enter(const visit_pass *pass, const visit_person *person,
                             const wbi_appointment *visit, int32_t segment) {
  const wbi_clock clock = {person->zone, pass->moment.now, visit->start};
  const wbi_going first = wbi_sequence_go(pass->practice, pass->campaign, 0, &clock);
  const uint32_t entry =
      wbi_sequence_entry(pass->practice, person->key, pass->definition, visit->key, visit->start);
  pass->counts->enrolled++;
  return wbi_practice_record(pass->practice, WBI_BY_ENROLL,
                             &(wbi_effect){.kind = WBI_EFFECT_ENROLL,
                                           .definition = (uint16_t)pass->definition,
                                           .patient = person->key,
                                           .subject = visit->key,
                                           .location = person->location,
                                           .segment = (uint8_t)segment,
                                           .rank = wbi_campaign_rank(pass->campaign),
                                           .step = first.step,
                                           .number = entry,
                                           .wake = first.wake,
                                           .day = WB_DATE_NONE},
                             1);
}

/* One visit. */
static wb_status visit_consider(const visit_pass *pass, const wbi_subject *subject,
                                const visit_person *person, const wbi_appointment *visit,
                                wb_error *error) {
  const wbi_state *state = &pass->practice->state;
  wb_value lent[WBI_LENT_FIELDS] = {0};
  const uint32_t patient = wbi_state_person(state, person->key);
  wb_match match = {.size = sizeof match};
  const uint32_t found = patient != WBI_NONE
                             ? wbi_state_inside(state, patient, pass->definition, visit->key)
                             : WBI_NONE;
  if (patient != WBI_NONE && wbi_patient_away(wbi_state_patient(state, patient))) return WB_OK;
  if (found != WBI_NONE && wbi_state_enrollment(state, found)->state != WB_STATE_ENDED)
    return visit_moved(pass, person, visit, found);
  if (found != WBI_NONE && !visit_again(pass, person, visit, found)) return WB_OK;
  wbi_visit_lend(visit, lent);
  wbi_facts_lend(pass->facts, lent);
  const wb_status status = wbi_campaign_match(pass->campaign, subject, &match, error);
  wbi_facts_lend(pass->facts, NULL);
  if (status != WB_OK) return status;
  if (match.outcome == WB_MATCH_UNKNOWN) pass->counts->unknown++;
  if (match.outcome != WB_MATCH_IN) return WB_OK;
  pass->counts->eligible++;
  return visit_enter(pass, person, visit, match.priority);
}

/* Reads who a row is. */
static wb_status visit_person_of(const wbi_subject *subject, visit_person *person, char *bytes,
                                 wb_error *error) {
  const uint32_t fields[] = {subject->fields->patient_key, subject->fields->location};
  wbi_text *const texts[] = {&person->key, &person->location};
  for (size_t i = 0; i < WBI_COUNT(fields); i++) {
    const wb_status status =
        wbi_subject_key(subject, fields[i], bytes + i * WB_KEY_MAX, texts[i], error);
    if (status != WB_OK) return status;
  }
  return wbi_facts_zone(subject->facts, subject->row, subject->moment, &person->zone, error);
}

/* All visits of one patient. */
static wb_status visit_row(const visit_pass *pass, const wbi_subject *subject, wb_error *error) {
  char bytes[2 * WB_KEY_MAX], key[WB_KEY_MAX];
  visit_person person;
  uint32_t count = 0;
  wb_status status = visit_person_of(subject, &person, bytes, error);
  if (status == WB_OK) status = wbi_visit_count(subject, &count, error);
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    wbi_appointment visit;
    status = wbi_visit_read(subject, i, &visit, error);
    if (status != WB_OK || !visit_near(pass, &visit)) continue;
    memcpy(key, visit.key.data, visit.key.length);
    visit.key.data = key;
    status = visit_consider(pass, subject, &person, &visit, error);
  }
  return status;
}

/* All rows for one campaign; a patient whose facts fail does not stop the others. */
static wb_status visit_rows(const visit_pass *pass, wb_error *error) {
  uint64_t rows = 0;
  wb_status status = wbi_facts_rows(pass->facts, &rows, error);
  for (uint64_t row = 0; status == WB_OK && row < rows; row++) {
    const wbi_subject subject = {pass->facts, row, &pass->moment, &pass->practice->fields};
    status = wbi_facts_ahead(pass->facts, row, rows, error);
    if (status != WB_OK) return status;
    status = visit_row(pass, &subject, error);
    if (!wbi_turn_personal(status)) continue;
    pass->counts->failed++;
    status = WB_OK;
  }
  return status;
}

wb_status wbi_visit_enroll(wb_practice *practice, wb_facts *facts, wb_time now, uint32_t only,
                           wb_counts *counts, wb_error *error) {
  const wbi_state *state = &practice->state;
  visit_pass pass = {.practice = practice, .facts = facts, .counts = counts};
  wb_status status = WB_OK;
  pass.moment = (wb_moment){.size = sizeof pass.moment, .now = now, .practice = practice};
  for (uint32_t i = 0; status == WB_OK && i < state->definition.count; i++) {
    if (!wbi_state_definition(state, i)->launched || (only != WBI_NONE && only != i)) continue;
    status = wbi_practice_campaign(practice, i, &pass.campaign);
    /* It was compiled, or found broken, when patients entered. */
    if (WBI_NEVER(status != WB_OK) || pass.campaign == NULL) continue;
    pass.definition = i;
    if (pass.campaign->subject == WBI_SUBJECT_APPOINTMENT) status = visit_rows(&pass, error);
  }
  return status;
}

/* SPDX-License-Identifier: MIT */
/*
 * Visits that the host's record shows as kept or off, for a host that does not say so itself: each
 * is credited once, as if it had been told. Looked for when people enter, on the facts of the day,
 * and only of those whose message or entry is not too old for a visit to count.
 */
#include "outreach/visit.h"

enum { KEPT_DAY = 86400, KEPT_LATE_DAYS = 30 };

/* How long a visit that is kept counts, and how much longer one that is told of late is looked for.
 */
static wb_time kept_window(const wb_practice *practice) {
  return (wb_time)practice->options.kept_days * KEPT_DAY;
}

static wb_time kept_looked(const wb_practice *practice) {
  return kept_window(practice) + (wb_time)KEPT_LATE_DAYS * KEPT_DAY;
}

/* Whether a visit may still count for an enrolment; of those who wait for the first message of all
   it is looked for once they leave. */
static bool kept_open(const wbi_enrollment *enrollment, wb_time since) {
  const bool waits = enrollment->state != WB_STATE_ENDED && enrollment->touches == 0 &&
                     enrollment->entry == 1 && enrollment->variant != WBI_HELD_OUT;
  return enrollment->subject == WBI_NONE && !waits &&
         (enrollment->entered >= since || wbi_metrics_touched(enrollment) >= since);
}

/* Whether a visit of somebody is looked for. */
static bool kept_sought(const wb_practice *practice, uint32_t patient, wb_time now) {
  const wbi_state *state = &practice->state;
  const wb_time since = now - kept_looked(practice);
  uint32_t at = wbi_state_patient(state, patient)->enrollments;
  while (at != WBI_NONE && !kept_open(wbi_state_enrollment(state, at), since))
    at = wbi_state_enrollment(state, at)->next;
  return at != WBI_NONE;
}

/* Whether somebody came by a visit for whom that is not counted yet. */
static bool kept_comes(const wb_practice *practice, uint32_t patient, wb_time at) {
  const wbi_state *state = &practice->state;
  uint32_t number = wbi_state_patient(state, patient)->enrollments;
  for (; number != WBI_NONE; number = wbi_state_enrollment(state, number)->next) {
    const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
    const bool during =
        at >= enrollment->entered && at - enrollment->entered <= kept_window(practice);
    if (enrollment->subject == WBI_NONE && during && !wbi_metrics_came(enrollment)) return true;
  }
  return false;
}

/* When a visit is: at noon, where only its day is known; WB_TIME_NONE. */
static wb_time kept_at(const wbi_appointment *visit) {
  if (visit->start != WB_TIME_NONE || visit->day == WB_DATE_NONE) return visit->start;
  return (wb_time)visit->day * KEPT_DAY + KEPT_DAY / 2;
}

/* How a visit of a status stands once its time has come; 0: it is not over. */
static int32_t kept_means(wbi_text status) {
  static const char *const off[] = {"broken", "missed", "cancelled"};
  for (size_t i = 0; i < WBI_COUNT(off); i++) {
    if (wbi_text_equal(status, wbi_text_of(off[i]))) return WBI_VISIT_REVERSED;
  }
  return wbi_text_equal(status, WBI_TEXT("completed")) ? WBI_VISIT_KEPT : 0;
}

/* How a visit stands that is over; 0: it is not, or nobody knows. */
static int32_t kept_stands(const wbi_appointment *visit, wb_time now) {
  const int32_t means = kept_means(visit->status);
  if (kept_at(visit) == WB_TIME_NONE) return 0;
  return means == WBI_VISIT_KEPT && kept_at(visit) > now ? 0 : means;
}

/* Whether the record shows something new of a visit. */
static bool kept_news(const wb_practice *practice, uint32_t patient, const wbi_credited *seen) {
  const wbi_credit *credit = wbi_credit_find(practice, patient, seen);
  const bool live = credit != NULL && credit->state != WBI_VISIT_REVERSED;
  if (seen->stands == WBI_VISIT_REVERSED) return live;
  if (kept_comes(practice, patient, seen->at)) return true;
  return live && credit->state == WBI_VISIT_BOOKED &&
         seen->at - credit->touched <= kept_window(practice);
}

/* Plans what a visit comes to, unless that is known. When it was booked the record does not say:
   its own day stands for that. One that was moved is known by its key alone. */
static wb_status kept_visit(wb_practice *practice, uint32_t patient, const wbi_appointment *visit,
                            bool moved, wb_time now) {
  wbi_credited seen = {
      .key = visit->key, .at = kept_at(visit), .stands = kept_stands(visit, now), .exact = moved};
  if (seen.stands == 0 || (moved && visit->key.length == 0)) return WB_OK;
  if (!kept_news(practice, patient, &seen)) return WB_OK;
  const wbi_credit *told =
      wbi_credit_find(practice, patient, &seen); /* of its worth, by the host */
  if (told != NULL && seen.stands == WBI_VISIT_KEPT) seen.value = told->value;
  wb_status status = wbi_plan_open(&practice->plan, &practice->state, WBI_BY_ENROLL);
  if (status == WB_OK)
    status = wbi_credit_plan(practice, patient, &seen, seen.at < now ? seen.at : now);
  if (status == WB_OK) wbi_plan_close(&practice->plan);
  return status;
}

/* The last visit, where the record has no list of them. */
static wb_status kept_last(wb_practice *practice, uint32_t patient, const wbi_subject *subject) {
  wb_value last = {.size = sizeof last};
  const wb_status status = wbi_facts_value(
      subject->facts, subject->row, subject->fields->last_visit, subject->moment, &last, NULL);
  if (status != WB_OK || last.kind != WB_DATE) return status;
  const wbi_appointment visit = {
      .status = WBI_TEXT("completed"), .start = WB_TIME_NONE, .day = (wb_date)last.integer};
  return kept_visit(practice, patient, &visit, false, subject->moment->now);
}

/* Whether a visit that is off has another in its place, on its day or one beside it: what is known
   by its day alone may be that. */
static wb_status kept_moved(const wbi_subject *subject, uint32_t count,
                            const wbi_appointment *visit, bool *moved) {
  const wb_time now = subject->moment->now;
  wb_status status = WB_OK;
  *moved = false;
  if (kept_stands(visit, now) != WBI_VISIT_REVERSED) return WB_OK;
  for (uint32_t i = 0; status == WB_OK && !*moved && i < count; i++) {
    wbi_appointment other;
    status = wbi_visit_read(subject, i, &other, NULL);
    if (status != WB_OK || kept_at(&other) == WB_TIME_NONE) continue;
    const wb_time later = kept_at(&other) - kept_at(visit), apart = later < 0 ? -later : later;
    *moved = kept_stands(&other, now) != WBI_VISIT_REVERSED && apart <= (wb_time)2 * KEPT_DAY;
  }
  return status;
}

/* The day before which no visit can be news: long before the patient entered anywhere. */
static wb_date kept_since(const wb_practice *practice, uint32_t patient, wb_time now) {
  const wbi_state *state = &practice->state;
  uint32_t at = wbi_state_patient(state, patient)->enrollments;
  for (; at != WBI_NONE; at = wbi_state_enrollment(state, at)->next) {
    const wb_time entered = wbi_state_enrollment(state, at)->entered;
    if (entered < now) now = entered;
  }
  return (wb_date)((now - kept_looked(practice)) / KEPT_DAY);
}

/* One visit of a patient, unless it is too old for any enrolment, or not over. */
static wb_status kept_look(wb_practice *practice, uint32_t patient, const wbi_subject *subject,
                           uint32_t index, uint32_t count, wb_date since) {
  wbi_appointment visit;
  wb_date day = WB_DATE_NONE;
  bool moved = false;
  wbi_text stands;
  wb_status status = wbi_visit_day(subject, index, &day);
  if (status != WB_OK || (day != WB_DATE_NONE && day < since)) return status;
  status = wbi_visit_status(subject, index, &stands);
  if (status != WB_OK || kept_means(stands) == 0) return status;
  status = wbi_visit_read(subject, index, &visit, NULL);
  if (status == WB_OK) status = kept_moved(subject, count, &visit, &moved);
  return status == WB_OK ? kept_visit(practice, patient, &visit, moved, subject->moment->now)
                         : status;
}

/* Whether all visits of the record since somebody entered, and until then, are off: when the last
   one was; WB_TIME_NONE: one is not, or there is none. */
static wb_status kept_off(const wbi_subject *subject, uint32_t count, wb_time entered,
                          wb_time until, wb_time *off) {
  *off = WB_TIME_NONE;
  for (uint32_t i = 0; i < count; i++) {
    wbi_appointment visit;
    const wb_status status = wbi_visit_read(subject, i, &visit, NULL);
    if (status != WB_OK) return status;
    const wb_time at = kept_at(&visit);
    if (at == WB_TIME_NONE || at < entered || at > until) continue;
    *off = kept_means(visit.status) == WBI_VISIT_REVERSED ? at : WB_TIME_NONE;
    if (*off == WB_TIME_NONE) return WB_OK;
  }
  return WB_OK;
}

/* Plans that somebody for whom a visit was counted did not come after all, where the record shows
   so of an entry. Who was held out has no credit to tell by, and is judged alike. */
static wb_status kept_away(wb_practice *practice, uint32_t number, const wbi_subject *subject,
                           uint32_t count) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(&practice->state, number);
  const wb_time now = subject->moment->now, end = enrollment->entered + kept_window(practice);
  wbi_effect effect = wbi_state_effect(&practice->state, number, WBI_EFFECT_VISIT);
  if (!wbi_metrics_came(enrollment) || enrollment->entered < now - kept_looked(practice))
    return WB_OK;
  const wb_status status =
      kept_off(subject, count, enrollment->entered, end < now ? end : now, &effect.until);
  if (status != WB_OK || effect.until == WB_TIME_NONE) return status;
  effect.code = WBI_VISIT_REVERSED;
  effect.definition = WBI_DEFINITIONS_MAX; /* not of a visit: of the entry… */
  effect.wake = enrollment->entered;       /* …that was then (wbi_event_visit) */
  return wbi_practice_record(practice, WBI_BY_ENROLL, &effect, 1);
}

/* All visits of one patient. */
static wb_status kept_patient(wb_practice *practice, uint32_t patient, wbi_subject *subject) {
  uint32_t count = 0;
  wb_status status = wbi_facts_row(
      subject->facts, wbi_keys_text(&practice->state.patients, patient), &subject->row);
  if (status == WB_OK) status = wbi_visit_count(subject, &count, NULL);
  if (status == WB_OK && count == 0) status = kept_last(practice, patient, subject);
  const wb_date since = kept_since(practice, patient, subject->moment->now);
  for (uint32_t i = 0; status == WB_OK && i < count; i++)
    status = kept_look(practice, patient, subject, i, count, since);
  uint32_t at = wbi_state_patient(&practice->state, patient)->enrollments;
  for (; status == WB_OK && at != WBI_NONE; at = wbi_state_enrollment(&practice->state, at)->next)
    status = kept_away(practice, at, subject, count);
  return wbi_turn_personal(status) ? WB_OK : status; /* whose record is not there has no visits */
}

wb_status wbi_kept_find(wb_practice *practice, wb_facts *facts, wb_time now, wb_error *error) {
  const wb_moment moment = {.size = sizeof moment, .now = now, .practice = practice};
  wbi_subject subject = {.facts = facts, .moment = &moment, .fields = &practice->fields};
  wb_status status = WB_OK;
  for (uint32_t i = 0; status == WB_OK && i < practice->state.patient.count; i++) {
    if (kept_sought(practice, i, now)) status = kept_patient(practice, i, &subject);
  }
  return status == WB_OK ? status : wbi_fail(error, status, "The visits could not be looked at.");
}

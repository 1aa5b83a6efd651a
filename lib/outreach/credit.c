/* SPDX-License-Identifier: MIT */
/*
 * To which message a visit is credited. A visit that is booked within 30 days of a message is
 * credited to the last one, and stays with it: it is kept when that is within 120 days of the
 * message. A visit is credited once; one that is cancelled or broken is not. At one time the
 * campaign of the higher priority counts.
 */
#include "outreach/practice_private.h"

/* The id of a visit: by its key, or by its day where it has none. same: it is compared with those
   of this practice alone */
static wbi_bytes16 credit_id(const wb_practice *practice, wbi_text patient, wbi_text visit,
                             int64_t day) {
  wbi_siphash sip;
  wbi_bytes16 id;
  uint8_t bytes[8];
  wbi_writer writer = {(char *)bytes, sizeof bytes, 0};
  wbi_put_u64(&writer, visit.length > 0 ? 0 : (uint64_t)day);
  wbi_siphash_init(&sip, &practice->secret);
  wbi_siphash_text(&sip, WBI_TEXT("visit"));
  wbi_siphash_text(&sip, practice->state.key);
  wbi_siphash_text(&sip, patient);
  wbi_siphash_text(&sip, visit);
  wbi_siphash_add(&sip, bytes, sizeof bytes);
  wbi_siphash_finish(&sip, &id);
  return id;
}

/* The credit of a visit of a patient by one key: by its own, or of a visit without one on that day,
   on whichever side of midnight UTC. NULL: there is none, and *id is the id that it would have. */
static const wbi_credit *credit_under(const wb_practice *practice, uint32_t key,
                                      const wbi_credited *visit, wbi_bytes16 *id) {
  static const int64_t sides[] = {0, -1, 1};
  const wbi_text patient = wbi_keys_text(&practice->state.patients, key);
  const int64_t day = wbi_floor_div(visit->at, WBI_DAY);
  const wbi_bytes16 own = credit_id(practice, patient, visit->key, day);
  const wbi_credit *found = wbi_state_credit(&practice->state, &own);
  *id = own;
  for (size_t i = 0; found == NULL && !visit->exact && i < WBI_COUNT(sides); i++) {
    *id = credit_id(practice, patient, WBI_TEXT(""), day + sides[i]);
    found = wbi_state_credit(&practice->state, id);
  }
  if (found == NULL) *id = own;
  return found;
}

/* The credit of a visit by any key of a patient: one that was credited before two were merged is
   known by the key of then. Of several that with the least id, so that all who look find one. */
static const wbi_credit *credit_find(const wb_practice *practice, uint32_t patient,
                                     const wbi_credited *visit, wbi_bytes16 *id) {
  const wbi_state *state = &practice->state;
  const wbi_credit *found = credit_under(practice, patient, visit, id);
  if (found != NULL) return found;
  for (uint32_t key = wbi_state_patient(state, patient)->alias; key != WBI_NONE;
       key = wbi_state_patient(state, key)->alias) {
    wbi_bytes16 other;
    const wbi_credit *credit = credit_under(practice, key, visit, &other);
    if (credit == NULL || (found != NULL && memcmp(&found->id, &other, sizeof other) < 0)) continue;
    found = credit;
    *id = other;
  }
  return found;
}

const wbi_credit *wbi_credit_find(const wb_practice *practice, uint32_t patient,
                                  const wbi_credited *visit) {
  wbi_bytes16 id;
  return credit_find(practice, patient, visit, &id);
}

/* The priority of an enrolment's campaign; the lowest when it no longer compiles. */
static wb_status credit_priority(wb_practice *practice, uint32_t number, int32_t *priority) {
  const wb_campaign *campaign;
  const wbi_enrollment *enrollment = wbi_state_enrollment(&practice->state, number);
  const wb_status status = wbi_practice_campaign(practice, enrollment->definition, &campaign);
  *priority = campaign != NULL ? campaign->priority : INT32_MIN;
  return status;
}

/* The more important of two enrolments; the first where they are alike. */
static wb_status credit_first(wb_practice *practice, uint32_t one, uint32_t other,
                              uint32_t *first) {
  int32_t least, priority;
  wb_status status = credit_priority(practice, one, &least);
  if (status == WB_OK) status = credit_priority(practice, other, &priority);
  if (status == WB_OK) *first = priority > least ? other : one;
  return status;
}

/* The enrolment whose message came last and not too long ago; *best, which is WBI_NONE before,
   stays where there is none. */
static wb_status credit_touch(wb_practice *practice, uint32_t patient, wb_time now,
                              uint32_t *best) {
  const wbi_state *state = &practice->state;
  const wb_time since = now - (wb_time)practice->options.booked_days * WBI_DAY;
  wb_time latest = WB_TIME_MIN;
  wb_status status = WB_OK;
  uint32_t at = wbi_state_patient(state, patient)->enrollments;
  for (; status == WB_OK && at != WBI_NONE; at = wbi_state_enrollment(state, at)->next) {
    const wb_time touched = wbi_metrics_touched(wbi_state_enrollment(state, at));
    if (touched < since || touched > now || touched < latest) continue;
    if (*best != WBI_NONE && touched == latest)
      status = credit_first(practice, *best, at, best);
    else
      *best = at;
    latest = touched;
  }
  return status;
}

/* What a visit is credited to: the enrolment, if there is one. */
static void credit_to(const wbi_state *state, uint32_t touch, wbi_effect *effect) {
  if (touch == WBI_NONE) return;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, touch);
  effect->definition = enrollment->definition;
  effect->segment = enrollment->segment;
  effect->variant = enrollment->variant;
  effect->wake = wbi_metrics_touched(enrollment);
}

/* How a visit stands that was credited before. */
static void credit_again(const wbi_credit *credit, const wbi_credited *visit, wb_time window,
                         wbi_effect *effect) {
  const wb_time until = credit->touched + window;
  const bool kept = visit->stands == WBI_VISIT_KEPT && visit->at <= until;
  effect->definition = credit->definition;
  effect->segment = credit->segment;
  effect->variant = credit->variant;
  effect->wake = credit->touched;
  effect->code = visit->stands == WBI_VISIT_KEPT && !kept ? credit->state : (uint8_t)visit->stands;
}

/* Whether word of a booking comes after the visit: then it is no news. */
static bool credit_late(const wbi_credit *credit, const wbi_credited *visit, wb_time now) {
  return credit != NULL && credit->state == WBI_VISIT_KEPT && visit->stands == WBI_VISIT_BOOKED &&
         visit->at <= now;
}

/* Within how many days those who entered came: what the state counts by from here on, so that
   whoever reads the journal counts alike. */
static wb_status credit_days(wb_practice *practice) {
  const uint8_t days = (uint8_t)practice->options.kept_days;
  if (practice->state.kept_days == days) return WB_OK;
  const wbi_effect effect = {
      .kind = WBI_EFFECT_SETTING, .name = WBI_TEXT(WBI_SETTING_KEPT), .code = days};
  return wbi_plan_add(&practice->plan, &effect);
}

wb_status wbi_credit_plan(wb_practice *practice, uint32_t patient, const wbi_credited *visit,
                          wb_time now) {
  const wbi_state *state = &practice->state;
  const wb_time window = (wb_time)practice->options.kept_days * WBI_DAY;
  wbi_effect effect = {.kind = WBI_EFFECT_VISIT,
                       .patient = wbi_keys_text(&state->patients, patient),
                       .until = visit->at,
                       .value = visit->value,
                       .definition = WBI_DEFINITIONS_MAX,
                       .code = (uint8_t)visit->stands};
  const wbi_credit *credit = credit_find(practice, patient, visit, &effect.id);
  const bool gone = credit == NULL || credit->state == WBI_VISIT_REVERSED;
  const bool reversed = visit->stands == WBI_VISIT_REVERSED;
  uint32_t touch = WBI_NONE;
  wb_status status = WB_OK;
  if (credit_late(credit, visit, now)) return WB_OK;
  if (!gone) credit_again(credit, visit, window, &effect);
  if (gone && !reversed) status = credit_touch(practice, patient, now, &touch);
  if (status != WB_OK) return status;
  credit_to(state, touch, &effect);
  const bool nobody = effect.definition == WBI_DEFINITIONS_MAX;
  if (nobody && visit->stands != WBI_VISIT_KEPT) return WB_OK;
  if (visit->stands == WBI_VISIT_KEPT) status = credit_days(practice);
  return status != WB_OK ? status : wbi_plan_add(&practice->plan, &effect);
}

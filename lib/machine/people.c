/* SPDX-License-Identifier: MIT */
/* Who a patient is: two that are one, one who goes elsewhere, one who is forgotten. */
#include "machine/event_private.h"

uint32_t wbi_state_person(const wbi_state *state, wbi_text key) {
  const uint32_t number = wbi_keys_find(&state->patients, key);
  if (number == WBI_NONE) return WBI_NONE;
  const uint32_t merged = wbi_patient_merged(wbi_state_patient(state, number));
  return merged != WBI_NONE ? merged : number;
}

void wbi_event_person(wbi_state *state, const wbi_effect *effect) {
  wbi_patient *patient = wbi_state_patient(state, wbi_event_patient(state, effect->patient));
  const bool lifted = (patient->flags & ~(unsigned)effect->code & WBI_PATIENT_OPTED_OUT) != 0;
  patient->flags = effect->code;
  if (lifted) state->look_all = 1; /* as of a contact point */
}

/* Whatever held one of two, or at one place, may not hold the other: they are looked at next. */
static void people_look(wbi_state *state, uint32_t patient) {
  uint32_t at = wbi_state_patient(state, patient)->enrollments;
  for (; at != WBI_NONE; at = wbi_state_enrollment(state, at)->next) {
    if (wbi_state_enrollment(state, at)->state == WB_STATE_HELD)
      wbi_wake_set(state, at, WB_TIME_MIN);
  }
}

void wbi_event_move(wbi_state *state, const wbi_effect *effect) {
  const uint32_t patient = wbi_state_person(state, effect->patient);
  const uint32_t location = wbi_event_location(state, effect->location);
  if (patient == WBI_NONE) return;
  uint32_t at = wbi_state_patient(state, patient)->enrollments;
  for (; at != WBI_NONE; at = wbi_state_enrollment(state, at)->next) {
    if (wbi_state_enrollment(state, at)->state != WB_STATE_ENDED)
      wbi_state_enrollment(state, at)->location = location;
  }
  for (uint32_t i = 0; i < state->task.count; i++) {
    if (wbi_state_task(state, i)->patient == patient) wbi_state_task(state, i)->location = location;
  }
  people_look(state, patient);
}

/* Takes an enrolment out of its patient's chain. */
static void people_unlink(wbi_state *state, uint32_t number) {
  const wbi_enrollment *gone = wbi_state_enrollment(state, number);
  uint32_t *at = &wbi_state_patient(state, gone->patient)->enrollments;
  while (*at != number)
    at = &wbi_state_enrollment(state, *at)->next;
  *at = gone->next;
}

/* Puts an enrolment into a patient's chain; who is next is known by the patient's key. */
static void people_link(wbi_state *state, uint32_t number, uint32_t patient) {
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const wb_time wake = wbi_wake_at(state, number);
  const wbi_origin origin = wbi_state_origin(state, number);
  enrollment->patient = patient;
  wbi_origin_set(state, origin);
  wbi_event_chain(state, number);
  wbi_wake_set(state, number, wake);
}

/* Which of two enrolments in one campaign goes on: the one that is under way, further along. Of two
   that are over that of who left last: since then they rest. */
static bool people_first(const wbi_enrollment *a, const wbi_enrollment *b) {
  const bool a_ended = a->state == WB_STATE_ENDED, b_ended = b->state == WB_STATE_ENDED;
  if (a_ended != b_ended) return b_ended;
  const bool a_claimed = a->state == WB_STATE_CLAIMED, b_claimed = b->state == WB_STATE_CLAIMED;
  if (a_claimed != b_claimed) return a_claimed;
  return a_ended ? a->wake > b->wake : a->touches > b->touches;
}

/* One enrolment stands for two, and its next entry comes after those of both. What was done for the
   other is of an entry that is over. */
static void people_replace(wbi_state *state, uint32_t lost, uint32_t kept) {
  const uint16_t last = wbi_state_origin(state, lost).last;
  wbi_origin origin = wbi_state_origin(state, kept);
  wbi_enrollment *less = wbi_state_enrollment(state, lost);
  wbi_enrollment *more = wbi_state_enrollment(state, kept);
  if (less->state != WB_STATE_ENDED) wbi_event_drop(state, less);
  for (uint32_t i = 0; i < state->actions.items.count; i++) {
    wbi_action *action = wbi_state_action(state, i);
    if (action->enrollment != lost) continue;
    action->enrollment = kept;
    action->entry = 0;
  }
  if (less->touches > more->touches) more->touches = less->touches; /* same: or it is that */
  more->signals |= less->signals;
  wbi_wake_set(state, lost, WB_TIME_NONE);
  less->state = WB_STATE_ENDED;
  less->gone = 1;
  if (last > origin.last) origin.last = last; /* same: or it is that */
  wbi_origin_set(state, origin);
}

/* Brings the enrolments of one patient to another. */
static void people_enrollments(wbi_state *state, uint32_t from, uint32_t into) {
  uint32_t at;
  while ((at = wbi_state_patient(state, from)->enrollments) != WBI_NONE) {
    const wbi_enrollment *moved = wbi_state_enrollment(state, at);
    const uint32_t other =
        wbi_state_inside(state, into, moved->definition, wbi_state_subject(state, moved));
    people_unlink(state, at);
    if (other == WBI_NONE) {
      people_link(state, at, into);
    } else if (people_first(moved, wbi_state_enrollment(state, other))) {
      people_unlink(state, other);
      people_link(state, at, into);
      people_replace(state, other, at);
    } else {
      people_replace(state, at, other);
    }
  }
}

/* Brings all else that names one patient to another. */
static void people_rest(wbi_state *state, uint32_t from, uint32_t into) {
  wbi_patient *gone = wbi_state_patient(state, from), *who = wbi_state_patient(state, into);
  for (uint32_t i = 0; i < gone->count; i++)
    wbi_event_count(who, (wb_time)gone->counted[i] * 60);
  gone->count = 0;
  for (uint32_t i = 0; i < state->task.count; i++) {
    if (wbi_state_task(state, i)->patient == from) wbi_state_task(state, i)->patient = into;
  }
  for (uint32_t i = 0; i < state->opening.count; i++) {
    if (wbi_state_opening(state, i)->holder == from) wbi_state_opening(state, i)->holder = into;
  }
  for (uint32_t i = 0; i < state->gifts.items.count; i++) {
    wbi_gift *gift = wbi_table_at(&state->gifts, i);
    if (gift->patient == from) gift->patient = into;
  }
  const uint32_t urgent = (uint32_t)who->urgent + gone->urgent;
  /* same: at the most it is that */
  who->urgent = urgent < UINT8_MAX ? (uint8_t)urgent : UINT8_MAX;
  who->flags |= gone->flags;
  gone->urgent = gone->flags = 0;
}

void wbi_state_alias(wbi_state *state, uint32_t key, uint32_t patient) {
  wbi_patient *who = wbi_state_patient(state, patient);
  wbi_state_patient(state, key)->alias = who->alias;
  who->alias = key;
}

void wbi_event_merge(wbi_state *state, const wbi_effect *effect) {
  const uint32_t from = wbi_event_patient(state, effect->patient);
  const uint32_t into = wbi_event_patient(state, effect->subject);
  if (from == into) return;
  people_enrollments(state, from, into);
  wbi_consents_join(state, from, into);
  people_rest(state, from, into);
  people_look(state, into);
  for (uint32_t i = 0; i < state->patient.count; i++) {
    wbi_patient *patient = wbi_state_patient(state, i);
    if (i != from && wbi_patient_merged(patient) != from) continue;
    patient->flags = WBI_PATIENT_MERGED;
    patient->consents = into;
    wbi_state_alias(state, i, into);
  }
}

void wbi_event_forget(wbi_state *state, const wbi_effect *effect) {
  const uint32_t number = wbi_keys_find(&state->patients, effect->patient);
  if (number == WBI_NONE || wbi_keys_find(&state->patients, effect->subject) != WBI_NONE) return;
  wbi_keys_replace(&state->patients, number, effect->subject);
  wbi_patient *patient = wbi_state_patient(state, number);
  if ((patient->flags & WBI_PATIENT_MERGED) == 0) patient->consents = WBI_NONE;
  uint32_t at = patient->enrollments;
  for (; at != WBI_NONE; at = wbi_state_enrollment(state, at)->next)
    wbi_wake_set(state, at, wbi_wake_at(state, at)); /* who is next is known by the key */
}

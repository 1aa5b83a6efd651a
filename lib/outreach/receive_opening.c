/* SPDX-License-Identifier: MIT */
/* Openings: a time comes free, is taken or closed; somebody who was asked accepts it or not. */
#include "outreach/receive_private.h"
#include "outreach/slot.h"

/* Adds a change of an opening; nobody has it, or the patient given. */
static wb_status opening_set(const wbi_receive *event, const wbi_opening *opening, uint8_t to,
                             wb_time until, wbi_text patient) {
  wbi_effect effect = wbi_slot_set(&event->practice->state, opening, to, until);
  effect.patient = patient;
  return wbi_receive_add(event, effect);
}

/* Ends the asking of everybody but one patient, and the desk's task of booking it. */
static wb_status opening_close(const wbi_receive *event, uint32_t place, uint32_t but) {
  const wbi_state *state = &event->practice->state;
  wb_status status = wbi_slot_done(event->practice, place, but, event->now);
  for (uint32_t i = 0; status == WB_OK && i < state->enrollment.count; i++) {
    const wbi_enrollment *enrollment = wbi_state_enrollment(state, i);
    bool current;
    if (enrollment->state == WB_STATE_ENDED || enrollment->patient == but) continue;
    if (wbi_slot_of(state, enrollment, &current) == place)
      status = wbi_receive_end_one(event, i, WBI_TEXT("gone"));
  }
  return status;
}

/* The desk calls with the next best time. */
static wb_status opening_call(const wbi_receive *event, uint32_t number) {
  const wbi_state *state = &event->practice->state;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  wbi_effect effect = wbi_state_effect(state, number, WBI_EFFECT_TASK_OPEN);
  effect.id = wbi_receive_id(event, effect.subject);
  effect.location = wbi_keys_text(&state->locations, enrollment->location);
  wbi_slot_gone(event->practice, &effect, event->now);
  return wbi_receive_add(event, effect);
}

/* Somebody accepted what is gone: a kind answer, and a call; one that is on the list already counts
   for more. */
static wb_status opening_late(const wbi_receive *event, uint32_t number) {
  bool called = false;
  wb_status status = wbi_receive_raise(event, WB_SIGNAL_OPENING_GONE, &called);
  if (status == WB_OK && !called) status = opening_call(event, number);
  return status == WB_OK ? wbi_receive_notices(event, false, "gone") : status;
}

/* The opening is the patient's until the host confirms it: the desk sees to that. */
static wb_status opening_hold(const wbi_receive *event, uint32_t number,
                              const wbi_opening *opening) {
  const wbi_state *state = &event->practice->state;
  const uint32_t patient = wbi_state_enrollment(state, number)->patient;
  const wb_time until = event->now + event->practice->options.slot_hold;
  wb_status status = opening_set(event, opening, WB_OPENING_TENTATIVE,
                                 until < opening->start ? until : opening->start,
                                 wbi_keys_text(&state->patients, patient));
  if (status == WB_OK)
    status = wbi_receive_about(event, number, WBI_LIST_VISITS, WBI_TEXT("opening_accepted"));
  return status == WB_OK ? wbi_receive_notices(event, false, "yours") : status;
}

/* Whether the patient has an opening that is not booked yet. */
static bool opening_held(const wbi_receive *event, const wbi_opening *opening) {
  return opening->state == WB_OPENING_TENTATIVE && opening->holder == event->person;
}

/* Nobody has it any more: others are asked. */
static wb_status opening_back(const wbi_receive *event, const wbi_opening *opening) {
  return opening_set(event, opening, WB_OPENING_OFFERING, event->now, WBI_TEXT(""));
}

wb_status wbi_receive_accept(const wbi_receive *event, uint32_t number) {
  const wbi_state *state = &event->practice->state;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  bool current = false;
  const uint32_t place = wbi_slot_of(state, enrollment, &current);
  const wbi_opening *opening = place != WBI_NONE ? wbi_state_opening(state, place) : NULL;
  if (opening != NULL && opening->holder == enrollment->patient) return WB_OK;
  const wb_status status = wbi_receive_end_one(event, number, WBI_TEXT("accepted"));
  if (status != WB_OK) return status;
  const bool free_ = opening != NULL && current && !wbi_opening_over(opening) &&
                     opening->state != WB_OPENING_TENTATIVE && opening->start > event->now;
  return free_ ? opening_hold(event, number, opening) : opening_late(event, number);
}

wb_status wbi_receive_decline(const wbi_receive *event, uint32_t number) {
  const wbi_state *state = &event->practice->state;
  bool current = false;
  const uint32_t place = wbi_slot_of(state, wbi_state_enrollment(state, number), &current);
  const wbi_opening *opening = place != WBI_NONE ? wbi_state_opening(state, place) : NULL;
  wb_status status = wbi_receive_end_one(event, number, WBI_TEXT("declined"));
  const bool held = opening != NULL && current && opening_held(event, opening);
  if (status != WB_OK || !held) return status;
  status = wbi_slot_done(event->practice, place, event->person, event->now);
  return status == WB_OK ? opening_back(event, opening) : status;
}

wb_status wbi_receive_opening_back(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  wb_status status = WB_OK;
  for (uint32_t i = 0; status == WB_OK && i < state->opening.count; i++) {
    const wbi_opening *opening = wbi_state_opening(state, i);
    if (opening_held(event, opening)) status = opening_back(event, opening);
  }
  return status;
}

wb_status wbi_receive_opening_booked(const wbi_receive *event, bool *taken) {
  const wbi_state *state = &event->practice->state;
  const uint32_t place = wbi_state_opening_find(state, event->visit);
  if (place == WBI_NONE) return WB_OK;
  const wbi_opening *opening = wbi_state_opening(state, place);
  if (wbi_opening_over(opening)) return WB_OK;
  *taken = true;
  const wb_status status =
      opening_set(event, opening, WB_OPENING_CONFIRMED, event->now, event->patient);
  return status == WB_OK ? opening_close(event, place, event->person) : status;
}

/* Opens a time, unless it is too late for that, or it is open already. */
static wb_status opening_open(const wbi_receive *event, uint8_t depth) {
  const wbi_state *state = &event->practice->state;
  const wb_input *input = &event->input;
  const uint32_t place = wbi_state_opening_find(state, event->visit);
  const bool open = place != WBI_NONE && !wbi_opening_over(wbi_state_opening(state, place)) &&
                    wbi_state_opening(state, place)->start == input->at;
  if (open || wbi_wave_gap(input->at - event->now) == 0) return WB_OK;
  return wbi_receive_add(event, (wbi_effect){.kind = WBI_EFFECT_OPENING,
                                             .name = event->visit,
                                             .location = event->location,
                                             .subject = {input->name, input->name_length},
                                             .wake = input->at,
                                             .number = input->minutes,
                                             .cause = depth});
}

/* Whether the event tells of a time that can be offered. */
static wb_status opening_check(const wbi_receive *event) {
  const wb_input *input = &event->input;
  if (event->visit.length > WB_OPENING_KEY_MAX || !wbi_time_valid(input->at) || input->minutes == 0)
    return wbi_fail(event->error, WB_E_INVALID,
                    "An opening has a key of 1 to 56 bytes, a time and a length.");
  return WB_OK;
}

wb_status wbi_receive_slot_opened(const wbi_receive *event) {
  const wb_status status = opening_check(event);
  return status == WB_OK ? opening_open(event, 0) : status;
}

wb_status wbi_receive_slot_closed(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  const uint32_t place = wbi_state_opening_find(state, event->visit);
  if (place == WBI_NONE) return WB_E_NAME;
  const wbi_opening *opening = wbi_state_opening(state, place);
  if (wbi_opening_over(opening)) return WB_OK;
  const wb_status status =
      opening_set(event, opening, WB_OPENING_EXPIRED, event->now, WBI_TEXT(""));
  return status == WB_OK ? opening_close(event, place, WBI_NONE) : status;
}

/* How far a time is from the first that came free by itself: one more than the openings that its
   patient moved up to. */
static uint32_t opening_depth(const wbi_receive *event) {
  const wbi_state *state = &event->practice->state;
  uint32_t depth = 0;
  for (uint32_t i = 0; i < state->opening.count; i++) {
    const wbi_opening *opening = wbi_state_opening(state, i);
    const bool moved = opening->state == WB_OPENING_CONFIRMED && opening->holder == event->person &&
                       event->person != WBI_NONE && event->now - opening->until <= WBI_DAY;
    if (moved && opening->depth >= depth) depth = opening->depth + 1u;
  }
  return depth;
}

wb_status wbi_receive_opening_freed(const wbi_receive *event) {
  const size_t length = event->visit.length; /* too long, it names no opening: cancelled it is */
  if (event->input.minutes == 0 || length == 0 || length > WB_OPENING_KEY_MAX) return WB_OK;
  const wb_status status = opening_check(event);
  const uint32_t depth = opening_depth(event);
  if (status != WB_OK || depth > WBI_SLOT_DEPTH_MOST) return status;
  return opening_open(event, (uint8_t)depth);
}

/* SPDX-License-Identifier: MIT */
/* What patients do on the way to a visit: they click, book, come. */
#include "outreach/receive_private.h"

/* Whether the call of a response was made in this entry: it is not made twice. */
static bool visit_called(const wb_practice *practice, const wb_campaign *campaign, uint32_t number,
                         wbi_text name) {
  const wbi_state *state = &practice->state;
  const wbi_bytes16 nobody = {{0}};
  const wbi_bytes16 id = wbi_sequence_call(practice, campaign, number, name);
  return wbi_reach_attempt(state, &id, &nobody) == 0;
}

/* What a response means for one enrolment; *some: its campaign has one of that name. The sooner
   call counts: a question outranks a click, and a click does not begin anew. */
static wb_status visit_response(const wbi_receive *event, uint32_t number, wbi_text name,
                                uint8_t sign, bool *some) {
  wb_practice *practice = event->practice;
  const wbi_enrollment *enrollment = wbi_state_enrollment(&practice->state, number);
  const wb_campaign *campaign;
  const wb_status status = wbi_practice_campaign(practice, enrollment->definition, &campaign);
  if (status != WB_OK || campaign == NULL) return status;
  const int32_t response = wbi_campaign_response(campaign, name);
  if (response < 0 || visit_called(practice, campaign, number, name)) return WB_OK;
  *some = true;
  const wb_time wake = event->now + campaign->responses[response].seconds;
  const bool first = enrollment->response == 0;
  const bool sooner = first || (enrollment->response != response + 1 && wake < enrollment->wake);
  wbi_effect effect = wbi_state_effect(&practice->state, number, WBI_EFFECT_RESPONSE);
  effect.code = sooner ? (uint8_t)(response + 1) : enrollment->response;
  effect.wake = sooner ? wake : enrollment->wake;
  effect.signals = enrollment->signals | sign;
  if (!sooner && effect.signals == enrollment->signals) return WB_OK;
  return wbi_receive_add(event, effect);
}

wb_status wbi_receive_response(const wbi_receive *event, wbi_text name, uint8_t sign, bool *some) {
  const wbi_state *state = &event->practice->state;
  if (event->person == WBI_NONE)
    return WB_E_NAME; /* same: what is awaited says so, too, but later */
  wb_status status = wbi_receive_raise(event, sign, some);
  if (status != WB_OK || *some) return status;
  uint32_t at = wbi_state_patient(state, event->person)->enrollments;
  for (; status == WB_OK && at != WBI_NONE; at = wbi_state_enrollment(state, at)->next) {
    if (wbi_state_enrollment(state, at)->state != WB_STATE_ENDED)
      status = visit_response(event, at, name, sign, some);
  }
  return status;
}

wb_status wbi_receive_end_one(const wbi_receive *event, uint32_t number, wbi_text reason) {
  const wbi_state *state = &event->practice->state;
  if (wbi_state_enrollment(state, number)->state == WB_STATE_ENDED) return WB_OK;
  wbi_effect effect = wbi_state_effect(state, number, WBI_EFFECT_END);
  effect.name = reason;
  return wbi_receive_add(event, effect);
}

wb_status wbi_receive_end_unless(const wbi_receive *event, uint32_t number, wbi_text reason,
                                 uint8_t unless) {
  bool stays = false;
  /* same: only sooner known */
  if (wbi_state_enrollment(&event->practice->state, number)->state == WB_STATE_ENDED) return WB_OK;
  const wb_status status =
      unless != 0 ? wbi_step_awaits(event->practice, number, unless, &stays) : WB_OK;
  return status != WB_OK || stays ? status : wbi_receive_end_one(event, number, reason);
}

/* Whether what ends a patient's sequences ends this one: it is about no visit or opening, or
   follows up on a visit that is over. */
static wb_status visit_leaves(const wbi_receive *event, const wbi_enrollment *enrollment,
                              bool *leaves) {
  const wb_campaign *campaign = NULL;
  *leaves = enrollment->state != WB_STATE_ENDED;
  if (!*leaves || enrollment->subject == WBI_NONE) return WB_OK;
  const wb_status status =
      wbi_practice_campaign(event->practice, enrollment->definition, &campaign);
  *leaves = status == WB_OK && campaign != NULL && wbi_campaign_follows(campaign);
  return status;
}

wb_status wbi_receive_leave(const wbi_receive *event, wbi_text reason, uint8_t unless) {
  const wbi_state *state = &event->practice->state;
  if (event->person == WBI_NONE) return WB_E_NAME;
  wb_status status = WB_OK;
  uint32_t at = wbi_state_patient(state, event->person)->enrollments;
  for (; status == WB_OK && at != WBI_NONE; at = wbi_state_enrollment(state, at)->next) {
    bool leaves = false;
    status = visit_leaves(event, wbi_state_enrollment(state, at), &leaves);
    if (leaves) status = wbi_receive_end_unless(event, at, reason, unless);
  }
  return status;
}

wb_status wbi_receive_end(const wbi_receive *event, wbi_text reason, uint8_t unless) {
  const wb_status status = wbi_receive_leave(event, reason, unless);
  return status == WB_OK ? wbi_practice_close(event->practice, event->person, WBI_NONE) : status;
}

/* Whether what happened is about what an enrolment is about: a visit concerns the patient, and what
   is about just that visit. */
static bool visit_concerns(const wbi_receive *event, const wbi_enrollment *enrollment,
                           uint8_t what) {
  if ((what & (WBI_AWAIT_BOOKED | WBI_AWAIT_KEPT)) == 0) return true;
  const wbi_text subject = wbi_state_subject(&event->practice->state, enrollment);
  return subject.length == 0 || wbi_text_equal(subject, event->visit);
}

wb_status wbi_receive_event(const wbi_receive *event, uint8_t what) {
  const wbi_state *state = &event->practice->state;
  wb_status status = WB_OK;
  if (event->person == WBI_NONE) return WB_E_NAME;
  uint32_t at = wbi_state_patient(state, event->person)->enrollments;
  for (; status == WB_OK && at != WBI_NONE; at = wbi_state_enrollment(state, at)->next) {
    const wbi_enrollment *enrollment = wbi_state_enrollment(state, at);
    if (enrollment->state == WB_STATE_ENDED || !visit_concerns(event, enrollment, what)) continue;
    status = wbi_step_event(event->practice, at, what);
  }
  return status;
}

wb_status wbi_receive_click(const wbi_receive *event) {
  bool some = false;
  wb_status status = wbi_receive_asked_click(event, &some);
  if (status != WB_OK || some) return status;
  status = wbi_receive_response(event, WBI_TEXT("clicked"), WB_SIGNAL_CLICKED, &some);
  return status == WB_OK ? wbi_receive_event(event, WBI_AWAIT_CLICKED) : status;
}

wb_status wbi_receive_credit(const wbi_receive *event, int32_t stands) {
  const wb_input *input = &event->input;
  const wb_cents most = (wb_cents)1 << 40;
  const wbi_credited visit = {.key = event->visit,
                              .at = input->at != 0 ? input->at : event->now,
                              .value = input->value != WB_CENTS_NONE ? input->value : 0,
                              .stands = stands};
  if (event->person == WBI_NONE) return WB_E_NAME;
  if (!wbi_time_valid(visit.at) || visit.value > most || visit.value < -most) return WB_E_INVALID;
  return wbi_credit_plan(event->practice, event->person, &visit, event->now);
}

wb_status wbi_receive_booked(const wbi_receive *event) {
  bool taken = false;
  wb_status status = wbi_receive_back(event);
  if (status == WB_OK) status = wbi_receive_opening_booked(event, &taken);
  if (taken && event->person == WBI_NONE) return status; /* nobody was told anything */
  if (status == WB_OK) status = wbi_receive_promised(event);
  if (status == WB_OK) status = wbi_receive_end(event, WBI_TEXT("booked"), WBI_AWAIT_BOOKED);
  if (status == WB_OK) status = wbi_receive_event(event, WBI_AWAIT_BOOKED);
  if (status == WB_OK) status = wbi_desk_found(event->practice, event->person, event->visit);
  return status == WB_OK ? wbi_receive_credit(event, WBI_VISIT_BOOKED) : status;
}

wb_status wbi_receive_kept(const wbi_receive *event) {
  wb_status status = wbi_receive_back(event);
  if (status == WB_OK) status = wbi_receive_end(event, WBI_TEXT("kept"), WBI_AWAIT_KEPT);
  if (status == WB_OK) status = wbi_receive_visit_over(event, WBI_TEXT("kept"), WBI_AWAIT_KEPT);
  if (status == WB_OK) status = wbi_receive_event(event, WBI_AWAIT_KEPT);
  return status == WB_OK ? wbi_receive_credit(event, WBI_VISIT_KEPT) : status;
}

wb_status wbi_receive_cancelled(const wbi_receive *event) {
  wb_status status = wbi_receive_visit_over(event, WBI_TEXT("cancelled"), 0);
  if (status == WB_OK && event->person != WBI_NONE)
    status = wbi_receive_credit(event, WBI_VISIT_REVERSED);
  return status == WB_OK ? wbi_receive_opening_freed(event) : status;
}

wb_status wbi_receive_broken(const wbi_receive *event) {
  return wbi_receive_credit(event, WBI_VISIT_REVERSED);
}

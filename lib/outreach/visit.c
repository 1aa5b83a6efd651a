/* SPDX-License-Identifier: MIT */
/* Reading a patient's appointments, and the turn of somebody who is asked about one. */
#include "outreach/visit.h"

/* One field of an appointment. */
static wb_status visit_item(const wbi_subject *subject, uint32_t field, uint32_t index,
                            wb_value *value, wb_error *error) {
  *value = (wb_value){.size = sizeof *value};
  return wbi_facts_item(subject->facts, subject->row, field, index, subject->moment, value, error);
}

/* Text of a value; empty when it is absent. */
static wbi_text visit_text(const wb_value *value) {
  return (wbi_text){value->data, value->kind == WB_TEXT ? value->length : 0};
}

wb_status wbi_visit_count(const wbi_subject *subject, uint32_t *count, wb_error *error) {
  wb_value list = {.size = sizeof list};
  const wb_status status = wbi_facts_value(subject->facts, subject->row, subject->fields->visits,
                                           subject->moment, &list, error);
  /* same: what is no list has no number */
  *count = status == WB_OK && list.kind == WB_LIST ? (uint32_t)list.integer : 0;
  return status;
}

wb_status wbi_visit_read(const wbi_subject *subject, uint32_t index, wbi_appointment *visit,
                         wb_error *error) {
  const wbi_outreach_fields *fields = subject->fields;
  wb_value key, status_, start, day, minutes, confirmed, hygiene;
  const struct {
    uint32_t field;
    wb_value *value;
  } members[] = {{fields->visit_key, &key},         {fields->visit_status, &status_},
                 {fields->visit_start, &start},     {fields->visit_date, &day},
                 {fields->visit_minutes, &minutes}, {fields->visit_confirmed, &confirmed},
                 {fields->visit_hygiene, &hygiene}};
  for (size_t i = 0; i < WBI_COUNT(members); i++) {
    const wb_status status = visit_item(subject, members[i].field, index, members[i].value, error);
    if (status != WB_OK) return status;
  }
  const bool cleaning = hygiene.kind == WB_BOOL && hygiene.integer != 0;
  *visit = (wbi_appointment){.key = visit_text(&key),
                             .status = visit_text(&status_),
                             .schedule = cleaning ? WBI_TEXT("hygiene") : WBI_TEXT(""),
                             .start = start.kind == WB_TIME ? start.integer : WB_TIME_NONE,
                             .day = day.kind == WB_DATE ? (wb_date)day.integer : WB_DATE_NONE,
                             .minutes = minutes.kind == WB_INT ? minutes.integer : 0,
                             .confirmed = confirmed.kind == WB_BOOL && confirmed.integer != 0};
  return WB_OK;
}

wb_status wbi_visit_day(const wbi_subject *subject, uint32_t index, wb_date *day) {
  wb_value value;
  const wb_status status = visit_item(subject, subject->fields->visit_date, index, &value, NULL);
  *day = status == WB_OK && value.kind == WB_DATE ? (wb_date)value.integer : WB_DATE_NONE;
  return status;
}

wb_status wbi_visit_status(const wbi_subject *subject, uint32_t index, wbi_text *status) {
  wb_value value;
  const wb_status read = visit_item(subject, subject->fields->visit_status, index, &value, NULL);
  *status = read == WB_OK ? visit_text(&value) : (wbi_text){NULL, 0};
  return read;
}

wb_status wbi_visit_find(const wbi_subject *subject, wbi_text key, wbi_appointment *visit,
                         bool *found, wb_error *error) {
  uint32_t count = 0;
  wb_status status = wbi_visit_count(subject, &count, error);
  *found = false; /* same: whoever asks has it so */
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    status = wbi_visit_read(subject, i, visit, error);
    *found = status == WB_OK && wbi_text_equal(visit->key, key);
    if (*found) return WB_OK;
  }
  return status;
}

/* A text that is lent; an empty one is absent. */
static wb_value visit_lent(wbi_text text) {
  if (text.length == 0) return (wb_value){.kind = WB_UNKNOWN};
  return (wb_value){.kind = WB_TEXT, .data = text.data, .length = (uint32_t)text.length};
}

void wbi_visit_lend(const wbi_appointment *visit, wb_value *lent) {
  lent[WBI_LENT_SLOT_KEY] = visit_lent(visit->key);
  lent[WBI_LENT_SLOT_STATUS] = visit_lent(visit->status);
  lent[WBI_LENT_SLOT_SCHEDULE] = visit_lent(visit->schedule);
  lent[WBI_LENT_SLOT_CONFIRMED] = (wb_value){.kind = WB_BOOL, .integer = visit->confirmed};
  if (visit->start != WB_TIME_NONE)
    lent[WBI_LENT_SLOT_START] = (wb_value){.kind = WB_TIME, .integer = visit->start};
  if (visit->minutes > 0)
    lent[WBI_LENT_SLOT_MINUTES] = (wb_value){.kind = WB_INT, .integer = visit->minutes};
}

wb_time wbi_visit_due(const wb_campaign *campaign, uint32_t step, const wb_zone *zone,
                      wb_time visit) {
  for (uint32_t i = 0; i < campaign->step_count; i++) {
    const wbi_step *wait = &campaign->steps[i];
    if (wait->kind == WBI_STEP_WAIT && wait->from != WBI_FROM_NOW && wait->next == step)
      return wbi_wait_visit(wait, zone, visit);
  }
  return WB_TIME_NONE;
}

wb_time wbi_visit_gives_way(const wbi_turn *turn) {
  const wb_campaign *campaign = turn->campaign;
  const wbi_step *next = &campaign->steps[campaign->steps[turn->step].next];
  const bool follows = next->kind == WBI_STEP_WAIT && next->from == WBI_BEFORE_VISIT;
  if (!follows || wbi_visit_due(campaign, turn->step, turn->zone, turn->visit) == WB_TIME_NONE)
    return WB_TIME_MAX;
  return wbi_wait_visit(next, turn->zone, turn->visit);
}

/* The visit was put off: what is said of it waits for its new time, and nobody is called about the
   old one. */
static wb_status visit_put_off(wbi_turn *turn, wb_time due) {
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  wbi_plan *plan = &turn->practice->plan;
  wbi_effect effect = wbi_turn_effect(turn, WBI_EFFECT_STEP);
  effect.step = enrollment->step;
  effect.wake = wbi_hours_due(turn->practice, turn->campaign, turn->zone, due);
  turn->done = true;
  wb_status status = wbi_plan_open(plan, &turn->practice->state, WBI_BY_POLL);
  if (status == WB_OK) status = wbi_plan_add(plan, &effect);
  if (status == WB_OK) status = wbi_desk_close(turn->practice, turn->number);
  if (status == WB_OK) wbi_plan_close(plan);
  return status;
}

bool wbi_visit_called(const wb_practice *practice, const wb_campaign *campaign, uint32_t number) {
  const wbi_state *state = &practice->state;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  /* Who asks knows of a wait that leads to the step, and a wait is never the last. */
  if (WBI_NEVER(enrollment->step >= campaign->step_count)) return false;
  const wbi_bytes16 id =
      wbi_sequence_call(practice, campaign, number, campaign->steps[enrollment->step].id);
  const uint32_t found = wbi_table_find(&state->actions, &id);
  return found != WBI_NONE && wbi_action_left(wbi_state_action(state, found)->state);
}

wb_status wbi_visit_turn(wbi_turn *turn) {
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  if (turn->visit == WB_TIME_NONE) return wbi_turn_end(turn, WBI_TEXT("gone"));
  const bool over = turn->visit <= turn->now && turn->scheduled;
  if (over && (enrollment->awaits & WBI_AWAIT_KEPT) == 0)
    return wbi_turn_end(turn, WBI_TEXT("over"));
  const wb_time due = wbi_visit_due(turn->campaign, enrollment->step, turn->zone, turn->visit);
  if (turn->visit > turn->now) turn->before = turn->visit;
  if (due == WB_TIME_NONE || due <= turn->now || enrollment->response != 0) return WB_OK;
  if (wbi_visit_called(turn->practice, turn->campaign, turn->number))
    return wbi_turn_end(turn, WBI_TEXT("put_off"));
  return visit_put_off(turn, due);
}

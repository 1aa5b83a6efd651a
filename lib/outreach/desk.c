/* SPDX-License-Identifier: MIT */
/*
 * The desk's list of calls: what a call is worth, whether there is room for another, and what
 * becomes of one that nobody got through with.
 */
#include "data/data.h"
#include "outreach/slot.h"

/* Conventions. A second sign adds a little; each call in vain takes more away, so that those who
   were not called yet come first. */
enum {
  DESK_BEST = 99,
  DESK_PLAIN = 30, /* without any sign */
  DESK_MORE = 5,
  DESK_VAIN = 10
};

/* The next sign of the list: its worth and its words; false: no more. */
static bool desk_signal(wbi_text *list, int64_t *worth, wbi_text *says) {
  const size_t end = wbi_text_find(*list, WBI_TEXT("\n"), 0);
  const wbi_text line = wbi_text_slice(*list, 0, end);
  const size_t space = wbi_text_find(line, WBI_TEXT(" "), 0);
  if (space == SIZE_MAX) return false;
  const wb_status status = wbi_parse_int(wbi_text_slice(line, 0, space), worth);
  if (WBI_NEVER(status != WB_OK)) return false; /* the list is our own */
  *says = wbi_text_slice(line, space + 1, SIZE_MAX);
  *list = wbi_text_slice(*list, line.length + 1, SIZE_MAX);
  return true;
}

/* The list of signs. */
static wbi_text desk_signals(void) {
  return (wbi_text){wbi_data_desk[0].text, wbi_data_desk[0].length};
}

int32_t wbi_desk_score(uint32_t signals, uint32_t attempts) {
  wbi_text list = desk_signals(), says;
  int64_t worth = 0, best = 0, count = 0;
  for (uint32_t bit = 1; desk_signal(&list, &worth, &says); bit <<= 1) {
    if ((signals & bit) == 0) continue;
    if (worth > best) best = worth;
    count++;
  }
  const int64_t begin = count > 0 ? best + (count - 1) * DESK_MORE : DESK_PLAIN;
  const int64_t score = begin - (int64_t)attempts * DESK_VAIN;
  /* same: on the edges it is what it is cut to */
  return score < 0 ? 0 : score > DESK_BEST ? DESK_BEST : (int32_t)score;
}

uint8_t wbi_desk_rank(uint32_t signals, uint32_t attempts) {
  return (uint8_t)(DESK_BEST - wbi_desk_score(signals, attempts));
}

void wbi_desk_why(uint32_t signals, wbi_writer *writer) {
  wbi_text list = desk_signals(), says;
  int64_t worth = 0;
  bool first = true;
  for (uint32_t bit = 1; desk_signal(&list, &worth, &says); bit <<= 1) {
    if ((signals & bit) == 0) continue;
    if (!first) wbi_put_text(writer, WBI_TEXT(", "));
    wbi_put_text(writer, says);
    first = false;
  }
}

bool wbi_desk_full(wb_practice *practice, uint32_t number, uint8_t list, wb_date day) {
  const wb_practice_options *options = &practice->options;
  const wbi_location *location = wbi_poll_location(practice, number);
  const uint32_t limited = wbi_list_limited(list);
  if (WBI_NEVER(limited == WBI_LIMITED)) return false; /* no step calls for such a list */
  const bool visits = list == WBI_LIST_VISITS;
  const uint32_t planned = location->planned[limited];
  const uint32_t taken = location->task_day[limited] >= day ? location->tasks[limited] : 0;
  const uint32_t open = wbi_state_tasks(&practice->state, number, list);
  return taken + planned >= (visits ? options->visits_per_day : options->tasks_per_day) ||
         open + planned >= (visits ? options->visits_open : options->tasks_open);
}

bool wbi_desk_has(const wbi_state *state, uint32_t patient, uint32_t location, wbi_text reason) {
  for (uint32_t i = 0; i < state->task.count; i++) {
    const wbi_open_task *task = wbi_state_task(state, i);
    if ((patient == WBI_NONE || task->patient == patient) &&
        (location == WBI_NONE || task->location == location) &&
        wbi_text_equal(wbi_keys_text(&state->names, task->reason), reason))
      return true;
  }
  return false;
}

wb_status wbi_desk_closed(wbi_turn *turn) {
  wb_practice *practice = turn->practice;
  const wbi_state *state = &practice->state;
  const uint32_t number = wbi_turn_enrollment(turn)->location;
  const wbi_text reason = WBI_TEXT("no_hours"); /* which no step can be called */
  wbi_location *location = wbi_poll_location(practice, number);
  if (turn->looks != NULL || location->told || wbi_desk_has(state, WBI_NONE, number, reason))
    return WB_OK;
  const wbi_effect task = {
      .kind = WBI_EFFECT_TASK_OPEN,
      .id = wbi_sequence_id(practice, turn->campaign, wbi_turn_who(turn), reason, WB_CHANNEL_NONE),
      .definition = WBI_DEFINITIONS_MAX,
      .patient = turn->patient,
      .location = wbi_keys_text(&state->locations, number),
      .name = reason,
      .code = WBI_LIST_INBOX,
      .cause = 1,
      .day = WB_DATE_NONE,
      .wake = turn->now,
      .until = WB_TIME_MAX};
  location->told = 1;
  return wbi_practice_record(practice, WBI_BY_POLL, &task, 1);
}

/* Whether a call to a patient is open, or planned in this poll. */
static bool desk_called(const wb_practice *practice, wbi_text patient) {
  const wbi_state *state = &practice->state;
  const uint32_t number = wbi_state_person(state, patient);
  for (uint32_t i = 0; number != WBI_NONE && i < state->task.count; i++) {
    const wbi_open_task *task = wbi_state_task(state, i);
    if (task->patient == number && task->list == WBI_LIST_OUTREACH) return true;
  }
  for (size_t i = 0; i < practice->given.count; i++) {
    const wb_action *action = wbi_vector_at(&practice->given, i);
    const wbi_text other = {action->patient, action->patient_length};
    if (action->kind == WB_ACTION_CALL_TASK && wbi_text_equal(other, patient)) return true;
  }
  return false;
}

wb_status wbi_desk_household(const wbi_turn *turn, bool *called, wb_error *error) {
  const wbi_subject *subject = turn->subject;
  *called = desk_called(turn->practice, turn->patient);
  for (uint32_t i = 0; !*called; i++) {
    wb_value member = {.size = sizeof member};
    const wb_status status =
        wbi_facts_item(subject->facts, subject->row, subject->fields->household_members, i,
                       subject->moment, &member, error);
    if (status == WB_E_NAME) return WB_OK;
    if (status != WB_OK) return status;
    *called = desk_called(turn->practice, (wbi_text){member.data, member.length});
  }
  return WB_OK;
}

/* After the call of a step: the one step, or the other. */
static wbi_effect desk_after_step(const wbi_state *state, uint32_t number, const wbi_step *step,
                                  bool done) {
  wbi_effect effect = wbi_state_effect(state, number, WBI_EFFECT_STEP);
  effect.step = done ? step->next : step->other;
  return effect;
}

/* After the call of a response: the end, or the steps that it stood in place of. */
static wbi_effect desk_after_response(const wbi_state *state, uint32_t number,
                                      const wb_campaign *campaign, bool done) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const uint32_t response = (uint32_t)enrollment->response - 1;
  const bool continues = !done && campaign != NULL && response < campaign->response_count &&
                         campaign->responses[response].continues;
  wbi_effect effect = wbi_state_effect(state, number, continues ? WBI_EFFECT_STEP : WBI_EFFECT_END);
  effect.name = done ? WBI_TEXT("desk") : WBI_TEXT("no_answer");
  effect.step = enrollment->step;
  return effect;
}

/* Whether a message of the present entry led to the step that a sequence is at. */
static bool desk_led(const wbi_state *state, const wbi_action *action, uint32_t number) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  return action->enrollment == number && action->entry == enrollment->entry &&
         wbi_action_message(action->kind) && action->next_step == enrollment->step;
}

/* Since when the message is due in whose place a call stood: by the message before it, or the
   entry, that led to it; else it is now. */
static wb_time desk_due(wb_practice *practice, const wb_campaign *campaign, uint32_t number,
                        wb_time now) {
  const wbi_state *state = &practice->state;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const uint8_t step = enrollment->step;
  const wbi_clock entry = {NULL, enrollment->entered, WB_TIME_NONE};
  if (step >= campaign->step_count || campaign->steps[step].kind != WBI_STEP_SEND) return now;
  const wbi_going first = wbi_sequence_go(practice, campaign, 0, &entry);
  wb_time due = first.step == step ? first.wake : WB_TIME_MIN;
  for (uint32_t i = 0; i < state->actions.items.count; i++) {
    const wbi_action *action = wbi_state_action(state, i);
    if (desk_led(state, action, number) && action->next_wake > due) due = action->next_wake;
  }
  return due != WB_TIME_MIN && due < now ? due : now;
}

/* What becomes of one sequence, of a campaign or, NULL, of one that no longer compiles. */
static wbi_effect desk_next(wb_practice *practice, uint32_t number, const wb_campaign *campaign,
                            bool done, wb_time now) {
  const wbi_state *state = &practice->state;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const bool step =
      campaign != NULL && enrollment->response == 0 && enrollment->step < campaign->step_count;
  wbi_effect effect = step
                          ? desk_after_step(state, number, &campaign->steps[enrollment->step], done)
                          : desk_after_response(state, number, campaign, done);
  const bool continues = !step && effect.kind == WBI_EFFECT_STEP;
  effect.wake = continues ? desk_due(practice, campaign, number, now) : now;
  return effect;
}

/* Plans that, in the open record. */
static wb_status desk_after(wb_practice *practice, uint32_t number, bool done, wb_time now) {
  const wbi_state *state = &practice->state;
  const wb_campaign *campaign;
  const uint32_t definition = wbi_state_enrollment(state, number)->definition;
  const wb_status status = wbi_practice_campaign(practice, definition, &campaign);
  if (status != WB_OK) return status;
  const wbi_effect effect = desk_next(practice, number, campaign, done, now);
  return wbi_plan_add(&practice->plan, &effect);
}

/* Whether a sequence waits for a call to the patient who responded. */
static bool desk_waits(const wbi_state *state, uint32_t number) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const bool waits = enrollment->state == WB_STATE_WAITING || enrollment->state == WB_STATE_HELD;
  return waits && enrollment->response != 0 && !wbi_desk_called(state, number);
}

wb_status wbi_desk_after(wb_practice *practice, uint32_t number, bool done, wb_time now) {
  const wbi_state *state = &practice->state;
  const wbi_enrollment *called = wbi_state_enrollment(state, number);
  wb_status status = desk_after(practice, number, done, now);
  uint32_t at =
      called->response != 0 ? wbi_state_patient(state, called->patient)->enrollments : WBI_NONE;
  for (; status == WB_OK && at != WBI_NONE; at = wbi_state_enrollment(state, at)->next) {
    if (at != number && desk_waits(state, at)) status = desk_after(practice, at, done, now);
  }
  return status;
}

wb_status wbi_desk_settle(wb_practice *practice, const wbi_open_task *task) {
  const wbi_effect effect = {.kind = WBI_EFFECT_TASK_CLOSE, .id = task->id};
  return wbi_plan_add(&practice->plan, &effect);
}

bool wbi_desk_calls(const wbi_state *state, const wbi_open_task *task, uint32_t enrollment) {
  return task->patient == wbi_state_enrollment(state, enrollment)->patient &&
         wbi_list_limited(task->list) != WBI_LIMITED &&
         wbi_task_enrollment(state, task) == enrollment;
}

/* The task that the desk has of an entry; NULL: none. */
static const wbi_open_task *desk_task(const wbi_state *state, uint32_t enrollment) {
  const wb_time entered = wbi_state_enrollment(state, enrollment)->entered;
  for (uint32_t i = 0; i < state->task.count; i++) {
    const wbi_open_task *task = wbi_state_task(state, i);
    if (wbi_desk_calls(state, task, enrollment) && task->opened >= entered) return task;
  }
  return NULL;
}

bool wbi_desk_called(const wbi_state *state, uint32_t enrollment) {
  return desk_task(state, enrollment) != NULL;
}

wb_status wbi_desk_close(wb_practice *practice, uint32_t enrollment) {
  const wbi_state *state = &practice->state;
  wb_status status = WB_OK;
  for (uint32_t i = 0; status == WB_OK && i < state->task.count; i++) {
    const wbi_open_task *task = wbi_state_task(state, i);
    if (wbi_desk_calls(state, task, enrollment)) status = wbi_desk_settle(practice, task);
  }
  return status;
}

/* Whether a task asks to book an opening that is not the visit, as far as that is known. */
static bool desk_opening(const wbi_state *state, const wbi_open_task *task, wbi_text visit) {
  const uint32_t place = wbi_slot_task(state, task);
  return place != WBI_NONE && visit.length > 0 &&
         !wbi_text_equal(wbi_opening_key(state, wbi_state_opening(state, place)), visit);
}

wb_status wbi_desk_found(wb_practice *practice, uint32_t patient, wbi_text visit) {
  const wbi_state *state = &practice->state;
  wb_status status = WB_OK;
  for (uint32_t i = 0; status == WB_OK && i < state->task.count; i++) {
    const wbi_open_task *task = wbi_state_task(state, i);
    if (task->patient == patient && task->list == WBI_LIST_VISITS &&
        wbi_task_enrollment(state, task) == WBI_NONE && !desk_opening(state, task, visit))
      status = wbi_desk_settle(practice, task);
  }
  return status;
}

wb_time wbi_desk_wake(const wb_practice *practice) {
  const wbi_state *state = &practice->state;
  wb_time first = WB_TIME_MAX;
  for (uint32_t i = 0; i < state->task.count; i++) {
    const wbi_open_task *task = wbi_state_task(state, i);
    if (task->expires < first && wbi_task_enrollment(state, task) == WBI_NONE)
      first = task->expires;
  }
  return first;
}

wb_status wbi_desk_expire(wb_practice *practice, wb_time now) {
  const wbi_state *state = &practice->state;
  if (wbi_desk_wake(practice) > now) return WB_OK;
  wb_status status = wbi_plan_open(&practice->plan, state, WBI_BY_POLL);
  for (uint32_t i = 0; status == WB_OK && i < state->task.count; i++) {
    const wbi_open_task *task = wbi_state_task(state, i);
    if (task->expires <= now && wbi_task_enrollment(state, task) == WBI_NONE)
      status = wbi_desk_settle(practice, task);
  }
  if (status == WB_OK) wbi_plan_close(&practice->plan);
  return status;
}

/* A call that has expired: the turn is over, or goes on with what follows. */
static wb_status desk_give_up(wbi_turn *turn, const wbi_open_task *task) {
  const wbi_state *state = &turn->practice->state;
  const wbi_effect next = desk_next(turn->practice, turn->number, turn->campaign, false, turn->now);
  wbi_plan *plan = &turn->practice->plan;
  turn->again = WB_TIME_NONE;
  wb_status status = wbi_plan_open(plan, state, WBI_BY_POLL);
  if (status == WB_OK) status = wbi_desk_settle(turn->practice, task);
  if (status == WB_OK) status = wbi_desk_after(turn->practice, turn->number, false, turn->now);
  if (status != WB_OK) return status;
  wbi_plan_close(plan);
  turn->goes_on = turn->moved = next.kind == WBI_EFFECT_STEP;
  turn->done = !turn->goes_on;
  turn->step = next.step;
  turn->since = next.wake;
  return WB_OK;
}

/* The call is off the list, and nobody said what became of it. */
static wb_status desk_off(wbi_turn *turn) {
  wb_practice *practice = turn->practice;
  const bool visit = turn->campaign->subject == WBI_SUBJECT_APPOINTMENT;
  if (!visit && desk_called(practice, turn->patient))
    return wbi_turn_hold(turn, WB_HOLD_CAPACITY,
                         wbi_practice_day(practice, turn->zone, turn->now, 1));
  return wbi_turn_enrollment(turn)->response == 0 ? wbi_step_leave(turn, WB_HOLD_NONE)
                                                  : wbi_turn_end(turn, WBI_TEXT("desk"));
}

wb_status wbi_desk_wait(wbi_turn *turn) {
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  const wbi_open_task *task = desk_task(&turn->practice->state, turn->number);
  if (task == NULL) return desk_off(turn);
  const wb_time next = turn->now + WBI_DAY, before = wbi_turn_call_before(turn);
  const wb_time expires = task->expires < before ? task->expires : before;
  turn->done = true;
  turn->again = expires < next ? expires : next;
  if (expires <= turn->now) return desk_give_up(turn, task);
  if (enrollment->state != WB_STATE_HELD) return WB_OK;
  wbi_effect effect = wbi_turn_effect(turn, WBI_EFFECT_RESPONSE);
  effect.code = enrollment->response;
  effect.signals = enrollment->signals;
  effect.wake = task->opened + WBI_DAY; /* as before: it does not tell when it was held */
  return wbi_practice_record(turn->practice, WBI_BY_POLL, &effect, 1);
}

/* SPDX-License-Identifier: MIT */
/*
 * Walking the steps in a turn: what only decides is passed, until there is a message to send,
 * something to wait for, or the end. Where the walk got to is planned as a record of its own before
 * what follows there. It ends: steps lead forward, and a repeat leads back only so many times.
 */
#include "outreach/practice_private.h"

wb_status wbi_step_record(wbi_turn *turn, uint8_t awaits, wb_time wake) {
  wbi_effect effect = wbi_turn_effect(turn, WBI_EFFECT_STEP);
  effect.step = turn->step;
  effect.loop = turn->loop;
  effect.awaits = awaits;
  effect.wake = wake;
  effect.code = turn->left;
  turn->left = WB_HOLD_NONE;
  turn->moved = true;
  return wbi_practice_record(turn->practice, WBI_BY_POLL, &effect, 1);
}

wb_status wbi_step_go(wbi_turn *turn, uint32_t step) {
  const bool visit = turn->visit != WB_TIME_NONE; /* waits go by the visit, which may be soon */
  const wbi_clock clock = {turn->zone, visit ? turn->now : turn->since, turn->visit};
  const wbi_going going = wbi_sequence_go(turn->practice, turn->campaign, step, &clock);
  turn->step = going.step;
  turn->since = going.wake;
  if (going.wake <= turn->now) return WB_OK;
  turn->done = true;
  return wbi_step_record(turn, 0, going.wake);
}

wb_status wbi_step_leave(wbi_turn *turn, int32_t why) {
  turn->left = (uint8_t)why;
  const wb_status status = wbi_step_go(turn, turn->campaign->steps[turn->step].next);
  if (status != WB_OK || turn->done) return status;
  turn->goes_on = true;
  return wbi_step_record(turn, 0, turn->now);
}

/* The way that a branch takes. What is unknown takes none. */
static wb_status walk_branch(wbi_turn *turn, const wbi_step *step, wb_error *error) {
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  const wbi_subject *subject = turn->subject;
  for (uint32_t i = 0; i < step->way_count; i++) {
    const wbi_choice *way = &step->ways[i];
    wb_verdict verdict = {.size = sizeof verdict, .truth = WB_FALSE};
    wb_status status = WB_OK;
    if (way->rule == NULL)
      verdict.truth = way->variant == wbi_variant_drawn(enrollment->variant) ? WB_TRUE : WB_FALSE;
    else
      status =
          wbi_rule_test(way->rule, subject->facts, subject->row, subject->moment, &verdict, error);
    if (status != WB_OK) return status;
    if (verdict.truth == WB_TRUE) return wbi_step_go(turn, way->index);
  }
  return wbi_step_go(turn, step->next);
}

/* Whether a goal is reached: then it is over. */
static wb_status walk_goal(wbi_turn *turn, const wbi_step *step, wb_error *error) {
  const wbi_subject *subject = turn->subject;
  wb_verdict verdict = {.size = sizeof verdict};
  const wb_status status =
      wbi_rule_test(step->rule, subject->facts, subject->row, subject->moment, &verdict, error);
  if (status != WB_OK) return status;
  return verdict.truth == WB_TRUE ? wbi_turn_end(turn, WBI_TEXT("goal"))
                                  : wbi_step_go(turn, step->next);
}

/* Goes back, if that was not often enough. */
static wb_status walk_repeat(wbi_turn *turn, const wbi_step *step) {
  if (turn->loop >= step->at_most) return wbi_step_go(turn, step->next);
  turn->loop++;
  return wbi_step_go(turn, step->other);
}

/* When the present step begins to await: when it was due, within the hours, though what decided
   before was due at night. */
static wb_time await_begins(const wbi_turn *turn) {
  if (turn->visit != WB_TIME_NONE) return turn->now;
  return wbi_hours_due(turn->practice, turn->campaign, turn->zone, turn->since);
}

/* Waits for an event; once it came, or the time is over, goes on. */
static wb_status walk_await(wbi_turn *turn, const wbi_step *step) {
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  if ((enrollment->events & step->awaits) != 0) return wbi_step_go(turn, step->next);
  const bool called = enrollment->response != 0; /* in vain, in place of this: it begins anew */
  const bool waited = enrollment->awaits != 0 && !called && enrollment->step == turn->step &&
                      enrollment->loop == turn->loop;
  if (waited) return wbi_step_go(turn, step->other);
  turn->since = await_begins(turn) + step->within;
  if (turn->since <= turn->now) return wbi_step_go(turn, step->other);
  turn->done = true;
  return wbi_step_record(turn, step->awaits, turn->since);
}

/* Whether a step is passed without doing anything: it was done, or nothing goes to this patient. */
static bool step_passed(const wbi_turn *turn, const wbi_step *step) {
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  if (enrollment->variant == WBI_HELD_OUT) return true;
  return (enrollment->touches > 0 || turn->practice->state.epoch > 0) &&
         wbi_reach_done(turn->practice, turn->campaign, step, wbi_turn_who(turn));
}

/* Takes the present step; *stays: something goes out by it, or it is the end. */
static wb_status step_take(wbi_turn *turn, bool *stays, wb_error *error) {
  const wbi_step *step = &turn->campaign->steps[turn->step];
  if (step->kind != WBI_STEP_AWAIT && !wbi_step_decides(step)) turn->since = turn->now;
  switch (step->kind) {
  case WBI_STEP_WAIT: return wbi_step_go(turn, turn->step);
  case WBI_STEP_AWAIT: return walk_await(turn, step);
  case WBI_STEP_BRANCH: return walk_branch(turn, step, error);
  case WBI_STEP_GOAL: return walk_goal(turn, step, error);
  case WBI_STEP_REPEAT: return walk_repeat(turn, step);
  case WBI_STEP_SEND:
    if (wbi_unknown_waits(turn)) break;
    if (step_passed(turn, step)) return wbi_step_go(turn, step->next);
    break;
  case WBI_STEP_CALL:
    if (wbi_turn_enrollment(turn)->variant == WBI_HELD_OUT) return wbi_step_go(turn, step->next);
    break;
  case WBI_STEP_EXIT:
  default: break;
  }
  *stays = true;
  return WB_OK;
}

/* When the step that was come to may act: a message and a call within the hours, what ends at once.
 */
static wb_time step_begins(const wbi_turn *turn) {
  const wb_campaign *campaign = turn->campaign;
  const wbi_step_kind kind = campaign->steps[turn->step].kind; /* steps lead to steps alone */
  const bool acts = kind == WBI_STEP_SEND || kind == WBI_STEP_CALL;
  if (!acts || turn->visit != WB_TIME_NONE) return turn->now;
  return wbi_hours_due(turn->practice, campaign, turn->zone, turn->now);
}

wb_status wbi_step_walk(wbi_turn *turn, bool *sends, wb_error *error) {
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  const uint8_t step = turn->moved ? turn->step : enrollment->step;
  const uint8_t loop = turn->moved ? turn->loop : enrollment->loop;
  wb_status status = WB_OK;
  *sends = turn->step >= turn->campaign->step_count;
  while (status == WB_OK && !turn->done && !*sends)
    status = step_take(turn, sends, error);
  const bool moved = turn->step != step || turn->loop != loop;
  if (status != WB_OK || !*sends || !moved) return status;
  const wb_time at = step_begins(turn);
  turn->done = at > turn->now; /* then it waits for the hours, and is no later for what decided */
  *sends = !turn->done;
  return wbi_step_record(turn, 0, at);
}

wb_status wbi_step_awaits(wb_practice *practice, uint32_t number, uint8_t event, bool *awaits) {
  const wbi_state *state = &practice->state;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const wb_campaign *campaign;
  uint8_t at = enrollment->step;
  const wb_status status = wbi_practice_campaign(practice, enrollment->definition, &campaign);
  *awaits = false;
  if (status != WB_OK || campaign == NULL) return status;
  const wbi_action *open =
      enrollment->detail > 0 ? wbi_state_action(state, enrollment->detail - 1) : NULL;
  if (open != NULL && wbi_action_left(open->state)) at = open->next_step;
  *awaits = at < campaign->step_count && (campaign->steps[at].awaits & event) != 0;
  return WB_OK;
}

wb_status wbi_step_event(wb_practice *practice, uint32_t number, uint8_t event) {
  const wbi_enrollment *enrollment = wbi_state_enrollment(&practice->state, number);
  const wb_campaign *campaign;
  bool some = false;
  const wb_status status = wbi_practice_campaign(practice, enrollment->definition, &campaign);
  if (status != WB_OK || campaign == NULL) return status;
  for (uint32_t i = 0; i < campaign->step_count; i++)
    some = some || (campaign->steps[i].awaits & event) != 0;
  if (!some || (enrollment->events & event) != 0) return WB_OK;
  wbi_effect effect = wbi_state_effect(&practice->state, number, WBI_EFFECT_EVENT);
  effect.code = event;
  return wbi_plan_add(&practice->plan, &effect);
}

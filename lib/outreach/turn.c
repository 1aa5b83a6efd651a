/* SPDX-License-Identifier: MIT */
/*
 * One person's turn in a poll: the checks in their order, up to the claim. Paused, then still
 * eligible, then consent; hours, caps, capacity and rendering belong to the claim. Whoever must
 * leave leaves before consent is asked: somebody who booked is not held for a missing permission.
 */
#include "outreach/gate.h"
#include "outreach/slot.h"
#include "outreach/visit.h"

enum { TURN_SOON = 60 };

wbi_turn wbi_turn_begin(wb_practice *practice, uint32_t number, wb_time now) {
  const uint32_t patient = wbi_state_enrollment(&practice->state, number)->patient;
  return (wbi_turn){.practice = practice,
                    .patient = wbi_keys_text(&practice->state.patients, patient),
                    .person = patient,
                    .number = number,
                    .now = now,
                    .before = WB_TIME_MAX,
                    .visit = WB_TIME_NONE,
                    .again = WB_TIME_NONE,
                    .booked = WB_TIME_NONE,
                    .counts = WB_TIME_NONE,
                    .since = now,
                    .rule = ""};
}

/* A region of a row; empty when it is not known. */
static wb_status turn_region(const wbi_subject *subject, uint64_t row, uint32_t field,
                             wbi_text *region, wb_error *error) {
  wb_value value = {.size = sizeof value};
  const wb_status status =
      wbi_facts_value(subject->facts, row, field, subject->moment, &value, error);
  *region = (wbi_text){value.data, status == WB_OK && value.kind == WB_TEXT ? value.length : 0};
  return status;
}

wb_status wbi_turn_place(const wbi_turn *turn, uint64_t row, wbi_jurisdiction *place,
                         wb_error *error) {
  const uint32_t fields[] = {turn->subject->fields->region, turn->subject->fields->home};
  wbi_text regions[WBI_COUNT(fields)];
  wb_status status = wbi_practice_law(turn->practice, error);
  for (size_t i = 0; status == WB_OK && i < WBI_COUNT(fields); i++)
    status = turn_region(turn->subject, row, fields[i], &regions[i], error);
  if (status != WB_OK) return status;
  const wbi_text here = regions[0], home = regions[1];
  /* The zone of the location is theirs only in the same region. */
  const bool away = home.length > 0 && !wbi_text_equal(home, here);
  *place = (wbi_jurisdiction){home, NULL};
  if (!away)
    *place = (wbi_jurisdiction){wbi_law_place(turn->practice->law, here, turn->zone), turn->zone};
  return WB_OK;
}

wbi_enrollment *wbi_turn_enrollment(const wbi_turn *turn) {
  return wbi_state_enrollment(&turn->practice->state, turn->number);
}

wb_time wbi_turn_call_before(const wbi_turn *turn) {
  return wbi_turn_enrollment(turn)->response == 0 ? turn->before : WB_TIME_MAX;
}

wbi_who wbi_turn_who(const wbi_turn *turn) {
  wbi_who who = wbi_sequence_who(&turn->practice->state, turn->number);
  who.loop = turn->loop;
  return who;
}

wbi_effect wbi_turn_effect(const wbi_turn *turn, wbi_effect_kind kind) {
  return wbi_state_effect(&turn->practice->state, turn->number, kind);
}

bool wbi_turn_personal(wb_status status) {
  return status != WB_OK && status != WB_E_NOMEM && status != WB_E_BUSY && status != WB_E_INVALID &&
         status != WB_E_ABORTED;
}

/* Plans a record of one effect: the turn is over. */
static wb_status turn_record(wbi_turn *turn, const wbi_effect *effect) {
  turn->done = true;
  return wbi_practice_record(turn->practice, WBI_BY_POLL, effect, 1);
}

/* When somebody who is held for what the record says is looked at again. */
static wb_time turn_again(const wbi_turn *turn) {
  return turn->now + (wb_time)turn->practice->options.look_again;
}

/* The code of a hold. Whoever has no place does not get one by being held for something else. */
static uint8_t turn_hold_code(const wbi_enrollment *enrollment, uint8_t hold) {
  const bool outside = wbi_enrollment_outside(enrollment) && !wbi_hold_placeless(hold);
  return outside ? hold | WBI_HOLD_OUTSIDE : hold;
}

wb_status wbi_turn_hold(wbi_turn *turn, int32_t hold, wb_time again) {
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  wbi_effect effect = wbi_turn_effect(turn, WBI_EFFECT_HOLD);
  effect.law = wbi_text_slice(wbi_text_of(turn->rule), 0, WB_KEY_MAX);
  if (turn->paused) hold = WB_HOLD_PAUSED; /* before all other reasons */
  effect.code = turn_hold_code(enrollment, (uint8_t)hold);
  turn->done = true;
  turn->again = again;
  turn->hold = hold;
  if (turn->looks != NULL) return WB_OK;
  if (enrollment->state == WB_STATE_HELD && enrollment->hold == hold && !turn->moved) return WB_OK;
  return turn_record(turn, &effect);
}

/* The practice's record has a visit now: when. It counts for the message that brought it. */
static wb_status turn_booked(wbi_turn *turn) {
  wb_value next = {.size = sizeof next};
  const wbi_subject *subject = turn->subject;
  const wb_status status = wbi_facts_value(
      subject->facts, subject->row, subject->fields->next_visit, subject->moment, &next, NULL);
  if (status == WB_E_NOMEM || status == WB_E_ABORTED) return status;
  const bool known = status == WB_OK && next.kind == WB_DATE;
  turn->booked = known ? next.integer * WBI_DAY + WBI_DAY / 2 : turn->now;
  return WB_OK;
}

wb_status wbi_turn_leave(const wbi_turn *turn) {
  wb_practice *practice = turn->practice;
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  const wbi_credited visit = {.at = turn->booked, .stands = WBI_VISIT_BOOKED};
  wbi_effect effect = wbi_turn_effect(turn, WBI_EFFECT_END);
  effect.name = turn->reason;
  wb_status status = wbi_plan_add(&practice->plan, &effect);
  if (status != WB_OK) return status;
  if (enrollment->subject != WBI_NONE) return wbi_desk_close(practice, turn->number);
  if (turn->booked != WB_TIME_NONE)
    status = wbi_credit_plan(practice, enrollment->patient, &visit, turn->now);
  if (status != WB_OK || wbi_text_equal(turn->reason, WBI_TEXT("desk"))) return status;
  return wbi_practice_close(practice, enrollment->patient, turn->number);
}

wb_status wbi_turn_end(wbi_turn *turn, wbi_text reason) {
  wbi_plan *plan = &turn->practice->plan;
  wb_status status = WB_OK;
  turn->reason = reason;
  turn->done = true;
  if (wbi_text_equal(reason, WBI_TEXT("booked"))) status = turn_booked(turn);
  if (status != WB_OK || turn->looks != NULL) return status;
  status = wbi_plan_open(plan, &turn->practice->state, WBI_BY_POLL);
  if (status == WB_OK) status = wbi_turn_leave(turn);
  if (status == WB_OK) wbi_plan_close(plan);
  return status;
}

/* A claim that nobody answered: unknown, and what that means is the step's. */
static wb_status turn_expire(wbi_turn *turn) {
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  const wbi_action *action = wbi_state_action(&turn->practice->state, enrollment->detail - 1);
  const wb_time until = action->deliver_by + (wb_time)turn->practice->options.grace;
  turn->done = true;
  if (turn->now <= until) {
    turn->again = until + 1;
    return WB_OK;
  }
  wbi_effect effect = {.kind = WBI_EFFECT_OUTCOME, .id = action->id, .code = WB_ACTION_UNKNOWN};
  const wb_status status =
      wbi_unknown_until(turn->practice, enrollment->detail - 1, turn->now, &effect.until);
  if (status != WB_OK) return status;
  return wbi_practice_record(turn->practice, WBI_BY_POLL, &effect, 1);
}

/* Somebody left while a message was handed out: the claim turns unknown all the same. */
static wb_status turn_left(wbi_turn *turn) {
  const wbi_state *state = &turn->practice->state;
  for (uint32_t i = 0; i < state->actions.items.count; i++) {
    const wbi_action *action = wbi_state_action(state, i);
    if (action->enrollment != turn->number || action->state != WB_ACTION_CLAIMED ||
        !wbi_state_keeps(state, action))
      continue;
    const wb_time until = action->deliver_by + (wb_time)turn->practice->options.grace;
    turn->again = until + 1;
    if (turn->now <= until) return WB_OK;
    turn->again = WB_TIME_NONE;
    const wbi_effect effect = {.kind = WBI_EFFECT_OUTCOME,
                               .id = action->id,
                               .code = WB_ACTION_UNKNOWN,
                               .until = WB_TIME_NONE};
    return turn_record(turn, &effect);
  }
  return WB_OK;
}

bool wbi_turn_all_paused(const wb_practice *practice, uint32_t location,
                         const wb_campaign *campaign) {
  const wbi_state *state = &practice->state;
  const bool class_ = campaign != NULL && (state->paused_classes >> campaign->class_ & 1) != 0;
  const bool there = location != WBI_NONE && wbi_state_location(state, location)->paused;
  return state->paused || there || class_;
}

/* Whether something pauses a turn. An answer to what somebody wrote is held by a pause of its
   definition alone. */
static bool turn_pauses(const wbi_turn *turn) {
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  const wb_campaign *campaign = turn->campaign;
  const bool answers = campaign != NULL && campaign->subject == WBI_SUBJECT_NOTICE;
  return wbi_state_definition(&turn->practice->state, enrollment->definition)->paused ||
         (!answers && wbi_turn_all_paused(turn->practice, enrollment->location, campaign));
}

/* What needs no facts: a definition that no longer compiles, and pauses; but what asks about a
   visit ends with that all the same, and the facts say when. */
static wb_status turn_paused(wbi_turn *turn) {
  const uint32_t definition = wbi_turn_enrollment(turn)->definition;
  const wb_status status = wbi_practice_campaign(turn->practice, definition, &turn->campaign);
  if (status != WB_OK) return status;
  const wb_campaign *campaign = turn->campaign;
  turn->paused = turn_pauses(turn);
  if (turn->paused && (campaign == NULL || !wbi_campaign_confirms(campaign)))
    return wbi_turn_hold(turn, WB_HOLD_PAUSED, WB_TIME_MAX);
  return campaign != NULL ? WB_OK : wbi_turn_hold(turn, WB_HOLD_DEFINITION, turn_again(turn));
}

/* Whether a call is due that the patient asked for. */
static bool turn_responded(const wbi_turn *turn) {
  const uint8_t response = wbi_turn_enrollment(turn)->response;
  return response > 0 && response <= turn->campaign->response_count;
}

/* Whether the audience still wants this patient. Unknown ends nothing, but selects nobody either:
   only a call that the patient asked for does not wait until it is known. */
static wb_status turn_audience(wbi_turn *turn, wb_error *error) {
  const wbi_subject *subject = turn->subject;
  wb_verdict verdict = {.size = sizeof verdict};
  const wb_status status = wbi_rule_test(turn->campaign->audience, subject->facts, subject->row,
                                         subject->moment, &verdict, error);
  if (status != WB_OK) return status;
  if (verdict.truth == WB_FALSE) return wbi_turn_end(turn, WBI_TEXT("not_eligible"));
  if (verdict.truth == WB_TRUE || turn_responded(turn)) return WB_OK;
  return wbi_turn_hold(turn, WB_HOLD_FACTS, turn_again(turn));
}

/* What is asked about is there, and it is time. */
static wb_status turn_slot(wbi_turn *turn) {
  if (turn->campaign->subject == WBI_SUBJECT_OPENING) return wbi_slot_turn(turn);
  return turn->campaign->subject == WBI_SUBJECT_APPOINTMENT ? wbi_visit_turn(turn) : WB_OK;
}

/* Still eligible: a visit or opening that is there, exits, standing exclusions, the audience. */
static wb_status turn_eligible(wbi_turn *turn, wb_error *error) {
  wbi_text name = {NULL, 0};
  wb_status status = turn_slot(turn);
  if (status != WB_OK || turn->done) return status;
  status = wbi_campaign_exit(turn->campaign, turn->subject, &name, error);
  if (status != WB_OK) return status;
  return name.length > 0 ? wbi_turn_end(turn, name) : turn_audience(turn, error);
}

/* Whether any later step could be sent as the record stands. */
static wb_status turn_reaches(const wbi_turn *turn, bool *reaches, wb_error *error) {
  *reaches = false;
  for (uint32_t i = turn->step + 1u; !*reaches && i < turn->campaign->step_count; i++) {
    const wbi_step *step = &turn->campaign->steps[i];
    if (step->kind != WBI_STEP_SEND) continue;
    wbi_reach reach;
    const wb_status status = wbi_reach_find(turn->practice, turn->campaign, turn->subject, step,
                                            wbi_turn_who(turn), &reach, error);
    if (status != WB_OK) return status;
    *reaches = reach.hold == WB_HOLD_NONE;
  }
  return WB_OK;
}

/* Whether somebody calls about the visit later on: whoever cannot be asked about it, too. */
static bool turn_is_called(const wbi_turn *turn) {
  const wb_campaign *campaign = turn->campaign;
  bool called = false;
  for (uint32_t i = turn->step + 1u; i < campaign->step_count; i++)
    called = called || campaign->steps[i].kind == WBI_STEP_CALL;
  return called && campaign->subject == WBI_SUBJECT_APPOINTMENT;
}

bool wbi_turn_waits(const wbi_turn *turn, int32_t hold) {
  const bool first = wbi_turn_enrollment(turn)->touches <= (turn->looks != NULL);
  return (first || hold == WB_HOLD_NUMBER_CHECK) && !turn_is_called(turn);
}

/* Whether a channel was open in this entry: a message was handed out by it. */
static bool turn_was_open(const wbi_turn *turn, int32_t channel) {
  wbi_who who = wbi_turn_who(turn);
  for (uint32_t i = 0; i <= turn->step; i++) {
    const wbi_step *step = &turn->campaign->steps[i];
    for (who.loop = 0; step->kind == WBI_STEP_SEND && who.loop <= turn->loop; who.loop++) {
      const wbi_bytes16 id =
          wbi_sequence_id(turn->practice, turn->campaign, who, step->id, channel);
      if (wbi_table_find(&turn->practice->state.actions, &id) != WBI_NONE) return true;
    }
  }
  return false;
}

/* What closed a channel of a step that was open before; WB_HOLD_NONE: nothing. */
static wb_status turn_closed(const wbi_turn *turn, const wbi_step *step, int32_t *hold,
                             wb_error *error) {
  const wb_campaign *campaign = turn->campaign;
  for (uint32_t i = 0; i < step->text_count && *hold == WB_HOLD_NONE; i++) {
    wbi_reach reach;
    if (!turn_was_open(turn, campaign->texts[step->texts[i]].channel)) continue;
    const wb_status status = wbi_reach_channel(turn->practice, campaign, turn->subject,
                                               turn->patient, step->texts[i], &reach, error);
    if (status != WB_OK) return status;
    *hold = reach.hold;
  }
  return WB_OK;
}

/* Nothing more can be sent: that is the end, by the name of what closed the channel that was used;
   where none was, the steps that are left were not for this patient. */
static wb_status turn_close(wbi_turn *turn, int32_t hold, wb_error *error) {
  const wb_campaign *campaign = turn->campaign;
  int32_t closed = hold == WB_HOLD_OPTED_OUT ? hold : WB_HOLD_NONE;
  for (uint32_t i = turn->step; i < campaign->step_count && closed == WB_HOLD_NONE; i++) {
    if (campaign->steps[i].kind != WBI_STEP_SEND) continue;
    const wb_status status = turn_closed(turn, &campaign->steps[i], &closed, error);
    if (status != WB_OK) return status;
  }
  return wbi_turn_end(turn, closed != WB_HOLD_NONE ? wbi_text_of(wb_hold_name(closed))
                                                   : WBI_TEXT("finished"));
}

/* No channel of a step is open. Before the first message that is a hold, but where one of the step
   never arrived, and always while the host may ask whose number it is; else the step is left out,
   and the sequence ends when nothing else could be sent. A visit does not wait: there the step is
   left out for the call. */
static wb_status turn_unreached(wbi_turn *turn, const wbi_reach *reach, wb_error *error) {
  const int32_t hold = reach->hold;
  const bool made = reach->over && hold != WB_HOLD_NUMBER_CHECK;
  if (!made && wbi_turn_waits(turn, hold)) return wbi_turn_hold(turn, hold, turn_again(turn));
  if (turn_is_called(turn)) return wbi_step_leave(turn, hold);
  bool reaches;
  const wb_status status = turn_reaches(turn, &reaches, error);
  if (status != WB_OK) return status;
  return reaches ? wbi_step_leave(turn, hold) : turn_close(turn, hold, error);
}

/* Whether the turn came to its step just now. */
static bool turn_comes(const wbi_turn *turn) {
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  return turn->step != enrollment->step || turn->loop != enrollment->loop;
}

/* The call of a step. One that leaves the list in this turn is in its way until that is done. */
static wb_status turn_call(wbi_turn *turn, wb_error *error) {
  const wbi_step *step = &turn->campaign->steps[turn->step];
  if (turn->moved && wbi_desk_called(&turn->practice->state, turn->number)) {
    turn->done = true;
    return WB_OK;
  }
  return wbi_claim_call(turn, &(wbi_call){step->id, step->texts[0], step->within}, error);
}

/* From when on a message is too late: so long after it was due, by the visit as it stands now. Of
   whoever waits for a place nothing is due. */
static wb_time turn_late(const wbi_turn *turn, wb_time due) {
  const int32_t after = turn->campaign->steps[turn->step].stale_after;
  const bool visit = turn->campaign->subject == WBI_SUBJECT_APPOINTMENT;
  const bool waits = wbi_gate_holds(turn->campaign, wbi_turn_enrollment(turn));
  if (after == 0 || waits) return WB_TIME_MAX;
  const wb_time by_visit =
      visit ? wbi_visit_due(turn->campaign, turn->step, turn->zone, turn->visit) : WB_TIME_NONE;
  if (by_visit != WB_TIME_NONE && by_visit > due)
    due = wbi_hours_due(turn->practice, turn->campaign, turn->zone, by_visit);
  return due + after + 1;
}

/* Without a place: the next enrolment lets them in. */
static wb_status turn_outside(wbi_turn *turn) {
  return wbi_turn_hold(turn, WB_HOLD_CAPACITY,
                       wbi_practice_day(turn->practice, turn->zone, turn->now, 1));
}

/* The message of the present step, by the first channel that is open. */
static wb_status turn_reach(wbi_turn *turn, wb_error *error) {
  wbi_reach reach;
  const wb_status status =
      wbi_reach_find(turn->practice, turn->campaign, turn->subject,
                     &turn->campaign->steps[turn->step], wbi_turn_who(turn), &reach, error);
  if (status != WB_OK) return status;
  if (reach.hold != WB_HOLD_NONE) return turn_unreached(turn, &reach, error);
  if (wbi_gate_holds(turn->campaign, wbi_turn_enrollment(turn))) return turn_outside(turn);
  return wbi_claim_send(turn, &reach, error);
}

/* The same if it is not too late: it was due then. Whatever holds it, it is left out in time. */
static wb_status turn_message(wbi_turn *turn, wb_time due, wb_error *error) {
  const wb_time late = turn_late(turn, due), over = wbi_visit_gives_way(turn);
  const bool stale = late <= turn->now && !turn_comes(turn);
  if (stale || over <= turn->now || turn->before <= turn->now)
    return wbi_step_leave(turn, WB_HOLD_LATE);
  const wb_status status = turn_reach(turn, error);
  const wb_time left = late < over && late > turn->now ? late : over;
  if (turn->again > left) turn->again = left;
  return status;
}

/* What the steps come to from where the turn is: a message, a call, a wait or the end; or that step
   is left out, and the turn goes on at the next, which is due too. */
static wb_status turn_step(wbi_turn *turn, wb_time due, wb_error *error) {
  const wb_campaign *campaign = turn->campaign;
  bool sends = false;
  turn->goes_on = false;
  const wb_status walked = wbi_step_walk(turn, &sends, error);
  if (walked != WB_OK || !sends) return walked;
  if (turn->step >= campaign->step_count) return wbi_turn_end(turn, WBI_TEXT("finished"));
  const wbi_step_kind kind = campaign->steps[turn->step].kind;
  if (wbi_unknown_waits(turn)) return wbi_unknown_turn(turn, error);
  if (kind == WBI_STEP_CALL) return turn_call(turn, error);
  const bool over =
      kind == WBI_STEP_EXIT || wbi_turn_enrollment(turn)->touches >= campaign->touches;
  return over ? wbi_turn_end(turn, WBI_TEXT("finished")) : turn_message(turn, due, error);
}

/* When the present step is due: by the wait that led to it, but where it waits for an event, or for
   a call that is on the list, by its own end. */
static wb_time turn_due(const wbi_turn *turn) {
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  const bool call = turn->step < turn->campaign->step_count &&
                    turn->campaign->steps[turn->step].kind == WBI_STEP_CALL;
  if (enrollment->awaits != 0 || (call && wbi_desk_called(&turn->practice->state, turn->number)))
    return wbi_enrollment_due(enrollment);
  return wbi_sequence_due(turn->practice, turn->campaign, enrollment, turn->zone);
}

/* What the steps come to. Each of them leads forward, a repeat so many times back. */
static wb_status turn_steps(wbi_turn *turn, wb_time due, wb_error *error) {
  wb_status status = WB_OK;
  turn->since = due;
  do
    status = turn_step(turn, due, error);
  while (status == WB_OK && turn->goes_on);
  return status;
}

/* The same once they are due. */
static wb_status turn_send(wbi_turn *turn, wb_error *error) {
  const wb_time due = turn_due(turn);
  return due > turn->now ? wbi_turn_hold(turn, WB_HOLD_HOURS, due) : turn_steps(turn, due, error);
}

/* The call that follows a response; once that has expired, the steps in whose place it stood. */
static wb_status turn_respond(wbi_turn *turn, wb_error *error) {
  const uint32_t index = wbi_turn_enrollment(turn)->response - 1u;
  const wbi_response *response = &turn->campaign->responses[index];
  const wb_status status =
      wbi_claim_call(turn, &(wbi_call){response->name, response->text, 0}, error);
  return status == WB_OK && turn->goes_on ? turn_steps(turn, turn->since, error) : status;
}

/* What the sequence comes to for somebody who may be contacted: at most one action in a poll. */
static wb_status turn_act(wbi_turn *turn, wb_error *error) {
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  const wbi_patient *patient = wbi_state_patient(&turn->practice->state, enrollment->patient);
  if (enrollment->hold == WB_HOLD_CAPACITY && wbi_gate_holds(turn->campaign, enrollment))
    return turn_outside(turn);
  if (patient->mark == turn->practice->mark) {
    turn->done = true;
    turn->again = enrollment->state == WB_STATE_WAITING ? enrollment->wake : turn->now;
    return WB_OK;
  }
  return turn_responded(turn) ? turn_respond(turn, error) : turn_send(turn, error);
}

/* Everything that needs the patient's facts. */
static wb_status turn_checks(wbi_turn *turn, wb_error *error) {
  const wbi_subject *subject = turn->subject;
  const wbi_enrollment *enrollment = wbi_turn_enrollment(turn);
  turn->step = enrollment->step;
  turn->loop = enrollment->loop;
  wb_status status =
      wbi_facts_zone(subject->facts, subject->row, subject->moment, &turn->zone, error);
  if (status == WB_OK && turn->zone == NULL)
    return wbi_turn_hold(turn, WB_HOLD_ZONE, turn_again(turn));
  if (status == WB_OK) status = turn_eligible(turn, error);
  if (status != WB_OK || turn->done) return status;
  const wb_time passes = turn->before > turn->now ? turn->before : WB_TIME_MAX;
  if (turn->paused) return wbi_turn_hold(turn, WB_HOLD_PAUSED, passes);
  if (wbi_state_patient(&turn->practice->state, enrollment->patient)->urgent > 0)
    return wbi_turn_hold(turn, WB_HOLD_DESK, passes);
  return turn->looks != NULL ? wbi_look_take(turn, error) : turn_act(turn, error);
}

/* Whether the facts are too old; what asks about a visit, or an opening, wants newer ones. */
static bool turn_facts_old(const wbi_turn *turn, const wb_facts *facts) {
  const wb_campaign *campaign = turn->campaign;
  const bool book =
      campaign->subject == WBI_SUBJECT_OPENING || (campaign->subject == WBI_SUBJECT_APPOINTMENT &&
                                                   campaign->class_ == WB_MESSAGE_TRANSACTIONAL);
  return wbi_practice_stale_facts(turn->practice, facts, turn->now) ||
         (book && wbi_practice_old_facts(facts, turn->now, WBI_FRESH_BOOK));
}

/* Lends the turn what the facts say of its patient. */
static wb_status turn_facts(wbi_turn *turn, wb_facts *facts, wb_error *error) {
  wb_practice *practice = turn->practice;
  if (turn_facts_old(turn, facts)) return wbi_turn_hold(turn, WB_HOLD_FACTS, turn->now + TURN_SOON);
  const wb_moment moment = {.size = sizeof moment, .now = turn->now, .practice = practice};
  wbi_subject subject = {.facts = facts, .moment = &moment, .fields = &practice->fields};
  turn->subject = &subject;
  wb_status status = wbi_facts_row(facts, turn->patient, &subject.row);
  if (status == WB_OK) status = wbi_slot_begin(turn, error);
  if (status == WB_OK) status = turn_checks(turn, error);
  if (turn->campaign->subject != WBI_SUBJECT_PATIENT || turn->campaign->offer_count > 0)
    wbi_facts_lend(facts, NULL);
  turn->subject = NULL;
  if (!wbi_turn_personal(status)) return status;
  return wbi_turn_hold(turn, WB_HOLD_FACTS, turn_again(turn));
}

wb_status wbi_turn_take(wbi_turn *turn, wb_facts *facts, wb_error *error) {
  const uint8_t was = turn->looks != NULL ? 0 : wbi_turn_enrollment(turn)->state;
  if (was == WB_STATE_ENDED) return turn_left(turn);
  if (was == WB_STATE_CLAIMED) return turn_expire(turn);
  const wb_status status = turn_paused(turn);
  if (status != WB_OK || turn->done) return status;
  return turn->campaign->subject == WBI_SUBJECT_NOTICE ? wbi_notice_turn(turn, facts, error)
                                                       : turn_facts(turn, facts, error);
}

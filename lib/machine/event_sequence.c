/* SPDX-License-Identifier: MIT */
/* Sequences as they change: entry, hold, claim, outcome, step, response, end. */
#include "machine/event_private.h"

/* The live enrolment that an effect is about; WBI_NONE. */
static uint32_t event_live(const wbi_state *state, const wbi_effect *effect) {
  const uint32_t number =
      wbi_state_enrolled(state, effect->patient, effect->definition, effect->subject);
  if (number == WBI_NONE) return WBI_NONE;
  return wbi_state_enrollment(state, number)->state == WB_STATE_ENDED ? WBI_NONE : number;
}

/* An enrolment is in a state, and nothing holds it. */
static void event_state(wbi_enrollment *enrollment, uint8_t state) {
  enrollment->state = state;
  enrollment->hold = WB_HOLD_NONE;
  enrollment->outside = 0;
}

/* An enrolment is looked at next then. */
static void event_wake(wbi_state *state, uint32_t number, wb_time wake) {
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  event_state(enrollment, WB_STATE_WAITING);
  enrollment->wake = wake;
  wbi_wake_set(state, number, wake);
}

/* Notes an instant after the entry, up to 136 years. */
static void event_since(wbi_enrollment *enrollment, wb_time at) {
  const wb_time from = enrollment->entered, until = from + UINT32_MAX;
  /* same: on the edges the difference is what it is cut to */
  enrollment->since = at <= from ? 0 : at >= until ? UINT32_MAX : (uint32_t)(at - from);
}

/* An enrolment waits from one instant until another. */
static void event_wait(wbi_state *state, uint32_t number, wb_time at, wb_time wake) {
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  event_since(enrollment, at);
  enrollment->put_off = 0;
  event_wake(state, number, wake);
}

/* It waits once more at a step that was due. */
static void event_put_off(wbi_state *state, uint32_t number, wb_time wake) {
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  if (!enrollment->put_off) event_since(enrollment, enrollment->wake);
  enrollment->put_off = 1;
  event_wake(state, number, wake);
}

/* Whether an action counts as a message that went: it did, or nobody knows and the sequence, which
   does not wait to learn it, goes on as if it had. */
static bool event_went(const wbi_state *state, uint32_t place) {
  const wbi_action *action = wbi_state_action(state, place);
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, action->enrollment);
  const bool waits = enrollment->state != WB_STATE_ENDED && enrollment->detail == place + 1;
  return action->state == WB_ACTION_SENT || action->state == WB_ACTION_DELIVERED ||
         (action->state == WB_ACTION_UNKNOWN && !waits);
}

void wbi_event_drop(wbi_state *state, wbi_enrollment *enrollment) {
  if (enrollment->detail == 0) return;
  wbi_action *action = wbi_state_action(state, enrollment->detail - 1);
  if (action->state == WB_ACTION_UNKNOWN) {
    wbi_metrics_sent(state,
                     action); /* nobody waits to learn it any more: it counts as if it went */
  } else if (action->state == WB_ACTION_READY) {
    action->state = WB_ACTION_WITHDRAWN; /* its cause stays: where it is due again, it may go */
  } else {
    return;
  }
  enrollment->detail = 0;
}

/* The enrolment that somebody enters into: a new one, or the mark of an earlier entry. */
static uint32_t event_entry(wbi_state *state, uint32_t patient, const wbi_effect *effect) {
  const wbi_text subject = effect->subject;
  const uint32_t found = wbi_state_inside(state, patient, effect->definition, subject);
  if (found != WBI_NONE) return found;
  const uint32_t number = wbi_wake_new(state);
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  enrollment->subject = subject.length > 0 ? wbi_keys_add(&state->subjects, subject) : WBI_NONE;
  return number;
}

void wbi_event_chain(wbi_state *state, uint32_t number) {
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  uint32_t *first = &wbi_state_patient(state, enrollment->patient)->enrollments, *link = first;
  while (*link != WBI_NONE && *link != number)
    link = &wbi_state_enrollment(state, *link)->next;
  if (*link == number) *link = enrollment->next;
  link = first;
  while (*link != WBI_NONE && wbi_enrollment_before(state, *link, number))
    link = &wbi_state_enrollment(state, *link)->next;
  enrollment->next = *link;
  *link = number;
}

/* Whoever waited inside for a place, and is let in, is not held any more: they have entered
   already, by the key of then. */
void wbi_event_enroll(wbi_state *state, const wbi_effect *effect, wb_time at) {
  if (effect->definition >= state->definition.count) return;
  const uint32_t patient = wbi_event_patient(state, effect->patient);
  const uint32_t place = wbi_event_location(state, effect->location);
  const uint32_t number = event_entry(state, patient, effect);
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const bool waited = enrollment->state == WB_STATE_WAITING && enrollment->entry == effect->number;
  *enrollment = (wbi_enrollment){.entered = at,
                                 .patient = patient,
                                 .next = enrollment->next,
                                 .location = place,
                                 .subject = enrollment->subject,
                                 .definition = effect->definition,
                                 .entry = (uint16_t)effect->number,
                                 .segment = effect->segment,
                                 .variant = effect->variant,
                                 .rank = effect->rank,
                                 .step = effect->step,
                                 .counted = waited ? enrollment->counted : 0};
  if (!waited) wbi_origin_set(state, (wbi_origin){number, patient, enrollment->entry});
  wbi_event_chain(state, number);
  event_wait(state, number, at, effect->wake);
  wbi_metrics_entered(state, enrollment, waited);
  if (effect->day == WB_DATE_NONE) return;
  wbi_location *location = wbi_state_location(state, place);
  if (effect->day > location->admission_day) {
    location->admission_day = effect->day;
    location->admitted = 0;
  }
  location->admitted++;
}

void wbi_event_hold(wbi_state *state, const wbi_effect *effect, wb_time at) {
  const uint32_t number = event_live(state, effect);
  if (number == WBI_NONE) return;
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  /* held from now on; else since it was due; same: what is due now is both */
  const bool early = enrollment->wake > at;
  if (enrollment->response == 0 && early) enrollment->wake = at;
  event_state(enrollment, WB_STATE_HELD);
  enrollment->hold = effect->code & (WBI_HOLD_OUTSIDE - 1);
  enrollment->outside = (effect->code & WBI_HOLD_OUTSIDE) != 0;
  wbi_wake_set(state, number, WB_TIME_MIN);
}

void wbi_event_count(wbi_patient *patient, wb_time at_second) {
  const uint32_t when = wbi_time_minute(at_second);
  const bool full = patient->count == WBI_COUNTED_KEPT;
  /* same: what is as old as the oldest takes its place */
  if (full && when <= patient->counted[0]) return;
  if (full) {
    memmove(patient->counted, patient->counted + 1,
            sizeof patient->counted - sizeof patient->counted[0]);
    patient->count--;
  }
  uint32_t at = patient->count++;
  for (; at > 0 && patient->counted[at - 1] > when; at--) /* same: of two alike either is first */
    patient->counted[at] = patient->counted[at - 1];
  patient->counted[at] = when;
}

/* Takes one contact back. */
static void event_uncount(wbi_patient *patient, wb_time at_second) {
  const uint32_t when = wbi_time_minute(at_second);
  uint32_t at = patient->count;
  while (at > 0 && patient->counted[at - 1] != when)
    at--;
  if (at == 0) return;
  patient->count--;
  for (; at <= patient->count; at++)
    patient->counted[at - 1] = patient->counted[at];
}

/* Counts a message in its minute at its location. */
static void event_rate(wbi_location *location, uint32_t minute) {
  if (location->minute != minute) location->messages = 0;
  location->minute = minute;
  if (location->messages < UINT32_MAX) location->messages++;
}

/* Counts a message that was handed out, against the patient's caps when it has a day. */
static void event_tally(wbi_state *state, const wbi_effect *effect, wbi_enrollment *enrollment,
                        wb_time at) {
  if (effect->action != WB_ACTION_SEND) return;
  if (enrollment->touches < UINT8_MAX) enrollment->touches++;
  if (effect->day == WB_DATE_NONE) return;
  wbi_event_count(wbi_state_patient(state, enrollment->patient), at);
  event_rate(wbi_state_location(state, enrollment->location), wbi_time_minute(at));
}

/* Takes an action out of the chain of the contact point that it went to before. */
static void event_unlink(wbi_state *state, uint32_t number) {
  const uint32_t point =
      wbi_table_find(&state->contacts, &wbi_state_action(state, number)->contact);
  if (point == WBI_NONE) return;
  uint32_t *at = &((wbi_contact_point *)wbi_table_at(&state->contacts, point))->actions;
  while (*at != WBI_NONE && *at != number)
    at = &wbi_state_action(state, *at)->sibling;
  if (*at == number) *at = wbi_state_action(state, number)->sibling;
}

/* The item of an action, linked to the contact point where it reaches the patient: another one than
   before, when the number was corrected between two attempts. */
static uint32_t event_action(wbi_state *state, const wbi_effect *effect, wbi_patient *patient) {
  const uint32_t number = wbi_table_add(&state->actions, &effect->id);
  wbi_action *action = wbi_state_action(state, number);
  /* same: an action stands anywhere in its chain, and the place of the last message is a guess */
  if (wbi_bytes16_equal(&action->contact, &effect->contact)) return number;
  event_unlink(state, number);
  if (wbi_bytes16_empty(&effect->contact)) return number;
  wbi_contact_point *point = wbi_event_point(state, &effect->contact);
  /* same: a guess, of whom memory is asked before their turn */
  patient->reached = (uint32_t)(point - (wbi_contact_point *)state->contacts.items.data);
  action->sibling = point->actions;
  point->actions = number;
  return number;
}

/* Whether an action id is taken by another enrolment: ids are never shared, while they are known.
 */
static bool event_foreign(const wbi_state *state, const wbi_bytes16 *id, uint32_t enrollment) {
  const uint32_t found = wbi_table_find(&state->actions, id);
  if (found == WBI_NONE) return false;
  const wbi_action *action = wbi_state_action(state, found);
  return action->enrollment != enrollment && wbi_state_keeps(state, action);
}

void wbi_event_claim(wbi_state *state, const wbi_effect *effect, wb_time at) {
  const uint32_t number = event_live(state, effect);
  if (number == WBI_NONE || event_foreign(state, &effect->id, number)) return;
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const uint32_t place = event_action(state, effect, wbi_state_patient(state, enrollment->patient));
  wbi_action *action = wbi_state_action(state, place);
  const wbi_action before = *action;
  const bool resent = effect->action == WB_ACTION_RESEND; /* it counts since the first time */
  *action = (wbi_action){.id = effect->id,
                         .contact = effect->contact,
                         .claimed_at = resent ? before.claimed_at : at,
                         .deliver_by = effect->until,
                         .next_wake = effect->wake,
                         .enrollment = number,
                         .sibling = before.sibling,
                         .day = resent ? before.day : effect->day,
                         .entry = enrollment->entry,
                         .attempt = (uint16_t)effect->number,
                         .definition = effect->definition,
                         .step = effect->step,
                         .next_step = effect->next_step,
                         .text = effect->text,
                         .kind = effect->action,
                         .channel = effect->channel,
                         .state = WB_ACTION_CLAIMED,
                         .tries = effect->number > 1 ? (uint8_t)(before.tries + resent) : 0};
  if (enrollment->detail != place + 1) wbi_event_drop(state, enrollment);
  event_state(enrollment, WB_STATE_CLAIMED);
  if (effect->action == WB_ACTION_SEND) enrollment->events = 0;
  enrollment->detail = place + 1;
  event_tally(state, effect, enrollment, at);
  wbi_wake_set(state, number, effect->until + state->grace + 1);
}

/* What the enrolment does once it knows what became of the action that it waits for, or that it
   waits for more. */
static void event_move(wbi_state *state, uint32_t place, wb_time retry_at) {
  const wbi_action *action = wbi_state_action(state, place);
  wbi_enrollment *enrollment = wbi_state_enrollment(state, action->enrollment);
  if (enrollment->state == WB_STATE_ENDED || enrollment->detail != place + 1) return;
  const bool unknown = action->state == WB_ACTION_UNKNOWN && retry_at != WB_TIME_NONE;
  const bool again = action->state == WB_ACTION_READY || unknown;
  const bool responds = enrollment->response != 0 && wbi_action_message(action->kind);
  if (!again) {
    enrollment->detail = 0;
    enrollment->step = action->next_step;
  }
  if (responds && action->state == WB_ACTION_READY) wbi_event_drop(state, enrollment);
  if (again && !responds)
    event_put_off(state, action->enrollment, retry_at);
  else
    event_wait(state, action->enrollment, action->claimed_at,
               responds ? enrollment->wake : action->next_wake);
}

/* A message counts from the moment when it may have left until it is known that it did not
   arrive. */
static void event_recount(wbi_state *state, const wbi_action *action, bool before) {
  const bool left = wbi_action_left(action->state);
  wbi_enrollment *enrollment = wbi_state_enrollment(state, action->enrollment);
  wbi_patient *patient = wbi_state_patient(state, enrollment->patient);
  const bool here = enrollment->entry == action->entry;
  if (!left) wbi_gift_drop(state, &action->id);
  if (!wbi_action_message(action->kind) || left == before) return;
  if (left) {
    if (here && enrollment->touches < UINT8_MAX) enrollment->touches++;
    if (action->day != WB_DATE_NONE) wbi_event_count(patient, action->claimed_at);
  } else {
    if (here && enrollment->touches > 0) enrollment->touches--;
    if (action->day != WB_DATE_NONE) event_uncount(patient, action->claimed_at);
    wbi_event_look(state, WB_HOLD_CAP);
    wbi_event_look(state, WB_HOLD_HOUSEHOLD); /* of whoever shares the contact point */
  }
}

/* Counts an action that went by now, or that never did after all. */
static void event_counted(wbi_state *state, uint32_t place, bool before) {
  const wbi_action *action = wbi_state_action(state, place);
  if (!before && event_went(state, place)) wbi_metrics_sent(state, action);
  if (before && action->state == WB_ACTION_FAILED) wbi_metrics_unsent(state, action);
}

void wbi_event_outcome(wbi_state *state, const wbi_effect *effect) {
  const uint32_t place = wbi_table_find(&state->actions, &effect->id);
  if (place == WBI_NONE) return;
  wbi_action *action = wbi_state_action(state, place);
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, action->enrollment);
  const bool claimed = action->state == WB_ACTION_CLAIMED;
  const bool left = wbi_action_left(action->state);
  const bool went = event_went(state, place);
  if (wbi_action_left(effect->code) && wbi_action_message(action->kind))
    wbi_event_texted(state, &action->contact);
  action->state = effect->code;
  action->cause = effect->cause;
  event_recount(state, action, left);
  const bool tried = effect->code == WB_ACTION_READY && effect->cause != WB_CAUSE_INTERRUPTED;
  if (tried && action->tries < UINT8_MAX) action->tries++;
  event_move(state, place, effect->until);
  event_counted(state, place, went);
  if (claimed && enrollment->state == WB_STATE_ENDED)
    wbi_wake_set(state, action->enrollment, WB_TIME_NONE);
}

/* Whether a message of the present step is to be tried again. */
static bool event_ready(const wbi_state *state, const wbi_enrollment *enrollment) {
  return enrollment->detail > 0 &&
         wbi_state_action(state, enrollment->detail - 1)->state == WB_ACTION_READY;
}

void wbi_event_step(wbi_state *state, const wbi_effect *effect, wb_time at) {
  const uint32_t number = event_live(state, effect);
  if (number == WBI_NONE) return;
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const bool stays = enrollment->step == effect->step && enrollment->loop == effect->loop &&
                     enrollment->awaits == 0 && effect->awaits == 0 && enrollment->response == 0;
  /* It was not due: its visit was moved nearer. */
  const bool sooner = !enrollment->put_off && effect->wake < enrollment->wake;
  if (!stays || !event_ready(state, enrollment)) wbi_event_drop(state, enrollment);
  enrollment->step = effect->step;
  enrollment->response = 0;
  enrollment->loop = effect->loop;
  enrollment->awaits = effect->awaits;
  if (stays && !sooner)
    event_put_off(state, number, effect->wake);
  else
    event_wait(state, number, at, effect->wake);
}

void wbi_event_event(wbi_state *state, const wbi_effect *effect, wb_time at) {
  const uint32_t number = event_live(state, effect);
  if (number == WBI_NONE) return;
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  enrollment->events |= effect->code;
  const bool awaited = (enrollment->awaits & effect->code) != 0 && enrollment->response == 0;
  if (awaited && enrollment->state == WB_STATE_WAITING) event_wait(state, number, at, at);
}

void wbi_event_migrate(wbi_state *state, const wbi_effect *effect) {
  const uint32_t number = event_live(state, effect);
  if (number == WBI_NONE || effect->number >= state->definition.count) return;
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  enrollment->definition = (uint16_t)effect->number;
  wbi_event_chain(state, number);
  enrollment->segment = effect->segment;
  enrollment->variant = effect->variant;
  enrollment->rank = effect->rank;
  enrollment->step = effect->step;
  enrollment->awaits = effect->awaits;
  enrollment->response = effect->code;
  wbi_action *open =
      enrollment->detail > 0 ? wbi_state_action(state, enrollment->detail - 1) : NULL;
  if (open != NULL && wbi_action_left(open->state))
    open->next_step = effect->next_step;
  else if (effect->cause != 0)
    wbi_event_drop(state, enrollment);
  const bool waits = enrollment->state == WB_STATE_WAITING;
  enrollment->wake = effect->wake;
  wbi_wake_set(state, number, waits ? effect->wake : wbi_wake_at(state, number)); /* by rank */
  wbi_metrics_moved(state, enrollment);
}

/* Counts that somebody who got a message left, and whether because of a visit. */
static void event_left(wbi_state *state, const wbi_enrollment *enrollment, wbi_text reason) {
  wbi_definition *definition = wbi_state_definition(state, enrollment->definition);
  if (enrollment->touches == 0 || definition->ended == UINT32_MAX) return;
  definition->ended++;
  definition->booked += wbi_text_equal(reason, WBI_TEXT("booked"));
}

void wbi_event_end(wbi_state *state, const wbi_effect *effect, wb_time at) {
  const uint32_t number = event_live(state, effect);
  if (number == WBI_NONE) return;
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  wbi_event_drop(state, enrollment);
  const bool claimed = enrollment->state == WB_STATE_CLAIMED;
  event_state(enrollment, WB_STATE_ENDED);
  enrollment->response = 0;
  enrollment->wake = at;
  enrollment->detail = wbi_keys_add(&state->names, effect->name);
  event_left(state, enrollment, effect->name);
  if (!claimed) wbi_wake_set(state, number, WB_TIME_NONE); /* else the claim may turn unknown */
}

void wbi_event_response(wbi_state *state, const wbi_effect *effect, wb_time at) {
  const uint32_t number = event_live(state, effect);
  if (number == WBI_NONE) return;
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  if (effect->code != 0)
    wbi_metrics_responded(state, enrollment); /* else a call is waited for again */
  enrollment->response = effect->code;
  enrollment->signals = effect->signals;
  enrollment->wake = effect->wake;
  if (enrollment->state == WB_STATE_CLAIMED) return;
  wbi_event_drop(state, enrollment);
  event_wait(state, number, at, effect->wake);
}

void wbi_event_epoch(wbi_state *state, const wbi_effect *effect) {
  state->epoch = effect->number;
  state->restoring = effect->code;
  if (!effect->code) return;
  for (uint32_t i = 0; i < state->actions.items.count; i++) {
    const wbi_action *action = wbi_state_action(state, i);
    if (action->state != WB_ACTION_CLAIMED && action->state != WB_ACTION_READY) continue;
    const wbi_effect unknown = {.kind = WBI_EFFECT_OUTCOME,
                                .id = action->id,
                                .code = WB_ACTION_UNKNOWN,
                                .until = WB_TIME_NONE};
    wbi_event_outcome(state, &unknown);
  }
}

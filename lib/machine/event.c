/* SPDX-License-Identifier: MIT */
/*
 * Commit: the only code that changes a state. It takes records as the journal has them, live and in
 * replay alike. An effect about something that is not there changes nothing.
 */
#include "machine/machine.h"

/* The number of a patient, made known if need be. */
static uint32_t event_patient(wbi_state *state, wbi_text key) {
  const uint32_t number = wbi_keys_add(&state->patients, key);
  if (number == state->patient.count) {
    wbi_patient *patient = wbi_vector_push(&state->patient);
    patient->enrollments = WBI_NONE;
  }
  return number;
}

/* The number of a location, made known if need be. */
static uint32_t event_location(wbi_state *state, wbi_text key) {
  const uint32_t number = wbi_keys_add(&state->locations, key);
  if (number == state->location.count) {
    wbi_location *location = wbi_vector_push(&state->location);
    location->admission_day = location->task_day = WB_DATE_NONE;
  }
  return number;
}

/* The live enrolment that an effect is about; WBI_NONE. */
static uint32_t event_live(const wbi_state *state, const wbi_effect *effect) {
  const uint32_t number = wbi_state_enrolled(state, effect->patient, effect->definition);
  if (number == WBI_NONE) return WBI_NONE;
  return wbi_state_enrollment(state, number)->state == WB_STATE_ENDED ? WBI_NONE : number;
}

/* An enrolment waits until then. */
static void event_wait(wbi_state *state, uint32_t number, wb_time wake) {
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  enrollment->state = WB_STATE_WAITING;
  enrollment->hold = WB_HOLD_NONE;
  enrollment->wake = wake;
  wbi_wake_set(state, number, wake);
}

/* An action that was to be tried again is not: the sequence went another way. */
static void event_withdraw(wbi_state *state, wbi_enrollment *enrollment) {
  if (enrollment->detail == 0) return;
  wbi_action *action = wbi_state_action(state, enrollment->detail - 1);
  if (action->state != WB_ACTION_READY) return;
  action->state = WB_ACTION_FAILED;
  action->cause = WB_CAUSE_POLICY;
  enrollment->detail = 0;
}

/* A new version of a campaign, or an old one again: the one that is launched next. */
static void event_campaign(wbi_state *state, const wbi_effect *effect) {
  uint8_t content_id[32];
  wbi_sha256 sha;
  wbi_sha256_init(&sha);
  wbi_sha256_add(&sha, effect->bytes.data, effect->bytes.length);
  wbi_sha256_finish(&sha, content_id);
  const uint32_t name = wbi_keys_add(&state->names, effect->name);
  uint8_t paused = 0;
  for (uint32_t i = 0; i < state->definition.count; i++) {
    wbi_definition *other = wbi_state_definition(state, i);
    if (other->name != name) continue;
    other->current = 0;
    paused = other->paused;
  }
  const uint32_t known = wbi_state_content(state, content_id);
  if (known != WBI_NONE) {
    wbi_state_definition(state, known)->current = 1;
    return;
  }
  wbi_definition *definition = wbi_vector_push(&state->definition);
  memcpy(definition->content_id, content_id, sizeof content_id);
  definition->name = name;
  definition->offset = (uint32_t)state->canonical.count;
  definition->length = (uint32_t)effect->bytes.length;
  definition->current = 1;
  definition->paused = paused;
  wbi_bytes_add(&state->canonical, effect->bytes.data, effect->bytes.length);
}

/* New people enter by this definition. */
static void event_launch(wbi_state *state, const wbi_effect *effect) {
  if (effect->definition >= state->definition.count) return;
  const uint32_t name = wbi_state_definition(state, effect->definition)->name;
  for (uint32_t i = 0; i < state->definition.count; i++) {
    wbi_definition *other = wbi_state_definition(state, i);
    if (other->name == name) other->launched = i == effect->definition;
  }
}

/* Those who are held for a reason that may have gone are looked at next. */
static void event_look(wbi_state *state, int32_t hold) {
  for (uint32_t i = 0; i < state->enrollment.count; i++) {
    const wbi_enrollment *enrollment = wbi_state_enrollment(state, i);
    if (enrollment->state == WB_STATE_HELD && enrollment->hold == hold)
      wbi_wake_set(state, i, WB_TIME_MIN);
  }
}

/* A pause of the practice, a location or a campaign begins or ends. */
static void event_pause(wbi_state *state, const wbi_effect *effect) {
  const uint8_t paused = effect->cause;
  if (effect->code == WBI_PAUSE_PRACTICE) state->paused = paused;
  if (effect->code == WBI_PAUSE_LOCATION)
    wbi_state_location(state, event_location(state, effect->location))->paused = paused;
  if (effect->code == WBI_PAUSE_CAMPAIGN && effect->definition < state->definition.count) {
    const uint32_t name = wbi_state_definition(state, effect->definition)->name;
    for (uint32_t i = 0; i < state->definition.count; i++) {
      wbi_definition *other = wbi_state_definition(state, i);
      if (other->name == name) other->paused = paused;
    }
  }
  if (!paused) event_look(state, WB_HOLD_PAUSED);
}

/* The enrolment that somebody enters into: a new one, or the mark of an earlier entry. */
static uint32_t event_entry(wbi_state *state, uint32_t patient, uint32_t definition) {
  const uint32_t found = wbi_state_inside(state, patient, definition);
  if (found != WBI_NONE) return found;
  const uint32_t number = (uint32_t)state->enrollment.count;
  wbi_enrollment *enrollment = wbi_vector_push(&state->enrollment);
  wbi_patient *who = wbi_state_patient(state, patient);
  enrollment->next = who->enrollments;
  enrollment->place = WBI_NONE;
  who->enrollments = number;
  return number;
}

/* Somebody enters a campaign, and may count as admitted that day. */
static void event_enroll(wbi_state *state, const wbi_effect *effect, wb_time at) {
  if (effect->definition >= state->definition.count) return;
  const uint32_t patient = event_patient(state, effect->patient);
  const uint32_t place = event_location(state, effect->location);
  const uint32_t number = event_entry(state, patient, effect->definition);
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  *enrollment = (wbi_enrollment){.entered = at,
                                 .patient = patient,
                                 .next = enrollment->next,
                                 .location = place,
                                 .place = enrollment->place,
                                 .definition = effect->definition,
                                 .entry = (uint16_t)effect->number,
                                 .segment = effect->segment,
                                 .step = effect->step};
  event_wait(state, number, effect->wake);
  if (effect->day == WB_DATE_NONE) return;
  wbi_location *location = wbi_state_location(state, place);
  if (effect->day > location->admission_day) {
    location->admission_day = effect->day;
    location->admitted = 0;
  }
  location->admitted++;
}

/* Somebody is held; until when is nobody's state, so the next poll looks. */
static void event_hold(wbi_state *state, const wbi_effect *effect, wb_time at) {
  const uint32_t number = event_live(state, effect);
  if (number == WBI_NONE) return;
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  enrollment->state = WB_STATE_HELD;
  enrollment->hold = effect->code;
  if (enrollment->response == 0) enrollment->wake = at;
  wbi_wake_set(state, number, WB_TIME_MIN);
}

/* Counts a contact on a local day; the oldest of too many goes. */
static void event_count(wbi_patient *patient, wb_date day) {
  if (patient->day_count == WBI_DAYS_KEPT) {
    memmove(patient->days, patient->days + 1, sizeof patient->days - sizeof patient->days[0]);
    patient->day_count--;
  }
  uint32_t at = patient->day_count++;
  for (; at > 0 && patient->days[at - 1] > day; at--)
    patient->days[at] = patient->days[at - 1];
  patient->days[at] = day;
}

/* Takes one contact of a local day back. */
static void event_uncount(wbi_patient *patient, wb_date day) {
  uint32_t at = patient->day_count;
  while (at > 0 && patient->days[at - 1] != day)
    at--;
  if (at == 0) return;
  patient->day_count--;
  for (; at <= patient->day_count; at++)
    patient->days[at - 1] = patient->days[at];
  patient->days[patient->day_count] = 0;
}

/* Counts what was handed out: a message against the patient's caps, a task against the desk's. */
static void event_tally(wbi_state *state, const wbi_effect *effect, wbi_enrollment *enrollment) {
  if (effect->action == WB_ACTION_SEND) {
    if (enrollment->touches < UINT8_MAX) enrollment->touches++;
    event_count(wbi_state_patient(state, enrollment->patient), effect->day);
    return;
  }
  wbi_location *location = wbi_state_location(state, enrollment->location);
  if (effect->number > 1) return;
  if (effect->day > location->task_day) {
    location->task_day = effect->day;
    location->tasks = 0;
  }
  location->tasks++;
}

/* The item of an action, linked to the contact point it goes to. */
static uint32_t event_action(wbi_state *state, const wbi_effect *effect) {
  const uint32_t number = wbi_table_add(&state->actions, &effect->id);
  wbi_action *action = wbi_state_action(state, number);
  const bool linked = action->attempt > 0 && wbi_bytes16_equal(&action->contact, &effect->contact);
  action->contact = effect->contact;
  if (linked || wbi_bytes16_empty(&effect->contact)) return number;
  const uint32_t count = (uint32_t)state->contacts.items.count;
  const uint32_t found = wbi_table_add(&state->contacts, &effect->contact);
  wbi_contact_point *point = wbi_table_at(&state->contacts, found);
  if (found == count) point->actions = WBI_NONE;
  action->sibling = point->actions;
  point->actions = number;
  return number;
}

/* Whether an action id is taken by another enrolment: ids are never shared. */
static bool event_foreign(const wbi_state *state, const wbi_bytes16 *id, uint32_t enrollment) {
  const uint32_t found = wbi_table_find(&state->actions, id);
  return found != WBI_NONE && wbi_state_action(state, found)->enrollment != enrollment;
}

/* An action is handed out. */
static void event_claim(wbi_state *state, const wbi_effect *effect, wb_time at) {
  const uint32_t number = event_live(state, effect);
  if (number == WBI_NONE || event_foreign(state, &effect->id, number)) return;
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  const uint32_t place = event_action(state, effect);
  wbi_action *action = wbi_state_action(state, place);
  const wbi_action before = *action;
  *action = (wbi_action){.id = effect->id,
                         .contact = effect->contact,
                         .claimed_at = at,
                         .deliver_by = effect->until,
                         .next_wake = effect->wake,
                         .enrollment = number,
                         .sibling = before.sibling,
                         .day = effect->day,
                         .entry = enrollment->entry,
                         .attempt = (uint16_t)effect->number,
                         .step = effect->step,
                         .next_step = effect->next_step,
                         .text = effect->text,
                         .kind = effect->action,
                         .channel = effect->channel,
                         .state = WB_ACTION_CLAIMED,
                         .tries = effect->number > 1 ? before.tries : 0};
  enrollment->state = WB_STATE_CLAIMED;
  enrollment->hold = WB_HOLD_NONE;
  enrollment->detail = place + 1;
  event_tally(state, effect, enrollment);
  wbi_wake_set(state, number, effect->until + state->grace + 1);
}

/* What the enrolment does once it knows what became of its action. */
static void event_move(wbi_state *state, uint32_t place, wb_time retry_at) {
  const wbi_action *action = wbi_state_action(state, place);
  wbi_enrollment *enrollment = wbi_state_enrollment(state, action->enrollment);
  if (enrollment->state != WB_STATE_CLAIMED || enrollment->detail != place + 1) return;
  wb_time wake = retry_at;
  if (action->state != WB_ACTION_READY) {
    enrollment->detail = 0;
    enrollment->step = action->next_step;
    wake = action->next_wake;
  }
  if (enrollment->response != 0 && action->kind == WB_ACTION_SEND) wake = enrollment->wake;
  event_wait(state, action->enrollment, wake);
}

/* What became of an action. */
static void event_outcome(wbi_state *state, const wbi_effect *effect) {
  const uint32_t place = wbi_table_find(&state->actions, &effect->id);
  if (place == WBI_NONE) return;
  wbi_action *action = wbi_state_action(state, place);
  wbi_enrollment *enrollment = wbi_state_enrollment(state, action->enrollment);
  const bool counted = action->kind == WB_ACTION_SEND &&
                       (action->state == WB_ACTION_CLAIMED || action->state == WB_ACTION_UNKNOWN);
  const bool nothing = effect->code == WB_ACTION_READY || effect->code == WB_ACTION_FAILED;
  if (counted && nothing) {
    if (enrollment->entry == action->entry && enrollment->touches > 0) enrollment->touches--;
    event_uncount(wbi_state_patient(state, enrollment->patient), action->day);
  }
  action->state = effect->code;
  action->cause = effect->cause;
  const bool tried = effect->code == WB_ACTION_READY && effect->cause != WB_CAUSE_INTERRUPTED;
  if (tried && action->tries < UINT8_MAX) action->tries++;
  event_move(state, place, effect->until);
}

/* The sequence goes on without an action. */
static void event_step(wbi_state *state, const wbi_effect *effect) {
  const uint32_t number = event_live(state, effect);
  if (number == WBI_NONE) return;
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  event_withdraw(state, enrollment);
  enrollment->step = effect->step;
  event_wait(state, number, effect->wake);
}

/* The sequence is over. */
static void event_end(wbi_state *state, const wbi_effect *effect, wb_time at) {
  const uint32_t number = event_live(state, effect);
  if (number == WBI_NONE) return;
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  event_withdraw(state, enrollment);
  const bool claimed = enrollment->state == WB_STATE_CLAIMED;
  enrollment->state = WB_STATE_ENDED;
  enrollment->hold = WB_HOLD_NONE;
  enrollment->response = 0;
  enrollment->wake = at;
  enrollment->detail = wbi_keys_add(&state->names, effect->name);
  if (!claimed) wbi_wake_set(state, number, WB_TIME_NONE); /* else the claim may turn unknown */
}

/* The patient responded: no further message, a call some time later. */
static void event_response(wbi_state *state, const wbi_effect *effect) {
  const uint32_t number = event_live(state, effect);
  if (number == WBI_NONE) return;
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  enrollment->response = effect->code;
  enrollment->wake = effect->wake;
  if (enrollment->state == WB_STATE_CLAIMED) return;
  event_withdraw(state, enrollment);
  event_wait(state, number, effect->wake);
}

/* What is known of a contact point changes. */
static void event_contact(wbi_state *state, const wbi_effect *effect, wb_time at) {
  const uint32_t count = (uint32_t)state->contacts.items.count;
  const uint32_t found = wbi_table_add(&state->contacts, &effect->id);
  wbi_contact_point *point = wbi_table_at(&state->contacts, found);
  if (found == count) point->actions = WBI_NONE;
  point->flags = effect->code;
  point->at = at;
  if ((effect->code & WBI_CONTACT_OPTED_OUT) == 0) event_look(state, WB_HOLD_OPTED_OUT);
}

/* Order of the desk: list, rank, longest open, id. */
static bool event_task_before(const wbi_open_task *a, const wbi_open_task *b) {
  if (a->list != b->list) return a->list < b->list;
  if (a->rank != b->rank) return a->rank < b->rank;
  if (a->opened != b->opened) return a->opened < b->opened;
  return memcmp(&a->id, &b->id, sizeof a->id) < 0;
}

/* A task goes to its place on the desk. */
static void event_task_open(wbi_state *state, const wbi_effect *effect, wb_time at) {
  if (wbi_state_task_find(state, &effect->id) != WBI_NONE) return;
  const wbi_open_task task = {.id = effect->id,
                              .opened = at,
                              .patient = event_patient(state, effect->patient),
                              .location = event_location(state, effect->location),
                              .reason = wbi_keys_add(&state->names, effect->name),
                              .definition = effect->definition < state->definition.count
                                                ? effect->definition
                                                : WBI_DEFINITIONS_MAX,
                              .list = effect->code,
                              .rank = effect->cause};
  wbi_vector_push(&state->task);
  uint32_t at_place = (uint32_t)state->task.count - 1;
  for (; at_place > 0 && event_task_before(&task, wbi_state_task(state, at_place - 1)); at_place--)
    *wbi_state_task(state, at_place) = *wbi_state_task(state, at_place - 1);
  *wbi_state_task(state, at_place) = task;
}

/* A task leaves the desk. */
static void event_task_close(wbi_state *state, const wbi_effect *effect) {
  uint32_t at = wbi_state_task_find(state, &effect->id);
  if (at == WBI_NONE) return;
  for (; at + 1 < state->task.count; at++)
    *wbi_state_task(state, at) = *wbi_state_task(state, at + 1);
  state->task.count--;
}

/* An event from outside is known. */
static void event_seen(wbi_state *state, const wbi_effect *effect, wb_time at) {
  const uint32_t found = wbi_table_add(&state->seen, &effect->id);
  ((wbi_seen *)wbi_table_at(&state->seen, found))->at = at;
}

/* Applies one effect. */
static void event_apply(wbi_state *state, const wbi_effect *effect, wb_time at) {
  switch (effect->kind) {
  case WBI_EFFECT_BEGIN: state->epoch = effect->number; break;
  case WBI_EFFECT_CAMPAIGN: event_campaign(state, effect); break;
  case WBI_EFFECT_LAUNCH: event_launch(state, effect); break;
  case WBI_EFFECT_PAUSE: event_pause(state, effect); break;
  case WBI_EFFECT_ENROLL: event_enroll(state, effect, at); break;
  case WBI_EFFECT_HOLD: event_hold(state, effect, at); break;
  case WBI_EFFECT_CLAIM: event_claim(state, effect, at); break;
  case WBI_EFFECT_OUTCOME: event_outcome(state, effect); break;
  case WBI_EFFECT_STEP: event_step(state, effect); break;
  case WBI_EFFECT_END: event_end(state, effect, at); break;
  case WBI_EFFECT_RESPONSE: event_response(state, effect); break;
  case WBI_EFFECT_CONTACT: event_contact(state, effect, at); break;
  case WBI_EFFECT_TASK_OPEN: event_task_open(state, effect, at); break;
  case WBI_EFFECT_TASK_CLOSE: event_task_close(state, effect); break;
  case WBI_EFFECT_SEEN: event_seen(state, effect, at); break;
  case WBI_EFFECT_SYNC:
  case WBI_EFFECT_COUNT: break;
  }
}

void wbi_state_commit(wbi_state *state, const void *bytes, size_t length) {
  uint64_t offset = 0, covered = 0;
  wb_record record = {.size = sizeof record};
  wbi_reader effects;
  while (wbi_record_read(bytes, length, &offset, &record, &effects) == WB_OK) {
    for (uint32_t i = 0; i < record.effects; i++) {
      wbi_effect effect;
      if (WBI_NEVER(wbi_effect_read(&effects, &effect) != WB_OK)) break;
      event_apply(state, &effect, record.at);
      if (effect.kind == WBI_EFFECT_SYNC) covered = offset;
    }
    state->sequence = record.sequence;
    if (record.at > state->last) state->last = record.at;
  }
  if (covered > 0) wbi_sha256_init(&state->since_sync);
  wbi_sha256_add(&state->since_sync, (const uint8_t *)bytes + covered, length - (size_t)covered);
}

/* SPDX-License-Identifier: MIT */
/*
 * Commit: the only code that changes a state. It takes records as the journal has them, live and in
 * replay alike. An effect about something that is not there changes nothing.
 */
#include "machine/event_private.h"

uint32_t wbi_event_patient(wbi_state *state, wbi_text key) {
  const uint32_t number = wbi_keys_add(&state->patients, key);
  if (number == state->patient.count) {
    wbi_patient *patient = wbi_vector_push(&state->patient);
    patient->enrollments = patient->consents = patient->alias = WBI_NONE;
  }
  const uint32_t merged = wbi_patient_merged(wbi_state_patient(state, number));
  return merged != WBI_NONE ? merged : number;
}

uint32_t wbi_event_location(wbi_state *state, wbi_text key) {
  const uint32_t number = wbi_keys_add(&state->locations, key);
  if (number == state->location.count) {
    wbi_location *location = wbi_vector_push(&state->location);
    location->admission_day = WB_DATE_NONE;
    for (uint32_t i = 0; i < WBI_LIMITED; i++)
      location->task_day[i] = WB_DATE_NONE;
  }
  return number;
}

void wbi_event_look(wbi_state *state, int32_t hold) {
  state->looks |= UINT64_C(1) << hold;
  const wbi_vector *looking = &state->wakes[WBI_LOOKING];
  for (size_t i = 0; i < looking->count; i++) { /* those who rise were seen, or take its place */
    const uint32_t number = ((const wbi_wake *)wbi_vector_at(looking, i))->enrollment;
    if (wbi_state_enrollment(state, number)->hold == hold) wbi_wake_set(state, number, WB_TIME_MIN);
  }
}

/* A new version of a campaign, or an old one again: the one that is launched next. */
static void event_campaign(wbi_state *state, const wbi_effect *effect) {
  uint8_t content_id[32];
  wbi_state_digest(state, effect->bytes, content_id);
  const uint32_t name = wbi_keys_add(&state->names, effect->name);
  uint8_t paused = 0, stopped = 0;
  for (uint32_t i = 0; i < state->definition.count; i++) {
    wbi_definition *other = wbi_state_definition(state, i);
    if (other->name != name) continue;
    other->current = 0;
    paused = other->paused;
    stopped = other->stopped;
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
  definition->stopped = stopped;
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

/* Nobody enters any more, by whatever definition of the name; or it may be launched again. */
static void event_stop(wbi_state *state, const wbi_effect *effect) {
  if (effect->definition >= state->definition.count) return;
  const uint32_t name = wbi_state_definition(state, effect->definition)->name;
  for (uint32_t i = 0; i < state->definition.count; i++) {
    wbi_definition *other = wbi_state_definition(state, i);
    if (other->name != name) continue;
    other->stopped = effect->code;
    if (effect->code) other->launched = 0;
  }
}

/* A pause of the practice, a location or a campaign begins or ends. */
static void event_pause(wbi_state *state, const wbi_effect *effect) {
  const uint8_t paused = effect->cause;
  if (effect->code == WBI_PAUSE_PRACTICE) state->paused = paused;
  if (effect->code == WBI_PAUSE_CLASS) {
    const uint8_t bit = (uint8_t)(1u << effect->class_);
    state->paused_classes = (uint8_t)((state->paused_classes & ~bit) | (paused ? bit : 0));
  }
  if (effect->code == WBI_PAUSE_LOCATION)
    wbi_state_location(state, wbi_event_location(state, effect->location))->paused = paused;
  if (effect->code == WBI_PAUSE_CAMPAIGN && effect->definition < state->definition.count) {
    const uint32_t name = wbi_state_definition(state, effect->definition)->name;
    for (uint32_t i = 0; i < state->definition.count; i++) {
      wbi_definition *other = wbi_state_definition(state, i);
      if (other->name == name) other->paused = paused;
    }
  }
  if (!paused) wbi_event_look(state, WB_HOLD_PAUSED);
}

/* A setting of the practice. */
static void event_setting(wbi_state *state, const wbi_effect *effect) {
  if (wbi_text_equal(effect->name, WBI_TEXT(WBI_SETTING_KEPT))) {
    state->kept_days = effect->code;
    return;
  }
  state->assume = effect->code;
  wbi_event_look(state, WB_HOLD_NO_PERMISSION);
}

/* An event from outside is known. What is said while a backup is restored is known for good: of
   those who are held, a message of before may become due at any time. */
static void event_seen(wbi_state *state, const wbi_effect *effect, wb_time at) {
  const uint32_t found = wbi_table_add(&state->seen, &effect->id);
  wbi_seen *seen = wbi_table_at(&state->seen, found);
  seen->at = state->restoring != 0 ? WB_TIME_MAX : at;
}

/* The host contacted somebody itself. */
static void event_contacted(wbi_state *state, const wbi_effect *effect) {
  const uint32_t patient = wbi_event_patient(state, effect->patient);
  wbi_event_count(wbi_state_patient(state, patient), effect->until);
}

/* Applies one effect. */
static void event_apply(wbi_state *state, const wbi_effect *effect, wb_time at) {
  switch (effect->kind) {
  case WBI_EFFECT_BEGIN: state->epoch = effect->number; break;
  case WBI_EFFECT_CAMPAIGN: event_campaign(state, effect); break;
  case WBI_EFFECT_LAUNCH: event_launch(state, effect); break;
  case WBI_EFFECT_PAUSE: event_pause(state, effect); break;
  case WBI_EFFECT_ENROLL: wbi_event_enroll(state, effect, at); break;
  case WBI_EFFECT_HOLD: wbi_event_hold(state, effect, at); break;
  case WBI_EFFECT_CLAIM: wbi_event_claim(state, effect, at); break;
  case WBI_EFFECT_OUTCOME: wbi_event_outcome(state, effect); break;
  case WBI_EFFECT_STEP: wbi_event_step(state, effect, at); break;
  case WBI_EFFECT_END: wbi_event_end(state, effect, at); break;
  case WBI_EFFECT_RESPONSE: wbi_event_response(state, effect, at); break;
  case WBI_EFFECT_CONTACT: wbi_event_contact(state, effect, at); break;
  case WBI_EFFECT_TASK_OPEN: wbi_event_task_open(state, effect, at); break;
  case WBI_EFFECT_TASK_CLOSE: wbi_event_task_close(state, effect); break;
  case WBI_EFFECT_TASK_SET: wbi_event_task_set(state, effect); break;
  case WBI_EFFECT_SEEN: event_seen(state, effect, at); break;
  case WBI_EFFECT_OPENING: wbi_event_opening(state, effect, at); break;
  case WBI_EFFECT_OPENING_SET: wbi_event_opening_set(state, effect); break;
  case WBI_EFFECT_EVENT: wbi_event_event(state, effect, at); break;
  case WBI_EFFECT_MIGRATE: wbi_event_migrate(state, effect); break;
  case WBI_EFFECT_WITHDRAW: wbi_event_withdraw(state, effect); break;
  case WBI_EFFECT_CHAIR: wbi_event_chair(state, effect, at); break;
  case WBI_EFFECT_GIFT: wbi_event_gift(state, effect); break;
  case WBI_EFFECT_VISIT: wbi_event_visit(state, effect); break;
  case WBI_EFFECT_SEAL: wbi_event_seal(state, at); break;
  case WBI_EFFECT_CONSENT: wbi_event_consent(state, effect); break;
  case WBI_EFFECT_NUMBER: wbi_event_number(state, effect, at); break;
  case WBI_EFFECT_PERSON: wbi_event_person(state, effect); break;
  case WBI_EFFECT_MOVE: wbi_event_move(state, effect); break;
  case WBI_EFFECT_MERGE: wbi_event_merge(state, effect); break;
  case WBI_EFFECT_FORGET: wbi_event_forget(state, effect); break;
  case WBI_EFFECT_SETTING: event_setting(state, effect); break;
  case WBI_EFFECT_SECRET: wbi_event_secret(state, effect); break;
  case WBI_EFFECT_CONTACTED: event_contacted(state, effect); break;
  case WBI_EFFECT_EPOCH: wbi_event_epoch(state, effect); break;
  case WBI_EFFECT_STOP: event_stop(state, effect); break;
  case WBI_EFFECT_COUNT: /* nor any other: only known kinds are read */
  case WBI_EFFECT_NOTE:  /* has no bytes */
  case WBI_EFFECT_SYNC:
  default: wbi_sha256_add(&state->since_seal, effect->bytes.data, effect->bytes.length);
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
      if (effect.kind != WBI_EFFECT_SYNC && effect.kind != WBI_EFFECT_SEAL) state->unsealed = 1;
    }
    state->sequence = record.sequence;
    if (record.at > state->last) state->last = record.at; /* same: it is that already */
  }
  if (covered > 0) wbi_sha256_again(&state->since_sync);
  wbi_sha256_add(&state->since_sync, (const uint8_t *)bytes + covered, length - (size_t)covered);
}

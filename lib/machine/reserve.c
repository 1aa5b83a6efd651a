/* SPDX-License-Identifier: MIT */
/*
 * Memory for records before they are journaled, so that commit cannot fail. What they need is
 * counted while they are planned: at most what they can add; of locations, names and cells of the
 * metrics, which are few and stay, only those that are not there yet.
 */
#include "machine/event_private.h"

void wbi_growth_init(wbi_growth *growth, wb_context *context) {
  memset(growth, 0, sizeof *growth);
  wbi_keys_init(&growth->locations, context);
  wbi_keys_init(&growth->names, context);
  wbi_keys_init(&growth->metrics, context);
}

void wbi_growth_free(wbi_growth *growth) {
  wbi_keys_free(&growth->locations);
  wbi_keys_free(&growth->names);
  wbi_keys_free(&growth->metrics);
}

void wbi_growth_clear(wbi_growth *growth) {
  *growth = (wbi_growth){
      .locations = growth->locations, .names = growth->names, .metrics = growth->metrics};
  wbi_keys_clear(&growth->locations);
  wbi_keys_clear(&growth->names);
  wbi_keys_clear(&growth->metrics);
}

/* A table of the state that a key of an effect may be new to. */
typedef enum reserve_table {
  RESERVE_NONE,
  RESERVE_PATIENT,
  RESERVE_SUBJECT,
  RESERVE_LOCATION,
  RESERVE_NAME
} reserve_table;

/* Where the keys of an effect go. */
typedef struct reserve_row {
  uint8_t patient, subject, location, name;
} reserve_row;

static const reserve_row reserve_rows[WBI_EFFECT_COUNT] = {
    [WBI_EFFECT_CAMPAIGN] = {.name = RESERVE_NAME},
    [WBI_EFFECT_PAUSE] = {.location = RESERVE_LOCATION},
    [WBI_EFFECT_ENROLL] = {RESERVE_PATIENT, RESERVE_SUBJECT, RESERVE_LOCATION, RESERVE_NONE},
    [WBI_EFFECT_END] = {.name = RESERVE_NAME},
    [WBI_EFFECT_TASK_OPEN] = {RESERVE_PATIENT, RESERVE_SUBJECT, RESERVE_LOCATION, RESERVE_NAME},
    [WBI_EFFECT_OPENING] = {RESERVE_NONE, RESERVE_NAME, RESERVE_LOCATION, RESERVE_SUBJECT},
    [WBI_EFFECT_OPENING_SET] = {.patient = RESERVE_PATIENT},
    [WBI_EFFECT_WITHDRAW] = {.name = RESERVE_NAME},
    [WBI_EFFECT_CHAIR] = {.location = RESERVE_LOCATION, .name = RESERVE_NAME},
    [WBI_EFFECT_GIFT] = {.patient = RESERVE_PATIENT},
    [WBI_EFFECT_CONSENT] = {RESERVE_PATIENT, RESERVE_NAME, RESERVE_NONE, RESERVE_NAME},
    [WBI_EFFECT_PERSON] = {.patient = RESERVE_PATIENT},
    [WBI_EFFECT_MOVE] = {.location = RESERVE_LOCATION},
    [WBI_EFFECT_MERGE] = {.patient = RESERVE_PATIENT, .subject = RESERVE_PATIENT},
    [WBI_EFFECT_FORGET] = {.subject = RESERVE_PATIENT},
    [WBI_EFFECT_CONTACTED] = {.patient = RESERVE_PATIENT},
};

/* A key that a table, if there is one of keys, may not have yet. */
static wb_status reserve_new(const wbi_keys *known, wbi_keys *fresh, wbi_text key) {
  if (known != NULL && wbi_keys_find(known, key) != WBI_NONE) return WB_OK;
  if (wbi_keys_find(fresh, key) != WBI_NONE) return WB_OK;
  const wb_status status = wbi_keys_reserve(fresh, 1, key.length);
  if (status == WB_OK) wbi_keys_add(fresh, key);
  return status;
}

/* Room for a key. A patient who is known may be forgotten by an effect before this one. */
static wb_status reserve_key(wbi_growth *growth, const wbi_state *state, uint8_t table,
                             wbi_text key) {
  switch ((reserve_table)table) {
  case RESERVE_PATIENT:
    growth->patients++;
    growth->patient_bytes += key.length;
    return WB_OK;
  case RESERVE_SUBJECT:
    growth->subjects += key.length > 0;
    growth->subject_bytes += key.length;
    return WB_OK;
  case RESERVE_LOCATION: return reserve_new(&state->locations, &growth->locations, key);
  case RESERVE_NAME: return reserve_new(&state->names, &growth->names, key);
  case RESERVE_NONE:
  default: return WB_OK;
  }
}

/* Room for the cell of the metrics in which an effect counts, if it does. */
static wb_status reserve_metric(wbi_growth *growth, const wbi_state *state,
                                const wbi_effect *effect) {
  const bool moved = effect->kind == WBI_EFFECT_MIGRATE;
  if (!moved && effect->kind != WBI_EFFECT_ENROLL && effect->kind != WBI_EFFECT_VISIT) return WB_OK;
  const uint32_t definition = moved ? effect->number : effect->definition;
  if (wbi_metrics_known(state, definition, effect->segment, effect->variant)) return WB_OK;
  const char cell[] = {(char)(definition >> 8), (char)definition, (char)effect->segment,
                       (char)effect->variant};
  return reserve_new(NULL, &growth->metrics, (wbi_text){cell, sizeof cell});
}

/* How many enrolments a merge may touch, but for those who enter in the same change. */
static size_t reserve_origins(const wbi_state *state, const wbi_effect *effect) {
  const uint32_t person = wbi_state_person(state, effect->patient);
  size_t count = 0;
  uint32_t at = person != WBI_NONE ? wbi_state_patient(state, person)->enrollments : WBI_NONE;
  for (; at != WBI_NONE; at = wbi_state_enrollment(state, at)->next)
    count++;
  return count;
}

wb_status wbi_growth_add(wbi_growth *growth, const wbi_state *state, const wbi_effect *effect) {
  const reserve_row *row = &reserve_rows[effect->kind];
  growth->effects[effect->kind]++;
  if (effect->kind == WBI_EFFECT_CAMPAIGN) growth->canonical += effect->bytes.length;
  if (effect->kind == WBI_EFFECT_MERGE) growth->origins += reserve_origins(state, effect);
  wb_status status = reserve_key(growth, state, row->subject, effect->subject);
  if (status == WB_OK) status = reserve_key(growth, state, row->location, effect->location);
  if (status == WB_OK) status = reserve_key(growth, state, row->name, effect->name);
  if (status == WB_OK) status = reserve_key(growth, state, row->patient, effect->patient);
  return status == WB_OK ? reserve_metric(growth, state, effect) : status;
}

/* Whether a table would have to grow. */
static bool reserve_grows(const wbi_table *table, size_t more) {
  return more > table->items.capacity - table->items.count;
}

/* Room in the tables of ids; what is no longer remembered goes before they grow. */
static wb_status reserve_ids(wbi_state *state, const size_t effects[WBI_EFFECT_COUNT]) {
  const size_t actions = effects[WBI_EFFECT_CLAIM], seen = effects[WBI_EFFECT_SEEN];
  const size_t contacts = actions + effects[WBI_EFFECT_CONTACT] + effects[WBI_EFFECT_NUMBER];
  const size_t gifts = effects[WBI_EFFECT_GIFT], credits = effects[WBI_EFFECT_VISIT];
  if (reserve_grows(&state->actions, actions) || reserve_grows(&state->seen, seen) ||
      reserve_grows(&state->credits, credits))
    wbi_state_forget(state);
  wb_status status = wbi_table_reserve(&state->actions, actions);
  if (status == WB_OK) status = wbi_table_reserve(&state->contacts, contacts);
  if (status == WB_OK) status = wbi_table_reserve(&state->seen, seen);
  if (status == WB_OK) status = wbi_table_reserve(&state->gifts, gifts);
  if (status == WB_OK) status = wbi_table_reserve(&state->credits, credits);
  return status;
}

/* Room for as many keys as there are new ones. */
static wb_status reserve_fresh(wbi_keys *keys, const wbi_keys *fresh) {
  return wbi_keys_reserve(keys, wbi_keys_count(fresh), fresh->bytes.count);
}

/* Room for keys and names. */
static wb_status reserve_keys(wbi_state *state, const wbi_growth *growth) {
  wb_status status = wbi_keys_reserve(&state->patients, growth->patients, growth->patient_bytes);
  if (status == WB_OK)
    status = wbi_keys_reserve(&state->subjects, growth->subjects, growth->subject_bytes);
  if (status == WB_OK) status = reserve_fresh(&state->locations, &growth->locations);
  if (status == WB_OK) status = reserve_fresh(&state->names, &growth->names);
  return status;
}

wb_status wbi_growth_take(const wbi_growth *growth, wbi_state *state) {
  const size_t *effects = growth->effects;
  const size_t entered = effects[WBI_EFFECT_ENROLL];
  const struct {
    wbi_vector *vector;
    size_t more;
  } parts[] = {{&state->patient, growth->patients},
               {&state->location, wbi_keys_count(&growth->locations)},
               {&state->enrollment, entered},
               /* same: what is reserved too much is there the next time */
               {&state->origin, growth->origins + (effects[WBI_EFFECT_MERGE] > 0 ? entered : 0)},
               {&state->task, effects[WBI_EFFECT_TASK_OPEN]},
               {&state->definition, effects[WBI_EFFECT_CAMPAIGN]},
               {&state->canonical, growth->canonical},
               {&state->opening, effects[WBI_EFFECT_OPENING]},
               {&state->withdrawn, effects[WBI_EFFECT_WITHDRAW]},
               {&state->chair, effects[WBI_EFFECT_CHAIR]},
               {&state->metric, wbi_keys_count(&growth->metrics)},
               {&state->consent, effects[WBI_EFFECT_CONSENT]}};
  wb_status status = reserve_keys(state, growth);
  if (status == WB_OK) status = reserve_ids(state, effects);
  if (status == WB_OK) status = wbi_wake_reserve(state, entered);
  for (size_t i = 0; status == WB_OK && i < WBI_COUNT(parts); i++)
    status = wbi_vector_reserve(parts[i].vector, parts[i].more);
  return status;
}

/* Counts what whole and valid records need. */
static wb_status reserve_count(wbi_growth *growth, const wbi_state *state, const void *bytes,
                               size_t length) {
  uint64_t offset = 0;
  wb_record record = {.size = sizeof record};
  wbi_reader effects;
  while (wbi_record_read(bytes, length, &offset, &record, &effects) == WB_OK) {
    for (uint32_t i = 0; i < record.effects; i++) {
      wbi_effect effect;
      if (WBI_NEVER(wbi_effect_read(&effects, &effect) != WB_OK)) break;
      const wb_status status = wbi_growth_add(growth, state, &effect);
      if (status != WB_OK) return status;
    }
  }
  return WB_OK;
}

wb_status wbi_state_reserve(wbi_state *state, const void *bytes, size_t length) {
  wbi_growth growth;
  wbi_growth_init(&growth, state->context);
  wb_status status = reserve_count(&growth, state, bytes, length);
  if (status == WB_OK) status = wbi_growth_take(&growth, state);
  wbi_growth_free(&growth);
  return status;
}

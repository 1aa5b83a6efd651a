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
  growth->counts = (wbi_growth_counts){0};
  wbi_keys_clear(&growth->locations);
  wbi_keys_clear(&growth->names);
  wbi_keys_clear(&growth->metrics);
}

/* A key that a table may not have yet. */
static wb_status reserve_key(const wbi_keys *known, wbi_keys *fresh, wbi_text key) {
  if (known != NULL && wbi_keys_find(known, key) != WBI_NONE) return WB_OK;
  if (wbi_keys_find(fresh, key) != WBI_NONE) return WB_OK;
  const wb_status status = wbi_keys_reserve(fresh, 1, key.length);
  if (status == WB_OK) wbi_keys_add(fresh, key);
  return status;
}

/* Room for a location's key. */
static wb_status reserve_location(wbi_growth *growth, const wbi_state *state, wbi_text key) {
  return reserve_key(&state->locations, &growth->locations, key);
}

/* Room for a name. */
static wb_status reserve_name(wbi_growth *growth, const wbi_state *state, wbi_text name) {
  return reserve_key(&state->names, &growth->names, name);
}

/* Room for a cell of the metrics. */
static wb_status reserve_metric(wbi_growth *growth, const wbi_state *state, uint32_t definition,
                                const wbi_effect *effect) {
  if (wbi_metrics_known(state, definition, effect->segment, effect->variant)) return WB_OK;
  const char cell[] = {(char)(definition >> 8), (char)definition, (char)effect->segment,
                       (char)effect->variant};
  return reserve_key(NULL, &growth->metrics, (wbi_text){cell, sizeof cell});
}

/* Room for a patient's key. One that is known may be forgotten by an effect before this one. */
static void reserve_patient(wbi_growth *growth, wbi_text key) {
  growth->counts.patients++;
  growth->counts.patient_bytes += key.length;
}

/* Room for a subject, or the key of an opening. */
static void reserve_subject(wbi_growth *growth, wbi_text subject) {
  growth->counts.subjects += subject.length > 0;
  growth->counts.subject_bytes += subject.length;
}

/* Room for keys that an effect on an opening may be the first to name. */
static wb_status reserve_opening(wbi_growth *growth, const wbi_state *state,
                                 const wbi_effect *effect) {
  reserve_subject(growth, effect->name);
  reserve_patient(growth, effect->patient);
  growth->counts.openings++;
  const wb_status status = reserve_location(growth, state, effect->location);
  return status == WB_OK ? reserve_name(growth, state, effect->subject) : status;
}

/* Room for somebody who enters. */
static wb_status reserve_enroll(wbi_growth *growth, const wbi_state *state,
                                const wbi_effect *effect) {
  reserve_patient(growth, effect->patient);
  reserve_subject(growth, effect->subject);
  growth->counts.enrollments++;
  const wb_status status = reserve_location(growth, state, effect->location);
  return status == WB_OK ? reserve_metric(growth, state, effect->definition, effect) : status;
}

/* Room for a task. */
static wb_status reserve_task(wbi_growth *growth, const wbi_state *state,
                              const wbi_effect *effect) {
  reserve_patient(growth, effect->patient);
  reserve_subject(growth, effect->subject);
  growth->counts.tasks++;
  const wb_status status = reserve_location(growth, state, effect->location);
  return status == WB_OK ? reserve_name(growth, state, effect->name) : status;
}

/* Room for what a patient agreed to. */
static wb_status reserve_consent(wbi_growth *growth, const wbi_state *state,
                                 const wbi_effect *effect) {
  reserve_patient(growth, effect->patient);
  growth->counts.consents++;
  const wb_status status = reserve_name(growth, state, effect->name);
  return status == WB_OK ? reserve_name(growth, state, effect->subject) : status;
}

/* Room for what says who a patient is. */
static wb_status reserve_person(wbi_growth *growth, const wbi_state *state,
                                const wbi_effect *effect) {
  reserve_patient(growth, effect->patient);
  if (effect->kind == WBI_EFFECT_MOVE) return reserve_location(growth, state, effect->location);
  if (effect->kind != WBI_EFFECT_PERSON) reserve_patient(growth, effect->subject);
  return WB_OK;
}

/* Room for chair time. */
static wb_status reserve_chair(wbi_growth *growth, const wbi_state *state,
                               const wbi_effect *effect) {
  growth->counts.chairs++;
  const wb_status status = reserve_location(growth, state, effect->location);
  return status == WB_OK ? reserve_name(growth, state, effect->name) : status;
}

/* Room for what effects without keys may add. */
static wb_status reserve_items(wbi_growth_counts *counts, const wbi_effect *effect) {
  switch ((int)effect->kind) {
  case WBI_EFFECT_CLAIM:
    counts->actions++;
    counts->contacts++;
    return WB_OK;
  case WBI_EFFECT_CONTACT:
  case WBI_EFFECT_NUMBER: counts->contacts++; return WB_OK;
  case WBI_EFFECT_SEEN: counts->seen++; return WB_OK;
  default: return WB_OK;
  }
}

wb_status wbi_growth_add(wbi_growth *growth, const wbi_state *state, const wbi_effect *effect) {
  switch ((int)effect->kind) {
  case WBI_EFFECT_CAMPAIGN:
    growth->counts.definitions++;
    growth->counts.canonical += effect->bytes.length;
    return reserve_name(growth, state, effect->name);
  case WBI_EFFECT_ENROLL: return reserve_enroll(growth, state, effect);
  case WBI_EFFECT_TASK_OPEN: return reserve_task(growth, state, effect);
  case WBI_EFFECT_CONTACTED: reserve_patient(growth, effect->patient); return WB_OK;
  case WBI_EFFECT_PAUSE: return reserve_location(growth, state, effect->location);
  case WBI_EFFECT_END: return reserve_name(growth, state, effect->name);
  case WBI_EFFECT_WITHDRAW:
    growth->counts.withdrawn++;
    return reserve_name(growth, state, effect->name);
  case WBI_EFFECT_CONSENT: return reserve_consent(growth, state, effect);
  case WBI_EFFECT_PERSON:
  case WBI_EFFECT_MOVE:
  case WBI_EFFECT_MERGE:
  case WBI_EFFECT_FORGET: return reserve_person(growth, state, effect);
  case WBI_EFFECT_CHAIR: return reserve_chair(growth, state, effect);
  case WBI_EFFECT_GIFT:
    growth->counts.gifts++;
    reserve_patient(growth, effect->patient);
    return WB_OK;
  case WBI_EFFECT_VISIT:
    growth->counts.credits++;
    return reserve_metric(growth, state, effect->definition, effect);
  case WBI_EFFECT_MIGRATE: return reserve_metric(growth, state, effect->number, effect);
  case WBI_EFFECT_OPENING:
  case WBI_EFFECT_OPENING_SET: return reserve_opening(growth, state, effect);
  default: return reserve_items(&growth->counts, effect);
  }
}

/* Whether a table would have to grow. */
static bool reserve_grows(const wbi_table *table, size_t more) {
  return more > table->items.capacity - table->items.count;
}

/* Room in the tables of ids; what is no longer remembered goes before they grow. */
static wb_status reserve_tables(wbi_state *state, const wbi_growth_counts *counts) {
  if (reserve_grows(&state->actions, counts->actions) ||
      reserve_grows(&state->seen, counts->seen) || reserve_grows(&state->credits, counts->credits))
    wbi_state_forget(state);
  wb_status status = wbi_table_reserve(&state->actions, counts->actions);
  if (status == WB_OK) status = wbi_table_reserve(&state->contacts, counts->contacts);
  if (status == WB_OK) status = wbi_table_reserve(&state->seen, counts->seen);
  if (status == WB_OK) status = wbi_table_reserve(&state->gifts, counts->gifts);
  if (status == WB_OK) status = wbi_table_reserve(&state->credits, counts->credits);
  return status;
}

/* Room for as many keys as there are new ones. */
static wb_status reserve_fresh(wbi_keys *keys, const wbi_keys *fresh) {
  return wbi_keys_reserve(keys, wbi_keys_count(fresh), fresh->bytes.count);
}

/* Room for keys and names. */
static wb_status reserve_keys(wbi_state *state, const wbi_growth *growth) {
  const wbi_growth_counts *counts = &growth->counts;
  wb_status status = wbi_keys_reserve(&state->patients, counts->patients, counts->patient_bytes);
  if (status == WB_OK)
    status = wbi_keys_reserve(&state->subjects, counts->subjects, counts->subject_bytes);
  if (status == WB_OK) status = reserve_fresh(&state->locations, &growth->locations);
  if (status == WB_OK) status = reserve_fresh(&state->names, &growth->names);
  return status;
}

wb_status wbi_growth_take(const wbi_growth *growth, wbi_state *state) {
  const wbi_growth_counts *counts = &growth->counts;
  const size_t all = state->enrollment.count + counts->enrollments;
  const struct {
    wbi_vector *vector;
    size_t more;
  } parts[] = {{&state->patient, counts->patients},
               {&state->location, wbi_keys_count(&growth->locations)},
               {&state->enrollment, counts->enrollments},
               {&state->heap, all - state->heap.count},
               {&state->held, all - state->held.count},
               {&state->places, counts->enrollments},
               {&state->task, counts->tasks},
               {&state->definition, counts->definitions},
               {&state->canonical, counts->canonical},
               {&state->opening, counts->openings},
               {&state->withdrawn, counts->withdrawn},
               {&state->chair, counts->chairs},
               {&state->metric, wbi_keys_count(&growth->metrics)},
               {&state->consent, counts->consents}};
  wb_status status = reserve_keys(state, growth);
  if (status == WB_OK) status = reserve_tables(state, counts);
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

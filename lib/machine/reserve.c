/* SPDX-License-Identifier: MIT */
/* Memory for records before they are journaled, so that commit cannot fail. */
#include "machine/machine.h"

/* How much the records may add at most. */
typedef struct reserve_need {
  size_t patients, patient_bytes, locations, location_bytes, names, name_bytes;
  size_t subjects, subject_bytes;
  size_t enrollments, consents, actions, contacts, seen, tasks, openings, definitions, canonical;
  size_t withdrawn, chairs, gifts, credits, metrics;
} reserve_need;

/* Room for a patient's key. */
static void reserve_patient(reserve_need *need, const wbi_effect *effect) {
  need->patients++;
  need->patient_bytes += effect->patient.length;
}

/* Room for a location's key. */
static void reserve_location(reserve_need *need, const wbi_effect *effect) {
  need->locations++;
  need->location_bytes += effect->location.length;
}

/* Room for a name. */
static void reserve_name(reserve_need *need, const wbi_effect *effect) {
  need->names++;
  need->name_bytes += effect->name.length;
}

/* Room for a subject, or the key of an opening. */
static void reserve_subject(reserve_need *need, wbi_text subject) {
  need->subjects += subject.length > 0;
  need->subject_bytes += subject.length;
}

/* Adds what an effect on openings may need. */
static void reserve_opening(reserve_need *need, const wbi_effect *effect) {
  reserve_subject(need, effect->name);
  reserve_location(need, effect);
  reserve_patient(need, effect);
  need->names++;
  need->name_bytes += effect->subject.length;
  need->openings++;
}

/* Room for what says who a patient is, and what they agreed to. */
static void reserve_person(reserve_need *need, const wbi_effect *effect) {
  reserve_patient(need, effect);
  if (effect->kind == WBI_EFFECT_MOVE) reserve_location(need, effect);
  if (effect->kind == WBI_EFFECT_MERGE || effect->kind == WBI_EFFECT_FORGET) {
    need->patients++;
    need->patient_bytes += effect->subject.length;
  }
  if (effect->kind != WBI_EFFECT_CONSENT) return;
  reserve_name(need, effect);
  need->names++;
  need->name_bytes += effect->subject.length;
  need->consents++;
}

/* Adds what one effect may need. */
static void reserve_add(reserve_need *need, const wbi_effect *effect) {
  switch ((int)effect->kind) {
  case WBI_EFFECT_CAMPAIGN:
    reserve_name(need, effect);
    need->definitions++;
    need->canonical += effect->bytes.length;
    return;
  case WBI_EFFECT_ENROLL:
    reserve_patient(need, effect);
    reserve_location(need, effect);
    reserve_subject(need, effect->subject);
    need->enrollments++;
    need->metrics++;
    return;
  case WBI_EFFECT_TASK_OPEN:
    reserve_patient(need, effect);
    reserve_location(need, effect);
    reserve_name(need, effect);
    reserve_subject(need, effect->subject);
    need->tasks++;
    return;
  case WBI_EFFECT_CLAIM:
    need->actions++;
    need->contacts++;
    return;
  case WBI_EFFECT_CONTACTED: reserve_patient(need, effect); return;
  case WBI_EFFECT_PAUSE: reserve_location(need, effect); return;
  case WBI_EFFECT_END: reserve_name(need, effect); return;
  case WBI_EFFECT_WITHDRAW:
    reserve_name(need, effect);
    need->withdrawn++;
    return;
  case WBI_EFFECT_CONTACT:
  case WBI_EFFECT_NUMBER: need->contacts++; return;
  case WBI_EFFECT_CONSENT:
  case WBI_EFFECT_PERSON:
  case WBI_EFFECT_MOVE:
  case WBI_EFFECT_MERGE:
  case WBI_EFFECT_FORGET: reserve_person(need, effect); return;
  case WBI_EFFECT_SEEN: need->seen++; return;
  case WBI_EFFECT_CHAIR:
    reserve_location(need, effect);
    reserve_name(need, effect);
    need->chairs++;
    return;
  case WBI_EFFECT_GIFT:
    reserve_patient(need, effect);
    need->gifts++;
    return;
  case WBI_EFFECT_VISIT: need->credits++; /* fall through */
  case WBI_EFFECT_MIGRATE: need->metrics++; return;
  case WBI_EFFECT_OPENING:
  case WBI_EFFECT_OPENING_SET: reserve_opening(need, effect); return;
  default: return;
  }
}

/* Whether a table would have to grow. */
static bool reserve_grows(const wbi_table *table, size_t more) {
  return more > table->items.capacity - table->items.count;
}

/* Room in the tables of ids; what is no longer remembered goes before they grow. */
static wb_status reserve_tables(wbi_state *state, const reserve_need *need) {
  if (reserve_grows(&state->actions, need->actions) || reserve_grows(&state->seen, need->seen) ||
      reserve_grows(&state->credits, need->credits))
    wbi_state_forget(state);
  wb_status status = wbi_table_reserve(&state->actions, need->actions);
  if (status == WB_OK) status = wbi_table_reserve(&state->contacts, need->contacts);
  if (status == WB_OK) status = wbi_table_reserve(&state->seen, need->seen);
  if (status == WB_OK) status = wbi_table_reserve(&state->gifts, need->gifts);
  if (status == WB_OK) status = wbi_table_reserve(&state->credits, need->credits);
  return status;
}

/* Room for keys and names. */
static wb_status reserve_keys(wbi_state *state, const reserve_need *need) {
  wb_status status = wbi_keys_reserve(&state->patients, need->patients, need->patient_bytes);
  if (status == WB_OK)
    status = wbi_keys_reserve(&state->locations, need->locations, need->location_bytes);
  if (status == WB_OK) status = wbi_keys_reserve(&state->names, need->names, need->name_bytes);
  if (status == WB_OK)
    status = wbi_keys_reserve(&state->subjects, need->subjects, need->subject_bytes);
  return status;
}

/* Room in everything. */
static wb_status reserve_take(wbi_state *state, const reserve_need *need) {
  const size_t all = state->enrollment.count + need->enrollments;
  const size_t people = all - state->heap.count, held = all - state->held.count;
  struct {
    wbi_vector *vector;
    size_t more;
  } const parts[] = {{&state->patient, need->patients},
                     {&state->location, need->locations},
                     {&state->enrollment, need->enrollments},
                     {&state->heap, people},
                     {&state->places, need->enrollments},
                     {&state->task, need->tasks},
                     {&state->definition, need->definitions},
                     {&state->canonical, need->canonical},
                     {&state->opening, need->openings},
                     {&state->withdrawn, need->withdrawn},
                     {&state->chair, need->chairs},
                     {&state->metric, need->metrics},
                     {&state->held, held},
                     {&state->consent, need->consents}};
  wb_status status = reserve_keys(state, need);
  if (status == WB_OK) status = reserve_tables(state, need);
  for (size_t i = 0; status == WB_OK && i < WBI_COUNT(parts); i++)
    status = wbi_vector_reserve(parts[i].vector, parts[i].more);
  return status;
}

wb_status wbi_state_reserve(wbi_state *state, const void *bytes, size_t length) {
  reserve_need need = {0};
  uint64_t offset = 0;
  wb_record record = {.size = sizeof record};
  wbi_reader effects;
  while (wbi_record_read(bytes, length, &offset, &record, &effects) == WB_OK) {
    for (uint32_t i = 0; i < record.effects; i++) {
      wbi_effect effect;
      if (WBI_NEVER(wbi_effect_read(&effects, &effect) != WB_OK)) break;
      reserve_add(&need, &effect);
    }
  }
  return reserve_take(state, &need);
}

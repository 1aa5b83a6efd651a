/* SPDX-License-Identifier: MIT */
/* Reading patients and their enrolments. */
#include "machine/snapshot_private.h"

/* The members of an enrolment but its reason; *merged: its origin follows. */
static void load_members(wbi_state *state, wbi_reader *reader, wbi_enrollment *enrollment,
                         bool *merged) {
  const uint16_t definition = wbi_get_u16(reader);
  /* same: the metrics have no cell of one that there is not */
  if (definition >= state->definition.count) reader->failed = true;
  enrollment->definition = definition;
  enrollment->location = wbi_load_place(reader, state->location.count);
  enrollment->state = wbi_load_code(reader, WB_STATE_WAITING, WB_STATE_ENDED);
  enrollment->hold = wbi_load_code(reader, WB_HOLD_NONE, WBI_HOLD_LAST);
  enrollment->segment = wbi_get_u8(reader);
  enrollment->step = wbi_get_u8(reader);
  enrollment->touches = wbi_get_u8(reader);
  enrollment->response = wbi_get_u8(reader);
  enrollment->variant = wbi_get_u8(reader);
  enrollment->signals = wbi_get_u8(reader);
  enrollment->rank = wbi_load_code(reader, 0, 100);
  enrollment->loop = wbi_get_u8(reader);
  enrollment->awaits = wbi_get_u8(reader);
  enrollment->events = wbi_get_u8(reader);
  enrollment->entry = wbi_get_u16(reader);
  enrollment->entered = wbi_load_time(reader);
  enrollment->wake = wbi_load_time(reader);
  enrollment->touched = wbi_get_u32(reader);
  enrollment->since = wbi_get_u32(reader);
  enrollment->counted = wbi_load_code(reader, 0, 7);
  const uint8_t most = WBI_SNAPSHOT_PUT_OFF | WBI_SNAPSHOT_MERGED | WBI_SNAPSHOT_OUTSIDE;
  const uint8_t more = wbi_load_code(reader, 0, most);
  enrollment->put_off = (more & WBI_SNAPSHOT_PUT_OFF) != 0;
  enrollment->outside = (more & WBI_SNAPSHOT_OUTSIDE) != 0;
  *merged = (more & WBI_SNAPSHOT_MERGED) != 0;
}

/* The origin of an enrolment; of whom it is, is known once all patients are. */
static wb_status load_origin(wbi_state *state, wbi_reader *reader, uint32_t number) {
  wbi_origin origin = {.enrollment = number};
  origin.key = wbi_get_u32(reader);
  origin.last = wbi_get_u16(reader);
  const wb_status status = wbi_vector_reserve(&state->origin, 1);
  if (status == WB_OK) *(wbi_origin *)wbi_vector_push(&state->origin) = origin;
  return status;
}

/* The subject of an enrolment. */
static wb_status load_subject(wbi_state *state, wbi_reader *reader, wbi_enrollment *enrollment) {
  const wbi_text subject = wbi_load_key(reader);
  enrollment->subject = WBI_NONE;
  /* same: whoever reads the section asks once more */
  if (reader->failed || subject.length == 0) return wbi_load_result(reader);
  const wb_status status = wbi_keys_reserve(&state->subjects, 1, subject.length);
  if (status == WB_OK) enrollment->subject = wbi_keys_add(&state->subjects, subject);
  return status;
}

/* The reason why an enrolment ended. */
static wb_status load_reason(wbi_state *state, wbi_reader *reader, wbi_enrollment *enrollment) {
  const wbi_text reason = wbi_load_key(reader);
  if (reader->failed || !wbi_state_remembers(state, enrollment)) return WB_E_CORRUPT;
  const wb_status status = wbi_keys_reserve(&state->names, 1, reason.length);
  if (status == WB_OK) enrollment->detail = wbi_keys_add(&state->names, reason);
  return status;
}

/* One enrolment of a patient; `last`: the one before, or WBI_NONE. */
static wb_status load_enrollment(wbi_state *state, wbi_reader *reader, uint32_t patient,
                                 uint32_t last) {
  if (state->enrollment.count == state->enrollment.capacity) return WB_E_CORRUPT;
  const uint32_t number = wbi_wake_new(state);
  wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
  bool merged;
  load_members(state, reader, enrollment, &merged);
  wb_status status = merged ? load_origin(state, reader, number) : WB_OK;
  if (status == WB_OK) status = load_subject(state, reader, enrollment);
  if (status != WB_OK) return status;
  if (last != WBI_NONE && !wbi_enrollment_before(state, last, number)) return WB_E_CORRUPT;
  const bool ended = enrollment->state == WB_STATE_ENDED;
  if (ended) status = load_reason(state, reader, enrollment);
  if (status != WB_OK) return status;
  enrollment->patient = patient;
  enrollment->next = WBI_NONE;
  if (last == WBI_NONE)
    wbi_state_patient(state, patient)->enrollments = number;
  else
    wbi_state_enrollment(state, last)->next = number;
  if (ended) return WB_OK;
  const bool waits = enrollment->state == WB_STATE_WAITING;
  wbi_wake_set(state, number, waits ? enrollment->wake : WB_TIME_MIN);
  return WB_OK;
}

/* One patient. */
static wb_status load_patient(wbi_state *state, wbi_reader *reader) {
  const wbi_text key = wbi_load_key(reader);
  wbi_load_ascending(reader, &state->patients, key);
  if (reader->failed) return WB_E_CORRUPT; /* same: whoever reads the section asks once more */
  wb_status status = wbi_keys_reserve(&state->patients, 1, key.length);
  if (status != WB_OK) return status;
  const uint32_t number = wbi_keys_add(&state->patients, key);
  wbi_patient *patient = wbi_vector_push(&state->patient);
  patient->enrollments = patient->consents = patient->alias = WBI_NONE;
  patient->count = wbi_load_code(reader, 0, WBI_COUNTED_KEPT);
  for (uint32_t i = 0; !reader->failed && i < patient->count; i++)
    patient->counted[i] = wbi_get_u32(reader);
  patient->flags = wbi_load_code(reader, 0, WBI_PATIENT_MERGED);
  if (patient->flags == WBI_PATIENT_MERGED) patient->consents = wbi_get_u32(reader);
  uint32_t last = WBI_NONE;
  while (!reader->failed && wbi_load_code(reader, 0, 1) == 1) {
    status = load_enrollment(state, reader, number, last);
    if (status != WB_OK) return status;
    last = (uint32_t)state->enrollment.count - 1;
  }
  return wbi_load_result(reader); /* same: whoever reads the section asks once more */
}

/* Whether the keys that stand for others do: such a patient has nothing of its own. */
static bool load_merged(wbi_state *state) {
  for (uint32_t i = 0; i < state->patient.count; i++) {
    const wbi_patient *patient = wbi_state_patient(state, i);
    if (patient->flags != WBI_PATIENT_MERGED) continue;
    if (patient->consents >= state->patient.count || patient->enrollments != WBI_NONE) return false;
    if (wbi_state_patient(state, patient->consents)->flags == WBI_PATIENT_MERGED) return false;
    wbi_state_alias(state, i, patient->consents);
  }
  return true;
}

/* Whether the origins are of keys that stand for the patient, and say more than the enrolment. */
static bool load_origins(const wbi_state *state) {
  for (size_t i = 0; i < state->origin.count; i++) {
    const wbi_origin *origin = wbi_vector_at(&state->origin, i);
    const wbi_enrollment *of = wbi_state_enrollment(state, origin->enrollment);
    if (origin->key >= state->patient.count || origin->last < of->entry) return false;
    const uint32_t merged = wbi_patient_merged(wbi_state_patient(state, origin->key));
    if (origin->key != of->patient && merged != of->patient) return false;
    if (!wbi_origin_says(state, origin)) return false;
  }
  return true;
}

/* Room for patients and enrolments. */
static wb_status load_room(wbi_state *state, uint32_t patients, uint32_t enrollments) {
  wb_status status = wbi_vector_reserve(&state->patient, patients);
  if (status == WB_OK) status = wbi_vector_reserve(&state->enrollment, enrollments);
  if (status == WB_OK) status = wbi_wake_reserve(state, enrollments);
  return status == WB_OK ? wbi_keys_reserve(&state->patients, patients, 0) : status;
}

wb_status wbi_patients_load(wbi_state *state, wbi_reader *reader) {
  const uint32_t patients = wbi_load_count(reader, 5);
  const uint32_t enrollments = wbi_load_count(reader, 48);
  wb_status status = load_room(state, patients, enrollments);
  for (uint32_t i = 0; status == WB_OK && i < patients; i++)
    status = load_patient(state, reader);
  if (status == WB_OK && state->enrollment.count != enrollments) return WB_E_CORRUPT;
  if (status == WB_OK && !(load_merged(state) && load_origins(state))) return WB_E_CORRUPT;
  return status;
}

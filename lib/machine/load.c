/* SPDX-License-Identifier: MIT */
/*
 * Reading a snapshot into an empty state. Nothing is believed: counts are bounded by the bytes that
 * are left, places by the counts, codes by their tables, and what is sorted must be.
 */
#include "machine/machine.h"

/* Whether `count` items of at least `least` bytes can be in what is left. */
static bool load_fits(wbi_reader *reader, uint64_t count, size_t least) {
  if (count > (reader->length - reader->at) / least) reader->failed = true;
  return !reader->failed;
}

/* Bytes with their length in four. */
static wbi_text load_long(wbi_reader *reader) {
  const uint32_t length = wbi_get_u32(reader);
  const uint8_t *bytes = wbi_get_bytes(reader, length);
  return (wbi_text){(const char *)bytes, bytes != NULL ? length : 0};
}

/* A key or name. */
static wbi_text load_key(wbi_reader *reader) {
  const wbi_text key = wbi_get_short(reader);
  if (key.length > WB_KEY_MAX) reader->failed = true;
  return key;
}

/* An id. */
static wbi_bytes16 load_id(wbi_reader *reader) {
  wbi_bytes16 id = {{0}};
  const uint8_t *bytes = wbi_get_bytes(reader, sizeof id);
  if (bytes != NULL) memcpy(&id, bytes, sizeof id);
  return id;
}

/* An instant of our years. */
static wb_time load_time(wbi_reader *reader) {
  const wb_time at = (wb_time)wbi_get_u64(reader);
  if (!wbi_time_valid(at)) reader->failed = true;
  return at;
}

/* A place below `count`. */
static uint32_t load_place(wbi_reader *reader, size_t count) {
  const uint32_t place = wbi_get_u32(reader);
  if (place >= count) reader->failed = true;
  return place;
}

/* A code from `low` to `high`. */
static uint8_t load_code(wbi_reader *reader, uint8_t low, uint8_t high) {
  const uint8_t code = wbi_get_u8(reader);
  if (code < low || code > high) reader->failed = true;
  return code;
}

/* Whether a key comes after the last one of a table. */
static void load_ascending(wbi_reader *reader, const wbi_keys *keys, wbi_text key) {
  const uint32_t count = wbi_keys_count(keys);
  if (count > 0 && wbi_text_compare(wbi_keys_text(keys, count - 1), key) >= 0)
    reader->failed = true;
}

/* Adds an id that must come after the last one; NULL when the bytes are no good. */
static void *load_item(wbi_reader *reader, wbi_table *table) {
  const wbi_bytes16 id = load_id(reader);
  const uint32_t count = (uint32_t)table->items.count;
  const void *last = count > 0 ? wbi_table_at(table, count - 1) : NULL;
  if (last != NULL && memcmp(last, &id, sizeof id) >= 0) reader->failed = true;
  return reader->failed ? NULL : wbi_table_at(table, wbi_table_add(table, &id));
}

/* Result of a section. */
static wb_status load_result(const wbi_reader *reader) {
  return reader->failed ? WB_E_CORRUPT : WB_OK;
}

/* Who and when. */
static wb_status load_practice(wbi_state *state, wbi_reader *reader) {
  const wbi_text key = load_long(reader);
  const wbi_bytes16 check = load_id(reader);
  wbi_sha256 *sha = &state->since_sync;
  state->sequence = wbi_get_u64(reader);
  state->last = (wb_time)wbi_get_u64(reader);
  const bool empty = state->sequence == 0 && state->last == WB_TIME_NONE;
  if (!empty && !wbi_time_valid(state->last)) reader->failed = true;
  state->epoch = wbi_get_u32(reader);
  state->paused = load_code(reader, 0, 1);
  for (size_t i = 0; i < WBI_COUNT(sha->state); i++)
    sha->state[i] = wbi_get_u32(reader);
  sha->total = wbi_get_u64(reader);
  const size_t part = (size_t)(sha->total % sizeof sha->block);
  const uint8_t *block = wbi_get_bytes(reader, part);
  if (block != NULL) memcpy(sha->block, block, part);
  if (reader->failed) return WB_E_CORRUPT;
  const bool ours = wbi_text_equal(key, state->key) && wbi_bytes16_equal(&check, &state->check);
  return ours ? WB_OK : WB_E_INVALID;
}

/* One definition. */
static wb_status load_definition(wbi_state *state, wbi_reader *reader) {
  const wbi_text name = load_key(reader);
  const uint8_t flags = load_code(reader, 0, 7);
  const wbi_text canonical = load_long(reader);
  if (reader->failed) return WB_E_CORRUPT;
  wb_status status = wbi_keys_reserve(&state->names, 1, name.length);
  const uint32_t offset = (uint32_t)state->canonical.count;
  if (status == WB_OK) status = wbi_bytes_add(&state->canonical, canonical.data, canonical.length);
  wbi_definition *definition = status == WB_OK ? wbi_vector_push(&state->definition) : NULL;
  if (definition == NULL) return status == WB_OK ? WB_E_NOMEM : status;
  wbi_sha256 sha;
  wbi_sha256_init(&sha);
  wbi_sha256_add(&sha, canonical.data, canonical.length);
  wbi_sha256_finish(&sha, definition->content_id);
  definition->name = wbi_keys_add(&state->names, name);
  definition->offset = offset;
  definition->length = (uint32_t)canonical.length;
  definition->current = flags & 1;
  definition->launched = flags >> 1 & 1;
  definition->paused = flags >> 2;
  return WB_OK;
}

/* Definitions by number. */
static wb_status load_definitions(wbi_state *state, wbi_reader *reader) {
  const uint32_t count = wbi_get_u32(reader);
  if (count > WBI_DEFINITIONS_MAX) return WB_E_CORRUPT;
  wb_status status = load_result(reader);
  for (uint32_t i = 0; status == WB_OK && i < count; i++)
    status = load_definition(state, reader);
  return status;
}

/* Locations by key. */
static wb_status load_locations(wbi_state *state, wbi_reader *reader) {
  const uint32_t count = wbi_get_u32(reader);
  if (!load_fits(reader, count, 19)) return WB_E_CORRUPT;
  wb_status status = wbi_vector_reserve(&state->location, count);
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    const wbi_text key = load_key(reader);
    load_ascending(reader, &state->locations, key);
    if (reader->failed) return WB_E_CORRUPT;
    status = wbi_keys_reserve(&state->locations, 1, key.length);
    if (status != WB_OK) return status;
    wbi_keys_add(&state->locations, key);
    wbi_location *location = wbi_vector_push(&state->location);
    location->admission_day = (wb_date)wbi_get_u32(reader);
    location->admitted = wbi_get_u32(reader);
    location->task_day = (wb_date)wbi_get_u32(reader);
    location->tasks = wbi_get_u32(reader);
    location->paused = load_code(reader, 0, 1);
  }
  return status == WB_OK ? load_result(reader) : status;
}

/* The members of an enrolment but its reason. */
static void load_members(wbi_state *state, wbi_reader *reader, wbi_enrollment *enrollment) {
  const uint16_t definition = wbi_get_u16(reader);
  if (definition >= state->definition.count) reader->failed = true;
  enrollment->definition = definition;
  enrollment->location = load_place(reader, state->location.count);
  enrollment->state = load_code(reader, WB_STATE_WAITING, WB_STATE_ENDED);
  enrollment->hold = load_code(reader, WB_HOLD_NONE, WB_HOLD_ZONE);
  enrollment->segment = wbi_get_u8(reader);
  enrollment->step = wbi_get_u8(reader);
  enrollment->touches = wbi_get_u8(reader);
  enrollment->response = wbi_get_u8(reader);
  enrollment->entry = wbi_get_u16(reader);
  enrollment->entered = load_time(reader);
  enrollment->wake = load_time(reader);
  enrollment->place = WBI_NONE;
}

/* One enrolment of a patient; `above`: the definition of the one before. */
static wb_status load_enrollment(wbi_state *state, wbi_reader *reader, uint32_t patient,
                                 int32_t above) {
  if (state->enrollment.count == state->enrollment.capacity) return WB_E_CORRUPT;
  const uint32_t number = (uint32_t)state->enrollment.count;
  wbi_enrollment *enrollment = wbi_vector_push(&state->enrollment);
  load_members(state, reader, enrollment);
  if (enrollment->definition <= above) reader->failed = true;
  wbi_text reason = {NULL, 0};
  const bool ended = enrollment->state == WB_STATE_ENDED;
  if (ended) reason = load_key(reader);
  if (reader->failed) return WB_E_CORRUPT;
  enrollment->patient = patient;
  enrollment->next = wbi_state_patient(state, patient)->enrollments;
  wbi_state_patient(state, patient)->enrollments = number;
  if (!ended) {
    const bool waits = enrollment->state == WB_STATE_WAITING;
    wbi_wake_set(state, number, waits ? enrollment->wake : WB_TIME_MIN);
    return WB_OK;
  }
  const wb_status status = wbi_keys_reserve(&state->names, 1, reason.length);
  if (status == WB_OK) enrollment->detail = wbi_keys_add(&state->names, reason);
  return status;
}

/* One patient. */
static wb_status load_patient(wbi_state *state, wbi_reader *reader) {
  const wbi_text key = load_key(reader);
  load_ascending(reader, &state->patients, key);
  if (reader->failed) return WB_E_CORRUPT;
  wb_status status = wbi_keys_reserve(&state->patients, 1, key.length);
  if (status != WB_OK) return status;
  const uint32_t number = wbi_keys_add(&state->patients, key);
  wbi_patient *patient = wbi_vector_push(&state->patient);
  patient->enrollments = WBI_NONE;
  patient->day_count = load_code(reader, 0, WBI_DAYS_KEPT);
  for (uint32_t i = 0; !reader->failed && i < patient->day_count; i++)
    patient->days[i] = (wb_date)wbi_get_u32(reader);
  int32_t above = -1;
  while (load_code(reader, 0, 1) == 1 && !reader->failed) {
    status = load_enrollment(state, reader, number, above);
    if (status != WB_OK) return status;
    above = wbi_state_enrollment(state, (uint32_t)state->enrollment.count - 1)->definition;
  }
  return load_result(reader);
}

/* Patients by key. */
static wb_status load_patients(wbi_state *state, wbi_reader *reader) {
  const uint32_t patients = wbi_get_u32(reader), enrollments = wbi_get_u32(reader);
  if (!load_fits(reader, patients, 4) || !load_fits(reader, enrollments, 31)) return WB_E_CORRUPT;
  wb_status status = wbi_vector_reserve(&state->patient, patients);
  if (status == WB_OK) status = wbi_vector_reserve(&state->enrollment, enrollments);
  if (status == WB_OK) status = wbi_vector_reserve(&state->heap, enrollments);
  if (status == WB_OK) status = wbi_keys_reserve(&state->patients, patients, 0);
  for (uint32_t i = 0; status == WB_OK && i < patients; i++)
    status = load_patient(state, reader);
  if (status == WB_OK && state->enrollment.count != enrollments) return WB_E_CORRUPT;
  return status;
}

/* What an action is, after its id. */
static void load_action(wbi_state *state, wbi_reader *reader, wbi_action *action) {
  action->contact = load_id(reader);
  action->claimed_at = load_time(reader);
  action->deliver_by = load_time(reader);
  action->next_wake = load_time(reader);
  action->enrollment = load_place(reader, state->enrollment.count);
  action->day = (wb_date)wbi_get_u32(reader);
  action->entry = wbi_get_u16(reader);
  action->attempt = wbi_get_u16(reader);
  action->step = wbi_get_u8(reader);
  action->next_step = wbi_get_u8(reader);
  action->text = wbi_get_u8(reader);
  action->kind = load_code(reader, WB_ACTION_SEND, WB_ACTION_CALL_TASK);
  action->channel = load_code(reader, WB_CHANNEL_NONE, WB_CHANNEL_CALL);
  action->state = load_code(reader, WB_ACTION_CLAIMED, WB_ACTION_UNKNOWN);
  action->cause = load_code(reader, WB_CAUSE_NONE, WB_CAUSE_POLICY);
  action->tries = wbi_get_u8(reader);
}

/* Links an action to the contact point it goes to. */
static wb_status load_link(wbi_state *state, uint32_t number) {
  const wbi_action *action = wbi_state_action(state, number);
  if (wbi_bytes16_empty(&action->contact)) return WB_OK;
  const wb_status status = wbi_table_reserve(&state->contacts, 1);
  if (status != WB_OK) return status;
  const uint32_t count = (uint32_t)state->contacts.items.count;
  const uint32_t found = wbi_table_add(&state->contacts, &action->contact);
  wbi_contact_point *point = wbi_table_at(&state->contacts, found);
  if (found == count) point->actions = WBI_NONE;
  wbi_state_link(state, number);
  return WB_OK;
}

/* Ties an action to the enrolment that it is under way for. A claim turns unknown in its time, even
   of somebody who left. */
static wb_status load_tie(wbi_state *state, wbi_reader *reader, uint32_t number) {
  const uint8_t open = load_code(reader, 0, 1);
  const wbi_action *action = wbi_state_action(state, number);
  if (reader->failed || !wbi_state_keeps(state, action)) return WB_E_CORRUPT;
  wbi_enrollment *enrollment = wbi_state_enrollment(state, action->enrollment);
  const bool ended = enrollment->state == WB_STATE_ENDED;
  if (open && (ended || enrollment->detail != 0)) return WB_E_CORRUPT;
  if (open) enrollment->detail = number + 1;
  const bool claimed =
      open ? enrollment->state == WB_STATE_CLAIMED : ended && action->state == WB_ACTION_CLAIMED;
  if (claimed) wbi_wake_set(state, action->enrollment, action->deliver_by + state->grace + 1);
  return load_link(state, number);
}

/* Actions by id. */
static wb_status load_actions(wbi_state *state, wbi_reader *reader) {
  const uint32_t count = wbi_get_u32(reader);
  if (!load_fits(reader, count, 77)) return WB_E_CORRUPT;
  wb_status status = wbi_table_reserve(&state->actions, count);
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    wbi_action *action = load_item(reader, &state->actions);
    if (action == NULL) return WB_E_CORRUPT;
    load_action(state, reader, action);
    status = reader->failed ? WB_E_CORRUPT : load_tie(state, reader, i);
  }
  for (uint32_t i = 0; status == WB_OK && i < state->enrollment.count; i++) {
    const wbi_enrollment *enrollment = wbi_state_enrollment(state, i);
    if (enrollment->state == WB_STATE_CLAIMED && enrollment->detail == 0) return WB_E_CORRUPT;
  }
  return status;
}

/* Contact points that say something, by id; those of actions are there already. */
static wb_status load_contacts(wbi_state *state, wbi_reader *reader) {
  const uint32_t count = wbi_get_u32(reader);
  if (!load_fits(reader, count, 25)) return WB_E_CORRUPT;
  wb_status status = wbi_table_reserve(&state->contacts, count);
  wbi_bytes16 last = {{0}};
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    const wbi_bytes16 id = load_id(reader);
    if (i > 0 && memcmp(&last, &id, sizeof id) >= 0) return WB_E_CORRUPT;
    last = id;
    const uint32_t known = (uint32_t)state->contacts.items.count;
    const uint32_t found = wbi_table_add(&state->contacts, &id);
    wbi_contact_point *point = wbi_table_at(&state->contacts, found);
    if (found == known) point->actions = WBI_NONE;
    point->at = load_time(reader);
    point->flags = load_code(reader, 1, WBI_CONTACT_OPTED_OUT | WBI_CONTACT_CLOSED);
    status = load_result(reader);
  }
  return status;
}

/* Remembered event ids. */
static wb_status load_seen(wbi_state *state, wbi_reader *reader) {
  const uint32_t count = wbi_get_u32(reader);
  if (!load_fits(reader, count, 24)) return WB_E_CORRUPT;
  const wb_status status = wbi_table_reserve(&state->seen, count);
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    wbi_seen *seen = load_item(reader, &state->seen);
    if (seen == NULL) return WB_E_CORRUPT;
    seen->at = load_time(reader);
    if (wbi_state_forgotten(state, seen->at)) reader->failed = true;
  }
  return status == WB_OK ? load_result(reader) : status;
}

/* Open tasks in the order of the desk. */
static wb_status load_tasks(wbi_state *state, wbi_reader *reader) {
  const uint32_t count = wbi_get_u32(reader);
  if (!load_fits(reader, count, 38)) return WB_E_CORRUPT;
  wb_status status = wbi_vector_reserve(&state->task, count);
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    wbi_open_task *task = wbi_vector_push(&state->task);
    task->id = load_id(reader);
    task->opened = load_time(reader);
    task->patient = load_place(reader, state->patient.count);
    task->location = load_place(reader, state->location.count);
    task->definition = wbi_get_u16(reader);
    if (task->definition >= state->definition.count && task->definition != WBI_DEFINITIONS_MAX)
      return WB_E_CORRUPT;
    task->list = load_code(reader, WBI_LIST_OUTREACH, WBI_LIST_NOW);
    task->rank = wbi_get_u8(reader);
    const wbi_text reason = load_key(reader);
    if (reader->failed) return WB_E_CORRUPT;
    status = wbi_keys_reserve(&state->names, 1, reason.length);
    if (status == WB_OK) task->reason = wbi_keys_add(&state->names, reason);
  }
  return status == WB_OK ? load_result(reader) : status;
}

/* All sections in order; nothing may follow. */
static wb_status load_sections(wbi_state *state, wbi_reader *reader) {
  wb_status (*const sections[])(wbi_state *, wbi_reader *) = {
      load_practice, load_definitions, load_locations, load_patients,
      load_actions,  load_contacts,    load_seen,      load_tasks};
  for (size_t i = 0; i < WBI_COUNT(sections); i++) {
    const wb_status status = sections[i](state, reader);
    if (status != WB_OK) return status;
  }
  return reader->at == reader->length ? WB_OK : WB_E_CORRUPT;
}

/* Checks the frame: magic, length, checksum; then the version is believed. */
static wb_status load_frame(wbi_reader *reader) {
  const uint32_t magic = wbi_get_u32(reader);
  wbi_get_u16(reader);
  const uint16_t least = wbi_get_u16(reader);
  const uint64_t length = wbi_get_u64(reader);
  if (reader->failed || magic != WBI_SNAPSHOT_MAGIC || length != reader->length)
    return WB_E_CORRUPT;
  const size_t body = reader->length - sizeof(uint32_t);
  wbi_reader tail = {reader->data + body, sizeof(uint32_t), 0, false};
  if (body < reader->at || wbi_get_u32(&tail) != wbi_crc32c(0, reader->data, body))
    return WB_E_CORRUPT;
  reader->length = body;
  return least > WBI_SNAPSHOT_FORMAT ? WB_E_VERSION : WB_OK;
}

wb_status wbi_snapshot_read(wbi_state *state, const void *bytes, size_t length, wb_error *error) {
  wbi_reader reader = {bytes, length, 0, false};
  wb_status status = load_frame(&reader);
  if (status == WB_OK) status = load_sections(state, &reader);
  if (status == WB_OK) return WB_OK;
  const wbi_text key = state->key;
  const wbi_bytes16 check = state->check;
  const uint32_t grace = state->grace;
  wbi_state_free(state);
  wbi_state_init(state, state->context, key, &check);
  state->grace = grace;
  if (status == WB_E_NOMEM || status == WB_E_LIMIT)
    return wbi_fail(error, WB_E_NOMEM, "There is no memory for the snapshot.");
  if (status == WB_E_VERSION)
    return wbi_fail(error, status, "The snapshot was written by a newer library.");
  if (status == WB_E_INVALID)
    return wbi_fail(error, status, "The snapshot is another practice's, or the secret is.");
  return wbi_fail(error, WB_E_CORRUPT, "The snapshot is damaged.");
}

/* SPDX-License-Identifier: MIT */
/*
 * Reading a snapshot into an empty state. Nothing is believed: counts are bounded by the bytes that
 * are left, places by the counts, codes by their tables, and what is sorted must be.
 */
#include "machine/snapshot_private.h"

bool wbi_load_fits(wbi_reader *reader, uint64_t count, size_t least) {
  if (count > (reader->length - reader->at) / least) reader->failed = true;
  return !reader->failed;
}

uint32_t wbi_load_count(wbi_reader *reader, size_t least) {
  const uint32_t count = wbi_get_u32(reader);
  return wbi_load_fits(reader, count, least) ? count : 0;
}

wbi_text wbi_load_long(wbi_reader *reader) {
  const uint32_t length = wbi_get_u32(reader);
  const uint8_t *bytes = wbi_get_bytes(reader, length);
  return (wbi_text){(const char *)bytes, bytes != NULL ? length : 0};
}

wbi_text wbi_load_key(wbi_reader *reader) {
  const wbi_text key = wbi_get_short(reader);
  if (key.length > WB_KEY_MAX) reader->failed = true;
  return key;
}

wbi_bytes16 wbi_load_id(wbi_reader *reader) {
  wbi_bytes16 id = {{0}};
  const uint8_t *bytes = wbi_get_bytes(reader, sizeof id);
  if (bytes != NULL) memcpy(&id, bytes, sizeof id);
  return id;
}

wb_time wbi_load_time(wbi_reader *reader) {
  const wb_time at = (wb_time)wbi_get_u64(reader);
  if (!wbi_time_valid(at)) reader->failed = true;
  return at;
}

uint32_t wbi_load_place(wbi_reader *reader, size_t count) {
  const uint32_t place = wbi_get_u32(reader);
  if (place >= count) reader->failed = true;
  return place;
}

uint8_t wbi_load_code(wbi_reader *reader, uint8_t low, uint8_t high) {
  const uint8_t code = wbi_get_u8(reader);
  if (code < low || code > high) reader->failed = true;
  return code;
}

void wbi_load_ascending(wbi_reader *reader, const wbi_keys *keys, wbi_text key) {
  const uint32_t count = wbi_keys_count(keys);
  if (count > 0 && wbi_text_compare(wbi_keys_text(keys, count - 1), key) >= 0)
    reader->failed = true;
}

void *wbi_load_item(wbi_reader *reader, wbi_table *table) {
  const wbi_bytes16 id = wbi_load_id(reader);
  const uint32_t count = (uint32_t)table->items.count;
  const void *last = count > 0 ? wbi_table_at(table, count - 1) : NULL;
  if (last != NULL && memcmp(last, &id, sizeof id) >= 0) reader->failed = true;
  return reader->failed ? NULL : wbi_table_at(table, wbi_table_add(table, &id));
}

wb_status wbi_load_result(const wbi_reader *reader) {
  return reader->failed ? WB_E_CORRUPT : WB_OK;
}

/* A digest that goes on. */
static void load_sha(wbi_reader *reader, wbi_sha256 *sha) {
  for (size_t i = 0; i < WBI_COUNT(sha->state); i++)
    sha->state[i] = wbi_get_u32(reader);
  sha->total = wbi_get_u64(reader);
  const size_t part = (size_t)(sha->total % sizeof sha->block);
  const uint8_t *block = wbi_get_bytes(reader, part);
  if (block != NULL) memcpy(sha->block, block, part);
}

wb_status wbi_practice_load(wbi_state *state, wbi_reader *reader) {
  const wbi_text key = wbi_load_long(reader);
  const wbi_bytes16 check = wbi_load_id(reader);
  state->sequence = wbi_get_u64(reader);
  state->last = (wb_time)wbi_get_u64(reader);
  const bool empty = state->sequence == 0 && state->last == WB_TIME_NONE;
  if (!empty && !wbi_time_valid(state->last)) reader->failed = true;
  state->epoch = wbi_get_u32(reader);
  state->restoring = wbi_load_code(reader, 0, 1);
  state->paused = wbi_load_code(reader, 0, 1);
  state->paused_classes = wbi_get_u8(reader);
  state->assume = wbi_load_code(reader, 0, 1);
  state->kept_days = wbi_load_code(reader, 1, WB_KEPT_DAYS_MAX);
  load_sha(reader, &state->since_sync);
  load_sha(reader, &state->since_seal);
  state->sealed_at = (wb_time)wbi_get_u64(reader);
  state->unsealed = wbi_load_code(reader, 0, 1);
  if (state->sealed_at != WB_TIME_NONE && !wbi_time_valid(state->sealed_at)) reader->failed = true;
  if (reader->failed) return WB_E_CORRUPT;
  const bool ours = wbi_text_equal(key, state->key) && wbi_bytes16_equal(&check, &state->check);
  return ours ? WB_OK : WB_E_INVALID;
}

/* One definition. */
static wb_status load_definition(wbi_state *state, wbi_reader *reader) {
  const wbi_text name = wbi_load_key(reader);
  const uint8_t flags = wbi_load_code(reader, 0, 15);
  const uint32_t ended = wbi_get_u32(reader), booked = wbi_get_u32(reader);
  const wbi_text canonical = wbi_load_long(reader);
  if (reader->failed) return WB_E_CORRUPT;
  wb_status status = wbi_keys_reserve(&state->names, 1, name.length);
  const uint32_t offset = (uint32_t)state->canonical.count;
  if (status == WB_OK) status = wbi_bytes_add(&state->canonical, canonical.data, canonical.length);
  wbi_definition *definition = status == WB_OK ? wbi_vector_push(&state->definition) : NULL;
  if (definition == NULL) return status == WB_OK ? WB_E_NOMEM : status;
  wbi_state_digest(state, canonical, definition->content_id);
  definition->name = wbi_keys_add(&state->names, name);
  definition->offset = offset;
  definition->length = (uint32_t)canonical.length;
  definition->ended = ended;
  definition->booked = booked;
  definition->current = flags & 1;
  definition->launched = flags >> 1 & 1;
  definition->paused = flags >> 2 & 1;
  definition->stopped = flags >> 3;
  return WB_OK;
}

wb_status wbi_definitions_load(wbi_state *state, wbi_reader *reader) {
  const uint32_t count = wbi_get_u32(reader);
  if (count > WBI_DEFINITIONS_MAX) return WB_E_CORRUPT;
  wb_status status = wbi_load_result(reader);
  for (uint32_t i = 0; status == WB_OK && i < count; i++)
    status = load_definition(state, reader);
  return status;
}

wb_status wbi_locations_load(wbi_state *state, wbi_reader *reader) {
  const uint32_t count = wbi_load_count(reader, 35);
  wb_status status = wbi_vector_reserve(&state->location, count);
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    const wbi_text key = wbi_load_key(reader);
    wbi_load_ascending(reader, &state->locations, key);
    if (reader->failed) return WB_E_CORRUPT;
    status = wbi_keys_reserve(&state->locations, 1, key.length);
    if (status != WB_OK) return status;
    wbi_keys_add(&state->locations, key);
    wbi_location *location = wbi_vector_push(&state->location);
    location->admission_day = (wb_date)wbi_get_u32(reader);
    location->admitted = wbi_get_u32(reader);
    for (uint32_t list = 0; list < WBI_LIMITED; list++) {
      location->task_day[list] = (wb_date)wbi_get_u32(reader);
      location->tasks[list] = wbi_get_u32(reader);
    }
    location->minute = wbi_get_u32(reader);
    location->messages = wbi_get_u32(reader);
    location->paused = wbi_load_code(reader, 0, 1);
  }
  return status;
}

/* One section. Those that we know come in their order, of which `next` is still to come; the tag of
   another, from a newer library, says whether it may be left out. */
static wb_status load_section(wbi_state *state, wbi_reader *reader, const uint8_t *tag,
                              size_t *next) {
  size_t at = 0;
  while (at < WBI_SECTIONS && memcmp(wbi_sections[at].tag, tag, WBI_TAG) != 0)
    at++;
  if (at == WBI_SECTIONS) return (tag[0] & WBI_TAG_ANCILLARY) != 0 ? WB_OK : WB_E_VERSION;
  if (at != *next) return WB_E_CORRUPT;
  ++*next;
  const wb_status status = wbi_sections[at].load(state, reader);
  const bool whole = !reader->failed && reader->at == reader->length;
  return status == WB_OK && !whole ? WB_E_CORRUPT : status;
}

/* All sections; none of ours may be missing. */
static wb_status load_sections(wbi_state *state, wbi_reader *reader) {
  size_t next = 0;
  while (reader->at < reader->length) {
    const uint8_t *tag = wbi_get_bytes(reader, WBI_TAG);
    const uint64_t length = wbi_get_u64(reader);
    if (!wbi_load_fits(reader, length, 1)) return WB_E_CORRUPT;
    wbi_reader section = {wbi_get_bytes(reader, (size_t)length), (size_t)length, 0, false};
    const wb_status status = load_section(state, &section, tag, &next);
    if (status != WB_OK) return status;
  }
  return next == WBI_SECTIONS ? WB_OK : WB_E_CORRUPT;
}

/* Checks the frame: magic, length, checksum; then the version is believed. */
static wb_status load_frame(const wbi_state *state, wbi_reader *reader) {
  const uint32_t magic = wbi_get_u32(reader);
  const uint16_t format = wbi_get_u16(reader), least = wbi_get_u16(reader);
  const uint64_t length = wbi_get_u64(reader);
  if (reader->failed || magic != WBI_SNAPSHOT_MAGIC || length != reader->length)
    return WB_E_CORRUPT;
  const size_t body = reader->length - sizeof(uint32_t);
  wbi_reader tail = {reader->data + body, sizeof(uint32_t), 0, false};
  if (body < reader->at || wbi_get_u32(&tail) != state->crc32c(0, reader->data, body))
    return WB_E_CORRUPT;
  reader->length = body;
  return wbi_format_known(least) && format >= least ? WB_OK : WB_E_VERSION;
}

wb_status wbi_snapshot_read(wbi_state *state, const void *bytes, size_t length, wb_error *error) {
  wbi_reader reader = {bytes, length, 0, false};
  const uint32_t grace = state->grace, epoch = state->epoch;
  const uint32_t written = state->format;
  wb_status status = load_frame(state, &reader);
  if (status == WB_OK) status = load_sections(state, &reader);
  if (status == WB_OK) return WB_OK;
  const wbi_text key = state->key;
  const wbi_bytes16 check = state->check;
  wbi_state_free(state);
  wbi_state_init(state, state->context, key, &check);
  state->grace = grace;
  state->epoch = epoch;
  state->format = written;
  if (status == WB_E_NOMEM || status == WB_E_LIMIT)
    return wbi_fail(error, WB_E_NOMEM, "There is no memory for the snapshot.");
  if (status == WB_E_VERSION)
    return wbi_fail(error, status, "The snapshot was written by a newer library.");
  if (status == WB_E_INVALID)
    return wbi_fail(error, status, "The snapshot is another practice's, or the secret is.");
  return wbi_fail(error, WB_E_CORRUPT, "The snapshot is damaged.");
}

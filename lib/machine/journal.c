/* SPDX-License-Identifier: MIT */
/*
 * Records: framing, checksums, sequence, and the check of a whole journal before it is replayed.
 *
 *   0  magic "WBJR"          16  sequence, u64
 *   4  length, u32           24  time, i64
 *   8  format, u16           32  effects
 *  10  cause, u16            length - 4  CRC-32C of everything before it
 *  12  number of effects, u32
 */
#include "machine/machine.h"

/* Memory of a plan that the next one takes over: what an enrolment pass needed is given back. */
enum { PLAN_KEPT = 1 << 18 };

enum { RECORD_MAGIC = 0x524a4257, RECORD_HEAD = 32, RECORD_LEAST = 36 };

bool wbi_format_known(uint32_t format) {
  return format >= WB_FORMAT_OLDEST && format <= WBI_FORMAT_NEWEST;
}

uint16_t wbi_format_of(const wbi_state *state) {
  return (uint16_t)(state->format != 0 ? state->format : WBI_FORMAT_NEWEST);
}

void wbi_plan_init(wbi_plan *plan, wb_context *context) {
  memset(plan, 0, sizeof *plan); /* same: whoever plans starts first */
  wbi_growth_init(&plan->growth, context);
  wbi_vector_init(&plan->bytes, context, 1, 0);
}

void wbi_plan_free(wbi_plan *plan) {
  wbi_growth_free(&plan->growth);
  wbi_vector_free(&plan->bytes);
}

void wbi_plan_start(wbi_plan *plan, const wbi_state *state, wb_time now) {
  if (plan->bytes.capacity > PLAN_KEPT) wbi_vector_free(&plan->bytes);
  wbi_growth_clear(&plan->growth);
  plan->bytes.count = 0;
  plan->effects = plan->records = 0;
  plan->sequence = state->sequence + 1;
  plan->now = now;
}

wb_status wbi_plan_open(wbi_plan *plan, const wbi_state *state, wbi_cause cause) {
  const wb_status status = wbi_vector_reserve(&plan->bytes, RECORD_LEAST);
  if (status != WB_OK) return status;
  plan->state = state;
  plan->open = plan->bytes.count;
  plan->effects = 0;
  wbi_writer writer = {(char *)plan->bytes.data + plan->open, RECORD_HEAD, 0};
  wbi_put_u32(&writer, RECORD_MAGIC);
  wbi_put_u32(&writer, 0);
  wbi_put_u16(&writer, wbi_format_of(state));
  wbi_put_u16(&writer, (uint16_t)cause);
  wbi_put_u32(&writer, 0);
  wbi_put_u64(&writer, plan->sequence);
  wbi_put_u64(&writer, (uint64_t)plan->now);
  plan->bytes.count += RECORD_HEAD;
  if (plan->sequence != 1) return WB_OK;
  const wbi_effect begin = {
      .kind = WBI_EFFECT_BEGIN, .bytes = state->key, .id = state->check, .number = state->epoch};
  return wbi_plan_add(plan, &begin);
}

wb_status wbi_plan_add(wbi_plan *plan, const wbi_effect *effect) {
  enum { TAIL = sizeof(uint32_t) }; /* the checksum that closing adds */
  wbi_vector *bytes = &plan->bytes;
  wbi_writer writer;
  for (;;) {
    const size_t room = bytes->capacity - bytes->count;
    writer = (wbi_writer){(char *)bytes->data + bytes->count, room, 0};
    wbi_effect_write(&writer, effect);
    if (writer.length + TAIL <= room) break;
    const wb_status status = wbi_vector_reserve(bytes, writer.length + TAIL);
    if (status != WB_OK) return status;
  }
  bytes->count += writer.length;
  plan->effects++;
  return wbi_growth_add(&plan->growth, plan->state, effect);
}

void wbi_plan_close(wbi_plan *plan) {
  const uint32_t begun = plan->sequence == 1;
  char *record = (char *)plan->bytes.data + plan->open;
  if (plan->effects == begun) {
    plan->bytes.count = plan->open;
    return;
  }
  const size_t length = plan->bytes.count - plan->open;
  wbi_writer writer = {record + 4, 4, 0};
  wbi_put_u32(&writer, (uint32_t)(length + sizeof(uint32_t)));
  writer = (wbi_writer){record + 12, 4, 0};
  wbi_put_u32(&writer, plan->effects);
  writer = (wbi_writer){record + length, 4, 0};
  wbi_put_u32(&writer, plan->state->crc32c(0, record, length));
  plan->bytes.count += sizeof(uint32_t);
  plan->records++;
  plan->sequence++;
}

wb_status wbi_plan_sync(wbi_plan *plan, const wbi_state *state) {
  uint8_t digest[32];
  wbi_sha256 sha = state->since_sync;
  wbi_sha256_add(&sha, plan->bytes.data, plan->bytes.count);
  wbi_sha256_finish(&sha, digest);
  const wbi_effect sync = {.kind = WBI_EFFECT_SYNC, .bytes = {(const char *)digest, 32}};
  wb_status status = wbi_plan_open(plan, state, WBI_BY_SYNC);
  if (status == WB_OK) status = wbi_plan_add(plan, &sync);
  if (status == WB_OK) wbi_plan_close(plan);
  return status;
}

wb_status wbi_record_read(const void *bytes, size_t length, uint64_t *offset, wb_record *record,
                          wbi_reader *effects) {
  if (*offset > length) return WB_E_CORRUPT;
  if (*offset == length) return WB_E_NAME;
  const uint8_t *begin = (const uint8_t *)bytes + *offset;
  const size_t rest = length - (size_t)*offset;
  wbi_reader head = {begin, rest < RECORD_HEAD ? rest : RECORD_HEAD, 0, false};
  const uint32_t magic = wbi_get_u32(&head), size = wbi_get_u32(&head);
  const uint16_t format = wbi_get_u16(&head), cause = wbi_get_u16(&head);
  const uint32_t count = wbi_get_u32(&head);
  const uint64_t sequence = wbi_get_u64(&head);
  const wb_time at = (wb_time)wbi_get_u64(&head);
  if (magic != RECORD_MAGIC || size < RECORD_LEAST || size > rest) return WB_E_CORRUPT;
  *effects = (wbi_reader){begin, size - sizeof(uint32_t), RECORD_HEAD, false};
  record->sequence = sequence;
  record->at = at;
  record->offset = *offset;
  record->length = size;
  record->cause = cause;
  record->effects = count;
  *offset += size;
  return wbi_format_known(format) ? WB_OK : WB_E_VERSION;
}

/* Reads a record and checks its checksum: only then is anything in it believed. */
static wb_status record_check(const void *bytes, size_t length, uint64_t *offset, wb_record *record,
                              wbi_reader *effects) {
  uint64_t next = *offset;
  const wb_status status = wbi_record_read(bytes, length, &next, record, effects);
  if (status != WB_OK && status != WB_E_VERSION) return status;
  wbi_reader tail = {effects->data + effects->length, sizeof(uint32_t), 0, false};
  if (wbi_get_u32(&tail) != wbi_crc32c(0, effects->data, effects->length)) return WB_E_CORRUPT;
  if (status == WB_E_VERSION) return status;
  if (!wbi_time_valid(record->at) || record->sequence == 0) return WB_E_CORRUPT;
  *offset = next;
  return WB_OK;
}

wb_status WB_CALL wb_journal_next(const void *bytes, size_t length, uint64_t *offset,
                                  wb_record *record) {
  if ((bytes == NULL && length > 0) || offset == NULL || record == NULL) return WB_E_INVALID;
  if (record->size < sizeof *record) return WB_E_INVALID;
  wb_record found = {.size = sizeof found};
  wbi_reader effects;
  uint64_t next = *offset;
  wb_status status = record_check(bytes, length, &next, &found, &effects);
  if (status != WB_OK) return status;
  status = wbi_struct_write(record, sizeof found, &found, sizeof found);
  if (status == WB_OK) *offset = next;
  return status;
}

bool wbi_journal_continues(const uint8_t *bytes, size_t length, uint64_t from) {
  enum { LOOKALIKES = 64 };
  wb_record record;
  wbi_reader effects;
  uint32_t seen = 0;
  while (from + 1 < length && seen < LOOKALIKES) { /* same: of nothing nothing is found */
    const uint8_t *found = memchr(bytes + from + 1, 'W', length - (size_t)from - 1);
    if (found == NULL) return false;
    from = (uint64_t)(found - bytes);
    uint64_t offset = from, skip = from;
    if (wbi_record_read(bytes, length, &skip, &record, &effects) == WB_E_CORRUPT) continue;
    if (record_check(bytes, length, &offset, &record, &effects) != WB_E_CORRUPT) return true;
    seen++;
  }
  return seen == LOOKALIKES;
}

/* Where a check stands. */
typedef struct journal_walk {
  const wbi_state *state;
  const uint8_t *bytes;
  wbi_sha256 digest;
  uint64_t next; /* sequence number expected; 0: any */
} journal_walk;

/* Whose journal it is, the first record says, and no other. */
static wb_status journal_begin(const journal_walk *walk, const wbi_effect *effect, bool first,
                               wb_error *error) {
  const wbi_state *state = walk->state;
  const bool begin = effect->kind == WBI_EFFECT_BEGIN;
  if (begin != first)
    return wbi_fail(error, WB_E_CORRUPT, "The journal does not begin with its first record.");
  if (begin && (!wbi_text_equal(effect->bytes, state->key) ||
                !wbi_bytes16_equal(&effect->id, &state->check)))
    return wbi_fail(error, WB_E_INVALID, "The journal is another practice's, or the secret is.");
  return WB_OK;
}

/* Whether a sync record has the digest of what came since the one before. */
static bool journal_sealed(const journal_walk *walk, const wbi_effect *effect) {
  uint8_t digest[32];
  wbi_sha256 sha = walk->digest;
  wbi_sha256_finish(&sha, digest);
  return memcmp(digest, effect->bytes.data, sizeof digest) == 0;
}

/* Checks the effects of one new record. */
static wb_status journal_effects(journal_walk *walk, const wb_record *record, wbi_reader *effects,
                                 wb_error *error) {
  bool sync = false;
  for (uint32_t i = 0; i < record->effects; i++) {
    wbi_effect effect;
    wb_status status = wbi_effect_read(effects, &effect);
    if (status != WB_OK) return wbi_fail(error, status, "A record holds an effect that is none.");
    status = journal_begin(walk, &effect, record->sequence == 1 && i == 0, error);
    if (status != WB_OK) return status;
    if (effect.kind != WBI_EFFECT_SYNC) continue;
    sync = true;
    if (!journal_sealed(walk, &effect))
      return wbi_fail(error, WB_E_CORRUPT, "A sync record does not fit the journal.");
  }
  if (effects->at != effects->length)
    return wbi_fail(error, WB_E_CORRUPT, "A record holds more than its effects.");
  if (sync)
    wbi_sha256_again(&walk->digest);
  else
    wbi_sha256_add(&walk->digest, walk->bytes + record->offset, (size_t)record->length);
  return WB_OK;
}

/* Checks one whole record and counts it. */
static wb_status journal_record(journal_walk *walk, const wb_record *record, wbi_reader *effects,
                                wb_replay *replay, wb_error *error) {
  const uint64_t have = walk->state->sequence;
  if (walk->next != 0 && record->sequence != walk->next)
    return wbi_fail(error, WB_E_CORRUPT, "A record is missing: the sequence numbers have a gap.");
  if (walk->next == 0 && record->sequence > have + 1)
    return wbi_fail(error, WB_E_CORRUPT, "Records between the state and the journal are missing.");
  walk->next = record->sequence + 1;
  if (record->sequence <= have) {
    replay->skipped++;
    return WB_OK;
  }
  replay->applied++;
  return journal_effects(walk, record, effects, error);
}

wb_status wbi_journal_check(const wbi_state *state, const void *bytes, size_t length,
                            wb_replay *replay, uint64_t *from, wb_error *error) {
  journal_walk walk = {.state = state, .bytes = bytes, .digest = state->since_sync};
  uint64_t offset = 0;
  *from = 0;
  for (;;) {
    wb_record record = {.size = sizeof record};
    wbi_reader effects;
    wb_status status = record_check(bytes, length, &offset, &record, &effects);
    replay->used = offset;
    if (status == WB_E_NAME) return WB_OK;
    if (status == WB_E_VERSION)
      return wbi_fail(error, status, "The journal was written by a newer library.");
    if (status != WB_OK) break;
    status = journal_record(&walk, &record, &effects, replay, error);
    if (status != WB_OK) return status;
    if (replay->applied == 0) *from = offset;
  }
  if (wbi_journal_continues(bytes, length, offset))
    return wbi_fail(error, WB_E_CORRUPT, "A record inside the journal is damaged.");
  replay->flags |= WB_REPLAY_TORN;
  return WB_OK;
}

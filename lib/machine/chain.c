/* SPDX-License-Identifier: MIT */
/* A journal checked for people: whole, unbroken, and as it was sealed by its sync records. */
#include "machine/machine.h"

/* Where a check stands. */
typedef struct chain_walk {
  const uint8_t *bytes;
  size_t length;
  wbi_sha256 digest; /* of the records since the last sync record */
  wbi_sha256 sum;    /* of the digests since the last seal */
  wb_chain chain;
  wb_error *error;
  bool known; /* the digest is: it began at a sync record, or with the journal */
  bool whole; /* the sum is: it began at a seal, or with the journal */
} chain_walk;

/* Says what is wrong, and in which record. */
static wb_status chain_fail(const chain_walk *walk, uint64_t sequence, const char *message) {
  char path[40];
  wbi_writer writer = {path, sizeof path, 0};
  wbi_put_text(&writer, WBI_TEXT("record "));
  wbi_put_uint(&writer, sequence);
  wbi_fail(walk->error, WB_E_CORRUPT, message);
  wbi_error_path(walk->error, (wbi_text){path, writer.length});
  return WB_E_CORRUPT;
}

/* Checks the digest of a sync record. */
static wb_status chain_seal(chain_walk *walk, const wb_record *record, wbi_text digest) {
  uint8_t have[32];
  wbi_sha256 sha = walk->digest;
  wbi_sha256_finish(&sha, have);
  const bool same = WBI_ALWAYS(digest.length == sizeof have) && /* wbi_effect_read */
                    memcmp(have, digest.data, sizeof have) == 0;
  if (walk->known && !same)
    return chain_fail(walk, record->sequence, "A sync record does not fit the journal.");
  if (walk->known) walk->chain.sealed = record->sequence;
  wbi_sha256_add(&walk->sum, digest.data, digest.length);
  walk->known = true;
  walk->chain.seals++;
  return WB_OK;
}

/* Checks the digest of a seal. */
static wb_status chain_sum(chain_walk *walk, const wb_record *record, wbi_text digest) {
  uint8_t have[32];
  wbi_sha256_finish(&walk->sum, have);
  if (walk->whole && memcmp(have, digest.data, sizeof have) != 0)
    return chain_fail(walk, record->sequence, "A seal does not fit the journal.");
  wbi_sha256_init(&walk->sum);
  walk->whole = true;
  walk->chain.summed = record->sequence;
  return WB_OK;
}

/* Checks the effects of a record, and takes it into the digest. */
static wb_status chain_effects(chain_walk *walk, const wb_record *record) {
  wb_record again = {.size = sizeof again};
  wbi_reader effects;
  uint64_t offset = record->offset;
  bool sync = false;
  (void)wbi_record_read(walk->bytes, walk->length, &offset, &again, &effects);
  for (uint32_t i = 0; i < record->effects; i++) {
    wbi_effect effect;
    const wb_status status = wbi_effect_read(&effects, &effect);
    if (status == WB_E_VERSION) return status;
    if (status != WB_OK)
      return chain_fail(walk, record->sequence, "A record holds an effect that is none.");
    if (effect.kind == WBI_EFFECT_SEAL && chain_sum(walk, record, effect.bytes) != WB_OK)
      return WB_E_CORRUPT;
    if (effect.kind != WBI_EFFECT_SYNC) continue;
    sync = true;
    if (chain_seal(walk, record, effect.bytes) != WB_OK) return WB_E_CORRUPT;
  }
  if (effects.at != effects.length)
    return chain_fail(walk, record->sequence, "A record holds more than its effects.");
  if (sync)
    wbi_sha256_again(&walk->digest);
  else
    wbi_sha256_add(&walk->digest, walk->bytes + record->offset, (size_t)record->length);
  return WB_OK;
}

/* Counts a record after the one before it. */
static wb_status chain_record(chain_walk *walk, const wb_record *record) {
  wb_chain *chain = &walk->chain;
  if (chain->records == 0) {
    chain->first = record->sequence;
    chain->begins = record->at;
    walk->known = walk->whole = record->sequence == 1;
    if (!walk->known) chain->flags |= WB_CHAIN_PART;
  } else if (record->sequence != chain->last + 1) {
    return chain_fail(walk, chain->last + 1, "A record is missing.");
  }
  chain->records++;
  chain->last = record->sequence;
  chain->ends = record->at;
  return chain_effects(walk, record);
}

/* What follows is no whole record: the last one was torn, or one inside is damaged. */
static wb_status chain_end(chain_walk *walk) {
  if (wbi_journal_continues(walk->bytes, walk->length, walk->chain.used))
    return chain_fail(walk, walk->chain.last + 1, "A record inside the journal is damaged.");
  walk->chain.flags |= WB_CHAIN_TORN;
  return WB_OK;
}

/* Goes through all records. */
static wb_status chain_go(chain_walk *walk) {
  for (;;) {
    wb_record record = {.size = sizeof record};
    wb_status status = wb_journal_next(walk->bytes, walk->length, &walk->chain.used, &record);
    if (status == WB_E_NAME) return WB_OK;
    if (status == WB_E_CORRUPT) return chain_end(walk);
    if (status == WB_OK) status = chain_record(walk, &record);
    if (status == WB_E_VERSION)
      return wbi_fail(walk->error, status, "The journal was written by a newer library.");
    if (status != WB_OK) return status;
  }
}

wb_status WB_CALL wb_journal_find(const void *bytes, size_t length, wb_chain *chain,
                                  wb_error *error) {
  chain_walk walk = {.bytes = bytes, .length = length, .error = error};
  const bool given = chain != NULL && chain->size >= sizeof *chain;
  if (!given || (bytes == NULL && length > 0))
    return wbi_fail(error, WB_E_INVALID, "The journal or the place for the result is missing.");
  walk.chain = (wb_chain){.size = sizeof walk.chain, .begins = WB_TIME_NONE, .ends = WB_TIME_NONE};
  wbi_sha256_init_long(&walk.digest);
  wbi_sha256_init(&walk.sum);
  const wb_status status = chain_go(&walk);
  if (status != WB_OK) return status;
  return wbi_struct_write(chain, sizeof walk.chain, &walk.chain, sizeof walk.chain);
}

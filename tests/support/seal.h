/* SPDX-License-Identifier: MIT */
/*
 * Makes changed bytes of a journal or snapshot look whole again, so that tests reach what is behind
 * the checksums. For tests that are linked with the internal library.
 */
#ifndef SEAL_H
#define SEAL_H

#include "machine/machine.h"

/* A number in four bytes. */
static inline uint32_t seal_read(const uint8_t *bytes) {
  return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static inline void seal_write(uint8_t *bytes, uint32_t value) {
  for (unsigned i = 0; i < 4; i++)
    bytes[i] = (uint8_t)(value >> (8 * i));
}

/* What a byte is forged to, in one of so many ways: a value at an edge, one more, one less. */
enum { SEAL_WAYS = 8 };
static inline uint8_t seal_forge(uint8_t byte, size_t way) {
  static const uint8_t values[SEAL_WAYS - 2] = {0x00, 0x01, 0x02, 0x7f, 0x80, 0xff};
  if (way < sizeof values) return values[way];
  return (uint8_t)(way == sizeof values ? byte + 1 : byte - 1);
}

/* Gives a snapshot its length and checksum. */
static inline void seal_snapshot(uint8_t *bytes, size_t length) {
  if (length < 20) return;
  seal_write(bytes + 8, (uint32_t)length);
  seal_write(bytes + 12, 0);
  seal_write(bytes + length - 4, wbi_crc32c(0, bytes, length - 4));
}

/* Gives a record its length and checksum. */
static inline void seal_record(uint8_t *record, size_t size) {
  seal_write(record + 4, (uint32_t)size);
  seal_write(record + size - 4, wbi_crc32c(0, record, size - 4));
}

/* Gives each record of a journal its checksum, and each sync record its digest. */
static inline void seal_journal(uint8_t *bytes, size_t length) {
  enum { HEAD = 32, KIND = HEAD, DIGEST = HEAD + 5, LEAST = 36, SYNC = DIGEST + 32 + 4 };
  wbi_sha256 since;
  wbi_sha256_init(&since);
  for (size_t at = 0; length - at >= LEAST;) {
    uint8_t *record = bytes + at;
    const size_t size = seal_read(record + 4);
    if (size < LEAST || size > length - at) return;
    const bool sync = size == SYNC && record[KIND] == WBI_EFFECT_SYNC;
    if (sync) {
      wbi_sha256_finish(&since, record + DIGEST);
      wbi_sha256_init(&since);
    }
    seal_record(record, size);
    if (!sync) wbi_sha256_add(&since, record, size);
    at += size;
  }
}

#endif

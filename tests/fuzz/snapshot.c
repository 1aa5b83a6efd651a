/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target: any bytes as a snapshot, as they are and with length and checksum made to fit. What
 * is taken is saved as the same bytes, without the sections that only a newer library knows.
 */
#include <stdlib.h>
#include <string.h>

#include "support/saved.h"
#include "support/seal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program unless a belief holds. */
static void believe(bool holds) {
  if (!holds) abort();
}

enum { BEGIN = 16, TAG = 4, HEAD = 12, CRC = 4, ANCILLARY = 0x20 };

/* After the section at a place. Only an ancillary one may be left out. */
static size_t snapshot_left_out(const uint8_t *bytes, size_t at) {
  believe((bytes[at] & ANCILLARY) != 0);
  return at + HEAD + seal_read(bytes + at + TAG);
}

/* Whether all sections that were saved are those that were loaded, others left out. */
static bool snapshot_within(const uint8_t *saved, size_t wrote, const uint8_t *bytes,
                            size_t length) {
  size_t at = BEGIN;
  for (size_t i = BEGIN, size; i < wrote - CRC; i += size, at += size) {
    size = HEAD + seal_read(saved + i + TAG);
    while (at < length - CRC && memcmp(bytes + at, saved + i, TAG) != 0)
      at = snapshot_left_out(bytes, at);
    if (size > length - at || memcmp(bytes + at, saved + i, size) != 0) return false;
  }
  while (at < length - CRC)
    at = snapshot_left_out(bytes, at);
  return true;
}

/* Loads bytes; what was loaded is saved alike, in the format of this library. */
static void snapshot_try(const uint8_t *bytes, size_t length) {
  static const wbi_bytes16 check = {{1, 2, 3}};
  wbi_state state;
  wbi_state_init(&state, NULL, WBI_TEXT("practice"), &check);
  state.grace = 300;
  if (wbi_snapshot_read(&state, bytes, length, NULL) == WB_OK) {
    size_t wrote = 0;
    uint8_t *saved = saved_state(&state, &wrote);
    believe(wrote <= length);
    believe(snapshot_within(saved, wrote, bytes, length));
    free(saved);
  }
  wbi_state_free(&state);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  uint8_t *copy = malloc(size + 1);
  believe(copy != NULL);
  memcpy(copy, data, size);
  snapshot_try(copy, size);
  seal_snapshot(copy, size);
  snapshot_try(copy, size);
  free(copy);
  return 0;
}

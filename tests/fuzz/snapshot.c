/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target: any bytes as a snapshot, as they are and with length and checksum made to fit. What
 * is taken is saved as the same bytes.
 */
#include <stdlib.h>
#include <string.h>

#include "support/seal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program unless a belief holds. */
static void believe(bool holds) {
  if (!holds) abort();
}

/* Loads bytes; what was loaded is saved alike, in the format of this library. */
static void snapshot_try(const uint8_t *bytes, size_t length) {
  static const wbi_bytes16 check = {{1, 2, 3}};
  wbi_state state;
  wbi_state_init(&state, NULL, WBI_TEXT("practice"), &check);
  state.grace = 300;
  if (wbi_snapshot_read(&state, bytes, length, NULL) == WB_OK) {
    char *again = malloc(length);
    wbi_writer writer = {again, length, 0};
    believe(again != NULL);
    believe(wbi_snapshot_write(&state, &writer) == WB_OK);
    const size_t wrote = writer.length; /* what a newer library added is left out */
    const unsigned format = bytes[4] | (unsigned)bytes[5] << 8;
    believe(wrote == length || (wrote < length && format > WB_FORMAT_NEWEST));
    believe(memcmp(bytes + 16, again + 16, wrote - 20) == 0);
    free(again);
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

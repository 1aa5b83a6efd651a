/* SPDX-License-Identifier: MIT */
/* Snapshots that were changed: made whole again, and loaded. For tests that are linked with the
   internal library. */
#ifndef RELOADED_H
#define RELOADED_H

#include "support/committed.h"
#include "support/saved.h"
#include "support/seal.h"

/* What loading says of it; what is loaded is saved alike. */
static inline wb_status reloaded(uint8_t *bytes, size_t length) {
  machine m;
  machine_init(&m);
  seal_snapshot(bytes, length);
  const wb_status status = wbi_snapshot_read(&m.state, bytes, length, NULL);
  if (status == WB_OK) assert_true(saved_alike(&m.state, bytes, length));
  machine_close(&m);
  return status;
}

/* Where a piece is that is in it once; ends the program where it is not. */
static inline uint8_t *reloaded_piece(uint8_t *bytes, size_t length, const void *piece,
                                      size_t size) {
  for (size_t at = 0; at + size <= length; at++) {
    if (memcmp(bytes + at, piece, size) == 0) return bytes + at;
  }
  abort();
}

#endif

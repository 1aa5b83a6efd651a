/* SPDX-License-Identifier: MIT */
/* A state as the bytes of its snapshot, for tests that are linked with the internal library. */
#ifndef SAVED_H
#define SAVED_H

#include <stdlib.h>
#include <string.h>

#include "machine/machine.h"

/* Ends the program where it cannot be saved, or is not as long as was said; the caller frees it. */
static inline uint8_t *saved_state(const wbi_state *state, size_t *length) {
  wbi_writer writer = {NULL, 0, 0};
  if (wbi_snapshot_write(state, &writer) != WB_OK) abort();
  *length = writer.length;
  uint8_t *bytes = malloc(*length);
  if (bytes == NULL) abort();
  writer = (wbi_writer){(char *)bytes, *length, 0};
  if (wbi_snapshot_write(state, &writer) != WB_OK || writer.length != *length) abort();
  return bytes;
}

/* Whether it is saved as these bytes. */
static inline bool saved_alike(const wbi_state *state, const uint8_t *bytes, size_t length) {
  size_t again = 0;
  uint8_t *saved = saved_state(state, &again);
  const bool alike = again == length && memcmp(saved, bytes, length) == 0;
  free(saved);
  return alike;
}

#endif

/* SPDX-License-Identifier: MIT */
#include "support/shape.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { SHAPE_BEHIND = 24, SHAPE_MAX = 1024 };

/* A copy of the struct that says another size, with bytes behind it. */
static void shape_fill(uint8_t *bytes, const void *good, uint32_t size, uint32_t said,
                       uint8_t behind) {
  memset(bytes, behind, SHAPE_MAX);
  memcpy(bytes, good, size);
  memcpy(bytes, &said, sizeof said);
}

/* Whether bytes are all of one value. */
static int shape_all(const uint8_t *bytes, size_t length, uint8_t value) {
  for (size_t i = 0; i < length; ++i)
    if (bytes[i] != value) return 0;
  return 1;
}

/* Refused with a status, and nothing was written. */
static void shape_refused(uint8_t *bytes, shape_call call, void *user, wb_status expected) {
  uint8_t before[SHAPE_MAX];
  memcpy(before, bytes, SHAPE_MAX);
  assert_string_equal(wb_status_name(call(user, bytes)), wb_status_name(expected));
  assert_memory_equal(bytes, before, SHAPE_MAX);
}

/* Too small for anything. */
static void shape_small(const void *good, uint32_t size, shape_call call, void *user) {
  const uint32_t small[] = {0, 1, 7, size - 1};
  _Alignas(16) uint8_t bytes[SHAPE_MAX];
  assert_true(size + SHAPE_BEHIND <= SHAPE_MAX);
  for (size_t i = 0; i < sizeof small / sizeof *small; ++i) {
    shape_fill(bytes, good, size, small[i], 0xA5);
    shape_refused(bytes, call, user, WB_E_INVALID);
  }
}

void shape_in(const void *good, uint32_t size, shape_call call, void *user) {
  _Alignas(16) uint8_t bytes[SHAPE_MAX];
  shape_small(good, size, call, user);
  for (uint32_t at = size; at < size + 16; at += 15) { /* first and last byte of the tail */
    shape_fill(bytes, good, size, size + 16, 0);
    bytes[at] = 1;
    shape_refused(bytes, call, user, WB_E_VERSION);
  }
  shape_fill(bytes, good, size, size + 16, 0);
  assert_string_equal(wb_status_name(call(user, bytes)), "WB_OK");
  shape_fill(bytes, good, size, size, 0xA5); /* what is behind is not read */
  assert_string_equal(wb_status_name(call(user, bytes)), "WB_OK");
}

void shape_out(const void *good, uint32_t size, shape_call call, void *user) {
  _Alignas(16) uint8_t bytes[SHAPE_MAX];
  uint32_t said = 0;
  shape_small(good, size, call, user);
  for (uint32_t more = 0; more <= 16; more += 16) {
    shape_fill(bytes, good, size, size + more, 0xA5);
    assert_string_equal(wb_status_name(call(user, bytes)), "WB_OK");
    assert_true(shape_all(bytes + size, more, 0));
    assert_true(shape_all(bytes + size + more, SHAPE_MAX - size - more, 0xA5));
    memcpy(&said, bytes, sizeof said);
    assert_int_equal(said, size + more);
  }
}

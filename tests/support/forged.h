/* SPDX-License-Identifier: MIT */
/* A journal that is written effect by effect, as no call of today's library may write it, and what
   its readers say of it. For tests that are linked with the internal library. */
#ifndef FORGED_H
#define FORGED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <winback/journal.h>

#include "machine/machine.h"

/* A journal that is written effect by effect. */
typedef struct forged {
  wbi_state state;
  wbi_plan plan;
  uint8_t bytes[8192];
  size_t length;
} forged;

static inline void forge_open(forged *f) {
  static const wbi_bytes16 check_value = {{1, 2, 3}};
  f->length = 0;
  wbi_plan_init(&f->plan, NULL);
  wbi_state_init(&f->state, NULL, WBI_TEXT("practice"), &check_value);
}

static inline void forge_close(forged *f) {
  wbi_plan_free(&f->plan);
  wbi_state_free(&f->state);
}

/* Writes one record. */
static inline void forge(forged *f, wb_time at, int by, const wbi_effect *effects, size_t count) {
  wbi_plan_start(&f->plan, &f->state, at);
  assert_int_equal(wbi_plan_open(&f->plan, &f->state, (wbi_cause)by), WB_OK);
  for (size_t i = 0; i < count; i++)
    assert_int_equal(wbi_plan_add(&f->plan, &effects[i]), WB_OK);
  wbi_plan_close(&f->plan);
  assert_true(f->plan.bytes.count <= sizeof f->bytes - f->length);
  memcpy(f->bytes + f->length, f->plan.bytes.data, f->plan.bytes.count);
  f->length += f->plan.bytes.count;
  f->state.sequence++;
}

static inline wbi_effect forged_claim(uint8_t id, uint8_t action, uint8_t channel) {
  return (wbi_effect){.kind = WBI_EFFECT_CLAIM,
                      .patient = WBI_TEXT("p1"),
                      .id = {{id}},
                      .contact = {{6}},
                      .until = 600,
                      .number = 1,
                      .day = 3,
                      .action = action,
                      .channel = channel};
}

static inline const char *forged_line(const forged *f, const wb_zone *zone, uint64_t number) {
  static char text[1024];
  const wb_entry_query query = {.size = sizeof query, .zone = zone};
  size_t needed = 0;
  if (wb_journal_entry(NULL, f->bytes, f->length, &query, &number, text, sizeof text, &needed))
    return "";
  return text;
}

static inline const char *forged_why(const forged *f, uint8_t id) {
  static char text[4096];
  const wbi_bytes16 action = {{id}};
  size_t needed = 0;
  assert_int_equal(
      wb_journal_explain(NULL, f->bytes, f->length, action.bytes, text, sizeof text, &needed),
      WB_OK);
  return text;
}

static inline const char *forged_record(const forged *f, uint64_t offset) {
  static char text[4096];
  size_t needed = 0;
  assert_int_equal(wb_journal_format(f->bytes, f->length, offset, text, sizeof text, &needed),
                   WB_OK);
  return text;
}

#endif

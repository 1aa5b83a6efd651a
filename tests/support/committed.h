/* SPDX-License-Identifier: MIT */
/* A state, and the plan that changes it effect by effect, for tests that are linked with the
   internal library. */
#ifndef COMMITTED_H
#define COMMITTED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "machine/machine.h"

typedef struct machine {
  wbi_state state;
  wbi_plan plan;
} machine;

static inline void machine_begin(machine *m, wb_context *context) {
  static const wbi_bytes16 check_value = {{1, 2, 3}};
  wbi_state_init(&m->state, context, WBI_TEXT("practice"), &check_value);
  m->state.grace = 300;
  wbi_plan_init(&m->plan, context);
}

static inline void machine_init(machine *m) {
  machine_begin(m, NULL);
}

static inline void machine_close(machine *m) {
  wbi_plan_free(&m->plan);
  wbi_state_free(&m->state);
}

/* Commits a record of one effect. */
static inline void machine_apply(machine *m, wb_time at, wbi_effect effect) {
  wbi_plan_start(&m->plan, &m->state, at);
  assert_int_equal(wbi_plan_open(&m->plan, &m->state, WBI_BY_RECEIVE), WB_OK);
  assert_int_equal(wbi_plan_add(&m->plan, &effect), WB_OK);
  wbi_plan_close(&m->plan);
  assert_int_equal(m->plan.records, 1);
  assert_int_equal(wbi_state_reserve(&m->state, m->plan.bytes.data, m->plan.bytes.count), WB_OK);
  wbi_state_commit(&m->state, m->plan.bytes.data, m->plan.bytes.count);
}

/* With one definition. */
static inline void machine_open(machine *m) {
  machine_init(m);
  machine_apply(
      m, 0,
      (wbi_effect){.kind = WBI_EFFECT_CAMPAIGN, .name = WBI_TEXT("one"), .bytes = WBI_TEXT("{}")});
}

/* Whether a journal may say this. */
static inline bool machine_reads(const wbi_effect *effect) {
  char bytes[1000];
  wbi_effect read;
  wbi_writer writer = {bytes, sizeof bytes, 0};
  wbi_effect_write(&writer, effect);
  wbi_reader reader = {(const uint8_t *)bytes, writer.length, 0, false};
  return wbi_effect_read(&reader, &read) == WB_OK;
}

#endif

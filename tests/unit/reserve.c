/* SPDX-License-Identifier: MIT */
/* Commit needs no memory beyond what was reserved: every kind of effect, many at once, each with
   keys and ids of its own, on a state that knows those keys and on one that does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "machine/machine.h"
#include "support/fault.h"

enum { MANY = 20 };              /* more than a vector takes at least */
enum { ENTERED = 1, SLOTS = 2 }; /* what there is before */

static const wbi_bytes16 check_value = {{1, 2, 3}};

typedef struct machine {
  fault_memory memory;
  wb_context *context;
  wbi_state state;
  wbi_plan plan;
} machine;

/* The keys of one effect. */
typedef struct labels {
  char patient[16], subject[16], location[16], name[16], bytes[40];
} labels;

static labels labels_of(uint32_t number) {
  labels of;
  snprintf(of.patient, sizeof of.patient, "p%u", number);
  snprintf(of.subject, sizeof of.subject, "s%u", number);
  snprintf(of.location, sizeof of.location, "l%u", number);
  snprintf(of.name, sizeof of.name, "name%04u", number); /* 8 bytes: totals are such */
  snprintf(of.bytes, sizeof of.bytes, "%032u", number);  /* as long as a digest is */
  return of;
}

/* An effect with all members set. */
static wbi_effect effect_of(wbi_effect_kind kind, uint8_t code, uint8_t number, const labels *of) {
  return (wbi_effect){.kind = kind,
                      .patient = wbi_text_of(of->patient),
                      .subject = wbi_text_of(of->subject),
                      .location = wbi_text_of(of->location),
                      .name = wbi_text_of(of->name),
                      .bytes = wbi_text_of(of->bytes),
                      .id = {{9, number}},
                      .contact = {{8, number}},
                      .until = 100,
                      .wake = 200,
                      .number = 1,
                      .action = WB_ACTION_SEND,
                      .channel = WB_CHANNEL_SMS,
                      .segment = code,
                      .variant = number,
                      .code = code};
}

static bool readable(const wbi_effect *effect) {
  char bytes[1000];
  wbi_effect read;
  wbi_writer writer = {bytes, sizeof bytes, 0};
  wbi_effect_write(&writer, effect);
  wbi_reader reader = {(const uint8_t *)bytes, writer.length, 0, false};
  return wbi_effect_read(&reader, &read) == WB_OK;
}

/* Many effects of a kind in one record, reserved and committed, with labels from the first on;
   false: the code is none of it. */
static bool apply(machine *m, wbi_effect_kind kind, uint8_t code, uint32_t first) {
  wbi_plan_start(&m->plan, &m->state, 10);
  assert_int_equal(wbi_plan_open(&m->plan, &m->state, WBI_BY_RECEIVE), WB_OK);
  for (uint8_t i = 0; i < MANY; i++) {
    const labels of = labels_of(first + i);
    const wbi_effect effect = effect_of(kind, code, i, &of);
    if (!readable(&effect)) return false;
    assert_int_equal(wbi_plan_add(&m->plan, &effect), WB_OK);
  }
  wbi_plan_close(&m->plan);
  assert_int_equal(wbi_growth_take(&m->plan.growth, &m->state), WB_OK);
  const uint64_t calls = m->memory.plan.calls;
  wbi_state_commit(&m->state, m->plan.bytes.data, m->plan.bytes.count);
  if (m->memory.plan.calls != calls) fail_msg("effect %d, code %d: no room", (int)kind, code);
  return true;
}

/* All that was there before, and then the kind. */
static bool applies(wbi_effect_kind kind, uint8_t code, int before) {
  machine m = {0};
  m.context = fault_context(&m.memory);
  assert_non_null(m.context);
  wbi_state_init(&m.state, m.context, WBI_TEXT("practice"), &check_value);
  wbi_plan_init(&m.plan, m.context);
  assert_true(apply(&m, WBI_EFFECT_CAMPAIGN, 0, MANY));
  if ((before & ENTERED) != 0) assert_true(apply(&m, WBI_EFFECT_ENROLL, 0, 0));
  if ((before & SLOTS) != 0) assert_true(apply(&m, WBI_EFFECT_OPENING, 0, 0));
  const bool applied = apply(&m, kind, code, 0);
  wbi_plan_free(&m.plan);
  wbi_state_free(&m.state);
  wb_context_unref(m.context);
  assert_int_equal(m.memory.live, 0);
  return applied;
}

static void commit_takes_no_memory(void **state) {
  (void)state;
  for (int kind = WBI_EFFECT_BEGIN; kind < WBI_EFFECT_COUNT; kind++) {
    uint32_t codes = 0;
    for (int code = 0; code <= WBI_HOLD_LAST; code++) {
      for (int before = 0; before <= (ENTERED | SLOTS); before++)
        codes += applies((wbi_effect_kind)kind, (uint8_t)code, before);
    }
    if (codes == 0) fail_msg("effect %d was never one", kind);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(commit_takes_no_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

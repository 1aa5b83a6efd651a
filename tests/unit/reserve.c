/* SPDX-License-Identifier: MIT */
/* Commit needs no memory beyond what was reserved: every kind of effect, many at once, each with
   keys and ids of its own, on a state that knows those keys and on one that does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/committed.h"
#include "support/fault.h"

enum { MANY = 20 };              /* more than a vector takes at least */
enum { ENTERED = 1, SLOTS = 2 }; /* what there is before */

/* A machine whose memory is counted. */
typedef struct counted {
  fault_memory memory;
  wb_context *context;
  machine machine;
} counted;

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

/* Many effects of a kind in one record, reserved and committed, with labels from the first on;
   false: the code is none of it. */
static bool apply(counted *c, wbi_effect_kind kind, uint8_t code, uint32_t first) {
  machine *m = &c->machine;
  wbi_plan_start(&m->plan, &m->state, 10);
  assert_int_equal(wbi_plan_open(&m->plan, &m->state, WBI_BY_RECEIVE), WB_OK);
  for (uint8_t i = 0; i < MANY; i++) {
    const labels of = labels_of(first + i);
    const wbi_effect effect = effect_of(kind, code, i, &of);
    if (!machine_reads(&effect)) return false;
    assert_int_equal(wbi_plan_add(&m->plan, &effect), WB_OK);
  }
  wbi_plan_close(&m->plan);
  assert_int_equal(wbi_growth_take(&m->plan.growth, &m->state), WB_OK);
  const uint64_t calls = c->memory.plan.calls;
  wbi_state_commit(&m->state, m->plan.bytes.data, m->plan.bytes.count);
  if (c->memory.plan.calls != calls) fail_msg("effect %d, code %d: no room", (int)kind, code);
  return true;
}

/* All that was there before, and then the kind. */
static bool applies(wbi_effect_kind kind, uint8_t code, int before) {
  counted c = {0};
  c.context = fault_context(&c.memory);
  assert_non_null(c.context);
  machine_begin(&c.machine, c.context);
  assert_true(apply(&c, WBI_EFFECT_CAMPAIGN, 0, MANY));
  if ((before & ENTERED) != 0) assert_true(apply(&c, WBI_EFFECT_ENROLL, 0, 0));
  if ((before & SLOTS) != 0) assert_true(apply(&c, WBI_EFFECT_OPENING, 0, 0));
  const bool applied = apply(&c, kind, code, 0);
  machine_close(&c.machine);
  wb_context_unref(c.context);
  assert_int_equal(c.memory.live, 0);
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

/* Of what an effect names, places, reasons and schedules are noted while it is planned. */
static void what_there_is_no_memory_to_note_is_not_planned(void **state) {
  static const wbi_effect_kind kinds[] = {WBI_EFFECT_OPENING, WBI_EFFECT_CONSENT,
                                          WBI_EFFECT_TASK_OPEN, WBI_EFFECT_ENROLL};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(kinds); i++) {
    const labels of = labels_of(1);
    const wbi_effect effect = effect_of(kinds[i], 1, 1, &of);
    wb_status status = WB_E_NOMEM;
    uint32_t failed = 0;
    for (uint64_t at = 1; status == WB_E_NOMEM; at++, failed += status != WB_OK) {
      counted c = {0};
      c.context = fault_context(&c.memory);
      machine_begin(&c.machine, c.context);
      fault_arm(&c.memory.plan, FAULT_ONCE, at);
      status = wbi_growth_add(&c.machine.plan.growth, &c.machine.state, &effect);
      fault_arm(&c.memory.plan, FAULT_NEVER, 0);
      machine_close(&c.machine);
      wb_context_unref(c.context);
      assert_int_equal(c.memory.live, 0);
    }
    assert_int_equal(status, WB_OK);
    assert_true(failed >= 3); /* bytes, spans and slots of one key at least */
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(commit_takes_no_memory),
      cmocka_unit_test(what_there_is_no_memory_to_note_is_not_planned),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Commit needs no memory beyond what was reserved: every kind of effect, many at once, each with
   keys and ids of its own, on a state that knows those keys and on one that does not. And what is
   reserved: only what is new, and nothing for what can be forgotten. */
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

/* Locations, names and cells that a state knows, or the plan has already, need no room. */
static void only_what_is_new_needs_room(void **unused) {
  (void)unused;
  static const wbi_effect move = {.kind = WBI_EFFECT_MOVE, .location = {"l1", 2}};
  static const wbi_effect end = {.kind = WBI_EFFECT_END, .patient = {"p1", 2}, .name = {"n1", 2}};
  static const wbi_effect enroll = {.kind = WBI_EFFECT_ENROLL,
                                    .patient = {"p1", 2},
                                    .location = {"l1", 2},
                                    .number = 1,
                                    .day = WB_DATE_NONE};
  machine m;
  machine_open(&m);
  const wbi_growth *growth = &m.plan.growth;
  for (size_t known = 0; known < 2; known++) {
    wbi_plan_start(&m.plan, &m.state, 10);
    assert_int_equal(wbi_plan_open(&m.plan, &m.state, WBI_BY_RECEIVE), WB_OK);
    for (int i = 0; i < 2; i++) {
      assert_int_equal(wbi_plan_add(&m.plan, &enroll), WB_OK);
      assert_int_equal(wbi_plan_add(&m.plan, &move), WB_OK);
      assert_int_equal(wbi_plan_add(&m.plan, &end), WB_OK);
    }
    assert_int_equal(wbi_keys_count(&growth->locations), !known);
    assert_int_equal(wbi_keys_count(&growth->names), !known);
    assert_int_equal(wbi_keys_count(&growth->metrics), !known);
    assert_int_equal(growth->subjects, 0); /* they are in it by themselves */
    machine_apply(&m, 10, enroll);
    machine_apply(&m, 10, end);
  }
  machine_close(&m);
}

/* Ids of a table are forgotten before it grows, and not while there is room. */
static void what_can_be_forgotten_makes_room(void **unused) {
  (void)unused;
  enum { LATER = 1000 * 86400 };
  static const wbi_effect enroll = {
      .kind = WBI_EFFECT_ENROLL, .patient = {"p1", 2}, .location = {"l1", 2}, .number = 1};
  static const wbi_effect kinds[] = {
      {.kind = WBI_EFFECT_SEEN},
      {.kind = WBI_EFFECT_VISIT, .patient = {"p1", 2}, .wake = 5, .code = WBI_VISIT_BOOKED},
      {.kind = WBI_EFFECT_CLAIM,
       .patient = {"p1", 2},
       .contact = {{7}},
       .action = WB_ACTION_SEND,
       .channel = WB_CHANNEL_SMS,
       .until = 10}};
  for (size_t kind = 0; kind < WBI_COUNT(kinds); kind++) {
    machine m;
    machine_open(&m);
    machine_apply(&m, 5, enroll);
    const wbi_table *table = kind == 0   ? &m.state.seen
                             : kind == 1 ? &m.state.credits
                                         : &m.state.actions;
    const wbi_vector *items = &table->items;
    wbi_effect effect = kinds[kind];
    do {
      effect.id.bytes[0]++;
      machine_apply(&m, 5, effect);
      if (effect.kind == WBI_EFFECT_CLAIM)
        machine_apply(
            &m, 5,
            (wbi_effect){.kind = WBI_EFFECT_OUTCOME, .id = effect.id, .code = WB_ACTION_SENT});
    } while (items->count < items->capacity - 1);
    machine_apply(&m, 6, (wbi_effect){.kind = WBI_EFFECT_END, .patient = WBI_TEXT("p1")});
    const size_t count = items->count;
    const wbi_bytes16 id = effect.id;
    assert_int_equal(wbi_table_find(table, &id), count - 1);
    effect = (wbi_effect){.kind = WBI_EFFECT_MOVE, .patient = WBI_TEXT("p1")};
    effect.location = WBI_TEXT("l1");
    machine_apply(&m, LATER, effect);
    for (size_t more = 1; more <= 2; more++) {
      wbi_growth growth;
      wbi_growth_init(&growth, NULL);
      effect = kinds[kind];
      effect.wake = LATER;
      for (size_t i = 0; i < more; i++)
        assert_int_equal(wbi_growth_add(&growth, &m.state, &effect), WB_OK);
      assert_int_equal(wbi_growth_take(&growth, &m.state), WB_OK);
      if (items->count != (more == 1 ? count : 0))
        fail_msg("kind %d, %d more: %d", (int)kind, (int)more, (int)items->count);
      wbi_growth_free(&growth);
    }
    assert_int_equal(wbi_table_find(table, &id), WBI_NONE);
    machine_close(&m);
  }
}

/* Whether there is no memory for a kind of effect when the call `at` for it fails: of a growth, or
   of records that are read. */
static bool lacks(wbi_effect_kind kind, bool records, uint64_t at) {
  const labels of = labels_of(1);
  const wbi_effect effect = effect_of(kind, 1, 1, &of);
  counted c = {0};
  c.context = fault_context(&c.memory);
  machine_begin(&c.machine, c.context);
  machine *m = &c.machine;
  wbi_plan_start(&m->plan, &m->state, 10);
  assert_int_equal(wbi_plan_open(&m->plan, &m->state, WBI_BY_RECEIVE), WB_OK);
  assert_int_equal(wbi_plan_add(&m->plan, &effect), WB_OK);
  wbi_plan_close(&m->plan);
  fault_arm(&c.memory.plan, FAULT_ONCE, at);
  const wb_status status =
      records ? wbi_state_reserve(&m->state, m->plan.bytes.data, m->plan.bytes.count)
              : wbi_growth_take(&m->plan.growth, &m->state);
  const bool met = c.memory.plan.hits > 0;
  fault_arm(&c.memory.plan, FAULT_NEVER, 0);
  assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
  machine_close(m);
  wb_context_unref(c.context);
  assert_int_equal(c.memory.live, 0);
  return met;
}

static void what_there_is_no_memory_for_is_not_committed(void **unused) {
  (void)unused;
  static const wbi_effect_kind kinds[] = {
      WBI_EFFECT_OPENING, WBI_EFFECT_CONSENT, WBI_EFFECT_TASK_OPEN, WBI_EFFECT_ENROLL,
      WBI_EFFECT_CLAIM,   WBI_EFFECT_VISIT,   WBI_EFFECT_CHAIR,     WBI_EFFECT_GIFT};
  for (size_t i = 0; i < WBI_COUNT(kinds); i++) {
    for (int records = 0; records < 2; records++) {
      uint64_t at = 1;
      while (lacks(kinds[i], records, at))
        at++;
      assert_true(at > 2);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(commit_takes_no_memory),
      cmocka_unit_test(what_there_is_no_memory_to_note_is_not_planned),
      cmocka_unit_test(only_what_is_new_needs_room),
      cmocka_unit_test(what_can_be_forgotten_makes_room),
      cmocka_unit_test(what_there_is_no_memory_for_is_not_committed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

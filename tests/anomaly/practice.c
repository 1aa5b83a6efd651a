/* SPDX-License-Identifier: MIT */
/*
 * The life of a practice in which, at each step in turn, every allocation, append and sync fails.
 *
 *  - No memory, or a conflict: the state is what it was, and the step then succeeds.
 *  - A failed append or sync: the handle is stale; the journal, loaded again, gives one of the two
 *    legal states, or, torn, whole records only.
 *  - A crash at every byte of what a step appends: whole records only.
 *
 * States are compared by their snapshots, which are equal for equal states.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/effort.h"
#include "support/fault.h"
#include "support/memory_journal.h"
#include "support/playbook.h"
#include "support/sample.h"

enum { LIFE_ACTIONS = 8, LIFE_DAY = 86400 };

typedef struct life {
  fault_memory memory;
  wb_context *context;
  sample it;
  wb_campaign *campaign;
  wb_practice *practice;
  memory_journal journal;
  wb_time now;
  uint8_t ids[LIFE_ACTIONS][16]; /* of the actions handed out last */
  uint32_t count;
} life;

/* A snapshot in the test's own memory. */
typedef struct life_bytes {
  uint8_t *data;
  size_t length;
} life_bytes;

/* ---- the steps ------------------------------------------------------------------------------ */

static wb_status life_add(life *l) {
  return wb_practice_add(l->practice, l->campaign, l->now, NULL);
}

/* An event about a patient, or none, with an id of its own. */
static wb_status life_receive(life *l, int32_t kind, const char *patient, const char *text) {
  wb_input input = {.size = sizeof input, .kind = kind, .patient = patient, .text = text};
  input.patient_length = patient ? (uint32_t)strlen(patient) : 0;
  input.text_length = text ? (uint32_t)strlen(text) : 0;
  input.event_id[0] = (uint8_t)kind;
  input.event_id[1] = patient ? (uint8_t)patient[1] : 1;
  if (kind == WB_INPUT_LAUNCH) {
    input.campaign = "hygiene-recare";
    input.campaign_length = 14;
    input.approver = "dr-example";
    input.approver_length = 10;
  }
  return wb_practice_receive(l->practice, &input, l->now, NULL);
}

static wb_status life_launch(life *l) {
  return life_receive(l, WB_INPUT_LAUNCH, NULL, NULL);
}

static wb_status life_enroll(life *l) {
  wb_counts counts = {.size = sizeof counts};
  wb_status status = wb_practice_enroll(l->practice, NULL, 0, l->it.facts, l->now, &counts, NULL);
  if (status == WB_OK) assert_int_equal(counts.enrolled + counts.held, 4);
  return status;
}

/* Polls, and keeps the ids. */
static wb_status life_poll(life *l, uint32_t expected) {
  wb_action actions[LIFE_ACTIONS] = {{.size = sizeof(wb_action)}};
  uint32_t count = 0;
  wb_status status =
      wb_practice_poll(l->practice, l->it.facts, l->now, actions, LIFE_ACTIONS, &count, NULL);
  if (status != WB_OK) return status;
  assert_int_equal(count, expected);
  for (uint32_t i = 0; i < count; ++i)
    memcpy(l->ids[i], actions[i].id, 16);
  l->count = count;
  return WB_OK;
}

static wb_status life_first_poll(life *l) {
  return life_poll(l, 3);
}

static wb_status life_ack(life *l, uint32_t index, int32_t kind, int32_t cause) {
  wb_outcome outcome = {.size = sizeof outcome, .kind = kind, .cause = cause};
  return wb_practice_ack(l->practice, l->ids[index], &outcome, l->now, NULL);
}

static wb_status life_ack_sent(life *l) {
  return life_ack(l, 0, WB_SENT, WB_CAUSE_NONE);
}

static wb_status life_ack_throttled(life *l) {
  return life_ack(l, 1, WB_NOT_SENT, WB_CAUSE_THROTTLED);
}

static wb_status life_ack_unknown(life *l) {
  return life_ack(l, 2, WB_SENT_UNKNOWN, WB_CAUSE_NONE);
}

static wb_status life_asks(life *l) {
  return life_receive(l, WB_INPUT_REPLY, "p1", "How much is a cleaning?");
}

/* The throttled message again, and a call to who asked. */
static wb_status life_second_poll(life *l) {
  l->now = SAMPLE_NOW + 600;
  return life_poll(l, 2);
}

static wb_status life_stop(life *l) {
  return life_receive(l, WB_INPUT_REPLY, "p2", "STOP");
}

static wb_status life_pause(life *l) {
  return life_receive(l, WB_INPUT_PAUSE, NULL, NULL);
}

static wb_status life_resume(life *l) {
  return life_receive(l, WB_INPUT_RESUME, NULL, NULL);
}

static wb_status life_click(life *l) {
  return life_receive(l, WB_INPUT_CLICK, "p3", NULL);
}

/* Claims without an answer turn unknown; the click has become a call. */
static wb_status life_later_poll(life *l) {
  l->now = SAMPLE_NOW + 2 * LIFE_DAY;
  wb_action actions[LIFE_ACTIONS] = {{.size = sizeof(wb_action)}};
  uint32_t count = 0;
  return wb_practice_poll(l->practice, l->it.facts, l->now, actions, LIFE_ACTIONS, &count, NULL);
}

static wb_status life_booked(life *l) {
  return life_receive(l, WB_INPUT_BOOKED, "p3", NULL);
}

static wb_status life_kept(life *l) {
  return life_receive(l, WB_INPUT_KEPT, "p1", NULL);
}

static wb_status (*const life_steps[])(life *) = {
    life_add,         life_launch,     life_enroll,        life_first_poll,
    life_ack_sent,    life_asks,       life_ack_throttled, life_ack_unknown,
    life_second_poll, life_stop,       life_pause,         life_resume,
    life_click,       life_later_poll, life_booked,        life_kept,
};
enum { LIFE_STEPS = sizeof life_steps / sizeof *life_steps };

/* ---- making, saving, loading ---------------------------------------------------------------- */

/* A practice without any event, on the journal of this life. */
static wb_status life_new(life *l, wb_practice **practice) {
  static const uint8_t secret[16] = {7};
  wb_practice_options options = {.size = sizeof options, .secret = secret, .key = "practice"};
  options.key_length = 8;
  options.append = memory_journal_append;
  options.sync = memory_journal_sync;
  options.user = &l->journal;
  options.stale_facts = 90 * LIFE_DAY;
  return wb_practice_new(l->context, l->it.schema, NULL, &options, practice, NULL);
}

/* Four patients eight months overdue; the last may not be texted and has no other address. */
static void life_open(life *l) {
  size_t length = 0;
  *l = (life){.now = SAMPLE_NOW};
  l->context = fault_context(&l->memory);
  sample_open(&l->it, l->context);
  sample_add(
      &l->it, "patients",
      "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u\n"
      "p1|active|Ana|1980-02-29|1|+12125550101|yes\n"
      "p2|active|Ben|1981-03-01|1|+12125550102|yes\n"
      "p3|active|Cat|1982-04-01|1|+12125550103|yes\n"
      "p4|active|Dan|1983-05-01|1|+12125550104|no\n");
  sample_add(&l->it, "procedures",
             "patient:u|code:u|status:u|date:tdD\n"
             "p1|D1110|completed|2025-09-15\n"
             "p2|D1110|completed|2025-09-15\n"
             "p3|D1110|completed|2025-09-15\n"
             "p4|D1110|completed|2025-09-15\n");
  sample_add(&l->it, "appointments",
             "patient:u|status:u|start:tdD\n"
             "p1|completed|2025-09-15\n"
             "p2|completed|2025-09-15\n"
             "p3|completed|2025-09-15\n"
             "p4|completed|2025-09-15\n");
  const char *json = playbook_text("hygiene-recare", &length);
  assert_int_equal(
      wb_campaign_new(l->context, l->it.schema, NULL, json, length, &l->campaign, NULL), WB_OK);
  assert_int_equal(life_new(l, &l->practice), WB_OK);
}

static void life_close(life *l) {
  wb_practice_free(l->practice);
  wb_campaign_unref(l->campaign);
  sample_close(&l->it);
  wb_context_unref(l->context);
  memory_journal_free(&l->journal);
  assert_int_equal(l->memory.live, 0);
}

/* A life up to a step, without faults. */
static void life_until(life *l, size_t step) {
  life_open(l);
  for (size_t i = 0; i < step; ++i)
    assert_int_equal(life_steps[i](l), WB_OK);
}

/* An empty practice has no snapshot: no bytes. */
static life_bytes life_save(wb_practice *practice) {
  life_bytes saved = {NULL, 0};
  if (wb_practice_sequence(practice) == 0) return saved;
  assert_int_equal(wb_practice_save(practice, NULL, 0, &saved.length), WB_E_SPACE);
  saved.data = malloc(saved.length);
  assert_non_null(saved.data);
  assert_int_equal(wb_practice_save(practice, saved.data, saved.length, &saved.length), WB_OK);
  return saved;
}

static bool life_same(life_bytes a, life_bytes b) {
  return a.length == b.length && (!a.length || memcmp(a.data, b.data, a.length) == 0);
}

/* What the snapshot of every step must be, the state before the first one included. */
static life_bytes life_states[LIFE_STEPS + 1];

static int life_record(void **state) {
  (void)state;
  life l;
  life_until(&l, 0);
  life_states[0] = life_save(l.practice);
  for (size_t i = 0; i < LIFE_STEPS; ++i) {
    assert_int_equal(life_steps[i](&l), WB_OK);
    life_states[i + 1] = life_save(l.practice);
    assert_false(life_same(life_states[i], life_states[i + 1])); /* each step changes something */
  }
  life_close(&l);
  return 0;
}

static int life_forget(void **state) {
  (void)state;
  for (size_t i = 0; i <= LIFE_STEPS; ++i)
    free(life_states[i].data);
  return 0;
}

static void life_assert_state(wb_practice *practice, size_t step) {
  life_bytes saved = life_save(practice);
  assert_true(life_same(saved, life_states[step]));
  free(saved.data);
}

/* Loads the first `length` bytes of the journal into a new practice. */
static wb_practice *life_replay(life *l, size_t length, wb_replay *replay) {
  wb_practice *practice = NULL;
  *replay = (wb_replay){.size = sizeof *replay};
  assert_int_equal(life_new(l, &practice), WB_OK);
  assert_int_equal(wb_practice_replay(practice, l->journal.bytes, length, replay, NULL), WB_OK);
  return practice;
}

/* ---- the faults ----------------------------------------------------------------------------- */

/* One step with a fault in its memory; true when the fault was met. */
static bool life_without_memory(size_t step, fault_mode mode, uint64_t at) {
  life l;
  life_until(&l, step);
  fault_arm(&l.memory.plan, mode, at);
  wb_status status = life_steps[step](&l);
  bool met = l.memory.plan.hits > 0;
  fault_arm(&l.memory.plan, FAULT_NEVER, 0);
  assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
  if (met) {
    life_assert_state(l.practice, step);
    assert_int_equal(life_steps[step](&l), WB_OK);
  }
  life_assert_state(l.practice, step + 1);
  life_close(&l);
  return met;
}

static void memory_fails_at_every_step(void **state) {
  (void)state;
  uint64_t met = 0;
  for (size_t step = 0; step < LIFE_STEPS; ++step) {
    for (fault_mode mode = FAULT_ONCE; mode <= FAULT_FOREVER; ++mode) {
      for (uint64_t at = 1; life_without_memory(step, mode, at); at += effort_stride(5))
        met++;
    }
  }
  assert_true(met > LIFE_STEPS);
}

/* Another process was first: nothing changes, and the step succeeds the next time. */
static void a_conflict_changes_nothing(void **state) {
  (void)state;
  for (size_t step = 0; step < LIFE_STEPS; ++step) {
    life l;
    life_until(&l, step);
    l.journal.answer = WB_E_CONFLICT;
    fault_arm(&l.journal.append, FAULT_ONCE, 1);
    assert_int_equal(life_steps[step](&l), WB_E_CONFLICT);
    life_assert_state(l.practice, step);
    assert_int_equal(life_steps[step](&l), WB_OK);
    life_assert_state(l.practice, step + 1);
    life_close(&l);
  }
}

/* A stale handle answers so to everything; the journal has the state before or after. */
static void life_assert_stale(life *l, size_t legal) {
  wb_replay replay;
  size_t needed = 0;
  wb_time wake = 0;
  assert_int_equal(life_launch(l), WB_E_STALE);
  assert_int_equal(wb_practice_save(l->practice, NULL, 0, &needed), WB_E_STALE);
  assert_int_equal(wb_practice_wake(l->practice, &wake), WB_E_STALE);
  wb_practice_free(l->practice);
  l->practice = life_replay(l, l->journal.length, &replay);
  assert_int_equal(replay.flags, 0);
  life_assert_state(l->practice, legal);
}

static void a_failed_append_makes_stale(void **state) {
  (void)state;
  const size_t written[] = {0, SIZE_MAX};
  for (size_t step = 0; step < LIFE_STEPS; ++step) {
    for (size_t all = 0; all < 2; ++all) {
      life l;
      life_until(&l, step);
      l.journal.torn = written[all];
      fault_arm(&l.journal.append, FAULT_FOREVER, 1);
      assert_int_equal(life_steps[step](&l), WB_E_STALE);
      fault_arm(&l.journal.append, FAULT_NEVER, 0);
      life_assert_stale(&l, step + all);
      if (!all) assert_int_equal(life_steps[step](&l), WB_OK);
      life_assert_state(l.practice, step + 1);
      life_close(&l);
    }
  }
}

/* Every change is synced: what the sync did not cover may be there, or lost. */
static void a_failed_sync_makes_stale(void **state) {
  (void)state;
  for (size_t step = 0; step < LIFE_STEPS; ++step) {
    for (size_t lost = 0; lost < 2; ++lost) {
      life l;
      life_until(&l, step);
      fault_arm(&l.journal.sync, FAULT_FOREVER, 1);
      assert_int_equal(life_steps[step](&l), WB_E_STALE);
      fault_arm(&l.journal.sync, FAULT_NEVER, 0);
      if (lost) memory_journal_crash(&l.journal);
      life_assert_stale(&l, lost ? step : step + 1);
      if (lost) assert_int_equal(life_steps[step](&l), WB_OK);
      life_assert_state(l.practice, step + 1);
      life_close(&l);
    }
  }
}

/* Cut at every byte, the journal loads: whole records, and never more than there were. */
static void a_crash_at_every_byte_leaves_whole_records(void **state) {
  (void)state;
  life l;
  life_until(&l, LIFE_STEPS);
  size_t states = 0;
  for (size_t length = 0; length <= l.journal.length; ++length) {
    wb_replay replay;
    wb_practice *practice = life_replay(&l, length, &replay);
    assert_true(replay.used <= length);
    assert_int_equal(replay.flags, replay.used < length ? WB_REPLAY_TORN : 0);
    if (replay.used == length && states <= LIFE_STEPS) {
      life_bytes saved = life_save(practice);
      while (states <= LIFE_STEPS && life_same(saved, life_states[states]))
        states++;
      free(saved.data);
    }
    wb_practice_free(practice);
  }
  assert_int_equal(states, LIFE_STEPS + 1); /* the state after each step was met, in order */
  life_close(&l);
}

/* Snapshot and the rest of the journal give the same as the whole journal. */
static void a_snapshot_and_the_tail_give_the_state(void **state) {
  (void)state;
  for (size_t step = 1; step <= LIFE_STEPS; ++step) {
    life l;
    wb_replay replay = {.size = sizeof replay};
    wb_practice *practice = NULL;
    life_until(&l, LIFE_STEPS);
    assert_int_equal(life_new(&l, &practice), WB_OK);
    assert_int_equal(
        wb_practice_load(practice, life_states[step].data, life_states[step].length, NULL), WB_OK);
    assert_int_equal(wb_practice_replay(practice, l.journal.bytes, l.journal.length, &replay, NULL),
                     WB_OK);
    life_assert_state(practice, LIFE_STEPS);
    wb_practice_free(practice);
    life_close(&l);
  }
}

/* Loading under faults: the practice stays empty and loads the next time. */
static bool life_load_without_memory(fault_mode mode, uint64_t at) {
  life l;
  wb_practice *practice = NULL;
  life_bytes saved = life_states[LIFE_STEPS / 2];
  life_until(&l, LIFE_STEPS);
  fault_arm(&l.memory.plan, mode, at);
  wb_status status = life_new(&l, &practice);
  if (status == WB_OK) status = wb_practice_load(practice, saved.data, saved.length, NULL);
  wb_replay replay = {.size = sizeof replay};
  if (status == WB_OK)
    status = wb_practice_replay(practice, l.journal.bytes, l.journal.length, &replay, NULL);
  bool met = l.memory.plan.hits > 0;
  fault_arm(&l.memory.plan, FAULT_NEVER, 0);
  assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
  if (practice && met) {
    if (wb_practice_sequence(practice) == 0)
      assert_int_equal(wb_practice_load(practice, saved.data, saved.length, NULL), WB_OK);
    assert_int_equal(wb_practice_replay(practice, l.journal.bytes, l.journal.length, &replay, NULL),
                     WB_OK);
  }
  if (practice) life_assert_state(practice, LIFE_STEPS);
  wb_practice_free(practice);
  life_close(&l);
  return met;
}

static void memory_fails_while_loading(void **state) {
  (void)state;
  for (fault_mode mode = FAULT_ONCE; mode <= FAULT_FOREVER; ++mode) {
    uint64_t at = 1;
    while (life_load_without_memory(mode, at))
      at += effort_stride(5);
    assert_true(at > 1);
  }
}

/* A flipped bit anywhere is seen, and nothing is loaded. */
static void damage_is_refused(void **state) {
  (void)state;
  life l;
  life_until(&l, LIFE_STEPS);
  life_bytes saved = life_save(l.practice);
  for (size_t i = 0; i < saved.length; i += effort_stride(7)) {
    wb_practice *practice = NULL;
    assert_int_equal(life_new(&l, &practice), WB_OK);
    saved.data[i] ^= 0x10;
    assert_int_not_equal(wb_practice_load(practice, saved.data, saved.length, NULL), WB_OK);
    saved.data[i] ^= 0x10;
    assert_int_equal(wb_practice_sequence(practice), 0);
    assert_int_equal(wb_practice_load(practice, saved.data, saved.length, NULL), WB_OK);
    wb_practice_free(practice);
  }
  for (size_t i = 0; i < l.journal.length; i += effort_stride(7)) {
    wb_practice *practice = NULL;
    wb_replay replay = {.size = sizeof replay};
    assert_int_equal(life_new(&l, &practice), WB_OK);
    l.journal.bytes[i] ^= 0x10;
    wb_status status =
        wb_practice_replay(practice, l.journal.bytes, l.journal.length, &replay, NULL);
    assert_true(status != WB_OK || replay.used < l.journal.length);
    if (status != WB_OK) assert_int_equal(wb_practice_sequence(practice), 0);
    l.journal.bytes[i] ^= 0x10;
    wb_practice_free(practice);
  }
  free(saved.data);
  life_close(&l);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(memory_fails_at_every_step),
      cmocka_unit_test(a_conflict_changes_nothing),
      cmocka_unit_test(a_failed_append_makes_stale),
      cmocka_unit_test(a_failed_sync_makes_stale),
      cmocka_unit_test(a_crash_at_every_byte_leaves_whole_records),
      cmocka_unit_test(a_snapshot_and_the_tail_give_the_state),
      cmocka_unit_test(memory_fails_while_loading),
      cmocka_unit_test(damage_is_refused),
  };
  return cmocka_run_group_tests(tests, life_record, life_forget);
}

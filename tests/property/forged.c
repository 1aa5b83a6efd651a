/* SPDX-License-Identifier: MIT */
/*
 * Bytes of a practice that has lived, changed with a checksum that fits: refused, or a state that
 * is saved as the same bytes. And the same bytes where memory fails.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "outreach/practice_private.h"
#include "support/effort.h"
#include "support/saved.h"
#include "support/seal.h"
#include "support/world.h"

enum { FORGED_MOVES = 260, FORGED_EFFECT = 4096 };

typedef struct forged {
  ground it;
  world w;
  uint8_t *bytes; /* the snapshot */
  size_t length;
} forged;

static int forged_open(void **state) {
  forged *f = calloc(1, sizeof *f);
  assert_non_null(f);
  ground_open(&f->it);
  world_open(&f->w, &f->it, 3);
  for (int i = 0; i < FORGED_MOVES; i++)
    world_move(&f->w, WORLD_CALM);
  f->bytes = world_save(&f->w, f->w.process[f->w.active], &f->length);
  *state = f;
  return 0;
}

static int forged_close(void **state) {
  forged *f = *state;
  free(f->bytes);
  world_close(&f->w);
  ground_close(&f->it);
  free(f);
  return 0;
}

/* An empty state of the same practice. */
static void forged_state(const forged *f, wbi_state *state, wb_context *context) {
  const wbi_state *lived = &f->w.process[f->w.active]->state;
  wbi_state_init(state, context, lived->key, &lived->check);
  state->grace = lived->grace;
}

/* Loads bytes: nothing, or what is saved as the same. */
static bool forged_load(const forged *f, const uint8_t *bytes, size_t length) {
  wbi_state state;
  forged_state(f, &state, NULL);
  const bool taken = wbi_snapshot_read(&state, bytes, length, NULL) == WB_OK;
  if (taken) {
    assert_true(saved_alike(&state, bytes, length));
  } else {
    assert_int_equal(state.sequence, 0);
    assert_int_equal(state.patient.count, 0);
  }
  wbi_state_free(&state);
  return taken;
}

static void a_forged_snapshot_is_refused_or_means_what_it_says(void **state) {
  const forged *f = *state;
  uint32_t refused = 0, taken = 0;
  assert_true(forged_load(f, f->bytes, f->length));
  for (size_t i = 16; i + 4 < f->length; i++) {
    const uint8_t byte = f->bytes[i];
    for (size_t way = i % 2; way < SEAL_WAYS; way += 2 * effort_stride(2)) {
      f->bytes[i] = seal_forge(byte, way);
      seal_snapshot(f->bytes, f->length);
      if (forged_load(f, f->bytes, f->length))
        taken++;
      else
        refused++;
    }
    f->bytes[i] = byte;
  }
  seal_snapshot(f->bytes, f->length);
  assert_true(refused > 1000);
  assert_true(taken > 1000);
}

static void a_snapshot_that_is_cut_is_refused(void **state) {
  const forged *f = *state;
  uint8_t *cut = malloc(f->length);
  assert_non_null(cut);
  for (size_t length = 20; length < f->length; length++) {
    memcpy(cut, f->bytes, length);
    seal_snapshot(cut, length);
    assert_false(forged_load(f, cut, length));
  }
  free(cut);
}

/* ---- effects -----------------------------------------------------------------------------------
 */

/* One effect on the state that lived: whatever it says, the state is saved and loaded alike. */
static void forged_commit(const forged *f, const wbi_effect *effect) {
  wbi_state state;
  wbi_plan plan;
  size_t length = 0;
  forged_state(f, &state, NULL);
  assert_int_equal(wbi_snapshot_read(&state, f->bytes, f->length, NULL), WB_OK);
  wbi_plan_init(&plan, NULL);
  wbi_plan_start(&plan, &state, state.last);
  assert_int_equal(wbi_plan_open(&plan, &state, WBI_BY_RECEIVE), WB_OK);
  assert_int_equal(wbi_plan_add(&plan, effect), WB_OK);
  wbi_plan_close(&plan);
  assert_int_equal(wbi_state_reserve(&state, plan.bytes.data, plan.bytes.count), WB_OK);
  wbi_state_commit(&state, plan.bytes.data, plan.bytes.count);
  uint8_t *saved = saved_state(&state, &length);
  assert_true(forged_load(f, saved, length));
  free(saved);
  wbi_plan_free(&plan);
  wbi_state_free(&state);
}

/* Bytes of one effect, of which each is changed: none, or one that is written as the same bytes. */
static uint32_t forged_effect(const forged *f, const uint8_t *bytes, size_t length) {
  uint32_t taken = 0;
  uint8_t copy[FORGED_EFFECT];
  char again[FORGED_EFFECT];
  for (size_t i = 1; i < length; i++) {
    for (size_t way = 0; way < SEAL_WAYS; way += effort_stride(3)) {
      wbi_effect effect;
      wbi_writer writer = {again, sizeof again, 0};
      memcpy(copy, bytes, length);
      copy[i] = seal_forge(bytes[i], way);
      wbi_reader reader = {copy, length, 0, false};
      if (wbi_effect_read(&reader, &effect) != WB_OK) continue;
      wbi_effect_write(&writer, &effect);
      assert_int_equal(writer.length, reader.at);
      assert_memory_equal(again, copy, reader.at);
      forged_commit(f, &effect);
      taken++;
    }
  }
  return taken;
}

/* What is about one thing, not about all there is. */
static bool forged_one(const wbi_effect *effect) {
  return effect->kind != WBI_EFFECT_CAMPAIGN && effect->kind != WBI_EFFECT_BEGIN &&
         effect->kind != WBI_EFFECT_SECRET;
}

/* The last of each kind in the journal: its people and actions are those of the state. */
static void a_forged_effect_is_none_or_means_what_it_says(void **state) {
  const forged *f = *state;
  const memory_journal *journal = &f->w.journal;
  wbi_reader last[WBI_EFFECT_COUNT] = {{NULL, 0, 0, false}};
  wb_record record = {.size = sizeof record};
  wbi_reader effects;
  uint32_t kinds = 0, taken = 0;
  for (uint64_t offset = 0; offset < journal->length;) {
    assert_int_equal(wbi_record_read(journal->bytes, journal->length, &offset, &record, &effects),
                     WB_OK);
    for (uint32_t i = 0; i < record.effects; i++) {
      wbi_effect effect;
      const size_t at = effects.at;
      assert_int_equal(wbi_effect_read(&effects, &effect), WB_OK);
      assert_in_range(effect.kind, 0, WBI_EFFECT_COUNT - 1);
      if (forged_one(&effect))
        last[effect.kind] = (wbi_reader){effects.data + at, effects.at - at, 0, false};
    }
  }
  for (size_t kind = 0; kind < WBI_EFFECT_COUNT; kind++) {
    if (last[kind].data == NULL) continue;
    taken += forged_effect(f, last[kind].data, last[kind].length);
    kinds++;
  }
  assert_true(kinds > 25);
  assert_true(taken > 4000 / effort_stride(3));
}

/* ---- memory ------------------------------------------------------------------------------------
 */

static void a_snapshot_is_loaded_and_saved_or_there_is_no_memory(void **state) {
  const forged *f = *state;
  for (fault_mode mode = FAULT_ONCE; mode <= FAULT_FOREVER; mode++) {
    for (uint64_t at = 1;; at++) {
      fault_memory memory = {.live = 0};
      wb_context *context = fault_context(&memory);
      wbi_writer writer = {NULL, 0, 0};
      wbi_state loaded;
      forged_state(f, &loaded, context);
      fault_arm(&memory.plan, mode, at);
      wb_status status = wbi_snapshot_read(&loaded, f->bytes, f->length, NULL);
      if (status == WB_OK) status = wbi_snapshot_write(&loaded, &writer);
      const bool met = memory.plan.hits > 0;
      fault_arm(&memory.plan, FAULT_NEVER, 0);
      assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
      wbi_state_free(&loaded);
      wb_context_unref(context);
      assert_int_equal(memory.live, 0);
      if (!met) break;
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_forged_snapshot_is_refused_or_means_what_it_says),
      cmocka_unit_test(a_snapshot_that_is_cut_is_refused),
      cmocka_unit_test(a_forged_effect_is_none_or_means_what_it_says),
      cmocka_unit_test(a_snapshot_is_loaded_and_saved_or_there_is_no_memory),
  };
  return cmocka_run_group_tests(tests, forged_open, forged_close);
}

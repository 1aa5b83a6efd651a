/* SPDX-License-Identifier: MIT */
/* Snapshot, journal, two processes, callbacks that call back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"
#include "support/shape.h"

/* A clinic with something of everything in it. */
static void busy_clinic(clinic *c) {
  clinic_begin(c,
               CLINIC_ANA CLINIC_BEN "p3|active|Cat|1982-04-01|2|+12125550103|yes||\n"
                                     "p4|active|Dan|1983-05-01|2|+12125550104|no||\n",
               NULL);
  assert_int_equal(clinic_poll(c), 3);
  assert_int_equal(clinic_ack(c, c->actions[0].id, WB_SENT, 0), WB_OK);
  assert_int_equal(clinic_ack(c, c->actions[1].id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
  assert_int_equal(clinic_reply(c, c->actions[0].patient, "Can you call me?"), WB_OK);
  assert_int_equal(clinic_reply(c, c->actions[2].patient, "STOP"), WB_OK);
  assert_int_equal(clinic_poll(c), 2);
  assert_int_equal(clinic_receive(c, WB_INPUT_PAUSE, "one"), WB_OK);
  assert_int_equal(clinic_add(c, CLINIC_TEXTS("two")), WB_OK);
}

static wb_status replay_all(clinic *c, wb_practice *practice, wb_replay *replay) {
  replay->size = sizeof *replay;
  return wb_practice_replay(practice, c->journal.bytes, c->journal.length, replay, NULL);
}

static void a_snapshot_is_saved_as_it_was_loaded(void **state) {
  (void)state;
  clinic c;
  busy_clinic(&c);
  size_t length = 0, again = 0;
  uint8_t *bytes = clinic_save(c.practice, &length);
  uint8_t *buffer = malloc(length + 8);
  assert_int_equal(wb_practice_save(c.practice, NULL, 0, &again), WB_E_SPACE);
  assert_int_equal(again, length);
  memset(buffer, 0xA5, length + 8);
  again = 0;
  assert_int_equal(wb_practice_save(c.practice, buffer, length - 1, &again), WB_E_SPACE);
  assert_int_equal(again, length);
  assert_int_equal(buffer[length - 1], 0xA5);
  assert_int_equal(wb_practice_save(c.practice, buffer, length, &again), WB_OK);
  assert_memory_equal(buffer, bytes, length);
  assert_int_equal(buffer[length], 0xA5);
  wb_practice *loaded = clinic_practice(&c, NULL), *replayed = clinic_practice(&c, NULL);
  assert_int_equal(wb_practice_load(loaded, bytes, length, NULL), WB_OK);
  clinic_same(c.practice, loaded);
  wb_replay replay = {0};
  assert_int_equal(replay_all(&c, replayed, &replay), WB_OK);
  assert_int_equal(replay.applied, wb_practice_sequence(c.practice));
  assert_int_equal(replay.skipped, 0);
  clinic_same(c.practice, replayed);
  assert_int_equal(replay_all(&c, loaded, &replay), WB_OK);
  assert_int_equal(replay.applied, 0);
  assert_int_equal(replay.skipped, wb_practice_sequence(c.practice));
  assert_int_equal(replay.used, c.journal.length);
  clinic_same(c.practice, loaded);
  assert_int_equal(wb_practice_save(NULL, NULL, 0, &again), WB_E_INVALID);
  assert_int_equal(wb_practice_save(c.practice, NULL, 0, NULL), WB_E_INVALID);
  wb_practice_free(loaded);
  wb_practice_free(replayed);
  free(buffer);
  free(bytes);
  clinic_close(&c);
}

/* People of whom nothing but a key of one letter is known: a patient in as few bytes as can be. */
static void the_shortest_keys_are_loaded_as_they_were_saved(void **state) {
  static const char *const keys[] = {"1", "2", "3", "4", "5"};
  (void)state;
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  wb_input input = clinic_slot(WB_INPUT_SLOT_OPENED, "a", c.now + CLINIC_DAY);
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    input.kind = WB_INPUT_SLOT_OPENED;
    input.patient_length = 0;
    assert_int_equal(clinic_send(&c, &input), WB_OK);
    input.kind = WB_INPUT_BOOKED;
    input.patient = keys[i];
    input.patient_length = 1;
    assert_int_equal(clinic_send(&c, &input), WB_OK);
    wb_practice_free(clinic_loaded(&c));
  }
  clinic_close(&c);
}

/* What is loaded goes on exactly as what was saved would have. */
static void a_loaded_practice_goes_on_as_the_other(void **state) {
  (void)state;
  clinic c;
  busy_clinic(&c);
  size_t length = 0;
  uint8_t *bytes = clinic_save(c.practice, &length);
  wb_practice *kept = c.practice;
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, "one"), WB_OK);
  c.now += CLINIC_DAY;
  uint32_t first = clinic_poll(&c);
  assert_true(first > 0);
  uint8_t ids[CLINIC_ACTIONS][16];
  for (uint32_t i = 0; i < first; ++i)
    memcpy(ids[i], c.actions[i].id, 16);
  memory_journal other = c.journal;
  memset(&c.journal, 0, sizeof c.journal);
  c.now -= CLINIC_DAY;
  c.practice = clinic_practice(&c, NULL);
  assert_int_equal(wb_practice_load(c.practice, bytes, length, NULL), WB_OK);
  c.journal.sequence = wb_practice_sequence(c.practice);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, "one"), WB_OK);
  c.now += CLINIC_DAY;
  assert_int_equal(clinic_poll(&c), first);
  for (uint32_t i = 0; i < first; ++i)
    assert_memory_equal(c.actions[i].id, ids[i], 16);
  clinic_same(kept, c.practice);
  wb_practice_free(kept);
  memory_journal_free(&other);
  free(bytes);
  clinic_close(&c);
}

static void only_its_own_bytes_are_read(void **state) {
  (void)state;
  static const uint8_t other_secret[16] = {7, 1, 2, 4};
  clinic c;
  busy_clinic(&c);
  size_t length = 0;
  uint8_t *bytes = clinic_save(c.practice, &length);
  wb_practice_options options = c.options;
  for (int what = 0; what < 2; ++what) {
    c.options = options;
    if (what == 0) c.options.secret = other_secret;
    if (what == 1) c.options.key = "Practice";
    wb_practice *stranger = clinic_practice(&c, NULL);
    wb_replay replay = {.size = sizeof replay, .used = 77};
    wb_error error = {0};
    assert_int_equal(wb_practice_load(stranger, bytes, length, &error), WB_E_INVALID);
    assert_int_equal(error.status, WB_E_INVALID);
    assert_int_equal(replay_all(&c, stranger, &replay), WB_E_INVALID);
    assert_int_equal(replay.used, 77);
    assert_int_equal(wb_practice_sequence(stranger), 0);
    wb_practice_free(stranger);
  }
  c.options = options;
  free(bytes);
  clinic_close(&c);
}

static void damaged_bytes_load_nothing(void **state) {
  (void)state;
  clinic c;
  busy_clinic(&c);
  size_t length = 0;
  uint8_t *bytes = clinic_save(c.practice, &length);
  wb_practice *empty = clinic_practice(&c, NULL);
  for (size_t at = 0; at < length; at += 7) {
    bytes[at] ^= 1;
    wb_status status = wb_practice_load(empty, bytes, length, NULL);
    assert_true(status == WB_E_CORRUPT || status == WB_E_VERSION);
    bytes[at] ^= 1;
  }
  for (size_t cut = 0; cut < length; cut += 5)
    assert_int_equal(wb_practice_load(empty, bytes, cut, NULL), WB_E_CORRUPT);
  assert_int_equal(wb_practice_load(empty, NULL, length, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_load(NULL, bytes, length, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_sequence(empty), 0);
  assert_int_equal(wb_practice_load(empty, bytes, length, NULL), WB_OK);
  assert_int_equal(wb_practice_load(empty, bytes, length, NULL), WB_E_STATE);
  clinic_same(c.practice, empty);
  wb_practice_free(empty);
  free(bytes);
  clinic_close(&c);
}

static wb_status replay_shape(void *user, void *replay) {
  clinic *c = user;
  return wb_practice_replay(c->practice, c->journal.bytes, c->journal.length, replay, NULL);
}

/* Where each record begins; the last entry is the end. */
static size_t record_offsets(clinic *c, uint64_t *offsets, size_t capacity) {
  uint64_t offset = 0;
  size_t count = 0;
  wb_record record = {.size = sizeof record};
  do {
    assert_true(count < capacity);
    offsets[count++] = offset;
  } while (wb_journal_next(c->journal.bytes, c->journal.length, &offset, &record) == WB_OK);
  return count - 1;
}

static void a_journal_is_whole_torn_or_damaged(void **state) {
  (void)state;
  clinic c;
  uint64_t offsets[64];
  wb_replay replay = {.size = sizeof replay};
  busy_clinic(&c);
  shape_out(&replay, sizeof replay, replay_shape, &c);
  assert_int_equal(replay_shape(&c, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_replay(c.practice, NULL, 5, &replay, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_replay(NULL, c.journal.bytes, 5, &replay, NULL), WB_E_INVALID);
  size_t records = record_offsets(&c, offsets, 64);
  assert_int_equal(records, wb_practice_sequence(c.practice));
  for (size_t cut = 0; cut <= c.journal.length; ++cut) { /* torn: whole records count */
    wb_practice *practice = clinic_practice(&c, NULL);
    size_t whole = 0;
    while (whole < records && offsets[whole + 1] <= cut)
      whole++;
    assert_int_equal(wb_practice_replay(practice, c.journal.bytes, cut, &replay, NULL), WB_OK);
    assert_int_equal(replay.applied, whole);
    assert_int_equal(replay.used, offsets[whole]);
    assert_int_equal(replay.flags, cut > offsets[whole] ? WB_REPLAY_TORN : 0);
    wb_practice_free(practice);
  }
  wb_practice *practice = clinic_practice(&c, NULL);
  memset(&replay, 0xA5, sizeof replay);
  replay.size = sizeof replay;
  wb_replay before = replay;
  for (size_t from = 1; from < records; ++from) /* a gap at the front */
    assert_int_equal(wb_practice_replay(practice, c.journal.bytes + offsets[from],
                                        c.journal.length - offsets[from], &replay, NULL),
                     WB_E_CORRUPT);
  for (size_t i = 0; i + 1 < records; ++i) { /* damage that is not at the end */
    uint8_t *byte = &c.journal.bytes[offsets[i] + 33];
    *byte ^= 1;
    assert_int_equal(replay_all(&c, practice, &replay), WB_E_CORRUPT);
    *byte ^= 1;
  }
  assert_memory_equal(&replay, &before, sizeof replay);
  assert_int_equal(wb_practice_sequence(practice), 0);
  assert_int_equal(replay_all(&c, practice, &replay), WB_OK);
  clinic_same(c.practice, practice);
  wb_practice_free(practice);
  clinic_close(&c);
}

static wb_status record_shape(void *user, void *record) {
  clinic *c = user;
  uint64_t offset = 0;
  return wb_journal_next(c->journal.bytes, c->journal.length, &offset, record);
}

static void records_are_read_one_by_one(void **state) {
  (void)state;
  clinic c;
  wb_record record = {.size = sizeof record}, before;
  busy_clinic(&c);
  shape_out(&record, sizeof record, record_shape, &c);
  assert_int_equal(record_shape(&c, NULL), WB_E_INVALID);
  uint64_t offset = c.journal.length;
  memset(&record, 0xA5, sizeof record);
  record.size = sizeof record;
  before = record;
  const uint8_t *bytes = c.journal.bytes;
  assert_int_equal(wb_journal_next(bytes, c.journal.length, &offset, &record), WB_E_NAME);
  assert_int_equal(offset, c.journal.length);
  offset = c.journal.length + 1;
  wb_status status = wb_journal_next(bytes, c.journal.length, &offset, &record);
  assert_true(status == WB_E_NAME || status == WB_E_CORRUPT || status == WB_E_INVALID);
  offset = UINT64_MAX;
  assert_int_not_equal(wb_journal_next(bytes, c.journal.length, &offset, &record), WB_OK);
  offset = 1;
  assert_int_equal(wb_journal_next(bytes, c.journal.length, &offset, &record), WB_E_CORRUPT);
  assert_int_equal(offset, 1);
  offset = 0;
  assert_int_equal(wb_journal_next(bytes, 40, &offset, &record), WB_E_CORRUPT);
  assert_int_equal(wb_journal_next(bytes, c.journal.length, NULL, &record), WB_E_INVALID);
  assert_int_equal(wb_journal_next(NULL, 10, &offset, &record), WB_E_INVALID);
  assert_memory_equal(&record, &before, sizeof record);
  assert_int_equal(wb_journal_next(bytes, c.journal.length, &offset, &record), WB_OK);
  assert_int_equal(record.sequence, 1);
  assert_int_equal(record.offset, 0);
  assert_int_equal(record.cause, 1);
  assert_int_equal(record.at, SAMPLE_NOW);
  assert_true(record.effects >= 2); /* begin, campaign */
  clinic_close(&c);
}

/* ---- journal failures ----------------------------------------------------------------------- */

static wb_status change(clinic *c, int which) {
  wb_counts counts = {.size = sizeof counts};
  switch (which) {
  case 0: return clinic_add(c, CLINIC_TEXTS("two"));
  case 1: return wb_practice_enroll(c->practice, NULL, 0, c->it.facts, c->now, &counts, NULL);
  case 2:
    c->actions[0].size = sizeof(wb_action);
    return wb_practice_poll(c->practice, c->it.facts, c->now, c->actions, CLINIC_ACTIONS, &c->count,
                            NULL);
  default: return clinic_receive(c, WB_INPUT_PAUSE, NULL);
  }
}

/* A clinic in which each of the four changes has something to do. */
static void ready_clinic(clinic *c) {
  clinic_begin(c, CLINIC_ANA, NULL);
  clinic_rows(c, CLINIC_ANA CLINIC_BEN, "");
}

static void a_conflict_changes_nothing_and_can_be_repeated(void **state) {
  (void)state;
  for (int which = 0; which < 4; ++which) {
    clinic c;
    ready_clinic(&c);
    size_t length = 0;
    uint8_t *before = clinic_save(c.practice, &length);
    c.journal.answer = WB_E_CONFLICT;
    fault_arm(&c.journal.append, FAULT_ONCE, 1);
    assert_int_equal(change(&c, which), WB_E_CONFLICT);
    size_t again = 0;
    uint8_t *after = clinic_save(c.practice, &again);
    assert_int_equal(again, length);
    assert_memory_equal(after, before, length);
    assert_int_equal(change(&c, which), WB_OK);
    free(before);
    free(after);
    clinic_close(&c);
  }
}

static void a_failure_makes_stale_for_good(void **state) {
  (void)state;
  for (int which = 0; which < 8; ++which) {
    clinic c;
    ready_clinic(&c);
    fault_plan *plan = which < 4 ? &c.journal.append : &c.journal.sync;
    fault_arm(plan, FAULT_ONCE, 1);
    assert_int_equal(change(&c, which % 4), WB_E_STALE);
    for (int other = 0; other < 4; ++other)
      assert_int_equal(change(&c, other), WB_E_STALE);
    uint64_t cursor = 0;
    size_t needed = 77;
    wb_time wake = 77;
    wb_replay replay = {.size = sizeof replay};
    wb_enrollment enrollment = {.size = sizeof enrollment};
    wb_action_status action = {.size = sizeof action};
    wb_task task = {.size = sizeof task};
    assert_int_equal(wb_practice_next(c.practice, &cursor, &enrollment), WB_E_STALE);
    assert_int_equal(wb_practice_actions(c.practice, &cursor, &action), WB_E_STALE);
    assert_int_equal(wb_desk_next(c.practice, WB_DESK_INBOX, &cursor, &task), WB_E_STALE);
    assert_int_equal(wb_practice_wake(c.practice, &wake), WB_E_STALE);
    assert_int_equal(wb_practice_save(c.practice, NULL, 0, &needed), WB_E_STALE);
    assert_int_equal(wb_practice_load(c.practice, "", 0, NULL), WB_E_STALE);
    assert_int_equal(replay_all(&c, c.practice, &replay), WB_E_STALE);
    assert_int_equal(wake, 77);
    assert_int_equal(needed, 77);
    wb_practice_free(c.practice);
    c.practice = clinic_practice(&c, NULL);
    memory_journal_crash(&c.journal);
    assert_int_equal(replay_all(&c, c.practice, &replay), WB_OK);
    assert_int_equal(change(&c, which % 4), WB_OK);
    clinic_close(&c);
  }
}

/* ---- callbacks ------------------------------------------------------------------------------ */

static clinic *inside; /* the clinic whose callback runs */
static int inside_calls;

/* Every call on the handle, from within one of its callbacks. */
static void call_everything(void) {
  clinic *c = inside;
  uint64_t cursor = 0, sequence = wb_practice_sequence(c->practice);
  size_t needed = 0;
  wb_time wake = 0;
  wb_replay replay = {.size = sizeof replay};
  wb_enrollment enrollment = {.size = sizeof enrollment};
  wb_action_status action = {.size = sizeof action};
  wb_task task = {.size = sizeof task};
  for (int which = 0; which < 4; ++which)
    assert_int_equal(change(c, which), WB_E_BUSY);
  assert_int_equal(clinic_ack(c, (const uint8_t *)"0123456789abcdef", WB_SENT, 0), WB_E_BUSY);
  assert_int_equal(wb_practice_next(c->practice, &cursor, &enrollment), WB_E_BUSY);
  assert_int_equal(wb_practice_actions(c->practice, &cursor, &action), WB_E_BUSY);
  assert_int_equal(wb_desk_next(c->practice, WB_DESK_INBOX, &cursor, &task), WB_E_BUSY);
  assert_int_equal(wb_practice_wake(c->practice, &wake), WB_E_BUSY);
  assert_int_equal(wb_practice_save(c->practice, NULL, 0, &needed), WB_E_BUSY);
  assert_int_equal(wb_practice_load(c->practice, "x", 1, NULL), WB_E_BUSY);
  assert_int_equal(wb_practice_replay(c->practice, "x", 1, &replay, NULL), WB_E_BUSY);
  assert_int_equal(wb_practice_sequence(c->practice), sequence);
  inside_calls++;
}

static wb_status WB_CALL append_calls_back(void *user, uint64_t first, const void *bytes,
                                           uint64_t length, uint32_t count) {
  call_everything();
  return memory_journal_append(user, first, bytes, length, count);
}

static wb_status WB_CALL sync_calls_back(void *user) {
  call_everything();
  return memory_journal_sync(user);
}

static void no_callback_calls_back(void **state) {
  (void)state;
  clinic c;
  clinic_open(&c, CLINIC_ANA CLINIC_BEN, NULL);
  wb_practice_free(c.practice);
  c.options.append = append_calls_back;
  c.options.sync = sync_calls_back;
  c.practice = clinic_practice(&c, NULL);
  inside = &c;
  inside_calls = 0;
  clinic_launch(&c, "one", CLINIC_TEXTS("one"));
  assert_int_equal(clinic_enroll(&c).enrolled, 2);
  assert_int_equal(clinic_poll(&c), 2);
  clinic_sent(&c);
  assert_true(inside_calls >= 6);
  clinic_close(&c);
}

/* ---- definitions ---------------------------------------------------------------------------- */

static void a_definition_that_fails_holds_until_it_compiles(void **state) {
  (void)state;
  static const char narrow[] = "{\"channels\":{\"sms\":{\"read\":[\"public\"]}}}";
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  size_t length = 0;
  uint8_t *bytes = clinic_save(c.practice, &length);
  wb_policy *policy = NULL;
  assert_int_equal(wb_policy_new(c.context, c.it.schema, narrow, sizeof narrow - 1, &policy, NULL),
                   WB_OK);
  wb_practice *wide = c.practice;
  c.practice = clinic_practice(&c, policy);
  wb_policy_unref(policy);
  assert_int_equal(wb_practice_load(c.practice, bytes, length, NULL), WB_OK);
  clinic_same(c.practice, wide);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_DEFINITION);
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p9"), WB_E_NAME);
  wb_practice_free(c.practice);
  wb_practice_free(wide);
  c.practice = clinic_practice(&c, NULL);
  wb_replay replay = {0};
  assert_int_equal(replay_all(&c, c.practice, &replay), WB_OK);
  assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_DEFINITION);
  assert_int_equal(clinic_poll(&c), 1);
  free(bytes);
  clinic_close(&c);
}

/* Who is inside stays with what they entered under, through snapshot and journal. */
static void a_pin_survives_a_load(void **state) {
  (void)state;
  static char newer[] = CLINIC_TEXTS("one");
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  memcpy(strstr(newer, "has time"), "had time", 8);
  clinic_launch(&c, "one", newer);
  size_t length = 0;
  uint8_t *bytes = clinic_save(c.practice, &length);
  wb_practice_free(c.practice);
  c.practice = clinic_practice(&c, NULL);
  assert_int_equal(wb_practice_load(c.practice, bytes, length, NULL), WB_OK);
  clinic_rows(&c, CLINIC_ANA CLINIC_BEN, "");
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  assert_int_equal(clinic_poll(&c), 2);
  for (uint32_t i = 0; i < 2; ++i)
    assert_non_null(
        strstr(c.actions[i].text, strcmp(c.actions[i].patient, "p1") ? "had time" : "has time"));
  free(bytes);
  clinic_close(&c);
}

/* Who has lived long has what is forgotten yet, who was loaded has not. */
static void a_key_that_comes_again_after_it_was_forgotten_begins_anew_for_both(void **state) {
  static const struct {
    int days;
    uint32_t generation;
  } cases[] = {{90, 2}, {91, 1}};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    clinic c;
    wb_opening opening = {.size = sizeof opening};
    clinic_begin(&c, CLINIC_ANA, NULL);
    wb_input slot = clinic_slot(WB_INPUT_SLOT_OPENED, "o1", c.now + CLINIC_DAY);
    assert_int_equal(clinic_send(&c, &slot), WB_OK);
    slot.kind = WB_INPUT_SLOT_CLOSED;
    assert_int_equal(clinic_send(&c, &slot), WB_OK);
    for (int day = 0; day < cases[i].days; day++) {
      c.now += CLINIC_DAY;
      slot = clinic_slot(WB_INPUT_SLOT_OPENED, "o2", c.now + CLINIC_DAY);
      assert_int_equal(clinic_send(&c, &slot), WB_OK);
    }
    wb_practice *loaded = clinic_loaded(&c);
    slot.visit = "o1";
    assert_int_equal(clinic_send(&c, &slot), WB_OK);
    assert_int_equal(wb_opening_get(c.practice, "o1", 2, &opening), WB_OK);
    assert_int_equal(opening.generation, cases[i].generation);
    clinic_replay(&c, loaded);
    clinic_same(c.practice, loaded);
    wb_practice_free(loaded);
    clinic_close(&c);
  }
}

static void there_are_256_definitions_at_most(void **state) {
  (void)state;
  clinic c;
  char json[] = CLINIC_TEXTS("n000");
  clinic_open(&c, CLINIC_ANA, NULL);
  char *digits = strstr(json, "n000") + 1;
  for (int i = 0; i < 256; ++i) {
    char number[4];
    snprintf(number, sizeof number, "%03d", i);
    memcpy(digits, number, 3);
    assert_int_equal(clinic_add(&c, json), WB_OK);
  }
  uint64_t sequence = wb_practice_sequence(c.practice);
  assert_int_equal(clinic_add(&c, json), WB_OK); /* known */
  memcpy(digits, "256", 3);
  assert_int_equal(clinic_add(&c, json), WB_E_LIMIT);
  assert_int_equal(wb_practice_sequence(c.practice), sequence);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_snapshot_is_saved_as_it_was_loaded),
      cmocka_unit_test(the_shortest_keys_are_loaded_as_they_were_saved),
      cmocka_unit_test(a_loaded_practice_goes_on_as_the_other),
      cmocka_unit_test(only_its_own_bytes_are_read),
      cmocka_unit_test(damaged_bytes_load_nothing),
      cmocka_unit_test(a_journal_is_whole_torn_or_damaged),
      cmocka_unit_test(records_are_read_one_by_one),
      cmocka_unit_test(a_conflict_changes_nothing_and_can_be_repeated),
      cmocka_unit_test(a_failure_makes_stale_for_good),
      cmocka_unit_test(no_callback_calls_back),
      cmocka_unit_test(a_definition_that_fails_holds_until_it_compiles),
      cmocka_unit_test(a_pin_survives_a_load),
      cmocka_unit_test(a_key_that_comes_again_after_it_was_forgotten_begins_anew_for_both),
      cmocka_unit_test(there_are_256_definitions_at_most),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Calls beside the daily ones with their memory, appends and syncs failing in turn: nothing has
   changed, and once more it works. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

enum { CALLS_TEXT = 1 << 16 };

/* What a reader wrote last. */
static char said[CALLS_TEXT];

/* ---- the calls ------------------------------------------------------------------------------- */

static wb_status entries(clinic *c) {
  wb_status status;
  const wb_entry_query query = {.size = sizeof query};
  uint64_t cursor = 0;
  size_t needed = 0, at = 0;
  do {
    status = wb_journal_entry(c->context, c->journal.bytes, c->journal.length, &query, &cursor,
                              said + at, sizeof said - at, &needed);
    if (status == WB_OK) at += needed;
  } while (status == WB_OK);
  assert_true(status != WB_E_NAME || cursor == 3); /* two texts, and what confirms the opt-out */
  return status == WB_E_NAME ? WB_OK : status;
}

static wb_status explained(clinic *c) {
  size_t needed = 0;
  return wb_journal_explain(c->context, c->journal.bytes, c->journal.length, c->actions[0].id, said,
                            sizeof said, &needed);
}

static wb_status found(clinic *c) {
  wb_chain chain = {.size = sizeof chain};
  const wb_status status = wb_journal_find(c->journal.bytes, c->journal.length, &chain, NULL);
  memcpy(said, &chain, sizeof chain);
  return status;
}

static wb_status formatted(clinic *c) {
  size_t needed = 0;
  return wb_journal_format(c->journal.bytes, c->journal.length, 0, said, sizeof said, &needed);
}

static wb_status written(clinic *c) {
  size_t needed = 0;
  return wb_practice_save(c->practice, said, sizeof said, &needed);
}

static wb_status page(clinic *c) {
  size_t needed = 0;
  return wb_metrics_format(c->practice, c->now, said, sizeof said, &needed);
}

static wb_status sums(clinic *c) {
  wb_metrics metrics = {.size = sizeof metrics};
  const wb_status status = wb_metrics_get(c->practice, "one", 3, NULL, 0, NULL, 0, 0, &metrics);
  if (status == WB_OK) assert_int_equal(metrics.entered, 2);
  return status;
}

static wb_status cells(clinic *c) {
  wb_metrics metrics = {.size = sizeof metrics};
  uint64_t cursor = 0, entered = 0;
  wb_status status;
  while ((status = wb_metrics_next(c->practice, &cursor, &metrics)) == WB_OK)
    entered += metrics.entered;
  assert_true(status != WB_E_NAME || entered >= 2);
  return status == WB_E_NAME ? WB_OK : status;
}

static wb_status listed(clinic *c) {
  wb_enrollment found = {.size = sizeof found};
  uint64_t cursor = 0;
  wb_status status;
  while ((status = wb_practice_next(c->practice, &cursor, &found)) == WB_OK)
    assert_string_not_equal(found.patient, "");
  return status == WB_E_NAME ? WB_OK : status;
}

static wb_status sealed(clinic *c) {
  return wb_practice_seal(c->practice, c->now, NULL);
}

static wb_status migrated(clinic *c) {
  const wb_migrate_options options = {.size = sizeof options};
  wb_migration rows[8] = {{.size = sizeof rows[0]}};
  uint32_t count = 0;
  return wb_practice_migrate(c->practice, "one", 3, &options, c->now, rows, 8, &count, NULL);
}

static wb_status waits(clinic *c) {
  wb_waiting rows[8] = {{.size = sizeof rows[0]}};
  uint32_t count = 0;
  return wb_practice_waiting(c->practice, NULL, 0, c->it.facts, c->now, rows, 8, &count, NULL);
}

static wb_status (*const calls[])(clinic *) = {entries, explained, found,       formatted, page,
                                               sums,    cells,     written,     waits,     listed,
                                               sealed,  migrated,  clinic_rekey};
enum { CALLS = sizeof calls / sizeof *calls, CALLS_WRITE = 10 /* those from here on change it */ };

/* ---- the faults ------------------------------------------------------------------------------ */

/* Ana got a text, Ben opted out of his; and there is a second definition. */
static void begin(clinic *c) {
  static const char newer[] = CLINIC_TEXTS("one");
  char json[sizeof newer];
  clinic_begin(c, CLINIC_ANA CLINIC_BEN, NULL);
  assert_int_equal(clinic_poll(c), 2);
  clinic_sent(c);
  assert_int_equal(clinic_reply(c, "p2", "STOP"), WB_OK);
  assert_int_equal(clinic_poll(c), 1);
  clinic_sent(c);
  memcpy(json, newer, sizeof newer);
  memcpy(strstr(json, "\"Texts\""), "\"Notes\"", 7);
  clinic_launch(c, "one", json);
}

/* A state as bytes. */
typedef struct saved {
  uint8_t *bytes;
  size_t length;
} saved;

static saved save(wb_practice *practice) {
  saved it = {NULL, 0};
  it.bytes = clinic_save(practice, &it.length);
  return it;
}

static bool alike(saved a, saved b) {
  return a.length == b.length && memcmp(a.bytes, b.bytes, a.length) == 0;
}

/* The state is the one that was saved, which is given back. */
static void assert_still(wb_practice *practice, saved before) {
  const saved now = save(practice);
  assert_true(alike(now, before));
  free(now.bytes);
  free(before.bytes);
}

/* What a call says, and leaves, without any fault. */
static saved expected(size_t which, char *text) {
  clinic c;
  begin(&c);
  memset(said, 0, sizeof said);
  assert_int_equal(calls[which](&c), WB_OK);
  memcpy(text, said, sizeof said);
  const saved after = save(c.practice);
  clinic_close(&c);
  return after;
}

/* One call with a fault in its memory; true: the fault was met. */
static bool without_memory(size_t which, fault_mode mode, uint64_t at) {
  static char text[CALLS_TEXT];
  clinic c;
  const saved after = expected(which, text);
  begin(&c);
  const saved before = save(c.practice);
  fault_arm(&c.memory.plan, mode, at);
  const wb_status status = calls[which](&c);
  const bool met = c.memory.plan.hits > 0;
  fault_arm(&c.memory.plan, FAULT_NEVER, 0);
  assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
  if (met) {
    assert_still(c.practice, before);
    memset(said, 0, sizeof said);
    assert_int_equal(calls[which](&c), WB_OK);
    assert_memory_equal(said, text, sizeof said);
  } else {
    free(before.bytes);
  }
  assert_still(c.practice, after);
  clinic_close(&c);
  return met;
}

static void memory_fails_in_every_call(void **state) {
  (void)state;
  uint64_t met = 0;
  for (size_t which = 0; which < CALLS; which++) {
    for (uint64_t at = 1; without_memory(which, FAULT_ONCE, at); at++, met++)
      assert_true(without_memory(which, FAULT_FOREVER, at));
  }
  assert_true(met > CALLS);
}

/* Another process was first. */
static void a_conflict_changes_nothing(void **state) {
  (void)state;
  for (size_t which = CALLS_WRITE; which < CALLS; which++) {
    clinic c;
    begin(&c);
    const saved before = save(c.practice);
    c.journal.answer = WB_E_CONFLICT;
    fault_arm(&c.journal.append, FAULT_ONCE, 1);
    assert_int_equal(calls[which](&c), WB_E_CONFLICT);
    assert_still(c.practice, before);
    assert_int_equal(calls[which](&c), WB_OK);
    clinic_close(&c);
  }
}

/* What the journal holds, in a practice of its own. Behind a new secret the old one can do no more
   than save. */
static void reload(clinic *c, wb_status status) {
  wb_replay replay = {.size = sizeof replay};
  wb_practice_free(c->practice);
  c->practice = clinic_practice(c, NULL);
  assert_int_equal(
      wb_practice_replay(c->practice, c->journal.bytes, c->journal.length, &replay, NULL), status);
}

/* Nobody knows what is durable: the handle is stale, and the journal has the state before or the
   one after. */
static void stale(size_t which, bool sync, bool written) {
  static char text[CALLS_TEXT];
  clinic c;
  size_t needed = 0;
  const saved after = expected(which, text);
  begin(&c);
  const saved before = save(c.practice);
  c.journal.torn = written ? SIZE_MAX : 0;
  fault_arm(sync ? &c.journal.sync : &c.journal.append, FAULT_FOREVER, 1);
  assert_int_equal(calls[which](&c), WB_E_STALE);
  fault_arm(&c.journal.sync, FAULT_NEVER, 0);
  fault_arm(&c.journal.append, FAULT_NEVER, 0);
  assert_int_equal(wb_practice_save(c.practice, NULL, 0, &needed), WB_E_STALE);
  assert_int_equal(calls[which](&c), WB_E_STALE);
  if (sync && !written) memory_journal_crash(&c.journal);
  reload(&c, written && calls[which] == clinic_rekey ? WB_E_STALE : WB_OK);
  const saved now = save(c.practice);
  assert_true(alike(now, written ? after : before));
  if (!written) assert_int_equal(calls[which](&c), WB_OK);
  assert_still(c.practice, after);
  free(before.bytes);
  free(now.bytes);
  clinic_close(&c);
}

static void a_failed_append_or_sync_makes_stale(void **state) {
  (void)state;
  for (size_t which = CALLS_WRITE; which < CALLS; which++) {
    for (int kind = 0; kind < 4; kind++)
      stale(which, kind & 1, kind >> 1);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(memory_fails_in_every_call),
      cmocka_unit_test(a_conflict_changes_nothing),
      cmocka_unit_test(a_failed_append_or_sync_makes_stale),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

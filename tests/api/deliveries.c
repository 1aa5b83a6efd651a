/* SPDX-License-Identifier: MIT */
/* The loop that delivers: what the host does not know, and a journal that fails between two. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "support/clinic.h"

typedef struct host {
  clinic c;
  int32_t kind; /* what became of each */
  uint32_t calls;
  bool breaks; /* the journal fails from the first delivery on */
} host;

static wb_status WB_CALL deliver(void *user, const wb_action *action, wb_outcome *outcome) {
  host *h = user;
  assert_int_equal(action->size, sizeof *action);
  assert_int_equal(action->at, h->c.now);
  h->calls++;
  outcome->kind = h->kind;
  if (h->breaks) fault_arm(&h->c.journal.append, FAULT_FOREVER, 1);
  return WB_OK;
}

static wb_status run(host *h, wb_run *counts) {
  return wb_practice_run(h->c.practice, h->c.it.facts, h->c.now, deliver, h, counts, NULL);
}

static void what_the_host_does_not_know_is_counted_as_unknown(void **state) {
  static host h;
  wb_run counts = {.size = sizeof counts};
  (void)state;
  h = (host){.kind = WB_SENT_UNKNOWN};
  clinic_begin(&h.c, CLINIC_ANA CLINIC_BEN, NULL);
  assert_int_equal(run(&h, &counts), WB_OK);
  assert_int_equal(counts.unknown, 2);
  assert_int_equal(counts.sent + counts.not_sent, 0);
  clinic_close(&h.c);
}

/* Nothing more is delivered when what became of the last one cannot be written down. */
static void a_journal_that_fails_stops_the_run(void **state) {
  static host h;
  wb_run counts = {.size = sizeof counts};
  (void)state;
  h = (host){.kind = WB_SENT, .breaks = true};
  clinic_begin(&h.c, CLINIC_ANA CLINIC_BEN, NULL);
  assert_int_equal(run(&h, &counts), WB_E_STALE);
  assert_int_equal(h.calls, 1);
  assert_int_equal(counts.sent, 0);
  fault_arm(&h.c.journal.append, FAULT_NEVER, 0);
  assert_int_equal(clinic_receive(&h.c, WB_INPUT_PAUSE, NULL), WB_E_STALE);
  clinic_close(&h.c);
}

/* Nor while another process writes the journal: the others wait for whoever replays it. */
static void a_journal_that_was_written_by_another_stops_the_run(void **state) {
  static host h;
  wb_run counts = {.size = sizeof counts};
  (void)state;
  h = (host){.kind = WB_SENT, .breaks = true};
  clinic_begin(&h.c, CLINIC_ANA CLINIC_BEN, NULL);
  h.c.journal.answer = WB_E_CONFLICT;
  assert_int_equal(run(&h, &counts), WB_E_CONFLICT);
  assert_int_equal(h.calls, 1);
  assert_int_equal(counts.sent + counts.not_sent, 0);
  fault_arm(&h.c.journal.append, FAULT_NEVER, 0);
  for (uint32_t i = 0; i < 2; i++)
    assert_int_equal(clinic_find(&h.c, i == 0 ? "p1" : "p2", "one").state, WB_STATE_CLAIMED);
  clinic_close(&h.c);
}

/* What leaves is written down before it does. */
static void what_is_handed_out_is_durable(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.journal.committed, c.journal.sequence);
  clinic_close(&c);
}

/* After a month without a record a poll leaves one, so that the days are no jump in time. */
static void a_month_of_polls_in_vain_leaves_a_record(void **state) {
  (void)state;
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_add(&c, CLINIC_TEXTS("one")), WB_OK);
  const uint64_t before = c.journal.sequence;
  const wb_time last = c.now;
  c.now = last + 30 * CLINIC_DAY;
  clinic_rows(&c, CLINIC_ANA, "");
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(c.journal.sequence, before);
  c.now++;
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(c.journal.sequence, before + 1);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_handed_out_is_durable),
      cmocka_unit_test(a_month_of_polls_in_vain_leaves_a_record),
      cmocka_unit_test(what_the_host_does_not_know_is_counted_as_unknown),
      cmocka_unit_test(a_journal_that_fails_stops_the_run),
      cmocka_unit_test(a_journal_that_was_written_by_another_stops_the_run),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

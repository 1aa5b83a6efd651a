/* SPDX-License-Identifier: MIT */
#include "support/rerun.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

const rerun_fault rerun_fails[2] = {
    {RERUN_GETS, FAULT_ONCE, WB_E_STATE, WB_E_ABORTED, false, 0, NULL},
    {RERUN_ROWS, FAULT_ONCE, WB_E_STATE, WB_E_ABORTED, false, 0, NULL},
};
const rerun_fault rerun_absent[3] = {
    {RERUN_GETS, FAULT_ONCE, WB_OK, WB_OK, false, WB_UNKNOWN, NULL},
    {RERUN_GETS, FAULT_ONCE, WB_OK, WB_OK, false, WB_NULL, NULL},
    {RERUN_ROWS, FAULT_ONCE, WB_E_NAME, WB_OK, false, 0, NULL},
};
const rerun_fault rerun_garbled[3] = {
    {RERUN_GETS, FAULT_ONCE, WB_OK, WB_OK, false, WB_UNKNOWN, ""},
    {RERUN_GETS, FAULT_ONCE, WB_OK, WB_OK, false, WB_UNKNOWN, "\xff"},
    {RERUN_GETS, FAULT_ONCE, WB_OK, WB_OK, false, WB_UNKNOWN,
     "a-key-that-is-longer-than-any-key-may-be-a-key-that-is-longer-than"},
};

void rerun_open(rerun *r, const char *patients, const char *visits,
                const wb_practice_options *more) {
  memset(r, 0, sizeof *r);
  clinic_open(&r->below, CLINIC_ANA, NULL);
  clinic_rows(&r->below, patients, visits);
  wb_practice_options options = more != NULL ? *more : (wb_practice_options){0};
  assert_int_equal(wb_law_new(NULL, NULL, 0, &r->law, NULL), WB_OK);
  options.law = r->law;
  clinic_open(&r->c, CLINIC_ANA, &options);
  r->moment = (wb_moment){.size = sizeof r->moment, .now = r->c.now, .zone = r->below.it.zone};
  wb_facts_free(r->c.it.facts);
  mirror_open(&r->m, r->c.context, r->below.it.facts, r->c.it.schema, &r->moment, r->c.now);
  r->c.it.facts = r->m.facts;
}

void rerun_close(rerun *r) {
  free(r->bytes);
  clinic_close(&r->c);
  clinic_close(&r->below);
  wb_law_unref(r->law);
}

void rerun_pass(rerun *r, wb_time seconds) {
  r->c.now += seconds;
  r->moment.now = r->c.now;
}

bool rerun_same(const rerun *r) {
  size_t length = 0;
  uint8_t *bytes = clinic_save(r->c.practice, &length);
  const bool alike = length == r->length && memcmp(bytes, r->bytes, length) == 0;
  free(bytes);
  return alike;
}

void rerun_back(rerun *r) {
  wb_practice_free(r->c.practice);
  r->c.practice = clinic_practice(&r->c, NULL);
  assert_int_equal(wb_practice_load(r->c.practice, r->bytes, r->length, NULL), WB_OK);
  r->c.journal.length = r->journal.length;
  r->c.journal.durable = r->journal.durable;
  r->c.journal.sequence = r->journal.sequence;
  r->c.journal.committed = r->journal.committed;
}

void rerun_mark(rerun *r) {
  free(r->bytes);
  r->bytes = clinic_save(r->c.practice, &r->length);
  r->journal = r->c.journal;
  rerun_back(r);
}

static fault_plan *rerun_plan(rerun *r, rerun_part part) {
  if (part == RERUN_MEMORY) return &r->c.memory.plan;
  return part == RERUN_GETS ? &r->m.gets : &r->m.rows;
}

uint64_t rerun_sweep(rerun *r, rerun_call call, void *of, rerun_fault fault, uint64_t stride,
                     bool keeps) {
  fault_plan *plan = rerun_plan(r, fault.part);
  for (uint64_t at = 1;; at += stride) {
    r->m.answer = fault.answer;
    r->m.absent = fault.absent;
    r->m.text = fault.text;
    fault_arm(plan, fault.mode, at);
    const wb_status status = call(of);
    const bool met = plan->hits > 0;
    fault_arm(plan, FAULT_NEVER, 0);
    if (!met) {
      assert_int_equal(status, WB_OK);
      rerun_back(r);
      return at - 1;
    }
    if (fault.expected != WB_OK) assert_int_equal(status, fault.expected);
    if (status != WB_OK && keeps) assert_true(rerun_same(r));
    if (fault.anew || !rerun_same(r)) rerun_back(r);
  }
}

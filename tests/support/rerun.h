/* SPDX-License-Identifier: MIT */
/*
 * A call that fails at one place after the other, from the same beginning each time: of a practice
 * over a getter each of whose answers fails, or is absent, and of each allocation.
 *
 *   rerun r;
 *   rerun_open(&r, patients, visits, NULL);     other tables: sample_add(&r.below.it, …)
 *   rerun_mark(&r);
 *   rerun_sweep(&r, call, of, fault, 1, true);  each place; the state is the marked one again
 *   call(of);                                   and now for good
 *   rerun_close(&r);
 */
#ifndef RERUN_H
#define RERUN_H

#include "support/clinic.h"
#include "support/mirror.h"

typedef struct rerun {
  clinic c, below; /* the practice, and what its getter mirrors */
  mirror m;
  wb_moment moment;
  wb_law *law; /* compiled once: it takes longer than all else */
  /* what is gone back to */
  uint8_t *bytes;
  size_t length;
  memory_journal journal;
} rerun;

/* What fails. */
typedef enum rerun_part { RERUN_MEMORY, RERUN_GETS, RERUN_ROWS } rerun_part;

typedef struct rerun_fault {
  rerun_part part;
  fault_mode mode;
  wb_status answer, expected; /* what the getter says, and the call; WB_OK: it may go on */
  bool anew;                  /* the practice is loaded before each try: nothing is compiled */
  int32_t absent;             /* what an answer is that does not fail: WB_UNKNOWN, WB_NULL */
  const char *text;           /* or, of a text, this one; NULL: none */
} rerun_fault;

/* A getter that fails, about a field or about rows; one that has no value, either way, or does not
   find a patient; and one whose text is empty, is none, or is longer than a key may be. */
extern const rerun_fault rerun_fails[2], rerun_absent[3], rerun_garbled[3];

typedef wb_status (*rerun_call)(void *of);

/* Opens both at SAMPLE_NOW with these patients, lines of `appointments`, and practice options. */
void rerun_open(rerun *r, const char *patients, const char *visits,
                const wb_practice_options *more);
void rerun_close(rerun *r);
/* Time passes. */
void rerun_pass(rerun *r, wb_time seconds);
/* The state is what is gone back to: by a practice that was just loaded from it. */
void rerun_mark(rerun *r);
void rerun_back(rerun *r);
/* Whether it still is that. */
bool rerun_same(const rerun *r);
/* Has the call fail at each place in turn, or one of every `stride`, and goes back; how many. What
   failed has changed nothing, unless `keeps` is false: then it may have changed something. */
uint64_t rerun_sweep(rerun *r, rerun_call call, void *of, rerun_fault fault, uint64_t stride,
                     bool keeps);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * A host's journal in memory, whose appends and syncs fail on purpose: see fault.h for sweeps.
 *
 *   memory_journal journal = {0};
 *   options.append = memory_journal_append;
 *   options.sync = memory_journal_sync;
 *   options.user = &journal;
 *
 * It ends the program when the library breaks the rules of wb_append_fn: an empty append, or a gap
 * in the sequence numbers.
 */
#ifndef MEMORY_JOURNAL_H
#define MEMORY_JOURNAL_H

#include <stddef.h>
#include <stdint.h>

#include <winback/practice.h>

#include "support/fault.h"

typedef struct memory_journal {
  fault_plan append;  /* which appends fail */
  fault_plan sync;    /* which syncs fail */
  wb_status answer;   /* of an append that fails; 0: WB_E_ABORTED */
  size_t torn;        /* bytes that such an append writes all the same; SIZE_MAX: all of them */
  size_t ends;        /* 0, or how many bytes there is room for: an append that goes beyond is cut
                         there and fails, once */
  uint8_t *bytes;     /* everything that was appended */
  size_t length;      /* bytes */
  size_t durable;     /* bytes that a sync covered */
  uint64_t sequence;  /* of the last record */
  uint64_t committed; /* of the last record that a sync covered */
} memory_journal;

/* A wb_append_fn and a wb_sync_fn; `user` is a memory_journal. A number that was used already is
   answered WB_E_CONFLICT, as by a database with a unique key. */
wb_status WB_CALL memory_journal_append(void *user, uint64_t first_sequence, const void *bytes,
                                        uint64_t length, uint32_t count);
wb_status WB_CALL memory_journal_sync(void *user);

/* The machine stops: what no sync covered is lost. */
void memory_journal_crash(memory_journal *journal);
void memory_journal_free(memory_journal *journal);

#endif

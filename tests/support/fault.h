/* SPDX-License-Identifier: MIT */
/*
 * Memory that fails on purpose. A sweep makes the n-th allocation fail, once or from there on, for
 * n = 1, 2, 3 … until the scenario ends without reaching it:
 *
 *   for (uint64_t at = 1;; ++at) {
 *     fault_arm(&memory.plan, mode, at);
 *     ... run the scenario ...
 *     if (!memory.plan.hits) break;
 *   }
 */
#ifndef FAULT_H
#define FAULT_H

#include <stdbool.h>
#include <stdint.h>

#include <winback/base.h>

/* How often a fault happens. */
typedef enum fault_mode { FAULT_NEVER, FAULT_ONCE, FAULT_FOREVER } fault_mode;

/* Decides which calls fail. */
typedef struct fault_plan {
  fault_mode mode;
  uint64_t at;    /* the call that fails, from 1 */
  uint64_t calls; /* calls so far */
  uint64_t hits;  /* calls that failed */
} fault_plan;

/* Starts counting again, with a fault at call `at`. */
void fault_arm(fault_plan *plan, fault_mode mode, uint64_t at);
/* Counts one call; true: this one fails. */
bool fault_strikes(fault_plan *plan);

/* An allocator that counts. A wrong old_size, or a block it did not give, ends the program. */
typedef struct fault_memory {
  fault_plan plan;
  uint64_t live; /* bytes given out and not returned */
  uint64_t peak;
} fault_memory;

/* A wb_alloc_fn; `user` is a fault_memory. Only calls that take memory can fail, so a sweep ends.
 */
void *WB_CALL fault_alloc(void *user, void *ptr, size_t old_size, size_t new_size);
/* A context on this memory, without any fault; the caller unrefs it. */
wb_context *fault_context(fault_memory *memory);

#endif

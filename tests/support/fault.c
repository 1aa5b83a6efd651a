/* SPDX-License-Identifier: MIT */
#include "support/fault.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Kept in front of every block. */
typedef union block {
  struct {
    uint64_t size;
    uint64_t mark;
  } of;
  max_align_t align;
} block;

static const uint64_t block_mark = UINT64_C(0x77696e6261636b21);

void fault_arm(fault_plan *plan, fault_mode mode, uint64_t at) {
  *plan = (fault_plan){.mode = mode, .at = at};
}

bool fault_strikes(fault_plan *plan) {
  plan->calls++;
  bool strikes = (plan->mode == FAULT_ONCE && plan->calls == plan->at) ||
                 (plan->mode == FAULT_FOREVER && plan->calls >= plan->at);
  plan->hits += strikes;
  return strikes;
}

/* Ends the program: the library broke the rule of wb_alloc_fn. */
static void fault_stop(const char *what, uint64_t said, uint64_t real) {
  fprintf(stderr, "fault_alloc: %s: said %llu, is %llu\n", what, (unsigned long long)said,
          (unsigned long long)real);
  abort();
}

/* The block in front of `ptr`, after checking that it is ours and as long as was said. */
static block *fault_block(void *ptr, size_t old_size) {
  if (!ptr) {
    if (old_size) fault_stop("old size without a block", old_size, 0);
    return NULL;
  }
  block *head = (block *)ptr - 1;
  if (head->of.mark != block_mark) fault_stop("not a block of this allocator", old_size, 0);
  if (head->of.size != old_size) fault_stop("old size", old_size, head->of.size);
  return head;
}

void *WB_CALL fault_alloc(void *user, void *ptr, size_t old_size, size_t new_size) {
  fault_memory *memory = user;
  block *old = fault_block(ptr, old_size);
  block *head = NULL;
  if (new_size) {
    if (fault_strikes(&memory->plan)) return NULL;
    if (new_size > SIZE_MAX - sizeof(block)) return NULL;
    head = malloc(sizeof(block) + new_size);
    if (!head) return NULL;
    *head = (block){.of = {new_size, block_mark}};
    memset(head + 1, 0xA5, new_size); /* what is not written shows */
    if (old) memcpy(head + 1, old + 1, old_size < new_size ? old_size : new_size);
  }
  if (old) {
    memset(old, 0x5A, sizeof(block) + old_size); /* what is used after this shows */
    free(old);
  }
  memory->live += (uint64_t)new_size - (uint64_t)old_size;
  if (memory->live > memory->peak) memory->peak = memory->live;
  return head ? head + 1 : NULL;
}

wb_context *fault_context(fault_memory *memory) {
  wb_context_options options = {.size = sizeof(options), .alloc = fault_alloc, .user = memory};
  wb_context *context = NULL;
  *memory = (fault_memory){0};
  if (wb_context_new(&options, &context, NULL) != WB_OK) fault_stop("no context", 0, 0);
  return context;
}

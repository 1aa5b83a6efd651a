/* SPDX-License-Identifier: MIT */
/* The hosts that fail on purpose: they fail when armed, and they catch a library that cheats. */
#define _POSIX_C_SOURCE 200809L

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/fault.h"
#include "support/memory_journal.h"

/* True when a step ends the program. */
static bool aborts(void (*step)(void)) {
  int status = 0;
  pid_t child = fork();
  if (child == 0) {
    if (!freopen("/dev/null", "w", stderr)) _exit(1);
    signal(SIGABRT, SIG_DFL);
    step();
    _exit(0);
  }
  return waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void memory_is_counted(void **state) {
  (void)state;
  fault_memory memory = {0};
  char *block = fault_alloc(&memory, NULL, 0, 10);
  block[9] = 'x';
  assert_int_equal(memory.live, 10);
  block = fault_alloc(&memory, block, 10, 30);
  assert_int_equal(block[9], 'x');
  assert_int_equal(memory.live, 30);
  assert_null(fault_alloc(&memory, block, 30, 0));
  assert_int_equal(memory.live, 0);
  assert_int_equal(memory.peak, 30);
}

static void memory_fails_once_or_for_ever(void **state) {
  (void)state;
  fault_memory memory = {0};
  for (fault_mode mode = FAULT_ONCE; mode <= FAULT_FOREVER; ++mode) {
    void *blocks[3];
    fault_arm(&memory.plan, mode, 2);
    for (int i = 0; i < 3; ++i)
      blocks[i] = fault_alloc(&memory, NULL, 0, 8);
    assert_non_null(blocks[0]);
    assert_null(blocks[1]);
    assert_int_equal(blocks[2] != NULL, mode == FAULT_ONCE);
    assert_int_equal(memory.plan.hits, mode == FAULT_ONCE ? 1 : 2);
    fault_alloc(&memory, blocks[0], 8, 0);
    if (blocks[2]) fault_alloc(&memory, blocks[2], 8, 0);
    assert_int_equal(memory.live, 0);
  }
}

static void step_wrong_size(void) {
  fault_memory memory = {0};
  void *block = fault_alloc(&memory, NULL, 0, 8);
  fault_alloc(&memory, block, 7, 0);
}

static void step_foreign_block(void) {
  fault_memory memory = {0};
  char held[64] = {0};
  fault_alloc(&memory, held + 32, 8, 0);
}

static void step_size_of_nothing(void) {
  fault_memory memory = {0};
  fault_alloc(&memory, NULL, 8, 16);
}

static void step_gap(void) {
  memory_journal journal = {0};
  memory_journal_append(&journal, 2, "x", 1, 1);
}

static void step_empty_append(void) {
  memory_journal journal = {0};
  memory_journal_append(&journal, 1, "x", 1, 0);
}

static void cheating_ends_the_program(void **state) {
  (void)state;
  assert_true(aborts(step_wrong_size));
  assert_true(aborts(step_foreign_block));
  assert_true(aborts(step_size_of_nothing));
  assert_true(aborts(step_gap));
  assert_true(aborts(step_empty_append));
}

static void journal_keeps_what_was_synced(void **state) {
  (void)state;
  memory_journal journal = {0};
  assert_int_equal(memory_journal_append(&journal, 1, "ab", 2, 2), WB_OK);
  assert_int_equal(memory_journal_sync(&journal), WB_OK);
  assert_int_equal(memory_journal_append(&journal, 3, "c", 1, 1), WB_OK);
  assert_int_equal(journal.length, 3);
  memory_journal_crash(&journal);
  assert_int_equal(journal.length, 2);
  assert_int_equal(journal.sequence, 2);
  memory_journal_free(&journal);
}

static void journal_fails_and_conflicts(void **state) {
  (void)state;
  memory_journal journal = {.torn = 1};
  fault_arm(&journal.append, FAULT_ONCE, 1);
  assert_int_equal(memory_journal_append(&journal, 1, "ab", 2, 1), WB_E_ABORTED);
  assert_int_equal(journal.length, 1);
  assert_int_equal(journal.sequence, 0);
  journal.answer = WB_E_CONFLICT;
  fault_arm(&journal.append, FAULT_ONCE, 1);
  assert_int_equal(memory_journal_append(&journal, 1, "ab", 2, 1), WB_E_CONFLICT);
  assert_int_equal(journal.length, 1);
  assert_int_equal(memory_journal_append(&journal, 1, "ab", 2, 1), WB_OK);
  assert_int_equal(memory_journal_append(&journal, 1, "ab", 2, 1), WB_E_CONFLICT);
  fault_arm(&journal.sync, FAULT_FOREVER, 1);
  assert_int_equal(memory_journal_sync(&journal), WB_E_ABORTED);
  assert_int_equal(journal.durable, 0);
  memory_journal_free(&journal);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(memory_is_counted),
      cmocka_unit_test(memory_fails_once_or_for_ever),
      cmocka_unit_test(cheating_ends_the_program),
      cmocka_unit_test(journal_keeps_what_was_synced),
      cmocka_unit_test(journal_fails_and_conflicts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Contexts: memory through the host, its limit, references, the in-use flag. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"
#include "support/fault.h"

/* A context over counted memory, with a limit. */
static wb_context *context_over(fault_memory *memory, uint64_t max_memory) {
  wb_context *context = NULL;
  const wb_context_options options = {
      .size = sizeof options, .max_memory = max_memory, .alloc = fault_alloc, .user = memory};
  assert_int_equal(wb_context_new(&options, &context, NULL), WB_OK);
  return context;
}

static void all_memory_comes_from_the_host_and_goes_back(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = context_over(&memory, 0);
  const uint64_t own = memory.live;
  uint8_t *block = wbi_alloc(context, 100);
  assert_int_equal(memory.live, own + 100);
  for (size_t i = 0; i < 100; i++)
    assert_int_equal(block[i], 0);
  block[99] = 7;
  block = wbi_realloc(context, block, 100, 1000);
  assert_int_equal(memory.live, own + 1000);
  assert_int_equal(block[99], 7);
  block = wbi_realloc(context, block, 1000, 50);
  assert_int_equal(memory.live, own + 50);
  assert_null(wbi_realloc(context, block, 50, 0));
  assert_int_equal(memory.live, own);
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

static void nothing_is_asked_for_zero_bytes(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = context_over(&memory, 0);
  const uint64_t calls = memory.plan.calls;
  assert_null(wbi_alloc(context, 0));
  assert_null(wbi_realloc(context, NULL, 0, 0));
  wbi_free(context, NULL, 0);
  assert_int_equal(memory.plan.calls, calls);
  wb_context_unref(context);
}

static void what_is_given_back_or_was_never_there_counts_for_nothing(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = context_over(&memory, 128);
  void *block = wbi_alloc(context, 100);
  assert_null(wbi_realloc(context, block, 100, 0));
  block = wbi_alloc(context, 128); /* all of it, again */
  assert_non_null(block);
  wbi_free(context, block, 128);
  assert_null(wbi_realloc(context, NULL, 64, 129)); /* no 64 bytes are there already */
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

static void no_context_is_the_c_library(void **state) {
  (void)state;
  uint8_t *block = wbi_alloc(NULL, 64);
  assert_non_null(block);
  assert_int_equal(block[63], 0);
  block[63] = 9;
  block = wbi_realloc(NULL, block, 64, 128);
  assert_int_equal(block[63], 9);
  block = wbi_realloc(NULL, block, 128, 64);
  assert_int_equal(block[63], 9);
  wbi_free(NULL, block, 64);
  assert_int_equal(wbi_context_depth(NULL), 64);
  assert_int_equal(wbi_context_cost(NULL), 1000000);
  assert_null(wb_context_ref(NULL));
  wb_context_unref(NULL);
}

static void memory_ends_exactly_at_the_limit(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = context_over(&memory, 100);
  void *most = wbi_alloc(context, 60);
  assert_null(wbi_alloc(context, 41));
  void *rest = wbi_alloc(context, 40);
  assert_non_null(rest);
  assert_null(wbi_realloc(context, rest, 40, 41));
  rest = wbi_realloc(context, rest, 40, 30);
  rest = wbi_realloc(context, rest, 30, 40);
  assert_non_null(rest);
  wbi_free(context, rest, 40);
  wbi_free(context, most, 60);
  most = wbi_alloc(context, 100);
  assert_non_null(most);
  wbi_free(context, most, 100);
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

static void refused_memory_is_not_counted(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = context_over(&memory, 100);
  void *block = wbi_alloc(context, 10);
  fault_arm(&memory.plan, FAULT_FOREVER, 1);
  assert_null(wbi_alloc(context, 90));
  assert_null(wbi_realloc(context, block, 10, 100));
  fault_arm(&memory.plan, FAULT_NEVER, 0);
  block = wbi_realloc(context, block, 10, 100);
  assert_non_null(block);
  fault_arm(&memory.plan, FAULT_FOREVER, 1);
  assert_null(wbi_realloc(context, block, 100, 40)); /* not even less is to be had */
  fault_arm(&memory.plan, FAULT_NEVER, 0);
  assert_null(wbi_alloc(context, 1)); /* the block is whole and still counts */
  wbi_free(context, block, 100);
  wb_context_unref(context);
}

static void context_lives_until_its_last_reference(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = context_over(&memory, 0);
  assert_ptr_equal(wb_context_ref(context), context);
  wb_context_unref(context);
  assert_true(memory.live > 0);
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

static void defaults_are_for_zero_and_null(void **state) {
  (void)state;
  wb_context *context = NULL;
  const wb_context_options zero = {.size = sizeof zero};
  assert_int_equal(wb_context_new(NULL, &context, NULL), WB_OK);
  assert_int_equal(wbi_context_depth(context), 64);
  wb_context_unref(context);
  assert_int_equal(wb_context_new(&zero, &context, NULL), WB_OK);
  assert_int_equal(wbi_context_depth(context), 64);
  assert_int_equal(wbi_context_cost(context), 1000000);
  wb_context_unref(context);
}

/* More than can be addressed is no limit, as 0 is. */
static void limits_are_those_that_were_given(void **state) {
  (void)state;
  wb_context *context = NULL;
  const wb_context_options options = {
      .size = sizeof options, .max_cost = 7, .max_memory = UINT64_MAX};
  assert_int_equal(wb_context_new(&options, &context, NULL), WB_OK);
  assert_int_equal(wbi_context_cost(context), 7);
  void *block = wbi_alloc(context, 100);
  assert_non_null(block);
  wbi_free(context, block, 100);
  wb_context_unref(context);
}

static void depth_may_be_up_to_1024(void **state) {
  (void)state;
  wb_context *context = NULL;
  wb_context_options options = {.size = sizeof options, .max_depth = 1024};
  assert_int_equal(wb_context_new(&options, &context, NULL), WB_OK);
  assert_int_equal(wbi_context_depth(context), 1024);
  wb_context_unref(context);
  options.max_depth = 1025;
  context = NULL;
  assert_int_equal(wb_context_new(&options, &context, NULL), WB_E_INVALID);
  assert_null(context);
}

static void bad_options_are_refused(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = NULL;
  wb_error error;
  wb_context_options options = {.size = sizeof options, .alloc = fault_alloc, .user = &memory};
  assert_int_equal(wb_context_new(&options, NULL, &error), WB_E_INVALID);
  assert_int_equal(error.status, WB_E_INVALID);
  options.size--;
  assert_int_equal(wb_context_new(&options, &context, &error), WB_E_INVALID);
  options.size++;
  options.flags = 1;
  assert_int_equal(wb_context_new(&options, &context, &error), WB_E_VERSION);
  options.flags = 0;
  fault_arm(&memory.plan, FAULT_ONCE, 1);
  assert_int_equal(wb_context_new(&options, &context, &error), WB_E_NOMEM);
  assert_int_equal(error.status, WB_E_NOMEM);
  assert_null(context);
  assert_int_equal(memory.live, 0);
}

static void last_reference_is_told(void **state) {
  (void)state;
  wbi_refs refs;
  wbi_refs_init(&refs);
  wbi_refs_take(&refs);
  assert_false(wbi_refs_drop(&refs));
  assert_true(wbi_refs_drop(&refs));
}

static void busy_handle_lets_one_in(void **state) {
  (void)state;
  wbi_busy busy = {0};
  assert_true(wbi_busy_enter(&busy));
  assert_false(wbi_busy_enter(&busy));
  wbi_busy_leave(&busy);
  assert_true(wbi_busy_enter(&busy));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(all_memory_comes_from_the_host_and_goes_back),
      cmocka_unit_test(nothing_is_asked_for_zero_bytes),
      cmocka_unit_test(what_is_given_back_or_was_never_there_counts_for_nothing),
      cmocka_unit_test(no_context_is_the_c_library),
      cmocka_unit_test(memory_ends_exactly_at_the_limit),
      cmocka_unit_test(refused_memory_is_not_counted),
      cmocka_unit_test(context_lives_until_its_last_reference),
      cmocka_unit_test(defaults_are_for_zero_and_null),
      cmocka_unit_test(limits_are_those_that_were_given),
      cmocka_unit_test(depth_may_be_up_to_1024),
      cmocka_unit_test(bad_options_are_refused),
      cmocka_unit_test(last_reference_is_told),
      cmocka_unit_test(busy_handle_lets_one_in),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

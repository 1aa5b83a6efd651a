/* SPDX-License-Identifier: MIT */
/* Arenas and growable arrays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"
#include "support/fault.h"

/* A context over counted memory. */
static wb_context *counted_context(fault_memory *memory) {
  wb_context *context = NULL;
  const wb_context_options options = {.size = sizeof options, .alloc = fault_alloc, .user = memory};
  assert_int_equal(wb_context_new(&options, &context, NULL), WB_OK);
  return context;
}

static void pieces_are_zeroed_aligned_and_apart(void **state) {
  enum { ALIGNED = 2 * sizeof(void *) }; /* as malloc aligns, which the first block is from */
  (void)state;
  wbi_arena arena;
  wbi_arena_init(&arena, NULL, 0);
  char *last = NULL;
  for (size_t size = 0; size < 300; size++) {
    char *piece = wbi_arena_alloc(&arena, size);
    assert_non_null(piece);
    assert_ptr_not_equal(piece, last);
    assert_int_equal((uintptr_t)piece % ALIGNED, 0);
    for (size_t i = 0; i < size; i++)
      assert_int_equal(piece[i], 0);
    memset(piece, 0xFF, size);
    last = piece;
  }
  wbi_arena_free(&arena);
}

static void everything_goes_back_at_once(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = counted_context(&memory);
  wbi_arena arena;
  const uint64_t own = memory.live;
  wbi_arena_init(&arena, context, 0);
  for (int i = 0; i < 100; i++)
    assert_non_null(wbi_arena_alloc(&arena, 5000));
  assert_int_equal(memory.live - own, arena.total);
  assert_true(arena.total >= 500000);
  assert_true(arena.total < 700000);
  wb_context_unref(context); /* the arena holds a reference of its own */
  assert_true(memory.live > 0);
  wbi_arena_free(&arena);
  assert_int_equal(memory.live, 0);
  wbi_arena_free(&arena);
}

static void arena_may_lie_in_itself(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = counted_context(&memory);
  wbi_arena arena;
  wbi_arena_init(&arena, context, 0);
  wbi_arena *inside = wbi_arena_alloc(&arena, sizeof *inside);
  *inside = arena;
  wbi_arena_free(inside);
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

static void reset_arena_takes_no_more_memory(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = counted_context(&memory);
  wbi_arena arena;
  wbi_arena_init(&arena, context, 0);
  for (int i = 0; i < 50; i++)
    wbi_arena_alloc(&arena, 3000);
  const uint64_t live = memory.live;
  for (int round = 0; round < 20; round++) {
    wbi_arena_reset(&arena);
    for (int i = 0; i < 50; i++) {
      char *piece = wbi_arena_alloc(&arena, 3000);
      assert_int_equal(piece[0], 0);
      assert_int_equal(piece[2999], 0);
      piece[0] = piece[2999] = 1;
    }
  }
  assert_int_equal(memory.live, live);
  wbi_arena_free(&arena);
  wb_context_unref(context);
}

static void ceiling_is_kept_and_can_be_used_up(void **state) {
  (void)state;
  wbi_arena arena;
  wbi_arena_init(&arena, NULL, 10000);
  size_t got = 0;
  while (wbi_arena_alloc(&arena, 64) != NULL)
    got += 64;
  assert_true(arena.total <= 10000);
  assert_true(got > 9500);
  assert_null(wbi_arena_alloc(&arena, 64));
  wbi_arena_free(&arena);
  wbi_arena_init(&arena, NULL, 10000);
  assert_null(wbi_arena_alloc(&arena, 10000)); /* a block has a header */
  assert_non_null(wbi_arena_alloc(&arena, 10000 - 32));
  wbi_arena_free(&arena);
}

static void impossible_sizes_are_refused(void **state) {
  (void)state;
  wbi_arena arena;
  wbi_arena_init(&arena, NULL, 0);
  assert_null(wbi_arena_alloc(&arena, SIZE_MAX));
  assert_null(wbi_arena_alloc(&arena, SIZE_MAX / 2 + 1));
  assert_null(wbi_arena_array(&arena, SIZE_MAX / 8 + 2, 8));
  assert_null(wbi_arena_array(&arena, 2, SIZE_MAX / 2 + 1));
  assert_non_null(wbi_arena_array(&arena, 0, 8));
  assert_non_null(wbi_arena_array(&arena, 8, 0));
  wbi_arena_free(&arena);
}

static void failed_memory_leaves_the_arena_usable(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = counted_context(&memory);
  wbi_arena arena;
  wbi_arena_init(&arena, context, 0);
  fault_arm(&memory.plan, FAULT_ONCE, 1);
  assert_null(wbi_arena_alloc(&arena, 10));
  assert_int_equal(arena.total, 0);
  assert_non_null(wbi_arena_alloc(&arena, 10));
  fault_arm(&memory.plan, FAULT_ONCE, 1);
  assert_null(wbi_arena_copy(&arena, (wbi_text){"x", 100000}));
  wbi_arena_free(&arena);
  wb_context_unref(context);
}

static void copies_end_with_nul(void **state) {
  (void)state;
  wbi_arena arena;
  wbi_arena_init(&arena, NULL, 0);
  assert_string_equal(wbi_arena_copy(&arena, (wbi_text){"recall", 3}), "rec");
  assert_string_equal(wbi_arena_copy(&arena, (wbi_text){NULL, 0}), "");
  wbi_arena_free(&arena);
}

static void vector_grows_and_keeps_its_items(void **state) {
  (void)state;
  wbi_vector vector;
  wbi_vector_init(&vector, NULL, sizeof(uint32_t), 0);
  for (uint32_t i = 0; i < 1000; i++) {
    uint32_t *item = wbi_vector_push(&vector);
    assert_int_equal(*item, 0);
    *item = i;
  }
  assert_int_equal(vector.count, 1000);
  for (uint32_t i = 0; i < 1000; i++) {
    assert_int_equal(*(uint32_t *)wbi_vector_at(&vector, i), i);
  }
  wbi_vector_free(&vector);
  assert_int_equal(vector.count, 0);
  assert_null(vector.data);
}

static void vector_stops_at_its_ceiling(void **state) {
  (void)state;
  wbi_vector vector;
  wbi_vector_init(&vector, NULL, 4, 11);
  for (int i = 0; i < 11; i++)
    assert_non_null(wbi_vector_push(&vector));
  assert_null(wbi_vector_push(&vector));
  assert_int_equal(wbi_vector_reserve(&vector, 1), WB_E_LIMIT);
  assert_int_equal(wbi_vector_reserve(&vector, 0), WB_OK);
  assert_int_equal(vector.count, 11);
  assert_int_equal(vector.capacity, 11);
  wbi_vector_free(&vector);
  wbi_vector_init(&vector, NULL, 4, 3);
  assert_int_equal(wbi_vector_reserve(&vector, 4), WB_E_LIMIT);
  assert_int_equal(wbi_vector_reserve(&vector, 3), WB_OK);
  assert_int_equal(vector.capacity, 3);
  wbi_vector_free(&vector);
}

static void reserved_pushes_cannot_fail(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = counted_context(&memory);
  wbi_vector vector;
  wbi_vector_init(&vector, context, 8, 0);
  assert_int_equal(wbi_vector_reserve(&vector, 100), WB_OK);
  fault_arm(&memory.plan, FAULT_FOREVER, 1);
  for (int i = 0; i < 100; i++)
    assert_non_null(wbi_vector_push(&vector));
  assert_null(wbi_vector_push(&vector));
  assert_int_equal(wbi_vector_reserve(&vector, 1), WB_E_NOMEM);
  assert_int_equal(wbi_vector_reserve(&vector, SIZE_MAX), WB_E_NOMEM);
  assert_int_equal(vector.count, 100);
  wbi_vector_free(&vector);
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

static void bytes_are_appended(void **state) {
  (void)state;
  wbi_vector bytes;
  wbi_vector_init(&bytes, NULL, 1, 10);
  assert_int_equal(wbi_bytes_add(&bytes, "recall", 6), WB_OK);
  assert_int_equal(wbi_bytes_add(&bytes, NULL, 0), WB_OK);
  assert_int_equal(wbi_bytes_add(&bytes, "12345", 5), WB_E_LIMIT);
  assert_int_equal(wbi_bytes_add(&bytes, "1234", 4), WB_OK);
  assert_int_equal(bytes.count, 10);
  assert_memory_equal(bytes.data, "recall1234", 10);
  wbi_vector_free(&bytes);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
      cmocka_unit_test(everything_goes_back_at_once),
      cmocka_unit_test(arena_may_lie_in_itself),
      cmocka_unit_test(reset_arena_takes_no_more_memory),
      cmocka_unit_test(ceiling_is_kept_and_can_be_used_up),
      cmocka_unit_test(impossible_sizes_are_refused),
      cmocka_unit_test(failed_memory_leaves_the_arena_usable),
      cmocka_unit_test(copies_end_with_nul),
      cmocka_unit_test(vector_grows_and_keeps_its_items),
      cmocka_unit_test(vector_stops_at_its_ceiling),
      cmocka_unit_test(reserved_pushes_cannot_fail),
      cmocka_unit_test(bytes_are_appended),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

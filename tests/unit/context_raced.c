/* SPDX-License-Identifier: MIT */
/*
 * Memory that another thread takes between a look at what is counted and the count. Threads meet
 * there by chance, and counters of coverage are not for several: so this is context.c once more,
 * under names of its own, with a look that the other thread comes after.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define wb_context_new raced_context_new
#define wb_context_ref raced_context_ref
#define wb_context_unref raced_context_unref
#define wbi_alloc raced_alloc
#define wbi_busy_enter raced_busy_enter
#define wbi_busy_leave raced_busy_leave
#define wbi_context_cost raced_context_cost
#define wbi_context_depth raced_context_depth
#define wbi_free raced_free
#define wbi_realloc raced_realloc
#define wbi_refs_drop raced_refs_drop
#define wbi_refs_init raced_refs_init
#define wbi_refs_take raced_refs_take

/* What the other thread takes after the next look. */
static size_t raced_bytes;

static size_t raced_look(_Atomic size_t *live) {
  return atomic_fetch_add(live, raced_bytes);
}

#undef atomic_load_explicit
#define atomic_load_explicit(live, order) raced_look(live)
#include "base/context.c"

static void what_another_thread_took_meanwhile_counts(void **state) {
  static const struct {
    size_t other, bytes;
    bool fits;
  } rows[] = {{0, 100, true}, {0, 101, false}, {60, 40, true}, {60, 41, false}, {100, 1, false}};
  const wb_context_options options = {.size = sizeof options, .max_memory = 100};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    wb_context *context = NULL;
    assert_int_equal(wb_context_new(&options, &context, NULL), WB_OK);
    raced_bytes = rows[i].other;
    void *block = wbi_alloc(context, rows[i].bytes);
    assert_int_equal(block != NULL, rows[i].fits);
    assert_int_equal(context->live_bytes, rows[i].other + (rows[i].fits ? rows[i].bytes : 0));
    wbi_free(context, block, rows[i].bytes);
    assert_int_equal(context->live_bytes, rows[i].other);
    wb_context_unref(context);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_another_thread_took_meanwhile_counts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

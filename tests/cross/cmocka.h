/* SPDX-License-Identifier: MIT */
/*
 * The part of cmocka that our tests use, for machines that have no cmocka: windows.sh builds the
 * unit tests with it. A failed assertion leaves its test; the others go on.
 */
#ifndef CROSS_CMOCKA_H
#define CROSS_CMOCKA_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

struct CMUnitTest {
  const char *name;
  void (*test)(void **state);
  int (*setup)(void **state), (*teardown)(void **state);
  void *initial_state;
};

/* Run all; how many failed. */
int cross_run(const struct CMUnitTest *tests, size_t count, int (*setup)(void **state),
              int (*teardown)(void **state));

/* Ends a test that did not hold, with a sentence. */
void cross_fail(const char *file, int line, const char *format, ...);

/* Each ends the test unless it holds. */
void cross_true(int holds, const char *what, const char *file, int line);
void cross_integers(uintmax_t one, uintmax_t two, int equal, const char *file, int line);
void cross_texts(const char *one, const char *two, int equal, const char *file, int line);
void cross_bytes(const void *one, const void *two, size_t size, int equal, const char *file,
                 int line);
void cross_range(uintmax_t value, uintmax_t least, uintmax_t most, const char *file, int line);

#define cmocka_unit_test(f)                                                                        \
  { #f, f, NULL, NULL, NULL }
#define cmocka_unit_test_setup_teardown(f, setup, teardown)                                        \
  { #f, f, setup, teardown, NULL }
#define cmocka_run_group_tests(tests, setup, teardown)                                             \
  cross_run(tests, sizeof(tests) / sizeof *(tests), setup, teardown)

#define CROSS_AT __FILE__, __LINE__
#define assert_true(x) cross_true((x) ? 1 : 0, #x, CROSS_AT)
#define assert_false(x) cross_true((x) ? 0 : 1, "not " #x, CROSS_AT)
#define assert_null(x) cross_true((x) == NULL, #x " is NULL", CROSS_AT)
#define assert_non_null(x) cross_true((x) != NULL, #x " is not NULL", CROSS_AT)
#define assert_ptr_equal(a, b) cross_true((uintptr_t)(a) == (uintptr_t)(b), #a " is " #b, CROSS_AT)
#define assert_ptr_not_equal(a, b)                                                                 \
  cross_true((uintptr_t)(a) != (uintptr_t)(b), #a " is not " #b, CROSS_AT)
#define assert_int_equal(a, b) cross_integers((uintmax_t)(a), (uintmax_t)(b), 1, CROSS_AT)
#define assert_int_not_equal(a, b) cross_integers((uintmax_t)(a), (uintmax_t)(b), 0, CROSS_AT)
#define assert_in_range(a, low, high)                                                              \
  cross_range((uintmax_t)(a), (uintmax_t)(low), (uintmax_t)(high), CROSS_AT)
#define assert_string_equal(a, b) cross_texts(a, b, 1, CROSS_AT)
#define assert_string_not_equal(a, b) cross_texts(a, b, 0, CROSS_AT)
#define assert_memory_equal(a, b, size) cross_bytes(a, b, size, 1, CROSS_AT)
#define assert_memory_not_equal(a, b, size) cross_bytes(a, b, size, 0, CROSS_AT)
#define test_malloc malloc
#define test_free free
#define fail_msg(...) cross_fail(CROSS_AT, __VA_ARGS__)

void print_error(const char *format, ...);

#endif

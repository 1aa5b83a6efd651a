/* SPDX-License-Identifier: MIT */
/* Runs tests; what an assertion leaves by. One thread. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static jmp_buf cross_out;

/* Tests that hold us to the C library's answers, where that one does not round exactly. */
static const char *const cross_left_out[] = {
#if defined(_WIN32)
    "roots_are_those_of_the_c_library", "random_doubles_survive_and_are_shortest",
#endif
    NULL};

void print_error(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vprintf(format, arguments);
  va_end(arguments);
}

void cross_fail(const char *file, int line, const char *format, ...) {
  va_list arguments;
  printf("%s:%d: ", file, line);
  va_start(arguments, format);
  vprintf(format, arguments);
  va_end(arguments);
  printf("\n");
  longjmp(cross_out, 1);
}

void cross_true(int holds, const char *what, const char *file, int line) {
  if (!holds) cross_fail(file, line, "%s: does not hold", what);
}

void cross_integers(uintmax_t one, uintmax_t two, int equal, const char *file, int line) {
  if ((one == two) != equal)
    cross_fail(file, line, "%lld and %lld", (long long)one, (long long)two);
}

void cross_range(uintmax_t value, uintmax_t least, uintmax_t most, const char *file, int line) {
  if (value < least || value > most)
    cross_fail(file, line, "%lld is out of range", (long long)value);
}

void cross_texts(const char *one, const char *two, int equal, const char *file, int line) {
  if ((strcmp(one, two) == 0) != equal) cross_fail(file, line, "\"%s\" and \"%s\"", one, two);
}

void cross_bytes(const void *one, const void *two, size_t size, int equal, const char *file,
                 int line) {
  if ((memcmp(one, two, size) == 0) != equal) cross_fail(file, line, "bytes differ, or do not");
}

/* Whether a test is left out, which is said. */
static int cross_leaves_out(const char *name) {
  for (size_t i = 0; cross_left_out[i]; i++) {
    if (strcmp(name, cross_left_out[i]) == 0) return printf("left out: %s\n", name);
  }
  return 0;
}

/* One test; whether it failed. */
static int cross_one(const struct CMUnitTest *test, void **state) {
  if (setjmp(cross_out)) return 1;
  if (test->setup && test->setup(state)) cross_fail(test->name, 0, "its set-up fails");
  test->test(state);
  if (test->teardown && test->teardown(state)) cross_fail(test->name, 0, "its end fails");
  return 0;
}

int cross_run(const struct CMUnitTest *tests, size_t count, int (*setup)(void **state),
              int (*teardown)(void **state)) {
  int failed = 0;
  void *group = NULL;
  if (setup && setup(&group)) return 1;
  for (size_t i = 0; i < count; i++) {
    void *state = tests[i].initial_state ? tests[i].initial_state : group;
    if (cross_leaves_out(tests[i].name) || !cross_one(&tests[i], &state)) continue;
    printf("failed: %s\n", tests[i].name);
    failed++;
  }
  if (teardown && teardown(&group)) failed++;
  return failed;
}

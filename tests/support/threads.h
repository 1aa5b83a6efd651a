/* SPDX-License-Identifier: MIT */
/* The same work by many threads at once. */
#ifndef THREADS_H
#define THREADS_H

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { THREADS = 8 };

#ifdef WB_COVERAGE
enum { THREADS_AT_ONCE = 1 }; /* counters of coverage are not for several */
#else
enum { THREADS_AT_ONCE = THREADS };
#endif

/* Each thread works on its element of an array; all have ended. */
static inline void threads_run(void *(*work)(void *), void *elements, size_t size) {
  pthread_t threads[THREADS];
  for (size_t first = 0; first < THREADS; first += THREADS_AT_ONCE) {
    for (size_t i = first; i < first + THREADS_AT_ONCE; i++)
      assert_int_equal(pthread_create(&threads[i], NULL, work, (char *)elements + i * size), 0);
    for (size_t i = first; i < first + THREADS_AT_ONCE; i++)
      assert_int_equal(pthread_join(threads[i], NULL), 0);
  }
}

#endif

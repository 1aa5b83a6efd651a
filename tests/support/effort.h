/* SPDX-License-Identifier: MIT */
/*
 * How long a test tries. tests/long.sh sets WB_LONG to a factor; the ordinary run is factor 1.
 */
#ifndef EFFORT_H
#define EFFORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define EFFORT_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define EFFORT_SANITIZED 1
#endif
#endif

#if defined(__OPTIMIZE__) && !defined(EFFORT_SANITIZED)
enum { EFFORT_FAST = 1 };
#else
enum { EFFORT_FAST = 0 };
#endif

/* `rounds` of an ordinary run, times the factor. */
static inline uint64_t effort(uint64_t rounds) {
  const char *factor = getenv("WB_LONG");
  uint64_t times = factor ? strtoull(factor, NULL, 10) : 1;
  return rounds * (times ? times : 1);
}

/* Whether to try every case of very many: in a fast build, and in any long run. */
static inline bool effort_every_case(void) {
  return EFFORT_FAST || effort(1) > 1;
}

/* From one case of many to the next: each in a fast build, one of so many in one that is slow. */
static inline size_t effort_stride(size_t slow) {
  return effort_every_case() ? 1 : slow;
}

#endif

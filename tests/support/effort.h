/* SPDX-License-Identifier: MIT */
/*
 * How long a test tries. tests/long.sh sets WB_LONG to a factor; the ordinary run is factor 1.
 */
#ifndef EFFORT_H
#define EFFORT_H

#include <stdint.h>
#include <stdlib.h>

/* `rounds` of an ordinary run, times the factor. */
static inline uint64_t effort(uint64_t rounds) {
  const char *factor = getenv("WB_LONG");
  uint64_t times = factor ? strtoull(factor, NULL, 10) : 1;
  return rounds * (times ? times : 1);
}

#endif

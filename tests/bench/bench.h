/* SPDX-License-Identifier: MIT */
/* What the benchmarks share: time, and no figure of a run that failed. They begin with
   _POSIX_C_SOURCE. */
#ifndef BENCH_H
#define BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <winback/base.h>

/* Seconds of the processor, not of the clock: others may have it meanwhile. */
static inline double seconds_now(void) {
  struct timespec at;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
  return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

/* Ends the program unless all is well; `error` may be NULL. */
static inline void need(wb_status status, const char *what, const wb_error *error) {
  if (status == WB_OK) return;
  fprintf(stderr, "%s: %s: %s %s\n", what, wb_status_name(status), error ? error->message : "",
          error ? error->path : "");
  exit(1);
}

#endif

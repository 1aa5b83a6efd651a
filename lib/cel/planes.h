/* SPDX-License-Identifier: MIT */
/* Batches of truths as bit planes, and the kernels that make them of columns. */
#ifndef WBI_CEL_PLANES_H
#define WBI_CEL_PLANES_H

#include "cel/cel_private.h"

/* Rows, or elements of lists, that are looked at together. */
enum { WBI_LANES = 1024, WBI_WORDS = WBI_LANES / 64 };

/* One bit a lane. A lane is in one plane at most: true, false, unknown, or to be asked of the row
   executor. In none: an error. What lanes behind the last one say is never looked at. */
typedef struct wbi_planes {
  uint64_t yes[WBI_WORDS], no[WBI_WORDS], doubt[WBI_WORDS], pending[WBI_WORDS];
} wbi_planes;

/* a && b into `a`, where `decides` is 0; a || b where it is 1. */
void wbi_planes_join(wbi_planes *a, const wbi_planes *b, int decides);
void wbi_planes_not(wbi_planes *planes);
/* All lanes alike. */
void wbi_planes_fill(wbi_planes *planes, const wbi_cel_value *value);
void wbi_planes_pending(wbi_planes *planes);
/* Whether every one of the first `count` lanes is false (`truth` 0), or true. */
bool wbi_planes_all(const wbi_planes *planes, uint32_t count, int truth);

/* What a test asks of a value: enough for == != < <= > >= and in. */
typedef struct wbi_test {
  uint32_t sign;              /* token of the comparison */
  const wbi_cel_value *value; /* constant it is compared with */
  const uint8_t *verdicts;    /* of a text: by word, enum wbi_word_verdict */
  int32_t absent;             /* enum wbi_absent */
} wbi_test;

/* What an absent value makes of a lane. */
enum wbi_absent { WBI_ABSENT_NO, WBI_ABSENT_YES, WBI_ABSENT_DOUBT, WBI_ABSENT_PENDING };
enum wbi_word_verdict { WBI_WORD_NO, WBI_WORD_YES, WBI_WORD_ABSENT, WBI_WORD_PENDING };

/* Eight bytes as a number, the first lowest, whatever the machine's order. */
static inline uint64_t wbi_eight(const uint8_t *at) {
  return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24 |
         (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 |
         (uint64_t)at[7] << 56;
}

static inline void wbi_eight_put(uint64_t number, uint8_t *at) {
  at[0] = (uint8_t)number;
  at[1] = (uint8_t)(number >> 8);
  at[2] = (uint8_t)(number >> 16);
  at[3] = (uint8_t)(number >> 24);
  at[4] = (uint8_t)(number >> 32);
  at[5] = (uint8_t)(number >> 40);
  at[6] = (uint8_t)(number >> 48);
  at[7] = (uint8_t)(number >> 56);
}

/* Bits of a bitmap for all lanes, of which `count` exist; the rest are 1. No bitmap: all 1. */
void wbi_kernel_load(const uint8_t *bytes, size_t first, uint32_t count, uint64_t *words);
/* Whether there is a kernel for a view and a constant. */
bool wbi_kernel_takes(const wbi_view *view, const wbi_cel_value *value);
/* Tests `count` cells from row or element `first` on, which the view holds. */
void wbi_kernel_test(const wbi_view *view, size_t first, uint32_t count, const wbi_test *test,
                     wbi_planes *planes);

#endif

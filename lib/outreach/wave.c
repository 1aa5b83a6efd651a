/* SPDX-License-Identifier: MIT */
/* How many are asked for an opening at once, and how long until the next are. */
#include "outreach/wave.h"

enum {
  WAVE_WHOLE = 10000, /* basis points */
  WAVE_TWICE = 2000,  /* the chance of two acceptances that is put up with */
  WAVE_PRIOR_YES = 1, /* one in ten accepts, until we know better */
  WAVE_PRIOR_ASKED = 10,
  WAVE_GAP_LEAST = 5 * 60,
  WAVE_GAP_MOST = 4 * 3600,
  WAVE_GAPS = 16, /* into which the time to the slot is divided */
  WAVE_ONE = 1 << 30
};

uint32_t wbi_wave_acceptance(uint32_t accepted, uint32_t asked) {
  /* same: of two alike it is either */
  const uint64_t yes = (uint64_t)(accepted < asked ? accepted : asked) + WAVE_PRIOR_YES;
  return (uint32_t)(yes * WAVE_WHOLE / ((uint64_t)asked + WAVE_PRIOR_ASKED));
}

/* The chance, of WAVE_ONE, that two or more of some accept; rounded up. */
static uint64_t wave_twice(uint32_t acceptance, uint32_t count) {
  const uint64_t yes = ((uint64_t)acceptance * WAVE_ONE + WAVE_WHOLE - 1) / WAVE_WHOLE;
  const uint64_t no = WAVE_ONE - yes;
  uint64_t others = WAVE_ONE; /* that none of all but one accepts */
  for (uint32_t i = 1; i < count; i++)
    others = others * no / WAVE_ONE;
  const uint64_t none = others * no / WAVE_ONE;
  const uint64_t one = others * yes / WAVE_ONE * count;
  return WAVE_ONE - none - one;
}

uint32_t wbi_wave_size(uint32_t acceptance) {
  const uint32_t chance = acceptance < WAVE_WHOLE ? acceptance : WAVE_WHOLE;
  const uint64_t most = (uint64_t)WAVE_ONE * WAVE_TWICE / WAVE_WHOLE;
  uint32_t count = 1;
  while (count < WBI_WAVE_MOST && wave_twice(chance, count + 1) <= most) /* same: none is equal */
    count++;
  return count;
}

int32_t wbi_wave_gap(wb_time left) {
  if (left <= WBI_WAVE_LAST) return 0;
  const wb_time gap = left / WAVE_GAPS;
  /* same: of two alike it is either */
  if (gap < WAVE_GAP_LEAST) return WAVE_GAP_LEAST;
  return gap < WAVE_GAP_MOST ? (int32_t)gap : WAVE_GAP_MOST; /* same: likewise */
}

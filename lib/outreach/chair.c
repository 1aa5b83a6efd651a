/* SPDX-License-Identifier: MIT */
/* Chair time: what is open, and what those who are asked will take of it. */
#include "outreach/wave.h"

enum { CHAIR_WHOLE = 10000 /* basis points */ };

int64_t wbi_chair_minutes(int64_t open, uint32_t reserve) {
  if (reserve >= CHAIR_WHOLE || open <= 0) return 0; /* same: of all reserved nothing is left */
  return open / CHAIR_WHOLE * (CHAIR_WHOLE - reserve) +
         open % CHAIR_WHOLE * (CHAIR_WHOLE - reserve) / CHAIR_WHOLE;
}

int64_t wbi_chair_expected(int64_t minutes, uint32_t chance) {
  const int64_t share = chance < CHAIR_WHOLE ? chance : CHAIR_WHOLE;
  return (minutes * share + CHAIR_WHOLE - 1) / CHAIR_WHOLE;
}

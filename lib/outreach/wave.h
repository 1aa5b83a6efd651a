/* SPDX-License-Identifier: MIT */
/* Numbers of openings and of chairs: integers in, integers out. */
#ifndef WBI_WAVE_H
#define WBI_WAVE_H

#include "time/time.h"

/* Before a slot begins, nobody is asked for so many seconds. */
#define WBI_WAVE_LAST 1800

/* So many are asked at once at most. */
#define WBI_WAVE_MOST 25

/* In what share of asks, in basis points, somebody accepts: from counts, and a prior of one in ten
   that ten asks outweigh. */
uint32_t wbi_wave_acceptance(uint32_t accepted, uint32_t asked);
/* How many are asked at once, so that two or more accept in at most one of five waves: 1 to
   WBI_WAVE_MOST. */
uint32_t wbi_wave_size(uint32_t acceptance);
/* Seconds until the next wave, by the time that is left to the slot: a sixteenth of it, between 5
   minutes and 4 hours. 0: in the last 30 minutes nobody is asked. */
int32_t wbi_wave_gap(wb_time left);

/* The minutes of a column that may be promised: what is open without the reserve (in basis points),
   rounded down. */
int64_t wbi_chair_minutes(int64_t open, uint32_t reserve);
/* What somebody who is asked takes of them: so many minutes, by the chance (in basis points) that
   they book; rounded up. */
int64_t wbi_chair_expected(int64_t minutes, uint32_t chance);

#endif

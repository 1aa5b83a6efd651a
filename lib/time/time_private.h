/* SPDX-License-Identifier: MIT */
/* Shared inside lib/time: civil dates without checks, and the rules of a zone. */
#ifndef WBI_TIME_PRIVATE_H
#define WBI_TIME_PRIVATE_H

#include "time/time.h"

enum { WBI_DAY = 86400 };

/* A year, month and day. */
typedef struct wbi_civil {
  int32_t year, month, day;
} wbi_civil;

bool wbi_year_leap(int32_t year);
int32_t wbi_month_length(int32_t year, int32_t month);
/* Days from 1970-01-01 of 1 January; any year from 0 to 10000. */
int32_t wbi_year_start(int32_t year);
wbi_civil wbi_date_civil(wb_date date);
/* Quotient rounded down; `divisor` is positive. */
int64_t wbi_floor_div(int64_t value, int64_t divisor);
/* Writes "2026-01-30". */
void wbi_put_date(wbi_writer *writer, wb_date date);

/* Kinds of year: common or leap, and the weekday of 1 January (0 Sunday): 7 * leap + weekday. */
enum { WBI_YEAR_KINDS = 14 };

/* A POSIX TZ string. Offsets are local minus UTC. The turns to and from daylight time are given
   for each kind of year in seconds UTC from 1 January 00:00 UTC. */
typedef struct wbi_zone_rules {
  int32_t standard, daylight;
  bool turns; /* false: standard time all year */
  bool tidy;  /* every turn falls in its own year, in standard time */
  int32_t start[WBI_YEAR_KINDS], end[WBI_YEAR_KINDS];
} wbi_zone_rules;

/* WB_E_SYNTAX, WB_E_RANGE. */
wb_status wbi_zone_read(wbi_text text, wbi_zone_rules *rules, wb_error *error);

#endif

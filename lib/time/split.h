/* SPDX-License-Identifier: MIT */
/* Days by month and day: what months are added to. No checks here; dates are of years 1-9999. */
#ifndef WBI_SPLIT_H
#define WBI_SPLIT_H

#include "base/base.h"

#include <winback/date.h>

/* A day by its month, counted on from January of year 0, and the day in that month from 1. */
typedef struct wbi_split {
  int32_t month, day;
} wbi_split;

enum { WBI_MONTH_MIN = 12, WBI_MONTH_MAX = 9999 * 12 + 11 };
enum { WBI_EPOCH = 719528 }; /* days from 1 January of year 0 to 1970 */

static inline bool wbi_year_leap(int32_t year) {
  return (year % 25 != 0 ? year % 4 : year % 16) == 0; /* of centuries every fourth */
}

/* Days of a month. */
static inline int32_t wbi_split_length(int32_t month) {
  static const uint8_t split_lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const uint32_t in_year = (uint32_t)month % 12;
  return split_lengths[in_year] + (in_year == 1 && wbi_year_leap(month / 12));
}

/* Years begin in March here, so that the day a leap year adds is the last of its year. Years of a
   century and months of a year are lines through the integers, and their quotients are taken by
   multiply and shift (the method of Neri and Schneider, 2022). */
static inline wbi_split wbi_split_of(wb_date date) {
  enum { CYCLE = 146097, MARCH_FIRST = 60, YEAR_SCALE = 2939745, CYCLE_MONTHS = 4800 };
  const uint32_t since = (uint32_t)(date + WBI_EPOCH - MARCH_FIRST + CYCLE);
  const uint32_t quarters = 4 * since + 3; /* of a day */
  const uint32_t century = quarters / CYCLE, in_century = quarters % CYCLE / 4;
  const uint64_t years = (uint64_t)YEAR_SCALE * (4 * in_century + 3);
  const uint32_t year = 100 * century + (uint32_t)(years >> 32);
  const uint32_t day_of_year = (uint32_t)years / YEAR_SCALE / 4;
  const uint32_t months = 2141 * day_of_year + 132377; /* 65536ths, from March as 2 */
  return (wbi_split){
      .month = (int32_t)(12 * year + (months >> 16)) - CYCLE_MONTHS,
      .day = (int32_t)((months & 0xFFFF) / 2141) + 1,
  };
}

/* The date of a day from March of year 0 on. */
static inline wb_date wbi_split_join(wbi_split split) {
  enum { MARCH = 2, MARCH_FIRST = 60 };
  const uint32_t months = (uint32_t)split.month - MARCH;
  const uint32_t year = months / 12, centuries = year / 100;
  const uint32_t leap_days = 24 * centuries + centuries / 4 + year % 100 / 4;
  const uint32_t in_year = (979 * (months % 12) + 15) / 32;
  return (wb_date)(year * 365 + leap_days + in_year) + split.day - 1 + MARCH_FIRST - WBI_EPOCH;
}

/* The same day of another month, or the last one where that month is shorter. */
static inline wbi_split wbi_split_move(wbi_split split, int32_t month) {
  if (split.day <= 28) return (wbi_split){month, split.day};
  const int32_t longest = wbi_split_length(month);
  return (wbi_split){month, split.day < longest ? split.day : longest};
}

/* Adds an interval. WB_E_RANGE: that would be past the last day. */
static inline wb_status wbi_split_add(wbi_split *split, const wb_interval *interval) {
  const int32_t days = interval->weeks * 7 + interval->days;
  if (interval->years > 0) *split = wbi_split_move(*split, split->month + interval->years * 12);
  if (interval->months > 0) *split = wbi_split_move(*split, split->month + interval->months);
  if (split->month > WBI_MONTH_MAX) return WB_E_RANGE;
  split->day += days;
  if (split->day <= 28) return WB_OK; /* of the same month in any case */
  const wb_date sum = wbi_split_join(*split);
  if (sum > WB_DATE_MAX) return WB_E_RANGE;
  *split = wbi_split_of(sum);
  return WB_OK;
}

/* The most months that can be added to one day without passing another. */
static inline int32_t wbi_split_months(wbi_split from, wbi_split to) {
  const bool reached = from.day <= to.day || (to.day >= 28 && to.day == wbi_split_length(to.month));
  return to.month - from.month - !reached;
}

#endif

/* SPDX-License-Identifier: MIT */
/* Holidays by rule, with the days on which they are observed, and business days. */
#include "time/time_private.h"

enum { HOLIDAY_SATURDAY = 6, HOLIDAY_SUNDAY = 7, HOLIDAY_WEEK = 7 };

/* Monday 1 to Sunday 7; also just outside the calendar. */
static int32_t holiday_weekday(wb_date date) {
  return (date - WB_DATE_MIN + HOLIDAY_WEEK * 53) % HOLIDAY_WEEK + 1; /* 0001-01-01 is a Monday */
}

/* Gauss's computus as Meeus gives it ("Anonymous Gregorian"). */
wb_date wbi_easter(int32_t year) {
  const int32_t golden = year % 19, century = year / 100, rest = year % 100;
  const int32_t correction = (century - (century + 8) / 25 + 1) / 3;
  const int32_t epact = (19 * golden + century - century / 4 - correction + 15) % 30;
  const int32_t ahead = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
  const int32_t late = (golden + 11 * epact + 22 * ahead) / 451;
  const int32_t since_march = epact + ahead - 7 * late + 21; /* days from 1 March */
  return wbi_year_start(year) + 59 + wbi_year_leap(year) + since_march;
}

/* The nth weekday of a month, from the front or, when nth is -1, from the back. */
static bool holiday_is_nth(const wbi_holiday *holiday, const wbi_civil *civil) {
  if (civil->month != holiday->month) return false;
  if (holiday->nth > 0) return (civil->day - 1) / HOLIDAY_WEEK + 1 == holiday->nth;
  return civil->day + HOLIDAY_WEEK > wbi_month_length(civil->year, civil->month);
}

/* The first weekday after a day of the year. */
static bool holiday_is_after(const wbi_holiday *holiday, const wbi_civil *civil, wb_date date) {
  wb_date anchor = 0;
  const wb_status status = wb_date_make(civil->year, holiday->month, holiday->day, &anchor);
  return status == WB_OK && date > anchor && date <= anchor + HOLIDAY_WEEK;
}

/* Whether a date is the holiday itself. */
static bool holiday_falls(const wbi_holiday *holiday, wb_date date) {
  const wb_date base = date - holiday->plus;
  if (holiday->weekday != 0 && holiday_weekday(base) != holiday->weekday) return false;
  const wbi_civil civil = wbi_date_civil(base);
  if (civil.year < holiday->since || civil.year % holiday->every != 0) return false;
  switch (holiday->kind) {
  case WBI_HOLIDAY_DATE: return civil.month == holiday->month && civil.day == holiday->day;
  case WBI_HOLIDAY_NTH: return holiday_is_nth(holiday, &civil);
  case WBI_HOLIDAY_AFTER: return holiday_is_after(holiday, &civil, base);
  case WBI_HOLIDAY_EASTER:
  default: return base == wbi_easter(civil.year);
  }
}

bool wbi_holiday_on(const wbi_holiday *holiday, wb_date date) {
  /* How many days later a holiday on a Saturday, and one on a Sunday, is observed. */
  static const int8_t holiday_shifts[WBI_OBSERVED_KINDS][2] = {
      [WBI_OBSERVED_ITSELF] = {0, 0},
      [WBI_OBSERVED_NEAREST] = {-1, 1},
      [WBI_OBSERVED_MONDAY] = {2, 1},
      [WBI_OBSERVED_TWO_DAYS] = {2, 2},
  };
  if (holiday_falls(holiday, date)) return true;
  for (int32_t weekday = HOLIDAY_SATURDAY; weekday <= HOLIDAY_SUNDAY; weekday++) {
    const int32_t shift = holiday_shifts[holiday->observed][weekday - HOLIDAY_SATURDAY];
    if (shift == 0 || holiday_weekday(date - shift) != weekday) continue;
    if (holiday_falls(holiday, date - shift)) return true;
  }
  return false;
}

bool wbi_calendar_on(const wbi_calendar *calendar, wb_date date) {
  for (uint32_t i = 0; i < calendar->count; i++) {
    if (wbi_holiday_on(&calendar->holidays[i], date)) return true;
  }
  return false;
}

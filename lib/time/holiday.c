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

/* A day with what the rules ask of it. */
typedef struct holiday_day {
  wb_date date;
  int32_t weekday;
  wbi_civil civil;
} holiday_day;

static holiday_day holiday_day_of(wb_date date) {
  return (holiday_day){date, holiday_weekday(date), wbi_date_civil(date)};
}

/* The nth weekday of a month, from the front or, when nth is -1, from the back. */
static bool holiday_is_nth(const wbi_holiday *holiday, const holiday_day *day) {
  const wbi_civil *civil = &day->civil;
  if (civil->month != holiday->month || day->weekday != holiday->weekday) return false;
  if (holiday->nth > 0) /* same: it is never 0 */
    return (civil->day - 1) / HOLIDAY_WEEK + 1 == holiday->nth;
  return civil->day + HOLIDAY_WEEK > wbi_month_length(civil->year, civil->month);
}

/* The first weekday after a day of the year. */
static bool holiday_is_after(const wbi_holiday *holiday, const holiday_day *day) {
  wb_date anchor = 0;
  if (day->weekday != holiday->weekday) return false;
  const wb_status status = wb_date_make(day->civil.year, holiday->month, holiday->day, &anchor);
  return status == WB_OK && day->date > anchor && day->date <= anchor + HOLIDAY_WEEK;
}

/* Easter Sunday, which is never in another month than March or April. */
static bool holiday_is_easter(const holiday_day *day) {
  /* same: only sooner known */
  if (day->weekday != HOLIDAY_SUNDAY || (day->civil.month != 3 && day->civil.month != 4))
    return false;
  return day->date == wbi_easter(day->civil.year);
}

/* Whether a day is what the kind of a holiday says. */
static bool holiday_is(const wbi_holiday *holiday, const holiday_day *day) {
  const wbi_civil *civil = &day->civil;
  switch (holiday->kind) {
  case WBI_HOLIDAY_DATE: return civil->month == holiday->month && civil->day == holiday->day;
  case WBI_HOLIDAY_NTH: return holiday_is_nth(holiday, day);
  case WBI_HOLIDAY_AFTER: return holiday_is_after(holiday, day);
  case WBI_HOLIDAY_EASTER:
  default: return holiday_is_easter(day);
  }
}

/* Whether a day is the holiday itself. */
static bool holiday_falls(const wbi_holiday *holiday, const holiday_day *day) {
  const holiday_day base = holiday->plus == 0 ? *day : holiday_day_of(day->date - holiday->plus);
  if (!holiday_is(holiday, &base)) return false;
  return base.civil.year >= holiday->since && base.civil.year % holiday->every == 0;
}

/* A date, and the days of the weekend near it that may be observed on it. */
typedef struct holiday_near {
  holiday_day day;
  holiday_day weekend[2];
  int32_t shifts[2]; /* from that day of the weekend to the date; 0: none */
} holiday_near;

/* A Friday, Monday or Tuesday has a weekend near it. */
static holiday_near holiday_near_of(wb_date date) {
  holiday_near near = {.day = holiday_day_of(date)};
  for (int32_t i = 0; i < 2; i++) {
    const int32_t from =
        near.day.weekday == 5 ? HOLIDAY_SATURDAY + i : HOLIDAY_SATURDAY + i - HOLIDAY_WEEK;
    const int32_t shift = near.day.weekday - from;
    if (shift < -1 || shift > 2) continue; /* same: no holiday moves further */
    near.weekend[i] = holiday_day_of(date - shift);
    near.shifts[i] = shift;
  }
  return near;
}

/* Whether a holiday falls or is observed on a date. */
static bool holiday_near_on(const wbi_holiday *holiday, const holiday_near *near) {
  /* How many days later a holiday on a Saturday, and one on a Sunday, is observed. */
  static const int8_t holiday_shifts[WBI_OBSERVED_KINDS][2] = {
      [WBI_OBSERVED_ITSELF] = {0, 0},
      [WBI_OBSERVED_NEAREST] = {-1, 1},
      [WBI_OBSERVED_MONDAY] = {2, 1},
      [WBI_OBSERVED_TWO_DAYS] = {2, 2},
  };
  if (holiday_falls(holiday, &near->day)) return true;
  for (size_t i = 0; i < 2; i++) {
    const int32_t shift = holiday_shifts[holiday->observed][i];
    if (shift == 0 || shift != near->shifts[i]) continue;
    if (holiday_falls(holiday, &near->weekend[i])) return true;
  }
  return false;
}

bool wbi_holiday_on(const wbi_holiday *holiday, wb_date date) {
  const holiday_near near = holiday_near_of(date);
  return holiday_near_on(holiday, &near);
}

/* Whether one of the holidays of a calendar falls or is observed on a date. */
static bool holiday_calendar_on(const wbi_calendar *calendar, const holiday_near *near) {
  for (uint32_t i = 0; i < calendar->count; i++) {
    if (holiday_near_on(&calendar->holidays[i], near)) return true;
  }
  return false;
}

uint32_t wbi_calendars_on(const wbi_calendar *calendars, uint32_t wanted, wb_date date) {
  const holiday_near near = holiday_near_of(date);
  uint32_t found = 0;
  for (uint32_t i = 0; wanted != 0; i++, wanted >>= 1) {
    if ((wanted & 1) != 0 && holiday_calendar_on(&calendars[i], &near)) found |= 1u << i;
  }
  return found;
}

/* ---- days of the year ------------------------------------------------------------------------ */

uint32_t wbi_month_day(wb_date date) {
  const wbi_split split = wbi_split_of(date);
  return (uint32_t)(split.month % 12 * 31 + split.day - 1);
}

/* The first day of a year, leaving out how it is moved, on which a holiday may fall, and how many
   days more it may be later; false: it has no such day. */
static bool holiday_span(const wbi_holiday *holiday, int32_t year, wb_date *first, int32_t *more) {
  enum { EASTER_FIRST = 22, EASTER_SPAN = 34 }; /* 22 March to 25 April */
  int32_t month = holiday->month, day = holiday->day;
  *more = 0;
  if (holiday->kind == WBI_HOLIDAY_NTH) {
    /* same: it is never 0 */
    day = holiday->nth > 0 ? 7 * holiday->nth - 6 : wbi_month_length(year, month) - 6;
    *more = 6;
  }
  if (holiday->kind == WBI_HOLIDAY_EASTER) {
    month = 3;
    day = EASTER_FIRST;
    *more = EASTER_SPAN;
  }
  if (wb_date_make(year, month, day, first) != WB_OK) return false; /* same: one more is asked */
  if (holiday->kind == WBI_HOLIDAY_AFTER) {
    *first += 1;
    *more = 6;
  }
  return true;
}

/* Two years in which every day of the year is followed by every day that can follow it. */
void wbi_calendar_mark(const wbi_calendar *calendar, uint32_t bit, uint32_t days[WBI_MONTH_DAYS]) {
  for (uint32_t i = 0; i < calendar->count; i++) {
    const wbi_holiday *holiday = &calendar->holidays[i];
    const bool moved = holiday->observed != WBI_OBSERVED_ITSELF;
    for (int32_t year = 1999; year <= 2000; year++) {
      wb_date first = 0;
      int32_t more = 0;
      if (!holiday_span(holiday, year, &first, &more)) continue; /* same: one more is asked */
      for (int32_t at = moved ? -1 : 0; at <= more + (moved ? 2 : 0); at++)
        days[wbi_month_day(first + holiday->plus + at)] |= bit;
    }
  }
}

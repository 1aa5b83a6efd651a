/* SPDX-License-Identifier: MIT */
/* Days and civil dates of the proleptic Gregorian calendar. */
#include "time/time_private.h"

enum { DATE_YEAR_MAX = 9999, DATE_EPOCH_FROM_YEAR_0 = 719528 };

int64_t wbi_floor_div(int64_t value, int64_t divisor) {
  return value / divisor - (value % divisor < 0);
}

bool wbi_year_leap(int32_t year) {
  return (year % 25 != 0 ? year % 4 : year % 16) == 0; /* of centuries every fourth */
}

int32_t wbi_month_length(int32_t year, int32_t month) {
  static const uint8_t month_lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month_lengths[month - 1] + (month == 2 && wbi_year_leap(year));
}

int32_t wbi_year_start(int32_t year) {
  const int32_t before = year + 399; /* years before this one, and 400 more to stay positive */
  const int32_t centuries = before / 100;
  return year * 365 + before / 4 - centuries + centuries / 4 - 96 - DATE_EPOCH_FROM_YEAR_0;
}

/* The date of a civil date that exists. */
static wb_date date_of(int32_t year, int32_t month, int32_t day) {
  static const int16_t month_starts[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  const int32_t leap_day = month > 2 && wbi_year_leap(year);
  return wbi_year_start(year) + month_starts[month - 1] + leap_day + day - 1;
}

/* Counts from 1 March, so that the day a leap year adds is the last of its year. Years of a century
   and months of a year are lines through the integers, and their quotients are taken by multiply
   and shift (the method of Neri and Schneider, 2022). */
wbi_civil wbi_date_civil(wb_date date) {
  enum { CYCLE = 146097, MARCH_FIRST = 60, YEAR_SCALE = 2939745, JANUARY = 306 };
  const uint32_t since = (uint32_t)(date + DATE_EPOCH_FROM_YEAR_0 - MARCH_FIRST + CYCLE);
  const uint32_t quarters = 4 * since + 3; /* of a day */
  const uint32_t century = quarters / CYCLE, in_century = quarters % CYCLE / 4;
  const uint64_t years = (uint64_t)YEAR_SCALE * (4 * in_century + 3);
  const uint32_t day_of_year = (uint32_t)years / YEAR_SCALE / 4;
  const uint32_t months = 2141 * day_of_year + 197913; /* 65536ths, from March as 3 */
  const bool next = day_of_year >= JANUARY;
  return (wbi_civil){
      .year = (int32_t)(100 * century + (uint32_t)(years >> 32)) - 400 + next,
      .month = (int32_t)(months >> 16) - (next ? 12 : 0),
      .day = (int32_t)((months & 0xFFFF) / 2141) + 1,
  };
}

bool wbi_date_valid(wb_date date) {
  return date >= WB_DATE_MIN && date <= WB_DATE_MAX;
}

wb_status WB_CALL wb_date_make(int32_t year, int32_t month, int32_t day, wb_date *date) {
  if (year < 1 || year > DATE_YEAR_MAX || month < 1 || month > 12) return WB_E_RANGE;
  if (day < 1 || day > wbi_month_length(year, month)) return WB_E_RANGE;
  *date = date_of(year, month, day);
  return WB_OK;
}

wb_status WB_CALL wb_date_split(wb_date date, int32_t *year, int32_t *month, int32_t *day) {
  if (!wbi_date_valid(date)) return WB_E_RANGE;
  const wbi_civil civil = wbi_date_civil(date);
  if (year != NULL) *year = civil.year;
  if (month != NULL) *month = civil.month;
  if (day != NULL) *day = civil.day;
  return WB_OK;
}

/* The number that some digits make; a negative one when one of them is none. */
static int32_t date_digits(const char *digits, size_t count) {
  int32_t value = 0;
  for (size_t i = 0; i < count; i++) {
    if (digits[i] < '0' || digits[i] > '9') return -1;
    value = value * 10 + (digits[i] - '0');
  }
  return value;
}

wb_status WB_CALL wb_date_parse(const char *text, size_t length, wb_date *date) {
  if (length != 10 || text[4] != '-' || text[7] != '-') return WB_E_SYNTAX;
  const int32_t year = date_digits(text, 4);
  const int32_t month = date_digits(text + 5, 2);
  const int32_t day = date_digits(text + 8, 2);
  if (year < 0 || month < 0 || day < 0) return WB_E_SYNTAX;
  return wb_date_make(year, month, day, date);
}

void wbi_put_date(wbi_writer *writer, wb_date date) {
  const wbi_civil civil = wbi_date_civil(date);
  wbi_put_padded(writer, (uint64_t)civil.year, 4);
  wbi_put_char(writer, '-');
  wbi_put_padded(writer, (uint64_t)civil.month, 2);
  wbi_put_char(writer, '-');
  wbi_put_padded(writer, (uint64_t)civil.day, 2);
}

wb_status WB_CALL wb_date_format(wb_date date, char *buffer, size_t capacity, size_t *length) {
  char text[10];
  wbi_writer writer = {text, sizeof text, 0};
  if (!wbi_date_valid(date)) return WB_E_RANGE;
  wbi_put_date(&writer, date);
  return wbi_text_give((wbi_text){text, writer.length}, buffer, capacity, length);
}

wb_status WB_CALL wb_date_weekday(wb_date date, int32_t *weekday) {
  if (!wbi_date_valid(date)) return WB_E_RANGE;
  *weekday = (date - WB_DATE_MIN) % 7 + 1; /* 0001-01-01 is a Monday */
  return WB_OK;
}

wb_status WB_CALL wb_date_add_months(wb_date date, int32_t months, wb_date *out) {
  if (!wbi_date_valid(date)) return WB_E_RANGE;
  const wbi_civil civil = wbi_date_civil(date);
  const int64_t total = (int64_t)civil.year * 12 + civil.month - 1 + months;
  if (total < 12 || total > DATE_YEAR_MAX * 12 + 11) return WB_E_RANGE;
  const int32_t year = (int32_t)(total / 12), month = (int32_t)(total % 12) + 1;
  const int32_t longest = wbi_month_length(year, month);
  *out = date_of(year, month, civil.day < longest ? civil.day : longest);
  return WB_OK;
}

wb_status WB_CALL wb_date_add(wb_date date, const wb_interval *interval, wb_date *out) {
  const int32_t first = interval->years > 0 ? interval->years * 12 : interval->months;
  wb_date sum = date;
  wb_status status = wb_date_add_months(sum, first, &sum);
  if (status == WB_OK && interval->years > 0 && interval->months > 0) {
    status = wb_date_add_months(sum, interval->months, &sum);
  }
  if (status != WB_OK) return status;
  const int32_t days = interval->weeks * 7 + interval->days;
  if (days > WB_DATE_MAX - sum) return WB_E_RANGE;
  *out = sum + days;
  return WB_OK;
}

wb_status WB_CALL wb_date_months(wb_date from, wb_date to, int32_t *months) {
  if (!wbi_date_valid(from) || !wbi_date_valid(to)) return WB_E_RANGE;
  const wbi_civil a = wbi_date_civil(from), b = wbi_date_civil(to);
  const int32_t longest = wbi_month_length(b.year, b.month);
  const int32_t reached = a.day < longest ? a.day : longest;
  *months = (b.year - a.year) * 12 + b.month - a.month - (reached > b.day);
  return WB_OK;
}

int32_t wbi_date_age(wb_date birth, wb_date on) {
  if (on < birth) return 0;
  const wbi_civil a = wbi_date_civil(birth), b = wbi_date_civil(on);
  const bool before = b.month < a.month || (b.month == a.month && b.day < a.day);
  return b.year - a.year - before;
}

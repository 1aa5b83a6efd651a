/* SPDX-License-Identifier: MIT */
/* Days and civil dates of the proleptic Gregorian calendar. */
#include "time/time_private.h"

enum { DATE_YEAR_MAX = 9999 };

int32_t wbi_month_length(int32_t year, int32_t month) {
  return wbi_split_length(year * 12 + month - 1);
}

int32_t wbi_year_start(int32_t year) {
  const int32_t before = year + 399; /* years before this one, and 400 more to stay positive */
  const int32_t centuries = before / 100;
  return year * 365 + before / 4 - centuries + centuries / 4 - 96 - WBI_EPOCH;
}

wbi_civil wbi_date_civil(wb_date date) {
  const wbi_split split = wbi_split_of(date);
  return (wbi_civil){split.month / 12, split.month % 12 + 1, split.day};
}

bool wbi_date_valid(wb_date date) {
  return date >= WB_DATE_MIN && date <= WB_DATE_MAX;
}

wb_status WB_CALL wb_date_make(int32_t year, int32_t month, int32_t day, wb_date *date) {
  if (year < 1 || year > DATE_YEAR_MAX || month < 1 || month > 12) return WB_E_RANGE;
  if (day < 1 || day > wbi_month_length(year, month)) return WB_E_RANGE;
  *date = wbi_split_join((wbi_split){year * 12 + month - 1, day});
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
  const wbi_split split = wbi_split_of(date);
  const int64_t month = (int64_t)split.month + months;
  if (month < WBI_MONTH_MIN || month > WBI_MONTH_MAX) return WB_E_RANGE;
  *out = wbi_split_join(wbi_split_move(split, (int32_t)month));
  return WB_OK;
}

wb_status WB_CALL wb_date_add(wb_date date, const wb_interval *interval, wb_date *out) {
  if (!wbi_date_valid(date)) return WB_E_RANGE;
  wbi_split split = wbi_split_of(date);
  const wb_status status = wbi_split_add(&split, interval);
  if (status == WB_OK) *out = wbi_split_join(split);
  return status;
}

wb_status WB_CALL wb_date_months(wb_date from, wb_date to, int32_t *months) {
  if (!wbi_date_valid(from) || !wbi_date_valid(to)) return WB_E_RANGE;
  *months = wbi_split_months(wbi_split_of(from), wbi_split_of(to));
  return WB_OK;
}

int32_t wbi_date_age(wb_date birth, wb_date on) {
  if (on < birth) return 0; /* same: on the day itself it is 0, too */
  const wbi_civil a = wbi_date_civil(birth), b = wbi_date_civil(on);
  const bool before = b.month < a.month || (b.month == a.month && b.day < a.day);
  return b.year - a.year - before;
}

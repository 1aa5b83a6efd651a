/* SPDX-License-Identifier: MIT */
/* Dates and intervals on any input at all, for Frama-C Eva, which takes every value at once: no
   overflow, no bits lost, no wild access. tests/check/frama.py runs it. */
#include "time/time.h"

#include <__fc_builtin.h>

enum { DATE_LENGTH = 10 };

/* Any number. */
static int32_t any_number(void) {
  return Frama_C_interval(INT32_MIN, INT32_MAX);
}

/* Any part of an interval. */
static uint16_t any_part(void) {
  return (uint16_t)Frama_C_interval(0, UINT16_MAX);
}

/* Any interval. */
static wb_interval any_interval(void) {
  return (wb_interval){any_part(), any_part(), any_part(), any_part()};
}

static void dates_are_made_and_split(void) {
  int32_t year = 1, month = 1, day = 1, weekday = 1;
  wb_date date = 0;
  (void)wb_date_make(any_number(), any_number(), any_number(), &date);
  if (wb_date_split(any_number(), &year, &month, &day) == WB_OK) {
    /*@ assert 1 <= month <= 12; */
    /*@ assert 1 <= day <= 31; */
  }
  if (wb_date_weekday(any_number(), &weekday) == WB_OK) {
    /*@ assert 1 <= weekday <= 7; */
  }
}

static void sums_and_differences_stay_within_the_calendar(void) {
  const wb_interval interval = any_interval();
  wb_date sum = 0, later = 0;
  int32_t months = 0;
  (void)wb_date_add(any_number(), &interval, &sum);
  (void)wb_date_add_months(any_number(), any_number(), &later);
  (void)wb_date_months(any_number(), any_number(), &months);
  (void)wbi_interval_days(&interval);
  (void)wbi_interval_empty(&interval);
}

static void dates_are_read(void) {
  char text[DATE_LENGTH];
  wb_date date = 0;
  for (size_t i = 0; i < DATE_LENGTH; i++)
    text[i] = Frama_C_char_interval(CHAR_MIN, CHAR_MAX);
  (void)wb_date_parse(text, Frama_C_size_t_interval(0, DATE_LENGTH), &date);
}

int main(void) {
  dates_are_made_and_split();
  sums_and_differences_stay_within_the_calendar();
  dates_are_read();
  return 0;
}

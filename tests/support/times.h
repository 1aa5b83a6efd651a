/* SPDX-License-Identifier: MIT */
/* Dates, instants and zones by their texts, each of which must be right. */
#ifndef TIMES_H
#define TIMES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <winback/zone.h>

/* "2026-01-30"; "" is none. */
static inline wb_date day(const char *text) {
  wb_date date = WB_DATE_NONE;
  if (*text != '\0') assert_int_equal(wb_date_parse(text, strlen(text), &date), WB_OK);
  return date;
}

/* "2026-01-30T14:00:00Z". */
static inline wb_time instant(const char *text) {
  wb_time at = WB_TIME_NONE;
  assert_int_equal(wb_time_parse(text, strlen(text), &at), WB_OK);
  return at;
}

/* "America/New_York", or a rule: "EST5EDT,M3.2.0,M11.1.0"; the caller unrefs it. */
static inline wb_zone *zone_of(const char *text) {
  wb_zone *zone = NULL;
  wb_error error = {0};
  if (wb_zone_new(NULL, text, strlen(text), &zone, &error) != WB_OK)
    fail_msg("%s: %s", text, error.message);
  return zone;
}

#endif

/* SPDX-License-Identifier: MIT */
/* Windows of local time: when the next one opens. */
#include "time/time_private.h"

enum { WINDOW_DAYS = 14 };

/* A stretch of instants, half-open. */
typedef struct window_span {
  wb_time from, to;
} window_span;

/* The instant of a second of a day, 86,400 included. */
static wb_status window_instant(const wb_zone *zone, wb_date date, int32_t second, int32_t fold,
                                wb_time *at) {
  const wb_local local = {date + second / WBI_DAY, second % WBI_DAY, 0};
  return wb_zone_instant(zone, &local, fold, at);
}

/* The stretch of a window on a day, false when it is closed. Of an hour that happens twice it
   begins with the second and ends with the first, so that it never reaches outside. */
static bool window_span_of(const wb_zone *zone, const wb_window *window, wb_date date,
                           window_span *span) {
  int32_t weekday = 0;
  return wb_date_weekday(date, &weekday) == WB_OK && (window->weekdays & 1u << weekday) != 0 &&
         window_instant(zone, date, window->from, 1, &span->from) == WB_OK &&
         window_instant(zone, date, window->to, 0, &span->to) == WB_OK && span->from < span->to;
}

/* The earliest opening on a day at or after `at`; of several the one that lasts longest. */
static bool window_on_day(const wb_zone *zone, const wb_window *windows, size_t count, wb_date date,
                          wb_time at, window_span *best) {
  bool found = false;
  for (size_t i = 0; i < count; i++) {
    window_span span = {0, 0};
    if (!window_span_of(zone, &windows[i], date, &span) || span.to <= at) continue;
    if (span.from < at) span.from = at; /* same: or it is that already */
    /* same: of two alike it is either */
    if (found && (span.from > best->from || (span.from == best->from && span.to <= best->to))) {
      continue;
    }
    *best = span;
    found = true;
  }
  return found;
}

wb_status wbi_window_next(const wb_zone *zone, const wb_window *windows, size_t count, wb_time at,
                          wb_time *open_at, wb_time *until) {
  wb_local local = {0, 0, 0};
  window_span best = {0, 0};
  const wb_status status = wb_zone_local(zone, at, &local);
  if (status != WB_OK) return status;
  for (int32_t day = 0; day <= WINDOW_DAYS; day++) {
    if (!window_on_day(zone, windows, count, local.date + day, at, &best)) continue;
    *open_at = best.from;
    *until = best.to;
    return WB_OK;
  }
  return WB_E_RANGE;
}

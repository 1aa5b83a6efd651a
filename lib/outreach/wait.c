/* SPDX-License-Identifier: MIT */
/*
 * When a wait is over. Hours pass; days are those of the calendar where the patient is, with the
 * offset of the day that they end on, so that 9:00 stays 9:00 when the clocks change.
 */
#include "outreach/practice_private.h"

enum { WAIT_WEEK = 7 };

/* Whether a wait may end on a day. */
static bool wait_allows(const wbi_delay *delay, wb_date date) {
  int32_t weekday = 0;
  if (delay->weekdays == 0 || wb_date_weekday(date, &weekday) != WB_OK) return true;
  return (delay->weekdays >> weekday & 1) != 0;
}

/* When a wait ends on a day, for one that begins at an instant of another; it may be before that,
   and then the next day counts. Without a time of the day, today is now. */
static wb_time wait_ends(const wbi_delay *delay, const wb_zone *zone, wb_time at, wb_date today,
                         wb_date date) {
  const wb_local end = {.date = date, .second = delay->at >= 0 ? delay->at : 0};
  wb_time ends;
  if (!wait_allows(delay, date)) return WB_TIME_NONE;
  if (date == today && delay->at < 0) return at;
  return wb_zone_instant(zone, &end, 0, &ends) == WB_OK ? ends : WB_TIME_NONE;
}

wb_time wbi_wait_end(const wbi_delay *delay, const wb_zone *zone, wb_time at) {
  const bool calendar = delay->days > 0 || delay->at >= 0 || delay->weekdays != 0;
  wb_local local;
  if (calendar && zone != NULL && wb_zone_local(zone, at, &local) == WB_OK) {
    for (int32_t more = 0; more <= WAIT_WEEK; more++) {
      const wb_time ends = wait_ends(delay, zone, at, local.date, local.date + delay->days + more);
      if (ends != WB_TIME_NONE && ends >= at) return ends;
    }
  }
  return at + (wb_time)delay->days * WBI_DAY + delay->seconds;
}

wb_time wbi_wait_visit(const wbi_step *wait, const wb_zone *zone, wb_time visit) {
  const bool before = wait->from == WBI_BEFORE_VISIT;
  const int32_t days = before ? -wait->delay.days : wait->delay.days;
  const int32_t seconds = before ? -wait->delay.seconds : wait->delay.seconds;
  const wb_time plain = visit + (wb_time)days * WBI_DAY + seconds;
  wb_local local;
  wb_time ends;
  if (seconds != 0 || zone == NULL || wb_zone_local(zone, visit, &local) != WB_OK) return plain;
  local.date += days;
  if (wait->delay.at >= 0) local.second = wait->delay.at;
  return wb_zone_instant(zone, &local, 0, &ends) == WB_OK ? ends : plain;
}

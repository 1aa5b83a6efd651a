/* SPDX-License-Identifier: MIT */
/* Dates of CEL, and what a clock or calendar shows at a timestamp. */
#include "cel/calendar.h"

/* ---- fields ------------------------------------------------------------------------------- */

enum { CALENDAR_ZONE_COST = 64 };

/* The local time of a timestamp, in UTC or in the zone of a second argument. WBI_FAULT_VALUE: no
   such zone. 0: done. */
static enum wbi_cel_fault calendar_local(wbi_cel_run *run, const wbi_cel_value *arguments,
                                         uint32_t count, wb_local *local) {
  if (arguments->kind != WB_TIME || (count == 2 && arguments[1].kind != WB_TEXT)) {
    return WBI_FAULT_OVERLOAD;
  }
  if (count == 2 && !wbi_cel_charge(run, CALENDAR_ZONE_COST)) return WBI_FAULT_COST;
  const wbi_text zone = count == 2 ? wbi_cel_text(&arguments[1]) : WBI_TEXT("UTC0");
  const wb_status status = wbi_zone_local_named(zone, arguments->as.integer, local);
  if (status == WB_OK) return 0;
  return status == WB_E_RANGE ? WBI_FAULT_RANGE : WBI_FAULT_VALUE;
}

/* A field of a date. */
typedef int64_t (*calendar_field)(wb_date date);

/* A field of a date, or of a timestamp's. */
static wbi_cel_value calendar_of_date(wbi_cel_run *run, const wbi_cel_value *arguments,
                                      uint32_t count, calendar_field field) {
  wb_local local = {0, 0, 0};
  if (arguments->kind == WB_DATE && count == 1) {
    return wbi_cel_of_int(field((wb_date)arguments->as.integer));
  }
  const enum wbi_cel_fault fault = calendar_local(run, arguments, count, &local);
  return fault != 0 ? wbi_cel_of_fault(fault) : wbi_cel_of_int(field(local.date));
}

/* A part of a duration, or of a timestamp's time of day: seconds, in units, below `modulus` on a
   clock. */
static wbi_cel_value calendar_of_clock(wbi_cel_run *run, const wbi_cel_value *arguments,
                                       uint32_t count, int32_t unit, int32_t modulus) {
  wb_local local = {0, 0, 0};
  if (arguments->kind == WBI_KIND_DURATION && count == 1) {
    const int64_t seconds = arguments->as.integer;
    return wbi_cel_of_int((seconds + (seconds < 0 && arguments->length > 0)) / unit);
  }
  const enum wbi_cel_fault fault = calendar_local(run, arguments, count, &local);
  return fault != 0 ? wbi_cel_of_fault(fault) : wbi_cel_of_int(local.second / unit % modulus);
}

static int64_t calendar_year(wb_date date) {
  int32_t year = 0;
  wb_date_split(date, &year, NULL, NULL);
  return year;
}
static int64_t calendar_month(wb_date date) {
  int32_t month = 0;
  wb_date_split(date, NULL, &month, NULL);
  return month;
}
static int64_t calendar_day(wb_date date) {
  int32_t day = 0;
  wb_date_split(date, NULL, NULL, &day);
  return day;
}
static int64_t calendar_weekday(wb_date date) {
  int32_t weekday = 0;
  wb_date_weekday(date, &weekday);
  return weekday;
}
static int64_t calendar_month_from_0(wb_date date) {
  return calendar_month(date) - 1;
}
static int64_t calendar_day_from_0(wb_date date) {
  return calendar_day(date) - 1;
}
static int64_t calendar_weekday_from_0(wb_date date) {
  return calendar_weekday(date) % 7;
}
static int64_t calendar_day_of_year(wb_date date) {
  wb_date first = date;
  wb_date_make((int32_t)calendar_year(date), 1, 1, &first);
  return date - first;
}

static wbi_cel_value calendar_get_full_year(wbi_cel_run *run, const wbi_cel_value *arguments,
                                            uint32_t count) {
  return calendar_of_date(run, arguments, count, calendar_year);
}
static wbi_cel_value calendar_get_month(wbi_cel_run *run, const wbi_cel_value *arguments,
                                        uint32_t count) {
  return calendar_of_date(run, arguments, count, calendar_month_from_0);
}
static wbi_cel_value calendar_get_date(wbi_cel_run *run, const wbi_cel_value *arguments,
                                       uint32_t count) {
  return calendar_of_date(run, arguments, count, calendar_day);
}
static wbi_cel_value calendar_get_day_of_month(wbi_cel_run *run, const wbi_cel_value *arguments,
                                               uint32_t count) {
  return calendar_of_date(run, arguments, count, calendar_day_from_0);
}
static wbi_cel_value calendar_get_day_of_week(wbi_cel_run *run, const wbi_cel_value *arguments,
                                              uint32_t count) {
  return calendar_of_date(run, arguments, count, calendar_weekday_from_0);
}
static wbi_cel_value calendar_get_day_of_year(wbi_cel_run *run, const wbi_cel_value *arguments,
                                              uint32_t count) {
  return calendar_of_date(run, arguments, count, calendar_day_of_year);
}
static wbi_cel_value calendar_plain_year(wbi_cel_run *run, const wbi_cel_value *arguments,
                                         uint32_t count) {
  if (arguments->kind != WB_DATE) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  return calendar_of_date(run, arguments, count, calendar_year);
}
static wbi_cel_value calendar_plain_month(wbi_cel_run *run, const wbi_cel_value *arguments,
                                          uint32_t count) {
  if (arguments->kind != WB_DATE) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  return calendar_of_date(run, arguments, count, calendar_month);
}
static wbi_cel_value calendar_plain_day(wbi_cel_run *run, const wbi_cel_value *arguments,
                                        uint32_t count) {
  if (arguments->kind != WB_DATE) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  return calendar_of_date(run, arguments, count, calendar_day);
}
static wbi_cel_value calendar_plain_weekday(wbi_cel_run *run, const wbi_cel_value *arguments,
                                            uint32_t count) {
  if (arguments->kind != WB_DATE) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  return calendar_of_date(run, arguments, count, calendar_weekday);
}
static wbi_cel_value calendar_get_hours(wbi_cel_run *run, const wbi_cel_value *arguments,
                                        uint32_t count) {
  return calendar_of_clock(run, arguments, count, 3600, 24);
}
static wbi_cel_value calendar_get_minutes(wbi_cel_run *run, const wbi_cel_value *arguments,
                                          uint32_t count) {
  return calendar_of_clock(run, arguments, count, 60, 60);
}
static wbi_cel_value calendar_get_seconds(wbi_cel_run *run, const wbi_cel_value *arguments,
                                          uint32_t count) {
  return calendar_of_clock(run, arguments, count, 1, 60);
}

/* Thousandths of the second, of both: a negative duration has negative ones. */
static wbi_cel_value calendar_get_milliseconds(wbi_cel_run *run, const wbi_cel_value *arguments,
                                               uint32_t count) {
  wb_local local = {0, 0, 0};
  const uint32_t length = arguments->length;
  if (arguments->kind == WBI_KIND_DURATION && count == 1) {
    if (arguments->as.integer >= 0) return wbi_cel_of_int(length / 1000000);
    return wbi_cel_of_int(length == 0 ? 0 : -(int64_t)((WBI_CEL_SECOND - length) / 1000000));
  }
  const enum wbi_cel_fault fault = calendar_local(run, arguments, count, &local);
  return fault != 0 ? wbi_cel_of_fault(fault) : wbi_cel_of_int(length / 1000000);
}

/* ---- dates -------------------------------------------------------------------------------- */

static wbi_cel_value calendar_made(wb_status status, wb_date date) {
  if (status == WB_OK) return wbi_cel_of(WB_DATE, date);
  return wbi_cel_of_fault(status == WB_E_RANGE ? WBI_FAULT_RANGE : WBI_FAULT_TEXT);
}

/* The date of a year, month and day. */
static wbi_cel_value calendar_civil(const wbi_cel_value *parts) {
  int32_t small[3] = {0};
  wb_date date = 0;
  for (size_t i = 0; i < 3; i++) {
    if (parts[i].kind != WB_INT) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
    if (parts[i].as.integer < 1 || parts[i].as.integer > 9999) {
      return wbi_cel_of_fault(WBI_FAULT_RANGE);
    }
    small[i] = (int32_t)parts[i].as.integer;
  }
  const wb_status status = wb_date_make(small[0], small[1], small[2], &date);
  return calendar_made(status, date);
}

/* Of a text, of a year, month and day, or of a timestamp in a zone. */
static wbi_cel_value calendar_date(wbi_cel_run *run, const wbi_cel_value *arguments,
                                   uint32_t count) {
  wb_local local = {0, 0, 0};
  if (count == 3) return calendar_civil(arguments);
  if (count == 1 && arguments->kind == WB_DATE) return *arguments;
  if (count == 1 && arguments->kind == WB_TEXT) {
    const wb_status status = wb_date_parse(arguments->as.data, arguments->length, &local.date);
    return calendar_made(status, local.date);
  }
  const enum wbi_cel_fault fault = calendar_local(run, arguments, count, &local);
  return fault != 0 ? wbi_cel_of_fault(fault) : wbi_cel_of(WB_DATE, local.date);
}

/* A date some units later, of days or of months. */
static wbi_cel_value calendar_add(const wbi_cel_value *arguments, int64_t days, int32_t months) {
  enum { MOST = 4000000 }; /* more days than there are */
  if (arguments[0].kind != WB_DATE || arguments[1].kind != WB_INT) {
    return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  }
  const int64_t amount = arguments[1].as.integer;
  if (amount < -MOST || amount > MOST) return wbi_cel_of_fault(WBI_FAULT_RANGE);
  wb_date date = (wb_date)(arguments[0].as.integer + amount * days);
  wb_status status = wbi_date_valid(date) ? WB_OK : WB_E_RANGE;
  if (status == WB_OK && months != 0)
    status = wb_date_add_months(date, (int32_t)amount * months, &date);
  return calendar_made(status, date);
}

static wbi_cel_value calendar_add_days(wbi_cel_run *run, const wbi_cel_value *arguments,
                                       uint32_t count) {
  (void)run, (void)count;
  return calendar_add(arguments, 1, 0);
}
static wbi_cel_value calendar_add_weeks(wbi_cel_run *run, const wbi_cel_value *arguments,
                                        uint32_t count) {
  (void)run, (void)count;
  return calendar_add(arguments, 7, 0);
}
static wbi_cel_value calendar_add_months(wbi_cel_run *run, const wbi_cel_value *arguments,
                                         uint32_t count) {
  (void)run, (void)count;
  return calendar_add(arguments, 0, 1);
}
static wbi_cel_value calendar_add_years(wbi_cel_run *run, const wbi_cel_value *arguments,
                                        uint32_t count) {
  (void)run, (void)count;
  return calendar_add(arguments, 0, 12);
}

/* Whole months or years between two dates; rounded down, so that it is negative when b is earlier.
 */
static wbi_cel_value calendar_between(const wbi_cel_value *arguments, int32_t months) {
  int32_t between = 0;
  if (arguments[0].kind != WB_DATE || arguments[1].kind != WB_DATE) {
    return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  }
  if (months == 0) return wbi_cel_of_int(arguments[1].as.integer - arguments[0].as.integer);
  wb_date_months((wb_date)arguments[0].as.integer, (wb_date)arguments[1].as.integer, &between);
  return wbi_cel_of_int(wbi_floor_div(between, months));
}

static wbi_cel_value calendar_days_between(wbi_cel_run *run, const wbi_cel_value *arguments,
                                           uint32_t count) {
  (void)run, (void)count;
  return calendar_between(arguments, 0);
}
static wbi_cel_value calendar_months_between(wbi_cel_run *run, const wbi_cel_value *arguments,
                                             uint32_t count) {
  (void)run, (void)count;
  return calendar_between(arguments, 1);
}
static wbi_cel_value calendar_years_between(wbi_cel_run *run, const wbi_cel_value *arguments,
                                            uint32_t count) {
  (void)run, (void)count;
  return calendar_between(arguments, 12);
}

/* The first day of a date's period of some months; with `last` its last day. */
static wbi_cel_value calendar_edge(const wbi_cel_value *date, int32_t months, bool last) {
  wb_date edge = 0;
  int32_t year = 0, month = 0;
  if (date->kind != WB_DATE) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  wb_date_split((wb_date)date->as.integer, &year, &month, NULL);
  if (months == 12) month = last ? 12 : 1;
  wb_date_make(year, month, 1, &edge);
  if (!last) return wbi_cel_of(WB_DATE, edge);
  int32_t length = 31;
  while (wb_date_make(year, month, length, &edge) != WB_OK)
    length--;
  return wbi_cel_of(WB_DATE, edge);
}

static wbi_cel_value calendar_start_of_month(wbi_cel_run *run, const wbi_cel_value *arguments,
                                             uint32_t count) {
  (void)run, (void)count;
  return calendar_edge(arguments, 1, false);
}
static wbi_cel_value calendar_end_of_month(wbi_cel_run *run, const wbi_cel_value *arguments,
                                           uint32_t count) {
  (void)run, (void)count;
  return calendar_edge(arguments, 1, true);
}
static wbi_cel_value calendar_start_of_year(wbi_cel_run *run, const wbi_cel_value *arguments,
                                            uint32_t count) {
  (void)run, (void)count;
  return calendar_edge(arguments, 12, false);
}
static wbi_cel_value calendar_end_of_year(wbi_cel_run *run, const wbi_cel_value *arguments,
                                          uint32_t count) {
  (void)run, (void)count;
  return calendar_edge(arguments, 12, true);
}

static const wbi_cel_overload calendar_overloads[] = {
    {"getFullYear", ".t:i", calendar_get_full_year},
    {"getFullYear", ".ts:i", calendar_get_full_year},
    {"getFullYear", ".e:i", calendar_get_full_year},
    {"getMonth", ".t:i", calendar_get_month},
    {"getMonth", ".ts:i", calendar_get_month},
    {"getMonth", ".e:i", calendar_get_month},
    {"getDate", ".t:i", calendar_get_date},
    {"getDate", ".ts:i", calendar_get_date},
    {"getDate", ".e:i", calendar_get_date},
    {"getDayOfMonth", ".t:i", calendar_get_day_of_month},
    {"getDayOfMonth", ".ts:i", calendar_get_day_of_month},
    {"getDayOfMonth", ".e:i", calendar_get_day_of_month},
    {"getDayOfWeek", ".t:i", calendar_get_day_of_week},
    {"getDayOfWeek", ".ts:i", calendar_get_day_of_week},
    {"getDayOfWeek", ".e:i", calendar_get_day_of_week},
    {"getDayOfYear", ".t:i", calendar_get_day_of_year},
    {"getDayOfYear", ".ts:i", calendar_get_day_of_year},
    {"getDayOfYear", ".e:i", calendar_get_day_of_year},
    {"year", ".e:i", calendar_plain_year},
    {"month", ".e:i", calendar_plain_month},
    {"day", ".e:i", calendar_plain_day},
    {"weekday", ".e:i", calendar_plain_weekday},
    {"getHours", ".t:i", calendar_get_hours},
    {"getHours", ".ts:i", calendar_get_hours},
    {"getHours", ".p:i", calendar_get_hours},
    {"getMinutes", ".t:i", calendar_get_minutes},
    {"getMinutes", ".ts:i", calendar_get_minutes},
    {"getMinutes", ".p:i", calendar_get_minutes},
    {"getSeconds", ".t:i", calendar_get_seconds},
    {"getSeconds", ".ts:i", calendar_get_seconds},
    {"getSeconds", ".p:i", calendar_get_seconds},
    {"addDays", ".ei:e", calendar_add_days},
    {"addWeeks", ".ei:e", calendar_add_weeks},
    {"addMonths", ".ei:e", calendar_add_months},
    {"addYears", ".ei:e", calendar_add_years},
    {"daysBetween", "ee:i", calendar_days_between},
    {"monthsBetween", "ee:i", calendar_months_between},
    {"yearsBetween", "ee:i", calendar_years_between},
    {"startOfMonth", ".e:e", calendar_start_of_month},
    {"endOfMonth", ".e:e", calendar_end_of_month},
    {"startOfYear", ".e:e", calendar_start_of_year},
    {"endOfYear", ".e:e", calendar_end_of_year},
    {"getMilliseconds", ".t:i", calendar_get_milliseconds},
    {"getMilliseconds", ".ts:i", calendar_get_milliseconds},
    {"getMilliseconds", ".p:i", calendar_get_milliseconds},
    {"date", "e:e", calendar_date},
    {"date", "s:e", calendar_date},
    {"date", "iii:e", calendar_date},
    {"date", "t:e", calendar_date},
    {"date", "ts:e", calendar_date},
    {"date", ".t:e", calendar_date},
    {"date", ".ts:e", calendar_date},
};
const wbi_cel_library wbi_cel_calendar = {calendar_overloads, WBI_COUNT(calendar_overloads)};

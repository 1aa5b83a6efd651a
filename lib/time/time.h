/* SPDX-License-Identifier: MIT */
/* Face of lib/time: dates, intervals, zones, windows of the day, law. */
#ifndef WBI_TIME_H
#define WBI_TIME_H

#include "base/base.h"
#include "time/split.h"

#include <winback/date.h>
#include <winback/law.h>
#include <winback/zone.h>

/* In seconds. */
enum { WBI_MINUTE = 60, WBI_HOUR = 3600, WBI_DAY = 86400 };

/* Whether a number is a day of years 1-9999. */
bool wbi_date_valid(wb_date date);
/* The later of two dates; WB_DATE_NONE is before all. */
static inline wb_date wbi_date_later(wb_date a, wb_date b) {
  return a > b ? a : b;
}
/* Whether an instant is within years 1-9999. */
bool wbi_time_valid(wb_time at);
/* The day of an instant in UTC. */
static inline wb_date wbi_time_date(wb_time at) {
  return (wb_date)wbi_floor_div(at, WBI_DAY);
}
/* The minute of an instant since 1970; the first or last there is, when it has none. */
uint32_t wbi_time_minute(wb_time at);
/* Takes `shape` off the front of a text: '9' stands for any digit, anything else for itself. The
   digits go to `values`, two to a number. */
bool wbi_time_take(wbi_text *text, const char *shape, int32_t *values);
/* Takes ":59.25", all of it optional, into numbers that are 0; digits past nanoseconds are dropped.
   What is none stays in the text. */
void wbi_time_take_seconds(wbi_text *text, int32_t *seconds, uint32_t *nanoseconds);
/* As wb_time_parse, with the fraction of the second; digits past the ninth are dropped. */
wb_status wbi_time_read(wbi_text text, wb_time *at, uint32_t *nanoseconds);
/* Writes "2026-01-30" of a valid date. */
void wbi_put_date(wbi_writer *writer, wb_date date);
/* As wb_zone_local; no zone: in UTC. */
wb_status wbi_zone_local(const wb_zone *zone, wb_time at, wb_local *local);
/* As wb_zone_local in a zone that a text names: as for wb_zone_new, or an offset such as "+01:00",
   "-09:30" or "02:00". Takes no memory. WB_E_NAME, WB_E_SYNTAX, WB_E_RANGE. */
wb_status wbi_zone_local_named(wbi_text zone, wb_time at, wb_local *local);
/* Takes a reference of a zone that a moment names. */
wb_zone *wbi_zone_hold(const wb_zone *zone);
/* Whole years between birth and a day: the age; the birthday of 29 February is 1 March in other
   years. Both valid; 0 when born later. */
int32_t wbi_date_age(wb_date birth, wb_date on);
/* Days of an interval at its shortest (year 365, month 28): for "at least 28 days". */
int64_t wbi_interval_days(const wb_interval *interval);
/* Reads the packed form: years, months, weeks and days, a byte each. WB_E_RANGE. */
wb_status wbi_interval_unpack(int64_t packed, wb_interval *interval);
bool wbi_interval_empty(const wb_interval *interval);

/* The pack of law that knows a region, and its version; empty: none does. */
void wbi_law_edition(const wb_law *law, wbi_text region, wbi_text *pack, wbi_text *version);

/* The place whose law binds: the region, or when that is empty the country that alone has the zone,
   by name or else by the clock. Empty: several have it, or none, or no zone is known. */
wbi_text wbi_law_place(const wb_law *law, wbi_text region, const wb_zone *zone);

/* What consent a message needs, less first. */
typedef enum wbi_need {
  WBI_NEED_NONE,    /* no refusal */
  WBI_NEED_IMPLIED, /* a patient who gave the address */
  WBI_NEED_EXPRESS, /* a yes */
  WBI_NEED_WRITTEN, /* a signed yes to offers */
  WBI_NEED_CLOSED   /* nothing allows it: no rule, or no pack knows the place */
} wbi_need;

/* What the law asks of a message, and the id of the rule that does; "" where none does. Of several
   rules that bind, the strictest. */
typedef struct wbi_law_consent {
  const char *need_rule, *majority_rule, *seen_rule, *check_rule;
  const char *stop_rule; /* that also ends what goes by another channel than texts; "" */
  int32_t need;          /* wbi_need */
  int32_t majority;      /* years */
  int32_t seen_months;   /* since the last visit, at most; 0: no matter */
  int32_t check_months;  /* since the consent, until the number must be checked; 0: never */
} wbi_law_consent;

/* Asks the rules in force on a day. Region empty: not known, all places. */
wbi_law_consent wbi_law_consent_find(const wb_law *law, wbi_text region, int32_t message_class,
                                     int32_t channel, wb_date on);

/* At most so many messages in so many seconds, by a rule of the law. */
typedef struct wbi_law_cap {
  const char *rule; /* its id */
  int64_t most, seconds;
} wbi_law_cap;

/* The caps in force on a day, one after the other: start with *cursor 0; false: no more. Region
   empty: not known, all places. */
bool wbi_law_cap_next(const wb_law *law, wbi_text region, int32_t message_class, int32_t channel,
                      wb_date on, uint64_t *cursor, wbi_law_cap *cap);

/* The first instant at or after `at` inside one of the windows in the zone, and the end of that
   window; WB_E_RANGE when there is none within 14 days. Windows do not wrap midnight here. */
wb_status wbi_window_next(const wb_zone *zone, const wb_window *windows, size_t count, wb_time at,
                          wb_time *open_at, wb_time *until);

/* Windows of a week, none passing midnight. */
typedef struct wbi_windows {
  wb_window *items;
  uint32_t count;
} wbi_windows;

/* Reads {"mon-fri": "08:00-20:00", "sat": ["09:00-12:00"], "sun": "none"} into memory of the arena;
   errors are at the node. */
wb_status wbi_windows_read(wbi_arena *arena, const wbi_json *hours, wbi_windows *windows,
                           wb_error *error);
/* Reads "mon" or "mon-fri" as the bits of wb_window.weekdays. */
wb_status wbi_weekdays_read(const wbi_json *node, wbi_text name, uint32_t *days, wb_error *error);
/* Reads "HH:MM" as a second of the day, "24:00" and more included; negative: it is none. */
int32_t wbi_day_second(wbi_text text);

#endif

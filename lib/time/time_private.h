/* SPDX-License-Identifier: MIT */
/* Shared inside lib/time: civil dates without checks, the rules of a zone, holidays and law. */
#ifndef WBI_TIME_PRIVATE_H
#define WBI_TIME_PRIVATE_H

#include "time/time.h"

/* A year, month and day. */
typedef struct wbi_civil {
  int32_t year, month, day;
} wbi_civil;

int32_t wbi_month_length(int32_t year, int32_t month);
/* Days from 1970-01-01 of 1 January; any year from 0 to 10000. */
int32_t wbi_year_start(int32_t year);
wbi_civil wbi_date_civil(wb_date date);
/* Reads "+01:00" or "-09:30" as seconds. WB_E_SYNTAX; WB_E_RANGE beyond 24:59. */
wb_status wbi_offset_read(wbi_text text, int32_t *offset);

/* Kinds of year: common or leap, and the weekday of 1 January (0 Sunday): 7 * leap + weekday. */
enum { WBI_YEAR_KINDS = 14 };

/* A POSIX TZ string. Offsets are local minus UTC. The turns to and from daylight time are given
   for each kind of year in seconds UTC from 1 January 00:00 UTC. */
typedef struct wbi_zone_rules {
  int32_t standard, daylight;
  bool turns; /* false: standard time all year */
  bool tidy;  /* every turn falls in its own year, in standard time */
  int32_t start[WBI_YEAR_KINDS], end[WBI_YEAR_KINDS];
} wbi_zone_rules;

/* WB_E_SYNTAX, WB_E_RANGE. */
wb_status wbi_zone_read(wbi_text text, wbi_zone_rules *rules, wb_error *error);
/* The first instant in (at, limit) at which the clocks turn, else `limit`. */
wb_time wbi_zone_steady(const wb_zone *zone, wb_time at, wb_time limit);
/* Whether two zones are of one name, or of its aliases. */
bool wbi_zone_same_name(const wb_zone *a, const wb_zone *b);
/* Whether two zones have the same clock. */
bool wbi_zone_same_rules(const wb_zone *a, const wb_zone *b);

/* ---- holidays ----------------------------------------------------------------------------- */

enum wbi_holiday_kind {
  WBI_HOLIDAY_DATE,  /* month and day */
  WBI_HOLIDAY_NTH,   /* the nth weekday of a month; -1 the last */
  WBI_HOLIDAY_AFTER, /* the first weekday after a month and day of the same year */
  WBI_HOLIDAY_EASTER /* Easter Sunday */
};

/* On what other day a holiday at a weekend is observed. */
enum wbi_observed {
  WBI_OBSERVED_ITSELF,
  WBI_OBSERVED_NEAREST,  /* Saturday on Friday, Sunday on Monday */
  WBI_OBSERVED_MONDAY,   /* the next Monday */
  WBI_OBSERVED_TWO_DAYS, /* two days later, where the next day is a holiday too */
  WBI_OBSERVED_KINDS
};

/* A holiday by rule. */
typedef struct wbi_holiday {
  int32_t kind, observed;
  int32_t month, day, weekday, nth; /* as the kind has it; weekday 0: any */
  int32_t plus;                     /* that many days after what the kind says */
  int32_t since;                    /* the first year of the holiday */
  int32_t every;                    /* in the years that this divides */
} wbi_holiday;

typedef struct wbi_calendar {
  const char *name;
  wbi_holiday *holidays;
  uint32_t count;
} wbi_calendar;

/* Easter Sunday of a year, Gregorian. */
wb_date wbi_easter(int32_t year);
/* Whether a date is the holiday, or the day on which it is observed. */
bool wbi_holiday_on(const wbi_holiday *holiday, wb_date date);
/* Those of the wanted calendars, as bits, that have a holiday on a date. */
uint32_t wbi_calendars_on(const wbi_calendar *calendars, uint32_t wanted, wb_date date);

enum { WBI_MONTH_DAYS = 12 * 31 };
/* The place of a day of the year, by month and day. */
uint32_t wbi_month_day(wb_date date);
/* Sets a bit at each day of the year on which a calendar has a holiday in some year. */
void wbi_calendar_mark(const wbi_calendar *calendar, uint32_t bit, uint32_t days[WBI_MONTH_DAYS]);

/* ---- law ---------------------------------------------------------------------------------- */

enum {
  WBI_LAW_ZONES = 64,    /* of a pack: a bit each */
  WBI_LAW_REGIONS = 64,  /* of a pack, its country included: a bit each */
  WBI_LAW_CALENDARS = 32 /* of a pack: a bit each */
};
enum { WBI_LAW_CLASSES = 7 };  /* message classes, 0 unused */
enum { WBI_LAW_CHANNELS = 4 }; /* channels, 0 unused */

typedef struct wbi_law_rule {
  const char *id, *source, *name, *words;
  wb_window *windows; /* never passing midnight */
  uint32_t window_count;
  int32_t kind;
  uint32_t classes;   /* bits */
  uint32_t channels;  /* bits */
  uint32_t closed_on; /* bits of calendars */
  uint64_t regions;   /* bits */
  wb_date from, to;   /* both included */
  int64_t amount, seconds;
  int32_t confidence;
} wbi_law_rule;

/* Whether a rule speaks of a message in a region of its pack, on a day; region 0: of any. */
bool wbi_law_speaks(const wbi_law_rule *rule, uint32_t region, int32_t message_class,
                    int32_t channel, wb_date on);

/* A stretch of a weekday in which what binds a place says the same. */
typedef struct wbi_law_stretch {
  int32_t to;    /* second of the day at which the next one begins */
  int32_t until; /* second of the day until which it stays open, or closed */
  uint16_t rule; /* that closes then, or opens then */
  bool open;
} wbi_law_stretch;

/* The days from one on through which the same rules are in force. */
typedef struct wbi_law_season {
  wb_date from;
  uint32_t closed_on;             /* bits of calendars */
  const wbi_law_stretch *days[7]; /* from Monday; NULL: no rule is in force */
} wbi_law_season;

/* What binds a class in a region: rules by their positions in the pack, and what they come to. */
typedef struct wbi_law_hours wbi_law_hours;
struct wbi_law_hours {
  const wbi_law_hours *next; /* of the pack */
  const uint16_t *rules;
  wbi_law_season *seasons; /* the first from the first day there is */
  uint32_t rule_count, season_count;
};

typedef struct wbi_region {
  wbi_text code;
  uint64_t zones;  /* bits */
  uint64_t clocks; /* of these, one for each clock that they have */
  const wbi_law_hours *hours[WBI_LAW_CLASSES];
} wbi_region;

/* A pack. Region 0 is the country: its zones and rules are those of all regions. */
typedef struct wbi_pack {
  const char *name, *version;
  wb_date review_by;
  uint32_t business; /* bits of the calendars whose days are no business days */
  wb_zone *zones[WBI_LAW_ZONES];
  wbi_region *regions; /* sorted by code */
  wbi_calendar *calendars;
  wbi_law_rule *rules;
  const wbi_law_rule **consents; /* those of the rules that consent, majority and its term are by */
  const wbi_law_hours *hours;    /* all, the last one first */
  uint32_t zone_count, region_count, calendar_count, rule_count, consent_count;
  uint32_t piece_count;             /* seasons and stretches */
  uint32_t festive[WBI_MONTH_DAYS]; /* bits of the calendars that may have a holiday then */
} wbi_pack;

struct wb_law {
  wbi_refs refs;
  wbi_arena arena;
  wbi_pack *packs;
  uint32_t pack_count;
};

/* What reads a pack: texts are copied to the arena of the law. */
typedef struct wbi_pack_reader {
  wbi_arena *arena;
  wbi_pack *pack;
  wb_error *error;
} wbi_pack_reader;

/* Reads a pack that was set to zero. What it has taken is given back with wbi_pack_free, also after
   a failure. */
wb_status wbi_pack_read(wbi_pack_reader *reader, const wbi_json *root);
void wbi_pack_free(wbi_pack *pack);
/* Memory of the law, zeroed. */
wb_status wbi_pack_array(wbi_pack_reader *reader, size_t count, size_t item_size, void *array);
wb_status wbi_pack_copy(wbi_pack_reader *reader, wbi_text text, const char **copy);
/* A copy of a member, which must be there and not empty. */
wb_status wbi_pack_text(wbi_pack_reader *reader, const wbi_json *object, const char *name,
                        const char **text);
/* The array of a member, whose items are texts; not empty. */
wb_status wbi_pack_names(wbi_pack_reader *reader, const wbi_json *object, const char *name,
                         bool required, const wbi_json **array);
/* A member such as "2026-01-30". */
wb_status wbi_pack_date(wbi_pack_reader *reader, const wbi_json *object, const char *name,
                        bool required, wb_date *date);
/* The calendars of a pack, from its root. */
wb_status wbi_pack_calendars(wbi_pack_reader *reader, const wbi_json *root);
/* An array of names of calendars as bits; a member that is missing is none. */
wb_status wbi_pack_closed_on(wbi_pack_reader *reader, const wbi_json *object, const char *name,
                             uint32_t *bits);
/* The rules of a pack, from its root. */
wb_status wbi_pack_rules(wbi_pack_reader *reader, const wbi_json *root);
/* What binds each class in each region, from the rules that were read from a root. */
wb_status wbi_pack_weeks(wbi_pack_reader *reader, const wbi_json *root);
/* The season of a day. */
const wbi_law_season *wbi_law_season_on(const wbi_law_hours *hours, wb_date date);
/* Those of the wanted calendars, as bits, that have a holiday on a date. */
uint32_t wbi_pack_closed(const wbi_pack *pack, uint32_t wanted, wb_date date);
/* A weekday by its first three letters, 1 Monday to 7 Sunday; 0: none. */
int32_t wbi_weekday_named(wbi_text name);

/* The pack of a region's country; NULL: none. */
const wbi_pack *wbi_law_pack(const wb_law *law, wbi_text region);
/* A region of a pack; the country for one that it does not know. */
uint32_t wbi_pack_region(const wbi_pack *pack, wbi_text region);

#endif

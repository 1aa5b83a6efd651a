/* SPDX-License-Identifier: MIT */
/*
 * Law against an oracle that knows nothing of packs: rows of windows as a table prints them, days
 * off written out one by one, clocks by hand. From autumn 2026 to the end of 2027, which has every
 * holiday, three turns of the clocks and a year's end, every minute is judged open or closed for
 * each place of the four countries; the answers must be the first open minute and the first closed
 * one after it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "support/effort.h"
#include "time/time_private.h"

enum { MINUTE = 60, DAY_MINUTES = 1440, STEP = 61, ROWS = 64 };

/* ---- days ---- */

/* Days from 1970-01-01 of a day of 2026 to February 2028, counted by hand. */
static int32_t day_of(int32_t year, int32_t month, int32_t day) {
  static const int32_t before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  return 20454 + (year - 2026) * 365 + before[month - 1] + day - 1; /* 2026-01-01: 20454 */
}

/* Days off as the calendars print them, those that are moved from weekends included. */
static const struct {
  const char *region; /* or the beginning of several */
  int32_t year, month, day;
} days_off[] = {
    {"US-", 2026, 11, 11},   {"US-", 2026, 11, 26},  {"US-", 2026, 12, 25},  {"US-", 2027, 1, 1},
    {"US-", 2027, 1, 18},    {"US-", 2027, 2, 15},   {"US-", 2027, 5, 31},   {"US-", 2027, 6, 18},
    {"US-", 2027, 6, 19},    {"US-", 2027, 7, 4},    {"US-", 2027, 7, 5},    {"US-", 2027, 9, 6},
    {"US-", 2027, 10, 11},   {"US-", 2027, 11, 11},  {"US-", 2027, 11, 25},  {"US-", 2027, 12, 24},
    {"US-", 2027, 12, 25},   {"US-", 2027, 12, 31},  {"US-AL", 2027, 2, 9},  {"US-AL", 2027, 4, 26},
    {"US-AL", 2027, 6, 7},   {"US-LA", 2026, 11, 1}, {"US-LA", 2026, 11, 2}, {"US-LA", 2026, 11, 3},
    {"US-LA", 2026, 11, 27}, {"US-LA", 2027, 2, 9},  {"US-LA", 2027, 3, 26}, {"US-LA", 2027, 11, 1},
    {"US-LA", 2027, 11, 26}, {"US-RI", 2026, 11, 3}, {"US-RI", 2027, 8, 9},  {"US-UT", 2027, 7, 23},
    {"US-UT", 2027, 7, 24},  {"US-PA", 2026, 11, 3}, {"US-PA", 2027, 3, 26}, {"US-PA", 2027, 6, 14},
    {"US-PA", 2027, 11, 2},  {"AU", 2026, 12, 25},   {"AU", 2026, 12, 26},   {"AU", 2026, 12, 28},
    {"AU", 2027, 1, 1},      {"AU", 2027, 1, 26},    {"AU", 2027, 3, 26},    {"AU", 2027, 3, 29},
    {"AU", 2027, 4, 25},     {"AU", 2027, 4, 26},    {"AU", 2027, 12, 25},   {"AU", 2027, 12, 26},
    {"AU", 2027, 12, 27},    {"AU", 2027, 12, 28},
};

static bool is_off(const char *region, int32_t day) {
  for (size_t i = 0; i < WBI_COUNT(days_off); i++) {
    if (day_of(days_off[i].year, days_off[i].month, days_off[i].day) != day) continue;
    if (!strncmp(days_off[i].region, region, strlen(days_off[i].region))) return true;
  }
  return false;
}

/* ---- clocks ---- */

enum summers { NEVER, AMERICA, EUROPE, AUSTRALIA, LORD_HOWE };

typedef struct clock_row {
  const char *zone;
  int32_t standard; /* minutes east of UTC */
  int32_t summers;
} clock_row;

static const clock_row clocks[] = {
    {"America/Adak", -600, AMERICA},
    {"America/Anchorage", -540, AMERICA},
    {"America/Juneau", -540, AMERICA},
    {"America/Metlakatla", -540, AMERICA},
    {"America/Nome", -540, AMERICA},
    {"America/Sitka", -540, AMERICA},
    {"America/Yakutat", -540, AMERICA},
    {"America/Boise", -420, AMERICA},
    {"America/Chicago", -360, AMERICA},
    {"America/Denver", -420, AMERICA},
    {"America/Detroit", -300, AMERICA},
    {"America/Indiana/Indianapolis", -300, AMERICA},
    {"America/Indiana/Knox", -360, AMERICA},
    {"America/Indiana/Marengo", -300, AMERICA},
    {"America/Indiana/Petersburg", -300, AMERICA},
    {"America/Indiana/Tell_City", -360, AMERICA},
    {"America/Indiana/Vevay", -300, AMERICA},
    {"America/Indiana/Vincennes", -300, AMERICA},
    {"America/Indiana/Winamac", -300, AMERICA},
    {"America/Kentucky/Louisville", -300, AMERICA},
    {"America/Kentucky/Monticello", -300, AMERICA},
    {"America/Los_Angeles", -480, AMERICA},
    {"America/Menominee", -360, AMERICA},
    {"America/New_York", -300, AMERICA},
    {"America/North_Dakota/Beulah", -360, AMERICA},
    {"America/North_Dakota/Center", -360, AMERICA},
    {"America/North_Dakota/New_Salem", -360, AMERICA},
    {"America/Phoenix", -420, NEVER},
    {"America/Puerto_Rico", -240, NEVER},
    {"America/St_Thomas", -240, NEVER},
    {"Pacific/Guam", 600, NEVER},
    {"Pacific/Honolulu", -600, NEVER},
    {"Pacific/Pago_Pago", -660, NEVER},
    {"Pacific/Saipan", 600, NEVER},
    {"America/Edmonton", -360, NEVER},
    {"America/Vancouver", -420, NEVER},
    {"America/Dawson_Creek", -420, NEVER},
    {"America/Fort_Nelson", -420, NEVER},
    {"America/Creston", -420, NEVER},
    {"America/Winnipeg", -300, NEVER},
    {"America/Moncton", -240, AMERICA},
    {"America/St_Johns", -210, AMERICA},
    {"America/Goose_Bay", -240, AMERICA},
    {"America/Halifax", -240, AMERICA},
    {"America/Glace_Bay", -240, AMERICA},
    {"America/Inuvik", -360, NEVER},
    {"America/Iqaluit", -300, AMERICA},
    {"America/Rankin_Inlet", -360, AMERICA},
    {"America/Resolute", -360, AMERICA},
    {"America/Cambridge_Bay", -420, AMERICA},
    {"America/Atikokan", -300, NEVER},
    {"America/Toronto", -300, AMERICA},
    {"America/Blanc-Sablon", -240, NEVER},
    {"America/Regina", -360, NEVER},
    {"America/Swift_Current", -360, NEVER},
    {"America/Whitehorse", -420, NEVER},
    {"America/Dawson", -420, NEVER},
    {"Europe/London", 0, EUROPE},
    {"Australia/Sydney", 600, AUSTRALIA},
    {"Australia/Broken_Hill", 570, AUSTRALIA},
    {"Australia/Lord_Howe", 630, LORD_HOWE},
    {"Australia/Darwin", 570, NEVER},
    {"Australia/Brisbane", 600, NEVER},
    {"Australia/Lindeman", 600, NEVER},
    {"Australia/Adelaide", 570, AUSTRALIA},
    {"Australia/Hobart", 600, AUSTRALIA},
    {"Antarctica/Macquarie", 600, AUSTRALIA},
    {"Australia/Melbourne", 600, AUSTRALIA},
    {"Australia/Perth", 480, NEVER},
    {"Australia/Eucla", 525, NEVER},
};

/* Summer time by the clock of winter: from a day and minute, until another (the last ones are past
   what is judged). */
static const struct {
  int32_t summers, from[3], from_minute, until[3], until_minute, ahead;
} summer_rows[] = {
    {AMERICA, {2026, 3, 8}, 120, {2026, 11, 1}, 60, 60},
    {AMERICA, {2027, 3, 14}, 120, {2027, 11, 7}, 60, 60},
    {EUROPE, {2026, 3, 29}, 60, {2026, 10, 25}, 60, 60},
    {EUROPE, {2027, 3, 28}, 60, {2027, 10, 31}, 60, 60},
    {AUSTRALIA, {2026, 10, 4}, 120, {2027, 4, 4}, 120, 60},
    {AUSTRALIA, {2027, 10, 3}, 120, {2028, 2, 1}, 0, 60},
    {LORD_HOWE, {2026, 10, 4}, 120, {2027, 4, 4}, 90, 30},
    {LORD_HOWE, {2027, 10, 3}, 120, {2028, 2, 1}, 0, 30},
};

/* The minute of a day, counted from 1970, at some minute of it. */
static int32_t minute_of(const int32_t date[3], int32_t minute) {
  return day_of(date[0], date[1], date[2]) * DAY_MINUTES + minute;
}

/* The local minute of a minute in UTC. */
static int32_t local_minute(const clock_row *row, int32_t minute) {
  const int32_t winter = minute + row->standard;
  for (size_t i = 0; row->summers != NEVER && i < WBI_COUNT(summer_rows); i++) {
    if (summer_rows[i].summers == row->summers &&
        winter >= minute_of(summer_rows[i].from, summer_rows[i].from_minute) &&
        winter < minute_of(summer_rows[i].until, summer_rows[i].until_minute)) {
      return winter + summer_rows[i].ahead;
    }
  }
  return winter;
}

/* ---- windows ---- */

typedef struct hours_row {
  char region[8];
  int32_t from[3], to[3]; /* Monday to Friday, Saturday, Sunday; minutes */
  bool ban;
  int32_t cap; /* messages in 24 hours; 0: none of the place */
} hours_row;

static bool row_open(const hours_row *row, int32_t local) {
  const int32_t day = local / DAY_MINUTES, minute = local % DAY_MINUTES;
  const int32_t weekday = (day + 3) % 7; /* 1970-01-01 was a Thursday; Monday 0 */
  const int32_t kind = weekday < 5 ? 0 : weekday - 4;
  if (minute < row->from[kind] || minute >= row->to[kind]) return false;
  return !row->ban || !is_off(row->region, day);
}

/* Reads "08:00-20:00" or "none". */
static void read_window(const char *text, int32_t *from, int32_t *to) {
  int hours[4] = {0};
  if (sscanf(text, "%d:%d-%d:%d", &hours[0], &hours[1], &hours[2], &hours[3]) != 4) {
    assert_string_equal(text, "none");
  }
  *from = hours[0] * 60 + hours[1];
  *to = hours[2] * 60 + hours[3];
}

/* Reads a row "AL,08:00-20:00,08:00-20:00,none,state+federal,3,…" of a country, whose cap is 0
   where the field is empty. */
static hours_row read_row(const char *country, char *line) {
  hours_row row = {.ban = false};
  char *fields[5];
  for (size_t i = 0; i < 5; i++) {
    fields[i] = strtok(i == 0 ? line : NULL, ",");
    assert_non_null(fields[i]);
  }
  snprintf(row.region, sizeof row.region, "%s-%s", country, fields[0]);
  for (size_t i = 0; i < 3; i++)
    read_window(fields[i + 1], &row.from[i], &row.to[i]);
  row.ban = strcmp(fields[4], "no") != 0;
  row.cap = (int32_t)strtol(fields[4] + strlen(fields[4]) + 1, NULL, 10);
  return row;
}

/* ---- both sides ---- */

enum { FIRST_DAY = 20745, DAYS = 438, MINUTES = DAYS * DAY_MINUTES }; /* from 2026-10-19 */

/* A place as both sides see it. */
typedef struct place {
  const hours_row *rows[ROWS]; /* all bind */
  size_t row_count;
  const clock_row *clocks[16]; /* all bind */
  const wb_zone *zones[16];
  size_t clock_count;
  char region[8];
} place;

/* Judges every minute. */
static void judge(const place *where, uint8_t *open) {
  for (int32_t i = 0; i < MINUTES; i++) {
    bool all = true;
    for (size_t c = 0; c < where->clock_count && all; c++) {
      const int32_t local = local_minute(where->clocks[c], FIRST_DAY * DAY_MINUTES + i);
      for (size_t r = 0; r < where->row_count && all; r++)
        all = row_open(where->rows[r], local);
    }
    open[i] = all;
  }
}

/* Asserts one answer. `next` is the first open minute, `end` the first closed one after it. */
static void assert_answer(const wb_law *law, const place *where, int32_t minute, int32_t next,
                          int32_t end) {
  const wb_time first = (wb_time)FIRST_DAY * WBI_DAY;
  const int32_t into = next == minute ? minute * 7 % MINUTE : 0; /* also between the minutes */
  const wb_law_question question = {.size = sizeof question,
                                    .at = first + (wb_time)minute * MINUTE + into,
                                    .zones = where->zones,
                                    .regions = where->region,
                                    .regions_length = (uint32_t)strlen(where->region),
                                    .zone_count = (uint32_t)where->clock_count,
                                    .message_class = WB_MESSAGE_CARE};
  wb_law_answer answer = {.size = sizeof answer};
  const wb_status status = wb_law_find(law, &question, &answer);
  const wb_time wanted = first + (wb_time)next * MINUTE + into;
  const wb_time until = first + (wb_time)end * MINUTE;
  if (status != WB_OK || answer.open_at != wanted || answer.until != until) {
    fail_msg("%s %s, %lld: open at %lld until %lld, wanted %lld until %lld", where->region,
             where->clocks[0]->zone, (long long)question.at, (long long)answer.open_at,
             (long long)answer.until, (long long)wanted, (long long)until);
  }
}

/* Compares the two for one place: each minute at which something changes and those beside it, and
   every 61st; a long run takes every minute. */
static void compare(const wb_law *law, const place *where, uint8_t *open) {
  const int32_t step = effort(1) > 1 ? 1 : STEP;
  int32_t next = -1, end = -1, checked = 0;
  judge(where, open);
  for (int32_t i = MINUTES - 2; i > 0; i--) {
    if (open[i] && !open[i + 1]) end = i + 1;
    if (open[i]) next = i;
    const bool near = open[i] != open[i + 1] || open[i] != open[i - 1];
    /* What is open after the last minute judged is not known. */
    if (end < 0 || next < 0 || (!near && i % step != 0)) continue;
    assert_answer(law, where, i, next, end);
    checked++;
  }
  assert_true(checked > DAYS);
}

static const clock_row *clock_named(const char *zone) {
  for (size_t i = 0; i < WBI_COUNT(clocks); i++) {
    if (!strcmp(clocks[i].zone, zone)) return &clocks[i];
  }
  fail_msg("%s has no clock here", zone);
  return NULL;
}

/* Adds a zone of the oracle's to a place. */
static void add_clock(place *where, const char *name) {
  wb_zone *zone = NULL;
  assert_int_equal(wb_zone_new(NULL, name, strlen(name), &zone, NULL), WB_OK);
  where->clocks[where->clock_count] = clock_named(name);
  where->zones[where->clock_count++] = zone;
}

static void drop_clocks(place *where) {
  for (size_t i = 0; i < where->clock_count; i++) {
    wb_zone *zone = NULL;
    memcpy(&zone, &where->zones[i], sizeof zone);
    wb_zone_unref(zone);
  }
  where->clock_count = 0;
}

/* The zones that the pack has for a region, by the names of the oracle. */
static size_t zones_of(const wb_law *law, const char *region, const char *names[16]) {
  const wbi_pack *pack = wbi_law_pack(law, wbi_text_of(region));
  const uint32_t found = wbi_pack_region(pack, wbi_text_of(region));
  size_t count = 0, all = 0;
  assert_string_equal(pack->regions[found].code.data, region);
  for (uint32_t i = 0; i < pack->zone_count; i++) {
    if ((pack->regions[found].zones >> i & 1) == 0) continue;
    all++;
    for (size_t c = 0; c < WBI_COUNT(clocks); c++) {
      wb_zone *zone = NULL;
      wb_zone_new(NULL, clocks[c].zone, strlen(clocks[c].zone), &zone, NULL);
      if (wbi_zone_same_name(zone, pack->zones[i])) names[count++] = clocks[c].zone;
      wb_zone_unref(zone);
    }
  }
  assert_true(count > 0 && count == all);
  return count;
}

/* Compares a region in each of its zones and in all of them at once. */
static void compare_region(const wb_law *law, const hours_row *row, uint8_t *open) {
  const char *names[16];
  place where = {.rows = {row}, .row_count = 1};
  memcpy(where.region, row->region, sizeof where.region);
  const size_t count = zones_of(law, where.region, names);
  for (size_t i = 0; i < count; i++) {
    add_clock(&where, names[i]);
    compare(law, &where, open);
    drop_clocks(&where);
  }
  if (count == 1) return;
  for (size_t i = 0; i < count; i++)
    add_clock(&where, names[i]);
  compare(law, &where, open);
  drop_clocks(&where);
}

static void compare_rows(const hours_row *rows, size_t count, bool all) {
  uint8_t *open = malloc(MINUTES);
  wb_law *law = NULL;
  assert_int_equal(wb_law_new(NULL, NULL, 0, &law, NULL), WB_OK);
  for (size_t i = 0; i < count; i++)
    compare_region(law, &rows[i], open);
  place anywhere = {.row_count = all ? count : 0, .region = "US"};
  for (size_t i = 0; i < count; i++)
    anywhere.rows[i] = &rows[i];
  add_clock(&anywhere, "America/Denver");
  if (all) compare(law, &anywhere, open);
  drop_clocks(&anywhere);
  wb_law_unref(law);
  free(open);
}

static void some_states_open_as_they_are_known_to(void **state) {
  (void)state;
  char lines[][64] = {
      "AL,08:00-20:00,08:00-20:00,none,ban,",       "AZ,08:00-21:00,08:00-21:00,08:00-21:00,no,",
      "KY,10:00-21:00,10:00-21:00,10:00-21:00,no,", "LA,08:00-20:00,08:00-20:00,none,ban,",
      "PA,09:00-19:00,09:00-19:00,none,ban,",       "RI,09:00-18:00,10:00-17:00,none,ban,",
      "TX,09:00-21:00,09:00-21:00,12:00-21:00,no,", "UT,08:00-21:00,08:00-21:00,none,ban,"};
  hours_row rows[WBI_COUNT(lines)];
  for (size_t i = 0; i < WBI_COUNT(lines); i++)
    rows[i] = read_row("US", lines[i]);
  compare_rows(rows, WBI_COUNT(lines), false);
}

/* The cap of a region for offers; 0: none. */
static int32_t cap_of(const wb_law *law, const char *region) {
  wb_law_rule rule = {.size = sizeof rule};
  wb_date on = WB_DATE_NONE;
  uint64_t cursor = 0;
  assert_int_equal(wb_date_make(2026, 11, 24, &on), WB_OK);
  const wb_status status =
      wb_law_next(law, WB_LAW_CAP, region, strlen(region), WB_MESSAGE_OFFER, on, &cursor, &rule);
  if (status == WB_OK) assert_int_equal(rule.seconds, WBI_DAY);
  return status == WB_OK ? (int32_t)rule.amount : 0;
}

static void assert_caps(const hours_row *rows, size_t count) {
  wb_law *law = NULL;
  assert_int_equal(wb_law_new(NULL, NULL, 0, &law, NULL), WB_OK);
  for (size_t i = 0; i < count; i++)
    assert_int_equal(cap_of(law, rows[i].region), rows[i].cap);
  wb_law_unref(law);
}

static void every_region_of_other_countries_opens_as_they_are_known_to(void **state) {
  (void)state;
  static const struct {
    const char *country, *hours;
  } countries[] = {{"CA", "09:00-21:30,10:00-18:00,10:00-18:00,no,"},
                   {"GB", "08:00-21:00,10:00-18:00,10:00-18:00,no,"},
                   {"AU", "09:00-20:00,09:00-17:00,none,ban,"}};
  hours_row rows[ROWS];
  size_t count = 0;
  wb_law *law = NULL;
  assert_int_equal(wb_law_new(NULL, NULL, 0, &law, NULL), WB_OK);
  for (size_t i = 0; i < WBI_COUNT(countries); i++) {
    const wbi_pack *pack = wbi_law_pack(law, wbi_text_of(countries[i].country));
    for (uint32_t region = 1; region < pack->region_count; region++) {
      char line[64];
      snprintf(line, sizeof line, "%s,%s", pack->regions[region].code.data + 3, countries[i].hours);
      rows[count++] = read_row(countries[i].country, line);
    }
  }
  wb_law_unref(law);
  assert_int_equal(count, 13 + 4 + 8);
  compare_rows(rows, count, false);
}

static void every_place_of_the_shared_table_opens_as_it_says(void **state) {
  (void)state;
  const char *folder = getenv("WB_SHARED");
  char path[512], line[1024];
  hours_row rows[ROWS];
  size_t count = 0;
  snprintf(path, sizeof path, "%s/facts/state_hours.csv", folder ? folder : "");
  FILE *file = folder ? fopen(path, "r") : NULL;
  if (!file) {
    print_message("WB_SHARED has no facts/state_hours.csv\n");
    skip();
  }
  assert_non_null(fgets(line, sizeof line, file)); /* the head */
  while (count < ROWS && fgets(line, sizeof line, file))
    rows[count++] = read_row("US", line);
  fclose(file);
  assert_int_equal(count, 56);
  compare_rows(rows, count, true);
  assert_caps(rows, count);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(some_states_open_as_they_are_known_to),
      cmocka_unit_test(every_region_of_other_countries_opens_as_they_are_known_to),
      cmocka_unit_test(every_place_of_the_shared_table_opens_as_it_says),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/*
 * Law against an oracle that knows nothing of packs: rows of windows as a table prints them, days
 * off written out one by one, clocks by hand. From autumn 2026 to the end of 2027, which has every
 * holiday, three turns of the clocks and a year's end, every minute is judged open or closed for
 * each place; the answers must be the first open minute and the first closed one after it.
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

/* Days from 1970-01-01 of a day of 2026 to 2028, counted by hand. */
static int32_t day_of(int32_t year, int32_t month, int32_t day) {
  static const int32_t before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  return 20454 + (year - 2026) * 365 + before[month - 1] + day - 1; /* 2026-01-01: 20454 */
}

/* Days off as the calendars print them, those that are moved from weekends included. */
static const struct {
  const char *state; /* "": all that have such a ban */
  int32_t year, month, day;
} days_off[] = {
    {"", 2026, 11, 11},   {"", 2026, 11, 26},  {"", 2026, 12, 25},  {"", 2027, 1, 1},
    {"", 2027, 1, 18},    {"", 2027, 2, 15},   {"", 2027, 5, 31},   {"", 2027, 6, 18},
    {"", 2027, 6, 19},    {"", 2027, 7, 4},    {"", 2027, 7, 5},    {"", 2027, 9, 6},
    {"", 2027, 10, 11},   {"", 2027, 11, 11},  {"", 2027, 11, 25},  {"", 2027, 12, 24},
    {"", 2027, 12, 25},   {"", 2027, 12, 31},  {"AL", 2027, 2, 9},  {"AL", 2027, 4, 26},
    {"AL", 2027, 6, 7},   {"LA", 2026, 11, 1}, {"LA", 2026, 11, 2}, {"LA", 2026, 11, 3},
    {"LA", 2026, 11, 27}, {"LA", 2027, 2, 9},  {"LA", 2027, 3, 26}, {"LA", 2027, 11, 1},
    {"LA", 2027, 11, 26}, {"RI", 2026, 11, 3}, {"RI", 2027, 8, 9},  {"UT", 2027, 7, 23},
    {"UT", 2027, 7, 24},  {"PA", 2026, 11, 3}, {"PA", 2027, 3, 26}, {"PA", 2027, 6, 14},
    {"PA", 2027, 11, 2},
};

static bool is_off(const char *state, int32_t day) {
  for (size_t i = 0; i < WBI_COUNT(days_off); i++) {
    if (day_of(days_off[i].year, days_off[i].month, days_off[i].day) != day) continue;
    if (!*days_off[i].state || !strcmp(days_off[i].state, state)) return true;
  }
  return false;
}

/* ---- clocks ---- */

typedef struct clock_row {
  const char *zone;
  int32_t hours; /* standard time, east of UTC */
  bool summer;
} clock_row;

static const clock_row clocks[] = {
    {"America/Adak", -10, true},
    {"America/Anchorage", -9, true},
    {"America/Juneau", -9, true},
    {"America/Metlakatla", -9, true},
    {"America/Nome", -9, true},
    {"America/Sitka", -9, true},
    {"America/Yakutat", -9, true},
    {"America/Boise", -7, true},
    {"America/Chicago", -6, true},
    {"America/Denver", -7, true},
    {"America/Detroit", -5, true},
    {"America/Indiana/Indianapolis", -5, true},
    {"America/Indiana/Knox", -6, true},
    {"America/Indiana/Marengo", -5, true},
    {"America/Indiana/Petersburg", -5, true},
    {"America/Indiana/Tell_City", -6, true},
    {"America/Indiana/Vevay", -5, true},
    {"America/Indiana/Vincennes", -5, true},
    {"America/Indiana/Winamac", -5, true},
    {"America/Kentucky/Louisville", -5, true},
    {"America/Kentucky/Monticello", -5, true},
    {"America/Los_Angeles", -8, true},
    {"America/Menominee", -6, true},
    {"America/New_York", -5, true},
    {"America/North_Dakota/Beulah", -6, true},
    {"America/North_Dakota/Center", -6, true},
    {"America/North_Dakota/New_Salem", -6, true},
    {"America/Phoenix", -7, false},
    {"America/Puerto_Rico", -4, false},
    {"America/St_Thomas", -4, false},
    {"Pacific/Guam", 10, false},
    {"Pacific/Honolulu", -10, false},
    {"Pacific/Pago_Pago", -11, false},
    {"Pacific/Saipan", 10, false},
};

/* The local minute of a minute in UTC: clocks go forward and back at two. */
static int32_t local_minute(const clock_row *row, int32_t minute) {
  const int32_t standard = row->hours * 60, two = 120 - standard;
  const bool in_2026 = minute < day_of(2026, 11, 1) * DAY_MINUTES + two - 60;
  const bool in_2027 = minute >= day_of(2027, 3, 14) * DAY_MINUTES + two &&
                       minute < day_of(2027, 11, 7) * DAY_MINUTES + two - 60;
  return minute + standard + (row->summer && (in_2026 || in_2027) ? 60 : 0);
}

/* ---- windows ---- */

typedef struct hours_row {
  char state[4];
  int32_t from[3], to[3]; /* Monday to Friday, Saturday, Sunday; minutes */
  bool ban;
} hours_row;

static bool row_open(const hours_row *row, int32_t local) {
  const int32_t day = local / DAY_MINUTES, minute = local % DAY_MINUTES;
  const int32_t weekday = (day + 3) % 7; /* 1970-01-01 was a Thursday; Monday 0 */
  const int32_t kind = weekday < 5 ? 0 : weekday - 4;
  if (minute < row->from[kind] || minute >= row->to[kind]) return false;
  return !row->ban || !is_off(row->state, day);
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

/* Reads a row "AL,08:00-20:00,08:00-20:00,none,state+federal…". */
static hours_row read_row(char *line) {
  hours_row row = {.ban = false};
  char *fields[5];
  for (size_t i = 0; i < 5; i++) {
    fields[i] = strtok(i == 0 ? line : NULL, ",");
    assert_non_null(fields[i]);
  }
  snprintf(row.state, sizeof row.state, "%s", fields[0]);
  for (size_t i = 0; i < 3; i++)
    read_window(fields[i + 1], &row.from[i], &row.to[i]);
  row.ban = strcmp(fields[4], "no") != 0;
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
  size_t count = 0;
  assert_string_equal(pack->regions[found].code.data, region);
  for (uint32_t i = 0; i < pack->zone_count; i++) {
    if ((pack->regions[found].zones >> i & 1) == 0) continue;
    for (size_t c = 0; c < WBI_COUNT(clocks); c++) {
      wb_zone *zone = NULL;
      wb_zone_new(NULL, clocks[c].zone, strlen(clocks[c].zone), &zone, NULL);
      if (wbi_zone_same_name(zone, pack->zones[i])) names[count++] = clocks[c].zone;
      wb_zone_unref(zone);
    }
  }
  assert_true(count > 0);
  return count;
}

/* Compares a state in each of its zones and in all of them at once. */
static void compare_state(const wb_law *law, const hours_row *row, uint8_t *open) {
  const char *names[16];
  place where = {.rows = {row}, .row_count = 1};
  snprintf(where.region, sizeof where.region, "US-%s", row->state);
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
    compare_state(law, &rows[i], open);
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
      "AL,08:00-20:00,08:00-20:00,none,ban",       "AZ,08:00-21:00,08:00-21:00,08:00-21:00,no",
      "KY,10:00-21:00,10:00-21:00,10:00-21:00,no", "LA,08:00-20:00,08:00-20:00,none,ban",
      "PA,09:00-19:00,09:00-19:00,none,ban",       "RI,09:00-18:00,10:00-17:00,none,ban",
      "TX,09:00-21:00,09:00-21:00,12:00-21:00,no", "UT,08:00-21:00,08:00-21:00,none,ban"};
  hours_row rows[WBI_COUNT(lines)];
  for (size_t i = 0; i < WBI_COUNT(lines); i++)
    rows[i] = read_row(lines[i]);
  compare_rows(rows, WBI_COUNT(lines), false);
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
    rows[count++] = read_row(line);
  fclose(file);
  assert_int_equal(count, 56);
  compare_rows(rows, count, true);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(some_states_open_as_they_are_known_to),
      cmocka_unit_test(every_place_of_the_shared_table_opens_as_it_says),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

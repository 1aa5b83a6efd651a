/* SPDX-License-Identifier: MIT */
/* What a practice sets of recare, hours, caps and the desk, and how often it was restored. */
#include "cli.h"

#include <stddef.h>
#include <string.h>

enum { WEEK_DAYS = 7 };

static const char *const week_days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/* The place of a day in the week; the schema has seen to it that it is one. */
static unsigned week_day(const char *name) {
  unsigned day = 0;
  while (day < WEEK_DAYS - 1 && strncmp(name, week_days[day], 3) != 0)
    day++;
  return day;
}

/* "mon" or "mon-fri" as the bits of wb_window.weekdays; "sat-mon" goes over the turn of the week.
 */
static uint32_t week_bits(const char *name) {
  unsigned day = week_day(name), last = strlen(name) > 3 ? week_day(name + 4) : day;
  uint32_t bits = 1u << (day + 1);
  while (day != last) {
    day = (day + 1) % WEEK_DAYS;
    bits |= 1u << (day + 1);
  }
  return bits;
}

/* Says what is wrong with a value of the file. */
static int conventions_wrong(const cli_settings *settings, const cli_json *json, const char *why) {
  cli_error("%s:%d: %s", settings->path, json->line, why);
  return CLI_DATA;
}

/* The hours of outreach: "mon-fri": "09:00-18:00", "sun": "none". */
static int conventions_hours(cli_settings *settings, const cli_json *hours) {
  for (const cli_json *at = hours ? hours->first : NULL; at; at = at->next) {
    int32_t from = 0, to = 24 * 3600;
    if (!strcmp(at->text, "none")) continue;
    (void)cli_clock(at->text, 5, &from);
    if (strcmp(at->text + 6, "24:00") != 0) (void)cli_clock(at->text + 6, 5, &to);
    if (from >= to) return conventions_wrong(settings, at, "these hours end before they begin");
    if (settings->hours_count == CLI_WEEK_HOURS)
      return conventions_wrong(settings, at, "there are more than 16 windows");
    settings->hours[settings->hours_count++] =
        (wb_window){.weekdays = week_bits(at->name), .from = from, .to = to};
  }
  if (!hours || settings->hours_count) return CLI_OK;
  return conventions_wrong(settings, hours, "no hours are left: winback pause stops messages");
}

/* An interval as "6m1d"; NULL: none is given. */
static const wb_interval *conventions_interval(const cli_json *recare, const char *name,
                                               wb_interval *interval) {
  const char *text = cli_json_text(recare, name, NULL);
  if (!text || wb_interval_parse(text, strlen(text), interval) != WB_OK) return NULL;
  return interval;
}

/* Intervals and bands of recare. */
static int conventions_recare(cli_settings *settings, const cli_json *recare) {
  settings->recare = (wb_recare_settings){
      .size = sizeof settings->recare,
      .prophy_interval = conventions_interval(recare, "prophy", &settings->prophy),
      .perio_interval = conventions_interval(recare, "perio", &settings->perio),
      .child_age = (int32_t)cli_json_number(recare, "child_age")};
  const cli_json *band = cli_json_first(recare, "bands");
  int32_t before = 0;
  for (int i = 0; band && i < 3; i++, band = band->next) {
    if (band->integer <= before)
      return conventions_wrong(settings, band, "bands begin one after the other");
    settings->recare.edges[i] = before = (int32_t)band->integer;
  }
  return CLI_OK;
}

int cli_conventions_read(cli_settings *settings) {
  const cli_json *outreach = cli_json_find(settings->root, "outreach");
  int result = conventions_hours(settings, cli_json_find(outreach, "hours"));
  if (result != CLI_OK) return result;
  return conventions_recare(settings, cli_json_find(settings->root, "recare"));
}

/* Members of the file that are numbers of the practice's options. */
static const struct {
  const char *part, *name;
  size_t member;
  uint32_t unit;
} conventions_numbers[] = {
    {"practice", "restored", offsetof(wb_practice_options, epoch), 1},
    {"outreach", "per_day", offsetof(wb_practice_options, per_day), 1},
    {"outreach", "per_week", offsetof(wb_practice_options, per_week), 1},
    {"outreach", "per_month", offsetof(wb_practice_options, per_month), 1},
    {"outreach", "new_per_day", offsetof(wb_practice_options, admissions), 1},
    {"outreach", "booked_within_days", offsetof(wb_practice_options, booked_days), 1},
    {"outreach", "kept_within_days", offsetof(wb_practice_options, kept_days), 1},
    {"desk", "calls_per_day", offsetof(wb_practice_options, tasks_per_day), 1},
    {"desk", "calls_open", offsetof(wb_practice_options, tasks_open), 1},
    {"desk", "visits_per_day", offsetof(wb_practice_options, visits_per_day), 1},
    {"desk", "visits_open", offsetof(wb_practice_options, visits_open), 1},
    {"desk", "attempts", offsetof(wb_practice_options, task_attempts), 1},
    {"desk", "spacing_hours", offsetof(wb_practice_options, task_spacing), 3600},
    {"desk", "days", offsetof(wb_practice_options, task_days), 1},
    {"openings", "reserve_percent", offsetof(wb_practice_options, chair_reserve), 1},
    {"openings", "hold_minutes", offsetof(wb_practice_options, slot_hold), 60},
};

void cli_conventions_put(const cli_settings *settings, wb_practice_options *practice) {
  if (settings->hours_count) {
    practice->hours = settings->hours;
    practice->hours_count = settings->hours_count;
  }
  for (size_t i = 0; i < sizeof conventions_numbers / sizeof conventions_numbers[0]; i++) {
    const cli_json *part = cli_json_find(settings->root, conventions_numbers[i].part);
    const cli_json *number = cli_json_find(part, conventions_numbers[i].name);
    if (!number) continue;
    const uint32_t value = (uint32_t)number->integer * conventions_numbers[i].unit;
    memcpy((char *)practice + conventions_numbers[i].member, &value, sizeof value);
  }
}

wb_status cli_conventions_get(const cli_settings *settings, wb_schema *schema,
                              wb_window hours[CLI_WEEK_HOURS], wb_practice_options *options,
                              wb_error *error) {
  static const uint8_t secret[16] = {1}; /* nothing happens to it */
  wb_practice *practice = NULL;
  const wb_practice_options none = {
      .size = sizeof none, .secret = secret, .key = "-", .key_length = 1};
  wb_practice_options made = none;
  if (settings) cli_conventions_put(settings, &made);
  *options = (wb_practice_options){.size = sizeof *options};
  wb_status status = wb_practice_new(NULL, schema, NULL, &made, &practice, error);
  if (status == WB_OK) status = wb_practice_get(practice, options);
  for (uint32_t i = 0; status == WB_OK && i < options->hours_count; i++)
    hours[i] = options->hours[i];
  options->hours = hours;
  wb_practice_free(practice);
  return status;
}

/* The days of a window: "Monday to Friday", "Monday, Wednesday to Friday". */
static void conventions_days(FILE *out, uint32_t bits) {
  static const char *const names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                      "Friday", "Saturday", "Sunday"};
  const char *comma = "";
  for (unsigned day = 0; day < WEEK_DAYS; day++) {
    unsigned last = day;
    if (!(bits & 1u << (day + 1))) continue;
    while (last + 1 < WEEK_DAYS && bits & 1u << (last + 2))
      last++;
    fprintf(out, "%s%s", comma, names[day]);
    if (last > day) fprintf(out, "%s%s", last > day + 1 ? " to " : ", ", names[last]);
    comma = ", ";
    day = last;
  }
}

void cli_conventions_hours(FILE *out, const wb_practice_options *options) {
  for (uint32_t i = 0; i < options->hours_count; i++) {
    const wb_window *window = &options->hours[i];
    if (i) fputs(", ", out);
    conventions_days(out, window->weekdays);
    fprintf(out, " %d:%02d to %d:%02d", window->from / 3600, window->from / 60 % 60,
            window->to / 3600, window->to / 60 % 60);
  }
}

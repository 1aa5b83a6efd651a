/* SPDX-License-Identifier: MIT */
/* winback calc: dates and zones, as JSON lines. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

/* Answers a line with what is wrong. */
static void calc_error(const char *what, const char *why) {
  char text[256];
  snprintf(text, sizeof text, "%s%s%s", what, *what ? ": " : "", why);
  fputs("{\"error\": ", stdout);
  cli_json_string(stdout, text, strlen(text));
  fputs("}\n", stdout);
}

static void calc_status(const char *what, wb_status status, const wb_error *error) {
  calc_error(what, error && error->message[0] ? error->message : wb_status_text(status));
}

/* A member that has to be there; NULL: it is answered. */
static const char *calc_need(const cli_json *line, const char *name) {
  const cli_json *member = cli_json_find(line, name);
  if (member && member->text) return member->text;
  calc_error(name, member ? "not a text" : "is missing");
  return NULL;
}

/* A date; false: it is answered. */
static bool calc_date(const cli_json *line, const char *name, wb_date *date) {
  const char *text = calc_need(line, name);
  if (!text) return false;
  wb_status status = wb_date_parse(text, strlen(text), date);
  if (status != WB_OK) calc_status(name, status, NULL);
  return status == WB_OK;
}

/* A zone; false: it is answered. */
static bool calc_zone(const cli_json *line, wb_zone **zone) {
  const char *text = calc_need(line, "zone");
  if (!text) return false;
  wb_error error = {0};
  wb_status status = wb_zone_new(NULL, text, strlen(text), zone, &error);
  if (status != WB_OK) calc_status("zone", status, &error);
  return status == WB_OK;
}

/* {date, interval} → {date} */
static void calc_add(const cli_json *line) {
  wb_date date = 0;
  if (!calc_date(line, "date", &date)) return;
  const char *text = calc_need(line, "interval");
  if (!text) return;
  wb_interval interval;
  char out[16];
  size_t length = 0;
  wb_status status = wb_interval_parse(text, strlen(text), &interval);
  if (status != WB_OK) {
    calc_status("interval", status, NULL);
    return;
  }
  status = wb_date_add(date, &interval, &date);
  if (status == WB_OK) status = wb_date_format(date, out, sizeof out, &length);
  if (status == WB_OK) {
    printf("{\"date\": \"%.*s\"}\n", (int)length, out);
  } else {
    calc_status("", status, NULL);
  }
}

/* {from, to} → {months} */
static void calc_months(const cli_json *line) {
  wb_date from = 0, to = 0;
  int32_t months = 0;
  if (!calc_date(line, "from", &from) || !calc_date(line, "to", &to)) return;
  wb_status status = wb_date_months(from, to, &months);
  if (status == WB_OK) {
    printf("{\"months\": %d}\n", months);
  } else {
    calc_status("", status, NULL);
  }
}

/* {zone, at} → {local, offset_seconds} */
static void calc_local(const cli_json *line) {
  const char *text = calc_need(line, "at");
  wb_zone *zone = NULL;
  if (!text || !calc_zone(line, &zone)) return;
  wb_time at = 0;
  wb_local local;
  char date[16];
  size_t length = 0;
  wb_status status = wb_time_parse(text, strlen(text), &at);
  if (status == WB_OK) status = wb_zone_local(zone, at, &local);
  if (status == WB_OK) status = wb_date_format(local.date, date, sizeof date, &length);
  wb_zone_unref(zone);
  if (status != WB_OK) {
    calc_status("at", status, NULL);
    return;
  }
  printf("{\"local\": \"%.*sT%02d:%02d:%02d\", \"offset_seconds\": %d}\n", (int)length, date,
         local.second / 3600, local.second / 60 % 60, local.second % 60, local.offset);
}

/* {zone, local} → {at} */
static void calc_instant(const cli_json *line) {
  const char *text = calc_need(line, "local");
  wb_local local;
  wb_zone *zone = NULL;
  if (!text) return;
  if (!cli_local_parse(text, strlen(text), &local)) {
    calc_error("local", "not a date and time as 2026-03-08T02:30");
    return;
  }
  if (!calc_zone(line, &zone)) return;
  wb_time at = 0;
  char out[32];
  size_t length = 0;
  wb_status status = wb_zone_instant(zone, &local, 0, &at);
  if (status == WB_OK) status = wb_time_format(at, NULL, out, sizeof out, &length);
  wb_zone_unref(zone);
  if (status == WB_OK) {
    printf("{\"at\": \"%.*s\"}\n", (int)length, out);
  } else {
    calc_status("local", status, NULL);
  }
}

/* Answers one line. */
static void calc_line(const char *text, size_t length) {
  static const struct {
    const char *name;
    void (*answer)(const cli_json *line);
  } ops[] = {
      {"add", calc_add}, {"months", calc_months}, {"local", calc_local}, {"instant", calc_instant}};
  char error[128];
  cli_json *line = cli_json_parse(text, length, error, sizeof error);
  const char *name = cli_json_text(line, "op", NULL);
  size_t i = 0, count = sizeof ops / sizeof ops[0];
  while (name && i < count && strcmp(ops[i].name, name))
    i++;
  if (!line) {
    calc_error("", strchr(error, ' ') + 1); /* without the line's number, which is always 1 */
  } else if (!name) {
    calc_error("", "an object with \"op\" is needed");
  } else if (i == count) {
    calc_error("op", "there is no such operation");
  } else {
    ops[i].answer(line);
  }
  cli_json_free(line);
}

int cli_calc(const cli_options *options) {
  char *line = NULL;
  size_t capacity = 0;
  ssize_t length;
  (void)options;
  while ((length = getline(&line, &capacity, stdin)) >= 0) {
    calc_line(line, (size_t)length);
    fflush(stdout); /* somebody may wait for the answer */
  }
  free(line);
  return CLI_OK;
}

/* SPDX-License-Identifier: MIT */
/* Benefit periods and covered dates from JSON: the operations `period` and `covered` of calc. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

enum { COVER_MOST_CODES = 64 };

/* What is being read, and the first thing that was wrong with it. */
typedef struct cover_reader {
  const char *what, *why;
} cover_reader;

/* Notes what is wrong; false. */
static bool cover_fail(cover_reader *reader, const char *what, const char *why) {
  if (!reader->why) {
    reader->what = what;
    reader->why = why;
  }
  return false;
}

static bool cover_status(cover_reader *reader, const char *what, wb_status status) {
  return status == WB_OK || cover_fail(reader, what, wb_status_text(status));
}

/* An optional whole number from 0 on. */
static bool cover_number(cover_reader *reader, const cli_json *object, const char *name,
                         int32_t *number) {
  const cli_json *member = cli_json_find(object, name);
  if (!member || member->kind == CLI_NULL) return true;
  bool whole = member->kind == CLI_NUMBER && !strpbrk(member->text, ".eE-");
  if (!whole || member->integer > 120000) return cover_fail(reader, name, "not a whole number");
  *number = (int32_t)member->integer;
  return true;
}

/* An optional text; NULL: there is none, or it is no text. */
static const char *cover_text(cover_reader *reader, const cli_json *object, const char *name) {
  const cli_json *member = cli_json_find(object, name);
  if (!member || member->kind == CLI_NULL) return NULL;
  if (member->kind != CLI_STRING) cover_fail(reader, name, "not a text");
  return member->kind == CLI_STRING ? member->text : NULL;
}

/* An optional date. */
static bool cover_date(cover_reader *reader, const cli_json *object, const char *name,
                       wb_date *date) {
  const char *text = cover_text(reader, object, name);
  if (!text || reader->why) return !reader->why;
  return cover_status(reader, name, wb_date_parse(text, strlen(text), date));
}

/* A date that has to be there. */
static bool cover_need_date(cover_reader *reader, const cli_json *object, const char *name,
                            wb_date *date) {
  *date = WB_DATE_NONE;
  if (!cover_date(reader, object, name, date)) return false;
  return *date != WB_DATE_NONE || cover_fail(reader, name, "is missing");
}

/* The number that a name stands for; -1: none. Names are in the order of their numbers. */
static int32_t cover_choice(const char *text, const char *const *names, int32_t count) {
  for (int32_t i = 0; text && i < count; i++) {
    for (const char *at = names[i]; at; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL) {
      size_t length = strcspn(at, "|");
      if (strlen(text) == length && !memcmp(at, text, length)) return i;
    }
  }
  return -1;
}

/* No member of an object but these. */
static bool cover_only(cover_reader *reader, const cli_json *object, const char *const *names) {
  if (!cli_json_unknown(object, names)) return true;
  return cover_fail(reader, "a member that is not known", "see docs/dental.md");
}

/* Writes a date, or null. */
static void cover_put_date(wb_date date) {
  char text[16];
  size_t length = 0;
  if (wb_date_format(date, text, sizeof text, &length) == WB_OK) {
    printf("\"%.*s\"", (int)length, text);
  } else {
    printf("null");
  }
}

const char *cli_period(const cli_json *line, const char **what) {
  static const char *const members[] = {"op",   "kind", "month",     "day",        "months",
                                        "days", "on",   "effective", "terminates", NULL};
  static const char *const kinds[] = {
      "unknown",     "calendar|calendar_year", "plan_year|benefit_year",
      "anniversary", "rolling|rolling_months", "interval|fixed|fixed_interval",
      "lifetime"};
  cover_reader reader = {"", NULL};
  wb_plan plan = {.size = sizeof plan,
                  .effective = WB_DATE_NONE,
                  .terminates = WB_DATE_NONE,
                  .verified = WB_DATE_NONE};
  wb_period period = {.size = sizeof period};
  wb_date on = WB_DATE_NONE;
  plan.kind = cover_choice(cover_text(&reader, line, "kind"), kinds, 7);
  bool ok = cover_only(&reader, line, members) &&
            (plan.kind >= 0 || cover_fail(&reader, "kind", "not a kind of period")) &&
            cover_number(&reader, line, "month", &plan.month) &&
            cover_number(&reader, line, "day", &plan.day) &&
            cover_number(&reader, line, "months", &plan.months) &&
            cover_number(&reader, line, "days", &plan.days) &&
            cover_date(&reader, line, "effective", &plan.effective) &&
            cover_date(&reader, line, "terminates", &plan.terminates) &&
            cover_need_date(&reader, line, "on", &on) &&
            cover_status(&reader, "", wb_benefit_find(&plan, on, &period));
  *what = reader.what;
  if (!ok) return reader.why;
  printf("{\"first\":");
  cover_put_date(period.first);
  printf(",\"last\":");
  cover_put_date(period.last);
  printf("}\n");
  return NULL;
}

/* ---- covered ---- */

/* Codes of a limit: a text, or an array of texts. */
static bool cover_codes(cover_reader *reader, const cli_json *object, wb_limit *limit,
                        wb_code_range *ranges) {
  const cli_json *codes = cli_json_find(object, "codes");
  if (!codes || codes->kind == CLI_NULL) return true;
  const cli_json *text = codes->kind == CLI_ARRAY ? codes->first : codes;
  limit->codes = ranges;
  for (; text; text = codes->kind == CLI_ARRAY ? text->next : NULL) {
    uint32_t count = 0;
    if (text->kind != CLI_STRING) return cover_fail(reader, "codes", "not a text");
    wb_status status = wb_codes_parse(text->text, strlen(text->text), ranges + limit->code_count,
                                      COVER_MOST_CODES - limit->code_count, &count);
    if (!cover_status(reader, "codes", status)) return false;
    limit->code_count += count;
  }
  return limit->code_count || cover_fail(reader, "codes", "is empty");
}

/* The wording of a limit: "limit", or "count" and "per". */
static bool cover_wording(cover_reader *reader, const cli_json *object, wb_limit *limit) {
  char text[128];
  int32_t count = 1;
  const char *wording = cover_text(reader, object, "limit");
  const char *per = cover_text(reader, object, "per");
  if (!wording && !per) return cover_fail(reader, "limit", "is missing");
  if (!cover_number(reader, object, "count", &count)) return false;
  if (wording && (per || cli_json_find(object, "count")))
    return cover_fail(reader, "limit", "says the count and what it is per");
  if (!wording) {
    snprintf(text, sizeof text, "%d per %s", count, per);
    wording = text;
  }
  return cover_status(reader, "limit", wb_limit_parse(wording, strlen(wording), limit));
}

/* How the end of an interval is meant. */
static bool cover_boundary(cover_reader *reader, const cli_json *object, wb_limit *limit) {
  static const char *const names[] = {"inclusive", "exclusive", "month"};
  const char *text = cover_text(reader, object, "boundary");
  int32_t boundary = text ? cover_choice(text, names, 3) : 0;
  if (boundary < 0) return cover_fail(reader, "boundary", "inclusive, exclusive or month");
  if (boundary == 1) limit->flags |= WB_LIMIT_EXCLUSIVE;
  if (boundary == 2) limit->flags |= WB_LIMIT_TO_THE_MONTH;
  return true;
}

/* What a limit counts together. */
static bool cover_scope(cover_reader *reader, const cli_json *object, wb_limit *limit) {
  static const char *const names[] = {"mouth", "tooth", "quadrant", "arch"};
  const char *text = cover_text(reader, object, "scope");
  if (text) limit->scope = cover_choice(text, names, 4);
  return limit->scope >= 0 || cover_fail(reader, "scope", "mouth, tooth, quadrant or arch");
}

/* One limit: a wording, or an object. */
static bool cover_limit(cover_reader *reader, const cli_json *json, wb_limit *limit,
                        wb_code_range *ranges) {
  static const char *const members[] = {"limit",     "count",      "per",      "codes",
                                        "month",     "day",        "boundary", "level",
                                        "effective", "terminates", "scope",    NULL};
  *limit = (wb_limit){.size = sizeof *limit};
  if (json->kind == CLI_STRING)
    return cover_status(reader, "limit", wb_limit_parse(json->text, strlen(json->text), limit));
  if (json->kind != CLI_OBJECT) return cover_fail(reader, "limits", "not limits");
  return cover_only(reader, json, members) && cover_wording(reader, json, limit) &&
         cover_scope(reader, json, limit) && cover_codes(reader, json, limit, ranges) &&
         cover_boundary(reader, json, limit) &&
         cover_number(reader, json, "month", &limit->month) &&
         cover_number(reader, json, "day", &limit->day) &&
         cover_number(reader, json, "level", &limit->level) &&
         cover_date(reader, json, "effective", &limit->effective) &&
         cover_date(reader, json, "terminates", &limit->terminates);
}

/* The number of a code, where there is one. */
static bool cover_code(cover_reader *reader, const cli_json *object, int32_t *number) {
  const char *code = cover_text(reader, object, "code");
  wb_code_range range;
  uint32_t count = 0;
  if (!code || reader->why) return !reader->why;
  wb_group group = {.size = sizeof group};
  if (wb_group_find(code, strlen(code), WB_DATE_NONE, NULL, 0, &group) == WB_OK) {
    *number = group.code;
    return true;
  }
  wb_status status = wb_codes_parse(code, strlen(code), &range, 1, &count);
  if (!cover_status(reader, "code", status)) return false;
  *number = range.first;
  return true;
}

/* Where a service is: "tooth" and "quadrant" (an arch too). */
static bool cover_place(cover_reader *reader, const cli_json *object, uint64_t *teeth) {
  static const char *const names[] = {"tooth", "quadrant"};
  for (uint32_t areas = 0; areas < 2; areas++) {
    uint64_t mask = 0;
    const char *text = cover_text(reader, object, names[areas]);
    if (!text) continue;
    wb_status status = wb_teeth_parse(text, strlen(text), areas, &mask);
    if (!cover_status(reader, names[areas], status)) return false;
    *teeth |= mask;
  }
  return !reader->why;
}

/* One past service: a date, or an object. */
static bool cover_past(cover_reader *reader, const cli_json *json, wb_procedure *past) {
  static const char *const members[] = {"code", "date", "tooth", "quadrant", "paid", NULL};
  *past =
      (wb_procedure){.size = sizeof *past, .status = WB_PROCEDURE_COMPLETED, .visit = WB_DATE_NONE};
  if (json->kind == CLI_STRING) {
    wb_status status = wb_date_parse(json->text, strlen(json->text), &past->date);
    return cover_status(reader, "history", status);
  }
  if (json->kind != CLI_OBJECT) return cover_fail(reader, "history", "not past services");
  const cli_json *paid = cli_json_find(json, "paid");
  if (paid && paid->kind != CLI_BOOL) return cover_fail(reader, "paid", "true or false");
  if (paid && !paid->truth) past->flags = WB_PROCEDURE_UNPAID;
  return cover_only(reader, json, members) && cover_code(reader, json, &past->code) &&
         cover_place(reader, json, &past->teeth) &&
         cover_need_date(reader, json, "date", &past->date);
}

/* How many elements an array has; an absent one has none. */
static bool cover_count(cover_reader *reader, const cli_json *line, const char *name,
                        uint32_t *count) {
  const cli_json *array = cli_json_find(line, name);
  if (!array || array->kind != CLI_ARRAY) return cover_fail(reader, name, "not an array");
  for (const cli_json *item = array->first; item; item = item->next)
    ++*count;
  return true;
}

/* A question with the memory of its arrays. */
typedef struct cover_question {
  wb_limit *limits;
  wb_code_range *ranges;
  wb_procedure *history;
  wb_service service;
  uint32_t limit_count, history_count;
} cover_question;

/* Reads limits and history into arrays. */
static bool cover_arrays(cover_reader *reader, const cli_json *line, cover_question *question) {
  if (!cover_count(reader, line, "limits", &question->limit_count)) return false;
  if (!cover_count(reader, line, "history", &question->history_count)) return false;
  question->limits = cli_grow(NULL, question->limit_count + 1, sizeof *question->limits);
  question->history = cli_grow(NULL, question->history_count + 1, sizeof *question->history);
  question->ranges =
      cli_grow(NULL, question->limit_count + 1, COVER_MOST_CODES * sizeof *question->ranges);
  const cli_json *item = cli_json_first(line, "limits");
  for (uint32_t i = 0; item; item = item->next, i++) {
    wb_code_range *ranges = question->ranges + (size_t)i * COVER_MOST_CODES;
    if (!cover_limit(reader, item, &question->limits[i], ranges)) return false;
  }
  item = cli_json_first(line, "history");
  for (uint32_t i = 0; item; item = item->next, i++) {
    if (!cover_past(reader, item, &question->history[i])) return false;
  }
  return true;
}

/* Reads the whole question. */
static bool cover_read(cover_reader *reader, const cli_json *line, cover_question *question) {
  static const char *const members[] = {"op",    "limits",   "history", "from", "code",
                                        "tooth", "quadrant", "birth",   NULL};
  wb_service *service = &question->service;
  *service = (wb_service){.size = sizeof *service, .birth = WB_DATE_NONE};
  return cover_only(reader, line, members) && cover_arrays(reader, line, question) &&
         cover_need_date(reader, line, "from", &service->from) &&
         cover_code(reader, line, &service->code) && cover_place(reader, line, &service->teeth) &&
         cover_date(reader, line, "birth", &service->birth);
}

const char *cli_covered(const cli_json *line, const char **what) {
  cover_reader reader = {"", NULL};
  cover_question question = {0};
  wb_covered covered = {.size = sizeof covered};
  bool ok = cover_read(&reader, line, &question) &&
            cover_status(&reader, "",
                         wb_benefit_covered(question.limits, question.limit_count, question.history,
                                            question.history_count, &question.service, &covered));
  free(question.limits);
  free(question.ranges);
  free(question.history);
  *what = reader.what;
  if (!ok) return reader.why;
  printf("{\"date\":");
  cover_put_date(covered.date);
  if (covered.flags) printf(",\"why\":\"%s\"", covered.flags & 1 ? "never" : "unknown");
  printf("}\n");
  return NULL;
}

/* SPDX-License-Identifier: MIT */
/*
 * Seasons: stretches of the calendar, of one year ("2027-03-29") or of each ("03-29"), as a rule on
 * `today`. One of a year may begin some days ahead, so that a message comes before the break that
 * it speaks of.
 */
#include "outreach/settings.h"

enum { SEASON_STRETCHES_MAX = 32, SEASON_AHEAD_MAX = 180, SEASON_DAY = 5, SEASON_DATE = 10 };

/* Month and day of "03-29" as 329; 0: it is none. */
static uint32_t season_of_year(wbi_text text) {
  wb_date day = 0;
  char whole[SEASON_DATE];
  if (text.length != SEASON_DAY) return 0;
  memcpy(whole, "2024-", SEASON_DAY); /* a leap year: 02-29 is a day */
  memcpy(whole + SEASON_DAY, text.data, SEASON_DAY);
  if (wb_date_parse(whole, sizeof whole, &day) != WB_OK) return 0;
  const uint32_t month = wbi_digit(text.data[0]) * 10 + wbi_digit(text.data[1]);
  return month * 100 + wbi_digit(text.data[3]) * 10 + wbi_digit(text.data[4]);
}

/* Whether a stretch is from one day to a later one, of one year or of each. */
static wb_status season_check_days(const wbi_json *stretch, wbi_text from, wbi_text to,
                                   wb_error *error) {
  wb_date first = 0, last = 0;
  if (season_of_year(from) != 0 && season_of_year(to) != 0) {
    if (wbi_json_find(stretch, "ahead") == NULL) return WB_OK;
    return wbi_json_fail(stretch, error, WB_E_INVALID, "\"ahead\" goes with days of one year.");
  }
  if (wb_date_parse(from.data, from.length, &first) != WB_OK ||
      wb_date_parse(to.data, to.length, &last) != WB_OK)
    return wbi_json_fail(stretch, error, WB_E_SYNTAX,
                         "Both days are as 2027-03-29, or both as 03-29 for each year.");
  if (first <= last) return WB_OK;
  return wbi_json_fail(stretch, error, WB_E_RANGE, "This ends before it begins.");
}

wb_status wbi_season_check(const wbi_json *season, wb_error *error) {
  static const char *const season_members[] = {"ahead", "from", "name", "to", NULL};
  wb_status status = wbi_json_expect(season, WBI_JSON_ARRAY, error);
  if (status == WB_OK && season->count > SEASON_STRETCHES_MAX)
    status = wbi_json_fail(season, error, WB_E_LIMIT, "A season has at most 32 stretches.");
  const wbi_json *stretch = status == WB_OK ? season->first : NULL;
  for (; stretch != NULL && status == WB_OK; stretch = stretch->next) {
    wbi_text from = {NULL, 0}, to = {NULL, 0}, name = {NULL, 0};
    int64_t ahead = 0;
    status = wbi_json_expect(stretch, WBI_JSON_OBJECT, error);
    if (status == WB_OK) status = wbi_json_only(stretch, season_members, error);
    if (status == WB_OK) status = wbi_json_get_text(stretch, "name", false, &name, error);
    if (status == WB_OK) status = wbi_json_get_text(stretch, "from", true, &from, error);
    if (status == WB_OK) status = wbi_json_get_text(stretch, "to", true, &to, error);
    if (status == WB_OK)
      status = wbi_json_get_int(stretch, "ahead", false, 0, SEASON_AHEAD_MAX, &ahead, error);
    if (status == WB_OK) status = season_check_days(stretch, from, to, error);
  }
  return status;
}

/* Writes a comparison of today, some days from now, with a day of one year or of each. */
static void season_put_bound(wbi_writer *writer, int64_t ahead, const char *operator_,
                             wbi_text day) {
  const uint32_t each = season_of_year(day);
  wbi_put_text(writer,
               each != 0 ? WBI_TEXT("today.month() * 100 + today.day()") : WBI_TEXT("today"));
  if (ahead != 0) {
    wbi_put_text(writer, WBI_TEXT(".addDays("));
    wbi_put_int(writer, ahead);
    wbi_put_char(writer, ')');
  }
  wbi_put_text(writer, wbi_text_of(operator_));
  if (each != 0) {
    wbi_put_uint(writer, each);
    return;
  }
  wbi_put_text(writer, WBI_TEXT("date(\""));
  wbi_put_text(writer, day);
  wbi_put_text(writer, WBI_TEXT("\")"));
}

/* Writes a stretch: it has begun, or will some days from now, and is not over. A stretch of each
   year that ends before it begins goes over the turn of the year. */
static void season_put_stretch(wbi_writer *writer, const wbi_json *stretch) {
  wbi_text from = {NULL, 0}, to = {NULL, 0};
  int64_t ahead = 0;
  (void)wbi_json_get_text(stretch, "from", true, &from, NULL);
  (void)wbi_json_get_text(stretch, "to", true, &to, NULL);
  (void)wbi_json_get_int(stretch, "ahead", false, 0, SEASON_AHEAD_MAX, &ahead, NULL);
  const bool turn = season_of_year(from) > season_of_year(to);
  wbi_put_char(writer, '(');
  season_put_bound(writer, ahead, " >= ", from);
  wbi_put_text(writer, turn ? WBI_TEXT(" || ") : WBI_TEXT(" && "));
  season_put_bound(writer, 0, " <= ", to);
  wbi_put_char(writer, ')');
}

void wbi_season_put(wbi_writer *writer, const wbi_json *season) {
  wbi_put_char(writer, '(');
  if (season->first == NULL) wbi_put_text(writer, WBI_TEXT("false"));
  for (const wbi_json *stretch = season->first; stretch != NULL; stretch = stretch->next) {
    if (stretch != season->first) wbi_put_text(writer, WBI_TEXT(" || "));
    season_put_stretch(writer, stretch);
  }
  wbi_put_char(writer, ')');
}

/* SPDX-License-Identifier: MIT */
/* Reading the calendars of a pack: names, and the holidays of each by rule. */
#include "time/time_private.h"

enum { CALENDAR_PLUS_MOST = 60 };

/* An error at a holiday that is on no day. */
static wb_status calendar_impossible(wbi_pack_reader *reader, const wbi_json *node) {
  return wbi_json_fail(node, reader->error, WB_E_INVALID, "There is no such day in any year.");
}

/* Reads "weekday", when there is one. */
static wb_status calendar_read_weekday(wbi_pack_reader *reader, const wbi_json *node,
                                       wbi_holiday *holiday) {
  wbi_text name = {NULL, 0};
  const wb_status status = wbi_json_get_text(node, "weekday", false, &name, reader->error);
  if (status != WB_OK || name.data == NULL) return status;
  holiday->weekday = wbi_weekday_named(name);
  if (holiday->weekday > 0) return WB_OK;
  return wbi_json_fail(wbi_json_find(node, "weekday"), reader->error, WB_E_NAME,
                       "A weekday is written as mon, tue, wed, thu, fri, sat or sun.");
}

/* Reads "observed", when there is one. */
static wb_status calendar_read_observed(wbi_pack_reader *reader, const wbi_json *node,
                                        wbi_holiday *holiday) {
  static const char *const calendar_observed[WBI_OBSERVED_KINDS] = {
      [WBI_OBSERVED_ITSELF] = "itself",
      [WBI_OBSERVED_NEAREST] = "nearest",
      [WBI_OBSERVED_MONDAY] = "monday",
      [WBI_OBSERVED_TWO_DAYS] = "two_days",
  };
  wbi_text name = WBI_TEXT("itself");
  const wb_status status = wbi_json_get_text(node, "observed", false, &name, reader->error);
  if (status != WB_OK) return status;
  for (int32_t i = 0; i < WBI_OBSERVED_KINDS; i++) {
    holiday->observed = i;
    if (wbi_text_equal(name, wbi_text_of(calendar_observed[i]))) return WB_OK;
  }
  return wbi_json_fail(wbi_json_find(node, "observed"), reader->error, WB_E_NAME,
                       "Observed is itself, nearest, monday or two_days.");
}

/* Whether what was read makes one of the kinds, and that on a day that exists. */
static wb_status calendar_check(wbi_pack_reader *reader, const wbi_json *node,
                                const wbi_holiday *holiday) {
  const bool needs_day = holiday->kind == WBI_HOLIDAY_DATE || holiday->kind == WBI_HOLIDAY_AFTER;
  const bool needs_month = holiday->kind != WBI_HOLIDAY_EASTER;
  const bool needs_weekday = holiday->kind == WBI_HOLIDAY_NTH || holiday->kind == WBI_HOLIDAY_AFTER;
  if (needs_month != (holiday->month != 0) || needs_day != (holiday->day != 0) ||
      needs_weekday != (holiday->weekday != 0)) {
    return wbi_json_fail(node, reader->error, WB_E_INVALID,
                         "A holiday is month and day; month, weekday and nth; month, day and "
                         "weekday for the first one after it; or easter.");
  }
  if (needs_day && holiday->day > wbi_month_length(2000, holiday->month)) {
    return calendar_impossible(reader, node);
  }
  /* The first weekday after one of the last days of December may be in the next year. */
  if (holiday->kind == WBI_HOLIDAY_AFTER && holiday->month == 12 && holiday->day > 24) {
    return calendar_impossible(reader, node);
  }
  return WB_OK;
}

/* Which kind of holiday it is follows from its members. */
static int32_t calendar_kind(const wbi_json *node) {
  if (wbi_json_find(node, "easter") != NULL) return WBI_HOLIDAY_EASTER;
  if (wbi_json_find(node, "nth") != NULL) return WBI_HOLIDAY_NTH;
  return wbi_json_find(node, "weekday") != NULL ? WBI_HOLIDAY_AFTER : WBI_HOLIDAY_DATE;
}

/* Reads one of the numbers of a holiday. */
static wb_status calendar_read_number(wbi_pack_reader *reader, const wbi_json *node,
                                      const char *name, int32_t low, int32_t high, int32_t *out) {
  int64_t value = *out;
  const wb_status status = wbi_json_get_int(node, name, false, low, high, &value, reader->error);
  *out = (int32_t)value;
  return status;
}

/* Reads the numbers of a holiday. */
static wb_status calendar_read_numbers(wbi_pack_reader *reader, const wbi_json *node,
                                       wbi_holiday *holiday) {
  const struct {
    const char *name;
    int32_t low, high;
    int32_t *out;
  } numbers[] = {
      {"month", 1, 12, &holiday->month},
      {"day", 1, 31, &holiday->day},
      {"nth", -1, 4, &holiday->nth},
      {"easter", -CALENDAR_PLUS_MOST, CALENDAR_PLUS_MOST, &holiday->plus},
      {"plus", 0, CALENDAR_PLUS_MOST, &holiday->plus},
      {"since", 1, 9999, &holiday->since},
      {"every", 1, 400, &holiday->every},
  };
  wb_status status = WB_OK;
  for (size_t i = 0; i < WBI_COUNT(numbers) && status == WB_OK; i++) {
    status = calendar_read_number(reader, node, numbers[i].name, numbers[i].low, numbers[i].high,
                                  numbers[i].out);
  }
  if (status != WB_OK) return status;
  if (holiday->kind == WBI_HOLIDAY_NTH && holiday->nth == 0) {
    return calendar_impossible(reader, wbi_json_find(node, "nth"));
  }
  const wbi_json *plus = wbi_json_find(node, "plus");
  if (holiday->kind != WBI_HOLIDAY_EASTER || plus == NULL) return WB_OK;
  return wbi_json_fail(plus, reader->error, WB_E_INVALID, "Say it in easter.");
}

/* Reads one holiday. */
static wb_status calendar_read_holiday(wbi_pack_reader *reader, const wbi_json *node,
                                       wbi_holiday *holiday) {
  static const char *const calendar_members[] = {"name",  "month",    "day",  "weekday",
                                                 "nth",   "easter",   "plus", "since",
                                                 "every", "observed", NULL};
  wbi_text name = {NULL, 0};
  wb_status status = wbi_json_get_text(node, "name", true, &name, reader->error);
  if (status == WB_OK) status = wbi_json_only(node, calendar_members, reader->error);
  if (status != WB_OK) return status;
  *holiday = (wbi_holiday){.kind = calendar_kind(node), .since = 1, .every = 1};
  status = calendar_read_numbers(reader, node, holiday);
  if (status == WB_OK) status = calendar_read_weekday(reader, node, holiday);
  if (status == WB_OK) status = calendar_read_observed(reader, node, holiday);
  return status == WB_OK ? calendar_check(reader, node, holiday) : status;
}

/* Reads one calendar: an array of holidays. */
static wb_status calendar_read(wbi_pack_reader *reader, const wbi_json *node,
                               wbi_calendar *calendar) {
  if (node->kind != WBI_JSON_ARRAY) {
    return wbi_json_fail(node, reader->error, WB_E_TYPE, "A calendar is an array of holidays.");
  }
  wb_status status = wbi_pack_copy(reader, node->name, &calendar->name);
  if (status != WB_OK) return status;
  status = wbi_pack_array(reader, node->count, sizeof *calendar->holidays, &calendar->holidays);
  for (const wbi_json *item = node->first; item != NULL && status == WB_OK; item = item->next) {
    status = calendar_read_holiday(reader, item, &calendar->holidays[calendar->count++]);
  }
  return status;
}

wb_status wbi_pack_calendars(wbi_pack_reader *reader, const wbi_json *root) {
  const wbi_json *object = NULL;
  wbi_pack *pack = reader->pack;
  wb_status status =
      wbi_json_get(root, "calendars", WBI_JSON_OBJECT, false, &object, reader->error);
  if (status != WB_OK || object == NULL) return status;
  if (object->count > WBI_LAW_CALENDARS) {
    return wbi_json_fail(object, reader->error, WB_E_LIMIT, "A pack has at most 32 calendars.");
  }
  status = wbi_pack_array(reader, object->count, sizeof *pack->calendars, &pack->calendars);
  for (const wbi_json *node = object->first; node != NULL && status == WB_OK; node = node->next) {
    status = calendar_read(reader, node, &pack->calendars[pack->calendar_count++]);
  }
  for (uint32_t i = 0; i < pack->calendar_count; i++)
    wbi_calendar_mark(&pack->calendars[i], 1u << i, pack->festive);
  return status;
}

uint32_t wbi_pack_closed(const wbi_pack *pack, uint32_t wanted, wb_date date) {
  const uint32_t possible = wanted & pack->festive[wbi_month_day(date)];
  return possible != 0 ? wbi_calendars_on(pack->calendars, possible, date) : 0;
}

/* The bit of a calendar by its name; 0: none. */
static uint32_t calendar_bit(const wbi_pack *pack, wbi_text name) {
  for (uint32_t i = 0; i < pack->calendar_count; i++) {
    if (wbi_text_equal(name, wbi_text_of(pack->calendars[i].name))) return 1u << i;
  }
  return 0;
}

wb_status wbi_pack_closed_on(wbi_pack_reader *reader, const wbi_json *object, const char *name,
                             uint32_t *bits) {
  const wbi_json *array = NULL;
  const wb_status status = wbi_pack_names(reader, object, name, false, &array);
  if (status != WB_OK || array == NULL) return status;
  for (const wbi_json *item = array->first; item != NULL; item = item->next) {
    const uint32_t bit = calendar_bit(reader->pack, item->text);
    if (bit == 0) {
      return wbi_json_fail(item, reader->error, WB_E_NAME, "There is no calendar of this name.");
    }
    *bits |= bit;
  }
  return WB_OK;
}

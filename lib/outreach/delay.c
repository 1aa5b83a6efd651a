/* SPDX-License-Identifier: MIT */
/* Stretches of time in a campaign: hours that pass, or days of the calendar. */
#include "outreach/compile.h"

enum { DELAY_DAYS_MAX = 366, DELAY_HOURS_MAX = 366 * 24 };

/* Reads the days or hours of a stretch; one of them is there. */
static wb_status delay_amounts(const wbi_compile *compile, const wbi_json *node, int32_t fewest,
                               wbi_delay *delay) {
  const bool hours = wbi_json_find(node, "hours") != NULL;
  int32_t amount = 0;
  if (hours == (wbi_json_find(node, "days") != NULL)) {
    return wbi_json_fail(node, compile->error, WB_E_INVALID,
                         "A stretch of time is of days or of hours.");
  }
  const wb_status status =
      hours ? wbi_compile_number(compile, node, "hours", 1, DELAY_HOURS_MAX, &amount)
            : wbi_compile_number(compile, node, "days", fewest, DELAY_DAYS_MAX, &amount);
  if (status != WB_OK) return status;
  *delay =
      (wbi_delay){.seconds = hours ? amount * WBI_HOUR : 0, .days = hours ? 0 : amount, .at = -1};
  return WB_OK;
}

wb_status wbi_compile_seconds(const wbi_compile *compile, const wbi_json *node, const char *name,
                              bool required, int32_t *seconds) {
  static const char *const span_members[] = {"days", "hours", NULL};
  const wbi_json *span = NULL;
  wbi_delay delay = {.at = -1};
  wb_status status = wbi_json_get(node, name, WBI_JSON_OBJECT, required, &span, compile->error);
  if (status != WB_OK || span == NULL) return status;
  status = wbi_json_only(span, span_members, compile->error);
  if (status == WB_OK) status = delay_amounts(compile, span, 1, &delay);
  if (status == WB_OK) *seconds = delay.seconds + delay.days * WBI_DAY;
  return status;
}

/* Reads the time of the last day. */
static wb_status delay_at(const wbi_compile *compile, const wbi_json *node, wbi_delay *delay) {
  const wbi_json *at = NULL;
  const wb_status status = wbi_json_get(node, "at", WBI_JSON_TEXT, false, &at, compile->error);
  if (status != WB_OK || at == NULL) return status;
  delay->at = wbi_day_second(at->text);
  if (delay->at >= 0 && delay->at < WBI_DAY) return WB_OK;
  return wbi_json_fail(at, compile->error, WB_E_SYNTAX,
                       "A time of the day is written as \"09:00\".");
}

/* Reads the weekdays on which a stretch may end. */
static wb_status delay_weekdays(const wbi_compile *compile, const wbi_json *node,
                                wbi_delay *delay) {
  const wbi_json *list = NULL;
  wb_status status = wbi_json_get(node, "on", WBI_JSON_ARRAY, false, &list, compile->error);
  if (status != WB_OK || list == NULL) return status;
  if (list->count == 0)
    return wbi_json_fail(list, compile->error, WB_E_INVALID, "This must not be empty.");
  for (const wbi_json *each = list->first; each != NULL && status == WB_OK; each = each->next) {
    uint32_t days = 0;
    const wbi_text name = each->kind == WBI_JSON_TEXT ? each->text : WBI_TEXT("");
    status = wbi_weekdays_read(each, name, &days, compile->error);
    delay->weekdays |= days;
  }
  return status;
}

wb_status wbi_compile_delay(const wbi_compile *compile, const wbi_json *node, wbi_delay *delay) {
  static const char *const delay_members[] = {"at", "days", "hours", "on", NULL};
  wb_status status = wbi_compile_object(compile, node, delay_members);
  const bool timed =
      status == WB_OK && (wbi_json_find(node, "at") != NULL || wbi_json_find(node, "on") != NULL);
  if (status == WB_OK) status = delay_amounts(compile, node, timed ? 0 : 1, delay);
  if (status != WB_OK || !timed) return status;
  if (wbi_json_find(node, "hours") != NULL) {
    return wbi_json_fail(node, compile->error, WB_E_INVALID,
                         "Hours pass: \"at\" and \"on\" go with days.");
  }
  status = delay_at(compile, node, delay);
  return status == WB_OK ? delay_weekdays(compile, node, delay) : status;
}

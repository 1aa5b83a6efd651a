/* SPDX-License-Identifier: MIT */
/* Reading the windows of a rule: {"mon-fri": "08:00-20:00", "sat": ["09:00-12:00"], "sun": "none"}.
 */
#include "time/time_private.h"

static const char windows_days[] = "montuewedthufrisatsun";

int32_t wbi_weekday_named(wbi_text name) {
  for (int32_t weekday = 1; name.length == 3 && weekday <= 7; weekday++) {
    if (memcmp(windows_days + 3 * (weekday - 1), name.data, 3) == 0) return weekday;
  }
  return 0;
}

/* Reads "mon" or "mon-fri" as bits. */
static wb_status windows_read_days(wbi_pack_reader *reader, const wbi_json *node, uint32_t *days) {
  const wbi_text name = node->name;
  const bool range = name.length == 7 && name.data[3] == '-';
  const int32_t first = wbi_weekday_named(range ? wbi_text_slice(name, 0, 3) : name);
  const int32_t last = range ? wbi_weekday_named(wbi_text_slice(name, 4, 7)) : first;
  if (first == 0 || last == 0) {
    return wbi_json_fail(node, reader->error, WB_E_NAME,
                         "Days are written as mon, tue, wed, thu, fri, sat, sun or mon-fri.");
  }
  if (last < first) {
    return wbi_json_fail(node, reader->error, WB_E_INVALID, "A week begins with mon.");
  }
  *days = (2u << last) - (1u << first);
  return WB_OK;
}

/* Reads "HH:MM" as a second of the day; a negative number when it is none. */
static int32_t windows_second(wbi_text text) {
  int32_t digits[4] = {0};
  const size_t places[4] = {0, 1, 3, 4};
  if (text.length != 5 || text.data[2] != ':') return -1;
  for (size_t i = 0; i < 4; i++) {
    const char c = text.data[places[i]];
    if (c < '0' || c > '9') return -1;
    digits[i] = c - '0';
  }
  const int32_t hour = digits[0] * 10 + digits[1], minute = digits[2] * 10 + digits[3];
  if (minute > 59) return -1;
  return hour * 3600 + minute * 60;
}

/* Adds a window that does not pass midnight; WB_E_INVALID when it overlaps another. */
static wb_status windows_add(wbi_law_rule *rule, wb_window window) {
  for (uint32_t i = 0; i < rule->window_count; i++) {
    const wb_window *other = &rule->windows[i];
    if ((other->weekdays & window.weekdays) == 0) continue;
    if (window.from < other->to && other->from < window.to) return WB_E_INVALID;
  }
  rule->windows[rule->window_count++] = window;
  return WB_OK;
}

/* Adds a window as one or two that do not pass midnight; one with equal ends is closed. */
static wb_status windows_add_days(wbi_law_rule *rule, uint32_t days, int32_t from, int32_t to) {
  if (from == to) return WB_OK;
  if (from < to) return windows_add(rule, (wb_window){days, from, to});
  const uint32_t next_days = (days << 1 & WB_WEEKDAYS_ALL) | days >> 7 << 1;
  const wb_status status = windows_add(rule, (wb_window){days, from, WBI_DAY});
  if (status != WB_OK || to == 0) return status;
  return windows_add(rule, (wb_window){next_days, 0, to});
}

/* Reads "08:00-20:00" or "none" for some days. */
static wb_status windows_read(wbi_pack_reader *reader, const wbi_json *node, uint32_t days,
                              wbi_law_rule *rule) {
  if (node->kind == WBI_JSON_TEXT && wbi_text_equal(node->text, WBI_TEXT("none"))) return WB_OK;
  const wbi_text text = node->kind == WBI_JSON_TEXT ? node->text : WBI_TEXT("");
  const int32_t from = windows_second(wbi_text_slice(text, 0, 5));
  const int32_t to = windows_second(wbi_text_slice(text, 6, text.length));
  if (text.length != 11 || text.data[5] != '-' || from < 0 || to < 0) {
    return wbi_json_fail(node, reader->error, WB_E_SYNTAX,
                         "A window is written as \"08:00-20:00\", a closed day as \"none\".");
  }
  if (from >= WBI_DAY || to > WBI_DAY) {
    return wbi_json_fail(node, reader->error, WB_E_RANGE, "A day ends at 24:00.");
  }
  if (windows_add_days(rule, days, from, to) == WB_OK) return WB_OK;
  return wbi_json_fail(node, reader->error, WB_E_INVALID, "This window overlaps another.");
}

/* Reads one window or an array of them. */
static wb_status windows_read_member(wbi_pack_reader *reader, const wbi_json *node, uint32_t days,
                                     wbi_law_rule *rule) {
  if (node->kind != WBI_JSON_ARRAY) return windows_read(reader, node, days, rule);
  if (node->count == 0) {
    return wbi_json_fail(node, reader->error, WB_E_INVALID,
                         "A list of windows has at least one; a closed day is \"none\".");
  }
  wb_status status = WB_OK;
  for (const wbi_json *item = node->first; item != NULL && status == WB_OK; item = item->next) {
    status = windows_read(reader, item, days, rule);
  }
  return status;
}

/* How many windows there may be: each takes one or two places. */
static uint32_t windows_most(const wbi_json *hours) {
  uint32_t count = 0;
  for (const wbi_json *days = hours->first; days != NULL; days = days->next)
    count += days->kind == WBI_JSON_ARRAY ? 2 * days->count : 2;
  return count;
}

wb_status wbi_pack_windows(wbi_pack_reader *reader, const wbi_json *object, wbi_law_rule *rule) {
  const wbi_json *hours = NULL;
  uint32_t named = 0;
  wb_status status = wbi_json_get(object, "hours", WBI_JSON_OBJECT, true, &hours, reader->error);
  if (status != WB_OK) return status;
  if (hours->count == 0) {
    return wbi_json_fail(hours, reader->error, WB_E_INVALID, "At least one day is needed.");
  }
  status = wbi_pack_array(reader, windows_most(hours), sizeof *rule->windows, &rule->windows);
  for (const wbi_json *node = hours->first; node != NULL && status == WB_OK; node = node->next) {
    uint32_t days = 0;
    status = windows_read_days(reader, node, &days);
    if (status == WB_OK && (named & days) != 0) {
      status = wbi_json_fail(node, reader->error, WB_E_INVALID, "A day is given twice.");
    }
    named |= days;
    if (status == WB_OK) status = windows_read_member(reader, node, days, rule);
  }
  return status;
}

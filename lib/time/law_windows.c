/* SPDX-License-Identifier: MIT */
/* Reading the windows of a week: {"mon-fri": "08:00-20:00", "sat": ["09:00-12:00"], "sun": "none"}.
 */
#include "time/time_private.h"

static const char windows_days[] = "montuewedthufrisatsun";

int32_t wbi_weekday_named(wbi_text name) {
  for (int32_t weekday = 1; name.length == 3 && weekday <= 7; weekday++) {
    if (memcmp(windows_days + 3 * (weekday - 1), name.data, 3) == 0) return weekday;
  }
  return 0;
}

wb_status wbi_weekdays_read(const wbi_json *node, wbi_text name, uint32_t *days, wb_error *error) {
  const bool range = name.length == 7 && name.data[3] == '-';
  const int32_t first = wbi_weekday_named(range ? wbi_text_slice(name, 0, 3) : name);
  const int32_t last = range ? wbi_weekday_named(wbi_text_slice(name, 4, 7)) : first;
  if (first == 0 || last == 0) {
    return wbi_json_fail(node, error, WB_E_NAME,
                         "Days are written as mon, tue, wed, thu, fri, sat, sun or mon-fri.");
  }
  if (last < first) return wbi_json_fail(node, error, WB_E_INVALID, "A week begins with mon.");
  *days = (2u << last) - (1u << first);
  return WB_OK;
}

int32_t wbi_day_second(wbi_text text) {
  int32_t digits[4] = {0};
  const size_t places[4] = {0, 1, 3, 4};
  if (text.length != 5 || text.data[2] != ':') return -1;
  for (size_t i = 0; i < 4; i++) {
    const char c = text.data[places[i]];
    if (!wbi_is_digit(c)) return -1;
    digits[i] = c - '0';
  }
  const int32_t hour = digits[0] * 10 + digits[1], minute = digits[2] * 10 + digits[3];
  if (minute > 59) return -1;
  return hour * 3600 + minute * 60;
}

/* Adds a window that does not pass midnight; WB_E_INVALID when it overlaps another. */
static wb_status windows_add(wbi_windows *windows, wb_window window) {
  for (uint32_t i = 0; i < windows->count; i++) {
    const wb_window *other = &windows->items[i];
    if ((other->weekdays & window.weekdays) == 0) continue;
    if (window.from < other->to && other->from < window.to) return WB_E_INVALID;
  }
  windows->items[windows->count++] = window;
  return WB_OK;
}

/* Adds a window as one or two that do not pass midnight; one with equal ends is closed. */
static wb_status windows_add_days(wbi_windows *windows, uint32_t days, int32_t from, int32_t to) {
  if (from == to) return WB_OK;
  if (from < to) /* same: they differ */
    return windows_add(windows, (wb_window){days, from, to});
  const uint32_t next_days = (days << 1 & WB_WEEKDAYS_ALL) | days >> 7 << 1;
  const wb_status status = windows_add(windows, (wb_window){days, from, WBI_DAY});
  if (status != WB_OK || to == 0) return status;
  return windows_add(windows, (wb_window){next_days, 0, to});
}

/* Reads "08:00-20:00" or "none" for some days. */
static wb_status windows_read(const wbi_json *node, uint32_t days, wbi_windows *windows,
                              wb_error *error) {
  if (node->kind == WBI_JSON_TEXT && wbi_text_equal(node->text, WBI_TEXT("none"))) return WB_OK;
  const wbi_text text = node->kind == WBI_JSON_TEXT ? node->text : WBI_TEXT("");
  const int32_t from = wbi_day_second(wbi_text_slice(text, 0, 5));
  const int32_t to = wbi_day_second(wbi_text_slice(text, 6, text.length));
  if (text.length != 11 || text.data[5] != '-' || from < 0 || to < 0) {
    return wbi_json_fail(node, error, WB_E_SYNTAX,
                         "A window is written as \"08:00-20:00\", a closed day as \"none\".");
  }
  if (from >= WBI_DAY || to > WBI_DAY) {
    return wbi_json_fail(node, error, WB_E_RANGE, "A day ends at 24:00.");
  }
  if (windows_add_days(windows, days, from, to) == WB_OK) return WB_OK;
  return wbi_json_fail(node, error, WB_E_INVALID, "This window overlaps another.");
}

/* Reads one window or an array of them. */
static wb_status windows_read_member(const wbi_json *node, uint32_t days, wbi_windows *windows,
                                     wb_error *error) {
  if (node->kind != WBI_JSON_ARRAY) return windows_read(node, days, windows, error);
  if (node->count == 0) {
    return wbi_json_fail(node, error, WB_E_INVALID,
                         "A list of windows has at least one; a closed day is \"none\".");
  }
  wb_status status = WB_OK;
  for (const wbi_json *item = node->first; item != NULL && status == WB_OK; item = item->next) {
    status = windows_read(item, days, windows, error);
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

wb_status wbi_windows_read(wbi_arena *arena, const wbi_json *hours, wbi_windows *windows,
                           wb_error *error) {
  uint32_t named = 0;
  wb_status status = WB_OK;
  if (hours->count == 0) {
    return wbi_json_fail(hours, error, WB_E_INVALID, "At least one day is needed.");
  }
  windows->items = wbi_arena_array(arena, windows_most(hours), sizeof *windows->items);
  if (windows->items == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory.");
  for (const wbi_json *node = hours->first; node != NULL && status == WB_OK; node = node->next) {
    uint32_t days = 0;
    status = wbi_weekdays_read(node, node->name, &days, error);
    if (status == WB_OK && (named & days) != 0) {
      status = wbi_json_fail(node, error, WB_E_INVALID, "A day is given twice.");
    }
    named |= days;
    if (status == WB_OK) status = windows_read_member(node, days, windows, error);
  }
  return status;
}

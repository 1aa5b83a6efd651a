/* SPDX-License-Identifier: MIT */
/* Instants in text: RFC 3339. */
#include "time/time_private.h"

bool wbi_time_valid(wb_time at) {
  return at >= WB_TIME_MIN && at <= WB_TIME_MAX;
}

uint32_t wbi_time_minute(wb_time at) {
  const wb_time minute = at / WBI_MINUTE;
  /* same: at either edge it is what is said of what lies beyond */
  return minute < 0 ? 0 : minute > UINT32_MAX ? UINT32_MAX : (uint32_t)minute;
}

bool wbi_time_take(wbi_text *text, const char *shape, int32_t *values) {
  const size_t length = strlen(shape);
  size_t digits = 0;
  if (text->length < length) return false;
  for (size_t i = 0; i < length; i++) {
    const char c = text->data[i];
    if (shape[i] != '9') {
      if (c != shape[i]) return false;
      continue;
    }
    if (c < '0' || c > '9') return false;
    values[digits / 2] = values[digits / 2] * 10 + (c - '0');
    digits++;
  }
  *text = wbi_text_slice(*text, length, text->length);
  return true;
}

wb_status wbi_offset_read(wbi_text text, int32_t *offset) {
  int32_t parts[2] = {0};
  const bool east = wbi_text_starts(text, WBI_TEXT("+"));
  if (!wbi_time_take(&text, east ? "+99:99" : "-99:99", parts) || text.length > 0) {
    return WB_E_SYNTAX;
  }
  if (parts[0] > 24 || parts[1] > 59) return WB_E_RANGE;
  *offset = (parts[0] * 3600 + parts[1] * 60) * (east ? 1 : -1);
  return WB_OK;
}

void wbi_time_take_seconds(wbi_text *text, int32_t *seconds, uint32_t *nanoseconds) {
  int32_t digit = 0;
  uint32_t place = 100000000;
  if (!wbi_time_take(text, ":99", seconds) || !wbi_time_take(text, ".9", &digit)) return;
  do {
    *nanoseconds += (uint32_t)digit * place;
    place /= 10;
    digit = 0;
  } while (wbi_time_take(text, "9", &digit));
}

wb_status wbi_time_read(wbi_text text, wb_time *at, uint32_t *nanoseconds) {
  wb_date date = 0;
  uint32_t fraction = 0;
  int32_t clock[2] = {0}, second = 0, offset = 0;
  const wb_status dated = wb_date_parse(text.data, text.length < 10 ? text.length : 10, &date);
  if (dated == WB_E_SYNTAX) return dated;
  wbi_text rest = wbi_text_slice(text, 10, text.length);
  if (!wbi_time_take(&rest, "T99:99", clock) && !wbi_time_take(&rest, "t99:99", clock)) {
    return WB_E_SYNTAX;
  }
  wbi_time_take_seconds(&rest, &second, &fraction);
  const bool utc = wbi_text_equal_fold(rest, WBI_TEXT("Z"));
  const wb_status placed = utc ? WB_OK : wbi_offset_read(rest, &offset);
  if (placed != WB_OK) return placed;
  if (dated != WB_OK || clock[0] > 23 || clock[1] > 59 || second > 59) return WB_E_RANGE;
  const wb_time found = (wb_time)date * WBI_DAY + clock[0] * 3600 + clock[1] * 60 + second - offset;
  if (!wbi_time_valid(found)) return WB_E_RANGE;
  *at = found;
  *nanoseconds = fraction;
  return WB_OK;
}

wb_status WB_CALL wb_time_parse(const char *text, size_t length, wb_time *at) {
  uint32_t dropped = 0;
  return wbi_time_read((wbi_text){text, length}, at, &dropped);
}

/* Writes numbers of two digits with a colon between them. */
static void instant_put_clock(wbi_writer *writer, int32_t seconds, bool all) {
  wbi_put_padded(writer, (uint64_t)(seconds / 3600), 2);
  wbi_put_char(writer, ':');
  wbi_put_padded(writer, (uint64_t)(seconds / 60 % 60), 2);
  if (!all) return;
  wbi_put_char(writer, ':');
  wbi_put_padded(writer, (uint64_t)(seconds % 60), 2);
}

wb_status WB_CALL wb_time_format(wb_time at, const wb_zone *zone, char *buffer, size_t capacity,
                                 size_t *length) {
  char text[32];
  wbi_writer writer = {text, sizeof text, 0};
  wb_local local;
  const wb_status status = wbi_zone_local(zone, at, &local);
  if (status != WB_OK) return status;
  /* RFC 3339 has no seconds of offset: they are taken off both, and the instant is the same. The
     day stays within the calendar, as those of both ends of what is taken off are. */
  local.offset -= local.offset % 60;
  const wb_time shown = at + local.offset;
  const wb_date date = wbi_time_date(shown);
  wbi_put_date(&writer, date);
  wbi_put_char(&writer, 'T');
  instant_put_clock(&writer, (int32_t)(shown - (wb_time)date * WBI_DAY), true);
  if (zone == NULL) {
    wbi_put_char(&writer, 'Z');
  } else {
    wbi_put_char(&writer, local.offset < 0 ? '-' : '+');
    instant_put_clock(&writer, local.offset < 0 ? -local.offset : local.offset, false);
  }
  return wbi_text_give((wbi_text){text, writer.length}, buffer, capacity, length);
}

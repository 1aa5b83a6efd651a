/* SPDX-License-Identifier: MIT */
/* Intervals: "6m1d", "P6M1D" and the packed integer of Open Dental. */
#include "time/time_private.h"

/* How many digits a text begins with. */
static size_t interval_digits(wbi_text text) {
  size_t count = 0;
  while (count < text.length && wbi_is_digit(text.data[count]))
    count++;
  return count;
}

/* Reads "1y3m1w1d", or the same in capitals, into the four parts. */
static wb_status interval_read(wbi_text text, const char *units, uint16_t parts[4]) {
  size_t unit = 0;
  bool over = false;
  while (text.length > 0) {
    const size_t digits = interval_digits(text);
    uint64_t value = 0;
    const wb_status status = wbi_parse_uint(wbi_text_slice(text, 0, digits), &value);
    if (status == WB_E_SYNTAX || digits == text.length) return WB_E_SYNTAX;
    while (unit < 4 && units[unit] != text.data[digits])
      unit++;
    if (unit == 4) return WB_E_SYNTAX;
    over = over || status != WB_OK || value > UINT16_MAX;
    parts[unit++] = (uint16_t)value;
    text = wbi_text_slice(text, digits + 1, text.length);
  }
  return over ? WB_E_RANGE : WB_OK;
}

wb_status wbi_interval_unpack(int64_t packed, wb_interval *interval) {
  if (packed < 0 || packed > INT32_MAX) return WB_E_RANGE;
  *interval = (wb_interval){(uint16_t)(packed >> 24), (uint16_t)(packed >> 16 & 0xFF),
                            (uint16_t)(packed >> 8 & 0xFF), (uint16_t)(packed & 0xFF)};
  return WB_OK;
}

wb_status WB_CALL wb_interval_parse(const char *text, size_t length, wb_interval *interval) {
  const wbi_text whole = {text, length};
  uint16_t parts[4] = {0};
  int64_t packed = 0;
  wb_status status = wbi_parse_int(whole, &packed);
  if (length == 0) {
    status = WB_OK;
  } else if (status != WB_E_SYNTAX) {
    return status == WB_OK ? wbi_interval_unpack(packed, interval) : WB_E_RANGE;
  } else if (text[0] != 'P') {
    status = interval_read(whole, "ymwd", parts);
  } else if (length > 1) {
    status = interval_read(wbi_text_slice(whole, 1, length), "YMWD", parts);
  }
  if (status != WB_OK) return status;
  *interval = (wb_interval){parts[0], parts[1], parts[2], parts[3]};
  return WB_OK;
}

wb_status WB_CALL wb_interval_format(const wb_interval *interval, char *buffer, size_t capacity,
                                     size_t *length) {
  const uint16_t parts[4] = {interval->years, interval->months, interval->weeks, interval->days};
  char text[24];
  wbi_writer writer = {text, sizeof text, 0};
  for (size_t i = 0; i < 4; i++) {
    if (parts[i] == 0) continue;
    wbi_put_uint(&writer, parts[i]);
    wbi_put_char(&writer, "ymwd"[i]);
  }
  if (writer.length == 0) wbi_put_text(&writer, WBI_TEXT("0d"));
  return wbi_text_give((wbi_text){text, writer.length}, buffer, capacity, length);
}

int64_t wbi_interval_days(const wb_interval *interval) {
  return interval->years * 365 + interval->months * 28 + interval->weeks * 7 + interval->days;
}

bool wbi_interval_empty(const wb_interval *interval) {
  return (interval->years | interval->months | interval->weeks | interval->days) == 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * Capitals and small letters, without a locale: ASCII, Latin (of Vietnamese, too), Greek and
 * Cyrillic. Other letters, and bytes that are no UTF-8, stay as they are.
 */
#include "liquid/filter.h"

/* Capitals in a row, and how far their small letters are; 0: each is followed by its own. */
typedef struct case_range {
  uint16_t first, last;
  uint16_t distance;
} case_range;

static const case_range case_ranges[] = {
    {0x41, 0x5A, 32},   {0xC0, 0xD6, 32},    {0xD8, 0xDE, 32},    {0x100, 0x12F, 0},
    {0x132, 0x137, 0},  {0x139, 0x148, 0},   {0x14A, 0x177, 0},   {0x179, 0x17E, 0},
    {0x386, 0x386, 38}, {0x388, 0x38A, 37},  {0x38C, 0x38C, 64},  {0x38E, 0x38F, 63},
    {0x391, 0x3A1, 32}, {0x3A3, 0x3AB, 32},  {0x400, 0x40F, 80},  {0x410, 0x42F, 32},
    {0x460, 0x481, 0},  {0x48A, 0x4BF, 0},   {0x4C0, 0x4C0, 15},  {0x4C1, 0x4CE, 0},
    {0x4D0, 0x52F, 0},  {0x1E00, 0x1E95, 0}, {0x1EA0, 0x1EFF, 0},
};

static uint32_t case_lower(uint32_t scalar) {
  for (size_t i = 0; i < WBI_COUNT(case_ranges); i++) {
    const case_range *range = &case_ranges[i];
    if (scalar < range->first || scalar > range->last) continue;
    if (range->distance > 0) return scalar + range->distance;
    return scalar + ((scalar - range->first) % 2 == 0);
  }
  if (scalar == 0x178) return 0xFF;
  return scalar == 0x1E9E ? 0xDF : scalar;
}

/* Small letters whose capital is elsewhere. */
static uint32_t case_upper_else(uint32_t scalar) {
  switch (scalar) {
  case 0xB5: return 0x39C;
  case 0xFF: return 0x178;
  case 0x131: return 'I';
  case 0x17F: return 'S';
  case 0x3C2: return 0x3A3;
  case 0x1E9B: return 0x1E60;
  default: return scalar;
  }
}

static uint32_t case_upper(uint32_t scalar) {
  for (size_t i = 0; i < WBI_COUNT(case_ranges); i++) {
    const case_range *range = &case_ranges[i];
    const uint32_t distance = range->distance;
    if (distance == 0 && scalar >= range->first && scalar <= range->last) {
      return scalar - (scalar - range->first) % 2;
    }
    if (distance > 0 && scalar >= range->first + distance && scalar <= range->last + distance) {
      return scalar - distance;
    }
  }
  return case_upper_else(scalar);
}

static void case_put(wbi_writer *writer, uint32_t scalar) {
  char bytes[4];
  const size_t length = wbi_utf8_put(bytes, scalar);
  wbi_put_text(writer, (wbi_text){bytes, length});
}

/* Writes a letter as a capital; `rest` is what further letters of it are in. */
static void case_put_upper(wbi_writer *writer, uint32_t scalar, char rest) {
  if (scalar == 0xDF) {
    wbi_put_char(writer, 'S');
    wbi_put_char(writer, rest);
  } else if (scalar == 0x149) {
    wbi_put_text(writer, WBI_TEXT("\xCA\xBCN"));
  } else {
    case_put(writer, case_upper(scalar));
  }
}

static void case_put_lower(wbi_writer *writer, uint32_t scalar) {
  if (scalar == 0x130) {
    wbi_put_text(writer, WBI_TEXT("i\xCC\x87"));
  } else {
    case_put(writer, case_lower(scalar));
  }
}

static char case_ascii(char c, bool capital) {
  const char first = capital ? 'a' : 'A', last = capital ? 'z' : 'Z';
  return c >= first && c <= last ? (char)(c ^ 0x20) : c;
}

/* Writes a text: so many letters as capitals, the rest as small letters. */
static void case_put_text(wbi_writer *writer, wbi_text text, size_t capitals) {
  for (size_t at = 0, count = 0; at < text.length; count++) {
    uint32_t scalar = 0;
    if ((unsigned char)text.data[at] < 0x80) {
      wbi_put_char(writer, case_ascii(text.data[at++], count < capitals));
    } else if (!wbi_utf8_next(text, &at, &scalar)) {
      wbi_put_char(writer, text.data[at++]);
    } else if (count < capitals) {
      case_put_upper(writer, scalar, capitals == 1 ? 's' : 'S');
    } else {
      case_put_lower(writer, scalar);
    }
  }
}

void wbi_put_upper(wbi_writer *writer, wbi_text text) {
  case_put_text(writer, text, SIZE_MAX);
}

void wbi_put_lower(wbi_writer *writer, wbi_text text) {
  case_put_text(writer, text, 0);
}

static wb_status case_apply(const wbi_filtering *filtering, wb_value *value, size_t capitals) {
  wbi_text text;
  const wb_status status = wbi_value_write(filtering, value, &text);
  if (status != WB_OK) return status;
  wbi_writer writer = wbi_room_begin(filtering->room);
  case_put_text(&writer, text, capitals);
  return wbi_room_finish(filtering->room, &writer, value);
}

wb_status wbi_filter_upcase(WBI_FILTER_ARGUMENTS) {
  (void)arguments;
  (void)count;
  return case_apply(filtering, value, SIZE_MAX);
}

wb_status wbi_filter_downcase(WBI_FILTER_ARGUMENTS) {
  (void)arguments;
  (void)count;
  return case_apply(filtering, value, 0);
}

wb_status wbi_filter_capitalize(WBI_FILTER_ARGUMENTS) {
  (void)arguments;
  (void)count;
  return case_apply(filtering, value, 1);
}

wb_status wbi_filter_initial(WBI_FILTER_ARGUMENTS) {
  wbi_text text;
  uint32_t scalar = 0;
  size_t at = 0;
  (void)arguments;
  (void)count;
  const wb_status status = wbi_value_write(filtering, value, &text);
  if (status != WB_OK) return status;
  text = wbi_text_trim(text);
  if (!wbi_utf8_next(text, &at, &scalar)) return WB_OK;
  wbi_writer writer = wbi_room_begin(filtering->room);
  case_put_upper(&writer, scalar, 's');
  wbi_put_char(&writer, '.');
  return wbi_room_finish(filtering->room, &writer, value);
}

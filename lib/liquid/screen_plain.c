/* SPDX-License-Identifier: MIT */
/* Values in canonical form: what looks alike is alike, whatever the script it is written in. */
#include "liquid/screen.h"

/* The zero of each script's digits; this and the tables below are in order. */
static const uint32_t plain_zeros[] = {0x0660,  0x06F0,  0x07C0,  0x0966,  0x09E6, 0x0A66, 0x0AE6,
                                       0x0B66,  0x0BE6,  0x0C66,  0x0CE6,  0x0D66, 0x0E50, 0x0ED0,
                                       0x0F20,  0x1040,  0x17E0,  0x1810,  0x2070, 0x2080, 0xFF10,
                                       0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6};

/* Runs of scalars that are written for one of ASCII. */
static const struct {
  uint32_t first, last;
  char as;
} plain_signs[] = {
    {0x00A0, 0x00A0, ' '}, {0x00B4, 0x00B4, '\''}, {0x02BC, 0x02BC, '\''}, {0x1680, 0x1680, ' '},
    {0x2000, 0x200A, ' '}, {0x2010, 0x2015, '-'},  {0x2018, 0x2019, '\''}, {0x2024, 0x2024, '.'},
    {0x202F, 0x202F, ' '}, {0x2032, 0x2032, '\''}, {0x2044, 0x2044, '/'},  {0x205F, 0x205F, ' '},
    {0x2212, 0x2212, '-'}, {0x2215, 0x2215, '/'},  {0x3000, 0x3000, ' '},  {0x3002, 0x3002, '.'},
    {0xFE52, 0xFE52, '.'}, {0xFE58, 0xFE58, '-'},  {0xFE63, 0xFE63, '-'},  {0xFE6B, 0xFE6B, '@'},
    {0xFF61, 0xFF61, '.'},
};

/* Scalars that are no letters: signs, arrows, shapes, pictures. */
static const uint32_t plain_pictures[][2] = {
    {0x00A1, 0x00A9}, {0x00AB, 0x00B1}, {0x00B6, 0x00B9},  {0x00BB, 0x00BF}, {0x00D7, 0x00D7},
    {0x00F7, 0x00F7}, {0x2010, 0x2BFF}, {0x3001, 0x3004},  {0x3008, 0x3020}, {0xFE00, 0xFE6F},
    {0xFF62, 0xFF65}, {0xFFE0, 0xFFEF}, {0x1F000, 0x1FBFF}};

/* A digit of any script, or 0. */
static char plain_digit(uint32_t scalar) {
  for (size_t i = 0; i < WBI_COUNT(plain_zeros) && scalar >= plain_zeros[i]; i++) {
    if (scalar - plain_zeros[i] < 10) return (char)('0' + (scalar - plain_zeros[i]));
  }
  return 0;
}

/* Whether a scalar is in one of some ranges. */
static bool plain_in(const uint32_t (*ranges)[2], size_t count, uint32_t scalar) {
  for (size_t i = 0; i < count && scalar >= ranges[i][0]; i++) {
    if (scalar <= ranges[i][1]) return true;
  }
  return false;
}

/* What a scalar beyond ASCII is written for, or 0. */
static char plain_sign(uint32_t scalar) {
  for (size_t i = 0; i < WBI_COUNT(plain_signs) && scalar >= plain_signs[i].first; i++) {
    if (scalar <= plain_signs[i].last) return plain_signs[i].as;
  }
  return 0;
}

/* One scalar in canonical form; 0: a mark on the letter before it. same: U+0080 is refused before
 */
static char plain_scalar(uint32_t scalar) {
  if (scalar >= 0xFF01 && scalar <= 0xFF5E) scalar -= 0xFEE0;
  if (scalar >= 'A' && scalar <= 'Z') return (char)(scalar + ('a' - 'A'));
  if (scalar < 0x80) return (char)scalar;
  if (scalar >= 0x0300 && scalar <= 0x036F) return 0;
  const char digit = plain_digit(scalar);
  if (digit != 0) return digit;
  const char sign = plain_sign(scalar);
  if (sign != 0) return sign;
  const bool picture = plain_in(plain_pictures, WBI_COUNT(plain_pictures), scalar);
  return picture ? WBI_PLAIN_SIGN : WBI_PLAIN_LETTER;
}

/* Writes what ASCII characters a value begins with, as far as there is room; where they end.
   same: no character of UTF-8 begins with 80 */
static size_t plain_ascii(wbi_text value, wbi_plain *plain) {
  size_t at = 0;
  for (; at < value.length && at < WBI_PLAIN_MOST && (unsigned char)value.data[at] < 0x80; at++) {
    const char c = value.data[at];
    plain->text[at] = wbi_lower(c);
    plain->digits += wbi_is_digit(c);
  }
  plain->length = (uint32_t)at;
  return at;
}

bool wbi_screen_plain(wbi_text value, wbi_plain *plain) {
  plain->digits = 0;
  for (size_t at = plain_ascii(value, plain); at < value.length;) {
    uint32_t scalar = 0;
    if (WBI_NEVER(!wbi_utf8_next(value, &at, &scalar))) return false;
    const char c = plain_scalar(scalar);
    if (c == 0) continue;
    if (plain->length == WBI_PLAIN_MOST) return false;
    plain->text[plain->length++] = c;
    plain->digits += wbi_is_digit(c);
  }
  return true;
}

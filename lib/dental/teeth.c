/* SPDX-License-Identifier: MIT */
/* Places in a mouth as masks of teeth. */
#include "dental/dental.h"

enum { TEETH_LETTERS = 32, TEETH_EXTRA = 52 };

uint64_t wbi_teeth_quarter(unsigned quarter) {
  return UINT64_C(0xFF) << (8 * quarter) | UINT64_C(0x1F) << (TEETH_LETTERS + 5 * quarter) |
         UINT64_C(1) << (TEETH_EXTRA + quarter);
}

/* An ASCII letter as a capital. */
static char teeth_capital(char c) {
  return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c; /* same: no tooth is z or Z */
}

/* The bit of one tooth, "14", "A", "51", "AS"; -1: none. */
static int32_t tooth_bit(wbi_text text) {
  if (text.length == 0 || text.length > 2) return -1;
  char letter = teeth_capital(text.data[0]);
  if (letter >= 'A' && letter <= 'T') {
    if (text.length == 1) return TEETH_LETTERS + letter - 'A';
    return teeth_capital(text.data[1]) == 'S' ? TEETH_EXTRA + (letter - 'A') / 5 : -1;
  }
  uint64_t number = 0;
  if (wbi_parse_uint(text, &number)) return -1; /* same: it is 0 then, which is no tooth */
  if (number >= 1 && number <= 32) return (int32_t)number - 1;
  return number >= 51 && number <= 82 ? TEETH_EXTRA + (int32_t)(number - 51) / 8 : -1;
}

/* One tooth or a range of them; 0: not so. A range stays among numbers, or among letters. */
static uint64_t teeth_range(wbi_text text) {
  const char *dash = memchr(text.data, '-', text.length);
  size_t split = dash ? (size_t)(dash - text.data) : text.length;
  int32_t first = tooth_bit(wbi_text_slice(text, 0, split)), last = first;
  if (dash) last = tooth_bit(wbi_text_slice(text, split + 1, text.length));
  if (first < 0 || last < first) return 0;
  bool apart = (first < TEETH_LETTERS) != (last < TEETH_LETTERS) ||
               (first < TEETH_EXTRA) != (last < TEETH_EXTRA);
  if (apart) return 0;
  return ((UINT64_C(2) << last) - 1) & ~((UINT64_C(1) << first) - 1);
}

/* A quarter or an arch; 0: not so. */
static uint64_t teeth_area(wbi_text text) {
  static const char *const areas[] = {"UR", "UL", "LL", "LR", "10", "20", "30",
                                      "40", "U",  "UA", "01", "L",  "LA", "02"};
  for (unsigned i = 0; i < WBI_COUNT(areas); ++i) {
    if (!wbi_text_equal_fold(text, wbi_text_of(areas[i]))) continue;
    if (i < 8) return wbi_teeth_quarter(i % 4);
    return i < 11 ? WBI_TEETH_UPPER : WBI_TEETH_LOWER;
  }
  return 0;
}

wb_status WB_CALL wb_teeth_parse(const char *text, size_t length, uint32_t areas, uint64_t *teeth) {
  if (!teeth || (!text && length) || areas > 1) return WB_E_INVALID;
  wbi_text rest = wbi_text_trim((wbi_text){text, length});
  uint64_t mask = 0;
  while (rest.length) {
    const char *comma = memchr(rest.data, ',', rest.length);
    size_t end = comma ? (size_t)(comma - rest.data) : rest.length;
    wbi_text term = wbi_text_trim(wbi_text_slice(rest, 0, end));
    uint64_t found = areas ? teeth_area(term) : term.length ? teeth_range(term) : 0;
    if (found == 0) return WB_E_SYNTAX;
    mask |= found;
    if (!comma) break;
    rest = wbi_text_slice(rest, end + 1, rest.length);
    if (rest.length == 0) return WB_E_SYNTAX;
  }
  *teeth = mask;
  return WB_OK;
}

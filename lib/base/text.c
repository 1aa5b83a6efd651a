/* SPDX-License-Identifier: MIT */
/* Borrowed text: comparison, UTF-8, positions and the nearest of several names. */
#include "base/base.h"

bool wbi_text_equal_fold(wbi_text a, wbi_text b) {
  if (a.length != b.length) return false;
  for (size_t i = 0; i < a.length; i++) {
    if (wbi_lower(a.data[i]) != wbi_lower(b.data[i])) return false;
  }
  return true;
}

int wbi_text_compare(wbi_text a, wbi_text b) {
  const size_t common = a.length < b.length ? a.length : b.length;
  const int order = common > 0 ? memcmp(a.data, b.data, common) : 0;
  if (order != 0) return order;
  return (a.length > b.length) - (a.length < b.length);
}

bool wbi_text_starts(wbi_text text, wbi_text prefix) {
  return prefix.length <= text.length &&
         wbi_text_equal(wbi_text_slice(text, 0, prefix.length), prefix);
}

wbi_text wbi_text_trim(wbi_text text) {
  size_t from = 0, to = text.length;
  while (from < to && wbi_is_space(text.data[from]))
    from++;
  while (to > from && wbi_is_space(text.data[to - 1]))
    to--;
  return wbi_text_slice(text, from, to);
}

wbi_text wbi_text_slice(wbi_text text, size_t from, size_t to) {
  if (to > text.length) to = text.length;
  if (from >= to) return (wbi_text){NULL, 0};
  return (wbi_text){text.data + from, to - from};
}

/* The largest tail of a part, in the order of bytes or against it, and the period of that tail. */
static size_t text_tail(wbi_text part, bool against, size_t *period) {
  size_t tail = 0, other = 1, same = 0;
  *period = 1;
  while (other + same < part.length) {
    const unsigned char a = (unsigned char)part.data[other + same];
    const unsigned char b = (unsigned char)part.data[tail + same];
    if (a == b) {
      same++;
      if (same < *period) continue;
      other += *period;
    } else if (against ? a > b : a < b) {
      other += same + 1;
      *period = other - tail;
    } else {
      tail = other++;
      *period = 1;
    }
    same = 0;
  }
  return tail;
}

/* Where a part is cut for the search below, and how far to move after its right half matched. */
static size_t text_cut(wbi_text part, size_t *period, bool *periodic) {
  size_t other_period = 0;
  size_t cut = text_tail(part, false, period);
  const size_t other = text_tail(part, true, &other_period);
  if (other > cut) {
    cut = other;
    *period = other_period;
  }
  *periodic = memcmp(part.data, part.data + *period, cut) == 0;
  if (!*periodic) *period = (cut > part.length - cut ? cut : part.length - cut) + 1;
  return cut;
}

/* Where two texts differ, from an offset on; `length`: nowhere. */
static size_t text_differ(const char *a, const char *b, size_t from, size_t length) {
  while (from < length && a[from] == b[from])
    from++;
  return from;
}

/* The two-way search of Crochemore and Perrin (1991): the part is cut where its halves cannot
   match each other; the right half is compared first and says how far to move. */
size_t wbi_text_find(wbi_text text, wbi_text part, size_t from) {
  size_t period = 0, known = 0; /* known: bytes that need not be compared again */
  bool periodic = false;
  if (from > text.length || part.length > text.length - from) return SIZE_MAX;
  if (part.length == 0) return from;
  const size_t cut = text_cut(part, &period, &periodic);
  while (from <= text.length - part.length) {
    const char *at = text.data + from;
    size_t i = text_differ(part.data, at, known > cut ? known : cut, part.length);
    if (i < part.length) {
      from += i - cut + 1;
      known = 0;
      continue;
    }
    for (i = cut; i > known && part.data[i - 1] == at[i - 1];)
      i--;
    if (i <= known) return from;
    from += period;
    known = periodic ? part.length - period : 0;
  }
  return SIZE_MAX;
}

wb_status wbi_text_give(wbi_text text, char *buffer, size_t capacity, size_t *needed) {
  if (needed != NULL) *needed = text.length;
  if (text.length > capacity) return WB_E_SPACE;
  if (text.length > 0) memcpy(buffer, text.data, text.length);
  if (text.length < capacity) buffer[text.length] = '\0';
  return WB_OK;
}

/* Bytes of the scalar that begins with this byte, 0 when none does. */
static size_t utf8_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return 2;
  if (lead < 0xF0) return 3;
  return lead < 0xF5 ? 4 : 0;
}

bool wbi_utf8_next(wbi_text text, size_t *at, uint32_t *scalar) {
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (*at >= text.length) return false;
  const unsigned char lead = (unsigned char)text.data[*at];
  const size_t length = utf8_length(lead);
  if (length == 0 || length > text.length - *at) return false;
  uint32_t value = length == 1 ? lead : lead & (0x7Fu >> length);
  for (size_t i = 1; i < length; i++) {
    const unsigned char c = (unsigned char)text.data[*at + i];
    if ((c & 0xC0) != 0x80) return false;
    value = value << 6 | (c & 0x3Fu);
  }
  if (value < least[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
    return false;
  }
  *at += length;
  *scalar = value;
  return true;
}

bool wbi_utf8_valid(wbi_text text) {
  uint32_t scalar = 0;
  for (size_t at = 0; at < text.length;) {
    uint64_t eight = 0;
    if (text.length - at >= sizeof eight) {
      memcpy(&eight, text.data + at, sizeof eight);
      if ((eight & 0x8080808080808080u) == 0) {
        at += sizeof eight;
        continue;
      }
    }
    if (!wbi_utf8_next(text, &at, &scalar)) return false;
  }
  return true;
}

size_t wbi_utf8_put(char out[4], uint32_t scalar) {
  if (scalar < 0x80) {
    out[0] = (char)scalar;
    return 1;
  }
  if (scalar > 0x10FFFF || (scalar >= 0xD800 && scalar <= 0xDFFF)) return 0;
  const size_t length = scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4;
  for (size_t i = length - 1; i > 0; i--, scalar >>= 6)
    out[i] = (char)(0x80 | (scalar & 0x3F));
  out[0] = (char)((0xF00 >> length & 0xFF) | scalar);
  return length;
}

size_t wbi_utf8_count(wbi_text text) {
  size_t count = 0;
  for (size_t i = 0; i < text.length; i++) {
    count += wbi_utf8_begins(text.data[i]);
  }
  return count;
}

void wbi_text_position(wbi_text text, size_t offset, uint32_t *line, uint32_t *column) {
  if (offset > text.length) offset = text.length;
  uint32_t lines = 1;
  size_t begin = 0;
  for (size_t i = 0; i < offset; i++) {
    if (text.data[i] != '\n') continue;
    lines++;
    begin = i + 1;
  }
  *line = lines;
  *column = (uint32_t)(offset - begin + 1);
}

enum { NEAREST_LONGEST = 64, NEAREST_FAR = NEAREST_LONGEST + 1 };

/* The least of three. same: where two are equal */
static unsigned nearest_least(unsigned a, unsigned b, unsigned c) {
  const unsigned least = a < b ? a : b;
  return least < c ? least : c;
}

/* Insertions, deletions, replacements and swaps of neighbours that make one name of the other. */
static unsigned nearest_distance(wbi_text a, wbi_text b) {
  if (a.length > NEAREST_LONGEST || b.length > NEAREST_LONGEST) return NEAREST_FAR;
  uint8_t rows[3][NEAREST_LONGEST + 1] = {{0}};
  for (size_t j = 0; j <= b.length; j++)
    rows[0][j] = (uint8_t)j;
  for (size_t i = 1; i <= a.length; i++) {
    uint8_t *row = rows[i % 3];
    const uint8_t *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
    row[0] = (uint8_t)i;
    for (size_t j = 1; j <= b.length; j++) {
      const char x = wbi_lower(a.data[i - 1]), y = wbi_lower(b.data[j - 1]);
      unsigned best =
          nearest_least(above[j] + 1u, row[j - 1] + 1u, above[j - 1] + (x != y ? 1u : 0u));
      if (i > 1 && j > 1 && x == wbi_lower(b.data[j - 2]) && wbi_lower(a.data[i - 2]) == y) {
        best = nearest_least(best, two_above[j - 2] + 1u, best);
      }
      row[j] = (uint8_t)best;
    }
  }
  return rows[a.length % 3][b.length];
}

wbi_text wbi_text_nearest(wbi_text name, const wbi_text *candidates, size_t count) {
  wbi_text nearest = {NULL, 0};
  /* Up to three slips, and never so many that half of the name may differ. */
  unsigned best = name.length >= 9 ? 4 : name.length >= 5 ? 3 : name.length >= 3 ? 2 : 1;
  for (size_t i = 0; i < count; i++) {
    const size_t length = candidates[i].length;
    if (length >= name.length + best || name.length >= length + best) continue; /* same: sooner */
    const unsigned distance = nearest_distance(name, candidates[i]);
    if (distance >= best) continue;
    best = distance;
    nearest = candidates[i];
  }
  return nearest;
}

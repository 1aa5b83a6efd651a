/* SPDX-License-Identifier: MIT */
/* Sets of scalars while they are made: ranges in order, with gaps between them. */
#include "cel/regex_private.h"

static wbi_regex_range *set_at(const wbi_regex_builder *set, size_t index) {
  return wbi_vector_at(&set->ranges, index);
}

/* Counts a unit of work; false: there was too much, or memory has failed. */
static bool set_works(wbi_regex_builder *set) {
  if (set->nomem || *set->work == 0) return false;
  --*set->work;
  return true;
}

/* The first range that ends at a scalar or later, or directly before it. */
static size_t set_find(const wbi_regex_builder *set, uint32_t scalar) {
  size_t from = 0, to = set->ranges.count;
  while (from < to) {
    const size_t middle = from + (to - from) / 2;
    if (set_at(set, middle)->to + 1 < scalar)
      from = middle + 1;
    else
      to = middle;
  }
  return from;
}

/* Puts ranges[last…] at ranges[first…]: closes a gap. */
static void set_close(wbi_regex_builder *set, size_t first, size_t last) {
  const size_t rest = set->ranges.count - last;
  if (first == last) return;
  if (rest > 0) memmove(set_at(set, first), set_at(set, last), rest * sizeof(wbi_regex_range));
  set->ranges.count -= last - first;
}

/* Makes room for one range at a position. */
static bool set_open(wbi_regex_builder *set, size_t at) {
  const size_t rest = set->ranges.count - at;
  if (wbi_vector_push(&set->ranges) == NULL) {
    set->nomem = true;
    return false;
  }
  if (rest > 0) memmove(set_at(set, at) + 1, set_at(set, at), rest * sizeof(wbi_regex_range));
  return true;
}

void wbi_regex_add(wbi_regex_builder *set, uint32_t from, uint32_t to) {
  const size_t first = set_find(set, from);
  size_t last = first; /* ranges that touch this one are [first, last) */
  if (!set_works(set)) return;
  for (; last < set->ranges.count && set_at(set, last)->from <= to + 1; last++) {
    if (set_at(set, last)->from < from) from = set_at(set, last)->from;
    if (set_at(set, last)->to > to) to = set_at(set, last)->to;
  }
  if (first == last && !set_open(set, first)) return;
  *set_at(set, first) = (wbi_regex_range){from, to};
  if (last > first) set_close(set, first + 1, last);
}

void wbi_regex_add_all(wbi_regex_builder *set, const wbi_regex_builder *more) {
  for (size_t i = 0; i < more->ranges.count; i++)
    wbi_regex_add(set, set_at(more, i)->from, set_at(more, i)->to);
  set->nomem = set->nomem || more->nomem;
}

void wbi_regex_negate(wbi_regex_builder *set) {
  uint32_t from = 0; /* of the gap */
  size_t count = 0;
  for (size_t i = 0; i < set->ranges.count; i++) {
    const wbi_regex_range range = *set_at(set, i);
    if (range.from > from) *set_at(set, count++) = (wbi_regex_range){from, range.from - 1};
    from = range.to + 1;
  }
  set->ranges.count = count;
  if (from <= WBI_REGEX_LAST) wbi_regex_add(set, from, WBI_REGEX_LAST);
}

/* ---- case --------------------------------------------------------------------------------- */

/* The first scalar of a line of the table that is not below another; it may be past its end. */
static uint32_t set_case_from(const wbi_regex_case *line, uint32_t scalar) {
  if (scalar <= line->from) return line->from;
  return scalar + (scalar - line->from) % line->stride;
}

/* Adds what one line of the table says of a range. */
static void set_fold_range(wbi_regex_builder *set, wbi_regex_range range,
                           const wbi_regex_case *line) {
  const uint32_t to = range.to < line->to ? range.to : line->to;
  uint32_t from = set_case_from(line, range.from);
  if (from > to) return;
  if (line->stride == 1) {
    wbi_regex_add(set, (uint32_t)((int32_t)from + line->delta),
                  (uint32_t)((int32_t)to + line->delta));
    return;
  }
  for (; from <= to; from += line->stride) {
    const uint32_t other = (uint32_t)((int32_t)from + line->delta);
    wbi_regex_add(set, other, other);
  }
}

/* The first range that ends at a scalar or later. */
static bool set_next(const wbi_regex_builder *set, uint32_t scalar, wbi_regex_range *range) {
  size_t at = set_find(set, scalar);
  if (at < set->ranges.count && set_at(set, at)->to < scalar) at++;
  if (at == set->ranges.count) return false;
  *range = *set_at(set, at);
  return true;
}

/* Adds what every line says of the members. The set changes under way: a place in it is a scalar.
 */
static void set_fold_once(wbi_regex_builder *set) {
  wbi_regex_range range;
  for (uint32_t i = 0; i < wbi_regex_case_count; i++) {
    const wbi_regex_case *line = &wbi_regex_cases[i];
    uint32_t from = line->from;
    while (from <= line->to && set_next(set, from, &range) && set_works(set)) {
      set_fold_range(set, range, line);
      from = range.to + 1;
    }
  }
}

void wbi_regex_fold(wbi_regex_builder *set) {
  enum { LONGEST = 4 }; /* no more scalars differ in case only */
  for (int i = 1; i < LONGEST; i++)
    set_fold_once(set);
}

/* ---- classes by name ---------------------------------------------------------------------- */

/* Adds pairs of ASCII characters, from and to. */
static void set_add_pairs(wbi_regex_builder *set, const char *pairs) {
  for (; pairs[0] != '\0'; pairs += 2)
    wbi_regex_add(set, (uint8_t)pairs[0], (uint8_t)pairs[1]);
}

bool wbi_regex_add_posix(wbi_regex_builder *set, wbi_text name) {
  static const struct {
    const char *name, *pairs;
  } posix[] = {
      {"alnum", "09AZaz"},   {"alpha", "AZaz"},
      {"blank", "\t\t  "},   {"digit", "09"},
      {"graph", "!~"},       {"lower", "az"},
      {"print", " ~"},       {"punct", "!/:@[`{~"},
      {"space", "\t\r  "},   {"upper", "AZ"},
      {"word", "09AZaz__"},  {"xdigit", "09AFaf"},
      {"ascii", "\x01\x7F"}, {"cntrl", "\x01\x1F\x7F\x7F"},
  };
  for (size_t i = 0; i < WBI_COUNT(posix); i++) {
    if (!wbi_text_equal(name, wbi_text_of(posix[i].name))) continue;
    set_add_pairs(set, posix[i].pairs);
    if (posix[i].pairs[0] == '\x01') wbi_regex_add(set, 0, 0);
    return true;
  }
  return false;
}

void wbi_regex_add_perl(wbi_regex_builder *set, char letter) {
  set_add_pairs(set, letter == 'd' ? "09" : letter == 's' ? "\t\n\f\r  " : "09AZaz__");
}

/* ---- general categories ------------------------------------------------------------------- */

enum { SET_PAIRS = 30 }; /* not a category: Lu and Ll by turns */

/* Categories in the order of the table, from 1; U+0000… of no category are 0. */
static const char set_category_names[] =
    "LuLlLtLmLoMnMcMeNdNlNoPcPdPsPePiPfPoSmScSkSoZsZlZpCcCfCsCo";

/* The categories that a name means, one bit each; 0: none. */
static uint32_t set_categories(wbi_text name) {
  uint32_t bits = 0;
  if (name.length == 0 || name.length > 2) return 0;
  for (uint32_t i = 0; i < sizeof set_category_names / 2; i++) {
    const wbi_text one = {set_category_names + i * (size_t)2, name.length};
    if (wbi_text_equal(name, one)) bits |= 2u << i;
  }
  return bits;
}

/* One run of the table: category and scalars. */
static uint32_t set_run(const uint8_t **at, uint32_t *category) {
  const uint8_t *bytes = *at;
  const uint32_t size = bytes[0] & 7u;
  *category = bytes[0] >> 3;
  *at += size < 6 ? 1 : size == 6 ? 2 : 4;
  if (size < 6) return size + 1;
  if (size == 6) return bytes[1] + 7u;
  return bytes[1] | (uint32_t)bytes[2] << 8 | (uint32_t)bytes[3] << 16;
}

/* Adds the scalars of some categories. */
static void set_add_categories(wbi_regex_builder *set, uint32_t wanted) {
  const uint8_t *at = wbi_regex_categories;
  const uint32_t cased = wanted & (2u | 4u); /* Lu, Ll */
  uint32_t scalar = 0, category = 0;
  while (scalar <= WBI_REGEX_LAST) {
    const uint32_t count = set_run(&at, &category);
    if (category != SET_PAIRS) {
      if ((wanted >> category & 1) != 0) wbi_regex_add(set, scalar, scalar + count - 1);
    } else if (cased == (2u | 4u)) {
      wbi_regex_add(set, scalar, scalar + count - 1);
    } else if (cased != 0) {
      for (uint32_t i = cased == 2 ? 0 : 1; i < count; i += 2)
        wbi_regex_add(set, scalar + i, scalar + i);
    }
    scalar += count;
  }
}

bool wbi_regex_add_unicode(wbi_regex_builder *set, wbi_text name) {
  const uint32_t categories = set_categories(name);
  if (categories != 0) set_add_categories(set, categories);
  if (categories != 0) return true;
  for (uint32_t i = 0; i < wbi_regex_script_count; i++) {
    const wbi_regex_script *script = &wbi_regex_scripts[i];
    if (!wbi_text_equal(name, wbi_text_of(script->name))) continue;
    for (uint32_t j = 0; j < script->count; j++)
      wbi_regex_add(set, script->ranges[j].from, script->ranges[j].to);
    return true;
  }
  if (!wbi_text_equal(name, WBI_TEXT("Any"))) return false;
  wbi_regex_add(set, 0, WBI_REGEX_LAST);
  return true;
}

/* SPDX-License-Identifier: MIT */
/*
 * Patterns of words. All places are followed at once: bit n of a mask says that what has been read
 * of the pattern fits before word n. So a pattern costs its elements times the words, whatever it
 * says.
 */
#include "outreach/reply_private.h"

enum {
  PATTERN_GAP = 3, /* words that `_` may stand for */
  PATTERN_SLIP = 7 /* letters from which on a word may be misspelt */
};

/* The piece of a text that is not empty, up to a sign: it is taken off it with the sign. */
static wbi_text pattern_cut(wbi_text *text, char sign) {
  const char *end = memchr(text->data, sign, text->length);
  const size_t length = end != NULL ? (size_t)(end - text->data) : text->length;
  const wbi_text piece = wbi_text_slice(*text, 0, length);
  *text = wbi_text_slice(*text, length + 1, SIZE_MAX);
  return piece;
}

/* Whether two words differ by one letter: changed, left out, put in, or two that swapped places. */
static bool pattern_slip(wbi_text word, wbi_text known) {
  const size_t shorter = word.length < known.length ? word.length : known.length;
  const size_t longer = word.length + known.length - shorter;
  size_t head = 0, tail = 0;
  if (known.length < PATTERN_SLIP || longer - shorter > 1) return false;
  while (head < shorter && word.data[head] == known.data[head])
    head++;
  while (tail < shorter - head &&
         word.data[word.length - 1 - tail] == known.data[known.length - 1 - tail])
    tail++;
  const size_t left = longer - head - tail;
  const bool swapped = left == 2 && longer == shorter && word.data[head] == known.data[head + 1] &&
                       word.data[head + 1] == known.data[head];
  return left <= 1 || swapped;
}

/* Whether a word is what one alternative says. */
static bool pattern_word(wbi_text word, wbi_text known) {
  if (known.data[known.length - 1] == '*') {
    return wbi_text_starts(word, wbi_text_slice(known, 0, known.length - 1));
  }
  return wbi_text_equal(word, known) || pattern_slip(word, known);
}

/* The words that one of the alternatives fits, a bit each. */
static uint64_t pattern_words(const wbi_reply_window *window, wbi_text alternatives) {
  uint64_t places = 0;
  while (alternatives.length > 0) {
    const wbi_text known = pattern_cut(&alternatives, '|');
    if (WBI_NEVER(known.length == 0)) continue; /* no list that ships says so */
    for (uint32_t i = 0; i < window->count; i++) {
      if (pattern_word(window->words[i], known)) places |= UINT64_C(1) << i;
    }
  }
  return places;
}

/* A kind may have several lines in the list. */
void wbi_reply_kinds(wbi_reply_window *window) {
  wbi_text list = wbi_reply_list("words");
  window->kind_count = 0;
  for (wbi_text line = wbi_reply_line(&list); line.length > 0; line = wbi_reply_line(&list)) {
    const wbi_text name = pattern_cut(&line, ' ');
    const uint64_t places = pattern_words(window, line);
    if (places == 0 || WBI_NEVER(window->kind_count == WBI_REPLY_KINDS)) continue;
    window->kinds[window->kind_count] = name;
    window->places[window->kind_count++] = places;
  }
}

/* The words that are of a kind, a bit each. */
static uint64_t pattern_kind(const wbi_reply_window *window, wbi_text name) {
  uint64_t places = 0;
  for (uint32_t i = 0; i < window->kind_count; i++) {
    if (wbi_text_equal(window->kinds[i], name)) places |= window->places[i];
  }
  return places;
}

/* The words that one of the alternatives or kinds fits, a bit each. */
static uint64_t pattern_places(const wbi_reply_window *window, wbi_text alternatives) {
  uint64_t places = 0;
  while (alternatives.length > 0) {
    const wbi_text known = pattern_cut(&alternatives, '|');
    places |= wbi_text_starts(known, WBI_TEXT("@"))
                  ? pattern_kind(window, wbi_text_slice(known, 1, known.length))
                  : pattern_words(window, known);
  }
  return places;
}

/* Moves the places on past up to three words of the same clause. */
static uint64_t pattern_gap(const wbi_reply_window *window, uint64_t places) {
  const uint64_t all = (UINT64_C(1) << window->count) - 1;
  for (int i = 0; i < PATTERN_GAP; i++)
    places |= (places & all & ~window->signs) << 1;
  return places;
}

/* Moves the places on past an element that stands for words. */
static uint64_t pattern_step(const wbi_reply_window *window, wbi_text element, uint64_t places,
                             uint32_t *strength) {
  const wbi_text rest = wbi_text_slice(element, 1, element.length);
  switch (element.data[0]) {
  case '_': return pattern_gap(window, places);
  case '~': return places & ~pattern_places(window, rest);
  case '<': return places & ~(pattern_places(window, rest) << 1);
  case '[':
    return places | (places & pattern_places(window, wbi_text_slice(rest, 0, rest.length - 1)))
                        << 1;
  case ';': return (places & window->signs) << 1;
  default: *strength += 1; return (places & pattern_places(window, element)) << 1;
  }
}

wbi_reply_match wbi_reply_pattern(const wbi_reply_window *window, wbi_text pattern) {
  wbi_reply_match match = {0, false};
  const uint64_t end = UINT64_C(1) << window->count;
  uint64_t places = end | (end - 1);
  bool begins = false, ends = false;
  while (pattern.length > 0 && places != 0) {
    const wbi_text element = pattern_cut(&pattern, ' ');
    if (WBI_NEVER(element.length == 0)) continue; /* no list that ships says so */
    ends = element.data[0] == '$' || element.data[0] == ';';
    if (element.data[0] == '^') {
      places &= window->begins;
      begins = true;
    } else if (element.data[0] == '$') {
      places &= window->ends ? end : 0;
    } else {
      places = pattern_step(window, element, places, &match.strength);
    }
  }
  if (places == 0) return (wbi_reply_match){0, false};
  match.whole = begins && ends;
  return match;
}

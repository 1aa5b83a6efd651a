/* SPDX-License-Identifier: MIT */
/*
 * Patterns of words. A window is compared with each word of the lexicon once. Then all places are
 * followed at once: bit n of a mask says that what has been read of the pattern fits before word n.
 * So a pattern costs its elements, whatever it says.
 */
#include "outreach/reply_private.h"

enum {
  PATTERN_GAP = 3,   /* words that `_` may stand for */
  PATTERN_SMALL = 4, /* small words that `.` may stand for */
  PATTERN_SWAP = 5,  /* letters from which on two may have swapped places */
  PATTERN_SLIP = 6,  /* from which on one may be left out or put in */
  PATTERN_WRITE = 7, /* from which on one may be another */
  PATTERN_HELD = 3   /* a letter so often in a row was held down */
};

/* Letters that two words begin and end with alike, none of them twice. */
static size_t pattern_alike(wbi_text a, wbi_text b, size_t *tail) {
  const size_t shorter = a.length < b.length ? a.length : b.length;
  size_t head = 0;
  while (head < shorter && a.data[head] == b.data[head])
    head++;
  for (*tail = 0; *tail < shorter - head; *tail += 1) {
    if (a.data[a.length - 1 - *tail] != b.data[b.length - 1 - *tail]) break;
  }
  return head;
}

/* Whether two words differ by one letter: changed, left out, put in, or two that swapped places.
   The first letter is right, and none is put in or left out at the end: "text" and "texts" differ.
 */
static bool pattern_slip(wbi_text word, wbi_text known) {
  const size_t longer = word.length > known.length ? word.length : known.length;
  const bool even = word.length == known.length;
  size_t tail = 0;
  if (known.length < PATTERN_SWAP) return false;
  const size_t head = pattern_alike(word, known, &tail), left = longer - head - tail;
  if (left == 2 && even)
    return word.data[head] == known.data[head + 1] && word.data[head + 1] == known.data[head];
  if (left > 1) return false;
  return even ? known.length >= PATTERN_WRITE : known.length >= PATTERN_SLIP && tail > 0;
}

/* How often the letter at a place of a word stands there in a row. */
static size_t pattern_run(wbi_text word, size_t at) {
  size_t end = at + 1;
  while (end < word.length && word.data[end] == word.data[at])
    end++;
  return end - at;
}

/* Whether two words are the same but for letters that were held down: "stoppp", "yesss". */
static bool pattern_held(wbi_text word, wbi_text known) {
  size_t at = 0, of = 0;
  if ((unsigned char)word.data[0] <= '9') return false;
  while (at < word.length && of < known.length && word.data[at] == known.data[of]) {
    const size_t said = pattern_run(word, at), meant = pattern_run(known, of);
    if (said != meant && said < PATTERN_HELD) return false;
    at += said;
    of += meant;
  }
  return at == word.length && of == known.length;
}

/* Whether a word is what one alternative says. */
static bool pattern_word(wbi_text word, wbi_text known) {
  if (word.data[0] != known.data[0]) return false;
  if (known.data[known.length - 1] == '*') {
    return wbi_text_starts(word, wbi_text_slice(known, 0, known.length - 1));
  }
  return wbi_text_equal(word, known) || pattern_slip(word, known) || pattern_held(word, known);
}

/* The words of a window that are what the lexicon knows, a bit each. */
static uint64_t pattern_fits(const wbi_reply_window *window, wbi_text known) {
  uint64_t places = 0;
  for (uint32_t i = 0; i < window->count; i++) {
    if (pattern_word(window->words[i], known)) places |= UINT64_C(1) << i;
  }
  return places;
}

/* The words that are under a number, a bit each. Numbers are known in their order. */
static uint64_t pattern_places(const wbi_reply_window *window, uint32_t number) {
  uint32_t from = 0, to = window->known_count;
  if ((window->has[number / 64] >> (number % 64) & 1) == 0) return 0;
  while (from < to) {
    const uint32_t middle = from + (to - from) / 2;
    if (window->known[middle] < number)
      from = middle + 1;
    else
      to = middle;
  }
  return window->places[from];
}

static void pattern_know(wbi_reply_window *window, uint32_t number, uint64_t places) {
  if (places == 0 || WBI_NEVER(window->known_count == WBI_REPLY_KNOWN)) return;
  window->has[number / 64] |= UINT64_C(1) << number % 64;
  window->known[window->known_count] = (uint16_t)number;
  window->places[window->known_count++] = places;
}

/* What a token begins, and its number. */
static uint32_t pattern_begins(uint16_t token) {
  return token >> WBI_LEXICON_SHIFT;
}

static uint32_t pattern_number(uint16_t token) {
  return token & WBI_LEXICON_NUMBER;
}

/* The words that one of the alternatives fits, and what stands behind them. */
static uint64_t pattern_alternatives(const wbi_lexicon *lexicon, const wbi_reply_window *window,
                                     uint32_t *at, uint32_t end) {
  uint64_t places = 0;
  do {
    places |= pattern_places(window, pattern_number(lexicon->tokens[(*at)++]));
  } while (*at < end && pattern_begins(lexicon->tokens[*at]) == WBI_LEXICON_OR);
  return places;
}

/* Reads a word of the lexicon over the one before it, and moves *at behind it. None is too long:
   the build asks. */
static wbi_text pattern_read(const wbi_lexicon *lexicon, size_t *at, char *word) {
  size_t length = (size_t)(lexicon->words[(*at)++] - 'A');
  for (; *at < lexicon->length; *at += 1) {
    const char byte = lexicon->words[*at];
    if (byte >= 'A' && byte <= 'Z') break; /* same: no two words share 25 letters */
    word[length++] = byte;
  }
  return (wbi_text){word, length};
}

void wbi_reply_know(const wbi_lexicon *lexicon, wbi_reply_window *window) {
  char bytes[WBI_LEXICON_LONGEST];
  bool begins[256] = {false}; /* bytes that a word of the window begins with */
  for (uint32_t i = 0; i < window->count; i++)
    begins[(unsigned char)window->words[i].data[0]] = true;
  window->known_count = 0;
  memset(window->has, 0, sizeof window->has);
  size_t from = 0;
  uint64_t known = window->signs;
  for (uint32_t i = 0; i < lexicon->word_count; i++) {
    const wbi_text word = pattern_read(lexicon, &from, bytes);
    const bool may = begins[(unsigned char)word.data[0]];
    const uint64_t places = may ? pattern_fits(window, word) : 0;
    known |= places;
    pattern_know(window, i, places);
  }
  for (uint32_t i = 0; i < lexicon->kind_count; i++) {
    uint32_t at = lexicon->kinds[i];
    const uint64_t places = pattern_alternatives(lexicon, window, &at, lexicon->kinds[i + 1]);
    pattern_know(window, lexicon->word_count + i, places);
  }
  const uint64_t all = (UINT64_C(1) << window->count) - 1;
  pattern_know(window, lexicon->word_count + lexicon->kind_count, all & ~known);
}

int32_t wbi_reply_lean(const wbi_lexicon *lexicon, const wbi_lexicon_list *list,
                       const uint64_t *has) {
  int32_t points = list->always;
  uint32_t number = 0;
  for (uint32_t i = list->lean_first; i < list->lean_end; i++) {
    number += lexicon->leanings[i].further;
    if (has[number / 64] >> (number % 64) & 1) points += lexicon->leanings[i].points;
  }
  return points;
}

/* Moves the places on past up to so many of some words. */
static uint64_t pattern_gap(uint64_t words, uint64_t places, int most) {
  for (int i = 0; i < most; i++)
    places |= (places & words) << 1;
  return places;
}

/* A pattern as it is followed. */
typedef struct pattern_way {
  const wbi_lexicon *lexicon;
  const wbi_reply_window *window;
  uint64_t places; /* those that have been reached */
  uint32_t strength;
  bool begins, ends, gap;
} pattern_way;

/* Follows what stands for a place, or for words without naming them. */
static void pattern_place(pattern_way *way, uint32_t place) {
  const wbi_reply_window *window = way->window;
  const uint64_t end = UINT64_C(1) << window->count;
  way->ends = place == WBI_LEXICON_PLACE_END || place == WBI_LEXICON_PLACE_SIGN;
  switch (place) {
  case WBI_LEXICON_PLACE_GAP:
    way->places = pattern_gap((end - 1) & ~window->signs, way->places, PATTERN_GAP);
    way->gap = true;
    return;
  case WBI_LEXICON_PLACE_SMALL:
    way->places =
        pattern_gap(pattern_places(window, way->lexicon->word_count), way->places, PATTERN_SMALL);
    return;
  case WBI_LEXICON_PLACE_SIGN: way->places = (way->places & window->signs) << 1; return;
  case WBI_LEXICON_PLACE_BEGIN:
    way->places &= window->begins ? 1 : 0;
    way->begins = true;
    return;
  default: way->places &= window->ends ? end : 0;
  }
}

/* Follows an element: what begins it, and the words that its alternatives fit. */
static void pattern_step(pattern_way *way, uint32_t begins, uint64_t words) {
  const uint64_t places = way->places;
  way->ends = false;
  switch (begins) {
  case WBI_LEXICON_PERHAPS: way->places |= (places & words) << 1; return;
  case WBI_LEXICON_NOT_NEXT: way->places &= ~words; return;
  case WBI_LEXICON_NOT_BEFORE: way->places &= ~(words << 1); return;
  default: way->places = (places & words) << 1; way->strength++;
  }
}

/* Whether no token of a pattern is left. */
static bool pattern_over(const wbi_lexicon *lexicon, const wbi_lexicon_list *list, uint32_t at) {
  return at >= list->end || pattern_begins(lexicon->tokens[at]) >= WBI_LEXICON_FOR;
}

wbi_reply_match wbi_reply_pattern(const wbi_lexicon *lexicon, const wbi_reply_window *window,
                                  const wbi_lexicon_list *list, uint32_t *at) {
  const uint64_t end = UINT64_C(1) << window->count;
  pattern_way way = {lexicon, window, end | (end - 1), 0, false, false, false};
  for (*at += 1; !pattern_over(lexicon, list, *at);) {
    const uint16_t token = lexicon->tokens[*at];
    if (pattern_begins(token) == WBI_LEXICON_PLACE) {
      pattern_place(&way, pattern_number(token));
      *at += 1;
    } else {
      const uint64_t words = pattern_alternatives(lexicon, window, at, list->end);
      pattern_step(&way, pattern_begins(token), words);
    }
    while (way.places == 0 && !pattern_over(lexicon, list, *at)) /* same: sooner */
      *at += 1;
  }
  if (way.places == 0) return (wbi_reply_match){0, false};
  return (wbi_reply_match){way.strength, way.begins && way.ends && !way.gap};
}

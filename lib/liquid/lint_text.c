/* SPDX-License-Identifier: MIT */
/* Reads text for the lint: folded bytes, places, capitals, marks, the practice's own names. */
#include "liquid/html.h"
#include "liquid/lint.h"

enum {
  TYPED_LOUD_LETTERS = 6, /* of a word that stands alone in capitals */
  TYPED_LOUD_RUN = 8,     /* of words in capitals, one after the other */
  TYPED_MARKS = 3,
  TYPED_SOFT_HYPHEN = 0xAD
};

bool wbi_lint_in_word(uint8_t folded) {
  return folded >= 'a' || folded == '0' || folded == WBI_FOLDED_OTHER;
}

/* What a sign of ASCII is. */
static uint8_t typed_ascii(uint32_t scalar) {
  static const char soft[] = " \t\r\n-_/*#+~\"";
  if (scalar == '$' || scalar == '%') return (uint8_t)scalar;
  return memchr(soft, (int)scalar, sizeof soft - 1) != NULL ? WBI_FOLDED_SPACE : WBI_FOLDED_BREAK;
}

/* What a sign is; letters that are folded were seen before. */
static uint8_t typed_sign(uint32_t scalar) {
  static const struct {
    uint32_t first, last;
    uint8_t folded;
  } typed_signs[] = {{0x00A0, 0x00A0, WBI_FOLDED_SPACE},   {0x00A3, 0x00A3, '$'},
                     {0x00AA, 0x00AA, WBI_FOLDED_OTHER},   {0x00BA, 0x00BA, WBI_FOLDED_OTHER},
                     {0x00C0, 0x1FFF, WBI_FOLDED_OTHER},   {0x2000, 0x2015, WBI_FOLDED_SPACE},
                     {0x201C, 0x201D, WBI_FOLDED_SPACE},   {0x20AC, 0x20AC, '$'},
                     {0x2E80, 0x2FFF, WBI_FOLDED_OTHER},   {0x3000, 0x3000, WBI_FOLDED_SPACE},
                     {0x3040, 0xFDFF, WBI_FOLDED_OTHER},   {0x10000, 0x1EFFF, WBI_FOLDED_OTHER},
                     {0x20000, 0x10FFFF, WBI_FOLDED_OTHER}};
  if (scalar < 0x80) return typed_ascii(scalar);
  for (size_t i = 0; WBI_ALWAYS(i < WBI_COUNT(typed_signs)) && scalar >= typed_signs[i].first;
       i++) {
    if (scalar <= typed_signs[i].last) return typed_signs[i].folded;
  }
  return WBI_FOLDED_BREAK;
}

/* One scalar folded; 0: it is passed over. */
static uint8_t typed_fold(uint32_t scalar) {
  const uint32_t folded = wbi_fold(scalar);
  if (folded == WBI_FOLD_SKIP || folded == TYPED_SOFT_HYPHEN) return WBI_FOLDED_NONE;
  if (folded >= '0' && folded <= '9') return '0';
  if (folded >= 'a' && folded <= 'z') return (uint8_t)folded;
  return typed_sign(folded);
}

/* The folded scalar at *at, or a reference in HTML; what is no UTF-8 breaks. */
static uint8_t typed_next(wbi_text source, uint32_t *at, bool markup) {
  size_t next = *at;
  uint32_t scalar = 0;
  const bool reference =
      markup && source.data[next] == '&' && wbi_escape_reference(source, &next, &scalar);
  if (!reference && !wbi_utf8_next(source, &next, &scalar)) {
    ++*at;
    return WBI_FOLDED_BREAK;
  }
  *at = (uint32_t)next;
  return typed_fold(scalar);
}

/* Moves past the rest of a number: digits, and signs between two of them. */
static void typed_pass_number(wbi_text source, uint32_t *at, uint32_t to, bool markup) {
  while (*at < to) {
    uint32_t next = *at;
    if ((source.data[next] == ',' || source.data[next] == '.') && next + 1 < to) next++;
    if (typed_next(source, &next, markup) != '0') return;
    *at = next;
  }
}

/* Moves past what else stands between two words, behind a first sign; two line ends break, but in
   HTML. */
static uint8_t typed_pass_signs(wbi_text source, uint32_t *at, uint32_t to, uint8_t folded,
                                bool markup) {
  uint32_t lines = source.data[*at - 1] == '\n';
  while (*at < to) {
    uint32_t next = *at;
    if (markup && source.data[next] == '<') break;
    lines += source.data[next] == '\n';
    const uint8_t other = typed_next(source, &next, markup);
    if (other != WBI_FOLDED_NONE && other != WBI_FOLDED_SPACE && other != WBI_FOLDED_BREAK) break;
    if (other == WBI_FOLDED_BREAK || (lines > 1 && !markup)) folded = WBI_FOLDED_BREAK;
    *at = next;
  }
  return folded;
}

uint8_t wbi_lint_folded(wbi_text source, uint32_t *at, uint32_t to, bool markup) {
  const uint32_t from = *at;
  while (*at < to) {
    if (markup && *at > from && source.data[*at] == '<') break;
    const uint8_t folded = typed_next(source, at, markup);
    if (folded == WBI_FOLDED_NONE) continue;
    if (folded == '0') typed_pass_number(source, at, to, markup);
    if (folded == WBI_FOLDED_SPACE || folded == WBI_FOLDED_BREAK) {
      return typed_pass_signs(source, at, to, folded, markup);
    }
    return folded;
  }
  return WBI_FOLDED_NONE;
}

/* Where a name that begins here ends, as the practice calls itself; here: it does not. */
static uint32_t typed_name(const wbi_lint *lint, uint32_t to, wbi_text name) {
  const wbi_text source = lint->source;
  const bool markup = lint->channel->markup != 0;
  const uint32_t from = lint->place.at;
  uint32_t at = from, behind = 0;
  const uint32_t length = (uint32_t)name.length;
  while (behind < length) {
    const uint8_t wanted = wbi_lint_folded(name, &behind, length, false);
    if (wanted == WBI_FOLDED_NONE || (behind == length && !wbi_lint_in_word(wanted))) break;
    if (wbi_lint_folded(source, &at, to, markup) != wanted) return from;
  }
  const uint32_t end = at;
  return wbi_lint_in_word(wbi_lint_folded(source, &at, to, markup)) ? from : end;
}

/* A phrase of the practice's own that begins here: nothing counts in it. */
static void typed_own(wbi_lint *lint, uint32_t to, const char *own, uint32_t part) {
  const uint32_t from = lint->place.at;
  const uint32_t end = typed_name(lint, to, wbi_text_of(own));
  if (end == from) return;
  lint->parts |= part;
  if (lint->fine[1] > end) return;
  lint->fine[0] = from;
  lint->fine[1] = end;
}

/* Names, the address, what the practice may say and what it does not want said. */
static void typed_owns(wbi_lint *lint, uint32_t to) {
  const wb_lint_options *options = lint->options;
  for (uint32_t i = 0; i < options->name_count; i++)
    typed_own(lint, to, options->names[i], WBI_PART_SENDER);
  for (uint32_t i = 0; i < options->allowed_count; i++)
    typed_own(lint, to, options->allowed[i], 0);
  if (options->address != NULL) typed_own(lint, to, options->address, WBI_PART_ADDRESS);
  for (uint32_t i = 0; i < options->banned_count; i++) {
    const wbi_text banned = wbi_text_of(options->banned[i]);
    const uint32_t end = typed_name(lint, to, banned);
    if (end > lint->place.at) wbi_lint_find_id(lint, "practice.word", &lint->place, end);
  }
}

/* What may begin where a word does. */
static void typed_word(wbi_lint *lint, uint32_t to) {
  typed_owns(lint, to);
  if (lint->place.at >= lint->token) wbi_lint_link(lint, to);
  if (lint->place.at >= lint->number && lint->place.at >= lint->link) wbi_lint_number(lint, to);
}

/* Says that words stand in capitals, when they are at an end. */
static void typed_quiet(wbi_lint *lint) {
  const bool alone = lint->loud_words == 1 && lint->loud_letters >= TYPED_LOUD_LETTERS;
  const bool run = lint->loud_words > 1 && /* same: one word of 8 letters is loud alone */
                   lint->loud_letters >= TYPED_LOUD_RUN;
  if (alone || run) wbi_lint_find_id(lint, "scam.capitals", &lint->loud, lint->loud_end);
  lint->loud_words = lint->loud_letters = 0;
}

/* The word that ends here may stand in capitals. */
static void typed_word_end(wbi_lint *lint) {
  const bool letter = lint->letters == 1 && lint->small == 0; /* "I", "A" */
  const bool loud = lint->small == 0 && !lint->known;
  const bool own = WBI_ALWAYS(lint->word.at >= lint->fine[0]) &&
                   lint->place.at <= lint->fine[1]; /* it was new where a word began */
  if (!loud || own || lint->word.at < lint->link) {
    typed_quiet(lint);
  } else if (!letter) {
    if (lint->loud_words++ == 0) lint->loud = lint->word;
    lint->loud_letters += lint->letters;
    lint->loud_end = lint->place.at;
  }
  lint->letters = lint->small = 0;
}

/* Counts a letter of a word, and notes where a word begins. */
static void typed_letter(wbi_lint *lint, uint32_t to, uint8_t folded, char first) {
  if (!wbi_lint_in_word(lint->before)) {
    lint->word = lint->place;
    lint->known = false;
    typed_word(lint, to);
  }
  if (folded == '0') return;
  lint->letters++;
  /* same: { is in no word */
  if ((unsigned)(first - 'a') < 26 || folded == WBI_FOLDED_OTHER) lint->small++;
}

/* Counts ! and ?, and looks for what may begin with a sign. */
static void typed_marks(wbi_lint *lint, uint32_t end, uint32_t to) {
  for (uint32_t at = lint->place.at; at < end; at++) {
    const char c = lint->source.data[at];
    wbi_lint_placeholder(lint, at, to);
    const bool mark = c == '!' || c == '?';
    if (mark && lint->marks == 0) {
      lint->mark = lint->place;
      wbi_lint_move(lint->source, &lint->mark, at);
    }
    lint->marks = mark ? lint->marks + 1 : 0;
    if (lint->marks == TYPED_MARKS) wbi_lint_find_id(lint, "scam.marks", &lint->mark, at + 1);
  }
}

void wbi_lint_move(wbi_text source, wbi_lint_place *place, uint32_t to) {
  for (; place->at < to; place->at++) {
    const bool line = source.data[place->at] == '\n';
    place->column = line ? 1 : place->column + 1;
    place->line += line;
  }
}

static void typed_move(wbi_lint *lint, uint32_t to) {
  wbi_lint_move(lint->source, &lint->place, to);
}

/* Reads one folded byte and what it stands for. */
static void typed_byte(wbi_lint *lint, uint32_t to) {
  uint32_t next = lint->place.at;
  const char first = lint->source.data[next];
  const uint8_t folded = wbi_lint_folded(lint->source, &next, to, lint->channel->markup != 0);
  const bool word = wbi_lint_in_word(folded);
  if (word) {
    typed_letter(lint, to, folded, first);
  } else {
    typed_marks(lint, next, to);
  }
  if (folded != WBI_FOLDED_NONE) wbi_lint_step(lint, folded);
  if (!word && lint->letters > 0) typed_word_end(lint);
  if (folded == WBI_FOLDED_BREAK) typed_quiet(lint);
  if (word) lint->marks = 0;
  typed_move(lint, next);
}

/* Whether the value of an attribute begins here that people read. */
static bool typed_shown(const wbi_lint *lint) {
  static const char *const typed_attributes[] = {" alt=", " title=", " aria-label="};
  const uint32_t at = lint->place.at;
  const char quote = lint->source.data[at];
  if (quote != '"' && quote != '\'') return false;
  for (size_t i = 0; i < WBI_COUNT(typed_attributes); i++) {
    const wbi_text name = wbi_text_of(typed_attributes[i]);
    const size_t from = at < name.length ? 0 : at - name.length;
    if (wbi_text_equal_fold(wbi_text_slice(lint->source, from, at), name)) return true;
  }
  return false;
}

/* Reads the value of an attribute as text, with its quotes. */
static void typed_value(wbi_lint *lint, uint32_t to) {
  const uint32_t from = lint->place.at + 1;
  const char *end = memchr(lint->source.data + from, lint->source.data[from - 1], to - from);
  const uint32_t until = end != NULL ? (uint32_t)(end - lint->source.data) : to;
  typed_move(lint, from);
  while (lint->place.at < until)
    typed_byte(lint, until);
  wbi_lint_cut(lint, true);
  typed_move(lint, end != NULL ? until + 1 : until); /* same: else the tag goes on with it */
}

/* Between < and > only links are read, and the values of attributes that people read. */
static void typed_markup(wbi_lint *lint, uint32_t to) {
  const char c = lint->source.data[lint->place.at];
  if (typed_shown(lint)) {
    typed_value(lint, to);
    return;
  }
  if (c == '>') lint->markup = false;
  if (c == 'h' && lint->place.at >= lint->token) wbi_lint_link(lint, to);
  typed_move(lint, lint->place.at + 1);
}

/* A tag begins here: readers see what is before and behind it joined, or apart. */
static void typed_tag(wbi_lint *lint, uint32_t to) {
  static const uint8_t typed_apart[] = {WBI_FOLDED_NONE, WBI_FOLDED_SPACE, WBI_FOLDED_BREAK};
  const wbi_text rest = wbi_text_slice(lint->source, lint->place.at, to);
  const uint8_t folded = typed_apart[wbi_html_apart(rest)];
  if (folded != WBI_FOLDED_NONE) wbi_lint_step(lint, folded);
  wbi_lint_cut(lint, false);
  wbi_lint_link_tag(lint, to);
  lint->markup = true;
}

void wbi_lint_text(wbi_lint *lint, uint32_t from, uint32_t to) {
  typed_move(lint, from);
  wbi_lint_count(lint, from, to);
  wbi_lint_link_on(lint, from, to);
  while (lint->place.at < to) {
    if (lint->channel->markup && !lint->markup && lint->source.data[lint->place.at] == '<') {
      typed_tag(lint, to);
    }
    if (lint->markup) {
      typed_markup(lint, to);
    } else {
      typed_byte(lint, to);
    }
  }
}

void wbi_lint_cut(wbi_lint *lint, bool apart) {
  wbi_lint_park(lint, apart);
  if (lint->letters > 0) typed_word_end(lint);
  typed_quiet(lint);
  lint->marks = 0;
}

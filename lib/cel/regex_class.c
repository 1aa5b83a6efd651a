/* SPDX-License-Identifier: MIT */
/* What stands for one character in a pattern: escapes and classes. */
#include "cel/regex_private.h"

/* ---- escapes ------------------------------------------------------------------------------ */

/* The value of the digit at an offset, as wbi_digit. */
static uint32_t class_digit(wbi_text text, size_t at) {
  return at < text.length ? wbi_digit(text.data[at]) : 16;
}

/* Up to `most` digits of a base, and the number they make; how many. Stops beyond U+10FFFF. */
static uint32_t class_digits(wbi_regex_parser *parser, uint32_t base, uint32_t most,
                             uint32_t *value) {
  uint32_t count = 0;
  for (*value = 0; count < most && *value <= WBI_REGEX_LAST; count++, parser->at++) {
    const uint32_t digit = class_digit(parser->pattern, parser->at);
    if (digit >= base) break;
    *value = *value * base + digit;
  }
  return count;
}

/* "\x41" and "\x{10FFFF}", from behind the x. */
static bool class_hex(wbi_regex_parser *parser, uint32_t *scalar) {
  if (!wbi_regex_eat(parser, "{")) return class_digits(parser, 16, 2, scalar) == 2;
  const uint32_t count = class_digits(parser, 16, UINT32_MAX, scalar);
  return count > 0 && *scalar <= WBI_REGEX_LAST && wbi_regex_eat(parser, "}");
}

/* "\101": a first digit that is not 0 needs another, or it would refer to a group. */
static bool class_octal(wbi_regex_parser *parser, bool zero, uint32_t *scalar) {
  const uint32_t least = zero ? 1 : 2;
  parser->at--;
  return class_digits(parser, 8, 3, scalar) >= least;
}

/* The scalar that a letter or digit behind a backslash stands for. */
static bool class_letter(wbi_regex_parser *parser, char c, uint32_t *scalar) {
  static const char letters[] = "a\af\fn\nr\rt\tv\v";
  if (c == 'x') return class_hex(parser, scalar);
  if (c <= '7') return class_octal(parser, c == '0', scalar);
  for (size_t i = 0; letters[i] != '\0'; i += 2) {
    if (letters[i] != c) continue;
    *scalar = (uint8_t)letters[i + 1];
    return true;
  }
  return false;
}

bool wbi_regex_escape(wbi_regex_parser *parser, uint32_t *scalar) {
  const size_t begin = parser->at - 1;
  uint32_t c = 0;
  if (parser->at == parser->pattern.length)
    return wbi_regex_fail(parser, WB_E_SYNTAX, begin, "a backslash ends the expression");
  if (!wbi_regex_next(parser, &c)) return false;
  const bool letter = c < 128 && (wbi_is_letter((char)c) || wbi_is_digit((char)c));
  *scalar = c;
  if (c < 128 && !letter) return true;
  if (c < 128 && class_letter(parser, (char)c, scalar)) return true;
  return wbi_regex_fail(parser, WB_E_SYNTAX, begin, "this escape is unknown");
}

/* ---- sets behind a backslash -------------------------------------------------------------- */

/* Adds the item to a set: first with what differs in case, then turned round if so wanted. */
static void class_add_item(wbi_regex_parser *parser, wbi_regex_builder *set, bool negated) {
  if ((parser->flags & WBI_REGEX_FOLD) != 0) wbi_regex_fold(&parser->item);
  if (negated) wbi_regex_negate(&parser->item);
  wbi_regex_add_all(set, &parser->item);
  parser->item.ranges.count = 0;
}

/* "\pL", "\p{Greek}", "\p{^Greek}", from behind the p. */
static bool class_unicode(wbi_regex_parser *parser, wbi_regex_builder *set, bool negated) {
  const size_t begin = parser->at - 2;
  uint32_t scalar = 0;
  size_t from = parser->at;
  if (wbi_regex_eat(parser, "{")) {
    if (wbi_regex_eat(parser, "^")) negated = !negated;
    from = parser->at;
    while (parser->at < parser->pattern.length && parser->pattern.data[parser->at] != '}')
      parser->at++;
  } else if (parser->at < parser->pattern.length && !wbi_regex_next(parser, &scalar)) {
    return false;
  }
  const wbi_text name = wbi_text_slice(parser->pattern, from, parser->at);
  const bool closed = parser->pattern.data[from - 1] == 'p' ||
                      parser->pattern.data[from - 1] == 'P' || wbi_regex_eat(parser, "}");
  if (!closed || !wbi_regex_add_unicode(&parser->item, name))
    return wbi_regex_fail(parser, WB_E_SYNTAX, begin, "this class of characters is unknown");
  class_add_item(parser, set, negated);
  return true;
}

bool wbi_regex_escaped_set(wbi_regex_parser *parser, wbi_regex_builder *set) {
  const wbi_text rest = wbi_text_slice(parser->pattern, parser->at, parser->at + 2);
  if (rest.length < 2 || rest.data[0] != '\\') return false;
  const char c = rest.data[1];
  const bool negated = c >= 'A' && c <= 'Z';
  const char letter = (char)(negated ? c - 'A' + 'a' : c);
  if (letter != 'p' && letter != 'd' && letter != 's' && letter != 'w') return false;
  parser->at += 2;
  if (letter == 'p') return class_unicode(parser, set, negated);
  wbi_regex_add_perl(&parser->item, letter);
  class_add_item(parser, set, negated);
  return true;
}

/* ---- brackets ----------------------------------------------------------------------------- */

/* "[:alpha:]" within brackets; false: it is none, and nothing is passed, or it failed. */
static bool class_posix(wbi_regex_parser *parser) {
  const size_t begin = parser->at;
  const wbi_text rest = wbi_text_slice(parser->pattern, begin, SIZE_MAX);
  if (!wbi_text_starts(rest, WBI_TEXT("[:"))) return false;
  size_t end = 2;
  while (end < rest.length && !wbi_text_starts(wbi_text_slice(rest, end, end + 2), WBI_TEXT(":]")))
    end++;
  if (end == rest.length) return false;
  const bool negated = rest.data[2] == '^';
  if (!wbi_regex_add_posix(&parser->item, wbi_text_slice(rest, negated ? 3 : 2, end)))
    return wbi_regex_fail(parser, WB_E_SYNTAX, begin, "this class of characters is unknown");
  class_add_item(parser, &parser->set, negated);
  parser->at += end + 2;
  return true;
}

/* One character within brackets. */
static bool class_char(wbi_regex_parser *parser, uint32_t *scalar) {
  if (wbi_regex_eat(parser, "\\")) return wbi_regex_escape(parser, scalar);
  return wbi_regex_next(parser, scalar);
}

/* One character or a range of them. */
static bool class_range(wbi_regex_parser *parser) {
  const size_t begin = parser->at;
  uint32_t from = 0;
  if (!class_char(parser, &from)) return false;
  uint32_t to = from;
  const wbi_text rest = wbi_text_slice(parser->pattern, parser->at, parser->at + 2);
  if (rest.length == 2 && rest.data[0] == '-' && rest.data[1] != ']') {
    parser->at++;
    if (!class_char(parser, &to)) return false;
  }
  if (to < from)
    return wbi_regex_fail(parser, WB_E_SYNTAX, begin, "this range ends before it begins");
  wbi_regex_add(&parser->item, from, to);
  class_add_item(parser, &parser->set, false);
  return true;
}

bool wbi_regex_brackets(wbi_regex_parser *parser) {
  const size_t begin = parser->at - 1;
  const bool negated = wbi_regex_eat(parser, "^");
  for (bool first = true; first || !wbi_regex_eat(parser, "]"); first = false) {
    if (parser->at == parser->pattern.length)
      return wbi_regex_fail(parser, WB_E_SYNTAX, begin, "this bracket is not closed");
    if (class_posix(parser) || wbi_regex_escaped_set(parser, &parser->set)) continue;
    if (parser->status != WB_OK || !class_range(parser)) return false;
  }
  if (negated) wbi_regex_negate(&parser->set);
  return true;
}

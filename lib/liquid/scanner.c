/* SPDX-License-Identifier: MIT */
/* Cuts a template into text and braces, and what is inside braces into tokens. */
#include "liquid/liquid_private.h"

static bool scanner_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool scanner_digit(char c) {
  return c >= '0' && c <= '9';
}

/* Whether a word may begin with this character. */
static bool scanner_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* Whether two characters stand at an offset. */
static bool scanner_pair(wbi_text source, size_t at, char a, char b) {
  return at + 1 < source.length && source.data[at] == a && source.data[at + 1] == b;
}

/* Whether braces open at an offset. */
static bool scanner_opens(wbi_text source, size_t at) {
  return scanner_pair(source, at, '{', '{') || scanner_pair(source, at, '{', '%');
}

/* Reads text up to the next braces; stray closing braces are most likely a slip of the pen. */
static wb_status scanner_text(wbi_scanner *scanner, wbi_piece *piece, wb_error *error) {
  const wbi_text source = scanner->source;
  size_t at = scanner->at;
  for (; at < source.length && !scanner_opens(source, at); at++) {
    if (!scanner_pair(source, at, '}', '}') && !scanner_pair(source, at, '%', '}')) continue;
    return wbi_fail_at(error, WB_E_SYNTAX, source, at,
                       "These braces close something that was never opened.");
  }
  *piece = (wbi_piece){WBI_PIECE_TEXT, scanner->at, scanner->at, at};
  if (scanner->trim) {
    while (piece->from < piece->to && scanner_space(source.data[piece->from]))
      piece->from++;
  }
  if (at + 2 < source.length && source.data[at + 2] == '-') {
    while (piece->from < piece->to && scanner_space(source.data[piece->to - 1]))
      piece->to--;
  }
  scanner->trim = false;
  scanner->at = at;
  return WB_OK;
}

/* Where the braces that open at an offset close; the length of the source: nowhere. */
static size_t scanner_close(wbi_text source, size_t open) {
  const char sign = source.data[open + 1] == '{' ? '}' : '%';
  size_t at = open + 2;
  while (at < source.length && !scanner_pair(source, at, sign, '}') && !scanner_opens(source, at))
    at++;
  return scanner_pair(source, at, sign, '}') ? at : source.length;
}

/* Reads a pair of braces. */
static wb_status scanner_braces(wbi_scanner *scanner, wbi_piece *piece, wb_error *error) {
  const wbi_text source = scanner->source;
  const size_t open = scanner->at, close = scanner_close(source, open);
  const bool output = source.data[open + 1] == '{';
  if (close == source.length) {
    return wbi_fail_at(error, WB_E_SYNTAX, source, open,
                       output ? "The braces that open here are not closed by }}."
                              : "The tag that opens here is not closed by %}.");
  }
  *piece = (wbi_piece){output ? WBI_PIECE_OUTPUT : WBI_PIECE_TAG, open, open + 2, close};
  if (piece->from < close && source.data[piece->from] == '-') piece->from++;
  scanner->trim = piece->from < close && source.data[close - 1] == '-';
  if (scanner->trim) piece->to--;
  scanner->at = close + 2;
  return WB_OK;
}

wb_status wbi_scanner_next(wbi_scanner *scanner, wbi_piece *piece, wb_error *error) {
  if (scanner->at == scanner->source.length) {
    *piece = (wbi_piece){WBI_PIECE_END, scanner->at, scanner->at, scanner->at};
    return WB_OK;
  }
  if (scanner_opens(scanner->source, scanner->at)) return scanner_braces(scanner, piece, error);
  return scanner_text(scanner, piece, error);
}

/* Why a character cannot stand inside braces. */
static const char *token_unfit(uint32_t scalar) {
  switch (scalar) {
  case 0x2018:
  case 0x2019:
  case 0x201C:
  case 0x201D: return "This is a curly quote; inside braces write a straight one: \" or '.";
  case 0xA0: return "This is a no-break space; inside braces write an ordinary space.";
  case '[': return "Square brackets are not part of this version; write a name with dots.";
  case '(': return "Parentheses are not part of this version.";
  case '=': return "One = compares nothing; write == for \"is the same as\".";
  case '&': return "Write the word and.";
  case '!': return "Write != for \"is not the same as\".";
  default: return "This character has no meaning inside braces.";
  }
}

/* Refuses the character at an offset. */
static wb_status token_refuse(wbi_text source, size_t at, wb_error *error) {
  uint32_t scalar = 0;
  size_t next = at;
  (void)wbi_utf8_next(source, &next, &scalar);
  return wbi_fail_at(error, WB_E_SYNTAX, source, at, token_unfit(scalar));
}

/* Reads a text in quotes; there are no escapes. */
static wb_status token_text(wbi_text source, size_t *at, size_t to, wbi_token *token,
                            wb_error *error) {
  const char *from = source.data + *at + 1;
  const char *end = memchr(from, from[-1], to - *at - 1);
  if (end == NULL) {
    return wbi_fail_at(error, WB_E_SYNTAX, source, *at,
                       "The text that begins here has no closing quote.");
  }
  token->kind = WBI_TOKEN_TEXT;
  token->text = (wbi_text){from, (size_t)(end - from)};
  *at += token->text.length + 2;
  return WB_OK;
}

/* Reads a whole number. */
static wb_status token_int(wbi_text source, size_t *at, size_t to, wbi_token *token,
                           wb_error *error) {
  size_t end = *at + 1;
  while (end < to && scanner_digit(source.data[end]))
    end++;
  const wbi_text digits = wbi_text_slice(source, *at, end);
  const bool more = end < to && (source.data[end] == '.' || scanner_letter(source.data[end]));
  if (more || wbi_parse_int(digits, &token->integer) != WB_OK) {
    return wbi_fail_at(error, WB_E_SYNTAX, source, *at,
                       "Numbers are whole and have at most 18 digits.");
  }
  token->kind = WBI_TOKEN_INT;
  *at = end;
  return WB_OK;
}

/* Reads a word, or words joined by dots. */
static wb_status token_word(wbi_text source, size_t *at, size_t to, wbi_token *token,
                            wb_error *error) {
  size_t end = *at;
  while (end < to && (scanner_letter(source.data[end]) || scanner_digit(source.data[end]) ||
                      source.data[end] == '-' || source.data[end] == '.'))
    end++;
  if (source.data[end - 1] == '.') {
    return wbi_fail_at(error, WB_E_SYNTAX, source, end - 1, "A name is missing after this dot.");
  }
  token->kind = WBI_TOKEN_WORD;
  token->text = wbi_text_slice(source, *at, end);
  *at = end;
  return WB_OK;
}

/* Reads a sign of one or two characters. */
static wb_status token_sign(wbi_text source, size_t *at, size_t to, wbi_token *token,
                            wb_error *error) {
  static const struct {
    char text[3];
    uint32_t kind;
  } token_signs[] = {{"==", WBI_TOKEN_EQUAL},
                     {"!=", WBI_TOKEN_NOT_EQUAL},
                     {"<=", WBI_TOKEN_LESS_EQUAL},
                     {">=", WBI_TOKEN_GREATER_EQUAL},
                     {"<", '<'},
                     {">", '>'},
                     {"|", '|'},
                     {":", ':'},
                     {",", ','}};
  const wbi_text rest = wbi_text_slice(source, *at, to);
  for (size_t i = 0; i < WBI_COUNT(token_signs); i++) {
    const wbi_text sign = wbi_text_of(token_signs[i].text);
    if (!wbi_text_starts(rest, sign)) continue;
    token->kind = token_signs[i].kind;
    *at += sign.length;
    return WB_OK;
  }
  return token_refuse(source, *at, error);
}

wb_status wbi_token_next(wbi_text source, size_t *at, size_t to, wbi_token *token,
                         wb_error *error) {
  while (*at < to && scanner_space(source.data[*at]))
    ++*at;
  *token = (wbi_token){.kind = WBI_TOKEN_END, .from = *at};
  if (*at == to) return WB_OK;
  const char c = source.data[*at];
  const bool minus = c == '-' && *at + 1 < to && scanner_digit(source.data[*at + 1]);
  if (scanner_letter(c)) return token_word(source, at, to, token, error);
  if (scanner_digit(c) || minus) return token_int(source, at, to, token, error);
  if (c == '"' || c == '\'') return token_text(source, at, to, token, error);
  return token_sign(source, at, to, token, error);
}

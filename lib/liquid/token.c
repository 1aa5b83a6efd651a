/* SPDX-License-Identifier: MIT */
/* Cuts what is inside braces into tokens. */
#include "liquid/liquid_private.h"

/* Whether a word may begin with this character. */
static bool token_letter(char c) {
  return wbi_is_letter(c) || c == '_';
}

/* Why a character cannot stand inside braces. */
static const char *token_unfit(uint32_t scalar) {
  switch (scalar) {
  case 0x2018:
  case 0x2019:
  case 0x201C:
  case 0x201D: return "This is a curly quote; inside braces write a straight one: \" or '.";
  case 0xA0: return "This is a no-break space; inside braces write an ordinary space.";
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

/* Past the digits at an offset. */
static size_t token_digits(wbi_text source, size_t at, size_t to) {
  while (at < to && wbi_is_digit(source.data[at]))
    at++;
  return at;
}

/* Reads a number: digits, and digits behind a point. */
static wb_status token_number(wbi_text source, size_t *at, size_t to, wbi_token *token,
                              wb_error *error) {
  size_t end = token_digits(source, *at + 1, to);
  const bool point = end + 1 < to && source.data[end] == '.' && wbi_is_digit(source.data[end + 1]);
  if (point) end = token_digits(source, end + 2, to);
  if (end < to && token_letter(source.data[end])) {
    return wbi_fail_at(error, WB_E_SYNTAX, source, *at, "A number is written in digits only.");
  }
  token->text = wbi_text_slice(source, *at, end);
  const bool whole = !point && wbi_parse_int(token->text, &token->integer) == WB_OK;
  token->kind = whole ? WBI_TOKEN_INT : WBI_TOKEN_DECIMAL;
  *at = end;
  return WB_OK;
}

/* Reads a word, which may end with a question mark. */
static wb_status token_word(wbi_text source, size_t *at, size_t to, wbi_token *token) {
  size_t end = *at;
  while (end < to && (token_letter(source.data[end]) || wbi_is_digit(source.data[end]) ||
                      source.data[end] == '-'))
    end++;
  if (end < to && source.data[end] == '?') end++;
  token->kind = WBI_TOKEN_WORD;
  token->text = wbi_text_slice(source, *at, end);
  *at = end;
  return WB_OK;
}

/* Reads a sign. */
static wb_status token_sign(wbi_text source, size_t *at, size_t to, wbi_token *token,
                            wb_error *error) {
  static const struct {
    char text[3];
    uint32_t kind;
  } token_signs[] = {{"==", WBI_TOKEN_EQUAL},
                     {"!=", WBI_TOKEN_NOT_EQUAL},
                     {"<>", WBI_TOKEN_NOT_EQUAL},
                     {"<=", WBI_TOKEN_LESS_EQUAL},
                     {">=", WBI_TOKEN_GREATER_EQUAL},
                     {"..", WBI_TOKEN_RANGE},
                     {"<", '<'},
                     {">", '>'},
                     {"|", '|'},
                     {":", ':'},
                     {",", ','},
                     {".", '.'},
                     {"=", '='},
                     {"[", '['},
                     {"]", ']'},
                     {"(", '('},
                     {")", ')'}};
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
  while (*at < to && wbi_is_space(source.data[*at]))
    ++*at;
  *token = (wbi_token){.kind = WBI_TOKEN_END, .from = *at};
  if (*at == to) return WB_OK;
  const char c = source.data[*at];
  const bool minus = c == '-' && *at + 1 < to && wbi_is_digit(source.data[*at + 1]);
  if (token_letter(c)) return token_word(source, at, to, token);
  if (wbi_is_digit(c) || minus) return token_number(source, at, to, token, error);
  if (c == '"' || c == '\'') return token_text(source, at, to, token, error);
  return token_sign(source, at, to, token, error);
}

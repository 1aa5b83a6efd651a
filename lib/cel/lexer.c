/* SPDX-License-Identifier: MIT */
/* CEL's tokens, all of them: https://github.com/google/cel-spec, "Syntax". */
#include "cel/cel_private.h"

/* The byte at an offset, 0 past the end. */
static char lexer_byte(wbi_text source, uint32_t at) {
  return at < source.length ? source.data[at] : '\0';
}

/* Whether a byte is a hexadecimal digit. */
static bool lexer_is_hex(char c) {
  return wbi_digit(c) < 16;
}

/* Whether a byte may begin a name. */
static bool lexer_is_letter(char c) {
  return wbi_is_letter(c) || c == '_';
}

/* Skips white space and comments. */
static uint32_t lexer_skip(wbi_text source, uint32_t at) {
  while (at < source.length) {
    const char c = source.data[at];
    if (c == '/' && lexer_byte(source, at + 1) == '/') {
      while (at < source.length && source.data[at] != '\n')
        at++;
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r') {
      at++;
    } else {
      break;
    }
  }
  return at;
}

/* Skips digits. */
static uint32_t lexer_digits(wbi_text source, uint32_t at) {
  while (wbi_is_digit(lexer_byte(source, at)))
    at++;
  return at;
}

/* Skips a fraction and an exponent; *at is unmoved when there is neither. */
static bool lexer_fraction(wbi_text source, uint32_t *at) {
  const uint32_t begin = *at;
  if (lexer_byte(source, *at) == '.' && wbi_is_digit(lexer_byte(source, *at + 1)))
    *at = lexer_digits(source, *at + 1);
  uint32_t end = *at;
  if (lexer_byte(source, end) == 'e' || lexer_byte(source, end) == 'E') {
    end++;
    if (lexer_byte(source, end) == '+' || lexer_byte(source, end) == '-') end++;
    if (wbi_is_digit(lexer_byte(source, end))) *at = lexer_digits(source, end);
  }
  return *at != begin;
}

/* Reads a number. */
static void lexer_number(wbi_text source, uint32_t *at, wbi_cel_token *token) {
  const char x = lexer_byte(source, *at + 1);
  token->kind = WBI_CEL_INT;
  if (source.data[*at] == '0' && (x == 'x' || x == 'X') &&
      lexer_is_hex(lexer_byte(source, *at + 2))) {
    for (*at += 2; lexer_is_hex(lexer_byte(source, *at));)
      ++*at;
  } else {
    *at = lexer_digits(source, *at);
    if (lexer_fraction(source, at)) {
      token->kind = WBI_CEL_DOUBLE;
      return;
    }
  }
  if (lexer_byte(source, *at) == 'u' || lexer_byte(source, *at) == 'U') {
    ++*at;
    token->kind = WBI_CEL_UINT;
  }
}

/* Length of the prefix and the quotes that open a text at an offset; 0: none does. */
static uint32_t lexer_quote(wbi_text source, uint32_t at, bool *bytes, bool *raw) {
  uint32_t length = 0;
  *bytes = lexer_byte(source, at) == 'b' || lexer_byte(source, at) == 'B';
  length += *bytes;
  *raw = lexer_byte(source, at + length) == 'r' || lexer_byte(source, at + length) == 'R';
  length += *raw;
  const char quote = lexer_byte(source, at + length);
  return quote == '"' || quote == '\'' ? length + 1 : 0;
}

/* Length of the quotes that close a text at an offset; 0: it goes on. */
static uint32_t lexer_close(wbi_text source, uint32_t at, char quote, bool triple) {
  if (lexer_byte(source, at) != quote) return 0;
  if (!triple) return 1;
  return lexer_byte(source, at + 1) == quote && lexer_byte(source, at + 2) == quote ? 3 : 0;
}

/* Reads a text or bytes literal whose first quote ends at *at. */
static wb_status lexer_text(wbi_text source, uint32_t *at, bool raw, wbi_cel_token *token,
                            wb_error *error) {
  const char quote = source.data[*at - 1];
  const bool triple = lexer_close(source, *at - 1, quote, true) > 0;
  for (*at += triple ? 2 : 0; *at < source.length; ++*at) {
    const char c = source.data[*at];
    const uint32_t close = lexer_close(source, *at, quote, triple);
    if (!triple && (c == '\n' || c == '\r')) break;
    *at += close;
    if (close > 0) return WB_OK;
    if (c == '\\' && !raw) ++*at;
  }
  return wbi_fail_at(error, WB_E_SYNTAX, source, token->from, "this text has no closing quote");
}

/* Reads a name in back quotes, `content-type`; the token holds what is between them. */
static wb_status lexer_escaped(wbi_text source, uint32_t *at, wbi_cel_token *token,
                               wb_error *error) {
  uint32_t end = *at + 1;
  for (char c = lexer_byte(source, end);
       lexer_is_letter(c) || wbi_is_digit(c) || c == '.' || c == '-' || c == '/' || c == ' ';
       c = lexer_byte(source, end))
    end++;
  if (lexer_byte(source, end) != '`' || end == *at + 1)
    return wbi_fail_at(error, WB_E_SYNTAX, source, *at, "this is no name in back quotes");
  token->kind = WBI_CEL_ESCAPED_NAME;
  *at = end + 1;
  return WB_OK;
}

/* What a word is: a keyword, a word that CEL reserves, or a name. */
static uint32_t lexer_word(wbi_text word) {
  static const struct {
    wbi_text word;
    uint32_t kind;
  } keywords[] = {
      {{"true", 4}, WBI_CEL_TRUE},
      {{"false", 5}, WBI_CEL_FALSE},
      {{"null", 4}, WBI_CEL_NULL},
      {{"in", 2}, WBI_CEL_IN},
  };
  static const wbi_text reserved[] = {
      {"as", 2},        {"break", 5},  {"const", 5},  {"continue", 8}, {"else", 4}, {"for", 3},
      {"function", 8},  {"if", 2},     {"import", 6}, {"let", 3},      {"loop", 4}, {"package", 7},
      {"namespace", 9}, {"return", 6}, {"var", 3},    {"void", 4},     {"while", 5}};
  for (size_t i = 0; i < WBI_COUNT(keywords); i++)
    if (wbi_text_equal(word, keywords[i].word)) return keywords[i].kind;
  for (size_t i = 0; i < WBI_COUNT(reserved); i++)
    if (wbi_text_equal(word, reserved[i])) return WBI_CEL_RESERVED;
  return WBI_CEL_NAME;
}

/* Reads a name or a keyword. */
static void lexer_name(wbi_text source, uint32_t *at, wbi_cel_token *token) {
  while (lexer_is_letter(lexer_byte(source, *at)) || wbi_is_digit(lexer_byte(source, *at)))
    ++*at;
  token->kind = lexer_word(wbi_text_slice(source, token->from, *at));
}

/* Reads a sign. */
static wb_status lexer_sign(wbi_text source, uint32_t *at, wbi_cel_token *token, wb_error *error) {
  static const struct {
    char sign[2];
    uint32_t kind;
  } pairs[] = {{"||", WBI_CEL_OR},         {"&&", WBI_CEL_AND},
               {"==", WBI_CEL_EQUAL},      {"!=", WBI_CEL_NOT_EQUAL},
               {"<=", WBI_CEL_LESS_EQUAL}, {">=", WBI_CEL_GREATER_EQUAL}};
  const char c = source.data[*at];
  for (size_t i = 0; i < WBI_COUNT(pairs); i++) {
    if (c != pairs[i].sign[0] || lexer_byte(source, *at + 1) != pairs[i].sign[1]) continue;
    token->kind = pairs[i].kind;
    *at += 2;
    return WB_OK;
  }
  if (c != '\0' && memchr("()[]{}.,:?+-*/%!<>", c, 18) != NULL) {
    token->kind = (unsigned char)c;
    ++*at;
    return WB_OK;
  }
  const char *message = c == '='   ? "'=' is no comparison; write '=='"
                        : c == '&' ? "write '&&' for \"and\""
                        : c == '|' ? "write '||' for \"or\""
                                   : "this character has no meaning in a rule";
  return wbi_fail_at(error, WB_E_SYNTAX, source, *at, message);
}

wb_status wbi_cel_next(wbi_text source, uint32_t *at, wbi_cel_token *token, wb_error *error) {
  bool bytes = false, raw = false;
  wb_status status = WB_OK;
  *at = lexer_skip(source, *at);
  *token = (wbi_cel_token){WBI_CEL_END, *at, *at};
  if (*at == source.length) return WB_OK;
  const char c = source.data[*at];
  const uint32_t quote = lexer_quote(source, *at, &bytes, &raw);
  if (quote > 0) {
    *at += quote;
    token->kind = bytes ? WBI_CEL_BYTES : WBI_CEL_TEXT;
    status = lexer_text(source, at, raw, token, error);
  } else if (lexer_is_letter(c)) {
    lexer_name(source, at, token);
  } else if (wbi_is_digit(c) || (c == '.' && wbi_is_digit(lexer_byte(source, *at + 1)))) {
    lexer_number(source, at, token);
  } else if (c == '`') {
    status = lexer_escaped(source, at, token, error);
  } else {
    status = lexer_sign(source, at, token, error);
  }
  token->to = *at;
  return status;
}

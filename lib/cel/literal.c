/* SPDX-License-Identifier: MIT */
/* Values of CEL's literals. */
#include "cel/cel_private.h"

/* ---- numbers ------------------------------------------------------------------------------ */

/* Reads a whole number, decimal or "0x…". */
static wb_status literal_whole(wbi_text digits, uint64_t *value) {
  uint64_t sum = 0;
  if (!wbi_text_starts(digits, WBI_TEXT("0x")) && !wbi_text_starts(digits, WBI_TEXT("0X")))
    return wbi_parse_uint(digits, value);
  for (size_t i = 2; i < digits.length; i++) {
    if (sum >> 60 != 0) return WB_E_RANGE;
    sum = sum << 4 | wbi_digit(digits.data[i]);
  }
  *value = sum;
  return WB_OK;
}

wb_status wbi_cel_number(wbi_text source, const wbi_cel_token *token, bool negative,
                         wbi_cel_value *value, wb_error *error) {
  const wbi_text text =
      wbi_text_slice(source, token->from, token->to - (token->kind == WBI_CEL_UINT));
  wbi_cel_value out = {.kind = token->kind == WBI_CEL_INT    ? WB_INT
                               : token->kind == WBI_CEL_UINT ? WB_UINT
                                                             : WB_DOUBLE};
  wb_status status = WB_OK;
  if (token->kind == WBI_CEL_DOUBLE) {
    status = wbi_parse_double(text, &out.as.real);
    if (negative) out.as.real = -out.as.real;
  } else {
    uint64_t size = 0;
    status = literal_whole(text, &size);
    if (token->kind == WBI_CEL_INT && size > (uint64_t)INT64_MAX + negative) status = WB_E_RANGE;
    if (token->kind == WBI_CEL_UINT && negative) status = WB_E_RANGE;
    if (negative) size = 0 - size;
    memcpy(&out.as.integer, &size, sizeof size);
  }
  if (status != WB_OK)
    return wbi_fail_at(error, WB_E_RANGE, source, token->from, "this number does not fit");
  *value = out;
  return WB_OK;
}

/* ---- texts -------------------------------------------------------------------------------- */

/* A literal while its escapes are resolved. */
typedef struct literal_text {
  wbi_text source;
  uint32_t at, end; /* what is between the quotes and not read yet */
  bool bytes;
  char *out; /* never longer than the source */
  uint32_t length;
} literal_text;

/* Adds a character; false: there is none of this number. */
static bool literal_put(literal_text *text, uint32_t scalar) {
  const uint32_t length = (uint32_t)wbi_utf8_put(text->out + text->length, scalar);
  text->length += length;
  return length > 0;
}

/* Reads `count` digits of an escape in a base. */
static bool literal_code(literal_text *text, uint32_t base, uint32_t count, uint32_t *scalar) {
  uint32_t sum = 0;
  if (text->end - text->at < count) return false;
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t digit = wbi_digit(text->source.data[text->at++]);
    if (digit >= base) return false;
    sum = sum * base + digit;
  }
  *scalar = sum;
  return true;
}

/* An escape for a number up to 255: in bytes a byte, else a character. */
static bool literal_low(literal_text *text, uint32_t base, uint32_t count) {
  uint32_t number = 0;
  if (!literal_code(text, base, count, &number)) return false;
  if (!text->bytes) return literal_put(text, number);
  text->out[text->length++] = (char)(unsigned char)number;
  return true;
}

/* Resolves the escape after a backslash. */
static bool literal_escape(literal_text *text) {
  static const char names[] = "abfnrtv\\?\"'`", values[] = "\a\b\f\n\r\t\v\\?\"'`";
  const char c = text->source.data[text->at++];
  const char *name = memchr(names, c, sizeof names - 1);
  uint32_t scalar = 0;
  if (name != NULL) return literal_put(text, (unsigned char)values[name - names]);
  if (c == 'u' || c == 'U')
    return !text->bytes && literal_code(text, 16, c == 'u' ? 4 : 8, &scalar) &&
           literal_put(text, scalar);
  if (c == 'x' || c == 'X') return literal_low(text, 16, 2);
  if (c < '0' || c > '3') return false;
  text->at--;
  return literal_low(text, 8, 3);
}

/* Takes one character over; a line break of any kind becomes a newline. */
static void literal_plain(literal_text *text) {
  char c = text->source.data[text->at++];
  if (c == '\r') {
    if (text->at < text->end && text->source.data[text->at] == '\n') text->at++;
    c = '\n';
  }
  text->out[text->length++] = c;
}

/* Finds what is between the quotes; whether escapes count. */
static bool literal_open(literal_text *text, const wbi_cel_token *token) {
  bool raw = false;
  uint32_t quotes = 1;
  text->at = token->from + text->bytes;
  if (text->source.data[text->at] == 'r' || text->source.data[text->at] == 'R') {
    raw = true;
    text->at++;
  }
  const char *quote = text->source.data + text->at;
  if (token->to - text->at >= 6 && quote[1] == quote[0]) quotes = 3;
  text->at += quotes;
  text->end = token->to - quotes;
  return !raw;
}

wb_status wbi_cel_string(wbi_arena *arena, wbi_text source, const wbi_cel_token *token,
                         wbi_cel_value *value, wb_error *error) {
  literal_text text = {.source = source, .bytes = token->kind == WBI_CEL_BYTES};
  const bool escapes = literal_open(&text, token);
  text.out = wbi_arena_alloc(arena, (size_t)(text.end - text.at) + 1);
  if (text.out == NULL) return wbi_fail(error, WB_E_NOMEM, "no memory for the rule");
  while (text.at < text.end) {
    const uint32_t from = text.at;
    if (!escapes || source.data[from] != '\\') {
      literal_plain(&text);
      continue;
    }
    text.at++;
    if (!literal_escape(&text))
      return wbi_fail_at(error, WB_E_SYNTAX, source, from, "this escape has no meaning in CEL");
  }
  *value = (wbi_cel_value){.kind = text.bytes ? WB_BYTES : WB_TEXT, .length = text.length};
  value->as.data = text.out;
  return WB_OK;
}

/* SPDX-License-Identifier: MIT */
/* Tokens of rules, and the values of their literals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "cel/cel_private.h"

/* One token of a source that begins with it. */
static wbi_cel_token first(const char *source) {
  wbi_cel_token token;
  uint32_t at = 0;
  wb_error error;
  assert_int_equal(wbi_cel_next(wbi_text_of(source), &at, &token, &error), WB_OK);
  assert_int_equal(at, token.to);
  return token;
}

/* A source is one token of a kind, from end to end. */
static void assert_token(const char *source, uint32_t kind) {
  const wbi_cel_token token = first(source);
  if (token.kind != kind || token.to != strlen(source)) print_error("%s\n", source);
  assert_int_equal(token.kind, kind);
  assert_int_equal(token.from, 0);
  assert_int_equal(token.to, strlen(source));
}

/* The lexer refuses a source at a place, with a sentence. */
static void assert_refused(const char *source, uint32_t line, uint32_t column,
                           const char *message) {
  const wbi_text text = wbi_text_of(source);
  wbi_cel_token token = {1, 0, 0};
  uint32_t at = 0;
  wb_error error;
  wb_status status = WB_OK;
  while (status == WB_OK && token.kind != WBI_CEL_END)
    status = wbi_cel_next(text, &at, &token, &error);
  assert_int_equal(status, WB_E_SYNTAX);
  assert_string_equal(error.message, message);
  assert_int_equal(error.line, line);
  assert_int_equal(error.column, column);
}

/* The value of a literal, in an arena that the caller frees. */
static wb_status value_of(wbi_arena *arena, wbi_text source, wbi_cel_value *value,
                          wb_error *error) {
  wbi_cel_token token;
  uint32_t at = 0;
  memset(error, 0, sizeof *error);
  wbi_arena_init(arena, NULL, 0);
  wb_status status = wbi_cel_next(source, &at, &token, error);
  if (status != WB_OK) return status;
  if (token.kind == WBI_CEL_TEXT || token.kind == WBI_CEL_BYTES)
    return wbi_cel_string(arena, source, &token, value, error);
  return wbi_cel_number(source, &token, false, value, error);
}

/* A literal stands for these bytes. */
static void assert_bytes(const char *source, int32_t kind, const char *bytes, size_t length) {
  wbi_arena arena;
  wbi_cel_value value;
  wb_error error;
  assert_int_equal(value_of(&arena, wbi_text_of(source), &value, &error), WB_OK);
  assert_int_equal(value.kind, kind);
  assert_int_equal(value.length, length);
  assert_memory_equal(value.as.data, bytes, length);
  wbi_arena_free(&arena);
}

/* A literal stands for this text. */
static void assert_text(const char *source, const char *text) {
  assert_bytes(source, WB_TEXT, text, strlen(text));
}

/* A literal has an escape that means nothing, at a column. */
static void assert_bad_escape(const char *source, uint32_t column) {
  wbi_arena arena;
  wbi_cel_value value;
  wb_error error;
  assert_int_equal(value_of(&arena, wbi_text_of(source), &value, &error), WB_E_SYNTAX);
  assert_string_equal(error.message, "this escape has no meaning in CEL");
  assert_int_equal(error.column, column);
  wbi_arena_free(&arena);
}

/* A number has this value as an integer; or does not fit. */
static wb_status integer_of(const char *source, bool negative, int32_t kind, int64_t *integer) {
  const wbi_cel_token token = first(source);
  wbi_cel_value value;
  wb_error error;
  const wb_status status = wbi_cel_number(wbi_text_of(source), &token, negative, &value, &error);
  if (status != WB_OK) {
    assert_string_equal(error.message, "this number does not fit");
    return status;
  }
  assert_int_equal(value.kind, kind);
  *integer = value.as.integer;
  return status;
}

static void assert_integer(const char *source, bool negative, int32_t kind, int64_t expected) {
  int64_t integer = 0;
  assert_int_equal(integer_of(source, negative, kind, &integer), WB_OK);
  assert_true(integer == expected);
}

static void assert_too_large(const char *source, bool negative) {
  int64_t integer = 0;
  assert_int_equal(integer_of(source, negative, WB_INT, &integer), WB_E_RANGE);
}

static void assert_double(const char *source, double expected) {
  wbi_arena arena;
  wbi_cel_value value;
  wb_error error;
  assert_int_equal(value_of(&arena, wbi_text_of(source), &value, &error), WB_OK);
  assert_int_equal(value.kind, WB_DOUBLE);
  assert_true(value.as.real == expected);
  wbi_arena_free(&arena);
}

static void signs_are_tokens(void **state) {
  (void)state;
  for (const char *c = "()[]{}.,:?+-*/%!<>"; *c != '\0'; c++) {
    const char source[] = {*c, '\0'};
    assert_token(source, (unsigned char)*c);
  }
  assert_token("==", WBI_CEL_EQUAL);
  assert_token("!=", WBI_CEL_NOT_EQUAL);
  assert_token("<=", WBI_CEL_LESS_EQUAL);
  assert_token(">=", WBI_CEL_GREATER_EQUAL);
  assert_token("&&", WBI_CEL_AND);
  assert_token("||", WBI_CEL_OR);
  assert_int_equal(first("<>").kind, '<');
}

static void words_are_names_keywords_or_reserved(void **state) {
  (void)state;
  static const char *const names[] = {"a", "_", "a1_B", "inside", "nulls", "r", "b", "br", "True"};
  static const char *const reserved[] = {
      "as",  "break", "const",   "continue",  "else",   "for", "function", "if",   "import",
      "let", "loop",  "package", "namespace", "return", "var", "void",     "while"};
  for (size_t i = 0; i < WBI_COUNT(names); i++)
    assert_token(names[i], WBI_CEL_NAME);
  for (size_t i = 0; i < WBI_COUNT(reserved); i++)
    assert_token(reserved[i], WBI_CEL_RESERVED);
  assert_token("true", WBI_CEL_TRUE);
  assert_token("false", WBI_CEL_FALSE);
  assert_token("null", WBI_CEL_NULL);
  assert_token("in", WBI_CEL_IN);
  assert_token("`a.b/c-d e1`", WBI_CEL_ESCAPED_NAME);
}

static void numbers_are_int_uint_or_double(void **state) {
  (void)state;
  assert_token("0", WBI_CEL_INT);
  assert_token("0x1F", WBI_CEL_INT);
  assert_token("0Xab", WBI_CEL_INT);
  assert_token("12u", WBI_CEL_UINT);
  assert_token("0x1fU", WBI_CEL_UINT);
  assert_token("1.5", WBI_CEL_DOUBLE);
  assert_token(".5", WBI_CEL_DOUBLE);
  assert_token("1e3", WBI_CEL_DOUBLE);
  assert_token("1.5E-3", WBI_CEL_DOUBLE);
  assert_token("1e+3", WBI_CEL_DOUBLE);
  assert_int_equal(first("1.").to, 1);
  assert_int_equal(first("1.a").to, 1);
  assert_int_equal(first("1e").to, 1);
  assert_int_equal(first("1e+").to, 1);
  assert_int_equal(first("0x").to, 1);
  assert_int_equal(first("0xg").to, 1);
  assert_int_equal(first("1.5u").to, 3);
}

static void white_space_and_comments_are_skipped(void **state) {
  (void)state;
  const char *source = " \t\r\n\f// all of this / is said\n  a // end";
  const wbi_cel_token token = first(source);
  assert_int_equal(token.kind, WBI_CEL_NAME);
  assert_int_equal(source[token.from], 'a');
  assert_int_equal(token.to - token.from, 1);
  assert_int_equal(first("").kind, WBI_CEL_END);
  assert_int_equal(first("  // only this").kind, WBI_CEL_END);
  assert_int_equal(first("  // only this").from, 14);
  assert_int_equal(first("/ /").kind, '/');
}

static void texts_come_in_every_form(void **state) {
  (void)state;
  assert_text("\"a'b\"", "a'b");
  assert_text("'a\"b'", "a\"b");
  assert_text("''", "");
  assert_text("\"\"\"\"\"\"", "");
  assert_text("\"\"\"a\"b\"\"c\nd\"\"\"", "a\"b\"\"c\nd");
  assert_text("'''a'b\r\nc\rd'''", "a'b\nc\nd");
  assert_text("r\"a\\nb\"", "a\\nb");
  assert_text("R'a\\'", "a\\");
  assert_text("r'''\\''''", "\\");
  assert_bytes("b'a\xc3\xa4'", WB_BYTES, "a\xc3\xa4", 3);
  assert_bytes("Br'\\x00'", WB_BYTES, "\\x00", 4);
  assert_int_equal(first("rb'a'").kind, WBI_CEL_NAME);
}

static void escapes_stand_for_characters(void **state) {
  (void)state;
  assert_text("'\\a\\b\\f\\n\\r\\t\\v\\\\\\?\\\"\\'\\`'", "\a\b\f\n\r\t\v\\?\"'`");
  assert_text("'\\x41\\X7e\\101\\u00e4\\U0001F600'", "A~A\xc3\xa4\xf0\x9f\x98\x80");
  assert_text("'\\xff\\377'", "\xc3\xbf\xc3\xbf");
  assert_text("'''\\''''", "'");
  assert_bytes("b'\\xff\\377\\n'", WB_BYTES, "\xff\xff\n", 3);
  assert_bytes("'\\x00'", WB_TEXT, "\0", 1);
}

static void escapes_without_meaning_are_refused(void **state) {
  (void)state;
  assert_bad_escape("'a\\q'", 3);
  assert_bad_escape("'\\x4'", 2);
  assert_bad_escape("'\\xg0'", 2);
  assert_bad_escape("'\\400'", 2);
  assert_bad_escape("'\\38'", 2);
  assert_bad_escape("'\\389'", 2);
  assert_bad_escape("'\\u123'", 2);
  assert_bad_escape("'\\ud800'", 2);
  assert_bad_escape("'\\U00110000'", 2);
  assert_bad_escape("b'\\u0041'", 3);
  assert_bad_escape("b'\\U00000041'", 3);
  assert_bad_escape("'\\\n'", 2);
}

static void integers_fit_in_64_bits(void **state) {
  (void)state;
  assert_integer("0", false, WB_INT, 0);
  assert_integer("9223372036854775807", false, WB_INT, INT64_MAX);
  assert_too_large("9223372036854775808", false);
  assert_integer("9223372036854775808", true, WB_INT, INT64_MIN);
  assert_too_large("9223372036854775809", true);
  assert_integer("0x7fffffffffffffff", false, WB_INT, INT64_MAX);
  assert_integer("0xfF", true, WB_INT, -255);
  assert_too_large("0x8000000000000000", false);
  assert_too_large("0x10000000000000000", false);
  assert_integer("18446744073709551615u", false, WB_UINT, -1);
  assert_too_large("18446744073709551616u", false);
  assert_integer("0xffffffffffffffffu", false, WB_UINT, -1);
  assert_too_large("1u", true);
}

static void doubles_are_exact(void **state) {
  (void)state;
  assert_double("1.5", 1.5);
  assert_double(".25", 0.25);
  assert_double("2e-1", 0.2);
  assert_double("1.7976931348623157e308", 1.7976931348623157e308);
  wbi_arena arena;
  wbi_cel_value value;
  wb_error error;
  assert_int_equal(value_of(&arena, WBI_TEXT("1e309"), &value, &error), WB_E_RANGE);
  assert_int_equal(error.column, 1);
  wbi_arena_free(&arena);
}

static void what_is_no_token_is_refused(void **state) {
  (void)state;
  assert_refused("a = 1", 1, 3, "'=' is no comparison; write '=='");
  assert_refused("a & b", 1, 3, "write '&&' for \"and\"");
  assert_refused("a | b", 1, 3, "write '||' for \"or\"");
  assert_refused("a\n  $", 2, 3, "this character has no meaning in a rule");
  assert_refused("\xc3\xa4", 1, 1, "this character has no meaning in a rule");
  assert_refused("'abc", 1, 1, "this text has no closing quote");
  assert_refused(" 'abc\n'", 1, 2, "this text has no closing quote");
  assert_refused("'abc\r'", 1, 1, "this text has no closing quote");
  assert_refused("'abc\\", 1, 1, "this text has no closing quote");
  assert_refused("'abc\\'", 1, 1, "this text has no closing quote");
  assert_refused("'''abc''", 1, 1, "this text has no closing quote");
  assert_refused("''''", 1, 1, "this text has no closing quote");
  assert_refused("`a", 1, 1, "this is no name in back quotes");
  assert_refused("``", 1, 1, "this is no name in back quotes");
  assert_refused("`a$`", 1, 1, "this is no name in back quotes");
}

static void a_nul_byte_is_no_token(void **state) {
  (void)state;
  wbi_cel_token token;
  uint32_t at = 0;
  wb_error error;
  assert_int_equal(wbi_cel_next((wbi_text){"\0", 1}, &at, &token, &error), WB_E_SYNTAX);
  assert_int_equal(error.column, 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(signs_are_tokens),
      cmocka_unit_test(words_are_names_keywords_or_reserved),
      cmocka_unit_test(numbers_are_int_uint_or_double),
      cmocka_unit_test(white_space_and_comments_are_skipped),
      cmocka_unit_test(texts_come_in_every_form),
      cmocka_unit_test(escapes_stand_for_characters),
      cmocka_unit_test(escapes_without_meaning_are_refused),
      cmocka_unit_test(integers_fit_in_64_bits),
      cmocka_unit_test(doubles_are_exact),
      cmocka_unit_test(what_is_no_token_is_refused),
      cmocka_unit_test(a_nul_byte_is_no_token),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

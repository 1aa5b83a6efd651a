/* SPDX-License-Identifier: MIT */
/* Pieces of a template, and the tokens inside braces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "liquid/liquid_private.h"

/* Reads the next piece, which must be there. */
static wbi_piece next_piece(wbi_scanner *scanner) {
  wbi_piece piece;
  wb_error error;
  assert_int_equal(wbi_scanner_next(scanner, &piece, &error), WB_OK);
  return piece;
}

/* The next piece is of a kind and holds a text. */
static void assert_piece(wbi_scanner *scanner, wbi_piece_kind kind, const char *text) {
  const wbi_piece piece = next_piece(scanner);
  assert_int_equal(piece.kind, kind);
  assert_int_equal(piece.to - piece.from, strlen(text));
  assert_memory_equal(scanner->source.data + piece.from, text, strlen(text));
}

static wbi_scanner scan(const char *source) {
  return (wbi_scanner){.source = wbi_text_of(source)};
}

/* The scanner refuses a source at a column of its first line. */
static void assert_unscannable(const char *source, uint32_t column, const char *message) {
  wbi_scanner scanner = scan(source);
  wbi_piece piece = {.kind = WBI_PIECE_TEXT};
  wb_error error;
  wb_status status = WB_OK;
  while (status == WB_OK && piece.kind != WBI_PIECE_END)
    status = wbi_scanner_next(&scanner, &piece, &error);
  assert_int_equal(status, WB_E_SYNTAX);
  assert_string_equal(error.message, message);
  assert_int_equal(error.line, 1);
  assert_int_equal(error.column, column);
}

static void text_and_braces_alternate(void **state) {
  (void)state;
  wbi_scanner scanner = scan("Hi {{ a }}{% if b %}!{} } % }");
  assert_piece(&scanner, WBI_PIECE_TEXT, "Hi ");
  assert_piece(&scanner, WBI_PIECE_OUTPUT, " a ");
  assert_piece(&scanner, WBI_PIECE_TAG, " if b ");
  assert_piece(&scanner, WBI_PIECE_TEXT, "!{} } % }");
  assert_piece(&scanner, WBI_PIECE_END, "");
  assert_piece(&scanner, WBI_PIECE_END, "");
}

static void a_piece_knows_where_it_opens(void **state) {
  (void)state;
  wbi_scanner scanner = scan("ab{{- c }}");
  next_piece(&scanner);
  const wbi_piece piece = next_piece(&scanner);
  assert_int_equal(piece.open, 2);
  assert_int_equal(piece.from, 5);
  assert_int_equal(piece.to, 8);
}

static void an_empty_source_has_no_pieces(void **state) {
  (void)state;
  wbi_scanner scanner = scan("");
  assert_piece(&scanner, WBI_PIECE_END, "");
}

static void dashes_take_white_space_away(void **state) {
  (void)state;
  wbi_scanner scanner = scan("a \n\t{{- b -}}\n \n{%- c -%} \v\f\rd {{ e }} f");
  assert_piece(&scanner, WBI_PIECE_TEXT, "a");
  assert_piece(&scanner, WBI_PIECE_OUTPUT, " b ");
  assert_piece(&scanner, WBI_PIECE_TEXT, "");
  assert_piece(&scanner, WBI_PIECE_TAG, " c ");
  assert_piece(&scanner, WBI_PIECE_TEXT, "d ");
  assert_piece(&scanner, WBI_PIECE_OUTPUT, " e ");
  assert_piece(&scanner, WBI_PIECE_TEXT, " f");
}

static void braces_of_nothing_but_dashes_are_empty(void **state) {
  (void)state;
  wbi_scanner scanner = scan("{{-}}{{--}} x{%%}");
  assert_piece(&scanner, WBI_PIECE_OUTPUT, "");
  assert_piece(&scanner, WBI_PIECE_OUTPUT, "");
  assert_piece(&scanner, WBI_PIECE_TEXT, "x");
  assert_piece(&scanner, WBI_PIECE_TAG, "");
}

static void braces_that_do_not_match_are_refused(void **state) {
  (void)state;
  const char *output = "The braces that open here are not closed by }}.";
  const char *tag = "The tag that opens here is not closed by %}.";
  const char *stray = "These braces close something that was never opened.";
  assert_unscannable("a {{ b", 3, output);
  assert_unscannable("{{", 1, output);
  assert_unscannable("{{ b %}", 1, output);
  assert_unscannable("{{ b } }", 1, output);
  assert_unscannable("{{ a {{ b }}", 1, output);
  assert_unscannable("{{ a {% if %}", 1, output);
  assert_unscannable("{% if", 1, tag);
  assert_unscannable("{% if }}", 1, tag);
  assert_unscannable("{%", 1, tag);
  assert_unscannable("a }} b", 3, stray);
  assert_unscannable("{{ a }} %}", 9, stray);
}

static void braces_may_stand_in_quotes(void **state) {
  (void)state;
  wbi_scanner scanner = scan("{{ '{{ {%' }}{{ \"it's\" }}");
  assert_piece(&scanner, WBI_PIECE_OUTPUT, " '{{ {%' ");
  assert_piece(&scanner, WBI_PIECE_OUTPUT, " \"it's\" ");
  assert_unscannable("{{ '{{", 1, "The braces that open here are not closed by }}.");
}

static void a_lenient_scanner_lets_stray_braces_be(void **state) {
  (void)state;
  wbi_scanner scanner = scan("a }} b %} c");
  scanner.lenient = true;
  assert_piece(&scanner, WBI_PIECE_TEXT, "a }} b %} c");
}

/* The body of the raw that a source is after, and what is left behind it. */
static void assert_raw(const char *source, const char *body, const char *rest) {
  wbi_scanner scanner = scan(source);
  wbi_piece piece;
  wb_error error;
  assert_int_equal(wbi_scanner_raw(&scanner, 0, &piece, &error), WB_OK);
  assert_int_equal(piece.to - piece.from, strlen(body));
  assert_memory_equal(source + piece.from, body, strlen(body));
  assert_string_equal(source + scanner.at, rest);
}

static void raw_ends_at_its_endraw(void **state) {
  (void)state;
  assert_raw("{% endraw %}x", "", "x");
  assert_raw(" {{ a }} {% b %} {%- endraw -%} x", " {{ a }} {% b %} ", " x");
  assert_raw("a {% {% endraw %}b", "a {% ", "b");
  assert_raw("{{% endraw x %}", "{", "");
  assert_raw("{% endrawx %}{% endraw%}", "{% endrawx %}", "");
  wbi_scanner scanner = scan("x {% raw %} a");
  wbi_piece piece;
  wb_error error;
  scanner.at = 11;
  assert_int_equal(wbi_scanner_raw(&scanner, 2, &piece, &error), WB_E_SYNTAX);
  assert_string_equal(error.message, "This raw is not closed by endraw.");
  assert_int_equal(error.column, 3);
}

/* What is left behind the comment that a source is after; NULL: it is not closed. */
static void assert_comment(const char *source, const char *rest) {
  wbi_scanner scanner = scan(source);
  wb_error error;
  const wb_status status = wbi_scanner_comment(&scanner, 0, &error);
  assert_int_equal(status, rest != NULL ? WB_OK : WB_E_SYNTAX);
  if (rest != NULL) assert_string_equal(source + scanner.at, rest);
}

static void comments_may_hold_comments(void **state) {
  (void)state;
  assert_comment("{% endcomment %}x", "x");
  assert_comment("a {{ } {% if %} {% endcomment x %}x", "x");
  assert_comment("{% comment %}{% endcomment %}y{%- endcomment -%} x", " x");
  assert_comment("{% raw %}{% endcomment %}{% endraw %}{% endcomment %}x", "x");
  assert_comment("{% commentx %}{% endcomment %}x", "x");
  assert_comment("a {{ b }} {{ c", NULL);
  assert_comment("{{ b {% endcomment %}", NULL);
  assert_comment("{% comment %}{% endcomment %}", NULL);
  assert_comment("{% raw %}{% endcomment %}", NULL);
  assert_comment("{% endcomment", NULL);
}

/* Reads the first token of a source. */
static wb_status read_token(const char *source, wbi_token *token, wb_error *error) {
  size_t at = 0;
  const wbi_text text = wbi_text_of(source);
  return wbi_token_next(text, &at, text.length, token, error);
}

/* The tokens of a source are of these kinds. */
static void assert_kinds(const char *source, const uint32_t *kinds, size_t count) {
  const wbi_text text = wbi_text_of(source);
  size_t at = 0;
  for (size_t i = 0; i < count; ++i) {
    wbi_token token;
    wb_error error;
    assert_int_equal(wbi_token_next(text, &at, text.length, &token, &error), WB_OK);
    assert_int_equal(token.kind, kinds[i]);
  }
  assert_int_equal(at, text.length);
}

static void tokens_are_words_texts_numbers_and_signs(void **state) {
  (void)state;
  const uint32_t kinds[] = {WBI_TOKEN_WORD,
                            '.',
                            WBI_TOKEN_WORD,
                            '|',
                            WBI_TOKEN_WORD,
                            ':',
                            WBI_TOKEN_TEXT,
                            ',',
                            WBI_TOKEN_TEXT,
                            WBI_TOKEN_INT,
                            WBI_TOKEN_DECIMAL,
                            WBI_TOKEN_EQUAL,
                            WBI_TOKEN_NOT_EQUAL,
                            WBI_TOKEN_NOT_EQUAL,
                            '<',
                            '>',
                            WBI_TOKEN_LESS_EQUAL,
                            WBI_TOKEN_GREATER_EQUAL,
                            '=',
                            '[',
                            ']',
                            '(',
                            WBI_TOKEN_INT,
                            WBI_TOKEN_RANGE,
                            WBI_TOKEN_INT,
                            ')',
                            WBI_TOKEN_END,
                            WBI_TOKEN_END};
  assert_kinds("a.b_2-c?|default:\"x\",'y' -7 1.50==!=<> < ><= >= = [ ] (1..2)\n", kinds,
               WBI_COUNT(kinds));
}

static void a_token_holds_its_value_and_place(void **state) {
  (void)state;
  wbi_token token;
  wb_error error;
  assert_int_equal(read_token("  patient.name x", &token, &error), WB_OK);
  assert_int_equal(token.from, 2);
  assert_true(wbi_text_equal(token.text, WBI_TEXT("patient")));
  assert_int_equal(read_token("'it is \"so\"'", &token, &error), WB_OK);
  assert_true(wbi_text_equal(token.text, WBI_TEXT("it is \"so\"")));
  assert_int_equal(read_token("\"\"", &token, &error), WB_OK);
  assert_int_equal(token.text.length, 0);
  assert_int_equal(read_token("9223372036854775807", &token, &error), WB_OK);
  assert_true(token.integer == INT64_MAX);
  assert_int_equal(read_token("-9223372036854775808", &token, &error), WB_OK);
  assert_true(token.integer == INT64_MIN);
  assert_int_equal(read_token("9223372036854775808", &token, &error), WB_OK);
  assert_int_equal(token.kind, WBI_TOKEN_DECIMAL);
  assert_true(wbi_text_equal(token.text, WBI_TEXT("9223372036854775808")));
  assert_int_equal(read_token("-12.50 x", &token, &error), WB_OK);
  assert_true(wbi_text_equal(token.text, WBI_TEXT("-12.50")));
}

static void characters_without_meaning_are_refused_with_advice(void **state) {
  (void)state;
  static const struct {
    const char *source, *message;
  } cases[] = {
      {"\xE2\x80\x9Cx\xE2\x80\x9D",
       "This is a curly quote; inside braces write a straight one: \" or '."},
      {"\xE2\x80\x99", "This is a curly quote; inside braces write a straight one: \" or '."},
      {"\xC2\xA0", "This is a no-break space; inside braces write an ordinary space."},
      {"&& b", "Write the word and."},
      {"!b", "Write != for \"is not the same as\"."},
      {"- 1", "This character has no meaning inside braces."},
      {"?", "This character has no meaning inside braces."},
      {"\"x", "The text that begins here has no closing quote."},
      {"'x\"", "The text that begins here has no closing quote."},
      {"7days", "A number is written in digits only."},
      {"1.5x", "A number is written in digits only."},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    wbi_token token;
    wb_error error;
    assert_int_equal(read_token(cases[i].source, &token, &error), WB_E_SYNTAX);
    assert_string_equal(error.message, cases[i].message);
    assert_int_equal(error.column, 1);
  }
}

static void a_token_does_not_reach_beyond_its_braces(void **state) {
  (void)state;
  const wbi_text source = WBI_TEXT("ab\"cd\"");
  wbi_token token;
  wb_error error;
  size_t at = 0;
  assert_int_equal(wbi_token_next(source, &at, 1, &token, &error), WB_OK);
  assert_true(wbi_text_equal(token.text, WBI_TEXT("a")));
  at = 2;
  assert_int_equal(wbi_token_next(source, &at, 5, &token, &error), WB_E_SYNTAX);
  at = 2;
  assert_int_equal(wbi_token_next(source, &at, 6, &token, &error), WB_OK);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(text_and_braces_alternate),
      cmocka_unit_test(a_piece_knows_where_it_opens),
      cmocka_unit_test(an_empty_source_has_no_pieces),
      cmocka_unit_test(dashes_take_white_space_away),
      cmocka_unit_test(braces_of_nothing_but_dashes_are_empty),
      cmocka_unit_test(braces_that_do_not_match_are_refused),
      cmocka_unit_test(tokens_are_words_texts_numbers_and_signs),
      cmocka_unit_test(a_token_holds_its_value_and_place),
      cmocka_unit_test(characters_without_meaning_are_refused_with_advice),
      cmocka_unit_test(braces_may_stand_in_quotes),
      cmocka_unit_test(a_lenient_scanner_lets_stray_braces_be),
      cmocka_unit_test(raw_ends_at_its_endraw),
      cmocka_unit_test(comments_may_hold_comments),
      cmocka_unit_test(a_token_does_not_reach_beyond_its_braces),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

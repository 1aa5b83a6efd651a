/* SPDX-License-Identifier: MIT */
/* Regular expressions: what is taken and refused, where, what matches, and how much work it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "cel/regex_private.h"

/* Patterns and texts of tests are literals, which may hold NUL. */
#define LITERAL(literal) ((wbi_text){literal, sizeof literal - 1})

/* Compiles in an arena that the caller frees. */
static wb_status compile(wbi_arena *arena, wbi_text pattern, wbi_regex **regex, size_t *at,
                         const char **message) {
  wbi_arena_init(arena, NULL, 0);
  return wbi_regex_compile(arena, pattern, regex, at, message);
}

/* Whether a pattern that is right matches; counts the work. */
static bool search(wbi_text pattern, wbi_text text, uint64_t *steps) {
  wbi_arena arena;
  wbi_regex *regex = NULL;
  size_t at = 0;
  const char *message = NULL;
  if (compile(&arena, pattern, &regex, &at, &message) != WB_OK)
    fail_msg("%.*s: %s at %zu", (int)pattern.length, pattern.data, message, at);
  void *scratch = malloc(wbi_regex_scratch(regex));
  assert_non_null(scratch);
  const bool found = wbi_regex_run(regex, text, scratch, steps);
  assert_int_equal(wbi_regex_search(regex, text, scratch), found);
  free(scratch);
  wbi_arena_free(&arena);
  return found;
}

static void assert_search(wbi_text pattern, wbi_text text, bool wanted) {
  uint64_t steps = 0;
  if (search(pattern, text, &steps) == wanted) return;
  fail_msg("/%.*s/ %s \"%.*s\"", (int)pattern.length, pattern.data,
           wanted ? "does not match" : "matches", (int)text.length, text.data);
}
#define MATCHES(pattern, text) assert_search(LITERAL(pattern), LITERAL(text), true)
#define MISSES(pattern, text) assert_search(LITERAL(pattern), LITERAL(text), false)

static void assert_refused(wbi_text pattern, wb_status wanted, size_t where, const char *why) {
  wbi_arena arena;
  wbi_regex *regex = NULL;
  size_t at = SIZE_MAX;
  const char *message = NULL;
  const wb_status status = compile(&arena, pattern, &regex, &at, &message);
  if (status != wanted || at != where || strcmp(message, why) != 0)
    fail_msg("%.*s: %d at %zu: %s", (int)pattern.length, pattern.data, status, at, message);
  assert_null(regex);
  wbi_arena_free(&arena);
}
#define REFUSED(pattern, where, why) assert_refused(LITERAL(pattern), WB_E_SYNTAX, where, why)
#define TOO_LARGE(pattern, where, why) assert_refused(LITERAL(pattern), WB_E_LIMIT, where, why)

/* ---- what matches ------------------------------------------------------------------------- */

static void a_match_may_be_anywhere(void **state) {
  (void)state;
  MATCHES("", "");
  MATCHES("", "abc");
  MATCHES("bc", "abcd");
  MATCHES("abcd", "abcd");
  MISSES("abcd", "abc");
  MISSES("a", "");
  MATCHES("a|", "");
  MATCHES("|", "");
  MATCHES("()", "");
  MATCHES("x(?:)y", "xy");
}

static void alternatives_are_tried_all(void **state) {
  (void)state;
  MATCHES("^(a|bc|def)$", "a");
  MATCHES("^(a|bc|def)$", "bc");
  MATCHES("^(a|bc|def)$", "def");
  MISSES("^(a|bc|def)$", "de");
  MATCHES("^(a|ab)(c|bcd)$", "abcd");
  MATCHES("^(|a|)b$", "b");
  MATCHES("^(a||b)c$", "c");
  MATCHES("^ab|cd$", "abx");
  MATCHES("^ab|cd$", "xcd");
}

static void repetition_counts(void **state) {
  (void)state;
  MISSES("^a+$", "");
  MATCHES("^a*$", "");
  MATCHES("^a?$", "a");
  MISSES("^a?$", "aa");
  MISSES("^a{2,3}$", "a");
  MATCHES("^a{2,3}$", "aa");
  MATCHES("^a{2,3}$", "aaa");
  MISSES("^a{2,3}$", "aaaa");
  MISSES("^(ab){2}$", "ab");
  MATCHES("^(ab){2}$", "abab");
  MISSES("^(ab){2}$", "ababab");
  MISSES("^a{2,}$", "a");
  MATCHES("^a{2,}$", "aa");
  MATCHES("^a{2,}$", "aaaaaa");
  MATCHES("^a{0}$", "");
  MISSES("^a{0}$", "a");
  MATCHES("^a{0,}$", "aaa");
  MATCHES("^xa{0}y$", "xy");
  MATCHES("^(a{0,2}b){2}$", "aabb");
  MATCHES("^(a|b{2}){0,2}c$", "bbac");
  MISSES("^(a|b{2}){0,2}c$", "bac");
  MATCHES("^a*?b+?c?\?d{1,2}?$", "bd");
}

static void braces_that_count_nothing_are_characters(void **state) {
  (void)state;
  MATCHES("^a{$", "a{");
  MATCHES("^{$", "{");
  MATCHES("^a{,2}$", "a{,2}");
  MATCHES("^a{x}$", "a{x}");
  MATCHES("^a{1$", "a{1");
  MATCHES("^a{1,$", "a{1,");
  MATCHES("^a{-1}$", "a{-1}");
  MATCHES("^]}$", "]}");
}

static void one_scalar_is_one_character(void **state) {
  (void)state;
  MATCHES("^.$", "\xC3\xA9");
  MATCHES("^.{3}$", "\xF0\x9F\x90\xB1\xF0\x9F\x98\x80\xE2\x82\xAC");
  MATCHES("^[\xC3\xA0-\xC3\xAF]$", "\xC3\xA9");
  MATCHES("^(a|\xF0\x9F\x98\x80){2}$", "\xF0\x9F\x98\x80\x61");
  MATCHES("^[^a]$", "\xF4\x8F\xBF\xBF");
  MATCHES("\\x{10FFFF}", "\xF4\x8F\xBF\xBF");
  MATCHES("^\\x{20ac}\\x41\\n$", "\xE2\x82\xAC\x41\n");
  MATCHES("^.$", "\0");
  MATCHES("^\0$", "\0");
}

static void a_point_leaves_out_the_end_of_a_line(void **state) {
  (void)state;
  MISSES("a.b", "a\nb");
  MATCHES("(?s)a.b", "a\nb");
  MATCHES("(?s:a.)b", "a\nb");
  MISSES("(?s:a).b", "a\nb");
  MATCHES("a[^x]b", "a\nb");
}

static void escapes_stand_for_characters(void **state) {
  (void)state;
  MATCHES("^\\a\\f\\n\\r\\t\\v$", "\a\f\n\r\t\v");
  MATCHES("^\\101\\07\\0$", "A\a\0");
  MATCHES("^\\1010$", "A0");
  MATCHES("^\\.\\*\\\\\\_\\-\\ $", ".*\\_- ");
  MATCHES("^\\Qa.b|(\\E+$", "a.b|((");
  MATCHES("^\\Qa.b", "a.b");
  MATCHES("^\\Q\\\\E$", "\\");
  MATCHES("^a\\Q\\E*$", "aa");
}

static void classes_hold_what_they_say(void **state) {
  (void)state;
  MATCHES("^[abc-e]+$", "abcde");
  MISSES("[abc-e]", "f-");
  MATCHES("^[]a]+$", "]a");
  MATCHES("^[^]a]$", "b");
  MISSES("[^]a]", "]a");
  MATCHES("^[a-]+$", "a-");
  MATCHES("^[-a]+$", "a-");
  MATCHES("^[a\\-c]+$", "a-c");
  MISSES("[a\\-c]", "b");
  MATCHES("^[\\]\\x41-\\x43]+$", "]ABC");
  MATCHES("^[\\d-z]+$", "0-z");
  MATCHES("^[[a]+$", "[a");
  MATCHES("^[[:]+$", "[:");
  MISSES("[^\\x00-\\x{10FFFF}]", "abc");
  MATCHES("^[a-cb-d]$", "d");
  MATCHES("^[\\s\\S]$", "x");
}

static void letters_name_classes(void **state) {
  (void)state;
  MATCHES("^\\d\\D\\w\\W\\s\\S$", "7x_- y");
  MISSES("\\d", "\xD9\xA3"); /* an Arabic digit is no \d */
  MISSES("\\w", "\xC3\xA9");
  MISSES("\\s", "\v");
  MATCHES("^[\\D]$", "x");
  MISSES("^[^\\D]$", "x");
  MATCHES("^[[:alpha:]][[:^alpha:]]$", "a1");
  MATCHES("^[[:alnum:]_]+$", "aZ0_");
  MATCHES("^[[:word:]]+[[:punct:]][[:space:]]$", "a_0!\v");
  MATCHES("^[[:ascii:]][[:cntrl:]][[:blank:]]$", "\0\x7F\t");
  MISSES("^[[:ascii:]]$", "\xC2\x80");
  MATCHES("^[[:xdigit:]]+[[:graph:]][[:print:]]$", "aF9~ ");
  MATCHES("^[[:upper:]][[:lower:]][[:digit:]]$", "Aa1");
  MISSES("^[^[:upper:]]$", "A");
}

static void unicode_classes_go_by_category_and_script(void **state) {
  (void)state;
  MATCHES("^\\pL\\p{Lu}\\p{Ll}\\p{Nd}\\pZ$", "\xC3\xA9\xC3\x89\xCF\x83\xD9\xA3\xC2\xA0");
  MISSES("\\p{Lu}", "\xC3\xA9");
  MATCHES("^\\PL$", "1");
  MATCHES("^\\p{^L}$", "1");
  MATCHES("^\\P{^L}$", "a");
  MATCHES("^\\p{Greek}\\p{Cyrillic}\\p{Han}\\P{Latin}$", "\xCE\xB1\xD1\x8F\xE6\xBC\xA2\xCE\xB1");
  MATCHES("^[\\pN\\pS]+$", "1+\xE2\x82\xAC");
  MATCHES("^[^\\pL]$", "1");
  MATCHES("^\\p{Any}$", "\xF4\x8F\xBF\xBF");
  MATCHES("^\\p{Lt}$", "\xC7\x85");
  MATCHES("^\\p{Co}$", "\xF4\x8F\xBF\xBD");
  MATCHES("^\\p{So}$", "\xF0\x9F\x98\x80");
}

static void case_is_folded_as_unicode_does(void **state) {
  (void)state;
  MATCHES("(?i)^abc\xC3\x89\xCF\x83\xD1\x8F$", "AbC\xC3\xA9\xCE\xA3\xD0\xAF");
  MATCHES("(?i)^k\xCF\x83$", "\xE2\x84\xAA\xCF\x82"); /* the Kelvin sign, the last sigma */
  MATCHES("(?i)^[a-c]+$", "aBC");
  MISSES("(?i)[^k]", "kK\xE2\x84\xAA");
  MATCHES("(?i)^\\w$", "\xC5\xBF"); /* the long s */
  MISSES("(?i)\\W", "\xC5\xBF");
  MATCHES("(?i)^\\p{Lu}$", "a");
  MISSES("(?-i)a", "A");
  MATCHES("a(?i)b", "aB");
  MISSES("a(?i)b", "AB");
  MATCHES("^(?:a(?i)b|c)d$", "Cd");
  MISSES("^(?:a(?i)b|c)d$", "CD");
  MATCHES("^(?i:a)b$", "Ab");
  MISSES("^(?i:a)b$", "AB");
  MATCHES("(?i)^1\\Qb\\E$", "1B");
}

static void places_take_nothing(void **state) {
  (void)state;
  MISSES("^b", "a\nb");
  MATCHES("(?m)^b", "a\nb");
  MISSES("a$", "a\n");
  MATCHES("(?m)a$", "a\nb");
  MISSES("(?m)\\Ab", "a\nb");
  MISSES("(?m)a\\z", "a\nb");
  MATCHES("(?m)^$", "a\n\nb");
  MATCHES("(?m)^$", "a\n");
  MATCHES("\\bfoo\\b", "a foo.");
  MISSES("\\bfoo\\b", "afoo");
  MATCHES("\\Boo\\B", "foot");
  MISSES("\\b", "");
  MATCHES("\\B", "");
  MISSES("\\b", "\xC3\xA9"); /* no ASCII word character */
  MATCHES("^*a", "ba");
  MATCHES("(?:^|x)+a", "xa");
}

static void groups_are_named_or_flagged(void **state) {
  (void)state;
  MATCHES("^(?P<year>\\d{4})-(?<month>\\d\\d)$", "2026-01");
  MATCHES("^(?P<1_a>x)$", "x");
  MATCHES("^(?ims-U:a.B)$", "A\nb");
  MATCHES("^(?)(?:a)(?U)b*$", "abb");
  MATCHES("^((((a))))$", "a");
}

/* ---- what is refused ---------------------------------------------------------------------- */

static void repetition_of_nothing_is_refused(void **state) {
  (void)state;
  static const char nothing[] = "there is nothing to repeat here";
  REFUSED("*", 0, nothing);
  REFUSED("a|*", 2, nothing);
  REFUSED("(+a)", 1, nothing);
  REFUSED("(?i)?", 4, nothing);
  REFUSED("\\Q\\E*", 4, nothing);
  REFUSED("{2}", 0, nothing);
  REFUSED("a**", 2, "an operator repeats another");
  REFUSED("a*+", 2, "an operator repeats another");
  REFUSED("a+?\?", 3, "an operator repeats another");
  REFUSED("a{2}{3}", 4, "an operator repeats another");
}

static void counts_have_limits(void **state) {
  (void)state;
  REFUSED("a{3,2}", 1, "the second number is below the first");
  MATCHES("^a{0,1000}$", "aaa");
  TOO_LARGE("a{1001}", 1, "at most 1,000 repetitions");
  TOO_LARGE("a{0,1001}", 1, "at most 1,000 repetitions");
  TOO_LARGE("a{99999999999999999999}", 1, "at most 1,000 repetitions");
  MATCHES("^((a{10}){10}){0,10}$", "");
  TOO_LARGE("((a{10}){10}){11}", 13, "at most 1,000 repetitions, with those inside");
  TOO_LARGE("(a{2}|b{500}c){3}", 14, "at most 1,000 repetitions, with those inside");
  MATCHES("^(a{1000}){1}|x", "x");
  MATCHES("((a{500}){0}){3}", "");
}

static void programs_have_a_limit(void **state) {
  (void)state;
  /* 10,000 instructions: nine for each round, and the last one. */
  MISSES("(abcdefghi){1000}(abcdefghi){111}", "x");
  TOO_LARGE("(abcdefghi){1000}(abcdefghi){111}j", 34, "the expression is too large");
  TOO_LARGE("(abcdefghi){1000}(abcdefghi){112}", 33, "the expression is too large");
  /* Nor may an operator, an alternative, a quoted character or a copy be one more. */
  TOO_LARGE("(abcdefghi){1000}(abcdefghi){110}abcdefghij*", 44, "the expression is too large");
  TOO_LARGE("(abcdefghi){1000}(abcdefghi){110}abcdefghij|k", 44, "the expression is too large");
  TOO_LARGE("(abcdefghi){1000}(abcdefghi){111}\\Qabc\\E", 37, "the expression is too large");
  TOO_LARGE("(abcdefghijklmnopqrst){1000,}", 29, "the expression is too large");
}

static void nesting_has_a_limit(void **state) {
  (void)state;
  char pattern[2 * WBI_REGEX_NESTING + 3] = {0};
  for (size_t depth = WBI_REGEX_NESTING; depth <= WBI_REGEX_NESTING + 1; depth++) {
    memset(pattern, '(', depth);
    memset(pattern + depth, ')', depth);
    const wbi_text text = {pattern, 2 * depth};
    if (depth == WBI_REGEX_NESTING)
      assert_search(text, text, true);
    else
      assert_refused(text, WB_E_LIMIT, WBI_REGEX_NESTING, "groups are nested too deeply");
  }
}

static void classes_have_a_limit(void **state) {
  (void)state;
  char pattern[3 * 4000 + 1];
  for (size_t i = 0; i < 4000; i++)
    memcpy(pattern + 3 * i, "\\pL", 3);
  assert_search((wbi_text){pattern, 3 * 50}, LITERAL("a"), false);
  wbi_arena arena;
  wbi_regex *regex = NULL;
  size_t at = 0;
  const char *message = NULL;
  assert_int_equal(compile(&arena, (wbi_text){pattern, 3 * 4000}, &regex, &at, &message),
                   WB_E_LIMIT);
  assert_string_equal(message, "the expression has too many classes");
  wbi_arena_free(&arena);
}

/* The piece over and over is refused for its classes, wherever that is. */
static void assert_classes_refused(const char *begins, const char *piece, size_t count) {
  const size_t head = strlen(begins), size = strlen(piece);
  char *pattern = malloc(head + size * count);
  wbi_arena arena;
  wbi_regex *regex = NULL;
  size_t at = 0;
  const char *message = NULL;
  assert_non_null(pattern);
  memcpy(pattern, begins, head);
  for (size_t i = 0; i < count; i++)
    memcpy(pattern + head + size * i, piece, size);
  assert_int_equal(compile(&arena, (wbi_text){pattern, head + size * count}, &regex, &at, &message),
                   WB_E_LIMIT);
  assert_string_equal(message, "the expression has too many classes");
  wbi_arena_free(&arena);
  free(pattern);
}

static void classes_that_are_small_at_last_have_a_limit_too(void **state) {
  (void)state;
  assert_classes_refused("(?i)", "[\\pL\\PL]", 2000); /* all there is, by much work */
  assert_classes_refused("(?i)", "[\\x{0}-\\x{10FFFF}]", 2000);
  assert_classes_refused("", "[ab]{0}", WBI_REGEX_CODE + 1); /* of which no code is left */
}

static void groups_must_close(void **state) {
  (void)state;
  REFUSED("(", 0, "this group is not closed");
  REFUSED("a(b|(c)", 1, "this group is not closed");
  REFUSED(")", 0, "there is no group to close");
  REFUSED("a)b", 1, "there is no group to close");
  REFUSED("[", 0, "this bracket is not closed");
  REFUSED("[]", 0, "this bracket is not closed");
  REFUSED("a[^]", 1, "this bracket is not closed");
  REFUSED("[a-", 0, "this bracket is not closed");
  REFUSED("[[:alpha:]", 0, "this bracket is not closed");
}

static void what_re2_lacks_is_refused(void **state) {
  (void)state;
  static const char kind[] = "there is no such kind of group", escape[] = "this escape is unknown";
  REFUSED("(?=a)", 2, kind);
  REFUSED("(?!a)", 2, kind);
  REFUSED("(?>a)", 2, kind);
  REFUSED("(?#a)", 2, kind);
  REFUSED("(?P=a)", 2, kind);
  REFUSED("(?x)a", 2, kind);
  REFUSED("(?", 2, kind);
  REFUSED("(?i", 3, kind);
  REFUSED("(?-)", 3, kind);
  REFUSED("(?i-)", 4, kind);
  REFUSED("(?i--s)", 4, kind);
  REFUSED("(?<=a)", 3, "this is not the name of a group");
  REFUSED("(?<!a)", 3, "this is not the name of a group");
  REFUSED("(?P<>a)", 4, "this is not the name of a group");
  REFUSED("(?P<a-b>a)", 4, "this is not the name of a group");
  REFUSED("(?P<a", 4, "this is not the name of a group");
  REFUSED("(?P<n>a)(?<n>b)", 11, "this name is another group's");
  REFUSED("(a)\\1", 3, escape);
  REFUSED("\\8", 0, escape);
  REFUSED("\\C", 0, escape);
  REFUSED("\\Z", 0, escape);
  REFUSED("\\y", 0, escape);
  REFUSED("\\\xC3\xA9", 0, escape);
  REFUSED("[\\b]", 1, escape);
  REFUSED("[\\Qa\\E]", 1, escape);
  REFUSED("a\\", 1, "a backslash ends the expression");
  REFUSED("[\\", 1, "a backslash ends the expression");
}

static void bad_numbers_of_characters_are_refused(void **state) {
  (void)state;
  static const char escape[] = "this escape is unknown";
  REFUSED("\\x4", 0, escape);
  REFUSED("\\xg0", 0, escape);
  REFUSED("\\x{}", 0, escape);
  REFUSED("\\x{41", 0, escape);
  REFUSED("\\x{110000}", 0, escape);
  REFUSED("\\x{99999999999999999}", 0, escape);
  MATCHES("^\\x{00000000000000000041}$", "A");
}

static void bad_classes_are_refused(void **state) {
  (void)state;
  static const char unknown[] = "this class of characters is unknown";
  REFUSED("[b-a]", 1, "this range ends before it begins");
  REFUSED("[xb-a]", 2, "this range ends before it begins");
  REFUSED("[a-\\d]", 3, "this escape is unknown");
  REFUSED("[[:foo:]]", 1, unknown);
  REFUSED("[[::]]", 1, unknown);
  REFUSED("\\p", 0, unknown);
  REFUSED("\\p{", 0, unknown);
  REFUSED("\\p{}", 0, unknown);
  REFUSED("\\p{Greek", 0, unknown);
  REFUSED("\\p{greek}", 0, unknown);
  REFUSED("\\pq", 0, unknown);
  REFUSED("\\p{Lux}", 0, unknown);
  REFUSED("\\p{uL}", 0, unknown);
  REFUSED("[\\pX]", 1, unknown);
}

static void malformed_utf8_is_refused(void **state) {
  (void)state;
  static const char malformed[] = "the expression is not UTF-8";
  REFUSED("a\xFF", 1, malformed);
  REFUSED("[\xC3]", 1, malformed);
  REFUSED("\\\xC3", 1, malformed);
  REFUSED("\\Qa\x80", 3, malformed);
  REFUSED("\\p\x80", 2, malformed);
}

/* ---- work --------------------------------------------------------------------------------- */

/* The most work there may be: every instruction at every place. */
static void assert_linear(const char *pattern, wbi_text text, bool wanted) {
  wbi_arena arena;
  wbi_regex *regex = NULL;
  size_t at = 0;
  const char *message = NULL;
  uint64_t steps = 0;
  assert_int_equal(compile(&arena, wbi_text_of(pattern), &regex, &at, &message), WB_OK);
  const uint64_t most = (uint64_t)wbi_regex_size(regex) * (text.length + 1);
  wbi_arena_free(&arena);
  assert_int_equal(search(wbi_text_of(pattern), text, &steps), wanted);
  assert_true(steps <= most);
}

static void bad_patterns_take_linear_time(void **state) {
  (void)state;
  enum { LENGTH = 20000 };
  char *text = malloc(LENGTH);
  assert_non_null(text);
  memset(text, 'a', LENGTH);
  const wbi_text as = {text, LENGTH};
  assert_linear("(a*)*b", as, false);
  assert_linear("(a|aa)+$", as, true);
  assert_linear("^(a|aa)+b$", as, false);
  assert_linear("(a|a|a|a)*b", as, false);
  assert_linear("((a+)+)+b", as, false);
  assert_linear("(.*)(.*)(.*)(.*)(.*)b", as, false);
  assert_linear("^(a?){500}(a){500}b", as, false);
  assert_linear("^(a?){500}(a){500}$", (wbi_text){text, 500}, true);
  assert_linear("^(a?){500}(a){500}$", (wbi_text){text, 499}, false);
  assert_linear("^(a?){500}(a){500}$", (wbi_text){text, 1001}, false);
  assert_linear("(x+x+)+y", as, false);
  free(text);
}

static void twice_the_text_is_twice_the_work(void **state) {
  (void)state;
  enum { LENGTH = 4096 };
  static char text[2 * LENGTH];
  uint64_t once = 0, twice = 0;
  memset(text, 'a', sizeof text);
  assert_false(search(LITERAL("(a*)*b|(a|aa)+c"), (wbi_text){text, LENGTH}, &once));
  assert_false(search(LITERAL("(a*)*b|(a|aa)+c"), (wbi_text){text, sizeof text}, &twice));
  assert_in_range(twice, 2 * once - 100, 2 * once + 100);
}

static void memory_that_fails_is_reported(void **state) {
  (void)state;
  /* A ceiling on the arena: each step of it is met once. */
  for (size_t ceiling = 16; ceiling < 8192; ceiling += 16) {
    wbi_arena arena;
    wbi_regex *regex = NULL;
    size_t at = 0;
    const char *message = NULL;
    wbi_arena_init(&arena, NULL, ceiling);
    const wb_status status =
        wbi_regex_compile(&arena, LITERAL("(?P<n>[a-c]+)\\p{Greek}x"), &regex, &at, &message);
    assert_true(status == WB_OK || status == WB_E_NOMEM);
    assert_true((regex != NULL) == (status == WB_OK));
    if (status != WB_OK) assert_string_equal(message, "there is no memory for this expression");
    wbi_arena_free(&arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_match_may_be_anywhere),
      cmocka_unit_test(alternatives_are_tried_all),
      cmocka_unit_test(repetition_counts),
      cmocka_unit_test(braces_that_count_nothing_are_characters),
      cmocka_unit_test(one_scalar_is_one_character),
      cmocka_unit_test(a_point_leaves_out_the_end_of_a_line),
      cmocka_unit_test(escapes_stand_for_characters),
      cmocka_unit_test(classes_hold_what_they_say),
      cmocka_unit_test(letters_name_classes),
      cmocka_unit_test(unicode_classes_go_by_category_and_script),
      cmocka_unit_test(case_is_folded_as_unicode_does),
      cmocka_unit_test(places_take_nothing),
      cmocka_unit_test(groups_are_named_or_flagged),
      cmocka_unit_test(repetition_of_nothing_is_refused),
      cmocka_unit_test(counts_have_limits),
      cmocka_unit_test(programs_have_a_limit),
      cmocka_unit_test(nesting_has_a_limit),
      cmocka_unit_test(classes_have_a_limit),
      cmocka_unit_test(classes_that_are_small_at_last_have_a_limit_too),
      cmocka_unit_test(groups_must_close),
      cmocka_unit_test(what_re2_lacks_is_refused),
      cmocka_unit_test(bad_numbers_of_characters_are_refused),
      cmocka_unit_test(bad_classes_are_refused),
      cmocka_unit_test(malformed_utf8_is_refused),
      cmocka_unit_test(bad_patterns_take_linear_time),
      cmocka_unit_test(twice_the_text_is_twice_the_work),
      cmocka_unit_test(memory_that_fails_is_reported),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

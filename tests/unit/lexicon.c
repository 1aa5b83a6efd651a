/* SPDX-License-Identifier: MIT */
/* The lists of words that replies are read by: what their reader takes for granted, and what is no
   word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "data/data.h"
#include "outreach/reply_private.h"

/* Characters beyond all that are known, words longer than any, signs before the first word. */
static void what_is_beyond_words_is_passed_over(void **state) {
  static const struct {
    const char *text;
    int32_t intent;
  } cases[] = {
      {"\xF4\x8F\xBF\xBF please stop texting me", WB_INTENT_OPT_OUT},
      {"\xF4\x8F\xBF\xBF", WB_INTENT_OTHER},
      {"!! Stop", WB_INTENT_OPT_OUT},
      {"... ! ?! Stop.", WB_INTENT_OPT_OUT},
  };
  char text[1024] = "";
  wb_reply reply = {.size = sizeof reply};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    assert_int_equal(wb_reply_parse(cases[i].text, strlen(cases[i].text), &reply), WB_OK);
    if (reply.intent != cases[i].intent) fail_msg("%s: %d", cases[i].text, reply.intent);
  }
  memset(text, 'a', 500);
  strcat(text, " cancel my appointment");
  assert_int_equal(wb_reply_parse(text, strlen(text), &reply), WB_OK);
  assert_int_equal(reply.intent, WB_INTENT_CANCEL_APPT);
  strcpy(text, "Stop"); /* more words than are read at once */
  for (size_t i = 0; i < 100; i++)
    strcat(text, " please");
  assert_int_equal(wb_reply_parse(text, strlen(text), &reply), WB_OK);
  assert_int_equal(reply.intent, WB_INTENT_OPT_OUT);
}

static bool capital(char byte) {
  return byte >= 'A' && byte <= 'Z';
}

/* What the reader of the lexicon takes for granted: words, each with its beginning, */
static void words_have_their_beginning(void **state) {
  const wbi_lexicon *lexicon = &wbi_data_lexicon;
  uint32_t words = 0;
  size_t length = 0;
  (void)state;
  assert_int_equal(lexicon->words[0], 'A');
  for (uint32_t i = 0; i < lexicon->length; i++) {
    if (capital(lexicon->words[i])) {
      const size_t alike = (size_t)(lexicon->words[i] - 'A');
      assert_true(alike <= length && i + 1 < lexicon->length && !capital(lexicon->words[i + 1]));
      length = alike;
      words++;
    } else {
      assert_true(++length <= WBI_LEXICON_LONGEST);
    }
  }
  assert_int_equal(words, lexicon->word_count);
}

/* kinds of known alternatives, */
static void kinds_have_alternatives(void **state) {
  const wbi_lexicon *lexicon = &wbi_data_lexicon;
  (void)state;
  for (uint32_t i = 0; i < lexicon->kind_count; i++) {
    assert_true(lexicon->kinds[i] < lexicon->kinds[i + 1]);
    for (uint32_t at = lexicon->kinds[i]; at < lexicon->kinds[i + 1]; at++) /* those before it */
      assert_in_range(lexicon->tokens[at], 0, lexicon->word_count + i - 1);
  }
}

/* and lists of patterns, each of elements that are not empty. */
static void lists_have_patterns(void **state) {
  const wbi_lexicon *lexicon = &wbi_data_lexicon;
  const uint32_t most = lexicon->word_count + lexicon->kind_count - 1;
  (void)state;
  for (const wbi_lexicon_list *list = lexicon->lists; list->name != NULL; list++) {
    uint32_t before = WBI_LEXICON_FOR;
    assert_true(list->first < list->end);
    assert_true(lexicon->tokens[list->first] >> WBI_LEXICON_SHIFT >= WBI_LEXICON_FOR);
    for (uint32_t at = list->first; at < list->end; at++) {
      const uint32_t begins = lexicon->tokens[at] >> WBI_LEXICON_SHIFT;
      const uint32_t number = lexicon->tokens[at] & WBI_LEXICON_NUMBER;
      if (begins == WBI_LEXICON_PLACE) assert_in_range(number, 0, WBI_LEXICON_PLACE_END);
      if (begins < WBI_LEXICON_PLACE) assert_in_range(number, 0, most);
      assert_false(begins == WBI_LEXICON_OR && before >= WBI_LEXICON_PLACE);
      before = begins;
    }
    assert_true(before < WBI_LEXICON_FOR);
  }
}

/* What leans to a list are words and kinds of the lexicon, and that a word is none of them, */
static void leanings_are_of_what_is_known(void **state) {
  const wbi_lexicon *lexicon = &wbi_data_lexicon;
  (void)state;
  for (const wbi_lexicon_list *list = lexicon->lists; list->name != NULL; list++) {
    uint32_t number = 0;
    assert_true(list->lean_first <= list->lean_end);
    for (uint32_t i = list->lean_first; i < list->lean_end; i++)
      number += lexicon->leanings[i].further;
    assert_true(number <= lexicon->word_count + lexicon->kind_count);
  }
}

/* each in the one list, as far apart as they may be. */
static void words_lean_to_a_list_together(void **state) {
  static const wbi_lexicon_leaning leanings[] = {{0, 7}, {63, 1}, {1, -128}, {255, 0}, {3, 127}};
  static const wbi_lexicon_list lists[] = {{"a", 0, 0, 0, 1, -9}, {"b", 0, 0, 1, 5, 20}};
  static const struct {
    uint32_t number;
    int32_t points[2];
  } cases[] = {{0, {-2, 20}},   {1, {-9, 20}},    {63, {-9, 21}}, {64, {-9, -108}},
               {319, {-9, 20}}, {322, {-9, 147}}, {323, {-9, 20}}};
  const wbi_lexicon lexicon = {.leanings = leanings, .lists = lists};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    uint64_t has[WBI_REPLY_NUMBERS] = {0};
    has[cases[i].number / 64] = UINT64_C(1) << cases[i].number % 64;
    for (size_t j = 0; j < 2; j++)
      assert_int_equal(wbi_reply_lean(&lexicon, &lists[j], has), cases[i].points[j]);
  }
  uint64_t all[WBI_REPLY_NUMBERS];
  memset(all, 0xFF, sizeof all);
  assert_int_equal(wbi_reply_lean(&lexicon, &lists[1], all), 20 + 1 - 128 + 127);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_beyond_words_is_passed_over),
      cmocka_unit_test(words_have_their_beginning),
      cmocka_unit_test(kinds_have_alternatives),
      cmocka_unit_test(lists_have_patterns),
      cmocka_unit_test(leanings_are_of_what_is_known),
      cmocka_unit_test(words_lean_to_a_list_together),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

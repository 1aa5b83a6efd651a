/* SPDX-License-Identifier: MIT */
/* A reply as words: digits that stand for letters, long words, scripts that write no spaces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "outreach/reply_private.h"

static void a_digit_among_letters_is_a_letter(void **state) {
  static const char *const rows[][2] = {
      {"st0p", "stop"}, {"pi9s", "pigs"}, {"a99b", "a99b"}, {"29b", "29b"},     {"b92", "b92"},
      {"9ab", "9ab"},   {"ab9", "ab9"},   {"2day", "2day"}, {"1o1o1", "1oio1"},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    wbi_reply_window window;
    size_t at = 0;
    assert_true(wbi_reply_read(wbi_text_of(rows[i][0]), &at, &window));
    assert_int_equal(window.count, 1);
    assert_true(wbi_text_equal(window.words[0], wbi_text_of(rows[i][1])));
  }
}

/* As much as the lexicon's longest is kept, of the next word, too. */
static void of_a_long_word_the_beginning_is_kept(void **state) {
  enum { KEPT = 16 };
  static const char text[] = "abcdefghijklmnop abcdefghijklmnopq abc";
  wbi_reply_window window;
  size_t at = 0;
  (void)state;
  assert_true(wbi_reply_read(wbi_text_of(text), &at, &window));
  assert_int_equal(window.count, 3);
  assert_int_equal(window.words[0].length, KEPT);
  assert_int_equal(window.words[1].length, KEPT);
  assert_memory_equal(window.words[1].data, text, KEPT);
  assert_true(wbi_text_equal(window.words[2], WBI_TEXT("abc")));
}

/* A sign stands between two words, and where the second begins; pictures where they are. */
static void each_word_is_known_by_where_it_begins(void **state) {
  static const struct {
    const char *text;
    uint32_t count;
    uint64_t signs;
    size_t from[3];
  } rows[] = {
      {"a, bc", 3, 2, {0, 3, 3}},
      {"!? a b", 2, 0, {3, 5, 0}},
      {"a b!", 2, 0, {0, 2, 0}},
      {"\xF0\x9F\x91\x8D\xF0\x9F\x91\x8D \xF0\x9F\x91\x8E", 2, 0, {0, 9, 0}},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    wbi_reply_window window;
    size_t at = 0;
    memset(&window, 0, sizeof window);
    assert_true(wbi_reply_read(wbi_text_of(rows[i].text), &at, &window));
    assert_int_equal(window.count, rows[i].count);
    assert_int_equal(window.signs, rows[i].signs);
    for (uint32_t k = 0; k < window.count; k++)
      assert_int_equal(window.from[k], rows[i].from[k]);
  }
}

/* As many words as a window has fit into one; of one more the next begins some words before. */
static void a_window_is_filled_to_its_last_word(void **state) {
  (void)state;
  for (size_t more = 0; more < 2; more++) {
    char text[2 * (WBI_REPLY_WORDS + 1)];
    wbi_reply_window window;
    size_t at = 0;
    for (size_t i = 0; i < WBI_REPLY_WORDS + more; i++)
      memcpy(text + 2 * i, "a ", 2);
    const wbi_text reply = {text, 2 * (WBI_REPLY_WORDS + more)};
    assert_true(wbi_reply_read(reply, &at, &window));
    assert_int_equal(window.count, WBI_REPLY_WORDS);
    assert_int_equal(window.ends, !more);
    assert_int_equal(at, more ? 2 * (WBI_REPLY_WORDS - WBI_REPLY_OVERLAP) : reply.length);
  }
}

/* From the first letter of Hiragana to the last sign of Chinese. */
static void scripts_without_spaces_begin_and_end_somewhere(void **state) {
  static const struct {
    uint32_t scalar, words; /* of two of it */
  } rows[] = {{0x3040, 1}, {0x3041, 2}, {0x9FFF, 2}, {0xA000, 1}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    char text[8];
    wbi_reply_window window;
    size_t at = 0, length = wbi_utf8_put(text, rows[i].scalar);
    length += wbi_utf8_put(text + length, rows[i].scalar);
    assert_true(wbi_reply_read((wbi_text){text, length}, &at, &window));
    assert_int_equal(window.count, rows[i].words);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_digit_among_letters_is_a_letter),
      cmocka_unit_test(of_a_long_word_the_beginning_is_kept),
      cmocka_unit_test(each_word_is_known_by_where_it_begins),
      cmocka_unit_test(a_window_is_filled_to_its_last_word),
      cmocka_unit_test(scripts_without_spaces_begin_and_end_somewhere),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

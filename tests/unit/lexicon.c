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

/* What the reader of the lists takes for granted. */
static void lists_have_nothing_but_lines_of_words(void **state) {
  (void)state;
  for (const wbi_data_file *file = wbi_data_lexicon; file->name != NULL; file++) {
    static const char *const never[] = {"\n\n", "\n#", "  ", "||", "| ", " |", " \n", "|\n", "\n "};
    const wbi_text text = {file->text, file->length};
    uint32_t lines = 0;
    assert_true(text.length > 1 && text.data[0] != '\n' && text.data[0] != '#');
    assert_int_equal(text.data[text.length - 1], '\n');
    for (size_t i = 0; i < WBI_COUNT(never); i++)
      if (wbi_text_find(text, wbi_text_of(never[i]), 0) != SIZE_MAX)
        fail_msg("%s has \"%s\"", file->name, never[i]);
    for (size_t i = 0; i < text.length; i++)
      lines += text.data[i] == '\n';
    if (strcmp(file->name, "words") == 0) assert_in_range(lines, 1, WBI_REPLY_KINDS);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_beyond_words_is_passed_over),
      cmocka_unit_test(lists_have_nothing_but_lines_of_words),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

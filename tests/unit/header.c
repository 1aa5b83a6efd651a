/* SPDX-License-Identifier: MIT */
/* Subjects, bodies and unsubscription as they stand in an e-mail, at the ends of their lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/message.h>

typedef wb_status (*header_fn)(const char *text, size_t length, char *buffer, size_t capacity,
                               size_t *needed);

/* Asserts what a function writes, and that a buffer one byte short is refused. */
static void assert_written(header_fn format, const char *text, const char *wanted) {
  char out[2048];
  size_t length = 0;
  assert_int_equal(format(text, strlen(text), NULL, 0, &length), *wanted ? WB_E_SPACE : WB_OK);
  assert_int_equal(length, strlen(wanted));
  assert_int_equal(format(text, strlen(text), out, sizeof out, &length), WB_OK);
  assert_string_equal(out, wanted);
  if (*wanted) assert_int_equal(format(text, strlen(text), out, length - 1, &length), WB_E_SPACE);
}

/* So many times a character. */
static char *times(char *out, char c, size_t count) {
  memset(out, c, count);
  out[count] = '\0';
  return out;
}

static void a_plain_subject_stays_as_it_is(void **state) {
  (void)state;
  assert_written(wb_subject_format, "", "");
  assert_written(wb_subject_format, "Time for your visit, Ana?", "Time for your visit, Ana?");
  assert_written(wb_subject_format, "a  b = c_d ?", "a  b = c_d ?");
}

static void a_long_subject_is_folded_before_spaces(void **state) {
  (void)state;
  char text[100] = "", wanted[100];
  times(text, 'a', 64);
  strcat(text, " bb"); /* 9 + 64 + 3 = 76 */
  assert_written(wb_subject_format, text, text);
  times(text, 'a', 64);
  strcat(text, "  bb c");
  times(wanted, 'a', 64);
  strcat(wanted, "\r\n  bb c");
  assert_written(wb_subject_format, text, wanted);
}

static void what_is_not_plain_is_in_encoded_words(void **state) {
  (void)state;
  char text[100];
  assert_written(wb_subject_format, "Time for a café", "=?UTF-8?Q?Time_for_a_caf=C3=A9?=");
  assert_written(wb_subject_format, "aaé", "=?UTF-8?Q?aa=C3=A9?="); /* as long in B */
  assert_written(wb_subject_format, "aé", "=?UTF-8?B?YcOp?=");
  assert_written(wb_subject_format, "aaaaaa\u00A0", "=?UTF-8?Q?aaaaaa=C2=A0?=");
  assert_written(wb_subject_format, "under_score at a café",
                 "=?UTF-8?Q?under=5Fscore_at_a_caf=C3=A9?=");
  assert_written(wb_subject_format, "ááá", "=?UTF-8?B?w6HDocOh?=");
  assert_written(wb_subject_format, " a", "=?UTF-8?Q?_a?=");
  assert_written(wb_subject_format, "=?x?=", "=?UTF-8?B?PT94Pz0=?=");
  times(text, 'a', 67);
  assert_written(wb_subject_format, text, text);
  times(text, 'a', 68);
  char wanted[200] = "=?UTF-8?Q?";
  times(wanted + 10, 'a', 55);
  strcat(wanted, "?=\r\n =?UTF-8?Q?aaaaaaaaaaaaa?=");
  assert_written(wb_subject_format, text, wanted);
}

/* Lines are at most 76 characters, words 75, and each word holds whole characters. */
static void words_and_lines_keep_their_lengths(void **state) {
  (void)state;
  static const char *const characters[] = {"a", "é", "中", "\xF0\x9F\x98\x80"};
  for (unsigned kind = 0; kind < 4; kind++) {
    for (size_t shift = 0; shift < 60; shift++) {
      char text[1200], out[8192];
      size_t length = 0;
      times(text, 'x', shift);
      for (int i = 0; i < 200; i++)
        strcat(text, characters[kind]);
      assert_int_equal(wb_subject_format(text, strlen(text), out, sizeof out, &length), WB_OK);
      size_t column = 9;
      for (const char *at = out; *at; at++) {
        column = *at == '\n' ? 0 : column + (*at != '\r');
        if (column > 76) fail_msg("line of %zu characters", column);
      }
      for (const char *at = strstr(out, "=?"); at; at = strstr(at + 1, "\r\n =?")) {
        const char *word = strstr(at, "=?"), *end = strstr(word + 10, "?=");
        if (end + 2 - word > 75) fail_msg("word of %d characters", (int)(end + 2 - word));
      }
    }
  }
}

static void a_subject_of_several_lines_is_refused(void **state) {
  (void)state;
  static const char *const bad[] = {"a\nb",
                                    "a\rb",
                                    "a\r\nBcc: b@example.com",
                                    "a\tb",
                                    "a\x7f",
                                    "\x01",
                                    "\xC2\x85",
                                    ("a\xE2\x80\xA8"
                                     "b"),
                                    "\xE2\x80\xA9",
                                    "\xff",
                                    "\xC3"};
  char out[64] = "kept";
  size_t length = 77;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    assert_int_equal(wb_subject_format(bad[i], strlen(bad[i]), out, 64, &length), WB_E_INVALID);
  assert_int_equal(wb_subject_format("a\0b", 3, out, 64, &length), WB_E_INVALID);
  assert_int_equal(wb_subject_format(NULL, 1, out, 64, &length), WB_E_INVALID);
  assert_int_equal(wb_subject_format("a", 1, NULL, 1, &length), WB_E_INVALID);
  assert_int_equal(wb_subject_format("a", 1, out, 64, NULL), WB_E_INVALID);
  assert_string_equal(out, "kept");
  assert_int_equal(length, 77);
}

static void a_body_is_quoted_where_it_must_be(void **state) {
  (void)state;
  assert_written(wb_body_format, "", "");
  assert_written(wb_body_format, "Hi Ana,\nsee you\r\n", "Hi Ana,\r\nsee you\r\n");
  assert_written(wb_body_format, "1+1=2 é", "1+1=3D2 =C3=A9");
  assert_written(wb_body_format, "a \nb\t\r\nc ", "a=20\r\nb=09\r\nc=20");
  assert_written(wb_body_format, "a \rb", "a =0Db");
  assert_written(wb_body_format, "a\r\n ", "a\r\n=20");
  assert_written(wb_body_format, "\x01\x7f~", "=01=7F~");
}

static void a_long_line_of_a_body_is_broken_softly(void **state) {
  (void)state;
  char text[160], wanted[160];
  times(text, 'a', 75);
  assert_written(wb_body_format, text, text);
  times(text, 'a', 76);
  times(wanted, 'a', 75);
  strcat(wanted, "=\r\na");
  assert_written(wb_body_format, text, wanted);
  times(text, 'a', 73);
  strcat(text, "=b");
  times(wanted, 'a', 73);
  strcat(wanted, "=\r\n=3Db");
  assert_written(wb_body_format, text, wanted);
  times(text, 'a', 72);
  strcat(text, "=b");
  times(wanted, 'a', 72);
  strcat(wanted, "=3D=\r\nb");
  assert_written(wb_body_format, text, wanted);
  times(text, 'a', 70);
  strcat(text, "\r\nbbbbbbb");
  assert_written(wb_body_format, text, text);
}

static void a_body_that_is_not_utf8_is_refused(void **state) {
  (void)state;
  char out[64];
  size_t length = 77;
  assert_int_equal(wb_body_format("\xff", 1, out, 64, &length), WB_E_INVALID);
  assert_int_equal(wb_body_format(NULL, 1, out, 64, &length), WB_E_INVALID);
  assert_int_equal(wb_body_format("a", 1, NULL, 1, &length), WB_E_INVALID);
  assert_int_equal(wb_body_format("a", 1, out, 64, NULL), WB_E_INVALID);
  assert_int_equal(length, 77);
}

static wb_status unsubscribe(const char *link, const char *mail, char *out, size_t *length) {
  return wb_unsubscribe_format(link, strlen(link), mail, strlen(mail), out, 2048, length);
}

static void unsubscription_is_a_link_and_perhaps_an_address(void **state) {
  (void)state;
  char out[2048];
  size_t length = 0;
  assert_int_equal(unsubscribe("https://example.com/u/AbC_-", "", out, &length), WB_OK);
  assert_string_equal(out, "<https://example.com/u/AbC_->");
  assert_int_equal(length, 29);
  assert_int_equal(unsubscribe("https://example.com:443?t=%20a",
                               "mailto:leave@example.com?subject=leave", out, &length),
                   WB_OK);
  assert_string_equal(out, "<https://example.com:443?t=%20a>,\r\n "
                           "<mailto:leave@example.com?subject=leave>");
  assert_int_equal(wb_unsubscribe_format("https://e.example", 17, NULL, 0, NULL, 0, &length),
                   WB_E_SPACE);
  assert_int_equal(length, 19);
  assert_string_equal(WB_UNSUBSCRIBE_POST, "List-Unsubscribe=One-Click");
}

static void unsubscription_refuses_what_is_no_such_link(void **state) {
  (void)state;
  static const char *const bad[] = {"",
                                    "http://example.com/",
                                    "https://localhost/",
                                    "https://",
                                    "https:///a",
                                    "https://.example.com",
                                    "https://a@example.com/",
                                    "https://example.com:8a/",
                                    "https://example.com:8443/",
                                    "https://192.0.2.1/",
                                    "https://bit.ly/abc",
                                    "https://exa mple.com/",
                                    "https://example.com/a>b",
                                    "https://example.com/<",
                                    "https://example.com/\r\nBcc: a@example.com",
                                    "https://example.com/\n",
                                    "https://example.com/\x7f",
                                    "https://example.com/é",
                                    "https://example.com\\a",
                                    "https://example.com/\""};
  static const char *const bad_mail[] = {"leave@example.com",
                                         "mailto:",
                                         "mailto:@example.com",
                                         "mailto:a@",
                                         "tel:+12025550123",
                                         "mailto:a b@c",
                                         "mailto:a@b>\n",
                                         "https://e.example/@",
                                         "mailto:a",
                                         "mailto:a@b%0Ac",
                                         "mailto:a@b%0d%0aBcc:c@d.e"};
  char out[2048] = "kept";
  size_t length = 77;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    if (unsubscribe(bad[i], "", out, &length) != WB_E_INVALID) fail_msg("%s", bad[i]);
  for (size_t i = 0; i < sizeof bad_mail / sizeof *bad_mail; i++)
    if (unsubscribe("https://e.example/", bad_mail[i], out, &length) != WB_E_INVALID)
      fail_msg("%s", bad_mail[i]);
  assert_int_equal(wb_unsubscribe_format(NULL, 0, NULL, 0, out, 64, &length), WB_E_INVALID);
  assert_int_equal(wb_unsubscribe_format(NULL, 9, NULL, 0, out, 64, &length), WB_E_INVALID);
  assert_int_equal(wb_unsubscribe_format("https://a", 9, NULL, 1, out, 64, &length), WB_E_INVALID);
  assert_int_equal(wb_unsubscribe_format("https://a", 9, NULL, 0, NULL, 9, &length), WB_E_INVALID);
  assert_int_equal(wb_unsubscribe_format("https://a", 9, NULL, 0, out, 64, NULL), WB_E_INVALID);
  assert_string_equal(out, "kept");
  assert_int_equal(length, 77);
}

static void unsubscription_keeps_its_lines_below_998(void **state) {
  (void)state;
  char link[1100], out[2048];
  size_t length = 0;
  times(link, 'a', 978);
  memcpy(link, "https://e.example/", 18);
  assert_int_equal(unsubscribe(link, "", out, &length), WB_E_LIMIT);
  link[977] = '\0';
  assert_int_equal(unsubscribe(link, "", out, &length), WB_OK);
  assert_int_equal(length, 979);
  memcpy(link, "mailto:b@", 9);
  assert_int_equal(unsubscribe("https://e.example/", link, out, &length), WB_OK);
  strcat(link, "a");
  assert_int_equal(unsubscribe("https://e.example/", link, out, &length), WB_E_LIMIT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_plain_subject_stays_as_it_is),
      cmocka_unit_test(a_long_subject_is_folded_before_spaces),
      cmocka_unit_test(what_is_not_plain_is_in_encoded_words),
      cmocka_unit_test(words_and_lines_keep_their_lengths),
      cmocka_unit_test(a_subject_of_several_lines_is_refused),
      cmocka_unit_test(a_body_is_quoted_where_it_must_be),
      cmocka_unit_test(a_long_line_of_a_body_is_broken_softly),
      cmocka_unit_test(a_body_that_is_not_utf8_is_refused),
      cmocka_unit_test(unsubscription_is_a_link_and_perhaps_an_address),
      cmocka_unit_test(unsubscription_refuses_what_is_no_such_link),
      cmocka_unit_test(unsubscription_keeps_its_lines_below_998),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

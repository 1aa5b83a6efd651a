/* SPDX-License-Identifier: MIT */
/* Kinds of bytes: the table says what those who look closely say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "liquid/bytes.h"
#include "liquid/html.h"
#include "liquid/screen.h"
#include "liquid/sms.h"

/* Whether a byte is one that nothing is known of. */
static bool closer(int byte) {
  return (wbi_byte_kinds[byte] & WBI_BYTE_CLOSER) != 0;
}

static void every_byte_is_of_one_class(void **state) {
  (void)state;
  for (int byte = 0; byte < 256; byte++) {
    const char c = (char)byte;
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool bad = byte < 128 && (wbi_screen_reason((wbi_text){&c, 1}) != NULL || c == '{');
    const uint32_t wanted = byte >= 128            ? WBI_BYTE_HIGH
                            : bad                  ? WBI_BYTE_BAD
                            : letter               ? 0
                            : c == ' '             ? WBI_BYTE_BLANK
                            : memchr("'-,.", c, 4) ? WBI_BYTE_MARK
                            : wbi_is_digit(c)      ? WBI_BYTE_DIGIT
                                                   : WBI_BYTE_SIGN;
    const uint32_t classes = WBI_BYTE_BLANK | WBI_BYTE_MARK | WBI_BYTE_DIGIT | WBI_BYTE_SIGN;
    assert_int_equal(wbi_byte_kinds[byte] & (classes | WBI_BYTE_CLOSER), wanted);
    if (!bad && byte < 128) {
      assert_int_equal((wbi_byte_kinds[byte] & WBI_BYTE_HOST) != 0, memchr("@.-/", c, 4) != NULL);
    }
  }
}

static void what_escapers_write_as_it_is_is_neither_markup_nor_encoded(void **state) {
  (void)state;
  for (int byte = 0; byte < 256; byte++) {
    const char c = (char)byte;
    char out[8];
    wbi_writer writer = {out, sizeof out, 0};
    if (closer(byte)) continue;
    wbi_escape_put(&writer, WBI_ESCAPE_TEXT, NULL, (wbi_text){&c, 1}, false);
    assert_int_equal((wbi_byte_kinds[byte] & WBI_BYTE_MARKUP) == 0,
                     writer.length == 1 && out[0] == c);
    assert_int_equal((wbi_byte_kinds[byte] & WBI_BYTE_ENCODE) == 0,
                     (wbi_link_kind(c) & WBI_LINK_ANY) != 0);
  }
}

static void what_an_sms_counts_as_one_is_no_sms_byte(void **state) {
  (void)state;
  for (int byte = 0; byte < 256; byte++) {
    if (closer(byte)) continue;
    assert_int_equal((wbi_byte_kinds[byte] & WBI_BYTE_SMS) == 0,
                     wbi_sms_septets((uint32_t)byte) == 1);
  }
}

static void no_byte_of_a_text_is_left_out(void **state) {
  (void)state;
  char text[20];
  assert_int_equal(wbi_bytes_kinds((wbi_text){NULL, 0}), 0);
  for (size_t length = 1; length <= sizeof text; length++) {
    for (size_t at = 0; at < sizeof text; at++) {
      memset(text, 'x', sizeof text);
      text[at] = '7';
      assert_int_equal(wbi_bytes_kinds((wbi_text){text, length}), at < length ? WBI_BYTE_DIGIT : 0);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_byte_is_of_one_class),
      cmocka_unit_test(what_escapers_write_as_it_is_is_neither_markup_nor_encoded),
      cmocka_unit_test(what_an_sms_counts_as_one_is_no_sms_byte),
      cmocka_unit_test(no_byte_of_a_text_is_left_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

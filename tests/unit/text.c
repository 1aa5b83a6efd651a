/* SPDX-License-Identifier: MIT */
/* Borrowed text, UTF-8, the nearest name, and the bounded writer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <limits.h>

#include "base/base.h"
#include "support/effort.h"

#define ASSERT_TEXT(actual, literal)                                                               \
  do {                                                                                             \
    const wbi_text asserted = (actual);                                                            \
    assert_int_equal(asserted.length, sizeof(literal) - 1);                                        \
    if (asserted.length > 0) assert_memory_equal(asserted.data, literal, asserted.length);         \
  } while (0)

static void texts_compare_by_bytes_then_length(void **state) {
  (void)state;
  assert_true(wbi_text_compare(WBI_TEXT("a"), WBI_TEXT("b")) < 0);
  assert_true(wbi_text_compare(WBI_TEXT("\xC3"), WBI_TEXT("z")) > 0);
  assert_true(wbi_text_compare(WBI_TEXT("a"), WBI_TEXT("ab")) < 0);
  assert_true(wbi_text_compare(WBI_TEXT("ab"), WBI_TEXT("a")) > 0);
  assert_int_equal(wbi_text_compare(WBI_TEXT(""), (wbi_text){NULL, 0}), 0);
  assert_true(wbi_text_equal(WBI_TEXT("ab"), wbi_text_of("ab")));
  assert_true(wbi_text_equal(wbi_text_of(NULL), WBI_TEXT("")));
  assert_false(wbi_text_equal(WBI_TEXT("ab"), WBI_TEXT("aB")));
  assert_false(wbi_text_equal(WBI_TEXT("ab"), WBI_TEXT("abc")));
}

static void only_ascii_letters_fold(void **state) {
  (void)state;
  assert_true(wbi_text_equal_fold(WBI_TEXT("StOp-az[09]"), WBI_TEXT("sToP-AZ[09]")));
  assert_false(wbi_text_equal_fold(WBI_TEXT("@"), WBI_TEXT("`")));
  assert_false(wbi_text_equal_fold(WBI_TEXT("["), WBI_TEXT("{")));
  assert_false(wbi_text_equal_fold(WBI_TEXT("\xC3\x89"), WBI_TEXT("\xC3\xA9")));
  assert_false(wbi_text_equal_fold(WBI_TEXT("a"), WBI_TEXT("aa")));
}

static void slices_and_prefixes_stay_inside(void **state) {
  (void)state;
  ASSERT_TEXT(wbi_text_slice(WBI_TEXT("recall"), 2, 4), "ca");
  ASSERT_TEXT(wbi_text_slice(WBI_TEXT("recall"), 2, SIZE_MAX), "call");
  ASSERT_TEXT(wbi_text_slice(WBI_TEXT("recall"), 6, 9), "");
  ASSERT_TEXT(wbi_text_slice(WBI_TEXT("recall"), 9, 2), "");
  assert_true(wbi_text_starts(WBI_TEXT("recall"), WBI_TEXT("re")));
  assert_true(wbi_text_starts(WBI_TEXT("re"), WBI_TEXT("re")));
  assert_true(wbi_text_starts(WBI_TEXT("re"), WBI_TEXT("")));
  assert_false(wbi_text_starts(WBI_TEXT("r"), WBI_TEXT("re")));
  assert_false(wbi_text_starts(WBI_TEXT("xre"), WBI_TEXT("re")));
}

static void trim_takes_ascii_space_only(void **state) {
  (void)state;
  ASSERT_TEXT(wbi_text_trim(WBI_TEXT(" \t\r\n\v\f a b \n")), "a b");
  ASSERT_TEXT(wbi_text_trim(WBI_TEXT(" \t ")), "");
  ASSERT_TEXT(wbi_text_trim(WBI_TEXT("")), "");
  ASSERT_TEXT(wbi_text_trim(WBI_TEXT("\xC2\xA0")), "\xC2\xA0");
}

static void every_scalar_survives_utf8(void **state) {
  (void)state;
  for (uint32_t scalar = 0; scalar <= 0x10FFFF; scalar++) {
    char bytes[4];
    uint32_t read = 0;
    size_t at = 0;
    const size_t length = wbi_utf8_put(bytes, scalar);
    if (scalar >= 0xD800 && scalar <= 0xDFFF) {
      assert_int_equal(length, 0);
      continue;
    }
    assert_int_equal(length, scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4);
    assert_true(wbi_utf8_next((wbi_text){bytes, length}, &at, &read));
    assert_int_equal(at, length);
    assert_int_equal(read, scalar);
  }
  char bytes[4];
  assert_int_equal(wbi_utf8_put(bytes, 0x110000), 0);
}

static void malformed_utf8_is_found(void **state) {
  (void)state;
  const char *const bad[] = {
      "\x80",             /* continuation alone */
      "\xC0\x80",         /* overlong, two bytes */
      "\xC1\xBF",         /* overlong, two bytes */
      "\xE0\x9F\xBF",     /* overlong, three bytes */
      "\xF0\x8F\xBF\xBF", /* overlong, four bytes */
      "\xED\xA0\x80",     /* first surrogate */
      "\xED\xBF\xBF",     /* last surrogate */
      "\xF4\x90\x80\x80", /* above U+10FFFF */
      "\xF5\x80\x80\x80",
      "\xFF",
      "\xC3",
      "\xE2\x82",
      "\xF0\x9F\x98",
      "\xC3\x28",
  };
  for (size_t i = 0; i < WBI_COUNT(bad); i++) {
    size_t at = 0;
    uint32_t scalar = 7;
    assert_false(wbi_utf8_next(wbi_text_of(bad[i]), &at, &scalar));
    assert_int_equal(at, 0);
    assert_int_equal(scalar, 7);
    char text[40] = "eight by";
    strncat(text, bad[i], 4);
    assert_false(wbi_utf8_valid(wbi_text_of(text)));
    strcat(text, "tes more, and more");
    assert_false(wbi_utf8_valid(wbi_text_of(text)));
  }
  assert_true(wbi_utf8_valid(WBI_TEXT("\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF plain text")));
  assert_true(wbi_utf8_valid(WBI_TEXT("")));
}

static void scalars_are_counted(void **state) {
  (void)state;
  assert_int_equal(wbi_utf8_count(WBI_TEXT("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80")), 4);
  assert_int_equal(wbi_utf8_count(WBI_TEXT("")), 0);
}

static void positions_count_lines_and_bytes_from_one(void **state) {
  (void)state;
  const wbi_text text = WBI_TEXT("ab\n\ncd");
  const uint32_t wanted[][2] = {{1, 1}, {1, 2}, {1, 3}, {2, 1}, {3, 1}, {3, 2}, {3, 3}, {3, 3}};
  for (size_t offset = 0; offset < WBI_COUNT(wanted); offset++) {
    uint32_t line = 0, column = 0;
    wbi_text_position(text, offset, &line, &column);
    assert_int_equal(line, wanted[offset][0]);
    assert_int_equal(column, wanted[offset][1]);
  }
}

static void names_longer_than_64_are_near_to_none(void **state) {
  (void)state;
  char long_name[66] = "", slip[66] = "";
  for (size_t length = 64; length < 66; length++) {
    memset(long_name, 'a', length);
    memset(slip, 'a', length - 1);
    const wbi_text names[] = {wbi_text_of(long_name)};
    const wbi_text near = wbi_text_nearest(wbi_text_of(slip), names, 1);
    assert_int_equal(near.length, length == 64 ? 64 : 0);
  }
}

static void nearest_name_is_within_a_few_slips(void **state) {
  (void)state;
  const wbi_text names[] = {WBI_TEXT("recall.due"), WBI_TEXT("patient.age"),
                            WBI_TEXT("balance.cents"), WBI_TEXT("kind"), WBI_TEXT("id")};
  const size_t count = WBI_COUNT(names);
  ASSERT_TEXT(wbi_text_nearest(WBI_TEXT("recal.due"), names, count), "recall.due");
  ASSERT_TEXT(wbi_text_nearest(WBI_TEXT("recall.deu"), names, count), "recall.due");
  ASSERT_TEXT(wbi_text_nearest(WBI_TEXT("PATIENT.AGE"), names, count), "patient.age");
  ASSERT_TEXT(wbi_text_nearest(WBI_TEXT("ptient.agge"), names, count), "patient.age");
  ASSERT_TEXT(wbi_text_nearest(WBI_TEXT("blance.cnt"), names, count), "balance.cents");
  ASSERT_TEXT(wbi_text_nearest(WBI_TEXT("kid"), names, count), "kind");
  ASSERT_TEXT(wbi_text_nearest(WBI_TEXT("knid"), names, count), "kind"); /* a swap is one slip */
  ASSERT_TEXT(wbi_text_nearest(WBI_TEXT("nikd"), names, count), "");
  ASSERT_TEXT(wbi_text_nearest(WBI_TEXT("colour"), names, count), "");
  ASSERT_TEXT(wbi_text_nearest(WBI_TEXT("xy"), names, count), "");
  ASSERT_TEXT(wbi_text_nearest(WBI_TEXT(""), names, count), "");
  ASSERT_TEXT(wbi_text_nearest(WBI_TEXT("kind"), names, 0), "");
}

static void very_long_names_have_no_nearest(void **state) {
  (void)state;
  char name[66];
  memset(name, 'a', sizeof name);
  const wbi_text longest = {name, 64}, longer = {name, 65};
  ASSERT_TEXT(wbi_text_nearest((wbi_text){name, 63}, &longer, 1), "");
  ASSERT_TEXT(wbi_text_nearest(longer, &longest, 1), "");
  assert_int_equal(wbi_text_nearest((wbi_text){name, 63}, &longest, 1).length, 64);
}

static void writer_counts_beyond_its_room(void **state) {
  (void)state;
  char buffer[6] = "-----";
  size_t needed = 0;
  wbi_writer writer = {buffer, 4, 0};
  wbi_put_text(&writer, WBI_TEXT("ab"));
  wbi_put_char(&writer, 'c');
  assert_int_equal(wbi_writer_finish(&writer, &needed), WB_OK);
  assert_int_equal(needed, 3);
  assert_string_equal(buffer, "abc");
  wbi_put_text(&writer, WBI_TEXT("de"));
  wbi_put_char(&writer, 'f');
  wbi_put_text(&writer, WBI_TEXT("g"));
  assert_int_equal(wbi_writer_finish(&writer, &needed), WB_E_SPACE);
  assert_int_equal(needed, 7);
  assert_memory_equal(buffer, "abcd-", 6);
}

static void full_buffer_has_no_nul_and_null_measures(void **state) {
  (void)state;
  char buffer[4] = "---";
  size_t needed = 0;
  wbi_writer writer = {buffer, 2, 0};
  wbi_put_text(&writer, WBI_TEXT("ab"));
  assert_int_equal(wbi_writer_finish(&writer, NULL), WB_OK);
  assert_string_equal(buffer, "ab-");
  writer = (wbi_writer){NULL, 0, 0};
  assert_int_equal(wbi_writer_finish(&writer, &needed), WB_OK);
  assert_int_equal(needed, 0);
  wbi_put_int(&writer, -12);
  assert_int_equal(wbi_writer_finish(&writer, &needed), WB_E_SPACE);
  assert_int_equal(needed, 3);
}

static void ready_text_is_given_whole_or_not_at_all(void **state) {
  (void)state;
  char buffer[5] = "----";
  size_t needed = 0;
  assert_int_equal(wbi_text_give(WBI_TEXT("abc"), buffer, 2, &needed), WB_E_SPACE);
  assert_int_equal(needed, 3);
  assert_string_equal(buffer, "----");
  assert_int_equal(wbi_text_give(WBI_TEXT("abc"), buffer, 3, NULL), WB_OK);
  assert_string_equal(buffer, "abc-");
  assert_int_equal(wbi_text_give(WBI_TEXT("ab"), buffer, 3, &needed), WB_OK);
  assert_string_equal(buffer, "ab");
  assert_int_equal(wbi_text_give(WBI_TEXT(""), NULL, 0, &needed), WB_OK);
}

/* What a writer holds after one of the puts below. */
static wbi_writer written(char *buffer, size_t capacity) {
  return (wbi_writer){buffer, capacity, 0};
}

static void integers_are_written_to_their_limits(void **state) {
  (void)state;
  char buffer[48];
  wbi_writer writer = written(buffer, sizeof buffer);
  wbi_put_int(&writer, INT64_MIN);
  wbi_put_char(&writer, ' ');
  wbi_put_int(&writer, INT64_MAX);
  wbi_writer_finish(&writer, NULL);
  assert_string_equal(buffer, "-9223372036854775808 9223372036854775807");
  writer = written(buffer, sizeof buffer);
  wbi_put_uint(&writer, UINT64_MAX);
  wbi_put_int(&writer, 0);
  wbi_put_padded(&writer, 7, 2);
  wbi_put_padded(&writer, 123, 2);
  wbi_put_padded(&writer, 0, 4);
  wbi_writer_finish(&writer, NULL);
  assert_string_equal(buffer, "184467440737095516150071230000");
}

static void hex_is_lower_case(void **state) {
  (void)state;
  char buffer[9];
  wbi_writer writer = written(buffer, sizeof buffer);
  wbi_put_hex(&writer, (const uint8_t *)"\x00\x9a\xbc\xff", 4);
  wbi_writer_finish(&writer, NULL);
  assert_string_equal(buffer, "009abcff");
}

static void hex_of_a_byte_can_be_capitals(void **state) {
  (void)state;
  char buffer[9];
  wbi_writer writer = written(buffer, sizeof buffer);
  for (size_t i = 0; i < 4; ++i)
    wbi_put_hex_capital(&writer, (uint8_t) "\x00\x9a\xbc\xff"[i]);
  wbi_writer_finish(&writer, NULL);
  assert_string_equal(buffer, "009ABCFF");
}

static void a_scalar_begins_with_any_byte_but_80_to_bf(void **state) {
  (void)state;
  for (unsigned c = 0; c < 256; ++c)
    assert_int_equal(wbi_utf8_begins((char)c), c < 0x80 || c > 0xBF);
}

static void json_strings_have_minimal_escapes(void **state) {
  (void)state;
  char buffer[80];
  wbi_writer writer = written(buffer, sizeof buffer);
  wbi_put_json(&writer, WBI_TEXT("a\"b\\c/\b\f\n\r\t\x01\x1f\x7f\xC3\xA9"));
  wbi_put_json(&writer, WBI_TEXT(""));
  wbi_writer_finish(&writer, NULL);
  assert_string_equal(buffer, "\"a\\\"b\\\\c/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\xC3\xA9\"\"\"");
}

static void bytes_become_base64(void **state) {
  (void)state;
  static const char *const wanted[] = {"", "/w==", "/wA=", "/wCq", "/wCqVQ=="};
  static const uint8_t bytes[] = {0xFF, 0x00, 0xAA, 0x55};
  for (size_t count = 0; count <= sizeof bytes; count++) {
    char text[16];
    size_t length = 0;
    wbi_writer writer = {text, sizeof text, 0};
    wbi_put_base64(&writer, bytes, count);
    assert_int_equal(wbi_writer_finish(&writer, &length), WB_OK);
    assert_string_equal(text, wanted[count]);
  }
}

static void base64_for_links_has_no_sign_that_a_link_cannot_hold(void **state) {
  (void)state;
  static const char *const wanted[] = {"", "_w", "_wA", "_wCq", "_wCqVQ", "_wCqVf8", "_wCqVf_7"};
  static const uint8_t bytes[] = {0xFF, 0x00, 0xAA, 0x55, 0xFF, 0xFB};
  for (size_t count = 0; count <= sizeof bytes; count++) {
    char text[16];
    uint8_t back[9] = {0};
    size_t length = 0;
    wbi_writer writer = {text, sizeof text, 0};
    wbi_put_base64url(&writer, bytes, count);
    assert_int_equal(wbi_writer_finish(&writer, NULL), WB_OK);
    assert_string_equal(text, wanted[count]);
    assert_true(wbi_get_base64url(wbi_text_of(text), back, &length));
    assert_int_equal(length, count);
    assert_memory_equal(back, bytes, count);
  }
}

static void base64_is_read_filled_up_or_not_and_only_in_its_own_digits(void **state) {
  (void)state;
  uint8_t out[9] = {0};
  size_t count = 7;
  assert_true(wbi_get_base64(WBI_TEXT("/wA="), out, &count));
  assert_int_equal(count, 2);
  assert_true(wbi_get_base64(WBI_TEXT("/w"), out, &count));
  assert_int_equal(count, 1);
  assert_int_equal(out[0], 0xFF);
  count = 7;
  assert_true(wbi_get_base64((wbi_text){&"="[1], 0}, out, &count)); /* what is before is not read */
  assert_int_equal(count, 0);
  count = 7;
  assert_false(wbi_get_base64(WBI_TEXT("_w"), out, &count));
  assert_false(wbi_get_base64(WBI_TEXT("/wCqV"), out, &count));
  assert_false(wbi_get_base64(WBI_TEXT("/w="), out, &count)); /* filled up, but not to four */
  assert_false(wbi_get_base64url(WBI_TEXT("/w"), out, &count));
  assert_false(wbi_get_base64url(WBI_TEXT("_w=="), out, &count));
  assert_false(wbi_get_base64url(WBI_TEXT("_\0wA"), out, &count));
  assert_int_equal(count, 7);
}

static void finds(const char *text, const char *part, size_t from, size_t at) {
  assert_int_equal(wbi_text_find(wbi_text_of(text), wbi_text_of(part), from), at);
}

static void parts_are_found_from_an_offset_on(void **state) {
  (void)state;
  finds("banana", "ana", 0, 1);
  finds("banana", "ana", 1, 1);
  finds("banana", "ana", 2, 3);
  finds("banana", "ana", 4, SIZE_MAX);
  finds("banana", "banana", 0, 0);
  finds("banana", "bananas", 0, SIZE_MAX);
  finds("banana", "", 6, 6);
  finds("banana", "", 7, SIZE_MAX);
  finds("banana", "a", 7, SIZE_MAX);
  finds("", "", 0, 0);
  finds("", "a", 0, SIZE_MAX);
}

/* Texts of few letters, where parts repeat themselves and nearly match. */
static void parts_are_found_where_comparing_finds_them(void **state) {
  (void)state;
  uint32_t random = 1;
  for (uint64_t round = effort(100000); round > 0; round--) {
    char text[40], part[8];
    const uint32_t letters = 1 + (uint32_t)(round % 3);
    for (size_t i = 0; i < sizeof text + sizeof part; i++) {
      random = random * 1664525u + 1013904223u;
      const char letter = (char)('a' + (random >> 16) % letters);
      if (i < sizeof text)
        text[i] = letter;
      else
        part[i - sizeof text] = letter;
    }
    const size_t length = 1 + (random >> 24) % sizeof part, from = (random >> 16) % 8;
    size_t at = from;
    while (at + length <= sizeof text && memcmp(text + at, part, length) != 0)
      at++;
    if (at + length > sizeof text) at = SIZE_MAX;
    const wbi_text whole = {text, sizeof text}, looked_for = {part, length};
    assert_int_equal(wbi_text_find(whole, looked_for, from), at);
  }
}

/* Every byte, against a list of those that count. */
static void kinds_of_bytes_are_those_of_ascii(void **state) {
  (void)state;
  const char digits[] = "0123456789abcdef", capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
             small[] = "abcdefghijklmnopqrstuvwxyz", spaces[] = " \t\n\v\f\r";
  for (int byte = CHAR_MIN; byte <= CHAR_MAX; byte++) {
    const char c = (char)byte;
    const char *capital = c != 0 ? strchr(capitals, c) : NULL;
    const char lower = capital != NULL ? small[capital - capitals] : c;
    const char *digit = c != 0 ? strchr(digits, lower) : NULL;
    assert_int_equal(wbi_lower(c), lower);
    assert_int_equal(wbi_digit(c), digit != NULL ? digit - digits : 16);
    assert_int_equal(wbi_is_digit(c), digit != NULL && digit - digits < 10);
    assert_int_equal(wbi_is_letter(c), c != 0 && strchr(small, lower) != NULL);
    assert_int_equal(wbi_is_space(c), c != 0 && strchr(spaces, c) != NULL);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(parts_are_found_from_an_offset_on),
      cmocka_unit_test(parts_are_found_where_comparing_finds_them),
      cmocka_unit_test(bytes_become_base64),
      cmocka_unit_test(base64_for_links_has_no_sign_that_a_link_cannot_hold),
      cmocka_unit_test(base64_is_read_filled_up_or_not_and_only_in_its_own_digits),
      cmocka_unit_test(texts_compare_by_bytes_then_length),
      cmocka_unit_test(only_ascii_letters_fold),
      cmocka_unit_test(kinds_of_bytes_are_those_of_ascii),
      cmocka_unit_test(slices_and_prefixes_stay_inside),
      cmocka_unit_test(trim_takes_ascii_space_only),
      cmocka_unit_test(every_scalar_survives_utf8),
      cmocka_unit_test(malformed_utf8_is_found),
      cmocka_unit_test(scalars_are_counted),
      cmocka_unit_test(positions_count_lines_and_bytes_from_one),
      cmocka_unit_test(names_longer_than_64_are_near_to_none),
      cmocka_unit_test(nearest_name_is_within_a_few_slips),
      cmocka_unit_test(very_long_names_have_no_nearest),
      cmocka_unit_test(writer_counts_beyond_its_room),
      cmocka_unit_test(full_buffer_has_no_nul_and_null_measures),
      cmocka_unit_test(ready_text_is_given_whole_or_not_at_all),
      cmocka_unit_test(integers_are_written_to_their_limits),
      cmocka_unit_test(hex_is_lower_case),
      cmocka_unit_test(hex_of_a_byte_can_be_capitals),
      cmocka_unit_test(a_scalar_begins_with_any_byte_but_80_to_bf),
      cmocka_unit_test(json_strings_have_minimal_escapes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

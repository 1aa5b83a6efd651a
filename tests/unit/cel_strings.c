/* SPDX-License-Identifier: MIT */
/* The functions on texts. */
#include <stdio.h>

#include "support/worked.h"

static const char no_overload[] = "!1", out_of_range[] = "!3";

static void indexes_count_scalars(void **state) {
  (void)state;
  assert_worked("'n\xC3\xA9\xF0\x9F\x98\x80x'.charAt(0)", "\"n\"");
  assert_worked("'n\xC3\xA9\xF0\x9F\x98\x80x'.charAt(2)", "\"\xF0\x9F\x98\x80\"");
  assert_worked("'n\xC3\xA9\xF0\x9F\x98\x80x'.charAt(3)", "\"x\"");
  assert_worked("'n\xC3\xA9\xF0\x9F\x98\x80x'.charAt(4)", "\"\"");
  assert_worked("'n\xC3\xA9\xF0\x9F\x98\x80x'.charAt(5)", out_of_range);
  assert_worked("'abc'.charAt(-1)", out_of_range);
  assert_worked("''.charAt(0)", "\"\"");
  assert_worked("''.charAt(1)", out_of_range);
}

static void substrings_have_two_ends(void **state) {
  (void)state;
  assert_worked("'\xC3\xA9t\xC3\xA9s'.substring(1)", "\"t\xC3\xA9s\"");
  assert_worked("'\xC3\xA9t\xC3\xA9s'.substring(4)", "\"\"");
  assert_worked("'\xC3\xA9t\xC3\xA9s'.substring(5)", out_of_range);
  assert_worked("'\xC3\xA9t\xC3\xA9s'.substring(-1)", out_of_range);
  assert_worked("'\xC3\xA9t\xC3\xA9s'.substring(1, 3)", "\"t\xC3\xA9\"");
  assert_worked("'\xC3\xA9t\xC3\xA9s'.substring(2, 2)", "\"\"");
  assert_worked("'\xC3\xA9t\xC3\xA9s'.substring(0, 4)", "\"\xC3\xA9t\xC3\xA9s\"");
  assert_worked("'\xC3\xA9t\xC3\xA9s'.substring(0, 5)", out_of_range);
  assert_worked("'\xC3\xA9t\xC3\xA9s'.substring(3, 2)", out_of_range);
  assert_worked("'\xC3\xA9t\xC3\xA9s'.substring(0, -1)", out_of_range);
  assert_worked("'a'.substring(9223372036854775807)", out_of_range);
}

static void parts_are_found_from_the_front(void **state) {
  (void)state;
  assert_worked("'molar \xC3\xA9 molar'.indexOf('molar')", "0");
  assert_worked("'molar \xC3\xA9 molar'.indexOf('molar', 1)", "8");
  assert_worked("'molar \xC3\xA9 molar'.indexOf('lar', 8)", "10");
  assert_worked("'molar'.indexOf('x')", "-1");
  assert_worked("'molar'.indexOf('molars')", "-1");
  assert_worked("'molar'.indexOf('r', 4)", "4");
  assert_worked("'molar'.indexOf('r', 5)", "-1");
  assert_worked("'molar'.indexOf('r', 6)", out_of_range);
  assert_worked("'molar'.indexOf('m', -1)", out_of_range);
  assert_worked("'molar'.indexOf('')", "0");
  assert_worked("'molar'.indexOf('', 5)", "5");
  assert_worked("''.indexOf('')", "0");
  assert_worked("''.indexOf('a')", "-1");
}

static void parts_are_found_from_the_back(void **state) {
  (void)state;
  assert_worked("'molar \xC3\xA9 molar'.lastIndexOf('molar')", "8");
  assert_worked("'molar \xC3\xA9 molar'.lastIndexOf('molar', 8)", "8");
  assert_worked("'molar \xC3\xA9 molar'.lastIndexOf('molar', 7)", "0");
  assert_worked("'molar'.lastIndexOf('m', 0)", "0");
  assert_worked("'molar'.lastIndexOf('o', 0)", "-1");
  assert_worked("'molar'.lastIndexOf('r', 5)", "4");
  assert_worked("'molar'.lastIndexOf('r', 6)", out_of_range);
  assert_worked("'molar'.lastIndexOf('r', -1)", out_of_range);
  assert_worked("'molar'.lastIndexOf('')", "5");
  assert_worked("'molar'.lastIndexOf('', 2)", "2");
  assert_worked("'aaa'.lastIndexOf('aa')", "1");
  assert_worked("'a'.lastIndexOf('aa')", "-1");
}

static void only_ascii_letters_change_case(void **state) {
  (void)state;
  assert_worked("'aZ@[`{\xC3\x89\xC3\xA9'.lowerAscii()", "\"az@[`{\xC3\x89\xC3\xA9\"");
  assert_worked("'aZ@[`{\xC3\x89\xC3\xA9'.upperAscii()", "\"AZ@[`{\xC3\x89\xC3\xA9\"");
  assert_worked("''.upperAscii()", "\"\"");
}

static void white_space_is_trimmed(void **state) {
  (void)state;
  assert_worked("' \\t\\n\\v\\f\\r\\u0085\\u00a0\\u3000a b\\u2000\\u200a\\u2028 '.trim()",
                "\"a b\"");
  assert_worked("'\\u200bx\\ufeff'.trim()", "\"\xE2\x80\x8Bx\xEF\xBB\xBF\"");
  assert_worked("'\\u1fffx\\u200b'.trim() == '\\u1fffx\\u200b'", "true");
  assert_worked("' \\t '.trim()", "\"\"");
  assert_worked("''.trim()", "\"\"");
  assert_worked("'a'.trim()", "\"a\"");
}

static void texts_are_turned_by_scalars(void **state) {
  (void)state;
  assert_worked("'a\xC3\xA9\xF0\x9F\x98\x80'.reverse()", "\"\xF0\x9F\x98\x80\xC3\xA9\x61\"");
  assert_worked("''.reverse()", "\"\"");
}

static void quoted_text_is_a_literal(void **state) {
  (void)state;
  assert_worked("strings.quote('\\a\\b\\f\\n\\r\\t\\v\\\\\"\\'\xC3\xA9')",
                "\"\"\\a\\b\\f\\n\\r\\t\\v\\\\\\\"'\xC3\xA9\"\"");
  assert_worked("strings.quote('')", "\"\"\"\"");
}

static void parts_are_replaced(void **state) {
  (void)state;
  assert_worked("'one two one'.replace('one', '1')", "\"1 two 1\"");
  assert_worked("'one two one'.replace('one', '1', 1)", "\"1 two one\"");
  assert_worked("'one two one'.replace('one', '1', 2)", "\"1 two 1\"");
  assert_worked("'one two one'.replace('one', '1', 0)", "\"one two one\"");
  assert_worked("'one two one'.replace('one', '1', -5)", "\"1 two 1\"");
  assert_worked("'aaa'.replace('aa', 'b')", "\"ba\"");
  assert_worked("'abc'.replace('x', '')", "\"abc\"");
  assert_worked("'aXbX'.replace('X', '')", "\"ab\"");
  assert_worked("'\xC3\xA9z'.replace('', '-')", "\"-\xC3\xA9-z-\"");
  assert_worked("'\xC3\xA9z'.replace('', '-', 2)", "\"-\xC3\xA9-z\"");
  assert_worked("''.replace('', '-')", "\"-\"");
}

static void texts_are_split(void **state) {
  (void)state;
  assert_worked("'a,b,,c'.split(',')", "[\"a\", \"b\", \"\", \"c\"]");
  assert_worked("'a,b,,c'.split(',', 2)", "[\"a\", \"b,,c\"]");
  assert_worked("'a,b'.split(',', 1)", "[\"a,b\"]");
  assert_worked("'a,b'.split(',', 0)", "[]");
  assert_worked("'a,b'.split(',', -1)", "[\"a\", \"b\"]");
  assert_worked("'a,b'.split(',', 9)", "[\"a\", \"b\"]");
  assert_worked("',a,'.split(',')", "[\"\", \"a\", \"\"]");
  assert_worked("'\xC3\xA9z'.split('')", "[\"\xC3\xA9\", \"z\"]");
  assert_worked("'xyz'.split('', 2)", "[\"x\", \"yz\"]");
  assert_worked("''.split(',')", "[\"\"]");
  assert_worked("''.split('')", "[]");
}

static void lists_are_joined(void **state) {
  (void)state;
  assert_worked("['a', 'b', 'c'].join()", "\"abc\"");
  assert_worked("['a', 'b', 'c'].join(', ')", "\"a, b, c\"");
  assert_worked("['a'].join(', ')", "\"a\"");
  assert_worked("dyn(['a', 1]).join()", no_overload);
  assert_worked("['a', u].join()", "?");
  assert_worked("dyn([1, u]).join()", "?");
}

/* The vectors of RFC 4648, 10. */
static void bytes_are_written_in_base64_and_read(void **state) {
  (void)state;
  static const char *const vectors[][2] = {{"", ""},
                                           {"f", "Zg=="},
                                           {"fo", "Zm8="},
                                           {"foo", "Zm9v"},
                                           {"foob", "Zm9vYg=="},
                                           {"fooba", "Zm9vYmE="},
                                           {"foobar", "Zm9vYmFy"}};
  for (size_t i = 0; i < WBI_COUNT(vectors); i++) {
    char source[96], wanted[64];
    snprintf(source, sizeof source, "base64.encode(b'%s')", vectors[i][0]);
    snprintf(wanted, sizeof wanted, "\"%s\"", vectors[i][1]);
    assert_worked(source, wanted);
    snprintf(source, sizeof source, "string(base64.decode('%s'))", vectors[i][1]);
    snprintf(wanted, sizeof wanted, "\"%s\"", vectors[i][0]);
    assert_worked(source, wanted);
  }
  assert_worked("base64.decode('Zg=')", "!7");
  assert_worked("base64.decode('Z!==')", "!7");
}

static void wrong_kinds_have_no_overload(void **state) {
  (void)state;
  assert_worked("dyn(1).charAt(0)", no_overload);
  assert_worked("'a'.charAt(dyn('0'))", no_overload);
  assert_worked("dyn(1).indexOf('a')", no_overload);
  assert_worked("'a'.indexOf('a', dyn(1.0))", no_overload);
  assert_worked("'a'.lastIndexOf(dyn(1))", no_overload);
  assert_worked("dyn(b'a').lowerAscii()", no_overload);
  assert_worked("dyn(1).trim()", no_overload);
  assert_worked("dyn(1).reverse()", no_overload);
  assert_worked("strings.quote(dyn(1))", no_overload);
  assert_worked("'a'.replace('a', dyn(1))", no_overload);
  assert_worked("'a'.split(dyn(1))", no_overload);
  assert_worked("'a'.substring(0, dyn(1u))", no_overload);
  assert_worked("dyn('a').join()", no_overload);
  assert_worked("['a'].join(dyn(1))", no_overload);
  assert_worked("dyn(1).format([])", no_overload);
  assert_worked("'a'.format(dyn('a'))", no_overload);
}

static void texts_contain_their_parts_and_nothing_else(void **state) {
  (void)state;
  assert_worked("'molar'.contains('')", "true");
  assert_worked("''.contains('')", "true");
  assert_worked("''.contains('m')", "false");
  assert_worked("'molar'.contains('mo')", "true");
  assert_worked("'molar'.contains('ar')", "true");
  assert_worked("'molar'.contains('molar')", "true");
  assert_worked("'molar'.contains('molars')", "false");
  assert_worked("'aabaabaaab'.contains('aabaaab')", "true");
  assert_worked("'aabaabaaab'.contains('aabaabb')", "false");
  assert_worked("dyn(1).contains('1')", no_overload);
}

static void large_texts_cost(void **state) {
  (void)state;
  /* Each step makes the text four times as long: 4^15 bytes would be a gigabyte. */
  char source[1024] = "'a'";
  for (int i = 0; i < 15; i++)
    strcat(source, ".replace('a', 'aaaa')");
  strcat(source, ".indexOf('b')");
  worked_within(10000, source, "!8");
  worked_within(10000, "'aaaaaaaaaaaaaaaa'.replace('', 'bbbbbbbb').indexOf('c')", "-1");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(indexes_count_scalars),
      cmocka_unit_test(substrings_have_two_ends),
      cmocka_unit_test(parts_are_found_from_the_front),
      cmocka_unit_test(parts_are_found_from_the_back),
      cmocka_unit_test(only_ascii_letters_change_case),
      cmocka_unit_test(white_space_is_trimmed),
      cmocka_unit_test(texts_are_turned_by_scalars),
      cmocka_unit_test(quoted_text_is_a_literal),
      cmocka_unit_test(parts_are_replaced),
      cmocka_unit_test(texts_are_split),
      cmocka_unit_test(lists_are_joined),
      cmocka_unit_test(bytes_are_written_in_base64_and_read),
      cmocka_unit_test(wrong_kinds_have_no_overload),
      cmocka_unit_test(texts_contain_their_parts_and_nothing_else),
      cmocka_unit_test(large_texts_cost),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

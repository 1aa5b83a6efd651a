/* SPDX-License-Identifier: MIT */
/* Values written by a pattern. */
#include "support/worked.h"

static const char bad_value[] = "!6";

static void clauses_are_replaced_in_order(void **state) {
  (void)state;
  assert_worked("'%s has %d of %s'.format(['Ann', 2, 'x'])", "\"Ann has 2 of x\"");
  assert_worked("'100%%'.format([])", "\"100%\"");
  assert_worked("'%%%s%%'.format(['a'])", "\"%a%\"");
  assert_worked("''.format([])", "\"\"");
  assert_worked("'%s'.format(['a', 'one more'])", "\"a\"");
  assert_worked("'%s%s'.format(['a'])", bad_value);
  assert_worked("'%'.format(['a'])", bad_value);
  assert_worked("'%.'.format(['a'])", bad_value);
  assert_worked("'%.3'.format([1.0])", bad_value);
  assert_worked("'%.f'.format([1.0])", bad_value);
  assert_worked("'%q'.format([1])", bad_value);
  assert_worked("'%5d'.format([1])", bad_value);
  assert_worked("'%S'.format(['a'])", bad_value);
}

static void any_value_is_text(void **state) {
  (void)state;
  assert_worked("'%s %s %s %s'.format([1, 2u, true, null])", "\"1 2 true null\"");
  assert_worked("'%s'.format([b'\\xc3\\xa9'])", "\"\xC3\xA9\"");
  assert_worked("'%s'.format([b'\\xc3'])", "!7");
  assert_worked("'%s'.format([timestamp('2026-01-30T14:00:00.25Z')])",
                "\"2026-01-30T14:00:00.25Z\"");
  assert_worked("'%s'.format([duration('2m3.5s')])", "\"123.5s\"");
  assert_worked("'%s %s %s'.format([int, type([]), type(type(1))])", "\"int list type\"");
  assert_worked("'%s'.format([[1, 'a', [2.5, null]]])", "\"[1, a, [2.5, null]]\"");
  assert_worked("'%s%s'.format([[], {}])", "\"[]{}\"");
}

static void maps_are_sorted_by_the_text_of_their_keys(void **state) {
  (void)state;
  assert_worked("'%s'.format([{'b': 1, 'a': {'z': [], 'y': 2}, 'c': 3}])",
                "\"{a: {y: 2, z: []}, b: 1, c: 3}\"");
  assert_worked("'%s'.format([{10: 'x', 9: 'y', true: 'z', -1: 'w'}])",
                "\"{-1: w, 10: x, 9: y, true: z}\"");
  assert_worked("'%s'.format([{'h': 1, 'd': 2, 'g': 3, 'a': 4, 'c': 5, 'f': 6, 'b': 7, 'e': 8}])",
                "\"{a: 4, b: 7, c: 5, d: 2, e: 8, f: 6, g: 3, h: 1}\"");
}

static void doubles_as_text_have_no_exponent(void **state) {
  (void)state;
  assert_worked("'%s %s %s'.format([0.1, -0.0, 3.0])", "\"0.1 -0 3\"");
  assert_worked("'%s'.format([1e22])", "\"10000000000000000000000\"");
  assert_worked("'%s'.format([1.5e22])", "\"15000000000000000000000\"");
  assert_worked("'%s'.format([1e-7])", "\"0.0000001\"");
  assert_worked("'%s'.format([-1.25e-9])", "\"-0.00000000125\"");
  assert_worked("'%s %s %s'.format([double('NaN'), double('Infinity'), double('-Infinity')])",
                "\"NaN Infinity -Infinity\"");
}

static void decimals_are_numbers(void **state) {
  (void)state;
  assert_worked("'%d %d'.format([-9223372036854775808, 18446744073709551615u])",
                "\"-9223372036854775808 18446744073709551615\"");
  assert_worked("'%d %d'.format([double('NaN'), double('-Infinity')])", "\"NaN -Infinity\"");
  assert_worked("'%d'.format([2.5])", "\"2.5\"");
  assert_worked("'%d'.format(['2'])", bad_value);
  assert_worked("'%d'.format([null])", bad_value);
  assert_worked("'%d'.format([true])", bad_value);
}

static void fixed_point_is_rounded_correctly(void **state) {
  (void)state;
  assert_worked("'%f'.format([2.71828])", "\"2.718280\"");
  assert_worked("'%.0f %.0f %.0f %.0f'.format([0.5, 1.5, 2.5, -0.5])", "\"0 2 2 -0\"");
  assert_worked("'%.3f %.3f'.format([1.2345, 123.4999])", "\"1.234 123.500\"");
  assert_worked("'%.2f %.2f'.format([0.005, 0.0051])", "\"0.01 0.01\"");
  assert_worked("'%.2f %.1f'.format([0.004, 0.04])", "\"0.00 0.0\"");
  assert_worked("'%.1f %.0f %.2f'.format([9.96, 99.5, 0.999])", "\"10.0 100 1.00\"");
  assert_worked("'%f'.format([1e21])", "\"1000000000000000000000.000000\"");
  assert_worked("'%f %f'.format([3, 7u])", "\"3.000000 7.000000\"");
  assert_worked("'%.20f'.format([0.1])", "\"0.10000000000000000555\"");
  assert_worked("'%f %f'.format([double('NaN'), double('Infinity')])", "\"NaN Infinity\"");
  assert_worked("'%f'.format(['1'])", bad_value);
}

static void scientific_notation_has_two_digits_of_exponent(void **state) {
  (void)state;
  assert_worked("'%e'.format([1052.032911275])", "\"1.052033e+03\"");
  assert_worked("'%e %e'.format([0.0, -0.0])", "\"0.000000e+00 -0.000000e+00\"");
  assert_worked("'%.0e %.2e'.format([9.5, 9.999])", "\"1e+01 1.00e+01\"");
  assert_worked("'%.3e'.format([5e-324])", "\"4.941e-324\"");
  assert_worked("'%.1e'.format([1.7976931348623157e308])", "\"1.8e+308\"");
  assert_worked("'%.1e %e'.format([12, double('-Infinity')])", "\"1.2e+01 -Infinity\"");
  assert_worked("'%e'.format([null])", bad_value);
}

static void precision_has_a_limit(void **state) {
  (void)state;
  assert_worked("'%.1000f'.format([0.5]).size()", "1002");
  assert_worked("'%.1001f'.format([0.5])", bad_value);
  assert_worked("'%.99999999999999999999f'.format([0.5])", bad_value);
  assert_worked("'%.1000e'.format([5e-324]).size()", "1007");
  assert_worked("'%.1000f'.format([1.7976931348623157e308]).size()", "1310");
}

static void whole_numbers_have_other_bases(void **state) {
  (void)state;
  assert_worked("'%b %b %b %b'.format([5, -5, true, false])", "\"101 -101 1 0\"");
  assert_worked("'%o %o %o'.format([8, -8, 0])", "\"10 -10 0\"");
  assert_worked("'%x %X %x'.format([255, 255u, -255])", "\"ff FF -ff\"");
  assert_worked("'%x %o'.format([18446744073709551615u, 18446744073709551615u])",
                "\"ffffffffffffffff 1777777777777777777777\"");
  assert_worked("'%b'.format([-9223372036854775808]).size()", "65");
  assert_worked("'%x %X'.format(['Hi\xC3\xA9', b'\\x00\\xff'])", "\"4869c3a9 00FF\"");
  assert_worked("'%x'.format([1.5])", bad_value);
  assert_worked("'%b'.format(['1'])", bad_value);
  assert_worked("'%o'.format([true])", bad_value);
}

static void what_is_unknown_makes_the_text_unknown(void **state) {
  (void)state;
  assert_worked("'%s'.format([u])", "?");
  assert_worked("'%d%s'.format([u, 1])", "?");
  assert_worked("'%s'.format([[1, {'a': u}]])", "?");
}

static void long_texts_cost(void **state) {
  (void)state;
  static const char source[] = "[1, 2, 3, 4, 5, 6, 7, 8].map(i, '%.1000f%.1000f'.format([i, i]))"
                               ".map(s, s.size())";
  worked_within(10000, source, "[2004, 2004, 2004, 2004, 2004, 2004, 2004, 2004]");
  worked_within(1000, source, "!8");
}

static void lists_of_lists_are_written(void **state) {
  (void)state;
  worked_within(
      10000, "'%s'.format([[1, 2, 3].map(x, [1, 2, 3].map(y, [x, y]))])",
      "\"[[[1, 1], [1, 2], [1, 3]], [[2, 1], [2, 2], [2, 3]], [[3, 1], [3, 2], [3, 3]]]\"");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(clauses_are_replaced_in_order),
      cmocka_unit_test(any_value_is_text),
      cmocka_unit_test(maps_are_sorted_by_the_text_of_their_keys),
      cmocka_unit_test(doubles_as_text_have_no_exponent),
      cmocka_unit_test(decimals_are_numbers),
      cmocka_unit_test(fixed_point_is_rounded_correctly),
      cmocka_unit_test(scientific_notation_has_two_digits_of_exponent),
      cmocka_unit_test(precision_has_a_limit),
      cmocka_unit_test(whole_numbers_have_other_bases),
      cmocka_unit_test(what_is_unknown_makes_the_text_unknown),
      cmocka_unit_test(long_texts_cost),
      cmocka_unit_test(lists_of_lists_are_written),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

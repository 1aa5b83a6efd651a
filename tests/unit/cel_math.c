/* SPDX-License-Identifier: MIT */
/* The functions on numbers. */
#include <math.h>

#include "support/effort.h"
#include "support/worked.h"

static const char no_overload[] = "!1", out_of_range[] = "!3", bad_value[] = "!6";

static void the_greatest_and_the_least_keep_their_type(void **state) {
  (void)state;
  assert_worked("math.greatest(3)", "3");
  assert_worked("math.greatest(1, 3, 2)", "3");
  assert_worked("math.greatest(1u, 3u)", "3u");
  assert_worked("math.greatest(1.5, -3.5)", "1.5d");
  assert_worked("math.least(1, -3, 2)", "-3");
  assert_worked("math.greatest(1, 2.5, 2u)", "2.5d");
  assert_worked("math.least(1, 0u, 0.5)", "0u");
  assert_worked("math.greatest(2, 2.0)", "2");
  assert_worked("math.greatest(2.0, 2)", "2d");
  assert_worked("math.least(2u, 2)", "2u");
  assert_worked("math.greatest([1, 3, 2])", "3");
  assert_worked("math.least([dyn(1), 0.5, 2u])", "0.5d");
}

static void what_has_no_order_is_an_error(void **state) {
  (void)state;
  assert_worked("math.greatest([])", bad_value);
  assert_worked("math.greatest(1.0, double('NaN'))", bad_value);
  assert_worked("math.least([dyn(1), 'a'])", no_overload);
  assert_worked("math.greatest(dyn('a'), dyn('b'))", no_overload);
  assert_worked("math.greatest([dyn('a'), u])", "?");
  assert_worked("math.greatest([1, u])", "?");
}

static void numbers_are_rounded(void **state) {
  (void)state;
  assert_worked("math.ceil(1.2)", "2d");
  assert_worked("math.ceil(-1.2)", "-1d");
  assert_worked("math.ceil(-0.5)", "-0d");
  assert_worked("math.ceil(3.0)", "3d");
  assert_worked("math.floor(1.8)", "1d");
  assert_worked("math.floor(-0.1)", "-1d");
  assert_worked("math.round(0.5)", "1d");
  assert_worked("math.round(-2.5)", "-3d");
  assert_worked("math.round(0.49999999999999994)", "0d");
  assert_worked("math.round(4503599627370497.5)", "4503599627370498d");
  assert_worked("math.trunc(-1.9)", "-1d");
  assert_worked("math.trunc(1e300)", "1e+300d");
  assert_worked("math.floor(double('-Infinity'))", "-Infinityd");
  assert_worked("math.round(double('NaN'))", "NaNd");
  assert_worked("math.floor(dyn(1))", no_overload);
}

static void whole_numbers_without_a_sign_are_divided_by_all_but_zero(void **state) {
  (void)state;
  assert_worked("7u / 2u", "3u");
  assert_worked("7u % 4u", "3u");
  assert_worked("7u / 0u", "!2");
  assert_worked("7u % 0u", "!2");
  assert_worked("7u * 0u", "0u");
  assert_worked("7u - 7u", "0u");
  assert_worked("7u - 8u", out_of_range);
  assert_worked("18446744073709551615u + 0u", "18446744073709551615u");
  assert_worked("18446744073709551615u + 1u", out_of_range);
  assert_worked("18446744073709551615u * 2u", out_of_range);
}

static void signs_are_taken_and_given(void **state) {
  (void)state;
  assert_worked("math.abs(-11)", "11");
  assert_worked("math.abs(-9223372036854775807)", "9223372036854775807");
  assert_worked("math.abs(-9223372036854775808)", out_of_range);
  assert_worked("math.abs(5u)", "5u");
  assert_worked("math.abs(-0.0)", "0d");
  assert_worked("math.abs(double('-Infinity'))", "Infinityd");
  assert_worked("math.sign(-7)", "-1");
  assert_worked("math.sign(0)", "0");
  assert_worked("math.sign(5)", "1");
  assert_worked("math.sign(0u)", "0u");
  assert_worked("math.sign(3u)", "1u");
  assert_worked("math.sign(-0.5)", "-1d");
  assert_worked("math.sign(0.0)", "0d");
  assert_worked("math.sign(double('NaN'))", "NaNd");
  assert_worked("math.sign(dyn('a'))", no_overload);
}

static void special_doubles_are_told_apart(void **state) {
  (void)state;
  assert_worked("[0.0, 1.0 / 0.0, -1.0 / 0.0, 0.0 / 0.0].map(x, math.isNaN(x))",
                "[false, false, false, true]");
  assert_worked("[0.0, 1.0 / 0.0, -1.0 / 0.0, 0.0 / 0.0].map(x, math.isInf(x))",
                "[false, true, true, false]");
  assert_worked("[0.0, 1.0 / 0.0, -1.0 / 0.0, 0.0 / 0.0].map(x, math.isFinite(x))",
                "[true, false, false, false]");
  assert_worked("math.isNaN(dyn(1))", no_overload);
}

static void bits_are_combined(void **state) {
  (void)state;
  assert_worked("math.bitAnd(12, 10)", "8");
  assert_worked("math.bitOr(12, 10)", "14");
  assert_worked("math.bitXor(12u, 10u)", "6u");
  assert_worked("math.bitAnd(-1, 255)", "255");
  assert_worked("math.bitNot(0)", "-1");
  assert_worked("math.bitNot(0u)", "18446744073709551615u");
  assert_worked("math.bitAnd(dyn(1), dyn(1u))", no_overload);
  assert_worked("math.bitOr(dyn(1.0), dyn(1.0))", no_overload);
}

static void bits_are_shifted_off_the_end(void **state) {
  (void)state;
  assert_worked("math.bitShiftLeft(1, 63)", "-9223372036854775808");
  assert_worked("math.bitShiftLeft(1, 64)", "0");
  assert_worked("math.bitShiftLeft(3u, 63)", "9223372036854775808u");
  assert_worked("math.bitShiftRight(-1, 1)", "9223372036854775807");
  assert_worked("math.bitShiftRight(-1, 63)", "1");
  assert_worked("math.bitShiftRight(-1, 64)", "0");
  assert_worked("math.bitShiftRight(5u, 0)", "5u");
  assert_worked("math.bitShiftRight(5u, -1)", bad_value);
  assert_worked("math.bitShiftLeft(dyn(1), dyn(1u))", no_overload);
}

static void roots_of_some_numbers(void **state) {
  (void)state;
  assert_worked("math.sqrt(81)", "9d");
  assert_worked("math.sqrt(2u)", "1.4142135623730951d");
  assert_worked("math.sqrt(-0.0)", "-0d");
  assert_worked("math.sqrt(-1)", "NaNd");
  assert_worked("math.sqrt(double('Infinity'))", "Infinityd");
  assert_worked("math.sqrt(5e-324)", "2.2227587494850775e-162d");
  assert_worked("math.sqrt(dyn('4'))", no_overload);
}

static void roots_are_those_of_the_c_library(void **state) {
  (void)state;
  const uint64_t rounds = effort(200000);
  const wbi_cel_overload *row = wbi_cel_math.overloads;
  while (strcmp(row->name, "math.sqrt") != 0)
    row++;
  uint64_t seed = 1;
  for (uint64_t round = 0; round < rounds; round++) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    uint64_t bits = (seed ^ seed >> 29) >> 1;
    if (round % 16 == 0) bits &= 0xFFFFFFFFFFFFFu; /* subnormal */
    double value = 0;
    memcpy(&value, &bits, sizeof value);
    const wbi_cel_value argument = wbi_cel_of_double(value);
    const wbi_cel_value root = row->call(NULL, &argument, 1);
    const double wanted = sqrt(value);
    if (wanted == wanted && root.as.real != wanted) fail_msg("root of %.17g", value);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_greatest_and_the_least_keep_their_type),
      cmocka_unit_test(what_has_no_order_is_an_error),
      cmocka_unit_test(numbers_are_rounded),
      cmocka_unit_test(whole_numbers_without_a_sign_are_divided_by_all_but_zero),
      cmocka_unit_test(signs_are_taken_and_given),
      cmocka_unit_test(special_doubles_are_told_apart),
      cmocka_unit_test(bits_are_combined),
      cmocka_unit_test(bits_are_shifted_off_the_end),
      cmocka_unit_test(roots_of_some_numbers),
      cmocka_unit_test(roots_are_those_of_the_c_library),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

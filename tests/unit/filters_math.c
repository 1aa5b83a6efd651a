/* SPDX-License-Identifier: MIT */
/* Arithmetic filters and those for numbers in words. */
#include "support/filtered.h"

static wb_value of(int64_t integer) {
  return wbi_value_int(integer);
}

static void whole_numbers_stay_whole(void **state) {
  (void)state;
  says_with("12", "plus", of(10), of(2));
  says_with("8", "minus", of(10), of(2));
  says_with("20", "times", of(10), of(2));
  says_with("4", "divided_by", of(9), of(2));
  says_with("1", "modulo", of(9), of(2));
}

static void a_decimal_on_either_side_makes_a_decimal(void **state) {
  (void)state;
  says_with("12.0", "plus", of(10), decimal_of("2.0"));
  says_with("7.9", "minus", decimal_of("10.1"), decimal_of("2.2"));
  says_with("12.3", "minus", decimal_of("10.1"), decimal_of("-2.2"));
  says_with("-12.3", "minus", decimal_of("-10.1"), decimal_of("2.2"));
  says_with("10.5", "times", of(5), decimal_of("2.1"));
  says_with("4.5", "divided_by", decimal_of("9.0"), of(2));
  says_with("3.1", "modulo", decimal_of("10.1"), decimal_of("7.0"));
  says_with("0.0", "modulo", text_of("10"), text_of("2.0"));
  says_with("-7.25", "times", text_of("-0.0725"), of(100));
  says_with("0.3", "plus", decimal_of("0.1"), decimal_of("0.2"));
}

static void what_is_no_number_is_zero(void **state) {
  (void)state;
  says_with("5", "plus", text_of("hello"), of(5));
  says_with("5", "plus", wbi_value_null(), of(5));
  says_with("5", "plus", bool_of(true), of(5));
  says_with("0", "times", of(5), wbi_value_null());
  says("0", "abs", text_of("abc"));
  says("0", "round", wbi_value_null());
}

static void whole_division_goes_down_and_the_rest_follows_the_divisor(void **state) {
  (void)state;
  says_with("-4", "divided_by", of(7), of(-2));
  says_with("-4", "divided_by", of(-7), of(2));
  says_with("3", "divided_by", of(-7), of(-2));
  says_with("-3", "divided_by", of(-6), of(2));
  says_with("2", "modulo", of(-7), of(3));
  says_with("-2", "modulo", of(7), of(-3));
  says_with("-1", "modulo", of(-7), of(-3));
  says_with("0", "modulo", of(-6), of(3));
  says_with("-0.5", "modulo", decimal_of("7.5"), of(-2));
  says_with("0.0", "divided_by", decimal_of("0.0"), of(-2)); /* which has no sign */
  says_with("2.0e-36", "times", decimal_of("1.23e-18"), decimal_of("1.23e-18"));
  says_with("0.0", "times", decimal_of("1.23e-20"), decimal_of("1.23e-20"));
  says_with("0.0", "times", decimal_of("1.23456789e-28"), decimal_of("1.23456789e-28"));
  says_with("1.0e-36", "times", decimal_of("7.11111111e-18"), decimal_of("7.77777777e-20"));
  says_with("-0.5", "plus", text_of("-0"), decimal_of("-0.5")); /* nor here */
  says_with("0", "at_most", text_of("-0"), of(0));
  says_with("-1", "round", decimal_of("-0.7"), of(0));
  fails_with(WB_E_RANGE, "divided_by", decimal_of("1e-23"), of(3)); /* too many places */
}

static void nothing_is_divided_by_zero(void **state) {
  (void)state;
  fails_with(WB_E_RANGE, "divided_by", of(10), of(0));
  fails_with(WB_E_RANGE, "divided_by", of(10), decimal_of("0.0"));
  fails_with(WB_E_RANGE, "divided_by", of(0), wbi_value_null());
  fails_with(WB_E_RANGE, "modulo", of(10), of(0));
  fails_with(WB_E_RANGE, "modulo", of(10), text_of("ten"));
}

static void quotients_that_do_not_end_are_the_nearest_double(void **state) {
  (void)state;
  says_with("2.857142857142857", "divided_by", of(20), decimal_of("7.0"));
  says_with("3.3333333333333335", "divided_by", of(10), decimal_of("3.0"));
  says_with("0.6666666666666666", "divided_by", of(2), decimal_of("3.0"));
  says_with("-4.666666666666667", "divided_by", of(-14), decimal_of("3.0"));
  says_with("9.007199254740992e+15", "divided_by", text_of("9007226276338757222979.0"),
            of(1000003)); /* a half */
  says_with("9.007199254740994e+15", "divided_by", text_of("9007226276338757222980.0"),
            of(1000003));
  says_with("0.00010339737939341927", "divided_by", of(20), decimal_of("193428.5"));
}

static void what_is_longer_than_64_bits_is_a_text_of_digits(void **state) {
  (void)state;
  says_with("9223372036854775807", "plus", of(INT64_MAX - 1), of(1));
  says_with("'9223372036854775808'", "plus", of(INT64_MAX), of(1));
  says_with("-9223372036854775808", "minus", of(INT64_MIN + 1), of(1));
  says_with("'-9223372036854775809'", "minus", of(INT64_MIN), of(1));
  says_with("'9223372036854775808'", "divided_by", of(INT64_MIN), of(-1));
  says_with("0", "modulo", of(INT64_MIN), of(-1));
  says("'9223372036854775808'", "abs", of(INT64_MIN));
  says_with("'-36893488147419103232'", "times", of(INT64_MIN), of(4));
}

static void a_long_number_is_marked_as_one(void **state) {
  (void)state;
  char memory[64];
  wbi_room room = {.data = memory, .capacity = sizeof memory};
  const wbi_filtering filtering = {.room = &room};
  const wb_value one = of(1);
  wb_value value = of(INT64_MAX);
  assert_int_equal(wbi_filter_find(WBI_TEXT("plus"))->apply(&filtering, &value, &one, 1), WB_OK);
  assert_int_equal(value.flags, WBI_VALUE_LONG);
  room.capacity = room.used + 18;
  assert_int_equal(wbi_filter_find(WBI_TEXT("plus"))->apply(&filtering, &value, &one, 1),
                   WB_E_LIMIT);
}

static void sums_go_on_in_texts_of_digits(void **state) {
  (void)state;
  says_with("'123456789012345678901234567894'", "plus", text_of("123456789012345678901234567893"),
            of(1));
  says_with("9223372036854775807", "minus", text_of("9223372036854775808"), of(1));
  says_with("'999999999999999999999999999999999999'", "plus",
            text_of("999999999999999999999999999999999998"), of(1));
  fails_with(WB_E_RANGE, "plus", text_of("999999999999999999999999999999999999"), of(1));
  fails_with(WB_E_RANGE, "plus", text_of("1999999999999999999999999999999999999"), of(1));
  says_with("'100000000000000000000000000000000000'", "times", of(100000000000000000),
            of(1000000000000000000));
  says_with("1.0", "plus", text_of("0.000000000000000000000000000000000000"), of(1));
  fails_with(WB_E_RANGE, "plus", text_of("0.0000000000000000000000000000000000000"), of(1));
}

static void rounding_goes_away_from_zero(void **state) {
  (void)state;
  says("3", "round", decimal_of("2.5"));
  says("-3", "round", decimal_of("-2.5"));
  says("2", "round", decimal_of("2.49999"));
  says_with("183.36", "round", decimal_of("183.357"), of(2));
  says_with("2.0", "round", decimal_of("1.999"), of(2));
  says_with("1.2345678901", "round", decimal_of("1.23456789012"), of(10));
  says_with("5.7", "round", decimal_of("5.666"), text_of("1"));
  says_with("5.7", "round", decimal_of("5.666"), decimal_of("1.9"));
  says_with("6", "round", decimal_of("5.666"), wbi_value_null());
  says_with("20", "round", of(15), of(-1));
  says_with("-20", "round", of(-15), of(-1));
  says_with("10", "round", decimal_of("5.0"), of(-1));
  says_with("0", "round", decimal_of("4.9"), of(-1));
  says_with("15", "round", of(15), of(3));
  says_with("1.5", "round", decimal_of("1.5"), of(INT64_MAX));
  says_with("0", "round", decimal_of("1.5"), of(INT64_MIN));
  says("0", "round", decimal_of("-0.4"));
}

static void texts_of_more_digits_than_are_read_have_no_answer(void **state) {
  (void)state;
  const wb_value endless = text_of("1234567890123456789012345678901234567 visits");
  static const char *const alone[] = {"abs", "ceil", "floor", "round"};
  static const char *const with[] = {"plus", "minus", "times", "divided_by", "modulo", "round"};
  for (size_t i = 0; i < WBI_COUNT(alone); i++)
    fails(WB_E_RANGE, alone[i], endless);
  for (size_t i = 0; i < WBI_COUNT(with); i++)
    fails_with(WB_E_RANGE, with[i], of(1), endless);
}

static void floors_and_ceilings_are_whole(void **state) {
  (void)state;
  says("6", "ceil", decimal_of("5.1"));
  says("-5", "ceil", decimal_of("-5.9"));
  says("5", "ceil", decimal_of("5.0"));
  says("0", "ceil", decimal_of("-0.5"));
  says("5", "floor", decimal_of("5.9"));
  says("-6", "floor", decimal_of("-5.1"));
  says("-1", "floor", decimal_of("-0.5"));
  says("-5", "floor", decimal_of("-5.0"));
  says("5", "floor", text_of("5.9"));
}

static void limits_hold_from_their_own_side(void **state) {
  (void)state;
  says_with("8", "at_least", of(5), of(8));
  says_with("8", "at_least", of(8), of(8));
  says_with("9", "at_least", text_of("9"), of(8));
  says_with("5.4", "at_most", decimal_of("5.4"), decimal_of("8.9"));
  says_with("5.9", "at_most", decimal_of("8.4"), decimal_of("5.9"));
  says_with("5", "at_least", of(5), decimal_of("5.0"));
  says_with("0", "at_most", wbi_value_null(), of(5));
  says_with("5", "at_most", of(5), decimal_of("5.0"));
}

static void cents_are_written_as_dollars(void **state) {
  (void)state;
  says("'$0.00'", "money", of(0));
  says("'$0.05'", "money", of(5));
  says("'$9.99'", "money", of(999));
  says("'$999.99'", "money", of(99999));
  says("'$1,000.00'", "money", of(100000));
  says("'$1,234,567.89'", "money", of(123456789));
  says("'-$12.50'", "money", of(-1250));
  says("'$12.51'", "money", decimal_of("1250.5"));
  says("'-$92,233,720,368,547,758.08'", "money", of(INT64_MIN));
  says("nil", "money", wbi_value_null());
  fails(WB_E_RANGE, "money", text_of("12"));
}

static void one_is_not_many(void **state) {
  (void)state;
  const wb_value one = text_of("visit"), many = text_of("visits");
  says_with_two("'visits'", "plural", of(0), one, many);
  says_with_two("'visit'", "plural", of(1), one, many);
  says_with_two("'visits'", "plural", of(2), one, many);
  says_with_two("'visits'", "plural", of(-1), one, many);
  says_with_two("'visits'", "plural", decimal_of("1.5"), one, many);
  says_with_two("nil", "plural", wbi_value_null(), one, many);
  filtered_in(&(filtered_with){"en", NULL, 0}, WB_E_RANGE, NULL, "plural", text_of("2"),
              (wb_value[]){one, many}, 2);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(whole_numbers_stay_whole),
      cmocka_unit_test(a_decimal_on_either_side_makes_a_decimal),
      cmocka_unit_test(what_is_no_number_is_zero),
      cmocka_unit_test(whole_division_goes_down_and_the_rest_follows_the_divisor),
      cmocka_unit_test(nothing_is_divided_by_zero),
      cmocka_unit_test(quotients_that_do_not_end_are_the_nearest_double),
      cmocka_unit_test(what_is_longer_than_64_bits_is_a_text_of_digits),
      cmocka_unit_test(a_long_number_is_marked_as_one),
      cmocka_unit_test(sums_go_on_in_texts_of_digits),
      cmocka_unit_test(rounding_goes_away_from_zero),
      cmocka_unit_test(texts_of_more_digits_than_are_read_have_no_answer),
      cmocka_unit_test(floors_and_ceilings_are_whole),
      cmocka_unit_test(limits_hold_from_their_own_side),
      cmocka_unit_test(cents_are_written_as_dollars),
      cmocka_unit_test(one_is_not_many),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

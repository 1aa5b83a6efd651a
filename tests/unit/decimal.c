/* SPDX-License-Identifier: MIT */
/* Decimals of templates: literals, what values are as numbers, order, and digits at their limits.
 */
#include "support/filtered.h"

#include "liquid/digits.h"

static void reads(const char *literal, const char *written, int32_t kind) {
  char out[64];
  wbi_writer writer = {out, sizeof out, 0};
  wb_value value;
  assert_int_equal(wbi_decimal_parse(wbi_text_of(literal), &value), WB_OK);
  assert_int_equal(value.kind, kind);
  wbi_decimal_put(&writer, &value);
  wbi_put_char(&writer, '\0');
  assert_string_equal(out, written);
}

static void refuses(const char *literal, wb_status status) {
  wb_value value;
  assert_int_equal(wbi_decimal_parse(wbi_text_of(literal), &value), status);
}

static void literals_with_a_point_are_decimals_at_their_shortest(void **state) {
  (void)state;
  reads("12", "12", WB_INT);
  reads("-0", "0", WB_INT);
  reads("12.0", "12.0", WBI_DECIMAL);
  reads("12.50", "12.5", WBI_DECIMAL);
  reads("-0.00", "0.0", WBI_DECIMAL);
  reads("0.0001", "0.0001", WBI_DECIMAL);
  reads("-1234.003030303", "-1234.003030303", WBI_DECIMAL);
  reads("1e3", "1000.0", WBI_DECIMAL);
  reads("1.5E+2", "150.0", WBI_DECIMAL);
  reads("125e-2", "1.25", WBI_DECIMAL);
}

static void integers_are_read_to_64_bits(void **state) {
  (void)state;
  reads("9223372036854775807", "9223372036854775807", WB_INT);
  reads("-9223372036854775808", "-9223372036854775808", WB_INT);
  refuses("9223372036854775808", WB_E_RANGE);
  refuses("-9223372036854775809", WB_E_RANGE);
  refuses("1234567890123456789012345678901234567", WB_E_RANGE);
}

static void what_is_no_literal_is_refused(void **state) {
  (void)state;
  static const char *const bad[] = {"",    "-",   ".5",  "5.",  "1.2.3", "1e",
                                    "1e+", "+5",  " 5",  "5 ",  "0x10",  "1_000",
                                    "e5",  "1ee", "--1", "1e-", "NaN",   "1,5"};
  for (size_t i = 0; i < WBI_COUNT(bad); i++)
    refuses(bad[i], WB_E_SYNTAX);
}

static void decimals_longer_than_a_double_are_the_nearest_one(void **state) {
  (void)state;
  reads("0.1000000000000000055511151231257827", "0.1", WBI_DECIMAL);
  reads("0.1000000000000000055511151231257827021181583404541015625", "0.1", WBI_DECIMAL);
  reads("1234.3838300038383", "1234.3838300038383", WBI_DECIMAL);
  reads("0.66666666666666666667", "0.6666666666666666", WBI_DECIMAL);
  reads("123456789012345.6", "123456789012345.6", WBI_DECIMAL);
  reads("12345678901234567.0", "1.2345678901234568e+16", WBI_DECIMAL);
  refuses("99999999999999999.0", WB_E_RANGE);
  refuses("1e17", WB_E_RANGE);
  reads("1e16", "1.0e+16", WBI_DECIMAL);
  reads("-123456789012345.0", "-123456789012345.0", WBI_DECIMAL);
  reads("-1000000000000000.0", "-1.0e+15", WBI_DECIMAL);
  refuses("1e400", WB_E_RANGE);
  refuses("1e401", WB_E_RANGE);
  refuses("1e37", WB_E_RANGE);
  refuses("1e", WB_E_SYNTAX);
  refuses("12345678901234567890123456789012345678e", WB_E_SYNTAX);
  refuses("12345678901234567890123456789012345678e-9", WB_E_RANGE);
  reads("123456789012345678901234567890123456789e-30", "123456789.01234567", WBI_DECIMAL);
  reads("1e-401", "0.0", WBI_DECIMAL);
  refuses("1e-37", WB_E_RANGE);
  refuses("1e99999999999999999999", WB_E_RANGE);
}

static void decimals_have_36_places(void **state) {
  (void)state;
  reads("0.0001", "0.0001", WBI_DECIMAL);
  reads("0.000099", "9.9e-05", WBI_DECIMAL);
  reads("-0.0000000001250", "-1.25e-10", WBI_DECIMAL);
  reads("0.000000000000000000000000001", "1.0e-27", WBI_DECIMAL);
  reads("1e-36", "1.0e-36", WBI_DECIMAL);
}

static void is_a_number(const char *written, wb_value value) {
  char out[64];
  wbi_writer writer = {out, sizeof out, 0};
  wb_value number;
  assert_true(wbi_decimal_from(&value, &number));
  wbi_decimal_put(&writer, &number);
  wbi_put_char(&writer, '\0');
  assert_string_equal(out, written);
}

static void texts_are_the_numbers_that_they_begin_with(void **state) {
  (void)state;
  is_a_number("12.5", text_of(" 12.50\n"));
  is_a_number("-12.5", text_of("-12.5"));
  is_a_number("12", text_of("12.5 visits"));
  is_a_number("12", text_of("+12.5"));
  is_a_number("12", text_of("12."));
  is_a_number("1000", text_of("1_000"));
  is_a_number("1", text_of("1__000"));
  is_a_number("-5", text_of("-5x"));
  is_a_number("0", text_of("- 5"));
  is_a_number("0", text_of("visits"));
  is_a_number("0", text_of(""));
  wb_value number, endless = text_of("1234567890123456789012345678901234567 visits");
  assert_false(wbi_decimal_from(&endless, &number));
}

static void other_kinds_are_numbers_or_none(void **state) {
  (void)state;
  wb_value number;
  wb_value wide = wbi_value_int(-1);
  wide.kind = WB_UINT;
  assert_false(wbi_decimal_from(&wide, &number));
  is_a_number("-7", wbi_value_int(-7));
  wide.integer = 7;
  is_a_number("7", wide);
  wb_value real = wbi_value_null();
  real.kind = WB_DOUBLE;
  real.real = 2.5;
  is_a_number("2.5", real);
  real.real = 3;
  is_a_number("3.0", real);
  real.real = 1e300;
  assert_false(wbi_decimal_from(&real, &number));
  const wb_value yes = bool_of(true), nil = wbi_value_null();
  assert_false(wbi_decimal_from(&yes, &number));
  assert_false(wbi_decimal_from(&nil, &number));
  assert_int_equal(number.kind, WB_INT);
  assert_int_equal(number.integer, 0);
}

static void orders(wb_value a, int order, wb_value b) {
  assert_int_equal(wbi_decimal_order(&a, &b), order);
  assert_int_equal(wbi_decimal_order(&b, &a), -order);
}

static void numbers_are_ordered_by_size_whatever_their_kind(void **state) {
  (void)state;
  wb_value most = wbi_value_int(-1);
  most.kind = WB_UINT;
  orders(wbi_value_int(1), 0, decimal_of("1.0"));
  orders(wbi_value_int(1), -1, decimal_of("1.0000000001"));
  orders(decimal_of("-1.5"), -1, wbi_value_int(-1));
  orders(wbi_value_int(INT64_MAX), -1, most);
  orders(wbi_value_int(INT64_MIN), -1, wbi_value_int(INT64_MAX));
  orders(wbi_value_int(-1), -1, most);
  orders(text_of("18446744073709551616"), 1, most);
  orders(decimal_of("0.0"), 0, wbi_value_int(0));
  orders(text_of("-0"), 0, wbi_value_int(0));
  orders(text_of("-0"), 1, wbi_value_int(-1));
}

/* A number of so many nines. */
static wbi_digits nines(uint32_t count, uint32_t places) {
  wbi_digits number = {.places = places, .whole = places == 0};
  for (uint32_t i = 0; i < count; i++)
    wbi_digits_push(&number, 9);
  return number;
}

static void the_longest_numbers_stay_within_their_room(void **state) {
  (void)state;
  const wbi_digits whole = nines(WBI_DIGITS_READ, 0);
  const wbi_digits part = nines(WBI_DIGITS_READ, WBI_DIGITS_READ);
  wbi_digits rest;
  assert_int_equal(wbi_digits_plus(&whole, &part).count, 2 * WBI_DIGITS_READ);
  assert_int_equal(wbi_digits_plus(&whole, &whole).count, WBI_DIGITS_READ + 1);
  assert_int_equal(wbi_digits_times(&whole, &part).count, 2 * WBI_DIGITS_READ);
  const wbi_digits product = wbi_digits_times(&whole, &whole);
  const wbi_digits quotient = wbi_digits_divide(&product, &whole, &rest);
  assert_int_equal(rest.count, 0);
  assert_int_equal(wbi_digits_order(&quotient, &whole), 0);
}

static void rounding_stays_within_its_room(void **state) {
  (void)state;
  wbi_digits number = nines(WBI_DIGITS_READ, 1);
  wbi_digits_round(&number, INT64_MAX);
  assert_int_equal(number.places, 1);
  assert_false(number.whole);
  wbi_digits_round(&number, -WBI_DIGITS_READ);
  assert_int_equal(number.count, 0);
  assert_true(number.whole);
  number = nines(WBI_DIGITS_READ, 0);
  wbi_digits_round(&number, -WBI_DIGITS_READ);
  assert_int_equal(number.count, WBI_DIGITS_READ + 1);
  wbi_digits_round(&number, INT64_MIN);
  assert_int_equal(number.count, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(literals_with_a_point_are_decimals_at_their_shortest),
      cmocka_unit_test(integers_are_read_to_64_bits),
      cmocka_unit_test(what_is_no_literal_is_refused),
      cmocka_unit_test(decimals_longer_than_a_double_are_the_nearest_one),
      cmocka_unit_test(decimals_have_36_places),
      cmocka_unit_test(texts_are_the_numbers_that_they_begin_with),
      cmocka_unit_test(other_kinds_are_numbers_or_none),
      cmocka_unit_test(numbers_are_ordered_by_size_whatever_their_kind),
      cmocka_unit_test(the_longest_numbers_stay_within_their_room),
      cmocka_unit_test(rounding_stays_within_its_room),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Numbers in text: limits of integers, exact doubles, libc as the oracle. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/base.h"
#include "support/effort.h"

static void integers_are_read_to_their_limits(void **state) {
  (void)state;
  int64_t value = 0;
  uint64_t size = 0;
  assert_int_equal(wbi_parse_int(WBI_TEXT("-9223372036854775808"), &value), WB_OK);
  assert_true(value == INT64_MIN);
  assert_int_equal(wbi_parse_int(WBI_TEXT("9223372036854775807"), &value), WB_OK);
  assert_true(value == INT64_MAX);
  assert_int_equal(wbi_parse_int(WBI_TEXT("9223372036854775808"), &value), WB_E_RANGE);
  assert_int_equal(wbi_parse_int(WBI_TEXT("-9223372036854775809"), &value), WB_E_RANGE);
  assert_int_equal(wbi_parse_int(WBI_TEXT("99999999999999999999999"), &value), WB_E_RANGE);
  assert_true(value == INT64_MAX);
  assert_int_equal(wbi_parse_uint(WBI_TEXT("18446744073709551615"), &size), WB_OK);
  assert_true(size == UINT64_MAX);
  assert_int_equal(wbi_parse_uint(WBI_TEXT("18446744073709551616"), &size), WB_E_RANGE);
  assert_int_equal(wbi_parse_int(WBI_TEXT("-0"), &value), WB_OK);
  assert_int_equal(value, 0);
  assert_int_equal(wbi_parse_int(WBI_TEXT("007"), &value), WB_OK);
  assert_int_equal(value, 7);
}

static void integers_are_digits_and_nothing_else(void **state) {
  (void)state;
  const char *const bad[] = {
      "", "-", "+1", " 1", "1 ", "1.", "1e3", "0x1", "--1", "1-", "99999999999999999999999x"};
  int64_t value = 42;
  for (size_t i = 0; i < WBI_COUNT(bad); i++) {
    assert_int_equal(wbi_parse_int(wbi_text_of(bad[i]), &value), WB_E_SYNTAX);
  }
  uint64_t size = 42;
  assert_int_equal(wbi_parse_uint(WBI_TEXT("-1"), &size), WB_E_SYNTAX);
  assert_int_equal(value, 42);
  assert_int_equal(size, 42);
}

static void doubles_that_are_no_numbers_are_refused(void **state) {
  (void)state;
  const char *const bad[] = {"",     "-",    ".",     "1.",  "1.e3",  "e3",      "1e",  "1e+",
                             "1e-",  "+1",   " 1",    "1 ",  "0x1p3", "nan",     "inf", "1_0",
                             "1e3x", "1e3 ", "1.2.3", "--1", "1,5",   "Infinity"};
  double value = 42;
  for (size_t i = 0; i < WBI_COUNT(bad); i++) {
    assert_int_equal(wbi_parse_double(wbi_text_of(bad[i]), &value), WB_E_SYNTAX);
  }
  assert_true(value == 42);
}

/* Asserts that our reading of a text is libc's, to the bit. */
static void assert_reads_as_libc(const char *text) {
  double ours = -1;
  const double theirs = strtod(text, NULL);
  assert_int_equal(wbi_parse_double(wbi_text_of(text), &ours), WB_OK);
  if (memcmp(&ours, &theirs, sizeof ours) != 0) fail_msg("%s is read as %.17g", text, ours);
}

static void notations_are_read(void **state) {
  (void)state;
  const char *const good[] = {"0",
                              "-0",
                              "0.0",
                              "-0e5",
                              "1",
                              "-1.5",
                              ".5",
                              "-.25",
                              "1e3",
                              "1E+3",
                              "1e-3",
                              "000001.50000",
                              "0.1",
                              "123456789012345678901234567890",
                              "0e999999999999999999999",
                              "1e-999999999999999999999"};
  for (size_t i = 0; i < WBI_COUNT(good); i++)
    assert_reads_as_libc(good[i]);
}

static void halves_round_to_even(void **state) {
  (void)state;
  const char *const hard[] = {"9007199254740993",
                              "9007199254740995",
                              "9007199254740993.00000000000000000000000000001",
                              "9007199254740992.99999999999999999999999999999",
                              "2.2250738585072014e-308",
                              "2.2250738585072011e-308",
                              "2.2250738585072012e-308",
                              "4.9406564584124654e-324",
                              "2.4703282292062327208e-324",
                              "2.4703282292062328e-324",
                              "2.4703282292062327e-324",
                              "1.7976931348623157e308",
                              "1.7976931348623158e308",
                              "5e-325",
                              "1e-400",
                              "1e23",
                              "8.5e22",
                              "1.00000000000000011102230246251565404236316680908203125",
                              "1.00000000000000011102230246251565404236316680908203124",
                              "1.00000000000000011102230246251565404236316680908203126"};
  for (size_t i = 0; i < WBI_COUNT(hard); i++)
    assert_reads_as_libc(hard[i]);
}

static void digits_far_away_decide(void **state) {
  (void)state;
  char text[1400];
  snprintf(text, sizeof text, "9007199254740993.%0900d1", 0);
  assert_reads_as_libc(text);
  snprintf(text, sizeof text, "9007199254740993.%0900d0", 0);
  assert_reads_as_libc(text);
  snprintf(text, sizeof text, "%.1100e", 4.9406564584124654e-324);
  assert_reads_as_libc(text);
  snprintf(text, sizeof text, "%.800f", 2.2250738585072014e-308);
  assert_reads_as_libc(text);
  memset(text, '7', 900); /* more digits than are kept */
  text[900] = '\0';
  strcat(text, "e-890");
  assert_reads_as_libc(text);
  snprintf(text, sizeof text, "1%0900d0e-900", 0);
  assert_reads_as_libc(text);
  snprintf(text, sizeof text, "0.%0900d1e901", 0);
  assert_reads_as_libc(text);
}

static void beyond_the_largest_double_is_out_of_range(void **state) {
  (void)state;
  double value = 42;
  assert_int_equal(wbi_parse_double(WBI_TEXT("1.7976931348623159e308"), &value), WB_E_RANGE);
  assert_int_equal(wbi_parse_double(WBI_TEXT("-1e309"), &value), WB_E_RANGE);
  assert_int_equal(wbi_parse_double(WBI_TEXT("1e99999999999999999999"), &value), WB_E_RANGE);
  assert_true(value == 42);
}

/* Asserts how a double is written. */
static void assert_written(double value, const char *wanted) {
  char text[40];
  wbi_writer writer = {text, sizeof text, 0};
  wbi_put_double(&writer, value);
  assert_int_equal(wbi_writer_finish(&writer, NULL), WB_OK);
  assert_string_equal(text, wanted);
}

static void doubles_are_written_short(void **state) {
  (void)state;
  assert_written(0, "0");
  assert_written(-0.0, "-0");
  assert_written(1, "1");
  assert_written(-1.5, "-1.5");
  assert_written(0.1, "0.1");
  assert_written(0.1 + 0.2, "0.30000000000000004");
  assert_written(100, "100");
  assert_written(123456.789, "123456.789");
  assert_written(1e20, "100000000000000000000");
  assert_written(123456789012345680000.0, "123456789012345680000");
  assert_written(1e21, "1e+21");
  assert_written(1.5e300, "1.5e+300");
  assert_written(0.000001, "0.000001");
  assert_written(0.0000015, "0.0000015");
  assert_written(1e-7, "1e-7");
  assert_written(-2.5e-9, "-2.5e-9");
  assert_written(5e-324, "5e-324");
  assert_written(2.2250738585072014e-308, "2.2250738585072014e-308");
  assert_written(1.7976931348623157e308, "1.7976931348623157e+308");
  assert_written(9007199254740993.0, "9007199254740992");
  assert_written(strtod("nan", NULL), "NaN");
  assert_written(strtod("inf", NULL), "Infinity");
  assert_written(strtod("-inf", NULL), "-Infinity");
}

/* A random double, powers of two and subnormal numbers among them. */
static double random_double(uint64_t *seed, uint64_t round) {
  *seed ^= *seed << 13;
  *seed ^= *seed >> 7;
  *seed ^= *seed << 17;
  uint64_t bits = *seed;
  if (round % 16 == 0) bits &= ~(((uint64_t)1 << 52) - 1);
  if (round % 16 == 1) bits &= ((uint64_t)1 << (round / 16 % 52 + 1)) - 1;
  if ((bits >> 52 & 0x7FF) == 0x7FF) bits ^= (uint64_t)1 << 62;
  double value = 0;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* The significant digits of a number in text; how many. */
static size_t digits_of(const char *text, char digits[800]) {
  size_t count = 0;
  for (; *text != '\0' && *text != 'e'; text++) {
    if (*text >= '0' && *text <= '9' && (count > 0 || *text != '0')) digits[count++] = *text;
  }
  while (count > 1 && digits[count - 1] == '0')
    count--;
  digits[count] = '\0';
  return count;
}

static void random_doubles_survive_and_are_shortest(void **state) {
  (void)state;
  uint64_t seed = 88172645463325252u;
  for (uint64_t round = 0; round < effort(100000); round++) {
    const double value = random_double(&seed, round);
    char text[40], theirs[40], digits[800], their_digits[800];
    wbi_writer writer = {text, sizeof text, 0};
    wbi_put_double(&writer, value);
    assert_int_equal(wbi_writer_finish(&writer, NULL), WB_OK);
    const double back = strtod(text, NULL);
    assert_memory_equal(&back, &value, sizeof value);
    assert_reads_as_libc(text);
    int precision = 0;
    do {
      snprintf(theirs, sizeof theirs, "%.*e", precision++, value);
    } while (strtod(theirs, NULL) != value);
    const size_t count = digits_of(text, digits), their_count = digits_of(theirs, their_digits);
    assert_true(count <= their_count);
    if (count == their_count) assert_string_equal(digits, their_digits);
  }
}

static void random_spellings_are_read_as_libc_reads_them(void **state) {
  (void)state;
  uint64_t seed = 1181783497276652981u;
  for (uint64_t round = 0; round < effort(100000); round++) {
    char text[120];
    const double value = random_double(&seed, round);
    snprintf(text, sizeof text, "%.*e", (int)(seed % 70), value * 0.4999);
    assert_reads_as_libc(text);
  }
}

/* Asserts that a double is written as libc's printf does, to a number of places. */
static void assert_places_as_libc(double value, int places) {
  static char ours[2 * WBI_PLACES_MOST + 400], theirs[2 * WBI_PLACES_MOST + 400];
  wbi_writer writer = {ours, sizeof ours, 0};
  wbi_put_fixed(&writer, value, (uint32_t)places);
  wbi_put_char(&writer, ' ');
  wbi_put_scientific(&writer, value, (uint32_t)places);
  assert_int_equal(wbi_writer_finish(&writer, NULL), WB_OK);
  snprintf(theirs, sizeof theirs, "%.*f %.*e", places, value, places, value);
  assert_string_equal(ours, theirs);
}

static void places_are_rounded_as_the_c_library_does(void **state) {
  (void)state;
  static const double values[] = {0.0,   -0.0, 0.5,    1.5,    2.5,     9.5,     99.5,    0.05,
                                  0.095, 0.95, 1e21,   1e22,   1e23,    999.999, 0.0005,  5e-324,
                                  1e300, -0.6, 0.0006, 0.9999, 1.25e-9, 123.456, 4.5e-10, 1e-300};
  static const int places[] = {0, 1, 2, 3, 6, 17, 20, 30, WBI_PLACES_MOST};
  for (size_t i = 0; i < WBI_COUNT(values); i++) {
    for (size_t j = 0; j < WBI_COUNT(places); j++)
      assert_places_as_libc(values[i], places[j]);
  }
  const uint64_t rounds = effort(20000);
  uint64_t seed = 3;
  for (uint64_t round = 0; round < rounds; round++) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    uint64_t bits = seed ^ seed >> 31;
    /* Half of them are of everyday size. */
    if (round % 2 == 0) bits = (bits & 0x800FFFFFFFFFFFFFu) | (1003 + (bits >> 52) % 60) << 52;
    double value = 0;
    memcpy(&value, &bits, sizeof value);
    if (value - value == 0) assert_places_as_libc(value, (int)(seed >> 40) % 25);
  }
}

static void places_of_what_is_not_finite_are_words(void **state) {
  (void)state;
  char buffer[40];
  wbi_writer writer = {buffer, sizeof buffer, 0};
  wbi_put_fixed(&writer, strtod("-inf", NULL), 2);
  wbi_put_char(&writer, ' ');
  wbi_put_scientific(&writer, strtod("nan", NULL), 2);
  assert_int_equal(wbi_writer_finish(&writer, NULL), WB_OK);
  assert_string_equal(buffer, "-Infinity NaN");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(integers_are_read_to_their_limits),
      cmocka_unit_test(integers_are_digits_and_nothing_else),
      cmocka_unit_test(doubles_that_are_no_numbers_are_refused),
      cmocka_unit_test(notations_are_read),
      cmocka_unit_test(halves_round_to_even),
      cmocka_unit_test(digits_far_away_decide),
      cmocka_unit_test(beyond_the_largest_double_is_out_of_range),
      cmocka_unit_test(doubles_are_written_short),
      cmocka_unit_test(random_doubles_survive_and_are_shortest),
      cmocka_unit_test(random_spellings_are_read_as_libc_reads_them),
      cmocka_unit_test(places_are_rounded_as_the_c_library_does),
      cmocka_unit_test(places_of_what_is_not_finite_are_words),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

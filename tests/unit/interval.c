/* SPDX-License-Identifier: MIT */
/* Intervals in their three notations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "time/time.h"

/* Asserts what an interval is read as, by its canonical text. */
static void assert_read(const char *text, const char *wanted) {
  wb_interval interval;
  char out[25];
  size_t length = 0;
  assert_int_equal(wb_interval_parse(text, strlen(text), &interval), WB_OK);
  assert_int_equal(wb_interval_format(&interval, out, sizeof out, &length), WB_OK);
  assert_string_equal(out, wanted);
  assert_int_equal(length, strlen(wanted));
}

/* Asserts that a text is refused. */
static void assert_refused(const char *text, wb_status status) {
  wb_interval interval = {1, 2, 3, 4};
  if (wb_interval_parse(text, strlen(text), &interval) != status) fail_msg("%s", text);
  assert_int_equal(interval.years, 1);
  assert_int_equal(interval.days, 4);
}

static void no_text_is_no_time(void **state) {
  (void)state;
  wb_interval interval = {1, 2, 3, 4};
  assert_int_equal(wb_interval_parse(NULL, 0, &interval), WB_OK);
  assert_int_equal(interval.years + interval.months + interval.weeks + interval.days, 0);
}

static void short_notation_is_read(void **state) {
  (void)state;
  assert_read("6m1d", "6m1d");
  assert_read("1y3m1w1d", "1y3m1w1d");
  assert_read("0y6m0d", "6m");
  assert_read("2w", "2w");
  assert_read("65535y65535m65535w65535d", "65535y65535m65535w65535d");
  assert_read("0065535d", "65535d");
}

static void iso_8601_is_read(void **state) {
  (void)state;
  assert_read("P6M1D", "6m1d");
  assert_read("P1Y3M1W1D", "1y3m1w1d");
  assert_read("P0D", "0d");
}

static void packed_integer_is_read(void **state) {
  (void)state;
  assert_read("393217", "6m1d");
  assert_read("262144", "4m");
  assert_read("16777216", "1y");
  assert_read("83886080", "5y");
  assert_read("1", "1d");
  assert_read("256", "1w");
  assert_read("2147483647", "127y255m255w255d");
}

static void empty_interval_has_many_names(void **state) {
  (void)state;
  assert_read("", "0d");
  assert_read("0", "0d");
  assert_read("0d", "0d");
  assert_read("0y0m0w0d", "0d");
}

static void what_is_no_interval_is_refused(void **state) {
  (void)state;
  static const char *const bad[] = {
      "m",   "6x",   "1d6m", "6m6m",   "6 m",  "6m ",   "-6m",  "+6m",    "6M", "P",    "P6m",
      "p6M", "P6M1", "PT6H", "P6MT1H", "6.5m", "1y3m1", "PP6M", "6m1d1d", "d6", "P-6M", "1y,3m"};
  for (size_t i = 0; i < WBI_COUNT(bad); i++)
    assert_refused(bad[i], WB_E_SYNTAX);
  wb_interval interval;
  assert_int_equal(wb_interval_parse("6m12d", 3, &interval),
                   WB_E_SYNTAX); /* what follows is not read */
}

static void parts_end_at_65535(void **state) {
  (void)state;
  assert_refused("65536d", WB_E_RANGE);
  assert_refused("65536y1d", WB_E_RANGE);
  assert_read("P65535Y65535M65535W65535D", "65535y65535m65535w65535d");
  assert_refused("P65536M", WB_E_RANGE);
  assert_refused("65536w", WB_E_RANGE);
  assert_refused("4294967297d", WB_E_RANGE);
  assert_refused("18446744073709551617d", WB_E_RANGE);
  assert_refused("99999999999999999999999d", WB_E_RANGE);
  assert_refused("65536y1x", WB_E_SYNTAX);
}

static void packed_integers_end_at_int32(void **state) {
  (void)state;
  assert_refused("2147483648", WB_E_RANGE);
  assert_refused("4294967296", WB_E_RANGE);
  assert_refused("9223372036854775807", WB_E_RANGE);
  assert_refused("9223372036854775808", WB_E_RANGE);
  assert_refused("-9223372036854775808", WB_E_RANGE);
  assert_refused("-1", WB_E_RANGE);
  assert_refused("99999999999999999999999", WB_E_RANGE);
}

static void interval_is_written_whole_or_not_at_all(void **state) {
  (void)state;
  const wb_interval interval = {0, 6, 0, 1}, longest = {65535, 65535, 65535, 65535};
  char text[8] = "-------";
  size_t length = 0;
  assert_int_equal(wb_interval_format(&interval, text, 3, &length), WB_E_SPACE);
  assert_int_equal(length, 4);
  assert_string_equal(text, "-------");
  assert_int_equal(wb_interval_format(&interval, text, 4, &length), WB_OK);
  assert_string_equal(text, "6m1d---");
  assert_int_equal(wb_interval_format(&longest, NULL, 0, &length), WB_E_SPACE);
  assert_int_equal(length, 24);
}

static void shortest_length_in_days(void **state) {
  (void)state;
  const wb_interval interval = {1, 1, 1, 1}, longest = {65535, 65535, 65535, 65535}, none = {0};
  assert_int_equal(wbi_interval_days(&interval), 365 + 28 + 7 + 1);
  assert_int_equal(wbi_interval_days(&longest), 65535 * 401);
  assert_int_equal(wbi_interval_days(&none), 0);
}

static void emptiness_looks_at_every_part(void **state) {
  (void)state;
  const wb_interval parts[] = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
  const wb_interval none = {0};
  assert_true(wbi_interval_empty(&none));
  for (size_t i = 0; i < 4; i++)
    assert_false(wbi_interval_empty(&parts[i]));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(no_text_is_no_time),
      cmocka_unit_test(short_notation_is_read),
      cmocka_unit_test(iso_8601_is_read),
      cmocka_unit_test(packed_integer_is_read),
      cmocka_unit_test(empty_interval_has_many_names),
      cmocka_unit_test(what_is_no_interval_is_refused),
      cmocka_unit_test(parts_end_at_65535),
      cmocka_unit_test(packed_integers_end_at_int32),
      cmocka_unit_test(interval_is_written_whole_or_not_at_all),
      cmocka_unit_test(shortest_length_in_days),
      cmocka_unit_test(emptiness_looks_at_every_part),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

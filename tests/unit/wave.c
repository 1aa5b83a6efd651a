/* SPDX-License-Identifier: MIT */
/* Waves of an opening, and chair time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "outreach/wave.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void acceptance_begins_at_one_in_ten_and_follows_the_counts(void **state) {
  (void)state;
  assert_int_equal(wbi_wave_acceptance(0, 0), 1000);
  assert_int_equal(wbi_wave_acceptance(0, 10), 500);
  assert_int_equal(wbi_wave_acceptance(10, 10), 5500);
  assert_int_equal(wbi_wave_acceptance(200, 990), 2010);
  assert_int_equal(wbi_wave_acceptance(7, 3), 3076); /* no more accept than were asked */
  assert_int_equal(wbi_wave_acceptance(UINT32_MAX, UINT32_MAX), 9999);
}

/* The chance of two or more, by floating point. */
static double twice(double p, uint32_t n) {
  double none = 1, others = 1;
  for (uint32_t i = 0; i < n; i++) {
    others = none;
    none *= 1 - p;
  }
  return 1 - none - n * p * others;
}

static void a_wave_is_the_largest_in_which_two_rarely_accept(void **state) {
  static const struct {
    uint32_t acceptance, size;
  } rows[] = {{500, 16}, {1000, 8}, {2000, 4}, {3000, 2}, {4472, 2}, {4473, 1}, {10000, 1}};
  (void)state;
  for (size_t i = 0; i < COUNT(rows); i++)
    assert_int_equal(wbi_wave_size(rows[i].acceptance), rows[i].size);
  for (uint32_t p = 1; p <= 10000; p++) {
    const uint32_t size = wbi_wave_size(p);
    assert_in_range(size, 1, 25);
    if (size > 1) assert_true(twice(p / 10000.0, size) <= 0.2);
    if (size < 25) assert_true(twice(p / 10000.0, size + 1) > 0.2 - 1e-6);
  }
  assert_int_equal(wbi_wave_size(0), 25);
  assert_int_equal(wbi_wave_size(UINT32_MAX), 1);
}

static void waves_come_sooner_as_the_slot_nears_and_stop_half_an_hour_before(void **state) {
  static const struct {
    wb_time left;
    int32_t gap;
  } rows[] = {{30 * 86400, 14400},
              {64 * 3600, 14400},
              {64 * 3600 - 16, 14399},
              {86400, 5400},
              {4816, 301},
              {4815, 300},
              {1801, 300},
              {1800, 0},
              {0, 0},
              {-5, 0},
              {INT64_MAX, 14400}};
  (void)state;
  for (size_t i = 0; i < COUNT(rows); i++)
    assert_int_equal(wbi_wave_gap(rows[i].left), rows[i].gap);
}

static void the_reserve_is_kept_out_of_what_is_open(void **state) {
  (void)state;
  assert_int_equal(wbi_chair_minutes(600, 0), 600);
  assert_int_equal(wbi_chair_minutes(600, 2000), 480);
  assert_int_equal(wbi_chair_minutes(601, 2000), 480); /* 480.8 */
  assert_int_equal(wbi_chair_minutes(600, 10000), 0);
  assert_int_equal(wbi_chair_minutes(600, 10001), 0);
  assert_int_equal(wbi_chair_minutes(-1, 0), 0);
  assert_int_equal(wbi_chair_minutes(INT64_MAX, 0), INT64_MAX);
}

static void who_is_asked_takes_minutes_by_their_chance(void **state) {
  (void)state;
  assert_int_equal(wbi_chair_expected(60, 1000), 6);
  assert_int_equal(wbi_chair_expected(60, 1001), 7);
  assert_int_equal(wbi_chair_expected(60, 0), 0);
  assert_int_equal(wbi_chair_expected(60, 10000), 60);
  assert_int_equal(wbi_chair_expected(60, 20000), 60);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(acceptance_begins_at_one_in_ten_and_follows_the_counts),
      cmocka_unit_test(a_wave_is_the_largest_in_which_two_rarely_accept),
      cmocka_unit_test(waves_come_sooner_as_the_slot_nears_and_stop_half_an_hour_before),
      cmocka_unit_test(the_reserve_is_kept_out_of_what_is_open),
      cmocka_unit_test(who_is_asked_takes_minutes_by_their_chance),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

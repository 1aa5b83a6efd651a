/* SPDX-License-Identifier: MIT */
/* Two arms compared: published examples, when a verdict is refused, what is no question. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/shape.h"

enum { DAY = 86400, MOST = 1000000000 };

/* So many of so many in either arm. */
static wb_arms arms_of(uint64_t kept, uint64_t contacted, uint64_t held_out_kept,
                       uint64_t held_out) {
  return (wb_arms){.size = sizeof(wb_arms),
                   .contacted = contacted,
                   .kept = kept,
                   .held_out = held_out,
                   .held_out_kept = held_out_kept,
                   .last_entered = WB_TIME_NONE};
}

static wb_effect found(wb_arms arms) {
  wb_effect effect = {.size = sizeof effect};
  assert_int_equal(wb_effect_find(&arms, &effect), WB_OK);
  return effect;
}

static wb_status answer(wb_arms arms) {
  wb_effect effect = {.size = sizeof effect};
  return wb_effect_find(&arms, &effect);
}

static wb_status arms_shape(void *user, void *arms) {
  return wb_effect_find(arms, user);
}

static wb_status effect_shape(void *user, void *effect) {
  return wb_effect_find(user, effect);
}

/* Newcombe's (1998) first example: 0.0524 to 0.3339; Wilson's intervals of its shares. */
static void a_difference_has_newcombes_interval(void **state) {
  (void)state;
  const wb_effect effect = found(arms_of(56, 70, 48, 80));
  assert_int_equal(effect.difference, 2000);
  assert_int_equal(effect.difference_low, 524);
  assert_int_equal(effect.difference_high, 3339);
  assert_int_equal(effect.contacted_rate, 8000);
  assert_int_equal(effect.contacted_low, 6918);
  assert_int_equal(effect.contacted_high, 8770);
  assert_int_equal(effect.held_out_rate, 6000);
  assert_int_equal(effect.extra, 14);
  assert_int_equal(effect.extra_low, 4);
  assert_int_equal(effect.extra_high, 23);
  assert_int_equal(effect.shows, WB_SHOWS_MORE);
  assert_int_equal(effect.flags, 0);
}

static void less_and_no_difference_are_told_apart(void **state) {
  (void)state;
  const wb_effect less = found(arms_of(48, 80, 56, 70));
  assert_int_equal(less.difference, -2000);
  assert_int_equal(less.extra, -16);
  assert_int_equal(less.shows, WB_SHOWS_LESS);
  const wb_effect same = found(arms_of(40, 80, 35, 70));
  assert_int_equal(same.difference, 0);
  assert_true(same.difference_low < 0 && same.difference_high > 0);
  assert_int_equal(same.shows, WB_SHOWS_NO_DIFFERENCE);
}

static void an_arm_of_nobody_none_or_all_has_an_interval(void **state) {
  (void)state;
  const wb_effect none = found(arms_of(0, 0, 0, 10));
  assert_int_equal(none.contacted_rate, 0);
  assert_int_equal(none.contacted_low, 0);
  assert_int_equal(none.contacted_high, 10000);
  assert_int_equal(none.held_out_low, 0);
  assert_int_equal(none.held_out_high, 2775); /* Wilson's for 0 of 10 */
  assert_int_equal(none.detectable, 0);
  assert_int_equal(none.flags, WB_EFFECT_SMALL);
  assert_int_equal(none.shows, WB_SHOWS_NOTHING_YET);
  const wb_effect all = found(arms_of(10, 10, 0, 0));
  assert_int_equal(all.contacted_low, 7225);
  assert_int_equal(all.contacted_high, 10000);
  assert_int_equal(all.detectable, 0);
  assert_int_equal(found(arms_of(0, 0, 0, 0)).flags, WB_EFFECT_SMALL);
}

/* Shares of a billion people, whose parts are people. */
static void nobody_is_gained_or_lost_by_a_rounding(void **state) {
  static const struct {
    uint64_t kept, contacted, held_out_kept, held_out;
    int64_t low, high;
  } rows[] = {{0, MOST - 1, 0, 0, 1 - MOST, 2},
              {0, MOST, 32, 32, -MOST, -892820801},
              {MOST, MOST, 0, MOST - 2, 999999997, MOST},
              {972593580, 972593580, 0, MOST, 972593577, 972593580},
              {MOST - 2, MOST - 2, 0, 0, 0, MOST - 2}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const wb_effect effect =
        found(arms_of(rows[i].kept, rows[i].contacted, rows[i].held_out_kept, rows[i].held_out));
    assert_int_equal(effect.extra_low, rows[i].low);
    assert_int_equal(effect.extra_high, rows[i].high);
  }
}

static void a_count_below_five_is_too_small_for_a_claim(void **state) {
  (void)state;
  assert_int_equal(found(arms_of(5, 100, 5, 100)).flags, 0);
  assert_int_equal(found(arms_of(5, 100, 4, 100)).flags, WB_EFFECT_SMALL);
  assert_int_equal(found(arms_of(95, 100, 95, 100)).flags, 0);
  assert_int_equal(found(arms_of(95, 100, 96, 100)).flags, WB_EFFECT_SMALL);
}

static void the_window_of_the_last_is_open_until_it_ends(void **state) {
  (void)state;
  wb_arms arms = arms_of(50, 100, 50, 100);
  arms.last_entered = 1000;
  arms.now = 1000 + 120 * DAY - 1;
  assert_int_equal(found(arms).flags, WB_EFFECT_OPEN);
  assert_int_equal(found(arms).shows, WB_SHOWS_NOTHING_YET);
  arms.now++;
  assert_int_equal(found(arms).flags, 0);
  arms.window = 121;
  assert_int_equal(found(arms).flags, WB_EFFECT_OPEN);
}

/* (m − Ns)² / (N·s·(1−s)), in thousandths, above 10,828. */
static void arms_of_other_sizes_than_meant_raise_an_alarm(void **state) {
  (void)state;
  wb_arms arms = arms_of(50, 1000, 50, 1000);
  assert_int_equal(found(arms).ratio, 0);
  arms.share = 5000;
  assert_int_equal(found(arms).ratio, 0);
  arms.share = 1000;
  assert_int_equal(found(arms).ratio, 3555555);
  assert_int_equal(found(arms).flags, WB_EFFECT_UNEVEN);
  arms = arms_of(50, 1000 * 1000 * 1000, 0, 0);
  arms.share = 5000;
  assert_int_equal(found(arms).ratio, UINT32_MAX);
}

static void the_alarm_is_raised_above_10_828_thousandths(void **state) {
  static const struct {
    uint64_t contacted, held_out;
    uint32_t ratio, flags;
  } rows[] = {{947, 1053, 5618, 0},
              {927, 1073, 10658, 0},
              {926, 1074, 10952, WB_EFFECT_UNEVEN},
              {200032907, 199967093, 10828, 0},
              {200032908, 199967092, 10829, WB_EFFECT_UNEVEN}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    wb_arms arms = arms_of(50, rows[i].contacted, 50, rows[i].held_out);
    arms.share = 5000;
    assert_int_equal(found(arms).ratio, rows[i].ratio);
    assert_int_equal(found(arms).flags, rows[i].flags);
  }
}

static void what_would_show_follows_from_the_baseline(void **state) {
  (void)state;
  wb_arms arms = arms_of(100, 1000, 100, 1000);
  const int32_t tenth = found(arms).detectable;
  arms.baseline = 1000;
  assert_int_equal(found(arms).detectable, tenth); /* what those held out show */
  arms.baseline = 5000;
  assert_true(found(arms).detectable > tenth);
  arms = arms_of(0, 1000, 0, 1000);
  const int32_t usual = found(arms).detectable;
  arms.baseline = 300;
  assert_int_equal(found(arms).detectable, usual);
  arms = arms_of(1, 2, 1, 2);
  arms.baseline = 9999;
  assert_int_equal(found(arms).detectable, 0);
}

static void what_is_no_question_is_refused(void **state) {
  (void)state;
  const wb_arms good = arms_of(1, 2, 1, 2);
  wb_effect effect = {.size = sizeof effect};
  wb_arms arms = good;
  assert_int_equal(wb_effect_find(NULL, &effect), WB_E_INVALID);
  assert_int_equal(wb_effect_find(&arms, NULL), WB_E_INVALID);
  shape_in(&arms, sizeof arms, arms_shape, &effect);
  shape_out(&effect, sizeof effect, effect_shape, &arms);
  assert_int_equal(answer(arms_of(0, MOST, 0, MOST)), WB_OK);
  assert_int_equal(answer(arms_of(0, MOST + 1, 0, 1)), WB_E_RANGE);
  assert_int_equal(answer(arms_of(0, 1, 0, MOST + 1)), WB_E_RANGE);
  assert_int_equal(answer(arms_of(2, 1, 0, 1)), WB_E_INVALID);
  assert_int_equal(answer(arms_of(0, 1, 2, 1)), WB_E_INVALID);
  arms.window = 3660;
  assert_int_equal(answer(arms), WB_OK);
  arms.window++;
  assert_int_equal(answer(arms), WB_E_RANGE);
  arms = good;
  arms.share = 9999;
  assert_int_equal(answer(arms), WB_OK);
  arms.share++;
  assert_int_equal(answer(arms), WB_E_INVALID);
  arms = good;
  arms.baseline = 10000;
  assert_int_equal(answer(arms), WB_E_INVALID);
  arms = good;
  arms.last_entered = 5;
  arms.now = WB_TIME_NONE;
  assert_int_equal(answer(arms), WB_E_INVALID);
  arms.last_entered = INT64_MAX;
  arms.now = 5;
  assert_int_equal(answer(arms), WB_E_INVALID);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_difference_has_newcombes_interval),
      cmocka_unit_test(less_and_no_difference_are_told_apart),
      cmocka_unit_test(an_arm_of_nobody_none_or_all_has_an_interval),
      cmocka_unit_test(nobody_is_gained_or_lost_by_a_rounding),
      cmocka_unit_test(a_count_below_five_is_too_small_for_a_claim),
      cmocka_unit_test(the_window_of_the_last_is_open_until_it_ends),
      cmocka_unit_test(arms_of_other_sizes_than_meant_raise_an_alarm),
      cmocka_unit_test(the_alarm_is_raised_above_10_828_thousandths),
      cmocka_unit_test(what_would_show_follows_from_the_baseline),
      cmocka_unit_test(what_is_no_question_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

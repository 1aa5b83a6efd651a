/* SPDX-License-Identifier: MIT */
/* Another secret for very many contact points, where memory fails or there are too many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

enum { MANY = 300, PAIR = 32, MOST = 1 << 24 };

/* Pairs of points that nobody has. */
static void fill(uint8_t pairs[MANY * PAIR]) {
  memset(pairs, 7, MANY * PAIR);
  for (uint32_t i = 0; i < MANY; i++) {
    for (uint32_t half = 0; half < 2; half++) {
      uint8_t *point = pairs + i * PAIR + half * PAIR / 2;
      point[0] = (uint8_t)(i * 7 % MANY);
      point[1] = (uint8_t)(i * 7 % MANY >> 8);
      point[2] = (uint8_t)half;
    }
  }
}

static wb_status rekey(clinic *c, const uint8_t *pairs, uint32_t count) {
  static const uint8_t secret[16] = {5, 5};
  return wb_practice_rekey(c->practice, secret, pairs, count, 0, c->now, NULL);
}

static void without_memory_for_the_pairs_the_secret_stays(void **state) {
  static uint8_t pairs[MANY * PAIR];
  clinic c;
  bool met = true;
  uint64_t at = 1;
  (void)state;
  fill(pairs);
  clinic_written(&c, CLINIC_ANA, 1);
  const uint64_t before = wb_practice_sequence(c.practice);
  for (; met; at++) {
    fault_arm(&c.memory.plan, FAULT_ONCE, at);
    const wb_status status = rekey(&c, pairs, MANY);
    met = c.memory.plan.hits > 0;
    fault_arm(&c.memory.plan, FAULT_NEVER, 0);
    assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
    assert_int_equal(wb_practice_sequence(c.practice) > before, !met);
  }
  assert_true(at > 3);
  clinic_close(&c);
}

static void two_pairs_of_one_point_are_refused(void **state) {
  static uint8_t pairs[MANY * PAIR];
  (void)state;
  for (uint32_t half = 0; half < 2; half++) {
    clinic c;
    fill(pairs);
    memcpy(pairs + half * PAIR / 2, pairs + PAIR + half * PAIR / 2, PAIR / 2);
    clinic_written(&c, CLINIC_ANA, 1);
    assert_int_equal(rekey(&c, pairs, MANY), WB_E_INVALID);
    clinic_close(&c);
  }
}

static void more_pairs_than_there_may_be_are_not_read(void **state) {
  static const uint8_t pair[PAIR];
  clinic c;
  (void)state;
  clinic_written(&c, CLINIC_ANA, 1);
  assert_int_equal(rekey(&c, pair, MOST + 1), WB_E_INVALID);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(without_memory_for_the_pairs_the_secret_stays),
      cmocka_unit_test(two_pairs_of_one_point_are_refused),
      cmocka_unit_test(more_pairs_than_there_may_be_are_not_read),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

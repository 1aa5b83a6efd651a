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
    wb_error error = {0};
    assert_int_equal(wb_practice_rekey(c.practice, pairs, pairs, MANY, 0, c.now, &error),
                     WB_E_INVALID);
    assert_string_equal(error.message, "Two pairs are of one contact point.");
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

enum { OUT = 9 };

/* Wherever they are among the pairs: of each contact point that opted out the new name is given, or
   it is refused. */
static void no_opt_out_is_lost_wherever_its_pair_is(void **state) {
  static const uint8_t secret[16] = {5, 5};
  (void)state;
  for (uint32_t missing = 0; missing <= OUT; missing++) {
    uint8_t pairs[OUT * PAIR];
    uint32_t count = 0;
    clinic c;
    wb_error error = {0};
    clinic_written(&c, CLINIC_ANA, 1);
    for (uint32_t i = 0; i < OUT; i++) {
      char number[] = "+12125550110";
      number[11] = (char)('0' + i);
      wb_input out = clinic_input(WB_INPUT_OPTED_OUT, NULL);
      out.contact = clinic_point(&c, WB_CONTACT_PHONE, number);
      assert_int_equal(clinic_send(&c, &out), WB_OK);
      if (i == missing) continue;
      memcpy(pairs + count * PAIR, out.contact, PAIR / 2);
      wb_contact_make(secret, WB_CONTACT_PHONE, number, 12, NULL, pairs + count * PAIR + PAIR / 2);
      count++;
    }
    const wb_status status = wb_practice_rekey(c.practice, secret, pairs, count, 0, c.now, &error);
    assert_int_equal(status, missing < OUT ? WB_E_STATE : WB_OK);
    if (missing < OUT)
      assert_string_equal(error.message,
                          "A contact point that opted out or was closed is not among the pairs.");
    clinic_close(&c);
  }
}

/* From then on contact points have their names under the new one, and no digest of the journal goes
   on from what came before. */
static void the_new_secret_is_the_one_that_counts(void **state) {
  static const uint8_t secret[16] = {5, 5};
  uint8_t ben[16];
  clinic c;
  (void)state;
  clinic_written(&c, CLINIC_ANA CLINIC_BEN, 2);
  const uint64_t before = wb_practice_sequence(c.practice);
  assert_int_equal(clinic_rekey(&c), WB_OK);
  assert_int_equal(wb_practice_sequence(c.practice), before + 2); /* with its sync record */
  assert_int_equal(clinic_reply(&c, "p1", "STOP"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  c.now += CLINIC_DAY;
  clinic_rows(&c, CLINIC_ANA CLINIC_BEN, "");
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].patient, "p2");
  wb_contact_make(secret, WB_CONTACT_PHONE, "+12125550102", 12, NULL, ben);
  assert_memory_equal(c.actions[0].contact, ben, sizeof ben);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(without_memory_for_the_pairs_the_secret_stays),
      cmocka_unit_test(two_pairs_of_one_point_are_refused),
      cmocka_unit_test(no_opt_out_is_lost_wherever_its_pair_is),
      cmocka_unit_test(the_new_secret_is_the_one_that_counts),
      cmocka_unit_test(more_pairs_than_there_may_be_are_not_read),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/*
 * A burst of a million events: memory grows with what is remembered and no faster, events that come
 * again are nothing, and what is 90 days old is forgotten.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/clinic.h"
#include "support/effort.h"

/* The n-th event: a contact of Ana's that the host made itself. */
static wb_status event(clinic *c, uint64_t number) {
  wb_input input = clinic_input(WB_INPUT_CONTACTED, "p1");
  memcpy(input.event_id, &number, sizeof number);
  input.event_id[15] = 1;
  return wb_practice_receive(c->practice, &input, c->now, NULL);
}

static size_t saved(clinic *c) {
  size_t length = 0;
  assert_int_equal(wb_practice_save(c->practice, NULL, 0, &length), WB_E_SPACE);
  return length;
}

static void a_burst_takes_what_it_says_and_is_forgotten(void **state) {
  enum { PARTS = 10, BYTES = 160 };
  const uint64_t part = EFFORT_FAST ? 100000 : 10000, again = 1000;
  (void)state;
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  wb_practice_free(c.practice);
  c.options.append = NULL; /* the journal is as long as it is */
  c.options.sync = NULL;
  c.practice = clinic_practice(&c, NULL);
  assert_int_equal(event(&c, 0), WB_OK);
  const uint64_t before = c.memory.live;
  const size_t small = saved(&c);
  for (uint64_t number = 1; number <= PARTS * part; number++) {
    assert_int_equal(event(&c, number), WB_OK);
    if (number % part == 0) assert_true(c.memory.live - before <= BYTES * number);
  }
  const uint64_t sequence = wb_practice_sequence(c.practice), live = c.memory.live;
  for (uint64_t number = 1; number <= again; number++)
    assert_int_equal(event(&c, number * PARTS * part / again), WB_OK);
  assert_int_equal(wb_practice_sequence(c.practice), sequence);
  assert_int_equal(c.memory.live, live);
  for (int day = 0; day < 91; day += 13) { /* jumps need leave */
    c.now += 13 * CLINIC_DAY;
    assert_int_equal(event(&c, UINT64_MAX - (uint64_t)day), WB_OK);
  }
  assert_true(saved(&c) < small + 16 * 32);
  assert_int_equal(event(&c, 1), WB_OK); /* as good as new */
  assert_int_equal(wb_practice_sequence(c.practice), sequence + 8);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_burst_takes_what_it_says_and_is_forgotten),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

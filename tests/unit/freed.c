/* SPDX-License-Identifier: MIT */
/* Times that came free: what commit makes of them, when they are looked at, what a snapshot may
 * say.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "machine/event_private.h"
#include "support/entered.h"
#include "support/reloaded.h"

enum { DAY = 86400 };

static void machine_free(machine *m, wb_time at, const char *key, wb_time start) {
  machine_apply(m, at,
                (wbi_effect){.kind = WBI_EFFECT_OPENING,
                             .name = wbi_text_of(key),
                             .location = WBI_TEXT("1"),
                             .subject = WBI_TEXT("chair"),
                             .wake = start,
                             .number = 60});
}

static void machine_set(machine *m, wb_time at, wbi_effect effect) {
  effect.kind = WBI_EFFECT_OPENING_SET;
  machine_apply(m, at, effect);
}

static const wbi_opening *opening_of(const machine *m, const char *key) {
  return wbi_state_opening(&m->state, wbi_state_opening_find(&m->state, wbi_text_of(key)));
}

/* Whatever the order of their keys: what is over wakes nobody. */
static void the_first_of_all_that_are_open_is_looked_at_next(void **unused) {
  static const char *const keys[] = {"a", "b", "c"};
  (void)unused;
  for (uint32_t over = 0; over < 8; over++) {
    machine m;
    wb_time first = WB_TIME_NONE;
    machine_open(&m);
    for (uint32_t i = 0; i < 3; i++) {
      const wb_time until = 700 - 100 * (wb_time)i;
      machine_free(&m, 10, keys[i], 9000);
      machine_set(&m, 20,
                  (wbi_effect){.name = wbi_text_of(keys[i]),
                               .number = 1,
                               .code = over >> i & 1 ? WB_OPENING_EXPIRED : WB_OPENING_OPEN,
                               .until = until});
      if ((over >> i & 1) == 0) first = until;
    }
    assert_true(wbi_state_opening_wake(&m.state) == first);
    machine_close(&m);
  }
}

/* Of the same key: another generation, in the same place, before and after others. */
static void a_time_that_comes_free_again_is_of_the_next_generation(void **unused) {
  static const char *const keys[] = {"a", "b", "c"};
  (void)unused;
  machine m;
  machine_open(&m);
  for (uint32_t i = 0; i < 3; i++)
    machine_free(&m, 10, keys[i], 9000);
  for (uint32_t i = 0; i < 3; i++) {
    machine_set(&m, 20,
                (wbi_effect){.name = wbi_text_of(keys[i]),
                             .number = 1,
                             .code = WB_OPENING_CONFIRMED,
                             .patient = WBI_TEXT("p1"),
                             .until = 20});
    assert_int_equal(opening_of(&m, keys[i])->holder, 0);
    machine_free(&m, 30, keys[i], 9000 + i);
    assert_int_equal(m.state.opening.count, 3);
    assert_int_equal(opening_of(&m, keys[i])->generation, 2);
    assert_int_equal(opening_of(&m, keys[i])->start, 9000 + i);
    assert_int_equal(opening_of(&m, keys[i])->until, 30);
    assert_int_equal(opening_of(&m, keys[i])->holder, WBI_NONE);
  }
  machine_close(&m);
}

/* Nobody holds it where nobody is named; what is said of one that is not there changes nothing. */
static void an_opening_is_held_by_whom_it_says(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  machine_free(&m, 10, "b", 9000);
  wbi_effect set = {.name = WBI_TEXT("b"),
                    .number = 1,
                    .code = WB_OPENING_TENTATIVE,
                    .patient = WBI_TEXT("p1"),
                    .until = 500};
  machine_set(&m, 20, set);
  assert_int_equal(opening_of(&m, "b")->holder, 0);
  assert_int_equal(opening_of(&m, "b")->state, WB_OPENING_TENTATIVE);
  set.name = WBI_TEXT("a");
  machine_set(&m, 20, set);
  set.name = WBI_TEXT("c");
  machine_set(&m, 20, set);
  assert_int_equal(m.state.opening.count, 1);
  assert_int_equal(m.state.openings_accepted, 1);
  set.name = WBI_TEXT("b");
  set.code = WB_OPENING_OPEN;
  set.patient = WBI_TEXT("");
  machine_set(&m, 30, set);
  assert_int_equal(opening_of(&m, "b")->holder, WBI_NONE);
  assert_int_equal(opening_of(&m, "b")->generation, 2);
  assert_int_equal(m.state.patient.count, 1);
  machine_close(&m);
}

/* What is over is remembered for so many days, what is open as long as that is. */
static void what_is_over_is_forgotten_in_time(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  machine_free(&m, 10, "a", 9000);
  machine_free(&m, 10, "b", 9000);
  machine_free(&m, 10, "c", 9000);
  machine_set(
      &m, 20,
      (wbi_effect){.name = WBI_TEXT("a"), .number = 1, .code = WB_OPENING_EXPIRED, .until = 20});
  for (int later = 0; later < 2; later++) {
    const wb_time at = 20 + later + (wb_time)WB_MEMORY_DAYS * DAY;
    machine_apply(&m, at, (wbi_effect){.kind = WBI_EFFECT_SEEN, .id = {{(uint8_t)later}}});
    assert_int_equal(wbi_state_opening_find(&m.state, WBI_TEXT("a")), later ? WBI_NONE : 0);
    wbi_state_forget(&m.state);
    assert_int_equal(m.state.opening.count, later ? 2 : 3);
  }
  assert_int_equal(opening_of(&m, "b")->generation, 1);
  assert_int_equal(opening_of(&m, "c")->generation, 1);
  machine_free(&m, m.state.last, "a", 9000);
  assert_int_equal(opening_of(&m, "a")->generation, 1);
  machine_close(&m);
}

/* Held by somebody who is there, or nobody; over for no longer than is remembered. */
static void a_snapshot_holds_no_opening_that_cannot_be(void **unused) {
  enum { HOLDER = 4, UNTIL = 16 };
  static const uint8_t names[] = {1, 0, 'z', 5, 0, 'c', 'h', 'a', 'i', 'r'};
  const wb_time last = 20 + (wb_time)WB_MEMORY_DAYS * DAY;
  (void)unused;
  machine m;
  size_t length;
  machine_open(&m);
  machine_apply(&m, 10, entry_of("p1"));
  machine_free(&m, 10, "z", 9000);
  machine_set(&m, last,
              (wbi_effect){.name = WBI_TEXT("z"),
                           .number = 1,
                           .code = WB_OPENING_CONFIRMED,
                           .patient = WBI_TEXT("p2"),
                           .until = last});
  uint8_t *bytes = saved_state(&m.state, &length),
          *opening = reloaded_piece(bytes, length, names, sizeof names) + sizeof names;
  assert_int_equal(seal_read(opening + HOLDER), 1);
  assert_int_equal(seal_read(opening + UNTIL), last);
  for (uint32_t holder = 0; holder < 4; holder++) {
    seal_write(opening + HOLDER, holder);
    assert_int_equal(reloaded(bytes, length), holder < 2 ? WB_OK : WB_E_CORRUPT);
  }
  seal_write(opening + HOLDER, WBI_NONE);
  assert_int_equal(reloaded(bytes, length), WB_OK);
  for (uint32_t until = 19; until <= 20; until++) {
    seal_write(opening + UNTIL, until);
    assert_int_equal(reloaded(bytes, length), until == 20 ? WB_OK : WB_E_CORRUPT);
  }
  free(bytes);
  machine_close(&m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_first_of_all_that_are_open_is_looked_at_next),
      cmocka_unit_test(a_time_that_comes_free_again_is_of_the_next_generation),
      cmocka_unit_test(an_opening_is_held_by_whom_it_says),
      cmocka_unit_test(what_is_over_is_forgotten_in_time),
      cmocka_unit_test(a_snapshot_holds_no_opening_that_cannot_be),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

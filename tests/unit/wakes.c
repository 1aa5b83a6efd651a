/* SPDX-License-Identifier: MIT */
/* Who is looked at next: the heaps, the list of those who are due, and their order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/entered.h"

static void the_heap_wakes_in_order(void **unused) {
  (void)unused;
  machine m;
  char key[16];
  machine_open(&m);
  for (uint32_t i = 0; i < 200; i++) {
    snprintf(key, sizeof key, "p%u", i);
    machine_enroll(&m, key, (uint8_t)(i % 3), 1000 + i * 7919 % 50);
  }
  for (uint32_t i = 0; i < 200; i += 5) {
    wbi_state_enrollment(&m.state, i)->wake = 2000 - (wb_time)i;
    wbi_wake_set(&m.state, i, 2000 - (wb_time)i);
  }
  for (uint32_t i = 1; i < 200; i += 10)
    wbi_wake_set(&m.state, i, WB_TIME_NONE);
  wbi_wake_set(&m.state, 1, WB_TIME_NONE);
  assert_int_equal(wbi_wake_at(&m.state, 1), WB_TIME_NONE);
  assert_int_equal(wbi_wake_at(&m.state, 5), 1995);
  wb_time last = 0;
  size_t count = 0, taken;
  uint8_t segment = 0;
  wbi_looked looked[WBI_LOOKED_MOST + 1];
  while ((taken = wbi_wake_take(&m.state, 3000, looked, WBI_COUNT(looked))) > 0) {
    assert_true(taken <= WBI_LOOKED_MOST);
    for (size_t i = 0; i < taken; i++) {
      const uint8_t mine = wbi_state_enrollment(&m.state, looked[i].enrollment)->segment;
      assert_true(looked[i].before > last || (looked[i].before == last && mine >= segment));
      assert_int_equal(looked[i].again, WB_TIME_NONE);
      last = looked[i].before;
      segment = mine;
    }
    count += taken;
  }
  assert_int_equal(count, 180);
  machine_close(&m);
}

/* Takes one who is due then; WBI_NONE: nobody is. */
static uint32_t take_one(machine *m, wb_time now, wb_time *before) {
  wbi_looked looked;
  if (wbi_wake_take(&m->state, now, &looked, 1) == 0) return WBI_NONE;
  *before = looked.before;
  return looked.enrollment;
}

static void who_is_due_is_taken_and_nobody_else(void **unused) {
  (void)unused;
  machine m;
  wb_time at = 0;
  machine_open(&m);
  machine_enroll(&m, "one", 0, 1000);
  machine_enroll(&m, "two", 0, 1001);
  wbi_looked looked[2];
  assert_int_equal(wbi_wake_take(&m.state, 999, looked, 2), 0);
  assert_int_equal(wbi_wake_take(&m.state, 1001, looked, 0), 0);
  assert_int_equal(wbi_wake_take(&m.state, 1000, looked, 2), 1);
  assert_int_equal(looked[0].enrollment, 0);
  assert_int_equal(wbi_wake_at(&m.state, 0), WB_TIME_NONE);
  assert_int_equal(take_one(&m, 1000, &at), WBI_NONE);
  assert_int_equal(take_one(&m, 1001, &at), 1);
  assert_int_equal(at, 1001);
  machine_close(&m);
}

/* Whether one comes before another, of those who are due since then. */
static bool wakes_before(const machine *m, const wb_time *wakes, uint32_t a, uint32_t b) {
  const wbi_text keys[] = {wbi_keys_text(&m->state.patients, a),
                           wbi_keys_text(&m->state.patients, b)};
  const wbi_enrollment *one = wbi_state_enrollment(&m->state, a);
  const wbi_enrollment *two = wbi_state_enrollment(&m->state, b);
  if (one->rank != two->rank) return one->rank < two->rank;
  if (wakes[a] != wakes[b]) return wakes[a] < wakes[b];
  if (one->segment != two->segment) return one->segment < two->segment;
  return wbi_hash_bytes(keys[0].data, keys[0].length) <
         wbi_hash_bytes(keys[1].data, keys[1].length);
}

/* Who is first of all who are due; WBI_NONE: nobody is. */
static uint32_t wakes_first(const machine *m, const wb_time *wakes, uint32_t count, wb_time now) {
  uint32_t first = WBI_NONE;
  for (uint32_t i = 0; i < count; i++) {
    if (wakes[i] == WB_TIME_NONE || wakes[i] > now) continue;
    if (first == WBI_NONE || wakes_before(m, wakes, i, first)) first = i;
  }
  return first;
}

/* The soonest of all wakes; WB_TIME_NONE: nobody wakes. */
static wb_time wakes_soonest(const wb_time *wakes, uint32_t count) {
  wb_time soonest = WB_TIME_NONE;
  for (uint32_t i = 0; i < count; i++) {
    const bool sooner = soonest == WB_TIME_NONE || wakes[i] < soonest;
    if (wakes[i] != WB_TIME_NONE && sooner) soonest = wakes[i];
  }
  return soonest;
}

/* Those who were due at once are a list by then; others come due, come earlier, or leave it; and
   the clock may go back. */
static void who_comes_due_among_many_comes_in_order(void **unused) {
  (void)unused;
  enum { PEOPLE = 300, MOVES = 4000 };
  machine m;
  char key[16];
  wb_time wakes[PEOPLE], now = 1000, at;
  uint32_t draw = 1;
  machine_open(&m);
  for (uint32_t i = 0; i < PEOPLE; i++) {
    snprintf(key, sizeof key, "p%u", i);
    wakes[i] = 1000 + i % 3;
    machine_enroll(&m, key, (uint8_t)(i % 2), wakes[i]);
    wbi_state_enrollment(&m.state, i)->rank = (uint8_t)(i % 5 * 25);
    wbi_wake_set(&m.state, i, wakes[i]);
  }
  for (uint32_t move = 0; move < MOVES; move++) {
    draw = draw * 1664525 + 1013904223;
    const uint32_t who = (draw >> 8) % PEOPLE, what = draw >> 29;
    if (what < 4) {
      const uint32_t first = wakes_first(&m, wakes, PEOPLE, now);
      assert_int_equal(take_one(&m, now, &at), first);
      if (first == WBI_NONE) continue;
      assert_int_equal(at, wakes[first]);
      wakes[first] = WB_TIME_NONE;
    } else if (what < 7) {
      wakes[who] = what == 6 ? WB_TIME_NONE : now - 2 + (wb_time)(draw >> 20) % 5;
      if (what != 6) wbi_state_enrollment(&m.state, who)->wake = wakes[who];
      wbi_wake_set(&m.state, who, wakes[who]);
      assert_int_equal(wbi_wake_at(&m.state, who), wakes[who]);
    } else if ((draw >> 16) % 8 < 3) {
      now += (draw >> 16) % 8 == 2 ? -1 : 1;
    }
    const wb_time soonest = wakes_soonest(wakes, PEOPLE), next = wbi_wake_next(&m.state);
    assert_int_equal(next == WB_TIME_NONE, soonest == WB_TIME_NONE);
    assert_true(next >= soonest); /* of several who have been due, any */
    if (soonest > now + 1) assert_int_equal(next, soonest);
  }
  machine_close(&m);
}

/* All that is hashed is the patient's key: what somebody's many visits are about decides then. */
static void those_alike_come_in_the_order_of_their_subjects(void **unused) {
  (void)unused;
  enum { VISITS = 200 };
  machine m;
  wb_time at;
  char subject[8], last[8] = "";
  machine_open(&m);
  for (uint32_t i = 0; i < VISITS; i++) {
    snprintf(subject, sizeof subject, "%u", i * 7 % VISITS);
    machine_apply(&m, 10,
                  (wbi_effect){.kind = WBI_EFFECT_ENROLL,
                               .patient = WBI_TEXT("p"),
                               .subject = wbi_text_of(subject),
                               .location = WBI_TEXT("1"),
                               .number = 1,
                               .wake = 1000,
                               .day = WB_DATE_NONE});
  }
  for (uint32_t i = 0; i < VISITS; i++) {
    const uint32_t first = take_one(&m, 1000, &at);
    const wbi_text about = wbi_state_subject(&m.state, wbi_state_enrollment(&m.state, first));
    assert_true(strcmp(about.data, last) > 0);
    snprintf(last, sizeof last, "%s", about.data);
  }
  assert_int_equal(take_one(&m, 1000, &at), WBI_NONE);
  machine_close(&m);
}

/* The rank of the campaign, then the longest wait, held or not, then the segment decide. */
static void precedence_is_rank_then_wait_then_segment(void **unused) {
  (void)unused;
  static const struct {
    uint8_t rank, segment;
    wb_time due;
    bool held;
  } rows[] = {{0, 5, 1999, false},  {0, 0, 2000, true},  {49, 9, 1000, true},
              {49, 0, 1001, false}, {49, 1, 1001, true}, {50, 0, 0, true},
              {50, 0, 1, false},    {100, 0, 0, false},  {100, 0, 1, true}};
  machine m;
  char key[16];
  wb_time at = 0;
  machine_open(&m);
  for (uint32_t i = WBI_COUNT(rows); i-- > 0;) {
    snprintf(key, sizeof key, "p%u", i);
    const uint32_t number = machine_enroll(&m, key, rows[i].segment, rows[i].due);
    wbi_enrollment *enrollment = wbi_state_enrollment(&m.state, number);
    enrollment->rank = rows[i].rank;
    if (rows[i].held) enrollment->state = WB_STATE_HELD;
    wbi_wake_set(&m.state, number, rows[i].held ? WB_TIME_MIN : rows[i].due);
  }
  wbi_wake_look(&m.state, 2000);
  for (uint32_t i = 0; i < WBI_COUNT(rows); i++) {
    assert_int_equal(take_one(&m, 2000, &at), WBI_COUNT(rows) - 1 - i);
    assert_int_equal(at, rows[i].due);
  }
  assert_int_equal(take_one(&m, 2000, &at), WBI_NONE);
  machine_close(&m);
}

/* Looked at again later, somebody comes in the place that they had: by when they were to wake, held
   or not; held before that, by when they entered. */
static void looking_again_changes_no_order(void **unused) {
  (void)unused;
  machine m;
  wb_time at = 0;
  machine_open(&m);
  machine_enroll(&m, "first", 0, 1000);
  machine_enroll(&m, "second", 0, 1010);
  machine_enroll(&m, "third", 0, 1020);
  wbi_wake_set(&m.state, 1, 1500);
  assert_int_equal(wbi_wake_at(&m.state, 1), 1500);
  assert_int_equal(wbi_wake_next(&m.state), 1000);
  wbi_state_enrollment(&m.state, 2)->state = WB_STATE_HELD;
  wbi_state_enrollment(&m.state, 2)->entered = 900;
  wbi_wake_set(&m.state, 2, 1400);
  wbi_wake_look(&m.state, 1399);
  assert_int_equal(take_one(&m, 1399, &at), 0);
  assert_int_equal(take_one(&m, 1399, &at), WBI_NONE);
  assert_int_equal(wbi_wake_next(&m.state), 1400);
  wbi_wake_look(&m.state, 1500);
  assert_int_equal(take_one(&m, 1500, &at), 1);
  assert_int_equal(at, 1010);
  assert_int_equal(take_one(&m, 1500, &at), 2);
  assert_int_equal(at, 1020);
  wbi_wake_set(&m.state, 2, WB_TIME_MIN);
  wbi_wake_look(&m.state, 1019);
  assert_int_equal(take_one(&m, 1019, &at), 2);
  assert_int_equal(at, 900);
  assert_int_equal(wbi_wake_next(&m.state), WB_TIME_NONE);
  wbi_wake_set(&m.state, 0, WB_TIME_MIN);
  assert_true(wbi_wake_at(&m.state, 0) == WB_TIME_MIN);
  machine_close(&m);
}

/* Those who are first by their keys, where the first bits of the hash are alike: more than are put
   into order by bytes, or fewer. */
static void those_whose_hashes_begin_alike_come_by_what_follows(void **unused) {
  enum { ALIKE = 54, FEW = 20, MANY = 80 };
  (void)unused;
  for (uint32_t crowd = FEW; crowd <= MANY; crowd += MANY - FEW) {
    machine m;
    wb_time at;
    char key[16];
    uint64_t last = 0;
    uint32_t entered = 0;
    machine_open(&m);
    for (uint32_t i = 0; entered < crowd; i++) {
      const int length = snprintf(key, sizeof key, "p%u", i);
      if (wbi_hash_bytes(key, (size_t)length) >> ALIKE != 0) continue;
      machine_enroll(&m, key, 0, 1000);
      entered++;
    }
    for (uint32_t i = 0; i < crowd; i++) {
      const uint32_t who = wbi_state_enrollment(&m.state, take_one(&m, 1000, &at))->patient;
      const wbi_text text = wbi_keys_text(&m.state.patients, who);
      assert_true(wbi_hash_bytes(text.data, text.length) > last);
      last = wbi_hash_bytes(text.data, text.length);
    }
    assert_int_equal(take_one(&m, 1000, &at), WBI_NONE);
    machine_close(&m);
  }
}

/* Whether they are in the list of who is due, came since that was made, or wait. */
static void it_is_known_when_somebody_is_looked_at(void **unused) {
  (void)unused;
  machine m;
  wb_time at;
  machine_open(&m);
  machine_enroll(&m, "first", 0, 1000);
  machine_enroll(&m, "listed", 0, 1001);
  machine_enroll(&m, "late", 0, 1002);
  machine_enroll(&m, "waits", 0, 1003);
  assert_int_equal(take_one(&m, 1001, &at), 0);
  assert_int_equal(take_one(&m, 1002, &at), 1);
  wbi_wake_set(&m.state, 0, 1000);
  wbi_wake_set(&m.state, 1, 1001);
  assert_int_equal(take_one(&m, 1001, &at), 0);
  wbi_wake_set(&m.state, 0, 1000);
  wbi_looked nobody;
  assert_int_equal(wbi_wake_take(&m.state, 1002, &nobody, 0), 0);
  for (uint32_t i = 0; i < 4; i++)
    assert_int_equal(wbi_wake_at(&m.state, i), 1000 + i);
  machine_close(&m);
}

/* All of them, wherever they stand among others; who is held for another reason is not. */
static void whoever_a_reason_held_is_looked_at_once_it_may_be_gone(void **unused) {
  (void)unused;
  enum { PEOPLE = 100 };
  machine m;
  char key[16];
  machine_open(&m);
  for (uint32_t i = 0; i < PEOPLE; i++) {
    snprintf(key, sizeof key, "p%u", i);
    machine_enroll(&m, key, 0, 1000);
    machine_apply(&m, 20,
                  (wbi_effect){.kind = WBI_EFFECT_HOLD,
                               .patient = wbi_text_of(key),
                               .code = i % 3 ? WB_HOLD_PAUSED : WB_HOLD_CAP});
    wbi_wake_set(&m.state, i, 2000 + i * 37 % PEOPLE);
  }
  machine_apply(&m, 30, (wbi_effect){.kind = WBI_EFFECT_PAUSE, .code = WBI_PAUSE_PRACTICE});
  for (uint32_t i = 0; i < PEOPLE; i++) {
    const wb_time wakes = i % 3 ? WB_TIME_MIN : 2000 + i * 37 % PEOPLE;
    assert_true(wbi_wake_at(&m.state, i) == wakes);
  }
  machine_close(&m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_heap_wakes_in_order),
      cmocka_unit_test(who_is_due_is_taken_and_nobody_else),
      cmocka_unit_test(who_comes_due_among_many_comes_in_order),
      cmocka_unit_test(those_alike_come_in_the_order_of_their_subjects),
      cmocka_unit_test(precedence_is_rank_then_wait_then_segment),
      cmocka_unit_test(looking_again_changes_no_order),
      cmocka_unit_test(those_whose_hashes_begin_alike_come_by_what_follows),
      cmocka_unit_test(it_is_known_when_somebody_is_looked_at),
      cmocka_unit_test(whoever_a_reason_held_is_looked_at_once_it_may_be_gone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

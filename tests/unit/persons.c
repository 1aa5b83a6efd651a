/* SPDX-License-Identifier: MIT */
/* What commit makes of who patients are: somebody moves, two are one, a key is forgotten. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "machine/event_private.h"
#include "support/entered.h"

static void machine_about(machine *m, const char *patient, const char *subject) {
  wbi_effect entry = entry_of(patient);
  entry.subject = wbi_text_of(subject);
  machine_apply(m, 10, entry);
}

static void machine_hold(machine *m, const char *patient, const char *subject) {
  machine_apply(m, 20,
                (wbi_effect){.kind = WBI_EFFECT_HOLD,
                             .patient = wbi_text_of(patient),
                             .subject = wbi_text_of(subject),
                             .code = WB_HOLD_CAP});
}

static void machine_end(machine *m, wb_time at, const char *patient, const char *subject) {
  machine_apply(m, at,
                (wbi_effect){.kind = WBI_EFFECT_END,
                             .patient = wbi_text_of(patient),
                             .subject = wbi_text_of(subject),
                             .name = WBI_TEXT("left")});
}

static void machine_task(machine *m, uint8_t id, const char *patient) {
  machine_apply(m, 20,
                (wbi_effect){.kind = WBI_EFFECT_TASK_OPEN,
                             .id = {{id}},
                             .definition = WBI_DEFINITIONS_MAX,
                             .patient = wbi_text_of(patient),
                             .location = WBI_TEXT("1"),
                             .name = WBI_TEXT("asks"),
                             .code = WBI_LIST_INBOX,
                             .day = WB_DATE_NONE});
}

static const wbi_open_task *task_of(const machine *m, uint8_t id) {
  const wbi_bytes16 wanted = {{id}};
  return wbi_state_task(&m->state, wbi_state_task_find(&m->state, &wanted));
}

static void machine_merge(machine *m, const char *from, const char *into) {
  machine_apply(m, 50,
                (wbi_effect){.kind = WBI_EFFECT_MERGE,
                             .patient = wbi_text_of(from),
                             .subject = wbi_text_of(into)});
}

static const wbi_enrollment *enrollment_of(const machine *m, uint32_t number) {
  return wbi_state_enrollment(&m->state, number);
}

/* ---- what is known, and where they go ---------------------------------------------------------
 */

/* An opt-out by key that is no more may have held them; what else is known holds nobody. */
static void an_opt_out_that_is_lifted_is_looked_at(void **unused) {
  static const struct {
    uint8_t flags, looks;
  } rows[] = {{WBI_PATIENT_OPTED_OUT, 0},
              {WBI_PATIENT_OPTED_OUT | WBI_PATIENT_LEFT, 0},
              {WBI_PATIENT_LEFT, 1},
              {0, 0}};
  (void)unused;
  machine m;
  machine_open(&m);
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    m.state.look_all = 0;
    machine_apply(
        &m, 10,
        (wbi_effect){.kind = WBI_EFFECT_PERSON, .patient = WBI_TEXT("p1"), .code = rows[i].flags});
    assert_int_equal(wbi_state_patient(&m.state, 0)->flags, rows[i].flags);
    assert_int_equal(m.state.look_all, rows[i].looks);
  }
  machine_close(&m);
}

/* What goes on for them, and what the desk has of them, is elsewhere; who is held is looked at. */
static void whoever_moves_takes_along_what_goes_on(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  machine_about(&m, "p1", "ended");
  machine_about(&m, "p1", "held");
  machine_about(&m, "p1", "waits");
  machine_about(&m, "p2", "held");
  machine_end(&m, 20, "p1", "ended");
  machine_hold(&m, "p1", "held");
  machine_hold(&m, "p2", "held");
  wbi_wake_set(&m.state, 1, 5000);
  wbi_wake_set(&m.state, 3, 5000);
  machine_task(&m, 1, "p1");
  machine_task(&m, 2, "p2");
  machine_apply(&m, 30,
                (wbi_effect){.kind = WBI_EFFECT_MOVE,
                             .patient = WBI_TEXT("nobody"),
                             .location = WBI_TEXT("2")});
  machine_apply(
      &m, 30,
      (wbi_effect){.kind = WBI_EFFECT_MOVE, .patient = WBI_TEXT("p1"), .location = WBI_TEXT("2")});
  static const uint32_t places[] = {0, 1, 1, 0};
  static const wb_time wakes[] = {WB_TIME_NONE, WB_TIME_MIN, 100, 5000};
  for (uint32_t i = 0; i < WBI_COUNT(places); i++) {
    assert_int_equal(enrollment_of(&m, i)->location, places[i]);
    assert_true(wbi_wake_at(&m.state, i) == wakes[i]);
  }
  assert_int_equal(task_of(&m, 1)->location, 1);
  assert_int_equal(task_of(&m, 2)->location, 0);
  assert_int_equal(wbi_keys_find(&m.state.patients, WBI_TEXT("nobody")), WBI_NONE);
  machine_close(&m);
}

/* ---- two that are one -------------------------------------------------------------------------
 */

/* Two that are one have the urgent tasks of both, and what was held for either. */
static void two_that_are_one_have_what_either_had(void **unused) {
  (void)unused;
  for (int full = 0; full < 2; full++) {
    machine m;
    machine_open(&m);
    machine_apply(&m, 10, entry_of("p1"));
    machine_apply(&m, 10, entry_of("p2"));
    static const char *const slots[] = {"s1", "s2"}, *const holders[] = {"p1", "p3"};
    for (size_t i = 0; i < WBI_COUNT(slots); i++) {
      machine_apply(&m, 10,
                    (wbi_effect){.kind = WBI_EFFECT_OPENING,
                                 .name = wbi_text_of(slots[i]),
                                 .location = WBI_TEXT("1"),
                                 .wake = 900,
                                 .number = 60});
      machine_apply(&m, 10,
                    (wbi_effect){.kind = WBI_EFFECT_OPENING_SET,
                                 .name = wbi_text_of(slots[i]),
                                 .patient = wbi_text_of(holders[i]),
                                 .code = WB_OPENING_TENTATIVE,
                                 .number = 1,
                                 .until = 500});
    }
    wbi_state_patient(&m.state, 0)->urgent = (uint8_t)(155 + full);
    wbi_state_patient(&m.state, 1)->urgent = 100;
    machine_apply(&m, 20,
                  (wbi_effect){.kind = WBI_EFFECT_MERGE,
                               .patient = WBI_TEXT("p1"),
                               .subject = WBI_TEXT("p2")});
    assert_int_equal(wbi_state_patient(&m.state, 1)->urgent, UINT8_MAX);
    assert_int_equal(wbi_state_opening(&m.state, 0)->holder, 1);
    assert_int_equal(wbi_state_opening(&m.state, 1)->holder, 2); /* a third */
    machine_close(&m);
  }
}

/* Two keys may be one patient's already, in a journal of others; or they are one key. */
static void whoever_is_one_already_stays_so(void **unused) {
  static const char *const keys[] = {"p1", "p2"};
  (void)unused;
  machine m;
  machine_open(&m);
  machine_apply(&m, 10, entry_of("p2"));
  for (size_t i = 0; i < 2; i++) {
    for (size_t k = 0; k < 2; k++) {
      machine_apply(&m, 20,
                    (wbi_effect){.kind = WBI_EFFECT_MERGE,
                                 .patient = WBI_TEXT("p1"),
                                 .subject = wbi_text_of(keys[(i + k) % 2])});
      const uint32_t one = wbi_state_person(&m.state, WBI_TEXT("p1"));
      const uint32_t two = wbi_state_person(&m.state, WBI_TEXT("p2"));
      assert_int_equal(one == two, i + k > 0);
      assert_int_equal(two, 0);
      assert_int_equal(wbi_state_patient(&m.state, two)->enrollments, 0);
    }
  }
  machine_close(&m);
}

/* What was about the same thing goes on once, in its place among all that is theirs now, by the key
   that it began under; whoever is held is looked at, and who waits wakes as before. */
static void two_that_are_one_are_about_everything_once(void **unused) {
  static const char *const theirs[] = {"a", "b", "c", "d"}, *const others[] = {"e", "b", "c"};
  static const struct {
    uint32_t key;
    wb_time wake;
    bool gone;
  } rows[] = {{0, 100, false},         {0, WB_TIME_NONE, true}, {0, 100, false},
              {0, WB_TIME_MIN, false}, {1, 100, false},         {1, 100, false},
              {1, WB_TIME_NONE, true}};
  static const uint32_t order[] = {0, 5, 2, 3, 4};
  (void)unused;
  machine m;
  machine_open(&m);
  for (size_t i = 0; i < WBI_COUNT(theirs); i++)
    machine_about(&m, "p1", theirs[i]);
  for (size_t i = 0; i < WBI_COUNT(others); i++)
    machine_about(&m, "p2", others[i]);
  machine_hold(&m, "p1", "d");
  wbi_wake_set(&m.state, 3, 5000);
  wbi_state_enrollment(&m.state, 5)->touches = 1; /* further along */
  machine_merge(&m, "p2", "p1");
  uint32_t at = wbi_state_patient(&m.state, 0)->enrollments;
  for (size_t i = 0; i < WBI_COUNT(order); i++, at = enrollment_of(&m, at)->next)
    assert_int_equal(at, order[i]);
  assert_int_equal(at, WBI_NONE);
  assert_int_equal(wbi_state_patient(&m.state, 1)->enrollments, WBI_NONE);
  for (uint32_t i = 0; i < WBI_COUNT(rows); i++) {
    assert_int_equal(enrollment_of(&m, i)->gone, rows[i].gone);
    assert_int_equal(enrollment_of(&m, i)->state == WB_STATE_ENDED, rows[i].gone);
    assert_true(wbi_wake_at(&m.state, i) == rows[i].wake);
    assert_int_equal(wbi_state_origin(&m.state, i).key, rows[i].key);
  }
  assert_int_equal(m.state.origin.count, 2); /* only of whom a merge brought elsewhere */
  machine_close(&m);
}

typedef struct course {
  uint8_t state, touches;
  wb_time wake;
} course;

/* Of two in one campaign, the one that comes and the one that was there. */
static void what_is_under_way_and_further_along_goes_on(void **unused) {
  static const struct {
    course comes, there;
    bool goes_on;
  } rows[] = {
      {{WB_STATE_ENDED, 5, 200}, {WB_STATE_WAITING, 0, 100}, false},
      {{WB_STATE_WAITING, 0, 100}, {WB_STATE_ENDED, 5, 200}, true},
      {{WB_STATE_CLAIMED, 0, 100}, {WB_STATE_WAITING, 3, 100}, true},
      {{WB_STATE_WAITING, 3, 100}, {WB_STATE_CLAIMED, 0, 100}, false},
      {{WB_STATE_WAITING, 2, 100}, {WB_STATE_WAITING, 1, 200}, true},
      {{WB_STATE_WAITING, 1, 200}, {WB_STATE_WAITING, 1, 100}, false},
      {{WB_STATE_ENDED, 1, 200}, {WB_STATE_ENDED, 1, 100}, true},
      {{WB_STATE_ENDED, 1, 100}, {WB_STATE_ENDED, 1, 100}, false},
  };
  (void)unused;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    machine m;
    machine_open(&m);
    machine_about(&m, "p1", "");
    machine_about(&m, "p2", "");
    for (uint32_t k = 0; k < 2; k++) {
      const course *wanted = k ? &rows[i].there : &rows[i].comes;
      wbi_state_enrollment(&m.state, k)->state = wanted->state;
      wbi_state_enrollment(&m.state, k)->touches = wanted->touches;
      wbi_state_enrollment(&m.state, k)->wake = wanted->wake;
    }
    machine_merge(&m, "p1", "p2");
    assert_int_equal(enrollment_of(&m, 0)->gone, !rows[i].goes_on);
    assert_int_equal(enrollment_of(&m, 1)->gone, rows[i].goes_on);
    machine_close(&m);
  }
}

/* Whoever of the two was written to more, and whichever key goes. */
static void who_left_twice_rests_since_the_last_time(void **unused) {
  static const struct {
    uint8_t touches[2];
    wb_time left[2];
  } rows[] = {{{2, 1}, {100, 200}}, {{1, 2}, {100, 200}}, {{2, 1}, {200, 100}}};
  (void)unused;
  for (size_t i = 0; i < 2 * WBI_COUNT(rows); i++) {
    machine m;
    machine_open(&m);
    machine_about(&m, "p1", "");
    machine_about(&m, "p2", "");
    for (uint32_t k = 0; k < 2; k++) {
      machine_end(&m, rows[i / 2].left[k], k ? "p2" : "p1", "");
      wbi_state_enrollment(&m.state, k)->touches = rows[i / 2].touches[k];
    }
    machine_merge(&m, i % 2 ? "p2" : "p1", i % 2 ? "p1" : "p2");
    const uint32_t kept = wbi_state_patient(&m.state, i % 2 ? 0 : 1)->enrollments;
    assert_int_equal(enrollment_of(&m, kept)->wake, 200);
    assert_int_equal(enrollment_of(&m, kept)->touches, 2);
    machine_close(&m);
  }
}

/* One stands for two: what was done for the other is of an entry that is over, what was to be tried
   again is not; it knows as much as both, and its next entry follows those of both. */
static void one_entry_stands_for_two(void **unused) {
  static const struct {
    uint8_t gone_touches, kept_touches;
    uint16_t gone_entry, kept_entry;
  } rows[] = {{1, 3, 5, 2}, {3, 1, 2, 5}};
  (void)unused;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    machine m;
    machine_open(&m);
    for (uint32_t k = 0; k < 2; k++) {
      wbi_effect entry = entry_of(k ? "p2" : "p1");
      entry.number = k ? rows[i].kept_entry : rows[i].gone_entry;
      machine_apply(&m, 10, entry);
      machine_apply(&m, 20, claim_of(k ? "p2" : "p1", (uint8_t)(k + 1)));
      machine_apply(&m, 20, outcome_of((uint8_t)(k + 1), WB_ACTION_SENT));
      machine_apply(&m, 30, claim_of(k ? "p2" : "p1", (uint8_t)(k + 3)));
    }
    machine_apply(&m, 30, outcome_of(3, WB_ACTION_READY));
    wbi_state_enrollment(&m.state, 0)->touches = rows[i].gone_touches;
    wbi_state_enrollment(&m.state, 1)->touches = rows[i].kept_touches;
    wbi_state_enrollment(&m.state, 0)->signals = 4;
    wbi_state_enrollment(&m.state, 1)->signals = 1;
    machine_merge(&m, "p1", "p2");
    assert_int_equal(enrollment_of(&m, 1)->touches, 3);
    assert_int_equal(enrollment_of(&m, 1)->signals, 5);
    assert_int_equal(wbi_state_origin(&m.state, 1).last, 5);
    for (uint8_t id = 1; id <= 4; id++) {
      const bool gone = id % 2 == 1;
      assert_int_equal(action_of(&m, id)->enrollment, 1);
      assert_int_equal(action_of(&m, id)->entry, gone ? 0 : rows[i].kept_entry);
    }
    assert_int_equal(action_of(&m, 3)->state, WB_ACTION_WITHDRAWN);
    assert_int_equal(action_of(&m, 4)->state, WB_ACTION_CLAIMED);
    machine_close(&m);
  }
}

/* What names one names the other now, and what names a third names them still. */
static void all_that_names_one_names_the_other(void **unused) {
  static const char *const people[] = {"p1", "p2", "p3"};
  static const wb_time contacts[] = {60, 120, 180};
  static const wbi_bytes16 point = {{60}};
  (void)unused;
  machine m;
  machine_open(&m);
  for (uint8_t i = 0; i < 3; i++) {
    machine_about(&m, people[i], "");
    machine_task(&m, i, people[i]);
    machine_apply(&m, 20,
                  (wbi_effect){.kind = WBI_EFFECT_GIFT,
                               .id = {{i}},
                               .patient = wbi_text_of(people[i]),
                               .day = 7,
                               .number = 10u << i});
  }
  for (uint8_t i = 0; i < 3; i++)
    machine_apply(&m, 200,
                  (wbi_effect){.kind = WBI_EFFECT_CONTACTED,
                               .patient = wbi_text_of(people[i % 2]),
                               .until = contacts[i]});
  machine_apply(&m, 200,
                (wbi_effect){.kind = WBI_EFFECT_CONSENT,
                             .event = {{9}},
                             .contact = point,
                             .patient = WBI_TEXT("p1"),
                             .channel = WB_CHANNEL_SMS,
                             .code = WB_CONSENT_REFUSED});
  wbi_state_patient(&m.state, 0)->flags = WBI_PATIENT_LEFT;
  wbi_state_patient(&m.state, 0)->urgent = 2;
  wbi_state_patient(&m.state, 1)->flags = WBI_PATIENT_DECEASED;
  machine_merge(&m, "p1", "p2");
  const wbi_patient *gone = wbi_state_patient(&m.state, 0), *who = wbi_state_patient(&m.state, 1);
  assert_int_equal(gone->count, 0);
  assert_int_equal(gone->urgent, 0);
  assert_int_equal(gone->flags, WBI_PATIENT_MERGED);
  assert_int_equal(who->count, 3);
  for (uint32_t i = 0; i < 3; i++)
    assert_int_equal(who->counted[i], i + 1);
  assert_int_equal(who->urgent, 2);
  assert_int_equal(who->flags, WBI_PATIENT_LEFT | WBI_PATIENT_DECEASED);
  for (uint8_t i = 0; i < 3; i++)
    assert_int_equal(task_of(&m, i)->patient, i < 2 ? 1 : 2);
  assert_int_equal(wbi_state_given(&m.state, 0, 7, NULL), 0);
  assert_int_equal(wbi_state_given(&m.state, 1, 7, NULL), 30);
  assert_int_equal(wbi_state_given(&m.state, 2, 7, NULL), 40);
  assert_non_null(wbi_state_consent(&m.state, 1, &point, WB_CHANNEL_SMS, 0));
  machine_close(&m);
}

/* The keys that stand for a patient, whoever became who first. */
static void every_key_of_a_patient_is_found(void **unused) {
  static const char *const people[] = {"p1", "p2", "p3", "p4"};
  (void)unused;
  machine m;
  machine_open(&m);
  for (size_t i = 0; i < WBI_COUNT(people); i++)
    machine_about(&m, people[i], "");
  machine_merge(&m, "p1", "p2");
  machine_merge(&m, "p2", "p3"); /* and the first with them */
  machine_merge(&m, "p4", "p3");
  uint32_t seen = 0, keys = 0;
  for (uint32_t key = wbi_state_patient(&m.state, 2)->alias; key != WBI_NONE && keys < 4;
       key = wbi_state_patient(&m.state, key)->alias, keys++)
    seen |= UINT32_C(1) << key;
  assert_int_equal(keys, 3);
  assert_int_equal(seen, 11);
  for (size_t i = 0; i < WBI_COUNT(people); i++)
    assert_int_equal(wbi_state_person(&m.state, wbi_text_of(people[i])), 2);
  machine_close(&m);
}

/* ---- a key is forgotten -----------------------------------------------------------------------
 */

static void machine_forget(machine *m, const char *key, const char *as) {
  machine_apply(m, 60,
                (wbi_effect){.kind = WBI_EFFECT_FORGET,
                             .patient = wbi_text_of(key),
                             .subject = wbi_text_of(as)});
}

/* Nobody becomes somebody else by that; a key that stands for another stays one that does. */
static void a_key_is_forgotten_and_nothing_else(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  machine_about(&m, "p1", "");
  machine_about(&m, "p2", "");
  machine_about(&m, "p3", "");
  machine_apply(&m, 20,
                (wbi_effect){.kind = WBI_EFFECT_CONSENT,
                             .event = {{9}},
                             .contact = {{60}},
                             .patient = WBI_TEXT("p2"),
                             .channel = WB_CHANNEL_SMS,
                             .code = WB_CONSENT_EXPRESS});
  machine_merge(&m, "p1", "p2");
  machine_forget(&m, "nobody", "x0");
  machine_forget(&m, "p3", "p2");
  assert_int_equal(wbi_state_person(&m.state, WBI_TEXT("p3")), 2);
  machine_forget(&m, "p1", "x1");
  assert_int_equal(wbi_state_person(&m.state, WBI_TEXT("x1")), 1);
  assert_int_not_equal(wbi_state_patient(&m.state, 1)->consents, WBI_NONE);
  machine_forget(&m, "p2", "x2");
  assert_int_equal(wbi_state_person(&m.state, WBI_TEXT("p2")), WBI_NONE);
  assert_int_equal(wbi_state_person(&m.state, WBI_TEXT("x2")), 1);
  assert_int_equal(wbi_state_patient(&m.state, 1)->consents, WBI_NONE);
  assert_int_equal(m.state.patient.count, 3);
  machine_close(&m);
}

static void whoever_has_another_key_comes_in_the_order_of_that(void **unused) {
  enum { PEOPLE = 8 };
  static void (*const ways[])(machine *, const char *, const char *) = {machine_merge,
                                                                        machine_forget};
  (void)unused;
  for (size_t way = 0; way < WBI_COUNT(ways); way++) {
    machine m;
    char key[16], other[16];
    uint64_t last = 0;
    wbi_looked looked[PEOPLE];
    machine_open(&m);
    for (uint32_t i = 0; i < PEOPLE; i++) {
      snprintf(key, sizeof key, "p%u", i);
      machine_about(&m, key, "");
    }
    for (uint32_t i = 0; i < PEOPLE; i++) {
      snprintf(key, sizeof key, "p%u", i);
      snprintf(other, sizeof other, "x%u", i);
      ways[way](&m, key, other);
    }
    assert_int_equal(wbi_wake_take(&m.state, 100, looked, PEOPLE), PEOPLE);
    for (uint32_t i = 0; i < PEOPLE; i++) {
      const uint32_t who = enrollment_of(&m, looked[i].enrollment)->patient;
      const wbi_text text = wbi_keys_text(&m.state.patients, who);
      assert_int_equal(text.data[0], 'x');
      assert_true(wbi_hash_bytes(text.data, text.length) > last);
      last = wbi_hash_bytes(text.data, text.length);
    }
    machine_close(&m);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_opt_out_that_is_lifted_is_looked_at),
      cmocka_unit_test(whoever_moves_takes_along_what_goes_on),
      cmocka_unit_test(two_that_are_one_have_what_either_had),
      cmocka_unit_test(whoever_is_one_already_stays_so),
      cmocka_unit_test(two_that_are_one_are_about_everything_once),
      cmocka_unit_test(what_is_under_way_and_further_along_goes_on),
      cmocka_unit_test(who_left_twice_rests_since_the_last_time),
      cmocka_unit_test(one_entry_stands_for_two),
      cmocka_unit_test(all_that_names_one_names_the_other),
      cmocka_unit_test(every_key_of_a_patient_is_found),
      cmocka_unit_test(a_key_is_forgotten_and_nothing_else),
      cmocka_unit_test(whoever_has_another_key_comes_in_the_order_of_that),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

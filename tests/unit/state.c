/* SPDX-License-Identifier: MIT */
/* Tables, order, and what commit does that no story of a practice shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/entered.h"

enum { DAY_SECONDS = 86400 };

static wbi_bytes16 id_of(uint32_t number) {
  wbi_bytes16 id = {{0}};
  memcpy(id.bytes, &number, sizeof number);
  return id;
}

static void keys_are_numbered_once(void **unused) {
  (void)unused;
  wbi_keys keys;
  char text[16];
  wbi_keys_init(&keys, NULL);
  assert_int_equal(wbi_keys_find(&keys, WBI_TEXT("a")), WBI_NONE);
  for (uint32_t i = 0; i < 1000; i++) {
    int length = snprintf(text, sizeof text, "key%u", i % 500);
    assert_int_equal(wbi_keys_reserve(&keys, 1, (size_t)length), WB_OK);
    assert_int_equal(wbi_keys_add(&keys, wbi_text_of(text)), i % 500);
  }
  assert_int_equal(wbi_keys_count(&keys), 500);
  assert_string_equal(wbi_keys_text(&keys, 499).data, "key499");
  assert_int_equal(wbi_keys_find(&keys, WBI_TEXT("key17")), 17);
  assert_int_equal(wbi_keys_find(&keys, WBI_TEXT("key")), WBI_NONE);
  assert_int_equal(wbi_keys_reserve(&keys, SIZE_MAX / 2, 0),
                   SIZE_MAX > UINT32_MAX ? WB_E_LIMIT : WB_E_NOMEM);
  wbi_keys_free(&keys);
}

static void items_are_found_after_some_were_dropped(void **unused) {
  (void)unused;
  wbi_table table;
  wbi_table_init(&table, NULL, sizeof(wbi_seen));
  for (uint32_t i = 0; i < 300; i++) {
    const wbi_bytes16 id = id_of(i);
    assert_int_equal(wbi_table_reserve(&table, 1), WB_OK);
    assert_int_equal(wbi_table_add(&table, &id), i);
    assert_int_equal(wbi_table_add(&table, &id), i);
  }
  table.items.count = 100;
  wbi_table_rebuild(&table);
  const wbi_bytes16 kept = id_of(99), dropped = id_of(100);
  assert_int_equal(wbi_table_find(&table, &kept), 99);
  assert_int_equal(wbi_table_find(&table, &dropped), WBI_NONE);
  wbi_table_free(&table);
}

/* Order of numbers by the ten, so that equal ones show whether the sort is stable. */
static bool by_tens(const void *user, uint32_t a, uint32_t b) {
  (void)user;
  return a / 10 < b / 10;
}

/* What that order begins with: pairs of tens. */
static uint64_t tens(const void *user, uint32_t number) {
  (void)user;
  return number / 20;
}

static void sorting_is_stable(void **unused) {
  (void)unused;
  for (size_t count = 0; count < 70; count++) {
    uint32_t numbers[70], seen[7] = {0};
    for (uint32_t i = 0; i < count; i++)
      numbers[i] = (i * 37 + 11) % 70;
    uint32_t before[70];
    memcpy(before, numbers, sizeof numbers);
    assert_int_equal(wbi_sort(NULL, numbers, count, count % 2 ? tens : NULL, by_tens, NULL), WB_OK);
    size_t at = 0;
    for (uint32_t ten = 0; ten < 7; ten++)
      for (size_t i = 0; i < count; i++)
        if (before[i] / 10 == ten) {
          assert_int_equal(numbers[at++], before[i]);
          seen[ten]++;
        }
    assert_int_equal(at, count);
  }
}

static void contacts_are_counted_by_local_day(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  const uint32_t number = machine_enroll(&m, "p1", 0, 0);
  wbi_effect claim = {.kind = WBI_EFFECT_CLAIM,
                      .patient = WBI_TEXT("p1"),
                      .action = WB_ACTION_SEND,
                      .channel = WB_CHANNEL_SMS,
                      .number = 1};
  static const wb_time times[] = {100, 90, 95, 101, 102, 103, 104, 105, 106};
  for (uint32_t i = 0; i < 9; i++) {
    claim.id = id_of(i);
    claim.day = 7;
    machine_apply(&m, times[i] * 60 + 59, claim);
  }
  const wbi_patient *patient = wbi_state_patient(&m.state, 0);
  assert_int_equal(patient->count, 8); /* the oldest went */
  assert_int_equal(patient->counted[0], 95);
  assert_int_equal(patient->counted[7], 106);
  assert_int_equal(wbi_state_counted(&m.state, 0, 106 * 60), 1);
  assert_int_equal(wbi_state_counted(&m.state, 0, 100 * 60), 7);
  assert_int_equal(wbi_state_counted(&m.state, 0, 96 * 60), 7);
  assert_int_equal(wbi_state_counted(&m.state, 0, 95 * 60), 8);
  assert_int_equal(wbi_state_contacted(&m.state, 0, 0), 106 * 60);
  assert_int_equal(wbi_state_contacted(&m.state, 0, 7), 95 * 60);
  assert_int_equal(wbi_state_contacted(&m.state, 0, 8), WB_TIME_NONE);
  assert_int_equal(wbi_state_enrollment(&m.state, number)->touches, 9);
  machine_close(&m);
}

static void effects_about_nothing_change_nothing(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  const wbi_effect effects[] = {
      {.kind = WBI_EFFECT_HOLD, .patient = WBI_TEXT("p9"), .code = WB_HOLD_CAP},
      {.kind = WBI_EFFECT_STEP, .patient = WBI_TEXT("p9")},
      {.kind = WBI_EFFECT_END, .patient = WBI_TEXT("p9"), .name = WBI_TEXT("booked")},
      {.kind = WBI_EFFECT_RESPONSE, .patient = WBI_TEXT("p9"), .code = 1},
      {.kind = WBI_EFFECT_CLAIM, .patient = WBI_TEXT("p9"), .action = 1, .number = 1},
      {.kind = WBI_EFFECT_OUTCOME, .id = {{7}}, .code = WB_ACTION_SENT},
      {.kind = WBI_EFFECT_TASK_CLOSE, .id = {{7}}},
      {.kind = WBI_EFFECT_LAUNCH, .definition = 1},
      {.kind = WBI_EFFECT_STOP, .definition = 1, .code = 1},
      {.kind = WBI_EFFECT_PAUSE, .code = WBI_PAUSE_CAMPAIGN, .cause = 1, .definition = 1},
      {.kind = WBI_EFFECT_ENROLL, .patient = WBI_TEXT("p9"), .definition = 1, .number = 1},
      {.kind = WBI_EFFECT_WITHDRAW, .name = WBI_TEXT("t"), .definition = 1, .code = 1},
  };
  for (size_t i = 0; i < WBI_COUNT(effects); i++)
    machine_apply(&m, 10, effects[i]);
  assert_int_equal(m.state.enrollment.count, 0);
  assert_int_equal(m.state.actions.items.count, 0);
  assert_int_equal(m.state.withdrawn.count, 0);
  assert_int_equal(wbi_state_definition(&m.state, 0)->launched, 0);
  assert_int_equal(wbi_state_definition(&m.state, 0)->paused, 0);
  machine_close(&m);
}

static void closed_actions_and_events_are_forgotten(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  machine_enroll(&m, "p1", 0, 0);
  machine_enroll(&m, "p2", 0, 0);
  wbi_effect claim = {.kind = WBI_EFFECT_CLAIM,
                      .patient = WBI_TEXT("p1"),
                      .id = id_of(1),
                      .contact = id_of(50),
                      .action = WB_ACTION_SEND,
                      .channel = WB_CHANNEL_SMS,
                      .number = 1};
  machine_apply(&m, 20, claim);
  machine_apply(&m, 20,
                (wbi_effect){.kind = WBI_EFFECT_OUTCOME, .id = id_of(1), .code = WB_ACTION_SENT});
  machine_apply(&m, 20, (wbi_effect){.kind = WBI_EFFECT_END, .patient = WBI_TEXT("p1")});
  claim.patient = WBI_TEXT("p2");
  claim.id = id_of(2);
  claim.contact = id_of(51);
  machine_apply(&m, 20, claim);
  machine_apply(&m, 20, (wbi_effect){.kind = WBI_EFFECT_SEEN, .id = id_of(3)});
  machine_apply(
      &m, 20,
      (wbi_effect){.kind = WBI_EFFECT_CONTACT, .id = id_of(52), .code = WBI_CONTACT_OPTED_OUT});
  machine_apply(&m, 20 + 90 * DAY_SECONDS, (wbi_effect){.kind = WBI_EFFECT_SEEN, .id = id_of(4)});
  wbi_state_forget(&m.state);
  assert_int_equal(m.state.actions.items.count, 2); /* ninety days to the second: remembered */
  machine_apply(&m, 21 + 90 * DAY_SECONDS, (wbi_effect){.kind = WBI_EFFECT_SEEN, .id = id_of(5)});
  wbi_state_forget(&m.state);
  assert_int_equal(m.state.actions.items.count, 1); /* the open one stays */
  assert_int_equal(m.state.seen.items.count, 2);
  /* that of the open action, the opt-out, and the one that was written to */
  assert_int_equal(m.state.contacts.items.count, 3);
  const wbi_bytes16 out = id_of(52), open = id_of(2);
  assert_int_equal(wbi_state_contact(&m.state, &out), WBI_CONTACT_OPTED_OUT);
  const uint32_t place = wbi_table_find(&m.state.actions, &open);
  assert_int_equal(place, 0);
  const uint32_t number = wbi_state_enrolled(&m.state, WBI_TEXT("p2"), 0, WBI_TEXT(""));
  assert_int_equal(wbi_state_enrollment(&m.state, number)->detail, place + 1);
  machine_close(&m);
}

static uint32_t machine_about(machine *m, wb_time at, const char *subject, wb_time wake) {
  machine_apply(m, at,
                (wbi_effect){.kind = WBI_EFFECT_ENROLL,
                             .patient = WBI_TEXT("p1"),
                             .subject = wbi_text_of(subject),
                             .location = WBI_TEXT("1"),
                             .number = 1,
                             .wake = wake,
                             .day = WB_DATE_NONE});
  return wbi_state_enrolled(&m->state, WBI_TEXT("p1"), 0, wbi_text_of(subject));
}

static void a_patient_is_in_a_campaign_once_for_each_subject(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  const uint32_t own = machine_enroll(&m, "p1", 0, 100);
  const uint32_t first = machine_about(&m, 10, "visit-1", 50);
  const uint32_t second = machine_about(&m, 10, "visit-2", 60);
  assert_true(own != first && first != second && own != second);
  assert_int_equal(machine_about(&m, 10, "visit-1", 55), first);
  assert_int_equal(wbi_state_enrolled(&m.state, WBI_TEXT("p1"), 0, WBI_TEXT("visit-3")), WBI_NONE);
  assert_int_equal(m.state.enrollment.count, 3);
  machine_apply(&m, 20,
                (wbi_effect){.kind = WBI_EFFECT_END,
                             .patient = WBI_TEXT("p1"),
                             .subject = WBI_TEXT("visit-1"),
                             .name = WBI_TEXT("booked")});
  assert_int_equal(wbi_state_enrollment(&m.state, first)->state, WB_STATE_ENDED);
  assert_int_equal(wbi_state_enrollment(&m.state, second)->state, WB_STATE_WAITING);
  assert_int_equal(wbi_state_enrollment(&m.state, own)->state, WB_STATE_WAITING);
  machine_close(&m);
}

static void an_ended_subject_is_forgotten_after_ninety_days(void **unused) {
  (void)unused;
  const wb_time ninety = (wb_time)WB_MEMORY_DAYS * DAY_SECONDS;
  machine m;
  machine_open(&m);
  const uint32_t own = machine_enroll(&m, "p1", 0, 100);
  const uint32_t first = machine_about(&m, 10, "visit-1", 50);
  const wbi_text subjects[] = {WBI_TEXT(""), WBI_TEXT("visit-1")};
  for (size_t i = 0; i < WBI_COUNT(subjects); i++)
    machine_apply(&m, 20,
                  (wbi_effect){.kind = WBI_EFFECT_END,
                               .patient = WBI_TEXT("p1"),
                               .subject = subjects[i],
                               .name = WBI_TEXT("booked")});
  const wbi_effect seen = {.kind = WBI_EFFECT_SEEN, .id = id_of(9)};
  machine_apply(&m, 20 + ninety, seen);
  assert_int_equal(wbi_state_enrolled(&m.state, WBI_TEXT("p1"), 0, WBI_TEXT("visit-1")), first);
  machine_apply(&m, 21 + ninety, seen);
  assert_int_equal(wbi_state_enrolled(&m.state, WBI_TEXT("p1"), 0, WBI_TEXT("visit-1")), WBI_NONE);
  assert_int_equal(wbi_state_enrolled(&m.state, WBI_TEXT("p1"), 0, WBI_TEXT("")), own);
  machine_close(&m);
}

static uint32_t machine_chain(const machine *m, wbi_bytes16 contact) {
  const uint32_t found = wbi_table_find(&m->state.contacts, &contact);
  uint32_t length = 0;
  if (found == WBI_NONE) return 0;
  uint32_t at = ((const wbi_contact_point *)wbi_table_at(&m->state.contacts, found))->actions;
  for (; at != WBI_NONE && length < 100; at = wbi_state_action(&m->state, at)->sibling)
    length++;
  return length;
}

static void an_action_is_linked_to_the_contact_point_of_its_last_attempt_alone(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  machine_enroll(&m, "p1", 0, 100);
  const uint32_t contacts[] = {11, 12, 11, 11, 12};
  for (uint32_t i = 0; i < WBI_COUNT(contacts); i++) {
    machine_apply(&m, 20 + i,
                  (wbi_effect){.kind = WBI_EFFECT_CLAIM,
                               .patient = WBI_TEXT("p1"),
                               .id = id_of(1),
                               .contact = id_of(contacts[i]),
                               .action = WB_ACTION_SEND,
                               .channel = WB_CHANNEL_SMS,
                               .number = i + 1,
                               .until = 600});
    assert_int_equal(machine_chain(&m, id_of(contacts[i])), 1);
    assert_int_equal(machine_chain(&m, id_of(23 - contacts[i])), 0);
    const wbi_effect again = {
        .kind = WBI_EFFECT_OUTCOME, .id = id_of(1), .code = WB_ACTION_READY, .until = 20 + i};
    machine_apply(&m, 20 + i, again);
  }
  machine_close(&m);
}

/* Of many who enter at one place the place is one, and so is the cell they are counted in. */
static void room_is_taken_for_what_is_new(void **unused) {
  (void)unused;
  enum { MANY = 100 };
  machine m;
  char keys[MANY][8];
  machine_open(&m);
  wbi_plan_start(&m.plan, &m.state, 1);
  for (int i = 0; i < MANY; i++) {
    snprintf(keys[i], sizeof keys[i], "%d", i);
    const wbi_effect enter = {.kind = WBI_EFFECT_ENROLL,
                              .patient = wbi_text_of(keys[i]),
                              .location = wbi_text_of(keys[i % 2]),
                              .variant = (uint8_t)(i % 2),
                              .number = 1};
    assert_int_equal(wbi_plan_open(&m.plan, &m.state, WBI_BY_ENROLL), WB_OK);
    assert_int_equal(wbi_plan_add(&m.plan, &enter), WB_OK);
    wbi_plan_close(&m.plan);
  }
  assert_int_equal(wbi_growth_take(&m.plan.growth, &m.state), WB_OK);
  wbi_state_commit(&m.state, m.plan.bytes.data, m.plan.bytes.count);
  assert_int_equal(m.state.patient.count, MANY);
  assert_int_equal(m.state.patient.capacity, MANY);
  assert_int_equal(m.state.location.count, 2);
  assert_true(m.state.location.capacity < MANY);
  assert_int_equal(m.state.metric.count, 2);
  assert_true(m.state.metric.capacity < MANY);
  machine_close(&m);
}

/* Somebody who is forgotten and entered again by the same bytes is new, and has room. */
static void there_is_room_for_a_key_that_was_forgotten(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  machine_enroll(&m, "a", 0, 20);
  while (m.state.patient.capacity > m.state.patient.count) {
    char key[16];
    snprintf(key, sizeof key, "b%u", (uint32_t)m.state.patient.count);
    machine_enroll(&m, key, 0, 20);
  }
  const wbi_effect effects[] = {
      {.kind = WBI_EFFECT_FORGET, .patient = WBI_TEXT("a"), .subject = WBI_TEXT("x")},
      {.kind = WBI_EFFECT_ENROLL,
       .patient = WBI_TEXT("a"),
       .location = WBI_TEXT("1"),
       .number = 1}};
  wbi_plan_start(&m.plan, &m.state, 30);
  assert_int_equal(wbi_plan_open(&m.plan, &m.state, WBI_BY_RECEIVE), WB_OK);
  for (size_t i = 0; i < WBI_COUNT(effects); i++)
    assert_int_equal(wbi_plan_add(&m.plan, &effects[i]), WB_OK);
  wbi_plan_close(&m.plan);
  assert_int_equal(wbi_growth_take(&m.plan.growth, &m.state), WB_OK);
  const size_t people = m.state.patient.count;
  assert_true(m.state.patient.capacity > people);
  wbi_state_commit(&m.state, m.plan.bytes.data, m.plan.bytes.count);
  assert_int_equal(m.state.patient.count, people + 1);
  assert_int_not_equal(wbi_keys_find(&m.state.patients, WBI_TEXT("x")), WBI_NONE);
  assert_int_not_equal(wbi_keys_find(&m.state.patients, WBI_TEXT("a")), WBI_NONE);
  machine_close(&m);
}

/* Those who enter and are merged in one change: all of them may keep another key. */
static void there_is_room_for_whoever_enters_and_is_merged_at_once(void **unused) {
  enum { PEOPLE = 40 };
  (void)unused;
  machine m;
  machine_open(&m);
  wbi_plan_start(&m.plan, &m.state, 30);
  assert_int_equal(wbi_plan_open(&m.plan, &m.state, WBI_BY_RECEIVE), WB_OK);
  for (uint32_t i = 0; i < PEOPLE; i++) {
    char from[16], into[16];
    snprintf(from, sizeof from, "a%u", i);
    snprintf(into, sizeof into, "b%u", i);
    const wbi_effect enroll = {.kind = WBI_EFFECT_ENROLL,
                               .patient = wbi_text_of(from),
                               .location = WBI_TEXT("1"),
                               .number = 1};
    const wbi_effect merge = {
        .kind = WBI_EFFECT_MERGE, .patient = wbi_text_of(from), .subject = wbi_text_of(into)};
    assert_int_equal(wbi_plan_add(&m.plan, &enroll), WB_OK);
    assert_int_equal(wbi_plan_add(&m.plan, &merge), WB_OK);
  }
  wbi_plan_close(&m.plan);
  assert_int_equal(wbi_growth_take(&m.plan.growth, &m.state), WB_OK);
  assert_true(m.state.origin.capacity >= PEOPLE);
  wbi_state_commit(&m.state, m.plan.bytes.data, m.plan.bytes.count);
  assert_int_equal(m.state.origin.count, PEOPLE);
  for (uint32_t i = 0; i < PEOPLE; i++) {
    const wbi_origin origin = wbi_state_origin(&m.state, i);
    assert_int_equal(wbi_keys_text(&m.state.patients, origin.key).data[0], 'a');
  }
  machine_close(&m);
}

static void people_are_small(void **unused) {
  (void)unused;
  assert_true(sizeof(wbi_enrollment) <= 64);
  const size_t wakes = 3 * sizeof(wbi_wake) + sizeof(uint32_t); /* a place in each of the lists */
  const size_t live = sizeof(wbi_enrollment) + sizeof(wbi_patient) + wakes;
  assert_true(live <= 172);
}

static void gifts_count_for_a_year(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  machine_enroll(&m, "p1", 0, 0);
  machine_enroll(&m, "p2", 0, 0);
  wbi_effect gift = {.kind = WBI_EFFECT_GIFT,
                     .id = id_of(1),
                     .patient = WBI_TEXT("p1"),
                     .day = 20000,
                     .number = 1500};
  machine_apply(&m, 20, gift);
  gift.id = id_of(2);
  gift.day = 20001;
  gift.number = 700;
  machine_apply(&m, 20, gift);
  assert_int_equal(wbi_state_given(&m.state, 0, 20001, NULL), 2200);
  assert_int_equal(wbi_state_given(&m.state, 1, 20001, NULL), 0);
  assert_int_equal(wbi_state_given(&m.state, 0, 20000 + 365, NULL), 2200);
  assert_int_equal(wbi_state_given(&m.state, 0, 20000 + 366, NULL), 700); /* leap years are long */
  assert_int_equal(wbi_state_given(&m.state, 0, 20001 + 366, NULL), 0);
  machine_close(&m);
}

/* An open action of a patient who is entered. */
static void machine_claim(machine *m, const char *patient, uint32_t id) {
  machine_enroll(m, patient, 0, 0);
  machine_apply(m, 20,
                (wbi_effect){.kind = WBI_EFFECT_CLAIM,
                             .patient = wbi_text_of(patient),
                             .id = id_of(id),
                             .contact = id_of(50),
                             .action = WB_ACTION_SEND,
                             .channel = WB_CHANNEL_SMS,
                             .until = 600,
                             .number = 1});
}

static uint8_t machine_action(const machine *m, uint32_t id) {
  const wbi_bytes16 wanted = id_of(id);
  return wbi_state_action(&m->state, wbi_table_find(&m->state.actions, &wanted))->state;
}

static void a_backup_that_returns_leaves_what_was_claimed_or_ready_unknown(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  machine_claim(&m, "p1", 1);
  machine_claim(&m, "p2", 2);
  machine_claim(&m, "p3", 3);
  wbi_effect outcome = {.kind = WBI_EFFECT_OUTCOME, .id = id_of(2), .code = WB_ACTION_READY};
  machine_apply(&m, 20, outcome);
  outcome.id = id_of(3);
  outcome.code = WB_ACTION_SENT;
  machine_apply(&m, 20, outcome);
  machine_apply(&m, 30, (wbi_effect){.kind = WBI_EFFECT_EPOCH, .number = 1, .code = 0});
  assert_int_equal(m.state.epoch, 1);
  assert_int_equal(machine_action(&m, 1),
                   WB_ACTION_CLAIMED); /* all is fed again: nothing changes */
  assert_int_equal(machine_action(&m, 2), WB_ACTION_READY);
  machine_apply(&m, 30, (wbi_effect){.kind = WBI_EFFECT_EPOCH, .number = 2, .code = 1});
  assert_int_equal(machine_action(&m, 1), WB_ACTION_UNKNOWN);
  assert_int_equal(machine_action(&m, 2), WB_ACTION_UNKNOWN);
  assert_int_equal(machine_action(&m, 3), WB_ACTION_SENT);
  machine_close(&m);
}

static void who_ended_is_woken_for_the_claim_alone(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  machine_claim(&m, "p1", 1);
  const uint32_t number = wbi_state_enrolled(&m.state, WBI_TEXT("p1"), 0, WBI_TEXT(""));
  machine_apply(&m, 30, (wbi_effect){.kind = WBI_EFFECT_END, .patient = WBI_TEXT("p1")});
  assert_true(wbi_wake_at(&m.state, number) != WB_TIME_NONE);
  machine_apply(&m, 40,
                (wbi_effect){.kind = WBI_EFFECT_OUTCOME, .id = id_of(1), .code = WB_ACTION_SENT});
  assert_true(wbi_wake_at(&m.state, number) == WB_TIME_NONE);
  machine_close(&m);
}

static void machine_task(machine *m, wbi_effect_kind kind, uint32_t id, uint8_t list) {
  machine_apply(m, 30,
                (wbi_effect){.kind = kind,
                             .id = id_of(id),
                             .patient = WBI_TEXT("p1"),
                             .location = WBI_TEXT("1"),
                             .name = WBI_TEXT("asks"),
                             .code = list,
                             .wake = 30,
                             .until = 900});
}

static void who_is_held_for_the_desk_is_looked_at_when_the_last_urgent_task_is_closed(
    void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  const uint32_t held = machine_enroll(&m, "p1", 0, 100);
  const uint32_t waits = machine_about(&m, 10, "visit-1", 5000);
  const uint32_t other = machine_about(&m, 10, "visit-2", 5000);
  wbi_effect hold = {.kind = WBI_EFFECT_HOLD, .patient = WBI_TEXT("p1"), .code = WB_HOLD_DESK};
  machine_apply(&m, 20, hold);
  hold.subject = WBI_TEXT("visit-2");
  hold.code = WB_HOLD_HOURS;
  machine_apply(&m, 20, hold);
  wbi_wake_set(&m.state, held, 6000);
  wbi_wake_set(&m.state, other, 6000);
  machine_task(&m, WBI_EFFECT_TASK_OPEN, 7, WBI_LIST_NOW);
  machine_task(&m, WBI_EFFECT_TASK_OPEN, 8, WBI_LIST_NOW);
  machine_task(&m, WBI_EFFECT_TASK_OPEN, 9, WBI_LIST_INBOX);
  machine_task(&m, WBI_EFFECT_TASK_CLOSE, 9, 0);
  machine_apply(&m, 30,
                (wbi_effect){.kind = WBI_EFFECT_TASK_OPEN,
                             .id = id_of(10),
                             .patient = WBI_TEXT("p1"),
                             .subject = WBI_TEXT("visit-1"),
                             .location = WBI_TEXT("1"),
                             .name = WBI_TEXT("asks"),
                             .code = WBI_LIST_OUTREACH,
                             .wake = 30,
                             .until = 7000});
  wbi_wake_set(&m.state, waits, 7000); /* for the task; without it, for its own time again */
  machine_task(&m, WBI_EFFECT_TASK_CLOSE, 10, 0);
  assert_true(wbi_wake_at(&m.state, waits) == 5000);
  machine_task(&m, WBI_EFFECT_TASK_CLOSE, 7, 0);
  assert_true(wbi_wake_at(&m.state, held) == 6000);
  machine_task(&m, WBI_EFFECT_TASK_CLOSE, 8, 0);
  assert_true(wbi_wake_at(&m.state, held) == WB_TIME_MIN);
  assert_true(wbi_wake_at(&m.state, waits) == 5000);
  assert_true(wbi_wake_at(&m.state, other) == 6000);
  machine_close(&m);
}

static uint16_t machine_generation(machine *m, uint8_t code, uint32_t generation) {
  machine_apply(m, 30,
                (wbi_effect){.kind = WBI_EFFECT_OPENING_SET,
                             .name = WBI_TEXT("slot"),
                             .code = code,
                             .number = generation,
                             .until = 500});
  return wbi_state_opening(&m->state, 0)->generation;
}

static void an_opening_that_was_held_and_is_open_again_is_of_another_generation(void **unused) {
  (void)unused;
  machine m;
  machine_open(&m);
  machine_apply(&m, 20,
                (wbi_effect){.kind = WBI_EFFECT_OPENING,
                             .name = WBI_TEXT("slot"),
                             .location = WBI_TEXT("1"),
                             .wake = 900,
                             .number = 60});
  assert_int_equal(machine_generation(&m, WB_OPENING_OPEN, 1), 1);
  assert_int_equal(machine_generation(&m, WB_OPENING_TENTATIVE, 1), 1);
  assert_int_equal(machine_generation(&m, WB_OPENING_TENTATIVE, 1), 1); /* held for longer */
  assert_int_equal(machine_generation(&m, WB_OPENING_OPEN, 1), 2);
  assert_int_equal(machine_generation(&m, WB_OPENING_TENTATIVE, 1), 2); /* an old answer */
  assert_int_equal(wbi_state_opening(&m.state, 0)->state, WB_OPENING_OPEN);
  machine_close(&m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(keys_are_numbered_once),
      cmocka_unit_test(items_are_found_after_some_were_dropped),
      cmocka_unit_test(sorting_is_stable),
      cmocka_unit_test(contacts_are_counted_by_local_day),
      cmocka_unit_test(effects_about_nothing_change_nothing),
      cmocka_unit_test(closed_actions_and_events_are_forgotten),
      cmocka_unit_test(a_patient_is_in_a_campaign_once_for_each_subject),
      cmocka_unit_test(an_ended_subject_is_forgotten_after_ninety_days),
      cmocka_unit_test(an_action_is_linked_to_the_contact_point_of_its_last_attempt_alone),
      cmocka_unit_test(people_are_small),
      cmocka_unit_test(room_is_taken_for_what_is_new),
      cmocka_unit_test(there_is_room_for_a_key_that_was_forgotten),
      cmocka_unit_test(there_is_room_for_whoever_enters_and_is_merged_at_once),
      cmocka_unit_test(gifts_count_for_a_year),
      cmocka_unit_test(a_backup_that_returns_leaves_what_was_claimed_or_ready_unknown),
      cmocka_unit_test(who_ended_is_woken_for_the_claim_alone),
      cmocka_unit_test(who_is_held_for_the_desk_is_looked_at_when_the_last_urgent_task_is_closed),
      cmocka_unit_test(an_opening_that_was_held_and_is_open_again_is_of_another_generation),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

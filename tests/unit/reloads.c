/* SPDX-License-Identifier: MIT */
/* Snapshots whose people and messages are no longer as they were saved, with checksums that fit. */
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

/* ---- people -----------------------------------------------------------------------------------
 */

/* Where an enrolment begins behind the key of its patient, and what it is made of. */
enum { BEHIND = 6 + 3, WAKE = 28, SUBJECT = 46, WHOLE = SUBJECT + 3 };

static const uint8_t key_there[BEHIND] = {4, 0, 'p', 'o', 'n', 'e', 0, 0, 1};

static void machine_about(machine *m, const char *subject) {
  wbi_effect entry = entry_of("pone");
  entry.subject = wbi_text_of(subject);
  machine_apply(m, 10, entry);
}

/* By a definition that there is, about one thing once and in order. */
static void a_snapshot_has_everybody_where_they_can_be(void **unused) {
  (void)unused;
  machine m;
  size_t length;
  machine_open(&m);
  machine_about(&m, "b");
  machine_about(&m, "d");
  uint8_t *bytes = saved_state(&m.state, &length);
  uint8_t *first = reloaded_piece(bytes, length, key_there, BEHIND) + BEHIND;
  uint8_t *subject = first + SUBJECT + 2, *next = subject + WHOLE + 1;
  assert_int_equal(*subject, 'b');
  assert_int_equal(*next, 'd');
  for (uint8_t definition = 0; definition < 3; definition++) {
    *first = definition;
    assert_int_equal(reloaded(bytes, length), definition == 0 ? WB_OK : WB_E_CORRUPT);
  }
  *first = 0;
  for (uint8_t about = 'b'; about <= 'e'; about++) {
    *subject = about;
    assert_int_equal(reloaded(bytes, length), about < 'd' ? WB_OK : WB_E_CORRUPT);
  }
  free(bytes);
  machine_close(&m);
}

/* What is about a visit is in no snapshot once it is forgotten. */
static void a_snapshot_has_nobody_who_is_forgotten(void **unused) {
  const wb_time last = 20 + (wb_time)WB_MEMORY_DAYS * DAY;
  (void)unused;
  machine m;
  size_t length;
  machine_open(&m);
  machine_about(&m, "b");
  machine_apply(&m, last,
                (wbi_effect){.kind = WBI_EFFECT_END,
                             .patient = WBI_TEXT("pone"),
                             .subject = WBI_TEXT("b"),
                             .name = WBI_TEXT("left")});
  uint8_t *bytes = saved_state(&m.state, &length);
  uint8_t *wake = reloaded_piece(bytes, length, key_there, BEHIND) + BEHIND + WAKE;
  assert_int_equal(seal_read(wake), last);
  for (uint32_t left = 19; left <= 21; left++) {
    seal_write(wake, left);
    assert_int_equal(reloaded(bytes, length), left >= 20 ? WB_OK : WB_E_CORRUPT);
  }
  free(bytes);
  machine_close(&m);
}

/* Of a state that is saved as no state is; what its owner has set is as it was. */
static wb_status forged(machine *m) {
  machine again;
  size_t length;
  uint8_t *bytes = saved_state(&m->state, &length);
  machine_init(&again);
  again.state.grace = 77;
  again.state.epoch = 3;
  again.state.format = WB_FORMAT_NEWEST;
  const wb_status status = wbi_snapshot_read(&again.state, bytes, length, NULL);
  if (status != WB_OK) assert_int_equal(again.state.epoch, 3);
  assert_int_equal(again.state.grace, 77);
  assert_int_equal(again.state.format, WB_FORMAT_NEWEST);
  machine_close(&again);
  free(bytes);
  return status;
}

/* Instants that there are, of a record that there was. */
static void a_snapshot_has_instants_that_can_be(void **unused) {
  static const struct {
    uint64_t sequence;
    wb_time last, sealed_at, wake;
    wb_status status;
  } rows[] = {{1, 10, 10, 100, WB_OK},
              {1, WB_TIME_MAX, WB_TIME_MIN, WB_TIME_MAX, WB_OK},
              {1, WB_TIME_MAX + 1, 10, 100, WB_E_CORRUPT},
              {1, WB_TIME_NONE, 10, 100, WB_E_CORRUPT},
              {1, 10, WB_TIME_NONE, 100, WB_OK},
              {1, 10, WB_TIME_MAX + 1, 100, WB_E_CORRUPT},
              {1, 10, 10, WB_TIME_MAX + 1, WB_E_CORRUPT}};
  (void)unused;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    machine m;
    machine_open(&m);
    machine_about(&m, "b");
    m.state.sequence = rows[i].sequence;
    m.state.last = rows[i].last;
    m.state.sealed_at = rows[i].sealed_at;
    wbi_state_enrollment(&m.state, 0)->wake = rows[i].wake;
    assert_int_equal(forged(&m), rows[i].status);
    machine_close(&m);
  }
}

/* As long as one may be, and one more. */
static void a_snapshot_has_no_key_that_is_too_long(void **unused) {
  char key[WB_KEY_MAX + 1];
  (void)unused;
  memset(key, 'k', sizeof key);
  for (size_t over = 0; over < 2; over++) {
    machine m;
    machine_open(&m);
    machine_about(&m, "b");
    assert_int_equal(wbi_keys_reserve(&m.state.subjects, 1, sizeof key), WB_OK);
    wbi_state_enrollment(&m.state, 0)->subject =
        wbi_keys_add(&m.state.subjects, (wbi_text){key, WB_KEY_MAX + over});
    assert_int_equal(forged(&m), over ? WB_E_CORRUPT : WB_OK);
    machine_close(&m);
  }
}

/* ---- messages ---------------------------------------------------------------------------------
 */

/* Where members of an action are, from its id on. */
enum { CLAIMED_AT = 32, OF = 68, OPEN = 78 };

static const uint8_t action_ids[][16] = {{21, 9, 9}, {22, 9, 9}, {23, 9, 9}, {24, 9, 9}};

/* Of four people one left after what was sent, one is written to, one left while they were, and one
   is to be called. */
static void machine_messages(machine *m, wb_time at) {
  static const char *const people[] = {"p1", "p2", "p3", "p4"};
  machine_open(m);
  for (size_t i = 0; i < WBI_COUNT(people); i++) {
    wbi_effect claim = claim_of(people[i], 0);
    memcpy(claim.id.bytes, action_ids[i], sizeof claim.id);
    if (i == 3) claim.action = WB_ACTION_CALL_TASK;
    if (i == 3) claim.contact = (wbi_bytes16){{0}};
    machine_apply(m, at, entry_of(people[i]));
    machine_apply(m, at, claim);
    wbi_effect sent = outcome_of(0, WB_ACTION_SENT);
    memcpy(sent.id.bytes, action_ids[i], sizeof sent.id);
    if (i == 0) machine_apply(m, at, sent);
    if (i % 2 == 0)
      machine_apply(m, at,
                    (wbi_effect){.kind = WBI_EFFECT_END,
                                 .patient = wbi_text_of(people[i]),
                                 .name = WBI_TEXT("left")});
  }
}

/* A claim turns unknown in its time, whoever left; who left after all was known wakes no more; what
   goes to no contact point makes none. */
static void a_loaded_message_is_waited_for_as_it_was(void **unused) {
  (void)unused;
  machine m, again;
  size_t length;
  machine_messages(&m, 20);
  uint8_t *bytes = saved_state(&m.state, &length);
  machine_init(&again);
  assert_int_equal(wbi_snapshot_read(&again.state, bytes, length, NULL), WB_OK);
  for (uint32_t i = 0; i < 4; i++) {
    assert_true(wbi_wake_at(&m.state, i) == (i == 0 ? WB_TIME_NONE : 600 + 300 + 1));
    assert_true(wbi_wake_at(&again.state, i) == wbi_wake_at(&m.state, i));
    if (i % 2 == 1) assert_int_equal(wbi_state_enrollment(&again.state, i)->detail, i + 1);
  }
  assert_int_equal(again.state.contacts.items.count, 1);
  machine_close(&again);
  free(bytes);
  machine_close(&m);
}

/* Of a definition that there is; open for who is inside, and one for each who is written to. */
static void a_snapshot_has_messages_that_can_be(void **unused) {
  static const struct {
    uint8_t action, place, value;
  } rows[] = {{0, OF, 1}, {1, OF, 1}, {0, OPEN, 1}, {2, OPEN, 1}, {1, OPEN, 0}, {3, OPEN, 0}};
  (void)unused;
  machine m;
  size_t length;
  machine_messages(&m, 20);
  uint8_t *bytes = saved_state(&m.state, &length);
  assert_int_equal(reloaded(bytes, length), WB_OK);
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    uint8_t *action = reloaded_piece(bytes, length, action_ids[rows[i].action], 16);
    const uint8_t before = action[rows[i].place];
    assert_int_not_equal(before, rows[i].value);
    action[rows[i].place] = rows[i].value;
    assert_int_equal(reloaded(bytes, length), WB_E_CORRUPT);
    action[rows[i].place] = before;
  }
  free(bytes);
  machine_close(&m);
}

/* What was sent to who left, as long as it is remembered. */
static void a_snapshot_has_no_message_that_is_forgotten(void **unused) {
  const wb_time last = 20 + (wb_time)WB_MEMORY_DAYS * DAY;
  (void)unused;
  machine m;
  size_t length;
  machine_messages(&m, last);
  uint8_t *bytes = saved_state(&m.state, &length);
  uint8_t *action = reloaded_piece(bytes, length, action_ids[0], 16);
  assert_int_equal(seal_read(action + CLAIMED_AT), last);
  for (uint32_t at = 19; at <= 21; at++) {
    seal_write(action + CLAIMED_AT, at);
    assert_int_equal(reloaded(bytes, length), at >= 20 ? WB_OK : WB_E_CORRUPT);
  }
  free(bytes);
  machine_close(&m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_snapshot_has_everybody_where_they_can_be),
      cmocka_unit_test(a_snapshot_has_nobody_who_is_forgotten),
      cmocka_unit_test(a_snapshot_has_instants_that_can_be),
      cmocka_unit_test(a_snapshot_has_no_key_that_is_too_long),
      cmocka_unit_test(a_loaded_message_is_waited_for_as_it_was),
      cmocka_unit_test(a_snapshot_has_messages_that_can_be),
      cmocka_unit_test(a_snapshot_has_no_message_that_is_forgotten),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

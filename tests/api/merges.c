/* SPDX-License-Identifier: MIT */
/* Two patients are one: a message has one id from its first attempt to its last, whoever its
   patient is merged with, and no other message ever has it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

#define BOTH CLINIC_ANA CLINIC_BEN
#define BEN_ALONE CLINIC_HEAD CLINIC_BEN

enum { IDS_MOST = 32 };

/* The ids of all that was handed out. */
typedef struct handed {
  uint8_t ids[IDS_MOST][16];
  uint32_t count;
} handed;

static void handed_note(handed *all, const clinic *c) {
  for (uint32_t i = 0; i < c->count; ++i) {
    for (uint32_t other = 0; other < all->count; ++other)
      assert_memory_not_equal(all->ids[other], c->actions[i].id, 16);
    assert_true(all->count < IDS_MOST);
    memcpy(all->ids[all->count++], c->actions[i].id, 16);
  }
}

/* Polls, notes what comes, and it was sent. */
static uint32_t handed_sent(handed *all, clinic *c) {
  const uint32_t count = clinic_poll(c);
  handed_note(all, c);
  clinic_sent(c);
  return count;
}

/* The entry of somebody ends, and they rest. */
static void rested(clinic *c, const char *patient, const char *rows) {
  assert_int_equal(clinic_receive(c, WB_INPUT_KEPT, patient), WB_OK);
  c->now += 14 * CLINIC_DAY;
  clinic_rows(c, rows, "");
}

/* p1 is inside, and their first message is to be tried again. */
static void throttled(clinic *c, uint8_t id[16]) {
  clinic_begin(c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_poll(c), 1);
  memcpy(id, c->actions[0].id, 16);
  assert_int_equal(clinic_ack(c, id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
}

static void what_is_tried_again_after_a_merge_has_the_id_that_it_had(void **state) {
  (void)state;
  for (int way = 0; way < CLINIC_WAYS; ++way) {
    uint8_t id[16];
    clinic c;
    throttled(&c, id);
    clinic_rows(&c, BOTH, "");
    assert_int_equal(clinic_merge(&c, "p1", "p2"), WB_OK);
    clinic_renew(&c, way);
    c.now += CLINIC_HOUR;
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].patient, "p2");
    assert_memory_equal(c.actions[0].id, id, sizeof id);
    assert_int_equal(c.actions[0].attempt, 2);
    clinic_sent(&c);
    clinic_renew(&c, way);
    clinic_close(&c);
  }
}

/* p2 has entered once, or twice, p1 is under way, and p2 stays: what goes on is the first entry of
   p1, after which p2 enters by a number of its own. */
static void no_message_after_a_merge_has_an_id_of_before(void **state) {
  (void)state;
  for (uint32_t entries = 1; entries <= 2; ++entries) {
    const wb_practice_options often = {.per_day = 8, .per_week = 8, .per_month = 8};
    handed all = {.count = 0};
    clinic c;
    clinic_begin(&c, BEN_ALONE, &often);
    for (uint32_t entry = 1; entry <= entries; ++entry) {
      assert_int_equal(handed_sent(&all, &c), 1);
      rested(&c, "p2", entry < entries ? BEN_ALONE : CLINIC_ANA);
      assert_int_equal(clinic_enroll(&c).enrolled, 1);
    }
    assert_int_equal(handed_sent(&all, &c), 1);
    assert_string_equal(c.actions[0].patient, "p1");
    assert_int_equal(clinic_merge(&c, "p1", "p2"), WB_OK);
    assert_int_equal(clinic_find(&c, "p2", NULL).entry, 1);
    assert_string_equal(clinic_find(&c, "p2", NULL).step, "s2");
    for (uint32_t day = 0; day < 2; ++day) {
      clinic_renew(&c, day % 2 == 0 ? CLINIC_LOADED : CLINIC_REPLAYED);
      c.now += 2 * CLINIC_DAY;
      clinic_rows(&c, BEN_ALONE, "");
      assert_int_equal(handed_sent(&all, &c), 1);
    }
    rested(&c, "p2", BEN_ALONE);
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    assert_int_equal(clinic_find(&c, "p2", NULL).entry, entries + 1);
    assert_int_equal(handed_sent(&all, &c), 1);
    clinic_renew(&c, CLINIC_LOADED);
    clinic_close(&c);
  }
}

/* The steps that were sent to the key that stays are of an entry that is over. */
static void what_goes_on_does_not_leave_out_what_the_other_had_long_ago(void **state) {
  (void)state;
  handed all = {.count = 0};
  clinic c;
  clinic_begin(&c, BEN_ALONE, NULL);
  assert_int_equal(handed_sent(&all, &c), 1);
  rested(&c, "p2", CLINIC_ANA);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  assert_int_equal(clinic_merge(&c, "p1", "p2"), WB_OK);
  clinic_rows(&c, BEN_ALONE, "");
  assert_int_equal(handed_sent(&all, &c), 1); /* another message than that of then */
  assert_string_equal(c.actions[0].step, "s1");
  clinic_close(&c);
}

/* Two who are merged are merged with a third: the ids stay those of the first key. */
static void an_id_stays_over_merges_that_follow_each_other(void **state) {
  (void)state;
  for (int way = 0; way < CLINIC_WAYS; ++way) {
    uint8_t id[16];
    clinic c;
    throttled(&c, id);
    assert_int_equal(clinic_merge(&c, "p1", "p3"), WB_OK);
    clinic_renew(&c, way);
    assert_int_equal(clinic_merge(&c, "p3", "p2"), WB_OK);
    clinic_renew(&c, way);
    c.now += CLINIC_HOUR;
    clinic_rows(&c, BEN_ALONE, "");
    assert_int_equal(clinic_poll(&c), 1);
    assert_memory_equal(c.actions[0].id, id, sizeof id);
    clinic_sent(&c);
    clinic_close(&c);
  }
}

/* The backup is of before the hand-out and the merge, or of between the two; the host tells again
   of what it put out and of the merge. */
static void a_backup_of_before_a_merge_sends_nothing_twice(void **state) {
  static const wb_input ready = {.size = sizeof ready, .kind = WB_INPUT_RESTORED_READY};
  (void)state;
  for (int after = 0; after < 2; ++after) { /* what was sent since: before the merge, or after it */
    handed all = {.count = 0};
    clinic c;
    clinic_begin(&c, CLINIC_ANA, NULL);
    const size_t length = c.journal.length;
    const uint64_t sequence = c.journal.sequence;
    if (!after) assert_int_equal(handed_sent(&all, &c), 1);
    assert_int_equal(clinic_merge(&c, "p1", "p2"), WB_OK);
    clinic_rows(&c, BEN_ALONE, "");
    if (after) assert_int_equal(handed_sent(&all, &c), 1);
    clinic_restore(&c, length, sequence, 1);
    assert_int_equal(clinic_ack(&c, all.ids[0], WB_SENT, 0), WB_OK);
    assert_int_equal(clinic_merge(&c, "p1", "p2"), WB_OK);
    assert_int_equal(clinic_send(&c, &ready), WB_OK);
    assert_int_equal(clinic_poll(&c), 0);
    c.now += 2 * CLINIC_DAY;
    clinic_rows(&c, BEN_ALONE, "");
    assert_int_equal(handed_sent(&all, &c), 1);
    assert_string_equal(c.actions[0].step, "s2");
    clinic_close(&c);
  }
}

/* A call that is open is not made again under the key that stays. */
static void a_call_that_is_open_stays_the_one(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(clinic_reply(&c, "p1", "How much is a cleaning?"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].kind, WB_ACTION_CALL_TASK);
  clinic_sent(&c);
  assert_int_equal(clinic_merge(&c, "p1", "p2"), WB_OK);
  for (int day = 0; day < 2; ++day) {
    clinic_renew(&c, CLINIC_LOADED);
    c.now += CLINIC_DAY;
    clinic_rows(&c, BEN_ALONE, "");
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 1);
  }
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_tried_again_after_a_merge_has_the_id_that_it_had),
      cmocka_unit_test(no_message_after_a_merge_has_an_id_of_before),
      cmocka_unit_test(what_goes_on_does_not_leave_out_what_the_other_had_long_ago),
      cmocka_unit_test(an_id_stays_over_merges_that_follow_each_other),
      cmocka_unit_test(a_backup_of_before_a_merge_sends_nothing_twice),
      cmocka_unit_test(a_call_that_is_open_stays_the_one),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* What becomes of an action: the table of states and outcomes, leases, retries, deadlines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"
#include "support/shape.h"

/* What the host can answer. */
enum { SENT, INTERRUPTED, THROTTLED, LATE, ADDRESS, CONTENT, POLICY, UNKNOWN, ANSWERS };
static const struct {
  const char *name;
  int32_t kind, cause;
} answers[] = {{"sent", WB_SENT, 0},
               {"interrupted", WB_NOT_SENT, WB_CAUSE_INTERRUPTED},
               {"throttled", WB_NOT_SENT, WB_CAUSE_THROTTLED},
               {"late", WB_NOT_SENT, WB_CAUSE_LATE},
               {"address", WB_NOT_SENT, WB_CAUSE_ADDRESS},
               {"content", WB_NOT_SENT, WB_CAUSE_CONTENT},
               {"policy", WB_NOT_SENT, WB_CAUSE_POLICY},
               {"unknown", WB_SENT_UNKNOWN, 0}};

static wb_status answer(clinic *c, const uint8_t *id, int which) {
  return clinic_ack(c, id, answers[which].kind, answers[which].cause);
}

/* Where an action can stand before the answer in question: after another answer, or none. */
enum { FRESH = -1, LEASE_OVER = -2, AFTER_LEASE = -3 };

/* Hands one action out and brings it there. */
static void stand(clinic *c, int before, uint8_t *id) {
  clinic_begin(c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_poll(c), 1);
  memcpy(id, c->actions[0].id, 16);
  if (before >= 0) assert_int_equal(answer(c, id, before), WB_OK);
  if (before == LEASE_OVER || before == AFTER_LEASE) c->now = c->actions[0].deliver_by + 300 + 1;
  if (before == LEASE_OVER) assert_int_equal(clinic_poll(c), 0);
}

static void every_state_meets_every_outcome(void **state) {
  (void)state;
  enum { S = WB_ACTION_SENT, R = WB_ACTION_READY, F = WB_ACTION_FAILED, U = WB_ACTION_UNKNOWN };
  enum { X = 0 }; /* WB_E_STATE, which is noted; nothing changes */
  static const struct {
    int before;
    int32_t from, to[ANSWERS];
  } rows[] = {/*                           sent int thr late addr cont pol unk */
              {FRESH, WB_ACTION_CLAIMED, {S, R, R, R, F, F, F, U}},
              {AFTER_LEASE, WB_ACTION_CLAIMED, {S, R, R, R, F, F, F, U}},
              {SENT, S, {S, X, X, X, X, X, X, X}},
              {INTERRUPTED, R, {X, R, X, X, X, X, X, X}},
              {THROTTLED, R, {X, X, R, X, X, X, X, X}},
              {LATE, R, {X, X, X, R, X, X, X, X}},
              {ADDRESS, F, {X, X, X, X, F, X, X, X}},
              {CONTENT, F, {X, X, X, X, X, F, X, X}},
              {POLICY, F, {X, X, X, X, X, X, F, X}},
              {UNKNOWN, U, {S, F, F, F, F, F, F, U}},
              {LEASE_OVER, U, {S, F, F, F, F, F, F, U}}};
  int wrong = 0;
  for (size_t row = 0; row < sizeof rows / sizeof *rows; ++row) {
    for (int which = 0; which < ANSWERS; ++which) {
      clinic c;
      uint8_t id[16];
      stand(&c, rows[row].before, id);
      assert_int_equal(clinic_action(&c, id).state, rows[row].from);
      uint64_t sequence = wb_practice_sequence(c.practice);
      wb_status status = answer(&c, id, which);
      int32_t expected = rows[row].to[which], got = clinic_action(&c, id).state;
      int32_t stays = expected == rows[row].from;
      if (status != (expected == X ? WB_E_STATE : WB_OK) ||
          got != (expected ? expected : rows[row].from) ||
          wb_practice_sequence(c.practice) != sequence + !stays) {
        print_error("row %d, %s: %s, state %d, records %d\n", (int)row, answers[which].name,
                    wb_status_name(status), (int)got,
                    (int)(wb_practice_sequence(c.practice) - sequence));
        wrong++;
      }
      if (status == WB_OK) { /* once more is the same */
        sequence = wb_practice_sequence(c.practice);
        assert_int_equal(answer(&c, id, which), WB_OK);
        assert_int_equal(wb_practice_sequence(c.practice), sequence);
      }
      clinic_close(&c);
    }
  }
  assert_int_equal(wrong, 0);
}

/* What comes next, and what counts, after each first answer. */
static void the_sequence_goes_on_as_the_outcome_says(void **state) {
  (void)state;
  static const struct {
    const char *step;
    uint32_t touches, again; /* handed out again at once */
  } expected[ANSWERS] = {
      [SENT] = {"s2", 1, 0},    [INTERRUPTED] = {"s1", 0, 1}, [THROTTLED] = {"s1", 0, 0},
      [LATE] = {"s1", 0, 0},    [ADDRESS] = {"s1", 0, 1}, /* by e-mail */
      [CONTENT] = {"s2", 0, 0}, [POLICY] = {"s2", 0, 0},      [UNKNOWN] = {"s2", 1, 0}};
  for (int which = 0; which < ANSWERS; ++which) {
    clinic c;
    uint8_t id[16];
    stand(&c, which, id);
    wb_enrollment found = clinic_find(&c, "p1", NULL);
    if (strcmp(found.step, expected[which].step) != 0 || found.touches != expected[which].touches)
      fail_msg("%s: %s, %u touches", answers[which].name, found.step, found.touches);
    if (clinic_poll(&c) != expected[which].again) fail_msg("%s: polled", answers[which].name);
    if (which == INTERRUPTED) {
      assert_memory_equal(c.actions[0].id, id, 16);
      assert_int_equal(c.actions[0].attempt, 2);
    }
    if (which == ADDRESS) {
      assert_int_equal(c.actions[0].channel, WB_CHANNEL_EMAIL);
      assert_memory_not_equal(c.actions[0].id, id, 16);
      assert_int_equal(c.actions[0].attempt, 1);
    }
    clinic_close(&c);
  }
}

/* What was unknown is never sent again, whatever is learned later. */
static void unknown_is_never_sent_again(void **state) {
  (void)state;
  for (int later = SENT; later <= UNKNOWN; ++later) {
    clinic c;
    uint8_t id[16];
    stand(&c, LEASE_OVER, id);
    assert_int_equal(answer(&c, id, later), WB_OK);
    for (int hour = 0; hour < 24 * 20; ++hour) {
      c.now += CLINIC_HOUR;
      clinic_poll(&c);
      for (uint32_t i = 0; i < c.count; ++i)
        assert_memory_not_equal(c.actions[i].id, id, 16);
      clinic_sent(&c);
    }
    clinic_close(&c);
  }
}

static void lease_and_grace_end_to_the_second(void **state) {
  (void)state;
  clinic c;
  wb_practice_options more = {.lease = 100, .grace = 50};
  clinic_begin(&c, CLINIC_ANA, &more);
  assert_int_equal(clinic_poll(&c), 1);
  uint8_t id[16];
  memcpy(id, c.actions[0].id, 16);
  wb_time claimed = c.now;
  assert_int_equal(c.actions[0].deliver_by, claimed + 100);
  assert_int_equal(clinic_action(&c, id).deliver_by, claimed + 100);
  assert_int_equal(clinic_action(&c, id).claimed_at, claimed);
  assert_int_equal(clinic_wake(&c), claimed + 151);
  const int seconds[] = {0, 99, 100, 149, 150};
  for (size_t i = 0; i < 5; ++i) {
    c.now = claimed + seconds[i];
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_action(&c, id).state, WB_ACTION_CLAIMED);
  }
  wb_practice *loaded = clinic_practice(&c, NULL), *kept = c.practice;
  clinic_replay(&c, loaded);
  c.practice = loaded; /* loading alone changes nothing */
  assert_int_equal(clinic_action(&c, id).state, WB_ACTION_CLAIMED);
  c.now = claimed + 151;
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_action(&c, id).state, WB_ACTION_UNKNOWN);
  wb_practice_free(kept);
  clinic_close(&c);
}

/* What was to be tried again by text goes by e-mail now: the text is over. */
static void another_channel_takes_the_place_of_the_first(void **state) {
  (void)state;
  clinic c;
  uint8_t text[16];
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_poll(&c), 1);
  memcpy(text, c.actions[0].id, 16);
  assert_int_equal(clinic_ack(&c, text, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
  assert_int_equal(clinic_action(&c, text).state, WB_ACTION_READY);
  clinic_rows(&c, CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|no|ana@example.com|yes\n",
              "");
  c.now += CLINIC_MINUTE;
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_EMAIL);
  assert_int_equal(clinic_action(&c, text).state, WB_ACTION_WITHDRAWN);
  assert_int_equal(clinic_action(&c, text).cause, WB_CAUSE_THROTTLED); /* the last that was heard */
  clinic_sent(&c);
  assert_int_equal(clinic_ack(&c, text, WB_SENT, 0), WB_E_STATE);
  clinic_close(&c);
}

/* At a later step, too. */
static void the_step_that_did_not_get_through_is_tried_by_another_channel(void **state) {
  clinic c;
  (void)state;
  clinic_written(&c, CLINIC_ANA, 1);
  c.now += CLINIC_DAY;
  clinic_rows(&c, CLINIC_ANA, "");
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_ADDRESS), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "s2");
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_EMAIL);
  clinic_close(&c);
}

/* What is heard of the message of an earlier entry brings nothing of the present one back. */
static void a_receipt_of_an_earlier_entry_is_none_of_this_one(void **state) {
  (void)state;
  for (int earlier = 0; earlier < 2; ++earlier) {
    clinic c;
    uint8_t ids[2][16];
    clinic_open(&c, CLINIC_ANA, NULL);
    clinic_launch(&c, "one", CLINIC_TEXTS("one"));
    for (int entry = 0; entry < 2; ++entry) {
      assert_int_equal(clinic_enroll(&c).enrolled, 1);
      assert_int_equal(clinic_poll(&c), 1);
      memcpy(ids[entry], c.actions[0].id, 16);
      clinic_sent(&c);
      if (entry == 0) assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
      if (entry == 0) c.now += 10 * CLINIC_DAY;
      clinic_rows(&c, CLINIC_ANA, "");
    }
    wb_input lost = {.size = sizeof lost, .kind = WB_INPUT_UNDELIVERED};
    lost.action = ids[!earlier];
    const wb_time before = clinic_wake(&c);
    assert_int_equal(clinic_send(&c, &lost), WB_OK);
    assert_int_equal(clinic_wake(&c), earlier ? before : c.now);
    assert_int_equal(clinic_poll(&c), !earlier);
    clinic_close(&c);
  }
}

/* A host may take the id of an action for that of an event. That the action was contradicted, which
   is noted once, is no such event. */
static void an_event_may_have_the_id_of_what_was_contradicted(void **state) {
  clinic c;
  uint8_t id[16];
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_poll(&c), 1);
  memcpy(id, c.actions[0].id, 16);
  clinic_sent(&c);
  for (int again = 0; again < 2; ++again) {
    const uint64_t before = wb_practice_sequence(c.practice);
    assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, WB_CAUSE_CONTENT), WB_E_STATE);
    assert_int_equal(wb_practice_sequence(c.practice) - before, !again);
  }
  wb_input click = clinic_input(WB_INPUT_CLICK, "p1");
  memcpy(click.event_id, id, 16);
  for (int again = 0; again < 2; ++again) {
    const uint64_t before = wb_practice_sequence(c.practice);
    assert_int_equal(clinic_send(&c, &click), WB_OK);
    assert_int_equal(wb_practice_sequence(c.practice) - before, !again);
  }
  clinic_close(&c);
}

static void no_delivery_starts_after_hours(void **state) {
  (void)state;
  static const struct {
    int hour, minute, second;
    uint32_t count;
    int left; /* seconds until deliver_by */
  } cases[] = {{9, 59, 59, 0, 0},   {10, 0, 0, 1, 600}, {17, 49, 59, 1, 600}, {17, 50, 0, 1, 600},
               {17, 50, 1, 1, 599}, {17, 59, 59, 1, 1}, {18, 0, 0, 0, 0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    clinic c;
    clinic_open(&c, CLINIC_ANA, NULL);
    c.now = clinic_at(&c, 2026, 11, 24, 9, 0);
    clinic_launch(&c, "one", CLINIC_TEXTS("one"));
    clinic_enroll(&c);
    c.now = clinic_at(&c, 2026, 11, 24, cases[i].hour, cases[i].minute) + cases[i].second;
    assert_int_equal(clinic_poll(&c), cases[i].count);
    if (cases[i].count) {
      assert_int_equal(c.actions[0].deliver_by, c.now + cases[i].left);
      assert_string_equal(c.actions[0].law, "hours");
    } else {
      assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_HOURS);
    }
    clinic_close(&c);
  }
}

/* After the fifth failure it is over; an interruption does not count, an unknown is none. */
static void tries_are_spaced_and_counted(void **state) {
  (void)state;
  static const int pauses[] = {60, 300, 1800, 14400};
  for (int mixed = 0; mixed < 2; ++mixed) {
    clinic c;
    uint8_t id[16];
    uint32_t attempt = 1;
    stand(&c, FRESH, id);
    for (size_t i = 0; i < 4; ++i) {
      if (mixed) {
        assert_int_equal(answer(&c, id, INTERRUPTED), WB_OK);
        assert_int_equal(clinic_poll(&c), 1);
        attempt++;
      }
      assert_int_equal(answer(&c, id, i % 2 ? LATE : THROTTLED), WB_OK);
      assert_int_equal(clinic_wake(&c), c.now + pauses[i]);
      c.now += pauses[i] - 1;
      assert_int_equal(clinic_poll(&c), 0);
      c.now += 1;
      assert_int_equal(clinic_poll(&c), 1);
      assert_int_equal(c.actions[0].attempt, ++attempt);
      assert_memory_equal(c.actions[0].id, id, 16);
    }
    assert_int_equal(answer(&c, id, THROTTLED), WB_OK);
    assert_int_equal(clinic_action(&c, id).state, WB_ACTION_FAILED);
    assert_int_equal(clinic_find(&c, "p1", NULL).touches, 0);
    clinic_close(&c);
  }
}

static wb_status ack_shape(void *user, void *outcome) {
  clinic *c = user;
  return wb_practice_ack(c->practice, c->actions[0].id, outcome, c->now, NULL);
}

static void answers_are_checked(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_poll(&c), 1);
  uint8_t id[16], other[16] = {1};
  memcpy(id, c.actions[0].id, 16);
  const int32_t bad[][2] = {{0, 0},      {4, 0}, {-1, 0}, {WB_NOT_SENT, 8}, {WB_NOT_SENT, -1},
                            {WB_SENT, 8}};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i)
    assert_int_equal(clinic_ack(&c, id, bad[i][0], bad[i][1]), WB_E_INVALID);
  assert_int_equal(clinic_ack(&c, other, WB_SENT, 0), WB_E_NAME);
  assert_int_equal(clinic_ack(&c, NULL, WB_SENT, 0), WB_E_INVALID);
  assert_int_equal(ack_shape(&c, NULL), WB_E_INVALID);
  assert_int_equal(clinic_action(&c, id).state, WB_ACTION_CLAIMED);
  wb_outcome outcome = {.size = sizeof outcome, .kind = WB_SENT};
  wb_action keep = c.actions[0];
  shape_in(&outcome, sizeof outcome, ack_shape, &c);
  outcome.flags = 1;
  assert_int_equal(ack_shape(&c, &outcome), WB_E_VERSION);
  outcome.flags = 0;
  assert_int_equal(wb_practice_ack(NULL, keep.id, &outcome, c.now, NULL), WB_E_INVALID);
  clinic_close(&c);
}

/* Who booked, opted out or is paused between hand-out and answer. */
static void answers_count_whatever_happened_since(void **state) {
  (void)state;
  static const int32_t kinds[] = {WB_INPUT_BOOKED, WB_INPUT_OPTED_OUT, WB_INPUT_PAUSE};
  for (size_t i = 0; i < 3; ++i) {
    for (int which = 0; which < ANSWERS; ++which) {
      clinic c;
      uint8_t id[16];
      stand(&c, FRESH, id);
      assert_int_equal(clinic_receive(&c, kinds[i], i == 2 ? "one" : "p1"), WB_OK);
      assert_int_equal(answer(&c, id, which), WB_OK);
      int32_t expected = which == SENT               ? WB_ACTION_SENT
                         : which == UNKNOWN          ? WB_ACTION_UNKNOWN
                         : which >= ADDRESS || i < 2 ? WB_ACTION_FAILED
                                                     : WB_ACTION_READY;
      if (clinic_action(&c, id).state != expected) fail_msg("%d %s", (int)i, answers[which].name);
      for (int hour = 0; hour < 48; ++hour) {
        c.now += CLINIC_HOUR;
        assert_int_equal(clinic_poll(&c), 0);
      }
      clinic_close(&c);
    }
  }
}

/* `actions[0].size` is the stride, and nothing is written beyond the capacity. */
static void actions_are_written_with_a_stride(void **state) {
  (void)state;
  enum { STRIDE = sizeof(wb_action) + 16, ROOM = 3 };
  clinic c;
  _Alignas(16) static uint8_t bytes[ROOM * STRIDE], before[ROOM * STRIDE];
  uint32_t size = STRIDE, count = 77;
  clinic_begin(&c, CLINIC_ANA CLINIC_BEN "p3|active|Cat|1982-04-01|1|+12125550103|yes||\n", NULL);
  memset(bytes, 0xA5, sizeof bytes);
  memcpy(bytes, &size, 4);
  memcpy(before, bytes, sizeof bytes);
  const uint32_t wrong[] = {0, 4, sizeof(wb_action) - 1, 4104};
  wb_action *actions = (void *)bytes;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; ++i) {
    memcpy(bytes, &wrong[i], 4);
    assert_int_equal(wb_practice_poll(c.practice, c.it.facts, c.now, actions, 2, &count, NULL),
                     WB_E_INVALID);
  }
  memcpy(bytes, &size, 4);
  assert_int_equal(wb_practice_poll(c.practice, c.it.facts, c.now, NULL, 2, &count, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_practice_poll(c.practice, c.it.facts, c.now, actions, 2, NULL, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_practice_poll(c.practice, NULL, c.now, actions, 2, &count, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_practice_poll(NULL, c.it.facts, c.now, actions, 2, &count, NULL),
                   WB_E_INVALID);
  assert_int_equal(count, 77);
  assert_memory_equal(bytes, before, sizeof bytes);
  assert_int_equal(wb_practice_poll(c.practice, c.it.facts, c.now, actions, 2, &count, NULL),
                   WB_OK);
  assert_int_equal(count, 2);
  wb_action second;
  memcpy(&second, bytes + STRIDE, sizeof second);
  assert_int_equal(second.kind, WB_ACTION_SEND);
  assert_memory_equal(bytes + 2 * STRIDE, before + 2 * STRIDE, STRIDE);
  assert_int_equal(wb_practice_poll(c.practice, c.it.facts, c.now, actions, 2, &count, NULL),
                   WB_OK);
  assert_int_equal(count, 1);
  clinic_close(&c);
}

static wb_status next_shape(void *user, void *enrollment) {
  clinic *c = user;
  uint64_t cursor = 0;
  return wb_practice_next(c->practice, &cursor, enrollment);
}

static wb_status actions_shape(void *user, void *status) {
  clinic *c = user;
  uint64_t cursor = 0;
  return wb_practice_actions(c->practice, &cursor, status);
}

static void what_is_inside_can_be_listed(void **state) {
  (void)state;
  clinic c;
  uint64_t cursor = 0;
  wb_enrollment enrollment = {.size = sizeof enrollment};
  wb_action_status action = {.size = sizeof action};
  clinic_open(&c, CLINIC_ANA CLINIC_BEN, NULL);
  assert_int_equal(wb_practice_next(c.practice, &cursor, &enrollment), WB_E_NAME);
  assert_int_equal(wb_practice_actions(c.practice, &cursor, &action), WB_E_NAME);
  assert_int_equal(cursor, 0);
  clinic_launch(&c, "one", CLINIC_TEXTS("one"));
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 2);
  shape_out(&enrollment, sizeof enrollment, next_shape, &c);
  shape_out(&action, sizeof action, actions_shape, &c);
  assert_int_equal(next_shape(&c, NULL), WB_E_INVALID);
  assert_int_equal(actions_shape(&c, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_next(c.practice, NULL, &enrollment), WB_E_INVALID);
  assert_int_equal(wb_practice_actions(NULL, &cursor, &action), WB_E_INVALID);
  uint32_t seen = 0;
  while (wb_practice_next(c.practice, &cursor, &enrollment) == WB_OK)
    seen++;
  assert_int_equal(seen, 2);
  uint64_t kept = cursor;
  memset(&enrollment, 0xA5, sizeof enrollment);
  enrollment.size = sizeof enrollment;
  wb_enrollment before = enrollment;
  assert_int_equal(wb_practice_next(c.practice, &cursor, &enrollment), WB_E_NAME);
  assert_int_equal(cursor, kept);
  assert_memory_equal(&enrollment, &before, sizeof before);
  cursor = UINT64_MAX;
  assert_int_equal(wb_practice_next(c.practice, &cursor, &enrollment), WB_E_NAME);
  assert_int_equal(wb_practice_actions(c.practice, &cursor, &action), WB_E_NAME);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_state_meets_every_outcome),
      cmocka_unit_test(the_sequence_goes_on_as_the_outcome_says),
      cmocka_unit_test(unknown_is_never_sent_again),
      cmocka_unit_test(lease_and_grace_end_to_the_second),
      cmocka_unit_test(another_channel_takes_the_place_of_the_first),
      cmocka_unit_test(the_step_that_did_not_get_through_is_tried_by_another_channel),
      cmocka_unit_test(a_receipt_of_an_earlier_entry_is_none_of_this_one),
      cmocka_unit_test(an_event_may_have_the_id_of_what_was_contradicted),
      cmocka_unit_test(no_delivery_starts_after_hours),
      cmocka_unit_test(tries_are_spaced_and_counted),
      cmocka_unit_test(answers_are_checked),
      cmocka_unit_test(answers_count_whatever_happened_since),
      cmocka_unit_test(actions_are_written_with_a_stride),
      cmocka_unit_test(what_is_inside_can_be_listed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Steps that await an event: in time, too late, before the step, before the message. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/walk.h"

#define WAITS                                                                                      \
  "{\"id\":\"a\",\"send\":[\"a\"]},"                                                               \
  "{\"id\":\"w\",\"await\":[\"clicked\"],\"within\":{\"days\":2},\"else\":\"late\"},"              \
  "{\"id\":\"seen\",\"send\":[\"b\"],\"next\":\"end\"},"                                           \
  "{\"id\":\"late\",\"send\":[\"d\"]}," WALK_END
/* An event is awaited right after the message, and what follows it is "b". */
#define NEXT(event)                                                                                \
  "{\"id\":\"a\",\"send\":[\"a\"]},"                                                               \
  "{\"id\":\"w\",\"await\":[\"" event "\"],\"within\":{\"days\":2},\"else\":\"end\"},"             \
  "{\"id\":\"b\",\"send\":[\"b\"]}," WALK_END
#define TWO WALK_SMS("a", "A") "," WALK_SMS("b", "B")
#define THREE TWO "," WALK_SMS("d", "D")

static void an_event_that_is_awaited_goes_on(void **state) {
  (void)state;
  clinic c;
  walk_begin(&c, "", WAITS, THREE);
  assert_string_equal(walk_said(&c), "a");
  assert_string_equal(walk_said(&c), "");
  assert_string_equal(clinic_find(&c, "p1", "c").step, "w");
  assert_int_equal(clinic_wake(&c), c.now + 2 * CLINIC_DAY);
  walk_later(&c, CLINIC_HOUR);
  assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK);
  assert_string_equal(walk_said(&c), "seen");
  walk_later(&c, 3 * CLINIC_DAY);
  assert_string_equal(walk_said(&c), "");
  assert_string_equal(walk_reason(&c), "finished");
  clinic_close(&c);
}

static void an_event_between_the_message_and_the_await_counts(void **state) {
  (void)state;
  clinic c;
  walk_begin(&c, "", WAITS, THREE);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK);
  clinic_sent(&c);
  assert_string_equal(walk_said(&c), "seen");
  clinic_close(&c);
}

static void an_event_that_does_not_come_in_time_goes_elsewhere(void **state) {
  (void)state;
  clinic c;
  walk_begin(&c, "", WAITS, THREE);
  assert_string_equal(walk_said(&c), "a");
  assert_string_equal(walk_said(&c), "");
  walk_later(&c, 2 * CLINIC_DAY - 1);
  assert_string_equal(walk_said(&c), "");
  walk_later(&c, 1);
  assert_string_equal(walk_said(&c), "late");
  clinic_close(&c);
}

/* The time begins with the message, however seldom the host polls: once in a day, or in three. */
static void a_host_that_polls_seldom_gives_no_more_time(void **state) {
  (void)state;
  for (int days = 1; days <= 3; days += 2) {
    for (int clicks = 0; clicks < 2; ++clicks) {
      clinic c;
      walk_begin(&c, "", WAITS, THREE);
      assert_string_equal(walk_said(&c), "a");
      walk_later(&c, days * CLINIC_DAY);
      if (clicks) assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK);
      assert_string_equal(walk_said(&c), clicks ? "seen" : days > 2 ? "late" : "");
      walk_later(&c, CLINIC_DAY);
      assert_string_equal(walk_said(&c), days == 1 && !clicks ? "late" : "");
      clinic_close(&c);
    }
  }
}

/* Whatever a step may await, but for replies: what happens, and what it is in a campaign. */
static const struct {
  int32_t kind;
  const char *word;
} awaited[] = {{WB_INPUT_CLICK, "clicked"},
               {WB_INPUT_DELIVERED, "delivered"},
               {WB_INPUT_UNDELIVERED, "undelivered"},
               {WB_INPUT_BOOKED, "booked"},
               {WB_INPUT_KEPT, "kept"}};
enum { AWAITED = sizeof awaited / sizeof *awaited };

/* "a", a day, "b", a day, an await of an event for two days; then "seen", else "late". */
static void begin_awaiting(clinic *c, const char *word) {
  char steps[2048];
  snprintf(steps, sizeof steps,
           "{\"id\":\"a\",\"send\":[\"a\"]},{\"id\":\"v\",\"wait\":{\"days\":1}},"
           "{\"id\":\"b\",\"send\":[\"b\"]},{\"id\":\"x\",\"wait\":{\"days\":1}},"
           "{\"id\":\"w\",\"await\":[\"%s\"],\"within\":{\"days\":2},\"else\":\"late\"},"
           "{\"id\":\"seen\",\"send\":[\"d\"],\"next\":\"end\"},"
           "{\"id\":\"late\",\"send\":[\"d\"]}," WALK_END,
           word);
  walk_begin(c, "", steps, THREE);
  walk_later(c, CLINIC_HOUR); /* what is due at 10:00 is looked at an hour late */
}

/* It happens, about a message that was handed out. */
static void happens(clinic *c, int32_t kind, const uint8_t *message) {
  wb_input input = clinic_input(kind, "p1");
  input.action = message;
  assert_int_equal(clinic_send(c, &input), WB_OK);
}

/* Sends "a", then "b" a day later; their ids. */
static void say_two(clinic *c, uint8_t ids[2][16]) {
  for (int i = 0; i < 2; ++i) {
    assert_string_equal(walk_said(c), i ? "b" : "a");
    memcpy(ids[i], c->actions[0].id, 16);
    if (i == 0) walk_later(c, CLINIC_DAY);
  }
}

static void what_is_awaited_is_in_time_until_the_time_is_over(void **state) {
  (void)state;
  for (int i = 0; i < 2 * AWAITED; ++i) {
    const int late = i % 2;
    clinic c;
    uint8_t ids[2][16];
    begin_awaiting(&c, awaited[i / 2].word);
    say_two(&c, ids);
    walk_later(&c, CLINIC_DAY);
    assert_string_equal(walk_said(&c), "");
    assert_string_equal(clinic_find(&c, "p1", "c").step, "w");
    assert_int_equal(clinic_wake(&c), c.now + 2 * CLINIC_DAY - CLINIC_HOUR);
    walk_later(&c, 2 * CLINIC_DAY - CLINIC_HOUR - !late);
    assert_string_equal(walk_said(&c), late ? "late" : "");
    if (awaited[i / 2].kind == WB_INPUT_UNDELIVERED && late) memcpy(ids[1], c.actions[0].id, 16);
    happens(&c, awaited[i / 2].kind, ids[1]);
    walk_later(&c, !late); /* to when the hours begin */
    assert_string_equal(walk_said(&c), late ? "" : "seen");
    clinic_close(&c);
  }
}

static void what_happens_between_the_message_and_the_step_counts(void **state) {
  (void)state;
  for (int i = 0; i < AWAITED; ++i) {
    clinic c;
    uint8_t ids[2][16];
    begin_awaiting(&c, awaited[i].word);
    say_two(&c, ids);
    happens(&c, awaited[i].kind, ids[1]);
    assert_string_equal(walk_reason(&c), "");
    walk_later(&c, CLINIC_DAY);
    assert_string_equal(walk_said(&c), "seen");
    clinic_close(&c);
  }
}

/* While another message is next, and while another event is awaited. */
static void a_visit_ends_what_does_not_await_it(void **state) {
  (void)state;
  for (int i = AWAITED - 2; i < AWAITED; ++i) {
    for (int other = 0; other < 2; ++other) {
      clinic c;
      uint8_t ids[2][16];
      begin_awaiting(&c, other ? "clicked" : awaited[i].word);
      if (other)
        say_two(&c, ids);
      else
        assert_string_equal(walk_said(&c), "a");
      happens(&c, awaited[i].kind, NULL);
      assert_string_equal(walk_reason(&c), awaited[i].word);
      clinic_close(&c);
    }
  }
}

static void what_happened_before_the_message_does_not_count(void **state) {
  (void)state;
  for (int i = 0; i < 3; ++i) { /* a click, the receipts of the message before */
    const int before = awaited[i].kind != WB_INPUT_UNDELIVERED, later = i > 0;
    for (int after = !before; after <= 2 * later; ++after) { /* 2: while the next is handed out */
      clinic c;
      uint8_t first[16];
      begin_awaiting(&c, awaited[i].word);
      assert_string_equal(walk_said(&c), "a");
      memcpy(first, c.actions[0].id, 16);
      if (after == 0) happens(&c, awaited[i].kind, first);
      walk_later(&c, CLINIC_DAY);
      assert_int_equal(clinic_poll(&c), 1);
      assert_string_equal(c.actions[0].step, "b");
      if (after == 2) happens(&c, awaited[i].kind, first);
      clinic_sent(&c);
      if (after == 1) happens(&c, awaited[i].kind, first);
      walk_later(&c, CLINIC_DAY);
      assert_string_equal(walk_said(&c), "");
      walk_later(&c, 2 * CLINIC_DAY);
      assert_string_equal(walk_said(&c), "late");
      clinic_close(&c);
    }
  }
}

/* A message is handed out and the visit is booked before its outcome is known. */
static void a_booking_that_the_next_step_awaits_does_not_end_it(void **state) {
  (void)state;
  for (int kept = 0; kept < 2; ++kept) {
    clinic c;
    walk_begin(&c, "", NEXT("booked"), TWO);
    assert_int_equal(clinic_poll(&c), 1);
    happens(&c, kept ? WB_INPUT_KEPT : WB_INPUT_BOOKED, NULL);
    clinic_sent(&c);
    assert_string_equal(walk_said(&c), kept ? "" : "b");
    assert_string_equal(walk_reason(&c), kept ? "kept" : "");
    clinic_close(&c);
  }
}

/* Whatever the key of the visit: what is about no visit awaits any. */
static void a_visit_of_any_key_is_awaited(void **state) {
  (void)state;
  for (int kept = 0; kept < 2; ++kept) {
    clinic c;
    walk_begin(&c, "", kept ? NEXT("kept") : NEXT("booked"), TWO);
    assert_string_equal(walk_said(&c), "a");
    wb_input input = clinic_input(kept ? WB_INPUT_KEPT : WB_INPUT_BOOKED, "p1");
    input.visit = "v9";
    input.visit_length = 2;
    assert_int_equal(clinic_send(&c, &input), WB_OK);
    assert_string_equal(walk_said(&c), "b");
    clinic_close(&c);
  }
}

/* A question about a visit that awaits a reply. */
#define ASKED                                                                                      \
  "{\"format\":1,\"name\":\"c\",\"title\":\"T\",\"class\":\"transactional\",\"subject\":"          \
  "\"appointment\",\"audience\":\"slot.status == 'scheduled'\",\"segments\":[{\"name\":\"all\","   \
  "\"where\":\"true\"}],\"steps\":[{\"id\":\"a\",\"send\":[\"t\"]},{\"id\":\"w\",\"await\":["      \
  "\"replied\"],\"within\":{\"days\":1},\"else\":\"call\"},{\"id\":\"b\",\"send\":[\"t\"],"        \
  "\"next\":"                                                                                      \
  "\"end\"},{\"id\":\"call\",\"call\":\"n\",\"within\":{\"hours\":4}},{\"id\":\"end\",\"exit\":"   \
  "true}],"                                                                                        \
  "\"texts\":{\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }}: your "      \
  "visit is "                                                                                      \
  "on {{ slot.start | date: '%d' }}. Reply YES to confirm, NO to change it, STOP to opt out.\"}}," \
  "\"n\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}}}"

/* What ends the sequences about the patient ends none about a visit, nor is it the reply that this
   one awaits: somebody calls. */
static void a_question_about_a_visit_awaits_what_does_not_end_the_texts(void **state) {
  static const struct {
    const char *text, *now, *later;
  } rows[] = {{"I am scared of the dentist", "b", ""}, {"we moved to Ohio", "", "call"}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    char visits[128];
    clinic_open(&c, CLINIC_ANA, NULL);
    snprintf(visits, sizeof visits, CLINIC_VISITS "p1|scheduled|%lld|v1\n",
             (long long)(c.now + 3 * (wb_time)CLINIC_DAY));
    clinic_place(&c, CLINIC_ZONE, CLINIC_ANA, visits);
    clinic_launch(&c, "c", ASKED);
    clinic_enroll(&c);
    assert_string_equal(walk_said(&c), "a");
    assert_string_equal(walk_said(&c), "");
    assert_int_equal(clinic_reply(&c, "p1", rows[i].text), WB_OK);
    assert_string_equal(walk_said(&c), rows[i].now);
    c.now += CLINIC_DAY;
    clinic_place(&c, CLINIC_ZONE, CLINIC_ANA, visits);
    assert_string_equal(walk_said(&c), rows[i].later);
    clinic_close(&c);
  }
}

static void a_reply_that_is_awaited_does_not_end_the_sequence(void **state) {
  (void)state;
  clinic c;
  walk_begin(&c, "", NEXT("replied"), TWO);
  assert_string_equal(walk_said(&c), "a");
  assert_int_equal(clinic_reply(&c, "p1", "the blue bus goes to town"), WB_OK);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 1);
  assert_string_equal(walk_said(&c), "b");
  assert_int_equal(clinic_reply(&c, "p1", "the blue bus goes to town"),
                   WB_OK); /* nothing awaits this one */
  assert_string_equal(walk_reason(&c), "replied");
  clinic_close(&c);
}

/* Nor does a question, which brings a call or is in the inbox; but what a reply ends in any case is
   not waited for. */
static void a_reply_that_is_awaited_may_say_what_ends_it(void **state) {
  static const struct {
    const char *text, *next, *reason;
  } rows[] = {{"How much is a cleaning?", "b", ""},
              {"I am scared of the dentist", "b", ""},
              {"we moved to Ohio", "", "moved"},
              {"no thanks", "", "declined"},
              {"wrong number", "", "replied"}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    walk_begin(&c, "", NEXT("replied"), TWO);
    assert_string_equal(walk_said(&c), "a");
    assert_int_equal(clinic_reply(&c, "p1", rows[i].text), WB_OK);
    assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, NULL), 1);
    assert_string_equal(walk_said(&c), rows[i].next);
    assert_string_equal(walk_reason(&c), rows[i].reason);
    clinic_close(&c);
  }
}

static void an_urgent_reply_ends_it_all_the_same(void **state) {
  (void)state;
  clinic c;
  walk_begin(&c, "", NEXT("replied"), TWO);
  assert_string_equal(walk_said(&c), "a");
  assert_int_equal(clinic_reply(&c, "p1", "my face is swollen and it hurts badly"), WB_OK);
  assert_string_equal(walk_reason(&c), "replied");
  clinic_close(&c);
}

/* Where a click brings a call some hours later, that comes first; then the click counts. */
static void the_call_that_follows_a_click_comes_in_its_time(void **state) {
  (void)state;
  clinic c;
  walk_begin(&c,
             "\"responses\":{\"clicked\":{\"after\":{\"hours\":24},\"text\":\"note\","
             "\"unanswered\":\"continue\"}},",
             WAITS, THREE "," WALK_NOTE);
  assert_string_equal(walk_said(&c), "a");
  assert_string_equal(walk_said(&c), "");
  assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK);
  assert_string_equal(walk_said(&c), "");
  assert_int_equal(clinic_wake(&c), c.now + CLINIC_DAY);
  walk_later(&c, CLINIC_DAY);
  assert_string_equal(walk_said(&c), "clicked");
  walk_later(&c, 20 * CLINIC_DAY);
  assert_string_equal(walk_said(&c), "seen");
  clinic_close(&c);
}

/* Of two that ask for a call the sooner counts, by the signs of both; a click, or a question, once
   more does not begin anew. */
static void the_sooner_of_two_calls_counts(void **state) {
  static const struct {
    bool clicks[2]; /* or asks */
    int hours;      /* until the call, from the first; the second comes after one */
    const char *call;
  } rows[] = {{{true, false}, 3, "asks"},
              {{false, true}, 2, "asks"},
              {{true, true}, 24, "clicked"},
              {{false, false}, 2, "asks"}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    walk_begin(&c,
               "\"responses\":{\"clicked\":{\"after\":{\"hours\":24},\"text\":\"note\"},"
               "\"asks\":{\"after\":{\"hours\":2},\"text\":\"note\"}},",
               WAITS, THREE "," WALK_NOTE);
    assert_string_equal(walk_said(&c), "a");
    for (int k = 0; k < 2; k++) {
      if (k) walk_later(&c, CLINIC_HOUR);
      assert_int_equal(rows[i].clicks[k] ? clinic_receive(&c, WB_INPUT_CLICK, "p1")
                                         : clinic_reply(&c, "p1", "How much is a cleaning?"),
                       WB_OK);
    }
    assert_string_equal(walk_said(&c), "");
    assert_int_equal(clinic_wake(&c), c.now + (rows[i].hours - 1) * CLINIC_HOUR);
    walk_later(&c, (rows[i].hours - 1) * CLINIC_HOUR);
    assert_string_equal(walk_said(&c), rows[i].call);
    wb_task task = {.size = sizeof task};
    uint32_t signals = 0;
    for (int k = 0; k < 2; k++)
      signals |= rows[i].clicks[k] ? WB_SIGNAL_CLICKED : WB_SIGNAL_ASKS_PRICE;
    assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, &task), 1);
    assert_int_equal(task.signals, signals);
    clinic_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_event_that_is_awaited_goes_on),
      cmocka_unit_test(an_event_between_the_message_and_the_await_counts),
      cmocka_unit_test(an_event_that_does_not_come_in_time_goes_elsewhere),
      cmocka_unit_test(a_host_that_polls_seldom_gives_no_more_time),
      cmocka_unit_test(what_is_awaited_is_in_time_until_the_time_is_over),
      cmocka_unit_test(what_happens_between_the_message_and_the_step_counts),
      cmocka_unit_test(a_visit_ends_what_does_not_await_it),
      cmocka_unit_test(what_happened_before_the_message_does_not_count),
      cmocka_unit_test(a_booking_that_the_next_step_awaits_does_not_end_it),
      cmocka_unit_test(a_visit_of_any_key_is_awaited),
      cmocka_unit_test(a_question_about_a_visit_awaits_what_does_not_end_the_texts),
      cmocka_unit_test(a_reply_that_is_awaited_does_not_end_the_sequence),
      cmocka_unit_test(a_reply_that_is_awaited_may_say_what_ends_it),
      cmocka_unit_test(an_urgent_reply_ends_it_all_the_same),
      cmocka_unit_test(the_sooner_of_two_calls_counts),
      cmocka_unit_test(the_call_that_follows_a_click_comes_in_its_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

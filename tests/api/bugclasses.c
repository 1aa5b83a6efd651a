/* SPDX-License-Identifier: MIT */
/*
 * What bites the users of other engines: classes of bugs that are on record there, each a test
 * here, named for the class and its number.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

/* A campaign of these steps, with these members besides. */
#define BODY                                                                                       \
  "{{ location.short_name }} has time for you: {{ location.booking_url }} Reply STOP to opt out."
#define CAMPAIGN(members, steps)                                                                   \
  "{\"format\":1,\"name\":\"one\",\"title\":\"Steps\",\"class\":\"care\","                         \
  "\"audience\":\"recare.overdue_months >= 1 && !recare.booked\","                                 \
  "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"                                          \
  "\"exits\":{\"booked\":\"recare.booked\"}," members "\"steps\":[" steps                          \
  ",{\"id\":\"end\",\"exit\":true}],"                                                              \
  "\"texts\":{\"hello\":{\"channel\":\"sms\",\"en\":{\"body\":\"" BODY "\"}}}}"
#define SEND(id) "{\"id\":\"" id "\",\"send\":[\"hello\"]}"
#define WAIT(id, days) "{\"id\":\"" id "\",\"wait\":{\"days\":" #days "}}"

#define CROWD CLINIC_ANA CLINIC_BEN

/* Opens the clinic with one campaign, whoever is due inside. */
static void begin(clinic *c, const char *patients, const char *json) {
  const wb_practice_options options = {.flags = WB_PRACTICE_ALLOW_JUMP};
  clinic_open(c, patients, &options);
  clinic_launch(c, "one", json);
  clinic_enroll(c);
}

/* Moves the clock to when something is due, and reads the rows anew. */
static void next(clinic *c, const char *patients) {
  c->now = clinic_wake(c);
  clinic_rows(c, patients, "");
}

static void class_01_one_failure_does_not_send_the_others_again(void **state) {
  (void)state;
  clinic c;
  begin(&c, CROWD, CLINIC_TEXTS("one"));
  assert_int_equal(clinic_poll(&c), 2);
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_CONTENT), WB_OK);
  assert_int_equal(clinic_ack(&c, c.actions[1].id, WB_SENT, 0), WB_OK);
  for (int i = 0; i < 5; ++i) { /* the cron comes by */
    c.now += CLINIC_MINUTE;
    assert_int_equal(clinic_poll(&c), 0);
  }
  clinic_close(&c);
}

static void class_02_a_crash_between_claim_and_send_neither_skips_nor_repeats(void **state) {
  (void)state;
  clinic c;
  begin(&c, CROWD, CLINIC_TEXTS("one"));
  assert_int_equal(clinic_poll(&c), 2);
  uint8_t sent[16], lost[16];
  memcpy(sent, c.actions[0].id, 16);
  memcpy(lost, c.actions[1].id, 16);
  /* The process ends. Its outbox knows that the one went, and that the other was never tried. */
  wb_practice_free(c.practice);
  c.practice = clinic_practice(&c, NULL);
  clinic_replay(&c, c.practice);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_ack(&c, sent, WB_SENT, 0), WB_OK);
  assert_int_equal(clinic_ack(&c, lost, WB_NOT_SENT, WB_CAUSE_INTERRUPTED), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_memory_equal(c.actions[0].id, lost, 16);
  clinic_close(&c);
}

static void class_03_an_ambiguous_outcome_is_not_replayed(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA, CLINIC_TEXTS("one"));
  assert_int_equal(clinic_poll(&c), 1);
  uint8_t id[16];
  memcpy(id, c.actions[0].id, 16);
  assert_int_equal(clinic_ack(&c, id, WB_SENT_UNKNOWN, 0), WB_OK);
  for (int day = 0; day < 20; ++day) {
    c.now += CLINIC_DAY;
    clinic_rows(&c, CLINIC_ANA, "");
    if (clinic_poll(&c) == 0) continue;
    assert_memory_not_equal(c.actions[0].id, id, 16);
    assert_string_not_equal(c.actions[0].step, "s1");
    clinic_sent(&c);
  }
  assert_int_equal(clinic_action(&c, id).state, WB_ACTION_UNKNOWN); /* and is reported */
  clinic_close(&c);
}

static void class_04_nobody_is_inside_twice(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA, CLINIC_TEXTS("one"));
  uint8_t first[16];
  assert_int_equal(clinic_poll(&c), 1); /* handed out */
  memcpy(first, c.actions[0].id, 16);
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  assert_int_equal(clinic_ack(&c, first, WB_SENT_UNKNOWN, 0), WB_OK); /* unknown, waiting */
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  assert_int_equal(clinic_receive(&c, WB_INPUT_KEPT, "p1"), WB_OK);
  c.now += 11 * CLINIC_DAY;
  clinic_rows(&c, CLINIC_ANA, "");
  assert_int_equal(clinic_enroll(&c).enrolled, 1); /* a second entry, with ids of its own */
  assert_int_equal(clinic_find(&c, "p1", NULL).entry, 2);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "s1");
  assert_memory_not_equal(c.actions[0].id, first, 16);
  uint64_t cursor = 0;
  uint32_t count = 0;
  wb_enrollment found = {.size = sizeof found};
  while (wb_practice_next(c.practice, &cursor, &found) == WB_OK)
    count++;
  assert_int_equal(count, 1);
  clinic_close(&c);
}

static void class_05_who_comes_back_is_not_sent_it_again(void **state) {
  (void)state;
  static const char *const policies[] = {
      CAMPAIGN("\"touches\":3,\"rest_days\":90,", SEND("a")),
      CAMPAIGN("\"touches\":3,\"rest_days\":1,\"reentry\":\"never\",", SEND("a"))};
  for (int i = 0; i < 2; ++i) {
    clinic c;
    begin(&c, CLINIC_ANA, policies[i]);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_find(&c, "p1", NULL).state, WB_STATE_ENDED);
    for (int day = 0; day < 80; day += 20) {
      c.now += 20 * CLINIC_DAY;
      clinic_rows(&c, CLINIC_ANA, "");
      assert_int_equal(clinic_enroll(&c).resting, 1);
      assert_int_equal(clinic_poll(&c), 0);
    }
    clinic_close(&c);
  }
}

static void class_06_of_two_schedulers_one_sends(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA, CLINIC_TEXTS("one"));
  wb_practice *other = clinic_practice(&c, NULL);
  clinic_replay(&c, other);
  assert_int_equal(clinic_poll(&c), 1);
  wb_action action = {.size = sizeof action};
  uint32_t count = 9;
  assert_int_equal(wb_practice_poll(other, c.it.facts, c.now, &action, 1, &count, NULL),
                   WB_E_CONFLICT);
  clinic_replay(&c, other);
  assert_int_equal(wb_practice_poll(other, c.it.facts, c.now, &action, 1, &count, NULL), WB_OK);
  assert_int_equal(count, 0);
  clinic_same(c.practice, other);
  wb_practice_free(other);
  clinic_close(&c);
}

/* Over both changes of the clock: what is due in the window goes at the first poll. */
static void class_07_clock_changes_never_push_what_is_due(void **state) {
  (void)state;
  static const int32_t changes[][3] = {{2026, 10, 30}, {2027, 3, 12}}; /* Fridays */
  for (size_t i = 0; i < sizeof changes / sizeof *changes; ++i) {
    clinic c;
    clinic_open(&c, CLINIC_ANA, NULL);
    c.now = clinic_at(&c, changes[i][0], changes[i][1], changes[i][2], 10, 0);
    clinic_rows(&c, CLINIC_ANA, "");
    clinic_launch(&c, "one", CAMPAIGN("\"touches\":6,", SEND("a") "," WAIT("w", 3) "," SEND("b")));
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    wb_local monday = {.second = 10 * 3600};
    assert_int_equal(wb_date_make(changes[i][0], changes[i][1], changes[i][2], &monday.date),
                     WB_OK);
    monday.date += 3;
    wb_time due = 0;
    assert_int_equal(wb_zone_instant(c.it.zone, &monday, 0, &due), WB_OK);
    assert_int_equal(clinic_wake(&c), due); /* 10:00 there and then */
    next(&c, CLINIC_ANA);
    assert_int_equal(clinic_poll(&c), 1); /* not an hour later, for ever */
    clinic_close(&c);
  }
}

/* Ana's rows, of a location whose zone nobody knows. */
static void rows_of_an_unknown_zone(clinic *c) {
  clinic_moved(c, "Mars/Olympus", "US-NY", CLINIC_ANA);
}

/* Nobody is let in, which is counted; who is inside is held, and goes on once the zone is known. */
static void class_08_an_unknown_zone_is_held_and_says_so(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA, CLINIC_TEXTS("one"));
  for (int hour = 0; hour < 24; ++hour) { /* at no hour does it fail open */
    rows_of_an_unknown_zone(&c);
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_FACTS);
    c.now += CLINIC_HOUR;
  }
  clinic_rows(&c, CLINIC_ANA, "");
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  clinic_close(&c);
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "one", CLINIC_TEXTS("one"));
  rows_of_an_unknown_zone(&c);
  const wb_counts counts = clinic_enroll(&c);
  assert_int_equal(counts.failed, 1);
  assert_int_equal(counts.enrolled + counts.held, 0);
  clinic_close(&c);
}

static void class_09_what_is_too_late_is_left_out(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA,
        CAMPAIGN("", "{\"id\":\"a\",\"send\":[\"hello\"],\"stale_after\":{\"days\":2}}," WAIT(
                         "w", 1) "," SEND("b")));
  c.now += 5 * CLINIC_DAY; /* nobody polled for days */
  clinic_rows(&c, CLINIC_ANA, "");
  for (int day = 0; day < 7; ++day, c.now += CLINIC_DAY) {
    clinic_rows(&c, CLINIC_ANA, "");
    if (clinic_poll(&c) == 0) continue;
    assert_string_equal(c.actions[0].step, "b");
    clinic_sent(&c);
  }
  assert_int_equal(clinic_find(&c, "p1", NULL).touches, 1);
  clinic_close(&c);
}

/* What left, in which minute. */
typedef struct morning {
  uint8_t ids[1000][16];
  int minutes[1000];
  int count;
} morning;

/* A thousand people fall due overnight; the host polls each minute from 10:00 to 11:30. In the
   minute `anew` the practice is made anew in some way. */
static void wake_up(morning *out, const char *people, int anew, int way) {
  clinic c;
  const wb_practice_options options = {.admissions = 1000};
  clinic_open(&c, people, &options);
  c.now = clinic_at(&c, 2026, 11, 24, 20, 0);
  clinic_rows(&c, people, "");
  clinic_launch(&c, "one", CAMPAIGN("", SEND("a")));
  assert_int_equal(clinic_enroll(&c).enrolled, 1000);
  assert_int_equal(clinic_poll(&c), 0); /* the hours are over */
  c.now = clinic_at(&c, 2026, 11, 25, 10, 0);
  clinic_rows(&c, people, "");
  out->count = 0;
  for (int minute = 0; minute < 90; ++minute, c.now += CLINIC_MINUTE) {
    if (minute == anew) clinic_renew(&c, way);
    while (clinic_poll(&c) > 0) {
      for (uint32_t i = 0; i < c.count; ++i, ++out->count) {
        assert_true(out->count < 1000);
        memcpy(out->ids[out->count], c.actions[i].id, 16);
        out->minutes[out->count] = minute;
      }
      clinic_sent(&c);
    }
  }
  clinic_close(&c);
}

static void class_10_a_backlog_does_not_leave_in_one_minute(void **state) {
  (void)state;
  morning *live = calloc(2, sizeof *live), *again = live + 1;
  char *people = calloc(1, 80000);
  assert_non_null(live);
  assert_non_null(people);
  size_t at = (size_t)sprintf(people, "%s", CLINIC_HEAD);
  for (int i = 0; i < 1000; ++i)
    at += (size_t)sprintf(people + at, "p%03d|active|Ana|1980-02-29|1|+1212555%04d|yes||\n", i, i);
  wake_up(live, people, -1, CLINIC_LIVE);
  assert_int_equal(live->count, 1000);
  int each[90] = {0};
  for (int i = 0; i < 1000; ++i)
    each[live->minutes[i]]++;
  assert_int_equal(each[0], 30);               /* so many go at once */
  for (int minute = 1; minute <= 60; ++minute) /* 970 over the hour, 16 a minute */
    if (each[minute] < 3 || each[minute] > 34) fail_msg("%d in minute %d", each[minute], minute);
  for (int quarter = 0; quarter < 4; ++quarter) {
    int sum = 0;
    for (int minute = 1; minute <= 15; ++minute)
      sum += each[15 * quarter + minute];
    if (sum < 200 || sum > 285) fail_msg("%d in quarter %d", sum, quarter);
  }
  for (int minute = 61; minute < 90; ++minute)
    assert_int_equal(each[minute], 0);
  /* The same people in the same minutes in the same order, whatever happens to the process. */
  for (int way = 0; way < 8; ++way) {
    static const int minutes[] = {0, 1, 20, 59};
    wake_up(again, people, minutes[way / 2], way % 2 ? CLINIC_LOADED : CLINIC_REPLAYED);
    assert_memory_equal(live, again, sizeof *live);
  }
  free(live);
  free(people);
}

static void class_11_an_edited_campaign_leaves_those_inside_where_they_are(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA, CAMPAIGN("", SEND("a") "," WAIT("w", 3) "," SEND("b")));
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  const wb_time due = clinic_wake(&c);
  clinic_launch(&c, "one", CAMPAIGN("", SEND("x") "," SEND("a") "," WAIT("w", 9) "," SEND("b")));
  assert_int_equal(clinic_wake(&c), due); /* pinned: neither a step before nor another wait */
  next(&c, CLINIC_ANA);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "b");
  clinic_sent(&c);
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(clinic_find(&c, "p1", NULL).reason, "finished");
  clinic_close(&c);
}

static void class_12_a_moved_step_is_not_sent_again(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA, CAMPAIGN("", SEND("a") "," WAIT("w", 3) "," SEND("b")));
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  clinic_launch(&c, "one", CAMPAIGN("", WAIT("w", 3) "," SEND("b") "," WAIT("v", 3) "," SEND("a")));
  wb_migration rows[8] = {{.size = sizeof rows[0]}};
  uint32_t count = 0;
  assert_int_equal(wb_practice_migrate(c.practice, "one", 3, NULL, c.now, rows, 8, &count, NULL),
                   WB_OK);
  for (int day = 0; day < 14; ++day) {
    c.now += CLINIC_DAY;
    clinic_rows(&c, CLINIC_ANA, "");
    if (clinic_poll(&c) == 0) continue;
    assert_string_equal(c.actions[0].step, "b");
    clinic_sent(&c);
  }
  assert_int_equal(clinic_find(&c, "p1", NULL).touches, 2);
  assert_string_equal(clinic_find(&c, "p1", NULL).reason, "finished");
  clinic_close(&c);
}

static void class_13_who_is_removed_is_not_sent_what_was_queued(void **state) {
  (void)state;
  clinic c;
  begin(&c, CROWD, CLINIC_TEXTS("one"));
  assert_int_equal(clinic_poll(&c), 2); /* a batch on its way */
  assert_int_equal(clinic_reply(&c, "p1", "STOP"), WB_OK);
  for (uint32_t i = 0; i < 2; ++i) {
    wb_look look = {.size = sizeof look};
    assert_int_equal(wb_practice_test(c.practice, c.actions[i].id, c.it.facts, c.now, &look, NULL),
                     WB_OK);
    const int stopped = strcmp(c.actions[i].patient, "p1") == 0;
    assert_int_equal(look.answer, stopped ? WB_LOOK_WITHDRAWN : WB_LOOK_GO);
  }
  assert_int_equal(clinic_poll(&c), 1); /* the answer to STOP, and nothing else */
  assert_string_equal(c.actions[0].campaign, "notices");
  clinic_close(&c);
}

static void class_14_who_has_finished_is_never_looked_at_again(void **state) {
  (void)state;
  clinic c;
  begin(&c, CROWD, CAMPAIGN("", SEND("a")));
  assert_int_equal(clinic_poll(&c), 2);
  clinic_sent(&c);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_wake(&c), WB_TIME_NONE);
  const uint64_t sequence = wb_practice_sequence(c.practice);
  for (int day = 0; day < 30; ++day) {
    c.now += CLINIC_DAY;
    assert_int_equal(clinic_poll(&c), 0);
  }
  assert_int_equal(wb_practice_sequence(c.practice), sequence);
  clinic_close(&c);
}

/* The id has no variant in it: drawn anew, the message could still not go twice. */
static void class_15_a_variant_makes_no_second_message(void **state) {
  (void)state;
  uint8_t ids[2][16];
  static const char *const arms[] = {
      CAMPAIGN("\"variants\":[{\"name\":\"a\",\"share\":99},{\"name\":\"b\",\"share\":1}],",
               SEND("a")),
      CAMPAIGN("\"variants\":[{\"name\":\"a\",\"share\":1},{\"name\":\"b\",\"share\":99}],",
               SEND("a"))};
  for (int i = 0; i < 2; ++i) {
    clinic c;
    begin(&c, CLINIC_ANA, arms[i]);
    assert_int_equal(clinic_poll(&c), 1);
    memcpy(ids[i], c.actions[0].id, 16);
    clinic_sent(&c);
    assert_int_equal(clinic_poll(&c), 0);
    clinic_close(&c);
  }
  assert_memory_equal(ids[0], ids[1], 16);
}

static void class_16_the_same_again_changes_nothing(void **state) {
  (void)state;
  clinic c;
  begin(&c, CLINIC_ANA, CLINIC_TEXTS("one"));
  assert_int_equal(clinic_poll(&c), 1);
  uint8_t id[16];
  memcpy(id, c.actions[0].id, 16);
  clinic_sent(&c);
  wb_input stop = clinic_input(WB_INPUT_REPLY, "p1");
  stop.text = "stop";
  stop.text_length = 4;
  stop.event_id[0] = 7;
  assert_int_equal(clinic_send(&c, &stop), WB_OK);
  assert_int_equal(clinic_poll(&c), 1); /* the answer to STOP */
  clinic_sent(&c);
  assert_int_equal(clinic_poll(&c), 0);
  size_t length = 0, again = 0;
  uint8_t *before = clinic_save(c.practice, &length);
  assert_int_equal(clinic_ack(&c, id, WB_SENT, 0), WB_OK);
  assert_int_equal(clinic_send(&c, &stop), WB_OK);
  assert_int_equal(clinic_add(&c, CLINIC_TEXTS("one")), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_LAUNCH, "one"), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  clinic_replay(&c, c.practice);
  uint8_t *after = clinic_save(c.practice, &again);
  assert_int_equal(length, again);
  assert_memory_equal(before, after, length);
  free(before);
  free(after);
  clinic_close(&c);
}

/* Windows, business days, a wait for an event beside one for time, entries one after the other. */
static void class_17_what_others_wish_for(void **state) {
  (void)state;
  clinic c;
  begin(
      &c, CLINIC_ANA,
      CAMPAIGN(
          "\"hours\":{\"mon-fri\":\"11:00-15:00\"},",
          SEND("a") ",{\"id\":\"w\",\"await\":[\"delivered\"],\"within\":{\"days\":2}},"
                    "{\"id\":\"d\",\"wait\":{\"days\":1,\"on\":[\"mon\"],\"at\":\"12:30\"}}," SEND(
                        "b")));
  c.now = clinic_at(&c, 2026, 11, 24, 10, 30); /* open, but not for this campaign */
  clinic_rows(&c, CLINIC_ANA, "");
  assert_int_equal(clinic_poll(&c), 0);
  c.now = clinic_at(&c, 2026, 11, 24, 13, 0);
  assert_int_equal(clinic_poll(&c), 1);
  wb_input receipt = {
      .size = sizeof receipt, .kind = WB_INPUT_DELIVERED, .action = c.actions[0].id};
  assert_int_equal(clinic_send(&c, &receipt), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_wake(&c), clinic_at(&c, 2026, 11, 30, 12, 30)); /* the next Monday */
  next(&c, CLINIC_ANA);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "b");
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(class_01_one_failure_does_not_send_the_others_again),
      cmocka_unit_test(class_02_a_crash_between_claim_and_send_neither_skips_nor_repeats),
      cmocka_unit_test(class_03_an_ambiguous_outcome_is_not_replayed),
      cmocka_unit_test(class_04_nobody_is_inside_twice),
      cmocka_unit_test(class_05_who_comes_back_is_not_sent_it_again),
      cmocka_unit_test(class_06_of_two_schedulers_one_sends),
      cmocka_unit_test(class_07_clock_changes_never_push_what_is_due),
      cmocka_unit_test(class_08_an_unknown_zone_is_held_and_says_so),
      cmocka_unit_test(class_09_what_is_too_late_is_left_out),
      cmocka_unit_test(class_10_a_backlog_does_not_leave_in_one_minute),
      cmocka_unit_test(class_11_an_edited_campaign_leaves_those_inside_where_they_are),
      cmocka_unit_test(class_12_a_moved_step_is_not_sent_again),
      cmocka_unit_test(class_13_who_is_removed_is_not_sent_what_was_queued),
      cmocka_unit_test(class_14_who_has_finished_is_never_looked_at_again),
      cmocka_unit_test(class_15_a_variant_makes_no_second_message),
      cmocka_unit_test(class_16_the_same_again_changes_nothing),
      cmocka_unit_test(class_17_what_others_wish_for),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/*
 * A backlog that fell due while the hours were closed: so many messages go at once, the others at
 * times of their own within the first hour, by a hash of their ids.
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

/* One message; the hours are those of the clinic, 10:00 to 18:00, or those in `members`. */
#define CAMPAIGN(members) CAMPAIGN_LATE(members, "")
#define CAMPAIGN_LATE(members, late)                                                               \
  "{\"format\":1,\"name\":\"one\",\"title\":\"One\",\"class\":\"care\","                           \
  "\"audience\":\"recare.overdue_months >= 1 && !recare.booked\","                                 \
  "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"                                          \
  "\"exits\":{\"booked\":\"recare.booked\"}," members "\"steps\":["                                \
  "{\"id\":\"a\",\"send\":[\"text\"]" late "},{\"id\":\"end\",\"exit\":true}],"                    \
  "\"texts\":{\"text\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }}: "        \
  "{{ location.booking_url }} Reply STOP to opt out.\"}}}}"

enum { PEOPLE_MOST = 64 };

/* A `patients` table of so many, at location 1, or every other one at 2, with that permission. */
static const char *permitted(int count, int places, const char *permission) {
  static char table[PEOPLE_MOST * 80];
  size_t at = (size_t)snprintf(table, sizeof table, "%s", CLINIC_HEAD);
  assert_true(count <= PEOPLE_MOST);
  for (int i = 0; i < count; ++i)
    at += (size_t)snprintf(table + at, sizeof table - at,
                           "p%02d|active|Ana|1980-02-29|%d|+121255501%02d|%s||\n", i,
                           1 + i % places, i, permission);
  return table;
}

static const char *people(int count, int places) {
  return permitted(count, places, "yes");
}

/* So many enter in the evening of 2026-11-24, and are looked at then. */
static void evening(clinic *c, const char *patients, const char *json, uint32_t burst,
                    uint32_t spread) {
  const wb_practice_options options = {.admissions = 100, .burst = burst, .spread = spread};
  clinic_open(c, patients, &options);
  c->now = clinic_at(c, 2026, 11, 24, 20, 0);
  clinic_rows(c, patients, "");
  clinic_launch(c, "one", json);
  clinic_enroll(c);
  assert_int_equal(clinic_poll(c), 0);
}

/* How many go at a time of 2026-11-25 or later; all are answered. */
static uint32_t goes(clinic *c, const char *patients, int day, int hour, int minute) {
  uint32_t all = 0;
  c->now = clinic_at(c, 2026, 11, day, hour, minute);
  clinic_rows(c, patients, "");
  while (clinic_poll(c) > 0) {
    all += c->count;
    clinic_sent(c);
  }
  return all;
}

static void a_small_backlog_goes_at_once(void **state) {
  (void)state;
  for (int over = 0; over < 2; ++over) {
    clinic c;
    const char *all = people(5 + over, 1);
    evening(&c, all, CAMPAIGN(""), 5, 0);
    assert_int_equal(goes(&c, all, 25, 10, 0), 5);
    uint64_t cursor = 0;
    wb_enrollment found = {.size = sizeof found};
    int waiting = 0;
    while (wb_practice_next(c.practice, &cursor, &found) == WB_OK) {
      if (found.state == WB_STATE_ENDED || found.touches > 0) continue;
      assert_int_equal(found.state, WB_STATE_WAITING);
      assert_true(found.wake > c.now && found.wake < c.now + CLINIC_HOUR);
      assert_string_equal(found.step, "a");
      waiting++;
    }
    assert_int_equal(waiting, over);
    clinic_close(&c);
  }
}

/* What the campaign's own hours held since the practice opened waits like a backlog of the night.
 */
static void a_backlog_of_the_morning_is_spread_too(void **state) {
  static const wb_practice_options more = {.admissions = 100, .burst = 5};
  clinic c;
  (void)state;
  const char *all = people(20, 1);
  clinic_open(&c, all, &more);
  c.now = clinic_at(&c, 2026, 11, 25, 8, 0);
  clinic_rows(&c, all, "");
  clinic_launch(&c, "one", CAMPAIGN("\"hours\":{\"mon-fri\":\"11:00-17:00\"},"));
  assert_int_equal(clinic_enroll(&c).enrolled, 20);
  assert_int_equal(goes(&c, all, 25, 10, 0), 0);
  assert_int_equal(clinic_find(&c, "p00", "one").hold, WB_HOLD_HOURS);
  assert_int_equal(goes(&c, all, 25, 11, 0), 5);
  assert_int_equal(goes(&c, all, 25, 12, 0), 15);
  clinic_close(&c);
}

/* However few a poll hands out at a time, and whatever happens to the process in between. */
static void the_polls_of_a_minute_share_it(void **state) {
  (void)state;
  for (int way = 0; way < CLINIC_WAYS; ++way) {
    clinic c;
    const char *all = people(20, 1);
    evening(&c, all, CAMPAIGN(""), 5, 0);
    c.now = clinic_at(&c, 2026, 11, 25, 10, 0);
    clinic_rows(&c, all, "");
    uint32_t went = 0, count = 1;
    for (; count > 0; went += count) {
      wb_action given[2] = {{.size = sizeof given[0]}};
      assert_int_equal(wb_practice_poll(c.practice, c.it.facts, c.now, given, 2, &count, NULL),
                       WB_OK);
      for (uint32_t i = 0; i < count; ++i)
        assert_int_equal(clinic_ack(&c, given[i].id, WB_SENT, 0), WB_OK);
      clinic_renew(&c, way);
    }
    assert_int_equal(went, 5);
    clinic_close(&c);
  }
}

/* Who could not be reached when they entered takes a place of the day on which they can be, though
   it is told them later that day. */
static void who_waits_for_a_time_of_their_own_has_a_place_of_the_day(void **state) {
  static const wb_practice_options more = {.admissions = 25, .burst = 5};
  (void)state;
  for (int way = 0; way < CLINIC_WAYS; ++way) {
    clinic c;
    clinic_open(&c, permitted(40, 1, "no"), &more);
    c.now = clinic_at(&c, 2026, 11, 24, 20, 0);
    clinic_rows(&c, permitted(40, 1, "no"), "");
    clinic_launch(&c, "one", CAMPAIGN(""));
    assert_int_equal(clinic_enroll(&c).held, 40);
    assert_int_equal(goes(&c, people(40, 1), 24, 21, 0), 0);
    clinic_renew(&c, way);
    assert_int_equal(goes(&c, people(40, 1), 25, 10, 0), 5);
    clinic_renew(&c, way);
    assert_int_equal(goes(&c, people(40, 1), 25, 11, 0), 20);
    assert_int_equal(goes(&c, people(40, 1), 25, 17, 0), 0);
    assert_int_equal(goes(&c, people(40, 1), 26, 17, 0), 15);
    clinic_close(&c);
  }
}

/* A second alone is not wide enough to be put off. */
static void it_can_be_switched_off(void **state) {
  (void)state;
  clinic c;
  const char *all = people(40, 1);
  evening(&c, all, CAMPAIGN(""), 1, 1);
  assert_int_equal(goes(&c, all, 25, 10, 0), 40);
  clinic_close(&c);
}

static void each_location_has_its_own(void **state) {
  (void)state;
  clinic c;
  const char *all = people(20, 2);
  evening(&c, all, CAMPAIGN(""), 3, 0);
  assert_int_equal(goes(&c, all, 25, 10, 0), 6);
  clinic_close(&c);
}

/* A host that comes late finds those whose time was; nobody is put off from there. */
static void who_is_looked_at_late_goes(void **state) {
  (void)state;
  static const struct {
    int hour, minute;
    uint32_t least, most;
  } rows[] = {{10, 30, 15, 50}, {10, 59, 54, 60}, {11, 0, 60, 60}, {17, 0, 60, 60}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    clinic c;
    const char *all = people(60, 1);
    evening(&c, all, CAMPAIGN(""), 1, 0);
    const uint32_t went = goes(&c, all, 25, rows[i].hour, rows[i].minute);
    if (went < rows[i].least || went > rows[i].most) fail_msg("row %d: %d", (int)i, (int)went);
    assert_int_equal(went + goes(&c, all, 25, 17, 30), 60);
    clinic_close(&c);
  }
}

/* What falls due within the hours goes when it is due, however much it is. */
static void what_is_due_within_the_hours_is_not_put_off(void **state) {
  (void)state;
  for (int first = 0; first < 2; ++first) {
    clinic c;
    const char *all = people(50, 1);
    const wb_practice_options options = {.admissions = 100, .burst = 1};
    clinic_open(&c, all, &options);
    c.now = clinic_at(&c, 2026, 11, 24, 10, 0) + !first;
    clinic_rows(&c, all, "");
    clinic_launch(&c, "one", CAMPAIGN(""));
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), first ? 1 : 50); /* with the beginning, or a second later */
    clinic_close(&c);
  }
}

/* A host that polls once a day, when the hours begin, comes to everybody on the next day. */
static void a_host_that_polls_once_a_day_loses_nothing(void **state) {
  (void)state;
  clinic c;
  const char *all = people(60, 1);
  evening(&c, all, CAMPAIGN(""), 30, 0);
  assert_int_equal(goes(&c, all, 25, 10, 0), 30);
  assert_int_equal(goes(&c, all, 27, 10, 0), 30); /* the 26th is Thanksgiving */
  clinic_close(&c);
}

/* Within a window that is shorter than the hour, and never past its end. */
static void it_never_reaches_past_the_window(void **state) {
  (void)state;
  clinic c;
  const char *all = people(60, 1);
  evening(&c, all, CAMPAIGN("\"hours\":{\"mon-fri\":\"10:00-10:10\"},"), 1, 0);
  uint32_t went = 0;
  for (int minute = 0; minute < 10; ++minute)
    went += goes(&c, all, 25, 10, minute);
  went += goes(&c, all, 25, 10, 9); /* none is left behind in the last minute but those of it */
  c.now = clinic_at(&c, 2026, 11, 25, 10, 10) - 1;
  assert_int_equal(went + clinic_poll(&c), 60);
  for (uint32_t i = 0; i < c.count; ++i)
    assert_true(c.actions[i].deliver_by <= c.now + 1);
  clinic_close(&c);
}

/* Who is put off is looked at once more when the time has come. */
static void law_and_caps_are_asked_again(void **state) {
  (void)state;
  clinic c;
  const char *all = people(40, 1);
  evening(&c, all, CAMPAIGN(""), 1, 0);
  assert_int_equal(goes(&c, all, 25, 10, 0), 1);
  char key[8];
  for (int i = 0; i < 40; ++i) {
    snprintf(key, sizeof key, "p%02d", i);
    if (clinic_find(&c, key, NULL).touches == 0)
      assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, key), WB_OK);
  }
  assert_int_equal(goes(&c, all, 25, 11, 0), 0);
  int held = 0;
  for (int i = 0; i < 40; ++i) {
    snprintf(key, sizeof key, "p%02d", i);
    held += clinic_find(&c, key, NULL).hold == WB_HOLD_CAP;
  }
  assert_int_equal(held, 39);
  /* A cap that ends at night is a backlog too when the hours begin. */
  c.now = clinic_at(&c, 2026, 11, 27, 0, 0);
  clinic_rows(&c, all, "");
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(goes(&c, all, 27, 10, 0), 1);
  assert_int_equal(goes(&c, all, 27, 11, 0), 38);
  clinic_close(&c);
}

/* It counts from the evening, when they were due: a time of its own makes no message less late. */
static void who_is_put_off_is_no_less_late(void **state) {
  (void)state;
  for (int way = 0; way < 2 * CLINIC_WAYS; ++way) {
    const int late = way % 2;
    clinic c;
    const char *all = people(40, 1);
    evening(&c, all,
            late ? CAMPAIGN_LATE("", ",\"stale_after\":{\"hours\":14}")
                 : CAMPAIGN_LATE("", ",\"stale_after\":{\"hours\":15}"),
            1, 0);
    assert_int_equal(goes(&c, all, 25, 10, 0), 1); /* 14 hours later */
    clinic_renew(&c, way / 2);
    assert_int_equal(goes(&c, all, 25, 11, 0), late ? 0 : 39);
    clinic_close(&c);
  }
}

/* A pause or a STOP in between holds, or ends, as ever. */
static void who_stops_while_waiting_is_not_sent_it(void **state) {
  (void)state;
  clinic c;
  const char *all = people(40, 1);
  evening(&c, all, CAMPAIGN(""), 1, 0);
  assert_int_equal(goes(&c, all, 25, 10, 0), 1);
  int stopped = 0;
  char key[8];
  for (int i = 0; i < 40 && !stopped; ++i) {
    snprintf(key, sizeof key, "p%02d", i);
    if (clinic_find(&c, key, NULL).touches > 0) continue;
    assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, key), WB_OK);
    stopped = 1;
  }
  assert_int_equal(goes(&c, all, 25, 11, 0), 38);
  clinic_close(&c);
}

/* A message that is tried again has its own times. */
static void what_is_tried_again_is_not_put_off(void **state) {
  (void)state;
  clinic c;
  const char *all = people(2, 1);
  const wb_practice_options options = {.admissions = 100, .burst = 1};
  clinic_open(&c, all, &options);
  c.now = clinic_at(&c, 2026, 11, 24, 17, 59);
  clinic_rows(&c, all, "");
  clinic_launch(&c, "one", CAMPAIGN(""));
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 2);
  for (uint32_t i = 0; i < 2; ++i)
    assert_int_equal(clinic_ack(&c, c.actions[i].id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
  c.now += CLINIC_MINUTE;
  assert_int_equal(clinic_poll(&c), 0); /* closed by then */
  assert_int_equal(goes(&c, all, 25, 10, 0), 2);
  clinic_close(&c);
}

/* An answer, which goes before all else, is none of those that go at once. */
static void an_answer_takes_nothing_from_a_backlog(void **state) {
  static const wb_practice_options more = {.admissions = 100, .burst = 5};
  clinic c;
  (void)state;
  const char *all = people(8, 1);
  clinic_open(&c, all, &more);
  c.now = clinic_at(&c, 2026, 11, 24, 20, 0);
  clinic_rows(&c, all, "");
  clinic_launch(&c, "one", CAMPAIGN(""));
  clinic_enroll(&c);
  c.now = clinic_at(&c, 2026, 11, 25, 10, 0);
  assert_int_equal(clinic_reply(&c, "p00", "my jaw is swollen"), WB_OK);
  assert_int_equal(clinic_reply(&c, "p01", "my jaw is swollen"), WB_OK);
  assert_int_equal(goes(&c, all, 25, 10, 0), 2 + 5);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_backlog_of_the_morning_is_spread_too),
      cmocka_unit_test(a_small_backlog_goes_at_once),
      cmocka_unit_test(the_polls_of_a_minute_share_it),
      cmocka_unit_test(who_waits_for_a_time_of_their_own_has_a_place_of_the_day),
      cmocka_unit_test(it_can_be_switched_off),
      cmocka_unit_test(each_location_has_its_own),
      cmocka_unit_test(who_is_looked_at_late_goes),
      cmocka_unit_test(what_is_due_within_the_hours_is_not_put_off),
      cmocka_unit_test(a_host_that_polls_once_a_day_loses_nothing),
      cmocka_unit_test(it_never_reaches_past_the_window),
      cmocka_unit_test(law_and_caps_are_asked_again),
      cmocka_unit_test(who_is_put_off_is_no_less_late),
      cmocka_unit_test(who_stops_while_waiting_is_not_sent_it),
      cmocka_unit_test(what_is_tried_again_is_not_put_off),
      cmocka_unit_test(an_answer_takes_nothing_from_a_backlog),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

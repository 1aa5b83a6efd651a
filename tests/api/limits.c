/* SPDX-License-Identifier: MIT */
/* Caps, hours, admissions, pauses and clocks of a practice, at both sides. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"
#include "support/shape.h"

enum { DAYS = 100, ZONE_DAYS = 20000 };

/* The local day of an instant, and whether it is Monday to Friday. */
static wb_date local_day(clinic *c, wb_time at) {
  wb_local local;
  assert_int_equal(wb_zone_local(c->it.zone, at, &local), WB_OK);
  return local.date;
}

static int is_weekday(wb_date date) {
  int32_t weekday = 0;
  assert_int_equal(wb_date_weekday(date, &weekday), WB_OK);
  return weekday <= 5;
}

/* The days on which seven messages go out, by the rule in words: one after the other at least a
   day apart, on weekdays, at most `week` in any 7 days and `month` in any 30. */
static size_t days_expected(wb_date first, uint32_t week, uint32_t month, wb_date *days) {
  size_t count = 0;
  for (wb_date day = first; count < 7; ++day) {
    uint32_t in_week = 0, in_month = 0;
    for (size_t i = 0; i < count; ++i) {
      in_week += days[i] > day - 7;
      in_month += days[i] > day - 30;
    }
    if (is_weekday(day) && in_week < week && in_month < month) days[count++] = day;
  }
  return count;
}

/* Polls every hour, over ends of months and, in New York, two changes of the clocks. */
static void caps_count_local_days(void **state) {
  (void)state;
  static const struct {
    int32_t from[3];
    uint32_t week, month;
  } cases[] = {{{2026, 10, 20}, 0, 0}, {{2027, 2, 22}, 0, 0}, {{2027, 2, 26}, 1, 8},
               {{2026, 10, 26}, 3, 5}, {{2027, 1, 29}, 8, 2}, {{2026, 12, 28}, 8, 8},
               {{2028, 2, 28}, 8, 1}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    clinic c;
    wb_date days[7];
    const int32_t *from = cases[i].from;
    uint32_t week = cases[i].week ? cases[i].week : 2, month = cases[i].month ? cases[i].month : 4;
    wb_practice_options more = {.per_week = cases[i].week, .per_month = cases[i].month};
    clinic_open(&c, CLINIC_ANA, &more);
    c.now = clinic_at(&c, from[0], from[1], from[2], 9, 0);
    clinic_rows(&c, CLINIC_ANA, "");
    clinic_launch(&c, "one", CLINIC_TEXTS("one"));
    clinic_enroll(&c);
    if (week > 3) week = 3; /* us-health-cap-week */
    days_expected(local_day(&c, c.now), week, month, days);
    size_t next = 0;
    for (int hour = 0; hour < 24 * 250 && next < 7; ++hour, c.now += CLINIC_HOUR) {
      if (!clinic_poll(&c)) continue;
      assert_int_equal(c.count, 1);
      if (local_day(&c, c.now) != days[next])
        fail_msg("case %d: message %d comes %d days late", (int)i, (int)next,
                 (int)(local_day(&c, c.now) - days[next]));
      clinic_sent(&c);
      next++;
    }
    assert_int_equal(next, 7);
    clinic_close(&c);
  }
}

/* Two weeks of one message a week or two, whoever says so. */
static void of_practice_and_campaign_the_stricter_cap_holds(void **state) {
  (void)state;
  static const struct {
    uint32_t practice, campaign, sent;
  } cases[] = {{1, 2, 2}, {2, 1, 2}, {2, 2, 4}, {2, 0, 4}};
  static const char texts[] = CLINIC_TEXTS("one");
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    clinic c;
    char json[4096], caps[64] = "";
    uint32_t sent = 0;
    const wb_practice_options more = {
        .size = sizeof more, .per_week = cases[i].practice, .per_month = 8};
    if (cases[i].campaign)
      snprintf(caps, sizeof caps, "\"caps\":{\"week\":%u},", (unsigned)cases[i].campaign);
    snprintf(json, sizeof json, "{%s%s", caps, texts + 1);
    clinic_open(&c, CLINIC_ANA, &more);
    clinic_launch(&c, "one", json);
    clinic_enroll(&c);
    for (int hour = 0; hour < 24 * 13; ++hour, c.now += CLINIC_HOUR) {
      sent += clinic_poll(&c);
      clinic_sent(&c);
    }
    assert_int_equal(sent, cases[i].sent);
    clinic_close(&c);
  }
}

/* The last second that a cap holds and the first that it does not: local midnights, whatever the
   clocks do. Clocks go forward on 2027-03-14 and back on 2026-11-01. */
static void caps_end_at_local_midnight(void **state) {
  (void)state;
  static const struct {
    int32_t sent[3], held[3], free[3];
    uint32_t day, week, month;
  } cases[] = {{{2027, 3, 9}, {2027, 3, 15}, {2027, 3, 16}, 8, 1, 8},
               {{2026, 10, 27}, {2026, 11, 2}, {2026, 11, 3}, 8, 1, 8},
               {{2027, 2, 15}, {2027, 3, 16}, {2027, 3, 17}, 8, 8, 1},
               {{2026, 10, 5}, {2026, 11, 3}, {2026, 11, 4}, 8, 8, 1}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    clinic c;
    const int32_t *s = cases[i].sent, *h = cases[i].held, *f = cases[i].free;
    wb_practice_options more = {.per_day = cases[i].day,
                                .per_week = cases[i].week,
                                .per_month = cases[i].month,
                                .flags = WB_PRACTICE_ALLOW_JUMP};
    clinic_open(&c, CLINIC_ANA, &more);
    c.now = clinic_at(&c, s[0], s[1], s[2], 17, 59);
    clinic_rows(&c, CLINIC_ANA, "");
    clinic_launch(&c, "one", CLINIC_TEXTS("one"));
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, "one"), WB_OK);
    clinic_launch(&c, "two", CLINIC_TEXTS("two"));
    clinic_enroll(&c);
    c.now = clinic_at(&c, h[0], h[1], h[2], 17, 59) + 59;
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(clinic_find(&c, "p1", "two").hold, WB_HOLD_CAP);
    assert_int_equal(clinic_wake(&c), clinic_at(&c, f[0], f[1], f[2], 0, 0));
    c.now = clinic_at(&c, f[0], f[1], f[2], 10, 0);
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].campaign, "two");
    clinic_close(&c);
  }
}

/* What was not sent takes no place; its retry asks for one again. */
static void a_retry_is_held_by_a_cap_like_any_other(void **state) {
  (void)state;
  clinic c;
  wb_practice_options more = {.per_week = 1};
  clinic_open(&c, CLINIC_ANA, &more);
  clinic_launch(&c, "one", CLINIC_TEXTS("one"));
  clinic_launch(&c, "two", CLINIC_TEXTS("two"));
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].campaign, "one");
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].campaign, "two");
  clinic_sent(&c);
  c.now += 60;
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", "one").hold, WB_HOLD_CAP);
  clinic_close(&c);
}

static wb_status practice_of(void *user, void *options) {
  clinic *c = user;
  wb_practice *practice = NULL;
  wb_status status = wb_practice_new(c->context, c->it.schema, NULL, options, &practice, NULL);
  assert_true((practice != NULL) == (status == WB_OK));
  wb_practice_free(practice);
  return status;
}

static void options_of_a_practice_are_checked(void **state) {
  (void)state;
  static const uint8_t zero[16] = {0};
  char key[WB_KEY_MAX + 1];
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  wb_practice_options options = c.options;
  wb_policy *foreign = NULL;
  wb_schema *other = NULL;
  wb_practice *of_two = NULL;
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &other, NULL), WB_OK);
  assert_int_equal(wb_policy_new(NULL, other, NULL, 0, &foreign, NULL), WB_OK);
  assert_int_equal(wb_practice_new(NULL, c.it.schema, foreign, &options, &of_two, NULL),
                   WB_E_INVALID);
  assert_null(of_two);
  wb_policy_unref(foreign);
  wb_schema_unref(other);
  shape_in(&options, sizeof options, practice_of, &c);
  assert_int_equal(practice_of(&c, NULL), WB_E_INVALID);
  options.secret = NULL;
  assert_int_equal(practice_of(&c, &options), WB_E_INVALID);
  options.secret = zero;
  assert_int_equal(practice_of(&c, &options), WB_E_INVALID);
  options = c.options;
  options.key = NULL;
  assert_int_equal(practice_of(&c, &options), WB_E_INVALID);
  memset(key, 'k', sizeof key);
  options.key = key;
  options.key_length = WB_KEY_MAX;
  assert_int_equal(practice_of(&c, &options), WB_OK);
  options.key_length = WB_KEY_MAX + 1;
  assert_int_equal(practice_of(&c, &options), WB_E_INVALID);
  options.key_length = 0;
  assert_int_equal(practice_of(&c, &options), WB_E_INVALID);
  for (int cap = 0; cap < 3; ++cap) {
    options = c.options;
    uint32_t *caps[] = {&options.per_day, &options.per_week, &options.per_month};
    *caps[cap] = 8;
    assert_int_equal(practice_of(&c, &options), WB_OK);
    *caps[cap] = 9;
    assert_int_equal(practice_of(&c, &options), WB_E_RANGE);
  }
  static const struct {
    uint32_t booked, kept;
    wb_status status;
  } windows[] = {{0, WB_KEPT_DAYS_MAX, WB_OK},
                 {0, WB_KEPT_DAYS_MAX + 1, WB_E_RANGE},
                 {120, 0, WB_OK},
                 {121, 0, WB_E_RANGE}};
  for (size_t i = 0; i < sizeof windows / sizeof *windows; ++i) {
    options = c.options;
    options.booked_days = windows[i].booked;
    options.kept_days = windows[i].kept;
    assert_int_equal(practice_of(&c, &options), windows[i].status);
  }
  options = c.options;
  options.flags = WB_PRACTICE_ALLOW_JUMP << 1;
  assert_int_equal(practice_of(&c, &options), WB_E_VERSION);
  wb_practice *practice = NULL;
  assert_int_equal(wb_practice_new(NULL, NULL, NULL, &c.options, &practice, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_new(NULL, c.it.schema, NULL, &c.options, NULL, NULL), WB_E_INVALID);
  assert_null(practice);
  clinic_close(&c);
}

static wb_status options_of(void *practice, void *options) {
  return wb_practice_get(practice, options);
}

/* What was given, and what holds where nothing was. */
static void a_practice_says_what_it_works_by(void **state) {
  (void)state;
  clinic c;
  wb_practice *bare = NULL;
  wb_practice_options known = {.size = sizeof known};
  const wb_practice_options given = {.per_week = 3, .admissions = 7, .kept_days = 90};
  clinic_open(&c, CLINIC_ANA, &given);
  wb_practice_options none = {.size = sizeof none,
                              .secret = c.options.secret,
                              .key = c.options.key,
                              .key_length = c.options.key_length};
  assert_int_equal(wb_practice_new(NULL, c.it.schema, NULL, &none, &bare, NULL), WB_OK);
  assert_int_equal(wb_practice_get(bare, &known), WB_OK);
  assert_int_equal(known.hours_count, 2);
  assert_int_equal(known.hours[0].weekdays, 62); /* Monday to Friday */
  assert_int_equal(known.hours[0].from, 9 * CLINIC_HOUR);
  assert_int_equal(known.hours[1].to, 14 * CLINIC_HOUR);
  assert_int_equal(known.per_day, 1);
  assert_int_equal(known.per_week, 2);
  assert_int_equal(known.per_month, 4);
  assert_int_equal(known.admissions, 25);
  assert_int_equal(known.booked_days, 30);
  assert_int_equal(known.kept_days, 120);
  wb_practice_free(bare);
  assert_int_equal(wb_practice_get(c.practice, &known), WB_OK);
  assert_int_equal(known.hours_count, 1);
  assert_int_equal(known.hours[0].from, 10 * CLINIC_HOUR);
  assert_int_equal(known.per_week, 3);
  assert_int_equal(known.admissions, 7);
  assert_int_equal(known.kept_days, 90);
  assert_string_equal(known.key, c.options.key);
  assert_null(known.secret);
  shape_out(&known, sizeof known, options_of, c.practice);
  assert_int_equal(wb_practice_get(c.practice, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_get(NULL, &known), WB_E_INVALID);
  clinic_close(&c);
}

/* ---- clocks --------------------------------------------------------------------------------- */

/* Every call that takes `now`, at that instant. */
static wb_status call_at(clinic *c, int which, wb_time now) {
  wb_counts counts = {.size = sizeof counts};
  wb_input pause = clinic_input(WB_INPUT_PAUSE, "one");
  wb_outcome sent = {.size = sizeof sent, .kind = WB_SENT};
  uint32_t count = 0;
  wb_action action = {.size = sizeof action};
  wb_status status = WB_OK;
  wb_campaign *campaign = NULL;
  switch (which) {
  case 0:
    campaign = clinic_campaign(c, CLINIC_TEXTS("two"));
    status = wb_practice_add(c->practice, campaign, now, NULL);
    wb_campaign_unref(campaign);
    return status;
  case 1: return wb_practice_enroll(c->practice, NULL, 0, c->it.facts, now, &counts, NULL);
  case 2: return wb_practice_poll(c->practice, c->it.facts, now, &action, 1, &count, NULL);
  case 3: return wb_practice_ack(c->practice, c->actions[0].id, &sent, now, NULL);
  default: return wb_practice_receive(c->practice, &pause, now, NULL);
  }
}

static void a_jump_beyond_31_days_needs_leave(void **state) {
  (void)state;
  for (int which = 0; which < 5; ++which) {
    for (uint32_t leave = 0; leave < 2; ++leave) {
      clinic c;
      wb_practice_options more = {.flags = leave};
      clinic_begin(&c, CLINIC_ANA CLINIC_BEN, &more);
      c.actions[0].size = sizeof(wb_action);
      assert_int_equal(
          wb_practice_poll(c.practice, c.it.facts, c.now, c.actions, 1, &c.count, NULL), WB_OK);
      uint64_t sequence = wb_practice_sequence(c.practice);
      wb_time last = c.now;
      const wb_time never[] = {WB_TIME_NONE, WB_TIME_MIN - 1, WB_TIME_MAX + 1, INT64_MAX};
      for (size_t i = 0; i < 4; ++i)
        assert_int_equal(call_at(&c, which, never[i]), WB_E_RANGE);
      if (!leave) assert_int_equal(call_at(&c, which, last + 31 * CLINIC_DAY + 1), WB_E_RANGE);
      assert_int_equal(wb_practice_sequence(c.practice), sequence);
      assert_int_equal(call_at(&c, which, last + 31 * CLINIC_DAY + leave), WB_OK);
      clinic_close(&c);
    }
  }
}

/* Seconds that do not fit 32 bits, a century that is no leap year, the last of our years. */
static void far_times_are_times(void **state) {
  (void)state;
  static const int32_t days[][3] = {{2038, 1, 20}, {2100, 3, 2}, {9998, 6, 16}};
  const wb_practice_options more = {.flags = WB_PRACTICE_ALLOW_JUMP};
  for (size_t i = 0; i < 3; ++i) {
    clinic c;
    clinic_begin(&c, CLINIC_ANA, &more);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    c.now = clinic_at(&c, days[i][0], days[i][1], days[i][2], 11, 0);
    clinic_rows(&c, CLINIC_ANA, "");
    assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, "p1"), WB_OK);
    assert_int_equal(clinic_poll(&c), 0); /* a contact a day */
    wb_practice_free(clinic_loaded(&c));
    clinic_close(&c);
  }
}

/* A clock that goes back: nothing comes early, no state is lost, replay agrees. */
static void a_clock_may_go_back(void **state) {
  (void)state;
  for (int which = 0; which < 5; ++which) {
    clinic c;
    clinic_begin(&c, CLINIC_ANA, NULL);
    assert_int_equal(clinic_poll(&c), 1);
    wb_time before = c.now;
    c.now = before - 5 * CLINIC_DAY;
    clinic_rows(&c, CLINIC_ANA, ""); /* by the same clock */
    assert_int_equal(call_at(&c, which, c.now), WB_OK);
    if (which != 3) clinic_sent(&c);
    c.now = before - 4 * CLINIC_DAY;
    assert_int_equal(clinic_poll(&c), 0);
    c.now = before + CLINIC_DAY - 60;
    assert_int_equal(clinic_poll(&c), 0);
    wb_practice_free(clinic_replayed(&c));
    clinic_close(&c);
  }
}

/* A record has the time that its call was given, whatever the clock does: numbers tell the order.
 */
static void a_record_has_the_time_of_its_call(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA CLINIC_BEN, NULL);
  uint64_t offset = c.journal.length, sequence = wb_practice_sequence(c.practice);
  wb_time given[20];
  for (int i = 0; i < 20; ++i) {
    c.now += i % 3 ? -5 * CLINIC_HOUR : 11 * CLINIC_HOUR;
    given[i] = c.now;
    assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, "p1"), WB_OK);
  }
  wb_record record = {.size = sizeof record};
  for (int i = 0; i < 20; ++i) {
    assert_int_equal(wb_journal_next(c.journal.bytes, c.journal.length, &offset, &record), WB_OK);
    assert_int_equal(record.sequence, ++sequence);
    assert_int_equal(record.at, given[i]);
    assert_int_equal(record.offset + record.length, offset);
  }
  assert_int_equal(offset, c.journal.length);
  assert_int_equal(sequence, wb_practice_sequence(c.practice));
  wb_practice_free(clinic_replayed(&c));
  clinic_close(&c);
}

/* ---- who enters ----------------------------------------------------------------------------- */

#define PEOPLE                                                                                     \
  CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|yes||\n"                                    \
              "p2|active|Ben|1981-03-01|2|+12125550102|yes||\n"                                    \
              "p3|active|Cat|2015-03-01|1|+12125550103|yes||\n"                                    \
              "p4|inactive|Dan|1981-03-01|1|+12125550104|yes||\n"                                  \
              "p5|active|Eve|1981-03-01|1|+12125550105|no||\n"                                     \
              "p6|odd|Fay|1981-03-01|1|+12125550106|yes||\n"

static void enrolment_counts_add_up(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, PEOPLE, NULL);
  wb_counts counts = clinic_enroll(&c); /* the second time */
  assert_int_equal(counts.patients, 6);
  assert_int_equal(counts.eligible, 0); /* who is inside is not asked again */
  assert_int_equal(counts.enrolled, 0);
  assert_int_equal(counts.held, 0);
  assert_int_equal(counts.inside, 4);
  assert_int_equal(counts.failed, 1);
  assert_int_equal(counts.resting, 0);
  assert_int_equal(clinic_find(&c, "p3", NULL).hold, WB_HOLD_MINOR);
  assert_int_equal(clinic_find(&c, "p5", NULL).hold, WB_HOLD_NO_PERMISSION);
  assert_string_equal(clinic_find(&c, "p2", NULL).location, "2");
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK);
  counts = clinic_enroll(&c);
  assert_int_equal(counts.inside, 3);
  assert_int_equal(counts.resting, 1);
  assert_int_equal(counts.eligible, 0);
  c.now += 10 * CLINIC_DAY - 1;
  assert_int_equal(clinic_enroll(&c).resting, 1);
  c.now += 1;
  counts = clinic_enroll(&c);
  assert_int_equal(counts.resting, 0);
  assert_int_equal(counts.enrolled, 1);
  assert_int_equal(counts.eligible, 1);
  assert_int_equal(clinic_find(&c, "p1", NULL).entry, 2);
  assert_int_equal(clinic_receive(&c, WB_INPUT_LEFT, "p2"), WB_OK);
  counts = clinic_enroll(&c);
  assert_int_equal(counts.resting, 1);
  assert_int_equal(counts.inside, 3);
  clinic_close(&c);
}

/* Whoever is not known to be meant is counted, and does not enter. */
static void who_may_be_meant_or_not_is_counted(void **state) {
  static const char json[] =
      "{\"format\":1,\"name\":\"one\",\"title\":\"One\",\"class\":\"care\",\"audience\":"
      "\"patient.age < 60\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"exits\":{"
      "\"booked\":\"recare.booked\"},\"steps\":[{\"id\":\"a\",\"send\":[\"t\"]},{\"id\":\"end\","
      "\"exit\":true}],\"texts\":{\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ "
      "location.short_name }} has time. Reply STOP to opt out.\"}}}}";
  static const char patients[] = CLINIC_ANA "p3|active|Old|1950-03-01|1|+12125550103|yes||\n"
                                            "p4|active|Cat||1|+12125550104|yes||\n";
  clinic c;
  (void)state;
  clinic_open(&c, patients, NULL);
  clinic_launch(&c, "one", json);
  const wb_counts counts = clinic_enroll(&c);
  assert_int_equal(counts.unknown, 1);
  assert_int_equal(counts.eligible, 1);
  assert_int_equal(counts.enrolled, 1);
  assert_int_equal(counts.held, 0);
  clinic_close(&c);
}

static wb_status enroll_shape(void *user, void *counts) {
  clinic *c = user;
  return wb_practice_enroll(c->practice, NULL, 0, c->it.facts, c->now, counts, NULL);
}

/* Who left with a message handed out comes again once it is known what became of it. */
static void nobody_comes_again_with_a_claim_open(void **state) {
  (void)state;
  clinic c;
  uint8_t id[16];
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_poll(&c), 1);
  memcpy(id, c.actions[0].id, 16);
  assert_int_equal(clinic_receive(&c, WB_INPUT_KEPT, "p1"), WB_OK);
  c.now += 11 * CLINIC_DAY;
  clinic_rows(&c, CLINIC_ANA, "");
  wb_counts counts = clinic_enroll(&c);
  assert_int_equal(counts.resting, 1);
  assert_int_equal(counts.enrolled, 0);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_action(&c, id).state, WB_ACTION_UNKNOWN);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  clinic_close(&c);
}

/* Nor does anybody enter where there is no place for the counts. */
static void without_a_place_for_the_counts_nobody_enters(void **state) {
  clinic c;
  wb_counts counts = {.size = sizeof counts - 8};
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "one", CLINIC_TEXTS("one"));
  const uint64_t before = wb_practice_sequence(c.practice);
  assert_int_equal(enroll_shape(&c, &counts), WB_E_INVALID);
  assert_int_equal(enroll_shape(&c, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_sequence(c.practice), before);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  clinic_close(&c);
}

/* Memory that fails is told of in words. */
static void who_cannot_be_let_in_for_memory_is_told_of(void **state) {
  clinic c;
  wb_status status = WB_E_NOMEM;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "one", CLINIC_TEXTS("one"));
  for (uint64_t at = 1; status == WB_E_NOMEM; at++) {
    wb_counts counts = {.size = sizeof counts};
    wb_error error = {0};
    fault_arm(&c.memory.plan, FAULT_ONCE, at);
    status = wb_practice_enroll(c.practice, NULL, 0, c.it.facts, c.now, &counts, &error);
    const bool met = c.memory.plan.hits > 0;
    fault_arm(&c.memory.plan, FAULT_NEVER, 0);
    assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
    if (met && error.message[0] == '\0') fail_msg("allocation %d fails without a word", (int)at);
  }
  clinic_close(&c);
}

static void enrolling_is_checked(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  wb_counts counts = {.size = sizeof counts};
  wb_practice *p = c.practice;
  wb_facts *facts = c.it.facts;
  shape_out(&counts, sizeof counts, enroll_shape, &c);
  assert_int_equal(enroll_shape(&c, NULL), WB_E_INVALID);
  memset(&counts, 0xA5, sizeof counts);
  counts.size = sizeof counts;
  wb_counts before = counts;
  assert_int_equal(wb_practice_enroll(NULL, NULL, 0, facts, c.now, &counts, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_enroll(p, NULL, 0, NULL, c.now, &counts, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_enroll(p, "none", 4, facts, c.now, &counts, NULL), WB_E_NAME);
  assert_int_equal(wb_practice_enroll(p, "on", 2, facts, c.now, &counts, NULL), WB_E_NAME);
  assert_memory_equal(&counts, &before, sizeof counts);
  assert_int_equal(wb_practice_enroll(p, "oney", 3, facts, c.now, &counts, NULL), WB_OK);
  assert_int_equal(counts.inside, 1);
  sample other; /* facts of another schema */
  sample_open(&other, NULL);
  sample_add(&other, "patients", "patient:u|status:u\np1|active\n");
  assert_int_equal(wb_practice_enroll(p, NULL, 0, other.facts, c.now, &counts, NULL), WB_E_INVALID);
  uint32_t count = 77;
  c.actions[0].size = sizeof(wb_action);
  assert_int_equal(wb_practice_poll(p, other.facts, c.now, c.actions, 1, &count, NULL),
                   WB_E_INVALID);
  assert_int_equal(count, 77);
  sample_close(&other);
  clinic_close(&c);
}

static void facts_age_to_the_second(void **state) {
  (void)state;
  clinic c;
  wb_practice_options more = {.stale_facts = 3600};
  wb_counts counts = {.size = sizeof counts};
  clinic_begin(&c, CLINIC_ANA, &more);
  c.now += 3600;
  assert_int_equal(enroll_shape(&c, &counts), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_INTERRUPTED), WB_OK);
  c.now += 1;
  assert_int_equal(enroll_shape(&c, &counts), WB_E_STATE);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_FACTS);
  clinic_close(&c);
}

/* Facts as of so many seconds from now. */
static void read_ahead(clinic *c, wb_time seconds) {
  c->now += seconds;
  clinic_rows(c, CLINIC_ANA, "");
  c->now -= seconds;
}

/* Nobody has read what is yet to come: but for what two clocks may differ by, such facts are no
   better than old ones, and would never be old. */
static void facts_of_later_than_now_are_not_believed(void **state) {
  (void)state;
  static const wb_time ahead[] = {1, 300, 301, 3600, 40 * 365 * (wb_time)CLINIC_DAY};
  wb_counts counts = {.size = sizeof counts};
  for (size_t i = 0; i < sizeof ahead / sizeof *ahead; i++) {
    clinic c;
    const bool good = ahead[i] <= 300;
    clinic_begin(&c, CLINIC_ANA, NULL);
    read_ahead(&c, ahead[i]);
    assert_int_equal(enroll_shape(&c, &counts), good ? WB_OK : WB_E_STATE);
    assert_int_equal(clinic_poll(&c), good);
    if (!good) assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_FACTS);
    if (!good) { /* facts of now end that */
      c.now += CLINIC_MINUTE;
      clinic_rows(&c, CLINIC_ANA, "");
      assert_int_equal(clinic_poll(&c), 1);
    }
    clinic_close(&c);
  }
}

/* A last look goes by them no more than a poll does. */
static void a_last_look_does_not_believe_facts_of_later_than_now(void **state) {
  (void)state;
  for (wb_time more = 0; more < 2; more++) {
    wb_look look = {.size = sizeof look};
    clinic c;
    clinic_begin(&c, CLINIC_ANA, NULL);
    assert_int_equal(clinic_poll(&c), 1);
    read_ahead(&c, 300 + more);
    assert_int_equal(wb_practice_test(c.practice, c.actions[0].id, c.it.facts, c.now, &look, NULL),
                     WB_OK);
    assert_int_equal(look.answer, more == 0 ? WB_LOOK_GO : WB_LOOK_LATER);
    clinic_close(&c);
  }
}

/* Who waits to be let in, of a campaign or of all. */
static wb_status waiting(clinic *c, const char *campaign, wb_waiting *rows, uint32_t capacity,
                         uint32_t *count) {
  return wb_practice_waiting(c->practice, campaign, campaign != NULL ? strlen(campaign) : 0,
                             c->it.facts, c->now, rows, capacity, count, NULL);
}

/* Eight people at two locations, of whom one a day is let in at each. */
static void open_two_places(clinic *c) {
  char people[2000] = CLINIC_HEAD;
  for (int i = 0; i < 8; ++i)
    snprintf(people + strlen(people), 200, "q%d|active|Ana|1980-02-29|%d|+1212555012%d|yes||\n", i,
             i % 2 + 1, i);
  const wb_practice_options more = {.admissions = 1};
  clinic_open(c, people, &more);
  clinic_launch(c, "one", CLINIC_TEXTS("one"));
}

/* Admissions are for a local day and a location. */
static void admissions_are_for_each_location(void **state) {
  (void)state;
  clinic c;
  open_two_places(&c);
  wb_counts counts = clinic_enroll(&c);
  assert_int_equal(counts.enrolled, 2);
  assert_int_equal(counts.waiting, 6);
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  c.now = clinic_at(&c, 2026, 11, 23, 17, 59) + 59;
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  c.now = clinic_at(&c, 2026, 11, 24, 0, 0);
  assert_int_equal(clinic_enroll(&c).enrolled, 2);
  c.now = clinic_at(&c, 2026, 11, 24, 17, 0);
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  c.now = clinic_at(&c, 2026, 11, 25, 10, 0);
  assert_int_equal(clinic_enroll(&c).enrolled, 2);
  clinic_close(&c);
}

/* Who waits for one of the day's admissions is shown, with the reason and a time; nothing is
   journaled of it, however often it is asked. */
static void who_waits_for_admission_is_shown_with_reason_and_time(void **state) {
  (void)state;
  clinic c;
  open_two_places(&c);
  wb_waiting rows[8] = {{.size = sizeof rows[0]}};
  uint32_t count = 0;
  assert_int_equal(waiting(&c, NULL, rows, 8, &count), WB_OK); /* as if they were let in now */
  assert_int_equal(count, 6);
  assert_int_equal(clinic_enroll(&c).enrolled, 2);
  const uint64_t sequence = wb_practice_sequence(c.practice);
  count = 0;
  assert_int_equal(waiting(&c, "one", rows, 8, &count), WB_OK);
  assert_int_equal(count, 6);
  assert_string_equal(rows[0].patient, "q2");
  assert_int_equal(rows[0].patient_length, 2);
  assert_string_equal(rows[0].location, "1");
  assert_string_equal(rows[0].campaign, "one");
  assert_string_equal(rows[0].segment, "long");
  assert_int_equal(rows[0].hold, WB_HOLD_ADMISSIONS);
  assert_string_equal(wb_hold_name(rows[0].hold), "admissions");
  assert_int_equal(rows[0].again, clinic_at(&c, 2026, 11, 24, 10, 0));
  assert_int_equal(rows[0].ahead, 0);
  assert_string_equal(rows[1].location, "2");
  assert_int_equal(rows[1].ahead, 0);
  assert_string_equal(rows[4].patient, "q6");
  assert_int_equal(rows[4].ahead, 2);
  assert_int_equal(waiting(&c, NULL, rows, 5, &count), WB_E_SPACE);
  assert_int_equal(count, 6);
  assert_int_equal(waiting(&c, "two", rows, 8, &count), WB_E_NAME);
  assert_int_equal(wb_practice_sequence(c.practice), sequence);
  const uint64_t live = c.memory.live;
  for (int i = 0; i < 200; i++)
    assert_int_equal(waiting(&c, "one", rows, 8, &count), WB_OK);
  assert_int_equal(c.memory.live, live);          /* nor is more and more kept */
  assert_int_equal(clinic_enroll(&c).waiting, 6); /* it took nobody's place */
  c.now = clinic_at(&c, 2026, 11, 27, 18, 0);     /* Friday is over: Monday's, then Tuesday's */
  assert_int_equal(clinic_enroll(&c).enrolled, 2);
  assert_int_equal(waiting(&c, NULL, rows, 8, &count), WB_OK);
  assert_int_equal(count, 4);
  assert_int_equal(rows[0].again, clinic_at(&c, 2026, 12, 1, 10, 0));
  clinic_close(&c);
}

/* So is who is not let in since something about them is on the desk's list Now; that has no time.
   Who is in no audience is not. */
static void who_waits_for_the_desk_is_shown(void **state) {
  (void)state;
  clinic c;
  clinic_written(&c, CLINIC_ANA CLINIC_BEN, 2);
  assert_int_equal(clinic_reply(&c, "p2", "my jaw is swollen"), WB_OK);
  clinic_launch(&c, "two", CLINIC_TEXTS("two"));
  wb_waiting row = {.size = sizeof row};
  uint32_t count = 0;
  const wb_counts counts = clinic_enroll(&c);
  assert_int_equal(counts.waiting, 1);
  assert_int_equal(counts.inside, 1);
  assert_int_equal(waiting(&c, NULL, &row, 1, &count), WB_OK);
  assert_int_equal(count, 1);
  assert_string_equal(row.patient, "p2");
  assert_string_equal(row.campaign, "two");
  assert_int_equal(row.hold, WB_HOLD_DESK);
  assert_int_equal(row.again, WB_TIME_NONE);
  assert_int_equal(waiting(&c, "one", &row, 1, &count), WB_OK);
  assert_int_equal(count, 0);
  assert_int_equal(waiting(&c, NULL, NULL, 0, &count), WB_E_SPACE);
  assert_int_equal(count, 1);
  assert_int_equal(waiting(&c, NULL, NULL, 1, &count), WB_E_INVALID);
  row.size -= 8;
  assert_int_equal(waiting(&c, NULL, &row, 1, &count), WB_E_INVALID);
  clinic_close(&c);
}

/* ---- launch, pause, resume ------------------------------------------------------------------ */

static wb_status at_location(clinic *c, int32_t kind, const char *location) {
  wb_input input = clinic_input(kind, NULL);
  input.location = location;
  input.location_length = (uint32_t)strlen(location);
  return clinic_send(c, &input);
}

static void a_pause_has_a_scope(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, PEOPLE, NULL);
  assert_int_equal(at_location(&c, WB_INPUT_PAUSE, "2"), WB_OK);
  assert_int_equal(at_location(&c, WB_INPUT_RESUME, "1"), WB_E_STATE);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].patient, "p1");
  assert_int_equal(clinic_find(&c, "p2", NULL).hold, WB_HOLD_PAUSED);
  assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, NULL), WB_OK);
  clinic_sent(&c); /* what is out is out */
  assert_int_equal(at_location(&c, WB_INPUT_RESUME, "2"), WB_OK);
  assert_int_equal(clinic_poll(&c), 0); /* the practice still is */
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, "one"), WB_E_STATE);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, "none"), WB_E_NAME);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, NULL), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, NULL), WB_E_STATE);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].patient, "p2");
  clinic_close(&c);
}

/* Caps that hold two campaigns apart: which one is paused makes the difference. */
static void a_paused_campaign_leaves_the_others(void **state) {
  (void)state;
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "one", CLINIC_TEXTS("one"));
  clinic_launch(&c, "two", CLINIC_TEXTS("two"));
  clinic_enroll(&c);
  assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, "one"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].campaign, "two");
  clinic_sent(&c);
  assert_int_equal(clinic_find(&c, "p1", "one").hold, WB_HOLD_PAUSED);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, "one"), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", "one").hold, WB_HOLD_CAP);
  clinic_close(&c);
}

static void a_launch_is_checked(void **state) {
  (void)state;
  char approver[WB_KEY_MAX + 1];
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_receive(&c, WB_INPUT_LAUNCH, "one"), WB_E_NAME);
  assert_int_equal(clinic_add(&c, CLINIC_TEXTS("one")), WB_OK);
  wb_input launch = clinic_input(WB_INPUT_LAUNCH, "one");
  memset(approver, 'a', sizeof approver);
  launch.approver = approver;
  launch.approver_length = WB_KEY_MAX + 1;
  assert_int_equal(clinic_send(&c, &launch), WB_E_INVALID);
  assert_int_equal(clinic_enroll(&c).eligible, 0);
  launch.approver_length = WB_KEY_MAX;
  assert_int_equal(clinic_send(&c, &launch), WB_OK);
  assert_int_equal(clinic_enroll(&c).eligible, 1);
  launch.campaign = NULL;
  launch.campaign_length = 0;
  wb_status status = clinic_send(&c, &launch);
  assert_true(status == WB_E_NAME || status == WB_E_INVALID);
  clinic_close(&c);
}

/* ---- caps of the law ------------------------------------------------------------------------ */

#define LAW_CAMPAIGN(class)                                                                        \
  "{\"format\":1,\"name\":\"one\",\"title\":\"One\",\"class\":\"" class                            \
      "\","                                                                                        \
      "\"audience\":\"recare.overdue_months >= 1 && !recare.booked\","                             \
      "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"                                      \
      "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":["                                       \
      "{\"id\":\"a\",\"send\":[\"text\"]},{\"id\":\"end\",\"exit\":true}],"                        \
      "\"texts\":{\"text\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }}: "    \
      "{{ location.booking_url }} Reply STOP to opt out.\"}}}}"

/* Whether a record of the journal says something. */
static bool law_said(const clinic *c, const char *wanted) {
  uint64_t offset = 0;
  wb_record record = {.size = sizeof record};
  char text[4096];
  for (;;) {
    const uint64_t at = offset;
    size_t needed = 0;
    if (wb_journal_next(c->journal.bytes, c->journal.length, &offset, &record) != WB_OK)
      return false;
    if (wb_journal_format(c->journal.bytes, c->journal.length, at, text, sizeof text, &needed) ==
            WB_OK &&
        strstr(text, wanted))
      return true;
  }
}

/* Whether the journal says that a rule of the law holds somebody. */
static bool law_held(const clinic *c, const char *rule) {
  char wanted[100];
  snprintf(wanted, sizeof wanted, "\"hold\":\"cap\",\"law\":\"%s\"", rule);
  return law_said(c, wanted);
}

/* Each cap: so many messages, and until a minute before the time is over nothing more goes; with
   one fewer it does. The practice's own caps are as wide as they can be. */
static void caps_of_the_law_hold_whatever_the_practice_says(void **state) {
  (void)state;
  static const struct {
    const char *region, *zone, *class_, *rule; /* NULL: there is none */
    int32_t most, days;
  } rows[] = {
      {"US-FL", "America/New_York", LAW_CAMPAIGN("benefit"), "us-fl-cap", 3, 1},
      {"US-MD", "America/New_York", LAW_CAMPAIGN("benefit"), "us-md-cap", 3, 1},
      {"US-OK", "America/Chicago", LAW_CAMPAIGN("benefit"), "us-ok-cap", 3, 1},
      {"US-OR", "America/Los_Angeles", LAW_CAMPAIGN("benefit"), "us-or-cap", 3, 1},
      {"US-FL", "America/New_York", LAW_CAMPAIGN("care"), "us-health-cap-day", 1, 1},
      {"US-NY", "America/New_York", LAW_CAMPAIGN("care"), "us-health-cap-day", 1, 1},
      {"US-NY", "America/New_York", LAW_CAMPAIGN("care"), "us-health-cap-week", 3, 7},
      {"US-NY", "America/New_York", LAW_CAMPAIGN("benefit"), NULL, 7, 1},
      {"CA-ON", "America/Toronto", LAW_CAMPAIGN("care"), NULL, 7, 1},
      /* no region: any of the country in which the zone lies */
      {"", "America/New_York", LAW_CAMPAIGN("benefit"), "us-fl-cap", 3, 1},
      {"", "America/Toronto", LAW_CAMPAIGN("care"), NULL, 7, 1},
  };
  for (size_t cell = 0; cell < 2 * sizeof rows / sizeof *rows; ++cell) {
    const size_t i = cell / 2;
    const int fewer = cell % 2;
    clinic c;
    const wb_practice_options more = {.per_day = 8, .per_week = 8, .per_month = 8};
    clinic_open(&c, CLINIC_ANA, &more);
    /* The contacts: the first so many days before the Tuesday at 14:00 in New York. */
    const wb_time over = clinic_at(&c, 2026, 11, 24, 14, 0);
    const wb_time first = over - rows[i].days * CLINIC_DAY;
    c.now = first;
    clinic_moved(&c, rows[i].zone, rows[i].region, CLINIC_ANA);
    clinic_launch(&c, "one", rows[i].class_);
    clinic_enroll(&c);
    for (int32_t sent = fewer; sent < rows[i].most; ++sent) {
      wb_input contacted = clinic_input(WB_INPUT_CONTACTED, "p1");
      contacted.at = first + sent * (rows[i].days > 1 ? 2 * CLINIC_DAY : CLINIC_MINUTE);
      c.now = contacted.at;
      assert_int_equal(clinic_send(&c, &contacted), WB_OK);
    }
    c.now = over - CLINIC_MINUTE;
    clinic_moved(&c, rows[i].zone, rows[i].region, CLINIC_ANA);
    const bool held = rows[i].rule && !fewer;
    const uint32_t early = clinic_poll(&c);
    if (early != !held) fail_msg("%s, row %d: %d go", rows[i].region, (int)i, (int)early);
    if (rows[i].rule) assert_int_equal(law_held(&c, rows[i].rule), held);
    if (held) {
      assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_CAP);
      assert_int_equal(clinic_find(&c, "p1", NULL).wake, over);
      c.now = over;
      assert_int_equal(clinic_poll(&c), 1);
    }
    clinic_close(&c);
  }
}

/* The consent, and the law that the audit names, with a region and without one. */
static void without_a_region_the_law_is_that_of_the_country_of_the_zone(void **state) {
  (void)state;
  static const struct {
    const char *region, *zone, *rule, *pack, *place;
  } rows[] = {
      {"US-NY", "America/New_York", "us-tcpa-consent", "us ", " US-NY\""},
      {"", "America/New_York", "us-tcpa-consent", "us ", " US\""},
      {"CA-ON", "America/Toronto", "ca-text-consent", "ca ", " CA-ON\""},
      {"", "America/Toronto", "ca-text-consent", "ca ", " CA\""},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    char wanted[100];
    clinic c;
    clinic_open(&c, CLINIC_ANA, NULL);
    c.now = clinic_at(&c, 2026, 11, 24, 14, 0);
    clinic_moved(&c, rows[i].zone, rows[i].region, CLINIC_ANA);
    clinic_launch(&c, "one", LAW_CAMPAIGN("care"));
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), 1);
    snprintf(wanted, sizeof wanted, "\"consent_rule\":\"%s\"", rows[i].rule);
    if (!law_said(&c, wanted)) fail_msg("row %d: %s", (int)i, wanted);
    snprintf(wanted, sizeof wanted, "\"edition\":\"%s", rows[i].pack);
    if (!law_said(&c, wanted)) fail_msg("row %d: %s", (int)i, wanted);
    if (!law_said(&c, rows[i].place)) fail_msg("row %d: %s", (int)i, rows[i].place);
    clinic_close(&c);
  }
}

/* Ana of that region at that time, at a practice in New York with those hours. */
static void lives(clinic *c, const char *region, const wb_window *hours, int hour, int minute) {
  char patients[400];
  snprintf(patients, sizeof patients,
           "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"
           "region:u\np1|active|Ana|1980-02-29|1|+12125550101|yes|%s\n",
           region);
  clinic_open(c, patients, NULL);
  c->options.hours = hours;
  wb_practice_free(c->practice);
  c->practice = clinic_practice(c, NULL);
  c->now = clinic_at(c, 2026, 11, 24, hour, minute);
  clinic_rows(c, patients, "");
  clinic_launch(c, "one", LAW_CAMPAIGN("care"));
  clinic_enroll(c);
}

/* Hours, consent and caps are those of where they live: in their own zone, in all zones of a region
   that has several, and nowhere that no pack knows. */
static void the_law_is_that_of_where_the_patient_lives(void **state) {
  (void)state;
  static const wb_window always = {WB_WEEKDAYS_ALL, 0, CLINIC_DAY};
  static const struct {
    const char *region;
    int opens; /* in New York; 0: at once, 24: not that day, -1: no law is known */
    const char *law;
  } rows[] = {{"", 0, ""},       {"US-NY", 0, ""},
              {"US-NJ", 0, ""},  {"US-CT", 9, "\"law\":\"us-ct-hours\""},
              {"US-IL", 9, ""},  {"US-KY", 11, "\"law\":\"us-ky-hours\""},
              {"US-CA", 11, ""}, {"US", 24, ""},
              {"FR-75", -1, ""}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    clinic c;
    const char *edition = rows[i].region[0] ? rows[i].region : "US-NY";
    char wanted[64];
    lives(&c, rows[i].region, &always, 8, 0);
    assert_int_equal(clinic_poll(&c), rows[i].opens == 0);
    if (rows[i].opens == 0) {
      snprintf(wanted, sizeof wanted, " %s\"", edition);
      assert_true(law_said(&c, wanted));
    } else {
      const wb_enrollment held = clinic_find(&c, "p1", "one");
      const wb_time at = c.now + (wb_time)(rows[i].opens - 8) * CLINIC_HOUR;
      const int32_t hold = rows[i].opens < 0 ? WB_HOLD_NO_PERMISSION : WB_HOLD_HOURS;
      const bool late = rows[i].opens < 0 || rows[i].opens == 24;
      if (held.hold != hold || (late ? held.wake <= at && hold == WB_HOLD_HOURS : held.wake != at))
        fail_msg("%s: %s until %lld", edition, wb_hold_name(held.hold), (long long)held.wake);
      assert_true(law_said(&c, rows[i].law));
    }
    clinic_close(&c);
  }
}

/* The hours of the practice stay those of its own zone. */
static void the_hours_of_the_practice_are_of_its_own_zone(void **state) {
  (void)state;
  static const wb_window office = {WB_WEEKDAYS_ALL, 9 * CLINIC_HOUR, 17 * CLINIC_HOUR};
  clinic c;
  lives(&c, "US-CA", &office, 16, 55);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].deliver_by, clinic_at(&c, 2026, 11, 24, 17, 0));
  clinic_close(&c);
}

/* The last look asks the caps of the law again, without the message itself. */
static void a_last_look_asks_the_caps_of_the_law(void **state) {
  (void)state;
  for (int other = 0; other < 2; ++other) {
    clinic c;
    const wb_practice_options more = {.per_day = 8, .per_week = 8, .per_month = 8};
    clinic_open(&c, CLINIC_ANA, &more);
    clinic_launch(&c, "one", LAW_CAMPAIGN("care"));
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), 1);
    if (other) assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, "p1"), WB_OK);
    wb_look look = {.size = sizeof look};
    assert_int_equal(wb_practice_test(c.practice, c.actions[0].id, c.it.facts, c.now, &look, NULL),
                     WB_OK);
    assert_int_equal(look.answer, other ? WB_LOOK_LATER : WB_LOOK_GO);
    assert_int_equal(look.hold, other ? WB_HOLD_CAP : WB_HOLD_NONE);
    clinic_close(&c);
  }
}

/* Ana's record gives no permission; she is looked at again when the option says so, and not before.
 */
static void who_is_held_is_looked_at_again_after_a_time(void **state) {
  (void)state;
  static const struct {
    uint32_t given;
    wb_time after;
  } cases[] = {{0, CLINIC_HOUR}, {CLINIC_DAY, CLINIC_DAY}};
  static const char no[] = CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|no||\n";
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    const wb_practice_options options = {.look_again = cases[i].given};
    wb_time wake = 0;
    clinic c;
    clinic_open(&c, no, &options);
    clinic_launch(&c, "one", CLINIC_TEXTS("one"));
    clinic_enroll(&c);
    clinic_poll(&c);
    assert_int_equal(wb_practice_wake(c.practice, &wake), WB_OK);
    assert_int_equal(wake, c.now + cases[i].after);
    clinic_close(&c);
  }
}

/* Its hours are all outside the law's: held, and asked again a day later. */
static void a_practice_that_is_never_open_sends_nothing(void **state) {
  (void)state;
  static const wb_window night = {WB_WEEKDAYS_ALL, 2 * CLINIC_HOUR, 3 * CLINIC_HOUR};
  clinic c;
  wb_time wake = 0;
  clinic_begin(&c, CLINIC_ANA, NULL);
  c.options.hours = &night;
  clinic_renew(&c, CLINIC_LOADED);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", "one").hold, WB_HOLD_HOURS);
  assert_int_equal(wb_practice_wake(c.practice, &wake), WB_OK);
  assert_int_equal(wake, c.now + CLINIC_DAY);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nobody_comes_again_with_a_claim_open),
      cmocka_unit_test(caps_count_local_days),
      cmocka_unit_test(of_practice_and_campaign_the_stricter_cap_holds),
      cmocka_unit_test(caps_end_at_local_midnight),
      cmocka_unit_test(a_retry_is_held_by_a_cap_like_any_other),
      cmocka_unit_test(options_of_a_practice_are_checked),
      cmocka_unit_test(a_practice_says_what_it_works_by),
      cmocka_unit_test(a_jump_beyond_31_days_needs_leave),
      cmocka_unit_test(far_times_are_times),
      cmocka_unit_test(a_clock_may_go_back),
      cmocka_unit_test(a_record_has_the_time_of_its_call),
      cmocka_unit_test(who_may_be_meant_or_not_is_counted),
      cmocka_unit_test(enrolment_counts_add_up),
      cmocka_unit_test(without_a_place_for_the_counts_nobody_enters),
      cmocka_unit_test(who_cannot_be_let_in_for_memory_is_told_of),
      cmocka_unit_test(enrolling_is_checked),
      cmocka_unit_test(facts_of_later_than_now_are_not_believed),
      cmocka_unit_test(a_last_look_does_not_believe_facts_of_later_than_now),
      cmocka_unit_test(facts_age_to_the_second),
      cmocka_unit_test(admissions_are_for_each_location),
      cmocka_unit_test(who_waits_for_admission_is_shown_with_reason_and_time),
      cmocka_unit_test(who_waits_for_the_desk_is_shown),
      cmocka_unit_test(a_pause_has_a_scope),
      cmocka_unit_test(a_paused_campaign_leaves_the_others),
      cmocka_unit_test(a_launch_is_checked),
      cmocka_unit_test(caps_of_the_law_hold_whatever_the_practice_says),
      cmocka_unit_test(without_a_region_the_law_is_that_of_the_country_of_the_zone),
      cmocka_unit_test(the_law_is_that_of_where_the_patient_lives),
      cmocka_unit_test(the_hours_of_the_practice_are_of_its_own_zone),
      cmocka_unit_test(a_last_look_asks_the_caps_of_the_law),
      cmocka_unit_test(a_practice_that_is_never_open_sends_nothing),
      cmocka_unit_test(who_is_held_is_looked_at_again_after_a_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

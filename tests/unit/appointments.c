/* SPDX-License-Identifier: MIT */
/* Which appointments bring their patients into a campaign, and what the campaign reads of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "outreach/visit.h"
#include "support/clinic.h"
#include "support/times.h"

#define ABOUT(audience, steps)                                                                     \
  "{\"format\":1,\"name\":\"visits\",\"title\":\"T\",\"class\":\"transactional\",\"subject\":"     \
  "\"appointment\",\"audience\":\"" audience                                                       \
  "\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"steps\":[" steps                      \
  "{\"id\":\"ask\",\"send\":[\"ask\"]},{\"id\":\"end\",\"exit\":true}],"                           \
  "\"responses\":{\"asks\":{\"after\":{\"hours\":2},\"text\":\"note\"}},\"texts\":{\"ask\":{"      \
  "\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }}: YES or NO? STOP to opt "      \
  "out.\"}},\"note\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}}}"
#define BEFORE(hours) "{\"id\":\"w\",\"wait\":{\"before_visit\":{\"hours\":" hours "}}},"
#define HEAD "patient:u|status:u|start:tss:UTC|appointment:u|hygiene:b|minutes:i\n"
#define LONGEST "1234567890123456789012345678901234567890123456789012345678901234" /* 64 bytes */

enum { DAYS = 86400 };

/* Facts with one appointment of Ana's; `start` as an offset, or without one. */
static void visit(clinic *c, const char *key, const char *hygiene, const wb_time *start) {
  char table[512] = HEAD, when[32] = "";
  if (start != NULL) snprintf(when, sizeof when, "%lld", (long long)(c->now + *start));
  snprintf(table + strlen(table), sizeof table - strlen(table), "p1|scheduled|%s|%s|%s|\n", when,
           key, hygiene);
  clinic_place(c, CLINIC_ZONE, CLINIC_ANA, table);
}

static void begin(clinic *c, const char *key, const char *hygiene, wb_time start,
                  const char *json) {
  clinic_open(c, CLINIC_ANA, NULL);
  visit(c, key, hygiene, &start);
  clinic_launch(c, "visits", json);
}

static void visits_of_the_last_month_and_the_coming_year_are_shown(void **state) {
  static const struct {
    const char *key;
    wb_time start;
    uint32_t eligible;
  } rows[] = {{"v1", 3 * DAYS, 1},        {"v1", 366 * DAYS - 1, 1}, {"v1", 366 * DAYS, 0},
              {"v1", -30 * DAYS + 1, 1},  {"v1", -30 * DAYS, 0},     {LONGEST, 3 * DAYS, 1},
              {LONGEST "5", 3 * DAYS, 0}, {"", 3 * DAYS, 0}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    clinic c;
    begin(&c, rows[i].key, "", rows[i].start, ABOUT("true", ""));
    const wb_counts counts = clinic_enroll(&c);
    if (counts.eligible != rows[i].eligible) fail_msg("row %d: %u", (int)i, counts.eligible);
    assert_int_equal(counts.enrolled, rows[i].eligible);
    clinic_close(&c);
  }
}

/* The schedule of a visit is told by what is done in it; what is not told of it is not known. */
static void an_audience_reads_what_the_record_has_of_a_visit(void **state) {
  static const struct {
    const char *audience, *hygiene;
    uint32_t eligible, unknown;
  } rows[] = {{ABOUT("slot.schedule == 'hygiene'", ""), "1", 1, 0},
              {ABOUT("slot.schedule == 'hygiene'", ""), "0", 0, 0},
              {ABOUT("slot.schedule == 'hygiene'", ""), "", 0, 0},
              {ABOUT("slot.minutes > 20", ""), "1", 0, 1}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    clinic c;
    begin(&c, "v1", rows[i].hygiene, 3 * DAYS, rows[i].audience);
    const wb_counts counts = clinic_enroll(&c);
    if (counts.eligible != rows[i].eligible || counts.unknown != rows[i].unknown)
      fail_msg("row %d: %u, %u", (int)i, counts.eligible, counts.unknown);
    clinic_close(&c);
  }
}

static void who_is_asked_about_a_visit_has_the_rank_of_the_campaign(void **state) {
  clinic c;
  (void)state;
  begin(&c, "v1", "", 3 * DAYS, ABOUT("true", ""));
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  assert_int_equal(wbi_state_enrollment(&c.practice->state, 0)->rank, 50);
  clinic_close(&c);
}

/* A visit whose time is gone from the record is asked about no more. */
static void a_visit_without_a_time_is_gone(void **state) {
  clinic c;
  (void)state;
  begin(&c, "v1", "", 3 * DAYS, ABOUT("true", BEFORE("24")));
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  visit(&c, "v1", "", NULL);
  wbi_wake_set(&c.practice->state, 0, c.now);
  assert_int_equal(clinic_poll(&c), 0);
  assert_string_equal(clinic_find(&c, "p1", "visits").reason, "gone");
  clinic_close(&c);
}

/* A visit that was moved nearer wakes its sequence sooner, unless a call is waited for, or its
   definition no longer compiles. */
static void a_visit_that_was_moved_nearer_is_asked_about_sooner(void **state) {
  enum { WAITS, OLDER, RESPONDED, HELD, BROKEN, OLDER_BROKEN, NO_STEP, CASES };
  (void)state;
  for (int i = WAITS; i < CASES; i++) {
    clinic c;
    const wb_time nearer = 3 * DAYS;
    begin(&c, "v1", "", 6 * DAYS, ABOUT("true", BEFORE("24")));
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    wbi_enrollment *enrollment = wbi_state_enrollment(&c.practice->state, 0);
    const wb_time wake = enrollment->wake;
    enrollment->response = i == RESPONDED;
    if (i == HELD) enrollment->state = WB_STATE_HELD;
    wbi_definition *definition = wbi_state_definition(&c.practice->state, 0);
    if (i == NO_STEP) enrollment->step = 200;
    if (i == OLDER || i == OLDER_BROKEN) {
      clinic_launch(&c, "visits", ABOUT("true", BEFORE("12")));
      definition = wbi_state_definition(&c.practice->state, 0);
    }
    if (i == BROKEN || i == OLDER_BROKEN) {
      wb_campaign_unref(definition->compiled);
      definition->compiled = NULL;
      definition->broken = 1;
    }
    visit(&c, "v1", "", &nearer);
    assert_int_equal(clinic_enroll(&c).enrolled, 0);
    if ((enrollment->wake < wake) != (i <= OLDER)) fail_msg("case %d", i);
    clinic_close(&c);
  }
}

/* A visit that was cancelled, and has another time, is asked about again before that; where nothing
   is asked before it, it is not, nor while it is not known whether the last question went. */
static void a_visit_that_comes_again_is_asked_about_before_it(void **state) {
  enum { USUAL, AFTERWARDS, UNDER_WAY, STOPPED, CASES };
  (void)state;
  for (int i = USUAL; i < CASES; i++) {
    clinic c;
    const wb_time later = 12 * DAYS;
    begin(&c, "v1", "", 6 * DAYS,
          i == AFTERWARDS ? ABOUT("true", "{\"id\":\"d\",\"wait\":{\"days\":1}},")
                          : ABOUT("true", BEFORE("24")));
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    wb_input off = clinic_input(WB_INPUT_CANCELLED, "p1");
    off.visit = "v1";
    off.visit_length = 2;
    assert_int_equal(clinic_send(&c, &off), WB_OK);
    assert_string_equal(clinic_find(&c, "p1", "visits").reason, "cancelled");
    if (i == STOPPED) { /* it ended so before it was cancelled */
      wbi_keys *names = &c.practice->state.names;
      assert_int_equal(wbi_keys_reserve(names, 1, 9), WB_OK);
      wbi_state_enrollment(&c.practice->state, 0)->detail =
          wbi_keys_add(names, WBI_TEXT("opted_out"));
    }
    if (i == UNDER_WAY) wbi_wake_set(&c.practice->state, 0, c.now + 600);
    visit(&c, "v1", "", &later);
    if (clinic_enroll(&c).enrolled != (i == USUAL)) fail_msg("case %d", i);
    clinic_close(&c);
  }
}

/* When a message is due tells the wait before the visit that leads to it, no other. */
static void a_message_is_due_by_the_wait_that_leads_to_it(void **state) {
  clinic c;
  (void)state;
  begin(&c, "v1", "", 6 * DAYS,
        ABOUT("true", "{\"id\":\"d\",\"wait\":{\"days\":1}}," BEFORE("24")));
  const wb_campaign *campaign = wbi_state_definition(&c.practice->state, 0)->compiled;
  assert_int_equal(campaign->step_count, 4);
  for (uint32_t step = 0; step < 4; step++) {
    const wb_time due = wbi_visit_due(campaign, step, c.it.zone, c.now);
    assert_int_equal(due, step == 2 ? c.now - DAYS : WB_TIME_NONE);
  }
  clinic_close(&c);
}

/* Where a sequence goes is asked for anew when the visit, the time or the place is another one. */
static void where_a_sequence_goes_is_told_for_each_clock(void **state) {
  clinic c;
  (void)state;
  begin(&c, "v1", "", 6 * DAYS, ABOUT("true", BEFORE("24")));
  const wb_campaign *campaign = wbi_state_definition(&c.practice->state, 0)->compiled;
  wb_zone *away = zone_of("JST-9");
  const wb_time noon = SAMPLE_NOW - SAMPLE_NOW % DAYS + 17 * 3600;
  const struct {
    wbi_clock clock;
    wb_time wake;
  } rows[] = {{{c.it.zone, noon, noon + 3 * DAYS}, noon + 2 * DAYS},
              {{c.it.zone, noon, noon + 4 * DAYS}, noon + 3 * DAYS},
              {{c.it.zone, noon + 60, noon + 4 * DAYS}, noon + 3 * DAYS},
              {{away, noon + 60, noon + 4 * DAYS}, noon + 3 * DAYS},
              {{c.it.zone, noon, WB_TIME_NONE}, noon}, /* no visit is known: no wait */
              {{NULL, noon, noon + 4 * DAYS}, noon + 3 * DAYS}};
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    const wbi_going going = wbi_sequence_go(c.practice, campaign, 0, &rows[i].clock);
    assert_int_equal(going.step, 1);
    if (going.wake != rows[i].wake) fail_msg("row %d: %lld", (int)i, (long long)going.wake);
  }
  wb_zone_unref(away);
  clinic_close(&c);
}

/* Waits end with the calendar. */
static void a_wait_ends_with_the_calendar(void **state) {
  clinic c;
  (void)state;
  begin(&c, "v1", "", 6 * DAYS, ABOUT("true", "{\"id\":\"d\",\"wait\":{\"days\":9}},"));
  const wb_campaign *campaign = wbi_state_definition(&c.practice->state, 0)->compiled;
  const wbi_clock clock = {NULL, WB_TIME_MAX - DAYS, WB_TIME_NONE};
  assert_int_equal(wbi_sequence_go(c.practice, campaign, 0, &clock).wake, WB_TIME_MAX);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(visits_of_the_last_month_and_the_coming_year_are_shown),
      cmocka_unit_test(an_audience_reads_what_the_record_has_of_a_visit),
      cmocka_unit_test(who_is_asked_about_a_visit_has_the_rank_of_the_campaign),
      cmocka_unit_test(a_visit_without_a_time_is_gone),
      cmocka_unit_test(a_visit_that_was_moved_nearer_is_asked_about_sooner),
      cmocka_unit_test(a_visit_that_comes_again_is_asked_about_before_it),
      cmocka_unit_test(a_message_is_due_by_the_wait_that_leads_to_it),
      cmocka_unit_test(where_a_sequence_goes_is_told_for_each_clock),
      cmocka_unit_test(a_wait_ends_with_the_calendar),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

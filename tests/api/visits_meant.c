/* SPDX-License-Identifier: MIT */
/* Which visits are asked about: by key, time, length and what they are for; and when, as they move.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/clinic.h"
#include "support/mirror.h"

#define TEXT                                                                                       \
  "\"texts\":{\"ask\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }}: see you " \
  "on {{ slot.start | date: \\\"%d\\\" }}. Reply STOP to opt out.\"}}}}"
#define STEPS(audience, steps)                                                                     \
  "{\"format\":1,\"name\":\"asks\",\"title\":\"Asks\",\"class\":\"care\",\"subject\":"             \
  "\"appointment\",\"audience\":\"" audience "\",\"segments\":[{\"name\":\"all\",\"where\":"       \
  "\"true\"}],\"steps\":[" steps "{\"id\":\"end\",\"exit\":true}]," TEXT
#define ASKS(audience) STEPS(audience, "{\"id\":\"ask\",\"send\":[\"ask\"]},")

/* Facts of now: Ana, and one visit. */
static void look(clinic *c, const char *columns, const char *visit) {
  char table[400];
  snprintf(table, sizeof table, "patient:u|status:u|start:tss:UTC|appointment:u%s\np1|%s\n",
           columns, visit);
  clinic_place(c, CLINIC_ZONE, CLINIC_ANA, table);
  sample_add(&c->it, "procedures",
             "patient:u|code:u|status:u|date:tdD\np1|D1110|completed|2025-09-15\n");
}

static void begin(clinic *c, const char *json) {
  clinic_open(c, CLINIC_ANA, NULL);
  clinic_launch(c, "asks", json);
}

#define KEY64 "0123456789012345678901234567890123456789012345678901234567890123"
static void a_visit_has_a_key_and_is_of_the_last_month_or_the_coming_year(void **state) {
  static const struct {
    wb_time from_now;
    const char *key;
    uint32_t enrolled;
  } rows[] = {{-30 * CLINIC_DAY, "v1", 0},
              {-30 * CLINIC_DAY + 1, "v1", 1},
              {366 * CLINIC_DAY - 1, "v1", 1},
              {366 * CLINIC_DAY, "v1", 0},
              {CLINIC_DAY, "", 0},
              {CLINIC_DAY, KEY64, 1},
              {CLINIC_DAY, KEY64 "4", 0}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char visit[120];
    clinic c;
    begin(&c, ASKS("slot.status == 'scheduled'"));
    snprintf(visit, sizeof visit, "scheduled|%lld|%s", (long long)(c.now + rows[i].from_now),
             rows[i].key);
    look(&c, "", visit);
    const wb_counts counts = clinic_enroll(&c);
    if (counts.enrolled != rows[i].enrolled) fail_msg("row %d: %d", (int)i, (int)counts.enrolled);
    assert_int_equal(counts.failed, 0);
    clinic_close(&c);
  }
}

/* What the record does not say of a visit is null, not none or nothing. */
static void a_campaign_sees_which_visit_it_is_how_long_and_whose_time(void **state) {
  static const struct {
    const char *audience, *visit;
    uint32_t enrolled;
  } rows[] = {{ASKS("slot.schedule == 'hygiene'"), "60|1", 1},
              {ASKS("slot.schedule == 'hygiene'"), "60|0", 0},
              {ASKS("slot.key == 'v1'"), "60|1", 1},
              {ASKS("slot.key != 'v1'"), "60|1", 0},
              {ASKS("slot.schedule == 'hygiene'"), "60|", 0},
              {ASKS("slot.schedule == null"), "60|0", 1},
              {ASKS("slot.schedule == null"), "60|1", 0},
              {ASKS("slot.minutes == 60"), "60|1", 1},
              {ASKS("slot.minutes == 1"), "1|1", 1},
              {ASKS("slot.minutes == null"), "60|1", 0},
              {ASKS("slot.minutes == null"), "0|1", 1},
              {ASKS("slot.minutes == null"), "|1", 1}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char visit[120];
    clinic c;
    begin(&c, rows[i].audience);
    snprintf(visit, sizeof visit, "scheduled|%lld|v1|%s", (long long)(c.now + CLINIC_DAY),
             rows[i].visit);
    look(&c, "|minutes:l|hygiene:b", visit);
    if (clinic_enroll(&c).enrolled != rows[i].enrolled) fail_msg("row %d", (int)i);
    clinic_close(&c);
  }
}

/* What was lent of a visit is taken back, though it brought nobody in. */
static void after_a_look_the_facts_know_of_no_visit(void **state) {
  clinic c;
  wb_value value = {.size = sizeof value};
  uint32_t field = 0;
  char visit[120];
  (void)state;
  begin(&c, ASKS("slot.status == 'broken'"));
  snprintf(visit, sizeof visit, "scheduled|%lld|v1", (long long)(c.now + CLINIC_DAY));
  look(&c, "", visit);
  assert_int_equal(clinic_enroll(&c).eligible, 0);
  assert_int_equal(wb_schema_find(c.it.schema, "slot.key", 8, &field), WB_OK);
  assert_int_equal(wb_facts_get(c.it.facts, 0, field, &c.it.moment, &value, NULL), WB_OK);
  assert_int_not_equal(value.kind, WB_TEXT);
  clinic_close(&c);
}

/* A visit counts where it is meant, or may be; a patient whose place has a key that none can have
   fails alone. */
static void visits_that_are_looked_at_are_counted(void **state) {
  clinic c;
  char visit[120], place[400];
  (void)state;
  begin(&c, ASKS("slot.start < now + duration('48h') && patient.age < 60"));
  snprintf(visit, sizeof visit, "scheduled|%lld|v1", (long long)(c.now + CLINIC_DAY));
  look(&c, "", visit);
  wb_counts counts = clinic_enroll(&c);
  assert_int_equal(counts.eligible, 1);
  assert_int_equal(counts.enrolled, 1);
  assert_int_equal(counts.unknown, 0);
  for (int length = WB_KEY_MAX; length <= WB_KEY_MAX + 1; length++) {
    snprintf(place, sizeof place, "%0*d|Example|Example|" CLINIC_ZONE "|US-NY|1 Example St|||\n",
             length, 1);
    clinic_facts(&c, place);
    sample_add(&c.it, "patients",
               CLINIC_HEAD "p2|active|Ana|1980-02-29||+12125550101|yes||\n"
                           "p3|active|Ben|||+12125550102|yes||\n");
    char table[400];
    snprintf(table, sizeof table, CLINIC_VISITS "p2|scheduled|%lld|v2\np3|scheduled|%lld|v3\n",
             (long long)(c.now + CLINIC_DAY), (long long)(c.now + CLINIC_DAY));
    sample_add(&c.it, "appointments", table);
    counts = clinic_enroll(&c);
    assert_int_equal(counts.failed, length > WB_KEY_MAX ? 2 : 0);
    assert_int_equal(counts.enrolled, length <= WB_KEY_MAX);
    assert_int_equal(counts.unknown, length <= WB_KEY_MAX);
  }
  clinic_close(&c);
}

/* Nobody is let in by a campaign that was stopped, nor by another than the one that is named. */
static void only_what_is_launched_and_named_looks_at_visits(void **state) {
  static const char asks[] = ASKS("slot.status == 'scheduled'");
  clinic c;
  char visit[120], more[sizeof asks];
  wb_counts counts = {.size = sizeof counts};
  (void)state;
  memcpy(more, asks, sizeof more);
  memcpy(strstr(more, "\"asks\""), "\"more\"", 6);
  begin(&c, asks);
  clinic_launch(&c, "more", more);
  snprintf(visit, sizeof visit, "scheduled|%lld|v1", (long long)(c.now + CLINIC_DAY));
  look(&c, "", visit);
  assert_int_equal(wb_practice_enroll(c.practice, "more", 4, c.it.facts, c.now, &counts, NULL),
                   WB_OK);
  assert_int_equal(counts.enrolled, 1);
  assert_string_equal(clinic_find(&c, "p1", NULL).campaign, "more");
  assert_int_equal(clinic_receive(&c, WB_INPUT_STOP, "asks"), WB_OK);
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  clinic_close(&c);
}

/* A host that reads rows is told whose are looked at next. */
static void a_look_at_visits_tells_whose_it_reads(void **state) {
  clinic c;
  char visit[120];
  mirror m;
  wb_counts counts = {.size = sizeof counts};
  (void)state;
  begin(&c, ASKS("slot.status == 'scheduled'"));
  snprintf(visit, sizeof visit, "scheduled|%lld|v1", (long long)(c.now + CLINIC_DAY));
  look(&c, "", visit);
  const wb_moment moment = {.size = sizeof moment, .now = c.now, .zone = c.it.zone};
  mirror_open(&m, c.context, c.it.facts, c.it.schema, &moment, c.now);
  assert_int_equal(wb_practice_enroll(c.practice, NULL, 0, m.facts, c.now, &counts, NULL), WB_OK);
  assert_int_equal(counts.enrolled, 1);
  assert_int_equal(m.fetched, 1);
  mirror_close(&m);
  clinic_close(&c);
}

/* Looking again hastens what waits for the visit, and nothing else. */
static void a_wait_for_a_day_is_no_shorter_for_looking_again(void **state) {
  clinic c;
  char visit[120];
  (void)state;
  begin(&c, STEPS("slot.status == 'scheduled'",
                  "{\"id\":\"w\",\"wait\":{\"days\":1}},{\"id\":\"ask\",\"send\":[\"ask\"]},"));
  snprintf(visit, sizeof visit, "scheduled|%lld|v1", (long long)(c.now + 3 * CLINIC_DAY));
  look(&c, "", visit);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  const wb_time wake = clinic_wake(&c);
  assert_true(wake > c.now);
  c.now += CLINIC_MINUTE;
  look(&c, "", visit);
  assert_int_equal(clinic_enroll(&c).inside, 1);
  assert_int_equal(clinic_wake(&c), wake);
  clinic_close(&c);
}

/* Asks three days before and one, and calls those who clicked; or awaits an answer; or calls. */
#define THREE "{\"id\":\"w3\",\"wait\":{\"before_visit\":{\"days\":3}}},"
#define TWICE                                                                                      \
  THREE "{\"id\":\"a3\",\"send\":[\"ask\"]},{\"id\":\"w1\",\"wait\":{\"before_visit\":{\"days\":"  \
        "1}}},"                                                                                    \
        "{\"id\":\"a1\",\"send\":[\"ask\"]},"
#define AWAITS                                                                                     \
  THREE "{\"id\":\"aw\",\"await\":[\"replied\"],\"within\":{\"days\":5},\"else\":\"end\"},"        \
        "{\"id\":\"a1\",\"send\":[\"ask\"]},"
#define CALLS                                                                                      \
  THREE "{\"id\":\"call\",\"call\":\"note\",\"within\":{\"days\":2}},"                             \
        "{\"id\":\"a1\",\"send\":[\"ask\"]},"

static void begin_three_days_before(clinic *c, const char *steps, char *visit) {
  char json[1500];
  snprintf(json, sizeof json,
           "{\"format\":1,\"name\":\"asks\",\"title\":\"Asks\",\"class\":\"care\",\"subject\":"
           "\"appointment\",\"audience\":\"slot.status == 'scheduled'\",\"segments\":[{\"name\":"
           "\"all\",\"where\":\"true\"}],\"responses\":{\"clicked\":{\"after\":{\"hours\":24},"
           "\"text\":\"note\"}},\"steps\":[%s{\"id\":\"end\",\"exit\":true}],\"texts\":{\"note\":{"
           "\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}},\"ask\":{\"channel\":\"sms\","
           "\"en\":{\"body\":\"{{ location.short_name }}: see you soon. Reply STOP to opt "
           "out.\"}}}}",
           steps);
  begin(c, json);
  sprintf(visit, "scheduled|%lld|v1", (long long)(c->now + 3 * CLINIC_DAY));
  look(c, "", visit);
  assert_int_equal(clinic_enroll(c).enrolled, 1);
}

/* What has begun is not hastened when the visit is moved nearer: a call after a click, a try after
   one that failed, a wait for an answer. */
static void what_has_begun_stays_when_the_visit_is_moved_nearer(void **state) {
  enum { CLICKED, TRIED, AWAITED, BEGINNINGS };
  (void)state;
  for (int what = 0; what < BEGINNINGS; what++) {
    clinic c;
    char visit[120];
    begin_three_days_before(&c, what == AWAITED ? AWAITS : TWICE, visit);
    assert_int_equal(clinic_poll(&c), what != AWAITED);
    if (what == CLICKED) {
      clinic_sent(&c);
      assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK);
    }
    if (what == TRIED)
      assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
    const wb_time wake = clinic_wake(&c);
    assert_true(wake > c.now);
    snprintf(visit, sizeof visit, "scheduled|%lld|v1", (long long)(c.now + CLINIC_DAY + 7200));
    look(&c, "", visit);
    const uint64_t before = wb_practice_sequence(c.practice);
    assert_int_equal(clinic_enroll(&c).inside, 1);
    assert_int_equal(clinic_wake(&c), wake);
    assert_int_equal(wb_practice_sequence(c.practice), before);
    clinic_close(&c);
  }
}

/* One whose question is overdue by then is asked about now. */
static void a_visit_that_is_moved_nearer_than_its_question_is_asked_about_now(void **state) {
  clinic c;
  char visit[120];
  (void)state;
  begin(&c, STEPS("slot.status == 'scheduled'", TWICE));
  c.now += CLINIC_HOUR; /* when what was due in the night would be late */
  snprintf(visit, sizeof visit, "scheduled|%lld|v1", (long long)(c.now + 5 * CLINIC_DAY));
  look(&c, "", visit);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  assert_int_equal(clinic_wake(&c), c.now + 2 * CLINIC_DAY);
  snprintf(visit, sizeof visit, "scheduled|%lld|v1", (long long)(c.now + 66 * CLINIC_HOUR));
  look(&c, "", visit);
  assert_int_equal(clinic_enroll(&c).inside, 1);
  assert_int_equal(clinic_wake(&c), c.now);
  assert_int_equal(clinic_find(&c, "p1", "asks").wake, c.now);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "a3");
  clinic_sent(&c);
  c.now += 25 * CLINIC_HOUR; /* and once more, for the second question */
  snprintf(visit, sizeof visit, "scheduled|%lld|v1", (long long)(c.now + 20 * CLINIC_HOUR));
  look(&c, "", visit);
  assert_int_equal(clinic_enroll(&c).inside, 1);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "a1");
  clinic_close(&c);
}

/* The hours are those of any question: it comes as if the visit had been there from the beginning.
 */
static void a_visit_that_is_moved_nearer_is_asked_about_in_the_hours(void **state) {
  wb_time wakes[2];
  (void)state;
  for (int moved = 0; moved < 2; moved++) {
    clinic c;
    char visit[120];
    begin(&c, STEPS("slot.status == 'scheduled'", TWICE));
    const wb_time start = c.now + 4 * CLINIC_DAY + 17 * CLINIC_HOUR; /* at three in the night */
    snprintf(visit, sizeof visit, "scheduled|%lld|v1", (long long)(start + moved * 5 * CLINIC_DAY));
    look(&c, "", visit);
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    snprintf(visit, sizeof visit, "scheduled|%lld|v1", (long long)start);
    look(&c, "", visit);
    assert_int_equal(clinic_enroll(&c).inside, 1);
    wakes[moved] = clinic_wake(&c);
    assert_true(wakes[moved] > start - 3 * CLINIC_DAY);
    clinic_close(&c);
  }
  assert_int_equal(wakes[0], wakes[1]);
}

/* A look at the very time of a call leaves it on the list; nor does one that finds nothing new
   write anything. */
static void a_look_that_finds_nothing_new_changes_nothing(void **state) {
  clinic c;
  char visit[120];
  (void)state;
  begin_three_days_before(&c, CALLS, visit);
  uint64_t before = wb_practice_sequence(c.practice);
  assert_int_equal(clinic_enroll(&c).inside, 1);
  assert_int_equal(wb_practice_sequence(c.practice), before);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 1);
  before = wb_practice_sequence(c.practice);
  assert_int_equal(clinic_enroll(&c).inside, 1);
  assert_int_equal(wb_practice_sequence(c.practice), before);
  assert_int_equal(clinic_tasks(&c, WB_DESK_VISITS, NULL), 1);
  clinic_close(&c);
}

/* Whoever is inside stays, whom nobody can ask any more, and nobody enters. */
static void a_definition_that_no_longer_compiles_lets_nobody_in(void **state) {
  static const char narrow[] =
      "{\"channels\":{\"sms\":{\"read\":[\"public\"],\"choose\":[\"public\"],"
      "\"max_segments\":2}},\"hosts\":[\"book.example.com\"]}";
  clinic c;
  char visit[120];
  (void)state;
  begin(&c, ASKS("slot.status == 'scheduled'"));
  snprintf(visit, sizeof visit, "scheduled|%lld|v1", (long long)(c.now + CLINIC_DAY));
  look(&c, "", visit);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  clinic_under(&c, narrow);
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  snprintf(visit, sizeof visit, "scheduled|%lld|v2", (long long)(c.now + CLINIC_DAY));
  look(&c, "", visit);
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  assert_string_equal(clinic_find(&c, "p1", "asks").about, "v1");
  clinic_close(&c);
}

/* What a visit brings is at most 2^40 cents, either way. */
static void what_a_visit_brings_has_bounds(void **state) {
  static const struct {
    wb_cents value;
    wb_status status;
  } rows[] = {{(wb_cents)1 << 40, WB_OK},
              {((wb_cents)1 << 40) + 1, WB_E_INVALID},
              {-((wb_cents)1 << 40), WB_OK},
              {-((wb_cents)1 << 40) - 1, WB_E_INVALID}};
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    wb_input booked = clinic_input(WB_INPUT_BOOKED, "p1");
    booked.visit = "v1";
    booked.visit_length = 2;
    booked.at = c.now + CLINIC_DAY;
    booked.value = rows[i].value;
    assert_int_equal(clinic_send(&c, &booked), rows[i].status);
  }
  clinic_close(&c);
}

/* A visit that begins now bounds nothing that is said of it afterwards. */
static void what_follows_up_on_a_visit_that_begins_now_has_its_time(void **state) {
  (void)state;
  for (int later = 0; later < 2; later++) {
    clinic c;
    char visit[120];
    begin(&c, ASKS("slot.status == 'broken'"));
    snprintf(visit, sizeof visit, "broken|%lld|v1", (long long)c.now + later * 5 * CLINIC_MINUTE);
    look(&c, "", visit);
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    assert_int_equal(clinic_poll(&c), 1);
    assert_int_equal(c.actions[0].deliver_by, c.now + (later ? 5 : 10) * CLINIC_MINUTE);
    clinic_close(&c);
  }
}

/* What is over of one visit is not over of another. */
static void a_visit_that_is_off_leaves_what_asks_about_another(void **state) {
  clinic c;
  wb_enrollment found = {.size = sizeof found};
  uint64_t cursor = 0;
  char visits[200];
  (void)state;
  begin(&c, ASKS("slot.status == 'scheduled'"));
  snprintf(visits, sizeof visits, "scheduled|%lld|v1\np1|scheduled|%lld|v2",
           (long long)(c.now + CLINIC_DAY), (long long)(c.now + 2 * CLINIC_DAY));
  look(&c, "", visits);
  assert_int_equal(clinic_enroll(&c).enrolled, 2);
  wb_input off = clinic_input(WB_INPUT_CANCELLED, "p1");
  off.visit = "v1";
  off.visit_length = 2;
  assert_int_equal(clinic_send(&c, &off), WB_OK);
  for (int i = 0; i < 2; i++) {
    assert_int_equal(wb_practice_next(c.practice, &cursor, &found), WB_OK);
    assert_string_equal(found.reason, strcmp(found.about, "v1") == 0 ? "cancelled" : "");
  }
  assert_int_equal(clinic_poll(&c), 1);
  assert_non_null(strstr(c.actions[0].text, " on 25.")); /* though it is not the first */
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_visit_has_a_key_and_is_of_the_last_month_or_the_coming_year),
      cmocka_unit_test(a_campaign_sees_which_visit_it_is_how_long_and_whose_time),
      cmocka_unit_test(after_a_look_the_facts_know_of_no_visit),
      cmocka_unit_test(visits_that_are_looked_at_are_counted),
      cmocka_unit_test(only_what_is_launched_and_named_looks_at_visits),
      cmocka_unit_test(a_look_at_visits_tells_whose_it_reads),
      cmocka_unit_test(a_wait_for_a_day_is_no_shorter_for_looking_again),
      cmocka_unit_test(a_visit_that_is_off_leaves_what_asks_about_another),
      cmocka_unit_test(what_has_begun_stays_when_the_visit_is_moved_nearer),
      cmocka_unit_test(a_look_that_finds_nothing_new_changes_nothing),
      cmocka_unit_test(a_definition_that_no_longer_compiles_lets_nobody_in),
      cmocka_unit_test(a_visit_that_is_moved_nearer_than_its_question_is_asked_about_now),
      cmocka_unit_test(a_visit_that_is_moved_nearer_is_asked_about_in_the_hours),
      cmocka_unit_test(what_a_visit_brings_has_bounds),
      cmocka_unit_test(what_follows_up_on_a_visit_that_begins_now_has_its_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

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

#define TEXT                                                                                       \
  "\"texts\":{\"ask\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }}: see you " \
  "soon. Reply STOP to opt out.\"}}}}"
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
static void a_campaign_sees_how_long_a_visit_is_and_whose_time(void **state) {
  static const struct {
    const char *audience, *visit;
    uint32_t enrolled;
  } rows[] = {{ASKS("slot.schedule == 'hygiene'"), "60|1", 1},
              {ASKS("slot.schedule == 'hygiene'"), "60|0", 0},
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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_visit_has_a_key_and_is_of_the_last_month_or_the_coming_year),
      cmocka_unit_test(a_campaign_sees_how_long_a_visit_is_and_whose_time),
      cmocka_unit_test(a_wait_for_a_day_is_no_shorter_for_looking_again),
      cmocka_unit_test(what_follows_up_on_a_visit_that_begins_now_has_its_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Who is in a wave for an opening, where several places, numbers, campaigns or
   versions of one might decide; and when the next one comes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "outreach/slot.h"
#include "support/clinic.h"
#include "support/mirror.h"

#define FILL(name, audience, text)                                                                 \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"T\",\"class\":\"benefit\",\"subject\":"         \
  "\"opening\",\"audience\":\"" audience                                                           \
  "\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"                                       \
  "\"rest_days\":0,\"steps\":[{\"id\":\"ask\",\"send\":[\"ask\"]},{\"id\":"                        \
  "\"w\",\"wait\":{"                                                                               \
  "\"days\":"                                                                                      \
  "7}},{\"id\":\"end\",\"exit\":true}],\"texts\":{\"ask\":{" text "}}}"
#define SMS(says)                                                                                  \
  "\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }}: " says ", STOP to opt "       \
  "out.\"}"
#define YES SMS("YES to take it")
#define MAIL                                                                                       \
  "\"channel\":\"email\",\"en\":{\"subject\":\"A time\",\"body\":\"{{ "                            \
  "practice.name }}, {{ "                                                                          \
  "location.address }} Reply YES to take it, or STOP and we will not write "                       \
  "again.\"}"

static const wb_practice_options options = {
    .size = sizeof options, .flags = WB_PRACTICE_ALLOW_JUMP, .per_day = 8, .per_week = 8};

static void opened(clinic *c, const char *key) {
  const wb_input input = clinic_slot(WB_INPUT_SLOT_OPENED, key, c->now + 3 * CLINIC_DAY);
  assert_int_equal(clinic_send(c, &input), WB_OK);
}

static wb_opening found(clinic *c, const char *key) {
  wb_opening opening = {.size = sizeof opening};
  assert_int_equal(wb_opening_get(c->practice, key, strlen(key), &opening), WB_OK);
  return opening;
}

static void begin(clinic *c, const char *json) {
  clinic_open(c, CLINIC_ANA CLINIC_BEN, &options);
  clinic_launch(c, "fill", json);
  opened(c, "s1");
}

/* Ana is where it is five in the morning: whoever is at the place is asked by
 * the law of that. */
static void a_wave_goes_by_the_hours_of_the_place_of_the_opening(void **state) {
  static const char people[] = CLINIC_HEAD "p1|active|Ana|1980-02-29|2|+12125550101|yes||\n"
                                           "p2|active|Ben|1981-03-01|1|+12125550102|yes||\n";
  clinic c;
  (void)state;
  begin(&c, FILL("fill", "true", YES));
  clinic_facts(&c, CLINIC_PLACE("1", "Example Dental", CLINIC_ZONE, "US-NY", "")
                       CLINIC_PLACE("2", "Example West", "HST10", "US-HI", ""));
  clinic_seen(&c, people, "");
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].patient, "p2");
  clinic_close(&c);
  begin(&c, FILL("fill", "true", YES)); /* nor by those of another where nobody is at the place */
  clinic_facts(&c, CLINIC_PLACE("2", "Example West", "HST10", "US-HI", ""));
  clinic_seen(&c, CLINIC_HEAD "p1|active|Ana|1980-02-29|2|+12125550101|yes||\n", "");
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(found(&c, "s1").until, c.now + 4 * CLINIC_HOUR);
  clinic_close(&c);
}

/* A number that somebody else was written to at today is in no wave. */
static void who_shares_a_number_that_was_written_to_is_in_no_wave(void **state) {
  static const char people[] = CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|yes||\n"
                                           "p2|active|Ben|1981-03-01|1|+12125550101|yes||\n";
  clinic c;
  (void)state;
  clinic_open(&c, people, &options);
  clinic_launch(&c, "one", CLINIC_TEXTS("one"));
  clinic_launch(&c, "fill", FILL("fill", "patient.first_name == 'Ana'", YES));
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].patient, "p2");
  clinic_sent(&c);
  opened(&c, "s1");
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(found(&c, "s1").asked, 0);
  clinic_close(&c);
}

/* Of two versions the one that is launched asks, and none that is paused. */
static void the_launched_version_asks_unless_it_is_paused(void **state) {
  clinic c;
  (void)state;
  begin(&c, FILL("fill", "true", SMS("YES to take the old one")));
  clinic_launch(&c, "fill", FILL("fill", "true", SMS("YES to take the new one")));
  assert_int_equal(clinic_receive(&c, WB_INPUT_PAUSE, "fill"), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(found(&c, "s1").asked, 0);
  assert_true(found(&c, "s1").until > c.now);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESUME, "fill"), WB_OK);
  assert_int_equal(found(&c, "s1").until, c.now); /* nobody need be waited for */
  assert_int_equal(clinic_poll(&c), 2);
  assert_non_null(strstr(c.actions[0].text, "new one"));
  assert_non_null(strstr(c.actions[1].text, "new one"));
  clinic_close(&c);
}

static void a_definition_that_no_longer_compiles_asks_nobody(void **state) {
  static const char narrow[] =
      "{\"channels\":{\"sms\":{\"read\":[\"public\"],\"choose\":[\"public\"],"
      "\"max_segments\":2}},\"hosts\":[\"book.example.com\"]}";
  clinic c;
  (void)state;
  begin(&c, FILL("fill", "true", SMS("YES for {{ slot.start | date: \\\"%d\\\" }}")));
  clinic_under(&c, narrow);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(found(&c, "s1").asked, 0);
  clinic_close(&c);
}

/* By text and by e-mail: one of them is enough for one time. */
static void who_is_wanted_by_two_campaigns_is_asked_once(void **state) {
  clinic c;
  (void)state;
  begin(&c, FILL("fill", "true", YES));
  clinic_launch(&c, "mail", FILL("mail", "true", MAIL));
  assert_int_equal(clinic_poll(&c), 2);
  for (uint32_t i = 0; i < 2; i++)
    assert_int_equal(c.actions[i].channel, WB_CHANNEL_SMS);
  assert_int_equal(found(&c, "s1").asked, 2);
  clinic_close(&c);
}

/* Of those who were never asked the first keys come first, whatever order the
 * rows have. */
static void who_was_never_asked_is_asked_by_key(void **state) {
  char people[1200];
  clinic c;
  (void)state;
  begin(&c, FILL("fill", "true", YES));
  size_t at = (size_t)sprintf(people, "%s", CLINIC_HEAD);
  for (int i = 9; i > 0; i--)
    at += (size_t)sprintf(people + at, "p%d|active|Ana|1980-02-29|1|+1212555010%d|yes||\n", i, i);
  clinic_rows(&c, people, "");
  assert_int_equal(clinic_poll(&c), 8);
  for (uint32_t i = 0; i < 8; i++)
    assert_string_not_equal(c.actions[i].patient, "p9");
  clinic_close(&c);
}

/* A host that reads rows is told whose are looked at next. */
static void a_wave_tells_whose_rows_it_reads(void **state) {
  clinic c;
  mirror m;
  uint32_t count = 0;
  (void)state;
  begin(&c, FILL("fill", "slot.minutes > 60", YES));
  const wb_moment moment = {.size = sizeof moment, .now = c.now, .zone = c.it.zone};
  mirror_open(&m, c.context, c.it.facts, c.it.schema, &moment, c.now);
  c.actions[0].size = sizeof(wb_action);
  assert_int_equal(wb_practice_poll(c.practice, m.facts, c.now, c.actions, 8, &count, NULL), WB_OK);
  assert_int_equal(m.fetched, 2);
  mirror_close(&m);
  clinic_close(&c);
}

/* What was lent for a wave is taken back, though it asked nobody. */
static void after_a_wave_the_facts_know_of_no_opening(void **state) {
  clinic c;
  wb_value value = {.size = sizeof value};
  uint32_t field = 0;
  (void)state;
  begin(&c, FILL("fill", "slot.minutes > 60", YES));
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(wb_schema_find(c.it.schema, "slot.key", 8, &field), WB_OK);
  assert_int_equal(wb_facts_get(c.it.facts, 0, field, &c.it.moment, &value, NULL), WB_OK);
  assert_int_not_equal(value.kind, WB_TEXT);
  clinic_close(&c);
}

/* A hold that ends when nobody is asked any more ends the opening; before that
 * others are asked. */
static void a_hold_that_ends_in_the_last_half_hour_ends_the_opening(void **state) {
  (void)state;
  for (int late = 0; late < 2; late++) {
    clinic c;
    begin(&c, FILL("fill", "true", YES));
    assert_int_equal(clinic_poll(&c), 2);
    clinic_sent(&c);
    c.now = found(&c, "s1").start - 2 * CLINIC_HOUR - (late ? 30 : 31) * CLINIC_MINUTE;
    assert_int_equal(clinic_reply(&c, "p1", "Yes"), WB_OK);
    c.now += 2 * CLINIC_HOUR;
    clinic_rows(&c, CLINIC_ANA CLINIC_BEN, "");
    clinic_poll(&c);
    assert_int_equal(found(&c, "s1").state, late ? WB_OPENING_EXPIRED : WB_OPENING_OFFERING);
    assert_string_equal(found(&c, "s1").patient, "");
    clinic_close(&c);
  }
}

/* Memory that fails while a wave is made is told of in words. */
static void a_wave_that_fails_for_memory_is_told_of(void **state) {
  static const char *const fills[] = {FILL("fill", "slot.minutes > 60", YES),
                                      FILL("fill", "true", YES)};
  (void)state;
  for (size_t i = 0; i < 2; i++) {
    clinic c;
    wb_status status = WB_E_NOMEM;
    begin(&c, fills[i]);
    for (uint64_t at = 1; status == WB_E_NOMEM; at++) {
      uint32_t count = 0;
      wb_error error = {0};
      fault_arm(&c.memory.plan, FAULT_ONCE, at);
      c.actions[0].size = sizeof(wb_action);
      status = wb_practice_poll(c.practice, c.it.facts, c.now, c.actions, 8, &count, &error);
      const bool met = c.memory.plan.hits > 0;
      fault_arm(&c.memory.plan, FAULT_NEVER, 0);
      assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
      if (met && error.message[0] == '\0') fail_msg("allocation %d fails without a word", (int)at);
    }
    assert_int_equal(found(&c, "s1").asked, i == 0 ? 0 : 2);
    clinic_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_wave_goes_by_the_hours_of_the_place_of_the_opening),
      cmocka_unit_test(who_shares_a_number_that_was_written_to_is_in_no_wave),
      cmocka_unit_test(the_launched_version_asks_unless_it_is_paused),
      cmocka_unit_test(a_definition_that_no_longer_compiles_asks_nobody),
      cmocka_unit_test(who_is_wanted_by_two_campaigns_is_asked_once),
      cmocka_unit_test(who_was_never_asked_is_asked_by_key),
      cmocka_unit_test(a_wave_tells_whose_rows_it_reads),
      cmocka_unit_test(after_a_wave_the_facts_know_of_no_opening),
      cmocka_unit_test(a_hold_that_ends_in_the_last_half_hour_ends_the_opening),
      cmocka_unit_test(a_wave_that_fails_for_memory_is_told_of),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* What counts against caps, of as many messages as are remembered, and who shares a number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "outreach/practice_private.h"
#include "support/clinic.h"
#include "support/pack.h"
#include "support/times.h"

/* The host wrote so many times, a day apart, the last time today. */
static void written(clinic *c, uint32_t times) {
  for (uint32_t i = 0; i < times; i++) {
    if (i > 0) c->now += CLINIC_DAY;
    assert_int_equal(clinic_receive(c, WB_INPUT_CONTACTED, "p1"), WB_OK);
  }
}

/* A turn of hers in a campaign. */
static wbi_turn turn_of(const clinic *c, const wb_campaign *campaign) {
  return (wbi_turn){.practice = c->practice,
                    .campaign = campaign,
                    .person = wbi_state_person(&c->practice->state, WBI_TEXT("p1")),
                    .now = c->now,
                    .counts = WB_TIME_NONE};
}

/* Until when caps of the practice, the campaign, or a law with these rules hold a turn; by which.
 */
static wb_time found(const wbi_turn *turn, const char *const *rules, size_t count,
                     const char **rule) {
  wb_practice *practice = turn->practice;
  wb_law *law = NULL, *kept = practice->law;
  char json[2048];
  const size_t length =
      pack_write(json, sizeof json, WBI_TEXT("{" HEAD REGIONS CALENDARS STALE), rules, count);
  assert_int_equal(wb_law_new(NULL, json, length, &law, NULL), WB_OK);
  practice->law = law;
  *rule = NULL;
  const wb_time until = wbi_caps_find(turn, WBI_TEXT("XA"), WB_CHANNEL_SMS, 20780, rule);
  const wbi_text id = wbi_text_of(*rule);
  *rule = id.length == 0 ? "" : id.data[0] == 'r' ? "r" : "t"; /* that of the law goes with it */
  practice->law = kept;
  wb_law_unref(law);
  return until;
}

#define CAP(id, most, days)                                                                        \
  RULE(id, "\"kind\": \"cap\", \"most\": " most ", \"within_days\": " days)

/* Until when a cap of so many in 60 days holds a question about a visit, which no other cap does.
   `at`: of the message itself, where it counts already. */
static wb_time held_until(clinic *c, const char *most, wb_time at) {
  char rule[256];
  const char *rules[] = {rule}, *held;
  const wb_campaign campaign = {.class_ = WB_MESSAGE_CARE, .subject = WBI_SUBJECT_APPOINTMENT};
  wbi_turn turn = turn_of(c, &campaign);
  turn.counts = at;
  snprintf(rule, sizeof rule, CAP("r", "%s", "60"), most);
  const wb_time until = found(&turn, rules, 1, &held);
  assert_string_equal(held, until != WB_TIME_NONE ? "r" : "");
  return until;
}

/* Eight are remembered, so a cap of more holds after eight, until the first of them is too old. */
static void a_cap_of_more_than_is_remembered_holds_after_eight(void **state) {
  (void)state;
  for (uint32_t times = 7; times <= 8; times++) {
    clinic c;
    clinic_begin(&c, CLINIC_ANA, NULL);
    const wb_time first = c.now;
    written(&c, times);
    const wb_time until = first + 60 * CLINIC_DAY;
    assert_int_equal(held_until(&c, "1000", WB_TIME_NONE), times < 8 ? WB_TIME_NONE : until);
    assert_int_equal(held_until(&c, "8", WB_TIME_NONE), times < 8 ? WB_TIME_NONE : until);
    assert_int_equal(held_until(&c, "7", WB_TIME_NONE), until + (wb_time)(times - 7) * CLINIC_DAY);
    clinic_close(&c);
  }
}

/* The message that is looked at once more does not count against itself, unless it is so old that
   it counts no more. */
static void a_message_does_not_count_against_itself(void **state) {
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  const wb_time first = c.now;
  assert_int_equal(held_until(&c, "1", c.now), WB_TIME_NONE);
  written(&c, 2);
  assert_int_equal(held_until(&c, "2", WB_TIME_NONE), first + 60 * CLINIC_DAY);
  assert_int_equal(held_until(&c, "2", c.now), WB_TIME_NONE);
  assert_int_equal(held_until(&c, "2", c.now - 60 * CLINIC_DAY), first + 60 * CLINIC_DAY);
  c.now = first + 60 * CLINIC_DAY - 1; /* the last second in which the first one counts */
  assert_int_equal(held_until(&c, "2", WB_TIME_NONE), first + 60 * CLINIC_DAY);
  assert_int_equal(held_until(&c, "2", first), WB_TIME_NONE);
  clinic_close(&c);
}

/* The cap of the practice is told first; of those of the law the one that holds longest, of two
   that hold alike the first. */
static void the_longest_cap_of_the_law_is_told(void **state) {
  static const char *const rules[][2] = {{CAP("r", "1", "59"), CAP("t", "1", "60")},
                                         {CAP("r", "1", "60"), CAP("t", "1", "59")},
                                         {CAP("r", "1", "60"), CAP("t", "1", "60")}};
  static const char *const told[] = {"t", "r", "r"};
  const wb_campaign visit = {.class_ = WB_MESSAGE_CARE, .subject = WBI_SUBJECT_APPOINTMENT};
  const wb_campaign care = {.class_ = WB_MESSAGE_CARE};
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  written(&c, 1);
  for (size_t i = 0; i < WBI_COUNT(rules); i++) {
    const char *held;
    wbi_turn turn = turn_of(&c, &visit);
    assert_int_equal(found(&turn, rules[i], 2, &held), c.now + 60 * CLINIC_DAY);
    assert_string_equal(held, told[i]);
    turn = turn_of(&c, &care); /* one a day, which no rule of the law says */
    assert_int_equal(found(&turn, rules[i], 2, &held), c.now + CLINIC_DAY);
    assert_string_equal(held, "");
  }
  clinic_close(&c);
}

/* Late in the evening and early in the morning are two days, but not 24 hours: only what is free at
   short notice goes. */
static void a_day_of_the_caps_is_one_of_24_hours_too(void **state) {
  const wb_campaign care = {.class_ = WB_MESSAGE_CARE};
  const wb_campaign opening = {.class_ = WB_MESSAGE_CARE, .subject = WBI_SUBJECT_OPENING};
  const char *held;
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  wb_zone *zone = zone_of("America/New_York");
  c.now = clinic_at(&c, 2026, 11, 23, 23, 0);
  const wb_time before = c.now;
  written(&c, 1);
  for (int i = 0; i < 2; i++) {
    wbi_turn turn = turn_of(&c, i == 0 ? &care : &opening);
    turn.zone = zone;
    turn.now = clinic_at(&c, 2026, 11, 24, 0, 0) - 1;
    assert_int_equal(found(&turn, NULL, 0, &held), clinic_at(&c, 2026, 11, 24, 0, 0));
    turn.now++;
    assert_int_equal(found(&turn, NULL, 0, &held), i == 0 ? before + CLINIC_DAY : WB_TIME_NONE);
    turn.now = before + CLINIC_DAY - 1;
    assert_int_equal(found(&turn, NULL, 0, &held), i == 0 ? before + CLINIC_DAY : WB_TIME_NONE);
    turn.now++;
    assert_int_equal(found(&turn, NULL, 0, &held), WB_TIME_NONE);
  }
  wb_zone_unref(zone);
  clinic_close(&c);
}

/* A claim says what counted against each cap, and the caps: of a question about a visit none. */
static void a_claim_tells_caps_and_what_counted(void **state) {
  const wb_practice_options more = {
      .size = sizeof more, .per_day = 3, .per_week = 5, .per_month = 8};
  const wb_campaign care = {.class_ = WB_MESSAGE_CARE, .per_week = 4, .per_month = 9};
  const wb_campaign visit = {.class_ = WB_MESSAGE_CARE, .subject = WBI_SUBJECT_APPOINTMENT};
  wbi_effect claim = {.kind = WBI_EFFECT_CLAIM};
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, &more);
  written(&c, 2);
  c.now += 10 * CLINIC_DAY;
  written(&c, 2);
  wbi_turn turn = turn_of(&c, &care);
  wbi_caps_count(&turn, &claim);
  const uint8_t counted[] = {1, 2, 4}, most[] = {3, 4, 8}, none[] = {0, 0, 0};
  assert_memory_equal(claim.counted, counted, sizeof counted);
  assert_memory_equal(claim.most, most, sizeof most);
  turn = turn_of(&c, &visit);
  wbi_caps_count(&turn, &claim);
  assert_memory_equal(claim.counted, counted, sizeof counted);
  assert_memory_equal(claim.most, none, sizeof none);
  clinic_close(&c);
}

/* A number is shared when it was written to about somebody else since a day. */
static void a_number_is_shared_with_who_was_written_to(void **state) {
  clinic c;
  (void)state;
  clinic_written(&c, CLINIC_ANA CLINIC_BEN, 2);
  const wbi_state *known = &c.practice->state;
  const uint32_t ben = wbi_state_person(known, WBI_TEXT("p2"));
  const wb_campaign one = {.name = WBI_TEXT("one")}, two = {.name = WBI_TEXT("two")};
  wbi_bytes16 number, nobody;
  memcpy(&number, clinic_point(&c, WB_CONTACT_PHONE, "+12125550101"), sizeof number);
  memcpy(&nobody, clinic_point(&c, WB_CONTACT_PHONE, "+12125550199"), sizeof nobody);
  const wb_date on = wbi_state_action(known, 0)->day;
  wbi_turn turn = turn_of(&c, &one);
  assert_false(wbi_caps_shared(&turn, &number, WBI_TEXT(""), on)); /* it was she herself */
  assert_true(wbi_caps_again(&turn, &number));
  assert_false(wbi_caps_again(&turn, &nobody));
  turn.campaign = &two;
  assert_false(wbi_caps_again(&turn, &number));
  turn.person = ben;
  assert_true(wbi_caps_shared(&turn, &number, WBI_TEXT(""), on));
  assert_true(wbi_caps_shared(&turn, &number, WBI_TEXT("one"), on));
  assert_false(wbi_caps_shared(&turn, &number, WBI_TEXT("two"), on));
  assert_false(wbi_caps_shared(&turn, &number, WBI_TEXT(""), on + 1));
  assert_false(wbi_caps_shared(&turn, &nobody, WBI_TEXT(""), on));
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_cap_of_more_than_is_remembered_holds_after_eight),
      cmocka_unit_test(a_message_does_not_count_against_itself),
      cmocka_unit_test(the_longest_cap_of_the_law_is_told),
      cmocka_unit_test(a_day_of_the_caps_is_one_of_24_hours_too),
      cmocka_unit_test(a_claim_tells_caps_and_what_counted),
      cmocka_unit_test(a_number_is_shared_with_who_was_written_to),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

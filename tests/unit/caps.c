/* SPDX-License-Identifier: MIT */
/* What counts against a cap of the law, of as many messages as are remembered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "outreach/practice_private.h"
#include "support/clinic.h"
#include "support/pack.h"

/* The host wrote so many times, a day apart, the last time today. */
static void written(clinic *c, uint32_t times) {
  for (uint32_t i = 0; i < times; i++) {
    if (i > 0) c->now += CLINIC_DAY;
    assert_int_equal(clinic_receive(c, WB_INPUT_CONTACTED, "p1"), WB_OK);
  }
}

/* Until when a cap of so many in 60 days holds a question about a visit, which no other cap does.
   `at`: of the message itself, where it counts already. */
static wb_time held_until(clinic *c, const char *most, wb_time at) {
  char rule[256];
  const wb_campaign campaign = {.class_ = WB_MESSAGE_CARE, .subject = WBI_SUBJECT_APPOINTMENT};
  const wbi_state *state = &c->practice->state;
  wb_law *law = NULL, *kept = c->practice->law;
  const char *held = "";
  char json[1024];
  const char *rules[] = {rule};
  snprintf(rule, sizeof rule, "{" RULE_HEAD "\"kind\": \"cap\", \"most\": %s, \"within_days\": 60}",
           most);
  const size_t length =
      pack_write(json, sizeof json, WBI_TEXT("{" HEAD REGIONS CALENDARS STALE), rules, 1);
  assert_int_equal(wb_law_new(NULL, json, length, &law, NULL), WB_OK);
  c->practice->law = law;
  const wbi_turn turn = {.practice = c->practice,
                         .campaign = &campaign,
                         .person = wbi_state_person(state, WBI_TEXT("p1")),
                         .now = c->now,
                         .counts = at};
  const wb_time until = wbi_caps_find(&turn, WBI_TEXT("XA"), WB_CHANNEL_SMS, 20780, &held);
  assert_string_equal(held, until != WB_TIME_NONE ? "r" : "");
  c->practice->law = kept;
  wb_law_unref(law);
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
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_cap_of_more_than_is_remembered_holds_after_eight),
      cmocka_unit_test(a_message_does_not_count_against_itself),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

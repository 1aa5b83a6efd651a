/* SPDX-License-Identifier: MIT */
/* The last look, where no call of a host leads: its guards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "outreach/practice_private.h"
#include "support/clinic.h"

/* Another process, of whatever library, lets the patient in once more and journals it. */
static void enter_again(clinic *c) {
  const wbi_state *state = &c->practice->state;
  const wbi_enrollment *enrollment = wbi_state_enrollment(state, 0);
  wbi_plan plan;
  wbi_effect entry = wbi_state_effect(state, 0, WBI_EFFECT_ENROLL);
  entry.location = wbi_keys_text(&state->locations, enrollment->location);
  entry.number = enrollment->entry + 1u;
  entry.wake = c->now + CLINIC_DAY;
  entry.day = WB_DATE_NONE;
  wbi_plan_init(&plan, c->context);
  wbi_plan_start(&plan, state, c->now);
  assert_int_equal(wbi_plan_open(&plan, state, WBI_BY_ENROLL), WB_OK);
  assert_int_equal(wbi_plan_add(&plan, &entry), WB_OK);
  wbi_plan_close(&plan);
  assert_int_equal(
      memory_journal_append(&c->journal, state->sequence + 1, plan.bytes.data, plan.bytes.count, 1),
      WB_OK);
  wbi_plan_free(&plan);
  clinic_replay(c, c->practice);
  assert_int_equal(clinic_find(c, "p1", NULL).entry, 2);
}

/* What is handed out is of an entry; once there is a later one it does not go, whatever the rest
   says. This library lets nobody in while a claim is open, but what it replays may. */
static void what_is_of_another_entry_does_not_go(void **state) {
  (void)state;
  for (int later = 0; later < 2; later++) {
    clinic c;
    clinic_begin(&c, CLINIC_ANA, NULL);
    assert_int_equal(clinic_poll(&c), 1);
    uint8_t id[16];
    memcpy(id, c.actions[0].id, sizeof id);
    if (later) enter_again(&c);
    wb_look look = {.size = sizeof look};
    assert_int_equal(wb_practice_test(c.practice, id, c.it.facts, c.now, &look, NULL), WB_OK);
    assert_int_equal(look.answer, later ? WB_LOOK_WITHDRAWN : WB_LOOK_GO);
    assert_string_equal(look.reason, later ? "entered_again" : "");
    assert_int_equal(clinic_action(&c, id).state, later ? WB_ACTION_WITHDRAWN : WB_ACTION_CLAIMED);
    clinic_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_of_another_entry_does_not_go)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}

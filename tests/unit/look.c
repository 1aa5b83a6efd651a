/* SPDX-License-Identifier: MIT */
/* The last look, where no call of a host leads: its guards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "outreach/practice_private.h"
#include "support/clinic.h"

/* What is handed out is of an entry; were there a later one, it would not go, whatever the rest
   says. Nobody enters again while a claim is open, so a test has to make it so. */
static void what_is_of_another_entry_does_not_go(void **state) {
  (void)state;
  for (int later = 0; later < 2; later++) {
    clinic c;
    clinic_begin(&c, CLINIC_ANA, NULL);
    assert_int_equal(clinic_poll(&c), 1);
    uint8_t id[16];
    memcpy(id, c.actions[0].id, sizeof id);
    wbi_enrollment *enrollment = wbi_state_enrollment(&c.practice->state, 0);
    enrollment->entry = (uint16_t)(enrollment->entry + later);
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

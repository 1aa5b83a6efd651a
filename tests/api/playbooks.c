/* SPDX-License-Identifier: MIT */
/* Playbooks that ship, at work: openings are offered to whom they fit, and to nobody else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/clinic.h"
#include "support/playbook.h"

static const char opening[] = "last-minute-opening";

/* Two people eight months overdue for a cleaning, who may be texted. */
static void begin(clinic *c) {
  static const wb_practice_options more = {.size = sizeof more, .per_day = 8};
  size_t length = 0;
  clinic_open(c, CLINIC_ANA CLINIC_BEN, &more);
  clinic_launch(c, opening, playbook_text(opening, &length));
}

/* A time of an hour came free tomorrow at 10:00. */
static void came_free(clinic *c, const char *key, const char *schedule, uint32_t minutes) {
  wb_input input = clinic_slot(WB_INPUT_SLOT_OPENED, key, c->now + CLINIC_DAY);
  input.name = schedule;
  input.name_length = (uint32_t)strlen(schedule);
  input.minutes = minutes;
  assert_int_equal(clinic_send(c, &input), WB_OK);
}

static void an_hour_of_hygiene_is_offered_to_those_who_are_due(void **state) {
  clinic c;
  wb_opening found = {.size = sizeof found};
  (void)state;
  begin(&c);
  came_free(&c, "s1", "hygiene", 60);
  assert_int_equal(clinic_poll(&c), 2);
  assert_non_null(strstr(c.actions[0].text,
                         "it's Example Dental. A time came free: Tuesday, November 24, 10:00 AM. "
                         "Reply YES to ask for it, NO to pass. Other times: "
                         "https://book.example.com/"));
  clinic_sent(&c);
  assert_int_equal(clinic_reply(&c, "p2", "yes"), WB_OK);
  assert_int_equal(wb_opening_get(c.practice, "s1", 2, &found), WB_OK);
  assert_int_equal(found.state, WB_OPENING_TENTATIVE);
  assert_string_equal(found.patient, "p2");
  clinic_close(&c);
}

static void what_fits_nobody_is_offered_to_nobody(void **state) {
  static const struct {
    const char *schedule;
    uint32_t minutes;
  } cases[] = {{"dr-lee", 60}, {"hygiene", 39}};
  (void)state;
  for (size_t i = 0; i < 2; i++) {
    clinic c;
    begin(&c);
    came_free(&c, "s1", cases[i].schedule, cases[i].minutes);
    assert_int_equal(clinic_poll(&c), 0);
    clinic_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_hour_of_hygiene_is_offered_to_those_who_are_due),
      cmocka_unit_test(what_fits_nobody_is_offered_to_nobody),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

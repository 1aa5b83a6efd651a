/* SPDX-License-Identifier: MIT */
/*
 * Calls that lend texts and change nothing, with each of their allocations failing: they are
 * refused, and once more they tell the same. By blocks each text is an allocation of its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

#define CAMPAIGN(title)                                                                            \
  "{\"format\":1,\"name\":\"one\",\"title\":\"" title "\",\"class\":\"care\",\"audience\":"        \
  "\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"exits\":" \
  "{\"booked\":\"recare.booked\"},\"steps\":[{\"id\":\"s\",\"send\":[\"t\"]},{\"id\":\"end\","     \
  "\"exit\":true}],"                                                                               \
  "\"page\":\"p\",\"texts\":{\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ "                    \
  "location.short_name }}: call us. Reply STOP to opt out.\"}},\"p\":{\"channel\":\"page\",\"en\"" \
  ":{\"html\":\"<p>{{ location.name }}</p>\"}}}}"

enum { ROWS = 4 };

/* What a call told last. */
static char told[512];

static wb_status next(clinic *c) {
  wb_enrollment found = {.size = sizeof found};
  uint64_t cursor = 0;
  const wb_status status = wb_practice_next(c->practice, &cursor, &found);
  if (status != WB_OK) return status;
  snprintf(told, sizeof told, "%s %s %s %s", found.patient, found.segment, found.variant,
           found.step);
  return WB_OK;
}

static wb_status cells(clinic *c) {
  wb_metrics found = {.size = sizeof found};
  uint64_t cursor = 0;
  const wb_status status = wb_metrics_next(c->practice, &cursor, &found);
  if (status != WB_OK) return status;
  snprintf(told, sizeof told, "%s %s %s", found.campaign, found.segment, found.variant);
  return WB_OK;
}

static wb_status waits(clinic *c) {
  wb_waiting rows[ROWS] = {{.size = sizeof *rows}};
  uint32_t count = 0;
  const wb_status status =
      wb_practice_waiting(c->practice, NULL, 0, c->it.facts, c->now, rows, ROWS, &count, NULL);
  if (status != WB_OK) return status;
  snprintf(told, sizeof told, "%u %s %s %s", count, rows[0].segment, rows[0].patient,
           rows[0].location);
  return WB_OK;
}

static wb_status goes(clinic *c) {
  const wb_migrate_options options = {.size = sizeof options, .flags = WB_MIGRATE_PLAN};
  wb_migration rows[ROWS] = {{.size = sizeof *rows}};
  uint32_t count = 0;
  const wb_status status =
      wb_practice_migrate(c->practice, "one", 3, &options, c->now, rows, ROWS, &count, NULL);
  if (status != WB_OK) return status;
  snprintf(told, sizeof told, "%u %s %s", count, rows[0].from, rows[0].to);
  return WB_OK;
}

/* The page of whoever is inside. */
static wb_status page(clinic *c) {
  static const wb_page asked = {.size = sizeof asked,
                                .campaign = "one",
                                .patient = "p1",
                                .campaign_length = 3,
                                .patient_length = 2};
  size_t needed = 0;
  const wb_status status =
      wb_page_render(c->practice, &asked, c->it.facts, c->now, told, sizeof told, &needed, NULL);
  if (status != WB_OK) told[0] = '\0';
  return status;
}

static const struct {
  wb_status (*call)(clinic *c);
  const char *tells;
} calls[] = {{next, "p1 all  s"},
             {cells, "one all "},
             {waits, "1 all p2 1"},
             {goes, "1 s s"},
             {page, "<p>Example Dental</p>"}};

/* One of two is inside, the other waits for tomorrow; there is a newer definition. */
static void a_text_that_is_lent_is_there_or_nothing_is(void **state) {
  static const wb_practice_options more = {.size = sizeof more, .admissions = 1};
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA CLINIC_BEN, &more);
  clinic_launch(&c, "one", CAMPAIGN("A"));
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  clinic_launch(&c, "one", CAMPAIGN("B"));
  for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
    bool met = true;
    for (uint64_t at = 1; met; at++) {
      told[0] = '\0';
      fault_arm(&c.memory.plan, FAULT_ONCE, at);
      const wb_status status = calls[i].call(&c);
      met = c.memory.plan.hits > 0;
      fault_arm(&c.memory.plan, FAULT_NEVER, 0);
      assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
      assert_string_equal(told, met ? "" : calls[i].tells);
    }
  }
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_text_that_is_lent_is_there_or_nothing_is),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

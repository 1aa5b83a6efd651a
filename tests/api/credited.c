/* SPDX-License-Identifier: MIT */
/* A visit counts where the patient whose it is entered: in their segment and variant, and there
   alone, from the booking to the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

enum { PEOPLE = 12, CELLS = 4 };

static const char *const segments[] = {"old", "young"}, *const variants[] = {"kind", "kinder"};

static const char json[] =
    "{\"format\":1,\"name\":\"one\",\"title\":\"One\",\"class\":\"care\","
    "\"variants\":[{\"name\":\"kind\",\"share\":50},{\"name\":\"kinder\",\"share\":50}],"
    "\"audience\":\"recare.overdue_months >= 1 && !recare.booked\","
    "\"segments\":[{\"name\":\"old\",\"where\":\"patient.age >= 50\"},"
    "{\"name\":\"young\",\"where\":\"true\"}],"
    "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":["
    "{\"id\":\"a\",\"send\":[\"t\"]},{\"id\":\"end\",\"exit\":true}],"
    "\"texts\":{\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.short_name }}: "
    "{{ location.booking_url }} Reply STOP to opt out.\"}}}}";

/* Visits booked and kept, by segment and variant. */
typedef struct counted {
  uint64_t booked[CELLS], kept[CELLS];
} counted;

static counted count(clinic *c) {
  counted found = {{0}, {0}};
  for (size_t i = 0; i < CELLS; i++) {
    const char *segment = segments[i / 2], *variant = variants[i % 2];
    wb_metrics metrics = {.size = sizeof metrics};
    assert_int_equal(wb_metrics_get(c->practice, "one", 3, segment, (uint32_t)strlen(segment),
                                    variant, (uint32_t)strlen(variant), 0, &metrics),
                     WB_OK);
    found.booked[i] = metrics.booked;
    found.kept[i] = metrics.kept;
  }
  return found;
}

/* Where a patient entered. */
static size_t cell_of(clinic *c, const char *patient) {
  const wb_enrollment entered = clinic_find(c, patient, NULL);
  return 2 * (size_t)(strcmp(entered.segment, "young") == 0) +
         (size_t)(strcmp(entered.variant, "kinder") == 0);
}

static void tell(clinic *c, int32_t kind, const char *patient) {
  wb_input input = clinic_input(WB_INPUT_BOOKED, patient);
  input.kind = kind;
  input.visit = patient;
  input.visit_length = (uint32_t)strlen(patient);
  input.at = kind == WB_INPUT_KEPT ? c->now : c->now + CLINIC_DAY;
  assert_int_equal(clinic_send(c, &input), WB_OK);
}

/* Patients of both ages who were written to. */
static void begin(clinic *c) {
  static const wb_practice_options more = {.size = sizeof more, .admissions = 100};
  char people[PEOPLE * 96] = CLINIC_HEAD;
  for (int i = 1; i <= PEOPLE; i++)
    sprintf(people + strlen(people), "p%d|active|Pat|%d-01-01|1|+121255501%02d|yes||\n", i,
            i % 2 ? 1960 : 1990, i);
  clinic_open(c, people, &more);
  clinic_launch(c, "one", json);
  assert_int_equal(clinic_enroll(c).eligible, PEOPLE);
  assert_int_equal(clinic_poll(c), PEOPLE);
  clinic_sent(c);
}

static void a_visit_counts_in_the_cell_of_its_patient(void **state) {
  clinic c;
  size_t people[CELLS] = {0};
  (void)state;
  begin(&c);
  for (int i = 1; i <= PEOPLE; i++) {
    char patient[8];
    sprintf(patient, "p%d", i);
    const size_t cell = cell_of(&c, patient);
    people[cell]++;
    counted wanted = count(&c);
    wanted.booked[cell]++;
    tell(&c, WB_INPUT_BOOKED, patient);
    counted found = count(&c);
    assert_memory_equal(&found, &wanted, sizeof found);
    wanted.booked[cell]--;
    tell(&c, WB_INPUT_CANCELLED, patient);
    found = count(&c);
    assert_memory_equal(&found, &wanted, sizeof found);
    wanted.booked[cell]++;
    wanted.kept[cell]++;
    tell(&c, WB_INPUT_BOOKED, patient);
    tell(&c, WB_INPUT_KEPT, patient);
    found = count(&c);
    assert_memory_equal(&found, &wanted, sizeof found);
  }
  for (size_t i = 0; i < CELLS; i++)
    assert_true(people[i] > 0);
  wb_practice_free(clinic_replayed(&c));
  wb_practice_free(clinic_loaded(&c));
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_visit_counts_in_the_cell_of_its_patient),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* What the page of metrics claims of those who were held out, or why it claims nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

enum { PEOPLE = 1000, WINDOW = 120 };

#define CAMPAIGN(holdout)                                                                          \
  "{\"format\":1,\"name\":\"one\",\"title\":\"One\",\"class\":\"care\",\"holdout\":" holdout       \
  ",\"audience\":\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"all\",\"where\":"        \
  "\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[{\"id\":\"a\",\"send\":["        \
  "\"t\"]},{\"id\":\"end\",\"exit\":true}],\"texts\":{\"t\":{\"channel\":\"email\",\"en\":{"       \
  "\"subject\":\"Your next visit\",\"body\":\"{{ practice.name }}, {{ location.address }} Reply "  \
  "STOP and we will not write again.\"}}}}"

static void begin(clinic *c, const char *json) {
  static const wb_practice_options more = {.size = sizeof more, .per_day = 8, .admissions = PEOPLE};
  char *people = calloc(1, PEOPLE * 80 + 300);
  assert_non_null(people);
  size_t at = (size_t)sprintf(people, "%s", CLINIC_HEAD);
  for (int i = 0; i < PEOPLE; i++)
    at += (size_t)sprintf(people + at, "p%03d|active|Ana|1980-02-29|1|||p%03d@example.com|yes\n", i,
                          i);
  clinic_open(c, people, &more);
  free(people);
  clinic_launch(c, "one", json);
  assert_int_equal(clinic_enroll(c).enrolled, PEOPLE);
  while (clinic_poll(c) > 0)
    clinic_sent(c);
}

/* Somebody came. */
static void came(clinic *c, const char *patient) {
  wb_input input = clinic_input(WB_INPUT_KEPT, patient);
  input.at = c->now;
  assert_int_equal(clinic_send(c, &input), WB_OK);
}

static const char *page(clinic *c, wb_time now) {
  static char text[4096];
  size_t needed = 0;
  assert_int_equal(wb_metrics_format(c->practice, now, text, sizeof text, &needed), WB_OK);
  return text;
}

static void says(const char *text, const char *piece, bool whether) {
  if ((strstr(text, piece) != NULL) != whether) fail_msg("%s in %s", piece, text);
}

/* Enough came of both: once their time is over it is said, unless the split was another. */
static void a_verdict_is_given_when_all_have_had_their_time(void **state) {
  clinic c;
  (void)state;
  begin(&c, CAMPAIGN("20"));
  for (int i = 0; i < PEOPLE / 10; i++) {
    char patient[8];
    sprintf(patient, "p%03d", i);
    came(&c, patient);
  }
  const wb_time over = c.now + (wb_time)WINDOW * CLINIC_DAY;
  says(page(&c, over - 1), "nothing may be claimed yet: the last who entered still have time;",
       true);
  says(page(&c, over - 1), "there are too few", false);
  says(page(&c, over), "  no difference is shown smallest difference that would show: ", true);
  says(page(&c, over), "still have time", false);
  says(page(&c, over), "the split", false);
  says(strstr(page(&c, over), "  all ") + 1, "  all ", false); /* the segment of all is no line */
  clinic_launch(&c, "one", CAMPAIGN("50"));
  says(page(&c, over), "nothing may be claimed yet: the split is not the one that was meant;",
       true);
  clinic_close(&c);
}

/* Where all of those who were held out came there is nothing to be better than. */
static void nothing_shows_beside_those_who_all_came(void **state) {
  clinic c;
  wb_enrollment found = {.size = sizeof found};
  wb_metrics metrics = {.size = sizeof metrics};
  uint64_t cursor = 0, held_out = 0, cells = 0;
  char patients[PEOPLE / 10][8];
  (void)state;
  begin(&c, CAMPAIGN("1"));
  while (wb_practice_next(c.practice, &cursor, &found) == WB_OK) {
    if (strcmp(found.variant, "held-out") != 0) continue;
    assert_true(held_out < PEOPLE / 10);
    strcpy(patients[held_out++], found.patient);
  }
  assert_true(held_out > 0);
  c.now += CLINIC_DAY;
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  for (uint64_t i = 0; i < held_out; i++)
    came(&c, patients[i]);
  says(page(&c, c.now), "there are too few; no difference would show\n", true);
  cursor = 0;
  while (wb_metrics_next(c.practice, &cursor, &metrics) == WB_OK) {
    const bool out = (metrics.flags & WB_METRICS_HELD_OUT) != 0;
    assert_int_equal(metrics.entered, out ? held_out : PEOPLE - held_out);
    assert_int_equal(metrics.came, out ? held_out : 0);
    cells++;
  }
  assert_int_equal(cells, 2);
  clinic_close(&c);
}

static void what_cannot_be_told_is_refused(void **state) {
  clinic c;
  char text[64] = "untouched";
  uint64_t cursor = 0;
  size_t needed = 77;
  wb_metrics metrics = {.size = sizeof metrics};
  wb_action_status action = {.size = sizeof action};
  const char *key = NULL;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(wb_metrics_format(c.practice, WB_TIME_MAX + 1, text, sizeof text, &needed),
                   WB_E_RANGE);
  assert_int_equal(wb_metrics_format(c.practice, c.now, text, sizeof text, NULL), WB_E_INVALID);
  assert_int_equal(wb_metrics_format(c.practice, c.now, NULL, 1, &needed), WB_E_INVALID);
  assert_int_equal(wb_metrics_format(NULL, c.now, text, sizeof text, &needed), WB_E_INVALID);
  assert_string_equal(text, "untouched");
  assert_int_equal(needed, 77);
  assert_int_equal(wb_metrics_next(c.practice, NULL, &metrics), WB_E_INVALID);
  assert_int_equal(wb_metrics_next(c.practice, &cursor, NULL), WB_E_INVALID);
  assert_int_equal(wb_metrics_next(NULL, &cursor, &metrics), WB_E_INVALID);
  assert_int_equal(wb_practice_actions(c.practice, NULL, &action), WB_E_INVALID);
  assert_int_equal(wb_practice_find(c.practice, NULL, 0, &key), WB_E_INVALID);
  assert_int_equal(wb_practice_find(c.practice, "p1", 2, NULL), WB_E_INVALID);
  assert_int_equal(wb_practice_find(NULL, "p1", 2, &key), WB_E_INVALID);
  assert_null(key);
  assert_int_equal(cursor, 0);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_verdict_is_given_when_all_have_had_their_time),
      cmocka_unit_test(nothing_shows_beside_those_who_all_came),
      cmocka_unit_test(what_cannot_be_told_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

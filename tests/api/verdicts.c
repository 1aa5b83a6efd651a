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

#define CAMPAIGN(holdout) SEGMENTS(holdout, "{\"name\":\"all\",\"where\":\"true\"}")
#define SEGMENTS(holdout, segments)                                                                \
  "{\"format\":1,\"name\":\"one\",\"title\":\"One\",\"class\":\"care\",\"holdout\":" holdout       \
  ",\"audience\":\"recare.overdue_months >= 1\",\"segments\":[" segments "],"                      \
  "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[{\"id\":\"a\",\"send\":["                   \
  "\"t\"]},{\"id\":\"end\",\"exit\":true}],\"texts\":{\"t\":{\"channel\":\"email\",\"en\":{"       \
  "\"subject\":\"Your next visit\",\"body\":\"{{ practice.name }}, {{ location.address }} Reply "  \
  "STOP and we will not write again.\"}}}}"

/* Two wordings, one step or two. */
#define VARIANTS(more)                                                                             \
  "{\"format\":1,\"name\":\"one\",\"title\":\"One\",\"class\":\"care\",\"holdout\":20,"            \
  "\"variants\":[{\"name\":\"a\",\"share\":50},{\"name\":\"b\",\"share\":50}],"                    \
  "\"audience\":\"recare.overdue_months >= "                                                       \
  "1\",\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"                                      \
  "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[{\"id\":\"a\",\"send\":[\"t\"]}," more      \
  "{\"id\":\"end\",\"exit\":true}],\"texts\":{\"t\":{\"channel\":\"email\",\"instead\":[{"         \
  "\"variant\":"                                                                                   \
  "\"b\",\"text\":\"u\"}],\"en\":{\"subject\":\"a\",\"body\":\"{{ practice.name }}, {{ "           \
  "location.address }} Reply STOP and we will not write again.\"}},\"u\":{\"channel\":\"email\","  \
  "\"en\":{\"subject\":\"b\",\"body\":\"{{ practice.name }}, {{ location.address }} Reply STOP "   \
  "and we will not write again.\"}}}}"

/* So many of the people were seen for periodontal care last. */
static void seen(clinic *c, const char *people, int perio) {
  enum { LINE = 40 };
  char *procedures = calloc(PEOPLE + 1, LINE);
  assert_non_null(procedures);
  size_t at = (size_t)sprintf(procedures, "patient:u|code:u|status:u|date:tdD\n");
  for (int i = 0; i < PEOPLE; i++)
    at += (size_t)sprintf(procedures + at, "p%03d|%s|completed|2025-09-15\n", i,
                          i < perio ? "D4910" : "D1110");
  clinic_facts(c, CLINIC_PLACES(CLINIC_ZONE));
  sample_add(&c->it, "patients", people);
  sample_add(&c->it, "procedures", procedures);
  sample_add(&c->it, "appointments", "patient:u|status:u|start:tdD\np000|completed|2025-09-15\n");
  free(procedures);
}

/* Everybody due at once, or so many a day. */
static void open_with(clinic *c, const char *json, int perio, uint32_t admissions) {
  const wb_practice_options more = {
      .size = sizeof more, .per_day = 8, .admissions = admissions, .spread = 1};
  char *people = calloc(1, PEOPLE * 80 + 300);
  assert_non_null(people);
  size_t at = (size_t)sprintf(people, "%s", CLINIC_HEAD);
  for (int i = 0; i < PEOPLE; i++)
    at += (size_t)sprintf(people + at, "p%03d|active|Ana|1980-02-29|1|||p%03d@example.com|yes\n", i,
                          i);
  clinic_open(c, people, &more);
  seen(c, people, perio);
  free(people);
  clinic_launch(c, "one", json);
}

/* Writes to those who are inside; how many. */
static uint32_t written(clinic *c) {
  uint32_t count = 0;
  while (clinic_poll(c) > 0) {
    count += c->count;
    clinic_sent(c);
  }
  return count;
}

/* The same, and they are let in and written to. */
static void begin_with(clinic *c, const char *json, int perio, uint32_t admissions) {
  open_with(c, json, perio, admissions);
  assert_int_equal(clinic_enroll(c).enrolled, admissions);
  written(c);
}

static void begin(clinic *c, const char *json) {
  begin_with(c, json, 0, PEOPLE);
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

/* Nobody is held out of periodontal care: what became of them is no part of the comparison. */
static void like_is_compared_with_like(void **state) {
  clinic c;
  (void)state;
  begin_with(&c,
             SEGMENTS("20", "{\"name\":\"perio\",\"where\":\"recare.kind == \\\"perio\\\"\"},"
                            "{\"name\":\"prophy\",\"where\":\"true\"}"),
             PEOPLE / 2, PEOPLE);
  for (int i = 0; i < PEOPLE / 4; i++) {
    char patient[8];
    sprintf(patient, "p%03d", i);
    came(&c, patient);
  }
  const char *text = page(&c, c.now + (wb_time)WINDOW * CLINIC_DAY);
  says(text, "  incremental, of those who may be held out: came 0 of 4", true);
  says(text, ", held out 0 of ", true);
  says(text, "the split", false);
  clinic_close(&c);
}

/* Nor are they in one segment with others: what each cell counts says of whom. */
static void within_a_segment_too(void **state) {
  clinic c;
  wb_metrics metrics = {.size = sizeof metrics};
  uint64_t cursor = 0, entered[3] = {0};
  (void)state;
  begin_with(&c, CAMPAIGN("20"), PEOPLE / 2, PEOPLE);
  for (int i = 0; i < PEOPLE / 4; i++) {
    char patient[8];
    sprintf(patient, "p%03d", i);
    came(&c, patient);
  }
  while (wb_metrics_next(c.practice, &cursor, &metrics) == WB_OK) {
    assert_in_range(metrics.flags, 0, WB_METRICS_EXEMPT);
    entered[metrics.flags] += metrics.entered;
    assert_int_equal(metrics.came, metrics.flags == WB_METRICS_EXEMPT ? PEOPLE / 4 : 0);
  }
  assert_int_equal(cursor, 3);
  assert_int_equal(entered[WB_METRICS_EXEMPT], PEOPLE / 2);
  assert_int_equal(entered[0] + entered[WB_METRICS_HELD_OUT], PEOPLE / 2);
  assert_in_range(entered[WB_METRICS_HELD_OUT], PEOPLE / 14, PEOPLE / 7);
  const char *text = page(&c, c.now + (wb_time)WINDOW * CLINIC_DAY);
  says(text, "  incremental, of those who may be held out: came 0 of 4", true);
  wb_practice *loaded = clinic_loaded(&c);
  clinic_same(c.practice, loaded);
  wb_practice_free(loaded);
  clinic_close(&c);
}

/* How many have a variant, of those who are compared and of the others. */
static void drawn(clinic *c, int counts[2][3]) {
  wb_enrollment found = {.size = sizeof found};
  uint64_t cursor = 0;
  memset(counts, 0, 2 * sizeof *counts);
  while (wb_practice_next(c->practice, &cursor, &found) == WB_OK) {
    const int exempt = atoi(found.patient + 1) < PEOPLE / 2;
    counts[exempt][found.variant[1] != '\0' ? 2 : found.variant[0] - 'a']++; /* "held-out" */
  }
}

/* They have a variant as others do, are written to in its words, and keep it, as those they are,
   when they go over to another definition. */
static void who_is_never_held_out_has_a_variant(void **state) {
  clinic c;
  const wb_migrate_options over = {.size = sizeof over};
  wb_migration rows[8] = {{.size = sizeof *rows}};
  uint32_t count = 0;
  int before[2][3], after[2][3];
  (void)state;
  open_with(&c, VARIANTS(""), PEOPLE / 2, PEOPLE);
  assert_int_equal(clinic_enroll(&c).enrolled, PEOPLE);
  drawn(&c, before);
  assert_in_range(before[0][2], PEOPLE / 14, PEOPLE / 7);
  assert_int_equal(before[1][2], 0);
  assert_in_range(before[1][0], PEOPLE / 5, PEOPLE * 3 / 10);
  assert_int_equal(before[1][0] + before[1][1], PEOPLE / 2);
  assert_int_equal(clinic_poll(&c) > 0, 1);
  for (uint32_t i = 0; i < c.count; i++)
    assert_string_equal(c.actions[i].subject, clinic_find(&c, c.actions[i].patient, "one").variant);
  clinic_launch(&c, "one", VARIANTS("{\"id\":\"w\",\"wait\":{\"days\":3}},"));
  assert_int_equal(wb_practice_migrate(c.practice, "one", 3, &over, c.now, rows, 8, &count, NULL),
                   WB_OK);
  drawn(&c, after);
  assert_memory_equal(before, after, sizeof before);
  wb_metrics metrics = {.size = sizeof metrics};
  assert_int_equal(wb_metrics_get(c.practice, "one", 3, NULL, 0, "a", 1, 0, &metrics), WB_OK);
  assert_int_equal(metrics.entered, before[0][0] + before[1][0]);
  clinic_close(&c);
}

/* Those who are let in on the first days count on the later ones, though they are out again. */
static void the_last_are_held_out_as_the_first_were(void **state) {
  clinic c;
  wb_enrollment found = {.size = sizeof found};
  uint64_t cursor = 0;
  int held_out[2] = {0};
  (void)state;
  begin_with(&c, CAMPAIGN("50"), 0, PEOPLE / 2);
  const wb_time first = c.now;
  c.now += CLINIC_DAY;
  assert_int_equal(clinic_enroll(&c).enrolled, PEOPLE / 2);
  while (wb_practice_next(c.practice, &cursor, &found) == WB_OK)
    held_out[found.entered > first] += strcmp(found.variant, "held-out") == 0;
  assert_in_range(held_out[0], PEOPLE / 5, PEOPLE * 3 / 10);
  assert_in_range(held_out[1], PEOPLE / 5, PEOPLE * 3 / 10);
  clinic_close(&c);
}

/* 600 minutes, less a fifth, for visits of an hour that one in ten books: 80 are written to. */
static void those_held_out_are_promised_no_chair_time(void **state) {
  clinic c;
  wb_input open = {.size = sizeof open, .kind = WB_INPUT_CAPACITY, .minutes = 600};
  (void)state;
  open_with(&c, CAMPAIGN("50,\"capacity\":{\"minutes\":{\"hygiene\":60}}"), 0, PEOPLE);
  open.location = "1";
  open.name = "hygiene";
  open.location_length = 1;
  open.name_length = 7;
  assert_int_equal(clinic_send(&c, &open), WB_OK);
  clinic_enroll(&c);
  assert_int_equal(written(&c), 80);
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
      cmocka_unit_test(like_is_compared_with_like),
      cmocka_unit_test(within_a_segment_too),
      cmocka_unit_test(who_is_never_held_out_has_a_variant),
      cmocka_unit_test(the_last_are_held_out_as_the_first_were),
      cmocka_unit_test(those_held_out_are_promised_no_chair_time),
      cmocka_unit_test(what_cannot_be_told_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

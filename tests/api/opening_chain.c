/* SPDX-License-Identifier: MIT */
/* Times that come free because somebody moved up; and what is asked of openings wrongly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

static wb_opening opening(clinic *c, const char *key) {
  wb_opening found = {.size = sizeof found};
  assert_int_equal(wb_opening_get(c->practice, key, strlen(key), &found), WB_OK);
  return found;
}

/* An event of a patient about a time three days from the beginning. */
static void send(clinic *c, int32_t kind, const char *patient, const char *key) {
  wb_input input = clinic_slot(kind, key, SAMPLE_NOW + 3 * CLINIC_DAY);
  input.patient = patient;
  input.patient_length = patient != NULL ? (uint32_t)strlen(patient) : 0;
  const wb_status status = clinic_send(c, &input);
  const bool nobody = patient != NULL && patient[0] == 'z' && status == WB_E_NAME;
  if (status != WB_OK && !nobody) fail_msg("%s: %s", key, wb_status_name(status));
}

/* Ana moves up to an opening, and frees her own time: that is one further from the first; if she
   does so on another day it is a first one itself, as is what somebody frees whom nobody knows. */
static void what_comes_free_by_moving_up_is_one_further(void **state) {
  static const struct {
    const char *who;
    wb_time later;
    uint32_t depth;
  } rows[] = {{"p1", 60, 1},
              {"p1", CLINIC_DAY, 1},
              {"p1", CLINIC_DAY + 1, 0},
              {"p2", 60, 0},
              {"zy", 60, 0}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    clinic_begin(&c, CLINIC_ANA CLINIC_BEN, NULL);
    send(&c, WB_INPUT_SLOT_OPENED, NULL, "a");
    assert_int_equal(opening(&c, "a").depth, 0);
    send(&c, WB_INPUT_BOOKED, "p1", "a");
    send(&c, WB_INPUT_SLOT_OPENED, NULL, "x");
    send(&c, WB_INPUT_BOOKED, "zz", "x"); /* somebody takes another, nobody knows who */
    c.now += rows[i].later;
    send(&c, WB_INPUT_CANCELLED, rows[i].who, "b");
    if (opening(&c, "b").depth != rows[i].depth)
      fail_msg("row %d: %u", (int)i, opening(&c, "b").depth);
    clinic_close(&c);
  }
}

/* An event about an opening that is over is well, and changes nothing of it. */
static void what_is_over_stays_over(void **state) {
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  send(&c, WB_INPUT_SLOT_OPENED, NULL, "a");
  send(&c, WB_INPUT_SLOT_CLOSED, NULL, "a");
  assert_int_equal(opening(&c, "a").state, WB_OPENING_EXPIRED);
  send(&c, WB_INPUT_SLOT_CLOSED, NULL, "a");
  send(&c, WB_INPUT_BOOKED, "p1", "a");
  assert_int_equal(opening(&c, "a").state, WB_OPENING_EXPIRED);
  assert_string_equal(opening(&c, "a").patient, "");
  clinic_close(&c);
}

/* Nobody whom the practice does not know books what is over, and the journal tells of no change. */
static void what_is_over_is_nobodys(void **state) {
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  send(&c, WB_INPUT_SLOT_OPENED, NULL, "a");
  size_t before = c.journal.length;
  send(&c, WB_INPUT_SLOT_CLOSED, NULL, "a");
  const size_t closing = c.journal.length - before;
  before = c.journal.length;
  send(&c, WB_INPUT_SLOT_CLOSED, NULL, "a");
  assert_true(c.journal.length - before < closing);
  wb_input booked = clinic_slot(WB_INPUT_BOOKED, "a", SAMPLE_NOW + 3 * CLINIC_DAY);
  booked.patient = "zz";
  booked.patient_length = 2;
  assert_int_equal(clinic_send(&c, &booked), WB_E_NAME);
  clinic_close(&c);
}

/* A host tells of a time twice: that is one opening; at another time, or once it is over, it is
   another one. */
static void what_is_told_of_twice_is_one_opening(void **state) {
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  send(&c, WB_INPUT_SLOT_OPENED, NULL, "a");
  send(&c, WB_INPUT_SLOT_OPENED, NULL, "a");
  assert_int_equal(opening(&c, "a").generation, 1);
  const wb_input later = clinic_slot(WB_INPUT_SLOT_OPENED, "a", SAMPLE_NOW + 2 * CLINIC_DAY);
  assert_int_equal(clinic_send(&c, &later), WB_OK);
  assert_int_equal(opening(&c, "a").generation, 2);
  assert_int_equal(opening(&c, "a").start, SAMPLE_NOW + 2 * CLINIC_DAY);
  send(&c, WB_INPUT_SLOT_CLOSED, NULL, "a");
  assert_int_equal(clinic_send(&c, &later), WB_OK);
  assert_int_equal(opening(&c, "a").generation, 3);
  assert_int_equal(opening(&c, "a").state, WB_OPENING_OPEN);
  clinic_close(&c);
}

static void questions_that_are_none_are_refused(void **state) {
  clinic c;
  wb_opening found = {.size = sizeof found};
  uint64_t cursor = 0;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  send(&c, WB_INPUT_SLOT_OPENED, NULL, "a");
  assert_int_equal(wb_opening_get(c.practice, NULL, 1, &found), WB_E_INVALID);
  assert_int_equal(wb_opening_get(c.practice, "a", 1, NULL), WB_E_INVALID);
  assert_int_equal(wb_opening_get(NULL, "a", 1, &found), WB_E_INVALID);
  assert_int_equal(wb_opening_get(c.practice, "b", 1, &found), WB_E_NAME);
  assert_int_equal(wb_opening_next(c.practice, NULL, &found), WB_E_INVALID);
  assert_int_equal(wb_opening_next(c.practice, &cursor, NULL), WB_E_INVALID);
  assert_int_equal(wb_opening_next(NULL, &cursor, &found), WB_E_INVALID);
  assert_int_equal(wb_opening_next(c.practice, &cursor, &found), WB_OK);
  assert_string_equal(found.opening, "a");
  assert_int_equal(wb_opening_next(c.practice, &cursor, &found), WB_E_NAME);
  /* that it was is forgotten 90 days later */
  send(&c, WB_INPUT_SLOT_CLOSED, NULL, "a");
  for (int i = 0; i < 5; i++) {
    c.now += 25 * CLINIC_DAY;
    assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, "p1"), WB_OK);
  }
  cursor = 0;
  assert_int_equal(wb_opening_next(c.practice, &cursor, &found), WB_E_NAME);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_comes_free_by_moving_up_is_one_further),
      cmocka_unit_test(what_is_over_stays_over),
      cmocka_unit_test(what_is_over_is_nobodys),
      cmocka_unit_test(what_is_told_of_twice_is_one_opening),
      cmocka_unit_test(questions_that_are_none_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

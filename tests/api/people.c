/* SPDX-License-Identifier: MIT */
/* Who patients are and how they are reached: consents, numbers, moves, merges, what is forgotten.
   Each story is replayed and loaded: the state is the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

#define HEAD                                                                                       \
  "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|email:u|"  \
  "email_permission:u|text_permission_on:tdD\n"
#define ANA "p1|active|Ana|1980-02-29|1|+12125550101|yes|||2026-09-01\n"
#define ANA_ELSEWHERE "p1|active|Ana|1980-02-29|1|+12125550199|yes|||2026-09-01\n"
#define ANA_UNKNOWN "p1|active|Ana|1980-02-29|1|+12125550101||||\n"
#define BEN "p2|active|Ben|1981-03-01|1|+12125550102|yes|||2026-09-01\n"

static const uint8_t secret[16] = {7, 1, 2, 3};

typedef struct point {
  uint8_t bytes[16];
} point;

static point phone(const char *number) {
  point made;
  assert_int_equal(
      wb_contact_make(secret, WB_CONTACT_PHONE, number, strlen(number), NULL, made.bytes), WB_OK);
  return made;
}

static void begin(clinic *c, const char *patients) {
  clinic_begin(c, patients, NULL);
}

static int32_t held(clinic *c, const char *patient) {
  wb_enrollment found = clinic_find(c, patient, NULL);
  return found.state == WB_STATE_HELD ? found.hold : WB_HOLD_NONE;
}

static wb_input agreed(const char *patient, const point *contact, int32_t class_, int32_t level) {
  wb_input input = clinic_input(WB_INPUT_CONSENT, patient);
  input.contact = contact->bytes;
  input.channel = WB_CHANNEL_SMS;
  input.class_ = class_;
  input.outcome = level;
  return input;
}

static wb_consent consent(clinic *c, const point *contact, const char *patient, int32_t purpose) {
  wb_consent found = {.size = sizeof found};
  assert_int_equal(wb_consent_get(c->practice, contact->bytes, patient, strlen(patient),
                                  WB_CHANNEL_SMS, purpose, &found),
                   WB_OK);
  return found;
}

/* ---- consent -------------------------------------------------------------------------------- */

static void consent_is_held_by_number_patient_channel_and_purpose(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA_UNKNOWN);
  const point number = phone("+12125550101"), other = phone("+12125550102");
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(held(&c, "p1"), WB_HOLD_NO_PERMISSION);
  assert_int_equal(consent(&c, &number, "p1", WB_MESSAGE_CARE).level, WB_CONSENT_NONE);
  wb_input input = agreed("p1", &number, 0, WB_CONSENT_EXPRESS);
  input.source = "form";
  input.source_length = 4;
  input.name = "texts-2026-1";
  input.name_length = 12;
  input.at = c.now - CLINIC_DAY;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  const wb_consent found = consent(&c, &number, "p1", WB_MESSAGE_CARE);
  assert_int_equal(found.level, WB_CONSENT_EXPRESS);
  assert_int_equal(found.at, c.now - CLINIC_DAY);
  assert_string_equal(found.source, "form");
  assert_string_equal(found.wording, "texts-2026-1");
  assert_int_equal(found.flags, 0);
  assert_int_equal(consent(&c, &number, "p1", WB_MESSAGE_BENEFIT).level, WB_CONSENT_EXPRESS);
  assert_int_equal(consent(&c, &number, "p1", WB_MESSAGE_OFFER).level, WB_CONSENT_NONE);
  assert_int_equal(consent(&c, &number, "p2", WB_MESSAGE_CARE).level, WB_CONSENT_NONE);
  assert_int_equal(consent(&c, &other, "p1", WB_MESSAGE_CARE).level, WB_CONSENT_NONE);
  assert_int_equal(clinic_poll(&c), 1); /* who was held is looked at again */
  clinic_sent(&c);
  clinic_renew(&c, CLINIC_LOADED);
  assert_int_equal(consent(&c, &number, "p1", WB_MESSAGE_CARE).flags, WB_CONTACT_WRITTEN_TO);
  clinic_close(&c);
}

static void a_refusal_in_the_practice_is_a_no(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA);
  const point number = phone("+12125550101");
  wb_input input = agreed("p1", &number, WB_MESSAGE_CARE, WB_CONSENT_REFUSED);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(held(&c, "p1"), WB_HOLD_NO_PERMISSION);
  clinic_renew(&c, CLINIC_LOADED);
  c.now += CLINIC_HOUR;
  input.outcome = WB_CONSENT_EXPRESS; /* the newer one counts */
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_close(&c);
}

static void consents_that_are_none_are_refused(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA);
  const point number = phone("+12125550101");
  const wb_input good = agreed("p1", &number, WB_MESSAGE_CARE, WB_CONSENT_EXPRESS);
  wb_input bad[8];
  for (size_t i = 0; i < 8; ++i)
    bad[i] = good;
  bad[0].outcome = WB_CONSENT_NONE;
  bad[1].outcome = WB_CONSENT_CHANGED;
  bad[2].outcome = WB_CONSENT_AUTHORIZED + 1;
  bad[3].class_ = WB_MESSAGE_URGENT;
  bad[4].channel = WB_CHANNEL_NONE;
  bad[5].at = c.now + 1;
  bad[6].contact = NULL;
  bad[7].patient_length = 0;
  const uint64_t before = wb_practice_sequence(c.practice);
  for (size_t i = 0; i < 8; ++i)
    assert_int_equal(clinic_send(&c, &bad[i]), WB_E_INVALID);
  assert_int_equal(wb_practice_sequence(c.practice), before);
  wb_consent found = {.size = sizeof found};
  assert_int_equal(wb_consent_get(NULL, number.bytes, "p1", 2, 1, 2, &found), WB_E_INVALID);
  assert_int_equal(wb_consent_get(c.practice, NULL, "p1", 2, 1, 2, &found), WB_E_INVALID);
  assert_int_equal(wb_consent_get(c.practice, number.bytes, "p1", 2, 1, 2, NULL), WB_E_INVALID);
  assert_int_equal(wb_consent_get(c.practice, number.bytes, NULL, 2, 1, 2, &found), WB_E_INVALID);
  assert_int_equal(wb_consent_get(c.practice, number.bytes, NULL, 0, 1, 2, &found), WB_OK);
  assert_int_equal(found.level, WB_CONSENT_NONE);
  assert_int_equal(wb_consent_get(c.practice, number.bytes, "p1", 2, 1, WB_MESSAGE_URGENT, &found),
                   WB_E_INVALID);
  assert_int_equal(wb_consent_get(c.practice, number.bytes, "p1", 2, 1, 0, &found), WB_E_INVALID);
  assert_int_equal(wb_consent_get(c.practice, number.bytes, "p1", 2, 1, WB_PURPOSE_DETAIL, &found),
                   WB_OK);
  assert_int_equal(wb_consent_get(c.practice, number.bytes, "p1", 2, 0, 2, &found), WB_E_INVALID);
  assert_int_equal(wb_consent_get(c.practice, number.bytes, "p1", 2, 4, 2, &found), WB_E_INVALID);
  assert_int_equal(wb_consent_get(c.practice, number.bytes, "p1", 2, 1, 0, &found), WB_E_INVALID);
  assert_int_equal(wb_consent_get(c.practice, number.bytes, "p1", 2, 1, 6, &found), WB_E_INVALID);
  found.size = 8;
  assert_int_equal(wb_consent_get(c.practice, number.bytes, "p1", 2, 1, 2, &found), WB_E_INVALID);
  clinic_close(&c);
}

static wb_status setting(clinic *c, const char *name, int32_t value) {
  wb_input input = clinic_input(WB_INPUT_SETTING, NULL);
  input.name = name;
  input.name_length = (uint32_t)strlen(name);
  input.outcome = value;
  input.approver = "dr-example";
  input.approver_length = 10;
  return clinic_send(c, &input);
}

static void unknown_counts_as_yes_only_by_a_setting(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA_UNKNOWN);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(setting(&c, "unknown_permission", 2), WB_E_INVALID);
  assert_int_equal(setting(&c, "permission", 1), WB_E_NAME);
  assert_int_equal(setting(&c, "unknown_permission", 1), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(setting(&c, "unknown_permission", 0), WB_OK);
  c.now += 2 * CLINIC_DAY;
  clinic_rows(&c, HEAD ANA_UNKNOWN, "");
  assert_int_equal(clinic_poll(&c), 0);
  clinic_close(&c);
}

/* ---- numbers -------------------------------------------------------------------------------- */

#define ANA_LONG_AGO "p1|active|Ana|1980-02-29|1|+12125550101|yes|||2024-09-01\n"

static wb_status checked(clinic *c, const point *number, int32_t outcome) {
  wb_input input = clinic_input(WB_INPUT_NUMBER_CHECKED, NULL);
  input.contact = number->bytes;
  input.outcome = outcome;
  return clinic_send(c, &input);
}

static void an_old_consent_waits_until_the_number_was_checked(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA_LONG_AGO);
  const point number = phone("+12125550101");
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(held(&c, "p1"), WB_HOLD_NUMBER_CHECK);
  assert_int_equal(checked(&c, &number, 0), WB_E_INVALID);
  assert_int_equal(checked(&c, &number, 3), WB_E_INVALID);
  assert_int_equal(checked(&c, &number, WB_NUMBER_SAME), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  assert_int_equal(consent(&c, &number, "p1", WB_MESSAGE_CARE).checked, c.now);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_close(&c);
}

/* In the middle of a sequence, too: the host may ask, so the message is not left out. */
static void a_consent_that_grows_old_in_a_sequence_waits_too(void **state) {
  static const char ana[] = HEAD "p1|active|Ana|1980-02-29|1|+12125550101|yes|||2025-05-23\n";
  (void)state;
  clinic c;
  begin(&c, ana);
  const point number = phone("+12125550101");
  assert_int_equal(clinic_poll(&c), 1); /* 18 months to the day */
  clinic_sent(&c);
  c.now += 2 * CLINIC_DAY;
  clinic_rows(&c, ana, "");
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(held(&c, "p1"), WB_HOLD_NUMBER_CHECK);
  assert_int_equal(checked(&c, &number, WB_NUMBER_SAME), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(clinic_find(&c, "p1", NULL).touches, 2);
  clinic_close(&c);
}

static void a_number_that_is_somebody_elses_is_closed(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA_LONG_AGO);
  const point number = phone("+12125550101");
  assert_int_equal(checked(&c, &number, WB_NUMBER_REASSIGNED), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  assert_int_equal(consent(&c, &number, "p1", WB_MESSAGE_CARE).flags, WB_CONTACT_CLOSED);
  wb_input input = agreed("p2", &number, 0, WB_CONSENT_EXPRESS); /* who gives it now */
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(consent(&c, &number, "p2", WB_MESSAGE_CARE).flags, 0);
  clinic_close(&c);
}

static void an_answer_shows_that_a_number_is_in_use(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA);
  const point number = phone("+12125550101");
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  wb_input reply = clinic_input(WB_INPUT_REPLY, NULL);
  reply.contact = number.bytes;
  reply.text = "maybe";
  reply.text_length = 5;
  assert_int_equal(clinic_send(&c, &reply), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  assert_int_equal(consent(&c, &number, "p1", WB_MESSAGE_CARE).answered, c.now);
  clinic_close(&c);
}

static wb_input changed(const char *patient, const point *from, const point *to, int32_t how) {
  wb_input input = clinic_input(WB_INPUT_CONTACT_CHANGED, patient);
  input.contact = from->bytes;
  input.other_contact = to->bytes;
  input.channel = WB_CHANNEL_SMS;
  input.outcome = how;
  return input;
}

static wb_status opt_out(clinic *c, const point *number) {
  wb_input input = clinic_input(WB_INPUT_OPTED_OUT, NULL);
  input.contact = number->bytes;
  return clinic_send(c, &input);
}

static void a_new_number_inherits_nothing_and_the_old_one_stays_shut(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA);
  const point old = phone("+12125550101"), next = phone("+12125550199");
  wb_input input = agreed("p1", &old, 0, WB_CONSENT_WRITTEN);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(opt_out(&c, &old), WB_OK);
  c.now += CLINIC_MINUTE;
  input = changed("p1", &old, &next, WB_CONTACT_NEW);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  clinic_rows(&c, HEAD ANA_ELSEWHERE, "");
  clinic_renew(&c, CLINIC_LOADED);
  assert_int_equal(consent(&c, &next, "p1", WB_MESSAGE_CARE).level, WB_CONSENT_CHANGED);
  assert_int_equal(consent(&c, &next, "p1", WB_MESSAGE_CARE).flags, 0);
  assert_int_equal(consent(&c, &old, "p1", WB_MESSAGE_CARE).flags, WB_CONTACT_OPTED_OUT);
  clinic_poll(&c);
  assert_int_equal(c.count, 0); /* the yes on record was of the old number */
  assert_int_equal(held(&c, "p1"), WB_HOLD_NO_PERMISSION);
  input = agreed("p1", &next, 0, WB_CONSENT_EXPRESS);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].to, "+12125550199");
  clinic_close(&c);
}

/* What was agreed to there before the number was given as a new one is of whoever had it then. */
static void what_was_agreed_to_before_a_number_was_new_does_not_count(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA_UNKNOWN);
  const point old = phone("+12125550199"), next = phone("+12125550101");
  wb_input input = agreed("p1", &next, 0, WB_CONSENT_EXPRESS);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  c.now += CLINIC_HOUR;
  input = changed("p1", &old, &next, WB_CONTACT_NEW);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(held(&c, "p1"), WB_HOLD_NO_PERMISSION);
  clinic_close(&c);
}

static void a_corrected_number_keeps_what_was_said_of_it(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA_UNKNOWN);
  const point wrong = phone("+12125550101"), right = phone("+12125550199");
  wb_input input = agreed("p1", &wrong, 0, WB_CONSENT_EXPRESS);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  input = changed("p1", &wrong, &right, WB_CONTACT_CORRECTED);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  assert_int_equal(consent(&c, &right, "p1", WB_MESSAGE_CARE).level, WB_CONSENT_EXPRESS);
  assert_int_equal(consent(&c, &right, "p2", WB_MESSAGE_CARE).level, WB_CONSENT_NONE);
  assert_int_equal(opt_out(&c, &wrong), WB_OK);
  assert_int_equal(clinic_send(&c, &input), WB_OK); /* the stricter holds for both */
  assert_int_equal(consent(&c, &right, "p1", WB_MESSAGE_CARE).flags, WB_CONTACT_OPTED_OUT);
  input = changed("p1", &wrong, &right, 3);
  assert_int_equal(clinic_send(&c, &input), WB_E_INVALID);
  input = changed("p1", &wrong, &right, WB_CONTACT_NEW);
  input.other_contact = NULL;
  assert_int_equal(clinic_send(&c, &input), WB_E_INVALID);
  clinic_close(&c);
}

/* Not only when whoever is held for what the record says is looked at anyway. */
static void whoever_has_another_number_is_looked_at_at_once(void **state) {
  static const struct {
    bool opts_out; /* else the number is somebody else's */
    int32_t how, hold;
  } rows[] = {{true, WB_CONTACT_NEW, WB_HOLD_OPTED_OUT},
              {false, WB_CONTACT_NEW, WB_HOLD_BAD_ADDRESS},
              {false, WB_CONTACT_CORRECTED, WB_HOLD_BAD_ADDRESS}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    begin(&c, HEAD ANA);
    const point old = phone("+12125550101"), next = phone("+12125550199");
    wb_input input = agreed("p1", &old, 0, WB_CONSENT_EXPRESS);
    assert_int_equal(clinic_send(&c, &input), WB_OK);
    assert_int_equal(rows[i].opts_out ? opt_out(&c, &old) : checked(&c, &old, WB_NUMBER_REASSIGNED),
                     WB_OK);
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(held(&c, "p1"), rows[i].hold);
    c.now += CLINIC_MINUTE;
    assert_int_equal(clinic_poll(&c), 0);
    assert_true(clinic_wake(&c) > c.now);
    input = changed("p1", &old, &next, rows[i].how);
    assert_int_equal(clinic_send(&c, &input), WB_OK);
    assert_true(clinic_wake(&c) <= c.now);
    clinic_rows(&c, HEAD ANA_ELSEWHERE, "");
    clinic_poll(&c);
    assert_int_equal(c.count, rows[i].how == WB_CONTACT_CORRECTED);
    clinic_close(&c);
  }
}

/* ---- places and ends ------------------------------------------------------------------------ */

static void who_goes_to_another_location_is_there(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA);
  wb_input input = clinic_input(WB_INPUT_MOVED, "p1");
  assert_int_equal(clinic_send(&c, &input), WB_E_INVALID); /* where to? */
  input.location = "2";
  input.location_length = 1;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  assert_string_equal(clinic_find(&c, "p1", NULL).location, "2");
  input.patient = "px";
  assert_int_equal(clinic_send(&c, &input), WB_E_NAME);
  clinic_close(&c);
}

/* What holds at the one location, without an end in sight, does not at the other. */
static void who_leaves_a_paused_location_goes_on(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA);
  wb_input pause = clinic_input(WB_INPUT_PAUSE, NULL), input = clinic_input(WB_INPUT_MOVED, "p1");
  pause.location = "1";
  pause.location_length = 1;
  assert_int_equal(clinic_send(&c, &pause), WB_OK);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_PAUSED);
  input.location = "2";
  input.location_length = 1;
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_close(&c);
}

static void who_left_hears_nothing_until_a_visit(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA BEN);
  assert_int_equal(clinic_receive(&c, WB_INPUT_LEFT, "p1"), WB_OK);
  assert_string_equal(clinic_find(&c, "p1", NULL).reason, "left");
  assert_int_equal(clinic_poll(&c), 1);
  clinic_renew(&c, CLINIC_LOADED);
  c.now += 20 * CLINIC_DAY; /* past the rest of the campaign */
  clinic_rows(&c, HEAD ANA BEN, "");
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  assert_int_equal(clinic_receive(&c, WB_INPUT_KEPT, "p1"), WB_OK);
  assert_int_equal(clinic_enroll(&c).enrolled, 1);
  clinic_close(&c);
}

static void who_has_died_is_left_alone_for_good(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA BEN);
  assert_int_equal(clinic_reply(&c, "p1", "please call me"), WB_OK);
  assert_int_equal(clinic_poll(&c), 2);
  assert_int_equal(clinic_receive(&c, WB_INPUT_DECEASED, "p1"), WB_OK);
  assert_string_equal(clinic_find(&c, "p1", NULL).reason, "deceased");
  assert_int_equal(clinic_tasks(&c, WB_DESK_OUTREACH, NULL), 0);
  assert_int_equal(clinic_receive(&c, WB_INPUT_KEPT, "p1"), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_DECEASED, "never-heard-of"), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  c.now += 20 * CLINIC_DAY;
  clinic_rows(&c, HEAD ANA "never-heard-of|active|Eve|1980-02-29|1|+12125550105|yes|||\n", "");
  assert_int_equal(clinic_enroll(&c).enrolled, 0);
  clinic_close(&c);
}

/* ---- two that are one ----------------------------------------------------------------------- */

static void merged_patients_are_one_by_both_keys(void **state) {
  (void)state;
  clinic c;
  wb_practice_options more = {.per_week = 2};
  clinic_begin(&c, HEAD ANA BEN, &more);
  assert_int_equal(clinic_poll(&c), 2);
  clinic_sent(&c);
  const point one = phone("+12125550101"), two = phone("+12125550102");
  wb_input input = agreed("p1", &one, 0, WB_CONSENT_EXPRESS);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  input = agreed("p2", &one, 0, WB_CONSENT_REFUSED);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  input = agreed("p1", &two, 0, WB_CONSENT_WRITTEN);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(clinic_merge(&c, "p1", "p1"), WB_E_INVALID);
  assert_int_equal(clinic_merge(&c, "p1", "p2"), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  for (int i = 0; i < 2; ++i) {
    const char *key = i == 0 ? "p1" : "p2";
    assert_int_equal(consent(&c, &one, key, WB_MESSAGE_CARE).level, WB_CONSENT_REFUSED);
    assert_int_equal(consent(&c, &two, key, WB_MESSAGE_CARE).level, WB_CONSENT_WRITTEN);
  }
  uint64_t cursor = 0;
  int enrollments = 0;
  const char *stands = NULL;
  wb_enrollment each = {.size = sizeof each};
  for (int i = 0; i < 2; ++i) {
    assert_int_equal(wb_practice_find(c.practice, i == 0 ? "p1" : "p2", 2, &stands), WB_OK);
    assert_string_equal(stands, "p2");
  }
  assert_int_equal(wb_practice_find(c.practice, "p3", 2, &stands), WB_E_NAME);
  assert_int_equal(wb_practice_find(c.practice, NULL, 0, &stands), WB_E_INVALID);
  while (wb_practice_next(c.practice, &cursor, &each) == WB_OK) {
    assert_string_equal(each.patient, "p2");
    enrollments++;
  }
  assert_int_equal(enrollments, 1);
  c.now += CLINIC_DAY; /* both messages count: two in seven days are enough */
  clinic_rows(&c, HEAD BEN, "");
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(held(&c, "p2"), WB_HOLD_CAP);
  const uint64_t before = wb_practice_sequence(c.practice);
  assert_int_equal(clinic_merge(&c, "p1", "p2"), WB_OK); /* known */
  assert_int_equal(wb_practice_sequence(c.practice), before);
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p1"), WB_OK); /* the old key answers */
  assert_string_equal(clinic_find(&c, "p2", NULL).reason, "booked");
  clinic_close(&c);
}

/* The lower level, else the older one, whichever way they are joined. */
static void a_merge_keeps_the_stricter_consent(void **state) {
  (void)state;
  static const struct {
    int32_t level[2], days[2]; /* of either, and before now */
    int kept;                  /* whose */
  } cases[] = {
      {{WB_CONSENT_REFUSED, WB_CONSENT_EXPRESS}, {9, 1}, 0},
      {{WB_CONSENT_WRITTEN, WB_CONSENT_EXPRESS}, {1, 9}, 1},
      {{WB_CONSENT_EXPRESS, WB_CONSENT_EXPRESS}, {9, 1}, 0},
      {{WB_CONSENT_EXPRESS, WB_CONSENT_EXPRESS}, {1, 9}, 1},
  };
  static const char *const keys[] = {"p1", "p2"};
  const point one = phone("+12125550101"), two = phone("+12125550102");
  for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; ++i) {
    const size_t row = i / 2, into = i % 2;
    clinic c;
    begin(&c, HEAD ANA BEN);
    for (int who = 0; who < 2; ++who) {
      wb_input input = agreed(keys[who], &one, 0, cases[row].level[who]);
      input.at = c.now - cases[row].days[who] * CLINIC_DAY;
      assert_int_equal(clinic_send(&c, &input), WB_OK);
      input = agreed(keys[who], who == 0 ? &two : &one, WB_MESSAGE_OFFER, WB_CONSENT_WRITTEN);
      assert_int_equal(clinic_send(&c, &input), WB_OK);
    }
    assert_int_equal(clinic_merge(&c, keys[1 - into], keys[into]), WB_OK);
    clinic_renew(&c, CLINIC_LOADED);
    const wb_consent found = consent(&c, &one, "p1", WB_MESSAGE_CARE);
    assert_int_equal(found.level, cases[row].level[cases[row].kept]);
    assert_int_equal(found.at, c.now - cases[row].days[cases[row].kept] * CLINIC_DAY);
    assert_int_equal(consent(&c, &one, "p1", WB_MESSAGE_OFFER).level, WB_CONSENT_WRITTEN);
    assert_int_equal(consent(&c, &two, "p1", WB_MESSAGE_OFFER).level, WB_CONSENT_WRITTEN);
    clinic_close(&c);
  }
}

static void a_merge_keeps_the_sequence_that_is_under_way(void **state) {
  (void)state;
  for (int first = 0; first < 2; ++first) {
    clinic c;
    begin(&c, HEAD ANA BEN);
    c.count = 0;
    wb_action one = {.size = sizeof one};
    uint32_t count = 0;
    assert_int_equal(wb_practice_poll(c.practice, c.it.facts, c.now, &one, 1, &count, NULL), WB_OK);
    assert_int_equal(count, 1);
    uint8_t id[16];
    memcpy(id, one.id, 16);
    assert_int_equal(first ? clinic_merge(&c, "p1", "p2") : clinic_merge(&c, "p2", "p1"), WB_OK);
    clinic_renew(&c, CLINIC_LOADED);
    assert_int_equal(clinic_find(&c, first ? "p2" : "p1", NULL).state, WB_STATE_CLAIMED);
    assert_int_equal(clinic_ack(&c, id, WB_SENT, 0), WB_OK);
    assert_string_equal(clinic_find(&c, first ? "p2" : "p1", NULL).step, "s2");
    clinic_renew(&c, CLINIC_LOADED);
    clinic_close(&c);
  }
}

/* Whichever of the two it was, and whichever key stays: nothing goes on. */
static void a_merge_with_one_who_left_or_died_ends_everything(void **state) {
  (void)state;
  static const struct {
    int32_t kind;
    const char *reason;
  } ends[] = {{WB_INPUT_LEFT, "left"}, {WB_INPUT_DECEASED, "deceased"}};
  for (int which = 0; which < 4; ++which) {
    clinic c;
    const char *into = which & 2 ? "p1" : "p2", *from = which & 2 ? "p2" : "p1";
    begin(&c, HEAD ANA BEN);
    assert_int_equal(clinic_receive(&c, ends[which & 1].kind, "p1"), WB_OK);
    assert_int_equal(clinic_merge(&c, from, into), WB_OK);
    clinic_renew(&c, CLINIC_LOADED);
    assert_int_equal(clinic_poll(&c), 0);
    assert_string_equal(clinic_find(&c, into, NULL).reason, ends[which & 1].reason);
    assert_int_equal(clinic_enroll(&c).enrolled, 0);
    clinic_close(&c);
  }
}

/* Whichever of the two it was, and whichever key stays: texts are held, and nothing is over. */
static void a_merge_with_one_who_opted_out_by_key_holds_texts_until_an_opt_in(void **state) {
  (void)state;
  for (int which = 0; which < 2; ++which) {
    clinic c;
    const char *into = which ? "p1" : "p2", *from = which ? "p2" : "p1";
    begin(&c, HEAD ANA BEN);
    assert_int_equal(clinic_receive(&c, WB_INPUT_OPTED_OUT, "p1"), WB_OK);
    assert_int_equal(clinic_merge(&c, from, into), WB_OK);
    clinic_renew(&c, CLINIC_LOADED);
    assert_int_equal(clinic_poll(&c), 0);
    assert_int_equal(held(&c, into), WB_HOLD_OPTED_OUT);
    assert_int_equal(clinic_receive(&c, WB_INPUT_OPTED_IN, from), WB_OK);
    clinic_renew(&c, CLINIC_LOADED);
    assert_int_equal(clinic_poll(&c), 1);
    assert_string_equal(c.actions[0].patient, into);
    clinic_close(&c);
  }
}

static void two_claims_of_one_patient_leave_one_unknown(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA BEN);
  assert_int_equal(clinic_poll(&c), 2);
  uint8_t ids[2][16];
  for (int i = 0; i < 2; ++i)
    memcpy(ids[i], c.actions[i].id, 16);
  assert_int_equal(clinic_merge(&c, "p1", "p2"), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  int unknown = 0;
  for (int i = 0; i < 2; ++i)
    unknown += clinic_action(&c, ids[i]).state == WB_ACTION_UNKNOWN;
  assert_int_equal(unknown, 1);
  for (int i = 0; i < 2; ++i)
    assert_int_equal(clinic_ack(&c, ids[i], WB_SENT, 0), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  clinic_close(&c);
}

/* The other one entered more often: what the one that goes on has handed out is of its entry still.
 */
static void a_merge_leaves_what_is_handed_out_to_its_entry(void **state) {
  (void)state;
  for (int way = 0; way < 2; ++way) {
    clinic c;
    uint8_t id[16] = {0};
    begin(&c, HEAD BEN);
    assert_int_equal(clinic_receive(&c, WB_INPUT_KEPT, "p2"), WB_OK);
    c.now += 14 * CLINIC_DAY; /* rested */
    clinic_rows(&c, HEAD ANA BEN, "");
    assert_int_equal(clinic_enroll(&c).enrolled, 2);
    assert_int_equal(clinic_find(&c, "p2", NULL).entry, 2);
    assert_int_equal(clinic_poll(&c), 2);
    for (uint32_t i = 0; i < 2; ++i) {
      if (strcmp(c.actions[i].patient, "p1") == 0)
        memcpy(id, c.actions[i].id, 16);
      else
        assert_int_equal(clinic_ack(&c, c.actions[i].id, WB_NOT_SENT, WB_CAUSE_CONTENT), WB_OK);
    }
    assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p2"), WB_OK);
    assert_int_equal(clinic_merge(&c, "p2", "p1"), WB_OK);
    assert_int_equal(clinic_find(&c, "p1", NULL).entry, 1);
    assert_int_equal(clinic_find(&c, "p1", NULL).touches, 1);
    clinic_renew(&c, CLINIC_LOADED);
    wb_look look = {.size = sizeof look};
    assert_int_equal(wb_practice_test(c.practice, id, c.it.facts, c.now, &look, NULL), WB_OK);
    assert_int_equal(look.answer, WB_LOOK_GO);
    const int32_t cause = way ? WB_CAUSE_THROTTLED : WB_CAUSE_CONTENT;
    assert_int_equal(clinic_ack(&c, id, WB_NOT_SENT, cause), WB_OK);
    assert_int_equal(clinic_action(&c, id).state, way ? WB_ACTION_READY : WB_ACTION_FAILED);
    assert_int_equal(clinic_find(&c, "p1", NULL).touches, 0);
    clinic_renew(&c, CLINIC_LOADED);
    clinic_close(&c);
  }
}

/* A claim of a sequence that was over, and gives way to another: nobody would ever ask for it. */
static void a_claim_of_a_sequence_that_gives_way_is_unknown(void **state) {
  (void)state;
  for (int way = 0; way < 2; ++way) {
    clinic c;
    uint8_t id[16] = {0};
    begin(&c, HEAD ANA BEN);
    assert_int_equal(clinic_poll(&c), 2);
    for (uint32_t i = 0; i < 2; ++i) {
      if (strcmp(c.actions[i].patient, "p2") == 0)
        memcpy(id, c.actions[i].id, 16);
      else
        assert_int_equal(clinic_ack(&c, c.actions[i].id, WB_SENT, 0), WB_OK);
    }
    assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p2"), WB_OK);
    assert_int_equal(clinic_action(&c, id).state, WB_ACTION_CLAIMED);
    assert_int_equal(way ? clinic_merge(&c, "p1", "p2") : clinic_merge(&c, "p2", "p1"), WB_OK);
    assert_int_equal(clinic_action(&c, id).state, WB_ACTION_UNKNOWN);
    clinic_renew(&c, CLINIC_LOADED);
    assert_int_equal(clinic_ack(&c, id, WB_SENT, 0), WB_OK); /* it may be known better yet */
    clinic_close(&c);
  }
}

static void who_was_held_is_looked_at_after_a_merge(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD "p1|active|Ana|1980-02-29|1|+12125550101|no|||2026-09-01\n" BEN);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(held(&c, "p1"), WB_HOLD_NO_PERMISSION);
  assert_int_equal(clinic_merge(&c, "p1", "p3"), WB_OK); /* p3 may be written to */
  c.now += CLINIC_MINUTE;
  clinic_rows(&c, HEAD "p3|active|Ana|1980-02-29|1|+12125550101|yes|||2026-09-01\n" BEN, "");
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].patient, "p3");
  clinic_close(&c);
}

static void merges_follow_each_other(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA BEN);
  assert_int_equal(clinic_merge(&c, "p0", "p1"), WB_OK); /* never heard of */
  assert_int_equal(clinic_merge(&c, "p1", "p2"), WB_OK);
  assert_int_equal(clinic_merge(&c, "p2", "p3"), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  const point number = phone("+12125550101");
  wb_input input = agreed("p0", &number, 0, WB_CONSENT_EXPRESS);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(consent(&c, &number, "p3", WB_MESSAGE_CARE).level, WB_CONSENT_EXPRESS);
  assert_string_equal(clinic_find(&c, "p3", NULL).campaign, "one");
  clinic_renew(&c, CLINIC_LOADED);
  clinic_close(&c);
}

static void tasks_of_merged_patients_join(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA BEN);
  assert_int_equal(clinic_reply(&c, "p1", "my jaw hurts and it is swollen"), WB_OK);
  assert_int_equal(clinic_merge(&c, "p1", "p2"), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  wb_task task = {.size = sizeof task};
  assert_int_equal(clinic_tasks(&c, WB_DESK_NOW, &task), 1);
  assert_string_equal(task.patient, "p2");
  clinic_poll(&c); /* nothing but the answer goes out while it is open */
  for (uint32_t i = 0; i < c.count; ++i)
    assert_string_equal(c.actions[i].campaign, "notices");
  clinic_close(&c);
}

/* ---- what is forgotten ---------------------------------------------------------------------- */

/* Whether bytes hold a text. */
static int holds(const uint8_t *bytes, size_t length, const char *text) {
  const size_t count = strlen(text);
  for (size_t i = 0; i + count <= length; ++i)
    if (memcmp(bytes + i, text, count) == 0) return 1;
  return 0;
}

static void a_forgotten_key_is_in_no_snapshot(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD "mrn-80417|active|Ana|1980-02-29|1|+12125550101|yes|||2026-09-01\n" BEN);
  const point number = phone("+12125550101");
  wb_input input = agreed("mrn-80417", &number, 0, WB_CONSENT_WRITTEN);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_int_equal(clinic_merge(&c, "mrn-00012", "mrn-80417"), WB_OK);
  assert_int_equal(clinic_poll(&c), 2);
  clinic_sent(&c);
  assert_int_equal(opt_out(&c, &number), WB_OK);
  size_t length = 0;
  uint8_t *bytes = clinic_save(c.practice, &length);
  assert_true(holds(bytes, length, "mrn-80417"));
  free(bytes);
  assert_int_equal(clinic_receive(&c, WB_INPUT_FORGET, "mrn-80417"), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  bytes = clinic_save(c.practice, &length);
  assert_false(holds(bytes, length, "mrn-80417"));
  assert_false(holds(bytes, length, "mrn-00012"));
  free(bytes);
  assert_int_equal(consent(&c, &number, "mrn-80417", WB_MESSAGE_CARE).level, WB_CONSENT_NONE);
  assert_true(consent(&c, &number, "p2", WB_MESSAGE_CARE).flags & WB_CONTACT_OPTED_OUT);
  assert_int_equal(clinic_receive(&c, WB_INPUT_FORGET, "mrn-80417"), WB_E_NAME);
  assert_int_equal(clinic_receive(&c, WB_INPUT_BOOKED, "p2"), WB_OK); /* others go on */
  clinic_renew(&c, CLINIC_LOADED);
  clinic_close(&c);
}

/* Nor is it in the bytes that the digest has not mixed in yet, wherever it comes to stand in them.
 */
static void no_digest_keeps_a_forgotten_key(void **state) {
  (void)state;
  for (size_t before = 1; before <= WB_KEY_MAX; before++) {
    char other[WB_KEY_MAX + 1] = "";
    size_t length = 0;
    clinic c;
    clinic_open(&c, HEAD ANA, NULL);
    memset(other, 'x', before);
    assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, other), WB_OK);
    assert_int_equal(clinic_receive(&c, WB_INPUT_CONTACTED, "mrn-80417"), WB_OK);
    assert_int_equal(clinic_receive(&c, WB_INPUT_FORGET, "mrn-80417"), WB_OK);
    uint8_t *bytes = clinic_save(c.practice, &length);
    if (holds(bytes, length, "mrn-80417")) fail_msg("after %zu", before);
    free(bytes);
    clinic_renew(&c, CLINIC_REPLAYED);
    clinic_close(&c);
  }
}

/* Somebody of a key that was forgotten is somebody else, for whom nothing of what was done for the
   first counts: no rest, no cap, no consent. Only the ids of actions are others. */
static void a_forgotten_key_may_come_again(void **state) {
  (void)state;
  for (int way = 0; way < CLINIC_WAYS; way++) {
    uint8_t before[16];
    clinic c;
    begin(&c, HEAD ANA);
    assert_int_equal(clinic_poll(&c), 1);
    memcpy(before, c.actions[0].id, sizeof before);
    clinic_sent(&c);
    assert_int_equal(clinic_receive(&c, WB_INPUT_FORGET, "p1"), WB_OK);
    clinic_renew(&c, way);
    c.now += CLINIC_DAY;
    clinic_rows(&c, HEAD ANA, "");
    assert_int_equal(clinic_enroll(&c).enrolled, 1);
    assert_int_equal(clinic_poll(&c), 1);
    assert_memory_not_equal(c.actions[0].id, before, sizeof before);
    clinic_sent(&c);
    const wb_enrollment found = clinic_find(&c, "p1", NULL);
    assert_int_equal(found.entry, 2);
    assert_int_equal(found.touches, 1);
    clinic_renew(&c, way);
    assert_int_equal(clinic_poll(&c), 0);
    clinic_close(&c);
  }
}

/* What stays is the opt-out of the number, whoever has it. */
static void an_opt_out_outlives_the_key_that_is_forgotten(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA);
  const point number = phone("+12125550101");
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  assert_int_equal(opt_out(&c, &number), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_FORGET, "p1"), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  clinic_enroll(&c);
  while (clinic_poll(&c) > 0) /* the number is told that it stopped, at most */
    assert_string_equal(c.actions[0].campaign, "notices");
  assert_int_equal(held(&c, "p1"), WB_HOLD_OPTED_OUT);
  clinic_close(&c);
}

/* The key of one that was merged comes again as well; and into a campaign that the first was in
   after one that they were not. */
static void whose_key_was_merged_and_forgotten_may_come_again(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA BEN);
  assert_int_equal(clinic_poll(&c), 2);
  clinic_sent(&c);
  assert_int_equal(clinic_merge(&c, "p2", "p1"), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_FORGET, "p1"), WB_OK);
  clinic_launch(&c, "another", CLINIC_TEXTS("another"));
  c.now += CLINIC_DAY;
  clinic_rows(&c, HEAD BEN, "");
  assert_int_equal(clinic_enroll(&c).enrolled, 2);
  assert_int_equal(clinic_find(&c, "p2", "one").entry, 2);
  assert_int_equal(clinic_find(&c, "p2", "another").entry, 1);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  c.now += CLINIC_DAY;
  clinic_rows(&c, HEAD BEN, "");
  assert_int_equal(clinic_poll(&c), 1); /* each in its turn */
  clinic_renew(&c, CLINIC_LOADED);
  clinic_close(&c);
}

/* What failed at the old number, or was to be tried again, is not tried for somebody else: theirs
   are messages of their own. */
static void nothing_begun_goes_on_under_a_key_that_comes_again(void **state) {
  static const int32_t causes[] = {WB_CAUSE_ADDRESS, WB_CAUSE_THROTTLED};
  (void)state;
  for (size_t i = 0; i < sizeof causes / sizeof *causes; ++i) {
    uint8_t before[16];
    clinic c;
    begin(&c, HEAD ANA);
    assert_int_equal(clinic_poll(&c), 1);
    memcpy(before, c.actions[0].id, sizeof before);
    assert_int_equal(clinic_ack(&c, before, WB_NOT_SENT, causes[i]), WB_OK);
    assert_int_equal(clinic_receive(&c, WB_INPUT_FORGET, "p1"), WB_OK);
    c.now += CLINIC_DAY;
    clinic_rows(&c, HEAD ANA_ELSEWHERE, "");
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), 1);
    assert_int_equal(c.actions[0].attempt, 1);
    assert_memory_not_equal(c.actions[0].id, before, sizeof before);
    assert_string_equal(c.actions[0].to, "+12125550199");
    clinic_close(&c);
  }
}

/* The same of a visit and of an opening, which are asked about by their keys. */
static void a_forgotten_key_is_asked_about_its_visit_and_opening_again(void **state) {
  static const char asks[] =
      "{\"format\":1,\"name\":\"asks\",\"title\":\"T\",\"class\":\"%s\","
      "\"subject\":\"%s\",\"audience\":\"slot.key == \\\"v1\\\"\","
      "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"steps\":["
      "{\"id\":\"ask\",\"send\":[\"ask\"]},{\"id\":\"w\",\"wait\":{\"hours\":4}},"
      "{\"id\":\"end\",\"exit\":true}],\"texts\":{\"ask\":{\"channel\":\"sms\",\"en\":{\"body\":"
      "\"{{ location.short_name }}: reply YES, or STOP to opt out.\"}}}}";
  (void)state;
  for (int opening = 0; opening < 2; ++opening) {
    char text[1024], visits[256] = CLINIC_VISITS "p1|completed|1789480800|v0\n";
    uint8_t before[16];
    clinic c;
    sprintf(text, asks, opening ? "care" : "transactional", opening ? "opening" : "appointment");
    clinic_open(&c, HEAD ANA, NULL);
    const wb_time at = c.now + 3 * (wb_time)CLINIC_DAY;
    if (!opening) sprintf(visits + strlen(visits), "p1|scheduled|%lld|v1\n", (long long)at);
    clinic_launch(&c, "asks", text);
    const wb_input slot = clinic_slot(WB_INPUT_SLOT_OPENED, "v1", at);
    if (opening) assert_int_equal(clinic_send(&c, &slot), WB_OK);
    const wb_time first = 1 + at / CLINIC_DAY; /* that of its day */
    for (uint32_t entry = 0; entry < 2; ++entry) {
      clinic_place(&c, CLINIC_ZONE, HEAD ANA, visits);
      clinic_enroll(&c);
      assert_int_equal(clinic_poll(&c), 1);
      assert_int_equal(clinic_find(&c, "p1", "asks").entry, first + entry);
      if (entry == 1) assert_memory_not_equal(c.actions[0].id, before, sizeof before);
      memcpy(before, c.actions[0].id, sizeof before);
      clinic_sent(&c);
      assert_int_equal(clinic_receive(&c, WB_INPUT_FORGET, "p1"), WB_OK);
      clinic_renew(&c, CLINIC_LOADED);
      c.now += CLINIC_DAY;
    }
    clinic_close(&c);
  }
}

static void a_key_may_be_forgotten_again(void **state) {
  (void)state;
  clinic c;
  size_t length = 0;
  begin(&c, HEAD "mrn-80417|active|Ana|1980-02-29|1|+12125550101|yes|||2026-09-01\n");
  for (int i = 0; i < 3; ++i) {
    assert_int_equal(clinic_receive(&c, WB_INPUT_FORGET, "mrn-80417"), WB_OK);
    uint8_t *bytes = clinic_save(c.practice, &length);
    assert_false(holds(bytes, length, "mrn-80417"));
    free(bytes);
    clinic_renew(&c, CLINIC_LOADED);
    clinic_enroll(&c); /* and comes again */
    assert_int_equal(clinic_find(&c, "mrn-80417", NULL).entry, i + 2);
  }
  clinic_close(&c);
}

/* When a number was opened again is known, loaded or replayed, though nothing else is said of it.
 */
static void an_opt_in_is_remembered(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA);
  const point number = phone("+12125550101");
  wb_input in = clinic_input(WB_INPUT_OPTED_IN, NULL);
  in.contact = number.bytes;
  assert_int_equal(opt_out(&c, &number), WB_OK);
  assert_int_equal(clinic_send(&c, &in), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  clinic_renew(&c, CLINIC_LOADED);
  assert_int_equal(consent(&c, &number, "p1", WB_MESSAGE_CARE).flagged_at, c.now);
  clinic_close(&c);
}

/* ---- another secret ------------------------------------------------------------------------- */

static const uint8_t second[16] = {9, 9, 9, 1};

static void pair(uint8_t to[32], const char *number) {
  assert_int_equal(wb_contact_make(secret, WB_CONTACT_PHONE, number, strlen(number), NULL, to),
                   WB_OK);
  assert_int_equal(wb_contact_make(second, WB_CONTACT_PHONE, number, strlen(number), NULL, to + 16),
                   WB_OK);
}

static wb_status rekey(clinic *c, const uint8_t *key, const uint8_t *pairs, uint32_t count,
                       uint32_t flags) {
  return wb_practice_rekey(c->practice, key, pairs, count, flags, c->now, NULL);
}

static void a_new_secret_takes_the_opt_outs_with_it(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA BEN);
  uint8_t pairs[96], twice[64];
  pair(pairs, "+12125550102");
  pair(pairs + 32, "+12125550101");
  pair(pairs + 64, "+12125550144"); /* never heard of: no matter */
  memcpy(twice, pairs, 32);
  memcpy(twice + 32, pairs, 32);
  assert_int_equal(clinic_poll(&c), 2);
  assert_int_equal(rekey(&c, second, pairs, 3, 0), WB_E_STATE); /* under way */
  clinic_sent(&c);
  const point one = phone("+12125550101"), two = phone("+12125550102");
  assert_int_equal(opt_out(&c, &one), WB_OK);
  wb_input input = agreed("p2", &two, 0, WB_CONSENT_WRITTEN);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  const uint8_t zero[16] = {0};
  assert_int_equal(rekey(&c, zero, pairs, 3, 0), WB_E_INVALID);
  assert_int_equal(rekey(&c, NULL, pairs, 3, 0), WB_E_INVALID);
  assert_int_equal(rekey(&c, second, NULL, 1, 0), WB_E_INVALID);
  assert_int_equal(rekey(&c, second, pairs, 3, 2), WB_E_INVALID);
  assert_int_equal(rekey(&c, second, twice, 2, 0), WB_E_INVALID);
  assert_int_equal(rekey(&c, second, pairs, 1, 0), WB_E_STATE); /* an opt-out would be lost */
  memcpy(twice, pairs + 32, 16);
  memcpy(twice + 16, two.bytes, 16);
  assert_int_equal(rekey(&c, second, twice, 1, 0), WB_E_INVALID); /* another has that name */
  clinic_renew(&c, CLINIC_LOADED);
  assert_int_equal(rekey(&c, second, pairs, 3, 0), WB_OK);
  size_t length = 0;
  uint8_t *snapshot = clinic_save(c.practice, &length);
  wb_practice *wrong = clinic_practice(&c, NULL); /* with the old secret */
  assert_int_equal(wb_practice_load(wrong, snapshot, length, NULL), WB_E_INVALID);
  wb_replay replay = {.size = sizeof replay};
  assert_int_equal(wb_practice_replay(wrong, c.journal.bytes, c.journal.length, &replay, NULL),
                   WB_E_STALE);
  uint32_t count = 7;
  assert_int_equal(
      wb_practice_poll(wrong, c.it.facts, c.now, c.actions, CLINIC_ACTIONS, &count, NULL),
      WB_E_STALE); /* hands out nothing */
  wb_practice_free(wrong);
  c.options.secret = second;
  wb_practice *right = clinic_practice(&c, NULL);
  assert_int_equal(wb_practice_load(right, snapshot, length, NULL), WB_OK);
  clinic_same(c.practice, right);
  wb_practice_free(c.practice);
  c.practice = right;
  free(snapshot);
  point renamed;
  memcpy(renamed.bytes, pairs + 48, 16);
  assert_true(consent(&c, &renamed, "p1", WB_MESSAGE_CARE).flags & WB_CONTACT_OPTED_OUT);
  memcpy(renamed.bytes, pairs + 16, 16);
  assert_int_equal(consent(&c, &renamed, "p2", WB_MESSAGE_CARE).level, WB_CONSENT_WRITTEN);
  assert_int_equal(consent(&c, &two, "p2", WB_MESSAGE_CARE).level, WB_CONSENT_NONE);
  c.now += CLINIC_DAY;
  clinic_rows(&c, HEAD ANA BEN, "");
  assert_int_equal(clinic_poll(&c), 1); /* Ben's next; Ana opted out */
  assert_string_equal(c.actions[0].patient, "p2");
  clinic_sent(&c);
  clinic_close(&c);
}

/* Dead after the new secret is in the journal and before a snapshot was saved: the old one replays,
   saves, and does nothing else; the new one loads. */
static void a_crash_after_a_new_secret_loses_nothing(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA BEN);
  uint8_t pairs[64];
  pair(pairs, "+12125550102");
  pair(pairs + 32, "+12125550101");
  const point one = phone("+12125550101");
  assert_int_equal(opt_out(&c, &one), WB_OK);
  assert_int_equal(rekey(&c, second, pairs, 2, 0), WB_OK);
  wb_practice *old = clinic_practice(&c, NULL);
  wb_replay replay = {.size = sizeof replay};
  assert_int_equal(wb_practice_replay(old, c.journal.bytes, c.journal.length, &replay, NULL),
                   WB_E_STALE);
  wb_time wake = 0;
  assert_int_equal(wb_practice_wake(old, &wake), WB_E_STALE);
  size_t length = 0;
  uint8_t *snapshot = clinic_save(old, &length);
  wb_practice_free(old);
  c.options.secret = second;
  wb_practice *loaded = clinic_practice(&c, NULL);
  assert_int_equal(wb_practice_load(loaded, snapshot, length, NULL), WB_OK);
  clinic_same(c.practice, loaded);
  wb_practice_free(c.practice);
  c.practice = loaded;
  free(snapshot);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].patient, "p2");
  clinic_close(&c);
}

static void opt_outs_without_an_address_are_lost_only_by_a_word(void **state) {
  (void)state;
  clinic c;
  begin(&c, HEAD ANA);
  const point gone = phone("+12125550177");
  assert_int_equal(opt_out(&c, &gone), WB_OK);
  assert_int_equal(rekey(&c, second, NULL, 0, 0), WB_E_STATE);
  assert_int_equal(rekey(&c, second, NULL, 0, WB_REKEY_LOSE), WB_OK);
  c.options.secret = second;
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(consent_is_held_by_number_patient_channel_and_purpose),
      cmocka_unit_test(a_refusal_in_the_practice_is_a_no),
      cmocka_unit_test(consents_that_are_none_are_refused),
      cmocka_unit_test(unknown_counts_as_yes_only_by_a_setting),
      cmocka_unit_test(an_old_consent_waits_until_the_number_was_checked),
      cmocka_unit_test(a_consent_that_grows_old_in_a_sequence_waits_too),
      cmocka_unit_test(a_number_that_is_somebody_elses_is_closed),
      cmocka_unit_test(an_answer_shows_that_a_number_is_in_use),
      cmocka_unit_test(a_new_number_inherits_nothing_and_the_old_one_stays_shut),
      cmocka_unit_test(what_was_agreed_to_before_a_number_was_new_does_not_count),
      cmocka_unit_test(a_corrected_number_keeps_what_was_said_of_it),
      cmocka_unit_test(whoever_has_another_number_is_looked_at_at_once),
      cmocka_unit_test(who_goes_to_another_location_is_there),
      cmocka_unit_test(who_leaves_a_paused_location_goes_on),
      cmocka_unit_test(who_left_hears_nothing_until_a_visit),
      cmocka_unit_test(who_has_died_is_left_alone_for_good),
      cmocka_unit_test(merged_patients_are_one_by_both_keys),
      cmocka_unit_test(a_merge_keeps_the_stricter_consent),
      cmocka_unit_test(a_merge_keeps_the_sequence_that_is_under_way),
      cmocka_unit_test(a_merge_with_one_who_left_or_died_ends_everything),
      cmocka_unit_test(a_merge_with_one_who_opted_out_by_key_holds_texts_until_an_opt_in),
      cmocka_unit_test(two_claims_of_one_patient_leave_one_unknown),
      cmocka_unit_test(a_merge_leaves_what_is_handed_out_to_its_entry),
      cmocka_unit_test(a_claim_of_a_sequence_that_gives_way_is_unknown),
      cmocka_unit_test(who_was_held_is_looked_at_after_a_merge),
      cmocka_unit_test(merges_follow_each_other),
      cmocka_unit_test(tasks_of_merged_patients_join),
      cmocka_unit_test(a_forgotten_key_is_in_no_snapshot),
      cmocka_unit_test(no_digest_keeps_a_forgotten_key),
      cmocka_unit_test(a_forgotten_key_may_come_again),
      cmocka_unit_test(an_opt_out_outlives_the_key_that_is_forgotten),
      cmocka_unit_test(whose_key_was_merged_and_forgotten_may_come_again),
      cmocka_unit_test(a_forgotten_key_is_asked_about_its_visit_and_opening_again),
      cmocka_unit_test(nothing_begun_goes_on_under_a_key_that_comes_again),
      cmocka_unit_test(a_key_may_be_forgotten_again),
      cmocka_unit_test(an_opt_in_is_remembered),
      cmocka_unit_test(a_new_secret_takes_the_opt_outs_with_it),
      cmocka_unit_test(a_crash_after_a_new_secret_loses_nothing),
      cmocka_unit_test(opt_outs_without_an_address_are_lost_only_by_a_word),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* What is on record of a consent: for whom it counts, and what a changed number leaves of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "outreach/practice_private.h"
#include "support/clinic.h"
#include "support/times.h"

/* Ana says something to care by text, some seconds after she was let in. */
static void says(clinic *c, const uint8_t *point, int32_t level, wb_time seconds) {
  wb_input input = clinic_input(WB_INPUT_CONSENT, "p1");
  input.contact = point;
  input.channel = WB_CHANNEL_SMS;
  input.class_ = WB_MESSAGE_CARE;
  input.outcome = level;
  input.at = c->now + seconds;
  c->now += seconds;
  assert_int_equal(clinic_send(c, &input), WB_OK);
}

/* Whether a text about a visit may go to a number that she did not give. */
static wbi_consent_answer asked(clinic *c, const uint8_t *point) {
  wbi_contact contact = {.channel = WB_CHANNEL_SMS,
                         .age = 46,
                         .permitted = WB_DATE_NONE,
                         .today = day("2026-11-23"),
                         .seen = day("2026-09-15"),
                         .region = "US-NY"};
  memcpy(contact.point.bytes, point, sizeof contact.point.bytes);
  assert_int_equal(wbi_practice_start(c->practice, c->now, NULL), WB_OK);
  assert_int_equal(wbi_practice_law(c->practice, NULL), WB_OK);
  const wbi_consent_answer answer =
      wbi_consent_ask(c->practice, &contact, wbi_state_person(&c->practice->state, WBI_TEXT("p1")),
                      WB_MESSAGE_TRANSACTIONAL);
  wbi_practice_leave(c->practice);
  return answer;
}

/* Who agreed to care may be written to about a visit; who refused care may be told of it, where the
   number is theirs. */
static void a_yes_to_care_is_one_to_what_is_said_of_a_visit(void **state) {
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  const uint8_t *point = clinic_point(&c, WB_CONTACT_PHONE, "+12125550199");
  assert_string_equal(asked(&c, point).rule, "us-tcpa-given");
  assert_int_equal(asked(&c, point).hold, WB_HOLD_NO_PERMISSION);
  says(&c, point, WB_CONSENT_EXPRESS, 60);
  assert_int_equal(asked(&c, point).hold, WB_HOLD_NONE);
  assert_int_equal(asked(&c, point).basis, WBI_CONSENT_INPUT);
  says(&c, point, WB_CONSENT_REFUSED, 60);
  assert_string_equal(asked(&c, point).rule, "us-tcpa-given"); /* not the refusal */
  clinic_close(&c);
}

/* Nobody is a minor of whom no age is known: they are held for that. */
static void without_an_age_nobody_is_a_minor(void **state) {
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(wbi_practice_law(c.practice, NULL), WB_OK);
  for (int32_t age = -1; age <= 18; age += age < 0 ? 18 : 1) {
    const wbi_contact contact = {
        .channel = WB_CHANNEL_SMS, .age = age, .today = day("2026-11-23"), .region = "US-NY"};
    assert_int_equal(wbi_contact_minor(c.practice, &contact, WB_MESSAGE_CARE), age == 17);
  }
  clinic_close(&c);
}

static wb_consent recorded(clinic *c, const uint8_t *point) {
  wb_consent consent = {.size = sizeof consent};
  assert_int_equal(
      wb_consent_get(c->practice, point, "p1", 2, WB_CHANNEL_SMS, WB_MESSAGE_CARE, &consent),
      WB_OK);
  return consent;
}

/* What was said of a number before it became hers counts no more; what she says since does. */
static void the_later_of_a_change_and_a_consent_is_on_record(void **state) {
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  const uint8_t *before = clinic_point(&c, WB_CONTACT_PHONE, "+12125550101");
  const uint8_t *after = clinic_point(&c, WB_CONTACT_PHONE, "+12125550199");
  says(&c, after, WB_CONSENT_EXPRESS, 60);
  assert_int_equal(recorded(&c, after).level, WB_CONSENT_EXPRESS);
  c.now += 60;
  wb_input changed = clinic_input(WB_INPUT_CONTACT_CHANGED, "p1");
  changed.contact = before;
  changed.other_contact = after;
  changed.channel = WB_CHANNEL_SMS;
  changed.outcome = WB_CONTACT_NEW;
  assert_int_equal(clinic_send(&c, &changed), WB_OK);
  assert_int_equal(recorded(&c, after).level, WB_CONSENT_CHANGED);
  assert_int_equal(recorded(&c, after).at, c.now);
  says(&c, after, WB_CONSENT_WRITTEN, 60);
  assert_int_equal(recorded(&c, after).level, WB_CONSENT_WRITTEN);
  assert_int_equal(recorded(&c, before).level, WB_CONSENT_NONE);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_yes_to_care_is_one_to_what_is_said_of_a_visit),
      cmocka_unit_test(without_an_age_nobody_is_a_minor),
      cmocka_unit_test(the_later_of_a_change_and_a_consent_is_on_record),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

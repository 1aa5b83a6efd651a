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

/* Ana says something to a purpose by text, some seconds after the last event. */
static void says_to(clinic *c, const uint8_t *point, int32_t purpose, int32_t level,
                    wb_time seconds) {
  wb_input input = clinic_input(WB_INPUT_CONSENT, "p1");
  input.contact = point;
  input.channel = WB_CHANNEL_SMS;
  input.class_ = purpose;
  input.outcome = level;
  input.at = c->now + seconds;
  c->now += seconds;
  assert_int_equal(clinic_send(c, &input), WB_OK);
}

static void says(clinic *c, const uint8_t *point, int32_t level, wb_time seconds) {
  says_to(c, point, WB_MESSAGE_CARE, level, seconds);
}

/* A number of hers of which the record says nothing else. */
static wbi_contact number(const uint8_t *point) {
  wbi_contact contact = {.channel = WB_CHANNEL_SMS,
                         .age = 46,
                         .permitted = WB_DATE_NONE,
                         .today = day("2026-11-23"),
                         .seen = day("2026-09-15"),
                         .region = "US-NY"};
  memcpy(contact.point.bytes, point, sizeof contact.point.bytes);
  return contact;
}

/* Whether a message may go there. */
static wbi_consent_answer ask(clinic *c, const wbi_contact *contact, int32_t class_) {
  assert_int_equal(wbi_practice_start(c->practice, c->now, NULL), WB_OK);
  assert_int_equal(wbi_practice_law(c->practice, NULL), WB_OK);
  const wbi_consent_answer answer = wbi_consent_ask(
      c->practice, contact, wbi_state_person(&c->practice->state, WBI_TEXT("p1")), class_);
  wbi_practice_leave(c->practice);
  return answer;
}

/* Whether a text about a visit may go to a number that she did not give. */
static wbi_consent_answer asked(clinic *c, const uint8_t *point) {
  const wbi_contact contact = number(point);
  return ask(c, &contact, WB_MESSAGE_TRANSACTIONAL);
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

/* What was said of a purpose itself comes first; of outreach a no to care is a no. */
static void a_no_is_one_to_what_it_was_said_of(void **state) {
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  const uint8_t *point = clinic_point(&c, WB_CONTACT_PHONE, "+12125550199");
  wbi_contact contact = number(point);
  contact.permission = WBI_PERMISSION_YES;
  contact.given = true;
  assert_int_equal(ask(&c, &contact, WB_MESSAGE_CARE).basis, WBI_CONSENT_RECORD);
  says(&c, point, WB_CONSENT_EXPRESS, 60);
  assert_int_equal(ask(&c, &contact, WB_MESSAGE_CARE).basis, WBI_CONSENT_INPUT);
  assert_int_equal(ask(&c, &contact, WB_MESSAGE_BENEFIT).basis, WBI_CONSENT_INPUT);
  says_to(&c, point, WB_MESSAGE_TRANSACTIONAL, WB_CONSENT_REFUSED, 60);
  assert_int_equal(ask(&c, &contact, WB_MESSAGE_CARE).hold, WB_HOLD_NONE);
  assert_int_equal(ask(&c, &contact, WB_MESSAGE_TRANSACTIONAL).hold, WB_HOLD_NO_PERMISSION);
  assert_string_equal(ask(&c, &contact, WB_MESSAGE_TRANSACTIONAL).rule, "");
  says(&c, point, WB_CONSENT_REFUSED, 60);
  assert_int_equal(ask(&c, &contact, WB_MESSAGE_CARE).hold, WB_HOLD_NO_PERMISSION);
  assert_string_equal(ask(&c, &contact, WB_MESSAGE_CARE).rule, "");
  clinic_close(&c);
}

/* A yes on record counts from the day on which the number became hers, and shows whose it is until
   18 months later, as an answer does. */
static void days_of_the_practice_are_those_of_its_events(void **state) {
  clinic c;
  (void)state;
  clinic_written(&c, CLINIC_ANA, 1);
  const wb_date today = wbi_time_date(c.now);
  const uint8_t *point = clinic_point(&c, WB_CONTACT_PHONE, "+12125550101");
  wbi_contact contact = number(point);
  contact.permission = WBI_PERMISSION_YES;
  contact.given = true;
  contact.today = contact.seen = today;
  contact.permitted = today - 600; /* too old */
  assert_int_equal(ask(&c, &contact, WB_MESSAGE_CARE).hold, WB_HOLD_NUMBER_CHECK);
  wb_input reply = clinic_input(WB_INPUT_REPLY, "p1");
  reply.contact = point;
  reply.text = "ok";
  reply.text_length = 2;
  assert_int_equal(clinic_send(&c, &reply), WB_OK);
  assert_int_equal(ask(&c, &contact, WB_MESSAGE_CARE).hold, WB_HOLD_NONE);
  wb_input changed = clinic_input(WB_INPUT_CONTACT_CHANGED, "p1");
  changed.contact = clinic_point(&c, WB_CONTACT_PHONE, "+12125550199");
  changed.other_contact = point;
  changed.channel = WB_CHANNEL_SMS;
  changed.outcome = WB_CONTACT_NEW;
  assert_int_equal(clinic_send(&c, &changed), WB_OK);
  contact.permitted = today - 1;
  assert_int_equal(ask(&c, &contact, WB_MESSAGE_CARE).hold, WB_HOLD_NO_PERMISSION);
  contact.permitted = today;
  assert_int_equal(ask(&c, &contact, WB_MESSAGE_CARE).hold, WB_HOLD_NONE);
  clinic_close(&c);
}

/* What she signed counts from that day, and can be named; an authorization is more than that. */
static void an_offer_goes_by_what_was_signed(void **state) {
  static const int32_t levels[] = {WB_CONSENT_EXPRESS, WB_CONSENT_WRITTEN, WB_CONSENT_AUTHORIZED};
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  const uint8_t *point = clinic_point(&c, WB_CONTACT_PHONE, "+12125550101");
  const wbi_contact contact = number(point);
  for (size_t i = 0; i < WBI_COUNT(levels); i++) {
    says_to(&c, point, WB_MESSAGE_OFFER, levels[i], CLINIC_DAY);
    const wbi_consent_answer answer = ask(&c, &contact, WB_MESSAGE_OFFER);
    assert_int_equal(answer.hold, i == 0 ? WB_HOLD_NOT_WRITTEN : WB_HOLD_NONE);
    assert_int_equal(answer.authorized, levels[i] == WB_CONSENT_AUTHORIZED);
    if (i == 0) continue;
    assert_int_equal(answer.since, wbi_time_date(c.now));
    assert_false(wbi_bytes16_empty(&answer.event));
  }
  clinic_close(&c);
}

/* An opt-out by key, before any text, is kept with her; one from a number with the number. Either
   ends what a STOP ends by e-mail. */
static void an_opt_out_holds_texts_and_what_it_ends_by_mail(void **state) {
  enum { NEITHER, KEY, NUMBER, CASES };
  (void)state;
  for (int by = NEITHER; by < CASES; by++) {
    clinic c;
    clinic_begin(&c, CLINIC_ANA, NULL);
    const uint8_t *point = clinic_point(&c, WB_CONTACT_PHONE, "+12125550101");
    wb_input out = clinic_input(WB_INPUT_OPTED_OUT, by == KEY ? "p1" : "");
    out.contact = by == NUMBER ? point : NULL;
    if (by != NEITHER) assert_int_equal(clinic_send(&c, &out), WB_OK);
    wbi_contact contact = number(point);
    contact.permission = WBI_PERMISSION_YES;
    contact.given = true;
    const int32_t hold = by == NEITHER ? WB_HOLD_NONE : WB_HOLD_OPTED_OUT;
    assert_int_equal(ask(&c, &contact, WB_MESSAGE_CARE).hold, hold);
    contact.mobile = contact.point;
    contact.point = (wbi_bytes16){{9}};
    contact.channel = WB_CHANNEL_EMAIL;
    assert_int_equal(ask(&c, &contact, WB_MESSAGE_BENEFIT).hold, hold);
    assert_string_equal(ask(&c, &contact, WB_MESSAGE_BENEFIT).rule,
                        by == NEITHER ? "us-email" : "us-stop");
    assert_int_equal(ask(&c, &contact, WB_MESSAGE_CARE).hold, WB_HOLD_NONE);
    clinic_close(&c);
  }
}

/* Nobody is a minor of whom no age is known: they are held for that. */
static void without_an_age_nobody_is_a_minor(void **state) {
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(wbi_practice_law(c.practice, NULL), WB_OK);
  static const int32_t ages[] = {-1, 0, 17, 18};
  for (size_t i = 0; i < WBI_COUNT(ages); i++) {
    const wbi_contact contact = {
        .channel = WB_CHANNEL_SMS, .age = ages[i], .today = day("2026-11-23"), .region = "US-NY"};
    assert_int_equal(wbi_contact_minor(c.practice, &contact, WB_MESSAGE_CARE),
                     ages[i] >= 0 && ages[i] < 18);
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

/* Channels and purposes there are: each class but the safety text, which needs no consent. */
static void a_record_is_of_a_channel_and_a_purpose(void **state) {
  static const bool purposes[] = {false, true, true, true, true, true, false, true, false};
  clinic c;
  (void)state;
  clinic_begin(&c, CLINIC_ANA, NULL);
  const uint8_t *point = clinic_point(&c, WB_CONTACT_PHONE, "+12125550101");
  for (int32_t channel = WB_CHANNEL_NONE; channel <= WB_CHANNEL_CALL + 1; channel++) {
    for (int32_t purpose = 0; purpose < (int32_t)WBI_COUNT(purposes); purpose++) {
      wb_consent consent = {.size = sizeof consent};
      const bool known =
          channel >= WB_CHANNEL_SMS && channel <= WB_CHANNEL_CALL && purposes[purpose];
      assert_int_equal(wb_consent_get(c.practice, point, "p1", 2, channel, purpose, &consent),
                       known ? WB_OK : WB_E_INVALID);
    }
  }
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_record_is_of_a_channel_and_a_purpose),
      cmocka_unit_test(an_offer_goes_by_what_was_signed),
      cmocka_unit_test(an_opt_out_holds_texts_and_what_it_ends_by_mail),
      cmocka_unit_test(a_no_is_one_to_what_it_was_said_of),
      cmocka_unit_test(days_of_the_practice_are_those_of_its_events),
      cmocka_unit_test(a_yes_to_care_is_one_to_what_is_said_of_a_visit),
      cmocka_unit_test(without_an_age_nobody_is_a_minor),
      cmocka_unit_test(the_later_of_a_change_and_a_consent_is_on_record),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

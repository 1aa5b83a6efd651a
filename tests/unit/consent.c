/* SPDX-License-Identifier: MIT */
/* Whether a message may go: each default of consent, from the packs that ship. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "outreach/outreach.h"
#include "support/times.h"

static wb_law *law;

/* A patient of New York, 46, seen in September, who said yes: everything is allowed. */
typedef struct asked {
  const char *region;
  wbi_contact contact;
  wbi_consent_case more;
  int32_t class_;
} asked;

static asked usual(int32_t channel, int32_t class_) {
  asked it = {.region = "US-NY", .class_ = class_};
  it.contact = (wbi_contact){.channel = channel,
                             .permission = WBI_PERMISSION_YES,
                             .age = 46,
                             .today = day("2026-11-23"),
                             .seen = day("2026-09-15"),
                             .permitted = WB_DATE_NONE,
                             .given = true};
  it.more = (wbi_consent_case){.changed = WB_DATE_NONE,
                               .consented = WB_DATE_NONE,
                               .answered = WB_DATE_NONE,
                               .checked = WB_DATE_NONE};
  return it;
}

static wbi_consent_answer decide(asked *it) {
  const wbi_law_consent found = wbi_law_consent_find(law, wbi_text_of(it->region), it->class_,
                                                     it->contact.channel, it->contact.today);
  it->more.contact = &it->contact;
  it->more.law = &found;
  return wbi_consent_decide(&it->more);
}

static void expect(asked it, int32_t hold, const char *rule) {
  const wbi_consent_answer answer = decide(&it);
  if (answer.hold != hold || strcmp(answer.rule, rule) != 0)
    fail_msg("%s by %s", wb_hold_name(answer.hold), answer.rule);
}

static const int32_t outreach[] = {WB_MESSAGE_CARE, WB_MESSAGE_BENEFIT, WB_MESSAGE_BILLING};

static void care_and_benefit_by_text_need_a_yes(void **state) {
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(outreach); i++) {
    asked it = usual(WB_CHANNEL_SMS, outreach[i]);
    expect(it, WB_HOLD_NONE, "us-tcpa-consent");
    it.contact.permission = WBI_PERMISSION_UNKNOWN;
    expect(it, WB_HOLD_NO_PERMISSION, "us-tcpa-consent");
    it.more.assumed = true; /* the practice's setting */
    expect(it, WB_HOLD_NONE, "us-tcpa-consent");
    it.contact.permission = WBI_PERMISSION_NO;
    expect(it, WB_HOLD_NO_PERMISSION, "");
    it.more.consent = WBI_NEED_WRITTEN; /* the stricter wins */
    expect(it, WB_HOLD_NO_PERMISSION, "");
  }
}

static void a_yes_in_the_machine_counts_as_one_on_record(void **state) {
  (void)state;
  asked it = usual(WB_CHANNEL_SMS, WB_MESSAGE_CARE);
  it.contact.permission = WBI_PERMISSION_UNKNOWN;
  it.more.consent = WBI_NEED_EXPRESS;
  expect(it, WB_HOLD_NONE, "us-tcpa-consent");
  it.more.refused = true;
  expect(it, WB_HOLD_NO_PERMISSION, "");
}

static void a_number_from_elsewhere_is_no_permission(void **state) {
  (void)state;
  asked it = usual(WB_CHANNEL_SMS, WB_MESSAGE_CARE);
  it.contact.given = false;
  expect(it, WB_HOLD_NO_PERMISSION, "us-tcpa-consent");
  it.more.consent = WBI_NEED_EXPRESS; /* of this very number */
  expect(it, WB_HOLD_NONE, "us-tcpa-consent");
  it = usual(WB_CHANNEL_SMS, WB_MESSAGE_TRANSACTIONAL);
  it.contact.given = false;
  expect(it, WB_HOLD_NO_PERMISSION, "us-tcpa-given");
}

static void texts_need_a_visit_within_24_months(void **state) {
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(outreach); i++) {
    asked it = usual(WB_CHANNEL_SMS, outreach[i]);
    it.contact.permitted = day("2026-01-05");
    it.contact.seen = WB_DATE_NONE;
    expect(it, WB_HOLD_NOT_SEEN, "us-seen");
    it.contact.seen = day("2024-11-22");
    expect(it, WB_HOLD_NOT_SEEN, "us-seen");
    it.contact.seen = day("2024-11-23");
    expect(it, WB_HOLD_NONE, "us-tcpa-consent");
    it.contact.seen = day("9998-12-31"); /* 24 months on there is no day */
    expect(it, WB_HOLD_NOT_SEEN, "us-seen");
    it.contact.seen = day("2024-11-23");
    it.contact.channel = WB_CHANNEL_EMAIL; /* else by e-mail */
    it.contact.seen = WB_DATE_NONE;
    expect(it, WB_HOLD_NONE, "us-email");
  }
}

/* Where nobody knows what day it is no visit is recent. */
static void without_a_day_no_visit_is_recent(void **state) {
  (void)state;
  asked it = usual(WB_CHANNEL_SMS, WB_MESSAGE_CARE);
  const wbi_law_consent found =
      wbi_law_consent_find(law, WBI_TEXT("US-NY"), it.class_, WB_CHANNEL_SMS, it.contact.today);
  it.contact.today = WB_DATE_NONE;
  it.more.contact = &it.contact;
  it.more.law = &found;
  assert_int_equal(wbi_consent_decide(&it.more).hold, WB_HOLD_NOT_SEEN);
}

static void consent_over_18_months_old_needs_the_number_checked(void **state) {
  (void)state;
  asked it = usual(WB_CHANNEL_SMS, WB_MESSAGE_CARE);
  it.contact.permitted = day("2025-05-23");
  expect(it, WB_HOLD_NONE, "us-tcpa-consent");
  it.contact.permitted = day("2025-05-22");
  expect(it, WB_HOLD_NUMBER_CHECK, "us-number-check");
  it.more.checked = day("2025-05-22");
  expect(it, WB_HOLD_NUMBER_CHECK, "us-number-check");
  it.more.checked = day("2025-05-23");
  expect(it, WB_HOLD_NONE, "us-tcpa-consent");
  it.more.checked = WB_DATE_NONE;
  it.more.answered = day("2025-05-23");
  expect(it, WB_HOLD_NONE, "us-tcpa-consent");
  it.more.answered = WB_DATE_NONE;
  it.more.consented = day("2025-05-23"); /* the newer of two */
  expect(it, WB_HOLD_NONE, "us-tcpa-consent");
  it.more.consented = WB_DATE_NONE;
  it.contact.channel = WB_CHANNEL_EMAIL;
  expect(it, WB_HOLD_NONE, "us-email");
}

static void consent_without_a_date_counts_from_the_last_visit_or_answer(void **state) {
  (void)state;
  asked it = usual(WB_CHANNEL_SMS, WB_MESSAGE_CARE);
  it.contact.seen = day("2025-05-23");
  assert_int_equal(decide(&it).since, day("2025-05-23"));
  expect(it, WB_HOLD_NONE, "us-tcpa-consent");
  it.contact.seen = day("2025-05-22");
  expect(it, WB_HOLD_NUMBER_CHECK, "us-number-check");
  it.more.answered = day("2025-05-23");
  expect(it, WB_HOLD_NONE, "us-tcpa-consent");
}

static void a_changed_number_inherits_no_consent(void **state) {
  (void)state;
  asked it = usual(WB_CHANNEL_SMS, WB_MESSAGE_CARE);
  it.more.changed = day("2026-10-01");
  expect(it, WB_HOLD_NO_PERMISSION, "us-tcpa-consent");
  it.more.assumed = true;
  expect(it, WB_HOLD_NO_PERMISSION, "us-tcpa-consent");
  it.contact.permitted = day("2026-09-30");
  expect(it, WB_HOLD_NO_PERMISSION, "us-tcpa-consent");
  it.contact.permitted = day("2026-10-01");
  expect(it, WB_HOLD_NONE, "us-tcpa-consent");
  it.contact.permitted = WB_DATE_NONE;
  it.more.consent = WBI_NEED_EXPRESS;
  expect(it, WB_HOLD_NONE, "us-tcpa-consent");
  it = usual(WB_CHANNEL_SMS, WB_MESSAGE_TRANSACTIONAL); /* it was given for that */
  it.more.changed = day("2026-10-01");
  expect(it, WB_HOLD_NONE, "us-tcpa-given");
  assert_int_equal(decide(&it).since, day("2026-10-01")); /* the visit was before it */
}

static void offers_need_written_consent_by_text_and_none_by_mail(void **state) {
  (void)state;
  asked it = usual(WB_CHANNEL_SMS, WB_MESSAGE_OFFER);
  expect(it, WB_HOLD_NOT_WRITTEN, "us-tcpa-written");
  it.more.assumed = true;
  expect(it, WB_HOLD_NOT_WRITTEN, "us-tcpa-written");
  it.more.consent = WBI_NEED_EXPRESS;
  expect(it, WB_HOLD_NOT_WRITTEN, "us-tcpa-written");
  it.more.consent = WBI_NEED_WRITTEN;
  expect(it, WB_HOLD_NONE, "us-tcpa-written");
  it = usual(WB_CHANNEL_EMAIL, WB_MESSAGE_OFFER);
  expect(it, WB_HOLD_NONE, "us-email");
  it.region = "CA-ON";
  expect(it, WB_HOLD_NONE, "ca-casl-express");
  it.contact.permission = WBI_PERMISSION_UNKNOWN;
  expect(it, WB_HOLD_NO_PERMISSION, "ca-casl-express");
}

static void e_mail_goes_until_it_is_refused(void **state) {
  (void)state;
  for (int32_t class_ = WB_MESSAGE_TRANSACTIONAL; class_ <= WB_MESSAGE_BILLING; class_++) {
    asked it = usual(WB_CHANNEL_EMAIL, class_);
    it.contact.permission = WBI_PERMISSION_UNKNOWN;
    expect(it, WB_HOLD_NONE, "us-email");
    it.contact.permission = WBI_PERMISSION_NO;
    expect(it, WB_HOLD_NO_PERMISSION, "");
    it.contact.permission = WBI_PERMISSION_YES;
    it.more.flags = WBI_CONTACT_OPTED_OUT;
    expect(it, WB_HOLD_OPTED_OUT, "");
  }
}

static void a_visit_that_exists_is_written_of_to_the_number_that_was_given(void **state) {
  (void)state;
  asked it = usual(WB_CHANNEL_SMS, WB_MESSAGE_TRANSACTIONAL);
  it.contact.permission = WBI_PERMISSION_UNKNOWN;
  it.contact.seen = WB_DATE_NONE; /* a new patient */
  expect(it, WB_HOLD_NONE, "us-tcpa-given");
  assert_int_equal(decide(&it).basis, WBI_CONSENT_IMPLIED);
  it.contact.permission = WBI_PERMISSION_NO;
  expect(it, WB_HOLD_NO_PERMISSION, "");
}

static void stop_ends_every_class_of_text(void **state) {
  (void)state;
  for (int32_t class_ = WB_MESSAGE_TRANSACTIONAL; class_ <= WB_MESSAGE_BILLING; class_++) {
    asked it = usual(WB_CHANNEL_SMS, class_);
    it.more.consent = WBI_NEED_WRITTEN;
    it.more.flags = WBI_CONTACT_OPTED_OUT;
    expect(it, WB_HOLD_OPTED_OUT, "");
    it.more.flags = WBI_CONTACT_CLOSED;
    expect(it, WB_HOLD_BAD_ADDRESS, "");
    it.more.flags = WBI_CONTACT_CLOSED | WBI_CONTACT_OPTED_OUT;
    expect(it, WB_HOLD_OPTED_OUT, "");
    it.contact.permission = WBI_PERMISSION_NO; /* START has to lift it: that is what is told */
    expect(it, WB_HOLD_OPTED_OUT, "");
  }
}

/* What is said of care and of a visit that exists goes on by e-mail; nothing else does. */
static void stop_by_text_ends_e_mail_but_of_care_and_visits(void **state) {
  (void)state;
  static const char *const places[][2] = {
      {"US-NY", "us-stop"}, {"CA-ON", "ca-stop"}, {"GB-ENG", "uk-stop"}, {"AU-NSW", "au-stop"}};
  for (size_t i = 0; i < WBI_COUNT(places); i++) {
    for (int32_t class_ = WB_MESSAGE_TRANSACTIONAL; class_ <= WB_MESSAGE_URGENT; class_++) {
      asked it = usual(WB_CHANNEL_EMAIL, class_);
      const bool ends = class_ == WB_MESSAGE_BENEFIT || class_ == WB_MESSAGE_OFFER ||
                        class_ == WB_MESSAGE_BILLING;
      it.region = places[i][0];
      assert_int_equal(decide(&it).hold, WB_HOLD_NONE);
      it.more.stopped = true;
      if (ends) expect(it, WB_HOLD_OPTED_OUT, places[i][1]);
      if (!ends) assert_int_equal(decide(&it).hold, WB_HOLD_NONE);
      it.more.consent = WBI_NEED_WRITTEN; /* does not lift it */
      if (ends) expect(it, WB_HOLD_OPTED_OUT, places[i][1]);
    }
  }
}

static void majority_is_that_of_the_place(void **state) {
  (void)state;
  static const struct {
    const char *region, *rule;
    int32_t years;
  } rows[] = {{"US-NY", "us-majority", 18},    {"US-AL", "us-al-majority", 19},
              {"US-NE", "us-ne-majority", 19}, {"US", "us-al-majority", 19},
              {"US-XX", "us-al-majority", 19}, {"CA-ON", "ca-majority", 18},
              {"CA-BC", "ca-majority-19", 19}, {"GB", "uk-majority", 18},
              {"AU", "au-majority", 18}};
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    asked it = usual(WB_CHANNEL_SMS, WB_MESSAGE_CARE);
    it.region = rows[i].region;
    it.contact.age = rows[i].years - 1;
    expect(it, WB_HOLD_MINOR, rows[i].rule);
    it.contact.age = rows[i].years;
    assert_int_equal(decide(&it).hold, WB_HOLD_NONE);
    it.contact.age = -1;
    expect(it, WB_HOLD_AGE_UNKNOWN, "");
  }
}

/* A child of some months is a minor whose age is known. */
static void who_is_not_yet_one_is_a_minor(void **state) {
  (void)state;
  asked it = usual(WB_CHANNEL_SMS, WB_MESSAGE_CARE);
  it.contact.age = 0;
  expect(it, WB_HOLD_MINOR, "us-majority");
  assert_true(decide(&it).minor);
  it.contact.age = 17;
  assert_true(decide(&it).minor);
  it.contact.age = 18;
  assert_false(decide(&it).minor);
  it.contact.age = -1;
  assert_false(decide(&it).minor);
}

static void what_the_patient_wishes_is_asked_each_time(void **state) {
  (void)state;
  asked it = usual(WB_CHANNEL_SMS, WB_MESSAGE_TRANSACTIONAL);
  it.contact.other_way = true;
  it.more.consent = WBI_NEED_WRITTEN;
  expect(it, WB_HOLD_PREFERENCE, "");
}

static void without_law_nothing_goes(void **state) {
  (void)state;
  asked it = usual(WB_CHANNEL_EMAIL, WB_MESSAGE_CARE);
  it.more.consent = WBI_NEED_WRITTEN;
  it.region = "FR";
  expect(it, WB_HOLD_NO_PERMISSION, "");
  it.region = "US-NY";
  it.contact.today = day("1990-01-01"); /* before any rule was in force */
  expect(it, WB_HOLD_NO_PERMISSION, "");
  it = usual(WB_CHANNEL_SMS, WB_MESSAGE_CARE);
  it.region = ""; /* not known: what is allowed everywhere */
  it.contact.age = 18;
  expect(it, WB_HOLD_MINOR, "ca-majority-19");
  it.contact.age = 19;
  assert_int_equal(decide(&it).hold, WB_HOLD_NONE);
}

static void the_safety_text_needs_no_consent(void **state) {
  (void)state;
  asked it = usual(WB_CHANNEL_SMS, WB_MESSAGE_URGENT);
  it.contact.permission = WBI_PERMISSION_UNKNOWN;
  it.contact.given = false;
  it.contact.seen = WB_DATE_NONE;
  expect(it, WB_HOLD_NONE, "us-urgent-consent");
}

/* The first reason in the order of the checks. */
static void the_first_reason_is_said(void **state) {
  (void)state;
  asked it = usual(WB_CHANNEL_SMS, WB_MESSAGE_CARE);
  it.contact.permission = WBI_PERMISSION_UNKNOWN;
  it.contact.other_way = true;
  it.contact.age = 3;
  it.contact.unusable = WB_HOLD_NO_ADDRESS;
  it.contact.seen = WB_DATE_NONE;
  it.contact.permitted = day("2020-01-01");
  it.more.flags = WBI_CONTACT_CLOSED;
  expect(it, WB_HOLD_NO_PERMISSION, "us-tcpa-consent");
  it.contact.permission = WBI_PERMISSION_YES;
  expect(it, WB_HOLD_PREFERENCE, "");
  it.contact.other_way = false;
  expect(it, WB_HOLD_MINOR, "us-majority");
  it.contact.age = 30;
  expect(it, WB_HOLD_NO_ADDRESS, "");
  it.contact.unusable = WB_HOLD_NONE;
  expect(it, WB_HOLD_NOT_SEEN, "us-seen");
  it.contact.seen = day("2026-09-15");
  expect(it, WB_HOLD_NUMBER_CHECK, "us-number-check");
  it.contact.permitted = WB_DATE_NONE;
  expect(it, WB_HOLD_BAD_ADDRESS, "");
}

static void the_basis_is_told(void **state) {
  (void)state;
  asked it = usual(WB_CHANNEL_SMS, WB_MESSAGE_CARE);
  assert_int_equal(decide(&it).basis, WBI_CONSENT_RECORD);
  assert_int_equal(decide(&it).since, day("2026-09-15"));
  it.contact.permitted = day("2026-02-01");
  assert_int_equal(decide(&it).since, day("2026-02-01"));
  it.more.consent = WBI_NEED_EXPRESS;
  it.more.consented = day("2026-01-05");
  it.more.event = (wbi_bytes16){{7}};
  assert_int_equal(decide(&it).basis, WBI_CONSENT_INPUT);
  assert_int_equal(decide(&it).since, day("2026-01-05")); /* of the event, though it is older */
  assert_int_equal(decide(&it).event.bytes[0], 7);
  it = usual(WB_CHANNEL_SMS, WB_MESSAGE_CARE);
  it.contact.permission = WBI_PERMISSION_UNKNOWN;
  it.more.assumed = true;
  assert_int_equal(decide(&it).basis, WBI_CONSENT_ASSUMED);
  it.more.consent = WBI_NEED_WRITTEN;
  assert_int_equal(decide(&it).basis, WBI_CONSENT_INPUT);
  it = usual(WB_CHANNEL_EMAIL, WB_MESSAGE_CARE);
  it.contact.permission = WBI_PERMISSION_UNKNOWN;
  assert_int_equal(decide(&it).basis, WBI_CONSENT_IMPLIED);
}

static int open_law(void **state) {
  (void)state;
  return wb_law_new(NULL, NULL, 0, &law, NULL);
}

static int close_law(void **state) {
  (void)state;
  wb_law_unref(law);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(care_and_benefit_by_text_need_a_yes),
      cmocka_unit_test(a_yes_in_the_machine_counts_as_one_on_record),
      cmocka_unit_test(a_number_from_elsewhere_is_no_permission),
      cmocka_unit_test(texts_need_a_visit_within_24_months),
      cmocka_unit_test(without_a_day_no_visit_is_recent),
      cmocka_unit_test(consent_over_18_months_old_needs_the_number_checked),
      cmocka_unit_test(consent_without_a_date_counts_from_the_last_visit_or_answer),
      cmocka_unit_test(a_changed_number_inherits_no_consent),
      cmocka_unit_test(offers_need_written_consent_by_text_and_none_by_mail),
      cmocka_unit_test(e_mail_goes_until_it_is_refused),
      cmocka_unit_test(a_visit_that_exists_is_written_of_to_the_number_that_was_given),
      cmocka_unit_test(stop_ends_every_class_of_text),
      cmocka_unit_test(stop_by_text_ends_e_mail_but_of_care_and_visits),
      cmocka_unit_test(majority_is_that_of_the_place),
      cmocka_unit_test(who_is_not_yet_one_is_a_minor),
      cmocka_unit_test(what_the_patient_wishes_is_asked_each_time),
      cmocka_unit_test(without_law_nothing_goes),
      cmocka_unit_test(the_safety_text_needs_no_consent),
      cmocka_unit_test(the_first_reason_is_said),
      cmocka_unit_test(the_basis_is_told),
  };
  return cmocka_run_group_tests(tests, open_law, close_law);
}

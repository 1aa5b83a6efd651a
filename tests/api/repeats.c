/* SPDX-License-Identifier: MIT */
/* What is told a second time, and what stands beside what is meant: other consents, other
   campaigns, other classes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

static wb_input named(int32_t kind, const char *campaign, const char *name) {
  wb_input input = clinic_input(kind, campaign);
  input.name = name;
  input.name_length = (uint32_t)strlen(name);
  return input;
}

/* Ana's number, and another of hers. */
static const uint8_t *number(const clinic *c) {
  return clinic_point(c, WB_CONTACT_PHONE, "+12125550101");
}

static const uint8_t *other(const clinic *c) {
  return clinic_point(c, WB_CONTACT_PHONE, "+12125550199");
}

/* What Ana said on a form of texts to a contact point. */
static wb_status said(clinic *c, const uint8_t *contact, int32_t purpose, int32_t level,
                      const char *wording) {
  wb_input input = named(WB_INPUT_CONSENT, "p1", wording);
  input.contact = contact;
  input.channel = WB_CHANNEL_SMS;
  input.class_ = purpose;
  input.outcome = level;
  input.source = "form";
  input.source_length = 4;
  return clinic_send(c, &input);
}

/* The same, said some time before now. */
static wb_status said_before(clinic *c, const uint8_t *contact, int32_t level, wb_time before) {
  wb_input input = named(WB_INPUT_CONSENT, "p1", "words-7");
  input.contact = contact;
  input.channel = WB_CHANNEL_SMS;
  input.outcome = level;
  input.at = c->now - before;
  return clinic_send(c, &input);
}

static wb_consent on_record(clinic *c, const uint8_t *contact) {
  wb_consent found = {.size = sizeof found};
  assert_int_equal(
      wb_consent_get(c->practice, contact, "p1", 2, WB_CHANNEL_SMS, WB_MESSAGE_CARE, &found),
      WB_OK);
  return found;
}

static wb_input changed(const clinic *c, const uint8_t *from, const uint8_t *to, int32_t how) {
  wb_input input = clinic_input(WB_INPUT_CONTACT_CHANGED, "p1");
  (void)c;
  input.contact = from;
  input.other_contact = to;
  input.channel = WB_CHANNEL_SMS;
  input.outcome = how;
  return input;
}

/* ---- once more ------------------------------------------------------------------------------ */

static void what_holds_already_is_taken_and_not_recorded(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  wb_input setting = named(WB_INPUT_SETTING, NULL, "unknown_permission");
  setting.outcome = 1;
  const wb_input inputs[] = {
      clinic_input(WB_INPUT_LAUNCH, "one"), clinic_input(WB_INPUT_PAUSE, "one"),
      named(WB_INPUT_WITHDRAW, "one", "hello"), clinic_input(WB_INPUT_STOP, "one"), setting};
  for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
    const uint64_t before = c.journal.sequence;
    assert_int_equal(clinic_send(&c, &inputs[i]), WB_OK);
    const uint64_t once = c.journal.sequence;
    assert_int_equal(once > before, inputs[i].kind != WB_INPUT_LAUNCH); /* it is launched */
    assert_int_equal(clinic_send(&c, &inputs[i]), WB_OK);
    assert_int_equal(c.journal.sequence, once);
  }
  const wb_input same = changed(&c, number(&c), number(&c), WB_CONTACT_NEW);
  const uint64_t before = c.journal.sequence;
  assert_int_equal(clinic_send(&c, &same), WB_OK);
  assert_int_equal(c.journal.sequence, before);
  clinic_close(&c);
}

static void answers_from_a_number_are_noted_once_a_day(void **state) {
  (void)state;
  clinic c;
  clinic_written(&c, CLINIC_ANA, 1);
  const wb_time first = c.now;
  assert_int_equal(clinic_reply_from(&c, number(&c), "maybe"), WB_OK);
  c.now = first + CLINIC_DAY - 1;
  assert_int_equal(clinic_reply_from(&c, number(&c), "maybe"), WB_OK);
  assert_int_equal(on_record(&c, number(&c)).answered, first);
  c.now = first + CLINIC_DAY;
  assert_int_equal(clinic_reply_from(&c, number(&c), "maybe"), WB_OK);
  assert_int_equal(on_record(&c, number(&c)).answered, c.now);
  assert_int_equal(clinic_reply(&c, "p1", "maybe"), WB_OK); /* of a host that names no number */
  clinic_close(&c);
}

/* How often the last record has an effect. */
static int effects(const clinic *c, const char *effect) {
  static char text[8192];
  char looked_for[64] = "{\"effect\":\"";
  size_t needed = 0;
  uint64_t offset = 0;
  int found = 0;
  wb_record record = {.size = sizeof record};
  while (wb_journal_next(c->journal.bytes, c->journal.length, &offset, &record) == WB_OK)
    continue;
  assert_int_equal(wb_journal_format(c->journal.bytes, c->journal.length, record.offset, text,
                                     sizeof text, &needed),
                   WB_OK);
  strcat(strcat(looked_for, effect), "\"");
  for (const char *at = text; (at = strstr(at, looked_for)) != NULL; at++)
    found++;
  return found;
}

/* By both ways that a host knows who says STOP. */
static void who_was_written_to_twice_leaves_once(void **state) {
  (void)state;
  for (int by_name = 0; by_name < 2; by_name++) {
    clinic c;
    clinic_written(&c, CLINIC_ANA, 1);
    c.now += CLINIC_DAY;
    clinic_rows(&c, CLINIC_ANA, "");
    assert_int_equal(clinic_poll(&c), 1);
    clinic_sent(&c);
    assert_int_equal(clinic_find(&c, "p1", NULL).touches, 2);
    const wb_status status =
        by_name ? clinic_reply(&c, "p1", "STOP") : clinic_reply_from(&c, number(&c), "STOP");
    assert_int_equal(status, WB_OK);
    assert_int_equal(effects(&c, "end"), 1);
    assert_int_equal(effects(&c, "contact"), 1);
    clinic_close(&c);
  }
}

/* ---- beside what is meant ------------------------------------------------------------------- */

static void only_who_agrees_to_be_written_to_opens_a_closed_number(void **state) {
  static const struct {
    int32_t purpose, level;
    bool opens;
  } rows[] = {{WB_MESSAGE_CARE, WB_CONSENT_REFUSED, false},
              {WB_PURPOSE_DETAIL, WB_CONSENT_EXPRESS, false},
              {WB_MESSAGE_CARE, WB_CONSENT_EXPRESS, true}};
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  wb_input checked = clinic_input(WB_INPUT_NUMBER_CHECKED, NULL);
  checked.contact = number(&c);
  checked.outcome = WB_NUMBER_REASSIGNED;
  assert_int_equal(clinic_send(&c, &checked), WB_OK);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    assert_int_equal(said(&c, number(&c), rows[i].purpose, rows[i].level, "words-7"), WB_OK);
    assert_int_equal(on_record(&c, number(&c)).flags, rows[i].opens ? 0 : WB_CONTACT_CLOSED);
  }
  clinic_close(&c);
}

static void the_last_word_counts_whenever_it_is_told(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(said_before(&c, number(&c), WB_CONSENT_REFUSED, CLINIC_DAY), WB_OK);
  const uint64_t before = c.journal.sequence;
  assert_int_equal(said_before(&c, number(&c), WB_CONSENT_EXPRESS, CLINIC_DAY + 1), WB_OK);
  assert_int_equal(on_record(&c, number(&c)).level, WB_CONSENT_REFUSED);
  assert_int_equal(c.journal.sequence, before);
  assert_int_equal(said_before(&c, number(&c), WB_CONSENT_EXPRESS, CLINIC_DAY), WB_OK);
  assert_int_equal(on_record(&c, number(&c)).level, WB_CONSENT_EXPRESS);
  clinic_close(&c);
}

/* Of the right number the patient has said no since. */
static void a_correction_brings_no_older_word(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(said_before(&c, number(&c), WB_CONSENT_EXPRESS, 2 * CLINIC_DAY), WB_OK);
  assert_int_equal(said_before(&c, other(&c), WB_CONSENT_REFUSED, CLINIC_DAY), WB_OK);
  const wb_input corrected = changed(&c, number(&c), other(&c), WB_CONTACT_CORRECTED);
  assert_int_equal(clinic_send(&c, &corrected), WB_OK);
  assert_int_equal(on_record(&c, other(&c)).level, WB_CONSENT_REFUSED);
  clinic_close(&c);
}

static void what_was_said_of_a_number_goes_along_when_it_is_corrected(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  const uint8_t *right = clinic_point(&c, WB_CONTACT_PHONE, "+12125550100");
  assert_int_equal(said(&c, other(&c), WB_MESSAGE_CARE, WB_CONSENT_REFUSED, "words-8"), WB_OK);
  assert_int_equal(said(&c, number(&c), WB_MESSAGE_CARE, WB_CONSENT_EXPRESS, "words-7"), WB_OK);
  c.now += CLINIC_MINUTE;
  const wb_input corrected = changed(&c, number(&c), right, WB_CONTACT_CORRECTED);
  assert_int_equal(clinic_send(&c, &corrected), WB_OK);
  const wb_consent found = on_record(&c, right);
  assert_int_equal(found.level, WB_CONSENT_EXPRESS);
  assert_int_equal(found.at, c.now - CLINIC_MINUTE);
  assert_string_equal(found.source, "form");
  assert_string_equal(found.wording, "words-7");
  clinic_close(&c);
}

#define NOTED(name, text)                                                                          \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"T\",\"class\":\"care\",\"audience\":\"true\","  \
  "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"exits\":{\"booked\":\"recare.booked\"}," \
  "\"steps\":[{\"id\":\"s1\",\"send\":[\"" text "\"]},{\"id\":\"end\",\"exit\":true}],"            \
  "\"texts\":{\"" text "\":{\"channel\":\"sms\",\"en\":{\"body\":\"{{ location.booking_url }} "    \
  "Reply STOP to opt out.\"}}}}"

static void a_text_is_withdrawn_from_its_own_campaign(void **state) {
  (void)state;
  clinic c;
  clinic_open(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_add(&c, NOTED("one", "early")), WB_OK);
  assert_int_equal(clinic_add(&c, NOTED("two", "late")), WB_OK);
  const wb_input mine = named(WB_INPUT_WITHDRAW, "two", "late"),
                 others = named(WB_INPUT_WITHDRAW, "two", "early"),
                 nobodys = named(WB_INPUT_WITHDRAW, "three", "late");
  assert_int_equal(clinic_send(&c, &others), WB_E_NAME);
  assert_int_equal(clinic_send(&c, &nobodys), WB_E_NAME);
  assert_int_equal(clinic_send(&c, &mine), WB_OK);
  clinic_close(&c);
}

static void a_pause_of_a_class_leaves_the_others_alone(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  wb_input pause = clinic_input(WB_INPUT_PAUSE, NULL);
  pause.class_ = WB_MESSAGE_BILLING;
  assert_int_equal(clinic_send(&c, &pause), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  clinic_sent(&c);
  pause.class_ = WB_MESSAGE_CARE;
  assert_int_equal(clinic_send(&c, &pause), WB_OK);
  c.now += 8 * CLINIC_DAY;
  clinic_rows(&c, CLINIC_ANA, "");
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_PAUSED);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_holds_already_is_taken_and_not_recorded),
      cmocka_unit_test(answers_from_a_number_are_noted_once_a_day),
      cmocka_unit_test(who_was_written_to_twice_leaves_once),
      cmocka_unit_test(only_who_agrees_to_be_written_to_opens_a_closed_number),
      cmocka_unit_test(the_last_word_counts_whenever_it_is_told),
      cmocka_unit_test(a_correction_brings_no_older_word),
      cmocka_unit_test(what_was_said_of_a_number_goes_along_when_it_is_corrected),
      cmocka_unit_test(a_text_is_withdrawn_from_its_own_campaign),
      cmocka_unit_test(a_pause_of_a_class_leaves_the_others_alone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

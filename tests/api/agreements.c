/* SPDX-License-Identifier: MIT */
/* Which record of consent a message stands on, as the journal alone tells it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

/* Ana, of whom the record knows no permission to texts. */
#define ASKED                                                                                      \
  CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|unknown|ana@example.com|unknown\n"
#define REFUSED CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|unknown|ana@example.com|no\n"

/* Ana agrees to texts, in an event of this id. */
static void agrees(clinic *c, uint8_t id, int32_t level, wb_time at) {
  wb_input input = clinic_input(WB_INPUT_CONSENT, "p1");
  if (id) memset(input.event_id, id, 16);
  input.contact = clinic_point(c, WB_CONTACT_PHONE, "+12125550101");
  input.channel = WB_CHANNEL_SMS;
  input.outcome = level;
  input.at = at;
  input.source = "form";
  input.source_length = 4;
  input.name = "words-7";
  input.name_length = 7;
  assert_int_equal(clinic_send(c, &input), WB_OK);
}

/* The check of consent of the first action of the last poll. */
static const char *consent(const clinic *c) {
  char *check = strstr(clinic_why(c, c->actions[0].id), "{\"check\":\"consent\"");
  assert_non_null(check);
  strchr(check, '}')[1] = 0;
  return check;
}

static void what_an_event_gave_is_named_by_its_id(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, ASKED, NULL);
  agrees(&c, 0xab, WB_CONSENT_EXPRESS, c.now - 40 * CLINIC_DAY);
  clinic_renew(&c, CLINIC_LOADED);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_SMS);
  assert_string_equal(consent(&c),
                      "{\"check\":\"consent\",\"consent\":\"input\",\"since\":\"2026-10-14\","
                      "\"event\":\"abababababababababababababababab\",\"level\":\"express\","
                      "\"source\":\"form\",\"wording\":\"words-7\",\"rule\":\"us-tcpa-consent\","
                      "\"opted_out\":false}");
  clinic_close(&c);
}

static void whoever_authorized_offers_agreed_to_texts(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, ASKED, NULL);
  agrees(&c, 0xab, WB_CONSENT_AUTHORIZED, 0);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_SMS);
  assert_non_null(strstr(consent(&c), "\"level\":\"authorized\","));
  clinic_close(&c);
}

static void an_event_without_an_id_is_given_one(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, ASKED, NULL);
  agrees(&c, 0, WB_CONSENT_EXPRESS, 0);
  assert_int_equal(clinic_poll(&c), 1);
  const char *event = strstr(consent(&c), "\"event\":\"");
  assert_non_null(event);
  assert_int_not_equal(strspn(event + 9, "0"), 32);
  assert_non_null(strstr(event, "\"source\":\"form\""));
  clinic_close(&c);
}

static void of_two_that_are_as_good_the_event_is_named(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  agrees(&c, 0xab, WB_CONSENT_EXPRESS, 0);
  assert_int_equal(clinic_poll(&c), 1);
  assert_non_null(strstr(consent(&c), "\"consent\":\"input\",\"since\":\"2026-11-23\","));
  clinic_close(&c);
}

static void the_record_of_the_host_is_named_with_its_day(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c,
               "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|"
               "text_permission:u|text_permission_on:tdD\n"
               "p1|active|Ana|1980-02-29|1|+12125550101|yes|2026-02-01\n",
               NULL);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(consent(&c),
                      "{\"check\":\"consent\",\"consent\":\"record\",\"since\":\"2026-02-01\","
                      "\"rule\":\"us-tcpa-consent\",\"opted_out\":false}");
  clinic_close(&c);
}

static void what_is_not_refused_is_implied(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, ASKED, NULL);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_EMAIL);
  assert_non_null(
      strstr(consent(&c), "\"consent\":\"implied\",\"since\":\"2025-09-15\",\"rule\":"));
  clinic_close(&c);
}

static void an_answer_names_what_it_answers(void **state) {
  (void)state;
  clinic c;
  clinic_written(&c, CLINIC_ANA, 1);
  wb_input reply = clinic_input(WB_INPUT_REPLY, "p1");
  memset(reply.event_id, 0xcd, 16);
  reply.text = "STOP";
  reply.text_length = 4;
  assert_int_equal(clinic_send(&c, &reply), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "stop-confirmed");
  assert_string_equal(consent(&c), "{\"check\":\"consent\",\"consent\":\"answer\",\"since\":null,"
                                   "\"event\":\"cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd\",\"rule\":\"\","
                                   "\"opted_out\":true}");
  clinic_close(&c);
}

static void what_is_assumed_names_the_setting_and_who_approved_it(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, REFUSED, NULL);
  assert_int_equal(clinic_poll(&c), 0);
  wb_input setting = clinic_input(WB_INPUT_SETTING, NULL);
  setting.name = "unknown_permission";
  setting.name_length = 18;
  setting.outcome = 1;
  setting.approver = "dr-lee";
  setting.approver_length = 6;
  assert_int_equal(clinic_send(&c, &setting), WB_OK);
  clinic_renew(&c, CLINIC_LOADED);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(consent(&c),
                      "{\"check\":\"consent\",\"consent\":\"assumed\",\"since\":\"2025-09-15\","
                      "\"setting\":\"unknown_permission\",\"set_at\":\"2026-11-23T15:00:00Z\","
                      "\"set_by\":\"dr-lee\",\"rule\":\"us-tcpa-consent\",\"opted_out\":false}");
  clinic_close(&c);
}

/* An opt-out of the number is lifted by an event of this id. */
static void signs(clinic *c, uint8_t id) {
  wb_input input = {.size = sizeof input, .kind = WB_INPUT_OPTED_IN};
  memset(input.event_id, id, 16);
  input.contact = clinic_point(c, WB_CONTACT_PHONE, "+12125550101");
  assert_int_equal(clinic_send(c, &input), WB_OK);
}

static void a_signed_form_after_stop_is_named_with_what_lifted_the_opt_out(void **state) {
  (void)state;
  clinic c;
  clinic_written(&c, CLINIC_ANA, 1);
  assert_int_equal(clinic_reply(&c, "p1", "STOP"), WB_OK);
  clinic_poll(&c);
  clinic_sent(&c);
  c.now += 11 * CLINIC_DAY;
  agrees(&c, 0x21, WB_CONSENT_WRITTEN, 0);
  signs(&c, 0x22);
  c.now += 3 * CLINIC_DAY;
  clinic_rows(&c, CLINIC_ANA, "");
  clinic_enroll(&c);
  clinic_renew(&c, CLINIC_LOADED);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_SMS);
  assert_string_equal(consent(&c),
                      "{\"check\":\"consent\",\"consent\":\"input\",\"since\":\"2026-12-04\","
                      "\"event\":\"21212121212121212121212121212121\",\"level\":\"written\","
                      "\"source\":\"form\",\"wording\":\"words-7\",\"rule\":\"us-tcpa-consent\","
                      "\"opted_out\":false,\"opt_out_lifted_at\":\"2026-12-04T15:00:00Z\","
                      "\"opt_out_lifted_by\":\"22222222222222222222222222222222\"}");
  clinic_close(&c);
}

/* Ana opts out of texts by key, and in again a day later, and is written to. */
static void returns(clinic *c, const char *patients) {
  clinic_open(c, patients, NULL);
  assert_int_equal(clinic_receive(c, WB_INPUT_OPTED_OUT, "p1"), WB_OK);
  clinic_launch(c, "one", CLINIC_TEXTS("one"));
  c->now += CLINIC_DAY;
  wb_input in = clinic_input(WB_INPUT_OPTED_IN, "p1");
  memset(in.event_id, 0x42, 16);
  assert_int_equal(clinic_send(c, &in), WB_OK);
  clinic_rows(c, patients, "");
  clinic_enroll(c);
  assert_int_equal(clinic_poll(c), 1);
}

static void what_lifted_an_opt_out_by_key_is_named_by_a_text(void **state) {
  (void)state;
  clinic c;
  returns(&c, ASKED);
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_EMAIL);
  assert_null(strstr(consent(&c), "opt_out_lifted"));
  clinic_close(&c);
  returns(&c, CLINIC_ANA);
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_SMS);
  assert_non_null(strstr(consent(&c),
                         "\"opted_out\":false,\"opt_out_lifted_at\":\"2026-11-24T15:00:00Z\","
                         "\"opt_out_lifted_by\":\"42424242424242424242424242424242\"}"));
  clinic_close(&c);
}

/* The last one counts, though it has no id and the one before had. */
static void what_lifted_an_opt_out_without_an_id_is_not_what_lifted_another(void **state) {
  (void)state;
  clinic c;
  clinic_written(&c, CLINIC_ANA, 1);
  assert_int_equal(clinic_reply(&c, "p1", "STOP"), WB_OK);
  signs(&c, 0x22);
  assert_int_equal(clinic_reply(&c, "p1", "STOP"), WB_OK);
  c.now += 11 * CLINIC_DAY;
  assert_int_equal(clinic_reply(&c, "p1", "START"), WB_OK);
  clinic_rows(&c, CLINIC_ANA, "");
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].channel, WB_CHANNEL_SMS);
  assert_non_null(strstr(consent(&c), "\"opt_out_lifted_at\":\"2026-12-04T15:00:00Z\"}"));
  clinic_close(&c);
}

/* Ana, out of texts by `kind` about her number or key, in a campaign of a class: what goes out. */
static uint32_t goes_by_mail(clinic *c, const char *class_, bool by_key) {
  static const char care[] = "\"class\":\"care\"";
  char json[4096], texts[] = CLINIC_TEXTS("two");
  char *at = strstr(texts, care);
  *at = 0;
  snprintf(json, sizeof json, "%s\"class\":\"%s\"%s", texts, class_, at + sizeof care - 1);
  clinic_open(c, CLINIC_ANA, NULL);
  wb_input out = clinic_input(WB_INPUT_OPTED_OUT, by_key ? "p1" : NULL);
  if (!by_key) out.contact = clinic_point(c, WB_CONTACT_PHONE, "+12125550101");
  assert_int_equal(clinic_send(c, &out), WB_OK);
  clinic_launch(c, "two", json);
  clinic_enroll(c);
  return clinic_poll(c);
}

static void a_stop_to_texts_leaves_e_mail_of_care(void **state) {
  (void)state;
  for (int by_key = 0; by_key < 2; by_key++) {
    clinic c;
    assert_int_equal(goes_by_mail(&c, "care", by_key), 1);
    assert_int_equal(c.actions[0].channel, WB_CHANNEL_EMAIL);
    clinic_close(&c);
  }
}

static void a_stop_to_texts_ends_other_e_mail_until_start(void **state) {
  (void)state;
  static const char *const classes[] = {"benefit", "billing"};
  for (size_t i = 0; i < 4; i++) {
    clinic c;
    assert_int_equal(goes_by_mail(&c, classes[i / 2], i % 2), 0);
    assert_int_equal(clinic_find(&c, "p1", "two").hold, WB_HOLD_OPTED_OUT);
    clinic_renew(&c, CLINIC_LOADED);
    wb_input in = clinic_input(WB_INPUT_OPTED_IN, i % 2 ? "p1" : NULL);
    if (i % 2 == 0) in.contact = clinic_point(&c, WB_CONTACT_PHONE, "+12125550101");
    assert_int_equal(clinic_send(&c, &in), WB_OK);
    assert_int_equal(clinic_poll(&c), 1);
    clinic_close(&c);
  }
}

static void a_corrected_number_keeps_the_event(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, ASKED, NULL);
  agrees(&c, 0x31, WB_CONSENT_EXPRESS, 0);
  wb_input changed = clinic_input(WB_INPUT_CONTACT_CHANGED, "p1");
  memset(changed.event_id, 0x32, 16);
  changed.contact = clinic_point(&c, WB_CONTACT_PHONE, "+12125550101");
  changed.other_contact = clinic_point(&c, WB_CONTACT_PHONE, "+12125550109");
  changed.channel = WB_CHANNEL_SMS;
  changed.outcome = WB_CONTACT_CORRECTED;
  assert_int_equal(clinic_send(&c, &changed), WB_OK);
  clinic_rows(
      &c, CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550109|unknown|ana@example.com|no\n", "");
  clinic_renew(&c, CLINIC_LOADED);
  assert_int_equal(clinic_poll(&c), 1);
  assert_non_null(strstr(consent(&c), "\"event\":\"31313131313131313131313131313131\""));
  clinic_close(&c);
}

static void a_call_needs_none(void **state) {
  (void)state;
  clinic c;
  clinic_written(&c, CLINIC_ANA, 1);
  assert_int_equal(clinic_reply(&c, "p1", "call me"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(c.actions[0].kind, WB_ACTION_CALL_TASK);
  assert_string_equal(consent(&c), "{\"check\":\"consent\",\"consent\":\"none\",\"since\":null,"
                                   "\"rule\":\"\",\"opted_out\":false}");
  assert_non_null(
      strstr(clinic_why(&c, c.actions[0].id), "\"check\":\"capacity\",\"of\":\"desk\""));
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_an_event_gave_is_named_by_its_id),
      cmocka_unit_test(whoever_authorized_offers_agreed_to_texts),
      cmocka_unit_test(an_event_without_an_id_is_given_one),
      cmocka_unit_test(of_two_that_are_as_good_the_event_is_named),
      cmocka_unit_test(the_record_of_the_host_is_named_with_its_day),
      cmocka_unit_test(what_is_not_refused_is_implied),
      cmocka_unit_test(an_answer_names_what_it_answers),
      cmocka_unit_test(what_is_assumed_names_the_setting_and_who_approved_it),
      cmocka_unit_test(a_signed_form_after_stop_is_named_with_what_lifted_the_opt_out),
      cmocka_unit_test(what_lifted_an_opt_out_by_key_is_named_by_a_text),
      cmocka_unit_test(what_lifted_an_opt_out_without_an_id_is_not_what_lifted_another),
      cmocka_unit_test(a_stop_to_texts_leaves_e_mail_of_care),
      cmocka_unit_test(a_stop_to_texts_ends_other_e_mail_until_start),
      cmocka_unit_test(a_corrected_number_keeps_the_event),
      cmocka_unit_test(a_call_needs_none),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

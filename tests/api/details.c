/* SPDX-License-Identifier: MIT */
/* Consent to detail: asked for by a text, given by a reply, on record with the wording, taken back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/clinic.h"

/* Three messages, a day apart; `asks` is a member of the general text. */
#define CAMPAIGN(asks)                                                                             \
  "{\"format\":1,\"name\":\"one\",\"title\":\"Texts\",\"class\":\"care\","                         \
  "\"audience\":\"recare.overdue_months >= 1\",\"touches\":50,"                                    \
  "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"exits\":{\"booked\":\"recare.booked\"}," \
  "\"steps\":[{\"id\":\"s1\",\"send\":[\"hello\"]},{\"id\":\"w1\",\"wait\":{\"days\":1}},"         \
  "{\"id\":\"s2\",\"send\":[\"hello\"]},{\"id\":\"w2\",\"wait\":{\"days\":1}},"                    \
  "{\"id\":\"s3\",\"send\":[\"hello\"]},{\"id\":\"end\",\"exit\":true}],"                          \
  "\"texts\":{\"hello\":{\"channel\":\"sms\",\"detail\":\"more\"," asks                            \
  "\"en\":{\"body\":\"Reply DETAILS.\"}},"                                                         \
  "\"more\":{\"channel\":\"sms\",\"register\":\"detail\",\"en\":{\"body\":\"A {{ recare.kind }} "  \
  "visit.\"}}}}"
#define ASKS CAMPAIGN("\"asks\":\"detail\",")
#define HEAD                                                                                       \
  "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"          \
  "text_detail:b\n"
#define NUMBER "+12125550101"

/* What is on record of detail by text. */
static wb_consent on_record(clinic *c, const char *patient) {
  wb_consent consent = {.size = sizeof consent};
  const uint8_t *point = clinic_point(c, WB_CONTACT_PHONE, NUMBER);
  assert_int_equal(wb_consent_get(c->practice, point, patient, strlen(patient), WB_CHANNEL_SMS,
                                  WB_PURPOSE_DETAIL, &consent),
                   WB_OK);
  return consent;
}

/* A reply from the number. */
static void reply(clinic *c, const char *text) {
  wb_input input = {.size = sizeof input,
                    .kind = WB_INPUT_REPLY,
                    .contact = clinic_point(c, WB_CONTACT_PHONE, NUMBER),
                    .text = text,
                    .text_length = (uint32_t)strlen(text)};
  assert_int_equal(clinic_send(c, &input), WB_OK);
}

/* The first message is sent. */
static void begin(clinic *c, const char *patients, const char *json) {
  static const wb_practice_options more = {
      .size = sizeof more, .per_day = 8, .per_week = 8, .per_month = 8};
  clinic_open(c, patients, &more);
  clinic_launch(c, "one", json);
  clinic_enroll(c);
  assert_int_equal(clinic_poll(c), 1);
  assert_string_equal(c->actions[0].text, "Reply DETAILS.");
  clinic_sent(c);
}

/* The answer to a reply, and then the next message of the sequence. */
static const char *answered(clinic *c) {
  assert_int_equal(clinic_poll(c), 1);
  assert_string_equal(c->actions[0].campaign, "notices");
  clinic_sent(c);
  return c->actions[0].template_;
}

static const char *next(clinic *c, const char *patients) {
  do {
    c->now += CLINIC_DAY;
    clinic_rows(c, patients, "");
  } while (clinic_poll(c) == 0);
  assert_string_equal(c->actions[0].campaign, "one");
  clinic_sent(c);
  return c->actions[0].text;
}

static void the_answer_to_a_text_that_asks_is_consent(void **state) {
  clinic c;
  (void)state;
  begin(&c, CLINIC_ANA, ASKS);
  assert_int_equal(on_record(&c, "p1").level, WB_CONSENT_NONE);
  reply(&c, "Details");
  const wb_consent given = on_record(&c, "p1");
  assert_int_equal(given.level, WB_CONSENT_EXPRESS);
  assert_int_equal(given.at, c.now);
  assert_string_equal(given.source, "reply");
  assert_string_equal(given.wording, "one.hello");
  assert_string_equal(answered(&c), "details-on");
  clinic_renew(&c, CLINIC_LOADED);
  clinic_rows(&c, CLINIC_ANA, "");
  assert_string_equal(next(&c, CLINIC_ANA), "A prophy visit."); /* and the sequence went on */
  clinic_close(&c);
}

static void it_is_taken_back_by_a_word(void **state) {
  clinic c;
  (void)state;
  begin(&c, CLINIC_ANA, ASKS);
  reply(&c, "DETALLES");
  assert_string_equal(answered(&c), "details-on");
  assert_string_equal(next(&c, CLINIC_ANA), "A prophy visit.");
  reply(&c, "no details please");
  assert_int_equal(on_record(&c, "p1").level, WB_CONSENT_REFUSED);
  assert_string_equal(answered(&c), "details-off");
  clinic_renew(&c, CLINIC_REPLAYED);
  assert_string_equal(next(&c, CLINIC_ANA), "Reply DETAILS.");
  clinic_close(&c);
}

static void where_nothing_asked_a_person_reads_it(void **state) {
  clinic c;
  wb_task task = {.size = sizeof task};
  (void)state;
  begin(&c, CLINIC_ANA, CAMPAIGN(""));
  reply(&c, "DETAILS");
  assert_int_equal(on_record(&c, "p1").level, WB_CONSENT_NONE);
  assert_int_equal(clinic_tasks(&c, WB_DESK_INBOX, &task), 1);
  assert_string_equal(task.reason, "detail");
  assert_string_equal(clinic_find(&c, "p1", "one").reason, "replied");
  clinic_close(&c);
}

static void a_no_is_one_though_nothing_asked(void **state) {
  clinic c;
  (void)state;
  begin(&c, CLINIC_ANA, CAMPAIGN(""));
  reply(&c, "Sin detalles");
  const wb_consent given = on_record(&c, "p1");
  assert_int_equal(given.level, WB_CONSENT_REFUSED);
  assert_string_equal(given.wording, "");
  clinic_close(&c);
}

static void the_stricter_of_record_and_answer_wins(void **state) {
  static const char no[] = HEAD "p1|active|Ana|1980-02-29|1|" NUMBER "|yes|0\n";
  static const char yes[] = HEAD "p1|active|Ana|1980-02-29|1|" NUMBER "|yes|1\n";
  clinic c;
  (void)state;
  begin(&c, no, ASKS);
  reply(&c, "DETAILS");
  assert_int_equal(on_record(&c, "p1").level, WB_CONSENT_EXPRESS);
  (void)answered(&c);
  assert_string_equal(next(&c, no), "Reply DETAILS.");
  assert_string_equal(next(&c, CLINIC_ANA), "A prophy visit."); /* the record says nothing now */
  clinic_close(&c);
  begin(&c, CLINIC_ANA, ASKS);
  reply(&c, "NO DETAILS");
  (void)answered(&c);
  assert_string_equal(next(&c, yes), "Reply DETAILS.");
  clinic_close(&c);
}

/* An event of the host: a form that was signed, with the wording of its own. */
static wb_input agreed(const uint8_t *point, int32_t outcome) {
  wb_input input = clinic_input(WB_INPUT_CONSENT, "p1");
  input.contact = point;
  input.channel = WB_CHANNEL_SMS;
  input.class_ = WB_PURPOSE_DETAIL;
  input.outcome = outcome;
  input.source = "form";
  input.source_length = 4;
  input.name = "page-2026";
  input.name_length = 9;
  return input;
}

static void a_host_tells_of_it_with_its_wording(void **state) {
  clinic c;
  (void)state;
  begin(&c, CLINIC_ANA, CAMPAIGN(""));
  const uint8_t *point = clinic_point(&c, WB_CONTACT_PHONE, NUMBER);
  wb_input input = agreed(point, WB_CONSENT_EXPRESS);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_string_equal(on_record(&c, "p1").wording, "page-2026");
  assert_string_equal(next(&c, CLINIC_ANA), "A prophy visit.");
  input = agreed(point, WB_CONSENT_REFUSED);
  assert_int_equal(clinic_send(&c, &input), WB_OK);
  assert_string_equal(next(&c, CLINIC_ANA), "Reply DETAILS.");
  input.class_ = WB_PURPOSE_DETAIL + 1;
  assert_int_equal(clinic_send(&c, &input), WB_E_INVALID);
  clinic_close(&c);
}

static void another_number_inherits_no_detail(void **state) {
  static const char moved[] =
      CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550109|yes|ana@example.com|yes\n";
  clinic c;
  (void)state;
  begin(&c, CLINIC_ANA, ASKS);
  reply(&c, "DETAILS");
  (void)answered(&c);
  assert_string_equal(next(&c, moved), "Reply DETAILS.");
  clinic_close(&c);
}

/* It is theirs anew: who had it in between may have been somebody else. */
static void a_number_that_came_back_has_no_detail_from_before(void **state) {
  static const struct {
    wb_time later;
    bool detail;
  } cases[] = {{-CLINIC_MINUTE, true}, {0, true}, {CLINIC_MINUTE, false}};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    clinic c;
    begin(&c, CLINIC_ANA, ASKS);
    const uint8_t *now = clinic_point(&c, WB_CONTACT_PHONE, NUMBER);
    const uint8_t *before = clinic_point(&c, WB_CONTACT_PHONE, "+12125550109");
    reply(&c, "DETAILS");
    (void)answered(&c);
    wb_input changed = clinic_input(WB_INPUT_CONTACT_CHANGED, "p1");
    changed.contact = before;
    changed.other_contact = now;
    changed.channel = WB_CHANNEL_SMS;
    changed.outcome = WB_CONTACT_NEW;
    changed.at = c.now + cases[i].later;
    c.now += CLINIC_HOUR;
    assert_int_equal(clinic_send(&c, &changed), WB_OK);
    wb_input agreed = clinic_input(WB_INPUT_CONSENT, "p1");
    agreed.contact = now;
    agreed.channel = WB_CHANNEL_SMS;
    agreed.outcome = WB_CONSENT_EXPRESS; /* to texts; of detail nothing is said */
    assert_int_equal(clinic_send(&c, &agreed), WB_OK);
    assert_string_equal(next(&c, CLINIC_ANA),
                        cases[i].detail ? "A prophy visit." : "Reply DETAILS.");
    clinic_close(&c);
  }
}

/* At a number that two share the answer is that of who was asked last. */
static void consent_is_of_one_patient(void **state) {
  clinic c;
  (void)state;
  begin(&c, CLINIC_ANA, ASKS);
  reply(&c, "DETAILS");
  assert_int_equal(on_record(&c, "p2").level, WB_CONSENT_NONE);
  clinic_close(&c);
}

static void only_a_message_to_the_patient_asks(void **state) {
  static const char *const refused[] = {
      "\"channel\":\"call\",\"asks\":\"detail\",\"en\":{\"body\":\"Call.\"}",
      "\"channel\":\"sms\",\"to\":\"guardian\",\"asks\":\"detail\",\"en\":{\"body\":\"Hi.\"}",
      "\"channel\":\"sms\",\"asks\":\"money\",\"en\":{\"body\":\"Hi.\"}"};
  (void)state;
  for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
    char json[4096] = ASKS;
    clinic c;
    wb_campaign *campaign = NULL;
    wb_error error = {0};
    char *at = strstr(json, "\"more\":{");
    assert_non_null(at);
    memmove(at + strlen(refused[i]) + 7, at, strlen(at) + 1);
    memcpy(at, "\"n\":{", 5);
    memcpy(at + 5, refused[i], strlen(refused[i]));
    memcpy(at + 5 + strlen(refused[i]), "},", 2);
    clinic_open(&c, CLINIC_ANA, NULL);
    assert_int_equal(
        wb_campaign_new(c.context, c.it.schema, NULL, json, strlen(json), &campaign, &error),
        i == 2 ? WB_E_NAME : WB_E_INVALID);
    assert_memory_equal(error.path, "/texts/n", 8);
    clinic_close(&c);
  }
}

/* The step's own text says what the visit is for: without consent to that it is not said at all. */
static void a_text_of_detail_alone_needs_consent_to_detail(void **state) {
  (void)state;
  static const char *const people[] = {"p1|active|Ana|1980-02-29|1|" NUMBER "|yes|\n",
                                       "p1|active|Ana|1980-02-29|1|" NUMBER "|yes|0\n",
                                       "p1|active|Ana|1980-02-29|1|" NUMBER "|yes|1\n"};
  static const char json[] =
      "{\"format\":1,\"name\":\"one\",\"title\":\"Texts\",\"class\":\"care\","
      "\"audience\":\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"all\",\"where\":"
      "\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[{\"id\":\"s1\",\"send\":["
      "\"more\"]},{\"id\":\"end\",\"exit\":true}],\"texts\":{\"more\":{\"channel\":\"sms\","
      "\"register\":\"detail\",\"en\":{\"body\":\"{{ location.short_name }}: a {{ recare.kind }} "
      "visit. Reply STOP to opt out.\"}}}}";
  for (size_t i = 0; i < 3; ++i) {
    clinic c;
    char table[300] = HEAD;
    strcat(table, people[i]);
    clinic_open(&c, table, NULL);
    clinic_launch(&c, "one", json);
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), i == 2);
    if (i == 2)
      assert_string_equal(c.actions[0].text,
                          "Example Dental: a prophy visit. Reply STOP to opt out.");
    clinic_close(&c);
  }
}

/* What a rule cannot read chooses nothing: nothing is said, rather than the text that it stands at.
 */
static void what_a_rule_cannot_read_is_not_said(void **state) {
  static const char json[] =
      "{\"format\":1,\"name\":\"one\",\"title\":\"Texts\",\"class\":\"care\","
      "\"audience\":\"recare.overdue_months >= 1\",\"segments\":[{\"name\":\"all\",\"where\":"
      "\"true\"}],\"exits\":{\"booked\":\"recare.booked\"},\"steps\":[{\"id\":\"s1\",\"send\":["
      "\"plain\"]},{\"id\":\"end\",\"exit\":true}],\"texts\":{\"plain\":{\"channel\":\"sms\","
      "\"instead\":[{\"when\":\"benefit.active\",\"text\":\"more\"}],"
      "\"en\":{\"body\":\"Plain. Reply STOP to opt out.\"}},\"more\":{\"channel\":\"sms\","
      "\"register\":\"detail\",\"en\":{\"body\":\"More. Reply STOP to opt out.\"}}}}";
  static const struct {
    const char *coverage, *says;
  } rows[] = {{"", "Plain. Reply STOP to opt out."},
              {"p1|c1|calendar|private|2026-11-20\n", "More. Reply STOP to opt out."},
              {"p1|c1|calendar|whoever|2026-11-20\n", NULL}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    clinic c;
    char table[160] = "patient:u|coverage:u|period:u|payer:u|verified:tdD\n";
    strcat(table, rows[i].coverage);
    clinic_open(&c, HEAD "p1|active|Ana|1980-02-29|1|" NUMBER "|yes|1\n", NULL);
    sample_add(&c.it, "coverages", table);
    clinic_launch(&c, "one", json);
    clinic_enroll(&c);
    assert_int_equal(clinic_poll(&c), rows[i].says != NULL);
    if (rows[i].says != NULL)
      assert_string_equal(c.actions[0].text, rows[i].says);
    else
      assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_RENDER);
    clinic_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_answer_to_a_text_that_asks_is_consent),
      cmocka_unit_test(it_is_taken_back_by_a_word),
      cmocka_unit_test(where_nothing_asked_a_person_reads_it),
      cmocka_unit_test(a_no_is_one_though_nothing_asked),
      cmocka_unit_test(the_stricter_of_record_and_answer_wins),
      cmocka_unit_test(a_host_tells_of_it_with_its_wording),
      cmocka_unit_test(another_number_inherits_no_detail),
      cmocka_unit_test(a_number_that_came_back_has_no_detail_from_before),
      cmocka_unit_test(consent_is_of_one_patient),
      cmocka_unit_test(only_a_message_to_the_patient_asks),
      cmocka_unit_test(a_text_of_detail_alone_needs_consent_to_detail),
      cmocka_unit_test(what_a_rule_cannot_read_is_not_said),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

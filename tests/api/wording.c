/* SPDX-License-Identifier: MIT */
/* What a message says: the text that a rule chooses, detail by consent, the neutral text when
   nothing else can be said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/clinic.h"

#define HEAD                                                                                       \
  "patient:u|status:u|first_name:u|birth_date:tdD|location:u|mobile:u|text_permission:u|"          \
  "text_detail:b|balance:l\n"
#define LINE(name, detail, balance)                                                                \
  HEAD "p1|active|" name "|1980-02-29|1|+12125550101|yes|" detail "|" balance "\n"

/* One message and, to a reply, a call. */
#define CAMPAIGN(members, texts)                                                                   \
  "{\"format\":1,\"name\":\"one\",\"title\":\"Texts\",\"class\":\"care\","                         \
  "\"audience\":\"recare.overdue_months >= 1\","                                                   \
  "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"                                          \
  "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":["                                           \
  "{\"id\":\"s1\",\"send\":[\"hello\"]},{\"id\":\"end\",\"exit\":true}]," members "\"texts\":{"    \
  "\"hello\":{\"channel\":\"sms\",\"detail\":\"more\",\"instead\":[{\"when\":\"patient.balance > " \
  "9\",\"text\":\"much\"},{\"when\":\"recare.overdue_months > 99\",\"text\":\"late\"}],\"en\":{"   \
  "\"body\":\"Hi {{ patient.name }}.\"}},"                                                         \
  "\"more\":{\"channel\":\"sms\",\"register\":\"detail\",\"en\":{\"body\":\"More, "                \
  "{{ patient.name }}.\"}},"                                                                       \
  "\"much\":{\"channel\":\"sms\",\"register\":\"detail\",\"en\":{\"body\":\"Much.\"}},"            \
  "\"late\":{\"channel\":\"sms\",\"en\":{\"body\":\"Late.\"}}" texts "}}"
#define NEUTRAL                                                                                    \
  ",\"plain\":{\"channel\":\"sms\",\"register\":\"neutral\",\"en\":{\"body\":\"Hello.\"}}"
#define PLAIN CAMPAIGN("\"fallback\":[\"plain\"],", NEUTRAL)

/* Polls for one patient; ends the test unless this is said by this text. */
static void assert_said(const char *patients, const char *json, const char *text, const char *said,
                        wb_status fallback) {
  clinic c;
  clinic_open(&c, patients, NULL);
  clinic_launch(&c, "one", json);
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].template_, text);
  assert_string_equal(c.actions[0].text, said);
  assert_string_equal(c.actions[0].html, "");
  assert_string_equal(c.actions[0].preheader, "");
  assert_int_equal(c.actions[0].fallback, fallback);
  char why[64];
  snprintf(why, sizeof why, "\"fallback\":\"%s\"",
           fallback == WB_OK ? "none" : wb_status_name(fallback));
  assert_non_null(strstr(clinic_why(&c, c.actions[0].id), why));
  wb_practice_free(clinic_replayed(&c));
  clinic_close(&c);
}

static void detail_is_said_by_consent_alone(void **state) {
  (void)state;
  assert_said(LINE("Ana", "1", "0"), PLAIN, "more", "More, Ana.", WB_OK);
  assert_said(LINE("Ana", "0", "0"), PLAIN, "hello", "Hi Ana.", WB_OK);
  assert_said(LINE("Ana", "", "0"), PLAIN, "hello", "Hi Ana.", WB_OK);
}

static void a_rule_chooses_the_text(void **state) {
  (void)state;
  assert_said(LINE("Ana", "1", "10"), PLAIN, "much", "Much.", WB_OK);
  assert_said(LINE("Ana", "1", "9"), PLAIN, "more", "More, Ana.", WB_OK);
  assert_said(LINE("Ana", "0", "10"), PLAIN, "hello", "Hi Ana.", WB_OK);
  assert_said(LINE("Ana", "0", ""), PLAIN, "hello", "Hi Ana.", WB_OK);
}

static void the_neutral_text_stands_in_for_one_that_cannot_be_rendered(void **state) {
  (void)state;
  assert_said(LINE("TEST", "0", "0"), PLAIN, "plain", "Hello.", WB_E_POLICY);
  assert_said(LINE("TEST", "1", "0"), PLAIN, "plain", "Hello.", WB_E_POLICY);
  assert_said(LINE("", "0", "0"), PLAIN, "plain", "Hello.", WB_E_STATE);
}

static void without_a_neutral_text_the_patient_is_held(void **state) {
  (void)state;
  clinic c;
  clinic_open(&c, LINE("TEST", "0", "0"), NULL);
  clinic_launch(&c, "one", CAMPAIGN("", ""));
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 0);
  assert_int_equal(clinic_find(&c, "p1", NULL).hold, WB_HOLD_RENDER);
  clinic_close(&c);
}

static void an_email_without_a_body_is_read_in_its_page(void **state) {
  static const char by_mail[] =
      CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|no|ana@example.com|yes\n";
  static const char json[] =
      "{\"format\":1,\"name\":\"one\",\"title\":\"Texts\",\"class\":\"care\","
      "\"audience\":\"recare.overdue_months >= 1\","
      "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],"
      "\"exits\":{\"booked\":\"recare.booked\"},\"steps\":["
      "{\"id\":\"s1\",\"send\":[\"mail\"]},{\"id\":\"end\",\"exit\":true}],\"texts\":{"
      "\"mail\":{\"channel\":\"email\",\"en\":{\"subject\":\"Hi\",\"html\":"
      "\"<p>Hi {{ patient.name }} &amp; all.</p><p><a href='https://book.example.com/a'>Times</a>"
      "</p>\"}}}}";
  clinic c;
  (void)state;
  clinic_open(&c, by_mail, NULL);
  clinic_launch(&c, "one", json);
  clinic_enroll(&c);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].text, "Hi Ana & all.\n\nTimes: https://book.example.com/a");
  assert_string_equal(c.actions[0].html, "<p>Hi Ana &amp; all.</p><p><a href='https://"
                                         "book.example.com/a'>Times</a></p>");
  clinic_close(&c);
}

/* Four messages, a day apart; they say whether they are the first. */
#define FIRST(name)                                                                                \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"Texts\",\"class\":\"care\","                    \
  "\"audience\":\"recare.overdue_months >= 1\",\"touches\":50,"                                    \
  "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"exits\":{\"booked\":\"recare.booked\"}," \
  "\"steps\":[{\"id\":\"s1\",\"send\":[\"text\",\"mail\"]},{\"id\":\"w1\",\"wait\":{\"days\":1}}," \
  "{\"id\":\"s2\",\"send\":[\"text\",\"mail\"]},{\"id\":\"w2\",\"wait\":{\"days\":1}},"            \
  "{\"id\":\"s3\",\"send\":[\"text\",\"mail\"]},{\"id\":\"end\",\"exit\":true}],"                  \
  "\"texts\":{\"text\":{\"channel\":\"sms\",\"en\":{\"body\":\"{% if message.again %}Again{% "     \
  "else %}"                                                                                        \
  "First{% endif %}.\"}},\"mail\":{\"channel\":\"email\",\"en\":{\"subject\":\"Hello\",\"body\":"  \
  "\"{% if message.again %}Again{% else %}First{% endif %}. {{ practice.name }}, "                 \
  "{{ location.address }} Reply STOP and we will not write again.\"}}}}"

/* Goes on to the next message, and asserts whose it is and how it begins. */
static void assert_next(clinic *c, const char *patients, int32_t channel, const char *campaign,
                        const char *says) {
  for (int polls = 0; polls < 20 && clinic_poll(c) == 0; ++polls) {
    c->now = clinic_wake(c);
    clinic_rows(c, patients, "");
  }
  assert_int_equal(c->count, 1);
  assert_int_equal(c->actions[0].channel, channel);
  assert_string_equal(c->actions[0].campaign, campaign);
  assert_memory_equal(c->actions[0].text, says, strlen(says));
}

static void the_first_text_of_a_campaign_to_a_number_is_known_as_such(void **state) {
  static const char by_mail[] =
      CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550101|no|ana@example.com|yes\n";
  clinic c;
  (void)state;
  clinic_open(&c, by_mail, NULL);
  clinic_launch(&c, "one", FIRST("one"));
  clinic_enroll(&c);
  assert_next(&c, by_mail, WB_CHANNEL_EMAIL, "one", "First.");
  clinic_sent(&c);
  clinic_rows(&c, CLINIC_ANA, "");
  assert_next(&c, CLINIC_ANA, WB_CHANNEL_SMS, "one", "First."); /* whatever went by e-mail */
  /* What is known not to have left was not the first; what may have left was. */
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
  assert_next(&c, CLINIC_ANA, WB_CHANNEL_SMS, "one", "First.");
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_SENT_UNKNOWN, 0), WB_OK);
  assert_next(&c, CLINIC_ANA, WB_CHANNEL_SMS, "one", "Again.");
  clinic_sent(&c);
  clinic_close(&c);
}

static void to_another_number_and_of_another_campaign_it_is_the_first_again(void **state) {
  static const char moved[] =
      CLINIC_HEAD "p1|active|Ana|1980-02-29|1|+12125550109|yes|ana@example.com|yes\n";
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "one", FIRST("one"));
  clinic_enroll(&c);
  assert_next(&c, CLINIC_ANA, WB_CHANNEL_SMS, "one", "First.");
  clinic_sent(&c);
  clinic_rows(&c, moved, "");
  assert_next(&c, moved, WB_CHANNEL_SMS, "one", "First.");
  clinic_sent(&c);
  assert_next(&c, moved, WB_CHANNEL_SMS, "one", "Again.");
  clinic_sent(&c);
  clinic_launch(&c, "two", FIRST("two"));
  clinic_enroll(&c);
  assert_next(&c, moved, WB_CHANNEL_SMS, "two", "First.");
  clinic_sent(&c);
  clinic_close(&c);
}

/* Whoever takes over from the journal, or from a snapshot, says what the process before would have
   said: of a sequence, of one that is over, and of another patient at the number. */
static void what_was_written_before_is_known_to_whoever_takes_over(void **state) {
  (void)state;
  for (int way = CLINIC_LIVE; way < CLINIC_WAYS; ++way) {
    clinic c;
    clinic_open(&c, CLINIC_ANA, NULL);
    clinic_launch(&c, "one", FIRST("one"));
    clinic_enroll(&c);
    clinic_renew(&c, way);
    assert_next(&c, CLINIC_ANA, WB_CHANNEL_SMS, "one", "First.");
    clinic_renew(&c, way);
    assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
    clinic_renew(&c, way);
    assert_next(&c, CLINIC_ANA, WB_CHANNEL_SMS, "one", "First.");
    clinic_renew(&c, way);
    clinic_sent(&c);
    clinic_renew(&c, way);
    assert_next(&c, CLINIC_ANA, WB_CHANNEL_SMS, "one", "Again.");
    clinic_sent(&c);
    clinic_renew(&c, way);
    assert_next(&c, CLINIC_ANA, WB_CHANNEL_SMS, "one", "Again.");
    clinic_sent(&c);
    clinic_close(&c);
  }
}

/* An outbox tells ids, not to which number they went: after a restore the next text says it all
   again, which is never too little. */
static void after_a_restore_a_text_says_all_that_a_first_one_says(void **state) {
  clinic c;
  (void)state;
  clinic_open(&c, CLINIC_ANA, NULL);
  clinic_launch(&c, "one", FIRST("one"));
  clinic_enroll(&c);
  const size_t length = c.journal.length;
  const uint64_t sequence = c.journal.sequence;
  assert_next(&c, CLINIC_ANA, WB_CHANNEL_SMS, "one", "First.");
  clinic_sent(&c);
  clinic_restore(&c, length, sequence, 1);
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_SENT, 0), WB_OK);
  assert_int_equal(clinic_receive(&c, WB_INPUT_RESTORED_READY, NULL), WB_OK);
  const wb_time before = c.now;
  assert_next(&c, CLINIC_ANA, WB_CHANNEL_SMS, "one", "First.");
  assert_true(c.now >= before + CLINIC_DAY); /* the step that the outbox had is not repeated */
  clinic_sent(&c);
  assert_next(&c, CLINIC_ANA, WB_CHANNEL_SMS, "one", "Again.");
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(detail_is_said_by_consent_alone),
      cmocka_unit_test(the_first_text_of_a_campaign_to_a_number_is_known_as_such),
      cmocka_unit_test(to_another_number_and_of_another_campaign_it_is_the_first_again),
      cmocka_unit_test(what_was_written_before_is_known_to_whoever_takes_over),
      cmocka_unit_test(after_a_restore_a_text_says_all_that_a_first_one_says),
      cmocka_unit_test(a_rule_chooses_the_text),
      cmocka_unit_test(the_neutral_text_stands_in_for_one_that_cannot_be_rendered),
      cmocka_unit_test(without_a_neutral_text_the_patient_is_held),
      cmocka_unit_test(an_email_without_a_body_is_read_in_its_page),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

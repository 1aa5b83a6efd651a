/* SPDX-License-Identifier: MIT */
/* A journal read without a practice: the line of each contact, and why it was made. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/clinic.h"

/* The line of a contact; empty: there is none. */
static void entry(const clinic *c, const wb_entry_query *query, uint64_t *cursor, char *line,
                  size_t size) {
  size_t needed = 0;
  const wb_status status = wb_journal_entry(c->context, c->journal.bytes, c->journal.length, query,
                                            cursor, line, size, &needed);
  if (status != WB_OK) assert_int_equal(status, WB_E_NAME);
  if (status != WB_OK) line[0] = 0;
}

static void each_contact_has_a_line_with_what_became_of_it(void **state) {
  (void)state;
  clinic c;
  char line[512];
  uint64_t cursor = 0;
  clinic_begin(&c, CLINIC_ANA CLINIC_BEN, NULL);
  assert_int_equal(clinic_poll(&c), 2);
  const wb_entry_query query = {.size = sizeof query, .patient = "p1", .patient_length = 2};
  entry(&c, &query, &cursor, line, sizeof line);
  assert_non_null(strstr(line, " UTC Text message handed out. Texts, step s1, text hello. Ref "));
  clinic_sent(&c);
  cursor = 0;
  entry(&c, &query, &cursor, line, sizeof line);
  assert_non_null(strstr(line, "Text message sent."));
  entry(&c, &query, &cursor, line, sizeof line);
  assert_string_equal(line, "");
  assert_int_equal(cursor, 1);
  clinic_close(&c);
}

/* By e-mail: tried again, sent or not, and what a call task is called. */
static void a_line_names_the_channel_the_attempt_and_what_is_not_known(void **state) {
  (void)state;
  clinic c;
  char line[512];
  uint64_t cursor = 0;
  clinic_begin(&c, CLINIC_HEAD "p1|active|Ana|1980-02-29|1|||ana@example.com|yes\n", NULL);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
  const wb_entry_query query = {.size = sizeof query, .patient = "p1", .patient_length = 2};
  entry(&c, &query, &cursor, line, sizeof line);
  assert_non_null(strstr(line, "E-mail not sent, to be tried again: throttled. Texts, step s1"));
  assert_null(strstr(line, "attempt"));
  c.now += 2 * CLINIC_MINUTE;
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_SENT_UNKNOWN, WB_CAUSE_NONE), WB_OK);
  entry(&c, &query, &cursor, line, sizeof line);
  assert_non_null(
      strstr(line, "E-mail sent or not: unknown. Texts, step s1, text mail, attempt 2"));
  clinic_close(&c);
}

/* A call that an answer leads to is no step of the sequence: it has a name of its own. */
static void a_call_names_itself_and_not_the_step_before(void **state) {
  (void)state;
  static const struct {
    int32_t kind;
    wb_time after;
    const char *line, *json;
  } rows[] = {
      {WB_INPUT_REPLY, 0, " Texts, step asks, text note.", "\"step\":\"asks\""},
      {WB_INPUT_CLICK, CLINIC_DAY, " Texts, step clicked, text note.", "\"step\":\"clicked\""}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    clinic c;
    char line[512];
    uint64_t cursor = 1;
    clinic_written(&c, CLINIC_ANA, 1);
    if (rows[i].kind == WB_INPUT_REPLY)
      assert_int_equal(clinic_reply(&c, "p1", "call me"), WB_OK);
    else
      assert_int_equal(clinic_receive(&c, WB_INPUT_CLICK, "p1"), WB_OK);
    c.now += rows[i].after;
    clinic_rows(&c, CLINIC_ANA, "");
    assert_int_equal(clinic_poll(&c), 1);
    assert_int_equal(c.actions[0].kind, WB_ACTION_CALL_TASK);
    const wb_entry_query query = {.size = sizeof query, .patient = "p1", .patient_length = 2};
    entry(&c, &query, &cursor, line, sizeof line);
    assert_non_null(strstr(line, rows[i].line));
    char *why = clinic_why(&c, c.actions[0].id);
    assert_non_null(strstr(why, rows[i].json));
    clinic_close(&c);
  }
}

static void a_key_that_is_no_text_is_told_in_hexadecimal(void **state) {
  (void)state;
  clinic c;
  char text[4096];
  size_t needed = 0;
  clinic_open(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_receive(&c, WB_INPUT_DECEASED, "\xff\x01"), WB_OK);
  uint64_t offset = 0, last = 0;
  wb_record record = {.size = sizeof record};
  while (wb_journal_next(c.journal.bytes, c.journal.length, &offset, &record) == WB_OK) {
    assert_int_equal(wb_journal_format(c.journal.bytes, c.journal.length, record.offset, text,
                                       sizeof text, &needed),
                     WB_OK);
    last += strstr(text, "\"patient\":{\"hex\":\"ff01\"}") != NULL;
  }
  assert_true(last > 0);
  clinic_close(&c);
}

/* A receipt for an action. */
static void receipt(clinic *c, const uint8_t *id, int32_t kind, int32_t cause) {
  const wb_input input = {.size = sizeof input, .kind = kind, .action = id, .outcome = cause};
  assert_int_equal(clinic_send(c, &input), WB_OK);
}

static void became_sent(clinic *c, const uint8_t *id) {
  assert_int_equal(clinic_ack(c, id, WB_SENT, 0), WB_OK);
}

static void became_delivered(clinic *c, const uint8_t *id) {
  became_sent(c, id);
  receipt(c, id, WB_INPUT_DELIVERED, 0);
}

static void became_undelivered(clinic *c, const uint8_t *id) {
  became_sent(c, id);
  receipt(c, id, WB_INPUT_UNDELIVERED, WB_CAUSE_ADDRESS);
}

static void became_unknown(clinic *c, const uint8_t *id) {
  assert_int_equal(clinic_ack(c, id, WB_SENT_UNKNOWN, 0), WB_OK);
}

static void became_ready(clinic *c, const uint8_t *id) {
  assert_int_equal(clinic_ack(c, id, WB_NOT_SENT, WB_CAUSE_THROTTLED), WB_OK);
}

static void became_failed(clinic *c, const uint8_t *id) {
  assert_int_equal(clinic_ack(c, id, WB_NOT_SENT, WB_CAUSE_POLICY), WB_OK);
}

static void became_withdrawn(clinic *c, const uint8_t *id) {
  wb_look look = {.size = sizeof look};
  assert_int_equal(clinic_receive(c, WB_INPUT_BOOKED, "p1"), WB_OK);
  assert_int_equal(wb_practice_test(c->practice, id, c->it.facts, c->now, &look, NULL), WB_OK);
  assert_int_equal(look.answer, WB_LOOK_WITHDRAWN);
}

static void a_line_tells_each_state_apart(void **state) {
  static const struct {
    void (*became)(clinic *c, const uint8_t *id);
    const char *words;
  } rows[] = {{became_sent, " Text message sent. "},
              {became_delivered, " Text message delivered. "},
              {became_undelivered, " Text message sent, but not delivered: address. "},
              {became_unknown, " Text message sent or not: unknown. "},
              {became_ready, " Text message not sent, to be tried again: throttled. "},
              {became_failed, " Text message not sent: policy. "},
              {became_withdrawn, " Text message taken back before it was sent. "}};
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    clinic c;
    char line[512];
    uint64_t cursor = 0;
    clinic_begin(&c, CLINIC_ANA, NULL);
    assert_int_equal(clinic_poll(&c), 1);
    rows[i].became(&c, c.actions[0].id);
    const wb_entry_query query = {.size = sizeof query, .action = c.actions[0].id};
    entry(&c, &query, &cursor, line, sizeof line);
    if (strstr(line, rows[i].words) == NULL) fail_msg("%s: %s", rows[i].words, line);
    clinic_close(&c);
  }
}

static wb_status receive_merge(clinic *c, const char *from, const char *into) {
  wb_input input = clinic_input(WB_INPUT_BOOKED, from);
  input.kind = WB_INPUT_MERGED;
  input.other = into;
  input.other_length = (uint32_t)strlen(into);
  return clinic_send(c, &input);
}

/* How many contacts the journal has of a patient. */
static uint32_t contacts(const clinic *c, const char *patient) {
  char line[512];
  uint64_t cursor = 0;
  const wb_entry_query query = {
      .size = sizeof query, .patient = patient, .patient_length = (uint32_t)strlen(patient)};
  do
    entry(c, &query, &cursor, line, sizeof line);
  while (line[0] != 0);
  return (uint32_t)cursor;
}

/* What was said to a patient under an old key is told under each that they have, and the history of
   a contact goes on across the merge; a key that was forgotten is another's. */
static void a_merge_parts_nobody_from_what_was_said_before(void **state) {
  (void)state;
  clinic c;
  uint8_t id[16];
  clinic_begin(&c, CLINIC_ANA CLINIC_BEN "p3|active|Cy|1981-03-01|1|+12125550103|yes||\n", NULL);
  assert_int_equal(clinic_poll(&c), 3);
  for (uint32_t i = 0; i < 3; i++)
    if (!strcmp(c.actions[i].patient, "p1")) memcpy(id, c.actions[i].id, 16);
  clinic_sent(&c);
  assert_int_equal(contacts(&c, "p1"), 1);
  assert_int_equal(receive_merge(&c, "p1", "p2"), WB_OK);
  assert_int_equal(contacts(&c, "p1"), 2);
  assert_int_equal(contacts(&c, "p2"), 2);
  assert_int_equal(contacts(&c, "p3"), 1);
  assert_int_equal(receive_merge(&c, "p2", "p3"), WB_OK);
  assert_int_equal(contacts(&c, "p1"), 3);
  assert_int_equal(contacts(&c, "p3"), 3);
  assert_int_equal(clinic_reply(&c, "p3", "STOP"), WB_OK);
  const char *why = clinic_why(&c, id);
  const char *history = strstr(why, "\"history\":");
  assert_non_null(history);
  assert_non_null(strstr(history, "\"effect\":\"enroll\",\"definition\":0,\"patient\":\"p1\""));
  assert_non_null(strstr(history, "\"effect\":\"merge\",\"patient\":\"p1\",\"into\":\"p2\""));
  assert_non_null(strstr(history, "\"effect\":\"merge\",\"patient\":\"p2\",\"into\":\"p3\""));
  assert_non_null(strstr(history, "\"effect\":\"end\",\"definition\":0,\"patient\":\"p3\""));
  assert_int_equal(clinic_receive(&c, WB_INPUT_FORGET, "p3"), WB_OK);
  assert_int_equal(contacts(&c, "p1"), 0); /* whoever has the key now */
  clinic_close(&c);
}

static void what_was_not_sent_says_why(void **state) {
  (void)state;
  clinic c;
  char line[512];
  uint64_t cursor = 0;
  clinic_begin(&c, CLINIC_ANA, NULL);
  assert_int_equal(clinic_poll(&c), 1);
  assert_int_equal(clinic_ack(&c, c.actions[0].id, WB_NOT_SENT, WB_CAUSE_CONTENT), WB_OK);
  const wb_entry_query query = {
      .size = sizeof query, .flags = WB_ENTRY_JSON, .action = c.actions[0].id};
  entry(&c, &query, &cursor, line, sizeof line);
  assert_non_null(strstr(line, "\"state\":\"failed\",\"cause\":\"content\""));
  cursor = 0;
  const wb_entry_query plain = {.size = sizeof plain, .action = c.actions[0].id};
  entry(&c, &plain, &cursor, line, sizeof line);
  assert_non_null(strstr(line, "Text message not sent: content."));
  clinic_close(&c);
}

static void a_short_buffer_is_measured_and_nothing_moves(void **state) {
  (void)state;
  clinic c;
  char line[512];
  uint64_t cursor = 0;
  size_t needed = 0, again = 0;
  clinic_begin(&c, CLINIC_ANA, NULL);
  clinic_poll(&c);
  const wb_entry_query query = {.size = sizeof query};
  const uint8_t *bytes = c.journal.bytes;
  const size_t length = c.journal.length;
  assert_int_equal(wb_journal_entry(NULL, bytes, length, &query, &cursor, NULL, 0, &needed),
                   WB_E_SPACE);
  assert_int_equal(cursor, 0);
  assert_int_equal(wb_journal_entry(NULL, bytes, length, &query, &cursor, line, needed, &again),
                   WB_OK);
  assert_int_equal(again, needed);
  const uint8_t *id = c.actions[0].id;
  assert_int_equal(wb_journal_explain(NULL, bytes, length, id, NULL, 0, &needed), WB_E_SPACE);
  assert_true(needed > 500);
  clinic_close(&c);
}

static void the_chain_of_checks_stands_in_the_journal_alone(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  clinic_poll(&c);
  clinic_sent(&c);
  const char *text = clinic_why(&c, c.actions[0].id);
  static const char *const parts[] = {"\"patient\":\"p1\"",
                                      "\"campaign\":\"one\"",
                                      "\"class\":\"care\",\"content_id\":\"",
                                      "\"policy\":\"",
                                      "\"segment\":\"long\"",
                                      "\"check\":\"consent\"",
                                      "\"edition\":\"us ",
                                      "\"check\":\"caps\"",
                                      "\"check\":\"capacity\",\"of\":\"campaign\"",
                                      "\"consent\":\"record\",\"since\":\"2025-09-15\"",
                                      "\"effect\":\"enroll\"",
                                      "\"effect\":\"claim\"",
                                      "\"state\":\"sent\""};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    assert_non_null(strstr(text, parts[i]));
  assert_null(strstr(text, "+12125550101"));
  assert_null(strstr(text, "Ana"));
  clinic_close(&c);
}

static void what_counted_against_the_caps_is_what_the_practice_counted(void **state) {
  (void)state;
  clinic c;
  clinic_begin(&c, CLINIC_ANA, NULL);
  wb_input contacted = clinic_input(WB_INPUT_CONTACTED, "p1");
  contacted.at = c.now - 2 * 86400;
  assert_int_equal(clinic_send(&c, &contacted), WB_OK);
  contacted.at = c.now - 20 * 86400;
  assert_int_equal(clinic_send(&c, &contacted), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_non_null(strstr(clinic_why(&c, c.actions[0].id),
                         "\"that_day\":0,\"most_that_day\":1,\"in_7_days\":1,\"most_in_7_days\":2,"
                         "\"in_30_days\":2,\"most_in_30_days\":4}"));
  clinic_close(&c);
}

static void an_answer_counts_against_no_cap(void **state) {
  (void)state;
  clinic c;
  clinic_written(&c, CLINIC_ANA, 1);
  assert_int_equal(clinic_reply(&c, "p1", "STOP"), WB_OK);
  assert_int_equal(clinic_poll(&c), 1);
  assert_string_equal(c.actions[0].step, "stop-confirmed");
  const char *why = clinic_why(&c, c.actions[0].id);
  assert_non_null(strstr(why, "{\"check\":\"caps\",\"counts_on\":null}"));
  assert_non_null(strstr(why, "\"class\":\"transactional\",\"edition\":\"us "));
  assert_non_null(strstr(why, " US-NY\",\"rule\":\"us-tcpa-hours\",\"deliver_by\":"));
  assert_non_null(strstr(why, "{\"check\":\"hours\",\"ends_first\":\"law\"}"));
  clinic_close(&c);
}

static void without_its_beginning_a_journal_has_no_names(void **state) {
  (void)state;
  clinic c;
  char line[512];
  uint64_t cursor = 0, offset = 0;
  size_t needed = 0;
  wb_record record = {.size = sizeof record};
  clinic_begin(&c, CLINIC_ANA, NULL);
  clinic_poll(&c);
  clinic_launch(&c, "two", CLINIC_TEXTS("two")); /* of another number than it seems to have */
  for (int i = 0; i < 3; i++)
    assert_int_equal(wb_journal_next(c.journal.bytes, c.journal.length, &offset, &record), WB_OK);
  const wb_entry_query query = {.size = sizeof query};
  assert_int_equal(wb_journal_entry(NULL, c.journal.bytes + offset,
                                    c.journal.length - (size_t)offset, &query, &cursor, line,
                                    sizeof line, &needed),
                   WB_OK);
  assert_non_null(strstr(line, "Text message handed out. Ref "));
  clinic_close(&c);
}

static void what_is_no_question_is_refused(void **state) {
  (void)state;
  clinic c;
  char line[512];
  uint64_t cursor = 0;
  size_t needed = 0;
  static const uint8_t nobody[16] = {9};
  clinic_begin(&c, CLINIC_ANA, NULL);
  clinic_poll(&c);
  const uint8_t *bytes = c.journal.bytes;
  const size_t length = c.journal.length;
  const wb_entry_query query = {.size = sizeof query}, newer = {.size = sizeof newer, .flags = 2};
  assert_int_equal(wb_journal_entry(NULL, bytes, length, NULL, &cursor, line, 512, &needed),
                   WB_E_INVALID);
  assert_int_equal(wb_journal_entry(NULL, bytes, length, &query, NULL, line, 512, &needed),
                   WB_E_INVALID);
  assert_int_equal(wb_journal_entry(NULL, bytes, length, &newer, &cursor, line, 512, &needed),
                   WB_E_VERSION);
  assert_int_equal(wb_journal_entry(NULL, bytes, length - 1, &query, &cursor, line, 512, &needed),
                   WB_E_CORRUPT);
  assert_int_equal(wb_journal_explain(NULL, bytes, length, NULL, line, 512, &needed), WB_E_INVALID);
  assert_int_equal(wb_journal_explain(NULL, bytes, length, nobody, line, 512, &needed), WB_E_NAME);
  assert_int_equal(wb_journal_format(bytes, length, length, line, 512, &needed), WB_E_NAME);
  assert_int_equal(wb_journal_format(bytes, length, 1, line, 512, &needed), WB_E_CORRUPT);
  assert_int_equal(wb_journal_format(bytes, length, 0, line, 512, NULL), WB_E_INVALID);
  clinic_close(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_contact_has_a_line_with_what_became_of_it),
      cmocka_unit_test(a_line_names_the_channel_the_attempt_and_what_is_not_known),
      cmocka_unit_test(a_call_names_itself_and_not_the_step_before),
      cmocka_unit_test(a_key_that_is_no_text_is_told_in_hexadecimal),
      cmocka_unit_test(a_merge_parts_nobody_from_what_was_said_before),
      cmocka_unit_test(a_line_tells_each_state_apart),
      cmocka_unit_test(what_was_not_sent_says_why),
      cmocka_unit_test(a_short_buffer_is_measured_and_nothing_moves),
      cmocka_unit_test(the_chain_of_checks_stands_in_the_journal_alone),
      cmocka_unit_test(what_counted_against_the_caps_is_what_the_practice_counted),
      cmocka_unit_test(an_answer_counts_against_no_cap),
      cmocka_unit_test(without_its_beginning_a_journal_has_no_names),
      cmocka_unit_test(what_is_no_question_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

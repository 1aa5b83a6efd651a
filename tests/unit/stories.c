/* SPDX-License-Identifier: MIT */
/* Journals that no call of today's library writes, told: contacts of kinds to come, records that
   other records are missing for, and what stands beside what a story is about. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "machine/machine.h"
#include "outreach/journal_private.h"
#include "support/fault.h"
#include "support/forged.h"
#include "support/seal.h"
#include "support/times.h"

static void says(const char *text, const char *piece) {
  if (strstr(text, piece) == NULL) fail_msg("no %s in %s", piece, text);
}

static void says_not(const char *text, const char *piece) {
  if (strstr(text, piece) != NULL) fail_msg("%s in %s", piece, text);
}

/* ---- lines -----------------------------------------------------------------------------------
 */

static void a_contact_is_called_by_its_kind_and_channel(void **state) {
  static const struct {
    uint8_t action, channel, became;
    const char *text;
  } rows[] = {
      {WB_ACTION_SEND, WB_CHANNEL_SMS, WB_ACTION_SENT, " Text message sent. Ref "},
      {WB_ACTION_SEND, WB_CHANNEL_EMAIL, 0, " E-mail handed out. Ref "},
      {WB_ACTION_SEND, 0, WB_ACTION_DELIVERED, " Message delivered. Ref "},
      {WB_ACTION_CALL_TASK, WB_CHANNEL_CALL, WB_ACTION_SENT, " Call task put on the list. Ref "},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    forged f;
    forge_open(&f);
    const wbi_effect effects[] = {
        forged_claim(5, rows[i].action, rows[i].channel),
        {.kind = WBI_EFFECT_OUTCOME, .id = {{5}}, .code = rows[i].became}};
    forge(&f, 1795446000, WBI_BY_POLL, effects, 1);
    if (rows[i].became != 0) forge(&f, 1795446060, WBI_BY_ACK, effects + 1, 1);
    says(forged_line(&f, NULL, 0), rows[i].text);
    forge_close(&f);
  }
}

static void a_line_has_the_time_where_it_was_or_says_utc(void **state) {
  static const struct {
    wb_time at;
    const char *zone, *begins;
  } rows[] = {{1795446000, NULL, "2026-11-23 15:00 UTC"},
              {1795446000, "EST5EDT,M3.2.0,M11.1.0", "2026-11-23 10:00 Text"},
              {WB_TIME_MAX, "EST5EDT,M3.2.0,M11.1.0", "9999-12-31 18:59 Text"},
              {WB_TIME_MAX, "JST-9", "9999-12-31 23:59 UTC"}}; /* there it is over */
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    forged f;
    wb_zone *zone = rows[i].zone != NULL ? zone_of(rows[i].zone) : NULL;
    const wbi_effect claim = forged_claim(5, WB_ACTION_SEND, WB_CHANNEL_SMS);
    forge_open(&f);
    forge(&f, rows[i].at, WBI_BY_POLL, &claim, 1);
    assert_memory_equal(forged_line(&f, zone, 0), rows[i].begins, strlen(rows[i].begins));
    forge_close(&f);
    wb_zone_unref(zone);
  }
}

static void a_call_has_the_name_of_its_task(void **state) {
  forged f;
  (void)state;
  forge_open(&f);
  const wbi_effect effects[] = {forged_claim(5, WB_ACTION_CALL_TASK, WB_CHANNEL_CALL),
                                {.kind = WBI_EFFECT_TASK_OPEN,
                                 .id = {{5}},
                                 .patient = WBI_TEXT("p1"),
                                 .name = WBI_TEXT("asks"),
                                 .code = WBI_LIST_OUTREACH}};
  forge(&f, 1795446000, WBI_BY_POLL, effects, 2);
  says(forged_line(&f, NULL, 0), " Call task handed out, step asks. Ref ");
  forge_close(&f);
}

/* ---- stories ---------------------------------------------------------------------------------
 */

#define ONE "{\"title\":\"One\",\"class\":\"care\",\"steps\":[{\"id\":\"s1\"}]}"

/* A journal that begins after launch and entry: of those nothing is said, nor is a campaign that
   came later taken for that of the claim. */
static void what_came_before_the_journal_is_not_told(void **state) {
  forged f;
  (void)state;
  forge_open(&f);
  wbi_effect claim = forged_claim(5, WB_ACTION_SEND, WB_CHANNEL_SMS);
  claim.consent = WBI_CONSENT_ASSUMED;
  claim.law = WBI_TEXT("preference");
  claim.cause = (uint8_t)-WB_E_POLICY;
  const wbi_effect later = {
      .kind = WBI_EFFECT_CAMPAIGN, .name = WBI_TEXT("one"), .bytes = WBI_TEXT(ONE)};
  forge(&f, 1795446000, WBI_BY_POLL, &claim, 1);
  forge(&f, 1795446060, WBI_BY_ADD, &later, 1);
  const char *told = forged_why(&f, 5);
  says(told, "\"consent\":\"assumed\"");
  says(told, "\"ends_first\":\"campaign\"");
  says(told, "\"fallback\":\"");
  says_not(told, "\"fallback\":\"none\"");
  says_not(told, "content_id");
  says_not(told, "entered_at");
  says_not(told, "\"setting\"");
  forge_close(&f);
}

/* Beside the story: another campaign, subject, contact point, patient, consent, setting. */
static void only_what_is_about_a_contact_is_told_of_it(void **state) {
  const wbi_effect before[] = {
      {.kind = WBI_EFFECT_CAMPAIGN, .name = WBI_TEXT("one"), .bytes = WBI_TEXT(ONE)},
      {.kind = WBI_EFFECT_CAMPAIGN, .name = WBI_TEXT("one"), .bytes = WBI_TEXT(ONE)}, /* again */
      {.kind = WBI_EFFECT_CAMPAIGN, .name = WBI_TEXT("two"), .bytes = WBI_TEXT("{}")},
      {.kind = WBI_EFFECT_ENROLL, .patient = WBI_TEXT("p1"), .number = 1, .day = 3},
      {.kind = WBI_EFFECT_ENROLL, .patient = WBI_TEXT("p1"), .number = 2, .definition = 1},
      {.kind = WBI_EFFECT_ENROLL, .patient = WBI_TEXT("p1"), .subject = WBI_TEXT("v"), .number = 3},
      {.kind = WBI_EFFECT_ENROLL, .patient = WBI_TEXT("p2"), .number = 4},
      {.kind = WBI_EFFECT_ENROLL,
       .patient = WBI_TEXT("p1"),
       .number = 5,
       .definition = WBI_DEFINITIONS_MAX},
      {.kind = WBI_EFFECT_MIGRATE, .patient = WBI_TEXT("p2"), .number = 0, .variant = 7},
      {.kind = WBI_EFFECT_CONTACT, .id = {{7}}, .code = WBI_CONTACT_OPTED_OUT},
      {.kind = WBI_EFFECT_PERSON, .patient = WBI_TEXT("p2"), .code = WBI_PATIENT_OPTED_OUT},
      {.kind = WBI_EFFECT_CONSENT,
       .channel = WB_CHANNEL_SMS,
       .event = {{9}},
       .code = WB_CONSENT_WRITTEN,
       .name = WBI_TEXT("other")},
      {.kind = WBI_EFFECT_CONSENT,
       .channel = WB_CHANNEL_SMS,
       .event = {{8}},
       .code = WB_CONSENT_EXPRESS,
       .name = WBI_TEXT("form")},
      {.kind = WBI_EFFECT_SETTING, .name = WBI_TEXT(WBI_SETTING_KEPT), .code = 90},
  };
  forged f;
  (void)state;
  forge_open(&f);
  forge(&f, 1795446000, WBI_BY_RECEIVE, before, WBI_COUNT(before));
  wbi_effect claim = forged_claim(5, WB_ACTION_SEND, WB_CHANNEL_SMS);
  claim.event = (wbi_bytes16){{8}};
  claim.consent = WBI_CONSENT_ASSUMED;
  forge(&f, 1795446060, WBI_BY_POLL, &claim, 1);
  const char *told = forged_why(&f, 5);
  says(told, "\"title\":\"One\"");
  says(told, "\"step\":\"s1\"");
  says(told, "\"entry\":1,");
  says_not(told, "\"entry\":2,");
  says_not(told, "\"entry\":3,");
  says_not(told, "\"entry\":4,");
  says_not(told, "\"entry\":5,");
  says(told, "\"variant\":0");
  says(told, "\"source\":\"form\"");
  says(told, "\"opted_out\":false");
  says_not(told, "\"setting\"");
  says_not(told, "\"p2\"");
  forge_close(&f);
}

/* An attempt is told with what became of it, whatever became of the next one. */
static void each_attempt_has_its_own_outcome(void **state) {
  forged f;
  (void)state;
  forge_open(&f);
  wbi_effect claim = forged_claim(5, WB_ACTION_SEND, WB_CHANNEL_SMS);
  wbi_effect outcome = {.kind = WBI_EFFECT_OUTCOME,
                        .id = {{5}},
                        .code = WB_ACTION_READY,
                        .cause = WB_CAUSE_THROTTLED};
  forge(&f, 1795446000, WBI_BY_POLL, &claim, 1);
  forge(&f, 1795446010, WBI_BY_ACK, &outcome, 1);
  claim.number = 2;
  forge(&f, 1795446100, WBI_BY_POLL, &claim, 1);
  outcome.code = WB_ACTION_SENT;
  outcome.cause = WB_CAUSE_NONE;
  forge(&f, 1795446110, WBI_BY_ACK, &outcome, 1);
  says(forged_line(&f, NULL, 0), "Text message not sent, to be tried again: throttled. Ref");
  says(forged_line(&f, NULL, 1), "Text message sent, attempt 2. Ref");
  assert_string_equal(forged_line(&f, NULL, 2), "");
  assert_string_equal(forged_line(&f, NULL, UINT64_MAX), "");
  forge_close(&f);
}

/* A definition that is no JSON has a name, and no more. */
static void a_definition_that_cannot_be_read_leaves_its_name(void **state) {
  const wbi_effect campaign = {
      .kind = WBI_EFFECT_CAMPAIGN, .name = WBI_TEXT("one"), .bytes = WBI_TEXT("{\"title\"")};
  forged f;
  (void)state;
  forge_open(&f);
  const wbi_effect claim = forged_claim(5, WB_ACTION_SEND, WB_CHANNEL_SMS);
  forge(&f, 1795446000, WBI_BY_ADD, &campaign, 1);
  forge(&f, 1795446060, WBI_BY_POLL, &claim, 1);
  says(forged_line(&f, NULL, 0), "Text message handed out. one. Ref ");
  forge_close(&f);
}

/* ---- records ---------------------------------------------------------------------------------
 */

static void a_code_that_is_not_known_is_a_number_or_nothing(void **state) {
  (void)state;
  assert_null(wbi_journal_word("state", -1));
  assert_null(wbi_journal_word("state", 99));
  assert_null(wbi_journal_word("until", 1));
  assert_string_equal(wbi_journal_word("effect", WBI_EFFECT_COUNT - 1), "stop");
  assert_null(wbi_journal_word("effect", WBI_EFFECT_COUNT));
  assert_string_equal(wbi_journal_word("fallback", 0), "none");
  assert_string_equal(wbi_journal_word("fallback", -WB_E_POLICY), wb_status_name(WB_E_POLICY));
  forged f;
  forge_open(&f);
  const wbi_effect claim = forged_claim(5, WB_ACTION_SEND, WB_CHANNEL_SMS);
  forge(&f, 1795446000, 200, &claim, 1);
  says(forged_record(&f, 0), "\"by\":\"\"");
  forge_close(&f);
}

/* Lists of nothing are lists. */
static void a_record_may_hold_nothing_and_a_seal_count_nothing(void **state) {
  enum { HEAD = 32, EFFECTS = 12, LEAST = 36 };
  const wbi_effect seal = {.kind = WBI_EFFECT_SEAL,
                           .bytes = WBI_TEXT("0123456789abcdef0123456789abcdef")};
  forged f;
  (void)state;
  forge_open(&f);
  forge(&f, 1795446000, WBI_BY_SEAL, &seal, 1);
  says(forged_record(&f, 0), "\"totals\":[]");
  seal_write(f.bytes + 4, LEAST);
  seal_write(f.bytes + EFFECTS, 0);
  f.length = LEAST;
  seal_journal(f.bytes, f.length);
  says(forged_record(&f, 0), "\"effects\":[]}");
  forge_close(&f);
}

/* The checksum is right, and still it is none: it has fewer effects than it says, or one that only
   a newer library knows. */
static void a_record_whose_effects_cannot_be_read_is_refused(void **state) {
  enum { HEAD = 32, EFFECTS = 12 };
  static const struct {
    size_t at;
    uint8_t byte;
    wb_status status;
  } wrong[] = {{EFFECTS, 3, WB_E_CORRUPT}, {HEAD, WBI_EFFECT_COUNT, WB_E_VERSION}};
  const wbi_effect claim = forged_claim(5, WB_ACTION_SEND, WB_CHANNEL_SMS);
  (void)state;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    forged f;
    char text[4096];
    size_t needed = 0;
    forge_open(&f);
    forge(&f, 1795446000, WBI_BY_POLL, &claim, 1);
    f.bytes[wrong[i].at] = wrong[i].byte;
    seal_journal(f.bytes, f.length);
    assert_int_equal(wb_journal_format(f.bytes, f.length, 0, text, sizeof text, &needed),
                     wrong[i].status);
    assert_int_equal(needed, 0);
    forge_close(&f);
  }
}

static void readers_refuse_what_has_no_place(void **state) {
  const wb_entry_query query = {.size = sizeof query};
  const uint8_t id[16] = {5};
  uint64_t cursor = 0;
  size_t needed = 0;
  char text[8];
  (void)state;
  assert_int_equal(wb_journal_entry(NULL, "", 0, &query, &cursor, text, 8, NULL), WB_E_INVALID);
  assert_int_equal(wb_journal_entry(NULL, "", 0, &query, &cursor, NULL, 8, &needed), WB_E_INVALID);
  assert_int_equal(wb_journal_entry(NULL, "", 0, &query, &cursor, NULL, 0, &needed), WB_E_NAME);
  assert_int_equal(wb_journal_explain(NULL, "", 0, id, text, 8, NULL), WB_E_INVALID);
  assert_int_equal(wb_journal_explain(NULL, "", 0, id, NULL, 8, &needed), WB_E_INVALID);
  assert_int_equal(wb_journal_explain(NULL, "", 0, id, NULL, 0, &needed), WB_E_NAME);
  assert_int_equal(wb_journal_format("", 0, 0, text, 8, NULL), WB_E_INVALID);
  assert_int_equal(wb_journal_format("", 0, 0, NULL, 8, &needed), WB_E_INVALID);
  assert_int_equal(wb_journal_format("", 0, 0, NULL, 0, &needed), WB_E_NAME);
}

/* Keys that became others, and definitions, are kept while it is read; without memory for them
   nothing is told. */
static void no_memory_to_read_is_told(void **state) {
  const wb_entry_query query = {.size = sizeof query, .patient = "p2", .patient_length = 2};
  fault_memory memory;
  wb_context *context = fault_context(&memory);
  forged f;
  (void)state;
  forge_open(&f);
  const wbi_effect claim = forged_claim(5, WB_ACTION_SEND, WB_CHANNEL_SMS);
  const wbi_effect campaign = {
      .kind = WBI_EFFECT_CAMPAIGN, .name = WBI_TEXT("one"), .bytes = WBI_TEXT(ONE)};
  const wbi_effect merge = {
      .kind = WBI_EFFECT_MERGE, .patient = WBI_TEXT("p1"), .subject = WBI_TEXT("p2")};
  forge(&f, 1795446000, WBI_BY_ADD, &campaign, 1);
  forge(&f, 1795446000, WBI_BY_POLL, &claim, 1);
  forge(&f, 1795446060, WBI_BY_RECEIVE, &merge, 1);
  for (int whole = 0; whole < 2; whole++) {
    char text[4096];
    uint64_t at = 0;
    wb_status status;
    do {
      uint64_t cursor = 0;
      size_t needed = 0;
      fault_arm(&memory.plan, FAULT_ONCE, ++at);
      status = whole ? wb_journal_explain(context, f.bytes, f.length, claim.id.bytes, text,
                                          sizeof text, &needed)
                     : wb_journal_entry(context, f.bytes, f.length, &query, &cursor, text,
                                        sizeof text, &needed);
      assert_int_equal(status, memory.plan.hits > 0 ? WB_E_NOMEM : WB_OK);
      assert_int_equal(cursor, status == WB_OK && !whole);
    } while (status != WB_OK);
    assert_true(at > 3);
    says(text, whole ? "\"title\":\"One\"" : " Text message handed out. One, step s1. Ref ");
  }
  forge_close(&f);
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_contact_is_called_by_its_kind_and_channel),
      cmocka_unit_test(a_call_has_the_name_of_its_task),
      cmocka_unit_test(a_line_has_the_time_where_it_was_or_says_utc),
      cmocka_unit_test(what_came_before_the_journal_is_not_told),
      cmocka_unit_test(only_what_is_about_a_contact_is_told_of_it),
      cmocka_unit_test(each_attempt_has_its_own_outcome),
      cmocka_unit_test(a_definition_that_cannot_be_read_leaves_its_name),
      cmocka_unit_test(a_code_that_is_not_known_is_a_number_or_nothing),
      cmocka_unit_test(a_record_may_hold_nothing_and_a_seal_count_nothing),
      cmocka_unit_test(a_record_whose_effects_cannot_be_read_is_refused),
      cmocka_unit_test(readers_refuse_what_has_no_place),
      cmocka_unit_test(no_memory_to_read_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* What a journal is told as, whole: a contact in a patient's record, why it was made, and records.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/forged.h"

enum { BEGUN = 1795446000, MINUTE = 60 };

#define ONE                                                                                        \
  "{\"title\":\"One\",\"class\":\"care\",\"segments\":[{\"name\":\"long\"},{\"name\":\"short\"}]," \
  "\"steps\":[{\"id\":\"s1\"},{\"id\":\"s2\"}],\"texts\":{\"hello\":{},\"mail\":{}}}"
#define DIGEST "0123456789abcdef0123456789abcdef"

static const wbi_effect added = {
    .kind = WBI_EFFECT_CAMPAIGN, .name = {"one", 3}, .bytes = {ONE, sizeof ONE - 1}};
static const wbi_effect before[] = {
    {.kind = WBI_EFFECT_LAUNCH, .name = {"dr-example", 10}, .bytes = {DIGEST, 32}},
    {.kind = WBI_EFFECT_SETTING,
     .name = {WBI_SETTING_PERMISSION, sizeof WBI_SETTING_PERMISSION - 1},
     .subject = {"owner", 5},
     .code = 1},
    {.kind = WBI_EFFECT_CONSENT,
     .patient = {"p1", 2},
     .contact = {{6}},
     .event = {{8}},
     .channel = WB_CHANNEL_SMS,
     .code = WB_CONSENT_EXPRESS,
     .name = {"form", 4},
     .subject = {"You may text me.", 16}},
    {.kind = WBI_EFFECT_CONTACT, .id = {{6}}, .code = WBI_CONTACT_OPTED_OUT},
    {.kind = WBI_EFFECT_ENROLL,
     .patient = {"p1", 2},
     .location = {"1", 1},
     .number = 1,
     .day = 20780},
};
static const wbi_effect opened[] = {
    {.kind = WBI_EFFECT_CONTACT, .id = {{6}}, .code = 0},
    {.kind = WBI_EFFECT_SEEN, .id = {{7}}},
};
static const wbi_effect claim = {.kind = WBI_EFFECT_CLAIM,
                                 .patient = {"p1", 2},
                                 .id = {{5}},
                                 .contact = {{6}},
                                 .event = {{8}},
                                 .until = BEGUN + 600,
                                 .wake = BEGUN + 86400,
                                 .as_of = BEGUN - 3600,
                                 .number = 2,
                                 .day = 20780,
                                 .consent_on = 20700,
                                 .consent = WBI_CONSENT_ASSUMED,
                                 .rule = {"us-tcpa", 7},
                                 .law = {"us-hours", 8},
                                 .edition = {"us 2026-11-23", 13},
                                 .action = WB_ACTION_SEND,
                                 .channel = WB_CHANNEL_SMS,
                                 .class_ = WB_MESSAGE_CARE,
                                 .step = 1,
                                 .next_step = 1,
                                 .text = 1,
                                 .counted = {1, 2, 3},
                                 .most = {4, 5, 6}};
static const wbi_effect sent = {.kind = WBI_EFFECT_OUTCOME,
                                .id = {{5}},
                                .code = WB_ACTION_UNDELIVERED,
                                .cause = WB_CAUSE_ADDRESS};

/* What others said, and what was said later, is no part of it. */
static const wbi_effect beside[] = {
    {.kind = WBI_EFFECT_LAUNCH, .definition = 1, .name = {"another", 7}, .bytes = {DIGEST, 32}},
    {.kind = WBI_EFFECT_MIGRATE, .patient = {"p1", 2}, .segment = 1, .variant = 2},
    {.kind = WBI_EFFECT_MIGRATE, .patient = {"p2", 2}, .variant = 1},
};
static const wbi_effect later[] = {
    {.kind = WBI_EFFECT_LAUNCH, .name = {"another", 7}, .bytes = {DIGEST, 32}},
    {.kind = WBI_EFFECT_OUTCOME, .id = {{9}}, .code = WB_ACTION_FAILED},
    {.kind = WBI_EFFECT_TASK_OPEN,
     .id = {{9}},
     .patient = {"p1", 2},
     .name = {"asks", 4},
     .code = WBI_LIST_OUTREACH},
};

static void written(forged *f) {
  forge_open(f);
  forge(f, BEGUN, WBI_BY_ADD, &added, 1);
  forge(f, BEGUN + MINUTE, WBI_BY_RECEIVE, before, WBI_COUNT(before));
  forge(f, BEGUN + 2 * MINUTE, WBI_BY_RECEIVE, opened, WBI_COUNT(opened));
  forge(f, BEGUN + 2 * MINUTE, WBI_BY_MIGRATE, beside, WBI_COUNT(beside));
  forge(f, BEGUN + 3 * MINUTE, WBI_BY_POLL, &claim, 1);
  forge(f, BEGUN + 4 * MINUTE, WBI_BY_ACK, &sent, 1);
  forge(f, BEGUN + 5 * MINUTE, WBI_BY_RECEIVE, later, WBI_COUNT(later));
}

static const char told_line[] =
    "2026-11-23 15:03 UTC Text message sent, but not delivered: address. One, step s2,"
    " text mail, attempt 2. Ref 05000000000000000000000000000000";
static const char told_object[] =
    "{\"action\":\"05000000000000000000000000000000\",\"at\":\"2026-11-23T15:03:00Z\","
    "\"kind\":\"send\",\"channel\":\"sms\",\"patient\":\"p1\",\"subject\":\"\","
    "\"contact\":\"06000000000000000000000000000000\",\"campaign\":\"one\",\"title\":\"One\","
    "\"step\":\"s2\",\"text\":\"mail\",\"attempt\":2,\"state\":\"undelivered\","
    "\"cause\":\"address\",\"outcome_at\":\"2026-11-23T15:04:00Z\"}";
static const char told_why[] =
    "{\"action\":\"05000000000000000000000000000000\",\"at\":\"2026-11-23T15:03:00Z\","
    "\"kind\":\"send\",\"channel\":\"sms\",\"patient\":\"p1\",\"subject\":\"\","
    "\"contact\":\"06000000000000000000000000000000\",\"campaign\":\"one\",\"title\":\"One\","
    "\"step\":\"s2\",\"text\":\"mail\",\"attempt\":2,\"state\":\"undelivered\","
    "\"cause\":\"address\",\"outcome_at\":\"2026-11-23T15:04:00Z\",\"class\":\"care\","
    "\"content_id\":\"dde93e0d0fd171a1ec116688c4ba497ae39b81d029b7b57e72f5bc9fd5f23675\","
    "\"launched_at\":\"2026-11-23T15:01:00Z\",\"approver\":\"dr-example\","
    "\"policy\":\"3031323334353637383961626364656630313233343536373839616263646566\","
    "\"location\":\"1\",\"entered_at\":\"2026-11-23T15:01:00Z\",\"entry\":1,"
    "\"segment\":\"short\",\"variant\":2,\"checks\":[{\"check\":\"paused\"},"
    "{\"check\":\"consent\",\"consent\":\"assumed\",\"since\":\"2026-09-04\","
    "\"event\":\"08000000000000000000000000000000\",\"level\":\"express\","
    "\"source\":\"form\",\"wording\":\"You may text me.\",\"setting\":\"unknown_permission\","
    "\"set_at\":\"2026-11-23T15:01:00Z\",\"set_by\":\"owner\",\"rule\":\"us-tcpa\","
    "\"opted_out\":false,\"opt_out_lifted_at\":\"2026-11-23T15:02:00Z\","
    "\"opt_out_lifted_by\":\"07000000000000000000000000000000\"},{\"check\":\"eligible\","
    "\"facts_as_of\":\"2026-11-23T14:00:00Z\"},{\"check\":\"law\",\"class\":\"care\","
    "\"edition\":\"us 2026-11-23\",\"rule\":\"us-hours\","
    "\"deliver_by\":\"2026-11-23T15:10:00Z\"},{\"check\":\"hours\",\"ends_first\":\"law\"},"
    "{\"check\":\"caps\",\"counts_on\":\"2026-11-23\",\"that_day\":1,\"most_that_day\":4,"
    "\"in_7_days\":2,\"most_in_7_days\":5,\"in_30_days\":3,\"most_in_30_days\":6},"
    "{\"check\":\"capacity\",\"of\":\"campaign\",\"counts_on\":\"2026-11-23\"},"
    "{\"check\":\"privacy\","
    "\"policy\":\"3031323334353637383961626364656630313233343536373839616263646566\","
    "\"text\":\"mail\",\"fallback\":\"none\"}],\"history\":[{\"sequence\":2,"
    "\"at\":\"2026-11-23T15:01:00Z\",\"effect\":\"enroll\",\"definition\":0,"
    "\"patient\":\"p1\",\"subject\":\"\",\"location\":\"1\",\"segment\":0,\"variant\":0,"
    "\"rank\":0,\"step\":0,\"entry\":1,\"wake\":\"1970-01-01T00:00:00Z\","
    "\"day\":\"2026-11-23\"},{\"sequence\":4,\"at\":\"2026-11-23T15:02:00Z\","
    "\"effect\":\"migrate\",\"definition\":0,\"patient\":\"p1\",\"subject\":\"\",\"to\":0,"
    "\"segment\":1,\"variant\":2,\"rank\":0,\"step\":0,\"awaits\":0,\"response\":0,"
    "\"next_step\":0,\"drops\":0,\"wake\":\"1970-01-01T00:00:00Z\"},{\"sequence\":5,"
    "\"at\":\"2026-11-23T15:03:00Z\",\"effect\":\"claim\",\"definition\":0,"
    "\"patient\":\"p1\",\"subject\":\"\",\"action\":\"05000000000000000000000000000000\","
    "\"contact\":\"06000000000000000000000000000000\",\"kind\":\"send\",\"channel\":\"sms\","
    "\"step\":1,\"text\":1,\"fallback\":\"none\",\"attempt\":2,"
    "\"deliver_by\":\"2026-11-23T15:10:00Z\",\"day\":\"2026-11-23\",\"next_step\":1,"
    "\"wake\":\"2026-11-24T15:00:00Z\",\"purpose\":\"care\",\"law\":\"us-hours\","
    "\"edition\":\"us 2026-11-23\",\"as_of\":\"2026-11-23T14:00:00Z\","
    "\"consent\":\"assumed\",\"consent_on\":\"2026-09-04\","
    "\"consent_event\":\"08000000000000000000000000000000\",\"consent_rule\":\"us-tcpa\","
    "\"that_day\":1,\"in_7_days\":2,\"in_30_days\":3,\"most_that_day\":4,"
    "\"most_in_7_days\":5,\"most_in_30_days\":6},{\"sequence\":6,"
    "\"at\":\"2026-11-23T15:04:00Z\",\"effect\":\"outcome\","
    "\"action\":\"05000000000000000000000000000000\",\"state\":\"undelivered\","
    "\"cause\":\"address\",\"retry_at\":\"1970-01-01T00:00:00Z\"}]}";
static const char *const told_records[] = {
    "{\"sequence\":1,\"at\":\"2026-11-23T15:00:00Z\",\"by\":\"add\","
    "\"effects\":[{\"effect\":\"begin\",\"practice\":\"practice\","
    "\"check\":\"01020300000000000000000000000000\",\"epoch\":0},{\"effect\":\"campaign\","
    "\"name\":\"one\","
    "\"content\":\"dde93e0d0fd171a1ec116688c4ba497ae39b81d029b7b57e72f5bc9fd5f23675\"}]}",
    "{\"sequence\":2,\"at\":\"2026-11-23T15:01:00Z\",\"by\":\"receive\","
    "\"effects\":[{\"effect\":\"launch\",\"definition\":0,\"approver\":\"dr-example\","
    "\"policy\":\"3031323334353637383961626364656630313233343536373839616263646566\"},"
    "{\"effect\":\"setting\",\"setting\":\"unknown_permission\",\"value\":1,"
    "\"approver\":\"owner\"},{\"effect\":\"consent\","
    "\"event\":\"08000000000000000000000000000000\","
    "\"contact\":\"06000000000000000000000000000000\",\"patient\":\"p1\",\"channel\":\"sms\","
    "\"purpose\":\"all\",\"level\":\"express\",\"since\":\"1970-01-01T00:00:00Z\","
    "\"source\":\"form\",\"wording\":\"You may text me.\"},{\"effect\":\"contact\","
    "\"contact\":\"06000000000000000000000000000000\",\"flags\":1},{\"effect\":\"enroll\","
    "\"definition\":0,\"patient\":\"p1\",\"subject\":\"\",\"location\":\"1\",\"segment\":0,"
    "\"variant\":0,\"rank\":0,\"step\":0,\"entry\":1,\"wake\":\"1970-01-01T00:00:00Z\","
    "\"day\":\"2026-11-23\"}]}",
    "{\"sequence\":3,\"at\":\"2026-11-23T15:02:00Z\",\"by\":\"receive\","
    "\"effects\":[{\"effect\":\"contact\",\"contact\":\"06000000000000000000000000000000\","
    "\"flags\":0},{\"effect\":\"seen\",\"event\":\"07000000000000000000000000000000\"}]}",
    "{\"sequence\":4,\"at\":\"2026-11-23T15:02:00Z\",\"by\":\"migrate\","
    "\"effects\":[{\"effect\":\"launch\",\"definition\":1,\"approver\":\"another\","
    "\"policy\":\"3031323334353637383961626364656630313233343536373839616263646566\"},"
    "{\"effect\":\"migrate\",\"definition\":0,\"patient\":\"p1\",\"subject\":\"\",\"to\":0,"
    "\"segment\":1,\"variant\":2,\"rank\":0,\"step\":0,\"awaits\":0,\"response\":0,"
    "\"next_step\":0,\"drops\":0,\"wake\":\"1970-01-01T00:00:00Z\"},{\"effect\":\"migrate\","
    "\"definition\":0,\"patient\":\"p2\",\"subject\":\"\",\"to\":0,\"segment\":0,"
    "\"variant\":1,\"rank\":0,\"step\":0,\"awaits\":0,\"response\":0,\"next_step\":0,"
    "\"drops\":0,\"wake\":\"1970-01-01T00:00:00Z\"}]}",
    "{\"sequence\":5,\"at\":\"2026-11-23T15:03:00Z\",\"by\":\"poll\","
    "\"effects\":[{\"effect\":\"claim\",\"definition\":0,\"patient\":\"p1\",\"subject\":\"\","
    "\"action\":\"05000000000000000000000000000000\","
    "\"contact\":\"06000000000000000000000000000000\",\"kind\":\"send\",\"channel\":\"sms\","
    "\"step\":1,\"text\":1,\"fallback\":\"none\",\"attempt\":2,"
    "\"deliver_by\":\"2026-11-23T15:10:00Z\",\"day\":\"2026-11-23\",\"next_step\":1,"
    "\"wake\":\"2026-11-24T15:00:00Z\",\"purpose\":\"care\",\"law\":\"us-hours\","
    "\"edition\":\"us 2026-11-23\",\"as_of\":\"2026-11-23T14:00:00Z\","
    "\"consent\":\"assumed\",\"consent_on\":\"2026-09-04\","
    "\"consent_event\":\"08000000000000000000000000000000\",\"consent_rule\":\"us-tcpa\","
    "\"that_day\":1,\"in_7_days\":2,\"in_30_days\":3,\"most_that_day\":4,"
    "\"most_in_7_days\":5,\"most_in_30_days\":6}]}",
    "{\"sequence\":6,\"at\":\"2026-11-23T15:04:00Z\",\"by\":\"ack\","
    "\"effects\":[{\"effect\":\"outcome\",\"action\":\"05000000000000000000000000000000\","
    "\"state\":\"undelivered\",\"cause\":\"address\",\"retry_at\":\"1970-01-01T00:00:00Z\"}]}",
    "{\"sequence\":7,\"at\":\"2026-11-23T15:05:00Z\",\"by\":\"receive\","
    "\"effects\":[{\"effect\":\"launch\",\"definition\":0,\"approver\":\"another\","
    "\"policy\":\"3031323334353637383961626364656630313233343536373839616263646566\"},"
    "{\"effect\":\"outcome\",\"action\":\"09000000000000000000000000000000\","
    "\"state\":\"failed\",\"cause\":\"none\",\"retry_at\":\"1970-01-01T00:00:00Z\"},"
    "{\"effect\":\"task_open\",\"task\":\"09000000000000000000000000000000\","
    "\"definition\":0,\"patient\":\"p1\",\"subject\":\"\",\"location\":\"\","
    "\"reason\":\"asks\",\"list\":\"outreach\",\"day\":\"1970-01-01\",\"rank\":0,"
    "\"signals\":0,\"attempts\":0,\"due\":\"1970-01-01T00:00:00Z\","
    "\"expires\":\"1970-01-01T00:00:00Z\"}]}"};

static void a_contact_is_a_line_or_an_object(void **state) {
  const wb_entry_query query = {.size = sizeof query, .flags = WB_ENTRY_JSON};
  forged f;
  char text[2048];
  uint64_t cursor = 0;
  size_t needed = 0;
  (void)state;
  written(&f);
  assert_string_equal(forged_line(&f, NULL, 0), told_line);
  assert_int_equal(
      wb_journal_entry(NULL, f.bytes, f.length, &query, &cursor, text, sizeof text, &needed),
      WB_OK);
  text[needed] = '\0';
  assert_string_equal(text, told_object);
  forge_close(&f);
}

static void why_it_was_made_is_told_check_by_check(void **state) {
  forged f;
  (void)state;
  written(&f);
  assert_string_equal(forged_why(&f, 5), told_why);
  forge_close(&f);
}

static void a_record_is_told_effect_by_effect(void **state) {
  forged f;
  uint64_t from = 0, next = 0;
  wb_record record = {.size = sizeof record};
  (void)state;
  written(&f);
  for (size_t i = 0; i < WBI_COUNT(told_records); i++, from = next) {
    assert_int_equal(wb_journal_next(f.bytes, f.length, &next, &record), WB_OK);
    assert_string_equal(forged_record(&f, from), told_records[i]);
  }
  assert_int_equal(next, f.length);
  forge_close(&f);
}

/* By whichever key is asked, and whatever is said under the old one later. */
static void somebody_with_two_keys_has_one_record(void **state) {
  static const char *const keys[] = {"p1", "p2", "p3"};
  const wbi_effect merge = {.kind = WBI_EFFECT_MERGE, .patient = {"p1", 2}, .subject = {"p2", 2}};
  const wbi_effect came = {
      .kind = WBI_EFFECT_CONTACTED, .patient = {"p1", 2}, .location = {"1", 1}};
  forged f;
  char text[2048];
  size_t needed = 0;
  (void)state;
  written(&f);
  forge(&f, BEGUN + 6 * MINUTE, WBI_BY_RECEIVE, &merge, 1);
  forge(&f, BEGUN + 7 * MINUTE, WBI_BY_RECEIVE, &came, 1);
  for (size_t i = 0; i < WBI_COUNT(keys); i++) {
    const wb_entry_query query = {.size = sizeof query, .patient = keys[i], .patient_length = 2};
    uint64_t cursor = 0;
    assert_int_equal(
        wb_journal_entry(NULL, f.bytes, f.length, &query, &cursor, text, sizeof text, &needed),
        i < 2 ? WB_OK : WB_E_NAME);
  }
  forge_close(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_contact_is_a_line_or_an_object),
      cmocka_unit_test(why_it_was_made_is_told_check_by_check),
      cmocka_unit_test(a_record_is_told_effect_by_effect),
      cmocka_unit_test(somebody_with_two_keys_has_one_record),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

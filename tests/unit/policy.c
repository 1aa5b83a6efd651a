/* SPDX-License-Identifier: MIT */
/* Privacy policies: what is built in, what a host may narrow, what it takes to widen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "liquid/liquid_private.h"
#include "support/fault.h"
#include "support/schema.h"

#define BIT(name) (1u << WB_CLASS_##name)

static const uint32_t sms_read = BIT(PUBLIC) | BIT(NAME) | BIT(LINK) | BIT(SCHEDULING);

/* A policy that compiles. */
static wb_policy *policy_of(wb_schema *schema, const char *json) {
  wb_policy *policy = NULL;
  wb_error error = {.status = 0};
  const size_t length = json != NULL ? strlen(json) : 0;
  const wb_status status = wb_policy_new(NULL, schema, json, length, &policy, &error);
  if (status != WB_OK) print_error("%s: %s\n", error.path, error.message);
  assert_int_equal(status, WB_OK);
  return policy;
}

/* A policy that does not compile. */
static void assert_refused(wb_schema *schema, const char *json, wb_status status,
                           const char *path) {
  wb_policy *policy = NULL;
  wb_error error = {.status = 0};
  assert_int_equal(wb_policy_new(NULL, schema, json, strlen(json), &policy, &error), status);
  assert_null(policy);
  assert_int_equal(error.status, status);
  assert_string_equal(error.path, path);
  assert_true(error.message[0] != '\0');
}

static void assert_masks(const wb_policy *policy, const char *channel, uint32_t read,
                         uint32_t choose) {
  uint32_t reads = 0, chooses = 0;
  assert_int_equal(wb_policy_get(policy, channel, &reads, &chooses), WB_OK);
  assert_int_equal(reads, read);
  assert_int_equal(chooses, choose);
  assert_int_equal(wbi_policy_choose(policy, wbi_text_of(channel)), choose);
}

static void the_built_in_policy_is_narrow(void **state) {
  wb_policy *policy = policy_of(*state, NULL);
  const uint32_t text = sms_read | BIT(RECALL);
  const uint32_t call = text | BIT(IDENTIFIER) | BIT(STAFF);
  assert_masks(policy, "sms", sms_read, text);
  assert_masks(policy, "email.subject", BIT(PUBLIC) | BIT(NAME),
               BIT(PUBLIC) | BIT(NAME) | BIT(RECALL));
  assert_masks(policy, "email.text", text, text);
  assert_masks(policy, "call", call, call);
  assert_false(wbi_policy_widened(policy));
  assert_ptr_equal(wbi_policy_schema(policy), *state);
  wb_policy_unref(policy);
}

static void each_channel_has_a_limit_in_its_own_unit(void **state) {
  wb_policy *policy = policy_of(*state, NULL);
  const wbi_channel *sms = wbi_policy_channel(policy, WBI_TEXT("sms"));
  const wbi_channel *subject = wbi_policy_channel(policy, WBI_TEXT("email.subject"));
  const wbi_channel *mail = wbi_policy_channel(policy, WBI_TEXT("email.text"));
  assert_int_equal(sms->max_segments, 2);
  assert_int_equal(sms->max_bytes, 1280);
  assert_int_equal(subject->max_characters, 78);
  assert_true(subject->single_line);
  assert_int_equal(mail->max_characters, 0);
  assert_int_equal(mail->max_bytes, 102400);
  assert_false(mail->single_line);
  assert_false(mail->optional);
  assert_true(wbi_policy_channel(policy, WBI_TEXT("email.preheader"))->optional);
  wb_policy_unref(policy);
}

/* A launch says which policy it was under: by its text, of none by that of the built-in one. */
static void a_policy_is_known_by_its_text(void **state) {
  static const char json[] = "{\"hosts\": [\"book.example.com\"]}";
  uint8_t own[32], built_in[32], none[32], expected[32];
  wb_policy *policy = policy_of(*state, json);
  wbi_policy_content(policy, own);
  wbi_sha256_text(wbi_text_of(json), expected);
  assert_memory_equal(own, expected, sizeof own);
  wb_policy_unref(policy);
  policy = policy_of(*state, NULL);
  wbi_policy_content(policy, built_in);
  wbi_policy_content(NULL, none);
  assert_memory_equal(built_in, none, sizeof none);
  assert_memory_not_equal(own, none, sizeof none);
  wb_policy_unref(policy);
}

static void other_names_are_no_channels(void **state) {
  wb_policy *policy = policy_of(*state, NULL);
  uint32_t read = 7, choose = 7;
  assert_int_equal(wb_policy_get(policy, "fax", &read, &choose), WB_E_NAME);
  assert_int_equal(wb_policy_get(policy, NULL, &read, &choose), WB_E_INVALID);
  assert_int_equal(wb_policy_get(NULL, "sms", &read, &choose), WB_E_INVALID);
  assert_int_equal(wb_policy_get(policy, "sms", NULL, &choose), WB_E_INVALID);
  assert_int_equal(wb_policy_get(policy, "sms", &read, NULL), WB_E_INVALID);
  assert_int_equal(read, 7);
  assert_int_equal(choose, 7);
  assert_int_equal(wbi_policy_choose(policy, WBI_TEXT("SMS")), 0);
  wb_policy_unref(policy);
}

static void a_host_narrows_freely(void **state) {
  wb_policy *policy = policy_of(*state, "{\"channels\": {\"sms\": {\"read\": [\"public\"],"
                                        "\"choose\": [], \"max_segments\": 1}, \"call\": {}}}");
  assert_masks(policy, "sms", BIT(PUBLIC), 0);
  assert_int_equal(wbi_policy_channel(policy, WBI_TEXT("sms"))->max_segments, 1);
  assert_masks(policy, "email.subject", BIT(PUBLIC) | BIT(NAME),
               BIT(PUBLIC) | BIT(NAME) | BIT(RECALL));
  wb_policy_unref(policy);
}

static void widening_needs_a_word(void **state) {
  assert_refused(*state, "{\"channels\": {\"sms\": {\"read\": [\"public\", \"recall\"]}}}",
                 WB_E_POLICY, "/channels/sms/read/1");
  assert_refused(*state, "{\"channels\": {\"sms\": {\"choose\": [\"clinical\"]}}}", WB_E_POLICY,
                 "/channels/sms/choose/0");
  assert_refused(*state, "{\"channels\": {\"sms\": {\"max_segments\": 3}}}", WB_E_POLICY,
                 "/channels/sms/max_segments");
  assert_refused(*state, "{\"widen\": false, \"channels\": {\"sms\": {\"max_segments\": 3}}}",
                 WB_E_POLICY, "/channels/sms/max_segments");
  wb_policy *policy =
      policy_of(*state, "{\"channels\": {\"sms\": {\"read\": [\"recall\", \"clinical\"],"
                        "\"max_segments\": 3}}, \"widen\": true}");
  assert_masks(policy, "sms", BIT(RECALL) | BIT(CLINICAL), sms_read | BIT(RECALL));
  assert_int_equal(wbi_policy_channel(policy, WBI_TEXT("sms"))->max_segments, 3);
  assert_true(wbi_policy_widened(policy));
  wb_policy_unref(policy);
}

static void what_is_sealed_stays_sealed(void **state) {
  assert_refused(*state, "{\"widen\": true, \"channels\": {\"call\": {\"read\": [\"sealed\"]}}}",
                 WB_E_POLICY, "/channels/call/read/0");
  assert_refused(*state, "{\"widen\": true, \"channels\": {\"call\": {\"choose\": [\"sealed\"]}}}",
                 WB_E_POLICY, "/channels/call/choose/0");
}

static void links_lead_to_listed_hosts(void **state) {
  wb_policy *any = policy_of(*state, NULL);
  wb_policy *some = policy_of(*state, "{\"hosts\": [\"book.example.com\", \"Example.org\"]}");
  assert_true(wbi_policy_host(any, WBI_TEXT("anywhere.example.net")));
  assert_true(wbi_policy_host(some, WBI_TEXT("BOOK.example.com")));
  assert_true(wbi_policy_host(some, WBI_TEXT("example.org")));
  assert_false(wbi_policy_host(some, WBI_TEXT("example.com")));
  assert_false(wbi_policy_host(some, WBI_TEXT("book.example.com.example.net")));
  wb_policy_unref(any);
  wb_policy_unref(some);
}

static void every_channel_is_there(void **state) {
  static const struct {
    const char *name;
    uint32_t read, choose, detail;
  } cases[] = {
      {"email.preheader", BIT(PUBLIC) | BIT(NAME), BIT(PUBLIC) | BIT(NAME) | BIT(RECALL), 0},
      {"email.html", sms_read | BIT(RECALL), sms_read | BIT(RECALL), BIT(CLINICAL)},
      {"postcard", BIT(PUBLIC) | BIT(NAME), BIT(PUBLIC) | BIT(NAME) | BIT(RECALL), 0},
      {"letter", sms_read | BIT(RECALL), sms_read | BIT(RECALL), BIT(CLINICAL) | BIT(FINANCIAL)},
      {"voicemail", BIT(PUBLIC) | BIT(NAME), BIT(PUBLIC) | BIT(NAME) | BIT(RECALL), 0},
      {"page.public", BIT(PUBLIC) | BIT(LINK), BIT(PUBLIC) | BIT(LINK), 0},
      {"page.secure", 0x17F, 0x17F, 0},
  };
  wb_policy *policy = policy_of(*state, NULL);
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    assert_masks(policy, cases[i].name, cases[i].read, cases[i].choose);
    assert_int_equal(wbi_policy_channel(policy, wbi_text_of(cases[i].name))->detail,
                     cases[i].detail);
  }
  assert_int_equal(wbi_policy_channel(policy, WBI_TEXT("voicemail"))->max_words, 75);
  assert_int_equal(wbi_policy_channel(policy, WBI_TEXT("sms"))->max_segments, 2);
  assert_true(wbi_policy_channel(policy, WBI_TEXT("page.secure"))->html);
  assert_false(wbi_policy_channel(policy, WBI_TEXT("letter"))->html);
  wb_policy_unref(policy);
}

static void a_text_of_the_register_detail_reads_more(void **state) {
  wb_policy *policy = policy_of(*state, NULL);
  const wbi_channel *sms = wbi_policy_channel(policy, WBI_TEXT("sms"));
  assert_int_equal(wbi_channel_read(sms, WB_REGISTER_NEUTRAL), sms_read);
  assert_int_equal(wbi_channel_read(sms, WB_REGISTER_GENERAL), sms_read);
  assert_int_equal(wbi_channel_read(sms, WB_REGISTER_DETAIL),
                   sms_read | BIT(RECALL) | BIT(CLINICAL));
  wb_policy_unref(policy);
  assert_refused(*state, "{\"channels\": {\"sms\": {\"detail\": [\"financial\"]}}}", WB_E_POLICY,
                 "/channels/sms/detail/0");
}

static void each_recipient_has_lists_of_its_own(void **state) {
  static const char json[] = "{\"channels\": {\"sms\": {\"read\": [\"public\", \"name\"],"
                             "\"recipients\": {\"guardian\": {\"choose\": []}}}}}";
  const uint32_t shared = BIT(PUBLIC) | BIT(NAME) | BIT(LINK) | BIT(RELATION);
  wb_policy *policy = policy_of(*state, NULL);
  const wbi_text sms = WBI_TEXT("sms");
  assert_int_equal(wbi_policy_recipient(policy, sms, WB_RECIPIENT_PATIENT)->read, sms_read);
  assert_int_equal(wbi_policy_recipient(policy, sms, WB_RECIPIENT_GUARDIAN)->read,
                   sms_read | BIT(RELATION));
  assert_int_equal(wbi_policy_recipient(policy, sms, WB_RECIPIENT_HOUSEHOLD)->read, shared);
  assert_int_equal(wbi_policy_recipient(policy, sms, WB_RECIPIENT_HOUSEHOLD)->detail, 0);
  assert_null(wbi_policy_recipient(policy, sms, -1));
  assert_null(wbi_policy_recipient(policy, sms, WB_RECIPIENT_HOUSEHOLD + 1));
  wb_policy_unref(policy);
  policy = policy_of(*state, json);
  assert_int_equal(wbi_policy_recipient(policy, sms, WB_RECIPIENT_GUARDIAN)->read,
                   BIT(PUBLIC) | BIT(NAME) | BIT(RELATION));
  assert_int_equal(wbi_policy_recipient(policy, sms, WB_RECIPIENT_GUARDIAN)->choose, 0);
  assert_int_equal(wbi_policy_recipient(policy, sms, WB_RECIPIENT_HOUSEHOLD)->read,
                   BIT(PUBLIC) | BIT(NAME) | BIT(RELATION));
  assert_int_equal(wbi_policy_recipient(policy, sms, WB_RECIPIENT_PATIENT)->choose,
                   sms_read | BIT(RECALL));
  wb_policy_unref(policy);
  assert_refused(*state,
                 "{\"channels\": {\"sms\": {\"recipients\": {\"household\": {\"read\":"
                 "[\"scheduling\"]}}}}}",
                 WB_E_POLICY, "/channels/sms/recipients/household/read/0");
  assert_refused(*state, "{\"channels\": {\"sms\": {\"recipients\": {\"patient\": {}}}}}",
                 WB_E_NAME, "/channels/sms/recipients/patient");
  static const char *const wrong[][2] = {
      {"{\"guardian\": []}", "guardian"},
      {"{\"guardian\": {\"reads\": []}}", "guardian/reads"},
      {"{\"guardian\": {\"read\": 1}}", "guardian/read"},
      {"{\"guardian\": {\"choose\": 1}}", "guardian/choose"},
      {"{\"guardian\": {\"detail\": 1}, \"household\": {}}", "guardian/detail"}};
  for (size_t i = 0; i < WBI_COUNT(wrong); i++) {
    char text[160], path[80];
    snprintf(text, sizeof text, "{\"channels\": {\"sms\": {\"recipients\": %s}}}", wrong[i][0]);
    snprintf(path, sizeof path, "/channels/sms/recipients/%s", wrong[i][1]);
    const bool name = strstr(wrong[i][1], "reads") != NULL;
    assert_refused(*state, text, name ? WB_E_NAME : WB_E_INVALID, path);
  }
}

static void some_classes_do_not_go_together(void **state) {
  const uint32_t both = BIT(NAME) | BIT(CLINICAL), other = BIT(LINK) | BIT(SCHEDULING);
  static const char more[] = "{\"channels\": {\"sms\": {\"never\": [[\"link\", \"scheduling\"]]}}}";
  static const char less[] =
      "{\"widen\": true, \"channels\": {\"sms\": {\"never\": [[\"link\", \"scheduling\"]]}}}";
  wb_policy *policy = policy_of(*state, more);
  const wbi_channel *sms = wbi_policy_channel(policy, WBI_TEXT("sms"));
  assert_int_equal(wbi_channel_never(sms, both | BIT(PUBLIC)), both);
  assert_int_equal(wbi_channel_never(sms, other), other);
  assert_int_equal(wbi_channel_never(sms, BIT(NAME) | BIT(LINK)), 0);
  wb_policy_unref(policy);
  policy = policy_of(*state, less);
  sms = wbi_policy_recipient(policy, WBI_TEXT("sms"), WB_RECIPIENT_HOUSEHOLD);
  assert_int_equal(wbi_channel_never(sms, both), 0);
  assert_int_equal(wbi_channel_never(sms, other), other);
  wb_policy_unref(policy);
}

/* The index of a field. */
static uint32_t field_of(wb_schema *schema, const char *name) {
  uint32_t index = 0;
  assert_int_equal(wb_schema_find(schema, name, strlen(name), &index), WB_OK);
  return index;
}

/* What is said for a value; "": there is no generaliser. */
static void assert_general(const wb_policy *policy, uint32_t field, const char *language,
                           const char *value, const char *says) {
  const wbi_general *general = wbi_policy_general(policy, field, wbi_text_of(language));
  const wbi_text said =
      general != NULL ? wbi_general_say(general, wbi_text_of(value)) : (wbi_text){"", 0};
  assert_int_equal(said.length, strlen(says));
  assert_memory_equal(said.data, says, said.length);
}

static void words_stand_in_for_what_is_not_read(void **state) {
  static const char json[] =
      "{\"general\": [{\"class\": \"recall\", \"en\": \"a visit\"},"
      "{\"field\": \"recare.kind\", \"en\": \"a cleaning\", \"es\": \"una limpieza\"}]}";
  const uint32_t kind = field_of(*state, "recare.kind"), due = field_of(*state, "recare.due");
  wb_policy *policy = policy_of(*state, NULL);
  assert_general(policy, kind, "en", "perio", "your next visit");
  assert_general(policy, kind, "es", "perio", "su pr\xC3\xB3xima visita");
  assert_general(policy, kind, "de", "perio", "");
  wb_policy_unref(policy);
  policy = policy_of(*state, json);
  assert_general(policy, kind, "en", "perio", "a cleaning");
  assert_general(policy, kind, "es", "perio", "una limpieza");
  assert_general(policy, due, "en", "", "a visit");
  assert_general(policy, due, "es", "", "su pr\xC3\xB3xima visita");
  assert_null(wbi_policy_general(policy, kind, WBI_TEXT("en"))->values);
  wb_policy_unref(policy);
}

static void words_by_value_are_declared_with_a_reason(void **state) {
  static const char json[] =
      "{\"general\": [{\"field\": \"recare.band\", \"class\": \"public\", \"reason\": \"coarse\","
      "\"texts\": {\"0-6\": \"a while\", \"12+\": \"some time\"}, \"otherwise\": \"long\"}]}";
  const uint32_t band = field_of(*state, "recare.band");
  wb_policy *policy = policy_of(*state, json);
  const wbi_general *general = wbi_policy_general(policy, band, WBI_TEXT("en"));
  assert_int_equal(general->of, WB_CLASS_RECALL);
  assert_int_equal(general->gives, WB_CLASS_PUBLIC);
  assert_int_equal(general->value_count, 2);
  assert_general(policy, band, "en", "0-6", "a while");
  assert_general(policy, band, "en", "12+", "some time");
  assert_general(policy, band, "en", "6-9", "long");
  assert_general(policy, band, "en", "", "long");
  wb_policy_unref(policy);
}

/* Whether the words of a policy hold some of them. */
static bool words_have(const wb_policy *policy, const char *some) {
  static char text[16384];
  size_t length = 0;
  assert_int_equal(wb_policy_format(policy, text, sizeof text, &length), WB_OK);
  assert_int_equal(strlen(text), length);
  return strstr(text, some) != NULL;
}

static void the_built_in_policy_is_told_line_by_line(void **state) {
  wb_policy *policy = policy_of(*state, NULL);
  char text[16384];
  size_t length = 0;
  static const char head[] =
      "What a message may say, by channel. What is sealed is in none.\n"
      "Links lead to any host by https.\n"
      "\n"
      "  public              the practice's own name, address, phone; today's date\n"
      "  name                the patient's first name\n"
      "  link                links to the practice's own pages\n"
      "  scheduling          a visit that is booked\n"
      "  recall              that and since when care is due, and of which kind\n"
      "  clinical            diagnoses, procedures, treatment\n"
      "  financial           insurance, benefits, balances\n"
      "  identifier          last name, birth date, numbers, addresses, keys\n"
      "  relation            household, guardian\n"
      "  staff               status, advice, permissions: for staff eyes\n"
      "\n"
      "sms, at most 2 segments\n"
      "  says                public, name, link, scheduling\n"
      "  chosen by           public, name, link, scheduling, recall\n"
      "  by detail consent   recall, clinical\n"
      "  never together      name and clinical\n"
      "  to a guardian       says public, name, link, scheduling, relation; chosen by public, "
      "name, link, scheduling, recall, relation\n"
      "  to a household      says public, name, link, relation; chosen by public, name, link, "
      "relation\n"
      "\n"
      "email.subject, at most 78 characters\n"
      "  says                public, name\n"
      "  chosen by           public, name, recall\n"
      "  to a household      says public; chosen by public, relation\n"
      "\n";
  assert_int_equal(wb_policy_format(policy, text, sizeof text, &length), WB_OK);
  assert_memory_equal(text, head, sizeof head - 1);
  assert_true(words_have(policy, "voicemail, at most 75 words\n"
                                 "  says                public, name\n"
                                 "  chosen by           public, name, recall\n"
                                 "  to a household      says public; chosen by public\n"
                                 "\n"
                                 "page.public, at most 262144 bytes\n"
                                 "  says                public, link\n"
                                 "  chosen by           public, link\n"
                                 "\n"
                                 "page.secure, at most 262144 bytes\n"
                                 "  says                public, name, link, scheduling, recall, "
                                 "clinical, financial, relation\n"
                                 "  chosen by           public, name, link, scheduling, recall, "
                                 "clinical, financial, relation\n"
                                 "  to a household      says public, name, link, relation; chosen "
                                 "by public, name, link, relation\n"
                                 "\n"
                                 "Words in place of what is not said, the first that fits:\n"));
  wb_policy_unref(policy);
}

static void a_policy_is_told_in_words(void **state) {
  static const char json[] =
      "{\"widen\": true, \"hosts\": [\"a.example.com\", \"b.example.com\"], \"channels\": "
      "{\"sms\": {\"read\": [\"public\","
      "\"clinical\"], \"never\": [], \"max_segments\": 3}}, \"general\": "
      "[{\"field\": \"recare.band\","
      "\"class\": \"public\", \"reason\": \"coarse\", \"texts\": {\"0-6\": "
      "\"a while\"}, \"otherwise\":"
      "\"long\"}]}";
  wb_policy *policy = policy_of(*state, NULL);
  assert_true(
      words_have(policy, "\nsms, at most 2 segments\n  says                public, name, "));
  assert_true(words_have(policy, "  by detail consent   recall, clinical\n"));
  assert_true(words_have(policy, "  never together      name and clinical\n"));
  assert_true(
      words_have(policy, "  to a household      says public; chosen by public, relation\n"));
  assert_true(words_have(policy, "Links lead to any host by https.\n"));
  assert_true(words_have(policy, "  clinical (en): \"your visit\"\n"));
  assert_false(words_have(policy, "WIDENED"));
  wb_policy_unref(policy);
  policy = policy_of(*state, json);
  assert_true(words_have(policy, "This policy was allowed to be wider than the built-in one.\n"));
  assert_true(words_have(policy, "  WIDENED             says clinical\n"));
  assert_true(words_have(policy, "  WIDENED             longer than built in\n"));
  assert_true(words_have(policy, "  WIDENED             fewer classes are kept apart\n"));
  assert_true(words_have(policy, "Links lead to a.example.com, b.example.com.\n"));
  assert_true(words_have(policy,
                         "  recare.band (en) is told as public: \"0-6\" as \"a while\", else "
                         "\"long\"; the reason: coarse\n"));
  char small[8];
  size_t length = 0;
  assert_int_equal(wb_policy_format(policy, small, sizeof small, &length), WB_E_SPACE);
  assert_true(length > 1000);
  assert_int_equal(wb_policy_format(NULL, small, sizeof small, &length), WB_E_INVALID);
  assert_int_equal(wb_policy_format(policy, small, sizeof small, NULL), WB_E_INVALID);
  assert_int_equal(wb_policy_format(policy, NULL, 1, &length), WB_E_INVALID);
  assert_int_equal(wb_policy_format(policy, NULL, 0, &length), WB_E_SPACE);
  wb_policy_unref(policy);
  policy = policy_of(*state,
                     "{\"widen\": true, \"channels\": {\"sms\": {\"recipients\": {\"guardian\": "
                     "{\"choose\": [\"public\"]}, \"household\": {\"detail\": [\"recall\"]}}}}}");
  assert_true(words_have(policy, "; chosen by public\n"));
  assert_true(words_have(policy, "; with detail consent also recall\n"));
  assert_true(words_have(policy, "  WIDENED             with consent says recall\n"));
  wb_policy_unref(policy);
  policy = policy_of(
      *state,
      "{\"widen\": true, \"channels\": {\"sms\": {\"read\": [\"public\"], \"choose\": "
      "[\"public\"], \"detail\": [\"recall\"], \"recipients\": {"
      "\"guardian\": {\"read\": [\"public\"], \"choose\": [], \"detail\": [\"recall\"]}, "
      "\"household\": {\"read\": [\"public\"], \"choose\": [\"public\"], \"detail\": []}}}}}");
  assert_true(words_have(policy,
                         "  to a guardian       says public; chosen by nothing; with detail "
                         "consent also recall\n"
                         "  to a household      says public; chosen by public\n"));
  wb_policy_unref(policy);
  policy =
      policy_of(*state, "{\"channels\": {\"sms\": {\"max_segments\": 1, \"choose\": [], \"never\": "
                        "[[\"name\", \"clinical\"], [\"name\", \"recall\"]]}}}");
  assert_true(words_have(policy, "\nsms, at most 1 segment\n"));
  assert_true(words_have(policy, "  chosen by           nothing\n"));
  assert_true(words_have(policy, "  never together      name and clinical; "));
  wb_policy_unref(policy);
}

static void malformed_generalisers_are_refused(void **state) {
  static const struct {
    const char *json;
    wb_status status;
    const char *path;
  } cases[] = {
      {"{\"general\": {}}", WB_E_INVALID, "/general"},
      {"{\"general\": [7]}", WB_E_INVALID, "/general/0"},
      {"{\"general\": [{\"en\": \"x\"}]}", WB_E_INVALID, "/general/0"},
      {"{\"general\": [{\"class\": \"names\"}]}", WB_E_NAME, "/general/0/class"},
      {"{\"general\": [{\"class\": \"sealed\"}]}", WB_E_POLICY, "/general/0/class"},
      {"{\"general\": [{\"class\": \"name\", \"English\": \"x\"}]}", WB_E_NAME,
       "/general/0/English"},
      {"{\"general\": [{\"class\": \"name\", \"en\": \"a<b\"}]}", WB_E_INVALID, "/general/0/en"},
      {"{\"general\": [{\"class\": \"name\", \"en\": \"\"}]}", WB_E_INVALID, "/general/0/en"},
      {"{\"general\": [{\"field\": \"recare.kin\", \"en\": \"x\"}]}", WB_E_NAME,
       "/general/0/field"},
      {"{\"general\": [{\"field\": \"recare.band\", \"texts\": {\"0-6\": \"x\"}}]}", WB_E_INVALID,
       "/general/0"},
      {"{\"general\": [{\"field\": \"recare.band\", \"class\": \"public\", \"otherwise\": \"x\","
       "\"texts\": {\"0-6\": \"x\"}}]}",
       WB_E_INVALID, "/general/0"},
      {"{\"general\": [{\"field\": \"recare.band\", \"class\": \"public\", \"otherwise\": \"x\","
       "\"reason\": \"r\", \"texts\": {\"0-7\": \"x\"}}]}",
       WB_E_NAME, "/general/0/texts/0-7"},
      {"{\"general\": [{\"field\": \"recare.band\", \"class\": \"public\", \"otherwise\": \"x\","
       "\"reason\": \"r\", \"texts\": {}}]}",
       WB_E_INVALID, "/general/0/texts"},
      {"{\"general\": [{\"class\": \"name\", \"e\": \"x\"}]}", WB_E_NAME, "/general/0/e"},
      {"{\"general\": [{\"class\": \"name\", \"abcdefghi\": \"x\"}]}", WB_E_NAME,
       "/general/0/abcdefghi"},
      {"{\"general\": [{\"class\": \"name\", \"e{\": \"x\"}]}", WB_E_NAME, "/general/0/e{"},
      {"{\"general\": [{\"class\": \"name\", \"en\": 7}]}", WB_E_INVALID, "/general/0/en"},
      {"{\"channels\": {\"sms\": {\"never\": 1}}}", WB_E_INVALID, "/channels/sms/never"},
      {"{\"general\": [{\"class\": \"name\", \"en\": \"a\\nb\"}]}", WB_E_INVALID, "/general/0/en"},
      {"{\"general\": [{\"field\": 7, \"en\": \"x\"}]}", WB_E_INVALID, "/general/0/field"},
      {"{\"general\": [{\"field\": 7, \"texts\": {}}]}", WB_E_INVALID, "/general/0/field"},
      {"{\"general\": [{\"fields\": 7, \"texts\": {}}]}", WB_E_NAME, "/general/0/fields"},
      {"{\"general\": [{\"field\": \"recare.band\", \"class\": \"public\", \"texts\": []}]}",
       WB_E_INVALID, "/general/0/texts"},
      {"{\"general\": [{\"field\": \"recare.band\", \"class\": \"public\", \"texts\": "
       "{\"0-6\": 7, \"12+\": \"x\"}}]}",
       WB_E_INVALID, "/general/0/texts/0-6"},
      {"{\"general\": [{\"field\": \"procedures.code\", \"class\": \"public\", \"texts\": "
       "{\"a\": \"x\"}}]}",
       WB_E_INVALID, "/general/0"},
      {"{\"general\": [{\"field\": \"recare.band\", \"class\": \"public\", \"otherwise\": \"x\","
       "\"reason\": \"r\", \"language\": \"E\", \"texts\": {\"0-6\": \"x\"}}]}",
       WB_E_NAME, "/general/0/language"},
      {"{\"general\": [{\"field\": \"recare.due\", \"class\": \"public\", \"otherwise\": \"x\","
       "\"reason\": \"r\", \"texts\": {\"2026-01-01\": \"x\"}}]}",
       WB_E_INVALID, "/general/0"},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); ++i)
    assert_refused(*state, cases[i].json, cases[i].status, cases[i].path);
}

static void malformed_policies_are_refused_with_their_place(void **state) {
  static const struct {
    const char *json;
    wb_status status;
    const char *path;
  } cases[] = {
      {"", WB_E_SYNTAX, ""},
      {"{", WB_E_SYNTAX, ""},
      {"[]", WB_E_INVALID, ""},
      {"{\"channel\": {}}", WB_E_NAME, "/channel"},
      {"{\"channels\": []}", WB_E_INVALID, "/channels"},
      {"{\"channels\": {\"fax\": {}}}", WB_E_NAME, "/channels/fax"},
      {"{\"channels\": {\"sms\": 1}}", WB_E_INVALID, "/channels/sms"},
      {"{\"channels\": {\"sms\": {\"max_bytes\": 1}}}", WB_E_NAME, "/channels/sms/max_bytes"},
      {"{\"channels\": {\"sms\": {\"read\": {}}}}", WB_E_INVALID, "/channels/sms/read"},
      {"{\"channels\": {\"sms\": {\"read\": [1]}}}", WB_E_INVALID, "/channels/sms/read/0"},
      {"{\"channels\": {\"sms\": {\"read\": [\"names\"]}}}", WB_E_NAME, "/channels/sms/read/0"},
      {"{\"channels\": {\"sms\": {\"choose\": [\"Name\"]}}}", WB_E_NAME, "/channels/sms/choose/0"},
      {"{\"channels\": {\"sms\": {\"max_segments\": 0}}}", WB_E_INVALID,
       "/channels/sms/max_segments"},
      {"{\"channels\": {\"sms\": {\"max_segments\": \"2\"}}}", WB_E_INVALID,
       "/channels/sms/max_segments"},
      {"{\"widen\": true, \"channels\": {\"call\": {\"max_bytes\": 1048577}}}", WB_E_INVALID,
       "/channels/call/max_bytes"},
      {"{\"channels\": {\"sms\": {\"never\": [[]]}}}", WB_E_INVALID, "/channels/sms/never/0"},
      {"{\"channels\": {\"sms\": {\"never\": [[\"x\"]]}}}", WB_E_NAME, "/channels/sms/never/0/0"},
      {"{\"channels\": {\"sms\": {\"never\": [\"name\"]}}}", WB_E_INVALID, "/channels/sms/never/0"},
      {"{\"channels\": {\"sms\": {\"recipients\": []}}}", WB_E_INVALID, "/channels/sms/recipients"},
      {"{\"widen\": \"yes\"}", WB_E_INVALID, "/widen"},
      {"{\"hosts\": {}}", WB_E_INVALID, "/hosts"},
      {"{\"hosts\": []}", WB_E_INVALID, "/hosts"},
      {"{\"hosts\": [7]}", WB_E_INVALID, "/hosts/0"},
      {"{\"hosts\": [\"a.example.com\", \"\"]}", WB_E_INVALID, "/hosts/1"},
      {"{\"hosts\": [\"https://a.example.com\"]}", WB_E_INVALID, "/hosts/0"},
      {"{\"hosts\": [\"a.example.com:443\"]}", WB_E_INVALID, "/hosts/0"},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); ++i)
    assert_refused(*state, cases[i].json, cases[i].status, cases[i].path);
}

static void a_policy_needs_a_schema_and_a_place(void **state) {
  wb_policy *policy = NULL;
  assert_int_equal(wb_policy_new(NULL, NULL, NULL, 0, &policy, NULL), WB_E_INVALID);
  assert_int_equal(wb_policy_new(NULL, *state, NULL, 0, NULL, NULL), WB_E_INVALID);
  assert_null(policy);
}

static void references_are_counted(void **state) {
  fault_memory memory = {.live = 0};
  wb_context *context = fault_context(&memory);
  const uint64_t before = memory.live;
  wb_policy *policy = NULL;
  assert_int_equal(wb_policy_new(context, *state, NULL, 0, &policy, NULL), WB_OK);
  assert_ptr_equal(wb_policy_ref(policy), policy);
  wb_policy_unref(policy);
  assert_int_equal(wbi_policy_choose(policy, WBI_TEXT("sms")), sms_read | BIT(RECALL));
  wb_policy_unref(policy);
  assert_int_equal(memory.live, before);
  assert_null(wb_policy_ref(NULL));
  wb_policy_unref(NULL);
  wb_context_unref(context);
}

static void every_lack_of_memory_is_reported(void **state) {
  static const char json[] = "{\"hosts\": [\"a.example.com\", \"b.example.com\"], \"general\": "
                             "[{\"field\": \"recare.band\","
                             "\"class\": \"public\", \"reason\": \"r\", \"texts\": {\"0-6\": "
                             "\"x\"}, \"otherwise\": \"y\"}]}";
  for (fault_mode mode = FAULT_ONCE; mode <= FAULT_FOREVER; ++mode) {
    for (uint64_t at = 1;; ++at) {
      fault_memory memory = {.live = 0};
      wb_context *context = fault_context(&memory);
      const uint64_t before = memory.live;
      wb_policy *policy = NULL;
      fault_arm(&memory.plan, mode, at);
      const wb_status status = wb_policy_new(context, *state, json, sizeof json - 1, &policy, NULL);
      const bool struck = memory.plan.hits > 0;
      assert_int_equal(status, struck ? WB_E_NOMEM : WB_OK);
      wb_policy_unref(policy);
      assert_int_equal(memory.live, before);
      wb_context_unref(context);
      if (!struck) break;
    }
  }
}

static void classes_have_names(void **state) {
  (void)state;
  assert_string_equal(wbi_class_name(WB_CLASS_PUBLIC), "public");
  assert_string_equal(wbi_class_name(WB_CLASS_STAFF), "staff");
  assert_string_equal(wbi_class_name(WB_CLASS_SEALED), "sealed");
  assert_string_equal(wbi_class_name(-1), "sealed");
  assert_string_equal(wbi_class_name(11), "sealed");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_built_in_policy_is_narrow),
      cmocka_unit_test(each_channel_has_a_limit_in_its_own_unit),
      cmocka_unit_test(a_policy_is_known_by_its_text),
      cmocka_unit_test(other_names_are_no_channels),
      cmocka_unit_test(a_host_narrows_freely),
      cmocka_unit_test(widening_needs_a_word),
      cmocka_unit_test(what_is_sealed_stays_sealed),
      cmocka_unit_test(links_lead_to_listed_hosts),
      cmocka_unit_test(every_channel_is_there),
      cmocka_unit_test(a_text_of_the_register_detail_reads_more),
      cmocka_unit_test(each_recipient_has_lists_of_its_own),
      cmocka_unit_test(some_classes_do_not_go_together),
      cmocka_unit_test(words_stand_in_for_what_is_not_read),
      cmocka_unit_test(words_by_value_are_declared_with_a_reason),
      cmocka_unit_test(the_built_in_policy_is_told_line_by_line),
      cmocka_unit_test(a_policy_is_told_in_words),
      cmocka_unit_test(malformed_generalisers_are_refused),
      cmocka_unit_test(malformed_policies_are_refused_with_their_place),
      cmocka_unit_test(a_policy_needs_a_schema_and_a_place),
      cmocka_unit_test(references_are_counted),
      cmocka_unit_test(every_lack_of_memory_is_reported),
      cmocka_unit_test(classes_have_names),
  };
  return cmocka_run_group_tests(tests, schema_make, schema_drop);
}

/* SPDX-License-Identifier: MIT */
/* How much a privacy policy may list, how long its words may be, and of what kind its parts are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "liquid/liquid_private.h"
#include "support/many.h"
#include "support/schema.h"

/* Compiles a policy with very many items in one of its lists. */
static wb_status read_many(wb_schema *schema, const char *head, const char *item, int count,
                           const char *tail) {
  static char text[1 << 16];
  const size_t length = many_write(text, sizeof text, head, item, count, tail);
  wb_policy *policy = NULL;
  const wb_status status = wb_policy_new(NULL, schema, text, length, &policy, NULL);
  wb_policy_unref(policy);
  return status;
}

static void lists_have_limits(void **state) {
  static const char sets[] = "{\"widen\": true, \"channels\": {\"sms\": {\"never\": [";
  static const char words[] = "{\"general\": [";
  static const char values[] = "{\"general\": [{\"field\": \"patient.name\", \"class\": \"name\","
                               "\"reason\": \"r\", \"otherwise\": \"x\", \"texts\": {";
  wb_policy *built = NULL;
  assert_int_equal(wb_policy_new(NULL, *state, NULL, 0, &built, NULL), WB_OK);
  const int there = (int)built->general.count;
  wb_policy_unref(built);
  assert_int_equal(read_many(*state, sets, "[\"name\"]", 16, "]}}}"), WB_OK);
  assert_int_equal(read_many(*state, sets, "[\"name\"]", 17, "]}}}"), WB_E_LIMIT);
  const char *one = "{\"class\": \"name\", \"en\": \"a\"}";
  assert_int_equal(read_many(*state, words, one, 256 - there, "]}"), WB_OK);
  assert_int_equal(read_many(*state, words, one, 257 - there, "]}"), WB_E_LIMIT);
  assert_int_equal(read_many(*state, values, "\"v#\": \"x\"", 256, "}}]}"), WB_OK);
  assert_int_equal(read_many(*state, values, "\"v#\": \"x\"", 257, "}}]}"), WB_E_INVALID);
  assert_int_equal(read_many(*state, "{\"hosts\": [", "\"h#\"", 256, "]}"), WB_OK);
  assert_int_equal(read_many(*state, "{\"hosts\": [", "\"h#\"", 257, "]}"), WB_E_INVALID);
  assert_int_equal(read_many(*state, "{\"hosts\": [\"", "a", 0, "\"]}"), WB_E_INVALID);
  for (int more = 0; more < 2; more++) {
    char host[300];
    snprintf(host, sizeof host, "\"%0*d\"", 253 + more, 0);
    assert_int_equal(read_many(*state, "{\"hosts\": [", host, 1, "]}"),
                     more ? WB_E_INVALID : WB_OK);
  }
}

static void words_are_short_and_tell_nothing_that_is_sealed(void **state) {
  static const wb_field sealed = {
      .size = sizeof sealed, .name = "host.sealed", .type = WB_TEXT, .class_ = WB_CLASS_SEALED};
  static const char json[] =
      "{\"general\": [{\"field\": \"host.sealed\", \"class\": \"public\", "
      "\"reason\": \"r\", \"otherwise\": \"x\", \"texts\": {\"a\": \"b\"}}]}";
  for (int more = 0; more < 2; more++) {
    char words[300];
    snprintf(words, sizeof words, "{\"class\": \"name\", \"en\": \"%0*d\"}", 200 + more, 0);
    assert_int_equal(read_many(*state, "{\"general\": [", words, 1, "]}"),
                     more ? WB_E_INVALID : WB_OK);
  }
  wb_schema *schema = NULL;
  assert_int_equal(wb_schema_new(NULL, &sealed, 1, &schema, NULL), WB_OK);
  wb_policy *policy = NULL;
  wb_error error;
  assert_int_equal(wb_policy_new(NULL, schema, json, sizeof json - 1, &policy, &error),
                   WB_E_POLICY);
  assert_string_equal(error.path, "/general/0");
  wb_schema_unref(schema);
  assert_int_equal(wb_policy_new(NULL, *state, "{\"widen\": 1}", 12, &policy, NULL), WB_E_INVALID);
}

static void languages_have_two_to_eight_small_letters(void **state) {
  static const struct {
    const char *name;
    wb_status status;
  } languages[] = {{"a", WB_E_NAME},    {"az", WB_OK},     {"za", WB_OK},
                   {"abcdefgh", WB_OK}, {"es-mx", WB_OK},  {"abcdefghi", WB_E_NAME},
                   {"a`", WB_E_NAME},   {"a{", WB_E_NAME}, {"aZ", WB_E_NAME},
                   {"a.", WB_E_NAME},   {"a_", WB_E_NAME}};
  for (size_t i = 0; i < WBI_COUNT(languages); i++) {
    char words[100];
    snprintf(words, sizeof words, "{\"class\": \"name\", \"%s\": \"a\"}", languages[i].name);
    if (read_many(*state, "{\"general\": [", words, 1, "]}") != languages[i].status)
      fail_msg("%s", languages[i].name);
  }
}

static void what_is_no_object_is_refused_with_its_place(void **state) {
  static const char *const parts[][3] = {
      {"%s", "", "A policy is written as an object."},
      {"{\"channels\": {\"sms\": %s}}", "/channels/sms", "A channel is written as an object."},
      {"{\"general\": [%s]}", "/general/0", "A generaliser is written as an object."}};
  static const char *const values[] = {"7", "\"a\"", "true", "null", "[]", "[{}]"};
  for (size_t i = 0; i < WBI_COUNT(parts); i++) {
    for (size_t j = 0; j < WBI_COUNT(values); j++) {
      char json[100];
      wb_policy *policy = NULL;
      wb_error error;
      const char *hole = strstr(parts[i][0], "%s");
      const int length = snprintf(json, sizeof json, "%.*s%s%s", (int)(hole - parts[i][0]),
                                  parts[i][0], values[j], hole + 2);
      assert_int_equal(wb_policy_new(NULL, *state, json, (size_t)length, &policy, &error),
                       WB_E_INVALID);
      assert_null(policy);
      assert_string_equal(error.path, parts[i][1]);
      assert_string_equal(error.message, parts[i][2]);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(lists_have_limits),
      cmocka_unit_test(words_are_short_and_tell_nothing_that_is_sealed),
      cmocka_unit_test(languages_have_two_to_eight_small_letters),
      cmocka_unit_test(what_is_no_object_is_refused_with_its_place),
  };
  return cmocka_run_group_tests(tests, schema_make, schema_drop);
}

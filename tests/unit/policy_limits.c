/* SPDX-License-Identifier: MIT */
/* How much a privacy policy may list, and how long its words may be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(lists_have_limits),
      cmocka_unit_test(words_are_short_and_tell_nothing_that_is_sealed),
  };
  return cmocka_run_group_tests(tests, schema_make, schema_drop);
}

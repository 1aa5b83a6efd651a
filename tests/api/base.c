/* SPDX-License-Identifier: MIT */
/* What base.h promises: codes, errors, contexts, sizes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/fault.h"
#include "support/shape.h"

static void the_version_is_that_of_the_header(void **state) {
  (void)state;
  char text[40];
  assert_int_equal(wb_version(),
                   WB_VERSION_MAJOR * 1000000 + WB_VERSION_MINOR * 1000 + WB_VERSION_PATCH);
  snprintf(text, sizeof text, "%d.%d.%d", WB_VERSION_MAJOR, WB_VERSION_MINOR, WB_VERSION_PATCH);
  assert_string_equal(wb_version_text(), text);
}

static void every_code_has_a_name_and_a_sentence(void **state) {
  (void)state;
  static const char *const names[] = {
      "WB_OK",        "WB_E_NOMEM",   "WB_E_INVALID",  "WB_E_RANGE",  "WB_E_SPACE",  "WB_E_SYNTAX",
      "WB_E_TYPE",    "WB_E_NAME",    "WB_E_LIMIT",    "WB_E_POLICY", "WB_E_STATE",  "WB_E_BUSY",
      "WB_E_CORRUPT", "WB_E_VERSION", "WB_E_CONFLICT", "WB_E_STALE",  "WB_E_ABORTED"};
  const int32_t count = sizeof names / sizeof *names;
  for (int32_t i = 0; i < count; ++i) {
    assert_string_equal(wb_status_name(-i), names[i]);
    assert_true(strlen(wb_status_text(-i)) > 4);
    for (int32_t j = 0; j < i; ++j)
      assert_string_not_equal(wb_status_text(-i), wb_status_text(-j));
  }
  const wb_status none[] = {1, -count, INT32_MIN, INT32_MAX};
  for (size_t i = 0; i < 4; ++i) {
    assert_string_equal(wb_status_name(none[i]), "WB_E_UNKNOWN");
    assert_non_null(wb_status_text(none[i]));
  }
}

static void public_structs_have_the_size_of_the_header(void **state) {
  (void)state;
#define SIZE_OF(name)                                                                              \
  { #name, sizeof(name) }
  static const struct {
    const char *name;
    size_t size;
  } structs[] = {SIZE_OF(wb_error),
                 SIZE_OF(wb_context_options),
                 SIZE_OF(wb_interval),
                 SIZE_OF(wb_local),
                 SIZE_OF(wb_field),
                 SIZE_OF(wb_column),
                 SIZE_OF(wb_value),
                 SIZE_OF(wb_moment),
                 SIZE_OF(wb_facts_options),
                 SIZE_OF(wb_verdict),
                 SIZE_OF(wb_campaign_info),
                 SIZE_OF(wb_match),
                 SIZE_OF(wb_practice_options),
                 SIZE_OF(wb_replay),
                 SIZE_OF(wb_counts),
                 SIZE_OF(wb_action),
                 SIZE_OF(wb_outcome),
                 SIZE_OF(wb_input),
                 SIZE_OF(wb_enrollment),
                 SIZE_OF(wb_action_status),
                 SIZE_OF(wb_task),
                 SIZE_OF(wb_record),
                 SIZE_OF(wb_window),
                 SIZE_OF(wb_law_question),
                 SIZE_OF(wb_law_answer),
                 SIZE_OF(wb_law_rule),
                 SIZE_OF(wb_code),
                 SIZE_OF(wb_group),
                 SIZE_OF(wb_code_range),
                 SIZE_OF(wb_procedure),
                 SIZE_OF(wb_treatment),
                 SIZE_OF(wb_unfinished),
                 SIZE_OF(wb_recare_history),
                 SIZE_OF(wb_recare_settings),
                 SIZE_OF(wb_recare),
                 SIZE_OF(wb_plan),
                 SIZE_OF(wb_period),
                 SIZE_OF(wb_claim),
                 SIZE_OF(wb_usage),
                 SIZE_OF(wb_limit),
                 SIZE_OF(wb_service),
                 SIZE_OF(wb_covered),
                 SIZE_OF(wb_sms),
                 SIZE_OF(wb_link_key),
                 SIZE_OF(wb_link)};
#undef SIZE_OF
  for (size_t i = 0; i < sizeof structs / sizeof *structs; ++i)
    if (wb_struct_size(structs[i].name) != structs[i].size) fail_msg("%s", structs[i].name);
  assert_int_equal(wb_struct_size("wb_nothing"), 0);
  assert_int_equal(wb_struct_size(""), 0);
  assert_int_equal(wb_struct_size("wb_erro"), 0);
  assert_int_equal(wb_struct_size("wb_errors"), 0);
}

static wb_status new_context(void *user, void *options) {
  (void)user;
  wb_context *context = NULL;
  wb_status status = wb_context_new(options, &context, NULL);
  assert_true((status == WB_OK) == (context != NULL));
  wb_context_unref(context);
  return status;
}

static void options_of_a_context_are_checked(void **state) {
  (void)state;
  wb_context_options options = {.size = sizeof options};
  shape_in(&options, sizeof options, new_context, NULL);
  assert_int_equal(wb_context_new(NULL, NULL, NULL), WB_E_INVALID);
  assert_int_equal(new_context(NULL, NULL), WB_OK);
  options.max_depth = 1024;
  assert_int_equal(new_context(NULL, &options), WB_OK);
  options.max_depth = 1025;
  assert_int_equal(new_context(NULL, &options), WB_E_INVALID);
  options.max_depth = 0;
  options.flags = 1;
  assert_int_equal(new_context(NULL, &options), WB_E_VERSION);
  options.flags = 0;
  options.flags = 1;
  assert_int_equal(new_context(NULL, &options), WB_E_VERSION);
}

static void an_error_is_filled_only_by_a_failure(void **state) {
  (void)state;
  wb_error error, before;
  wb_context *context = NULL;
  memset(&error, 0xA5, sizeof error);
  before = error;
  assert_int_equal(wb_context_new(NULL, &context, &error), WB_OK);
  assert_memory_equal(&error, &before, sizeof error);
  wb_context_options small = {.size = 4};
  wb_context *untouched = context;
  assert_int_equal(wb_context_new(&small, &untouched, &error), WB_E_INVALID);
  assert_ptr_equal(untouched, context);
  assert_int_equal(error.status, WB_E_INVALID);
  assert_int_equal(error.line, 0);
  assert_int_equal(error.column, 0);
  assert_int_equal(error.reserved, 0);
  assert_non_null(memchr(error.path, 0, sizeof error.path));
  assert_non_null(memchr(error.message, 0, sizeof error.message));
  assert_true(strlen(error.message) > 0);
  wb_context_unref(context);
}

static void references_are_counted(void **state) {
  (void)state;
  fault_memory memory;
  wb_context *context = fault_context(&memory);
  uint64_t alone = memory.live;
  assert_true(alone > 0);
  assert_ptr_equal(wb_context_ref(context), context);
  wb_context_unref(context);
  assert_int_equal(memory.live, alone);
  wb_schema *schema = NULL;
  assert_int_equal(wb_schema_new(context, NULL, 0, &schema, NULL), WB_OK);
  wb_context_unref(context); /* the schema holds it */
  assert_true(memory.live > alone);
  assert_true(wb_schema_count(schema) > 0);
  wb_schema_unref(schema);
  assert_int_equal(memory.live, 0);
}

static void memory_has_a_limit(void **state) {
  (void)state;
  fault_memory memory;
  wb_context *counted = fault_context(&memory);
  wb_schema *schema = NULL;
  assert_int_equal(wb_schema_new(counted, NULL, 0, &schema, NULL), WB_OK);
  uint64_t needed = memory.peak;
  wb_schema_unref(schema);
  wb_context_unref(counted);
  schema = NULL;
  uint64_t fits = 0;
  for (uint64_t most = 1; most <= 2 * needed + 4096 && !fits; most += 256) {
    fault_memory own = {0};
    wb_context_options options = {
        .size = sizeof options, .alloc = fault_alloc, .user = &own, .max_memory = most};
    wb_context *context = NULL;
    wb_status status = wb_context_new(&options, &context, NULL);
    uint64_t alone = own.live;
    if (status == WB_OK) status = wb_schema_new(context, NULL, 0, &schema, NULL);
    assert_true(own.peak <= most + alone);
    if (status == WB_OK) {
      fits = most;
    } else {
      assert_int_equal(status, WB_E_NOMEM);
      assert_null(schema);
    }
    wb_schema_unref(schema);
    wb_context_unref(context);
    assert_int_equal(own.live, 0);
  }
  assert_true(fits > 256);
}

static void nothing_is_given_back_by_null(void **state) {
  (void)state;
  wb_context_unref(NULL);
  wb_zone_unref(NULL);
  wb_schema_unref(NULL);
  wb_law_unref(NULL);
  wb_policy_unref(NULL);
  wb_rule_unref(NULL);
  wb_template_unref(NULL);
  wb_campaign_unref(NULL);
  wb_facts_free(NULL);
  wb_practice_free(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_version_is_that_of_the_header),
      cmocka_unit_test(every_code_has_a_name_and_a_sentence),
      cmocka_unit_test(public_structs_have_the_size_of_the_header),
      cmocka_unit_test(options_of_a_context_are_checked),
      cmocka_unit_test(an_error_is_filled_only_by_a_failure),
      cmocka_unit_test(references_are_counted),
      cmocka_unit_test(memory_has_a_limit),
      cmocka_unit_test(nothing_is_given_back_by_null),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* The keywords of JSON Schema that the published schemas may use, on documents of either side. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "outreach/settings.h"
#include "support/fault.h"

static wb_status tested(wbi_arena *arena, const char *schema, const char *document,
                        wb_error *error) {
  wbi_json *rules = NULL, *root = NULL;
  wb_status status = wbi_json_parse(arena, wbi_text_of(schema), &rules, error);
  if (status == WB_OK) status = wbi_json_parse(arena, wbi_text_of(document), &root, error);
  return status == WB_OK ? wbi_json_schema_test(arena, rules, root, error) : status;
}

static void each_keyword_is_held_to(void **state) {
  static const struct {
    const char *schema, *document, *path; /* path NULL: it is as the schema says */
    wb_status status;
  } rows[] = {
      {"{}", "[1,{\"a\":true}]", NULL, WB_OK},
      {"{\"enum\":[\"a\",\"b\"]}", "\"b\"", NULL, WB_OK},
      {"{\"enum\":[\"a\",\"b\"]}", "\"c\"", "", WB_E_NAME},
      {"{\"enum\":[\"a\",\"b\"]}", "1", "", WB_E_NAME},
      {"{\"type\":\"array\",\"maxItems\":2}", "[1,\"a\"]", NULL, WB_OK},
      {"{\"type\":\"array\",\"maxItems\":2}", "[1,2,3]", "", WB_E_LIMIT},
      {"{\"items\":{\"type\":\"integer\"}}", "[1,\"a\"]", "/1", WB_E_TYPE},
      {"{\"minProperties\":1,\"maxProperties\":2}", "{\"a\":1,\"b\":2}", NULL, WB_OK},
      {"{\"minProperties\":1,\"maxProperties\":2}", "{}", "", WB_E_LIMIT},
      {"{\"minProperties\":1,\"maxProperties\":2}", "{\"a\":1,\"b\":2,\"c\":3}", "", WB_E_LIMIT},
      {"{\"additionalProperties\":false}", "{}", NULL, WB_OK},
      {"{\"additionalProperties\":false}", "{\"a\":1}", "/a", WB_E_NAME},
      {"{\"pattern\":\"^a+$\"}", "\"aa\"", NULL, WB_OK},
      {"{\"pattern\":\"^a+$\"}", "\"ab\"", "", WB_E_SYNTAX},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(rows); i++) {
    wbi_arena arena;
    wb_error error = {0};
    wbi_arena_init(&arena, NULL, 0);
    const wb_status status = tested(&arena, rows[i].schema, rows[i].document, &error);
    if (status != rows[i].status)
      fail_msg("%s %s: %s", rows[i].schema, rows[i].document, wb_status_name(status));
    if (rows[i].path != NULL) assert_string_equal(error.path, rows[i].path);
    wbi_arena_free(&arena);
  }
}

/* Of very many names the nearest of the first 64 is told. */
static void a_name_that_is_none_is_told_whatever_number_there_is(void **state) {
  enum { NAMES = 70 };
  char schema[2048] = "{\"additionalProperties\":false,\"properties\":{";
  size_t at = strlen(schema);
  wbi_arena arena;
  wb_error error = {0};
  (void)state;
  for (int i = 0; i < NAMES; i++)
    at += (size_t)snprintf(schema + at, sizeof schema - at, "%s\"name-%02d\":{}", i > 0 ? "," : "",
                           i);
  snprintf(schema + at, sizeof schema - at, "}}");
  wbi_arena_init(&arena, NULL, 0);
  assert_int_equal(tested(&arena, schema, "{\"name-69\":1}", &error), WB_OK);
  assert_int_equal(tested(&arena, schema, "{\"nane-07\":1}", &error), WB_E_NAME);
  assert_non_null(strstr(error.message, "name-07"));
  wbi_arena_free(&arena);
}

/* A schema that names itself goes as deep as 32, and no deeper. */
static void a_document_is_looked_through_to_a_depth(void **state) {
  static const char schema[] = "{\"$defs\":{\"n\":{\"items\":{\"$ref\":\"#/$defs/n\"}}},"
                               "\"$ref\":\"#/$defs/n\"}";
  (void)state;
  for (size_t depth = 32; depth <= 33; depth++) {
    char document[128] = "";
    wbi_arena arena;
    wb_error error = {0};
    memset(document, '[', depth);
    memset(document + depth, ']', depth);
    wbi_arena_init(&arena, NULL, 0);
    assert_int_equal(tested(&arena, schema, document, &error), depth > 32 ? WB_E_LIMIT : WB_OK);
    wbi_arena_free(&arena);
  }
}

/* Deep is what is inside another, not what stands beside it. */
static void a_document_may_be_as_wide_as_it_likes(void **state) {
  static const char schema[] = "{\"items\":{\"items\":{}}}";
  char document[256] = "[[]";
  wbi_arena arena;
  wb_error error = {0};
  (void)state;
  for (int i = 1; i < 64; i++)
    strcat(document, ",[]");
  strcat(document, "]");
  wbi_arena_init(&arena, NULL, 0);
  assert_int_equal(tested(&arena, schema, document, &error), WB_OK);
  wbi_arena_free(&arena);
}

/* Wherever a block of memory ends, what needs the next one is told of. */
static void no_memory_is_told(void **state) {
  enum { STEP = 16, BLOCK = 1024 };
  static const char schema[] = "{\"pattern\":\"^(a|b)+c?$\"}";
  fault_memory memory;
  wb_context *context = fault_context(&memory);
  (void)state;
  for (size_t taken = STEP; taken <= BLOCK; taken += STEP) {
    wb_status status;
    uint64_t at = 0;
    do {
      wbi_arena arena;
      wb_error error = {0};
      wbi_arena_init(&arena, context, 0);
      assert_non_null(wbi_arena_alloc(&arena, taken));
      fault_arm(&memory.plan, FAULT_ONCE, ++at);
      status = tested(&arena, schema, "\"abab\"", &error);
      assert_int_equal(status, memory.plan.hits > 0 ? WB_E_NOMEM : WB_OK);
      fault_arm(&memory.plan, FAULT_NEVER, 0);
      wbi_arena_free(&arena);
    } while (status != WB_OK);
  }
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_keyword_is_held_to),
      cmocka_unit_test(a_name_that_is_none_is_told_whatever_number_there_is),
      cmocka_unit_test(a_document_is_looked_through_to_a_depth),
      cmocka_unit_test(a_document_may_be_as_wide_as_it_likes),
      cmocka_unit_test(no_memory_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

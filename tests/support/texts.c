/* SPDX-License-Identifier: MIT */
#include "support/texts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "support/tables.h"

#define TEXTS_NOW 1769760000 /* 2026-01-30T08:00:00Z */

wb_policy *texts_policy(const texts_world *it, const char *json) {
  const size_t length = json != NULL ? strlen(json) : 0;
  wb_policy *policy = NULL;
  wb_error error = {.status = 0};
  if (wb_policy_new(NULL, it->schema, json, length, &policy, &error) != WB_OK)
    fail_msg("%s: %s", error.path, error.message);
  return policy;
}

void texts_open(texts_world *it, const wb_field *fields, uint32_t count, const char *policy,
                const char *const tables[][2]) {
  const wb_facts_options options = {.size = sizeof options, .as_of = TEXTS_NOW};
  *it = (texts_world){.moment = {.size = sizeof it->moment, .now = TEXTS_NOW}};
  assert_int_equal(wb_schema_new(NULL, fields, count, &it->schema, NULL), WB_OK);
  it->policy = texts_policy(it, policy);
  assert_int_equal(wb_facts_new(NULL, it->schema, &options, &it->facts, NULL), WB_OK);
  for (size_t i = 0; tables[i][0] != NULL; i++) {
    wb_error error = {.status = 0};
    if (table_add(it->facts, tables[i][0], tables[i][1], &error) != WB_OK)
      fail_msg("%s: %s", error.path, error.message);
  }
}

int texts_drop(void **state) {
  texts_world *it = *state;
  wb_facts_free(it->facts);
  wb_policy_unref(it->policy);
  wb_policy_unref(it->second);
  wb_schema_unref(it->schema);
  return 0;
}

wb_status texts_compile(const texts_world *it, const char *channel, const char *text,
                        wb_template **compiled, wb_error *error) {
  const wb_template_options options = {.size = sizeof options, .channel = channel};
  if (error != NULL) *error = (wb_error){.status = 0};
  return wb_template_new(NULL, it->schema, it->policy, &options, text, strlen(text), compiled,
                         error);
}

wb_status texts_render(const texts_world *it, const char *channel, const char *text, uint64_t row,
                       char out[TEXTS_ROOM], wb_error *error) {
  wb_template *compiled = NULL;
  size_t length = 0;
  wb_status status = texts_compile(it, channel, text, &compiled, error);
  if (status != WB_OK) print_error("%s: %s\n", text, error->message);
  assert_int_equal(status, WB_OK);
  status =
      wb_template_render(compiled, it->facts, row, &it->moment, out, TEXTS_ROOM, &length, error);
  if (status == WB_OK) assert_int_equal(length, strlen(out));
  wb_template_unref(compiled);
  return status;
}

void texts_say(const texts_world *it, const char *channel, const char *text, uint64_t row,
               const char *expected) {
  char out[TEXTS_ROOM];
  wb_error error;
  const wb_status status = texts_render(it, channel, text, row, out, &error);
  if (status != WB_OK) print_error("%s: %s %s\n", text, error.path, error.message);
  assert_int_equal(status, WB_OK);
  assert_string_equal(out, expected);
}

void texts_held(const texts_world *it, const char *channel, const char *text, uint64_t row,
                wb_status status, const char *field, const char *message) {
  char out[TEXTS_ROOM] = "untouched";
  wb_error error;
  assert_int_equal(texts_render(it, channel, text, row, out, &error), status);
  assert_string_equal(error.path, field);
  assert_string_equal(error.message, message);
  assert_string_equal(out, "untouched");
}

void texts_refused(const texts_world *it, const char *channel, const char *text, wb_status status,
                   uint32_t line, uint32_t column, const char *message) {
  wb_template *compiled = NULL;
  wb_error error;
  const wb_status given = texts_compile(it, channel, text, &compiled, &error);
  if (given != status) print_error("%s: %s\n", text, error.message);
  assert_int_equal(given, status);
  assert_null(compiled);
  assert_string_equal(error.message, message);
  assert_int_equal(error.line, line);
  assert_int_equal(error.column, column);
}

void texts_refused_all(const texts_world *it, const char *channel, const texts_refusal *refusals,
                       size_t count) {
  for (size_t i = 0; i < count; i++) {
    const texts_refusal *each = &refusals[i];
    texts_refused(it, channel, each->text, each->status, 1, each->column, each->message);
  }
}

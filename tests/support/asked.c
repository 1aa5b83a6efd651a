/* SPDX-License-Identifier: MIT */
#include "support/asked.h"

#include <setjmp.h>
#include <stdlib.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/tables.h"

#include <winback/zone.h>

#define ASKED_NOW "2026-01-30T14:00:00Z"

enum { ASKED_TEXT = 64, ASKED_LINE = 1024 };

static wb_schema *asked_schema; /* of all tests of a program */
static wb_zone *asked_zone;

/* Gives back what all tests shared. */
static void asked_close(void) {
  wb_schema_unref(asked_schema);
  wb_zone_unref(asked_zone);
}

wb_facts *asked_of(const char *const tables[][2]) {
  wb_facts_options options = {.size = sizeof options};
  wb_facts *facts = NULL;
  if (!asked_schema) {
    assert_int_equal(atexit(asked_close), 0);
    assert_int_equal(wb_schema_new(NULL, NULL, 0, &asked_schema, NULL), WB_OK);
    assert_int_equal(wb_zone_new(NULL, "America/New_York", 16, &asked_zone, NULL), WB_OK);
  }
  assert_int_equal(wb_facts_new(NULL, asked_schema, &options, &facts, NULL), WB_OK);
  for (size_t i = 0; tables[i][0]; ++i) {
    wb_error error = {0};
    if (table_add(facts, tables[i][0], tables[i][1], &error)) fail_msg("%s", error.path);
  }
  return facts;
}

/* The moment of an instant in New York. */
static wb_moment asked_moment(const char *now) {
  wb_moment moment = {.size = sizeof moment, .zone = asked_zone};
  assert_int_equal(wb_time_parse(now, strlen(now), &moment.now), WB_OK);
  return moment;
}

/* The index of a field. */
static uint32_t asked_index(const char *name, size_t length) {
  uint32_t index = 0;
  if (wb_schema_find(asked_schema, name, length, &index)) fail_msg("no field %s", name);
  return index;
}

/* Writes a value as text. */
static void asked_show(const wb_value *value, char out[ASKED_TEXT]) {
  size_t length = 0;
  switch (value->kind) {
  case WB_UNKNOWN: snprintf(out, ASKED_TEXT, "unknown"); break;
  case WB_NULL: snprintf(out, ASKED_TEXT, "null"); break;
  case WB_BOOL: snprintf(out, ASKED_TEXT, "%s", value->integer ? "true" : "false"); break;
  case WB_TEXT: snprintf(out, ASKED_TEXT, "%.*s", (int)value->length, value->data); break;
  case WB_DATE:
    assert_int_equal(wb_date_format((wb_date)value->integer, out, ASKED_TEXT, &length), WB_OK);
    break;
  case WB_TIME:
    assert_int_equal(wb_time_format(value->integer, NULL, out, ASKED_TEXT, &length), WB_OK);
    break;
  default: snprintf(out, ASKED_TEXT, "%lld", (long long)value->integer); break;
  }
}

void asked_at(wb_facts *facts, uint64_t row, const char *field, const char *now,
              const char *wanted) {
  char said[ASKED_TEXT];
  wb_error error = {0};
  wb_moment moment = asked_moment(now);
  wb_value value = {.size = sizeof value};
  wb_status status =
      wb_facts_get(facts, row, asked_index(field, strlen(field)), &moment, &value, &error);
  if (status) fail_msg("%s of row %d: %s at %s", field, (int)row, error.message, error.path);
  asked_show(&value, said);
  if (strcmp(said, wanted) != 0)
    fail_msg("%s of row %d is %s, not %s", field, (int)row, said, wanted);
}

void asked_field(wb_facts *facts, uint64_t row, const char *field, const char *wanted) {
  asked_at(facts, row, field, ASKED_NOW, wanted);
}

/* Writes some fields of one element; false: there is no such element. */
static bool asked_element(wb_facts *facts, uint64_t row, const char *fields, uint32_t index,
                          char line[ASKED_LINE]) {
  wb_moment moment = asked_moment(ASKED_NOW);
  for (const char *at = fields; *at;) {
    char said[ASKED_TEXT];
    wb_error error = {0};
    wb_value value = {.size = sizeof value};
    size_t length = strcspn(at, " "), used = strlen(line);
    wb_status status =
        wb_facts_get_item(facts, row, asked_index(at, length), index, &moment, &value, &error);
    if (status == WB_E_NAME) return false;
    if (status) fail_msg("%s: %s at %s", at, error.message, error.path);
    asked_show(&value, said);
    const char *before = at != fields ? " " : index ? "; " : "";
    snprintf(line + used, ASKED_LINE - used, "%s%s", before, said);
    at += length + (at[length] == ' ');
  }
  return true;
}

void asked_items(wb_facts *facts, uint64_t row, const char *fields, const char *wanted) {
  char line[ASKED_LINE] = "";
  for (uint32_t index = 0; asked_element(facts, row, fields, index, line);)
    ++index;
  assert_string_equal(line, wanted);
}

void asked_known(wb_facts *facts, uint64_t row, const char *field) {
  wb_error error = {0};
  wb_moment moment = asked_moment(ASKED_NOW);
  wb_value value = {.size = sizeof value};
  uint32_t index = asked_index(field, strlen(field));
  if (wb_facts_get(facts, row, index, &moment, &value, &error)) fail_msg("%s", error.path);
  assert_int_not_equal(value.kind, WB_UNKNOWN);
}

void asked_fails(wb_facts *facts, uint64_t row, const char *field, wb_status status,
                 const char *path) {
  asked_fails_at(facts, row, field, ASKED_NOW, status, path);
}

void asked_fails_at(wb_facts *facts, uint64_t row, const char *field, const char *now,
                    wb_status status, const char *path) {
  wb_error error = {0};
  wb_moment moment = asked_moment(now);
  wb_value value = {.size = sizeof value};
  uint32_t index = asked_index(field, strlen(field));
  assert_int_equal(wb_facts_get(facts, row, index, &moment, &value, &error), status);
  assert_string_equal(error.path, path);
}

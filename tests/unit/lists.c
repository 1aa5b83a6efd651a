/* SPDX-License-Identifier: MIT */
/* Lists of the dictionary: declared, and read element by element. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "facts/facts_private.h"
#include "support/fault.h"
#include "support/tables.h"

static wb_error last_error;
static wb_zone *utc;

static const char patients[] = "patient:u|status:u\na|active\nb|active\nc|active\n";
static const char procedures[] = "patient:u|code:u|status:u|date:tdD|appointment:u\n"
                                 "a|D1110|completed|2025-01-07|v1\n"
                                 "c|D2740|planned||\n"
                                 "a||other|2025-02-01|\n"
                                 "x|D0120|completed|2025-01-07|\n"
                                 "c|D0120|wrong|2025-01-07|\n";

/* Facts of three patients, with a host's fields, and a second table unless its name is NULL. */
static wb_facts *facts_of(const wb_field *fields, uint32_t count, const char *table,
                          const char *text) {
  wb_facts_options options = {.size = sizeof options};
  wb_schema *schema = NULL;
  wb_facts *facts = NULL;
  assert_int_equal(wb_schema_new(NULL, fields, count, &schema, NULL), WB_OK);
  assert_int_equal(wb_facts_new(NULL, schema, &options, &facts, NULL), WB_OK);
  wb_schema_unref(schema);
  assert_int_equal(table_add(facts, "patients", patients, NULL), WB_OK);
  if (table) assert_int_equal(table_add(facts, table, text, NULL), WB_OK);
  return facts;
}

static uint32_t field_of(const wb_facts *facts, const char *name) {
  uint32_t field = UINT32_MAX;
  assert_int_equal(wb_schema_find(wbi_facts_schema(facts), name, strlen(name), &field), WB_OK);
  return field;
}

static wb_value value_of(wb_facts *facts, uint64_t row, const char *name, wb_status wanted) {
  wb_moment moment = {.size = sizeof moment, .now = 1769781600, .zone = utc};
  wb_value value = {.size = sizeof value};
  last_error = (wb_error){0};
  assert_int_equal(wb_facts_get(facts, row, field_of(facts, name), &moment, &value, &last_error),
                   wanted);
  return value;
}

static wb_value item_of(wb_facts *facts, uint64_t row, const char *name, uint32_t index,
                        wb_status wanted) {
  wb_moment moment = {.size = sizeof moment, .now = 1769781600, .zone = utc};
  wb_value value = {.size = sizeof value};
  last_error = (wb_error){0};
  assert_int_equal(
      wb_facts_get_item(facts, row, field_of(facts, name), index, &moment, &value, &last_error),
      wanted);
  return value;
}

static void assert_item_text(wb_facts *facts, uint64_t row, const char *name, uint32_t index,
                             const char *wanted) {
  wb_value value = item_of(facts, row, name, index, WB_OK);
  assert_int_equal(value.kind, WB_TEXT);
  assert_int_equal(value.length, strlen(wanted));
  assert_memory_equal(value.data, wanted, value.length);
}

static void the_rows_of_a_child_table_are_a_list_in_their_order(void **state) {
  (void)state;
  wb_facts *facts = facts_of(NULL, 0, "procedures", procedures);
  const int64_t lengths[] = {2, 0, 2};
  for (uint64_t row = 0; row < 3; ++row) {
    wb_value list = value_of(facts, row, "procedures", WB_OK);
    assert_int_equal(list.kind, WB_LIST);
    assert_int_equal(list.integer, lengths[row]);
  }
  assert_item_text(facts, 0, "procedures.code", 0, "D1110");
  assert_item_text(facts, 0, "procedures.status", 1, "other");
  assert_item_text(facts, 2, "procedures.code", 0, "D2740");
  assert_int_equal(item_of(facts, 0, "procedures.date", 0, WB_OK).integer, 20095);
  wb_facts_free(facts);
}

static void absent_cells_of_elements_have_their_fields_meaning(void **state) {
  (void)state;
  wb_facts *facts = facts_of(NULL, 0, "procedures", procedures);
  assert_int_equal(item_of(facts, 2, "procedures.date", 0, WB_OK).kind, WB_NULL);
  assert_int_equal(item_of(facts, 0, "procedures.appointment", 1, WB_OK).kind, WB_NULL);
  assert_int_equal(item_of(facts, 0, "procedures.code", 1, WB_OK).kind, WB_UNKNOWN);
  (void)item_of(facts, 2, "procedures.status", 1, WB_E_TYPE);
  assert_string_equal(last_error.path, "procedures.status");
  wb_facts_free(facts);
}

static void a_list_without_its_table_is_unknown_and_has_no_elements(void **state) {
  (void)state;
  wb_facts *facts = facts_of(NULL, 0, NULL, NULL);
  assert_int_equal(value_of(facts, 0, "procedures", WB_OK).kind, WB_UNKNOWN);
  (void)item_of(facts, 0, "procedures.code", 0, WB_E_NAME);
  assert_string_equal(last_error.path, "procedures.code");
  wb_facts_free(facts);
  facts = facts_of(NULL, 0, "procedures", "patient:u|code:u|status:u\n");
  assert_int_equal(value_of(facts, 0, "procedures", WB_OK).kind, WB_LIST);
  assert_int_equal(value_of(facts, 0, "procedures", WB_OK).integer, 0);
  wb_facts_free(facts);
}

static void wrong_questions_about_elements_are_refused(void **state) {
  (void)state;
  wb_facts *facts = facts_of(NULL, 0, "procedures", procedures);
  wb_moment moment = {.size = sizeof moment, .now = 1769781600, .zone = utc};
  wb_value value = {.size = sizeof value}, small = {.size = 8};
  uint32_t code = field_of(facts, "procedures.code");
  (void)item_of(facts, 0, "procedures.code", 2, WB_E_NAME);
  (void)item_of(facts, 0, "procedures.code", UINT32_MAX, WB_E_NAME);
  (void)item_of(facts, 1, "procedures.code", 0, WB_E_NAME);
  (void)item_of(facts, 3, "procedures.code", 0, WB_E_NAME);
  (void)item_of(facts, 0, "procedures", 0, WB_E_TYPE);
  (void)item_of(facts, 0, "patient.status", 0, WB_E_TYPE);
  assert_string_equal(last_error.path, "patient.status");
  (void)value_of(facts, 0, "procedures.code", WB_E_TYPE);
  assert_string_equal(last_error.path, "procedures.code");
  assert_int_equal(wb_facts_get_item(facts, 0, UINT32_MAX, 0, &moment, &value, NULL), WB_E_NAME);
  assert_int_equal(wb_facts_get_item(NULL, 0, code, 0, &moment, &value, NULL), WB_E_INVALID);
  assert_int_equal(wb_facts_get_item(facts, 0, code, 0, NULL, &value, NULL), WB_E_INVALID);
  assert_int_equal(wb_facts_get_item(facts, 0, code, 0, &moment, NULL, NULL), WB_E_INVALID);
  assert_int_equal(wb_facts_get_item(facts, 0, code, 0, &moment, &small, NULL), WB_E_INVALID);
  wb_facts_free(facts);
}

static void a_list_has_no_more_elements_than_it_may(void **state) {
  (void)state;
  enum { MOST = 1000, LINE = 20 };
  static char text[LINE * (MOST + 3)];
  for (int rows = MOST; rows <= MOST + 1; ++rows) {
    size_t at = (size_t)sprintf(text, "patient:u|code:u|status:u\n");
    for (int i = 0; i < rows; ++i)
      at += (size_t)sprintf(text + at, "b|D0120|planned\n");
    wb_facts *facts = facts_of(NULL, 0, "procedures", text);
    (void)value_of(facts, 1, "procedures", rows > MOST ? WB_E_LIMIT : WB_OK);
    (void)item_of(facts, 1, "procedures.code", 0, rows > MOST ? WB_E_LIMIT : WB_OK);
    if (rows > MOST) assert_string_equal(last_error.path, "procedures");
    assert_int_equal(value_of(facts, 0, "procedures", WB_OK).integer, 0);
    wb_facts_free(facts);
  }
}

static void a_column_named_like_an_elements_field_is_no_column_of_patients(void **state) {
  (void)state;
  wb_facts_options options = {.size = sizeof options};
  wb_schema *schema = NULL;
  wb_facts *facts = NULL;
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
  assert_int_equal(wb_facts_new(NULL, schema, &options, &facts, NULL), WB_OK);
  wb_schema_unref(schema);
  static const char text[] = "patient:u|status:u|procedures.code:u\na|active|D1110\n";
  assert_int_equal(table_add(facts, "patients", text, NULL), WB_OK);
  assert_int_equal(value_of(facts, 0, "procedures", WB_OK).kind, WB_UNKNOWN);
  wb_facts_free(facts);
}

/* ---- lists of a host ----------------------------------------------------------------------- */

static wb_field host_field(const char *name, int32_t type, int32_t element) {
  return (wb_field){.size = sizeof(wb_field),
                    .name = name,
                    .type = type,
                    .presence = WB_NULLABLE,
                    .element = element};
}

static void a_host_declares_a_list_and_then_the_fields_of_its_elements(void **state) {
  (void)state;
  wb_field fields[] = {
      host_field("visits", WB_LIST, WB_RECORD), host_field("visits.day", WB_DATE, 0),
      host_field("loyalty.tags", WB_LIST, WB_TEXT), host_field("visits.seat", WB_TEXT, 0)};
  fields[2].domain = "red|blue";
  fields[2].most = 7;
  wb_facts *facts = facts_of(fields, WBI_COUNT(fields), NULL, NULL);
  const wb_schema *schema = wbi_facts_schema(facts);
  wb_field about = {.size = sizeof about};
  uint32_t visits = field_of(facts, "visits");
  assert_int_equal(wb_schema_get(schema, visits, &about), WB_OK);
  assert_int_equal(about.type, WB_LIST);
  assert_int_equal(about.element, WB_RECORD);
  assert_int_equal(about.list, 0);
  assert_int_equal(about.most, 1000);
  assert_int_equal(wb_schema_get(schema, field_of(facts, "visits.seat"), &about), WB_OK);
  assert_int_equal(about.list, 1 + visits);
  assert_int_equal(about.most, 0);
  assert_int_equal(wb_schema_get(schema, field_of(facts, "loyalty.tags"), &about), WB_OK);
  assert_int_equal(about.element, WB_TEXT);
  assert_int_equal(about.list, 0);
  assert_int_equal(about.most, 7);
  assert_string_equal(about.domain, "red|blue");
  assert_int_equal(value_of(facts, 0, "visits", WB_OK).kind, WB_NULL);
  (void)item_of(facts, 0, "visits.day", 0, WB_E_NAME);
  (void)item_of(facts, 0, "loyalty.tags", 0, WB_E_NAME);
  wb_facts_free(facts);
}

/* Asserts what becomes of a schema with two host fields. */
static void assert_schema(wb_field first, wb_field second, wb_status wanted) {
  wb_field fields[] = {first, second};
  wb_schema *schema = NULL;
  wb_error error = {0};
  assert_int_equal(wb_schema_new(NULL, fields, 2, &schema, &error), wanted);
  assert_int_equal(error.status, wanted);
  wb_schema_unref(schema);
}

static void malformed_lists_are_refused(void **state) {
  (void)state;
  const wb_field list = host_field("a.l", WB_LIST, WB_RECORD);
  const wb_field scalars = host_field("a.s", WB_LIST, WB_INT);
  wb_field other = host_field("a.s", WB_LIST, 0);
  assert_schema(list, other, WB_E_INVALID);
  other.element = WB_LIST;
  assert_schema(list, other, WB_E_INVALID);
  other.element = WB_NULL;
  assert_schema(list, other, WB_E_INVALID);
  other = host_field("a.s", WB_INT, WB_INT);
  assert_schema(list, other, WB_E_INVALID);
  other = host_field("a.s", WB_INT, 0);
  other.most = 1;
  assert_schema(list, other, WB_E_INVALID);
  other = host_field("a.s", WB_RECORD, 0);
  assert_schema(list, other, WB_E_INVALID);
  other = scalars;
  other.domain = "x|y";
  assert_schema(list, other, WB_E_INVALID);
  other.domain = NULL;
  other.most = 1000000;
  assert_schema(list, other, WB_OK);
  other.most = 1000001;
  assert_schema(list, other, WB_E_LIMIT);
  assert_schema(list, host_field("a.l.m", WB_LIST, WB_INT), WB_E_INVALID);
}

static void only_fields_of_a_list_of_records_lie_below_a_field(void **state) {
  (void)state;
  const wb_field list = host_field("l", WB_LIST, WB_RECORD);
  const wb_field scalars = host_field("s", WB_LIST, WB_INT);
  assert_schema(list, host_field("l.a", WB_INT, 0), WB_OK);
  assert_schema(list, host_field("l.a.b", WB_INT, 0), WB_E_NAME);
  assert_schema(list, host_field("l", WB_LIST, WB_INT), WB_E_NAME);
  assert_schema(list, host_field("l2", WB_LIST, WB_INT), WB_OK);
  assert_schema(list, host_field("patient", WB_LIST, WB_RECORD), WB_E_NAME);
  assert_schema(list, host_field("procedures.code", WB_INT, 0), WB_E_NAME);
  assert_schema(list, host_field("procedures.note", WB_INT, 0), WB_OK);
  assert_schema(scalars, host_field("s.a", WB_INT, 0), WB_E_NAME);
  assert_schema(host_field("l.a", WB_INT, 0), list, WB_E_NAME);
}

/* ---- derived lists ------------------------------------------------------------------------- */

static void derived_elements_are_added_and_begun_anew(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = fault_context(&memory);
  wb_facts_options options = {.size = sizeof options};
  wb_schema *schema = NULL;
  wb_facts *facts = NULL;
  assert_int_equal(wb_schema_new(context, NULL, 0, &schema, NULL), WB_OK);
  assert_int_equal(wb_facts_new(context, schema, &options, &facts, NULL), WB_OK);
  wb_schema_unref(schema);
  const wbi_field_spec list = {.type = WB_LIST, .origin = WBI_DERIVED, .item = WBI_TODAY};
  const wbi_field_spec second = {.type = WB_INT, .origin = WBI_DERIVED, .item = 1};
  wb_value length = {0};
  wbi_list_length(facts, &list, &length);
  assert_int_equal(length.kind, WB_UNKNOWN);
  for (int round = 0; round < 2; ++round) {
    wbi_list_begin(facts, WBI_TODAY, 2);
    for (int i = 0; i < 20; ++i) {
      wb_value *element = wbi_list_add(facts, WBI_TODAY);
      assert_non_null(element);
      assert_int_equal(element[1].kind, WB_UNKNOWN);
      element[1].kind = WB_INT;
      element[1].integer = i;
    }
    wbi_list_length(facts, &list, &length);
    assert_int_equal(length.kind, WB_LIST);
    assert_int_equal(length.integer, 20);
    wb_value value = {0};
    assert_int_equal(wbi_list_item(facts, &list, &second, 19, &value), WB_OK);
    assert_int_equal(value.integer, 19);
  }
  fault_arm(&memory.plan, FAULT_FOREVER, 1);
  for (int i = 20; i < 32; ++i)
    assert_non_null(wbi_list_add(facts, WBI_TODAY));
  assert_null(wbi_list_add(facts, WBI_TODAY));
  wbi_list_unknown(facts, WBI_TODAY);
  length = (wb_value){0};
  wbi_list_length(facts, &list, &length);
  assert_int_equal(length.kind, WB_UNKNOWN);
  wb_facts_free(facts);
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

static int open_zone(void **state) {
  (void)state;
  return (int)wb_zone_new(NULL, "UTC", 3, &utc, NULL);
}

static int close_zone(void **state) {
  (void)state;
  wb_zone_unref(utc);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_rows_of_a_child_table_are_a_list_in_their_order),
      cmocka_unit_test(absent_cells_of_elements_have_their_fields_meaning),
      cmocka_unit_test(a_list_without_its_table_is_unknown_and_has_no_elements),
      cmocka_unit_test(wrong_questions_about_elements_are_refused),
      cmocka_unit_test(a_list_has_no_more_elements_than_it_may),
      cmocka_unit_test(a_column_named_like_an_elements_field_is_no_column_of_patients),
      cmocka_unit_test(a_host_declares_a_list_and_then_the_fields_of_its_elements),
      cmocka_unit_test(malformed_lists_are_refused),
      cmocka_unit_test(only_fields_of_a_list_of_records_lie_below_a_field),
      cmocka_unit_test(derived_elements_are_added_and_begun_anew),
  };
  return cmocka_run_group_tests(tests, open_zone, close_zone);
}

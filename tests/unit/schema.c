/* SPDX-License-Identifier: MIT */
/* The dictionary: its fields, the host's fields, spelling help. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "facts/facts.h"
#include "support/fault.h"

static wb_field host_field(const char *name, int32_t type, const char *domain) {
  return (wb_field){.size = sizeof(wb_field),
                    .name = name,
                    .domain = domain,
                    .about = "The host's.",
                    .type = type,
                    .presence = WB_OPTIONAL,
                    .class_ = WB_CLASS_STAFF};
}

/* Asserts that a schema with one host field is refused. */
static void assert_refused(const wb_field *field, wb_status status) {
  wb_schema *schema = NULL;
  wb_error error = {0};
  assert_int_equal(wb_schema_new(NULL, field, 1, &schema, &error), status);
  assert_null(schema);
  assert_int_equal(error.status, status);
}

/* The description of a field by its name. */
static wb_field described(const wb_schema *schema, const char *name) {
  uint32_t index = 0;
  wb_field field = {.size = sizeof field};
  assert_int_equal(wb_schema_find(schema, name, strlen(name), &index), WB_OK);
  assert_int_equal(wb_schema_get(schema, index, &field), WB_OK);
  assert_string_equal(field.name, name);
  return field;
}

static void every_column_of_every_table_is_described(void **state) {
  (void)state;
  uint32_t count = 0, tables = 0, places = 0;
  wb_column column = {.size = sizeof column}, before = {0};
  for (; wb_column_get(count, &column) == WB_OK; ++count, before = column) {
    bool next = before.table && strcmp(before.table, column.table) == 0;
    tables += !next;
    places = next ? places + 1 : 0;
    assert_int_equal(column.place, places);
    assert_true(strlen(column.about) > 0 && strlen(column.name) > 0);
    assert_true(column.type == WB_TEXT || !column.domain);
    assert_true(column.type == WB_INT || !(column.flags & WB_COLUMN_CENTS));
  }
  assert_int_equal(tables, 12);
  assert_string_equal(before.table, "codes");
  assert_string_equal(before.name, "until");
  assert_int_equal(before.type, WB_DATE);
  assert_int_equal(before.flags, 0);
  assert_int_equal(wb_column_get(count, &column), WB_E_NAME);
  assert_int_equal(wb_column_get(UINT32_MAX, &column), WB_E_NAME);
}

/* The column of a name in a table. */
static wb_column column_of(const char *table, const char *name) {
  wb_column column = {.size = sizeof column};
  for (uint32_t i = 0; wb_column_get(i, &column) == WB_OK; ++i)
    if (!strcmp(column.table, table) && !strcmp(column.name, name)) return column;
  fail_msg("%s has no column %s", table, name);
  return column;
}

static void a_column_says_what_it_holds(void **state) {
  (void)state;
  assert_int_equal(column_of("patients", "patient").flags, WB_COLUMN_NEEDED);
  assert_int_equal(column_of("patients", "birth_date").type, WB_DATE);
  assert_int_equal(column_of("patients", "balance").type, WB_INT);
  assert_int_equal(column_of("patients", "balance").flags, WB_COLUMN_CENTS);
  assert_int_equal(column_of("appointments", "start").type, WB_TIME);
  assert_int_equal(column_of("appointments", "hygiene").type, WB_BOOL);
  assert_int_equal(column_of("recalls", "interval").type, WB_TEXT);
  assert_string_equal(column_of("recalls", "kind").domain, "prophy|child|perio|other");
}

static void a_column_is_written_within_its_size(void **state) {
  (void)state;
  wb_column column = {.size = 8};
  assert_int_equal(wb_column_get(0, &column), WB_E_INVALID);
  assert_int_equal(wb_column_get(0, NULL), WB_E_INVALID);
  assert_null(column.table);
}

static void every_field_is_found_by_its_name_and_described(void **state) {
  (void)state;
  wb_schema *schema = NULL;
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
  assert_true(wb_schema_count(schema) > 40);
  for (uint32_t i = 0; i < wb_schema_count(schema); ++i) {
    uint32_t index = UINT32_MAX;
    wb_field field = {.size = sizeof field};
    assert_int_equal(wb_schema_get(schema, i, &field), WB_OK);
    assert_int_equal(wb_schema_find(schema, field.name, strlen(field.name), &index), WB_OK);
    assert_int_equal(index, i);
    assert_true(strlen(field.about) > 0);
    assert_true(field.type >= WB_BOOL && field.type <= WB_LIST);
    assert_int_equal(field.most > 0, field.type == WB_LIST);
    assert_int_equal(field.element > 0, field.type == WB_LIST);
    if (field.domain) assert_true(field.type == WB_TEXT || field.element == WB_TEXT);
  }
  wb_schema_unref(schema);
}

static void fields_have_type_presence_class_and_domain(void **state) {
  (void)state;
  wb_schema *schema = NULL;
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
  wb_field band = described(schema, "recare.band");
  assert_string_equal(band.domain, "not_due|0-6|6-9|9-12|12+");
  assert_int_equal(band.presence, WB_NULLABLE);
  assert_int_equal(band.class_, WB_CLASS_RECALL);
  wb_field status = described(schema, "patient.status");
  assert_string_equal(status.domain, "active|inactive|nonpatient|prospective|archived|deceased");
  assert_int_equal(status.presence, WB_REQUIRED);
  assert_int_equal(status.class_, WB_CLASS_STAFF);
  assert_null(described(schema, "patient.age").domain);
  assert_int_equal(described(schema, "patient.age").type, WB_INT);
  assert_int_equal(described(schema, "patient.birth_date").class_, WB_CLASS_IDENTIFIER);
  assert_int_equal(described(schema, "location.booking_url").class_, WB_CLASS_LINK);
  assert_int_equal(described(schema, "visit.next").class_, WB_CLASS_SCHEDULING);
  wb_schema_unref(schema);
}

static void host_fields_come_after_the_dental_ones(void **state) {
  (void)state;
  wb_schema *plain = NULL, *schema = NULL;
  wb_field fields[2] = {host_field("host.tier", WB_TEXT, "gold|silver"),
                        host_field("host.points", WB_INT, NULL)};
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &plain, NULL), WB_OK);
  assert_int_equal(wb_schema_new(NULL, fields, 2, &schema, NULL), WB_OK);
  assert_int_equal(wb_schema_count(schema), wb_schema_count(plain) + 2);
  wb_field tier = described(schema, "host.tier");
  assert_string_equal(tier.domain, "gold|silver");
  assert_string_equal(tier.about, "The host's.");
  assert_ptr_not_equal(tier.name, fields[0].name);
  assert_null(described(schema, "host.points").domain);
  assert_int_equal(wb_schema_find(plain, "host.tier", 9, NULL), WB_E_NAME);
  wb_schema_unref(plain);
  wb_schema_unref(schema);
}

static void the_first_host_field_gives_the_stride(void **state) {
  (void)state;
  struct {
    wb_field field;
    uint32_t later[2]; /* aligned as it is: no byte lies between */
  } wide[2] = {{host_field("host.a", WB_INT, NULL), {0}},
               {host_field("host.b", WB_INT, NULL), {0}}};
  wb_schema *schema = NULL;
  wide[0].field.size = wide[1].field.size = sizeof wide[0];
  assert_int_equal(wb_schema_new(NULL, &wide[0].field, 2, &schema, NULL), WB_OK);
  (void)described(schema, "host.b");
  wb_schema_unref(schema);
  wide[1].later[0] = 1;
  schema = NULL;
  assert_int_equal(wb_schema_new(NULL, &wide[0].field, 2, &schema, NULL), WB_E_VERSION);
  assert_null(schema);
}

static void malformed_host_fields_are_refused(void **state) {
  (void)state;
  wb_field field = host_field("host.a", WB_NULL, NULL);
  assert_refused(&field, WB_E_INVALID);
  field = host_field("host.a", WB_TIME + 1, NULL);
  assert_refused(&field, WB_E_INVALID);
  field = host_field(NULL, WB_INT, NULL);
  assert_refused(&field, WB_E_INVALID);
  field = host_field("host.a", WB_INT, "a|b");
  assert_refused(&field, WB_E_INVALID);
  field = host_field("host.a", WB_TEXT, "");
  assert_refused(&field, WB_E_INVALID);
  field = host_field("host.a", WB_INT, NULL);
  field.presence = WB_OPTIONAL + 1;
  assert_refused(&field, WB_E_INVALID);
  field = host_field("host.a", WB_INT, NULL);
  field.class_ = WB_CLASS_SEALED + 1;
  assert_refused(&field, WB_E_INVALID);
  field = host_field("host.a", WB_INT, NULL);
  field.size = 8;
  assert_refused(&field, WB_E_INVALID);
}

static void names_are_dotted_words_and_none_is_inside_another(void **state) {
  (void)state;
  static const char *const refused[] = {"host",
                                        "host.",
                                        ".host",
                                        "host..a",
                                        "Host.a",
                                        "host.1a",
                                        "host a.b",
                                        "host-x.a",
                                        "recare.band",
                                        "recare.band.x",
                                        "patient.age.years",
                                        "today.x"};
  for (size_t i = 0; i < WBI_COUNT(refused); ++i) {
    wb_field field = host_field(refused[i], WB_INT, NULL);
    assert_refused(&field, WB_E_NAME);
  }
  wb_field twice[2] = {host_field("host.a", WB_INT, NULL), host_field("host.a", WB_INT, NULL)};
  wb_schema *schema = NULL;
  assert_int_equal(wb_schema_new(NULL, twice, 2, &schema, NULL), WB_E_NAME);
  twice[1].name = "host.a.b";
  assert_int_equal(wb_schema_new(NULL, twice, 2, &schema, NULL), WB_E_NAME);
  twice[0].name = "host.a.b";
  twice[1].name = "host.a";
  assert_int_equal(wb_schema_new(NULL, twice, 2, &schema, NULL), WB_E_NAME);
  twice[1].name = "host.ab_2";
  assert_int_equal(wb_schema_new(NULL, twice, 2, &schema, NULL), WB_OK);
  wb_schema_unref(schema);
}

static void too_many_fields_and_missing_pointers_are_refused(void **state) {
  (void)state;
  wb_field field = host_field("host.a", WB_INT, NULL), out = {.size = 4};
  wb_schema *schema = NULL;
  assert_int_equal(wb_schema_new(NULL, &field, 1001, &schema, NULL), WB_E_LIMIT);
  assert_int_equal(wb_schema_new(NULL, NULL, 1, &schema, NULL), WB_E_INVALID);
  assert_int_equal(wb_schema_new(NULL, NULL, 0, NULL, NULL), WB_E_INVALID);
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
  assert_int_equal(wb_schema_get(schema, 0, &out), WB_E_INVALID);
  assert_int_equal(wb_schema_get(schema, 0, NULL), WB_E_INVALID);
  out.size = sizeof out;
  assert_int_equal(wb_schema_get(schema, wb_schema_count(schema), &out), WB_E_NAME);
  assert_int_equal(wb_schema_find(schema, "nothing", 7, NULL), WB_E_NAME);
  assert_int_equal(wb_schema_find(schema, NULL, 7, NULL), WB_E_NAME);
  assert_int_equal(wb_schema_count(NULL), 0);
  assert_ptr_equal(wb_schema_ref(schema), schema);
  wb_schema_unref(schema);
  wb_schema_unref(schema);
  wb_schema_unref(NULL);
  assert_null(wb_schema_ref(NULL));
}

static void prefixes_and_near_names_are_known(void **state) {
  (void)state;
  wb_schema *schema = NULL;
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
  assert_true(wbi_schema_prefix(schema, WBI_TEXT("patient")));
  assert_false(wbi_schema_prefix(schema, WBI_TEXT("patient.age")));
  assert_false(wbi_schema_prefix(schema, WBI_TEXT("patien")));
  assert_false(wbi_schema_prefix(schema, WBI_TEXT("today")));
  wbi_text near = wbi_schema_nearest(schema, WBI_TEXT("recare.bnad"));
  assert_true(wbi_text_equal(near, WBI_TEXT("recare.band")));
  assert_int_equal(wbi_schema_nearest(schema, WBI_TEXT("zzzzzzzzzzzzzz")).length, 0);
  wb_schema_unref(schema);
}

static void domains_know_their_values(void **state) {
  (void)state;
  wbi_text domain = WBI_TEXT("not_due|0-6|12+");
  assert_true(wbi_domain_has(domain, WBI_TEXT("not_due")));
  assert_true(wbi_domain_has(domain, WBI_TEXT("0-6")));
  assert_true(wbi_domain_has(domain, WBI_TEXT("12+")));
  assert_false(wbi_domain_has(domain, WBI_TEXT("12")));
  assert_false(wbi_domain_has(domain, WBI_TEXT("0-6|12+")));
  assert_false(wbi_domain_has(domain, WBI_TEXT("")));
  assert_true(wbi_text_equal(wbi_domain_nearest(domain, WBI_TEXT("not-due")), WBI_TEXT("not_due")));
}

static void no_memory_at_any_point_is_said_and_nothing_is_lost(void **state) {
  (void)state;
  static char about[5000]; /* more than a block of memory holds, so that each copy asks for one */
  fault_memory memory = {0};
  wb_context *context = fault_context(&memory);
  wb_field field = host_field("host.tier", WB_TEXT, "gold|silver");
  uint64_t before = memory.live;
  memset(about, 'x', sizeof about - 1);
  field.about = about;
  for (uint64_t at = 1;; ++at) {
    wb_schema *schema = NULL;
    fault_arm(&memory.plan, FAULT_ONCE, at);
    wb_status status = wb_schema_new(context, &field, 1, &schema, NULL);
    uint64_t hits = memory.plan.hits;
    assert_int_equal(status, hits ? WB_E_NOMEM : WB_OK);
    wb_schema_unref(schema);
    assert_int_equal(memory.live, before);
    if (!hits) break;
  }
  wb_context_unref(context);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_column_of_every_table_is_described),
      cmocka_unit_test(a_column_says_what_it_holds),
      cmocka_unit_test(a_column_is_written_within_its_size),
      cmocka_unit_test(every_field_is_found_by_its_name_and_described),
      cmocka_unit_test(fields_have_type_presence_class_and_domain),
      cmocka_unit_test(host_fields_come_after_the_dental_ones),
      cmocka_unit_test(the_first_host_field_gives_the_stride),
      cmocka_unit_test(malformed_host_fields_are_refused),
      cmocka_unit_test(names_are_dotted_words_and_none_is_inside_another),
      cmocka_unit_test(too_many_fields_and_missing_pointers_are_refused),
      cmocka_unit_test(prefixes_and_near_names_are_known),
      cmocka_unit_test(domains_know_their_values),
      cmocka_unit_test(no_memory_at_any_point_is_said_and_nothing_is_lost),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* What facts.h promises: the dictionary, tables in, fields out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/fault.h"
#include "support/sample.h"
#include "support/shape.h"
#include "support/tables.h"

/* Memory is counted, and all of it is back at the end. */
typedef struct counted {
  fault_memory memory;
  wb_context *context;
  sample it;
} counted;

static void counted_open(counted *c) {
  memset(c, 0, sizeof *c);
  c->context = fault_context(&c->memory);
  sample_open(&c->it, c->context);
}

static void counted_close(counted *c) {
  sample_close(&c->it);
  wb_context_unref(c->context);
  assert_int_equal(c->memory.live, 0);
}

/* Reads a field of a row by name. */
static wb_status field_of(counted *c, uint64_t row, const char *name, wb_value *value,
                          wb_error *error) {
  uint32_t field = 0;
  assert_int_equal(wb_schema_find(c->it.schema, name, strlen(name), &field), WB_OK);
  value->size = sizeof *value;
  return wb_facts_get(c->it.facts, row, field, &c->it.moment, value, error);
}

/* ---- schema --------------------------------------------------------------------------------- */

static wb_field own_field(const char *name) {
  return (wb_field){.size = sizeof(wb_field), .name = name, .type = WB_TEXT};
}

static wb_status schema_with(const wb_field *fields, uint32_t count) {
  fault_memory memory;
  wb_context *context = fault_context(&memory);
  wb_schema *schema = NULL;
  wb_error error = {0};
  wb_status status = wb_schema_new(context, fields, count, &schema, &error);
  assert_int_equal(error.status, status);
  assert_true((schema != NULL) == (status == WB_OK));
  wb_schema_unref(schema);
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
  return status;
}

static wb_status schema_with_one(void *user, void *field) {
  (void)user;
  return schema_with(field, 1);
}

static void names_of_own_fields_are_checked(void **state) {
  (void)state;
  static const struct {
    const char *name;
    wb_status status;
  } cases[] = {{"loyalty.level", WB_OK},
               {"a.b_c.d9", WB_OK},
               {"Loyalty.level", WB_E_NAME},
               {"loyalty", WB_E_NAME},
               {"loyalty.", WB_E_NAME},
               {".level", WB_E_NAME},
               {"a..b", WB_E_NAME},
               {"a-b.c", WB_E_NAME},
               {"patient.status", WB_E_NAME},
               {"patient.status.x", WB_E_NAME},
               {"patient.own", WB_OK},
               {"a.b ", WB_E_NAME},
               {"", WB_E_INVALID}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    wb_field field = own_field(cases[i].name);
    wb_status status = schema_with(&field, 1);
    if (status != cases[i].status) fail_msg("'%s': %s", cases[i].name, wb_status_name(status));
  }
  wb_field twice[] = {own_field("a.b"), own_field("a.b")};
  assert_int_equal(schema_with(twice, 2), WB_E_NAME);
  twice[1].name = "a.b.c";
  assert_int_equal(schema_with(twice, 2), WB_E_NAME);
  twice[0].name = "a.b.c.d";
  assert_int_equal(schema_with(twice, 2), WB_E_NAME);
  twice[0].name = "a.b.d";
  assert_int_equal(schema_with(twice, 2), WB_OK);
}

static void own_fields_are_checked(void **state) {
  (void)state;
  wb_field field = own_field("a.b");
  shape_in(&field, sizeof field, schema_with_one, NULL);
  field.name = NULL;
  assert_int_equal(schema_with(&field, 1), WB_E_INVALID);
  const int32_t types[] = {WB_UNKNOWN, WB_NULL, WB_TIME + 1, -1};
  for (size_t i = 0; i < 4; ++i) {
    field = own_field("a.b");
    field.type = types[i];
    assert_int_equal(schema_with(&field, 1), WB_E_INVALID);
  }
  field = own_field("a.b");
  field.presence = WB_OPTIONAL + 1;
  assert_int_equal(schema_with(&field, 1), WB_E_INVALID);
  field.presence = -1;
  assert_int_equal(schema_with(&field, 1), WB_E_INVALID);
  field.presence = WB_OPTIONAL;
  field.class_ = WB_CLASS_SEALED;
  assert_int_equal(schema_with(&field, 1), WB_OK);
  field.class_ = WB_CLASS_SEALED + 1;
  assert_int_equal(schema_with(&field, 1), WB_E_INVALID);
  field.class_ = -1;
  assert_int_equal(schema_with(&field, 1), WB_E_INVALID);
  field = own_field("a.b");
  field.domain = "x|y";
  assert_int_equal(schema_with(&field, 1), WB_OK);
  field.type = WB_INT;
  assert_int_equal(schema_with(&field, 1), WB_E_INVALID);
  field = own_field("a.b");
  field.flags = 1;
  assert_int_equal(schema_with(&field, 1), WB_E_VERSION);
  wb_schema *schema = NULL;
  assert_int_equal(wb_schema_new(NULL, NULL, 1, &schema, NULL), WB_E_INVALID);
  assert_int_equal(wb_schema_new(NULL, NULL, 0, NULL, NULL), WB_E_INVALID);
  assert_null(schema);
}

static void a_host_has_a_thousand_fields_at_most(void **state) {
  (void)state;
  enum { MOST = 1000 };
  static char names[MOST + 1][16];
  static wb_field fields[MOST + 1];
  for (size_t i = 0; i <= MOST; ++i) {
    snprintf(names[i], sizeof names[i], "own.f%d", (int)i);
    fields[i] = own_field(names[i]);
  }
  assert_int_equal(schema_with(fields, MOST), WB_OK);
  assert_int_equal(schema_with(fields, MOST + 1), WB_E_LIMIT);
}

static wb_status get_first(void *schema, void *field) {
  return wb_schema_get(schema, 0, field);
}

static void the_dictionary_can_be_read(void **state) {
  (void)state;
  wb_schema *schema = NULL;
  wb_field own[] = {own_field("loyalty.level"), own_field("loyalty.since")};
  own[0].domain = "gold|tin";
  own[0].presence = WB_OPTIONAL;
  own[1].type = WB_DATE;
  own[1].class_ = WB_CLASS_STAFF;
  char name[] = "loyalty.level";
  own[0].name = name;
  assert_int_equal(wb_schema_new(NULL, own, 2, &schema, NULL), WB_OK);
  name[0] = 'X'; /* it was copied */
  uint32_t count = wb_schema_count(schema), index = 0;
  wb_field field = {.size = sizeof field};
  for (uint32_t i = 0; i < count; ++i) {
    assert_int_equal(wb_schema_get(schema, i, &field), WB_OK);
    assert_int_equal(wb_schema_find(schema, field.name, strlen(field.name), &index), WB_OK);
    assert_int_equal(index, i);
  }
  assert_string_equal(field.name, "loyalty.since");
  assert_int_equal(field.type, WB_DATE);
  assert_int_equal(field.class_, WB_CLASS_STAFF);
  assert_int_equal(wb_schema_get(schema, count - 2, &field), WB_OK);
  assert_string_equal(field.domain, "gold|tin");
  assert_int_equal(field.presence, WB_OPTIONAL);
  wb_field before = field;
  assert_int_equal(wb_schema_get(schema, count, &field), WB_E_NAME);
  assert_memory_equal(&field, &before, sizeof field);
  index = 77;
  assert_int_equal(wb_schema_find(schema, "patient.statu", 13, &index), WB_E_NAME);
  assert_int_equal(wb_schema_find(schema, "patient.statusx", 15, &index), WB_E_NAME);
  assert_int_equal(wb_schema_find(schema, "", 0, &index), WB_E_NAME);
  assert_int_equal(index, 77);
  assert_int_equal(wb_schema_find(schema, "patient.statusx", 14, &index), WB_OK);
  shape_out(&before, sizeof before, get_first, schema);
  assert_ptr_equal(wb_schema_ref(schema), schema);
  wb_schema_unref(schema);
  wb_schema_unref(schema);
}

/* ---- tables --------------------------------------------------------------------------------- */

static wb_status new_facts(void *schema, void *options) {
  wb_facts *facts = NULL;
  wb_status status = wb_facts_new(NULL, schema, options, &facts, NULL);
  assert_true((facts != NULL) == (status == WB_OK));
  wb_facts_free(facts);
  return status;
}

static void options_of_facts_are_checked(void **state) {
  (void)state;
  wb_schema *schema = NULL;
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
  wb_facts_options options = {.size = sizeof options, .as_of = SAMPLE_NOW};
  shape_in(&options, sizeof options, new_facts, schema);
  assert_int_equal(new_facts(NULL, &options), WB_E_INVALID);
  assert_int_equal(new_facts(schema, NULL), WB_E_INVALID);
  assert_int_equal(wb_facts_new(NULL, schema, &options, NULL, NULL), WB_E_INVALID);
  const wb_time bad[] = {WB_TIME_NONE, WB_TIME_MIN - 1, WB_TIME_MAX + 1};
  for (size_t i = 0; i < 3; ++i) {
    options.as_of = bad[i];
    assert_int_equal(new_facts(schema, &options), WB_E_RANGE);
  }
  options.as_of = WB_TIME_MAX;
  assert_int_equal(new_facts(schema, &options), WB_OK);
  options.flags = WB_FACTS_BOOKED_TRIGGER << 1;
  assert_int_equal(new_facts(schema, &options), WB_E_VERSION);
  options.flags = WB_FACTS_BOOKED_TRIGGER;
  wb_recare_settings recare = {.size = sizeof recare, .edges = {9, 6, 12}};
  options.recare = &recare;
  assert_int_equal(new_facts(schema, &options), WB_E_INVALID);
  recare.edges[0] = 3;
  assert_int_equal(new_facts(schema, &options), WB_OK);
  wb_schema_unref(schema);
}

static void tables_say_what_is_wrong_with_them(void **state) {
  (void)state;
  static const struct {
    const char *table, *text;
    wb_status status;
    const char *path;
  } cases[] = {
      {"patient", "patient:u|status:u\np1|active\n", WB_E_NAME, NULL},
      {"patients", "patient:u\np1\n", WB_E_NAME, "status"},
      {"patients", "status:u\nactive\n", WB_E_NAME, "patient"},
      {"patients", "patient:u|status:u|birth_date:u\np1|active|x\n", WB_E_TYPE, "birth_date"},
      {"patients", "patient:u|status:u|do_not_contact:g\np1|active|1\n", WB_E_TYPE,
       "do_not_contact"},
      {"procedures", "patient:u|code:u\np1|D1110\n", WB_E_NAME, "status"},
      {"patients", "patient:u|status:u\np1|active\np2|active\np1|active\n", WB_E_INVALID, NULL},
      {"locations", "location:u\n1\n", WB_E_STATE, NULL},
      {"patients", "patient:u|status:u|unheard_of:g\np1|active|1\n", WB_OK, NULL},
      {"patients", "patient:U|status:u\np1|active\n", WB_OK, NULL},
      {"patients", "patient:u|status:u\n", WB_OK, NULL}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    counted c;
    wb_error error = {0};
    struct ArrowSchema schema;
    struct ArrowArray array;
    counted_open(&c);
    table_make(cases[i].text, &schema, &array);
    wb_status status = wb_facts_add(c.it.facts, cases[i].table, &schema, &array, &error);
    if (status != cases[i].status)
      fail_msg("case %d: %s %s", (int)i, wb_status_name(status), error.message);
    assert_true((schema.release == NULL) == (status == WB_OK)); /* moved in, or the caller's */
    assert_true((array.release == NULL) == (status == WB_OK));
    if (cases[i].path) assert_non_null(strstr(error.path, cases[i].path));
    if (status == WB_E_INVALID) assert_non_null(strstr(error.message, "0"));
    if (status == WB_E_INVALID) assert_non_null(strstr(error.message, "2"));
    table_release(&schema, &array);
    counted_close(&c);
  }
}

static void a_table_comes_once_and_before_reading(void **state) {
  (void)state;
  counted c;
  uint64_t row = 77, count = 77;
  counted_open(&c);
  assert_int_equal(table_add(c.it.facts, "patients", "patient:u|status:u\np1|active\n", NULL),
                   WB_OK);
  assert_int_equal(table_add(c.it.facts, "patients", "patient:u|status:u\np2|active\n", NULL),
                   WB_E_STATE);
  assert_int_equal(wb_facts_orphans(c.it.facts), 0);
  assert_int_equal(wb_facts_count(c.it.facts, &count), WB_OK);
  assert_int_equal(count, 1);
  assert_int_equal(table_add(c.it.facts, "procedures",
                             "patient:u|code:u|status:u|date:tdD\n"
                             "p1|D1110|completed|2026-01-01\np9|D1110|completed|2026-01-01\n",
                             NULL),
                   WB_OK);
  assert_int_equal(wb_facts_find(c.it.facts, "p9", 2, &row), WB_E_NAME);
  assert_int_equal(row, 77);
  assert_int_equal(wb_facts_find(c.it.facts, "p1", 2, &row), WB_OK);
  assert_int_equal(row, 0);
  assert_int_equal(wb_facts_find(c.it.facts, "p1", 1, &row), WB_E_NAME);
  assert_int_equal(wb_facts_orphans(c.it.facts), 1);
  assert_int_equal(table_add(c.it.facts, "appointments", "patient:u|status:u\np1|broken\n", NULL),
                   WB_E_STATE);
  assert_int_equal(wb_facts_count(c.it.facts, NULL), WB_E_INVALID);
  counted_close(&c);
}

/* The day of the last cleaning; "" is none. */
static void last_is(counted *c, uint64_t row, const char *day) {
  wb_value value;
  wb_date date = 0;
  assert_int_equal(field_of(c, row, "recare.last", &value, NULL), WB_OK);
  assert_int_equal(value.kind, *day ? WB_DATE : WB_NULL);
  if (*day) assert_int_equal(wb_date_parse(day, strlen(day), &date), WB_OK);
  assert_int_equal(value.integer, date);
}

static void a_table_that_changed_is_taken_out_and_comes_anew(void **state) {
  (void)state;
  counted c;
  uint64_t row = 77;
  const wb_time later = 1772000000;
  counted_open(&c);
  assert_int_equal(wb_facts_renew(NULL, later, NULL, NULL), WB_E_INVALID);
  assert_int_equal(wb_facts_renew(c.it.facts, WB_TIME_NONE, NULL, NULL), WB_E_RANGE);
  assert_int_equal(wb_facts_renew(c.it.facts, later, "visits", NULL), WB_E_NAME);
  assert_int_equal(table_add(c.it.facts, "patients", "patient:u|status:u\np1|active\n", NULL),
                   WB_OK);
  assert_int_equal(table_add(c.it.facts, "procedures",
                             "patient:u|code:u|status:u|date:tdD\n"
                             "p1|D1110|completed|2025-01-01\np9|D1110|completed|2026-01-01\n",
                             NULL),
                   WB_OK);
  last_is(&c, 0, "2025-01-01");
  assert_int_equal(wb_facts_orphans(c.it.facts), 1);
  assert_int_equal(wb_facts_renew(c.it.facts, later, NULL, NULL), WB_OK);
  last_is(&c, 0, "2025-01-01");
  assert_int_equal(wb_facts_renew(c.it.facts, later, "procedures", NULL), WB_OK);
  assert_int_equal(table_add(c.it.facts, "procedures",
                             "patient:u|code:u|status:u|date:tdD\np1|D1110|completed|2025-07-01\n",
                             NULL),
                   WB_OK);
  last_is(&c, 0, "2025-07-01");
  assert_int_equal(wb_facts_orphans(c.it.facts), 0);
  assert_int_equal(wb_facts_renew(c.it.facts, later, "procedures", NULL), WB_OK);
  last_is(&c, 0, "");
  assert_int_equal(wb_facts_renew(c.it.facts, later, "codes", NULL), WB_OK); /* is not in */
  assert_int_equal(wb_facts_renew(c.it.facts, later, "patients", NULL), WB_OK);
  assert_int_equal(
      table_add(c.it.facts, "patients", "patient:u|status:u\np0|active\np1|inactive\n", NULL),
      WB_OK);
  assert_int_equal(table_add(c.it.facts, "procedures",
                             "patient:u|code:u|status:u|date:tdD\np1|D1110|completed|2025-08-01\n",
                             NULL),
                   WB_OK);
  assert_int_equal(wb_facts_find(c.it.facts, "p1", 2, &row), WB_OK);
  assert_int_equal(row, 1);
  last_is(&c, 1, "2025-08-01");
  counted_close(&c);
}

/* Arrays that contradict themselves; each is refused and stays the caller's. */
static void broken_arrays_are_refused(void **state) {
  (void)state;
  for (int what = 0; what < 9; ++what) {
    counted c;
    struct ArrowSchema schema;
    struct ArrowArray array;
    counted_open(&c);
    table_make("patient:u|status:u\np1|active\np2|active\n", &schema, &array);
    struct ArrowArray *child = array.children[0], saved = *child, whole = array;
    struct ArrowSchema *named = schema.children[0], kept = *named;
    int32_t *offsets = (void *)(uintptr_t)child->buffers[1];
    int32_t offset = offsets[1];
    if (what == 0) child->length = 1;
    if (what == 1) child->n_buffers = 2;
    if (what == 2) offsets[1] = -1;
    if (what == 3) offsets[1] = 1 << 20;
    if (what == 4) array.length = -1;
    if (what == 5) child->offset = -1;
    if (what == 6) array.n_children = 1;
    if (what == 7) named->format = "no such format";
    if (what == 8) child->offset = INT64_MAX;
    wb_status status = wb_facts_add(c.it.facts, "patients", &schema, &array, NULL);
    if (status != WB_E_INVALID && !(what == 7 && status == WB_E_TYPE))
      fail_msg("case %d: %s", what, wb_status_name(status));
    *child = saved;
    *named = kept;
    array = whole;
    offsets[1] = offset;
    assert_int_equal(wb_facts_add(c.it.facts, "patients", &schema, &array, NULL), WB_OK);
    counted_close(&c);
  }
  counted c;
  struct ArrowSchema schema;
  struct ArrowArray array;
  counted_open(&c);
  table_make("patient:u|status:u\np1|active\n", &schema, &array);
  assert_int_equal(wb_facts_add(c.it.facts, NULL, &schema, &array, NULL), WB_E_NAME);
  assert_int_equal(wb_facts_add(c.it.facts, "patients", NULL, &array, NULL), WB_E_INVALID);
  assert_int_equal(wb_facts_add(c.it.facts, "patients", &schema, NULL, NULL), WB_E_INVALID);
  table_release(&schema, &array);
  counted_close(&c);
}

/* ---- fields --------------------------------------------------------------------------------- */

static wb_status get_value(void *user, void *value) {
  counted *c = user;
  return wb_facts_get(c->it.facts, 0, 0, &c->it.moment, value, NULL);
}

static wb_status get_moment(void *user, void *moment) {
  counted *c = user;
  wb_value value = {.size = sizeof value};
  return wb_facts_get(c->it.facts, 0, 0, moment, &value, NULL);
}

static void reading_is_checked(void **state) {
  (void)state;
  counted c;
  counted_open(&c);
  sample_add(&c.it, "patients", "patient:u|status:u\np1|active\np2|acting\np3|\n");
  wb_value value = {.size = sizeof value};
  shape_out(&value, sizeof value, get_value, &c);
  shape_in(&c.it.moment, sizeof c.it.moment, get_moment, &c);
  assert_int_equal(get_value(&c, NULL), WB_E_INVALID);
  assert_int_equal(get_moment(&c, NULL), WB_E_INVALID);
  memset(&value, 0xA5, sizeof value);
  value.size = sizeof value;
  wb_value before = value;
  wb_facts *facts = c.it.facts;
  wb_moment moment = c.it.moment;
  uint32_t count = wb_schema_count(c.it.schema);
  assert_int_equal(wb_facts_get(facts, 3, 0, &moment, &value, NULL), WB_E_NAME);
  assert_int_equal(wb_facts_get(facts, UINT64_MAX, 0, &moment, &value, NULL), WB_E_NAME);
  assert_int_equal(wb_facts_get(facts, 0, count, &moment, &value, NULL), WB_E_NAME);
  wb_error error = {0};
  for (uint64_t row = 1; row < 3; ++row) {
    assert_int_equal(field_of(&c, row, "patient.status", &value, &error), WB_E_TYPE);
    assert_non_null(strstr(error.path, "status"));
    assert_null(strstr(error.message, "acting"));
  }
  moment.now = WB_TIME_MAX + 1;
  assert_int_equal(wb_facts_get(facts, 0, 0, &moment, &value, NULL), WB_E_RANGE);
  moment.now = WB_TIME_NONE;
  assert_int_equal(wb_facts_get(facts, 0, 0, &moment, &value, NULL), WB_E_RANGE);
  moment = c.it.moment;
  moment.flags = 1;
  assert_int_equal(wb_facts_get(facts, 0, 0, &moment, &value, NULL), WB_E_VERSION);
  assert_memory_equal(&value, &before, sizeof value);
  counted_close(&c);
}

/* Two locations: a patient without one has the moment's zone, or none. */
static void a_zone_must_come_from_somewhere(void **state) {
  (void)state;
  counted c;
  wb_value value = {0};
  wb_error error = {0};
  counted_open(&c);
  sample_renew(&c.it, c.context, SAMPLE_NOW);
  sample_add(&c.it, "locations", "location:u|zone:u\n1|UTC0\n2|nowhere at all\n3|\n");
  sample_add(&c.it, "patients",
             "patient:u|status:u|location:u\na|active|1\nb|active|2\nc|active|3\nd|active|\n");
  c.it.moment.zone = NULL;
  assert_int_equal(field_of(&c, 0, "today", &value, &error), WB_OK);
  assert_int_equal(field_of(&c, 1, "today", &value, &error), WB_E_TYPE);
  assert_null(strstr(error.message, "nowhere"));
  assert_int_equal(field_of(&c, 2, "today", &value, &error), WB_E_TYPE);
  assert_int_equal(field_of(&c, 3, "today", &value, &error), WB_E_TYPE);
  c.it.moment.zone = c.it.zone;
  assert_int_equal(field_of(&c, 1, "today", &value, &error), WB_E_TYPE);
  assert_int_equal(field_of(&c, 2, "today", &value, &error), WB_OK);
  assert_int_equal(field_of(&c, 3, "today", &value, &error), WB_OK);
  counted_close(&c);
}

static void absent_cells_are_null_unknown_or_wrong(void **state) {
  (void)state;
  static const struct {
    const char *field;
    wb_status status;
    int32_t kind;
  } cases[] = {{"patient.key", WB_OK, WB_TEXT},
               {"patient.preferred_name", WB_OK, WB_NULL},
               {"patient.first_name", WB_OK, WB_UNKNOWN},
               {"patient.age", WB_OK, WB_UNKNOWN},
               {"contact.mobile", WB_OK, WB_NULL},
               {"contact.text_permission", WB_OK, WB_TEXT},
               {"recare.due", WB_OK, WB_NULL},
               {"recare.band", WB_OK, WB_NULL},
               {"recare.kind", WB_OK, WB_TEXT},
               {"recare.disabled", WB_OK, WB_BOOL},
               {"today", WB_OK, WB_DATE},
               {"now", WB_OK, WB_TIME}};
  counted c;
  counted_open(&c);
  sample_add(&c.it, "patients",
             "patient:u|status:u|first_name:u|preferred_name:u|birth_date:tdD|mobile:u|"
             "text_permission:u\np1|active|||||\n");
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    wb_value value = {0};
    assert_int_equal(field_of(&c, 0, cases[i].field, &value, NULL), cases[i].status);
    if (value.kind != cases[i].kind) fail_msg("%s: kind %d", cases[i].field, (int)value.kind);
  }
  counted_close(&c);
}

/* Own fields and dental ones that the host gives ready-made. */
static void columns_of_the_host_are_taken_as_given(void **state) {
  (void)state;
  fault_memory memory;
  wb_context *context = fault_context(&memory);
  wb_field own = own_field("loyalty.level");
  own.domain = "gold|tin";
  own.presence = WB_NULLABLE;
  counted c = {.context = context};
  assert_int_equal(wb_schema_new(context, &own, 1, &c.it.schema, NULL), WB_OK);
  sample_renew(&c.it, context, SAMPLE_NOW);
  assert_int_equal(wb_zone_new(context, "UTC0", 4, &c.it.zone, NULL), WB_OK);
  c.it.moment = (wb_moment){.size = sizeof(wb_moment), .now = SAMPLE_NOW, .zone = c.it.zone};
  sample_add(&c.it, "patients",
             "patient:u|status:u|loyalty.level:u|recare.band:u\np1|active|gold|9-12\n"
             "p2|active||\np3|active|lead|10-12\n");
  wb_value value = {0};
  assert_int_equal(field_of(&c, 0, "loyalty.level", &value, NULL), WB_OK);
  assert_int_equal(value.length, 4);
  assert_memory_equal(value.data, "gold", 4);
  assert_int_equal(field_of(&c, 0, "recare.band", &value, NULL), WB_OK);
  assert_memory_equal(value.data, "9-12", 4);
  assert_int_equal(field_of(&c, 1, "loyalty.level", &value, NULL), WB_OK);
  assert_int_equal(value.kind, WB_NULL);
  assert_int_equal(field_of(&c, 2, "loyalty.level", &value, NULL), WB_E_TYPE);
  assert_int_equal(field_of(&c, 2, "recare.band", &value, NULL), WB_E_TYPE);
  sample_close(&c.it);
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

/* A visit of today is still to come; the day turns at the location's midnight. */
static void today_is_local(void **state) {
  (void)state;
  counted c;
  wb_value value = {0};
  counted_open(&c);
  sample_add(&c.it, "patients", "patient:u|status:u|birth_date:tdD\np1|active|1980-11-23\n");
  sample_add(&c.it, "appointments", "patient:u|status:u|start:tdD\np1|scheduled|2026-11-23\n");
  c.it.moment.now = 1795409999; /* 2026-11-22T23:59:59-05:00 */
  assert_int_equal(field_of(&c, 0, "patient.age", &value, NULL), WB_OK);
  assert_int_equal(value.integer, 45);
  c.it.moment.now += 1;
  assert_int_equal(field_of(&c, 0, "patient.age", &value, NULL), WB_OK);
  assert_int_equal(value.integer, 46);
  c.it.moment.now += 86399;
  assert_int_equal(field_of(&c, 0, "recare.booked", &value, NULL), WB_OK);
  assert_int_equal(value.integer, 1);
  assert_int_equal(field_of(&c, 0, "visit.next", &value, NULL), WB_OK);
  assert_int_equal(value.kind, WB_DATE);
  c.it.moment.now += 1;
  assert_int_equal(field_of(&c, 0, "recare.booked", &value, NULL), WB_OK);
  assert_int_equal(value.integer, 0);
  assert_int_equal(field_of(&c, 0, "visit.next", &value, NULL), WB_OK);
  assert_int_equal(value.kind, WB_NULL);
  counted_close(&c);
}

/* A key has 64 bytes at most, whatever they are. */
static void keys_are_found_byte_by_byte(void **state) {
  (void)state;
  static const char head[] = "patient:u|status:u\n";
  for (size_t length = 64; length <= 65; ++length) {
    counted c;
    char text[200], key[65];
    uint64_t row = 77;
    memset(key, 'k', sizeof key);
    key[3] = '\t';
    snprintf(text, sizeof text, "%s%.*s|active\n", head, (int)length, key);
    counted_open(&c);
    wb_error error = {0};
    wb_status status = table_add(c.it.facts, "patients", text, &error);
    if (length == 64) assert_int_equal(status, WB_OK);
    if (status == WB_OK) status = wb_facts_find(c.it.facts, key, length, &row);
    if (length == 64) assert_int_equal(status, WB_OK);
    wb_value value = {0};
    if (status == WB_OK) status = field_of(&c, row, "patient.key", &value, &error);
    assert_true((length == 64) == (status == WB_OK));
    counted_close(&c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(names_of_own_fields_are_checked),
      cmocka_unit_test(own_fields_are_checked),
      cmocka_unit_test(a_host_has_a_thousand_fields_at_most),
      cmocka_unit_test(the_dictionary_can_be_read),
      cmocka_unit_test(options_of_facts_are_checked),
      cmocka_unit_test(tables_say_what_is_wrong_with_them),
      cmocka_unit_test(a_table_comes_once_and_before_reading),
      cmocka_unit_test(a_table_that_changed_is_taken_out_and_comes_anew),
      cmocka_unit_test(broken_arrays_are_refused),
      cmocka_unit_test(reading_is_checked),
      cmocka_unit_test(a_zone_must_come_from_somewhere),
      cmocka_unit_test(absent_cells_are_null_unknown_or_wrong),
      cmocka_unit_test(columns_of_the_host_are_taken_as_given),
      cmocka_unit_test(today_is_local),
      cmocka_unit_test(keys_are_found_byte_by_byte),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Tables that come in batches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "facts/facts_private.h"
#include "support/arrays.h"
#include "support/fault.h"
#include "support/same.h"
#include "support/streams.h"
#include "support/tables.h"

enum { NOW = 1769783400 };

static wb_error last_error;

static wb_schema *schema_of(wb_context *context) {
  wb_schema *schema = NULL;
  const wb_field fields[] = {
      {.size = sizeof(wb_field),
       .name = "host.t",
       .type = WB_LIST,
       .element = WB_TEXT,
       .presence = WB_OPTIONAL},
      {.size = sizeof(wb_field), .name = "host.x", .type = WB_TEXT, .presence = WB_OPTIONAL}};
  assert_int_equal(wb_schema_new(context, fields, 2, &schema, NULL), WB_OK);
  return schema;
}

static wb_facts *facts_of(wb_context *context, wb_schema *schema) {
  wb_facts_options options = {.size = sizeof options, .as_of = NOW};
  wb_facts *facts = NULL;
  assert_int_equal(wb_facts_new(context, schema, &options, &facts, NULL), WB_OK);
  return facts;
}

/* Adds a stream, which is released once whatever is answered. */
static wb_status stream_add(wb_facts *facts, const char *table, streams_texts *texts) {
  struct ArrowArrayStream stream;
  streams_open(texts, &stream);
  last_error = (wb_error){0};
  wb_status status = wb_facts_add_stream(facts, table, &stream, &last_error);
  assert_int_equal(texts->released, 1);
  assert_null(stream.release);
  return status;
}

#define PATIENTS "patient:u|status:u|birth_date:tdD|household:u|location:u\n"
#define PATIENTS_1 "a|active|1980-01-01|h|1\nb|active||h|2\n"
#define PATIENTS_2 "c|inactive|1990-05-05||1\n"
#define PATIENTS_3 "d|active|2015-05-05|h|\ne|active|||\n"
#define LOCATIONS "location:u|name:u|zone:u\n"
#define PROCEDURES "patient:u|code:u|status:u|date:tdD|tooth:u\n"
#define PROCEDURES_1 "a|D1110|completed|2025-01-07|\nd|D2740|planned|2025-11-01|14\n"
#define PROCEDURES_2 "a|D0120|completed|2025-07-07|\nx|D0120|completed|2025-07-07|\n"
#define PROCEDURES_3 "c|D4910|completed|2025-10-10|\na|D2392|planned|2025-11-01|3\n"
#define APPOINTMENTS "patient:u|status:u|start:tss:\n"

static void batches_say_what_one_table_says(void **state) {
  (void)state;
  wb_schema *schema = schema_of(NULL);
  wb_facts *whole = facts_of(NULL, schema), *parts = facts_of(NULL, schema);
  wb_zone *zone = NULL;
  assert_int_equal(wb_zone_new(NULL, "EST5EDT", 7, &zone, NULL), WB_OK);
  wb_moment moment = {.size = sizeof moment, .now = NOW, .zone = zone};
  static const struct {
    const char *name, *all;
    streams_texts texts;
  } tables[] = {
      {"patients",
       PATIENTS PATIENTS_1 PATIENTS_2 PATIENTS_3,
       {.head = PATIENTS, .rows = {PATIENTS_1, "", PATIENTS_2, PATIENTS_3}, .fails = -1}},
      {"locations",
       LOCATIONS "1|North|EST5EDT\n2|South|CST6CDT\n",
       {.head = LOCATIONS, .rows = {"1|North|EST5EDT\n", "2|South|CST6CDT\n"}, .fails = -1}},
      {"procedures",
       PROCEDURES PROCEDURES_1 PROCEDURES_2 PROCEDURES_3,
       {.head = PROCEDURES, .rows = {PROCEDURES_1, PROCEDURES_2, PROCEDURES_3}, .fails = -1}},
      {"appointments",
       APPOINTMENTS "b|scheduled|1770000000\nc|completed|1760000000\n",
       {.head = APPOINTMENTS,
        .rows = {"b|scheduled|1770000000\n", "c|completed|1760000000\n"},
        .fails = -1}}};
  for (size_t i = 0; i < WBI_COUNT(tables); ++i) {
    streams_texts texts = tables[i].texts;
    assert_int_equal(table_add(whole, tables[i].name, tables[i].all, NULL), WB_OK);
    assert_int_equal(stream_add(parts, tables[i].name, &texts), WB_OK);
  }
  same_facts(schema, whole, parts, &moment);
  assert_int_equal(wb_facts_orphans(whole), 1);
  assert_int_equal(wb_facts_orphans(parts), 1);
  wb_zone_unref(zone);
  wb_facts_free(whole);
  wb_facts_free(parts);
  wb_schema_unref(schema);
}

static void an_empty_stream_is_an_empty_table(void **state) {
  (void)state;
  uint64_t rows = 7;
  wb_schema *schema = schema_of(NULL);
  for (int batches = 0; batches < 2; ++batches) {
    wb_facts *facts = facts_of(NULL, schema);
    streams_texts texts = {.head = PATIENTS, .fails = STREAMS_NEVER};
    if (batches) texts.rows[0] = texts.rows[1] = "";
    assert_int_equal(stream_add(facts, "patients", &texts), WB_OK);
    assert_int_equal(wb_facts_count(facts, &rows), WB_OK);
    assert_int_equal(rows, 0);
    texts = (streams_texts){.head = PATIENTS, .fails = STREAMS_NEVER};
    assert_int_equal(stream_add(facts, "patients", &texts), WB_E_STATE);
    wb_facts_free(facts);
  }
  wb_schema_unref(schema);
}

static void a_stream_that_fails_at_any_call_leaves_nothing(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = fault_context(&memory);
  wb_schema *schema = schema_of(context);
  wb_facts *facts = facts_of(context, schema);
  const uint64_t before = memory.live;
  for (int fails = 0; fails <= 4; ++fails) {
    streams_texts texts = {
        .head = PATIENTS, .rows = {PATIENTS_1, PATIENTS_2, PATIENTS_3}, .fails = fails};
    assert_int_equal(stream_add(facts, "patients", &texts), WB_E_ABORTED);
    assert_string_equal(last_error.path, "patients");
    assert_null(strstr(last_error.message, "secret"));
    assert_int_equal(memory.live, before);
  }
  streams_texts texts = {.head = PATIENTS, .rows = {PATIENTS_1}, .fails = STREAMS_NEVER};
  assert_int_equal(stream_add(facts, "patients", &texts), WB_OK);
  wb_facts_free(facts);
  wb_schema_unref(schema);
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

static void no_memory_at_any_point_leaves_nothing(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = fault_context(&memory);
  wb_schema *schema = schema_of(context);
  wb_facts *facts = facts_of(context, schema);
  const uint64_t before = memory.live;
  for (uint64_t at = 1;; ++at) {
    streams_texts texts = {
        .head = PATIENTS, .rows = {PATIENTS_1, PATIENTS_2, PATIENTS_3}, .fails = STREAMS_NEVER};
    fault_arm(&memory.plan, FAULT_ONCE, at);
    wb_status status = stream_add(facts, "patients", &texts);
    if (!memory.plan.hits) {
      assert_int_equal(status, WB_OK);
      break;
    }
    assert_int_equal(status, WB_E_NOMEM);
    assert_int_equal(memory.live, before);
  }
  wb_facts_free(facts);
  wb_schema_unref(schema);
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

static void streams_that_lie_are_refused(void **state) {
  (void)state;
  wb_schema *schema = schema_of(NULL);
  wb_facts *facts = facts_of(NULL, schema);
  struct ArrowArrayStream stream;
  streams_texts texts = {.head = "status:u\n", .rows = {"active\n"}, .fails = STREAMS_NEVER};
  assert_int_equal(stream_add(facts, "patients", &texts), WB_E_NAME);
  assert_string_equal(last_error.path, "patients.patient");
  texts = (streams_texts){.head = "patient:u|status:l\n", .rows = {"a|1\n"}, .fails = -1};
  assert_int_equal(stream_add(facts, "patients", &texts), WB_E_TYPE);
  texts = (streams_texts){.head = PATIENTS, .rows = {PATIENTS_1, PATIENTS_1}, .fails = -1};
  assert_int_equal(stream_add(facts, "patients", &texts), WB_E_INVALID);
  assert_string_equal(last_error.message, "Rows 0 and 2 (from 0) have the same key.");
  texts = (streams_texts){.head = PATIENTS, .fails = -1};
  assert_int_equal(stream_add(facts, "nothing", &texts), WB_E_NAME);
  texts = (streams_texts){.head = PATIENTS, .fails = -1};
  streams_open(&texts, &stream);
  stream.get_schema = NULL;
  assert_int_equal(wb_facts_add_stream(facts, "patients", &stream, NULL), WB_E_ABORTED);
  arrays_node unreleased, *const one[] = {&unreleased};
  arrays_table(&unreleased, 0, 0);
  unreleased.schema.release = NULL;
  streams_tables none = {.tables = one, .count = 1};
  struct ArrowArrayStream released;
  streams_by_hand(&none, &released);
  assert_int_equal(wb_facts_add_stream(facts, "patients", &released, NULL), WB_E_INVALID);
  streams_open(&texts, &stream);
  stream.get_next = NULL;
  assert_int_equal(wb_facts_add_stream(facts, "patients", &stream, NULL), WB_E_ABORTED);
  assert_int_equal(wb_facts_add_stream(facts, "patients", &stream, NULL), WB_E_INVALID);
  assert_int_equal(wb_facts_add_stream(facts, "patients", NULL, NULL), WB_E_INVALID);
  streams_open(&texts, &stream);
  assert_int_equal(wb_facts_add_stream(NULL, "patients", &stream, NULL), WB_E_INVALID);
  assert_non_null(stream.release);
  wb_facts_free(facts);
  wb_schema_unref(schema);
}

static void streams_without_an_end_are_left(void **state) {
  (void)state;
  static const struct {
    int64_t rows;
    int batches;
    const char *message;
  } cases[] = {{0, INT32_MAX, "The stream has more than 1,000,000 batches."},
               {1 << 30, 2, "The table has too many rows."}};
  const size_t here =
      sizeof(size_t) < sizeof(int64_t) ? 1 : WBI_COUNT(cases); /* no array so long */
  for (size_t i = 0; i < here; ++i) {
    wb_schema *schema = schema_of(NULL);
    wb_facts *facts = facts_of(NULL, schema);
    arrays_node root, *const one[] = {&root};
    streams_tables same = {.tables = one, .count = 1, .most = cases[i].batches};
    struct ArrowArrayStream stream;
    arrays_table(&root, cases[i].rows, 0);
    streams_by_hand(&same, &stream);
    assert_int_equal(wb_facts_add_stream(facts, "patients", &stream, &last_error), WB_E_LIMIT);
    assert_string_equal(last_error.path, "patients");
    assert_string_equal(last_error.message, cases[i].message);
    assert_null(stream.release);
    wb_facts_free(facts);
    wb_schema_unref(schema);
    assert_int_equal(arrays_end(), same.given + 1); /* the schema */
  }
}

/* ---- batches by hand ------------------------------------------------------------------------ */

/* One batch: keys, no status, a dictionary-encoded text and a list of texts. */
typedef struct batch {
  arrays_node root, key, status, x, words, list, texts;
} batch;

/* Makes a batch of two rows: keys and words as given, lists [first, second] of texts. */
static void batch_make(batch *b, const char *keys, const char *words, const int32_t *offsets,
                       const char *texts) {
  static const int32_t ends[] = {0, 1, 2, 3, 4, 5, 6};
  arrays_table(&b->root, 2, 0);
  arrays_leaf(&b->key, "u", "patient", 2, 0);
  arrays_buffer(&b->key, 1, ends, 12);
  arrays_buffer(&b->key, 2, keys, 2);
  arrays_leaf(&b->status, "n", "status", 2, 0);
  arrays_leaf(&b->x, "c", "host.x", 2, 0);
  arrays_buffer(&b->x, 1, (const int8_t[]){1, 0}, 2);
  arrays_leaf(&b->words, "u", "", 2, 0);
  arrays_buffer(&b->words, 1, ends, 12);
  arrays_buffer(&b->words, 2, words, 2);
  arrays_words(&b->x, &b->words);
  arrays_leaf(&b->list, "+l", "host.t", 2, 0);
  arrays_buffer(&b->list, 1, offsets, 12);
  arrays_leaf(&b->texts, "u", "", (int64_t)strlen(texts), 0);
  arrays_buffer(&b->texts, 1, ends, (strlen(texts) + 1) * 4);
  arrays_buffer(&b->texts, 2, texts, strlen(texts));
  arrays_child(&b->list, &b->texts);
  arrays_child(&b->root, &b->key);
  arrays_child(&b->root, &b->status);
  arrays_child(&b->root, &b->x);
  arrays_child(&b->root, &b->list);
}

static void every_batch_has_its_own_dictionary_and_its_own_elements(void **state) {
  (void)state;
  static const char *const xs[] = {"Q", "P", "S", "R", "U", "T"};
  static const char *const lists[] = {"b", "c", "", "xyz", "v", "w"};
  batch batches[3];
  wb_schema *schema = schema_of(NULL);
  wb_facts *facts = facts_of(NULL, schema);
  wb_moment moment = {.size = sizeof moment};
  arrays_node *const tables[] = {&batches[0].root, &batches[1].root, &batches[2].root};
  streams_tables each = {.tables = tables, .count = 3, .most = 3};
  struct ArrowArrayStream stream;
  uint32_t x = 0, t = 0;
  batch_make(&batches[0], "ab", "PQ", (const int32_t[]){1, 2, 3}, "abc");
  batch_make(&batches[1], "cd", "RS", (const int32_t[]){0, 0, 3}, "xyz");
  batch_make(&batches[2], "ef", "TU", (const int32_t[]){4, 5, 6}, "rstuvw");
  streams_by_hand(&each, &stream);
  assert_int_equal(wb_facts_add_stream(facts, "patients", &stream, &last_error), WB_OK);
  assert_int_equal(wb_schema_find(schema, "host.x", 6, &x), WB_OK);
  assert_int_equal(wb_schema_find(schema, "host.t", 6, &t), WB_OK);
  for (uint64_t row = 0; row < 6; ++row) {
    wb_value value = {.size = sizeof value};
    assert_int_equal(wb_facts_get(facts, row, x, &moment, &value, NULL), WB_OK);
    assert_int_equal(value.length, 1);
    assert_int_equal(value.data[0], xs[row][0]);
    assert_int_equal(wb_facts_get(facts, row, t, &moment, &value, NULL), WB_OK);
    assert_int_equal(value.integer, strlen(lists[row]));
    for (uint32_t i = 0; lists[row][i]; ++i) {
      assert_int_equal(wb_facts_get_item(facts, row, t, i, &moment, &value, NULL), WB_OK);
      assert_int_equal(value.data[0], lists[row][i]);
    }
  }
  wb_facts_free(facts);
  wb_schema_unref(schema);
  assert_int_equal(arrays_end(), 4); /* three batches and the schema */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(batches_say_what_one_table_says),
      cmocka_unit_test(an_empty_stream_is_an_empty_table),
      cmocka_unit_test(a_stream_that_fails_at_any_call_leaves_nothing),
      cmocka_unit_test(no_memory_at_any_point_leaves_nothing),
      cmocka_unit_test(streams_that_lie_are_refused),
      cmocka_unit_test(streams_without_an_end_are_left),
      cmocka_unit_test(every_batch_has_its_own_dictionary_and_its_own_elements),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

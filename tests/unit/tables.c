/* SPDX-License-Identifier: MIT */
/* Tables in Arrow's layout: every format that is read, and arrays that lie. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <winback/rule.h>

#include "facts/facts_private.h"
#include "support/fault.h"
#include "support/tables.h"

static int released;

static void probe_release_schema(struct ArrowSchema *schema) {
  schema->release = NULL;
  ++released;
}

static void probe_release_array(struct ArrowArray *array) {
  array->release = NULL;
  ++released;
}

/* A table of three patients with one column "host.x" to try things on. */
typedef struct probe {
  struct ArrowSchema schema, columns[3], words_schema;
  struct ArrowArray array, arrays[3], words;
  struct ArrowSchema *schemas_at[3];
  struct ArrowArray *arrays_at[3];
  const void *root_buffers[1], *key_buffers[3], *buffers[3], *word_buffers[3];
} probe;

static const int32_t key_offsets[] = {0, 2, 4, 6};

/* Makes the probe; it must not move afterwards. */
static void probe_make(probe *p, const char *format, const void *values, const void *bytes) {
  static const char *const names[] = {"patient", "status", "host.x"};
  const char *formats[] = {"u", "n", format};
  memset(p, 0, sizeof *p);
  p->key_buffers[1] = key_offsets;
  p->key_buffers[2] = "p0p1p2";
  p->buffers[1] = values;
  p->buffers[2] = bytes;
  p->schema = (struct ArrowSchema){
      .format = "+s", .n_children = 3, .children = p->schemas_at, .release = probe_release_schema};
  p->array = (struct ArrowArray){.length = 3,
                                 .n_buffers = 1,
                                 .n_children = 3,
                                 .buffers = p->root_buffers,
                                 .children = p->arrays_at,
                                 .release = probe_release_array};
  for (int i = 0; i < 3; ++i) {
    p->schemas_at[i] = &p->columns[i];
    p->arrays_at[i] = &p->arrays[i];
    p->columns[i].format = formats[i];
    p->columns[i].name = names[i];
    p->arrays[i].length = 3;
  }
  p->arrays[0].n_buffers = 3;
  p->arrays[0].buffers = p->key_buffers;
  p->arrays[2].n_buffers = bytes ? 3 : 2;
  p->arrays[2].buffers = p->buffers;
}

/* Makes the probed column dictionary-encoded, with the words "red", "" and "blue". */
static void probe_encode(probe *p) {
  static const int32_t offsets[] = {0, 3, 3, 7};
  p->columns[2].dictionary = &p->words_schema;
  p->arrays[2].dictionary = &p->words;
  p->words_schema.format = "u";
  p->word_buffers[1] = offsets;
  p->word_buffers[2] = "redblue";
  p->words = (struct ArrowArray){.length = 3, .n_buffers = 3, .buffers = p->word_buffers};
}

/* Facts whose schema has the field host.x of a type. */
static wb_facts *facts_with(int32_t type) {
  wb_field field = {.size = sizeof field,
                    .name = "host.x",
                    .type = type,
                    .presence = WB_OPTIONAL,
                    .class_ = WB_CLASS_STAFF};
  wb_facts_options options = {.size = sizeof options};
  wb_schema *schema = NULL;
  wb_facts *facts = NULL;
  assert_int_equal(wb_schema_new(NULL, &field, 1, &schema, NULL), WB_OK);
  assert_int_equal(wb_facts_new(NULL, schema, &options, &facts, NULL), WB_OK);
  wb_schema_unref(schema);
  return facts;
}

/* Adds the probe; whatever happens, everything is released once. */
static wb_status probe_add(wb_facts *facts, probe *p, wb_error *error) {
  wb_status status = wb_facts_add(facts, "patients", &p->schema, &p->array, error);
  if (status) {
    assert_non_null(p->schema.release);
    assert_non_null(p->array.release);
  } else {
    assert_null(p->schema.release);
    assert_null(p->array.release);
  }
  return status;
}

/* host.x of a row. */
static wb_status read_x(wb_facts *facts, uint64_t row, wb_value *value) {
  uint32_t field = 0;
  wb_moment moment = {.size = sizeof moment};
  *value = (wb_value){.size = sizeof *value};
  assert_int_equal(wb_schema_find(wbi_facts_schema(facts), "host.x", 6, &field), WB_OK);
  return wb_facts_get(facts, row, field, &moment, value, NULL);
}

/* Asserts that a column of numbers reads as three values. */
static void assert_numbers(const char *format, const void *values, int32_t type, int64_t first,
                           int64_t second, int64_t third) {
  probe p;
  wb_value value;
  int64_t wanted[] = {first, second, third};
  wb_facts *facts = facts_with(type);
  released = 0;
  probe_make(&p, format, values, NULL);
  assert_int_equal(probe_add(facts, &p, NULL), WB_OK);
  for (uint64_t i = 0; i < 3; ++i) {
    assert_int_equal(read_x(facts, i, &value), WB_OK);
    assert_int_equal(value.kind, type);
    assert_int_equal(value.integer, wanted[i]);
  }
  wb_facts_free(facts);
  assert_int_equal(released, 2);
}

static void whole_numbers_of_all_widths_are_read(void **state) {
  (void)state;
  assert_numbers("c", (const int8_t[]){-128, 0, 127}, WB_INT, -128, 0, 127);
  assert_numbers("C", (const uint8_t[]){0, 1, 255}, WB_INT, 0, 1, 255);
  assert_numbers("s", (const int16_t[]){-32768, 0, 32767}, WB_INT, -32768, 0, 32767);
  assert_numbers("S", (const uint16_t[]){0, 1, 65535}, WB_INT, 0, 1, 65535);
  assert_numbers("i", (const int32_t[]){INT32_MIN, 0, INT32_MAX}, WB_INT, INT32_MIN, 0, INT32_MAX);
  assert_numbers("I", (const uint32_t[]){0, 1, UINT32_MAX}, WB_INT, 0, 1, UINT32_MAX);
  assert_numbers("l", (const int64_t[]){INT64_MIN, 0, INT64_MAX}, WB_INT, INT64_MIN, 0, INT64_MAX);
  assert_numbers("L", (const uint64_t[]){0, 1, INT64_MAX}, WB_INT, 0, 1, INT64_MAX);
  assert_numbers("L", (const uint64_t[]){0, 1, UINT64_MAX}, WB_UINT, 0, 1, -1);
  assert_numbers("b", (const uint8_t[]){5}, WB_BOOL, 1, 0, 1);
}

static void dates_and_instants_are_read_and_rounded_down(void **state) {
  (void)state;
  assert_numbers("tdD", (const int32_t[]){-719162, 0, 2932896}, WB_DATE, -719162, 0, 2932896);
  assert_numbers("tss:", (const int64_t[]){-1, 86399, 86400}, WB_DATE, -1, 0, 1);
  assert_numbers("tss:UTC", (const int64_t[]){-1, 0, 1}, WB_TIME, -1, 0, 1);
  assert_numbers("tsm:UTC", (const int64_t[]){-1, 999, 1000}, WB_TIME, -1, 0, 1);
  assert_numbers("tsu:UTC", (const int64_t[]){-1000000, 999999, 1000000}, WB_TIME, -1, 0, 1);
  assert_numbers("tsn:UTC", (const int64_t[]){-1000000001, 1, 1000000000}, WB_TIME, -2, 0, 1);
}

static void real_numbers_are_read(void **state) {
  (void)state;
  static const float singles[] = {0.5F, -1.25F, 2};
  static const double doubles[] = {0.5, -1.25, 2};
  static const int64_t wholes[] = {1, -1, 2};
  static const uint64_t large[] = {UINT64_MAX, 0, 1};
  const struct {
    const char *format;
    const void *values;
    double first;
  } cases[] = {{"f", singles, 0.5}, {"g", doubles, 0.5}, {"l", wholes, 1}, {"L", large, 0x1p64}};
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    probe p;
    wb_value value;
    wb_facts *facts = facts_with(WB_DOUBLE);
    probe_make(&p, cases[i].format, cases[i].values, NULL);
    assert_int_equal(probe_add(facts, &p, NULL), WB_OK);
    assert_int_equal(read_x(facts, 0, &value), WB_OK);
    assert_int_equal(value.kind, WB_DOUBLE);
    assert_true(value.real == cases[i].first);
    wb_facts_free(facts);
  }
}

/* Asserts a text or bytes. */
static void assert_text(wb_facts *facts, uint64_t row, int32_t kind, const char *wanted) {
  wb_value value;
  assert_int_equal(read_x(facts, row, &value), WB_OK);
  assert_int_equal(value.kind, kind);
  assert_int_equal(value.length, strlen(wanted));
  if (value.length) assert_memory_equal(value.data, wanted, value.length);
}

static void text_and_bytes_are_read_and_empty_is_absent(void **state) {
  (void)state;
  static const int32_t narrow[] = {0, 3, 3, 5};
  static const int64_t wide[] = {0, 3, 3, 5};
  static const char *const formats[] = {"u", "U", "z", "Z"};
  for (size_t i = 0; i < WBI_COUNT(formats); ++i) {
    probe p;
    int32_t type = i < 2 ? WB_TEXT : WB_BYTES;
    const void *offsets = i % 2 ? (const void *)wide : narrow;
    wb_facts *facts = facts_with(type);
    probe_make(&p, formats[i], offsets, "redxy");
    assert_int_equal(probe_add(facts, &p, NULL), WB_OK);
    assert_text(facts, 0, type, "red");
    assert_text(facts, 1, WB_UNKNOWN, "");
    assert_text(facts, 2, type, "xy");
    wb_facts_free(facts);
  }
}

static void dictionary_encoded_text_is_read(void **state) {
  (void)state;
  static const uint8_t validity[] = {3};
  probe p;
  wb_facts *facts = facts_with(WB_TEXT);
  probe_make(&p, "c", (const int8_t[]){2, 1, 99}, NULL);
  probe_encode(&p);
  p.buffers[0] = validity;
  p.arrays[2].null_count = 1;
  assert_int_equal(probe_add(facts, &p, NULL), WB_OK);
  assert_text(facts, 0, WB_TEXT, "blue");
  assert_text(facts, 1, WB_UNKNOWN, "");
  assert_text(facts, 2, WB_UNKNOWN, "");
  wb_facts_free(facts);
}

static void a_validity_bitmap_of_the_rows_may_be_full(void **state) {
  (void)state;
  static const int32_t offsets[] = {0, 1, 2, 3};
  static const uint8_t validity[] = {7};
  probe p;
  wb_facts *facts = facts_with(WB_TEXT);
  probe_make(&p, "u", offsets, "abc");
  p.root_buffers[0] = validity;
  p.array.null_count = -1;
  assert_int_equal(probe_add(facts, &p, NULL), WB_OK);
  assert_text(facts, 2, WB_TEXT, "c");
  wb_facts_free(facts);
}

static void slices_of_tables_and_columns_are_read(void **state) {
  (void)state;
  static const int32_t offsets[] = {0, 1, 2, 3, 4, 5, 6, 7};
  static const uint8_t validity[] = {0xdf}; /* position 5 is absent */
  probe p;
  uint64_t row = 9;
  wb_facts *facts = facts_with(WB_TEXT);
  probe_make(&p, "u", offsets, "abcdefg");
  p.array.length = 2;
  p.array.offset = 1;
  p.arrays[2].offset = 3;
  p.buffers[0] = validity;
  p.arrays[2].null_count = -1;
  assert_int_equal(probe_add(facts, &p, NULL), WB_OK);
  assert_int_equal(wb_facts_find(facts, "p0", 2, &row), WB_E_NAME);
  assert_int_equal(wb_facts_find(facts, "p2", 2, &row), WB_OK);
  assert_int_equal(row, 1);
  assert_text(facts, 0, WB_TEXT, "e");
  assert_text(facts, 1, WB_UNKNOWN, "");
  wb_facts_free(facts);
}

static void absent_cells_are_absent_in_every_type(void **state) {
  (void)state;
  static const uint8_t validity[] = {0};
  static const int64_t values[4] = {0};
  static const struct {
    const char *format;
    int32_t type;
  } cases[] = {{"l", WB_INT},    {"b", WB_BOOL},   {"g", WB_DOUBLE},
               {"l", WB_DOUBLE}, {"tdD", WB_DATE}, {"tss:Z", WB_TIME},
               {"n", WB_TEXT},   {"n", WB_INT},    {"tsn:", WB_DATE}};
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    probe p;
    wb_value value;
    wb_facts *facts = facts_with(cases[i].type);
    probe_make(&p, cases[i].format, values, NULL);
    p.buffers[0] = validity;
    p.arrays[2].null_count = 3;
    assert_int_equal(probe_add(facts, &p, NULL), WB_OK);
    assert_int_equal(read_x(facts, 2, &value), WB_OK);
    assert_int_equal(value.kind, WB_UNKNOWN);
    wb_facts_free(facts);
  }
}

/* Asserts that a cell cannot be what its field is. */
static void assert_cell(const char *format, const void *values, const void *bytes, int32_t type,
                        wb_status status) {
  probe p;
  wb_value value;
  wb_facts *facts = facts_with(type);
  probe_make(&p, format, values, bytes);
  assert_int_equal(probe_add(facts, &p, NULL), WB_OK);
  assert_int_equal(read_x(facts, 0, &value), status);
  assert_int_equal(value.kind, WB_UNKNOWN);
  wb_facts_free(facts);
}

static void cells_out_of_range_are_told_one_by_one(void **state) {
  (void)state;
  assert_cell("tdD", (const int32_t[]){WB_DATE_MAX + 1, 0, 0}, NULL, WB_DATE, WB_E_RANGE);
  assert_cell("tdD", (const int32_t[]){WB_DATE_MIN - 1, 0, 0}, NULL, WB_DATE, WB_E_RANGE);
  assert_cell("tss:Z", (const int64_t[]){WB_TIME_MAX + 1, 0, 0}, NULL, WB_TIME, WB_E_RANGE);
  assert_cell("tss:Z", (const int64_t[]){INT64_MIN, 0, 0}, NULL, WB_TIME, WB_E_RANGE);
  assert_cell("L", (const uint64_t[]){1ULL << 63, 0, 0}, NULL, WB_INT, WB_E_RANGE);
  assert_cell("l", (const int64_t[]){-1, 0, 0}, NULL, WB_UINT, WB_E_RANGE);
  assert_cell("u", (const int32_t[]){0, 1, 1, 1}, "\xff", WB_TEXT, WB_E_TYPE);
}

/* Spoils one thing of a good probe. */
typedef void (*spoiler)(probe *p);

static void spoil_root_format(probe *p) {
  p->schema.format = "+l";
}
static void spoil_root_missing_format(probe *p) {
  p->schema.format = NULL;
}
static void spoil_length(probe *p) {
  p->array.length = -1;
}
static void spoil_offset(probe *p) {
  p->array.offset = -1;
}
static void spoil_sum(probe *p) {
  p->array.length = p->array.offset = INT64_MAX / 2 + 1;
}
static void spoil_too_many_rows(probe *p) {
  p->array.length = INT32_MAX;
}
static void spoil_children(probe *p) {
  p->array.n_children = 2;
}
static void spoil_negative_children(probe *p) {
  p->array.n_children = p->schema.n_children = -1;
}
static void spoil_children_pointer(probe *p) {
  p->array.children = NULL;
}
static void spoil_schema_pointer(probe *p) {
  p->schema.children = NULL;
}
static void spoil_many_children(probe *p) {
  p->schema.n_children = (int64_t)INT32_MAX + 1;
}
static void spoil_child_negative_nulls(probe *p) {
  p->arrays[2].null_count = -2;
}
static void spoil_child_many_buffers(probe *p) {
  p->columns[2].format = "vu";
  p->arrays[2].n_buffers = (int64_t)INT32_MAX + 1;
}
static void spoil_child(probe *p) {
  p->arrays_at[2] = NULL;
}
static void spoil_child_schema(probe *p) {
  p->schemas_at[2] = NULL;
}
static void spoil_null_rows(probe *p) {
  static const uint8_t validity[] = {5};
  p->root_buffers[0] = validity;
  p->array.null_count = -1;
}
static void spoil_null_count(probe *p) {
  p->array.null_count = 1;
}
static void spoil_child_length(probe *p) {
  p->arrays[2].length = 2;
}
static void spoil_child_offset(probe *p) {
  p->arrays[2].offset = INT64_MAX;
}
static void spoil_child_null_count(probe *p) {
  p->arrays[2].null_count = 1;
}
static void spoil_child_too_many_nulls(probe *p) {
  p->arrays[2].null_count = 4;
}
static void spoil_child_buffers(probe *p) {
  p->arrays[2].n_buffers = 2;
}
static void spoil_child_buffer_pointer(probe *p) {
  p->arrays[2].buffers = NULL;
}
static void spoil_child_values(probe *p) {
  p->buffers[1] = NULL;
}
static void spoil_child_bytes(probe *p) {
  p->buffers[2] = NULL;
}
static void spoil_child_children(probe *p) {
  p->arrays[2].n_children = 1;
}
static void spoil_child_falling_offsets(probe *p) {
  static const int32_t offsets[] = {0, 4, 3, 5};
  p->buffers[1] = offsets;
}
static void spoil_child_negative_offsets(probe *p) {
  static const int32_t offsets[] = {-1, 0, 0, 0};
  p->buffers[1] = offsets;
}
static void spoil_child_huge_offsets(probe *p) {
  static const int64_t offsets[] = {0, 0, 0, INT64_MIN};
  p->columns[2].format = "U";
  p->buffers[1] = offsets;
}
static void spoil_child_format(probe *p) {
  p->columns[2].format = "e";
}
static void spoil_child_format_pointer(probe *p) {
  p->columns[2].format = NULL;
}
static void spoil_child_unit(probe *p) {
  p->columns[2].format = "tsx:";
}
static void spoil_child_short_unit(probe *p) {
  p->columns[2].format = "ts";
}
static void spoil_child_nested(probe *p) {
  p->columns[2].n_children = 1;
}
static void spoil_child_type(probe *p) {
  p->columns[2].format = "l";
  p->arrays[2].n_buffers = 2;
}
static void spoil_twice(probe *p) {
  p->columns[1].name = "patient";
}
static void spoil_key_name(probe *p) {
  p->columns[0].name = "key";
}
static void spoil_same_keys(probe *p) {
  p->key_buffers[2] = "p0p1p0";
}

static void a_needed_column_is_looked_for_among_those_of_nearly_its_name(void **state) {
  (void)state;
  static const int32_t offsets[] = {0, 3, 3, 5};
  static const struct {
    const char *given, *message;
  } cases[] = {{"patiend", "A needed column is missing; is it \"patiend\"?"},
               {"Patient", "A needed column is missing; is it \"Patient\"?"},
               {"number", "A needed column is missing."}};
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    probe p;
    wb_error error = {0};
    wb_facts *facts = facts_with(WB_TEXT);
    probe_make(&p, "u", offsets, "redxy");
    p.columns[0].name = cases[i].given;
    assert_int_equal(probe_add(facts, &p, &error), WB_E_NAME);
    assert_string_equal(error.path, "patients.patient");
    assert_string_equal(error.message, cases[i].message);
    wb_facts_free(facts);
  }
}

static void arrays_that_lie_are_refused_and_stay_the_callers(void **state) {
  (void)state;
  static const int32_t offsets[] = {0, 3, 3, 5};
  static const struct {
    spoiler spoil;
    wb_status status;
    const char *path;
  } cases[] = {{spoil_root_format, WB_E_TYPE, "patients"},
               {spoil_root_missing_format, WB_E_TYPE, "patients"},
               {spoil_length, WB_E_INVALID, "patients"},
               {spoil_offset, WB_E_INVALID, "patients"},
               {spoil_sum, WB_E_INVALID, "patients"},
               /* more than an address has */
               {spoil_too_many_rows, SIZE_MAX > UINT32_MAX ? WB_E_LIMIT : WB_E_INVALID, "patients"},
               {spoil_children, WB_E_INVALID, "patients"},
               {spoil_negative_children, WB_E_INVALID, "patients"},
               {spoil_children_pointer, WB_E_INVALID, "patients"},
               {spoil_child, WB_E_INVALID, "patients"},
               {spoil_schema_pointer, WB_E_INVALID, "patients"},
               {spoil_many_children, WB_E_LIMIT, "patients"},
               {spoil_child_negative_nulls, WB_E_INVALID, "host.x"},
               {spoil_child_many_buffers, WB_E_INVALID, "host.x"},
               {spoil_child_schema, WB_E_INVALID, "patients"},
               {spoil_null_rows, WB_E_INVALID, "patients"},
               {spoil_null_count, WB_E_INVALID, "patients"},
               {spoil_child_length, WB_E_INVALID, "host.x"},
               {spoil_child_offset, WB_E_INVALID, "host.x"},
               {spoil_child_null_count, WB_E_INVALID, "host.x"},
               {spoil_child_too_many_nulls, WB_E_INVALID, "host.x"},
               {spoil_child_buffers, WB_E_INVALID, "host.x"},
               {spoil_child_buffer_pointer, WB_E_INVALID, "host.x"},
               {spoil_child_values, WB_E_INVALID, "host.x"},
               {spoil_child_bytes, WB_E_INVALID, "host.x"},
               {spoil_child_children, WB_E_INVALID, "host.x"},
               {spoil_child_falling_offsets, WB_E_INVALID, "host.x"},
               {spoil_child_negative_offsets, WB_E_INVALID, "host.x"},
               {spoil_child_huge_offsets, WB_E_INVALID, "host.x"},
               {spoil_child_format, WB_E_TYPE, "host.x"},
               {spoil_child_format_pointer, WB_E_TYPE, "host.x"},
               {spoil_child_unit, WB_E_TYPE, "host.x"},
               {spoil_child_short_unit, WB_E_TYPE, "host.x"},
               {spoil_child_nested, WB_E_TYPE, "host.x"},
               {spoil_child_type, WB_E_TYPE, "host.x"},
               {spoil_twice, WB_E_INVALID, "patients.patient"},
               {spoil_key_name, WB_E_NAME, "patients.patient"},
               {spoil_same_keys, WB_E_INVALID, "patients"}};
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    probe p, good;
    wb_error error = {0};
    wb_facts *facts = facts_with(WB_TEXT);
    released = 0;
    probe_make(&p, "u", offsets, "redxy");
    cases[i].spoil(&p);
    assert_int_equal(probe_add(facts, &p, &error), cases[i].status);
    assert_string_equal(error.path, cases[i].path);
    assert_int_equal(released, 0);
    probe_make(&good, "u", offsets, "redxy");
    assert_int_equal(probe_add(facts, &good, &error), WB_OK);
    assert_text(facts, 0, WB_TEXT, "red");
    wb_facts_free(facts);
    assert_int_equal(released, 2);
  }
}

static void spoil_word_index(probe *p) {
  static const int8_t indices[] = {0, 3, 0};
  p->buffers[1] = indices;
}
static void spoil_word_negative_index(probe *p) {
  static const int8_t indices[] = {0, -1, 0};
  p->buffers[1] = indices;
}
static void spoil_words(probe *p) {
  p->arrays[2].dictionary = NULL;
}
static void spoil_words_length(probe *p) {
  p->words.length = -1;
}
static void spoil_words_many(probe *p) {
  p->words.length = INT32_MAX;
}
static void spoil_words_buffers(probe *p) {
  p->words.n_buffers = 2;
}
static void spoil_words_format(probe *p) {
  p->words_schema.format = "l";
}
static void spoil_words_of_words(probe *p) {
  p->words_schema.dictionary = &p->words_schema;
}
static void spoil_index_format(probe *p) {
  p->columns[2].format = "g";
}

static void dictionaries_that_lie_are_refused(void **state) {
  (void)state;
  static const int8_t indices[] = {0, 1, 2};
  static const struct {
    spoiler spoil;
    wb_status status;
  } cases[] = {{spoil_word_index, WB_E_INVALID}, {spoil_word_negative_index, WB_E_INVALID},
               {spoil_words, WB_E_INVALID},      {spoil_words_length, WB_E_INVALID},
               {spoil_words_many, WB_E_INVALID}, {spoil_words_buffers, WB_E_INVALID},
               {spoil_words_format, WB_E_TYPE},  {spoil_words_of_words, WB_E_TYPE},
               {spoil_index_format, WB_E_TYPE}};
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    probe p;
    wb_facts *facts = facts_with(WB_TEXT);
    probe_make(&p, "c", indices, NULL);
    probe_encode(&p);
    cases[i].spoil(&p);
    assert_int_equal(probe_add(facts, &p, NULL), cases[i].status);
    wb_facts_free(facts);
  }
}

/* Longer than four gigabytes, which nobody reads: where they end says enough. */
static void texts_that_are_too_long_are_told_by_their_length(void **state) {
  (void)state;
  if (sizeof(size_t) < sizeof(int64_t)) return; /* there no array is so long */
  static const int64_t wide[] = {0, (int64_t)UINT32_MAX + 1, (int64_t)UINT32_MAX + 1,
                                 (int64_t)UINT32_MAX + 1};
  static const int8_t numbers[] = {0, 1, 1};
  wb_field field = {.size = sizeof field,
                    .name = "host.x",
                    .type = WB_TEXT,
                    .domain = "red|blue",
                    .presence = WB_OPTIONAL};
  for (int encoded = 0; encoded < 2; ++encoded) {
    probe p;
    wb_schema *schema = NULL;
    wb_facts *facts = NULL;
    wb_facts_options options = {.size = sizeof options};
    wb_moment moment = {.size = sizeof moment};
    wb_value value = {.size = sizeof value};
    uint32_t x = 0;
    assert_int_equal(wb_schema_new(NULL, &field, 1, &schema, NULL), WB_OK);
    assert_int_equal(wb_facts_new(NULL, schema, &options, &facts, NULL), WB_OK);
    assert_int_equal(wb_schema_find(schema, "host.x", 6, &x), WB_OK);
    probe_make(&p, encoded ? "c" : "U", encoded ? (const void *)numbers : wide,
               encoded ? NULL : "red");
    if (encoded) probe_encode(&p);
    if (encoded) p.words_schema.format = "U";
    if (encoded) p.word_buffers[1] = wide;
    assert_int_equal(probe_add(facts, &p, NULL), WB_OK);
    assert_int_equal(wb_facts_get(facts, 0, x, &moment, &value, NULL), WB_E_TYPE);
    assert_int_equal(wb_facts_get(facts, 1, x, &moment, &value, NULL), WB_OK);
    assert_int_equal(value.kind, WB_UNKNOWN);
    wb_facts_free(facts);
    wb_schema_unref(schema);
  }
}

static void twins_are_named_by_row_and_not_by_key(void **state) {
  (void)state;
  wb_error error = {0};
  wb_facts *facts = facts_with(WB_TEXT);
  assert_int_equal(table_add(facts, "patients",
                             "patient:u|status:u\nalpha|active\nbeta|active\n|active\n"
                             "|active\nalpha|active\n",
                             &error),
                   WB_E_INVALID);
  assert_string_equal(error.path, "patients");
  assert_string_equal(error.message, "Rows 0 and 4 (from 0) have the same key.");
  assert_int_equal(table_add(facts, "locations", "location:u\nnorth\nnorth\n", &error),
                   WB_E_INVALID);
  assert_string_equal(error.path, "locations");
  wb_facts_free(facts);
}

static void unknown_tables_and_second_copies_are_refused(void **state) {
  (void)state;
  uint64_t row = 0;
  wb_error error = {0};
  wb_facts *facts = facts_with(WB_TEXT);
  static const char patients[] = "patient:u|status:u|colour:u|weird:tts\na|active|red|1\n";
  assert_int_equal(table_add(facts, "claims", "patient:u\na\n", &error), WB_E_NAME);
  assert_int_equal(table_add(facts, NULL, "patient:u\na\n", &error), WB_E_NAME);
  assert_int_equal(table_add(NULL, "patients", patients, &error), WB_E_INVALID);
  assert_int_equal(wb_facts_add(facts, "patients", NULL, NULL, &error), WB_E_INVALID);
  assert_int_equal(table_add(facts, "patients", patients, &error), WB_OK);
  assert_int_equal(table_add(facts, "patients", patients, &error), WB_E_STATE);
  assert_int_equal(table_add(facts, "recalls", "patient:u\na\n", &error), WB_E_NAME);
  assert_string_equal(error.path, "recalls.kind");
  assert_int_equal(table_add(facts, "recalls", "patient:u|kind:l\na|1\n", &error), WB_E_TYPE);
  assert_string_equal(error.path, "recalls.kind");
  assert_int_equal(wb_facts_find(facts, "a", 1, &row), WB_OK);
  assert_int_equal(table_add(facts, "recalls", "patient:u|kind:u\na|prophy\n", &error), WB_E_STATE);
  wb_facts_free(facts);
}

static void who_refuses_a_column_says_what_to_cast_it_to(void **state) {
  (void)state;
  static const char host[] = "patient:u|status:u|host.x:u\na|active|x\n";
  static const struct {
    int32_t type; /* of host.x */
    const char *table, *text, *advice;
  } cases[] = {
      {WB_TEXT, "recalls", "patient:l|kind:u\n1|prophy\n", "cast it to text (utf8)."},
      {WB_TEXT, "recalls", "patient:u|kind:u|due:u\na|prophy|x\n", "cast it to a date (date32)."},
      {WB_TEXT, "recalls", "patient:u|kind:u|due_manual:u\na|prophy|x\n", "cast it to bool."},
      {WB_TEXT, "recalls", "patient:u|kind:u|disabled_balance:u\na|prophy|x\n",
       "cast it to a whole number (int64), an amount to a decimal (decimal128)."},
      {WB_TEXT, "coverages", "patient:u|coverage:u|month:u\na|1|x\n", "cast it to a whole number."},
      {WB_TEXT, "appointments", "patient:u|status:u|start:u\na|scheduled|x\n",
       "cast it to a timestamp, or a date."},
      {WB_BYTES, "patients", host, "cast it to binary."},
      {WB_DOUBLE, "patients", host, "cast it to float64."},
      {WB_UINT, "patients", host, "cast it to a whole number."},
      {WB_TIME, "patients", host, "cast it to a timestamp with a time zone."},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    wb_error error = {0};
    wb_facts *facts = facts_with(cases[i].type);
    assert_int_equal(table_add(facts, cases[i].table, cases[i].text, &error), WB_E_TYPE);
    assert_non_null(strstr(error.message, cases[i].advice));
    wb_facts_free(facts);
  }
}

static void no_table_comes_in_after_a_rule_was_matched(void **state) {
  (void)state;
  static const char text[] = "patient.status == 'active'";
  static const char patients[] = "patient:u|status:u\na|active\n";
  wb_facts *facts = facts_with(WB_TEXT);
  wb_rule *rule = NULL;
  wb_tally tally = {.size = sizeof tally};
  const wb_moment moment = {.size = sizeof moment};
  wb_schema *schema = (wb_schema *)(uintptr_t)wbi_facts_schema(facts);
  assert_int_equal(wb_rule_new(NULL, schema, text, sizeof text - 1, &rule, NULL), WB_OK);
  assert_int_equal(wb_rule_count(rule, facts, &moment, &tally, NULL), WB_OK);
  assert_int_equal(tally.yes, 0);
  assert_int_equal(table_add(facts, "patients", patients, NULL), WB_OK);
  assert_int_equal(wb_rule_count(rule, facts, &moment, &tally, NULL), WB_OK);
  assert_int_equal(tally.yes, 1);
  assert_int_equal(table_add(facts, "recalls", "patient:u|kind:u\na|prophy\n", NULL), WB_E_STATE);
  wb_rule_unref(rule);
  wb_facts_free(facts);
}

static void a_table_in_use_cannot_be_added_to(void **state) {
  (void)state;
  uint64_t row = 0, count = 0;
  wb_value value = {.size = sizeof value};
  wb_moment moment = {.size = sizeof moment};
  wb_facts *facts = facts_with(WB_TEXT);
  assert_true(wbi_facts_enter(facts));
  assert_false(wbi_facts_enter(facts));
  assert_int_equal(table_add(facts, "practice", "name:u\nx\n", NULL), WB_E_BUSY);
  assert_int_equal(wb_facts_count(facts, &count), WB_E_BUSY);
  assert_int_equal(wb_facts_find(facts, "a", 1, &row), WB_E_BUSY);
  assert_int_equal(wb_facts_get(facts, 0, 0, &moment, &value, NULL), WB_E_BUSY);
  wbi_facts_leave(facts);
  assert_int_equal(wb_facts_count(facts, &count), WB_OK);
  assert_int_equal(count, 0);
  wb_facts_free(facts);
}

static void keys_are_found_among_many(void **state) {
  (void)state;
  enum { ROWS = 2000 };
  char *text = test_malloc(ROWS * 12 + 64), key[8];
  size_t length = 0;
  wb_facts *facts = facts_with(WB_TEXT);
  wbi_writer writer = {text, ROWS * 12 + 64, 0};
  wbi_put_text(&writer, WBI_TEXT("patient:u|status:n\n"));
  for (uint64_t i = 0; i < ROWS; ++i) {
    wbi_put_uint(&writer, i * 7);
    wbi_put_text(&writer, WBI_TEXT("|\n"));
  }
  assert_int_equal(wbi_writer_finish(&writer, &length), WB_OK);
  assert_int_equal(table_add(facts, "patients", text, NULL), WB_OK);
  for (uint64_t i = 0; i < ROWS * 7; ++i) {
    uint64_t row = UINT64_MAX;
    wbi_writer digits = {key, sizeof key, 0};
    wbi_put_uint(&digits, i);
    assert_int_equal(wb_facts_find(facts, key, digits.length, &row), i % 7 ? WB_E_NAME : WB_OK);
    if (i % 7 == 0) assert_int_equal(row, i / 7);
  }
  assert_int_equal(wb_facts_find(facts, NULL, 3, &(uint64_t){0}), WB_E_NAME);
  test_free(text);
  wb_facts_free(facts);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(whole_numbers_of_all_widths_are_read),
      cmocka_unit_test(dates_and_instants_are_read_and_rounded_down),
      cmocka_unit_test(real_numbers_are_read),
      cmocka_unit_test(text_and_bytes_are_read_and_empty_is_absent),
      cmocka_unit_test(dictionary_encoded_text_is_read),
      cmocka_unit_test(a_validity_bitmap_of_the_rows_may_be_full),
      cmocka_unit_test(slices_of_tables_and_columns_are_read),
      cmocka_unit_test(absent_cells_are_absent_in_every_type),
      cmocka_unit_test(cells_out_of_range_are_told_one_by_one),
      cmocka_unit_test(a_needed_column_is_looked_for_among_those_of_nearly_its_name),
      cmocka_unit_test(arrays_that_lie_are_refused_and_stay_the_callers),
      cmocka_unit_test(dictionaries_that_lie_are_refused),
      cmocka_unit_test(texts_that_are_too_long_are_told_by_their_length),
      cmocka_unit_test(twins_are_named_by_row_and_not_by_key),
      cmocka_unit_test(unknown_tables_and_second_copies_are_refused),
      cmocka_unit_test(who_refuses_a_column_says_what_to_cast_it_to),
      cmocka_unit_test(no_table_comes_in_after_a_rule_was_matched),
      cmocka_unit_test(a_table_in_use_cannot_be_added_to),
      cmocka_unit_test(keys_are_found_among_many),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

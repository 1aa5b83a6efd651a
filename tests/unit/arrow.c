/* SPDX-License-Identifier: MIT */
/* What goes wrong when Arrow arrays are read, each by its name: slices, nulls, lists, views,
   dictionaries, decimals. Buffers have their exact sizes, so a sanitizer sees who reads beyond. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "facts/facts_private.h"
#include "support/hosted.h"

enum { MANY = 4 }; /* keys that there are */

static wb_error last_error;
static wb_facts *facts;

/* A decimal of 128 bits: its halves in the order of the machine. */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define DECIMAL(low, high) (high), (low)
#else
#define DECIMAL(low, high) (low), (high)
#endif

/* The first four bytes of a text, as they lie in a view. */
static int32_t four(const char *text) {
  int32_t bytes;
  memcpy(&bytes, text, sizeof bytes);
  return bytes;
}

/* A table of patients to which a column is added. */
typedef struct table {
  arrays_node root, key, status, column;
} table;

/* Begins a table whose key and status columns are sliced as its own slice asks. */
static void table_begin(table *t, int64_t length, int64_t offset) {
  static const int32_t ends[] = {0, 1, 2, 3, 4};
  arrays_table(&t->root, length, offset);
  arrays_leaf(&t->key, "u", "patient", MANY, 0);
  arrays_buffer(&t->key, 1, ends, sizeof ends);
  arrays_buffer(&t->key, 2, "abcd", 4);
  arrays_leaf(&t->status, "n", "status", MANY, 0);
  arrays_child(&t->root, &t->key);
  arrays_child(&t->root, &t->status);
}

static void table_end(table *t) {
  arrays_child(&t->root, &t->column);
}

/* Facts of a host's fields. */
static void facts_open(const wb_field *fields, uint32_t count) {
  wb_facts_options options = {.size = sizeof options};
  wb_schema *schema = NULL;
  assert_int_equal(wb_schema_new(NULL, fields, count, &schema, NULL), WB_OK);
  assert_int_equal(wb_facts_new(NULL, schema, &options, &facts, NULL), WB_OK);
  wb_schema_unref(schema);
}

/* One field host.x of a type. */
static void facts_open_x(int32_t type) {
  const wb_field field = hosted_field("host.x", type, 0);
  facts_open(&field, 1);
}

/* A list of records "host.l" with text, date and int; and a list of texts "host.t". */
static void facts_open_lists(void) {
  const wb_field fields[] = {
      hosted_field("host.l", WB_LIST, WB_RECORD), hosted_field("host.l.name", WB_TEXT, 0),
      hosted_field("host.l.day", WB_DATE, 0), hosted_field("host.l.size", WB_INT, 0),
      hosted_field("host.t", WB_LIST, WB_TEXT)};
  facts_open(fields, WBI_COUNT(fields));
}

static void facts_close(int released) {
  wb_facts_free(facts);
  assert_int_equal(arrays_end(), released);
}

static wb_status table_add_to(table *t) {
  last_error = (wb_error){0};
  return wb_facts_add(facts, "patients", &t->root.schema, &t->root.array, &last_error);
}

static void assert_added(table *t) {
  assert_int_equal(table_add_to(t), WB_OK);
}

static void assert_refused(table *t, wb_status status, const char *path) {
  assert_int_equal(table_add_to(t), status);
  assert_string_equal(last_error.path, path);
  assert_non_null(t->root.array.release);
}

static uint32_t field_of(const char *name) {
  uint32_t field = UINT32_MAX;
  assert_int_equal(wb_schema_find(wbi_facts_schema(facts), name, strlen(name), &field), WB_OK);
  return field;
}

static wb_status read_x(uint64_t row, wb_value *value) {
  wb_moment moment = {.size = sizeof moment};
  *value = (wb_value){.size = sizeof *value};
  return wb_facts_get(facts, row, field_of("host.x"), &moment, value, &last_error);
}

static void assert_x(uint64_t row, int32_t kind, int64_t integer) {
  wb_value value;
  assert_int_equal(read_x(row, &value), WB_OK);
  assert_int_equal(value.kind, kind);
  if (kind > WB_NULL) assert_int_equal(value.integer, integer);
}

static void assert_x_fails(uint64_t row, wb_status status) {
  wb_value value;
  assert_int_equal(read_x(row, &value), status);
  assert_string_equal(last_error.path, "host.x");
}

static void assert_value_text(const wb_value *value, const char *wanted) {
  assert_int_equal(value->kind, WB_TEXT);
  assert_int_equal(value->length, strlen(wanted));
  assert_memory_equal(value->data, wanted, value->length);
}

static void assert_x_text(uint64_t row, const char *wanted) {
  wb_value value;
  assert_int_equal(read_x(row, &value), WB_OK);
  if (wanted)
    assert_value_text(&value, wanted);
  else
    assert_int_equal(value.kind, WB_UNKNOWN);
}

/* Asserts the length of a list; -1: unknown. */
static void assert_length(uint64_t row, const char *list, int64_t wanted) {
  wb_moment moment = {.size = sizeof moment};
  wb_value value = {.size = sizeof value};
  assert_int_equal(wb_facts_get(facts, row, field_of(list), &moment, &value, NULL), WB_OK);
  assert_int_equal(value.kind, wanted < 0 ? WB_UNKNOWN : WB_LIST);
  if (wanted >= 0) assert_int_equal(value.integer, wanted);
}

static wb_value item(uint64_t row, const char *field, uint32_t index) {
  wb_moment moment = {.size = sizeof moment};
  wb_value value = {.size = sizeof value};
  assert_int_equal(
      wb_facts_get_item(facts, row, field_of(field), index, &moment, &value, &last_error), WB_OK);
  return value;
}

/* Asserts the text of an element; NULL: unknown. */
static void assert_item_text(uint64_t row, const char *field, uint32_t index, const char *wanted) {
  wb_value value = item(row, field, index);
  if (wanted)
    assert_value_text(&value, wanted);
  else
    assert_int_equal(value.kind, WB_UNKNOWN);
}

/* ---- lists -------------------------------------------------------------------------------- */

/* A list of records of text and day, with elements x0 … x5 of the days 100 … 105; everything that
   can be sliced begins that far into its array. */
typedef struct lists {
  table t;
  arrays_node record, name, day;
} lists;

/* Makes leaves so that element i of the records is at `into` + i. */
static void lists_leaves(lists *l, int64_t into) {
  enum { LEAVES = 12 };
  int32_t ends[LEAVES + 1] = {0}, days[LEAVES];
  char names[2 * LEAVES];
  for (int i = 0; i < LEAVES; ++i) {
    ends[i + 1] = 2 * (i + 1);
    days[i] = 100 + i - (int32_t)into;
    names[2 * i] = 'x';
    names[2 * i + 1] = (char)('0' + i - (int)into);
  }
  arrays_buffer(&l->name, 1, ends, sizeof ends);
  arrays_buffer(&l->name, 2, names, sizeof names);
  arrays_buffer(&l->day, 1, days, sizeof days);
}

/* Lists by offsets, over a struct sliced by `struct_offset` and leaves sliced by `leaf_offset`. */
static void lists_make(lists *l, int64_t table_offset, int64_t list_offset, int64_t struct_offset,
                       int64_t leaf_offset, const int32_t *offsets, size_t count) {
  table_begin(&l->t, 2, table_offset);
  arrays_leaf(&l->t.column, "+l", "host.l", (int64_t)count - 1 - list_offset, list_offset);
  arrays_leaf(&l->record, "+s", "item", 6, struct_offset);
  arrays_leaf(&l->name, "u", "name", 12 - leaf_offset, leaf_offset);
  arrays_leaf(&l->day, "tdD", "day", 12 - leaf_offset, leaf_offset);
  arrays_buffer(&l->t.column, 1, offsets, count * sizeof *offsets);
  lists_leaves(l, struct_offset + leaf_offset);
  arrays_child(&l->record, &l->name);
  arrays_child(&l->record, &l->day);
  arrays_child(&l->t.column, &l->record);
  table_end(&l->t);
}

static void a_list_of_records_is_read_element_by_element(void **state) {
  (void)state;
  lists l;
  facts_open_lists();
  lists_make(&l, 0, 0, 0, 0, (const int32_t[]){0, 2, 5}, 3);
  assert_added(&l.t);
  assert_length(0, "host.l", 2);
  assert_length(1, "host.l", 3);
  assert_item_text(0, "host.l.name", 1, "x1");
  assert_item_text(1, "host.l.name", 2, "x4");
  assert_int_equal(item(1, "host.l.day", 0).integer, 102);
  assert_int_equal(item(1, "host.l.size", 0).kind, WB_UNKNOWN);
  assert_length(0, "host.t", -1);
  facts_close(2);
}

static void the_offset_of_a_parent_comes_on_top_of_its_childrens(void **state) {
  (void)state;
  for (int mask = 0; mask < 16; ++mask) {
    static const int32_t offsets[] = {0, 0, 0, 1, 3, 6};
    const int64_t on_table = mask & 1 ? 1 : 0, on_list = mask & 2 ? 2 : 0;
    const size_t count = (size_t)(on_table + on_list) + 3;
    const int64_t first = offsets[count - 3], second = offsets[count - 2];
    lists l;
    facts_open_lists();
    lists_make(&l, on_table, on_list, mask & 4 ? 1 : 0, mask & 8 ? 3 : 0, offsets, count);
    assert_added(&l.t);
    assert_length(0, "host.l", second - first);
    assert_length(1, "host.l", offsets[count - 1] - second);
    for (int64_t i = second; i < offsets[count - 1]; ++i)
      assert_int_equal(item(1, "host.l.day", (uint32_t)(i - second)).integer, 100 + i);
    for (int64_t i = first; i < second; ++i)
      assert_int_equal(item(0, "host.l.day", (uint32_t)(i - first)).integer, 100 + i);
    facts_close(2);
  }
}

static void offsets_of_lists_need_neither_begin_at_0_nor_cover_their_elements(void **state) {
  (void)state;
  lists l;
  facts_open_lists();
  lists_make(&l, 0, 0, 0, 0, (const int32_t[]){2, 3, 5}, 3);
  assert_added(&l.t);
  assert_item_text(0, "host.l.name", 0, "x2");
  assert_item_text(1, "host.l.name", 0, "x3");
  assert_item_text(1, "host.l.name", 1, "x4");
  facts_close(2);
}

static void an_absent_list_hides_the_range_that_it_has(void **state) {
  (void)state;
  lists l;
  facts_open_lists();
  lists_make(&l, 0, 0, 0, 0, (const int32_t[]){0, 3, 5}, 3);
  arrays_buffer(&l.t.column, 0, (const uint8_t[]){2}, 1);
  assert_added(&l.t);
  assert_length(0, "host.l", -1);
  assert_length(1, "host.l", 2);
  assert_item_text(1, "host.l.name", 0, "x3");
  facts_close(2);
}

static void an_absent_record_hides_fields_that_are_there(void **state) {
  (void)state;
  lists l;
  facts_open_lists();
  lists_make(&l, 0, 0, 1, 1, (const int32_t[]){0, 2, 4}, 3);
  arrays_buffer(&l.record, 0, (const uint8_t[]){0x3d << 1}, 1); /* element 1 is absent */
  arrays_buffer(&l.name, 0, (const uint8_t[]){0xef, 0xff}, 2);  /* as is the name of element 2 */
  assert_added(&l.t);
  assert_length(0, "host.l", 2);
  assert_item_text(0, "host.l.name", 0, "x0");
  assert_item_text(0, "host.l.name", 1, NULL);
  assert_int_equal(item(0, "host.l.day", 1).kind, WB_UNKNOWN);
  assert_item_text(1, "host.l.name", 0, NULL);
  assert_int_equal(item(1, "host.l.day", 0).integer, 102);
  assert_item_text(1, "host.l.name", 1, "x3");
  facts_close(2);
}

static void a_member_that_is_no_field_is_passed_over(void **state) {
  (void)state;
  lists l;
  arrays_node more;
  facts_open_lists();
  lists_make(&l, 0, 0, 0, 0, (const int32_t[]){0, 2, 5}, 3);
  arrays_leaf(&more, "tdD", "color", 12, 0);
  arrays_buffer(&more, 1, (const int32_t[12]){0}, 48);
  arrays_child(&l.record, &more);
  assert_added(&l.t);
  assert_item_text(1, "host.l.name", 2, "x4");
  facts_close(2);
}

/* Numbers of words in records: each must name one, but where the record is absent, or its list. */
static void words_of_records_that_are_there_exist(void **state) {
  static const struct {
    uint8_t lists, records;
    wb_status status;
  } cases[] = {{3, 0x3F, WB_E_INVALID}, {3, 0x3D, WB_OK}, {2, 0x3F, WB_OK}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    lists l;
    arrays_node words;
    facts_open_lists();
    lists_make(&l, 0, 0, 0, 0, (const int32_t[]){0, 2, 5}, 3);
    arrays_buffer(&l.t.column, 0, &cases[i].lists, 1);
    arrays_buffer(&l.record, 0, &cases[i].records, 1);
    arrays_leaf(&words, "u", "", 2, 0);
    arrays_buffer(&words, 1, (const int32_t[]){0, 1, 2}, 12);
    arrays_buffer(&words, 2, "vw", 2);
    arrays_leaf(&l.name, "c", "name", 6, 0);
    arrays_buffer(&l.name, 1, (const int8_t[]){0, 2, 1, 1, 0, 1}, 6); /* the second is of none */
    arrays_words(&l.name, &words);
    if (cases[i].status) {
      assert_refused(&l.t, cases[i].status, "host.l.name");
      facts_close(0);
      continue;
    }
    assert_added(&l.t);
    assert_item_text(1, "host.l.name", 1, "w");
    facts_close(2);
  }
}

/* A list of texts of one format, with large or small offsets. */
static void texts_make(table *t, arrays_node *words, const char *list, int64_t length,
                       const void *offsets, size_t size) {
  table_begin(t, length, 0);
  arrays_leaf(&t->column, list, "host.t", length, 0);
  arrays_buffer(&t->column, 1, offsets, size);
  arrays_child(&t->column, words);
  table_end(t);
}

static void lists_of_texts_may_have_large_offsets(void **state) {
  (void)state;
  table t;
  arrays_node words;
  facts_open_lists();
  arrays_leaf(&words, "U", "", 3, 0);
  arrays_buffer(&words, 1, (const int64_t[]){0, 3, 3, 5}, 32);
  arrays_buffer(&words, 2, "redxy", 5);
  texts_make(&t, &words, "+L", 2, (const int64_t[]){0, 1, 3}, 24);
  assert_added(&t);
  assert_length(1, "host.t", 2);
  assert_item_text(0, "host.t", 0, "red");
  assert_item_text(1, "host.t", 0, NULL);
  assert_item_text(1, "host.t", 1, "xy");
  facts_close(2);
}

static void lists_of_texts_may_be_dictionary_encoded(void **state) {
  (void)state;
  table t;
  arrays_node numbers, words;
  facts_open_lists();
  arrays_leaf(&numbers, "C", "", 5, 1);
  arrays_buffer(&numbers, 1, (const uint8_t[]){9, 1, 0, 99, 1, 0}, 6);
  arrays_leaf(&words, "u", "", 2, 0);
  arrays_buffer(&words, 1, (const int32_t[]){0, 3, 5}, 12);
  arrays_buffer(&words, 2, "redxy", 5);
  arrays_words(&numbers, &words);
  texts_make(&t, &numbers, "+l", 3, (const int32_t[]){0, 2, 3, 5}, 16);
  arrays_buffer(&t.column, 0, (const uint8_t[]){5}, 1); /* the garbage is in an absent list */
  assert_added(&t);
  assert_item_text(0, "host.t", 0, "xy");
  assert_item_text(0, "host.t", 1, "red");
  assert_length(1, "host.t", -1);
  assert_item_text(2, "host.t", 1, "red");
  facts_close(2);
}

static void empty_lists_need_no_buffers(void **state) {
  (void)state;
  table t;
  arrays_node words;
  facts_open_lists();
  arrays_leaf(&words, "u", "", 0, 0);
  texts_make(&t, &words, "+l", 2, (const int32_t[]){0, 0, 0}, 12);
  assert_added(&t);
  assert_length(0, "host.t", 0);
  facts_close(2);
  facts_open_lists();
  table_begin(&t, 0, 0);
  arrays_leaf(&t.column, "+l", "host.t", 0, 0);
  arrays_leaf(&words, "u", "", 0, 0);
  arrays_child(&t.column, &words);
  t.key.array.length = 0;
  t.key.buffers[1] = t.key.buffers[2] = NULL;
  table_end(&t);
  assert_added(&t);
  facts_close(2);
}

static void a_list_column_of_nulls_is_absent_everywhere(void **state) {
  (void)state;
  table t;
  facts_open_lists();
  table_begin(&t, 2, 0);
  arrays_leaf(&t.column, "n", "host.l", 2, 0);
  table_end(&t);
  assert_added(&t);
  assert_length(1, "host.l", -1);
  facts_close(2);
}

static void a_dental_list_is_taken_as_given(void **state) {
  (void)state;
  static const int32_t offsets[] = {0, 2, 5};
  lists l;
  wb_facts_options options = {.size = sizeof options};
  wb_schema *schema = NULL;
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
  assert_int_equal(wb_facts_new(NULL, schema, &options, &facts, NULL), WB_OK);
  wb_schema_unref(schema);
  lists_make(&l, 0, 0, 0, 0, offsets, 3);
  l.t.column.schema.name = "procedures";
  l.name.schema.name = "code";
  l.day.schema.name = "date";
  assert_added(&l.t);
  assert_length(1, "procedures", 3);
  assert_item_text(1, "procedures.code", 0, "x2");
  assert_int_equal(item(1, "procedures.date", 0).integer, 102);
  assert_int_equal(item(1, "procedures.appointment", 0).kind, WB_NULL);
  facts_close(2);
}

/* ---- lists that lie ------------------------------------------------------------------------ */

typedef void (*spoiler)(lists *l);

static void spoil_falling(lists *l) {
  arrays_buffer(&l->t.column, 1, (const int32_t[]){3, 2, 5}, 12);
}
static void spoil_negative(lists *l) {
  arrays_buffer(&l->t.column, 1, (const int32_t[]){-1, 2, 5}, 12);
}
static void spoil_beyond(lists *l) {
  arrays_buffer(&l->t.column, 1, (const int32_t[]){0, 2, 7}, 12);
}
static void spoil_huge(lists *l) {
  l->t.column.schema.format = "+L";
  arrays_buffer(&l->t.column, 1, (const int64_t[]){INT64_MAX - 1, INT64_MAX, INT64_MAX}, 24);
}
static void spoil_wide(lists *l) {
  l->t.column.schema.format = "+L";
  arrays_buffer(&l->t.column, 1, (const int64_t[]){0, 1, INT64_MAX}, 24);
}
static void spoil_no_offsets(lists *l) {
  l->t.column.buffers[1] = NULL;
}
static void spoil_list_buffers(lists *l) {
  l->t.column.array.n_buffers = 3;
}
static void spoil_no_elements(lists *l) {
  l->t.column.arrays[0] = NULL;
}
static void spoil_no_children(lists *l) {
  l->t.column.array.n_children = 0;
}
static void spoil_children_pointer(lists *l) {
  l->t.column.array.children = NULL;
}
static void spoil_struct_null_count(lists *l) {
  l->record.array.null_count = -2;
}
static void spoil_struct_children_pointer(lists *l) {
  l->record.array.children = NULL;
}
static void spoil_schema_struct_format(lists *l) {
  l->record.schema.format = NULL;
}
static void spoil_schema_struct_many(lists *l) {
  l->record.schema.n_children = (int64_t)INT32_MAX + 1;
}
static void spoil_schema_struct_pointer(lists *l) {
  l->record.schema.children = NULL;
}
static void spoil_more_children(lists *l) {
  l->t.column.array.n_children = 2;
}
static void spoil_struct_length(lists *l) {
  l->record.array.length = 4;
}
static void spoil_struct_offset(lists *l) {
  l->record.array.offset = INT64_MAX;
}
static void spoil_struct_buffers(lists *l) {
  l->record.array.n_buffers = 0;
}
static void spoil_struct_no_buffers(lists *l) {
  l->record.array.buffers = NULL;
}
static void spoil_struct_nulls(lists *l) {
  l->record.array.null_count = 1;
}
static void spoil_struct_children(lists *l) {
  l->record.array.n_children = 1;
}
static void spoil_struct_child(lists *l) {
  l->record.arrays[1] = NULL;
}
static void spoil_leaf_length(lists *l) {
  l->name.array.length = 4;
}
static void spoil_leaf_text(lists *l) {
  arrays_buffer(&l->name, 1, (const int32_t[]){0, 2, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, 52);
}
static void spoil_leaf_format(lists *l) {
  l->name.schema.format = "tdD";
}
static void spoil_leaf_twice(lists *l) {
  l->day.schema.name = "name";
  l->day.schema.format = "n";
}
static void spoil_schema_no_children(lists *l) {
  l->t.column.schema.n_children = 0;
}
static void spoil_schema_child(lists *l) {
  l->t.column.schemas[0] = NULL;
}
static void spoil_schema_struct_child(lists *l) {
  l->record.schemas[0] = NULL;
}
static void spoil_schema_struct_children(lists *l) {
  l->record.schema.n_children = -1;
}
static void spoil_scalar(lists *l) {
  l->t.column.schema.format = "u";
}
static void spoil_element(lists *l) {
  l->record.schema.format = "u";
}
static void spoil_deeper(lists *l) {
  l->record.schema.format = "+l";
}
static void spoil_list_coded(lists *l) {
  l->t.column.schema.dictionary = &l->name.schema;
}

static void lists_that_lie_are_refused_and_stay_the_callers(void **state) {
  (void)state;
  static const struct {
    spoiler spoil;
    wb_status status;
    const char *path;
  } cases[] = {{spoil_falling, WB_E_INVALID, "host.l"},
               {spoil_negative, WB_E_INVALID, "host.l"},
               {spoil_beyond, WB_E_INVALID, "host.l"},
               {spoil_huge, WB_E_INVALID, "host.l"},
               /* more than an address has */
               {spoil_wide, SIZE_MAX > UINT32_MAX ? WB_E_LIMIT : WB_E_INVALID, "host.l"},
               {spoil_no_offsets, WB_E_INVALID, "host.l"},
               {spoil_list_buffers, WB_E_INVALID, "host.l"},
               {spoil_no_elements, WB_E_INVALID, "host.l"},
               {spoil_no_children, WB_E_INVALID, "host.l"},
               {spoil_more_children, WB_E_INVALID, "host.l"},
               {spoil_children_pointer, WB_E_INVALID, "host.l"},
               {spoil_struct_null_count, WB_E_INVALID, "host.l"},
               {spoil_struct_children_pointer, WB_E_INVALID, "host.l"},
               {spoil_schema_struct_format, WB_E_TYPE, "host.l"},
               {spoil_schema_struct_many, WB_E_TYPE, "host.l"},
               {spoil_schema_struct_pointer, WB_E_TYPE, "host.l"},
               {spoil_struct_length, WB_E_INVALID, "host.l"},
               {spoil_struct_offset, WB_E_INVALID, "host.l"},
               {spoil_struct_buffers, WB_E_INVALID, "host.l"},
               {spoil_struct_no_buffers, WB_E_INVALID, "host.l"},
               {spoil_struct_nulls, WB_E_INVALID, "host.l"},
               {spoil_struct_children, WB_E_INVALID, "host.l"},
               {spoil_struct_child, WB_E_INVALID, "host.l"},
               {spoil_leaf_length, WB_E_INVALID, "host.l.name"},
               {spoil_leaf_text, WB_E_INVALID, "host.l.name"},
               {spoil_leaf_format, WB_E_TYPE, "host.l.name"},
               {spoil_leaf_twice, WB_E_INVALID, "host.l.name"},
               {spoil_schema_no_children, WB_E_TYPE, "host.l"},
               {spoil_schema_child, WB_E_INVALID, "host.l"},
               {spoil_schema_struct_child, WB_E_TYPE, "host.l"},
               {spoil_schema_struct_children, WB_E_TYPE, "host.l"},
               {spoil_scalar, WB_E_TYPE, "host.l"},
               {spoil_element, WB_E_TYPE, "host.l"},
               {spoil_deeper, WB_E_TYPE, "host.l"},
               {spoil_list_coded, WB_E_TYPE, "host.l"}};
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    lists l;
    facts_open_lists();
    lists_make(&l, 0, 0, 0, 0, (const int32_t[]){0, 2, 5}, 3);
    cases[i].spoil(&l);
    assert_refused(&l.t, cases[i].status, cases[i].path);
    lists_make(&l, 0, 0, 0, 0, (const int32_t[]){0, 2, 5}, 3);
    assert_added(&l.t);
    assert_item_text(1, "host.l.name", 2, "x4");
    facts_close(2);
  }
}

static void a_list_of_texts_is_no_list_of_records(void **state) {
  (void)state;
  lists l;
  facts_open_lists();
  lists_make(&l, 0, 0, 0, 0, (const int32_t[]){0, 2, 5}, 3);
  l.t.column.schema.name = "host.t";
  assert_refused(&l.t, WB_E_TYPE, "host.t");
  assert_non_null(strstr(last_error.message, "cast it to text"));
  lists_make(&l, 0, 0, 0, 0, (const int32_t[]){0, 2, 5}, 3);
  spoil_element(&l);
  assert_refused(&l.t, WB_E_TYPE, "host.l");
  assert_non_null(strstr(last_error.message, "cast the elements of its lists to structs"));
  facts_close(0);
}

/* ---- cells -------------------------------------------------------------------------------- */

/* A column host.x of a format, of a slice of the table. */
static void column_make(table *t, const char *format, int64_t length, int64_t offset) {
  table_begin(t, length, 0);
  arrays_leaf(&t->column, format, "host.x", length, offset);
  table_end(t);
}

static void bits_begin_anywhere_and_nothing_is_read_beyond_them(void **state) {
  (void)state;
  for (int64_t offset = 0; offset <= 12; ++offset) {
    table t;
    uint8_t values[2] = {0}, present[2] = {0};
    const size_t bytes = (size_t)(offset + 4 + 7) / 8;
    for (int64_t i = 0; i < 4; ++i) {
      const int64_t at = offset + i;
      if (i % 2) values[at / 8] |= (uint8_t)(1u << at % 8);
      if (i != 2) present[at / 8] |= (uint8_t)(1u << at % 8);
    }
    facts_open_x(WB_BOOL);
    column_make(&t, "b", 4, offset);
    arrays_buffer(&t.column, 0, present, bytes);
    arrays_buffer(&t.column, 1, values, bytes);
    assert_added(&t);
    assert_x(0, WB_BOOL, 0);
    assert_x(1, WB_BOOL, 1);
    assert_x(2, WB_UNKNOWN, 0);
    assert_x(3, WB_BOOL, 1);
    facts_close(2);
  }
}

static void garbage_under_absent_cells_is_never_looked_at(void **state) {
  (void)state;
  static const uint8_t first_only[] = {1};
  table t;
  arrays_node words;
  facts_open_x(WB_DATE);
  column_make(&t, "tdD", 2, 0);
  arrays_buffer(&t.column, 0, first_only, 1);
  arrays_buffer(&t.column, 1, (const int32_t[]){1, INT32_MAX}, 8);
  assert_added(&t);
  assert_x(1, WB_UNKNOWN, 0);
  facts_close(2);
  facts_open_x(WB_INT);
  column_make(&t, "d:38,9", 2, 0);
  arrays_buffer(&t.column, 0, first_only, 1);
  arrays_buffer(&t.column, 1,
                (const uint64_t[]){DECIMAL(1000000000, 0), DECIMAL(UINT64_MAX, INT64_MAX)}, 32);
  assert_added(&t);
  assert_x(0, WB_INT, 100);
  assert_x(1, WB_UNKNOWN, 0);
  facts_close(2);
  facts_open_x(WB_TEXT);
  column_make(&t, "vu", 2, 0);
  t.column.array.n_buffers = 3;
  arrays_buffer(&t.column, 0, first_only, 1);
  arrays_buffer(&t.column, 1, (const int32_t[]){1, four("x\0\0"), 0, 0, -5, 9, 77, -9}, 32);
  assert_added(&t);
  assert_x_text(0, "x");
  assert_x_text(1, NULL);
  facts_close(2);
  facts_open_x(WB_TEXT);
  column_make(&t, "l", 2, 0);
  arrays_buffer(&t.column, 0, first_only, 1);
  arrays_buffer(&t.column, 1, (const int64_t[]){0, INT64_MIN}, 16);
  arrays_leaf(&words, "u", "", 1, 0);
  arrays_buffer(&words, 1, (const int32_t[]){0, 1}, 8);
  arrays_buffer(&words, 2, "y", 1);
  arrays_words(&t.column, &words);
  assert_added(&t);
  assert_x_text(0, "y");
  assert_x_text(1, NULL);
  facts_close(2);
}

static void buffers_may_stand_at_odd_addresses(void **state) {
  (void)state;
  table t;
  arrays_node words;
  facts_open_x(WB_INT);
  column_make(&t, "l", 2, 0);
  arrays_unaligned(&t.column, 1, (const int64_t[]){INT64_MIN, 7}, 16);
  assert_added(&t);
  assert_x(0, WB_INT, INT64_MIN);
  assert_x(1, WB_INT, 7);
  facts_close(2);
  facts_open_x(WB_TEXT);
  column_make(&t, "vu", 1, 0);
  t.column.array.n_buffers = 4;
  arrays_unaligned(&t.column, 1, (const int32_t[]){13, four("hill"), 0, 1}, 16);
  arrays_unaligned(&t.column, 2, "-hillside road", 14);
  arrays_unaligned(&t.column, 3, (const int64_t[]){14}, 8);
  assert_added(&t);
  assert_x_text(0, "hillside road");
  facts_close(2);
  facts_open_lists();
  arrays_leaf(&words, "u", "", 1, 0);
  arrays_unaligned(&words, 1, (const int32_t[]){0, 1}, 8);
  arrays_buffer(&words, 2, "y", 1);
  texts_make(&t, &words, "+l", 1, NULL, 0);
  arrays_unaligned(&t.column, 1, (const int32_t[]){0, 1}, 8);
  assert_added(&t);
  assert_item_text(0, "host.t", 0, "y");
  facts_close(2);
}

static void views_are_read_whether_short_or_long(void **state) {
  (void)state;
  const int32_t views[] = {
      0, 0, 0,           0, 12, four("hill"), four("side"), four("road"), 13, four("hill"), 1,
      2, 3, four("abc"), 0, 0};
  table t;
  facts_open_x(WB_TEXT);
  column_make(&t, "vu", 4, 0);
  t.column.array.n_buffers = 5;
  arrays_buffer(&t.column, 1, views, sizeof views);
  arrays_buffer(&t.column, 3, "..hillside road", 15);
  arrays_buffer(&t.column, 4, (const int64_t[]){0, 15}, 16);
  assert_added(&t);
  assert_x_text(0, NULL); /* empty */
  assert_x_text(1, "hillsideroad");
  assert_x_text(2, "hillside road");
  assert_x_text(3, "abc");
  facts_close(2);
  facts_open_x(WB_BYTES);
  column_make(&t, "vz", 1, 3);
  t.column.array.n_buffers = 5;
  arrays_buffer(&t.column, 1, views, sizeof views);
  arrays_buffer(&t.column, 3, "..hillside road", 15);
  arrays_buffer(&t.column, 4, (const int64_t[]){0, 15}, 16);
  assert_added(&t);
  wb_value value;
  assert_int_equal(read_x(0, &value), WB_OK);
  assert_int_equal(value.kind, WB_BYTES);
  assert_int_equal(value.length, 3);
  facts_close(2);
}

static void views_that_lie_are_refused(void **state) {
  (void)state;
  const int32_t hill = four("hill");
  const int32_t cases[][4] = {{-1, hill, 0, 0},
                              {INT32_MIN, hill, 0, 0},
                              {13, hill, -1, 0},
                              {13, hill, 1, 0},
                              {13, hill, INT32_MAX, 0},
                              {13, hill, 0, -1},
                              {13, hill, 0, 1},
                              {14, hill, 0, 0},
                              {INT32_MAX, hill, 0, 0},
                              {13, hill, 0, INT32_MAX},
                              {INT32_MAX, hill, 0, INT32_MAX},
                              {13, hill + 1, 0, 0}};
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    table t;
    facts_open_x(WB_TEXT);
    column_make(&t, "vu", 1, 0);
    t.column.array.n_buffers = 4;
    arrays_buffer(&t.column, 1, cases[i], 16);
    arrays_buffer(&t.column, 2, "hillside road", 13);
    arrays_buffer(&t.column, 3, (const int64_t[]){13}, 8);
    assert_refused(&t, WB_E_INVALID, "host.x");
    facts_close(0);
  }
}

static void views_need_their_pools_and_lengths(void **state) {
  (void)state;
  const int32_t view[] = {13, four("hill"), 0, 0};
  for (int missing = 0; missing < 5; ++missing) {
    table t;
    facts_open_x(WB_TEXT);
    column_make(&t, "vu", 1, 0);
    t.column.array.n_buffers = missing == 4 ? 2 : 4;
    arrays_buffer(&t.column, 1, view, 16);
    arrays_buffer(&t.column, 2, "hillside road", 13);
    arrays_buffer(&t.column, 3, (const int64_t[]){missing == 0 ? -1 : 13}, 8);
    if (missing == 1) t.column.buffers[1] = NULL;
    if (missing == 2) t.column.buffers[2] = NULL;
    if (missing == 3) t.column.buffers[3] = NULL;
    assert_refused(&t, WB_E_INVALID, "host.x");
    facts_close(0);
  }
}

/* A dictionary of "red", an absent word, "red" again and "blue". */
static void words_make(arrays_node *words) {
  arrays_leaf(words, "u", "", 4, 0);
  arrays_buffer(words, 0, (const uint8_t[]){0xfd}, 1);
  arrays_buffer(words, 1, (const int32_t[]){0, 3, 3, 6, 10}, 20);
  arrays_buffer(words, 2, "redredblue", 10);
}

static void dictionaries_have_indices_of_any_width_and_absent_words(void **state) {
  (void)state;
  static const struct {
    const char *format;
    size_t width;
  } cases[] = {{"c", 1}, {"C", 1}, {"s", 2}, {"S", 2}, {"i", 4}, {"I", 4}, {"l", 8}, {"L", 8}};
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    table t;
    arrays_node words;
    uint8_t numbers[32] = {0};
    const uint16_t one = 1;
    const size_t low = *(const uint8_t *)&one ? 0 : cases[i].width - 1;
    for (uint8_t row = 0; row < 4; ++row)
      numbers[row * cases[i].width + low] = (uint8_t)(3 - row);
    facts_open_x(WB_TEXT);
    column_make(&t, cases[i].format, 4, 0);
    arrays_buffer(&t.column, 1, numbers, 4 * cases[i].width);
    words_make(&words);
    arrays_words(&t.column, &words);
    assert_added(&t);
    assert_x_text(0, "blue");
    assert_x_text(1, "red");
    assert_x_text(2, NULL);
    assert_x_text(3, "red");
    facts_close(2);
  }
}

static void an_index_beyond_the_dictionary_is_refused(void **state) {
  (void)state;
  const uint64_t cases[] = {4, UINT64_MAX, UINT64_C(1) << 63, UINT64_C(1) << 32};
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    table t;
    arrays_node words;
    facts_open_x(WB_TEXT);
    column_make(&t, i % 2 ? "L" : "l", 1, 0);
    arrays_buffer(&t.column, 1, &cases[i], 8);
    words_make(&words);
    arrays_words(&t.column, &words);
    assert_refused(&t, WB_E_INVALID, "host.x");
    facts_close(0);
  }
}

static void a_dictionary_may_hold_views(void **state) {
  (void)state;
  for (int bad = 0; bad < 2; ++bad) {
    table t;
    arrays_node words;
    facts_open_x(WB_TEXT);
    column_make(&t, "c", 1, 0);
    arrays_buffer(&t.column, 1, (const int8_t[]){1}, 1);
    arrays_leaf(&words, "vu", "", 2, 0);
    words.array.n_buffers = 3;
    arrays_buffer(&words, 1, (const int32_t[]){bad ? 13 : 0, 0, 0, 0, 2, four("ok\0"), 0, 0}, 32);
    arrays_words(&t.column, &words);
    if (bad) {
      assert_refused(&t, WB_E_INVALID, "host.x");
    } else {
      assert_added(&t);
      assert_x_text(0, "ok");
    }
    facts_close(bad ? 0 : 2);
  }
}

static void empty_arrays_need_no_buffers(void **state) {
  (void)state;
  static const char *const formats[] = {"u", "U", "vu", "i", "b", "d:9,2", "tdD"};
  static const int32_t types[] = {WB_TEXT, WB_TEXT, WB_TEXT, WB_INT, WB_BOOL, WB_INT, WB_DATE};
  for (size_t i = 0; i < WBI_COUNT(formats); ++i) {
    table t;
    facts_open_x(types[i]);
    column_make(&t, formats[i], 0, 0);
    t.key.array.length = 0;
    t.key.buffers[1] = t.key.buffers[2] = NULL;
    assert_added(&t);
    facts_close(2);
  }
  table t;
  facts_open_x(WB_TEXT);
  column_make(&t, "u", 2, 0);
  arrays_buffer(&t.column, 1, (const int32_t[]){7, 7, 7}, 12); /* and no bytes */
  assert_added(&t);
  assert_x_text(1, NULL);
  facts_close(2);
}

static void released_arrays_are_not_read(void **state) {
  (void)state;
  table t;
  facts_open_x(WB_INT);
  column_make(&t, "i", 1, 0);
  arrays_buffer(&t.column, 1, (const int32_t[]){1}, 4);
  t.root.array.release = NULL;
  assert_int_equal(table_add_to(&t), WB_E_INVALID);
  table_begin(&t, 1, 0);
  t.root.schema.release = NULL;
  assert_int_equal(table_add_to(&t), WB_E_INVALID);
  facts_close(0);
}

/* ---- numbers ------------------------------------------------------------------------------ */

/* Asserts what a decimal is as an int; WB_E_RANGE when it is none. */
static void assert_decimal(const char *format, int64_t high, uint64_t low, wb_status status,
                           int64_t wanted) {
  table t;
  const uint16_t one = 1;
  const bool little = *(const uint8_t *)&one == 1;
  const uint64_t halves[] = {little ? low : (uint64_t)high, little ? (uint64_t)high : low};
  facts_open_x(WB_INT);
  column_make(&t, format, 1, 0);
  arrays_unaligned(&t.column, 1, halves, sizeof halves);
  assert_added(&t);
  if (status)
    assert_x_fails(0, status);
  else
    assert_x(0, WB_INT, wanted);
  facts_close(2);
}

static void decimals_are_whole_numbers_or_cents(void **state) {
  (void)state;
  assert_decimal("d:18,2", 0, 12345, WB_OK, 12345);
  assert_decimal("d:18,2,128", -1, (uint64_t)-12345, WB_OK, -12345);
  assert_decimal("d:10,0", 0, 12, WB_OK, 12);
  assert_decimal("d:1,2", 0, 7, WB_OK, 7);
  assert_decimal("d:10,1", 0, 125, WB_OK, 1250);
  assert_decimal("d:19,4", 0, 1234500, WB_OK, 12345);
  assert_decimal("d:19,4", 0, 1234501, WB_E_RANGE, 0);
  assert_decimal("d:19,4", -1, (uint64_t)-1234500, WB_OK, -12345);
  assert_decimal("d:10,-3", 0, 12, WB_OK, 12000);
  assert_decimal("d:10,-3", 0, 0, WB_OK, 0);
  assert_decimal("d:38,1", -1, (uint64_t)(INT64_MIN / 10 - 1), WB_E_RANGE, 0);
  assert_decimal("d:38,38", 0, 0, WB_OK, 0);
  assert_decimal("d:38,-38", 0, 1, WB_E_RANGE, 0);
  assert_decimal("d:38,2", 0, INT64_MAX, WB_OK, INT64_MAX);
  assert_decimal("d:38,2", -1, (uint64_t)1 << 63, WB_OK, INT64_MIN);
  assert_decimal("d:38,2", 0, (uint64_t)1 << 63, WB_E_RANGE, 0);
  assert_decimal("d:38,2", -1, INT64_MAX, WB_E_RANGE, 0);
  assert_decimal("d:38,2", 1, 0, WB_E_RANGE, 0);
  assert_decimal("d:38,1", 0, INT64_MAX / 10 + 1, WB_E_RANGE, 0);
}

static void decimals_may_have_fewer_bits(void **state) {
  (void)state;
  table t;
  facts_open_x(WB_INT);
  column_make(&t, "d:9,1,32", 2, 0);
  arrays_unaligned(&t.column, 1, (const int32_t[]){125, INT32_MIN}, 8);
  assert_added(&t);
  assert_x(0, WB_INT, 1250);
  assert_x(1, WB_INT, (int64_t)INT32_MIN * 10);
  facts_close(2);
  facts_open_x(WB_INT);
  column_make(&t, "d:18,2,64", 2, 0);
  arrays_unaligned(&t.column, 1, (const int64_t[]){INT64_MAX, -1}, 16);
  assert_added(&t);
  assert_x(0, WB_INT, INT64_MAX);
  assert_x(1, WB_INT, -1);
  facts_close(2);
}

static void decimals_are_real_numbers_too(void **state) {
  (void)state;
  table t;
  wb_value value;
  facts_open_x(WB_DOUBLE);
  column_make(&t, "d:18,2", 3, 0);
  arrays_buffer(&t.column, 0, (const uint8_t[]){3}, 1);
  arrays_buffer(&t.column, 1, (const uint64_t[]){DECIMAL(10, 0), DECIMAL(1, 1), DECIMAL(10, 0)},
                48);
  assert_added(&t);
  assert_int_equal(read_x(0, &value), WB_OK);
  assert_int_equal(value.kind, WB_DOUBLE);
  assert_true(value.real == 0.1);
  assert_x_fails(1, WB_E_RANGE);
  assert_x(2, WB_UNKNOWN, 0);
  facts_close(2);
}

static void assert_format_refused(int32_t type, const char *format) {
  table t;
  facts_open_x(type);
  column_make(&t, format, 1, 0);
  t.column.array.n_buffers = 2;
  arrays_buffer(&t.column, 1, (const uint64_t[]){1, 0}, 16);
  assert_refused(&t, WB_E_TYPE, "host.x");
  facts_close(0);
}

static void formats_that_are_not_read_are_refused(void **state) {
  (void)state;
  static const char *const formats[] = {
      "d:",         "d:18",   "d:18,",    "d:,2",   "d:0,2", "d:39,2", "d:18,39", "d:18,-39",
      "d:18,2,256", "d:9,2,", "d:9,2,16", "d:9,2 ", "d9,2",  "e",      "tdX",     "td",
      "tss",        "tssZ",   "tts",      "tDs",    "tiM",   "w:16",   "+vl",     "+w:3",
      "+m",         "+r",     "+ud:0",    "",       "x",     "x:18,2"};
  static const char *const instants[] = {"ts", "tss", "tsx:Z", "tss;Z", "xss:Z"};
  for (size_t i = 0; i < WBI_COUNT(formats); ++i)
    assert_format_refused(WB_INT, formats[i]);
  for (size_t i = 0; i < WBI_COUNT(instants); ++i)
    assert_format_refused(WB_TIME, instants[i]);
}

static void dates_come_in_days_or_milliseconds(void **state) {
  (void)state;
  table t;
  facts_open_x(WB_DATE);
  column_make(&t, "tdm", 4, 0);
  arrays_buffer(&t.column, 1, (const int64_t[]){86400000, -1, 86399999, INT64_MAX}, 32);
  assert_added(&t);
  assert_x(0, WB_DATE, 1);
  assert_x(1, WB_DATE, -1);
  assert_x(2, WB_DATE, 0);
  assert_x_fails(3, WB_E_RANGE);
  facts_close(2);
}

static void timestamps_have_four_units_with_zone_and_without(void **state) {
  (void)state;
  static const char units[] = "smun";
  int64_t ticks = 86400;
  for (const char *unit = units; *unit; ++unit, ticks *= 1000) {
    const int64_t values[] = {ticks, -1};
    char instant[] = "ts?:UTC", wall[] = "ts?:";
    table t;
    instant[2] = wall[2] = *unit;
    facts_open_x(WB_TIME);
    column_make(&t, instant, 2, 0);
    arrays_buffer(&t.column, 1, values, sizeof values);
    assert_added(&t);
    assert_x(0, WB_TIME, 86400);
    assert_x(1, WB_TIME, -1);
    facts_close(2);
    facts_open_x(WB_DATE);
    column_make(&t, wall, 2, 0);
    arrays_buffer(&t.column, 1, values, sizeof values);
    assert_added(&t);
    assert_x(0, WB_DATE, 1);
    assert_x(1, WB_DATE, -1);
    facts_close(2);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_list_of_records_is_read_element_by_element),
      cmocka_unit_test(the_offset_of_a_parent_comes_on_top_of_its_childrens),
      cmocka_unit_test(offsets_of_lists_need_neither_begin_at_0_nor_cover_their_elements),
      cmocka_unit_test(an_absent_list_hides_the_range_that_it_has),
      cmocka_unit_test(an_absent_record_hides_fields_that_are_there),
      cmocka_unit_test(lists_of_texts_may_have_large_offsets),
      cmocka_unit_test(lists_of_texts_may_be_dictionary_encoded),
      cmocka_unit_test(empty_lists_need_no_buffers),
      cmocka_unit_test(a_list_column_of_nulls_is_absent_everywhere),
      cmocka_unit_test(a_dental_list_is_taken_as_given),
      cmocka_unit_test(a_member_that_is_no_field_is_passed_over),
      cmocka_unit_test(words_of_records_that_are_there_exist),
      cmocka_unit_test(lists_that_lie_are_refused_and_stay_the_callers),
      cmocka_unit_test(a_list_of_texts_is_no_list_of_records),
      cmocka_unit_test(bits_begin_anywhere_and_nothing_is_read_beyond_them),
      cmocka_unit_test(garbage_under_absent_cells_is_never_looked_at),
      cmocka_unit_test(buffers_may_stand_at_odd_addresses),
      cmocka_unit_test(views_are_read_whether_short_or_long),
      cmocka_unit_test(views_that_lie_are_refused),
      cmocka_unit_test(views_need_their_pools_and_lengths),
      cmocka_unit_test(dictionaries_have_indices_of_any_width_and_absent_words),
      cmocka_unit_test(an_index_beyond_the_dictionary_is_refused),
      cmocka_unit_test(a_dictionary_may_hold_views),
      cmocka_unit_test(empty_arrays_need_no_buffers),
      cmocka_unit_test(released_arrays_are_not_read),
      cmocka_unit_test(decimals_are_whole_numbers_or_cents),
      cmocka_unit_test(decimals_may_have_fewer_bits),
      cmocka_unit_test(decimals_are_real_numbers_too),
      cmocka_unit_test(formats_that_are_not_read_are_refused),
      cmocka_unit_test(dates_come_in_days_or_milliseconds),
      cmocka_unit_test(timestamps_have_four_units_with_zone_and_without),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

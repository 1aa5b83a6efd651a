/* SPDX-License-Identifier: MIT */
/* Texts that are read where they lie: rows and elements, by offsets of 32 and 64 bits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "facts/facts_private.h"
#include "liquid/liquid_private.h"
#include "support/arrays.h"

enum { ROWS = 3 };

static const wb_moment moment = {.size = sizeof moment, .now = 1769781600};

/* The facts of three patients with a text and a list of records that have one. */
typedef struct texts {
  arrays_node table, key, status, word, list, record, label, tags, tag;
  wb_schema *schema;
  wb_facts *facts;
  uint32_t word_field, label_field;
} texts;

static void add_text(arrays_node *node, const char *format, const char *name, const char *bytes,
                     const int32_t *ends, int64_t length) {
  int64_t wide[8];
  arrays_leaf(node, format, name, length, 1); /* a slice: what comes first is no row */
  for (int64_t i = 0; i <= length + 1; i++)
    wide[i] = ends[i];
  if (format[0] == 'U') {
    arrays_unaligned(node, 1, wide, (size_t)(length + 2) * sizeof *wide);
  } else {
    arrays_unaligned(node, 1, ends, (size_t)(length + 2) * sizeof *ends);
  }
  arrays_buffer(node, 2, bytes, strlen(bytes));
}

static void add_keys(texts *t) {
  static const int32_t ends[] = {0, 1, 2, 3}, status_ends[] = {0, 6, 12, 18};
  arrays_leaf(&t->key, "u", "patient", ROWS, 0);
  arrays_buffer(&t->key, 1, ends, sizeof ends);
  arrays_buffer(&t->key, 2, "abc", 3);
  arrays_leaf(&t->status, "u", "status", ROWS, 0);
  arrays_buffer(&t->status, 1, status_ends, sizeof status_ends);
  arrays_buffer(&t->status, 2, "activeactiveactive", 18);
}

/* Rows: `words` behind a first byte that is none, row 1 absent, row 2 from ends[3] on. Elements:
   the same, of the lists 0…1, 1…1, 1…3. */
static void begin(texts *t, const char *format, const char *words, const int32_t ends[5],
                  const char *domain) {
  static const int32_t starts[] = {0, 1, 1, 3};
  const wb_field fields[] = {{.size = sizeof *fields,
                              .name = "host.tags",
                              .type = WB_LIST,
                              .class_ = WB_CLASS_PUBLIC,
                              .element = WB_TEXT},
                             {.size = sizeof *fields,
                              .name = "host.word",
                              .type = WB_TEXT,
                              .class_ = WB_CLASS_PUBLIC,
                              .presence = WB_OPTIONAL,
                              .domain = domain},
                             {.size = sizeof *fields,
                              .name = "notes",
                              .type = WB_LIST,
                              .class_ = WB_CLASS_PUBLIC,
                              .element = WB_RECORD},
                             {.size = sizeof *fields,
                              .name = "notes.label",
                              .type = WB_TEXT,
                              .class_ = WB_CLASS_PUBLIC,
                              .presence = WB_OPTIONAL,
                              .domain = domain}};
  const wb_facts_options options = {.size = sizeof options};
  *t = (texts){.facts = NULL};
  assert_int_equal(wb_schema_new(NULL, fields, WBI_COUNT(fields), &t->schema, NULL), WB_OK);
  assert_int_equal(wb_facts_new(NULL, t->schema, &options, &t->facts, NULL), WB_OK);
  assert_int_equal(wb_schema_find(t->schema, "host.word", 9, &t->word_field), WB_OK);
  assert_int_equal(wb_schema_find(t->schema, "notes.label", 11, &t->label_field), WB_OK);
  arrays_table(&t->table, ROWS, 0);
  add_keys(t);
  add_text(&t->word, format, "host.word", words, ends, ROWS);
  arrays_buffer(&t->word, 0, "\x0B", 1); /* of rows 0 and 2 */
  add_text(&t->label, format, "label", words, ends, ROWS);
  arrays_leaf(&t->list, "+l", "notes", ROWS, 0);
  arrays_buffer(&t->list, 1, starts, sizeof starts);
  add_text(&t->tag, format, "item", words, ends, ROWS);
  arrays_leaf(&t->tags, "+l", "host.tags", ROWS, 0);
  arrays_buffer(&t->tags, 1, starts, sizeof starts);
  arrays_child(&t->tags, &t->tag);
  arrays_leaf(&t->record, "+s", "item", ROWS, 0);
  arrays_child(&t->record, &t->label);
  arrays_child(&t->list, &t->record);
  arrays_child(&t->table, &t->key);
  arrays_child(&t->table, &t->status);
  arrays_child(&t->table, &t->word);
  arrays_child(&t->table, &t->list);
  arrays_child(&t->table, &t->tags);
  assert_int_equal(wb_facts_add(t->facts, "patients", &t->table.schema, &t->table.array, NULL),
                   WB_OK);
}

static void end(texts *t) {
  wb_facts_free(t->facts);
  wb_schema_unref(t->schema);
  arrays_end();
}

/* Reads a row's text, or that of an element where `index` is one. */
static void assert_read(texts *t, uint64_t row, int index, wb_status wanted, const char *text) {
  wb_value value = {.size = sizeof value};
  const wb_status status = index < 0
                               ? wb_facts_get(t->facts, row, t->word_field, &moment, &value, NULL)
                               : wb_facts_get_item(t->facts, row, t->label_field, (uint32_t)index,
                                                   &moment, &value, NULL);
  assert_int_equal(status, wanted);
  if (wanted != WB_OK) return;
  assert_int_equal(value.kind, text != NULL ? WB_TEXT : WB_UNKNOWN);
  assert_int_equal(value.length, text != NULL ? strlen(text) : 0);
  if (text != NULL) assert_memory_equal(value.data, text, value.length);
}

static void texts_are_read_where_they_lie(void **state) {
  static const int32_t ends[] = {0, 1, 5, 7, 12};
  (void)state;
  for (int wide = 0; wide < 2; wide++) {
    texts t;
    begin(&t, wide ? "U" : "u", "-four??three", ends, NULL);
    for (int pass = 0; pass < 2; pass++) { /* found, and then known */
      assert_read(&t, 0, -1, WB_OK, "four");
      assert_read(&t, 1, -1, WB_OK, NULL);
      assert_read(&t, 2, -1, WB_OK, "three");
      assert_read(&t, 0, 0, WB_OK, "four");
      assert_read(&t, 1, 0, WB_E_NAME, NULL);
      assert_read(&t, 2, 0, WB_OK, "??");
      assert_read(&t, 2, 1, WB_OK, "three");
      assert_read(&t, 2, 2, WB_E_NAME, NULL);
    }
    const wbi_quick *quick = wbi_facts_quick(t.facts, 0, &moment);
    assert_int_equal(quick[t.word_field].how, wide ? WBI_QUICK_TEXT64 : WBI_QUICK_TEXT32);
    assert_int_equal(quick[t.label_field].how, wide ? WBI_QUICK_TEXT64 : WBI_QUICK_TEXT32);
    end(&t);
  }
}

static void an_empty_text_is_absent(void **state) {
  texts t;
  (void)state;
  begin(&t, "u", "-four", (const int32_t[]){0, 1, 5, 5, 5}, NULL);
  for (int pass = 0; pass < 2; pass++) {
    assert_read(&t, 0, -1, WB_OK, "four");
    assert_read(&t, 2, -1, WB_OK, NULL);
    assert_read(&t, 2, 0, WB_OK, NULL);
    assert_read(&t, 2, 1, WB_OK, NULL);
  }
  end(&t);
}

static void a_text_that_is_not_utf_8_is_an_error_of_its_row_alone(void **state) {
  texts t;
  (void)state;
  begin(&t, "u",
        "-four??thr\xFF"
        "e",
        (const int32_t[]){0, 1, 5, 7, 12}, NULL);
  for (int pass = 0; pass < 2; pass++) {
    assert_read(&t, 0, -1, WB_OK, "four");
    assert_read(&t, 2, -1, WB_E_TYPE, NULL);
    assert_read(&t, 0, 0, WB_OK, "four");
    assert_read(&t, 2, 1, WB_E_TYPE, NULL);
  }
  assert_int_equal(wbi_facts_quick(t.facts, 0, &moment)[t.word_field].how, WBI_QUICK_NOT);
  end(&t);
}

static void what_lies_in_an_absent_cell_is_never_looked_at(void **state) {
  texts t;
  (void)state;
  begin(&t, "u", "-four\xFF\xFFthree", (const int32_t[]){0, 1, 5, 7, 12}, NULL);
  for (int pass = 0; pass < 2; pass++) {
    assert_read(&t, 1, -1, WB_OK, NULL);
    assert_read(&t, 2, -1, WB_OK, "three");
    assert_read(&t, 2, 0, WB_E_TYPE, NULL);
  }
  const wbi_quick *quick = wbi_facts_quick(t.facts, 0, &moment);
  assert_int_equal(quick[t.word_field].how, WBI_QUICK_TEXT32);
  assert_int_equal(quick[t.label_field].how, WBI_QUICK_NOT);
  end(&t);
}

static void a_text_outside_its_domain_is_an_error_of_its_row_alone(void **state) {
  texts t;
  (void)state;
  begin(&t, "u", "-four??three", (const int32_t[]){0, 1, 5, 7, 12}, "four|five");
  for (int pass = 0; pass < 2; pass++) {
    assert_read(&t, 0, -1, WB_OK, "four");
    assert_read(&t, 2, -1, WB_E_TYPE, NULL);
  }
  assert_int_equal(wbi_facts_quick(t.facts, 0, &moment)[t.word_field].how, WBI_QUICK_NOT);
  end(&t);
  begin(&t, "u", "-four??three", (const int32_t[]){0, 1, 5, 7, 12}, "four|three|??");
  for (int pass = 0; pass < 2; pass++)
    assert_read(&t, 2, 1, WB_OK, "three");
  assert_int_equal(wbi_facts_quick(t.facts, 0, &moment)[t.label_field].how, WBI_QUICK_TEXT32);
  end(&t);
}

static void a_template_writes_texts_where_they_lie(void **state) {
  static const char text[] = "{{ host.word }}:{% for n in notes %}{{ n.label }};{% endfor %}"
                             "{{ notes[1].label | default: 'none' }}";
  const wb_template_options options = {.size = sizeof options, .channel = "sms"};
  texts t;
  (void)state;
  begin(&t, "u", "-four??three", (const int32_t[]){0, 1, 5, 7, 12}, NULL);
  wb_template *compiled = NULL;
  assert_int_equal(
      wb_template_new(NULL, t.schema, NULL, &options, text, sizeof text - 1, &compiled, NULL),
      WB_OK);
  for (int pass = 0; pass < 2; pass++) { /* found, and then known */
    char out[80];
    size_t length = 0;
    assert_int_equal(
        wb_template_render(compiled, t.facts, 0, &moment, out, sizeof out, &length, NULL), WB_OK);
    assert_string_equal(out, "four:four;none");
    assert_int_equal(
        wb_template_render(compiled, t.facts, 2, &moment, out, sizeof out, &length, NULL), WB_OK);
    assert_string_equal(out, "three:??;three;three");
  }
  wb_template_unref(compiled);
  end(&t);
}

/* Renders what filters make of the list of a row. */
static wb_status say_tags(const texts *t, const char *filter, uint64_t row, char out[80]) {
  const wb_template_options options = {.size = sizeof options, .channel = "sms"};
  wb_template *compiled = NULL;
  char text[80];
  size_t length = 0;
  snprintf(text, sizeof text, "{{ host.tags | %s | default: '-' }}", filter);
  wb_error error;
  if (wb_template_new(NULL, t->schema, NULL, &options, text, strlen(text), &compiled, &error) !=
      WB_OK)
    fail_msg("%s: %s", text, error.message);
  const wb_status status =
      wb_template_render(compiled, t->facts, row, &moment, out, 80, &length, NULL);
  wb_template_unref(compiled);
  return status;
}

static void a_text_in_a_list_that_cannot_be_read_holds_the_text_back(void **state) {
  static const char *const filters[] = {"list_and", "join", "first", "last"};
  texts t;
  char out[80];
  (void)state;
  begin(&t, "u",
        "-four??thr\xFF"
        "e",
        (const int32_t[]){0, 1, 5, 7, 12}, NULL);
  for (size_t i = 0; i < WBI_COUNT(filters); i++) {
    const wb_status first = i == 2 ? WB_OK : WB_E_TYPE;
    assert_int_equal(say_tags(&t, filters[i], 0, out), WB_OK);
    assert_string_equal(out, "four");
    assert_int_equal(say_tags(&t, filters[i], 1, out), WB_OK);
    assert_string_equal(out, "-");
    assert_int_equal(say_tags(&t, filters[i], 2, out), first);
  }
  end(&t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(texts_are_read_where_they_lie),
      cmocka_unit_test(an_empty_text_is_absent),
      cmocka_unit_test(a_text_that_is_not_utf_8_is_an_error_of_its_row_alone),
      cmocka_unit_test(what_lies_in_an_absent_cell_is_never_looked_at),
      cmocka_unit_test(a_text_outside_its_domain_is_an_error_of_its_row_alone),
      cmocka_unit_test(a_template_writes_texts_where_they_lie),
      cmocka_unit_test(a_text_in_a_list_that_cannot_be_read_holds_the_text_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

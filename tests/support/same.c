/* SPDX-License-Identifier: MIT */
#include "support/same.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* A value that outlives the next question. */
typedef struct same_value {
  wb_status status;
  wb_value value;
  char text[256];
} same_value;

static void same_keep(same_value *kept) {
  if (kept->value.kind != WB_TEXT && kept->value.kind != WB_BYTES) return;
  assert_true(kept->value.length <= sizeof kept->text);
  memcpy(kept->text, kept->value.data, kept->value.length);
}

/* Reads a field; with an index, of that element. */
static same_value same_read(wb_facts *facts, uint64_t row, uint32_t field, const uint32_t *index,
                            const wb_moment *moment) {
  same_value read;
  memset(&read, 0, sizeof read);
  read.value.size = sizeof read.value;
  read.status = index ? wb_facts_get_item(facts, row, field, *index, moment, &read.value, NULL)
                      : wb_facts_get(facts, row, field, moment, &read.value, NULL);
  if (!read.status) same_keep(&read);
  return read;
}

static void same_assert(const same_value *a, const same_value *b, const char *name, uint64_t row) {
  const bool same = a->status == b->status && a->value.kind == b->value.kind &&
                    a->value.integer == b->value.integer && a->value.real == b->value.real &&
                    a->value.length == b->value.length && !memcmp(a->text, b->text, sizeof a->text);
  if (!same)
    fail_msg("%s of row %d: status %d and %d, kind %d and %d, %lld and %lld", name, (int)row,
             a->status, b->status, a->value.kind, b->value.kind, (long long)a->value.integer,
             (long long)b->value.integer);
}

/* Compares one field of all elements of a list. */
static void same_items(wb_facts *facts, uint64_t row, wb_facts *other, uint64_t other_row,
                       const wb_field *about, uint32_t field, int64_t count,
                       const wb_moment *moment) {
  for (uint32_t i = 0; i < count; ++i) {
    const same_value a = same_read(facts, row, field, &i, moment);
    const same_value b = same_read(other, other_row, field, &i, moment);
    same_assert(&a, &b, about->name, row);
  }
}

/* Compares one field of a patient. */
static void same_field(wb_schema *schema, wb_facts *facts, uint64_t row, wb_facts *other,
                       uint64_t other_row, uint32_t field, const wb_moment *moment) {
  wb_field about = {.size = sizeof about};
  assert_int_equal(wb_schema_get(schema, field, &about), WB_OK);
  const uint32_t asked = about.list ? about.list - 1 : field;
  const same_value a = same_read(facts, row, asked, NULL, moment);
  const same_value b = same_read(other, other_row, asked, NULL, moment);
  if (!about.list) same_assert(&a, &b, about.name, row);
  const bool elements = about.list || (about.type == WB_LIST && about.element != WB_RECORD);
  if (elements && a.value.kind == WB_LIST)
    same_items(facts, row, other, other_row, &about, field, a.value.integer, moment);
}

void same_facts(wb_schema *schema, wb_facts *facts, wb_facts *other, const wb_moment *moment) {
  uint64_t rows = 0, others = 0;
  uint32_t key = 0;
  assert_int_equal(wb_facts_count(facts, &rows), WB_OK);
  assert_int_equal(wb_facts_count(other, &others), WB_OK);
  assert_int_equal(rows, others);
  assert_int_equal(wb_schema_find(schema, "patient.key", 11, &key), WB_OK);
  for (uint64_t row = 0; row < rows; ++row) {
    uint64_t other_row = 0;
    const same_value name = same_read(facts, row, key, NULL, moment);
    assert_int_equal(name.status, WB_OK);
    assert_int_equal(wb_facts_find(other, name.text, name.value.length, &other_row), WB_OK);
    for (uint32_t field = 0; field < wb_schema_count(schema); ++field)
      same_field(schema, facts, row, other, other_row, field, moment);
  }
}

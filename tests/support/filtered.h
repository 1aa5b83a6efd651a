/* SPDX-License-Identifier: MIT */
/* Filters applied without a template, and what they make as text. */
#ifndef FILTERED_H
#define FILTERED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "liquid/values.h"

static inline wb_value text_of(const char *text) {
  return wbi_value_text(wbi_text_of(text));
}

static inline wb_value decimal_of(const char *literal) {
  wb_value value;
  assert_int_equal(wbi_decimal_parse(wbi_text_of(literal), &value), WB_OK);
  return value;
}

static inline wb_value bool_of(bool truth) {
  wb_value value = wbi_value_int(truth);
  value.kind = WB_BOOL;
  return value;
}

/* Writes a value so that its kind is seen: 5, 5.0, 'text', nil, [1, "a"]. */
static inline void filtered_put(const wbi_filtering *filtering, wbi_writer *writer,
                                const wb_value *value) {
  const char *quote = value->kind == WB_TEXT ? "'" : "";
  wbi_put_text(writer, wbi_text_of(value->kind == WB_NULL ? "nil" : quote));
  wbi_value_put(filtering, writer, value);
  wbi_put_text(writer, wbi_text_of(quote));
  wbi_put_char(writer, '\0');
}

/* What a filter is given besides. */
typedef struct filtered_with {
  const char *language;
  const wb_zone *zone;
  size_t room; /* 0: enough */
} filtered_with;

/* Applies a filter and compares; `says` NULL: it must fail with the status. */
static inline void filtered_in(const filtered_with *with, wb_status status, const char *says,
                               const char *name, wb_value value, const wb_value *arguments,
                               uint32_t count) {
  char memory[2048], out[2048];
  wbi_room room = {.data = memory, .capacity = with->room > 0 ? with->room : sizeof memory};
  const wbi_filtering filtering = {
      .room = &room, .spanish = strcmp(with->language, "es") == 0, .zone = with->zone};
  const wbi_filter *filter = wbi_filter_find(wbi_text_of(name));
  assert_non_null(filter);
  assert_in_range(count, filter->least, filter->most + filter->keyword);
  assert_int_equal(filter->apply(&filtering, &value, arguments, count), status);
  if (says == NULL) return;
  wbi_writer writer = {out, sizeof out, 0};
  filtered_put(&filtering, &writer, &value);
  assert_string_equal(out, says);
}

static inline void says(const char *expected, const char *name, wb_value value) {
  filtered_in(&(filtered_with){"en", NULL, 0}, WB_OK, expected, name, value, NULL, 0);
}

static inline void says_with(const char *expected, const char *name, wb_value value, wb_value a) {
  filtered_in(&(filtered_with){"en", NULL, 0}, WB_OK, expected, name, value, &a, 1);
}

static inline void says_with_two(const char *expected, const char *name, wb_value value, wb_value a,
                                 wb_value b) {
  filtered_in(&(filtered_with){"en", NULL, 0}, WB_OK, expected, name, value, (wb_value[]){a, b}, 2);
}

static inline void fails(wb_status status, const char *name, wb_value value) {
  filtered_in(&(filtered_with){"en", NULL, 0}, status, NULL, name, value, NULL, 0);
}

static inline void fails_with(wb_status status, const char *name, wb_value value, wb_value a) {
  filtered_in(&(filtered_with){"en", NULL, 0}, status, NULL, name, value, &a, 1);
}

/* Memory for the values of JSON texts, from the first step of a group to the last. */
static inline wbi_arena *filtered_arena(void) {
  static wbi_arena arena;
  return &arena;
}

static inline int filtered_begin(void **state) {
  (void)state;
  wbi_arena_init(filtered_arena(), NULL, 0);
  return 0;
}

static inline int filtered_end(void **state) {
  (void)state;
  wbi_arena_free(filtered_arena());
  return 0;
}

/* The value of a JSON text. */
static inline wb_value json_of(const char *json) {
  wbi_json *root = NULL;
  assert_int_equal(wbi_json_parse(filtered_arena(), wbi_text_of(json), &root, NULL), WB_OK);
  return wbi_value_node(root);
}

#endif

/* SPDX-License-Identifier: MIT */
/* Expressions of CEL worked out without facts, and their values as text. */
#ifndef WORKED_H
#define WORKED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cel/cel_private.h"
#include "cel/convert.h"

static inline void worked_put(wbi_writer *writer, const wbi_cel_value *value);

/* Elements, or keys and values, with something between. */
static inline void worked_put_all(wbi_writer *writer, const wbi_cel_value *value, bool map) {
  wbi_put_char(writer, map ? '{' : '[');
  for (uint32_t i = 0; i < value->length; i++) {
    if (i > 0) wbi_put_text(writer, WBI_TEXT(", "));
    if (map) worked_put(writer, &value->as.items[2 * (size_t)i]);
    if (map) wbi_put_text(writer, WBI_TEXT(": "));
    worked_put(writer, &value->as.items[map ? 2 * (size_t)i + 1 : i]);
  }
  wbi_put_char(writer, map ? '}' : ']');
}

/* Writes a value so that its kind is seen: 5, 5u, 5.5d, "text", b"text", true, [1, 2], {1: 2},
   optional(1), optional(), null, 90s, 2026-01-30; "?" for what is unknown, "!" and the fault for an
   error. */
static inline void worked_put(wbi_writer *writer, const wbi_cel_value *value) {
  switch (value->kind) {
  case WB_UNKNOWN: wbi_put_char(writer, '?'); break;
  case WBI_KIND_ERROR:
    wbi_put_char(writer, '!');
    wbi_put_int(writer, value->as.integer);
    break;
  case WB_BOOL: wbi_put_text(writer, wbi_text_of(value->as.integer ? "true" : "false")); break;
  case WB_INT: wbi_put_int(writer, value->as.integer); break;
  case WB_UINT:
    wbi_put_uint(writer, (uint64_t)value->as.integer);
    wbi_put_char(writer, 'u');
    break;
  case WB_DOUBLE:
    wbi_put_double(writer, value->as.real);
    wbi_put_char(writer, 'd');
    break;
  case WB_BYTES:
  case WB_TEXT:
    if (value->kind == WB_BYTES) wbi_put_char(writer, 'b');
    wbi_put_char(writer, '"');
    wbi_put_text(writer, wbi_cel_text(value));
    wbi_put_char(writer, '"');
    break;
  case WB_LIST:
  case WBI_KIND_MAP: worked_put_all(writer, value, value->kind == WBI_KIND_MAP); break;
  case WBI_KIND_OPTIONAL:
    wbi_put_text(writer, WBI_TEXT("optional("));
    if (value->as.items != NULL) worked_put(writer, value->as.items);
    wbi_put_char(writer, ')');
    break;
  case WB_NULL: wbi_put_text(writer, WBI_TEXT("null")); break;
  case WBI_KIND_TYPE: wbi_put_text(writer, value->as.type->name); break;
  default: wbi_cel_put_text_of(writer, value); break;
  }
}

/* Asserts the value of an expression, in which `u` is unknown, at a limit of cost. */
static inline void worked_within(uint64_t cost, const char *source, const char *wanted) {
  static char shown[4096];
  const wbi_cel_variable variable = {WBI_TEXT("u"), wbi_type_of(WBI_KIND_DYN)};
  const wbi_cel_value unknown = wbi_cel_of(WB_UNKNOWN, 1);
  const wbi_cel_env env = {.variables = &variable, .variable_count = 1};
  wbi_arena arena;
  wb_error error = {0};
  wbi_arena_init(&arena, NULL, 0);
  wbi_cel_tree tree = {.source = wbi_text_of(source),
                       .env = &env,
                       .arena = &arena,
                       .error = &error,
                       .depth = 64,
                       .cost = cost};
  wbi_cel_value value = {.kind = WB_NULL};
  wbi_writer writer = {shown, sizeof shown - 1, 0};
  if (wbi_cel_work_out(&tree, &unknown, &value) == WB_OK)
    worked_put(&writer, &value);
  else
    wbi_put_text(&writer, wbi_text_of(error.message));
  assert_int_equal(wbi_writer_finish(&writer, NULL), WB_OK);
  if (strcmp(shown, wanted) != 0) fail_msg("%s is %s, not %s", source, shown, wanted);
  wbi_arena_free(&arena);
}

static inline void assert_worked(const char *source, const char *wanted) {
  worked_within(1000000, source, wanted);
}

#endif

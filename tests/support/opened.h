/* SPDX-License-Identifier: MIT */
/* Open templates, whose values are JSON, compiled and rendered at once. */
#ifndef OPENED_H
#define OPENED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "liquid/liquid_private.h"

enum { OPENED_ROOM = 1 << 20 };

static char opened_out[OPENED_ROOM]; /* what was rendered last; empty: it failed */

/* Renders with the data of a JSON text. */
static inline wb_status opened_render(bool html, const char *text, const char *json,
                                      wb_error *error) {
  static _Alignas(max_align_t) char memory[OPENED_ROOM];
  wbi_arena arena;
  wbi_json *data = NULL;
  wb_template *compiled = NULL;
  wbi_room room = {memory, sizeof memory, 0, false};
  wbi_writer writer = {opened_out, sizeof opened_out - 1, 0};
  *error = (wb_error){.status = 0};
  wbi_arena_init(&arena, NULL, 0);
  assert_int_equal(wbi_json_parse(&arena, wbi_text_of(json), &data, error), WB_OK);
  wb_status status = wbi_template_open(NULL, wbi_text_of(text), html, &compiled, error);
  if (status == WB_OK) status = wbi_template_render_open(compiled, data, &room, &writer, error);
  opened_out[writer.length] = '\0';
  wb_template_unref(compiled);
  wbi_arena_free(&arena);
  return status;
}

static inline void opened_says(bool html, const char *text, const char *json,
                               const char *expected) {
  wb_error error;
  const wb_status status = opened_render(html, text, json, &error);
  if (status != WB_OK) print_error("%s: %u: %s\n", text, error.column, error.message);
  assert_int_equal(status, WB_OK);
  if (strcmp(opened_out, expected) != 0) print_error("%s\n", text);
  assert_string_equal(opened_out, expected);
}

#endif

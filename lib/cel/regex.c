/* SPDX-License-Identifier: MIT */
/* Regular expressions of RE2's syntax: from a pattern to a program. */
#include "cel/regex_private.h"

/* Makes the compiled form of what was parsed; NULL: no memory. */
static wbi_regex *regex_finish(wbi_regex_parser *parser) {
  const size_t code_bytes = parser->code.count * sizeof(wbi_regex_code);
  const size_t set_bytes = parser->sets.count * sizeof(wbi_regex_set);
  wbi_regex *regex = wbi_arena_alloc(parser->arena, sizeof *regex);
  wbi_regex_code *code = wbi_arena_alloc(parser->arena, code_bytes);
  wbi_regex_set *sets = wbi_arena_alloc(parser->arena, set_bytes);
  if (regex == NULL || code == NULL || sets == NULL) return NULL;
  memcpy(code, parser->code.data, code_bytes);
  if (set_bytes > 0) memcpy(sets, parser->sets.data, set_bytes);
  *regex = (wbi_regex){code, sets, (uint32_t)parser->code.count};
  return regex;
}

wb_status wbi_regex_compile(wbi_arena *arena, wbi_text pattern, wbi_regex **regex, size_t *at,
                            const char **message) {
  wb_context *context = arena->context;
  wbi_regex_parser parser = {.arena = arena, .pattern = pattern, .work = WBI_REGEX_WORK};
  wbi_vector_init(&parser.code, context, sizeof(wbi_regex_code), WBI_REGEX_CODE);
  wbi_vector_init(&parser.sets, context, sizeof(wbi_regex_set), WBI_REGEX_CODE);
  wbi_vector_init(&parser.set.ranges, context, sizeof(wbi_regex_range), 0);
  wbi_vector_init(&parser.item.ranges, context, sizeof(wbi_regex_range), 0);
  parser.set.work = parser.item.work = &parser.work;
  wbi_regex_parse(&parser);
  wbi_regex_emit(&parser, WBI_REGEX_MATCH, 0);
  wbi_regex *made = parser.status == WB_OK ? regex_finish(&parser) : NULL;
  if (parser.status == WB_OK && made == NULL)
    wbi_regex_fail(&parser, WB_E_NOMEM, 0, "there is no memory for this expression");
  if (parser.status == WB_OK) *regex = made;
  *at = parser.where;
  *message = parser.message;
  wbi_vector_free(&parser.code);
  wbi_vector_free(&parser.sets);
  wbi_vector_free(&parser.set.ranges);
  wbi_vector_free(&parser.item.ranges);
  return parser.status;
}

size_t wbi_regex_scratch(const wbi_regex *regex) {
  return 4 * sizeof(uint16_t) * regex->count;
}

uint32_t wbi_regex_size(const wbi_regex *regex) {
  return regex->count;
}

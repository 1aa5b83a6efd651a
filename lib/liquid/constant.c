/* SPDX-License-Identifier: MIT */
/* Chains of nothing but literals: a filter that has no answer for them is found when compiling. */
#include "liquid/liquid_private.h"

enum { CONSTANT_ROOM = 1024 }; /* bytes that the filters may make */

/* The literals of an instruction; false: an operand is none. */
static bool constant_literals(const wbi_liquid *liquid, const wbi_instruction *code,
                              wb_value values[WBI_ARGUMENTS_MOST + 1]) {
  for (uint32_t i = 0; i < code->count; i++) {
    const wbi_operand *operand = wbi_vector_at(&liquid->operands, code->operands + i);
    if (operand->place != WBI_LITERAL || operand->literal.kind == WBI_LOOP) return false;
    values[i] = operand->literal;
  }
  return true;
}

wb_status wbi_liquid_constant(const wbi_liquid *liquid, size_t from) {
  char memory[CONSTANT_ROOM];
  wbi_room room = {memory, sizeof memory, 0, false};
  const wbi_filtering filtering = {.room = &room, .spanish = strcmp(liquid->language, "es") == 0};
  wb_value value, values[WBI_ARGUMENTS_MOST + 1];
  const wbi_instruction *code = wbi_vector_at(&liquid->code, from);
  if (code->operation != WBI_VALUE || !constant_literals(liquid, code, values)) return WB_OK;
  value = values[0];
  for (size_t i = from + 1; i < liquid->code.count; i++) {
    code = wbi_vector_at(&liquid->code, i);
    if (!constant_literals(liquid, code, values)) return WB_OK;
    const wb_status status = code->filter->apply(&filtering, &value, values, code->count);
    if (status == WB_E_LIMIT) return WB_OK; /* too long to be tried here */
    if (status != WB_OK) {
      return wbi_liquid_refuse(liquid, WB_E_SYNTAX, code->offset, "The filter '",
                               wbi_text_of(code->filter->name), "' has no answer here, ever.");
    }
  }
  return WB_OK;
}

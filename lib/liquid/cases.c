/* SPDX-License-Identifier: MIT */
/* The tag case: what is compared lies in a frame, each when counts how often it matches. */
#include "liquid/liquid_private.h"

wb_status wbi_case_open(wbi_liquid *liquid, const wbi_piece *piece) {
  wbi_operand operand;
  wbi_liquid_block *block = NULL;
  wb_status status = wbi_liquid_open(liquid, WBI_BLOCK_CASE, piece->open, &block);
  if (status == WB_OK) status = wbi_liquid_operand(liquid, &operand);
  if (status == WB_OK) status = wbi_liquid_end(liquid);
  if (status != WB_OK) return status;
  wbi_instruction *instruction = wbi_liquid_emit(liquid, WBI_CASE, operand.offset);
  if (instruction == NULL) return WB_E_NOMEM;
  instruction->frame = block->frame;
  return wbi_liquid_give(liquid, &operand);
}

/* Before the first branch nothing is written. */
static wb_status case_start(wbi_liquid *liquid, wbi_liquid_block *block) {
  if (block->started) return WB_OK;
  block->started = true;
  liquid->code.count = block->code + 1;
  if (liquid->schema == NULL || (!block->says && !block->assigns)) return WB_OK;
  return wbi_liquid_refuse_at(liquid, WB_E_SYNTAX, block->open,
                              "Between this case and its first when stands something.");
}

/* Ends the branch before: a when of an open template is written once for each of its values that
   matches, and further whens are looked at. same: in a closed one no value stands twice */
static wb_status case_leave(wbi_liquid *liquid, wbi_liquid_block *block) {
  if (block->when && liquid->schema != NULL) {
    if (wbi_liquid_jump(liquid, WBI_JUMP, &block->end) == NULL) return WB_E_NOMEM;
  } else if (block->when) {
    wbi_instruction *again = wbi_liquid_emit(liquid, WBI_AGAIN, block->open);
    if (again == NULL) return WB_E_NOMEM;
    again->frame = block->frame;
    again->target = block->body;
  }
  block->when = false;
  wbi_liquid_land(liquid, &block->next);
  return WB_OK;
}

/* Whether a value stood in this case before. */
static bool case_twice(const wbi_liquid *liquid, const wbi_liquid_block *block,
                       const wbi_operand *value) {
  for (uint32_t at = block->values; at != WBI_NO_FIELD;) {
    const wbi_operand *known = wbi_vector_at(&liquid->operands, at);
    if (wbi_value_equal(&known->literal, &value->literal)) return true;
    at = known->before;
  }
  return false;
}

/* A value of a when must be a literal that can be, once. */
static wb_status case_check(const wbi_liquid *liquid, const wbi_liquid_block *block,
                            const wbi_operand *value) {
  const wbi_instruction *code = wbi_vector_at(&liquid->code, block->code);
  const wbi_operand *compared = wbi_vector_at(&liquid->operands, code->operands);
  if (value->place != WBI_LITERAL) {
    return wbi_liquid_refuse_at(liquid, WB_E_SYNTAX, value->offset,
                                "A when has texts in quotes or numbers.");
  }
  const wb_status status = wbi_liquid_compared(liquid, compared, WBI_TOKEN_EQUAL, value);
  if (status != WB_OK || !case_twice(liquid, block, value)) return status;
  return wbi_liquid_refuse_at(liquid, WB_E_SYNTAX, value->offset,
                              "This value had its when already.");
}

/* One value of a when. */
static wb_status case_value(wbi_liquid *liquid, wbi_liquid_block *block) {
  wbi_operand value;
  wb_status status = wbi_liquid_operand(liquid, &value);
  if (status == WB_OK && block->values_count++ == WBI_WHENS_MOST) {
    return wbi_liquid_refuse_at(liquid, WB_E_LIMIT, value.offset,
                                "This case has more than 1024 values.");
  }
  if (status == WB_OK && liquid->schema != NULL) {
    status = case_check(liquid, block, &value);
    value.before = block->values;
    block->values = (uint32_t)liquid->operands.count;
  }
  if (status != WB_OK) return status;
  wbi_instruction *when = wbi_liquid_emit(liquid, WBI_WHEN, value.offset);
  if (when == NULL) return WB_E_NOMEM;
  when->frame = block->frame;
  return wbi_liquid_give(liquid, &value);
}

wb_status wbi_case_when(wbi_liquid *liquid, wbi_liquid_block *block) {
  wb_status status = case_start(liquid, block);
  if (status == WB_OK) status = case_leave(liquid, block);
  if (status == WB_OK) status = case_value(liquid, block);
  while (status == WB_OK && (liquid->token.kind == ',' || wbi_liquid_at(liquid, "or"))) {
    status = wbi_liquid_advance(liquid);
    if (status == WB_OK) status = case_value(liquid, block);
  }
  if (status == WB_OK) status = wbi_liquid_end(liquid);
  if (status != WB_OK) return status;
  wbi_instruction *matched = wbi_liquid_jump(liquid, WBI_MATCHED, &block->next);
  if (matched == NULL) return WB_E_NOMEM;
  matched->frame = block->frame;
  block->when = true;
  block->body = (uint32_t)liquid->code.count;
  return WB_OK;
}

wb_status wbi_case_else(wbi_liquid *liquid, wbi_liquid_block *block) {
  wb_status status = case_start(liquid, block);
  if (status == WB_OK) status = case_leave(liquid, block);
  if (status != WB_OK) return status;
  wbi_instruction *otherwise = wbi_liquid_jump(liquid, WBI_OTHERWISE, &block->next);
  if (otherwise == NULL) return WB_E_NOMEM;
  otherwise->frame = block->frame;
  return WB_OK;
}

wb_status wbi_case_close(wbi_liquid *liquid, wbi_liquid_block *block) {
  return case_leave(liquid, block);
}

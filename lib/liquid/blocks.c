/* SPDX-License-Identifier: MIT */
/* The blocks that are open, and the jumps between their branches. */
#include "liquid/liquid_private.h"

const char *wbi_liquid_block_name(const wbi_liquid_block *block) {
  static const char *const blocks_names[] = {"if", "unless", "case", "for"};
  return blocks_names[block->kind];
}

wbi_liquid_block *wbi_liquid_top(const wbi_liquid *liquid) {
  const size_t count = liquid->blocks.count;
  return count > 0 ? wbi_vector_at(&liquid->blocks, count - 1) : NULL;
}

wbi_instruction *wbi_liquid_jump(wbi_liquid *liquid, wbi_operation operation, uint32_t *list) {
  wbi_instruction *jump = wbi_liquid_emit(liquid, operation, 0);
  if (jump == NULL) return NULL;
  jump->target = *list;
  *list = (uint32_t)(liquid->code.count - 1);
  return jump;
}

void wbi_liquid_land(wbi_liquid *liquid, uint32_t *list) {
  for (uint32_t at = *list; at != WBI_NO_JUMP;) {
    wbi_instruction *jump = wbi_vector_at(&liquid->code, at);
    at = jump->target;
    jump->target = (uint32_t)liquid->code.count;
  }
  *list = WBI_NO_JUMP;
}

/* A frame for a case or loop. same: where it is the most already */
static uint32_t blocks_frame(wbi_liquid *liquid) {
  const uint32_t frame = liquid->frames++;
  if (liquid->frames > liquid->frames_most) liquid->frames_most = liquid->frames;
  return frame;
}

wb_status wbi_liquid_open(wbi_liquid *liquid, wbi_block_kind kind, size_t open,
                          wbi_liquid_block **block) {
  const wbi_liquid_block *outer = wbi_liquid_top(liquid);
  const uint32_t turns = outer != NULL ? outer->turns : 1;
  const wb_status status = wbi_vector_reserve(&liquid->blocks, 1);
  if (status == WB_E_NOMEM) return wbi_liquid_no_memory(liquid);
  if (status != WB_OK) {
    return wbi_liquid_refuse_at(liquid, status, open, "There are too many blocks inside blocks.");
  }
  *block = wbi_vector_push(&liquid->blocks);
  **block = (wbi_liquid_block){.kind = kind,
                               .open = open,
                               .code = (uint32_t)liquid->code.count,
                               .next = WBI_NO_JUMP,
                               .end = WBI_NO_JUMP,
                               .values = WBI_NO_FIELD,
                               .turns = turns,
                               .before = liquid->place};
  if (kind == WBI_BLOCK_CASE || kind == WBI_BLOCK_FOR) (*block)->frame = blocks_frame(liquid);
  return WB_OK;
}

/* A block that writes nothing is a slip of the pen. */
static wb_status blocks_silent(const wbi_liquid *liquid, const wbi_liquid_block *block) {
  if (liquid->schema == NULL || block->says || block->assigns) return WB_OK;
  return wbi_liquid_refuse(liquid, WB_E_SYNTAX, block->open, "This ",
                           wbi_text_of(wbi_liquid_block_name(block)), " writes nothing.");
}

/* Of a block that is blank, Liquid drops the white space; without an assignment nothing is left. */
static void blocks_drop(wbi_liquid *liquid, const wbi_liquid_block *block) {
  if (!block->assigns) liquid->code.count = block->code;
  for (size_t i = block->code; i < liquid->code.count; i++) {
    wbi_instruction *instruction = wbi_vector_at(&liquid->code, i);
    instruction->length = instruction->characters = 0;
    if (instruction->operation != WBI_WRITE || liquid->counts.count == 0) continue;
    *(wbi_sms_count *)wbi_vector_at(&liquid->counts, instruction->counted) = (wbi_sms_count){0};
  }
}

wb_status wbi_liquid_close(wbi_liquid *liquid) {
  wbi_liquid_block block =
      *(const wbi_liquid_block *)wbi_vector_at(&liquid->blocks, liquid->blocks.count - 1);
  wb_status status = blocks_silent(liquid, &block);
  if (status == WB_OK) status = wbi_markup_close(liquid, &block);
  if (status != WB_OK) return status;
  if (!block.says) blocks_drop(liquid, &block);
  /* same: a frame that is not had again only takes room */
  if (block.kind == WBI_BLOCK_CASE || block.kind == WBI_BLOCK_FOR) liquid->frames--;
  liquid->blocks.count--;
  wbi_liquid_block *outer = wbi_liquid_top(liquid);
  if (outer != NULL && block.says) outer->says = true;
  if (outer != NULL && block.assigns) outer->assigns = true;
  return WB_OK;
}

void wbi_liquid_mention(wbi_liquid *liquid, wbi_mention mention) {
  const wbi_liquid_block *block = wbi_liquid_top(liquid);
  liquid->mention = block != NULL && block->otherwise ? WBI_MENTION_ELSE : mention;
}

void wbi_liquid_says(wbi_liquid *liquid) {
  wbi_liquid_block *block = wbi_liquid_top(liquid);
  if (block != NULL) block->says = true;
}

wb_status wbi_liquid_finish(const wbi_liquid *liquid) {
  const wbi_liquid_block *block = wbi_liquid_top(liquid);
  char room[WBI_PIECE_ROOM];
  if (block == NULL) return wbi_html_finish(&liquid->place, liquid->source, liquid->error);
  const char *name = wbi_liquid_block_name(block);
  return wbi_liquid_refuse(liquid, WB_E_SYNTAX, block->open,
                           wbi_liquid_join(room, "This ", name, " is not closed by end"),
                           wbi_text_of(name), ".");
}

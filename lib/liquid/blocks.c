/* SPDX-License-Identifier: MIT */
/* The tags if, elsif, else and endif: conditions become jumps, and every jump goes forward. */
#include "liquid/liquid_private.h"

/* The innermost open block; NULL: none. */
static wbi_liquid_block *blocks_top(const wbi_liquid *liquid) {
  const size_t count = liquid->blocks.count;
  return count > 0 ? wbi_vector_at(&liquid->blocks, count - 1) : NULL;
}

/* Adds an instruction that jumps to a place not known yet. */
static wbi_instruction *blocks_jump(wbi_liquid *liquid, wbi_operation operation, uint32_t *list) {
  wbi_instruction *jump = wbi_liquid_emit(liquid, operation);
  if (jump == NULL) return NULL;
  jump->target = *list;
  *list = (uint32_t)(liquid->code.count - 1);
  return jump;
}

/* Lets a list of jumps lead to the next instruction. */
static void blocks_land(wbi_liquid *liquid, uint32_t *list) {
  for (uint32_t at = *list; at != WBI_NO_JUMP;) {
    wbi_instruction *jump = wbi_vector_at(&liquid->code, at);
    at = jump->target;
    jump->target = (uint32_t)liquid->code.count;
  }
  *list = WBI_NO_JUMP;
}

/* Reads one comparison and the word after it; it jumps when the condition is thereby decided. */
static wb_status blocks_term(wbi_liquid *liquid, uint32_t *yes, uint32_t *no) {
  wbi_instruction test = {.operation = WBI_TEST};
  const wb_status status = wbi_liquid_comparison(liquid, &test);
  if (status != WB_OK) return status;
  const bool decides = wbi_liquid_at(liquid, "or");
  uint32_t *list = decides ? yes : no;
  wbi_instruction *jump = blocks_jump(liquid, WBI_TEST, list);
  if (jump == NULL) return WB_E_NOMEM;
  test.target = jump->target;
  test.when = decides;
  *jump = test;
  return WB_OK;
}

/* Reads a condition: comparisons joined by `and`, or by `or`, never by both. */
static wb_status blocks_condition(wbi_liquid *liquid, wbi_liquid_block *block) {
  uint32_t yes = WBI_NO_JUMP, no = WBI_NO_JUMP;
  const char *joined = NULL;
  for (;;) {
    const wb_status status = blocks_term(liquid, &yes, &no);
    if (status != WB_OK) return status;
    const char *word = wbi_liquid_at(liquid, "and")  ? "and"
                       : wbi_liquid_at(liquid, "or") ? "or"
                                                     : NULL;
    if (word == NULL) break;
    if (joined != NULL && strcmp(joined, word) != 0) {
      return wbi_fail_at(liquid->error, WB_E_SYNTAX, liquid->source, liquid->token.from,
                         "One condition uses either \"and\" or \"or\"; put an if inside an if.");
    }
    joined = word;
    const wb_status next = wbi_liquid_advance(liquid);
    if (next != WB_OK) return next;
  }
  blocks_land(liquid, &yes);
  block->next = no;
  return wbi_liquid_end(liquid);
}

/* `if`: opens a block. */
static wb_status blocks_if(wbi_liquid *liquid, wbi_liquid_block *outer, const wbi_piece *piece) {
  (void)outer;
  wbi_liquid_block block = {.open = piece->open, .next = WBI_NO_JUMP, .end = WBI_NO_JUMP};
  wb_status status = blocks_condition(liquid, &block);
  if (status != WB_OK) return status;
  status = wbi_vector_reserve(&liquid->blocks, 1);
  if (status == WB_E_NOMEM) {
    return wbi_fail(liquid->error, status, "There is no memory for a template.");
  }
  if (status != WB_OK) {
    return wbi_fail_at(liquid->error, status, liquid->source, piece->open,
                       "There are too many ifs inside ifs.");
  }
  *(wbi_liquid_block *)wbi_vector_push(&liquid->blocks) = block;
  return WB_OK;
}

/* `elsif` and `else`: end the branch before them. */
static wb_status blocks_branch(wbi_liquid *liquid, wbi_liquid_block *block,
                               const wbi_piece *piece) {
  if (block->otherwise) {
    return wbi_fail_at(liquid->error, WB_E_SYNTAX, liquid->source, piece->open,
                       "After else comes endif; this if had its else.");
  }
  if (blocks_jump(liquid, WBI_JUMP, &block->end) == NULL) return WB_E_NOMEM;
  blocks_land(liquid, &block->next);
  return WB_OK;
}

static wb_status blocks_elsif(wbi_liquid *liquid, wbi_liquid_block *block, const wbi_piece *piece) {
  const wb_status status = blocks_branch(liquid, block, piece);
  return status == WB_OK ? blocks_condition(liquid, block) : status;
}

static wb_status blocks_else(wbi_liquid *liquid, wbi_liquid_block *block, const wbi_piece *piece) {
  wb_status status = blocks_branch(liquid, block, piece);
  block->otherwise = true;
  if (status == WB_OK && wbi_liquid_at(liquid, "if")) {
    return wbi_fail_at(liquid->error, WB_E_SYNTAX, liquid->source, piece->open,
                       "Write elsif for another condition.");
  }
  return status == WB_OK ? wbi_liquid_end(liquid) : status;
}

/* `endif`: closes a block. One that writes nothing is a slip, and Liquid drops its white space. */
static wb_status blocks_endif(wbi_liquid *liquid, wbi_liquid_block *block, const wbi_piece *piece) {
  (void)piece;
  if (!block->says) {
    return wbi_fail_at(liquid->error, WB_E_SYNTAX, liquid->source, block->open,
                       "This if writes nothing.");
  }
  blocks_land(liquid, &block->next);
  blocks_land(liquid, &block->end);
  liquid->blocks.count--;
  wbi_liquid_says(liquid);
  return wbi_liquid_end(liquid);
}

static const struct {
  const char *name;
  wb_status (*read)(wbi_liquid *liquid, wbi_liquid_block *block, const wbi_piece *piece);
  bool inside; /* only inside an if */
} blocks_tags[] = {
    {"if", blocks_if, false},
    {"elsif", blocks_elsif, true},
    {"else", blocks_else, true},
    {"endif", blocks_endif, true},
};

/* Refuses a tag that is none of the table. */
static wb_status blocks_unknown(const wbi_liquid *liquid, const wbi_piece *piece, wbi_text name) {
  if (name.length == 0) {
    return wbi_fail_at(liquid->error, WB_E_SYNTAX, liquid->source, piece->open,
                       "The name of a tag is missing here: if, elsif, else or endif.");
  }
  if (wbi_text_equal(name, WBI_TEXT("elseif")) || wbi_text_equal(name, WBI_TEXT("elif"))) {
    return wbi_fail_at(liquid->error, WB_E_SYNTAX, liquid->source, piece->open,
                       "Write elsif for another condition.");
  }
  return wbi_liquid_refuse(liquid, WB_E_SYNTAX, piece->open, "The tag '", name,
                           "' is not part of this version.");
}

wb_status wbi_liquid_tag(wbi_liquid *liquid, const wbi_piece *piece) {
  wb_status status = wbi_liquid_advance(liquid);
  if (status != WB_OK) return status;
  const wbi_text name = liquid->token.text;
  wbi_liquid_block *block = blocks_top(liquid);
  for (size_t i = 0; i < WBI_COUNT(blocks_tags); i++) {
    if (!wbi_liquid_at(liquid, blocks_tags[i].name)) continue;
    if (blocks_tags[i].inside && block == NULL) {
      return wbi_liquid_refuse(liquid, WB_E_SYNTAX, piece->open, "No if is open before this '",
                               name, "'.");
    }
    status = wbi_liquid_advance(liquid);
    return status == WB_OK ? blocks_tags[i].read(liquid, block, piece) : status;
  }
  return blocks_unknown(liquid, piece, name);
}

void wbi_liquid_says(wbi_liquid *liquid) {
  wbi_liquid_block *block = blocks_top(liquid);
  if (block != NULL) block->says = true;
}

wb_status wbi_liquid_finish(const wbi_liquid *liquid) {
  const wbi_liquid_block *block = blocks_top(liquid);
  if (block == NULL) return WB_OK;
  return wbi_fail_at(liquid->error, WB_E_SYNTAX, liquid->source, block->open,
                     "This if is not closed by endif.");
}

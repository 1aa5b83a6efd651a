/* SPDX-License-Identifier: MIT */
/* The tag for: over a list, or a range of two numbers, with limit, offset, reversed, else. */
#include "liquid/liquid_private.h"

/* A for while it is read. */
typedef struct wbi_for {
  wbi_text name;
  size_t name_from;
  wbi_operand over[2]; /* a list, or the ends of a range */
  wbi_operand limit, offset;
  size_t from, to; /* where what it goes over is written */
  bool range, reversed, limited, skips;
} wbi_for;

/* Refuses the token. */
static wb_status loop_refuse(const wbi_liquid *liquid, const char *message) {
  return wbi_liquid_refuse_at(liquid, WB_E_SYNTAX, liquid->token.from, message);
}

/* Reads a number of a range, and the sign after it. */
static wb_status loop_end(wbi_liquid *liquid, uint32_t sign, wbi_operand *operand) {
  const char *why = "A range is two whole numbers: (1..3).";
  wb_status status = wbi_liquid_advance(liquid);
  if (status != WB_OK) return status;
  if (liquid->token.kind != WBI_TOKEN_INT) return loop_refuse(liquid, why);
  status = wbi_liquid_operand(liquid, operand);
  if (status != WB_OK) return status;
  return liquid->token.kind == sign ? WB_OK : loop_refuse(liquid, why);
}

/* Reads what the loop goes over. */
static wb_status loop_over(wbi_liquid *liquid, wbi_for *loop) {
  loop->from = liquid->token.from;
  loop->range = liquid->token.kind == '(';
  if (!loop->range) {
    const wb_status status = wbi_liquid_operand(liquid, &loop->over[0]);
    loop->to = liquid->token.from;
    return status;
  }
  wb_status status = loop_end(liquid, WBI_TOKEN_RANGE, &loop->over[0]);
  if (status == WB_OK) status = loop_end(liquid, ')', &loop->over[1]);
  loop->to = liquid->token.from + 1;
  return status == WB_OK ? wbi_liquid_advance(liquid) : status;
}

/* Refuses a limit or offset that is no whole number. */
static wb_status loop_count(const wbi_liquid *liquid, const wbi_operand *operand) {
  const bool whole = operand->type == WB_INT || operand->type == WB_UINT;
  const bool negative = operand->place == WBI_LITERAL && operand->literal.integer < 0;
  if (liquid->schema == NULL || (whole && !negative)) return WB_OK;
  return wbi_liquid_refuse_at(liquid, WB_E_TYPE, operand->offset,
                              "A limit or offset is a whole number from 0.");
}

/* Reads `: value` after limit or offset. */
static wb_status loop_amount(wbi_liquid *liquid, wbi_operand *operand) {
  wb_status status = wbi_liquid_advance(liquid);
  if (status != WB_OK) return status;
  if (liquid->token.kind != ':') return loop_refuse(liquid, "A colon is missing here.");
  status = wbi_liquid_advance(liquid);
  if (status != WB_OK) return status;
  if (wbi_liquid_at(liquid, "continue")) {
    return loop_refuse(liquid, "offset: continue is not part of this language; write a number.");
  }
  wbi_liquid_mention(liquid, WBI_MENTION_LIMIT);
  status = wbi_liquid_operand(liquid, operand);
  return status == WB_OK ? loop_count(liquid, operand) : status;
}

/* Reads `limit: value` or `offset: value`. */
static wb_status loop_attribute(wbi_liquid *liquid, wbi_for *loop) {
  const bool limit = wbi_liquid_at(liquid, "limit");
  bool *given = limit ? &loop->limited : &loop->skips;
  if ((!limit && !wbi_liquid_at(liquid, "offset")) || *given) {
    return loop_refuse(liquid, "After what a for goes over come reversed, limit: and offset:, "
                               "each once.");
  }
  *given = true;
  return loop_amount(liquid, limit ? &loop->limit : &loop->offset);
}

/* Past a comma, after which something must come. */
static wb_status loop_comma(wbi_liquid *liquid) {
  if (liquid->token.kind != ',') return WB_OK;
  const wb_status status = wbi_liquid_advance(liquid);
  if (status != WB_OK || liquid->token.kind == WBI_TOKEN_WORD) return status;
  return loop_refuse(liquid, "After this comma comes limit: or offset:.");
}

/* Reads reversed, limit and offset. */
static wb_status loop_attributes(wbi_liquid *liquid, wbi_for *loop) {
  wb_status status = WB_OK;
  loop->reversed = wbi_liquid_at(liquid, "reversed");
  if (loop->reversed) status = wbi_liquid_advance(liquid);
  if (status == WB_OK) status = loop_comma(liquid);
  while (status == WB_OK && liquid->token.kind == WBI_TOKEN_WORD) {
    status = loop_attribute(liquid, loop);
    if (status == WB_OK) status = loop_comma(liquid);
  }
  return status == WB_OK ? wbi_liquid_end(liquid) : status;
}

/* Reads a for. */
static wb_status loop_read(wbi_liquid *liquid, wbi_for *loop) {
  const char *why = "A for is written so: for name in list.";
  loop->name = liquid->token.text;
  loop->name_from = liquid->token.from;
  if (liquid->token.kind != WBI_TOKEN_WORD) return loop_refuse(liquid, why);
  wb_status status = wbi_liquid_advance(liquid);
  if (status != WB_OK) return status;
  if (!wbi_liquid_at(liquid, "in")) return loop_refuse(liquid, why);
  status = wbi_liquid_advance(liquid);
  if (status == WB_OK) status = loop_over(liquid, loop);
  return status == WB_OK ? loop_attributes(liquid, loop) : status;
}

/* ---- bounds ------------------------------------------------------------------------------- */

/* How many turns a loop has at most; of an open template's list it is not known. */
static uint32_t loop_turns(const wbi_liquid *liquid, const wbi_for *loop) {
  uint32_t turns = 1;
  if (loop->range) {
    turns = wbi_range_length(loop->over[0].literal.integer, loop->over[1].literal.integer);
  } else if (liquid->schema != NULL) {
    turns = wbi_schema_field(liquid->schema, loop->over[0].field)->most;
  }
  const bool number = loop->limited && loop->limit.place == WBI_LITERAL &&
                      loop->limit.literal.kind == WB_INT && loop->limit.literal.integer >= 0;
  if (number && loop->limit.literal.integer < (int64_t)turns) {
    turns = (uint32_t)loop->limit.literal.integer;
  }
  return turns;
}

/* The turns of all loops together have a limit, whatever the values are. */
static wb_status loop_bound(wbi_liquid *liquid, wbi_liquid_block *block, const wbi_for *loop) {
  const uint64_t turns = (uint64_t)loop_turns(liquid, loop) * block->turns;
  if (turns + liquid->turns > WBI_TURNS_MOST) {
    return wbi_liquid_refuse_at(liquid, WB_E_LIMIT, block->open,
                                "The loops could have more than 100,000 turns; give a limit:.");
  }
  block->turns = (uint32_t)turns;
  liquid->turns += (uint32_t)turns;
  return WB_OK;
}

/* ---- code --------------------------------------------------------------------------------- */

/* What a loop of a schema template goes over is a list of fields. */
static wb_status loop_check(const wbi_liquid *liquid, const wbi_for *loop) {
  if (liquid->schema == NULL) return WB_OK;
  const wb_status status = wbi_liquid_fit(liquid, loop->name, loop->name_from);
  if (status != WB_OK || loop->range) return status;
  const bool list = loop->over[0].type == WB_LIST || loop->over[0].type == WB_RECORD;
  if (list) return WB_OK;
  return wbi_liquid_refuse(liquid, WB_E_TYPE, loop->over[0].offset,
                           "A for goes over a list or a range; this is ",
                           wbi_text_of(wbi_liquid_type(loop->over[0].type)), ".");
}

/* Adds an instruction of the loop's frame with an operand. */
static wb_status loop_emit(wbi_liquid *liquid, wbi_operation operation, uint32_t frame,
                           const wbi_operand *operand) {
  wbi_instruction *instruction = wbi_liquid_emit(liquid, operation, operand->offset);
  if (instruction == NULL) return WB_E_NOMEM;
  instruction->frame = frame;
  return wbi_liquid_give(liquid, operand);
}

/* Emits what opens a loop. */
static wb_status loop_begin(wbi_liquid *liquid, wbi_liquid_block *block, const wbi_for *loop) {
  wb_status status =
      loop_emit(liquid, loop->range ? WBI_OVER_RANGE : WBI_OVER, block->frame, &loop->over[0]);
  if (status == WB_OK && loop->range) status = wbi_liquid_give(liquid, &loop->over[1]);
  if (status == WB_OK && loop->skips) {
    status = loop_emit(liquid, WBI_OFFSET, block->frame, &loop->offset);
  }
  if (status == WB_OK && loop->limited) {
    status = loop_emit(liquid, WBI_LIMIT, block->frame, &loop->limit);
  }
  if (status != WB_OK) return status;
  wbi_instruction *begin = wbi_liquid_jump(liquid, WBI_BEGIN, &block->next);
  if (begin == NULL) return WB_E_NOMEM;
  begin->frame = block->frame;
  begin->reversed = loop->reversed;
  begin->offset = (uint32_t)block->open;
  block->body = (uint32_t)liquid->code.count;
  return WB_OK;
}

/* What forloop.name is: "item-products". */
static wb_status loop_name(const wbi_liquid *liquid, const wbi_for *loop, wbi_text *name) {
  const wbi_text over = wbi_text_trim(wbi_text_slice(liquid->source, loop->from, loop->to));
  const size_t length = loop->name.length + 1 + over.length;
  char *room = liquid->schema == NULL ? wbi_arena_alloc(liquid->arena, length) : NULL;
  *name = (wbi_text){NULL, 0};
  if (liquid->schema != NULL) return WB_OK;
  if (room == NULL) return wbi_liquid_no_memory(liquid);
  wbi_writer writer = {room, length, 0};
  wbi_put_text(&writer, loop->name);
  wbi_put_char(&writer, '-');
  wbi_put_text(&writer, over);
  *name = (wbi_text){room, length};
  return WB_OK;
}

/* Lets the loop's name be known. */
static wb_status loop_scope(wbi_liquid *liquid, const wbi_liquid_block *block,
                            const wbi_for *loop) {
  const bool list = liquid->schema != NULL && !loop->range;
  const uint32_t field = list ? loop->over[0].field : WBI_NO_FIELD;
  wbi_scope scope = {.name = loop->name, .list = field, .frame = block->frame, .type = WBI_MIXED};
  if (loop->range) scope.type = WB_INT;
  if (list) scope.type = wbi_schema_field(liquid->schema, field)->element;
  const wb_status status = loop_name(liquid, loop, &scope.loop);
  if (status != WB_OK) return status;
  wbi_scope *pushed = wbi_vector_push(&liquid->scopes);
  if (pushed == NULL) return wbi_liquid_no_memory(liquid);
  *pushed = scope;
  return WB_OK;
}

wb_status wbi_for_open(wbi_liquid *liquid, const wbi_piece *piece) {
  wbi_for loop = {.range = false};
  wbi_liquid_block *block = NULL;
  wb_status status = wbi_liquid_open(liquid, WBI_BLOCK_FOR, piece->open, &block);
  if (status == WB_OK) status = loop_read(liquid, &loop);
  if (status == WB_OK) status = loop_check(liquid, &loop);
  if (status == WB_OK) status = loop_bound(liquid, block, &loop);
  if (status == WB_OK) status = loop_begin(liquid, block, &loop);
  return status == WB_OK ? loop_scope(liquid, block, &loop) : status;
}

/* All turns of the body together have a limit as well. */
static wb_status loop_steps(wbi_liquid *liquid, const wbi_liquid_block *block) {
  liquid->effort += (uint64_t)(liquid->code.count - block->body) * block->turns;
  if (liquid->effort <= WBI_STEPS_MOST) return WB_OK;
  return wbi_liquid_refuse_at(liquid, WB_E_LIMIT, block->open,
                              "This loop could do too much in all its turns; give a limit:.");
}

/* Goes back to the body for the next turn. */
static wb_status loop_next(wbi_liquid *liquid, const wbi_liquid_block *block) {
  const wb_status status = loop_steps(liquid, block);
  if (status != WB_OK) return status;
  wbi_instruction *next = wbi_liquid_emit(liquid, WBI_NEXT, block->open);
  if (next == NULL) return WB_E_NOMEM;
  next->frame = block->frame;
  next->target = block->body;
  liquid->scopes.count--;
  return WB_OK;
}

wb_status wbi_for_else(wbi_liquid *liquid, wbi_liquid_block *block) {
  const wb_status status = loop_next(liquid, block);
  if (status != WB_OK) return status;
  if (wbi_liquid_jump(liquid, WBI_JUMP, &block->end) == NULL) return WB_E_NOMEM;
  wbi_liquid_land(liquid, &block->next);
  return WB_OK;
}

wb_status wbi_for_close(wbi_liquid *liquid, wbi_liquid_block *block) {
  return block->otherwise ? WB_OK : loop_next(liquid, block);
}

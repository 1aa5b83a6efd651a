/* SPDX-License-Identifier: MIT */
/* The tags: if and unless with their branches, assign, comment, raw; case and for have files. */
#include "liquid/liquid_private.h"

/* `if` and `unless`: open a block. */
static wb_status tag_open(wbi_liquid *liquid, wbi_block_kind kind, size_t open) {
  wbi_liquid_block *block = NULL;
  const wb_status status = wbi_liquid_open(liquid, kind, open, &block);
  if (status != WB_OK) return status;
  return wbi_liquid_condition(liquid, kind == WBI_BLOCK_UNLESS, &block->next);
}

static wb_status tag_if(wbi_liquid *liquid, wbi_liquid_block *outer, const wbi_piece *piece) {
  (void)outer;
  return tag_open(liquid, WBI_BLOCK_IF, piece->open);
}

static wb_status tag_unless(wbi_liquid *liquid, wbi_liquid_block *outer, const wbi_piece *piece) {
  (void)outer;
  return tag_open(liquid, WBI_BLOCK_UNLESS, piece->open);
}

/* After an else nothing but the end comes. */
static wb_status tag_after_else(const wbi_liquid *liquid, const wbi_liquid_block *block,
                                const wbi_piece *piece) {
  const char *name = wbi_liquid_block_name(block);
  char room[WBI_PIECE_ROOM];
  if (!block->otherwise) return WB_OK;
  return wbi_liquid_refuse(liquid, WB_E_SYNTAX, piece->open,
                           wbi_liquid_join(room, "After else comes end", name, "; this "),
                           wbi_text_of(name), " had its else.");
}

/* `elsif` and `else` of an if: end the branch before them. */
static wb_status tag_branch(wbi_liquid *liquid, wbi_liquid_block *block) {
  if (wbi_liquid_jump(liquid, WBI_JUMP, &block->end) == NULL) return WB_E_NOMEM;
  wbi_liquid_land(liquid, &block->next);
  return WB_OK;
}

static wb_status tag_elsif(wbi_liquid *liquid, wbi_liquid_block *block, const wbi_piece *piece) {
  wb_status status = tag_after_else(liquid, block, piece);
  if (status == WB_OK && (block->kind == WBI_BLOCK_CASE || block->kind == WBI_BLOCK_FOR)) {
    return wbi_liquid_refuse_at(liquid, WB_E_SYNTAX, piece->open, "An elsif belongs to an if.");
  }
  if (status == WB_OK) status = wbi_markup_branch(liquid, block);
  if (status == WB_OK) status = tag_branch(liquid, block);
  return status == WB_OK ? wbi_liquid_condition(liquid, false, &block->next) : status;
}

static wb_status tag_else(wbi_liquid *liquid, wbi_liquid_block *block, const wbi_piece *piece) {
  const bool open_case = block->kind == WBI_BLOCK_CASE && liquid->schema == NULL;
  wb_status status = open_case ? WB_OK : tag_after_else(liquid, block, piece);
  if (status != WB_OK) return status;
  if (wbi_liquid_at(liquid, "if")) {
    return wbi_liquid_refuse_at(liquid, WB_E_SYNTAX, piece->open,
                                "Write elsif for another condition.");
  }
  block->otherwise = true;
  status = wbi_markup_branch(liquid, block);
  if (status != WB_OK) return status;
  switch (block->kind) {
  case WBI_BLOCK_CASE: status = wbi_case_else(liquid, block); break;
  case WBI_BLOCK_FOR: status = wbi_for_else(liquid, block); break;
  case WBI_BLOCK_IF:
  case WBI_BLOCK_UNLESS:
  default: status = tag_branch(liquid, block);
  }
  return status == WB_OK ? wbi_liquid_end(liquid) : status;
}

static wb_status tag_case(wbi_liquid *liquid, wbi_liquid_block *outer, const wbi_piece *piece) {
  (void)outer;
  return wbi_case_open(liquid, piece);
}

static wb_status tag_when(wbi_liquid *liquid, wbi_liquid_block *block, const wbi_piece *piece) {
  if (block->kind != WBI_BLOCK_CASE) {
    return wbi_liquid_refuse_at(liquid, WB_E_SYNTAX, piece->open, "A when belongs to a case.");
  }
  wb_status status = liquid->schema != NULL ? tag_after_else(liquid, block, piece) : WB_OK;
  if (status == WB_OK) status = wbi_markup_branch(liquid, block);
  return status == WB_OK ? wbi_case_when(liquid, block) : status;
}

static wb_status tag_for(wbi_liquid *liquid, wbi_liquid_block *outer, const wbi_piece *piece) {
  (void)outer;
  return wbi_for_open(liquid, piece);
}

/* `endif`, `endunless`, `endcase`, `endfor`: close a block. */
static wb_status tag_end(wbi_liquid *liquid, wbi_liquid_block *block, const wbi_piece *piece) {
  (void)piece;
  wb_status status = wbi_liquid_end(liquid);
  if (status == WB_OK && block->kind == WBI_BLOCK_CASE) status = wbi_case_close(liquid, block);
  if (status == WB_OK && block->kind == WBI_BLOCK_FOR) status = wbi_for_close(liquid, block);
  if (status != WB_OK) return status;
  wbi_liquid_land(liquid, &block->next);
  wbi_liquid_land(liquid, &block->end);
  return wbi_liquid_close(liquid);
}

static wb_status tag_assign(wbi_liquid *liquid, wbi_liquid_block *block, const wbi_piece *piece) {
  const wbi_token name = liquid->token;
  int32_t type = WB_UNKNOWN;
  uint32_t slot = 0;
  wb_status status = name.kind == WBI_TOKEN_WORD ? wbi_liquid_advance(liquid) : WB_OK;
  if (status != WB_OK) return status;
  if (name.kind != WBI_TOKEN_WORD || liquid->token.kind != '=') {
    return wbi_liquid_refuse_at(liquid, WB_E_SYNTAX, liquid->token.from,
                                "An assign is written so: assign name = value.");
  }
  status = wbi_liquid_advance(liquid);
  if (status == WB_OK) status = wbi_liquid_chain(liquid, false, &type);
  if (status == WB_OK) status = wbi_liquid_assigned(liquid, name.text, name.from, type, &slot);
  if (status != WB_OK) return status;
  wbi_instruction *instruction = wbi_liquid_emit(liquid, WBI_ASSIGN, piece->open);
  if (instruction == NULL) return WB_E_NOMEM;
  instruction->slot = slot;
  if (block != NULL) block->assigns = true;
  return WB_OK;
}

static wb_status tag_comment(wbi_liquid *liquid, wbi_liquid_block *block, const wbi_piece *piece) {
  (void)block;
  return wbi_scanner_comment(&liquid->scanner, piece->open, liquid->error);
}

static wb_status tag_raw(wbi_liquid *liquid, wbi_liquid_block *block, const wbi_piece *piece) {
  wbi_piece body;
  (void)block;
  wb_status status = wbi_liquid_end(liquid);
  if (status == WB_OK) {
    status = wbi_scanner_raw(&liquid->scanner, piece->open, &body, liquid->error);
  }
  if (status != WB_OK || body.to == body.from) return status;
  const wbi_text text = wbi_text_slice(liquid->source, body.from, body.to);
  if (liquid->schema != NULL && wbi_liquid_braces(text) != NULL) {
    return wbi_liquid_refuse_at(liquid, WB_E_INVALID, piece->open, wbi_liquid_braces(text));
  }
  wbi_liquid_says(liquid);
  return wbi_liquid_text(liquid, &body);
}

/* Who may stand where. */
enum { TAG_ANYWHERE, TAG_INSIDE, TAG_ENDS_IF, TAG_ENDS_UNLESS, TAG_ENDS_CASE, TAG_ENDS_FOR };

static const struct {
  const char *name;
  wb_status (*read)(wbi_liquid *liquid, wbi_liquid_block *block, const wbi_piece *piece);
  uint32_t where;
  wbi_mention mention; /* what a name in it is */
} tag_table[] = {
    {"if", tag_if, TAG_ANYWHERE, WBI_MENTION_CONDITION},
    {"unless", tag_unless, TAG_ANYWHERE, WBI_MENTION_CONDITION},
    {"elsif", tag_elsif, TAG_INSIDE, WBI_MENTION_BRANCH},
    {"else", tag_else, TAG_INSIDE, WBI_MENTION_ELSE},
    {"case", tag_case, TAG_ANYWHERE, WBI_MENTION_CASE},
    {"when", tag_when, TAG_INSIDE, WBI_MENTION_CASE},
    {"for", tag_for, TAG_ANYWHERE, WBI_MENTION_LOOP},
    {"assign", tag_assign, TAG_ANYWHERE, WBI_MENTION_ASSIGN},
    {"comment", tag_comment, TAG_ANYWHERE, WBI_MENTION_OUTPUT},
    {"raw", tag_raw, TAG_ANYWHERE, WBI_MENTION_OUTPUT},
    {"endif", tag_end, TAG_ENDS_IF, WBI_MENTION_OUTPUT},
    {"endunless", tag_end, TAG_ENDS_UNLESS, WBI_MENTION_OUTPUT},
    {"endcase", tag_end, TAG_ENDS_CASE, WBI_MENTION_OUTPUT},
    {"endfor", tag_end, TAG_ENDS_FOR, WBI_MENTION_OUTPUT},
};

/* Refuses a tag that stands where it has no meaning. */
static wb_status tag_place(const wbi_liquid *liquid, const wbi_piece *piece, uint32_t where,
                           wbi_text name) {
  const wbi_liquid_block *block = wbi_liquid_top(liquid);
  if (where == TAG_ANYWHERE) return WB_OK;
  if (block == NULL) {
    return wbi_liquid_refuse(liquid, WB_E_SYNTAX, piece->open, "No block is open before this '",
                             name, "'.");
  }
  if (where == TAG_INSIDE || where - TAG_ENDS_IF == (uint32_t)block->kind) return WB_OK;
  return wbi_liquid_refuse(liquid, WB_E_SYNTAX, piece->open, "The open block is '",
                           wbi_text_of(wbi_liquid_block_name(block)), "'; this does not end it.");
}

/* Refuses a tag that is none of the table. */
static wb_status tag_unknown(const wbi_liquid *liquid, const wbi_piece *piece) {
  const wbi_text name = liquid->token.text;
  if (liquid->token.kind != WBI_TOKEN_WORD) {
    return wbi_liquid_refuse_at(liquid, WB_E_SYNTAX, piece->open,
                                "The name of a tag is missing here, such as if or for.");
  }
  if (wbi_text_equal(name, WBI_TEXT("elseif")) || wbi_text_equal(name, WBI_TEXT("elif"))) {
    return wbi_liquid_refuse_at(liquid, WB_E_SYNTAX, piece->open,
                                "Write elsif for another condition.");
  }
  wbi_text names[WBI_COUNT(tag_table)];
  for (size_t i = 0; i < WBI_COUNT(tag_table); i++)
    names[i] = wbi_text_of(tag_table[i].name);
  const wbi_text near = wbi_text_nearest(name, names, WBI_COUNT(names));
  if (near.length > 0) {
    return wbi_liquid_refuse(liquid, WB_E_SYNTAX, piece->open,
                             "There is no tag of this name; did you mean \"", near, "\"?");
  }
  return wbi_liquid_refuse(liquid, WB_E_SYNTAX, piece->open, "The tag '", name,
                           "' is not part of this language.");
}

/* Where a line of a comment does not begin with #; its length: nowhere. */
static size_t tag_bare_line(wbi_text comment) {
  bool begins = true;
  for (size_t i = 0; i < comment.length; i++) {
    const char c = comment.data[i];
    const bool space = wbi_is_space(c);
    if (begins && !space && c != '#') return i;
    begins = c == '\n' || (begins && space);
  }
  return comment.length;
}

/* Whether the piece is a comment, `# …`, of which every line begins so. */
static bool tag_inline_comment(const wbi_liquid *liquid, const wbi_piece *piece,
                               wb_status *status) {
  const wbi_text inside = wbi_text_trim(wbi_text_slice(liquid->source, piece->from, piece->to));
  if (inside.length == 0 || inside.data[0] != '#') return false;
  const size_t bare = tag_bare_line(inside);
  if (bare == inside.length) return true;
  *status =
      wbi_liquid_refuse_at(liquid, WB_E_SYNTAX, (size_t)(inside.data - liquid->source.data) + bare,
                           "Each line of this comment begins with #.");
  return true;
}

wb_status wbi_liquid_tag(wbi_liquid *liquid, const wbi_piece *piece) {
  wb_status status = WB_OK;
  if (tag_inline_comment(liquid, piece, &status)) return status;
  status = wbi_liquid_advance(liquid);
  if (status != WB_OK) return status;
  const wbi_text name = liquid->token.text;
  for (size_t i = 0; i < WBI_COUNT(tag_table); i++) {
    if (!wbi_liquid_at(liquid, tag_table[i].name)) continue;
    status = tag_place(liquid, piece, tag_table[i].where, name);
    wbi_liquid_mention(liquid, tag_table[i].mention);
    if (status == WB_OK) status = wbi_liquid_advance(liquid);
    return status == WB_OK ? tag_table[i].read(liquid, wbi_liquid_top(liquid), piece) : status;
  }
  return tag_unknown(liquid, piece);
}

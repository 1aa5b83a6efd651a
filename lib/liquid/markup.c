/* SPDX-License-Identifier: MIT */
/*
 * HTML of a template while it is compiled: texts and values in source order, and the places where
 * branches part and come together. Of texts for other channels the links are
 * looked at.
 */
#include "liquid/liquid_private.h"

/* Text that is not HTML; what ends before the source does is followed by braces. */
static wb_status markup_plain(wbi_liquid *liquid, const wbi_piece *piece) {
  const wbi_text text = wbi_text_slice(liquid->source, piece->from, piece->to);
  const bool after = liquid->after_link;
  liquid->after_link = false;
  const wb_status status = after ? wbi_liquid_after_link(liquid, text, piece->from) : WB_OK;
  if (status != WB_OK) return status;
  return wbi_liquid_links(liquid, text, piece->from, piece->to < liquid->source.length);
}

wb_status wbi_markup_text(wbi_liquid *liquid, const wbi_piece *piece) {
  if (!liquid->html) return markup_plain(liquid, piece);
  return wbi_html_text(&liquid->place, liquid->policy, liquid->source, piece->from, piece->to,
                       liquid->error);
}

/* Whether an operand may be a whole link: a literal, or a field made for that. */
static bool markup_link(const wbi_liquid *liquid, const wbi_operand *operand) {
  if (operand->place == WBI_LITERAL) return true;
  return operand->place != WBI_NAME && wbi_liquid_is_link(liquid, operand);
}

wb_status wbi_markup_value(wbi_liquid *liquid, size_t open, size_t operands, uint8_t *escape) {
  wbi_escape found = WBI_ESCAPE_NONE;
  *escape = WBI_ESCAPE_NONE;
  if (!liquid->html) return WB_OK;
  const wb_status status =
      wbi_html_value(&liquid->place, liquid->source, open, &found, liquid->error);
  if (status != WB_OK) return status;
  *escape = (uint8_t)found;
  if (found != WBI_ESCAPE_LINK && found != WBI_ESCAPE_IMAGE) return WB_OK;
  for (size_t i = operands; liquid->schema != NULL && i < liquid->operands.count; i++) {
    if (markup_link(liquid, wbi_vector_at(&liquid->operands, i))) continue;
    return wbi_liquid_refuse_at(liquid, WB_E_POLICY, open,
                                "All of a link is a field of class link; or begin it with "
                                "https:// and a host.");
  }
  return WB_OK;
}

/* Lets the end of a branch come together with the ends before it. */
static wb_status markup_meet(wbi_liquid *liquid, wbi_liquid_block *block) {
  if (!block->parted) {
    block->parted = true;
    block->after = liquid->place;
    return WB_OK;
  }
  if (wbi_html_meet(&block->after, &liquid->place)) return WB_OK;
  return wbi_liquid_refuse(liquid, WB_E_SYNTAX, block->open, "The branches of this ",
                           wbi_text_of(wbi_liquid_block_name(block)),
                           " end in different places of the HTML.");
}

/* The body of a loop must end where it began, or its next turn would begin elsewhere. */
static wb_status markup_body(const wbi_liquid *liquid, const wbi_liquid_block *block) {
  if (block->kind != WBI_BLOCK_FOR || wbi_html_same(&block->before, &liquid->place)) return WB_OK;
  return wbi_liquid_refuse_at(liquid, WB_E_SYNTAX, block->open,
                              "What this for repeats must end in the place of the HTML where it "
                              "began.");
}

wb_status wbi_markup_branch(wbi_liquid *liquid, wbi_liquid_block *block) {
  const bool before_when = block->kind == WBI_BLOCK_CASE && !block->started;
  wb_status status = markup_body(liquid, block);
  if (status == WB_OK && !before_when) status = markup_meet(liquid, block);
  liquid->place = block->before;
  return status;
}

wb_status wbi_markup_close(wbi_liquid *liquid, wbi_liquid_block *block) {
  wb_status status = block->otherwise ? WB_OK : markup_body(liquid, block);
  if (status == WB_OK) status = markup_meet(liquid, block);
  liquid->place = block->before;
  if (status == WB_OK && !block->otherwise) status = markup_meet(liquid, block);
  if (block->says) liquid->place = block->after;
  return status;
}

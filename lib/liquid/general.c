/* SPDX-License-Identifier: MIT */
/*
 * `{{ field | general }}`: words of the policy in place of a field. Words that are the same
 * whatever the field holds are put into the template, and the field is not read; words that differ
 * by value are found while the template is rendered, and count as the class that the policy
 * declares.
 */
#include "liquid/liquid_private.h"

/* Whether the braces hold a name that goes through `general` first. */
bool wbi_liquid_generalises(const wbi_liquid *liquid) {
  wbi_token token = liquid->token;
  size_t at = liquid->at;
  if (liquid->schema == NULL || token.kind != WBI_TOKEN_WORD) return false;
  while (token.kind != '|' && token.kind != WBI_TOKEN_END) {
    if (wbi_token_next(liquid->source, &at, liquid->to, &token, NULL) != WB_OK) return false;
  }
  return token.kind == '|' &&
         wbi_token_next(liquid->source, &at, liquid->to, &token, NULL) == WB_OK &&
         token.kind == WBI_TOKEN_WORD && wbi_text_equal(token.text, WBI_TEXT("general"));
}

/* Reads `| general`, and the language that may be named after it. */
static wb_status general_read(wbi_liquid *liquid, wbi_text *language) {
  (void)wbi_liquid_advance(liquid); /* it was read before */
  wb_status status = wbi_liquid_advance(liquid);
  if (status != WB_OK || liquid->token.kind != ':') return status;
  status = wbi_liquid_advance(liquid);
  if (status != WB_OK) return status;
  *language = liquid->token.text;
  if (liquid->token.kind == WBI_TOKEN_TEXT) return wbi_liquid_advance(liquid);
  return wbi_liquid_refuse_at(liquid, WB_E_SYNTAX, liquid->token.from,
                              "After general: stands a language in quotes.");
}

/* Finds the words for a field. */
static wb_status general_find(const wbi_liquid *liquid, const wbi_operand *operand,
                              wbi_text language, const wbi_general **general) {
  if (operand->field == WBI_NO_FIELD) {
    return wbi_liquid_refuse_at(liquid, WB_E_TYPE, operand->offset,
                                "Only a field goes through general.");
  }
  *general = wbi_policy_general(liquid->policy, operand->field, language);
  if (*general != NULL) return WB_OK;
  return wbi_liquid_refuse(liquid, WB_E_NAME, operand->offset, "The policy has no words in '",
                           language, "' for this field.");
}

/* Words that differ by value tell what they are declared to be: that must be open to the channel.
 */
static wb_status general_may_say(const wbi_liquid *liquid, const wbi_operand *operand,
                                 const wbi_general *general) {
  if (WBI_NEVER(general == NULL) || general->values == NULL) return WB_OK;
  if ((liquid->read[liquid->mention] >> general->gives & 1) != 0) return WB_OK;
  wbi_liquid_refuse_channel(liquid, operand->offset, " may not say what is ",
                            wbi_text_of(wbi_class_name(general->gives)),
                            ", as these words are declared to be.");
  wbi_error_path(liquid->error, operand->name);
  return WB_E_POLICY;
}

wb_status wbi_liquid_general(wbi_liquid *liquid, wbi_operand *operand) {
  const wbi_general *general = NULL;
  wbi_text language = wbi_text_of(liquid->language);
  liquid->generalises = true;
  wb_status status = wbi_liquid_operand(liquid, operand);
  liquid->generalises = false;
  if (status == WB_OK) status = general_read(liquid, &language);
  if (status == WB_OK) status = general_find(liquid, operand, language, &general);
  wbi_liquid_mention(liquid, WBI_MENTION_GENERAL);
  if (status == WB_OK) status = general_may_say(liquid, operand, general);
  if (status != WB_OK) return status;
  wbi_instruction *instruction = wbi_liquid_emit(liquid, WBI_GENERAL, operand->offset);
  if (instruction == NULL) return WB_E_NOMEM;
  instruction->general = general;
  operand->type = WB_TEXT;
  if (general->values == NULL) return WB_OK;
  liquid->classes |= 1u << general->gives;
  status = wbi_liquid_note(liquid, operand->field);
  return status == WB_OK ? wbi_liquid_give(liquid, operand) : status;
}

/* A value as policies write it. */
static wbi_text general_text(const wb_value *value, wbi_writer *writer) {
  if (value->kind == WB_TEXT) return (wbi_text){value->data, value->length};
  if (value->kind == WB_BOOL) return value->integer != 0 ? WBI_TEXT("true") : WBI_TEXT("false");
  if (value->kind == WB_INT) wbi_put_int(writer, value->integer);
  return (wbi_text){writer->data, writer->length};
}

wb_status wbi_render_general(wbi_render *render, const wbi_instruction *instruction) {
  const wbi_general *general = instruction->general;
  char digits[24];
  wbi_writer writer = {digits, sizeof digits, 0};
  wb_value value = {.size = sizeof value};
  wbi_text says = general->otherwise;
  if (instruction->count > 0) {
    const wbi_operand *operand = &render->compiled->operands[instruction->operands];
    const wb_status status = wbi_render_load(render, operand, &value);
    if (status != WB_OK) return status;
    says = wbi_general_say(general, general_text(&value, &writer));
  }
  render->room.used = render->kept;
  render->value = wbi_value_text(says);
  render->first = render->missing = (wbi_text){NULL, 0};
  render->stepped_in = true;
  return WB_OK;
}

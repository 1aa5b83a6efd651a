/* SPDX-License-Identifier: MIT */
/* Templates: from source to instructions, and the life of what comes out. */
#include "liquid/liquid_private.h"

wb_status wbi_liquid_refuse(const wbi_liquid *liquid, wb_status status, size_t offset,
                            const char *before, wbi_text name, const char *after) {
  wbi_fail_name(liquid->error, status, before, name, after);
  wbi_error_place(liquid->error, liquid->source, offset);
  return status;
}

wbi_instruction *wbi_liquid_emit(wbi_liquid *liquid, wbi_operation operation) {
  wbi_instruction *instruction = wbi_vector_push(&liquid->code);
  if (instruction == NULL) {
    wbi_fail(liquid->error, WB_E_NOMEM, "There is no memory for a template.");
    return NULL;
  }
  instruction->operation = operation;
  return instruction;
}

/* Text outside braces. */
static wb_status template_text(wbi_liquid *liquid, wbi_text text) {
  if (text.length == 0) return WB_OK;
  if (wbi_text_trim(text).length > 0) wbi_liquid_says(liquid);
  wbi_instruction *instruction = wbi_liquid_emit(liquid, WBI_WRITE);
  if (instruction == NULL) return WB_E_NOMEM;
  instruction->left.literal.data = text.data;
  instruction->left.literal.length = (uint32_t)text.length;
  instruction->characters = (uint32_t)wbi_utf8_count(text);
  return WB_OK;
}

/* Compiles one piece. */
static wb_status template_piece(wbi_liquid *liquid, const wbi_piece *piece) {
  liquid->at = piece->from;
  liquid->to = piece->to;
  switch (piece->kind) {
  case WBI_PIECE_TEXT:
    return template_text(liquid, wbi_text_slice(liquid->source, piece->from, piece->to));
  case WBI_PIECE_OUTPUT: wbi_liquid_says(liquid); return wbi_liquid_output(liquid);
  case WBI_PIECE_TAG: return wbi_liquid_tag(liquid, piece);
  case WBI_PIECE_END:
  default: return wbi_liquid_finish(liquid);
  }
}

/* Compiles the whole source. */
static wb_status template_pieces(wbi_liquid *liquid) {
  wbi_scanner scanner = {liquid->source, 0, false};
  wbi_piece piece;
  wb_status status = WB_OK;
  do {
    status = wbi_scanner_next(&scanner, &piece, liquid->error);
    if (status == WB_OK) status = template_piece(liquid, &piece);
  } while (status == WB_OK && piece.kind != WBI_PIECE_END);
  return status;
}

/* Copies the items of a vector to an arena. */
static const void *template_keep(wbi_arena *arena, const wbi_vector *vector) {
  void *kept = wbi_arena_array(arena, vector->count, vector->item_size);
  if (kept != NULL && vector->count > 0) {
    memcpy(kept, vector->data, vector->count * vector->item_size);
  }
  return kept;
}

/* Keeps what was compiled. */
static wb_status template_seal(wb_template *made, const wbi_liquid *liquid) {
  made->code = template_keep(&made->arena, &liquid->code);
  made->fields = template_keep(&made->arena, &liquid->fields);
  if (made->code == NULL || made->fields == NULL) {
    return wbi_fail(liquid->error, WB_E_NOMEM, "There is no memory for a template.");
  }
  made->code_count = (uint32_t)liquid->code.count;
  made->fields_count = (uint32_t)liquid->fields.count;
  return WB_OK;
}

/* Compiles a source into a template whose other members are set. */
static wb_status template_compile(wb_template *made, wbi_text text, wb_error *error) {
  wb_context *context = made->arena.context;
  wbi_liquid liquid = {.schema = made->schema, .channel = made->channel, .error = error};
  const char *copy = wbi_arena_copy(&made->arena, text);
  if (copy == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for a template.");
  liquid.source = (wbi_text){copy, text.length};
  wbi_vector_init(&liquid.code, context, sizeof(wbi_instruction), 0);
  wbi_vector_init(&liquid.fields, context, sizeof(uint32_t), 0);
  wbi_vector_init(&liquid.blocks, context, sizeof(wbi_liquid_block), wbi_context_depth(context));
  wb_status status = template_pieces(&liquid);
  if (status == WB_OK) status = template_seal(made, &liquid);
  wbi_vector_free(&liquid.code);
  wbi_vector_free(&liquid.fields);
  wbi_vector_free(&liquid.blocks);
  return status;
}

/* Frees a template and what it holds. */
static void template_free(wb_template *compiled) {
  wb_schema_unref(compiled->schema);
  wb_policy_unref(compiled->policy);
  wbi_arena_free(&compiled->arena);
}

/* An empty template in its own arena; NULL: no memory. */
static wb_template *template_make(wb_context *context, wb_schema *schema, wb_policy *policy,
                                  const wbi_channel *channel) {
  wbi_arena arena;
  wbi_arena_init(&arena, context, 0);
  wb_template *made = wbi_arena_alloc(&arena, sizeof *made);
  if (made == NULL) {
    wbi_arena_free(&arena);
    return NULL;
  }
  wbi_refs_init(&made->refs);
  made->arena = arena;
  made->schema = wb_schema_ref(schema);
  made->policy = wb_policy_ref(policy);
  made->channel = channel;
  return made;
}

/* Checks what comes before the text is read. */
static wb_status template_check(const wb_schema *schema, const wb_policy *policy,
                                const wbi_channel *channel, wbi_text text, wb_error *error) {
  if (wbi_policy_schema(policy) != schema) {
    return wbi_fail(error, WB_E_INVALID, "The policy was made for another schema.");
  }
  if (channel == NULL) {
    return wbi_fail(error, WB_E_NAME,
                    "There is no channel of this name; there are sms, email.subject, email.text "
                    "and call.");
  }
  if (text.length > WBI_LIQUID_LENGTH) {
    return wbi_fail(error, WB_E_LIMIT, "The text is longer than 256 KiB.");
  }
  return wbi_screen_source(text, channel, error);
}

wb_status WB_CALL wb_template_new(wb_context *context, wb_schema *schema, wb_policy *policy,
                                  const char *channel, const char *text, size_t length,
                                  wb_template **compiled, wb_error *error) {
  if (schema == NULL || policy == NULL || channel == NULL || (text == NULL && length > 0) ||
      compiled == NULL) {
    return wbi_fail(error, WB_E_INVALID,
                    "The schema, policy, channel, text or place for the template is missing.");
  }
  const wbi_text source = {text, length};
  const wbi_channel *found = wbi_policy_channel(policy, wbi_text_of(channel));
  wb_status status = template_check(schema, policy, found, source, error);
  if (status != WB_OK) return status;
  wb_template *made = template_make(context, schema, policy, found);
  if (made == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for a template.");
  status = template_compile(made, source, error);
  if (status == WB_OK) {
    *compiled = made;
  } else {
    template_free(made);
  }
  return status;
}

wb_template *WB_CALL wb_template_ref(wb_template *compiled) {
  if (compiled != NULL) wbi_refs_take(&compiled->refs);
  return compiled;
}

void WB_CALL wb_template_unref(wb_template *compiled) {
  if (compiled != NULL && wbi_refs_drop(&compiled->refs)) template_free(compiled);
}

const wb_schema *wbi_template_schema(const wb_template *compiled) {
  return compiled->schema;
}

wb_status WB_CALL wb_template_get(const wb_template *compiled, uint32_t index, uint32_t *field) {
  if (compiled == NULL || field == NULL) return WB_E_INVALID;
  if (index >= compiled->fields_count) return WB_E_NAME;
  *field = compiled->fields[index];
  return WB_OK;
}

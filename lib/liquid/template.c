/* SPDX-License-Identifier: MIT */
/* Templates: from source to instructions, and the life of what comes out. */
#include "liquid/liquid_private.h"

enum {
  TEMPLATE_ROOM_LEAST = 4096, /* bytes for the texts that filters make */
  TEMPLATE_ROOM_MOST = 262144
};

wb_status wbi_liquid_refuse(const wbi_liquid *liquid, wb_status status, size_t offset,
                            const char *before, wbi_text name, const char *after) {
  wbi_fail_name(liquid->error, status, before, name, after);
  wbi_error_place(liquid->error, liquid->source, offset);
  return status;
}

wb_status wbi_liquid_refuse_at(const wbi_liquid *liquid, wb_status status, size_t offset,
                               const char *message) {
  return wbi_fail_at(liquid->error, status, liquid->source, offset, message);
}

wb_status wbi_liquid_refuse_channel(const wbi_liquid *liquid, size_t offset, const char *may_not,
                                    wbi_text name, const char *after) {
  char room[WBI_PIECE_ROOM];
  return wbi_liquid_refuse(liquid, WB_E_POLICY, offset,
                           wbi_liquid_join(room, liquid->channel->called, may_not, ""), name,
                           after);
}

const char *wbi_liquid_join(char room[WBI_PIECE_ROOM], const char *a, const char *b,
                            const char *c) {
  wbi_writer writer = {room, WBI_PIECE_ROOM - 1, 0};
  wbi_put_text(&writer, wbi_text_of(a));
  wbi_put_text(&writer, wbi_text_of(b));
  wbi_put_text(&writer, wbi_text_of(c));
  room[writer.length < writer.capacity ? writer.length : writer.capacity] = '\0';
  return room;
}

wb_status wbi_liquid_no_memory(const wbi_liquid *liquid) {
  return wbi_fail(liquid->error, WB_E_NOMEM, "There is no memory for a template.");
}

/* ---- code --------------------------------------------------------------------------------- */

wbi_instruction *wbi_liquid_emit(wbi_liquid *liquid, wbi_operation operation, size_t offset) {
  const wbi_liquid_block *block = wbi_liquid_top(liquid);
  wbi_instruction *instruction = wbi_vector_push(&liquid->code);
  if (instruction == NULL) {
    wbi_liquid_no_memory(liquid);
    return NULL;
  }
  instruction->operation = (uint8_t)operation;
  instruction->operands = (uint32_t)liquid->operands.count;
  instruction->offset = (uint32_t)offset;
  instruction->times = block != NULL ? block->turns : 1;
  return instruction;
}

wb_status wbi_liquid_give(wbi_liquid *liquid, const wbi_operand *operand) {
  wbi_instruction *instruction = wbi_vector_at(&liquid->code, liquid->code.count - 1);
  wbi_operand *given = wbi_vector_push(&liquid->operands);
  if (given == NULL) return wbi_liquid_no_memory(liquid);
  *given = *operand;
  instruction->count++;
  return WB_OK;
}

/* Makes the text of an SMS plain, and counts it. */
static wb_status template_plain(wbi_liquid *liquid, wbi_instruction *instruction) {
  const wbi_text text = {instruction->text, instruction->length};
  const uint32_t before = liquid->change.changed;
  char *plain = wbi_arena_alloc(liquid->arena, text.length);
  wbi_sms_count *count = wbi_vector_push(&liquid->counts);
  if (plain == NULL || count == NULL) return wbi_liquid_no_memory(liquid);
  wbi_writer writer = {plain, text.length, 0};
  wbi_sms_plain(&writer, text, &liquid->change);
  if (before == 0 && liquid->change.changed > 0)
    liquid->replaced_at = instruction->offset + (uint32_t)liquid->change.first;
  instruction->text = plain;
  instruction->length = (uint32_t)writer.length;
  instruction->counted = (uint32_t)liquid->counts.count - 1;
  (void)wbi_sms_add(count, (wbi_text){plain, writer.length});
  return WB_OK;
}

wb_status wbi_liquid_text(wbi_liquid *liquid, const wbi_piece *piece) {
  const wbi_text text = wbi_text_slice(liquid->source, piece->from, piece->to);
  if (text.length == 0) return WB_OK;
  const wb_status status = wbi_markup_text(liquid, piece);
  if (status != WB_OK) return status;
  wbi_instruction *instruction = wbi_liquid_emit(liquid, WBI_WRITE, piece->from);
  if (instruction == NULL) return WB_E_NOMEM;
  instruction->text = text.data;
  instruction->length = instruction->source = (uint32_t)text.length;
  instruction->characters = (uint32_t)wbi_utf8_count(text);
  const bool sms = liquid->channel != NULL && liquid->channel->max_segments > 0;
  return sms ? template_plain(liquid, instruction) : WB_OK;
}

/* Notes whether the text goes on in a link that a value began. */
static void template_value(wbi_liquid *liquid) {
  liquid->change.link = liquid->after_link = liquid->link;
}

/* ---- source ------------------------------------------------------------------------------- */

/* Compiles one piece. */
static wb_status template_piece(wbi_liquid *liquid, const wbi_piece *piece) {
  liquid->at = piece->from;
  liquid->to = piece->to;
  const wbi_text text = wbi_text_slice(liquid->source, piece->from, piece->to);
  wb_status status;
  switch (piece->kind) {
  case WBI_PIECE_TEXT:
    if (wbi_text_trim(text).length > 0) wbi_liquid_says(liquid);
    return wbi_liquid_text(liquid, piece);
  case WBI_PIECE_OUTPUT:
    wbi_liquid_says(liquid);
    wbi_liquid_mention(liquid, WBI_MENTION_OUTPUT);
    status = wbi_liquid_output(liquid, piece->open);
    if (status == WB_OK) template_value(liquid);
    return status;
  case WBI_PIECE_TAG: return wbi_liquid_tag(liquid, piece);
  case WBI_PIECE_END:
  default: return wbi_liquid_finish(liquid);
  }
}

/* Compiles the whole source. */
static wb_status template_pieces(wbi_liquid *liquid) {
  wbi_piece piece;
  wb_status status = WB_OK;
  do {
    status = wbi_scanner_next(&liquid->scanner, &piece, liquid->error);
    if (status == WB_OK) status = template_piece(liquid, &piece);
  } while (status == WB_OK && piece.kind != WBI_PIECE_END);
  return status;
}

/* ---- keeping ------------------------------------------------------------------------------ */

/* Copies the items of a vector to an arena. */
static const void *template_keep(wbi_arena *arena, const wbi_vector *vector) {
  void *kept = wbi_arena_array(arena, vector->count, vector->item_size);
  if (kept != NULL && vector->count > 0) {
    memcpy(kept, vector->data, vector->count * vector->item_size);
  }
  return kept;
}

/* Keeps the names, by slot. */
static const wbi_text *template_keep_names(wbi_arena *arena, const wbi_vector *names) {
  wbi_text *kept = wbi_arena_array(arena, names->count, sizeof *kept);
  for (size_t i = 0; kept != NULL && i < names->count; i++)
    kept[i] = ((const wbi_local *)wbi_vector_at(names, i))->name;
  return kept;
}

/* How much room the filters have. */
static size_t template_room(const wb_template *made) {
  size_t room = TEMPLATE_ROOM_LEAST;
  if (made->schema == NULL) return 0;
  room += (size_t)2 * made->channel->max_bytes;
  return room < TEMPLATE_ROOM_MOST ? room : TEMPLATE_ROOM_MOST;
}

/* Keeps what was compiled. */
static wb_status template_seal(wb_template *made, const wbi_liquid *liquid) {
  made->code = template_keep(&made->arena, &liquid->code);
  made->operands = template_keep(&made->arena, &liquid->operands);
  made->steps = template_keep(&made->arena, &liquid->steps);
  made->fields = template_keep(&made->arena, &liquid->fields);
  made->names = template_keep_names(&made->arena, &liquid->names);
  made->counts = template_keep(&made->arena, &liquid->counts);
  if (made->code == NULL || made->counts == NULL || made->operands == NULL || made->steps == NULL ||
      made->fields == NULL || made->names == NULL) {
    return wbi_liquid_no_memory(liquid);
  }
  made->code_count = (uint32_t)liquid->code.count;
  made->fields_count = (uint32_t)liquid->fields.count;
  made->names_count = (uint32_t)liquid->names.count;
  made->frames_count = liquid->frames_most;
  made->zone = liquid->zone;
  made->replaced = liquid->change.changed;
  made->replaced_at = liquid->replaced_at;
  made->source = liquid->source;
  made->room = template_room(made);
  return made->schema != NULL ? wbi_extent_find(made, liquid->error) : WB_OK;
}

/* ---- compiling ---------------------------------------------------------------------------- */

/* The vectors of a compilation. */
static void template_begin(wbi_liquid *liquid, wb_context *context) {
  const size_t depth = wbi_context_depth(context);
  wbi_vector_init(&liquid->code, context, sizeof(wbi_instruction), 0);
  wbi_vector_init(&liquid->operands, context, sizeof(wbi_operand), 0);
  wbi_vector_init(&liquid->steps, context, sizeof(wbi_path_step), 0);
  wbi_vector_init(&liquid->fields, context, sizeof(uint32_t), 0);
  wbi_vector_init(&liquid->names, context, sizeof(wbi_local), WBI_NAMES_MOST);
  wbi_vector_init(&liquid->blocks, context, sizeof(wbi_liquid_block), depth);
  wbi_vector_init(&liquid->scopes, context, sizeof(wbi_scope), depth);
  wbi_vector_init(&liquid->counts, context, sizeof(wbi_sms_count), 0);
}

static void template_end(wbi_liquid *liquid) {
  wbi_vector_free(&liquid->code);
  wbi_vector_free(&liquid->operands);
  wbi_vector_free(&liquid->steps);
  wbi_vector_free(&liquid->fields);
  wbi_vector_free(&liquid->names);
  wbi_vector_free(&liquid->blocks);
  wbi_vector_free(&liquid->scopes);
  wbi_vector_free(&liquid->counts);
}

/* Sets what may be mentioned, by place. */
static void template_may_read(wbi_liquid *liquid, const wb_template *made, uint32_t blind) {
  if (made->schema == NULL) return;
  for (uint32_t i = 0; i < WBI_MENTIONS; i++)
    liquid->read[i] =
        (blind >> i & 1) != 0 ? UINT32_MAX : wbi_channel_read(made->channel, made->register_);
}

/* Classes that may not be read together are not. */
static wb_status template_check_never(const wb_template *made, const wbi_liquid *liquid) {
  const uint32_t never =
      made->schema != NULL ? wbi_channel_never(made->channel, liquid->classes) : 0;
  if (never == 0) return WB_OK;
  char names[96];
  wbi_writer writer = {names, sizeof names, 0};
  for (int32_t i = 0; i < WB_CLASS_SEALED; i++) {
    if ((never >> i & 1) == 0) continue;
    if (writer.length > 0) wbi_put_text(&writer, WBI_TEXT(" and "));
    wbi_put_text(&writer, wbi_text_of(wbi_class_name(i)));
  }
  const size_t length = writer.length < sizeof names ? writer.length : sizeof names;
  return wbi_liquid_refuse_channel(liquid, 0, " may not read ", (wbi_text){names, length},
                                   " in one text.");
}

/* Finds what the text depends on. */
static wb_status template_flow(wb_template *made, const wbi_liquid *liquid) {
  if (made->schema == NULL) return WB_OK;
  const wb_status status = wbi_flow_label(made, &made->label);
  return status == WB_OK ? status : wbi_liquid_no_memory(liquid);
}

/* Compiles a source into a template whose other members are set. */
static wb_status template_compile(wb_template *made, wbi_text text, uint32_t blind,
                                  wb_error *error) {
  wbi_liquid liquid = {.schema = made->schema,
                       .channel = made->channel,
                       .policy = made->policy,
                       .language = made->language,
                       .error = error,
                       .arena = &made->arena,
                       .zone = WBI_NO_FIELD,
                       .html = made->html};
  const char *copy = wbi_arena_copy(&made->arena, text);
  if (copy == NULL) return wbi_liquid_no_memory(&liquid);
  liquid.source = (wbi_text){copy, text.length};
  liquid.scanner = (wbi_scanner){.source = liquid.source, .lenient = made->schema == NULL};
  template_may_read(&liquid, made, blind);
  template_begin(&liquid, made->arena.context);
  wb_status status = template_pieces(&liquid);
  if (status == WB_OK && blind == 0) status = template_check_never(made, &liquid);
  if (status == WB_OK) status = template_seal(made, &liquid);
  if (status == WB_OK) status = template_flow(made, &liquid);
  template_end(&liquid);
  return status;
}

/* Frees a template and what it holds. */
static void template_free(wb_template *compiled) {
  wb_schema_unref(compiled->schema);
  wb_policy_unref(compiled->policy);
  wbi_arena_free(&compiled->arena);
}

/* An empty template in its own arena; NULL: no memory. */
static wb_template *template_make(wb_context *context) {
  wbi_arena arena;
  wbi_arena_init(&arena, context, 0);
  wb_template *made = wbi_arena_alloc(&arena, sizeof *made);
  if (made == NULL) {
    wbi_arena_free(&arena);
    return NULL;
  }
  wbi_refs_init(&made->refs);
  made->arena = arena;
  return made;
}

/* Compiles into a template that is made; gives it away or frees it. */
static wb_status template_finish(wb_template *made, wbi_text source, uint32_t blind,
                                 wb_template **compiled, wb_error *error) {
  const wb_status status = template_compile(made, source, blind, error);
  if (status == WB_OK) {
    *compiled = made;
  } else {
    template_free(made);
  }
  return status;
}

/* ---- the public face ---------------------------------------------------------------------- */

/* Checks the options. */
static wb_status template_check_options(const wb_template_options *options, wb_error *error) {
  const char *language = options->language;
  if (options->channel == NULL) {
    return wbi_fail(error, WB_E_INVALID, "The options name no channel.");
  }
  if (language != NULL && strcmp(language, "en") != 0 && strcmp(language, "es") != 0) {
    return wbi_fail(error, WB_E_NAME, "There is no language of this name; there are en and es.");
  }
  if (options->register_ < WB_REGISTER_GENERAL || options->register_ > WB_REGISTER_DETAIL) {
    return wbi_fail(error, WB_E_INVALID, "There is no such register.");
  }
  if (options->recipient < WB_RECIPIENT_PATIENT || options->recipient > WB_RECIPIENT_HOUSEHOLD) {
    return wbi_fail(error, WB_E_INVALID, "There is no such recipient.");
  }
  return WB_OK;
}

/* Checks what comes before the text is read. */
static wb_status template_check(const wb_schema *schema, const wb_policy *policy,
                                const wbi_channel *channel, wbi_text text, wb_error *error) {
  if (wbi_policy_schema(policy) != schema) {
    return wbi_fail(error, WB_E_INVALID, "The policy was made for another schema.");
  }
  if (channel == NULL) {
    return wbi_fail(error, WB_E_NAME,
                    "No such channel; there are sms, email.subject, email.preheader, email.text, "
                    "email.html, postcard, letter, call, voicemail, page.public and page.secure.");
  }
  if (text.length > WBI_LIQUID_LENGTH) {
    return wbi_fail(error, WB_E_LIMIT, "The text is longer than 256 KiB.");
  }
  return wbi_screen_source(text, channel, error);
}

/* Makes an empty template with these options and compiles into it. */
static wb_status template_new(wb_context *context, wb_schema *schema, wb_policy *policy,
                              const wb_template_options *options, wbi_text source, uint32_t blind,
                              wb_template **compiled, wb_error *error) {
  const wbi_channel *channel =
      wbi_policy_recipient(policy, wbi_text_of(options->channel), options->recipient);
  const wb_status status = template_check(schema, policy, channel, source, error);
  if (status != WB_OK) return status;
  wb_template *made = template_make(context);
  if (made == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for a template.");
  made->schema = wb_schema_ref(schema);
  made->policy = wb_policy_ref(policy);
  made->channel = channel;
  made->html = channel->html;
  made->language = options->language != NULL && strcmp(options->language, "es") == 0 ? "es" : "en";
  made->recipient = options->recipient;
  made->register_ = options->register_;
  return template_finish(made, source, blind, compiled, error);
}

/* As template_new; without a policy the template has the built-in one to itself. */
static wb_status template_new_any(wb_context *context, wb_schema *schema, wb_policy *policy,
                                  const wb_template_options *options, wbi_text source,
                                  uint32_t blind, wb_template **compiled, wb_error *error) {
  if (policy != NULL)
    return template_new(context, schema, policy, options, source, blind, compiled, error);
  wb_status status = wb_policy_new(context, schema, NULL, 0, &policy, error);
  if (status != WB_OK) return status;
  status = template_new(context, schema, policy, options, source, blind, compiled, error);
  wb_policy_unref(policy);
  return status;
}

wb_status wbi_template_new_blind(wb_context *context, wb_schema *schema, wb_policy *policy,
                                 const wb_template_options *options, wbi_text text, uint32_t blind,
                                 wb_template **compiled, wb_error *error) {
  wb_template_options known;
  if (schema == NULL || options == NULL || (text.data == NULL && text.length > 0) ||
      compiled == NULL) {
    return wbi_fail(error, WB_E_INVALID,
                    "The schema, options, text or place for the template is missing.");
  }
  wb_status status = wbi_struct_read(options, sizeof known, &known, sizeof known, 0, error);
  if (status == WB_OK) status = template_check_options(&known, error);
  if (status != WB_OK) return status;
  return template_new_any(context, schema, policy, &known, text, blind, compiled, error);
}

wb_status WB_CALL wb_template_new(wb_context *context, wb_schema *schema, wb_policy *policy,
                                  const wb_template_options *options, const char *text,
                                  size_t length, wb_template **compiled, wb_error *error) {
  return wbi_template_new_blind(context, schema, policy, options, (wbi_text){text, length}, 0,
                                compiled, error);
}

wb_status wbi_template_open(wb_context *context, wbi_text text, bool html, wb_template **compiled,
                            wb_error *error) {
  if (text.length > WBI_LIQUID_LENGTH) {
    return wbi_fail_at(error, WB_E_LIMIT, text, 0, "The text is longer than 256 KiB.");
  }
  wb_template *made = template_make(context);
  if (made == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for a template.");
  made->language = "en";
  made->html = html;
  return template_finish(made, text, 0, compiled, error);
}

wb_template *WB_CALL wb_template_ref(wb_template *compiled) {
  if (compiled != NULL) wbi_refs_take(&compiled->refs);
  return compiled;
}

void WB_CALL wb_template_unref(wb_template *compiled) {
  if (compiled != NULL && wbi_refs_drop(&compiled->refs)) template_free(compiled);
}

uint32_t wbi_template_label(const wb_template *compiled) {
  return compiled->label;
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

wb_status WB_CALL wb_template_measure(const wb_template *compiled, wb_template_info *info) {
  wb_template_info known = {.size = sizeof known};
  if (compiled == NULL || info == NULL) return WB_E_INVALID;
  for (uint32_t i = 0; i < compiled->fields_count; i++)
    known.classes |= 1u << wbi_schema_field(compiled->schema, compiled->fields[i])->class_;
  known.segments_most = compiled->segments_most;
  known.segments_least = compiled->segments_least;
  known.replaced = compiled->replaced;
  known.message_class = wbi_template_class(compiled, NULL);
  if (known.replaced > 0) {
    wbi_text_position(compiled->source, compiled->replaced_at, &known.line, &known.column);
  }
  return wbi_struct_write(info, sizeof known, &known, sizeof known);
}

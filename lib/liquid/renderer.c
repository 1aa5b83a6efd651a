/* SPDX-License-Identifier: MIT */
/* Runs the instructions of a template. Only loops go back, and their turns are counted. */
#include "liquid/bytes.h"
#include "liquid/liquid_private.h"

wb_status wbi_render_fail(const wbi_render *render, wb_status status, size_t offset,
                          const char *message) {
  return wbi_fail_at(render->error, status, render->compiled->source, offset, message);
}

/* ---- writing ------------------------------------------------------------------------------ */

/* Writes text within the channel's limit. */
static wb_status render_write(wbi_render *render, wbi_text text, size_t characters) {
  wbi_writer *writer = render->writer;
  render->characters += characters;
  if (text.length > render->most - (writer->length - render->begin) ||
      (render->most_characters > 0 && render->characters > render->most_characters)) {
    return wbi_fail(render->error, WB_E_LIMIT, "The text is longer than its channel allows.");
  }
  const size_t length = writer->length;
  writer->length += text.length;
  if (text.length == 0 || writer->length > writer->capacity) return WB_OK; /* only measured */
  memcpy(writer->data + length, text.data, text.length);
  return WB_OK;
}

/* Whether it is an SMS, whose segments count. */
static bool render_counts(const wbi_render *render) {
  const wbi_channel *channel = render->compiled->channel;
  return channel != NULL && channel->max_segments > 0;
}

/* Writes text of the template. */
static wb_status render_write_text(wbi_render *render, const wbi_instruction *instruction) {
  if (render_counts(render))
    wbi_sms_add_count(&render->count, &render->compiled->counts[instruction->counted], 1);
  return render_write(render, (wbi_text){instruction->text, instruction->length},
                      instruction->characters);
}

/* Writes a text of a value into HTML. */
static wb_status render_escape(wbi_render *render, wbi_escape escape, const wb_value *value) {
  const bool escaped = (value->flags & WBI_VALUE_ESCAPED) != 0;
  const char *reason = wbi_escape_put(render->writer, escape, render->compiled->policy,
                                      (wbi_text){value->data, value->length}, escaped);
  if (reason != NULL) return wbi_fail_path(render->error, WB_E_POLICY, render->first, reason);
  if (render->writer->length - render->begin <= render->most) return WB_OK;
  return wbi_fail(render->error, WB_E_LIMIT, "The text is longer than its channel allows.");
}

bool wbi_render_lacks_bytes(const wbi_render *render, wbi_text text, uint32_t kinds) {
  const wbi_screened *seen = &render->screened;
  return seen->text.data == text.data && seen->text.length == text.length &&
         (seen->kinds & (kinds | WBI_BYTE_CLOSER)) == 0;
}

/* Whether a text of a value is written as it stands, by what was seen of it. */
static bool render_is_plain(const wbi_render *render, wbi_escape escape, wbi_text text) {
  switch (escape) {
  case WBI_ESCAPE_NONE: return wbi_render_lacks_bytes(render, text, WBI_BYTE_SMS);
  case WBI_ESCAPE_TEXT: return wbi_render_lacks_bytes(render, text, WBI_BYTE_MARKUP);
  case WBI_ESCAPE_LINK:
  case WBI_ESCAPE_IMAGE:
    return render->screened.link && wbi_render_lacks_bytes(render, text, WBI_BYTE_ENCODE);
  case WBI_ESCAPE_PATH:
  case WBI_ESCAPE_PART:
  case WBI_ESCAPE_ADDRESS:
  default: return false;
  }
}

/* Writes a text of a value. */
static wb_status render_write_value(wbi_render *render, wbi_escape escape, const wb_value *value) {
  const wbi_text text = {value->data, value->length};
  if (render_is_plain(render, escape, text)) {
    render->count.septets += text.length;
    render->count.units += text.length;
    return render_write(render, text, text.length);
  }
  if (escape != WBI_ESCAPE_NONE) return render_escape(render, escape, value);
  if (render_counts(render)) {
    if (WBI_NEVER(!wbi_sms_add(&render->count, text)))
      return wbi_fail(render->error, WB_E_POLICY, "A value is not UTF-8.");
  }
  return render_write(render, text, render->most_characters > 0 ? wbi_utf8_count(text) : 0);
}

/* Writes what is no text: in the room, which is given back. */
static wb_status render_write_made(wbi_render *render, wbi_escape escape, const wb_value *value) {
  const size_t used = render->room.used;
  wbi_writer writer = wbi_room_begin(&render->room);
  wb_value made;
  wb_status status = wbi_value_join(&render->filtering, &writer, value, WBI_TEXT(""));
  if (WBI_ALWAYS(status == WB_OK)) status = wbi_room_finish(&render->room, &writer, &made);
  if (status == WB_OK) status = render_write_value(render, escape, &made);
  render->room.used = used;
  return status;
}

/* Writes a value. */
static wb_status render_write_any(wbi_render *render, wbi_escape escape, const wb_value *value) {
  if (value->kind != WB_TEXT) return render_write_made(render, escape, value);
  return render_write_value(render, escape, value);
}

/* As wbi_value_missing; most texts begin with a letter. */
static bool render_lacks(const wb_value *value) {
  if (value->kind == WB_TEXT && value->length > 0 && (unsigned char)value->data[0] > ' ') {
    return false;
  }
  return wbi_value_missing(value);
}

/* Writes the value; without one the text is not sent. */
static wb_status render_print(wbi_render *render, const wbi_instruction *instruction) {
  const bool missing =
      render->missing.data != NULL || (!render->stepped_in && render_lacks(&render->value));
  if (render->compiled->schema == NULL || !missing) {
    return render_write_any(render, (wbi_escape)instruction->escape, &render->value);
  }
  return wbi_fail_path(render->error, WB_E_STATE, render->first,
                       "The text needs this field; it is missing and has no default.");
}

/* ---- values ------------------------------------------------------------------------------- */

/* Begins a chain of filters; the texts of the chain before are given back. */
static wb_status render_value(wbi_render *render, const wbi_instruction *instruction) {
  const wbi_operand *operand = &render->compiled->operands[instruction->operands];
  render->room.used = render->kept;
  if (render->compiled->schema == NULL) return wbi_render_load(render, operand, &render->value);
  const wb_status status = wbi_render_load_written(render, operand, &render->value);
  if (status != WB_OK) return status;
  render->first = operand->name;
  render->missing = (wbi_text){NULL, 0};
  render->stepped_in = operand->place == WBI_LITERAL;
  if (!render->stepped_in && render_lacks(&render->value)) render->missing = operand->name;
  return WB_OK;
}

/* Notes what a filter's arguments mean for what is missing: a default steps in, all others need
   their values. A literal that steps in is meant as it stands, empty too. */
static void render_step_in(wbi_render *render, const wbi_instruction *instruction,
                           const wbi_operand *operands, const wb_value *arguments) {
  if (instruction->filter->steps_in != 0) {
    if (render->missing.data == NULL || instruction->count == 0) return;
    render->value = wbi_value_null(); /* white space alone is nothing here */
    if (operands[0].place != WBI_LITERAL && wbi_value_missing(&arguments[0])) return;
    render->missing = (wbi_text){NULL, 0};
    render->stepped_in = operands[0].place == WBI_LITERAL;
    return;
  }
  for (uint32_t i = 0; i < instruction->count; i++) {
    if (operands[i].place == WBI_LITERAL || !wbi_value_missing(&arguments[i])) continue;
    if (render->missing.data == NULL) render->missing = render->first = operands[i].name;
  }
}

/* Counts what a filter or comparison looks at. */
static wb_status render_work(wbi_render *render, const wbi_instruction *instruction,
                             const wb_value *value) {
  uint32_t count = 0;
  if (value->kind == WB_TEXT) {
    render->work += value->length;
  } else if (wbi_value_count(value, &count)) {
    render->work += (uint64_t)count * WBI_WORK_ELEMENT;
  }
  if (render->work <= WBI_WORK_MOST) return WB_OK;
  return wbi_render_fail(render, WB_E_LIMIT, instruction->offset,
                         "The text looks at too much, again and again.");
}

/* Runs the value through a filter. */
static wb_status render_filter(wbi_render *render, const wbi_instruction *instruction) {
  const wbi_operand *operands = &render->compiled->operands[instruction->operands];
  wb_value arguments[WBI_ARGUMENTS_MOST + 1];
  wb_status status = render_work(render, instruction, &render->value);
  for (uint32_t i = 0; i < instruction->count && status == WB_OK; i++) {
    status = wbi_render_load_written(render, &operands[i], &arguments[i]);
    if (status == WB_OK) status = render_work(render, instruction, &arguments[i]);
  }
  if (status != WB_OK) return status;
  if (render->compiled->schema != NULL) {
    render_step_in(render, instruction, operands, arguments);
  }
  status =
      instruction->filter->apply(&render->filtering, &render->value, arguments, instruction->count);
  if (status == WB_OK || render->told) return status;
  return wbi_render_fail(render, status, instruction->offset,
                         render->room.full ? "The filters of the text make too much of it."
                                           : "A filter cannot do this.");
}

/* Keeps the value under a name; what is missing is kept as nothing. */
static wb_status render_assign(wbi_render *render, const wbi_instruction *instruction) {
  wb_value *name = &render->names[instruction->slot];
  const bool missing = render->compiled->schema != NULL && render->missing.data != NULL;
  *name = missing ? wbi_value_null() : render->value;
  render->kept = render->room.used;
  return WB_OK;
}

/* Runs a chain from its value over its filters to what it is for; moves *at past it. */
static wb_status render_chain(wbi_render *render, const wbi_instruction *value, uint32_t *at) {
  const wbi_instruction *code = render->compiled->code;
  wb_status status = value->operation == WBI_GENERAL ? wbi_render_general(render, value)
                                                     : render_value(render, value);
  for (; code[*at].operation == WBI_FILTER && status == WB_OK; ++*at)
    status = render_filter(render, &code[*at]);
  if (status != WB_OK) return status;
  const wbi_instruction *last = &code[(*at)++];
  return last->operation == WBI_PRINT ? render_print(render, last) : render_assign(render, last);
}

/* ---- branches ----------------------------------------------------------------------------- */

/* Whether a test instruction jumps. */
static wb_status render_test(wbi_render *render, const wbi_instruction *instruction, bool *jumps) {
  const wbi_operand *operands = &render->compiled->operands[instruction->operands];
  wb_value left, right = {.size = sizeof right};
  bool holds = false;
  wb_status status = wbi_render_load(render, &operands[0], &left);
  if (status == WB_OK && instruction->test != 0) {
    status = wbi_render_load(render, &operands[1], &right);
    if (status == WB_OK) status = render_work(render, instruction, &left);
  }
  if (status != WB_OK) return status;
  render->room.used = render->kept;
  status = wbi_liquid_test(&render->filtering, &left, instruction->test, &right, &holds);
  *jumps = holds == (instruction->when != 0);
  if (status == WB_OK || render->told) return status;
  return wbi_render_fail(render, status, instruction->offset,
                         "These two cannot be compared: they have no order.");
}

/* `case`: keeps what is compared. */
static wb_status render_case(wbi_render *render, const wbi_instruction *instruction) {
  wbi_frame *frame = &render->frames[instruction->frame];
  frame->matches = 0;
  frame->matched = false;
  return wbi_render_load(render, &render->compiled->operands[instruction->operands], &frame->value);
}

/* One value of a `when`. */
static wb_status render_when(wbi_render *render, const wbi_instruction *instruction) {
  wbi_frame *frame = &render->frames[instruction->frame];
  wb_value value;
  (void)wbi_render_load(render, &render->compiled->operands[instruction->operands], &value);
  const wb_status status = render_work(render, instruction, &value); /* it is no field */
  if (status != WB_OK) return status;
  if (wbi_value_equal(&frame->value, &value)) {
    frame->matches++;
    frame->matched = true;
  }
  return WB_OK;
}

/* Whether a `when` with further matches is written again; each is a turn. */
static wb_status render_again(wbi_render *render, const wbi_instruction *instruction, bool *jumps) {
  *jumps = --render->frames[instruction->frame].matches > 0;
  if (!*jumps || render->turns++ < WBI_TURNS_MOST) return WB_OK;
  return wbi_render_fail(render, WB_E_LIMIT, instruction->offset, "The text is written too often.");
}

/* ---- running ------------------------------------------------------------------------------ */

/* Runs one instruction that may jump. */
static wb_status render_jump(wbi_render *render, const wbi_instruction *instruction, bool *jumps) {
  switch (instruction->operation) {
  case WBI_TEST: return render_test(render, instruction, jumps);
  case WBI_MATCHED: *jumps = render->frames[instruction->frame].matches == 0; return WB_OK;
  case WBI_AGAIN: return render_again(render, instruction, jumps);
  case WBI_OTHERWISE: *jumps = render->frames[instruction->frame].matched; return WB_OK;
  case WBI_BEGIN: return wbi_render_begin(render, instruction, jumps);
  case WBI_NEXT: return wbi_render_turn(render, instruction, jumps);
  case WBI_JUMP:
  default: *jumps = true; return WB_OK;
  }
}

/* Runs one instruction that does not jump; those of a chain run together. */
static wb_status render_step(wbi_render *render, const wbi_instruction *instruction, uint32_t *at) {
  switch (instruction->operation) {
  case WBI_WRITE: return render_write_text(render, instruction);
  case WBI_VALUE:
  case WBI_GENERAL: return render_chain(render, instruction, at);
  case WBI_CASE: return render_case(render, instruction);
  case WBI_WHEN: return render_when(render, instruction);
  case WBI_OVER:
  case WBI_OVER_RANGE: return wbi_render_over(render, instruction);
  default: return wbi_render_limit(render, instruction);
  }
}

/* Runs all instructions. */
static wb_status render_run(wbi_render *render) {
  const wb_template *compiled = render->compiled;
  wb_status status = WB_OK;
  for (uint32_t at = 0; at < compiled->code_count && status == WB_OK;) {
    const wbi_instruction *instruction = &compiled->code[at++];
    bool jumps = false;
    if (instruction->operation < WBI_JUMPS) {
      status = render_step(render, instruction, &at);
    } else {
      status = render_jump(render, instruction, &jumps);
    }
    if (jumps) at = instruction->target;
  }
  return status;
}

/* Memory of names and frames. */
static size_t render_frames(const wb_template *compiled) {
  return compiled->names_count * sizeof(wb_value) + compiled->frames_count * sizeof(wbi_frame);
}

/* The zone that instants are shown in. */
static wb_status render_zone(wbi_render *render) {
  if (render->compiled->zone == WBI_NO_FIELD) return WB_OK;
  return wbi_facts_zone(render->facts, render->row, render->moment, &render->filtering.zone,
                        render->error);
}

/* Holds an SMS to its segments; typographic characters of values are made plain if GSM-7 then has
   them all. Of a text that is only measured it is not known yet. */
static wb_status render_segments(wbi_render *render) {
  wbi_writer *writer = render->writer;
  wb_sms sms = {.size = sizeof sms};
  if (!render_counts(render) || writer->length > writer->capacity) return WB_OK;
  char *text = writer->data + render->begin;
  size_t length = writer->length - render->begin;
  if (render->count.foreign > 0 && wbi_sms_fit(text, &length, &render->count))
    writer->length = render->begin + length;
  wbi_sms_measure(&render->count, (wbi_text){text, length}, WBI_SMS_HEADER, &sms);
  if (sms.segments <= render->compiled->channel->max_segments) return WB_OK;
  return wbi_extent_over(&sms, render->compiled->channel->max_segments, render->error);
}

/* Holds what is spoken to its words. */
static wb_status render_words(wbi_render *render) {
  const wbi_writer *writer = render->writer;
  const wbi_channel *channel = render->compiled->channel;
  if (channel == NULL || channel->max_words == 0 || writer->length > writer->capacity) return WB_OK;
  uint32_t words = 0;
  bool inside = false;
  for (size_t i = render->begin; i < writer->length; i++) {
    const bool blank = memchr(" \t\n", writer->data[i], 3) != NULL;
    words += !blank && !inside;
    inside = !blank;
  }
  if (words <= channel->max_words) return WB_OK;
  return wbi_fail(render->error, WB_E_LIMIT, "The text has more words than its channel allows.");
}

/* Holds a text of one line to it: a date can be written with a line break of the filter's own. */
static wb_status render_line(const wbi_render *render) {
  const wbi_writer *writer = render->writer;
  const wbi_channel *channel = render->compiled->channel;
  const size_t length = writer->length - render->begin;
  if (channel == NULL || !channel->single_line || length == 0 ||
      writer->length > writer->capacity ||
      memchr(writer->data + render->begin, '\n', length) == NULL)
    return WB_OK;
  return wbi_fail(render->error, WB_E_POLICY,
                  "The text has a line break, which its channel cannot have.");
}

/* A message that says nothing is not sent. */
static wb_status render_silent(const wbi_render *render) {
  const wbi_writer *writer = render->writer;
  const wbi_channel *channel = render->compiled->channel;
  const size_t length = writer->length - render->begin;
  if (channel == NULL || channel->optional || writer->length > writer->capacity) return WB_OK;
  if (length > 0 && wbi_text_trim((wbi_text){writer->data + render->begin, length}).length > 0)
    return WB_OK;
  return wbi_fail(render->error, WB_E_STATE, "The text says nothing for this patient.");
}

/* Lays names, frames and the room for texts into memory; runs. */
static wb_status render_in(wbi_render *render, char *memory, size_t size) {
  const wb_template *compiled = render->compiled;
  const size_t names = compiled->names_count * sizeof(wb_value), work = render_frames(compiled);
  render->names = (void *)memory;
  render->frames = (void *)(memory + names);
  render->room = (wbi_room){memory + work, size - work, 0, false};
  render->filtering = (wbi_filtering){
      .room = &render->room, .render = render, .spanish = strcmp(compiled->language, "es") == 0};
  const int32_t unset = compiled->schema != NULL ? WB_NULL : WBI_MIXED;
  for (uint32_t i = 0; i < compiled->names_count; i++)
    render->names[i] = (wb_value){.size = sizeof(wb_value), .kind = unset};
  wb_status status = render_zone(render);
  if (status == WB_OK) status = render_run(render);
  if (status == WB_OK) status = render_segments(render);
  if (status == WB_OK) status = render_words(render);
  if (status == WB_OK) status = render_line(render);
  if (status == WB_OK) status = render_silent(render);
  if (status != WB_OK) render->writer->length = render->begin;
  return status;
}

/* Checks that the row exists: a text without fields would not notice. */
static wb_status render_check(const wb_template *compiled, wb_facts *facts, uint64_t row,
                              wb_error *error) {
  uint64_t rows = 0;
  if (wbi_facts_schema(facts) != compiled->schema) {
    return wbi_fail(error, WB_E_INVALID, "The facts were made for another schema.");
  }
  const wb_status status = wbi_facts_rows(facts, &rows, error);
  if (status != WB_OK || row < rows) return status;
  return wbi_fail(error, WB_E_NAME, "There is no such row.");
}

/* Memory that a template needs to be rendered, without what it writes. */
static size_t render_memory(const wb_template *compiled) {
  return render_frames(compiled) + compiled->room;
}

wb_status wbi_template_render(const wb_template *compiled, wb_facts *facts, uint64_t row,
                              const wb_moment *moment, wbi_writer *writer, wb_error *error) {
  wbi_render render;
  const wb_status status = render_check(compiled, facts, row, error);
  if (status != WB_OK) return status;
  const size_t size = render_memory(compiled);
  char *memory = wbi_facts_scratch(facts, 1, size);
  if (memory == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for a text.");
  render.compiled = compiled;
  render.facts = facts;
  render.quick = wbi_facts_quick(facts, row, moment);
  render.data = NULL;
  render.moment = moment;
  render.writer = writer;
  render.error = error;
  render.row = row;
  render.begin = writer->length;
  render.characters = render.kept = 0;
  render.most = compiled->channel->max_bytes;
  render.most_characters = compiled->channel->max_characters;
  render.steps = render.work = 0;
  render.count = (wbi_sms_count){0};
  render.screened = (wbi_screened){{NULL, 0}, 0, false};
  render.turns = 0;
  render.told = false;
  return render_in(&render, memory, size);
}

wb_status wbi_template_render_open(const wb_template *compiled, const wbi_json *data,
                                   wbi_room *room, wbi_writer *writer, wb_error *error) {
  wbi_render render = {.compiled = compiled,
                       .data = data,
                       .writer = writer,
                       .error = error,
                       .begin = writer->length,
                       .most = writer->capacity};
  const size_t skip = -(uintptr_t)room->data % _Alignof(max_align_t);
  if (room->capacity < skip + render_frames(compiled)) {
    return wbi_fail(error, WB_E_NOMEM, "There is no room for a text.");
  }
  return render_in(&render, room->data + skip, room->capacity - skip);
}

/* Renders into scratch memory, so that the caller's buffer sees a whole text or nothing. */
static wb_status render_give(const wb_template *compiled, wb_facts *facts, uint64_t row,
                             const wb_moment *moment, char *buffer, size_t capacity, size_t *length,
                             wb_error *error) {
  const size_t most = compiled->channel->max_bytes, work = render_memory(compiled);
  char *scratch = wbi_facts_scratch(facts, 1, work + most);
  if (scratch == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for a text.");
  wbi_writer writer = {scratch + work, most, 0};
  wb_status status = wbi_template_render(compiled, facts, row, moment, &writer, error);
  if (status != WB_OK) return status;
  status = wbi_text_give((wbi_text){writer.data, writer.length}, buffer, capacity, length);
  return status == WB_OK ? status : wbi_fail(error, status, "The buffer is too short.");
}

wb_status WB_CALL wb_template_render(const wb_template *compiled, wb_facts *facts, uint64_t row,
                                     const wb_moment *moment, char *buffer, size_t capacity,
                                     size_t *length, wb_error *error) {
  wb_moment known;
  if (compiled == NULL || facts == NULL || length == NULL || (buffer == NULL && capacity > 0)) {
    return wbi_fail(error, WB_E_INVALID,
                    "The template, the facts, the buffer or the place for its length is missing.");
  }
  wb_status status = wbi_struct_read(moment, sizeof known, &known, sizeof known, 0, error);
  if (status != WB_OK) return status;
  if (!wbi_facts_enter(facts)) {
    return wbi_fail(error, WB_E_BUSY, "The facts are in use by another call.");
  }
  status = render_give(compiled, facts, row, &known, buffer, capacity, length, error);
  wbi_facts_leave(facts);
  return status;
}

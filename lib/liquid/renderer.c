/* SPDX-License-Identifier: MIT */
/* Runs the instructions of a template. Every jump goes forward, so it ends. */
#include "liquid/liquid_private.h"

#include <winback/date.h>

/* A template while it is rendered. */
typedef struct wbi_render {
  const wb_template *compiled;
  wb_facts *facts;
  const wb_moment *moment;
  wbi_writer *writer;
  wb_error *error;
  uint64_t row;
  size_t begin;      /* length of the writer before */
  size_t characters; /* written so far */
  wb_value value;
  uint32_t field; /* that the value came from first */
  char room[WBI_FILTER_ROOM];
} wbi_render;

/* Writes text within the channel's limit. */
static wb_status render_write(wbi_render *render, wbi_text text, size_t characters) {
  const wbi_channel *channel = render->compiled->channel;
  const size_t written = render->writer->length - render->begin;
  render->characters += characters;
  if (text.length > channel->max_bytes - written ||
      (channel->max_characters > 0 && render->characters > channel->max_characters)) {
    return wbi_fail(render->error, WB_E_LIMIT, "The text is longer than its channel allows.");
  }
  wbi_put_text(render->writer, text);
  return WB_OK;
}

/* Fetches an operand. */
static wb_status render_load(wbi_render *render, const wbi_operand *operand, wb_value *value) {
  if (operand->field == WBI_NO_FIELD) {
    *value = operand->literal;
    return WB_OK;
  }
  *value = (wb_value){.size = sizeof *value};
  return wbi_facts_value(render->facts, render->row, operand->field, render->moment, value,
                         render->error);
}

/* Fetches an operand that may be written; a text from outside is screened, used or not. */
static wb_status render_load_written(wbi_render *render, const wbi_operand *operand,
                                     wb_value *value) {
  const wb_status status = render_load(render, operand, value);
  if (status != WB_OK || operand->field == WBI_NO_FIELD || value->kind != WB_TEXT) return status;
  return wbi_screen_value(render->compiled->policy, render->compiled->channel,
                          wbi_schema_field(render->compiled->schema, operand->field),
                          (wbi_text){value->data, value->length}, render->error);
}

/* Runs the value through a filter. A literal that steps in is meant as it stands, empty too. */
static wb_status render_filter(wbi_render *render, const wbi_instruction *instruction) {
  wb_value argument = {.size = sizeof argument};
  if (instruction->filter->arguments > 0) {
    const wb_status status = render_load_written(render, &instruction->left, &argument);
    if (status != WB_OK) return status;
    const bool literal = instruction->left.field == WBI_NO_FIELD;
    if (literal && wbi_value_missing(&render->value)) render->field = WBI_NO_FIELD;
  }
  instruction->filter->apply(&render->value, &argument, render->room);
  return WB_OK;
}

/* Writes a text that came from a value. */
static wb_status render_write_value(wbi_render *render, wbi_text text) {
  return render_write(render, text, wbi_utf8_count(text));
}

/* Writes the value; without one the text is not sent. */
static wb_status render_print(wbi_render *render) {
  const wb_value *value = &render->value;
  char text[32];
  wbi_writer writer = {text, sizeof text, 0};
  if (value->kind == WB_TEXT && (render->field == WBI_NO_FIELD || !wbi_value_missing(value))) {
    return render_write_value(render, (wbi_text){value->data, value->length});
  }
  if (wbi_value_missing(value)) {
    return wbi_fail_path(render->error, WB_E_STATE,
                         wbi_schema_field(render->compiled->schema, render->field)->name,
                         "The text needs this field; it is missing and has no default.");
  }
  if (value->kind == WB_DATE) {
    const wb_status status =
        wb_date_format((wb_date)value->integer, text, sizeof text, &writer.length);
    if (status != WB_OK) return wbi_fail(render->error, WB_E_TYPE, "A date is no day.");
  } else if (value->kind == WB_UINT) {
    wbi_put_uint(&writer, (uint64_t)value->integer);
  } else {
    wbi_put_int(&writer, value->integer);
  }
  return render_write_value(render, (wbi_text){text, writer.length});
}

/* The order of two numbers, dates or times: negative, 0, positive. */
static int render_order(const wb_value *a, const wb_value *b) {
  const bool a_big = a->kind == WB_UINT && a->integer < 0;
  const bool b_big = b->kind == WB_UINT && b->integer < 0;
  if (a_big != b_big) return a_big ? 1 : -1;
  return (a->integer > b->integer) - (a->integer < b->integer);
}

/* Whether there is nothing: what `blank` is equal to. */
static bool render_blank(const wb_value *value) {
  return wbi_value_missing(value) || (value->kind == WB_BOOL && value->integer == 0);
}

/* Whether two values are the same. */
static bool render_equal(const wb_value *a, const wb_value *b) {
  if (a->kind == WBI_BLANK || b->kind == WBI_BLANK) {
    return a->kind == b->kind || render_blank(a->kind == WBI_BLANK ? b : a);
  }
  const bool a_absent = a->kind == WB_NULL || a->kind == WB_UNKNOWN;
  const bool b_absent = b->kind == WB_NULL || b->kind == WB_UNKNOWN;
  if (a_absent || b_absent) return a_absent == b_absent;
  if (a->kind != WB_TEXT || b->kind != WB_TEXT) return render_order(a, b) == 0;
  return wbi_text_equal((wbi_text){a->data, a->length}, (wbi_text){b->data, b->length});
}

/* Whether a value alone is a yes: all but nil and false. */
static bool render_truth(const wb_value *value) {
  if (value->kind == WB_NULL || value->kind == WB_UNKNOWN) return false;
  return value->kind != WB_BOOL || value->integer != 0;
}

bool wbi_liquid_test(const wb_value *left, uint32_t test, const wb_value *right) {
  if (test == 0) return render_truth(left);
  if (test == WBI_TOKEN_EQUAL) return render_equal(left, right);
  if (test == WBI_TOKEN_NOT_EQUAL) return !render_equal(left, right);
  if (wbi_value_missing(left) || wbi_value_missing(right)) return false;
  const int order = render_order(left, right);
  switch (test) {
  case '<': return order < 0;
  case '>': return order > 0;
  case WBI_TOKEN_LESS_EQUAL: return order <= 0;
  default: return order >= 0;
  }
}

/* Whether a test instruction jumps. */
static wb_status render_test(wbi_render *render, const wbi_instruction *instruction, bool *jumps) {
  wb_value left, right = {.size = sizeof right};
  wb_status status = render_load(render, &instruction->left, &left);
  if (status == WB_OK && instruction->test != 0) {
    status = render_load(render, &instruction->right, &right);
  }
  if (status != WB_OK) return status;
  *jumps = wbi_liquid_test(&left, instruction->test, &right) == (instruction->when != 0);
  return WB_OK;
}

/* Runs one instruction and moves on. */
static wb_status render_step(wbi_render *render, uint32_t *at) {
  const wbi_instruction *instruction = &render->compiled->code[*at];
  const wb_value *literal = &instruction->left.literal;
  bool jumps = false;
  wb_status status = WB_OK;
  switch (instruction->operation) {
  case WBI_WRITE:
    status =
        render_write(render, (wbi_text){literal->data, literal->length}, instruction->characters);
    break;
  case WBI_VALUE:
    render->field = instruction->left.field;
    status = render_load_written(render, &instruction->left, &render->value);
    break;
  case WBI_FILTER: status = render_filter(render, instruction); break;
  case WBI_PRINT: status = render_print(render); break;
  case WBI_TEST: status = render_test(render, instruction, &jumps); break;
  case WBI_JUMP:
  default: jumps = true;
  }
  *at = jumps ? instruction->target : *at + 1;
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

wb_status wbi_template_render(const wb_template *compiled, wb_facts *facts, uint64_t row,
                              const wb_moment *moment, wbi_writer *writer, wb_error *error) {
  wbi_render render = {.compiled = compiled,
                       .facts = facts,
                       .moment = moment,
                       .writer = writer,
                       .error = error,
                       .row = row,
                       .begin = writer->length};
  wb_status status = render_check(compiled, facts, row, error);
  for (uint32_t at = 0; status == WB_OK && at < compiled->code_count;)
    status = render_step(&render, &at);
  if (status != WB_OK) writer->length = render.begin;
  return status;
}

/* Renders into scratch memory, so that the caller's buffer sees a whole text or nothing. */
static wb_status render_give(const wb_template *compiled, wb_facts *facts, uint64_t row,
                             const wb_moment *moment, char *buffer, size_t capacity, size_t *length,
                             wb_error *error) {
  const size_t most = compiled->channel->max_bytes;
  char *scratch = wbi_facts_scratch(facts, 1, most);
  if (scratch == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for a text.");
  wbi_writer writer = {scratch, most, 0};
  wb_status status = wbi_template_render(compiled, facts, row, moment, &writer, error);
  if (status != WB_OK) return status;
  status = wbi_text_give((wbi_text){scratch, writer.length}, buffer, capacity, length);
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

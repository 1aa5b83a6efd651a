/* SPDX-License-Identifier: MIT */
/* Fetches what stands for a value while a template is rendered. */
#include "liquid/liquid_private.h"

/* ---- facts -------------------------------------------------------------------------------- */

/* A field of the patient; a list knows which field it is. */
static wb_status operand_field(wbi_render *render, uint32_t field, wb_value *value) {
  *value = (wb_value){.size = sizeof *value};
  const wb_status status =
      wbi_facts_value(render->facts, render->row, field, render->moment, value, render->error);
  if (value->kind == WB_LIST) value->length = field;
  return status;
}

/* Refuses a text that is not fit to be sent. */
static wb_status operand_screen(wbi_render *render, uint32_t field, const wb_value *value) {
  if (value->kind != WB_TEXT) return WB_OK;
  return wbi_screen_value(render->compiled->policy, render->compiled->channel,
                          wbi_schema_field(render->compiled->schema, field),
                          (wbi_text){value->data, value->length}, render->error);
}

/* A field of an element, or the element itself. */
static wb_status operand_item(wbi_render *render, uint32_t field, uint32_t index, wb_value *value) {
  *value = (wb_value){.size = sizeof *value};
  return wbi_facts_item(render->facts, render->row, field, index, render->moment, value,
                        render->error);
}

wb_status wbi_render_item(wbi_render *render, uint32_t field, uint32_t index, wb_value *value) {
  if (wbi_schema_field(render->compiled->schema, field)->element == WB_RECORD) {
    *value =
        (wb_value){.size = sizeof *value, .kind = WBI_ELEMENT, .integer = index, .length = field};
    return WB_OK;
  }
  wb_status status = operand_item(render, field, index, value);
  if (status == WB_OK) status = operand_screen(render, field, value);
  render->told = status != WB_OK;
  return status;
}

/* The list that a field is read from. */
static uint32_t operand_list(const wbi_render *render, uint32_t field) {
  const wbi_field *known = wbi_schema_field(render->compiled->schema, field);
  return known->list != 0 ? known->list - 1 : field;
}

/* An element by its index; null where there is none. */
static wb_status operand_at(wbi_render *render, const wbi_operand *operand, wb_value *value) {
  const wb_status status = operand_field(render, operand_list(render, operand->field), value);
  if (status != WB_OK || value->kind != WB_LIST) return status;
  const int64_t index = operand->index < 0 ? value->integer + operand->index : operand->index;
  const bool there = index >= 0 && index < value->integer;
  *value = wbi_value_null();
  return there ? operand_item(render, operand->field, (uint32_t)index, value) : WB_OK;
}

/* The length of a list. */
static wb_status operand_size(wbi_render *render, uint32_t field, wb_value *value) {
  const wb_status status = operand_field(render, field, value);
  if (status == WB_OK && value->kind == WB_LIST) *value = wbi_value_int(value->integer);
  return status;
}

/* ---- loops -------------------------------------------------------------------------------- */

static wb_value operand_bool(bool truth) {
  return (wb_value){.size = sizeof(wb_value), .kind = WB_BOOL, .integer = truth};
}

/* A property of a loop. */
static wb_value operand_loop(const wbi_frame *frame, int32_t property) {
  const int64_t index = frame->index, length = frame->length;
  switch (property) {
  case WBI_LOOP_INDEX: return wbi_value_int(index + 1);
  case WBI_LOOP_INDEX0: return wbi_value_int(index);
  case WBI_LOOP_RINDEX: return wbi_value_int(length - index);
  case WBI_LOOP_RINDEX0: return wbi_value_int(length - index - 1);
  case WBI_LOOP_FIRST: return operand_bool(index == 0);
  case WBI_LOOP_LAST: return operand_bool(index + 1 == length);
  default: return wbi_value_int(length);
  }
}

/* A property of a loop by its name. */
static wb_value operand_loop_named(const wbi_frame *frame, wbi_text name) {
  static const char *const operand_properties[] = {"index", "index0", "rindex", "rindex0",
                                                   "first", "last",   "length"};
  for (size_t i = 0; i < WBI_COUNT(operand_properties); i++) {
    if (wbi_text_equal(name, wbi_text_of(operand_properties[i]))) {
      return operand_loop(frame, (int32_t)i);
    }
  }
  return wbi_value_null();
}

/* ---- open templates ----------------------------------------------------------------------- */

const wbi_json *wbi_node_member(const wbi_json *object, wbi_text name) {
  if (object->kind != WBI_JSON_OBJECT) return NULL;
  const wbi_json *member = object->first;
  while (member != NULL && !wbi_text_equal(member->name, name))
    member = member->next;
  return member;
}

/* A name: assigned, of the data, or all names together. */
static wb_value operand_open(const wbi_render *render, uint32_t slot) {
  if (render->names[slot].kind != WBI_MIXED) return render->names[slot];
  const wbi_text name = render->compiled->names[slot];
  const wbi_json *member = render->data != NULL ? wbi_node_member(render->data, name) : NULL;
  if (member != NULL) return wbi_value_node(member);
  const bool self = wbi_text_equal(name, WBI_TEXT("self"));
  return (wb_value){.size = sizeof(wb_value), .kind = self ? WBI_SELF : WB_NULL};
}

/* A name that is asked for while rendering: self["name"]. */
static wb_value operand_self(const wbi_render *render, wbi_text name) {
  for (uint32_t slot = 0; slot < render->compiled->names_count; slot++) {
    if (wbi_text_equal(render->compiled->names[slot], name)) return operand_open(render, slot);
  }
  const wbi_json *member = render->data != NULL ? wbi_node_member(render->data, name) : NULL;
  return member != NULL ? wbi_value_node(member) : wbi_value_null();
}

/* size, first and last of what has no such member. */
static wb_value operand_method(const wbi_render *render, const wb_value *value, wbi_text name) {
  const bool size = wbi_text_equal(name, WBI_TEXT("size"));
  const bool last = wbi_text_equal(name, WBI_TEXT("last"));
  const wbi_filter *filter = wbi_filter_find(name);
  wb_value made = *value;
  if (!size && !last && !wbi_text_equal(name, WBI_TEXT("first"))) return wbi_value_null();
  if (value->kind == WB_INT && size) return wbi_value_int(sizeof value->integer);
  const bool has = value->kind == WB_TEXT || value->kind == WBI_NODE;
  if (!has || filter == NULL) return wbi_value_null();
  (void)filter->apply(&render->filtering, &made, NULL, 0);
  return made;
}

/* What a name on a value is. */
static wb_value operand_named(const wbi_render *render, const wb_value *value,
                              const wbi_step *step) {
  const bool object = value->kind == WBI_NODE && !wbi_value_list(value);
  const wbi_json *member = object ? wbi_node_member((const void *)value->data, step->name) : NULL;
  if (member != NULL) return wbi_value_node(member);
  if (value->kind == WBI_SELF) return operand_self(render, step->name);
  if (value->kind == WBI_LOOP) {
    return operand_loop_named(&render->frames[value->integer], step->name);
  }
  return step->kind == '.' ? operand_method(render, value, step->name) : wbi_value_null();
}

/* What an index on a value is. */
static wb_status operand_indexed(const wbi_render *render, const wb_value *value, int64_t index,
                                 wb_value *item) {
  uint32_t count = 0;
  *item = wbi_value_null();
  if (!wbi_value_list(value) || !wbi_value_count(&render->filtering, value, &count)) return WB_OK;
  if (index < 0) index += count;
  if (index < 0 || index >= count) return WB_OK;
  return wbi_value_item(&render->filtering, value, (uint32_t)index, item);
}

/* Follows the steps of a path. */
static wb_status operand_follow(const wbi_render *render, const wbi_operand *operand,
                                wb_value *value) {
  wb_status status = WB_OK;
  for (uint32_t i = 0; i < operand->steps_count && status == WB_OK; i++) {
    const wbi_step *step = &render->compiled->steps[operand->steps + i];
    wb_value next = wbi_value_null();
    if (step->kind == '[') {
      status = operand_indexed(render, value, step->index, &next);
    } else {
      next = operand_named(render, value, step);
    }
    *value = next;
  }
  return status;
}

/* ---- all ---------------------------------------------------------------------------------- */

wb_status wbi_render_load(wbi_render *render, const wbi_operand *operand, wb_value *value) {
  switch (operand->place) {
  case WBI_LITERAL: *value = operand->literal; return WB_OK;
  case WBI_FIELD: return operand_field(render, operand->field, value);
  case WBI_SIZE: return operand_size(render, operand->field, value);
  case WBI_ITEM:
    return operand_item(render, operand->field,
                        (uint32_t)render->frames[operand->slot].current.integer, value);
  case WBI_ELEMENT_AT: return operand_at(render, operand, value);
  case WBI_NAME:
    *value = render->compiled->schema != NULL ? render->names[operand->slot]
                                              : operand_open(render, operand->slot);
    break;
  case WBI_CURRENT: *value = render->frames[operand->slot].current; break;
  case WBI_FORLOOP:
  default: *value = operand_loop(&render->frames[operand->slot], operand->index); return WB_OK;
  }
  return operand->steps_count > 0 ? operand_follow(render, operand, value) : WB_OK;
}

wb_status wbi_render_load_written(wbi_render *render, const wbi_operand *operand, wb_value *value) {
  const wb_status status = wbi_render_load(render, operand, value);
  if (status != WB_OK || operand->field == WBI_NO_FIELD) return status;
  return operand_screen(render, operand->field, value);
}

/* SPDX-License-Identifier: MIT */
/* Fetches what stands for a value while a template is rendered. */
#include "liquid/liquid_private.h"

/* ---- facts -------------------------------------------------------------------------------- */

/* A field of the patient; a list knows which field it is. Flags are ours alone: a host's value is
   never taken for one that is escaped. */
static wb_status operand_field(wbi_render *render, uint32_t field, wb_value *value) {
  wbi_quick_value read;
  wb_status status = WB_OK;
  if (render->quick != NULL && wbi_quick_read(&render->quick[field], render->row, &read)) {
    wbi_quick_set(value, &read);
  } else {
    wbi_value_become(value, WB_UNKNOWN, 0);
    status =
        wbi_facts_value(render->facts, render->row, field, render->moment, value, render->error);
  }
  if (value->kind == WB_LIST) value->length = field;
  value->flags = 0;
  return status;
}

/* Refuses a text that is not fit to be sent. */
static wb_status operand_screen(wbi_render *render, uint32_t field, const wb_value *value) {
  if (value->kind != WB_TEXT) return WB_OK;
  return wbi_screen_value(render->compiled->policy, render->compiled->channel,
                          wbi_schema_field(render->compiled->schema, field),
                          (wbi_text){value->data, value->length}, &render->screened, render->error);
}

/* A field of an element, or the element itself. */
static wb_status operand_item(wbi_render *render, uint32_t field, uint32_t index, wb_value *value) {
  wbi_quick_value read;
  if (render->quick != NULL && wbi_quick_item(render->quick, field, render->row, index, &read)) {
    wbi_quick_set(value, &read);
    return WB_OK;
  }
  wbi_value_become(value, WB_UNKNOWN, 0);
  const wb_status status = wbi_facts_item(render->facts, render->row, field, index, render->moment,
                                          value, render->error);
  value->flags = 0;
  return status;
}

wb_status wbi_render_item(wbi_render *render, uint32_t field, uint32_t index, wb_value *value) {
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

/* A property of a loop. */
static void operand_loop(const wbi_frame *frame, int32_t property, wb_value *value) {
  const int64_t index = frame->index, length = frame->length;
  switch (property) {
  case WBI_LOOP_INDEX: wbi_value_become(value, WB_INT, index + 1); return;
  case WBI_LOOP_INDEX0: wbi_value_become(value, WB_INT, index); return;
  case WBI_LOOP_RINDEX: wbi_value_become(value, WB_INT, length - index); return;
  case WBI_LOOP_RINDEX0: wbi_value_become(value, WB_INT, length - index - 1); return;
  case WBI_LOOP_FIRST: wbi_value_become(value, WB_BOOL, index == 0); return;
  case WBI_LOOP_LAST: wbi_value_become(value, WB_BOOL, index + 1 == length); return;
  default: wbi_value_become(value, WB_INT, length); return;
  }
}

int32_t wbi_loop_property(wbi_text name) {
  static const char *const operand_properties[] = {"index", "index0", "rindex", "rindex0",
                                                   "first", "last",   "length"};
  for (size_t i = 0; i < WBI_COUNT(operand_properties); i++) {
    if (wbi_text_equal(name, wbi_text_of(operand_properties[i]))) return (int32_t)i;
  }
  return -1;
}

/* A property of a loop by its name. */
static void operand_loop_named(const wbi_frame *frame, wbi_text name, wb_value *value) {
  const int32_t property = wbi_loop_property(name);
  if (property < 0) {
    wbi_value_become(value, WB_NULL, 0);
  } else {
    operand_loop(frame, property, value);
  }
}

/* ---- open templates ----------------------------------------------------------------------- */

const wbi_json *wbi_node_member(const wbi_json *object, wbi_text name) {
  if (object->kind != WBI_JSON_OBJECT) return NULL;
  const wbi_json *member = object->first;
  while (member != NULL && !wbi_text_equal(member->name, name))
    member = member->next;
  return member;
}

/* What the data have under a name. */
static void operand_data(const wbi_render *render, wbi_text name, wb_value *value) {
  const wbi_json *member = render->data != NULL ? wbi_node_member(render->data, name) : NULL;
  if (member != NULL) {
    wbi_value_become_node(value, member);
  } else {
    wbi_value_become(value, WB_NULL, 0);
  }
}

/* A name: assigned, of the data, or all names together. What the data have is looked up once. */
static const wb_value *operand_open(const wbi_render *render, uint32_t slot) {
  wb_value *known = &render->names[slot];
  if (known->kind != WBI_MIXED) return known;
  const wbi_text name = render->compiled->names[slot];
  operand_data(render, name, known);
  const bool self = known->kind == WB_NULL && wbi_text_equal(name, WBI_TEXT("self"));
  if (self) known->kind = WBI_SELF;
  return known;
}

/* A name that is asked for while rendering: self["name"]. */
static void operand_self(const wbi_render *render, wbi_text name, wb_value *value) {
  for (uint32_t slot = 0; slot < render->compiled->names_count; slot++) {
    if (!wbi_text_equal(render->compiled->names[slot], name)) continue;
    *value = *operand_open(render, slot);
    return;
  }
  operand_data(render, name, value);
}

/* size, first and last of what has no such member. */
static void operand_method(const wbi_render *render, wbi_text name, wb_value *value) {
  const bool size = wbi_text_equal(name, WBI_TEXT("size"));
  const bool method =
      size || wbi_text_equal(name, WBI_TEXT("first")) || wbi_text_equal(name, WBI_TEXT("last"));
  const bool has =
      value->kind == WB_TEXT || value->kind == WBI_NODE || (value->kind == WB_INT && size);
  const wbi_filter *filter = method && has ? wbi_filter_find(name) : NULL;
  if (filter != NULL) {
    (void)filter->apply(&render->filtering, value, NULL, 0); /* nothing is read from facts */
  } else {
    wbi_value_become(value, WB_NULL, 0);
  }
}

/* What a name on a value is; the value may be where the outcome comes. */
static void operand_named(const wbi_render *render, const wb_value *from, const wbi_path_step *step,
                          wb_value *value) {
  const bool object = from->kind == WBI_NODE && !wbi_value_list(from);
  const wbi_json *member = object ? wbi_node_member((const void *)from->data, step->name) : NULL;
  if (member != NULL) {
    wbi_value_become_node(value, member);
  } else if (from->kind == WBI_SELF) {
    operand_self(render, step->name, value);
  } else if (from->kind == WBI_LOOP) {
    operand_loop_named(&render->frames[from->integer], step->name, value);
  } else if (step->kind == '.') {
    if (value != from) *value = *from;
    operand_method(render, step->name, value);
  } else {
    wbi_value_become(value, WB_NULL, 0);
  }
}

/* What an index on a value is. */
static void operand_indexed(const wbi_render *render, const wb_value *from, int64_t index,
                            wb_value *value) {
  const wb_value list = *from;
  uint32_t count = 0;
  wbi_value_become(value, WB_NULL, 0);
  if (!wbi_value_list(&list)) return;
  (void)wbi_value_count(&list, &count);
  if (index < 0) index += count;
  if (index < 0 || index >= count) return;
  (void)wbi_value_item(&render->filtering, &list, (uint32_t)index, value); /* of the data */
}

/* Follows the steps of a path. */
static void operand_follow(const wbi_render *render, const wbi_operand *operand,
                           const wb_value *from, wb_value *value) {
  if (operand->steps_count == 0) *value = *from;
  for (uint32_t i = 0; i < operand->steps_count; i++) {
    const wbi_path_step *step = &render->compiled->steps[operand->steps + i];
    if (step->kind == '[') {
      operand_indexed(render, from, step->index, value);
    } else {
      operand_named(render, from, step, value);
    }
    from = value;
  }
}

/* ---- all ---------------------------------------------------------------------------------- */

wb_status wbi_render_load(wbi_render *render, const wbi_operand *operand, wb_value *value) {
  switch (operand->place) {
  case WBI_LITERAL: *value = operand->literal; return WB_OK;
  case WBI_FIELD: return operand_field(render, operand->field, value);
  case WBI_SIZE: return operand_size(render, operand->field, value);
  case WBI_ITEM:
    return operand_item(render, operand->field,
                        (uint32_t)render->frames[operand->frame].current.integer, value);
  case WBI_ELEMENT_AT: return operand_at(render, operand, value);
  case WBI_NAME:
    if (render->compiled->schema == NULL) {
      operand_follow(render, operand, operand_open(render, operand->slot), value);
    } else {
      *value = render->names[operand->slot];
    }
    return WB_OK;
  case WBI_CURRENT:
    operand_follow(render, operand, &render->frames[operand->frame].current, value);
    return WB_OK;
  case WBI_FORLOOP:
  default: operand_loop(&render->frames[operand->frame], operand->index, value); return WB_OK;
  }
}

wb_status wbi_render_load_written(wbi_render *render, const wbi_operand *operand, wb_value *value) {
  const wb_status status = wbi_render_load(render, operand, value);
  if (status != WB_OK || operand->field == WBI_NO_FIELD) return status;
  return operand_screen(render, operand->field, value);
}

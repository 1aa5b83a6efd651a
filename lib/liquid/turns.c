/* SPDX-License-Identifier: MIT */
/* Loops while they run: what they go over, which part of it, and turn by turn. */
#include "liquid/liquid_private.h"

wb_status wbi_render_over(wbi_render *render, const wbi_instruction *instruction) {
  wbi_frame *frame = &render->frames[instruction->frame];
  const wbi_operand *operands = &render->compiled->operands[instruction->operands];
  frame->range = instruction->operation == WBI_OVER_RANGE;
  frame->limited = false;
  frame->skip = 0;
  if (!frame->range) return wbi_render_load(render, &operands[0], &frame->value);
  frame->low = operands[0].literal.integer;
  frame->limit = operands[1].literal.integer;
  return WB_OK;
}

uint32_t wbi_range_length(int64_t low, int64_t high) {
  if (high < low) return 0;
  const uint64_t length = (uint64_t)high - (uint64_t)low;
  return length < UINT32_MAX ? (uint32_t)length + 1 : UINT32_MAX;
}

/* A whole number for a limit or offset; false: it is none. */
static bool turn_number(const wb_value *value, int64_t *number) {
  *number = value->integer;
  if (value->kind == WB_TEXT && (value->flags & WBI_VALUE_LONG) != 0) {
    *number = value->data[0] == '-' ? INT64_MIN : INT64_MAX;
    return true;
  }
  if (value->kind == WB_TEXT) {
    return wbi_parse_int((wbi_text){value->data, value->length}, number) == WB_OK;
  }
  if (value->kind == WB_UINT && value->integer < 0) *number = INT64_MAX;
  return value->kind == WB_INT || value->kind == WB_UINT;
}

wb_status wbi_render_limit(wbi_render *render, const wbi_instruction *instruction) {
  wbi_frame *frame = &render->frames[instruction->frame];
  wb_value value;
  int64_t number = 0;
  const wb_status status =
      wbi_render_load(render, &render->compiled->operands[instruction->operands], &value);
  if (status != WB_OK || value.kind == WB_NULL || value.kind == WB_UNKNOWN) return status;
  if (!turn_number(&value, &number)) {
    return wbi_render_fail(render, WB_E_TYPE, instruction->offset,
                           "A limit or offset is no whole number.");
  }
  if (instruction->operation == WBI_OFFSET) {
    frame->skip = number;
  } else {
    frame->limited = true;
    frame->most = number;
  }
  return WB_OK;
}

/* How much there is to go over. */
static int64_t turn_length(const wbi_frame *frame) {
  uint32_t count = 0;
  if (!frame->range) {
    return wbi_value_count(&frame->value, &count) ? count : 0;
  }
  return wbi_range_length(frame->low, frame->limit);
}

/* Finds the part that the loop goes over: from `skip`, `most` elements. */
static void turn_part(wbi_frame *frame) {
  const int64_t count = turn_length(frame);
  int64_t end = count;
  if (frame->limited) {
    const bool beyond = frame->skip > 0 && frame->most > INT64_MAX - frame->skip;
    const bool below = frame->skip < 0 && frame->most < INT64_MIN - frame->skip;
    end = beyond ? INT64_MAX : below ? INT64_MIN : frame->most + frame->skip;
  }
  if (end > count) end = count;
  frame->first = frame->skip > 0 ? frame->skip : 0;
  frame->length = end > frame->first ? (uint32_t)(end - frame->first) : 0;
}

/* The element at a place of what the loop goes over. */
static wb_status turn_element(wbi_render *render, wbi_frame *frame, int64_t place) {
  if (frame->range || frame->value.kind == WB_LIST) {
    wbi_value_become(&frame->current, WB_INT, frame->range ? frame->low + place : place);
    return WB_OK;
  }
  if (!frame->reversed && frame->index > 0 && frame->value.flags == 0) { /* the one after */
    const wbi_json *next = frame->node->next;
    frame->node = next;
    if (next->parent->kind == WBI_JSON_ARRAY) {
      wbi_value_become_node(&frame->current, next);
    } else {
      frame->current.data = (const void *)next;
    }
    return WB_OK;
  }
  const wbi_json *list = (const void *)frame->value.data;
  frame->node = frame->value.flags == 0 ? list->first : NULL;
  for (int64_t i = 0; i < place && frame->node != NULL; i++)
    frame->node = frame->node->next;
  render->turns += (uint32_t)(place / 16); /* finding it takes time as well */
  return wbi_value_item(&render->filtering, &frame->value, (uint32_t)place, &frame->current);
}

/* Begins a turn. */
static wb_status turn_take(wbi_render *render, const wbi_instruction *instruction,
                           wbi_frame *frame) {
  const int64_t place =
      frame->first + (frame->reversed ? frame->length - 1 - frame->index : frame->index);
  if (render->turns++ >= WBI_TURNS_MOST) {
    return wbi_render_fail(render, WB_E_LIMIT, instruction->offset,
                           "The loops have more than 100,000 turns.");
  }
  return turn_element(render, frame, place);
}

wb_status wbi_render_begin(wbi_render *render, const wbi_instruction *instruction, bool *jumps) {
  wbi_frame *frame = &render->frames[instruction->frame];
  const bool text = !frame->range && frame->value.kind == WB_TEXT;
  frame->reversed = instruction->reversed != 0;
  frame->index = 0;
  if (text) { /* one element, whatever part is asked for */
    frame->first = 0;
    frame->length = frame->value.length > 0;
    frame->current = frame->value;
    *jumps = frame->length == 0;
    return WB_OK;
  }
  turn_part(frame);
  *jumps = frame->length == 0;
  return *jumps ? WB_OK : turn_take(render, instruction, frame);
}

wb_status wbi_render_turn(wbi_render *render, const wbi_instruction *instruction, bool *jumps) {
  wbi_frame *frame = &render->frames[instruction->frame];
  *jumps = ++frame->index < frame->length;
  if (!*jumps) return WB_OK;
  render->steps += (uint64_t)(instruction - render->compiled->code) - instruction->target;
  if (render->steps <= WBI_STEPS_MOST) return turn_take(render, instruction, frame);
  return wbi_render_fail(render, WB_E_LIMIT, instruction->offset,
                         "The loops do too much in all their turns.");
}

/* SPDX-License-Identifier: MIT */
/* Values of a template: the room for texts, what is absent, how a value is written. */
#include "liquid/values.h"

wbi_writer wbi_room_begin(wbi_room *room) {
  char *end = room->data != NULL ? room->data + room->used : NULL; /* none is taken yet */
  return (wbi_writer){end, room->capacity - room->used, 0};
}

wb_status wbi_room_finish(wbi_room *room, const wbi_writer *writer, wb_value *value) {
  if (writer->length > writer->capacity || WBI_NEVER(writer->length > UINT32_MAX)) {
    room->full = true;
    return WB_E_LIMIT;
  }
  room->used += writer->length;
  wbi_value_become_text(value, writer->data, (uint32_t)writer->length);
  return WB_OK;
}

wb_value wbi_value_null(void) {
  return (wb_value){.size = sizeof(wb_value), .kind = WB_NULL};
}

wb_value wbi_value_int(int64_t integer) {
  return (wb_value){.size = sizeof(wb_value), .kind = WB_INT, .integer = integer};
}

wb_value wbi_value_text(wbi_text text) {
  return (wb_value){.size = sizeof(wb_value),
                    .kind = WB_TEXT,
                    .data = text.data,
                    .length = (uint32_t)text.length};
}

bool wbi_value_missing(const wb_value *value) {
  if (value->kind == WB_NULL || value->kind == WB_UNKNOWN) return true;
  return value->kind == WB_TEXT &&
         wbi_text_trim((wbi_text){value->data, value->length}).length == 0;
}

bool wbi_value_truth(const wb_value *value) {
  if (value->kind == WB_NULL || value->kind == WB_UNKNOWN) return false;
  return value->kind != WB_BOOL || value->integer != 0;
}

wb_value wbi_value_number(wbi_text text) {
  wb_value value = wbi_value_null();
  if (wbi_decimal_parse(text, &value) == WB_OK) return value;
  value = wbi_value_text(text);
  value.flags = WBI_VALUE_LONG;
  return value;
}

void wbi_value_become_node(wb_value *value, const wbi_json *node) {
  switch (node->kind) {
  case WBI_JSON_NULL: wbi_value_become(value, WB_NULL, 0); return;
  case WBI_JSON_BOOL: wbi_value_become(value, WB_BOOL, node->truth); return;
  case WBI_JSON_INT: wbi_value_become(value, WB_INT, node->integer); return;
  case WBI_JSON_NUMBER: *value = wbi_value_number(node->text); return;
  case WBI_JSON_TEXT:
    wbi_value_become_text(value, node->text.data, (uint32_t)node->text.length);
    return;
  case WBI_JSON_ARRAY:
  case WBI_JSON_OBJECT:
  default:
    wbi_value_become(value, WBI_NODE, 0);
    value->data = (const char *)node;
    return;
  }
}

wb_value wbi_value_node(const wbi_json *node) {
  wb_value value = wbi_value_null();
  wbi_value_become_node(&value, node);
  return value;
}

static const wbi_json *value_node(const wb_value *value) {
  return (const wbi_json *)(const void *)value->data;
}

static bool value_pair(const wb_value *value) {
  return (value->flags & WBI_VALUE_PAIR) != 0;
}

bool wbi_value_count(const wb_value *value, uint32_t *count) {
  if (value->kind == WB_LIST) {
    *count = (uint32_t)value->integer;
  } else if (value->kind == WBI_NODE) {
    *count = value_pair(value) ? 2 : value_node(value)->count;
  } else {
    return false;
  }
  return true;
}

bool wbi_value_list(const wb_value *value) {
  if (value->kind == WBI_NODE) {
    return value_pair(value) || value_node(value)->kind == WBI_JSON_ARRAY;
  }
  return value->kind == WB_LIST;
}

/* An element of an array, a member of an object as a pair, one half of a pair. */
static wb_value value_item_of_node(const wb_value *value, uint32_t index) {
  const wbi_json *node = value_node(value);
  if (value_pair(value)) {
    if (index > 1) return wbi_value_null();
    return index == 0 ? wbi_value_text(node->name) : wbi_value_node(node);
  }
  const bool object = node->kind == WBI_JSON_OBJECT;
  for (node = node->first; node != NULL && index > 0; index--)
    node = node->next;
  if (node == NULL) return wbi_value_null();
  if (!object) return wbi_value_node(node);
  return (wb_value){.size = sizeof(wb_value),
                    .flags = WBI_VALUE_PAIR,
                    .kind = WBI_NODE,
                    .data = (const char *)node};
}

wb_status wbi_value_item(const wbi_filtering *filtering, const wb_value *list, uint32_t index,
                         wb_value *item) {
  *item = list->kind == WBI_NODE ? value_item_of_node(list, index) : wbi_value_null();
  if (list->kind != WB_LIST || WBI_NEVER(index >= (uint64_t)list->integer)) return WB_OK;
  return wbi_render_item(filtering->render, list->length, index, item);
}

static void value_put_time(const wbi_filtering *filtering, wbi_writer *writer, wb_time at) {
  char text[40];
  size_t length = 0;
  if (wb_time_format(at, filtering->zone, text, sizeof text, &length) != WB_OK) return;
  wbi_put_text(writer, (wbi_text){text, length});
}

static void value_put_double(wbi_writer *writer, const wb_value *value) {
  wb_value decimal;
  if (wbi_decimal_from(value, &decimal)) {
    wbi_decimal_put(writer, &decimal);
  } else {
    wbi_put_double(writer, value->real);
  }
}

void wbi_value_put(const wbi_filtering *filtering, wbi_writer *writer, const wb_value *value) {
  switch (value->kind) {
  case WB_BOOL:
    wbi_put_text(writer, value->integer != 0 ? WBI_TEXT("true") : WBI_TEXT("false"));
    break;
  case WB_INT: wbi_put_int(writer, value->integer); break;
  case WB_UINT: wbi_put_uint(writer, (uint64_t)value->integer); break;
  case WB_DOUBLE: value_put_double(writer, value); break;
  case WBI_DECIMAL: wbi_decimal_put(writer, value); break;
  case WB_TEXT: wbi_put_text(writer, (wbi_text){value->data, value->length}); break;
  case WB_DATE:
    if (wbi_date_valid((wb_date)value->integer)) wbi_put_date(writer, (wb_date)value->integer);
    break;
  case WB_TIME: value_put_time(filtering, writer, value->integer); break;
  case WBI_NODE: wbi_value_inspect(writer, value); break;
  case WBI_SELF: wbi_put_text(writer, WBI_TEXT("Liquid::SelfDrop")); break;
  default: break;
  }
}

wb_status wbi_value_write(const wbi_filtering *filtering, const wb_value *value, wbi_text *text) {
  wb_value made = *value;
  if (value->kind != WB_TEXT) {
    wbi_writer writer = wbi_room_begin(filtering->room);
    wbi_value_put(filtering, &writer, value);
    const wb_status status = wbi_room_finish(filtering->room, &writer, &made);
    if (status != WB_OK) return status;
  }
  *text = (wbi_text){made.data, made.length};
  return WB_OK;
}

/* A list that is being joined, and where in it. */
typedef struct value_place {
  wb_value list;
  uint32_t index, count;
} value_place;

/* Lists in lists that are joined; deeper ones are written as they are. */
enum { VALUE_DEEPEST = 16 };

wb_status wbi_value_join(const wbi_filtering *filtering, wbi_writer *writer, const wb_value *value,
                         wbi_text glue) {
  value_place places[VALUE_DEEPEST];
  uint32_t depth = 0;
  bool first = true;
  wb_value item = *value;
  for (;;) {
    uint32_t count = 0;
    if (depth < VALUE_DEEPEST && wbi_value_list(&item)) {
      (void)wbi_value_count(&item, &count);
      places[depth++] = (value_place){item, 0, count};
    } else {
      if (!first) wbi_put_text(writer, glue);
      first = false;
      wbi_value_put(filtering, writer, &item);
    }
    while (depth > 0 && places[depth - 1].index == places[depth - 1].count)
      depth--;
    if (depth == 0 || writer->length > writer->capacity) return WB_OK;
    value_place *place = &places[depth - 1];
    const wb_status status = wbi_value_item(filtering, &place->list, place->index++, &item);
    if (status != WB_OK) return status;
  }
}

/* SPDX-License-Identifier: MIT */
/* Values as JSON, and JSON as values. */
#include "cel/convert.h"
#include "cel/json_value.h"

enum { JSON_VALUE_DEPTH = 64 };

static void json_put(wbi_writer *writer, const wbi_cel_value *value, uint32_t depth);

/* The text of a value, as string() gives it, with quotes. */
static void json_put_quoted(wbi_writer *writer, const wbi_cel_value *value) {
  wbi_put_char(writer, '"');
  wbi_cel_put_text_of(writer, value);
  wbi_put_char(writer, '"');
}

/* A number; JSON has none for infinity or what is no number. */
static void json_put_double(wbi_writer *writer, const wbi_cel_value *value) {
  if (value->as.real - value->as.real == 0)
    wbi_cel_put_text_of(writer, value);
  else
    json_put_quoted(writer, value);
}

/* Bytes: base64, as JSON of CEL values has it. */
static void json_put_bytes(wbi_writer *writer, wbi_text bytes) {
  wbi_put_char(writer, '"');
  wbi_put_base64(writer, (const uint8_t *)bytes.data, bytes.length);
  wbi_put_char(writer, '"');
}

/* A list. */
static void json_put_list(wbi_writer *writer, const wbi_cel_value *value, uint32_t depth) {
  wbi_put_char(writer, '[');
  for (uint32_t i = 0; i < value->length; i++) {
    if (i > 0) wbi_put_char(writer, ',');
    json_put(writer, &value->as.items[i], depth);
  }
  wbi_put_char(writer, ']');
}

/* A map; keys that are no text are written as one. */
static void json_put_map(wbi_writer *writer, const wbi_cel_value *value, uint32_t depth) {
  wbi_put_char(writer, '{');
  for (uint32_t i = 0; i < value->length; i++) {
    const wbi_cel_value *key = &value->as.items[2 * (size_t)i];
    if (i > 0) wbi_put_char(writer, ',');
    if (key->kind == WB_TEXT)
      wbi_put_json(writer, wbi_cel_text(key));
    else
      json_put_quoted(writer, key);
    wbi_put_char(writer, ':');
    json_put(writer, key + 1, depth);
  }
  wbi_put_char(writer, '}');
}

/* A value; below the depth limit null. */
static void json_put(wbi_writer *writer, const wbi_cel_value *value, uint32_t depth) {
  const wbi_cel_value nothing = {.kind = WB_NULL};
  if (depth == 0 || value->facts != 0) value = &nothing;
  switch (value->kind) {
  case WB_BOOL:
  case WB_INT:
  case WB_UINT: wbi_cel_put_text_of(writer, value); break;
  case WB_DOUBLE: json_put_double(writer, value); break;
  case WB_TEXT: wbi_put_json(writer, wbi_cel_text(value)); break;
  case WB_BYTES: json_put_bytes(writer, wbi_cel_text(value)); break;
  case WB_DATE:
  case WB_TIME:
  case WBI_KIND_DURATION: json_put_quoted(writer, value); break;
  case WBI_KIND_TYPE: wbi_put_json(writer, value->as.type->name); break;
  case WB_LIST: json_put_list(writer, value, depth - 1); break;
  case WBI_KIND_MAP: json_put_map(writer, value, depth - 1); break;
  case WBI_KIND_OPTIONAL:
    json_put(writer, value->as.items != NULL ? value->as.items : &nothing, depth - 1);
    break;
  default: wbi_put_text(writer, WBI_TEXT("null")); break;
  }
}

void wbi_cel_put_json(wbi_writer *writer, const wbi_cel_value *value) {
  json_put(writer, value, JSON_VALUE_DEPTH);
}

/* ---- from JSON ---------------------------------------------------------------------------- */

/* Elements of an array or members of an object, whose nesting the context limits. */
static wb_status json_take_parts(wbi_arena *arena, const wbi_json *json, wbi_cel_value *value) {
  const size_t each = json->kind == WBI_JSON_OBJECT ? 2 : 1;
  wbi_cel_value *items = wbi_arena_array(arena, each * json->count, sizeof *items);
  size_t at = 0;
  if (items == NULL) return WB_E_NOMEM;
  for (const wbi_json *part = json->first; part != NULL; part = part->next) {
    if (each == 2) items[at++] = wbi_cel_of_text(part->name);
    const wb_status status = wbi_cel_take_json(arena, part, &items[at++]);
    if (status != WB_OK) return status;
  }
  value->as.items = items;
  value->length = json->count;
  value->kind = each == 2 ? WBI_KIND_MAP : WB_LIST;
  return WB_OK;
}

wb_status wbi_cel_take_json(wbi_arena *arena, const wbi_json *json, wbi_cel_value *value) {
  *value = (wbi_cel_value){.kind = WB_NULL};
  switch (json->kind) {
  case WBI_JSON_BOOL: *value = wbi_cel_of_bool(json->truth); return WB_OK;
  case WBI_JSON_INT: *value = wbi_cel_of_int(json->integer); return WB_OK;
  case WBI_JSON_NUMBER:
    value->kind = WB_DOUBLE;
    return wbi_parse_double(json->text, &value->as.real);
  case WBI_JSON_TEXT: *value = wbi_cel_of_text(json->text); return WB_OK;
  case WBI_JSON_ARRAY:
  case WBI_JSON_OBJECT: return json_take_parts(arena, json, value);
  case WBI_JSON_NULL:
  default: return WB_OK;
  }
}

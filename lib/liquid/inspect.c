/* SPDX-License-Identifier: MIT */
/* Arrays and objects as Ruby shows them: [1, "a", {"b"=>nil}]. */
#include "liquid/values.h"

/* The letter of an escape; 0: none. */
static char inspect_letter(uint32_t scalar) {
  static const char inspect_letters[] = "abtnvfr"; /* of 7 to 13 */
  if (scalar >= 7 && scalar <= 13) return inspect_letters[scalar - 7];
  if (scalar == 27) return 'e';
  return scalar == '"' || scalar == '\\' ? (char)scalar : '\0';
}

/* Whether # would begin an interpolation. */
static bool inspect_hash(wbi_text text, size_t next) {
  const char c = next < text.length ? text.data[next] : '\0';
  return c == '{' || c == '$' || c == '@';
}

static void inspect_text(wbi_writer *writer, wbi_text text) {
  wbi_put_char(writer, '"');
  for (size_t i = 0; i < text.length; i++) {
    const uint8_t c = (uint8_t)text.data[i];
    const char letter = inspect_letter(c);
    if (letter != '\0') {
      wbi_put_char(writer, '\\');
      wbi_put_char(writer, letter);
    } else if (c < ' ' || c == 127) {
      wbi_put_text(writer, WBI_TEXT("\\u00"));
      wbi_put_hex_capital(writer, c);
    } else {
      if (c == '#' && inspect_hash(text, i + 1)) wbi_put_char(writer, '\\');
      wbi_put_char(writer, (char)c);
    }
  }
  wbi_put_char(writer, '"');
}

/* A node without what is in it. */
static void inspect_leaf(wbi_writer *writer, const wbi_json *node) {
  wb_value number;
  switch (node->kind) {
  case WBI_JSON_NULL: wbi_put_text(writer, WBI_TEXT("nil")); break;
  case WBI_JSON_BOOL:
    wbi_put_text(writer, node->truth ? WBI_TEXT("true") : WBI_TEXT("false"));
    break;
  case WBI_JSON_INT: wbi_put_int(writer, node->integer); break;
  case WBI_JSON_NUMBER:
    if (wbi_decimal_parse(node->text, &number) == WB_OK) {
      wbi_decimal_put(writer, &number);
    } else {
      wbi_put_text(writer, node->text);
    }
    break;
  case WBI_JSON_TEXT: inspect_text(writer, node->text); break;
  case WBI_JSON_ARRAY: wbi_put_text(writer, WBI_TEXT("[]")); break;
  case WBI_JSON_OBJECT:
  default: wbi_put_text(writer, WBI_TEXT("{}")); break;
  }
}

static void inspect_node(wbi_writer *writer, const wbi_json *root) {
  for (const wbi_json *node = root; writer->length <= writer->capacity;) {
    if (node != root && node->parent->kind == WBI_JSON_OBJECT) {
      inspect_text(writer, node->name);
      wbi_put_text(writer, WBI_TEXT("=>"));
    }
    if (node->first != NULL) {
      wbi_put_char(writer, node->kind == WBI_JSON_ARRAY ? '[' : '{');
      node = node->first;
      continue;
    }
    inspect_leaf(writer, node);
    while (node != root && node->next == NULL) {
      node = node->parent;
      wbi_put_char(writer, node->kind == WBI_JSON_ARRAY ? ']' : '}');
    }
    if (node == root) return;
    wbi_put_text(writer, WBI_TEXT(", "));
    node = node->next;
  }
}

void wbi_value_inspect(wbi_writer *writer, const wb_value *value) {
  const wbi_json *node = (const wbi_json *)(const void *)value->data;
  if ((value->flags & WBI_VALUE_PAIR) == 0) {
    inspect_node(writer, node);
    return;
  }
  wbi_put_char(writer, '[');
  inspect_text(writer, node->name);
  wbi_put_text(writer, WBI_TEXT(", "));
  inspect_node(writer, node);
  wbi_put_char(writer, ']');
}

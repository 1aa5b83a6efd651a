/* SPDX-License-Identifier: MIT */
/* Asking a JSON tree: members, errors with their path, and the canonical form. */
#include "base/base.h"

wbi_json *wbi_json_member(const wbi_json *object, wbi_text name) {
  wbi_json *member = object != NULL && object->kind == WBI_JSON_OBJECT ? object->first : NULL;
  while (member != NULL && !wbi_text_equal(member->name, name))
    member = member->next;
  return member;
}

const wbi_json *wbi_json_find(const wbi_json *object, const char *name) {
  return wbi_json_member(object, wbi_text_of(name));
}

/* Writes a member's name as a step of a path (RFC 6901). */
static void json_put_step(wbi_writer *writer, wbi_text name) {
  for (size_t i = 0; i < name.length; i++) {
    const char c = name.data[i];
    if (c != '~' && c != '/') {
      wbi_put_char(writer, c);
    } else {
      wbi_put_text(writer, c == '~' ? WBI_TEXT("~0") : WBI_TEXT("~1"));
    }
  }
}

/* Position of a child in its parent, from 0. */
static uint64_t json_index(const wbi_json *node) {
  uint64_t index = 0;
  for (const wbi_json *child = node->parent->first; child != node; child = child->next)
    index++;
  return index;
}

/* Where a node was written. */
static const wbi_json *json_source(const wbi_json *node) {
  return node->source != NULL ? node->source : node;
}

/* Adds line, column and path of a node to an error that was just made. */
static void json_place(const wbi_json *node, wb_error *error) {
  if (error == NULL) return;
  error->line = node->line;
  error->column = node->column;
  for (node = json_source(node); node->parent != NULL; node = json_source(node->parent)) {
    char step[sizeof error->path];
    wbi_writer writer = {step, sizeof step, 0};
    wbi_put_char(&writer, '/');
    if (node->parent->kind == WBI_JSON_ARRAY) {
      wbi_put_uint(&writer, json_index(node));
    } else {
      json_put_step(&writer, node->name);
    }
    const size_t length = writer.length < sizeof step ? writer.length : sizeof step;
    wbi_error_prefix(error, (wbi_text){step, length});
  }
}

wb_status wbi_json_fail_name(const wbi_json *node, wb_error *error, wb_status status,
                             const char *before, wbi_text name, const char *after) {
  wbi_fail_name(error, status, before, name, after);
  json_place(node, error);
  return status;
}

wb_status wbi_json_fail(const wbi_json *node, wb_error *error, wb_status status,
                        const char *message) {
  return wbi_json_fail_name(node, error, status, message, (wbi_text){NULL, 0}, NULL);
}

wb_status wbi_json_fail_nearest(const wbi_json *node, wb_error *error, wbi_text name,
                                const wbi_text *names, size_t count) {
  const wbi_text near = wbi_text_nearest(name, names, count);
  if (near.length == 0) {
    return wbi_json_fail(node, error, WB_E_NAME, "There is no member of this name.");
  }
  return wbi_json_fail_name(node, error, WB_E_NAME,
                            "There is no member of this name; did you mean \"", near, "\"?");
}

wb_status wbi_json_only(const wbi_json *object, const char *const *names, wb_error *error) {
  enum { NAMES_MOST = 64 };
  for (const wbi_json *member = object->first; member != NULL; member = member->next) {
    wbi_text known[NAMES_MOST];
    size_t count = 0;
    bool found = false;
    for (; WBI_ALWAYS(count < NAMES_MOST) && names[count] != NULL; count++) {
      known[count] = wbi_text_of(names[count]);
      found = found || wbi_text_equal(member->name, known[count]);
    }
    if (!found) return wbi_json_fail_nearest(member, error, member->name, known, count);
  }
  return WB_OK;
}

wb_status wbi_json_expect(const wbi_json *node, wbi_json_kind kind, wb_error *error) {
  static const char *const json_wanted[] = {
      "This must be null.",     "This must be true or false.", "This must be a whole number.",
      "This must be a number.", "This must be a string.",      "This must be an array.",
      "This must be an object."};
  if (node->kind == kind || (kind == WBI_JSON_NUMBER && node->kind == WBI_JSON_INT)) return WB_OK;
  return wbi_json_fail(node, error, WB_E_TYPE, json_wanted[kind]);
}

wb_status wbi_json_get(const wbi_json *object, const char *name, wbi_json_kind kind, bool required,
                       const wbi_json **out, wb_error *error) {
  wb_status status = wbi_json_expect(object, WBI_JSON_OBJECT, error);
  if (status != WB_OK) return status;
  const wbi_json *member = wbi_json_find(object, name);
  if (member == NULL) {
    if (!required) return WB_OK;
    return wbi_json_fail_name(object, error, WB_E_INVALID, "The member \"", wbi_text_of(name),
                              "\" is missing.");
  }
  status = wbi_json_expect(member, kind, error);
  if (status == WB_OK) *out = member;
  return status;
}

wb_status wbi_json_get_text(const wbi_json *object, const char *name, bool required, wbi_text *out,
                            wb_error *error) {
  const wbi_json *member = NULL;
  const wb_status status = wbi_json_get(object, name, WBI_JSON_TEXT, required, &member, error);
  if (status == WB_OK && member != NULL) *out = member->text;
  return status;
}

wb_status wbi_json_get_int(const wbi_json *object, const char *name, bool required, int64_t low,
                           int64_t high, int64_t *out, wb_error *error) {
  const wbi_json *member = NULL;
  const wb_status status = wbi_json_get(object, name, WBI_JSON_INT, required, &member, error);
  if (status != WB_OK || member == NULL) return status;
  if (member->integer < low || member->integer > high) {
    return wbi_json_fail(member, error, WB_E_RANGE, "This number is out of bounds.");
  }
  *out = member->integer;
  return WB_OK;
}

wb_status wbi_json_get_bool(const wbi_json *object, const char *name, bool required, bool *out,
                            wb_error *error) {
  const wbi_json *member = NULL;
  const wb_status status = wbi_json_get(object, name, WBI_JSON_BOOL, required, &member, error);
  if (status == WB_OK && member != NULL) *out = member->truth;
  return status;
}

/* Whether a child is a member of an object. */
static bool json_is_member(const wbi_json *node) {
  return node->parent->kind == WBI_JSON_OBJECT;
}

/* The first child in canonical order. */
static const wbi_json *json_first(const wbi_json *node) {
  return node->kind == WBI_JSON_OBJECT ? node->first_sorted : node->first;
}

/* The next sibling in canonical order. */
static const wbi_json *json_after(const wbi_json *node) {
  return json_is_member(node) ? node->next_sorted : node->next;
}

/* Writes a scalar, or the bracket that opens the others. */
static wb_status json_put_begin(const wbi_json *node, bool named, wbi_writer *writer,
                                wb_error *error) {
  if (named) {
    wbi_put_json(writer, node->name);
    wbi_put_char(writer, ':');
  }
  switch (node->kind) {
  case WBI_JSON_NULL: wbi_put_text(writer, WBI_TEXT("null")); break;
  case WBI_JSON_BOOL:
    wbi_put_text(writer, node->truth ? WBI_TEXT("true") : WBI_TEXT("false"));
    break;
  case WBI_JSON_INT: wbi_put_int(writer, node->integer); break;
  case WBI_JSON_TEXT: wbi_put_json(writer, node->text); break;
  case WBI_JSON_ARRAY: wbi_put_char(writer, '['); break;
  case WBI_JSON_OBJECT: wbi_put_char(writer, '{'); break;
  case WBI_JSON_NUMBER:
  default: return wbi_json_fail(node, error, WB_E_TYPE, "This must be a whole number.");
  }
  return WB_OK;
}

/* Closes what ends with a node and returns the node that follows, NULL at the end of the root. */
static const wbi_json *json_put_end(const wbi_json *node, const wbi_json *root,
                                    wbi_writer *writer) {
  for (;; node = node->parent) {
    if (node->kind == WBI_JSON_ARRAY) wbi_put_char(writer, ']');
    if (node->kind == WBI_JSON_OBJECT) wbi_put_char(writer, '}');
    if (node == root) return NULL;
    if (json_after(node) == NULL) continue;
    wbi_put_char(writer, ',');
    return json_after(node);
  }
}

wb_status wbi_json_canonical(const wbi_json *root, wbi_writer *writer, wb_error *error) {
  const size_t begin = writer->length;
  for (const wbi_json *node = root; node != NULL;) {
    const bool named = node != root && json_is_member(node);
    const wb_status status = json_put_begin(node, named, writer, error);
    if (status != WB_OK) {
      writer->length = begin;
      return status;
    }
    const wbi_json *child = json_first(node);
    node = child != NULL ? child : json_put_end(node, root, writer);
  }
  return WB_OK;
}

wb_status wbi_json_seal(wbi_arena *arena, const wbi_json *root, wbi_text *canonical,
                        uint8_t content_id[32], wb_error *error) {
  wbi_writer writer = {NULL, 0, 0};
  const wb_status status = wbi_json_canonical(root, &writer, error);
  if (status != WB_OK) return status;
  char *bytes = wbi_arena_array(arena, writer.length + 1, 1);
  if (bytes == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory.");
  writer = (wbi_writer){bytes, writer.length, 0};
  (void)wbi_json_canonical(root, &writer, NULL);
  *canonical = (wbi_text){bytes, writer.length};
  wbi_sha256 sha;
  wbi_sha256_init(&sha);
  wbi_sha256_add(&sha, bytes, writer.length);
  wbi_sha256_finish(&sha, content_id);
  return WB_OK;
}

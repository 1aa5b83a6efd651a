/* SPDX-License-Identifier: MIT */
/*
 * Whether a document is as a JSON Schema says (draft 2020-12): the keywords that the published
 * schema of settings needs, so that what it says is what is checked. The first thing that is wrong
 * is the error; the description that the schema gives of the place tells what is wanted there.
 */
#include "outreach/settings.h"

enum { SCHEMA_DEPTH_MAX = 32, SCHEMA_NAMES_MAX = 64 };

typedef struct document_check {
  wbi_arena *arena;
  const wbi_json *root; /* of the schema */
  wb_error *error;
  uint32_t depth;
} document_check;

static wb_status schema_value(document_check *check, const wbi_json *schema, const wbi_json *node);

/* What is wrong, in the words of the schema where it has any. */
static wb_status schema_fail(const document_check *check, const wbi_json *schema,
                             const wbi_json *node, wb_status status, const char *otherwise) {
  const wbi_json *about = wbi_json_find(schema, "description");
  if (about == NULL) return wbi_json_fail(node, check->error, status, otherwise);
  return wbi_json_fail_name(node, check->error, status,
                            "This is not of its form. It is: ", about->text, NULL);
}

/* A schema, or that which its "$ref" names: "#/$defs/NAME". */
static const wbi_json *schema_find(const document_check *check, const wbi_json *schema) {
  const wbi_json *reference = wbi_json_find(schema, "$ref");
  if (reference == NULL) return schema;
  const size_t skip = sizeof "#/$defs/" - 1;
  return wbi_json_find(wbi_json_find(check->root, "$defs"), reference->text.data + skip);
}

/* A bound of the schema; `otherwise` where it has none. */
static int64_t schema_bound(const wbi_json *schema, const char *name, int64_t otherwise) {
  const wbi_json *bound = wbi_json_find(schema, name);
  return bound != NULL ? bound->integer : otherwise;
}

/* Whether an amount is within two bounds. */
static bool schema_within(const wbi_json *schema, const char *least, const char *most,
                          int64_t amount) {
  return amount >= schema_bound(schema, least, INT64_MIN) &&
         amount <= schema_bound(schema, most, INT64_MAX);
}

/* Whether a number is within its bounds. */
static wb_status schema_number(const document_check *check, const wbi_json *schema,
                               const wbi_json *node) {
  char range[64];
  wbi_writer writer = {range, sizeof range, 0};
  if (schema_within(schema, "minimum", "maximum", node->integer)) return WB_OK;
  wbi_put_int(&writer, schema_bound(schema, "minimum", INT64_MIN));
  wbi_put_text(&writer, WBI_TEXT(" to "));
  wbi_put_int(&writer, schema_bound(schema, "maximum", INT64_MAX));
  return wbi_json_fail_name(node, check->error, WB_E_RANGE, "This must be from ",
                            (wbi_text){range, writer.length}, ".");
}

/* Whether a node is of the type that a word names. */
static bool schema_is(const wbi_json *node, wbi_text type) {
  static const struct {
    const char *name;
    wbi_json_kind kind;
  } schema_types[] = {{"object", WBI_JSON_OBJECT}, {"array", WBI_JSON_ARRAY},
                      {"string", WBI_JSON_TEXT},   {"integer", WBI_JSON_INT},
                      {"boolean", WBI_JSON_BOOL},  {"null", WBI_JSON_NULL}};
  for (size_t i = 0; i < WBI_COUNT(schema_types); i++) {
    if (wbi_text_equal(type, wbi_text_of(schema_types[i].name)))
      return node->kind == schema_types[i].kind;
  }
  return false;
}

/* The type, of which there may be several. */
static wb_status schema_type(const document_check *check, const wbi_json *schema,
                             const wbi_json *node) {
  const wbi_json *type = wbi_json_find(schema, "type");
  if (type == NULL || schema_is(node, type->text)) return WB_OK;
  for (const wbi_json *one = type->first; one != NULL; one = one->next) {
    if (schema_is(node, one->text)) return WB_OK;
  }
  const bool several = type->kind == WBI_JSON_ARRAY;
  return wbi_json_fail_name(node, check->error, WB_E_TYPE, "This must be of the type ",
                            several ? type->first->text : type->text,
                            several ? ", or another that is allowed here." : ".");
}

/* One of some words. */
static wb_status schema_enum(const document_check *check, const wbi_json *schema,
                             const wbi_json *node) {
  const wbi_json *list = wbi_json_find(schema, "enum");
  if (list == NULL) return WB_OK;
  for (const wbi_json *one = list->first; one != NULL; one = one->next) {
    if (node->kind == WBI_JSON_TEXT && wbi_text_equal(one->text, node->text)) return WB_OK;
  }
  return schema_fail(check, schema, node, WB_E_NAME, "This is none of the words allowed here.");
}

/* Length and form of a text, which is the node's or its name. */
static wb_status schema_text(const document_check *check, const wbi_json *schema,
                             const wbi_json *node, wbi_text text) {
  const wbi_json *pattern = wbi_json_find(schema, "pattern");
  const char *message = NULL;
  wbi_regex *regex = NULL;
  size_t at = 0;
  if (!schema_within(schema, "minLength", "maxLength", (int64_t)wbi_utf8_count(text)))
    return schema_fail(check, schema, node, WB_E_LIMIT, "This text is too short or too long.");
  if (pattern == NULL) return WB_OK;
  const wb_status status = wbi_regex_compile(check->arena, pattern->text, &regex, &at, &message);
  if (status != WB_OK) return wbi_json_fail(pattern, check->error, status, message);
  void *scratch = wbi_arena_alloc(check->arena, wbi_regex_scratch(regex));
  if (scratch == NULL) return wbi_fail(check->error, WB_E_NOMEM, "There is no memory.");
  if (wbi_regex_search(regex, text, scratch)) return WB_OK;
  return schema_fail(check, schema, node, WB_E_SYNTAX, "This is not of the form wanted here.");
}

/* The elements of an array. */
static wb_status schema_items(document_check *check, const wbi_json *schema, const wbi_json *node) {
  const wbi_json *items = wbi_json_find(schema, "items");
  wb_status status = WB_OK;
  if (!schema_within(schema, "minItems", "maxItems", node->count))
    return schema_fail(check, schema, node, WB_E_LIMIT, "There are too few or too many of these.");
  for (const wbi_json *one = node->first; one != NULL && items != NULL && status == WB_OK;
       one = one->next)
    status = schema_value(check, items, one);
  return status;
}

/* A name that the schema does not have. */
static wb_status schema_unknown(const document_check *check, const wbi_json *known,
                                const wbi_json *member) {
  wbi_text names[SCHEMA_NAMES_MAX];
  size_t count = 0;
  const wbi_json *one = known != NULL ? known->first : NULL;
  for (; one != NULL && count < SCHEMA_NAMES_MAX; one = one->next)
    names[count++] = one->name;
  return wbi_json_fail_nearest(member, check->error, member->name, names, count);
}

/* One member: as its name has it in the schema, else as all others. */
static wb_status schema_member(document_check *check, const wbi_json *schema,
                               const wbi_json *member) {
  const wbi_json *known = wbi_json_find(schema, "properties"), *one = NULL;
  const wbi_json *names = wbi_json_find(schema, "propertyNames");
  const wbi_json *others = wbi_json_find(schema, "additionalProperties");
  for (one = known != NULL ? known->first : NULL; one != NULL; one = one->next) {
    if (wbi_text_equal(one->name, member->name)) return schema_value(check, one, member);
  }
  if (others != NULL && others->kind == WBI_JSON_BOOL) return schema_unknown(check, known, member);
  const wb_status status =
      names != NULL ? schema_text(check, schema_find(check, names), member, member->name) : WB_OK;
  return status == WB_OK && others != NULL ? schema_value(check, others, member) : status;
}

/* The members of an object. */
static wb_status schema_members(document_check *check, const wbi_json *schema,
                                const wbi_json *node) {
  const wbi_json *required = wbi_json_find(schema, "required");
  wb_status status = WB_OK;
  if (!schema_within(schema, "minProperties", "maxProperties", node->count))
    return schema_fail(check, schema, node, WB_E_LIMIT, "There are too few or too many of these.");
  for (const wbi_json *one = node->first; one != NULL && status == WB_OK; one = one->next)
    status = schema_member(check, schema, one);
  const wbi_json *one = required != NULL ? required->first : NULL;
  for (; one != NULL && status == WB_OK; one = one->next) {
    if (wbi_json_find(node, one->text.data) != NULL) continue;
    status = wbi_json_fail_name(node, check->error, WB_E_INVALID, "The member \"", one->text,
                                "\" is missing.");
  }
  return status;
}

/* Any value. As deep as the schema is, which is ours, and no deeper. */
static wb_status schema_value(document_check *check, const wbi_json *schema, const wbi_json *node) {
  const wbi_json *found = schema_find(check, schema);
  if (check->depth == SCHEMA_DEPTH_MAX)
    return wbi_json_fail(node, check->error, WB_E_LIMIT, "This is nested too deeply.");
  wb_status status = schema_type(check, found, node);
  if (status == WB_OK) status = schema_enum(check, found, node);
  if (status != WB_OK) return status;
  check->depth++;
  if (node->kind == WBI_JSON_TEXT) status = schema_text(check, found, node, node->text);
  if (node->kind == WBI_JSON_INT) status = schema_number(check, found, node);
  if (node->kind == WBI_JSON_ARRAY) status = schema_items(check, found, node);
  if (node->kind == WBI_JSON_OBJECT) status = schema_members(check, found, node);
  check->depth--;
  return status;
}

wb_status wbi_json_schema_test(wbi_arena *arena, const wbi_json *schema, const wbi_json *root,
                               wb_error *error) {
  document_check check = {arena, schema, error, 0};
  return schema_value(&check, schema, root);
}

/* SPDX-License-Identifier: MIT */
/*
 * What names mean: a name of a macro, a variable, a field of the schema, a type. A dotted name is
 * looked up whole first, then without its last part, which is then selected from what was found.
 */
#include "cel/cel_private.h"

/* ---- paths -------------------------------------------------------------------------------- */

/* The name at the root of a path. */
static const wbi_cel_node *names_root(const wbi_cel_node *node) {
  while (node->kind == WBI_CEL_SELECT)
    node = node->first;
  return node;
}

/* Writes the dotted name of a path, whose depth the tree's height limits. */
static void names_put(wbi_writer *writer, const wbi_cel_node *node) {
  if (node->kind == WBI_CEL_SELECT) {
    names_put(writer, node->first);
    wbi_put_char(writer, '.');
  }
  wbi_put_text(writer, node->name);
}

/* The same behind a container. */
static void names_put_within(wbi_writer *writer, wbi_text container, const wbi_cel_node *node) {
  wbi_put_text(writer, container);
  if (container.length > 0) wbi_put_char(writer, '.');
  names_put(writer, node);
}

/* The same in memory of the tree; NULL: no memory. */
static wbi_text names_text(const wbi_checker *c, wbi_text container, const wbi_cel_node *node) {
  wbi_writer measure = {NULL, 0, 0};
  names_put_within(&measure, container, node);
  wbi_writer writer = {wbi_arena_alloc(c->tree->arena, measure.length), measure.length, 0};
  if (writer.data != NULL) names_put_within(&writer, container, node);
  return (wbi_text){writer.data, writer.length};
}

/* ---- kinds of names ----------------------------------------------------------------------- */

/* The type of a field of the schema. */
static const wbi_cel_type *names_field_type(const wbi_checker *c, uint32_t index) {
  const wbi_field *field = wbi_schema_field(c->env->schema, index);
  if (field->type != WB_LIST) return wbi_type_of((uint32_t)field->type);
  const wbi_cel_type *element = wbi_type_of((uint32_t)field->element);
  if (field->element == WB_RECORD) {
    wbi_cel_type *record = wbi_arena_alloc(c->tree->arena, sizeof *record);
    if (record == NULL) return NULL;
    record->kind = WB_RECORD;
    record->index = index;
    element = record;
  }
  return wbi_type_make(c->tree->arena, WB_LIST, element, NULL);
}

/* Makes a leaf of a node. */
static wb_status names_become(wbi_checker *c, wbi_cel_node *node, uint32_t kind, uint32_t index,
                              const wbi_cel_type *type) {
  node->kind = kind;
  node->index = index;
  node->first = node->last = NULL;
  node->count = 0;
  return wbi_checker_typed(c, node, type);
}

/* Makes a variable, a field or a type of a node whose full name is known; `*found` whether it is
   one. */
static wb_status names_take(wbi_checker *c, wbi_cel_node *node, wbi_text name, bool *found) {
  uint32_t index = 0;
  *found = true;
  for (; index < c->env->variable_count; index++)
    if (wbi_text_equal(c->env->variables[index].name, name))
      return names_become(c, node, WBI_CEL_VARIABLE, index, c->env->variables[index].type);
  if (c->env->schema != NULL &&
      wb_schema_find(c->env->schema, name.data, name.length, &index) == WB_OK &&
      wbi_schema_field(c->env->schema, index)->list == 0)
    return names_become(c, node, WBI_CEL_FIELD, index, names_field_type(c, index));
  const wbi_cel_type *type = wbi_type_named(name);
  if (type == NULL) {
    *found = false;
    return WB_OK;
  }
  node->value = (wbi_cel_value){.as.type = type, .kind = WBI_KIND_TYPE};
  return names_become(c, node, WBI_CEL_LITERAL, 0,
                      wbi_type_make(c->tree->arena, WBI_KIND_TYPE, type, NULL));
}

/* Looks a path up in the container, then in those around it. */
static wb_status names_lookup(wbi_checker *c, wbi_cel_node *node, bool *found) {
  wbi_text container = c->env->container;
  if (names_root(node)->absolute) container.length = 0;
  for (;;) {
    const wbi_text name = names_text(c, container, node);
    if (name.data == NULL) return wbi_checker_nomem(c);
    const wb_status status = names_take(c, node, name, found);
    if (status != WB_OK || *found || container.length == 0) return status;
    while (container.length > 0 && container.data[container.length - 1] != '.')
      container.length--;
    if (container.length > 0) container.length--;
  }
}

/* The local that a name stands for. */
static const wbi_cel_local *names_local(const wbi_checker *c, const wbi_cel_node *node) {
  const wbi_cel_local *local = node->absolute ? NULL : c->locals;
  while (local != NULL && !wbi_text_equal(local->name, node->name))
    local = local->outer;
  return local;
}

/* ---- what is wrong ------------------------------------------------------------------------ */

/* Says why a name means nothing. */
static wb_status names_fail(wbi_checker *c, const wbi_cel_node *node) {
  const wbi_text path = names_text(c, (wbi_text){NULL, 0}, node);
  const wb_schema *schema = c->env->schema;
  if (path.data == NULL) return wbi_checker_nomem(c);
  if (schema != NULL && wbi_schema_prefix(schema, path)) {
    const wbi_text pieces[] = {WBI_TEXT("'"), path,
                               WBI_TEXT("' is a group of fields, not a field")};
    return wbi_checker_fail(c, WB_E_NAME, node->from, pieces, WBI_COUNT(pieces));
  }
  const wbi_text nearest = schema != NULL ? wbi_schema_nearest(schema, path) : (wbi_text){NULL, 0};
  return wbi_checker_unknown(c, node->from, WBI_TEXT("there is no field '"), path, WBI_TEXT("'"),
                             nearest);
}

/* A name that means nothing: an error, unless types are not checked. */
static wb_status names_nothing(wbi_checker *c, wbi_cel_node *node) {
  if (!c->env->unchecked) return names_fail(c, node);
  return names_become(c, node, WBI_CEL_NOTHING, 0, wbi_type_of(WBI_KIND_DYN));
}

/* Says that a field, or anything else, has no parts. */
static wb_status names_no_parts(wbi_checker *c, wbi_cel_node *node, const wbi_cel_type *type) {
  const wbi_field *field = wbi_checker_field(c, node->first);
  if (field != NULL && type->kind == WB_LIST && type->parts[0]->kind == WB_RECORD) {
    const wbi_text pieces[] = {WBI_TEXT("'"), field->name, WBI_TEXT("' is a list; write "),
                               field->name, WBI_TEXT(".exists(x, ...)")};
    node->at = node->from;
    return wbi_checker_mistyped(c, node, pieces, WBI_COUNT(pieces));
  }
  if (field != NULL) {
    const wbi_text pieces[] = {WBI_TEXT("'"), field->name, WBI_TEXT("' is "), wbi_type_word(type),
                               WBI_TEXT(" and has no parts")};
    node->at = node->from;
    return wbi_checker_mistyped(c, node, pieces, WBI_COUNT(pieces));
  }
  const wbi_text pieces[] = {wbi_type_word(type), WBI_TEXT(" has no part '"), node->name,
                             WBI_TEXT("'")};
  return wbi_checker_mistyped(c, node, pieces, WBI_COUNT(pieces));
}

/* Says that a record has no such part. */
static wb_status names_no_part(wbi_checker *c, const wbi_cel_node *node, wbi_text name) {
  return wbi_checker_unknown(c, node->at, WBI_TEXT("there is no field '"), name, WBI_TEXT("'"),
                             wbi_schema_nearest(c->env->schema, name));
}

/* ---- selections --------------------------------------------------------------------------- */

/* A part of a record: the field below its list. */
static wb_status names_select_record(wbi_checker *c, wbi_cel_node *node, uint32_t list) {
  const wbi_text pieces[] = {wbi_schema_field(c->env->schema, list)->name, WBI_TEXT("."),
                             node->name};
  char text[160];
  wbi_writer writer = {text, sizeof text, 0};
  uint32_t index = 0;
  for (size_t i = 0; i < WBI_COUNT(pieces); i++)
    wbi_put_text(&writer, pieces[i]);
  const wbi_text name = {text, writer.length < sizeof text ? writer.length : sizeof text};
  if (wb_schema_find(c->env->schema, name.data, name.length, &index) != WB_OK)
    return names_no_part(c, node, name);
  node->kind = WBI_CEL_ELEMENT;
  node->index = index;
  return wbi_checker_typed(c, node, names_field_type(c, index));
}

/* The type of a part of a value; NULL: it has none. */
static const wbi_cel_type *names_part(wbi_checker *c, const wbi_cel_type *type) {
  if (type->kind == WBI_KIND_MAP) {
    const wbi_cel_type *text = wbi_type_of(WB_TEXT);
    return wbi_solver_fits(&c->solver, type->parts[0], text) ? type->parts[1] : NULL;
  }
  return type->kind == WBI_KIND_DYN || type->kind == WBI_KIND_PARAM ? wbi_type_of(WBI_KIND_DYN)
                                                                    : NULL;
}

/* Checks `operand.name` of a checked operand; what comes of an optional is one, as of `.?`. */
static wb_status names_select(wbi_checker *c, wbi_cel_node *node) {
  const wbi_cel_type *of = wbi_checker_resolved(c, node->first->type);
  const bool lifted = of->kind == WBI_KIND_OPTIONAL;
  if (lifted) of = of->parts[0];
  wb_status status = WB_OK;
  if (of->kind == WB_RECORD && !lifted) {
    status = names_select_record(c, node, of->index);
  } else {
    const wbi_cel_type *part = names_part(c, of);
    if (part == NULL) return names_no_parts(c, node, of);
    status = wbi_checker_typed(c, node, part);
  }
  if (status != WB_OK || !(lifted || node->optional)) return status;
  return wbi_checker_typed(c, node,
                           wbi_type_make(c->tree->arena, WBI_KIND_OPTIONAL, node->type, NULL));
}

/* Checks a path whose root is no local: the longest name that means something, then selections. */
static wb_status names_path(wbi_checker *c, wbi_cel_node *node) {
  bool found = false;
  wb_status status = names_lookup(c, node, &found);
  if (status != WB_OK || found) return status;
  if (node->kind == WBI_CEL_IDENT) return WB_OK; /* the caller sees that it means nothing */
  status = names_path(c, node->first);
  if (status != WB_OK || node->first->type == NULL) return status;
  return names_select(c, node);
}

/* Checks `group.?field`, a field of the schema that may have no value; `*found` whether it is. */
static wb_status names_optional(wbi_checker *c, wbi_cel_node *node, bool *found) {
  *found = false;
  if (!node->optional || !wbi_cel_is_path(node->first)) return WB_OK;
  if (names_local(c, names_root(node)) != NULL) return WB_OK;
  const wb_status status = names_lookup(c, node, found);
  if (status != WB_OK || !*found) return status;
  return wbi_checker_typed(c, node,
                           wbi_type_make(c->tree->arena, WBI_KIND_OPTIONAL, node->type, NULL));
}

wb_status wbi_checker_name(wbi_checker *c, wbi_cel_node *node) {
  if (!wbi_cel_is_path(node)) {
    bool found = false;
    wb_status status = names_optional(c, node, &found);
    if (status != WB_OK || found) return status;
    status = wbi_checker_node(c, node->first);
    return status != WB_OK ? status : names_select(c, node);
  }
  const wbi_cel_local *local = names_local(c, names_root(node));
  if (local == NULL) {
    const wb_status status = names_path(c, node);
    return status != WB_OK || node->type != NULL ? status : names_nothing(c, node);
  }
  if (node->kind == WBI_CEL_IDENT)
    return names_become(c, node, WBI_CEL_LOCAL, local->index, local->type);
  const wb_status status = wbi_checker_node(c, node->first);
  return status != WB_OK ? status : names_select(c, node);
}

const wbi_field *wbi_checker_field(const wbi_checker *c, const wbi_cel_node *node) {
  if (node->kind != WBI_CEL_FIELD && node->kind != WBI_CEL_ELEMENT) return NULL;
  return wbi_schema_field(c->env->schema, node->index);
}

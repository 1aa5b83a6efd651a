/* SPDX-License-Identifier: MIT */
/* Macros: has, the ways to go through a list or map, cel.bind, optMap. */
#include "cel/cel_private.h"

/* A macro that goes through its receiver. */
typedef struct macros_loop {
  const char *name;
  uint32_t arguments; /* with the names */
  uint32_t names;
  uint32_t loop; /* enum wbi_cel_loop */
} macros_loop;

static const macros_loop macros_loops[] = {
    {"all", 2, 1, WBI_LOOP_ALL},
    {"exists", 2, 1, WBI_LOOP_EXISTS},
    {"exists_one", 2, 1, WBI_LOOP_ONE},
    {"existsOne", 2, 1, WBI_LOOP_ONE},
    {"filter", 2, 1, WBI_LOOP_FILTER},
    {"map", 2, 1, WBI_LOOP_LIST},
    {"map", 3, 1, WBI_LOOP_LIST},
    {"all", 3, 2, WBI_LOOP_ALL},
    {"exists", 3, 2, WBI_LOOP_EXISTS},
    {"exists_one", 3, 2, WBI_LOOP_ONE},
    {"existsOne", 3, 2, WBI_LOOP_ONE},
    {"transformList", 3, 2, WBI_LOOP_LIST},
    {"transformList", 4, 2, WBI_LOOP_LIST},
    {"transformMap", 3, 2, WBI_LOOP_MAP},
    {"transformMap", 4, 2, WBI_LOOP_MAP},
    {"transformMapEntry", 3, 2, WBI_LOOP_ENTRIES},
    {"transformMapEntry", 4, 2, WBI_LOOP_ENTRIES},
};

/* The loop that a call is; NULL: none. */
static const macros_loop *macros_find(const wbi_cel_node *node) {
  for (size_t i = 0; i < WBI_COUNT(macros_loops); i++)
    if (node->count == macros_loops[i].arguments + 1 &&
        wbi_text_equal(node->name, wbi_text_of(macros_loops[i].name)))
      return &macros_loops[i];
  return NULL;
}

uint32_t wbi_macro_names(wbi_text name) {
  for (size_t i = 0; i < WBI_COUNT(macros_loops); i++)
    if (wbi_text_equal(name, wbi_text_of(macros_loops[i].name))) return macros_loops[i].names;
  return 0;
}

wbi_text wbi_macro_nearest(wbi_text name) {
  wbi_text all[WBI_COUNT(macros_loops) + 1] = {WBI_TEXT("has")};
  for (size_t i = 0; i < WBI_COUNT(macros_loops); i++)
    all[i + 1] = wbi_text_of(macros_loops[i].name);
  return wbi_text_nearest(name, all, WBI_COUNT(all));
}

/* ---- locals ------------------------------------------------------------------------------- */

/* Reads the name of a local. */
static wb_status macros_name(const wbi_checker *c, const wbi_cel_node *node, wbi_text *name) {
  const wbi_text pieces[] = {WBI_TEXT("a plain name is needed here")};
  if (node->kind != WBI_CEL_IDENT || node->absolute)
    return wbi_checker_fail(c, WB_E_SYNTAX, node->from, pieces, 1);
  *name = node->name;
  return WB_OK;
}

/* Brings a local into being until macros_leave. */
static void macros_enter(wbi_checker *c, wbi_cel_local *local, wbi_text name,
                         const wbi_cel_type *type) {
  *local = (wbi_cel_local){name, type, c->depth++, c->locals};
  if (c->tree->locals < c->depth) c->tree->locals = c->depth;
  c->locals = local;
}

static void macros_leave(wbi_checker *c) {
  c->locals = c->locals->outer;
  c->depth--;
}

/* Makes the children of a node those from one on; the first stays if `receiver`. */
static void macros_children(wbi_cel_node *node, wbi_cel_node *from, bool receiver) {
  if (receiver)
    node->first->next = from;
  else
    node->first = from;
  node->count = 0;
  for (wbi_cel_node *child = node->first; child != NULL; child = child->next) {
    node->last = child;
    node->count++;
  }
}

/* ---- loops -------------------------------------------------------------------------------- */

/* The types of the names of a loop through a range. */
static wb_status macros_range(wbi_checker *c, wbi_cel_node *node, uint32_t names,
                              const wbi_cel_type *types[2]) {
  const wbi_cel_type *range = wbi_checker_resolved(c, node->first->type);
  types[0] = types[1] = wbi_type_of(WBI_KIND_DYN);
  if (range->kind == WBI_KIND_MAP) {
    types[0] = range->parts[0];
    types[1] = range->parts[1];
  } else if (range->kind == WB_LIST) {
    types[0] = names == 1 ? range->parts[0] : wbi_type_of(WB_INT);
    types[1] = range->parts[0];
  } else if (range->kind != WBI_KIND_DYN && range->kind != WBI_KIND_PARAM && !c->env->unchecked) {
    const wbi_text pieces[] = {WBI_TEXT("'"), node->name, WBI_TEXT("' goes through a list, not "),
                               wbi_type_word(range)};
    return wbi_checker_fail(c, WB_E_TYPE, node->at, pieces, WBI_COUNT(pieces));
  }
  return WB_OK;
}

/* The type that a loop makes of its steps; NULL: no memory. */
static const wbi_cel_type *macros_result(wbi_checker *c, const wbi_cel_node *node,
                                         const wbi_cel_type *const types[2]) {
  wbi_arena *arena = c->tree->arena;
  const wbi_cel_type *step = node->last->type, *dyn = wbi_type_of(WBI_KIND_DYN);
  switch (node->sign) {
  case WBI_LOOP_FILTER: return wbi_type_make(arena, WB_LIST, types[0], NULL);
  case WBI_LOOP_LIST: return wbi_type_make(arena, WB_LIST, step, NULL);
  case WBI_LOOP_MAP: return wbi_type_make(arena, WBI_KIND_MAP, types[0], step);
  case WBI_LOOP_ENTRIES:
    return wbi_checker_resolved(c, step)->kind == WBI_KIND_MAP
               ? step
               : wbi_type_make(arena, WBI_KIND_MAP, dyn, dyn);
  default: return wbi_type_of(WB_BOOL);
  }
}

/* Checks filter and step, in which the names are known. */
static wb_status macros_body(wbi_checker *c, wbi_cel_node *node) {
  wbi_cel_node *first = node->first->next;
  wb_status status = wbi_checker_node(c, first);
  const bool logical = first != node->last || node->sign <= WBI_LOOP_FILTER;
  if (status == WB_OK && logical) status = wbi_checker_bool(c, first);
  if (status == WB_OK && first != node->last) status = wbi_checker_node(c, node->last);
  return status;
}

/* Checks a loop. */
static wb_status macros_check_loop(wbi_checker *c, wbi_cel_node *node, const macros_loop *loop) {
  const wbi_cel_type *types[2];
  wbi_text names[2] = {{NULL, 0}, {NULL, 0}};
  wbi_cel_local locals[2];
  wbi_cel_node *argument = node->first->next;
  wb_status status = wbi_checker_node(c, node->first);
  for (uint32_t i = 0; i < loop->names && status == WB_OK; i++, argument = argument->next)
    status = macros_name(c, argument, &names[i]);
  if (status != WB_OK) return status;
  if (loop->names == 2 && wbi_text_equal(names[0], names[1])) {
    const wbi_text pieces[] = {WBI_TEXT("two names are needed here, not one twice")};
    return wbi_checker_fail(c, WB_E_SYNTAX, node->at, pieces, 1);
  }
  status = macros_range(c, node, loop->names, types);
  if (status != WB_OK) return status;
  node->kind = WBI_CEL_LOOP;
  node->sign = loop->loop;
  node->names = loop->names;
  node->index = c->depth;
  macros_children(node, argument, true);
  for (uint32_t i = 0; i < loop->names; i++)
    macros_enter(c, &locals[i], names[i], types[i]);
  status = macros_body(c, node);
  for (uint32_t i = 0; i < loop->names; i++)
    macros_leave(c);
  return status != WB_OK ? status : wbi_checker_typed(c, node, macros_result(c, node, types));
}

/* ---- has, bind, optMap -------------------------------------------------------------------- */

/* Checks has(operand.field). */
static wb_status macros_has(wbi_checker *c, wbi_cel_node *node) {
  wbi_cel_node *field = node->first;
  const wbi_text pieces[] = {WBI_TEXT("has() needs a field, such as has(visit.next)")};
  if (node->count != 1 || field->kind != WBI_CEL_SELECT || field->optional)
    return wbi_checker_fail(c, WB_E_SYNTAX, node->at, pieces, 1);
  const wb_status status = wbi_checker_node(c, field);
  if (status != WB_OK) return status;
  const bool part = field->kind == WBI_CEL_FIELD || field->kind == WBI_CEL_ELEMENT ||
                    field->kind == WBI_CEL_SELECT || field->kind == WBI_CEL_NOTHING;
  if (!part) return wbi_checker_fail(c, WB_E_TYPE, node->at, pieces, 1);
  node->kind = WBI_CEL_HAS;
  return wbi_checker_typed(c, node, wbi_type_of(WB_BOOL));
}

/* Checks cel.bind(name, value, result). */
static wb_status macros_bind(wbi_checker *c, wbi_cel_node *node) {
  wbi_text name = {NULL, 0};
  wbi_cel_local local;
  wbi_cel_node *value = node->first->next->next;
  wb_status status = macros_name(c, node->first->next, &name);
  if (status == WB_OK) status = wbi_checker_node(c, value);
  if (status != WB_OK) return status;
  node->kind = WBI_CEL_BIND;
  node->index = c->depth;
  macros_children(node, value, false);
  macros_enter(c, &local, name, value->type);
  status = wbi_checker_node(c, node->last);
  macros_leave(c);
  return status != WB_OK ? status : wbi_checker_typed(c, node, node->last->type);
}

/* The type that an optional holds; NULL: it is none. */
static const wbi_cel_type *macros_held(wbi_checker *c, const wbi_cel_type *type) {
  type = wbi_checker_resolved(c, type);
  if (type->kind == WBI_KIND_OPTIONAL) return type->parts[0];
  const bool open = type->kind == WBI_KIND_DYN || type->kind == WBI_KIND_PARAM || c->env->unchecked;
  return open ? wbi_type_of(WBI_KIND_DYN) : NULL;
}

/* Checks optional.optMap(name, result), or optFlatMap, whose result is an optional itself. */
static wb_status macros_opt_map(wbi_checker *c, wbi_cel_node *node, bool flat) {
  wbi_text name = {NULL, 0};
  wbi_cel_local local;
  wb_status status = wbi_checker_node(c, node->first);
  if (status == WB_OK) status = macros_name(c, node->first->next, &name);
  if (status != WB_OK) return status;
  const wbi_cel_type *held = macros_held(c, node->first->type);
  if (held == NULL) {
    const wbi_text pieces[] = {WBI_TEXT("'"), node->name, WBI_TEXT("' needs an optional")};
    return wbi_checker_fail(c, WB_E_TYPE, node->at, pieces, 3);
  }
  node->kind = WBI_CEL_OPT_MAP;
  node->index = c->depth;
  node->optional = flat;
  macros_children(node, node->last, true);
  macros_enter(c, &local, name, held);
  status = wbi_checker_node(c, node->last);
  macros_leave(c);
  if (status != WB_OK) return status;
  const wbi_cel_type *result = node->last->type;
  if (!flat) result = wbi_type_make(c->tree->arena, WBI_KIND_OPTIONAL, result, NULL);
  return wbi_checker_typed(c, node, result);
}

/* Whether a call is `cel.bind` with its three arguments. */
static bool macros_is_bind(const wbi_cel_node *node) {
  return node->count == 4 && wbi_text_equal(node->name, WBI_TEXT("bind")) &&
         node->first->kind == WBI_CEL_IDENT && wbi_text_equal(node->first->name, WBI_TEXT("cel"));
}

wb_status wbi_checker_macro(wbi_checker *c, wbi_cel_node *node, bool *found) {
  *found = true;
  if (!node->receiver) {
    *found = wbi_text_equal(node->name, WBI_TEXT("has"));
    return *found ? macros_has(c, node) : WB_OK;
  }
  const macros_loop *loop = macros_find(node);
  if (loop != NULL) return macros_check_loop(c, node, loop);
  if (macros_is_bind(node)) return macros_bind(c, node);
  const bool flat = wbi_text_equal(node->name, WBI_TEXT("optFlatMap"));
  if (node->count == 3 && (flat || wbi_text_equal(node->name, WBI_TEXT("optMap"))))
    return macros_opt_map(c, node, flat);
  *found = false;
  return WB_OK;
}

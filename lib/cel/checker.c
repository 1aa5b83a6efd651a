/* SPDX-License-Identifier: MIT */
/*
 * Names, types and domains. Recursion is as deep as the tree, whose height the parser limits.
 */
#include "cel/cel_private.h"

/* ---- messages ----------------------------------------------------------------------------- */

wb_status wbi_checker_nomem(const wbi_checker *c) {
  return wbi_fail(c->tree->error, WB_E_NOMEM, "no memory for the rule");
}

wb_status wbi_checker_fail(const wbi_checker *c, wb_status status, uint32_t at,
                           const wbi_text *pieces, size_t count) {
  char message[256];
  wbi_writer writer = {message, sizeof message - 1, 0};
  if (c->solver.failed) return wbi_checker_nomem(c); /* what seems wrong may only be not known */
  for (size_t i = 0; i < count; i++)
    wbi_put_text(&writer, pieces[i]);
  message[writer.length < writer.capacity ? writer.length : writer.capacity] = '\0';
  return wbi_fail_at(c->tree->error, status, c->tree->source, at, message);
}

wb_status wbi_checker_mistyped(wbi_checker *c, wbi_cel_node *node, const wbi_text *pieces,
                               size_t count) {
  if (!c->env->unchecked) return wbi_checker_fail(c, WB_E_TYPE, node->at, pieces, count);
  return wbi_checker_typed(c, node, wbi_type_of(WBI_KIND_DYN));
}

wb_status wbi_checker_unknown(const wbi_checker *c, uint32_t at, wbi_text before, wbi_text name,
                              wbi_text after, wbi_text nearest) {
  const wbi_text pieces[] = {before,  name,          after, WBI_TEXT("; did you mean '"),
                             nearest, WBI_TEXT("'?")};
  return wbi_checker_fail(c, WB_E_NAME, at, pieces, nearest.length > 0 ? 6 : 3);
}

const wbi_cel_type *wbi_checker_resolved(wbi_checker *c, const wbi_cel_type *type) {
  return wbi_solver_resolve(&c->solver, type, NULL);
}

wb_status wbi_checker_typed(wbi_checker *c, wbi_cel_node *node, const wbi_cel_type *type) {
  node->type = type;
  return type == NULL || c->solver.failed ? wbi_checker_nomem(c) : WB_OK;
}

wb_status wbi_checker_bool(wbi_checker *c, const wbi_cel_node *node) {
  if (c->env->unchecked || wbi_solver_fits(&c->solver, wbi_type_of(WB_BOOL), node->type))
    return WB_OK;
  const wbi_text pieces[] = {WBI_TEXT("true or false is needed here, not "),
                             wbi_type_word(wbi_checker_resolved(c, node->type))};
  return wbi_checker_fail(c, WB_E_TYPE, node->from, pieces, WBI_COUNT(pieces));
}

/* ---- parts -------------------------------------------------------------------------------- */

/* Checks the children of a node. */
static wb_status checker_children(wbi_checker *c, wbi_cel_node *node) {
  for (wbi_cel_node *child = node->first; child != NULL; child = child->next) {
    const wb_status status = wbi_checker_node(c, child);
    if (status != WB_OK) return status;
  }
  return WB_OK;
}

/* The type of what an element or key that may be missing holds. */
static wb_status checker_maybe(wbi_checker *c, wbi_cel_node *child, const wbi_cel_type **type) {
  *type = child->type;
  if (!child->maybe) return WB_OK;
  const wbi_cel_type *held = wbi_solver_param(&c->solver);
  const wbi_cel_type *optional = wbi_type_make(c->tree->arena, WBI_KIND_OPTIONAL, held, NULL);
  if (optional == NULL) return wbi_checker_nomem(c);
  *type = held;
  if (wbi_solver_fits(&c->solver, optional, child->type)) return WB_OK;
  *type = wbi_type_of(WBI_KIND_DYN);
  if (c->env->unchecked) return WB_OK;
  const wbi_text pieces[] = {WBI_TEXT("an optional is needed after '?'")};
  return wbi_checker_fail(c, WB_E_TYPE, child->from, pieces, 1);
}

/* Joins a type with those before it. */
static void checker_join(wbi_checker *c, const wbi_cel_type **all, const wbi_cel_type *type) {
  *all = *all == NULL ? type : wbi_solver_join(&c->solver, *all, type);
}

/* Checks a list. */
static wb_status checker_list(wbi_checker *c, wbi_cel_node *node) {
  const wbi_cel_type *all = NULL;
  wb_status status = checker_children(c, node);
  for (wbi_cel_node *child = node->first; child != NULL && status == WB_OK; child = child->next) {
    const wbi_cel_type *type = NULL;
    status = checker_maybe(c, child, &type);
    checker_join(c, &all, type);
  }
  if (status != WB_OK) return status;
  if (all == NULL) all = wbi_solver_param(&c->solver);
  return wbi_checker_typed(c, node, wbi_type_make(c->tree->arena, WB_LIST, all, NULL));
}

/* Whether a type may be that of a key. */
static bool checker_is_key(const wbi_cel_type *type) {
  switch (type->kind) {
  case WB_BOOL:
  case WB_INT:
  case WB_UINT:
  case WB_TEXT:
  case WBI_KIND_DYN:
  case WBI_KIND_PARAM: return true;
  default: return false;
  }
}

/* Checks one entry of a map. */
static wb_status checker_entry(wbi_checker *c, wbi_cel_node *key, const wbi_cel_type **keys,
                               const wbi_cel_type **values) {
  const wbi_cel_type *value = NULL;
  const bool maybe = key->maybe;
  if (!checker_is_key(wbi_checker_resolved(c, key->type)) && !c->env->unchecked) {
    const wbi_text pieces[] = {WBI_TEXT("a key is a whole number, a text, true or false")};
    return wbi_checker_fail(c, WB_E_TYPE, key->from, pieces, 1);
  }
  key->next->maybe = maybe;
  const wb_status status = checker_maybe(c, key->next, &value);
  key->next->maybe = false;
  checker_join(c, keys, key->type);
  checker_join(c, values, value);
  return status;
}

/* Checks a map. */
static wb_status checker_map(wbi_checker *c, wbi_cel_node *node) {
  const wbi_cel_type *keys = NULL, *values = NULL;
  wb_status status = checker_children(c, node);
  for (wbi_cel_node *key = node->first; key != NULL && status == WB_OK; key = key->next->next)
    status = checker_entry(c, key, &keys, &values);
  if (status != WB_OK) return status;
  if (keys == NULL) keys = wbi_solver_param(&c->solver);
  if (values == NULL) values = wbi_solver_param(&c->solver);
  return wbi_checker_typed(c, node, wbi_type_make(c->tree->arena, WBI_KIND_MAP, keys, values));
}

/* ---- indexes ------------------------------------------------------------------------------ */

/* The type of an element of a list or map by its index. */
static const wbi_cel_type *checker_indexed(wbi_checker *c, const wbi_cel_type *of,
                                           const wbi_cel_type *key) {
  const wbi_cel_type *dyn = wbi_type_of(WBI_KIND_DYN);
  if (of->kind == WBI_KIND_DYN || of->kind == WBI_KIND_PARAM) return dyn;
  if (of->kind == WB_LIST)
    return wbi_solver_fits(&c->solver, wbi_type_of(WB_INT), key) ? of->parts[0] : NULL;
  if (of->kind == WBI_KIND_MAP)
    return wbi_solver_fits(&c->solver, of->parts[0], key) ? of->parts[1] : NULL;
  return NULL;
}

/* Checks `operand[index]`. */
static wb_status checker_index(wbi_checker *c, wbi_cel_node *node) {
  wb_status status = checker_children(c, node);
  if (status != WB_OK) return status;
  const wbi_cel_type *of = wbi_checker_resolved(c, node->first->type);
  const bool lifted = of->kind == WBI_KIND_OPTIONAL;
  if (lifted) of = of->parts[0];
  const wbi_cel_type *type = checker_indexed(c, of, node->last->type);
  if (type == NULL) {
    const wbi_text pieces[] = {wbi_type_word(of), WBI_TEXT(" has no element by "),
                               wbi_type_word(node->last->type)};
    return wbi_checker_mistyped(c, node, pieces, WBI_COUNT(pieces));
  }
  if (lifted || node->optional) type = wbi_type_make(c->tree->arena, WBI_KIND_OPTIONAL, type, NULL);
  return wbi_checker_typed(c, node, type);
}

/* ---- nodes -------------------------------------------------------------------------------- */

/* Checks a literal. */
static wb_status checker_literal(wbi_checker *c, wbi_cel_node *node) {
  return wbi_checker_typed(c, node, wbi_type_of(node->value.kind));
}

/* Checks a call: a macro, or a function. */
static wb_status checker_call(wbi_checker *c, wbi_cel_node *node) {
  bool macro = false;
  const wb_status status = wbi_checker_macro(c, node, &macro);
  return status != WB_OK || macro ? status : wbi_checker_call(c, node);
}

wb_status wbi_checker_node(wbi_checker *c, wbi_cel_node *node) {
  static const wbi_text message[] = {{"messages, 'Name{ }', are not part of the language", 49}};
  wb_status status = WB_OK;
  switch (node->kind) {
  case WBI_CEL_LITERAL: return checker_literal(c, node);
  case WBI_CEL_IDENT:
  case WBI_CEL_SELECT: return wbi_checker_name(c, node);
  case WBI_CEL_OPERATOR:
    status = checker_children(c, node);
    return status != WB_OK ? status : wbi_checker_operator(c, node);
  case WBI_CEL_CALL: return checker_call(c, node);
  case WBI_CEL_INDEX: return checker_index(c, node);
  case WBI_CEL_LIST: return checker_list(c, node);
  case WBI_CEL_MAP: return checker_map(c, node);
  default: return wbi_checker_fail(c, WB_E_SYNTAX, node->at, message, 1);
  }
}

/* Sets the types of all nodes to what was found. */
static void checker_settle(wbi_checker *c, wbi_cel_node *node) {
  node->type = wbi_solver_resolve(&c->solver, node->type, wbi_type_of(WBI_KIND_DYN));
  for (wbi_cel_node *child = node->first; child != NULL; child = child->next)
    checker_settle(c, child);
}

wb_status wbi_cel_check(wbi_cel_tree *tree) {
  wbi_checker c = {.tree = tree, .env = tree->env, .solver = {.arena = tree->arena}};
  const wb_status status = wbi_checker_node(&c, tree->root);
  if (status != WB_OK) return status;
  checker_settle(&c, tree->root);
  return c.solver.failed ? wbi_checker_nomem(&c) : WB_OK;
}

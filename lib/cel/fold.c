/* SPDX-License-Identifier: MIT */
/*
 * Constants: what depends on nothing is worked out once, by running it. And what an evaluation
 * costs at most, as far as can be said beforehand.
 */
#include "cel/cel_private.h"

/* What working out a constant may cost; what costs more is left to the evaluation. */
enum { FOLD_COST = 10000 };

/* ---- copies ------------------------------------------------------------------------------- */

/* Copies values with what they point to; nesting is that of literals, which the tree limits. */
static bool fold_copy_items(wbi_arena *arena, wbi_cel_value *value, size_t count, uint32_t depth);

static bool fold_copy(wbi_arena *arena, wbi_cel_value *value, uint32_t depth) {
  if (WBI_NEVER(depth == 0)) return false; /* a value is as deep as its tree, 1,024 at most */
  switch (value->kind) {
  case WB_TEXT:
  case WB_BYTES:
    value->as.data = wbi_arena_copy(arena, wbi_cel_text(value));
    return value->as.data != NULL;
  case WB_LIST: return fold_copy_items(arena, value, value->length, depth);
  case WBI_KIND_MAP: return fold_copy_items(arena, value, 2 * (size_t)value->length, depth);
  case WBI_KIND_OPTIONAL: return value->as.items == NULL || fold_copy_items(arena, value, 1, depth);
  case WBI_KIND_TYPE: value->as.type = wbi_type_of(value->as.type->kind); return true;
  default: return true;
  }
}

static bool fold_copy_items(wbi_arena *arena, wbi_cel_value *value, size_t count, uint32_t depth) {
  wbi_cel_value *items = wbi_arena_array(arena, count, sizeof *items);
  if (items == NULL) return false;
  for (size_t i = 0; i < count; i++) {
    items[i] = value->as.items[i];
    if (!fold_copy(arena, &items[i], depth - 1)) return false;
  }
  value->as.items = items;
  return true;
}

bool wbi_cel_copy(wbi_arena *arena, wbi_cel_value *value) {
  return fold_copy(arena, value, 1024 + 2);
}

/* ---- folding ------------------------------------------------------------------------------ */

/* Makes a literal of a node. */
static void fold_become(wbi_cel_node *node, wbi_cel_value value) {
  node->kind = WBI_CEL_LITERAL;
  node->value = value;
  node->first = node->last = NULL;
  node->count = 0;
}

/* Whether all children are constants. */
static bool fold_is_constant(const wbi_cel_node *node) {
  for (const wbi_cel_node *child = node->first; child != NULL; child = child->next)
    if (child->kind != WBI_CEL_LITERAL) return false;
  switch (node->kind) {
  case WBI_CEL_OPERATOR:
  case WBI_CEL_INDEX:
  case WBI_CEL_SELECT:
  case WBI_CEL_LIST:
  case WBI_CEL_MAP: return true;
  case WBI_CEL_CALL: return node->call != NULL;
  default: return false;
  }
}

/* Refuses a date, time or duration that is none: what is written down should be right. */
static wb_status fold_refuse(const wbi_cel_tree *tree, const wbi_cel_node *node, int64_t fault) {
  static const char *const names[] = {"date", "timestamp", "duration"};
  const bool written = node->kind == WBI_CEL_CALL && !tree->env->unchecked;
  size_t i = 0;
  while (i < WBI_COUNT(names) && !wbi_text_equal(node->name, wbi_text_of(names[i])))
    i++;
  if (!written || i == WBI_COUNT(names)) return WB_OK;
  if (fault == WBI_FAULT_RANGE)
    return wbi_fail_at(tree->error, WB_E_RANGE, tree->source, node->first->from,
                       "there is no such day or time");
  return wbi_fail_at(tree->error, WB_E_SYNTAX, tree->source, node->first->from,
                     i == 2 ? "a duration is written like \"36h\" or \"90m\""
                            : "a date is written like \"2026-01-30\", a time like "
                              "\"2026-01-30T09:00:00Z\"");
}

/* Works a constant out; where it has no value it stays what it is. */
static wb_status fold_constant(const wbi_cel_tree *tree, wbi_cel_node *node) {
  wbi_cel_tree part = *tree;
  wbi_cel_program program;
  wbi_cel_value value = {.kind = WB_NULL};
  part.root = node;
  part.count = 2 * (node->count + 1);
  part.locals = 0;
  wb_status status = wbi_cel_compile(&part, tree->arena, &program);
  if (status != WB_OK) return status;
  wbi_cel_run run = {
      .program = &program, .error = tree->error, .heap = tree->arena, .limit = FOLD_COST};
  status = wbi_cel_begin(&run);
  if (status == WB_OK) status = wbi_cel_eval(&run, 0, program.code_count, &value);
  if (status != WB_OK) return status;
  if (value.kind == WBI_KIND_ERROR) return fold_refuse(tree, node, value.as.integer);
  fold_become(node, value);
  return WB_OK;
}

/* Whether the operands are true or false: one that is neither is an error. */
static bool fold_is_logical(const wbi_cel_node *node) {
  for (const wbi_cel_node *child = node->first; child != NULL; child = child->next)
    if (child->type->kind != WB_BOOL) return false;
  return true;
}

/* Takes constants out of && and || of bools: one that decides becomes the node, others go. */
static void fold_logic(wbi_cel_node *node) {
  const bool decides = node->sign == WBI_CEL_OR;
  wbi_cel_node *first = NULL, **link = &first;
  uint32_t count = 0;
  for (wbi_cel_node *child = node->first, *next = NULL; child != NULL; child = next) {
    next = child->next;
    if (child->kind != WBI_CEL_LITERAL) {
      *link = child;
      link = &child->next;
      node->last = child;
      count++;
    } else if ((child->value.as.integer != 0) == decides) {
      node->from = child->from;
      node->to = child->to;
      fold_become(node, child->value);
      return;
    }
  }
  *link = NULL;
  if (count == 0) {
    fold_become(node, wbi_cel_of_bool(!decides));
    return;
  }
  node->first = first;
  node->count = count;
}

wb_status wbi_cel_fold(const wbi_cel_tree *tree, wbi_cel_node *node) {
  const bool has = node->kind == WBI_CEL_HAS; /* asks about a selection, which must stay one */
  for (wbi_cel_node *child = has ? node->first->first : node->first; child != NULL;
       child = child->next) {
    const wb_status status = wbi_cel_fold(tree, child);
    if (status != WB_OK) return status;
  }
  if (node->kind == WBI_CEL_OPERATOR && (node->sign == WBI_CEL_AND || node->sign == WBI_CEL_OR)) {
    if (fold_is_logical(node)) fold_logic(node);
    return WB_OK;
  }
  return fold_is_constant(node) ? fold_constant(tree, node) : WB_OK;
}

/* ---- cost --------------------------------------------------------------------------------- */

/* How many elements a list or map has at most. */
static uint64_t fold_most(const wbi_cel_tree *tree, const wbi_cel_node *node) {
  switch (node->kind) {
  case WBI_CEL_FIELD: return wbi_schema_field(tree->env->schema, node->index)->most;
  case WBI_CEL_LITERAL: return node->value.kind == WB_LIST ? node->value.length : WBI_CEL_MOST;
  case WBI_CEL_LIST: return node->count;
  case WBI_CEL_MAP: return node->count / 2;
  case WBI_CEL_LOOP:
    return node->sign == WBI_LOOP_ENTRIES ? WBI_CEL_MOST : fold_most(tree, node->first);
  default: return WBI_CEL_MOST;
  }
}

/* Sum and product that stop at the largest number. */
static uint64_t fold_add(uint64_t a, uint64_t b) {
  return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

static uint64_t fold_times(uint64_t a, uint64_t b) {
  return b != 0 && a > UINT64_MAX / b ? UINT64_MAX : a * b;
}

uint64_t wbi_cel_bound(const wbi_cel_tree *tree, const wbi_cel_node *node) {
  uint64_t cost = 1;
  for (const wbi_cel_node *child = node->first; child != NULL; child = child->next) {
    uint64_t part = wbi_cel_bound(tree, child);
    if (node->kind == WBI_CEL_LOOP && child != node->first)
      part = fold_times(fold_add(part, 1), fold_most(tree, node->first));
    cost = fold_add(cost, part);
  }
  return cost;
}

/* SPDX-License-Identifier: MIT */
/*
 * Functions and operators: the overloads that fit the types of the arguments. Where several do,
 * because an argument may be anything, the result is what they have in common.
 */
#include "cel/cel_private.h"

/* A call whose overload is looked for. */
typedef struct calls_search {
  wbi_checker *c;
  wbi_cel_node *node;
  const wbi_cel_type *arguments; /* all, as parts of one type */
  const wbi_cel_type *result;    /* NULL: nothing has fitted */
  uint32_t count;
  bool receiver;
} calls_search;

/* Makes one type whose parts are so many types; NULL: no memory. */
static const wbi_cel_type *calls_pack(const wbi_checker *c, const wbi_cel_type *const *types,
                                      uint32_t count) {
  wbi_cel_type *pack = wbi_arena_alloc(c->tree->arena, sizeof *pack);
  const wbi_cel_type **parts =
      wbi_arena_array(c->tree->arena, (size_t)count + 1, sizeof(const wbi_cel_type *));
  if (pack == NULL || parts == NULL) return NULL;
  if (count > 0) memcpy(parts, types, count * sizeof *parts);
  *pack = (wbi_cel_type){.kind = WBI_KIND_ABSTRACT, .parts = parts, .count = count};
  return pack;
}

/* The types of the children, as parts of one type. */
static const wbi_cel_type *calls_arguments(const wbi_checker *c, const wbi_cel_node *node) {
  const wbi_cel_type **types =
      wbi_arena_array(c->tree->arena, (size_t)node->count + 1, sizeof(const wbi_cel_type *));
  uint32_t count = 0;
  if (types == NULL) return NULL;
  for (const wbi_cel_node *child = node->first; child != NULL; child = child->next)
    types[count++] = child->type;
  return calls_pack(c, types, count);
}

/* Takes an overload into account if its parameters take the arguments. */
static void calls_try(calls_search *s, const wbi_cel_type *parameters, const wbi_cel_type *result) {
  wbi_solver *solver = &s->c->solver;
  if (parameters == NULL) solver->failed = true;
  if (solver->failed || !wbi_solver_fits(solver, parameters, s->arguments)) return;
  result = wbi_solver_resolve(solver, result, NULL);
  if (s->result == NULL)
    s->result = result;
  else if (s->result->kind != result->kind || result->count > 0)
    s->result = wbi_type_of(WBI_KIND_DYN);
}

/* Tries a row of a table. */
static void calls_try_row(calls_search *s, const wbi_cel_overload *row) {
  wbi_cel_signature signature;
  const wbi_cel_type *types[WBI_CEL_ARGUMENTS * 4];
  wbi_overload_read(row, &s->c->solver, &signature);
  const bool fits = signature.several ? s->count >= signature.count : s->count == signature.count;
  if (!fits || signature.receiver != s->receiver || s->count > WBI_COUNT(types)) return;
  s->node->call = row->call; /* it has so many arguments, if of other types */
  for (uint32_t i = 0; i < s->count; i++)
    types[i] = signature.parameters[i < signature.count ? i : signature.count - 1];
  calls_try(s, calls_pack(s->c, types, s->count), signature.result);
}

/* Tries a declared function. */
static void calls_try_declared(calls_search *s, const wbi_cel_declared *declared) {
  wbi_solver *solver = &s->c->solver;
  if (declared->receiver != s->receiver || declared->count != s->count) return;
  const wbi_cel_type **fresh =
      wbi_arena_array(solver->arena, (size_t)declared->params + 1, sizeof(const wbi_cel_type *));
  const wbi_cel_type *parameters = calls_pack(s->c, declared->parameters, declared->count);
  if (fresh == NULL || parameters == NULL) {
    solver->failed = true;
    return;
  }
  parameters = wbi_solver_renew(solver, parameters, fresh);
  calls_try(s, parameters, wbi_solver_renew(solver, declared->result, fresh));
}

/* ---- functions ---------------------------------------------------------------------------- */

/* Whether there is a function of a name that is called in this way. */
static bool calls_known(const wbi_checker *c, wbi_text name, bool receiver) {
  uint32_t count = 0;
  const wbi_cel_overload *rows = wbi_overload_find(name, &count);
  for (uint32_t i = 0; rows != NULL && i < count; i++)
    if ((rows[i].signature[0] == '.') == receiver) return true;
  for (uint32_t i = 0; i < c->env->function_count; i++)
    if (wbi_text_equal(c->env->functions[i].name, name) &&
        c->env->functions[i].receiver == receiver)
      return true;
  return false;
}

/* The name of a call with the path of its receiver before it, where that is a dotted name. */
static wb_status calls_full_name(const wbi_checker *c, const wbi_cel_node *node, wbi_text *full) {
  const wbi_cel_node *part = node->first;
  size_t length = node->name.length;
  *full = (wbi_text){NULL, 0};
  for (; part->kind == WBI_CEL_SELECT && !part->optional; part = part->first)
    length += part->name.length + 1;
  if (part->kind != WBI_CEL_IDENT) return WB_OK;
  for (const wbi_cel_local *local = c->locals; local != NULL; local = local->outer)
    if (wbi_text_equal(local->name, part->name)) return WB_OK;
  length += part->name.length + 1;
  char *text = wbi_arena_alloc(c->tree->arena, length);
  if (text == NULL) return wbi_checker_nomem(c);
  size_t at = length - node->name.length;
  memcpy(text + at, node->name.data, node->name.length);
  for (part = node->first;; part = part->first) {
    text[--at] = '.';
    at -= part->name.length;
    memcpy(text + at, part->name.data, part->name.length);
    if (part->kind == WBI_CEL_IDENT) break;
  }
  *full = (wbi_text){text, length};
  return WB_OK;
}

/* Makes `math.abs(x)` a call of a function whose name has a dot in it. */
static wb_status calls_namespace(const wbi_checker *c, wbi_cel_node *node) {
  wbi_text full;
  const wb_status status = calls_full_name(c, node, &full);
  if (status != WB_OK || full.length == 0 || !calls_known(c, full, false)) return status;
  node->name = full;
  node->receiver = false;
  node->first = node->first->next;
  node->count--;
  if (node->first == NULL) node->last = NULL;
  return WB_OK;
}

/* Finds a declared name in the container or those around it. */
static void calls_container(const wbi_checker *c, wbi_cel_node *node) {
  for (uint32_t i = 0; i < c->env->function_count; i++) {
    const wbi_text name = c->env->functions[i].name, at = c->env->container;
    const size_t dot = name.length - node->name.length;
    if (name.length <= node->name.length || dot - 1 > at.length) continue;
    if (name.data[dot - 1] != '.' || memcmp(name.data, at.data, dot - 1) != 0) continue;
    if (wbi_text_equal(wbi_text_slice(name, dot, name.length), node->name)) node->name = name;
  }
}

/* The function or macro whose name is nearest; empty: none is near. */
static wbi_text calls_nearest(wbi_text name) {
  const wbi_text function = wbi_overload_nearest(name);
  return function.length > 0 ? function : wbi_macro_nearest(name);
}

/* The name of a call as an error says it, "math.abs" whole. */
static wbi_text calls_spelt(const wbi_checker *c, const wbi_cel_node *node) {
  wbi_text full = node->name;
  const bool spaced = node->receiver && node->first->kind == WBI_CEL_IDENT &&
                      wbi_overload_is_namespace(node->first->name);
  const bool whole = spaced && calls_full_name(c, node, &full) == WB_OK && full.length > 0;
  return whole ? full : node->name;
}

/* Says that a function does not exist, or not in this way. */
static wb_status calls_unknown(wbi_checker *c, wbi_cel_node *node) {
  const wbi_text name = calls_spelt(c, node);
  if (c->env->unchecked) {
    node->kind = WBI_CEL_NOTHING;
    return wbi_checker_typed(c, node, wbi_type_of(WBI_KIND_DYN));
  }
  if (calls_known(c, name, !node->receiver)) {
    const wbi_text before[] = {WBI_TEXT("write "), name, WBI_TEXT("(x)")};
    const wbi_text behind[] = {WBI_TEXT("write x."), name, WBI_TEXT("()")};
    return wbi_checker_fail(c, WB_E_NAME, node->at, node->receiver ? before : behind, 3);
  }
  const uint32_t names = wbi_macro_names(name);
  if (names > 0) {
    const wbi_text pieces[] = {WBI_TEXT("write list."), name,
                               names == 1 ? WBI_TEXT("(x, ...)") : WBI_TEXT("(i, x, ...)")};
    return wbi_checker_fail(c, WB_E_SYNTAX, node->at, pieces, WBI_COUNT(pieces));
  }
  return wbi_checker_unknown(c, node->at, WBI_TEXT("there is no function '"), name, WBI_TEXT("'"),
                             calls_nearest(name));
}

/* Says that a function does not take these arguments. */
static wb_status calls_refuse(wbi_checker *c, wbi_cel_node *node) {
  const wbi_text type = node->count > 0 ? wbi_type_word(wbi_checker_resolved(c, node->first->type))
                                        : WBI_TEXT("nothing");
  const wbi_text pieces[] = {WBI_TEXT("the function '"), node->name,
                             WBI_TEXT("' cannot be used like this, here with "), type,
                             node->count > 1 ? WBI_TEXT(" first") : WBI_TEXT("")};
  return wbi_checker_mistyped(c, node, pieces, WBI_COUNT(pieces));
}

/* Finds the overload of a call whose arguments are checked. */
static wb_status calls_resolve(wbi_checker *c, wbi_cel_node *node) {
  calls_search s = {.c = c, .node = node, .count = node->count, .receiver = node->receiver};
  uint32_t count = 0;
  const wbi_cel_overload *rows = wbi_overload_find(node->name, &count);
  s.arguments = calls_arguments(c, node);
  if (s.arguments == NULL) return wbi_checker_nomem(c);
  for (uint32_t i = 0; rows != NULL && i < count; i++)
    calls_try_row(&s, &rows[i]);
  for (uint32_t i = 0; i < c->env->function_count; i++)
    if (wbi_text_equal(c->env->functions[i].name, node->name))
      calls_try_declared(&s, &c->env->functions[i]);
  if (s.result != NULL) return wbi_checker_typed(c, node, s.result);
  return calls_refuse(c, node);
}

wb_status wbi_checker_call(wbi_checker *c, wbi_cel_node *node) {
  wb_status status = WB_OK;
  if (node->receiver) status = calls_namespace(c, node);
  if (status == WB_OK && !node->receiver) calls_container(c, node);
  const bool known = calls_known(c, node->name, node->receiver);
  if (status == WB_OK && !known && !c->env->unchecked) return calls_unknown(c, node);
  for (wbi_cel_node *child = node->first; child != NULL && status == WB_OK; child = child->next)
    status = wbi_checker_node(c, child);
  if (status != WB_OK) return status;
  return known ? calls_resolve(c, node) : calls_unknown(c, node);
}

/* ---- operators ---------------------------------------------------------------------------- */

/* Checks that a literal text is a value of the enumeration it is compared with. */
static wb_status calls_domain(const wbi_checker *c, const wbi_cel_node *field_node,
                              const wbi_cel_node *node) {
  const wbi_field *field = wbi_checker_field(c, field_node);
  if (field == NULL || field->domain.length == 0) return WB_OK;
  if (node->kind != WBI_CEL_LITERAL || node->value.kind != WB_TEXT) return WB_OK;
  const wbi_text value = wbi_cel_text(&node->value);
  char after[80];
  wbi_writer writer = {after, sizeof after, 0};
  if (wbi_domain_has(field->domain, value)) return WB_OK;
  wbi_put_text(&writer, WBI_TEXT("' is not a value of "));
  wbi_put_text(&writer, wbi_text_slice(field->name, 0, 50));
  return wbi_checker_unknown(c, node->from, WBI_TEXT("'"), value, (wbi_text){after, writer.length},
                             wbi_domain_nearest(field->domain, value));
}

/* Whether two numbers, of whatever types, or null and anything. */
static bool calls_comparable(wbi_checker *c, const wbi_cel_type *a, const wbi_cel_type *b) {
  a = wbi_checker_resolved(c, a);
  b = wbi_checker_resolved(c, b);
  const bool numbers = wbi_cel_is_number(a->kind) && wbi_cel_is_number(b->kind);
  return numbers || a->kind == WB_NULL || b->kind == WB_NULL;
}

/* Checks one of the values that a field is looked for among. */
static wb_status calls_among(wbi_checker *c, const wbi_cel_node *field, const wbi_cel_node *one) {
  if (wbi_checker_field(c, field) == NULL || calls_comparable(c, field->type, one->type) ||
      wbi_solver_fits(&c->solver, field->type, one->type))
    return calls_domain(c, field, one);
  const wbi_text pieces[] = {wbi_type_word(wbi_checker_resolved(c, field->type)),
                             WBI_TEXT(" cannot be compared with "),
                             wbi_type_word(wbi_checker_resolved(c, one->type))};
  return wbi_checker_fail(c, WB_E_TYPE, one->from, pieces, WBI_COUNT(pieces));
}

/* The same for what is compared: both ways, and with each element of a list. */
static wb_status calls_domains(wbi_checker *c, const wbi_cel_node *node) {
  const wbi_cel_node *a = node->first, *b = node->last;
  wb_status status = calls_domain(c, a, b);
  if (status == WB_OK) status = calls_domain(c, b, a);
  if (node->sign != WBI_CEL_IN || b->kind != WBI_CEL_LIST) return status;
  for (const wbi_cel_node *one = b->first; one != NULL && status == WB_OK; one = one->next)
    status = calls_among(c, a, one);
  return status;
}

/* Checks an operand of < <= > >=: null has no order, nor has an enumeration, whose texts would be
   put in the order of the alphabet. */
static wb_status calls_ordered(wbi_checker *c, const wbi_cel_node *node) {
  const wbi_field *field = wbi_checker_field(c, node);
  if (wbi_checker_resolved(c, node->type)->kind == WB_NULL && !c->env->unchecked) {
    const wbi_text pieces[] = {
        WBI_TEXT("null is neither less nor more than anything; use == or !=")};
    return wbi_checker_fail(c, WB_E_TYPE, node->from, pieces, 1);
  }
  if (field == NULL || field->domain.length == 0) return WB_OK;
  const wbi_text pieces[] = {WBI_TEXT("the values of '"), field->name,
                             WBI_TEXT("' have no order; use == or in [...]")};
  return wbi_checker_fail(c, WB_E_TYPE, node->from, pieces, 3);
}

/* Whether two types are these, in either order. */
static bool calls_are(const wbi_cel_type *a, const wbi_cel_type *b, uint32_t one, uint32_t other) {
  return (a->kind == one && b->kind == other) || (a->kind == other && b->kind == one);
}

/* What to write instead, where it is known. */
static wbi_text calls_advice(const wbi_cel_type *a, const wbi_cel_type *b, bool sum) {
  if (sum && calls_are(a, b, WB_DATE, WB_DATE)) return WBI_TEXT("; write daysBetween(a, b)");
  if (sum && calls_are(a, b, WB_DATE, WB_INT)) return WBI_TEXT("; write addDays(n)");
  if (sum && calls_are(a, b, WB_INT, WB_DOUBLE)) return WBI_TEXT("; write double(n)");
  if (!sum && calls_are(a, b, WB_DATE, WB_TEXT)) return WBI_TEXT("; write date(\"2026-01-30\")");
  if (!sum && calls_are(a, b, WB_DATE, WB_TIME)) return WBI_TEXT("; write date(time, zone)");
  return (wbi_text){NULL, 0};
}

/* Says that two operands do not go together. */
static wb_status calls_unlike(wbi_checker *c, wbi_cel_node *node) {
  const wbi_cel_type *a = wbi_checker_resolved(c, node->first->type);
  const wbi_cel_type *b = wbi_checker_resolved(c, node->last->type);
  const bool sum = node->sign < 256 && strchr("+-*/%", (int)node->sign) != NULL;
  const wbi_text one = wbi_type_word(a), other = wbi_type_word(b);
  if (sum && node->count == 1) {
    const wbi_text pieces[] = {WBI_TEXT("no arithmetic of "), one};
    return wbi_checker_mistyped(c, node, pieces, WBI_COUNT(pieces));
  }
  if (node->sign == WBI_CEL_IN && b->kind != WB_LIST && b->kind != WBI_KIND_MAP) {
    const wbi_text pieces[] = {WBI_TEXT("'in' needs a list, as in [1, 2], not "), other};
    return wbi_checker_mistyped(c, node, pieces, WBI_COUNT(pieces));
  }
  const wbi_text sums[] = {WBI_TEXT("no arithmetic of "), one, WBI_TEXT(" and "), other,
                           calls_advice(a, b, true)};
  const wbi_text pieces[] = {one, WBI_TEXT(" cannot be compared with "), other,
                             calls_advice(a, b, false)};
  return sum ? wbi_checker_mistyped(c, node, sums, WBI_COUNT(sums))
             : wbi_checker_mistyped(c, node, pieces, WBI_COUNT(pieces));
}

/* Checks an operator that has overloads. */
static wb_status calls_operator(wbi_checker *c, wbi_cel_node *node) {
  calls_search s = {.c = c, .node = node, .count = node->count};
  const bool negate = node->sign == '-' && node->count == 1;
  uint32_t count = 0;
  const wbi_cel_overload *rows =
      wbi_overload_operator(negate ? WBI_CEL_NEGATE : node->sign, &count);
  s.arguments = calls_arguments(c, node);
  if (s.arguments == NULL) return wbi_checker_nomem(c);
  for (uint32_t i = 0; i < count; i++)
    calls_try_row(&s, &rows[i]);
  return s.result != NULL ? wbi_checker_typed(c, node, s.result) : calls_unlike(c, node);
}

/* Checks && || !. */
static wb_status calls_logic(wbi_checker *c, wbi_cel_node *node) {
  for (const wbi_cel_node *child = node->first; child != NULL; child = child->next) {
    const wb_status status = wbi_checker_bool(c, child);
    if (status != WB_OK) return status;
  }
  return wbi_checker_typed(c, node, wbi_type_of(WB_BOOL));
}

/* Checks `condition ? then : else`. */
static wb_status calls_choice(wbi_checker *c, wbi_cel_node *node) {
  const wbi_cel_node *then = node->first->next, *other = node->last;
  const wb_status status = wbi_checker_bool(c, node->first);
  if (status != WB_OK) return status;
  if (wbi_checker_resolved(c, then->type)->kind == WB_NULL)
    return wbi_checker_typed(c, node, other->type);
  if (wbi_checker_resolved(c, other->type)->kind == WB_NULL)
    return wbi_checker_typed(c, node, then->type);
  if (wbi_solver_fits(&c->solver, then->type, other->type))
    return wbi_checker_typed(c, node, wbi_solver_join(&c->solver, then->type, other->type));
  const wbi_text pieces[] = {WBI_TEXT("the two sides of '? :' have different types")};
  return wbi_checker_mistyped(c, node, pieces, 1);
}

/* Whether both operands may be compared though their types are different. */
static bool calls_mixed(wbi_checker *c, const wbi_cel_node *node) {
  const wbi_cel_type *of = wbi_checker_resolved(c, node->last->type);
  if (node->sign == WBI_CEL_IN && of->kind == WB_LIST) of = of->parts[0];
  return calls_comparable(c, node->first->type, of);
}

/* Checks == != in. */
static wb_status calls_equality(wbi_checker *c, wbi_cel_node *node) {
  const wb_status status = calls_domains(c, node);
  if (status != WB_OK) return status;
  if (calls_mixed(c, node)) return wbi_checker_typed(c, node, wbi_type_of(WB_BOOL));
  return calls_operator(c, node);
}

wb_status wbi_checker_operator(wbi_checker *c, wbi_cel_node *node) {
  wb_status status = WB_OK;
  switch (node->sign) {
  case '?': return calls_choice(c, node);
  case '!':
  case WBI_CEL_AND:
  case WBI_CEL_OR: return calls_logic(c, node);
  case WBI_CEL_EQUAL:
  case WBI_CEL_NOT_EQUAL:
  case WBI_CEL_IN: return calls_equality(c, node);
  case '<':
  case '>':
  case WBI_CEL_LESS_EQUAL:
  case WBI_CEL_GREATER_EQUAL:
    status = calls_ordered(c, node->first);
    if (status == WB_OK) status = calls_ordered(c, node->last);
    break;
  default: break;
  }
  return status != WB_OK ? status : calls_operator(c, node);
}

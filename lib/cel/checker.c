/* SPDX-License-Identifier: MIT */
/*
 * Names, types and domains; constants are folded. What CEL has and this version gives no meaning
 * to is refused here, so the grammar never changes. Recursion is as deep as the tree, whose height
 * the parser limits.
 */
#include "cel/cel_private.h"

static wb_status checker_node(wbi_cel_tree *tree, wbi_cel_node *node);

/* ---- messages ----------------------------------------------------------------------------- */

/* An error at an offset, its message put together of pieces up to a NULL. */
static wb_status checker_fail(const wbi_cel_tree *tree, wb_status status, uint32_t at,
                              const wbi_text *pieces, size_t count) {
  char message[256];
  wbi_writer writer = {message, sizeof message - 1, 0};
  for (size_t i = 0; i < count; i++)
    wbi_put_text(&writer, pieces[i]);
  message[writer.length < writer.capacity ? writer.length : writer.capacity] = '\0';
  return wbi_fail_at(tree->error, status, tree->source, at, message);
}

/* Refuses a part of CEL that has no meaning yet. */
static wb_status checker_refuse(const wbi_cel_tree *tree, uint32_t at, wbi_text what) {
  const wbi_text pieces[] = {what, WBI_TEXT(" is not part of this version")};
  return checker_fail(tree, WB_E_SYNTAX, at, pieces, 2);
}

/* Refuses a function or macro by name. */
static wb_status checker_refuse_call(const wbi_cel_tree *tree, const wbi_cel_node *node) {
  const wbi_text pieces[] = {WBI_TEXT("the function '"), node->name,
                             WBI_TEXT("' is not part of this version")};
  return checker_fail(tree, WB_E_SYNTAX, node->at, pieces, 3);
}

/* "no such thing; did you mean another?" */
static wb_status checker_unknown(const wbi_cel_tree *tree, uint32_t at, wbi_text before,
                                 wbi_text name, wbi_text after, wbi_text nearest) {
  const wbi_text pieces[] = {before,  name,          after, WBI_TEXT("; did you mean '"),
                             nearest, WBI_TEXT("'?")};
  return checker_fail(tree, WB_E_NAME, at, pieces, nearest.length > 0 ? 6 : 3);
}

/* A type in words. */
static wbi_text checker_type_name(int32_t type) {
  switch (type) {
  case WB_NULL: return WBI_TEXT("null");
  case WB_BOOL: return WBI_TEXT("true or false");
  case WB_INT:
  case WB_UINT: return WBI_TEXT("a whole number");
  case WB_DOUBLE: return WBI_TEXT("a number");
  case WB_TEXT: return WBI_TEXT("a text");
  case WB_BYTES: return WBI_TEXT("bytes");
  case WB_DATE: return WBI_TEXT("a date");
  default: return WBI_TEXT("a time");
  }
}

/* ---- names -------------------------------------------------------------------------------- */

/* Writes the dotted name of a path; the writer may measure only. */
static void checker_put_path(wbi_writer *writer, const wbi_cel_node *node) {
  if (node->kind == WBI_CEL_SELECT) {
    checker_put_path(writer, node->first);
    wbi_put_char(writer, '.');
  }
  wbi_put_text(writer, node->name);
}

/* Whether a node is a dotted name; else what is wrong with it. */
static wb_status checker_path(const wbi_cel_tree *tree, const wbi_cel_node *node) {
  for (; node->kind == WBI_CEL_SELECT; node = node->first)
    if (node->optional)
      return checker_refuse(tree, node->at, WBI_TEXT("an optional selection, '.?',"));
  if (node->kind == WBI_CEL_IDENT) return WB_OK;
  return checker_refuse(tree, node->from, WBI_TEXT("a '.' after anything but a name"));
}

/* Says why a dotted name is no field: a part of a field, a group of fields, or nothing known. */
static wb_status checker_no_field(const wbi_cel_tree *tree, const wbi_cel_node *node,
                                  wbi_text path) {
  uint32_t index = 0;
  if (wbi_schema_prefix(tree->schema, path)) {
    const wbi_text pieces[] = {WBI_TEXT("'"), path,
                               WBI_TEXT("' is a group of fields, not a field")};
    return checker_fail(tree, WB_E_NAME, node->from, pieces, 3);
  }
  for (size_t cut = path.length; cut-- > 0;) {
    if (path.data[cut] != '.') continue;
    if (wb_schema_find(tree->schema, path.data, cut, &index) != WB_OK) continue;
    const wbi_field *field = wbi_schema_field(tree->schema, index);
    const wbi_text pieces[] = {WBI_TEXT("'"), field->name, WBI_TEXT("' is "),
                               checker_type_name(field->type), WBI_TEXT(" and has no parts")};
    return checker_fail(tree, WB_E_TYPE, node->from, pieces, 5);
  }
  return checker_unknown(tree, node->from, WBI_TEXT("there is no field '"), path, WBI_TEXT("'"),
                         wbi_schema_nearest(tree->schema, path));
}

/* Makes a field of a dotted name. */
static wb_status checker_field(wbi_cel_tree *tree, wbi_cel_node *node) {
  wbi_writer writer = {NULL, 0, 0};
  uint32_t index = 0;
  const wb_status status = checker_path(tree, node);
  if (status != WB_OK) return status;
  checker_put_path(&writer, node);
  writer = (wbi_writer){wbi_arena_alloc(tree->arena, writer.length), writer.length, 0};
  if (writer.data == NULL) return wbi_fail(tree->error, WB_E_NOMEM, "no memory for the rule");
  checker_put_path(&writer, node);
  const wbi_text path = {writer.data, writer.length};
  if (wb_schema_find(tree->schema, path.data, path.length, &index) != WB_OK)
    return checker_no_field(tree, node, path);
  const wbi_field *field = wbi_schema_field(tree->schema, index);
  if (field->type == WB_LIST || field->list != 0) {
    const wbi_text pieces[] = {WBI_TEXT("'"), field->name, WBI_TEXT("' belongs to a list")};
    return checker_fail(tree, WB_E_TYPE, node->from, pieces, 3);
  }
  node->kind = WBI_CEL_FIELD;
  node->field = index;
  node->type = field->type;
  node->first = NULL;
  node->count = 0;
  return WB_OK;
}

/* ---- values ------------------------------------------------------------------------------- */

/* Makes a literal of a node. */
static void checker_become(wbi_cel_node *node, wbi_cel_value value) {
  node->kind = WBI_CEL_LITERAL;
  node->value = value;
  node->type = value.kind;
  node->first = NULL;
  node->count = 0;
}

/* date("2026-01-30") becomes a date. */
static wb_status checker_date(wbi_cel_tree *tree, wbi_cel_node *node) {
  const wbi_cel_node *argument = node->first;
  wb_date date = 0;
  if (node->count != 1 || argument->kind != WBI_CEL_LITERAL || argument->value.kind != WB_TEXT)
    return wbi_fail_at(tree->error, WB_E_TYPE, tree->source, node->at,
                       "date needs one text, such as date(\"2026-01-30\")");
  const wb_status status = wb_date_parse(argument->value.as.data, argument->value.length, &date);
  if (status != WB_OK)
    return wbi_fail_at(tree->error, status, tree->source, argument->from,
                       status == WB_E_SYNTAX ? "a date is written like \"2026-01-30\""
                                             : "there is no such day");
  checker_become(node, (wbi_cel_value){.as.integer = date, .kind = WB_DATE});
  return WB_OK;
}

/* Checks a call; date is the one there is. */
static wb_status checker_call(wbi_cel_tree *tree, wbi_cel_node *node) {
  if (node->receiver || !wbi_text_equal(node->name, WBI_TEXT("date")))
    return checker_refuse_call(tree, node);
  return checker_date(tree, node);
}

/* Checks a literal. */
static wb_status checker_literal(wbi_cel_tree *tree, wbi_cel_node *node) {
  node->type = node->value.kind;
  if (node->type != WB_BYTES) return WB_OK;
  return checker_refuse(tree, node->at, WBI_TEXT("a bytes literal"));
}

/* ---- comparisons -------------------------------------------------------------------------- */

/* Whether values of a type are numbers. */
static bool checker_is_number(int32_t type) {
  return type == WB_INT || type == WB_UINT || type == WB_DOUBLE;
}

/* Whether a node is a field with a closed domain. */
static const wbi_field *checker_enumeration(const wbi_cel_tree *tree, const wbi_cel_node *node) {
  if (node->kind != WBI_CEL_FIELD) return NULL;
  const wbi_field *field = wbi_schema_field(tree->schema, node->field);
  return field->domain.length > 0 ? field : NULL;
}

/* Checks that a literal text is a value of the enumeration it is compared with. */
static wb_status checker_domain(const wbi_cel_tree *tree, const wbi_cel_node *field_node,
                                const wbi_cel_node *node) {
  const wbi_field *field = checker_enumeration(tree, field_node);
  if (field == NULL || node->kind != WBI_CEL_LITERAL || node->type != WB_TEXT) return WB_OK;
  const wbi_text value = {node->value.as.data, node->value.length};
  char after[80];
  wbi_writer writer = {after, sizeof after, 0};
  if (wbi_domain_has(field->domain, value)) return WB_OK;
  wbi_put_text(&writer, WBI_TEXT("' is not a value of "));
  wbi_put_text(&writer, wbi_text_slice(field->name, 0, 50));
  return checker_unknown(tree, node->from, WBI_TEXT("'"), value, (wbi_text){after, writer.length},
                         wbi_domain_nearest(field->domain, value));
}

/* Checks that two operands may be compared; `at` is where they meet. */
static wb_status checker_pair(const wbi_cel_tree *tree, const wbi_cel_node *a,
                              const wbi_cel_node *b, uint32_t at) {
  const bool alike = a->type == b->type || a->type == WB_NULL || b->type == WB_NULL ||
                     (checker_is_number(a->type) && checker_is_number(b->type));
  const bool date_text =
      (a->type == WB_DATE && b->type == WB_TEXT) || (a->type == WB_TEXT && b->type == WB_DATE);
  if (!alike) {
    const wbi_text pieces[] = {checker_type_name(a->type), WBI_TEXT(" cannot be compared with "),
                               checker_type_name(b->type),
                               WBI_TEXT("; write date(\"2026-01-30\")")};
    return checker_fail(tree, WB_E_TYPE, at, pieces, date_text ? 4 : 3);
  }
  const wb_status status = checker_domain(tree, a, b);
  return status != WB_OK ? status : checker_domain(tree, b, a);
}

/* Checks one operand of < <= > >=: null has no order, nor has an enumeration, whose texts would
   be put in the order of the alphabet. */
static wb_status checker_ordered(const wbi_cel_tree *tree, const wbi_cel_node *node) {
  const wbi_field *field = checker_enumeration(tree, node);
  if (node->type == WB_NULL)
    return wbi_fail_at(tree->error, WB_E_TYPE, tree->source, node->from,
                       "null is neither less nor more than anything; use == or !=");
  if (field == NULL) return WB_OK;
  const wbi_text pieces[] = {WBI_TEXT("the values of '"), field->name,
                             WBI_TEXT("' have no order; use == or in [...]")};
  return checker_fail(tree, WB_E_TYPE, node->from, pieces, 3);
}

/* Checks == != < <= > >=. */
static wb_status checker_comparison(wbi_cel_tree *tree, wbi_cel_node *node) {
  const wbi_cel_node *a = node->first, *b = node->last;
  const bool equality = node->sign == WBI_CEL_EQUAL || node->sign == WBI_CEL_NOT_EQUAL;
  wb_status status = WB_OK;
  if (!equality) status = checker_ordered(tree, a);
  if (!equality && status == WB_OK) status = checker_ordered(tree, b);
  if (status == WB_OK) status = checker_pair(tree, a, b, node->at);
  if (status != WB_OK) return status;
  node->type = WB_BOOL;
  if (a->kind != WBI_CEL_LITERAL || b->kind != WBI_CEL_LITERAL) return WB_OK;
  int32_t truth = equality ? wbi_cel_equal(&a->value, &b->value)
                           : wbi_cel_order(node->sign, &a->value, &b->value);
  if (node->sign == WBI_CEL_NOT_EQUAL) truth = !truth;
  checker_become(node, wbi_cel_truth(truth));
  return WB_OK;
}

/* Checks one element of the list after `in`. */
static wb_status checker_element(wbi_cel_tree *tree, const wbi_cel_node *left,
                                 wbi_cel_node *element) {
  wb_status status = checker_node(tree, element);
  if (status != WB_OK) return status;
  if (element->kind != WBI_CEL_LITERAL)
    return checker_refuse(tree, element->from, WBI_TEXT("a list with anything but plain values"));
  return checker_pair(tree, left, element, element->from);
}

/* Checks `value in [a, b, c]`. */
static wb_status checker_in(wbi_cel_tree *tree, wbi_cel_node *node) {
  wbi_cel_node *left = node->first, *list = node->last;
  wb_status status = checker_node(tree, left);
  if (status != WB_OK) return status;
  if (list->kind != WBI_CEL_LIST)
    return checker_refuse(tree, list->from, WBI_TEXT("'in' before anything but a list in [ ]"));
  if (list->optional)
    return checker_refuse(tree, list->from, WBI_TEXT("a list with optional elements"));
  for (wbi_cel_node *element = list->first; element != NULL; element = element->next) {
    status = checker_element(tree, left, element);
    if (status != WB_OK) return status;
  }
  node->type = WB_BOOL;
  if (left->kind != WBI_CEL_LITERAL) return WB_OK;
  int32_t truth = WB_FALSE;
  for (wbi_cel_node *element = list->first; element != NULL; element = element->next)
    truth |= wbi_cel_in(&left->value, &element->value, 1);
  checker_become(node, wbi_cel_truth(truth));
  return WB_OK;
}

/* ---- logic -------------------------------------------------------------------------------- */

/* Checks that an operand is true or false. */
static wb_status checker_logical(const wbi_cel_tree *tree, const wbi_cel_node *node) {
  if (node->type == WB_BOOL) return WB_OK;
  const wbi_text pieces[] = {WBI_TEXT("true or false is needed here, not "),
                             checker_type_name(node->type)};
  return checker_fail(tree, WB_E_TYPE, node->from, pieces, 2);
}

/* Checks `!a`. */
static wb_status checker_not(const wbi_cel_tree *tree, wbi_cel_node *node) {
  const wbi_cel_node *operand = node->first;
  const wb_status status = checker_logical(tree, operand);
  if (status != WB_OK) return status;
  node->type = WB_BOOL;
  if (operand->kind == WBI_CEL_LITERAL)
    checker_become(node, wbi_cel_truth(operand->value.as.integer == 0));
  return WB_OK;
}

/* Takes constants out of && and ||: one that decides becomes the node, others go. */
static void checker_fold(wbi_cel_node *node) {
  const bool decides = node->sign == WBI_CEL_OR;
  wbi_cel_node *first = NULL, **link = &first;
  uint32_t count = 0;
  for (wbi_cel_node *child = node->first, *next = NULL; child != NULL; child = next) {
    next = child->next;
    if (child->kind != WBI_CEL_LITERAL) {
      *link = child;
      link = &child->next;
      count++;
    } else if ((child->value.as.integer != 0) == decides) {
      node->from = child->from;
      node->to = child->to;
      checker_become(node, child->value);
      return;
    }
  }
  *link = NULL;
  if (count == 0) {
    checker_become(node, wbi_cel_truth(!decides));
    return;
  }
  node->first = first;
  node->count = count;
}

/* Checks && and ||. */
static wb_status checker_logic(const wbi_cel_tree *tree, wbi_cel_node *node) {
  for (const wbi_cel_node *child = node->first; child != NULL; child = child->next) {
    const wb_status status = checker_logical(tree, child);
    if (status != WB_OK) return status;
  }
  node->type = WB_BOOL;
  checker_fold(node);
  return WB_OK;
}

/* ---- nodes -------------------------------------------------------------------------------- */

/* Checks the children of a node. */
static wb_status checker_children(wbi_cel_tree *tree, wbi_cel_node *node) {
  for (wbi_cel_node *child = node->first; child != NULL; child = child->next) {
    const wb_status status = checker_node(tree, child);
    if (status != WB_OK) return status;
  }
  return WB_OK;
}

/* Checks an operator. */
static wb_status checker_operator(wbi_cel_tree *tree, wbi_cel_node *node) {
  if (node->sign == '?') return checker_refuse(tree, node->at, WBI_TEXT("a choice, '? :',"));
  if (node->sign < 256 && memchr("+-*/%", (int)node->sign, 5) != NULL)
    return checker_refuse(tree, node->at, WBI_TEXT("arithmetic"));
  if (node->sign == WBI_CEL_IN) return checker_in(tree, node);
  const wb_status status = checker_children(tree, node);
  if (status != WB_OK) return status;
  switch (node->sign) {
  case '!': return checker_not(tree, node);
  case WBI_CEL_AND:
  case WBI_CEL_OR: return checker_logic(tree, node);
  default: return checker_comparison(tree, node);
  }
}

/* Checks a node and what is below it. */
static wb_status checker_node(wbi_cel_tree *tree, wbi_cel_node *node) {
  switch (node->kind) {
  case WBI_CEL_LITERAL: return checker_literal(tree, node);
  case WBI_CEL_IDENT:
  case WBI_CEL_SELECT: return checker_field(tree, node);
  case WBI_CEL_OPERATOR: return checker_operator(tree, node);
  case WBI_CEL_CALL: return checker_call(tree, node);
  case WBI_CEL_INDEX: return checker_refuse(tree, node->at, WBI_TEXT("an index, '[ ]',"));
  case WBI_CEL_LIST:
    return checker_refuse(tree, node->at, WBI_TEXT("a list other than after 'in'"));
  case WBI_CEL_MAP: return checker_refuse(tree, node->at, WBI_TEXT("a map, '{ }',"));
  default: return checker_refuse(tree, node->at, WBI_TEXT("a message, 'Name{ }',"));
  }
}

wb_status wbi_cel_check(wbi_cel_tree *tree) {
  const wb_status status = checker_node(tree, tree->root);
  return status != WB_OK ? status : checker_logical(tree, tree->root);
}

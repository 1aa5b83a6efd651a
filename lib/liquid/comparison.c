/* SPDX-License-Identifier: MIT */
/* What two values of a template are to each other: the same, in an order, one within the other. */
#include "liquid/liquid_private.h"

static wbi_text comparison_text(const wb_value *value) {
  return (wbi_text){value->data, value->length};
}

static bool comparison_absent(const wb_value *value) {
  return value->kind == WB_NULL || value->kind == WB_UNKNOWN;
}

/* A text may spell a number that is too long. */
static bool comparison_long(const wb_value *value) {
  return value->kind == WB_TEXT && (value->flags & WBI_VALUE_LONG) != 0;
}

static bool comparison_number(const wb_value *value) {
  return value->kind == WB_INT || value->kind == WB_UINT || value->kind == WB_DOUBLE ||
         value->kind == WBI_DECIMAL || comparison_long(value);
}

/* ---- order -------------------------------------------------------------------------------- */

static bool comparison_whole(const wb_value *value) {
  return value->kind != WBI_DECIMAL && value->kind != WB_DOUBLE && value->kind != WB_TEXT;
}

/* A number as a double. */
static double comparison_real(const wb_value *value) {
  double real = value->real;
  if (value->kind == WB_DOUBLE) return real;
  if (comparison_long(value)) {
    return wbi_parse_double(comparison_text(value), &real) == WB_OK ? real : 0;
  }
  if (value->kind == WB_UINT) return (double)(uint64_t)value->integer;
  real = (double)value->integer;
  for (uint32_t i = 0; value->kind == WBI_DECIMAL && i < value->length; i++)
    real /= 10;
  return real;
}

/* The order of two numbers, of which one is not whole: exact unless one is too long. */
static int comparison_order_exact(const wb_value *a, const wb_value *b) {
  wb_value left, right;
  if (a->kind != WB_TEXT && b->kind != WB_TEXT && wbi_decimal_from(a, &left) &&
      wbi_decimal_from(b, &right)) {
    return wbi_decimal_order(&left, &right);
  }
  const double real = comparison_real(a), other = comparison_real(b);
  return (real > other) - (real < other);
}

/* The order of two numbers, dates or times: negative, 0, positive. */
static int comparison_order(const wb_value *a, const wb_value *b) {
  const bool a_big = a->kind == WB_UINT && a->integer < 0;
  const bool b_big = b->kind == WB_UINT && b->integer < 0;
  if (!comparison_whole(a) || !comparison_whole(b)) return comparison_order_exact(a, b);
  if (a_big != b_big) return a_big ? 1 : -1;
  return (a->integer > b->integer) - (a->integer < b->integer);
}

/* Whether an order fits a test. */
static bool comparison_fits(int order, uint32_t test) {
  switch (test) {
  case '<': return order < 0;
  case '>': return order > 0;
  case WBI_TOKEN_LESS_EQUAL: return order <= 0;
  default: return order >= 0;
  }
}

/* What a value is ordered with: a sign of its own for numbers, texts, dates, times; 0: nothing. */
static char comparison_sort(const wb_value *value) {
  if (comparison_number(value)) return 'n';
  switch (value->kind) {
  case WB_TEXT: return 't';
  case WB_DATE: return 'd';
  case WB_TIME: return 'i';
  default: return 0;
  }
}

/* Whether one comes before the other. A number and a text have no order; what has none with
   anything, such as a yes or no, is neither before nor after. */
static wb_status comparison_ordered(const wb_value *left, uint32_t test, const wb_value *right,
                                    bool *holds) {
  const char sort = comparison_sort(left), other = comparison_sort(right);
  *holds = false;
  if ((sort == 't' && other == 'n') || (sort == 'n' && other == 't')) return WB_E_TYPE;
  if (sort == 0 || sort != other) return WB_OK;
  const int order = sort == 't' ? wbi_text_compare(comparison_text(left), comparison_text(right))
                                : comparison_order(left, right);
  *holds = comparison_fits(order, test);
  return WB_OK;
}

/* ---- equality ----------------------------------------------------------------------------- */

/* Whether a value has nothing in it: what `empty` is equal to. */
static bool comparison_empty(const wb_value *value) {
  uint32_t count = 0;
  if (value->kind == WB_TEXT) return value->length == 0;
  return wbi_value_count(value, &count) && count == 0;
}

/* Whether there is nothing: what `blank` is equal to. */
static bool comparison_blank(const wb_value *value) {
  return wbi_value_missing(value) || (value->kind == WB_BOOL && value->integer == 0) ||
         comparison_empty(value);
}

static bool comparison_nothing(const wb_value *value) {
  return value->kind == WBI_BLANK || value->kind == WBI_EMPTY;
}

/* Equality with `blank` or `empty`, which are not equal to themselves. */
static bool comparison_equal_nothing(const wb_value *nothing, const wb_value *value) {
  return nothing->kind == WBI_BLANK ? comparison_blank(value) : comparison_empty(value);
}

/* Whether two nodes are the same but for what they hold. */
static bool comparison_alike(const wbi_json *a, const wbi_json *b) {
  if (b->kind == WBI_JSON_ARRAY || b->kind == WBI_JSON_OBJECT) {
    return a->kind == b->kind && a->count == b->count;
  }
  const wb_value left = wbi_value_node(a), right = wbi_value_node(b);
  return wbi_value_equal(&left, &right);
}

/* The node after another in a tree, members by their names; NULL: it was the last. */
static const wbi_json *comparison_after(const wbi_json *node, const wbi_json *root) {
  if (node->first != NULL) return node->kind == WBI_JSON_OBJECT ? node->first_sorted : node->first;
  while (node != root) {
    const bool member = node->parent->kind == WBI_JSON_OBJECT;
    const wbi_json *next = member ? node->next_sorted : node->next;
    if (next != NULL) return next;
    node = node->parent;
  }
  return NULL;
}

/* Whether two trees are the same. */
static bool comparison_equal_trees(const wbi_json *a, const wbi_json *b) {
  const wbi_json *left = a, *right = b;
  while (left != NULL && WBI_ALWAYS(right != NULL)) { /* what is alike has as much below it */
    if (!comparison_alike(left, right)) return false;
    if (left != a && !wbi_text_equal(left->name, right->name)) return false;
    left = comparison_after(left, a);
    right = comparison_after(right, b);
  }
  return left == right;
}

/* The same of two nodes; a pair has a name as well. */
static bool comparison_equal_nodes(const wb_value *a, const wb_value *b) {
  const wbi_json *left = (const void *)a->data, *right = (const void *)b->data;
  const bool pair = (a->flags & WBI_VALUE_PAIR) != 0;
  if (pair != ((b->flags & WBI_VALUE_PAIR) != 0)) return false;
  return (!pair || wbi_text_equal(left->name, right->name)) && comparison_equal_trees(left, right);
}

bool wbi_value_equal(const wb_value *a, const wb_value *b) {
  if (comparison_nothing(a)) return comparison_equal_nothing(a, b);
  if (comparison_nothing(b)) return comparison_equal_nothing(b, a);
  if (comparison_absent(a) && comparison_absent(b)) return true;
  if (comparison_number(a) && comparison_number(b)) return comparison_order(a, b) == 0;
  if (a->kind != b->kind) return false;
  switch (a->kind) {
  case WB_TEXT: return wbi_text_equal(comparison_text(a), comparison_text(b));
  case WBI_NODE: return comparison_equal_nodes(a, b);
  case WB_LIST: return false;
  default: return a->integer == b->integer;
  }
}

/* ---- contains ----------------------------------------------------------------------------- */

/* Whether a list holds a value. */
static wb_status comparison_holds(const wbi_filtering *filtering, const wb_value *list,
                                  const wb_value *what, bool *holds) {
  uint32_t count = 0;
  (void)wbi_value_count(list, &count);
  for (uint32_t i = 0; i < count && !*holds; i++) {
    wb_value item;
    const wb_status status = wbi_value_item(filtering, list, i, &item);
    if (status != WB_OK) return status;
    *holds = wbi_value_equal(&item, what);
  }
  return WB_OK;
}

/* `contains`: a part of a text, an element of a list, a name of an object. */
static wb_status comparison_contains(const wbi_filtering *filtering, const wb_value *left,
                                     const wb_value *right, bool *holds) {
  wbi_text text;
  *holds = false;
  if (!wbi_value_truth(left) || !wbi_value_truth(right)) return WB_OK;
  if (left->kind == WB_TEXT) {
    const wb_status status = wbi_value_write(filtering, right, &text);
    if (status == WB_OK) *holds = wbi_text_find(comparison_text(left), text, 0) != SIZE_MAX;
    return status;
  }
  if (left->kind == WBI_NODE && !wbi_value_list(left)) {
    *holds = right->kind == WB_TEXT &&
             wbi_node_member((const void *)left->data, comparison_text(right)) != NULL;
    return WB_OK;
  }
  return comparison_holds(filtering, left, right, holds);
}

wb_status wbi_liquid_test(const wbi_filtering *filtering, const wb_value *left, uint32_t test,
                          const wb_value *right, bool *holds) {
  switch (test) {
  case 0: *holds = wbi_value_truth(left); return WB_OK;
  case WBI_TOKEN_EQUAL: *holds = wbi_value_equal(left, right); return WB_OK;
  case WBI_TOKEN_NOT_EQUAL: *holds = !wbi_value_equal(left, right); return WB_OK;
  case WBI_TOKEN_CONTAINS: return comparison_contains(filtering, left, right, holds);
  default: return comparison_ordered(left, test, right, holds);
  }
}

/* SPDX-License-Identifier: MIT */
/* Operators on values that are there. */
#include "cel/cel_private.h"

#include "cel/calendar.h"

wbi_cel_value wbi_cel_order(uint32_t test, const wbi_cel_value *a, const wbi_cel_value *b) {
  const int order = wbi_cel_compare(a, b);
  if (order > 1) return order == 2 ? wbi_cel_of_bool(false) : wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  return wbi_cel_of_bool(wbi_cel_tells(test, order));
}

/* ---- arithmetic --------------------------------------------------------------------------- */

/* Whole numbers with a sign. */
static wbi_cel_value operators_int(uint32_t sign, int64_t a, int64_t b) {
  int64_t out = 0;
  bool over = false;
  if ((sign == '/' || sign == '%') && b == 0) return wbi_cel_of_fault(WBI_FAULT_DIVISION);
  switch (sign) {
  case '+': over = __builtin_add_overflow(a, b, &out); break;
  case '-': over = __builtin_sub_overflow(a, b, &out); break;
  case '*': over = __builtin_mul_overflow(a, b, &out); break;
  default:
    over = a == INT64_MIN && b == -1;
    if (!over) out = sign == '/' ? a / b : a % b;
    break;
  }
  return over ? wbi_cel_of_fault(WBI_FAULT_RANGE) : wbi_cel_of_int(out);
}

/* Whole numbers without a sign. */
static wbi_cel_value operators_uint(uint32_t sign, uint64_t a, uint64_t b) {
  uint64_t out = 0;
  bool over = false;
  if ((sign == '/' || sign == '%') && b == 0) return wbi_cel_of_fault(WBI_FAULT_DIVISION);
  switch (sign) {
  case '+': over = __builtin_add_overflow(a, b, &out); break;
  case '-': over = __builtin_sub_overflow(a, b, &out); break;
  case '*': over = __builtin_mul_overflow(a, b, &out); break;
  default: out = sign == '/' ? a / b : a % b; break;
  }
  return over ? wbi_cel_of_fault(WBI_FAULT_RANGE) : wbi_cel_of_uint(out);
}

/* Doubles, of which there is no remainder. */
static wbi_cel_value operators_double(uint32_t sign, double a, double b) {
  switch (sign) {
  case '+': return wbi_cel_of_double(a + b);
  case '-': return wbi_cel_of_double(a - b);
  case '*': return wbi_cel_of_double(a * b);
  case '/': return wbi_cel_of_double(a / b);
  default: return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  }
}

/* Two texts or bytes behind each other. */
static wbi_cel_value operators_join(wbi_cel_run *run, const wbi_cel_value *a,
                                    const wbi_cel_value *b) {
  const uint64_t length = (uint64_t)a->length + b->length;
  char *text = length <= UINT32_MAX ? wbi_cel_take(run, (size_t)length) : NULL;
  if (text == NULL) return wbi_cel_of_fault(WBI_FAULT_COST);
  if (a->length > 0) memcpy(text, a->as.data, a->length);
  if (b->length > 0) memcpy(text + a->length, b->as.data, b->length);
  return (wbi_cel_value){.as.data = text, .length = (uint32_t)length, .kind = a->kind};
}

/* Two lists behind each other. */
static wbi_cel_value operators_append(wbi_cel_run *run, const wbi_cel_value *a,
                                      const wbi_cel_value *b) {
  const uint64_t length = (uint64_t)a->length + b->length;
  wbi_cel_value *items = length <= UINT32_MAX / sizeof *items
                             ? wbi_cel_take(run, (size_t)length * sizeof *items)
                             : NULL;
  if (items == NULL) return wbi_cel_of_fault(WBI_FAULT_COST);
  for (uint32_t i = 0; i < a->length; i++)
    items[i] = wbi_cel_item(run, a, i);
  for (uint32_t i = 0; i < b->length; i++)
    items[a->length + i] = wbi_cel_item(run, b, i);
  return wbi_cel_of_list(items, (uint32_t)length);
}

/* Times and durations. */
static wbi_cel_value operators_time(uint32_t sign, const wbi_cel_value *a, const wbi_cel_value *b) {
  if (sign == '+') return wbi_cel_add_time(a, b);
  return sign == '-' ? wbi_cel_subtract_time(a, b) : wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
}

wbi_cel_value wbi_cel_arithmetic(wbi_cel_run *run, uint32_t sign, const wbi_cel_value *a,
                                 const wbi_cel_value *b) {
  if (a->kind == WB_TIME || a->kind == WBI_KIND_DURATION) return operators_time(sign, a, b);
  if (a->kind != b->kind) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  switch (a->kind) {
  case WB_INT: return operators_int(sign, a->as.integer, b->as.integer);
  case WB_UINT: return operators_uint(sign, (uint64_t)a->as.integer, (uint64_t)b->as.integer);
  case WB_DOUBLE: return operators_double(sign, a->as.real, b->as.real);
  case WB_TEXT:
  case WB_BYTES:
    if (sign == '+') return operators_join(run, a, b);
    break;
  case WB_LIST:
    if (sign == '+') return operators_append(run, a, b);
    break;
  default: break;
  }
  return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
}

wbi_cel_value wbi_cel_negate(const wbi_cel_value *a) {
  if (a->kind == WB_DOUBLE) return wbi_cel_of_double(-a->as.real);
  if (a->kind != WB_INT) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  return operators_int('-', 0, a->as.integer);
}

/* ---- membership and elements -------------------------------------------------------------- */

const wbi_cel_value *wbi_cel_lookup(wbi_cel_run *run, const wbi_cel_value *map,
                                    const wbi_cel_value *key) {
  static const wbi_cel_value dear = {.as.integer = WBI_FAULT_COST, .kind = WBI_KIND_ERROR};
  if (!wbi_cel_charge(run, map->length)) return &dear;
  for (uint32_t i = 0; i < map->length; i++) {
    const wbi_cel_value *at = &map->as.items[2 * (size_t)i];
    if (wbi_cel_compare(at, key) == 0) return at + 1;
  }
  return NULL;
}

wbi_cel_value wbi_cel_has(wbi_cel_run *run, const wbi_cel_value *map, const wbi_cel_value *key) {
  const wbi_cel_value *found = wbi_cel_lookup(run, map, key);
  if (found != NULL && found->kind == WBI_KIND_ERROR) return *found;
  return wbi_cel_of_bool(found != NULL);
}

/* Looks for a value among others. */
static wbi_cel_value operators_find(wbi_cel_run *run, const wbi_cel_value *a,
                                    const wbi_cel_value *set) {
  wbi_cel_value out = wbi_cel_of_bool(false);
  for (uint32_t i = 0; i < set->length; i++) {
    const wbi_cel_value item = wbi_cel_item(run, set, i);
    const wbi_cel_value same = wbi_cel_equal(run, a, &item);
    if (same.kind != WB_BOOL)
      out = out.kind == WB_BOOL ? same : wbi_cel_doubt(&out, &same);
    else if (same.as.integer != 0)
      return same;
  }
  return out;
}

wbi_cel_value wbi_cel_in(wbi_cel_run *run, const wbi_cel_value *a, const wbi_cel_value *set) {
  if (set->kind == WBI_KIND_MAP) return wbi_cel_has(run, set, a);
  if (set->kind != WB_LIST) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  if (!wbi_cel_charge(run, set->length)) return wbi_cel_of_fault(WBI_FAULT_COST);
  if (a->kind != WB_TEXT || set->facts != 0) return operators_find(run, a, set);
  for (uint32_t i = 0; i < set->length; i++) {
    const wbi_cel_value *item = &set->as.items[i];
    if (wbi_cel_is_doubt(item)) return operators_find(run, a, set);
    if (item->kind == WB_TEXT && wbi_text_equal(wbi_cel_text(a), wbi_cel_text(item)))
      return wbi_cel_of_bool(true);
  }
  return wbi_cel_of_bool(false);
}

/* The place that an index, which is a number, means; false: it is none. */
static bool operators_place(const wbi_cel_value *key, uint32_t length, uint32_t *place) {
  const wbi_cel_value low = wbi_cel_of_int(0), high = wbi_cel_of_int(length);
  const int above = wbi_cel_compare(key, &low);
  if ((above != 0 && above != 1) || wbi_cel_compare(key, &high) >= 0) return false;
  *place = key->kind == WB_DOUBLE ? (uint32_t)key->as.real : (uint32_t)key->as.integer;
  return key->kind != WB_DOUBLE || key->as.real == (double)*place;
}

/* An element by its index; `kind` WBI_KIND_ERROR: there is none. */
static wbi_cel_value operators_element(wbi_cel_run *run, const wbi_cel_value *of,
                                       const wbi_cel_value *key) {
  uint32_t place = 0;
  if (of->kind == WB_LIST) {
    if (!wbi_cel_is_number(key->kind)) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
    if (!operators_place(key, of->length, &place)) return wbi_cel_of_fault(WBI_FAULT_KEY);
    return wbi_cel_item(run, of, place);
  }
  if (of->kind != WBI_KIND_MAP) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  const wbi_cel_value *found = wbi_cel_lookup(run, of, key);
  return found != NULL ? *found : wbi_cel_of_fault(WBI_FAULT_KEY);
}

wbi_cel_value wbi_cel_optional(wbi_cel_run *run, const wbi_cel_value *value) {
  wbi_cel_value out = {.kind = WBI_KIND_OPTIONAL};
  if (value == NULL) return out;
  wbi_cel_value *held = wbi_cel_take(run, sizeof *held);
  if (held == NULL) return wbi_cel_of_fault(WBI_FAULT_COST);
  *held = *value;
  out.as.items = held;
  return out;
}

wbi_cel_value wbi_cel_index(wbi_cel_run *run, const wbi_cel_value *of, const wbi_cel_value *key,
                            bool optional) {
  if (of->kind == WBI_KIND_OPTIONAL) {
    if (of->as.items == NULL) return *of;
    optional = true;
    of = of->as.items;
  }
  const wbi_cel_value found = operators_element(run, of, key);
  if (!optional) return found;
  const bool none = found.kind == WBI_KIND_ERROR && found.as.integer == WBI_FAULT_KEY;
  if (none) return wbi_cel_optional(run, NULL);
  return found.kind == WBI_KIND_ERROR ? found : wbi_cel_optional(run, &found);
}

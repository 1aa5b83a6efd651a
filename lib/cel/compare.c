/* SPDX-License-Identifier: MIT */
/* Equality and order of two values. */
#include "cel/cel_private.h"

enum { COMPARE_DEPTH = 64, COMPARE_UNORDERED = 2, COMPARE_NEVER = 3 };

/* The order of two whole numbers. */
static int compare_whole(const wbi_cel_value *a, const wbi_cel_value *b) {
  const bool a_below = a->kind == WB_INT && a->as.integer < 0;
  const bool b_below = b->kind == WB_INT && b->as.integer < 0;
  if (a_below != b_below) return a_below ? -1 : 1;
  const uint64_t x = (uint64_t)a->as.integer, y = (uint64_t)b->as.integer;
  return x < y ? -1 : x > y;
}

/* The order of two doubles. */
static int compare_real(double a, double b) {
  return a < b ? -1 : a > b ? 1 : a == b ? 0 : COMPARE_UNORDERED;
}

/* The order of a whole number and a double: as doubles, once the double is within the range of
   whole numbers. So cel-spec has it: 9223372036854775807 equals 9223372036854775808.0. */
static int compare_mixed(const wbi_cel_value *whole, double real) {
  return compare_real(wbi_cel_real(whole), real);
}

/* The order of two numbers. */
static int compare_numbers(const wbi_cel_value *a, const wbi_cel_value *b) {
  if (a->kind == WB_DOUBLE && b->kind == WB_DOUBLE) return compare_real(a->as.real, b->as.real);
  if (b->kind == WB_DOUBLE) return compare_mixed(a, b->as.real);
  if (a->kind != WB_DOUBLE) return compare_whole(a, b);
  const int order = compare_mixed(b, a->as.real);
  return order == COMPARE_UNORDERED ? order : -order;
}

int wbi_cel_compare(const wbi_cel_value *a, const wbi_cel_value *b) {
  if (wbi_cel_is_number(a->kind) && wbi_cel_is_number(b->kind)) return compare_numbers(a, b);
  if (a->kind != b->kind) return COMPARE_NEVER;
  switch (a->kind) {
  case WB_TEXT:
  case WB_BYTES: {
    const int order = wbi_text_compare(wbi_cel_text(a), wbi_cel_text(b));
    return order < 0 ? -1 : order > 0;
  }
  case WB_TIME:
  case WBI_KIND_DURATION:
    if (a->as.integer == b->as.integer) return a->length < b->length ? -1 : a->length > b->length;
    return a->as.integer < b->as.integer ? -1 : 1;
  case WB_BOOL:
  case WB_DATE: return a->as.integer < b->as.integer ? -1 : a->as.integer > b->as.integer;
  default: return COMPARE_NEVER;
  }
}

/* ---- equality ----------------------------------------------------------------------------- */

static wbi_cel_value compare_equal(wbi_cel_run *run, const wbi_cel_value *a, const wbi_cel_value *b,
                                   uint32_t depth);

/* Adds the outcome of a part: false is false for the whole; else a doubt is. Whether to go on. */
static bool compare_add(wbi_cel_value *all, const wbi_cel_value *part) {
  if (part->kind == WB_BOOL && part->as.integer == 0) {
    *all = *part;
    return false;
  }
  if (part->kind == WB_BOOL) return true;
  *all = all->kind == WB_BOOL ? *part : wbi_cel_doubt(all, part);
  return true;
}

/* Equality of two lists. */
static wbi_cel_value compare_lists(wbi_cel_run *run, const wbi_cel_value *a, const wbi_cel_value *b,
                                   uint32_t depth) {
  wbi_cel_value all = wbi_cel_of_bool(true);
  if (a->length != b->length) return wbi_cel_of_bool(false);
  if (!wbi_cel_charge(run, a->length)) return wbi_cel_of_fault(WBI_FAULT_COST);
  for (uint32_t i = 0; i < a->length; i++) {
    const wbi_cel_value x = wbi_cel_item(run, a, i), y = wbi_cel_item(run, b, i);
    const wbi_cel_value part = compare_equal(run, &x, &y, depth);
    if (!compare_add(&all, &part)) break;
  }
  return all;
}

/* Equality of two maps. */
static wbi_cel_value compare_maps(wbi_cel_run *run, const wbi_cel_value *a, const wbi_cel_value *b,
                                  uint32_t depth) {
  wbi_cel_value all = wbi_cel_of_bool(true);
  if (a->length != b->length) return wbi_cel_of_bool(false);
  for (uint32_t i = 0; i < a->length; i++) {
    const wbi_cel_value *other = wbi_cel_lookup(run, b, &a->as.items[2 * (size_t)i]);
    if (other == NULL) return wbi_cel_of_bool(false);
    if (other->kind == WBI_KIND_ERROR) return *other;
    const wbi_cel_value part = compare_equal(run, &a->as.items[2 * (size_t)i + 1], other, depth);
    if (!compare_add(&all, &part)) break;
  }
  return all;
}

/* Equality of two optionals. */
static wbi_cel_value compare_optionals(wbi_cel_run *run, const wbi_cel_value *a,
                                       const wbi_cel_value *b, uint32_t depth) {
  if (a->as.items == NULL || b->as.items == NULL)
    return wbi_cel_of_bool(a->as.items == b->as.items);
  return compare_equal(run, a->as.items, b->as.items, depth);
}

/* Equality of two values that are there. */
static wbi_cel_value compare_equal(wbi_cel_run *run, const wbi_cel_value *a, const wbi_cel_value *b,
                                   uint32_t depth) {
  const wbi_cel_value doubt = wbi_cel_doubt(a, b);
  if (doubt.kind != WB_NULL) return doubt;
  if (depth == 0) return wbi_cel_of_fault(WBI_FAULT_COST);
  if (a->kind != b->kind) return wbi_cel_of_bool(wbi_cel_compare(a, b) == 0);
  switch (a->kind) {
  case WB_NULL: return wbi_cel_of_bool(true);
  case WB_TEXT:
  case WB_BYTES: return wbi_cel_of_bool(wbi_text_equal(wbi_cel_text(a), wbi_cel_text(b)));
  case WB_LIST: return compare_lists(run, a, b, depth - 1);
  case WBI_KIND_MAP: return compare_maps(run, a, b, depth - 1);
  case WBI_KIND_OPTIONAL: return compare_optionals(run, a, b, depth - 1);
  case WBI_KIND_TYPE: return wbi_cel_of_bool(a->as.type->kind == b->as.type->kind);
  case WB_RECORD: /* of one patient, so it is the same one or another */
    return wbi_cel_of_bool(a->as.integer == b->as.integer && a->length == b->length);
  default: return wbi_cel_of_bool(wbi_cel_compare(a, b) == 0);
  }
}

wbi_cel_value wbi_cel_equal(wbi_cel_run *run, const wbi_cel_value *a, const wbi_cel_value *b) {
  return compare_equal(run, a, b, COMPARE_DEPTH);
}

/* SPDX-License-Identifier: MIT */
/* Comparisons of two values, in three-valued logic. */
#include "cel/cel_private.h"

/* How two values stand to each other; NaN is in no order. */
enum { COMPARE_LESS = 1, COMPARE_SAME = 2, COMPARE_MORE = 4, COMPARE_NONE = 8 };

/* Whether values of a kind are numbers. */
static bool compare_is_number(int32_t kind) {
  return kind == WB_INT || kind == WB_UINT || kind == WB_DOUBLE;
}

/* The order of two whole numbers. */
static unsigned compare_whole(const wbi_cel_value *a, const wbi_cel_value *b) {
  const bool a_below = a->kind == WB_INT && a->as.integer < 0;
  const bool b_below = b->kind == WB_INT && b->as.integer < 0;
  if (a_below != b_below) return a_below ? COMPARE_LESS : COMPARE_MORE;
  const uint64_t x = (uint64_t)a->as.integer, y = (uint64_t)b->as.integer;
  return x < y ? COMPARE_LESS : x > y ? COMPARE_MORE : COMPARE_SAME;
}

/* The order of two doubles. */
static unsigned compare_real(double a, double b) {
  return a < b ? COMPARE_LESS : a > b ? COMPARE_MORE : a == b ? COMPARE_SAME : COMPARE_NONE;
}

/* The order of a whole number and a double, exactly: the whole part first, then the fraction. */
static unsigned compare_mixed(const wbi_cel_value *whole, double real) {
  if (real != real) return COMPARE_NONE;
  if (real >= 18446744073709551616.0) return COMPARE_LESS;
  if (real < -9223372036854775808.0) return COMPARE_MORE;
  wbi_cel_value floor = {.kind = real < 0 ? WB_INT : WB_UINT};
  floor.as.integer = real < 0 ? (int64_t)real : (int64_t)(uint64_t)real;
  const double cut = real < 0 ? (double)floor.as.integer : (double)(uint64_t)floor.as.integer;
  const unsigned order = compare_whole(whole, &floor);
  return order == COMPARE_SAME ? compare_real(cut, real) : order;
}

/* The order of two numbers. */
static unsigned compare_numbers(const wbi_cel_value *a, const wbi_cel_value *b) {
  if (a->kind == WB_DOUBLE && b->kind == WB_DOUBLE) return compare_real(a->as.real, b->as.real);
  if (b->kind == WB_DOUBLE) return compare_mixed(a, b->as.real);
  if (a->kind != WB_DOUBLE) return compare_whole(a, b);
  const unsigned order = compare_mixed(b, a->as.real);
  return order == COMPARE_LESS ? COMPARE_MORE : order == COMPARE_MORE ? COMPARE_LESS : order;
}

/* The order of two values that are there. Text goes by its bytes, which is by code points. */
static unsigned compare_values(const wbi_cel_value *a, const wbi_cel_value *b) {
  if (compare_is_number(a->kind) && compare_is_number(b->kind)) return compare_numbers(a, b);
  if (a->kind != b->kind) return COMPARE_NONE;
  if (a->kind == WB_TEXT || a->kind == WB_BYTES) {
    const int order =
        wbi_text_compare((wbi_text){a->as.data, a->length}, (wbi_text){b->as.data, b->length});
    return order < 0 ? COMPARE_LESS : order > 0 ? COMPARE_MORE : COMPARE_SAME;
  }
  const int64_t x = a->as.integer, y = b->as.integer; /* bool, date, time */
  return x < y ? COMPARE_LESS : x > y ? COMPARE_MORE : COMPARE_SAME;
}

int32_t wbi_cel_equal(const wbi_cel_value *a, const wbi_cel_value *b) {
  if (a->kind == WB_UNKNOWN || b->kind == WB_UNKNOWN) return WB_UNDETERMINED;
  if (a->kind == WB_NULL || b->kind == WB_NULL) return a->kind == b->kind;
  if (a->kind == WB_TEXT && b->kind == WB_TEXT) /* different lengths need no look at the bytes */
    return wbi_text_equal((wbi_text){a->as.data, a->length}, (wbi_text){b->as.data, b->length});
  return compare_values(a, b) == COMPARE_SAME;
}

int32_t wbi_cel_order(uint32_t test, const wbi_cel_value *a, const wbi_cel_value *b) {
  if (a->kind == WB_UNKNOWN || b->kind == WB_UNKNOWN) return WB_UNDETERMINED;
  const unsigned order = compare_values(a, b);
  switch (test) {
  case '<': return order == COMPARE_LESS;
  case '>': return order == COMPARE_MORE;
  case WBI_CEL_LESS_EQUAL: return (order & (COMPARE_LESS | COMPARE_SAME)) != 0;
  default: return (order & (COMPARE_MORE | COMPARE_SAME)) != 0;
  }
}

int32_t wbi_cel_in(const wbi_cel_value *a, const wbi_cel_value *list, uint32_t count) {
  if (a->kind == WB_UNKNOWN) return WB_UNDETERMINED;
  for (uint32_t i = 0; i < count; i++)
    if (wbi_cel_equal(a, &list[i]) == WB_TRUE) return WB_TRUE;
  return WB_FALSE;
}

wbi_cel_value wbi_cel_truth(int32_t truth) {
  return (wbi_cel_value){.as.integer = truth == WB_TRUE,
                         .kind = truth == WB_UNDETERMINED ? WB_UNKNOWN : WB_BOOL};
}

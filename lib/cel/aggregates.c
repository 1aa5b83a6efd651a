/* SPDX-License-Identifier: MIT */
/* Functions over the elements of a list. Every element is seen: what is unknown makes the result
   unknown, whatever else is wrong. */
#include "cel/value.h"

/* Takes one more element into a result that is neither unknown nor an error. */
typedef wbi_cel_value (*lists_step)(wbi_cel_run *run, const wbi_cel_value *so_far,
                                    const wbi_cel_value *item);

/* An element, which must be there. */
static wbi_cel_value lists_item(wbi_cel_run *run, const wbi_cel_value *list, uint32_t index) {
  const wbi_cel_value item = wbi_cel_item(run, list, index);
  return wbi_cel_lacking(&item);
}

/* Goes through a list; `none` is the result for an empty one. */
static wbi_cel_value lists_fold(wbi_cel_run *run, const wbi_cel_value *list, wbi_cel_value none,
                                lists_step step) {
  if (list->kind != WB_LIST) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  if (!wbi_cel_charge(run, list->length)) return wbi_cel_of_fault(WBI_FAULT_COST);
  if (list->length == 0) return none;
  wbi_cel_value result = lists_item(run, list, 0);
  if (!wbi_cel_is_doubt(&result)) result = step(run, &result, NULL);
  for (uint32_t i = 1; i < list->length; i++) {
    const wbi_cel_value item = lists_item(run, list, i), doubt = wbi_cel_doubt(&result, &item);
    result = doubt.kind != WB_NULL ? doubt : step(run, &result, &item);
  }
  return result;
}

/* The lesser (-1) or greater (1) of two; alone: the value, if it has an order. */
static wbi_cel_value lists_pick(const wbi_cel_value *a, const wbi_cel_value *b, int wanted) {
  const int order = wbi_cel_compare(b != NULL ? b : a, a);
  if (order == 3) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  const bool other = b != NULL && order == wanted;
  return other ? *b : *a;
}
static wbi_cel_value lists_lesser(wbi_cel_run *run, const wbi_cel_value *a,
                                  const wbi_cel_value *b) {
  (void)run;
  return lists_pick(a, b, -1);
}
static wbi_cel_value lists_greater(wbi_cel_run *run, const wbi_cel_value *a,
                                   const wbi_cel_value *b) {
  (void)run;
  return lists_pick(a, b, 1);
}

/* The sum of two; alone: the value, if it can be added. */
static wbi_cel_value lists_add(wbi_cel_run *run, const wbi_cel_value *a, const wbi_cel_value *b) {
  const bool fits = wbi_cel_is_number(a->kind) || a->kind == WBI_KIND_DURATION;
  if (!fits || (b != NULL && a->kind != b->kind)) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  return b != NULL ? wbi_cel_arithmetic(run, '+', a, b) : *a;
}

static wbi_cel_value lists_min(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count) {
  (void)count;
  return lists_fold(run, arguments, wbi_cel_of_fault(WBI_FAULT_VALUE), lists_lesser);
}

static wbi_cel_value lists_max(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count) {
  (void)count;
  return lists_fold(run, arguments, wbi_cel_of_fault(WBI_FAULT_VALUE), lists_greater);
}

static wbi_cel_value lists_sum(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count) {
  (void)count;
  return lists_fold(run, arguments, wbi_cel_of_int(0), lists_add);
}

static wbi_cel_value lists_count(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count) {
  (void)run, (void)count;
  if (arguments->kind != WB_LIST) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  return wbi_cel_of_int(arguments->length);
}

static const wbi_cel_overload lists_overloads[] = {
    {"min", ".LA:A", lists_min},     {"max", ".LA:A", lists_max}, {"sum", ".Li:i", lists_sum},
    {"sum", ".Lu:u", lists_sum},     {"sum", ".Ld:d", lists_sum}, {"sum", ".Lp:p", lists_sum},
    {"count", ".LA:i", lists_count},
};
const wbi_cel_library wbi_cel_lists = {lists_overloads, WBI_COUNT(lists_overloads)};

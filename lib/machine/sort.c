/* SPDX-License-Identifier: MIT */
/*
 * Sorting numbers by an order of the caller: bottom-up merges, so nothing recurs. What an order
 * begins with lies beside each number, so that what the numbers stand for, which is anywhere in
 * memory, is hardly ever looked at again.
 */
#include "machine/index.h"

/* A number and what its order begins with. */
typedef struct sort_item {
  uint64_t lead;
  uint32_t number;
} sort_item;

/* An order. */
typedef struct sort_order {
  wbi_before before;
  const void *user;
} sort_order;

/* Whether one comes before another. same: the order would say it, too, but later */
static bool sort_before(const sort_order *order, const sort_item *a, const sort_item *b) {
  if (a->lead != b->lead) return a->lead < b->lead;
  return order->before(order->user, a->number, b->number);
}

/* Merges two sorted runs that follow each other: [from, middle) and [middle, to). */
static void sort_merge(sort_item *items, sort_item *scratch, size_t from, size_t middle, size_t to,
                       const sort_order *order) {
  /* same: merging these moves nothing */
  if (!sort_before(order, &items[middle], &items[middle - 1])) return;
  memcpy(scratch, items + from, (middle - from) * sizeof *items);
  size_t left = 0, right = middle, out = from;
  const size_t lefts = middle - from;
  while (left < lefts && right < to) {
    const bool take = sort_before(order, &items[right], &scratch[left]);
    items[out++] = take ? items[right++] : scratch[left++];
  }
  memcpy(items + out, scratch + left, (lefts - left) * sizeof *items);
}

/* Merges ever longer runs. */
static void sort_runs(sort_item *items, sort_item *scratch, size_t count, const sort_order *order) {
  for (size_t run = 1; run < count; run *= 2) {
    for (size_t from = 0; from + run < count; from += 2 * run) {
      /* same: alike they are one place */
      const size_t to = count - from < 2 * run ? count : from + 2 * run;
      sort_merge(items, scratch, from, from + run, to, order);
    }
  }
}

wb_status wbi_sort(wb_context *context, uint32_t *numbers, size_t count, wbi_lead lead,
                   wbi_before before, const void *user) {
  const sort_order order = {before, user};
  if (count < 2) return WB_OK;
  const size_t size = 2 * count * sizeof(sort_item);
  sort_item *items = wbi_realloc(context, NULL, 0, size);
  if (items == NULL) return WB_E_NOMEM;
  for (size_t i = 0; i < count; i++)
    items[i] = (sort_item){lead != NULL ? lead(user, numbers[i]) : 0, numbers[i]};
  sort_runs(items, items + count, count, &order);
  for (size_t i = 0; i < count; i++)
    numbers[i] = items[i].number;
  wbi_free(context, items, size);
  return WB_OK;
}

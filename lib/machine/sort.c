/* SPDX-License-Identifier: MIT */
/* Sorting numbers by an order of the caller: bottom-up merges, so nothing recurs. */
#include "machine/machine.h"

/* Merges two sorted runs that follow each other: [from, middle) and [middle, to). */
static void sort_merge(uint32_t *numbers, uint32_t *scratch, size_t from, size_t middle, size_t to,
                       wbi_before before, const void *user) {
  if (!before(user, numbers[middle], numbers[middle - 1])) return;
  memcpy(scratch, numbers + from, (middle - from) * sizeof *numbers);
  size_t left = 0, right = middle, out = from;
  const size_t lefts = middle - from;
  while (left < lefts && right < to) {
    const bool take = before(user, numbers[right], scratch[left]);
    numbers[out++] = take ? numbers[right++] : scratch[left++];
  }
  memcpy(numbers + out, scratch + left, (lefts - left) * sizeof *numbers);
}

wb_status wbi_sort(wb_context *context, uint32_t *numbers, size_t count, wbi_before before,
                   const void *user) {
  if (count < 2) return WB_OK;
  uint32_t *scratch = wbi_alloc(context, count * sizeof *scratch);
  if (scratch == NULL) return WB_E_NOMEM;
  for (size_t run = 1; run < count; run *= 2) {
    for (size_t from = 0; from + run < count; from += 2 * run) {
      const size_t to = count - from < 2 * run ? count : from + 2 * run;
      sort_merge(numbers, scratch, from, from + run, to, before, user);
    }
  }
  wbi_free(context, scratch, count * sizeof *scratch);
  return WB_OK;
}

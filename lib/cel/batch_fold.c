/* SPDX-License-Identifier: MIT */
/*
 * all, exists and exists_one in batches: the elements of many rows lie behind each other, so the
 * body is worked out for them together, and each row takes the bits of its own. all(x) is
 * !exists(!x).
 */
#include "cel/batch.h"

/* What was seen among the elements of a row. */
enum { FOLD_YES = 1, FOLD_TWICE = 2, FOLD_PENDING = 4, FOLD_DOUBT = 8, FOLD_WRONG = 16 };

/* Where the elements of each row begin, from those of the first row on. */
static void fold_starts(const wbi_batch *batch, wbi_batch_fold *fold) {
  const wbi_list_view *lists = fold->lists;
  const uint8_t *places = lists->places + (batch->first - lists->first) * lists->width;
  const uint32_t begin = (uint32_t)(fold->first + (uint64_t)lists->base);
  uint32_t narrow = 0;
  uint64_t wide = 0;
  for (uint32_t i = 0; i <= batch->count && lists->width == sizeof narrow; i++) {
    memcpy(&narrow, places + i * sizeof narrow, sizeof narrow);
    fold->starts[i] = narrow - begin;
  }
  for (uint32_t i = 0; i <= batch->count && lists->width != sizeof narrow; i++) {
    memcpy(&wide, places + i * sizeof wide, sizeof wide);
    fold->starts[i] = (uint32_t)wide - begin;
  }
}

void wbi_batch_fold_begin(const wbi_batch *batch, wbi_batch_fold *fold, uint32_t kind,
                          uint32_t slot) {
  const uint32_t field = batch->run.program->fields[slot];
  const wbi_field *about = wbi_schema_field(wbi_facts_schema(batch->run.facts), field);
  fold->lists = &batch->slots[slot].lists;
  fold->first = wbi_list_view_at(fold->lists, batch->first);
  fold->row = fold->rows = 0;
  fold->kind = kind;
  fold->most = about->most < WBI_LANES ? about->most : WBI_LANES;
  fold->absent = about->presence == WB_REQUIRED ? WBI_ABSENT_PENDING : WBI_ABSENT_DOUBT;
  fold_starts(batch, fold);
  memset(fold->seen, 0, sizeof fold->seen);
}

/* Behind the last of the rows from one on that have together no more elements than there are
   lanes. */
static uint32_t fold_fit(const wbi_batch_fold *fold, uint32_t row, uint32_t count) {
  enum { STEP = 16 };
  const uint32_t *starts = fold->starts, from = starts[row];
  uint32_t end = row;
  while (count - end >= STEP && starts[end + STEP] - from <= WBI_LANES)
    end += STEP;
  while (end < count && starts[end + 1] - from <= WBI_LANES)
    end++;
  return end;
}

bool wbi_batch_fold_next(const wbi_batch *batch, wbi_batch_fold *fold) {
  for (uint32_t row = fold->row + fold->rows; row < batch->count; row++) {
    fold->row = row;
    fold->rows = fold_fit(fold, row, batch->count) - row;
    fold->comings = 0;
    if (fold->rows > 0) return true;
    fold->seen[row] = FOLD_PENDING; /* it has more itself */
  }
  return false;
}

/* ---- what comes next ---------------------------------------------------------------------- */

void wbi_batch_fold_look(wbi_batch_fold *fold, const wbi_view *view, size_t first, uint32_t count) {
  const size_t behind = first - view->first + count, left = view->rows - behind;
  uint32_t i = 0;
  while (i < fold->comings && fold->coming[i].view != view)
    i++;
  if (i < fold->comings || i == WBI_COMING || left == 0) return;
  const size_t cells = left < WBI_LANES ? left : WBI_LANES;
  fold->coming[fold->comings++] = (wbi_batch_coming){.view = view,
                                                     .from = view->values + behind * view->width,
                                                     .step = cells * view->width / WBI_WORDS};
}

/* Asks the memory for what is looked at next, a part of it at a time: it comes while counts are
   worked out here, which touch no column. All at once would have to be waited for. */
static void fold_fetch(const wbi_batch_fold *fold, uint32_t word) {
  for (uint32_t i = 0; i < fold->comings; i++) {
    const wbi_batch_coming *coming = &fold->coming[i];
    for (size_t at = 0; at < coming->step; at += WBI_LINE)
      wbi_fetch(coming->from + word * coming->step + at);
  }
}

/* ---- rows --------------------------------------------------------------------------------- */

/* Counts of bits are kept in so many numbers: enough for lists that are shorter. */
enum { FOLD_COUNTS = 128 };

/* How many bits of a plane are set before each element, and before the one behind the last;
   false: none is set. */
static bool fold_ranks(const wbi_batch_fold *fold, const uint64_t *plane, uint8_t *ranks) {
  const uint64_t ones = UINT64_C(0x0101010101010101);
  uint64_t turned[WBI_WORDS], some = 0, before = 0;
  const uint32_t *starts = fold->starts + fold->row;
  const uint32_t words = (starts[fold->rows] - starts[0] + 63) / 64;
  for (uint32_t i = 0; i < words; i++) {
    some |= plane[i];
    turned[i] = wbi_square_turn(plane[i]);
  }
  *ranks++ = 0;
  for (uint32_t i = 0; i < words && some != 0; i++) {
    fold_fetch(fold, i);
    for (uint32_t k = 0; k < 8; k++, ranks += 8) {
      const uint64_t sums = (turned[i] >> k & ones) * ones; /* of eight bits, a byte each */
      wbi_eight_put(before + sums, ranks);
      before = (before + (sums >> 56) * ones) & ones * (FOLD_COUNTS - 1);
    }
  }
  return some != 0;
}

/* Of a list that is not shorter: 0, 1, or 2 for more. */
static uint8_t fold_count(const uint8_t *ranks, uint32_t from, uint32_t to) {
  uint32_t count = 0;
  for (uint32_t next = from; from < to; from = next) {
    next = to - from < FOLD_COUNTS ? to : from + FOLD_COUNTS - 1;
    count += (uint32_t)(ranks[next] - ranks[from]) % FOLD_COUNTS;
  }
  return count > 1 ? 2 : (uint8_t)count;
}

/* Whether any of the rows has more elements than it may, or than are counted easily. */
static bool fold_has_long(const wbi_batch_fold *fold) {
  const uint32_t *starts = fold->starts + fold->row, rows = fold->rows;
  const uint32_t most = fold->most < FOLD_COUNTS ? fold->most : FOLD_COUNTS - 1;
  uint32_t signs = 0;
  for (uint32_t i = 0; i < rows; i++)
    signs |= most - (starts[i + 1] - starts[i]);
  return signs >> 31 != 0;
}

/* Notes the rows that have an element with a bit, and those that have two. */
static void fold_see(wbi_batch_fold *fold, const uint64_t *plane, uint8_t what, uint8_t twice) {
  const uint32_t *starts = fold->starts + fold->row, rows = fold->rows, first = starts[0];
  uint8_t ranks[WBI_LANES + 1], at[WBI_LANES + 1], *seen = fold->seen + fold->row;
  if (!fold_ranks(fold, plane, ranks)) return;
  for (uint32_t i = 0; i <= rows; i++)
    at[i] = ranks[starts[i] - first];
  for (uint32_t i = 0; i < rows; i++)
    at[i] = (uint8_t)(at[i + 1] - at[i]) % FOLD_COUNTS;
  for (uint32_t i = 0; i < rows && fold->some_long; i++)
    at[i] = fold_count(ranks, starts[i] - first, starts[i + 1] - first);
  for (uint32_t i = 0; i < rows; i++)
    seen[i] |= (uint8_t)((at[i] > 0 ? what : 0) | (at[i] > 1 ? twice : 0));
}

/* Puts the rows aside whose lists are too long. */
static void fold_limit(wbi_batch_fold *fold) {
  const uint32_t *starts = fold->starts + fold->row;
  for (uint32_t i = 0; i < fold->rows && fold->some_long; i++)
    if (starts[i + 1] - starts[i] > fold->most) fold->seen[fold->row + i] = FOLD_PENDING;
}

void wbi_batch_fold_take(wbi_batch_fold *fold, wbi_planes *body) {
  uint64_t none[WBI_WORDS];
  fold->some_long = fold_has_long(fold);
  if (fold->kind == WBI_LOOP_ALL) wbi_planes_not(body);
  fold_see(fold, body->yes, FOLD_YES, fold->kind == WBI_LOOP_ONE ? FOLD_TWICE : 0);
  for (uint32_t i = 0; i < WBI_WORDS && !body->plain; i++)
    none[i] = ~(body->yes[i] | body->no[i] | body->doubt[i] | body->pending[i]);
  if (!body->plain) {
    fold_see(fold, body->pending, FOLD_PENDING, 0);
    fold_see(fold, body->doubt, FOLD_DOUBT, 0);
    fold_see(fold, none, FOLD_WRONG, 0);
  }
  fold_limit(fold);
}

/* ---- truths ------------------------------------------------------------------------------- */

/* Puts the rows aside whose list is absent, whatever lies between its places. */
static void fold_absent(const wbi_batch *batch, const wbi_batch_fold *fold, wbi_planes *planes) {
  const wbi_list_view *lists = fold->lists;
  uint64_t *const all[] = {planes->yes, planes->no, planes->doubt, planes->pending};
  uint64_t *to = fold->absent == WBI_ABSENT_DOUBT ? planes->doubt : planes->pending;
  uint64_t listed[WBI_WORDS], every = UINT64_MAX;
  wbi_kernel_load(lists->present, lists->first_present + (batch->first - lists->first),
                  batch->count, listed);
  for (uint32_t i = 0; i < WBI_WORDS; i++)
    every &= listed[i];
  if (every == UINT64_MAX) return;
  wbi_planes_spell(planes);
  for (uint32_t plane = 0; plane < WBI_COUNT(all); plane++)
    for (uint32_t i = 0; i < WBI_WORDS; i++)
      all[plane][i] &= listed[i];
  for (uint32_t i = 0; i < WBI_WORDS; i++)
    to[i] |= ~listed[i];
}

/* What was seen decides where some elements are neither true nor false. One that is true says
   nothing of exists_one while others are in doubt. */
static void fold_mixed(const wbi_batch_fold *fold, wbi_planes *planes) {
  const uint64_t decides = fold->kind == WBI_LOOP_ONE ? 0 : UINT64_MAX;
  uint64_t wrong[WBI_WORDS];
  wbi_kernel_marks(fold->seen, FOLD_PENDING, planes->pending);
  wbi_kernel_marks(fold->seen, FOLD_DOUBT, planes->doubt);
  wbi_kernel_marks(fold->seen, FOLD_WRONG, wrong);
  for (uint32_t i = 0; i < WBI_WORDS; i++) {
    const uint64_t yes = planes->yes[i], open = ~(yes & decides);
    planes->pending[i] &= open;
    planes->doubt[i] &= open & ~planes->pending[i];
    const uint64_t sure = ~(open & (planes->pending[i] | planes->doubt[i] | wrong[i]));
    planes->yes[i] = yes & sure;
    planes->no[i] = ~yes & sure;
  }
  planes->plain = false;
}

void wbi_batch_fold_end(const wbi_batch *batch, const wbi_batch_fold *fold, wbi_planes *planes) {
  uint64_t twice[WBI_WORDS];
  uint8_t some = 0;
  for (uint32_t i = 0; i < WBI_LANES; i++)
    some |= fold->seen[i];
  planes->plain = true;
  wbi_kernel_marks(fold->seen, FOLD_YES, planes->yes);
  if ((some & FOLD_TWICE) != 0) {
    wbi_kernel_marks(fold->seen, FOLD_TWICE, twice);
    for (uint32_t i = 0; i < WBI_WORDS; i++)
      planes->yes[i] &= ~twice[i];
  }
  if ((some & ~(FOLD_YES | FOLD_TWICE)) != 0) fold_mixed(fold, planes);
  if (fold->kind == WBI_LOOP_ALL) wbi_planes_not(planes);
  fold_absent(batch, fold, planes);
}

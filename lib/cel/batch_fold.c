/* SPDX-License-Identifier: MIT */
/*
 * all, exists and exists_one in batches: the elements of many rows lie behind each other, so the
 * body is worked out for them together, and each row takes the bits of its own.
 */
#include "cel/batch.h"

void wbi_batch_fold_begin(const wbi_batch *batch, wbi_batch_fold *fold, uint32_t kind,
                          uint32_t slot) {
  const uint32_t field = batch->run.program->fields[slot];
  const wbi_field *about = wbi_schema_field(wbi_facts_schema(batch->run.facts), field);
  memset(&fold->planes, 0, sizeof fold->planes);
  fold->lists = &batch->slots[slot].lists;
  fold->row = fold->rows = 0;
  fold->kind = kind;
  fold->most = about->most < WBI_LANES ? about->most : WBI_LANES;
  fold->absent = about->presence == WB_REQUIRED ? WBI_ABSENT_PENDING : WBI_ABSENT_DOUBT;
}

/* ---- rows --------------------------------------------------------------------------------- */

/* Puts the rows aside whose list is absent, whatever lies between its places. */
static void fold_absent(const wbi_batch *batch, wbi_batch_fold *fold) {
  wbi_planes *planes = &fold->planes;
  uint64_t listed[WBI_WORDS];
  uint64_t *to = fold->absent == WBI_ABSENT_DOUBT ? planes->doubt : planes->pending;
  const wbi_list_view *lists = fold->lists;
  if (lists->present == NULL) return;
  wbi_kernel_load(lists->present, lists->first_present + (batch->first - lists->first),
                  batch->count, listed);
  for (uint32_t i = 0; i < WBI_WORDS; i++) {
    planes->yes[i] &= listed[i];
    planes->no[i] &= listed[i];
    planes->doubt[i] &= listed[i];
    planes->pending[i] &= listed[i];
    to[i] |= ~listed[i];
  }
}

/* How many of the lanes from one on have their elements within as many lanes; none: that one has
   too many. */
static uint32_t fold_fit(const wbi_batch *batch, wbi_batch_fold *fold, uint32_t lane) {
  const size_t row = batch->first + lane;
  const uint32_t left = batch->count - lane;
  const size_t begin = wbi_list_view_at(fold->lists, row);
  fold->element = begin;
  fold->starts[0] = 0;
  for (uint32_t i = 0; i < left; i++) {
    const size_t end = wbi_list_view_at(fold->lists, row + i + 1) - begin;
    if (end > WBI_LANES || end - fold->starts[i] > fold->most) return i;
    fold->starts[i + 1] = (uint32_t)end;
  }
  return left;
}

bool wbi_batch_fold_next(const wbi_batch *batch, wbi_batch_fold *fold) {
  for (uint32_t lane = fold->row + fold->rows; lane < batch->count; lane++) {
    fold->row = lane;
    fold->rows = fold_fit(batch, fold, lane);
    if (fold->rows > 0) return true;
    fold->planes.pending[lane / 64] |= UINT64_C(1) << (lane % 64);
  }
  fold_absent(batch, fold);
  return false;
}

/* ---- truths ------------------------------------------------------------------------------- */

/* A plane of elements as bytes, so that a stretch of bits is read at once. */
typedef struct fold_bits {
  uint8_t bytes[WBI_LANES / 8 + sizeof(uint64_t)];
} fold_bits;

enum { FOLD_STRETCH = 56 };

/* Spreads a plane; false: no bit is set. */
static bool fold_spread(const uint64_t *plane, fold_bits *bits) {
  uint64_t some = 0;
  for (uint32_t i = 0; i < WBI_WORDS; i++)
    some |= plane[i];
  for (uint32_t i = 0; i < WBI_WORDS && some != 0; i++)
    wbi_eight_put(plane[i], bits->bytes + (size_t)i * 8);
  wbi_eight_put(0, bits->bytes + WBI_LANES / 8);
  return some != 0;
}

/* The bits of a stretch, the last one highest. */
static uint64_t fold_stretch(const fold_bits *bits, uint32_t from, uint32_t count) {
  return wbi_eight(bits->bytes + from / 8) >> from % 8 << (63 - count) << 1;
}

/* Whether any bit from one to another is set; `twice`: whether more than one is. */
static bool fold_has(const fold_bits *bits, uint32_t from, uint32_t to, bool twice) {
  bool once = !twice, has = false;
  for (uint64_t found; from < to; from += FOLD_STRETCH) {
    found = fold_stretch(bits, from, to - from < FOLD_STRETCH ? to - from : FOLD_STRETCH);
    if (!once) {
      once = found != 0;
      found &= found - once;
    }
    has |= found != 0;
  }
  return has;
}

/* The lanes that have an element with a bit, or with two. */
static void fold_lanes(const wbi_batch_fold *fold, const uint64_t *plane, bool twice,
                       uint64_t *lanes) {
  fold_bits bits;
  for (uint32_t i = 0; i < WBI_WORDS; i++)
    lanes[i] = 0;
  if (!fold_spread(plane, &bits)) return;
  for (uint32_t i = 0; i < fold->rows;) {
    const uint32_t lane = (fold->row + i) % 64, left = fold->rows - i;
    const uint32_t count = left < 64 - lane ? left : 64 - lane, end = i + count;
    uint64_t word = 0, *to = &lanes[(fold->row + i) / 64];
    for (; i < end; i++) {
      const uint32_t from = fold->starts[i], size = fold->starts[i + 1] - from;
      const bool has = size <= FOLD_STRETCH && !twice ? fold_stretch(&bits, from, size) != 0
                                                      : fold_has(&bits, from, from + size, twice);
      word = word >> 1 | (uint64_t)has << 63;
    }
    *to |= word >> (64 - count) << lane;
  }
}

/* The lanes of one word whose elements are looked at. */
static uint64_t fold_mine(const wbi_batch_fold *fold, uint32_t word) {
  const uint32_t from = word * 64, end = fold->row + fold->rows;
  if (end <= from || fold->row >= from + 64) return 0;
  const uint64_t above = fold->row > from ? UINT64_MAX << (fold->row - from) : UINT64_MAX;
  return end < from + 64 ? above & ~(UINT64_MAX << (end - from)) : above;
}

/* The lanes that are decided by one element; of exists_one those that have one that is true. */
static void fold_decide(const wbi_batch_fold *fold, const wbi_planes *body, uint64_t *decided) {
  uint64_t twice[WBI_WORDS] = {0};
  fold_lanes(fold, fold->kind == WBI_LOOP_ALL ? body->no : body->yes, false, decided);
  if (fold->kind == WBI_LOOP_ONE) fold_lanes(fold, body->yes, true, twice);
  for (uint32_t i = 0; i < WBI_WORDS; i++)
    decided[i] &= ~twice[i];
}

void wbi_batch_fold_take(wbi_batch_fold *fold, const wbi_planes *body) {
  uint64_t decided[WBI_WORDS], pending[WBI_WORDS], doubt[WBI_WORDS], wrong[WBI_WORDS];
  uint64_t none[WBI_WORDS];
  uint64_t *win = fold->kind == WBI_LOOP_ALL ? fold->planes.no : fold->planes.yes;
  uint64_t *lose = fold->kind == WBI_LOOP_ALL ? fold->planes.yes : fold->planes.no;
  for (uint32_t i = 0; i < WBI_WORDS; i++)
    none[i] = ~(body->yes[i] | body->no[i] | body->doubt[i] | body->pending[i]);
  fold_decide(fold, body, decided);
  fold_lanes(fold, body->pending, false, pending);
  fold_lanes(fold, body->doubt, false, doubt);
  fold_lanes(fold, none, false, wrong);
  for (uint32_t i = 0; i < WBI_WORDS; i++) {
    /* One element that is true says nothing of exists_one while others are in doubt. */
    uint64_t open = fold_mine(fold, i) & ~(fold->kind == WBI_LOOP_ONE ? 0 : decided[i]);
    fold->planes.pending[i] |= open & pending[i];
    open &= ~pending[i];
    fold->planes.doubt[i] |= open & doubt[i];
    open &= ~(doubt[i] | wrong[i]);
    win[i] |= fold_mine(fold, i) & decided[i] & (fold->kind == WBI_LOOP_ONE ? open : UINT64_MAX);
    lose[i] |= open & ~decided[i];
  }
}

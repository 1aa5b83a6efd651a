/* SPDX-License-Identifier: MIT */
/*
 * Kernels: columns against a constant, 64 cells to a word of bits. The loops are plain, of one type
 * and a fixed length each and without branches, so that the compiler can work on many cells at
 * once. Values under an absent cell, and lanes behind the last one, may be anything: their bits are
 * masked or not looked at.
 */
#include "cel/planes.h"

enum { KERNEL_CELLS = 64, KERNEL_WIDEST = 8 };

/* ---- bits --------------------------------------------------------------------------------- */

/* Up to 64 bits from a bit on; nothing behind them is read, and the rest are 1. */
static uint64_t kernel_bits(const uint8_t *bytes, size_t first, uint32_t count) {
  uint8_t raw[9] = {0};
  const size_t shift = first % 8;
  memcpy(raw, bytes + first / 8, (shift + count + 7) / 8);
  uint64_t bits = wbi_eight(raw) >> shift;
  if (shift > 0) bits |= (uint64_t)raw[8] << (64 - shift);
  return bits | UINT64_MAX << count;
}

void wbi_kernel_load(const uint8_t *restrict bytes, size_t first, uint32_t count,
                     uint64_t *restrict words) {
  const uint32_t whole = bytes != NULL ? count / 64 : 0, shift = first % 8;
  const uint8_t *at = bytes != NULL ? bytes + first / 8 : NULL;
  for (uint32_t i = 0; i < whole && shift == 0; i++)
    words[i] = wbi_eight(at + (size_t)i * 8);
  for (uint32_t i = 0; i < whole && shift > 0; i++)
    words[i] = wbi_eight(at + (size_t)i * 8) >> shift | wbi_eight(at + (size_t)i * 8 + 1)
                                                            << (8 - shift);
  for (uint32_t i = whole; i < WBI_WORDS; i++)
    words[i] = UINT64_MAX;
  if (bytes != NULL && count % 64 > 0)
    words[whole] = kernel_bits(bytes, first + (size_t)whole * 64, count % 64);
}

/* ---- cells -------------------------------------------------------------------------------- */

/* What is asked of cells. */
typedef struct kernel_ask {
  uint64_t low, span; /* of whole numbers: the least, and how far the largest is from it */
  double real;        /* of others: the constant, and whether those below, like and above it pass */
  uint8_t below, same, above;
  uint8_t verdict;         /* of words: which verdict, */
  const uint8_t *verdicts; /* by word, */
  uint32_t words;          /* of which there are so many */
} kernel_ask;

/* Writes the bits of cells that pass. Cells may stand at any address. */
typedef void kernel_of(const uint8_t *cells, uint32_t words, const kernel_ask *ask, uint64_t *pass);

/* Bits of narrow cells: the cell's eighth of the word decides the bit, so that all eight are one
   number, to be turned; the words together at last. */
#define KERNEL_EIGHT(bit) bit, bit, bit, bit, bit, bit, bit, bit
static const uint8_t kernel_eighths[KERNEL_CELLS] = {
    KERNEL_EIGHT(1),  KERNEL_EIGHT(2),  KERNEL_EIGHT(4),  KERNEL_EIGHT(8),
    KERNEL_EIGHT(16), KERNEL_EIGHT(32), KERNEL_EIGHT(64), KERNEL_EIGHT(128)};

#define KERNEL_NARROW(name, type, constants, test)                                                 \
  static void name(const uint8_t *cells, uint32_t words, const kernel_ask *ask, uint64_t *pass) {  \
    constants;                                                                                     \
    for (uint32_t word = 0; word < words; word++, cells += KERNEL_CELLS * sizeof(type)) {          \
      uint8_t hits[KERNEL_CELLS];                                                                  \
      uint64_t bits = 0;                                                                           \
      for (uint32_t i = 0; i < KERNEL_CELLS; i++) {                                                \
        type x;                                                                                    \
        memcpy(&x, cells + i * sizeof x, sizeof x);                                                \
        hits[i] = (test) ? kernel_eighths[i] : 0;                                                  \
      }                                                                                            \
      for (uint32_t i = 0; i < KERNEL_CELLS; i += 8)                                               \
        bits |= wbi_eight(hits + i);                                                               \
      pass[word] = bits;                                                                           \
    }                                                                                              \
    for (uint32_t word = 0; word < words; word++)                                                  \
      pass[word] = wbi_square_turn(pass[word]);                                                    \
  }

/* Bits of wide cells: each has its own, of half a word. */
#define KERNEL_FOUR(first) 1u << (first), 2u << (first), 4u << (first), 8u << (first)
static const uint32_t kernel_ones[KERNEL_CELLS / 2] = {
    KERNEL_FOUR(0),  KERNEL_FOUR(4),  KERNEL_FOUR(8),  KERNEL_FOUR(12),
    KERNEL_FOUR(16), KERNEL_FOUR(20), KERNEL_FOUR(24), KERNEL_FOUR(28)};

#define KERNEL_WIDE(name, type, constants, test)                                                   \
  static void name(const uint8_t *cells, uint32_t words, const kernel_ask *ask, uint64_t *pass) {  \
    constants;                                                                                     \
    for (uint32_t word = 0; word < words; word++) {                                                \
      uint32_t bits[2] = {0};                                                                      \
      for (uint32_t half = 0; half < 2; half++, cells += KERNEL_CELLS / 2 * sizeof(type))          \
        for (uint32_t i = 0; i < KERNEL_CELLS / 2; i++) {                                          \
          type x;                                                                                  \
          memcpy(&x, cells + i * sizeof x, sizeof x);                                              \
          bits[half] |= (test) ? kernel_ones[i] : 0;                                               \
        }                                                                                          \
      pass[word] = bits[0] | (uint64_t)bits[1] << 32;                                              \
    }                                                                                              \
  }

/* Which cells lie between two bounds, signed or not: as far from the least as the largest at most.
   Distances are compared less half of all, with a sign, which machines do in more lanes. */
#define KERNEL_RANGE(shape, name, type, with_sign)                                                 \
  shape(name, type, const type middle = (type)(UINT64_C(1) << (sizeof(type) * 8 - 1));             \
        const type low = (type)(ask->low + middle);                                                \
        const with_sign span = (with_sign)(type)(ask->span - middle),                              \
        (with_sign)(type)(x - low) <= span)

KERNEL_RANGE(KERNEL_NARROW, kernel_range_8, uint8_t, int8_t)
KERNEL_RANGE(KERNEL_NARROW, kernel_range_16, uint16_t, int16_t)
KERNEL_RANGE(KERNEL_WIDE, kernel_range_32, uint32_t, int32_t)
KERNEL_RANGE(KERNEL_WIDE, kernel_range_64, uint64_t, int64_t)

/* How cells stand to a constant; what is no number stands in no way. */
#define KERNEL_REAL(name, type)                                                                    \
  KERNEL_WIDE(name, type, const kernel_ask is = *ask,                                              \
              (((double)x < is.real) & is.below) | (((double)x == is.real) & is.same) |            \
                  (((double)x > is.real) & is.above))

KERNEL_REAL(kernel_f32, float)
KERNEL_REAL(kernel_f64, double)

/* Which words have a verdict; a number that names no word stands under an absent cell. */
#define KERNEL_WORDS(name, type)                                                                   \
  KERNEL_NARROW(name, type, const kernel_ask is = *ask,                                            \
                x < is.words && is.verdicts[x] == is.verdict)

KERNEL_WORDS(kernel_words_8, uint8_t)
KERNEL_WORDS(kernel_words_16, uint16_t)
KERNEL_WORDS(kernel_words_32, uint32_t)
KERNEL_WORDS(kernel_words_64, uint64_t)

/* Which bytes have a mark. */
KERNEL_NARROW(kernel_marks, uint8_t, const uint8_t mark = (uint8_t)ask->low, (x & mark) != 0)

void wbi_kernel_marks(const uint8_t *bytes, uint8_t mark, uint64_t *words) {
  const kernel_ask ask = {.low = mark};
  kernel_marks(bytes, WBI_WORDS, &ask, words);
}

/* Runs a kernel over cells. The last word may have some behind the lanes, but those behind the
   column are not read; in the words behind it none passes. */
static void kernel_run(kernel_of *kernel, const wbi_view *view, size_t first, uint32_t count,
                       const kernel_ask *ask, uint64_t *pass) {
  uint8_t rest[KERNEL_CELLS * KERNEL_WIDEST];
  const size_t left = view->rows - first;
  uint32_t words = (count + KERNEL_CELLS - 1) / KERNEL_CELLS;
  for (uint32_t i = words; i < WBI_WORDS; i++)
    pass[i] = 0;
  if (count == 0) return; /* a column without cells may have no values */
  const uint8_t *cells = view->values + first * view->width;
  if (left < (size_t)words * KERNEL_CELLS) { /* same: a copy of a whole word says the same */
    const size_t done = (size_t)--words * KERNEL_CELLS;
    memset(rest, 0, sizeof rest);
    memcpy(rest, cells + done * view->width, (left - done) * view->width);
    kernel(rest, 1, ask, pass + words);
  }
  kernel(cells, words, ask, pass);
}

/* ---- numbers ------------------------------------------------------------------------------ */

/* The least and the largest number of a width; without signs it is four bytes at most, as
   wbi_kernel_takes has it. */
static void kernel_limits(const wbi_view *view, int64_t *least, int64_t *most) {
  const uint32_t bits = view->width > 0 ? view->width * 8 : 1;
  if (!view->is_signed) {
    *least = 0;
    *most = (int64_t)(UINT64_MAX >> (64 - bits));
  } else {
    *most = (int64_t)(UINT64_MAX >> (65 - bits));
    *least = -*most - 1;
  }
}

/* The bounds that a comparison means, within those of the width; false: no cell is in them. */
static bool kernel_bounds(const wbi_view *view, uint32_t sign, int64_t value, int64_t *low,
                          int64_t *high) {
  int64_t least = 0, most = 0;
  kernel_limits(view, &least, &most);
  *low = least;
  *high = most;
  switch (sign) {
  case '<':
    if (value <= least) return false;
    if (value <= most) *high = value - 1;
    return true;
  case WBI_CEL_LESS_EQUAL:
    if (value < least) return false;
    if (value < most) *high = value; /* same: or is that */
    return true;
  case '>':
    if (value >= most) return false;
    if (value >= least) *low = value + 1;
    return true;
  case WBI_CEL_GREATER_EQUAL:
    if (value > most) return false;
    if (value > least) *low = value; /* same: or is that */
    return true;
  default: *low = *high = value; return value >= least && value <= most;
  }
}

bool wbi_kernel_takes(const wbi_view *view, const wbi_cel_value *value) {
  if (view->kind == WB_TEXT) return view->words != NULL; /* same: false leaves it to the rows */
  if (value->kind == WB_NULL) return true;
  if (view->kind != value->kind) return false;
  switch (view->kind) {
  case WB_BOOL: return view->width == 0;
  case WB_INT: return view->width > 0 && (view->is_signed || view->width < 8);
  case WB_DATE: return view->width == 4 && view->is_signed;
  case WB_DOUBLE: return view->width == 4 || view->width == 8;
  default: return false;
  }
}

wbi_test wbi_kernel_asks(const wbi_view *view, uint32_t sign, const wbi_cel_value *value) {
  wbi_test test = {.low = 1, .high = 0};
  if (value->kind == WB_DOUBLE) {
    test.sign = sign;
    test.real = value->as.real;
  } else if (value->kind != WB_NULL &&
             !kernel_bounds(view, sign, value->as.integer, &test.low, &test.high)) {
    test.low = 1;
    test.high = 0;
  }
  return test;
}

/* No cell passes. */
static void kernel_none(uint64_t *pass) {
  for (uint32_t i = 0; i < WBI_WORDS; i++)
    pass[i] = 0;
}

/* Which numbers pass that are compared as reals. */
static void kernel_reals(const wbi_view *view, size_t first, uint32_t count, const wbi_test *test,
                         uint64_t *pass) {
  const uint32_t sign = test->sign;
  const kernel_ask ask = {.real = test->real,
                          .below = sign == '<' || sign == WBI_CEL_LESS_EQUAL,
                          .above = sign == '>' || sign == WBI_CEL_GREATER_EQUAL,
                          .same = sign != '<' && sign != '>'};
  if (sign == 0)
    kernel_none(pass);
  else
    kernel_run(view->width == 4 ? kernel_f32 : kernel_f64, view, first, count, &ask, pass);
}

/* Which bits pass. */
static void kernel_flags(const wbi_view *view, size_t first, uint32_t count, int64_t low,
                         int64_t high, uint64_t *pass) {
  const uint64_t set = high == 1 ? UINT64_MAX : 0, clear = low == 0 ? UINT64_MAX : 0;
  wbi_kernel_load(view->values, view->first_value + first, count, pass);
  for (uint32_t i = 0; i < WBI_WORDS; i++)
    pass[i] = (pass[i] & set) | (~pass[i] & clear);
}

/* Which whole numbers pass. */
static void kernel_range(const wbi_view *view, size_t first, uint32_t count, int64_t low,
                         int64_t high, uint64_t *pass) {
  const kernel_ask ask = {.low = (uint64_t)low, .span = (uint64_t)high - (uint64_t)low};
  if (low > high)
    kernel_none(pass);
  else if (view->width == 0)
    kernel_flags(view, first, count, low, high, pass);
  else
    kernel_run(view->width == 1   ? kernel_range_8
               : view->width == 2 ? kernel_range_16
               : view->width == 4 ? kernel_range_32
                                  : kernel_range_64,
               view, first, count, &ask, pass);
}

/* ---- texts -------------------------------------------------------------------------------- */

void wbi_words_runs(wbi_words *words) {
  memset(words->runs, 0, sizeof words->runs);
  for (uint32_t i = 0; i < words->count; i++) {
    const uint8_t verdict = words->verdicts[i];
    const bool begins = i == 0 || words->verdicts[i - 1] != verdict;
    const uint32_t run = words->runs[verdict] += begins;
    if (run > WBI_RUNS) continue;
    if (begins) words->from[verdict][run - 1] = i;
    words->to[verdict][run - 1] = i;
  }
}

/* Which texts have a verdict, by a look at that of each. */
static void kernel_lookup(const wbi_view *view, size_t first, uint32_t count,
                          const wbi_words *words, uint8_t verdict, uint64_t *pass) {
  const kernel_ask ask = {.verdict = verdict, .verdicts = words->verdicts, .words = words->count};
  kernel_run(view->width == 1   ? kernel_words_8
             : view->width == 2 ? kernel_words_16
             : view->width == 4 ? kernel_words_32
                                : kernel_words_64,
             view, first, count, &ask, pass);
}

/* Which texts have a verdict: words of a few runs, or looked up. */
static void kernel_words(const wbi_view *view, size_t first, uint32_t count, const wbi_words *words,
                         uint8_t verdict, uint64_t *pass) {
  const uint32_t runs = words->runs[verdict];
  const uint32_t *from = words->from[verdict], *to = words->to[verdict];
  uint64_t more[WBI_WORDS];
  if (runs == 0) {
    kernel_none(pass);
    return;
  }
  if (runs > WBI_RUNS) { /* same: fewer may be looked up, too */
    kernel_lookup(view, first, count, words, verdict, pass);
    return;
  }
  kernel_range(view, first, count, from[0], to[0], pass);
  for (uint32_t run = 1; run < runs; run++) {
    kernel_range(view, first, count, from[run], to[run], more);
    for (uint32_t i = 0; i < WBI_WORDS; i++)
      pass[i] |= more[i];
  }
}

/* ---- tests -------------------------------------------------------------------------------- */

/* Which cells pass, whatever is absent. */
static void kernel_pass(const wbi_view *view, size_t first, uint32_t count, const wbi_test *test,
                        uint64_t *pass) {
  if (view->kind == WB_TEXT)
    kernel_words(view, first, count, test->words, WBI_WORD_YES, pass);
  else if (view->kind == WB_DOUBLE)
    kernel_reals(view, first, count, test, pass);
  else
    kernel_range(view, first, count, test->low, test->high, pass);
}

/* Which cells are present; whether all are. Words may stand for an absent text. */
static bool kernel_present(const wbi_view *view, size_t first, uint32_t count, const wbi_test *test,
                           uint64_t *present) {
  uint64_t empty[WBI_WORDS], all = UINT64_MAX;
  const bool some = view->kind == WB_TEXT && test->words->runs[WBI_WORD_ABSENT] > 0;
  wbi_kernel_load(view->present, view->first_present + first, count, present);
  if (some) kernel_words(view, first, count, test->words, WBI_WORD_ABSENT, empty);
  for (uint32_t i = 0; i < WBI_WORDS && some; i++)
    present[i] &= ~empty[i];
  for (uint32_t i = 0; i < WBI_WORDS; i++)
    all &= present[i];
  return all == UINT64_MAX;
}

/* Cells that pass become the truths of their lanes, where every lane has one. */
static void kernel_plain(const uint64_t *present, int32_t absent, wbi_planes *planes) {
  const uint64_t instead = absent == WBI_ABSENT_YES ? UINT64_MAX : 0;
  for (uint32_t i = 0; i < WBI_WORDS; i++)
    planes->yes[i] = (planes->yes[i] & present[i]) | (instead & ~present[i]);
}

/* The same where some lanes are in doubt or pending; those of pending words are so already. */
static void kernel_mixed(const uint64_t *present, int32_t absent, wbi_planes *planes) {
  uint64_t *const all[] = {planes->no, planes->yes, planes->doubt, planes->pending};
  for (uint32_t i = 0; i < WBI_WORDS; i++) {
    planes->yes[i] &= present[i];
    planes->pending[i] &= present[i];
    planes->no[i] = present[i] & ~(planes->yes[i] | planes->pending[i]);
    planes->doubt[i] = 0;
  }
  for (uint32_t i = 0; i < WBI_WORDS; i++)
    all[absent][i] |= ~present[i];
}

void wbi_kernel_test(const wbi_view *view, size_t first, uint32_t count, const wbi_test *test,
                     wbi_planes *planes) {
  uint64_t present[WBI_WORDS];
  const bool asked = view->kind == WB_TEXT && test->words->runs[WBI_WORD_PENDING] > 0;
  first -= view->first;
  kernel_pass(view, first, count, test, planes->yes);
  const bool all = kernel_present(view, first, count, test, present);
  planes->plain = !asked && (all || test->absent <= WBI_ABSENT_YES);
  if (planes->plain && all) return; /* same: nothing is put in place of what is absent */
  if (planes->plain) {              /* same: what is plain may be spelled out */
    kernel_plain(present, test->absent, planes);
    return;
  }
  kernel_none(planes->pending);
  if (asked) kernel_words(view, first, count, test->words, WBI_WORD_PENDING, planes->pending);
  kernel_mixed(present, test->absent, planes);
}

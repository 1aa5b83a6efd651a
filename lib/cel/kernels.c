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
  return count < 64 ? bits | UINT64_MAX << count : bits;
}

void wbi_kernel_load(const uint8_t *bytes, size_t first, uint32_t count, uint64_t *words) {
  const uint32_t whole = bytes != NULL ? count / 64 : 0, shift = first % 8;
  const uint8_t *at = bytes != NULL ? bytes + first / 8 : NULL;
  memset(words, 0xFF, WBI_WORDS * sizeof *words);
  for (uint32_t i = 0; i < whole && shift == 0; i++)
    words[i] = wbi_eight(at + (size_t)i * 8);
  for (uint32_t i = 0; i < whole && shift > 0; i++)
    words[i] = wbi_eight(at + (size_t)i * 8) >> shift | (uint64_t)at[(size_t)i * 8 + 8]
                                                            << (64 - shift);
  if (bytes != NULL && count % 64 > 0)
    words[whole] = kernel_bits(bytes, first + (size_t)whole * 64, count % 64);
}

/* Makes bits of 64 bytes that are 0 or 1: eight at a time, by a multiplication. */
static uint64_t kernel_pack(const uint8_t *hits) {
  uint64_t bits = 0;
  for (uint32_t i = 0; i < 8; i++)
    bits |= (wbi_eight(hits + (size_t)i * 8) * UINT64_C(0x0102040810204080) >> 56) << (8 * i);
  return bits;
}

/* ---- cells -------------------------------------------------------------------------------- */

/* What is asked of cells. */
typedef struct kernel_ask {
  int64_t low, high; /* of whole numbers: bounds, both included */
  double real;       /* of others: the constant, and whether those below, like and above it pass */
  uint8_t below, same, above;
  uint8_t verdict;         /* of words: which verdict, */
  const uint8_t *verdicts; /* by word, */
  uint32_t words;          /* of which there are so many */
} kernel_ask;

/* Adds the bits of cells that pass to words. Cells may stand at any address. */
typedef void kernel_of(const uint8_t *cells, uint32_t words, const kernel_ask *ask, uint64_t *pass);

#define KERNEL(name, type, constants, test)                                                        \
  static void name(const uint8_t *cells, uint32_t words, const kernel_ask *ask, uint64_t *pass) {  \
    constants;                                                                                     \
    for (uint32_t word = 0; word < words; word++, cells += KERNEL_CELLS * sizeof(type)) {          \
      uint8_t hits[KERNEL_CELLS];                                                                  \
      for (uint32_t i = 0; i < KERNEL_CELLS; i++) {                                                \
        type x;                                                                                    \
        memcpy(&x, cells + i * sizeof x, sizeof x);                                                \
        hits[i] = (uint8_t)(test);                                                                 \
      }                                                                                            \
      pass[word] |= kernel_pack(hits);                                                             \
    }                                                                                              \
  }

/* Which cells lie between two bounds. */
#define KERNEL_RANGE(name, type)                                                                   \
  KERNEL(name, type, const type from = (type)ask->low;                                             \
         const type to = (type)ask->high, ((x < from) | (x > to)) ^ 1)

KERNEL_RANGE(kernel_i8, int8_t)
KERNEL_RANGE(kernel_i16, int16_t)
KERNEL_RANGE(kernel_i32, int32_t)
KERNEL_RANGE(kernel_i64, int64_t)
KERNEL_RANGE(kernel_u8, uint8_t)
KERNEL_RANGE(kernel_u16, uint16_t)
KERNEL_RANGE(kernel_u32, uint32_t)

/* How cells stand to a constant; what is no number stands in no way. */
#define KERNEL_REAL(name, type)                                                                    \
  KERNEL(name, type, const kernel_ask is = *ask,                                                   \
         ((double)x < is.real && is.below) | ((double)x == is.real && is.same) |                   \
             ((double)x > is.real && is.above))

KERNEL_REAL(kernel_f32, float)
KERNEL_REAL(kernel_f64, double)

/* Which words have a verdict; a number that names no word stands under an absent cell. */
#define KERNEL_WORDS(name, type)                                                                   \
  KERNEL(name, type, const kernel_ask is = *ask,                                                   \
         (uint64_t)x < is.words && is.verdicts[x] == is.verdict)

KERNEL_WORDS(kernel_w8, uint8_t)
KERNEL_WORDS(kernel_w16, uint16_t)
KERNEL_WORDS(kernel_w32, uint32_t)

/* The kernel for whole numbers of a width. */
static kernel_of *kernel_whole(uint32_t width, bool is_signed) {
  switch (width * 2 + is_signed) {
  case 3: return kernel_i8;
  case 5: return kernel_i16;
  case 9: return kernel_i32;
  case 17: return kernel_i64;
  case 2: return kernel_u8;
  case 4: return kernel_u16;
  default: return kernel_u32;
  }
}

/* Runs a kernel over cells; those behind the last whole word are copied, so that nothing behind
   the column is read. */
static void kernel_run(kernel_of *kernel, const wbi_view *view, size_t first, uint32_t count,
                       const kernel_ask *ask, uint64_t *pass) {
  uint8_t rest[KERNEL_CELLS * KERNEL_WIDEST] = {0};
  const uint32_t whole = count / KERNEL_CELLS, left = count % KERNEL_CELLS;
  if (count == 0) return; /* a column without cells may have no values */
  const uint8_t *cells = view->values + first * view->width;
  kernel(cells, whole, ask, pass);
  if (left == 0) return;
  memcpy(rest, cells + (size_t)(count - left) * view->width, (size_t)left * view->width);
  kernel(rest, 1, ask, pass + whole);
}

/* ---- numbers ------------------------------------------------------------------------------ */

/* The least and the largest number of a width. */
static void kernel_limits(const wbi_view *view, int64_t *least, int64_t *most) {
  const uint32_t bits = view->width * 8;
  if (!view->is_signed) {
    *least = 0;
    *most = bits < 64 ? (int64_t)((UINT64_C(1) << bits) - 1) : INT64_MAX;
  } else {
    *most = (int64_t)(UINT64_MAX >> (65 - bits));
    *least = -*most - 1;
  }
}

/* The bounds that a comparison means, within those of the width; false: no cell is in them. */
static bool kernel_bounds(const wbi_view *view, const wbi_test *test, int64_t *low, int64_t *high) {
  const int64_t value = test->value->as.integer;
  int64_t least = 0, most = 0;
  kernel_limits(view, &least, &most);
  *low = least;
  *high = most;
  switch (test->sign) {
  case '<':
    if (value <= least) return false;
    if (value <= most) *high = value - 1;
    return true;
  case WBI_CEL_LESS_EQUAL:
    if (value < least) return false;
    if (value < most) *high = value;
    return true;
  case '>':
    if (value >= most) return false;
    if (value >= least) *low = value + 1;
    return true;
  case WBI_CEL_GREATER_EQUAL:
    if (value > most) return false;
    if (value > least) *low = value;
    return true;
  default: *low = *high = value; return value >= least && value <= most;
  }
}

/* Which numbers pass. */
static void kernel_numbers(const wbi_view *view, size_t first, uint32_t count, const wbi_test *test,
                           uint64_t *pass) {
  const uint32_t sign = test->sign;
  kernel_ask ask = {.real = test->value->as.real,
                    .below = sign == '<' || sign == WBI_CEL_LESS_EQUAL,
                    .above = sign == '>' || sign == WBI_CEL_GREATER_EQUAL,
                    .same = sign != '<' && sign != '>'};
  if (view->kind == WB_DOUBLE)
    kernel_run(view->width == 4 ? kernel_f32 : kernel_f64, view, first, count, &ask, pass);
  else if (kernel_bounds(view, test, &ask.low, &ask.high))
    kernel_run(kernel_whole(view->width, view->is_signed), view, first, count, &ask, pass);
}

/* Whether a bit passes. */
static bool kernel_bit(const wbi_test *test, bool bit) {
  const bool value = test->value->as.integer != 0;
  switch (test->sign) {
  case '<': return bit < value;
  case '>': return bit > value;
  case WBI_CEL_LESS_EQUAL: return bit <= value;
  case WBI_CEL_GREATER_EQUAL: return bit >= value;
  default: return bit == value;
  }
}

/* Which bits pass. */
static void kernel_flags(const wbi_view *view, size_t first, uint32_t count, const wbi_test *test,
                         uint64_t *pass) {
  const uint64_t set = kernel_bit(test, true) ? UINT64_MAX : 0;
  const uint64_t clear = kernel_bit(test, false) ? UINT64_MAX : 0;
  wbi_kernel_load(view->values, view->first_value + first, count, pass);
  for (uint32_t i = 0; i < WBI_WORDS; i++)
    pass[i] = (pass[i] & set) | (~pass[i] & clear);
}

/* ---- texts -------------------------------------------------------------------------------- */

/* Which texts have a verdict. Of few words those that have it are a few ranges of numbers. */
static void kernel_words(const wbi_view *view, size_t first, uint32_t count, const wbi_test *test,
                         uint8_t verdict, uint64_t *pass) {
  enum { FEW = 16 };
  kernel_of *const lookup = view->width == 1   ? kernel_w8
                            : view->width == 2 ? kernel_w16
                                               : kernel_w32;
  const uint32_t words = view->word_count;
  kernel_ask ask = {.verdict = verdict, .verdicts = test->verdicts, .words = words};
  if (words == 0 || memchr(test->verdicts, verdict, words) == NULL) return;
  if (words > FEW) {
    kernel_run(lookup, view, first, count, &ask, pass);
    return;
  }
  for (uint32_t from = 0, to = 0; from < words; from = to + 1) {
    for (to = from; to < words && test->verdicts[to] == verdict;)
      to++;
    ask.low = from;
    ask.high = (int64_t)to - 1;
    if (to > from) kernel_run(kernel_whole(view->width, false), view, first, count, &ask, pass);
  }
}

/* Texts that are numbers of words: the verdicts were reached beforehand. */
static void kernel_texts(const wbi_view *view, size_t first, uint32_t count, const wbi_test *test,
                         uint64_t *present, wbi_planes *planes) {
  uint64_t empty[WBI_WORDS] = {0};
  kernel_words(view, first, count, test, WBI_WORD_YES, planes->yes);
  kernel_words(view, first, count, test, WBI_WORD_PENDING, planes->pending);
  kernel_words(view, first, count, test, WBI_WORD_ABSENT, empty);
  for (uint32_t i = 0; i < WBI_WORDS; i++)
    present[i] &= ~empty[i];
}

/* ---- tests -------------------------------------------------------------------------------- */

bool wbi_kernel_takes(const wbi_view *view, const wbi_cel_value *value) {
  if (value->kind == WB_NULL) return true;
  if (view->kind == WB_TEXT) return view->words != NULL && view->width <= 4;
  if (view->kind != value->kind) return false;
  switch (view->kind) {
  case WB_BOOL: return view->width == 0;
  case WB_INT: return view->width > 0 && (view->is_signed || view->width < 8);
  case WB_DATE: return view->width == 4 && view->is_signed;
  case WB_DOUBLE: return view->width == 4 || view->width == 8;
  default: return false;
  }
}

void wbi_kernel_test(const wbi_view *view, size_t first, uint32_t count, const wbi_test *test,
                     wbi_planes *planes) {
  uint64_t present[WBI_WORDS];
  first -= view->first;
  memset(planes, 0, sizeof *planes);
  wbi_kernel_load(view->present, view->first_present + first, count, present);
  if (view->kind == WB_TEXT)
    kernel_texts(view, first, count, test, present, planes);
  else if (test->value->kind != WB_NULL && view->width == 0)
    kernel_flags(view, first, count, test, planes->yes);
  else if (test->value->kind != WB_NULL)
    kernel_numbers(view, first, count, test, planes->yes);
  for (uint32_t i = 0; i < WBI_WORDS; i++) {
    planes->yes[i] &= present[i];
    planes->pending[i] &= present[i];
    planes->no[i] = present[i] & ~(planes->yes[i] | planes->pending[i]);
  }
  uint64_t *const all[] = {planes->no, planes->yes, planes->doubt, planes->pending};
  for (uint32_t i = 0; i < WBI_WORDS; i++)
    all[test->absent][i] |= ~present[i];
}

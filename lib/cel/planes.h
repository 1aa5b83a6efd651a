/* SPDX-License-Identifier: MIT */
/* Batches of truths as bit planes, and the kernels that make them of columns. */
#ifndef WBI_CEL_PLANES_H
#define WBI_CEL_PLANES_H

#include "cel/cel_private.h"

/* Rows, or elements of lists, that are looked at together. */
enum { WBI_LANES = 2048, WBI_WORDS = WBI_LANES / 64 };

/* One bit a lane. A lane is in one plane at most: true, false, unknown, or to be asked of the row
   executor. In none: an error. What lanes behind the last one say is never looked at. */
typedef struct wbi_planes {
  uint64_t yes[WBI_WORDS], no[WBI_WORDS], doubt[WBI_WORDS], pending[WBI_WORDS];
  bool plain; /* every lane is true or false: `yes` says it all, the other planes are not kept */
} wbi_planes;

/* a && b into `a`, where `decides` is 0; a || b where it is 1. `b` is spent. */
void wbi_planes_join(wbi_planes *a, wbi_planes *b, int decides);
void wbi_planes_not(wbi_planes *planes);
/* All lanes alike. */
void wbi_planes_fill(wbi_planes *planes, const wbi_cel_value *value);
void wbi_planes_pending(wbi_planes *planes);
/* Writes out the planes that plain ones do not keep. */
void wbi_planes_spell(wbi_planes *planes);
/* Whether every one of the first `count` lanes is false (`truth` 0), or true. */
bool wbi_planes_all(const wbi_planes *planes, uint32_t count, int truth);

/* ---- kernels ------------------------------------------------------------------------------ */

/* What an absent value makes of a lane. */
enum wbi_absent { WBI_ABSENT_NO, WBI_ABSENT_YES, WBI_ABSENT_DOUBT, WBI_ABSENT_PENDING };
enum wbi_word_verdict { WBI_WORD_NO, WBI_WORD_YES, WBI_WORD_ABSENT, WBI_WORD_PENDING };

/* What a test says of each word of a text. Neighbours of one verdict are a run; of a few runs the
   bounds are known. */
enum { WBI_VERDICTS = 4, WBI_RUNS = 4 };
typedef struct wbi_words {
  uint8_t *verdicts; /* by word: enum wbi_word_verdict */
  uint32_t count;
  uint32_t runs[WBI_VERDICTS]; /* by verdict; of no more than WBI_RUNS the first and last words: */
  uint32_t from[WBI_VERDICTS][WBI_RUNS], to[WBI_VERDICTS][WBI_RUNS];
} wbi_words;

/* Finds the runs of the verdicts. */
void wbi_words_runs(wbi_words *words);

/* What is asked of a value: enough for == < <= > >= and in. */
typedef struct wbi_test {
  int64_t low, high;      /* of whole numbers, dates and bools: bounds, both included */
  double real;            /* of others: what they are compared with */
  const wbi_words *words; /* of a text */
  uint32_t sign;          /* of a real: token of the comparison; 0: nothing passes */
  int32_t absent;         /* enum wbi_absent */
} wbi_test;

/* Whether there is a kernel for a view and a constant. */
bool wbi_kernel_takes(const wbi_view *view, const wbi_cel_value *value);
/* What a comparison of a view that is no text with such a constant asks; nothing equals null. */
wbi_test wbi_kernel_asks(const wbi_view *view, uint32_t sign, const wbi_cel_value *value);
/* Tests `count` cells from row or element `first` on, which the view holds. */
void wbi_kernel_test(const wbi_view *view, size_t first, uint32_t count, const wbi_test *test,
                     wbi_planes *planes);
/* Bits of a bitmap for all lanes, of which `count` exist; the rest are 1. No bitmap: all 1. */
void wbi_kernel_load(const uint8_t *restrict bytes, size_t first, uint32_t count,
                     uint64_t *restrict words);
/* Bits of bytes for all lanes: those that have a mark. */
void wbi_kernel_marks(const uint8_t *bytes, uint8_t mark, uint64_t *words);

/* ---- memory ------------------------------------------------------------------------------- */

/* Bytes that come together. */
enum { WBI_LINE = 64 };

/* ---- bytes and bits ----------------------------------------------------------------------- */

/* A number whose bytes lie in memory with the lowest first, as the machine reads it; and back. */
static inline uint64_t wbi_order(uint64_t number) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  return number;
#else
  return __builtin_bswap64(number);
#endif
}

/* Eight bytes as a number, the first lowest. */
static inline uint64_t wbi_eight(const uint8_t *at) {
  uint64_t number;
  memcpy(&number, at, sizeof number);
  return wbi_order(number);
}

static inline void wbi_eight_put(uint64_t number, uint8_t *at) {
  number = wbi_order(number);
  memcpy(at, &number, sizeof number);
}

/* Bits as a square of eight bytes, turned about its diagonal: bit i of byte k to bit k of byte i.
   Squares within squares change places, those of one bit, of two and of four. */
static inline uint64_t wbi_square_turn(uint64_t bits) {
  uint64_t change = (bits ^ bits >> 7) & UINT64_C(0x00AA00AA00AA00AA);
  bits ^= change ^ change << 7;
  change = (bits ^ bits >> 14) & UINT64_C(0x0000CCCC0000CCCC);
  bits ^= change ^ change << 14;
  change = (bits ^ bits >> 28) & UINT64_C(0x00000000F0F0F0F0);
  return bits ^ change ^ change << 28;
}

#endif

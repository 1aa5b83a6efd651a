/* SPDX-License-Identifier: MIT */
/* Letters as they are compared: lower case, no accents, ordinary width. */
#include "base/base.h"

typedef struct letter_range {
  uint32_t first, last, folded; /* folded 0: what the distance below says */
  int32_t distance;
} letter_range;

/* Accented letters of the languages of the West, wide forms, and marks that are passed over. */
static const letter_range letter_ranges[] = {
    {0x0027, 0x0027, WBI_FOLD_SKIP, 0},
    {0x0041, 0x005A, 0, 32},
    {0x0060, 0x0060, WBI_FOLD_SKIP, 0},
    {0x00C0, 0x00C5, 'a', 0},
    {0x00C7, 0x00C7, 'c', 0},
    {0x00C8, 0x00CB, 'e', 0},
    {0x00CC, 0x00CF, 'i', 0},
    {0x00D1, 0x00D1, 'n', 0},
    {0x00D2, 0x00D6, 'o', 0},
    {0x00D9, 0x00DC, 'u', 0},
    {0x00E0, 0x00E5, 'a', 0},
    {0x00E7, 0x00E7, 'c', 0},
    {0x00E8, 0x00EB, 'e', 0},
    {0x00EC, 0x00EF, 'i', 0},
    {0x00F1, 0x00F1, 'n', 0},
    {0x00F2, 0x00F6, 'o', 0},
    {0x00F9, 0x00FC, 'u', 0},
    {0x0300, 0x036F, WBI_FOLD_SKIP, 0},
    {0x0410, 0x042F, 0, 32},
    {0x200B, 0x200F, WBI_FOLD_SKIP, 0},
    {0x2018, 0x2019, WBI_FOLD_SKIP, 0},
    {0xFE00, 0xFE0F, WBI_FOLD_SKIP, 0},
    {0xFEFF, 0xFEFF, WBI_FOLD_SKIP, 0},
    {0xFF10, 0xFF19, 0, '0' - 0xFF10},
    {0xFF21, 0xFF3A, 0, 'a' - 0xFF21},
    {0xFF41, 0xFF5A, 0, 'a' - 0xFF41},
};

uint32_t wbi_fold(uint32_t scalar) {
  if (scalar >= 'a' && scalar <= 'z') return scalar;
  for (size_t i = 0; i < WBI_COUNT(letter_ranges); i++) {
    const letter_range *range = letter_ranges + i;
    if (scalar < range->first) return scalar;
    if (scalar > range->last) continue;
    return range->folded != 0 ? range->folded : (uint32_t)((int32_t)scalar + range->distance);
  }
  return scalar;
}

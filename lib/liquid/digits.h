/* SPDX-License-Identifier: MIT */
/* Numbers digit by digit, as filters reckon with them: exact, and never out of bounds. */
#ifndef WBI_LIQUID_DIGITS_H
#define WBI_LIQUID_DIGITS_H

#include "liquid/values.h"

enum {
  WBI_DIGITS_READ = 36, /* digits, and places, of a number that comes in */
  WBI_DIGITS_ROOM = 96  /* of any that is made of two such */
};

typedef struct wbi_digits {
  uint8_t digit[WBI_DIGITS_ROOM]; /* the lowest first; the highest is not 0, those past it are */
  uint32_t count;                 /* 0: zero */
  uint32_t places;                /* behind the point; may be more than there are digits */
  bool negative;                  /* zero may have a sign, which nobody writes */
  bool whole;                     /* without a point, so that 9 / 2 is 4 */
} wbi_digits;

/* ---- digits.c ----------------------------------------------------------------------------- */

wbi_digits wbi_digits_of(uint64_t value); /* whole */
/* Puts a digit at the low end. */
void wbi_digits_push(wbi_digits *number, uint8_t digit);
/* Takes digits away at the low end; whether one that was not 0 was among them. */
bool wbi_digits_drop(wbi_digits *number, uint32_t count);
/* Gives both the same places. */
void wbi_digits_align(wbi_digits *a, wbi_digits *b);
int wbi_digits_order(const wbi_digits *a, const wbi_digits *b); /* -1, 0, 1 */
wbi_digits wbi_digits_plus(const wbi_digits *a, const wbi_digits *b);
wbi_digits wbi_digits_times(const wbi_digits *a, const wbi_digits *b);
/* Divides the digits, whatever signs and places; b is not 0. */
wbi_digits wbi_digits_divide(const wbi_digits *a, const wbi_digits *b, wbi_digits *rest);
/* Rounds to places, below 0 to tens, hundreds…; halves away from zero. A whole number when places
   are not above 0. */
void wbi_digits_round(wbi_digits *number, int64_t places);

/* ---- decimal.c ---------------------------------------------------------------------------- */

/* The number that a value is to arithmetic, 0 when it is none. WB_E_RANGE: too long. */
wb_status wbi_number_read(const wb_value *value, wbi_digits *number);
/* A number as a value: a whole one as it is, another as near as a double would be. WB_E_RANGE:
   too long; WB_E_LIMIT. */
wb_status wbi_number_give(wbi_room *room, wbi_digits *number, wb_value *value);

#endif

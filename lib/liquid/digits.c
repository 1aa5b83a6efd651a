/* SPDX-License-Identifier: MIT */
/* Reckoning as on paper: what filters do with numbers is short and seldom. */
#include "liquid/digits.h"

/* Zeros at the high end are none. */
static void digits_trim(wbi_digits *number) {
  while (number->count > 0 && number->digit[number->count - 1] == 0)
    number->count--;
}

wbi_digits wbi_digits_of(uint64_t value) {
  wbi_digits number = {.whole = true};
  for (; value > 0; value /= 10)
    number.digit[number.count++] = (uint8_t)(value % 10);
  return number;
}

void wbi_digits_push(wbi_digits *number, uint8_t digit) {
  if (number->count == 0 && digit == 0) return;
  if (WBI_NEVER(number->count == WBI_DIGITS_ROOM)) return;
  memmove(number->digit + 1, number->digit, number->count);
  number->digit[0] = digit;
  number->count++;
}

bool wbi_digits_drop(wbi_digits *number, uint32_t count) {
  bool any = false;
  if (count > number->count) count = number->count;
  for (uint32_t i = 0; i < count; i++)
    any = any || number->digit[i] != 0;
  number->count -= count;
  memmove(number->digit, number->digit + count, number->count);
  memset(number->digit + number->count, 0, count);
  return any;
}

void wbi_digits_align(wbi_digits *a, wbi_digits *b) {
  for (; a->places < b->places; a->places++)
    wbi_digits_push(a, 0);
  for (; b->places < a->places; b->places++)
    wbi_digits_push(b, 0);
}

/* The order without signs and places. same: where it is asked which is less they differ */
static int digits_size_order(const wbi_digits *a, const wbi_digits *b) {
  if (a->count != b->count) return a->count < b->count ? -1 : 1;
  for (uint32_t i = a->count; i-- > 0;) {
    if (a->digit[i] != b->digit[i]) return a->digit[i] < b->digit[i] ? -1 : 1;
  }
  return 0;
}

int wbi_digits_order(const wbi_digits *a, const wbi_digits *b) {
  wbi_digits left = *a, right = *b;
  if (a->count == 0 && b->count == 0) return 0;
  if (a->negative != b->negative) return a->negative ? -1 : 1;
  wbi_digits_align(&left, &right);
  const int order = digits_size_order(&left, &right);
  return a->negative ? -order : order;
}

/* Adds the digits of another. same: where both are as long */
static void digits_add(wbi_digits *number, const wbi_digits *other) {
  const uint32_t longer = number->count > other->count ? number->count : other->count;
  uint32_t carry = 0;
  for (uint32_t i = 0; i < longer || carry > 0; i++) {
    const uint32_t sum = carry + number->digit[i] + other->digit[i];
    number->digit[i] = (uint8_t)(sum % 10);
    carry = sum / 10;
    if (i >= number->count) number->count = i + 1;
  }
}

/* Takes away the digits of another, which is not larger. same: past its digits there are zeros */
static void digits_subtract(wbi_digits *number, const wbi_digits *other) {
  uint32_t borrow = 0;
  for (uint32_t i = 0; i < number->count; i++) {
    const uint32_t less = borrow + other->digit[i];
    borrow = number->digit[i] < less;
    number->digit[i] = (uint8_t)(number->digit[i] + 10 * borrow - less);
  }
  digits_trim(number);
}

/* same: of two that are as large either may be the first */
wbi_digits wbi_digits_plus(const wbi_digits *a, const wbi_digits *b) {
  wbi_digits left = *a, right = *b;
  wbi_digits_align(&left, &right);
  const bool swap = digits_size_order(&left, &right) < 0;
  wbi_digits sum = swap ? right : left;
  sum.whole = a->whole && b->whole;
  if (left.negative == right.negative) {
    digits_add(&sum, swap ? &left : &right);
  } else {
    digits_subtract(&sum, swap ? &left : &right);
  }
  return sum;
}

/* same: past their digits there are zeros */
wbi_digits wbi_digits_times(const wbi_digits *a, const wbi_digits *b) {
  wbi_digits product = {.count = a->count + b->count,
                        .places = a->places + b->places,
                        .negative = a->negative != b->negative,
                        .whole = a->whole && b->whole};
  for (uint32_t i = 0; i < a->count; i++) {
    uint32_t carry = 0;
    for (uint32_t j = 0; j < b->count || carry > 0; j++) {
      const uint32_t sum = carry + product.digit[i + j] + a->digit[i] * b->digit[j];
      product.digit[i + j] = (uint8_t)(sum % 10);
      carry = sum / 10;
    }
  }
  digits_trim(&product);
  return product;
}

wbi_digits wbi_digits_divide(const wbi_digits *a, const wbi_digits *b, wbi_digits *rest) {
  wbi_digits quotient = {.count = a->count};
  *rest = (wbi_digits){0};
  for (uint32_t i = a->count; i-- > 0;) {
    wbi_digits_push(rest, a->digit[i]);
    while (digits_size_order(rest, b) >= 0) {
      digits_subtract(rest, b);
      quotient.digit[i]++;
    }
  }
  digits_trim(&quotient);
  return quotient;
}

void wbi_digits_round(wbi_digits *number, int64_t places) {
  const int64_t most = WBI_DIGITS_ROOM; /* more places are kept as they are */
  if (places < -most) places = -most;
  const int64_t drop = (int64_t)number->places - places;
  if (places < 1) number->whole = true;
  if (drop <= 0) return;
  const bool up = drop <= number->count && number->digit[drop - 1] >= 5;
  const wbi_digits one = {.digit = {1}, .count = 1};
  wbi_digits_drop(number, (uint32_t)drop);
  if (up) digits_add(number, &one);
  number->places = places > 0 ? (uint32_t)places : 0;
  for (; places < 0; places++)
    wbi_digits_push(number, 0);
}

/* SPDX-License-Identifier: MIT */
/* Arithmetic filters: whole numbers stay whole, decimals are exact. */
#include "liquid/digits.h"
#include "liquid/filter.h"

/* Digits of a quotient that does not end, before it is rounded. */
enum { MATH_QUOTIENT = 20 };

typedef wb_status math_operation(const wbi_digits *a, const wbi_digits *b, wbi_digits *out);

/* Runs an operation on the value and the argument. */
static wb_status math_apply(const wbi_filtering *filtering, wb_value *value,
                            const wb_value *argument, math_operation *operation) {
  wbi_digits a, b, out;
  wb_status status = wbi_number_read(value, &a);
  if (status == WB_OK) status = wbi_number_read(argument, &b);
  if (status == WB_OK) status = operation(&a, &b, &out);
  return status == WB_OK ? wbi_number_give(filtering->room, &out, value) : status;
}

/* Of two ints the outcome is found at once. same: on paper it is the same */
static bool math_ints(const wb_value *value, const wb_value *argument) {
  return value->kind == WB_INT && argument->kind == WB_INT;
}

static wb_status math_plus(const wbi_digits *a, const wbi_digits *b, wbi_digits *out) {
  *out = wbi_digits_plus(a, b);
  return WB_OK;
}

/* same: two ints only come to it sooner */
wb_status wbi_filter_plus(WBI_FILTER_ARGUMENTS) {
  int64_t sum = 0;
  (void)count;
  if (math_ints(value, arguments) &&
      !__builtin_add_overflow(value->integer, arguments->integer, &sum)) {
    *value = wbi_value_int(sum);
    return WB_OK;
  }
  return math_apply(filtering, value, arguments, math_plus);
}

static wb_status math_minus(const wbi_digits *a, const wbi_digits *b, wbi_digits *out) {
  wbi_digits less = *b;
  less.negative = !b->negative;
  *out = wbi_digits_plus(a, &less);
  return WB_OK;
}

/* same: two ints only come to it sooner */
wb_status wbi_filter_minus(WBI_FILTER_ARGUMENTS) {
  int64_t rest = 0;
  (void)count;
  if (math_ints(value, arguments) &&
      !__builtin_sub_overflow(value->integer, arguments->integer, &rest)) {
    *value = wbi_value_int(rest);
    return WB_OK;
  }
  return math_apply(filtering, value, arguments, math_minus);
}

static wb_status math_times(const wbi_digits *a, const wbi_digits *b, wbi_digits *out) {
  *out = wbi_digits_times(a, b);
  return WB_OK;
}

/* same: two ints only come to it sooner */
wb_status wbi_filter_times(WBI_FILTER_ARGUMENTS) {
  int64_t product = 0;
  (void)count;
  if (math_ints(value, arguments) &&
      !__builtin_mul_overflow(value->integer, arguments->integer, &product)) {
    *value = wbi_value_int(product);
    return WB_OK;
  }
  return math_apply(filtering, value, arguments, math_times);
}

/* A quotient of whole numbers, down to the next whole one. */
static void math_floor_divide(const wbi_digits *a, const wbi_digits *b, wbi_digits *out) {
  const wbi_digits down = {.digit = {1}, .count = 1, .negative = true, .whole = true};
  wbi_digits rest;
  *out = wbi_digits_divide(a, b, &rest);
  out->whole = true;
  if (a->negative == b->negative) return;
  out->negative = true;
  if (rest.count > 0) *out = wbi_digits_plus(out, &down);
}

static wb_status math_divided_by(const wbi_digits *a, const wbi_digits *b, wbi_digits *out) {
  if (b->count == 0) return WB_E_RANGE;
  if (a->whole && b->whole) {
    math_floor_divide(a, b, out);
    return WB_OK;
  }
  wbi_digits rest, longer = *a;
  /* same: one digit more is rounded alike */
  for (; longer.places < b->places || (longer.count > 0 && longer.count < b->count + MATH_QUOTIENT);
       longer.places++)
    wbi_digits_push(&longer, 0);
  *out = wbi_digits_divide(&longer, b, &rest);
  out->places = longer.places - b->places;
  if (rest.count > 0) { /* a last digit: the quotient is above a half that it seems to be */
    wbi_digits_push(out, 1);
    out->places++;
  }
  out->negative = a->negative != b->negative;
  return WB_OK;
}

wb_status wbi_filter_divided_by(WBI_FILTER_ARGUMENTS) {
  (void)count;
  return math_apply(filtering, value, arguments, math_divided_by);
}

/* What a division leaves has the sign of the divisor. */
static wb_status math_modulo(const wbi_digits *a, const wbi_digits *b, wbi_digits *out) {
  wbi_digits left = *a, right = *b;
  if (b->count == 0) return WB_E_RANGE;
  wbi_digits_align(&left, &right);
  (void)wbi_digits_divide(&left, &right, out);
  out->places = left.places;
  out->whole = a->whole && b->whole;
  out->negative = a->negative;
  if (out->count > 0 && a->negative != b->negative) *out = wbi_digits_plus(out, &right);
  return WB_OK;
}

wb_status wbi_filter_modulo(WBI_FILTER_ARGUMENTS) {
  (void)count;
  return math_apply(filtering, value, arguments, math_modulo);
}

wb_status wbi_filter_abs(WBI_FILTER_ARGUMENTS) {
  wbi_digits number;
  (void)arguments;
  (void)count;
  const wb_status status = wbi_number_read(value, &number);
  number.negative = false;
  return status == WB_OK ? wbi_number_give(filtering->room, &number, value) : status;
}

/* Cuts the places off and moves on by one, up or down, where something was lost. */
static wb_status math_cut(const wbi_filtering *filtering, wb_value *value, bool up) {
  wbi_digits number;
  const wb_status status = wbi_number_read(value, &number);
  if (status != WB_OK) return status;
  const wbi_digits one = {.digit = {1}, .count = 1, .negative = !up};
  const bool negative = number.negative;
  const bool lost = wbi_digits_drop(&number, number.places);
  number.places = 0;
  if (lost && negative != up) number = wbi_digits_plus(&number, &one);
  number.whole = true;
  return wbi_number_give(filtering->room, &number, value);
}

wb_status wbi_filter_ceil(WBI_FILTER_ARGUMENTS) {
  (void)arguments;
  (void)count;
  return math_cut(filtering, value, true);
}

wb_status wbi_filter_floor(WBI_FILTER_ARGUMENTS) {
  (void)arguments;
  (void)count;
  return math_cut(filtering, value, false);
}

/* The places to round to: a number without its own places, and not too long. */
static wb_status math_places(const wb_value *argument, int64_t *places) {
  wbi_digits number;
  const wb_status status = wbi_number_read(argument, &number);
  if (status != WB_OK) return status;
  wbi_digits_drop(&number, number.places);
  *places = number.count > 2 ? WBI_DIGITS_ROOM : number.digit[0] + 10 * number.digit[1];
  if (number.negative) *places = -*places;
  return WB_OK;
}

wb_status wbi_filter_round(WBI_FILTER_ARGUMENTS) {
  wbi_digits number;
  int64_t places = 0;
  wb_status status = wbi_number_read(value, &number);
  if (status == WB_OK && count > 0) status = math_places(arguments, &places);
  if (status != WB_OK) return status;
  wbi_digits_round(&number, places);
  return wbi_number_give(filtering->room, &number, value);
}

static wb_status math_at_least(const wbi_digits *a, const wbi_digits *b, wbi_digits *out) {
  *out = wbi_digits_order(b, a) > 0 ? *b : *a;
  return WB_OK;
}

wb_status wbi_filter_at_least(WBI_FILTER_ARGUMENTS) {
  (void)count;
  return math_apply(filtering, value, arguments, math_at_least);
}

static wb_status math_at_most(const wbi_digits *a, const wbi_digits *b, wbi_digits *out) {
  *out = wbi_digits_order(b, a) < 0 ? *b : *a;
  return WB_OK;
}

wb_status wbi_filter_at_most(WBI_FILTER_ARGUMENTS) {
  (void)count;
  return math_apply(filtering, value, arguments, math_at_most);
}

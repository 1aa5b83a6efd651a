/* SPDX-License-Identifier: MIT */
/* The functions on numbers. Doubles are handled by their bits: nothing here rounds but sqrt, and
   that correctly. */
#include "cel/format.h"

enum { MATH_FRACTION_BITS = 52, MATH_BIAS = 1023, MATH_SPECIAL = 0x7FF };
#define MATH_FRACTION (((uint64_t)1 << MATH_FRACTION_BITS) - 1)

static uint64_t math_bits(double value) {
  uint64_t bits = 0;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

static double math_of_bits(uint64_t bits) {
  double value = 0;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* The field of the exponent. */
static int32_t math_exponent(double value) {
  return (int32_t)(math_bits(value) >> MATH_FRACTION_BITS & MATH_SPECIAL);
}

static wbi_cel_value math_overload(void) {
  return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
}

/* ---- the greatest and the least ----------------------------------------------------------- */

/* What is wrong with an argument that compares so; null: nothing. */
static wbi_cel_value math_problem(const wbi_cel_value *item, int order) {
  if (wbi_cel_is_doubt(item)) return *item;
  if (!wbi_cel_is_number(item->kind)) return math_overload();
  if (order == 2) return wbi_cel_of_fault(WBI_FAULT_VALUE); /* NaN */
  return wbi_cel_of(WB_NULL, 0);
}

/* The first of the arguments, or of the elements of the one list, that none is before: `wanted` is
   how another would compare to it. */
static wbi_cel_value math_pick(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count,
                               int wanted) {
  const bool list = count == 1 && arguments->kind == WB_LIST;
  const uint32_t length = list ? arguments->length : count;
  wbi_cel_value best = wbi_cel_of_fault(WBI_FAULT_VALUE); /* of none */
  wbi_cel_value wrong = wbi_cel_of(WB_NULL, 0);
  if (!wbi_cel_charge(run, length)) return wbi_cel_of_fault(WBI_FAULT_COST);
  for (uint32_t i = 0; i < length; i++) {
    const wbi_cel_value item = list ? wbi_cel_item(run, arguments, i) : arguments[i];
    const int order = best.kind == WBI_KIND_ERROR ? wanted : wbi_cel_compare(&item, &best);
    const wbi_cel_value problem = math_problem(&item, order);
    if (problem.kind != WB_NULL)
      wrong = wbi_cel_doubt(&wrong, &problem);
    else if (order == wanted)
      best = item;
  }
  return wrong.kind != WB_NULL ? wrong : best;
}

static wbi_cel_value math_greatest(wbi_cel_run *run, const wbi_cel_value *arguments,
                                   uint32_t count) {
  return math_pick(run, arguments, count, 1);
}

static wbi_cel_value math_least(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count) {
  return math_pick(run, arguments, count, -1);
}

/* ---- rounding ----------------------------------------------------------------------------- */

/* Without its fraction. */
static double math_whole(double value) {
  const int32_t exponent = math_exponent(value) - MATH_BIAS;
  const uint64_t bits = math_bits(value);
  if (exponent < 0) return math_of_bits(bits & (uint64_t)1 << 63);
  if (exponent >= MATH_FRACTION_BITS) return value;
  return math_of_bits(bits & ~(MATH_FRACTION >> exponent));
}

static double math_up(double value) {
  const double whole = math_whole(value);
  return whole < value ? whole + 1 : whole;
}

static double math_down(double value) {
  const double whole = math_whole(value);
  return whole > value ? whole - 1 : whole;
}

/* To the nearest, halves away from zero. */
static double math_nearest(double value) {
  const double whole = math_whole(value), fraction = value - whole;
  if (fraction >= 0.5) return whole + 1;
  return fraction <= -0.5 ? whole - 1 : whole;
}

/* A function of one double. */
static wbi_cel_value math_double(const wbi_cel_value *arguments, double (*function)(double)) {
  if (arguments->kind != WB_DOUBLE) return math_overload();
  return wbi_cel_of_double(function(arguments->as.real));
}

static wbi_cel_value math_ceil(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count) {
  (void)run, (void)count;
  return math_double(arguments, math_up);
}

static wbi_cel_value math_floor(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count) {
  (void)run, (void)count;
  return math_double(arguments, math_down);
}

static wbi_cel_value math_round(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count) {
  (void)run, (void)count;
  return math_double(arguments, math_nearest);
}

static wbi_cel_value math_trunc(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count) {
  (void)run, (void)count;
  return math_double(arguments, math_whole);
}

/* ---- sign --------------------------------------------------------------------------------- */

static wbi_cel_value math_abs(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count) {
  (void)run, (void)count;
  if (!wbi_cel_is_number(arguments->kind)) return math_overload();
  if (arguments->kind == WB_UINT) return *arguments;
  if (arguments->kind == WB_DOUBLE)
    return wbi_cel_of_double(math_of_bits(math_bits(arguments->as.real) << 1 >> 1));
  const int64_t value = arguments->as.integer;
  if (value == INT64_MIN) return wbi_cel_of_fault(WBI_FAULT_RANGE);
  return wbi_cel_of_int(value < 0 ? -value : value);
}

static wbi_cel_value math_sign(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count) {
  (void)run, (void)count;
  if (!wbi_cel_is_number(arguments->kind)) return math_overload();
  const int64_t whole = arguments->as.integer;
  if (arguments->kind == WB_UINT) return wbi_cel_of_uint(whole != 0);
  if (arguments->kind == WB_INT) return wbi_cel_of_int((whole > 0) - (whole < 0));
  const double value = arguments->as.real;
  if (value != value) return *arguments;
  return wbi_cel_of_double((value > 0) - (value < 0));
}

/* ---- special doubles ---------------------------------------------------------------------- */

static wbi_cel_value math_is_nan(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count) {
  (void)run, (void)count;
  if (arguments->kind != WB_DOUBLE) return math_overload();
  return wbi_cel_of_bool(arguments->as.real != arguments->as.real);
}

static wbi_cel_value math_is_finite(wbi_cel_run *run, const wbi_cel_value *arguments,
                                    uint32_t count) {
  (void)run, (void)count;
  if (arguments->kind != WB_DOUBLE) return math_overload();
  return wbi_cel_of_bool(math_exponent(arguments->as.real) != MATH_SPECIAL);
}

static wbi_cel_value math_is_inf(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count) {
  (void)run, (void)count;
  if (arguments->kind != WB_DOUBLE) return math_overload();
  const double value = arguments->as.real;
  return wbi_cel_of_bool(math_exponent(value) == MATH_SPECIAL && value == value);
}

/* ---- bits --------------------------------------------------------------------------------- */

/* Two ints or two uints. */
static bool math_are_bits(const wbi_cel_value *arguments) {
  return arguments[0].kind == arguments[1].kind &&
         (arguments[0].kind == WB_INT || arguments[0].kind == WB_UINT);
}

static wbi_cel_value math_bit_and(wbi_cel_run *run, const wbi_cel_value *arguments,
                                  uint32_t count) {
  (void)run, (void)count;
  if (!math_are_bits(arguments)) return math_overload();
  return wbi_cel_of(arguments->kind, arguments[0].as.integer & arguments[1].as.integer);
}

static wbi_cel_value math_bit_or(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count) {
  (void)run, (void)count;
  if (!math_are_bits(arguments)) return math_overload();
  return wbi_cel_of(arguments->kind, arguments[0].as.integer | arguments[1].as.integer);
}

static wbi_cel_value math_bit_xor(wbi_cel_run *run, const wbi_cel_value *arguments,
                                  uint32_t count) {
  (void)run, (void)count;
  if (!math_are_bits(arguments)) return math_overload();
  return wbi_cel_of(arguments->kind, arguments[0].as.integer ^ arguments[1].as.integer);
}

static wbi_cel_value math_bit_not(wbi_cel_run *run, const wbi_cel_value *arguments,
                                  uint32_t count) {
  (void)run, (void)count;
  if (arguments->kind != WB_INT && arguments->kind != WB_UINT) return math_overload();
  return wbi_cel_of(arguments->kind, ~arguments->as.integer);
}

/* Shifts bits, to the right when `right`; the sign is a bit like others. */
static wbi_cel_value math_shift(const wbi_cel_value *arguments, bool right) {
  if (arguments[1].kind != WB_INT) return math_overload();
  if (arguments[0].kind != WB_INT && arguments[0].kind != WB_UINT) return math_overload();
  const int64_t by = arguments[1].as.integer;
  if (by < 0) return wbi_cel_of_fault(WBI_FAULT_VALUE);
  if (by >= 64) return wbi_cel_of(arguments->kind, 0);
  const uint64_t bits = (uint64_t)arguments[0].as.integer;
  return wbi_cel_of(arguments->kind, (int64_t)(right ? bits >> by : bits << by));
}

static wbi_cel_value math_shift_left(wbi_cel_run *run, const wbi_cel_value *arguments,
                                     uint32_t count) {
  (void)run, (void)count;
  return math_shift(arguments, false);
}

static wbi_cel_value math_shift_right(wbi_cel_run *run, const wbi_cel_value *arguments,
                                      uint32_t count) {
  (void)run, (void)count;
  return math_shift(arguments, true);
}

/* ---- square root -------------------------------------------------------------------------- */

/* The whole root of mantissa × 2^54, which has 54 bits; one digit of it after the other. */
static uint64_t math_root_digits(uint64_t mantissa) {
  uint64_t root = 0, rest = 0;
  for (int i = 0; i < 54; i++) {
    const uint64_t pair = i < 27 ? mantissa >> (52 - 2 * i) & 3 : 0;
    rest = rest << 2 | pair;
    root <<= 1;
    if (rest <= 2 * root) continue;
    rest -= 2 * root + 1;
    root++;
  }
  return root;
}

/* The root of a positive finite double. It lies never in the middle between two. */
static double math_root_positive(double value) {
  int32_t exponent = math_exponent(value);
  uint64_t mantissa = math_bits(value) & MATH_FRACTION;
  if (exponent > 0) mantissa |= MATH_FRACTION + 1;
  if (exponent == 0) exponent = 1;
  for (; mantissa <= MATH_FRACTION; exponent--)
    mantissa <<= 1;
  exponent -= MATH_BIAS + MATH_FRACTION_BITS;
  if (exponent % 2 != 0) {
    mantissa <<= 1;
    exponent--;
  }
  const uint64_t root = (math_root_digits(mantissa) + 1) / 2; /* × 2^(exponent / 2 - 26) */
  const uint64_t scale = (uint64_t)(exponent / 2 - 26 + MATH_BIAS) << MATH_FRACTION_BITS;
  return (double)root * math_of_bits(scale);
}

static double math_root(double value) {
  if (value == 0 || value != value) return value;
  if (value < 0)
    return math_of_bits((uint64_t)MATH_SPECIAL << MATH_FRACTION_BITS | (MATH_FRACTION + 1) / 2);
  return math_exponent(value) == MATH_SPECIAL ? value : math_root_positive(value);
}

static wbi_cel_value math_sqrt(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count) {
  (void)run, (void)count;
  if (!wbi_cel_is_number(arguments->kind)) return math_overload();
  return wbi_cel_of_double(math_root(wbi_cel_real(arguments)));
}

/* greatest and least take any mixture of numbers; their type is known where all are of one. */
#define MATH_PICKS(name, call)                                                                     \
  {name, "i+:i", call}, {name, "u+:u", call}, {name, "d+:d", call}, {name, "LA:A", call},          \
      {name, "iu:*", call}, {name, "id:*", call}, {name, "ui:*", call}, {name, "ud:*", call},      \
      {name, "di:*", call}, {name, "du:*", call}, {                                                \
    name, "***+:*", call                                                                           \
  }

static const wbi_cel_overload math_overloads[] = {
    MATH_PICKS("math.greatest", math_greatest),
    MATH_PICKS("math.least", math_least),
    {"math.abs", "i:i", math_abs},
    {"math.abs", "u:u", math_abs},
    {"math.abs", "d:d", math_abs},
    {"math.bitAnd", "ii:i", math_bit_and},
    {"math.bitAnd", "uu:u", math_bit_and},
    {"math.bitNot", "i:i", math_bit_not},
    {"math.bitNot", "u:u", math_bit_not},
    {"math.bitOr", "ii:i", math_bit_or},
    {"math.bitOr", "uu:u", math_bit_or},
    {"math.bitShiftLeft", "ii:i", math_shift_left},
    {"math.bitShiftLeft", "ui:u", math_shift_left},
    {"math.bitShiftRight", "ii:i", math_shift_right},
    {"math.bitShiftRight", "ui:u", math_shift_right},
    {"math.bitXor", "ii:i", math_bit_xor},
    {"math.bitXor", "uu:u", math_bit_xor},
    {"math.ceil", "d:d", math_ceil},
    {"math.floor", "d:d", math_floor},
    {"math.isFinite", "d:b", math_is_finite},
    {"math.isInf", "d:b", math_is_inf},
    {"math.isNaN", "d:b", math_is_nan},
    {"math.round", "d:d", math_round},
    {"math.sign", "i:i", math_sign},
    {"math.sign", "u:u", math_sign},
    {"math.sign", "d:d", math_sign},
    {"math.sqrt", "i:d", math_sqrt},
    {"math.sqrt", "u:d", math_sqrt},
    {"math.sqrt", "d:d", math_sqrt},
    {"math.trunc", "d:d", math_trunc},
};

const wbi_cel_library wbi_cel_math = {math_overloads, WBI_COUNT(math_overloads)};

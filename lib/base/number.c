/* SPDX-License-Identifier: MIT */
/* Numbers in text. Doubles are exact both ways: correctly rounded when read, the shortest digits
   that read back as the same number when written. */
#include "base/base.h"

/* ---- integers ----------------------------------------------------------------------------- */

wb_status wbi_parse_uint(wbi_text text, uint64_t *value) {
  uint64_t sum = 0;
  bool over = false;
  if (text.length == 0) return WB_E_SYNTAX;
  for (size_t i = 0; i < text.length; i++) {
    if (!wbi_is_digit(text.data[i])) return WB_E_SYNTAX;
    const uint64_t digit = (uint64_t)(text.data[i] - '0');
    over = over || sum > (UINT64_MAX - digit) / 10;
    sum = sum * 10 + digit;
  }
  if (over) return WB_E_RANGE;
  *value = sum;
  return WB_OK;
}

wb_status wbi_parse_int(wbi_text text, int64_t *value) {
  const bool negative = wbi_text_starts(text, WBI_TEXT("-"));
  uint64_t size = 0;
  const wb_status status = wbi_parse_uint(wbi_text_slice(text, negative, SIZE_MAX), &size);
  if (status != WB_OK) return status;
  if (size > (uint64_t)INT64_MAX + negative) return WB_E_RANGE;
  *value = negative ? (int64_t)(0 - size) : (int64_t)size;
  return WB_OK;
}

/* ---- large natural numbers ---------------------------------------------------------------- */

/* Enough for 10^1100, the largest divisor that a double and 770 digits need, and 64 bits more. */
enum { BIG_LIMBS = 128 };

/* Little-endian limbs; count leaves out zeros at the top. */
typedef struct number_big {
  uint32_t count;
  uint32_t limbs[BIG_LIMBS];
} number_big;

/* big = value. */
static void big_set(number_big *big, uint64_t value) {
  big->count = 0;
  for (; value > 0; value >>= 32)
    big->limbs[big->count++] = (uint32_t)value;
}

/* big = big * factor + more. */
static void big_multiply(number_big *big, uint32_t factor, uint32_t more) {
  uint64_t carry = more;
  for (uint32_t i = 0; i < big->count; i++) {
    carry += (uint64_t)big->limbs[i] * factor;
    big->limbs[i] = (uint32_t)carry;
    carry >>= 32;
  }
  WBI_ASSERT(carry == 0 || big->count < BIG_LIMBS);
  if (carry > 0) big->limbs[big->count++] = (uint32_t)carry;
}

/* big = big * 10^power. */
static void big_power10(number_big *big, uint32_t power) {
  static const uint32_t small[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};
  for (; power >= 9; power -= 9)
    big_multiply(big, 1000000000, 0);
  big_multiply(big, small[power], 0);
}

/* big = big * 2^bits; big is not 0. */
static void big_shift(number_big *big, uint32_t bits) {
  const uint32_t limbs = bits / 32;
  WBI_ASSERT(big->count > 0 && big->count + limbs < BIG_LIMBS);
  memmove(big->limbs + limbs, big->limbs, big->count * sizeof big->limbs[0]);
  memset(big->limbs, 0, limbs * sizeof big->limbs[0]);
  big->count += limbs;
  big_multiply(big, 1u << bits % 32, 0);
}

/* -1, 0 or 1 as a is below, equal to or above b. same: where it is asked which is less they differ
 */
static int big_compare(const number_big *a, const number_big *b) {
  if (a->count != b->count) return a->count < b->count ? -1 : 1;
  for (uint32_t i = a->count; i-- > 0;) {
    if (a->limbs[i] != b->limbs[i]) return a->limbs[i] < b->limbs[i] ? -1 : 1;
  }
  return 0;
}

/* a = a - b, which is not larger. same: nothing is borrowed at the top */
static void big_subtract(number_big *a, const number_big *b) {
  uint64_t borrow = 0;
  for (uint32_t i = 0; i < a->count; i++) {
    const uint64_t take = (i < b->count ? b->limbs[i] : 0) + borrow;
    borrow = a->limbs[i] < take;
    a->limbs[i] -= (uint32_t)take;
  }
  while (a->count > 0 && a->limbs[a->count - 1] == 0)
    a->count--;
}

/* sum = a + b. same: above what counts of a number there is 0, since big_subtract cut no more off
 */
static void big_add(number_big *sum, const number_big *a, const number_big *b) {
  uint64_t carry = 0;
  const uint32_t count = a->count > b->count ? a->count : b->count;
  for (uint32_t i = 0; i < count; i++) {
    carry += (uint64_t)(i < a->count ? a->limbs[i] : 0) + (i < b->count ? b->limbs[i] : 0);
    sum->limbs[i] = (uint32_t)carry;
    carry >>= 32;
  }
  sum->count = count;
  if (carry > 0) sum->limbs[sum->count++] = (uint32_t)carry;
}

/* Bits of a 64-bit number. */
static uint32_t number_bits(uint64_t value) {
  uint32_t bits = 0;
  for (; value > 0; value >>= 1)
    bits++;
  return bits;
}

/* Bits of a number that is not 0. */
static uint32_t big_bits(const number_big *big) {
  return (big->count - 1) * 32 + number_bits(big->limbs[big->count - 1]);
}

/* ---- doubles from text -------------------------------------------------------------------- */

enum { DIGITS_KEPT = 770 }; /* no more than 767 decide on which side of a boundary a number is */

/* A decimal number: digits * 10^exponent. */
typedef struct number_decimal {
  bool negative;
  uint8_t digits[DIGITS_KEPT + 1];
  int32_t count;
  int64_t exponent;
} number_decimal;

/* Takes in one digit; those past the limit leave a 1 behind, which says "a little more". */
static void decimal_digit(number_decimal *decimal, uint8_t digit) {
  if (decimal->count == 0 && digit == 0) return;
  if (decimal->count < DIGITS_KEPT) {
    decimal->digits[decimal->count++] = digit;
  } else if (decimal->count == DIGITS_KEPT && digit != 0) {
    decimal->digits[decimal->count++] = 1;
  } else {
    decimal->exponent++;
  }
}

/* Reads digits from *at on; how many there were. */
static size_t decimal_digits(number_decimal *decimal, wbi_text text, size_t *at) {
  const size_t begin = *at;
  for (; *at < text.length && wbi_is_digit(text.data[*at]); ++*at) {
    decimal_digit(decimal, (uint8_t)(text.data[*at] - '0'));
  }
  return *at - begin;
}

/* Reads "e-12" from *at to the end of the text; an exponent far beyond reach stops growing. */
static bool decimal_exponent(number_decimal *decimal, wbi_text text, size_t at) {
  if (at == text.length) return true;
  if (text.data[at] != 'e' && text.data[at] != 'E') return false;
  wbi_text rest = wbi_text_slice(text, at + 1, text.length);
  const bool negative = wbi_text_starts(rest, WBI_TEXT("-"));
  if (negative || wbi_text_starts(rest, WBI_TEXT("+"))) rest = wbi_text_slice(rest, 1, rest.length);
  int64_t exponent = 0;
  for (size_t i = 0; i < rest.length; i++) {
    if (!wbi_is_digit(rest.data[i])) return false;
    /* same: one more digit is as far beyond */
    if (exponent < INT64_MAX / 100) exponent = exponent * 10 + (rest.data[i] - '0');
  }
  decimal->exponent += negative ? -exponent : exponent;
  return rest.length > 0;
}

/* Reads the notation. */
static bool decimal_read(number_decimal *decimal, wbi_text text) {
  size_t at = 0;
  decimal->negative = wbi_text_starts(text, WBI_TEXT("-"));
  decimal->count = 0;
  decimal->exponent = 0;
  at += decimal->negative;
  const size_t whole = decimal_digits(decimal, text, &at);
  if (at < text.length && text.data[at] == '.') {
    at++;
    const size_t fraction = decimal_digits(decimal, text, &at);
    if (fraction == 0) return false;
    decimal->exponent -= (int64_t)fraction;
  } else if (whole == 0) {
    return false;
  }
  return decimal_exponent(decimal, text, at);
}

/* The double whose bits these are. */
static double number_from_bits(uint64_t bits) {
  double value = 0;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* At most 15 digits and a power of ten that is a double itself: one operation rounds once.
   same: what is left to decimal_exact comes out alike; 10^0 may multiply or divide */
static bool decimal_quick(const number_decimal *decimal, double *value) {
  static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                  1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  if (decimal->count > 15 || decimal->exponent < -22 || decimal->exponent > 22) return false;
  int64_t whole = 0;
  for (int32_t i = 0; i < decimal->count; i++)
    whole = whole * 10 + decimal->digits[i];
  *value = (double)whole;
  if (decimal->exponent < 0)
    *value /= powers[-decimal->exponent];
  else
    *value *= powers[decimal->exponent];
  return true;
}

/* Rounds (quotient + a fraction if `more`) * 2^exponent, half to even, to the bits of a double;
   infinity when too large. */
static uint64_t number_round(uint64_t quotient, bool more, int32_t exponent) {
  const int32_t bits = (int32_t)number_bits(quotient);
  const int32_t top = bits - 1 + exponent; /* the number is at least 2^top */
  const int32_t kept = top >= -1022 ? 53 : 53 - (-1022 - top);
  if (top > 1023) return 0x7FF0000000000000u;
  if (kept < 0) return 0;
  const int32_t dropped = bits - kept; /* 1 to 64: the quotient has 63 or 64 bits */
  const uint64_t half = (uint64_t)1 << (dropped - 1);
  uint64_t mantissa = dropped < 64 ? quotient >> dropped : 0;
  const uint64_t rest = quotient & (half | (half - 1));
  if (rest > half || (rest == half && (more || (mantissa & 1) != 0))) mantissa++;
  /* The leading bit of a normal number adds one to the exponent field, as does a carry. same: at
     -1022 there is nothing to add */
  return (top >= -1022 ? (uint64_t)(top + 1022) << 52 : 0) + mantissa;
}

/* Divides, with 63 or 64 bits of quotient, and rounds. same: no bits are shifted at 63; the rest
   may be doubled once more, since only whether there is one counts */
static uint64_t number_divide(number_big *above, number_big *below) {
  const int32_t shift = 63 - ((int32_t)big_bits(above) - (int32_t)big_bits(below));
  /* below * 2^63 stays fixed while above is doubled 63 times. */
  if (shift > 63)
    big_shift(above, (uint32_t)(shift - 63));
  else
    big_shift(below, (uint32_t)(63 - shift));
  uint64_t quotient = 0;
  for (int i = 0; i < 64; i++) {
    quotient <<= 1;
    if (big_compare(above, below) >= 0) {
      big_subtract(above, below);
      quotient |= 1;
    }
    if (i < 63) big_multiply(above, 2, 0);
  }
  return number_round(quotient, above->count > 0, -shift);
}

/* The bits of the double nearest to a decimal. same: at both ends of the quick answers the long way
   gives 0 and infinity too; 10^0 may multiply either number */
static uint64_t decimal_exact(const number_decimal *decimal) {
  number_big above, below;
  const int64_t top = decimal->count + decimal->exponent; /* below 10^top */
  if (decimal->count == 0 || top < -330) return 0;
  if (top > 310) return 0x7FF0000000000000u;
  big_set(&above, 0);
  for (int32_t i = 0; i < decimal->count; i++)
    big_multiply(&above, 10, decimal->digits[i]);
  big_set(&below, 1);
  if (decimal->exponent >= 0)
    big_power10(&above, (uint32_t)decimal->exponent);
  else
    big_power10(&below, (uint32_t)-decimal->exponent);
  return number_divide(&above, &below);
}

wb_status wbi_parse_double(wbi_text text, double *value) {
  number_decimal decimal;
  double size = 0;
  if (!decimal_read(&decimal, text)) return WB_E_SYNTAX;
  if (!decimal_quick(&decimal, &size)) {
    const uint64_t bits = decimal_exact(&decimal);
    if (bits == 0x7FF0000000000000u) return WB_E_RANGE;
    size = number_from_bits(bits);
  }
  *value = decimal.negative ? -size : size;
  return WB_OK;
}

/* ---- doubles to text ---------------------------------------------------------------------- */

/* The number is value/unit; the numbers that read back as it lie between value - low and
   value + high. */
typedef struct number_range {
  number_big value, unit, low, high;
  bool closed; /* the ends read back too: the mantissa is even */
} number_range;

/* Sets up a positive double as a range. same: no bits are shifted where the exponent is 0; `field >
   1` is about 2^-1022 alone, whose digits come out alike */
static void range_init(number_range *range, uint64_t bits) {
  const uint64_t fraction = bits & 0xFFFFFFFFFFFFFu;
  const int32_t field = (int32_t)(bits >> 52);
  const uint64_t mantissa = field > 0 ? fraction | (uint64_t)1 << 52 : fraction;
  const int32_t exponent = (field > 0 ? field : 1) - 1075;
  const bool wide = fraction == 0 && field > 1; /* the gap below is half of that above */
  range->closed = (mantissa & 1) == 0;
  big_set(&range->value, mantissa);
  big_set(&range->unit, 1);
  big_set(&range->low, 1);
  if (exponent > 0) {
    big_shift(&range->value, (uint32_t)exponent);
    big_shift(&range->low, (uint32_t)exponent);
  } else {
    big_shift(&range->unit, (uint32_t)-exponent);
  }
  /* Everything twice (four times), so that half a gap is a whole number. */
  range->high = range->low;
  big_shift(&range->value, wide ? 2 : 1);
  big_shift(&range->unit, wide ? 2 : 1);
  if (wide) big_shift(&range->high, 1);
}

/* Whether the top of the range reaches one unit. */
static bool range_reaches_unit(const number_range *range) {
  number_big sum;
  big_add(&sum, &range->value, &range->high);
  const int order = big_compare(&sum, &range->unit);
  return order > 0 || (order == 0 && range->closed);
}

/* Multiplies the number and its bounds by 10^power. */
static void range_scale(number_range *range, uint32_t power) {
  big_power10(&range->value, power);
  big_power10(&range->low, power);
  big_power10(&range->high, power);
}

/* Scales so that the number is below one unit and at least a tenth; returns k: the number is
   0.d1d2… * 10^k. same: 10^0 may multiply either number */
static int32_t range_normalise(number_range *range) {
  const int32_t bits = (int32_t)big_bits(&range->value) - (int32_t)big_bits(&range->unit);
  int32_t k = bits * 1233 / 4096 - 1; /* about log10, never too large */
  if (k > 0)
    big_power10(&range->unit, (uint32_t)k);
  else
    range_scale(range, (uint32_t)-k);
  while (range_reaches_unit(range)) {
    big_multiply(&range->unit, 10, 0);
    k++;
  }
  return k;
}

/* Takes the next digit off the number. same: a whole unit that is left is rounded up later */
static uint8_t range_digit(number_range *range) {
  uint8_t digit = 0;
  range_scale(range, 1);
  for (; big_compare(&range->value, &range->unit) >= 0; digit++) {
    big_subtract(&range->value, &range->unit);
  }
  return digit;
}

/* Whether what is left rounds the last digit up, half to even. */
static bool range_rounds_up(const number_range *range, uint8_t digit) {
  number_big twice = range->value;
  big_multiply(&twice, 2, 0);
  const int order = big_compare(&twice, &range->unit);
  return order > 0 || (order == 0 && digit % 2 != 0);
}

/* The shortest digits of a positive double; how many. The number is 0.d1d2… * 10^*k. */
static int32_t number_digits(uint64_t bits, char digits[20], int32_t *k) {
  number_range range;
  int32_t count = 0;
  range_init(&range, bits);
  *k = range_normalise(&range);
  for (;;) {
    const uint8_t digit = range_digit(&range);
    const int low = big_compare(&range.value, &range.low);
    const bool down = low < 0 || (low == 0 && range.closed);
    const bool up = range_reaches_unit(&range);
    const bool more = up && (!down || range_rounds_up(&range, digit));
    digits[count++] = (char)('0' + digit + more);
    if (down || up) return count;
  }
}

/* Writes digits with a point: 0.00123, 12.3 or 12300. */
static void number_put_plain(wbi_writer *writer, wbi_text digits, int32_t k) {
  const size_t count = digits.length;
  if (k <= 0) {
    wbi_put_text(writer, WBI_TEXT("0."));
    for (int32_t i = k; i < 0; i++)
      wbi_put_char(writer, '0');
    wbi_put_text(writer, digits);
    return;
  }
  wbi_put_text(writer, wbi_text_slice(digits, 0, (size_t)k));
  for (size_t i = count; i < (size_t)k; i++)
    wbi_put_char(writer, '0');
  if ((size_t)k < count) {
    wbi_put_char(writer, '.');
    wbi_put_text(writer, wbi_text_slice(digits, (size_t)k, count));
  }
}

/* Writes digits with an exponent: 1.23e-9. same: k is never 0 here */
static void number_put_exponent(wbi_writer *writer, wbi_text digits, int32_t k) {
  wbi_put_char(writer, digits.data[0]);
  if (digits.length > 1) {
    wbi_put_char(writer, '.');
    wbi_put_text(writer, wbi_text_slice(digits, 1, digits.length));
  }
  wbi_put_char(writer, 'e');
  wbi_put_char(writer, k > 0 ? '+' : '-');
  wbi_put_uint(writer, (uint64_t)(k > 0 ? k - 1 : 1 - k));
}

void wbi_put_double(wbi_writer *writer, double value) {
  char digits[20];
  int32_t k = 0;
  uint64_t bits = 0;
  memcpy(&bits, &value, sizeof bits);
  if (value != value) {
    wbi_put_text(writer, WBI_TEXT("NaN"));
    return;
  }
  if (bits >> 63 != 0) wbi_put_char(writer, '-');
  bits &= 0x7FFFFFFFFFFFFFFFu;
  if (bits == 0 || bits == 0x7FF0000000000000u) {
    wbi_put_text(writer, bits == 0 ? WBI_TEXT("0") : WBI_TEXT("Infinity"));
    return;
  }
  const wbi_text text = {digits, (size_t)number_digits(bits, digits, &k)};
  if (k > -6 && k <= 21)
    number_put_plain(writer, text, k);
  else
    number_put_exponent(writer, text, k);
}

/* ---- doubles to so many digits ------------------------------------------------------------ */

/* Adds one to the last of some digits; false: all were nines, and are now "1000…". */
static bool number_carry(char *digits, int32_t count) {
  while (count > 0 && digits[count - 1] == '9')
    digits[--count] = '0';
  if (count > 0) digits[count - 1]++;
  if (count == 0) digits[0] = '1';
  return count > 0;
}

/* The digits of a positive double down to a place, rounded half to even: `places` behind the point,
   or, when `scientific`, behind the first digit. How many; the number is 0.d1d2… * 10^*k. */
static int32_t number_exact(uint64_t bits, int32_t places, bool scientific, char *digits,
                            int32_t *k) {
  number_range range;
  range_init(&range, bits);
  big_set(&range.low, 0); /* nothing but the number itself */
  big_set(&range.high, 0);
  range.closed = true; /* same: only powers of ten reach the unit, and their mantissas are even */
  *k = range_normalise(&range);
  int32_t count = 0;
  const int32_t wanted = scientific ? places + 1 : *k + places;
  for (; count < wanted; count++)
    digits[count] = (char)('0' + range_digit(&range));
  const uint8_t last = count > 0 ? (uint8_t)(digits[count - 1] - '0') : 0;
  if (wanted < 0 || !range_rounds_up(&range, last) || number_carry(digits, count)) return count;
  ++*k;                               /* 999 became 1000 */
  if (count > 0) digits[count] = '0'; /* one more than are put behind the first, where scientific */
  return count + 1;
}

enum { NUMBER_EXACT = 310 + WBI_PLACES_MOST }; /* digits, and one by rounding */

/* Writes the sign of a double and finds its exact digits, how many; -1: it is not finite, and is
   written already. */
static int32_t number_begin(wbi_writer *writer, double value, uint32_t places, bool scientific,
                            char *digits, int32_t *k) {
  uint64_t bits = 0;
  WBI_ASSERT(places <= WBI_PLACES_MOST);
  if (value - value != 0) {
    wbi_put_double(writer, value);
    return -1;
  }
  memcpy(&bits, &value, sizeof bits);
  if (bits >> 63 != 0) wbi_put_char(writer, '-');
  bits = bits << 1 >> 1;
  *k = bits == 0 && scientific ? 1 : 0;
  return bits != 0 ? number_exact(bits, (int32_t)places, scientific, digits, k) : 0;
}

/* Writes `places` digits from an index on; those that there are not are zeros. */
static void number_put_places(wbi_writer *writer, wbi_text digits, int32_t from, uint32_t places) {
  if (places > 0) wbi_put_char(writer, '.');
  for (uint32_t i = 0; i < places; i++, from++) {
    const bool given = from >= 0 && (size_t)from < digits.length;
    wbi_put_char(writer, given ? digits.data[from] : '0');
  }
}

void wbi_put_fixed(wbi_writer *writer, double value, uint32_t places) {
  char digits[NUMBER_EXACT];
  int32_t k = 0;
  const int32_t count = number_begin(writer, value, places, false, digits, &k);
  if (count < 0) return;
  const wbi_text text = {digits, (size_t)count};
  wbi_put_text(writer, k > 0 ? wbi_text_slice(text, 0, (size_t)k) : WBI_TEXT("0"));
  number_put_places(writer, text, k, places);
}

void wbi_put_scientific(wbi_writer *writer, double value, uint32_t places) {
  char digits[NUMBER_EXACT];
  int32_t k = 0;
  const int32_t count = number_begin(writer, value, places, true, digits, &k);
  if (count < 0) return;
  wbi_put_char(writer, count > 0 ? digits[0] : '0');
  number_put_places(writer, (wbi_text){digits, (size_t)count}, 1, places);
  wbi_put_char(writer, 'e');
  wbi_put_char(writer, k > 0 ? '+' : '-');
  wbi_put_padded(writer, (uint64_t)(k > 0 ? k - 1 : 1 - k), 2);
}

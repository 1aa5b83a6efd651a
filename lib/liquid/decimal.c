/* SPDX-License-Identifier: MIT */
/*
 * Numbers as values. One without a point is an int, or a text when it is too long; one with a point
 * is a decimal. Liquid's own are doubles, so a decimal that is longer than a double can hold is
 * rounded to the shortest one that stands for the nearest double, as Liquid would write it. That is
 * reading and writing only: no sum is ever made in floating point.
 */
#include "liquid/digits.h"

enum {
  DECIMAL_MOST = 18,                /* digits */
  DECIMAL_PLACES = WBI_DIGITS_READ, /* behind the point */
  DECIMAL_EXACT = 15,               /* digits that every double holds */
  DECIMAL_EXPONENT = 400
};

static uint64_t decimal_size(int64_t integer) {
  return integer < 0 ? 0 - (uint64_t)integer : (uint64_t)integer;
}

/* Reads digits; false: there is none. */
static bool decimal_take(wbi_text text, size_t *at, wbi_digits *number, uint32_t *skipped) {
  const size_t from = *at;
  for (; *at < text.length && wbi_is_digit(text.data[*at]); ++*at) {
    if (number->count == WBI_DIGITS_READ) {
      ++*skipped;
    } else {
      wbi_digits_push(number, (uint8_t)(text.data[*at] - '0'));
    }
  }
  return *at > from;
}

/* Reads "-12" or "-12.50" from the beginning and moves past it. WB_E_SYNTAX; WB_E_RANGE: more
   digits than are read. */
static wb_status decimal_take_number(wbi_text text, size_t *at, wbi_digits *number) {
  uint32_t skipped = 0;
  const bool negative = *at < text.length && text.data[*at] == '-';
  *number = (wbi_digits){.whole = true};
  *at += negative;
  if (!decimal_take(text, at, number, &skipped)) return WB_E_SYNTAX;
  if (*at < text.length && text.data[*at] == '.') {
    const size_t point = ++*at;
    if (!decimal_take(text, at, number, &skipped)) return WB_E_SYNTAX;
    number->whole = false;
    if (*at - point > WBI_DIGITS_READ) return WB_E_RANGE;
    number->places = (uint32_t)(*at - point);
  }
  number->negative = negative;
  return skipped > 0 ? WB_E_RANGE : WB_OK;
}

/* Moves the point by an exponent. same: what is refused here is read as a double, and comes out
   alike; a place that is taken too much is given back */
static wb_status decimal_scale(wbi_digits *number, int64_t exponent) {
  for (; exponent > 0 && number->places > 0; exponent--)
    number->places--;
  if (exponent > WBI_DIGITS_READ || number->places - exponent > WBI_DIGITS_READ) return WB_E_RANGE;
  for (; exponent > 0; exponent--)
    wbi_digits_push(number, 0);
  number->places += (uint32_t)-exponent;
  return WB_OK;
}

/* Reads "12.5e-7", all of it. WB_E_SYNTAX, WB_E_RANGE: too long. */
static wb_status decimal_spelling(wbi_text text, wbi_digits *number) {
  size_t at = 0;
  int64_t exponent = 0;
  const wb_status status = decimal_take_number(text, &at, number);
  if (status == WB_E_SYNTAX || at == text.length) return status;
  if (text.data[at] != 'e' && text.data[at] != 'E') return WB_E_SYNTAX;
  wbi_text power = wbi_text_slice(text, at + 1, text.length);
  /* same: a sign alone is no number */
  if (power.length > 1 && power.data[0] == '+') power = wbi_text_slice(power, 1, power.length);
  number->whole = false;
  const wb_status powered = wbi_parse_int(power, &exponent);
  if (powered != WB_OK || status != WB_OK) return powered != WB_OK ? powered : status;
  /* same: decimal_scale refuses it too, but does not reckon with what is longer */
  if (exponent > DECIMAL_EXPONENT || exponent < -DECIMAL_EXPONENT) return WB_E_RANGE;
  return decimal_scale(number, exponent);
}

/* Rounds a spelling to the shortest one of the nearest double. */
static wb_status decimal_nearest(wbi_text text, wbi_digits *number) {
  char shortest[32];
  double real = 0;
  wbi_writer writer = {shortest, sizeof shortest, 0};
  const wb_status status = wbi_parse_double(text, &real);
  if (status != WB_OK) return status;
  wbi_put_double(&writer, real);
  return decimal_spelling((wbi_text){shortest, writer.length}, number);
}

/* same: past its digits a number has zeros */
static void decimal_put_digits(wbi_writer *writer, const wbi_digits *number) {
  const uint32_t digits = number->count > number->places ? number->count : number->places + 1;
  if (number->negative) wbi_put_char(writer, '-');
  for (uint32_t i = digits; i-- > 0;) {
    wbi_put_char(writer, (char)('0' + (i < number->count ? number->digit[i] : 0)));
    if (i > 0 && i == number->places) wbi_put_char(writer, '.');
  }
}

/* Zeros behind the point are left out, but for one place. same: that one is put back */
static void decimal_shorten(wbi_digits *number) {
  for (; number->places > 1 && (number->count == 0 || number->digit[0] == 0); number->places--)
    wbi_digits_drop(number, 1);
  if (number->places > 0) return;
  wbi_digits_push(number, 0);
  number->places = 1;
}

/* A number with a point, at its shortest, with one place at least. */
static wb_status decimal_settle(wbi_digits *number, wb_value *value) {
  char spelling[2 * WBI_DIGITS_ROOM];
  if (number->places >= number->count + DECIMAL_PLACES) wbi_digits_round(number, DECIMAL_PLACES);
  /* same: 15 digits come back from a double as they were */
  if (number->count > DECIMAL_EXACT) {
    wbi_writer writer = {spelling, sizeof spelling, 0};
    decimal_put_digits(&writer, number);
    const wb_status status = decimal_nearest((wbi_text){spelling, writer.length}, number);
    if (status != WB_OK) return status;
  }
  if (number->places > DECIMAL_PLACES) /* same: there is nothing to round */
    wbi_digits_round(number, DECIMAL_PLACES);
  decimal_shorten(number);
  if (number->count > DECIMAL_MOST) return WB_E_RANGE;
  int64_t integer = 0;
  for (uint32_t i = number->count; i-- > 0;)
    integer = integer * 10 + number->digit[i];
  *value = (wb_value){.size = sizeof *value,
                      .integer = number->negative ? -integer : integer,
                      .kind = WBI_DECIMAL,
                      .length = number->places};
  return WB_OK;
}

/* A whole number as an int; false: it is too long. */
static bool decimal_int(const wbi_digits *number, wb_value *value) {
  int64_t integer = 0;
  for (uint32_t i = number->count; i-- > 0;) {
    const int32_t digit = number->negative ? -number->digit[i] : number->digit[i];
    if (__builtin_mul_overflow(integer, 10, &integer) ||
        __builtin_add_overflow(integer, digit, &integer)) {
      return false;
    }
  }
  *value = wbi_value_int(integer);
  return true;
}

wb_status wbi_number_give(wbi_room *room, wbi_digits *number, wb_value *value) {
  if (!number->whole) return decimal_settle(number, value);
  if (decimal_int(number, value)) return WB_OK;
  if (number->count > WBI_DIGITS_READ) return WB_E_RANGE;
  wbi_writer writer = wbi_room_begin(room);
  decimal_put_digits(&writer, number);
  const wb_status status = wbi_room_finish(room, &writer, value);
  if (status == WB_OK) value->flags = WBI_VALUE_LONG;
  return status;
}

/* What a text is to arithmetic: "12.50" in white space, else the whole number it begins with. */
static wb_status decimal_read_text(wbi_text text, wbi_digits *number) {
  const wbi_text trimmed = wbi_text_trim(text);
  size_t at = 0;
  uint32_t skipped = 0;
  wb_status status = decimal_take_number(trimmed, &at, number);
  if (status != WB_E_SYNTAX && at == trimmed.length) return status;
  at = 0;
  *number = (wbi_digits){.whole = true};
  const bool sign = trimmed.length > 0 && (trimmed.data[0] == '-' || trimmed.data[0] == '+');
  at += sign;
  /* same: what ends with _ ends there */
  while (decimal_take(trimmed, &at, number, &skipped) && at + 1 < trimmed.length &&
         trimmed.data[at] == '_') {
    at++;
  }
  number->negative = sign && trimmed.data[0] == '-';
  return skipped > 0 ? WB_E_RANGE : WB_OK;
}

/* A double, unless it is not finite. */
static wb_status decimal_read_double(double real, wbi_digits *number) {
  char shortest[32];
  wbi_writer writer = {shortest, sizeof shortest, 0};
  wbi_put_double(&writer, real);
  const wb_status status = decimal_spelling((wbi_text){shortest, writer.length}, number);
  number->whole = false;
  return status == WB_OK ? WB_OK : WB_E_RANGE;
}

wb_status wbi_number_read(const wb_value *value, wbi_digits *number) {
  switch (value->kind) {
  case WB_INT: *number = wbi_digits_of(decimal_size(value->integer)); break;
  case WB_UINT: *number = wbi_digits_of((uint64_t)value->integer); return WB_OK;
  case WBI_DECIMAL:
    *number = wbi_digits_of(decimal_size(value->integer));
    number->places = value->length;
    number->whole = false;
    break;
  case WB_DOUBLE: return decimal_read_double(value->real, number);
  case WB_TEXT: return decimal_read_text((wbi_text){value->data, value->length}, number);
  default: *number = (wbi_digits){.whole = true}; return WB_OK;
  }
  number->negative = value->integer < 0;
  return WB_OK;
}

bool wbi_decimal_from(const wb_value *value, wb_value *number) {
  wbi_digits digits;
  *number = wbi_value_int(0);
  if (value->kind == WB_INT || value->kind == WBI_DECIMAL) {
    *number = *value;
    return true;
  }
  if (value->kind != WB_UINT && value->kind != WB_DOUBLE && value->kind != WB_TEXT) return false;
  if (wbi_number_read(value, &digits) != WB_OK) return false;
  return digits.whole ? decimal_int(&digits, number) : decimal_settle(&digits, number) == WB_OK;
}

wb_status wbi_decimal_parse(wbi_text text, wb_value *number) {
  wbi_digits digits;
  wb_status status = decimal_spelling(text, &digits);
  const bool whole = digits.whole;
  /* same: decimal_settle does so too */
  if (status == WB_E_RANGE && !whole) status = decimal_nearest(text, &digits);
  if (status != WB_OK) return status;
  if (!whole) return decimal_settle(&digits, number);
  return decimal_int(&digits, number) ? WB_OK : WB_E_RANGE;
}

/* Writes the digits as Ruby writes a double that is very small or large: 1.5e-05. same: the power
   is never 0 here */
static void decimal_put_power(wbi_writer *writer, const wbi_digits *number, int32_t power) {
  uint32_t last = 0; /* the lowest digit that is not 0 */
  while (number->digit[last] == 0)
    last++;
  if (number->negative) wbi_put_char(writer, '-');
  for (uint32_t i = number->count; i-- > last;) {
    wbi_put_char(writer, (char)('0' + number->digit[i]));
    if (i == number->count - 1) wbi_put_char(writer, '.');
  }
  if (last == number->count - 1) wbi_put_char(writer, '0');
  wbi_put_char(writer, 'e');
  wbi_put_char(writer, power < 0 ? '-' : '+');
  wbi_put_padded(writer, (uint64_t)(power < 0 ? -power : power), 2);
}

void wbi_decimal_put(wbi_writer *writer, const wb_value *number) {
  wbi_digits digits = {.whole = true};
  (void)wbi_number_read(number, &digits); /* a decimal is never too long */
  const int32_t power = (int32_t)digits.count - 1 - (int32_t)digits.places;
  if (digits.whole || digits.count == 0 || (power >= -4 && power < DECIMAL_EXACT)) {
    decimal_put_digits(writer, &digits);
  } else {
    decimal_put_power(writer, &digits, power);
  }
}

int wbi_decimal_order(const wb_value *a, const wb_value *b) {
  wbi_digits left = {.whole = true}, right = left;
  if (a->kind == WB_INT && b->kind == WB_INT) { /* same: only sooner */
    return (a->integer > b->integer) - (a->integer < b->integer);
  }
  (void)wbi_number_read(a, &left); /* neither is too long */
  (void)wbi_number_read(b, &right);
  return wbi_digits_order(&left, &right);
}

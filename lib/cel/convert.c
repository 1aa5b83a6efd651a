/* SPDX-License-Identifier: MIT */
/* Conversions: a function for each type that makes one of its values from those of others. */
#include "cel/convert.h"

#include "cel/calendar.h"

static const double convert_two_63 = 9223372036854775808.0, convert_two_64 = 18446744073709551616.0;

/* The fault of a text that was not read. */
static wbi_cel_value convert_fault(wb_status status) {
  return wbi_cel_of_fault(status == WB_E_RANGE ? WBI_FAULT_RANGE : WBI_FAULT_TEXT);
}

/* A text without the plus before its first digit or point. */
static wbi_text convert_unsigned(wbi_text text) {
  if (text.length < 2 || text.data[0] != '+' || text.data[1] == '-') return text;
  return wbi_text_slice(text, 1, text.length);
}

/* ---- numbers and bool --------------------------------------------------------------------- */

static wbi_cel_value convert_text_to_int(wbi_text text) {
  int64_t read = 0;
  const wb_status status = wbi_parse_int(convert_unsigned(text), &read);
  return status == WB_OK ? wbi_cel_of_int(read) : convert_fault(status);
}

/* Towards zero; exclusive at both ends, as a double cannot tell 2^63 from its neighbours. */
static wbi_cel_value convert_double_to_int(double real) {
  if (real > -convert_two_63 && real < convert_two_63) return wbi_cel_of_int((int64_t)real);
  return wbi_cel_of_fault(WBI_FAULT_RANGE);
}

static wbi_cel_value convert_int(wbi_cel_run *run, const wbi_cel_value *arguments, uint32_t count) {
  (void)run, (void)count;
  const wbi_cel_value *from = arguments;
  if (from->kind == WB_INT) return *from;
  if (from->kind == WB_TIME) return wbi_cel_of_int(from->as.integer);
  if (from->kind == WB_DOUBLE) return convert_double_to_int(from->as.real);
  if (from->kind == WB_TEXT) return convert_text_to_int(wbi_cel_text(from));
  if (from->kind != WB_UINT) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  return from->as.integer >= 0 ? wbi_cel_of_int(from->as.integer)
                               : wbi_cel_of_fault(WBI_FAULT_RANGE);
}

static wbi_cel_value convert_uint(wbi_cel_run *run, const wbi_cel_value *arguments,
                                  uint32_t count) {
  (void)run, (void)count;
  const wbi_cel_value *from = arguments;
  if (from->kind == WB_UINT) return *from;
  if (from->kind == WB_INT && from->as.integer >= 0) return wbi_cel_of(WB_UINT, from->as.integer);
  if (from->kind == WB_DOUBLE && from->as.real >= 0 && from->as.real < convert_two_64) {
    return wbi_cel_of_uint((uint64_t)from->as.real);
  }
  if (from->kind == WB_INT || from->kind == WB_DOUBLE) return wbi_cel_of_fault(WBI_FAULT_RANGE);
  if (from->kind != WB_TEXT) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  uint64_t read = 0;
  const wb_status status = wbi_parse_uint(wbi_cel_text(from), &read);
  return status == WB_OK ? wbi_cel_of_uint(read) : convert_fault(status);
}

/* Reads a number, "NaN", "Infinity" or "inf" in any case. */
static wbi_cel_value convert_text_to_double(wbi_text text) {
  if (wbi_text_equal_fold(text, WBI_TEXT("nan")))
    return wbi_cel_of_double((double)__builtin_nan(""));
  const wbi_text plain = convert_unsigned(text);
  const bool negative = wbi_text_starts(plain, WBI_TEXT("-"));
  const wbi_text size = wbi_text_slice(plain, negative, plain.length);
  if (wbi_text_equal_fold(size, WBI_TEXT("inf")) ||
      wbi_text_equal_fold(size, WBI_TEXT("infinity"))) {
    return wbi_cel_of_double(negative ? -__builtin_inf() : __builtin_inf());
  }
  double read = 0;
  const wb_status status = wbi_parse_double(plain, &read);
  return status == WB_OK ? wbi_cel_of_double(read) : convert_fault(status);
}

static wbi_cel_value convert_double(wbi_cel_run *run, const wbi_cel_value *arguments,
                                    uint32_t count) {
  (void)run, (void)count;
  const wbi_cel_value *from = arguments;
  if (wbi_cel_is_number(from->kind)) return wbi_cel_of_double(wbi_cel_real(from));
  if (from->kind == WB_TEXT) return convert_text_to_double(wbi_cel_text(from));
  return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
}

static wbi_cel_value convert_bool(wbi_cel_run *run, const wbi_cel_value *arguments,
                                  uint32_t count) {
  static const char *const words[2][6] = {{"0", "f", "F", "false", "FALSE", "False"},
                                          {"1", "t", "T", "true", "TRUE", "True"}};
  (void)run, (void)count;
  if (arguments->kind == WB_BOOL) return *arguments;
  if (arguments->kind != WB_TEXT) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  for (size_t i = 0; i < 6; i++) {
    if (wbi_text_equal(wbi_cel_text(arguments), wbi_text_of(words[0][i]))) {
      return wbi_cel_of_bool(false);
    }
    if (wbi_text_equal(wbi_cel_text(arguments), wbi_text_of(words[1][i]))) {
      return wbi_cel_of_bool(true);
    }
  }
  return wbi_cel_of_fault(WBI_FAULT_TEXT);
}

/* ---- text --------------------------------------------------------------------------------- */

/* Writes ".25": as many of nine digits as are needed, none for zero. */
static void convert_put_fraction(wbi_writer *writer, uint32_t nanoseconds) {
  unsigned digits = 9;
  if (nanoseconds == 0) return;
  for (; nanoseconds % 10 == 0; digits--)
    nanoseconds /= 10;
  wbi_put_char(writer, '.');
  wbi_put_padded(writer, nanoseconds, digits);
}

/* Writes "-1.5s". */
static void convert_put_duration(wbi_writer *writer, int64_t seconds, uint32_t nanoseconds) {
  if (seconds < 0) {
    wbi_put_char(writer, '-');
    seconds = -seconds - (nanoseconds > 0);
    nanoseconds = nanoseconds > 0 ? WBI_CEL_SECOND - nanoseconds : 0;
  }
  wbi_put_int(writer, seconds);
  convert_put_fraction(writer, nanoseconds);
  wbi_put_char(writer, 's');
}

/* Writes "2026-01-30T10:00:00.5Z". */
static void convert_put_time(wbi_writer *writer, wb_time at, uint32_t nanoseconds) {
  char text[32];
  size_t length = 0;
  if (wb_time_format(at, NULL, text, sizeof text, &length) != WB_OK) return;
  wbi_put_text(writer, (wbi_text){text, length - 1});
  convert_put_fraction(writer, nanoseconds);
  wbi_put_char(writer, 'Z');
}

void wbi_cel_put_text_of(wbi_writer *writer, const wbi_cel_value *value) {
  const int64_t integer = value->as.integer;
  switch (value->kind) {
  case WB_BOOL: wbi_put_text(writer, integer != 0 ? WBI_TEXT("true") : WBI_TEXT("false")); break;
  case WB_INT: wbi_put_int(writer, integer); break;
  case WB_UINT: wbi_put_uint(writer, (uint64_t)integer); break;
  case WB_DOUBLE: wbi_put_double(writer, value->as.real); break;
  case WB_TEXT:
  case WB_BYTES: wbi_put_text(writer, wbi_cel_text(value)); break;
  case WB_DATE: wbi_put_date(writer, (wb_date)integer); break;
  case WB_TIME: convert_put_time(writer, integer, value->length); break;
  case WBI_KIND_DURATION: convert_put_duration(writer, integer, value->length); break;
  default: break;
  }
}

static wbi_cel_value convert_string(wbi_cel_run *run, const wbi_cel_value *arguments,
                                    uint32_t count) {
  char text[48];
  wbi_writer writer = {text, sizeof text, 0};
  (void)count;
  if (arguments->kind == WB_TEXT) return *arguments;
  if (arguments->kind == WB_BYTES) {
    if (!wbi_cel_charge(run, arguments->length / 8)) return wbi_cel_of_fault(WBI_FAULT_COST);
    const wbi_text bytes = wbi_cel_text(arguments);
    return wbi_utf8_valid(bytes) ? wbi_cel_of_text(bytes) : wbi_cel_of_fault(WBI_FAULT_TEXT);
  }
  wbi_cel_put_text_of(&writer, arguments);
  if (writer.length == 0) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  char *kept = wbi_cel_take(run, writer.length);
  if (kept == NULL) return wbi_cel_of_fault(WBI_FAULT_COST);
  memcpy(kept, text, writer.length);
  return wbi_cel_of_text((wbi_text){kept, writer.length});
}

static wbi_cel_value convert_bytes(wbi_cel_run *run, const wbi_cel_value *arguments,
                                   uint32_t count) {
  (void)run, (void)count;
  if (arguments->kind != WB_TEXT && arguments->kind != WB_BYTES) {
    return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  }
  wbi_cel_value bytes = *arguments;
  bytes.kind = WB_BYTES;
  return bytes;
}

/* ---- times and durations ------------------------------------------------------------------ */

/* Reads RFC 3339, whose seconds must be there. */
static wbi_cel_value convert_text_to_time(wbi_text text) {
  wb_time at = 0;
  uint32_t nanoseconds = 0;
  if (text.length < 17 || text.data[16] != ':') return wbi_cel_of_fault(WBI_FAULT_TEXT);
  const wb_status status = wbi_time_read(text, &at, &nanoseconds);
  return status == WB_OK ? wbi_cel_of_time(at, nanoseconds) : convert_fault(status);
}

static wbi_cel_value convert_timestamp(wbi_cel_run *run, const wbi_cel_value *arguments,
                                       uint32_t count) {
  (void)run, (void)count;
  if (arguments->kind == WB_TIME) return *arguments;
  if (arguments->kind == WB_INT) return wbi_cel_of_time(arguments->as.integer, 0);
  if (arguments->kind == WB_TEXT) return convert_text_to_time(wbi_cel_text(arguments));
  return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
}

/* A unit of a duration: `seconds` long, or one of `parts` of a second. */
typedef struct convert_unit {
  const char *name;
  int64_t seconds, parts;
} convert_unit;

/* Takes a unit off a text; NULL: there is none. */
static const convert_unit *convert_take_unit(wbi_text *text) {
  static const convert_unit units[] = {{"ns", 1, 1000000000},
                                       {"us", 1, 1000000},
                                       {"\xC2\xB5s", 1, 1000000},
                                       {"\xCE\xBCs", 1, 1000000},
                                       {"ms", 1, 1000},
                                       {"s", 1, 1},
                                       {"m", 60, 1},
                                       {"h", 3600, 1}};
  for (size_t i = 0; i < WBI_COUNT(units); i++) {
    const wbi_text name = wbi_text_of(units[i].name);
    if (!wbi_text_starts(*text, name)) continue;
    *text = wbi_text_slice(*text, name.length, text->length);
    return &units[i];
  }
  return NULL;
}

/* Takes digits off a text. */
static wbi_text convert_take_digits(wbi_text *text) {
  size_t length = 0;
  while (length < text->length && wbi_is_digit(text->data[length]))
    length++;
  const wbi_text digits = wbi_text_slice(*text, 0, length);
  *text = wbi_text_slice(*text, length, text->length);
  return digits;
}

/* Nanoseconds of a decimal fraction of a unit, rounded down. */
static int64_t convert_fraction(wbi_text digits, const convert_unit *unit) {
  const int64_t whole = unit->seconds * WBI_CEL_SECOND / unit->parts;
  int64_t sum = 0;
  for (size_t i = digits.length; i > 0; i--)
    sum = (sum + (digits.data[i - 1] - '0') * whole) / 10;
  return sum;
}

/* Takes "1.5h" off a text and adds it to a duration. */
static wbi_cel_value convert_take_part(wbi_text *text, const wbi_cel_value *sum) {
  uint64_t count = 0;
  wbi_text fraction = {NULL, 0};
  const wbi_text digits = convert_take_digits(text);
  if (wbi_text_starts(*text, WBI_TEXT("."))) {
    *text = wbi_text_slice(*text, 1, text->length);
    fraction = convert_take_digits(text);
  }
  const convert_unit *unit = convert_take_unit(text);
  if (unit == NULL || digits.length + fraction.length == 0) return wbi_cel_of_fault(WBI_FAULT_TEXT);
  if (digits.length > 0 && wbi_parse_uint(digits, &count) != WB_OK) {
    return wbi_cel_of_fault(WBI_FAULT_RANGE);
  }
  const uint64_t parts = (uint64_t)unit->parts, whole = count / parts;
  if (whole > WBI_CEL_LONGEST) return wbi_cel_of_fault(WBI_FAULT_RANGE);
  const int64_t rest = (int64_t)(count % parts) * (WBI_CEL_SECOND / unit->parts);
  const wbi_cel_value part =
      wbi_cel_of_duration((int64_t)whole * unit->seconds, rest + convert_fraction(fraction, unit));
  return part.kind == WBI_KIND_ERROR ? part : wbi_cel_add_time(sum, &part);
}

/* Reads "1h45m", "-1.5h" or "0". */
static wbi_cel_value convert_text_to_duration(wbi_text text) {
  const bool negative = wbi_text_starts(text, WBI_TEXT("-"));
  wbi_cel_value sum = wbi_cel_of_duration(0, 0);
  if (negative || wbi_text_starts(text, WBI_TEXT("+"))) text = wbi_text_slice(text, 1, text.length);
  if (wbi_text_equal(text, WBI_TEXT("0"))) return sum;
  if (text.length == 0) return wbi_cel_of_fault(WBI_FAULT_TEXT);
  while (text.length > 0 && sum.kind != WBI_KIND_ERROR)
    sum = convert_take_part(&text, &sum);
  if (!negative || sum.kind == WBI_KIND_ERROR) return sum;
  return wbi_cel_of_duration(-sum.as.integer, -(int64_t)sum.length);
}

static wbi_cel_value convert_duration(wbi_cel_run *run, const wbi_cel_value *arguments,
                                      uint32_t count) {
  (void)count;
  if (arguments->kind == WBI_KIND_DURATION) return *arguments;
  if (arguments->kind != WB_TEXT) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  if (!wbi_cel_charge(run, arguments->length / 8)) return wbi_cel_of_fault(WBI_FAULT_COST);
  return convert_text_to_duration(wbi_cel_text(arguments));
}

static const wbi_cel_overload convert_overloads[] = {
    {"int", "i:i", convert_int},
    {"int", "u:i", convert_int},
    {"int", "d:i", convert_int},
    {"int", "s:i", convert_int},
    {"int", "t:i", convert_int},
    {"uint", "u:u", convert_uint},
    {"uint", "i:u", convert_uint},
    {"uint", "d:u", convert_uint},
    {"uint", "s:u", convert_uint},
    {"double", "d:d", convert_double},
    {"double", "i:d", convert_double},
    {"double", "u:d", convert_double},
    {"double", "s:d", convert_double},
    {"bool", "b:b", convert_bool},
    {"bool", "s:b", convert_bool},
    {"string", "s:s", convert_string},
    {"string", "b:s", convert_string},
    {"string", "i:s", convert_string},
    {"string", "u:s", convert_string},
    {"string", "d:s", convert_string},
    {"string", "y:s", convert_string},
    {"string", "t:s", convert_string},
    {"string", "p:s", convert_string},
    {"string", "e:s", convert_string},
    {"bytes", "y:y", convert_bytes},
    {"bytes", "s:y", convert_bytes},
    {"timestamp", "t:t", convert_timestamp},
    {"timestamp", "s:t", convert_timestamp},
    {"timestamp", "i:t", convert_timestamp},
    {"duration", "p:p", convert_duration},
    {"duration", "s:p", convert_duration},
};
const wbi_cel_library wbi_cel_convert = {convert_overloads, WBI_COUNT(convert_overloads)};

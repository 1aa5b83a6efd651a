/* SPDX-License-Identifier: MIT */
/* Filters that take texts and lists apart and put them together. Lengths count code points. */
#include "liquid/filter.h"

wb_status wbi_filter_default(WBI_FILTER_ARGUMENTS) {
  uint32_t length = value->kind != WBI_EMPTY && value->kind != WBI_BLANK;
  (void)filtering;
  if (value->kind == WB_TEXT) length = value->length;
  (void)wbi_value_count(value, &length);
  const bool no = value->kind == WB_BOOL && value->integer == 0;
  const bool allowed = no && count > 1 && wbi_value_truth(&arguments[1]);
  if (length > 0 && (allowed || wbi_value_truth(value))) return WB_OK;
  *value = count > 0 ? arguments[0] : wbi_value_text(WBI_TEXT(""));
  return WB_OK;
}

wb_status wbi_filter_size(WBI_FILTER_ARGUMENTS) {
  uint32_t size = 0;
  (void)filtering;
  (void)arguments;
  (void)count;
  if (value->kind == WB_TEXT) {
    size = (uint32_t)wbi_utf8_count((wbi_text){value->data, value->length});
  } else if (value->kind == WB_INT || value->kind == WB_UINT) {
    size = sizeof value->integer; /* Liquid's answer, too */
  } else {
    (void)wbi_value_count(value, &size);
  }
  *value = wbi_value_int(size);
  return WB_OK;
}

/* The first code points of a text. */
static wbi_text text_prefix(wbi_text text, uint64_t count) {
  size_t to = 0;
  for (; to < text.length; to++) {
    if (wbi_utf8_begins(text.data[to]) && count-- == 0) break;
  }
  return wbi_text_slice(text, 0, to);
}

/* An element of a list; an object has a first one only. */
static wb_status text_element(const wbi_filtering *filtering, wb_value *value, bool last) {
  const wb_value list = *value;
  uint32_t length = 0;
  *value = wbi_value_null();
  if (!wbi_value_count(&list, &length) || length == 0) return WB_OK;
  if (last && !wbi_value_list(&list)) return WB_OK;
  return wbi_value_item(filtering, &list, last ? length - 1 : 0, value);
}

wb_status wbi_filter_first(WBI_FILTER_ARGUMENTS) {
  (void)arguments;
  (void)count;
  if (value->kind != WB_TEXT) return text_element(filtering, value, false);
  *value = wbi_value_text(text_prefix((wbi_text){value->data, value->length}, 1));
  return WB_OK;
}

wb_status wbi_filter_last(WBI_FILTER_ARGUMENTS) {
  (void)arguments;
  (void)count;
  if (value->kind != WB_TEXT) return text_element(filtering, value, true);
  const wbi_text text = {value->data, value->length};
  size_t from = text.length;
  while (from > 0 && !wbi_utf8_begins(text.data[--from]))
    continue;
  *value = wbi_value_text(wbi_text_slice(text, from, text.length));
  return WB_OK;
}

/* The text of an argument, or what stands for it when it is not given. */
static wb_status text_argument(const wbi_filtering *filtering, const wb_value *arguments,
                               uint32_t count, uint32_t index, wbi_text otherwise, wbi_text *text) {
  *text = otherwise;
  return index < count ? wbi_value_write(filtering, &arguments[index], text) : WB_OK;
}

wb_status wbi_filter_join(WBI_FILTER_ARGUMENTS) {
  wbi_text glue;
  wb_status status = text_argument(filtering, arguments, count, 0, WBI_TEXT(" "), &glue);
  if (status != WB_OK) return status;
  wbi_writer writer = wbi_room_begin(filtering->room);
  status = wbi_value_join(filtering, &writer, value, glue);
  return status == WB_OK ? wbi_room_finish(filtering->room, &writer, value) : status;
}

/* Puts two texts together. */
static wb_status text_chain(const wbi_filtering *filtering, wbi_text a, wbi_text b,
                            wb_value *value) {
  wbi_writer writer = wbi_room_begin(filtering->room);
  wbi_put_text(&writer, a);
  wbi_put_text(&writer, b);
  return wbi_room_finish(filtering->room, &writer, value);
}

/* The same of two values. */
static wb_status text_chain_values(const wbi_filtering *filtering, const wb_value *a,
                                   const wb_value *b, wb_value *value) {
  wbi_text text, other;
  wb_status status = wbi_value_write(filtering, a, &text);
  if (status == WB_OK) status = wbi_value_write(filtering, b, &other);
  return status == WB_OK ? text_chain(filtering, text, other, value) : status;
}

wb_status wbi_filter_append(WBI_FILTER_ARGUMENTS) {
  (void)count;
  return text_chain_values(filtering, value, arguments, value);
}

wb_status wbi_filter_prepend(WBI_FILTER_ARGUMENTS) {
  (void)count;
  return text_chain_values(filtering, arguments, value, value);
}

/* Whether a byte is stripped: white space, or a NUL. */
static bool text_blank(char c) {
  return wbi_is_space(c) || c == '\0';
}

static wb_status text_strip(const wbi_filtering *filtering, wb_value *value, bool left,
                            bool right) {
  wbi_text text;
  const wb_status status = wbi_value_write(filtering, value, &text);
  if (status != WB_OK) return status;
  size_t from = 0, to = text.length;
  while (left && from < to && text_blank(text.data[from]))
    from++;
  while (right && to > from && text_blank(text.data[to - 1]))
    to--;
  *value = wbi_value_text(wbi_text_slice(text, from, to));
  return WB_OK;
}

wb_status wbi_filter_strip(WBI_FILTER_ARGUMENTS) {
  (void)arguments;
  (void)count;
  return text_strip(filtering, value, true, true);
}

wb_status wbi_filter_lstrip(WBI_FILTER_ARGUMENTS) {
  (void)arguments;
  (void)count;
  return text_strip(filtering, value, true, false);
}

wb_status wbi_filter_rstrip(WBI_FILTER_ARGUMENTS) {
  (void)arguments;
  (void)count;
  return text_strip(filtering, value, false, true);
}

/* How many digits there are, with single underscores between them; 0: an underscore is astray. */
static size_t text_digits(wbi_text text) {
  size_t at = 0;
  bool score = true;
  for (; at < text.length; at++) {
    const char c = text.data[at];
    if (c == '_' ? score : !wbi_is_digit(c)) break;
    score = c == '_';
  }
  return score ? 0 : at;
}

/* Digits as a number; one that does not fit is the nearest that does. */
static int64_t text_clamped(wbi_text digits, bool negative) {
  int64_t integer = 0;
  for (size_t i = 0; i < digits.length; i++) {
    if (digits.data[i] == '_') continue;
    const int32_t digit = digits.data[i] - '0';
    if (__builtin_mul_overflow(integer, 10, &integer) ||
        __builtin_sub_overflow(integer, negative ? digit : -digit, &integer)) {
      return negative ? INT64_MIN : INT64_MAX;
    }
  }
  return integer;
}

/* Whether Ruby reads digits one by one, as it does those that are no machine word; such digits end
   at a NUL, too. */
static bool text_by_digits(wbi_text digits) {
  const wbi_text most = WBI_TEXT("18446744073709551615");
  for (size_t i = 0; i < digits.length; i++) {
    if (digits.data[i] == '_') return true;
  }
  return digits.length > most.length ||
         (digits.length == most.length && wbi_text_compare(digits, most) > 0);
}

/* Reads a text that is a whole number, as Ruby's Integer() does; one with zeros before it, which
   would be octal, is refused. WB_E_RANGE: it is none. */
static wb_status text_read_integer(wbi_text text, int64_t *integer) {
  text = wbi_text_trim(text);
  const bool sign = text.length > 0 && (text.data[0] == '-' || text.data[0] == '+');
  const bool negative = sign && text.data[0] == '-';
  text = wbi_text_slice(text, sign, text.length);
  const wbi_text digits = wbi_text_slice(text, 0, text_digits(text));
  if (digits.length == 0 || (digits.length > 1 && digits.data[0] == '0')) return WB_E_RANGE;
  *integer = text_clamped(digits, negative);
  if (digits.length == text.length) return WB_OK;
  return text.data[digits.length] == '\0' && text_by_digits(digits) ? WB_OK : WB_E_RANGE;
}

/* A length that an argument gives. */
static wb_status text_integer(const wbi_filtering *filtering, const wb_value *argument,
                              int64_t *integer) {
  wbi_text text;
  if (argument->kind == WB_INT) { /* same: only sooner */
    *integer = argument->integer;
    return WB_OK;
  }
  const wb_status status = wbi_value_write(filtering, argument, &text);
  return status == WB_OK ? text_read_integer(text, integer) : status;
}

/* What both truncations begin with: the text, the length, what is put after a cut. */
static wb_status text_truncation(const wbi_filtering *filtering, const wb_value *value,
                                 const wb_value *arguments, uint32_t count, wbi_text *text,
                                 int64_t *length, wbi_text *end) {
  wb_status status = wbi_value_write(filtering, value, text);
  if (status == WB_OK && count > 0) status = text_integer(filtering, &arguments[0], length);
  if (status != WB_OK) return status;
  return text_argument(filtering, arguments, count, 1, WBI_TEXT("..."), end);
}

wb_status wbi_filter_truncate(WBI_FILTER_ARGUMENTS) {
  int64_t length = 50;
  wbi_text text, end;
  if (value->kind == WB_NULL || value->kind == WB_UNKNOWN) return WB_OK;
  const wb_status status =
      text_truncation(filtering, value, arguments, count, &text, &length, &end);
  if (status != WB_OK) return status;
  if (length >= (int64_t)wbi_utf8_count(text)) {
    *value = wbi_value_text(text);
    return WB_OK;
  }
  const int64_t after = (int64_t)wbi_utf8_count(end);
  /* same: nothing is kept */
  const uint64_t kept = length > after ? (uint64_t)(length - after) : 0;
  return text_chain(filtering, text_prefix(text, kept), end, value);
}

/* Moves past white space, and past a word. */
static size_t text_skip(wbi_text text, size_t at, bool space) {
  while (at < text.length && wbi_is_space(text.data[at]) == space)
    at++;
  return at;
}

/* Writes so many words; where in the text that ends. At its end what is written is not wanted. */
static size_t text_put_words(wbi_writer *writer, wbi_text text, int64_t words) {
  size_t at = text_skip(text, 0, true);
  for (int64_t i = 0; i < words && at < text.length; i++) {
    const size_t begin = i == 0 ? at : text_skip(text, at, true);
    at = text_skip(text, begin, false);
    if (i > 0) wbi_put_char(writer, ' ');
    wbi_put_text(writer, wbi_text_slice(text, begin, at));
  }
  return at;
}

wb_status wbi_filter_truncatewords(WBI_FILTER_ARGUMENTS) {
  int64_t words = 15;
  wbi_text text, end;
  if (value->kind == WB_NULL || value->kind == WB_UNKNOWN) return WB_OK;
  const wb_status status = text_truncation(filtering, value, arguments, count, &text, &words, &end);
  if (status != WB_OK) return status;
  wbi_writer writer = wbi_room_begin(filtering->room);
  const size_t at = text_put_words(&writer, text, words < 1 ? 1 : words);
  *value = wbi_value_text(text);
  if (at == text.length) return WB_OK;
  wbi_put_text(&writer, end);
  return wbi_room_finish(filtering->room, &writer, value);
}

/* SPDX-License-Identifier: MIT */
/* Filters for the wording of messages that no other Liquid has. */
#include "liquid/digits.h"
#include "liquid/filter.h"

/* Whether a value is a number, or nothing, which stays nothing. WB_E_RANGE: neither. */
static wb_status words_number(const wb_value *value, bool *number) {
  const bool absent = value->kind == WB_NULL || value->kind == WB_UNKNOWN;
  *number = value->kind == WB_INT || value->kind == WB_UINT || value->kind == WBI_DECIMAL;
  return absent || *number ? WB_OK : WB_E_RANGE;
}

/* Cents as dollars; the same in Spanish, which is that of the United States. same: nothing, read as
   a number, stays nothing */
wb_status wbi_filter_money(WBI_FILTER_ARGUMENTS) {
  wbi_digits cents;
  bool number = false;
  (void)arguments;
  (void)count;
  wb_status status = words_number(value, &number);
  if (status == WB_OK && number) status = wbi_number_read(value, &cents);
  if (status != WB_OK || !number) return status;
  wbi_digits_round(&cents, 0);
  wbi_writer writer = wbi_room_begin(filtering->room);
  wbi_put_text(&writer, cents.negative ? WBI_TEXT("-$") : WBI_TEXT("$"));
  for (uint32_t i = cents.count > 3 ? cents.count : 3; i-- > 0;) {
    wbi_put_char(&writer, (char)('0' + cents.digit[i]));
    if (i == 2) wbi_put_char(&writer, '.');
    if (i > 2 && (i - 2) % 3 == 0) wbi_put_char(&writer, ',');
  }
  return wbi_room_finish(filtering->room, &writer, value);
}

wb_status wbi_filter_plural(WBI_FILTER_ARGUMENTS) {
  bool number = false;
  (void)filtering;
  (void)count;
  const wb_status status = words_number(value, &number);
  if (status != WB_OK || !number) return status;
  const wb_value one = wbi_value_int(1);
  *value = arguments[wbi_decimal_order(value, &one) == 0 ? 0 : 1];
  return WB_OK;
}

/* Whether a phone number has this between its digits. */
static bool words_phone_sign(char c) {
  return c == ' ' || c == '-' || c == '.' || c == '(' || c == ')';
}

/* The ten digits of a number of the North American plan; false: it is none. */
static bool words_phone_digits(wbi_text text, char digits[10]) {
  char found[11];
  size_t length = 0;
  const bool plus = wbi_text_starts(text, WBI_TEXT("+"));
  for (size_t i = plus; i < text.length; i++) {
    const char c = text.data[i];
    if (words_phone_sign(c)) continue;
    if (!wbi_is_digit(c) || length == sizeof found) return false;
    found[length++] = c;
  }
  const bool country = length == 11 && found[0] == '1';
  if (!country && (length != 10 || plus)) return false;
  memcpy(digits, found + country, 10);
  return digits[0] >= '2' && digits[3] >= '2'; /* of area and exchange */
}

wb_status wbi_filter_phone(WBI_FILTER_ARGUMENTS) {
  wbi_text text;
  char digits[10];
  (void)arguments;
  (void)count;
  const wb_status status = wbi_value_write(filtering, value, &text);
  if (status != WB_OK || !words_phone_digits(wbi_text_trim(text), digits)) return status;
  wbi_writer writer = wbi_room_begin(filtering->room);
  wbi_put_char(&writer, '(');
  wbi_put_text(&writer, (wbi_text){digits, 3});
  wbi_put_text(&writer, WBI_TEXT(") "));
  wbi_put_text(&writer, (wbi_text){digits + 3, 3});
  wbi_put_char(&writer, '-');
  wbi_put_text(&writer, (wbi_text){digits + 6, 4});
  return wbi_room_finish(filtering->room, &writer, value);
}

/* Whether a Spanish word begins with the sound of "i", before which "y" is "e": "Ana e Inés", but
   "agua y hielo". same: of nothing no letter is read, which is no "i" */
static bool words_sounds_i(wbi_text text) {
  size_t at = wbi_text_equal_fold(wbi_text_slice(text, 0, 1), WBI_TEXT("h"));
  uint32_t first = 0, next = 0;
  if (!wbi_utf8_next(text, &at, &first)) return false;
  if (first == 0xED || first == 0xCD) return true; /* with an accent */
  if (first != 'i' && first != 'I') return false;
  return !wbi_utf8_next(text, &at, &next) || (next != 'a' && next != 'e' && next != 'o');
}

static wbi_text words_and(const wbi_filtering *filtering, const wb_value *last) {
  if (!filtering->spanish) return WBI_TEXT(" and ");
  const bool i = last->kind == WB_TEXT && words_sounds_i((wbi_text){last->data, last->length});
  return i ? WBI_TEXT(" e ") : WBI_TEXT(" y ");
}

/* Counts what there is in a list. */
static wb_status words_count(const wbi_filtering *filtering, const wb_value *list, uint32_t length,
                             uint32_t *present) {
  wb_status status = WB_OK;
  for (uint32_t i = 0; i < length && status == WB_OK; i++) {
    wb_value item;
    status = wbi_value_item(filtering, list, i, &item);
    if (status == WB_OK && !wbi_value_missing(&item)) ++*present;
  }
  return status;
}

/* Writes what there is in a list. */
static wb_status words_put_list(const wbi_filtering *filtering, wbi_writer *writer,
                                const wb_value *list, uint32_t present) {
  for (uint32_t i = 0, done = 0; done < present; i++) {
    wb_value item;
    const wb_status status = wbi_value_item(filtering, list, i, &item);
    if (WBI_NEVER(status != WB_OK)) return status; /* each was read when they were counted */
    if (wbi_value_missing(&item)) continue;
    if (done > 0) {
      wbi_put_text(writer, done + 1 < present ? WBI_TEXT(", ") : words_and(filtering, &item));
    }
    wbi_value_put(filtering, writer, &item);
    done++;
  }
  return WB_OK;
}

wb_status wbi_filter_list_and(WBI_FILTER_ARGUMENTS) {
  uint32_t length = 0, present = 0;
  (void)arguments;
  (void)count;
  if (!wbi_value_list(value)) return WB_OK;
  (void)wbi_value_count(value, &length);
  wb_status status = words_count(filtering, value, length, &present);
  if (status != WB_OK) return status;
  const wb_value list = *value;
  *value = wbi_value_null();
  if (present == 0) return WB_OK;
  wbi_writer writer = wbi_room_begin(filtering->room);
  status = words_put_list(filtering, &writer, &list, present);
  if (WBI_NEVER(status != WB_OK)) return status;
  return wbi_room_finish(filtering->room, &writer, value);
}

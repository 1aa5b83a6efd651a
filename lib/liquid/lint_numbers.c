/* SPDX-License-Identifier: MIT */
/* Numbers in a text: telephone and Social Security numbers, dates, codes. */
#include "liquid/lint.h"

enum { FIGURE_GROUPS = 4, FIGURE_LONG = 6, FIGURE_PHONE = 10 };

/* Groups of digits, and what stands behind each. */
typedef struct figure_form {
  uint32_t count;
  uint32_t digits[FIGURE_GROUPS];
  uint32_t ends[FIGURE_GROUPS];
  char signs[FIGURE_GROUPS]; /* 0: the number ends here */
} figure_form;

/* Reads digits at *at. */
static uint32_t figure_read(wbi_text source, uint32_t *at, uint32_t to) {
  const uint32_t from = *at;
  while (*at < to && wbi_is_digit(source.data[*at]))
    ++*at;
  return *at - from;
}

/* Reads what stands between two groups: a sign, or ") " after the area of a number. */
static char figure_sign(wbi_text source, uint32_t *at, uint32_t to) {
  uint32_t next = *at;
  if (next < to && source.data[next] == ')') next++;
  if (next < to && memchr("-./ ", source.data[next], 4) != NULL) next++;
  if (next == *at || next >= to || !wbi_is_digit(source.data[next])) return 0;
  const char sign = source.data[next - 1];
  *at = next;
  return sign;
}

/* Reads the groups that begin at an offset. */
static figure_form figure_find(wbi_text source, uint32_t at, uint32_t to) {
  figure_form form = {.count = 0};
  char sign = ' ';
  while (sign != 0 && form.count < FIGURE_GROUPS) {
    form.digits[form.count] = figure_read(source, &at, to);
    form.ends[form.count] = at;
    sign = figure_sign(source, &at, to);
    form.signs[form.count++] = sign;
  }
  return form;
}

/* Whether the first groups have so many digits; a group that there is not has none. */
static bool figure_has(const figure_form *form, uint32_t count, const uint32_t *digits) {
  for (uint32_t i = 0; i < count; i++) {
    if (form->digits[i] != digits[i]) return false;
  }
  return true;
}

/* How many groups are a telephone number of North America; 0: they are none. */
static uint32_t figure_phone(const figure_form *form, char first) {
  static const uint32_t long_form[] = {1, 3, 3, 4}, area[] = {3, 3, 4}, local[] = {3, 4};
  const bool joined = form->signs[0] == '-' || form->signs[0] == '.';
  if (figure_has(form, 4, long_form)) return 4;
  if (figure_has(form, 3, area)) return 3;
  if (figure_has(form, 2, local) && joined) return 2;
  return form->digits[0] == FIGURE_PHONE || (form->digits[0] == FIGURE_PHONE + 1 && first == '1');
}

/* Whether three groups are a date with its year. */
static bool figure_date(const figure_form *form) {
  const uint32_t *digits = form->digits;
  const char sign = form->signs[0];
  if (form->count < 3 || form->signs[1] != sign || (sign != '/' && sign != '-')) return false;
  if (digits[0] == 4) return digits[1] <= 2 && digits[2] <= 2;
  return digits[0] <= 2 && digits[1] <= 2 && (digits[2] == 2 || digits[2] == 4);
}

/* The last digits of a text, at most ten. */
static uint32_t figure_last(wbi_text text, char digits[FIGURE_PHONE]) {
  uint32_t count = 0;
  for (size_t i = text.length; i > 0 && count < FIGURE_PHONE; i--) {
    if (wbi_is_digit(text.data[i - 1])) digits[count++] = text.data[i - 1];
  }
  return count;
}

/* Whether the practice is called by a number. */
static bool figure_own(const wbi_lint *lint, wbi_text phone) {
  char digits[FIGURE_PHONE], own[FIGURE_PHONE];
  const uint32_t count = figure_last(phone, digits);
  for (uint32_t i = 0; i < lint->options->phone_count; i++) {
    if (figure_last(wbi_text_of(lint->options->phones[i]), own) < count) continue;
    if (memcmp(digits, own, count) == 0) return true;
  }
  return false;
}

/* Says what a number is; how many of its groups that takes. */
static uint32_t figure_judge(wbi_lint *lint, const figure_form *form) {
  static const uint32_t ssn[] = {3, 2, 4};
  const uint32_t from = lint->place.at;
  const uint32_t phone = figure_phone(form, lint->source.data[from]);
  if (phone != 0) {
    const uint32_t end = form->ends[phone - 1];
    if (!figure_own(lint, wbi_text_slice(lint->source, from, end))) {
      wbi_lint_find_id(lint, "identifier.phone", &lint->place, end);
    }
    return phone;
  }
  if (figure_has(form, 3, ssn) && form->signs[0] == form->signs[1] && form->signs[0] != '/') {
    wbi_lint_find_id(lint, "identifier.ssn", &lint->place, form->ends[2]);
    return 3;
  }
  if (figure_date(form)) {
    wbi_lint_find_id(lint, "identifier.date", &lint->place, form->ends[2]);
    return 3;
  }
  if (form->digits[0] >= FIGURE_LONG) {
    wbi_lint_find_id(lint, "identifier.number", &lint->place, form->ends[0]);
  }
  return 1;
}

/* A procedure code: D and four digits, with a hyphen or a blank between or none. */
static void figure_code(wbi_lint *lint, uint32_t to) {
  uint32_t at = lint->place.at + 1;
  if (at < to && (lint->source.data[at] == '-' || lint->source.data[at] == ' ')) at++;
  if (figure_read(lint->source, &at, to) != 4) return;
  uint32_t next = at;
  if (wbi_lint_in_word(wbi_lint_folded(lint->source, &next, to, false))) return;
  wbi_lint_find_id(lint, "clinical.code", &lint->place, at);
}

void wbi_lint_number(wbi_lint *lint, uint32_t to) {
  const uint32_t from = lint->place.at;
  const char first = lint->source.data[from];
  if (first == 'D' || first == 'd') {
    figure_code(lint, to);
    return;
  }
  const bool money = from > 0 && lint->source.data[from - 1] == '$';
  if (!wbi_is_digit(first) || money) return;
  const figure_form form = figure_find(lint->source, from, to);
  const uint32_t groups = figure_judge(lint, &form);
  lint->number = form.ends[groups - 1];
}

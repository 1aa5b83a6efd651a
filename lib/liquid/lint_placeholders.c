/* SPDX-License-Identifier: MIT */
/* Placeholders of other programs that were left in a text: [NameF], {patient.name}, <<Name>>,
   %NAME%. */
#include "liquid/lint.h"

enum { HOLDER_SHORTEST = 3 /* letters */, HOLDER_LONGEST = 40 };

/* How a program writes its placeholders. */
typedef struct holder_form {
  const char *opens, *closes, *inside; /* inside: what a name has besides letters and digits */
} holder_form;

static const holder_form holder_forms[] = {
    {"[", "]", " _"}, {"{", "}", "._"}, {"<<", ">>", " ._"}, {"%", "%", "_"}};

/* Whether a byte may stand in a name. */
static bool holder_inside(const holder_form *form, char c) {
  return wbi_is_letter(c) || wbi_is_digit(c) || (c != '\0' && strchr(form->inside, c) != NULL);
}

/* Where one of a form ends that a text begins with; 0: it begins with none. */
static size_t holder_length(const holder_form *form, wbi_text text) {
  const wbi_text opens = wbi_text_of(form->opens), closes = wbi_text_of(form->closes);
  if (!wbi_text_starts(text, opens)) return 0;
  const size_t from = opens.length;
  size_t at = from;
  uint32_t letters = 0;
  while (at < text.length && at - from < HOLDER_LONGEST && holder_inside(form, text.data[at])) {
    letters += wbi_is_letter(text.data[at]);
    at++;
  }
  const wbi_text rest = wbi_text_slice(text, at, text.length);
  return letters >= HOLDER_SHORTEST && wbi_text_starts(rest, closes) ? at + closes.length : 0;
}

/* Whether what stands before makes it something else: braces of templates, a percentage. */
static bool holder_apart(const wbi_lint *lint, uint32_t at) {
  const char c = lint->source.data[at];
  const char before = at > 0 ? lint->source.data[at - 1] : ' ';
  if (at < lint->link) return false;
  return c == '%' ? !wbi_is_digit(before) : c != before;
}

void wbi_lint_placeholder(wbi_lint *lint, uint32_t at, uint32_t to) {
  if (memchr("[{<%", lint->source.data[at], 4) == NULL || !holder_apart(lint, at)) return;
  const wbi_text text = wbi_text_slice(lint->source, at, to);
  for (size_t i = 0; i < WBI_COUNT(holder_forms); i++) {
    const size_t length = holder_length(holder_forms + i, text);
    if (length == 0) continue;
    wbi_lint_place from = lint->place;
    wbi_lint_move(lint->source, &from, at);
    wbi_lint_find_id(lint, "placeholders", &from, at + (uint32_t)length);
    return;
  }
}

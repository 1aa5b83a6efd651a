/* SPDX-License-Identifier: MIT */
/* Reactions: a phone that marks a text answers with it, as in: Liked “Reply STOP to opt out”. What
   it quotes is ours, and no wish of the patient. */
#include "outreach/reply_private.h"

static bool reaction_quote(uint32_t scalar) {
  return scalar == '"' || scalar == 0xAB || scalar == 0xBB ||
         (scalar >= 0x201C && scalar <= 0x201F);
}

/* Whether a text has no words. */
static bool reaction_empty(wbi_text text) {
  wbi_reply_window window;
  size_t at = 0;
  return !wbi_reply_read(text, &at, &window);
}

wbi_text wbi_reply_said(wbi_text text) {
  size_t from = SIZE_MAX, to = 0;
  uint32_t scalar = 0;
  for (size_t at = 0, next = 0; wbi_utf8_next(text, &next, &scalar); at = next) {
    if (!reaction_quote(scalar)) continue;
    if (from == SIZE_MAX) from = at;
    to = next;
  }
  const wbi_text before = wbi_text_slice(text, 0, from);
  /* same: a quote has bytes, so that both are never one place */
  const bool reaction = to > from && wbi_reply_is(before, "reactions") &&
                        reaction_empty(wbi_text_slice(text, to, text.length));
  return reaction ? wbi_text_slice(text, 0, 0) : text;
}

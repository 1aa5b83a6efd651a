/* SPDX-License-Identifier: MIT */
/* How long a text is, for the lint: characters, and the segments of an SMS. */
#include "liquid/lint.h"

/* Counts a character that GSM-7 does not have as the plain one that is sent for it. */
static void span_foreign(wbi_lint *lint, uint32_t from, uint32_t to) {
  char plain[8];
  wbi_writer writer = {plain, sizeof plain, 0};
  wbi_sms_change change = {0};
  const wbi_text one = wbi_text_slice(lint->source, from, to);
  wbi_sms_plain(&writer, one, &change);
  if (change.left > 0 && lint->costly_end == 0) {
    lint->costly = from;
    lint->costly_end = to;
  }
  const wbi_text sent = change.left > 0 ? one : (wbi_text){plain, writer.length};
  (void)wbi_sms_add(&lint->length.sms, sent);
}

/* Counts a text of an SMS character by character. */
static void span_sms(wbi_lint *lint, uint32_t from, uint32_t to) {
  for (size_t at = from; at < to;) {
    const size_t begin = at;
    uint32_t scalar = 0;
    if (WBI_NEVER(!wbi_utf8_next(lint->source, &at, &scalar))) return;
    if (wbi_sms_septets(scalar) == 0) {
      span_foreign(lint, (uint32_t)begin, (uint32_t)at);
    } else {
      (void)wbi_sms_add(&lint->length.sms, wbi_text_slice(lint->source, begin, at));
    }
  }
}

void wbi_lint_count(wbi_lint *lint, uint32_t from, uint32_t to) {
  const wbi_text text = wbi_text_slice(lint->source, from, to);
  lint->length.characters += (uint32_t)wbi_utf8_count(text);
  if (lint->channel->column == WBI_COLUMN_SMS) span_sms(lint, from, to);
}

void wbi_lint_longer(wbi_lint_length *length, const wbi_lint_length *other) {
  /* same: of equal lengths, it sets what is */
  if (other->characters > length->characters) length->characters = other->characters;
  wbi_sms_join(&length->sms, &other->sms);
}

/* Whether an SMS has more segments than it may: those of the policy, or what the channel's
   characters fill. */
static bool span_over(const wbi_lint *lint) {
  wb_sms sms = {.size = sizeof sms};
  const uint32_t usual = lint->channel->most / wbi_sms_room(WB_SMS_GSM7, WBI_SMS_HEADER);
  wbi_sms_bound(&lint->length.sms, WBI_SMS_HEADER, &sms);
  return sms.segments > (lint->segments > 0 ? lint->segments : usual);
}

void wbi_lint_long(wbi_lint *lint) {
  const bool sms = lint->channel->column == WBI_COLUMN_SMS;
  const bool over = sms ? span_over(lint) : lint->length.characters > lint->channel->most;
  wbi_lint_place place = {.at = lint->costly};
  if (over) wbi_lint_find_id(lint, "length.most", &lint->place, lint->place.at);
  if (lint->costly_end == 0) return;
  wbi_text_position(lint->source, place.at, &place.line, &place.column);
  wbi_lint_find_id(lint, "length.ucs2", &place, lint->costly_end);
}

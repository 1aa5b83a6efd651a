/* SPDX-License-Identifier: MIT */
/* What no message may hold: characters that cannot be seen, markup, links to elsewhere. */
#include "liquid/screen.h"

#include "liquid/bytes.h"
#include "liquid/html.h"

/* Characters of a name. */
enum { SCREEN_NAME_MOST = 80 };

/* Scalars that steer the text or do not show, apart from C0 and C1 (UTR 36, CVE-2021-42574): soft
   hyphen, direction marks, zero-width characters, line and paragraph separators, fillers, private
   use, selectors of variants, tags. */
static bool screen_hidden(uint32_t scalar) {
  static const uint32_t screen_ranges[][2] = {
      {0x00AD, 0x00AD}, {0x034F, 0x034F},   {0x061C, 0x061C},   {0x115F, 0x1160}, {0x17B4, 0x17B5},
      {0x180B, 0x180F}, {0x200B, 0x200F},   {0x2028, 0x202E},   {0x2060, 0x206F}, {0x2800, 0x2800},
      {0x3164, 0x3164}, {0xE000, 0xF8FF},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB},
      {0xFFFE, 0xFFFF}, {0xE0000, 0xE0FFF}, {0xF0000, 0x10FFFF}};
  for (size_t i = 0; WBI_ALWAYS(i < WBI_COUNT(screen_ranges)) && scalar >= screen_ranges[i][0];
       i++) {
    if (scalar <= screen_ranges[i][1]) return true;
  }
  return false;
}

/* Whether a scalar is a control character: C0, DEL, C1. */
static bool screen_control(uint32_t scalar) {
  return scalar < 0x20 || (scalar >= 0x7F && scalar < 0xA0);
}

/* Why a scalar may not stand in a template; NULL: it may. */
static const char *screen_source_reason(uint32_t scalar, bool single_line) {
  if (scalar == '\n' && single_line) return "A subject is one line; there is a line break here.";
  if (scalar == '\n' || scalar == '\t') return NULL;
  if (scalar == '\r') return "There is a carriage return here; save the text with Unix line ends.";
  if (screen_control(scalar)) return "There is a control character here; delete it.";
  if (screen_hidden(scalar)) return "There is a character here that cannot be seen; delete it.";
  return NULL;
}

/* Where an encoded word begins (RFC 2047: readers would decode it); SIZE_MAX: nowhere. */
static size_t screen_encoded_word(wbi_text text) {
  return wbi_text_find(text, WBI_TEXT("=?"), 0);
}

wb_status wbi_screen_source(wbi_text source, const wbi_channel *channel, wb_error *error) {
  for (size_t at = 0; at < source.length;) {
    const size_t from = at;
    uint32_t scalar = 0;
    const char *reason = "The text is not UTF-8 here; save the file as UTF-8.";
    if (wbi_utf8_next(source, &at, &scalar)) {
      reason = screen_source_reason(scalar, channel->single_line);
    }
    if (reason != NULL) return wbi_fail_at(error, WB_E_INVALID, source, from, reason);
  }
  const size_t encoded = screen_encoded_word(source);
  if (!channel->single_line || encoded == SIZE_MAX) return WB_OK;
  return wbi_fail_at(error, WB_E_INVALID, source, encoded,
                     "A subject cannot have =?; mail programs would read it as code.");
}

/* Why a scalar, and what follows it, may not stand in a value; NULL: it may. */
static const char *screen_scalar_reason(uint32_t scalar, wbi_text rest) {
  if (scalar == '\n' || scalar == '\r') return "The value has a line break.";
  if (screen_control(scalar)) return "The value has a control character.";
  if (screen_hidden(scalar)) return "The value has a character that cannot be seen.";
  if (scalar == '<' || scalar == '>') return "The value has a < or >.";
  if (scalar != '{' || rest.length == 0) return NULL;
  return rest.data[0] == '{' || rest.data[0] == '%' ? "The value has template braces." : NULL;
}

const char *wbi_screen_reason(wbi_text value) {
  for (size_t at = 0; at < value.length;) {
    uint32_t scalar = 0;
    if (!wbi_utf8_next(value, &at, &scalar)) return "The value is not UTF-8.";
    const char *reason = screen_scalar_reason(scalar, wbi_text_slice(value, at, value.length));
    if (reason != NULL) return reason;
  }
  return NULL;
}

/* What a value of each class must not hold. */
static const uint8_t screen_checks[WB_CLASS_SEALED + 1] = {
    [WB_CLASS_PUBLIC] = WBI_SCREEN_NUMBERS,
    [WB_CLASS_NAME] = WBI_SCREEN_NUMBERS | WBI_SCREEN_CONTACTS | WBI_SCREEN_DATES | WBI_SCREEN_NAME,
    [WB_CLASS_LINK] = WBI_SCREEN_LINK,
    [WB_CLASS_SCHEDULING] = WBI_SCREEN_NUMBERS | WBI_SCREEN_CONTACTS,
    [WB_CLASS_RECALL] = WBI_SCREEN_NUMBERS | WBI_SCREEN_CONTACTS | WBI_SCREEN_DATES,
    [WB_CLASS_CLINICAL] = WBI_SCREEN_NUMBERS | WBI_SCREEN_CONTACTS | WBI_SCREEN_DATES,
    [WB_CLASS_FINANCIAL] = WBI_SCREEN_NUMBERS | WBI_SCREEN_CONTACTS | WBI_SCREEN_DATES,
    [WB_CLASS_RELATION] = WBI_SCREEN_NUMBERS | WBI_SCREEN_CONTACTS | WBI_SCREEN_DATES,
};

enum {
  SCREEN_DIGITS_LEAST = 9, /* of a social security number */
  SCREEN_DATE_LEAST = 4    /* digits of a date: 1/2/60 */
};

/* How many digits a value has. same: of what has none, only sooner */
static uint32_t screen_digits(wbi_text value, uint32_t kinds) {
  uint32_t digits = 0;
  if ((kinds & WBI_BYTE_DIGIT) == 0) return 0;
  for (size_t i = 0; i < value.length; i++)
    digits += wbi_is_digit(value.data[i]);
  return digits;
}

/* Whether what the checks look for could be there at all, by the bytes. same: what is looked at
   though nothing can be there only takes longer */
static bool screen_worth(uint32_t checks, uint32_t kinds, wbi_text value) {
  const uint32_t unusual = WBI_BYTE_DIGIT | WBI_BYTE_SIGN | WBI_BYTE_MARK;
  const bool contacts = (checks & WBI_SCREEN_CONTACTS) != 0;
  if ((kinds & WBI_BYTE_HIGH) != 0) return true;
  if (contacts && (kinds & WBI_BYTE_HOST) != 0) return true;
  if (contacts && (kinds & unusual) != 0 && value.length > WBI_PLAIN_MOST) return true;
  const uint32_t digits = screen_digits(value, kinds);
  return digits >= SCREEN_DIGITS_LEAST ||
         ((checks & WBI_SCREEN_DATES) != 0 && digits >= SCREEN_DATE_LEAST);
}

/* Why what a value spells is not fit; NULL: it is. */
static const char *screen_plain_reason(wbi_text value, uint32_t checks) {
  wbi_plain plain;
  if (!wbi_screen_plain(value, &plain)) return "The value is longer than 500 characters.";
  const char *reason = wbi_screen_numbers(&plain, checks);
  if (reason == NULL && (checks & WBI_SCREEN_CONTACTS) != 0) reason = wbi_screen_addresses(&plain);
  if (reason == NULL && (checks & WBI_SCREEN_NAME) != 0) reason = wbi_screen_name(value, &plain);
  return reason;
}

/* Why a name is not fit; NULL: it is. Plain words need no canonical form. same: what is as long has
   its characters counted, and what is no plain word is looked at closely; both only take longer */
static const char *screen_name_reason(wbi_text value, uint32_t kinds) {
  if (value.length > SCREEN_NAME_MOST && wbi_utf8_count(value) > SCREEN_NAME_MOST) {
    return "The name is longer than 80 characters.";
  }
  if (kinds == 0 && !wbi_screen_note(value)) return NULL;
  const bool words = (kinds & (WBI_BYTE_DIGIT | WBI_BYTE_SIGN | WBI_BYTE_CLOSER)) == 0;
  return words ? wbi_screen_words(value) : screen_plain_reason(value, screen_checks[WB_CLASS_NAME]);
}

/* Why a link is not fit; NULL: it is. same: a usual one is fit either way */
static const char *screen_link_reason(const wb_policy *policy, wbi_text link, uint32_t kinds) {
  const bool whole = (kinds & (WBI_BYTE_ENCODE | WBI_BYTE_CLOSER)) == 0;
  if (whole && wbi_link_usual(policy, link)) return NULL;
  return wbi_link_reason(policy, 0, link);
}

/* Why a value is not fit for its class; NULL: it is. */
static const char *screen_class_reason(const wb_policy *policy, int32_t class_, wbi_text value,
                                       uint32_t kinds) {
  const uint32_t checks = screen_checks[class_];
  const bool name = (checks & WBI_SCREEN_NAME) != 0;
  const char *reason = NULL;
  if ((kinds & WBI_BYTE_CLOSER) != 0) reason = wbi_screen_reason(value);
  if (reason != NULL || checks == 0) return reason;
  if (checks == WBI_SCREEN_LINK) return screen_link_reason(policy, value, kinds);
  if (name) return screen_name_reason(value, kinds);
  return screen_worth(checks, kinds, value) ? screen_plain_reason(value, checks) : NULL;
}

wb_status wbi_screen_value(const wb_policy *policy, const wbi_channel *channel,
                           const wbi_field *field, wbi_text value, wbi_screened *seen,
                           wb_error *error) {
  const uint32_t kinds = wbi_bytes_kinds(value);
  const char *reason = screen_class_reason(policy, field->class_, value, kinds);
  if (reason == NULL && channel->single_line && screen_encoded_word(value) != SIZE_MAX) {
    reason = "The value has =?, which a subject cannot have.";
  }
  if (reason != NULL) return wbi_fail_path(error, WB_E_POLICY, field->name, reason);
  if (seen != NULL) *seen = (wbi_screened){value, kinds, field->class_ == WB_CLASS_LINK};
  return WB_OK;
}

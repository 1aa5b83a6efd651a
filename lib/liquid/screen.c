/* SPDX-License-Identifier: MIT */
/* What no message may hold: characters that cannot be seen, markup, links to elsewhere. */
#include "liquid/liquid_private.h"

/* Bytes of a name; the longest names on record are a third of it. */
enum { SCREEN_NAME_MOST = 200 };

/* Scalars that steer the text or do not show, apart from C0 and C1 (UTR 36, CVE-2021-42574): soft
   hyphen, direction marks, zero-width characters, line and paragraph separators, tags. */
static bool screen_hidden(uint32_t scalar) {
  static const uint32_t screen_ranges[][2] = {{0x00AD, 0x00AD}, {0x061C, 0x061C},  {0x115F, 0x1160},
                                              {0x180E, 0x180E}, {0x200B, 0x200F},  {0x2028, 0x202E},
                                              {0x2060, 0x206F}, {0x3164, 0x3164},  {0xFEFF, 0xFEFF},
                                              {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F}};
  if (scalar < screen_ranges[0][0]) return false;
  for (size_t i = 0; i < WBI_COUNT(screen_ranges); i++) {
    if (scalar >= screen_ranges[i][0] && scalar <= screen_ranges[i][1]) return true;
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

/* Where an encoded word begins (RFC 2047: readers would decode it); the length: nowhere. */
static size_t screen_encoded_word(wbi_text text) {
  size_t at = 0;
  while (at < text.length &&
         !wbi_text_starts(wbi_text_slice(text, at, text.length), WBI_TEXT("=?")))
    at++;
  return at;
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
  if (!channel->single_line || encoded == source.length) return WB_OK;
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

/* Why the characters of a value are not fit; NULL: they are. */
static const char *screen_text_reason(wbi_text value) {
  for (size_t at = 0; at < value.length;) {
    uint32_t scalar = 0;
    if (!wbi_utf8_next(value, &at, &scalar)) return "The value is not UTF-8.";
    const char *reason = screen_scalar_reason(scalar, wbi_text_slice(value, at, value.length));
    if (reason != NULL) return reason;
  }
  return NULL;
}

/* Why a link is not fit; NULL: it is. */
static const char *screen_link_reason(const wb_policy *policy, wbi_text link) {
  const wbi_text scheme = WBI_TEXT("https://");
  if (!wbi_text_starts(link, scheme)) return "The link does not begin with https://.";
  size_t end = scheme.length;
  while (end < link.length && memchr("/?#", link.data[end], 3) == NULL)
    end++;
  for (size_t i = 0; i < link.length; i++) {
    const unsigned char c = (unsigned char)link.data[i];
    if (c <= ' ' || c >= 0x7F || c == '\\' || c == '"') {
      return "The link has a character that a link cannot have.";
    }
  }
  const wbi_text host = wbi_text_slice(link, scheme.length, end);
  if (host.length == 0 || memchr(host.data, '@', host.length) != NULL) {
    return "The link names no host, or a user before it.";
  }
  return wbi_policy_host(policy, host) ? NULL : "The link leads to a host that is not listed.";
}

wb_status wbi_screen_value(const wb_policy *policy, const wbi_channel *channel,
                           const wbi_field *field, wbi_text value, wb_error *error) {
  const char *reason = screen_text_reason(value);
  if (reason == NULL && field->class_ == WB_CLASS_NAME && value.length > SCREEN_NAME_MOST) {
    reason = "The name is longer than 200 bytes.";
  }
  if (reason == NULL && field->class_ == WB_CLASS_LINK) reason = screen_link_reason(policy, value);
  if (reason == NULL && channel->single_line && screen_encoded_word(value) < value.length) {
    reason = "The value has =?, which a subject cannot have.";
  }
  return reason == NULL ? WB_OK : wbi_fail_path(error, WB_E_POLICY, field->name, reason);
}

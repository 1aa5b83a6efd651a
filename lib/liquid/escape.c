/* SPDX-License-Identifier: MIT */
/*
 * Escapers of HTML and of links. Most values hold nothing to escape, so they are looked through in
 * blocks and copied in spans.
 */
#include "liquid/html.h"

enum { ESCAPE_BLOCK = 16 };

/* Whether a byte is written as a reference in HTML: & < > " ' ` = and NUL. */
static bool escape_special(uint8_t c) {
  return (c == '&') | (c == '<') | (c == '>') | (c == '"') | (c == '\'') | (c == '`') | (c == '=') |
         (c == 0);
}

/* Whether any byte of a block is special. Without a branch inside: compilers make vectors of it. */
static bool escape_block(const char *block) {
  uint8_t bytes[ESCAPE_BLOCK], special = 0;
  memcpy(bytes, block, sizeof bytes);
  for (size_t i = 0; i < sizeof bytes; i++)
    special |= escape_special(bytes[i]);
  return special != 0;
}

/* Where the next special byte is; the length: there is none. */
static size_t escape_next(wbi_text text, size_t at) {
  while (text.length - at >= ESCAPE_BLOCK && !escape_block(text.data + at))
    at += ESCAPE_BLOCK;
  while (at < text.length && !escape_special((uint8_t)text.data[at]))
    at++;
  return at;
}

/* What is written for a special byte. A NUL is U+FFFD, as HTML itself would have it. */
static wbi_text escape_reference(char c) {
  switch (c) {
  case '&': return WBI_TEXT("&amp;");
  case '<': return WBI_TEXT("&lt;");
  case '>': return WBI_TEXT("&gt;");
  case '"': return WBI_TEXT("&quot;");
  case '\'': return WBI_TEXT("&#39;");
  case '`': return WBI_TEXT("&#96;");
  case '=': return WBI_TEXT("&#61;");
  default: return WBI_TEXT("\xEF\xBF\xBD");
  }
}

/* Writes text. */
static void escape_text(wbi_writer *writer, wbi_text text) {
  for (size_t from = 0; from < text.length;) {
    const size_t at = escape_next(text, from);
    wbi_put_text(writer, wbi_text_slice(text, from, at));
    if (at < text.length) wbi_put_text(writer, escape_reference(text.data[at]));
    from = at + 1;
  }
}

/* Letters, digits and - . _ ~ stand for themselves anywhere in a link (RFC 3986, 2.3). */
static bool escape_unreserved(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (c >= '0' && c <= '9') || memchr("-._~", c, 4) != NULL;
}

/* Whether a percent sign and two hex digits stand at an offset. */
static bool escape_percent(wbi_text text, size_t at) {
  static const char digits[] = "0123456789abcdefABCDEF";
  if (text.length - at < 3 || text.data[at] != '%') return false;
  return memchr(digits, text.data[at + 1], sizeof digits - 1) != NULL &&
         memchr(digits, text.data[at + 2], sizeof digits - 1) != NULL;
}

/* Writes a piece of a link: characters other than `kept` become bytes after percent signs. What is
   written so already stays, where the percent sign is among the kept. */
static void escape_link(wbi_writer *writer, wbi_text text, wbi_text kept) {
  for (size_t i = 0; i < text.length; i++) {
    const char c = text.data[i];
    const uint8_t byte = (uint8_t)c;
    if (escape_unreserved(c) || (c != '%' && memchr(kept.data, c, kept.length) != NULL) ||
        (kept.data[0] == '%' && escape_percent(text, i))) {
      wbi_put_text(writer, c == '&' ? WBI_TEXT("&amp;") : (wbi_text){&c, 1});
    } else {
      wbi_put_char(writer, '%');
      wbi_put_hex(writer, &byte, 1);
    }
  }
}

/* Why a link that no policy looks at is not fit: what stands before the first colon, unless a slash
   comes first, must be a scheme that runs no code. */
static const char *escape_scheme(wbi_text link) {
  size_t end = 0;
  while (end < link.length && link.data[end] != ':' && link.data[end] != '/')
    end++;
  if (end == link.length || link.data[end] == '/') return NULL;
  const wbi_text scheme = wbi_text_slice(link, 0, end);
  const bool fit = wbi_text_equal_fold(scheme, WBI_TEXT("https")) ||
                   wbi_text_equal_fold(scheme, WBI_TEXT("http")) ||
                   wbi_text_equal_fold(scheme, WBI_TEXT("mailto"));
  return fit ? NULL : "The link does not begin with https://.";
}

/* Writes a piece of a link, or all of one. */
static const char *escape_url(wbi_writer *writer, wbi_escape escape, const wb_policy *policy,
                              wbi_text value) {
  if (escape == WBI_ESCAPE_PATH) {
    escape_link(writer, value, WBI_TEXT("%/:@!$&*+,;="));
  } else if (escape == WBI_ESCAPE_PART) {
    escape_link(writer, value, WBI_TEXT("~"));
  } else if (escape == WBI_ESCAPE_ADDRESS) {
    escape_link(writer, value, WBI_TEXT("@+()"));
  } else {
    const uint32_t may = escape == WBI_ESCAPE_LINK ? WBI_LINK_ADDRESS : 0;
    const char *reason =
        policy != NULL ? wbi_link_reason(policy, may, value) : escape_scheme(value);
    if (reason != NULL) return reason;
    escape_link(writer, value, WBI_TEXT("%/:@!$&*+,;=?#[]"));
  }
  return NULL;
}

/* A link that is HTML text already, as it was before. */
static const char *escape_undone(wbi_writer *writer, wbi_text value) {
  for (size_t at = 0; at < value.length;) {
    uint32_t scalar = 0;
    char bytes[4];
    if (value.data[at] == '&' && wbi_escape_reference(value, &at, &scalar)) {
      wbi_put_text(writer, (wbi_text){bytes, wbi_utf8_put(bytes, scalar)});
    } else {
      wbi_put_char(writer, value.data[at++]);
    }
  }
  return writer->length <= writer->capacity ? NULL : "The link is longer than 2,048 bytes.";
}

const char *wbi_escape_put(wbi_writer *writer, wbi_escape escape, const wb_policy *policy,
                           wbi_text value, bool escaped) {
  if (escape == WBI_ESCAPE_NONE || (escape == WBI_ESCAPE_TEXT && escaped)) {
    wbi_put_text(writer, value);
    return NULL;
  }
  if (escape == WBI_ESCAPE_TEXT) {
    escape_text(writer, value);
    return NULL;
  }
  if (!escaped) return escape_url(writer, escape, policy, value);
  char link[WBI_LINK_MOST];
  wbi_writer undone = {link, sizeof link, 0};
  const char *reason = escape_undone(&undone, value);
  if (reason != NULL) return reason;
  return escape_url(writer, escape, policy, (wbi_text){link, undone.length});
}

/* What a digit stands for; 16: it is none. */
static uint32_t escape_digit(char c) {
  const char low = (char)(c | 0x20);
  if (c >= '0' && c <= '9') return (uint32_t)(c - '0');
  return low >= 'a' && low <= 'f' ? (uint32_t)(low - 'a' + 10) : 16;
}

/* The number of a reference such as &#39; or &#x27; and where it ends; 0: it is none. */
static uint32_t escape_number(wbi_text text, size_t *at) {
  const bool hex = *at < text.length && (text.data[*at] | 0x20) == 'x';
  const uint32_t base = hex ? 16 : 10;
  uint32_t number = 0;
  size_t i = *at + (hex ? 1 : 0);
  for (; i < text.length && number <= 0x10FFFF && escape_digit(text.data[i]) < base; i++)
    number = number * base + escape_digit(text.data[i]);
  if (i == text.length || text.data[i] != ';') return 0;
  *at = i + 1;
  return number;
}

/* The scalar of a reference by name, and where it ends; 0: not known. */
static uint32_t escape_name(wbi_text text, size_t *at) {
  static const struct {
    const char *name;
    uint32_t scalar;
  } escape_names[] = {
      {"amp;", '&'},      {"lt;", '<'},       {"gt;", '>'},       {"quot;", '"'},
      {"apos;", '\''},    {"nbsp;", 0xA0},    {"copy;", 0xA9},    {"reg;", 0xAE},
      {"trade;", 0x2122}, {"middot;", 0xB7},  {"bull;", 0x2022},  {"hellip;", 0x2026},
      {"ndash;", 0x2013}, {"mdash;", 0x2014}, {"lsquo;", 0x2018}, {"rsquo;", 0x2019},
      {"ldquo;", 0x201C}, {"rdquo;", 0x201D}, {"laquo;", 0xAB},   {"raquo;", 0xBB},
      {"iexcl;", 0xA1},   {"iquest;", 0xBF},  {"ntilde;", 0xF1},  {"Ntilde;", 0xD1},
      {"aacute;", 0xE1},  {"eacute;", 0xE9},  {"iacute;", 0xED},  {"oacute;", 0xF3},
      {"uacute;", 0xFA},  {"uuml;", 0xFC},    {"deg;", 0xB0},     {"times;", 0xD7},
      {"rarr;", 0x2192},  {"larr;", 0x2190},  {"euro;", 0x20AC},  {"cent;", 0xA2},
      {"pound;", 0xA3},   {"frac12;", 0xBD},  {"zwnj;", 0x200C},  {"shy;", 0xAD},
  };
  const wbi_text rest = wbi_text_slice(text, *at, text.length);
  for (size_t i = 0; i < WBI_COUNT(escape_names); i++) {
    const wbi_text name = wbi_text_of(escape_names[i].name);
    if (!wbi_text_starts(rest, name)) continue;
    *at += name.length;
    return escape_names[i].scalar;
  }
  return 0;
}

bool wbi_escape_reference(wbi_text text, size_t *at, uint32_t *scalar) {
  size_t end = *at + 1;
  uint32_t found = 0;
  if (end < text.length && text.data[end] == '#') {
    end++;
    found = escape_number(text, &end);
  } else {
    found = escape_name(text, &end);
  }
  if (found == 0 || found > 0x10FFFF || (found >= 0xD800 && found <= 0xDFFF)) return false;
  *at = end;
  *scalar = found;
  return true;
}

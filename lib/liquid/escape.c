/* SPDX-License-Identifier: MIT */
/*
 * Escapers of HTML and of links. Most values hold nothing to escape, so they are looked through by
 * table, eight bytes at a time, and copied in spans.
 */
#include "liquid/html.h"

/* Bytes that are written as a reference in HTML. */
static const uint8_t escape_special[256] = {
    ['\0'] = 1, ['&'] = 1, ['<'] = 1, ['>'] = 1, ['"'] = 1, ['\''] = 1, ['`'] = 1, ['='] = 1};

size_t wbi_escape_next(wbi_text text, size_t at, const uint8_t special[256]) {
  for (; text.length - at >= 8; at += 8) { /* same: eight are looked at one by one, too */
    const uint8_t *c = (const uint8_t *)text.data + at;
    if ((special[c[0]] | special[c[1]] | special[c[2]] | special[c[3]] | special[c[4]] |
         special[c[5]] | special[c[6]] | special[c[7]]) != 0)
      break;
  }
  while (at < text.length && special[(uint8_t)text.data[at]] == 0)
    at++;
  return at;
}

wbi_text wbi_escape_written(char c) {
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
  for (size_t from = 0; from < text.length;) { /* same: at the end nothing is written */
    const size_t at = wbi_escape_next(text, from, escape_special);
    wbi_put_text(writer, wbi_text_slice(text, from, at));
    if (at < text.length) wbi_put_text(writer, wbi_escape_written(text.data[at]));
    from = at + 1;
  }
}

/* Whether a percent sign and two hex digits stand at an offset. */
static bool escape_percent(wbi_text text, size_t at) {
  static const char digits[] = "0123456789abcdefABCDEF";
  if (text.length - at < 3 || text.data[at] != '%') return false;
  return memchr(digits, text.data[at + 1], sizeof digits - 1) != NULL &&
         memchr(digits, text.data[at + 2], sizeof digits - 1) != NULL;
}

/* Writes a piece of a link: characters that are not of its kind become bytes after percent signs.
   In paths and whole links & stays, and what is written with a percent sign already. */
static void escape_link(wbi_writer *writer, wbi_text text, uint8_t kind) {
  const bool normal = (kind & (WBI_LINK_PATH | WBI_LINK_ANY)) != 0;
  for (size_t at = 0;; at++) {
    const size_t from = at;
    while (at < text.length && (wbi_link_kind(text.data[at]) & kind) != 0)
      at++;
    wbi_put_text(writer, wbi_text_slice(text, from, at));
    if (at == text.length) return;
    const uint8_t byte = (uint8_t)text.data[at];
    if (normal && byte == '&') {
      wbi_put_text(writer, WBI_TEXT("&amp;"));
      continue;
    }
    wbi_put_char(writer, '%');
    if (!normal || !escape_percent(text, at)) wbi_put_hex(writer, &byte, 1);
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
    escape_link(writer, value, WBI_LINK_PATH);
  } else if (escape == WBI_ESCAPE_PART) {
    escape_link(writer, value, WBI_LINK_PART);
  } else if (escape == WBI_ESCAPE_ADDRESS) {
    escape_link(writer, value, WBI_LINK_AFTER);
  } else {
    const uint32_t may = escape == WBI_ESCAPE_LINK ? WBI_LINK_ADDRESS : 0;
    const char *reason =
        policy != NULL ? wbi_link_reason(policy, may, value) : escape_scheme(value);
    if (reason != NULL) return reason;
    escape_link(writer, value, WBI_LINK_ANY);
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

/* The number of a reference such as &#39; or &#x27; and where it ends; 0: it is none. */
static uint32_t escape_number(wbi_text text, size_t *at) {
  const bool hex = *at < text.length && (text.data[*at] | 0x20) == 'x';
  const uint32_t base = hex ? 16 : 10;
  uint32_t number = 0;
  size_t i = *at + (hex ? 1 : 0);
  /* same: with a digit more the largest is too large */
  for (; i < text.length && number <= 0x10FFFF && wbi_digit(text.data[i]) < base; i++)
    number = number * base + wbi_digit(text.data[i]);
  if (i == text.length || text.data[i] != ';') return 0;
  *at = i + 1;
  return number;
}

/* The names of U+00A0 to U+00FF, in order. */
static const char *const escape_latin[] = {
    "nbsp;",   "iexcl;",  "cent;",   "pound;",  "curren;", "yen;",    "brvbar;", "sect;",
    "uml;",    "copy;",   "ordf;",   "laquo;",  "not;",    "shy;",    "reg;",    "macr;",
    "deg;",    "plusmn;", "sup2;",   "sup3;",   "acute;",  "micro;",  "para;",   "middot;",
    "cedil;",  "sup1;",   "ordm;",   "raquo;",  "frac14;", "frac12;", "frac34;", "iquest;",
    "Agrave;", "Aacute;", "Acirc;",  "Atilde;", "Auml;",   "Aring;",  "AElig;",  "Ccedil;",
    "Egrave;", "Eacute;", "Ecirc;",  "Euml;",   "Igrave;", "Iacute;", "Icirc;",  "Iuml;",
    "ETH;",    "Ntilde;", "Ograve;", "Oacute;", "Ocirc;",  "Otilde;", "Ouml;",   "times;",
    "Oslash;", "Ugrave;", "Uacute;", "Ucirc;",  "Uuml;",   "Yacute;", "THORN;",  "szlig;",
    "agrave;", "aacute;", "acirc;",  "atilde;", "auml;",   "aring;",  "aelig;",  "ccedil;",
    "egrave;", "eacute;", "ecirc;",  "euml;",   "igrave;", "iacute;", "icirc;",  "iuml;",
    "eth;",    "ntilde;", "ograve;", "oacute;", "ocirc;",  "otilde;", "ouml;",   "divide;",
    "oslash;", "ugrave;", "uacute;", "ucirc;",  "uuml;",   "yacute;", "thorn;",  "yuml;"};

static const struct {
  const char *name;
  uint32_t scalar;
} escape_names[] = {
    {"amp;", '&'},      {"lt;", '<'},       {"gt;", '>'},       {"quot;", '"'},
    {"apos;", '\''},    {"trade;", 0x2122}, {"bull;", 0x2022},  {"hellip;", 0x2026},
    {"ndash;", 0x2013}, {"mdash;", 0x2014}, {"lsquo;", 0x2018}, {"rsquo;", 0x2019},
    {"ldquo;", 0x201C}, {"rdquo;", 0x201D}, {"rarr;", 0x2192},  {"larr;", 0x2190},
    {"euro;", 0x20AC},  {"ensp;", 0x2002},  {"emsp;", 0x2003},  {"thinsp;", 0x2009},
    {"zwnj;", 0x200C},  {"zwj;", 0x200D},
};

/* The scalar of a reference by name, and where it ends; 0: not known. */
static uint32_t escape_name(wbi_text text, size_t *at) {
  const wbi_text rest = wbi_text_slice(text, *at, text.length);
  for (size_t i = 0; i < WBI_COUNT(escape_names) + WBI_COUNT(escape_latin); i++) {
    const size_t other = i - WBI_COUNT(escape_names);
    const bool latin = i >= WBI_COUNT(escape_names);
    const wbi_text name = wbi_text_of(latin ? escape_latin[other] : escape_names[i].name);
    if (!wbi_text_starts(rest, name)) continue;
    *at += name.length;
    return latin ? 0xA0 + (uint32_t)other : escape_names[i].scalar;
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

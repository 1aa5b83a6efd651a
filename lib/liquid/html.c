/* SPDX-License-Identifier: MIT */
/*
 * Where in HTML a text stands. Elements and attributes are those of mail and plain pages, by list;
 * what else a browser knows runs code, loads what nobody checked, or asks for input. A tag's name,
 * an attribute's name, a comment, a style and the host of a link are read in one go, so that
 * neither a value nor a branch can stand in them, and the state between two runs is small.
 */
#include "liquid/html.h"

typedef enum html_place { HTML_TEXT, HTML_TITLE, HTML_TAG, HTML_VALUE } html_place;

/* How far a link is read. */
typedef enum html_part {
  HTML_START,
  HTML_WHOLE, /* a value was all of it so far */
  HTML_PATH,
  HTML_QUERY, /* or a fragment */
  HTML_ADDRESS
} html_part;

/* A run of literal text while it is read. */
typedef struct html_reader {
  wbi_html *html;
  const wb_policy *policy;
  wbi_text source;
  size_t at, to;
  wb_error *error;
} html_reader;

static bool html_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static bool html_name_character(char c) {
  return wbi_is_letter(c) || wbi_is_digit(c) || c == '-' || c == ':' || c == '_' || c == '.';
}

static wb_status html_refuse(const html_reader *reader, size_t at, const char *message) {
  return wbi_fail_at(reader->error, WB_E_SYNTAX, reader->source, at, message);
}

static wb_status html_refuse_name(const html_reader *reader, size_t at, const char *before,
                                  wbi_text name, const char *after) {
  wbi_fail_name(reader->error, WB_E_SYNTAX, before, name, after);
  wbi_error_place(reader->error, reader->source, at);
  return WB_E_SYNTAX;
}

/* What is left of the run. */
static wbi_text html_left(const html_reader *reader) {
  return wbi_text_slice(reader->source, reader->at, reader->to);
}

/* Whether a text stands next, in either case. */
static bool html_next_is(const html_reader *reader, wbi_text text) {
  return wbi_text_equal_fold(wbi_text_slice(html_left(reader), 0, text.length), text);
}

/* Where a character stands next in the run; its end: nowhere. */
static size_t html_find(const html_reader *reader, char c) {
  const char *const data = reader->source.data;
  const char *found = memchr(data + reader->at, c, reader->to - reader->at);
  return found != NULL ? (size_t)(found - data) : reader->to;
}

static void html_skip_space(html_reader *reader) {
  while (reader->at < reader->to && html_space(reader->source.data[reader->at]))
    reader->at++;
}

/* Reads a name; empty: none stands here. */
static wbi_text html_name(html_reader *reader) {
  const size_t from = reader->at;
  while (reader->at < reader->to && html_name_character(reader->source.data[reader->at]))
    reader->at++;
  return wbi_text_slice(reader->source, from, reader->at);
}

static void html_enter(html_reader *reader, html_place place, size_t open) {
  *reader->html = (wbi_html){.open = (uint32_t)open, .place = (uint8_t)place};
}

/* Where the run ends, no reference may be half written: a value would become part of it. */
static wb_status html_half_reference(const html_reader *reader) {
  size_t at = reader->to;
  if (reader->to == reader->source.length) return WB_OK;
  while (at > reader->at && html_name_character(reader->source.data[at - 1]))
    at--;
  if (at > reader->at && reader->source.data[at - 1] == '#') at--;
  if (at == reader->at || reader->source.data[at - 1] != '&') return WB_OK;
  return html_refuse(reader, at - 1, "Write &amp; for this &.");
}

/* ---- elements ----------------------------------------------------------------------------- */

/* Reads the name of an element. */
static wb_status html_element(html_reader *reader, uint8_t *element) {
  const size_t from = reader->at;
  const wbi_text name = html_name(reader);
  if (name.length == 0) {
    return html_refuse(reader, from,
                       "After < comes the name of a tag; for a < in the text write &lt;.");
  }
  const char *why = wbi_html_element(name, element);
  if (why == NULL) return WB_OK;
  return why[0] != '\0'
             ? html_refuse(reader, from, why)
             : html_refuse_name(reader, from, "The element '", name, "' is not for messages.");
}

/* Reads a comment. Conditional ones would be HTML for one program and nothing for the others. */
static wb_status html_comment(html_reader *reader) {
  const size_t open = reader->at;
  reader->at += 4;
  const wbi_text rest = html_left(reader);
  if (wbi_text_starts(rest, WBI_TEXT(">")) || wbi_text_starts(rest, WBI_TEXT("->"))) {
    return html_refuse(reader, open, "A comment of HTML cannot begin with >.");
  }
  if (wbi_text_starts(rest, WBI_TEXT("["))) {
    return html_refuse(reader, open, "A comment with a condition is not for messages.");
  }
  while (reader->at < reader->to && !html_next_is(reader, WBI_TEXT("--")))
    reader->at++;
  if (!html_next_is(reader, WBI_TEXT("-->"))) {
    return html_refuse(reader, reader->at < reader->to ? reader->at : open,
                       "A comment of HTML is text without -- between <!-- and -->; for one with "
                       "values use {% comment %}.");
  }
  reader->at += 3;
  return WB_OK;
}

/* Reads <!doctype …> or a comment. */
static wb_status html_declaration(html_reader *reader) {
  if (html_next_is(reader, WBI_TEXT("<!--"))) return html_comment(reader);
  const size_t end = html_find(reader, '>');
  if (!html_next_is(reader, WBI_TEXT("<!doctype html")) || end == reader->to) {
    return html_refuse(reader, reader->at, "After <! comes doctype html, or -- and a comment.");
  }
  reader->at = end + 1;
  return WB_OK;
}

/* Reads a closing tag. */
static wb_status html_close(html_reader *reader) {
  const size_t open = reader->at;
  uint8_t element = 0;
  reader->at += 2;
  const wb_status status = html_element(reader, &element);
  if (status != WB_OK) return status;
  html_skip_space(reader);
  if (reader->at == reader->to || reader->source.data[reader->at] != '>') {
    return html_refuse(reader, open, "This closing tag is not closed by >.");
  }
  reader->at++;
  html_enter(reader, HTML_TEXT, 0);
  return WB_OK;
}

/* Reads what begins with < in text. */
static wb_status html_markup(html_reader *reader) {
  const size_t open = reader->at;
  const char next = open + 1 < reader->to ? reader->source.data[open + 1] : '\0';
  if (next == '!') return html_declaration(reader);
  if (next == '/') return html_close(reader);
  uint8_t element = 0;
  reader->at++;
  const wb_status status = html_element(reader, &element);
  if (status != WB_OK) return status;
  html_enter(reader, HTML_TAG, open);
  reader->html->element = element;
  return WB_OK;
}

/* Text between tags, or in a title, which holds no other tag than its closing one. */
static wb_status html_text(html_reader *reader) {
  const bool title = reader->html->place == HTML_TITLE;
  const size_t at = html_find(reader, '<');
  const wb_status status = at == reader->to ? html_half_reference(reader) : WB_OK;
  reader->at = at;
  if (at == reader->to) return status;
  if (!title) return html_markup(reader);
  if (html_next_is(reader, WBI_TEXT("</title"))) return html_close(reader);
  return html_refuse(reader, at, "A title holds text alone; for a < write &lt;.");
}

/* ---- styles ------------------------------------------------------------------------------- */

/* Refuses CSS that loads something or is written so that it cannot be looked through. */
static wb_status html_css(const html_reader *reader, size_t from, size_t to) {
  static const char *const html_css_refused[] = {"url(", "@import", "expression(", "\\"};
  const wbi_text css = wbi_text_slice(reader->source, from, to);
  for (size_t at = 0; at < css.length; at++) {
    for (size_t i = 0; i < WBI_COUNT(html_css_refused); i++) {
      const wbi_text word = wbi_text_of(html_css_refused[i]);
      if (!wbi_text_equal_fold(wbi_text_slice(css, at, at + word.length), word)) continue;
      return html_refuse_name(reader, from + at, "A style cannot have '", word,
                              "': it loads nothing and hides nothing.");
    }
  }
  return WB_OK;
}

/* Reads the style sheet after <style>, and its closing tag. */
static wb_status html_style(html_reader *reader) {
  const size_t from = reader->at;
  while (reader->at < reader->to && !html_next_is(reader, WBI_TEXT("</style")))
    reader->at++;
  const wb_status status = html_css(reader, from, reader->at);
  if (status != WB_OK) return status;
  if (reader->at == reader->to) {
    return html_refuse(reader, reader->html->open,
                       "The style that begins here must be closed, and hold no braces of Liquid.");
  }
  return html_close(reader);
}

/* ---- tags and attributes ------------------------------------------------------------------ */

/* The end of a tag. */
static wb_status html_tag_end(html_reader *reader) {
  const uint8_t element = reader->html->element;
  const size_t open = reader->html->open;
  reader->at++;
  html_enter(reader, element == WBI_HTML_TITLE_ELEMENT ? HTML_TITLE : HTML_TEXT, open);
  return element == WBI_HTML_STYLE_ELEMENT ? html_style(reader) : WB_OK;
}

/* Why an attribute is refused. */
static wb_status html_attribute_refused(const html_reader *reader, size_t at, wbi_text name) {
  if (wbi_text_equal_fold(wbi_text_slice(name, 0, 2), WBI_TEXT("on"))) {
    return html_refuse(reader, at, "A message runs no script.");
  }
  return html_refuse_name(reader, at, "The attribute '", name, "' is not for this tag.");
}

/* Reads an attribute up to the quote that opens its value. */
static wb_status html_attribute(html_reader *reader) {
  const size_t from = reader->at;
  const wbi_text name = html_name(reader);
  if (name.length == 0 || !reader->html->apart) {
    return html_refuse(reader, from, "Here > or a blank and an attribute must come.");
  }
  const wbi_html_kind kind = wbi_html_attribute(name, reader->html->element);
  if (kind == WBI_HTML_FORBIDDEN) return html_attribute_refused(reader, from, name);
  reader->html->apart = 0;
  if (reader->at == reader->to || reader->source.data[reader->at] != '=') return WB_OK;
  reader->at++;
  const char quote = reader->at < reader->to ? reader->source.data[reader->at] : '\0';
  if (quote != '"' && quote != '\'') {
    return html_refuse(reader, from, "The value of this attribute must stand in quotes.");
  }
  reader->html->place = HTML_VALUE;
  reader->html->kind = (uint8_t)kind;
  reader->html->quote = (uint8_t)quote;
  reader->at++;
  return WB_OK;
}

static wb_status html_tag(html_reader *reader) {
  const char c = reader->source.data[reader->at];
  if (html_space(c)) {
    reader->html->apart = 1;
    reader->at++;
    return WB_OK;
  }
  if (html_next_is(reader, WBI_TEXT("/>"))) reader->at++;
  return reader->source.data[reader->at] == '>' ? html_tag_end(reader) : html_attribute(reader);
}

/* After the quote that closes a value. */
static void html_value_end(html_reader *reader) {
  const uint8_t element = reader->html->element;
  html_enter(reader, HTML_TAG, reader->html->open);
  reader->html->element = element;
  reader->at++;
}

/* Refuses a reference in a style but for quotes: it could spell what CSS may not have. */
static wb_status html_style_references(const html_reader *reader, size_t to) {
  for (size_t at = reader->at; at < to; at++) {
    const wbi_text rest = wbi_text_slice(reader->source, at, to);
    if (!wbi_text_starts(rest, WBI_TEXT("&")) || wbi_text_starts(rest, WBI_TEXT("&quot;")) ||
        wbi_text_starts(rest, WBI_TEXT("&#39;")))
      continue;
    return html_refuse(reader, at, "In a style write characters as they are.");
  }
  return WB_OK;
}

/* Whether what meta stands in for is harmless: a refresh leads elsewhere. */
static bool html_equiv(wbi_text value) {
  static const char *const html_equivs[] = {"content-type", "content-language", "x-ua-compatible"};
  for (size_t i = 0; i < WBI_COUNT(html_equivs); i++) {
    if (wbi_text_equal_fold(value, wbi_text_of(html_equivs[i]))) return true;
  }
  return false;
}

/* Reads a value that must be closed in this run. */
static wb_status html_fixed(html_reader *reader) {
  const size_t end = html_find(reader, (char)reader->html->quote);
  const uint8_t kind = reader->html->kind;
  wb_status status = WB_OK;
  if (end == reader->to) {
    return html_refuse(reader, reader->at,
                       "This value must end in its quote, and hold no braces of Liquid.");
  }
  if (kind == WBI_HTML_EQUIV && !html_equiv(wbi_text_slice(reader->source, reader->at, end))) {
    return html_refuse(reader, reader->at, "A message does not steer the program that shows it.");
  }
  if (kind == WBI_HTML_STYLE) {
    status = html_style_references(reader, end);
    if (status == WB_OK) status = html_css(reader, reader->at, end);
  }
  reader->at = end;
  html_value_end(reader);
  return status;
}

/* ---- links -------------------------------------------------------------------------------- */

/* Whether a & in a link begins a reference other than &amp;: it could spell a ? or #. */
static bool html_link_reference(wbi_text rest) {
  size_t length = 1;
  while (length < rest.length && html_name_character(rest.data[length]))
    length++;
  if (length >= rest.length) return false;
  if (length == 1) return rest.data[1] == '#';
  return rest.data[length] == ';' && !wbi_text_starts(rest, WBI_TEXT("&amp;"));
}

/* Follows a link whose host is known. */
static wb_status html_link_rest(html_reader *reader, size_t end) {
  if (!wbi_link_characters(wbi_text_slice(reader->source, reader->at, end))) {
    return html_refuse(reader, reader->at, "The link has a character that a link cannot have.");
  }
  for (; reader->at < end; reader->at++) {
    const char c = reader->source.data[reader->at];
    if (c == '?' || c == '#') reader->html->part = HTML_QUERY;
    if (c == '&' && html_link_reference(wbi_text_slice(reader->source, reader->at, end))) {
      return html_refuse(reader, reader->at,
                         "In a link no character is written as a reference but &amp;.");
    }
  }
  return WB_OK;
}

/* How far a link is read whose beginning is complete. */
static html_part html_link_part(wbi_text link) {
  if (link.data[0] == '#') return HTML_QUERY;
  return wbi_link_path(link) > 0 ? HTML_PATH : HTML_ADDRESS;
}

/* Whether a value may follow the beginning of a link: its host is complete. */
static bool html_link_complete(wbi_text link) {
  const size_t path = wbi_link_path(link);
  return path == 0 || path < link.length;
}

/* Reads the beginning of a link; where it ends before the quote, a value or a tag follows. */
static wb_status html_link_start(html_reader *reader, size_t end) {
  const wbi_text link = wbi_text_slice(reader->source, reader->at, end);
  const bool closed = end < reader->to;
  const uint32_t may = reader->html->kind == WBI_HTML_LINK ? WBI_LINK_ADDRESS : 0;
  if (link.length == 0) return html_refuse(reader, reader->at, "The link is empty.");
  const bool address = !closed && may != 0 &&
                       (wbi_text_equal_fold(link, WBI_TEXT("mailto:")) ||
                        wbi_text_equal_fold(link, WBI_TEXT("tel:")));
  if (link.data[0] != '#' && !address) {
    const char *reason = wbi_link_reason(reader->policy, may, link);
    if (reason != NULL) {
      return wbi_fail_at(reader->error, WB_E_POLICY, reader->source, reader->at, reason);
    }
  }
  if (!closed && !html_link_complete(link)) {
    return html_refuse(reader, end, "End the host with / before what stands here.");
  }
  reader->html->part = (uint8_t)html_link_part(link);
  return html_link_rest(reader, end);
}

/* After a value that was a link, more of it begins with / ? or #: its host cannot change. */
static wb_status html_link_more(html_reader *reader, size_t end) {
  if (reader->at == end) return WB_OK;
  const char c = reader->source.data[reader->at];
  if (c != '/' && c != '?' && c != '#') {
    return html_refuse(reader, reader->at, "After a link comes its quote, or / ? or #.");
  }
  reader->html->part = HTML_PATH;
  return html_link_rest(reader, end);
}

static wb_status html_link(html_reader *reader) {
  const size_t end = html_find(reader, (char)reader->html->quote);
  wb_status status = end == reader->to ? html_half_reference(reader) : WB_OK;
  if (status != WB_OK) return status;
  if (reader->html->part == HTML_START) {
    status = html_link_start(reader, end);
  } else if (reader->html->part == HTML_WHOLE) {
    status = html_link_more(reader, end);
  } else {
    status = html_link_rest(reader, end);
  }
  if (status != WB_OK) return status;
  reader->at = end;
  if (end < reader->to) html_value_end(reader);
  return WB_OK;
}

static wb_status html_value(html_reader *reader) {
  const uint8_t kind = reader->html->kind;
  if (kind == WBI_HTML_LINK || kind == WBI_HTML_IMAGE) return html_link(reader);
  if (kind != WBI_HTML_PLAIN) return html_fixed(reader);
  const size_t end = html_find(reader, (char)reader->html->quote);
  const wb_status status = end == reader->to ? html_half_reference(reader) : WB_OK;
  reader->at = end;
  if (end < reader->to) html_value_end(reader);
  return status;
}

/* ---- face --------------------------------------------------------------------------------- */

wb_status wbi_html_text(wbi_html *html, const wb_policy *policy, wbi_text source, size_t from,
                        size_t to, wb_error *error) {
  html_reader reader = {html, policy, source, from, to, error};
  wb_status status = WB_OK;
  while (status == WB_OK && reader.at < to) {
    switch ((html_place)html->place) {
    case HTML_TAG: status = html_tag(&reader); break;
    case HTML_VALUE: status = html_value(&reader); break;
    case HTML_TEXT:
    case HTML_TITLE:
    default: status = html_text(&reader);
    }
  }
  return status;
}

/* How a value is escaped in a link; NONE: it cannot stand there. */
static wbi_escape html_link_escape(wbi_html *html) {
  switch ((html_part)html->part) {
  case HTML_START:
    html->part = HTML_WHOLE;
    return html->kind == WBI_HTML_LINK ? WBI_ESCAPE_LINK : WBI_ESCAPE_IMAGE;
  case HTML_PATH: return WBI_ESCAPE_PATH;
  case HTML_QUERY: return WBI_ESCAPE_PART;
  case HTML_ADDRESS: return WBI_ESCAPE_ADDRESS;
  case HTML_WHOLE:
  default: return WBI_ESCAPE_NONE;
  }
}

wb_status wbi_html_value(wbi_html *html, wbi_text source, size_t at, wbi_escape *escape,
                         wb_error *error) {
  const bool value = html->place == HTML_VALUE;
  const bool link = value && (html->kind == WBI_HTML_LINK || html->kind == WBI_HTML_IMAGE);
  *escape = link ? html_link_escape(html) : WBI_ESCAPE_TEXT;
  if (html->place == HTML_TAG) {
    return wbi_fail_at(error, WB_E_SYNTAX, source, at,
                       "Inside a tag a value stands only in the quotes of an attribute.");
  }
  if (value && !link && html->kind != WBI_HTML_PLAIN) {
    return wbi_fail_at(error, WB_E_SYNTAX, source, at, "No value can stand in this attribute.");
  }
  if (*escape != WBI_ESCAPE_NONE) return WB_OK;
  return wbi_fail_at(error, WB_E_SYNTAX, source, at,
                     "After a value that is a link comes its quote, or / ? or #.");
}

bool wbi_html_same(const wbi_html *a, const wbi_html *b) {
  return a->place == b->place && a->element == b->element && a->kind == b->kind &&
         a->quote == b->quote && a->part == b->part && a->apart == b->apart;
}

bool wbi_html_meet(wbi_html *html, const wbi_html *other) {
  wbi_html both = *other;
  both.apart = html->apart = html->apart & other->apart;
  return wbi_html_same(html, &both);
}

wb_status wbi_html_finish(const wbi_html *html, wbi_text source, wb_error *error) {
  if (html->place == HTML_TEXT) return WB_OK;
  return wbi_fail_at(error, WB_E_SYNTAX, source, html->open,
                     html->place == HTML_TITLE ? "The title that opens here is not closed."
                     : html->place == HTML_TAG
                         ? "The tag that opens here is not closed by >."
                         : "In the tag that opens here a quote is not closed.");
}

/* SPDX-License-Identifier: MIT */
/*
 * The text part that goes with an HTML part: what a reader of the page reads. Made for pages that
 * html.c accepts; of any other UTF-8 it makes some text, in one pass.
 */
#include "liquid/html.h"

#include <winback/message.h>

/* What an element does to the text. */
typedef enum plain_kind {
  PLAIN_INLINE,
  PLAIN_SPACE,     /* a cell: apart from its neighbour */
  PLAIN_LINE,      /* on lines of its own */
  PLAIN_PARAGRAPH, /* with empty lines around it */
  PLAIN_ITEM,      /* a line with a dash */
  PLAIN_SKIP       /* not for reading */
} plain_kind;

static const struct {
  const char *name;
  plain_kind kind;
} plain_kinds[] = {
    {"head", PLAIN_SKIP},       {"style", PLAIN_SKIP},
    {"title", PLAIN_SKIP},      {"td", PLAIN_SPACE},
    {"th", PLAIN_SPACE},        {"li", PLAIN_ITEM},
    {"p", PLAIN_PARAGRAPH},     {"h1", PLAIN_PARAGRAPH},
    {"h2", PLAIN_PARAGRAPH},    {"h3", PLAIN_PARAGRAPH},
    {"h4", PLAIN_PARAGRAPH},    {"h5", PLAIN_PARAGRAPH},
    {"h6", PLAIN_PARAGRAPH},    {"ul", PLAIN_PARAGRAPH},
    {"ol", PLAIN_PARAGRAPH},    {"dl", PLAIN_PARAGRAPH},
    {"hr", PLAIN_PARAGRAPH},    {"pre", PLAIN_PARAGRAPH},
    {"table", PLAIN_PARAGRAPH}, {"blockquote", PLAIN_PARAGRAPH},
    {"br", PLAIN_LINE},         {"tr", PLAIN_LINE},
    {"div", PLAIN_LINE},        {"dt", PLAIN_LINE},
    {"dd", PLAIN_LINE},         {"address", PLAIN_LINE},
    {"article", PLAIN_LINE},    {"aside", PLAIN_LINE},
    {"caption", PLAIN_LINE},    {"center", PLAIN_LINE},
    {"details", PLAIN_LINE},    {"figcaption", PLAIN_LINE},
    {"figure", PLAIN_LINE},     {"footer", PLAIN_LINE},
    {"header", PLAIN_LINE},     {"main", PLAIN_LINE},
    {"nav", PLAIN_LINE},        {"section", PLAIN_LINE},
    {"summary", PLAIN_LINE},
};

/* A page while it is read. */
typedef struct plain_reader {
  wbi_text html;
  size_t at;
  wbi_writer *out;
  size_t begin;    /* length of the writer before */
  uint32_t breaks; /* line breaks that are due before the next character */
  bool space;      /* a space is due */
  uint32_t pre;    /* elements open in which white space counts */
  wbi_text skip;   /* name of the element that is left out; empty: none */
  uint32_t depth;  /* elements of this name that are open */
  char link[WBI_LINK_MOST];
  size_t link_length; /* 0: no link is open */
  size_t same;        /* characters of the link's text that are those of the link */
  bool differs, says; /* its text differs; there is some */
} plain_reader;

/* A tag. */
typedef struct plain_tag {
  wbi_text name;
  wbi_text attributes;
  bool closes;
} plain_tag;

/* Asks for line breaks before the next character. same: where as many are due */
static void plain_break(plain_reader *reader, uint32_t breaks) {
  if (breaks > reader->breaks) reader->breaks = breaks;
  reader->space = false;
}

/* Writes one character that is seen, with what is due before it. */
static void plain_put(plain_reader *reader, wbi_text character) {
  if (reader->out->length > reader->begin) {
    for (uint32_t i = 0; i < reader->breaks; i++)
      wbi_put_char(reader->out, '\n');
    if (reader->space) wbi_put_char(reader->out, ' ');
  }
  reader->breaks = 0;
  reader->space = false;
  wbi_put_text(reader->out, character);
}

/* Notes whether the text of a link is the link itself. */
static void plain_compare(plain_reader *reader, wbi_text character) {
  const wbi_text link = {reader->link, reader->link_length};
  const size_t end = reader->same + character.length;
  reader->says = true;
  if (wbi_text_equal(wbi_text_slice(link, reader->same, end), character)) {
    reader->same = end;
  } else {
    reader->differs = true;
  }
}

/* Whether a scalar is not seen: fillers of preview lines, places where a word may break. */
static bool plain_hidden(uint32_t scalar) {
  return scalar == 0xAD || scalar == 0x34F || (scalar >= 0x200B && scalar <= 0x200F) ||
         scalar == 0x2060 || scalar == 0xFEFF;
}

/* Moves on to a character, or to the end. */
static void plain_find(wbi_text text, size_t *at, char c) {
  while (*at < text.length && text.data[*at] != c)
    ++*at;
}

/* Reads a word, or what of one stands for itself and is in no link; whether there is some.
   same: character by character it is the same text */
static bool plain_word(plain_reader *reader) {
  const wbi_text html = reader->html;
  size_t end = reader->at;
  if (reader->link_length > 0) return false;
  while (end < html.length && html.data[end] > ' ' && html.data[end] < 0x7F &&
         html.data[end] != '<' && html.data[end] != '&')
    end++;
  if (end == reader->at) return false;
  plain_put(reader, wbi_text_slice(html, reader->at, end));
  reader->at = end;
  return true;
}

/* Reads one character of text, or one reference. same: U+0080 is no space; what a link says is
   counted from where it opens */
static void plain_character(plain_reader *reader) {
  const size_t from = reader->at;
  uint32_t scalar = 0;
  char bytes[4];
  const bool reference =
      reader->html.data[from] == '&' && wbi_escape_reference(reader->html, &reader->at, &scalar);
  if (!reference) {
    if (WBI_NEVER(!wbi_utf8_next(reader->html, &reader->at, &scalar))) reader->at++;
  }
  if (plain_hidden(scalar)) return;
  if (scalar == '\n' && reader->pre > 0) {
    reader->breaks++;
    reader->space = false;
  } else if (scalar == 0xA0 || (scalar < 0x80 && wbi_is_space((char)scalar))) {
    reader->space = reader->breaks == 0;
  } else {
    const wbi_text character = {bytes, wbi_utf8_put(bytes, scalar)};
    if (reader->link_length > 0) plain_compare(reader, character);
    plain_put(reader, character);
  }
}

/* Reads a word, a character or a reference, or up to a tag what is not for reading. */
static void plain_part(plain_reader *reader) {
  if (reader->skip.length > 0) {
    reader->at++;
    plain_find(reader->html, &reader->at, '<'); /* same: only sooner */
  } else if (!plain_word(reader)) {
    plain_character(reader);
  }
}

/* Writes a text. */
static void plain_text(plain_reader *reader, wbi_text text) {
  const wbi_text html = reader->html;
  const size_t at = reader->at;
  reader->html = text;
  for (reader->at = 0; reader->at < text.length;)
    plain_part(reader);
  reader->html = html;
  reader->at = at;
}

/* ---- tags --------------------------------------------------------------------------------- */

/* Where a tag ends: its >, quotes apart. */
static size_t plain_tag_end(wbi_text html, size_t at) {
  char quote = '\0';
  for (; at < html.length; at++) {
    const char c = html.data[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      break;
    }
  }
  return at;
}

/* Reads a tag. */
static plain_tag plain_read_tag(plain_reader *reader) {
  plain_tag tag = {.closes = false};
  size_t from = reader->at + 1;
  const size_t end = plain_tag_end(reader->html, from);
  if (from < end && reader->html.data[from] == '/') {
    tag.closes = true;
    from++;
  }
  size_t to = from;
  while (to < end && !wbi_is_space(reader->html.data[to]) && reader->html.data[to] != '/')
    to++;
  tag.name = wbi_text_slice(reader->html, from, to);
  tag.attributes = wbi_text_slice(reader->html, to, end);
  reader->at = end < reader->html.length ? end + 1 : end;
  return tag;
}

/* Reads the next attribute of a tag; false: there is none. */
static bool plain_next(wbi_text all, size_t *at, wbi_text *name, wbi_text *value) {
  while (*at < all.length && (wbi_is_space(all.data[*at]) || all.data[*at] == '/'))
    ++*at;
  const size_t from = *at;
  while (*at < all.length && all.data[*at] != '=' && !wbi_is_space(all.data[*at]))
    ++*at;
  *name = wbi_text_slice(all, from, *at);
  *value = (wbi_text){NULL, 0};
  if (*at == all.length) return false;
  if (all.data[*at] != '=') return true;
  const char quote = *at + 1 < all.length ? all.data[*at + 1] : '\0';
  if (quote != '"' && quote != '\'') return false;
  const size_t begin = *at + 2;
  *at = begin;
  plain_find(all, at, quote);
  *value = wbi_text_slice(all, begin, *at);
  *at += *at < all.length;
  return true;
}

/* The value of an attribute as it is written; empty: there is none. */
static wbi_text plain_attribute(const plain_tag *tag, wbi_text wanted) {
  wbi_text name, value;
  for (size_t at = 0; plain_next(tag->attributes, &at, &name, &value);) {
    if (wbi_text_equal_fold(name, wanted)) return value;
  }
  return (wbi_text){NULL, 0};
}

/* Whether a style hides its element. */
static bool plain_hides(wbi_text style) {
  size_t at = 0;
  while (at < style.length) {
    const size_t from = at;
    while (at < style.length && style.data[at] != ';')
      at++;
    const wbi_text one = wbi_text_trim(wbi_text_slice(style, from, at++));
    if (!wbi_text_equal_fold(wbi_text_slice(one, 0, 8), WBI_TEXT("display:"))) continue;
    return wbi_text_equal_fold(wbi_text_trim(wbi_text_slice(one, 8, one.length)), WBI_TEXT("none"));
  }
  return false;
}

static plain_kind plain_kind_of(wbi_text name) {
  for (size_t i = 0; i < WBI_COUNT(plain_kinds); i++) {
    if (wbi_text_equal_fold(name, wbi_text_of(plain_kinds[i].name))) return plain_kinds[i].kind;
  }
  return PLAIN_INLINE;
}

uint32_t wbi_html_apart(wbi_text tag) {
  plain_reader reader = {.html = tag};
  const wbi_text name = plain_read_tag(&reader).name;
  switch (plain_kind_of(name)) {
  case PLAIN_SPACE:
  case PLAIN_LINE: return 1;
  case PLAIN_PARAGRAPH:
  case PLAIN_ITEM: return 2;
  case PLAIN_INLINE:
  case PLAIN_SKIP:
  default: return 0;
  }
}

/* Opens a link: an address is shown without its scheme, a place on the page not at all. */
static void plain_open_link(plain_reader *reader, const plain_tag *tag) {
  wbi_text link = plain_attribute(tag, WBI_TEXT("href"));
  wbi_writer writer = {reader->link, sizeof reader->link, 0};
  if (wbi_text_equal_fold(wbi_text_slice(link, 0, 7), WBI_TEXT("mailto:"))) {
    link = wbi_text_slice(link, 7, link.length);
  } else if (wbi_text_equal_fold(wbi_text_slice(link, 0, 4), WBI_TEXT("tel:"))) {
    link = wbi_text_slice(link, 4, link.length);
  } else if (wbi_text_starts(link, WBI_TEXT("#"))) {
    link = (wbi_text){NULL, 0};
  }
  for (size_t at = 0; at < link.length;) {
    uint32_t scalar = 0;
    char bytes[4];
    if (link.data[at] == '&' && wbi_escape_reference(link, &at, &scalar)) {
      wbi_put_text(&writer, (wbi_text){bytes, wbi_utf8_put(bytes, scalar)});
    } else {
      wbi_put_char(&writer, link.data[at++]);
    }
  }
  reader->link_length = writer.length <= writer.capacity ? writer.length : 0;
  reader->same = 0;
  reader->differs = false;
  reader->says = false;
}

/* Closes a link: where it leads stands behind its text. */
static void plain_close_link(plain_reader *reader) {
  const wbi_text link = {reader->link, reader->link_length};
  reader->link_length = 0;
  if (link.length == 0 || (reader->says && !reader->differs && reader->same == link.length)) return;
  if (reader->says) {
    reader->space = false;
    plain_put(reader, WBI_TEXT(":"));
    reader->space = true;
  }
  plain_put(reader, link);
}

/* Begins or goes on to leave an element out; true: the tag is dealt with. */
static bool plain_skip(plain_reader *reader, const plain_tag *tag, plain_kind kind) {
  if (reader->skip.length > 0) {
    if (!wbi_text_equal_fold(tag->name, reader->skip)) return true;
    reader->depth = tag->closes ? reader->depth - 1 : reader->depth + 1;
    if (reader->depth == 0) reader->skip = (wbi_text){NULL, 0};
    return true;
  }
  const bool hidden = kind == PLAIN_SKIP || plain_hides(plain_attribute(tag, WBI_TEXT("style")));
  if (tag->closes || !hidden) return false;
  reader->skip = tag->name;
  reader->depth = 1;
  return true;
}

/* What a tag does to lines and spaces. */
static void plain_layout(plain_reader *reader, const plain_tag *tag, plain_kind kind) {
  if (kind == PLAIN_SPACE) reader->space = reader->breaks == 0;
  if (kind == PLAIN_LINE) plain_break(reader, 1);
  if (kind == PLAIN_PARAGRAPH) plain_break(reader, 2);
  if (kind != PLAIN_ITEM) return;
  plain_break(reader, 1);
  if (tag->closes) return;
  plain_put(reader, WBI_TEXT("-"));
  reader->space = true;
}

/* Reads a tag and does what it means. */
static void plain_markup(plain_reader *reader) {
  const plain_tag tag = plain_read_tag(reader);
  const plain_kind kind = plain_kind_of(tag.name);
  if (plain_skip(reader, &tag, kind)) return;
  plain_layout(reader, &tag, kind);
  if (wbi_text_equal_fold(tag.name, WBI_TEXT("pre"))) {
    if (!tag.closes) reader->pre++;
    if (tag.closes && reader->pre > 0) reader->pre--;
  }
  if (wbi_text_equal_fold(tag.name, WBI_TEXT("img"))) {
    plain_text(reader, plain_attribute(&tag, WBI_TEXT("alt")));
  }
  if (!wbi_text_equal_fold(tag.name, WBI_TEXT("a"))) return;
  plain_close_link(reader);
  if (!tag.closes) plain_open_link(reader, &tag);
}

/* Skips a comment or a declaration; <!--> is a whole one. */
static void plain_declaration(plain_reader *reader) {
  const wbi_text html = reader->html;
  const bool comment =
      wbi_text_starts(wbi_text_slice(html, reader->at, html.length), WBI_TEXT("<!--"));
  const wbi_text end = comment ? WBI_TEXT("-->") : WBI_TEXT(">");
  while (reader->at < html.length &&
         !wbi_text_starts(wbi_text_slice(html, reader->at, html.length), end))
    reader->at++;
  reader->at += reader->at < html.length ? end.length : 0; /* same: past the end is the end */
}

void wbi_html_plain(wbi_text html, wbi_writer *writer) {
  plain_reader reader = {.html = html, .out = writer, .begin = writer->length};
  while (reader.at < html.length) {
    const char next = reader.at + 1 < html.length ? html.data[reader.at + 1] : '\0';
    if (html.data[reader.at] != '<' || wbi_is_space(next) || next == '\0') {
      plain_part(&reader);
    } else if (next == '!') {
      plain_declaration(&reader);
    } else {
      plain_markup(&reader);
    }
  }
  plain_close_link(&reader);
}

wb_status WB_CALL wb_plain_format(const char *html, size_t length, char *buffer, size_t capacity,
                                  size_t *needed) {
  const wbi_text page = {html, length};
  wbi_writer writer = {buffer, capacity, 0};
  if (needed == NULL || (html == NULL && length > 0) || (buffer == NULL && capacity > 0) ||
      !wbi_utf8_valid(page)) {
    return WB_E_INVALID;
  }
  wbi_html_plain(page, &writer);
  return wbi_writer_finish(&writer, needed);
}

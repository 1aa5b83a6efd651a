/* SPDX-License-Identifier: MIT */
/*
 * Values in HTML: the same document as the answers of another engine, or refused where that engine
 * writes a dead link; and refused before any value is there where no value should stand.
 */
#include <stdlib.h>

#include "conformance.h"
#include "liquid/liquid_private.h"

enum { PAGE_MOST = 4096 };

static const char *const accepted[] = {
    "text",       "title_rcdata", "attr_dq",    "attr_sq",       "attr_dq_partial",
    "href_whole", "href_path",    "href_query", "href_fragment", "img_src",
};

/* ---- documents ---------------------------------------------------------------------------- */

/* A document while it is read into one line of its tags, attributes and decoded text. */
typedef struct document {
  wbi_text html;
  size_t at;
  wbi_writer out;
} document;

static int page_hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char low = (char)(c | 0x20);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* Reads one character, or one reference. */
static void page_decode(wbi_text text, size_t *at, wbi_writer *out) {
  static const struct {
    const char *reference;
    char c;
  } names[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}};
  const wbi_text rest = wbi_text_slice(text, *at, text.length);
  char bytes[4];
  for (size_t i = 0; i < WBI_COUNT(names); i++) {
    if (!wbi_text_starts(rest, wbi_text_of(names[i].reference))) continue;
    wbi_put_char(out, names[i].c);
    *at += strlen(names[i].reference);
    return;
  }
  if (wbi_text_starts(rest, WBI_TEXT("&#"))) {
    const bool hex = rest.length > 2 && (rest.data[2] | 0x20) == 'x';
    const unsigned long number = strtoul(rest.data + (hex ? 3 : 2), NULL, hex ? 16 : 10);
    wbi_put_text(out, (wbi_text){bytes, wbi_utf8_put(bytes, (uint32_t)number)});
    while (*at < text.length && text.data[*at] != ';')
      ++*at;
    ++*at;
    return;
  }
  wbi_put_char(out, rest.data[0]);
  ++*at;
}

/* Writes decoded text; in a link percent signs are decoded, too. */
static void page_text(document *page, wbi_text text, bool link) {
  char decoded[PAGE_MOST];
  wbi_writer writer = {decoded, sizeof decoded, 0};
  for (size_t at = 0; at < text.length;)
    page_decode(text, &at, &writer);
  for (size_t i = 0; i < writer.length; i++) {
    const bool percent = link && decoded[i] == '%' && i + 2 < writer.length &&
                         page_hex(decoded[i + 1]) >= 0 && page_hex(decoded[i + 2]) >= 0;
    if (percent) {
      wbi_put_char(&page->out, (char)(page_hex(decoded[i + 1]) * 16 + page_hex(decoded[i + 2])));
      i += 2;
    } else {
      wbi_put_char(&page->out, decoded[i]);
    }
  }
}

static char page_next(const document *page) {
  return page->at < page->html.length ? page->html.data[page->at] : '\0';
}

/* Reads up to one of some characters. */
static wbi_text page_until(document *page, const char *ends) {
  const size_t from = page->at;
  while (page->at < page->html.length && strchr(ends, page->html.data[page->at]) == NULL)
    page->at++;
  return wbi_text_slice(page->html, from, page->at);
}

/* Reads an attribute. */
static void page_attribute(document *page) {
  const wbi_text name = page_until(page, "= >");
  const bool link = wbi_text_equal(name, WBI_TEXT("href")) || wbi_text_equal(name, WBI_TEXT("src"));
  wbi_put_char(&page->out, '\x1D');
  wbi_put_text(&page->out, name);
  if (page_next(page) != '=') return;
  page->at++;
  const char quote[2] = {page_next(page), '\0'};
  const bool quoted = quote[0] == '"' || quote[0] == '\'';
  if (quoted) page->at++;
  wbi_put_char(&page->out, '\x1C');
  page_text(page, page_until(page, quoted ? quote : " >"), link);
  if (quoted) page->at++;
}

/* Reads a tag. */
static void page_tag(document *page) {
  page->at++;
  wbi_put_char(&page->out, '\x1E');
  wbi_put_text(&page->out, page_until(page, " >"));
  while (page->at < page->html.length && page_next(page) != '>') {
    if (page_next(page) == ' ') {
      page->at++;
    } else {
      page_attribute(page);
    }
  }
  page->at++;
  wbi_put_char(&page->out, '\x1F');
}

/* Reads a document. */
static wbi_text page_read(wbi_text html, char out[PAGE_MOST]) {
  document page = {html, 0, {out, PAGE_MOST, 0}};
  while (page.at < html.length) {
    if (page_next(&page) == '<') {
      page_tag(&page);
    } else {
      page_text(&page, page_until(&page, "<"), false);
    }
  }
  return (wbi_text){out, page.out.length};
}

/* ---- cases -------------------------------------------------------------------------------- */

/* The bytes of a hex text. */
static wbi_text hex_bytes(wbi_text hex, char out[PAGE_MOST]) {
  size_t length = 0;
  for (; 2 * length + 1 < hex.length && length < PAGE_MOST; length++) {
    out[length] = (char)(page_hex(hex.data[2 * length]) * 16 + page_hex(hex.data[2 * length + 1]));
  }
  return (wbi_text){out, length};
}

static size_t case_find(wbi_text text, wbi_text what) {
  size_t at = 0;
  while (at < text.length && !wbi_text_starts(wbi_text_slice(text, at, text.length), what))
    at++;
  return at;
}

/* Renders a template whose only name is `v`. */
static wb_status case_render(const wb_template *compiled, wbi_text value, wbi_writer *out) {
  static _Alignas(max_align_t) char memory[PAGE_MOST];
  wbi_room room = {memory, sizeof memory, 0, false};
  wbi_json member = {.kind = WBI_JSON_TEXT, .text = value, .name = WBI_TEXT("v")};
  const wbi_json data = {
      .kind = WBI_JSON_OBJECT, .count = 1, .first = &member, .first_sorted = &member};
  wb_error error;
  return wbi_template_render_open(compiled, &data, &room, out, &error);
}

/* Compiles the text with a name in place of the dot; NULL: it is refused. */
static wb_template *case_compile(wbi_text text) {
  char source[PAGE_MOST];
  const size_t dot = case_find(text, WBI_TEXT("{{.}}")) + 2;
  wb_template *compiled = NULL;
  wb_error error;
  memcpy(source, text.data, text.length);
  source[dot] = 'v';
  const wb_status status =
      wbi_template_open(NULL, (wbi_text){source, text.length}, true, &compiled, &error);
  return status == WB_OK ? compiled : NULL;
}

/* Whether an output is the same document; or the value is refused where theirs is a dead link. */
static const char *case_compare(const wb_template *compiled, wbi_text value, wbi_text output) {
  char out[PAGE_MOST], ours[PAGE_MOST], theirs[PAGE_MOST];
  wbi_writer writer = {out, sizeof out, 0};
  if (case_render(compiled, value, &writer) != WB_OK) {
    const bool dead = case_find(output, WBI_TEXT("#ZgotmplZ")) < output.length;
    return dead ? NULL : "is refused when it is rendered";
  }
  const bool same =
      wbi_text_equal(page_read((wbi_text){out, writer.length}, ours), page_read(output, theirs));
  return same ? NULL : "is another document";
}

/* Why a case does not hold; NULL: it does. */
static const char *case_failure(const wbi_json *test) {
  char bytes[PAGE_MOST], expected[PAGE_MOST];
  const wbi_text context = wbi_json_find(test, "context")->text;
  const wbi_text value = hex_bytes(wbi_json_find(test, "value_hex")->text, bytes);
  const wbi_text output = hex_bytes(wbi_json_find(test, "output_hex")->text, expected);
  bool allowed = false;
  for (size_t i = 0; i < WBI_COUNT(accepted); i++)
    allowed = allowed || wbi_text_equal(context, wbi_text_of(accepted[i]));
  wb_template *compiled = case_compile(wbi_json_find(test, "template")->text);
  if (compiled == NULL) return allowed ? "does not compile" : NULL;
  const char *why = allowed ? case_compare(compiled, value, output) : "is not refused";
  wb_template_unref(compiled);
  return why;
}

void conformance_html(const wbi_json *root, tally *counts) {
  const wbi_json *tests = wbi_json_find(root, "cases");
  for (const wbi_json *test = tests->first; test != NULL; test = test->next) {
    char name[PAGE_MOST];
    wbi_writer id = {name, sizeof name, 0};
    wbi_put_text(&id, wbi_json_find(test, "context")->text);
    wbi_put_char(&id, '/');
    wbi_put_text(&id, wbi_json_find(test, "value_hex")->text);
    const char *why = case_failure(test);
    tally_add(counts, why == NULL ? CASE_PASSED : CASE_FAILED, (wbi_text){name, id.length}, why);
  }
}

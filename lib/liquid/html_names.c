/* SPDX-License-Identifier: MIT */
/*
 * The elements and attributes of a message. What is on no list is refused: a browser knows many
 * that run code, load what nobody checked or ask for input, and gets more of them every year.
 */
#include "liquid/html.h"

/* The first few are those of wbi_html_element. */
static const char *const html_elements[] = {
    "a",      "img",    "meta",  "style",      "title",  "abbr",    "address", "article",
    "aside",  "b",      "big",   "blockquote", "body",   "br",      "caption", "center",
    "cite",   "code",   "col",   "colgroup",   "dd",     "del",     "details", "div",
    "dl",     "dt",     "em",    "figcaption", "figure", "font",    "footer",  "h1",
    "h2",     "h3",     "h4",    "h5",         "h6",     "head",    "header",  "hr",
    "html",   "i",      "ins",   "kbd",        "li",     "main",    "mark",    "nav",
    "ol",     "p",      "pre",   "q",          "s",      "section", "small",   "span",
    "strike", "strong", "sub",   "summary",    "sup",    "table",   "tbody",   "td",
    "tfoot",  "th",     "thead", "time",       "tr",     "tt",      "u",       "ul",
    "wbr",
};

static const struct {
  const char *name; /* one that ends in - or : stands for all that begin so */
  uint8_t kind;     /* on the elements of `on`, or all */
  int8_t on;        /* -1: any element */
} html_attributes[] = {
    {"href", WBI_HTML_LINK, WBI_HTML_A},
    {"target", WBI_HTML_PLAIN, WBI_HTML_A},
    {"rel", WBI_HTML_PLAIN, WBI_HTML_A},
    {"src", WBI_HTML_IMAGE, WBI_HTML_IMG},
    {"alt", WBI_HTML_PLAIN, WBI_HTML_IMG},
    {"content", WBI_HTML_FIXED, WBI_HTML_META},
    {"http-equiv", WBI_HTML_EQUIV, WBI_HTML_META},
    {"charset", WBI_HTML_FIXED, WBI_HTML_META},
    {"media", WBI_HTML_FIXED, WBI_HTML_STYLE_ELEMENT},
    {"type", WBI_HTML_FIXED, -1},
    {"style", WBI_HTML_STYLE, -1},
    {"xmlns", WBI_HTML_FIXED, -1},
    {"xmlns:", WBI_HTML_FIXED, -1},
    {"xml:lang", WBI_HTML_PLAIN, -1},
    {"data-", WBI_HTML_FIXED, -1},
    {"aria-", WBI_HTML_PLAIN, -1},
    {"class", WBI_HTML_PLAIN, -1},
    {"id", WBI_HTML_PLAIN, -1},
    {"title", WBI_HTML_PLAIN, -1},
    {"name", WBI_HTML_PLAIN, -1},
    {"lang", WBI_HTML_PLAIN, -1},
    {"dir", WBI_HTML_PLAIN, -1},
    {"role", WBI_HTML_PLAIN, -1},
    {"hidden", WBI_HTML_PLAIN, -1},
    {"align", WBI_HTML_PLAIN, -1},
    {"valign", WBI_HTML_PLAIN, -1},
    {"width", WBI_HTML_PLAIN, -1},
    {"height", WBI_HTML_PLAIN, -1},
    {"border", WBI_HTML_PLAIN, -1},
    {"bgcolor", WBI_HTML_PLAIN, -1},
    {"color", WBI_HTML_PLAIN, -1},
    {"face", WBI_HTML_PLAIN, -1},
    {"size", WBI_HTML_PLAIN, -1},
    {"cellpadding", WBI_HTML_PLAIN, -1},
    {"cellspacing", WBI_HTML_PLAIN, -1},
    {"colspan", WBI_HTML_PLAIN, -1},
    {"rowspan", WBI_HTML_PLAIN, -1},
    {"scope", WBI_HTML_PLAIN, -1},
    {"headers", WBI_HTML_PLAIN, -1},
    {"summary", WBI_HTML_PLAIN, -1},
    {"nowrap", WBI_HTML_PLAIN, -1},
    {"span", WBI_HTML_PLAIN, -1},
    {"start", WBI_HTML_PLAIN, -1},
    {"value", WBI_HTML_PLAIN, -1},
    {"datetime", WBI_HTML_PLAIN, -1},
    {"open", WBI_HTML_PLAIN, -1},
    {"loading", WBI_HTML_PLAIN, -1},
    {"link", WBI_HTML_PLAIN, -1}, /* colours of body */
    {"vlink", WBI_HTML_PLAIN, -1},
    {"alink", WBI_HTML_PLAIN, -1},
    {"text", WBI_HTML_PLAIN, -1},
};

/* What is most often tried, and why it is not to be. */
static const struct {
  const char *name, *why;
} html_refused[] = {
    {"script", "A message runs no script."},
    {"noscript", "A message runs no script."},
    {"form", "A message has no forms; link to a page instead."},
    {"input", "A message has no forms; link to a page instead."},
    {"button", "A message has no forms; link to a page instead, styled as a button."},
    {"select", "A message has no forms; link to a page instead."},
    {"textarea", "A message has no forms; link to a page instead."},
    {"iframe", "A message shows no other page inside; link to it."},
    {"frame", "A message shows no other page inside; link to it."},
    {"object", "A message embeds nothing but images."},
    {"embed", "A message embeds nothing but images."},
    {"video", "A message embeds nothing but images."},
    {"audio", "A message embeds nothing but images."},
    {"svg", "A message has no drawings in its text; use an image."},
    {"math", "A message has no formulas."},
    {"base", "A message has no base for its links; write each in full."},
    {"link", "A message loads no style sheets; put them into <style>."},
};

const char *wbi_html_element(wbi_text name, uint8_t *element) {
  for (size_t i = 0; i < WBI_COUNT(html_elements); i++) {
    if (!wbi_text_equal_fold(name, wbi_text_of(html_elements[i]))) continue;
    *element = (uint8_t)i;
    return NULL;
  }
  for (size_t i = 0; i < WBI_COUNT(html_refused); i++) {
    if (wbi_text_equal_fold(name, wbi_text_of(html_refused[i].name))) return html_refused[i].why;
  }
  return "";
}

wbi_html_kind wbi_html_attribute(wbi_text name, uint8_t element) {
  for (size_t i = 0; i < WBI_COUNT(html_attributes); i++) {
    const wbi_text known = wbi_text_of(html_attributes[i].name);
    const char last = known.data[known.length - 1];
    const size_t length = last == '-' || last == ':' ? known.length : name.length;
    const int on = html_attributes[i].on;
    if (on >= 0 && on != element) continue;
    if (wbi_text_equal_fold(wbi_text_slice(name, 0, length), known)) {
      return (wbi_html_kind)html_attributes[i].kind;
    }
  }
  return WBI_HTML_FORBIDDEN;
}

/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as the text of a template and as the value in it: where the text is accepted, the
 * document has the same tags and attributes whatever the value, and its links keep to the policy.
 * Input: texts until a zero byte, in which 1 stands for the value and 2 for a tag of Liquid; then
 * the value.
 */
#include <stdio.h>
#include <stdlib.h>

#include "liquid/html.h"

enum { FUZZ_VALUE = 1, FUZZ_TAG = 2, FUZZ_HOLES = 16, FUZZ_MOST = 65536 };

/* Ends the program, for the fuzzer to see. */
static void demand(bool holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "html: %s\n", what);
  abort();
}

/* A text that was accepted, with its values. */
typedef struct fuzz_text {
  wbi_text text;
  size_t at[FUZZ_HOLES];
  wbi_escape escapes[FUZZ_HOLES];
  size_t count;
} fuzz_text;

/* Follows the text up to an offset where a value or a tag stands. */
static bool fuzz_run(wbi_html *html, const wb_policy *policy, wbi_text text, size_t from,
                     size_t to) {
  wb_error error = {.status = 0};
  const wb_status status = wbi_html_text(html, policy, text, from, to, &error);
  demand(status == WB_OK || (status == error.status && error.message[0] != '\0' && error.line > 0),
         "refused without a sentence");
  return status == WB_OK;
}

/* Whether a text is accepted. */
static bool fuzz_accepts(fuzz_text *fuzz, const wb_policy *policy) {
  wbi_html html = {.open = 0};
  wb_error error;
  size_t from = 0;
  for (size_t at = 0; at < fuzz->text.length; at++) {
    const char c = fuzz->text.data[at];
    if (c != FUZZ_VALUE && c != FUZZ_TAG) continue;
    if (!fuzz_run(&html, policy, fuzz->text, from, at)) return false;
    from = at + 1;
    if (c == FUZZ_TAG) continue;
    if (fuzz->count == FUZZ_HOLES) return false;
    fuzz->at[fuzz->count] = at;
    wbi_escape *escape = &fuzz->escapes[fuzz->count++];
    if (wbi_html_value(&html, fuzz->text, at, escape, &error) != WB_OK) return false;
  }
  return fuzz_run(&html, policy, fuzz->text, from, fuzz->text.length) &&
         wbi_html_finish(&html, fuzz->text, &error) == WB_OK;
}

/* Writes the document; false: a value is refused. */
static bool fuzz_render(const fuzz_text *fuzz, const wb_policy *policy, wbi_text value,
                        wbi_writer *out) {
  size_t hole = 0;
  for (size_t i = 0; i < fuzz->text.length; i++) {
    if (hole < fuzz->count && i == fuzz->at[hole]) {
      if (wbi_escape_put(out, fuzz->escapes[hole++], policy, value, false) != NULL) return false;
    } else if (fuzz->text.data[i] != FUZZ_TAG) {
      wbi_put_char(out, fuzz->text.data[i]);
    }
  }
  return out->length <= out->capacity;
}

/* ---- a reader of its own, after the HTML standard ----------------------------------------- */

typedef struct fuzz_reader {
  wbi_text html;
  size_t at;
  wbi_writer out;
  const wb_policy *policy;
} fuzz_reader;

static char fuzz_next(const fuzz_reader *reader) {
  return reader->at < reader->html.length ? reader->html.data[reader->at] : '\0';
}

static bool fuzz_is(const fuzz_reader *reader, const char *word) {
  return wbi_text_equal_fold(wbi_text_slice(reader->html, reader->at, reader->at + strlen(word)),
                             wbi_text_of(word));
}

static bool fuzz_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

/* A link of the document keeps to the policy; after mailto: and tel: anything may stand. */
static void fuzz_link(const fuzz_reader *reader, wbi_text value) {
  char link[FUZZ_MOST];
  wbi_writer writer = {link, sizeof link, 0};
  for (size_t at = 0; at < value.length;) {
    uint32_t scalar = 0;
    char bytes[4];
    if (value.data[at] == '&' && wbi_escape_reference(value, &at, &scalar)) {
      wbi_put_text(&writer, (wbi_text){bytes, wbi_utf8_put(bytes, scalar)});
    } else {
      wbi_put_char(&writer, value.data[at++]);
    }
  }
  const wbi_text decoded = {link, writer.length};
  demand(writer.length <= writer.capacity, "a link is too long");
  demand(decoded.length > 0, "a link is empty");
  if (decoded.data[0] == '#') return;
  if (wbi_text_equal_fold(wbi_text_slice(decoded, 0, 7), WBI_TEXT("mailto:"))) return;
  if (wbi_text_equal_fold(wbi_text_slice(decoded, 0, 4), WBI_TEXT("tel:"))) return;
  if (decoded.length > WBI_LINK_MOST) return;
  demand(wbi_link_reason(reader->policy, 0, decoded) == NULL, "a link leads elsewhere");
}

/* Reads an attribute; its name is noted. */
static void fuzz_attribute(fuzz_reader *reader) {
  const size_t from = reader->at;
  while (reader->at < reader->html.length && fuzz_next(reader) != '=' && fuzz_next(reader) != '>' &&
         fuzz_next(reader) != '/' && !fuzz_space(fuzz_next(reader)))
    reader->at++;
  const wbi_text name = wbi_text_slice(reader->html, from, reader->at);
  wbi_put_char(&reader->out, ' ');
  wbi_put_text(&reader->out, name);
  demand(!wbi_text_equal_fold(wbi_text_slice(name, 0, 2), WBI_TEXT("on")), "an event handler");
  while (fuzz_space(fuzz_next(reader)))
    reader->at++;
  if (fuzz_next(reader) != '=') return;
  reader->at++;
  while (fuzz_space(fuzz_next(reader)))
    reader->at++;
  const char quote = fuzz_next(reader);
  demand(quote == '"' || quote == '\'', "a value without quotes");
  const size_t begin = ++reader->at;
  while (reader->at < reader->html.length && fuzz_next(reader) != quote)
    reader->at++;
  demand(reader->at < reader->html.length, "a quote is not closed");
  const wbi_text value = wbi_text_slice(reader->html, begin, reader->at++);
  if (wbi_text_equal_fold(name, WBI_TEXT("href")) || wbi_text_equal_fold(name, WBI_TEXT("src"))) {
    fuzz_link(reader, value);
  }
}

/* Skips to behind a word. */
static void fuzz_skip(fuzz_reader *reader, const char *word) {
  while (reader->at < reader->html.length && !fuzz_is(reader, word))
    reader->at++;
  demand(reader->at < reader->html.length, "something is not closed");
  reader->at += strlen(word);
}

/* Reads a tag. */
static void fuzz_tag(fuzz_reader *reader) {
  const bool style = fuzz_is(reader, "<style"), title = fuzz_is(reader, "<title");
  demand(!fuzz_is(reader, "<script"), "a script");
  const size_t from = reader->at;
  while (reader->at < reader->html.length && fuzz_next(reader) != '>' &&
         !fuzz_space(fuzz_next(reader)) && (reader->at < from + 2 || fuzz_next(reader) != '/'))
    reader->at++;
  wbi_put_text(&reader->out, wbi_text_slice(reader->html, from, reader->at));
  while (reader->at < reader->html.length && fuzz_next(reader) != '>') {
    if (fuzz_space(fuzz_next(reader)) || fuzz_next(reader) == '/') {
      reader->at++;
    } else {
      fuzz_attribute(reader);
    }
  }
  demand(reader->at < reader->html.length, "a tag is not closed");
  reader->at++;
  wbi_put_char(&reader->out, '>');
  if (style) fuzz_skip(reader, "</style");
  if (title) fuzz_skip(reader, "</title");
}

/* Reads a document into the names of its tags and attributes. */
static wbi_text fuzz_structure(wbi_text html, const wb_policy *policy, char *out) {
  fuzz_reader reader = {html, 0, {out, FUZZ_MOST, 0}, policy};
  while (reader.at < html.length) {
    if (fuzz_is(&reader, "<!--")) {
      reader.at += 4;
      fuzz_skip(&reader, "-->");
      wbi_put_char(&reader.out, '!');
    } else if (fuzz_is(&reader, "<!doctype")) {
      fuzz_skip(&reader, ">");
    } else if (fuzz_next(&reader) == '<') {
      fuzz_tag(&reader);
    } else {
      reader.at++;
    }
  }
  return (wbi_text){out, reader.out.length};
}

/* The text part is as long in any buffer, no longer than the page, and UTF-8. */
static void fuzz_plain(wbi_text html) {
  static char text[FUZZ_MOST];
  wbi_writer whole = {text, sizeof text, 0}, measured = {NULL, 0, 0};
  if (!wbi_utf8_valid(html)) return;
  wbi_html_plain(html, &whole);
  wbi_html_plain(html, &measured);
  demand(whole.length == measured.length, "the text part depends on its buffer");
  demand(whole.length <= html.length, "the text part is longer than the page");
  demand(whole.length > whole.capacity || wbi_utf8_valid((wbi_text){text, whole.length}),
         "the text part is not UTF-8");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static char plain[FUZZ_MOST], written[FUZZ_MOST], first[FUZZ_MOST], second[FUZZ_MOST];
  static const char hosts[] = "{\"hosts\": [\"oak.example\"]}";
  static wb_schema *schema;
  static wb_policy *policy;
  if (schema == NULL) {
    demand(wb_schema_new(NULL, NULL, 0, &schema, NULL) == WB_OK, "no schema");
    demand(wb_policy_new(NULL, schema, hosts, sizeof hosts - 1, &policy, NULL) == WB_OK,
           "no policy");
  }
  const wbi_text input = {(const char *)data, size};
  const char *zero = size > 0 ? memchr(data, 0, size) : NULL;
  const size_t end = zero != NULL ? (size_t)(zero - (const char *)data) : size;
  fuzz_text fuzz = {.text = wbi_text_slice(input, 0, end)};
  const wbi_text value = wbi_text_slice(input, end + 1, size);
  fuzz_plain(input);
  if (!fuzz_accepts(&fuzz, policy)) return 0;
  wbi_writer expected = {plain, FUZZ_MOST, 0}, out = {written, FUZZ_MOST, 0};
  if (!fuzz_render(&fuzz, policy, WBI_TEXT("https://oak.example/"), &expected)) return 0;
  if (!fuzz_render(&fuzz, policy, value, &out)) return 0;
  const wbi_text one = fuzz_structure((wbi_text){plain, expected.length}, policy, first);
  const wbi_text other = fuzz_structure((wbi_text){written, out.length}, policy, second);
  demand(wbi_text_equal(one, other), "a value changes the document");
  fuzz_plain((wbi_text){written, out.length});
  return 0;
}

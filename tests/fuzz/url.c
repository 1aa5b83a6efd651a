/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a link: what is fit leads to a host of the list, in plain characters, and is written
 * into HTML as what it is.
 */
#include <stdio.h>
#include <stdlib.h>

#include "liquid/html.h"

/* Ends the program, for the fuzzer to see. */
static void demand(bool holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "url: %s\n", what);
  abort();
}

/* Whether a link is one of the only host, as another reader would see it. */
static bool fuzz_host(wbi_text link) {
  static const char *const begins[] = {"https://oak.example", "https://oak.example:443"};
  for (size_t i = 0; i < WBI_COUNT(begins); i++) {
    const wbi_text begin = wbi_text_of(begins[i]);
    if (!wbi_text_equal_fold(wbi_text_slice(link, 0, begin.length), begin)) continue;
    if (link.length == begin.length) return true;
    if (memchr("/?#", link.data[begin.length], 3) != NULL) return true;
  }
  return false;
}

/* What is written into HTML reads as the link. */
static void fuzz_written(const wb_policy *policy, wbi_text link) {
  char out[WBI_LINK_MOST * 5], back[WBI_LINK_MOST * 5];
  wbi_writer writer = {out, sizeof out, 0}, read = {back, sizeof back, 0};
  demand(wbi_escape_put(&writer, WBI_ESCAPE_LINK, policy, link, false) == NULL, "is not written");
  demand(writer.length <= writer.capacity, "grows");
  const wbi_text html = {out, writer.length};
  for (size_t at = 0; at < html.length;) {
    uint32_t scalar = 0;
    if (html.data[at] == '&') {
      demand(wbi_escape_reference(html, &at, &scalar) && scalar == '&', "half a reference");
      wbi_put_char(&read, '&');
    } else {
      demand(memchr("\"'<>` ", html.data[at], 6) == NULL, "ends its quote");
      wbi_put_char(&read, html.data[at++]);
    }
  }
  /* Quotes become percent signs; nothing else changes. */
  size_t at = 0;
  for (size_t i = 0; i < link.length; i++) {
    char hex[4];
    wbi_writer byte = {hex, sizeof hex, 0};
    const bool coded =
        link.data[i] == '\'' ||
        (link.data[i] == '%' && back[at] == '%' && back[at + 1] == '2' && back[at + 2] == '5' &&
         !wbi_text_starts(wbi_text_slice(link, i, link.length), WBI_TEXT("%25")));
    wbi_put_char(&byte, '%');
    wbi_put_hex(&byte, (const uint8_t *)link.data + i, 1);
    const wbi_text expected = coded ? (wbi_text){hex, 3} : wbi_text_slice(link, i, i + 1);
    demand(wbi_text_equal(wbi_text_slice((wbi_text){back, read.length}, at, at + expected.length),
                          expected),
           "reads as another link");
    at += expected.length;
  }
  demand(at == read.length, "has more behind it");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char hosts[] = "{\"hosts\": [\"oak.example\"]}";
  static wb_schema *schema;
  static wb_policy *policy;
  if (schema == NULL) {
    demand(wb_schema_new(NULL, NULL, 0, &schema, NULL) == WB_OK, "no schema");
    demand(wb_policy_new(NULL, schema, hosts, sizeof hosts - 1, &policy, NULL) == WB_OK,
           "no policy");
  }
  const wbi_text link = {(const char *)data, size};
  const uint32_t all = WBI_LINK_HTTP | WBI_LINK_ADDRESS;
  const bool fit = wbi_link_reason(policy, 0, link) == NULL;
  const bool anywhere = wbi_link_reason(NULL, 0, link) == NULL;
  demand(!fit || fuzz_host(link), "leads elsewhere");
  demand(!fit || anywhere, "a list allows more than no list");
  demand(!anywhere || wbi_link_reason(NULL, all, link) == NULL, "allowing more allows less");
  demand(!anywhere || wbi_link_characters(link), "has what a link cannot have");
  demand(wbi_link_path(link) <= size, "its path begins behind it");
  if (fit || wbi_link_reason(policy, WBI_LINK_ADDRESS, link) == NULL) fuzz_written(policy, link);
  return 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a template, on every channel and as an open one: it compiles and renders within its
 * limits, twice the same, or is refused with a sentence. What is sent to twins, who agree in what
 * the channel may read, is the same.
 */
#include <stdio.h>
#include <stdlib.h>

#include "liquid/liquid_private.h"
#include "support/tables.h"
#include "support/twins.h"

/* Ends the program, for the fuzzer to see. */
static void demand(bool holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "template: %s\n", what);
  abort();
}

static wb_facts *fuzz_facts(wb_schema *schema) {
  const wb_facts_options options = {.size = sizeof options, .as_of = 1769760000};
  wb_facts *facts = NULL;
  demand(wb_facts_new(NULL, schema, &options, &facts, NULL) == WB_OK, "no facts");
  demand(table_add(facts, "patients",
                   "patient:u|status:u|first_name:u|last_name:u|location:u\n"
                   "p1|active|Ana|Example|l1\n"
                   "p2|inactive|||\n"
                   "p3|active|{{ x }}|<b>|l1\n",
                   NULL) == WB_OK,
         "no patients");
  demand(table_add(facts, "locations",
                   "location:u|name:u|booking_url:u|zone:u\n"
                   "l1|Example Dental|https://book.example.com/x|America/Chicago\n",
                   NULL) == WB_OK,
         "no locations");
  return facts;
}

enum { OUT = 262145 };

/* Renders once; the bytes. */
static wbi_text fuzz_once(const wb_template *compiled, wb_facts *facts, uint64_t row, char *out,
                          wb_error *error) {
  const wb_moment moment = {.size = sizeof moment, .now = 1769760000};
  size_t length = 0;
  memset(error, 0, sizeof *error);
  const wb_status status =
      wb_template_render(compiled, facts, row, &moment, out, OUT, &length, error);
  demand(error->status == status, "status and error differ");
  demand(status != WB_E_SPACE, "longer than any channel allows");
  return (wbi_text){out, status == WB_OK ? length : 0};
}

/* Renders for two rows, or twice for one: all is the same. */
static void fuzz_same(const wb_template *compiled, wb_facts *facts, uint64_t row, uint64_t other,
                      const char *what) {
  static char one[OUT], two[OUT];
  static wb_error first, second;
  const wbi_text text = fuzz_once(compiled, facts, row, one, &first);
  demand(text.length <= compiled->channel->max_bytes, "too long");
  demand(wbi_utf8_valid(text), "not UTF-8");
  demand(wbi_text_equal(text, fuzz_once(compiled, facts, other, two, &second)), what);
  demand(memcmp(&first, &second, sizeof first) == 0, what);
}

/* Every field of the read-set is of a class that the channel may read. */
static void fuzz_read_set(const wb_template *compiled, const wb_schema *schema) {
  uint32_t field = 0;
  for (uint32_t i = 0; wb_template_get(compiled, i, &field) == WB_OK; ++i) {
    const uint32_t bit = 1u << wbi_schema_field(schema, field)->class_;
    demand((compiled->channel->read & bit) != 0, "reads what it may not");
  }
}

/* The same bytes with all names allowed, over JSON. */
static void fuzz_open(wbi_text text, bool html) {
  static const char json[] =
      "{\"a\":[1,\"b\",{\"c\":2.5}],\"o\":{\"x\":null,\"y\":[[]]},\"s\":\"it\","
      "\"n\":7,\"t\":true}";
  static char memory[65536], out[65536];
  static wbi_json *data;
  static wbi_arena arena;
  wb_template *compiled = NULL;
  wb_error error = {.status = 0};
  if (data == NULL) {
    wbi_arena_init(&arena, NULL, 0);
    demand(wbi_json_parse(&arena, wbi_text_of(json), &data, NULL) == WB_OK, "no data");
  }
  wb_status status = wbi_template_open(NULL, text, html, &compiled, &error);
  demand((status == WB_OK) == (compiled != NULL), "half an open template");
  demand(status == WB_OK || error.line > 0, "refused without a place");
  if (compiled == NULL) return;
  wbi_room room = {memory, sizeof memory, 0, false};
  wbi_writer writer = {out, sizeof out, 0};
  error = (wb_error){.status = 0};
  status = wbi_template_render_open(compiled, data, &room, &writer, &error);
  demand(error.status == status, "status and error differ");
  demand(writer.length <= sizeof out, "too long");
  wbi_span_reader reader = {0, 0};
  wbi_span span;
  while (wbi_span_next(compiled, &reader, &span))
    demand(span.offset <= text.length, "a span beyond the text");
  wb_template_unref(compiled);
}

/* Compiles for one audience; NULL: refused. */
static wb_template *fuzz_compile(wb_schema *schema, wb_policy *policy,
                                 const wb_template_options *options, wbi_text text) {
  wb_template *compiled = NULL;
  wb_error error = {.status = 0};
  const wb_status status =
      wb_template_new(NULL, schema, policy, options, text.data, text.length, &compiled, &error);
  demand(error.status == status, "status and error differ");
  demand((status == WB_OK) == (compiled != NULL), "half a template");
  demand(status == WB_OK || error.message[0] != '\0', "refused without a sentence");
  return compiled;
}

static const char *const channels[] = {"sms",         "email.subject", "email.text",
                                       "email.html",  "call",          "letter",
                                       "page.public", "page.secure",   "voicemail"};

/* Over tables of the dental dictionary. */
static void fuzz_dental(wbi_text text) {
  static wb_schema *schema;
  static wb_policy *policy;
  static wb_facts *facts;
  if (schema == NULL) {
    demand(wb_schema_new(NULL, NULL, 0, &schema, NULL) == WB_OK, "no schema");
    demand(wb_policy_new(NULL, schema, NULL, 0, &policy, NULL) == WB_OK, "no policy");
    facts = fuzz_facts(schema);
  }
  for (size_t i = 0; i < WBI_COUNT(channels); ++i) {
    const wb_template_options options = {.size = sizeof options, .channel = channels[i]};
    wb_template *compiled = fuzz_compile(schema, policy, &options, text);
    if (compiled == NULL) continue;
    fuzz_read_set(compiled, schema);
    for (uint64_t row = 0; row < 3; ++row)
      fuzz_same(compiled, facts, row, row, "not twice the same");
    wb_template_unref(compiled);
  }
}

/* For twins: they agree in what the channel, recipient and register open. */
static void fuzz_twins(wbi_text text) {
  static const char words[] =
      "{\"general\": [{\"field\": \"c5.band\", \"class\": \"public\", \"reason\": \"Coarse.\","
      "\"texts\": {\"red\": \"a while\", \"green\": \"a while\"}, \"otherwise\": \"some time\"}]}";
  static twins pair;
  static wb_policy *policy;
  if (policy == NULL) {
    demand(twins_open(&pair) == WB_OK, "no twins");
    demand(wb_policy_new(NULL, pair.schema, words, sizeof words - 1, &policy, NULL) == WB_OK,
           "no policy");
  }
  for (int32_t i = 0; i < (int32_t)WBI_COUNT(channels) * 9; ++i) {
    const wb_template_options options = {.size = sizeof options,
                                         .channel = channels[i / 9],
                                         .recipient = i % 3,
                                         .register_ = i / 3 % 3};
    wb_template *compiled = fuzz_compile(pair.schema, policy, &options, text);
    if (compiled == NULL) continue;
    pair.open = wbi_channel_read(compiled->channel, options.register_);
    pair.seed = wbi_crc32c(0, text.data, text.length);
    fuzz_same(compiled, pair.facts, 0, 1, "interference");
    wb_template_unref(compiled);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const wbi_text text = {(const char *)data, size};
  fuzz_open(text, false);
  fuzz_open(text, true);
  fuzz_dental(text);
  fuzz_twins(text);
  return 0;
}

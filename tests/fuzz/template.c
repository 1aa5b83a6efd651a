/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a template, on every channel and as an open one: it compiles and renders within its
 * limits, or is refused with a sentence.
 */
#include <stdio.h>
#include <stdlib.h>

#include "liquid/liquid_private.h"
#include "support/tables.h"

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

/* Renders a template for every row. */
static void fuzz_render(const wb_template *compiled, wb_facts *facts) {
  static char out[102401];
  const wb_moment moment = {.size = sizeof moment, .now = 1769760000};
  for (uint64_t row = 0; row < 3; ++row) {
    size_t length = 0;
    wb_error error = {.status = 0};
    const wb_status status =
        wb_template_render(compiled, facts, row, &moment, out, sizeof out, &length, &error);
    demand(error.status == status, "status and error differ");
    if (status == WB_OK) {
      demand(length <= compiled->channel->max_bytes, "too long");
      demand(wbi_utf8_valid((wbi_text){out, length}), "not UTF-8");
    }
  }
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const channels[] = {"sms",  "email.subject", "email.text",
                                         "call", "email.html",    "page.secure"};
  static wb_schema *schema;
  static wb_policy *policy;
  static wb_facts *facts;
  if (schema == NULL) {
    demand(wb_schema_new(NULL, NULL, 0, &schema, NULL) == WB_OK, "no schema");
    demand(wb_policy_new(NULL, schema, NULL, 0, &policy, NULL) == WB_OK, "no policy");
    facts = fuzz_facts(schema);
  }
  fuzz_open((wbi_text){(const char *)data, size}, false);
  fuzz_open((wbi_text){(const char *)data, size}, true);
  for (size_t i = 0; i < WBI_COUNT(channels); ++i) {
    wb_template *compiled = NULL;
    wb_error error = {.status = 0};
    const wb_template_options options = {.size = sizeof options, .channel = channels[i]};
    const wb_status status = wb_template_new(NULL, schema, policy, &options, (const char *)data,
                                             size, &compiled, &error);
    demand(error.status == status, "status and error differ");
    demand((status == WB_OK) == (compiled != NULL), "half a template");
    demand(status == WB_OK || error.message[0] != '\0', "refused without a sentence");
    if (compiled == NULL) continue;
    fuzz_read_set(compiled, schema);
    fuzz_render(compiled, facts);
    wb_template_unref(compiled);
  }
  return 0;
}

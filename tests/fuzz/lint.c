/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a text for the lint, and as a message with Open Dental's tags: findings lie in the
 * text, and what is made of a message is of the language of templates.
 */
#include <stdio.h>
#include <stdlib.h>

#include "liquid/liquid_private.h"

#include <winback/lint.h>

/* Ends the program, for the fuzzer to see. */
static void demand(bool holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "lint: %s\n", what);
  abort();
}

/* The offset of a place; the length and one more: it is in no such line. */
static size_t fuzz_offset(wbi_text text, const wb_finding *finding) {
  size_t at = 0;
  for (uint32_t line = 1; line < finding->line; at++) {
    if (at == text.length) return text.length + 1;
    if (text.data[at] == '\n') line++;
  }
  return at + finding->column - 1;
}

static void fuzz_lint(wbi_text text, const char *channel) {
  static const char *const names[] = {"Crown Point Dental", "perio", ""};
  static const char *const phones[] = {"212-555-0100", ""};
  const wb_lint_options options = {.size = sizeof options,
                                   .channel = channel,
                                   .names = names,
                                   .phones = phones,
                                   .address = "1 Main St",
                                   .name_count = 3,
                                   .phone_count = 2};
  static wb_finding findings[256];
  uint32_t count = 0, again = 0;
  findings[0].size = sizeof *findings;
  const wb_status status =
      wb_text_lint(text.data, text.length, &options, findings, 256, &count, NULL);
  if (status != WB_OK && status != WB_E_SPACE) {
    demand(status == WB_E_INVALID || status == WB_E_LIMIT, "refused for another reason");
    return;
  }
  (void)wb_text_lint(text.data, text.length, &options, NULL, 0, &again, NULL);
  demand(count == again, "the number of findings is not the same again");
  demand((status == WB_OK) == (count <= 256), "space and status differ");
  for (uint32_t i = 0; i < count && i < 256; i++) {
    const size_t at = fuzz_offset(text, findings + i);
    demand(at + findings[i].length <= text.length, "a finding lies outside the text");
  }
}

/* What is made of a message is refused, if at all, for what it reads or what its bytes are. */
static void fuzz_import(wbi_text text, wb_schema *schema, wb_policy *policy) {
  static char made[65536];
  size_t length = 0;
  const wb_template_options options = {.size = sizeof options, .channel = "email.text"};
  wb_template *compiled = NULL;
  wb_error error = {.status = 0};
  if (wb_template_import(text.data, text.length, made, sizeof made, &length, NULL) != WB_OK) return;
  const wb_status status =
      wb_template_new(NULL, schema, policy, &options, made, length, &compiled, &error);
  const bool link = status == WB_E_POLICY; /* that is written out */
  demand(status == WB_OK || status == WB_E_INVALID || link, error.message);
  if (compiled == NULL) return;
  uint32_t count = 0;
  const wb_status linted = wb_template_lint(compiled, NULL, NULL, 0, &count, NULL);
  demand(linted == WB_OK || linted == WB_E_SPACE, "a template was not linted");
  (void)wbi_template_class(compiled, NULL);
  wb_template_unref(compiled);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static wb_schema *schema;
  static wb_policy *policy;
  const wbi_text text = {(const char *)data, size};
  if (schema == NULL) {
    demand(wb_schema_new(NULL, NULL, 0, &schema, NULL) == WB_OK, "no schema");
    demand(wb_policy_new(NULL, schema, NULL, 0, &policy, NULL) == WB_OK, "no policy");
  }
  fuzz_lint(text, "sms");
  fuzz_lint(text, "email.html");
  fuzz_import(text, schema, policy);
  return 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a value of each class: it is fit, and then holds nothing that no message may hold,
 * or is refused with a sentence that does not hold it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "liquid/screen.h"

/* Ends the program, for the fuzzer to see. */
static void demand(bool holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "screen: %s\n", what);
  abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static wb_policy *policy;
  const wbi_text value = {(const char *)data, size};
  if (policy == NULL) {
    wb_schema *schema = NULL;
    demand(wb_schema_new(NULL, NULL, 0, &schema, NULL) == WB_OK, "no schema");
    demand(wb_policy_new(NULL, schema, NULL, 0, &policy, NULL) == WB_OK, "no policy");
  }
  const wbi_channel *subject = wbi_policy_channel(policy, WBI_TEXT("email.subject"));
  for (int32_t class_ = 0; class_ <= WB_CLASS_SEALED; ++class_) {
    const wbi_field field = {.name = WBI_TEXT("f"), .type = WB_TEXT, .class_ = class_};
    wb_error error = {.status = 0};
    const wb_status status = wbi_screen_value(policy, subject, &field, value, NULL, &error);
    demand(status == WB_OK || status == WB_E_POLICY, "another status");
    demand((status == WB_OK) == (error.message[0] == '\0'), "a refusal without a sentence");
    if (status != WB_OK) continue;
    demand(wbi_utf8_valid(value), "not UTF-8");
    demand(size == 0 || memchr(data, '\n', size) == NULL, "a line break");
    demand(size == 0 || memchr(data, '<', size) == NULL, "markup");
    if (class_ == WB_CLASS_NAME) demand(size == 0 || memchr(data, '@', size) == NULL, "an address");
  }
  return 0;
}

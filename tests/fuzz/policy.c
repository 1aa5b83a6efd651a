/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a privacy policy: it compiles, is never wider than the built-in one without the
 * word, and can be told; or it is refused with a sentence.
 */
#include <stdio.h>
#include <stdlib.h>

#include "liquid/policy.h"

/* Ends the program, for the fuzzer to see. */
static void demand(bool holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "policy: %s\n", what);
  abort();
}

/* No list of a recipient has more than it had. */
static void fuzz_narrow(const wb_policy *policy) {
  for (size_t i = 0; i < WBI_CHANNELS; ++i) {
    for (size_t j = 0; j < WBI_RECIPIENTS; ++j) {
      const wbi_channel *now = &policy->channels[i][j], *before = &policy->built_in[i][j];
      const uint32_t all = now->read | now->choose | now->detail;
      demand((all >> WB_CLASS_SEALED) == 0, "sealed");
      if (policy->widened) continue;
      demand((now->read & ~before->read) == 0, "reads more");
      demand((now->choose & ~before->choose) == 0, "chooses by more");
      demand((now->detail & ~before->detail) == 0, "more in detail");
      demand(now->limit <= before->limit && now->limit > 0, "longer");
      for (uint32_t k = 0; k < before->never_count; ++k)
        demand(wbi_channel_never(now, before->never[k]) != 0, "keeps less apart");
    }
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static wb_schema *schema;
  static char words[65536];
  wb_policy *policy = NULL;
  wb_error error = {.status = 0};
  size_t length = 0;
  if (schema == NULL) demand(wb_schema_new(NULL, NULL, 0, &schema, NULL) == WB_OK, "no schema");
  const wb_status status = wb_policy_new(NULL, schema, (const char *)data, size, &policy, &error);
  demand(error.status == status, "status and error differ");
  demand((status == WB_OK) == (policy != NULL), "a policy and a failure");
  demand((status == WB_OK) == (error.message[0] == '\0'), "a failure without a sentence");
  if (policy == NULL) return 0;
  fuzz_narrow(policy);
  const wb_status told = wb_policy_format(policy, words, sizeof words, &length);
  demand(told == WB_OK || told == WB_E_SPACE, "it cannot be told");
  if (told == WB_OK) demand(wbi_utf8_valid((wbi_text){words, length}), "not UTF-8");
  wb_policy_unref(policy);
  return 0;
}

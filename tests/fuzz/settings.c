/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a practice's settings: they are fine or refused with a sentence, and a playbook that
 * is made with them is one by itself, of the same content, without them.
 */
#include <stdio.h>
#include <stdlib.h>

#include "outreach/outreach.h"

/* Ends the program, for the fuzzer to see. */
static void demand(bool holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "settings: %s\n", what);
  abort();
}

/* The playbook that has a parameter of every kind of use: in a rule, a step, an offer. */
static wbi_text fuzz_playbook(void) {
  const char *name = NULL, *json = NULL;
  size_t length = 0;
  for (uint32_t i = 0; wb_playbook_get(i, &name, &json, &length) == WB_OK; ++i)
    if (strcmp(name, "return-offer") == 0) return (wbi_text){json, length};
  demand(false, "no playbook");
  return (wbi_text){NULL, 0};
}

/* What was made holds values alone: compiled again it is itself. */
static void fuzz_again(wb_schema *schema, wb_policy *policy, const wb_campaign *made) {
  wb_campaign *again = NULL;
  wb_campaign_info one = {.size = sizeof one}, two = {.size = sizeof two};
  demand(wb_campaign_get(made, &one) == WB_OK, "it cannot be told");
  demand(wb_campaign_new(NULL, schema, policy, one.canonical, one.canonical_length, &again, NULL) ==
             WB_OK,
         "what was made does not compile");
  demand(wb_campaign_get(again, &two) == WB_OK, "it cannot be told again");
  demand(memcmp(one.content_id, two.content_id, 32) == 0, "another content");
  wb_campaign_unref(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static wb_schema *schema;
  static wb_policy *policy;
  wb_campaign *made = NULL;
  wb_error tested = {.status = 0}, error = {.status = 0};
  const char *settings = (const char *)data;
  if (schema == NULL) demand(wb_schema_new(NULL, NULL, 0, &schema, NULL) == WB_OK, "no schema");
  if (policy == NULL)
    demand(wb_policy_new(NULL, schema, NULL, 0, &policy, NULL) == WB_OK, "no policy");
  const wb_status fine = wb_settings_test(NULL, settings, size, &tested);
  demand(tested.status == fine, "status and error differ");
  demand((fine == WB_OK) == (tested.message[0] == '\0'), "a failure without a sentence");
  const wbi_text playbook = fuzz_playbook();
  const wb_status status = wb_campaign_make(NULL, schema, policy, playbook.data, playbook.length,
                                            settings, size, &made, &error);
  demand(error.status == status, "status and error of a playbook differ");
  demand((status == WB_OK) == (made != NULL), "a playbook and a failure");
  demand((status == WB_OK) == (error.message[0] == '\0'), "a playbook without a sentence");
  if (made != NULL) fuzz_again(schema, policy, made);
  wb_campaign_unref(made);
  return 0;
}

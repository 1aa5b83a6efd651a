/* SPDX-License-Identifier: MIT */
/* The offers of a campaign, as commands look at them. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

const cli_json *cli_offer_of(const cli_json *campaign, const cli_json *step) {
  const cli_json *offers = cli_json_find(campaign, "offers");
  const cli_json *named = cli_json_find(offers, cli_json_text(step, "offer", ""));
  return named || !offers ? named : offers->first;
}

bool cli_offer_over(const cli_json *offer, wb_date today) {
  wb_date last = WB_DATE_NONE;
  const char *text = cli_json_text(offer, "last", "");
  return wb_date_parse(text, strlen(text), &last) == WB_OK && last < today;
}

wb_status cli_offer_make(const cli_world *world, const cli_json *json, wb_offer **offer,
                         wb_error *error) {
  char *text = NULL;
  size_t length = 0;
  FILE *out = open_memstream(&text, &length);
  *offer = NULL;
  if (!out) return WB_E_NOMEM;
  const cli_json unnamed = {.kind = CLI_OBJECT, .first = json->first};
  cli_json_write(out, &unnamed);
  fclose(out);
  wb_status status = wb_offer_new(NULL, world->schema, text, length, offer, error);
  free(text);
  return status;
}

wb_status cli_offer_ask(const cli_world *world, uint64_t row, const cli_json *json,
                        int32_t *outcome, wb_error *error) {
  wb_offer *offer = NULL;
  wb_law *law = NULL;
  const wb_offer_use use = {.size = sizeof use,
                            .flags = WB_OFFER_AUTOMATED | WB_OFFER_AUTHORIZED,
                            .consent = WB_OFFER_CONSENT_WRITTEN};
  wb_offer_verdict verdict = {.size = sizeof verdict};
  wb_status status = cli_offer_make(world, json, &offer, error);
  if (status == WB_OK) status = wb_law_new(NULL, NULL, 0, &law, error);
  if (status == WB_OK)
    status = wb_offer_test(offer, law, world->facts, row, &world->moment, &use, &verdict, error);
  *outcome = verdict.outcome;
  wb_law_unref(law);
  wb_offer_unref(offer);
  return status;
}

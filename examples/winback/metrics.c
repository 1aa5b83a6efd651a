/* SPDX-License-Identifier: MIT */
/* winback metrics: what the messages brought, and what may be claimed of it. */
#include "cli.h"

#include <stdlib.h>

/* The counters as JSON, one object a line. */
static int metrics_json(wb_practice *practice) {
  uint64_t cursor = 0;
  wb_metrics metrics = {.size = sizeof metrics};
  wb_status status;
  while ((status = wb_metrics_next(practice, &cursor, &metrics)) == WB_OK) {
    printf(
        "{\"campaign\":\"%s\",\"segment\":\"%s\",\"variant\":\"%s\",\"held_out\":%s,\"exempt\":%s",
        metrics.campaign, metrics.segment, metrics.variant,
        metrics.flags & WB_METRICS_HELD_OUT ? "true" : "false",
        metrics.flags & WB_METRICS_EXEMPT ? "true" : "false");
    printf(",\"entered\":%llu,\"contacted\":%llu,\"messages\":%llu,\"responded\":%llu",
           (unsigned long long)metrics.entered, (unsigned long long)metrics.contacted,
           (unsigned long long)metrics.messages, (unsigned long long)metrics.responded);
    printf(",\"booked\":%llu,\"kept\":%llu,\"came\":%llu,\"production_cents\":%lld}\n",
           (unsigned long long)metrics.booked, (unsigned long long)metrics.kept,
           (unsigned long long)metrics.came, (long long)metrics.production);
  }
  return status == WB_E_NAME ? CLI_OK : cli_fail("the metrics", status, NULL);
}

/* The page for people. */
static int metrics_page(wb_practice *practice, wb_time now) {
  size_t needed = 0;
  wb_status status = wb_metrics_format(practice, now, NULL, 0, &needed);
  if (status == WB_OK) return CLI_OK;
  if (status != WB_E_SPACE) return cli_fail("the metrics", status, NULL);
  char *page = cli_grow(NULL, needed + 1, 1);
  status = wb_metrics_format(practice, now, page, needed + 1, &needed);
  if (status == WB_OK) fputs(page, stdout);
  free(page);
  return status == WB_OK ? CLI_OK : cli_fail("the metrics", status, NULL);
}

int cli_metrics(const cli_options *options) {
  cli_world world;
  cli_store store;
  int result = cli_store_find(options);
  if (result == CLI_OK) result = cli_world_load_optional(options, &world);
  if (result != CLI_OK) return result;
  result = cli_store_try(&store, options, &world);
  if (result == CLI_OK) {
    result = options->json ? metrics_json(store.practice) : metrics_page(store.practice, world.now);
  }
  int closed = cli_store_close(&store, false);
  cli_world_free(&world);
  return result == CLI_OK ? closed : result;
}

/* SPDX-License-Identifier: MIT */
/*
 * Seals: a record that sums up what came before it, so that it may move to an archive. Its digest
 * is made of those of the sync records since the seal before, and they of all records between them.
 */
#include "machine/event_private.h"

enum { SEAL_COUNTERS = 8 };

/* The totals so far, as bytes. */
static void seal_summary(const wbi_state *state, char out[SEAL_COUNTERS * sizeof(uint64_t)]) {
  uint64_t sums[SEAL_COUNTERS] = {0};
  for (uint32_t i = 0; i < state->metric.count; i++) {
    const wbi_metric *cell = wbi_state_metric(state, i);
    const uint64_t counters[SEAL_COUNTERS] = {
        cell->entered, cell->contacted, cell->messages, cell->responded,
        cell->booked,  cell->kept,      cell->came,     (uint64_t)cell->production};
    for (size_t j = 0; j < SEAL_COUNTERS; j++)
      sums[j] += counters[j];
  }
  wbi_writer writer = {out, sizeof sums, 0};
  for (size_t j = 0; j < SEAL_COUNTERS; j++)
    wbi_put_u64(&writer, sums[j]);
}

wb_status wbi_plan_seal(wbi_plan *plan, const wbi_state *state) {
  uint8_t since[32], digest[32];
  char summary[SEAL_COUNTERS * sizeof(uint64_t)];
  wbi_sha256 sync = state->since_sync, seal = state->since_seal;
  wb_status status = wbi_plan_sync(plan, state);
  if (status != WB_OK) return status;
  wbi_sha256_finish(&sync, since); /* what the sync record says as well */
  wbi_sha256_add(&seal, since, sizeof since);
  wbi_sha256_finish(&seal, digest);
  seal_summary(state, summary);
  const wbi_effect effect = {.kind = WBI_EFFECT_SEAL,
                             .wake = state->sealed_at,
                             .bytes = {(const char *)digest, sizeof digest},
                             .name = {summary, sizeof summary}};
  status = wbi_plan_open(plan, state, WBI_BY_SEAL);
  if (status == WB_OK) status = wbi_plan_add(plan, &effect);
  if (status == WB_OK) wbi_plan_close(plan);
  return status;
}

void wbi_event_seal(wbi_state *state, wb_time at) {
  wbi_sha256_again(&state->since_seal);
  state->sealed_at = at;
  state->unsealed = 0;
}

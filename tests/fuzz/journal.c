/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target: any bytes as a journal, as they are and with checksums and digests made to fit. What
 * is replayed is saved and loaded alike, and what was refused left no trace.
 */
#include <stdlib.h>
#include <string.h>

#include "support/saved.h"
#include "support/seal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program unless a belief holds. */
static void believe(bool holds) {
  if (!holds) abort();
}

static void journal_state(wbi_state *state) {
  static const wbi_bytes16 check = {{1, 2, 3}};
  wbi_state_init(state, NULL, WBI_TEXT("practice"), &check);
  state->grace = 300;
}

/* What a state is saved as, it is loaded from. */
static void journal_round(const wbi_state *state) {
  size_t length = 0;
  wbi_state loaded;
  uint8_t *bytes = saved_state(state, &length);
  journal_state(&loaded);
  believe(wbi_snapshot_read(&loaded, bytes, length, NULL) == WB_OK);
  believe(saved_alike(&loaded, bytes, length));
  wbi_state_free(&loaded);
  free(bytes);
}

/* Reads the bytes as people do. */
static void journal_people(const uint8_t *bytes, size_t length) {
  static const uint8_t action[16] = {5};
  const wb_entry_query query = {.size = sizeof query, .flags = WB_ENTRY_JSON};
  char text[512];
  size_t needed = 0;
  uint64_t offset = 0, cursor = 0;
  wb_record record = {.size = sizeof record};
  wb_chain chain = {.size = sizeof chain};
  if (wb_journal_find(bytes, length, &chain, NULL) == WB_OK) believe(chain.used <= length);
  while (wb_journal_next(bytes, length, &offset, &record) == WB_OK)
    (void)wb_journal_format(bytes, length, record.offset, text, sizeof text, &needed);
  while (cursor < 8 && wb_journal_entry(NULL, bytes, length, &query, &cursor, text, sizeof text,
                                        &needed) == WB_OK)
    believe(needed < sizeof text);
  (void)wb_journal_explain(NULL, bytes, length, action, text, sizeof text, &needed);
}

/* Reads the records, replays them, saves and loads. */
static void journal_try(const uint8_t *bytes, size_t length) {
  wbi_state state;
  wb_replay replay = {.size = sizeof replay};
  wb_record record = {.size = sizeof record};
  uint64_t offset = 0, from = 0;
  while (wb_journal_next(bytes, length, &offset, &record) == WB_OK)
    believe(record.length <= length && offset <= length);
  journal_people(bytes, length);
  journal_state(&state);
  const wb_status status = wbi_journal_check(&state, bytes, length, &replay, &from, NULL);
  if (status == WB_OK && replay.applied > 0) {
    believe(replay.used <= length && from < replay.used);
    believe(wbi_state_reserve(&state, bytes + from, (size_t)(replay.used - from)) == WB_OK);
    wbi_state_commit(&state, bytes + from, (size_t)(replay.used - from));
    believe(state.sequence == replay.applied);
    journal_round(&state);
  }
  wbi_state_free(&state);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  uint8_t *copy = malloc(size + 1);
  believe(copy != NULL);
  memcpy(copy, data, size);
  journal_try(copy, size);
  seal_journal(copy, size);
  journal_try(copy, size);
  free(copy);
  return 0;
}

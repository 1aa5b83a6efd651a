/* SPDX-License-Identifier: MIT */
#include "support/memory_journal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Ends the program: the library broke the rule of wb_append_fn, or there is no memory. */
static void memory_journal_stop(const char *what) {
  fprintf(stderr, "memory_journal: %s\n", what);
  abort();
}

/* Writes bytes at the end. */
static void memory_journal_write(memory_journal *journal, const void *bytes, size_t length) {
  if (!length) return;
  uint8_t *grown = realloc(journal->bytes, journal->length + length);
  if (!grown) memory_journal_stop("no memory");
  memcpy(grown + journal->length, bytes, length);
  journal->bytes = grown;
  journal->length += length;
}

wb_status WB_CALL memory_journal_append(void *user, uint64_t first_sequence, const void *bytes,
                                        uint64_t length, uint32_t count) {
  memory_journal *journal = user;
  if (!bytes || !length || !count) memory_journal_stop("an empty append");
  if (first_sequence > journal->sequence + 1) memory_journal_stop("a gap");
  if (first_sequence <= journal->sequence) return WB_E_CONFLICT;
  bool fails = fault_strikes(&journal->append);
  size_t written = (size_t)length;
  if (journal->ends && length > journal->ends - journal->length) {
    written = journal->ends - journal->length;
    journal->ends = 0;
    journal->append.hits++;
    memory_journal_write(journal, bytes, written);
    return WB_E_ABORTED;
  }
  if (fails && journal->torn < written) written = journal->torn;
  if (fails && journal->answer == WB_E_CONFLICT) return WB_E_CONFLICT;
  memory_journal_write(journal, bytes, written);
  if (written == length) journal->sequence += count;
  if (!fails) return WB_OK;
  return journal->answer ? journal->answer : WB_E_ABORTED;
}

wb_status WB_CALL memory_journal_sync(void *user) {
  memory_journal *journal = user;
  if (fault_strikes(&journal->sync)) return WB_E_ABORTED;
  journal->durable = journal->length;
  journal->committed = journal->sequence;
  return WB_OK;
}

void memory_journal_crash(memory_journal *journal) {
  journal->length = journal->durable;
  journal->sequence = journal->committed;
}

void memory_journal_free(memory_journal *journal) {
  free(journal->bytes);
  *journal = (memory_journal){0};
}

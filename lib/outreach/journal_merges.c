/* SPDX-License-Identifier: MIT */
/* For whom a key stood when, as the merges of a journal say. */
#include "outreach/journal_private.h"

/* From a record on a key stands for another; `into` empty: for nobody but whoever has it next. */
typedef struct merges_change {
  uint64_t sequence;
  wbi_text from, into;
} merges_change;

void wbi_merges_init(wbi_vector *merges, wb_context *context) {
  wbi_vector_init(merges, context, sizeof(merges_change), 0);
}

wb_status wbi_merges_read(wbi_vector *merges, const void *bytes, size_t length) {
  wbi_effects effects;
  wbi_effect effect;
  wb_status status;
  wbi_effects_open(&effects, bytes, length);
  while ((status = wbi_effects_next(&effects, &effect)) == WB_OK) {
    const bool merged = effect.kind == WBI_EFFECT_MERGE;
    if (!merged && effect.kind != WBI_EFFECT_FORGET) continue;
    merges_change *change = wbi_vector_push(merges);
    if (change == NULL) return WB_E_NOMEM;
    *change = (merges_change){effects.record.sequence, effect.patient,
                              merged ? effect.subject : WBI_TEXT("")};
  }
  return status == WB_E_NAME ? WB_OK : status;
}

wbi_text wbi_merges_stands(const wbi_vector *merges, wbi_text key, uint64_t after, uint64_t until) {
  wbi_text now = key;
  for (size_t i = 0; i < merges->count; i++) {
    const merges_change *change = wbi_vector_at(merges, i);
    /* same: no record says more about a key than that */
    if (change->sequence <= after || change->sequence > until) continue;
    if (change->into.length > 0 && wbi_text_equal(change->from, now)) now = change->into;
  }
  return now;
}

wbi_text wbi_merges_now(const wbi_vector *merges, wbi_text key) {
  uint64_t since = 0;
  for (size_t i = 0; i < merges->count; i++) {
    const merges_change *change = wbi_vector_at(merges, i);
    const bool forgotten = change->into.length == 0 && wbi_text_equal(change->from, key);
    if (forgotten) since = change->sequence;
  }
  return wbi_merges_stands(merges, key, since, UINT64_MAX);
}

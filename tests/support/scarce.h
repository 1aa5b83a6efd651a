/* SPDX-License-Identifier: MIT */
/* A practice that has too little memory of one kind for what it plans, for a call; for tests that
   are linked with the internal library. */
#ifndef SCARCE_H
#define SCARCE_H

#include <stdlib.h>

#include "outreach/practice_private.h"
#include "support/fault.h"

enum { SCARCE_STEP = 8 /* bytes: what an effect has at least, or nearly */ };

typedef struct scarce_room {
  fault_memory memory; /* of the record: arm it */
  wb_context *context;
  wbi_vector usual;
} scarce_room;

/* There is so much room, in bytes, for a record, and no more. */
static inline void scarce_begin(scarce_room *room, wb_practice *practice, size_t bytes) {
  *room = (scarce_room){.usual = practice->plan.bytes};
  room->context = fault_context(&room->memory);
  practice->plan.bytes = (wbi_vector){.context = room->context,
                                      .data = fault_alloc(&room->memory, NULL, 0, bytes),
                                      .capacity = bytes,
                                      .item_size = 1};
  if (practice->plan.bytes.data == NULL) abort();
}

/* There is the usual room again. */
static inline void scarce_end(scarce_room *room, wb_practice *practice) {
  wbi_vector *bytes = &practice->plan.bytes;
  (void)fault_alloc(&room->memory, bytes->data, bytes->capacity, 0);
  wb_context_unref(room->context);
  *bytes = room->usual;
}

/* A definition is not compiled yet; what to give to scarce_remember. */
static inline void *scarce_forget(wb_practice *practice, uint32_t definition) {
  wbi_definition *known = wbi_state_definition(&practice->state, definition);
  void *compiled = known->compiled;
  known->compiled = NULL;
  return compiled;
}

static inline void scarce_remember(wb_practice *practice, uint32_t definition, void *compiled) {
  wbi_definition *known = wbi_state_definition(&practice->state, definition);
  wb_campaign_unref(known->compiled);
  known->compiled = compiled;
}

#endif

/* SPDX-License-Identifier: MIT */
/* Calls that fail for want of memory at one place after the other, until they are done. */
#include "support/world.h"

#include "outreach/practice_private.h"

enum { SCARCE_STEP = 8 /* bytes: what an effect has at least, or nearly */ };

/* One try, with memory that fails at one place; nothing is written unless it is done. That nothing
   else changed either is seen at the end of the history, when what was replayed is what was lived.
 */
static wb_status scarce_try(world *w, world_call call, void *of, fault_memory *memory,
                            fault_mode mode, uint64_t at) {
  wb_practice *practice = w->process[w->active];
  const uint64_t sequence = wb_practice_sequence(practice);
  fault_arm(&memory->plan, mode, at);
  const wb_status status = call(w, practice, of);
  const bool met = memory->plan.hits > 0;
  fault_arm(&memory->plan, FAULT_NEVER, 0);
  if (status != WB_E_NOMEM) return status;
  world_believe(w, met, "memory failed");
  world_believe(w, wb_practice_sequence(practice) == sequence || call == world_call_poll,
                "a failure writes nothing");
  return status;
}

/* There is ever more room for what a call plans. */
static wb_status scarce_room(world *w, world_call call, void *of) {
  wbi_vector *bytes = &w->process[w->active]->plan.bytes;
  wb_status status = WB_E_NOMEM;
  for (size_t room = SCARCE_STEP; status == WB_E_NOMEM; room += SCARCE_STEP) {
    const wbi_vector usual = *bytes;
    fault_memory memory;
    wb_context *context = fault_context(&memory);
    *bytes = (wbi_vector){.context = context,
                          .data = fault_alloc(&memory, NULL, 0, room),
                          .capacity = room,
                          .item_size = 1};
    world_believe(w, bytes->data != NULL, "there is some room");
    status = scarce_try(w, call, of, &memory, FAULT_FOREVER, 1);
    (void)fault_alloc(&memory, bytes->data, bytes->capacity, 0);
    wb_context_unref(context);
    *bytes = usual;
  }
  return status;
}

/* One definition after the other has to be compiled anew, for which there is no memory. */
static wb_status scarce_definitions(world *w, world_call call, void *of) {
  wbi_state *state = &w->process[w->active]->state;
  for (uint32_t i = 0; i < state->definition.count; i++) {
    wb_campaign *compiled = wbi_state_definition(state, i)->compiled;
    wbi_state_definition(state, i)->compiled = NULL;
    const wb_status status = scarce_try(w, call, of, &w->memory, FAULT_FOREVER, 1);
    wb_campaign_unref(wbi_state_definition(state, i)->compiled);
    wbi_state_definition(state, i)->compiled = compiled;
    if (status != WB_E_NOMEM) return status;
  }
  return call(w, w->process[w->active], of);
}

/* Each allocation of a practice that was just loaded. */
static wb_status scarce_memory(world *w, world_call call, void *of) {
  wb_status status = WB_E_NOMEM;
  for (uint64_t at = 1; status == WB_E_NOMEM; at++) {
    world_renew(w);
    status = scarce_try(w, call, of, &w->memory, FAULT_ONCE, at);
  }
  return status;
}

wb_status world_call_scarce(world *w, world_call call, void *of) {
  switch (w->scarce) {
  case WORLD_ROOM: return scarce_room(w, call, of);
  case WORLD_COMPILED: return scarce_definitions(w, call, of);
  case WORLD_MEMORY: return scarce_memory(w, call, of);
  default: return call(w, w->process[w->active], of);
  }
}

/* SPDX-License-Identifier: MIT */
/* Calls that fail for want of memory at one place after the other, until they are done. */
#include "support/scarce.h"
#include "support/world.h"

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
static wb_status scarce_records(world *w, world_call call, void *of) {
  wb_practice *practice = w->process[w->active];
  wb_status status = WB_E_NOMEM;
  for (size_t bytes = SCARCE_STEP; status == WB_E_NOMEM; bytes += SCARCE_STEP) {
    scarce_room room;
    scarce_begin(&room, practice, bytes);
    status = scarce_try(w, call, of, &room.memory, FAULT_FOREVER, 1);
    scarce_end(&room, practice);
  }
  return status;
}

/* One definition after the other has to be compiled anew, for which there is no memory. */
static wb_status scarce_definitions(world *w, world_call call, void *of) {
  wb_practice *practice = w->process[w->active];
  for (uint32_t i = 0; i < practice->state.definition.count; i++) {
    void *compiled = scarce_forget(practice, i);
    const wb_status status = scarce_try(w, call, of, &w->memory, FAULT_FOREVER, 1);
    scarce_remember(practice, i, compiled);
    if (status != WB_E_NOMEM) return status;
  }
  return call(w, practice, of);
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
  case WORLD_ROOM: return scarce_records(w, call, of);
  case WORLD_COMPILED: return scarce_definitions(w, call, of);
  case WORLD_MEMORY: return scarce_memory(w, call, of);
  default: return call(w, w->process[w->active], of);
  }
}

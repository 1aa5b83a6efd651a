/* SPDX-License-Identifier: MIT */
/* Capacity, for the pass that lets people in. */
#ifndef WBI_GATE_H
#define WBI_GATE_H

#include "outreach/practice_private.h"

/* What one pass leaves of capacity. */
typedef struct wbi_gate {
  wb_practice *practice;
  int64_t *promised; /* minutes, by chair: what those inside are expected to take */
  uint32_t *inside;  /* by definition; NULL: not counted yet */
  wbi_vector days;   /* entries of the day */
} wbi_gate;

/* Somebody who would enter. */
typedef struct wbi_gate_entry {
  const wb_campaign *campaign;
  wbi_text location;
  wb_time day_began; /* there */
  uint32_t definition;
  bool held_out; /* nothing is said to them: no chair time is promised */
} wbi_gate_entry;

/* Whether an enrolment is outside of a campaign that has a capacity of its own: the next enrolment
   lets it in. */
bool wbi_gate_holds(const wb_campaign *campaign, const wbi_enrollment *enrollment);
void wbi_gate_init(wbi_gate *gate, wb_practice *practice);
void wbi_gate_free(wbi_gate *gate);
/* Takes the capacity that somebody needs, if it is there. */
wb_status wbi_gate_take(wbi_gate *gate, const wbi_gate_entry *entry, bool *taken);

#endif

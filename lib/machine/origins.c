/* SPDX-License-Identifier: MIT */
/*
 * Where an enrolment came from: an id never changes while its sequence goes on, so it is made of
 * the key under which its patient entered, whoever they are merged with; and whoever enters next
 * has a number that none of the merged had. Only of those whom a merge touched.
 */
#include "machine/event_private.h"

/* Where the origin of an enrolment is, or would be: they are in the order of their numbers. */
static size_t origins_place(const wbi_state *state, uint32_t enrollment) {
  size_t from = 0, until = state->origin.count;
  while (from < until) {
    const size_t middle = from + (until - from) / 2;
    const wbi_origin *origin = wbi_vector_at(&state->origin, middle);
    if (origin->enrollment < enrollment)
      from = middle + 1;
    else
      until = middle;
  }
  return from;
}

/* The origin that was noted; NULL: none. */
static wbi_origin *origins_find(const wbi_state *state, uint32_t enrollment) {
  const size_t place = origins_place(state, enrollment);
  wbi_origin *origin = place < state->origin.count ? wbi_vector_at(&state->origin, place) : NULL;
  return origin != NULL && origin->enrollment == enrollment ? origin : NULL;
}

wbi_origin wbi_state_origin(const wbi_state *state, uint32_t enrollment) {
  const wbi_origin *origin = origins_find(state, enrollment);
  const wbi_enrollment *of = wbi_state_enrollment(state, enrollment);
  return origin != NULL ? *origin : (wbi_origin){enrollment, of->patient, of->entry};
}

bool wbi_origin_says(const wbi_state *state, const wbi_origin *origin) {
  const wbi_enrollment *of = wbi_state_enrollment(state, origin->enrollment);
  return origin->key != of->patient || origin->last != of->entry;
}

void wbi_origin_set(wbi_state *state, wbi_origin origin) {
  wbi_origin *known = origins_find(state, origin.enrollment);
  if (known == NULL && !wbi_origin_says(state, &origin)) return;
  if (known == NULL) {
    const size_t place = origins_place(state, origin.enrollment);
    wbi_vector_push(&state->origin);
    known = wbi_vector_at(&state->origin, place);
    memmove(known + 1, known, (state->origin.count - 1 - place) * sizeof *known);
  }
  *known = origin;
}

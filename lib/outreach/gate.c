/* SPDX-License-Identifier: MIT */
/*
 * Capacity, when people are let in: how many may be inside a campaign, how many may enter it on a
 * day, and the chair time that they are likely to take. What those inside are expected to book
 * counts as promised; what was booked since the host's report is gone.
 */
#include "outreach/gate.h"
#include "outreach/wave.h"

enum { GATE_PERCENT = 100 };

/* Entries of a campaign at one location since a day began. */
typedef struct gate_day {
  wbi_text location;
  uint32_t name; /* of the campaign */
  uint32_t entered;
} gate_day;

/* Whether an enrolment takes part of a capacity: it goes on, and has its place. */
static bool gate_counts(const wbi_enrollment *enrollment) {
  return enrollment->state != WB_STATE_ENDED && !wbi_enrollment_outside(enrollment);
}

bool wbi_gate_holds(const wb_campaign *campaign, const wbi_enrollment *enrollment) {
  const wbi_capacity *capacity = &campaign->capacity;
  const bool gated = capacity->inside > 0 || capacity->per_day > 0 || capacity->chair_count > 0;
  return gated && wbi_enrollment_outside(enrollment);
}

/* The number of a campaign's name. */
static uint32_t gate_name(const wbi_gate *gate, uint32_t definition) {
  return wbi_state_definition(&gate->practice->state, definition)->name;
}

/* The chair of a column at a location, WBI_NONE where it was never reported; and what one who
   enters is expected to take of it, by what share of those who left had booked. */
static uint32_t gate_column(const wbi_gate *gate, const wbi_gate_entry *entry,
                            const wbi_chair_need *need, int64_t *minutes) {
  const wbi_state *state = &gate->practice->state;
  const wbi_definition *known = wbi_state_definition(state, entry->definition);
  *minutes = wbi_chair_expected(need->minutes, wbi_wave_acceptance(known->booked, known->ended));
  return wbi_state_chair_find(state, entry->location, need->schedule);
}

/* Whether every column has the time that one who enters is expected to take. */
static bool gate_fits(const wbi_gate *gate, const wbi_gate_entry *entry) {
  const wbi_capacity *capacity = &entry->campaign->capacity;
  const uint32_t reserve = gate->practice->options.chair_reserve * (10000u / GATE_PERCENT);
  for (uint32_t i = 0; i < capacity->chair_count; i++) {
    int64_t minutes;
    const uint32_t chair = gate_column(gate, entry, &capacity->chairs[i], &minutes);
    if (chair == WBI_NONE) continue;
    const wbi_chair *time = wbi_state_chair(&gate->practice->state, chair);
    if (gate->promised[chair] + time->booked + minutes > wbi_chair_minutes(time->open, reserve))
      return false;
  }
  return true;
}

/* Promises that time, and takes a place inside. */
static void gate_enter(wbi_gate *gate, const wbi_gate_entry *entry) {
  const wbi_capacity *capacity = &entry->campaign->capacity;
  gate->inside[entry->definition]++;
  for (uint32_t i = 0; !entry->held_out && i < capacity->chair_count; i++) {
    int64_t minutes;
    const uint32_t chair = gate_column(gate, entry, &capacity->chairs[i], &minutes);
    if (chair != WBI_NONE) gate->promised[chair] += minutes;
  }
}

/* Counts one enrolment. */
static wb_status gate_count(wbi_gate *gate, const wbi_enrollment *enrollment) {
  const wbi_state *state = &gate->practice->state;
  const wb_campaign *campaign = NULL;
  if (!gate_counts(enrollment)) return WB_OK;
  const wb_status status = wbi_practice_campaign(gate->practice, enrollment->definition, &campaign);
  if (status != WB_OK || campaign == NULL) return status;
  const wbi_gate_entry entry = {.campaign = campaign,
                                .location = wbi_keys_text(&state->locations, enrollment->location),
                                .definition = enrollment->definition,
                                .held_out = enrollment->variant == WBI_HELD_OUT};
  gate_enter(gate, &entry);
  return WB_OK;
}

void wbi_gate_init(wbi_gate *gate, wb_practice *practice) {
  *gate = (wbi_gate){.practice = practice};
  wbi_vector_init(&gate->days, practice->context, sizeof(gate_day), 0);
}

void wbi_gate_free(wbi_gate *gate) {
  const wbi_state *state = &gate->practice->state;
  wb_context *context = gate->practice->context;
  wbi_vector_free(&gate->days);
  wbi_free(context, gate->promised, (state->chair.count + 1) * sizeof(int64_t));
  wbi_free(context, gate->inside, (state->definition.count + 1) * sizeof(uint32_t));
}

/* Counts what is taken already, for the first who asks: in most passes nobody does. */
static wb_status gate_open(wbi_gate *gate) {
  const wbi_state *state = &gate->practice->state;
  wb_context *context = gate->practice->context;
  wb_status status = WB_OK;
  if (gate->inside != NULL) return WB_OK;
  gate->promised = wbi_alloc(context, (state->chair.count + 1) * sizeof(int64_t));
  if (gate->promised == NULL) return WB_E_NOMEM;
  gate->inside = wbi_alloc(context, (state->definition.count + 1) * sizeof(uint32_t));
  if (gate->inside == NULL) return WB_E_NOMEM;
  for (uint32_t i = 0; status == WB_OK && i < state->enrollment.count; i++)
    status = gate_count(gate, wbi_state_enrollment(state, i));
  return status;
}

/* How many are inside a campaign, by whatever definition. */
static uint32_t gate_inside(const wbi_gate *gate, uint32_t definition) {
  const wbi_state *state = &gate->practice->state;
  uint32_t count = 0;
  for (uint32_t i = 0; i < state->definition.count; i++) {
    if (wbi_state_definition(state, i)->name == gate_name(gate, definition))
      count += gate->inside[i];
  }
  return count;
}

/* Counts those who entered a campaign at a location since an instant. */
static uint32_t gate_entered(const wbi_gate *gate, uint32_t name, wbi_text location,
                             wb_time since) {
  const wbi_state *state = &gate->practice->state;
  uint32_t count = 0;
  for (uint32_t i = 0; i < state->enrollment.count; i++) {
    const wbi_enrollment *enrollment = wbi_state_enrollment(state, i);
    const bool held = enrollment->state != WB_STATE_ENDED && !gate_counts(enrollment);
    if (held || enrollment->entered < since) continue;
    if (wbi_state_definition(state, enrollment->definition)->name != name) continue;
    count += wbi_text_equal(wbi_keys_text(&state->locations, enrollment->location), location);
  }
  return count;
}

/* The entries of a campaign at a location today; NULL: no memory. */
static gate_day *gate_find_day(wbi_gate *gate, const wbi_gate_entry *entry) {
  const uint32_t name = gate_name(gate, entry->definition);
  for (size_t i = 0; i < gate->days.count; i++) {
    gate_day *day = wbi_vector_at(&gate->days, i);
    if (day->name == name && wbi_text_equal(day->location, entry->location)) return day;
  }
  gate_day *day = wbi_vector_push(&gate->days);
  if (day == NULL) return NULL;
  *day = (gate_day){entry->location, name,
                    gate_entered(gate, name, entry->location, entry->day_began)};
  return day;
}

wb_status wbi_gate_take(wbi_gate *gate, const wbi_gate_entry *entry, bool *taken) {
  const wbi_capacity *capacity = &entry->campaign->capacity;
  *taken = false;
  const wb_status status = gate_open(gate);
  if (status != WB_OK) return status;
  gate_day *day = capacity->per_day > 0 ? gate_find_day(gate, entry) : NULL;
  if (capacity->per_day > 0 && day == NULL) return WB_E_NOMEM;
  if (day != NULL && day->entered >= capacity->per_day) return WB_OK;
  if (capacity->inside > 0 && gate_inside(gate, entry->definition) >= capacity->inside)
    return WB_OK;
  if (!gate_fits(gate, entry)) return WB_OK;
  gate_enter(gate, entry);
  if (day != NULL) day->entered++;
  *taken = true;
  return WB_OK;
}

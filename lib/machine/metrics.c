/* SPDX-License-Identifier: MIT */
/*
 * What the outreach brought, counted by campaign, segment and variant. Visits are credited to the
 * message that came last before them; a credit is remembered as long as it can still change.
 */
#include "machine/event_private.h"
#include "machine/snapshot_private.h"

enum { METRICS_CONTACTED = 1, METRICS_RESPONDED = 2, METRICS_CAME = 4, METRICS_BITS = 7 };

wbi_metric *wbi_state_metric(const wbi_state *state, uint32_t number) {
  return wbi_vector_at(&state->metric, number);
}

/* What cells are sorted by. */
static uint32_t metrics_rank(uint32_t definition, uint8_t segment, uint8_t variant) {
  return definition << 16 | (uint32_t)segment << 8 | variant;
}

/* The place of a cell, or where it would be. */
static uint32_t metrics_place(const wbi_state *state, uint32_t rank) {
  uint32_t low = 0, high = (uint32_t)state->metric.count;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    const wbi_metric *metric = wbi_state_metric(state, middle);
    if (metrics_rank(metric->definition, metric->segment, metric->variant) < rank)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Whether the cell that would be at a place is there. */
static bool metrics_there(const wbi_state *state, uint32_t place, uint32_t rank) {
  if (place >= state->metric.count) return false;
  const wbi_metric *found = wbi_state_metric(state, place);
  return metrics_rank(found->definition, found->segment, found->variant) == rank;
}

bool wbi_metrics_known(const wbi_state *state, uint32_t definition, uint8_t segment,
                       uint8_t variant) {
  const uint32_t rank = metrics_rank(definition, segment, variant);
  return metrics_there(state, metrics_place(state, rank), rank);
}

/* The cell, made if need be; there is room for it. */
static wbi_metric *metrics_cell(wbi_state *state, uint16_t definition, uint8_t segment,
                                uint8_t variant) {
  const uint32_t rank = metrics_rank(definition, segment, variant);
  const uint32_t place = metrics_place(state, rank);
  if (metrics_there(state, place, rank)) return wbi_state_metric(state, place);
  wbi_vector_push(&state->metric);
  wbi_metric *cell = wbi_state_metric(state, place);
  memmove(cell + 1, cell, (state->metric.count - 1 - place) * sizeof *cell);
  *cell = (wbi_metric){.last_entered = WB_TIME_NONE,
                       .definition = definition,
                       .segment = segment,
                       .variant = variant};
  return cell;
}

/* The cell of an enrolment, which entered by it. */
static wbi_metric *metrics_of(wbi_state *state, const wbi_enrollment *enrollment) {
  return metrics_cell(state, enrollment->definition, enrollment->segment, enrollment->variant);
}

void wbi_metrics_moved(wbi_state *state, const wbi_enrollment *enrollment) {
  (void)metrics_of(state, enrollment);
}

void wbi_metrics_entered(wbi_state *state, const wbi_enrollment *enrollment, bool waited) {
  wbi_metric *cell = metrics_of(state, enrollment);
  cell->entered += !waited;
  /* same: or it is that already */
  if (cell->last_entered < enrollment->entered) cell->last_entered = enrollment->entered;
}

/* Counts an enrolment once for a thing. */
static void metrics_once(wbi_enrollment *enrollment, uint8_t bit, uint64_t *counter) {
  if ((enrollment->counted & bit) == 0) ++*counter;
  enrollment->counted |= bit;
}

void wbi_metrics_sent(wbi_state *state, const wbi_action *action) {
  wbi_enrollment *enrollment = wbi_state_enrollment(state, action->enrollment);
  if (!wbi_action_message(action->kind) || enrollment->entry != action->entry) return;
  wbi_metric *cell = metrics_of(state, enrollment);
  cell->messages++;
  metrics_once(enrollment, METRICS_CONTACTED, &cell->contacted);
  const wb_time touched = action->claimed_at - enrollment->entered;
  /* same: or it is that already */
  if (touched > enrollment->touched) enrollment->touched = (uint32_t)touched;
}

void wbi_metrics_unsent(wbi_state *state, const wbi_action *action) {
  wbi_enrollment *enrollment = wbi_state_enrollment(state, action->enrollment);
  if (!wbi_action_message(action->kind) || enrollment->entry != action->entry) return;
  wbi_metric *cell = metrics_of(state, enrollment);
  if (cell->messages > 0) cell->messages--;
  if (enrollment->touches > 0 || (enrollment->counted & METRICS_CONTACTED) == 0) return;
  enrollment->counted &= (uint8_t)~METRICS_CONTACTED;
  if (cell->contacted > 0) cell->contacted--;
}

void wbi_metrics_responded(wbi_state *state, wbi_enrollment *enrollment) {
  metrics_once(enrollment, METRICS_RESPONDED, &metrics_of(state, enrollment)->responded);
}

wb_time wbi_metrics_touched(const wbi_enrollment *enrollment) {
  if ((enrollment->counted & METRICS_CONTACTED) == 0) return WB_TIME_NONE;
  return enrollment->entered + enrollment->touched;
}

bool wbi_metrics_came(const wbi_enrollment *enrollment) {
  return (enrollment->counted & METRICS_CAME) != 0;
}

/* Those who came in time after they entered count once, whether they were written to or not. */
static void metrics_came(wbi_state *state, uint32_t patient, wb_time at) {
  const wb_time window = (wb_time)state->kept_days * WBI_DAY;
  uint32_t number = wbi_state_patient(state, patient)->enrollments;
  for (; number != WBI_NONE; number = wbi_state_enrollment(state, number)->next) {
    wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
    if (enrollment->subject != WBI_NONE || at < enrollment->entered) continue;
    if (at - enrollment->entered > window) continue;
    metrics_once(enrollment, METRICS_CAME, &metrics_of(state, enrollment)->came);
  }
}

/* Those who entered then did not come after all. */
static void metrics_stayed_away(wbi_state *state, uint32_t patient, wb_time entered) {
  uint32_t number = wbi_state_patient(state, patient)->enrollments;
  for (; number != WBI_NONE; number = wbi_state_enrollment(state, number)->next) {
    wbi_enrollment *enrollment = wbi_state_enrollment(state, number);
    if (enrollment->entered != entered || !wbi_metrics_came(enrollment)) continue;
    enrollment->counted &= (uint8_t)~METRICS_CAME;
    wbi_metric *cell = metrics_of(state, enrollment);
    if (cell->came > 0) cell->came--;
  }
}

/* Whether a credit can no longer change. */
static bool metrics_closed(const wbi_state *state, const wbi_credit *credit) {
  return credit->touched < state->last - (wb_time)WBI_CREDIT_DAYS * WBI_DAY;
}

const wbi_credit *wbi_state_credit(const wbi_state *state, const wbi_bytes16 *id) {
  const uint32_t number = wbi_table_find(&state->credits, id);
  if (number == WBI_NONE) return NULL;
  const wbi_credit *credit = wbi_table_at(&state->credits, number);
  return metrics_closed(state, credit) ? NULL : credit;
}

/* Adds money, of whatever amount. */
static wb_cents metrics_add(wb_cents a, wb_cents b) {
  return (wb_cents)((uint64_t)a + (uint64_t)b);
}

/* A booked visit counts, a kept one as well and with its value. */
static void metrics_count(wbi_metric *cell, const wbi_credit *credit) {
  if (credit->state != WBI_VISIT_REVERSED) cell->booked++;
  if (credit->state != WBI_VISIT_KEPT) return;
  cell->kept++;
  cell->production = metrics_add(cell->production, credit->value);
}

/* What a visit counted for no longer does. */
static void metrics_uncount(wbi_metric *cell, const wbi_credit *credit) {
  if (credit->state != WBI_VISIT_REVERSED && cell->booked > 0) cell->booked--;
  if (credit->state != WBI_VISIT_KEPT) return;
  if (cell->kept > 0) cell->kept--;
  cell->production = (wb_cents)((uint64_t)cell->production - (uint64_t)credit->value);
}

/* The cell that a credit counts in. */
static wbi_metric *metrics_credited(wbi_state *state, const wbi_credit *credit) {
  return metrics_cell(state, credit->definition, credit->segment, credit->variant);
}

void wbi_event_visit(wbi_state *state, const wbi_effect *effect) {
  const uint32_t patient = wbi_keys_find(&state->patients, effect->patient);
  const bool credited = effect->definition < state->definition.count;
  if (patient == WBI_NONE) return;
  if (effect->code == WBI_VISIT_KEPT) metrics_came(state, patient, effect->until);
  /* Off and credited to nobody is no visit: it is said of an entry, by when that was, as the record
     shows that nobody came after all (kept_away). */
  if (effect->code == WBI_VISIT_REVERSED && !credited)
    metrics_stayed_away(state, patient, effect->wake);
  if (!credited) return;
  const wbi_credit *before = wbi_state_credit(state, &effect->id);
  if (before != NULL) metrics_uncount(metrics_credited(state, before), before);
  wbi_credit *credit = wbi_table_at(&state->credits, wbi_table_add(&state->credits, &effect->id));
  *credit = (wbi_credit){.id = effect->id,
                         .touched = effect->wake,
                         .value = effect->value,
                         .definition = effect->definition,
                         .segment = effect->segment,
                         .variant = effect->variant,
                         .state = effect->code};
  metrics_count(metrics_credited(state, credit), credit);
}

void wbi_metrics_forget(wbi_state *state) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < state->credits.items.count; i++) {
    const wbi_credit credit = *(const wbi_credit *)wbi_table_at(&state->credits, i);
    if (metrics_closed(state, &credit)) continue;
    *(wbi_credit *)wbi_table_at(&state->credits, kept++) = credit;
  }
  state->credits.items.count = kept;
  wbi_table_rebuild(&state->credits);
}

/* ---- snapshot ------------------------------------------------------------------------------- */

/* One cell. */
static void metrics_save_cell(wbi_writer *writer, const wbi_metric *metric) {
  const uint64_t counters[] = {
      metric->entered, metric->contacted, metric->messages, metric->responded,
      metric->booked,  metric->kept,      metric->came,     (uint64_t)metric->production};
  wbi_put_u16(writer, metric->definition);
  wbi_put_u8(writer, metric->segment);
  wbi_put_u8(writer, metric->variant);
  wbi_snapshot_time(writer, metric->last_entered);
  for (size_t i = 0; i < WBI_COUNT(counters); i++)
    wbi_put_u64(writer, counters[i]);
}

/* One credit. */
static void metrics_save_credit(wbi_writer *writer, const wbi_credit *credit) {
  wbi_put_bytes(writer, &credit->id, sizeof credit->id);
  wbi_snapshot_time(writer, credit->touched);
  wbi_put_u64(writer, (uint64_t)credit->value);
  wbi_put_u16(writer, credit->definition);
  wbi_put_u8(writer, credit->segment);
  wbi_put_u8(writer, credit->variant);
  wbi_put_u8(writer, credit->state);
}

void wbi_metrics_save(const wbi_snapshot_plan *plan, wbi_writer *writer) {
  const wbi_state *state = plan->state;
  wbi_put_u32(writer, (uint32_t)state->metric.count);
  for (uint32_t i = 0; i < state->metric.count; i++)
    metrics_save_cell(writer, wbi_state_metric(state, i));
}

void wbi_credits_save(const wbi_snapshot_plan *plan, wbi_writer *writer) {
  const wbi_state *state = plan->state;
  const size_t place = writer->length;
  uint32_t count = 0;
  wbi_put_u32(writer, 0);
  for (size_t i = 0; i < state->credits.items.count; i++) {
    const wbi_credit *credit = wbi_table_at(&state->credits, plan->credits[i]);
    if (metrics_closed(state, credit)) continue;
    metrics_save_credit(writer, credit);
    count++;
  }
  wbi_snapshot_count(writer, place, count);
}

/* One cell. */
static void metrics_load_cell(wbi_state *state, wbi_reader *reader) {
  wbi_metric *metric = wbi_vector_push(&state->metric);
  metric->definition = (uint16_t)wbi_get_u16(reader);
  metric->segment = wbi_get_u8(reader);
  metric->variant = wbi_get_u8(reader);
  metric->last_entered = (wb_time)wbi_get_u64(reader);
  uint64_t *const counters[] = {&metric->entered,   &metric->contacted, &metric->messages,
                                &metric->responded, &metric->booked,    &metric->kept,
                                &metric->came};
  for (size_t i = 0; i < WBI_COUNT(counters); i++)
    *counters[i] = wbi_get_u64(reader);
  metric->production = (wb_cents)wbi_get_u64(reader);
  const bool entered = metric->last_entered != WB_TIME_NONE; /* else they were taken over */
  if (metric->definition >= state->definition.count ||
      (entered && !wbi_time_valid(metric->last_entered)))
    reader->failed = true;
}

/* One credit. */
static void metrics_load_credit(wbi_state *state, wbi_reader *reader, wbi_credit *credit) {
  credit->touched = wbi_load_time(reader);
  credit->value = (wb_cents)wbi_get_u64(reader);
  credit->definition = wbi_get_u16(reader);
  credit->segment = wbi_get_u8(reader);
  credit->variant = wbi_get_u8(reader);
  credit->state = wbi_load_code(reader, WBI_VISIT_BOOKED, WBI_VISIT_REVERSED);
  const bool known = wbi_metrics_known(state, credit->definition, credit->segment, credit->variant);
  if (!known || metrics_closed(state, credit)) reader->failed = true;
}

/* In their order; every enrolment has one. */
wb_status wbi_metrics_load(wbi_state *state, wbi_reader *reader) {
  const uint32_t count = wbi_load_count(reader, 76);
  const wb_status status = wbi_vector_reserve(&state->metric, count);
  uint32_t last = 0;
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    metrics_load_cell(state, reader);
    const wbi_metric *cell = wbi_state_metric(state, i);
    const uint32_t rank = metrics_rank(cell->definition, cell->segment, cell->variant);
    if (reader->failed || (i > 0 && rank <= last)) return WB_E_CORRUPT;
    last = rank;
  }
  for (uint32_t i = 0; status == WB_OK && i < state->enrollment.count; i++) {
    const wbi_enrollment *who = wbi_state_enrollment(state, i);
    if (!wbi_metrics_known(state, who->definition, who->segment, who->variant)) return WB_E_CORRUPT;
  }
  return status;
}

wb_status wbi_credits_load(wbi_state *state, wbi_reader *reader) {
  const uint32_t count = wbi_load_count(reader, 37);
  wb_status status = wbi_table_reserve(&state->credits, count);
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    wbi_credit *credit = wbi_load_item(reader, &state->credits);
    if (credit == NULL) return WB_E_CORRUPT;
    metrics_load_credit(state, reader, credit);
  }
  return status;
}

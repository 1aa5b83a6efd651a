/* SPDX-License-Identifier: MIT */
/* The metrics of a practice as the host is told: by campaign, segment and variant, or summed up. */
#include "outreach/practice_private.h"

/* Text lent until the next call; NULL: no memory. */
static const char *metrics_lend(wb_practice *practice, wbi_text text) {
  return wbi_arena_copy(&practice->names, text);
}

/* The names of a cell. */
static wb_status metrics_names(wb_practice *practice, const wbi_metric *cell, wb_metrics *shown) {
  const wbi_state *state = &practice->state;
  const wbi_definition *definition = wbi_state_definition(state, cell->definition);
  const wb_campaign *campaign = NULL;
  wbi_text segment = {"", 0}, arm = {"", 0};
  const wb_status status = wbi_practice_campaign(practice, cell->definition, &campaign);
  if (status != WB_OK) return status;
  if (campaign != NULL && cell->segment < campaign->segment_count)
    segment = campaign->segments[cell->segment].name;
  const uint8_t drawn = wbi_variant_drawn(cell->variant);
  if (campaign != NULL && drawn < campaign->variant_count) arm = campaign->variants[drawn].name;
  shown->campaign = metrics_lend(practice, wbi_keys_text(&state->names, definition->name));
  shown->segment = metrics_lend(practice, segment);
  shown->variant = metrics_lend(practice, arm);
  const bool lent = shown->campaign != NULL && shown->segment != NULL && shown->variant != NULL;
  return lent ? WB_OK : WB_E_NOMEM;
}

/* Whether nobody is ever held out of such patients. */
static bool metrics_exempt(const wbi_metric *cell) {
  return wbi_variant_drawn(cell->variant) != cell->variant;
}

/* Adds the counters of a cell. */
static void metrics_sum(wb_metrics *sum, const wbi_metric *cell) {
  sum->entered += cell->entered;
  sum->contacted += cell->contacted;
  sum->messages += cell->messages;
  sum->responded += cell->responded;
  sum->booked += cell->booked;
  sum->kept += cell->kept;
  sum->came += cell->came;
  sum->production = (wb_cents)((uint64_t)sum->production + (uint64_t)cell->production);
  /* same: or it is that already */
  if (cell->last_entered > sum->last_entered) sum->last_entered = cell->last_entered;
}

/* Begins a call whose texts are lent. */
static wb_status metrics_enter(wb_practice *practice, const wb_metrics *metrics) {
  if (metrics == NULL || metrics->size < sizeof *metrics) return WB_E_INVALID;
  return wbi_practice_enter(practice, NULL);
}

wb_status WB_CALL wb_metrics_next(wb_practice *practice, uint64_t *cursor, wb_metrics *metrics) {
  if (cursor == NULL) return WB_E_INVALID;
  wb_status status = metrics_enter(practice, metrics);
  if (status != WB_OK) return status;
  wb_metrics shown = {.size = sizeof shown, .last_entered = WB_TIME_NONE};
  status = *cursor < practice->state.metric.count ? WB_OK : WB_E_NAME;
  if (status == WB_OK) {
    const wbi_metric *cell = wbi_state_metric(&practice->state, (uint32_t)*cursor);
    wbi_arena_reset(&practice->names);
    if (cell->variant == WBI_HELD_OUT) shown.flags = WB_METRICS_HELD_OUT;
    if (metrics_exempt(cell)) shown.flags = WB_METRICS_EXEMPT;
    metrics_sum(&shown, cell);
    status = metrics_names(practice, cell, &shown);
  }
  if (status == WB_OK) status = wbi_struct_write(metrics, sizeof shown, &shown, sizeof shown);
  if (status == WB_OK) ++*cursor;
  wbi_practice_leave(practice);
  return status;
}

/* Whether a name is the one asked for, or any is. */
static bool metrics_is(wbi_text asked, const char *name) {
  return asked.data == NULL || wbi_text_equal(asked, wbi_text_of(name));
}

/* Whether a cell may be compared: of its definition and segment some are held out, and its own
   could have been. */
static bool metrics_alike(const wbi_state *state, const wbi_metric *cell) {
  if (metrics_exempt(cell)) return false;
  for (uint32_t i = 0; i < state->metric.count; i++) {
    const wbi_metric *other = wbi_state_metric(state, i);
    if (other->definition == cell->definition && other->segment == cell->segment &&
        other->variant == WBI_HELD_OUT && other->entered > 0)
      return true;
  }
  return false;
}

wb_status wbi_metrics_sum(wb_practice *practice, const wbi_metrics_query *query, wb_metrics *sum) {
  bool some = false;
  *sum = (wb_metrics){.size = sizeof *sum,
                      .flags = query->held_out ? WB_METRICS_HELD_OUT : 0,
                      .campaign = "",
                      .segment = "",
                      .variant = "",
                      .last_entered = WB_TIME_NONE};
  for (uint32_t i = 0; i < practice->state.metric.count; i++) {
    const wbi_metric *cell = wbi_state_metric(&practice->state, i);
    wb_metrics named = {.size = sizeof named};
    wbi_arena_reset(&practice->names);
    const wb_status status = metrics_names(practice, cell, &named);
    if (status != WB_OK) return status;
    if (!metrics_is(query->campaign, named.campaign)) continue;
    if (!metrics_is(query->segment, named.segment)) continue;
    if (!metrics_is(query->variant, named.variant)) continue;
    some = true;
    if (query->alike && !metrics_alike(&practice->state, cell)) continue;
    if ((cell->variant == WBI_HELD_OUT) == query->held_out) metrics_sum(sum, cell);
  }
  return some ? WB_OK : WB_E_NAME;
}

wb_status WB_CALL wb_metrics_get(wb_practice *practice, const char *campaign,
                                 size_t campaign_length, const char *segment, size_t segment_length,
                                 const char *variant, size_t variant_length, int32_t held_out,
                                 wb_metrics *metrics) {
  const wbi_metrics_query query = {.campaign = {campaign, campaign_length},
                                   .segment = {segment, segment_length},
                                   .variant = {variant, variant_length},
                                   .held_out = held_out != 0};
  wb_metrics sum;
  wb_status status = metrics_enter(practice, metrics);
  if (status != WB_OK) return status;
  status = wbi_metrics_sum(practice, &query, &sum);
  if (status == WB_OK) status = wbi_struct_write(metrics, sizeof sum, &sum, sizeof sum);
  wbi_practice_leave(practice);
  return status;
}

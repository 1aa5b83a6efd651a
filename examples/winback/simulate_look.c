/* SPDX-License-Identifier: MIT */
/* What is looked at while a rehearsal runs: who is meant, who can be reached, who is held, and
   whether the law had the hour open. */
#include "simulate.h"

#include <string.h>

/* ---- the first day ------------------------------------------------------------------------ */

/* Whether a text field of a row is a word. */
static bool look_is(const simulation *sim, uint64_t row, const char *name, const char *word) {
  uint32_t field = 0;
  wb_value value = {.size = sizeof value};
  return wb_schema_find(sim->world->schema, name, strlen(name), &field) == WB_OK &&
         wb_facts_get(sim->world->facts, row, field, &sim->world->moment, &value, NULL) == WB_OK &&
         value.kind == WB_TEXT &&
         (!word || (value.length == strlen(word) && !memcmp(value.data, word, value.length)));
}

/* How one patient can be reached. */
static void look_reach(simulation *sim, uint64_t row) {
  simulate_reach *reach = &sim->reach;
  if (!look_is(sim, row, "patient.status", "active")) return;
  const bool mobile = look_is(sim, row, "contact.mobile", NULL);
  const bool email = look_is(sim, row, "contact.email", NULL);
  const bool yes = look_is(sim, row, "contact.text_permission", "yes");
  const bool no = look_is(sim, row, "contact.text_permission", "no");
  reach->active++;
  reach->mobile += mobile;
  reach->email += email;
  reach->neither += !mobile && !email;
  reach->permission[yes ? 0 : no ? 1 : 2] += mobile;
  reach->email_refused += email && look_is(sim, row, "contact.email_permission", "no");
}

/* Which segment of a campaign a patient is in. */
static void look_segment(simulation *sim, simulate_campaign *each, uint64_t row) {
  wb_match match = {.size = sizeof match};
  if (!each->people ||
      wb_campaign_match(each->campaign, sim->world->facts, row, &sim->world->moment, &match,
                        NULL) != WB_OK ||
      match.outcome != WB_MATCH_IN || match.priority < 0 || match.priority >= each->segment_count)
    return;
  each->segments[match.priority].meant++;
}

int simulate_first(simulation *sim) {
  uint64_t rows = 0;
  wb_status status = wb_facts_count(sim->world->facts, &rows);
  if (status != WB_OK) return cli_fail("simulate", status, NULL);
  sim->patients = (long)rows;
  for (uint64_t row = 0; row < rows; row++) {
    look_reach(sim, row);
    for (int i = 0; i < sim->campaign_count; i++)
      look_segment(sim, &sim->campaigns[i], row);
  }
  return CLI_OK;
}

/* ---- in the day, and in the evening -------------------------------------------------------- */

/* Whether messages go out at an instant, as far as the day decides. */
static bool look_workday(const simulation *sim, const wb_local *local, wb_time now) {
  int32_t weekday = 0;
  return wb_date_weekday(local->date, &weekday) == WB_OK && weekday < SIM_SATURDAY &&
         simulate_open(sim, &sim->world->settings.locations[0], WB_MESSAGE_CARE, now);
}

void simulate_noon(simulation *sim, wb_time now, bool last) {
  cli_held held;
  wb_local local = {0};
  (void)wb_zone_local(sim->world->moment.zone, now, &local);
  const bool noon = local.second / SIM_HOUR == SIM_NOON;
  if (sim->day.looked || (!noon && !last)) return;
  cli_held_count(sim->practice, &held);
  sim->day.looked = true;
  sim->day.held = held.total;
  if (sim->day_count > 0 && !(noon && look_workday(sim, &local, now))) return;
  sim->held_last = held;
  if (sim->day_count == 0) sim->held_first = held;
}

void simulate_evening(simulation *sim) {
  wb_task task = {.size = sizeof task};
  for (int32_t list = WB_DESK_OUTREACH; list <= WB_DESK_NOW; list++) {
    for (uint64_t cursor = 0; wb_desk_next(sim->practice, list, &cursor, &task) == WB_OK;)
      sim->day.desk++;
  }
}

/* ---- the law ------------------------------------------------------------------------------ */

const simulate_campaign *simulate_campaign_of(const simulation *sim, const wb_action *action) {
  for (int i = 0; i < sim->campaign_count; i++) {
    if (!strcmp(sim->campaigns[i].info.name, action->campaign)) return &sim->campaigns[i];
  }
  return NULL;
}

void simulate_said(simulation *sim, const wb_action *action) {
  const simulate_campaign *found = simulate_campaign_of(sim, action);
  if (!found) return;
  simulate_campaign *each = &sim->campaigns[found - sim->campaigns];
  for (int i = 0; i < each->text_count; i++)
    each->texts[i].sent += !strcmp(each->texts[i].name, action->template_);
}

bool simulate_open(const simulation *sim, const cli_location *place, int32_t message_class,
                   wb_time at) {
  const wb_zone *zones[1] = {place->zone};
  const wb_law_question question = {.size = sizeof question,
                                    .at = at,
                                    .zones = zones,
                                    .zone_count = place->zone ? 1 : 0,
                                    .regions = place->region,
                                    .regions_length =
                                        place->region ? (uint32_t)strlen(place->region) : 0,
                                    .message_class = message_class};
  wb_law_answer answer = {.size = sizeof answer};
  return wb_law_find(sim->law, &question, &answer) == WB_OK && !(answer.flags & WB_LAW_CLOSED) &&
         answer.open_at == at;
}

bool simulate_legal(const simulation *sim, const wb_action *action) {
  const cli_location *place = cli_location_find(&sim->world->settings, action->location);
  const simulate_campaign *campaign = simulate_campaign_of(sim, action);
  if (!place || action->channel == WB_CHANNEL_CALL) return true;
  return simulate_open(sim, place, campaign ? campaign->message_class : WB_MESSAGE_CARE,
                       action->at);
}

/* SPDX-License-Identifier: MIT */
/* winback simulate: the same machine over the days to come. What patients do is made up by a model
   whose every number is printed as what it is, an assumption; visits that they book change the
   facts of the next morning. Nothing is sent and nothing is kept. */
#include "simulate.h"

#include <stdlib.h>
#include <string.h>

/* The hour of the day at the location of an action: locations may be in different zones. */
static int simulated_hour(const simulation *sim, const wb_action *action) {
  const cli_location *location = cli_location_find(&sim->world->settings, action->location);
  const wb_zone *zone = location && location->zone ? location->zone : sim->world->moment.zone;
  wb_local local;
  return wb_zone_local(zone, action->at, &local) == WB_OK ? local.second / SIM_HOUR : 0;
}

void simulate_plan(simulation *sim, const wb_action *action, int32_t kind, wb_time at) {
  if (sim->event_count == sim->event_capacity) {
    sim->event_capacity = sim->event_capacity ? 2 * sim->event_capacity : 64;
    sim->events = cli_grow(sim->events, sim->event_capacity, sizeof *sim->events);
  }
  simulate_event *event = &sim->events[sim->event_count++];
  *event = (simulate_event){.at = at, .kind = kind};
  snprintf(event->patient, sizeof event->patient, "%s", action->patient);
  memcpy(event->action, action->id, sizeof event->action);
}

/* Gives the practice one thing that a patient did. */
static int simulated_tell(simulation *sim, const simulate_event *event, wb_time now) {
  const bool reply = event->kind == WB_INPUT_REPLY, booked = event->kind == WB_INPUT_BOOKED;
  char key[WB_KEY_MAX + 1] = "";
  wb_error error = {0};
  wb_input input = {.size = sizeof input,
                    .kind = event->kind,
                    .patient = event->patient,
                    .patient_length = (uint32_t)strlen(event->patient),
                    .action = event->action,
                    .intent = reply ? WB_INTENT_CALLBACK_REQUEST : 0};
  if (booked) {
    const simulate_visit *visit = simulate_visit_book(sim, event->patient, now);
    simulate_visit_key(visit, key);
    input.visit = key;
    input.visit_length = (uint32_t)strlen(key);
    input.at = simulate_visit_start(sim, visit);
  }
  wb_status status = wb_practice_receive(sim->practice, &input, now, &error);
  if (status != WB_OK && status != WB_E_NAME && status != WB_E_STATE)
    return cli_fail("simulate", status, &error);
  sim->day.replies += reply;
  sim->day.stopped += event->kind == WB_INPUT_OPTED_OUT;
  sim->day.booked += booked;
  return CLI_OK;
}

/* Gives the practice what patients did by now. */
static int simulated_receive(simulation *sim, wb_time now) {
  size_t kept = 0;
  for (size_t i = 0; i < sim->event_count; i++) {
    const simulate_event event = sim->events[i];
    if (event.at > now) {
      sim->events[kept++] = event;
      continue;
    }
    int result = simulated_tell(sim, &event, now);
    if (result != CLI_OK) return result;
  }
  sim->event_count = kept;
  return CLI_OK;
}

/* Counts something that was handed out. */
static void simulated_count(simulation *sim, const wb_action *action) {
  sim->day.sent[action->channel]++;
  sim->day.segments += (long)action->segments;
  sim->by_hour[simulated_hour(sim, action)][action->channel]++;
  simulate_said(sim, action);
  sim->outside_hours += !simulate_legal(sim, action);
}

/* Hands out what is due, as sent, and makes up what comes of it. */
static int simulated_poll(simulation *sim, wb_time now) {
  enum { BATCH = 64 };
  static wb_action actions[BATCH];
  const wb_outcome sent = {.size = sizeof sent, .kind = WB_SENT};
  uint32_t count = 0;
  do {
    wb_error error = {0};
    actions[0] = (wb_action){.size = sizeof actions[0]};
    wb_status status =
        wb_practice_poll(sim->practice, sim->world->facts, now, actions, BATCH, &count, &error);
    for (uint32_t i = 0; status == WB_OK && i < count; i++) {
      status = wb_practice_ack(sim->practice, actions[i].id, &sent, now, &error);
      simulated_count(sim, &actions[i]);
      simulate_answer(sim, &actions[i]);
    }
    if (status != WB_OK) return cli_fail("simulate", status, &error);
  } while (count);
  return CLI_OK;
}

/* One line of the table, and the totals. */
static void simulated_line(simulation *sim) {
  const simulate_day *day = &sim->day;
  simulate_day *total = &sim->total;
  char text[16];
  size_t length = 0;
  if (wb_date_format(day->date, text, sizeof text, &length) != WB_OK) return;
  printf("%.10s %7ld %5ld %6ld %5ld %7ld %6ld %5ld %5ld %6ld\n", text, day->entered,
         day->sent[WB_CHANNEL_SMS], day->sent[WB_CHANNEL_EMAIL], day->sent[WB_CHANNEL_CALL],
         day->replies, day->booked, day->stopped, day->desk, day->held);
  for (int i = 0; i < SIM_CHANNELS; i++)
    total->sent[i] += day->sent[i];
  total->segments += day->segments;
  total->entered += day->entered;
  total->replies += day->replies;
  total->booked += day->booked;
  total->kept += day->kept;
  total->stopped += day->stopped;
}

/* One day: the facts of the morning, who enters, and what goes out hour by hour. */
static int simulated_pass(simulation *sim, wb_time start, wb_time next) {
  wb_counts counts = {.size = sizeof counts};
  wb_error error = {0};
  wb_local local = {0};
  (void)wb_zone_local(sim->world->moment.zone, start, &local);
  sim->day = (simulate_day){.date = local.date};
  int result = simulate_morning(sim, start);
  if (result != CLI_OK) return result;
  wb_status status =
      wb_practice_enroll(sim->practice, NULL, 0, sim->world->facts, start, &counts, &error);
  if (status != WB_OK) return cli_fail("simulate", status, &error);
  sim->day.entered = (long)(counts.enrolled + counts.held);
  for (wb_time now = start; now < next && result == CLI_OK; now += SIM_HOUR) {
    sim->world->moment.now = now;
    result = simulated_receive(sim, now);
    if (result == CLI_OK) result = simulated_poll(sim, now);
    if (result == CLI_OK) simulate_noon(sim, now, now + SIM_HOUR >= next);
  }
  simulate_evening(sim);
  sim->days[sim->day_count++] = sim->day;
  if (result == CLI_OK) simulated_line(sim);
  return result;
}

/* Every number that is made up. */
static void simulated_assumptions(const simulation *sim) {
  const char *what = NULL;
  char value[96];
  printf("\nAssumptions, none of them measured (seed %llu):\n", (unsigned long long)sim->seed);
  for (int i = 0; simulate_assumption(i, &what, value); i++)
    printf("  %-48s %s\n", what, value);
}

/* When in the day, who is held, and the sum. */
static void simulated_summary(simulation *sim) {
  const simulate_day *total = &sim->total;
  printf("%-10s %7ld %5ld %6ld %5ld %7ld %6ld %5ld\n\n"
         "by hour   sms  email calls   (of each location's own day)\n",
         "all", total->entered, total->sent[WB_CHANNEL_SMS], total->sent[WB_CHANNEL_EMAIL],
         total->sent[WB_CHANNEL_CALL], total->replies, total->booked, total->stopped);
  for (int hour = 0; hour < 24; hour++) {
    const long *row = sim->by_hour[hour];
    if (row[WB_CHANNEL_SMS] + row[WB_CHANNEL_EMAIL] + row[WB_CHANNEL_CALL] == 0) continue;
    printf("  %02d:00 %5ld %6ld %5ld\n", hour, row[WB_CHANNEL_SMS], row[WB_CHANNEL_EMAIL],
           row[WB_CHANNEL_CALL]);
  }
  printf("\nvisits kept by then: %ld\n", total->kept);
  cli_held_print(stdout, &sim->held_last);
  simulated_assumptions(sim);
}

/* ---- the practice ------------------------------------------------------------------------- */

/* What a campaign is, for those who read the report. */
static void simulated_describe(simulation *sim, wb_campaign *campaign) {
  char why[128];
  simulate_campaign *each = &sim->campaigns[sim->campaign_count];
  *each = (simulate_campaign){.info = {.size = sizeof each->info},
                              .campaign = wb_campaign_ref(campaign)};
  sim->campaign_count++;
  (void)wb_campaign_get(each->campaign, &each->info);
  each->json = cli_json_parse(each->info.canonical, each->info.canonical_length, why, sizeof why);
  const char *subject = cli_json_text(each->json, "subject", "patient");
  each->people = !strcmp(subject, "patient") || !strcmp(subject, "household");
  each->message_class = cli_class(cli_json_text(each->json, "class", "care"));
  const int most = (int)(sizeof each->segments / sizeof each->segments[0]);
  for (const cli_json *at = cli_json_first(each->json, "segments");
       at && each->segment_count < most; at = at->next)
    each->segments[each->segment_count++].name = cli_json_text(at, "name", "");
  const int texts = (int)(sizeof each->texts / sizeof each->texts[0]);
  for (const cli_json *at = cli_json_first(each->json, "texts"); at && each->text_count < texts;
       at = at->next)
    each->texts[each->text_count++].name = at->name;
}

/* A practice that keeps nothing, with the campaigns launched. */
static int simulated_open(simulation *sim) {
  static const uint8_t secret[16] = {1}; /* of a practice that only this run knows */
  wb_practice_options practice = {
      .size = sizeof practice,
      .flags = WB_PRACTICE_ALLOW_JUMP, /* weeks may pass in which nothing happens */
      .secret = secret,
      .key = "simulation",
      .tasks_per_day = SIM_TASKS_PER_DAY,
      .tasks_open = SIM_TASKS_OPEN,
      .look_again = SIM_DAY};
  wb_error error = {0};
  int result = cli_campaigns_find(sim->world, sim->options);
  for (int i = 0; result == CLI_OK && i < sim->options->campaign_count; i++) {
    if (sim->world->campaigns[i]) simulated_describe(sim, sim->world->campaigns[i]);
  }
  if (result == CLI_OK && !sim->campaign_count) {
    cli_error("none of these campaigns can run yet");
    result = CLI_DATA;
  }
  if (result != CLI_OK) return result;
  practice.key_length = (uint32_t)strlen(practice.key);
  cli_conventions_put(&sim->world->settings, &practice);
  sim->calls_a_day = (long)practice.tasks_per_day;
  sim->calls_open = (long)practice.tasks_open;
  wb_status status = wb_law_new(NULL, NULL, 0, &sim->law, &error);
  practice.law = sim->law;
  if (status == WB_OK)
    status = wb_practice_new(NULL, sim->world->schema, sim->world->policy, &practice,
                             &sim->practice, &error);
  if (status != WB_OK) return cli_fail("simulate", status, &error);
  result = cli_campaigns_start(sim->practice, sim->options, sim->world);
  if (result != CLI_OK) return result;
  return cli_opendental_stops(sim->options, sim->world, sim->practice, secret);
}

static void simulated_close(simulation *sim) {
  for (int i = 0; i < sim->campaign_count; i++) {
    cli_json_free(sim->campaigns[i].json);
    wb_campaign_unref(sim->campaigns[i].campaign);
  }
  wb_practice_free(sim->practice);
  wb_law_unref(sim->law);
  free(sim->events);
  free(sim->visits);
  free(sim->days);
}

/* The morning of a day to come: the first one begins as of the time given. */
static wb_time simulated_morning(const simulation *sim, int day) {
  enum { SEVEN = 7 * SIM_HOUR };
  wb_local local;
  wb_time morning = sim->start + (wb_time)day * SIM_DAY;
  if (day == 0 || wb_zone_local(sim->world->moment.zone, sim->start, &local) != WB_OK)
    return morning;
  local = (wb_local){.date = local.date + day, .second = SEVEN};
  (void)wb_zone_instant(sim->world->moment.zone, &local, 0, &morning);
  return morning;
}

/* All days. */
static int simulated_run(simulation *sim, int days) {
  sim->start = sim->world->now;
  sim->days = cli_grow(NULL, (size_t)days, sizeof *sim->days);
  int result = simulated_open(sim);
  if (result == CLI_OK) result = simulate_visits_read(sim);
  if (result == CLI_OK) result = simulate_first(sim);
  if (result == CLI_OK)
    printf("%-10s %7s %5s %6s %5s %7s %6s %5s %5s %6s\n", "day", "entered", "sms", "email", "calls",
           "replies", "booked", "stop", "desk", "held");
  for (int day = 0; result == CLI_OK && day < days; day++)
    result = simulated_pass(sim, simulated_morning(sim, day), simulated_morning(sim, day + 1));
  if (result == CLI_OK) simulated_summary(sim);
  if (result == CLI_OK && sim->options->html) result = cli_report(sim, sim->options->html);
  simulated_close(sim);
  return result;
}

/* How many days, and the seed; a seed that is none must not pass for 0. */
static int simulated_options(const cli_options *options, long *days, uint64_t *seed) {
  char *end = NULL;
  *days = options->days ? strtol(options->days, &end, 10) : 30;
  *seed = options->seed ? strtoull(options->seed, NULL, 10) : 1;
  if (*days < 1 || *days > SIM_DAYS_MOST || (end && *end)) {
    cli_error("--days is 1 to %d", SIM_DAYS_MOST);
  } else if (options->seed &&
             (!*options->seed || strspn(options->seed, "0123456789") != strlen(options->seed))) {
    cli_error("--seed is a whole number");
  } else {
    return CLI_OK;
  }
  return CLI_USAGE;
}

/* Whether a playbook runs in a practice; in none all do. */
static bool simulated_launched(wb_practice *practice, const char *name) {
  wb_campaign_status campaign = {.size = sizeof campaign};
  uint64_t cursor = 0;
  while (practice && wb_practice_campaigns(practice, &cursor, &campaign) == WB_OK) {
    if (campaign.flags & WB_CAMPAIGN_NEWEST && !strcmp(campaign.name, name))
      return (campaign.flags & (WB_CAMPAIGN_LAUNCHED | WB_CAMPAIGN_STOPPED)) ==
             WB_CAMPAIGN_LAUNCHED;
  }
  return !practice;
}

/* What is rehearsed: the campaigns that are named; else the playbooks that the practice of --store
   has launched; else all that ship. */
static int simulated_choose(const cli_options *given, cli_world *world, cli_options *chosen) {
  cli_store store = {.journal = -1, .outbox = -1};
  const int most = (int)(sizeof chosen->campaigns / sizeof chosen->campaigns[0]);
  *chosen = *given;
  if (given->campaign_count) return CLI_OK;
  int result = cli_store_find(given);
  if (result == CLI_OK && given->store) result = cli_store_try(&store, given, world);
  for (uint32_t i = 0; result == CLI_OK && i < wb_playbook_count(); i++) {
    const char *name = NULL, *json = NULL;
    size_t length = 0;
    (void)wb_playbook_get(i, &name, &json, &length);
    if (chosen->campaign_count < most && simulated_launched(store.practice, name))
      chosen->campaigns[chosen->campaign_count++] = name;
  }
  (void)cli_store_close(&store, false);
  if (result != CLI_OK || chosen->campaign_count) return result;
  cli_error("%s: no playbook is launched there; --campaign names others", given->store);
  return CLI_USAGE;
}

int cli_simulate(const cli_options *given) {
  cli_world world;
  cli_options options = *given;
  long days = 0;
  simulation *sim = cli_grow(NULL, 1, sizeof *sim);
  *sim = (simulation){.options = &options, .world = &world};
  int result = simulated_options(given, &days, &sim->seed);
  if (result == CLI_OK) result = cli_world_load(given, &world);
  if (result != CLI_OK) {
    free(sim);
    return result;
  }
  cli_left_out_summary();
  result = cli_settings_zoned(&world.settings);
  if (result == CLI_OK) result = simulated_choose(given, &world, &options);
  if (result == CLI_OK) result = simulated_run(sim, (int)days);
  free(sim);
  cli_world_free(&world);
  return result;
}

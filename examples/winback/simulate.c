/* SPDX-License-Identifier: MIT */
/* winback simulate: the same machine over the days to come. What patients do is made up by a model
   whose every number is printed as what it is, an assumption; visits that they book change the
   facts of the next morning. Nothing is sent and nothing is kept. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

enum { SIM_HOUR = 3600, SIM_DAY = 24 * SIM_HOUR, DAYS_MOST = 366, CHANNELS = 4, HOLDS_MOST = 64 };

/* Parts of ten thousand, but the days. */
static const struct {
  const char *what;
  int sms, email, call;
} assumptions[] = {
    {"book a visit", 400, 150, 2500},
    {"ask something, which becomes a call", 300, 100, 0},
    {"reply STOP", 80, 20, 0},
};
enum { BOOKS, ASKS, STOPS };
enum { VISIT_DAYS = 14, ANSWER_HOURS = 30, CALL_HOURS = 2 };

/* Something that a patient will do. */
typedef struct simulated_event {
  wb_time at;
  int32_t kind;
  char patient[WB_KEY_MAX + 1];
  uint8_t action[16];
} simulated_event;

/* What came out of one day. */
typedef struct simulated_day {
  long entered, sent[CHANNELS], replies, booked, stopped, desk, held;
} simulated_day;

typedef struct simulation {
  const cli_options *options;
  cli_world *world;
  wb_practice *practice;
  uint64_t seed;
  simulated_event *events;
  size_t event_count, event_capacity;
  cli_booking *bookings;
  size_t booking_count;
  simulated_day day, total;
  long by_hour[24][CHANNELS];
} simulation;

/* A number below 10,000 that hangs on the seed, the action and the question alone. */
static int simulated_draw(const simulation *sim, const uint8_t id[16], int question) {
  uint64_t hash = UINT64_C(14695981039346656037) ^ sim->seed;
  for (int i = 0; i < 16; i++)
    hash = (hash ^ id[i]) * UINT64_C(1099511628211);
  hash = (hash ^ (uint64_t)(question + 1)) * UINT64_C(1099511628211);
  hash ^= hash >> 32;
  hash *= UINT64_C(0x9E3779B97F4A7C15);
  return (int)((hash >> 33) % 10000);
}

/* The hour of the day at the location of an action: locations may be in different zones. */
static int simulated_hour(const simulation *sim, const wb_action *action) {
  const cli_location *location = cli_location_find(&sim->world->settings, action->location);
  const wb_zone *zone = location && location->zone ? location->zone : sim->world->moment.zone;
  wb_local local;
  return wb_zone_local(zone, action->at, &local) == WB_OK ? local.second / SIM_HOUR : 0;
}

/* What a patient will do, some hours from now. */
static void simulated_plan(simulation *sim, const wb_action *action, int32_t kind, wb_time at) {
  if (sim->event_count == sim->event_capacity) {
    sim->event_capacity = sim->event_capacity ? 2 * sim->event_capacity : 64;
    sim->events = cli_grow(sim->events, sim->event_capacity, sizeof *sim->events);
  }
  simulated_event *event = &sim->events[sim->event_count++];
  *event = (simulated_event){.at = at, .kind = kind};
  snprintf(event->patient, sizeof event->patient, "%s", action->patient);
  memcpy(event->action, action->id, sizeof event->action);
}

/* Decides what comes of a message or a call: one thing at most. */
static void simulated_answer(simulation *sim, const wb_action *action) {
  static const int32_t kinds[] = {WB_INPUT_BOOKED, WB_INPUT_REPLY, WB_INPUT_OPTED_OUT};
  const bool call = action->channel == WB_CHANNEL_CALL;
  int draw = simulated_draw(sim, action->id, 0);
  wb_time at =
      action->at +
      (call ? CALL_HOURS : 1 + simulated_draw(sim, action->id, 1) % ANSWER_HOURS) * SIM_HOUR;
  for (int i = BOOKS; i <= STOPS; i++) {
    int share = action->channel == WB_CHANNEL_SMS ? assumptions[i].sms
                : call                            ? assumptions[i].call
                                                  : assumptions[i].email;
    if (draw < share) {
      simulated_plan(sim, action, kinds[i], at);
      return;
    }
    draw -= share;
  }
  if (call) simulated_plan(sim, action, WB_INPUT_TASK_DONE, at);
}

/* A visit that is on the book from the next morning on. */
static void simulated_book(simulation *sim, const char *patient, wb_time at) {
  wb_local local = {0};
  if ((sim->booking_count & (sim->booking_count + 1)) == 0)
    sim->bookings = cli_grow(sim->bookings, 2 * sim->booking_count + 1, sizeof *sim->bookings);
  cli_booking *booking = &sim->bookings[sim->booking_count++];
  snprintf(booking->patient, sizeof booking->patient, "%s", patient);
  (void)wb_zone_local(sim->world->moment.zone, at, &local);
  booking->day = local.date;
}

/* Gives the practice what patients did by now. */
static int simulated_receive(simulation *sim, wb_time now) {
  size_t kept = 0;
  for (size_t i = 0; i < sim->event_count; i++) {
    const simulated_event event = sim->events[i];
    if (event.at > now) {
      sim->events[kept++] = event;
      continue;
    }
    const bool reply = event.kind == WB_INPUT_REPLY, booked = event.kind == WB_INPUT_BOOKED;
    wb_input input = {.size = sizeof input,
                      .kind = event.kind,
                      .patient = event.patient,
                      .patient_length = (uint32_t)strlen(event.patient),
                      .action = event.action,
                      .intent = reply ? WB_INTENT_CALLBACK_REQUEST : 0,
                      .at = booked ? now + (wb_time)VISIT_DAYS * SIM_DAY : 0};
    wb_error error = {0};
    wb_status status = wb_practice_receive(sim->practice, &input, now, &error);
    if (status != WB_OK && status != WB_E_NAME && status != WB_E_STATE)
      return cli_fail("simulate", status, &error);
    sim->day.replies += reply;
    sim->day.stopped += event.kind == WB_INPUT_OPTED_OUT;
    sim->day.booked += booked;
    if (booked) simulated_book(sim, event.patient, now + (wb_time)VISIT_DAYS * SIM_DAY);
  }
  sim->event_count = kept;
  return CLI_OK;
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
      sim->day.sent[actions[i].channel]++;
      sim->by_hour[simulated_hour(sim, &actions[i])][actions[i].channel]++;
      simulated_answer(sim, &actions[i]);
    }
    if (status != WB_OK) return cli_fail("simulate", status, &error);
  } while (count);
  return CLI_OK;
}

/* How much is on the desk, and how many are held. */
static void simulated_look(simulation *sim) {
  uint64_t cursor = 0;
  wb_task task = {.size = sizeof task};
  wb_enrollment enrollment = {.size = sizeof enrollment};
  for (int32_t list = WB_DESK_OUTREACH; list <= WB_DESK_NOW; list++) {
    for (cursor = 0; wb_desk_next(sim->practice, list, &cursor, &task) == WB_OK;)
      sim->day.desk++;
  }
  for (cursor = 0; wb_practice_next(sim->practice, &cursor, &enrollment) == WB_OK;)
    sim->day.held += enrollment.state == WB_STATE_HELD;
}

/* One line of the table, and the totals. */
static void simulated_line(simulation *sim, wb_time at) {
  const simulated_day *day = &sim->day;
  char text[40];
  size_t length = 0;
  if (wb_time_format(at, sim->world->moment.zone, text, sizeof text, &length) != WB_OK) return;
  printf("%.10s %7ld %5ld %6ld %5ld %7ld %6ld %5ld %5ld %6ld\n", text, day->entered,
         day->sent[WB_CHANNEL_SMS], day->sent[WB_CHANNEL_EMAIL], day->sent[WB_CHANNEL_CALL],
         day->replies, day->booked, day->stopped, day->desk, day->held);
  for (int i = 0; i < CHANNELS; i++)
    sim->total.sent[i] += day->sent[i];
  sim->total.entered += day->entered;
  sim->total.replies += day->replies;
  sim->total.booked += day->booked;
  sim->total.stopped += day->stopped;
}

/* One day: the facts of the morning, who enters, and what goes out hour by hour. */
static int simulated_pass(simulation *sim, wb_time start, wb_time next) {
  wb_counts counts = {.size = sizeof counts};
  wb_error error = {0};
  sim->day = (simulated_day){0};
  sim->world->now = sim->world->moment.now = start;
  int result = cli_world_again(sim->options, sim->world, sim->bookings, sim->booking_count);
  if (result != CLI_OK) return result;
  wb_status status =
      wb_practice_enroll(sim->practice, NULL, 0, sim->world->facts, start, &counts, &error);
  if (status != WB_OK) return cli_fail("simulate", status, &error);
  sim->day.entered = (long)(counts.enrolled + counts.held);
  for (wb_time now = start; now < next && result == CLI_OK; now += SIM_HOUR) {
    sim->world->moment.now = now;
    result = simulated_receive(sim, now);
    if (result == CLI_OK) result = simulated_poll(sim, now);
  }
  simulated_look(sim);
  if (result == CLI_OK) simulated_line(sim, start);
  return result;
}

/* Every number that is made up. */
static void simulated_assumptions(const simulation *sim) {
  printf("\nAssumptions, none of them measured (seed %llu):\n", (unsigned long long)sim->seed);
  for (size_t i = 0; i < sizeof assumptions / sizeof assumptions[0]; i++)
    printf("  %-38s %5.2f %% of texts, %5.2f %% of e-mails, %5.2f %% of calls\n",
           assumptions[i].what, assumptions[i].sms / 100.0, assumptions[i].email / 100.0,
           assumptions[i].call / 100.0);
  printf("  everything that goes out arrives; answers come within %d hours, evenly spread\n",
         ANSWER_HOURS);
  printf("  every call is made within %d hours; a visit is %d days after it was booked\n",
         CALL_HOURS, VISIT_DAYS);
  puts("  nobody books, cancels or comes but through these messages");
}

/* When in the day, who is held, and the sum. */
static void simulated_summary(simulation *sim) {
  const simulated_day *total = &sim->total;
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
  putchar('\n');
  cli_print_held(stdout, sim->practice);
  simulated_assumptions(sim);
}

/* A practice that keeps nothing, with the campaigns launched. */
static int simulated_open(simulation *sim) {
  static const uint8_t secret[16] = {1}; /* of a practice that only this run knows */
  wb_practice_options practice = {.size = sizeof practice, .secret = secret, .key = "simulation"};
  wb_error error = {0};
  practice.key_length = (uint32_t)strlen(practice.key);
  cli_conventions_put(&sim->world->settings, &practice);
  wb_status status = wb_practice_new(NULL, sim->world->schema, sim->world->policy, &practice,
                                     &sim->practice, &error);
  if (status != WB_OK) return cli_fail("simulate", status, &error);
  return cli_campaigns_start(sim->practice, sim->options, sim->world);
}

/* The morning of a day to come: the first one begins as of the time given. */
static wb_time simulated_morning(const simulation *sim, wb_time start, int day) {
  enum { SEVEN = 7 * SIM_HOUR };
  wb_local local;
  wb_time morning = start + (wb_time)day * SIM_DAY;
  if (day == 0 || wb_zone_local(sim->world->moment.zone, start, &local) != WB_OK) return morning;
  local = (wb_local){.date = local.date + day, .second = SEVEN};
  (void)wb_zone_instant(sim->world->moment.zone, &local, 0, &morning);
  return morning;
}

/* All days. */
static int simulated_run(simulation *sim, int days) {
  const wb_time start = sim->world->now;
  int result = simulated_open(sim);
  if (result == CLI_OK)
    printf("%-10s %7s %5s %6s %5s %7s %6s %5s %5s %6s\n", "day", "entered", "sms", "email", "calls",
           "replies", "booked", "stop", "desk", "held");
  for (int day = 0; result == CLI_OK && day < days; day++)
    result = simulated_pass(sim, simulated_morning(sim, start, day),
                            simulated_morning(sim, start, day + 1));
  if (result == CLI_OK) simulated_summary(sim);
  wb_practice_free(sim->practice);
  free(sim->events);
  free(sim->bookings);
  return result;
}

/* How many days, and the seed; a seed that is none must not pass for 0. */
static int simulated_options(const cli_options *options, long *days, uint64_t *seed) {
  char *end = NULL;
  *days = options->days ? strtol(options->days, &end, 10) : 30;
  *seed = options->seed ? strtoull(options->seed, NULL, 10) : 1;
  if (*days < 1 || *days > DAYS_MOST || (end && *end)) {
    cli_error("--days is 1 to %d", DAYS_MOST);
  } else if (options->seed &&
             (!*options->seed || strspn(options->seed, "0123456789") != strlen(options->seed))) {
    cli_error("--seed is a whole number");
  } else if (!options->campaign_count) {
    cli_error("simulate needs --campaign NAME|FILE");
  } else {
    return CLI_OK;
  }
  return CLI_USAGE;
}

int cli_simulate(const cli_options *options) {
  cli_world world;
  long days = 0;
  simulation sim = {.options = options, .world = &world};
  int result = simulated_options(options, &days, &sim.seed);
  if (result == CLI_OK) result = cli_world_load(options, &world);
  if (result != CLI_OK) return result;
  cli_left_out_summary();
  result = cli_settings_zoned(&world.settings);
  if (result == CLI_OK) result = simulated_run(&sim, (int)days);
  cli_world_free(&world);
  return result;
}

/* SPDX-License-Identifier: MIT */
/* winback receive, pause, resume and stop: what happened outside comes in. */
#include "cli.h"

#include <string.h>

/* Whether the settings have a location; a slip must not pass for a pause. */
static bool knows_location(const cli_settings *settings, const char *key) {
  if (cli_location_find(settings, key)) return true;
  cli_error("--location: the practice has no location of this key");
  return false;
}

/* Says why an event was not taken; who or what is not known is a mistake in the options. */
static int event_refused(const cli_options *options, wb_status status, const wb_error *error) {
  int result = cli_fail(options->command, status, error);
  return status == WB_E_NAME || status == WB_E_STATE || status == WB_E_INVALID ? CLI_USAGE : result;
}

/* Whether a campaign ever had a patient of this key. */
static bool knows_patient(wb_practice *practice, const char *key) {
  uint64_t cursor = 0;
  wb_enrollment enrollment = {.size = sizeof enrollment};
  while (wb_practice_next(practice, &cursor, &enrollment) == WB_OK) {
    if (!strcmp(enrollment.patient, key)) return true;
  }
  return false;
}

/* Whether a patient is one of the data or of the store, where there are data to ask; a slip, or a
   name instead of a key, must not be kept. */
static bool patient_is_known(const cli_options *options, const cli_world *world,
                             wb_practice *practice) {
  uint64_t row = 0;
  const char *key = options->patient;
  if (!options->data || !key || wb_facts_find(world->facts, key, strlen(key), &row) == WB_OK ||
      knows_patient(practice, key))
    return true;
  cli_error("--patient: neither the data nor the store has a patient of this key");
  return false;
}

/* An opt-out of somebody nobody ever wrote to is kept with a key that may be a slip, and a key
   alone is no number to close. */
static void warn_unknown(const cli_options *options, const wb_input *input, wb_practice *practice) {
  if (input->kind != WB_INPUT_OPTED_OUT && input->kind != WB_INPUT_REPLY) return;
  if (!options->patient || options->from || knows_patient(practice, options->patient)) return;
  cli_error("--patient: no campaign ever had a patient of this key, so texts to it "
            "are held from now on; with --from the number itself is closed");
}

/* A visit is known again by its key, else by its time. */
static void warn_timeless(const cli_options *options, const wb_input *input) {
  if (input->kind != WB_INPUT_BOOKED && input->kind != WB_INPUT_KEPT) return;
  if (options->at || options->visit) return;
  cli_error("--at: without it, and without --visit, the visit is one of this very time; told again "
            "with its own time, it counts as a second one");
}

/* Says how a reply was read. */
static void print_reading(const char *text) {
  wb_reply reply = {.size = sizeof reply};
  if (!text || wb_reply_parse(text, strlen(text), &reply) != WB_OK) {
    puts("no words: for a person to look at");
    return;
  }
  printf("read as %s", wb_intent_name(reply.intent));
  if (reply.also != WB_INTENT_OTHER) printf(", also %s", wb_intent_name(reply.also));
  putchar('\n');
}

/* Gives an open store one event. */
static int take_event(const cli_options *options, cli_store *store, cli_world *world,
                      cli_event *event) {
  if (!patient_is_known(options, world, store->practice)) return CLI_USAGE;
  int result = cli_event_fill(options, store, world, event);
  if (result == CLI_OK && event->input.kind == WB_INPUT_RESTORED_READY)
    result = cli_outbox_tell(store, world->now);
  if (result != CLI_OK) return result;
  wb_error error = {0};
  wb_status status = wb_practice_receive(store->practice, &event->input, world->now, &error);
  if (status != WB_OK) return event_refused(options, status, &error);
  warn_unknown(options, &event->input, store->practice);
  warn_timeless(options, &event->input);
  return CLI_OK;
}

/* Opens the store, gives it one event, closes it. */
static int give_event(const cli_options *options, cli_event *event) {
  cli_world world;
  int result = options->make ? CLI_OK : cli_store_find(options);
  if (result == CLI_OK) result = cli_world_load_optional(options, &world);
  if (result != CLI_OK) return result;
  if (options->location && !knows_location(&world.settings, options->location)) {
    cli_world_free(&world);
    return CLI_USAGE;
  }
  cli_store store;
  result = cli_store_open(&store, options, &world);
  if (result == CLI_OK)
    result = cli_opendental_stops(options, &world, store.practice, store.secret);
  if (result == CLI_OK) result = take_event(options, &store, &world, event);
  int closed = cli_store_close(&store, result == CLI_OK);
  cli_world_free(&world);
  return result == CLI_OK ? closed : result;
}

int cli_receive(const cli_options *options) {
  cli_event event = {.input = {.size = sizeof event.input}};
  if (cli_event_find(options, &event) != CLI_OK) return CLI_USAGE;
  int result = give_event(options, &event);
  if (result == CLI_OK && event.input.kind == WB_INPUT_REPLY) print_reading(options->text);
  return result;
}

/* What a command of this family tells the practice. */
static int32_t pause_kind(const cli_options *options) {
  if (!strcmp(options->command, "stop")) return WB_INPUT_STOP;
  return !strcmp(options->command, "resume") ? WB_INPUT_RESUME : WB_INPUT_PAUSE;
}

/* Whether it is said what to pause, resume or stop, and by whom. */
static bool pause_asked(const cli_options *options) {
  bool stop = pause_kind(options) == WB_INPUT_STOP;
  int named = options->campaign_count + (options->location != NULL);
  if (named > 1 || (stop && !named)) {
    cli_error("%s takes one --campaign%s", options->command, stop ? "" : " or one --location");
    return false;
  }
  return cli_approver(options) != NULL;
}

int cli_pause(const cli_options *options) {
  if (!pause_asked(options)) return CLI_USAGE;
  cli_event event = {.input = {.size = sizeof event.input, .kind = pause_kind(options)}};
  return give_event(options, &event);
}

/* SPDX-License-Identifier: MIT */
/* winback receive, pause, resume and stop: what happened outside comes in. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Events by name, and who or what each is about. */
static const struct event_kind {
  const char *name;
  int32_t kind;
  bool from, patient, action; /* any one of these */
  const char *about;
  bool visit, chair; /* that is free, that is reported */
} event_kinds[] = {
    {"reply", WB_INPUT_REPLY, true, true, false, "--from ADDRESS or --patient KEY", false, false},
    {"click", WB_INPUT_CLICK, false, true, false, "--patient KEY", false, false},
    {"booked", WB_INPUT_BOOKED, false, true, false, "--patient KEY", false, false},
    {"kept", WB_INPUT_KEPT, false, true, false, "--patient KEY", false, false},
    {"cancelled", WB_INPUT_CANCELLED, false, true, false, "--patient KEY", false, false},
    {"broken", WB_INPUT_BROKEN, false, true, false, "--patient KEY", false, false},
    {"opted_out", WB_INPUT_OPTED_OUT, true, true, false, "--from ADDRESS or --patient KEY", false,
     false},
    {"opted_in", WB_INPUT_OPTED_IN, true, true, false, "--from ADDRESS or --patient KEY", false,
     false},
    {"task_done", WB_INPUT_TASK_DONE, false, false, true, "--action ID", false, false},
    {"slot_opened", WB_INPUT_SLOT_OPENED, false, false, false, "--visit KEY", true, false},
    {"slot_closed", WB_INPUT_SLOT_CLOSED, false, false, false, "--visit KEY", true, false},
    {"capacity", WB_INPUT_CAPACITY, false, false, false, "--schedule NAME", false, true},
};

/* Whether the options say whom or what an event is about. */
static bool event_is_about(const struct event_kind *event, const cli_options *options) {
  if (event->visit) return options->visit != NULL;
  if (event->chair) return options->schedule != NULL;
  return (event->from && options->from) || (event->patient && options->patient) ||
         (event->action && options->action);
}

/* The kind of an event; 0: there is none of that name, or it is about nobody. */
static int32_t find_event(const cli_options *options) {
  const char *name = options->event ? options->event : "";
  for (size_t i = 0; i < sizeof event_kinds / sizeof event_kinds[0]; i++) {
    const struct event_kind *event = &event_kinds[i];
    if (strcmp(event->name, name) != 0) continue;
    if (event_is_about(event, options)) return event->kind;
    cli_error("the event %s needs %s", name, event->about);
    return 0;
  }
  cli_error("--event is one of reply, click, booked, kept, cancelled, broken, opted_out, "
            "opted_in, task_done, slot_opened, slot_closed, capacity");
  return 0;
}

static uint32_t length_of(const char *text) {
  return text ? (uint32_t)strlen(text) : 0;
}

/* The contact point of --from: a number, or an e-mail address. */
static int find_contact(const cli_store *store, const cli_world *world, const char *from,
                        uint8_t contact[16]) {
  const cli_settings *settings = &world->settings;
  const char *region = settings->location_count ? settings->locations[0].region : NULL;
  int32_t kind = strchr(from, '@') ? WB_CONTACT_EMAIL : WB_CONTACT_PHONE;
  if (wb_contact_make(store->secret, kind, from, strlen(from), region ? region : "US", contact) !=
      WB_OK) {
    cli_error("--from is neither a telephone number nor an e-mail address");
    return CLI_USAGE;
  }
  return CLI_OK;
}

/* Ids in hexadecimal. */
static int read_id(const char *option, const char *text, uint8_t id[16]) {
  if (strlen(text) == 32 && cli_unhex(text, id, 16)) return CLI_OK;
  cli_error("%s is not 32 hexadecimal digits", option);
  return CLI_USAGE;
}

/* An amount of money: "150" or "150.00". */
static int read_cents(const char *text, wb_cents *cents) {
  size_t whole = strspn(text, "0123456789");
  const char *rest = text + whole;
  bool part = *rest == '.' && strspn(rest + 1, "0123456789") == 2 && !rest[3];
  if (!whole || whole > 9 || (*rest && !part)) {
    cli_error("--value is an amount as 150 or 150.00");
    return CLI_USAGE;
  }
  *cents = strtoll(text, NULL, 10) * 100 + (part ? strtoll(rest + 1, NULL, 10) : 0);
  return CLI_OK;
}

/* What became of a task. */
static int read_outcome(const char *text, int32_t *outcome) {
  static const char *const names[] = {"done",         "booked",  "later", "no_answer", "voicemail",
                                      "wrong_number", "refused", "moved", "deceased"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (strcmp(names[i], text) != 0) continue;
    *outcome = (int32_t)i;
    return CLI_OK;
  }
  cli_error("--outcome is one of done, booked, later, no_answer, voicemail, wrong_number, refused, "
            "moved, deceased");
  return CLI_USAGE;
}

/* Minutes: a whole number. */
static int read_minutes(const char *text, uint32_t *minutes) {
  size_t digits = strspn(text, "0123456789");
  if (!digits || digits > 9 || text[digits]) {
    cli_error("--minutes is a whole number");
    return CLI_USAGE;
  }
  *minutes = (uint32_t)strtoul(text, NULL, 10);
  return CLI_OK;
}

/* Whether the settings have a location; a slip must not pass for a pause. */
static bool knows_location(const cli_settings *settings, const char *key) {
  if (cli_location_find(settings, key)) return true;
  cli_error("--location: the practice has no location of this key");
  return false;
}

/* Fills in what became of a task, how long something is and what it is worth. */
static int fill_numbers(const cli_options *options, wb_input *input) {
  int result = options->outcome ? read_outcome(options->outcome, &input->outcome) : CLI_OK;
  if (result == CLI_OK && options->minutes)
    result = read_minutes(options->minutes, &input->minutes);
  if (result == CLI_OK && options->value) result = read_cents(options->value, &input->value);
  return result;
}

/* Fills the event from the options. */
static int fill_input(const cli_options *options, const cli_store *store, const cli_world *world,
                      wb_input *input, uint8_t contact[16], uint8_t action[16]) {
  input->patient = options->patient;
  input->patient_length = length_of(options->patient);
  input->text = options->text;
  input->text_length = length_of(options->text);
  input->visit = options->visit;
  input->visit_length = length_of(options->visit);
  input->location = options->location;
  input->location_length = length_of(options->location);
  input->name = options->schedule;
  input->name_length = length_of(options->schedule);
  int result = CLI_OK;
  if (options->from) {
    result = find_contact(store, world, options->from, contact);
    input->contact = contact;
  }
  if (result == CLI_OK && options->action) {
    result = read_id("--action", options->action, action);
    input->action = action;
  }
  if (result == CLI_OK && options->at)
    result = cli_instant("--at", options->at, &world->settings, &input->at);
  if (result == CLI_OK) result = fill_numbers(options, input);
  if (result == CLI_OK && options->id) result = read_id("--id", options->id, input->event_id);
  return result;
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

/* An opt-out of somebody nobody ever wrote to is taken, but a key alone is no number to close. */
static void warn_unknown(const cli_options *options, wb_practice *practice) {
  if (!options->patient || options->from || knows_patient(practice, options->patient)) return;
  cli_error("--patient: no campaign ever had a patient of this key, so there is nothing to stop; "
            "with --from the number itself is closed");
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

/* Opens the store, gives it one event, closes it. */
static int give_event(const cli_options *options, wb_input *input) {
  cli_world world;
  int result = options->make ? CLI_OK : cli_store_find(options);
  if (result == CLI_OK) result = cli_world_load_bare(options, &world);
  if (result != CLI_OK) return result;
  if (options->location && !knows_location(&world.settings, options->location)) {
    cli_world_free(&world);
    return CLI_USAGE;
  }
  cli_store store;
  uint8_t contact[16], action[16];
  result = cli_store_open(&store, options, &world);
  if (result == CLI_OK) {
    result = fill_input(options, &store, &world, input, contact, action);
  }
  if (result == CLI_OK) {
    wb_error error = {0};
    wb_status status = wb_practice_receive(store.practice, input, world.now, &error);
    if (status != WB_OK) result = event_refused(options, status, &error);
    if (status == WB_OK) warn_unknown(options, store.practice);
  }
  int closed = cli_store_close(&store, result == CLI_OK);
  cli_world_free(&world);
  return result == CLI_OK ? closed : result;
}

int cli_receive(const cli_options *options) {
  wb_input input = {.size = sizeof input, .kind = find_event(options)};
  if (!input.kind) return CLI_USAGE;
  int result = give_event(options, &input);
  if (result == CLI_OK && input.kind == WB_INPUT_REPLY) print_reading(options->text);
  return result;
}

/* The name of a campaign that is given by name or by its file. */
static int name_campaign(const cli_options *options, const char *given, char *name, size_t size) {
  cli_world world;
  wb_campaign *campaign = NULL;
  wb_campaign_info info = {.size = sizeof info};
  snprintf(name, size, "%s", given);
  if (access(given, R_OK) < 0) return CLI_OK;
  int result = cli_world_load_bare(options, &world);
  if (result != CLI_OK) return result;
  result = cli_campaign_load(&world, given, &campaign);
  if (result == CLI_OK && wb_campaign_get(campaign, &info) == WB_OK) {
    snprintf(name, size, "%s", info.name);
  }
  wb_campaign_unref(campaign);
  cli_world_free(&world);
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
  const char *approver = cli_approver(options);
  char campaign[WB_KEY_MAX + 2] = "";
  if (options->campaign_count) {
    int result = name_campaign(options, options->campaigns[0], campaign, sizeof campaign);
    if (result != CLI_OK) return result;
  }
  wb_input input = {.size = sizeof input,
                    .kind = pause_kind(options),
                    .approver = approver,
                    .approver_length = length_of(approver),
                    .campaign = campaign,
                    .campaign_length = length_of(campaign),
                    .location = options->location,
                    .location_length = length_of(options->location)};
  return give_event(options, &input);
}

/* SPDX-License-Identifier: MIT */
/* What happened outside, as the options say it: the events that the practice takes, and what each
   has to say. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the options may say of an event, in the order in which it is asked for. */
enum {
  FROM = 1,
  PATIENT = 1 << 1,
  ACTION = 1 << 2, /* or the link of its message */
  TO = 1 << 3,
  VISIT = 1 << 4,
  SCHEDULE = 1 << 5,
  OTHER = 1 << 6,
  LOCATION = 1 << 7,
  CAMPAIGN = 1 << 8,
  NAME = 1 << 9,
  CHANNEL = 1 << 10,
  OUTCOME = 1 << 11,
  CLASS = 1 << 12,
  SOURCE = 1 << 13,
  AT = 1 << 14,
  MINUTES = 1 << 15,
  VALUE = 1 << 16,
  TEXT = 1 << 17,
  APPROVER = 1 << 18
};

/* Words for numbers, from 0; an empty one is none. */
static const char *const task_words[] = {
    "done",         "booked",  "later", "no_answer", "voicemail",
    "wrong_number", "refused", "moved", "deceased",  NULL};
static const char *const consent_words[] = {"",        "refused",    "",  "express",
                                            "written", "authorized", NULL};
static const char *const number_words[] = {"", "same", "reassigned", NULL};
static const char *const change_words[] = {"", "new", "corrected", NULL};
static const char *const cause_words[] = {"",        "",       "",          "",  "address",
                                          "content", "policy", "opted_out", NULL};
static const char *const setting_words[] = {"no", "yes", NULL};
/* What may be agreed to. */
static const char *const class_words[] = {
    "", "transactional", "care", "benefit", "offer", "billing", "", "detail", NULL};

/* Events by name. What a command of its own does (launch, pause, resume, stop) is not among them.
 */
static const struct event_kind {
  const char *name;
  int32_t kind;
  unsigned needs, one_of, takes; /* all of these, one of these at least, and these if need be */
  const char *const *outcomes;   /* of --outcome */
} event_kinds[] = {
    {"reply", WB_INPUT_REPLY, 0, FROM | PATIENT, TEXT, NULL},
    {"click", WB_INPUT_CLICK, 0, PATIENT | ACTION, 0, NULL},
    {"booked", WB_INPUT_BOOKED, 0, PATIENT | ACTION, VISIT | AT, NULL},
    {"kept", WB_INPUT_KEPT, PATIENT, 0, VISIT | AT | VALUE, NULL},
    {"cancelled", WB_INPUT_CANCELLED, PATIENT, 0, VISIT | AT | MINUTES | LOCATION | SCHEDULE, NULL},
    {"broken", WB_INPUT_BROKEN, PATIENT, 0, VISIT | AT, NULL},
    {"opted_out", WB_INPUT_OPTED_OUT, 0, FROM | PATIENT, 0, NULL},
    {"opted_in", WB_INPUT_OPTED_IN, 0, FROM | PATIENT, 0, NULL},
    {"consent", WB_INPUT_CONSENT, PATIENT | FROM | CHANNEL | OUTCOME, 0, CLASS | SOURCE | NAME | AT,
     consent_words},
    {"number_checked", WB_INPUT_NUMBER_CHECKED, FROM | OUTCOME, 0, 0, number_words},
    {"contact_changed", WB_INPUT_CONTACT_CHANGED, PATIENT | FROM | TO | CHANNEL | OUTCOME, 0, AT,
     change_words},
    {"contacted", WB_INPUT_CONTACTED, PATIENT, 0, AT, NULL},
    {"merged", WB_INPUT_MERGED, PATIENT | OTHER, 0, 0, NULL},
    {"moved", WB_INPUT_MOVED, PATIENT | LOCATION, 0, 0, NULL},
    {"left", WB_INPUT_LEFT, PATIENT, 0, 0, NULL},
    {"deceased", WB_INPUT_DECEASED, PATIENT, 0, 0, NULL},
    {"forget", WB_INPUT_FORGET, PATIENT, 0, 0, NULL},
    {"task_done", WB_INPUT_TASK_DONE, ACTION, 0, OUTCOME | AT, task_words},
    {"delivered", WB_INPUT_DELIVERED, ACTION, 0, 0, NULL},
    {"undelivered", WB_INPUT_UNDELIVERED, ACTION, 0, OUTCOME, cause_words},
    {"slot_opened", WB_INPUT_SLOT_OPENED, VISIT, 0, AT | MINUTES | LOCATION | SCHEDULE, NULL},
    {"slot_closed", WB_INPUT_SLOT_CLOSED, VISIT, 0, 0, NULL},
    {"capacity", WB_INPUT_CAPACITY, SCHEDULE, 0, MINUTES | LOCATION, NULL},
    {"withdraw", WB_INPUT_WITHDRAW, CAMPAIGN | NAME, 0, 0, NULL},
    {"setting", WB_INPUT_SETTING, NAME | OUTCOME, 0, APPROVER, setting_words},
    {"restored_ready", WB_INPUT_RESTORED_READY, 0, 0, 0, NULL},
};
enum { EVENT_KINDS = sizeof event_kinds / sizeof event_kinds[0] };

/* One option of an event. */
typedef struct event_option {
  unsigned bit;
  bool there;
  const char *option, *operand;
} event_option;

enum { EVENT_OPTIONS = 20 };

/* What the options say. */
static void event_options(const cli_options *options, event_option told[EVENT_OPTIONS]) {
  const event_option all[EVENT_OPTIONS] = {
      {FROM, options->from, "--from", " ADDRESS"},
      {PATIENT, options->patient, "--patient", " KEY"},
      {ACTION, options->action, "--action", " ID"},
      {ACTION, options->link, "--link", " LINK"},
      {TO, options->to, "--to", " ADDRESS"},
      {VISIT, options->visit, "--visit", " KEY"},
      {SCHEDULE, options->schedule, "--schedule", " NAME"},
      {OTHER, options->other, "--other", " KEY"},
      {LOCATION, options->location, "--location", " KEY"},
      {CAMPAIGN, options->campaign_count > 0, "--campaign", " NAME"},
      {NAME, options->name, "--name", " NAME"},
      {CHANNEL, options->channel, "--channel", " CHANNEL"},
      {OUTCOME, options->outcome, "--outcome", " OUTCOME"},
      {CLASS, options->class_, "--class", " CLASS"},
      {SOURCE, options->source, "--source", " SOURCE"},
      {AT, options->at, "--at", " WHEN"},
      {MINUTES, options->minutes, "--minutes", " N"},
      {VALUE, options->value, "--value", " AMOUNT"},
      {TEXT, options->text, "--text", " TEXT"},
      {APPROVER, options->approver, "--approver", " WHO"}};
  memcpy(told, all, sizeof all);
}

/* Says which options an event lacks: one of those that say some things. */
static bool event_lacks(const struct event_kind *event, const event_option *told, unsigned wanted) {
  char list[128] = "";
  for (int i = 0; i < EVENT_OPTIONS; i++) {
    if (!(told[i].bit & wanted)) continue;
    const size_t length = strlen(list);
    snprintf(list + length, sizeof list - length, "%s%s%s", length ? " or " : "", told[i].option,
             told[i].operand);
  }
  cli_error("the event %s needs %s", event->name, list);
  return false;
}

/* Whether the options say what an event needs, and nothing that it does not read. */
static bool event_is_told(const struct event_kind *event, const cli_options *options) {
  event_option told[EVENT_OPTIONS];
  unsigned given = 0;
  event_options(options, told);
  for (int i = 0; i < EVENT_OPTIONS; i++)
    given |= told[i].there ? told[i].bit : 0;
  if (event->one_of && !(event->one_of & given)) return event_lacks(event, told, event->one_of);
  const unsigned missing = event->needs & ~given;
  if (missing) return event_lacks(event, told, missing & (~missing + 1)); /* the first */
  if (options->campaign_count > 1) {
    cli_error("the event %s takes one --campaign", event->name);
    return false;
  }
  for (int i = 0; i < EVENT_OPTIONS; i++) {
    if (!told[i].there || told[i].bit & (event->needs | event->one_of | event->takes)) continue;
    cli_error("%s says nothing of the event %s", told[i].option, event->name);
    return false;
  }
  return true;
}

/* There is no event of a name. */
static void refuse_event(const char *name) {
  char list[512] = "";
  if (cli_command_find(name)) {
    cli_error("--event: %s is a command of its own", name);
    return;
  }
  for (size_t i = 0; i < EVENT_KINDS; i++)
    snprintf(list + strlen(list), sizeof list - strlen(list), "%s%s", i ? ", " : "",
             event_kinds[i].name);
  cli_error("--event is one of %s", list);
}

/* One of some words by its number. */
static int read_word(const char *option, const char *text, const char *const *words,
                     int32_t *number) {
  char list[512] = "";
  for (int32_t i = 0; words[i]; i++) {
    if (!words[i][0]) continue;
    if (!strcmp(words[i], text)) {
      *number = i;
      return CLI_OK;
    }
    snprintf(list + strlen(list), sizeof list - strlen(list), "%s%s", list[0] ? ", " : "",
             words[i]);
  }
  cli_error("%s is one of %s", option, list);
  return CLI_USAGE;
}

/* Whether an option of a consent is an id, which may stand in the journal: words may name somebody.
 */
static bool is_id(const char *option, const char *text) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
  if (!text || (text[0] && strlen(text) <= WB_KEY_MAX && !text[strspn(text, letters)])) return true;
  cli_error("%s of a consent is an id: letters, digits, '-', '_' and '.', at most %d", option,
            WB_KEY_MAX);
  return false;
}

int cli_event_find(const cli_options *options, cli_event *event) {
  const char *name = options->event ? options->event : "";
  for (size_t i = 0; i < EVENT_KINDS; i++) {
    if (strcmp(event_kinds[i].name, name)) continue;
    if (!event_is_told(&event_kinds[i], options)) return CLI_USAGE;
    if (event_kinds[i].kind == WB_INPUT_CONSENT &&
        !(is_id("--source", options->source) && is_id("--name", options->name)))
      return CLI_USAGE;
    event->input.kind = event_kinds[i].kind;
    return options->outcome ? read_word("--outcome", options->outcome, event_kinds[i].outcomes,
                                        &event->input.outcome)
                            : CLI_OK;
  }
  refuse_event(name);
  return CLI_USAGE;
}

/* ---- members --------------------------------------------------------------------------------- */

static uint32_t length_of(const char *text) {
  return text ? (uint32_t)strlen(text) : 0;
}

/* The contact point of an option: a number, or an e-mail address. */
static int find_contact(const cli_store *store, const cli_world *world, const char *option,
                        const char *address, uint8_t contact[16]) {
  const cli_settings *settings = &world->settings;
  const char *region = settings->location_count ? settings->locations[0].region : NULL;
  int32_t kind = strchr(address, '@') ? WB_CONTACT_EMAIL : WB_CONTACT_PHONE;
  if (wb_contact_make(store->secret, kind, address, strlen(address), region ? region : "US",
                      contact) != WB_OK) {
    cli_error("%s is neither a telephone number nor an e-mail address", option);
    return CLI_USAGE;
  }
  return CLI_OK;
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

/* The name of a campaign that is given by name or by its file. */
static int name_campaign(const cli_options *options, cli_world *world, cli_event *event) {
  wb_campaign *campaign = NULL;
  wb_campaign_info info = {.size = sizeof info};
  if (!options->campaign_count) return CLI_OK;
  snprintf(event->campaign, sizeof event->campaign, "%s", options->campaigns[0]);
  if (access(options->campaigns[0], R_OK) == 0) {
    int result = cli_campaign_load(world, options->campaigns[0], &campaign);
    if (result != CLI_OK) return result;
    if (wb_campaign_get(campaign, &info) == WB_OK)
      snprintf(event->campaign, sizeof event->campaign, "%s", info.name);
    wb_campaign_unref(campaign);
  }
  event->input.campaign = event->campaign;
  event->input.campaign_length = length_of(event->campaign);
  return CLI_OK;
}

/* Texts as they are. */
static void fill_texts(const cli_options *options, wb_input *input) {
  const char *name = options->name ? options->name : options->schedule;
  const struct {
    const char *from, **to;
    uint32_t *length;
  } texts[] = {{options->patient, &input->patient, &input->patient_length},
               {options->text, &input->text, &input->text_length},
               {options->visit, &input->visit, &input->visit_length},
               {options->location, &input->location, &input->location_length},
               {options->other, &input->other, &input->other_length},
               {options->source, &input->source, &input->source_length},
               {name, &input->name, &input->name_length}};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    *texts[i].to = texts[i].from;
    *texts[i].length = length_of(texts[i].from);
  }
}

/* Addresses and ids. */
static int fill_points(const cli_options *options, const cli_store *store, const cli_world *world,
                       cli_event *event) {
  wb_input *input = &event->input;
  int result = CLI_OK;
  if (options->from) {
    result = find_contact(store, world, "--from", options->from, event->contact);
    input->contact = event->contact;
  }
  if (result == CLI_OK && options->to) {
    result = find_contact(store, world, "--to", options->to, event->other);
    input->other_contact = event->other;
  }
  if (result == CLI_OK && (options->action || options->link)) {
    result = cli_outbox_action(store, options, event->action);
    input->action = event->action;
  }
  return result == CLI_OK && options->id ? cli_read_id("--id", options->id, input->event_id)
                                         : result;
}

/* When it was, how long it is, what it is worth, by what channel and for what. */
static int fill_numbers(const cli_options *options, const cli_world *world, wb_input *input) {
  int result = CLI_OK;
  if (options->at) result = cli_instant("--at", options->at, &world->settings, &input->at);
  if (result == CLI_OK && options->minutes)
    result = read_minutes(options->minutes, &input->minutes);
  if (result == CLI_OK && options->value) result = read_cents(options->value, &input->value);
  if (result == CLI_OK && options->channel)
    result = read_word("--channel", options->channel, cli_channels, &input->channel);
  if (result == CLI_OK && options->class_)
    result = read_word("--class", options->class_, class_words, &input->class_);
  return result;
}

int cli_event_fill(const cli_options *options, const cli_store *store, cli_world *world,
                   cli_event *event) {
  const char *approver = cli_approver(options);
  if (!approver) return CLI_USAGE;
  event->input.approver = approver;
  event->input.approver_length = length_of(approver);
  fill_texts(options, &event->input);
  int result = fill_points(options, store, world, event);
  if (result == CLI_OK) result = fill_numbers(options, world, &event->input);
  return result == CLI_OK ? name_campaign(options, world, event) : result;
}

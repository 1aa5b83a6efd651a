/* SPDX-License-Identifier: MIT */
/* winback render: what a template says, for a patient of the data or for made-up values. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

enum { RENDER_MOST = 1 << 20, RENDER_LIST = 2 };

/* What render works with. */
typedef struct render_work {
  const cli_options *options;
  cli_world world;
  wb_template *compiled;
  const char *path;
  char *text; /* of the file */
  char *out;
  size_t length, out_length;
  uint64_t row;
} render_work;

/* ---- made-up values ----------------------------------------------------------------------- */

/* Values by what a field's name ends in; none is a real person's. */
static const struct {
  const char *end, *value;
} render_texts[] = {
    {"last_name", "Gomez"},
    {"name", "Maria"},
    {"recare.band", "0-6"},
    {"language", "en"},
    {"url", "https://book.example.com/visit"},
    {"message.link", "https://book.example.com/visit"},
    {"phone", "+12125550100"},
    {"mobile", "+12125550101"},
    {"email", "maria@example.com"},
    {"address", "12 Example Street, Anytown"},
    {"zone", "UTC0"},
    {"region", "US-NY"},
    {"code", "D1110"},
    {"tooth", "14"},
    {"key", "1"},
};

/* A number by what a field's name ends in; the last one is for all others. */
typedef struct render_number {
  const char *end;
  int32_t number;
} render_number;

/* Days from today on: seen eight months ago, due for two, with a visit in ten days. */
static const render_number render_days[] = {
    {"today", 0},         {"visit.next", 10},   {"appointments.date", 10},
    {"openings.date", 3}, {"due", -65},         {"benefit.first", -90},
    {"benefit.last", 90}, {"visit.last", -245}, {"recare.last", -245},
    {"last_exam", -245},  {"previous", -245},   {"birth_date", -14000},
    {"effective", -400},  {"terminates", 300},  {"", -90}};

/* Whole numbers; money is in cents. */
static const render_number render_integers[] = {
    {"fee", 24500},  {"balance", 12000},    {"maximum", 150000},
    {"used", 30000}, {"pending", 9000},     {"remaining", 120000},
    {"paid", 18000}, {"estimated", 21000},  {"age", 38},
    {"minutes", 60}, {"overdue_months", 2}, {"exam_months", 8},
    {"price", 9900}, {"regular", 18900},    {"", 3}};

static bool render_ends(const char *name, const char *end) {
  size_t length = strlen(name), least = strlen(end);
  return length >= least && !strcmp(name + length - least, end);
}

static int32_t render_find_number(const render_number *list, const char *name) {
  while (!render_ends(name, list->end))
    list++;
  return list->number;
}

/* A made-up text; that of an enumeration is its first one, unless the list has one. */
static void render_text(const wb_field *field, wb_value *value) {
  value->kind = WB_TEXT;
  value->data = field->domain ? field->domain : "example";
  value->length = (uint32_t)strcspn(value->data, "|");
  for (size_t i = 0; i < sizeof render_texts / sizeof render_texts[0]; i++) {
    if (!render_ends(field->name, render_texts[i].end)) continue;
    value->data = render_texts[i].value;
    value->length = (uint32_t)strlen(value->data);
    return;
  }
}

/* The practice's own values: those of its first location. */
static bool render_own(const cli_settings *settings, const wb_field *field, wb_value *value) {
  const cli_location *location = &settings->locations[0];
  const struct {
    const char *name, *value;
  } own[] = {{"practice.name", settings->name},
             {"location.name", location->name},
             {"location.short_name", location->short_name},
             {"location.zone", location->zone_name},
             {"location.region", location->region},
             {"location.phone", location->phone},
             {"location.email", location->email},
             {"location.address", location->address},
             {"location.booking_url", location->booking_url},
             {"location.link_url", location->link_url},
             {"message.link", location->message_link}};
  for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
    if (!own[i].value || strcmp(field->name, own[i].name)) continue;
    value->kind = WB_TEXT;
    value->data = own[i].value;
    value->length = (uint32_t)strlen(own[i].value);
    return true;
  }
  return false;
}

/* The offer that the world names. */
static bool render_offer(const wb_offer *offer, const wb_field *field, wb_value *value) {
  wb_offer_info info = {.size = sizeof info};
  if (!offer || wb_offer_get(offer, &info) != WB_OK) return false;
  const struct {
    const char *name, *text;
    int64_t number;
  } told[] = {{"offer.what", info.what, 0},         {"offer.includes", info.includes, 0},
              {"offer.excludes", info.excludes, 0}, {"offer.price", "", info.price},
              {"offer.regular", "", info.regular},  {"offer.last", "", info.last}};
  for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
    if (strcmp(field->name, told[i].name) != 0) continue;
    value->kind = field->type;
    value->integer = told[i].number;
    value->data = told[i].text;
    value->length = (uint32_t)strlen(told[i].text);
    return true;
  }
  return false;
}

/* Now, or half past two in the afternoon of the day of the next visit. */
static wb_time render_time(const cli_world *world, const char *name, wb_date today) {
  wb_local local = {.date = today + 10, .second = 14 * 3600 + 1800};
  wb_time at = world->now;
  if (strcmp(name, "now") != 0) wb_zone_instant(world->moment.zone, &local, 0, &at);
  return at;
}

/* A made-up value of a field: what may be true is, but nothing was said before. */
static void render_value(const cli_world *world, const wb_field *field, int32_t type,
                         wb_value *value) {
  if (type == WB_TEXT && render_own(&world->settings, field, value)) return;
  if (render_offer(world->offer, field, value)) return;
  wb_local now = {0};
  wb_zone_local(world->moment.zone, world->now, &now);
  value->kind = type;
  value->integer = render_find_number(render_integers, field->name);
  value->real = 3;
  if (type == WB_TEXT) render_text(field, value);
  if (type == WB_BOOL) value->integer = !render_ends(field->name, "message.again");
  if (type == WB_DATE) value->integer = now.date + render_find_number(render_days, field->name);
  if (type == WB_TIME) value->integer = render_time(world, field->name, now.date);
}

static wb_status WB_CALL render_count(void *user, uint64_t *rows) {
  (void)user;
  *rows = 1;
  return WB_OK;
}

static wb_status WB_CALL render_find(void *user, const char *key, size_t length, uint64_t *row) {
  (void)user;
  (void)key;
  (void)length;
  *row = 0;
  return WB_OK;
}

static wb_status WB_CALL render_get(void *user, uint64_t row, uint32_t index, uint32_t first,
                                    uint32_t capacity, wb_value *values, uint32_t *count) {
  const cli_world *world = user;
  wb_field field = {.size = sizeof field};
  (void)row;
  wb_status status = wb_schema_get(world->schema, index, &field);
  if (status != WB_OK) return status;
  bool list = field.type == WB_LIST || field.list != 0;
  *count = list ? RENDER_LIST : 1;
  uint32_t given = first < *count ? *count - first : 0;
  if (field.type == WB_LIST && field.element == WB_RECORD) return WB_OK;
  for (uint32_t i = 0; i < given && i < capacity; i++)
    render_value(world, &field, field.type == WB_LIST ? field.element : field.type, &values[i]);
  return WB_OK;
}

/* ---- the template ------------------------------------------------------------------------- */

/* A number by its name; -1: there is none of it, and stderr says so. */
static int render_word(const char *option, const char *given, const char *const *words, int count) {
  for (int i = 0; i < count; i++) {
    if (!given || !strcmp(given, words[i])) return i;
  }
  cli_error("--%s is %s, %s or %s", option, words[0], words[1], words[2]);
  return -1;
}

int cli_template_options(const cli_options *options, wb_template_options *made) {
  static const char *const registers[] = {"general", "neutral", "detail"};
  static const char *const recipients[] = {"patient", "guardian", "household"};
  made->register_ = render_word("register", options->register_, registers, 3);
  made->recipient = render_word("recipient", options->recipient, recipients, 3);
  made->channel = options->channel ? options->channel : "sms";
  made->language = options->language;
  return made->register_ < 0 || made->recipient < 0 ? CLI_USAGE : CLI_OK;
}

/* Reads the file, without the line break at its end. */
static int render_read(render_work *work) {
  if (work->options->argument_count != 1) {
    cli_error("render takes one file; see winback render --help");
    return CLI_USAGE;
  }
  work->path = work->options->arguments[0];
  work->text = cli_read_input(work->path, &work->length);
  if (!work->text) return CLI_DATA;
  if (work->length > 0 && work->text[work->length - 1] == '\n') work->length--;
  return CLI_OK;
}

/* Compiles the file for its channel. */
static int render_compile(render_work *work) {
  wb_template_options made = {.size = sizeof made};
  wb_error error = {0};
  int result = cli_template_options(work->options, &made);
  if (result != CLI_OK) return result;
  wb_status status = wb_template_new(NULL, work->world.schema, work->world.policy, &made,
                                     work->text, work->length, &work->compiled, &error);
  return status == WB_OK ? CLI_OK : cli_fail(work->path, status, &error);
}

/* ---- the patient -------------------------------------------------------------------------- */

/* Facts of nobody. */
static int render_sample(render_work *work) {
  if (work->options->patient) {
    cli_error("--patient needs --data DIR");
    return CLI_USAGE;
  }
  int result = cli_world_load_optional(work->options, &work->world);
  return result == CLI_OK ? cli_made_up(&work->world, &work->world.facts) : result;
}

int cli_made_up(cli_world *world, wb_facts **facts) {
  wb_source source = {.size = sizeof source,
                      .user = world,
                      .count = render_count,
                      .find = render_find,
                      .get = render_get};
  wb_facts_options options = {.size = sizeof options, .as_of = world->now, .source = &source};
  wb_error error = {0};
  wb_status status = wb_facts_new(NULL, world->schema, &options, facts, &error);
  return status == WB_OK ? CLI_OK : cli_fail("made-up values", status, &error);
}

/* Facts of the data, and the patient among them. */
static int render_patient(render_work *work) {
  const char *key = work->options->patient;
  if (!key) {
    cli_error("--patient KEY is needed with --data");
    return CLI_USAGE;
  }
  int result = cli_world_load(work->options, &work->world);
  if (result != CLI_OK) return result;
  cli_left_out_summary();
  if (wb_facts_find(work->world.facts, key, strlen(key), &work->row) == WB_OK) return CLI_OK;
  cli_error("there is no patient of this key");
  return CLI_DATA;
}

/* ---- what is said ------------------------------------------------------------------------- */

const char *cli_encoding(const wb_sms *sms) {
  return sms->encoding == WB_SMS_GSM7 ? "GSM-7" : "UCS-2";
}

static void render_print(const render_work *work, const wb_sms *sms) {
  const char *encoding = cli_encoding(sms);
  if (!work->options->json) {
    fwrite(work->out, 1, work->out_length, stdout);
    printf("\n");
    if (sms->segments)
      printf("\n(%s, %u %s, %u segment%s)\n", encoding, (unsigned)sms->units,
             sms->encoding == WB_SMS_GSM7 ? "septets" : "units", (unsigned)sms->segments,
             sms->segments == 1 ? "" : "s");
    return;
  }
  printf("{\"text\":");
  cli_json_string(stdout, work->out, work->out_length);
  if (sms->segments)
    printf(",\"encoding\":\"%s\",\"units\":%u,\"segments\":%u", encoding, (unsigned)sms->units,
           (unsigned)sms->segments);
  printf("}\n");
}

/* Renders and prints. */
static int render_run(render_work *work) {
  wb_error error = {0};
  wb_sms sms = {.size = sizeof sms};
  work->out = cli_grow(NULL, RENDER_MOST, 1);
  wb_status status =
      wb_template_render(work->compiled, work->world.facts, work->row, &work->world.moment,
                         work->out, RENDER_MOST, &work->out_length, &error);
  if (status != WB_OK) return cli_fail(work->path, status, &error);
  bool texted = !work->options->channel || !strcmp(work->options->channel, "sms");
  if (texted) status = wb_sms_measure(work->out, work->out_length, &sms);
  if (status != WB_OK) return cli_fail(work->path, status, NULL);
  render_print(work, &sms);
  return CLI_OK;
}

int cli_render(const cli_options *options) {
  render_work work = {.options = options};
  int result = render_read(&work);
  if (result == CLI_OK) result = options->data ? render_patient(&work) : render_sample(&work);
  if (result == CLI_OK) result = render_compile(&work);
  if (result == CLI_OK) result = render_run(&work);
  wb_template_unref(work.compiled);
  cli_world_free(&work.world);
  free(work.text);
  free(work.out);
  return result;
}

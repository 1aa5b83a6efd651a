/* SPDX-License-Identifier: MIT */
/* The practice's settings: a file of its own, or a sample to try things with. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Compiles a zone's name. */
static wb_status settings_make_zone(const char *name, wb_zone **zone, wb_error *error) {
  return wb_zone_new(NULL, name, strlen(name), zone, error);
}

/* Whether a region is of ISO 3166: "US", "US-NY". */
static bool settings_region(const char *region) {
  size_t length = strlen(region);
  if (length < 2 || length > 6 || length == 3) return false;
  for (size_t i = 0; i < length; i++) {
    bool upper = region[i] >= 'A' && region[i] <= 'Z';
    bool digit = region[i] >= '0' && region[i] <= '9';
    if (i == 2 ? region[i] != '-' : !(upper || (i > 2 && digit))) return false;
  }
  return true;
}

/* Gives every location the zone and region of the command line. */
static int settings_override(const cli_options *options, cli_settings *settings) {
  if (options->region && !settings_region(options->region)) {
    cli_error("--region: not a code as US-NY");
    return CLI_USAGE;
  }
  for (int i = 0; i < settings->location_count; i++) {
    cli_location *location = &settings->locations[i];
    if (options->region) location->region = options->region;
    if (!options->zone) continue;
    wb_error error = {0};
    wb_zone *zone = NULL;
    wb_status status = settings_make_zone(options->zone, &zone, &error);
    if (status != WB_OK) {
      cli_fail("--zone", status, &error);
      return CLI_USAGE;
    }
    wb_zone_unref(location->zone);
    location->zone = zone;
    location->zone_name = options->zone;
  }
  settings->zone = wb_zone_ref(settings->locations[0].zone);
  return CLI_OK;
}

/* The link of a message: with a made-up handle, or the booking page. */
static char *settings_link(const cli_location *location) {
  const char *begin = location->link_url ? location->link_url : location->booking_url;
  const char *handle = location->link_url ? "x7Jq2wLr9TbVk3Zd" : "";
  if (!begin) return NULL;
  const size_t size = strlen(begin) + strlen(handle) + 1;
  char *link = cli_grow(NULL, size, 1);
  snprintf(link, size, "%s%s", begin, handle);
  return link;
}

/* A practice that nobody has, for a quick try. */
static int settings_sample(const cli_options *options, cli_settings *settings) {
  cli_location *location = cli_grow(NULL, 1, sizeof *location);
  *location = (cli_location){.key = "0",
                             .name = "Example Dental",
                             .short_name = "Example Dental",
                             .region = "US",
                             .phone = "+12125550100",
                             .email = "hello@example.com",
                             .address = "12 Example Street, Anytown",
                             .booking_url = "https://book.example.com/visit"};
  location->message_link = settings_link(location);
  settings->name = "Example Dental";
  settings->key = "example-dental";
  settings->locations = location;
  settings->location_count = 1;
  if (options->data || options->store) /* else nobody's data are taken for the sample's */
    cli_error("no --practice: sample practice \"Example Dental\"%s",
              options->zone ? "" : ", no time zone");
  return CLI_OK;
}

/* Says what is wrong with a value, with its line. */
static int settings_wrong(const char *path, const cli_json *json, const char *why) {
  cli_error("%s:%d: %s", path, json ? json->line : 1, why);
  return CLI_DATA;
}

/* One location of the file. */
static int settings_location(const char *path, const cli_json *json, cli_settings *settings) {
  cli_location *location = &settings->locations[settings->location_count++];
  *location = (cli_location){.key = cli_json_text(json, "key", NULL),
                             .name = cli_json_text(json, "name", settings->name),
                             .short_name = cli_json_text(json, "short_name", NULL),
                             .zone_name = cli_json_text(json, "zone", NULL),
                             .region = cli_json_text(json, "region", NULL),
                             .phone = cli_json_text(json, "phone", NULL),
                             .email = cli_json_text(json, "email", NULL),
                             .address = cli_json_text(json, "address", NULL),
                             .booking_url = cli_json_text(json, "booking_url", NULL),
                             .link_url = cli_json_text(json, "link_url", NULL)};
  location->message_link = settings_link(location);
  if (!location->key || !*location->key) {
    return settings_wrong(path, json, "a location needs a \"key\"");
  }
  for (const cli_location *other = settings->locations; other < location; other++) {
    if (!strcmp(other->key, location->key)) {
      return settings_wrong(path, json, "two locations have one \"key\"");
    }
  }
  if (location->region && !settings_region(location->region)) {
    return settings_wrong(path, json, "\"region\" is not a code as US-NY");
  }
  if (!location->zone_name) return CLI_OK;
  wb_error error = {0};
  wb_status status = settings_make_zone(location->zone_name, &location->zone, &error);
  if (status == WB_OK) return CLI_OK;
  const cli_json *zone = cli_json_find(json, "zone");
  cli_error("%s:%d: zone: %s", path, zone ? zone->line : json->line, error.message);
  return CLI_DATA;
}

/* The members of the file. */
static int settings_read(const char *path, cli_settings *settings) {
  const cli_json *practice = cli_json_find(settings->root, "practice");
  const cli_json *locations = cli_json_find(settings->root, "locations");
  settings->name = cli_json_text(practice, "name", NULL);
  settings->key = cli_json_text(practice, "key", "practice");
  settings->secret_hex = cli_json_text(practice, "secret", NULL);
  if (!settings->name) {
    return settings_wrong(path, practice, "the practice needs a \"name\"");
  }
  if (!locations || locations->kind != CLI_ARRAY || !locations->first) {
    return settings_wrong(path, locations, "\"locations\" has to list a location");
  }
  size_t count = 0;
  for (const cli_json *at = locations->first; at; at = at->next)
    count++;
  settings->locations = cli_grow(NULL, count, sizeof *settings->locations);
  for (const cli_json *at = locations->first; at; at = at->next) {
    int result = settings_location(path, at, settings);
    if (result != CLI_OK) return result;
  }
  return CLI_OK;
}

int cli_settings_line(const cli_settings *settings, const wb_error *error) {
  static const char *const parts[] = {"/playbooks/", "/wording/", "/offers/"};
  for (size_t i = 0; settings->root && i < sizeof parts / sizeof parts[0]; i++) {
    if (!strncmp(error->path, parts[i], strlen(parts[i])))
      return cli_json_at(settings->root, error->path)->line;
  }
  return 0;
}

int cli_settings_fail(const cli_settings *settings, const char *what, wb_status status,
                      const wb_error *error) {
  const int line = cli_settings_line(settings, error);
  if (!line) return cli_fail(what, status, error);
  cli_error("%s:%d: %s: %s", settings->path, line, error->path, error->message);
  return CLI_DATA;
}

static int settings_file(const char *path, cli_settings *settings) {
  char why[128];
  wb_error error = {0};
  settings->path = path;
  settings->text = cli_read_text(path, &settings->length);
  if (!settings->text) {
    cli_error("%s: %s", path, strerror(errno));
    return CLI_DATA;
  }
  settings->root = cli_json_parse(settings->text, settings->length, why, sizeof why);
  if (!settings->root) {
    cli_error("%s:%s", path, why);
    return CLI_DATA;
  }
  wb_status status = wb_settings_test(NULL, settings->text, settings->length, &error);
  if (status != WB_OK) return cli_fail(path, status, &error);
  int result = settings_read(path, settings);
  return result == CLI_OK ? cli_conventions_read(settings) : result;
}

int cli_settings_load(const cli_options *options, cli_settings *settings) {
  *settings = (cli_settings){0};
  int result = options->practice ? settings_file(options->practice, settings)
                                 : settings_sample(options, settings);
  if (result == CLI_OK) result = settings_override(options, settings);
  if (result != CLI_OK) cli_settings_free(settings);
  return result;
}

/* Says which regions there are not: the strictest hours of their country hold for them. */
static void settings_regions(const cli_settings *settings) {
  wb_law *law = NULL;
  if (wb_law_new(NULL, NULL, 0, &law, NULL) != WB_OK) return;
  for (int i = 0; i < settings->location_count; i++) {
    const cli_location *place = &settings->locations[i];
    const wb_zone *zones[1] = {place->zone};
    const wb_law_question question = {.size = sizeof question,
                                      .zones = zones,
                                      .zone_count = place->zone != NULL,
                                      .regions = place->region,
                                      .regions_length =
                                          place->region ? (uint32_t)strlen(place->region) : 0,
                                      .message_class = WB_MESSAGE_CARE};
    wb_law_answer answer = {.size = sizeof answer};
    if (place->region && wb_law_find(law, &question, &answer) == WB_OK &&
        answer.flags & WB_LAW_UNCERTAIN)
      cli_error(
          "location %s: there is no region %s: the strictest hours and rules of its country hold",
          place->key, place->region);
  }
  wb_law_unref(law);
}

int cli_settings_zoned(const cli_settings *settings) {
  settings_regions(settings);
  if (!settings->zone) {
    cli_error("the practice has no time zone, so no hour is known to be decent: nothing is sent");
    return CLI_DATA;
  }
  for (int i = 0; i < settings->location_count; i++) {
    if (settings->locations[i].zone) continue;
    cli_error("location %s has no time zone: nothing is sent to its patients",
              settings->locations[i].key);
  }
  return CLI_OK;
}

const cli_location *cli_location_find(const cli_settings *settings, const char *key) {
  for (int i = 0; i < settings->location_count; i++) {
    if (!strcmp(settings->locations[i].key, key)) return &settings->locations[i];
  }
  return NULL;
}

void cli_settings_free(cli_settings *settings) {
  for (int i = 0; i < settings->location_count; i++) {
    wb_zone_unref(settings->locations[i].zone);
    free(settings->locations[i].message_link);
  }
  wb_zone_unref(settings->zone);
  free(settings->locations);
  free(settings->text);
  cli_json_free(settings->root);
  *settings = (cli_settings){0};
}

/* Two digits below a limit; -1: not so. */
static int settings_two(const char *text, int limit) {
  bool ok = text[0] >= '0' && text[0] <= '9' && text[1] >= '0' && text[1] <= '9';
  int number = ok ? (text[0] - '0') * 10 + text[1] - '0' : limit;
  return number < limit ? number : -1;
}

/* Whether what follows the seconds is nothing, or a fraction. */
static bool settings_is_fraction(const char *text, size_t length) {
  if (length == 0) return true;
  return text[0] == '.' && length > 1 && strspn(text + 1, "0123456789") >= length - 1;
}

bool cli_clock(const char *text, size_t length, int32_t *second) {
  bool seconds = length >= 8;
  if ((length != 5 && !seconds) || text[2] != ':' || (seconds && text[5] != ':')) return false;
  if (seconds && !settings_is_fraction(text + 8, length - 8)) return false;
  int hour = settings_two(text, 24), minute = settings_two(text + 3, 60);
  int rest = seconds ? settings_two(text + 6, 60) : 0;
  if (hour < 0 || minute < 0 || rest < 0) return false;
  *second = hour * 3600 + minute * 60 + rest;
  return true;
}

bool cli_local_parse(const char *text, size_t length, wb_local *local) {
  *local = (wb_local){0};
  if (length < 10 || wb_date_parse(text, 10, &local->date) != WB_OK) return false;
  if (length == 10) return true;
  if (text[10] != 'T' && text[10] != ' ') return false;
  return cli_clock(text + 11, length - 11, &local->second);
}

int cli_instant(const char *option, const char *text, const cli_settings *settings, wb_time *at) {
  enum { NINE = 9 * 3600, DAY = 86400 };
  size_t length = strlen(text);
  wb_local local;
  if (!cli_local_parse(text, length, &local)) {
    if (wb_time_parse(text, length, at) == WB_OK) return CLI_OK;
    cli_error("%s is 2026-01-30, 2026-01-30T09:00 or 2026-01-30T09:00:00-05:00", option);
    return CLI_USAGE;
  }
  if (length == 10) local.second = NINE;
  if (!settings->zone) {
    *at = (wb_time)local.date * DAY + local.second;
    return CLI_OK;
  }
  wb_status status = wb_zone_instant(settings->zone, &local, 0, at);
  if (status == WB_OK) return CLI_OK;
  cli_fail(option, status, NULL);
  return CLI_USAGE;
}

wb_date cli_day(const wb_zone *zone, wb_time at) {
  enum { DAY_LENGTH = sizeof "2026-01-30" - 1 };
  char text[40];
  size_t length = 0;
  wb_date day = WB_DATE_NONE;
  if (wb_time_format(at, zone, text, sizeof text, &length) == WB_OK)
    (void)wb_date_parse(text, DAY_LENGTH, &day);
  return day;
}

int cli_now(const cli_options *options, const cli_settings *settings, wb_time *now) {
  if (options->as_of) return cli_instant("--as-of", options->as_of, settings, now);
  *now = (wb_time)time(NULL);
  return CLI_OK;
}

/* SPDX-License-Identifier: MIT */
/* winback policy: when messages may go out, and how many, in words. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

enum { LIMITS_DAYS = 7, LIMITS_DAY = 86400 };

/* An object of the campaign as "mon-fri 10:00-16:00, sat none". */
static void limits_object(const cli_json *object) {
  for (const cli_json *at = object->first; at; at = at->next)
    printf("%s%s %s", at == object->first ? "" : ", ", at->name, at->text ? at->text : "?");
  putchar('\n');
}

/* What the practice sets; NULL: what holds where nobody sets anything else. */
static int limits_practice(const cli_settings *settings, wb_schema *schema) {
  const bool set = settings && cli_json_find(settings->root, "outreach");
  wb_window hours[CLI_WEEK_HOURS];
  wb_practice_options options;
  wb_error error = {0};
  wb_status status = cli_conventions_get(settings, schema, hours, &options, &error);
  if (status != WB_OK) return cli_settings_fail(settings, "the practice", status, &error);
  printf("\nHours and caps of the practice%s\n  hours     ",
         set ? "" : ", as they are unless it sets others");
  cli_conventions_hours(stdout, &options);
  printf(", within the law\n"
         "  messages  %u a day to a patient, %u in 7 days, %u in 30, over all campaigns\n"
         "  entries   %u new patients a day at each location\n",
         options.per_day, options.per_week, options.per_month, options.admissions);
  return CLI_OK;
}

/* How many messages one entry may bring, and how long it is until the next. */
static void limits_touches(const wb_campaign_info *info, const cli_json *json) {
  printf("%u at most for one entry", info->touches);
  if (info->rest_days > 0 && strcmp(cli_json_text(json, "reentry", ""), "never") != 0)
    printf(", the next %u days after it at the earliest", info->rest_days);
  putchar('\n');
}

/* The same of every playbook, as the practice has set it; what is not set yet writes nothing. */
static void limits_playbooks(wb_schema *schema, wb_policy *policy, const cli_settings *settings) {
  char why[128];
  puts("\nMessages of each campaign");
  for (uint32_t i = 0; i < wb_playbook_count(); i++) {
    const char *name = NULL, *text = NULL;
    size_t length = 0;
    wb_campaign *campaign = NULL;
    wb_campaign_info info = {.size = sizeof info};
    if (wb_playbook_get(i, &name, &text, &length) != WB_OK ||
        wb_campaign_make(NULL, schema, policy, text, length, settings ? settings->text : NULL,
                         settings ? settings->length : 0, &campaign, NULL) != WB_OK ||
        wb_campaign_get(campaign, &info) != WB_OK)
      continue;
    cli_json *json = cli_json_parse(info.canonical, info.canonical_length, why, sizeof why);
    printf("  %-24s ", info.name);
    limits_touches(&info, json);
    cli_json_free(json);
    wb_campaign_unref(campaign);
  }
}

/* Both without a world of its own. */
static int limits_default(void) {
  wb_schema *schema = NULL;
  wb_error error = {0};
  wb_status status = wb_schema_new(NULL, NULL, 0, &schema, &error);
  if (status != WB_OK) return cli_fail("the dictionary", status, &error);
  int result = limits_practice(NULL, schema);
  if (result == CLI_OK) limits_playbooks(schema, NULL, NULL);
  wb_schema_unref(schema);
  return result;
}

/* What a campaign says of its own. */
static int limits_campaign(const cli_world *world, const char *name) {
  char why[128];
  wb_campaign *campaign = NULL;
  wb_campaign_info info = {.size = sizeof info};
  int result = cli_campaign_load(world, name, &campaign);
  if (result != CLI_OK) return result;
  (void)wb_campaign_get(campaign, &info);
  cli_json *json = cli_json_parse(info.canonical, info.canonical_length, why, sizeof why);
  const cli_json *hours = json ? cli_json_find(json, "hours") : NULL;
  const cli_json *caps = json ? cli_json_find(json, "caps") : NULL;
  printf("\nCampaign %s, of class %s\n  hours     ", info.name, cli_json_text(json, "class", "?"));
  if (hours)
    limits_object(hours);
  else
    puts("those of the practice");
  fputs("  messages  ", stdout);
  if (caps)
    limits_object(caps);
  else
    puts("as the practice has it");
  fputs("            ", stdout);
  limits_touches(&info, json);
  cli_json_free(json);
  wb_campaign_unref(campaign);
  return CLI_OK;
}

/* The rules on hours that bind a region, with their sources. */
static void limits_rules(const wb_law *law, const char *region, wb_date on) {
  wb_law_rule rule = {.size = sizeof rule};
  uint64_t cursor = 0;
  while (wb_law_next(law, WB_LAW_HOURS, region, strlen(region), WB_MESSAGE_CARE, on, &cursor,
                     &rule) == WB_OK)
    printf("  %s: %s\n", rule.id, rule.source);
}

/* The stretches of the coming week in which a message of class care may go to a place; false: no
   law is known of it. */
static bool limits_week(const wb_law *law, const cli_location *place, wb_time from) {
  const wb_zone *zones[1] = {place->zone};
  wb_law_question question = {.size = sizeof question,
                              .at = from,
                              .zones = zones,
                              .zone_count = 1,
                              .regions = place->region,
                              .regions_length = place->region ? (uint32_t)strlen(place->region) : 0,
                              .message_class = WB_MESSAGE_CARE};
  wb_law_answer answer = {.size = sizeof answer};
  const wb_time end = from + LIMITS_DAYS * LIMITS_DAY;
  while (wb_law_find(law, &question, &answer) == WB_OK && !(answer.flags & WB_LAW_CLOSED) &&
         answer.open_at < end) {
    char open[40], until[40];
    if (!cli_minute(place->zone, answer.open_at, open) ||
        !cli_minute(place->zone, answer.until, until))
      break;
    printf("  %s to %s%s%s\n", open, until, answer.rule[0] ? ", closed then by " : "", answer.rule);
    question.at = answer.until;
  }
  if (answer.flags & WB_LAW_NOWHERE) puts("  none is known, so nothing may go out");
  if (answer.flags & WB_LAW_UNCERTAIN)
    puts("  there is no such region: what is open in all of its country is");
  return !(answer.flags & WB_LAW_NOWHERE);
}

/* The classes that a rule is about, as "benefit, offer". */
static void limits_classes(uint32_t classes) {
  const char *comma = "";
  for (uint32_t i = 1; cli_classes[i]; i++) {
    if (!(classes & 1u << i)) continue;
    printf("%s%s", comma, cli_classes[i]);
    comma = ", ";
  }
}

/* A stretch of time in words. */
static void limits_stretch(long long seconds) {
  if (seconds > LIMITS_DAY && seconds % LIMITS_DAY == 0)
    printf("%lld days", seconds / LIMITS_DAY);
  else
    printf("%lld hours", seconds / 3600);
}

/* The caps of the law in a region, of every class. */
static void limits_caps(const wb_law *law, const char *region, wb_date on) {
  wb_law_rule rule = {.size = sizeof rule};
  uint64_t cursor = 0;
  long count = 0;
  puts("  caps of the law, besides those of practice and campaign");
  for (; wb_law_next(law, WB_LAW_CAP, region, strlen(region), 0, on, &cursor, &rule) == WB_OK;
       count++) {
    printf("    %s: %lld in ", rule.id, (long long)rule.amount);
    limits_stretch((long long)rule.seconds);
    fputs(" of class ", stdout);
    limits_classes(rule.classes);
    printf(": %s\n", rule.source);
  }
  if (!count) puts("    none");
}

/* The law where a location is; without a region hours alone can be told. */
static void limits_place(const wb_law *law, const cli_location *place, wb_time now) {
  wb_local local = {0};
  if (!place->zone || wb_zone_local(place->zone, now, &local) != WB_OK) {
    printf("\nLocation %s has no time zone: nothing goes to its patients\n", place->key);
    return;
  }
  printf("\nThe law %s %s, for messages of class care\n",
         place->region ? "in" : "of the country whose zone is",
         place->region ? place->region : place->zone_name);
  if (!limits_week(law, place, now) || !place->region) return;
  limits_rules(law, place->region, local.date);
  limits_caps(law, place->region, local.date);
}

/* The law where the locations are, once for each region. */
static int limits_law(const cli_world *world) {
  wb_law *law = NULL;
  wb_error error = {0};
  wb_status status = wb_law_new(NULL, NULL, 0, &law, &error);
  if (status != WB_OK) return cli_fail("the law", status, &error);
  for (int i = 0; i < world->settings.location_count; i++) {
    const cli_location *places = world->settings.locations;
    bool again = false;
    for (int j = 0; places[i].region && !again && j < i; j++)
      again = places[j].region && !strcmp(places[i].region, places[j].region);
    if (!again) limits_place(law, &places[i], world->now);
  }
  wb_law_unref(law);
  return CLI_OK;
}

/* Those of the campaigns that were asked for; else what each may send. */
static int limits_campaigns(const cli_world *world, const cli_options *options) {
  int result = CLI_OK;
  if (!options->campaign_count) limits_playbooks(world->schema, world->policy, &world->settings);
  for (int i = 0; result == CLI_OK && i < options->campaign_count; i++)
    result = limits_campaign(world, options->campaigns[i]);
  return result;
}

int cli_limits(const cli_options *options) {
  cli_world world;
  bool placed = options->practice || options->region || options->zone;
  if (!placed && !options->campaign_count) return limits_default();
  int result = cli_world_load_optional(options, &world);
  if (result != CLI_OK) return result;
  result = limits_practice(&world.settings, world.schema);
  if (result == CLI_OK) result = limits_campaigns(&world, options);
  if (result == CLI_OK && placed) result = limits_law(&world);
  if (result == CLI_OK && !placed)
    puts("\nHours and caps of the law hold besides: --region and --zone, or --practice, list them");
  cli_world_free(&world);
  return result;
}

/* SPDX-License-Identifier: MIT */
/* Everything a command needs: settings, dictionary, policy, tables, the moment. */
#include "columns.h"

#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void world_put(cli_table *table, int column, const char *text) {
  if (text) cli_put_text(table, column, text, strlen(text));
}

/* The tables that come from the settings. */
static void world_add_practice(const cli_settings *settings, cli_tables *tables) {
  static const cli_column practice[] = {{"name", "u"}};
  static const cli_column locations[] = {{"location", "u"}, {"name", "u"},    {"short_name", "u"},
                                         {"zone", "u"},     {"region", "u"},  {"phone", "u"},
                                         {"email", "u"},    {"address", "u"}, {"booking_url", "u"},
                                         {"link_url", "u"}};
  cli_table *table = cli_table_new(practice, 1);
  world_put(table, 0, settings->name);
  cli_table_row(table);
  cli_tables_add(tables, "practice", table);
  table = cli_table_new(locations, sizeof locations / sizeof locations[0]);
  for (int i = 0; i < settings->location_count; i++) {
    const cli_location *location = &settings->locations[i];
    const char *values[] = {location->key,       location->name,    location->short_name,
                            location->zone_name, location->region,  location->phone,
                            location->email,     location->address, location->booking_url,
                            location->link_url};
    for (int j = 0; j < (int)(sizeof values / sizeof values[0]); j++)
      world_put(table, j, values[j]);
    cli_table_row(table);
  }
  cli_tables_add(tables, "locations", table);
}

/* Facts as of the world's `now`, with the tables lent to them. */
static int world_add_facts(cli_world *world) {
  const wb_recare_settings *recare = &world->settings.recare;
  wb_facts_options facts = {
      .size = sizeof facts, .as_of = world->now, .recare = recare->size ? recare : NULL};
  wb_error error = {0};
  wb_status status = wb_facts_new(NULL, world->schema, &facts, &world->facts, &error);
  if (status != WB_OK) return cli_fail("the tables", status, &error);
  return cli_tables_lend(world->tables, world->facts);
}

/* Reads the tables. */
static int world_add_tables(const cli_options *options, cli_world *world) {
  world->tables = cli_grow(NULL, 1, sizeof *world->tables);
  *world->tables = (cli_tables){0};
  world_add_practice(&world->settings, world->tables);
  int result = cli_data_read(options->data, &world->settings, world->tables);
  return result == CLI_OK ? world_add_facts(world) : result;
}

/* Dictionary, policy and the zone that stands in for one that is not known. */
static int world_make(const cli_options *options, cli_world *world) {
  wb_error error = {0};
  wb_status status = wb_schema_new(NULL, NULL, 0, &world->schema, &error);
  if (status == WB_OK) status = wb_zone_new(NULL, "UTC0", 4, &world->utc, &error);
  if (status != WB_OK) return cli_fail("winback", status, &error);
  return cli_policy_load(options, world->schema, &world->policy);
}

/* All but the tables. */
static int world_begin(const cli_options *options, cli_world *world) {
  *world = (cli_world){0};
  int result = cli_settings_load(options, &world->settings);
  if (result == CLI_OK) result = cli_now(options, &world->settings, &world->now);
  if (result == CLI_OK) result = world_make(options, world);
  if (result != CLI_OK) {
    cli_world_free(world);
    return result;
  }
  world->moment = (wb_moment){.size = sizeof world->moment,
                              .now = world->now,
                              .zone = world->settings.zone ? world->settings.zone : world->utc};
  return CLI_OK;
}

int cli_world_load_optional(const cli_options *options, cli_world *world) {
  struct stat status;
  int result = world_begin(options, world);
  if (result != CLI_OK || !options->data) return result;
  if (stat(options->data, &status) < 0) {
    cli_error("%s: %s", options->data, strerror(errno));
    result = CLI_DATA;
  } else {
    result = world_add_tables(options, world);
  }
  if (result != CLI_OK) {
    cli_left_out_summary();
    cli_world_free(world);
  }
  return result;
}

int cli_world_load(const cli_options *options, cli_world *world) {
  if (options->data) return cli_world_load_optional(options, world);
  cli_error("--data DIR is needed");
  return CLI_USAGE;
}

int cli_world_renew(cli_world *world, const char *table) {
  wb_error error = {0};
  wb_status status = wb_facts_renew(world->facts, world->now, table, &error);
  return status == WB_OK ? CLI_OK : cli_fail("the tables", status, &error);
}

void cli_world_free(cli_world *world) {
  for (int i = 0; i < CLI_CAMPAIGNS; i++)
    wb_campaign_unref(world->campaigns[i]);
  wb_facts_free(world->facts);
  if (world->tables) cli_tables_free(world->tables);
  free(world->tables);
  wb_policy_unref(world->policy);
  wb_schema_unref(world->schema);
  wb_zone_unref(world->utc);
  cli_settings_free(&world->settings);
  *world = (cli_world){0};
}

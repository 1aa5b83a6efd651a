/* SPDX-License-Identifier: MIT */
/* winback migrate: whoever is inside an older version of a campaign goes over to the newest. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

enum { MIGRATION_ROWS = 4096, MIGRATION_STEPS = 64 };

/* Steps that take the place of others, as they are given: "old=new,older=newer". */
typedef struct migration_steps {
  char *text;
  const char *from[MIGRATION_STEPS], *to[MIGRATION_STEPS];
  uint32_t count;
} migration_steps;

/* Reads them; the text is the owner of the ids. */
static int migration_read(const char *given, migration_steps *steps) {
  *steps = (migration_steps){.text = given ? strdup(given) : NULL};
  for (char *at = steps->text, *next; at; at = next) {
    char *to = strchr(at, '=');
    next = strchr(at, ',');
    if (next) *next++ = 0;
    if (!to || to >= at + strlen(at) || steps->count == MIGRATION_STEPS) {
      cli_error("--replace is OLD=NEW[,OLD=NEW]..., with ids of steps");
      return CLI_USAGE;
    }
    *to++ = 0;
    steps->from[steps->count] = at;
    steps->to[steps->count++] = to;
  }
  return CLI_OK;
}

/* One row: how many go from a step to another. */
static void migration_tell(const cli_options *options, const wb_migration *row) {
  if (options->json) {
    printf("{\"from\":\"%s\",\"to\":\"%s\",\"people\":%llu,\"due\":%llu}\n", row->from, row->to,
           (unsigned long long)row->people, (unsigned long long)row->due);
    return;
  }
  printf("%6llu  %-20s %-20s %llu\n", (unsigned long long)row->people, row->from,
         row->to[0] ? row->to : "stay: no such step", (unsigned long long)row->due);
}

/* All rows, below a line that says what they are. */
static void migration_list(const cli_options *options, const wb_migration *rows, uint32_t count) {
  if (!options->json)
    puts(count ? "people  from                 to                   due in 24 hours"
               : "nobody to take over");
  for (uint32_t i = 0; i < count; i++)
    migration_tell(options, &rows[i]);
}

/* Plans or does it, and says so. */
static int migration_run(const cli_options *options, cli_world *world, cli_store *store,
                         const migration_steps *steps, const char *campaign) {
  wb_migration *rows = cli_grow(NULL, MIGRATION_ROWS, sizeof *rows);
  const wb_migrate_options how = {.size = sizeof how,
                                  .flags = (options->apply ? 0 : WB_MIGRATE_PLAN) |
                                           (options->recompute ? WB_MIGRATE_RECOMPUTE : 0),
                                  .from = steps->from,
                                  .to = steps->to,
                                  .facts = world->facts,
                                  .count = steps->count};
  wb_error error = {0};
  uint32_t count = 0;
  rows[0].size = sizeof *rows;
  wb_status status = wb_practice_migrate(store->practice, campaign, strlen(campaign), &how,
                                         world->now, rows, MIGRATION_ROWS, &count, &error);
  if (status == WB_OK) migration_list(options, rows, count);
  free(rows);
  if (status != WB_OK) {
    int result = cli_fail(campaign, status, &error);
    return status == WB_E_NAME || status == WB_E_STATE ? CLI_USAGE : result;
  }
  if (!options->apply && count)
    cli_error("this is the plan, and nothing was changed: --apply does it");
  return CLI_OK;
}

/* Whether it is said whom to take over. */
static bool migration_asked(const cli_options *options) {
  bool one = options->campaign_count == 1, known = !options->recompute || options->data;
  if (!one) cli_error("migrate takes one --campaign NAME");
  if (!known) cli_error("--recompute needs --data, for the zone of each patient");
  return one && known;
}

int cli_migrate(const cli_options *options) {
  cli_world world;
  cli_store store;
  migration_steps steps;
  if (!migration_asked(options)) return CLI_USAGE;
  int result = migration_read(options->replace, &steps);
  if (result == CLI_OK) result = cli_store_find(options);
  if (result == CLI_OK) result = cli_world_load_optional(options, &world);
  if (result != CLI_OK) {
    free(steps.text);
    return result;
  }
  result = cli_store_open(&store, options, &world);
  if (result == CLI_OK)
    result = migration_run(options, &world, &store, &steps, options->campaigns[0]);
  int closed = cli_store_close(&store, result == CLI_OK && options->apply);
  cli_world_free(&world);
  free(steps.text);
  return result == CLI_OK ? closed : result;
}

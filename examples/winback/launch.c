/* SPDX-License-Identifier: MIT */
/* winback launch and seal: nothing runs until somebody starts it; what ran is summed up. */
#include "cli.h"

#include <string.h>

const char *cli_approver(const cli_options *options) {
  if (!options->approver) return "command line";
  if (strlen(options->approver) <= WB_KEY_MAX) return options->approver;
  cli_error("--approver has more than %d bytes", WB_KEY_MAX);
  return NULL;
}

/* Starts it. What was stopped starts again only by the command that says just that. */
static wb_status launch_input(wb_practice *practice, const cli_options *options,
                              const cli_world *world, const char *name, wb_error *error) {
  const char *approver = cli_approver(options);
  wb_input input = {.size = sizeof input,
                    .kind = WB_INPUT_LAUNCH,
                    .campaign = name,
                    .campaign_length = (uint32_t)strlen(name),
                    .approver = approver,
                    .approver_length = (uint32_t)strlen(approver)};
  wb_status status = wb_practice_receive(practice, &input, world->now, error);
  if (status != WB_E_STATE || strcmp(options->command, "launch") != 0) return status;
  input.kind = WB_INPUT_RESUME;
  status = wb_practice_receive(practice, &input, world->now, error);
  input.kind = WB_INPUT_LAUNCH;
  return status == WB_OK ? wb_practice_receive(practice, &input, world->now, error) : status;
}

/* Makes a campaign known and starts it. */
static int launch_one(wb_practice *practice, const cli_options *options, const cli_world *world,
                      const char *name, wb_campaign *campaign) {
  int result = CLI_OK;
  wb_error error = {0};
  wb_campaign_info info = {.size = sizeof info};
  wb_status status = wb_campaign_get(campaign, &info);
  if (status == WB_OK) status = wb_practice_add(practice, campaign, world->now, &error);
  const bool added = status == WB_OK;
  if (added) status = launch_input(practice, options, world, info.name, &error);
  if (added && status == WB_E_STATE) {
    cli_error("%s was stopped: winback launch starts it again", name);
    result = CLI_USAGE;
  } else if (status != WB_OK) {
    result = cli_fail(name, status, &error);
  }
  return result;
}

int cli_campaigns_find(cli_world *world, const cli_options *options) {
  int result = CLI_OK;
  for (int i = 0; result == CLI_OK && i < options->campaign_count; i++) {
    result = cli_campaign_load(world, options->campaigns[i], &world->campaigns[i]);
    if (result == CLI_SKIPPED) result = CLI_OK;
  }
  return result;
}

int cli_campaigns_start(wb_practice *practice, const cli_options *options, const cli_world *world) {
  int result = CLI_OK;
  for (int i = 0; result == CLI_OK && i < options->campaign_count; i++) {
    if (!world->campaigns[i]) continue;
    result = launch_one(practice, options, world, options->campaigns[i], world->campaigns[i]);
  }
  return result;
}

int cli_campaigns_launch(cli_store *store, const cli_options *options, const cli_world *world) {
  wb_practice *trial = NULL;
  wb_error error = {0};
  if (!options->campaign_count) return CLI_OK;
  wb_status status = cli_store_copy(store, options, world, &trial, &error);
  int result = status == WB_OK ? cli_campaigns_start(trial, options, world)
                               : cli_fail("launch", status, &error);
  wb_practice_free(trial);
  return result == CLI_OK ? cli_campaigns_start(store->practice, options, world) : result;
}

int cli_launch(const cli_options *options) {
  if (!options->campaign_count) {
    cli_error("launch needs --campaign NAME|FILE");
    return CLI_USAGE;
  }
  if (!cli_approver(options)) return CLI_USAGE;
  cli_world world;
  int result = cli_world_load_optional(options, &world);
  if (result != CLI_OK) return result;
  result = cli_campaigns_find(&world, options);
  if (result != CLI_OK) {
    cli_world_free(&world);
    return result;
  }
  cli_store store;
  result = cli_store_open(&store, options, &world);
  if (result == CLI_OK) result = cli_campaigns_launch(&store, options, &world);
  int closed = cli_store_close(&store, result == CLI_OK);
  cli_world_free(&world);
  return result == CLI_OK ? closed : result;
}

int cli_seal(const cli_options *options) {
  cli_world world;
  cli_store store;
  int result = cli_store_find(options);
  if (result == CLI_OK) result = cli_world_load_optional(options, &world);
  if (result != CLI_OK) return result;
  result = cli_store_open(&store, options, &world);
  if (result == CLI_OK) {
    wb_error error = {0};
    wb_status status = wb_practice_seal(store.practice, world.now, &error);
    if (status != WB_OK) result = cli_fail("seal", status, &error);
  }
  int closed = cli_store_close(&store, result == CLI_OK);
  cli_world_free(&world);
  return result == CLI_OK ? closed : result;
}

/* SPDX-License-Identifier: MIT */
/* winback run: one pass over the launched campaigns. */
#include "cli.h"

#include <string.h>

/* Cuts a text for one line of the table; line breaks become spaces. */
static void print_cut(const char *text, int width) {
  int column = 0;
  for (const char *at = text; *at; at++) {
    bool lead = ((unsigned char)*at & 0xC0) != 0x80; /* count characters, not bytes */
    if (lead && ++column > width) {
      fputs("…", stdout);
      return;
    }
    putchar(*at == '\n' ? ' ' : *at);
  }
}

static void print_action(const wb_action *action) {
  char patient[WB_KEY_MAX + 1];
  snprintf(patient, sizeof patient, "%.*s", (int)action->patient_length, action->patient);
  cli_print_row(patient, cli_channels[action->channel], action->campaign, action->segment,
                action->step);
  cli_pad(action->channel == WB_CHANNEL_CALL ? action->reason : action->to, 35);
  print_cut(action->channel == WB_CHANNEL_EMAIL ? action->subject : action->text, 60);
  putchar('\n');
}

/* Puts one action into the outbox, shows it, and says so to the practice. */
static int deliver(cli_store *store, const cli_options *options, const cli_world *world,
                   const wb_action *action) {
  int result = CLI_OK;
  if (!cli_outbox_has(store, action->id)) {
    result = cli_outbox_add(store, action);
    if (result != CLI_OK) return result;
    if (options->json) {
      cli_action_json(stdout, action);
    } else {
      print_action(action);
    }
    fflush(stdout);
  }
  wb_error error = {0};
  wb_outcome outcome = {.size = sizeof outcome, .kind = WB_SENT};
  wb_status status = wb_practice_ack(store->practice, action->id, &outcome, world->now, &error);
  return status == WB_OK ? result : cli_fail("noting what was sent", status, &error);
}

/* Polls until nothing is due. */
static int drain(cli_store *store, const cli_options *options, cli_world *world, long *sent) {
  enum { BATCH = 64 };
  wb_action actions[BATCH];
  uint32_t count = 0;
  do {
    memset(actions, 0, sizeof actions);
    actions[0].size = sizeof actions[0];
    wb_error error = {0};
    wb_status status =
        wb_practice_poll(store->practice, world->facts, world->now, actions, BATCH, &count, &error);
    if (status == WB_E_STATE) return cli_store_restored(store, "what was sent since is not known");
    if (status != WB_OK) return cli_fail("run", status, &error);
    for (uint32_t i = 0; i < count; i++) {
      int result = deliver(store, options, world, &actions[i]);
      if (result != CLI_OK) return result;
      *sent += 1;
    }
  } while (count);
  return CLI_OK;
}

static void print_summary(FILE *out, const wb_counts *counts, long sent, wb_practice *practice) {
  cli_held held;
  fprintf(out,
          "\n%llu patients: %llu eligible, %llu entered today, %llu inside already, "
          "%llu resting, %llu wait for another day\n",
          (unsigned long long)counts->patients, (unsigned long long)counts->eligible,
          (unsigned long long)(counts->enrolled + counts->held), (unsigned long long)counts->inside,
          (unsigned long long)counts->resting, (unsigned long long)counts->waiting);
  if (counts->unknown || counts->failed) {
    fprintf(out, "%llu with a field missing that decides, %llu whose facts could not be read\n",
            (unsigned long long)counts->unknown, (unsigned long long)counts->failed);
  }
  fprintf(out, "outbox: %ld\n", sent);
  cli_held_count(practice, &held);
  cli_held_print(out, &held);
}

/* Launches what is named, lets people in, and hands out what is due. */
static int run_pass(cli_store *store, const cli_options *options, cli_world *world) {
  int result = cli_campaigns_launch(store, options, world);
  if (result != CLI_OK) return result;
  if (wb_practice_sequence(store->practice) == 0) {
    cli_error("no campaign is launched yet: name one with --campaign, or winback launch");
    return CLI_USAGE;
  }
  result = cli_opendental_stops(options, world, store->practice, store->secret);
  if (result != CLI_OK) return result;
  wb_error error = {0};
  wb_counts counts = {.size = sizeof counts};
  wb_status status =
      wb_practice_enroll(store->practice, NULL, 0, world->facts, world->now, &counts, &error);
  if (status != WB_OK) return cli_fail("run", status, &error);
  if (!options->json) {
    cli_print_row("patient", "how", "campaign", "segment", "step");
    cli_pad("to", 35);
    puts("message");
  }
  long sent = 0;
  result = drain(store, options, world, &sent);
  if (result == CLI_OK && options->held) result = cli_list_held(options, world, store->practice);
  print_summary(options->json ? stderr : stdout, &counts, sent, store->practice);
  return result;
}

/* Says which campaigns are stopped: nobody enters them, however often one passes. */
static void tell_stopped(wb_practice *practice) {
  wb_campaign_status campaign = {.size = sizeof campaign};
  uint64_t cursor = 0;
  while (wb_practice_campaigns(practice, &cursor, &campaign) == WB_OK) {
    if (campaign.flags & WB_CAMPAIGN_NEWEST && campaign.flags & WB_CAMPAIGN_STOPPED)
      cli_error("%s is stopped: winback launch starts it again", campaign.name);
  }
}

int cli_run(const cli_options *options) {
  cli_world world;
  int result = options->campaign_count ? CLI_OK : cli_store_find(options);
  if (result == CLI_OK) result = cli_world_load(options, &world);
  if (result != CLI_OK) return result;
  result = cli_settings_zoned(&world.settings);
  if (result == CLI_OK) result = cli_campaigns_find(&world, options);
  if (result != CLI_OK) {
    cli_world_free(&world);
    return result;
  }
  cli_store store;
  result = cli_store_open(&store, options, &world);
  if (result == CLI_OK) result = cli_outbox_check(&store);
  if (result == CLI_OK) result = run_pass(&store, options, &world);
  if (result == CLI_OK) tell_stopped(store.practice);
  int closed = cli_store_close(&store, result == CLI_OK);
  cli_left_out_summary();
  cli_world_free(&world);
  return result == CLI_OK ? closed : result;
}

/* SPDX-License-Identifier: MIT */
/* Finding campaigns: the playbooks that ship, and files of the practice. */
#include "cli.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* What the texts of a message may say of a location, and where the settings have it. A link of its
   own needs no page for booking. */
static const struct {
  const char *printed, *name;
  size_t member;
} campaign_places[] = {
    {"{{ location.booking_url }}", "booking_url", offsetof(cli_location, booking_url)},
    {"{{ message.link }}", "booking_url", offsetof(cli_location, message_link)},
    {"{{ location.short_name }}", "short_name", offsetof(cli_location, short_name)},
    {"{{ location.phone }}", "phone", offsetof(cli_location, phone)},
    {"{{ location.email }}", "email", offsetof(cli_location, email)},
    {"{{ location.address }}", "address", offsetof(cli_location, address)},
};

/* Whether some location has a member. */
static bool campaign_known(const cli_settings *settings, size_t member) {
  for (int i = 0; i < settings->location_count; i++) {
    const char *value = NULL;
    memcpy(&value, (const char *)&settings->locations[i] + member, sizeof(char *));
    if (value) return true;
  }
  return false;
}

/* Whether a wording prints a field, in any of its parts. */
static bool campaign_prints(const cli_json *wording, const char *printed) {
  for (const cli_json *part = wording->first; part; part = part->next) {
    if (part->text && strstr(part->text, printed)) return true;
  }
  return false;
}

/* Whether all that patients are sent prints a field, so that without it nothing can be sent. */
static bool campaign_hangs_on(const cli_json *root, const char *printed) {
  bool any = false;
  for (const cli_json *text = cli_json_first(root, "texts"); text; text = text->next) {
    const char *channel = cli_json_text(text, "channel", "");
    if (strcmp(channel, "sms") != 0 && strcmp(channel, "email") != 0) continue;
    for (const cli_json *wording = text->first; wording; wording = wording->next) {
      if (wording->kind != CLI_OBJECT) continue;
      if (!campaign_prints(wording, printed)) return false;
      any = true;
    }
  }
  return any;
}

/* Whether nothing was said of a campaign so far; from now on something is. */
static bool campaign_first(const char *name) {
  static const char *said[sizeof((cli_options *)0)->campaigns / sizeof(char *)];
  static size_t count;
  for (size_t i = 0; i < count; i++) {
    if (said[i] == name) return false;
  }
  if (count < sizeof said / sizeof said[0]) said[count++] = name;
  return true;
}

/* Says once for each campaign why it is skipped. */
static int campaign_skip(const char *name, const char *why) {
  if (campaign_first(name)) cli_error("%s is skipped: %s", name, why);
  return CLI_SKIPPED;
}

/* Says once of a campaign that an offer of it was not reviewed for a location's region, or that its
   last day is before `today`: whom that is about are held. */
static void campaign_stale(const cli_settings *settings, const char *name, const cli_json *offer,
                           wb_date today) {
  if (cli_offer_over(offer, today) && campaign_first(name))
    cli_error("%s: the last day of the offer \"%s\" was %s", name, offer->name,
              cli_json_text(offer, "last", ""));
  for (int i = 0; i < settings->location_count; i++) {
    const cli_location *at = &settings->locations[i];
    if (at->region && !cli_json_find(cli_json_find(offer, "disclosures"), at->region) &&
        campaign_first(name))
      cli_error("%s: the offer \"%s\" is not reviewed for %s, the region of location %s", name,
                offer->name, at->region, at->key);
  }
}

int cli_campaign_offers(const cli_settings *settings, const char *name, const cli_json *root,
                        wb_date today) {
  char why[128];
  const cli_json *offer = cli_json_first(root, "offers");
  if (strcmp(cli_json_text(root, "class", ""), "offer") != 0) return CLI_OK;
  for (const cli_json *each = offer; each; each = each->next)
    campaign_stale(settings, name, each, today);
  if (offer) return CLI_OK;
  snprintf(why, sizeof why, "no offer is named (playbooks.%s.offer)",
           cli_json_text(root, "name", name));
  return campaign_skip(name, why);
}

/* Whether the locations have what every message needs. */
static int campaign_placed(const cli_world *world, const char *name, const wb_campaign *campaign) {
  const cli_settings *settings = &world->settings;
  char why[128];
  int result = CLI_OK;
  wb_campaign_info info = {.size = sizeof info};
  if (wb_campaign_get(campaign, &info) != WB_OK) return CLI_OK;
  cli_json *root = cli_json_parse(info.canonical, info.canonical_length, why, sizeof why);
  for (size_t i = 0; root && i < sizeof campaign_places / sizeof campaign_places[0]; i++) {
    if (campaign_known(settings, campaign_places[i].member) ||
        !campaign_hangs_on(root, campaign_places[i].printed))
      continue;
    snprintf(why, sizeof why, "no location has a \"%s\", which all of its messages say",
             campaign_places[i].name);
    result = campaign_skip(name, why);
    break;
  }
  const wb_date today = cli_day(world->moment.zone, world->now);
  if (result == CLI_OK && root) result = cli_campaign_offers(settings, name, root, today);
  cli_json_free(root);
  return result;
}

/* Whether the practice has own wording for a campaign. */
static bool campaign_worded(const cli_settings *settings, const wb_campaign *campaign) {
  wb_campaign_info info = {.size = sizeof info};
  return wb_campaign_get(campaign, &info) == WB_OK &&
         cli_json_find(cli_json_find(settings->root, "wording"), info.name);
}

/* Compiles a campaign's text as the practice has set it, or says where it is wrong. */
static int compile_campaign(const cli_world *world, const char *name, const char *json,
                            size_t length, wb_campaign **campaign) {
  wb_error error = {0};
  const cli_settings *settings = &world->settings;
  wb_status status = wb_campaign_make(NULL, world->schema, world->policy, json, length,
                                      settings->text, settings->length, campaign, &error);
  if (status == WB_E_STATE) return campaign_skip(name, error.message);
  if (status != WB_OK) return cli_settings_fail(settings, name, status, &error);
  int result = campaign_placed(world, name, *campaign);
  if (result == CLI_OK && campaign_worded(settings, *campaign))
    result = cli_check_wording(world, name, *campaign);
  if (result == CLI_OK) return CLI_OK;
  wb_campaign_unref(*campaign);
  *campaign = NULL;
  return result;
}

bool cli_playbook_find(const char *name, const char **json, size_t *length) {
  for (uint32_t i = 0; i < wb_playbook_count(); i++) {
    const char *candidate = NULL;
    if (wb_playbook_get(i, &candidate, json, length) == WB_OK && !strcmp(candidate, name)) {
      return true;
    }
  }
  return false;
}

int cli_campaign_load(const cli_world *world, const char *name, wb_campaign **campaign) {
  const char *json = NULL;
  size_t length = 0;
  if (cli_playbook_find(name, &json, &length)) {
    return compile_campaign(world, name, json, length, campaign);
  }
  char *text = cli_read_file(name, &length);
  if (!text) {
    cli_error("%s: no playbook of that name, and no such file (%s)", name, strerror(errno));
    return CLI_USAGE;
  }
  int result = compile_campaign(world, name, text, length, campaign);
  free(text);
  return result;
}

/* SPDX-License-Identifier: MIT */
/* winback check: a campaign compiles, and nothing that it says has a finding. */
#include "linter.h"

#include <stdlib.h>
#include <string.h>

/* The texts of one campaign that are looked at. */
typedef struct check_campaign_texts {
  const char *place;    /* what goes before "/texts" */
  const cli_json *root; /* the campaign */
  const cli_json *own;  /* the practice's own wording alone, by text; NULL: all texts */
} check_campaign_texts;

/* What an error says of its place goes before its message. One of the settings is told with the
   line of their file. */
static void check_refused(cli_linter *session, const char *campaign, const wb_error *error) {
  const int own = cli_settings_line(&session->settings, error);
  char place[512];
  snprintf(place, sizeof place, "%s%s", own ? session->settings.path : campaign, error->path);
  session->line = (uint32_t)own;
  cli_linter_refused(session, place, own ? "settings" : "campaign", error);
  session->line = 0;
}

/* Lints what a text says in one language. */
static int check_wording(cli_linter *session, const check_campaign_texts *texts,
                         const cli_json *text, const cli_json *wording) {
  const char *channel = cli_json_text(text, "channel", ""), *of = wording->name;
  const char *register_ = cli_json_text(text, "register", "general");
  const bool spanish = !strcmp(of, "es");
  const bool detail = !strcmp(register_, "detail") || !strcmp(channel, "page");
  for (const cli_text_part *part = cli_text_parts; part->of; part++) {
    char place[1024];
    const char *words = cli_json_text(wording, part->name, NULL);
    if (!words || strcmp(channel, part->of)) continue;
    cli_options options = {
        .channel = part->channel, .language = spanish ? "es" : NULL, .register_ = register_};
    int result = cli_template_options(&options, &session->made);
    session->lint.channel = options.channel;
    session->lint.language = spanish ? "es" : "en";
    session->lint.flags = detail ? WB_LINT_DETAIL : 0;
    snprintf(place, sizeof place, "%s/%s/%s/%s", texts->place, text->name, of, part->name);
    if (result == CLI_OK) result = cli_linter_text(session, place, words, strlen(words));
    if (result != CLI_OK) return result;
  }
  return CLI_OK;
}

/* Lints all that a campaign says, or all that is the practice's own. */
static int check_texts(cli_linter *session, const check_campaign_texts *texts) {
  /* What raises a text to the declared class is no finding. */
  session->lint.message_class = cli_class(cli_json_text(texts->root, "class", "care"));
  for (const cli_json *text = cli_json_first(texts->root, "texts"); text; text = text->next) {
    const cli_json *own = cli_json_find(texts->own, text->name);
    for (const cli_json *wording = text->first; wording; wording = wording->next) {
      const cli_json *said = cli_json_find(own, wording->name);
      if (wording->kind != CLI_OBJECT || (texts->own && !said)) continue;
      session->line = said ? (uint32_t)said->line : 0;
      int result = check_wording(session, texts, text, wording);
      session->line = 0;
      if (result != CLI_OK) return result;
    }
  }
  return CLI_OK;
}

/* Where the settings have the last day of an offer that they give a campaign; NULL: it is the
   campaign's own. */
static const cli_json *check_last(const cli_json *settings, const cli_json *campaign,
                                  const cli_json *offer) {
  const cli_json *playbooks = cli_json_find(settings, "playbooks");
  const cli_json *set = cli_json_find(playbooks, cli_json_text(campaign, "name", ""));
  if (strcmp(cli_json_text(set, "offer", ""), offer->name) != 0) return NULL;
  return cli_json_find(cli_json_find(cli_json_find(settings, "offers"), offer->name), "last");
}

/* Finds offers that are over on the day that is asked for. */
static int check_offers(cli_linter *session, const char *name, const cli_json *root) {
  wb_time at = 0;
  const cli_settings *settings = &session->settings;
  if (!session->options->as_of) return CLI_OK;
  const int result = cli_now(session->options, settings, &at);
  if (result != CLI_OK) return result;
  for (const cli_json *offer = cli_json_first(root, "offers"); offer; offer = offer->next) {
    char place[512];
    wb_error error = {0};
    const cli_json *set = check_last(settings->root, root, offer);
    if (!cli_offer_over(offer, cli_day(settings->zone, at))) continue;
    snprintf(place, sizeof place, "%s/offers/%s/last", set ? settings->path : name, offer->name);
    snprintf(error.message, sizeof error.message, "The last day of the offer was %s.",
             cli_json_text(offer, "last", ""));
    session->line = set ? (uint32_t)set->line : 0;
    cli_linter_refused(session, place, "offer", &error);
    session->line = 0;
  }
  return CLI_OK;
}

/* Lints what a campaign says: all of it, or with `own` what the settings have it say. */
static int check_campaign_said(cli_linter *session, const char *name, const wb_campaign *campaign,
                               bool own) {
  char why[80], place[512];
  wb_campaign_info info = {.size = sizeof info};
  wb_campaign_get(campaign, &info);
  check_campaign_texts texts = {.place = place};
  if (own) texts.own = cli_json_find(cli_json_find(session->settings.root, "wording"), info.name);
  cli_json *root = cli_json_parse(info.canonical, info.canonical_length, why, sizeof why);
  texts.root = root;
  if (own)
    snprintf(place, sizeof place, "%s/wording/%s", session->settings.path, info.name);
  else
    snprintf(place, sizeof place, "%s/texts", name);
  int result = root ? check_offers(session, name, root) : CLI_DATA;
  if (result == CLI_OK && !own)
    (void)cli_campaign_offers(&session->settings, name, root, WB_DATE_NONE);
  if (result == CLI_OK && (texts.own || !own)) result = check_texts(session, &texts);
  cli_json_free(root);
  return result;
}

/* Compiles a campaign, as the practice has set it, and lints its texts. */
static int check_campaign(cli_linter *session, const char *name, const char *json, size_t length,
                          bool own) {
  wb_error error = {0};
  wb_campaign *campaign = NULL;
  wb_campaign_info info = {.size = sizeof info};
  long before = session->found;
  wb_status status =
      wb_campaign_make(NULL, session->schema, session->policy, json, length, session->settings.text,
                       session->settings.length, &campaign, &error);
  if (status == WB_E_NOMEM) return cli_fail(name, status, &error);
  if (status == WB_E_STATE && own) return CLI_OK; /* it is skipped, and may be */
  if (status != WB_OK) {
    check_refused(session, name, &error);
    return CLI_OK;
  }
  wb_campaign_get(campaign, &info);
  int result = check_campaign_said(session, name, campaign, own);
  if (result == CLI_OK && !own && session->found == before && !session->options->json)
    printf("%s: fine: %s\n", name, info.title);
  wb_campaign_unref(campaign);
  return result;
}

/* Checks all playbooks that ship; with `own` only what the practice has them say. */
static int check_playbooks(cli_linter *session, bool own) {
  const char *name = NULL, *json = NULL;
  size_t length = 0;
  int result = CLI_OK;
  for (uint32_t i = 0; result == CLI_OK && wb_playbook_get(i, &name, &json, &length) == WB_OK; i++)
    result = check_campaign(session, name, json, length, own);
  return result;
}

/* Whether a document is a practice's settings: they say who the practice is. */
static bool check_is_settings(const char *text, size_t length) {
  char why[80];
  cli_json *root = cli_json_parse(text, length, why, sizeof why);
  const bool is = cli_json_find(root, "practice") != NULL && !cli_json_find(root, "steps");
  cli_json_free(root);
  return is;
}

/* A link of a location that no message may have is found here, not by messages that are held. */
static void check_link(cli_linter *session, const char *file, int location, const cli_json *link) {
  char place[512];
  wb_error error = {0};
  wb_template *compiled = NULL;
  const char *text = link && link->kind == CLI_STRING ? link->text : NULL;
  if (!text || wb_template_new(NULL, session->schema, session->policy, &session->made, text,
                               strlen(text), &compiled, &error) == WB_OK) {
    wb_template_unref(compiled);
    return;
  }
  snprintf(place, sizeof place, "%s/locations/%d/%s", file, location, link->name);
  session->line = (uint32_t)link->line;
  cli_linter_refused(session, place, "settings", &error);
  session->line = 0;
}

/* All links of all locations. */
static void check_links(cli_linter *session, const char *file) {
  int number = 0;
  const cli_json *location = cli_json_first(session->settings.root, "locations");
  for (; location; location = location->next, number++) {
    check_link(session, file, number, cli_json_find(location, "booking_url"));
    check_link(session, file, number, cli_json_find(location, "link_url"));
  }
}

/* Says so when no message could have a link: what needs one is skipped, which may be meant. */
static void check_linked(const cli_settings *settings, const char *file) {
  for (int i = 0; i < settings->location_count; i++) {
    if (settings->locations[i].message_link) return;
  }
  cli_error("%s: no location has a \"booking_url\" or a \"link_url\": playbooks whose messages all "
            "have a link are skipped",
            file);
}

/* Checks settings, and the playbooks under them. */
static int check_settings(cli_linter *session, const char *file, const char *text, size_t length) {
  wb_error error = {0};
  long before = session->found;
  wb_status status = wb_settings_test(NULL, text, length, &error);
  if (status == WB_E_NOMEM) return cli_fail(file, status, &error);
  if (status != WB_OK) {
    char place[512];
    snprintf(place, sizeof place, "%s%s", file, error.path);
    cli_linter_refused(session, place, "settings", &error);
    return CLI_OK;
  }
  int result = cli_linter_practice(session, file);
  if (result == CLI_OK) check_links(session, file);
  if (result == CLI_OK) check_linked(&session->settings, file);
  if (result == CLI_OK) result = check_playbooks(session, true);
  if (result == CLI_OK && session->found == before && !session->options->json)
    printf("%s: fine: %s\n", file, session->settings.name);
  return result;
}

/* Checks a playbook that ships, or a file: a campaign or settings. */
static int check_named(cli_linter *session, const char *name) {
  const char *json = NULL;
  size_t length = 0;
  if (cli_playbook_find(name, &json, &length))
    return check_campaign(session, name, json, length, false);
  char *text = cli_read_input(name, &length);
  if (!text) return CLI_DATA;
  int result = strcmp(name, "-") != 0 && check_is_settings(text, length)
                   ? check_settings(session, name, text, length)
                   : check_campaign(session, name, text, length, false);
  free(text);
  return result;
}

/* Prints what campaigns look like, or a practice's settings. */
static int check_schema(const cli_options *options) {
  const char *json = NULL, *of = options->argument_count ? options->arguments[0] : "campaign";
  size_t length = 0;
  const bool settings = !strcmp(of, "settings");
  if (!settings && strcmp(of, "campaign") != 0) {
    cli_error("check --schema prints that of a campaign, or with \"settings\" that of settings");
    return CLI_USAGE;
  }
  wb_status status =
      settings ? wb_settings_schema(&json, &length) : wb_campaign_schema(&json, &length);
  return status == WB_OK ? cli_json_lay(stdout, json, length) : CLI_DATA;
}

int cli_check_wording(const cli_world *world, const char *name, const wb_campaign *campaign) {
  const cli_options options = {.practice = world->settings.path};
  cli_linter session;
  int result = cli_linter_open(&options, &session);
  session.refusing = true;
  wb_schema_unref(session.schema);
  wb_policy_unref(session.policy);
  session.schema = wb_schema_ref(world->schema);
  session.policy = wb_policy_ref(world->policy);
  if (result == CLI_OK) result = check_campaign_said(&session, name, campaign, true);
  result = cli_linter_close(&session, result);
  return result == CLI_FINDINGS ? CLI_DATA : result;
}

int cli_check(const cli_options *options) {
  if (options->schema) return check_schema(options);
  cli_linter session;
  int result = cli_linter_open(options, &session);
  for (int i = 0; result == CLI_OK && i < options->argument_count; i++)
    result = check_named(&session, options->arguments[i]);
  if (result == CLI_OK && !options->argument_count) result = check_playbooks(&session, false);
  return cli_linter_close(&session, result);
}

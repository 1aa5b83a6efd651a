/* SPDX-License-Identifier: MIT */
/* winback playbooks: the campaigns that ship. */
#include "cli.h"

#include <string.h>

/* The members that a list of playbooks has, as they are in the file. */
static const char *const playbook_members[] = {"name",   "title",    "class",    "subject",
                                               "serves", "audience", "segments", "parameters"};

/* What is shown, and how. */
typedef struct playbook_session {
  const cli_options *options;
  cli_settings settings; /* without --practice those of nobody */
  wb_schema *schema;
} playbook_session;

/* One of them for programs; its parameters are those of the file. */
static void playbook_json(const cli_json *root, const cli_json *file) {
  bool first = true;
  for (size_t i = 0; i < sizeof playbook_members / sizeof playbook_members[0]; i++) {
    const cli_json *member = cli_json_find(root, playbook_members[i]);
    if (!member) member = cli_json_find(file, playbook_members[i]);
    if (!member) continue;
    putchar(first ? '{' : ',');
    cli_json_write(stdout, member);
    first = false;
  }
  putchar('}');
}

/* One of them for people. */
static void playbook_line(const cli_json *root) {
  cli_pad(cli_json_text(root, "name", ""), 26);
  cli_pad(cli_json_text(root, "class", ""), 15);
  puts(cli_json_text(root, "title", ""));
}

/* Makes one as it runs: with the values of its parameters, and what the practice sets. */
static int playbook_make(const playbook_session *session, const char *name, const char *text,
                         size_t length, wb_campaign **campaign) {
  wb_error error = {0};
  const cli_settings *settings = &session->settings;
  wb_status status = wb_campaign_make(NULL, session->schema, NULL, text, length, settings->text,
                                      settings->length, campaign, &error);
  return status == WB_OK ? CLI_OK : cli_settings_fail(settings, name, status, &error);
}

/* Lists one of them. */
static int playbook_listed(const playbook_session *session, const char *name, const char *text,
                           size_t length) {
  char why[128];
  wb_campaign *campaign = NULL;
  wb_campaign_info info = {.size = sizeof info};
  int result = playbook_make(session, name, text, length, &campaign);
  if (result != CLI_OK) return result;
  (void)wb_campaign_get(campaign, &info);
  cli_json *root = cli_json_parse(info.canonical, info.canonical_length, why, sizeof why);
  cli_json *file = cli_json_parse(text, length, why, sizeof why);
  if (session->options->json)
    playbook_json(root, file);
  else
    playbook_line(root);
  cli_json_free(root);
  cli_json_free(file);
  wb_campaign_unref(campaign);
  return CLI_OK;
}

/* Lists them all. */
static int playbook_list(const playbook_session *session) {
  const bool json = session->options->json;
  const char *name = NULL, *text = NULL;
  size_t length = 0;
  int result = CLI_OK;
  for (uint32_t i = 0; result == CLI_OK && wb_playbook_get(i, &name, &text, &length) == WB_OK;
       i++) {
    if (json) fputs(i ? ",\n" : "[", stdout);
    result = playbook_listed(session, name, text, length);
  }
  if (json) puts("]");
  return result;
}

/* The nearest name of one that ships; NULL: none is near. */
static const char *playbook_nearest(const char *wanted) {
  int least = 5;
  const char *nearest = NULL, *name = NULL, *text = NULL;
  size_t length = 0;
  for (uint32_t i = 0; wb_playbook_get(i, &name, &text, &length) == WB_OK; i++) {
    int distance = cli_distance(name, wanted);
    if (distance >= least) continue;
    least = distance;
    nearest = name;
  }
  return nearest;
}

/* Prints one of them as it runs. */
static int playbook_show(const playbook_session *session, const char *name) {
  const char *text = NULL;
  size_t length = 0;
  if (cli_playbook_find(name, &text, &length)) {
    wb_campaign *campaign = NULL;
    wb_campaign_info info = {.size = sizeof info};
    int result = playbook_make(session, name, text, length, &campaign);
    if (result == CLI_OK && wb_campaign_get(campaign, &info) == WB_OK)
      result = cli_json_lay(stdout, info.canonical, info.canonical_length);
    wb_campaign_unref(campaign);
    return result;
  }
  const char *nearest = playbook_nearest(name);
  if (nearest) {
    cli_error("--show: no playbook of that name ships; did you mean %s?", nearest);
  } else {
    cli_error("--show: no playbook of that name ships; winback playbooks lists them");
  }
  return CLI_USAGE;
}

int cli_playbooks(const cli_options *options) {
  playbook_session session = {.options = options};
  wb_error error = {0};
  int result = options->practice ? cli_settings_load(options, &session.settings) : CLI_OK;
  if (result != CLI_OK) return result;
  wb_status status = wb_schema_new(NULL, NULL, 0, &session.schema, &error);
  if (status != WB_OK)
    result = cli_fail("the dictionary", status, &error);
  else
    result = options->show ? playbook_show(&session, options->show) : playbook_list(&session);
  wb_schema_unref(session.schema);
  cli_settings_free(&session.settings);
  return result;
}

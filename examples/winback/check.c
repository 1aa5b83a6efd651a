/* SPDX-License-Identifier: MIT */
/* winback check: a campaign compiles, and nothing that it says has a finding. */
#include "linter.h"

#include <stdlib.h>
#include <string.h>

/* A part of a message, and the channel of its templates. */
static const struct {
  const char *of, *name, *channel;
} check_parts[] = {
    {"sms", "body", "sms"},
    {"email", "subject", "email.subject"},
    {"email", "preheader", "email.preheader"},
    {"email", "body", "email.text"},
    {"email", "html", "email.html"},
    {"call", "body", "call"},
    {"postcard", "body", "postcard"},
    {"page", "html", "page.secure"},
};

/* What a campaign's error says of its place goes before its message. */
static void check_refused(cli_linter *session, const char *campaign, const wb_error *error) {
  char place[512];
  snprintf(place, sizeof place, "%s%s", campaign, error->path);
  cli_linter_refused(session, place, "campaign", error);
}

/* Lints what a text says in one language. */
static int check_wording(cli_linter *session, const char *campaign, const cli_json *text,
                         const cli_json *wording) {
  const char *channel = cli_json_text(text, "channel", ""), *of = wording->name;
  const char *register_ = cli_json_text(text, "register", "general");
  const bool spanish = !strcmp(of, "es");
  const bool detail = !strcmp(register_, "detail") || !strcmp(channel, "page");
  for (size_t i = 0; i < sizeof check_parts / sizeof check_parts[0]; i++) {
    char place[512];
    const char *words = cli_json_text(wording, check_parts[i].name, NULL);
    if (!words || strcmp(channel, check_parts[i].of)) continue;
    cli_options options = {.channel = check_parts[i].channel,
                           .language = spanish ? "es" : NULL,
                           .register_ = register_};
    int result = cli_template_options(&options, &session->made);
    session->lint.channel = options.channel;
    session->lint.language = spanish ? "es" : "en";
    session->lint.flags = detail ? WB_LINT_DETAIL : 0;
    snprintf(place, sizeof place, "%s/texts/%s/%s/%s", campaign, text->name, of,
             check_parts[i].name);
    if (result == CLI_OK) result = cli_linter_text(session, place, words, strlen(words));
    if (result != CLI_OK) return result;
  }
  return CLI_OK;
}

/* Lints all that a campaign says. */
static int check_texts(cli_linter *session, const char *campaign, const cli_json *root) {
  const cli_json *texts = cli_json_find(root, "texts");
  /* What raises a text to the declared class is no finding. */
  session->lint.message_class = cli_class(cli_json_text(root, "class", "care"));
  for (const cli_json *text = texts ? texts->first : NULL; text; text = text->next) {
    for (const cli_json *wording = text->first; wording; wording = wording->next) {
      if (wording->kind != CLI_OBJECT) continue;
      int result = check_wording(session, campaign, text, wording);
      if (result != CLI_OK) return result;
    }
  }
  return CLI_OK;
}

/* Compiles a campaign and lints its texts. */
static int check_campaign(cli_linter *session, const char *name, const char *json, size_t length) {
  wb_error error = {0};
  wb_campaign *campaign = NULL;
  wb_campaign_info info = {.size = sizeof info};
  char why[80];
  long before = session->found;
  wb_status status =
      wb_campaign_new(NULL, session->schema, session->policy, json, length, &campaign, &error);
  if (status == WB_E_NOMEM) return cli_fail(name, status, &error);
  if (status != WB_OK) {
    check_refused(session, name, &error);
    return CLI_OK;
  }
  wb_campaign_get(campaign, &info);
  cli_json *root = cli_json_parse(info.canonical, info.canonical_length, why, sizeof why);
  int result = root ? check_texts(session, name, root) : CLI_DATA;
  if (result == CLI_OK && session->found == before && !session->options->json)
    printf("%s: fine: %s\n", name, info.title);
  cli_json_free(root);
  wb_campaign_unref(campaign);
  return result;
}

/* Checks a playbook that ships, or a file. */
static int check_named(cli_linter *session, const char *name) {
  const char *json = NULL;
  size_t length = 0;
  if (cli_playbook_find(name, &json, &length)) return check_campaign(session, name, json, length);
  char *text = cli_read_input(name, &length);
  if (!text) return CLI_DATA;
  int result = check_campaign(session, name, text, length);
  free(text);
  return result;
}

/* Prints what campaigns look like. */
static int check_schema(void) {
  const char *json = NULL;
  size_t length = 0;
  wb_campaign_schema(&json, &length);
  return cli_json_lay(stdout, json, length);
}

int cli_check(const cli_options *options) {
  if (options->schema) return check_schema();
  cli_linter session;
  int result = cli_linter_open(options, &session);
  for (int i = 0; result == CLI_OK && i < options->argument_count; i++)
    result = check_named(&session, options->arguments[i]);
  for (uint32_t i = 0; result == CLI_OK && !options->argument_count && i < wb_playbook_count();
       i++) {
    const char *name = NULL, *json = NULL;
    size_t length = 0;
    wb_playbook_get(i, &name, &json, &length);
    result = check_campaign(&session, name, json, length);
  }
  return cli_linter_close(&session, result);
}

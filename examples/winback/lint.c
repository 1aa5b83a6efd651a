/* SPDX-License-Identifier: MIT */
/* winback lint and winback import: templates as somebody wrote them. */
#include "linter.h"

#include <stdlib.h>
#include <string.h>

/* A member of a JSON object, of a text. */
static void lint_member(const char *name, const char *text) {
  printf(",\"%s\":", name);
  cli_json_string(stdout, text, strlen(text));
}

/* Prints one finding, on one line. */
static void lint_print(cli_linter *session, const char *file, const wb_finding *finding) {
  const uint32_t line = session->line ? session->line : (uint32_t)finding->line;
  static const char *const severities[] = {"", "notice", "warning", "error"};
  const char *severity = severities[finding->severity];
  if (session->refusing && finding->severity != WB_SEVERITY_ERROR) return;
  session->found++;
  if (session->refusing) {
    cli_error("%s:%u: %s: %s%s%s", file, (unsigned)line, finding->rule, finding->message,
              *finding->suggestion ? " " : "", finding->suggestion);
    return;
  }
  if (!session->options->json) {
    printf("%s:%u:%u: %s: %s: %s%s%s\n", file, (unsigned)line, (unsigned)finding->column, severity,
           finding->rule, finding->message, *finding->suggestion ? " " : "", finding->suggestion);
    return;
  }
  printf("{\"line\":%u,\"column\":%u,\"length\":%u", (unsigned)line, (unsigned)finding->column,
         (unsigned)finding->length);
  lint_member("file", file);
  lint_member("severity", severity);
  lint_member("rule", finding->rule);
  lint_member("message", finding->message);
  lint_member("suggestion", finding->suggestion);
  puts("}");
}

void cli_linter_refused(cli_linter *session, const char *file, const char *rule,
                        const wb_error *error) {
  wb_finding finding = {.size = sizeof finding,
                        .rule = rule,
                        .message = error->message,
                        .suggestion = "",
                        .line = error->line ? (uint32_t)error->line : 1,
                        .column = error->column ? (uint32_t)error->column : 1,
                        .severity = WB_SEVERITY_ERROR};
  lint_print(session, file, &finding);
}

/* In the order of the text. */
static int lint_order(const void *one, const void *other) {
  const wb_finding *a = one, *b = other;
  if (a->line != b->line) return a->line < b->line ? -1 : 1;
  if (a->column != b->column) return a->column < b->column ? -1 : 1;
  return strcmp(a->rule, b->rule);
}

/* Prints what a template's lint finds. */
static int lint_template(cli_linter *session, const char *file, const wb_template *compiled) {
  wb_error error = {0};
  uint32_t count = 0;
  wb_status status = wb_template_lint(compiled, &session->lint, NULL, 0, &count, &error);
  if (status != WB_OK && status != WB_E_SPACE) return cli_fail(file, status, &error);
  wb_finding *findings = cli_grow(NULL, count + 1, sizeof *findings);
  findings->size = sizeof *findings;
  status = wb_template_lint(compiled, &session->lint, findings, count + 1, &count, &error);
  if (status == WB_OK) {
    qsort(findings, count, sizeof *findings, lint_order);
    for (uint32_t i = 0; i < count; i++)
      lint_print(session, file, &findings[i]);
  }
  free(findings);
  return status == WB_OK ? CLI_OK : cli_fail(file, status, &error);
}

/* Makes a template of a text with Open Dental's tags; NULL in *made: the error says why. */
static wb_status lint_import(const char *text, size_t *length, char **made, wb_error *error) {
  size_t written = 0;
  *made = NULL;
  wb_status status = wb_template_import(text, *length, NULL, 0, &written, error);
  if (status != WB_OK && status != WB_E_SPACE) return status;
  *made = cli_grow(NULL, written + 1, 1);
  status = wb_template_import(text, *length, *made, written + 1, length, error);
  if (status == WB_OK) return WB_OK;
  free(*made);
  *made = NULL;
  return status;
}

int cli_linter_text(cli_linter *session, const char *file, const char *text, size_t length) {
  wb_error error = {0};
  wb_template *compiled = NULL;
  wb_status status = wb_template_new(NULL, session->schema, session->policy, &session->made, text,
                                     length, &compiled, &error);
  if (status == WB_E_NOMEM) return cli_fail(file, status, &error);
  if (status != WB_OK) {
    cli_linter_refused(session, file, "template", &error);
    return CLI_OK;
  }
  int result = lint_template(session, file, compiled);
  wb_template_unref(compiled);
  return result;
}

/* Lints one file. An editor's newline at its end is no part of the text. */
static int lint_file(cli_linter *session, const char *file) {
  wb_error error = {0};
  size_t length = 0;
  char *text = cli_read_input(file, &length), *made = NULL;
  int result = CLI_OK;
  if (!text) return CLI_DATA;
  if (length > 0 && text[length - 1] == '\n') length--;
  if (session->options->import) (void)lint_import(text, &length, &made, &error);
  if (session->options->import && !made) {
    cli_linter_refused(session, file, "template", &error);
  } else {
    result = cli_linter_text(session, file, made ? made : text, length);
  }
  free(made);
  free(text);
  return result;
}

/* Adds the host of a link, of https only; what is none adds nothing. */
static void lint_add_host(cli_linter *session, const char *link) {
  static const char scheme[] = "https://";
  if (!link || strncmp(link, scheme, sizeof scheme - 1)) return;
  const char *host = link + sizeof scheme - 1;
  size_t length = strcspn(host, "/?#:");
  uint32_t count = session->lint.host_count;
  if (!length || length >= LINT_HOST) return;
  memcpy(session->hosts[count], host, length);
  session->hosts[count][length] = 0;
  session->allowed[session->lint.host_count++] = session->hosts[count];
}

/* What the practice is called, its telephones and hosts. */
static void lint_practice(cli_linter *session) {
  const cli_settings *settings = &session->settings;
  wb_lint_options *lint = &session->lint;
  for (int i = 0; i < settings->location_count && i < LINT_MOST - 1; i++) {
    const cli_location *at = &settings->locations[i];
    if (at->name) session->names[lint->name_count++] = at->name;
    if (at->short_name) session->names[lint->name_count++] = at->short_name;
    if (at->phone) session->phones[lint->phone_count++] = at->phone;
    lint_add_host(session, at->booking_url);
    lint_add_host(session, at->link_url);
    if (!lint->address) lint->address = at->address;
  }
  if (settings->name) session->names[lint->name_count++] = settings->name;
}

int cli_linter_practice(cli_linter *session, const char *file) {
  const cli_options options = {.practice = file};
  wb_lint_options *lint = &session->lint;
  cli_settings_free(&session->settings);
  int result = cli_settings_load(&options, &session->settings);
  if (result != CLI_OK) return result;
  lint->name_count = lint->phone_count = lint->host_count = 0;
  lint->address = NULL;
  lint_practice(session);
  return CLI_OK;
}

/* What the command line says of the practice goes with its settings. */
static int lint_known(cli_linter *session) {
  const cli_options *options = session->options;
  wb_lint_options *lint = &session->lint;
  lint->names = session->names;
  lint->phones = session->phones;
  lint->hosts = session->allowed;
  int result = options->practice ? cli_linter_practice(session, options->practice) : CLI_OK;
  if (result != CLI_OK) return result;
  if (options->practice_name) session->names[lint->name_count++] = options->practice_name;
  if (options->phone) session->phones[lint->phone_count++] = options->phone;
  if (options->host) session->allowed[lint->host_count++] = options->host;
  return CLI_OK;
}

/* Checks the options by linting nothing. */
static int lint_check(const cli_linter *session) {
  wb_error error = {0};
  uint32_t count = 0;
  wb_status status = wb_text_lint("", 0, &session->lint, NULL, 0, &count, &error);
  if (status == WB_OK || status == WB_E_SPACE) return CLI_OK;
  cli_error("%s", error.message);
  return CLI_USAGE;
}

/* Sets up dictionary and policy. */
static int lint_begin(cli_linter *session) {
  wb_error error = {0};
  wb_status status = wb_schema_new(NULL, NULL, 0, &session->schema, &error);
  if (status != WB_OK) return cli_fail("the dictionary", status, &error);
  return cli_policy_load(session->options, session->schema, &session->policy);
}

int cli_linter_open(const cli_options *options, cli_linter *session) {
  *session = (cli_linter){.options = options, .made = {.size = sizeof session->made}};
  session->lint = (wb_lint_options){.size = sizeof session->lint,
                                    .flags = options->fragment ? WB_LINT_FRAGMENT : 0,
                                    .channel = options->channel ? options->channel : "sms",
                                    .language = options->language};
  int result = cli_template_options(options, &session->made);
  if (result == CLI_OK) result = lint_known(session);
  if (result == CLI_OK) result = lint_check(session);
  return result == CLI_OK ? lint_begin(session) : result;
}

int cli_linter_close(cli_linter *session, int result) {
  wb_policy_unref(session->policy);
  wb_schema_unref(session->schema);
  cli_settings_free(&session->settings);
  return result == CLI_OK && session->found ? CLI_FINDINGS : result;
}

int cli_lint(const cli_options *options) {
  cli_linter session;
  int result = cli_linter_open(options, &session);
  if (result == CLI_OK && !options->argument_count) result = lint_file(&session, "-");
  for (int i = 0; result == CLI_OK && i < options->argument_count; i++)
    result = lint_file(&session, options->arguments[i]);
  return cli_linter_close(&session, result);
}

int cli_import(const cli_options *options) {
  const char *file = options->argument_count ? options->arguments[0] : "-";
  wb_error error = {0};
  size_t length = 0;
  if (options->argument_count > 1) {
    cli_error("import takes one file");
    return CLI_USAGE;
  }
  char *text = cli_read_input(file, &length), *made = NULL;
  if (!text) return CLI_DATA;
  wb_status status = lint_import(text, &length, &made, &error);
  if (made) {
    fwrite(made, 1, length, stdout);
  } else {
    cli_fail(file, status, &error);
  }
  free(text);
  int result = made ? CLI_OK : CLI_FINDINGS;
  free(made);
  return result;
}

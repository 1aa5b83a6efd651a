/* SPDX-License-Identifier: MIT */
/* Linting texts one after the other, as lint and check do; private to them. */
#ifndef CLI_LINTER_H
#define CLI_LINTER_H

#include "cli.h"

enum { LINT_MOST = 31, LINT_HOST = 254 };

/* What lasts from text to text. */
typedef struct cli_linter {
  const cli_options *options;
  wb_schema *schema;
  wb_policy *policy;
  wb_template_options made;
  wb_lint_options lint;
  cli_settings settings;
  char hosts[2 * LINT_MOST][LINT_HOST];
  const char *names[2 * LINT_MOST], *phones[LINT_MOST], *allowed[2 * LINT_MOST];
  uint32_t line; /* where all of a text stands in its file; 0: it has lines of its own */
  bool refusing; /* what is an error is said on stderr, the rest is not */
  long found;
} cli_linter;

/* Reads the practice, dictionary and policy that the options name. Close it whatever comes. */
int cli_linter_open(const cli_options *options, cli_linter *session);
/* Takes the practice's names, telephones and hosts from its settings. */
int cli_linter_practice(cli_linter *session, const char *file);
/* Compiles and lints a text under session->made and session->lint. */
int cli_linter_text(cli_linter *session, const char *file, const char *text, size_t length);
/* What does not compile is a finding, too. */
void cli_linter_refused(cli_linter *session, const char *file, const char *rule,
                        const wb_error *error);
/* The exit status: there were findings, or the result given. */
int cli_linter_close(cli_linter *session, int result);

#endif

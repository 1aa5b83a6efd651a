/* SPDX-License-Identifier: MIT */
/* What --help says. */
#include "cli.h"

static void help_overview(void) {
  int count = 0;
  const cli_command *commands = cli_command_list(&count);
  printf("winback %s: wins back lapsed dental patients.\n\n", wb_version_text());
  printf("usage: winback COMMAND [OPTION]…\n\n");
  for (int i = 0; i < count; i++)
    printf("  %-9s %s\n", commands[i].name, commands[i].about);
  printf("\nwinback COMMAND --help has each command's options; winback --version the version.\n");
  printf("Exit status: 0 done, 1 findings, 2 wrong usage, 3 data that cannot be read.\n");
}

void cli_help(const cli_command *command) {
  if (!command) {
    help_overview();
    return;
  }
  int options = 0;
  const cli_option *option = cli_option_list(&options);
  printf("usage: winback %s [OPTION]…%s\n\n%s.\n\n", command->name,
         cli_takes_arguments(command) ? " [FILE]…" : "", command->about);
  for (; options > 0; options--, option++) {
    char name[32];
    if (!cli_takes(command, option)) continue;
    snprintf(name, sizeof name, "--%s %s", option->name, option->value ? option->value : "");
    printf("  %-22s %s\n", name, option->about);
  }
  printf("\n%s", command->more);
}

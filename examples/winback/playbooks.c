/* SPDX-License-Identifier: MIT */
/* winback playbooks: the campaigns that ship. */
#include "cli.h"

#include <string.h>

/* The members that a list of playbooks has, as they are in the file. */
static const char *const playbook_members[] = {"name",   "title",    "class",   "subject",
                                               "serves", "audience", "segments"};

/* One of them for programs. */
static void playbook_json(const cli_json *root) {
  bool first = true;
  for (size_t i = 0; i < sizeof playbook_members / sizeof playbook_members[0]; i++) {
    const cli_json *member = cli_json_find(root, playbook_members[i]);
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

/* Lists them all. */
static int playbook_list(bool json) {
  char why[128];
  const char *name = NULL, *text = NULL;
  size_t length = 0;
  for (uint32_t i = 0; wb_playbook_get(i, &name, &text, &length) == WB_OK; i++) {
    cli_json *root = cli_json_parse(text, length, why, sizeof why);
    if (json) fputs(i ? ",\n" : "[", stdout);
    if (json)
      playbook_json(root);
    else
      playbook_line(root);
    cli_json_free(root);
  }
  if (json) puts("]");
  return CLI_OK;
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

/* Prints the file of one of them. */
static int playbook_show(const char *name) {
  const char *text = NULL;
  size_t length = 0;
  if (cli_playbook_find(name, &text, &length)) return cli_json_lay(stdout, text, length);
  const char *nearest = playbook_nearest(name);
  if (nearest) {
    cli_error("--show: no playbook of that name ships; did you mean %s?", nearest);
  } else {
    cli_error("--show: no playbook of that name ships; winback playbooks lists them");
  }
  return CLI_USAGE;
}

int cli_playbooks(const cli_options *options) {
  return options->show ? playbook_show(options->show) : playbook_list(options->json);
}

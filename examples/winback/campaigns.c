/* SPDX-License-Identifier: MIT */
/* Finding campaigns: the playbooks that ship, and files of the practice. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Compiles a campaign's text, or says where it is wrong. */
static int compile_campaign(const cli_world *world, const char *name, const char *json,
                            size_t length, wb_campaign **campaign) {
  wb_error error = {0};
  wb_status status =
      wb_campaign_new(NULL, world->schema, world->policy, json, length, campaign, &error);
  return status == WB_OK ? CLI_OK : cli_fail(name, status, &error);
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

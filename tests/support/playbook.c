/* SPDX-License-Identifier: MIT */
#include "support/playbook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <winback/campaign.h>

const char *playbook_text(const char *name, size_t *length) {
  for (uint32_t i = 0; i < wb_playbook_count(); i++) {
    const char *found = NULL, *json = NULL;
    if (wb_playbook_get(i, &found, &json, length) == WB_OK && !strcmp(found, name)) return json;
  }
  fprintf(stderr, "no playbook %s\n", name);
  abort();
}

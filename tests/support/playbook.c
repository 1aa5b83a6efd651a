/* SPDX-License-Identifier: MIT */
#include "support/playbook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <winback/campaign.h>
#include <winback/message.h>

const char *playbook_text(const char *name, size_t *length) {
  for (uint32_t i = 0; i < wb_playbook_count(); i++) {
    const char *found = NULL, *json = NULL;
    if (wb_playbook_get(i, &found, &json, length) == WB_OK && !strcmp(found, name)) return json;
  }
  fprintf(stderr, "no playbook %s\n", name);
  abort();
}

void playbook_plain(const wb_template *html, wb_facts *facts, uint64_t row, const wb_moment *moment,
                    char *buffer, size_t capacity) {
  char page[16384];
  size_t length = 0;
  wb_error error = {0};
  if (wb_template_render(html, facts, row, moment, page, sizeof page, &length, &error) == WB_OK &&
      wb_plain_format(page, length, buffer, capacity, &length) == WB_OK)
    return;
  fprintf(stderr, "%s %s\n", error.path, error.message);
  abort();
}

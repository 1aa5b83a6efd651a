/* SPDX-License-Identifier: MIT */
/* The campaigns that ship. */
#include "outreach/settings.h"

const wbi_data_file *wbi_playbook_find(wbi_text name) {
  for (size_t i = 0; i < wbi_data_playbooks_count; i++) {
    if (wbi_text_equal(name, wbi_text_of(wbi_data_playbooks[i].name)))
      return wbi_data_playbooks + i;
  }
  return NULL;
}

uint32_t WB_CALL wb_playbook_count(void) {
  return (uint32_t)wbi_data_playbooks_count;
}

wb_status WB_CALL wb_playbook_get(uint32_t index, const char **name, const char **json,
                                  size_t *length) {
  if (index >= wbi_data_playbooks_count) return WB_E_NAME;
  const wbi_data_file *file = wbi_data_playbooks + index;
  *name = file->name;
  *json = file->text;
  *length = file->length;
  return WB_OK;
}

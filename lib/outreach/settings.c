/* SPDX-License-Identifier: MIT */
/* What a practice sets: the published schema, and whether a document is as it says. */
#include "outreach/settings.h"

enum { SETTINGS_LONGEST = 1 << 20, SETTINGS_CAMPAIGN = 0, SETTINGS_PRACTICE = 1 };

/* The files of the folder are sorted by name: campaign, practice. */
static wb_status settings_give(size_t index, const char **json, size_t *length) {
  if (json == NULL || length == NULL) return WB_E_INVALID;
  *json = wbi_data_schema[index].text;
  *length = wbi_data_schema[index].length;
  return WB_OK;
}

wb_status WB_CALL wb_campaign_schema(const char **json, size_t *length) {
  return settings_give(SETTINGS_CAMPAIGN, json, length);
}

wb_status WB_CALL wb_settings_schema(const char **json, size_t *length) {
  return settings_give(SETTINGS_PRACTICE, json, length);
}

/* Whether the members of one member of the settings are playbooks that ship. */
static wb_status settings_check_names(const wbi_json *settings, const char *name, wb_error *error) {
  enum { PLAYBOOKS_MOST = 64 };
  const wbi_json *list = wbi_json_find(settings, name);
  for (const wbi_json *one = list != NULL ? list->first : NULL; one != NULL; one = one->next) {
    wbi_text names[PLAYBOOKS_MOST];
    size_t count = 0;
    if (wbi_playbook_find(one->name) != NULL) continue;
    for (; count < wbi_data_playbooks_count && WBI_ALWAYS(count < PLAYBOOKS_MOST); count++)
      names[count] = wbi_text_of(wbi_data_playbooks[count].name);
    return wbi_json_fail_nearest(one, error, one->name, names, count);
  }
  return WB_OK;
}

wb_status wbi_settings_read(wbi_arena *arena, wbi_text text, wbi_json **root, wb_error *error) {
  const wbi_data_file *file = wbi_data_schema + SETTINGS_PRACTICE;
  wbi_json *schema = NULL;
  if (text.length > SETTINGS_LONGEST)
    return wbi_fail(error, WB_E_LIMIT, "Settings are at most 1 MiB long.");
  wb_status status = wbi_json_parse(arena, text, root, error);
  if (status == WB_OK)
    status = wbi_json_parse(arena, (wbi_text){file->text, file->length}, &schema, error);
  if (status == WB_OK) status = wbi_json_schema_test(arena, schema, *root, error);
  if (status == WB_OK) status = settings_check_names(*root, "playbooks", error);
  return status == WB_OK ? settings_check_names(*root, "wording", error) : status;
}

/* Puts what one member of the settings says into the playbooks that it names, for its errors. */
static wb_status settings_try(wbi_arena *arena, wbi_json *settings, const char *name,
                              wb_error *error) {
  const wbi_json *list = wbi_json_find(settings, name);
  wb_status status = WB_OK;
  for (const wbi_json *one = list != NULL ? list->first : NULL; one != NULL && status == WB_OK;
       one = one->next) {
    const wbi_data_file *file = wbi_playbook_find(one->name);
    wbi_json *playbook = NULL;
    if (WBI_NEVER(file == NULL)) continue; /* its name was looked at */
    status = wbi_json_parse(arena, (wbi_text){file->text, file->length}, &playbook, error);
    if (status == WB_OK) status = wbi_parameters_apply(arena, playbook, settings, error);
    /* Whatever ships has defaults: what is not set yet is for the campaign to say. */
    if (WBI_NEVER(status == WB_E_STATE)) status = WB_OK;
  }
  return status;
}

wb_status WB_CALL wb_settings_test(wb_context *context, const char *json, size_t length,
                                   wb_error *error) {
  wbi_arena arena;
  wbi_json *root = NULL;
  if (json == NULL) return wbi_fail(error, WB_E_INVALID, "There are no settings.");
  wbi_arena_init(&arena, context, 0);
  wb_status status = wbi_settings_read(&arena, (wbi_text){json, length}, &root, error);
  if (status == WB_OK) status = settings_try(&arena, root, "playbooks", error);
  if (status == WB_OK) status = settings_try(&arena, root, "wording", error);
  wbi_arena_free(&arena);
  return status;
}

/* SPDX-License-Identifier: MIT */
/* Texts that ship once for all campaigns: neutral ones, which say nothing of what a message is for,
   those to the guardian of a minor, and what several playbooks say. A campaign has them by naming
   them. */
#include "outreach/settings.h"

#include "data/data.h"

typedef struct shared_texts {
  wbi_arena *arena;
  wbi_json *shared; /* NULL: not read yet */
  wbi_json *texts;  /* of the campaign */
  wb_error *error;
} shared_texts;

/* Puts in the text that a campaign names and does not have, if it ships. */
static wb_status shared_put(shared_texts *set, const wbi_json *name) {
  const wbi_data_file *file = wbi_data_texts;
  wb_status status = WB_OK;
  if (name == NULL || name->kind != WBI_JSON_TEXT) return WB_OK;
  if (wbi_json_member(set->texts, name->text) != NULL) return WB_OK;
  if (set->shared == NULL)
    status =
        wbi_json_parse(set->arena, (wbi_text){file->text, file->length}, &set->shared, set->error);
  if (status != WB_OK) return status;
  wbi_json *text = wbi_json_member(set->shared, name->text);
  return text != NULL ? wbi_json_put(set->arena, set->texts, text->name, text, set->error) : WB_OK;
}

/* Puts in what a member names: one text, a list of them, or one for each response. */
static wb_status shared_put_named(shared_texts *set, const wbi_json *member) {
  wb_status status = shared_put(set, member);
  if (member == NULL || member->kind == WBI_JSON_TEXT) return status;
  for (const wbi_json *each = member->first; each != NULL && status == WB_OK; each = each->next) {
    const bool response = each->kind == WBI_JSON_OBJECT;
    status = shared_put(set, response ? wbi_json_member(each, WBI_TEXT("text")) : each);
  }
  return status;
}

wb_status wbi_shared_texts(wbi_arena *arena, wbi_json *definition, wb_error *error) {
  static const char *const members[] = {"fallback", "guardian", "page", "postcard", "responses"};
  shared_texts set = {.arena = arena, .error = error};
  wb_status status = WB_OK;
  set.texts = wbi_json_member(definition, WBI_TEXT("texts"));
  if (set.texts == NULL || set.texts->kind != WBI_JSON_OBJECT)
    return WB_OK; /* which is for the compiler to refuse */
  for (size_t i = 0; i < WBI_COUNT(members) && status == WB_OK; i++)
    status = shared_put_named(&set, wbi_json_member(definition, wbi_text_of(members[i])));
  return status;
}

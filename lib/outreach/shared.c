/* SPDX-License-Identifier: MIT */
/* Texts that ship once for all campaigns: the neutral ones, which say nothing of what a message is
   for. A campaign has them by naming them as its fallback. */
#include "outreach/settings.h"

#include "data/data.h"

/* A member of an object; NULL: it has none of that name, or is no object. */
static wbi_json *shared_member(wbi_json *object, wbi_text name) {
  wbi_json *member = object->kind == WBI_JSON_OBJECT ? object->first : NULL;
  while (member != NULL && !wbi_text_equal(member->name, name))
    member = member->next;
  return member;
}

wb_status wbi_shared_texts(wbi_arena *arena, wbi_json *definition, wb_error *error) {
  const wbi_data_file *file = wbi_data_texts;
  const wbi_json *fallback = shared_member(definition, WBI_TEXT("fallback"));
  wbi_json *texts = shared_member(definition, WBI_TEXT("texts")), *shared = NULL;
  if (fallback == NULL || fallback->kind != WBI_JSON_ARRAY || texts == NULL ||
      texts->kind != WBI_JSON_OBJECT)
    return WB_OK; /* which is for the compiler to refuse */
  wb_status status = wbi_json_parse(arena, (wbi_text){file->text, file->length}, &shared, error);
  for (const wbi_json *name = fallback->first; name != NULL && status == WB_OK; name = name->next) {
    if (name->kind != WBI_JSON_TEXT || shared_member(texts, name->text) != NULL) continue;
    wbi_json *text = shared_member(shared, name->text);
    if (text != NULL) status = wbi_json_put(arena, texts, text->name, text, error);
  }
  return status;
}

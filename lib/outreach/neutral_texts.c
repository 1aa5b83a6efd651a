/* SPDX-License-Identifier: MIT */
/* Texts that ship once for all campaigns: the neutral ones, which say nothing of what a message is
   for. A campaign has them by naming them as its fallback. */
#include "outreach/settings.h"

#include "data/data.h"

wb_status wbi_neutral_texts(wbi_arena *arena, wbi_json *definition, wb_error *error) {
  const wbi_data_file *file = wbi_data_texts;
  const wbi_json *fallback = wbi_json_member(definition, WBI_TEXT("fallback"));
  wbi_json *texts = wbi_json_member(definition, WBI_TEXT("texts")), *shared = NULL;
  if (fallback == NULL || fallback->kind != WBI_JSON_ARRAY || texts == NULL ||
      texts->kind != WBI_JSON_OBJECT)
    return WB_OK; /* which is for the compiler to refuse */
  wb_status status = wbi_json_parse(arena, (wbi_text){file->text, file->length}, &shared, error);
  for (const wbi_json *name = fallback->first; name != NULL && status == WB_OK; name = name->next) {
    if (name->kind != WBI_JSON_TEXT || wbi_json_member(texts, name->text) != NULL) continue;
    wbi_json *text = wbi_json_member(shared, name->text);
    if (text != NULL) status = wbi_json_put(arena, texts, text->name, text, error);
  }
  return status;
}

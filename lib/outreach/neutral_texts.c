/* SPDX-License-Identifier: MIT */
/* Texts that ship once for all campaigns: the neutral ones, which say nothing of what a message is
   for. A campaign has them by naming them as its fallback, or as its postcard. */
#include "outreach/settings.h"

#include "data/data.h"

/* Puts in the text that a campaign names and does not have, if it ships. */
static wb_status neutral_put(wbi_arena *arena, const wbi_json *name, const wbi_json *shared,
                             wbi_json *texts, wb_error *error) {
  if (name->kind != WBI_JSON_TEXT || wbi_json_member(texts, name->text) != NULL) return WB_OK;
  wbi_json *text = wbi_json_member(shared, name->text);
  return text != NULL ? wbi_json_put(arena, texts, text->name, text, error) : WB_OK;
}

wb_status wbi_neutral_texts(wbi_arena *arena, wbi_json *definition, wb_error *error) {
  const wbi_data_file *file = wbi_data_texts;
  const wbi_json *fallback = wbi_json_member(definition, WBI_TEXT("fallback"));
  const wbi_json *postcard = wbi_json_member(definition, WBI_TEXT("postcard"));
  wbi_json *texts = wbi_json_member(definition, WBI_TEXT("texts")), *shared = NULL;
  const bool list = fallback != NULL && fallback->kind == WBI_JSON_ARRAY;
  if ((!list && postcard == NULL) || texts == NULL || texts->kind != WBI_JSON_OBJECT)
    return WB_OK; /* which is for the compiler to refuse */
  wb_status status = wbi_json_parse(arena, (wbi_text){file->text, file->length}, &shared, error);
  if (status == WB_OK && postcard != NULL)
    status = neutral_put(arena, postcard, shared, texts, error);
  const wbi_json *name = list ? fallback->first : NULL;
  for (; name != NULL && status == WB_OK; name = name->next)
    status = neutral_put(arena, name, shared, texts, error);
  return status;
}

/* SPDX-License-Identifier: MIT */
/* Compiling what follows a response of the patient. */
#include "outreach/compile.h"

enum { RESPONSE_HOURS_MAX = 366 * 24 };

/* How long after it. */
static wb_status response_after(const wbi_compile *compile, const wbi_json *node,
                                int32_t *seconds) {
  static const char *const after_members[] = {"hours", NULL};
  const wbi_json *after = NULL;
  int64_t hours = 0;
  wb_status status = wbi_json_get(node, "after", WBI_JSON_OBJECT, true, &after, compile->error);
  if (status == WB_OK) status = wbi_json_only(after, after_members, compile->error);
  if (status == WB_OK)
    status = wbi_json_get_int(after, "hours", true, 0, RESPONSE_HOURS_MAX, &hours, compile->error);
  *seconds = (int32_t)hours * WBI_HOUR;
  return status;
}

/* The note of its call. */
static wb_status response_text(const wbi_compile *compile, const wbi_json *node, uint16_t *index) {
  const wbi_json *text = NULL;
  wb_status status = wbi_json_get(node, "text", WBI_JSON_TEXT, true, &text, compile->error);
  if (status == WB_OK) status = wbi_compile_text(compile, text, index);
  if (status != WB_OK || compile->campaign->texts[*index].channel == WB_CHANNEL_CALL) return status;
  return wbi_json_fail(text, compile->error, WB_E_INVALID,
                       "The text of a response is of channel \"call\".");
}

/* Compiles what follows one response: a call task, some hours later. */
static wb_status response_compile(const wbi_compile *compile, const wbi_json *node,
                                  wbi_response *response) {
  static const char *const response_members[] = {"after", "text", "unanswered", NULL};
  static const char *const unanswered_words[] = {"end", "continue"};
  int32_t unanswered = 0;
  wb_status status = wbi_compile_object(compile, node, response_members);
  if (status == WB_OK) status = response_after(compile, node, &response->seconds);
  if (status != WB_OK) return status;
  status =
      wbi_compile_word(compile, node, "unanswered", unanswered_words, WBI_COUNT(unanswered_words),
                       "What follows calls in vain is \"end\" or \"continue\".", &unanswered);
  if (status != WB_OK) return status;
  response->continues = unanswered == 1;
  return response_text(compile, node, &response->text);
}

wb_status wbi_compile_responses(const wbi_compile *compile, const wbi_json *root) {
  static const char *const response_names[] = {"asks", "clicked", NULL};
  wb_campaign *campaign = compile->campaign;
  const wbi_json *list = NULL;
  wb_status status = wbi_json_get(root, "responses", WBI_JSON_OBJECT, false, &list, compile->error);
  if (status != WB_OK || list == NULL) return status;
  status = wbi_json_only(list, response_names, compile->error);
  if (status != WB_OK) return status;
  wbi_response *response = wbi_compile_array(compile, list->count, sizeof *response);
  if (response == NULL) return WB_E_NOMEM;
  campaign->responses = response;
  campaign->response_count = list->count;
  for (const wbi_json *node = list->first_sorted; node != NULL; node = node->next_sorted) {
    status = wbi_compile_name(compile, node, node->name, true, &response->name);
    if (status != WB_OK) return status;
    status = response_compile(compile, node, response++);
    if (status != WB_OK) return status;
  }
  return WB_OK;
}

int32_t wbi_campaign_response(const wb_campaign *campaign, wbi_text name) {
  for (uint32_t i = 0; i < campaign->response_count; i++) {
    if (wbi_text_equal(campaign->responses[i].name, name)) return (int32_t)i;
  }
  return -1;
}

/* SPDX-License-Identifier: MIT */
/* Compiling the steps of a campaign and what follows a response. */
#include "outreach/compile.h"

enum { STEP_DAYS_MAX = 366, STEP_HOURS_MAX = 366 * 24, STEP_HOUR = 3600 };

wb_status wbi_compile_text(const wbi_compile *compile, const wbi_json *node, uint16_t *index) {
  const wb_campaign *campaign = compile->campaign;
  if (node->kind != WBI_JSON_TEXT) {
    return wbi_json_fail(node, compile->error, WB_E_TYPE, "This must be the name of a text.");
  }
  for (uint32_t i = 0; i < campaign->text_count; i++) {
    if (!wbi_text_equal(campaign->texts[i].name, node->text)) continue;
    *index = (uint16_t)i;
    return WB_OK;
  }
  return wbi_json_fail(node, compile->error, WB_E_NAME, "There is no text of this name.");
}

/* Whether a step already sends on a channel. */
static bool step_has_channel(const wb_campaign *campaign, const wbi_step *step, int32_t channel) {
  for (uint32_t i = 0; i < step->text_count; i++) {
    if (campaign->texts[step->texts[i]].channel == channel) return true;
  }
  return false;
}

/* Compiles a send: texts in order of preference, one a channel. */
static wb_status step_send(const wbi_compile *compile, const wbi_json *node, wbi_step *step) {
  const wb_campaign *campaign = compile->campaign;
  const wbi_json *list = NULL;
  wb_status status =
      wbi_compile_list(compile, node, "send", WBI_JSON_ARRAY, WBI_COUNT(step->texts), &list);
  if (status != WB_OK) return status;
  for (const wbi_json *name = list->first; name != NULL; name = name->next) {
    uint16_t index = 0;
    status = wbi_compile_text(compile, name, &index);
    if (status != WB_OK) return status;
    const int32_t channel = campaign->texts[index].channel;
    if (channel == WB_CHANNEL_CALL) {
      return wbi_json_fail(name, compile->error, WB_E_INVALID,
                           "A step sends texts of channel \"sms\" or \"email\".");
    }
    if (step_has_channel(campaign, step, channel)) {
      return wbi_json_fail(name, compile->error, WB_E_INVALID,
                           "A step names one text for each channel.");
    }
    step->texts[step->text_count++] = index;
  }
  step->kind = WBI_STEP_SEND;
  return WB_OK;
}

/* Compiles a wait: calendar days, or hours that pass. */
static wb_status step_wait(const wbi_compile *compile, const wbi_json *node, wbi_step *step) {
  static const char *const wait_members[] = {"days", "hours", NULL};
  const wbi_json *wait = wbi_json_find(node, "wait");
  int64_t days = 0, hours = 0;
  wb_status status = wbi_compile_object(compile, wait, wait_members);
  if (status != WB_OK) return status;
  if (wait->count != 1) {
    return wbi_json_fail(wait, compile->error, WB_E_INVALID, "A wait is of days or of hours.");
  }
  status = wbi_json_get_int(wait, "days", false, 1, STEP_DAYS_MAX, &days, compile->error);
  if (status != WB_OK) return status;
  status = wbi_json_get_int(wait, "hours", false, 1, STEP_HOURS_MAX, &hours, compile->error);
  if (status != WB_OK) return status;
  step->kind = WBI_STEP_WAIT;
  step->days = (int32_t)days;
  step->seconds = (int32_t)hours * STEP_HOUR;
  return WB_OK;
}

/* Compiles an exit. */
static wb_status step_exit(const wbi_compile *compile, const wbi_json *node, wbi_step *step) {
  bool exit = false;
  const wb_status status = wbi_json_get_bool(node, "exit", true, &exit, compile->error);
  if (status != WB_OK) return status;
  step->kind = WBI_STEP_EXIT;
  if (exit) return WB_OK;
  return wbi_json_fail(node, compile->error, WB_E_INVALID, "An exit is written \"exit\": true.");
}

/* Compiles what a step does. */
static wb_status step_compile(const wbi_compile *compile, const wbi_json *node, wbi_step *step) {
  if (node->count == 2 && wbi_json_find(node, "send") != NULL) {
    return step_send(compile, node, step);
  }
  if (node->count == 2 && wbi_json_find(node, "wait") != NULL) {
    return step_wait(compile, node, step);
  }
  if (node->count == 2 && wbi_json_find(node, "exit") != NULL) {
    return step_exit(compile, node, step);
  }
  return wbi_json_fail(node, compile->error, WB_E_INVALID,
                       "A step has an id and one of \"send\", \"wait\" and \"exit\".");
}

/* Reads the id of a step: no other step or response has it, since actions are known by it. */
static wb_status step_id(const wbi_compile *compile, const wbi_json *node, wbi_step *step) {
  static const char *const step_members[] = {"id", "send", "wait", "exit", NULL};
  const wb_campaign *campaign = compile->campaign;
  const wbi_json *id = NULL;
  wb_status status = wbi_compile_object(compile, node, step_members);
  if (status != WB_OK) return status;
  status = wbi_json_get(node, "id", WBI_JSON_TEXT, true, &id, compile->error);
  if (status != WB_OK) return status;
  const bool taken = wbi_campaign_step(campaign, id->text) >= 0 ||
                     wbi_text_equal(id->text, WBI_TEXT("clicked")) ||
                     wbi_text_equal(id->text, WBI_TEXT("asks"));
  if (taken) {
    return wbi_json_fail(id, compile->error, WB_E_INVALID, "This id is taken.");
  }
  return wbi_compile_name(compile, id, id->text, true, &step->id);
}

wb_status wbi_compile_steps(const wbi_compile *compile, const wbi_json *root) {
  wb_campaign *campaign = compile->campaign;
  const wbi_json *list = NULL;
  wb_status status = wbi_compile_list(compile, root, "steps", WBI_JSON_ARRAY, WBI_STEPS_MAX, &list);
  if (status != WB_OK) return status;
  wbi_step *step = wbi_compile_array(compile, list->count, sizeof *step);
  if (step == NULL) return WB_E_NOMEM;
  campaign->steps = step;
  for (const wbi_json *node = list->first; node != NULL; node = node->next, step++) {
    if (campaign->step_count > 0 && step[-1].kind == WBI_STEP_EXIT) {
      return wbi_json_fail(node, compile->error, WB_E_INVALID, "This step is never reached.");
    }
    status = step_id(compile, node, step);
    if (status != WB_OK) return status;
    status = step_compile(compile, node, step);
    if (status != WB_OK) return status;
    campaign->step_count++;
  }
  if (step[-1].kind == WBI_STEP_EXIT) return WB_OK;
  return wbi_json_fail(list, compile->error, WB_E_INVALID, "The last step must be an exit.");
}

/* Compiles what follows one response: a call task, some hours later. */
static wb_status step_response(const wbi_compile *compile, const wbi_json *node,
                               wbi_response *response) {
  static const char *const response_members[] = {"after", "text", NULL};
  static const char *const after_members[] = {"hours", NULL};
  const wbi_json *after = NULL, *text = NULL;
  int64_t hours = 0;
  wb_status status = wbi_compile_object(compile, node, response_members);
  if (status != WB_OK) return status;
  status = wbi_json_get(node, "after", WBI_JSON_OBJECT, true, &after, compile->error);
  if (status != WB_OK) return status;
  status = wbi_json_only(after, after_members, compile->error);
  if (status != WB_OK) return status;
  status = wbi_json_get_int(after, "hours", true, 0, STEP_HOURS_MAX, &hours, compile->error);
  if (status != WB_OK) return status;
  response->seconds = (int32_t)hours * STEP_HOUR;
  status = wbi_json_get(node, "text", WBI_JSON_TEXT, true, &text, compile->error);
  if (status != WB_OK) return status;
  status = wbi_compile_text(compile, text, &response->text);
  if (status != WB_OK) return status;
  if (compile->campaign->texts[response->text].channel == WB_CHANNEL_CALL) return WB_OK;
  return wbi_json_fail(text, compile->error, WB_E_INVALID,
                       "The text of a response is of channel \"call\".");
}

wb_status wbi_compile_responses(const wbi_compile *compile, const wbi_json *root) {
  static const char *const responses_members[] = {"asks", "clicked", NULL};
  wb_campaign *campaign = compile->campaign;
  const wbi_json *list = NULL;
  wb_status status = wbi_json_get(root, "responses", WBI_JSON_OBJECT, false, &list, compile->error);
  if (status != WB_OK || list == NULL) return status;
  status = wbi_json_only(list, responses_members, compile->error);
  if (status != WB_OK) return status;
  wbi_response *response = wbi_compile_array(compile, list->count, sizeof *response);
  if (response == NULL) return WB_E_NOMEM;
  campaign->responses = response;
  campaign->response_count = list->count;
  for (const wbi_json *node = list->first_sorted; node != NULL; node = node->next_sorted) {
    status = wbi_compile_name(compile, node, node->name, true, &response->name);
    if (status != WB_OK) return status;
    status = step_response(compile, node, response++);
    if (status != WB_OK) return status;
  }
  return WB_OK;
}

/* Whether a step or response uses a text, or it stands in for another. */
static bool step_text_used(const wb_campaign *campaign, uint32_t text) {
  for (uint32_t i = 0; i < campaign->step_count; i++) {
    for (uint32_t j = 0; j < campaign->steps[i].text_count; j++) {
      if (campaign->steps[i].texts[j] == text) return true;
    }
  }
  for (uint32_t i = 0; i < campaign->response_count; i++) {
    if (campaign->responses[i].text == text) return true;
  }
  return wbi_campaign_stands_in(campaign, text);
}

wb_status wbi_compile_usage(const wbi_compile *compile, const wbi_json *root) {
  const wb_campaign *campaign = compile->campaign;
  const wbi_json *texts = wbi_json_find(root, "texts");
  for (uint32_t i = 0; i < campaign->text_count; i++) {
    if (step_text_used(campaign, i)) continue;
    return wbi_json_fail(wbi_json_find(texts, campaign->texts[i].name.data), compile->error,
                         WB_E_INVALID, "No step or response uses this text.");
  }
  return WB_OK;
}

int32_t wbi_campaign_step(const wb_campaign *campaign, wbi_text id) {
  for (uint32_t i = 0; i < campaign->step_count; i++) {
    if (wbi_text_equal(campaign->steps[i].id, id)) return (int32_t)i;
  }
  return -1;
}

int32_t wbi_campaign_response(const wb_campaign *campaign, wbi_text name) {
  for (uint32_t i = 0; i < campaign->response_count; i++) {
    if (wbi_text_equal(campaign->responses[i].name, name)) return (int32_t)i;
  }
  return -1;
}

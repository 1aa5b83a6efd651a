/* SPDX-License-Identifier: MIT */
/*
 * Compiling the steps of a campaign: their ids, where each leads, and that each is reached and
 * ends. Steps lead forward; only a `repeat` leads back, and so many times at most. So what is
 * reached is seen in one pass, and nothing goes round for ever.
 */
#include "outreach/compile.h"

/* Reads the id of a step: no other step or response has it, since actions are known by it. */
static wb_status step_id(const wbi_compile *compile, const wbi_json *node, wbi_step *step) {
  const wb_campaign *campaign = compile->campaign;
  const wbi_json *id = NULL;
  if (node->kind != WBI_JSON_OBJECT)
    return wbi_json_fail(node, compile->error, WB_E_TYPE, "This must be an object.");
  const wb_status status = wbi_json_get(node, "id", WBI_JSON_TEXT, true, &id, compile->error);
  if (status != WB_OK) return status;
  const bool taken = wbi_campaign_step(campaign, id->text) >= 0 ||
                     wbi_text_equal(id->text, WBI_TEXT("clicked")) ||
                     wbi_text_equal(id->text, WBI_TEXT("asks"));
  if (taken) {
    return wbi_json_fail(id, compile->error, WB_E_INVALID, "This id is taken.");
  }
  return wbi_compile_name(compile, id, id->text, true, &step->id);
}

wb_status wbi_compile_jump(const wbi_compile *compile, const wbi_json *node, const wbi_step *from,
                           bool back, uint8_t *to) {
  const wb_campaign *campaign = compile->campaign;
  if (node->kind != WBI_JSON_TEXT)
    return wbi_json_fail(node, compile->error, WB_E_TYPE, "This must be the id of a step.");
  const int32_t found = wbi_campaign_step(campaign, node->text);
  const int32_t here = (int32_t)(from - campaign->steps);
  if (found < 0)
    return wbi_json_fail(node, compile->error, WB_E_NAME, "There is no step of this id.");
  if (!back && found <= here) {
    return wbi_json_fail(node, compile->error, WB_E_INVALID,
                         "This leads back: a step \"repeat\" does that, \"at_most\" so often.");
  }
  if (back && found >= here) {
    return wbi_json_fail(node, compile->error, WB_E_INVALID, "A repeat leads to an earlier step.");
  }
  *to = (uint8_t)found;
  return WB_OK;
}

/* Marks where a step leads; a repeat leads back to what was passed. */
static void step_mark(const wbi_step *step, uint64_t *reached) {
  if (step->kind == WBI_STEP_EXIT) return;
  *reached |= UINT64_C(1) << step->next;
  if (step->kind == WBI_STEP_AWAIT || step->kind == WBI_STEP_CALL)
    *reached |= UINT64_C(1) << step->other;
  for (uint32_t i = 0; i < step->way_count; i++)
    *reached |= UINT64_C(1) << step->ways[i].index;
}

/* Every step is reached, and the last is an exit. */
static wb_status step_reach(const wbi_compile *compile, const wbi_json *list) {
  const wb_campaign *campaign = compile->campaign;
  uint64_t reached = 1;
  uint32_t i = 0;
  for (const wbi_json *node = list->first; node != NULL; node = node->next, i++) {
    if ((reached >> i & 1) == 0)
      return wbi_json_fail(node, compile->error, WB_E_INVALID, "This step is never reached.");
    if (i + 1 == campaign->step_count && campaign->steps[i].kind != WBI_STEP_EXIT)
      return wbi_json_fail(list, compile->error, WB_E_INVALID, "The last step must be an exit.");
    step_mark(&campaign->steps[i], &reached);
  }
  return WB_OK;
}

/* Marks the steps that a wait for a time of the day leads to: it is asked for again there. The last
   step is no wait. */
static void step_times(wbi_step *steps, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    const wbi_step *wait = &steps[i];
    if (wait->kind == WBI_STEP_WAIT && wait->from == WBI_FROM_NOW && wait->delay.at >= 0)
      steps[wait->next].timed = true;
  }
}

wb_status wbi_compile_steps(const wbi_compile *compile, const wbi_json *root) {
  wb_campaign *campaign = compile->campaign;
  const wbi_json *list = NULL;
  wb_status status = wbi_compile_list(compile, root, "steps", WBI_JSON_ARRAY, WBI_STEPS_MAX, &list);
  if (status != WB_OK) return status;
  wbi_step *step = wbi_compile_array(compile, list->count, sizeof *step);
  if (step == NULL) return WB_E_NOMEM;
  campaign->steps = step;
  for (const wbi_json *node = list->first; node != NULL; node = node->next) {
    status = step_id(compile, node, &step[campaign->step_count]);
    if (status != WB_OK) return status;
    campaign->step_count++;
  }
  for (const wbi_json *node = list->first; node != NULL && status == WB_OK; node = node->next)
    status = wbi_compile_step(compile, node, step++);
  if (status == WB_OK) status = step_reach(compile, list);
  if (status == WB_OK) step_times(step - campaign->step_count, campaign->step_count);
  return status;
}

/* Whether a step or response uses a text, it is the page or postcard, or it stands in for another.
 */
static bool step_text_used(const wb_campaign *campaign, uint32_t text) {
  if (campaign->page == text || campaign->postcard == text) return true;
  for (uint32_t i = 0; i < campaign->step_count; i++) {
    for (uint32_t j = 0; j < campaign->steps[i].text_count; j++) {
      if (campaign->steps[i].texts[j] == text) return true;
    }
    if (campaign->steps[i].unknown == WBI_UNKNOWN_CALL && campaign->steps[i].note == text)
      return true;
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

bool wbi_campaign_follows(const wb_campaign *campaign) {
  bool after = false;
  for (uint32_t i = 0; i < campaign->step_count; i++) {
    if (campaign->steps[i].from == WBI_BEFORE_VISIT) return false;
    after |= campaign->steps[i].from == WBI_AFTER_VISIT;
  }
  return after;
}

bool wbi_campaign_confirms(const wb_campaign *campaign) {
  return campaign->subject == WBI_SUBJECT_APPOINTMENT && !wbi_campaign_follows(campaign);
}

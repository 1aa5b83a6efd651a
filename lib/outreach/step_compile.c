/* SPDX-License-Identifier: MIT */
/* Compiling what a step does, kind by kind. */
#include "outreach/compile.h"

enum { STEP_REPEATS_MAX = 10 };

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

/* Compiles texts in order of preference, one a channel. */
static wb_status step_texts(const wbi_compile *compile, const wbi_json *node, wbi_step *step) {
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
    if (channel > WB_CHANNEL_EMAIL) {
      return wbi_json_fail(name, compile->error, WB_E_INVALID,
                           "A step sends texts of channel \"sms\" or \"email\".");
    }
    if (campaign->texts[index].recipient == WB_RECIPIENT_GUARDIAN) {
      return wbi_json_fail(name, compile->error, WB_E_INVALID,
                           "A text to the guardian is said in place of one to the patient.");
    }
    if (step_has_channel(campaign, step, channel)) {
      return wbi_json_fail(name, compile->error, WB_E_INVALID,
                           "A step names one text for each channel.");
    }
    step->texts[step->text_count++] = index;
  }
  return WB_OK;
}

/* The note of a call. */
static wb_status step_note(const wbi_compile *compile, const wbi_json *text, uint16_t *note) {
  const wb_status status = wbi_compile_text(compile, text, note);
  if (status != WB_OK) return status;
  if (compile->campaign->texts[*note].channel == WB_CHANNEL_CALL) return WB_OK;
  return wbi_json_fail(text, compile->error, WB_E_INVALID,
                       "The text of a call is of channel \"call\".");
}

/* Compiles what follows when nobody knows whether it was sent, where a word does not say it. */
static wb_status step_unknown_more(const wbi_compile *compile, const wbi_json *node,
                                   wbi_step *step) {
  static const char *const receipt_members[] = {"receipt", NULL};
  static const char *const call_members[] = {"call", "within", NULL};
  const wbi_json *call = wbi_json_find(node, "call");
  wb_status status =
      wbi_json_only(node, call != NULL ? call_members : receipt_members, compile->error);
  if (status == WB_OK && call != NULL) status = step_note(compile, call, &step->note);
  if (status != WB_OK) return status;
  step->unknown = call != NULL ? WBI_UNKNOWN_CALL : WBI_UNKNOWN_RECEIPT;
  return wbi_compile_seconds(compile, node, call != NULL ? "within" : "receipt", true,
                             &step->within);
}

/* Compiles what follows when nobody knows whether it was sent. */
static wb_status step_unknown(const wbi_compile *compile, const wbi_json *node, wbi_step *step) {
  const wbi_json *unknown = wbi_json_find(node, "on_unknown");
  if (unknown == NULL) return WB_OK;
  if (unknown->kind == WBI_JSON_OBJECT) return step_unknown_more(compile, unknown, step);
  const wbi_text word = unknown->kind == WBI_JSON_TEXT ? unknown->text : WBI_TEXT("");
  if (wbi_text_equal(word, WBI_TEXT("resend"))) step->unknown = WBI_UNKNOWN_RESEND;
  if (step->unknown == WBI_UNKNOWN_RESEND || wbi_text_equal(word, WBI_TEXT("assume_sent")))
    return WB_OK;
  return wbi_json_fail(unknown, compile->error, word.length > 0 ? WB_E_NAME : WB_E_TYPE,
                       "This is \"assume_sent\", \"resend\", or an object with \"receipt\" or "
                       "\"call\".");
}

/* Compiles which offer a send makes. */
static wb_status step_offer(const wbi_compile *compile, const wbi_json *offer, wbi_step *step) {
  if (compile->campaign->class_ != WB_MESSAGE_OFFER) {
    return wbi_json_fail(offer, compile->error, WB_E_POLICY,
                         "Only a campaign of class \"offer\" makes one.");
  }
  if (wbi_campaign_offer_of(compile->campaign, offer->text) == NULL)
    return wbi_json_fail(offer, compile->error, WB_E_NAME, "There is no offer of this name.");
  return wbi_compile_name(compile, offer, offer->text, true, &step->offer);
}

/* Compiles a send: its texts, when it is too late for them, what it means that nobody knows whether
   they were sent, and what they offer. */
static wb_status step_send(const wbi_compile *compile, const wbi_json *node, wbi_step *step) {
  const wbi_json *offer = NULL;
  step->other = step->next;
  wb_status status = step_texts(compile, node, step);
  if (status == WB_OK)
    status = wbi_compile_seconds(compile, node, "stale_after", false, &step->stale_after);
  if (status == WB_OK) status = step_unknown(compile, node, step);
  if (status == WB_OK)
    status = wbi_json_get(node, "offer", WBI_JSON_TEXT, false, &offer, compile->error);
  if (status == WB_OK && offer != NULL) status = step_offer(compile, offer, step);
  return status == WB_OK ? wbi_compile_offered(compile, node, step) : status;
}

/* Compiles a wait before or after a visit. */
static wb_status step_visit(const wbi_compile *compile, const wbi_json *visit, wbi_step *step) {
  if (compile->campaign->subject != WBI_SUBJECT_APPOINTMENT) {
    return wbi_json_fail(visit, compile->error, WB_E_INVALID,
                         "Only a campaign about an appointment waits for its time.");
  }
  const wb_status status = wbi_compile_delay(compile, visit, &step->delay);
  if (status != WB_OK || step->delay.weekdays == 0) return status;
  return wbi_json_fail(visit, compile->error, WB_E_INVALID,
                       "The day of a visit says on which weekday this ends.");
}

/* Compiles a wait: time that passes, or until some time before or after the visit. */
static wb_status step_wait(const wbi_compile *compile, const wbi_json *node, wbi_step *step) {
  const wbi_json *wait = wbi_json_find(node, "wait");
  const wbi_json *before = wbi_json_find(wait, "before_visit");
  const wbi_json *after = wbi_json_find(wait, "after_visit");
  if (before == NULL && after == NULL) return wbi_compile_delay(compile, wait, &step->delay);
  if (wait->count != 1) {
    return wbi_json_fail(wait, compile->error, WB_E_INVALID, "A wait is of one kind.");
  }
  step->from = before != NULL ? WBI_BEFORE_VISIT : WBI_AFTER_VISIT;
  return step_visit(compile, before != NULL ? before : after, step);
}

/* After how long a step is over that waits for somebody, and where that leads. */
static wb_status step_within(const wbi_compile *compile, const wbi_json *node, wbi_step *step) {
  const wbi_json *other = wbi_json_find(node, "else");
  step->other = step->next;
  const wb_status status = wbi_compile_seconds(compile, node, "within", true, &step->within);
  if (status != WB_OK || other == NULL) return status;
  return wbi_compile_jump(compile, other, step, false, &step->other);
}

/* Compiles a wait for an event. */
static wb_status step_await(const wbi_compile *compile, const wbi_json *node, wbi_step *step) {
  /* In the order of the bits. */
  static const char *const events[] = {"clicked",     "replied", "delivered",
                                       "undelivered", "booked",  "kept"};
  const wbi_json *list = NULL;
  wb_status status =
      wbi_compile_list(compile, node, "await", WBI_JSON_ARRAY, WBI_COUNT(events), &list);
  for (const wbi_json *each = status == WB_OK ? list->first : NULL; each; each = each->next) {
    size_t i = 0;
    while (i < WBI_COUNT(events) &&
           (each->kind != WBI_JSON_TEXT || !wbi_text_equal(each->text, wbi_text_of(events[i]))))
      i++;
    if (i == WBI_COUNT(events)) {
      return wbi_json_fail(each, compile->error, WB_E_NAME,
                           "This is \"clicked\", \"replied\", \"delivered\", \"undelivered\", "
                           "\"booked\" or \"kept\".");
    }
    step->awaits |= (uint8_t)(1u << i);
  }
  return status == WB_OK ? step_within(compile, node, step) : status;
}

/* Whether what a rule reads may decide what is said on the channels of the campaign. */
static wb_status step_may_choose(const wbi_compile *compile, const wbi_json *node,
                                 const wb_rule *rule) {
  const wb_campaign *campaign = compile->campaign;
  const uint32_t classes = wbi_compile_classes(compile, rule);
  for (uint32_t i = 0; i < campaign->text_count; i++) {
    const int32_t channel = campaign->texts[i].channel;
    if (channel > WB_CHANNEL_EMAIL || wbi_compile_may_choose(compile, channel, classes)) continue;
    return wbi_json_fail(node, compile->error, WB_E_POLICY,
                         "What this rule reads may not decide what is said on the channels of the "
                         "campaign.");
  }
  return WB_OK;
}

/* Compiles one way of a branch. */
static wb_status step_way(const wbi_compile *compile, const wbi_json *node, const wbi_step *step,
                          wbi_choice *way) {
  static const char *const way_members[] = {"to", "variant", "when", NULL};
  const wbi_json *to = NULL;
  uint8_t target = 0;
  wb_status status = wbi_compile_object(compile, node, way_members);
  if (status == WB_OK) status = wbi_compile_choice(compile, node, way);
  if (status == WB_OK) status = wbi_json_get(node, "to", WBI_JSON_TEXT, true, &to, compile->error);
  if (status == WB_OK) status = wbi_compile_jump(compile, to, step, false, &target);
  way->index = target;
  if (status != WB_OK || way->rule == NULL) return status;
  return step_may_choose(compile, node, way->rule);
}

/* Compiles a branch: the first way that is true, else what follows. */
static wb_status step_branch(const wbi_compile *compile, const wbi_json *node, wbi_step *step) {
  const wbi_json *list = NULL;
  wb_status status =
      wbi_compile_list(compile, node, "branch", WBI_JSON_ARRAY, WBI_CHOICES_MAX, &list);
  if (status != WB_OK) return status;
  wbi_choice *way = wbi_compile_array(compile, list->count, sizeof *way);
  if (way == NULL) return WB_E_NOMEM;
  step->ways = way;
  step->way_count = list->count;
  for (const wbi_json *each = list->first; each != NULL && status == WB_OK; each = each->next)
    status = step_way(compile, each, step, way++);
  return status;
}

/* Compiles a call: the note for staff, and how long it may take. */
static wb_status step_call(const wbi_compile *compile, const wbi_json *node, wbi_step *step) {
  const wb_status status = step_note(compile, wbi_json_find(node, "call"), &step->texts[0]);
  if (status != WB_OK) return status;
  step->text_count = 1;
  return step_within(compile, node, step);
}

/* Compiles a goal: who has reached it is done. */
static wb_status step_goal(const wbi_compile *compile, const wbi_json *node, wbi_step *step) {
  return wbi_compile_rule(compile, node, "goal", &step->rule);
}

/* Compiles a repeat: back to an earlier step, some times. */
static wb_status step_repeat(const wbi_compile *compile, const wbi_json *node, wbi_step *step) {
  int64_t times = 0;
  wb_status status =
      wbi_json_get_int(node, "at_most", true, 1, STEP_REPEATS_MAX, &times, compile->error);
  step->at_most = (uint8_t)times;
  if (status != WB_OK) return status;
  return wbi_compile_jump(compile, wbi_json_find(node, "repeat"), step, true, &step->other);
}

/* Compiles an exit. */
static wb_status step_exit(const wbi_compile *compile, const wbi_json *node, wbi_step *step) {
  bool exit = false;
  const wb_status status = wbi_json_get_bool(node, "exit", true, &exit, compile->error);
  (void)step;
  if (status != WB_OK || exit) return status;
  return wbi_json_fail(node, compile->error, WB_E_INVALID, "An exit is written \"exit\": true.");
}

/* The kinds of steps: the member that names each, and the others that it may have. */
static const struct {
  const char *name;
  wbi_step_kind kind;
  wb_status (*compile)(const wbi_compile *compile, const wbi_json *node, wbi_step *step);
  const char *members[7];
} step_kinds[] = {
    {"send",
     WBI_STEP_SEND,
     step_send,
     {"id", "send", "next", "stale_after", "on_unknown", "offer", NULL}},
    {"wait", WBI_STEP_WAIT, step_wait, {"id", "wait", "next", NULL}},
    {"await", WBI_STEP_AWAIT, step_await, {"id", "await", "next", "within", "else", NULL}},
    {"branch", WBI_STEP_BRANCH, step_branch, {"id", "branch", "next", NULL}},
    {"call", WBI_STEP_CALL, step_call, {"id", "call", "next", "within", "else", NULL}},
    {"goal", WBI_STEP_GOAL, step_goal, {"id", "goal", "next", NULL}},
    {"repeat", WBI_STEP_REPEAT, step_repeat, {"id", "repeat", "next", "at_most", NULL}},
    {"exit", WBI_STEP_EXIT, step_exit, {"id", "exit", NULL}},
};

/* The kind of a step by its members; more than one, or none, is the count of kinds. */
static size_t step_kind(const wbi_json *node) {
  size_t found = WBI_COUNT(step_kinds);
  for (size_t i = 0; i < WBI_COUNT(step_kinds); i++) {
    if (wbi_json_find(node, step_kinds[i].name) == NULL) continue;
    if (found != WBI_COUNT(step_kinds)) return WBI_COUNT(step_kinds);
    found = i;
  }
  return found;
}

wb_status wbi_compile_step(const wbi_compile *compile, const wbi_json *node, wbi_step *step) {
  const size_t kind = step_kind(node);
  if (kind == WBI_COUNT(step_kinds)) {
    return wbi_json_fail(node, compile->error, WB_E_INVALID,
                         "A step is one of \"send\", \"wait\", \"await\", \"branch\", \"call\", "
                         "\"goal\", \"repeat\" and \"exit\".");
  }
  wb_status status = wbi_json_only(node, step_kinds[kind].members, compile->error);
  if (status != WB_OK) return status;
  const wbi_json *next = wbi_json_find(node, "next");
  step->kind = step_kinds[kind].kind;
  step->next = (uint8_t)(step - compile->campaign->steps + 1);
  if (next != NULL) status = wbi_compile_jump(compile, next, step, false, &step->next);
  return status == WB_OK ? step_kinds[kind].compile(compile, node, step) : status;
}

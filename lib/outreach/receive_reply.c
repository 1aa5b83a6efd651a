/* SPDX-License-Identifier: MIT */
/* What follows from a reply. */
#include "outreach/receive_private.h"

/* What follows from a meaning: what of the patient's ends, where a person reads it, what is
   answered at once. */
typedef struct replied_rule {
  const char *leave;  /* the reason why sequences end; NULL: they do not */
  const char *answer; /* step of the notices; or NULL */
  uint8_t list;       /* of the desk; 0: none */
  uint8_t sign;       /* of interest; 0: none */
  bool calls;         /* calls are over as well */
} replied_rule;

/* By enum wb_intent. Where only a person can act nothing more is sent until they have read it. */
static const replied_rule replied_rules[] = {
    [WB_INTENT_OTHER] = {"replied", NULL, WBI_LIST_INBOX, 0, false},
    [WB_INTENT_OPT_IN] = {NULL, NULL, WBI_LIST_INBOX, 0, false}, /* but START */
    [WB_INTENT_HELP] = {NULL, "help", WBI_LIST_INBOX, 0, false},
    [WB_INTENT_DECEASED] = {"replied", NULL, WBI_LIST_NOW, 0, true},
    [WB_INTENT_URGENT_SYMPTOM] = {"replied", "safety", WBI_LIST_NOW, 0, true},
    [WB_INTENT_WRONG_NUMBER] = {"replied", NULL, WBI_LIST_INBOX, 0, true},
    [WB_INTENT_COMPLAINT] = {"replied", NULL, WBI_LIST_NOW, 0, true},
    [WB_INTENT_DATA_PRIVACY] = {"replied", NULL, WBI_LIST_NOW, 0, true},
    [WB_INTENT_GUARDIAN_OR_PROXY] = {"replied", NULL, WBI_LIST_NOW, 0, true},
    [WB_INTENT_CANCEL_APPT] = {"replied", NULL, WBI_LIST_INBOX, 0, false},
    [WB_INTENT_RESCHEDULE] = {"replied", NULL, WBI_LIST_INBOX, 0, false},
    [WB_INTENT_ALREADY_SCHEDULED] = {"replied", NULL, WBI_LIST_INBOX, 0, true},
    [WB_INTENT_MOVED] = {"moved", NULL, WBI_LIST_INBOX, 0, true},
    [WB_INTENT_NEW_DENTIST] = {"new_dentist", NULL, WBI_LIST_INBOX, 0, true},
    [WB_INTENT_PRICE_INSURANCE] = {NULL, NULL, 0, WB_SIGNAL_ASKS_PRICE, false},
    [WB_INTENT_ANXIETY] = {"replied", NULL, WBI_LIST_INBOX, 0, false},
    [WB_INTENT_CALLBACK_REQUEST] = {NULL, NULL, 0, WB_SIGNAL_ASKS_CALL, false},
    [WB_INTENT_LATER] = {"later", NULL, WBI_LIST_INBOX, 0, true},
    [WB_INTENT_DECLINE] = {"declined", NULL, WBI_LIST_INBOX, 0, true},
    [WB_INTENT_BOOKING_INTEREST] = {NULL, NULL, 0, WB_SIGNAL_ASKS_VISIT, false},
    [WB_INTENT_CONFIRM] = {"replied", NULL, WBI_LIST_INBOX, 0, false},
    [WB_INTENT_DETAIL] = {"replied", NULL, WBI_LIST_INBOX, 0, false}, /* if nothing asked for it */
    [WB_INTENT_NO_DETAIL] = {"replied", NULL, WBI_LIST_INBOX, 0, false},
};

/* Whether a meaning cannot wait. */
static bool replied_urgent(int32_t intent) {
  return replied_rules[intent].list == WBI_LIST_NOW;
}

/* The reason of a task. */
static wbi_text replied_reason(int32_t intent) {
  return intent == WB_INTENT_OTHER ? WBI_TEXT("reply") : wbi_text_of(wb_intent_name(intent));
}

/* Somebody wants to be talked to: the campaign's call, else the inbox. */
static wb_status replied_asks(const wbi_receive *event, uint8_t sign) {
  bool some = false;
  wb_status status = wbi_receive_response(event, WBI_TEXT("asks"), sign, &some);
  if (status == WB_OK) status = wbi_receive_event(event, WBI_AWAIT_REPLIED);
  return status != WB_OK || some ? status : wbi_receive_inbox(event, WBI_TEXT("asks"));
}

/* Ends what a meaning ends, but for a step that awaits a reply which can wait. */
static wb_status replied_leave(const wbi_receive *event, int32_t intent) {
  const replied_rule *rule = &replied_rules[intent];
  const bool awaited = rule->list == WBI_LIST_INBOX && !rule->calls;
  wb_status status = WB_OK;
  if (rule->leave != NULL)
    status = wbi_receive_leave(event, wbi_text_of(rule->leave), awaited ? WBI_AWAIT_REPLIED : 0);
  if (status == WB_OK && awaited) status = wbi_receive_event(event, WBI_AWAIT_REPLIED);
  return status == WB_OK && rule->calls
             ? wbi_practice_close(event->practice, event->person, WBI_NONE)
             : status;
}

/* What follows from one meaning. */
static wb_status replied_rule_follow(const wbi_receive *event, int32_t intent) {
  const replied_rule *rule = &replied_rules[intent];
  if (rule->sign != 0) return replied_asks(event, rule->sign);
  wb_status status = replied_leave(event, intent);
  if (status == WB_OK) status = wbi_receive_task(event, rule->list, replied_reason(intent));
  if (status == WB_OK) status = wbi_receive_notices(event, false, rule->answer);
  const bool wrong = intent == WB_INTENT_WRONG_NUMBER && event->has_contact;
  return status == WB_OK && wrong ? wbi_receive_closed(event) : status;
}

/* What a reply says besides ("Yes. My tooth is killing me"), where that is an emergency or a death:
   a task of its own. Other second meanings are too weak to be believed. */
static wb_status replied_besides(const wbi_receive *event, int32_t also) {
  if (also != WB_INTENT_URGENT_SYMPTOM && also != WB_INTENT_DECEASED) return WB_OK;
  const wbi_text reason = replied_reason(also);
  const wb_status status = wbi_receive_task_more(event, WBI_LIST_NOW, reason, reason);
  return status == WB_OK ? wbi_receive_notices(event, false, replied_rules[also].answer) : status;
}

/* An opt-out. It is confirmed once; what the reply says besides ("Stop, my mom passed") may need a
   person. */
static wb_status replied_stop(const wbi_receive *event, int32_t besides) {
  const bool fresh = !wbi_receive_closed_before(event);
  wb_status status = wbi_receive_consent(event, true);
  if (status != WB_OK || event->person == WBI_NONE) return status;
  const char *answer = replied_urgent(besides) ? replied_rules[besides].answer : NULL;
  status = wbi_receive_notices(event, fresh, answer);
  if (status != WB_OK) return status;
  if (replied_urgent(besides))
    return wbi_receive_task(event, WBI_LIST_NOW, replied_reason(besides));
  return besides == WB_INTENT_WRONG_NUMBER ? wbi_receive_inbox(event, replied_reason(besides))
                                           : WB_OK;
}

/* The text of a reply; empty: there is none that can be read. */
static wbi_text replied_text(const wbi_receive *event) {
  const wbi_text text = {event->input.text, event->input.text_length};
  return text.data != NULL && wbi_utf8_valid(text) ? text : WBI_TEXT("");
}

/* What a reply means: the library's reading of its text or the host's. An opt-out is before all,
   and what cannot wait is not read away. */
static wb_reply replied_meaning(const wbi_receive *event) {
  const wb_input *input = &event->input;
  wb_reply reply = {.size = sizeof reply};
  wbi_reply_find(replied_text(event), &reply);
  const bool stop = (reply.flags & WB_REPLY_STOP) != 0;
  if (stop || input->intent == WB_INTENT_OTHER || input->intent == reply.intent) return reply;
  if (replied_urgent(reply.intent)) reply.also = reply.intent;
  reply.intent = input->intent;
  return reply;
}

/* Whether a reply lifts an opt-out: no reading of a host does, nor other words to the same end. */
static bool replied_starts(const wbi_receive *event, const wb_reply *reply) {
  return reply->intent == WB_INTENT_OPT_IN && wbi_reply_is(replied_text(event), "start");
}

/* What a reply means that answers nothing: a number alone is neither yes nor no then, unless the
   host knows better. */
static int32_t replied_unasked(const wbi_receive *event, int32_t intent) {
  const bool read = event->input.intent == WB_INTENT_OTHER;
  return read && wbi_reply_number(replied_text(event)) ? WB_INTENT_OTHER : intent;
}

/* A reply: none is dropped. */
wb_status wbi_receive_reply(const wbi_receive *event) {
  const wb_reply reply = replied_meaning(event);
  const bool first = reply.intent == WB_INTENT_OPT_OUT; /* of the host too, which has no flag */
  if (first || (reply.flags & WB_REPLY_STOP) != 0)
    return replied_stop(event, first ? reply.also : reply.intent);
  bool taken = false;
  wb_status status = wbi_receive_detail(event, reply.intent, &taken);
  if (status == WB_OK && !taken) status = wbi_receive_asked_reply(event, reply.intent, &taken);
  if (status == WB_OK && !taken)
    status = replied_starts(event, &reply)
                 ? wbi_receive_consent(event, false)
                 : replied_rule_follow(event, replied_unasked(event, reply.intent));
  if (status != WB_OK || replied_urgent(reply.intent)) return status;
  return replied_besides(event, reply.also);
}

/* SPDX-License-Identifier: MIT */
/* What follows from a reply. */
#include "outreach/receive_private.h"

/* Whether a meaning cannot wait. */
static bool replied_urgent(int32_t intent) {
  return intent == WB_INTENT_DECEASED || intent == WB_INTENT_URGENT_SYMPTOM ||
         intent == WB_INTENT_COMPLAINT || intent == WB_INTENT_DATA_PRIVACY ||
         intent == WB_INTENT_GUARDIAN_OR_PROXY;
}

/* A reply that only a person can act on: nothing more is sent until they have read it, but by a
   step that awaits a reply that can wait. */
static wb_status replied_unread(const wbi_receive *event, int32_t intent) {
  const bool known = intent != WB_INTENT_OTHER;
  const bool ends = replied_urgent(intent) || intent == WB_INTENT_WRONG_NUMBER;
  const wbi_text reason = known ? wbi_text_of(wb_intent_name(intent)) : WBI_TEXT("reply");
  wb_status status = wbi_receive_leave(event, WBI_TEXT("replied"), ends ? 0 : WBI_AWAIT_REPLIED);
  if (status == WB_OK && !ends) status = wbi_receive_event(event, WBI_AWAIT_REPLIED);
  if (status != WB_OK) return status;
  return wbi_receive_task(event, replied_urgent(intent) ? WBI_LIST_NOW : WBI_LIST_INBOX, reason);
}

/* Somebody else has the number: it is closed, and a person looks after the record. */
static wb_status replied_wrong_number(const wbi_receive *event) {
  const wb_status status = replied_unread(event, WB_INTENT_WRONG_NUMBER);
  return status == WB_OK && event->has_contact ? wbi_receive_closed(event) : status;
}

/* An opt-out; what the reply says besides ("Stop, my mom passed") may need a person. */
static wb_status replied_stop(const wbi_receive *event, int32_t besides) {
  const wb_status status = wbi_receive_consent(event, true);
  if (status != WB_OK || event->person == WBI_NONE) return status;
  const wbi_text reason = wbi_text_of(wb_intent_name(besides));
  if (replied_urgent(besides)) return wbi_receive_task(event, WBI_LIST_NOW, reason);
  return besides == WB_INTENT_WRONG_NUMBER ? wbi_receive_inbox(event, reason) : WB_OK;
}

/* What a reply means: the library's reading of its text or the host's, an opt-out before all. */
static wb_reply replied_meaning(const wbi_receive *event) {
  const wb_input *input = &event->input;
  const wbi_text text = {input->text, input->text_length};
  wb_reply reply = {.size = sizeof reply};
  if (text.data != NULL && wbi_utf8_valid(text)) wbi_reply_find(text, &reply);
  if ((reply.flags & WB_REPLY_STOP) == 0 && input->intent != WB_INTENT_OTHER)
    reply.intent = input->intent;
  return reply;
}

/* Somebody wants to be talked to: the campaign's call, else the inbox. */
static wb_status replied_asks(const wbi_receive *event, uint8_t sign) {
  bool some = false;
  wb_status status = wbi_receive_response(event, WBI_TEXT("asks"), sign, &some);
  if (status == WB_OK) status = wbi_receive_event(event, WBI_AWAIT_REPLIED);
  return status != WB_OK || some ? status : wbi_receive_inbox(event, WBI_TEXT("asks"));
}

wb_status wbi_receive_reply(const wbi_receive *event) {
  const wb_reply reply = replied_meaning(event);
  const bool first = reply.intent == WB_INTENT_OPT_OUT; /* of the host too, which has no flag */
  if (first || (reply.flags & WB_REPLY_STOP) != 0)
    return replied_stop(event, first ? reply.also : reply.intent);
  bool taken = false;
  const wb_status status = wbi_receive_opening_reply(event, reply.intent, &taken);
  if (status != WB_OK || taken) return status;
  switch (reply.intent) {
  case WB_INTENT_OPT_IN: return wbi_receive_consent(event, false);
  case WB_INTENT_HELP: return wbi_receive_inbox(event, WBI_TEXT("help"));
  case WB_INTENT_PRICE_INSURANCE: return replied_asks(event, WB_SIGNAL_ASKS_PRICE);
  case WB_INTENT_CALLBACK_REQUEST: return replied_asks(event, WB_SIGNAL_ASKS_CALL);
  case WB_INTENT_BOOKING_INTEREST: return replied_asks(event, WB_SIGNAL_ASKS_VISIT);
  case WB_INTENT_WRONG_NUMBER: return replied_wrong_number(event);
  default: return replied_unread(event, reply.intent);
  }
}

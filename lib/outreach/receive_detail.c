/* SPDX-License-Identifier: MIT */
/* Consent to detail: the answer to a text that asks for it, and the word that takes it back. */
#include "outreach/receive_private.h"

/* The text of an action; NULL: the definition no longer compiles. */
static const wbi_campaign_text *detail_text(const wbi_receive *event, const wbi_action *action) {
  const wb_campaign *campaign = NULL;
  (void)wbi_practice_campaign(event->practice, action->definition, &campaign);
  const bool there = campaign != NULL && action->text < campaign->text_count;
  return there ? &campaign->texts[action->text] : NULL;
}

/* Whether an action is a message to whoever answers, and, where it must, asks for detail. */
static bool detail_wrote(const wbi_receive *event, const wbi_action *action, bool asks) {
  const wbi_state *state = &event->practice->state;
  if (wbi_state_enrollment(state, action->enrollment)->patient != event->person) return false;
  if (event->has_contact && !wbi_bytes16_equal(&action->contact, &event->contact)) return false;
  if (!wbi_action_left(action->state) || !wbi_action_message(action->kind) ||
      !wbi_state_keeps(state, action))
    return false;
  const wbi_campaign_text *text = asks ? detail_text(event, action) : NULL;
  return !asks || (text != NULL && text->asks_detail != 0);
}

/* The last such message; NULL: none. */
static const wbi_action *detail_last(const wbi_receive *event, bool asks) {
  const wbi_state *state = &event->practice->state;
  const wbi_action *last = NULL;
  for (uint32_t i = 0; event->person != WBI_NONE && i < state->actions.items.count; i++) {
    const wbi_action *action = wbi_state_action(state, i);
    if (!detail_wrote(event, action, asks)) continue;
    if (wbi_receive_later(action, last)) last = action;
  }
  return last;
}

/* The id of the wording that asked, "campaign.text"; empty: none asked. */
static wbi_text detail_wording(const wbi_receive *event, const wbi_action *asked,
                               char id[WB_KEY_MAX]) {
  const wbi_state *state = &event->practice->state;
  const wbi_campaign_text *text = asked != NULL ? detail_text(event, asked) : NULL;
  wbi_writer writer = {id, WB_KEY_MAX, 0};
  if (text == NULL || text->asks_detail == 0) return (wbi_text){"", 0};
  const uint32_t name = wbi_state_definition(state, asked->definition)->name;
  wbi_put_text(&writer, wbi_keys_text(&state->names, name));
  wbi_put_char(&writer, '.');
  wbi_put_text(&writer, text->name);
  return (wbi_text){id, writer.length < WB_KEY_MAX ? writer.length : WB_KEY_MAX};
}

wb_status wbi_receive_detail(const wbi_receive *event, int32_t intent, bool *taken) {
  const bool yes = intent == WB_INTENT_DETAIL;
  char id[WB_KEY_MAX];
  *taken = false;
  if (!yes && intent != WB_INTENT_NO_DETAIL) return WB_OK;
  const wbi_action *asked = detail_last(event, yes);
  if (asked == NULL) return WB_OK;
  *taken = true;
  const wb_status status = wbi_receive_add(
      event, (wbi_effect){.kind = WBI_EFFECT_CONSENT,
                          .event = wbi_receive_id(event, WBI_TEXT("")),
                          .patient = wbi_keys_text(&event->practice->state.patients, event->person),
                          .contact = asked->contact,
                          .channel = asked->channel,
                          .cause = WB_PURPOSE_DETAIL,
                          .code = yes ? WB_CONSENT_EXPRESS : WB_CONSENT_REFUSED,
                          .until = event->now,
                          .name = WBI_TEXT("reply"),
                          .subject = detail_wording(event, asked, id)});
  if (status != WB_OK) return status;
  return wbi_receive_notices(event, false, yes ? "details-on" : "details-off");
}

/* SPDX-License-Identifier: MIT */
/* Consent to detail: the answer to a text that asks for it, and the word that takes it back. */
#include "outreach/receive_private.h"

/* The text of an action, where it asks for detail; NULL: it does not, or the definition no longer
   compiles. */
static wb_status detail_text(const wbi_receive *event, const wbi_action *action,
                             const wbi_campaign_text **text) {
  const wb_campaign *campaign = NULL;
  const wb_status status = wbi_practice_campaign(event->practice, action->definition, &campaign);
  const bool there = campaign != NULL && action->text < campaign->text_count;
  *text = there && campaign->texts[action->text].asks_detail != 0 ? &campaign->texts[action->text]
                                                                  : NULL;
  return status;
}

/* Whether an action is a message to whoever answers. */
static bool detail_wrote(const wbi_receive *event, const wbi_action *action) {
  const wbi_state *state = &event->practice->state;
  if (wbi_state_enrollment(state, action->enrollment)->patient != event->person) return false;
  if (event->has_contact && !wbi_bytes16_equal(&action->contact, &event->contact)) return false;
  return wbi_action_left(action->state) && wbi_action_message(action->kind) &&
         wbi_state_keeps(state, action);
}

/* The last such message and, where it asks for detail, its text; `asks`: the last one that does.
   NULL: none. */
static wb_status detail_last(const wbi_receive *event, bool asks, const wbi_action **last,
                             const wbi_campaign_text **said) {
  const wbi_state *state = &event->practice->state;
  *last = NULL;
  for (uint32_t i = 0; event->person != WBI_NONE && i < state->actions.items.count; i++) {
    const wbi_action *action = wbi_state_action(state, i);
    const wbi_campaign_text *text;
    if (!detail_wrote(event, action) || !wbi_receive_later(state, action, *last)) continue;
    const wb_status status = detail_text(event, action, &text);
    if (status != WB_OK) return status;
    if (asks && text == NULL) continue;
    *last = action;
    *said = text;
  }
  return WB_OK;
}

/* The id of the wording that asked, "campaign.text"; empty: none asked. */
static wbi_text detail_wording(const wbi_receive *event, const wbi_action *asked,
                               const wbi_campaign_text *text, char id[WB_KEY_MAX]) {
  const wbi_state *state = &event->practice->state;
  wbi_writer writer = {id, WB_KEY_MAX, 0};
  if (text == NULL) return (wbi_text){"", 0};
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
  const wbi_action *asked;
  const wbi_campaign_text *text = NULL;
  wb_status status = detail_last(event, yes, &asked, &text);
  if (status != WB_OK || asked == NULL) return status;
  *taken = true;
  status = wbi_receive_add(
      event, (wbi_effect){.kind = WBI_EFFECT_CONSENT,
                          .event = wbi_receive_id(event, WBI_TEXT("")),
                          .patient = wbi_keys_text(&event->practice->state.patients, event->person),
                          .contact = asked->contact,
                          .channel = asked->channel,
                          .cause = WB_PURPOSE_DETAIL,
                          .code = yes ? WB_CONSENT_EXPRESS : WB_CONSENT_REFUSED,
                          .until = event->now,
                          .name = WBI_TEXT("reply"),
                          .subject = detail_wording(event, asked, text, id)});
  if (status != WB_OK) return status;
  return wbi_receive_notices(event, false, yes ? "details-on" : "details-off");
}

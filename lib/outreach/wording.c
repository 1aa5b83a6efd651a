/* SPDX-License-Identifier: MIT */
/* Compiling the texts of a campaign: templates by channel and language. */
#include "outreach/compile.h"

typedef struct text_channel {
  const char *name;
  const char *subject, *body; /* channels of the templates; no subject: NULL */
  int32_t channel;
} text_channel;

static const text_channel text_channels[] = {
    {"sms", NULL, "sms", WB_CHANNEL_SMS},
    {"email", "email.subject", "email.text", WB_CHANNEL_EMAIL},
    {"call", NULL, "call", WB_CHANNEL_CALL},
};

/* Finds the channel of a text. */
static wb_status text_find_channel(const wbi_compile *compile, const wbi_json *node,
                                   const text_channel **channel) {
  const wbi_json *name = NULL;
  const wb_status status =
      wbi_json_get(node, "channel", WBI_JSON_TEXT, true, &name, compile->error);
  if (status != WB_OK) return status;
  for (size_t i = 0; i < WBI_COUNT(text_channels); i++) {
    if (!wbi_text_equal(name->text, wbi_text_of(text_channels[i].name))) continue;
    *channel = text_channels + i;
    return WB_OK;
  }
  return wbi_json_fail(name, compile->error, WB_E_NAME,
                       "A channel is \"sms\", \"email\" or \"call\".");
}

/* The language that filters write in: that of the wording, if they know it. */
static const char *text_filters(wbi_text language) {
  return wbi_text_equal(language, WBI_TEXT("es")) ? "es" : NULL;
}

/* Compiles one part of a wording. */
static wb_status text_part(const wbi_compile *compile, const wbi_json *node, const char *name,
                           const char *channel, wbi_text language, wb_template **compiled) {
  const wbi_json *part = NULL;
  wb_status status = wbi_json_get(node, name, WBI_JSON_TEXT, true, &part, compile->error);
  if (status != WB_OK) return status;
  const wb_template_options options = {
      .size = sizeof options, .channel = channel, .language = text_filters(language)};
  status =
      wb_template_new(compile->campaign->arena.context, compile->campaign->schema, compile->policy,
                      &options, part->text.data, part->text.length, compiled, compile->error);
  return wbi_compile_inside(compile, part, status);
}

/* Compiles what a text says in one language. */
static wb_status text_wording(const wbi_compile *compile, const wbi_json *node,
                              const text_channel *channel, wbi_wording *wording) {
  static const char *const wording_members[] = {"body", "subject", NULL};
  static const char *const wording_body_only[] = {"body", NULL};
  wb_status status = wbi_compile_name(compile, node, node->name, true, &wording->language);
  if (status != WB_OK) return status;
  status = wbi_compile_object(compile, node,
                              channel->subject != NULL ? wording_members : wording_body_only);
  if (status != WB_OK) return status;
  if (channel->subject != NULL) {
    status = text_part(compile, node, "subject", channel->subject, node->name, &wording->subject);
    if (status != WB_OK) return status;
  }
  return text_part(compile, node, "body", channel->body, node->name, &wording->body);
}

/* Whether the language may choose between wordings: what is said would tell it. */
static wb_status text_may_choose(const wbi_compile *compile, const wbi_json *node,
                                 const text_channel *channel, uint32_t wordings) {
  const wb_campaign *campaign = compile->campaign;
  const wbi_field *language = wbi_schema_field(campaign->schema, campaign->fields.patient_language);
  const uint32_t choose = wbi_policy_choose(compile->policy, wbi_text_of(channel->body));
  if (wordings == 1 || (choose >> language->class_ & 1) != 0) return WB_OK;
  return wbi_json_fail(node, compile->error, WB_E_POLICY,
                       "The patient's language may not choose a text on this channel.");
}

/* Compiles one text: English, the default, then the other languages by name. */
static wb_status text_compile(const wbi_compile *compile, const wbi_json *node,
                              wbi_campaign_text *text) {
  const text_channel *channel = NULL;
  const wbi_json *english = NULL;
  wb_status status = wbi_compile_name(compile, node, node->name, true, &text->name);
  if (status != WB_OK) return status;
  if (node->kind != WBI_JSON_OBJECT) {
    return wbi_json_fail(node, compile->error, WB_E_TYPE, "This must be an object.");
  }
  status = text_find_channel(compile, node, &channel);
  if (status != WB_OK) return status;
  status = wbi_json_get(node, "en", WBI_JSON_OBJECT, true, &english, compile->error);
  if (status != WB_OK) return status;
  const uint32_t count = node->count - 1;
  wbi_wording *wording = wbi_compile_array(compile, count, sizeof *wording);
  if (wording == NULL) return WB_E_NOMEM;
  text->channel = channel->channel;
  text->wordings = wording;
  text->count = count;
  status = text_wording(compile, english, channel, wording++);
  for (const wbi_json *each = node->first_sorted; each != NULL; each = each->next_sorted) {
    if (status != WB_OK) return status;
    if (each == english || wbi_text_equal(each->name, WBI_TEXT("channel"))) continue;
    status = text_wording(compile, each, channel, wording++);
  }
  return status == WB_OK ? text_may_choose(compile, node, channel, count) : status;
}

wb_status wbi_compile_texts(const wbi_compile *compile, const wbi_json *root) {
  wb_campaign *campaign = compile->campaign;
  const wbi_json *list = NULL;
  wb_status status =
      wbi_compile_list(compile, root, "texts", WBI_JSON_OBJECT, WBI_TEXTS_MAX, &list);
  if (status != WB_OK) return status;
  wbi_campaign_text *text = wbi_compile_array(compile, list->count, sizeof *text);
  if (text == NULL) return WB_E_NOMEM;
  campaign->texts = text;
  campaign->text_count = list->count;
  for (const wbi_json *node = list->first_sorted; node != NULL; node = node->next_sorted) {
    status = text_compile(compile, node, text++);
    if (status != WB_OK) return status;
  }
  return WB_OK;
}

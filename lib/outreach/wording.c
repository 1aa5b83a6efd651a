/* SPDX-License-Identifier: MIT */
/* Compiling what a text says, language by language. */
#include "outreach/compile.h"

/* A part of a message, and the channel of its templates. */
typedef struct wording_part {
  const char *name, *channel;
  size_t offset; /* in wbi_wording */
  int32_t of;    /* enum wb_channel */
  bool required;
} wording_part;

#define WORDING_PART(name, member, channel, of, required)                                          \
  { name, channel, offsetof(wbi_wording, member), of, required }

static const wording_part wording_parts[] = {
    WORDING_PART("body", body, "sms", WB_CHANNEL_SMS, true),
    WORDING_PART("subject", subject, "email.subject", WB_CHANNEL_EMAIL, true),
    WORDING_PART("preheader", preheader, "email.preheader", WB_CHANNEL_EMAIL, false),
    WORDING_PART("html", html, "email.html", WB_CHANNEL_EMAIL, false),
    WORDING_PART("body", body, "email.text", WB_CHANNEL_EMAIL, false),
    WORDING_PART("body", body, "call", WB_CHANNEL_CALL, true),
    WORDING_PART("body", body, "postcard", WBI_CHANNEL_POSTCARD, true),
    WORDING_PART("html", html, "page.secure", WBI_CHANNEL_PAGE, true),
};

/* The language that filters write in: that of the wording, if they know it. */
static const char *wording_filters(wbi_text language) {
  return wbi_text_equal(language, WBI_TEXT("es")) ? "es" : NULL;
}

/* The class of a message follows from what it says and reads: where that is more than care, it is
   that of the campaign, or does not compile. */
static wb_status wording_class(const wbi_compile *compile, const wbi_json *text,
                               const wb_template *compiled) {
  const int32_t raised = wbi_template_class(compiled, NULL);
  if (raised == WB_MESSAGE_CARE || raised == compile->campaign->class_) return WB_OK;
  const char *why =
      raised == WB_MESSAGE_OFFER ? "This promises a price, a discount, a gift or financing: only a "
                                   "campaign of class \"offer\" does."
      : raised == WB_MESSAGE_BENEFIT
          ? "This speaks of insurance benefits: only a campaign of class \"benefit\" does."
          : "This speaks of money owed: only a campaign of class \"billing\" does.";
  wbi_json_fail(text, compile->error, WB_E_POLICY, why);
  (void)wbi_template_class(compiled, compile->error);
  return WB_E_POLICY;
}

/* Compiles a text under a channel. */
static wb_status wording_template(const wbi_compile *compile, const wbi_json *text,
                                  const char *channel, const wbi_campaign_text *said,
                                  wb_template **compiled) {
  const wb_template_options options = {.size = sizeof options,
                                       .channel = channel,
                                       .language = wording_filters(text->parent->name),
                                       .register_ = said->register_,
                                       .recipient = said->recipient};
  const wb_status status =
      wb_template_new(compile->campaign->arena.context, compile->campaign->schema, compile->policy,
                      &options, text->text.data, text->text.length, compiled, compile->error);
  return status == WB_OK ? WB_OK : wbi_compile_inside(compile, text, status);
}

/* Compiles one part. */
static wb_status wording_compile(const wbi_compile *compile, const wbi_json *node,
                                 const wording_part *part, const wbi_campaign_text *said,
                                 wbi_wording *wording) {
  const wbi_json *text = NULL;
  wb_status status =
      wbi_json_get(node, part->name, WBI_JSON_TEXT, part->required, &text, compile->error);
  if (status != WB_OK || text == NULL) return status;
  wb_template **compiled = (wb_template **)((char *)wording + part->offset);
  status = wording_template(compile, text, part->channel, said, compiled);
  return status == WB_OK ? wording_class(compile, text, *compiled) : status;
}

/* An e-mail without a body is read in its page, which then says no more than a body may. */
static wb_status wording_plain(const wbi_compile *compile, const wbi_json *node,
                               const wbi_campaign_text *said) {
  const wbi_json *page = wbi_json_find(node, "html"), *body = NULL;
  wb_template *read = NULL;
  if (page == NULL) return wbi_json_get(node, "body", WBI_JSON_TEXT, true, &body, compile->error);
  const wb_status status = wording_template(compile, page, "email.text", said, &read);
  wb_template_unref(read);
  return status;
}

/* Compiles what a text says in one language. */
static wb_status wording_read(const wbi_compile *compile, const wbi_json *node,
                              const wbi_campaign_text *text, wbi_wording *wording) {
  const char *names[WBI_COUNT(wording_parts) + 1];
  size_t count = 0;
  for (size_t i = 0; i < WBI_COUNT(wording_parts); i++) {
    if (wording_parts[i].of == text->channel) names[count++] = wording_parts[i].name;
  }
  names[count] = NULL;
  wb_status status = wbi_compile_name(compile, node, node->name, true, &wording->language);
  if (status == WB_OK) status = wbi_compile_object(compile, node, names);
  for (size_t i = 0; i < WBI_COUNT(wording_parts) && status == WB_OK; i++) {
    if (wording_parts[i].of != text->channel) continue;
    status = wording_compile(compile, node, &wording_parts[i], text, wording);
  }
  const bool plain = text->channel == WB_CHANNEL_EMAIL && wording->body == NULL;
  return status == WB_OK && plain ? wording_plain(compile, node, text) : status;
}

bool wbi_compile_may_choose(const wbi_compile *compile, int32_t channel, uint32_t classes) {
  for (size_t i = 0; i < WBI_COUNT(wording_parts); i++) {
    const wbi_text name = wbi_text_of(wording_parts[i].channel);
    if (wording_parts[i].of != channel) continue;
    if ((classes & ~wbi_policy_choose(compile->policy, name)) != 0) return false;
  }
  return true;
}

/* Whether the language may choose between wordings: what is said would tell it. */
static wb_status wording_check_language(const wbi_compile *compile, const wbi_json *node,
                                        const wbi_campaign_text *text) {
  const wb_campaign *campaign = compile->campaign;
  const wbi_field *language = wbi_schema_field(campaign->schema, campaign->fields.patient_language);
  if (text->count == 1 || wbi_compile_may_choose(compile, text->channel, 1u << language->class_))
    return WB_OK;
  return wbi_json_fail(node, compile->error, WB_E_POLICY,
                       "The patient's language may not choose a text on this channel.");
}

wb_status wbi_compile_wordings(const wbi_compile *compile, const wbi_json *node,
                               wbi_campaign_text *text) {
  const wbi_json *english = NULL;
  wb_status status = wbi_json_get(node, "en", WBI_JSON_OBJECT, true, &english, compile->error);
  if (status != WB_OK) return status;
  uint32_t count = 0;
  for (const wbi_json *each = node->first; each != NULL; each = each->next)
    count += !wbi_compile_is_setting(each->name);
  wbi_wording *wording = wbi_compile_array(compile, count, sizeof *wording);
  if (wording == NULL) return WB_E_NOMEM;
  text->wordings = wording;
  text->count = count;
  status = wording_read(compile, english, text, wording++);
  for (const wbi_json *each = node->first_sorted; each != NULL; each = each->next_sorted) {
    if (status != WB_OK) return status;
    if (each == english || wbi_compile_is_setting(each->name)) continue;
    status = wording_read(compile, each, text, wording++);
  }
  return status == WB_OK ? wording_check_language(compile, node, text) : status;
}

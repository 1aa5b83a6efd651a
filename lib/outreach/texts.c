/* SPDX-License-Identifier: MIT */
/*
 * Compiling the texts of a campaign: their channel and register, and which is said in place of
 * which. What a rule chooses tells of what the rule reads. Beyond what the channel's policy lets
 * choose, there are only texts of the register `detail`, which are sent with the patient's consent,
 * and the one neutral text that is shared.
 */
#include "outreach/compile.h"

static const char *const text_channels[] = {"", "sms", "email", "call", "postcard", "page"};
static const char *const text_registers[] = {"general", "neutral", "detail"};
static const char *const text_recipients[] = {"patient", "guardian"};
static const char *const text_asks[] = {"nothing", "detail"};
static const char *const text_settings[] = {"asks",     "channel",  "register", "detail",
                                            "fallback", "guardian", "instead",  "to"};

bool wbi_compile_is_setting(wbi_text name) {
  for (size_t i = 0; i < WBI_COUNT(text_settings); i++) {
    if (wbi_text_equal(name, wbi_text_of(text_settings[i]))) return true;
  }
  return false;
}

/* What does not go together: detail is for messages, which need consent to it, and a postcard is
   read by anybody. */
static wb_status text_check(const wbi_compile *compile, const wbi_json *node,
                            const wbi_campaign_text *text) {
  const char *why = NULL;
  if (text->register_ == WB_REGISTER_DETAIL && text->channel > WB_CHANNEL_EMAIL)
    why = "The register \"detail\" is for text messages and e-mail.";
  if (text->register_ != WB_REGISTER_NEUTRAL && text->channel == WBI_CHANNEL_POSTCARD)
    why = "A postcard is of the register \"neutral\".";
  if (text->asks_detail != 0 &&
      (text->channel > WB_CHANNEL_EMAIL || text->recipient != WB_RECIPIENT_PATIENT))
    why = "Consent to detail is asked of the patient, by text message or e-mail.";
  if (text->recipient == WB_RECIPIENT_GUARDIAN && text->channel > WB_CHANNEL_CALL)
    why = "A page or postcard is for whoever it is shown to.";
  return why == NULL ? WB_OK : wbi_json_fail(node, compile->error, WB_E_INVALID, why);
}

/* Reads what is one of a few words. */
static wb_status text_read_words(const wbi_compile *compile, const wbi_json *node,
                                 wbi_campaign_text *text) {
  const struct {
    const char *member, *const *words;
    size_t count;
    const char *why;
    int32_t *place;
  } read[] = {{"channel", text_channels, WBI_COUNT(text_channels),
               "A channel is \"sms\", \"email\", \"call\", \"postcard\" or \"page\".",
               &text->channel},
              {"register", text_registers, WBI_COUNT(text_registers),
               "A register is \"neutral\", \"general\" or \"detail\".", &text->register_},
              {"to", text_recipients, WBI_COUNT(text_recipients),
               "A text is to the \"patient\" or to the \"guardian\" of a minor.", &text->recipient},
              {"asks", text_asks, WBI_COUNT(text_asks),
               "A text asks for consent to \"detail\", or for \"nothing\".", &text->asks_detail}};
  wb_status status = WB_OK;
  for (size_t i = 0; status == WB_OK && i < WBI_COUNT(read); i++)
    status = wbi_compile_word(compile, node, read[i].member, read[i].words, read[i].count,
                              read[i].why, read[i].place);
  return status;
}

/* Compiles one text, but what it names. */
static wb_status text_compile(const wbi_compile *compile, const wbi_json *node,
                              wbi_campaign_text *text) {
  *text =
      (wbi_campaign_text){.guardian = WBI_NO_TEXT, .detail = WBI_NO_TEXT, .fallback = WBI_NO_TEXT};
  wb_status status = wbi_compile_name(compile, node, node->name, true, &text->name);
  if (status != WB_OK) return status;
  status = text_read_words(compile, node, text);
  if (status != WB_OK) return status;
  const bool family = compile->campaign->subject == WBI_SUBJECT_HOUSEHOLD;
  if (family && text->channel != WB_CHANNEL_CALL && text->recipient == WB_RECIPIENT_PATIENT)
    text->recipient = WB_RECIPIENT_HOUSEHOLD;
  status = text_check(compile, node, text);
  return status == WB_OK ? wbi_compile_wordings(compile, node, text) : status;
}

/* Finds the text that a node names, for a text of the same channel. */
static wb_status text_find(const wbi_compile *compile, const wbi_json *node,
                           const wbi_campaign_text *text, uint16_t *index) {
  const wb_status status = wbi_compile_text(compile, node, index);
  if (status != WB_OK) return status;
  const wbi_campaign_text *found = &compile->campaign->texts[*index];
  if (found != text && found->channel == text->channel) return WB_OK;
  return wbi_json_fail(node, compile->error, WB_E_INVALID,
                       "This must be another text of the same channel.");
}

/* The text that is said with the patient's consent. */
static wb_status text_detail(const wbi_compile *compile, const wbi_json *node,
                             wbi_campaign_text *text) {
  const wbi_json *name = wbi_json_find(node, "detail");
  if (name == NULL) return WB_OK;
  const wb_status status = text_find(compile, name, text, &text->detail);
  if (status != WB_OK) return status;
  const wbi_campaign_text *found = &compile->campaign->texts[text->detail];
  if (found->register_ == WB_REGISTER_DETAIL && text->register_ != WB_REGISTER_DETAIL) return WB_OK;
  return wbi_json_fail(name, compile->error, WB_E_INVALID,
                       "This must be a text of the register \"detail\".");
}

/* The text that is said of a minor, to whoever is marked to stand for them. */
static wb_status text_guardian(const wbi_compile *compile, const wbi_json *name,
                               wbi_campaign_text *text) {
  const wb_status status = text_find(compile, name, text, &text->guardian);
  if (status != WB_OK) return status;
  const wbi_campaign_text *found = &compile->campaign->texts[text->guardian];
  if (found->recipient == WB_RECIPIENT_GUARDIAN && text->recipient == WB_RECIPIENT_PATIENT)
    return WB_OK;
  return wbi_json_fail(name, compile->error, WB_E_INVALID,
                       "This must be a text to the \"guardian\", in place of one to the patient.");
}

/* The text that is said when another cannot be rendered: a neutral one. */
static wb_status text_fallback(const wbi_compile *compile, const wbi_json *name,
                               wbi_campaign_text *text) {
  const wb_status status = text_find(compile, name, text, &text->fallback);
  if (status != WB_OK) return status;
  if (compile->campaign->texts[text->fallback].register_ == WB_REGISTER_NEUTRAL) return WB_OK;
  return wbi_json_fail(name, compile->error, WB_E_INVALID,
                       "This must be a text of the register \"neutral\".");
}

/* Finds a text that a text names, by the name that is given. */
typedef wb_status (*text_link)(const wbi_compile *, const wbi_json *, wbi_campaign_text *);

/* The text of a list that all of its channel share; it has none itself. */
static wb_status text_shared(const wbi_compile *compile, const wbi_json *list, text_link link,
                             wbi_campaign_text *text) {
  for (const wbi_json *name = list != NULL ? list->first : NULL; name != NULL; name = name->next) {
    uint16_t index = WBI_NO_TEXT;
    const wb_status status = wbi_compile_text(compile, name, &index);
    if (status != WB_OK) return status;
    const wbi_campaign_text *found = &compile->campaign->texts[index];
    if (found == text) return WB_OK;
    if (found->channel != text->channel) continue;
    return link(compile, name, text);
  }
  return WB_OK;
}

/* The text that a member of a text names, or the list of the campaign under that name. */
static wb_status text_named_or_shared(const wbi_compile *compile, const wbi_json *root,
                                      const wbi_json *node, const char *member, text_link link,
                                      wbi_campaign_text *text) {
  const wbi_json *name = wbi_json_find(node, member), *list = NULL;
  if (name != NULL) return link(compile, name, text);
  const wb_status status = wbi_json_get(root, member, WBI_JSON_ARRAY, false, &list, compile->error);
  return status == WB_OK ? text_shared(compile, list, link, text) : status;
}

uint32_t wbi_compile_classes(const wbi_compile *compile, const wb_rule *rule) {
  uint32_t classes = 0, field = 0;
  for (uint32_t i = 0; wb_rule_get(rule, i, &field) == WB_OK; i++)
    classes |= 1u << wbi_schema_field(compile->campaign->schema, field)->class_;
  return classes;
}

/* Whether a text may be chosen by what a rule reads; a variant is drawn, and tells nothing. */
static wb_status text_may_be_chosen(const wbi_compile *compile, const wbi_json *node,
                                    const wbi_campaign_text *text, const wbi_choice *choice) {
  const wbi_campaign_text *chosen = &compile->campaign->texts[choice->index];
  if (choice->rule == NULL || chosen->register_ == WB_REGISTER_DETAIL) return WB_OK;
  const uint32_t classes = wbi_compile_classes(compile, choice->rule);
  if (wbi_compile_may_choose(compile, text->channel, classes)) return WB_OK;
  return wbi_json_fail(node, compile->error, WB_E_POLICY,
                       "What this rule reads may not choose a text on this channel, but for one of "
                       "the register \"detail\".");
}

/* The variant of a name. */
static wb_status text_variant(const wbi_compile *compile, const wbi_json *node, uint8_t *variant) {
  const wb_campaign *campaign = compile->campaign;
  if (node->kind != WBI_JSON_TEXT)
    return wbi_json_fail(node, compile->error, WB_E_TYPE, "This must be the name of a variant.");
  for (uint32_t i = 0; i < campaign->variant_count; i++) {
    if (!wbi_text_equal(campaign->variants[i].name, node->text)) continue;
    *variant = (uint8_t)i;
    return WB_OK;
  }
  return wbi_json_fail(node, compile->error, WB_E_NAME, "There is no variant of this name.");
}

wb_status wbi_compile_choice(const wbi_compile *compile, const wbi_json *node, wbi_choice *choice) {
  const wbi_json *variant = wbi_json_find(node, "variant");
  choice->variant = WBI_NO_VARIANT;
  if (variant == NULL) return wbi_compile_rule(compile, node, "when", &choice->rule);
  if (wbi_json_find(node, "when") == NULL) return text_variant(compile, variant, &choice->variant);
  return wbi_json_fail(node, compile->error, WB_E_INVALID,
                       "This chooses by \"when\" or by \"variant\".");
}

/* Compiles one rule or variant and the text that it chooses. */
static wb_status text_choice(const wbi_compile *compile, const wbi_json *node,
                             const wbi_campaign_text *text, wbi_choice *choice) {
  static const char *const choice_members[] = {"text", "variant", "when", NULL};
  const wbi_json *name = NULL;
  wb_status status = wbi_compile_object(compile, node, choice_members);
  if (status == WB_OK) status = wbi_compile_choice(compile, node, choice);
  if (status == WB_OK) {
    status = wbi_json_get(node, "text", WBI_JSON_TEXT, true, &name, compile->error);
  }
  if (status == WB_OK) status = text_find(compile, name, text, &choice->index);
  return status == WB_OK ? text_may_be_chosen(compile, node, text, choice) : status;
}

/* Compiles what is said instead, in order. */
static wb_status text_choices(const wbi_compile *compile, const wbi_json *node,
                              wbi_campaign_text *text) {
  const wbi_json *list = NULL;
  wb_status status = WB_OK;
  if (wbi_json_find(node, "instead") == NULL) return WB_OK;
  status = wbi_compile_list(compile, node, "instead", WBI_JSON_ARRAY, WBI_CHOICES_MAX, &list);
  if (status != WB_OK) return status;
  wbi_choice *choice = wbi_compile_array(compile, list->count, sizeof *choice);
  if (choice == NULL) return WB_E_NOMEM;
  text->choices = choice;
  text->choice_count = list->count;
  for (const wbi_json *each = list->first; each != NULL && status == WB_OK; each = each->next)
    status = text_choice(compile, each, text, choice++);
  return status;
}

/* Compiles what a text names. Only a text to the patient has one to the guardian in its place. */
static wb_status text_links(const wbi_compile *compile, const wbi_json *root, const wbi_json *node,
                            wbi_campaign_text *text) {
  const bool own = wbi_json_find(node, "guardian") != NULL;
  wb_status status = text_detail(compile, node, text);
  if (status == WB_OK && (own || text->recipient == WB_RECIPIENT_PATIENT))
    status = text_named_or_shared(compile, root, node, "guardian", text_guardian, text);
  if (status == WB_OK)
    status = text_named_or_shared(compile, root, node, "fallback", text_fallback, text);
  return status == WB_OK ? text_choices(compile, node, text) : status;
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
  text -= list->count;
  for (const wbi_json *node = list->first_sorted; node != NULL; node = node->next_sorted) {
    status = text_links(compile, root, node, text++);
    if (status != WB_OK) return status;
  }
  return WB_OK;
}

/* The text that a member of the campaign names, of a channel. */
static wb_status text_named(const wbi_compile *compile, const wbi_json *root, const char *member,
                            int32_t channel, uint16_t *text) {
  const wbi_json *name = wbi_json_find(root, member);
  *text = WBI_NO_TEXT;
  if (name == NULL) return WB_OK;
  const wb_status status = wbi_compile_text(compile, name, text);
  if (status != WB_OK || compile->campaign->texts[*text].channel == channel) return status;
  return wbi_json_fail(name, compile->error, WB_E_INVALID, "This must be a text of that channel.");
}

wb_status wbi_compile_pages(const wbi_compile *compile, const wbi_json *root) {
  wb_campaign *campaign = compile->campaign;
  const wb_status status =
      text_named(compile, root, "postcard", WBI_CHANNEL_POSTCARD, &campaign->postcard);
  if (status != WB_OK) return status;
  return text_named(compile, root, "page", WBI_CHANNEL_PAGE, &campaign->page);
}

bool wbi_campaign_text_stands_in(const wbi_campaign_text *text, uint32_t index) {
  if (text->detail == index || text->fallback == index || text->guardian == index) return true;
  for (uint32_t i = 0; i < text->choice_count; i++) {
    if (text->choices[i].index == index) return true;
  }
  return false;
}

bool wbi_campaign_stands_in(const wb_campaign *campaign, uint32_t index) {
  for (uint32_t i = 0; i < campaign->text_count; i++) {
    if (wbi_campaign_text_stands_in(&campaign->texts[i], index)) return true;
  }
  return false;
}

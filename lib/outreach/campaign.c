/* SPDX-License-Identifier: MIT */
/* Compiling a campaign from its JSON text, and what it is. */
#include "outreach/compile.h"

#include "outreach/settings.h"

enum { CAMPAIGN_LONGEST = 1 << 20, CAMPAIGN_TITLE_MAX = 200, CAMPAIGN_EXITS_MAX = 16 };

wb_status wbi_compile_object(const wbi_compile *compile, const wbi_json *node,
                             const char *const *names) {
  if (node->kind != WBI_JSON_OBJECT) {
    return wbi_json_fail(node, compile->error, WB_E_TYPE, "This must be an object.");
  }
  return wbi_json_only(node, names, compile->error);
}

/* Whether a name is made of a-z, 0-9 and '-'. */
static bool campaign_name_strict(wbi_text name) {
  for (size_t i = 0; i < name.length; i++) {
    const char c = name.data[i];
    if (!(c >= 'a' && c <= 'z') && !wbi_is_digit(c) && c != '-') return false;
  }
  return true;
}

/* Whether a text holds a control character: it could not be shown in one line. */
static bool campaign_has_control(wbi_text text) {
  for (size_t i = 0; i < text.length; i++) {
    if ((unsigned char)text.data[i] < 0x20 || text.data[i] == 0x7F) return true;
  }
  return false;
}

/* Copies a text of one line, 1 to `most` bytes. */
static wb_status campaign_copy(const wbi_compile *compile, const wbi_json *node, wbi_text text,
                               size_t most, wbi_text *copy) {
  if (text.length == 0 || campaign_has_control(text)) {
    return wbi_json_fail(node, compile->error, WB_E_INVALID, "A name is one line, and not empty.");
  }
  if (text.length > most) {
    return wbi_json_fail(node, compile->error, WB_E_LIMIT, "This name is too long.");
  }
  const char *data = wbi_arena_copy(&compile->campaign->arena, text);
  if (data == NULL) return wbi_fail(compile->error, WB_E_NOMEM, "There is no memory.");
  *copy = (wbi_text){data, text.length};
  return WB_OK;
}

wb_status wbi_compile_name(const wbi_compile *compile, const wbi_json *node, wbi_text name,
                           bool strict, wbi_text *copy) {
  if (strict && !campaign_name_strict(name)) {
    return wbi_json_fail(node, compile->error, WB_E_INVALID,
                         "A name is made of a-z, 0-9 and hyphens.");
  }
  return campaign_copy(compile, node, name, WBI_NAME_MAX, copy);
}

wb_status wbi_compile_list(const wbi_compile *compile, const wbi_json *root, const char *name,
                           wbi_json_kind kind, uint32_t most, const wbi_json **list) {
  const wb_status status = wbi_json_get(root, name, kind, true, list, compile->error);
  if (status != WB_OK) return status;
  if ((*list)->count == 0) {
    return wbi_json_fail(*list, compile->error, WB_E_INVALID, "This must not be empty.");
  }
  if ((*list)->count <= most) return WB_OK;
  return wbi_json_fail(*list, compile->error, WB_E_LIMIT, "There are too many of these.");
}

void *wbi_compile_array(const wbi_compile *compile, size_t count, size_t item_size) {
  void *items = wbi_arena_array(&compile->campaign->arena, count, item_size);
  if (items == NULL) wbi_fail(compile->error, WB_E_NOMEM, "There is no memory.");
  return items;
}

wb_status wbi_compile_inside(const wbi_compile *compile, const wbi_json *node, wb_status status) {
  wb_error place;
  if (status == WB_OK) return WB_OK;
  wbi_json_fail(node, &place, status, "");
  wbi_error_path(compile->error, wbi_text_of(place.path));
  return status;
}

wb_status wbi_compile_rule(const wbi_compile *compile, const wbi_json *object, const char *name,
                           wb_rule **rule) {
  const wbi_json *node = NULL;
  wb_status status = wbi_json_get(object, name, WBI_JSON_TEXT, true, &node, compile->error);
  if (status != WB_OK) return status;
  status = wb_rule_new(compile->campaign->arena.context, compile->campaign->schema, node->text.data,
                       node->text.length, rule, compile->error);
  return wbi_compile_inside(compile, node, status);
}

/* Compiles one segment; those before it are done. */
static wb_status campaign_segment(const wbi_compile *compile, const wbi_json *node,
                                  wbi_named_rule *segments, size_t index) {
  static const char *const segment_members[] = {"name", "where", NULL};
  wb_status status = wbi_compile_object(compile, node, segment_members);
  if (status != WB_OK) return status;
  const wbi_json *name = NULL;
  status = wbi_json_get(node, "name", WBI_JSON_TEXT, true, &name, compile->error);
  if (status != WB_OK) return status;
  status = wbi_compile_name(compile, name, name->text, false, &segments[index].name);
  if (status != WB_OK) return status;
  for (size_t i = 0; i < index; i++) {
    if (!wbi_text_equal(segments[i].name, segments[index].name)) continue;
    return wbi_json_fail(name, compile->error, WB_E_INVALID, "Two segments have this name.");
  }
  return wbi_compile_rule(compile, node, "where", &segments[index].rule);
}

/* Compiles the segments. */
static wb_status campaign_segments(const wbi_compile *compile, const wbi_json *root) {
  wb_campaign *campaign = compile->campaign;
  const wbi_json *list = NULL;
  wb_status status =
      wbi_compile_list(compile, root, "segments", WBI_JSON_ARRAY, WBI_SEGMENTS_MAX, &list);
  if (status != WB_OK) return status;
  wbi_named_rule *segments = wbi_compile_array(compile, list->count, sizeof *segments);
  if (segments == NULL) return WB_E_NOMEM;
  campaign->segments = segments;
  campaign->segment_count = list->count;
  size_t index = 0;
  for (const wbi_json *node = list->first; node != NULL && status == WB_OK; node = node->next) {
    status = campaign_segment(compile, node, segments, index++);
  }
  return status;
}

/* Whether the practice itself ends the campaign when the visit, opening or question it is about is
   gone. Any other names "booked", so that nobody who has a visit is asked to book. */
static bool campaign_ends_itself(const wb_campaign *campaign) {
  return campaign->subject != WBI_SUBJECT_PATIENT && campaign->subject != WBI_SUBJECT_HOUSEHOLD;
}

/* Compiles the exits. */
static wb_status campaign_exits(const wbi_compile *compile, const wbi_json *root) {
  wb_campaign *campaign = compile->campaign;
  const wbi_json *list = NULL, *booked = NULL;
  if (campaign_ends_itself(campaign) && wbi_json_find(root, "exits") == NULL) return WB_OK;
  wb_status status =
      wbi_compile_list(compile, root, "exits", WBI_JSON_OBJECT, CAMPAIGN_EXITS_MAX, &list);
  if (status != WB_OK) return status;
  const bool required = !campaign_ends_itself(campaign);
  status = wbi_json_get(list, "booked", WBI_JSON_TEXT, required, &booked, compile->error);
  if (status != WB_OK) return status;
  wbi_named_rule *exits = wbi_compile_array(compile, list->count, sizeof *exits);
  if (exits == NULL) return WB_E_NOMEM;
  campaign->exits = exits;
  campaign->exit_count = list->count;
  for (const wbi_json *node = list->first_sorted; node != NULL; node = node->next_sorted, exits++) {
    status = wbi_compile_name(compile, node, node->name, true, &exits->name);
    if (status != WB_OK) return status;
    status = wbi_compile_rule(compile, list, exits->name.data, &exits->rule);
    if (status != WB_OK) return status;
  }
  return WB_OK;
}

/* Checks the list of use cases that a campaign serves: words for people. */
static wb_status campaign_serves(const wbi_compile *compile, const wbi_json *root) {
  const wbi_json *list = NULL;
  const wb_status status =
      wbi_json_get(root, "serves", WBI_JSON_ARRAY, false, &list, compile->error);
  if (status != WB_OK || list == NULL) return status;
  for (const wbi_json *node = list->first; node != NULL; node = node->next) {
    if (node->kind == WBI_JSON_TEXT) continue;
    return wbi_json_fail(node, compile->error, WB_E_TYPE, "This must be a string.");
  }
  return WB_OK;
}

/* Reads what the campaign is called. */
static wb_status campaign_names(const wbi_compile *compile, const wbi_json *root) {
  wb_campaign *campaign = compile->campaign;
  const wbi_json *name = NULL, *title = NULL;
  wb_status status = wbi_json_get(root, "name", WBI_JSON_TEXT, true, &name, compile->error);
  if (status != WB_OK) return status;
  status = wbi_compile_name(compile, name, name->text, true, &campaign->name);
  if (status != WB_OK) return status;
  status = wbi_json_get(root, "title", WBI_JSON_TEXT, true, &title, compile->error);
  if (status != WB_OK) return status;
  return campaign_copy(compile, title, title->text, CAMPAIGN_TITLE_MAX, &campaign->title);
}

/* Checks the members, and reads format and what is for people. */
static wb_status campaign_head(const wbi_compile *compile, const wbi_json *root) {
  static const char *const campaign_members[] = {
      "format",   "name",      "title",    "serves",   "class",    "subject",  "audience",
      "segments", "exits",     "touches",  "caps",     "hours",    "priority", "reentry",
      "steps",    "responses", "texts",    "fallback", "holdout",  "offers",   "rest_days",
      "variants", "salt",      "capacity", "page",     "postcard", "guardian", NULL};
  int64_t format = 0;
  wb_status status = wbi_compile_object(compile, root, campaign_members);
  if (status != WB_OK) return status;
  status = wbi_json_get_int(root, "format", true, 1, 1, &format, compile->error);
  return status == WB_OK ? campaign_names(compile, root) : status;
}

/* Keeps the canonical form and its hash. */
static wb_status campaign_seal(const wbi_compile *compile, const wbi_json *root) {
  wb_campaign *campaign = compile->campaign;
  return wbi_json_seal(&campaign->arena, root, &campaign->canonical, campaign->content_id,
                       compile->error);
}

/* The audience, a rule of its own. */
static wb_status campaign_audience(const wbi_compile *compile, const wbi_json *root) {
  return wbi_compile_rule(compile, root, "audience", &compile->campaign->audience);
}

/* Compiles the parts, in the order in which people write them; texts before the steps that use
   them. */
static wb_status campaign_parts(const wbi_compile *compile, const wbi_json *root) {
  typedef wb_status (*campaign_part)(const wbi_compile *, const wbi_json *);
  static const campaign_part parts[] = {
      campaign_head,      campaign_serves,   wbi_compile_settings,  campaign_audience,
      campaign_segments,  campaign_exits,    wbi_compile_texts,     wbi_compile_pages,
      wbi_compile_offers, wbi_compile_steps, wbi_compile_responses, wbi_compile_usage,
      campaign_seal};
  wb_status status = WB_OK;
  for (size_t i = 0; i < WBI_COUNT(parts) && status == WB_OK; i++) {
    status = parts[i](compile, root);
  }
  return status;
}

/* An empty campaign. */
static wb_campaign *campaign_empty(wb_context *context, wb_schema *schema) {
  wbi_arena arena;
  wbi_arena_init(&arena, context, 0);
  wb_campaign *campaign = wbi_arena_alloc(&arena, sizeof *campaign);
  if (campaign == NULL) {
    wbi_arena_free(&arena);
    return NULL;
  }
  campaign->arena = arena;
  campaign->schema = wb_schema_ref(schema);
  wbi_refs_init(&campaign->refs);
  return campaign;
}

/* Compiles a campaign from its tree. */
static wb_status campaign_make(wb_context *context, wb_schema *schema, wb_policy *policy,
                               const wbi_json *root, wb_campaign **made, wb_error *error) {
  wb_campaign *campaign = campaign_empty(context, schema);
  if (campaign == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory.");
  const wbi_compile compile = {campaign, policy, error};
  wb_status status = wbi_outreach_fields_find(schema, &campaign->fields);
  if (WBI_ALWAYS(status == WB_OK)) status = campaign_parts(&compile, root);
  if (status == WB_OK) *made = campaign;
  if (status != WB_OK) wb_campaign_unref(campaign);
  return status;
}

/* Compiles a campaign from its text, and a practice's settings, which may have no text. */
static wb_status campaign_read(wb_context *context, wb_schema *schema, wb_policy *policy,
                               wbi_text json, wbi_text set, wb_campaign **campaign,
                               wb_error *error) {
  wbi_arena scratch;
  wbi_json *root = NULL, *settings = NULL;
  wbi_arena_init(&scratch, context, 0);
  wb_status status = wbi_json_parse(&scratch, json, &root, error);
  if (status == WB_E_SYNTAX && wbi_playbook_find(json) != NULL)
    status = wbi_fail(error, status, "This is a playbook's name; its JSON is needed (playbooks).");
  if (status == WB_OK && set.data != NULL)
    status = wbi_settings_read(&scratch, set, &settings, error);
  if (status == WB_OK) status = wbi_parameters_apply(&scratch, root, settings, error);
  if (status == WB_OK) status = campaign_make(context, schema, policy, root, campaign, error);
  wbi_arena_free(&scratch);
  return status;
}

wb_status WB_CALL wb_campaign_make(wb_context *context, wb_schema *schema, wb_policy *policy,
                                   const char *json, size_t length, const char *settings,
                                   size_t settings_length, wb_campaign **campaign,
                                   wb_error *error) {
  if (schema == NULL || json == NULL || campaign == NULL) {
    return wbi_fail(error, WB_E_INVALID, "A campaign needs a schema, a text and a place.");
  }
  if (length > CAMPAIGN_LONGEST) {
    return wbi_fail(error, WB_E_LIMIT, "A campaign is at most 1 MiB long.");
  }
  const wbi_text text = {json, length}, set = {settings, settings_length};
  wb_policy *builtin = NULL;
  wb_status status = WB_OK;
  /* same: where there is no text nobody asks for its length */
  if (policy == NULL) status = wb_policy_new(context, schema, NULL, 0, &builtin, error);
  if (status != WB_OK) return status;
  wb_policy *used = policy != NULL ? policy : builtin;
  status = campaign_read(context, schema, used, text, set, campaign, error);
  if (status == WB_OK) (*campaign)->policy = wb_policy_ref(policy);
  wb_policy_unref(builtin);
  return status;
}

wb_status WB_CALL wb_campaign_new(wb_context *context, wb_schema *schema, wb_policy *policy,
                                  const char *json, size_t length, wb_campaign **campaign,
                                  wb_error *error) {
  return wb_campaign_make(context, schema, policy, json, length, NULL, 0, campaign, error);
}

wb_campaign *WB_CALL wb_campaign_ref(wb_campaign *campaign) {
  if (campaign != NULL) wbi_refs_take(&campaign->refs);
  return campaign;
}

/* Gives back named rules, of which the last may not be there yet. */
static void campaign_drop_rules(const wbi_named_rule *rules, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    wb_rule_unref(rules[i].rule);
}

/* Gives back the templates of a text. */
static void campaign_drop_text(const wbi_campaign_text *text) {
  for (uint32_t i = 0; i < text->count; i++) {
    wb_template_unref(text->wordings[i].subject);
    wb_template_unref(text->wordings[i].preheader);
    wb_template_unref(text->wordings[i].html);
    wb_template_unref(text->wordings[i].body);
  }
  for (uint32_t i = 0; i < text->choice_count; i++)
    wb_rule_unref(text->choices[i].rule);
}

/* Gives back the rules of a step. */
static void campaign_drop_step(const wbi_step *step) {
  wb_rule_unref(step->rule);
  for (uint32_t i = 0; i < step->way_count; i++)
    wb_rule_unref(step->ways[i].rule);
}

void WB_CALL wb_campaign_unref(wb_campaign *campaign) {
  if (campaign == NULL || !wbi_refs_drop(&campaign->refs)) return;
  wb_policy_unref(campaign->policy);
  wb_rule_unref(campaign->audience);
  campaign_drop_rules(campaign->segments, campaign->segment_count);
  campaign_drop_rules(campaign->exits, campaign->exit_count);
  for (uint32_t i = 0; i < campaign->text_count; i++)
    campaign_drop_text(campaign->texts + i);
  for (uint32_t i = 0; i < campaign->offer_count; i++)
    wb_offer_unref(campaign->offers[i].offer);
  for (uint32_t i = 0; i < campaign->step_count; i++)
    campaign_drop_step(campaign->steps + i);
  wb_schema_unref(campaign->schema);
  wbi_arena_free(&campaign->arena);
}

wb_status WB_CALL wb_campaign_get(const wb_campaign *campaign, wb_campaign_info *info) {
  if (campaign == NULL) return WB_E_INVALID;
  const wb_campaign_info known = {
      .size = sizeof known,
      .name = campaign->name.data,
      .title = campaign->title.data,
      .canonical = campaign->canonical.data,
      .content_id = campaign->content_id,
      .canonical_length = (uint32_t)campaign->canonical.length,
      .segments = campaign->segment_count,
      .steps = campaign->step_count,
      .texts = campaign->text_count,
      .touches = (uint32_t)campaign->touches,
      .rest_days = (uint32_t)campaign->rest_days,
  };
  return wbi_struct_write(info, sizeof known, &known, sizeof known);
}

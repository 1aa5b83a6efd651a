/* SPDX-License-Identifier: MIT */
/* Privacy policies: what they are and how they are asked. */
#include "liquid/policy.h"

#include "data/data.h"

const wbi_channel_kind wbi_channel_kinds[WBI_CHANNELS] = {
    {"sms", "An SMS", "max_segments", 1, 0, 0, 640, false, false, false},
    {"email.subject", "The subject of an e-mail", "max_characters", 0, 0, 1, 4, true, false, false},
    {"email.preheader", "The preview of an e-mail", "max_characters", 0, 0, 1, 4, true, false,
     true},
    {"email.text", "An e-mail", "max_bytes", 0, 0, 0, 1, false, false, false},
    {"email.html", "An e-mail", "max_bytes", 0, 0, 0, 1, false, true, false},
    {"postcard", "A postcard", "max_characters", 0, 0, 1, 4, false, false, false},
    {"letter", "A letter", "max_bytes", 0, 0, 0, 1, false, false, false},
    {"call", "The note of a call", "max_bytes", 0, 0, 0, 1, false, false, false},
    {"voicemail", "A message on an answering machine", "max_words", 0, 1, 24, 96, false, false,
     false},
    {"page.public", "A page before sign-in", "max_bytes", 0, 0, 0, 1, false, true, false},
    {"page.secure", "A page after sign-in", "max_bytes", 0, 0, 0, 1, false, true, false},
};

static const char *const policy_classes[] = {
    "public",    "name",       "link",     "scheduling", "recall", "clinical",
    "financial", "identifier", "relation", "staff",      "sealed",
};

const char *wbi_class_name(int32_t class_) {
  const bool known = class_ >= 0 && class_ < (int32_t)WBI_COUNT(policy_classes);
  return policy_classes[known ? class_ : WB_CLASS_SEALED];
}

/* The built-in policy as text: there is no other. */
static wbi_text policy_default(void) {
  return (wbi_text){wbi_data_policies[0].text, wbi_data_policies[0].length};
}

/* Reads the built-in policy, which nothing stands before. */
static wb_status policy_read_default(wb_policy *policy, wb_error *error) {
  for (size_t i = 0; i < WBI_CHANNELS; i++) {
    for (size_t j = 0; j < WBI_RECIPIENTS; j++) {
      wbi_channel *channel = &policy->channels[i][j];
      channel->name = wbi_channel_kinds[i].name;
      channel->called = wbi_channel_kinds[i].called;
      channel->single_line = wbi_channel_kinds[i].single_line;
      channel->html = wbi_channel_kinds[i].html;
      channel->optional = wbi_channel_kinds[i].optional;
    }
  }
  policy->widened = true;
  const wb_status status = wbi_policy_read(policy, policy_default(), error);
  policy->widened = false;
  memcpy(policy->built_in, policy->channels, sizeof policy->built_in);
  return status;
}

/* Frees a policy and what it holds. */
static void policy_free(wb_policy *policy) {
  wb_schema_unref(policy->schema);
  wbi_vector_free(&policy->general);
  wbi_arena arena = policy->arena;
  wbi_arena_free(&arena);
}

/* An empty policy in its own arena; NULL: no memory. */
static wb_policy *policy_make(wb_context *context, wb_schema *schema) {
  wbi_arena arena;
  wbi_arena_init(&arena, context, 0);
  wb_policy *policy = wbi_arena_alloc(&arena, sizeof *policy);
  if (policy == NULL) {
    wbi_arena_free(&arena);
    return NULL;
  }
  wbi_refs_init(&policy->refs);
  policy->arena = arena;
  policy->schema = wb_schema_ref(schema);
  wbi_vector_init(&policy->general, arena.context, sizeof(wbi_general), WBI_GENERAL_MOST);
  return policy;
}

wb_status WB_CALL wb_policy_new(wb_context *context, wb_schema *schema, const char *json,
                                size_t length, wb_policy **policy, wb_error *error) {
  if (schema == NULL || policy == NULL) {
    return wbi_fail(error, WB_E_INVALID, "The schema or the place for the policy is missing.");
  }
  wb_policy *made = policy_make(context, schema);
  if (made == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for a policy.");
  wb_status status = policy_read_default(made, error);
  if (status == WB_OK && json != NULL) {
    status = wbi_policy_read(made, (wbi_text){json, length}, error);
  }
  wbi_sha256_text(json != NULL ? (wbi_text){json, length} : policy_default(), made->content_id);
  if (status == WB_OK) {
    *policy = made;
  } else {
    policy_free(made);
  }
  return status;
}

wb_policy *WB_CALL wb_policy_ref(wb_policy *policy) {
  if (policy != NULL) wbi_refs_take(&policy->refs);
  return policy;
}

void WB_CALL wb_policy_unref(wb_policy *policy) {
  if (policy != NULL && wbi_refs_drop(&policy->refs)) policy_free(policy);
}

const wbi_channel *wbi_policy_recipient(const wb_policy *policy, wbi_text name, int32_t recipient) {
  if (recipient < 0 || recipient >= WBI_RECIPIENTS) return NULL;
  for (size_t i = 0; i < WBI_CHANNELS; i++) {
    if (wbi_text_equal(name, wbi_text_of(wbi_channel_kinds[i].name)))
      return &policy->channels[i][recipient];
  }
  return NULL;
}

const wbi_channel *wbi_policy_channel(const wb_policy *policy, wbi_text name) {
  return wbi_policy_recipient(policy, name, WB_RECIPIENT_PATIENT);
}

uint32_t wbi_channel_read(const wbi_channel *channel, int32_t register_) {
  return register_ == WB_REGISTER_DETAIL ? channel->read | channel->detail : channel->read;
}

uint32_t wbi_channel_never(const wbi_channel *channel, uint32_t classes) {
  for (uint32_t i = 0; i < channel->never_count; i++) {
    if ((channel->never[i] & ~classes) == 0) return channel->never[i];
  }
  return 0;
}

bool wbi_policy_host(const wb_policy *policy, wbi_text host) {
  for (uint32_t i = 0; i < policy->hosts_count; i++) {
    if (wbi_text_equal_fold(host, policy->hosts[i])) return true;
  }
  return policy->hosts_count == 0;
}

const wb_schema *wbi_policy_schema(const wb_policy *policy) {
  return policy->schema;
}

bool wbi_policy_widened(const wb_policy *policy) {
  return policy->widened;
}

void wbi_policy_content(const wb_policy *policy, uint8_t content_id[32]) {
  if (policy != NULL)
    memcpy(content_id, policy->content_id, sizeof policy->content_id);
  else
    wbi_sha256_text(policy_default(), content_id);
}

uint32_t wbi_policy_choose(const wb_policy *policy, wbi_text channel) {
  const wbi_channel *found = wbi_policy_channel(policy, channel);
  return found != NULL ? found->choose : 0;
}

wb_status WB_CALL wb_policy_get(const wb_policy *policy, const char *channel, uint32_t *read,
                                uint32_t *choose) {
  if (policy == NULL || channel == NULL || read == NULL || choose == NULL) return WB_E_INVALID;
  const wbi_channel *found = wbi_policy_channel(policy, wbi_text_of(channel));
  if (found == NULL) return WB_E_NAME;
  *read = found->read;
  *choose = found->choose;
  return WB_OK;
}

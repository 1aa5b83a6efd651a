/* SPDX-License-Identifier: MIT */
/* Privacy policies: for each channel the classes that a text may read and that may choose. */
#include "liquid/liquid_private.h"

#include "data/data.h"

enum { POLICY_CHANNELS = 4, POLICY_HOSTS_MOST = 256, POLICY_LIMIT_MOST = 1048576 };

struct wb_policy {
  wbi_refs refs;
  wbi_arena arena;
  wb_schema *schema;
  wbi_channel channels[POLICY_CHANNELS];
  wbi_text *hosts; /* NULL: any */
  uint32_t hosts_count;
  bool widened;
};

/* What is fixed about a channel, and what one unit of its limit is worth: a character takes up to
   four bytes, a segment of an SMS holds up to 160 characters. */
static const struct {
  const char *name, *called, *limit;
  uint32_t characters, bytes;
  bool single_line;
} policy_channels[POLICY_CHANNELS] = {
    {"sms", "An SMS", "max_segments", 160, 640, false},
    {"email.subject", "The subject of an e-mail", "max_characters", 1, 4, true},
    {"email.text", "An e-mail", "max_bytes", 0, 1, false},
    {"call", "The note of a call", "max_bytes", 0, 1, false},
};

static const char *const policy_classes[] = {
    "public",    "name",       "link",     "scheduling", "recall", "clinical",
    "financial", "identifier", "relation", "staff",      "sealed",
};

const char *wbi_class_name(int32_t class_) {
  const bool known = class_ >= 0 && class_ < (int32_t)WBI_COUNT(policy_classes);
  return policy_classes[known ? class_ : WB_CLASS_SEALED];
}

/* Adds the class that a JSON text names to a mask. */
static wb_status policy_add_class(const wbi_json *item, uint32_t *mask, wb_error *error) {
  if (item->kind != WBI_JSON_TEXT) {
    return wbi_json_fail(item, error, WB_E_INVALID, "A class is written as a string.");
  }
  uint32_t class_ = 0;
  while (class_ < WBI_COUNT(policy_classes) &&
         !wbi_text_equal(item->text, wbi_text_of(policy_classes[class_])))
    class_++;
  if (class_ == WB_CLASS_SEALED) {
    return wbi_json_fail(item, error, WB_E_POLICY, "What is sealed is in no text, ever.");
  }
  if (class_ == WBI_COUNT(policy_classes)) {
    return wbi_json_fail(item, error, WB_E_NAME, "There is no class of this name.");
  }
  *mask |= 1u << class_;
  return WB_OK;
}

/* Reads a list of classes over the ones in force; more of them only where the policy widens. */
static wb_status policy_read_classes(const wbi_json *channel, const char *name, bool widen,
                                     uint32_t *mask, wb_error *error) {
  const wbi_json *list = NULL;
  wb_status status = wbi_json_get(channel, name, WBI_JSON_ARRAY, false, &list, error);
  if (status != WB_OK || list == NULL) return status;
  uint32_t given = 0;
  for (const wbi_json *item = list->first; item != NULL; item = item->next) {
    status = policy_add_class(item, &given, error);
    if (status != WB_OK) return status;
    if (!widen && (given & ~*mask) != 0) {
      return wbi_json_fail(item, error, WB_E_POLICY,
                           "The built-in policy does not allow this class here; to allow it, set "
                           "\"widen\": true.");
    }
  }
  *mask = given;
  return WB_OK;
}

/* Reads the limit of a channel, in the channel's own unit, over the one in force. */
static wb_status policy_read_limit(const wbi_json *node, size_t index, bool widen,
                                   wbi_channel *channel, wb_error *error) {
  const char *name = policy_channels[index].limit;
  int64_t limit = channel->limit;
  const wb_status status = wbi_json_get_int(node, name, false, 1, POLICY_LIMIT_MOST, &limit, error);
  if (status != WB_OK) return status;
  if (!widen && limit > (int64_t)channel->limit) {
    return wbi_json_fail(wbi_json_find(node, name), error, WB_E_POLICY,
                         "The built-in policy allows less; to allow more, set \"widen\": true.");
  }
  channel->limit = (uint32_t)limit;
  channel->max_characters = (uint32_t)limit * policy_channels[index].characters;
  channel->max_bytes = (uint32_t)limit * policy_channels[index].bytes;
  return WB_OK;
}

/* Reads one channel. */
static wb_status policy_read_channel(const wbi_json *node, size_t index, bool widen,
                                     wbi_channel *channel, wb_error *error) {
  const char *const members[] = {"read", "choose", policy_channels[index].limit, NULL};
  if (node->kind != WBI_JSON_OBJECT) {
    return wbi_json_fail(node, error, WB_E_INVALID, "A channel is written as an object.");
  }
  wb_status status = wbi_json_only(node, members, error);
  if (status == WB_OK) status = policy_read_classes(node, "read", widen, &channel->read, error);
  if (status == WB_OK) {
    status = policy_read_classes(node, "choose", widen, &channel->choose, error);
  }
  return status == WB_OK ? policy_read_limit(node, index, widen, channel, error) : status;
}

/* Reads all channels; those not named stay as they are. */
static wb_status policy_read_channels(wb_policy *policy, const wbi_json *root, wb_error *error) {
  const char *names[POLICY_CHANNELS + 1] = {NULL};
  const wbi_json *channels = NULL;
  wb_status status = wbi_json_get(root, "channels", WBI_JSON_OBJECT, false, &channels, error);
  if (status != WB_OK || channels == NULL) return status;
  for (size_t i = 0; i < POLICY_CHANNELS; i++)
    names[i] = policy_channels[i].name;
  status = wbi_json_only(channels, names, error);
  for (size_t i = 0; i < POLICY_CHANNELS && status == WB_OK; i++) {
    const wbi_json *node = wbi_json_find(channels, names[i]);
    if (node == NULL) continue;
    status = policy_read_channel(node, i, policy->widened, &policy->channels[i], error);
  }
  return status;
}

/* Whether a text is a host's name: letters, digits, dots, hyphens. */
static bool policy_is_host(wbi_text text) {
  for (size_t i = 0; i < text.length; i++) {
    const char c = text.data[i];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !(c >= '0' && c <= '9') && c != '.' && c != '-') return false;
  }
  return text.length > 0 && text.length <= 253;
}

/* Reads the hosts that links may lead to. */
static wb_status policy_read_hosts(wb_policy *policy, const wbi_json *root, wb_error *error) {
  const wbi_json *list = NULL;
  const wb_status status = wbi_json_get(root, "hosts", WBI_JSON_ARRAY, false, &list, error);
  if (status != WB_OK || list == NULL) return status;
  if (list->count == 0 || list->count > POLICY_HOSTS_MOST) {
    return wbi_json_fail(list, error, WB_E_INVALID,
                         "List 1 to 256 hosts, or leave this out to allow every https link.");
  }
  policy->hosts = wbi_arena_array(&policy->arena, list->count, sizeof *policy->hosts);
  if (policy->hosts == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for hosts.");
  for (const wbi_json *item = list->first; item != NULL; item = item->next) {
    if (item->kind != WBI_JSON_TEXT || !policy_is_host(item->text)) {
      return wbi_json_fail(item, error, WB_E_INVALID, "A host is a name like book.example.com.");
    }
    const char *copy = wbi_arena_copy(&policy->arena, item->text);
    if (copy == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for hosts.");
    policy->hosts[policy->hosts_count++] = (wbi_text){copy, item->text.length};
  }
  return WB_OK;
}

/* Reads what a parsed policy says over what is in force. */
static wb_status policy_read_root(wb_policy *policy, const wbi_json *root, wb_error *error) {
  static const char *const policy_members[] = {"channels", "hosts", "widen", NULL};
  if (root->kind != WBI_JSON_OBJECT) {
    return wbi_json_fail(root, error, WB_E_INVALID, "A policy is written as an object.");
  }
  wb_status status = wbi_json_only(root, policy_members, error);
  if (status == WB_OK) {
    status = wbi_json_get_bool(root, "widen", false, &policy->widened, error);
  }
  if (status == WB_OK) status = policy_read_channels(policy, root, error);
  return status == WB_OK ? policy_read_hosts(policy, root, error) : status;
}

/* Reads a policy's text over what is in force. */
static wb_status policy_read(wb_policy *policy, wbi_text json, wb_error *error) {
  wbi_arena tree;
  wbi_json *root = NULL;
  wbi_arena_init(&tree, policy->arena.context, 0);
  wb_status status = wbi_json_parse(&tree, json, &root, error);
  if (status == WB_OK) status = policy_read_root(policy, root, error);
  wbi_arena_free(&tree);
  /* The header promises one code for a member of the wrong form. */
  if (status == WB_E_TYPE || status == WB_E_RANGE) {
    status = WB_E_INVALID;
    if (error != NULL) error->status = status;
  }
  return status;
}

/* Reads the built-in policy, which nothing stands before. */
static wb_status policy_read_default(wb_policy *policy, wb_error *error) {
  const wbi_data_file *file = wbi_data_policies;
  while (WBI_ALWAYS(file->name != NULL) && strcmp(file->name, "default") != 0)
    file++;
  for (size_t i = 0; i < POLICY_CHANNELS; i++) {
    policy->channels[i].name = policy_channels[i].name;
    policy->channels[i].called = policy_channels[i].called;
    policy->channels[i].single_line = policy_channels[i].single_line;
  }
  policy->widened = true;
  const wb_status status = policy_read(policy, (wbi_text){file->text, file->length}, error);
  policy->widened = false;
  return status;
}

/* Frees a policy and what it holds. */
static void policy_free(wb_policy *policy) {
  wb_schema_unref(policy->schema);
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
    status = policy_read(made, (wbi_text){json, length}, error);
  }
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

const wbi_channel *wbi_policy_channel(const wb_policy *policy, wbi_text name) {
  for (size_t i = 0; i < POLICY_CHANNELS; i++) {
    if (wbi_text_equal(name, wbi_text_of(policy_channels[i].name))) return &policy->channels[i];
  }
  return NULL;
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

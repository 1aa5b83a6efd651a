/* SPDX-License-Identifier: MIT */
/* Reading a policy from its JSON text, over the one in force. */
#include "liquid/policy.h"

enum { READ_HOSTS_MOST = 256, READ_LIMIT_MOST = 1048576 };

static const char *const read_recipients[WBI_RECIPIENTS + 1] = {"patient", "guardian", "household",
                                                                NULL};

/* A channel while it is read: its row of recipients. */
typedef struct read_channel {
  const wbi_channel_kind *kind;
  wbi_channel *recipients;
  bool widen;
  wb_error *error;
} read_channel;

wb_status wbi_policy_read_class(const wbi_json *item, uint32_t *mask, wb_error *error) {
  if (item->kind != WBI_JSON_TEXT) {
    return wbi_json_fail(item, error, WB_E_INVALID, "A class is written as a string.");
  }
  int32_t class_ = 0;
  while (class_ < WB_CLASS_SEALED && /* same: what is sealed, or none, is told below */
         !wbi_text_equal(item->text, wbi_text_of(wbi_class_name(class_))))
    class_++;
  if (class_ < WB_CLASS_SEALED) {
    *mask |= 1u << class_;
    return WB_OK;
  }
  if (wbi_text_equal(item->text, wbi_text_of(wbi_class_name(WB_CLASS_SEALED)))) {
    return wbi_json_fail(item, error, WB_E_POLICY, "What is sealed is in no text, ever.");
  }
  return wbi_json_fail(item, error, WB_E_NAME, "There is no class of this name.");
}

/* Reads a list of classes over those in force; more of them only where the policy widens. What is
   taken from the patient's list is taken from every recipient's. */
static wb_status read_classes(const read_channel *reading, const wbi_json *node, const char *name,
                              int32_t recipient, size_t offset) {
  uint32_t *const mask = (uint32_t *)((char *)&reading->recipients[recipient] + offset);
  const wbi_json *list = NULL;
  wb_status status = wbi_json_get(node, name, WBI_JSON_ARRAY, false, &list, reading->error);
  if (status != WB_OK || list == NULL) return status;
  uint32_t given = 0;
  for (const wbi_json *item = list->first; item != NULL; item = item->next) {
    status = wbi_policy_read_class(item, &given, reading->error);
    if (status != WB_OK) return status;
    if (!reading->widen && (given & ~*mask) != 0) {
      return wbi_json_fail(item, reading->error, WB_E_POLICY,
                           "The built-in policy does not allow this class here; to allow it, set "
                           "\"widen\": true.");
    }
  }
  const uint32_t taken = *mask & ~given;
  for (int32_t i = 0; recipient == WB_RECIPIENT_PATIENT && i < WBI_RECIPIENTS; i++)
    *(uint32_t *)((char *)&reading->recipients[i] + offset) &= ~taken;
  *mask = given;
  return WB_OK;
}

/* Reads the lists of classes of one recipient. */
static wb_status read_lists(const read_channel *reading, const wbi_json *node, int32_t recipient) {
  wb_status status = read_classes(reading, node, "read", recipient, offsetof(wbi_channel, read));
  if (status == WB_OK) {
    status = read_classes(reading, node, "choose", recipient, offsetof(wbi_channel, choose));
  }
  if (status != WB_OK) return status;
  return read_classes(reading, node, "detail", recipient, offsetof(wbi_channel, detail));
}

/* Reads what differs for the recipients besides the patient. */
static wb_status read_each_recipient(const read_channel *reading, const wbi_json *node) {
  static const char *const lists[] = {"read", "choose", "detail", NULL};
  const wbi_json *recipients = NULL;
  wb_status status =
      wbi_json_get(node, "recipients", WBI_JSON_OBJECT, false, &recipients, reading->error);
  if (status != WB_OK || recipients == NULL) return status;
  status = wbi_json_only(recipients, read_recipients + 1, reading->error);
  for (int32_t i = 1; i < WBI_RECIPIENTS && status == WB_OK; i++) {
    const wbi_json *each = NULL;
    status =
        wbi_json_get(recipients, read_recipients[i], WBI_JSON_OBJECT, false, &each, reading->error);
    if (status != WB_OK || each == NULL) continue;
    status = wbi_json_only(each, lists, reading->error);
    if (status == WB_OK) status = read_lists(reading, each, i);
  }
  return status;
}

/* Reads one set of classes that do not go together. */
static wb_status read_set(const read_channel *reading, const wbi_json *node, uint32_t *set) {
  if (node->kind != WBI_JSON_ARRAY || node->count == 0) {
    return wbi_json_fail(node, reading->error, WB_E_INVALID,
                         "What must not go together is a list of classes.");
  }
  for (const wbi_json *item = node->first; item != NULL; item = item->next) {
    const wb_status status = wbi_policy_read_class(item, set, reading->error);
    if (status != WB_OK) return status;
  }
  return WB_OK;
}

/* Reads the sets of classes that do not go together: besides those in force, or, where the policy
   widens, in their place. */
static wb_status read_never(const read_channel *reading, const wbi_json *node) {
  wbi_channel *channel = reading->recipients;
  const wbi_json *list = NULL;
  wb_status status = wbi_json_get(node, "never", WBI_JSON_ARRAY, false, &list, reading->error);
  if (status != WB_OK || list == NULL) return status;
  uint32_t count = reading->widen ? 0 : channel->never_count;
  if (list->count > WBI_NEVER_MOST - count) {
    return wbi_json_fail(list, reading->error, WB_E_LIMIT, "There are more than 16 sets.");
  }
  for (const wbi_json *item = list->first; item != NULL; item = item->next) {
    uint32_t set = 0;
    status = read_set(reading, item, &set);
    if (status != WB_OK) return status;
    channel->never[count++] = set;
  }
  for (size_t i = 0; i < WBI_RECIPIENTS; i++) {
    memcpy(reading->recipients[i].never, channel->never, sizeof channel->never);
    reading->recipients[i].never_count = count;
  }
  return WB_OK;
}

/* Reads the limit of a channel, in the channel's own unit, over the one in force. */
static wb_status read_limit(const read_channel *reading, const wbi_json *node) {
  const wbi_channel_kind *kind = reading->kind;
  int64_t limit = reading->recipients->limit;
  const wb_status status =
      wbi_json_get_int(node, kind->limit, false, 1, READ_LIMIT_MOST, &limit, reading->error);
  if (status != WB_OK) return status;
  if (!reading->widen && limit > (int64_t)reading->recipients->limit) {
    return wbi_json_fail(wbi_json_find(node, kind->limit), reading->error, WB_E_POLICY,
                         "The built-in policy allows less; to allow more, set \"widen\": true.");
  }
  for (size_t i = 0; i < WBI_RECIPIENTS; i++) {
    wbi_channel *channel = &reading->recipients[i];
    channel->limit = (uint32_t)limit;
    channel->max_segments = (uint32_t)limit * kind->segments;
    channel->max_words = (uint32_t)limit * kind->words;
    channel->max_characters = (uint32_t)limit * kind->characters;
    channel->max_bytes = (uint32_t)limit * kind->bytes;
  }
  return WB_OK;
}

/* Reads one channel. The built-in policy's other recipients begin as its patient. */
static wb_status read_one(const read_channel *reading, const wbi_json *node) {
  const char *const members[] = {
      "read", "choose", "detail", "never", "recipients", reading->kind->limit, NULL};
  if (node->kind != WBI_JSON_OBJECT) {
    return wbi_json_fail(node, reading->error, WB_E_INVALID, "A channel is written as an object.");
  }
  const bool fresh = reading->recipients->limit == 0;
  wb_status status = wbi_json_only(node, members, reading->error);
  if (status == WB_OK) status = read_lists(reading, node, WB_RECIPIENT_PATIENT);
  for (size_t i = 1; fresh && i < WBI_RECIPIENTS; i++)
    reading->recipients[i] = reading->recipients[0];
  if (status == WB_OK) status = read_each_recipient(reading, node);
  if (status == WB_OK) status = read_never(reading, node);
  return status == WB_OK ? read_limit(reading, node) : status;
}

/* Reads all channels; those not named stay as they are. */
static wb_status read_channels(wb_policy *policy, const wbi_json *root, wb_error *error) {
  const char *names[WBI_CHANNELS + 1] = {NULL};
  const wbi_json *channels = NULL;
  wb_status status = wbi_json_get(root, "channels", WBI_JSON_OBJECT, false, &channels, error);
  if (status != WB_OK || channels == NULL) return status;
  for (size_t i = 0; i < WBI_CHANNELS; i++)
    names[i] = wbi_channel_kinds[i].name;
  status = wbi_json_only(channels, names, error);
  for (size_t i = 0; i < WBI_CHANNELS && status == WB_OK; i++) {
    const wbi_json *node = wbi_json_find(channels, names[i]);
    const read_channel reading = {&wbi_channel_kinds[i], policy->channels[i], policy->widened,
                                  error};
    if (node != NULL) status = read_one(&reading, node);
  }
  return status;
}

/* Whether a text is a host's name: letters, digits, dots, hyphens. */
static bool read_is_host(wbi_text text) {
  for (size_t i = 0; i < text.length; i++) {
    const char c = text.data[i];
    if (!wbi_is_letter(c) && !wbi_is_digit(c) && c != '.' && c != '-') return false;
  }
  return text.length > 0 && text.length <= 253;
}

/* Reads the hosts that links may lead to. */
static wb_status read_hosts(wb_policy *policy, const wbi_json *root, wb_error *error) {
  const wbi_json *list = NULL;
  const wb_status status = wbi_json_get(root, "hosts", WBI_JSON_ARRAY, false, &list, error);
  if (status != WB_OK || list == NULL) return status;
  if (list->count == 0 || list->count > READ_HOSTS_MOST) {
    return wbi_json_fail(list, error, WB_E_INVALID,
                         "List 1 to 256 hosts, or leave this out to allow every https link.");
  }
  policy->hosts = wbi_arena_array(&policy->arena, list->count, sizeof *policy->hosts);
  if (policy->hosts == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for hosts.");
  for (const wbi_json *item = list->first; item != NULL; item = item->next) {
    if (item->kind != WBI_JSON_TEXT || !read_is_host(item->text)) {
      return wbi_json_fail(item, error, WB_E_INVALID, "A host is a name like book.example.com.");
    }
    const char *copy = wbi_arena_copy(&policy->arena, item->text);
    if (copy == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for hosts.");
    policy->hosts[policy->hosts_count++] = (wbi_text){copy, item->text.length};
  }
  return WB_OK;
}

/* Reads what a parsed policy says over what is in force. */
static wb_status read_root(wb_policy *policy, const wbi_json *root, wb_error *error) {
  static const char *const read_members[] = {"channels", "general", "hosts", "widen", NULL};
  if (root->kind != WBI_JSON_OBJECT) {
    return wbi_json_fail(root, error, WB_E_INVALID, "A policy is written as an object.");
  }
  wb_status status = wbi_json_only(root, read_members, error);
  if (status == WB_OK) {
    status = wbi_json_get_bool(root, "widen", false, &policy->widened, error);
  }
  if (status == WB_OK) status = read_channels(policy, root, error);
  if (status == WB_OK) status = wbi_policy_read_general(policy, root, error);
  return status == WB_OK ? read_hosts(policy, root, error) : status;
}

wb_status wbi_policy_read(wb_policy *policy, wbi_text json, wb_error *error) {
  wbi_arena tree;
  wbi_json *root = NULL;
  wbi_arena_init(&tree, policy->arena.context, 0);
  wb_status status = wbi_json_parse(&tree, json, &root, error);
  if (status == WB_OK) status = read_root(policy, root, error);
  wbi_arena_free(&tree);
  /* The header promises one code for a member of the wrong form. */
  if (status == WB_E_TYPE || status == WB_E_RANGE) {
    status = WB_E_INVALID;
    if (error != NULL) error->status = status;
  }
  return status;
}

/* SPDX-License-Identifier: MIT */
/*
 * What kind of campaign it is: the class of its messages, what it is about, when and how often it
 * may speak, who enters again, how those who enter are divided, and how many there may be.
 */
#include "outreach/compile.h"

enum {
  SETTINGS_TOUCHES = 6,
  SETTINGS_TOUCHES_MAX = 50,
  SETTINGS_REST_DAYS = 90,
  SETTINGS_REST_DAYS_MAX = 3660,
  SETTINGS_CAP_MAX = 8,
  SETTINGS_PRIORITY = 50,
  SETTINGS_HOLDOUT_MAX = 50,
  SETTINGS_VARIANTS_MAX = 8,
  SETTINGS_INSIDE_MAX = 1000000,
  SETTINGS_MINUTES_MAX = 480,
  SETTINGS_COLUMNS_MAX = 8
};

/* In the order of enum wb_message_class. */
static const char *const settings_classes[] = {"",        "transactional", "care",
                                               "benefit", "offer",         "billing"};
/* In the order of wbi_subject_kind. */
static const char *const settings_subjects[] = {"patient", "appointment", "opening", "notice",
                                                "household"};
/* In the order of wbi_reentry. */
static const char *const settings_reentries[] = {"ended", "finished", "never"};

wb_status wbi_compile_word(const wbi_compile *compile, const wbi_json *node, const char *name,
                           const char *const *words, size_t count, const char *message,
                           int32_t *place) {
  const wbi_json *word = NULL;
  const bool required = words[0][0] == '\0';
  const wb_status status = wbi_json_get(node, name, WBI_JSON_TEXT, required, &word, compile->error);
  if (status != WB_OK || word == NULL) return status;
  for (size_t i = 0; i < count; i++) {
    if (words[i][0] == '\0' || !wbi_text_equal(word->text, wbi_text_of(words[i]))) continue;
    *place = (int32_t)i;
    return WB_OK;
  }
  return wbi_json_fail(word, compile->error, WB_E_NAME, message);
}

wb_status wbi_compile_number(const wbi_compile *compile, const wbi_json *node, const char *name,
                             int32_t low, int32_t high, int32_t *value) {
  int64_t read = *value;
  const wb_status status = wbi_json_get_int(node, name, false, low, high, &read, compile->error);
  if (status == WB_OK) *value = (int32_t)read;
  return status;
}

/* A member that is a count from 1; it stays 0 when it is not there. */
static wb_status settings_count(const wbi_compile *compile, const wbi_json *node, const char *name,
                                int32_t most, uint32_t *count) {
  int32_t value = 0;
  const wb_status status = wbi_compile_number(compile, node, name, 1, most, &value);
  if (status == WB_OK) *count = (uint32_t)value;
  return status;
}

/* What the campaign is about, and the class of its messages, which its texts must not exceed. Only
   what is about a visit that exists, or answers, is transactional. */
static wb_status settings_class(const wbi_compile *compile, const wbi_json *root) {
  wb_campaign *campaign = compile->campaign;
  int32_t subject = WBI_SUBJECT_PATIENT;
  wb_status status = wbi_compile_word(
      compile, root, "subject", settings_subjects, WBI_COUNT(settings_subjects),
      "A subject is \"patient\", \"appointment\", \"opening\", \"notice\" or \"household\".",
      &subject);
  if (status != WB_OK) return status;
  status = wbi_compile_word(
      compile, root, "class", settings_classes, WBI_COUNT(settings_classes),
      "A class is \"transactional\", \"care\", \"benefit\", \"offer\" or \"billing\".",
      &campaign->class_);
  if (status != WB_OK) return status;
  campaign->subject = (wbi_subject_kind)subject;
  const bool answers = subject == WBI_SUBJECT_APPOINTMENT || subject == WBI_SUBJECT_NOTICE;
  if (campaign->class_ != WB_MESSAGE_TRANSACTIONAL || answers) return WB_OK;
  return wbi_json_fail(wbi_json_find(root, "class"), compile->error, WB_E_POLICY,
                       "Only a campaign about an appointment or a notice is transactional.");
}

/* The windows within those of the practice. */
static wb_status settings_hours(const wbi_compile *compile, const wbi_json *root) {
  wb_campaign *campaign = compile->campaign;
  const wbi_json *hours = NULL;
  const wb_status status =
      wbi_json_get(root, "hours", WBI_JSON_OBJECT, false, &hours, compile->error);
  if (status != WB_OK || hours == NULL) return status;
  return wbi_windows_read(&campaign->arena, hours, &campaign->hours, compile->error);
}

/* How often: messages of one entry, and to one patient in some days. */
static wb_status settings_caps(const wbi_compile *compile, const wbi_json *root) {
  static const char *const caps_members[] = {"day", "month", "week", NULL};
  wb_campaign *campaign = compile->campaign;
  const wbi_json *caps = NULL;
  campaign->touches = SETTINGS_TOUCHES;
  wb_status status =
      wbi_compile_number(compile, root, "touches", 1, SETTINGS_TOUCHES_MAX, &campaign->touches);
  if (status != WB_OK) return status;
  status = wbi_json_get(root, "caps", WBI_JSON_OBJECT, false, &caps, compile->error);
  if (status != WB_OK || caps == NULL) return status;
  status = wbi_json_only(caps, caps_members, compile->error);
  const struct {
    const char *name;
    uint32_t *value;
  } each[] = {
      {"day", &campaign->per_day}, {"week", &campaign->per_week}, {"month", &campaign->per_month}};
  for (size_t i = 0; i < WBI_COUNT(each) && status == WB_OK; i++)
    status = settings_count(compile, caps, each[i].name, SETTINGS_CAP_MAX, each[i].value);
  return status;
}

/* Who goes first, and who enters again. */
static wb_status settings_entry(const wbi_compile *compile, const wbi_json *root) {
  wb_campaign *campaign = compile->campaign;
  int32_t reentry = WBI_REENTRY_ENDED;
  campaign->priority = SETTINGS_PRIORITY;
  campaign->rest_days = SETTINGS_REST_DAYS;
  wb_status status =
      wbi_compile_number(compile, root, "priority", 0, WBI_PRIORITY_MAX, &campaign->priority);
  if (status == WB_OK)
    status = wbi_compile_number(compile, root, "rest_days", 0, SETTINGS_REST_DAYS_MAX,
                                &campaign->rest_days);
  if (status == WB_OK)
    status = wbi_compile_word(
        compile, root, "reentry", settings_reentries, WBI_COUNT(settings_reentries),
        "Who enters again is \"ended\", \"finished\" or \"never\".", &reentry);
  campaign->reentry = (wbi_reentry)reentry;
  return status;
}

/* The share that is held out, for comparison. Whoever has a visit or has asked gets an answer. */
static wb_status settings_holdout(const wbi_compile *compile, const wbi_json *root) {
  wb_campaign *campaign = compile->campaign;
  const wbi_json *salt = wbi_json_find(root, "salt"), *holdout = wbi_json_find(root, "holdout");
  wb_status status =
      wbi_compile_number(compile, root, "holdout", 1, SETTINGS_HOLDOUT_MAX, &campaign->holdout);
  if (status != WB_OK) return status;
  const bool whole =
      campaign->subject == WBI_SUBJECT_PATIENT || campaign->subject == WBI_SUBJECT_HOUSEHOLD;
  if (holdout != NULL && !whole) {
    return wbi_json_fail(holdout, compile->error, WB_E_INVALID,
                         "Nobody is held out of what is about a visit, an opening or a notice.");
  }
  campaign->salt = campaign->name;
  if (salt == NULL) return WB_OK;
  if (salt->kind != WBI_JSON_TEXT)
    return wbi_json_fail(salt, compile->error, WB_E_TYPE, "This must be a string.");
  return wbi_compile_name(compile, salt, salt->text, true, &campaign->salt);
}

/* Compiles one arm; those before it are done. */
static wb_status settings_variant(const wbi_compile *compile, const wbi_json *node,
                                  wbi_variant *variants, size_t index) {
  static const char *const variant_members[] = {"name", "share", NULL};
  const wbi_json *name = NULL;
  int64_t share = 0;
  wb_status status = wbi_compile_object(compile, node, variant_members);
  if (status == WB_OK)
    status = wbi_json_get(node, "name", WBI_JSON_TEXT, true, &name, compile->error);
  if (status == WB_OK)
    status = wbi_compile_name(compile, name, name->text, true, &variants[index].name);
  if (status == WB_OK)
    status = wbi_json_get_int(node, "share", true, 1, 99, &share, compile->error);
  if (status != WB_OK) return status;
  variants[index].share = (uint32_t)share;
  bool taken = wbi_text_equal(variants[index].name, WBI_TEXT(WBI_HELD_OUT_NAME));
  for (size_t i = 0; i < index; i++)
    taken = taken || wbi_text_equal(variants[i].name, variants[index].name);
  if (!taken) return WB_OK;
  return wbi_json_fail(name, compile->error, WB_E_INVALID, "This name is taken.");
}

/* Compiles the arms; their shares are all of those who enter. */
static wb_status settings_variants(const wbi_compile *compile, const wbi_json *root) {
  wb_campaign *campaign = compile->campaign;
  const wbi_json *list = NULL;
  uint32_t shares = 0;
  if (wbi_json_find(root, "variants") == NULL) return WB_OK;
  wb_status status =
      wbi_compile_list(compile, root, "variants", WBI_JSON_ARRAY, SETTINGS_VARIANTS_MAX, &list);
  if (status != WB_OK) return status;
  wbi_variant *variants = wbi_compile_array(compile, list->count, sizeof *variants);
  if (variants == NULL) return WB_E_NOMEM;
  campaign->variants = variants;
  for (const wbi_json *node = list->first; node != NULL && status == WB_OK; node = node->next) {
    status = settings_variant(compile, node, variants, campaign->variant_count);
    shares += variants[campaign->variant_count++].share;
  }
  if (status != WB_OK || shares == 100) return status;
  return wbi_json_fail(list, compile->error, WB_E_INVALID, "The shares must make 100.");
}

/* What a visit takes of each column of the book: {"hygiene": 60, "doctor": 10}. */
static wb_status settings_minutes(const wbi_compile *compile, const wbi_json *object) {
  wbi_capacity *capacity = &compile->campaign->capacity;
  const wbi_json *list = NULL;
  if (wbi_json_find(object, "minutes") == NULL) return WB_OK;
  wb_status status =
      wbi_compile_list(compile, object, "minutes", WBI_JSON_OBJECT, SETTINGS_COLUMNS_MAX, &list);
  if (status != WB_OK) return status;
  wbi_chair_need *need = wbi_compile_array(compile, list->count, sizeof *need);
  if (need == NULL) return WB_E_NOMEM;
  capacity->chairs = need;
  for (const wbi_json *each = list->first_sorted; each != NULL; each = each->next_sorted, need++) {
    status = wbi_compile_name(compile, each, each->name, true, &need->schedule);
    if (status == WB_OK)
      status =
          settings_count(compile, list, need->schedule.data, SETTINGS_MINUTES_MAX, &need->minutes);
    if (status != WB_OK) return status;
    capacity->chair_count++;
  }
  return WB_OK;
}

/* How many are inside and enter, and the chair time that they may be promised. */
static wb_status settings_capacity(const wbi_compile *compile, const wbi_json *root) {
  static const char *const capacity_members[] = {"inside", "minutes", "per_day", NULL};
  wbi_capacity *capacity = &compile->campaign->capacity;
  const wbi_json *node = NULL;
  wb_status status = wbi_json_get(root, "capacity", WBI_JSON_OBJECT, false, &node, compile->error);
  if (status != WB_OK || node == NULL) return status;
  status = wbi_json_only(node, capacity_members, compile->error);
  if (status == WB_OK)
    status = settings_count(compile, node, "inside", SETTINGS_INSIDE_MAX, &capacity->inside);
  if (status == WB_OK)
    status = settings_count(compile, node, "per_day", SETTINGS_INSIDE_MAX, &capacity->per_day);
  return status == WB_OK ? settings_minutes(compile, node) : status;
}

wb_status wbi_compile_settings(const wbi_compile *compile, const wbi_json *root) {
  typedef wb_status (*settings_part)(const wbi_compile *, const wbi_json *);
  static const settings_part parts[] = {settings_class,   settings_hours,   settings_caps,
                                        settings_entry,   settings_holdout, settings_variants,
                                        settings_capacity};
  wb_status status = WB_OK;
  for (size_t i = 0; i < WBI_COUNT(parts) && status == WB_OK; i++)
    status = parts[i](compile, root);
  return status;
}

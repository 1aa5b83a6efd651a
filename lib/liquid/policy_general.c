/* SPDX-License-Identifier: MIT */
/* Generalisers: the words that stand in for what a channel may not read. */
#include "liquid/screen.h"

enum { GENERAL_TEXT_MOST = 200, GENERAL_LANGUAGE_MOST = 8 };

/* Copies a text that will be written as it is. */
static wb_status general_copy(wb_policy *policy, const wbi_json *node, wbi_text *copy,
                              wb_error *error) {
  if (node->kind != WBI_JSON_TEXT || node->text.length == 0 ||
      node->text.length > GENERAL_TEXT_MOST || wbi_screen_reason(node->text) != NULL) {
    return wbi_json_fail(node, error, WB_E_INVALID,
                         "Words are a text of one line, 1 to 200 bytes, without markup.");
  }
  const char *data = wbi_arena_copy(&policy->arena, node->text);
  if (data == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for a policy.");
  *copy = (wbi_text){data, node->text.length};
  return WB_OK;
}

/* Copies the name of a language. */
static wb_status general_language(wb_policy *policy, const wbi_json *node, wbi_text name,
                                  wbi_text *copy, wb_error *error) {
  bool good = name.length >= 2 && name.length <= GENERAL_LANGUAGE_MOST;
  for (size_t i = 0; i < name.length; i++)
    good = good && ((name.data[i] >= 'a' && name.data[i] <= 'z') || name.data[i] == '-');
  if (!good) {
    return wbi_json_fail(node, error, WB_E_NAME, "A language is written like \"en\" or \"es\".");
  }
  const char *data = wbi_arena_copy(&policy->arena, name);
  if (data == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for a policy.");
  *copy = (wbi_text){data, name.length};
  return WB_OK;
}

/* Adds a generaliser to the policy. */
static wb_status general_add(wb_policy *policy, const wbi_json *node, const wbi_general *general,
                             wb_error *error) {
  if (policy->general.count == WBI_GENERAL_MOST) {
    return wbi_json_fail(node, error, WB_E_LIMIT, "There are more than 256 of these.");
  }
  wbi_general *added = wbi_vector_push(&policy->general);
  if (added == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for a policy.");
  *added = *general;
  return WB_OK;
}

/* Finds the field that a generaliser is for. */
static wb_status general_field(const wb_policy *policy, const wbi_json *node, wbi_general *general,
                               wb_error *error) {
  const wbi_json *name = NULL;
  const wb_status status = wbi_json_get(node, "field", WBI_JSON_TEXT, true, &name, error);
  if (status != WB_OK) return status;
  const uint32_t count = wb_schema_count(policy->schema);
  for (uint32_t i = 0; i < count; i++) {
    const wbi_field *field = wbi_schema_field(policy->schema, i);
    if (!wbi_text_equal(field->name, name->text)) continue;
    general->field = i;
    general->of = field->class_;
    return WB_OK;
  }
  return wbi_json_fail(name, error, WB_E_NAME, "There is no field of this name.");
}

/* Reads the class in a member. */
static wb_status general_class(const wbi_json *node, int32_t *class_, wb_error *error) {
  const wbi_json *name = NULL;
  uint32_t mask = 0;
  wb_status status = wbi_json_get(node, "class", WBI_JSON_TEXT, true, &name, error);
  if (status == WB_OK) status = wbi_policy_read_class(name, &mask, error);
  if (status != WB_OK) return status;
  *class_ = 0; /* same: whoever asks begins with it */
  while ((mask >> *class_ & 1) == 0)
    ++*class_;
  return WB_OK;
}

/* Words that are the same whatever the field holds: {"class": …, "en": …, "es": …}. */
static wb_status general_constant(wb_policy *policy, const wbi_json *node, wb_error *error) {
  wbi_general general = {.field = WBI_GENERAL_CLASS, .gives = WB_CLASS_PUBLIC};
  const bool by_field = wbi_json_find(node, "field") != NULL;
  wb_status status = by_field ? general_field(policy, node, &general, error)
                              : general_class(node, &general.of, error);
  for (const wbi_json *each = node->first; each != NULL && status == WB_OK; each = each->next) {
    if (wbi_text_equal(each->name, by_field ? WBI_TEXT("field") : WBI_TEXT("class"))) continue;
    status = general_language(policy, each, each->name, &general.language, error);
    if (status == WB_OK) status = general_copy(policy, each, &general.otherwise, error);
    if (status == WB_OK) status = general_add(policy, each, &general, error);
  }
  return status;
}

/* Checks that a field's values can be told apart by words. */
static wb_status general_tellable(const wb_policy *policy, const wbi_json *node,
                                  const wbi_general *general, wb_error *error) {
  const wbi_field *field = wbi_schema_field(policy->schema, general->field);
  if (field->class_ == WB_CLASS_SEALED) {
    return wbi_json_fail(node, error, WB_E_POLICY, "What is sealed is in no text, ever.");
  }
  if (field->list == 0 &&
      (field->type == WB_TEXT || field->type == WB_BOOL || field->type == WB_INT))
    return WB_OK;
  return wbi_json_fail(node, error, WB_E_INVALID,
                       "Only a text, a yes or no and a number are told apart by words.");
}

/* Reads what is said for one value. */
static wb_status general_value(wb_policy *policy, const wbi_json *node, wbi_text domain,
                               wbi_general_text *value, wb_error *error) {
  if (domain.length > 0 && !wbi_domain_has(domain, node->name)) {
    return wbi_json_fail(node, error, WB_E_NAME, "The field never has this value.");
  }
  const char *data = wbi_arena_copy(&policy->arena, node->name);
  if (data == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for a policy.");
  value->value = (wbi_text){data, node->name.length};
  return general_copy(policy, node, &value->text, error);
}

/* Reads the words for the values of a field. */
static wb_status general_texts(wb_policy *policy, const wbi_json *node, wbi_general *general,
                               wb_error *error) {
  const wbi_text domain = wbi_schema_field(policy->schema, general->field)->domain;
  const wbi_json *list = NULL;
  wb_status status = wbi_json_get(node, "texts", WBI_JSON_OBJECT, true, &list, error);
  if (status != WB_OK) return status;
  if (list->count == 0 || list->count > WBI_GENERAL_MOST) {
    return wbi_json_fail(list, error, WB_E_INVALID, "List 1 to 256 values.");
  }
  wbi_general_text *value = wbi_arena_array(&policy->arena, list->count, sizeof *value);
  if (value == NULL) return wbi_fail(error, WB_E_NOMEM, "There is no memory for a policy.");
  general->values = value;
  general->value_count = list->count;
  for (const wbi_json *each = list->first; each != NULL && status == WB_OK; each = each->next)
    status = general_value(policy, each, domain, value++, error);
  return status;
}

/* Reads a text of a generaliser that says something else. */
static wb_status general_member(wb_policy *policy, const wbi_json *node, const char *name,
                                wbi_text *text, wb_error *error) {
  const wbi_json *member = NULL;
  const wb_status status = wbi_json_get(node, name, WBI_JSON_TEXT, true, &member, error);
  return status == WB_OK ? general_copy(policy, member, text, error) : status;
}

/* Words by value, declared with a reason: {"field", "class", "reason", "texts", "otherwise"}. */
static wb_status general_values(wb_policy *policy, const wbi_json *node, wb_error *error) {
  static const char *const general_members[] = {"class",  "field", "language", "otherwise",
                                                "reason", "texts", NULL};
  wbi_general general = {.language = WBI_TEXT("en")};
  const wbi_json *language = NULL;
  wb_status status = wbi_json_only(node, general_members, error);
  if (status == WB_OK) status = general_field(policy, node, &general, error);
  if (status == WB_OK) status = general_tellable(policy, node, &general, error);
  if (status == WB_OK) status = general_class(node, &general.gives, error);
  if (status == WB_OK) status = general_texts(policy, node, &general, error);
  if (status == WB_OK) {
    status = general_member(policy, node, "otherwise", &general.otherwise, error);
  }
  if (status == WB_OK) status = general_member(policy, node, "reason", &general.reason, error);
  if (status == WB_OK) {
    status = wbi_json_get(node, "language", WBI_JSON_TEXT, false, &language, error);
  }
  if (status == WB_OK && language != NULL) {
    status = general_language(policy, language, language->text, &general.language, error);
  }
  return status == WB_OK ? general_add(policy, node, &general, error) : status;
}

wb_status wbi_policy_read_general(wb_policy *policy, const wbi_json *root, wb_error *error) {
  const wbi_json *list = NULL;
  wb_status status = wbi_json_get(root, "general", WBI_JSON_ARRAY, false, &list, error);
  if (status != WB_OK || list == NULL) return status;
  for (const wbi_json *node = list->first; node != NULL && status == WB_OK; node = node->next) {
    if (node->kind != WBI_JSON_OBJECT) {
      return wbi_json_fail(node, error, WB_E_INVALID, "A generaliser is written as an object.");
    }
    status = wbi_json_find(node, "texts") != NULL ? general_values(policy, node, error)
                                                  : general_constant(policy, node, error);
  }
  return status;
}

const wbi_general *wbi_policy_general(const wb_policy *policy, uint32_t field, wbi_text language) {
  const int32_t class_ = wbi_schema_field(policy->schema, field)->class_;
  const wbi_general *of_class = NULL;
  for (size_t i = policy->general.count; i > 0; i--) {
    const wbi_general *general = wbi_vector_at(&policy->general, i - 1);
    if (!wbi_text_equal(general->language, language)) continue;
    if (general->field == field) return general;
    const bool fits = general->field == WBI_GENERAL_CLASS && general->of == class_;
    if (fits && of_class == NULL) of_class = general;
  }
  return of_class;
}

wbi_text wbi_general_say(const wbi_general *general, wbi_text value) {
  for (uint32_t i = 0; i < general->value_count; i++) {
    if (wbi_text_equal(general->values[i].value, value)) return general->values[i].text;
  }
  return general->otherwise;
}

/* SPDX-License-Identifier: MIT */
/* Reading the rules of a pack, each after its kind. */
#include "time/time_private.h"

enum { RULES_MOST = 4096 };

/* The words that one of the members may be; NULL-terminated. */
static wb_status rules_read_choice(wbi_pack_reader *reader, const wbi_json *object,
                                   const char *name, const char *const *choices, const char **out) {
  wbi_text text = {NULL, 0};
  const wb_status status = wbi_json_get_text(object, name, true, &text, reader->error);
  if (status != WB_OK) return status;
  for (; *choices != NULL; choices++) {
    if (!wbi_text_equal(text, wbi_text_of(*choices))) continue;
    *out = *choices;
    return WB_OK;
  }
  return wbi_json_fail(wbi_json_find(object, name), reader->error, WB_E_NAME,
                       "There is no choice of this name.");
}

/* ---- kinds -------------------------------------------------------------------------------- */

/* The windows of a rule's member "hours". */
static wb_status rules_read_windows(wbi_pack_reader *reader, const wbi_json *object,
                                    wbi_law_rule *rule) {
  const wbi_json *hours = NULL;
  wbi_windows windows = {NULL, 0};
  wb_status status = wbi_json_get(object, "hours", WBI_JSON_OBJECT, true, &hours, reader->error);
  if (status != WB_OK) return status;
  status = wbi_windows_read(reader->arena, hours, &windows, reader->error);
  rule->windows = windows.items;
  rule->window_count = windows.count;
  return status;
}

/* {"hours": {…}, "closed_on": […]} */
static wb_status rules_read_hours(wbi_pack_reader *reader, const wbi_json *object,
                                  wbi_law_rule *rule) {
  const wb_status status = rules_read_windows(reader, object, rule);
  if (status != WB_OK) return status;
  return wbi_pack_closed_on(reader, object, "closed_on", &rule->closed_on);
}

/* {"most": 3, "within_days": 1} */
static wb_status rules_read_cap(wbi_pack_reader *reader, const wbi_json *object,
                                wbi_law_rule *rule) {
  int64_t days = 0;
  wb_status status = wbi_json_get_int(object, "most", true, 1, 1000, &rule->amount, reader->error);
  if (status == WB_OK) {
    status = wbi_json_get_int(object, "within_days", true, 1, 366, &days, reader->error);
  }
  rule->seconds = days * WBI_DAY;
  return status;
}

/* Reads a member as bits of the names that it lists; without it all of them. Name 0 is none. */
static wb_status rules_read_bits(wbi_pack_reader *reader, const wbi_json *object,
                                 const char *member, const char *const *names, uint32_t count,
                                 uint32_t *bits) {
  const wbi_json *array = NULL;
  const wb_status status = wbi_pack_names(reader, object, member, false, &array);
  if (status != WB_OK) return status;
  *bits = array == NULL ? (1u << count) - 2 : 0;
  for (const wbi_json *item = array != NULL ? array->first : NULL; item != NULL;
       item = item->next) {
    uint32_t bit = 1;
    while (bit < count && !wbi_text_equal(item->text, wbi_text_of(names[bit])))
      bit++;
    if (bit == count) {
      return wbi_json_fail(item, reader->error, WB_E_NAME, "There is nothing of this name here.");
    }
    *bits |= 1u << bit;
  }
  return WB_OK;
}

/* Reads "channels" as bits; without it every channel. */
static wb_status rules_read_channels(wbi_pack_reader *reader, const wbi_json *object,
                                     wbi_law_rule *rule) {
  static const char *const rules_channels[WBI_LAW_CHANNELS] = {"", "sms", "email", "call"};
  return rules_read_bits(reader, object, "channels", rules_channels, WBI_LAW_CHANNELS,
                         &rule->channels);
}

/* {"need": "written", "channels": […]} */
static wb_status rules_read_consent(wbi_pack_reader *reader, const wbi_json *object,
                                    wbi_law_rule *rule) {
  static const char *const rules_needs[] = {"none", "implied", "express", "written", NULL};
  const wb_status status = rules_read_choice(reader, object, "need", rules_needs, &rule->name);
  return status == WB_OK ? rules_read_channels(reader, object, rule) : status;
}

/* {"years": 18} */
static wb_status rules_read_majority(wbi_pack_reader *reader, const wbi_json *object,
                                     wbi_law_rule *rule) {
  return wbi_json_get_int(object, "years", true, 1, 99, &rule->amount, reader->error);
}

/* {"of": "seen", "months": 24, "channels": […]} */
static wb_status rules_read_term(wbi_pack_reader *reader, const wbi_json *object,
                                 wbi_law_rule *rule) {
  static const char *const rules_terms[] = {"seen", "number_check", NULL};
  wb_status status = rules_read_choice(reader, object, "of", rules_terms, &rule->name);
  if (status == WB_OK)
    status = wbi_json_get_int(object, "months", true, 1, 1200, &rule->amount, reader->error);
  return status == WB_OK ? rules_read_channels(reader, object, rule) : status;
}

/* Joins the words of an array, one a line. */
static wb_status rules_join(wbi_pack_reader *reader, const wbi_json *array, const char **words) {
  size_t length = 0;
  for (const wbi_json *item = array->first; item != NULL; item = item->next) {
    if (item->text.length == 0 || memchr(item->text.data, '\n', item->text.length) != NULL) {
      return wbi_json_fail(item, reader->error, WB_E_INVALID, "This is no word.");
    }
    length += item->text.length + 1;
  }
  char *text = NULL;
  const wb_status status = wbi_pack_array(reader, length, 1, &text);
  if (status != WB_OK) return status;
  wbi_writer writer = {text, length, 0};
  for (const wbi_json *item = array->first; item != NULL; item = item->next) {
    if (item != array->first) wbi_put_char(&writer, '\n');
    wbi_put_text(&writer, item->text);
  }
  *words = text;
  return WB_OK;
}

/* {"set": "opt_out", "words": […]} */
static wb_status rules_read_keywords(wbi_pack_reader *reader, const wbi_json *object,
                                     wbi_law_rule *rule) {
  static const char *const rules_sets[] = {"opt_out", "opt_in", "help", "offer", NULL};
  const wbi_json *array = NULL;
  wb_status status = rules_read_choice(reader, object, "set", rules_sets, &rule->name);
  if (status == WB_OK) status = wbi_pack_names(reader, object, "words", true, &array);
  return status == WB_OK ? rules_join(reader, array, &rule->words) : status;
}

/* {"business_days": 10} */
static wb_status rules_read_opt_out(wbi_pack_reader *reader, const wbi_json *object,
                                    wbi_law_rule *rule) {
  return wbi_json_get_int(object, "business_days", true, 0, 366, &rule->amount, reader->error);
}

/* {"of": "any", "most_cents": 7500, "within_days": 366} */
static wb_status rules_read_value(wbi_pack_reader *reader, const wbi_json *object,
                                  wbi_law_rule *rule) {
  static const char *const rules_things[] = {"any", "cash", NULL};
  int64_t days = 0;
  wb_status status = rules_read_choice(reader, object, "of", rules_things, &rule->name);
  if (status == WB_OK) {
    status =
        wbi_json_get_int(object, "most_cents", true, 0, 100000000, &rule->amount, reader->error);
  }
  if (status == WB_OK) {
    status = wbi_json_get_int(object, "within_days", false, 1, 366, &days, reader->error);
  }
  rule->seconds = days * WBI_DAY;
  return status;
}

/* {"disclosure": "us-fl-minimum-fee", "says": "…", "from_basis_points": 1} */
static wb_status rules_read_disclosure(wbi_pack_reader *reader, const wbi_json *object,
                                       wbi_law_rule *rule) {
  wb_status status = wbi_pack_text(reader, object, "disclosure", &rule->name);
  if (status == WB_OK) status = wbi_pack_text(reader, object, "says", &rule->words);
  if (status != WB_OK) return status;
  return wbi_json_get_int(object, "from_basis_points", false, 0, 10000, &rule->amount,
                          reader->error);
}

/* What the kind alone says. */
static wb_status rules_read_nothing(wbi_pack_reader *reader, const wbi_json *object,
                                    wbi_law_rule *rule) {
  (void)reader;
  (void)object;
  (void)rule;
  return WB_OK;
}

typedef struct rules_kind {
  const char *name;
  int32_t kind;
  wb_status (*read)(wbi_pack_reader *reader, const wbi_json *object, wbi_law_rule *rule);
  const char *own[4]; /* members besides those of every rule */
} rules_kind;

static const rules_kind rules_kinds[] = {
    {"hours", WB_LAW_HOURS, rules_read_hours, {"hours", "closed_on", NULL}},
    {"cap", WB_LAW_CAP, rules_read_cap, {"most", "within_days", NULL}},
    {"consent", WB_LAW_CONSENT, rules_read_consent, {"need", "channels", NULL}},
    {"keywords", WB_LAW_KEYWORDS, rules_read_keywords, {"set", "words", NULL}},
    {"opt_out", WB_LAW_OPT_OUT, rules_read_opt_out, {"business_days", NULL, NULL}},
    {"value", WB_LAW_VALUE, rules_read_value, {"of", "most_cents", "within_days", NULL}},
    {"disclosure",
     WB_LAW_DISCLOSURE,
     rules_read_disclosure,
     {"disclosure", "says", "from_basis_points", NULL}},
    {"majority", WB_LAW_MAJORITY, rules_read_majority, {"years", NULL, NULL}},
    {"term", WB_LAW_TERM, rules_read_term, {"of", "months", "channels", NULL}},
    {"authorization", WB_LAW_AUTHORIZATION, rules_read_nothing, {NULL}},
    {"stop", WB_LAW_STOP, rules_read_channels, {"channels", NULL}},
};

/* ---- what every rule has ------------------------------------------------------------------ */

/* Reads "classes" as bits; without it every class. */
static wb_status rules_read_classes(wbi_pack_reader *reader, const wbi_json *object,
                                    wbi_law_rule *rule) {
  static const char *const rules_classes[WBI_LAW_CLASSES] = {
      "", "transactional", "care", "benefit", "offer", "billing", "urgent"};
  return rules_read_bits(reader, object, "classes", rules_classes, WBI_LAW_CLASSES, &rule->classes);
}

/* Reads "regions" as bits; the country means all of them. */
static wb_status rules_read_regions(wbi_pack_reader *reader, const wbi_json *object,
                                    wbi_law_rule *rule) {
  const wbi_pack *pack = reader->pack;
  const wbi_json *array = NULL;
  const wb_status status = wbi_pack_names(reader, object, "regions", true, &array);
  if (status != WB_OK) return status;
  for (const wbi_json *item = array->first; item != NULL; item = item->next) {
    const uint32_t region = wbi_pack_region(pack, item->text);
    if (!wbi_text_equal(item->text, pack->regions[region].code)) {
      return wbi_json_fail(item, reader->error, WB_E_NAME, "The pack has no region of this name.");
    }
    rule->regions |= region == 0 ? UINT64_MAX : UINT64_C(1) << region;
  }
  return WB_OK;
}

/* Reads "V", "S" and so on. */
static wb_status rules_read_confidence(wbi_pack_reader *reader, const wbi_json *object,
                                       wbi_law_rule *rule) {
  static const char *const rules_confidences[] = {"V", "S", "K", "C", "M", "O", NULL};
  const char *letter = "";
  const wb_status status =
      rules_read_choice(reader, object, "confidence", rules_confidences, &letter);
  rule->confidence = letter[0];
  return status;
}

/* Reads the id, which no rule before has. */
static wb_status rules_read_id(wbi_pack_reader *reader, const wbi_json *object,
                               wbi_law_rule *rule) {
  const wb_status status = wbi_pack_text(reader, object, "id", &rule->id);
  if (status != WB_OK) return status;
  for (const wbi_law_rule *other = reader->pack->rules; other != rule; other++) {
    if (strcmp(other->id, rule->id) != 0) continue;
    return wbi_json_fail(wbi_json_find(object, "id"), reader->error, WB_E_INVALID,
                         "Another rule has this id.");
  }
  return WB_OK;
}

/* Reads the days on which a rule is in force. */
static wb_status rules_read_days(wbi_pack_reader *reader, const wbi_json *object,
                                 wbi_law_rule *rule) {
  wb_status status = wbi_pack_date(reader, object, "effective_from", true, &rule->from);
  if (status == WB_OK) status = wbi_pack_date(reader, object, "effective_to", false, &rule->to);
  if (status != WB_OK || rule->from <= rule->to) return status;
  return wbi_json_fail(wbi_json_find(object, "effective_to"), reader->error, WB_E_INVALID,
                       "A rule ends no earlier than it begins.");
}

/* Reads what every rule has but the region and the days. */
static wb_status rules_read_common(wbi_pack_reader *reader, const wbi_json *object,
                                   wbi_law_rule *rule) {
  rule->name = rule->words = "";
  rule->to = WB_DATE_MAX;
  rule->channels = (1u << WBI_LAW_CHANNELS) - 2;
  wb_status status = rules_read_id(reader, object, rule);
  if (status == WB_OK) status = wbi_pack_text(reader, object, "source", &rule->source);
  if (status == WB_OK) status = rules_read_confidence(reader, object, rule);
  return status == WB_OK ? rules_read_classes(reader, object, rule) : status;
}

/* The kind of a name; NULL: there is none. */
static const rules_kind *rules_kind_of(wbi_text name) {
  for (size_t i = 0; i < WBI_COUNT(rules_kinds); i++) {
    if (wbi_text_equal(name, wbi_text_of(rules_kinds[i].name))) return &rules_kinds[i];
  }
  return NULL;
}

/* Reads one rule. */
static wb_status rules_read(wbi_pack_reader *reader, const wbi_json *object, wbi_law_rule *rule) {
  wbi_text name = {NULL, 0};
  wb_status status = wbi_json_get_text(object, "kind", true, &name, reader->error);
  if (status != WB_OK) return status;
  const rules_kind *kind = rules_kind_of(name);
  if (kind == NULL) {
    return wbi_json_fail(wbi_json_find(object, "kind"), reader->error, WB_E_NAME,
                         "There is no kind of this name.");
  }
  const char *const members[] = {"id",         "kind",           "regions",      "classes",
                                 "source",     "effective_from", "effective_to", "confidence",
                                 kind->own[0], kind->own[1],     kind->own[2],   NULL};
  rule->kind = kind->kind;
  status = wbi_json_only(object, members, reader->error);
  if (status == WB_OK) status = rules_read_common(reader, object, rule);
  if (status == WB_OK) status = rules_read_regions(reader, object, rule);
  if (status == WB_OK) status = rules_read_days(reader, object, rule);
  return status == WB_OK ? kind->read(reader, object, rule) : status;
}

/* Reads the windows that bind, everywhere, once the pack is past its review. */
static wb_status rules_read_stale(wbi_pack_reader *reader, const wbi_json *root,
                                  wbi_law_rule *rule) {
  static const char *const stale_members[] = {"id",         "classes", "source",
                                              "confidence", "hours",   NULL};
  const wbi_json *object = NULL;
  wb_status status = wbi_json_get(root, "stale", WBI_JSON_OBJECT, true, &object, reader->error);
  if (status == WB_OK) status = wbi_json_only(object, stale_members, reader->error);
  if (status == WB_OK) status = rules_read_common(reader, object, rule);
  if (status != WB_OK) return status;
  rule->kind = WB_LAW_HOURS;
  rule->regions = UINT64_MAX;
  rule->from = reader->pack->review_by + 1;
  return rules_read_windows(reader, object, rule);
}

/* Finds the rules that are asked before each message, among many about hours. */
static wb_status rules_consents(wbi_pack_reader *reader) {
  wbi_pack *pack = reader->pack;
  const wb_status status =
      wbi_pack_array(reader, pack->rule_count, sizeof(wbi_law_rule *), &pack->consents);
  for (uint32_t i = 0; status == WB_OK && i < pack->rule_count; i++) {
    const wbi_law_rule *rule = &pack->rules[i];
    if (rule->kind == WB_LAW_CONSENT || rule->kind == WB_LAW_MAJORITY ||
        rule->kind == WB_LAW_TERM || rule->kind == WB_LAW_STOP)
      pack->consents[pack->consent_count++] = rule;
  }
  return status;
}

wb_status wbi_pack_rules(wbi_pack_reader *reader, const wbi_json *root) {
  const wbi_json *array = NULL;
  wbi_pack *pack = reader->pack;
  wb_status status = wbi_json_get(root, "rules", WBI_JSON_ARRAY, true, &array, reader->error);
  if (status != WB_OK) return status;
  if (array->count >= RULES_MOST) {
    return wbi_json_fail(array, reader->error, WB_E_LIMIT, "A pack has at most 4,096 rules.");
  }
  status = wbi_pack_array(reader, array->count + 1, sizeof *pack->rules, &pack->rules);
  for (const wbi_json *item = array->first; item != NULL && status == WB_OK; item = item->next) {
    status = rules_read(reader, item, &pack->rules[pack->rule_count++]);
  }
  if (status == WB_OK) status = rules_read_stale(reader, root, &pack->rules[pack->rule_count++]);
  return status == WB_OK ? rules_consents(reader) : status;
}

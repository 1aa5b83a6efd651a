/* SPDX-License-Identifier: MIT */
/* The lint of templates and texts: what it is given, what it finds, the class of a message. */
#include "liquid/lint.h"

enum { LINT_NAMES_MOST = 64, LINT_HOSTS_MOST = 256 };

/* Whether a rule only says what raises a text to the class that is declared. */
static bool lint_declared(const wbi_lint *lint, const wbi_data_rule *rule) {
  const int32_t declared = lint->options->message_class;
  if (rule->raises == WB_MESSAGE_BENEFIT && declared == WB_MESSAGE_OFFER) return true;
  if (strcmp(rule->id, "financial.promise") == 0) return false;
  const bool amount = strcmp(rule->id, "financial.amount") == 0;
  return rule->raises != 0 &&
         (rule->raises == declared || (amount && declared == WB_MESSAGE_BILLING));
}

/* Whether a rule is lifted for those who agreed to detail. */
static bool lint_detail(const wbi_lint *lint, const wbi_data_rule *rule) {
  static const char *const lint_details[] = {"clinical.gums", "clinical.treatment",
                                             "clinical.finding"};
  if ((lint->options->flags & WB_LINT_DETAIL) == 0) return false;
  for (size_t i = 0; i < WBI_COUNT(lint_details); i++) {
    if (strcmp(rule->id, lint_details[i]) == 0) return true;
  }
  return false;
}

/* Writes a finding, or only counts it. */
static void lint_write(wbi_lint *lint, const wb_finding *finding) {
  if (lint->count < lint->capacity) {
    char *to = lint->findings + (size_t)lint->count * lint->stride;
    memcpy(to, &lint->stride, sizeof lint->stride);
    (void)wbi_struct_write(to, sizeof *finding, finding, sizeof *finding);
  }
  lint->count++;
}

/* Notes that a text is of a class. */
static void lint_raise(wbi_lint *lint, const wbi_data_rule *rule, const wbi_lint_place *from) {
  if (rule->raises == 0 || lint->channel->column == WBI_COLUMN_STAFF) return;
  if (lint->raised == 0) lint->raised_from = *from;
  lint->raised |= 1u << rule->raises;
}

/* Whether nothing counts in a stretch, or it is a way out without its word in capitals. */
static bool lint_passed(const wbi_lint *lint, const wbi_data_rule *rule, uint32_t from,
                        uint32_t end) {
  const wbi_text said = wbi_text_slice(lint->source, from, end);
  if (from >= lint->fine[0] && end <= lint->fine[1] && end > from) return true;
  if ((rule->part & (WBI_PART_STOP | WBI_PART_ALTO)) == 0) return false;
  return wbi_text_find(said, WBI_TEXT("STOP"), 0) == SIZE_MAX &&
         wbi_text_find(said, WBI_TEXT("ALTO"), 0) == SIZE_MAX;
}

void wbi_lint_find(wbi_lint *lint, const wbi_data_rule *rule, const wbi_lint_place *from,
                   uint32_t end) {
  if (lint_passed(lint, rule, from->at, end)) return;
  lint->parts |= rule->part;
  if (rule->id[0] == '\0' && rule->part == 0) {
    lint->fine[0] = from->at;
    lint->fine[1] = end;
  }
  lint_raise(lint, rule, from);
  const uint8_t severity = rule->severity[lint->channel->column];
  if (severity == 0 || lint_declared(lint, rule) || lint_detail(lint, rule)) return;
  if (rule == lint->last && from->at < lint->last_end) return; /* its phrases overlap */
  lint->last = rule;
  lint->last_end = end;
  const wb_finding finding = {.size = sizeof finding,
                              .rule = rule->id,
                              .message = rule->says,
                              .suggestion = rule->instead[lint->language],
                              .line = from->line,
                              .column = from->column,
                              .length = end - from->at,
                              .severity = severity};
  lint_write(lint, &finding);
}

void wbi_lint_find_id(wbi_lint *lint, const char *id, const wbi_lint_place *from, uint32_t end) {
  for (uint32_t i = 0; WBI_ALWAYS(i < wbi_data_rules_count); i++) {
    if (strcmp(wbi_data_rules[i].id, id) != 0) continue;
    wbi_lint_find(lint, wbi_data_rules + i, from, end);
    return;
  }
}

/* Whether a list has its texts. */
static wb_status lint_check_list(const char *const *list, uint32_t count, uint32_t most,
                                 wb_error *error) {
  if (count > most) return wbi_fail(error, WB_E_LIMIT, "A list of the lint is too long.");
  for (uint32_t i = 0; i < count; i++) {
    if (list != NULL && list[i] != NULL) continue;
    return wbi_fail(error, WB_E_INVALID, "A list of the lint lacks its texts.");
  }
  return WB_OK;
}

/* Finds a channel by its name. */
static wb_status lint_channel(wbi_lint *lint, wbi_text name, wb_error *error) {
  for (uint32_t i = 0; i < wbi_data_channels_count; i++) {
    if (!wbi_text_equal(name, wbi_text_of(wbi_data_channels[i].name))) continue;
    lint->channel = wbi_data_channels + i;
    return WB_OK;
  }
  const bool email = wbi_text_equal(name, WBI_TEXT("email"));
  return wbi_fail_name(error, WB_E_NAME, "There is no channel ", name,
                       email ? "; did you mean email.text?" : ".");
}

/* Finds language and class. */
static wb_status lint_kind(wbi_lint *lint, wb_error *error) {
  const wb_lint_options *options = lint->options;
  const wbi_text language = wbi_text_of(options->language);
  lint->language = wbi_text_equal(language, WBI_TEXT("es"));
  if (language.length > 0 && lint->language == 0 && !wbi_text_equal(language, WBI_TEXT("en"))) {
    return wbi_fail(error, WB_E_NAME, "The languages of the lint are en and es.");
  }
  if (options->message_class >= 0 && options->message_class <= WB_MESSAGE_URGENT) return WB_OK;
  return wbi_fail(error, WB_E_NAME, "There is no such class of messages.");
}

/* Checks the options, which were read. */
static wb_status lint_check(wbi_lint *lint, wb_error *error) {
  const wb_lint_options *options = lint->options;
  wb_status status = lint_check_list(options->names, options->name_count, LINT_NAMES_MOST, error);
  if (status == WB_OK) {
    status = lint_check_list(options->phones, options->phone_count, LINT_NAMES_MOST, error);
  }
  if (status == WB_OK) {
    status = lint_check_list(options->hosts, options->host_count, LINT_HOSTS_MOST, error);
  }
  if (status == WB_OK) {
    status = lint_check_list(options->allowed, options->allowed_count, LINT_NAMES_MOST, error);
  }
  if (status == WB_OK) {
    status = lint_check_list(options->banned, options->banned_count, LINT_NAMES_MOST, error);
  }
  return status == WB_OK ? lint_kind(lint, error) : status;
}

/* Sets up where findings go. */
static wb_status lint_findings(wbi_lint *lint, wb_finding *findings, uint32_t capacity,
                               const uint32_t *count, wb_error *error) {
  if (count == NULL ||
      !wbi_structs_fit(findings, capacity, sizeof *findings, _Alignof(wb_finding))) {
    return wbi_fail(error, WB_E_INVALID, "The place for findings or their count is missing.");
  }
  lint->findings = (char *)findings;
  lint->stride = capacity > 0 ? findings->size : 0;
  lint->capacity = capacity;
  return WB_OK;
}

/* Reads what a lint is given. */
static wb_status lint_begin(wbi_lint *lint, const wb_lint_options *given, wb_lint_options *known,
                            wb_error *error) {
  *known = (wb_lint_options){.size = sizeof *known};
  lint->options = known;
  lint->place = (wbi_lint_place){0, 1, 1};
  if (given == NULL) return WB_OK;
  const wb_status status = wbi_struct_read(given, sizeof *known, known, sizeof *known,
                                           WB_LINT_FRAGMENT | WB_LINT_DETAIL, error);
  return status == WB_OK ? lint_check(lint, error) : status;
}

/* Ends a lint: what is missing, and how many were found. */
static wb_status lint_end(wbi_lint *lint, uint32_t *count, wb_error *error) {
  wbi_lint_cut(lint, true);
  if ((lint->options->flags & WB_LINT_FRAGMENT) == 0) wbi_lint_missing(lint);
  *count = lint->count;
  if (lint->count <= lint->capacity) return WB_OK;
  return wbi_fail(error, WB_E_SPACE, "There are more findings than there is space for.");
}

/* The class that a field raises a text to; 0: none. */
static int32_t lint_field_class(wbi_text field) {
  static const struct {
    const char *prefix;
    int32_t raises;
  } lint_fields[] = {{"offer", WB_MESSAGE_OFFER},
                     {"benefit", WB_MESSAGE_BENEFIT},
                     {"coverages", WB_MESSAGE_BENEFIT},
                     {"claims", WB_MESSAGE_BENEFIT},
                     {"patient.balance", WB_MESSAGE_BILLING}};
  for (size_t i = 0; i < WBI_COUNT(lint_fields); i++) {
    const wbi_text prefix = wbi_text_of(lint_fields[i].prefix);
    const bool whole = field.length == prefix.length ||
                       (field.length > prefix.length && field.data[prefix.length] == '.');
    if (whole && wbi_text_starts(field, prefix)) return lint_fields[i].raises;
  }
  return 0;
}

/* The strictest of some classes: an offer, money owed, benefits, care. */
static int32_t lint_strictest(uint32_t classes) {
  static const int32_t lint_classes[] = {WB_MESSAGE_OFFER, WB_MESSAGE_BILLING, WB_MESSAGE_BENEFIT};
  for (size_t i = 0; i < WBI_COUNT(lint_classes); i++) {
    if ((classes >> lint_classes[i] & 1) != 0) return lint_classes[i];
  }
  return WB_MESSAGE_CARE;
}

int32_t wbi_template_class(const wb_template *compiled, wb_error *place) {
  wbi_lint lint = {
      .source = compiled->source, .policy = compiled->policy, .schema = compiled->schema};
  wb_lint_options known;
  uint32_t raised = 0, field = 0;
  (void)lint_begin(&lint, NULL, &known, NULL);
  for (uint32_t i = 0; wb_template_get(compiled, i, &field) == WB_OK; i++)
    raised |= 1u << lint_field_class(wbi_schema_field(compiled->schema, field)->name);
  (void)lint_channel(&lint, wbi_text_of(compiled->channel->name), NULL);
  wbi_lint_pieces(&lint);
  wbi_lint_cut(&lint, true);
  if (lint.raised != 0) wbi_error_place(place, compiled->source, lint.raised_from.at);
  return lint_strictest(raised | lint.raised);
}

wb_status WB_CALL wb_text_lint(const char *text, size_t length, const wb_lint_options *options,
                               wb_finding *findings, uint32_t capacity, uint32_t *count,
                               wb_error *error) {
  wbi_lint lint = {.source = {text, length}};
  wb_lint_options known;
  if (text == NULL && length > 0) return wbi_fail(error, WB_E_INVALID, "The text is missing.");
  wb_status status = lint_begin(&lint, options, &known, error);
  if (status == WB_OK) status = lint_findings(&lint, findings, capacity, count, error);
  if (status != WB_OK) return status;
  status = lint_channel(&lint, wbi_text_of(known.channel != NULL ? known.channel : "sms"), error);
  if (status != WB_OK) return status;
  if (length > WBI_LIQUID_LENGTH) {
    return wbi_fail(error, WB_E_LIMIT, "The text is longer than 256 KiB.");
  }
  size_t bad = 0;
  uint32_t scalar = 0;
  while (wbi_utf8_next(lint.source, &bad, &scalar)) {
  }
  if (bad < length) {
    return wbi_fail_at(error, WB_E_INVALID, lint.source, bad, "The text is not UTF-8 here.");
  }
  wbi_lint_text(&lint, 0, (uint32_t)length);
  return lint_end(&lint, count, error);
}

wb_status WB_CALL wb_template_lint(const wb_template *compiled, const wb_lint_options *options,
                                   wb_finding *findings, uint32_t capacity, uint32_t *count,
                                   wb_error *error) {
  wb_lint_options known;
  if (compiled == NULL) return wbi_fail(error, WB_E_INVALID, "The template is missing.");
  wbi_lint lint = {.source = compiled->source,
                   .policy = compiled->policy,
                   .schema = compiled->schema,
                   .segments = compiled->channel->max_segments};
  wb_status status = lint_begin(&lint, options, &known, error);
  if (compiled->register_ == WB_REGISTER_DETAIL) known.flags |= WB_LINT_DETAIL;
  if (status == WB_OK && known.language == NULL) {
    known.language = compiled->language;
    status = lint_kind(&lint, error);
  }
  if (status == WB_OK) status = lint_findings(&lint, findings, capacity, count, error);
  if (status != WB_OK) return status;
  (void)lint_channel(&lint, wbi_text_of(compiled->channel->name), NULL);
  wbi_lint_pieces(&lint);
  return lint_end(&lint, count, error);
}

/* SPDX-License-Identifier: MIT */
/*
 * Templates and values that a safe renderer refuses or neutralises. Each case is compiled for its
 * channel and rendered with its values for one patient, whose facts a getter gives. A refusal
 * counts where refusing is allowed; how a case may be accepted is checked to the letter.
 */
#include <stdlib.h>

#include "conformance.h"
#include "liquid/html.h"
#include "liquid/liquid_private.h"

#include <winback/lint.h>
#include <winback/message.h>

enum { ATTACK_FIELDS = 256, ATTACK_ROOM = 1 << 20, ATTACK_WHOLE = 1 << 20 };

/* What fields the cases' host has: by name, and by what their name begins with. */
static const struct {
  const char *name;
  int32_t type, element, class_;
} attack_fields[] = {
    {"patient.ssn", WB_TEXT, 0, WB_CLASS_IDENTIFIER},
    {"patient.dob", WB_TEXT, 0, WB_CLASS_IDENTIFIER},
    {"patient.email", WB_TEXT, 0, WB_CLASS_IDENTIFIER},
    {"patient.phone", WB_TEXT, 0, WB_CLASS_IDENTIFIER},
    {"booking.url", WB_TEXT, 0, WB_CLASS_LINK},
    {"visit.count", WB_INT, 0, WB_CLASS_SCHEDULING},
    {"visit.procedure", WB_TEXT, 0, WB_CLASS_CLINICAL},
    {"visit.procedures", WB_LIST, WB_TEXT, WB_CLASS_CLINICAL},
    {"patient.dx", WB_TEXT, 0, WB_CLASS_CLINICAL},
    {"visit.dx", WB_TEXT, 0, WB_CLASS_CLINICAL},
    {"account.balance", WB_INT, 0, WB_CLASS_FINANCIAL},
    {"practice.color", WB_TEXT, 0, WB_CLASS_PUBLIC},
    {"practice.phone", WB_TEXT, 0, WB_CLASS_PUBLIC},
};

static const struct {
  const char *prefix;
  int32_t class_;
} attack_prefixes[] = {
    {"practice.", WB_CLASS_PUBLIC},
    {"account.", WB_CLASS_FINANCIAL},
    {"appt.", WB_CLASS_SCHEDULING},
    {"dx.", WB_CLASS_CLINICAL},
};

/* Where the cases run. */
typedef struct attack_world {
  wb_field fields[ATTACK_FIELDS];
  char names[ATTACK_FIELDS][64];
  uint32_t fields_count;
  wb_schema *schema;
  wb_policy *policy;
  wb_facts *facts;
  const wbi_json *values; /* of the case */
  bool bare;              /* nothing is given: what a missing value makes of the text */
  char *out;              /* what was rendered */
  size_t length;
  char why[256];
} attack_world;

/* ---- the host ----------------------------------------------------------------------------- */

/* Adds a field, once; those that the dictionary has are there already. */
static void attack_field(attack_world *world, wbi_text name, int32_t type, int32_t element,
                         int32_t class_) {
  if (name.length >= sizeof world->names[0] || world->fields_count == ATTACK_FIELDS) return;
  if (wbi_text_equal(name, WBI_TEXT("practice.name"))) return;
  for (uint32_t i = 0; i < world->fields_count; i++) {
    if (wbi_text_equal(name, wbi_text_of(world->names[i]))) return;
  }
  char *kept = world->names[world->fields_count];
  memcpy(kept, name.data, name.length);
  kept[name.length] = '\0';
  wb_field *field = &world->fields[world->fields_count++];
  *field = (wb_field){.size = sizeof *field,
                      .name = kept,
                      .about = "Of a case.",
                      .type = type,
                      .element = element,
                      .presence = WB_OPTIONAL,
                      .class_ = class_};
}

/* Adds the fields of a case's text that are known by how their name begins. */
static void attack_mentions(attack_world *world, wbi_text text) {
  for (size_t i = 0; i < WBI_COUNT(attack_prefixes); i++) {
    const wbi_text prefix = wbi_text_of(attack_prefixes[i].prefix);
    for (size_t at = 0; at < text.length; at++) {
      if (!wbi_text_starts(wbi_text_slice(text, at, text.length), prefix)) continue;
      size_t end = at + prefix.length;
      while (end < text.length &&
             ((text.data[end] >= 'a' && text.data[end] <= 'z') || text.data[end] == '_'))
        end++;
      if (end == at + prefix.length) continue;
      attack_field(world, wbi_text_slice(text, at, end), WB_TEXT, 0, attack_prefixes[i].class_);
    }
  }
}

static wb_status WB_CALL attack_count(void *user, uint64_t *rows) {
  (void)user;
  *rows = 1;
  return WB_OK;
}

static wb_status WB_CALL attack_find(void *user, const char *key, size_t length, uint64_t *row) {
  (void)user;
  *row = 0;
  return wbi_text_equal((wbi_text){key, length}, WBI_TEXT("p1")) ? WB_OK : WB_E_NAME;
}

/* The value of a field in the case at hand. */
static wb_status WB_CALL attack_get(void *user, uint64_t row, uint32_t field, uint32_t first,
                                    uint32_t capacity, wb_value *values, uint32_t *count) {
  const attack_world *world = user;
  const wbi_field *about = wbi_schema_field(world->schema, field);
  (void)row;
  (void)first;
  *count = about->type == WB_LIST || about->list != 0 ? UINT32_MAX : 1;
  if (*count != 1 || capacity == 0) return WB_OK;
  values->kind = WB_UNKNOWN;
  const wbi_json *given = world->values;
  given = given != NULL && !world->bare ? wbi_json_find(given, about->name.data) : NULL;
  wbi_text text = {NULL, 0};
  if (given != NULL) text = given->text;
  if (wbi_text_equal(about->name, WBI_TEXT("patient.key"))) text = WBI_TEXT("p1");
  if (wbi_text_equal(about->name, WBI_TEXT("patient.status"))) text = WBI_TEXT("active");
  if (about->type != WB_TEXT || text.data == NULL) return WB_OK;
  values->kind = WB_TEXT;
  values->data = text.data;
  values->length = (uint32_t)text.length;
  return WB_OK;
}

/* Makes the host of the cases. */
static wb_status attack_open(attack_world *world, const wbi_json *cases) {
  static const char policy[] = "{\"hosts\": [\"oak.link\"]}";
  for (size_t i = 0; i < WBI_COUNT(attack_fields); i++)
    attack_field(world, wbi_text_of(attack_fields[i].name), attack_fields[i].type,
                 attack_fields[i].element, attack_fields[i].class_);
  for (const wbi_json *each = cases->first; each != NULL; each = each->next)
    attack_mentions(world, wbi_json_find(each, "template")->text);
  const wb_source source = {.size = sizeof source,
                            .user = world,
                            .count = attack_count,
                            .find = attack_find,
                            .get = attack_get};
  const wb_facts_options options = {.size = sizeof options, .source = &source};
  wb_status status = wb_schema_new(NULL, world->fields, world->fields_count, &world->schema, NULL);
  if (status == WB_OK) {
    status = wb_policy_new(NULL, world->schema, policy, sizeof policy - 1, &world->policy, NULL);
  }
  return status == WB_OK ? wb_facts_new(NULL, world->schema, &options, &world->facts, NULL)
                         : status;
}

/* ---- one case ----------------------------------------------------------------------------- */

/* A member of a case. */
static wbi_text attack_text(const wbi_json *test, const char *name) {
  const wbi_json *member = wbi_json_find(test, name);
  return member != NULL ? member->text : (wbi_text){"", 0};
}

/* Whether some words stand in a text. */
static bool attack_has(wbi_text text, const char *words) {
  const wbi_text wanted = wbi_text_of(words);
  for (size_t at = 0; at + wanted.length <= text.length; at++) {
    if (wbi_text_starts(wbi_text_slice(text, at, text.length), wanted)) return true;
  }
  return false;
}

/* The channel of a case as policies name it. */
static void attack_channel(wbi_text name, char channel[32]) {
  size_t i = 0;
  for (; i < name.length && i < 31; i++)
    channel[i] = name.data[i];
  channel[i] = '\0';
  char *bar = strchr(channel, '_');
  if (bar != NULL) *bar = '.';
}

/* A text that is described rather than written out: head, so many middles, tail. */
static const struct {
  const char *described, *head, *middle, *tail, *after;
  size_t count;
} attack_described[] = {
    {"{% if a %}*20000 nested", "", "{% if practice.name %}", "x", "{% endif %}", 20000},
    {"{{ a[0][0]... *50000", "{{ practice.name", "[0]", " }}", "", 50000},
    {"{{ 'x' | append: 'x' ... *100000", "{{ 'x'", " | append: 'x'", " }}", "", 100000},
    {"1 MiB of literal text", "", "x", "", "", ATTACK_WHOLE},
    {"{% case a %}{% when 1,1,1,... *100000 %}", "{% case practice.name %}{% when 1", ",1",
     " %}x{% endcase %}", "", 99999},
};

/* The text of a case, in memory of its own. */
static char *attack_template(wbi_text text, size_t *length) {
  for (size_t i = 0; i < WBI_COUNT(attack_described); i++) {
    if (!wbi_text_equal(text, wbi_text_of(attack_described[i].described))) continue;
    const size_t count = attack_described[i].count;
    const size_t each = strlen(attack_described[i].middle) + strlen(attack_described[i].after);
    wbi_writer writer = {NULL, count * each + 256, 0};
    writer.data = malloc(writer.capacity);
    if (writer.data == NULL) abort();
    wbi_put_text(&writer, wbi_text_of(attack_described[i].head));
    for (size_t j = 0; j < count; j++)
      wbi_put_text(&writer, wbi_text_of(attack_described[i].middle));
    wbi_put_text(&writer, wbi_text_of(attack_described[i].tail));
    for (size_t j = 0; j < count; j++)
      wbi_put_text(&writer, wbi_text_of(attack_described[i].after));
    *length = writer.length;
    return writer.data;
  }
  char *copy = malloc(text.length + 1);
  if (copy == NULL) abort();
  memcpy(copy, text.data, text.length);
  *length = text.length;
  return copy;
}

/* Renders with the values of the case. */
static wb_status attack_render(attack_world *world, const wb_template *compiled, bool bare) {
  const wb_moment moment = {.size = sizeof moment, .now = 1795446000};
  wb_error error = {.status = 0};
  world->bare = bare;
  const wb_status status = wb_template_render(compiled, world->facts, 0, &moment, world->out,
                                              ATTACK_ROOM, &world->length, &error);
  snprintf(world->why, sizeof world->why, "%s",
           status == WB_OK ? "it was rendered" : error.message);
  return status;
}

/* ---- what is expected --------------------------------------------------------------------- */

/* Whether a refusal is one for what the case is about. */
static bool attack_refusal(wb_status status) {
  return status == WB_E_POLICY || status == WB_E_STATE || status == WB_E_LIMIT;
}

/* Nothing goes out, or what a missing value makes of the text. */
static bool attack_falls_back(attack_world *world, const wb_template *compiled) {
  wb_status status = attack_render(world, compiled, false);
  if (status != WB_OK) return attack_refusal(status);
  char *said = malloc(world->length + 1);
  if (said == NULL) abort();
  const wbi_text first = {said, world->length};
  memcpy(said, world->out, world->length);
  status = attack_render(world, compiled, true);
  const bool same = status == WB_OK && wbi_text_equal(first, (wbi_text){world->out, world->length});
  free(said);
  return same;
}

/* Writes the text of a case with a value in its place, as nobody should send it. */
static void attack_raw(wbi_text text, wbi_text name, wbi_text value, wbi_writer *writer) {
  for (size_t at = 0; at < text.length;) {
    const wbi_text rest = wbi_text_slice(text, at, text.length);
    size_t close = 0;
    while (close + 2 <= rest.length && memcmp(rest.data + close, "}}", 2) != 0)
      close++;
    if (wbi_text_starts(rest, WBI_TEXT("{{")) &&
        wbi_text_equal(wbi_text_trim(wbi_text_slice(rest, 2, close)), name)) {
      wbi_put_text(writer, value);
      at += close + 2;
    } else {
      wbi_put_char(writer, text.data[at++]);
    }
  }
}

/* Writes HTML with its character references read. */
static void attack_decode(wbi_text html, wbi_writer *writer) {
  for (size_t at = 0; at < html.length;) {
    uint32_t scalar = 0;
    char bytes[4];
    if (html.data[at] == '&' && wbi_escape_reference(html, &at, &scalar)) {
      wbi_put_text(writer, (wbi_text){bytes, wbi_utf8_put(bytes, scalar)});
    } else {
      wbi_put_char(writer, html.data[at++]);
    }
  }
}

/* How many signs of markup there are. */
static size_t attack_markup(wbi_text text) {
  size_t count = 0;
  for (size_t i = 0; i < text.length; i++)
    count += memchr("<>\"", text.data[i], 3) != NULL;
  return count;
}

/* Nothing goes out, or the markup is that of the template and the value is text. */
static bool attack_is_text(attack_world *world, const wb_template *compiled, const wbi_json *test) {
  static char raw[4096], read[4096];
  wbi_writer wanted = {raw, sizeof raw, 0}, given = {read, sizeof read, 0};
  const wb_status status = attack_render(world, compiled, false);
  if (status != WB_OK) return attack_refusal(status);
  const wbi_json *value = world->values->first;
  const wbi_text text = attack_text(test, "template"), out = {world->out, world->length};
  attack_raw(text, value->name, value->text, &wanted);
  attack_decode(out, &given);
  static char empty[4096];
  wbi_writer bare = {empty, sizeof empty, 0};
  attack_raw(text, value->name, (wbi_text){"", 0}, &bare);
  return wanted.length < sizeof raw &&
         wbi_text_equal((wbi_text){raw, wanted.length}, (wbi_text){read, given.length}) &&
         attack_markup(out) == attack_markup((wbi_text){empty, bare.length});
}

/* The price is known, and a message beyond the cap does not go out. */
static bool attack_is_measured(attack_world *world, const wb_template *compiled,
                               const wbi_json *test) {
  static char raw[4096];
  wbi_writer writer = {raw, sizeof raw, 0};
  wb_sms sms = {.size = sizeof sms};
  const wbi_json *value = world->values->first;
  attack_raw(attack_text(test, "template"), value->name, value->text, &writer);
  if (wb_sms_measure(raw, writer.length, &sms) != WB_OK) return false;
  if (sms.encoding != WB_SMS_UCS2) return false;
  const wb_status status = attack_render(world, compiled, false);
  if (status != WB_OK) return attack_refusal(status);
  return wb_sms_measure(world->out, world->length, &sms) == WB_OK && sms.segments <= 2;
}

/* It reads nothing and can be rendered. */
static bool attack_is_constant(attack_world *world, const wb_template *compiled) {
  uint32_t field = 0;
  return wb_template_get(compiled, 0, &field) == WB_E_NAME &&
         attack_render(world, compiled, false) == WB_OK && world->length > 0;
}

/* What a template that compiled is held to. */
static bool attack_compiled(attack_world *world, const wb_template *compiled,
                            const wbi_json *test) {
  const wbi_text expected = attack_text(test, "expect");
  if (wbi_text_starts(expected, WBI_TEXT("reject"))) return false;
  if (wbi_text_equal(expected, WBI_TEXT("accept:constant")))
    return attack_is_constant(world, compiled);
  if (wbi_text_equal(expected, WBI_TEXT("accept_or_policy"))) return true;
  const bool compiles = wbi_text_equal(attack_text(test, "stage"), WBI_TEXT("compile"));
  if (wbi_text_starts(expected, WBI_TEXT("accept")))
    return compiles || attack_render(world, compiled, false) == WB_OK;
  if (attack_has(expected, "DOM")) return attack_is_text(world, compiled, test);
  if (attack_has(expected, "UCS-2")) return attack_is_measured(world, compiled, test);
  if (attack_has(expected, "block")) return attack_falls_back(world, compiled);
  if (!wbi_text_starts(expected, WBI_TEXT("bounded"))) return false;
  (void)attack_render(world, compiled, false);
  return true;
}

/* ---- lint --------------------------------------------------------------------------------- */

/* Categories of which each is a hint at the others of its line; a public shortener is a link. */
static const char *const attack_families[][4] = {
    {"clinical"},   {"financial", "offer"},       {"guilt", "pressure", "scam"},
    {"identifier"}, {"link", "public shortener"}, {"missing", "length"}};

/* Whether a rule is of a category. */
static bool attack_rule(const wb_finding *finding, const char *category) {
  const size_t length = strlen(category);
  return strncmp(finding->rule, category, length) == 0 && finding->rule[length] == '.';
}

/* The line of a category; NULL: it is none that we know. */
static const char *const *attack_family(wbi_text category) {
  for (size_t i = 0; i < WBI_COUNT(attack_families); i++) {
    for (size_t j = 0; j < 4 && attack_families[i][j] != NULL; j++) {
      if (wbi_text_equal(category, wbi_text_of(attack_families[i][j]))) return attack_families[i];
    }
  }
  return NULL;
}

/* Whether something was found that a category hints at. */
static bool attack_found(const wb_finding *findings, uint32_t count, wbi_text category) {
  const char *const *family = attack_family(category);
  if (family == NULL) return count > 0;
  for (uint32_t i = 0; i < count; i++) {
    for (size_t j = 0; j < 4 && family[j] != NULL; j++) {
      if (attack_rule(&findings[i], family[j])) return true;
    }
  }
  return false;
}

/* The findings in a text; in one that is to be accepted, not that it is a piece of a message. */
static uint32_t attack_lint(const wbi_json *test, bool accepted, wb_finding *findings,
                            uint32_t capacity) {
  char channel[32];
  uint32_t count = 0;
  const wbi_text text = attack_text(test, "template");
  attack_channel(attack_text(test, "channel"), channel);
  const wb_lint_options options = {
      .size = sizeof options, .flags = accepted ? WB_LINT_FRAGMENT : 0, .channel = channel};
  findings->size = sizeof *findings;
  const wb_status status =
      wb_text_lint(text.data, text.length, &options, findings, capacity, &count, NULL);
  return status == WB_OK ? count : UINT32_MAX;
}

/* Every category that is named has a finding; none is named: nothing is an error. */
static bool attack_lints(const wbi_json *test) {
  wb_finding findings[32];
  const wbi_text expected = attack_text(test, "expect");
  const bool accepted = !wbi_text_starts(expected, WBI_TEXT("lint:"));
  const uint32_t count = attack_lint(test, accepted, findings, 32);
  if (count > 32) return false;
  for (uint32_t i = 0; accepted && i < count; i++) {
    if (findings[i].severity == WB_SEVERITY_ERROR) return false;
  }
  for (size_t at = sizeof "lint:" - 1; !accepted && at < expected.length;) {
    size_t end = at;
    while (end < expected.length && expected.data[end] != '+')
      end++;
    if (!attack_found(findings, count, wbi_text_slice(expected, at, end))) return false;
    at = end + 1;
  }
  return true;
}

/* ---- all ---------------------------------------------------------------------------------- */

/* Whether a case may be refused when it is compiled. */
static bool attack_may_refuse(const wbi_json *test) {
  const wbi_text expected = attack_text(test, "expect");
  return wbi_text_starts(expected, WBI_TEXT("reject")) ||
         wbi_text_starts(expected, WBI_TEXT("bounded")) || attack_has(expected, "or_policy");
}

/* Runs one case. */
static bool attack_case(attack_world *world, const wbi_json *test) {
  char channel[32];
  size_t length = 0;
  wb_template *compiled = NULL;
  wb_error error = {.status = 0};
  attack_channel(attack_text(test, "channel"), channel);
  const wb_template_options options = {.size = sizeof options, .channel = channel};
  char *text = attack_template(attack_text(test, "template"), &length);
  world->values = wbi_json_find(test, "values");
  const wb_status status = wb_template_new(NULL, world->schema, world->policy, &options, text,
                                           length, &compiled, &error);
  snprintf(world->why, sizeof world->why, "%s", status == WB_OK ? "it compiled" : error.message);
  bool holds = status == WB_OK ? attack_compiled(world, compiled, test) : attack_may_refuse(test);
  if (wbi_text_equal(attack_text(test, "category"), WBI_TEXT("lint"))) holds = attack_lints(test);
  wb_template_unref(compiled);
  free(text);
  return holds;
}

void conformance_attack(const wbi_json *root, tally *counts) {
  attack_world *world = calloc(1, sizeof *world);
  const wbi_json *cases = wbi_json_find(root, "cases");
  if (world == NULL || cases == NULL || attack_open(world, cases) != WB_OK) abort();
  world->out = malloc(ATTACK_ROOM);
  if (world->out == NULL) abort();
  for (const wbi_json *test = cases->first; test != NULL; test = test->next) {
    const bool holds = attack_case(world, test);
    tally_add(counts, holds ? CASE_PASSED : CASE_FAILED, attack_text(test, "id"), world->why);
  }
  wb_facts_free(world->facts);
  wb_policy_unref(world->policy);
  wb_schema_unref(world->schema);
  free(world->out);
  free(world);
}

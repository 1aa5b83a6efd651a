/* SPDX-License-Identifier: MIT */
/*
 * Campaigns, texts, rules, policies, settings and laws that are damaged in one place: each value of
 * a JSON text is of another kind in turn, each text ends early, each allocation fails. What comes
 * of it is an object or an error with a message, never both, and all memory is given back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/effort.h"
#include "support/fault.h"
#include "support/playbook.h"
#include "support/world.h"

typedef struct broken {
  fault_memory memory;
  wb_context *context;
  wb_schema *schema;
} broken;

static int begin(void **state) {
  broken *b = calloc(1, sizeof *b);
  assert_non_null(b);
  b->context = fault_context(&b->memory);
  assert_int_equal(wb_schema_new(b->context, NULL, 0, &b->schema, NULL), WB_OK);
  *state = b;
  return 0;
}

static int end(void **state) {
  broken *b = *state;
  wb_schema_unref(b->schema);
  wb_context_unref(b->context);
  assert_int_equal(b->memory.live, 0);
  free(b);
  return 0;
}

/* ---- what is made of a text ----------------------------------------------------------------- */

typedef wb_status (*maker)(const broken *b, const char *text, size_t length, wb_error *error);

static wb_status campaign(const broken *b, const char *text, size_t length, wb_error *error) {
  wb_campaign *made = NULL;
  const wb_status status = wb_campaign_new(b->context, b->schema, NULL, text, length, &made, error);
  assert_int_equal(made != NULL, status == WB_OK);
  wb_campaign_unref(made);
  return status;
}

static wb_status policy(const broken *b, const char *text, size_t length, wb_error *error) {
  wb_policy *made = NULL;
  const wb_status status = wb_policy_new(b->context, b->schema, text, length, &made, error);
  assert_int_equal(made != NULL, status == WB_OK);
  wb_policy_unref(made);
  return status;
}

static wb_status law(const broken *b, const char *text, size_t length, wb_error *error) {
  wb_law *made = NULL;
  const wb_status status = wb_law_new(b->context, text, length, &made, error);
  assert_int_equal(made != NULL, status == WB_OK);
  wb_law_unref(made);
  return status;
}

static wb_status settings(const broken *b, const char *text, size_t length, wb_error *error) {
  return wb_settings_test(b->context, text, length, error);
}

static wb_status rule(const broken *b, const char *text, size_t length, wb_error *error) {
  wb_rule *made = NULL;
  const wb_status status = wb_rule_new(b->context, b->schema, text, length, &made, error);
  assert_int_equal(made != NULL, status == WB_OK);
  wb_rule_unref(made);
  return status;
}

static wb_status page(const broken *b, const char *text, size_t length, wb_error *error) {
  const wb_template_options options = {.size = sizeof options, .channel = "page.secure"};
  wb_template *made = NULL;
  const wb_status status =
      wb_template_new(b->context, b->schema, NULL, &options, text, length, &made, error);
  assert_int_equal(made != NULL, status == WB_OK);
  wb_template_unref(made);
  return status;
}

/* Makes something of a copy that ends where it ends. */
static wb_status try(const broken *b, maker make, const char *text, size_t length) {
  wb_error error = {0};
  const uint64_t live = b->memory.live;
  char *copy = malloc(length + 1);
  assert_non_null(copy);
  memcpy(copy, text, length);
  const wb_status status = make(b, copy, length, &error);
  assert_int_equal(error.message[0] != '\0', status != WB_OK);
  assert_int_equal(b->memory.live, live);
  free(copy);
  return status;
}

/* ---- the texts ------------------------------------------------------------------------------ */

static const char a_policy[] =
    "{\"widen\":false,\"hosts\":[\"book.example.com\",\"forms.example.org\"],\"channels\":{\"sms\":"
    "{"
    "\"read\":[\"public\",\"name\"],\"choose\":[\"recall\"]},\"email.text\":{\"read\":[\"link\"]}},"
    "\"general\":[{\"class\":\"recall\",\"en\":\"your next visit\",\"es\":\"su visita\"}]}";
static const char some_settings[] =
    "{\"practice\":{\"name\":\"Example Dental\"},\"locations\":[{\"key\":\"1\",\"name\":"
    "\"Example Dental\",\"zone\":\"America/New_York\",\"region\":\"US-NY\",\"phone\":\"+1"
    "2125550100\",\"booking_url\":\"https://book.example.com/1\",\"address\":\"12 Example"
    " Street\",\"hours\":{\"mon\":[\"08:00\",\"17:00\"]}}],\"desk\":{\"calls_per_day\":6}"
    ",\"offers\":{\"welcome-back\":{\"what\":\"Exam, X-rays as needed and cleaning for re"
    "turning patients\",\"price_cents\":9900,\"regular_cents\":18900,\"value_cents\":9000"
    ",\"cash_like\":false,\"first\":\"2026-03-02\",\"last\":\"2026-05-29\",\"qualifies\":"
    "\"recare.overdue_months >= 6\",\"includes\":[\"one visit\"],\"excludes\":[\"governme"
    "nt plans\",\"fillings\"],\"disclosures\":{\"US-NY\":[],\"US-IL\":[]},\"reviewer\":\""
    "manager-1\",\"reviewed\":\"2026-02-27\"}},\"playbooks\":{\"hygiene-recare\":{\"secon"
    "d_after\":9,\"priority\":70}},\"wording\":{\"hygiene-recare\":{\"text-first\":{\"en"
    "\":\"{{ location.short_name }}: {{ message.link }} Reply STOP to opt out.\"}}}}";
static const char a_law[] =
    "{\"pack\":\"xa\",\"country\":\"XA\",\"version\":\"1\",\"review_by\":\"2030-12-31\","
    "\"regions\":{\"XA-1\":[\"America/New_York\"]},\"stale\":{\"id\":\"stale\",\"classes"
    "\":[\"care\",\"benefit\",\"offer\",\"billing\"],\"source\":\"a convention\",\"confid"
    "ence\":\"O\",\"hours\":{\"mon-sat\":\"10:00-17:00\",\"sun\":\"none\"}},\"rules\":[{"
    "\"id\":\"w\",\"kind\":\"hours\",\"regions\":[\"XA\"],\"classes\":[\"care\"],\"source"
    "\":\"s\",\"effective_from\":\"2020-01-01\",\"confidence\":\"V\",\"hours\":{\"mon-sat"
    "\":\"09:00-21:00\"}}]}";
static const char a_rule[] =
    "(patient.age >= 18 && patient.language in ['en', 'es']) || (recare.band == '6-9' ? "
    "!recare.booked : treatments.filter(t, t.open && t.fee > 100).map(t, t.code).exists(c, "
    "c.startsWith('D2') || c.matches('^D(1|2)[0-9]{3}$'))) && {'a': [1, 2u, -3.5, b'x\\n', "
    "r'y']}['a'].size() > 0 && has(patient.first_name) && today.addMonths(-1) < "
    "date('2026-01-30') && [?optional.none(), {?'k': optional.of(1)}].size() < 9 && cel.bind(x, "
    "\"\"\"q\\u00e9\"\"\", x == null || x != '') // done";
static const char a_page[] =
    "<h1>{{ location.name | escape }}</h1>{% comment %}x{% endcomment %}{%- assign n = "
    "patient.name | default: 'there', allow_false: true | append: '!' | replace: 'a', 'b' -%}"
    "{% raw %}x{% endraw %}{% case recare.band %}{% when '0-6' or '6-9' %}<p>{{ n | "
    "truncate: 12, '..' | upcase }}</p>{% when '9-12' %}{{ today | date: '%A %-d' }}{% else "
    "%}{{ 'x' | prepend: \"y\" }}{% endcase %}{% if patient.name != blank and recare.due <= today "
    "%}{{ recare.due | date_words }}{% elsif recare.overdue_months > 3 %}{{ recare.overdue_months "
    "| plus: 1 | times: 2.5 | round: 1 }}{% else %}-{% endif %}{% unless recare.booked %}<a "
    "href=\"{{ location.booking_url }}\">{{ 5 | plural: 'a', 'b' }}</a>{% endunless %}{% for i in "
    "(1..3) reversed limit: 2, offset: 1 %}{{ forloop.index }}{{ i }}{% else %}none{% endfor %}";

/* ---- values of another kind ----------------------------------------------------------------- */

/* Where the JSON value that begins here ends. */
static size_t value_end(const char *json, size_t at) {
  size_t depth = 0;
  for (bool text = false; json[at] != '\0'; at++) {
    const char c = json[at];
    if (!text && depth == 0 && strchr(",}]", c) != NULL) break;
    if (text && c == '\\')
      at++;
    else if (c == '"')
      text = !text;
    if (text) continue;
    depth += c == '{' || c == '[';
    depth -= c == '}' || c == ']';
  }
  return at;
}

/* Each value of a JSON text in turn becomes another; how many there are. */
static uint32_t replace(const broken *b, maker make, const char *json, size_t length) {
  static const char *const others[] = {
      "null", "0",    "-1",  "99999999999999999999", "2.5", "true", "\"\"", "\"~\"", "[]",
      "{}",   "[{}]", "[5]", "[\"a\", \"a\"]"};
  char *changed = malloc(length + 64);
  uint32_t count = 0, refused = 0;
  assert_non_null(changed);
  for (size_t at = 1; at + 1 < length; at++) {
    const char before = json[at - 1];
    const bool name = before == ',' && json[at] == '"';
    if (strchr(":[,", before) == NULL || strchr(" \n", json[at]) != NULL || name) continue;
    const size_t to = value_end(json, at);
    for (size_t i = count % 2; i < sizeof others / sizeof *others; i += effort_stride(2)) {
      memcpy(changed, json, at);
      strcpy(changed + at, others[i]);
      const size_t half = at + strlen(others[i]);
      memcpy(changed + half, json + to, length - to);
      refused += try(b, make, changed, half + length - to) != WB_OK;
    }
    count++;
  }
  free(changed);
  assert_true(refused > 0);
  return count;
}

static void a_value_of_another_kind_is_refused_or_means_something(void **state) {
  const broken *b = *state;
  for (size_t i = 0; i + 1 < WORLD_DEFINITIONS; i++) {
    const char *json = world_campaigns[i][1];
    assert_int_equal(try(b, campaign, json, strlen(json)), WB_OK);
    assert_true(replace(b, campaign, json, strlen(json)) > 20);
  }
  assert_true(replace(b, policy, a_policy, sizeof a_policy - 1) > 5);
  assert_true(replace(b, law, a_law, sizeof a_law - 1) > 10);
  assert_true(replace(b, settings, some_settings, sizeof some_settings - 1) > 20);
}

/* ---- texts that end early ------------------------------------------------------------------- */

/* Each beginning of a text, each text without one of its bytes, and with one twice. */
static void cut(const broken *b, maker make, const char *text, size_t length) {
  char *changed = malloc(length + 1);
  uint32_t refused = 0;
  assert_non_null(changed);
  for (size_t at = 0; at < length; at += effort_stride(3)) {
    refused += try(b, make, text, at) != WB_OK;
    memcpy(changed, text, at);
    memcpy(changed + at, text + at + 1, length - at - 1);
    try(b, make, changed, length - 1);
    changed[at] = text[at];
    memcpy(changed + at + 1, text + at, length - at);
    try(b, make, changed, length + 1);
  }
  assert_true(refused > 0);
  free(changed);
}

static void a_text_that_ends_early_is_refused_or_means_something(void **state) {
  const broken *b = *state;
  assert_int_equal(try(b, rule, a_rule, sizeof a_rule - 1), WB_OK);
  cut(b, rule, a_rule, sizeof a_rule - 1);
  assert_int_equal(try(b, page, a_page, sizeof a_page - 1), WB_OK);
  cut(b, page, a_page, sizeof a_page - 1);
  cut(b, campaign, world_campaigns[5][1], strlen(world_campaigns[5][1]));
  cut(b, settings, some_settings, sizeof some_settings - 1);
}

/* ---- memory --------------------------------------------------------------------------------- */

static void starve(broken *b, maker make, const char *text, size_t length) {
  for (fault_mode mode = FAULT_ONCE; mode <= FAULT_FOREVER; mode++) {
    for (uint64_t at = 1;; at += effort_stride(2)) {
      wb_error error = {0};
      const uint64_t live = b->memory.live;
      fault_arm(&b->memory.plan, mode, at);
      const wb_status status = make(b, text, length, &error);
      const bool met = b->memory.plan.hits > 0;
      fault_arm(&b->memory.plan, FAULT_NEVER, 0);
      assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
      assert_int_equal(b->memory.live, live);
      if (!met) break;
    }
  }
}

static void without_memory_nothing_is_made(void **state) {
  static const char *const playbooks[] = {"hygiene-recare", "household-seasons",
                                          "last-minute-opening", "visit-confirmation"};
  broken *b = *state;
  starve(b, rule, a_rule, sizeof a_rule - 1);
  starve(b, page, a_page, sizeof a_page - 1);
  starve(b, policy, a_policy, sizeof a_policy - 1);
  starve(b, law, a_law, sizeof a_law - 1);
  starve(b, settings, some_settings, sizeof some_settings - 1);
  starve(b, campaign, world_campaigns[5][1], strlen(world_campaigns[5][1]));
  for (size_t i = 0; i < sizeof playbooks / sizeof *playbooks; i++) {
    size_t length = 0;
    const char *json = playbook_text(playbooks[i], &length);
    starve(b, campaign, json, length);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_value_of_another_kind_is_refused_or_means_something),
      cmocka_unit_test(a_text_that_ends_early_is_refused_or_means_something),
      cmocka_unit_test(without_memory_nothing_is_made),
  };
  return cmocka_run_group_tests(tests, begin, end);
}

/* SPDX-License-Identifier: MIT */
/*
 * Every allocation of every scenario fails in turn, once and from there on. The answer is
 * WB_E_NOMEM, nothing leaks, and without a fault the scenario passes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/fault.h"
#include "support/playbook.h"
#include "support/tables.h"

#define NOW ((wb_time)1769785200) /* 2026-01-30T15:00:00Z */

/* What the scenarios share; each takes what it needs. */
typedef struct memory_world {
  wb_context *context;
  wb_zone *zone;
  wb_schema *schema;
  wb_policy *policy;
  wb_facts *facts;
} memory_world;

/* Two patients, one of them overdue, their location and their history. */
static wb_status memory_tables(wb_facts *facts) {
  static const struct {
    const char *name;
    const char *text;
  } tables[] = {
      {"locations", "location:u|short_name:u|zone:u|booking_url:u\n"
                    "north|Example|America/New_York|https://book.example.com\n"
                    "south|Example|America/Chicago|\n"},
      {"patients", "patient:u|status:u|first_name:u|birth_date:tdD|location:u|text_permission:u|"
                   "household:u\n"
                   "p1|active|Ana|1980-02-29|north|yes|p1\n"
                   "p2|inactive||2015-01-01|north|unknown|p1\n"},
      {"recalls", "patient:u|kind:u|interval:u\n"
                  "p1|prophy|6m1d\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD|tooth:u\n"
                     "p1|D1110|completed|2024-08-31|\n"
                     "p1|D3330|completed|2024-08-31|30\n"
                     "p1|D2740|planned||30\n"
                     "p2|D2740|planned||3\n"},
      {"appointments", "patient:u|status:u|start:tss:|location:u\np1|scheduled|1893456000|south\n"},
      {"coverages", "patient:u|coverage:u|period:u|maximum:l|verified:tdD\n"
                    "p1|c1|calendar|100000|2030-01-01\n"},
      {"claims", "patient:u|coverage:u|status:u|paid:l|date:tdD\np1|c1|received|1|2025-01-01\n"},
      {"limits", "plan:u|limit:u|codes:u\nc1|1 per 6 months|D1110\n"},
      {"codes", "code:u|group:u\nX1|special\n"},
      {"openings", "opening:u|start:tss:\no1|1893456000\n"},
      {"guardians", "patient:u|guardian:u|representative:b\np2|p1|1\n"},
  };
  wb_status status = WB_OK;
  for (size_t i = 0; status == WB_OK && i < sizeof tables / sizeof *tables; ++i)
    status = table_add(facts, tables[i].name, tables[i].text, NULL);
  return status;
}

static wb_status memory_zone(memory_world *world) {
  return wb_zone_new(world->context, "EST5EDT,M3.2.0,M11.1.0", 22, &world->zone, NULL);
}

static wb_status memory_schema(memory_world *world) {
  return wb_schema_new(world->context, NULL, 0, &world->schema, NULL);
}

static wb_status memory_policy(memory_world *world) {
  wb_status status = memory_schema(world);
  if (status != WB_OK) return status;
  return wb_policy_new(world->context, world->schema, NULL, 0, &world->policy, NULL);
}

static wb_status memory_rule(memory_world *world) {
  static const char text[] = "patient.status == 'active' && !(recare.overdue_months < 6)";
  wb_rule *rule = NULL;
  wb_status status = memory_schema(world);
  if (status != WB_OK) return status;
  status = wb_rule_new(world->context, world->schema, text, sizeof text - 1, &rule, NULL);
  wb_rule_unref(rule);
  return status;
}

/* Variables of which each list needs more than a block that is there. */
static wb_status memory_eval(memory_world *world) {
  static char variables[16384];
  char value[32];
  size_t length = 0, at = 0;
  for (size_t i = 0; i < 6000; i++)
    at += (size_t)snprintf(variables + at, sizeof variables - at, "%s",
                           i == 0      ? "{\"a\":[[0"
                           : i == 3000 ? "],[0"
                                       : ",0");
  at += (size_t)snprintf(variables + at, sizeof variables - at, "]]}");
  return wb_rule_eval(world->context, "a[1].size()", 11, variables, at, value, sizeof value,
                      &length, NULL);
}

static const wb_template_options sms = {.size = sizeof sms, .channel = "sms"};

static wb_status memory_template(memory_world *world) {
  static const char text[] = "Hi {{ patient.first_name | default: \"there\" }}!";
  wb_template *compiled = NULL;
  wb_status status = memory_policy(world);
  if (status != WB_OK) return status;
  status = wb_template_new(world->context, world->schema, world->policy, &sms, text,
                           sizeof text - 1, &compiled, NULL);
  wb_template_unref(compiled);
  return status;
}

static wb_status memory_facts(memory_world *world) {
  wb_facts_options options = {.size = sizeof options, .as_of = NOW};
  wb_status status = memory_schema(world);
  if (status == WB_OK)
    status = wb_facts_new(world->context, world->schema, &options, &world->facts, NULL);
  if (status == WB_OK) status = memory_tables(world->facts);
  return status;
}

/* Reads a field; of a list's elements that of the first, if there is one. */
static wb_status memory_value(memory_world *world, uint64_t row, uint32_t field,
                              const wb_moment *moment, wb_value *value) {
  wb_field about = {.size = sizeof about};
  wb_status status = wb_schema_get(world->schema, field, &about);
  if (status != WB_OK || !about.list)
    return status ? status : wb_facts_get(world->facts, row, field, moment, value, NULL);
  status = wb_facts_get_item(world->facts, row, field, 0, moment, value, NULL);
  return status == WB_E_NAME ? WB_OK : status;
}

/* Reads every field of every row. */
static wb_status memory_values(memory_world *world) {
  wb_moment moment = {.size = sizeof moment, .now = NOW};
  wb_status status = WB_OK;
  for (uint32_t field = 0; status == WB_OK && field < wb_schema_count(world->schema); ++field) {
    for (uint64_t row = 0; status == WB_OK && row < 2; ++row) {
      wb_value value = {.size = sizeof value};
      status = memory_value(world, row, field, &moment, &value);
    }
  }
  return status;
}

/* Joins, derives and reads. */
static wb_status memory_read(memory_world *world) {
  uint64_t row = 0;
  wb_status status = memory_facts(world);
  if (status == WB_OK) status = wb_facts_find(world->facts, "p2", 2, &row);
  return status == WB_OK ? memory_values(world) : status;
}

/* A rule over them; the caller drops it, whatever the status. */
static wb_status memory_rule_over(memory_world *world, const char *text, wb_rule **rule) {
  const wb_status status = memory_facts(world);
  if (status != WB_OK) return status;
  return wb_rule_new(world->context, world->schema, text, strlen(text), rule, NULL);
}

static wb_status memory_test(memory_world *world) {
  static const char text[] = "recare.overdue_months >= 6 && patient.status in ['active']";
  wb_moment moment = {.size = sizeof moment, .now = NOW};
  wb_verdict verdict = {.size = sizeof verdict};
  wb_rule *rule = NULL;
  char why[1000];
  size_t length = 0;
  wb_status status = memory_rule_over(world, text, &rule);
  if (status == WB_OK) status = wb_rule_test(rule, world->facts, 0, &moment, &verdict, NULL);
  if (status == WB_OK)
    status = wb_rule_explain(rule, world->facts, 0, &moment, why, sizeof why, &length, NULL);
  wb_rule_unref(rule);
  if (status == WB_OK) assert_int_equal(verdict.truth, WB_TRUE);
  return status;
}

/* Why, of facts that nothing has been asked of. */
static wb_status memory_explain(memory_world *world) {
  static const char text[] = "recare.overdue_months >= 6 && patient.status == 'active'";
  wb_moment moment = {.size = sizeof moment, .now = NOW};
  wb_rule *rule = NULL;
  char why[1000];
  size_t length = 0;
  wb_status status = memory_rule_over(world, text, &rule);
  if (status == WB_OK)
    status = wb_rule_explain(rule, world->facts, 0, &moment, why, sizeof why, &length, NULL);
  wb_rule_unref(rule);
  if (status == WB_OK) assert_int_equal(strncmp(why, "{\"truth\":\"true\"", 15), 0);
  return status;
}

/* All rows: words of a column, what only rows can be asked, and a constant that is large. */
static wb_status memory_match(memory_world *world) {
#define MEMORY_TEN "aaaaaaaaaa"
#define MEMORY_LONG                                                                                \
  MEMORY_TEN MEMORY_TEN MEMORY_TEN MEMORY_TEN MEMORY_TEN MEMORY_TEN MEMORY_TEN MEMORY_TEN          \
      MEMORY_TEN MEMORY_TEN MEMORY_TEN MEMORY_TEN MEMORY_TEN MEMORY_TEN MEMORY_TEN MEMORY_TEN      \
          MEMORY_TEN MEMORY_TEN MEMORY_TEN MEMORY_TEN MEMORY_TEN MEMORY_TEN MEMORY_TEN MEMORY_TEN  \
              MEMORY_TEN MEMORY_TEN MEMORY_TEN MEMORY_TEN MEMORY_TEN MEMORY_TEN
  static const char text[] = "'" MEMORY_LONG "'.replace('a', '" MEMORY_LONG "').size() == 90000 "
                             "&& recare.overdue_months >= 6 && patient.status in ['active', "
                             "'inactive'] && procedures.exists(p, p.tooth == '30')";
  wb_moment moment = {.size = sizeof moment, .now = NOW};
  wb_tally tally = {.size = sizeof tally};
  wb_rule *rule = NULL;
  uint8_t yes = 0, known = 0;
  wb_status status = memory_rule_over(world, text, &rule);
  if (status == WB_OK)
    status = wb_rule_match(rule, world->facts, 0, 2, &moment, &yes, &known, NULL);
  if (status == WB_OK) status = wb_rule_count(rule, world->facts, &moment, &tally, NULL);
  wb_rule_unref(rule);
  if (status == WB_OK) assert_true(yes == 1 && tally.yes == 1);
  return status;
}

static wb_status memory_render(memory_world *world) {
  static const char text[] = "Hi {{ patient.name | default: \"there\" }}: {{ "
                             "location.booking_url }}";
  static const char expected[] = "Hi Ana: https://book.example.com";
  wb_moment moment = {.size = sizeof moment, .now = NOW};
  wb_template *compiled = NULL;
  char out[200] = "";
  size_t length = 0;
  wb_status status = memory_facts(world);
  if (status == WB_OK)
    status = wb_policy_new(world->context, world->schema, NULL, 0, &world->policy, NULL);
  if (status == WB_OK)
    status = wb_template_new(world->context, world->schema, world->policy, &sms, text,
                             sizeof text - 1, &compiled, NULL);
  if (status == WB_OK)
    status = wb_template_render(compiled, world->facts, 0, &moment, out, sizeof out, &length, NULL);
  wb_template_unref(compiled);
  if (status == WB_OK) assert_string_equal(out, expected);
  return status;
}

/* Two playbooks: one without rules that choose its texts, one with them. */
static wb_status memory_campaign(memory_world *world) {
  static const char *const names[] = {"hygiene-recare", "lapsed-exam"};
  wb_status status = memory_schema(world);
  for (size_t i = 0; status == WB_OK && i < sizeof names / sizeof names[0]; ++i) {
    size_t length = 0;
    wb_campaign *campaign = NULL;
    const char *json = playbook_text(names[i], &length);
    status = wb_campaign_new(world->context, world->schema, NULL, json, length, &campaign, NULL);
    wb_campaign_unref(campaign);
  }
  return status;
}

static const struct {
  const char *name;
  wb_status (*run)(memory_world *world);
  bool manages; /* a slower way needs no memory, and comes to the same */
} memory_scenarios[] = {
    {"zone", memory_zone, false},         {"schema", memory_schema, false},
    {"policy", memory_policy, false},     {"rule", memory_rule, false},
    {"facts", memory_facts, false},       {"template", memory_template, false},
    {"campaign", memory_campaign, false}, {"read", memory_read, false},
    {"test", memory_test, false},         {"render", memory_render, false},
    {"eval", memory_eval, false},         {"explain", memory_explain, false},
    {"match", memory_match, true},
};

/* Runs a scenario with a fault at one allocation; true when the fault was met. */
static bool memory_run(size_t scenario, fault_mode mode, uint64_t at) {
  fault_memory memory;
  memory_world world = {.context = fault_context(&memory)};
  uint64_t before = memory.live;
  fault_arm(&memory.plan, mode, at);
  wb_status status = memory_scenarios[scenario].run(&world);
  bool met = memory.plan.hits > 0;
  if (!memory_scenarios[scenario].manages || status != WB_OK)
    assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
  wb_zone_unref(world.zone);
  wb_facts_free(world.facts);
  wb_policy_unref(world.policy);
  wb_schema_unref(world.schema);
  assert_int_equal(memory.live, before);
  wb_context_unref(world.context);
  assert_int_equal(memory.live, 0);
  return met;
}

static void every_allocation_may_fail(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof memory_scenarios / sizeof *memory_scenarios; ++i) {
    for (fault_mode mode = FAULT_ONCE; mode <= FAULT_FOREVER; ++mode) {
      uint64_t at = 1;
      while (memory_run(i, mode, at))
        at++;
      assert_true(at > 1); /* it allocates at all */
    }
    print_message("%s\n", memory_scenarios[i].name);
  }
}

/* A campaign with every list there is, whose names are so long: where blocks end depends on them.
 */
static void memory_lists(char *json, size_t size, int title, int salt, int arms) {
  size_t at = (size_t)snprintf(
      json, size,
      "{\"format\":1,\"name\":\"c\",\"title\":\"%0*d\",\"class\":\"care\",\"hours\":{\"mon\":"
      "\"09:00-12:00\",\"tue\":\"09:00-12:00\",\"wed-fri\":\"09:00-12:00\"},\"holdout\":10,"
      "\"salt\":\"%0*d\",\"capacity\":{\"minutes\":{\"a\":9,\"b\":9,\"c\":9,\"d\":9,\"e\":9}},"
      "\"audience\":\"true\",\"exits\":{\"booked\":\"recare.booked\",\"gone\":\"false\",\"h\":"
      "\"false\",\"i\":\"false\",\"j\":\"false\",\"k\":\"false\",\"l\":\"false\",\"m\":\"false\","
      "\"n\":\"false\",\"o\":\"false\","
      "\"seen\":\"false\"},\"steps\":[{\"id\":\"s\",\"send\":[\"t\"]},{\"id\":\"e\",\"exit\":true}]"
      ","
      "\"texts\":{\"t\":{\"channel\":\"sms\",\"en\":{\"body\":\"Hi.\"}}},\"segments\":["
      "{\"name\":\"a\",\"where\":\"true\"},{\"name\":\"b\",\"where\":\"true\"},"
      "{\"name\":\"c\",\"where\":\"true\"}],\"variants\":[",
      title, 1, salt, 1);
  for (int i = 0; i < arms; i++)
    at += (size_t)snprintf(json + at, size - at, "%s{\"name\":\"v%d\",\"share\":%d}",
                           i > 0 ? "," : "", i, i > 0 ? 10 : 110 - 10 * arms);
  snprintf(json + at, size - at, "]}");
}

/* The list that needs another block than what stands before it is told of, too. */
static void a_list_may_begin_a_block_that_fails(void **state) {
  enum { STEP = 16, TITLE = 200 };
  fault_memory memory;
  memory_world world = {.context = fault_context(&memory)};
  (void)state;
  assert_int_equal(memory_schema(&world), WB_OK);
  const uint64_t before = memory.live;
  for (int i = 0; i < TITLE / STEP * 4; i++) {
    char json[2048];
    uint64_t at = 0;
    wb_status status;
    memory_lists(json, sizeof json, 1 + i / 4 * STEP, i & 1 ? 64 : 1, i & 2 ? 8 : 2);
    do {
      wb_campaign *campaign = NULL;
      fault_arm(&memory.plan, FAULT_ONCE, ++at);
      status =
          wb_campaign_new(world.context, world.schema, NULL, json, strlen(json), &campaign, NULL);
      assert_int_equal(status, memory.plan.hits > 0 ? WB_E_NOMEM : WB_OK);
      wb_campaign_unref(campaign);
      assert_int_equal(memory.live, before);
    } while (status != WB_OK);
    assert_true(at > 10);
  }
  wb_schema_unref(world.schema);
  wb_context_unref(world.context);
  assert_int_equal(memory.live, 0);
}

static void once_warm_nothing_is_allocated(void **state) {
  (void)state;
  fault_memory memory;
  memory_world world = {.context = fault_context(&memory)};
  assert_int_equal(memory_read(&world), WB_OK);
  fault_arm(&memory.plan, FAULT_FOREVER, 1);
  assert_int_equal(memory_values(&world), WB_OK);
  assert_int_equal(memory.plan.calls, 0);
  wb_facts_free(world.facts);
  wb_schema_unref(world.schema);
  wb_context_unref(world.context);
  assert_int_equal(memory.live, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_may_fail),
                                     cmocka_unit_test(a_list_may_begin_a_block_that_fails),
                                     cmocka_unit_test(once_warm_nothing_is_allocated)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}

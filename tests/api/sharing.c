/* SPDX-License-Identifier: MIT */
/*
 * Rules that are shared and rules under pressure: eight threads with one rule, and with one limit
 * of memory, no memory taken once warm, every allocation failing in turn.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winback/winback.h>

#include "support/crowd.h"
#include "support/fault.h"
#include "support/threads.h"

enum { ROWS = 1500, BYTES = (ROWS + 7) / 8 };

/* Rules with everything that takes memory of the run: texts, lists, maps, macros, searches. */
static const char *const rules[] = {
    "is.text == \"a\" || may.kind in [\"low\", \"mid\"] && none.int > 3",
    "is.text + \"b\" == \"ab\" || (none.text + is.text).contains(\"ba\")",
    "none.items.exists(t, t.kind == \"low\" && t.cost > 2)",
    "none.items.filter(t, t.fee > 1).map(t, t.fee + 1).sum() > 4",
    "may.parts.exists(p, none.items.exists_one(t, t.fee == p.size))",
    "may.numbers.transformMap(i, n, n * i).exists(k, k > 2)",
    "{\"a\": is.int, \"b\": 3}[\"a\"] == 3 || [is.int, 2, 3].map(x, [x, x]).size() == 3",
    "may.?text.optMap(x, x + \"!\").orValue(\"none\").startsWith(\"a\")",
    "cel.bind(d, none.day, d != null && none.day < today.addMonths(2))",
    "is.text.matches(\"^[a-c]+$\") && may.text.matches(\"(a|b)*\")",
    "has(may.int) ? may.int + is.int > 3 : none.real < 2.0"};
enum { RULES = sizeof rules / sizeof *rules };

static wb_rule *rule_of(wb_context *context, wb_schema *schema, const char *text) {
  wb_rule *rule = NULL;
  wb_error error = {0};
  if (wb_rule_new(context, schema, text, strlen(text), &rule, &error) != WB_OK)
    fail_msg("%s: %s", text, error.message);
  return rule;
}

/* ---- threads ------------------------------------------------------------------------------ */

typedef struct answers {
  crowd of;
  wb_rule *const *shared;
  uint8_t yes[RULES][BYTES], known[RULES][BYTES];
  uint8_t truths[RULES][ROWS];
  int failures;
} answers;

/* Asks all rules of all rows, together and one by one. */
static void *ask(void *user) {
  answers *it = *(answers **)user;
  for (int i = 0; i < RULES; i++) {
    wb_rule *rule = wb_rule_ref(it->shared[i]);
    const wb_moment *at = &it->of.moment;
    it->failures +=
        wb_rule_match(rule, it->of.facts, 0, ROWS, at, it->yes[i], it->known[i], NULL) != WB_OK;
    for (uint64_t row = 0; row < ROWS; row++) {
      wb_verdict verdict = {.size = sizeof verdict};
      it->failures += wb_rule_test(rule, it->of.facts, row, at, &verdict, NULL) != WB_OK;
      it->truths[i][row] = (uint8_t)verdict.truth;
    }
    wb_rule_unref(rule);
  }
  return NULL;
}

/* Facts that are alike, all of one schema, as what a thread has. */
static answers *open_answers(wb_schema *schema, wb_rule *const *shared) {
  answers *it = calloc(1, sizeof *it);
  assert_non_null(it);
  crowd_open_with(&it->of, NULL, schema, 11, ROWS, 3);
  it->shared = shared;
  return it;
}

static void eight_threads_share_a_rule(void **state) {
  (void)state;
  wb_rule *shared[RULES];
  answers *all[THREADS];
  wb_schema *schema = crowd_schema_new(NULL);
  for (int i = 0; i < RULES; i++)
    shared[i] = rule_of(NULL, schema, rules[i]);
  for (int i = 0; i < THREADS; i++)
    all[i] = open_answers(schema, shared);
  threads_run(ask, all, sizeof *all);
  for (int i = 0; i < THREADS; i++) {
    assert_int_equal(all[i]->failures, 0);
    assert_memory_equal(all[i]->truths, all[0]->truths, sizeof all[0]->truths);
    assert_memory_equal(all[i]->yes, all[0]->yes, sizeof all[0]->yes);
    assert_memory_equal(all[i]->known, all[0]->known, sizeof all[0]->known);
  }
  for (int i = 0; i < RULES; i++) {
    for (uint32_t row = 0; row < ROWS; row++) {
      const uint8_t truth = all[0]->truths[i][row];
      assert_int_equal(all[0]->yes[i][row / 8] >> (row % 8) & 1, truth == WB_TRUE);
      assert_int_equal(all[0]->known[i][row / 8] >> (row % 8) & 1,
                       truth == WB_TRUE || truth == WB_FALSE);
    }
    wb_rule_unref(shared[i]);
  }
  for (int i = 0; i < THREADS; i++) {
    crowd_close(&all[i]->of);
    free(all[i]);
  }
  wb_schema_unref(schema);
}

/* How many zones a context has memory for. */
static int zones_that_fit(wb_context *context) {
  enum { MOST = 2 * THREADS };
  wb_zone *zones[MOST] = {NULL};
  int count = 0;
  while (count < MOST && wb_zone_new(context, "UTC0", 4, &zones[count], NULL) == WB_OK)
    count++;
  for (int i = 0; i < count; i++)
    wb_zone_unref(zones[i]);
  return count;
}

typedef struct taker {
  wb_context *context;
  int failures; /* how often there was no memory */
} taker;

/* Takes memory and gives it back. */
static void *take(void *user) {
  taker *it = user;
  for (int i = 0; i < 20000; i++) {
    wb_zone *zone = NULL;
    it->failures += wb_zone_new(it->context, "UTC0", 4, &zone, NULL) != WB_OK;
    wb_zone_unref(zone);
  }
  return NULL;
}

/* There is memory for one zone a thread, to the byte, and there is again when all have ended. */
static void memory_that_threads_share_is_counted_exactly(void **state) {
  (void)state;
  fault_memory memory;
  wb_context *context = fault_context(&memory);
  wb_zone *zone = NULL;
  const uint64_t before = memory.live;
  assert_int_equal(wb_zone_new(context, "UTC0", 4, &zone, NULL), WB_OK);
  const uint64_t size = memory.live - before;
  wb_zone_unref(zone);
  wb_context_unref(context);
  const wb_context_options options = {.size = sizeof options, .max_memory = THREADS * size};
  assert_int_equal(wb_context_new(&options, &context, NULL), WB_OK);
  assert_int_equal(zones_that_fit(context), THREADS);
  taker takers[THREADS];
  for (int i = 0; i < THREADS; i++)
    takers[i] = (taker){context, 0};
  threads_run(take, takers, sizeof *takers);
  for (int i = 0; i < THREADS; i++)
    assert_int_equal(takers[i].failures, 0);
  assert_int_equal(zones_that_fit(context), THREADS);
  wb_context_unref(context);
}

/* ---- memory ------------------------------------------------------------------------------- */

/* A rule on every row, together and one by one; the first status that is not WB_OK. */
static wb_status ask_all(const wb_rule *rule, const crowd *of) {
  uint8_t yes[32], known[32];
  wb_verdict verdict = {.size = sizeof verdict};
  wb_status status = wb_rule_match(rule, of->facts, 0, of->rows, &of->moment, yes, known, NULL);
  for (uint64_t row = 0; row < of->rows && status == WB_OK; row++)
    status = wb_rule_test(rule, of->facts, row, &of->moment, &verdict, NULL);
  return status;
}

static void evaluation_takes_no_memory_once_warm(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = fault_context(&memory);
  crowd of;
  crowd_open(&of, context, 7, 200, 3);
  for (int i = 0; i < RULES; i++) {
    wb_rule *rule = rule_of(context, of.schema, rules[i]);
    assert_int_equal(ask_all(rule, &of), WB_OK);
    fault_arm(&memory.plan, FAULT_FOREVER, 1);
    assert_int_equal(ask_all(rule, &of), WB_OK);
    if (memory.plan.calls != 0) fail_msg("%s takes memory", rules[i]);
    fault_arm(&memory.plan, FAULT_NEVER, 0);
    wb_rule_unref(rule);
  }
  crowd_close(&of);
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

/* Every allocation of a rule's making fails once, and for ever; then it is made. */
static void making_a_rule_survives_every_failure(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = fault_context(&memory);
  wb_schema *schema = crowd_schema_new(context);
  for (int i = 0; i < RULES * 2; i++) {
    const char *text = rules[i / 2];
    const uint64_t live = memory.live;
    for (uint64_t at = 1;; at++) {
      wb_rule *rule = NULL;
      fault_arm(&memory.plan, i % 2 ? FAULT_ONCE : FAULT_FOREVER, at);
      const wb_status status = wb_rule_new(context, schema, text, strlen(text), &rule, NULL);
      if (memory.plan.hits == 0) {
        assert_int_equal(status, WB_OK);
        wb_rule_unref(rule);
        break;
      }
      assert_int_equal(status, WB_E_NOMEM);
      assert_null(rule);
      assert_int_equal(memory.live, live);
    }
  }
  fault_arm(&memory.plan, FAULT_NEVER, 0);
  wb_schema_unref(schema);
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

/* Cold facts and every failure of what they need; afterwards they answer. */
static void evaluation_survives_every_failure(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = fault_context(&memory);
  for (int i = 0; i < RULES * 2; i++) {
    for (uint64_t at = 1;; at++) {
      crowd of;
      crowd_open(&of, context, 7, 60, 2);
      wb_rule *rule = rule_of(context, of.schema, rules[i / 2]);
      fault_arm(&memory.plan, i % 2 ? FAULT_ONCE : FAULT_FOREVER, at);
      const wb_status status = ask_all(rule, &of);
      const bool hit = memory.plan.hits > 0;
      fault_arm(&memory.plan, FAULT_NEVER, 0);
      if (status != (hit ? WB_E_NOMEM : WB_OK) && !(hit && status == WB_OK))
        fail_msg("%s, failure %d: %s", rules[i / 2], (int)at, wb_status_name(status));
      assert_int_equal(ask_all(rule, &of), WB_OK);
      wb_rule_unref(rule);
      crowd_close(&of);
      if (!hit) break;
    }
  }
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

static void working_out_survives_every_failure(void **state) {
  (void)state;
  static const char *const texts[] = {"[1, 2, 3].map(x, [x, x]).size() + size(\"ab\" + \"cd\")",
                                      "a.b.map(x, x + \"!\")", "{\"k\": [a.b, 1.5, b\"x\", null]}",
                                      "cel.bind(x, a.c * 2, \"abc\".matches(\"[a-c]+\") ? x : 0)"};
  static const char variables[] = "{\"a\":{\"b\":[\"p\",\"q\"],\"c\":21}}";
  static const char *const values[] = {"7", "[\"p!\",\"q!\"]",
                                       "{\"k\":[[\"p\",\"q\"],1.5,\"eA==\",null]}", "42"};
  fault_memory memory = {0};
  wb_context *context = fault_context(&memory);
  for (int i = 0; i < 8; i++) {
    const char *text = texts[i / 2];
    for (uint64_t at = 1;; at++) {
      char value[128] = "#";
      size_t length = 0;
      fault_arm(&memory.plan, i % 2 ? FAULT_ONCE : FAULT_FOREVER, at);
      const uint64_t live = memory.live;
      const wb_status status =
          wb_rule_eval(context, text, strlen(text), variables, sizeof variables - 1, value,
                       sizeof value - 1, &length, NULL);
      assert_int_equal(memory.live, live);
      if (memory.plan.hits == 0) {
        assert_int_equal(status, WB_OK);
        value[length] = '\0';
        assert_string_equal(value, values[i / 2]);
        break;
      }
      assert_int_equal(status, WB_E_NOMEM);
      assert_string_equal(value, "#");
    }
  }
  fault_arm(&memory.plan, FAULT_NEVER, 0);
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(eight_threads_share_a_rule),
      cmocka_unit_test(memory_that_threads_share_is_counted_exactly),
      cmocka_unit_test(evaluation_takes_no_memory_once_warm),
      cmocka_unit_test(making_a_rule_survives_every_failure),
      cmocka_unit_test(evaluation_survives_every_failure),
      cmocka_unit_test(working_out_survives_every_failure),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

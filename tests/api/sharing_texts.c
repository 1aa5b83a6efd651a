/* SPDX-License-Identifier: MIT */
/*
 * Templates that are shared and templates under pressure: eight threads with one template, no
 * memory taken once warm, every allocation failing in turn.
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

enum { ROWS = 300, TEXT = 4096 };

/* Texts with everything that takes memory of the run: filters, names, loops, cases, HTML. */
static const struct {
  const char *channel, *text;
} texts[] = {
    {"sms",
     "Hi {{ is.text | default: 'there' | capitalize }}, it\xE2\x80\x99s {{ is.int | plus: 1 }}"},
    {"sms", "{% if may.kind == 'low' %}a{% elsif may.int > 2 %}b{% else %}c{% endif %}"},
    {"email.text",
     "{% for t in none.items limit: 3 %}{{ forloop.index }}{{ t.kind | default: '-' }};"
     "{% else %}none{% endfor %}"},
    {"email.text", "{% assign x = is.text | default: 'q' | append: '!' %}{{ x }}{{ x | upcase }}"},
    {"email.text", "{{ none.items | size }}{{ may.day | default: today | date_words }}"},
    {"email.html", "<p title=\"{{ is.text | default: 'q' }}\">{{ may.text | default: 'x' }}</p>"},
    {"email.subject", "{{ is.int | times: 3 | divided_by: 2.0 | round: 1 }}"},
};
enum { TEXTS = sizeof texts / sizeof *texts };

static wb_status compile(wb_context *context, wb_schema *schema, wb_policy *policy, int which,
                         wb_template **compiled, wb_error *error) {
  const wb_template_options options = {.size = sizeof options, .channel = texts[which].channel};
  return wb_template_new(context, schema, policy, &options, texts[which].text,
                         strlen(texts[which].text), compiled, error);
}

static wb_template *text_of(wb_context *context, wb_schema *schema, wb_policy *policy, int which) {
  wb_template *compiled = NULL;
  wb_error error = {0};
  if (compile(context, schema, policy, which, &compiled, &error) != WB_OK)
    fail_msg("%s: %s", texts[which].text, error.message);
  return compiled;
}

/* The crowd's fields are for staff; here every channel may read them. */
static wb_policy *policy_of(wb_context *context, wb_schema *schema) {
  static const char json[] =
      "{\"widen\": true, \"channels\": {\"sms\": {\"read\": [\"public\", \"staff\"]},"
      "\"email.text\": {\"read\": [\"public\", \"staff\"]},"
      "\"email.html\": {\"read\": [\"public\", \"staff\"]},"
      "\"email.subject\": {\"read\": [\"public\", \"staff\"]}}}";
  wb_policy *policy = NULL;
  assert_int_equal(wb_policy_new(context, schema, json, sizeof json - 1, &policy, NULL), WB_OK);
  return policy;
}

/* ---- threads ------------------------------------------------------------------------------ */

typedef struct answers {
  crowd of;
  wb_template *const *shared;
  uint64_t sums[TEXTS]; /* of all that was rendered, and of every status */
} answers;

static uint64_t mix(uint64_t sum, uint64_t value) {
  return (sum ^ value) * UINT64_C(1099511628211);
}

/* Renders all texts for all rows. */
static void *ask(void *user) {
  answers *it = *(answers **)user;
  char text[TEXT];
  for (int i = 0; i < TEXTS; i++) {
    wb_template *compiled = wb_template_ref(it->shared[i]);
    for (uint64_t row = 0; row < ROWS; row++) {
      size_t length = 0;
      const wb_status status = wb_template_render(compiled, it->of.facts, row, &it->of.moment, text,
                                                  sizeof text, &length, NULL);
      it->sums[i] = mix(it->sums[i], (uint64_t)-status);
      for (size_t at = 0; status == WB_OK && at < length; at++)
        it->sums[i] = mix(it->sums[i], (unsigned char)text[at]);
    }
    wb_template_unref(compiled);
  }
  return NULL;
}

static answers *open_answers(wb_schema *schema, wb_template *const *shared) {
  answers *it = calloc(1, sizeof *it);
  assert_non_null(it);
  crowd_open_with(&it->of, NULL, schema, 11, ROWS, 3);
  it->shared = shared;
  return it;
}

static void eight_threads_share_a_template(void **state) {
  (void)state;
  wb_template *shared[TEXTS];
  answers *all[THREADS];
  wb_schema *schema = crowd_schema_new(NULL);
  wb_policy *policy = policy_of(NULL, schema);
  for (int i = 0; i < TEXTS; i++)
    shared[i] = text_of(NULL, schema, policy, i);
  for (int i = 0; i < THREADS; i++)
    all[i] = open_answers(schema, shared);
  threads_run(ask, all, sizeof *all);
  for (int i = 0; i < THREADS; i++) {
    assert_memory_equal(all[i]->sums, all[0]->sums, sizeof all[0]->sums);
    if (i > 0) crowd_close(&all[i]->of);
    if (i > 0) free(all[i]);
  }
  crowd_close(&all[0]->of);
  free(all[0]);
  for (int i = 0; i < TEXTS; i++)
    wb_template_unref(shared[i]);
  wb_policy_unref(policy);
  wb_schema_unref(schema);
}

/* ---- memory ------------------------------------------------------------------------------- */

/* Renders for every row; whether some call ended for want of memory. */
static bool starved(const wb_template *compiled, const crowd *of, uint32_t *rendered) {
  char text[TEXT];
  *rendered = 0;
  for (uint64_t row = 0; row < of->rows; row++) {
    size_t length = 0;
    const wb_status status =
        wb_template_render(compiled, of->facts, row, &of->moment, text, sizeof text, &length, NULL);
    if (status == WB_E_NOMEM) return true;
    *rendered += status == WB_OK;
  }
  return false;
}

static void rendering_takes_no_memory_once_warm(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = fault_context(&memory);
  crowd of;
  crowd_open(&of, context, 7, 200, 3);
  wb_policy *policy = policy_of(context, of.schema);
  for (int i = 0; i < TEXTS; i++) {
    wb_template *compiled = text_of(context, of.schema, policy, i);
    uint32_t first = 0, again = 0;
    assert_false(starved(compiled, &of, &first));
    assert_true(first > 0);
    fault_arm(&memory.plan, FAULT_FOREVER, 1);
    assert_false(starved(compiled, &of, &again));
    if (memory.plan.calls != 0) fail_msg("%s takes memory", texts[i].text);
    fault_arm(&memory.plan, FAULT_NEVER, 0);
    assert_int_equal(again, first);
    wb_template_unref(compiled);
  }
  wb_policy_unref(policy);
  crowd_close(&of);
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

/* Every allocation of a template's making fails once, and for ever; then it is made. */
static void making_a_template_survives_every_failure(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = fault_context(&memory);
  wb_schema *schema = crowd_schema_new(context);
  wb_policy *policy = policy_of(context, schema);
  for (int i = 0; i < TEXTS * 2; i++) {
    const uint64_t live = memory.live;
    for (uint64_t at = 1;; at++) {
      wb_template *compiled = NULL;
      fault_arm(&memory.plan, i % 2 ? FAULT_ONCE : FAULT_FOREVER, at);
      const wb_status status = compile(context, schema, policy, i / 2, &compiled, NULL);
      if (memory.plan.hits == 0) {
        assert_int_equal(status, WB_OK);
        wb_template_unref(compiled);
        break;
      }
      assert_int_equal(status, WB_E_NOMEM);
      assert_null(compiled);
      assert_int_equal(memory.live, live);
    }
  }
  fault_arm(&memory.plan, FAULT_NEVER, 0);
  wb_policy_unref(policy);
  wb_schema_unref(schema);
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

/* Cold facts and every failure of what they need; afterwards they answer. */
static void rendering_survives_every_failure(void **state) {
  (void)state;
  fault_memory memory = {0};
  wb_context *context = fault_context(&memory);
  for (int i = 0; i < TEXTS; i++) {
    for (uint64_t at = 1;; at++) {
      crowd of;
      uint32_t rendered = 0;
      crowd_open(&of, context, 7, 20, 2);
      wb_policy *policy = policy_of(context, of.schema);
      wb_template *compiled = text_of(context, of.schema, policy, i);
      fault_arm(&memory.plan, FAULT_FOREVER, at);
      const bool failed = starved(compiled, &of, &rendered);
      const bool hit = memory.plan.hits > 0;
      fault_arm(&memory.plan, FAULT_NEVER, 0);
      assert_int_equal(failed && !hit, false);
      assert_false(starved(compiled, &of, &rendered));
      wb_template_unref(compiled);
      wb_policy_unref(policy);
      crowd_close(&of);
      if (!hit) break;
    }
  }
  wb_context_unref(context);
  assert_int_equal(memory.live, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(eight_threads_share_a_template),
      cmocka_unit_test(rendering_takes_no_memory_once_warm),
      cmocka_unit_test(making_a_template_survives_every_failure),
      cmocka_unit_test(rendering_survives_every_failure),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

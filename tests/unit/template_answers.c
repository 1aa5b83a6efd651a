/* SPDX-License-Identifier: MIT */
/* Templates over a getter each of whose answers fails in turn, or is not supplied, and over facts
   whose memory ends: nothing is written, and all goes on as if there had been no fault. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "liquid/liquid_private.h"
#include "support/mirror.h"
#include "support/texts.h"

static const wb_field fields[] = {
    {sizeof(wb_field), 0, "host.words", NULL, "A text.", WB_TEXT, WB_NULLABLE, WB_CLASS_PUBLIC, 0,
     0, 0},
    {sizeof(wb_field), 0, "host.count", NULL, "A number.", WB_INT, WB_NULLABLE, WB_CLASS_PUBLIC, 0,
     0, 0},
};

static int make_world(void **state) {
  static texts_world made;
  static const char policy[] = TEXTS_ALL_TOLD(
      ", \"general\": [{\"field\": \"host.words\", \"class\": \"public\", \"reason\": "
      "\"coarse\", \"otherwise\": \"some\", \"texts\": {\"word\": \"one\"}}]");
  static const char *const tables[][2] = {
      {"patients", "patient:u|status:u|first_name:u|household:u|location:u|host.words:u|"
                   "host.count:l\np1|active|Ana|h1|l1|word|1\np2|active|Bo|h1|l1|two|2\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\np1|D1110|completed|2025-01-07\n"
                     "p1|D0120|completed|2025-02-01\n"},
      {"locations", "location:u|zone:u\nl1|America/Chicago\n"},
      {NULL, NULL}};
  texts_open(&made, fields, WBI_COUNT(fields), policy, tables);
  *state = &made;
  return 0;
}

/* A text each, and what it says of the first patient. */
static const char *const said[][2] = {
    {"{{ host.words | append: patient.name }}", "wordAna"},
    {"{{ patient.name | append: host.words }}", "Anaword"},
    {"{{ host.words | general }}", "one"},
    {"{{ procedures.size }}", "2"},
    {"{{ procedures[1].code }}", "D0120"},
    {"{{ procedures[-2].code }}", "D1110"},
    {"{{ household.members | join: '+' }}", "p1+p2"},
    {"{{ household.members | list_and }}", "p1 and p2"},
    {"{{ household.members | first }}", "p1"},
    {"{{ household.members | last }}", "p2"},
    {"{% if household.members contains 'p2' %}y{% else %}n{% endif %}", "y"},
    {"{% for p in procedures limit: host.count %}{{ p.code }}{% endfor %}", "D1110"},
    {"{% for p in procedures offset: host.count %}{{ p.code }}{% endfor %}", "D0120"},
    {"{% for m in household.members %}{{ m }}{% endfor %}", "p1p2"},
    {"{% case host.words %}{% when 'word' %}w{% else %}x{% endcase %}", "w"},
    {"{% if host.count < procedures.size %}y{% else %}n{% endif %}", "y"},
    {"{% if host.count == 1 and host.words == 'word' %}y{% else %}n{% endif %}", "y"},
    {"{% assign a = host.words | upcase %}{{ a }}{{ a | size }}", "WORD4"},
    {"{{ now | date: '%H:%M' }}", "02:00"},
};

/* Renders for the first patient; the text stays as it was where it is not written. */
static wb_status render(const texts_world *here, const wb_template *compiled, wb_facts *facts,
                        char out[TEXTS_ROOM], wb_error *error) {
  size_t length = 0;
  snprintf(out, TEXTS_ROOM, "untouched");
  *error = (wb_error){.status = 0};
  return wb_template_render(compiled, facts, 0, &here->moment, out, TEXTS_ROOM, &length, error);
}

static wb_template *compile(const texts_world *here, const char *text) {
  wb_template *compiled = NULL;
  wb_error error;
  if (texts_compile(here, "call", text, &compiled, &error) != WB_OK)
    fail_msg("%s: %s", text, error.message);
  return compiled;
}

/* Each answer about fields, or about rows, fails; true: there was such an answer. */
static bool answer_fails(const texts_world *here, const char *const text[2], wb_status answer,
                         bool rows, uint64_t at) {
  char out[TEXTS_ROOM];
  wb_error error;
  mirror m;
  wb_template *compiled = compile(here, text[0]);
  mirror_open(&m, NULL, here->facts, here->schema, &here->moment, here->moment.now);
  fault_plan *plan = rows ? &m.rows : &m.gets;
  m.answer = answer;
  m.absent = at % 2 ? WB_NULL : WB_UNKNOWN;
  fault_arm(plan, FAULT_ONCE, at);
  const wb_status status = render(here, compiled, m.facts, out, &error);
  const bool met = plan->hits > 0;
  if (!met) {
    assert_int_equal(status, WB_OK);
    assert_string_equal(out, text[1]);
  } else if (rows || answer != WB_OK) {
    if (status == WB_OK) fail_msg("%s: answer %d failed, and it said %s", text[0], (int)at, out);
    assert_int_equal(error.status, status);
    assert_string_equal(out, "untouched");
  } else if (status != WB_OK) {
    assert_true(status == WB_E_STATE || status == WB_E_TYPE); /* the text, or the field, needs it */
    assert_string_equal(out, "untouched");
  }
  mirror_close(&m);
  wb_template_unref(compiled);
  return met;
}

static void an_answer_that_fails_writes_nothing(void **state) {
  for (size_t i = 0; i < WBI_COUNT(said); i++) {
    for (int rows = 0; rows < 2; rows++) {
      uint64_t at = 1;
      while (answer_fails(*state, said[i], WB_E_STATE, rows != 0, at))
        at++;
      assert_true(at > 1);
    }
  }
}

static void an_answer_that_is_absent_is_no_other(void **state) {
  for (size_t i = 0; i < WBI_COUNT(said); i++) {
    uint64_t at = 1;
    while (answer_fails(*state, said[i], WB_OK, false, at))
      at++;
    assert_true(at > 1);
  }
}

/* Memory ends at each place while facts are made over the getter and a text is written. */
static void memory_may_end_while_a_text_is_written(void **state) {
  const texts_world *here = *state;
  for (size_t i = 0; i < WBI_COUNT(said); i++) {
    wb_template *compiled = compile(here, said[i][0]);
    for (uint64_t at = 1;; at++) {
      char out[TEXTS_ROOM];
      wb_error error;
      mirror m;
      fault_memory memory;
      wb_context *context = fault_context(&memory);
      mirror_open(&m, context, here->facts, here->schema, &here->moment, here->moment.now);
      fault_arm(&memory.plan, FAULT_FOREVER, at);
      const wb_status status = render(here, compiled, m.facts, out, &error);
      const bool met = memory.plan.hits > 0;
      assert_int_equal(status, met ? WB_E_NOMEM : WB_OK);
      assert_string_equal(out, met ? "untouched" : said[i][1]);
      mirror_close(&m);
      wb_context_unref(context);
      if (!met) break;
    }
    wb_template_unref(compiled);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_answer_that_fails_writes_nothing),
      cmocka_unit_test(an_answer_that_is_absent_is_no_other),
      cmocka_unit_test(memory_may_end_while_a_text_is_written),
  };
  return cmocka_run_group_tests(tests, make_world, texts_drop);
}

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

/* What each text says of the first patient; and what else it may say where an answer is absent, but
   for which it is held back. */
typedef struct said {
  const char *text, *says, *otherwise; /* NULL: nothing else */
} said;

static const said all[] = {
    {"{{ host.words | append: patient.name }}", "wordAna", NULL},
    {"{{ patient.name | append: host.words }}", "Anaword", NULL},
    {"{{ host.words | general }}", "one", "some"},
    {"{{ procedures.size }}", "2", NULL},
    {"{{ procedures[1].code }}", "D0120", NULL},
    {"{{ procedures[-2].code }}", "D1110", NULL},
    {"{{ household.members | join: '+' }}", "p1+p2", NULL},
    {"{{ household.members | list_and }}", "p1 and p2", NULL},
    {"{{ household.members | first }}", "p1", NULL},
    {"{{ household.members | last }}", "p2", NULL},
    {"{% if household.members contains 'p2' %}y{% else %}n{% endif %}", "y", "n"},
    {"{% for p in procedures limit: host.count %}{{ p.code }}{% endfor %}", "D1110", "D1110D0120"},
    {"{% for p in procedures offset: host.count %}{{ p.code }}{% endfor %}", "D0120", "D1110D0120"},
    {"{% for m in household.members %}{{ m }}{% endfor %}", "p1p2", NULL},
    {"{% case host.words %}{% when 'word' %}w{% else %}x{% endcase %}", "w", "x"},
    {"{% if host.count < procedures.size %}y{% else %}n{% endif %}", "y", "n"},
    {"{% if host.count == 1 and host.words == 'word' %}y{% else %}n{% endif %}", "y", "n"},
    {"{% assign a = host.words | upcase %}{{ a }}{{ a | size }}", "WORD4", NULL},
    {"{{ now | date: '%H:%M' }}", "02:00", "08:00"},
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

/* A text is written though one answer is absent: as if it were there, or otherwise, which is
   counted. */
static void assert_written(const said *it, bool absent, const char *out, uint32_t *otherwise) {
  if (absent && it->otherwise != NULL && strcmp(out, it->otherwise) == 0)
    ++*otherwise;
  else
    assert_string_equal(out, it->says);
}

/* One answer about fields, or about rows, fails, or is absent; true: there was such an answer. */
static bool answer_fails(const texts_world *here, const said *it, wb_status answer, bool rows,
                         uint64_t at, uint32_t *otherwise) {
  char out[TEXTS_ROOM];
  wb_error error;
  mirror m;
  wb_template *compiled = compile(here, it->text);
  mirror_open(&m, NULL, here->facts, here->schema, &here->moment, here->moment.now);
  fault_plan *plan = rows ? &m.rows : &m.gets;
  m.answer = answer;
  m.absent = at % 2 ? WB_NULL : WB_UNKNOWN;
  fault_arm(plan, FAULT_ONCE, at);
  const wb_status status = render(here, compiled, m.facts, out, &error);
  const bool met = plan->hits > 0, absent = met && answer == WB_OK && !rows;
  if (status == WB_OK) {
    if (met && !absent) fail_msg("%s: answer %d failed, and it said %s", it->text, (int)at, out);
    assert_written(it, absent, out, otherwise);
  } else {
    assert_true(met);
    assert_int_equal(error.status, status);
    assert_string_equal(out, "untouched");
    if (absent) assert_true(status == WB_E_STATE || status == WB_E_TYPE); /* who needs it */
  }
  mirror_close(&m);
  wb_template_unref(compiled);
  return met;
}

static void an_answer_that_fails_writes_nothing(void **state) {
  uint32_t otherwise = 0;
  for (size_t i = 0; i < WBI_COUNT(all); i++) {
    for (int rows = 0; rows < 2; rows++) {
      uint64_t at = 1;
      while (answer_fails(*state, &all[i], WB_E_STATE, rows != 0, at, &otherwise))
        at++;
      assert_true(at > 1);
    }
  }
  assert_int_equal(otherwise, 0);
}

static void an_answer_that_is_absent_is_no_other(void **state) {
  for (size_t i = 0; i < WBI_COUNT(all); i++) {
    uint32_t otherwise = 0;
    uint64_t at = 1;
    while (answer_fails(*state, &all[i], WB_OK, false, at, &otherwise))
      at++;
    assert_true(at > 1);
    assert_int_equal(otherwise > 0, all[i].otherwise != NULL);
  }
}

/* Memory ends at each place while facts are made over the getter and a text is written. */
static void memory_may_end_while_a_text_is_written(void **state) {
  const texts_world *here = *state;
  for (size_t i = 0; i < WBI_COUNT(all); i++) {
    wb_template *compiled = compile(here, all[i].text);
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
      assert_string_equal(out, met ? "untouched" : all[i].says);
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

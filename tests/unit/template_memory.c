/* SPDX-License-Identifier: MIT */
/* Templates whose memory ends while they are compiled, at each of their pieces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "liquid/liquid_private.h"
#include "support/fault.h"
#include "support/texts.h"

enum { PIECES_MOST = 40 };

static int make_world(void **state) {
  static texts_world made;
  static const char *const tables[][2] = {{NULL, NULL}};
  texts_open(&made, NULL, 0, TEXTS_ALL_TOLD(""), tables);
  *state = &made;
  return 0;
}

/* All that a template can have, in a call, an SMS and a template without a schema. */
static const char call[] =
    "{% case patient.status %}{% when 'active', 'inactive' %}a{% when 'archived' %}b{% else %}c"
    "{% endcase %}{% for p in procedures limit: 2 offset: 1 %}{{ p.code | default: 'x' }}"
    "{% if p.date and true %}d{% endif %}{% else %}e{% endfor %}{% for i in (1..3) reversed %}"
    "{{ i }}{{ forloop.index }}{% endfor %}{% assign x = patient.name | append: 'a' | replace: "
    "'b', 'c' %}{{ x | default: 'y' }}{{ procedures[0].code | default: 'z' }}"
    "{{ household.members.first | default: '' }}{% unless today == blank %}u{% elsif "
    "procedures.size > 1 %}v{% endunless %}{{ now | date: '%H' }}";
static const char sms[] = "a \xE2\x80\x9C{{ patient.name | default: 'b' }}\xE2\x80\x9D"
                          "{% if true %}c{% else %}d{% endif %} e {{ today }}";
static const char without_schema[] =
    "{% case a.b[0]['c'] %}{% when 1 or 2 %}x{% when 3 %}y{% else %}z{% endcase %}"
    "{% for i in a.b reversed limit: n offset: m.k %}{{ i.x.y[2] }}{{ forloop.name }}"
    "{{ forloop }}{% else %}{{ o }}{% endfor %}{% for i in (1..3) %}{{ i }}{% endfor %}"
    "{% assign q = a.b | append: r %}{{ q | default: allow_false: true }}";

/* A text behind `pieces` others, so that each list of the compiler is full at another place. */
static size_t write_text(char *text, size_t capacity, const char *rest, int pieces) {
  int at = 0;
  for (int i = 0; i < pieces; i++)
    at += snprintf(text + at, capacity - (size_t)at, i % 3 == 0 ? "x" : "{{ 1 }}");
  at += snprintf(text + at, capacity - (size_t)at, "%s", rest);
  assert_true((size_t)at < capacity);
  return (size_t)at;
}

/* Compiles with a fault at one allocation; true: it was met. */
static bool compile_with_fault(const texts_world *here, const char *channel, wbi_text text,
                               fault_mode mode, uint64_t at) {
  const wb_template_options options = {.size = sizeof options, .channel = channel};
  fault_memory memory;
  wb_context *context = fault_context(&memory);
  const uint64_t before = memory.live;
  wb_template *compiled = NULL;
  wb_error error = {.status = 0};
  fault_arm(&memory.plan, mode, at);
  const wb_status status = channel == NULL
                               ? wbi_template_open(context, text, false, &compiled, &error)
                               : wb_template_new(context, here->schema, here->policy, &options,
                                                 text.data, text.length, &compiled, &error);
  const bool met = memory.plan.hits > 0;
  if (status != (met ? WB_E_NOMEM : WB_OK)) fail_msg("%.*s: %s", 80, text.data, error.message);
  assert_int_equal(error.status, status);
  wb_template_unref(compiled);
  assert_int_equal(memory.live, before);
  wb_context_unref(context);
  return met;
}

static void memory_may_end_at_every_piece(void **state) {
  static const struct {
    const char *channel, *text;
  } cases[] = {{"call", call}, {"sms", sms}, {NULL, without_schema}};
  static char text[4096];
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    for (int pieces = 0; pieces < PIECES_MOST; pieces++) {
      const wbi_text whole = {text, write_text(text, sizeof text, cases[i].text, pieces)};
      for (fault_mode mode = FAULT_ONCE; mode <= FAULT_FOREVER; ++mode) {
        uint64_t at = 1;
        while (compile_with_fault(*state, cases[i].channel, whole, mode, at))
          ++at;
        assert_true(at > 5);
      }
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(memory_may_end_at_every_piece),
  };
  return cmocka_run_group_tests(tests, make_world, texts_drop);
}

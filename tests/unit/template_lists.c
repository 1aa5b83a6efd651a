/* SPDX-License-Identifier: MIT */
/* Templates over lists of facts, and the names that they assign. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "liquid/liquid_private.h"
#include "support/texts.h"

static const char patients[] = "patient:u|status:u|first_name:u|household:u|location:u\n"
                               "p1|active|Ana|h1|l1\n"
                               "p2|active|||l1\n"
                               "p3|active|Bo|h1|l1\n"
                               "p<4>|active|Cy|h2|l1\n";
static const char procedures[] = "patient:u|code:u|status:u|date:tdD\n"
                                 "p1|D1110|completed|2025-01-07\n"
                                 "p1|D0120|completed|2025-02-01\n"
                                 "p1|D2740|planned|\n"
                                 "p3|{{|completed|2025-02-01\n";

static int make_world(void **state) {
  static texts_world made;
  static const char *const tables[][2] = {{"patients", patients},
                                          {"procedures", procedures},
                                          {"locations", "location:u|zone:u\nl1|America/Chicago\n"},
                                          {NULL, NULL}};
  texts_open(&made, NULL, 0, TEXTS_ALL_TOLD(""), tables);
  made.second = texts_policy(&made, NULL);
  *state = &made;
  return 0;
}

static void assert_says(const texts_world *here, const char *text, uint64_t row,
                        const char *expected) {
  texts_say(here, "call", text, row, expected);
}

static void assert_held(const texts_world *here, const char *text, uint64_t row, wb_status status,
                        const char *path, const char *message) {
  texts_held(here, "call", text, row, status, path, message);
}

static void assert_refused(const texts_world *here, const char *text, wb_status status,
                           uint32_t column, const char *message) {
  texts_refused(here, "call", text, status, 1, column, message);
}

static const char missing[] = "The text needs this field; it is missing and has no default.";
static const char braces[] = "The value has template braces.";
static const char markup[] = "The value has a < or >.";

static void a_for_goes_over_the_records_of_a_list(void **state) {
  const char *text = "{% for p in procedures %}{{ p.code }}{% if p.date %} {{ p.date }}{% endif %};"
                     "{% else %}none{% endfor %}";
  assert_says(*state, text, 0, "D1110 2025-01-07;D0120 2025-02-01;D2740;");
  assert_says(*state, text, 1, "none");
  assert_says(*state, "{% for p in procedures reversed limit: 1 %}{{ p['code'] }}{% endfor %}", 0,
              "D1110");
  assert_says(*state, "{% for p in procedures offset: 2 %}{{ p.code }}{% endfor %}", 0, "D2740");
  assert_says(*state,
              "{% for p in procedures %}{{ forloop.index }}{% unless forloop.last %}, "
              "{% endunless %}{% endfor %}",
              0, "1, 2, 3");
  assert_held(*state, "{% for p in procedures %}{{ p.date }}{% endfor %}", 0, WB_E_STATE,
              "procedures.date", missing);
  assert_held(*state, "{% for p in procedures %}{{ p.code }}{% endfor %}", 2, WB_E_POLICY,
              "procedures.code", braces);
}

static void single_elements_and_the_length_can_be_read(void **state) {
  assert_says(*state, "{{ procedures.size }}{{ procedures | size }}", 0, "33");
  assert_says(*state, "{{ procedures.size }}", 1, "0");
  assert_says(*state, "{{ procedures[0].code }} {{ procedures.last.code }}", 0, "D1110 D2740");
  assert_says(*state, "{{ procedures.first.code }}{{ procedures[-2].code }}", 0, "D1110D0120");
  assert_says(*state, "{{ procedures[3].code | default: '-' }}", 0, "-");
  assert_says(*state, "{{ procedures[-4].code | default: '-' }}", 0, "-");
  assert_held(*state, "{{ procedures[0].code }}", 1, WB_E_STATE, "procedures.code", missing);
  assert_says(*state, "{% if procedures.size > 2 and procedures[0].code == 'D1110' %}y{% endif %}",
              0, "y");
  assert_says(*state, "{% if procedures == empty %}y{% else %}n{% endif %}", 1, "y");
}

static void a_list_of_single_values(void **state) {
  assert_says(*state, "{{ household.members | join: '+' }}", 0, "p1+p3");
  assert_says(*state, "{{ household.members | list_and }}", 0, "p1 and p3");
  assert_says(*state, "{{ household.members | first }}{{ household.members.last }}", 0, "p1p3");
  assert_says(*state, "{% for m in household.members %}{{ m }};{% endfor %}", 0, "p1;p3;");
  assert_says(*state, "{% if household.members contains 'p3' %}y{% else %}n{% endif %}", 0, "y");
  assert_says(*state, "{% if household.members contains 'p2' %}y{% else %}n{% endif %}", 0, "n");
  assert_held(*state, "{{ household.members | join }}", 3, WB_E_POLICY, "household.members",
              markup);
  assert_held(*state, "{% for m in household.members %}{{ m }}{% endfor %}", 3, WB_E_POLICY,
              "household.members", markup);
}

static void an_assigned_name_keeps_what_is_missing(void **state) {
  assert_says(*state, "{% assign n = patient.name | upcase %}Hi {{ n }}{{ n | size }}", 0,
              "Hi ANA3");
  assert_says(*state, "{% assign n = patient.name | upcase %}Hi {{ n | default: 'you' }}", 1,
              "Hi you");
  assert_held(*state, "{% assign n = patient.name | upcase %}Hi {{ n }}", 1, WB_E_STATE, "n",
              missing);
  assert_held(*state, "{{ 'Hi ' | append: patient.name }}", 1, WB_E_STATE, "patient.name", missing);
  assert_says(*state,
              "{% if patient.name %}{% assign w = 'a' %}{% else %}{% assign w = 'b' %}{% endif %}"
              "{{ w }}",
              1, "b");
  assert_says(*state, "{% assign d = today %}{% if d == today %}{{ d | date_words }}{% endif %}", 0,
              "Friday, January 30");
  assert_says(*state,
              "{% assign k = 2 %}{% for i in (1..3) limit: k %}{{ i | plus: k }}{% endfor %}", 0,
              "34");
  assert_refused(*state, "{% assign a = 1 %}{% assign a = 'x' %}", WB_E_TYPE, 29,
                 "\"a\" was of another kind before; take another name.");
  assert_refused(*state, "{% assign a = nil %}", WB_E_TYPE, 15,
                 "This is nil, which cannot be kept under a name.");
  assert_refused(*state, "{% assign a = procedures %}", WB_E_TYPE, 15,
                 "This is a list of records, which cannot be kept under a name.");
  assert_refused(*state, "{% assign a = 'x' %}{{ a.size }}", WB_E_TYPE, 24,
                 "\"a\" is a single value; nothing hangs on it.");
}

static void lists_where_they_have_no_meaning_are_refused(void **state) {
  static const texts_refusal cases[] = {
      {"{{ procedures }}", WB_E_TYPE, 4,
       "This is a list of records, which cannot be written; it can be asked for in an if."},
      {"{{ household.members }}", WB_E_TYPE, 4,
       "This is a list, which cannot be written; it can be asked for in an if."},
      {"{{ procedures | join: ',' }}", WB_E_TYPE, 17,
       "This filter does not take what comes in: it is a list of records."},
      {"{{ household.members | upcase }}", WB_E_TYPE, 24,
       "This filter does not take what comes in: it is a list."},
      {"{{ procedures.code }}", WB_E_TYPE, 4,
       "\"procedures.code\" is a field of each element of a list; read it in a for."},
      {"{{ procedures[0] }}", WB_E_TYPE, 4,
       "\"procedures\" is a list of records; write which field, with a dot."},
      {"{{ procedures.max }}", WB_E_TYPE, 4,
       "\"procedures\" is a list; it has size, first, last and [0]."},
      {"{{ procedures[0].kode }}", WB_E_NAME, 4,
       "There is no field of this name; did you mean \"procedures.code\"?"},
      {"{{ household.members[0].x }}", WB_E_TYPE, 4,
       "\"household\" has single elements; nothing hangs on them."},
      {"{% if procedures %}a{% endif %}", WB_E_TYPE, 7,
       "This is a list of records; ask for its size."},
      {"{% for p in procedures %}{{ p }}{% endfor %}", WB_E_TYPE, 29,
       "\"p\" is a whole record; write which field of it, with a dot."},
      {"{% for m in household.members %}{{ m.x }}{% endfor %}", WB_E_TYPE, 36,
       "\"m\" is a single value; nothing hangs on it."},
      {"{% for i in (1..2) %}{{ i.x }}{% endfor %}", WB_E_TYPE, 25,
       "\"i\" is a number; nothing hangs on it."},
      {"{% for x in patient.name %}a{% endfor %}", WB_E_TYPE, 13,
       "A for goes over a list or a range; this is a text."},
      {"{% for x in procedures limit: 'a' %}a{% endfor %}", WB_E_TYPE, 31,
       "A limit or offset is a whole number from 0."},
      {"{% for x in procedures limit: -1 %}a{% endfor %}", WB_E_TYPE, 31,
       "A limit or offset is a whole number from 0."},
      {"{% for a in procedures %}{% for b in procedures %}x{% endfor %}{% endfor %}", WB_E_LIMIT,
       26, "The loops could have more than 100,000 turns; give a limit:."},
  };
  texts_refused_all(*state, "call", cases, WBI_COUNT(cases));
}

static void a_list_is_read_only_where_its_class_may_be(void **state) {
  static const char *const texts[] = {
      "{{ procedures.size }}",
      "{% for p in procedures %}a{% endfor %}",
      "{{ procedures[0].code }}",
      "{{ procedures.code }}",
      "{% if procedures == empty %}a{% endif %}",
      "{% for i in (1..2) limit: procedures.size %}a{% endfor %}",
      "{% assign x = procedures.size %}a",
      "{% case procedures.size %}{% when 1 %}a{% endcase %}",
      "{{ 'a' | append: procedures.size }}",
  };
  const texts_world *here = *state;
  const wb_template_options options = {.size = sizeof options, .channel = "sms"};
  for (size_t i = 0; i < WBI_COUNT(texts); ++i) {
    wb_template *compiled = NULL;
    wb_error error;
    assert_int_equal(wb_template_new(NULL, here->schema, here->second, &options, texts[i],
                                     strlen(texts[i]), &compiled, &error),
                     WB_E_POLICY);
    assert_memory_equal(error.path, "procedures", 10);
  }
}

static void the_read_set_has_lists_and_their_fields(void **state) {
  const texts_world *here = *state;
  static const char *const names[] = {"procedures", "procedures.code", "patient.name"};
  wb_template *compiled = NULL;
  wb_error error;
  uint32_t field = 0, wanted = 0;
  assert_int_equal(
      texts_compile(here, "call",
                    "{% for p in procedures %}{{ p.code }}{% endfor %}{{ patient.name }}"
                    "{{ procedures.size }}",
                    &compiled, &error),
      WB_OK);
  for (uint32_t i = 0; i < WBI_COUNT(names); ++i) {
    assert_int_equal(wb_schema_find(here->schema, names[i], strlen(names[i]), &wanted), WB_OK);
    assert_int_equal(wb_template_get(compiled, i, &field), WB_OK);
    assert_int_equal(field, wanted);
  }
  assert_int_equal(wb_template_get(compiled, WBI_COUNT(names), &field), WB_E_NAME);
  wb_template_unref(compiled);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_for_goes_over_the_records_of_a_list),
      cmocka_unit_test(single_elements_and_the_length_can_be_read),
      cmocka_unit_test(a_list_of_single_values),
      cmocka_unit_test(an_assigned_name_keeps_what_is_missing),
      cmocka_unit_test(lists_where_they_have_no_meaning_are_refused),
      cmocka_unit_test(a_list_is_read_only_where_its_class_may_be),
      cmocka_unit_test(the_read_set_has_lists_and_their_fields),
  };
  return cmocka_run_group_tests(tests, make_world, texts_drop);
}

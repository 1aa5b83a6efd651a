/* SPDX-License-Identifier: MIT */
/* What a compiler refuses in the braces of a template: each kind of value beside each other one,
   what breaks off, and what nearly fits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "liquid/liquid_private.h"
#include "support/texts.h"

#define FIELD(name, type)                                                                          \
  { sizeof(wb_field), 0, name, NULL, "A field.", type, WB_NULLABLE, WB_CLASS_PUBLIC, 0, 0, 0 }

static const wb_field fields[] = {FIELD("host.words", WB_TEXT),
                                  FIELD("host.count", WB_INT),
                                  FIELD("host.large", WB_UINT),
                                  FIELD("host.share", WB_DOUBLE),
                                  FIELD("host.bytes", WB_BYTES),
                                  FIELD("host.day", WB_DATE),
                                  FIELD("host.vip", WB_BOOL),
                                  {sizeof(wb_field), 0, "host.absent", NULL, "A field.", WB_INT,
                                   WB_OPTIONAL, WB_CLASS_PUBLIC, 0, 0, 0},
                                  FIELD("host.time", WB_TIME)};

/* Row 0 has everything, row 1 nothing. The -1 is the largest uint64. */
static const char patients[] =
    "patient:u|status:u|first_name:u|household:u|location:u|host.words:u|host.count:l|host.large:L|"
    "host.share:g|host.day:tdD|host.vip:b|host.time:tss:UTC\n"
    "p1|active|Ana|h1|l1|word|2|-1|0.5|2026-03-03|1|1772532000\n"
    "p2|active|||l1|||||||\n"
    "p3|active|Bo|h1|l1|a b|7|1|1|2026-01-30|0|1772532000\n";
static const char procedures[] = "patient:u|code:u|status:u|date:tdD\n"
                                 "p1|D1110|completed|2025-01-07\n"
                                 "p1|D0120|completed|2025-02-01\n"
                                 "p1|D2740|planned|\n";

static int make_world(void **state) {
  static texts_world made;
  static const char *const tables[][2] = {{"patients", patients},
                                          {"procedures", procedures},
                                          {"locations", "location:u|zone:u\nl1|America/Chicago\n"},
                                          {NULL, NULL}};
  texts_open(&made, fields, WBI_COUNT(fields), TEXTS_ALL_TOLD(""), tables);
  *state = &made;
  return 0;
}

/* Two values that cannot be compared, and what they are. */
static void values_that_do_not_go_together_are_not_compared(void **state) {
  static const char *const cases[][3] = {
      {"1 < nil", "a whole number", "nil"},
      {"nil < 1", "nil", "a whole number"},
      {"1 < blank", "a whole number", "blank"},
      {"1.5 == 'a'", "a number", "a text"},
      {"'a' == 1.5", "a text", "a number"},
      {"host.share == 1", "of a kind that texts cannot use", "a whole number"},
      {"1 == host.share", "a whole number", "of a kind that texts cannot use"},
      {"host.bytes == 'a'", "of a kind that texts cannot use", "a text"},
      {"'a' == host.bytes", "a text", "of a kind that texts cannot use"},
      {"household.members == 'a'", "a list", "a text"},
      {"'a' == household.members", "a text", "a list"},
      {"'a' == procedures", "a text", "a list of records"},
      {"procedures == procedures", "a list of records", "a list of records"},
      {"procedures contains 'a'", "a list of records", "a text"},
      {"1 contains 'a'", "a whole number", "a text"},
      {"'a' contains 1", "a text", "a whole number"},
      {"household.members contains 1", "a list", "a whole number"},
      {"'a' < 1", "a text", "a whole number"},
      {"1 < 'a'", "a whole number", "a text"},
      {"'a' < 'b'", "a text", "a text"},
      {"host.day < host.time", "a date", "a time"},
      {"host.vip < host.vip", "a yes or no", "a yes or no"},
      {"empty > 1.5", "empty", "a number"},
      {"blank contains 'a'", "blank", "a text"},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    char text[80], message[160];
    snprintf(text, sizeof text, "{%% if %s %%}a{%% endif %%}", cases[i][0]);
    snprintf(message, sizeof message,
             "The left side is %s, the right side is %s; they cannot be compared so.", cases[i][1],
             cases[i][2]);
    texts_refused(*state, "call", text, WB_E_TYPE, 1, 7, message);
  }
}

/* A text in quotes that ends nowhere is refused wherever it stands. */
static void a_quote_without_its_end_is_refused_anywhere(void **state) {
  static const struct {
    const char *text;
    uint32_t column;
  } cases[] = {
      {"{% case patient.status %}{% when 'active' or 'inactive %}b{% endcase %}", 46},
      {"{% for p in procedures limit: 'a %}a{% endfor %}", 31},
      {"{% for p in procedures limit 'a %}a{% endfor %}", 30},
      {"{% for p in procedures , 'a %}a{% endfor %}", 26},
      {"{% for p in procedures reversed 'a %}a{% endfor %}", 33},
      {"{% for p in procedures reversed , 'a %}a{% endfor %}", 35},
      {"{% for p in procedures reversed limit: 1 , 'a %}a{% endfor %}", 44},
      {"{% for p 'in procedures %}a{% endfor %}", 10},
      {"{% for p in 'a %}a{% endfor %}", 13},
      {"{% for i in ('a..2) %}a{% endfor %}", 14},
      {"{% for i in (1 'a..2) %}a{% endfor %}", 16},
      {"{% for i in (1..'2) %}a{% endfor %}", 17},
      {"{% for i in (1..2 'a) %}a{% endfor %}", 19},
      {"{% for i in (1..2) 'a %}a{% endfor %}", 20},
      {"{{ host.words | default: 'x', allow_false: 'abc }}", 44},
      {"{{ host.words | default: word 'unterminated }}", 31},
      {"{{ host.words 'abc }}", 15},
      {"{{ host.words | 'abc }}", 17},
      {"{{ host.words | general 'x }}", 25},
      {"{{ host.words | general: 'x }}", 26},
      {"{{ host.words 'abc | general }}", 15},
      {"{{ patient['a }}", 12},
      {"{{ patient[0 'a }}", 14},
      {"{{ patient.'a }}", 12},
      {"{{ patient.a 'a }}", 14},
      {"{% if true and 'a %}a{% endif %}", 16},
      {"{% if true 'a %}a{% endif %}", 12},
      {"{% if 1 == 'a %}a{% endif %}", 12},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    texts_refused(*state, "call", cases[i].text, WB_E_SYNTAX, 1, cases[i].column,
                  "The text that begins here has no closing quote.");
  }
}

static void what_nearly_fits_is_refused(void **state) {
  static const texts_refusal cases[] = {
      {"{% if true %}a{% elif true %}b{% endif %}", WB_E_SYNTAX, 15,
       "Write elsif for another condition."},
      {"{% if true %}a{% elseif true %}b{% endif %}", WB_E_SYNTAX, 15,
       "Write elsif for another condition."},
      {"{% case patient.status %}{% assign q = 1 %}{% when 'active' %}b{% endcase %}", WB_E_SYNTAX,
       1, "Between this case and its first when stands something."},
      {"{% case patient.status %}{% when 'active' or | %}b{% endcase %}", WB_E_SYNTAX, 46,
       "A name or a value should stand here."},
      {"{% case patient.status %}{% when | %}b{% endcase %}", WB_E_SYNTAX, 34,
       "A name or a value should stand here."},
      {"{% if empty %}a{% endif %}", WB_E_SYNTAX, 7,
       "Compare something with blank: == blank, or != blank."},
      {"{% if blank %}a{% endif %}", WB_E_SYNTAX, 7,
       "Compare something with blank: == blank, or != blank."},
      {"{% if host.share %}a{% endif %}", WB_E_TYPE, 7, "This is of a kind that texts cannot use."},
      {"{% if host.bytes %}a{% endif %}", WB_E_TYPE, 7, "This is of a kind that texts cannot use."},
      {"{% if household.members %}a{% endif %}", WB_E_TYPE, 7, "This is a list; ask for its size."},
      {"{% if 1 .. 2 %}a{% endif %}", WB_E_SYNTAX, 9, "The braces should close before this."},
      {"{% if contains %}a{% endif %}", WB_E_SYNTAX, 7, "A name or a value should stand here."},
      {"{{ 1 | phone }}", WB_E_TYPE, 8,
       "This filter does not take what comes in: it is a whole number."},
      {"{{ host.words | replace: host.none, 'x' }}", WB_E_NAME, 26,
       "There is no field of this name; did you mean \"host.count\"?"},
      {"{{ '{{' }}", WB_E_INVALID, 4,
       "Braces would reach the patient, or another engine behind us."},
      {"{{ 1.5 | date_words }}", WB_E_TYPE, 10,
       "This filter does not take what comes in: it is a number."},
      {"{{ procedures[100001].code }}", WB_E_TYPE, 4, "\"procedures\" has no such element."},
      {"{{ procedures[-100001].code }}", WB_E_TYPE, 4, "\"procedures\" has no such element."},
      {"{{ procedures.size.x }}", WB_E_TYPE, 4,
       "\"procedures\" is a list; it has size, first, last and [0]."},
      {"{{ procedures.first }}", WB_E_TYPE, 4,
       "\"procedures\" is a list of records; write which field, with a dot."},
      {"{{ patient.name.x }}", WB_E_NAME, 4,
       "There is no field of this name; did you mean \"patient.name\"?"},
      {"{{ patient[0] }}", WB_E_NAME, 4,
       "There is no field of this name; did you mean \"patient.key\"?"},
      {"{{ procedures[0][0] }}", WB_E_NAME, 4,
       "There is no field of this name; did you mean \"procedures\"?"},
      {"{% for p in procedures %}{{ p.kode }}{% endfor %}", WB_E_NAME, 29,
       "There is no field of this name; did you mean \"procedures.code\"?"},
      {"{% for p in procedures %}{{ p[0] }}{% endfor %}", WB_E_NAME, 29,
       "There is no field of this name; did you mean \"procedures\"?"},
      {"{% for p in procedures %}{{ p.code.x }}{% endfor %}", WB_E_TYPE, 29,
       "\"p\" is a whole record; write which field of it, with a dot."},
      {"{% for i in (1..2) %}{% assign i = 1 %}{% endfor %}", WB_E_NAME, 32,
       "\"i\" is the name of a loop; take another name."},
      {"{% for i in (1..2) %}{{ i }}{{ i.x }}{% endfor %}", WB_E_TYPE, 32,
       "\"i\" is a number; nothing hangs on it."},
      {"{% for p in procedures limit: host.share %}a{% endfor %}", WB_E_TYPE, 31,
       "A limit or offset is a whole number from 0."},
      {"{% for p in procedures limit: 1.5 %}a{% endfor %}", WB_E_TYPE, 31,
       "A limit or offset is a whole number from 0."},
      {"{% for p in procedures limit: nil %}a{% endfor %}", WB_E_TYPE, 31,
       "A limit or offset is a whole number from 0."},
      {"{% for p in procedures limit: %}a{% endfor %}", WB_E_SYNTAX, 31,
       "A name or a value is missing here."},
      {"{% for p in procedures limit %}a{% endfor %}", WB_E_SYNTAX, 30, "A colon is missing here."},
      {"{% for p in procedures , %}a{% endfor %}", WB_E_SYNTAX, 26,
       "After this comma comes limit: or offset:."},
      {"{% for p in procedures reversed limit: 1 , 5 %}a{% endfor %}", WB_E_SYNTAX, 44,
       "After this comma comes limit: or offset:."},
      {"{{ host.words | default: 'x', allow_false 'abc: 1 }}", WB_E_SYNTAX, 31,
       "The filter 'default' takes a value: write a colon and the value."},
      {"{{ host.words | default: 'x', allow_false: true, allow_false: true }}", WB_E_SYNTAX, 50,
       "The filter 'default' takes nothing of this name."},
      {"{{ host.vip | default: 'x', allow_false: true }}", WB_E_TYPE, 4,
       "This is a yes or no, which cannot be written; it can be asked for in an if."},
      {"{{ host.words | default: 'x', other: 1 }}", WB_E_SYNTAX, 31,
       "The filter 'default' takes nothing of this name."},
      {"{{ host.words | upcase: other: 1 }}", WB_E_SYNTAX, 23,
       "The filter 'upcase' takes no value."},
      {"{{ host.words | append: allow_false: 1 }}", WB_E_SYNTAX, 25,
       "The filter 'append' takes nothing of this name."},
      {"{{ host.words | general: x }}", WB_E_SYNTAX, 26,
       "After general: stands a language in quotes."},
      {"{{ host.words | general }}", WB_E_NAME, 4,
       "The policy has no words in 'en' for this field."},
      {"{{ 5 | general }}", WB_E_NAME, 8, "There is no filter 'general'."},
      {"{{ host.words | append: host.share }}", WB_E_TYPE, 25,
       "This is of a kind that texts cannot use, which cannot be written; it can be asked for in "
       "an if."},
      {"{{ host.words | append: host.vip }}", WB_E_TYPE, 25,
       "This is a yes or no, which cannot be written; it can be asked for in an if."},
      {"{{ host.words | append: host.time }}", WB_E_TYPE, 25,
       "This is a time, which cannot be written; it can be asked for in an if."},
      {"{{ host.words | append: nil }}", WB_E_TYPE, 25,
       "This is nil, which cannot be written; it can be asked for in an if."},
      {"{{ host.words | slice: 0, 2 }}", WB_E_NAME, 17,
       "There is no filter of this name; did you mean \"size\"?"},
      {"https://{{ host.words }}", WB_E_POLICY, 1,
       "All of a link is a field of class link; or begin it with https:// and a host."},
      {"https:///{{ host.words }}", WB_E_POLICY, 1, "The link names no host."},
      {"{{ patient[ }}", WB_E_SYNTAX, 13,
       "In square brackets stands a text in quotes or a whole number."},
      {"{{ patient[0 0] }}", WB_E_SYNTAX, 14, "A closing square bracket is missing here."},
      {"{% if true | %}a{% endif %}", WB_E_SYNTAX, 12, "The braces should close before this."},
      {"{% if true = true %}a{% endif %}", WB_E_SYNTAX, 12,
       "One = compares nothing; write == for \"is the same as\"."},
      {"{% if patient.status == '' %}a{% endif %}", WB_E_TYPE, 25,
       "\"patient.status\" is never an empty text; compare it with blank."},
      {"{% if '' == patient.status %}a{% endif %}", WB_E_TYPE, 7,
       "\"patient.status\" is never an empty text; compare it with blank."},
      {"{% if patient.status == 'zzzzzz' %}a{% endif %}", WB_E_NAME, 25,
       "The field never has this value; it is "
       "active|inactive|nonpatient|prospective|archived|deceased."},
      {"{% if true and true or true %}a{% endif %}", WB_E_SYNTAX, 21,
       "One condition uses either \"and\" or \"or\"; put an if inside an if."},
      {"{% if 1 == %}a{% endif %}", WB_E_SYNTAX, 12, "A name or a value is missing here."},
      {"{% case true %}{% endcase %}", WB_E_SYNTAX, 1, "This case writes nothing."},
      {"{% case true | %}{% endcase %}", WB_E_SYNTAX, 14, "The braces should close before this."},
  };
  texts_refused_all(*state, "call", cases, WBI_COUNT(cases));
}

/* No name of a field is so long. */
static void a_name_that_is_too_long_is_none(void **state) {
  static const char *const forms[][2] = {{"{{ patient.", " }}"}, {"{{ procedures[0].", " }}"}};
  for (size_t i = 0; i < WBI_COUNT(forms); i++) {
    char text[400], name[301];
    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    snprintf(text, sizeof text, "%s%s%s", forms[i][0], name, forms[i][1]);
    texts_refused(*state, "call", text, WB_E_NAME, 1, 4, "There is no field of this name.");
  }
}

/* What is said of a patient of whom all is known, and of one of whom nothing is. */
static void what_fits_is_said(void **state) {
  static const char missing[] = "The text needs this field; it is missing and has no default.";
  static const char silent[] = "The text says nothing for this patient.";
  static const struct {
    const char *text, *known, *unknown; /* NULL: a field is missing */
    const char *field;
  } cases[] = {
      {"{% if 1.5 == host.large %}a{% else %}b{% endif %}", "b", "b", NULL},
      {"{% if host.large == 1 %}a{% else %}b{% endif %}", "b", "b", NULL},
      {"{% if host.day < host.day %}a{% else %}b{% endif %}", "b", "b", NULL},
      {"{% if host.time <= host.time %}a{% else %}b{% endif %}", "a", "b", NULL},
      {"{% if empty == 1.5 %}a{% else %}b{% endif %}", "b", "b", NULL},
      {"{{ procedures[100000].code | default: 'x' }}", "x", "x", NULL},
      {"{{ procedures[-100000].code | default: 'x' }}", "x", "x", NULL},
      {"{{ procedures['first'].code }}", "D1110", NULL, "procedures.code"},
      {"{{ procedures[0]['code'] }}", "D1110", NULL, "procedures.code"},
      {"{% for p in procedures limit: host.large %}a{% endfor %}", "aaa", NULL, ""},
      {"{% for p in procedures limit: host.count %}a{% endfor %}", "aa", NULL, ""},
      {"{% for p in procedures offset: host.count %}a{% endfor %}", "a", NULL, ""},
      {"{% for i in (1..2) limit: host.count %}a{% endfor %}", "aa", "aa", NULL},
      {"{{ host.words | default: 'x', allow_false: true }}", "word", "x", NULL},
      {"{{ host.words | default }}", "word", NULL, "host.words"},
      {"{{ host.words | default: host.words }}", "word", NULL, "host.words"},
      {"{{ host.day | date: 5 }}", "5", NULL, "host.day"},
      {"{{ host.day | date: host.words }}", "word", NULL, "host.day"},
      {"{{ host.day | date: host.day }}", "2026-03-03", NULL, "host.day"},
      {"{{ host.words | append: host.large }}", "word18446744073709551615", NULL, "host.words"},
      {"{{ host.words | append: host.day }}", "word2026-03-03", NULL, "host.words"},
      {"{{ host.words | append: 1.5 }}", "word1.5", NULL, "host.words"},
      {"{{ host.large }}", "18446744073709551615", NULL, "host.large"},
      {"{{ host.large | money }}", "$184,467,440,737,095,516.15", NULL, "host.large"},
      {"{{ host.large | plus: 1 }}", "18446744073709551616", NULL, "host.large"},
      {"{{ host.count | plus: 1 }}", "3", NULL, "host.count"},
      {"{{ host.share | plus: 1 }}", "1.5", NULL, "host.share"},
      {"{{ 1.5 | plus: 1 }}", "2.5", "2.5", NULL},
      {"{{ 1.23456789 }}", "1.23456789", "1.23456789", NULL},
      {"{{ host.words | append: 1.23456789 }}", "word1.23456789", NULL, "host.words"},
      {"{{ 150.0 | money }}", "$1.50", "$1.50", NULL},
      {"{{ host.words | plus: 1 }}", "1", NULL, "host.words"},
      {"{{ host.day | plus: 1 }}", "1", NULL, "host.day"},
      {"{{ host.large | upcase }}", "18446744073709551615", NULL, "host.large"},
      {"{{ household.members | list_and }}", "p1 and p3", "p2", NULL},
      {"{{ household.members | join: host.words }}", "p1wordp3", NULL, "host.words"},
      {"{{ host.words | strip }}", "word", NULL, "host.words"},
      {"{{ host.words | append: '' }}", "word", NULL, "host.words"},
      {"https://x.example.com/{{ host.words }}", "https://x.example.com/word", NULL, "host.words"},
      {"{{ nil | append: 'a' }}", "a", "a", NULL},
      {"{{ blank | append: 'a' }}", "a", "a", NULL},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    texts_say(*state, "call", cases[i].text, 0, cases[i].known);
    if (cases[i].unknown != NULL)
      texts_say(*state, "call", cases[i].text, 1, cases[i].unknown);
    else
      texts_held(*state, "call", cases[i].text, 1, WB_E_STATE, cases[i].field,
                 cases[i].field[0] != '\0' ? missing : silent);
  }
}

static void what_nothing_is_left_of_is_held_back(void **state) {
  texts_held(*state, "call", "{% for p in procedures offset: host.large %}a{% endfor %}", 0,
             WB_E_STATE, "", "The text says nothing for this patient.");
  texts_held(*state, "call", "{{ host.words | date: 5 }}", 0, WB_E_RANGE, "",
             "A filter cannot do this.");
  texts_say(*state, "sms", "{{ host.words | strip }}", 0, "word");
  texts_say(*state, "sms", "{{ host.words | first }}", 0, "w");
  texts_say(*state, "call", "{% for p in procedures offset: host.count %}a{% else %}b{% endfor %}",
            2, "b");
  texts_say(*state, "call", "{% for i in (1..9) limit: host.large %}{{ i }}{% endfor %}", 2, "1");
  texts_say(*state, "call", "{% for i in (1..3) limit: host.absent %}{{ i }}{% endfor %}", 0,
            "123");
  texts_refused(*state, "call", "{% case host.words %}a{% else %}b{% endcase %}", WB_E_SYNTAX, 1, 1,
                "Between this case and its first when stands something.");
}

/* What is too long to be tried beforehand is tried when the text is written. */
static void a_long_chain_of_literals_is_not_tried(void **state) {
  char text[2048], out[TEXTS_ROOM];
  wb_error error;
  int at = snprintf(text, sizeof text, "{{ 'a'");
  for (int i = 0; i < 11; i++)
    at += snprintf(text + at, sizeof text - (size_t)at, " | append: '%0*d'", 100, i);
  snprintf(text + at, sizeof text - (size_t)at, " | size | plus: 1 }}");
  assert_int_equal(texts_render(*state, "call", text, 0, out, &error), WB_OK);
  assert_string_equal(out, "1102");
}

static void spans_of_a_patient_have_their_fields(void **state) {
  const texts_world *here = *state;
  wb_template *compiled = NULL;
  wbi_span_reader reader = {0, 0};
  wbi_span span;
  uint32_t field = 0;
  assert_int_equal(texts_compile(here, "call", "Hi {{ patient.name }}", &compiled, NULL), WB_OK);
  assert_int_equal(wb_schema_find(here->schema, "patient.name", 12, &field), WB_OK);
  assert_true(wbi_span_next(compiled, &reader, &span));
  assert_int_equal(span.kind, WBI_SPAN_TEXT);
  assert_true(wbi_span_next(compiled, &reader, &span));
  assert_int_equal(span.kind, WBI_SPAN_FIELD);
  assert_int_equal(span.field, field);
  assert_int_equal(span.offset, 6);
  assert_false(wbi_span_next(compiled, &reader, &span));
  wb_template_unref(compiled);
}

/* A text that is only measured says how long it would be. */
static void a_message_that_is_only_measured_is_not_held_to_its_words(void **state) {
  const texts_world *here = *state;
  wb_template *compiled = NULL;
  wbi_writer writer = {NULL, 0, 0};
  assert_int_equal(texts_compile(here, "voicemail", "Hi {{ patient.name }}", &compiled, NULL),
                   WB_OK);
  assert_int_equal(wbi_template_render(compiled, here->facts, 0, &here->moment, &writer, NULL),
                   WB_OK);
  assert_int_equal(writer.length, 6);
  wb_template_unref(compiled);
}

static void options_have_a_size_of_theirs(void **state) {
  const texts_world *here = *state;
  const wb_template_options options = {.size = 1, .channel = "call"};
  wb_template *compiled = NULL;
  assert_int_equal(
      wb_template_new(NULL, here->schema, here->policy, &options, "a", 1, &compiled, NULL),
      WB_E_INVALID);
  assert_null(compiled);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values_that_do_not_go_together_are_not_compared),
      cmocka_unit_test(a_quote_without_its_end_is_refused_anywhere),
      cmocka_unit_test(what_nearly_fits_is_refused),
      cmocka_unit_test(a_name_that_is_too_long_is_none),
      cmocka_unit_test(what_fits_is_said),
      cmocka_unit_test(what_nothing_is_left_of_is_held_back),
      cmocka_unit_test(a_long_chain_of_literals_is_not_tried),
      cmocka_unit_test(options_have_a_size_of_theirs),
      cmocka_unit_test(a_message_that_is_only_measured_is_not_held_to_its_words),
      cmocka_unit_test(spans_of_a_patient_have_their_fields),
  };
  return cmocka_run_group_tests(tests, make_world, texts_drop);
}

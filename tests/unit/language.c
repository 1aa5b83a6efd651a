/* SPDX-License-Identifier: MIT */
/* The language of templates, on open ones: their values are JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "support/opened.h"

static void assert_open(const char *text, const char *json, const char *expected) {
  opened_says(false, text, json, expected);
}

static void assert_open_refused(const char *text, wb_status status, uint32_t line,
                                uint32_t column) {
  wb_error error;
  const wb_status got = opened_render(false, text, "{}", &error);
  if (got != status || error.line != line || error.column != column) {
    print_error("%s: %d at %u:%u %s\n", text, got, error.line, error.column, error.message);
  }
  assert_int_equal(got, status);
  assert_int_equal(error.line, line);
  assert_int_equal(error.column, column);
}

static void names_are_looked_up_in_the_data(void **state) {
  (void)state;
  const char *data = "{\"a\":{\"b\":[1,{\"c d\":\"x\"}],\"size\":7},\"s\":\"h\xC3\xA9\",\"n\":4,"
                     "\"nil\":{\"x\":2},\"f\":0.25,\"e\":[]}";
  assert_open("{{ a.b[0] }}{{ a['b'][1]['c d'] }}{{ a.b[-1]['c d'] }}", data, "1xx");
  assert_open("{{ a.b.size }}{{ a.b.first }}{{ a.size }}{{ a['b'].last['c d'] }}", data, "217x");
  assert_open("[{{ x }}{{ a.x }}{{ a.b[2] }}{{ a.b[-3] }}{{ n.x }}{{ x.y[0] }}]", data, "[]");
  assert_open("{{ s.size }}{{ s.first }}{{ s.last }}{{ n.size }}{{ nil.x }}", data,
              "2h\xC3\xA9"
              "82");
  assert_open("{{ f }} {{ true }} {{ -7 }} {{ 1.50 }} {{ nil }}{{ blank }}{{ empty }}", data,
              "0.25 true -7 1.5 ");
  assert_open("{{ 'a' | append: true }}", data, "atrue");
  assert_open("{{ a.b }}|{{ e }}|{{ a.b[1] }}", data, "1{\"c d\"=>\"x\"}||{\"c d\"=>\"x\"}");
  assert_open("{{ self.n }}{{ self['s'] }}{% assign q = self %}{{ q.n }}{{ q.zz }}", data,
              "4h\xC3\xA9"
              "4");
  assert_open("[{{ a }}{{ self.a }}]", "[1, 2]", "[]"); /* data without names */
}

static void an_assignment_lasts_to_the_end(void **state) {
  (void)state;
  assert_open("{{ x }}{% assign x = 1 %}{{ x }}{% assign x = 'b' | upcase %}{{ x }}", "{\"x\":0}",
              "01B");
  assert_open("{% for i in (1..2) %}[{{ x }}]{% assign x = i %}{% endfor %}{{ x }}", "{}",
              "[][1]2");
  assert_open("{% assign i = 9 %}{% for i in (1..2) %}{{ i }}{% endfor %}{{ i }}", "{}", "129");
  assert_open("{% assign a = 'x' | append: 'y' %}{{ 'longer' | append: a }}{{ a }}", "{}",
              "longerxyxy");
}

static void a_for_goes_over_lists_ranges_objects_and_texts(void **state) {
  (void)state;
  const char *data = "{\"l\":[1,2,3,4,5],\"o\":{\"a\":1,\"b\":[2]},\"t\":\"text\",\"n\":3}";
  assert_open("{% for i in l %}{{ i }}{% else %}-{% endfor %}", data, "12345");
  assert_open("{% for i in l limit: 2 offset: 1 %}{{ i }}{% endfor %}", data, "23");
  assert_open("{% for i in l reversed limit:2, offset:1 %}{{ i }}{% endfor %}", data, "32");
  assert_open("{% for i in l offset: n %}{{ i }}{% endfor %}", data, "45");
  assert_open("{% for i in l offset: 5 %}{{ i }}{% else %}-{% endfor %}", data, "-");
  assert_open("{% for i in l limit: 0 %}{{ i }}{% else %}-{% endfor %}", data, "-");
  assert_open("{% for i in l offset: -2 limit: 3 %}{{ i }}{% endfor %}", data, "1");
  assert_open("{% for i in l limit: x offset: x %}{{ i }}{% endfor %}", data, "12345");
  assert_open("{% for i in l limit: 9223372036854775807 offset: 4 %}{{ i }}{% endfor %}", data,
              "5");
  assert_open("{% for i in (3..1) %}{{ i }}{% else %}-{% endfor %}", data, "-");
  assert_open("{% for i in (-1..1) reversed %}{{ i }}{% endfor %}", data, "10-1");
  assert_open("{% for i in (9223372036854775806..9223372036854775807) %}{{ i }};{% endfor %}", data,
              "9223372036854775806;9223372036854775807;");
  assert_open("{% for i in o %}{{ i[0] }}={{ i[1] }};{{ i.size }}{% endfor %}", data, "a=1;2b=2;2");
  assert_open("{% for i in t limit: 0 %}{{ i }}{% endfor %}{% for i in n %}x{% endfor %}", data,
              "text");
  assert_open("{% for i in x %}x{% else %}-{% endfor %}", data, "-");
  assert_open("{% for i in o %}{% for j in i %}{{ j }},{% endfor %}{% for j in i reversed %}{{ j "
              "}};{% endfor %}{% endfor %}",
              data, "a,1,1;a;b,2,2;b;");
  assert_open("{% for i in l limit: -9223372036854775807 offset: -5 %}x{% else %}-{% endfor %}",
              data, "-");
  assert_open("{% for i in l limit: -99999999999999999999 %}x{% else %}-{% endfor %}", data, "-");
  assert_open("{% for i in l limit: 99999999999999999999 %}{{ i }}{% endfor %}", data, "12345");
  assert_open("{% for forloop in (1..2) %}{{ forloop }}{% endfor %}", data, "12");
}

static void a_loop_knows_where_it_is(void **state) {
  (void)state;
  assert_open("{% for i in (5..7) %}{{ forloop.index }}{{ forloop.index0 }}{{ forloop.rindex }}"
              "{{ forloop.rindex0 }}{{ forloop.first }}{{ forloop.last }}{{ forloop.length }} "
              "{% endfor %}",
              "{}", "1032truefalse3 2121falsefalse3 3210falsetrue3 ");
  assert_open("{% for i in (1..2) %}{% for j in (1..2) %}{{ forloop.index }}{% endfor %}"
              "{{ forloop.index }};{% endfor %}",
              "{}", "121;122;");
  assert_open("{% for i in (1..2) %}{{ forloop.name }}{% endfor %}[{{ forloop.index }}]", "{}",
              "i-(1..2)i-(1..2)[]");
  assert_open("{% for i in (1..1) %}[{{ forloop.name.x }}{{ forloop.foo }}{{ forloop[0] }}"
              "{{ forloop.index.x }}]{% endfor %}",
              "{}", "[]");
  assert_open_refused("{% for i in (1..2) %}{{ forloop.parentloop }}{% endfor %}", WB_E_NAME, 1,
                      25);
}

static void a_case_matches_each_of_its_values(void **state) {
  (void)state;
  const char *text = "{% case x %} {% when 1, 'a' or nil %}A{% when 2 %}B{% else %}C{% endcase %}";
  assert_open(text, "{\"x\":1}", "A");
  assert_open(text, "{\"x\":1.0}", "A");
  assert_open(text, "{\"x\":\"a\"}", "A");
  assert_open(text, "{}", "A");
  assert_open(text, "{\"x\":2}", "B");
  assert_open(text, "{\"x\":\"2\"}", "C");
  assert_open("{% case 1 %}{% when 1, 1 %}a{% when x, 1 %}b{% else %}c{% endcase %}", "{\"x\":1}",
              "aabb");
  assert_open("{% case 1 %}{% when 2 %}a{% else %}b{% when 1 %}c{% endcase %}", "{}", "bc");
  assert_open("{% for i in (1..2) %}{% case i %}{% when 1 %}a{% else %}b{% endcase %}{% endfor %}",
              "{}", "ab");
  assert_open("{% case x %}{% when empty %}e{% when blank %}b{% endcase %}", "{\"x\":[]}", "eb");
}

static void unless_is_an_if_turned_round(void **state) {
  (void)state;
  assert_open("{% unless a %}x{% endunless %}{% unless b %}y{% else %}z{% endunless %}",
              "{\"a\":false,\"b\":1}", "xz");
  assert_open("{% unless a and b %}x{% endunless %}{% unless a or b %}y{% endunless %}",
              "{\"a\":true}", "x");
  assert_open("{% unless a %}x{% elsif b %}y{% endunless %}", "{\"a\":1,\"b\":1}", "y");
}

static void and_and_or_are_read_from_the_right(void **state) {
  (void)state;
  assert_open("{% if true or false and false %}y{% endif %}", "{}", "y");
  assert_open("{% if false and false or true %}y{% else %}n{% endif %}", "{}", "n");
  assert_open("{% if false or true and true %}y{% endif %}", "{}", "y");
}

static void comparisons_are_those_of_liquid(void **state) {
  (void)state;
  static const struct {
    const char *condition;
    bool holds;
  } cases[] = {
      {"1 == 1.0", true},
      {"'1' == 1", false},
      {"nil == false", false},
      {"'' == empty", true},
      {"' ' == blank", true},
      {"' ' == empty", false},
      {"l == l", true},
      {"l == k", true},
      {"l == m", false},
      {"o == p", true},
      {"o == q", false},
      {"blank == blank", false},
      {"empty != empty", true},
      {"nil == blank", true},
      {"nil == empty", false},
      {"'a' < 'b'", true},
      {"2.5 > 2", true},
      {"true < false", false},
      {"nil < 1", false},
      {"l < l", false},
      {"l contains 2", true},
      {"l contains 3", false},
      {"'abc' contains 'bc'", true},
      {"'abc' contains 'cb'", false},
      {"'a1' contains 1", true},
      {"o contains 'a'", true},
      {"o contains 'b'", false},
      {"'a' contains nil", false},
      {"9 contains 9", false},
      {"1 < 18446744073709551616", true},
      {"-18446744073709551616 < 1", true},
      {"18446744073709551615 > 9223372036854775807", true},
      {"'a' contains ''", true},
  };
  const char *data = "{\"l\":[1,2,{\"x\":[]}],\"k\":[1,2.0,{\"x\":[]}],\"m\":[1,2,{\"x\":{}}],"
                     "\"o\":{\"a\":1,\"c\":null},\"p\":{\"c\":null,\"a\":1},\"q\":{\"a\":1}}";
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    char text[128];
    snprintf(text, sizeof text, "{%% if %s %%}y{%% else %%}n{%% endif %%}", cases[i].condition);
    assert_open(text, data, cases[i].holds ? "y" : "n");
  }
  assert_open_refused("a\n{% if 1 < 'a' %}x{% endif %}", WB_E_TYPE, 2, 7);
  assert_open("{% assign a = 'b' | escape %}{% if a == 'b' %}y{% endif %}", "{}", "y");
  assert_open("{% assign p = o | first %}{% assign q = r | first %}{% assign s = t | first %}"
              "{% if p == q %}y{% endif %}{% if p == s %}n{% endif %}{% if p == o %}n{% endif %}",
              "{\"o\":{\"a\":[1]},\"r\":{\"a\":[1]},\"t\":{\"b\":[1]}}", "y");
}

static void blank_bodies_write_nothing(void **state) {
  (void)state;
  assert_open("a{% if true %} \n {% endif %}b", "{}", "ab");
  assert_open("a{% for i in (1..3) %} {% endfor %}b", "{}", "ab");
  assert_open("a{% if true %} {% assign x = 1 %} {% endif %}b{{ x }}", "{}", "ab1");
  assert_open("a{% if true %} {% if false %}x{% endif %} {% endif %}b", "{}", "a  b");
  assert_open("a{% if true %} {% raw %} {% endraw %}{% endif %}b", "{}", "a  b");
  assert_open("a{% unless 5 > 'x' %} {% endunless %}b", "{}", "ab");
}

static void comments_and_raw_text(void **state) {
  (void)state;
  assert_open("a {%- comment %} {{ x {% if %} {% endcomment -%} b", "{}", "ab");
  assert_open("a{% # one\n  # two\n %}b{%- # three -%} c", "{}", "abc");
  assert_open("{% raw %} {{ x }} {% if %} {%- endraw -%} b", "{}", " {{ x }} {% if %} b");
  assert_open_refused("a{% # one\n two %}", WB_E_SYNTAX, 2, 2);
  assert_open("{% raw %}{% endraw_ %}{% endraw1 %}{%}{% end %}{%  endraw%}", "{}",
              "{% endraw_ %}{% endraw1 %}{%}{% end %}");
  assert_open_refused("{% comment %}{{ {% x", WB_E_SYNTAX, 1, 1);
  assert_open_refused("{% comment %}{{ x", WB_E_SYNTAX, 1, 1);
  assert_open_refused("{{ 1 --}}", WB_E_SYNTAX, 1, 6);
}

/* A text that repeats a part, between two others; to be freed. */
static char *repeat(const char *before, const char *part, size_t count, const char *after) {
  const size_t length = strlen(part);
  char *text = malloc(strlen(before) + count * length + strlen(after) + 1);
  assert_non_null(text);
  char *at = text + sprintf(text, "%s", before);
  for (size_t i = 0; i < count; ++i, at += length)
    memcpy(at, part, length);
  strcpy(at, after);
  return text;
}

static void loops_have_a_limit_that_counts_empty_turns(void **state) {
  (void)state;
  assert_open_refused("{% for i in (1..100001) %}a{% endfor %}", WB_E_LIMIT, 1, 1);
  assert_open_refused("x{% for i in (1..1000) %}{% for j in (1..1000) %}{% endfor %}{% endfor %}",
                      WB_E_LIMIT, 1, 26);
  assert_open("{% for i in (1..100000) %}{% endfor %}", "{}", "");
  assert_open("{% for i in (1..100000000) limit: 2 %}{{ i }}{% endfor %}", "{}", "12");
  static char json[32768] = "{\"l\":[1";
  size_t at = strlen(json);
  for (int i = 0; i < 999; ++i)
    at += (size_t)snprintf(json + at, sizeof json - at, ",%d", i);
  snprintf(json + at, sizeof json - at, "]}");
  wb_error error;
  const char *twice = "{% for i in l %}{% for j in l %}{% assign x = j %}{% endfor %}{% endfor %}";
  assert_int_equal(opened_render(false, twice, json, &error), WB_E_LIMIT);
  assert_string_equal(error.message, "The loops have more than 100,000 turns.");
  assert_int_equal(error.column, 17);
}

static void what_turns_do_has_a_limit(void **state) {
  (void)state;
  wb_error error;
  char *text = repeat("{% for i in (1..1000) %}", "{% assign x = i %}", 665, "{{ i }}{% endfor %}");
  assert_int_equal(opened_render(false, text, "{}", &error), WB_OK);
  free(text);
  text = repeat("{% for i in (1..1000) %}", "{% assign x = i %}", 1000, "{{ i }}{% endfor %}");
  assert_int_equal(opened_render(false, text, "{}", &error), WB_E_LIMIT);
  assert_string_equal(error.message,
                      "This loop could do too much in all its turns; give a limit:.");
  free(text);
  static char json[8192] = "{\"l\":[1";
  size_t at = strlen(json);
  for (int i = 1; i < 1000; ++i)
    at += (size_t)snprintf(json + at, sizeof json - at, ",%d", i);
  snprintf(json + at, sizeof json - at, "]}");
  text = repeat("{% for i in l %}", "{% assign x = i %}", 1001, "{{ i }}{% endfor %}");
  assert_int_equal(opened_render(false, text, json, &error), WB_E_LIMIT);
  assert_string_equal(error.message, "The loops do too much in all their turns.");
  free(text);
  text = repeat("{% for i in (1..1000) %}{% if 'b", "a", 100000,
                "' contains i %}x{% endif %}"
                "{% endfor %}");
  assert_int_equal(opened_render(false, text, "{}", &error), WB_E_LIMIT);
  assert_string_equal(error.message, "The text looks at too much, again and again.");
  free(text);
  text = repeat("{% for i in (1..1000) %}{% case 1 %}{% when 'b", "a", 100000,
                "' %}x{% endcase %}{% endfor %}");
  assert_int_equal(opened_render(false, text, "{}", &error), WB_E_LIMIT);
  assert_string_equal(error.message, "The text looks at too much, again and again.");
  free(text);
  text = repeat("{% for i in (1..101) %}{% case 1 %}{% when 1", ",1", 1000,
                "%}x{% endcase %}{% endfor %}");
  assert_int_equal(opened_render(false, text, "{}", &error), WB_E_LIMIT);
  assert_string_equal(error.message, "The text is written too often.");
  free(text);
}

static void what_filters_make_has_a_limit(void **state) {
  (void)state;
  wb_error error;
  const char *text = "{% assign a = 'aaaaaaaaaaaaaaaa' %}{% for i in (1..32) %}"
                     "{% assign a = a | append: a %}{% endfor %}{{ a }}";
  assert_int_equal(opened_render(false, text, "{}", &error), WB_E_LIMIT);
  assert_string_equal(error.message, "The filters of the text make too much of it.");
  assert_string_equal(opened_out, "");
  assert_open(
      "{% assign x = '' | default %}{{ x }}{{ y | default: 1, }}{{ y | default: 1, | plus: 3 }}",
      "{\"y\": 2}", "25");
}

/* Where there are no data every name is nil. */
static void a_name_of_no_data_is_nil(void **state) {
  (void)state;
  static _Alignas(max_align_t) char memory[4096];
  wb_template *compiled = NULL;
  char out[64];
  wbi_room room = {memory, sizeof memory, 0, false};
  wbi_writer writer = {out, sizeof out, 0};
  assert_int_equal(
      wbi_template_open(NULL, WBI_TEXT("{{ x }}{{ y | default: 1 }}"), false, &compiled, NULL),
      WB_OK);
  assert_int_equal(wbi_template_render_open(compiled, NULL, &room, &writer, NULL), WB_OK);
  wb_template_unref(compiled);
  assert_int_equal(writer.length, 1);
  assert_int_equal(out[0], '1');
}

/* Renders in a room of so many bytes. */
static wb_status render_in_room(const char *text, size_t capacity, wb_error *error) {
  static _Alignas(max_align_t) char memory[4096];
  static const wbi_json data = {.kind = WBI_JSON_OBJECT};
  wb_template *compiled = NULL;
  char out[64];
  wbi_room room = {memory, capacity, 0, false};
  wbi_writer writer = {out, sizeof out, 0};
  assert_int_equal(wbi_template_open(NULL, wbi_text_of(text), false, &compiled, NULL), WB_OK);
  const wb_status status = wbi_template_render_open(compiled, &data, &room, &writer, error);
  wb_template_unref(compiled);
  return status;
}

static void a_text_needs_room_for_its_names_and_for_what_is_no_text(void **state) {
  (void)state;
  wb_error error = {.status = 0};
  assert_int_equal(render_in_room("{% for i in (1..2) limit: true %}x{% endfor %}", 4096, &error),
                   WB_E_TYPE);
  assert_int_equal(render_in_room("{{ 1234567 }}", 7, &error), WB_OK);
  assert_int_equal(render_in_room("{{ 1234567 }}", 6, &error), WB_E_LIMIT);
  assert_int_equal(render_in_room("{{ x }}", sizeof(wb_value), &error), WB_OK);
  assert_int_equal(render_in_room("{{ x }}", sizeof(wb_value) - 1, &error), WB_E_NOMEM);
  assert_string_equal(error.message, "There is no room for a text.");
}

static void assert_repeated(const char *before, const char *part, size_t count, const char *after,
                            wb_status status, uint32_t column) {
  char *text = repeat(before, part, count, after);
  wb_error error;
  const wb_status got = opened_render(false, text, "{}", &error);
  if (got != status || error.column != column) {
    print_error("%s %s: %d at %u %s\n", before, part, got, error.column, error.message);
  }
  assert_int_equal(got, status);
  assert_int_equal(error.column, column);
  free(text);
}

static void everything_has_a_limit(void **state) {
  (void)state;
  assert_repeated("", "{% if 1 %}", 20000, "", WB_E_LIMIT, 641);
  assert_repeated("{{ a", ".b", 16, " }}", WB_OK, 0);
  assert_repeated("{{ a", ".b", 17, " }}", WB_E_LIMIT, 4);
  assert_repeated("{{ a", " | strip", 32, " }}", WB_OK, 0);
  assert_repeated("{{ a", " | strip", 33, " }}", WB_E_LIMIT, 262);
  assert_repeated("{% case 1 %}{% when 0", ",2", 1023, " %}a{% endcase %}", WB_OK, 0);
  assert_repeated("{% case 1 %}{% when 0", ",2", 1024, " %}a{% endcase %}", WB_E_LIMIT, 2069);
  assert_repeated("{% case 1 %}", "{% when 1 %}a", 20000, "", WB_E_LIMIT, 13333);
  assert_repeated("", "a", 262145, "", WB_E_LIMIT, 1);
  assert_repeated("{{ '", "a", 262000, "' }}", WB_OK, 0);
}

static void names_have_a_limit(void **state) {
  (void)state;
  char text[8192];
  for (int count = 256; count <= 257; ++count) {
    size_t at = 0;
    for (int i = 0; i < count; ++i)
      at += (size_t)snprintf(text + at, sizeof text - at, "{{ x%d }}", i);
    wb_error error;
    assert_int_equal(opened_render(false, text, "{}", &error), count == 256 ? WB_OK : WB_E_LIMIT);
  }
}

static void what_a_template_may_write_is_listed_in_order(void **state) {
  (void)state;
  static const struct {
    wbi_span_kind kind;
    const char *text;
    size_t offset;
  } cases[] = {
      {WBI_SPAN_TEXT, "Hi ", 0}, {WBI_SPAN_VALUE, "name", 6}, {WBI_SPAN_LITERAL, "you", 23},
      {WBI_SPAN_TEXT, "!", 30},  {WBI_SPAN_LITERAL, "b", 48}, {WBI_SPAN_TEXT, " raw ", 64},
      {WBI_SPAN_VALUE, "x", 85},
  };
  wb_template *compiled = NULL;
  const char *text = "Hi {{ name | default: 'you' }}!{% assign x = 'b' -%} {% raw %} raw "
                     "{% endraw %}   {{ x }}";
  assert_int_equal(wbi_template_open(NULL, wbi_text_of(text), false, &compiled, NULL), WB_OK);
  wbi_span_reader reader = {0, 0};
  wbi_span span;
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    assert_true(wbi_span_next(compiled, &reader, &span));
    if (span.kind == WBI_SPAN_TEXT && wbi_text_trim(span.text).length == 0) {
      assert_true(wbi_span_next(compiled, &reader, &span));
    }
    assert_int_equal(span.kind, cases[i].kind);
    assert_true(wbi_text_equal(span.text, wbi_text_of(cases[i].text)));
    assert_int_equal(span.field, WBI_NO_FIELD);
    if (span.kind != WBI_SPAN_VALUE) {
      assert_memory_equal(text + span.offset, cases[i].text, strlen(cases[i].text));
    }
  }
  assert_false(wbi_span_next(compiled, &reader, &span));
  wb_template_unref(compiled);
}

/* Tags of which little is written, or the wrong thing. */
static void a_tag_says_what_it_lacks(void **state) {
  static const char *const refused[] = {"{% assign \"a\" = 1 %}",
                                        "{% assign a 'x %}",
                                        "{% assign a = 'x %}",
                                        "{% for i in (1..3 %}{% endfor %}",
                                        "{% for i in a %}{% elsif b %}{% endfor %}",
                                        "{% case a %}{% elsif b %}{% endcase %}"};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(refused); i++) {
    wb_error error;
    if (opened_render(false, refused[i], "{}", &error) != WB_E_SYNTAX) fail_msg("%s", refused[i]);
    assert_int_equal(error.line, 1);
  }
  opened_says(false, "a{% raw %}{% endraw %}b", "{}", "ab");
}

/* How many turns a loop takes may be said by digits in a text; one that says no number is refused.
 */
static void a_limit_may_be_a_text_of_digits(void **state) {
  const char *loop = "{% for i in a limit: n %}{{ i }}{% endfor %}";
  wb_error error;
  (void)state;
  opened_says(false, loop, "{\"a\":[1,2,3],\"n\":\"2\"}", "12");
  opened_says(false, loop, "{\"a\":[1,2,3],\"n\":99999999999999999999}", "123");
  assert_int_not_equal(opened_render(false, loop, "{\"a\":[1,2,3],\"n\":\"two\"}", &error), WB_OK);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(names_are_looked_up_in_the_data),
      cmocka_unit_test(an_assignment_lasts_to_the_end),
      cmocka_unit_test(a_for_goes_over_lists_ranges_objects_and_texts),
      cmocka_unit_test(a_loop_knows_where_it_is),
      cmocka_unit_test(a_case_matches_each_of_its_values),
      cmocka_unit_test(unless_is_an_if_turned_round),
      cmocka_unit_test(and_and_or_are_read_from_the_right),
      cmocka_unit_test(comparisons_are_those_of_liquid),
      cmocka_unit_test(blank_bodies_write_nothing),
      cmocka_unit_test(comments_and_raw_text),
      cmocka_unit_test(loops_have_a_limit_that_counts_empty_turns),
      cmocka_unit_test(what_turns_do_has_a_limit),
      cmocka_unit_test(what_filters_make_has_a_limit),
      cmocka_unit_test(a_name_of_no_data_is_nil),
      cmocka_unit_test(a_text_needs_room_for_its_names_and_for_what_is_no_text),
      cmocka_unit_test(everything_has_a_limit),
      cmocka_unit_test(names_have_a_limit),
      cmocka_unit_test(what_a_template_may_write_is_listed_in_order),
      cmocka_unit_test(a_tag_says_what_it_lacks),
      cmocka_unit_test(a_limit_may_be_a_text_of_digits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/*
 * What templates cost grows with their length and no faster, whatever they hold. Not seconds are
 * measured but steps: the parts of the library that templates are made of are built so that every
 * run of instructions without a branch reports itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "liquid/liquid_private.h"
#include "support/twins.h"

/* What may be spent beyond: 1,024 values of a case are compared with each other. */
enum { ONE = 2000, SOURCE_MOST = 220000, OUT = 262144, WITHIN = 8000000 };

static uint64_t steps;

void __sanitizer_cov_trace_pc(void);

void __sanitizer_cov_trace_pc(void) {
  ++steps;
}

/* A source: what stands before, what is said again and again, what stands after it. %u in `again`
   is a number that counts. */
typedef struct pathology {
  const char *name, *before, *again, *after;
} pathology;

static const pathology pathologies[] = {
    {"plain text", "", "abc def. ", ""},
    {"a long literal", "{{ '", "abcdefgh", "' | upcase | escape | size }}"},
    {"a long comparison", "{% if c0.word contains '", "abcdefgh", "' %}x{% endif %}"},
    {"ifs in ifs", "", "{%if 1%}", ""},
    {"ifs that close", "", "{% if c0.yes %}x{% endif %}", ""},
    {"elsifs", "{% if c0.yes %}x", "{% elsif c0.count == 1 %}y", "{% endif %}"},
    {"conditions", "{% if c0.yes", " or c0.count == 1", " %}x{% endif %}"},
    {"whens", "{% case c0.count %}", "{% when %u %}x", "{% endcase %}"},
    {"values of a when", "{% case c0.count %}{% when 0", ", %u", " %}x{% endcase %}"},
    {"cases", "", "{% case c0.band %}{% when 'red', 'blue' %}x{% endcase %}", ""},
    {"outputs", "", "{{ c0.word }}", ""},
    {"filters behind each other", "{{ c0.word", " | append: c0.band", " }}"},
    {"chains", "", "{{ c0.word | upcase | strip | append: 'x' | truncate: 9999999 }}", ""},
    {"dates with widths", "", "{{ c0.day | date: '%9999999d' }}", ""},
    {"dates", "", "{{ c0.day | date: '%A %B %d' }}", ""},
    {"words in place", "", "{{ c5.count | general }}", ""},
    {"loops", "", "{% for x in c0.rows %}{{ x.count }}{% endfor %}", ""},
    {"loops over nothing much", "", "{% for x in (1..9) %}{% endfor %}", ""},
    {"a loop over very much", "{% for x in (1..9999999) %}", "y", "{% endfor %}"},
    {"loops in loops", "", "{% for x in (1..9) %}", ""},
    {"texts that double", "{% assign a = 'x' %}", "{% assign a = a | append: a %}", "{{ a }}"},
    {"texts that grow", "{% assign a = 'x' %}", "{% assign a = a | append: 'yy' %}", "{{ a }}"},
    {"texts that are replaced", "{% assign a = 'x' %}", "{% assign a = a | replace: 'x', 'xx' %}",
     "{{ a }}"},
    {"names", "", "{% assign a%u = c0.word %}", "x"},
    {"braces that open", "", "{{ ", ""},
    {"tags that open", "", "{% ", ""},
    {"braces that close", "", "}} %} ", ""},
    {"quotes", "{{ ", "'\"", " }}"},
    {"comments in comments", "", "{% comment %}", ""},
    {"comments", "", "{% comment %}x{% endcomment %}", ""},
    {"lines of a comment", "{% # a", "\n# b", " %}x"},
    {"raw that never ends", "{% raw %}", "{% endra", ""},
    {"raw braces", "", "{% raw %}x{% endraw %}", ""},
    {"dots", "{{ c0", ".word", " }}"},
    {"brackets", "{{ c0.words", "[0]", " }}"},
    {"a name without end", "{{ ", "abcdefgh", " }}"},
    {"digits", "{{ 1", "00000000", " | plus: 1 }}"},
    {"white space", "{{ c0.word ", "        ", "-}}"},
    {"tags of HTML", "", "<p>x</p>", ""},
    {"tags that stay open", "", "<b>", ""},
    {"an attribute", "<p title=\"", "a &amp; b ", "\">x</p>"},
    {"links", "", "<a href=\"https://book.example.com/{{ c0.word }}\">x</a>", ""},
    {"angle brackets", "", "<", ""},
};

typedef struct world {
  twins pair;
  wb_policy *policy;
  wbi_arena arena;
  wbi_json *data;
} world;

static int make_world(void **state) {
  static world made;
  static const char json[] = "{\"c0\": {\"word\": \"Ana\", \"count\": 1, \"yes\": true, \"band\": "
                             "\"red\", \"rows\": [{\"count\": 1}], \"words\": [\"a\", \"b\"]}}";
  wb_status status = twins_open(&made.pair);
  if (!status) status = wb_policy_new(NULL, made.pair.schema, NULL, 0, &made.policy, NULL);
  wbi_arena_init(&made.arena, NULL, 0);
  if (!status) status = wbi_json_parse(&made.arena, wbi_text_of(json), &made.data, NULL);
  made.pair.open = UINT32_MAX;
  made.pair.seed = 1;
  *state = &made;
  return status;
}

static int drop_world(void **state) {
  world *made = *state;
  wbi_arena_free(&made->arena);
  wb_policy_unref(made->policy);
  twins_close(&made->pair);
  return 0;
}

/* Writes a source of a length. */
static wbi_text write_source(const pathology *like, size_t length) {
  static char source[SOURCE_MOST + 1024];
  wbi_writer writer = {source, sizeof source, 0};
  wbi_put_text(&writer, wbi_text_of(like->before));
  for (uint32_t i = 1; writer.length < length; ++i) {
    const char *number = strstr(like->again, "%u");
    if (number == NULL) {
      wbi_put_text(&writer, wbi_text_of(like->again));
      continue;
    }
    wbi_put_text(&writer, (wbi_text){like->again, (size_t)(number - like->again)});
    wbi_put_uint(&writer, i);
    wbi_put_text(&writer, wbi_text_of(number + 2));
  }
  wbi_put_text(&writer, wbi_text_of(like->after));
  return (wbi_text){source, writer.length};
}

/* Compiles for a channel and renders. */
static uint64_t steps_on(const world *here, const char *channel, wbi_text text) {
  static char out[OUT];
  const wb_template_options options = {.size = sizeof options, .channel = channel};
  const wb_moment moment = {.size = sizeof moment, .now = 1769760000};
  wb_template *compiled = NULL;
  wb_error error;
  size_t length = 0;
  steps = 0;
  if (wb_template_new(NULL, here->pair.schema, here->policy, &options, text.data, text.length,
                      &compiled, &error) == WB_OK)
    wb_template_render(compiled, here->pair.facts, 0, &moment, out, sizeof out, &length, &error);
  const uint64_t taken = steps;
  wb_template_unref(compiled);
  return taken;
}

/* As an open template. */
static uint64_t steps_open(const world *here, wbi_text text) {
  static char memory[OUT], out[OUT];
  wbi_room room = {memory, sizeof memory, 0, false};
  wbi_writer writer = {out, sizeof out, 0};
  wb_template *compiled = NULL;
  wb_error error;
  steps = 0;
  if (wbi_template_open(NULL, text, false, &compiled, &error) == WB_OK)
    wbi_template_render_open(compiled, here->data, &room, &writer, &error);
  const uint64_t taken = steps;
  wb_template_unref(compiled);
  return taken;
}

/* Steps for a source, the most of all ways to use it. */
static uint64_t steps_of(const world *here, const pathology *like, size_t length) {
  const wbi_text text = write_source(like, length);
  const uint64_t plain = steps_on(here, "letter", text), html = steps_on(here, "email.html", text);
  const uint64_t open = steps_open(here, text);
  const uint64_t most = plain > html ? plain : html;
  return most > open ? most : open;
}

static void cost_grows_with_the_length(void **state) {
  int wrong = 0;
  for (size_t i = 0; i < WBI_COUNT(pathologies); ++i) {
    const uint64_t one = steps_of(*state, &pathologies[i], ONE);
    const uint64_t ten = steps_of(*state, &pathologies[i], (size_t)10 * ONE);
    const uint64_t hundred = steps_of(*state, &pathologies[i], (size_t)100 * ONE);
    const bool linear = ten <= 12 * one + WITHIN && hundred <= 120 * one + WITHIN;
    print_message("%-28s %9llu %10llu %11llu%s\n", pathologies[i].name, (unsigned long long)one,
                  (unsigned long long)ten, (unsigned long long)hundred, linear ? "" : " !");
    wrong += !linear;
    assert_true(one > 0);
  }
  assert_int_equal(wrong, 0);
}

/* Labels spread until nothing changes: names that are assigned each other, the last one first, take
   a pass for each. There are 256 names at most. */
static void names_that_wait_for_each_other_are_bounded(void **state) {
  static char source[SOURCE_MOST];
  static const size_t lengths[] = {ONE, 10 * ONE, 100 * ONE};
  for (size_t i = 0; i < WBI_COUNT(lengths); ++i) {
    wbi_writer writer = {source, sizeof source, 0};
    const uint32_t names = lengths[i] == ONE ? 25 : 250;
    char one[64];
    for (uint32_t name = 1; name <= names; ++name) {
      snprintf(one, sizeof one, "{%% assign a%u = '' %%}", name);
      wbi_put_text(&writer, wbi_text_of(one));
    }
    for (uint32_t name = 1; name < names; ++name) {
      snprintf(one, sizeof one, "{%% assign a%u = a%u %%}", name, name + 1);
      wbi_put_text(&writer, wbi_text_of(one));
    }
    while (writer.length < lengths[i])
      wbi_put_text(&writer, WBI_TEXT("{% assign a1 = a1 %}"));
    snprintf(one, sizeof one, "{%% assign a%u = c0.word %%}{{ a1 }}", names);
    wbi_put_text(&writer, wbi_text_of(one));
    const uint64_t taken = steps_on(*state, "letter", (wbi_text){source, writer.length});
    print_message("%zu bytes: %llu\n", lengths[i], (unsigned long long)taken);
    assert_true(taken < lengths[i] * 1000);
  }
}

static void what_is_too_long_costs_nothing(void **state) {
  static char source[1048576];
  memset(source, 'x', sizeof source);
  memcpy(source, "{{ '", 4);
  memcpy(source + sizeof source - 4, "' }}", 4);
  const wbi_text text = {source, sizeof source};
  assert_true(steps_on(*state, "letter", text) < 2000);
  assert_true(steps_open(*state, text) < 2000);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(cost_grows_with_the_length),
      cmocka_unit_test(names_that_wait_for_each_other_are_bounded),
      cmocka_unit_test(what_is_too_long_costs_nothing),
  };
  return cmocka_run_group_tests(tests, make_world, drop_world);
}

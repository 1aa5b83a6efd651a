/* SPDX-License-Identifier: MIT */
/* Words in place of fields, and what a template's text depends on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "liquid/liquid_private.h"
#include "support/fault.h"
#include "support/texts.h"

#define BIT(name) (1u << WB_CLASS_##name)

static int make_world(void **state) {
  static texts_world made;
  static const char words[] =
      "{\"general\": [{\"field\": \"host.kind\", \"class\": \"public\", \"reason\": \"coarse\","
      "\"texts\": {\"a\": \"one\", \"b\": \"two\"}, \"otherwise\": \"some\"},"
      "{\"field\": \"host.many\", \"class\": \"name\", \"reason\": \"coarse\","
      "\"texts\": {\"7\": \"seven\"}, \"otherwise\": \"many\"},"
      "{\"field\": \"host.sure\", \"class\": \"public\", \"reason\": \"coarse\","
      "\"texts\": {\"true\": \"sure\"}, \"otherwise\": \"not sure\"},"
      "{\"field\": \"host.told\", \"class\": \"recall\", \"reason\": \"coarse\","
      "\"texts\": {\"a\": \"one\"}, \"otherwise\": \"some\"}]}";
  static const char wide[] =
      "{\"widen\": true, \"channels\": {\"sms\": {\"read\": [\"public\", \"name\", \"link\","
      "\"scheduling\", \"recall\", \"clinical\", \"financial\"], \"never\": []}}}";
  wb_field fields[] = {
      {.name = "host.kind", .type = WB_TEXT, .class_ = WB_CLASS_CLINICAL},
      {.name = "host.many", .type = WB_INT, .class_ = WB_CLASS_FINANCIAL},
      {.name = "host.sure", .type = WB_BOOL, .class_ = WB_CLASS_STAFF},
      {.name = "host.word", .type = WB_TEXT, .class_ = WB_CLASS_PUBLIC},
      {.name = "host.care", .type = WB_TEXT, .class_ = WB_CLASS_RECALL},
      {.name = "host.told", .type = WB_TEXT, .class_ = WB_CLASS_CLINICAL},
      {.name = "host.at", .type = WB_TIME, .class_ = WB_CLASS_SCHEDULING},
      {.name = "host.list", .type = WB_LIST, .element = WB_TEXT, .class_ = WB_CLASS_CLINICAL},
      {.name = "host.times", .type = WB_LIST, .element = WB_TIME, .class_ = WB_CLASS_SCHEDULING},
  };
  for (size_t i = 0; i < WBI_COUNT(fields); ++i) {
    fields[i].size = sizeof fields[i];
    fields[i].about = "Made up.";
    fields[i].presence = WB_NULLABLE;
  }
  static const char *const tables[][2] = {
      {"patients", "patient:u|status:u|host.kind:u|host.many:l|host.sure:b|host.word:u\n"
                   "p1|active|a|7|1|w\n"
                   "p2|active|c|8|0|w\n"
                   "p3|active||||w\n"
                   "p4|active|<b>|8|0|w\n"},
      {NULL, NULL}};
  texts_open(&made, fields, WBI_COUNT(fields), words, tables);
  made.second = texts_policy(&made, wide);
  *state = &made;
  return 0;
}

/* A template that compiles. */
static wb_template *compiled(const texts_world *here, wb_policy *policy, const char *text,
                             const char *language) {
  const wb_template_options options = {
      .size = sizeof options, .channel = "sms", .language = language};
  wb_template *made = NULL;
  wb_error error = {.status = 0};
  if (wb_template_new(NULL, here->schema, policy, &options, text, strlen(text), &made, &error))
    fail_msg("%s: %s", text, error.message);
  return made;
}

static void assert_refused(const texts_world *here, const char *text, wb_status status) {
  wb_template *made = NULL;
  wb_error error;
  const wb_status given = texts_compile(here, "sms", text, &made, &error);
  if (given != status) print_error("%s: %s\n", text, error.message);
  assert_int_equal(given, status);
}

static void assert_says(const texts_world *here, const char *text, const char *language,
                        uint64_t row, const char *expected) {
  wb_template *made = compiled(here, here->policy, text, language);
  char out[200];
  size_t length = 0;
  wb_error error = {.status = 0};
  if (wb_template_render(made, here->facts, row, &here->moment, out, sizeof out, &length, &error))
    fail_msg("%s: %s", text, error.message);
  assert_int_equal(length, strlen(expected));
  assert_memory_equal(out, expected, length);
  wb_template_unref(made);
}

static void words_of_a_class_are_put_into_the_text_and_nothing_is_read(void **state) {
  const texts_world *here = *state;
  uint32_t field = 0;
  assert_says(here, "For {{ host.care | general }}.", NULL, 0, "For your next visit.");
  assert_says(here, "Para {{ host.care | general }}.", "es", 0, "Para su pr\xC3\xB3xima visita.");
  assert_says(here, "For {{ host.care | general: 'es' }}.", NULL, 3,
              "For su pr\xC3\xB3xima visita.");
  assert_says(here, "{{ host.care | general | capitalize | append: '!' }}", NULL, 0,
              "Your next visit!");
  assert_says(here, "{{ host.list | general }}", NULL, 0, "your visit");
  assert_says(here, "{% assign what = host.care | general %}{{ what }}", NULL, 0,
              "your next visit");
  wb_template *made = compiled(here, here->policy, "{{ host.care | general }}", NULL);
  assert_int_equal(wb_template_get(made, 0, &field), WB_E_NAME);
  assert_int_equal(wbi_template_label(made), 0);
  wb_template_unref(made);
}

static void words_by_value_are_found_while_rendering(void **state) {
  const texts_world *here = *state;
  uint32_t field = 0, kind = 0;
  assert_says(here, "{{ host.kind | general }}", NULL, 0, "one");
  assert_says(here, "{{ host.kind | general }}", NULL, 1, "some");
  assert_says(here, "{{ host.kind | general }}", NULL, 2, "some");
  assert_says(here, "{{ host.kind | general }}", NULL, 3, "some");
  assert_says(here, "{{ host.many | general }}", NULL, 0, "seven");
  assert_says(here, "{{ host.many | general }}", NULL, 1, "many");
  assert_says(here, "{{ host.many | general }}", NULL, 2, "many");
  assert_says(here, "{{ host.sure | general }}", NULL, 0, "sure");
  assert_says(here, "{{ host.sure | general }}", NULL, 1, "not sure");
  wb_template *made = compiled(here, here->policy, "{{ host.kind | general }}", NULL);
  assert_int_equal(wb_schema_find(here->schema, "host.kind", 9, &kind), WB_OK);
  assert_int_equal(wb_template_get(made, 0, &field), WB_OK);
  assert_int_equal(field, kind);
  assert_int_equal(wbi_template_label(made), BIT(PUBLIC));
  wb_template_unref(made);
}

static void all_else_about_the_field_stays_forbidden(void **state) {
  static const char *const texts[] = {
      "{{ host.kind }}",
      "{{ host.kind | capitalize }}",
      "{{ host.kind | append: 'x' | general }}",
      "{{ host.word | append: host.kind | general }}",
      "{% if host.kind %}x{% endif %}",
      "{% for x in host.list %}x{% endfor %}",
      "{{ host.word | default: host.kind }}",
      "{{ host.kind | general }}{{ host.kind }}",
      "{{ host.kind | general | append: host.kind }}",
  };
  for (size_t i = 0; i < WBI_COUNT(texts); ++i)
    assert_refused(*state, texts[i], WB_E_POLICY);
}

static void general_is_for_fields_with_words(void **state) {
  static const struct {
    const char *text;
    wb_status status;
  } cases[] = {
      {"{{ 'x' | general }}", WB_E_NAME},
      {"{% assign x = 'y' %}{{ x | general }}", WB_E_TYPE},
      {"{{ host.none | general }}", WB_E_NAME},
      {"{{ host.word | general }}", WB_E_NAME},
      {"{{ host.kind | general: 'de' }}", WB_E_NAME},
      {"{{ host.kind | general: host.word }}", WB_E_SYNTAX},
      {"{{ host.kind | general: 'en', 'es' }}", WB_E_SYNTAX},
      {"{{ host.kind | general: }}", WB_E_SYNTAX},
      {"{% if host.kind | general %}x{% endif %}", WB_E_POLICY},
      {"{{ host.told | general }}", WB_E_POLICY}, /* it tells recall, which is not for an SMS */
  };
  for (size_t i = 0; i < WBI_COUNT(cases); ++i)
    assert_refused(*state, cases[i].text, cases[i].status);
}

static void words_that_tell_too_much_are_refused_with_their_class(void **state) {
  wb_template *made = NULL;
  wb_error error = {.status = 0};
  assert_int_equal(texts_compile(*state, "sms", "{{ host.told | general }}", &made, &error),
                   WB_E_POLICY);
  assert_string_equal(error.message,
                      "An SMS may not say what is recall, as these words are declared to be.");
  assert_string_equal(error.path, "host.told");
}

/* Compiles for an SMS whose members are given. */
static wb_status narrowed(const texts_world *here, const char *members, const char *text,
                          wb_error *error) {
  const wb_template_options options = {.size = sizeof options, .channel = "sms"};
  char json[200];
  wb_template *made = NULL;
  snprintf(json, sizeof json, "{\"channels\": {\"sms\": {%s}}}", members);
  wb_policy *policy = texts_policy(here, json);
  const wb_status status =
      wb_template_new(NULL, here->schema, policy, &options, text, strlen(text), &made, error);
  wb_template_unref(made);
  wb_policy_unref(policy);
  return status;
}

static void instants_read_the_zone_too(void **state) {
  const texts_world *here = *state;
  static const char *const texts[] = {
      "{{ host.at | date: '%H:%M' }}",
      "{% assign t = host.at %}{{ t | date: '%H' }}",
      "{{ host.times | first | date: '%H:%M' }}",
      "{{ host.times | last | date: '%H:%M' }}",
      "{{ host.times | join: ', ' }}",
      "{{ host.times[0] | date: '%H:%M' }}",
      "{% for t in host.times %}{{ t | date: '%H' }}{% endfor %}",
  };
  uint32_t field = 0, zone = 0;
  assert_int_equal(wb_schema_find(here->schema, "location.zone", 13, &zone), WB_OK);
  for (size_t i = 0; i < WBI_COUNT(texts); ++i) {
    wb_template *made = compiled(here, here->policy, texts[i], NULL);
    wb_error error = {.status = 0};
    assert_int_equal(wb_template_get(made, 1, &field), WB_OK);
    assert_int_equal(field, zone);
    assert_int_equal(wbi_template_label(made), BIT(PUBLIC) | BIT(SCHEDULING));
    wb_template_unref(made);
    assert_int_equal(narrowed(here, "\"read\": [\"scheduling\"]", texts[i], &error), WB_E_POLICY);
    assert_string_equal(error.path, "location.zone");
    assert_int_equal(narrowed(here, "\"never\": [[\"public\", \"scheduling\"]]", texts[i], &error),
                     WB_E_POLICY);
    assert_string_equal(error.message, "An SMS may not read public and scheduling in one text.");
  }
  wb_error error = {.status = 0};
  assert_int_equal(narrowed(here, "\"read\": [\"scheduling\"]", texts[0], &error), WB_E_POLICY);
  assert_int_equal(error.column, 4);
}

static void what_is_no_instant_reads_no_zone(void **state) {
  const texts_world *here = *state;
  static const char *const texts[] = {"{{ host.list | join }}", "{% if host.at %}x{% endif %}",
                                      "{{ host.times.size }}",
                                      "{% for t in host.times %}x{% endfor %}"};
  uint32_t field = 0;
  for (size_t i = 0; i < WBI_COUNT(texts); ++i) {
    wb_template *made = compiled(here, here->second, texts[i], NULL);
    assert_int_equal(wb_template_get(made, 1, &field), WB_E_NAME);
    wb_template_unref(made);
  }
}

static void a_label_follows_what_is_written(void **state) {
  const texts_world *here = *state;
  static const struct {
    const char *text;
    uint32_t label;
  } cases[] = {
      {"x", 0},
      {"{{ 'x' }}", 0},
      {"{{ host.word }}", BIT(PUBLIC)},
      {"{{ host.word | append: host.care }}", BIT(PUBLIC) | BIT(RECALL)},
      {"{% if host.care %}{% assign a = 1 %}{% endif %}x", 0},
      {"x{% if host.care %}{% assign a = 1 %}{% endif %}", 0},
      {"{% if host.care %}x{% endif %}", BIT(RECALL)},
      {"{% if host.care %}x{% endif %}{{ host.word }}", BIT(RECALL) | BIT(PUBLIC)},
      {"{% if host.word %}a{% elsif host.care %}b{% endif %}", BIT(RECALL) | BIT(PUBLIC)},
      {"{% if host.care %}{% assign a = 1 %}{% else %}{{ host.word }}{% endif %}",
       BIT(RECALL) | BIT(PUBLIC)},
      {"{% assign a = host.care %}x", 0},
      {"{% assign a = host.care %}{{ a }}", BIT(RECALL)},
      {"{% assign a = 'x' %}{% if host.care %}{% assign a = 'y' %}{% endif %}{{ a }}", BIT(RECALL)},
      {"{% assign a = 'x' %}{% assign b = 'x' %}{% for i in (1..3) %}{{ b }}{% assign b = a %}"
       "{% assign a = host.care %}{% endfor %}",
       BIT(RECALL)},
      {"{% unless host.care %}x{% endunless %}", BIT(RECALL)},
      {"{% case host.care %}{% when 'x' %}a{% else %}b{% endcase %}", BIT(RECALL)},
      {"{% for x in host.list %}.{% endfor %}", BIT(CLINICAL)},
      {"{% for x in host.list %}{% else %}none{% endfor %}", BIT(CLINICAL)},
      {"{% for x in host.list %}{{ forloop.index }}{% endfor %}", BIT(CLINICAL)},
      {"{{ host.list.size }}", BIT(CLINICAL)},
      {"{{ host.list[0] | default: 'x' }}", BIT(CLINICAL)},
      {"{% if host.care %}{% if host.word %}x{% endif %}{% endif %}y", BIT(RECALL) | BIT(PUBLIC)},
      {"{% if host.many %}{% if host.care %}{% assign a = 1 %}{% endif %}{% endif %}{{ host.word "
       "}}",
       BIT(PUBLIC)},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    wb_template *made = compiled(here, here->second, cases[i].text, NULL);
    if (wbi_template_label(made) != cases[i].label) print_error("%s\n", cases[i].text);
    assert_int_equal(wbi_template_label(made), cases[i].label);
    wb_template_unref(made);
  }
}

static void classes_that_do_not_go_together_are_refused(void **state) {
  const texts_world *here = *state;
  const wb_template_options options = {
      .size = sizeof options, .channel = "sms", .register_ = WB_REGISTER_DETAIL};
  static const char both[] = "{{ patient.first_name }}{% if host.kind %}x{% endif %}";
  static const char one[] = "{{ host.kind }}{{ patient.last_name | general }}";
  static const char by_value[] =
      "{{ host.kind }}{{ host.many | general }}"; /* which tells a name */
  wb_template *made = NULL;
  wb_error error = {.status = 0};
  assert_int_equal(wb_template_new(NULL, here->schema, here->policy, &options, both,
                                   sizeof both - 1, &made, &error),
                   WB_E_POLICY);
  assert_string_equal(error.message, "An SMS may not read name and clinical in one text.");
  assert_int_equal(wb_template_new(NULL, here->schema, here->policy, &options, by_value,
                                   sizeof by_value - 1, &made, &error),
                   WB_E_POLICY);
  assert_string_equal(error.message, "An SMS may not read name and clinical in one text.");
  assert_int_equal(wb_template_new(NULL, here->schema, here->policy, &options, one, sizeof one - 1,
                                   &made, &error),
                   WB_OK);
  wb_template_unref(made);
}

static void every_lack_of_memory_is_reported(void **state) {
  const texts_world *here = *state;
  static const char text[] = "{% assign a = host.kind | general %}{{ a }}{{ host.word }}";
  const wb_template_options options = {.size = sizeof options, .channel = "sms"};
  for (fault_mode mode = FAULT_ONCE; mode <= FAULT_FOREVER; ++mode) {
    for (uint64_t at = 1;; ++at) {
      fault_memory memory = {.live = 0};
      wb_context *context = fault_context(&memory);
      const uint64_t before = memory.live;
      wb_template *made = NULL;
      fault_arm(&memory.plan, mode, at);
      const wb_status status = wb_template_new(context, here->schema, here->policy, &options, text,
                                               sizeof text - 1, &made, NULL);
      const bool struck = memory.plan.hits > 0;
      assert_int_equal(status, struck ? WB_E_NOMEM : WB_OK);
      wb_template_unref(made);
      assert_int_equal(memory.live, before);
      wb_context_unref(context);
      if (!struck) break;
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(words_of_a_class_are_put_into_the_text_and_nothing_is_read),
      cmocka_unit_test(words_by_value_are_found_while_rendering),
      cmocka_unit_test(all_else_about_the_field_stays_forbidden),
      cmocka_unit_test(general_is_for_fields_with_words),
      cmocka_unit_test(words_that_tell_too_much_are_refused_with_their_class),
      cmocka_unit_test(instants_read_the_zone_too),
      cmocka_unit_test(what_is_no_instant_reads_no_zone),
      cmocka_unit_test(a_label_follows_what_is_written),
      cmocka_unit_test(classes_that_do_not_go_together_are_refused),
      cmocka_unit_test(every_lack_of_memory_is_reported),
  };
  return cmocka_run_group_tests(tests, make_world, texts_drop);
}

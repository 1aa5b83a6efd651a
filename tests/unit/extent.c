/* SPDX-License-Identifier: MIT */
/* Templates for SMS: segments at most and at least, plain characters, the limit of a message. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "liquid/liquid_private.h"
#include "support/texts.h"

#define TEN "aaaaaaaaaa"
#define FIFTY TEN TEN TEN TEN TEN

static int make_world(void **state) {
  static texts_world made;
  static const char words[] =
      "{\"general\": [{\"field\": \"host.color\", \"class\": \"public\", \"reason\": \"coarse\","
      "\"texts\": {\"red\": \"warm\", \"blue\": \"cold and wet\"}, \"otherwise\": \"another\"},"
      "{\"field\": \"host.count\", \"class\": \"public\", \"reason\": \"coarse\","
      "\"texts\": {\"1\": \"one\"}, \"otherwise\": \"more than one\"}]}";
  static const wb_field fields[] = {
      {.size = sizeof *fields, .name = "host.color", .domain = "red|green|blue", .type = WB_TEXT},
      {.size = sizeof *fields, .name = "host.room", .domain = "den|kitchen", .type = WB_TEXT},
      {.size = sizeof *fields, .name = "host.words", .type = WB_TEXT},
      {.size = sizeof *fields, .name = "host.count", .type = WB_INT},
      {.size = sizeof *fields, .name = "host.day", .type = WB_DATE},
  };
  static const char *const tables[][2] = {
      {"patients", "patient:u|status:u|first_name:u|host.color:u|host.words:u|host.count:l|"
                   "host.day:tdD\n"
                   "p1|active|Ana|red|one|1|2026-03-03\n"
                   "p2|active|D\xE2\x80\x99"
                   "Ana|red|it\xE2\x80\x99s|1|2026-03-03\n"
                   "p3|active|\xE6\x9D\x8E|red|one|1|2026-03-03\n"},
      {NULL, NULL}};
  texts_open(&made, fields, WBI_COUNT(fields), words, tables);
  *state = &made;
  return 0;
}

static wb_status compile(const texts_world *here, const char *text, wb_template **compiled) {
  return texts_compile(here, "sms", text, compiled, NULL);
}

static wb_template_info info_of(const texts_world *here, const char *text) {
  wb_template *compiled = NULL;
  wb_template_info info = {.size = sizeof info};
  assert_int_equal(compile(here, text, &compiled), WB_OK);
  assert_int_equal(wb_template_measure(compiled, &info), WB_OK);
  wb_template_unref(compiled);
  return info;
}

static void segments_at_most_and_at_least(void **state) {
  static const struct {
    const char *text;
    uint32_t most, least;
  } cases[] = {
      {"", 1, 1},
      {FIFTY FIFTY FIFTY TEN, 1, 1},
      {FIFTY FIFTY FIFTY TEN "a", 2, 2},
      /* the longest colour has five letters */
      {FIFTY FIFTY FIFTY "aaaaa{{ host.color }}", 1, 1},
      {FIFTY FIFTY FIFTY "aaaaaa{{ host.color }}", 2, 1},
      {FIFTY FIFTY TEN TEN TEN TEN "{{ host.count }}", 1, 1}, /* 20 digits */
      {FIFTY FIFTY TEN TEN TEN TEN "a{{ host.count }}", 2, 1},
      {FIFTY FIFTY FIFTY "{{ host.day }}", 1, 1},
      {FIFTY FIFTY FIFTY "a{{ host.day }}", 2, 1},
      /* a name may be of 200 bytes, in letters that GSM-7 does not have */
      {"{{ patient.name }}", 4, 1},
      /* of two branches one is written */
      {"{% if host.count == 1 %}" FIFTY FIFTY FIFTY "{% else %}" TEN "{% endif %}" TEN, 1, 1},
      {"{% if host.count == 1 %}" FIFTY FIFTY FIFTY "{% else %}" TEN "{% endif %}" TEN "a", 2, 1},
      {"{% for i in (1..16) %}" TEN "{% endfor %}", 1, 1},
      {"{% for i in (1..17) %}" TEN "{% endfor %}", 2, 1},
      {"{% for i in (1..2) %}{% for j in (1..9) %}" TEN "{% endfor %}{% endfor %}", 2, 1},
      {"{% assign x = host.words %}" TEN, 1, 1}, /* kept, not written */
      /* of a case one branch is written, once */
      {"{% case host.color %}{% when 'red', 'green' %}" FIFTY FIFTY FIFTY "{% endcase %}" TEN, 1,
       1},
      /* a block that says nothing writes no white space */
      {"{% if host.count == 1 %}          {% assign x = 1 %}{% endif %}" FIFTY FIFTY FIFTY TEN, 1,
       1},
      {"\xE6\x9D\x8E" FIFTY TEN "aaaaaaaaa", 1, 1},
      {"\xE6\x9D\x8E" FIFTY TEN TEN, 2, 2},
      /* of branches with signs of two units, pairs, letters beyond GSM-7 or none, the worst and
         best */
      {"{% if host.count == 1 %}[[[[[{% else %}a{% endif %}" FIFTY FIFTY FIFTY, 1, 1},
      {"{% if host.count == 1 %}a{% else %}[[[[[[{% endif %}" FIFTY FIFTY FIFTY, 2, 1},
      {"{% if host.count == 1 %}\xF0\x9F\x98\x80{% else %}a{% endif %}" FIFTY TEN TEN, 2, 1},
      {"{% if host.count == 1 %}a{% else %}\xE6\x9D\x8E{% endif %}" FIFTY TEN TEN "a", 2, 1},
      {"a{{ host.words | default }}", 20, 1}, /* of a filter that may say anything */
      {"{{ host.words }}", 20, 1},
      {"{{ host.color | append: 'x' }}", 20, 1},
      {"{{ host.color | default }}", 20, 1},
      /* the longest room is the last; a literal is as long as it is; of a default the longer one */
      {FIFTY FIFTY FIFTY "aaa{{ host.room }}", 1, 1},
      {FIFTY FIFTY FIFTY "aaaa{{ host.room }}", 2, 1},
      {FIFTY FIFTY FIFTY "{{ '" TEN "' }}", 1, 1},
      {FIFTY FIFTY FIFTY "a{{ '" TEN "' }}", 2, 1},
      {FIFTY FIFTY TEN TEN TEN TEN "{{ 5 }}", 1, 1},
      {FIFTY FIFTY TEN TEN TEN TEN "a{{ 5 }}", 2, 1},
      {FIFTY FIFTY FIFTY "aaa{{ host.color | default: 'aaaaaaa' }}", 1, 1},
      {FIFTY FIFTY FIFTY "aaaa{{ host.color | default: 'aaaaaaa' }}", 2, 1},
      /* words of a date, in 40 letters of any kind */
      {TEN TEN TEN "{{ host.day | date_words }}", 1, 1},
      {TEN TEN TEN "a{{ host.day | date_words }}", 2, 1},
      /* the longest of words by value, and of those for all others */
      {FIFTY FIFTY TEN TEN TEN TEN "aaaaaaaa{{ host.color | general }}", 1, 1},
      {FIFTY FIFTY TEN TEN TEN TEN "aaaaaaaaa{{ host.color | general }}", 2, 1},
      {FIFTY FIFTY TEN TEN TEN TEN "aaaaaaa{{ host.count | general }}", 1, 1},
      {FIFTY FIFTY TEN TEN TEN TEN "aaaaaaaa{{ host.count | general }}", 2, 1},
      /* at least what stands behind a value, and the shorter of two branches beyond GSM-7 */
      {"{{ host.color }}" FIFTY FIFTY FIFTY TEN "a", 2, 2},
      {"{% if host.count == 1 %}\xE6\x9D\x8E" FIFTY TEN TEN "{% else %}\xE6\x9D\x8E{% endif %}", 2,
       1},
      {"{% if host.count == 1 %}\xE6\x9D\x8E{% else %}\xE6\x9D\x8E" FIFTY TEN TEN "{% endif %}", 2,
       1},
      /* a sign of two units may leave a segment one short, or not */
      {"[" FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY "aaaa", 3, 2},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); i++) {
    const wb_template_info info = info_of(*state, cases[i].text);
    if (info.segments_most != cases[i].most || info.segments_least != cases[i].least) {
      fail_msg("%s: %u to %u segments", cases[i].text, info.segments_least, info.segments_most);
    }
  }
}

static void what_never_fits_does_not_compile(void **state) {
  wb_template *compiled = NULL;
  wb_error error = {.status = 0};
  assert_int_equal(texts_compile(*state, "sms", FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY "aaaaaaa",
                                 &compiled, &error),
                   WB_E_LIMIT);
  assert_string_equal(error.message, "The text has 3 segments in GSM-7; its channel allows 2.");
  assert_int_equal(
      texts_compile(*state, "sms", "\xE6\x9D\x8E" FIFTY FIFTY FIFTY, &compiled, &error),
      WB_E_LIMIT);
  assert_string_equal(error.message, "The text has 3 segments in UCS-2; its channel allows 2.");
  assert_null(compiled);
  assert_int_equal(compile(*state, FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY "aaaaaa", &compiled), WB_OK);
  wb_template_unref(compiled);
}

static void typographic_characters_of_the_text_are_plain(void **state) {
  const wb_template_info info =
      info_of(*state, "Hi\n{{ patient.name }}, it\xE2\x80\x99s us \xE2\x80\x93 hello\xE2\x80\xA6");
  assert_int_equal(info.replaced, 3);
  assert_int_equal(info.line, 2);
  assert_int_equal(info.column, 23);
  assert_int_equal(info_of(*state, "plain").replaced, 0);
  assert_int_equal(info_of(*state, "plain").line, 0);
}

static void assert_says(const texts_world *here, const char *text, uint64_t row,
                        const char *expected) {
  texts_say(here, "sms", text, row, expected);
}

/* Values are made plain only if that brings the message into GSM-7. */
static void values_are_made_plain_where_it_helps(void **state) {
  assert_says(*state, "Hi {{ patient.name }}, it\xE2\x80\x99s us", 0, "Hi Ana, it's us");
  assert_says(*state, "Hi {{ patient.name }}", 1, "Hi D'Ana");
  assert_says(*state, "\xE6\x9D\x8E {{ patient.name }}", 1,
              "\xE6\x9D\x8E D\xE2\x80\x99"
              "Ana");
}

static void a_message_is_held_to_its_segments(void **state) {
  const texts_world *here = *state;
  wb_template *compiled = NULL;
  char out[2048];
  size_t length = 0;
  /* 303 septets and three letters of a name fit two segments; in UCS-2 they do not */
  assert_int_equal(
      compile(here, FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY "aaa{{ patient.name }}", &compiled), WB_OK);
  assert_int_equal(
      wb_template_render(compiled, here->facts, 0, &here->moment, out, sizeof out, &length, NULL),
      WB_OK);
  assert_int_equal(length, 306);
  assert_int_equal(
      wb_template_render(compiled, here->facts, 2, &here->moment, out, sizeof out, &length, NULL),
      WB_E_LIMIT);
  wb_template_unref(compiled);
}

static void other_channels_have_no_segments(void **state) {
  const texts_world *here = *state;
  const wb_template_options options = {.size = sizeof options, .channel = "email.text"};
  wb_template *compiled = NULL;
  wb_template_info info = {.size = sizeof info}, small = {.size = 4};
  static const char text[] = "it\xE2\x80\x99s {{ patient.name }}, {{ recare.due }}";
  assert_int_equal(wb_template_new(NULL, here->schema, here->policy, &options, text,
                                   sizeof text - 1, &compiled, NULL),
                   WB_OK);
  assert_int_equal(wb_template_measure(compiled, &info), WB_OK);
  assert_int_equal(info.segments_most, 0);
  assert_int_equal(info.segments_least, 0);
  assert_int_equal(info.replaced, 0);
  assert_int_equal(info.classes, 1u << WB_CLASS_NAME | 1u << WB_CLASS_RECALL);
  assert_int_equal(info.message_class, WB_MESSAGE_CARE);
  assert_int_equal(wb_template_measure(compiled, &small), WB_E_INVALID);
  assert_int_equal(wb_template_measure(compiled, NULL), WB_E_INVALID);
  assert_int_equal(wb_template_measure(NULL, &info), WB_E_INVALID);
  wb_template_unref(compiled);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(segments_at_most_and_at_least),
      cmocka_unit_test(what_never_fits_does_not_compile),
      cmocka_unit_test(typographic_characters_of_the_text_are_plain),
      cmocka_unit_test(values_are_made_plain_where_it_helps),
      cmocka_unit_test(a_message_is_held_to_its_segments),
      cmocka_unit_test(other_channels_have_no_segments),
  };
  return cmocka_run_group_tests(tests, make_world, texts_drop);
}

/* SPDX-License-Identifier: MIT */
/* Templates: what compiles, what may be read, what is written, what is held back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "liquid/liquid_private.h"
#include "support/fault.h"
#include "support/tables.h"
#include "support/texts.h"

/* Fields of every type and of the classes that the dictionary does not have. */
static const wb_field host_fields[] = {
    {sizeof(wb_field), 0, "host.words", NULL, "Any text.", WB_TEXT, WB_NULLABLE, WB_CLASS_PUBLIC, 0,
     0, 0},
    {sizeof(wb_field), 0, "host.link", NULL, "A link.", WB_TEXT, WB_NULLABLE, WB_CLASS_LINK, 0, 0,
     0},
    {sizeof(wb_field), 0, "host.color", "red|green|blue", "One of three.", WB_TEXT, WB_NULLABLE,
     WB_CLASS_PUBLIC, 0, 0, 0},
    {sizeof(wb_field), 0, "host.count", NULL, "A number.", WB_INT, WB_NULLABLE, WB_CLASS_PUBLIC, 0,
     0, 0},
    {sizeof(wb_field), 0, "host.large", NULL, "A number.", WB_UINT, WB_NULLABLE, WB_CLASS_PUBLIC, 0,
     0, 0},
    {sizeof(wb_field), 0, "host.share", NULL, "A fraction.", WB_DOUBLE, WB_NULLABLE,
     WB_CLASS_PUBLIC, 0, 0, 0},
    {sizeof(wb_field), 0, "host.day", NULL, "A date.", WB_DATE, WB_NULLABLE, WB_CLASS_PUBLIC, 0, 0,
     0},
    {sizeof(wb_field), 0, "host.vip", NULL, "A yes or no.", WB_BOOL, WB_NULLABLE, WB_CLASS_PUBLIC,
     0, 0, 0},
    {sizeof(wb_field), 0, "host.sealed", NULL, "A secret.", WB_TEXT, WB_NULLABLE, WB_CLASS_SEALED,
     0, 0, 0},
};

/* Row 0 has everything, row 1 nothing, the others are dirty. The -1 is the largest uint64. */
static const char patients[] =
    "patient:u|status:u|first_name:u|location:u|host.words:u|host.link:u|host.color:u|"
    "host.count:l|host.large:L|host.share:g|host.day:tdD|host.vip:b\n"
    "p1|active|Ana|l1|word|https://book.example.com/x?a=1#b|green|-3|-1|0.5|"
    "2026-03-03|1\n"
    "p2|active||l1||||||||\n"
    "p3|active|Bo <b>|l1|{{ x }}|http://book.example.com|red|7|7|1|2026-01-30|0\n"
    "p4|active|Cy\xE2\x80\xAE|l1|{%|https://other.example.net/|blue|0|0|0|2026-12-25|0\n"
    "p5|active|   |l1|a\xC2\x85z|https://a@book.example.com/|blue|0|0|0|2026-12-25|0\n"
    "p6|active|Jean-Luc D'Arcy|l1|a {b} c|https://book.example.com/\xC3\xA9|blue|0|0|0|"
    "2026-12-25|0\n"
    "p7|active|X|l1|a\tb|https://|blue|0|0|0|2026-12-25|0\n"
    "p8|active|X|l1|\xE2\x80\x8B|https://book.example.com|blue|0|0|0|2026-12-25|0\n"
    "p9|active|X|l1|a > b|https://book.example.com\\@x/|blue|0|0|0|2026-12-25|0\n";

static int make_world(void **state) {
  static texts_world made;
  static const char *const tables[][2] = {
      {"patients", patients},
      {"locations", "location:u|name:u|booking_url:u|zone:u\n"
                    "l1|Example Dental|https://book.example.com/x|America/Chicago\n"},
      {NULL, NULL}};
  texts_open(&made, host_fields, WBI_COUNT(host_fields), "{\"hosts\": [\"book.example.com\"]}",
             tables);
  *state = &made;
  return 0;
}

static const wb_template_options for_sms = {.size = sizeof for_sms, .channel = "sms"};

/* A text of an e-mail comes out as expected. */
static void assert_says(const texts_world *here, const char *text, uint64_t row,
                        const char *expected) {
  texts_say(here, "email.text", text, row, expected);
}

/* An SMS that compiles is held back because of a field. */
static void assert_held(const texts_world *here, const char *text, uint64_t row, wb_status status,
                        const char *field, const char *message) {
  texts_held(here, "sms", text, row, status, field, message);
}

/* The outcome of a condition for a row. */
static bool holds(const texts_world *here, const char *condition, uint64_t row) {
  char text[256], out[512];
  wb_error error;
  snprintf(text, sizeof text, "{%% if %s %%}yes{%% else %%}no{%% endif %%}", condition);
  assert_int_equal(texts_render(here, "email.text", text, row, out, &error), WB_OK);
  return strcmp(out, "yes") == 0;
}

static void values_are_written_as_people_read_them(void **state) {
  assert_says(*state, "Hi {{ patient.name }}, {{location.name}}", 0, "Hi Ana, Example Dental");
  assert_says(*state, "{{ host.count }} {{ host.large }}", 0, "-3 18446744073709551615");
  assert_says(*state, "{{ host.day }} {{ today }}", 0, "2026-03-03 2026-01-30");
  assert_says(*state, "{{ host.day | date_words }}", 0, "Tuesday, March 3");
  assert_says(*state, "{{ host.day | date_words }}", 3, "Friday, December 25");
  assert_says(*state, "{{ host.link }}", 0, "https://book.example.com/x?a=1#b");
  assert_says(*state, "{{ host.words }} {{ patient.name }}", 5, "a {b} c Jean-Luc D'Arcy");
  assert_says(*state, "{{ \"a\" }}{{ 'b' }}{{ -7 }}", 0, "ab-7");
  assert_says(*state, "{{ now | date: '%H:%M' }}", 0, "02:00");
  assert_says(*state, "{{ host.day | date: '%d %b' }} {{ host.count | plus: 1.5 }}", 0,
              "03 Mar -1.5");
}

static void white_space_is_controlled(void **state) {
  assert_says(*state, "a \n {{- \"b\" -}} \n c", 0, "abc");
  assert_says(*state, "{% if true -%}  a  {%- endif %} b", 0, "a b");
}

static void a_default_steps_in_for_what_is_missing(void **state) {
  assert_says(*state, "Hi {{ patient.name | default: \"there\" }}", 0, "Hi Ana");
  assert_says(*state, "Hi {{ patient.name | default: \"there\" }}", 1, "Hi there");
  assert_says(*state, "Hi {{ patient.name | default: \"there\" }}", 4, "Hi there");
  assert_says(*state, "[{{ host.words | default: \"\" }}]", 1, "[]");
  assert_says(*state, "{{ host.words | default: location.name }}", 1, "Example Dental");
  assert_says(*state, "{{ host.words | default: host.color | default: 'x' }}", 1, "x");
  assert_says(*state, "{{ host.day | default: 'soon' }}", 1, "soon");
  assert_says(*state, "{{ host.day | default: 'soon' }}", 0, "2026-03-03");
  assert_says(*state, "{{ host.day | date_words | default: 'soon' }}", 1, "soon");
  assert_says(*state, "{{ host.day | default: today | date_words }}", 1, "Friday, January 30");
  assert_says(*state, "{{ host.count | default: 4 }}", 1, "4");
}

static void a_subject_stays_one_line(void **state) {
  char out[512] = "untouched";
  wb_error error;
  const char *text = "{{ host.day | date: '%d%n%b' }}";
  assert_int_equal(texts_render(*state, "email.subject", text, 0, out, &error), WB_E_POLICY);
  assert_string_equal(error.message, "The text has a line break, which its channel cannot have.");
  assert_string_equal(out, "untouched");
  assert_says(*state, text, 0, "03\nMar");
}

static void without_a_default_nothing_is_sent(void **state) {
  const char *message = "The text needs this field; it is missing and has no default.";
  assert_held(*state, "Hi {{ patient.name }}", 1, WB_E_STATE, "patient.name", message);
  assert_held(*state, "Hi {{ patient.name }}", 4, WB_E_STATE, "patient.name", message);
  assert_held(*state, "{{ host.day | date_words }}", 1, WB_E_STATE, "host.day", message);
  assert_held(*state, "{{ host.words | default: host.color }}", 1, WB_E_STATE, "host.words",
              message);
}

static void a_text_that_says_nothing_is_not_sent(void **state) {
  static const char *const channels[] = {"sms",        "email.subject", "email.text",
                                         "email.html", "postcard",      "letter"};
  const char *message = "The text says nothing for this patient.";
  const char *some = "{% if host.words %}Hi{% endif %}";
  char out[512];
  wb_error error;
  assert_held(*state, "", 0, WB_E_STATE, "", message);
  assert_held(*state, " \n\t", 0, WB_E_STATE, "", message);
  assert_held(*state, "{{ \"\" }} {{ host.words | default: \" \" }}", 1, WB_E_STATE, "", message);
  for (size_t i = 0; i < WBI_COUNT(channels); i++) {
    assert_int_equal(texts_render(*state, channels[i], some, 1, out, &error), WB_E_STATE);
    assert_string_equal(error.message, message);
    assert_int_equal(texts_render(*state, channels[i], some, 0, out, &error), WB_OK);
    assert_string_equal(out, "Hi");
  }
  assert_int_equal(texts_render(*state, "email.preheader", some, 1, out, &error), WB_OK);
  assert_string_equal(out, "");
}

static void a_format_of_a_date_has_a_percent_sign(void **state) {
  const char *message = "A date is written by letters behind %, as in \"%m/%d/%Y\".";
  texts_refused(*state, "sms", "On {{ today | date: \"MM/DD/YYYY\" }}", WB_E_SYNTAX, 1, 21,
                message);
  texts_refused(*state, "email.html", "{{ today | date: '' }}", WB_E_SYNTAX, 1, 18, message);
  assert_says(*state, "{{ today | date: \"%m/%d/%Y\" }}", 0, "01/30/2026");
  assert_says(*state, "{{ today | date: \"on %d\" }}", 0, "on 30");
}

static void without_a_policy_the_built_in_one_holds(void **state) {
  const texts_world *here = *state;
  const char *text = "Hi {{ host.link }}", *due = "{{ recare.due }}";
  wb_template *compiled = NULL;
  wb_error error = {.status = 0};
  char out[512];
  size_t length = 0;
  assert_int_equal(
      wb_template_new(NULL, here->schema, NULL, &for_sms, text, strlen(text), &compiled, &error),
      WB_OK);
  /* Its list of hosts is empty: row 3 leads to a host that the policy of the world does not list.
   */
  assert_int_equal(
      wb_template_render(compiled, here->facts, 3, &here->moment, out, sizeof out, &length, &error),
      WB_OK);
  assert_string_equal(out, "Hi https://other.example.net/");
  wb_template_unref(compiled);
  compiled = NULL;
  assert_int_equal(
      wb_template_new(NULL, here->schema, NULL, &for_sms, due, strlen(due), &compiled, &error),
      WB_E_POLICY);
  assert_null(compiled);
}

static void values_that_are_not_fit_are_held_back(void **state) {
  const char *hidden = "The value has a character that cannot be seen.";
  const char *control = "The value has a control character.";
  const char *markup = "The value has a < or >.";
  const char *braces = "The value has template braces.";
  const char *names = "{{ patient.name }}", *words = "{{ host.words }}";
  assert_held(*state, names, 2, WB_E_POLICY, "patient.name", markup);
  assert_held(*state, names, 3, WB_E_POLICY, "patient.name", hidden);
  assert_held(*state, words, 2, WB_E_POLICY, "host.words", braces);
  assert_held(*state, words, 3, WB_E_POLICY, "host.words", braces);
  assert_held(*state, words, 4, WB_E_POLICY, "host.words", control);
  assert_held(*state, words, 6, WB_E_POLICY, "host.words", control);
  assert_held(*state, words, 7, WB_E_POLICY, "host.words", hidden);
  assert_held(*state, words, 8, WB_E_POLICY, "host.words", markup);
}

static void links_that_are_not_fit_are_held_back(void **state) {
  const char *link = "{{ host.link }}";
  assert_held(*state, link, 2, WB_E_POLICY, "host.link", "The link does not begin with https://.");
  assert_held(*state, link, 3, WB_E_POLICY, "host.link",
              "The link leads to a host that is not listed.");
  assert_held(*state, link, 4, WB_E_POLICY, "host.link", "The link names a user before the host.");
  assert_held(*state, link, 5, WB_E_POLICY, "host.link",
              "The link has a character that a link cannot have.");
  assert_held(*state, link, 6, WB_E_POLICY, "host.link", "The link names no host.");
  assert_held(*state, link, 8, WB_E_POLICY, "host.link",
              "The link has a character that a link cannot have.");
  assert_says(*state, link, 7, "https://book.example.com");
}

static void links_that_are_written_out_keep_to_the_policy(void **state) {
  static const char *const channels[] = {"sms",      "email.text", "email.subject",
                                         "postcard", "letter",     "call"};
  const char *host = "The link leads to a host that is not listed.";
  const char *scheme = "The link does not begin with https://.";
  const char *whole =
      "All of a link is a field of class link; or begin it with https:// and a host.";
  const char *end = "End the host with / before what stands here.";
  const char *half = "A link is written out with its host, or is a field of class link.";
  const char *text = "Go to https://other.example.com/a.";
  for (size_t i = 0; i < WBI_COUNT(channels); i++)
    texts_refused(*state, channels[i], text, WB_E_POLICY, 1, 7, host);
  texts_refused(*state, "sms", "a\nhttp://bit.ly/x", WB_E_POLICY, 2, 1, scheme);
  texts_refused(*state, "sms", "http://book.example.com/", WB_E_POLICY, 1, 1, scheme);
  texts_refused(*state, "sms", "(HTTPS://BIT.LY/x)", WB_E_POLICY, 1, 2, host);
  texts_refused(*state, "sms", "https://", WB_E_POLICY, 1, 1, "The link names no host.");
  texts_refused(*state, "sms", "https://{{ host.words }}", WB_E_POLICY, 1, 1, whole);
  texts_refused(*state, "sms", "https:{{ host.words }}", WB_E_POLICY, 1, 7, half);
  texts_refused(*state, "sms", "https:/{% raw %}/a.example.com{% endraw %}", WB_E_POLICY, 1, 8,
                half);
  texts_refused(*state, "sms", "https://book.example.com{{ host.words }}", WB_E_POLICY, 1, 1, end);
  texts_refused(*state, "sms", "https://book.example.com {{- host.words }}", WB_E_POLICY, 1, 1,
                end);
  texts_refused(*state, "sms", "{{ host.words | default: \"http://a.example.com\" }}", WB_E_POLICY,
                1, 27, scheme);
  texts_refused(*state, "sms", "{{ 'x://y' }}", WB_E_POLICY, 1, 5, scheme);
  assert_says(*state, "(https://book.example.com/a), https://BOOK.example.com.", 0,
              "(https://book.example.com/a), https://BOOK.example.com.");
  assert_says(*state, "https://book.example.com/{{ host.words }}/b", 0,
              "https://book.example.com/word/b");
  assert_says(*state, "https: {{ host.words }} and/or", 0, "https: word and/or");
}

static void a_link_is_written_as_it_stands(void **state) {
  static const char *const refused[] = {
      "{{ host.link | replace: \"book.example.com\",\"evil.example.com\" }}",
      "{{ host.link | default: 'x' | upcase }}",
      "{{ host.words | default: host.link | append: 'x' }}",
      "{{ 'x' | append: host.link }}",
      "{{ host.link | escape }}",
      "{% assign a = host.link %}{{ a | append: 'x' }}",
      "{% assign a = host.link %}{% assign b = a | strip %}{{ b | remove: 'book.' }}",
      "{% assign a = host.link %}{% assign a = 'x' %}{{ a | append: 'x' }}"};
  const char *after = "After a link comes a blank, or / ? or #.";
  for (size_t i = 0; i < WBI_COUNT(refused); i++) {
    wb_template *compiled = NULL;
    wb_error error = {.status = 0};
    assert_int_equal(texts_compile(*state, "sms", refused[i], &compiled, &error), WB_E_POLICY);
    assert_string_equal(error.message, "A link is written as it stands.");
  }
  texts_refused(*state, "sms",
                "{% assign a = 'x' %}{% for i in (1..2) %}{{ a | upcase }}"
                "{% assign a = host.link %}{% endfor %}",
                WB_E_POLICY, 1, 68, "\"a\" was no link before; take another name.");
  texts_refused(*state, "sms", "{{ host.link }}.evil.example.com", WB_E_POLICY, 1, 16, after);
  texts_refused(*state, "sms", "{{ host.link }}{% if true %}@a{% endif %}", WB_E_POLICY, 1, 29,
                after);
  assert_says(*state, "{{ host.link | strip | default: 'x' }}. {{ host.link }}/a {{ host.link }}",
              0,
              "https://book.example.com/x?a=1#b. https://book.example.com/x?a=1#b/a "
              "https://book.example.com/x?a=1#b");
  assert_says(*state, "{% assign a = host.link %}{{ a }}!", 0, "https://book.example.com/x?a=1#b!");
}

static void a_default_does_not_rescue_a_value_that_is_not_fit(void **state) {
  assert_held(*state, "{{ host.words | default: 'x' }}", 7, WB_E_POLICY, "host.words",
              "The value has a character that cannot be seen.");
  assert_held(*state, "{{ host.color | default: host.words }}", 2, WB_E_POLICY, "host.words",
              "The value has template braces.");
}

static void a_value_is_screened(void **state) {
  const texts_world *here = *state;
  const wbi_field name = {.name = WBI_TEXT("n"), .type = WB_TEXT, .class_ = WB_CLASS_NAME};
  const wbi_field words = {.name = WBI_TEXT("w"), .type = WB_TEXT, .class_ = WB_CLASS_PUBLIC};
  const wbi_channel *sms = wbi_policy_channel(here->policy, WBI_TEXT("sms"));
  const wbi_channel *subject = wbi_policy_channel(here->policy, WBI_TEXT("email.subject"));
  const wbi_text encoded = WBI_TEXT("a =?utf-8?Q?x?=");
  char filled[201];
  memset(filled, 'n', sizeof filled);
  const wbi_text fits = {filled, 80}, long_ = {filled, 81};
  assert_int_equal(wbi_screen_value(here->policy, sms, &name, fits, NULL, NULL), WB_OK);
  assert_int_equal(wbi_screen_value(here->policy, sms, &name, long_, NULL, NULL), WB_E_POLICY);
  assert_int_equal(wbi_screen_value(here->policy, sms, &words, long_, NULL, NULL), WB_OK);
  assert_int_equal(wbi_screen_value(here->policy, sms, &words, WBI_TEXT("a\nb"), NULL, NULL),
                   WB_E_POLICY);
  assert_int_equal(wbi_screen_value(here->policy, sms, &words, WBI_TEXT("a\rb"), NULL, NULL),
                   WB_E_POLICY);
  assert_int_equal(wbi_screen_value(here->policy, sms, &words, WBI_TEXT("\xFF"), NULL, NULL),
                   WB_E_POLICY);
  assert_int_equal(wbi_screen_value(here->policy, sms, &words, WBI_TEXT("\x7F"), NULL, NULL),
                   WB_E_POLICY);
  assert_int_equal(wbi_screen_value(here->policy, sms, &words, WBI_TEXT("a{"), NULL, NULL), WB_OK);
  assert_int_equal(wbi_screen_value(here->policy, sms, &words,
                                    WBI_TEXT("Bel\xC3\xA9n \xE6\x9D\x8E"), NULL, NULL),
                   WB_OK);
  assert_int_equal(wbi_screen_value(here->policy, sms, &words, encoded, NULL, NULL), WB_OK);
  assert_int_equal(wbi_screen_value(here->policy, subject, &words, encoded, NULL, NULL),
                   WB_E_POLICY);
  assert_int_equal(wbi_screen_value(here->policy, subject, &words, WBI_TEXT("a = b?"), NULL, NULL),
                   WB_OK);
}

static void conditions_compare(void **state) {
  static const struct {
    const char *condition;
    bool full, empty; /* rows 0 and 1 */
  } cases[] = {
      {"true", true, true},
      {"false", false, false},
      {"nil", false, false},
      {"0", true, true},
      {"''", true, true},
      {"host.words", true, false},
      {"host.vip", true, false},
      {"host.vip == true", true, false},
      {"host.vip == false", false, false},
      {"host.words == nil", false, true},
      {"host.words != nil", true, false},
      {"null == host.words", false, true},
      {"host.words == blank", false, true},
      {"blank != host.words", true, false},
      {"host.vip == blank", false, true},
      {"false == blank", true, true},
      {"host.words contains 'or'", true, false},
      {"host.words contains 'ro'", false, false},
      {"host.words contains 'words'", false, false},
      {"host.words == empty", false, false},
      {"host.words <> 'word'", false, true},
      {"host.count < -2.5", true, false},
      {"-3.0 == host.count", true, false},
      {"nil == nil", true, true},
      {"nil == 1", false, false},
      {"host.words == 'word'", true, false},
      {"host.words == 'other'", false, false},
      {"host.words != 'other'", true, true},
      {"host.color == \"green\"", true, false},
      {"'green' == host.color", true, false},
      {"host.color == host.words", false, true},
      {"host.count < 0", true, false},
      {"host.count < -3", false, false},
      {"host.count <= -3", true, false},
      {"host.count > -3", false, false},
      {"host.count >= -3", true, false},
      {"host.count > -4", true, false},
      {"host.count == -3", true, false},
      {"host.count != 3", true, true},
      {"host.large > 9223372036854775807", true, false},
      {"9223372036854775807 < host.large", true, false},
      {"host.large > host.count", true, false},
      {"host.day > today", true, false},
      {"host.day == today", false, false},
      {"now == now", true, true},
      {"now >= now", true, true},
      {"host.vip and host.words", true, false},
      {"true and true and false", false, false},
      {"host.vip or true", true, true},
      {"false or host.vip or false", true, false},
      {"false or false", false, false},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    const bool full = holds(*state, cases[i].condition, 0);
    const bool empty = holds(*state, cases[i].condition, 1);
    if (full != cases[i].full || empty != cases[i].empty) print_error("%s\n", cases[i].condition);
    assert_int_equal(full, cases[i].full);
    assert_int_equal(empty, cases[i].empty);
  }
  assert_false(holds(*state, "host.vip", 2));
  assert_true(holds(*state, "host.vip == blank", 2));
}

static void the_first_branch_that_holds_is_written(void **state) {
  const char *text = "{% if host.color == 'red' %}r{% elsif host.color == 'green' %}g"
                     "{% elsif host.color %}b{% else %}-{% endif %}.";
  assert_says(*state, text, 2, "r.");
  assert_says(*state, text, 0, "g.");
  assert_says(*state, text, 3, "b.");
  assert_says(*state, text, 1, "-.");
  assert_says(*state, "{% if host.vip %}a{% if host.color == 'red' %}b{% endif %}c{% endif %}d", 0,
              "acd");
  assert_says(*state, "{% if host.vip %}{% if true %}b{% endif %}{% endif %}d", 1, "d");
  assert_says(*state, "{% if host.vip %}a{% else %} {% endif %}d", 1, " d");
}

static void a_channel_reads_only_its_classes(void **state) {
  static const struct {
    const char *channel, *text;
    uint32_t column;
    const char *message;
  } cases[] = {
      {"sms", "{{ recare.kind }}", 4, "An SMS may not read recare.kind (recall)."},
      {"sms", "{% if recare.booked or recare.kind == nil %}a{% endif %}", 24,
       "An SMS may not read recare.kind (recall)."},
      {"sms", "{{ patient.name | default: patient.last_name }}", 28,
       "An SMS may not read patient.last_name (identifier)."},
      {"sms", "{% if true %}a{% else %}{{ visit.last }}{% endif %}", 28,
       "An SMS may not read visit.last (recall)."},
      {"sms", "{% if true %}a{% elsif 1 == patient.age %}b{% endif %}", 29,
       "An SMS may not read patient.age (identifier)."},
      {"email.subject", "{{ location.booking_url }}", 4,
       "The subject of an e-mail may not read location.booking_url (link)."},
      {"email.text", "{{ patient.status }}", 4, "An e-mail may not read patient.status (staff)."},
      {"call", "{{ household.size }}", 4,
       "The note of a call may not read household.size (relation)."},
      {"sms", "{{ household.members | size }}", 4,
       "An SMS may not read household.members (identifier)."},
      {"sms", "{{ appointments.first.date }}", 4, "An SMS may not read appointments (staff)."},
      {"call", "{{ host.sealed }}", 4, "The note of a call may not read host.sealed (sealed)."},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); ++i)
    texts_refused(*state, cases[i].channel, cases[i].text, WB_E_POLICY, 1, cases[i].column,
                  cases[i].message);
}

static void the_field_that_may_not_be_read_is_the_path(void **state) {
  wb_template *compiled = NULL;
  wb_error error;
  assert_int_equal(texts_compile(*state, "sms", "{{ recare.kind }}", &compiled, &error),
                   WB_E_POLICY);
  assert_string_equal(error.path, "recare.kind");
}

static void the_read_set_lists_each_field_once_in_order(void **state) {
  const texts_world *here = *state;
  wb_template *compiled = NULL;
  const char *names[] = {"host.words", "patient.name", "host.color"};
  assert_int_equal(
      texts_compile(here, "sms",
                    "{% if host.words == nil %}{{ patient.name | default: host.color }}"
                    "{% else %}{{ host.words }}{{ patient.name }}{% endif %}",
                    &compiled, NULL),
      WB_OK);
  uint32_t field = 0, expected = 0;
  for (uint32_t i = 0; i < WBI_COUNT(names); ++i) {
    assert_int_equal(wb_schema_find(here->schema, names[i], strlen(names[i]), &expected), WB_OK);
    assert_int_equal(wb_template_get(compiled, i, &field), WB_OK);
    assert_int_equal(field, expected);
  }
  assert_int_equal(wb_template_get(compiled, 3, &field), WB_E_NAME);
  assert_int_equal(field, expected);
  assert_int_equal(wb_template_get(NULL, 0, &field), WB_E_INVALID);
  assert_int_equal(wb_template_get(compiled, 0, NULL), WB_E_INVALID);
  assert_ptr_equal(wbi_template_schema(compiled), here->schema);
  wb_template_unref(compiled);
}

static void what_is_outside_the_subset_is_refused_with_its_place(void **state) {
  static const struct {
    const char *text;
    uint32_t line, column;
    const char *message;
  } cases[] = {
      {"a\nb {% capture x %}", 2, 3, "The tag 'capture' is not part of this language."},
      {"{% fro x in y %}", 1, 1, "There is no tag of this name; did you mean \"for\"?"},
      {"{% elseif true %}", 1, 1, "Write elsif for another condition."},
      {"{% %}", 1, 1, "The name of a tag is missing here, such as if or for."},
      {"{% 'if' %}", 1, 1, "The name of a tag is missing here, such as if or for."},
      {"{% endif %}", 1, 1, "No block is open before this 'endif'."},
      {"{% else %}", 1, 1, "No block is open before this 'else'."},
      {"{% if true %}a{% endfor %}", 1, 15, "The open block is 'if'; this does not end it."},
      {"{% if true %}a", 1, 1, "This if is not closed by endif."},
      {"{% unless true %}a", 1, 1, "This unless is not closed by endunless."},
      {"{% if true %}a{% else %}b{% else %}c{% endif %}", 1, 26,
       "After else comes endif; this if had its else."},
      {"{% if true %}a{% else %}b{% elsif true %}c{% endif %}", 1, 26,
       "After else comes endif; this if had its else."},
      {"{% if true %}a{% else if true %}b{% endif %}", 1, 15, "Write elsif for another condition."},
      {"{% if true %}a{% else b %}b{% endif %}", 1, 23, "The braces should close before this."},
      {"{% if true %}a{% endif x %}", 1, 24, "The braces should close before this."},
      {"{% if true %} {% else %}\n{% endif %}", 1, 1, "This if writes nothing."},
      {"{% for i in (1..3) %} {% endfor %}", 1, 1, "This for writes nothing."},
      {"{% if %}a{% endif %}", 1, 7, "A name or a value is missing here."},
      {"{% if 1 == %}a{% endif %}", 1, 12, "A name or a value is missing here."},
      {"{% if 1 has 2 %}a{% endif %}", 1, 9, "The braces should close before this."},
      {"{% if 1 = 2 %}a{% endif %}", 1, 9,
       "One = compares nothing; write == for \"is the same as\"."},
      {"{% if true and %}a{% endif %}", 1, 16, "A name or a value is missing here."},
      {"{% if true and true or true %}a{% endif %}", 1, 21,
       "One condition uses either \"and\" or \"or\"; put an if inside an if."},
      {"{% if true and blank %}a{% endif %}", 1, 16,
       "Compare something with blank: == blank, or != blank."},
      {"{% if == 1 %}a{% endif %}", 1, 7, "A name or a value should stand here."},
      {"{% when 1 %}", 1, 1, "No block is open before this 'when'."},
      {"{% if true %}{% when 1 %}", 1, 14, "A when belongs to a case."},
      {"{% case 1 %}x{% when 1 %}a{% endcase %}", 1, 1,
       "Between this case and its first when stands something."},
      {"{% case 1 %}{% when 1, 1.0 %}a{% endcase %}", 1, 24, "This value had its when already."},
      {"{% case today %}{% when today %}a{% endcase %}", 1, 25,
       "A when has texts in quotes or numbers."},
      {"{% case 1 %}{% when 1 %}a{% else %}b{% when 2 %}c{% endcase %}", 1, 37,
       "After else comes endcase; this case had its else."},
      {"{% case 1 %}{% elsif 1 %}", 1, 13, "An elsif belongs to an if."},
      {"{% for %}", 1, 8, "A for is written so: for name in list."},
      {"{% for i on x %}", 1, 10, "A for is written so: for name in list."},
      {"{% for i in (1..x) %}", 1, 17, "A range is two whole numbers: (1..3)."},
      {"{% for i in (1.5..2) %}", 1, 14, "A range is two whole numbers: (1..3)."},
      {"{% for i in (1..2) limit %}", 1, 26, "A colon is missing here."},
      {"{% for i in (1..2) limit: 1 reversed %}", 1, 29,
       "After what a for goes over come reversed, limit: and offset:, each once."},
      {"{% for i in (1..2) limit: 1, limit: 1 %}", 1, 30,
       "After what a for goes over come reversed, limit: and offset:, each once."},
      {"{% for i in (1..2) limit: 1, %}", 1, 30, "After this comma comes limit: or offset:."},
      {"{% for i in (1..2) offset: continue %}", 1, 28,
       "offset: continue is not part of this language; write a number."},
      {"{% assign %}", 1, 11, "An assign is written so: assign name = value."},
      {"{% assign x 1 %}", 1, 13, "An assign is written so: assign name = value."},
      {"{% assign x = 1 + 1 %}", 1, 17, "This character has no meaning inside braces."},
      {"{% # one\n two %}", 2, 2, "Each line of this comment begins with #."},
      {"{% comment %}x", 1, 1, "This comment is not closed by endcomment."},
      {"{% raw %}x", 1, 1, "This raw is not closed by endraw."},
      {"{% raw x %}{% endraw %}", 1, 8, "The braces should close before this."},
      {"{{ }}", 1, 4, "A name or a value is missing here."},
      {"{{ | default: 1 }}", 1, 4, "A name or a value should stand here."},
      {"{{ (1..3) }}", 1, 4, "A range such as (1..3) stands after the in of a for only."},
      {"{{ ['a'] }}", 1, 4, "A square bracket stands after a name only."},
      {"{{ patient[name] }}", 1, 12,
       "In square brackets stands a text in quotes or a whole number."},
      {"{{ patient['name' }}", 1, 19, "A closing square bracket is missing here."},
      {"{{ patient. }}", 1, 11, "A name is missing after this dot."},
      {"{{ today today }}", 1, 10, "The braces should close before this."},
      {"{{ today | }}", 1, 12, "The name of a filter should stand here."},
      {"{{ today | append }}", 1, 19,
       "The filter 'append' takes a value: write a colon and the value."},
      {"{{ today | default: }}", 1, 21, "A name or a value is missing here."},
      {"{{ today | append: today, 1 }}", 1, 25, "The filter 'append' takes one value."},
      {"{{ today | replace: 'a', 'b', 'c' }}", 1, 29,
       "The filter 'replace' takes at most two values."},
      {"{{ today | date_words: 1 }}", 1, 22, "The filter 'date_words' takes no value."},
      {"{{ today | append: x: 1 }}", 1, 20, "The filter 'append' takes nothing of this name."},
      {"{{ 10 | divided_by: 0 }}", 1, 9, "The filter 'divided_by' has no answer here, ever."},
      {"{{ 'May 3' | date: '%s' }}", 1, 14, "The filter 'date' has no answer here, ever."},
      {"{% assign x = 'a' | truncate: 'b' %}", 1, 21,
       "The filter 'truncate' has no answer here, ever."},
      {"{{ today", 1, 1, "The braces that open here are not closed by }}."},
      {"{{ 1234567890123456789.5 }}", 1, 4, "Numbers have at most 18 digits."},
      {"{{ $ }}", 1, 4, "This character has no meaning inside braces."},
      {"{% ? %}", 1, 4, "This character has no meaning inside braces."},
      {"{% if ? %}", 1, 7, "This character has no meaning inside braces."},
      {"{% if true and ? %}", 1, 16, "This character has no meaning inside braces."},
      {"{{ today | ? }}", 1, 12, "This character has no meaning inside braces."},
      {"{{ today | default: ? }}", 1, 21, "This character has no meaning inside braces."},
      {"{{ today | date_words ? }}", 1, 23, "This character has no meaning inside braces."},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); ++i)
    texts_refused(*state, "email.text", cases[i].text, WB_E_SYNTAX, cases[i].line, cases[i].column,
                  cases[i].message);
}

static void names_that_are_not_known_are_refused_with_the_nearest(void **state) {
  static const struct {
    const char *text;
    uint32_t column;
    const char *message;
  } cases[] = {
      {"{{ patient.nme }}", 4, "There is no field of this name; did you mean \"patient.name\"?"},
      {"{{ xyzzy.plugh }}", 4, "There is no field of this name."},
      {"{{ patient }}", 4, "\"patient\" is a whole group of fields; write which one, with a dot."},
      {"{{ today | defalt: 1 }}", 12, "There is no filter of this name; did you mean \"default\"?"},
      {"{{ today | xyzzy }}", 12, "There is no filter 'xyzzy'."},
      {"{{ forloop.index }}", 4, "\"forloop\" is known inside a for only."},
      {"{% for i in (1..2) %}{{ forloop }}{% endfor %}", 25,
       "Write what of forloop: forloop.index, forloop.first, ..."},
      {"{% for i in (1..2) %}{{ forloop.name }}{% endfor %}", 25,
       "forloop has no \"name\"; it has index, index0, rindex, rindex0, first, last and length."},
      {"{% assign _x = 1 %}", 11, "\"_x\" begins with _, which a name of a text does not."},
      {"{% assign a-b = 1 %}", 11, "\"a-b\" has a -; write _ instead."},
      {"{% assign a? = 1 %}", 11, "\"a?\" ends with a question mark."},
      {"{% assign today = 1 %}", 11,
       "\"today\" is a field, or begins the names of some; take another name."},
      {"{% assign patient = 1 %}", 11,
       "\"patient\" is a field, or begins the names of some; take another name."},
      {"{% assign self = 1 %}", 11, "\"self\" has a meaning already."},
      {"{% for today in (1..2) %}", 8,
       "\"today\" is a field, or begins the names of some; take another name."},
      {"{{ x }}{% assign x = 1 %}", 4, "There is no field of this name."},
      {"{% if host.color == 'gren' %}a{% endif %}", 21,
       "The field never has this value; did you mean \"green\"?"},
      {"{% if 'magenta' != host.color %}a{% endif %}", 7,
       "The field never has this value; it is red|green|blue."},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); ++i)
    texts_refused(*state, "email.text", cases[i].text, WB_E_NAME, 1, cases[i].column,
                  cases[i].message);
  texts_refused(*state, "fax", "a", WB_E_NAME, 0, 0,
                "No such channel; there are sms, email.subject, email.preheader, email.text, "
                "email.html, postcard, letter, call, voicemail, page.public and page.secure.");
}

static void types_that_do_not_go_together_are_refused(void **state) {
  static const struct {
    const char *text;
    uint32_t column;
    const char *message;
  } cases[] = {
      {"{{ host.vip }}", 4,
       "This is a yes or no, which cannot be written; it can be asked for in an if."},
      {"{{ now }}", 4, "This is a time, which cannot be written; it can be asked for in an if."},
      {"{{ now | default: 'x' }}", 4,
       "This is a time, which cannot be written; it can be asked for in an if."},
      {"{{ nil }}", 4, "This is nil, which cannot be written; it can be asked for in an if."},
      {"{{ today | default: true }}", 21,
       "This is a yes or no, which cannot be written; it can be asked for in an if."},
      {"{{ host.words | default: blank }}", 26,
       "This is blank, which cannot be written; it can be asked for in an if."},
      {"{{ host.words | date_words }}", 17,
       "This filter does not take what comes in: it is a text."},
      {"{{ today | default: 'x' | date_words }}", 27,
       "This filter does not take what comes in: it is no longer of one kind."},
      {"{% if host.vip == 'true' %}a{% endif %}", 7,
       "The left side is a yes or no, the right side is a text; they cannot be compared so."},
      {"{% if host.count < '1' %}a{% endif %}", 7,
       "The left side is a whole number, the right side is a text; they cannot be compared so."},
      {"{% if host.words < 'a' %}a{% endif %}", 7,
       "The left side is a text, the right side is a text; they cannot be compared so."},
      {"{% if nil < 1 %}a{% endif %}", 7,
       "The left side is nil, the right side is a whole number; they cannot be compared so."},
      {"{% if today == now %}a{% endif %}", 7,
       "The left side is a date, the right side is a time; they cannot be compared so."},
      {"{% if host.share == blank %}a{% endif %}", 7,
       "The left side is of a kind that texts cannot use, the right side is blank; they cannot be "
       "compared so."},
      {"{% if host.share %}a{% endif %}", 7, "This is of a kind that texts cannot use."},
      {"{% if host.words == '' %}a{% endif %}", 21,
       "\"host.words\" is never an empty text; compare it with blank."},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); ++i)
    texts_refused(*state, "email.text", cases[i].text, WB_E_TYPE, 1, cases[i].column,
                  cases[i].message);
}

static void characters_that_cannot_be_seen_are_refused(void **state) {
  static const struct {
    const char *channel, *text;
    uint32_t line, column;
    const char *message;
  } cases[] = {
      {"sms", "a\n\xFF", 2, 1, "The text is not UTF-8 here; save the file as UTF-8."},
      {"sms", "a\x01", 1, 2, "There is a control character here; delete it."},
      {"sms", "a\xC2\x85", 1, 2, "There is a control character here; delete it."},
      {"sms", "a\x7F", 1, 2, "There is a control character here; delete it."},
      {"sms", "a\r\n", 1, 2, "There is a carriage return here; save the text with Unix line ends."},
      {"sms", "ab\xE2\x80\xAE", 1, 3, "There is a character here that cannot be seen; delete it."},
      {"sms", "{{ 'a\xE2\x80\x8B' }}", 1, 6,
       "There is a character here that cannot be seen; delete it."},
      {"call", "\xEF\xBB\xBFx", 1, 1, "There is a character here that cannot be seen; delete it."},
      {"email.subject", "a\nb", 1, 2, "A subject is one line; there is a line break here."},
      {"email.subject", "a =?utf-8?Q?x?=", 1, 3,
       "A subject cannot have =?; mail programs would read it as code."},
  };
  for (size_t i = 0; i < WBI_COUNT(cases); ++i)
    texts_refused(*state, cases[i].channel, cases[i].text, WB_E_INVALID, cases[i].line,
                  cases[i].column, cases[i].message);
  assert_says(*state, "a\n\tb \xF0\x9F\x98\x80", 0, "a\n\tb \xF0\x9F\x98\x80");
}

/* Compiles `count` ifs inside each other. */
static wb_status compile_nested(const texts_world *here, int count, wb_error *error) {
  static char text[4096];
  wb_template *compiled = NULL;
  size_t at = 0;
  for (int i = 0; i < count; ++i)
    at += (size_t)snprintf(text + at, sizeof text - at, "{%% if 1 %%}");
  at += (size_t)snprintf(text + at, sizeof text - at, "a");
  for (int i = 0; i < count; ++i)
    at += (size_t)snprintf(text + at, sizeof text - at, "{%% endif %%}");
  const wb_status status = texts_compile(here, "sms", text, &compiled, error);
  wb_template_unref(compiled);
  return status;
}

static void nesting_has_a_limit(void **state) {
  wb_error error;
  assert_int_equal(compile_nested(*state, 64, &error), WB_OK);
  assert_int_equal(compile_nested(*state, 65, &error), WB_E_LIMIT);
  assert_string_equal(error.message, "There are too many blocks inside blocks.");
  assert_int_equal(error.column, 64 * 10 + 1);
}

static void a_source_has_a_limit(void **state) {
  static char text[262145];
  const texts_world *here = *state;
  wb_template *compiled = NULL;
  const wb_template_options options = {.size = sizeof options, .channel = "email.text"};
  memset(text, 'a', sizeof text);
  assert_int_equal(wb_template_new(NULL, here->schema, here->policy, &options, text, sizeof text,
                                   &compiled, NULL),
                   WB_E_LIMIT);
  assert_int_equal(wb_template_new(NULL, here->schema, here->policy, &options, text,
                                   sizeof text - 1, &compiled, NULL),
                   WB_OK);
  wb_template_unref(compiled);
}

/* Renders `count` times a text of two bytes and one character. */
static wb_status render_long(const texts_world *here, const char *channel, size_t count) {
  static char text[205000], out[205000];
  const wb_template_options options = {.size = sizeof options, .channel = channel};
  wb_template *compiled = NULL;
  size_t length = 0;
  for (size_t i = 0; i < count; ++i)
    memcpy(text + 2 * i, "\xC3\xA9", 2);
  wb_status status =
      wb_template_new(NULL, here->schema, here->policy, &options, text, 2 * count, &compiled, NULL);
  if (status != WB_OK) return status;
  status =
      wb_template_render(compiled, here->facts, 0, &here->moment, out, sizeof out, &length, NULL);
  if (status == WB_OK) assert_int_equal(length, 2 * count);
  wb_template_unref(compiled);
  return status;
}

static void a_message_has_a_limit(void **state) {
  assert_int_equal(render_long(*state, "sms", 306), WB_OK); /* two of 153 septets */
  assert_int_equal(render_long(*state, "sms", 307), WB_E_LIMIT);
  assert_int_equal(render_long(*state, "email.subject", 78), WB_OK);
  assert_int_equal(render_long(*state, "email.subject", 79), WB_E_LIMIT);
  assert_int_equal(render_long(*state, "email.text", 51200), WB_OK);
  assert_int_equal(render_long(*state, "email.text", 51201), WB_E_LIMIT);
}

static void a_short_buffer_is_measured_and_untouched(void **state) {
  const texts_world *here = *state;
  wb_template *compiled = NULL;
  char out[16] = "untouched";
  size_t length = 0;
  assert_int_equal(texts_compile(here, "sms", "Hi {{ patient.name }}", &compiled, NULL), WB_OK);
  assert_int_equal(
      wb_template_render(compiled, here->facts, 0, &here->moment, NULL, 0, &length, NULL),
      WB_E_SPACE);
  assert_int_equal(length, 6);
  assert_int_equal(
      wb_template_render(compiled, here->facts, 0, &here->moment, out, 5, &length, NULL),
      WB_E_SPACE);
  assert_string_equal(out, "untouched");
  assert_int_equal(
      wb_template_render(compiled, here->facts, 0, &here->moment, out, 6, &length, NULL), WB_OK);
  assert_string_equal(out, "Hi Anahed");
  wb_template_unref(compiled);
}

static void a_second_text_takes_no_memory(void **state) {
  (void)state;
  fault_memory memory;
  wb_context *context = fault_context(&memory);
  const wb_facts_options options = {.size = sizeof options, .as_of = 1769760000};
  const wb_moment moment = {.size = sizeof moment, .now = 1769760000};
  static const char text[] = "{{ patient.name }}{% if visit.next %}{{ visit.next }}{% endif %}";
  wb_schema *schema = NULL;
  wb_policy *policy = NULL;
  wb_facts *facts = NULL;
  wb_template *compiled = NULL;
  char out[16];
  size_t length = 0;
  assert_int_equal(wb_schema_new(context, NULL, 0, &schema, NULL), WB_OK);
  assert_int_equal(wb_policy_new(context, schema, NULL, 0, &policy, NULL), WB_OK);
  assert_int_equal(wb_facts_new(context, schema, &options, &facts, NULL), WB_OK);
  assert_int_equal(
      table_add(facts, "locations", "location:u|name:u|zone:u\nl1|Example|America/Chicago\n", NULL),
      WB_OK);
  assert_int_equal(table_add(facts, "patients",
                             "patient:u|status:u|first_name:u|location:u\np1|active|Ana|l1\n",
                             NULL),
                   WB_OK);
  assert_int_equal(
      wb_template_new(context, schema, policy, &for_sms, text, sizeof text - 1, &compiled, NULL),
      WB_OK);
  assert_int_equal(wb_template_render(compiled, facts, 0, &moment, out, 16, &length, NULL), WB_OK);
  fault_arm(&memory.plan, FAULT_FOREVER, 1);
  assert_int_equal(wb_template_render(compiled, facts, 0, &moment, out, 16, &length, NULL), WB_OK);
  assert_int_equal(memory.plan.calls, 0);
  assert_string_equal(out, "Ana");
  wb_template_unref(compiled);
  wb_facts_free(facts);
  wb_policy_unref(policy);
  wb_schema_unref(schema);
  wb_context_unref(context);
}

static void a_failed_text_leaves_nothing_in_a_writer(void **state) {
  const texts_world *here = *state;
  wb_template *compiled = NULL;
  char out[64];
  wbi_writer writer = {out, sizeof out, 3};
  assert_int_equal(texts_compile(here, "sms", "Hi {{ patient.name }}", &compiled, NULL), WB_OK);
  assert_true(wbi_facts_enter(here->facts));
  assert_int_equal(wbi_template_render(compiled, here->facts, 1, &here->moment, &writer, NULL),
                   WB_E_STATE);
  assert_int_equal(writer.length, 3);
  assert_int_equal(wbi_template_render(compiled, here->facts, 0, &here->moment, &writer, NULL),
                   WB_OK);
  assert_int_equal(writer.length, 9);
  assert_memory_equal(out + 3, "Hi Ana", 6);
  wbi_facts_leave(here->facts);
  wb_template_unref(compiled);
}

static void options_that_mean_nothing_are_refused(void **state) {
  const texts_world *here = *state;
  static const struct {
    wb_template_options options;
    wb_status status;
  } rows[] = {
      {{.channel = NULL}, WB_E_INVALID},
      {{.channel = "sms", .language = "fr"}, WB_E_NAME},
      {{.channel = "sms", .language = "es"}, WB_OK},
      {{.channel = "sms", .language = "en"}, WB_OK},
      {{.channel = "sms", .register_ = WB_REGISTER_GENERAL - 1}, WB_E_INVALID},
      {{.channel = "sms", .register_ = WB_REGISTER_DETAIL + 1}, WB_E_INVALID},
      {{.channel = "sms", .register_ = WB_REGISTER_DETAIL}, WB_OK},
      {{.channel = "sms", .recipient = WB_RECIPIENT_PATIENT - 1}, WB_E_INVALID},
      {{.channel = "sms", .recipient = WB_RECIPIENT_HOUSEHOLD + 1}, WB_E_INVALID},
      {{.channel = "sms", .recipient = WB_RECIPIENT_HOUSEHOLD}, WB_OK},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    wb_template_options options = rows[i].options;
    wb_template *compiled = NULL;
    options.size = sizeof options;
    assert_int_equal(
        wb_template_new(NULL, here->schema, here->policy, &options, "a", 1, &compiled, NULL),
        rows[i].status);
    assert_int_equal(compiled != NULL, rows[i].status == WB_OK);
    wb_template_unref(compiled);
  }
}

static void what_is_missing_or_foreign_is_refused(void **state) {
  const texts_world *here = *state;
  wb_template *compiled = NULL;
  wb_schema *other = NULL;
  wb_facts *foreign = NULL;
  const wb_facts_options options = {.size = sizeof options, .as_of = 1769760000};
  char out[16];
  size_t length = 77;
  const wb_moment small = {.size = 8};
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &other, NULL), WB_OK);
  assert_int_equal(wb_facts_new(NULL, other, &options, &foreign, NULL), WB_OK);
  assert_int_equal(wb_template_new(NULL, other, here->policy, &for_sms, "a", 1, &compiled, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_template_new(NULL, NULL, here->policy, &for_sms, "a", 1, &compiled, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_template_new(NULL, here->schema, here->policy, NULL, "a", 1, &compiled, NULL),
                   WB_E_INVALID);
  assert_int_equal(
      wb_template_new(NULL, here->schema, here->policy, &for_sms, NULL, 1, &compiled, NULL),
      WB_E_INVALID);
  assert_int_equal(wb_template_new(NULL, here->schema, here->policy, &for_sms, "a", 1, NULL, NULL),
                   WB_E_INVALID);
  assert_int_equal(
      wb_template_new(NULL, here->schema, here->policy, &for_sms, NULL, 0, &compiled, NULL), WB_OK);
  const wb_moment *moment = &here->moment;
  assert_int_equal(wb_template_render(compiled, foreign, 0, moment, out, 16, &length, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_template_render(NULL, here->facts, 0, moment, out, 16, &length, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_template_render(compiled, NULL, 0, moment, out, 16, &length, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_template_render(compiled, here->facts, 0, NULL, out, 16, &length, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_template_render(compiled, here->facts, 0, &small, out, 16, &length, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_template_render(compiled, here->facts, 0, moment, NULL, 16, &length, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_template_render(compiled, here->facts, 0, moment, out, 16, NULL, NULL),
                   WB_E_INVALID);
  assert_int_equal(wb_template_render(compiled, here->facts, 99, moment, out, 16, &length, NULL),
                   WB_E_NAME);
  assert_true(wbi_facts_enter(here->facts));
  assert_int_equal(wb_template_render(compiled, here->facts, 0, moment, out, 16, &length, NULL),
                   WB_E_BUSY);
  wbi_facts_leave(here->facts);
  assert_int_equal(length, 77);
  wb_template_unref(compiled);
  wb_facts_free(foreign);
  wb_schema_unref(other);
}

static void references_keep_what_a_template_needs(void **state) {
  fault_memory memory;
  wb_context *context = fault_context(&memory);
  const uint64_t before = memory.live;
  wb_schema *schema = NULL;
  wb_policy *policy = NULL;
  wb_template *compiled = NULL;
  (void)state;
  assert_int_equal(wb_schema_new(context, NULL, 0, &schema, NULL), WB_OK);
  assert_int_equal(wb_policy_new(context, schema, NULL, 0, &policy, NULL), WB_OK);
  assert_int_equal(
      wb_template_new(context, schema, policy, &for_sms, "{{ today }}", 11, &compiled, NULL),
      WB_OK);
  wb_schema_unref(schema);
  wb_policy_unref(policy);
  assert_ptr_equal(wb_template_ref(compiled), compiled);
  wb_template_unref(compiled);
  assert_ptr_equal(wbi_template_schema(compiled), schema);
  wb_template_unref(compiled);
  assert_int_equal(memory.live, before);
  assert_null(wb_template_ref(NULL));
  wb_template_unref(NULL);
  wb_context_unref(context);
}

/* Compiles with a fault at the `at`-th allocation; whether it struck. */
static bool compile_with_fault(const texts_world *here, fault_mode mode, uint64_t at) {
  fault_memory memory;
  wb_context *context = fault_context(&memory);
  const uint64_t before = memory.live;
  static const char text[] =
      "{% assign a = host.words | upcase %}{% for i in (1..2) limit: 1 %}{{ i }}{% endfor %}"
      "{% case host.color %}{% when 'red', 'blue' %}{{ a }}{% else %}-{% endcase %}"
      "a{% if host.vip and host.color == 'red' %}{{ host.words | default: host.color }}"
      "{% elsif true or false %}b{% else %}{{ 'c' }}{{ host.day | date_words }}{% endif %}"
      "{{ host.count }}{{ host.count }}{{ host.count }}{{ host.count }}{{ host.count }}";
  wb_template *compiled = NULL;
  fault_arm(&memory.plan, mode, at);
  const wb_status status = wb_template_new(context, here->schema, here->policy, &for_sms, text,
                                           sizeof text - 1, &compiled, NULL);
  const bool struck = memory.plan.hits > 0;
  assert_int_equal(status, struck ? WB_E_NOMEM : WB_OK);
  wb_template_unref(compiled);
  assert_int_equal(memory.live, before);
  wb_context_unref(context);
  return struck;
}

static void every_lack_of_memory_is_reported(void **state) {
  for (fault_mode mode = FAULT_ONCE; mode <= FAULT_FOREVER; ++mode) {
    uint64_t at = 1;
    while (compile_with_fault(*state, mode, at))
      ++at;
    assert_true(at > 5);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values_are_written_as_people_read_them),
      cmocka_unit_test(white_space_is_controlled),
      cmocka_unit_test(a_default_steps_in_for_what_is_missing),
      cmocka_unit_test(a_subject_stays_one_line),
      cmocka_unit_test(without_a_default_nothing_is_sent),
      cmocka_unit_test(a_text_that_says_nothing_is_not_sent),
      cmocka_unit_test(a_format_of_a_date_has_a_percent_sign),
      cmocka_unit_test(without_a_policy_the_built_in_one_holds),
      cmocka_unit_test(values_that_are_not_fit_are_held_back),
      cmocka_unit_test(links_that_are_not_fit_are_held_back),
      cmocka_unit_test(links_that_are_written_out_keep_to_the_policy),
      cmocka_unit_test(a_link_is_written_as_it_stands),
      cmocka_unit_test(a_default_does_not_rescue_a_value_that_is_not_fit),
      cmocka_unit_test(a_value_is_screened),
      cmocka_unit_test(conditions_compare),
      cmocka_unit_test(the_first_branch_that_holds_is_written),
      cmocka_unit_test(a_channel_reads_only_its_classes),
      cmocka_unit_test(the_field_that_may_not_be_read_is_the_path),
      cmocka_unit_test(the_read_set_lists_each_field_once_in_order),
      cmocka_unit_test(what_is_outside_the_subset_is_refused_with_its_place),
      cmocka_unit_test(names_that_are_not_known_are_refused_with_the_nearest),
      cmocka_unit_test(types_that_do_not_go_together_are_refused),
      cmocka_unit_test(characters_that_cannot_be_seen_are_refused),
      cmocka_unit_test(nesting_has_a_limit),
      cmocka_unit_test(a_source_has_a_limit),
      cmocka_unit_test(a_message_has_a_limit),
      cmocka_unit_test(a_short_buffer_is_measured_and_untouched),
      cmocka_unit_test(a_second_text_takes_no_memory),
      cmocka_unit_test(a_failed_text_leaves_nothing_in_a_writer),
      cmocka_unit_test(options_that_mean_nothing_are_refused),
      cmocka_unit_test(what_is_missing_or_foreign_is_refused),
      cmocka_unit_test(references_keep_what_a_template_needs),
      cmocka_unit_test(every_lack_of_memory_is_reported),
  };
  return cmocka_run_group_tests(tests, make_world, texts_drop);
}

/* SPDX-License-Identifier: MIT */
/* The lint of templates: blocks in blocks, comments, fields that are a part of a message. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/linted.h"
#include "support/texts.h"

enum { DEEP = 100, TEXT = 65536 };

static int make_world(void **state) {
  static texts_world made;
  static const wb_field fields[] = {
      {.size = sizeof *fields, .name = "hostlocation.name", .type = WB_TEXT},
      {.size = sizeof *fields, .name = "host.location.name", .type = WB_TEXT},
      {.size = sizeof *fields, .name = "host.count", .type = WB_INT},
      {.size = sizeof *fields, .name = "host.l2", .type = WB_TEXT},
  };
  static const char *const tables[][2] = {{NULL, NULL}};
  texts_open(&made, fields, sizeof fields / sizeof *fields, NULL, tables);
  *state = &made;
  return 0;
}

/* The rules that a template breaks whose blocks may go deeper than usual. */
static const char *broken(const texts_world *here, const char *channel, const char *text,
                          uint32_t flags) {
  const wb_context_options deep = {.size = sizeof deep, .max_depth = 2 * DEEP};
  const wb_template_options made = {.size = sizeof made, .channel = channel};
  const wb_lint_options options = {.size = sizeof options, .flags = flags};
  wb_finding findings[MOST] = {{0}};
  wb_context *context = NULL;
  wb_template *compiled = NULL;
  wb_error error = {.status = 0};
  assert_int_equal(wb_context_new(&deep, &context, NULL), WB_OK);
  if (wb_template_new(context, here->schema, here->policy, &made, text, strlen(text), &compiled,
                      &error) != WB_OK)
    fail_msg("%.80s: %s", text, error.message);
  const char *said = linted_template(compiled, &options, findings);
  wb_template_unref(compiled);
  wb_context_unref(context);
  return said;
}

static void a_part_is_said_in_all_branches_or_not_at_all(void **state) {
  static const struct {
    const char *text, *breaks;
  } cases[] = {
      {"{{ location.name }} Reply STOP to opt out.", ""},
      {"{{ host.location.name }} Reply STOP to opt out.", ""},
      {"{{ hostlocation.name }} Reply STOP to opt out.", "missing.sender"},
      {"{% if true %}{{ location.name }}{% else %}{{ practice.name }}{% endif %} Reply STOP to "
       "opt out.",
       ""},
      {"{% for i in (1..2) %}{{ location.name }}{% else %}{{ practice.name }}{% endfor %} Reply "
       "STOP to opt out.",
       "missing.sender"},
      {"{{ location.name | default: '' }} Reply STOP to opt out.", ""},
      {"{% # a note %}{{ location.name }}{% comment %}overdue{% endcomment %} Reply STOP to opt "
       "out.{% raw %} {a} {% endraw %}",
       ""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *said = broken(*state, "sms", cases[i].text, 0);
    if (strcmp(said, cases[i].breaks) != 0) fail_msg("%s: %s", cases[i].text, said);
  }
}

static void blocks_deeper_than_are_followed_are_read_all_the_same(void **state) {
  static char text[TEXT];
  size_t at = 0;
  for (int i = 0; i < DEEP; i++)
    at += (size_t)snprintf(text + at, sizeof text - at, "{%% if true %%}a ");
  at += (size_t)snprintf(text + at, sizeof text - at, "overdue ");
  for (int i = 0; i < DEEP; i++)
    at += (size_t)snprintf(text + at, sizeof text - at, "{%% else %%}b{%% endif %%}");
  assert_string_equal(broken(*state, "email.text", text, WB_LINT_FRAGMENT), "guilt.late");
}

/* Each of many branches begins phrases; there are more than are walked at once. */
static void more_phrases_than_are_walked_do_no_harm(void **state) {
  static char text[TEXT];
  size_t at = (size_t)snprintf(text, sizeof text, "{%% if host.count == 0 %%}over");
  for (int i = 0; i < 26 * 26; i++)
    at += (size_t)snprintf(text + at, sizeof text - at, "{%% elsif host.count == %d %%}%c%c", i + 1,
                           'a' + i / 26, 'a' + i % 26);
  snprintf(text + at, sizeof text - at, "{%% endif %%}due. You are overdue");
  const char *said = broken(*state, "email.text", text, WB_LINT_FRAGMENT);
  const char *last = strrchr(said, ' ');
  assert_string_equal(last != NULL ? last + 1 : said, "guilt.late");
}

static void what_a_lint_is_given_is_checked(void **state) {
  const texts_world *here = *state;
  wb_template *compiled = NULL;
  uint32_t count = 7;
  wb_error error = {.status = 0};
  wb_finding small = {.size = 8};
  const wb_lint_options wrong = {.size = sizeof wrong, .language = "fr"};
  const wb_lint_options flags = {.size = sizeof flags, .flags = 64};
  assert_int_equal(texts_compile(here, "sms", "a", &compiled, &error), WB_OK);
  assert_int_equal(wb_template_lint(NULL, NULL, NULL, 0, &count, &error), WB_E_INVALID);
  assert_string_equal(error.message, "The template is missing.");
  assert_int_equal(wb_template_lint(compiled, &wrong, NULL, 0, &count, &error), WB_E_NAME);
  assert_int_equal(wb_template_lint(compiled, &flags, NULL, 0, &count, &error), WB_E_VERSION);
  assert_int_equal(wb_template_lint(compiled, NULL, &small, 1, &count, &error), WB_E_INVALID);
  assert_int_equal(wb_template_lint(compiled, NULL, NULL, 0, NULL, &error), WB_E_INVALID);
  assert_int_equal(count, 7);
  wb_template_unref(compiled);
}

static void what_goes_on_in_braces_is_one_with_what_stands_before(void **state) {
  static const struct {
    const char *text, *breaks;
  } cases[] = {
      {"https://book.example.com/{{ location.booking_url }}", ""},
      {"https://book.example.com/{{host.l2}}", ""},
      {"{{ location.booking_url | default: location.booking_url }}", ""},
      {"{% case host.count %}{% else %}x{% endcase %}", ""},
      {"a!!{{ host.l2 }}! b", ""},
      {"{% if host.count > 1 %}denturexx{% else %}gingivxx{% endif %}y",
       "clinical.treatment clinical.gums"},
      {"{% if host.count > 1 %}denturexx{% else %}dentures{% endif %}y",
       "clinical.treatment clinical.treatment"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *said = broken(*state, "sms", cases[i].text, WB_LINT_FRAGMENT);
    if (strcmp(said, cases[i].breaks) != 0) fail_msg("%s: %s", cases[i].text, said);
  }
}

/* A link that stands in quotes is whole. */
static void links_in_quotes_lead_to_the_practice(void **state) {
  static const char *const cases[][2] = {
      {"{{ host.l2 | default: 'https://book.example.com' }}", ""},
      {"{{ host.l2 | default: 'https://other.example.net' }}", "link.host"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    wb_finding findings[MOST] = {{0}};
    wb_template *compiled = NULL;
    assert_int_equal(texts_compile(*state, "sms", cases[i][0], &compiled, NULL), WB_OK);
    assert_string_equal(linted_template(compiled, &known, findings), cases[i][1]);
    wb_template_unref(compiled);
  }
}

/* What readers see together is found where it begins, on its line. */
static void marks_go_on_behind_a_comment(void **state) {
  static const char text[] = "a\nb!!{% comment %}\n{% endcomment %}! b";
  const wb_lint_options options = {.size = sizeof options, .flags = WB_LINT_FRAGMENT};
  wb_finding findings[MOST] = {{0}};
  wb_template *compiled = NULL;
  assert_int_equal(texts_compile(*state, "sms", text, &compiled, NULL), WB_OK);
  assert_string_equal(linted_template(compiled, &options, findings), "scam.marks");
  wb_template_unref(compiled);
  assert_int_equal(findings[0].line, 2);
  assert_int_equal(findings[0].column, 2);
  assert_int_equal(findings[0].length, strlen(text) - 5);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_part_is_said_in_all_branches_or_not_at_all),
      cmocka_unit_test(blocks_deeper_than_are_followed_are_read_all_the_same),
      cmocka_unit_test(more_phrases_than_are_walked_do_no_harm),
      cmocka_unit_test(what_a_lint_is_given_is_checked),
      cmocka_unit_test(what_goes_on_in_braces_is_one_with_what_stands_before),
      cmocka_unit_test(links_in_quotes_lead_to_the_practice),
      cmocka_unit_test(marks_go_on_behind_a_comment),
  };
  return cmocka_run_group_tests(tests, make_world, texts_drop);
}

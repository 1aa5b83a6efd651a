/* SPDX-License-Identifier: MIT */
/* Messages with Open Dental's tags become templates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "liquid/liquid_private.h"

static void assert_becomes(const char *text, const char *expected) {
  char out[512] = "";
  size_t length = 0;
  wb_error error = {.status = 0};
  const wb_status status = wb_template_import(text, strlen(text), out, sizeof out, &length, &error);
  if (status != WB_OK) print_error("%s: %s\n", text, error.message);
  assert_int_equal(status, WB_OK);
  assert_string_equal(out, expected);
  assert_int_equal(length, strlen(expected));
}

static void assert_refused(const char *text, wb_status status, uint32_t line, uint32_t column) {
  char out[64] = "untouched";
  size_t length = 7;
  wb_error error = {.status = 0};
  assert_int_equal(wb_template_import(text, strlen(text), out, sizeof out, &length, &error),
                   status);
  assert_int_equal(error.status, status);
  assert_int_equal(error.line, line);
  assert_int_equal(error.column, column);
  assert_true(error.message[0] != '\0');
  assert_string_equal(out, "untouched");
  assert_int_equal(length, 7);
}

static void tags_become_fields(void **state) {
  (void)state;
  assert_becomes("", "");
  assert_becomes("[NameF], your check-up is due on [DueDate].",
                 "{{ patient.name }}, your check-up is due on {{ recare.due | date_words }}.");
  assert_becomes("[namef][NAMEF]", "{{ patient.name }}{{ patient.name }}");
  assert_becomes("[ClinicName] [PracticeName]", "{{ location.name }} {{ practice.name }}");
  assert_becomes("[OfficePhone]", "{{ location.phone | phone }}");
  assert_becomes("[ClinicPhone]", "{{ location.phone | phone }}");
  assert_becomes("[PracticePhone]", "{{ location.phone | phone }}");
  assert_becomes("Book: [URL]", "Book: {{ message.link }}");
}

/* Family lists go over what the host says of the family: the names that may be told. */
static void family_lists_become_loops(void **state) {
  static const wb_field fields[] = {
      {.size = sizeof *fields,
       .name = "family",
       .type = WB_LIST,
       .element = WB_RECORD,
       .class_ = WB_CLASS_NAME,
       .most = 8},
      {.size = sizeof *fields, .name = "family.name", .type = WB_TEXT, .class_ = WB_CLASS_NAME},
      {.size = sizeof *fields, .name = "family.url", .type = WB_TEXT, .class_ = WB_CLASS_LINK}};
  static const char *const messages[] = {"Time to plan: [FamilyList].", "[familylisturls]"};
  const wb_template_options options = {.size = sizeof options, .channel = "email.text"};
  wb_schema *with = NULL, *without = NULL;
  (void)state;
  assert_becomes("[FamilyList]",
                 "{% for member in family %}{{ member.name }}{% unless forloop.last %}, "
                 "{% endunless %}{% endfor %}");
  assert_int_equal(wb_schema_new(NULL, fields, WBI_COUNT(fields), &with, NULL), WB_OK);
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &without, NULL), WB_OK);
  for (size_t i = 0; i < WBI_COUNT(messages); i++) {
    char text[256];
    size_t length = 0;
    wb_template *made = NULL;
    assert_int_equal(
        wb_template_import(messages[i], strlen(messages[i]), text, sizeof text, &length, NULL),
        WB_OK);
    assert_int_equal(wb_template_new(NULL, with, NULL, &options, text, length, &made, NULL), WB_OK);
    wb_template_unref(made);
    assert_int_equal(wb_template_new(NULL, without, NULL, &options, text, length, &made, NULL),
                     WB_E_NAME);
  }
  wb_schema_unref(with);
  wb_schema_unref(without);
}

static void what_is_no_tag_stays(void **state) {
  (void)state;
  assert_becomes("a [", "a [");
  assert_becomes("a [  ", "a [  ");
  assert_becomes("a\r\nb\rc\r", "a\nb\nc\n");
  assert_becomes("[] [1] [a b] [Name", "[] [1] [a b] [Name");
  assert_becomes("[Date of a visit] [x", "[Date of a visit] [x");
  assert_becomes("50% off", "50% off");
  assert_becomes("a\r\nb\rc\n", "a\nb\nc\n");
  assert_becomes("[abcdefghijklmnopqrstuvwxyzabcdefg]", "[abcdefghijklmnopqrstuvwxyzabcdefg]");
  assert_refused("[abcdefghijklmnopqrstuvwxyzabcdef]", WB_E_NAME, 1, 1);
}

static void what_no_message_may_have_is_refused(void **state) {
  (void)state;
  assert_refused("Hi\n [NameFL]", WB_E_POLICY, 2, 2);
  assert_refused("Hi [NameF", WB_E_SYNTAX, 1, 4);
  assert_refused("[ NameF ]", WB_E_SYNTAX, 1, 1);
  assert_refused("Hi [NameF, it's [OfficeName]", WB_E_SYNTAX, 1, 4);
  assert_refused("[NameF it's us\n[URL]", WB_E_SYNTAX, 1, 1);
  assert_refused("a [statementurl]", WB_E_POLICY, 1, 3);
  assert_refused("[ConfirmCode]", WB_E_POLICY, 1, 1);
  assert_refused("[StatementBalance]", WB_E_POLICY, 1, 1);
  assert_refused("Hi [Nickname]", WB_E_NAME, 1, 4);
  assert_refused("[NameF] [x]", WB_E_NAME, 1, 9);
  assert_refused("{{ patient.ssn }}", WB_E_POLICY, 1, 1);
  assert_refused("a\n {% if", WB_E_POLICY, 2, 2);
  assert_refused("}{%", WB_E_POLICY, 1, 1);
}

static wb_template *compiled(const char *text, size_t length) {
  wb_schema *schema = NULL;
  wb_policy *policy = NULL;
  wb_template *made = NULL;
  wb_error error = {.status = 0};
  const wb_template_options options = {.size = sizeof options, .channel = "email.text"};
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
  assert_int_equal(wb_policy_new(NULL, schema, NULL, 0, &policy, NULL), WB_OK);
  const wb_status status =
      wb_template_new(NULL, schema, policy, &options, text, length, &made, &error);
  if (status != WB_OK) print_error("%.*s: %s\n", (int)length, text, error.message);
  assert_int_equal(status, WB_OK);
  wb_policy_unref(policy);
  wb_schema_unref(schema);
  return made;
}

static void what_comes_out_compiles(void **state) {
  (void)state;
  static const char *const texts[] = {
      "[NameF] [DueDate] [URL] [ClinicName] [ClinicPhone] [PracticeName] [PracticePhone] "
      "[OfficeName] "
      "[OfficePhone] [ClinicAddress] [OfficeEmail]",
      "[Date] [Time] [ApptDate] [ApptTime]",
      "}} %} %}% { } {}",
      "{[NameF]} %[NameF]% }}[NameF]{",
  };
  for (size_t i = 0; i < WBI_COUNT(texts); i++) {
    char out[1024];
    size_t length = 0;
    assert_int_equal(wb_template_import(texts[i], strlen(texts[i]), out, sizeof out, &length, NULL),
                     WB_OK);
    wb_template *made = compiled(out, length);
    uint32_t field = 0;
    if (strstr(texts[i], "[") == NULL) {
      assert_int_equal(wb_template_get(made, 0, &field), WB_E_NAME);
    }
    wb_template_unref(made);
  }
}

static void the_space_is_measured(void **state) {
  (void)state;
  char out[32] = "untouched";
  size_t length = 0;
  assert_int_equal(wb_template_import("[NameF]", 7, NULL, 0, &length, NULL), WB_E_SPACE);
  assert_int_equal(length, 18);
  assert_int_equal(wb_template_import("[NameF]", 7, out, 17, &length, NULL), WB_E_SPACE);
  assert_string_equal(out, "untouched");
  assert_int_equal(wb_template_import("[NameF]", 7, out, 18, &length, NULL), WB_OK);
  assert_memory_equal(out, "{{ patient.name }}", 18);
  assert_int_equal(wb_template_import(NULL, 1, out, 18, &length, NULL), WB_E_INVALID);
  assert_int_equal(wb_template_import("a", 1, NULL, 18, &length, NULL), WB_E_INVALID);
  assert_int_equal(wb_template_import("a", 1, out, 18, NULL, NULL), WB_E_INVALID);
  assert_int_equal(wb_template_import(NULL, 0, NULL, 0, &length, NULL), WB_OK);
  assert_int_equal(length, 0);
  static char longest[WBI_LIQUID_LENGTH];
  memset(longest, 'a', sizeof longest);
  assert_int_equal(wb_template_import(longest, sizeof longest, NULL, 0, &length, NULL), WB_E_SPACE);
  assert_int_equal(length, sizeof longest);
  assert_int_equal(wb_template_import(out, WBI_LIQUID_LENGTH + 1, NULL, 0, &length, NULL),
                   WB_E_LIMIT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tags_become_fields),
      cmocka_unit_test(family_lists_become_loops),
      cmocka_unit_test(what_is_no_tag_stays),
      cmocka_unit_test(what_no_message_may_have_is_refused),
      cmocka_unit_test(what_comes_out_compiles),
      cmocka_unit_test(the_space_is_measured),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* The lint on numbers, links, placeholders and words that are nearly what it looks for. */
#include <stdio.h>

#include "support/linted.h"

/* Texts and the rules that they break, for a piece of an SMS, or of HTML. */
typedef struct near_case {
  const char *text, *breaks;
} near_case;

static void assert_cases(const near_case *cases, size_t count, const char *channel) {
  wb_lint_options options = known;
  options.channel = channel;
  for (size_t i = 0; i < count; i++) {
    wb_finding findings[MOST] = {{0}};
    const char *said = linted(cases[i].text, &options, findings);
    if (strcmp(said, cases[i].breaks) != 0) fail_msg("%s: %s", cases[i].text, said);
  }
}

static void numbers_have_the_groups_of_their_kind(void **state) {
  (void)state;
  static const near_case cases[] = {
      {"2125550199", "identifier.phone"},
      {"12125550199", "identifier.phone"},
      {"22125550199", "identifier.number"},
      {"212555019", "identifier.number"},
      {"555-0199", "identifier.phone"},
      {"555/0199", ""},
      {"123-45-6789", "identifier.ssn"},
      {"123.45.6789", "identifier.ssn"},
      {"123/45/6789", ""},
      {"123-45/6789", ""},
      {"12/24/2026", "identifier.date"},
      {"12-24-26", "identifier.date"},
      {"12.24.26", ""},
      {"12/24-26", ""},
      {"123/24/26", ""},
      {"12/245/26", ""},
      {"12/24/260", ""},
      {"2026-12-24", "identifier.date"},
      {"2026-123-24", ""},
      {"2026-12-245", ""},
      {"$123456", "financial.amount"},
      {"D2740", "clinical.code"},
      {"D-2740", "clinical.code"},
      {"D27401", ""},
      {"D2740x", ""},
  };
  assert_cases(cases, sizeof cases / sizeof *cases, "sms");
}

static void links_have_the_parts_of_links(void **state) {
  (void)state;
  static const near_case cases[] = {
      {"book.example.com/x", "link.bare"},
      {"www.example.com", "link.bare link.host"},
      {"wwww.example.dental", "link.bare link.host"},
      {"a.b", ""},
      {"a.b/", "link.bare link.host"},
      {"a.b?", ""},
      {".com", ""},
      {"com", ""},
      {"a.b1", ""},
      {"a_b.com", ""},
      {"https://book.example.com", ""},
      {"https://other.example.com/", "link.host"},
      {"https://book.example.com:80/", "link.host"},
      {"https://a@book.example.com/", "link.host"},
      {"http://book.example.com/", "link.insecure"},
      {"tps://book.example.com/", "link.insecure"},
      {"xhttps://book.example.com/", ""},
      {"https://.com/x", "link.host"},
      {"a.b:80", ""},
      {"book.example.com?x", "link.bare"},
  };
  assert_cases(cases, sizeof cases / sizeof *cases, "sms");
}

static void a_tag_of_a_link_has_a_blank_behind_its_name(void **state) {
  (void)state;
  static const near_case cases[] = {
      {"<a href=\"https://book.example.com/\">https://book.example.com/</a>", ""},
      {"<a\thref=\"https://book.example.com/\">https://example.com/</a>", "link.differs"},
      {"<a\nhref=\"https://book.example.com/\">https://example.com/</a>", "link.differs"},
      {"<a\rhref=\"https://book.example.com/\">https://example.com/</a>", "link.differs"},
      {"<abbr title=\"https://book.example.com/\">https://example.com/</abbr>", ""},
      {"<a href=\"https://www.book.example.com/\">https://book.example.com/</a>", "link.host"},
      {"x <a", ""},
  };
  assert_cases(cases, sizeof cases / sizeof *cases, "email.html");
}

static void placeholders_have_a_name_between_their_signs(void **state) {
  (void)state;
  static const near_case cases[] = {
      {"[NameF]", "placeholders"},
      {"[Name F]", "placeholders"},
      {"[Na]", ""},
      {"[Name", ""},
      {"[Name~]", ""},
      {"[abcdefghijabcdefghijabcdefghijabcdefghij]", "placeholders"},
      {"[abcdefghijabcdefghijabcdefghijabcdefghijk]", ""},
      {"%NAME%", "placeholders"},
      {"5%NAME%", ""},
      {"<<Name>>", "placeholders"},
      {"a [", ""},
  };
  assert_cases(cases, sizeof cases / sizeof *cases, "sms");
}

static void signs_break_or_join_words(void **state) {
  (void)state;
  static const near_case cases[] = {
      {"over due", "guilt.late"},
      {"over\xC2\xA0"
       "due",
       "guilt.late"},
      {"over\xE2\x80\x8B"
       "due",
       "guilt.late"},
      {"over, due", ""},
      {"over\n\ndue", ""},
      {"overdue\xE2\x80\x8D", "guilt.late"},
      {"overdue\xE4\xB8\x80", ""},
      {"overdue{", "guilt.late"},
      {"overdue5", ""},
      {"Example5 and humana5", ""},
      {"overdue 5", "guilt.late"},
      {"over \xC2\xAD due", "guilt.late"},
      {"AB CD", ""},
      {"VERY LOUD", "scam.capitals"},
      {"A VERY", ""},
      {"LOUDER", "scam.capitals"},
      {"LOUD", ""},
      {"VERY then LOUD", ""}, /* apart */
      {"STOP LOUDER", "scam.capitals"},
      {"LOU123", ""},
      {"12 LOUDER 34", "scam.capitals"},
      {"AB 12 CD 34 EF", ""},
      {"!!!", "scam.marks"},
      {"a!b!c!", ""},
      {"a!! !", ""},
      {"a!!\xC2\xAD!", ""},
      {"!!", ""},
  };
  assert_cases(cases, sizeof cases / sizeof *cases, "sms");
}

static void what_is_not_seen_ends_where_a_tag_begins(void **state) {
  (void)state;
  static const near_case cases[] = {
      {"over\xC2\xAD<b>due</b>", "guilt.late"},
      {"hu<img alt=\"mana\">", "financial.insurer"},
      {"hu<img alt=\" mana\">", ""},
      {"over\xC2\xAD<br>due", "guilt.late"},
      {"\xC2\xAD<p>x</p>", ""},
      {"<p class=\"https://a.example.zz/\">x</p>", "link.host"},
      {"<p class=\"https://a.example.zz/h\">x</p>", "link.host"},
  };
  assert_cases(cases, sizeof cases / sizeof *cases, "email.html");
}

static void a_byte_of_nothing_is_in_no_name(void **state) {
  (void)state;
  static const char text[] = "[Na\0me]";
  wb_finding findings[MOST] = {{.size = sizeof *findings}};
  uint32_t count = 1;
  assert_int_equal(wb_text_lint(text, sizeof text - 1, &known, findings, MOST, &count, NULL),
                   WB_OK);
  assert_int_equal(count, 0);
}

/* The longer of two names that begin alike is the practice's own. */
static void names_of_the_practice_may_begin_alike(void **state) {
  (void)state;
  static const char *const alike[] = {"OVERDUE SMILES DENTAL", "OVERDUE SMILES", "\xC2\xAD"};
  wb_lint_options options = known;
  wb_finding findings[MOST] = {{0}};
  options.names = alike;
  options.name_count = 3;
  assert_string_equal(linted("Hi from OVERDUE SMILES DENTAL", &options, findings), "");
  assert_string_equal(linted("Hi from OVERDUE SMILES TODAY", &options, findings), "");
  assert_string_equal(linted("Hi from OVERDUE TODAY", &options, findings),
                      "guilt.late scam.capitals");
}

static void names_of_the_practice_are_any_bytes(void **state) {
  (void)state;
  static const char *const odd[] = {"\xFF", "", "Oak.", ".", "Oak \xFF"};
  wb_lint_options options = known;
  wb_finding findings[MOST] = {{0}};
  options.names = odd;
  options.name_count = 5;
  options.allowed = odd;
  options.allowed_count = 5;
  assert_string_equal(linted("OAKS. is LOUDER", &options, findings), "scam.capitals");
  assert_string_equal(linted("Oak. and Oak are well", &options, findings), "");
}

static void options_out_of_their_bounds_are_refused(void **state) {
  (void)state;
  uint32_t count = 7;
  wb_error error = {.status = 0};
  static const char *const holed[] = {NULL};
  wb_lint_options options = known;
  options.channel = "email";
  assert_int_equal(wb_text_lint("a", 1, &options, NULL, 0, &count, &error), WB_E_NAME);
  assert_string_equal(error.message, "There is no channel email; did you mean email.text?");
  options.channel = "emails";
  assert_int_equal(wb_text_lint("a", 1, &options, NULL, 0, &count, &error), WB_E_NAME);
  assert_string_equal(error.message, "There is no channel emails.");
  options = known;
  options.message_class = -1;
  assert_int_equal(wb_text_lint("a", 1, &options, NULL, 0, &count, &error), WB_E_NAME);
  options = known;
  options.names = holed;
  options.name_count = 1;
  assert_int_equal(wb_text_lint("a", 1, &options, NULL, 0, &count, &error), WB_E_INVALID);
  const struct {
    uint32_t phones, hosts, allowed, banned;
  } counts[] = {{999, 0, 0, 0}, {0, 999, 0, 0}, {0, 0, 999, 0}, {0, 0, 0, 999}};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    options = known;
    options.phone_count = counts[i].phones;
    options.host_count = counts[i].hosts;
    options.allowed_count = counts[i].allowed;
    options.banned_count = counts[i].banned;
    assert_int_equal(wb_text_lint("a", 1, &options, NULL, 0, &count, &error), WB_E_LIMIT);
  }
  assert_int_equal(count, 7);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers_have_the_groups_of_their_kind),
      cmocka_unit_test(links_have_the_parts_of_links),
      cmocka_unit_test(a_tag_of_a_link_has_a_blank_behind_its_name),
      cmocka_unit_test(placeholders_have_a_name_between_their_signs),
      cmocka_unit_test(signs_break_or_join_words),
      cmocka_unit_test(what_is_not_seen_ends_where_a_tag_begins),
      cmocka_unit_test(a_byte_of_nothing_is_in_no_name),
      cmocka_unit_test(names_of_the_practice_may_begin_alike),
      cmocka_unit_test(names_of_the_practice_are_any_bytes),
      cmocka_unit_test(options_out_of_their_bounds_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

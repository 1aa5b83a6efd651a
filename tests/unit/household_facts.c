/* SPDX-License-Identifier: MIT */
/* Households in the dictionary. Each rule on both sides. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/base.h"
#include "support/asked.h"

#define PATIENT "patient:u|status:u|birth_date:tdD\na|active|1980-05-05\n"
#define FAMILY                                                                                     \
  "patient:u|status:u|birth_date:tdD|household:u|guarantor:u|confidential:b\n"                     \
  "a|active|1985-01-01|a||\n"                                                                      \
  "b|active|2008-01-31|a||\n"                                                                      \
  "c|active|2008-01-30|a||\n"                                                                      \
  "d|inactive|1950-01-01|a||\n"                                                                    \
  "e|active|1984-01-01|a||1\n"                                                                     \
  "f|active|1990-01-01|z|b|\n"                                                                     \
  "g|active|2015-01-01|||\n"

static wb_facts *family(void) {
  return asked_of((const char *const[][2]){
      {"patients", FAMILY},
      {"guardians", "patient:u|guardian:u|representative:b\nb|a|1\nc|a|1\nd|a|0\ng|a|1\n"},
      {"appointments", "patient:u|status:u|start:tdD\nc|scheduled|2026-01-30\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\n"
                     "a|D1110|completed|2025-12-01\nb|D1110|completed|2025-07-29\n"
                     "c|D1110|completed|2024-01-01\nd|D1110|completed|2024-01-01\n"
                     "e|D1110|completed|2024-01-01\n"},
      {NULL, NULL}});
}

static void members_share_the_key_and_stand_in_no_way_apart(void **state) {
  (void)state;
  wb_facts *facts = family();
  asked_items(facts, 0, "household.members", "a; b; c; d");
  asked_items(facts, 1, "household.members", "a; b; c; d");
  asked_items(facts, 4, "household.members", "e");
  asked_items(facts, 5, "household.members", "f");
  asked_items(facts, 6, "household.members", "g");
  asked_field(facts, 0, "household.size", "4");
  asked_field(facts, 4, "household.size", "1");
  wb_facts_free(facts);
}

static void members_are_counted_by_standing_and_age(void **state) {
  (void)state;
  wb_facts *facts = family();
  asked_field(facts, 0, "household.active", "3");
  asked_field(facts, 0, "household.inactive", "1");
  asked_field(facts, 0, "household.minors", "1");
  asked_at(facts, 0, "household.minors", "2026-01-29T14:00:00Z", "2");
  wb_facts_free(facts);
}

static void majority_is_that_of_the_place(void **state) {
  (void)state;
  static const char *const regions[][2] = {
      {"US-NY", "0"}, {"US-AL", "1"}, {"US-NE", "1"}, {"US-NV", "0"},  {"US", "0"},
      {"CA-ON", "0"}, {"CA-BC", "1"}, {"CA-YT", "1"}, {"GB-SCT", "0"}, {"AU-NSW", "0"},
      {"FR", "0"},    {"C", "0"},     {"", "0"}};
  for (size_t i = 0; i < WBI_COUNT(regions); ++i) {
    char locations[96];
    snprintf(locations, sizeof locations, "location:u|region:u\nl1|%s\n", regions[i][0]);
    wb_facts *facts = asked_of((const char *const[][2]){
        {"locations", locations},
        {"patients", "patient:u|status:u|birth_date:tdD|household:u\na|active|2007-01-31|a\n"
                     "b|active|2007-01-30|a\nc|active||a\n"},
        {NULL, NULL}});
    asked_field(facts, 0, "household.minors", regions[i][1]);
    wb_facts_free(facts);
  }
}

static void others_are_overdue_when_active_due_and_not_booked(void **state) {
  (void)state;
  wb_facts *facts = family();
  asked_field(facts, 0, "household.overdue_others", "1");
  asked_field(facts, 1, "household.overdue_others", "0");
  asked_at(facts, 0, "household.overdue_others", "2026-01-29T14:00:00Z", "0");
  asked_at(facts, 0, "household.overdue_others", "2026-01-31T14:00:00Z", "2");
  asked_field(facts, 0, "recare.last", "2025-12-01");
  wb_facts_free(facts);
}

static void the_guarantor_is_given_or_the_one_the_household_is_named_after(void **state) {
  (void)state;
  wb_facts *facts = family();
  asked_field(facts, 1, "household.guarantor", "a");
  asked_field(facts, 1, "household.is_guarantor", "false");
  asked_field(facts, 0, "household.is_guarantor", "true");
  asked_field(facts, 5, "household.guarantor", "b");
  asked_field(facts, 6, "household.guarantor", "unknown");
  asked_field(facts, 6, "household.is_guarantor", "unknown");
  wb_facts_free(facts);
  facts = asked_of((const char *const[][2]){
      {"patients", "patient:u|status:u|household:u\na|active|z\n"}, {NULL, NULL}});
  asked_field(facts, 0, "household.guarantor", "unknown");
  wb_facts_free(facts);
}

static void who_may_not_be_named_is_noted(void **state) {
  (void)state;
  wb_facts *facts = asked_of((const char *const[][2]){
      {"patients", "patient:u|status:u|first_name:u|birth_date:tdD|household:u|household_named:b\n"
                   "a|active|Ann|1980-01-01|h|\nb|active|Ben|1981-01-01|h|1\n"
                   "c|active|Cy|1980-01-01|k|\nd|active|Dan|1981-01-01|k|0\n"
                   "e|active|Eve|1980-01-01|m|\nf|active||1981-01-01|m|1\n"},
      {NULL, NULL}});
  static const char *const unnamed[] = {"false", "true", "true", "true", "true", "true"};
  for (size_t i = 0; i < WBI_COUNT(unnamed); ++i)
    asked_field(facts, i, "household.unnamed", unnamed[i]);
  asked_items(facts, 0, "household.named", "Ann; Ben");
  asked_items(facts, 2, "household.named", "Cy");
  wb_facts_free(facts);
}

static void a_member_who_cannot_be_read_is_an_error_of_all(void **state) {
  (void)state;
  wb_facts *facts = asked_of((const char *const[][2]){
      {"patients", "patient:u|status:u|birth_date:tss:|household:u\na|active||a\nb|gone||a\n"
                   "c|active|-99999999999999|c\nd|active||c\n"},
      {NULL, NULL}});
  asked_fails(facts, 0, "household.size", WB_E_TYPE, "patients.status");
  asked_fails(facts, 3, "household.size", WB_E_RANGE, "patients.birth_date");
  wb_facts_free(facts);
}

static void a_marked_representative_stands_for_minors_of_the_household(void **state) {
  (void)state;
  wb_facts *facts = family();
  asked_field(facts, 1, "household.guardian", "a");
  asked_field(facts, 3, "household.guardian", "null");
  asked_items(facts, 0, "household.represents", "b");
  asked_items(facts, 1, "household.represents", "");
  wb_facts_free(facts);
}

static void without_the_household_column_nothing_is_known(void **state) {
  (void)state;
  wb_facts *facts = asked_of((const char *const[][2]){{"patients", PATIENT}, {NULL, NULL}});
  asked_field(facts, 0, "household.size", "unknown");
  asked_field(facts, 0, "household.members", "unknown");
  asked_field(facts, 0, "household.overdue_others", "unknown");
  asked_field(facts, 0, "household.guardian", "null");
  wb_facts_free(facts);
}

static void a_key_that_everybody_has_is_no_household(void **state) {
  (void)state;
  for (size_t more = 0; more < 2; ++more) {
    enum { LINE = 24 };
    char *text = test_malloc(LINE * 1003);
    size_t at = (size_t)sprintf(text, "patient:u|status:u|household:u\n");
    for (size_t i = 0; i < 1000 + more; ++i)
      at += (size_t)sprintf(text + at, "p%u|active|0\n", (unsigned)i);
    wb_facts *facts = asked_of((const char *const[][2]){{"patients", text}, {NULL, NULL}});
    if (more)
      asked_fails(facts, 0, "household.size", WB_E_LIMIT, "patients.household");
    else
      asked_field(facts, 0, "household.size", "1000");
    wb_facts_free(facts);
    test_free(text);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(members_share_the_key_and_stand_in_no_way_apart),
      cmocka_unit_test(members_are_counted_by_standing_and_age),
      cmocka_unit_test(majority_is_that_of_the_place),
      cmocka_unit_test(others_are_overdue_when_active_due_and_not_booked),
      cmocka_unit_test(the_guarantor_is_given_or_the_one_the_household_is_named_after),
      cmocka_unit_test(who_may_not_be_named_is_noted),
      cmocka_unit_test(a_member_who_cannot_be_read_is_an_error_of_all),
      cmocka_unit_test(a_marked_representative_stands_for_minors_of_the_household),
      cmocka_unit_test(without_the_household_column_nothing_is_known),
      cmocka_unit_test(a_key_that_everybody_has_is_no_household),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

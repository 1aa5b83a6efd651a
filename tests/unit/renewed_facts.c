/* SPDX-License-Identifier: MIT */
/* A table that comes anew: nothing that was made of the old one is said any more. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "facts/facts_private.h"
#include "support/asked.h"
#include "support/tables.h"

enum { NOW = 1769781600 }; /* 2026-01-30T14:00:00Z */

/* Takes a table out, and adds another in its place if there is one. */
static void anew(wb_facts *facts, const char *name, const char *table) {
  assert_int_equal(wb_facts_renew(facts, NOW, name, NULL), WB_OK);
  if (table) assert_int_equal(table_add(facts, name, table, NULL), WB_OK);
}

static void what_patients_have_follows_them_to_other_rows(void **state) {
  (void)state;
  wb_facts *facts = asked_of((const char *const[][2]){
      {"patients", "patient:u|status:u|household:u\na|active|h\nb|active|h\nc|active|k\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\na|D1110|completed|2025-03-01\n"
                     "b|D1110|completed|2025-04-01\nb|D2740|planned|\n"},
      {"appointments", "patient:u|status:u|start:tdD\nb|scheduled|2026-02-01\n"},
      {NULL, NULL}});
  asked_field(facts, 0, "recare.last", "2025-03-01");
  asked_field(facts, 1, "visit.next", "2026-02-01");
  asked_field(facts, 1, "treatments", "1");
  asked_items(facts, 0, "household.members", "a; b");
  anew(facts, "patients", "patient:u|status:u|household:u\nb|active|k\na|active|h\nc|active|k\n");
  asked_field(facts, 0, "recare.last", "2025-04-01");
  asked_field(facts, 1, "recare.last", "2025-03-01");
  asked_field(facts, 0, "visit.next", "2026-02-01");
  asked_field(facts, 1, "visit.next", "null");
  asked_field(facts, 0, "treatments", "1");
  asked_items(facts, 0, "household.members", "b; c");
  wb_facts_free(facts);
}

static void a_locations_new_zone_gives_the_day(void **state) {
  (void)state;
  wb_facts *facts =
      asked_of((const char *const[][2]){{"patients", "patient:u|status:u|location:u\na|active|1\n"},
                                        {"locations", "location:u|zone:u\n1|America/New_York\n"},
                                        {NULL, NULL}});
  asked_at(facts, 0, "today", "2026-01-30T06:30:00Z", "2026-01-30");
  anew(facts, "locations", "location:u|zone:u\n1|America/Los_Angeles\n");
  asked_at(facts, 0, "today", "2026-01-30T06:30:00Z", "2026-01-29");
  asked_at(facts, 0, "today", "2026-01-30T08:00:00Z", "2026-01-30");
  wb_facts_free(facts);
}

static void what_the_host_gave_no_longer_is_derived_again(void **state) {
  (void)state;
  wb_facts *facts = asked_of((const char *const[][2]){
      {"patients", "patient:u|status:u|recare.last:tdD\na|active|2020-01-01\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\na|D1110|completed|2025-03-01\n"},
      {NULL, NULL}});
  asked_field(facts, 0, "recare.last", "2020-01-01");
  anew(facts, "patients", "patient:u|status:u\na|active\n");
  asked_field(facts, 0, "recare.last", "2025-03-01");
  wb_facts_free(facts);
}

static void what_the_new_limits_say_is_reckoned_with(void **state) {
  (void)state;
  wb_facts *facts = asked_of((const char *const[][2]){
      {"patients", "patient:u|status:u\na|active\n"},
      {"coverages", "patient:u|coverage:u|period:u|verified:tdD\na|c1|calendar|2026-01-20\n"},
      {"limits", "plan:u|limit:u|codes:u\nc1|1 per 6 months|D1110\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\na|D1110|completed|2025-12-01\n"},
      {NULL, NULL}});
  asked_field(facts, 0, "benefit.covered_hygiene", "2026-06-01");
  anew(facts, "limits", "plan:u|limit:u|codes:u\nc2|1 per year|D1110\nc1|1 per 3 months|D1110\n");
  asked_field(facts, 0, "benefit.covered_hygiene", "2026-03-01");
  anew(facts, "limits", NULL);
  asked_field(facts, 0, "benefit.covered_hygiene", "unknown");
  wb_facts_free(facts);
}

static void what_is_no_longer_there_is_unknown_again(void **state) {
  (void)state;
  static const char *const care[] = {"procedures", "treatments", "unfinished"};
  static const char *const family[] = {"household.members", "household.represents",
                                       "household.named", "household.size"};
  wb_facts *facts = asked_of((const char *const[][2]){
      {"patients", "patient:u|status:u|household:u\na|active|h\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\na|D3330|completed|2025-03-01\n"},
      {NULL, NULL}});
  for (size_t i = 0; i < WBI_COUNT(care); ++i)
    asked_known(facts, 0, care[i]);
  for (size_t i = 0; i < WBI_COUNT(family); ++i)
    asked_known(facts, 0, family[i]);
  anew(facts, "procedures", NULL);
  for (size_t i = 0; i < WBI_COUNT(care); ++i)
    asked_field(facts, 0, care[i], "unknown");
  anew(facts, "patients", "patient:u|status:u\na|active\n");
  for (size_t i = 0; i < WBI_COUNT(family); ++i)
    asked_field(facts, 0, family[i], "unknown");
  wb_facts_free(facts);
}

static void what_a_table_that_comes_later_says_counts_for_others(void **state) {
  (void)state;
  wb_facts *facts = asked_of((const char *const[][2]){
      {"patients", "patient:u|status:u\na|active\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\na|CLEAN|completed|2025-03-01\n"},
      {"recalls", "patient:u|kind:u\na|prophy\n"},
      {NULL, NULL}});
  asked_field(facts, 0, "recare.last", "null");
  assert_int_equal(table_add(facts, "codes", "code:u|standard:u\nCLEAN|D1110\n", NULL), WB_E_STATE);
  anew(facts, "recalls", "patient:u|kind:u\na|prophy\n");
  assert_int_equal(table_add(facts, "codes", "code:u|standard:u\nCLEAN|D1110\n", NULL), WB_OK);
  asked_field(facts, 0, "recare.last", "2025-03-01");
  wb_facts_free(facts);
}

static void whether_all_have_keys_is_seen_anew(void **state) {
  (void)state;
  wb_facts *facts = asked_of(
      (const char *const[][2]){{"patients", "patient:u|status:u\na|active\n"}, {NULL, NULL}});
  assert_true(wbi_view_begin(facts));
  anew(facts, "patients", "patient:u|status:u\na|active\n|active\n");
  assert_false(wbi_view_begin(facts));
  anew(facts, "patients", "patient:u|status:u\na|active\nb|active\n");
  assert_true(wbi_view_begin(facts));
  wb_facts_free(facts);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_patients_have_follows_them_to_other_rows),
      cmocka_unit_test(a_locations_new_zone_gives_the_day),
      cmocka_unit_test(what_the_host_gave_no_longer_is_derived_again),
      cmocka_unit_test(what_the_new_limits_say_is_reckoned_with),
      cmocka_unit_test(what_is_no_longer_there_is_unknown_again),
      cmocka_unit_test(what_a_table_that_comes_later_says_counts_for_others),
      cmocka_unit_test(whether_all_have_keys_is_seen_anew),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

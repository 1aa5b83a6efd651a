/* SPDX-License-Identifier: MIT */
/* Cells that cannot be what they should, each told with its column; and those that say no, or
   nothing, beside cells that say yes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"
#include "support/asked.h"
#include "support/tables.h"

#define ANA "patient:u|status:u|birth_date:tdD\na|active|1980-02-29\n"
#define TABLES (const char *const[][2])
#define NO_MORE                                                                                    \
  { NULL, NULL }

/* ---- what cannot be ----------------------------------------------------------------------------
 */

static void a_cell_that_cannot_be_is_told_with_its_column(void **state) {
  static const struct {
    const char *table, *text, *more, *more_text;
    const char *field;
    wb_status status;
    const char *path;
  } cases[] = {
      {"claims", "patient:u|coverage:u|status:u|paid:L|date:tdD\na|c|received|-1|2026-01-10\n",
       "coverages", "patient:u|coverage:u|period:u|maximum:l\na|c|calendar|100000\n",
       "benefit.used", WB_E_RANGE, "claims.paid"},
      {"claims",
       "patient:u|coverage:u|status:u|paid:l|estimated:L|date:tdD\na|c|received|1|-1|2026-01-10\n",
       "coverages", "patient:u|coverage:u|period:u|maximum:l\na|c|calendar|100000\n",
       "benefit.used", WB_E_RANGE, "claims.estimated"},
      {"coverages", "patient:u|coverage:u|period:u|maximum:L\na|c|calendar|-1\n", NULL, NULL,
       "benefit.active", WB_E_RANGE, "coverages.maximum"},
      {"claims",
       "patient:u|coverage:u|status:u|paid:l|date:tdD\n"
       "a|c|received|9223372036854775807|2025-01-10\na|c|received|9223372036854775807|2025-02-10\n",
       "coverages", "patient:u|coverage:u|period:u|maximum:l\na|c|calendar|100000\n",
       "benefit.max_used_last_period", WB_E_RANGE, "coverages.maximum"},
      {"coverages", "patient:u|coverage:u|period:u|months:l\na|c|rolling|120000\n", NULL, NULL,
       "benefit.active", WB_E_RANGE, "coverages.period"},
      {"appointments", "patient:u|status:u|start:tss:|appointment:u\na|x|1769850000|v\n",
       "procedures", "patient:u|code:u|status:u|appointment:u\na|D2740|planned|v\n", "treatments",
       WB_E_TYPE, "appointments.status"},
      {"appointments",
       "patient:u|status:u|start:tss:|appointment:u\na|scheduled|999999999999999|v\n", "procedures",
       "patient:u|code:u|status:u|appointment:u\na|D2740|planned|v\n", "treatments", WB_E_RANGE,
       "appointments.start"},
      {"appointments", "patient:u|status:u|start:tss:Z\na|scheduled|-62135596800\n", NULL, NULL,
       "visit.next", WB_E_RANGE, "appointments.start"},
      {"procedures", "patient:u|code:u|status:u|fee:L\na|D2740|planned|-1\n", NULL, NULL,
       "treatments", WB_E_RANGE, "procedures.fee"},
      {"procedures", "patient:u|code:u|status:u|surfaces:u\na|D2740|planned|\xFF\n", NULL, NULL,
       "treatments", WB_E_TYPE, "procedures.surfaces"},
      {"procedures", "patient:u|code:u|status:u|provider:u\na|D2740|planned|\xFF\n", NULL, NULL,
       "treatments", WB_E_TYPE, "procedures.provider"},
      {"practice", "name:u|crown:u\nExample|x\n", "procedures",
       "patient:u|code:u|status:u|date:tdD\na|D3330|completed|2025-08-31\n", "unfinished",
       WB_E_TYPE, "practice.crown"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\na||completed|2025-08-31\n", NULL, NULL,
       "visit.last", WB_E_TYPE, "procedures.code"},
      {"recalls", "patient:u|kind:u|interval:u\na|prophy|9000y\n", "procedures",
       "patient:u|code:u|status:u|date:tdD\na|D1110|completed|2025-08-31\n", "recare.due",
       WB_E_RANGE, "recare.due"},
      {"recalls", "patient:u|kind:u|interval:u\na|perio|x\na|prophy|6m\n", NULL, NULL,
       "recare.kind", WB_E_TYPE, "recalls.interval"},
      {"recalls", "patient:u|kind:u\na|x\n", NULL, NULL, "recare.disabled", WB_E_TYPE,
       "recalls.kind"},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    wb_facts *facts = asked_of(TABLES{{"patients", ANA},
                                      {cases[i].table, cases[i].text},
                                      {cases[i].more, cases[i].more_text},
                                      NO_MORE});
    asked_fails(facts, 0, cases[i].field, cases[i].status, cases[i].path);
    wb_facts_free(facts);
  }
}

static void a_procedure_without_day_and_code_says_nothing(void **state) {
  (void)state;
  wb_facts *facts = asked_of(
      TABLES{{"patients", ANA},
             {"procedures",
              "patient:u|code:u|status:u|date:tdD\na||completed|\na|D1110|completed|2025-08-31\n"},
             NO_MORE});
  asked_field(facts, 0, "visit.last", "2025-08-31");
  wb_facts_free(facts);
}

/* ---- benefits ----------------------------------------------------------------------------------
 */

static void the_last_period_is_that_of_plans_that_turn(void **state) {
  static const struct {
    const char *coverages, *used_last;
  } cases[] = {
      {"patient:u|coverage:u|period:u|maximum:l|verified:tdD\na|c|calendar|1000|2026-01-20\n",
       "true"},
      {"patient:u|coverage:u|period:u|months:l|maximum:l|verified:tdD\na|c|rolling|12|1000|2026-01-"
       "20\n",
       "unknown"},
      {"patient:u|coverage:u|period:u|maximum:l|verified:tdD\na|c|lifetime|1000|2026-01-20\n",
       "unknown"},
      {"patient:u|coverage:u|period:u|verified:tdD\na|c|calendar|2026-01-20\n", "unknown"},
  };
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    wb_facts *facts = asked_of(
        TABLES{{"patients", ANA},
               {"coverages", cases[i].coverages},
               {"claims", "patient:u|coverage:u|status:u|paid:l|date:tdD|apart:b\n"
                          "a|c|received|1000|2025-03-01|0\na|c|received|9999|2026-01-10|1\n"},
               NO_MORE});
    asked_field(facts, 0, "benefit.max_used_last_period", cases[i].used_last);
    wb_facts_free(facts);
  }
}

static void the_next_visit_of_a_child_is_covered_by_the_limits_of_its_plan(void **state) {
  (void)state;
  wb_facts *facts = asked_of(
      TABLES{{"patients", "patient:u|status:u|birth_date:tdD\na|active|2018-02-01\n"},
             {"coverages", "patient:u|coverage:u|period:u|terminates:tdD|verified:tdD\n"
                           "a|c|calendar||2026-01-20\na|old|calendar|2025-01-01|2026-01-20\n"},
             {"limits", "plan:u|limit:u|codes:u|level:l\n"
                        "c|1 per 6 months|D1120|-9223372036854775808\n"
                        "old|1 per 5 years|D1120|1\n"},
             {"procedures", "patient:u|code:u|status:u|date:tdD\na|D1120|completed|2025-12-01\n"},
             NO_MORE});
  asked_field(facts, 0, "benefit.covered_hygiene", "2026-06-01");
  wb_facts_free(facts);
}

/* Before the first year and after the last there is nothing to reckon with. */
static void at_the_ends_of_the_calendar_benefits_cannot_be_found(void **state) {
  (void)state;
  wb_facts *facts = asked_of(TABLES{
      {"patients", "patient:u|status:u\na|active\n"},
      {"coverages", "patient:u|coverage:u|period:u|month:l|maximum:l\na|c|plan_year|7|1000\n"},
      {"claims", "patient:u|coverage:u|status:u|paid:l|date:tdD\n"},
      {"limits", "plan:u|limit:u\nc|1 per 5 years\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\na|D1110|completed|9999-12-01\n"},
      NO_MORE});
  asked_fails_at(facts, 0, "benefit.max_used_last_period", "0001-08-01T14:00:00Z", WB_E_RANGE,
                 "coverages.maximum");
  wb_facts_free(facts);
  facts = asked_of(
      TABLES{{"patients", "patient:u|status:u\na|active\n"},
             {"coverages", "patient:u|coverage:u|period:u|verified:tdD\na|c|calendar|9999-12-20\n"},
             {"limits", "plan:u|limit:u\nc|1 per 5 years\n"},
             {"procedures", "patient:u|code:u|status:u|date:tdD\na|D0274|completed|9999-12-01\n"},
             NO_MORE});
  asked_fails_at(facts, 0, "benefit.covered_hygiene", "9999-12-30T14:00:00Z", WB_E_RANGE,
                 "limits.limit");
  wb_facts_free(facts);
}

/* ---- visits ------------------------------------------------------------------------------------
 */

static void visits_are_taken_by_what_they_say(void **state) {
  (void)state;
  wb_facts *facts = asked_of(
      TABLES{{"patients", ANA},
             {"appointments", "patient:u|status:u|start:tss:|appointment:u|asap:b|minutes:l\n"
                              "a|scheduled|1769853600|late|0|30\n" /* 10:00 on the 31st */
                              "a|scheduled|1769850000|early||40\n" /* 9:00 */
                              "a|scheduled||open|1|50\n"           /* nobody says when */
                              "a|scheduled|1769936400|later||20\n" /* 9:00 on the 1st of February */
                              "a|planned|999999999999999|far|1|60\n"
                              "a|planned|1769846400|plan|0|10\n" /* 8:00 on the 31st */
                              "a|scheduled|1769677200|past|1|70\n"
                              "a|completed|1769677200|seen|1|80\n"},
             {"procedures", "patient:u|code:u|status:u|appointment:u|preferred:b\n"
                            "a|D2740|planned||0\na|D2750|planned|early|1\n"},
             NO_MORE});
  asked_field(facts, 0, "visit.next_key", "early");
  asked_field(facts, 0, "visit.asap_minutes", "50");
  asked_field(facts, 0, "visit.last", "2026-01-29");
  asked_items(facts, 0, "treatments.code treatments.scheduled", "D2740 false; D2750 true");
  wb_facts_free(facts);
}

static void a_visit_without_a_key_holds_nothing(void **state) {
  (void)state;
  wb_facts *facts = asked_of(
      TABLES{{"patients", ANA},
             {"appointments", "patient:u|status:u|start:tss:|appointment:u\n"
                              "a|scheduled|1769853600|\na|scheduled|1769850000|v\n"},
             {"procedures", "patient:u|code:u|status:u|planned_appointment:u\na|D2740|planned|v\n"},
             NO_MORE});
  asked_items(facts, 0, "treatments.code treatments.scheduled", "D2740 true");
  wb_facts_free(facts);
}

/* Booked counts where the visit holds what moves the clock of recare. */
static void a_visit_is_a_booking_by_the_procedures_that_it_holds(void **state) {
  static const struct {
    const char *holds;
    bool booked;
  } cases[] = {{"v||D1110", true},
               {"|v|D1110", true},
               {"w|v|D1110", true},
               {"w|x|D1110", false},
               {"v||D2740", false}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    char procedures[200] =
        "patient:u|status:u|appointment:u|planned_appointment:u|code:u\na|planned|";
    const wb_facts_options options = {.size = sizeof options, .flags = WB_FACTS_BOOKED_TRIGGER};
    wb_moment moment = {.size = sizeof moment, .now = 1769763600};
    wb_value value = {.size = sizeof value};
    wb_schema *schema = NULL;
    wb_facts *facts = NULL;
    wb_zone *zone = NULL;
    uint32_t field = 0;
    strcat(strcat(procedures, cases[i].holds), "\n");
    assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
    assert_int_equal(wb_facts_new(NULL, schema, &options, &facts, NULL), WB_OK);
    assert_int_equal(wb_zone_new(NULL, "UTC", 3, &zone, NULL), WB_OK);
    moment.zone = zone;
    assert_int_equal(table_add(facts, "patients", ANA, NULL), WB_OK);
    assert_int_equal(table_add(facts, "procedures", procedures, NULL), WB_OK);
    assert_int_equal(
        table_add(facts, "appointments",
                  "patient:u|status:u|start:tss:|appointment:u\na|scheduled|1769850000|v\n", NULL),
        WB_OK);
    assert_int_equal(wb_schema_find(schema, "recare.booked", 13, &field), WB_OK);
    assert_int_equal(wb_facts_get(facts, 0, field, &moment, &value, NULL), WB_OK);
    assert_int_equal(value.integer, cases[i].booked);
    wb_facts_free(facts);
    wb_zone_unref(zone);
    wb_schema_unref(schema);
  }
}

/* ---- households --------------------------------------------------------------------------------
 */

static void whoever_stands_apart_is_in_no_household_wherever_they_come(void **state) {
  (void)state;
  wb_facts *facts = asked_of(
      TABLES{{"patients", "patient:u|status:u|household:u|confidential:b|birth_date:tdD|household_"
                          "named:b|first_name:u\n"
                          "a|active|h|1|1980-01-01|1|Ana\n"
                          "b|active|h|0|1981-01-01|1|Ben\n"
                          "c|active|h||1982-01-01|0|Cat\n"
                          "d|active|h|0||1|Dan\n"},
             {"appointments", "patient:u|status:u|start:tss:\nb|scheduled|1769850000\n"},
             {"procedures", "patient:u|code:u|status:u|date:tdD\nc|D1110|completed|2024-01-01\n"},
             NO_MORE});
  asked_field(facts, 0, "household.size", "1");
  asked_field(facts, 1, "household.size", "3");
  asked_items(facts, 1, "household.named", "Ben"); /* Cat has not agreed, Dan's age is not known */
  asked_items(facts, 2, "household.named", "Ben; Cat");
  asked_field(facts, 1, "household.overdue_others", "1");
  asked_field(facts, 2, "household.overdue_others", "0");
  wb_facts_free(facts);
}

static void what_the_others_of_a_household_say_must_be_readable(void **state) {
  static const char people[] = "patient:u|status:u|household:u\na|active|h\nb|active|h\n";
  (void)state;
  wb_facts *facts =
      asked_of(TABLES{{"patients", people},
                      {"appointments", "patient:u|status:u|start:tss:\nb|x|1769850000\n"},
                      NO_MORE});
  asked_field(facts, 0, "household.size", "2");
  asked_fails(facts, 0, "household.overdue_others", WB_E_TYPE, "appointments.status");
  asked_field(facts, 0, "household.size", "2");
  wb_facts_free(facts);
  facts = asked_of(TABLES{{"patients", people}, NO_MORE});
  asked_field(facts, 0, "household.overdue_others", "unknown");
  wb_facts_free(facts);
}

static void the_first_who_is_marked_stands_for_a_child(void **state) {
  (void)state;
  wb_facts *facts =
      asked_of(TABLES{{"patients", "patient:u|status:u|household:u|birth_date:tdD|first_name:u\n"
                                   "a|active|h|1980-01-01|Ana\nb|active|h|1981-01-01|Ben\n"
                                   "c|active|h|2015-01-01|Cat\n"},
                      {"guardians", "patient:u|guardian:u|representative:b\n"
                                    "c|a|0\nc|a|\nc||1\nc|b|1\nc|a|1\n"},
                      NO_MORE});
  asked_field(facts, 2, "household.guardian", "b");
  asked_items(facts, 1, "household.represents", "c");
  asked_items(facts, 0, "household.represents", "c");
  wb_facts_free(facts);
}

static void a_region_is_of_another_by_its_whole_parts(void **state) {
  static const struct {
    const char *locations, *minors;
  } cases[] = {{"location:u|region:u\n1|US-AL\n", "1"},
               {"location:u|region:u\n1|US-AL-01\n", "1"},
               {"location:u|region:u\n1|US-ALX\n", "0"},
               {"location:u|region:u\n1|US-NY\n", "0"}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    wb_facts *facts = asked_of(TABLES{
        {"locations", cases[i].locations},
        {"patients", "patient:u|status:u|household:u|birth_date:tdD\na|active|h|2007-06-01\n"},
        NO_MORE});
    asked_field(facts, 0, "household.minors", cases[i].minors);
    wb_facts_free(facts);
  }
}

static void what_a_family_owes_is_held_against_it_unless_it_is_known_to_be_less(void **state) {
  static const struct {
    const char *patients, *excluded;
  } cases[] = {{"patient:u|status:u|balance:l\na|active|100\n", "null"},
               {"patient:u|status:u|balance:l\na|active|101\n", "balance"},
               {"patient:u|status:u|balance:l\na|active|\n", "balance"},
               {"patient:u|status:u|balance:l|do_not_contact:b\na|active|1|0\n", "null"},
               {"patient:u|status:u|balance:l|do_not_contact:b\na|active|1|1\n", "do_not_contact"}};
  (void)state;
  for (size_t i = 0; i < WBI_COUNT(cases); ++i) {
    wb_facts *facts =
        asked_of(TABLES{{"patients", cases[i].patients},
                        {"recalls", "patient:u|kind:u|disabled_balance:l\na|prophy|100\n"},
                        NO_MORE});
    asked_field(facts, 0, "patient.excluded", cases[i].excluded);
    wb_facts_free(facts);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_cell_that_cannot_be_is_told_with_its_column),
      cmocka_unit_test(a_procedure_without_day_and_code_says_nothing),
      cmocka_unit_test(the_last_period_is_that_of_plans_that_turn),
      cmocka_unit_test(the_next_visit_of_a_child_is_covered_by_the_limits_of_its_plan),
      cmocka_unit_test(at_the_ends_of_the_calendar_benefits_cannot_be_found),
      cmocka_unit_test(visits_are_taken_by_what_they_say),
      cmocka_unit_test(a_visit_without_a_key_holds_nothing),
      cmocka_unit_test(a_visit_is_a_booking_by_the_procedures_that_it_holds),
      cmocka_unit_test(whoever_stands_apart_is_in_no_household_wherever_they_come),
      cmocka_unit_test(what_the_others_of_a_household_say_must_be_readable),
      cmocka_unit_test(the_first_who_is_marked_stands_for_a_child),
      cmocka_unit_test(a_region_is_of_another_by_its_whole_parts),
      cmocka_unit_test(what_a_family_owes_is_held_against_it_unless_it_is_known_to_be_less),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

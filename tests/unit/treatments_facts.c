/* SPDX-License-Identifier: MIT */
/* Lists of the dictionary about care: procedures, treatments, unfinished. Each rule on both sides.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"
#include "support/asked.h"

#define PATIENT "patient:u|status:u\na|active\n"
#define PROCEDURES                                                                                 \
  "patient:u|code:u|status:u|date:tdD|appointment:u|planned_appointment:u|tooth:u|area:u|"         \
  "surfaces:u|fee:l|provider:u|diagnosed:tdD|alternative:u|preferred:b|restricted:b|unpaid:b\n"
#define VISITS "patient:u|status:u|start:tdD|appointment:u\n"

/* Facts of one patient with procedures and appointments. */
static wb_facts *charted(const char *procedures, const char *appointments) {
  return asked_of((const char *const[][2]){{"patients", PATIENT},
                                           {"procedures", procedures},
                                           {"appointments", appointments},
                                           {NULL, NULL}});
}

static void a_treatment_says_what_is_planned_where_since_when_and_for_how_much(void **state) {
  (void)state;
  wb_facts *facts = charted(PROCEDURES "a|D2740|planned||||30|||138000|dr1|2025-10-30||||\n"
                                       "a|D4341|planned|||||UL||28500||2025-01-29||||\n"
                                       "a|D0120|planned|||||||||||||\n",
                            VISITS);
  asked_field(facts, 0, "treatments", "3");
  asked_items(facts, 0, "treatments.code treatments.group treatments.tooth treatments.quadrant",
              "D2740 crown 30 LR; D4341 srp_quad null UL; D0120 exam_periodic null null");
  asked_items(facts, 0, "treatments.fee treatments.provider treatments.diagnosed",
              "138000 dr1 2025-10-30; 28500 unknown 2025-01-29; unknown unknown null");
  asked_items(facts, 0, "treatments.open treatments.months treatments.age",
              "true 3 fresh; true 12 reexamine; true null reexamine");
  wb_facts_free(facts);
}

static void a_plan_is_fresh_to_12_months_and_history_past_24(void **state) {
  (void)state;
  wb_facts *facts = charted(PROCEDURES "a|D2740|planned||||2|||||2025-01-30||||\n"
                                       "a|D2740|planned||||3|||||2025-01-29||||\n"
                                       "a|D2740|planned||||4|||||2024-01-30||||\n"
                                       "a|D2740|planned||||5|||||2024-01-29||||\n"
                                       "a|D2740|planned||||6|||||2026-01-30||||\n",
                            VISITS);
  asked_items(facts, 0, "treatments.months treatments.age",
              "12 fresh; 12 reexamine; 24 reexamine; 24 history; 0 fresh");
  wb_facts_free(facts);
}

static void a_treatment_is_scheduled_by_a_visit_of_today_or_later(void **state) {
  (void)state;
  wb_facts *facts = charted(PROCEDURES "a|D2740|planned||v1||2|||||||||\n"
                                       "a|D2740|planned||v2||3|||||||||\n"
                                       "a|D2740|planned||v3||4|||||||||\n"
                                       "a|D2740|planned|||v1|5|||||||||\n"
                                       "a|D2740|planned|2026-03-01|v2|v1|6|||||||||\n"
                                       "a|D2740|planned||none||7|||||||||\n",
                            VISITS "a|scheduled|2026-01-30|v1\n"
                                   "a|scheduled|2026-01-29|v2\n"
                                   "a|broken|2026-02-05|v3\n");
  asked_items(facts, 0, "treatments.scheduled treatments.open",
              "true false; false true; false true; true false; true false; false true");
  wb_facts_free(facts);
}

static void a_treatment_is_superseded_by_what_was_done_at_its_place_since(void **state) {
  (void)state;
  wb_facts *facts = charted(PROCEDURES "a|D2392|planned||||2|||||2025-06-01||||\n"
                                       "a|D2740|completed|2025-06-02|||2|||||||||\n"
                                       "a|D2392|planned||||3|||||2025-06-01||||\n"
                                       "a|D2740|completed|2025-06-01|||3|||||||||\n"
                                       "a|D2740|planned||||5|||||2025-06-01||||\n"
                                       "a|D7140|existing|2026-01-30|||5|||||||||\n"
                                       "a|D2740|planned||||6|||||2025-06-01||||\n"
                                       "a|D7140|completed|2026-01-31|||6|||||||||\n",
                            VISITS);
  asked_items(facts, 0, "treatments.tooth treatments.superseded",
              "2 true; 3 false; 5 true; 6 false");
  wb_facts_free(facts);
}

static void of_alternatives_only_the_preferred_one_is_open(void **state) {
  (void)state;
  wb_facts *facts = charted(PROCEDURES "a|D6010|planned||||8|||||2025-06-01|x|1||\n"
                                       "a|D5211|planned|||||U||||2025-06-01|x|0||\n"
                                       "a|D2740|planned||||3|||||2025-06-01|y|||\n",
                            VISITS);
  asked_items(facts, 0, "treatments.code treatments.open", "D6010 true; D5211 false; D2740 true");
  wb_facts_free(facts);
}

static void only_what_is_actively_planned_is_a_treatment(void **state) {
  (void)state;
  wb_facts *facts = charted(PROCEDURES "a|D2740|deleted||||2|||||||||\n"
                                       "a|D2740|declined||||3|||||||||\n"
                                       "a|D2740|referred||||4|||||||||\n"
                                       "a|D2740|inactive||||5|||||||||\n"
                                       "a|D2740|other||||6|||||||||\n"
                                       "a|D2740|completed|2025-06-01|||7|||||||||\n"
                                       "a|D9986|planned|||||||||||||\n"
                                       "a|D2740|planned||||9|||||||||\n",
                            VISITS);
  asked_items(facts, 0, "treatments.tooth", "9");
  wb_facts_free(facts);
}

static void what_is_restricted_is_as_if_it_were_not_there(void **state) {
  (void)state;
  wb_facts *facts = charted(PROCEDURES "a|D2740|planned||||2||||||||1|\n"
                                       "a|D1110|completed|2026-01-05|||||||||||1|\n"
                                       "a|D3330|completed|2025-06-01|||30||||||||1|\n"
                                       "a|D1110|completed|2025-06-05|||||||||||0|\n",
                            VISITS);
  asked_items(facts, 0, "procedures.date", "2025-06-05");
  asked_field(facts, 0, "treatments", "0");
  asked_field(facts, 0, "unfinished", "0");
  asked_field(facts, 0, "recare.last", "2025-06-05");
  asked_field(facts, 0, "visit.last", "2025-06-05");
  assert_int_equal(wb_facts_orphans(facts), 0);
  wb_facts_free(facts);
}

static void procedures_are_those_that_exist_today(void **state) {
  (void)state;
  wb_facts *facts = charted(PROCEDURES "a|D1110|completed|2026-01-30||||||10800|dr1|||||\n"
                                       "a|D1110|completed|2026-01-31||||||||||||\n"
                                       "a|D1110|existing|2026-02-01||||||||||||\n"
                                       "a|D2740|deleted|2025-01-01||||||||||||\n"
                                       "a|D2140|existing|||||||||||||\n"
                                       "a|D2740|planned|2026-03-01|v1|p1|A||O|||||||\n"
                                       "a|X100|declined|||||01||||||||\n",
                            VISITS);
  asked_items(facts, 0, "procedures.code procedures.status procedures.date procedures.group",
              "D1110 completed 2026-01-30 prophy_adult; D2140 existing null fill_amalgam; "
              "D2740 planned 2026-03-01 crown; X100 declined null null");
  asked_items(facts, 0,
              "procedures.tooth procedures.area procedures.surfaces procedures.fee "
              "procedures.provider procedures.appointment procedures.planned_appointment",
              "null null null 10800 dr1 null null; null null null unknown unknown null null; "
              "A null O unknown unknown v1 p1; null 01 null unknown unknown null null");
  wb_facts_free(facts);
}

static void what_was_begun_is_unfinished_from_the_day_its_wait_is_over(void **state) {
  (void)state;
  wb_facts *facts = charted(PROCEDURES "a|D3330|completed|2025-12-31|||30|||||||||\n"
                                       "a|D2950|completed|2025-12-17|||3|||||||||\n",
                            VISITS);
  asked_items(facts, 0,
              "unfinished.kind unfinished.tooth unfinished.started unfinished.since "
              "unfinished.instead unfinished.quadrant",
              "endo_uncrowned 30 2025-12-31 2026-01-30 false LR");
  asked_at(facts, 0, "unfinished", "2026-01-31T14:00:00Z", "2");
  asked_at(facts, 0, "unfinished", "2026-01-29T14:00:00Z", "0");
  asked_items(facts, 0, "unfinished.needs", "crown or filling over a root canal");
  wb_facts_free(facts);
}

static void quarters_that_are_left_are_named(void **state) {
  (void)state;
  wb_facts *facts = charted(PROCEDURES "a|D4341|completed|2025-12-01||||UR||||||||\n"
                                       "a|D4341|planned|||||UL||||||||\n"
                                       "a|D4341|planned|||||LL||||||||\n",
                            VISITS);
  asked_items(facts, 0, "unfinished.kind unfinished.quadrant", "srp_partial UL, LL");
  wb_facts_free(facts);
}

static void the_practices_own_codes_mean_what_it_says(void **state) {
  (void)state;
  wb_facts *facts = asked_of((const char *const[][2]){
      {"patients", PATIENT},
      {"codes", "code:u|standard:u|group:u|from:tdD|until:tdD\n"
                "CLEAN|D1110|||\nSTEP||denture_step||\nSPECIAL||house special||\n"
                "D2740||other things|2026-01-01|\nNOTHING|D9999|||\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\n"
                     "a|clean|completed|2025-06-05\na|STEP|completed|2025-11-01\n"
                     "a|SPECIAL|planned|\na|D2740|completed|2025-12-31\n"
                     "a|D2740|completed|2026-01-01\na|NOTHING|planned|\na|D2392|planned|\n"},
      {NULL, NULL}});
  asked_field(facts, 0, "recare.last", "2025-06-05");
  asked_items(facts, 0, "procedures.code procedures.group",
              "clean prophy_adult; STEP denture_step; SPECIAL house special; D2740 crown; "
              "D2740 other things; NOTHING null; D2392 fill_comp_post");
  asked_items(facts, 0, "treatments.group treatments.words",
              "house special null; null null; fill_comp_post back tooth-coloured filling 1/2/3/4+ "
              "surfaces");
  asked_items(facts, 0, "unfinished.kind", "denture_steps");
  wb_facts_free(facts);
}

static void a_date_of_a_code_that_cannot_be_is_an_error(void **state) {
  (void)state;
  wb_facts *facts = asked_of((const char *const[][2]){
      {"patients", PATIENT}, {"codes", "code:u|from:tss:\nX|-99999999999999\n"}, {NULL, NULL}});
  asked_fails(facts, 0, "recare.last", WB_E_RANGE, "codes.from");
  wb_facts_free(facts);
}

static void the_practice_says_when_a_crown_is_complete(void **state) {
  (void)state;
  static const char procedures[] = PROCEDURES "a|D2740|completed|2025-10-01|||30|||||||||\n";
  wb_facts *seat = charted(procedures, VISITS);
  asked_field(seat, 0, "unfinished", "0");
  wb_facts_free(seat);
  wb_facts *prep = asked_of((const char *const[][2]){{"practice", "name:u|crown:u\nP|prep\n"},
                                                     {"patients", PATIENT},
                                                     {"procedures", procedures},
                                                     {NULL, NULL}});
  asked_items(prep, 0, "unfinished.kind", "crown_prep_no_seat");
  wb_facts_free(prep);
}

static void without_procedures_the_lists_are_unknown(void **state) {
  (void)state;
  wb_facts *facts = asked_of((const char *const[][2]){{"patients", PATIENT}, {NULL, NULL}});
  asked_field(facts, 0, "procedures", "unknown");
  asked_field(facts, 0, "treatments", "unknown");
  asked_field(facts, 0, "unfinished", "unknown");
  wb_facts_free(facts);
}

static void a_place_that_cannot_be_read_is_an_error_of_its_patient(void **state) {
  (void)state;
  wb_facts *facts = asked_of((const char *const[][2]){
      {"patients", "patient:u|status:u\na|active\nb|active\nc|active\nd|active\n"},
      {"procedures", "patient:u|code:u|status:u|tooth:u|area:u\n"
                     "a|D2740|planned|33|\n"
                     "b|D2740|planned||XX\n"
                     "c|D2740|planned|1|\n"},
      {NULL, NULL}});
  asked_fails(facts, 0, "treatments", WB_E_TYPE, "procedures.tooth");
  asked_fails(facts, 1, "treatments", WB_E_TYPE, "procedures.area");
  asked_field(facts, 2, "treatments", "1");
  asked_field(facts, 3, "treatments", "0");
  wb_facts_free(facts);
}

static void a_day_that_cannot_be_is_an_error_of_its_patient(void **state) {
  (void)state;
  wb_facts *facts = asked_of(
      (const char *const[][2]){{"patients", "patient:u|status:u\na|active\nb|active\nc|active\n"},
                               {"procedures", "patient:u|code:u|status:u|date:tss:|diagnosed:tss:\n"
                                              "a|D2740|planned||-99999999999999\n"
                                              "b|D2740|completed|-99999999999999|\n"
                                              "c|D2740|planned||1735689600\n"},
                               {NULL, NULL}});
  asked_fails(facts, 0, "treatments", WB_E_RANGE, "procedures.diagnosed");
  asked_fails(facts, 1, "treatments", WB_E_RANGE, "procedures.date");
  asked_items(facts, 2, "treatments.diagnosed", "2025-01-01");
  wb_facts_free(facts);
}

static void lists_follow_the_row_and_the_day(void **state) {
  (void)state;
  wb_facts *facts = asked_of((const char *const[][2]){
      {"patients", "patient:u|status:u\na|active\nb|active\n"},
      {"procedures", PROCEDURES "b|D2740|planned||||2|||||||||\n"
                                "a|D1110|completed|2026-01-30||||||||||||\n"
                                "b|D2740|planned||||3|||||||||\n"},
      {NULL, NULL}});
  asked_field(facts, 0, "treatments", "0");
  asked_field(facts, 1, "treatments", "2");
  asked_field(facts, 0, "procedures", "1");
  asked_at(facts, 0, "procedures", "2026-01-29T14:00:00Z", "0");
  asked_field(facts, 1, "procedures", "2");
  wb_facts_free(facts);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_treatment_says_what_is_planned_where_since_when_and_for_how_much),
      cmocka_unit_test(a_plan_is_fresh_to_12_months_and_history_past_24),
      cmocka_unit_test(a_treatment_is_scheduled_by_a_visit_of_today_or_later),
      cmocka_unit_test(a_treatment_is_superseded_by_what_was_done_at_its_place_since),
      cmocka_unit_test(of_alternatives_only_the_preferred_one_is_open),
      cmocka_unit_test(only_what_is_actively_planned_is_a_treatment),
      cmocka_unit_test(what_is_restricted_is_as_if_it_were_not_there),
      cmocka_unit_test(procedures_are_those_that_exist_today),
      cmocka_unit_test(what_was_begun_is_unfinished_from_the_day_its_wait_is_over),
      cmocka_unit_test(quarters_that_are_left_are_named),
      cmocka_unit_test(the_practices_own_codes_mean_what_it_says),
      cmocka_unit_test(a_date_of_a_code_that_cannot_be_is_an_error),
      cmocka_unit_test(the_practice_says_when_a_crown_is_complete),
      cmocka_unit_test(without_procedures_the_lists_are_unknown),
      cmocka_unit_test(a_place_that_cannot_be_read_is_an_error_of_its_patient),
      cmocka_unit_test(a_day_that_cannot_be_is_an_error_of_its_patient),
      cmocka_unit_test(lists_follow_the_row_and_the_day),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

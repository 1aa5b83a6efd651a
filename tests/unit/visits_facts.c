/* SPDX-License-Identifier: MIT */
/* Visits of the dictionary, openings, and standing exclusions. Each rule on both sides. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/base.h"
#include "support/asked.h"

#define PATIENT "patient:u|status:u\na|active\n"
#define VISITS                                                                                     \
  "patient:u|status:u|start:tss:|appointment:u|minutes:l|provider:u|location:u|hygiene:b|"         \
  "confirmed:b|asap:b\n"
/* Clock times: seconds of 2026-01-30 09:00, and days before and after. */
#define JAN_31 "1769850000"
#define JAN_30 "1769763600"
#define JAN_29 "1769677200"
#define JAN_16 "1768554000"
#define JAN_15 "1768467600"

/* Facts of one patient with appointments. */
static wb_facts *visited(const char *appointments) {
  return asked_of((const char *const[][2]){
      {"patients", PATIENT}, {"appointments", appointments}, {NULL, NULL}});
}

static void the_next_visit_is_described(void **state) {
  (void)state;
  wb_facts *facts = visited(VISITS "a|scheduled|" JAN_31 "|v2|90|dr2|l2|0|0|\n"
                                   "a|scheduled|" JAN_30 "|v1|60|dr1|l1|1|1|\n");
  asked_field(facts, 0, "visit.next", "2026-01-30");
  asked_field(facts, 0, "visit.next_key", "v1");
  asked_field(facts, 0, "visit.next_minutes", "60");
  asked_field(facts, 0, "visit.next_provider", "dr1");
  asked_field(facts, 0, "visit.next_location", "l1");
  asked_field(facts, 0, "visit.next_hygiene", "true");
  asked_field(facts, 0, "visit.next_confirmed", "true");
  asked_at(facts, 0, "visit.next_key", "2026-01-31T14:00:00Z", "v2");
  asked_at(facts, 0, "visit.next_confirmed", "2026-01-31T14:00:00Z", "false");
  asked_at(facts, 0, "visit.next_key", "2026-02-01T14:00:00Z", "null");
  asked_items(facts, 0, "appointments.appointment appointments.status appointments.date",
              "v2 scheduled 2026-01-31; v1 scheduled 2026-01-30");
  asked_items(facts, 0,
              "appointments.start appointments.minutes appointments.provider "
              "appointments.location appointments.hygiene appointments.confirmed",
              "2026-01-31T14:00:00Z 90 dr2 l2 false false; "
              "2026-01-30T14:00:00Z 60 dr1 l1 true true");
  wb_facts_free(facts);
}

static void an_appointment_of_a_day_has_no_time(void **state) {
  (void)state;
  wb_facts *facts = visited("patient:u|status:u|start:tdD\na|planned|\na|completed|2026-01-05\n");
  asked_items(facts, 0, "appointments.status appointments.date appointments.start",
              "planned null null; completed 2026-01-05 null");
  wb_facts_free(facts);
}

static void a_visit_is_recent_for_14_days(void **state) {
  (void)state;
  wb_facts *seen = visited(VISITS "a|completed|" JAN_16 "|||||||\n");
  asked_field(seen, 0, "visit.seen_14d", "true");
  asked_at(seen, 0, "visit.seen_14d", "2026-01-31T14:00:00Z", "false");
  asked_field(seen, 0, "visit.cancelled_14d", "false");
  wb_facts_free(seen);
  wb_facts *broken = visited(VISITS "a|cancelled|" JAN_15 "|||||||\n");
  asked_field(broken, 0, "visit.cancelled_14d", "false");
  asked_at(broken, 0, "visit.cancelled_14d", "2026-01-29T14:00:00Z", "true");
  asked_field(broken, 0, "visit.seen_14d", "false");
  wb_facts_free(broken);
}

static void missed_and_cancelled_visits_are_broken(void **state) {
  (void)state;
  wb_facts *facts = visited(VISITS "a|missed|" JAN_29 "|||||||\n"
                                   "a|cancelled|" JAN_16 "|||||||\n"
                                   "a|broken|" JAN_15 "|||||||\n"
                                   "a|missed|" JAN_31 "|||||||\n");
  asked_field(facts, 0, "visit.broken_12m", "3");
  asked_field(facts, 0, "visit.missed_12m", "1");
  asked_field(facts, 0, "visit.last_broken", "2026-01-29");
  asked_field(facts, 0, "visit.repeat_broken", "true");
  asked_at(facts, 0, "visit.repeat_broken", "2026-01-15T14:00:00Z", "false");
  wb_facts_free(facts);
}

static void a_broken_visit_is_open_until_seen_or_booked(void **state) {
  (void)state;
  wb_facts *open = visited(VISITS "a|completed|" JAN_15 "|||||||\na|broken|" JAN_16 "|||||||\n");
  asked_field(open, 0, "visit.broken_open", "true");
  wb_facts_free(open);
  wb_facts *same = visited(VISITS "a|completed|" JAN_16 "|||||||\na|broken|" JAN_16 "|||||||\n");
  asked_field(same, 0, "visit.broken_open", "true");
  wb_facts_free(same);
  wb_facts *seen = visited(VISITS "a|completed|" JAN_16 "|||||||\na|broken|" JAN_15 "|||||||\n");
  asked_field(seen, 0, "visit.broken_open", "false");
  wb_facts_free(seen);
  wb_facts *booked = visited(VISITS "a|broken|" JAN_16 "|||||||\na|scheduled|" JAN_30 "|||||||\n");
  asked_field(booked, 0, "visit.broken_open", "false");
  wb_facts_free(booked);
}

static void months_since_the_last_exam_are_whole(void **state) {
  (void)state;
  wb_facts *facts = asked_of((const char *const[][2]){
      {"patients", "patient:u|status:u\na|active\nb|active\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\n"
                     "a|D0120|completed|2025-01-31\nb|D0140|completed|2025-01-30\n"},
      {NULL, NULL}});
  asked_field(facts, 0, "visit.exam_months", "11");
  asked_at(facts, 0, "visit.exam_months", "2026-01-31T14:00:00Z", "12");
  asked_field(facts, 1, "visit.exam_months", "null");
  wb_facts_free(facts);
}

static void the_short_notice_list_is_an_appointment_or_the_recall(void **state) {
  (void)state;
  wb_facts *facts = asked_of((const char *const[][2]){
      {"patients", "patient:u|status:u\na|active\nb|active\nc|active\nd|active\ne|active\n"},
      {"appointments", "patient:u|status:u|start:tdD|minutes:l|asap:b\n"
                       "a|scheduled|2026-01-30|60|1\nb|scheduled|2026-01-29|60|1\n"
                       "c|other||90|1\nd|completed|2026-01-02|60|1\n"},
      {"recalls", "patient:u|kind:u|asap:b\ne|prophy|1\nd|prophy|0\n"},
      {NULL, NULL}});
  static const char *const wanted[][2] = {
      {"true", "60"}, {"false", "null"}, {"true", "90"}, {"false", "null"}, {"true", "null"}};
  for (uint32_t i = 0; i < WBI_COUNT(wanted); ++i) {
    asked_field(facts, i, "visit.asap", wanted[i][0]);
    asked_field(facts, i, "visit.asap_minutes", wanted[i][1]);
  }
  asked_field(facts, 4, "recare.asap", "true");
  asked_field(facts, 0, "recare.asap", "null");
  wb_facts_free(facts);
}

static void openings_are_those_still_ahead(void **state) {
  (void)state;
  wb_facts *facts = asked_of((const char *const[][2]){
      {"patients", PATIENT},
      {"openings", "opening:u|start:tss:|minutes:l|location:u|provider:u|hygiene:b\n"
                   "o1|" JAN_30 "|60|l1|dr1|1\no2|" JAN_31 "|90|||\no3|" JAN_29 "|30|||\n"},
      {NULL, NULL}});
  asked_items(facts, 0, "openings.opening openings.start openings.date openings.minutes",
              "o1 2026-01-30T14:00:00Z 2026-01-30 60; o2 2026-01-31T14:00:00Z 2026-01-31 90");
  asked_items(facts, 0, "openings.location openings.provider openings.hygiene",
              "l1 dr1 true; unknown unknown unknown");
  asked_at(facts, 0, "openings", "2026-01-30T14:00:01Z", "1");
  asked_at(facts, 0, "openings", "2026-01-30T14:00:00Z", "2");
  wb_facts_free(facts);
}

static void the_clock_is_that_of_the_location(void **state) {
  (void)state;
  wb_facts *facts = asked_of((const char *const[][2]){
      {"patients", "patient:u|status:u|location:u\na|active|l1\n"},
      {"locations", "location:u|zone:u\nl1|America/New_York\nl2|America/Chicago\n"},
      {"openings", "opening:u|start:tss:|location:u\n"
                   "o1|" JAN_31 "|l1\no2|" JAN_31 "|l2\no3|" JAN_31 "|\no4|" JAN_31 "|l9\n"},
      {"appointments", VISITS "a|scheduled|" JAN_31 "|v1|||l2|||\n"},
      {NULL, NULL}});
  asked_items(facts, 0, "openings.start",
              "2026-01-31T14:00:00Z; 2026-01-31T15:00:00Z; 2026-01-31T14:00:00Z; "
              "2026-01-31T14:00:00Z");
  asked_items(facts, 0, "appointments.start", "2026-01-31T15:00:00Z");
  asked_field(facts, 0, "visit.next_time", "2026-01-31T15:00:00Z");
  wb_facts_free(facts);
}

static void without_their_tables_nothing_is_said_of_visits(void **state) {
  (void)state;
  static const char *const fields[][2] = {
      {"visit.seen_14d", "unknown"},    {"visit.cancelled_14d", "unknown"},
      {"visit.missed_12m", "unknown"},  {"visit.repeat_broken", "unknown"},
      {"visit.broken_open", "unknown"}, {"visit.asap", "unknown"},
      {"visit.exam_months", "null"},    {"visit.next_key", "null"},
      {"appointments", "unknown"},      {"openings", "unknown"},
      {"coverages", "unknown"}};
  wb_facts *facts = asked_of((const char *const[][2]){{"patients", PATIENT}, {NULL, NULL}});
  for (size_t i = 0; i < WBI_COUNT(fields); ++i)
    asked_field(facts, 0, fields[i][0], fields[i][1]);
  wb_facts_free(facts);
}

static void advice_gives_its_evidence(void **state) {
  (void)state;
  wb_facts *facts = asked_of((const char *const[][2]){
      {"patients", "patient:u|status:u\na|active\nb|active\nc|active\n"},
      {"recalls", "patient:u|kind:u\na|prophy\nb|prophy\nc|prophy\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\n"
                     "a|D4910|completed|2024-01-30\na|D1110|completed|2025-06-01\n"
                     "b|D4341|completed|2023-01-30\nc|D1110|completed|2025-06-01\n"},
      {NULL, NULL}});
  static const char *const wanted[][4] = {{"true", "2024-01-30", "true", "false"},
                                          {"true", "2023-01-30", "false", "true"},
                                          {"false", "null", "false", "false"}};
  for (uint32_t i = 0; i < WBI_COUNT(wanted); ++i) {
    asked_field(facts, i, "recare.advise_perio", wanted[i][0]);
    asked_field(facts, i, "recare.advice_on", wanted[i][1]);
    asked_field(facts, i, "recare.advice_recent", wanted[i][2]);
    asked_field(facts, i, "recare.advice_scaling", wanted[i][3]);
  }
  wb_facts_free(facts);
}

/* ---- standing exclusions ---- */

/* What a patient's row says, and what keeps them out of campaigns. */
typedef struct exclusion {
  const char *status, *cells, *wanted;
} exclusion;

static void holds(void **state) {
  const exclusion *row = *state;
  char table[256];
  snprintf(table, sizeof table, "patient:u|status:u|do_not_contact:b|exclusion:u\na|%s|%s\n",
           row->status, row->cells);
  wb_facts *facts = asked_of((const char *const[][2]){{"patients", table}, {NULL, NULL}});
  asked_field(facts, 0, "patient.excluded", row->wanted);
  wb_facts_free(facts);
}

#define EXCLUSION(name, status, cells, wanted)                                                     \
  {                                                                                                \
    name, holds, NULL, NULL, &(exclusion) {                                                        \
      status, cells, wanted                                                                        \
    }                                                                                              \
  }

static void a_visit_within_14_days_excludes(void **state) {
  (void)state;
  static const char *const rows[][2] = {
      {"a|completed|2026-01-16\n", "recent_visit"}, {"a|completed|2026-01-15\n", "null"},
      {"a|broken|2026-01-16\n", "recent_visit"},    {"a|cancelled|2026-01-15\n", "null"},
      {"a|missed|2026-01-30\n", "recent_visit"},    {"a|scheduled|2026-01-30\n", "null"}};
  for (size_t i = 0; i < WBI_COUNT(rows); ++i) {
    char table[96];
    snprintf(table, sizeof table, "patient:u|status:u|start:tdD\n%s", rows[i][0]);
    wb_facts *facts = visited(table);
    asked_field(facts, 0, "patient.excluded", rows[i][1]);
    wb_facts_free(facts);
  }
}

static void a_balance_above_the_hold_excludes(void **state) {
  (void)state;
  wb_facts *facts = asked_of((const char *const[][2]){
      {"patients", "patient:u|status:u|balance:l\na|active|5001\nb|active|5000\nc|active|\n"
                   "d|active|9999\n"},
      {"recalls", "patient:u|kind:u|disabled_balance:l\na|prophy|5000\nb|prophy|5000\n"
                  "c|prophy|5000\nd|prophy|\n"},
      {NULL, NULL}});
  asked_field(facts, 0, "patient.excluded", "balance");
  asked_field(facts, 1, "patient.excluded", "null");
  asked_field(facts, 2, "patient.excluded", "balance");
  asked_field(facts, 3, "patient.excluded", "null");
  asked_field(facts, 0, "patient.balance", "5001");
  wb_facts_free(facts);
}

static void columns_that_are_given_decide_exclusions(void **state) {
  (void)state;
  wb_facts *facts = asked_of(
      (const char *const[][2]){{"patients", "patient:u|status:u|visit.last:tdD|patient.excluded:u\n"
                                            "a|active|2026-01-20|\nb|active||moved\n"},
                               {NULL, NULL}});
  asked_field(facts, 0, "patient.excluded", "null");
  asked_field(facts, 1, "patient.excluded", "moved");
  wb_facts_free(facts);
  facts = asked_of((const char *const[][2]){
      {"patients", "patient:u|status:u|visit.last:tdD\na|active|2026-01-20\n"}, {NULL, NULL}});
  asked_field(facts, 0, "patient.excluded", "recent_visit");
  wb_facts_free(facts);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_next_visit_is_described),
      cmocka_unit_test(an_appointment_of_a_day_has_no_time),
      cmocka_unit_test(a_visit_is_recent_for_14_days),
      cmocka_unit_test(missed_and_cancelled_visits_are_broken),
      cmocka_unit_test(a_broken_visit_is_open_until_seen_or_booked),
      cmocka_unit_test(months_since_the_last_exam_are_whole),
      cmocka_unit_test(the_short_notice_list_is_an_appointment_or_the_recall),
      cmocka_unit_test(openings_are_those_still_ahead),
      cmocka_unit_test(the_clock_is_that_of_the_location),
      cmocka_unit_test(without_their_tables_nothing_is_said_of_visits),
      cmocka_unit_test(advice_gives_its_evidence),
      EXCLUSION("an_active_patient_is_not_excluded", "active", "|", "null"),
      EXCLUSION("an_active_patient_who_may_be_contacted_is_not_excluded", "active", "0|", "null"),
      EXCLUSION("deceased_patients_are_excluded", "deceased", "|", "deceased"),
      EXCLUSION("inactive_patients_are_excluded", "inactive", "|", "inactive"),
      EXCLUSION("archived_patients_are_excluded", "archived", "|", "archived"),
      EXCLUSION("nonpatient_patients_are_excluded", "nonpatient", "|", "nonpatient"),
      EXCLUSION("prospective_patients_are_excluded", "prospective", "|", "prospective"),
      EXCLUSION("do_not_contact_excludes", "active", "1|", "do_not_contact"),
      EXCLUSION("dismissed_excludes", "active", "|dismissed", "dismissed"),
      EXCLUSION("moved_excludes", "active", "|moved", "moved"),
      EXCLUSION("new_dentist_excludes", "active", "|new_dentist", "new_dentist"),
      EXCLUSION("declined_excludes", "active", "|declined", "declined"),
      EXCLUSION("litigation_excludes", "active", "|litigation", "litigation"),
      EXCLUSION("collections_excludes", "active", "|collections", "collections"),
      EXCLUSION("hospice_excludes", "active", "|hospice", "hospice"),
      EXCLUSION("complaint_excludes", "active", "|complaint", "complaint"),
      EXCLUSION("staff_excludes", "active", "|staff", "staff"),
      EXCLUSION("test_excludes", "active", "|test", "test"),
      EXCLUSION("the_status_is_told_before_all", "deceased", "1|moved", "deceased"),
      EXCLUSION("do_not_contact_is_told_before_the_reason", "active", "1|moved", "do_not_contact"),
      cmocka_unit_test(a_visit_within_14_days_excludes),
      cmocka_unit_test(a_balance_above_the_hold_excludes),
      cmocka_unit_test(columns_that_are_given_decide_exclusions),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

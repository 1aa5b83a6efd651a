/* SPDX-License-Identifier: MIT */
/* The dictionary's answers, field by field, from small practices. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "facts/facts.h"
#include "support/fault.h"
#include "support/tables.h"

/* Clock time 09:00 on 2026-01-30 as seconds, and one day. */
#define JAN_30_0900 "1769763600"
#define JAN_30_0800 "1769760000"
#define JAN_29_0900 "1769677200"

static wb_zone *new_york;
static wb_error last_error;

/* Empty facts; `flags` and conventions as given. */
static wb_facts *facts_make_with(uint32_t flags, const wb_recare_settings *recare) {
  wb_facts_options options = {.size = sizeof options, .flags = flags, .recare = recare};
  wb_schema *schema = NULL;
  wb_facts *facts = NULL;
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
  assert_int_equal(wb_facts_new(NULL, schema, &options, &facts, NULL), WB_OK);
  wb_schema_unref(schema);
  return facts;
}

/* Facts with some tables; a name of NULL ends them. */
static wb_facts *facts_of(const char *const tables[][2]) {
  wb_facts *facts = facts_make_with(0, NULL);
  for (size_t i = 0; tables[i][0]; ++i)
    assert_int_equal(table_add(facts, tables[i][0], tables[i][1], &last_error), WB_OK);
  return facts;
}

/* Writes a value as text. */
static void show(const wb_value *value, char out[64]) {
  size_t length = 0;
  wbi_writer writer = {out, 64, 0};
  switch (value->kind) {
  case WB_UNKNOWN: wbi_put_text(&writer, WBI_TEXT("unknown")); break;
  case WB_NULL: wbi_put_text(&writer, WBI_TEXT("null")); break;
  case WB_BOOL: wbi_put_text(&writer, value->integer ? WBI_TEXT("true") : WBI_TEXT("false")); break;
  case WB_TEXT: wbi_put_text(&writer, (wbi_text){value->data, value->length}); break;
  case WB_DATE:
    assert_int_equal(wb_date_format((wb_date)value->integer, out, 64, &length), WB_OK);
    return;
  case WB_TIME:
    assert_int_equal(wb_time_format(value->integer, NULL, out, 64, &length), WB_OK);
    return;
  default: wbi_put_int(&writer, value->integer); break;
  }
  assert_int_equal(wbi_writer_finish(&writer, &length), WB_OK);
}

/* Reads a field of a row at an instant in New York. */
static wb_status read_at(wb_facts *facts, uint64_t row, const char *field, const char *now,
                         wb_value *value) {
  uint32_t index = 0;
  wb_moment moment = {.size = sizeof moment, .zone = new_york};
  *value = (wb_value){.size = sizeof *value};
  last_error = (wb_error){0};
  assert_int_equal(wb_time_parse(now, strlen(now), &moment.now), WB_OK);
  assert_int_equal(wb_schema_find(wbi_facts_schema(facts), field, strlen(field), &index), WB_OK);
  return wb_facts_get(facts, row, index, &moment, value, &last_error);
}

/* Asserts what a field says at an instant. */
static void assert_at(wb_facts *facts, uint64_t row, const char *field, const char *now,
                      const char *wanted) {
  wb_value value;
  char text[64];
  assert_int_equal(read_at(facts, row, field, now, &value), WB_OK);
  show(&value, text);
  assert_string_equal(text, wanted);
}

/* Asserts what a field says on 2026-01-30, 09:00 in New York. */
static void assert_field(wb_facts *facts, uint64_t row, const char *field, const char *wanted) {
  assert_at(facts, row, field, "2026-01-30T14:00:00Z", wanted);
}

/* Asserts that a field cannot be read, and where the error says it is. */
static void assert_fails(wb_facts *facts, uint64_t row, const char *field, wb_status status,
                         const char *path) {
  wb_value value;
  assert_int_equal(read_at(facts, row, field, "2026-01-30T14:00:00Z", &value), status);
  assert_int_equal(value.kind, WB_UNKNOWN);
  assert_int_equal(last_error.status, status);
  assert_string_equal(last_error.path, path);
}

static const char patient_a[] = "patient:u|status:u\na|active\n";

static void patients_say_what_their_columns_hold(void **state) {
  (void)state;
  wb_facts *facts = facts_of((const char *const[][2]){
      {"patients",
       "patient:u|status:u|first_name:u|preferred_name:u|last_name:u|birth_date:tdD|language:u|"
       "household:u|mobile:u|home_phone:u|email:u|text_permission:u|email_permission:u|"
       "do_not_contact:b|exclusion:u\n"
       "a|active|Ada|Addie|Example|1990-01-31|es|h1|+15550100|+15550101|ada@example.com|yes|no|1|"
       "new_dentist\n"
       "b|deceased||||||||||||||\n"},
      {NULL, NULL}});
  static const char *const fields[][3] = {{"patient.key", "a", "b"},
                                          {"patient.status", "active", "deceased"},
                                          {"patient.first_name", "Ada", "unknown"},
                                          {"patient.preferred_name", "Addie", "null"},
                                          {"patient.name", "Addie", "unknown"},
                                          {"patient.last_name", "Example", "unknown"},
                                          {"patient.birth_date", "1990-01-31", "unknown"},
                                          {"patient.age", "35", "unknown"},
                                          {"patient.language", "es", "unknown"},
                                          {"patient.household", "h1", "unknown"},
                                          {"patient.do_not_contact", "true", "null"},
                                          {"patient.exclusion", "new_dentist", "null"},
                                          {"contact.mobile", "+15550100", "null"},
                                          {"contact.home_phone", "+15550101", "null"},
                                          {"contact.email", "ada@example.com", "null"},
                                          {"contact.text_permission", "yes", "unknown"},
                                          {"contact.email_permission", "no", "unknown"}};
  for (size_t i = 0; i < WBI_COUNT(fields); ++i) {
    assert_field(facts, 0, fields[i][0], fields[i][1]);
    assert_field(facts, 1, fields[i][0], fields[i][2]);
  }
  assert_at(facts, 0, "patient.age", "2026-01-31T04:59:59Z", "35");
  assert_at(facts, 0, "patient.age", "2026-01-31T05:00:00Z", "36");
  wb_facts_free(facts);
}

static void the_name_is_the_preferred_one_else_the_first(void **state) {
  (void)state;
  wb_facts *facts = facts_of((const char *const[][2]){
      {"patients", "patient:u|status:u|first_name:u|preferred_name:u\na|active|Ada|\n"
                   "b|active||Bee\n"},
      {NULL, NULL}});
  assert_field(facts, 0, "patient.name", "Ada");
  assert_field(facts, 1, "patient.name", "Bee");
  wb_facts_free(facts);
}

static void permission_that_is_not_given_is_the_text_unknown(void **state) {
  (void)state;
  wb_value value;
  wb_facts *facts = facts_of((const char *const[][2]){{"patients", patient_a}, {NULL, NULL}});
  assert_int_equal(read_at(facts, 0, "contact.text_permission", "2026-01-30T14:00:00Z", &value),
                   WB_OK);
  assert_int_equal(value.kind, WB_TEXT);
  assert_int_equal(read_at(facts, 0, "contact.email_permission", "2026-01-30T14:00:00Z", &value),
                   WB_OK);
  assert_int_equal(value.kind, WB_TEXT);
  wb_facts_free(facts);
}

static const char two_locations[] =
    "location:u|name:u|short_name:u|zone:u|region:u|phone:u|email:u|address:u|booking_url:u|link_"
    "url:u\n"
    "east|Example Dental East|East|America/New_York|US-NY|+15550110|e@example.com|1 Main|"
    "https://east.example.com|https://go.example.com/\n"
    "west|Example Dental West|West|PST8PDT,M3.2.0,M11.1.0|US-CA|||||\n"
    "none|No Zone||||||||\n";

static void a_location_gives_its_fields_and_its_day(void **state) {
  (void)state;
  wb_facts *facts = facts_of((const char *const[][2]){
      {"practice", "name:u\nExample Dental\n"},
      {"locations", two_locations},
      {"patients", "patient:u|status:u|location:u\na|active|east\nb|active|west\n"
                   "c|active|\nd|active|gone\ne|active|none\n"},
      {NULL, NULL}});
  static const char *const fields[][3] = {
      {"location.key", "east", "west"},
      {"location.name", "Example Dental East", "Example Dental West"},
      {"location.short_name", "East", "West"},
      {"location.zone", "America/New_York", "PST8PDT,M3.2.0,M11.1.0"},
      {"location.region", "US-NY", "US-CA"},
      {"location.phone", "+15550110", "unknown"},
      {"location.email", "e@example.com", "unknown"},
      {"location.address", "1 Main", "unknown"},
      {"location.booking_url", "https://east.example.com", "unknown"},
      {"location.link_url", "https://go.example.com/", "unknown"},
      {"message.link", "https://east.example.com", "unknown"}, /* of no message */
      {"practice.name", "Example Dental", "Example Dental"}};
  for (size_t i = 0; i < WBI_COUNT(fields); ++i) {
    assert_field(facts, 0, fields[i][0], fields[i][1]);
    assert_field(facts, 1, fields[i][0], fields[i][2]);
    if (i < 11) assert_field(facts, 2, fields[i][0], "unknown");
    if (i < 11) assert_field(facts, 3, fields[i][0], "unknown");
  }
  assert_at(facts, 0, "today", "2026-01-30T05:00:00Z", "2026-01-30");
  assert_at(facts, 1, "today", "2026-01-30T05:00:00Z", "2026-01-29");
  assert_at(facts, 2, "today", "2026-01-30T05:00:00Z", "2026-01-30");
  assert_at(facts, 4, "today", "2026-01-30T05:00:00Z", "2026-01-30");
  assert_at(facts, 4, "now", "2026-01-30T05:00:00Z", "2026-01-30T05:00:00Z");
  wb_facts_free(facts);
}

static void the_only_location_is_everybodys(void **state) {
  (void)state;
  wb_facts *facts = facts_of(
      (const char *const[][2]){{"locations", "location:u|zone:u\nwest|PST8PDT,M3.2.0,M11.1.0\n"},
                               {"patients", patient_a},
                               {NULL, NULL}});
  assert_field(facts, 0, "location.key", "west");
  assert_at(facts, 0, "today", "2026-01-30T05:00:00Z", "2026-01-29");
  wb_facts_free(facts);
}

static void a_zone_that_is_none_holds_its_patients(void **state) {
  (void)state;
  wb_facts *facts = facts_of((const char *const[][2]){
      {"locations", "location:u|zone:u\nx|Mars/Olympus\n"}, {"patients", patient_a}, {NULL, NULL}});
  assert_fails(facts, 0, "today", WB_E_TYPE, "locations.zone");
  assert_fails(facts, 0, "location.key", WB_E_TYPE, "locations.zone");
  assert_field(facts, 0, "patient.key", "a");
  wb_facts_free(facts);
}

static void without_any_zone_there_is_no_today(void **state) {
  (void)state;
  wb_facts *facts = facts_of((const char *const[][2]){{"patients", patient_a}, {NULL, NULL}});
  wb_zone *zone = new_york;
  new_york = NULL;
  assert_fails(facts, 0, "today", WB_E_TYPE, "locations.zone");
  assert_fails(facts, 0, "recare.band", WB_E_TYPE, "locations.zone");
  assert_field(facts, 0, "patient.status", "active");
  new_york = zone;
  assert_field(facts, 0, "today", "2026-01-30");
  wb_facts_free(facts);
}

static void a_practice_without_child_tables_knows_no_visit(void **state) {
  (void)state;
  wb_facts *facts = facts_of((const char *const[][2]){{"patients", patient_a}, {NULL, NULL}});
  static const char *const fields[][2] = {{"visit.last", "null"},
                                          {"visit.next", "null"},
                                          {"visit.next_time", "null"},
                                          {"visit.last_exam", "null"},
                                          {"visit.only_limited_24m", "unknown"},
                                          {"visit.last_broken", "null"},
                                          {"visit.broken_12m", "unknown"},
                                          {"recare.kind", "prophy"},
                                          {"recare.child", "unknown"},
                                          {"recare.recorded_kind", "null"},
                                          {"recare.last", "null"},
                                          {"recare.due", "null"},
                                          {"recare.overdue_months", "null"},
                                          {"recare.band", "null"},
                                          {"recare.booked", "unknown"},
                                          {"recare.disabled", "false"},
                                          {"recare.disabled_until", "null"},
                                          {"recare.disabled_balance", "null"},
                                          {"recare.advise_perio", "false"},
                                          {"practice.name", "unknown"},
                                          {"location.name", "unknown"}};
  for (size_t i = 0; i < WBI_COUNT(fields); ++i)
    assert_field(facts, 0, fields[i][0], fields[i][1]);
  wb_facts_free(facts);
}

static void recare_comes_from_procedures_and_recalls(void **state) {
  (void)state;
  wb_facts *facts = facts_of((const char *const[][2]){
      {"patients", "patient:u|status:u|birth_date:tdD\na|active|1980-01-01\nb|active|2016-01-01\n"
                   "c|active|\n"},
      {"recalls", "patient:u|kind:u|interval:u\nb|child|\na|other|1m\na|prophy|0y6m0d\n"
                  "c|prophy|6m1d\nc|perio|P3M\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\n"
                     "a|D1110|completed|2025-01-10\nc|D4910|existing|2025-03-10\n"
                     "a|D0120|completed|2025-06-01\nb|D1120|completed|2025-09-30\n"
                     "a|D1110|deleted|2025-06-01\na|D1110|planned|2025-06-01\n"
                     "a|D1110|completed|\na|D4910|other|2025-06-01\n"},
      {NULL, NULL}});
  static const char *const fields[][4] = {{"recare.kind", "prophy", "prophy", "perio"},
                                          {"recare.recorded_kind", "prophy", "prophy", "perio"},
                                          {"recare.child", "false", "true", "unknown"},
                                          {"recare.last", "2025-01-10", "2025-09-30", "2025-03-10"},
                                          {"recare.due", "2025-07-10", "2026-03-31", "2025-06-10"},
                                          {"recare.overdue_months", "6", "0", "7"},
                                          {"recare.band", "6-9", "not_due", "6-9"},
                                          {"recare.advise_perio", "false", "false", "false"},
                                          {"visit.last", "2025-06-01", "2025-09-30", "null"}};
  for (size_t i = 0; i < WBI_COUNT(fields); ++i)
    for (uint64_t row = 0; row < 3; ++row)
      assert_field(facts, row, fields[i][0], fields[i][1 + row]);
  wb_facts_free(facts);
}

static void what_is_done_later_than_today_does_not_exist_yet(void **state) {
  (void)state;
  wb_facts *facts = facts_of((const char *const[][2]){
      {"patients", patient_a},
      {"procedures", "patient:u|code:u|status:u|date:tdD\n"
                     "a|D1110|completed|2025-01-10\na|D4910|existing|2026-01-30\n"},
      {"appointments", "patient:u|status:u|start:tdD\na|completed|2026-01-30\n"},
      {NULL, NULL}});
  /* 2026-01-30 begins in New York at 05:00 UTC. */
  assert_at(facts, 0, "recare.last", "2026-01-30T04:59:59Z", "2025-01-10");
  assert_at(facts, 0, "recare.kind", "2026-01-30T04:59:59Z", "prophy");
  assert_at(facts, 0, "visit.last", "2026-01-30T04:59:59Z", "2025-01-10");
  assert_at(facts, 0, "recare.last", "2026-01-30T05:00:00Z", "2026-01-30");
  assert_at(facts, 0, "recare.kind", "2026-01-30T05:00:00Z", "perio");
  assert_at(facts, 0, "visit.last", "2026-01-30T05:00:00Z", "2026-01-30");
  assert_at(facts, 0, "recare.last", "2026-01-30T04:59:59Z", "2025-01-10");
  wb_facts_free(facts);
}

static void a_missed_visit_is_no_visit(void **state) {
  (void)state;
  wb_facts *facts = facts_of((const char *const[][2]){
      {"patients", patient_a},
      {"procedures", "patient:u|code:u|status:u|date:tdD\na|D9986|completed|2025-05-01\n"
                     "a|D0140|completed|2025-03-01\na|D0120|existing|2025-04-01\n"},
      {"appointments", "patient:u|status:u|start:tdD\na|broken|2025-06-01\n"
                       "a|scheduled|2025-07-01\na|completed|2025-02-01\n"},
      {NULL, NULL}});
  assert_field(facts, 0, "visit.last", "2025-03-01");
  wb_facts_free(facts);
}

static void an_exam_is_one_of_four_codes_done_by_today(void **state) {
  (void)state;
  wb_facts *facts = facts_of((const char *const[][2]){
      {"patients", "patient:u|status:u\na|active\nb|active\nc|active\nd|active\ne|active\n"
                   "f|active\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\n"
                     "a|D0120|completed|2025-01-10\na|D0140|completed|2025-06-01\n"
                     "b|D0145|existing|2025-02-01\nc|d0150|completed|2024-01-01\n"
                     "c|D0150|completed|2025-03-01\nc|D0120|completed|2025-02-28\n"
                     "d|D0180.1|completed|2026-01-30\ne|D0140|completed|2025-01-10\n"
                     "e|D0160|completed|2025-01-10\ne|D0170|completed|2025-01-10\n"
                     "e|D0171|completed|2025-01-10\ne|D0190|completed|2025-01-10\n"
                     "f|D0120|planned|2025-01-10\nf|D0120|deleted|2025-01-10\n"
                     "f|D0120|completed|2026-01-31\n"},
      {NULL, NULL}});
  static const char *const wanted[] = {"2025-01-10", "2025-02-01", "2025-03-01",
                                       "2026-01-30", "null",       "null"};
  for (uint64_t row = 0; row < WBI_COUNT(wanted); ++row)
    assert_field(facts, row, "visit.last_exam", wanted[row]);
  assert_at(facts, 3, "visit.last_exam", "2026-01-30T04:59:59Z", "null");
  assert_at(facts, 5, "visit.last_exam", "2026-01-31T05:00:00Z", "2026-01-31");
  wb_facts_free(facts);
}

static void only_limited_is_care_without_an_exam_in_24_months(void **state) {
  (void)state;
  wb_facts *facts = facts_of((const char *const[][2]){
      {"patients", "patient:u|status:u\na|active\nb|active\nc|active\nd|active\ne|active\n"
                   "f|active\ng|active\nh|active\ni|active\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\n"
                     "a|D0140|completed|2024-01-30\nb|D0140|completed|2024-01-29\n"
                     "c|D0140|completed|2025-06-01\nc|D0120|completed|2024-01-30\n"
                     "d|D0140|completed|2025-06-01\nd|D0120|completed|2024-01-29\n"
                     "e|D0140|existing|2025-06-01\nf|D9986|completed|2025-06-01\n"
                     "g|D2391|completed|2025-06-01\n"
                     "h|D2391|completed|2025-06-01\nh|D0150|existing|2025-07-01\n"},
      {NULL, NULL}});
  static const char *const wanted[] = {"true",  "false", "false", "true", "false",
                                       "false", "true",  "false", "false"};
  for (uint64_t row = 0; row < WBI_COUNT(wanted); ++row)
    assert_field(facts, row, "visit.only_limited_24m", wanted[row]);
  assert_at(facts, 0, "visit.only_limited_24m", "2026-01-31T05:00:00Z", "false");
  assert_at(facts, 2, "visit.only_limited_24m", "2026-01-31T05:00:00Z", "true");
  wb_facts_free(facts);
}

static void broken_visits_of_12_months_are_counted(void **state) {
  (void)state;
  wb_facts *facts = facts_of((const char *const[][2]){
      {"patients", "patient:u|status:u\na|active\nb|active\nc|active\n"},
      {"appointments", "patient:u|status:u|start:tdD\n"
                       "a|broken|2025-01-29\na|broken|2026-01-30\na|broken|2025-01-30\n"
                       "a|broken|2026-01-31\nb|scheduled|2026-01-10\nb|completed|2025-06-01\n"
                       "b|other|2025-06-01\nb|broken|\nc|broken|2024-06-01\n"},
      {NULL, NULL}});
  static const char *const wanted[][2] = {{"2026-01-30", "2"}, {"null", "0"}, {"2024-06-01", "0"}};
  for (uint64_t row = 0; row < WBI_COUNT(wanted); ++row) {
    assert_field(facts, row, "visit.last_broken", wanted[row][0]);
    assert_field(facts, row, "visit.broken_12m", wanted[row][1]);
  }
  assert_at(facts, 0, "visit.last_broken", "2026-01-30T04:59:59Z", "2025-01-30");
  assert_at(facts, 0, "visit.broken_12m", "2026-01-30T04:59:59Z", "2");
  assert_at(facts, 0, "visit.last_broken", "2026-01-31T05:00:00Z", "2026-01-31");
  assert_at(facts, 0, "visit.broken_12m", "2026-01-31T05:00:00Z", "2");
  wb_facts_free(facts);
}

static void intervals_are_read_in_all_notations(void **state) {
  (void)state;
  wb_facts *facts = facts_of((const char *const[][2]){
      {"patients", "patient:u|status:u\na|active\nb|active\nc|active\n"},
      {"recalls", "patient:u|kind:u|interval:i\na|prophy|131072\nb|prophy|0\nc|prophy|-5\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\na|D1110|completed|2025-01-10\n"
                     "b|D1110|completed|2025-01-10\nc|D1110|completed|2025-01-10\n"},
      {NULL, NULL}});
  assert_field(facts, 0, "recare.due", "2025-03-10");
  assert_field(facts, 1, "recare.due", "2025-07-11");
  assert_fails(facts, 2, "recare.due", WB_E_TYPE, "recalls.interval");
  assert_field(facts, 1, "recare.due", "2025-07-11");
  wb_facts_free(facts);
}

static void the_prophy_row_comes_before_the_child_row(void **state) {
  (void)state;
  wb_facts *facts = facts_of((const char *const[][2]){
      {"patients", "patient:u|status:u\na|active\nb|active\n"},
      {"recalls", "patient:u|kind:u|interval:u\na|child|2m\na|prophy|3m\na|prophy|5m\n"
                  "b|child|2m\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\na|D1110|completed|2025-01-10\n"
                     "b|D1120|completed|2025-01-10\n"},
      {NULL, NULL}});
  assert_field(facts, 0, "recare.due", "2025-04-10");
  assert_field(facts, 1, "recare.due", "2025-03-10");
  wb_facts_free(facts);
}

static void a_manual_due_date_counts_only_where_the_host_says_so(void **state) {
  (void)state;
  wb_facts *facts = facts_of((const char *const[][2]){
      {"patients", "patient:u|status:u\na|active\nb|active\nc|active\nd|active\n"},
      {"recalls", "patient:u|kind:u|due:tdD|due_manual:b|previous:tdD\n"
                  "a|prophy|2025-12-01|1|2025-01-10\nb|prophy|2025-12-01|0|2025-01-10\n"
                  "c|prophy|2025-12-01|1|2024-01-10\nd|prophy|2025-12-01||\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\na|D1110|completed|2025-01-10\n"
                     "b|D1110|completed|2025-01-10\nc|D1110|completed|2025-01-10\n"},
      {NULL, NULL}});
  assert_field(facts, 0, "recare.due", "2025-12-01");
  assert_field(facts, 1, "recare.due", "2025-07-11");
  assert_field(facts, 2, "recare.due", "2025-07-11");
  assert_field(facts, 3, "recare.due", "null");
  wb_facts_free(facts);
}

static void a_disabled_recall_changes_neither_kind_nor_due_date(void **state) {
  (void)state;
  wb_facts *facts = facts_of((const char *const[][2]){
      {"patients", "patient:u|status:u\na|active\nb|active\n"},
      {"recalls", "patient:u|kind:u|disabled:b|disabled_until:tdD|disabled_balance:l\n"
                  "a|prophy|0||\na|perio|1|2026-06-01|12500\nb|prophy|||\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\na|D1110|completed|2025-01-10\n"},
      {NULL, NULL}});
  static const char *const fields[][3] = {{"recare.kind", "perio", "prophy"},
                                          {"recare.due", "2025-05-10", "null"},
                                          {"recare.disabled", "true", "false"},
                                          {"recare.disabled_until", "2026-06-01", "null"},
                                          {"recare.disabled_balance", "12500", "null"}};
  for (size_t i = 0; i < WBI_COUNT(fields); ++i) {
    assert_field(facts, 0, fields[i][0], fields[i][1]);
    assert_field(facts, 1, fields[i][0], fields[i][2]);
  }
  wb_facts_free(facts);
}

static void perio_is_advised_with_a_prophy_record_and_perio_history(void **state) {
  (void)state;
  wb_facts *facts = facts_of((const char *const[][2]){
      {"patients", patient_a},
      {"recalls", "patient:u|kind:u\na|prophy\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\na|D4341|completed|2025-01-10\n"},
      {NULL, NULL}});
  assert_field(facts, 0, "recare.advise_perio", "true");
  assert_field(facts, 0, "recare.kind", "perio");
  assert_field(facts, 0, "recare.recorded_kind", "prophy");
  wb_facts_free(facts);
}

static void the_next_visit_is_the_first_scheduled_one_from_today_on(void **state) {
  (void)state;
  wb_facts *facts = facts_of((const char *const[][2]){
      {"patients", "patient:u|status:u\na|active\nb|active\nc|active\nd|active\n"},
      {"appointments", "patient:u|status:u|start:tss:\n"
                       "a|scheduled|1769850000\na|scheduled|" JAN_30_0900 "\n"
                       "a|scheduled|" JAN_29_0900 "\na|planned|" JAN_30_0800 "\n"
                       "a|scheduled|1769767200\n"
                       "b|scheduled|" JAN_29_0900 "\nc|scheduled|\nd|broken|" JAN_30_0900 "\n"},
      {NULL, NULL}});
  assert_field(facts, 0, "visit.next", "2026-01-30");
  assert_field(facts, 0, "visit.next_time", "2026-01-30T14:00:00Z");
  assert_field(facts, 0, "recare.booked", "true");
  assert_at(facts, 0, "visit.next", "2026-01-31T04:59:59Z", "2026-01-30");
  assert_at(facts, 0, "visit.next_time", "2026-01-31T05:00:00Z", "2026-01-31T14:00:00Z");
  assert_at(facts, 0, "recare.booked", "2026-02-01T05:00:00Z", "false");
  for (uint64_t row = 1; row < 4; ++row) {
    assert_field(facts, row, "visit.next", "null");
    assert_field(facts, row, "visit.next_time", "null");
    assert_field(facts, row, "recare.booked", "false");
  }
  wb_facts_free(facts);
}

static void a_start_can_be_a_day_or_an_instant(void **state) {
  (void)state;
  wb_facts *days = facts_of((const char *const[][2]){
      {"patients", patient_a},
      {"appointments", "patient:u|status:u|start:tdD\na|scheduled|2026-02-02\n"},
      {NULL, NULL}});
  assert_field(days, 0, "visit.next", "2026-02-02");
  assert_field(days, 0, "visit.next_time", "null");
  wb_facts_free(days);
  /* 04:00 UTC on 31 January is 23:00 on the 30th in New York. */
  wb_facts *instants = facts_of((const char *const[][2]){
      {"patients", patient_a},
      {"appointments", "patient:u|status:u|start:tss:UTC\na|scheduled|1769832000\n"},
      {NULL, NULL}});
  assert_field(instants, 0, "visit.next", "2026-01-30");
  assert_field(instants, 0, "visit.next_time", "2026-01-31T04:00:00Z");
  assert_at(instants, 0, "visit.next", "2026-01-31T05:00:00Z", "null");
  wb_facts_free(instants);
}

static void booked_can_ask_for_a_trigger_in_the_visit(void **state) {
  (void)state;
  wb_facts *facts = facts_make_with(WB_FACTS_BOOKED_TRIGGER, NULL);
  assert_int_equal(table_add(facts, "patients",
                             "patient:u|status:u\na|active\nb|active\nc|active\nd|active\n", NULL),
                   WB_OK);
  assert_int_equal(table_add(facts, "appointments",
                             "appointment:u|patient:u|status:u|start:tdD\n"
                             "1|a|scheduled|2026-02-02\n2|b|scheduled|2026-02-02\n"
                             "3|c|scheduled|2026-02-02\n|d|scheduled|2026-02-02\n",
                             NULL),
                   WB_OK);
  assert_int_equal(table_add(facts, "procedures",
                             "patient:u|code:u|status:u|date:tdD|appointment:u\n"
                             "a|D0120|planned||1\na|D1110|planned||1\n"
                             "b|D2740|planned||2\nb|D1110|planned||9\nb|D1110|planned||\n"
                             "c|D1110|deleted||3\n"
                             "d|D1110|planned||\n",
                             NULL),
                   WB_OK);
  assert_field(facts, 0, "recare.booked", "true");
  assert_field(facts, 1, "recare.booked", "false");
  assert_field(facts, 2, "recare.booked", "false");
  assert_field(facts, 3, "recare.booked", "false");
  assert_field(facts, 1, "visit.next", "2026-02-02");
  wb_facts_free(facts);
}

static void cells_that_cannot_be_hold_their_patient_only(void **state) {
  (void)state;
  wb_facts *facts = facts_of((const char *const[][2]){
      {"patients", "patient:u|status:u|text_permission:u|first_name:u\n"
                   "a|activ|maybe|\xff\nb||yes|Bo\n|active||\n"
                   "c|active|no|Cy\nd|active||\ne|active||\n"
                   "12345678901234567890123456789012345678901234567890123456789012345|active||\n"
                   "f|active||\n"},
      {"recalls", "patient:u|kind:u\nd|hygiene\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\nc|D1110|done|2025-01-01\n"
                     "e||completed|2025-01-01\n"},
      {"appointments", "patient:u|status:u|start:tss:\nc|kept|5\ne|scheduled|99999999999999\n"},
      {NULL, NULL}});
  assert_fails(facts, 0, "patient.status", WB_E_TYPE, "patient.status");
  assert_fails(facts, 0, "contact.text_permission", WB_E_TYPE, "contact.text_permission");
  assert_fails(facts, 0, "patient.first_name", WB_E_TYPE, "patient.first_name");
  assert_fails(facts, 0, "patient.name", WB_E_TYPE, "patient.name");
  assert_fails(facts, 1, "patient.status", WB_E_TYPE, "patient.status");
  assert_fails(facts, 2, "patient.status", WB_E_TYPE, "patients.patient");
  assert_fails(facts, 6, "patient.status", WB_E_TYPE, "patients.patient");
  assert_fails(facts, 3, "recare.last", WB_E_TYPE, "procedures.status");
  assert_fails(facts, 3, "visit.next", WB_E_TYPE, "appointments.status");
  assert_fails(facts, 4, "recare.kind", WB_E_TYPE, "recalls.kind");
  assert_fails(facts, 4, "recare.disabled", WB_E_TYPE, "recalls.kind");
  assert_fails(facts, 5, "recare.kind", WB_E_TYPE, "procedures.code");
  assert_fails(facts, 5, "recare.booked", WB_E_RANGE, "appointments.start");
  assert_field(facts, 3, "patient.name", "Cy");
  assert_field(facts, 7, "recare.kind", "prophy");
  wb_facts_free(facts);
}

static void dates_out_of_range_name_their_column(void **state) {
  (void)state;
  wb_facts *facts = facts_of((const char *const[][2]){
      {"patients", "patient:u|status:u|birth_date:tss:\na|active|9999999999999\n"
                   "b|active|\nc|active|\n"},
      {"recalls", "patient:u|kind:u|due:tss:|due_manual:b|disabled_until:tss:\n"
                  "b|prophy|9999999999999|1|9999999999999\n"},
      {"procedures", "patient:u|code:u|status:u|date:tss:\nc|D1110|completed|9999999999999\n"},
      {NULL, NULL}});
  assert_fails(facts, 0, "patient.birth_date", WB_E_RANGE, "patient.birth_date");
  assert_fails(facts, 0, "patient.age", WB_E_RANGE, "patient.age");
  assert_fails(facts, 0, "recare.child", WB_E_RANGE, "patients.birth_date");
  assert_fails(facts, 1, "recare.due", WB_E_RANGE, "recalls.due");
  assert_fails(facts, 2, "recare.due", WB_E_RANGE, "procedures.date");
  wb_facts_free(facts);
}

static void a_column_named_like_a_field_is_taken_as_given(void **state) {
  (void)state;
  wb_facts *facts = facts_of((const char *const[][2]){
      {"patients", "patient:u|status:u|recare.band:u|patient.age:l|today:tdD\n"
                   "a|active|12+|7|2020-01-01\nb|active|13+||\n"},
      {NULL, NULL}});
  assert_field(facts, 0, "recare.band", "12+");
  assert_field(facts, 0, "patient.age", "7");
  assert_field(facts, 0, "today", "2020-01-01");
  assert_fails(facts, 1, "recare.band", WB_E_TYPE, "recare.band");
  assert_field(facts, 1, "patient.age", "unknown");
  assert_fails(facts, 1, "today", WB_E_TYPE, "today");
  wb_facts_free(facts);
}

static void child_rows_of_nobody_are_counted(void **state) {
  (void)state;
  uint64_t row = 0;
  wb_facts *facts = facts_of((const char *const[][2]){
      {"procedures", "patient:u|code:u|status:u|date:tdD\nz|D1110|completed|2025-01-01\n"
                     "a|D1110|completed|2025-02-01\n|D1110|completed|2025-03-01\n"
                     "z|D1110|completed|2025-01-01\n"},
      {"patients", "patient:u|status:u\nb|active\na|active\n"},
      {"recalls", "patient:u|kind:u\ny|prophy\n"},
      {NULL, NULL}});
  assert_int_equal(wb_facts_find(facts, "a", 1, &row), WB_OK);
  assert_int_equal(row, 1);
  assert_int_equal(wb_facts_orphans(facts), 4);
  assert_field(facts, 1, "recare.last", "2025-02-01");
  assert_field(facts, 0, "recare.last", "null");
  assert_int_equal(wb_facts_orphans(NULL), 0);
  wb_facts_free(facts);
}

static void conventions_are_copied_and_checked(void **state) {
  (void)state;
  wb_interval year = {1, 0, 0, 0}, quarter = {0, 3, 0, 0};
  wb_recare_settings settings = {
      .size = sizeof settings, .prophy_interval = &year, .perio_interval = &quarter};
  wb_facts *facts = facts_make_with(0, &settings);
  year.years = quarter.months = 9;
  assert_int_equal(table_add(facts, "patients", "patient:u|status:u\na|active\nb|active\n", NULL),
                   WB_OK);
  assert_int_equal(table_add(facts, "procedures",
                             "patient:u|code:u|status:u|date:tdD\na|D1110|completed|2025-03-01\n"
                             "b|D4910|completed|2025-03-01\n",
                             NULL),
                   WB_OK);
  assert_field(facts, 0, "recare.due", "2026-03-01");
  assert_field(facts, 1, "recare.due", "2025-06-01");
  wb_facts_free(facts);
}

static void a_wrong_making_is_refused(void **state) {
  (void)state;
  wb_facts *facts = NULL;
  wb_schema *schema = NULL;
  wb_recare_settings bad = {.size = sizeof bad, .child_age = -1};
  wb_facts_options options = {.size = sizeof options};
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
  assert_int_equal(wb_facts_new(NULL, NULL, &options, &facts, NULL), WB_E_INVALID);
  assert_int_equal(wb_facts_new(NULL, schema, NULL, &facts, NULL), WB_E_INVALID);
  assert_int_equal(wb_facts_new(NULL, schema, &options, NULL, NULL), WB_E_INVALID);
  options.recare = &bad;
  assert_int_equal(wb_facts_new(NULL, schema, &options, &facts, NULL), WB_E_INVALID);
  bad = (wb_recare_settings){.size = sizeof bad, .flags = 8};
  assert_int_equal(wb_facts_new(NULL, schema, &options, &facts, NULL), WB_E_VERSION);
  options.recare = NULL;
  options.as_of = WB_TIME_NONE;
  assert_int_equal(wb_facts_new(NULL, schema, &options, &facts, NULL), WB_E_RANGE);
  options.as_of = 0;
  options.flags = 2;
  assert_int_equal(wb_facts_new(NULL, schema, &options, &facts, NULL), WB_E_VERSION);
  options.flags = 0;
  options.size = 4;
  assert_int_equal(wb_facts_new(NULL, schema, &options, &facts, NULL), WB_E_INVALID);
  assert_null(facts);
  wb_facts_free(NULL);
  wb_schema_unref(schema);
}

static void a_wrong_question_is_refused(void **state) {
  (void)state;
  uint64_t count = 0;
  wb_value value = {.size = sizeof value}, small = {.size = 8};
  wb_moment moment = {.size = sizeof moment, .zone = new_york};
  wb_facts *facts = facts_of((const char *const[][2]){{"patients", patient_a}, {NULL, NULL}});
  uint32_t fields = wb_schema_count(wbi_facts_schema(facts));
  assert_int_equal(wb_facts_get(facts, 0, 0, &moment, &value, NULL), WB_OK);
  assert_int_equal(wb_facts_get(facts, 0, fields, &moment, &value, NULL), WB_E_NAME);
  assert_int_equal(wb_facts_get(facts, 1, 0, &moment, &value, NULL), WB_E_NAME);
  assert_int_equal(wb_facts_get(NULL, 0, 0, &moment, &value, NULL), WB_E_INVALID);
  assert_int_equal(wb_facts_get(facts, 0, 0, NULL, &value, NULL), WB_E_INVALID);
  assert_int_equal(wb_facts_get(facts, 0, 0, &moment, NULL, NULL), WB_E_INVALID);
  assert_int_equal(wb_facts_get(facts, 0, 0, &moment, &small, NULL), WB_E_INVALID);
  moment.now = WB_TIME_MAX + 1;
  assert_int_equal(wb_facts_get(facts, 0, 0, &moment, &value, NULL), WB_E_RANGE);
  moment.now = WB_TIME_MIN; /* the local day is before the first day there is */
  assert_int_equal(wb_facts_get(facts, 0, 0, &moment, &value, NULL), WB_E_RANGE);
  assert_int_equal(wb_facts_count(NULL, &count), WB_E_INVALID);
  assert_int_equal(wb_facts_count(facts, NULL), WB_E_INVALID);
  assert_int_equal(wb_facts_find(NULL, "a", 1, &count), WB_E_INVALID);
  assert_int_equal(wb_facts_find(facts, "a", 1, NULL), WB_E_INVALID);
  wb_facts_free(facts);
}

static void the_zone_of_a_row_is_its_locations_else_the_moments(void **state) {
  (void)state;
  wb_local local = {0};
  const wb_zone *zone = NULL;
  wb_moment moment = {.size = sizeof moment};
  wb_facts *facts = facts_of((const char *const[][2]){
      {"locations", two_locations},
      {"patients", "patient:u|status:u|location:u\na|active|west\nb|active|\n"},
      {NULL, NULL}});
  assert_true(wbi_facts_enter(facts));
  assert_int_equal(wbi_facts_zone(facts, 0, &moment, &zone, NULL), WB_OK);
  assert_int_equal(wb_zone_local(zone, 0, &local), WB_OK);
  assert_int_equal(local.offset, -8 * 3600);
  assert_int_equal(wbi_facts_zone(facts, 1, &moment, &zone, NULL), WB_OK);
  assert_null(zone);
  moment.zone = new_york;
  assert_int_equal(wbi_facts_zone(facts, 1, &moment, &zone, NULL), WB_OK);
  assert_ptr_equal(zone, new_york);
  assert_int_equal(wbi_facts_zone(facts, 2, &moment, &zone, NULL), WB_E_NAME);
  wbi_facts_leave(facts);
  assert_int_equal(wbi_facts_as_of(facts), 0);
  wb_facts_free(facts);
}

static void scratch_memory_grows_and_keeps_what_it_holds(void **state) {
  (void)state;
  wb_facts *facts = facts_make_with(0, NULL);
  char *rules = wbi_facts_scratch(facts, 0, 10);
  assert_non_null(rules);
  memcpy(rules, "abc", 4);
  char *texts = wbi_facts_scratch(facts, 1, 10);
  assert_ptr_not_equal(texts, rules);
  assert_ptr_equal(wbi_facts_scratch(facts, 0, 5), rules);
  rules = wbi_facts_scratch(facts, 0, 1000);
  assert_string_equal(rules, "abc");
  assert_ptr_equal(wbi_facts_scratch(facts, 0, 1000), rules);
  wb_facts_free(facts);
}

/* Everything that takes memory, once; WB_OK or WB_E_NOMEM. */
static wb_status whole_life(wb_context *context, wb_schema *schema) {
  static const char *const tables[][2] = {
      {"locations", "location:u|zone:u\neast|America/New_York\n"},
      {"patients", "patient:u|status:u\na|active\n"},
      {"recalls", "patient:u|kind:u\na|prophy\n"},
      {"procedures", "patient:u|code:u|status:u|date:tdD\na|D1110|completed|2025-02-01\n"},
      {"appointments", "patient:u|status:u|start:tdD\na|scheduled|2026-02-02\n"}};
  wb_facts_options options = {.size = sizeof options};
  wb_facts *facts = NULL;
  wb_value value;
  wb_status status = wb_facts_new(context, schema, &options, &facts, NULL);
  for (size_t i = 0; !status && i < WBI_COUNT(tables); ++i)
    status = table_add(facts, tables[i][0], tables[i][1], NULL);
  if (!status) status = read_at(facts, 0, "recare.band", "2026-01-30T14:00:00Z", &value);
  if (!status && !wbi_facts_scratch(facts, 0, 100)) status = WB_E_NOMEM;
  if (status == WB_E_NOMEM && facts && wbi_facts_scratch(facts, 1, 1))
    (void)table_add(facts, "practice", "name:u\nx\n", NULL); /* still of use */
  wb_facts_free(facts);
  return status;
}

static void no_memory_at_any_point_is_said_and_nothing_is_lost(void **state) {
  (void)state;
  wb_schema *schema = NULL;
  fault_memory memory = {0};
  wb_context *context = fault_context(&memory);
  assert_int_equal(wb_schema_new(NULL, NULL, 0, &schema, NULL), WB_OK);
  uint64_t before = memory.live;
  for (int mode = FAULT_ONCE; mode <= FAULT_FOREVER; ++mode) {
    for (uint64_t at = 1;; ++at) {
      fault_arm(&memory.plan, (fault_mode)mode, at);
      wb_status status = whole_life(context, schema);
      assert_int_equal(status, memory.plan.hits ? WB_E_NOMEM : WB_OK);
      assert_int_equal(memory.live, before);
      if (!memory.plan.hits) break;
    }
  }
  wb_schema_unref(schema);
  wb_context_unref(context);
}

static int make_zone(void **state) {
  (void)state;
  return wb_zone_new(NULL, "America/New_York", 16, &new_york, NULL);
}

static int drop_zone(void **state) {
  (void)state;
  wb_zone_unref(new_york);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(patients_say_what_their_columns_hold),
      cmocka_unit_test(the_name_is_the_preferred_one_else_the_first),
      cmocka_unit_test(permission_that_is_not_given_is_the_text_unknown),
      cmocka_unit_test(a_location_gives_its_fields_and_its_day),
      cmocka_unit_test(the_only_location_is_everybodys),
      cmocka_unit_test(a_zone_that_is_none_holds_its_patients),
      cmocka_unit_test(without_any_zone_there_is_no_today),
      cmocka_unit_test(a_practice_without_child_tables_knows_no_visit),
      cmocka_unit_test(recare_comes_from_procedures_and_recalls),
      cmocka_unit_test(what_is_done_later_than_today_does_not_exist_yet),
      cmocka_unit_test(a_missed_visit_is_no_visit),
      cmocka_unit_test(an_exam_is_one_of_four_codes_done_by_today),
      cmocka_unit_test(only_limited_is_care_without_an_exam_in_24_months),
      cmocka_unit_test(broken_visits_of_12_months_are_counted),
      cmocka_unit_test(intervals_are_read_in_all_notations),
      cmocka_unit_test(the_prophy_row_comes_before_the_child_row),
      cmocka_unit_test(a_manual_due_date_counts_only_where_the_host_says_so),
      cmocka_unit_test(a_disabled_recall_changes_neither_kind_nor_due_date),
      cmocka_unit_test(perio_is_advised_with_a_prophy_record_and_perio_history),
      cmocka_unit_test(the_next_visit_is_the_first_scheduled_one_from_today_on),
      cmocka_unit_test(a_start_can_be_a_day_or_an_instant),
      cmocka_unit_test(booked_can_ask_for_a_trigger_in_the_visit),
      cmocka_unit_test(cells_that_cannot_be_hold_their_patient_only),
      cmocka_unit_test(dates_out_of_range_name_their_column),
      cmocka_unit_test(a_column_named_like_a_field_is_taken_as_given),
      cmocka_unit_test(child_rows_of_nobody_are_counted),
      cmocka_unit_test(conventions_are_copied_and_checked),
      cmocka_unit_test(a_wrong_making_is_refused),
      cmocka_unit_test(a_wrong_question_is_refused),
      cmocka_unit_test(the_zone_of_a_row_is_its_locations_else_the_moments),
      cmocka_unit_test(scratch_memory_grows_and_keeps_what_it_holds),
      cmocka_unit_test(no_memory_at_any_point_is_said_and_nothing_is_lost),
  };
  return cmocka_run_group_tests(tests, make_zone, drop_zone);
}

/* SPDX-License-Identifier: MIT */
/* Benefits in the dictionary. Each rule on both sides. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/base.h"
#include "support/asked.h"

#define PATIENT "patient:u|status:u|birth_date:tdD\na|active|1980-05-05\n"
#define COVERAGES                                                                                  \
  "patient:u|coverage:u|plan:u|ordinal:l|period:u|month:l|effective:tdD|terminates:tdD|maximum:l|" \
  "verified:tdD|payer:u|kind:u\n"
#define CLAIMS "patient:u|coverage:u|status:u|paid:l|estimated:l|date:tdD|apart:b\n"
#define PROCEDURES "patient:u|code:u|status:u|date:tdD|unpaid:b\n"
#define LIMITS "plan:u|limit:u|codes:u|level:l\n"

/* Facts of one patient with coverages and claims. */
static wb_facts *insured(const char *coverages, const char *claims) {
  return asked_of((const char *const[][2]){
      {"patients", PATIENT}, {"coverages", coverages}, {"claims", claims}, {NULL, NULL}});
}

static void what_is_left_is_the_maximum_less_used_and_pending(void **state) {
  (void)state;
  wb_facts *facts =
      insured(COVERAGES "a|c1||1|calendar||2024-01-01||150000|2026-01-20|private|ppo\n",
              CLAIMS "a|c1|received|90000||2026-01-14|\na|c1|not_received||20000|2026-01-20|\n"
                     "a|c1|received|50000||2025-12-31|\na|c1|received|70000||2026-01-14|1\n"
                     "a|other|received|70000||2026-01-14|\na|c1|other|70000|70000|2026-01-14|\n");
  static const char *const wanted[][2] = {{"benefit.active", "true"},
                                          {"benefit.key", "c1"},
                                          {"benefit.plan", "ppo"},
                                          {"benefit.public", "no"},
                                          {"benefit.period", "calendar"},
                                          {"benefit.first", "2026-01-01"},
                                          {"benefit.last", "2026-12-31"},
                                          {"benefit.stale", "false"},
                                          {"benefit.expiring", "false"},
                                          {"benefit.renewed", "true"},
                                          {"benefit.maximum", "150000"},
                                          {"benefit.used", "90000"},
                                          {"benefit.pending", "20000"},
                                          {"benefit.remaining", "40000"},
                                          {"benefit.max_used", "false"},
                                          {"benefit.max_used_last_period", "false"},
                                          {"coverages", "1"}};
  for (size_t i = 0; i < WBI_COUNT(wanted); ++i)
    asked_field(facts, 0, wanted[i][0], wanted[i][1]);
  asked_items(facts, 0,
              "coverages.coverage coverages.ordinal coverages.period coverages.effective "
              "coverages.terminates coverages.maximum coverages.payer coverages.kind",
              "c1 1 calendar 2024-01-01 null 150000 private ppo");
  wb_facts_free(facts);
}

static void a_maximum_is_used_up_this_period_or_the_last(void **state) {
  (void)state;
  static const char coverages[] = COVERAGES "a|c1||1|plan_year|7|2024-01-01||100000|2026-01-20||\n";
  wb_facts *now = insured(coverages, CLAIMS "a|c1|received|100000||2025-07-01|\n");
  asked_field(now, 0, "benefit.first", "2025-07-01");
  asked_field(now, 0, "benefit.max_used", "true");
  asked_field(now, 0, "benefit.remaining", "0");
  asked_field(now, 0, "benefit.max_used_last_period", "false");
  wb_facts_free(now);
  wb_facts *before = insured(coverages, CLAIMS "a|c1|received|100000||2025-06-30|\n");
  asked_field(before, 0, "benefit.max_used", "false");
  asked_field(before, 0, "benefit.remaining", "100000");
  asked_field(before, 0, "benefit.max_used_last_period", "true");
  wb_facts_free(before);
}

static void a_period_expires_in_its_last_90_days(void **state) {
  (void)state;
  wb_facts *facts = insured(COVERAGES "a|c1||1|plan_year|5|||100000|2026-01-20||\n", CLAIMS);
  asked_field(facts, 0, "benefit.last", "2026-04-30");
  asked_field(facts, 0, "benefit.expiring", "true");
  asked_at(facts, 0, "benefit.expiring", "2026-01-29T14:00:00Z", "false");
  wb_facts_free(facts);
}

static void an_unknown_maximum_is_neither_nothing_nor_without_end(void **state) {
  (void)state;
  wb_facts *facts = insured(COVERAGES "a|c1||1|calendar|||||2026-01-20||\n",
                            CLAIMS "a|c1|received|90000||2026-01-14|\n");
  asked_field(facts, 0, "benefit.maximum", "unknown");
  asked_field(facts, 0, "benefit.remaining", "unknown");
  asked_field(facts, 0, "benefit.max_used", "unknown");
  asked_field(facts, 0, "benefit.used", "90000");
  wb_facts_free(facts);
}

static void data_of_more_than_30_days_make_no_statement(void **state) {
  (void)state;
  wb_facts *facts = insured(COVERAGES "a|c1||1|calendar||||100000|2025-12-31||\n", CLAIMS);
  asked_field(facts, 0, "benefit.stale", "false");
  asked_field(facts, 0, "benefit.remaining", "100000");
  static const char *const silent[] = {"benefit.remaining",      "benefit.used",
                                       "benefit.pending",        "benefit.maximum",
                                       "benefit.expiring",       "benefit.renewed",
                                       "benefit.max_used",       "benefit.max_used_last_period",
                                       "benefit.covered_hygiene"};
  asked_at(facts, 0, "benefit.stale", "2026-01-31T14:00:00Z", "true");
  for (size_t i = 0; i < WBI_COUNT(silent); ++i)
    asked_at(facts, 0, silent[i], "2026-01-31T14:00:00Z", "unknown");
  wb_facts_free(facts);
}

static void a_coverage_is_in_force_from_its_first_to_its_last_day(void **state) {
  (void)state;
  static const char *const rows[][2] = {{"2026-01-30|", "true"},
                                        {"2026-01-31|", "false"},
                                        {"|2026-01-30", "true"},
                                        {"|2026-01-29", "false"}};
  for (size_t i = 0; i < WBI_COUNT(rows); ++i) {
    char table[320];
    snprintf(table, sizeof table, COVERAGES "a|c1||1|calendar||%s|100000|2026-01-20|public|\n",
             rows[i][0]);
    wb_facts *facts = insured(table, CLAIMS);
    bool active = strcmp(rows[i][1], "true") == 0;
    asked_field(facts, 0, "benefit.active", rows[i][1]);
    asked_field(facts, 0, "benefit.remaining", active ? "100000" : "unknown");
    asked_field(facts, 0, "benefit.public", active ? "yes" : "no");
    wb_facts_free(facts);
  }
}

static void of_two_coverages_the_one_with_more_left_is_spoken_of(void **state) {
  (void)state;
  static const char *const tables[][2] = {
      {COVERAGES "a|c1||1|calendar||||50000|2026-01-20||\na|c2||2|calendar||||60000|2026-01-20||\n",
       "c2"},
      {COVERAGES "a|c2||2|calendar||||50000|2026-01-20||\na|c1||1|calendar||||50000|2026-01-20||\n",
       "c1"},
      {COVERAGES "a|c1||1|calendar||||50000|2026-01-20||\n"
                 "a|c2||2|calendar|||2025-12-31|60000|2026-01-20||\n",
       "c1"},
      {COVERAGES "a|c1|||calendar||||50000|2026-01-20||\na|c2|||calendar||||50000|2026-01-20||\n",
       "c1"},
      {COVERAGES "a|c2||1|calendar|||2025-12-31||2026-01-20||\na|c1||2|calendar|||||2026-01-20||\n",
       "c1"},
      {COVERAGES "a|c1||1|calendar|||2025-12-31||2026-01-20||\n", "c1"}};
  for (size_t i = 0; i < WBI_COUNT(tables); ++i) {
    wb_facts *facts = insured(tables[i][0], CLAIMS);
    asked_field(facts, 0, "benefit.key", tables[i][1]);
    wb_facts_free(facts);
  }
  wb_facts *stale = insured(COVERAGES "a|c1||1|calendar||||50000|2026-01-20||\n"
                                      "a|c2||2|calendar||||60000|2025-01-20||\n",
                            CLAIMS);
  asked_field(stale, 0, "benefit.stale", "true");
  asked_field(stale, 0, "benefit.remaining", "unknown");
  wb_facts_free(stale);
  stale = insured(COVERAGES "a|c1||1|calendar||||60000|2026-01-20||\n"
                            "a|c2||2|calendar||||50000|2025-01-20||\n",
                  CLAIMS);
  asked_field(stale, 0, "benefit.key", "c1");
  asked_field(stale, 0, "benefit.stale", "true");
  wb_facts_free(stale);
}

static void the_first_period_of_the_calendar_has_none_before_it(void **state) {
  (void)state;
  wb_facts *facts = insured(COVERAGES "a|c1||1|calendar||||50000|2026-01-20||\n", CLAIMS);
  asked_at(facts, 0, "benefit.first", "0001-06-15T14:00:00Z", "0001-01-01");
  asked_at(facts, 0, "benefit.max_used_last_period", "0001-06-15T14:00:00Z", "unknown");
  wb_facts_free(facts);
}

static void public_coverage_is_yes_no_or_unknown(void **state) {
  (void)state;
  static const char *const rows[][2] = {{"", "no"},
                                        {"a|c1||1|||||||private|\n", "no"},
                                        {"a|c1||1|||||||public|\n", "yes"},
                                        {"a|c1||1|||||||unknown|\n", "unknown"},
                                        {"a|c1||1|||||||private|\na|c2||2|||||||public|\n", "yes"},
                                        {"a|c1||1|||||||public|\na|c2||2||||||||\n", "yes"},
                                        {"a|c1||1|||||||private|\na|c2||2||||||||\n", "unknown"}};
  for (size_t i = 0; i < WBI_COUNT(rows); ++i) {
    char table[320];
    snprintf(table, sizeof table, COVERAGES "%s", rows[i][0]);
    wb_facts *facts = insured(table, CLAIMS);
    asked_field(facts, 0, "benefit.public", rows[i][1]);
    wb_facts_free(facts);
  }
}

static void without_coverages_or_claims_benefits_are_unknown(void **state) {
  (void)state;
  wb_facts *none = asked_of((const char *const[][2]){{"patients", PATIENT}, {NULL, NULL}});
  asked_field(none, 0, "benefit.active", "unknown");
  asked_field(none, 0, "benefit.public", "unknown");
  asked_field(none, 0, "benefit.remaining", "unknown");
  wb_facts_free(none);
  wb_facts *unclaimed = asked_of(
      (const char *const[][2]){{"patients", PATIENT},
                               {"coverages", COVERAGES "a|c1||1|calendar||||50000|2026-01-20||\n"},
                               {NULL, NULL}});
  asked_field(unclaimed, 0, "benefit.maximum", "50000");
  asked_field(unclaimed, 0, "benefit.remaining", "unknown");
  wb_facts_free(unclaimed);
  wb_facts *nobody = insured(COVERAGES, CLAIMS);
  asked_field(nobody, 0, "benefit.active", "false");
  wb_facts_free(nobody);
}

static void a_plan_that_cannot_be_is_an_error_of_its_patient(void **state) {
  (void)state;
  wb_facts *facts = insured(COVERAGES "a|c1||1|plan_year||||50000|2026-01-20||\n", CLAIMS);
  asked_fails(facts, 0, "benefit.last", WB_E_TYPE, "coverages.period");
  asked_field(facts, 0, "coverages", "1");
  wb_facts_free(facts);
}

static void days_are_read_from_the_first_to_the_last(void **state) {
  (void)state;
  wb_facts *facts =
      insured(COVERAGES "a|c1||1|calendar||0001-01-01|9999-12-31|50000|2026-01-20||\n", CLAIMS);
  asked_items(facts, 0, "coverages.effective coverages.terminates", "0001-01-01 9999-12-31");
  asked_field(facts, 0, "benefit.active", "true");
  wb_facts_free(facts);
}

static void numbers_of_a_plan_are_within_bounds(void **state) {
  (void)state;
  static const struct {
    const char *months;
    wb_status status;
  } rows[] = {{"-1", WB_E_RANGE}, {"1", WB_OK}, {"120000", WB_OK}, {"120001", WB_E_RANGE}};
  for (size_t i = 0; i < WBI_COUNT(rows); ++i) {
    char table[128];
    snprintf(table, sizeof table,
             "patient:u|coverage:u|period:u|months:l|verified:tdD\na|c1|calendar|%s|2026-01-20\n",
             rows[i].months);
    wb_facts *facts = insured(table, CLAIMS);
    if (rows[i].status)
      asked_fails(facts, 0, "benefit.active", rows[i].status, "coverages.months");
    else
      asked_field(facts, 0, "benefit.active", "true");
    wb_facts_free(facts);
  }
}

static void what_cannot_be_read_is_an_error_of_its_patient(void **state) {
  (void)state;
  static const char coverage[] = COVERAGES "a|c1||1|calendar||||50000|2026-01-20||\n";
  static const struct {
    const char *coverages, *claims, *path;
  } rows[] = {
      {COVERAGES "a|c1||1|calendar||||50000|2026-01-20|whoever|\n", CLAIMS, "coverages.payer"},
      {coverage, CLAIMS "a|c1||90000||2026-01-14|\n", "claims.status"},
      {coverage, CLAIMS "a|c1|lost|90000||2026-01-14|\n", "claims.status"},
      {coverage, CLAIMS "a|c1|received|90000|||\n", "claims.date"}};
  for (size_t i = 0; i < WBI_COUNT(rows); ++i) {
    wb_facts *facts = insured(rows[i].coverages, rows[i].claims);
    asked_fails(facts, 0, "benefit.active", WB_E_TYPE, rows[i].path);
    wb_facts_free(facts);
  }
}

/* Facts of one patient with limits and a history. */
static wb_facts *limited(const char *coverages, const char *limits, const char *procedures) {
  return asked_of((const char *const[][2]){{"patients", PATIENT},
                                           {"coverages", coverages},
                                           {"limits", limits},
                                           {"procedures", procedures},
                                           {NULL, NULL}});
}

static void the_next_cleaning_is_covered_when_all_limits_allow(void **state) {
  (void)state;
  static const char one[] = COVERAGES "a|c1|p1|1|calendar||||50000|2026-01-20||\n";
  static const char history[] =
      PROCEDURES "a|D1110|completed|2025-08-30|\na|D1110|completed|2025-05-12|\n";
  wb_facts *facts = limited(one,
                            LIMITS "p1|2 per 12 rolling months|D1110|\n"
                                   "p1|1 per 5 years|D0210|\np2|once per lifetime||\n",
                            history);
  asked_field(facts, 0, "benefit.covered_hygiene", "2026-05-12");
  wb_facts_free(facts);
  facts = limited(one, LIMITS "p1|1 per 6 months + 1 day|D1110|\n", history);
  asked_field(facts, 0, "benefit.covered_hygiene", "2026-03-01");
  asked_at(facts, 0, "benefit.covered_hygiene", "2026-02-19T14:00:00Z", "2026-03-01");
  wb_facts_free(facts);
  facts = limited(one, LIMITS "p1|1 per 6 months|D1110|\n",
                  PROCEDURES "a|D1110|completed|2025-08-30|1\n");
  asked_field(facts, 0, "benefit.covered_hygiene", "2026-01-30");
  wb_facts_free(facts);
  facts = limited(one, LIMITS "p1|once per lifetime|D1110|\n", history);
  asked_field(facts, 0, "benefit.covered_hygiene", "unknown");
  wb_facts_free(facts);
}

static void both_coverages_must_allow_a_cleaning(void **state) {
  (void)state;
  wb_facts *facts = limited(COVERAGES "a|c1|p1|1|calendar||||50000|2026-01-20||\n"
                                      "a|c2||2|plan_year|4|||50000|2026-01-20||\n",
                            LIMITS "p1|1 per 6 months|D1110|\nc2|1 per benefit year|D1110|\n",
                            PROCEDURES "a|D1110|completed|2025-08-30|\n");
  asked_field(facts, 0, "benefit.covered_hygiene", "2026-04-01");
  wb_facts_free(facts);
}

static void perio_patients_are_asked_about_gum_care(void **state) {
  (void)state;
  wb_facts *facts = limited(COVERAGES "a|c1|p1|1|calendar||||50000|2026-01-20||\n",
                            LIMITS "p1|1 per 6 months|D1110|\np1|1 per 3 months|D4910|\n",
                            PROCEDURES "a|D1110|completed|2025-12-01|\n"
                                       "a|D4910|completed|2026-01-05|\n");
  asked_field(facts, 0, "benefit.covered_hygiene", "2026-04-05");
  wb_facts_free(facts);
}

static void children_are_asked_about_their_own_cleaning(void **state) {
  (void)state;
  static const char *const born[][2] = {{"1980-05-05", "2026-06-01"}, {"2020-05-05", "2026-03-01"}};
  for (size_t i = 0; i < WBI_COUNT(born); ++i) {
    char patients[96];
    snprintf(patients, sizeof patients, "patient:u|status:u|birth_date:tdD\na|active|%s\n",
             born[i][0]);
    wb_facts *facts = asked_of((const char *const[][2]){
        {"patients", patients},
        {"coverages", COVERAGES "a|c1|p1|1|calendar||||50000|2026-01-20||\n"},
        {"limits", LIMITS "p1|1 per 6 months|D1110|\np1|1 per 3 months|D1120|\n"},
        {"procedures", PROCEDURES "a|D1110|completed|2025-12-01|\na|D1120|completed|2025-12-01|\n"},
        {NULL, NULL}});
    asked_field(facts, 0, "benefit.covered_hygiene", born[i][1]);
    wb_facts_free(facts);
  }
}

static void a_limit_of_a_higher_level_stands_in_for_lower_ones(void **state) {
  (void)state;
  static const char *const rows[][2] = {
      {LIMITS "p1|1 per 6 months|D1110|1\np1|1 per 3 months|D1110|2\n", "2026-03-01"},
      {LIMITS "p1|1 per 6 months|D1110|\np1|1 per 3 months|D1110|1\n", "2026-03-01"},
      {LIMITS "p1|1 per 6 months|D1110|2\np1|1 per 3 months|D1110|2147483646\n", "2026-03-01"},
      {LIMITS "p1|1 per 6 months|D1110|2\np1|1 per 3 months|D1110|2147483647\n", "2026-06-01"},
      {LIMITS "p1|1 per 6 months|D1110|-1\np1|1 per 3 months|D1110|-2147483647\n", "2026-06-01"},
      {LIMITS "p1|1 per 6 months|D1110|-1\np1|1 per 3 months|D1110|-2147483648\n", "2026-03-01"},
      {LIMITS "p1|1 per 6 months|D1110|1\np1|1 per 3 months|D1110|1\n", "2026-06-01"}};
  for (size_t i = 0; i < WBI_COUNT(rows); ++i) {
    wb_facts *facts = limited(COVERAGES "a|c1|p1|1|calendar||||50000|2026-01-20||\n", rows[i][0],
                              PROCEDURES "a|D1110|completed|2025-12-01|\n");
    asked_field(facts, 0, "benefit.covered_hygiene", rows[i][1]);
    wb_facts_free(facts);
  }
}

static void limits_go_by_the_year_and_the_days_of_their_coverage(void **state) {
  (void)state;
  static const char coverages[] =
      "patient:u|coverage:u|period:u|month:l|day:l|effective:tdD|terminates:tdD|verified:tdD\n"
      "a|c1|plan_year|4|15|2025-04-15|2026-06-30|2026-01-20\n";
  static const char *const rows[][3] = {{"1 per benefit year", "2025-12-01", "2026-04-15"},
                                        {"waiting period 12 months", "2020-01-01", "2026-04-15"},
                                        {"1 per 6 months", "2025-12-30", "2026-06-30"},
                                        {"1 per 6 months", "2025-12-31", "2026-06-30"},
                                        {"1 per 6 months + 1 day", "2025-12-31", "unknown"}};
  for (size_t i = 0; i < WBI_COUNT(rows); ++i) {
    char limits[96], history[128];
    snprintf(limits, sizeof limits, LIMITS "c1|%s|D1110|\n", rows[i][0]);
    snprintf(history, sizeof history, PROCEDURES "a|D1110|completed|%s|\n", rows[i][1]);
    wb_facts *facts = limited(coverages, limits, history);
    asked_field(facts, 0, "benefit.covered_hygiene", rows[i][2]);
    wb_facts_free(facts);
  }
}

static void nothing_is_said_to_be_covered_without_benefits(void **state) {
  (void)state;
  static const char limits[] = LIMITS "p1|1 per 6 months|D1110|\n";
  wb_facts *over =
      limited(COVERAGES "a|c1|p1|1|calendar|||2025-12-31|50000|2026-01-20||\n", limits, PROCEDURES);
  asked_field(over, 0, "benefit.covered_hygiene", "unknown");
  wb_facts_free(over);
  wb_facts *unlimited = insured(COVERAGES "a|c1|p1|1|calendar||||50000|2026-01-20||\n", CLAIMS);
  asked_field(unlimited, 0, "benefit.covered_hygiene", "unknown");
  wb_facts_free(unlimited);
}

static void limits_that_cannot_be_read_are_an_error_of_their_patients(void **state) {
  (void)state;
  static const char one[] = COVERAGES "a|c1|p1|1|calendar||||50000|2026-01-20||\n";
  static const char *const limits[] = {LIMITS "p1|now and then|D1110|\n",
                                       LIMITS "p1|1 per 6 months|D1110 nonsense|\n"};
  for (size_t i = 0; i < WBI_COUNT(limits); ++i) {
    wb_facts *facts = limited(one, limits[i], PROCEDURES);
    asked_fails(facts, 0, "benefit.covered_hygiene", WB_E_TYPE, "limits.limit");
    asked_field(facts, 0, "benefit.active", "true");
    wb_facts_free(facts);
  }
  wb_facts *other = limited(one, LIMITS "p2|now and then|D1110|\n", PROCEDURES);
  asked_field(other, 0, "benefit.covered_hygiene", "2026-01-30");
  wb_facts_free(other);
}

/* ---- too many ---- */

/* A table of some lines after its head. */
static char *many(const char *head, const char *line, size_t count) {
  size_t at = strlen(head), length = strlen(line);
  char *text = test_malloc(at + count * length + 1);
  memcpy(text, head, at);
  for (size_t i = 0; i < count; ++i, at += length)
    memcpy(text + at, line, length);
  text[at] = 0;
  return text;
}

static void more_than_anybody_has_is_refused_before_it_takes_long(void **state) {
  (void)state;
  static const struct {
    const char *name, *head, *line, *field, *path;
    size_t most;
  } rows[] = {
      {"coverages", "patient:u|coverage:u\n", "a|c\n", "benefit.active", "coverages", 100},
      {"procedures", "patient:u|code:u|status:u|date:tdD\n", "a|D0120|completed|2025-01-01\n",
       "treatments", "procedures", 4000},
      {"openings", "opening:u|start:tss:\n", "o|1893456000\n", "openings", "openings", 1000}};
  for (size_t i = 0; i < WBI_COUNT(rows); ++i) {
    for (size_t more = 0; more < 2; ++more) {
      char *text = many(rows[i].head, rows[i].line, rows[i].most + more);
      wb_facts *facts = asked_of(
          (const char *const[][2]){{"patients", PATIENT}, {rows[i].name, text}, {NULL, NULL}});
      if (more)
        asked_fails(facts, 0, rows[i].field, WB_E_LIMIT, rows[i].path);
      else
        asked_known(facts, 0, rows[i].field);
      wb_facts_free(facts);
      test_free(text);
    }
  }
}

static void more_limits_than_a_plan_has_are_refused(void **state) {
  (void)state;
  for (size_t more = 0; more < 2; ++more) {
    char *text = many(LIMITS, "p1|1 per 5 years|D0210|\n", 200 + more);
    wb_facts *facts =
        limited(COVERAGES "a|c1|p1|1|calendar||||50000|2026-01-20||\n", text, PROCEDURES);
    if (more)
      asked_fails(facts, 0, "benefit.covered_hygiene", WB_E_LIMIT, "limits");
    else
      asked_known(facts, 0, "benefit.covered_hygiene");
    wb_facts_free(facts);
    test_free(text);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_left_is_the_maximum_less_used_and_pending),
      cmocka_unit_test(a_maximum_is_used_up_this_period_or_the_last),
      cmocka_unit_test(a_period_expires_in_its_last_90_days),
      cmocka_unit_test(an_unknown_maximum_is_neither_nothing_nor_without_end),
      cmocka_unit_test(data_of_more_than_30_days_make_no_statement),
      cmocka_unit_test(a_coverage_is_in_force_from_its_first_to_its_last_day),
      cmocka_unit_test(of_two_coverages_the_one_with_more_left_is_spoken_of),
      cmocka_unit_test(the_first_period_of_the_calendar_has_none_before_it),
      cmocka_unit_test(public_coverage_is_yes_no_or_unknown),
      cmocka_unit_test(without_coverages_or_claims_benefits_are_unknown),
      cmocka_unit_test(a_plan_that_cannot_be_is_an_error_of_its_patient),
      cmocka_unit_test(days_are_read_from_the_first_to_the_last),
      cmocka_unit_test(numbers_of_a_plan_are_within_bounds),
      cmocka_unit_test(what_cannot_be_read_is_an_error_of_its_patient),
      cmocka_unit_test(the_next_cleaning_is_covered_when_all_limits_allow),
      cmocka_unit_test(both_coverages_must_allow_a_cleaning),
      cmocka_unit_test(perio_patients_are_asked_about_gum_care),
      cmocka_unit_test(children_are_asked_about_their_own_cleaning),
      cmocka_unit_test(a_limit_of_a_higher_level_stands_in_for_lower_ones),
      cmocka_unit_test(limits_go_by_the_year_and_the_days_of_their_coverage),
      cmocka_unit_test(nothing_is_said_to_be_covered_without_benefits),
      cmocka_unit_test(limits_that_cannot_be_read_are_an_error_of_their_patients),
      cmocka_unit_test(more_than_anybody_has_is_refused_before_it_takes_long),
      cmocka_unit_test(more_limits_than_a_plan_has_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

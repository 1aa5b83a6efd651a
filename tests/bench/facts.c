/* SPDX-License-Identifier: MIT */
/*
 * What a patient's derived facts cost: recare alone, and all lists and benefits, over practices of
 * 10,000 and 100,000 patients with twelve procedures each. In nanoseconds a patient; a pass over
 * ten times as many patients has to take about ten times as long.
 */
#define _POSIX_C_SOURCE 200809L
#include <string.h>

#include <winback/winback.h>

#include "bench/bench.h"
#include "support/tables.h"

enum { SMALL = 10000, LARGE = 100000, RUNS = 5, LINE = 64, VISITS = 12 };

/* Adds a table of `each` lines a patient, made by `line`. */
static void fill(wb_facts *facts, const char *name, const char *head, uint32_t patients,
                 uint32_t each, int (*line)(char *out, uint32_t patient, uint32_t index)) {
  size_t at = strlen(head);
  char *text = malloc(at + (size_t)patients * each * LINE + 1);
  if (!text) exit(1);
  memcpy(text, head, at);
  for (uint32_t patient = 0; patient < patients; patient++)
    for (uint32_t i = 0; i < each; i++)
      at += (size_t)line(text + at, patient, i);
  text[at] = 0;
  need(table_add(facts, name, text, NULL), "table_add", NULL);
  free(text);
}

static int patient_line(char *out, uint32_t patient, uint32_t index) {
  (void)index;
  return snprintf(out, LINE, "p%u|active|1980-01-01|h%u\n", patient, patient / 3);
}

/* Cleanings and exams, a root canal and a build-up without a crown, three plans. */
static int procedure_line(char *out, uint32_t patient, uint32_t index) {
  static const char *const rows[VISITS] = {
      "D1110|completed|2023-03-01||||",   "D0120|completed|2023-03-01||||",
      "D1110|completed|2023-10-01||||",   "D0274|completed|2023-10-01||||",
      "D1110|completed|2024-05-01||||",   "D0120|completed|2024-05-01||||",
      "D3330|completed|2025-02-01||30||", "D2950|completed|2025-03-01||3||",
      "D1110|completed|2025-03-01||||",   "D2740|planned||2025-02-01|30||v1",
      "D2392|planned||2024-12-01|14||",   "D4341|planned||2025-03-01||UL|"};
  return snprintf(out, LINE, "p%u|%s\n", patient, rows[index]);
}

static int visit_line(char *out, uint32_t patient, uint32_t index) {
  static const char *const rows[] = {"completed|2025-03-01|v0", "broken|2025-09-01|v1",
                                     "scheduled|2026-04-01|v2"};
  return snprintf(out, LINE, "p%u|%s\n", patient, rows[index]);
}

static int coverage_line(char *out, uint32_t patient, uint32_t index) {
  (void)index;
  return snprintf(out, LINE, "p%u|c%u|plan%u|calendar|150000|2026-01-20\n", patient, patient,
                  patient % 20);
}

static int claim_line(char *out, uint32_t patient, uint32_t index) {
  return snprintf(out, LINE, "p%u|c%u|received|%u|2026-01-0%u\n", patient, patient, 10000 * index,
                  index + 1);
}

static int limit_line(char *out, uint32_t plan, uint32_t index) {
  static const char *const rows[] = {"2 per 12 months|D1110", "1 per 5 years per tooth|crown"};
  return snprintf(out, LINE, "plan%u|%s\n", plan, rows[index]);
}

/* A practice of so many patients. */
static wb_facts *practice(wb_schema *schema, uint32_t patients) {
  wb_facts_options options = {.size = sizeof options};
  wb_facts *facts = NULL;
  need(wb_facts_new(NULL, schema, &options, &facts, NULL), "wb_facts_new", NULL);
  fill(facts, "patients", "patient:u|status:u|birth_date:tdD|household:u\n", patients, 1,
       patient_line);
  fill(facts, "procedures",
       "patient:u|code:u|status:u|date:tdD|diagnosed:tdD|tooth:u|area:u|appointment:u\n", patients,
       VISITS, procedure_line);
  fill(facts, "appointments", "patient:u|status:u|start:tdD|appointment:u\n", patients, 3,
       visit_line);
  fill(facts, "coverages", "patient:u|coverage:u|plan:u|period:u|maximum:l|verified:tdD\n",
       patients, 1, coverage_line);
  fill(facts, "claims", "patient:u|coverage:u|status:u|paid:l|date:tdD\n", patients, 2, claim_line);
  fill(facts, "limits", "plan:u|limit:u|codes:u\n", 20, 2, limit_line);
  return facts;
}

/* Reads fields of every patient; the sum of what they say keeps it from being left out. */
static int64_t read_all(wb_facts *facts, const wb_schema *schema, uint32_t patients,
                        const char *const *fields, const wb_moment *moment) {
  int64_t sum = 0;
  uint32_t indices[8], count = 0;
  for (; fields[count]; count++)
    need(wb_schema_find(schema, fields[count], strlen(fields[count]), &indices[count]),
         "wb_schema_find", NULL);
  for (uint32_t row = 0; row < patients; row++)
    for (uint32_t i = 0; i < count; i++) {
      wb_value value = {.size = sizeof value};
      need(wb_facts_get(facts, row, indices[i], moment, &value, NULL), "wb_facts_get", NULL);
      sum += value.integer;
    }
  return sum;
}

/* The least nanoseconds a patient of some passes. */
static double measure(wb_facts *facts, const wb_schema *schema, uint32_t patients,
                      const char *const *fields, const wb_moment *moment) {
  double best = 1e9;
  for (int i = 0; i < RUNS; i++) {
    double start = seconds_now();
    if (read_all(facts, schema, patients, fields, moment) == 42) puts("");
    double each = (seconds_now() - start) / patients * 1e9;
    if (i > 0 && each < best) best = each; /* the first joins the tables */
  }
  return best;
}

int main(void) {
  static const struct {
    const char *name;
    const char *fields[8];
  } groups[] = {{"recare.band", {"recare.band"}},
                {"visits and standing", {"visit.next", "visit.broken_open", "patient.excluded"}},
                {"treatments", {"treatments"}},
                {"unfinished", {"unfinished"}},
                {"benefits", {"benefit.remaining", "benefit.max_used_last_period"}},
                {"covered hygiene", {"benefit.covered_hygiene"}},
                {"household", {"household.size", "household.overdue_others"}}};
  wb_schema *schema = NULL;
  wb_zone *zone = NULL;
  wb_moment moment = {.size = sizeof moment};
  need(wb_schema_new(NULL, NULL, 0, &schema, NULL), "wb_schema_new", NULL);
  need(wb_zone_new(NULL, "America/New_York", 16, &zone, NULL), "wb_zone_new", NULL);
  need(wb_time_parse("2026-01-30T14:00:00Z", 20, &moment.now), "wb_time_parse", NULL);
  moment.zone = zone;
  wb_facts *small = practice(schema, SMALL), *large = practice(schema, LARGE);
  int slow = 0;
  for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
    double one = measure(small, schema, SMALL, groups[i].fields, &moment);
    double ten = measure(large, schema, LARGE, groups[i].fields, &moment);
    printf("%-22s %8.0f ns of %d patients %8.0f ns of %d\n", groups[i].name, one, SMALL, ten,
           LARGE);
    slow += one > 5000 || ten > 5000;
  }
  wb_facts_free(small);
  wb_facts_free(large);
  wb_schema_unref(schema);
  wb_zone_unref(zone);
  return slow;
}

/* SPDX-License-Identifier: MIT */
/*
 * How long a day takes: load → segment → enrol → poll over 1×, 10× and 100× a practice of 300
 * patients, in library time. Rows are made in memory beforehand, so no file is read. The yardstick
 * is memcpy over the rows' bytes in the same run; what counts is that cost grows linearly.
 */
#define _POSIX_C_SOURCE 200809L
#include <string.h>

#include <winback/winback.h>

#include "bench/bench.h"
#include "support/fault.h"
#include "support/playbook.h"
#include "support/tables.h"

enum { PATIENTS = 300, VISITS = 10, BATCH = 64 };

/* ---- rows ---- */

typedef struct rows {
  char *patients, *procedures, *appointments;
  size_t bytes;
} rows;

static char *printed(FILE *file, char **text) {
  fclose(file);
  return *text;
}

/* Patients whose last cleaning lies from 1 to 30 months back; one in five is booked. */
static rows make_rows(int count) {
  rows made = {0};
  size_t sizes[3];
  FILE *patients = open_memstream(&made.patients, &sizes[0]);
  FILE *procedures = open_memstream(&made.procedures, &sizes[1]);
  FILE *appointments = open_memstream(&made.appointments, &sizes[2]);
  fputs("patient:u|status:u|first_name:u|birth_date:tdD|mobile:u|email:u|text_permission:u\n",
        patients);
  fputs("patient:u|code:u|status:u|date:tdD\n", procedures);
  fputs("patient:u|status:u|start:tdD\n", appointments);
  for (int i = 0; i < count; i++) {
    fprintf(patients, "%d|active|Pat|%d-05-17|+1212555%04d|p%d@example.com|%s\n", i, 1950 + i % 50,
            100 + i % 100, i, i % 4 ? "yes" : "no");
    for (int visit = 0; visit < VISITS; visit++) {
      int month = 12 * 2026 + 1 - (i % 30) - 3 * visit;
      fprintf(procedures, "%d|%s|completed|%d-%02d-%02d\n", i,
              visit % 2 ? "D0274"
              : i % 5   ? "D1110"
                        : "D4910",
              month / 12, month % 12 + 1, 1 + i % 28);
    }
    if (i % 5 == 0) fprintf(appointments, "%d|scheduled|2026-03-20\n", i);
  }
  printed(patients, &made.patients);
  printed(procedures, &made.procedures);
  printed(appointments, &made.appointments);
  made.bytes = sizes[0] + sizes[1] + sizes[2];
  return made;
}

static void free_rows(rows *made) {
  free(made->patients);
  free(made->procedures);
  free(made->appointments);
}

/* ---- the day ---- */

typedef struct day {
  fault_memory memory;
  wb_context *context;
  wb_schema *schema;
  wb_facts *facts;
  wb_practice *practice;
  wb_time now;
} day;

/* Adds one table; only the library's part is timed. */
static double add_table(day *d, const char *name, const char *text) {
  struct ArrowSchema schema;
  struct ArrowArray array;
  wb_error error = {0};
  table_make(text, &schema, &array);
  double start = seconds_now();
  need(wb_facts_add(d->facts, name, &schema, &array, &error), name, &error);
  return seconds_now() - start;
}

static double load(day *d, const rows *made) {
  wb_error error = {0};
  wb_facts_options options = {.size = sizeof options, .as_of = d->now};
  need(wb_facts_new(d->context, d->schema, &options, &d->facts, &error), "facts", &error);
  double spent =
      add_table(d, "locations",
                "location:u|short_name:u|zone:u|region:u|booking_url:u|phone:u|address:u\n"
                "1|Example Dental|America/New_York|US-NY|https://book.example.com/|"
                "+12125550100|12 Example Street, Albany, NY 12201\n");
  spent += add_table(d, "patients", made->patients);
  spent += add_table(d, "procedures", made->procedures);
  return spent + add_table(d, "appointments", made->appointments);
}

/* How many active patients are overdue with nothing booked; the first pass joins the tables. */
static double segment(day *d, uint64_t patients, uint64_t *selected) {
  static const char where[] =
      "patient.status == \"active\" && !recare.booked && recare.overdue_months >= 6";
  wb_error error = {0};
  wb_rule *rule = NULL;
  wb_zone *zone = NULL;
  double start = seconds_now();
  need(wb_zone_new(d->context, "America/New_York", 16, &zone, &error), "zone", &error);
  need(wb_rule_new(d->context, d->schema, where, sizeof where - 1, &rule, &error), "rule", &error);
  wb_moment moment = {.size = sizeof moment, .now = d->now, .zone = zone};
  wb_verdict verdict = {.size = sizeof verdict};
  *selected = 0;
  for (uint64_t row = 0; row < patients; row++) {
    need(wb_rule_test(rule, d->facts, row, &moment, &verdict, &error), "rule", &error);
    *selected += verdict.truth == WB_TRUE;
  }
  double spent = seconds_now() - start;
  wb_rule_unref(rule);
  wb_zone_unref(zone);
  return spent;
}

static wb_status WB_CALL append(void *user, uint64_t first, const void *bytes, uint64_t length,
                                uint32_t count) {
  (void)first, (void)bytes, (void)count;
  *(uint64_t *)user += length;
  return WB_OK;
}

/* A practice with the hygiene playbook launched, and no limit on a day's admissions. */
static void open_practice(day *d, uint64_t *journal) {
  static const uint8_t secret[16] = {1};
  wb_error error = {0};
  wb_practice_options options = {.size = sizeof options,
                                 .secret = secret,
                                 .key = "bench",
                                 .key_length = 5,
                                 .append = append,
                                 .user = journal,
                                 .admissions = 1000000};
  const char *name = "hygiene-recare", *json;
  size_t length;
  wb_campaign *campaign = NULL;
  need(wb_practice_new(d->context, d->schema, NULL, &options, &d->practice, &error), "practice",
       &error);
  json = playbook_text(name, &length);
  need(wb_campaign_new(d->context, d->schema, NULL, json, length, &campaign, &error), "campaign",
       &error);
  need(wb_practice_add(d->practice, campaign, d->now, &error), "add", &error);
  wb_input launch = {.size = sizeof launch,
                     .kind = WB_INPUT_LAUNCH,
                     .campaign = name,
                     .campaign_length = (uint32_t)strlen(name),
                     .approver = "dr-example",
                     .approver_length = 10};
  need(wb_practice_receive(d->practice, &launch, d->now, &error), "launch", &error);
  wb_campaign_unref(campaign);
}

static double enroll(day *d, wb_counts *counts) {
  wb_error error = {0};
  double start = seconds_now();
  need(wb_practice_enroll(d->practice, NULL, 0, d->facts, d->now, counts, &error), "enroll",
       &error);
  return seconds_now() - start;
}

/* Polls and acks until nothing is due. */
static double poll(day *d, uint64_t *sent) {
  wb_error error = {0};
  wb_action actions[BATCH] = {{.size = sizeof(wb_action)}};
  wb_outcome outcome = {.size = sizeof outcome, .kind = WB_SENT};
  uint32_t count;
  *sent = 0;
  double start = seconds_now();
  do {
    need(wb_practice_poll(d->practice, d->facts, d->now, actions, BATCH, &count, &error), "poll",
         &error);
    for (uint32_t i = 0; i < count; i++) {
      need(wb_practice_ack(d->practice, actions[i].id, &outcome, d->now, &error), "ack", &error);
    }
    *sent += count;
  } while (count);
  return seconds_now() - start;
}

static double copy_rows(const rows *made) {
  size_t length = strlen(made->procedures);
  char *copy = malloc(length);
  double start = seconds_now();
  memcpy(copy, made->procedures, length);
  double spent = seconds_now() - start;
  if (copy[length / 2] == 1) puts("");
  free(copy);
  return spent;
}

static void run_day(int scale) {
  int patients = PATIENTS * scale;
  rows made = make_rows(patients);
  day d = {.now = 1772553600}; /* 2026-03-03 11:00 in New York */
  d.context = fault_context(&d.memory);
  wb_error error = {0};
  need(wb_schema_new(d.context, NULL, 0, &d.schema, &error), "schema", &error);
  uint64_t journal = 0, selected, sent;
  wb_counts counts = {.size = sizeof counts};
  double loading = load(&d, &made), segmenting = segment(&d, (uint64_t)patients, &selected);
  open_practice(&d, &journal);
  uint64_t before = d.memory.live;
  double enrolling = enroll(&d, &counts);
  uint64_t entered = counts.enrolled + counts.held;
  double bytes = (double)(d.memory.live - before) / (double)(entered ? entered : 1);
  double polling = poll(&d, &sent), copying = copy_rows(&made);
  printf("%4d× %6d patients: load %7.2f ms, segment %7.2f ms (%llu), enrol %7.2f ms (%llu), poll "
         "%8.2f ms (%llu sent); %.2f M patients/s segmented and enrolled, %.0f bytes an enrolment, "
         "journal %llu bytes, memcpy of the procedures %.2f ms\n",
         scale, patients, loading * 1e3, segmenting * 1e3, (unsigned long long)selected,
         enrolling * 1e3, (unsigned long long)entered, polling * 1e3, (unsigned long long)sent,
         patients / (segmenting + enrolling) * 1e-6, bytes, (unsigned long long)journal,
         copying * 1e3);
  wb_practice_free(d.practice);
  wb_facts_free(d.facts);
  wb_schema_unref(d.schema);
  wb_context_unref(d.context);
  free_rows(&made);
}

int main(void) {
  for (int scale = 1; scale <= 100; scale *= 10)
    run_day(scale);
  return 0;
}

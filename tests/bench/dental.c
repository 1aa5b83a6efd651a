/* SPDX-License-Identifier: MIT */
/*
 * How fast the arithmetic of care is: due date and band, groups of codes, what is unfinished in a
 * chart of 40, the earliest covered date over 40 past services. In millions a second of one core.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <winback/winback.h>

enum { PAST = 40, TODAY = 20480 };

static double seconds_now(void) {
  struct timespec at;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
  return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

static void need(wb_status status) {
  if (status == WB_OK) return;
  fprintf(stderr, "%s\n", wb_status_name(status));
  exit(1);
}

/* Prints a rate beside its floor; the sum keeps the work from being left out. */
static void report(const char *what, double count, double start, double floor, int64_t sum) {
  double rate = count / (seconds_now() - start) * 1e-6;
  printf("%-40s %8.2f M/s (at least %.1f)%s\n", what, rate, floor, sum == 42 ? " " : "");
}

static void bench_recare(void) {
  enum { ROUNDS = 20000000 };
  wb_recare_history history = {.size = sizeof history,
                               .last_perio = WB_DATE_NONE,
                               .last_scaling = WB_DATE_NONE,
                               .manual_due = WB_DATE_NONE,
                               .manual_since = WB_DATE_NONE,
                               .birth = 3000};
  wb_recare recare = {.size = sizeof recare};
  int64_t sum = 0;
  double start = seconds_now();
  for (int i = 0; i < ROUNDS; i++) {
    history.last_prophy = TODAY - i % 1500;
    need(wb_recare_find(&history, NULL, TODAY, &recare));
    sum += recare.due + recare.band;
  }
  report("due date and band", ROUNDS, start, 50, sum);
}

static void bench_group(void) {
  enum { ROUNDS = 10000000 };
  static const char *const codes[] = {"D0120", "D1110", "D2740", "D4341", "D6010", "D9110"};
  wb_group group = {.size = sizeof group};
  int64_t sum = 0;
  double start = seconds_now();
  for (int i = 0; i < ROUNDS; i++) {
    need(wb_group_find(codes[i % 6], 5, TODAY, NULL, 0, &group));
    sum += group.id;
  }
  report("group of a code", ROUNDS, start, 10, sum);
}

/* A chart of forty: cleanings, exams, X-rays and fillings of ten years, in no order. */
static void fill_chart(wb_procedure *chart) {
  static const int32_t codes[] = {1110, 120, 274, 2392};
  for (int i = 0; i < PAST; i++) {
    chart[i] = (wb_procedure){.size = sizeof chart[i],
                              .code = codes[i % 4],
                              .status = WB_PROCEDURE_COMPLETED,
                              .date = TODAY - 30 - (i * 37 % PAST) * 91,
                              .visit = WB_DATE_NONE};
  }
}

static void bench_unfinished(void) {
  enum { ROUNDS = 100000 };
  wb_procedure chart[PAST];
  wb_unfinished found = {.size = sizeof found};
  int64_t sum = 0;
  fill_chart(chart);
  double start = seconds_now();
  for (int i = 0; i < ROUNDS; i++) {
    uint64_t cursor = 0;
    while (wb_unfinished_next(chart, PAST, 0, TODAY, &cursor, &found) == WB_OK)
      sum += found.since;
  }
  report("unfinished in a chart of 40", ROUNDS, start, 0.02, sum);
}

static void bench_covered(void) {
  enum { ROUNDS = 5000000 };
  const wb_code_range cleanings[] = {{1110, 1110}, {1120, 1120}, {4346, 4346}, {4910, 4910}};
  wb_limit limits[] = {{.size = sizeof limits[0]}, {.size = sizeof limits[0]}};
  wb_procedure chart[PAST];
  wb_service service = {.size = sizeof service, .code = 1110, .birth = WB_DATE_NONE};
  wb_covered covered = {.size = sizeof covered};
  int64_t sum = 0;
  need(wb_limit_parse("2 per calendar year", 19, &limits[0]));
  need(wb_limit_parse("1 per 6 months + 1 day", 22, &limits[1]));
  for (int i = 0; i < 2; i++) {
    limits[i].codes = cleanings;
    limits[i].code_count = 4;
  }
  fill_chart(chart);
  for (uint32_t count = 1; count <= 2; count++) {
    double start = seconds_now();
    for (int i = 0; i < ROUNDS; i++) {
      service.from = TODAY + i % 300;
      need(wb_benefit_covered(limits, count, chart, PAST, &service, &covered));
      sum += covered.date;
    }
    report(count == 1 ? "covered date, 40 services, 1 limit"
                      : "covered date, 40 services, 2 limits",
           ROUNDS, start, 2, sum);
  }
}

int main(void) {
  bench_recare();
  bench_group();
  bench_unfinished();
  bench_covered();
  return 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * How fast the arithmetic of care is: due date and band, groups of codes, what is unfinished in a
 * chart of 40, the earliest covered date over 40 past services. In millions a second of one core.
 */
#define _POSIX_C_SOURCE 200809L

#include <winback/winback.h>

#include "bench/bench.h"

enum { PAST = 40, TODAY = 20480, RUNS = 7 };
enum {
  RECARE_ROUNDS = 5000000,
  GROUP_ROUNDS = 2000000,
  UNFINISHED_ROUNDS = 100000,
  COVERED_ROUNDS = 500000
};

/* Prints the best rate of some runs beside its floor, in millions a second: what else the machine
   does only ever makes it slower. `run` does the work `count` times, and gives a sum that keeps it
   from being left out. Whether it is fast enough. */
static int report(const char *what, double count, double floor, int64_t (*run)(void)) {
  double best = 0;
  int64_t sum = 0;
  for (int i = 0; i < RUNS; i++) {
    double start = seconds_now();
    sum += run();
    double rate = count / (seconds_now() - start) * 1e-6;
    if (rate > best) best = rate;
  }
  printf("%-40s %8.2f M/s (at least %.2f)%s\n", what, best, floor, sum == 42 ? " " : "");
  return best >= floor;
}

/* Patients who had their cleanings over the last four years; those of a perio history where it is
   given. */
static int64_t run_recare(wb_date last_perio) {
  wb_recare_history history = {.size = sizeof history,
                               .last_perio = last_perio,
                               .last_scaling = last_perio,
                               .manual_due = WB_DATE_NONE,
                               .manual_since = WB_DATE_NONE,
                               .birth = 3000};
  wb_recare recare = {.size = sizeof recare};
  int64_t sum = 0;
  for (int i = 0; i < RECARE_ROUNDS; i++) {
    history.last_prophy = TODAY - i % 1500;
    need(wb_recare_find(&history, NULL, TODAY, &recare), "wb_recare_find", NULL);
    sum += recare.due + recare.band;
  }
  return sum;
}

static int64_t run_recare_prophy(void) {
  return run_recare(WB_DATE_NONE);
}

static int64_t run_recare_perio(void) {
  return run_recare(TODAY - 750);
}

static int64_t run_groups(void) {
  static const char *const codes[] = {"D0120", "D1110", "D2740", "D4341", "D6010", "D9110"};
  wb_group group = {.size = sizeof group};
  int64_t sum = 0;
  for (int i = 0; i < GROUP_ROUNDS; i++) {
    need(wb_group_find(codes[i % 6], 5, TODAY, NULL, 0, &group), "wb_group_find", NULL);
    sum += group.id;
  }
  return sum;
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

static int64_t run_unfinished(void) {
  wb_procedure chart[PAST];
  wb_unfinished found = {.size = sizeof found};
  int64_t sum = 0;
  fill_chart(chart);
  for (int i = 0; i < UNFINISHED_ROUNDS; i++) {
    uint64_t cursor = 0;
    while (wb_unfinished_next(chart, PAST, 0, TODAY, &cursor, &found) == WB_OK)
      sum += found.since;
  }
  return sum;
}

static int64_t run_covered(uint32_t count) {
  const wb_code_range cleanings[] = {{1110, 1110}, {1120, 1120}, {4346, 4346}, {4910, 4910}};
  wb_limit limits[] = {{.size = sizeof limits[0]}, {.size = sizeof limits[0]}};
  wb_procedure chart[PAST];
  wb_service service = {.size = sizeof service, .code = 1110, .birth = WB_DATE_NONE};
  wb_covered covered = {.size = sizeof covered};
  int64_t sum = 0;
  need(wb_limit_parse("2 per calendar year", 19, &limits[0]), "wb_limit_parse", NULL);
  need(wb_limit_parse("1 per 6 months + 1 day", 22, &limits[1]), "wb_limit_parse", NULL);
  for (int i = 0; i < 2; i++) {
    limits[i].codes = cleanings;
    limits[i].code_count = 4;
  }
  fill_chart(chart);
  for (int i = 0; i < COVERED_ROUNDS; i++) {
    service.from = TODAY + i % 300;
    need(wb_benefit_covered(limits, count, chart, PAST, &service, &covered), "wb_benefit_covered",
         NULL);
    sum += covered.date;
  }
  return sum;
}

static int64_t run_covered_once(void) {
  return run_covered(1);
}

static int64_t run_covered_twice(void) {
  return run_covered(2);
}

int main(void) {
  int fast = report("due date and band", RECARE_ROUNDS, 50, run_recare_prophy);
  fast &= report("due date and band, perio too", RECARE_ROUNDS, 25, run_recare_perio);
  fast &= report("group of a code", GROUP_ROUNDS, 10, run_groups);
  fast &= report("unfinished in a chart of 40", UNFINISHED_ROUNDS, 0.2, run_unfinished);
  fast &= report("covered date, 40 services, 1 limit", COVERED_ROUNDS, 2, run_covered_once);
  fast &= report("covered date, 40 services, 2 limits", COVERED_ROUNDS, 2, run_covered_twice);
  return fast ? 0 : 1;
}

/* SPDX-License-Identifier: MIT */
/*
 * How fast the law answers: questions of one recipient each, spread over a year, asked of the packs
 * that ship. The floor for the known state is 2 M/s. The yardstick is turning an instant into local
 * time, of which a question needs three at least.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <winback/winback.h>

enum { ROUNDS = 500000, FLOOR = 2000000 };

static double seconds_now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

/* Stops the benchmark: a figure of a run that failed would be none. */
static void need(wb_status status, const char *what) {
  if (status == WB_OK) return;
  fprintf(stderr, "%s: %s\n", what, wb_status_name(status));
  exit(1);
}

/* The instant of a round: some minute of 2027. */
static wb_time round_at(int32_t round) {
  return (wb_time)1798761600 + (wb_time)((uint32_t)round * 2654435761u % 525600u) * 60;
}

/* Conversions a second. */
static double measure_local(const wb_zone *zone) {
  int64_t sum = 0;
  double start = seconds_now();
  for (int32_t round = 0; round < ROUNDS; round++) {
    wb_local local;
    need(wb_zone_local(zone, round_at(round), &local), "local");
    sum += local.second;
  }
  double spent = seconds_now() - start;
  if (sum == 1) puts("");
  return ROUNDS / spent;
}

/* Questions a second. */
static double measure(const wb_law *law, const wb_zone *zone, const char *region, int32_t rounds) {
  const wb_zone *zones[1] = {zone};
  wb_law_question question = {.size = sizeof question,
                              .zones = zones,
                              .zone_count = 1,
                              .regions = region,
                              .regions_length = (uint32_t)strlen(region),
                              .message_class = WB_MESSAGE_CARE};
  wb_law_answer answer = {.size = sizeof answer};
  int64_t sum = 0;
  double start = seconds_now();
  for (int32_t round = 0; round < rounds; round++) {
    question.at = round_at(round);
    need(wb_law_find(law, &question, &answer), region);
    sum += answer.open_at;
  }
  double spent = seconds_now() - start;
  if (sum == 1) puts("");
  return rounds / spent;
}

/* The best of some runs: what else the machine does only ever makes it slower. */
static double measure_best(const wb_law *law, const wb_zone *zone, const char *region,
                           int32_t rounds) {
  double best = 0;
  for (int run = 0; run < 5; run++) {
    double rate = measure(law, zone, region, rounds);
    if (rate > best) best = rate;
  }
  return best;
}

int main(void) {
  static const char *const regions[] = {"US-NY", "US-PA", "US-AL", "US-TX"};
  wb_law *law = NULL;
  wb_zone *zone = NULL;
  need(wb_law_new(NULL, NULL, 0, &law, NULL), "law");
  need(wb_zone_new(NULL, "America/New_York", 16, &zone, NULL), "zone");
  printf("local time         %6.2f M/s\n", measure_local(zone) * 1e-6);
  int below = 0;
  for (size_t i = 0; i < sizeof regions / sizeof regions[0]; i++) {
    double rate = measure_best(law, zone, regions[i], ROUNDS);
    printf("next open in %s %6.2f M/s\n", regions[i], rate * 1e-6);
    below += rate < FLOOR;
  }
  printf("any state          %6.2f M/s\n", measure_best(law, zone, "US", ROUNDS / 10) * 1e-6);
  wb_zone_unref(zone);
  wb_law_unref(law);
  return below ? 1 : 0;
}

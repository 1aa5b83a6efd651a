/* SPDX-License-Identifier: MIT */
/*
 * How fast the law answers: questions of one recipient each, spread over a year, asked of the packs
 * that ship. The floor is 2 M/s, for a state that is known and for any state. The yardstick is
 * turning an instant into local time, of which a question needs three at least.
 */
#define _POSIX_C_SOURCE 200809L
#include <string.h>

#include <winback/winback.h>

#include "bench/bench.h"

enum { ROUNDS = 500000, RUNS = 7 };

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
    need(wb_zone_local(zone, round_at(round), &local), "local", NULL);
    sum += local.second;
  }
  double spent = seconds_now() - start;
  if (sum == 1) puts("");
  return ROUNDS / spent;
}

/* Questions a second. */
static double measure(const wb_law *law, const wb_zone *zone, const char *regions) {
  const wb_zone *zones[1] = {zone};
  wb_law_question question = {.size = sizeof question,
                              .zones = zones,
                              .zone_count = zone != NULL,
                              .regions = regions,
                              .regions_length = (uint32_t)strlen(regions),
                              .message_class = WB_MESSAGE_CARE};
  wb_law_answer answer = {.size = sizeof answer};
  int64_t sum = 0;
  double start = seconds_now();
  for (int32_t round = 0; round < ROUNDS; round++) {
    question.at = round_at(round);
    need(wb_law_find(law, &question, &answer), regions, NULL);
    sum += answer.open_at;
  }
  double spent = seconds_now() - start;
  if (sum == 1) puts("");
  return ROUNDS / spent;
}

/* What is asked, and by how many millions a second it must be answered; 0: as it may be. */
typedef struct question_row {
  const char *what, *zone, *regions;
  double floor;
} question_row;

static const question_row question_rows[] = {
    {"next open in US-NY", "America/New_York", "US-NY", 2},
    {"next open in US-PA", "America/New_York", "US-PA", 2},
    {"next open in US-AL", "America/New_York", "US-AL", 2},
    {"next open in US-TX", "America/New_York", "US-TX", 2},
    {"any state", "America/New_York", "US", 2},
    {"one of four states", "America/New_York", "US-PA US-NJ US-NY US-DE", 0},
    {"any zone of US-TN", "", "US-TN", 0},
};

/* The best of some runs: what else the machine does only ever makes it slower. Whether it is fast
   enough. */
static int report(const wb_law *law, const question_row *row) {
  wb_zone *zone = NULL;
  double best = 0;
  if (*row->zone)
    need(wb_zone_new(NULL, row->zone, strlen(row->zone), &zone, NULL), row->zone, NULL);
  for (int run = 0; run < RUNS; run++) {
    double rate = measure(law, zone, row->regions) * 1e-6;
    if (rate > best) best = rate;
  }
  wb_zone_unref(zone);
  printf("%-20s %6.2f M/s (at least %.1f)\n", row->what, best, row->floor);
  return best >= row->floor;
}

int main(void) {
  wb_law *law = NULL;
  wb_zone *zone = NULL;
  need(wb_law_new(NULL, NULL, 0, &law, NULL), "law", NULL);
  need(wb_zone_new(NULL, "America/New_York", 16, &zone, NULL), "zone", NULL);
  printf("%-20s %6.2f M/s\n", "local time", measure_local(zone) * 1e-6);
  wb_zone_unref(zone);
  int fast = 1;
  for (size_t i = 0; i < sizeof question_rows / sizeof question_rows[0]; i++)
    fast = report(law, &question_rows[i]) && fast;
  wb_law_unref(law);
  return fast ? 0 : 1;
}

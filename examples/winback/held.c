/* SPDX-License-Identifier: MIT */
/* Who is held, and who waits to be let in: why, and until when. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

void cli_print_row(const char *patient, const char *how, const char *campaign, const char *segment,
                   const char *step) {
  cli_pad(patient, 9);
  cli_pad(how, 6);
  cli_pad(campaign, 25);
  cli_pad(segment, 30);
  cli_pad(step, 10);
}

/* Counts one who is held; a patient who is held in several campaigns is named once. */
static void add_held(cli_hold *reason, const char *patient) {
  reason->count++;
  for (int i = 0; i < reason->patients; i++) {
    if (!strcmp(reason->keys[i], patient)) return;
  }
  reason->more = reason->patients == CLI_HOLD_SAMPLES;
  if (!reason->more)
    snprintf(reason->keys[reason->patients++], sizeof reason->keys[0], "%s", patient);
}

void cli_held_count(wb_practice *practice, cli_held *held) {
  uint64_t cursor = 0;
  wb_enrollment enrollment = {.size = sizeof enrollment};
  *held = (cli_held){0};
  while (wb_practice_next(practice, &cursor, &enrollment) == WB_OK) {
    if (enrollment.state != WB_STATE_HELD) continue;
    const bool known = enrollment.hold > 0 && enrollment.hold < CLI_HOLDS;
    add_held(&held->reasons[known ? enrollment.hold : 0], enrollment.patient);
    held->total++;
  }
}

void cli_held_print(FILE *out, const cli_held *held) {
  fprintf(out, "held: %ld\n", held->total);
  for (int i = 0; i < CLI_HOLDS; i++) {
    const cli_hold *reason = &held->reasons[i];
    if (!reason->count) continue;
    fprintf(out, "  %5ld %-14s patients", reason->count, wb_hold_name(i));
    for (int j = 0; j < reason->patients; j++)
      fprintf(out, " %s", reason->keys[j]);
    fprintf(out, "%s\n", reason->more ? " …" : "");
  }
}

/* One who is held or waits. */
typedef struct held_line {
  const char *patient, *campaign, *segment, *step, *why;
  size_t length; /* of the patient's key */
  wb_time again; /* WB_TIME_NONE: when something happens */
  int32_t hold;
} held_line;

static void print_line(const cli_world *world, const held_line *line, bool json) {
  char at[40];
  size_t length = 0;
  if (!json) {
    const char *again = cli_minute(world->moment.zone, line->again, at);
    cli_print_row(line->patient, "held", line->campaign, line->segment, line->step);
    printf("%s%s%s: %s%s%s%s\n", wb_hold_name(line->hold), again ? " until " : "",
           again ? again : "", cli_hold_words(line->hold), *line->why ? " (" : "", line->why,
           *line->why ? ")" : "");
    return;
  }
  printf("{\"kind\":\"held\",\"reason\":\"%s\",\"patient\":", wb_hold_name(line->hold));
  cli_json_string(stdout, line->patient, line->length);
  printf(",\"campaign\":\"%s\",\"step\":\"%s\"", line->campaign, line->step);
  if (wb_time_format(line->again, world->moment.zone, at, sizeof at, &length) == WB_OK)
    printf(",\"until\":\"%s\"", at);
  if (*line->why) fputs(",\"why\":", stdout);
  if (*line->why) cli_json_string(stdout, line->why, strlen(line->why));
  puts("}");
}

/* Those who are inside. */
static void list_inside(const cli_options *options, const cli_world *world, wb_practice *practice) {
  uint64_t cursor = 0;
  char why[CLI_WHY];
  cli_definitions all;
  wb_enrollment held = {.size = sizeof held};
  cli_definitions_read(practice, &all);
  while (wb_practice_next(practice, &cursor, &held) == WB_OK) {
    if (held.state != WB_STATE_HELD) continue;
    cli_held_why(world, &all, &held, why);
    const held_line line = {.patient = held.patient,
                            .campaign = held.campaign,
                            .segment = held.segment,
                            .step = held.step,
                            .why = why,
                            .length = held.patient_length,
                            .again = held.wake,
                            .hold = held.hold};
    print_line(world, &line, options->json);
  }
  cli_definitions_free(&all);
}

wb_status cli_waiting(wb_practice *practice, const char *campaign, const cli_world *world,
                      wb_waiting **rows, uint32_t *count, wb_error *error) {
  const size_t length = campaign ? strlen(campaign) : 0;
  *rows = NULL;
  *count = 0;
  wb_status status = wb_practice_waiting(practice, campaign, length, world->facts, world->now, NULL,
                                         0, count, error);
  if (status != WB_E_SPACE) return status;
  *rows = cli_grow(NULL, *count, sizeof **rows);
  (*rows)->size = sizeof **rows;
  return wb_practice_waiting(practice, campaign, length, world->facts, world->now, *rows, *count,
                             count, error);
}

int cli_list_held(const cli_options *options, const cli_world *world, wb_practice *practice) {
  wb_waiting *rows = NULL;
  uint32_t count = 0;
  wb_error error = {0};
  list_inside(options, world, practice);
  wb_status status = cli_waiting(practice, NULL, world, &rows, &count, &error);
  for (uint32_t i = 0; status == WB_OK && i < count; i++) {
    const held_line line = {.patient = rows[i].patient,
                            .campaign = rows[i].campaign,
                            .segment = rows[i].segment,
                            .step = "",
                            .why = "",
                            .length = rows[i].patient_length,
                            .again = rows[i].again,
                            .hold = rows[i].hold};
    print_line(world, &line, options->json);
  }
  free(rows);
  return status == WB_OK ? CLI_OK : cli_fail("who waits", status, &error);
}

/* SPDX-License-Identifier: MIT */
/* winback explain: whether a patient could be written to, and what the store knows of them. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* What keeps somebody from being written to, for the front desk. */
static const char *const hold_words[] = {
    [WB_HOLD_NONE] = "nothing is in the way",
    [WB_HOLD_PAUSED] = "the practice, the location or the campaign is paused",
    [WB_HOLD_OPTED_OUT] = "this number or address asked for no more messages",
    [WB_HOLD_NO_PERMISSION] = "the record has no permission for texts, or says no",
    [WB_HOLD_NO_ADDRESS] = "there is no mobile number and no e-mail address on record",
    [WB_HOLD_BAD_ADDRESS] = "the number or address on record is no good",
    [WB_HOLD_MINOR] = "not of age, and nobody is marked to stand for them",
    [WB_HOLD_AGE_UNKNOWN] = "there is no birth date on record",
    [WB_HOLD_NOT_SEEN] = "not seen for two years or never: a text is not allowed",
    [WB_HOLD_HOURS] = "the hour is not one for messages",
    [WB_HOLD_CAP] = "there were messages enough for now",
    [WB_HOLD_CAPACITY] = "the practice has no room for more just now",
    [WB_HOLD_FACTS] = "the data are missing, failing or too old",
    [WB_HOLD_RENDER] = "the text cannot be written for this patient",
    [WB_HOLD_DEFINITION] = "the campaign's definition no longer compiles",
    [WB_HOLD_ZONE] = "the time zone is not known",
    [WB_HOLD_DESK] = "something about the patient waits on the desk's list Now",
    [WB_HOLD_NUMBER_CHECK] = "the number may have passed to somebody else: check it",
    [WB_HOLD_NOT_WRITTEN] = "there is no written consent to offers",
    [WB_HOLD_PREFERENCE] = "the patient asked for another way, or for none",
    [WB_HOLD_OFFER] = "the offer may not be made to this patient",
    [WB_HOLD_HOUSEHOLD] = "somebody else at that number was written to today",
    [WB_HOLD_LATE] = "it is too late for it",
};

const char *cli_hold_words(int32_t hold) {
  size_t count = sizeof hold_words / sizeof hold_words[0];
  bool known = hold >= 0 && (size_t)hold < count && hold_words[hold];
  return known ? hold_words[hold] : wb_hold_name(hold);
}

/* Lets everybody in whom the campaign means, in a practice that keeps nothing. */
static wb_status reach_enroll(wb_practice *practice, wb_campaign *campaign, cli_world *world,
                              wb_error *error) {
  wb_campaign_info info = {.size = sizeof info};
  wb_counts counts = {.size = sizeof counts};
  wb_status status = wb_campaign_get(campaign, &info);
  if (status == WB_OK) status = wb_practice_add(practice, campaign, world->now, error);
  wb_input launch = {.size = sizeof launch,
                     .kind = WB_INPUT_LAUNCH,
                     .campaign = info.name,
                     .campaign_length = info.name ? (uint32_t)strlen(info.name) : 0};
  if (status == WB_OK) status = wb_practice_receive(practice, &launch, world->now, error);
  if (status == WB_OK)
    status = wb_practice_enroll(practice, NULL, 0, world->facts, world->now, &counts, error);
  return status;
}

int cli_explain_reach(cli_world *world, wb_campaign *campaign, const char *patient, int32_t *hold) {
  static const uint8_t secret[16] = {1}; /* of a practice that only this answer knows */
  wb_practice *practice = NULL;
  wb_practice_options options = {.size = sizeof options,
                                 .secret = secret,
                                 .key = "explain",
                                 .key_length = 7,
                                 .admissions = 1000000};
  wb_error error = {0};
  wb_status status =
      wb_practice_new(NULL, world->schema, world->policy, &options, &practice, &error);
  if (status == WB_OK) status = reach_enroll(practice, campaign, world, &error);
  *hold = -1;
  uint64_t cursor = 0;
  wb_enrollment found = {.size = sizeof found};
  while (status == WB_OK && wb_practice_next(practice, &cursor, &found) == WB_OK) {
    if (strcmp(found.patient, patient) != 0) continue;
    *hold = found.state == WB_STATE_HELD ? found.hold : WB_HOLD_NONE;
  }
  wb_practice_free(practice);
  return status == WB_OK ? CLI_OK : cli_fail("whether they can be reached", status, &error);
}

/* "2026-01-30 09:00", or that it is not known. */
static const char *store_time(const cli_world *world, wb_time at, char out[40]) {
  size_t length = 0;
  if (wb_time_format(at, world->moment.zone, out, 40, &length) != WB_OK)
    return "when something happens";
  out[10] = ' ';
  out[16] = 0;
  return out;
}

/* Where a patient stands in one campaign. */
static void store_tell(const cli_world *world, const wb_enrollment *enrollment) {
  char at[40];
  printf("  in %s since %s, segment \"%s\"", enrollment->campaign,
         store_time(world, enrollment->entered, at), enrollment->segment);
  if (enrollment->about[0]) printf(", about %s", enrollment->about);
  printf(", %u messages so far\n    ", enrollment->touches);
  const char *wake = store_time(world, enrollment->wake, at);
  switch (enrollment->state) {
  case WB_STATE_WAITING: printf("waits for step %s: %s\n", enrollment->step, wake); break;
  case WB_STATE_HELD:
    printf("held at step %s: %s; looked at again: %s\n", enrollment->step,
           cli_hold_words(enrollment->hold), wake);
    break;
  case WB_STATE_CLAIMED: printf("step %s is being sent\n", enrollment->step); break;
  default: printf("over: %s\n", enrollment->reason);
  }
}

/* The same for programs. */
static void store_json(const cli_world *world, const wb_enrollment *enrollment, bool first) {
  static const char *const states[] = {"", "waiting", "held", "claimed", "ended"};
  char at[40];
  size_t length = 0;
  printf("%s{\"campaign\":\"%s\",\"state\":\"%s\",\"segment\":", first ? "" : ",",
         enrollment->campaign, states[enrollment->state]);
  cli_json_string(stdout, enrollment->segment, strlen(enrollment->segment));
  printf(",\"step\":\"%s\",\"touches\":%u", enrollment->step, enrollment->touches);
  if (enrollment->state == WB_STATE_HELD)
    printf(",\"hold\":\"%s\"", wb_hold_name(enrollment->hold));
  if (enrollment->state == WB_STATE_ENDED) printf(",\"reason\":\"%s\"", enrollment->reason);
  if (wb_time_format(enrollment->wake, world->moment.zone, at, sizeof at, &length) == WB_OK)
    printf(",\"until\":\"%s\"", at);
  putchar('}');
}

/* Every campaign that a patient is or was in. */
static long store_enrollments(const cli_options *options, const cli_world *world,
                              wb_practice *practice) {
  uint64_t cursor = 0;
  long count = 0;
  wb_enrollment enrollment = {.size = sizeof enrollment};
  while (wb_practice_next(practice, &cursor, &enrollment) == WB_OK) {
    if (strcmp(enrollment.patient, options->patient) != 0) continue;
    if (options->json)
      store_json(world, &enrollment, count == 0);
    else
      store_tell(world, &enrollment);
    count++;
  }
  return count;
}

/* What was said to them, from the journal. */
static void store_contacts(const cli_options *options, const cli_world *world) {
  char *path = cli_path(options->store, "journal"), line[4096];
  size_t length = 0, needed = 0;
  char *bytes = cli_read_file(path, &length);
  const wb_entry_query query = {.size = sizeof query,
                                .patient = options->patient,
                                .patient_length = (uint32_t)strlen(options->patient),
                                .zone = world->settings.zone};
  uint64_t cursor = 0;
  while (bytes && wb_journal_entry(NULL, bytes, length, &query, &cursor, line, sizeof line,
                                   &needed) == WB_OK)
    printf("  %s\n", line);
  free(bytes);
  free(path);
}

int cli_explain_store(const cli_options *options, cli_world *world) {
  if (!options->store) return CLI_OK;
  cli_store store;
  int result = cli_store_find(options);
  if (result != CLI_OK) return result;
  result = cli_store_open(&store, options, world);
  if (result == CLI_OK) {
    fputs(options->json ? ",\"store\":[" : "in the store\n", stdout);
    long count = store_enrollments(options, world, store.practice);
    if (options->json) putchar(']');
    if (!options->json && !count) puts("  never in a campaign");
    if (!options->json) store_contacts(options, world);
  }
  int closed = cli_store_close(&store, false);
  return result == CLI_OK ? closed : result;
}

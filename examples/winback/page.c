/* SPDX-License-Identifier: MIT */
/* winback page and winback letters: what a campaign says when it is asked. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

#include <winback/page.h>

/* What both work with. */
typedef struct page_work {
  const cli_options *options;
  cli_world world;
  cli_store store;
} page_work;

/* Renders a page into memory; *text is to be freed. */
static wb_status page_render(page_work *work, const wb_page *page, char **text, size_t *length,
                             wb_error *error) {
  wb_practice *practice = work->store.practice;
  wb_status status =
      wb_page_render(practice, page, work->world.facts, work->world.now, NULL, 0, length, error);
  if (status != WB_E_SPACE) return status;
  *text = cli_grow(NULL, *length + 1, 1);
  return wb_page_render(practice, page, work->world.facts, work->world.now, *text, *length + 1,
                        length, error);
}

/* Which page the options ask for. */
static int page_asked(const cli_options *options, const cli_store *store, uint8_t action[16],
                      wb_page *page) {
  const char *campaign = options->campaign_count == 1 ? options->campaigns[0] : NULL;
  const bool named = campaign && options->patient;
  page->format = options->json ? WB_PAGE_JSON : WB_PAGE_HTML;
  if (named + (options->action != NULL) + (options->link != NULL) != 1) {
    cli_error("page takes --link, --action, or one --campaign and --patient");
    return CLI_USAGE;
  }
  if (!named && options->campaign_count) {
    cli_error("page: --campaign goes with --patient, not with a message");
    return CLI_USAGE;
  }
  page->patient = options->patient;
  page->patient_length = options->patient ? (uint32_t)strlen(options->patient) : 0;
  if (!named) page->action = action;
  if (!named) return cli_outbox_action(store, options, action);
  page->campaign = campaign;
  page->campaign_length = (uint32_t)strlen(campaign);
  return CLI_OK;
}

/* Prints one page. */
static int page_print(page_work *work) {
  uint8_t action[16];
  wb_page page = {.size = sizeof page};
  wb_error error = {0};
  size_t length = 0;
  char *text = NULL;
  int result = page_asked(work->options, &work->store, action, &page);
  if (result != CLI_OK) return result;
  wb_status status = page_render(work, &page, &text, &length, &error);
  if (status == WB_OK) printf("%s\n", text ? text : "");
  free(text);
  return status == WB_OK ? CLI_OK : cli_fail("the page", status, &error);
}

/* Whether a letter is what somebody asked for, or they did not ask. */
static bool letters_wanted(const cli_world *world, const wb_enrollment *enrollment) {
  uint64_t row = 0;
  cli_answer only;
  if (wb_facts_find(world->facts, enrollment->patient, enrollment->patient_length, &row) != WB_OK)
    return false;
  cli_field_named(world, row, "contact.only_channel", &only);
  const bool mail = only.length == 4 && !memcmp(only.text, "mail", 4);
  return mail || (!only.length && enrollment->hold != WB_HOLD_PREFERENCE);
}

/* Whether nothing may go by text or e-mail, whatever the hour. */
static bool letters_held(const wb_enrollment *enrollment) {
  static const int32_t holds[] = {WB_HOLD_OPTED_OUT,   WB_HOLD_NO_PERMISSION, WB_HOLD_NO_ADDRESS,
                                  WB_HOLD_BAD_ADDRESS, WB_HOLD_NOT_SEEN,      WB_HOLD_NUMBER_CHECK,
                                  WB_HOLD_NOT_WRITTEN, WB_HOLD_PREFERENCE};
  if (enrollment->state != WB_STATE_HELD || enrollment->touches) return false;
  for (size_t i = 0; i < sizeof holds / sizeof holds[0]; i++) {
    if (enrollment->hold == holds[i]) return true;
  }
  return false;
}

/* One who is not reached: why, and the postcard to them; empty: there is none. */
static void letters_print(const cli_options *options, const wb_enrollment *held, const char *text) {
  const char *hold = wb_hold_name(held->hold);
  if (!options->json) {
    cli_pad(held->patient, 10);
    cli_pad(held->campaign, 26);
    printf("%s\n%s%s", hold, text, *text ? "\n\n" : "");
    return;
  }
  printf("{\"patient\":");
  cli_json_string(stdout, held->patient, held->patient_length);
  printf(",\"campaign\":\"%s\",\"location\":", held->campaign);
  cli_json_string(stdout, held->location, strlen(held->location));
  printf(",\"reason\":\"%s\",\"postcard\":", hold);
  cli_json_string(stdout, text, strlen(text));
  puts("}");
}

/* One who is held, with the postcard. */
static int letters_one(page_work *work, const wb_enrollment *held) {
  const wb_page page = {.size = sizeof page,
                        .campaign = held->campaign,
                        .patient = held->patient,
                        .campaign_length = (uint32_t)strlen(held->campaign),
                        .patient_length = held->patient_length,
                        .format = WB_PAGE_POSTCARD};
  size_t length = 0;
  char *text = NULL;
  wb_status status = page_render(work, &page, &text, &length, NULL);
  if (status == WB_E_NOMEM) return cli_fail("a postcard", status, NULL);
  letters_print(work->options, held, status == WB_OK && text ? text : "");
  free(text);
  return CLI_OK;
}

/* Prints all who are not reached. */
static int letters_all(page_work *work) {
  uint64_t cursor = 0;
  wb_enrollment held = {.size = sizeof held};
  int result = CLI_OK;
  while (result == CLI_OK && wb_practice_next(work->store.practice, &cursor, &held) == WB_OK)
    if (letters_held(&held) && letters_wanted(&work->world, &held))
      result = letters_one(work, &held);
  return result;
}

/* Opens the store, which stays as it is, and does something with it. */
static int page_with(const cli_options *options, int (*print)(page_work *)) {
  page_work work = {.options = options};
  int result = cli_store_find(options);
  if (result == CLI_OK) result = cli_world_load(options, &work.world);
  if (result != CLI_OK) return result;
  result = cli_store_try(&work.store, options, &work.world);
  if (result == CLI_OK) result = print(&work);
  int closed = cli_store_close(&work.store, false);
  cli_world_free(&work.world);
  return result == CLI_OK ? closed : result;
}

int cli_page(const cli_options *options) {
  return page_with(options, page_print);
}

int cli_letters(const cli_options *options) {
  return page_with(options, letters_all);
}

/* SPDX-License-Identifier: MIT */
/* The adapter to Open Dental: who asked for no more texts before there was a store. Of commlog a
   note is looked at only where it is a text message that was received, and none is kept. */
#include "opendental.h"

#include <stdlib.h>
#include <string.h>

/* The last word that came from a number. */
typedef struct comm_word {
  uint8_t contact[16];
  char patient[DENTAL_KEY_MOST + 1];
  wb_time at;
  bool stop;
} comm_word;

typedef struct comm_book {
  const cli_world *world;
  wb_practice *practice;
  const uint8_t *secret;
  comm_word *words;
  size_t count;
} comm_book;

enum { COMM_PATIENT, COMM_WHEN, COMM_NOTE, COMM_MODE, COMM_DIRECTION };

/* A table without one of them says nothing. */
static const csv_column comm_cells[] = {
    {"PatNum", false}, {"CommDateTime", false},   {"Note", false},
    {"Mode_", false},  {"SentOrReceived", false},
};

/* Whether a text message that was received says STOP or START, and nothing else counts. */
static bool comm_said(const csv_cell *cells, bool *stop) {
  wb_reply reply = {.size = sizeof reply};
  if (!dental_is(cells[COMM_MODE], "5") || !dental_is(cells[COMM_DIRECTION], "2") ||
      wb_reply_parse(cells[COMM_NOTE].data, cells[COMM_NOTE].length, &reply) != WB_OK)
    return false;
  *stop = reply.intent == WB_INTENT_OPT_OUT;
  return *stop || reply.intent == WB_INTENT_OPT_IN;
}

/* The contact point of a patient's mobile number; false: there is none. */
static bool comm_contact(const comm_book *book, csv_cell patient, uint8_t contact[16]) {
  uint64_t row = 0;
  uint32_t field = 0;
  const cli_world *world = book->world;
  const char *region = world->settings.location_count ? world->settings.locations[0].region : NULL;
  wb_value number = {.size = sizeof number};
  return wb_facts_find(world->facts, patient.data, patient.length, &row) == WB_OK &&
         wb_schema_find(world->schema, "contact.mobile", 14, &field) == WB_OK &&
         wb_facts_get(world->facts, row, field, &world->moment, &number, NULL) == WB_OK &&
         number.kind == WB_TEXT &&
         wb_contact_make(book->secret, WB_CONTACT_PHONE, number.data, number.length,
                         region ? region : "US", contact) == WB_OK;
}

/* Keeps what a number said last. */
static void comm_keep(comm_book *book, const comm_word *word) {
  size_t at = 0;
  while (at < book->count && memcmp(book->words[at].contact, word->contact, 16) != 0)
    at++;
  if (at < book->count && book->words[at].at > word->at) return;
  if (at == book->count) book->words = cli_grow(book->words, ++book->count, sizeof *book->words);
  book->words[at] = *word;
}

/* Notes one row. */
static void comm_note(comm_book *book, const csv_cell *cells) {
  wb_local local = {.date = WB_DATE_NONE};
  comm_word word = {.at = WB_TIME_NONE};
  csv_cell patient = cells[COMM_PATIENT];
  if (!comm_said(cells, &word.stop) || patient.length > DENTAL_KEY_MOST ||
      !dental_clock(cells[COMM_WHEN], &local) || local.date == WB_DATE_NONE ||
      wb_zone_instant(book->world->moment.zone, &local, 0, &word.at) != WB_OK ||
      word.at > book->world->now || !comm_contact(book, patient, word.contact))
    return;
  memcpy(word.patient, patient.data, patient.length);
  comm_keep(book, &word);
}

/* Tells the practice of a STOP, unless it knows of something later. */
static wb_status comm_tell(const comm_book *book, const comm_word *word, wb_error *error) {
  wb_consent known = {.size = sizeof known};
  wb_status status = wb_consent_get(book->practice, word->contact, word->patient,
                                    strlen(word->patient), WB_CHANNEL_SMS, WB_MESSAGE_CARE, &known);
  if (status != WB_OK || !word->stop || (known.flags & WB_CONTACT_OPTED_OUT)) return status;
  if (known.flagged_at != WB_TIME_NONE && known.flagged_at >= word->at) return WB_OK;
  const wb_input input = {.size = sizeof input,
                          .kind = WB_INPUT_OPTED_OUT,
                          .patient = word->patient,
                          .patient_length = (uint32_t)strlen(word->patient),
                          .contact = word->contact};
  return wb_practice_receive(book->practice, &input, book->world->now, error);
}

/* Says that nobody's STOP is known from before the store: whoever lets people in must know that. */
static void comm_unheard(const cli_options *options) {
  if (strcmp(options->command, "run") == 0 && csv_exists(options->data, "patient.csv"))
    cli_error("commlog.csv is missing, or one of its columns: a STOP that was texted before is not "
              "known; winback receive tells of it");
}

int cli_opendental_stops(const cli_options *options, const cli_world *world, wb_practice *practice,
                         const uint8_t secret[16]) {
  csv_reader reader;
  wb_error error = {0};
  comm_book book = {.world = world, .practice = practice, .secret = secret};
  if (!options->data) return CLI_OK;
  int result =
      csv_open(&reader, options->data, "commlog.csv", false, comm_cells, DENTAL_COUNT(comm_cells));
  if (result != CLI_OK) return result;
  bool whole = reader.buffer != NULL;
  for (int i = 0; i < DENTAL_COUNT(comm_cells); i++)
    whole = whole && reader.has[i];
  while (whole && csv_next(&reader))
    comm_note(&book, reader.cells);
  if (!whole) comm_unheard(options);
  result = csv_close(&reader);
  wb_status status = WB_OK;
  for (size_t i = 0; result == CLI_OK && status == WB_OK && i < book.count; i++)
    status = comm_tell(&book, &book.words[i], &error);
  free(book.words);
  return status == WB_OK ? result : cli_fail("the opt-outs of commlog", status, &error);
}

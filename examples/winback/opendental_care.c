/* SPDX-License-Identifier: MIT */
/* The adapter to Open Dental: procedures, appointments, openings, and what explains them. */
#include "opendental.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- procedurelog.csv ---- */

enum {
  DENTAL_PROC_PATIENT,
  DENTAL_PROC_CODE,
  DENTAL_PROC_STATUS,
  DENTAL_PROC_DATE,
  DENTAL_PROC_VISIT,
  DENTAL_PROC_PLANNED_VISIT,
  DENTAL_PROC_TOOTH,
  DENTAL_PROC_AREA,
  DENTAL_PROC_SURFACES,
  DENTAL_PROC_FEE,
  DENTAL_PROC_PROVIDER,
  DENTAL_PROC_DIAGNOSED,
  DENTAL_PROC_CODE_NUMBER,
  DENTAL_PROC_KEY
};

static const csv_column dental_proc_cells[] = {
    {"PatNum", true},   {"ProcCode", false},      {"ProcStatus", true}, {"ProcDate", true},
    {"AptNum", false},  {"PlannedAptNum", false}, {"ToothNum", false},  {"ToothRange", false},
    {"Surf", false},    {"ProcFee", false},       {"ProvNum", false},   {"DateTP", false},
    {"CodeNum", false}, {"ProcNum", false},
};

/* Mostly in the order of the cells above. */
static const cli_column dental_proc_columns[] = {
    {"patient", "u"}, {"code", "u"},        {"status", "u"},
    {"date", "tdD"},  {"appointment", "u"}, {"planned_appointment", "u"},
    {"tooth", "u"},   {"area", "u"},        {"surfaces", "u"},
    {"fee", "l"},     {"provider", "u"},    {"diagnosed", "tdD"},
    {"unpaid", "b"},
};

csv_cell dental_code_of(const dental_book *book, csv_cell number) {
  csv_cell code = {0};
  int64_t found = cli_map_find(&book->codes, number.data, number.length);
  if (found >= 0) code.data = cli_map_key(&book->code_names, book->code_of[found], &code.length);
  return code;
}

/* The procedure code of a row; empty when it is not known. */
static csv_cell dental_code(const dental_book *book, const csv_cell *cells) {
  csv_cell code = cells[DENTAL_PROC_CODE];
  return code.length ? code : dental_code_of(book, cells[DENTAL_PROC_CODE_NUMBER]);
}

/* Whether a cell is a place: teeth, or quarters and arches. */
static bool dental_place(csv_cell cell, uint32_t areas) {
  uint64_t teeth = 0;
  return cell.length > 0 && wb_teeth_parse(cell.data, cell.length, areas, &teeth) == WB_OK &&
         teeth != 0;
}

/* Writes where a procedure is done. Without a tooth the surface may name a quarter or an arch; what
   names no place is left out. */
static void dental_put_place(const csv_cell *cells, cli_table *table) {
  csv_cell tooth = cells[DENTAL_PROC_TOOTH], surface = cells[DENTAL_PROC_SURFACES];
  if (!dental_place(tooth, 0)) tooth = cells[DENTAL_PROC_AREA]; /* ToothRange */
  if (dental_place(tooth, 0)) {
    dental_put(table, DENTAL_PROC_TOOTH, tooth);
    dental_put(table, DENTAL_PROC_SURFACES, surface);
  } else if (dental_place(surface, 1)) {
    dental_put(table, DENTAL_PROC_AREA, surface);
  }
}

enum { DENTAL_DAY_MOST = DENTAL_KEY_MOST + 16 };

/* A patient and a day as one key. */
static csv_cell dental_day(csv_cell patient, wb_date day, char text[DENTAL_DAY_MOST]) {
  int length = snprintf(text, DENTAL_DAY_MOST, "%.*s %d", (int)patient.length, patient.data, day);
  return (csv_cell){text, (size_t)length};
}

/* Remembers what other tables ask of a procedure: when it was done, if claims name it, and that a
   visit was missed or cancelled (D9986, D9987). */
static void dental_note_procedure(dental_book *book, const csv_cell *cells, csv_cell code,
                                  wb_date date, bool claimed) {
  enum { COMPLETED = '2' };
  if (date != WB_DATE_NONE && claimed) dental_index_add(&book->dates, cells[DENTAL_PROC_KEY], date);
  bool missed = dental_is(code, "D9986"), cancelled = dental_is(code, "D9987");
  if ((!missed && !cancelled) || cells[DENTAL_PROC_STATUS].data[0] != COMPLETED) return;
  char text[DENTAL_DAY_MOST];
  (void)dental_index_add(&book->broken, dental_day(cells[DENTAL_PROC_PATIENT], date, text), missed);
}

static const char *dental_procedure(dental_book *book, const csv_cell *cells, cli_table *table) {
  static const char *const states[] = {"other",    "planned", "completed", "existing", "existing",
                                       "referred", "deleted", "other",     "inactive", "other"};
  const char *status = dental_word(cells[DENTAL_PROC_STATUS], states, 10);
  csv_cell code = dental_code(book, cells);
  wb_date date, diagnosed;
  int64_t fee = 0;
  if (!dental_key(cells[DENTAL_PROC_PATIENT])) return "PatNum is no key";
  if (!status) return "ProcStatus is no status";
  if (!dental_date(cells[DENTAL_PROC_DATE], &date)) return "ProcDate is no date";
  if (!dental_date(cells[DENTAL_PROC_DIAGNOSED], &diagnosed)) return "DateTP is no date";
  if (!dental_cents(cells[DENTAL_PROC_FEE], &fee)) return "ProcFee is no amount";
  if (!code.length) return "the procedure code is not known";
  const int64_t *paid = dental_index_find(&book->paid, cells[DENTAL_PROC_KEY]);
  dental_note_procedure(book, cells, code, date, paid != NULL);
  dental_put(table, DENTAL_PROC_PATIENT, cells[DENTAL_PROC_PATIENT]);
  dental_put(table, DENTAL_PROC_CODE, code);
  dental_put_word(table, DENTAL_PROC_STATUS, status);
  cli_put_date(table, DENTAL_PROC_DATE, date);
  dental_put_key(table, DENTAL_PROC_VISIT, cells[DENTAL_PROC_VISIT]);
  dental_put_key(table, DENTAL_PROC_PLANNED_VISIT, cells[DENTAL_PROC_PLANNED_VISIT]);
  dental_put_place(cells, table);
  if (cells[DENTAL_PROC_FEE].length) cli_put_number(table, DENTAL_PROC_FEE, fee);
  dental_put_key(table, DENTAL_PROC_PROVIDER, cells[DENTAL_PROC_PROVIDER]);
  cli_put_date(table, DENTAL_PROC_DIAGNOSED, diagnosed);
  cli_put_number(table, DENTAL_PROC_DIAGNOSED + 1, paid && !*paid);
  cli_table_row(table);
  return NULL;
}

int dental_check_codes(const dental_book *book, const csv_reader *reader) {
  if (reader->has[DENTAL_PROC_CODE]) return CLI_OK;
  if (!reader->has[DENTAL_PROC_CODE_NUMBER]) {
    cli_error("%s:1: the column CodeNum is missing, and ProcCode too", reader->file);
    return CLI_DATA;
  }
  if (book->has_codes) return CLI_OK;
  cli_error("procedurecode.csv is missing, and %s has no column ProcCode", reader->file);
  return CLI_DATA;
}

/* ---- appointment.csv ---- */

enum {
  DENTAL_VISIT_PATIENT,
  DENTAL_VISIT_STATUS,
  DENTAL_VISIT_START,
  DENTAL_VISIT_KEY,
  DENTAL_VISIT_PATTERN,
  DENTAL_VISIT_PROVIDER,
  DENTAL_VISIT_CLINIC,
  DENTAL_VISIT_HYGIENE,
  DENTAL_VISIT_CONFIRMED,
  DENTAL_VISIT_PRIORITY,
  DENTAL_VISIT_HYGIENIST
};

static const csv_column dental_visit_cells[] = {
    {"PatNum", true},     {"AptStatus", true}, {"AptDateTime", true}, {"AptNum", true},
    {"Pattern", false},   {"ProvNum", false},  {"ClinicNum", false},  {"IsHygiene", false},
    {"Confirmed", false}, {"Priority", false}, {"ProvHyg", false},
};

/* In the order of the first cells above. */
static const cli_column dental_visit_columns[] = {
    {"patient", "u"},  {"status", "u"},   {"start", "tss:"}, {"appointment", "u"}, {"minutes", "l"},
    {"provider", "u"}, {"location", "u"}, {"hygiene", "b"},  {"confirmed", "b"},   {"asap", "b"},
};

/* How a broken visit was broken, when the procedures say so. */
static const char *dental_broken(const dental_book *book, const char *status, csv_cell patient,
                                 wb_date day) {
  char text[DENTAL_DAY_MOST];
  const int64_t *missed = dental_index_find(&book->broken, dental_day(patient, day, text));
  if (strcmp(status, "broken") != 0 || !missed) return status;
  return *missed ? "missed" : "cancelled";
}

/* Writes who an appointment is with, where, and how long it is: a letter of the pattern is five
   minutes. */
static void dental_put_visit(const dental_book *book, const csv_cell *cells, bool hygiene,
                             cli_table *table) {
  enum { MINUTES = 5 };
  const int64_t *confirmed = dental_index_find(&book->confirmed, cells[DENTAL_VISIT_CONFIRMED]);
  csv_cell provider = cells[DENTAL_VISIT_PROVIDER];
  if (hygiene && dental_key(cells[DENTAL_VISIT_HYGIENIST]))
    provider = cells[DENTAL_VISIT_HYGIENIST];
  if (cells[DENTAL_VISIT_PATTERN].length)
    cli_put_number(table, DENTAL_VISIT_PATTERN,
                   (int64_t)cells[DENTAL_VISIT_PATTERN].length * MINUTES);
  dental_put_key(table, DENTAL_VISIT_PROVIDER, provider);
  if (dental_key(cells[DENTAL_VISIT_CLINIC]))
    dental_put_word(table, DENTAL_VISIT_CLINIC, dental_location(book, cells[DENTAL_VISIT_CLINIC]));
  if (cells[DENTAL_VISIT_HYGIENE].length) cli_put_number(table, DENTAL_VISIT_HYGIENE, hygiene);
  if (confirmed) cli_put_number(table, DENTAL_VISIT_CONFIRMED, *confirmed);
  cli_put_number(table, DENTAL_VISIT_PRIORITY, dental_is(cells[DENTAL_VISIT_PRIORITY], "1"));
}

static const char *dental_visit(dental_book *book, const csv_cell *cells, cli_table *table) {
  static const char *const states[] = {"other",  "scheduled", "completed", "other", "other",
                                       "broken", "planned",   "other",     "other", "other"};
  const char *status = dental_word(cells[DENTAL_VISIT_STATUS], states, 10);
  wb_local start;
  bool hygiene;
  if (!dental_key(cells[DENTAL_VISIT_PATIENT])) return "PatNum is no key";
  if (!status) return "AptStatus is no status";
  if (!dental_clock(cells[DENTAL_VISIT_START], &start)) return "AptDateTime is no date and time";
  if (!dental_flag(cells[DENTAL_VISIT_HYGIENE], &hygiene)) return "IsHygiene is neither 0 nor 1";
  dental_put(table, DENTAL_VISIT_PATIENT, cells[DENTAL_VISIT_PATIENT]);
  dental_put_word(table, DENTAL_VISIT_STATUS,
                  dental_broken(book, status, cells[DENTAL_VISIT_PATIENT], start.date));
  if (start.date != WB_DATE_NONE) {
    cli_put_number(table, DENTAL_VISIT_START, (int64_t)start.date * 86400 + start.second);
  }
  dental_put_key(table, DENTAL_VISIT_KEY, cells[DENTAL_VISIT_KEY]);
  dental_put_visit(book, cells, hygiene, table);
  cli_table_row(table);
  return NULL;
}

/* ---- openings.csv: not one of Open Dental's own ---- */

static const csv_column dental_opening_cells[] = {
    {"opening", true},   {"start", true},     {"minutes", true},
    {"location", false}, {"provider", false}, {"hygiene", false},
};

/* In the order of the cells above. */
static const cli_column dental_opening_columns[] = {
    {"opening", "u"},  {"start", "tss:"}, {"minutes", "l"},
    {"location", "u"}, {"provider", "u"}, {"hygiene", "b"},
};

static const char *dental_opening(dental_book *book, const csv_cell *cells, cli_table *table) {
  wb_local start;
  int64_t minutes = 0;
  bool hygiene;
  if (!dental_key(cells[0])) return "opening is no key";
  if (!dental_clock(cells[1], &start) || start.date == WB_DATE_NONE) {
    return "start is no date and time";
  }
  if (!dental_whole(cells[2], &minutes)) return "minutes is no number";
  if (!dental_flag(cells[5], &hygiene)) return "hygiene is neither 0 nor 1";
  dental_put(table, 0, cells[0]);
  cli_put_number(table, 1, (int64_t)start.date * 86400 + start.second);
  cli_put_number(table, 2, minutes);
  if (dental_key(cells[3])) dental_put_word(table, 3, dental_location(book, cells[3]));
  dental_put_key(table, 4, cells[4]);
  cli_put_number(table, 5, hygiene);
  cli_table_row(table);
  return NULL;
}

/* ---- codes.csv: not one of Open Dental's own ---- */

static const csv_column dental_own_cells[] = {
    {"code", true}, {"standard", false}, {"group", false}, {"from", false}, {"until", false}};

/* In the order of the cells above. */
static const cli_column dental_own_columns[] = {
    {"code", "u"}, {"standard", "u"}, {"group", "u"}, {"from", "tdD"}, {"until", "tdD"}};

static const char *dental_own(dental_book *book, const csv_cell *cells, cli_table *table) {
  wb_date from, until;
  (void)book;
  if (!cells[0].length) return "code is empty";
  if (!dental_date(cells[3], &from)) return "from is no date";
  if (!dental_date(cells[4], &until)) return "until is no date";
  for (int i = 0; i < 3; i++)
    dental_put(table, i, cells[i]);
  cli_put_date(table, 3, from);
  cli_put_date(table, 4, until);
  cli_table_row(table);
  return NULL;
}

const dental_table dental_care[] = {
    DENTAL_TABLE("procedurelog.csv", "procedures", dental_proc_cells, dental_proc_columns, true, 2,
                 dental_procedure),
    DENTAL_TABLE("appointment.csv", "appointments", dental_visit_cells, dental_visit_columns, true,
                 1, dental_visit),
    DENTAL_TABLE("openings.csv", "openings", dental_opening_cells, dental_opening_columns, false, 0,
                 dental_opening),
    DENTAL_TABLE("codes.csv", "codes", dental_own_cells, dental_own_columns, false, 0, dental_own),
};

/* ---- tables that explain others ---- */

/* procedurecode.csv: CodeNum to ProcCode. */
int dental_read_codes(const char *folder, dental_book *book) {
  static const csv_column columns[] = {{"CodeNum", true}, {"ProcCode", true}};
  csv_reader reader;
  int result = csv_open(&reader, folder, "procedurecode.csv", false, columns, 2);
  if (result != CLI_OK) return result;
  book->has_codes = reader.buffer != NULL;
  while (csv_next(&reader)) {
    csv_cell number = reader.cells[0], code = reader.cells[1];
    uint32_t before = book->codes.count;
    uint32_t at = cli_map_add(&book->codes, number.data, number.length);
    if (at < before) {
      csv_leave_out(&reader, "another code has this CodeNum");
      continue;
    }
    book->code_of = cli_grow(book->code_of, (size_t)at + 1, sizeof *book->code_of);
    book->code_of[at] = cli_map_add(&book->code_names, code.data, code.length);
  }
  return csv_close(&reader);
}

/* The kind that the description of a recall type means. "Periodic exam" is not perio. */
static const char *dental_described_kind(csv_cell text) {
  for (long at = 0; (at = dental_word_at(text, "perio", (size_t)at)) >= 0; at++) {
    size_t after = (size_t)at + 5;
    if (after == text.length || (text.data[after] | 0x20) != 'd') return "perio";
  }
  if (dental_word_at(text, "child", 0) >= 0) return "child";
  return dental_word_at(text, "prophy", 0) >= 0 ? "prophy" : "other";
}

/* recalltype.csv: RecallTypeNum to kind. */
int dental_read_kinds(const char *folder, dental_book *book) {
  static const csv_column columns[] = {{"RecallTypeNum", true}, {"Description", true}};
  csv_reader reader;
  int result = csv_open(&reader, folder, "recalltype.csv", false, columns, 2);
  if (result != CLI_OK) return result;
  book->has_kinds = reader.buffer != NULL;
  while (csv_next(&reader)) {
    csv_cell number = reader.cells[0];
    uint32_t before = book->kinds.count;
    uint32_t at = cli_map_add(&book->kinds, number.data, number.length);
    if (at < before) {
      csv_leave_out(&reader, "another type has this RecallTypeNum");
      continue;
    }
    book->kind_of = cli_grow(book->kind_of, (size_t)at + 1, sizeof *book->kind_of);
    book->kind_of[at] = dental_described_kind(reader.cells[1]);
  }
  return csv_close(&reader);
}

/* Notes what a value of appointment.Confirmed means, by its name: "Unconfirmed" and "Not confirmed"
   say no. */
static const char *dental_note_confirmed(dental_book *book, const csv_cell *cells) {
  enum { NUMBER, CATEGORY, NAME };
  if (!dental_is(cells[CATEGORY], "2")) return NULL;
  bool said = dental_word_at(cells[NAME], "confirmed", 0) >= 0 &&
              dental_word_at(cells[NAME], "unconfirmed", 0) < 0 &&
              dental_word_at(cells[NAME], "not ", 0) < 0;
  (void)dental_index_add(&book->confirmed, cells[NUMBER], said);
  return NULL;
}

int dental_read_confirmed(const char *folder, dental_book *book) {
  static const csv_column columns[] = {{"DefNum", true}, {"Category", true}, {"ItemName", true}};
  return dental_read_notes(folder, "definition.csv", columns, 3, book, dental_note_confirmed);
}

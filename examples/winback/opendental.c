/* SPDX-License-Identifier: MIT */
/* The adapter to Open Dental: its tables, as one CSV file each, become the library's. Nothing but
   the columns named here is ever looked at. */
#include "columns.h"
#include "csv.h"

#include "cli.h"

#include <stdlib.h>
#include <string.h>

enum { DENTAL_KEY_MOST = 64 };

#define DENTAL_COUNT(array) ((int)(sizeof(array) / sizeof(array)[0]))

/* What is remembered from table to table. */
typedef struct dental_book {
  const cli_settings *settings;
  wb_facts *facts;
  cli_map patients, families, codes, kinds;
  uint32_t *family;   /* by patient */
  int64_t *balances;  /* by family, cents */
  uint32_t *code_of;  /* by CodeNum's number: the number of its code */
  cli_map code_names; /* procedure codes */
  const char **kind_of;
  bool has_codes, has_kinds;
} dental_book;

/* A cell as one of some words by its number, NULL when it is another. */
static const char *dental_word(csv_cell cell, const char *const *words, size_t count) {
  if (cell.length != 1 || cell.data[0] < '0') return NULL;
  size_t number = (size_t)(cell.data[0] - '0');
  return number < count ? words[number] : NULL;
}

static void dental_put(cli_table *table, int column, csv_cell cell) {
  cli_put_text(table, column, cell.data, cell.length);
}

static void dental_put_word(cli_table *table, int column, const char *word) {
  cli_put_text(table, column, word, strlen(word));
}

static bool dental_is(csv_cell cell, const char *text) {
  return cell.length == strlen(text) && !memcmp(cell.data, text, cell.length);
}

/* Whether a cell is a key: neither empty nor Open Dental's 0 for "none". */
static bool dental_key(csv_cell cell) {
  return cell.length > 0 && cell.length <= DENTAL_KEY_MOST && !dental_is(cell, "0");
}

static bool dental_true(csv_cell cell) {
  return dental_is(cell, "1") || dental_is(cell, "true") || dental_is(cell, "True");
}

/* A date, with or without a clock time, which is read as second of the day. An empty cell and
   0001-01-01 are absent. False: no date. */
static bool dental_clock(csv_cell cell, wb_local *local) {
  *local = (wb_local){.date = WB_DATE_NONE};
  bool zero = cell.length >= 10 &&
              (!memcmp(cell.data, "0001-01-01", 10) || !memcmp(cell.data, "0000-00-00", 10));
  return cell.length == 0 || zero || cli_local_parse(cell.data, cell.length, local);
}

static bool dental_date(csv_cell cell, wb_date *date) {
  wb_local local;
  bool ok = dental_clock(cell, &local);
  *date = ok ? local.date : WB_DATE_NONE;
  return ok;
}

/* An amount of money in cents; empty is 0. False: no amount. */
static bool dental_cents(csv_cell cell, int64_t *cents) {
  char text[48], *end = text;
  *cents = 0;
  if (cell.length == 0) return true;
  if (cell.length >= sizeof text) return false;
  memcpy(text, cell.data, cell.length);
  text[cell.length] = 0;
  double amount = strtod(text, &end) * 100;
  if (end == text || *end || !(amount > -1e15 && amount < 1e15)) return false;
  *cents = (int64_t)(amount < 0 ? amount - 0.5 : amount + 0.5);
  return true;
}

/* ---- patient.csv ---- */

enum {
  DENTAL_PATIENT,
  DENTAL_STATUS,
  DENTAL_FIRST,
  DENTAL_PREFERRED,
  DENTAL_LAST,
  DENTAL_BIRTH,
  DENTAL_LANGUAGE,
  DENTAL_GUARANTOR,
  DENTAL_CLINIC,
  DENTAL_MOBILE,
  DENTAL_HOME,
  DENTAL_EMAIL,
  DENTAL_TEXTS,
  DENTAL_METHOD,
  DENTAL_BALANCE
};

static const csv_column dental_patient_cells[] = {
    {"PatNum", true},     {"PatStatus", true},
    {"FName", true},      {"Preferred", false},
    {"LName", false},     {"Birthdate", true},
    {"Language", false},  {"Guarantor", false},
    {"ClinicNum", false}, {"WirelessPhone", true},
    {"HmPhone", false},   {"Email", true},
    {"TxtMsgOk", true},   {"PreferContactMethod", false},
    {"BalTotal", false},
};

/* In the order of the cells above. */
static const cli_column dental_patient_columns[] = {
    {"patient", "u"},         {"status", "u"},         {"first_name", "u"}, {"preferred_name", "u"},
    {"last_name", "u"},       {"birth_date", "tdD"},   {"language", "u"},   {"household", "u"},
    {"location", "u"},        {"mobile", "u"},         {"home_phone", "u"}, {"email", "u"},
    {"text_permission", "u"}, {"do_not_contact", "b"},
};

/* PatStatus and TxtMsgOk. */
static const char *const dental_states[] = {"active",   "nonpatient", "inactive",   "archived",
                                            "archived", "deceased",   "prospective"};
static const char *const dental_permissions[] = {"unknown", "yes", "no"};

/* The location of a clinic; the first one where the settings do not have it. */
static const char *dental_location(const dental_book *book, csv_cell clinic) {
  const cli_settings *settings = book->settings;
  for (int i = 0; i < settings->location_count; i++) {
    if (dental_is(clinic, settings->locations[i].key)) return settings->locations[i].key;
  }
  return settings->locations[0].key;
}

/* The language's short code: Open Dental has "spa", "eng" or whatever was typed. */
static csv_cell dental_language(csv_cell cell) {
  if (dental_is(cell, "spa")) return (csv_cell){"es", 2};
  if (dental_is(cell, "eng")) return (csv_cell){"en", 2};
  return cell;
}

/* Remembers a patient and what the family owes; false: the key was there. */
static bool dental_note_patient(dental_book *book, const csv_cell *cells, int64_t balance) {
  uint32_t before = book->patients.count;
  uint32_t number = cli_map_add(&book->patients, cells[0].data, cells[0].length);
  if (book->patients.count == before) return false;
  csv_cell head = dental_key(cells[DENTAL_GUARANTOR]) ? cells[DENTAL_GUARANTOR] : cells[0];
  uint32_t families = book->families.count;
  uint32_t family = cli_map_add(&book->families, head.data, head.length);
  if ((number & (number + 1)) == 0) { /* room for twice as many */
    book->family = cli_grow(book->family, (size_t)number * 2 + 1, sizeof *book->family);
    book->balances = cli_grow(book->balances, (size_t)number * 2 + 1, sizeof *book->balances);
  }
  if (family == families) book->balances[family] = 0;
  book->family[number] = family;
  book->balances[family] += balance;
  return true;
}

/* Writes one patient; returns what is wrong with the row, NULL: nothing. */
static const char *dental_patient(dental_book *book, const csv_cell *cells, cli_table *table) {
  const char *status = dental_word(cells[DENTAL_STATUS], dental_states, 7);
  csv_cell texts = cells[DENTAL_TEXTS];
  const char *permission = texts.length ? dental_word(texts, dental_permissions, 3) : "unknown";
  wb_date birth = WB_DATE_NONE;
  int64_t balance = 0;
  if (!dental_key(cells[DENTAL_PATIENT])) return "PatNum is no key";
  if (!status) return "PatStatus is none of 0 to 6";
  if (!permission) return "TxtMsgOk is none of 0, 1, 2";
  if (!dental_date(cells[DENTAL_BIRTH], &birth)) return "Birthdate is no date";
  if (!dental_cents(cells[DENTAL_BALANCE], &balance)) return "BalTotal is no amount";
  if (!dental_note_patient(book, cells, balance)) return "another patient has this PatNum";
  dental_put(table, DENTAL_PATIENT, cells[DENTAL_PATIENT]);
  dental_put_word(table, DENTAL_STATUS, status);
  dental_put(table, DENTAL_FIRST, cells[DENTAL_FIRST]);
  dental_put(table, DENTAL_PREFERRED, cells[DENTAL_PREFERRED]);
  dental_put(table, DENTAL_LAST, cells[DENTAL_LAST]);
  cli_put_date(table, DENTAL_BIRTH, birth);
  dental_put(table, DENTAL_LANGUAGE, dental_language(cells[DENTAL_LANGUAGE]));
  bool head = dental_key(cells[DENTAL_GUARANTOR]);
  dental_put(table, DENTAL_GUARANTOR, cells[head ? DENTAL_GUARANTOR : DENTAL_PATIENT]);
  dental_put_word(table, DENTAL_CLINIC, dental_location(book, cells[DENTAL_CLINIC]));
  dental_put(table, DENTAL_MOBILE, cells[DENTAL_MOBILE]);
  dental_put(table, DENTAL_HOME, cells[DENTAL_HOME]);
  dental_put(table, DENTAL_EMAIL, cells[DENTAL_EMAIL]);
  dental_put_word(table, DENTAL_TEXTS, permission);
  cli_put_number(table, DENTAL_METHOD, dental_is(cells[DENTAL_METHOD], "1"));
  cli_table_row(table);
  return NULL;
}

/* ---- recall.csv ---- */

enum {
  DENTAL_RECALL_PATIENT,
  DENTAL_RECALL_TYPE,
  DENTAL_RECALL_INTERVAL,
  DENTAL_RECALL_DUE,
  DENTAL_RECALL_DUE_CALC,
  DENTAL_RECALL_PREVIOUS,
  DENTAL_RECALL_DISABLED,
  DENTAL_RECALL_UNTIL,
  DENTAL_RECALL_BALANCE
};

static const csv_column dental_recall_cells[] = {
    {"PatNum", true},      {"RecallTypeNum", true},     {"RecallInterval", true},
    {"DateDue", true},     {"DateDueCalc", false},      {"DatePrevious", false},
    {"IsDisabled", false}, {"DisableUntilDate", false}, {"DisableUntilBalance", false},
};

/* In the order of the cells above. */
static const cli_column dental_recall_columns[] = {
    {"patient", "u"},          {"kind", "u"},       {"interval", "u"}, {"due", "tdD"},
    {"due_manual", "b"},       {"previous", "tdD"}, {"disabled", "b"}, {"disabled_until", "tdD"},
    {"disabled_balance", "l"},
};

/* The kind of a recall type. */
static const char *dental_kind(const dental_book *book, csv_cell type) {
  static const char *const defaults[] = {"other", "prophy", "child", "perio"};
  if (book->has_kinds) {
    int64_t number = cli_map_find(&book->kinds, type.data, type.length);
    return number < 0 ? "other" : book->kind_of[number];
  }
  const char *kind = dental_word(type, defaults, 4);
  return kind ? kind : "other";
}

/* What the patient's family owes, cents. */
static int64_t dental_balance(const dental_book *book, csv_cell patient) {
  int64_t number = cli_map_find(&book->patients, patient.data, patient.length);
  return number < 0 ? 0 : book->balances[book->family[number]];
}

/* The dates of a recall. */
typedef struct dental_dates {
  wb_date due, calculated, previous, until;
} dental_dates;

/* Reads them; returns what is wrong, NULL: nothing. */
static const char *dental_recall_dates(const csv_cell *cells, dental_dates *dates) {
  if (!dental_date(cells[DENTAL_RECALL_DUE], &dates->due)) return "DateDue is no date";
  if (!dental_date(cells[DENTAL_RECALL_DUE_CALC], &dates->calculated)) {
    return "DateDueCalc is no date";
  }
  if (!dental_date(cells[DENTAL_RECALL_PREVIOUS], &dates->previous)) {
    return "DatePrevious is no date";
  }
  if (!dental_date(cells[DENTAL_RECALL_UNTIL], &dates->until)) return "DisableUntilDate is no date";
  return NULL;
}

/* Whether somebody moved the due date. One that was emptied, as when a recall is disabled, was not
   moved. */
static bool dental_moved(const dental_dates *dates) {
  return dates->due != dates->calculated && dates->due != WB_DATE_NONE &&
         dates->calculated != WB_DATE_NONE;
}

static const char *dental_recall(dental_book *book, const csv_cell *cells, cli_table *table) {
  dental_dates dates;
  wb_interval interval;
  csv_cell own = cells[DENTAL_RECALL_INTERVAL];
  int64_t hold = 0;
  if (!dental_key(cells[DENTAL_RECALL_PATIENT])) return "PatNum is no key";
  const char *why = dental_recall_dates(cells, &dates);
  if (why) return why;
  if (!dental_cents(cells[DENTAL_RECALL_BALANCE], &hold)) {
    return "DisableUntilBalance is no amount";
  }
  if (wb_interval_parse(own.data, own.length, &interval) != WB_OK) {
    return "RecallInterval is no interval";
  }
  dental_put(table, DENTAL_RECALL_PATIENT, cells[DENTAL_RECALL_PATIENT]);
  dental_put_word(table, DENTAL_RECALL_TYPE, dental_kind(book, cells[DENTAL_RECALL_TYPE]));
  dental_put(table, DENTAL_RECALL_INTERVAL, own);
  cli_put_date(table, DENTAL_RECALL_DUE, dates.due);
  cli_put_number(table, DENTAL_RECALL_DUE_CALC, dental_moved(&dates));
  cli_put_date(table, DENTAL_RECALL_PREVIOUS, dates.previous);
  cli_put_number(table, DENTAL_RECALL_DISABLED, dental_true(cells[DENTAL_RECALL_DISABLED]));
  cli_put_date(table, DENTAL_RECALL_UNTIL, dates.until);
  if (hold > 0 && dental_balance(book, cells[DENTAL_RECALL_PATIENT]) > hold) {
    cli_put_number(table, DENTAL_RECALL_BALANCE, hold);
  }
  cli_table_row(table);
  return NULL;
}

/* ---- procedurelog.csv ---- */

enum {
  DENTAL_PROC_PATIENT,
  DENTAL_PROC_CODE,
  DENTAL_PROC_STATUS,
  DENTAL_PROC_DATE,
  DENTAL_PROC_VISIT,
  DENTAL_PROC_PLANNED_VISIT,
  DENTAL_PROC_CODE_NUMBER
};

static const csv_column dental_proc_cells[] = {
    {"PatNum", true},  {"ProcCode", false},      {"ProcStatus", true}, {"ProcDate", true},
    {"AptNum", false}, {"PlannedAptNum", false}, {"CodeNum", false},
};

/* In the order of the first cells above. */
static const cli_column dental_proc_columns[] = {
    {"patient", "u"}, {"code", "u"}, {"status", "u"}, {"date", "tdD"}, {"appointment", "u"},
};

/* The procedure code of a row; empty when it is not known. */
static csv_cell dental_code(const dental_book *book, const csv_cell *cells) {
  csv_cell code = cells[DENTAL_PROC_CODE], number = cells[DENTAL_PROC_CODE_NUMBER];
  if (code.length || !book->has_codes) return code;
  int64_t found = cli_map_find(&book->codes, number.data, number.length);
  if (found < 0) return (csv_cell){0};
  code.data = cli_map_key(&book->code_names, book->code_of[found], &code.length);
  return code;
}

static const char *dental_procedure(dental_book *book, const csv_cell *cells, cli_table *table) {
  static const char *const states[] = {"other", "planned", "completed", "existing", "existing",
                                       "other", "deleted", "other",     "other",    "other"};
  const char *status = dental_word(cells[DENTAL_PROC_STATUS], states, 10);
  csv_cell code = dental_code(book, cells);
  wb_date date;
  if (!dental_key(cells[DENTAL_PROC_PATIENT])) return "PatNum is no key";
  if (!status) return "ProcStatus is no status";
  if (!dental_date(cells[DENTAL_PROC_DATE], &date)) return "ProcDate is no date";
  if (!code.length) return "the procedure code is not known";
  dental_put(table, DENTAL_PROC_PATIENT, cells[DENTAL_PROC_PATIENT]);
  dental_put(table, DENTAL_PROC_CODE, code);
  dental_put_word(table, DENTAL_PROC_STATUS, status);
  cli_put_date(table, DENTAL_PROC_DATE, date);
  csv_cell visit = cells[DENTAL_PROC_VISIT];
  if (!dental_key(visit)) visit = cells[DENTAL_PROC_PLANNED_VISIT];
  if (dental_key(visit)) dental_put(table, DENTAL_PROC_VISIT, visit);
  cli_table_row(table);
  return NULL;
}

/* ---- appointment.csv ---- */

static const csv_column dental_visit_cells[] = {
    {"PatNum", true},
    {"AptStatus", true},
    {"AptDateTime", true},
    {"AptNum", true},
};

/* In the order of the cells above. */
static const cli_column dental_visit_columns[] = {
    {"patient", "u"},
    {"status", "u"},
    {"start", "tss:"},
    {"appointment", "u"},
};

static const char *dental_visit(dental_book *book, const csv_cell *cells, cli_table *table) {
  static const char *const states[] = {"other",  "scheduled", "completed", "other", "other",
                                       "broken", "planned",   "other",     "other", "other"};
  const char *status = dental_word(cells[1], states, 10);
  wb_local start;
  (void)book;
  if (!dental_key(cells[0])) return "PatNum is no key";
  if (!status) return "AptStatus is no status";
  if (!dental_clock(cells[2], &start)) return "AptDateTime is no date and time";
  dental_put(table, 0, cells[0]);
  dental_put_word(table, 1, status);
  if (start.date != WB_DATE_NONE) {
    cli_put_number(table, 2, (int64_t)start.date * 86400 + start.second);
  }
  if (dental_key(cells[3])) dental_put(table, 3, cells[3]);
  cli_table_row(table);
  return NULL;
}

/* ---- tables that explain others ---- */

/* procedurecode.csv: CodeNum to ProcCode. */
static int dental_read_codes(const char *folder, dental_book *book) {
  static const csv_column columns[] = {{"CodeNum", true}, {"ProcCode", true}};
  csv_reader reader;
  int result = csv_open(&reader, folder, "procedurecode.csv", false, columns, 2);
  if (result != CLI_OK) return result;
  book->has_codes = reader.text != NULL;
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

/* Where a description has a word, without regard to case, from `from` on; -1: nowhere. */
static long dental_word_at(csv_cell text, const char *word, size_t from) {
  size_t length = strlen(word);
  for (size_t i = from; i + length <= text.length; i++) {
    size_t same = 0;
    while (same < length && (text.data[i + same] | 0x20) == word[same])
      same++;
    if (same == length) return (long)i;
  }
  return -1;
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
static int dental_read_kinds(const char *folder, dental_book *book) {
  static const csv_column columns[] = {{"RecallTypeNum", true}, {"Description", true}};
  csv_reader reader;
  int result = csv_open(&reader, folder, "recalltype.csv", false, columns, 2);
  if (result != CLI_OK) return result;
  book->has_kinds = reader.text != NULL;
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

/* ---- all of it ---- */

/* How a table of Open Dental becomes one of the library's. */
typedef struct dental_table {
  const char *file, *name;
  const csv_column *cells;
  const cli_column *columns;
  int cell_count, column_count;
  const char *(*write)(dental_book *book, const csv_cell *cells, cli_table *table);
} dental_table;

#define DENTAL_TABLE(file, name, cells, columns, write)                                            \
  { file, name, cells, columns, DENTAL_COUNT(cells), DENTAL_COUNT(columns), write }

/* Patients come first: recalls ask what their families owe. */
static const dental_table dental_tables[] = {
    DENTAL_TABLE("patient.csv", "patients", dental_patient_cells, dental_patient_columns,
                 dental_patient),
    DENTAL_TABLE("recall.csv", "recalls", dental_recall_cells, dental_recall_columns,
                 dental_recall),
    DENTAL_TABLE("procedurelog.csv", "procedures", dental_proc_cells, dental_proc_columns,
                 dental_procedure),
    DENTAL_TABLE("appointment.csv", "appointments", dental_visit_cells, dental_visit_columns,
                 dental_visit),
};

/* Whether procedures have codes: their own, or by number. */
static int dental_check_codes(const dental_book *book, const csv_reader *reader) {
  if (reader->has[DENTAL_PROC_CODE]) return CLI_OK;
  if (!reader->has[DENTAL_PROC_CODE_NUMBER]) {
    cli_error("%s:1: the column CodeNum is missing, and ProcCode too", reader->file);
    return CLI_DATA;
  }
  if (book->has_codes) return CLI_OK;
  cli_error("procedurecode.csv is missing, and %s has no column ProcCode", reader->file);
  return CLI_DATA;
}

static int dental_read_table(const char *folder, dental_book *book, const dental_table *from) {
  csv_reader reader;
  int result = csv_open(&reader, folder, from->file, true, from->cells, from->cell_count);
  if (result != CLI_OK) return result;
  if (from->write == dental_procedure) result = dental_check_codes(book, &reader);
  cli_table *table = cli_table_new(from->columns, from->column_count);
  while (result == CLI_OK && csv_next(&reader)) {
    const char *why = from->write(book, reader.cells, table);
    if (why) csv_leave_out(&reader, why);
  }
  int closed = csv_close(&reader);
  if (result == CLI_OK) result = closed;
  if (result == CLI_OK) return cli_table_add(table, book->facts, from->name);
  cli_table_free(table);
  return result;
}

static void dental_free(dental_book *book) {
  cli_map_free(&book->patients);
  cli_map_free(&book->families);
  cli_map_free(&book->codes);
  cli_map_free(&book->code_names);
  cli_map_free(&book->kinds);
  free(book->family);
  free(book->balances);
  free(book->code_of);
  free(book->kind_of);
}

int cli_opendental_read(const char *folder, const cli_settings *settings, wb_facts *facts) {
  dental_book book = {.settings = settings, .facts = facts};
  int result = dental_read_codes(folder, &book);
  if (result == CLI_OK) result = dental_read_kinds(folder, &book);
  for (int i = 0; result == CLI_OK && i < DENTAL_COUNT(dental_tables); i++) {
    result = dental_read_table(folder, &book, &dental_tables[i]);
  }
  dental_free(&book);
  return result;
}

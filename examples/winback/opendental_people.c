/* SPDX-License-Identifier: MIT */
/* The adapter to Open Dental: patients, recalls, guardians. */
#include "opendental.h"

#include <stdio.h>
#include <string.h>

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
  DENTAL_BALANCE,
  DENTAL_CONFIDENTIAL,
  DENTAL_STATE
};

static const csv_column dental_patient_cells[] = {
    {"PatNum", true},     {"PatStatus", true},
    {"FName", true},      {"Preferred", false},
    {"LName", false},     {"Birthdate", true},
    {"Language", false},  {"Guarantor", false},
    {"ClinicNum", false}, {"WirelessPhone", true},
    {"HmPhone", false},   {"Email", true},
    {"TxtMsgOk", true},   {"PreferContactMethod", false},
    {"BalTotal", false},  {"PreferContactConfidential", false},
    {"State", false},
};

/* In the order of the cells above. */
static const cli_column dental_patient_columns[] = {
    {"patient", "u"},         {"status", "u"},         {"first_name", "u"}, {"preferred_name", "u"},
    {"last_name", "u"},       {"birth_date", "tdD"},   {"language", "u"},   {"household", "u"},
    {"location", "u"},        {"mobile", "u"},         {"home_phone", "u"}, {"email", "u"},
    {"text_permission", "u"}, {"do_not_contact", "b"}, {"guarantor", "u"},  {"confidential", "b"},
    {"region", "u"},
};

/* PatStatus and TxtMsgOk. */
static const char *const dental_states[] = {"active",   "nonpatient", "inactive",   "archived",
                                            "archived", "deceased",   "prospective"};
static const char *const dental_permissions[] = {"unknown", "yes", "no"};

const char *dental_location(const dental_book *book, csv_cell clinic) {
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

/* The region of a state that is written as two or three letters, in the country of the location;
   empty where that is not known. Whoever tries the sample practice says where the patients are. */
static void dental_region(const dental_book *book, csv_cell state, const char *place,
                          char region[8]) {
  const cli_location *location = cli_location_find(book->settings, place);
  const char *known = location ? location->region : NULL;
  region[0] = '\0';
  if (!book->settings->path) return;
  if (!known || strlen(known) < 3 || known[2] != '-') return;
  if (state.length < 2 || state.length > 3) return;
  for (size_t i = 0; i < state.length; i++)
    if (!(state.data[i] >= 'A' && state.data[i] <= 'Z')) return;
  snprintf(region, 8, "%.3s%.*s", known, (int)state.length, state.data);
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
  const char *place = dental_location(book, cells[DENTAL_CLINIC]);
  dental_put_word(table, DENTAL_CLINIC, place);
  dental_put(table, DENTAL_MOBILE, cells[DENTAL_MOBILE]);
  dental_put(table, DENTAL_HOME, cells[DENTAL_HOME]);
  dental_put(table, DENTAL_EMAIL, cells[DENTAL_EMAIL]);
  dental_put_word(table, DENTAL_TEXTS, permission);
  cli_put_number(table, DENTAL_METHOD, dental_is(cells[DENTAL_METHOD], "1"));
  dental_put_key(table, DENTAL_METHOD + 1, cells[DENTAL_GUARANTOR]);
  cli_put_number(table, DENTAL_METHOD + 2, dental_key(cells[DENTAL_CONFIDENTIAL]));
  char region[8];
  dental_region(book, cells[DENTAL_STATE], place, region);
  dental_put_word(table, DENTAL_METHOD + 3, region);
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
  DENTAL_RECALL_BALANCE,
  DENTAL_RECALL_PRIORITY
};

static const csv_column dental_recall_cells[] = {
    {"PatNum", true},      {"RecallTypeNum", true},     {"RecallInterval", true},
    {"DateDue", true},     {"DateDueCalc", false},      {"DatePrevious", false},
    {"IsDisabled", false}, {"DisableUntilDate", false}, {"DisableUntilBalance", false},
    {"Priority", false},
};

/* In the order of the cells above. */
static const cli_column dental_recall_columns[] = {
    {"patient", "u"},          {"kind", "u"},       {"interval", "u"}, {"due", "tdD"},
    {"due_manual", "b"},       {"previous", "tdD"}, {"disabled", "b"}, {"disabled_until", "tdD"},
    {"disabled_balance", "l"}, {"asap", "b"},
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
  char space[DENTAL_INTERVAL_MOST];
  csv_cell interval;
  int64_t hold = 0;
  bool disabled;
  if (!dental_key(cells[DENTAL_RECALL_PATIENT])) return "PatNum is no key";
  const char *why = dental_recall_dates(cells, &dates);
  if (why) return why;
  if (!dental_cents(cells[DENTAL_RECALL_BALANCE], &hold)) {
    return "DisableUntilBalance is no amount";
  }
  if (!dental_interval(cells[DENTAL_RECALL_INTERVAL], space, &interval)) {
    return "RecallInterval is no interval";
  }
  if (!dental_flag(cells[DENTAL_RECALL_DISABLED], &disabled))
    return "IsDisabled is neither 0 nor 1";
  dental_put(table, DENTAL_RECALL_PATIENT, cells[DENTAL_RECALL_PATIENT]);
  dental_put_word(table, DENTAL_RECALL_TYPE, dental_kind(book, cells[DENTAL_RECALL_TYPE]));
  dental_put(table, DENTAL_RECALL_INTERVAL, interval);
  cli_put_date(table, DENTAL_RECALL_DUE, dates.due);
  cli_put_number(table, DENTAL_RECALL_DUE_CALC, dental_moved(&dates));
  cli_put_date(table, DENTAL_RECALL_PREVIOUS, dates.previous);
  cli_put_number(table, DENTAL_RECALL_DISABLED, disabled);
  cli_put_date(table, DENTAL_RECALL_UNTIL, dates.until);
  if (hold > 0 && dental_balance(book, cells[DENTAL_RECALL_PATIENT]) > hold) {
    cli_put_number(table, DENTAL_RECALL_BALANCE, hold);
  }
  cli_put_number(table, DENTAL_RECALL_PRIORITY, dental_is(cells[DENTAL_RECALL_PRIORITY], "1"));
  cli_table_row(table);
  return NULL;
}

/* ---- guardian.csv ---- */

static const csv_column dental_guardian_cells[] = {
    {"PatNumChild", true}, {"PatNumGuardian", true}, {"IsGuardian", true}};

/* In the order of the cells above. */
static const cli_column dental_guardian_columns[] = {
    {"patient", "u"}, {"guardian", "u"}, {"representative", "b"}};

static const char *dental_guardian(dental_book *book, const csv_cell *cells, cli_table *table) {
  bool representative;
  (void)book;
  if (!dental_key(cells[0])) return "PatNumChild is no key";
  if (!dental_key(cells[1])) return "PatNumGuardian is no key";
  if (!dental_flag(cells[2], &representative)) return "IsGuardian is neither 0 nor 1";
  dental_put(table, 0, cells[0]);
  dental_put(table, 1, cells[1]);
  cli_put_number(table, 2, representative);
  cli_table_row(table);
  return NULL;
}

const dental_table dental_people[] = {
    DENTAL_TABLE("patient.csv", "patients", dental_patient_cells, dental_patient_columns, true, 0,
                 dental_patient),
    DENTAL_TABLE("recall.csv", "recalls", dental_recall_cells, dental_recall_columns, true, 1,
                 dental_recall),
    DENTAL_TABLE("guardian.csv", "guardians", dental_guardian_cells, dental_guardian_columns, false,
                 0, dental_guardian),
};

/* SPDX-License-Identifier: MIT */
/* What the files of the adapter to Open Dental share: what is remembered from table to table, and
   how cells are read. */
#ifndef OPENDENTAL_H
#define OPENDENTAL_H

#include "columns.h"
#include "csv.h"

#include "cli.h"

enum { DENTAL_KEY_MOST = 64, DENTAL_INTERVAL_MOST = 32 };

#define DENTAL_COUNT(array) ((int)(sizeof(array) / sizeof(array)[0]))

/* Values by key: a map and an array beside it. */
typedef struct dental_index {
  cli_map keys;
  int64_t *values;
} dental_index;

struct dental_plain; /* plain.c */

/* What is remembered from table to table. */
typedef struct dental_book {
  const cli_settings *settings;
  cli_tables *tables;
  cli_map patients, families, codes, kinds;
  uint32_t *family;   /* by patient */
  int64_t *balances;  /* by family, cents */
  uint32_t *code_of;  /* by CodeNum's number: the number of its code */
  cli_map code_names; /* procedure codes */
  const char **kind_of;
  bool has_codes, has_kinds;
  dental_index confirmed; /* by DefNum of appointment.Confirmed: whether it says so */
  dental_index broken;    /* by PatNum and day: whether a visit was missed, not cancelled */
  dental_index paid;      /* by ProcNum: DENTAL_PAID_… */
  dental_index dates;     /* by ProcNum: its date */
  dental_index filing;    /* by InsFilingCodeNum: DENTAL_PAYER_… */
  dental_index plans;     /* by PlanNum: place in `plan` */
  struct dental_plan *plan;
  dental_index subscribers; /* by InsSubNum: place in `subscriber` */
  struct dental_subscriber *subscriber;
  dental_index verified[2];   /* by PlanNum, by PatPlanNum: the latest day */
  struct dental_plain *plain; /* the table that is read, in the library's own layout */
} dental_book;

/* How a table of Open Dental becomes one of the library's. */
typedef struct dental_table {
  const char *file, *name;
  const csv_column *cells;
  const cli_column *columns;
  int cell_count, column_count;
  bool needed;
  int word; /* a column with a closed list of words; 0: its rows hold nobody back */
  /* Writes a row; returns what is wrong with it, NULL: nothing. */
  const char *(*write)(dental_book *book, const csv_cell *cells, cli_table *table);
} dental_table;

#define DENTAL_TABLE(file, name, cells, columns, needed, word, write)                              \
  { file, name, cells, columns, DENTAL_COUNT(cells), DENTAL_COUNT(columns), needed, word, write }

extern const dental_table dental_people[3];    /* opendental_people.c: patients come first, for
                                                  recalls ask what their families owe */
extern const dental_table dental_care[4];      /* opendental_care.c: procedures come first, for
                                                  appointments ask which codes they hold */
extern const dental_table dental_insurance[3]; /* opendental_insurance.c */

/* Tables that explain others; those of insurance come before and after the procedures. */
int dental_read_codes(const char *folder, dental_book *book);
int dental_read_kinds(const char *folder, dental_book *book);
int dental_read_confirmed(const char *folder, dental_book *book);
int dental_read_insurance(const char *folder, dental_book *book);
void dental_free_insurance(dental_book *book);
/* Whether procedures have codes: their own, or by number. */
int dental_check_codes(const dental_book *book, const csv_reader *reader);
/* The location of a clinic; the first one where the settings do not have it. */
const char *dental_location(const dental_book *book, csv_cell clinic);
/* The procedure code of a CodeNum; empty when it is not known. */
csv_cell dental_code_of(const dental_book *book, csv_cell number);

/* Reads one table; the rows that cannot be read are left out, and their patients doubted. */
int dental_read_table(const char *folder, dental_book *book, const dental_table *from);
/* Reads the tables of the library's own layout (plain.c). */
int dental_read_plain(const char *folder, dental_book *book);

/* Reads an explaining table that may be missing; `note` returns what is wrong with a row. */
int dental_read_notes(const char *folder, const char *file, const csv_column *columns, int count,
                      dental_book *book,
                      const char *(*note)(dental_book *book, const csv_cell *cells));
/* Sets the value of a key; false when it was there, and keeps what it was. */
bool dental_index_add(dental_index *index, csv_cell key, int64_t value);
/* The place of a key's value, NULL when it is not there. */
int64_t *dental_index_find(const dental_index *index, csv_cell key);
void dental_index_free(dental_index *index);

/* A cell as one of some words by its number, NULL when it is another. */
const char *dental_word(csv_cell cell, const char *const *words, size_t count);
void dental_put(cli_table *table, int column, csv_cell cell);
void dental_put_word(cli_table *table, int column, const char *word);
/* A key, unless it is none. */
void dental_put_key(cli_table *table, int column, csv_cell cell);
bool dental_is(csv_cell cell, const char *text);
/* Whether a cell is a key: neither empty nor Open Dental's 0 for "none". */
bool dental_key(csv_cell cell);
/* 1, t or true, 0, f or false, in any case; an empty cell is false. False: none of them. */
bool dental_flag(csv_cell cell, bool *flag);
/* A date, with or without a clock time, which is read as second of the day. An empty cell and
   0001-01-01 are absent. False: no date. */
bool dental_clock(csv_cell cell, wb_local *local);
bool dental_date(csv_cell cell, wb_date *date);
/* An amount of money in cents; empty is 0. False: no amount. */
bool dental_cents(csv_cell cell, int64_t *cents);
/* An interval in one spelling, whatever its own, in `space`. False: none. */
bool dental_interval(csv_cell cell, char space[DENTAL_INTERVAL_MOST], csv_cell *interval);
/* A whole number; empty is 0. False: none. */
bool dental_whole(csv_cell cell, int64_t *number);
/* The same, and 0 when it is none. */
int64_t dental_number(csv_cell cell);
/* Where a description has a word, without regard to case, from `from` on; -1: nowhere. */
long dental_word_at(csv_cell text, const char *word, size_t from);

#endif

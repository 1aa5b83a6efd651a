/* SPDX-License-Identifier: MIT */
/* The adapter to Open Dental: its tables, as one CSV file each, become the library's. Nothing but
   the columns named here is ever looked at. A table that is missing, unless it is needed, leaves
   fields unknown: docs/facts.md says which. */
#include "opendental.h"

#include <stdlib.h>
#include <string.h>

/* ---- cells ---- */

const char *dental_word(csv_cell cell, const char *const *words, size_t count) {
  if (cell.length != 1 || cell.data[0] < '0') return NULL;
  size_t number = (size_t)(cell.data[0] - '0');
  return number < count ? words[number] : NULL;
}

void dental_put(cli_table *table, int column, csv_cell cell) {
  cli_put_text(table, column, cell.data, cell.length);
}

void dental_put_word(cli_table *table, int column, const char *word) {
  cli_put_text(table, column, word, strlen(word));
}

bool dental_is(csv_cell cell, const char *text) {
  return cell.length == strlen(text) && !memcmp(cell.data, text, cell.length);
}

bool dental_key(csv_cell cell) {
  return cell.length > 0 && cell.length <= DENTAL_KEY_MOST && !dental_is(cell, "0");
}

bool dental_flag(csv_cell cell, bool *flag) {
  static const char *const words[] = {"0", "f", "false", "1", "t", "true"};
  *flag = false;
  for (int i = 0; i < 6; i++) {
    if (cell.length != strlen(words[i]) || dental_word_at(cell, words[i], 0) != 0) continue;
    *flag = i >= 3;
    return true;
  }
  return cell.length == 0;
}

bool dental_clock(csv_cell cell, wb_local *local) {
  *local = (wb_local){.date = WB_DATE_NONE};
  bool zero = cell.length >= 10 &&
              (!memcmp(cell.data, "0001-01-01", 10) || !memcmp(cell.data, "0000-00-00", 10));
  return cell.length == 0 || zero || cli_local_parse(cell.data, cell.length, local);
}

bool dental_date(csv_cell cell, wb_date *date) {
  wb_local local;
  bool ok = dental_clock(cell, &local);
  *date = ok ? local.date : WB_DATE_NONE;
  return ok;
}

bool dental_cents(csv_cell cell, int64_t *cents) {
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

long dental_word_at(csv_cell text, const char *word, size_t from) {
  size_t length = strlen(word);
  for (size_t i = from; i + length <= text.length; i++) {
    size_t same = 0;
    while (same < length && (text.data[i + same] | 0x20) == word[same])
      same++;
    if (same == length) return (long)i;
  }
  return -1;
}

bool dental_index_add(dental_index *index, csv_cell key, int64_t value) {
  uint32_t before = index->keys.count;
  uint32_t at = cli_map_add(&index->keys, key.data, key.length);
  if (at < before) return false;
  if ((at & (at + 1)) == 0) /* room for twice as many */
    index->values = cli_grow(index->values, (size_t)at * 2 + 1, sizeof *index->values);
  index->values[at] = value;
  return true;
}

int64_t *dental_index_find(const dental_index *index, csv_cell key) {
  int64_t at = cli_map_find(&index->keys, key.data, key.length);
  return at < 0 ? NULL : &index->values[at];
}

void dental_index_free(dental_index *index) {
  cli_map_free(&index->keys);
  free(index->values);
}

void dental_put_key(cli_table *table, int column, csv_cell cell) {
  if (dental_key(cell)) dental_put(table, column, cell);
}

bool dental_interval(csv_cell cell, char space[DENTAL_INTERVAL_MOST], csv_cell *interval) {
  wb_interval parsed;
  interval->data = space;
  return wb_interval_parse(cell.data, cell.length, &parsed) == WB_OK &&
         wb_interval_format(&parsed, space, DENTAL_INTERVAL_MOST, &interval->length) == WB_OK;
}

bool dental_whole(csv_cell cell, int64_t *number) {
  enum { DIGITS = 18 };
  bool minus = cell.length > 0 && cell.data[0] == '-';
  *number = 0;
  if (cell.length > DIGITS || (minus && cell.length == 1)) return false;
  for (size_t i = minus; i < cell.length; i++) {
    if (cell.data[i] < '0' || cell.data[i] > '9') return false;
    *number = *number * 10 + (cell.data[i] - '0');
  }
  if (minus) *number = -*number;
  return true;
}

int64_t dental_number(csv_cell cell) {
  int64_t number = 0;
  return dental_whole(cell, &number) ? number : 0;
}

int dental_read_notes(const char *folder, const char *file, const csv_column *columns, int count,
                      dental_book *book,
                      const char *(*note)(dental_book *book, const csv_cell *cells)) {
  csv_reader reader;
  int result = csv_open(&reader, folder, file, false, columns, count);
  if (result != CLI_OK) return result;
  if (!reader.buffer) {
    cli_missing(file);
    return csv_close(&reader);
  }
  while (csv_next(&reader)) {
    const char *why = note(book, reader.cells);
    if (why) csv_leave_out(&reader, why);
  }
  return csv_close(&reader);
}

/* ---- all of it ---- */

/* Puts a row that cannot be read into its table as one that the library cannot read either. So what
   hangs on it fails for its patient, who is held instead of being written to on half the data. */
static void dental_doubt(const dental_table *from, csv_cell patient, cli_table *table) {
  dental_put(table, 0, patient);
  dental_put_word(table, from->word, "unreadable");
  cli_table_row(table);
}

/* Leaves out a row and doubts its patient; false: it cannot be told whose it is, or whose would
   have come after it. */
static bool dental_leave_out(const dental_book *book, const dental_table *from, csv_reader *reader,
                             const char *why, cli_table *table) {
  csv_cell patient = reader->cells[0];
  csv_leave_out(reader, why);
  if (!from->word) return true;
  if (reader->torn || cli_map_find(&book->patients, patient.data, patient.length) < 0) return false;
  dental_doubt(from, patient, table);
  cli_doubt();
  return true;
}

/* Doubts everybody, for rows that may be anybody's. */
static void dental_doubt_all(const dental_book *book, const dental_table *from, const char *file,
                             long rows, cli_table *table) {
  for (uint32_t i = 0; i < book->patients.count; i++) {
    csv_cell patient;
    patient.data = cli_map_key(&book->patients, i, &patient.length);
    dental_doubt(from, patient, table);
  }
  cli_doubt_all(file, rows);
}

/* Reads the rows of an open table. */
static void dental_read_rows(dental_book *book, const dental_table *from, csv_reader *reader,
                             cli_table *table) {
  long unclaimed = 0;
  while (csv_step(reader)) {
    const char *why = reader->why ? reader->why : from->write(book, reader->cells, table);
    if (why) unclaimed += !dental_leave_out(book, from, reader, why, table);
  }
  if (unclaimed) dental_doubt_all(book, from, reader->file, unclaimed, table);
}

int dental_read_table(const char *folder, dental_book *book, const dental_table *from) {
  csv_reader reader;
  int result = csv_open(&reader, folder, from->file, from->needed, from->cells, from->cell_count);
  if (result != CLI_OK) return result;
  if (!reader.buffer) {
    cli_missing(from->file);
    return csv_close(&reader);
  }
  if (from == &dental_care[0]) result = dental_check_codes(book, &reader);
  cli_table *table = cli_table_new(from->columns, from->column_count);
  if (result == CLI_OK) dental_read_rows(book, from, &reader, table);
  int closed = csv_close(&reader);
  if (result == CLI_OK) result = closed;
  cli_tables_add(book->tables, from->name, table);
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
  dental_index_free(&book->confirmed);
  dental_index_free(&book->broken);
  dental_index_free(&book->dates);
  dental_free_insurance(book);
}

/* Reads tables one after the other. */
static int dental_read_tables(const char *folder, dental_book *book, const dental_table *tables,
                              int count) {
  int result = CLI_OK;
  for (int i = 0; result == CLI_OK && i < count; i++)
    result = dental_read_table(folder, book, &tables[i]);
  return result;
}

/* Reads an export of Open Dental. */
static int dental_read_export(const char *folder, dental_book *book) {
  static int (*const explaining[])(const char *, dental_book *) = {
      dental_read_codes, dental_read_kinds, dental_read_confirmed, dental_read_insurance};
  static const struct {
    const dental_table *tables;
    int count;
  } groups[] = {{dental_people, DENTAL_COUNT(dental_people)},
                {dental_care, DENTAL_COUNT(dental_care)},
                {dental_insurance, DENTAL_COUNT(dental_insurance)}};
  int result = CLI_OK;
  for (int i = 0; result == CLI_OK && i < DENTAL_COUNT(explaining); i++)
    result = explaining[i](folder, book);
  for (int i = 0; result == CLI_OK && i < DENTAL_COUNT(groups); i++)
    result = dental_read_tables(folder, book, groups[i].tables, groups[i].count);
  return result;
}

int cli_data_read(const char *folder, const cli_settings *settings, cli_tables *tables) {
  dental_book book = {.settings = settings, .tables = tables};
  bool plain = csv_exists(folder, "patients.csv"), export = csv_exists(folder, "patient.csv");
  if (plain && export) {
    cli_error("%s: there are patients.csv and patient.csv: which layout is it?", folder);
    return CLI_DATA;
  }
  int result = plain ? dental_read_plain(folder, &book) : dental_read_export(folder, &book);
  dental_free(&book);
  return result;
}

/* SPDX-License-Identifier: MIT */
/* The library's own layout: its tables as they are, one file each, their columns by the names that
   the library itself gives (wb_column_get). docs/data.md has the page, examples/tables a template.
 */
#include "opendental.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A table of the library while it is read. */
struct dental_plain {
  wb_column about[CSV_COLUMNS_MOST];
  csv_column cells[CSV_COLUMNS_MOST];
  cli_column columns[CSV_COLUMNS_MOST];
  int count;
  bool patients;
  char why[CSV_WHY_MOST];
};

/* ---- cells ---- */

/* Says what is wrong with a cell. */
static const char *plain_complain(struct dental_plain *plain, int column, const char *what) {
  snprintf(plain->why, sizeof plain->why, "%s %s", plain->about[column].name, what);
  return plain->why;
}

/* Whether a cell is one of the words of a domain. */
static bool plain_is_word(const char *domain, csv_cell cell) {
  for (const char *at = domain; at; at = strchr(at, '|')) {
    at += *at == '|';
    if (strcspn(at, "|") == cell.length && !memcmp(at, cell.data, cell.length)) return true;
  }
  return false;
}

/* Texts that are more than words; NULL, or why one is none. */
static const char *plain_text_wrong(const wb_column *about, csv_cell cell) {
  wb_limit limit = {.size = sizeof limit};
  if (!strcmp(about->name, "limit") && wb_limit_parse(cell.data, cell.length, &limit) != WB_OK) {
    return "is no limit";
  }
  bool key = about->place == 0 || !strcmp(about->name, "plan") || !strcmp(about->name, "location");
  return key && cell.length > DENTAL_KEY_MOST ? "is longer than 64 bytes" : NULL;
}

static const char *plain_put_text(const dental_book *book, int column, csv_cell cell,
                                  cli_table *table) {
  const wb_column *about = &book->plain->about[column];
  if (about->domain && !plain_is_word(about->domain, cell)) {
    snprintf(book->plain->why, sizeof book->plain->why, "%s is none of %s", about->name,
             about->domain);
    return book->plain->why;
  }
  const char *wrong = plain_text_wrong(about, cell);
  char space[DENTAL_INTERVAL_MOST];
  if (!strcmp(about->name, "interval") && !dental_interval(cell, space, &cell)) {
    wrong = "is no interval";
  }
  if (wrong) return plain_complain(book->plain, column, wrong);
  if (!strcmp(about->name, "location")) {
    dental_put_word(table, column, dental_location(book, cell));
  } else {
    dental_put(table, column, cell);
  }
  return NULL;
}

/* An amount, which has two digits after its point: so nobody's cents are taken for dollars. */
static bool plain_cents(csv_cell cell, int64_t *cents) {
  csv_cell whole = cell;
  char text[24];
  if (cell.length < 4 || cell.length >= sizeof text || cell.data[cell.length - 3] != '.') {
    return false;
  }
  memcpy(text, cell.data, cell.length - 3);
  memcpy(text + cell.length - 3, cell.data + cell.length - 2, 2);
  whole.data = text;
  whole.length--;
  return dental_whole(whole, cents);
}

/* A date, or a date and time. */
static const char *plain_put_time(const wb_column *about, int column, csv_cell cell,
                                  cli_table *table) {
  enum { DAY = 86400, ONLY_A_DATE = 10 };
  bool time = about->type == WB_TIME;
  wb_local local;
  if (!dental_clock(cell, &local) || (time && cell.length <= ONLY_A_DATE)) {
    return time ? "is no date and time" : "is no date";
  }
  if (local.date == WB_DATE_NONE) return NULL;
  cli_put_number(table, column, time ? (int64_t)local.date * DAY + local.second : local.date);
  return NULL;
}

/* A cell that is no text; NULL, or why it cannot be. */
static const char *plain_put_value(const wb_column *about, int column, csv_cell cell,
                                   cli_table *table) {
  int64_t number = 0;
  bool flag = false;
  if (about->type == WB_BOOL) {
    if (!dental_flag(cell, &flag) || cell.length < 4) return "is neither true nor false";
    number = flag;
  } else if (about->flags & WB_COLUMN_CENTS) {
    if (!plain_cents(cell, &number)) return "is no amount with two digits after its point";
  } else if (about->type == WB_INT) {
    if (!dental_whole(cell, &number)) return "is no whole number";
  } else {
    return plain_put_time(about, column, cell, table);
  }
  cli_put_number(table, column, number);
  return NULL;
}

/* ---- rows ---- */

/* Writes one cell; NULL, or what is wrong with it. */
static const char *plain_put(const dental_book *book, int column, csv_cell cell, cli_table *table) {
  const wb_column *about = &book->plain->about[column];
  if (cell.length == 0) {
    return about->flags & WB_COLUMN_NEEDED ? plain_complain(book->plain, column, "is empty") : NULL;
  }
  if (about->type == WB_TEXT) return plain_put_text(book, column, cell, table);
  const char *wrong = plain_put_value(about, column, cell, table);
  return wrong ? plain_complain(book->plain, column, wrong) : NULL;
}

/* Writes one row. What of it was written before something wrong came is taken back. */
static const char *plain_row(dental_book *book, const csv_cell *cells, cli_table *table) {
  const char *wrong = NULL;
  for (int i = 0; !wrong && i < book->plain->count; i++)
    wrong = plain_put(book, i, cells[i], table);
  if (!wrong && book->plain->patients) {
    uint32_t before = book->patients.count;
    if (cli_map_add(&book->patients, cells[0].data, cells[0].length) < before) {
      wrong = "another patient has this key";
    }
  }
  if (wrong) {
    cli_table_undo(table);
  } else {
    cli_table_row(table);
  }
  return wrong;
}

/* ---- tables ---- */

/* The format of a column for the library. */
static const char *plain_format(int32_t type) {
  switch (type) {
  case WB_BOOL: return "b";
  case WB_INT: return "l";
  case WB_DATE: return "tdD";
  case WB_TIME: return "tss:";
  default: return "u";
  }
}

/* Takes the columns of a table from the library. */
static void plain_describe(struct dental_plain *plain, const char *table) {
  wb_column about = {.size = sizeof about};
  *plain = (struct dental_plain){.patients = !strcmp(table, "patients")};
  for (uint32_t i = 0; wb_column_get(i, &about) == WB_OK; i++) {
    if (strcmp(about.table, table) != 0) continue;
    plain->about[plain->count] = about;
    plain->cells[plain->count] = (csv_column){about.name, (about.flags & WB_COLUMN_NEEDED) != 0};
    plain->columns[plain->count++] = (cli_column){about.name, plain_format(about.type)};
  }
}

/* The column of few words of a table whose rows belong to patients. */
static int plain_word(const struct dental_plain *plain) {
  if (plain->patients || strcmp(plain->about[0].name, "patient") != 0) return 0;
  for (int i = 1; i < plain->count; i++)
    if (plain->about[i].domain) return i;
  return 0;
}

int dental_read_plain(const char *folder, dental_book *book) {
  enum { NEEDED = 3 }; /* so many tables: who is not in them would pass for unseen, or unbooked */
  static const char *const tables[][2] = {
      {"patients.csv", "patients"},
      {"procedures.csv", "procedures"},
      {"appointments.csv", "appointments"},
      {"recalls.csv", "recalls"},
      {"coverages.csv", "coverages"},
      {"claims.csv", "claims"},
      {"limits.csv", "limits"},
      {"openings.csv", "openings"},
      {"guardians.csv", "guardians"},
      {"codes.csv", "codes"},
  };
  struct dental_plain plain;
  int result = CLI_OK;
  book->plain = &plain;
  for (int i = 0; result == CLI_OK && i < DENTAL_COUNT(tables); i++) {
    plain_describe(&plain, tables[i][1]);
    dental_table from = {.file = tables[i][0],
                         .name = tables[i][1],
                         .cells = plain.cells,
                         .columns = plain.columns,
                         .cell_count = plain.count,
                         .column_count = plain.count,
                         .needed = i < NEEDED,
                         .word = plain_word(&plain),
                         .write = plain_row};
    result = dental_read_table(folder, book, &from);
  }
  return result;
}

/* SPDX-License-Identifier: MIT */
/* CSV tables (RFC 4180): a reader, row by row and in place, and the writing of a cell. A row that
   cannot be read is left out and reported with the line where it begins; the rest goes on. */
#ifndef CSV_H
#define CSV_H

#include <stdbool.h>
#include <stddef.h>

/* One cell; empty, \N and NULL are length 0. Valid until csv_close. */
typedef struct csv_cell {
  const char *data;
  size_t length;
} csv_cell;

/* A column that is wanted; all others are skipped. */
typedef struct csv_column {
  const char *name;
  bool needed;
} csv_column;

enum { CSV_COLUMNS_MOST = 24, CSV_FIELD_MOST = 65535 /* bytes, as a TEXT of MySQL */ };

typedef struct csv_reader {
  const char *file; /* its name, for messages */
  char *text;       /* NULL: there is no such table */
  char *at, *end;
  int *targets; /* by field of the header: the wanted column, or -1 */
  long line;    /* where the row begins */
  long next_line;
  long kept, left_out;
  int fields; /* of the header */
  int count;
  bool has[CSV_COLUMNS_MOST];
  csv_cell cells[CSV_COLUMNS_MOST]; /* of the row, in the order of the wanted columns */
} csv_reader;

/* Opens a table of a folder and reads its header. CLI_DATA: it is missing and needed, has no needed
   column, or is no text. */
int csv_open(csv_reader *reader, const char *folder, const char *file, bool needed,
             const csv_column *columns, int count);
/* Moves to the next row that can be read. */
bool csv_next(csv_reader *reader);
/* Leaves out the row it is at. */
void csv_leave_out(csv_reader *reader, const char *why);
/* Frees it. CLI_DATA: the table has rows, but none could be read. */
int csv_close(csv_reader *reader);

/* Prints one cell, in quotes where they are needed. */
void csv_put(const char *text, size_t length);

#endif

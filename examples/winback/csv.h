/* SPDX-License-Identifier: MIT */
/* Tables as text, row by row: comma-separated (RFC 4180) and tab-separated, as `mysql --batch` and
   others write them; and the writing of a cell. docs/data.md has the dialects. A row that cannot be
   read is left out and reported with its file, line and column; the rest goes on. */
#ifndef CSV_H
#define CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One cell; empty, \N and NULL are length 0. Valid until the next row. */
typedef struct csv_cell {
  const char *data;
  size_t length;
} csv_cell;

/* A column that is wanted; all others are skipped, whatever is in them. */
typedef struct csv_column {
  const char *name;
  bool needed;
} csv_column;

enum {
  CSV_COLUMNS_MOST = 32,
  CSV_FIELD_MOST = 65535, /* bytes, as a TEXT of MySQL */
  CSV_ROW_MOST = 4 << 20, /* bytes; a file with a longer line is refused */
  CSV_NAME_MOST = 32,     /* bytes of a file's name */
  CSV_WHY_MOST = 160
};

typedef struct csv_reader {
  char file[CSV_NAME_MOST]; /* its name, for messages */
  char *buffer;             /* NULL: there is no such table */
  char *at, *end;           /* what is read and not yet used; a line break stands behind it */
  size_t capacity;
  const csv_column *columns; /* that are wanted */
  int *targets;              /* by field of the header: the wanted column, or -1 */
  long line;                 /* where the row begins */
  long next_line;
  long kept, left_out;
  int input;  /* file descriptor */
  int fields; /* of the header */
  int count;
  char separator;
  bool escapes; /* cells have \t, \n and \\ instead of quotes */
  bool ended;   /* there is no more to read than the buffer holds */
  bool failed;  /* cannot be read any further, and stderr says why */
  bool torn;    /* the row is cut off by the end of the file */
  bool has[CSV_COLUMNS_MOST];
  csv_cell cells[CSV_COLUMNS_MOST]; /* of the row, in the order of the wanted columns */
  uint32_t rough;                   /* a bit for each cell whose quotes or escapes still stand */
  const char *why;                  /* what is wrong with the row; NULL: nothing */
  char space[CSV_WHY_MOST];         /* for it */
} csv_reader;

/* Whether a folder has a table, under any of its names. */
bool csv_exists(const char *folder, const char *file);
/* Opens a table of a folder, NAME.csv, NAME.tsv or NAME.txt, and reads its header. CLI_DATA: it is
   missing and needed, is there twice, has no needed column, or is no text. */
int csv_open(csv_reader *reader, const char *folder, const char *file, bool needed,
             const csv_column *columns, int count);
/* Moves to the next row, which may be one that cannot be read: then `why` is set, and the cells
   before what is wrong are there. */
bool csv_step(csv_reader *reader);
/* Moves to the next row that can be read. */
bool csv_next(csv_reader *reader);
/* Leaves out the row it is at. */
void csv_leave_out(csv_reader *reader, const char *why);
/* Frees it. CLI_DATA: the table has rows, but none could be read, or it could not be read to its
   end. */
int csv_close(csv_reader *reader);

/* Prints one cell, in quotes where they are needed. */
void csv_put(const char *text, size_t length);

#endif

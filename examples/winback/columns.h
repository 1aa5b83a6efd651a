/* SPDX-License-Identifier: MIT */
/* Tables for the library: columns in the layout of the Arrow C Data Interface, filled row by row;
   and a map of keys, to join tables while they are read. */
#ifndef COLUMNS_H
#define COLUMNS_H

#include <winback/winback.h>

/* A column: its name and Arrow format, one of u (text), b (bool), l (int64), tdD (date), tss:
   (clock time). */
typedef struct cli_column {
  const char *name, *format;
} cli_column;

typedef struct cli_table cli_table;

/* The columns are copied, not their names. */
cli_table *cli_table_new(const cli_column *columns, int count);
/* Sets a cell of the row being written; a cell that is not set is absent, and so is empty text. */
void cli_put_text(cli_table *table, int column, const char *data, size_t length);
/* Bool, int64, days or seconds. */
void cli_put_number(cli_table *table, int column, int64_t value);
void cli_put_date(cli_table *table, int column, wb_date date); /* WB_DATE_NONE: absent */
/* Takes back what was written of the row. */
void cli_table_undo(cli_table *table);
/* Ends the row. */
void cli_table_row(cli_table *table);
void cli_table_free(cli_table *table);

/* The tables of an export, by their names; the facts only borrow them. */
typedef struct cli_tables {
  cli_table *first;
} cli_tables;

/* Puts a table among the others, which then own it; `name` is a constant. */
void cli_tables_add(cli_tables *tables, const char *name, cli_table *table);
/* NULL: there is none of that name. */
cli_table *cli_tables_find(const cli_tables *tables, const char *name);
/* The place of a column; -1: the table has none of that name. */
int cli_table_column(const cli_table *table, const char *name);
/* Lends one, or all, to facts. Until those give it back a table must stay, with the rows it has. */
int cli_table_lend(const cli_table *table, wb_facts *facts);
int cli_tables_lend(const cli_tables *tables, wb_facts *facts);
void cli_tables_free(cli_tables *tables);

/* Keys, numbered in the order in which they come. Zero is an empty map. */
typedef struct cli_map {
  char *bytes;
  size_t used, capacity;
  size_t *starts;  /* count + 1 offsets into bytes */
  uint64_t *slots; /* hash of a key above its number + 1; 0: free */
  uint32_t count, mask;
} cli_map;

enum { CLI_MAP_NONE = -1 };

/* The number of a key, CLI_MAP_NONE when it is not there. */
int64_t cli_map_find(const cli_map *map, const char *key, size_t length);
/* The number of a key, which is added when it is not there. */
uint32_t cli_map_add(cli_map *map, const char *key, size_t length);
/* The key of a number. */
const char *cli_map_key(const cli_map *map, uint32_t number, size_t *length);
void cli_map_free(cli_map *map);

#endif

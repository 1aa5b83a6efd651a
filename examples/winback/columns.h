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

cli_table *cli_table_new(const cli_column *columns, int count);
/* Sets a cell of the row being written; a cell that is not set is absent, and so is empty text. */
void cli_put_text(cli_table *table, int column, const char *data, size_t length);
/* Bool, int64, days or seconds. */
void cli_put_number(cli_table *table, int column, int64_t value);
void cli_put_date(cli_table *table, int column, wb_date date); /* WB_DATE_NONE: absent */
/* Ends the row. */
void cli_table_row(cli_table *table);
/* Moves the table into the facts, or frees it. */
int cli_table_add(cli_table *table, wb_facts *facts, const char *name);
void cli_table_free(cli_table *table);

/* Keys, numbered in the order in which they come. Zero is an empty map. */
typedef struct cli_map {
  char *bytes;
  size_t used, capacity;
  size_t *starts; /* count + 1 offsets into bytes */
  uint32_t *slots;
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

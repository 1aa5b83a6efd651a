/* SPDX-License-Identifier: MIT */
/* Patients counted by the values of fields: of one, of two crosswise, of several. */
#ifndef CROSS_H
#define CROSS_H

#include "columns.h"

#include "cli.h"

enum { CLI_CROSS_AXES = 8 };

/* One value that occurs along an axis. */
typedef struct cli_cross_value {
  int64_t rank;
  const char *text; /* in the map, once all are read */
  size_t length;
  uint32_t number; /* in the map */
  int32_t kind;
  long total;
} cli_cross_value;

/* A field by which patients are counted. Keys of the map are a letter for absent or present and
   the text. */
typedef struct cli_cross_axis {
  const char *name;
  uint32_t field;
  cli_map map;
  cli_cross_value *values; /* by number; in the end in their order */
} cli_cross_axis;

/* How many patients have some values: their numbers along the axes, in the end their places. */
typedef struct cli_cross_cell {
  uint32_t at[CLI_CROSS_AXES];
  long count;
} cli_cross_cell;

typedef struct cli_cross {
  const cli_world *world;
  char *by;
  cli_cross_axis axes[CLI_CROSS_AXES];
  int axis_count; /* 0: nothing is counted */
  cli_map map;    /* of `at` */
  cli_cross_cell *cells;
} cli_cross;

/* Begins with the fields of --by, NULL for none; CLI_OK or CLI_USAGE. */
int cli_cross_begin(cli_cross *cross, const cli_world *world, const char *by);
/* Counts a patient, unless one of the fields cannot be read. */
wb_status cli_cross_add(cli_cross *cross, uint64_t row, wb_error *error);
/* Prints the table as text, CSV or JSON, after the last patient. */
void cli_cross_print(cli_cross *cross, const cli_options *options);
void cli_cross_free(cli_cross *cross);

#endif

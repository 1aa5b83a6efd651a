/* SPDX-License-Identifier: MIT */
/* A getter: what it is asked, and what is kept of it. */
#ifndef WBI_FACTS_SOURCE_H
#define WBI_FACTS_SOURCE_H

#include "facts/column.h"

/* A zone that a location of the getter's has, kept for the next patient. */
typedef struct wbi_source_place {
  wb_zone *zone;
  size_t length;
  char name[128];
} wbi_source_place;

typedef struct wbi_source {
  wb_source host; /* `get` NULL: there is none */
  bool stands;    /* whether `row` is loaded, `counted` whether `rows` is known: for one call */
  bool counted;
  uint32_t loaded; /* small tables, as bits */
  uint64_t row, rows;
  uint64_t turn;   /* of the row, from 1 */
  uint64_t *asked; /* by field: the turn in which it was */
  wbi_arena arena; /* of what the row says */
  wbi_vector zones;
} wbi_source;

wb_status wbi_source_open(wb_facts *facts, const wb_source *host, wb_error *error);
void wbi_source_close(wb_facts *facts);
wb_status wbi_source_rows(wb_facts *facts, uint64_t *count, wb_error *error);
wb_status wbi_source_row(wb_facts *facts, wbi_text key, uint64_t *row);
/* Sets the row of which the getter is asked; the cursor's is 0. */
wb_status wbi_source_seek(wb_facts *facts, uint64_t row, wb_error *error);
/* Forgets what was said of the row. */
void wbi_source_drop(wb_facts *facts);
/* Makes small tables, as bits of enum wbi_table_name, that are not there yet. There is a getter, as
   for the next. */
wb_status wbi_source_load(wb_facts *facts, uint32_t tables, wb_error *error);
/* Asks for a field: afterwards it is given, or its tables are there. */
wb_status wbi_source_give(wb_facts *facts, uint32_t field, wb_error *error);
/* The zone of a name, made once. */
wb_status wbi_source_zone(wb_facts *facts, wbi_text name, wb_zone **zone);
/* A column of copies of values. WB_E_TYPE, WB_E_RANGE, WB_E_NOMEM. */
wb_status wbi_column_of_values(wbi_arena *arena, const wb_value *values, uint32_t count,
                               int32_t type, wbi_column *column);
/* One list of so many elements. WB_E_NOMEM. */
wb_status wbi_column_of_list(wbi_arena *arena, uint32_t count, wbi_column *lists);

#endif

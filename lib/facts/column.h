/* SPDX-License-Identifier: MIT */
/* Columns: checked Arrow arrays of one batch or several, and how their cells are read. */
#ifndef WBI_FACTS_COLUMN_H
#define WBI_FACTS_COLUMN_H

#include "facts/facts.h"

/* What the cells of a column hold. A column whose format is "null" fits everywhere. */
enum wbi_cells {
  WBI_CELLS_NONE, /* no such column */
  WBI_CELLS_NULL,
  WBI_CELLS_BOOL,
  WBI_CELLS_INT,
  WBI_CELLS_REAL,
  WBI_CELLS_TEXT,
  WBI_CELLS_BYTES,
  WBI_CELLS_DATE,
  WBI_CELLS_WALL,    /* timestamp without zone: what the clock on the wall shows */
  WBI_CELLS_INSTANT, /* timestamp with zone */
  WBI_CELLS_DECIMAL,
  WBI_CELLS_LIST /* what a row holds is a range of elements, which are columns of their own */
};

/* Sets of them, for what fits where. */
#define WBI_FITS(cells) (1u << (cells))

/* A bitmap, lowest bit first; no bits: nothing is absent. */
typedef struct wbi_mask {
  const uint8_t *bits;
  size_t first; /* position of row 0 */
} wbi_mask;

static inline bool wbi_mask_has(const wbi_mask *mask, size_t row) {
  const size_t at = mask->first + row;
  return !mask->bits || wbi_bit_at(mask->bits, at);
}

/* One checked Arrow array. Buffers may stand at any address, so they are read with memcpy. */
typedef struct wbi_strip {
  wbi_mask present;
  const uint8_t *values;    /* numbers, bits, offsets, views */
  const char *bytes;        /* that offsets point into */
  const void *const *pools; /* that views point into */
  size_t first;             /* position of row 0 */
  uint32_t width;           /* bytes of a value; 0: bits */
  bool is_signed;
} wbi_strip;

/* What a column is in one batch. */
typedef struct wbi_slice {
  wbi_strip strip; /* of a list its offsets, of coded cells the numbers of their words */
  wbi_strip words;
  wbi_mask record; /* the struct around it */
  int64_t base;    /* of a list: its first offset, which is element 0 */
} wbi_slice;

/* Where batches begin: batch i holds rows starts[i] … starts[i + 1]. */
typedef struct wbi_map {
  uint32_t *starts;
  uint32_t count;
} wbi_map;

/* Room for where so many batches begin; NULL: none. */
wbi_map *wbi_map_make(wbi_arena *arena, uint32_t count);

typedef struct wbi_column {
  int32_t cells; /* enum wbi_cells */
  int32_t unit; /* ticks a second of a timestamp, a day of a date; digits after a decimal's point */
  bool coded;   /* the strip holds numbers of words */
  wbi_slice piece;         /* of the only batch, or the first */
  const wbi_map *map;      /* NULL: one batch */
  const wbi_slice *pieces; /* where there are several */
  const wbi_map *elements; /* of a list in several batches: where the elements of each begin */
} wbi_column;

/* ---- checking (arrow.c) ------------------------------------------------------------------- */

/* One array of a column, and what of it is used. */
typedef struct wbi_part {
  const struct ArrowArray *array;
  size_t from, rows;
  size_t lists; /* of elements: how many lists hold them */
  wbi_mask record;
} wbi_part;

/* The arrays of a column, one a batch. */
typedef struct wbi_parts {
  wbi_part *at;
  uint32_t count;
  const wbi_map *map;      /* NULL unless there are several */
  const wbi_column *lists; /* whose elements they hold, or NULL */
  wbi_arena *arena;        /* of what several batches need */
} wbi_parts;

/* Checks the schema of a table: a struct. WB_E_INVALID, WB_E_TYPE, WB_E_LIMIT. */
wb_status wbi_arrow_schema(const struct ArrowSchema *schema, wb_error *error);
/* Checks a batch of it: no row is absent, and it has the schema's columns; sets its rows. */
wb_status wbi_arrow_batch(const struct ArrowSchema *schema, const struct ArrowArray *array,
                          uint32_t *rows, wb_error *error);
/* What a column will hold by its schema; WB_E_TYPE: nothing that is read here. */
wb_status wbi_arrow_shape(const struct ArrowSchema *schema, wbi_column *column);
/* Checks the arrays of a column whose shape is known. WB_E_INVALID, WB_E_NOMEM; of lists also
   WB_E_LIMIT: too many elements. */
wb_status wbi_arrow_bind(const wbi_parts *parts, const struct ArrowSchema *schema,
                         wbi_column *column);
/* The arrays of the elements of a bound list; those of them that are records, checked; and those of
   one field of the records. WB_E_INVALID, WB_E_NOMEM. */
wb_status wbi_arrow_elements(const wbi_parts *lists, const wbi_column *column, wbi_parts *elements);
wb_status wbi_arrow_records(const wbi_parts *elements, const struct ArrowSchema *schema,
                            wbi_parts *records);
wb_status wbi_arrow_member(const wbi_parts *records, uint32_t index, wbi_parts *member);
/* Whether a schema is that of a record: a struct with its children. */
bool wbi_arrow_is_record(const struct ArrowSchema *schema);

/* ---- reading (column.c) ------------------------------------------------------------------- */

/* A value of 1, 2, 4 or 8 bytes; 64 bits without sign come as they are. */
int64_t wbi_strip_number(const wbi_strip *strip, size_t row);
/* Text between offsets, or of a view; false when absent or empty. */
bool wbi_strip_text(const wbi_strip *strip, size_t row, wbi_text *text);

/* A cell as its column holds it; false: absent, or no such column. Empty text is absent. */
bool wbi_column_text(const wbi_column *column, uint32_t row, wbi_text *text);
/* Bool, int (64 bits without sign: as they are), ticks of a date or timestamp. */
bool wbi_column_int(const wbi_column *column, uint32_t row, int64_t *value);
bool wbi_column_real(const wbi_column *column, uint32_t row, double *value);
/* The two halves of a decimal's digits, lower first, in two's complement. */
bool wbi_column_decimal(const wbi_column *column, uint32_t row, uint64_t halves[2]);
/* The elements of a list: `count` rows of its columns, from `first` on; false: the list is absent.
 */
bool wbi_column_range(const wbi_column *lists, uint32_t row, uint32_t *first, uint64_t *count);

#endif

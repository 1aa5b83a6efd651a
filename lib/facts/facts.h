/* SPDX-License-Identifier: MIT */
/* Face of lib/facts: the dictionary, and the values of its fields row by row. */
#ifndef WBI_FACTS_H
#define WBI_FACTS_H

#include "dental/dental.h"

#include <winback/facts.h>

/* A field as the compilers see it. */
typedef struct wbi_field {
  wbi_text name;
  wbi_text domain; /* "a|b|c", empty: not an enumeration */
  int32_t type;    /* enum wb_kind */
  int32_t presence;
  int32_t class_;
  int32_t element; /* of a list: kind of its elements; else 0 */
  uint32_t list;   /* 1 + index of the list it is a field of the elements of; 0: none */
  uint32_t most;   /* of a list: how many elements it has at most; else 0 */
} wbi_field;

const wbi_field *wbi_schema_field(const wb_schema *schema, uint32_t index); /* index < count */
wb_context *wbi_schema_context(const wb_schema *schema);
/* Whether some field's name begins with `path` and a dot: "patient" is, "patient.age" is not. */
bool wbi_schema_prefix(const wb_schema *schema, wbi_text path);
/* Nearest field name, for an error message; empty when none is near. */
wbi_text wbi_schema_nearest(const wb_schema *schema, wbi_text name);
/* Whether a value belongs to an enumeration; nearest one for the message. */
bool wbi_domain_has(wbi_text domain, wbi_text value);
wbi_text wbi_domain_nearest(wbi_text domain, wbi_text value);

/* Lets the machine's calls hold the facts for their whole length (WB_E_BUSY when in use), and read
   without entering again. */
bool wbi_facts_enter(wb_facts *facts);
void wbi_facts_leave(wb_facts *facts);
const wb_schema *wbi_facts_schema(const wb_facts *facts);
wb_time wbi_facts_as_of(const wb_facts *facts);

/* As the public functions, for callers that have entered. The value's text stays valid until the
   facts are left. */
wb_status wbi_facts_rows(wb_facts *facts, uint64_t *count, wb_error *error);
wb_status wbi_facts_row(wb_facts *facts, wbi_text key, uint64_t *row);
/* Tells a getter which rows are read next; tables need no telling. WB_E_ABORTED. */
wb_status wbi_facts_fetch(wb_facts *facts, const uint64_t *rows, uint32_t count, wb_error *error);
wb_status wbi_facts_value(wb_facts *facts, uint64_t row, uint32_t field, const wb_moment *moment,
                          wb_value *value, wb_error *error);
/* One field of element `index` of a list; WB_E_NAME when the list is shorter, null or unknown. */
wb_status wbi_facts_item(wb_facts *facts, uint64_t row, uint32_t field, uint32_t index,
                         const wb_moment *moment, wb_value *value, wb_error *error);
/* The zone of a row: that of its location, else the moment's; NULL when neither is known. */
wb_status wbi_facts_zone(wb_facts *facts, uint64_t row, const wb_moment *moment,
                         const wb_zone **zone, wb_error *error);
/* ---- columns as they lie in the host's memory (view.c) ------------------------------------- */

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

/* A bitmap, lowest bit first; no bits: nothing is absent. */
typedef struct wbi_mask {
  const uint8_t *bits;
  size_t first; /* position of row 0 */
} wbi_mask;

static inline bool wbi_mask_has(const wbi_mask *mask, size_t row) {
  const size_t at = mask->first + row;
  return !mask->bits || (mask->bits[at / 8] >> (at % 8) & 1);
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

/* A value of 1, 2, 4 or 8 bytes; 64 bits without sign come as they are. */
int64_t wbi_strip_number(const wbi_strip *strip, size_t row);
/* Text between offsets, or of a view; false when absent or empty. */
bool wbi_strip_text(const wbi_strip *strip, size_t row, wbi_text *text);

/*
 * A field of the patients of one batch, without a copy. A cell is what its strip says where
 * `record` and the strip's own mask have it, else absent; of coded cells the strip holds numbers of
 * words. A field of a list's elements, or a list of scalars, is a strip of elements: those of row i
 * of the batch are `lists` i - base … i + 1 - base, none when the mask of `lists` has it not. Of a
 * list of records only `lists` is set.
 *
 * Numbers, offsets and views were checked when the table came in. What is checked only when a row
 * is read is not: the patient's key, UTF-8, domains, ranges of dates and decimals, the most
 * elements that a list may have.
 */
typedef struct wbi_column_view {
  int32_t cells;     /* enum wbi_cells; WBI_CELLS_NULL: all absent */
  int32_t unit;      /* ticks a second, or a day of a date; digits after a decimal's point */
  uint32_t batches;  /* how many there are */
  uint32_t first;    /* row of `patients` that is row 0 of the batch */
  uint32_t rows;     /* of the batch */
  uint32_t elements; /* of lists, those of all rows of the batch */
  bool coded, listed;
  wbi_strip strip, words, lists;
  wbi_mask record;
  int64_t base;
} wbi_column_view;

/* WB_E_NAME: the field does not lie in a column of `patients`, or there is no such batch. */
wb_status wbi_facts_column(const wb_facts *facts, uint32_t field, uint32_t batch,
                           wbi_column_view *view);

/* Scratch memory of the executors; kept from call to call, so that nothing is allocated once warm.
   Grows to at least `size` bytes; NULL: no memory. `slot` 0: rules, 1: templates; the others are
   the parts' own. */
enum {
  WBI_SCRATCH_CHART = 2,
  WBI_SCRATCH_ROWS,
  WBI_SCRATCH_CLAIMS,
  WBI_SCRATCH_LIMITS,
  WBI_SCRATCHES
};
void *wbi_facts_scratch(wb_facts *facts, int slot, size_t size);

#endif

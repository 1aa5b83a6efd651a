/* SPDX-License-Identifier: MIT */
/*
 * Made-up patients with a field of every type and presence, given as Arrow columns in every way:
 * widths, dictionaries, offsets, absent cells with anything under them, several batches. The crowd
 * keeps a copy of its own of all cells, for whoever checks what the library makes of them.
 */
#ifndef CROWD_H
#define CROWD_H

#include <stdbool.h>

#include <winback/facts.h>

/* 2026-01-01T00:00:00Z, in New York the evening before. */
#define CROWD_NOW ((wb_time)1767225600)
#define CROWD_TODAY 20453

enum { CROWD_FIELDS = 32, CROWD_MOST = 80 };

/* What a crowd has of a field. */
typedef struct crowd_cell {
  int32_t kind;    /* enum wb_kind */
  uint32_t length; /* bytes of a text, elements of a list */
  int64_t integer; /* of a list: its first element */
  double real;
  const char *data;
} crowd_cell;

/* The fields, in the order of the schema; `list` is the list whose elements have them, or -1. */
typedef struct crowd_field {
  const char *name, *domain;
  int32_t type, presence, element, list;
} crowd_field;

extern const crowd_field crowd_fields[];
extern const uint32_t crowd_field_count;

typedef struct crowd {
  wb_schema *schema;
  wb_facts *facts;
  wb_zone *zone;
  wb_moment moment;
  uint32_t rows;
  uint32_t indices[CROWD_FIELDS];  /* of the fields in the schema */
  crowd_cell *cells[CROWD_FIELDS]; /* by row; of elements by element */
  crowd_cell *items[CROWD_FIELDS]; /* elements of a list of scalars */
  uint32_t counts[CROWD_FIELDS];   /* cells so far */
  uint32_t item_counts[CROWD_FIELDS];
  const char *formats[CROWD_FIELDS]; /* Arrow's */
  const char *words[CROWD_FIELDS];   /* format of the words, where there are numbers of them */
  bool missing[CROWD_FIELDS];        /* no such column: all absent */
  void *blocks;
  uint64_t seed;
} crowd;

/* The next random number below `below`. */
uint32_t crowd_random(uint64_t *seed, uint32_t below);
/* Makes so many rows in so many batches; ends the program when that fails. */
void crowd_open(crowd *it, wb_context *context, uint64_t seed, uint32_t rows, uint32_t batches);
/* The same of a schema that several share. */
void crowd_open_with(crowd *it, wb_context *context, wb_schema *schema, uint64_t seed,
                     uint32_t rows, uint32_t batches);
wb_schema *crowd_schema_new(wb_context *context);
void crowd_close(crowd *it);

#endif

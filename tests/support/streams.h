/* SPDX-License-Identifier: MIT */
/*
 * A stream of batches from texts as tables.h reads them; the first line, which names the columns,
 * is the same in all.
 *
 *   streams_texts texts = {"patient:u|status:u\n", {"a|active\n", "b|active\n", NULL}};
 *   struct ArrowArrayStream stream;
 *   streams_open(&texts, &stream);
 *
 * and one of arrays that were built by hand.
 */
#ifndef STREAMS_H
#define STREAMS_H

#include "support/arrays.h"

enum { STREAMS_MOST = 16, STREAMS_NEVER = -1 };

typedef struct streams_texts {
  const char *head;
  const char *rows[STREAMS_MOST]; /* NULL: no more */
  int fails;                      /* get_schema (0) or the n-th get_next fails; STREAMS_NEVER */
  int at, released;
} streams_texts;

void streams_open(streams_texts *texts, struct ArrowArrayStream *stream);

/* A stream of batches by hand: each of these in turn, over and over, until so many were given. */
typedef struct streams_tables {
  arrays_node *const *tables;
  int count; /* of the tables */
  int most, given;
} streams_tables;

void streams_by_hand(streams_tables *tables, struct ArrowArrayStream *stream);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Two patients who agree in every field of the classes that are open and in nothing else: neither
 * values, nor what is absent, nor how long lists are. They come from a getter that makes them up
 * when asked, and notes what it was asked.
 *
 * The dictionary has, for each class N, "cN.word", "cN.band" (red, green, blue), "cN.count",
 * "cN.day", "cN.at", "cN.yes", the lists "cN.words" of texts and "cN.rows" of records with "word"
 * and "count"; besides, "open.rows" (public) with the clinical field "word", and "shut.rows"
 * (clinical) with the public field "word".
 *
 * Words may stand in for two fields: "c5.band" is red or green in both patients, or in neither,
 * where what is public is open to them; "c6.band" where what is clinical is.
 */
#ifndef TWINS_H
#define TWINS_H

#include <stdbool.h>

#include <winback/winback.h>

enum {
  TWINS_CLASSES = 11,
  TWINS_KINDS = 10,
  TWINS_MIXED = 4,
  TWINS_FIELDS = TWINS_CLASSES * TWINS_KINDS + TWINS_MIXED,
  TWINS_LONGEST = 3 /* elements of a list */
};

typedef struct twins {
  wb_schema *schema;
  wb_facts *facts;
  uint64_t seed;    /* of the patients */
  uint64_t asked;   /* a digest of all that was asked */
  uint32_t open;    /* classes, as bits */
  uint32_t first;   /* index of the first field that is not dental */
  uint32_t zone;    /* index of location.zone */
  uint32_t key;     /* index of patient.key */
  bool known[1024]; /* by field: whether it was asked for */
} twins;

/* A number that looks random, and is the same for the same two. */
uint64_t twins_mix(uint64_t a, uint64_t b);
wb_status twins_open(twins *pair);
void twins_close(twins *pair);
/* Forgets what was asked. */
void twins_forget(twins *pair);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Procedures as data: the files of dental/, made into tables at build time by procedures.py. A
 * code counts by its number ("D2740" is 2740); a group stands in a set as WBI_GROUP_BASE + its id.
 */
#ifndef WBI_PROCEDURES_H
#define WBI_PROCEDURES_H

#include <stdint.h>

enum { WBI_GROUP_BASE = 10000 };

/* Codes, both ends included. A set of them ends with {0, 0}. */
typedef struct wbi_code_range {
  uint16_t first, last;
} wbi_code_range;

/* Codes of one group and meaning; in the order of their numbers. */
typedef struct wbi_data_code {
  uint16_t first, last;
  uint16_t group;       /* id */
  uint16_t arch;        /* 0 not said by the code, 1 upper, 2 lower */
  uint16_t from, until; /* dates of service; 0: open */
  uint32_t starts;      /* bits of the pairs that one of them may start */
  const char *words;
} wbi_data_code;

extern const wbi_data_code wbi_data_codes[];
extern const uint32_t wbi_data_codes_count;

/* A group; its id is its place, from 1. */
typedef struct wbi_data_group {
  const char *name;
  const char *words;  /* "" where the codes have their own */
  uint32_t starts;    /* bits of the pairs that it starts by itself */
  uint16_t closed_by; /* the first of its ids in wbi_data_closed_by */
} wbi_data_group;

extern const wbi_data_group wbi_data_groups[];
extern const uint32_t wbi_data_groups_count;
/* Ids of groups; those of one end with 0. */
extern const uint16_t wbi_data_closed_by[];

/* Where the finish of a pair is looked for. */
enum { WBI_MATCH_MOUTH, WBI_MATCH_TOOTH, WBI_MATCH_PROVIDER, WBI_MATCH_PLANNED };

/* A start of treatment and what finishes it. */
typedef struct wbi_data_pair {
  const char *id, *needs;
  const wbi_code_range *start;
  const wbi_code_range *together;  /* the first is a start too where the second is on record */
  const wbi_code_range *continues; /* what moves the clock without being a start */
  const wbi_code_range *finish;
  const wbi_code_range *front;   /* finishes front teeth */
  const wbi_code_range *with;    /* needed as well as a finish */
  const wbi_code_range *instead; /* is no finish, but worth saying */
  const wbi_code_range *spares;  /* on record: premolars are out of it */
  uint64_t teeth;                /* the only teeth; 0: any */
  uint16_t months, days;         /* the wait */
  uint8_t when;                  /* enum wb_crown_convention; UINT8_MAX: always */
  uint8_t last;                  /* only the latest start counts */
  uint8_t match;
} wbi_data_pair;

extern const wbi_data_pair wbi_data_pairs[];
extern const uint32_t wbi_data_pairs_count;

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Random templates over the dictionary of twins.h: all tags, most filters, fields of every kind and
 * class. They are well-formed, so that nothing but the policy refuses them.
 */
#ifndef SCRAWL_H
#define SCRAWL_H

#include "support/twins.h"

enum { SCRAWL_MOST = 8192, SCRAWL_DEEPEST = 4 };

typedef struct scrawl {
  uint64_t seed;
  uint32_t open;  /* classes that are mentioned as a rule */
  uint32_t shut;  /* how many mentions of a thousand are of the other classes */
  uint32_t names; /* that are assigned so far, as bits */
  uint32_t loops; /* that are open */
  uint32_t loop_kinds[SCRAWL_DEEPEST]; /* what they go over */
  size_t length;
  char text[SCRAWL_MOST];
} scrawl;

/* Writes the template of a seed into `text`. */
void scrawl_write(scrawl *paper, uint64_t seed);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * A getter that has the fields of other facts, and whose answers fail on purpose. What a practice
 * lends is not among them.
 *
 *   mirror m;
 *   mirror_open(&m, context, tables, schema, &moment, as_of);
 *   fault_arm(&m.gets, FAULT_ONCE, 3);     the third answer is `m.answer`, or not supplied
 *   ... m.facts ...
 *   mirror_close(&m);
 */
#ifndef MIRROR_H
#define MIRROR_H

#include <winback/facts.h>

#include "support/fault.h"

typedef struct mirror {
  wb_facts *facts; /* what the library reads */
  wb_facts *tables;
  wb_schema *schema;
  const wb_moment *moment;
  fault_plan gets;  /* which answers about fields fail */
  fault_plan rows;  /* which answers about rows fail: how many, which one, what is next */
  wb_status answer; /* of an answer that fails; WB_OK: the value is not supplied; which row: that it
                       fails, or, WB_E_NAME, that there is none */
  int32_t absent;   /* then its kind: WB_UNKNOWN or WB_NULL */
  const char *text; /* or, of a text, what it is; NULL: absent */
  bool raw;         /* what can be derived is not supplied */
  uint64_t fetched;
} mirror;

/* Facts in this context over tables, which stay the caller's and must outlive them. */
void mirror_open(mirror *m, wb_context *context, wb_facts *tables, wb_schema *schema,
                 const wb_moment *moment, wb_time as_of);
void mirror_close(mirror *m);

#endif

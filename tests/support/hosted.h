/* SPDX-License-Identifier: MIT */
/*
 * Facts of a host's own fields, over columns that a test builds by hand, on 2026-01-01.
 *
 *   const wb_field field = hosted_field("host.x", WB_INT, 0);
 *   hosted host;
 *   hosted_open(&host, NULL, &field, 1);
 *   hosted_add(&host, &table);                 patients, as arrays.h builds them
 *   hosted_read(&host, 0, "host.x", &value);
 *   hosted_close(&host);
 */
#ifndef HOSTED_H
#define HOSTED_H

#include "support/arrays.h"

#define HOSTED_NOW ((wb_time)1767225600) /* 2026-01-01T00:00:00Z */

typedef struct hosted {
  wb_schema *schema;
  wb_facts *facts;
  wb_moment moment; /* without a zone */
} hosted;

/* An optional field for the staff; `element` is what a list holds, else 0. */
wb_field hosted_field(const char *name, int32_t type, int32_t element);
/* Facts without a table. */
void hosted_open(hosted *host, wb_context *context, const wb_field *fields, uint32_t count);
/* Adds the patients. */
void hosted_add(hosted *host, arrays_node *table);
/* What a field says of a row, and of an element of a list. */
wb_status hosted_read(hosted *host, uint64_t row, const char *name, wb_value *value);
wb_status hosted_read_item(hosted *host, uint64_t row, const char *name, uint32_t index,
                           wb_value *value);
void hosted_close(hosted *host);

#endif

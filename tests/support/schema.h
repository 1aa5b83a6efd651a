/* SPDX-License-Identifier: MIT */
/* The schema of the dictionary alone, as the first and the last step of a group of tests. */
#ifndef SCHEMA_H
#define SCHEMA_H

#include <winback/facts.h>

static inline int schema_make(void **state) {
  wb_schema *schema = NULL;
  const wb_status status = wb_schema_new(NULL, NULL, 0, &schema, NULL);
  *state = schema;
  return status;
}

static inline int schema_drop(void **state) {
  wb_schema_unref(*state);
  return 0;
}

#endif

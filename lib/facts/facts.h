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
wb_status wbi_facts_value(wb_facts *facts, uint64_t row, uint32_t field, const wb_moment *moment,
                          wb_value *value, wb_error *error);
/* One field of element `index` of a list; WB_E_NAME when the list is shorter, null or unknown. */
wb_status wbi_facts_item(wb_facts *facts, uint64_t row, uint32_t field, uint32_t index,
                         const wb_moment *moment, wb_value *value, wb_error *error);
/* The zone of a row: that of its location, else the moment's; NULL when neither is known. */
wb_status wbi_facts_zone(wb_facts *facts, uint64_t row, const wb_moment *moment,
                         const wb_zone **zone, wb_error *error);
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

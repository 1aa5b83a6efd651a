/* SPDX-License-Identifier: MIT */
/*
 * Questions to the dictionary, for tests: what a field, or a list's elements, say of a row on
 * 2026-01-30 at 09:00 in New York.
 *
 *   wb_facts *facts = asked_of((const char *const[][2]){{"patients", "…"}, {NULL, NULL}});
 *   asked_field(facts, 0, "visit.last", "2025-12-01");
 *   asked_items(facts, 0, "treatments.code treatments.open", "D2740 true; D2392 false");
 */
#ifndef ASKED_H
#define ASKED_H

#include <winback/facts.h>

/* Facts with some tables; a name of NULL ends them. */
wb_facts *asked_of(const char *const tables[][2]);
/* Asserts what a field says: "null", "unknown", "true", a number, a date, a text; of a list its
   length. */
void asked_field(wb_facts *facts, uint64_t row, const char *field, const char *wanted);
/* The same at another instant, "2026-01-30T14:00:00Z". */
void asked_at(wb_facts *facts, uint64_t row, const char *field, const char *now,
              const char *wanted);
/* Asserts several fields of all elements of a list: "a b; a b"; empty when it has none. */
void asked_items(wb_facts *facts, uint64_t row, const char *fields, const char *wanted);
/* Asserts that a field is known. */
void asked_known(wb_facts *facts, uint64_t row, const char *field);
/* Asserts that a field cannot be read, and where the error says it is. */
void asked_fails(wb_facts *facts, uint64_t row, const char *field, wb_status status,
                 const char *path);
/* The same at another instant. */
void asked_fails_at(wb_facts *facts, uint64_t row, const char *field, const char *now,
                    wb_status status, const char *path);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Tables of facts from text, for tests:
 *
 *   struct ArrowSchema schema;
 *   struct ArrowArray array;
 *   table_make("key:u|birth:tdD|active:b\n"
 *              "p1|1980-02-29|1\n"
 *              "p2||0\n",
 *              &schema, &array);
 *   wb_facts_add(facts, "patients", &schema, &array, NULL);
 *
 * The first line names the columns, each with its Arrow format; an empty cell is null. Formats: u,
 * U, z (text), b, c, s, i, l, I, L (integers), g, tdD (2026-01-30), tts and tss:… (seconds).
 */
#ifndef TABLES_H
#define TABLES_H

#include <winback/facts.h>

/* Fills both structs; their `release` frees everything. Ends the program on a malformed text. */
void table_make(const char *text, struct ArrowSchema *schema, struct ArrowArray *array);
/* Frees what was not moved away. */
void table_release(struct ArrowSchema *schema, struct ArrowArray *array);
/* Makes a table and adds it; on failure the table is freed. */
wb_status table_add(wb_facts *facts, const char *table, const char *text, wb_error *error);

#endif

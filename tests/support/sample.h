/* SPDX-License-Identifier: MIT */
/*
 * A small made-up practice for tests: one location, Monday 2026-11-23, 10:00 in New York.
 *
 *   sample it;
 *   sample_open(&it, NULL);
 *   sample_add(&it, "patients", "patient:u|status:u\n" "p1|active\n");
 *   ... it.facts, &it.moment ...
 *   sample_close(&it);
 */
#ifndef SAMPLE_H
#define SAMPLE_H

#include <winback/facts.h>

/* 2026-11-23T15:00:00Z. */
#define SAMPLE_NOW ((wb_time)1795446000)

typedef struct sample {
  wb_schema *schema;
  wb_facts *facts;
  wb_zone *zone;
  wb_moment moment;
} sample;

/* Makes schema, zone, facts and the tables `practice` and `locations`; ends the test on failure. */
void sample_open(sample *it, wb_context *context);
/* The same in another region, "" for none. */
void sample_open_in(sample *it, wb_context *context, const char *region);
/* Other facts, that know nothing yet, in place of those it has. */
void sample_renew(sample *it, wb_context *context, wb_time as_of);
/* Adds a table as tables.h writes them; ends the test on failure. */
void sample_add(sample *it, const char *table, const char *text);
void sample_close(sample *it);

#endif

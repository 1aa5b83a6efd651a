/* SPDX-License-Identifier: MIT */
#include "support/sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/tables.h"

/* Ends the program unless all is well. */
static void must(wb_status status, const char *what, const wb_error *error) {
  if (status == WB_OK) return;
  fprintf(stderr, "%s: %s: %s %s\n", what, wb_status_name(status), error->path, error->message);
  abort();
}

void sample_add(sample *it, const char *table, const char *text) {
  wb_error error = {0};
  must(table_add(it->facts, table, text, &error), table, &error);
}

void sample_renew(sample *it, wb_context *context, wb_time as_of) {
  const wb_facts_options options = {.size = sizeof options, .as_of = as_of};
  wb_error error = {0};
  wb_facts_free(it->facts);
  must(wb_facts_new(context, it->schema, &options, &it->facts, &error), "facts", &error);
}

void sample_open(sample *it, wb_context *context) {
  sample_open_in(it, context, "US-NY");
}

void sample_open_in(sample *it, wb_context *context, const char *region) {
  char locations[400];
  static const char zone[] = "EST5EDT,M3.2.0,M11.1.0";
  wb_error error = {0};
  memset(it, 0, sizeof *it);
  must(wb_schema_new(context, NULL, 0, &it->schema, &error), "schema", &error);
  must(wb_zone_new(context, zone, strlen(zone), &it->zone, &error), "zone", &error);
  sample_renew(it, context, SAMPLE_NOW);
  it->moment = (wb_moment){.size = sizeof it->moment, .now = SAMPLE_NOW, .zone = it->zone};
  sample_add(it, "practice", "name:u\nExample Dental\n");
  snprintf(locations, sizeof locations,
           "location:u|name:u|short_name:u|zone:u|region:u|phone:u|address:u|booking_url:u\n"
           "1|Example Dental Riverside|Example Dental|EST5EDT,M3.2.0,M11.1.0|%s|"
           "+12125550100|12 Example Street, Albany, NY 12201|"
           "https://book.example.com/riverside\n",
           region);
  sample_add(it, "locations", locations);
}

void sample_close(sample *it) {
  wb_facts_free(it->facts);
  wb_zone_unref(it->zone);
  wb_schema_unref(it->schema);
}

/* SPDX-License-Identifier: MIT */
#include "support/hosted.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

wb_field hosted_field(const char *name, int32_t type, int32_t element) {
  return (wb_field){.size = sizeof(wb_field),
                    .name = name,
                    .type = type,
                    .element = element,
                    .presence = WB_OPTIONAL,
                    .class_ = WB_CLASS_STAFF};
}

void hosted_open(hosted *host, wb_context *context, const wb_field *fields, uint32_t count) {
  const wb_facts_options options = {.size = sizeof options, .as_of = HOSTED_NOW};
  *host = (hosted){.moment = {.size = sizeof host->moment, .now = HOSTED_NOW}};
  assert_int_equal(wb_schema_new(context, fields, count, &host->schema, NULL), WB_OK);
  assert_int_equal(wb_facts_new(context, host->schema, &options, &host->facts, NULL), WB_OK);
}

void hosted_add(hosted *host, arrays_node *table) {
  wb_error error = {0};
  if (wb_facts_add(host->facts, "patients", &table->schema, &table->array, &error) != WB_OK)
    fail_msg("%s: %s", error.path, error.message);
}

static uint32_t hosted_find(const hosted *host, const char *name) {
  uint32_t field = UINT32_MAX;
  assert_int_equal(wb_schema_find(host->schema, name, strlen(name), &field), WB_OK);
  return field;
}

wb_status hosted_read(hosted *host, uint64_t row, const char *name, wb_value *value) {
  *value = (wb_value){.size = sizeof *value};
  return wb_facts_get(host->facts, row, hosted_find(host, name), &host->moment, value, NULL);
}

wb_status hosted_read_item(hosted *host, uint64_t row, const char *name, uint32_t index,
                           wb_value *value) {
  *value = (wb_value){.size = sizeof *value};
  return wb_facts_get_item(host->facts, row, hosted_find(host, name), index, &host->moment, value,
                           NULL);
}

void hosted_close(hosted *host) {
  wb_facts_free(host->facts);
  wb_schema_unref(host->schema);
}

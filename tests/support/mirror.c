/* SPDX-License-Identifier: MIT */
#include "support/mirror.h"

#include <stdlib.h>
#include <string.h>

static wb_status WB_CALL mirror_count(void *user, uint64_t *rows) {
  mirror *m = user;
  return fault_strikes(&m->rows) ? WB_E_STATE : wb_facts_count(m->tables, rows);
}

static wb_status WB_CALL mirror_find(void *user, const char *key, size_t length, uint64_t *row) {
  mirror *m = user;
  return fault_strikes(&m->rows) ? WB_E_STATE : wb_facts_find(m->tables, key, length, row);
}

static wb_status WB_CALL mirror_fetch(void *user, const uint64_t *rows, uint32_t count) {
  mirror *m = user;
  (void)rows;
  m->fetched += count;
  return fault_strikes(&m->rows) ? WB_E_STATE : WB_OK;
}

/* Whether a field follows from others of the same patient. */
static bool mirror_derives(const char *name) {
  static const char *const groups[] = {"recare.", "visit.", "treatment", "unfinished", "benefit."};
  for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
    if (strncmp(name, groups[i], strlen(groups[i])) == 0) return true;
  return false;
}

static wb_status WB_CALL mirror_get(void *user, uint64_t row, uint32_t field, uint32_t first,
                                    uint32_t capacity, wb_value *values, uint32_t *count) {
  mirror *m = user;
  wb_field about = {.size = sizeof about};
  wb_value value = {.size = sizeof value};
  wb_status status = wb_schema_get(m->schema, field, &about);
  if (status != WB_OK) return status;
  const bool fails = fault_strikes(&m->gets), many = about.list != 0 || about.type == WB_LIST;
  if (fails && m->answer != WB_OK) return m->answer;
  if (!many && capacity > 0) values[0].kind = fails ? m->absent : WB_UNKNOWN;
  *count = many ? UINT32_MAX : 1;
  if (fails || (m->raw && mirror_derives(about.name))) return WB_OK;
  const uint32_t list = about.list != 0 ? about.list - 1 : field;
  status = wb_facts_get(m->tables, row, list, m->moment, &value, NULL);
  if (status != WB_OK) return status;
  if (!many) {
    values[0] = value;
    return WB_OK;
  }
  if (value.kind == WB_LIST) *count = (uint32_t)value.integer;
  for (uint32_t i = 0; status == WB_OK && i < capacity && first + i < *count; i++)
    status = wb_facts_get_item(m->tables, row, field, first + i, m->moment, &values[i], NULL);
  return status;
}

void mirror_open(mirror *m, wb_context *context, wb_facts *tables, wb_schema *schema,
                 const wb_moment *moment, wb_time as_of) {
  *m = (mirror){.tables = tables, .schema = schema, .moment = moment};
  const wb_source source = {.size = sizeof source,
                            .user = m,
                            .count = mirror_count,
                            .find = mirror_find,
                            .fetch = mirror_fetch,
                            .get = mirror_get};
  const wb_facts_options options = {.size = sizeof options, .as_of = as_of, .source = &source};
  if (wb_facts_new(context, schema, &options, &m->facts, NULL) != WB_OK) abort();
}

void mirror_close(mirror *m) {
  wb_facts_free(m->facts);
}

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
  if (length == 0) abort(); /* nobody has an empty key: nobody is asked for */
  if (!fault_strikes(&m->rows)) return wb_facts_find(m->tables, key, length, row);
  return m->answer == WB_E_NAME ? WB_E_NAME : WB_E_STATE;
}

static wb_status WB_CALL mirror_fetch(void *user, const uint64_t *rows, uint32_t count) {
  mirror *m = user;
  (void)rows;
  m->fetched += count;
  return fault_strikes(&m->rows) ? WB_E_STATE : WB_OK;
}

/* Whether a name begins as one of a list, which ends with NULL, does. */
static bool mirror_begins(const char *name, const char *const *groups) {
  for (; *groups != NULL; groups++)
    if (strncmp(name, *groups, strlen(*groups)) == 0) return true;
  return false;
}

/* Whether a field is not supplied: it is the practice's own, or follows from others of the patient.
 */
static bool mirror_leaves(const mirror *m, const char *name) {
  static const char *const own[] = {"slot.", "offer.", "message.", NULL};
  static const char *const derived[] = {"recare.",    "visit.",   "treatment",
                                        "unfinished", "benefit.", NULL};
  return mirror_begins(name, own) || (m->raw && mirror_begins(name, derived));
}

/* What the tables say of a field: its value, or some of its list. */
static wb_status mirror_read(const mirror *m, uint64_t row, uint32_t field, const wb_field *about,
                             uint32_t first, uint32_t capacity, wb_value *values, uint32_t *count) {
  wb_value value = {.size = sizeof value};
  const uint32_t list = about->list != 0 ? about->list - 1 : field;
  wb_status status = wb_facts_get(m->tables, row, list, m->moment, &value, NULL);
  if (status == WB_OK && *count == 1) values[0] = value;
  if (status != WB_OK || *count == 1) return status;
  if (value.kind == WB_LIST) *count = (uint32_t)value.integer;
  for (uint32_t i = 0; status == WB_OK && i < capacity && first + i < *count; i++)
    status = wb_facts_get_item(m->tables, row, field, first + i, m->moment, &values[i], NULL);
  return status;
}

static wb_status WB_CALL mirror_get(void *user, uint64_t row, uint32_t field, uint32_t first,
                                    uint32_t capacity, wb_value *values, uint32_t *count) {
  mirror *m = user;
  wb_field about = {.size = sizeof about};
  const wb_status status = wb_schema_get(m->schema, field, &about);
  if (status != WB_OK) return status;
  const bool fails = fault_strikes(&m->gets), many = about.list != 0 || about.type == WB_LIST;
  const bool garbled = fails && m->text != NULL && about.type == WB_TEXT;
  if (fails && m->answer != WB_OK) return m->answer;
  if (!many && capacity > 0) values[0].kind = fails ? m->absent : WB_UNKNOWN;
  *count = many ? UINT32_MAX : 1;
  if ((fails && !garbled) || mirror_leaves(m, about.name)) return WB_OK;
  const wb_status read = mirror_read(m, row, field, &about, first, capacity, values, count);
  for (uint32_t i = 0; garbled && i < capacity; i++)
    values[i] = (wb_value){.size = sizeof values[i],
                           .kind = WB_TEXT,
                           .data = m->text,
                           .length = (uint32_t)strlen(m->text)};
  return read;
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

/* SPDX-License-Identifier: MIT */
/* The facts object: its life, its public face, its scratch memory. */
#include "facts/facts_private.h"

/* Copies the conventions, and the intervals they point to. */
static wb_status facts_copy_recare(wb_facts *facts, const wb_recare_settings *recare,
                                   wb_error *error) {
  wb_recare trial = {.size = sizeof trial};
  wb_recare_history history = {.size = sizeof history};
  facts->recare.size = sizeof facts->recare;
  if (!recare) return WB_OK;
  wb_status status =
      wbi_struct_read(recare, sizeof *recare, &facts->recare, sizeof facts->recare, 0, error);
  if (status) return status;
  if (facts->recare.prophy_interval) {
    facts->recare_prophy = *facts->recare.prophy_interval;
    facts->recare.prophy_interval = &facts->recare_prophy;
  }
  if (facts->recare.perio_interval) {
    facts->recare_perio = *facts->recare.perio_interval;
    facts->recare.perio_interval = &facts->recare_perio;
  }
  status = wb_recare_find(&history, &facts->recare, 0, &trial);
  return status == WB_E_INVALID ? wbi_fail(error, status, "The recare conventions cannot be.")
                                : WB_OK;
}

/* Takes memory for an object that answers a schema. */
static wb_facts *facts_make(wb_context *context, wb_schema *schema) {
  wb_facts *facts = wbi_alloc(context, sizeof *facts);
  if (!facts) return NULL;
  facts->context = wb_context_ref(context);
  facts->schema = wb_schema_ref(schema);
  facts->fields = wb_schema_count(schema);
  facts->given = wbi_alloc(context, facts->fields * sizeof *facts->given);
  facts->answers = wbi_alloc(context, facts->fields * sizeof *facts->answers);
  wbi_standing_fields(schema, facts->standing);
  facts->turn = 1;
  for (int i = 0; i < WBI_HEAPS; ++i)
    wbi_arena_init(&facts->heaps[i], context, 0);
  if (facts->given && facts->answers) return facts;
  wb_facts_free(facts);
  return NULL;
}

wb_status WB_CALL wb_facts_new(wb_context *context, wb_schema *schema,
                               const wb_facts_options *options, wb_facts **facts, wb_error *error) {
  wb_facts_options known = {0};
  if (!schema || !options || !facts) return wbi_fail(error, WB_E_INVALID, "A pointer is NULL.");
  wb_status status =
      wbi_struct_read(options, sizeof known, &known, sizeof known, WB_FACTS_BOOKED_TRIGGER, error);
  if (status) return status;
  if (!wbi_time_valid(known.as_of)) return wbi_fail(error, WB_E_RANGE, "as_of is no instant.");
  wb_facts *made = facts_make(context, schema);
  if (!made) return wbi_fail(error, WB_E_NOMEM, "No memory for the facts.");
  made->as_of = known.as_of;
  made->flags = known.flags;
  status = facts_copy_recare(made, known.recare, error);
  if (!status) status = wbi_source_open(made, known.source, error);
  if (status) {
    wb_facts_free(made);
    return status;
  }
  *facts = made;
  return WB_OK;
}

/* Gives a table back to its host. */
static void facts_free_table(wb_facts *facts, wbi_facts_table *table) {
  wbi_row_index_free(facts->context, &table->index);
  wbi_batches_release(&table->batches);
  wbi_arena_free(&table->arena);
}

/* Gives the zones of the locations back. */
static void facts_free_zones(wb_facts *facts) {
  const uint32_t locations = facts->tables[WBI_LOCATIONS].rows;
  for (uint32_t i = 0; facts->zones && i < locations; ++i)
    wb_zone_unref(facts->zones[i]);
  if (facts->zones) wbi_free(facts->context, facts->zones, locations * sizeof *facts->zones);
  facts->zones = NULL;
}

void WB_CALL wb_facts_free(wb_facts *facts) {
  if (!facts) return;
  wb_context *context = facts->context;
  facts_free_zones(facts);
  wbi_source_close(facts);
  for (int i = 0; i < WBI_TABLES; ++i)
    facts_free_table(facts, &facts->tables[i]);
  wbi_facts_part(facts);
  wbi_list_free_all(facts);
  for (size_t i = 0; i < WBI_COUNT(facts->scratch); ++i)
    wbi_free(context, facts->scratch[i].data, facts->scratch[i].size);
  wbi_free(context, facts->given, facts->fields * sizeof *facts->given);
  wbi_free(context, facts->answers, facts->fields * sizeof *facts->answers);
  for (int i = 0; i < WBI_HEAPS; ++i)
    wbi_arena_free(&facts->heaps[i]);
  wb_schema_unref(facts->schema);
  wbi_free(context, facts, sizeof *facts);
  wb_context_unref(context);
}

/* The table of a name; WBI_TABLES: none. */
static int facts_table(wbi_text name) {
  int table = 0;
  while (table < WBI_TABLES && !wbi_text_equal(wbi_text_of(wbi_table_spec_of(table)->name), name))
    ++table;
  return table;
}

/* Finds the table and enters; a stream or arrays may follow. */
static wb_status facts_begin(wb_facts *facts, const char *table, int *name, wb_error *error) {
  *name = facts_table(wbi_text_of(table));
  if (!facts) return wbi_fail(error, WB_E_INVALID, "A pointer is NULL.");
  if (*name == WBI_TABLES)
    return wbi_fail_name(error, WB_E_NAME, "There is no table \"", wbi_text_of(table), "\".");
  if (!wbi_facts_enter(facts)) return wbi_fail(error, WB_E_BUSY, "The facts are in use.");
  return WB_OK;
}

/* Takes one array; on success it is moved and what is needed of the schema has been read. */
static wb_status facts_take_array(wb_facts *facts, int name, struct ArrowSchema *schema,
                                  struct ArrowArray *array, wb_error *error) {
  wbi_vector batches;
  if (!array) return wbi_fail(error, WB_E_INVALID, "The table is missing or was released.");
  wbi_batches_init(facts, &batches);
  struct ArrowArray *batch = wbi_vector_push(&batches);
  if (!batch) return wbi_fail(error, WB_E_NOMEM, "No memory for a table.");
  *batch = *array;
  wb_status status = wbi_facts_take(facts, name, schema, &batches, error);
  if (status) {
    wbi_vector_free(&batches);
    return status;
  }
  array->release = NULL;
  schema->release(schema);
  schema->release = NULL;
  return WB_OK;
}

wb_status WB_CALL wb_facts_add(wb_facts *facts, const char *table, struct ArrowSchema *schema,
                               struct ArrowArray *array, wb_error *error) {
  int name = WBI_TABLES;
  wb_status status = facts_begin(facts, table, &name, error);
  if (status) return status;
  status = facts_take_array(facts, name, schema, array, error);
  wbi_facts_leave(facts);
  return status;
}

wb_status WB_CALL wb_facts_add_stream(wb_facts *facts, const char *table,
                                      struct ArrowArrayStream *stream, wb_error *error) {
  int name = WBI_TABLES;
  if (!facts || !stream || !stream->release)
    return wbi_fail(error, WB_E_INVALID, "A pointer is NULL, or the stream was released.");
  wb_status status = facts_begin(facts, table, &name, error);
  if (!status) {
    status = wbi_facts_take_stream(facts, name, stream, error);
    wbi_facts_leave(facts);
  }
  stream->release(stream);
  stream->release = NULL;
  return status;
}

/* Takes a table out, with all that was made of it. */
static void facts_take_out(wb_facts *facts, int name) {
  wbi_facts_table *table = &facts->tables[name];
  if (!table->present) return;
  wbi_facts_part_table(facts, name);
  if (name == WBI_LOCATIONS) facts_free_zones(facts);
  if (name == WBI_PATIENTS) memset(facts->given, 0, facts->fields * sizeof *facts->given);
  facts_free_table(facts, table);
  *table = (wbi_facts_table){0};
}

/* Looks again on facts that were entered. */
static wb_status facts_renew(wb_facts *facts, wb_time as_of, int name, wb_error *error) {
  if (facts->source.host.get)
    return wbi_fail(error, WB_E_STATE, "A getter is asked anew in each call.");
  facts->as_of = as_of;
  facts->cursor = (wbi_row){0};
  if (name < WBI_TABLES) facts_take_out(facts, name);
  return WB_OK;
}

wb_status WB_CALL wb_facts_renew(wb_facts *facts, wb_time as_of, const char *table,
                                 wb_error *error) {
  int name = WBI_TABLES;
  if (!wbi_time_valid(as_of)) return wbi_fail(error, WB_E_RANGE, "as_of is no instant.");
  if (!facts) return wbi_fail(error, WB_E_INVALID, "A pointer is NULL.");
  if (table) {
    wb_status status = facts_begin(facts, table, &name, error);
    if (status) return status;
  } else if (!wbi_facts_enter(facts)) {
    return wbi_fail(error, WB_E_BUSY, "The facts are in use.");
  }
  wb_status status = facts_renew(facts, as_of, name, error);
  wbi_facts_leave(facts);
  return status;
}

wb_status WB_CALL wb_facts_count(wb_facts *facts, uint64_t *count) {
  if (!facts || !count) return WB_E_INVALID;
  if (!wbi_facts_enter(facts)) return WB_E_BUSY;
  wb_status status = wbi_facts_rows(facts, count, NULL);
  wbi_facts_leave(facts);
  return status;
}

uint64_t WB_CALL wb_facts_orphans(const wb_facts *facts) {
  return facts ? facts->orphans : 0;
}

wb_status WB_CALL wb_facts_find(wb_facts *facts, const char *key, size_t length, uint64_t *row) {
  if (!facts || !row) return WB_E_INVALID;
  if (!wbi_facts_enter(facts)) return WB_E_BUSY;
  wb_status status = wbi_facts_row(facts, (wbi_text){key, key ? length : 0}, row);
  wbi_facts_leave(facts);
  return status;
}

/* Reads a field, or one of a list's elements. */
static wb_status facts_get(wb_facts *facts, uint64_t row, uint32_t field, const uint32_t *index,
                           const wb_moment *moment, wb_value *value, wb_error *error) {
  wb_moment known = {0};
  wb_value found = {0};
  if (!facts || !value || value->size < sizeof found)
    return wbi_fail(error, WB_E_INVALID, "A pointer is NULL, or a size too small.");
  wb_status status = wbi_struct_read(moment, sizeof known, &known, sizeof known, 0, error);
  if (status) return status;
  if (!wbi_facts_enter(facts)) return wbi_fail(error, WB_E_BUSY, "The facts are in use.");
  status = index ? wbi_facts_item(facts, row, field, *index, &known, &found, error)
                 : wbi_facts_value(facts, row, field, &known, &found, error);
  wbi_facts_leave(facts);
  return status ? status : wbi_struct_write(value, sizeof found, &found, sizeof found);
}

wb_status WB_CALL wb_facts_get(wb_facts *facts, uint64_t row, uint32_t field,
                               const wb_moment *moment, wb_value *value, wb_error *error) {
  return facts_get(facts, row, field, NULL, moment, value, error);
}

wb_status WB_CALL wb_facts_get_item(wb_facts *facts, uint64_t row, uint32_t field, uint32_t index,
                                    const wb_moment *moment, wb_value *value, wb_error *error) {
  return facts_get(facts, row, field, &index, moment, value, error);
}

bool wbi_facts_enter(wb_facts *facts) {
  return wbi_busy_enter(&facts->busy);
}

void wbi_facts_leave(wb_facts *facts) {
  if (facts->source.host.get) { /* its rows may change from call to call */
    facts->source.stands = facts->source.counted = false;
    facts->cursor.known = 0;
  }
  wbi_row_forget(facts);
  wbi_busy_leave(&facts->busy);
}

const wb_schema *wbi_facts_schema(const wb_facts *facts) {
  return facts->schema;
}

wb_time wbi_facts_as_of(const wb_facts *facts) {
  return facts->as_of;
}

wb_status wbi_facts_rows(wb_facts *facts, uint64_t *count, wb_error *error) {
  if (facts->source.host.get) return wbi_source_rows(facts, count, error);
  *count = facts->tables[WBI_PATIENTS].rows;
  return WB_OK;
}

wb_status wbi_facts_row(wb_facts *facts, wbi_text key, uint64_t *row) {
  const wbi_facts_table *patients = &facts->tables[WBI_PATIENTS];
  if (facts->source.host.get) return wbi_source_row(facts, key, row);
  wb_status status = wbi_facts_join(facts, NULL);
  if (status) return status;
  uint32_t found = wbi_row_index_find(&patients->index, &patients->columns[WBI_PATIENT_KEY], key);
  if (found == WBI_NO_ROW) return WB_E_NAME;
  *row = found;
  return WB_OK;
}

void *wbi_facts_scratch(wb_facts *facts, int slot, size_t size) {
  wbi_scratch *scratch = &facts->scratch[slot];
  if (size <= scratch->size) return scratch->data;
  size_t larger = scratch->size * 2 > size ? scratch->size * 2 : size;
  void *data = wbi_realloc(facts->context, scratch->data, scratch->size, larger);
  if (!data) return NULL;
  *scratch = (wbi_scratch){data, larger};
  return data;
}

wbi_arena *wbi_facts_heap(wb_facts *facts, int slot) {
  wbi_arena_reset(&facts->heaps[slot]);
  return &facts->heaps[slot];
}

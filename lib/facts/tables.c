/* SPDX-License-Identifier: MIT */
/* How a table of the host is moved in. */
#include "facts/facts_private.h"

/* Checks one Arrow column and what it may hold. */
static wb_status table_read_column(const struct ArrowSchema *schema, const struct ArrowArray *array,
                                   uint32_t index, uint32_t fits, wbi_column *column) {
  wbi_column made = {0};
  if (column->cells != WBI_CELLS_NONE) return WB_E_INVALID;
  wb_status status = wbi_arrow_column(schema, array, index, &made);
  if (status) return status;
  if (!((fits | WBI_FITS(WBI_CELLS_NULL)) & WBI_FITS(made.cells))) return WB_E_TYPE;
  *column = made;
  return WB_OK;
}

/* Why a column was refused, in words. */
static const char *table_refusal(wb_status status) {
  return status == WB_E_TYPE ? "The column's format does not fit."
                             : "The column contradicts itself, or occurs twice.";
}

/* Reads the columns that the table knows by name. */
static wb_status table_read(int name, const struct ArrowSchema *schema,
                            const struct ArrowArray *array, wbi_facts_table *table,
                            wb_error *error) {
  const wbi_table_spec *spec = wbi_table_spec_of(name);
  for (uint32_t i = 0; i < (uint32_t)schema->n_children; ++i) {
    wbi_text column = wbi_text_of(schema->children[i]->name);
    for (uint32_t j = 0; j < spec->count; ++j) {
      if (!wbi_text_equal(column, wbi_text_of(spec->columns[j].name))) continue;
      wb_status status =
          table_read_column(schema, array, i, spec->columns[j].fits, &table->columns[j]);
      if (status) return wbi_column_fail(error, status, name, j, table_refusal(status));
    }
  }
  for (uint32_t j = 0; j < spec->count; ++j)
    if (spec->columns[j].needed && table->columns[j].cells == WBI_CELLS_NONE)
      return wbi_column_fail(error, WB_E_NAME, name, j, "A needed column is missing.");
  return WB_OK;
}

/* Reads the columns of `patients` that are named like a field: they are taken as given. */
static wb_status table_read_given(const wb_schema *schema, const struct ArrowSchema *shape,
                                  const struct ArrowArray *array, wbi_column *given,
                                  wb_error *error) {
  for (uint32_t i = 0; i < (uint32_t)shape->n_children; ++i) {
    uint32_t field = 0;
    wbi_text name = wbi_text_of(shape->children[i]->name);
    if (wb_schema_find(schema, name.data, name.length, &field)) continue;
    if (wbi_schema_field(schema, field)->list) continue; /* comes inside its list */
    uint32_t fits = wbi_type_fits(wbi_schema_field(schema, field)->type);
    wb_status status = table_read_column(shape, array, i, fits, &given[field]);
    if (status) return wbi_fail_path(error, status, name, table_refusal(status));
  }
  return WB_OK;
}

/* Says which two rows have one key; their numbers count from 0, and the key is not told. */
static wb_status table_twins(int name, const uint32_t twins[2], wb_error *error) {
  char message[96];
  size_t length = 0;
  wbi_writer writer = {message, sizeof message, 0};
  wbi_put_text(&writer, WBI_TEXT("Rows "));
  wbi_put_uint(&writer, twins[0]);
  wbi_put_text(&writer, WBI_TEXT(" and "));
  wbi_put_uint(&writer, twins[1]);
  wbi_put_text(&writer, WBI_TEXT(" (from 0) have the same key."));
  (void)wbi_writer_finish(&writer, &length);
  return wbi_fail_path(error, WB_E_INVALID, wbi_text_of(wbi_table_spec_of(name)->name), message);
}

/* Makes the index of a table that is looked up by key. */
static wb_status table_index(wb_facts *facts, int name, wbi_facts_table *table, wb_error *error) {
  uint32_t twins[2] = {0, 0};
  if (name != WBI_PATIENTS && name != WBI_LOCATIONS) return WB_OK;
  wb_status status =
      wbi_row_index_make(facts->context, &table->columns[0], table->rows, &table->index, twins);
  if (status == WB_E_INVALID) return table_twins(name, twins, error);
  return status ? wbi_fail(error, status, "No memory for the index of a table.") : WB_OK;
}

/* What goes with the table besides its columns: given fields, the index, room for zones. */
static wb_status table_complete(wb_facts *facts, int name, const struct ArrowSchema *schema,
                                const struct ArrowArray *array, wbi_facts_table *table,
                                wb_error *error) {
  if (name == WBI_PATIENTS) {
    wb_status status = table_read_given(facts->schema, schema, array, facts->given, error);
    if (!status) status = table_index(facts, name, table, error);
    if (status) memset(facts->given, 0, facts->fields * sizeof *facts->given);
    return status;
  }
  wb_status status = table_index(facts, name, table, error);
  if (status || name != WBI_LOCATIONS || table->rows == 0) return status;
  facts->zones = wbi_alloc(facts->context, table->rows * sizeof *facts->zones);
  if (facts->zones) return WB_OK;
  wbi_row_index_free(facts->context, &table->index);
  return wbi_fail(error, WB_E_NOMEM, "No memory for the zones of the locations.");
}

wb_status wbi_facts_take(wb_facts *facts, int name, struct ArrowSchema *schema,
                         struct ArrowArray *array, wb_error *error) {
  wbi_facts_table table = {0};
  wbi_text path = wbi_text_of(wbi_table_spec_of(name)->name);
  if (facts->joined || facts->tables[name].present)
    return wbi_fail_path(error, WB_E_STATE, path, "The table is in, or the facts were read.");
  wb_status status = wbi_arrow_table(schema, array, &table.rows, error);
  if (status) {
    wbi_error_path(error, path);
    return status;
  }
  status = table_read(name, schema, array, &table, error);
  if (!status) status = table_complete(facts, name, schema, array, &table, error);
  if (status) return status;
  table.present = true;
  table.array = *array;
  array->release = NULL;
  schema->release(schema); /* all that is needed of it has been read */
  schema->release = NULL;
  facts->tables[name] = table;
  return WB_OK;
}

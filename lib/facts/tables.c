/* SPDX-License-Identifier: MIT */
/* How a table of the host is moved in: its columns are found, checked and indexed. */
#include "facts/facts_private.h"

enum { BATCHES_MOST = 1000000 };

/* A table on its way in. */
typedef struct table_load {
  wb_facts *facts;
  int name;
  const struct ArrowSchema *schema;
  const wbi_vector *batches;
  const wbi_map *map; /* NULL: one batch, or none */
  wbi_facts_table *table;
  wb_error *error;
} table_load;

/* The arrays of a column, one a batch. */
static wb_status table_parts(const table_load *load, uint32_t index, wbi_parts *parts) {
  const uint32_t count = (uint32_t)load->batches->count;
  *parts = (wbi_parts){.count = count, .map = load->map, .arena = &load->table->arena};
  parts->at = wbi_arena_array(parts->arena, count, sizeof *parts->at);
  if (!parts->at) return WB_E_NOMEM;
  for (uint32_t i = 0; i < count; ++i) {
    const struct ArrowArray *batch = wbi_vector_at(load->batches, i);
    parts->at[i] = (wbi_part){.array = batch->children[index],
                              .from = (size_t)batch->offset,
                              .rows = (size_t)batch->length};
  }
  return WB_OK;
}

/* Checks the arrays of one column and what it may hold. */
static wb_status table_bind(const wbi_parts *parts, const struct ArrowSchema *schema, uint32_t fits,
                            wbi_column *column) {
  wbi_column made = {0};
  if (column->cells != WBI_CELLS_NONE) return WB_E_INVALID;
  wb_status status = wbi_arrow_shape(schema, &made);
  if (status) return status;
  if (!((fits | WBI_FITS(WBI_CELLS_NULL)) & WBI_FITS(made.cells))) return WB_E_TYPE;
  status = wbi_arrow_bind(parts, schema, &made);
  if (!status) *column = made;
  return status;
}

/* Checks one column of the table. */
static wb_status table_column(const table_load *load, uint32_t index, uint32_t fits,
                              wbi_column *column) {
  wbi_parts parts;
  wb_status status = table_parts(load, index, &parts);
  return status ? status : table_bind(&parts, load->schema->children[index], fits, column);
}

/* What to make of a column whose cells do not fit, by cells that all would: the first row counts.
 */
static const struct {
  uint32_t cells;
  const char *advice;
} table_casts[] = {
    {WBI_FITS(WBI_CELLS_TEXT), "The column's format does not fit: cast it to text (utf8)."},
    {WBI_FITS(WBI_CELLS_BYTES), "The column's format does not fit: cast it to binary."},
    {WBI_FITS(WBI_CELLS_BOOL), "The column's format does not fit: cast it to bool."},
    {WBI_FITS(WBI_CELLS_REAL), "The column's format does not fit: cast it to float64."},
    {WBI_FITS(WBI_CELLS_DECIMAL), "The column's format does not fit: cast it to a whole number "
                                  "(int64), an amount to a decimal (decimal128)."},
    {WBI_FITS(WBI_CELLS_INT), "The column's format does not fit: cast it to a whole number."},
    {WBI_FITS(WBI_CELLS_WALL) | WBI_FITS(WBI_CELLS_INSTANT),
     "The column's format does not fit: cast it to a timestamp, or a date."},
    {WBI_FITS(WBI_CELLS_DATE), "The column's format does not fit: cast it to a date (date32)."},
    {WBI_FITS(WBI_CELLS_INSTANT),
     "The column's format does not fit: cast it to a timestamp with a time zone."},
    {WBI_FITS(WBI_CELLS_LIST), "The column's format does not fit: cast it to a list."},
};

static const char *table_cast(uint32_t fits) {
  for (size_t i = 0; i < WBI_COUNT(table_casts); ++i)
    if ((fits & table_casts[i].cells) == table_casts[i].cells) return table_casts[i].advice;
  return "The column's format does not fit: cast the elements of its lists to structs.";
}

/* Why a column was refused where certain cells fit, in words. */
static const char *table_refusal(wb_status status, uint32_t fits) {
  switch (status) {
  case WB_E_TYPE: return table_cast(fits);
  case WB_E_LIMIT: return "The lists have more than 2,147,483,646 elements.";
  case WB_E_NOMEM: return "No memory for the column.";
  default: return "The column contradicts itself, or occurs twice.";
  }
}

/* A needed column is not there; one of nearly its name is, perhaps. */
static wb_status table_misses(const table_load *load, uint32_t column) {
  const wbi_text needed = wbi_text_of(wbi_table_spec_of(load->name)->columns[column].name);
  wbi_text near = {NULL, 0};
  for (int64_t i = 0; i < load->schema->n_children && near.length == 0; ++i) {
    const wbi_text given = wbi_text_of(load->schema->children[i]->name);
    near = wbi_text_nearest(needed, &given, 1);
  }
  if (near.length == 0)
    return wbi_column_fail(load->error, WB_E_NAME, load->name, column,
                           "A needed column is missing.");
  return wbi_column_fail_name(load->error, WB_E_NAME, load->name, column,
                              "A needed column is missing; is it \"", near, "\"?");
}

/* Reads the columns that the table knows by name. */
static wb_status table_read(const table_load *load) {
  const wbi_table_spec *spec = wbi_table_spec_of(load->name);
  wbi_column *columns = load->table->columns;
  for (uint32_t i = 0; i < (uint32_t)load->schema->n_children; ++i) {
    wbi_text column = wbi_text_of(load->schema->children[i]->name);
    for (uint32_t j = 0; j < spec->count; ++j) {
      if (!wbi_text_equal(column, wbi_text_of(spec->columns[j].name))) continue;
      const uint32_t fits = spec->columns[j].fits;
      wb_status status = table_column(load, i, fits, &columns[j]);
      if (status)
        return wbi_column_fail(load->error, status, load->name, j, table_refusal(status, fits));
    }
  }
  for (uint32_t j = 0; j < spec->count; ++j)
    if (spec->columns[j].needed && columns[j].cells == WBI_CELLS_NONE) return table_misses(load, j);
  return WB_OK;
}

/* ---- fields that are given ---------------------------------------------------------------- */

/* The field of a list's elements that a member of its records is; false: none. */
static bool table_member_field(const wb_schema *schema, uint32_t list, wbi_text member,
                               uint32_t *field) {
  const size_t cut = wbi_schema_field(schema, list)->name.length + 1;
  for (uint32_t i = list + 1; i < wb_schema_count(schema); ++i) {
    const wbi_field *about = wbi_schema_field(schema, i);
    if (about->list != list + 1) continue;
    if (!wbi_text_equal(wbi_text_slice(about->name, cut, about->name.length), member)) continue;
    *field = i;
    return true;
  }
  return false;
}

/* Refuses the column that gives a field, unless all is well. */
static wb_status table_refuse(const table_load *load, uint32_t field, uint32_t fits,
                              wb_status status) {
  if (!status) return status;
  const wbi_text name = wbi_schema_field(load->facts->schema, field)->name;
  return wbi_fail_path(load->error, status, name, table_refusal(status, fits));
}

/* Takes a member of a given list's records that is named like a field. */
static wb_status table_give_member(const table_load *load, uint32_t index, uint32_t field,
                                   const struct ArrowSchema *schema, const wbi_parts *records) {
  wbi_parts member;
  const uint32_t fits = wbi_type_fits(wbi_schema_field(load->facts->schema, field)->type);
  wb_status status = wbi_arrow_member(records, index, &member);
  if (!status) status = table_bind(&member, schema, fits, &load->facts->given[field].column);
  return table_refuse(load, field, fits, status);
}

/* Takes the members of a given list's records. */
static wb_status table_give_records(const table_load *load, uint32_t list,
                                    const struct ArrowSchema *schema, const wbi_parts *elements) {
  wbi_parts records;
  const wb_schema *fields = load->facts->schema;
  if (!wbi_arrow_is_record(schema)) return table_refuse(load, list, 0, WB_E_TYPE);
  wb_status status = wbi_arrow_records(elements, schema, &records);
  if (status) return table_refuse(load, list, 0, status);
  for (uint32_t i = 0; i < (uint32_t)schema->n_children; ++i) {
    uint32_t field = 0;
    if (!table_member_field(fields, list, wbi_text_of(schema->children[i]->name), &field)) continue;
    status = table_give_member(load, i, field, schema->children[i], &records);
    if (status) return status;
  }
  return WB_OK;
}

/* Takes a list as given. */
static wb_status table_give_list(const table_load *load, uint32_t index, uint32_t field) {
  wbi_parts parts, elements;
  const struct ArrowSchema *schema = load->schema->children[index];
  const wbi_field *about = wbi_schema_field(load->facts->schema, field);
  wbi_given *given = &load->facts->given[field];
  uint32_t fits = WBI_FITS(WBI_CELLS_LIST);
  wb_status status = table_parts(load, index, &parts);
  if (!status) status = table_bind(&parts, schema, fits, &given->lists);
  if (status || given->lists.cells != WBI_CELLS_LIST)
    return table_refuse(load, field, fits, status);
  schema = schema->children[0];
  status = wbi_arrow_elements(&parts, &given->lists, &elements);
  if (!status && about->element == WB_RECORD)
    return table_give_records(load, field, schema, &elements);
  fits = wbi_type_fits(about->element);
  if (!status) status = table_bind(&elements, schema, fits, &given->column);
  return table_refuse(load, field, fits, status);
}

/* Takes a single value as given. */
static wb_status table_give_scalar(const table_load *load, uint32_t index, uint32_t field) {
  const uint32_t fits = wbi_type_fits(wbi_schema_field(load->facts->schema, field)->type);
  return table_refuse(load, field, fits,
                      table_column(load, index, fits, &load->facts->given[field].column));
}

/* Reads the columns of `patients` that are named like a field: they are taken as given. The fields
   of a list's elements come inside it. */
static wb_status table_give(const table_load *load) {
  const wb_schema *fields = load->facts->schema;
  for (uint32_t i = 0; i < (uint32_t)load->schema->n_children; ++i) {
    uint32_t field = 0;
    wbi_text name = wbi_text_of(load->schema->children[i]->name);
    if (wb_schema_find(fields, name.data, name.length, &field)) continue;
    const wbi_field *about = wbi_schema_field(fields, field);
    if (about->list) continue;
    wb_status status = about->type == WB_LIST ? table_give_list(load, i, field)
                                              : table_give_scalar(load, i, field);
    if (status) return status;
  }
  return WB_OK;
}

/* ---- the table as a whole ----------------------------------------------------------------- */

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
static wb_status table_complete(const table_load *load) {
  wb_facts *facts = load->facts;
  wbi_facts_table *table = load->table;
  if (load->name == WBI_PATIENTS) {
    wb_status status = table_give(load);
    if (!status) status = table_index(facts, load->name, table, load->error);
    if (status) memset(facts->given, 0, facts->fields * sizeof *facts->given);
    return status;
  }
  wb_status status = table_index(facts, load->name, table, load->error);
  if (status || load->name != WBI_LOCATIONS || table->rows == 0) return status;
  facts->zones = wbi_alloc(facts->context, table->rows * sizeof *facts->zones);
  if (facts->zones) return WB_OK;
  wbi_row_index_free(facts->context, &table->index);
  return wbi_fail(load->error, WB_E_NOMEM, "No memory for the zones of the locations.");
}

/* Checks the batches, counts their rows, and says where each begins if there are several. */
static wb_status table_rows(table_load *load) {
  uint64_t total = 0;
  const uint32_t count = (uint32_t)load->batches->count;
  wbi_map *map = wbi_map_make(&load->table->arena, count);
  if (!map) return wbi_fail(load->error, WB_E_NOMEM, "No memory for a table.");
  for (uint32_t i = 0; i < count; ++i) {
    uint32_t rows = 0;
    const struct ArrowArray *batch = wbi_vector_at(load->batches, i);
    wb_status status = wbi_arrow_batch(load->schema, batch, &rows, load->error);
    if (status) return status;
    map->starts[i] = (uint32_t)total;
    total += rows;
    if (total >= INT32_MAX)
      return wbi_fail(load->error, WB_E_LIMIT, "The table has too many rows.");
  }
  load->table->rows = (uint32_t)total;
  if (count > 1) load->map = map;
  return WB_OK;
}

/* Checks and reads a table. */
static wb_status table_take(table_load *load) {
  wb_status status = wbi_arrow_schema(load->schema, load->error);
  if (!status) status = table_rows(load);
  if (status) {
    wbi_error_path(load->error, wbi_text_of(wbi_table_spec_of(load->name)->name));
    return status;
  }
  status = table_read(load);
  return status ? status : table_complete(load);
}

wb_status wbi_facts_take(wb_facts *facts, int name, const struct ArrowSchema *schema,
                         wbi_vector *batches, wb_error *error) {
  wbi_facts_table table = {0};
  table_load load = {facts, name, schema, batches, NULL, &table, error};
  if (facts->joined || facts->tables[name].present)
    return wbi_fail_path(error, WB_E_STATE, wbi_text_of(wbi_table_spec_of(name)->name),
                         "The table is in, or the facts were read.");
  wbi_arena_init(&table.arena, facts->context, 0);
  wb_status status = table_take(&load);
  if (status) {
    wbi_arena_free(&table.arena);
    return status;
  }
  wbi_facts_part_table(facts, name); /* others may have been joined before it came */
  table.present = true;
  table.batches = *batches;
  facts->tables[name] = table;
  return WB_OK;
}

void wbi_batches_init(const wb_facts *facts, wbi_vector *batches) {
  wbi_vector_init(batches, facts->context, sizeof(struct ArrowArray), BATCHES_MOST);
}

void wbi_batches_release(wbi_vector *batches) {
  for (size_t i = 0; i < batches->count; ++i) {
    struct ArrowArray *batch = wbi_vector_at(batches, i);
    batch->release(batch);
  }
  wbi_vector_free(batches);
}

/* SPDX-License-Identifier: MIT */
/* Columns of `patients` as they lie in the host's memory, for executors that run over batches. */
#include "facts/facts_private.h"

/* The column of `patients` that a field is read from cell by cell; NULL: none. */
static const wbi_column *view_column(const wb_facts *facts, uint32_t field) {
  uint32_t dental = 0;
  const wbi_field_spec *specs = wbi_field_specs(&dental);
  const wbi_column *given = &facts->given[field].column;
  if (given->cells != WBI_CELLS_NONE) return given;
  if (field >= dental || specs[field].origin != WBI_PATIENTS) return NULL;
  const wbi_column *column = &facts->tables[WBI_PATIENTS].columns[specs[field].item];
  return column->cells != WBI_CELLS_NONE ? column : NULL;
}

/* The piece of a column in a batch. */
static const wbi_piece *view_piece(const wbi_column *column, uint32_t batch) {
  return column->pieces ? &column->pieces[batch] : &column->piece;
}

/* Sets the rows of a batch; false: there is none. */
static bool view_rows(const wbi_vector *batches, uint32_t batch, wbi_column_view *view) {
  if (batch >= batches->count) return false;
  view->batches = (uint32_t)batches->count;
  for (uint32_t i = 0; i <= batch; ++i) {
    const struct ArrowArray *array = wbi_vector_at(batches, i);
    view->first += view->rows;
    view->rows = (uint32_t)array->length;
  }
  return true;
}

/* Sets the lists that hold the elements. */
static void view_lists(const wbi_column *lists, uint32_t batch, wbi_column_view *view) {
  view->listed = true;
  if (lists->cells != WBI_CELLS_LIST) return;
  const wbi_piece *piece = view_piece(lists, batch);
  view->lists = piece->strip;
  view->base = piece->base;
  if (view->rows)
    view->elements = (uint32_t)(wbi_strip_number(&view->lists, view->rows) - view->base);
}

wb_status wbi_facts_column(const wb_facts *facts, uint32_t field, uint32_t batch,
                           wbi_column_view *view) {
  wbi_column_view found = {.cells = WBI_CELLS_NULL};
  if (field >= facts->fields || facts->source.host.get) return WB_E_NAME;
  const wbi_field *about = wbi_schema_field(facts->schema, field);
  const uint32_t list = about->list ? about->list - 1 : field;
  const wbi_given *given = &facts->given[list];
  const wbi_column *column = view_column(facts, field);
  const bool listed = given->lists.cells != WBI_CELLS_NONE;
  if (!listed && (!column || about->list)) return WB_E_NAME;
  if (!view_rows(&facts->tables[WBI_PATIENTS].batches, batch, &found)) return WB_E_NAME;
  if (listed) view_lists(&given->lists, batch, &found);
  if (column) {
    const wbi_piece *piece = view_piece(column, batch);
    found.cells = column->cells;
    found.unit = column->unit;
    found.coded = column->coded;
    found.strip = piece->strip;
    found.words = piece->words;
    found.record = piece->record;
  }
  *view = found;
  return WB_OK;
}

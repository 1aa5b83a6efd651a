/* SPDX-License-Identifier: MIT */
/* Lists of the row under the cursor: the patient's rows of a child table, or elements that a part
   of the row derives. */
#include "facts/facts_private.h"

void wbi_list_begin(wb_facts *facts, int item, uint32_t width) {
  wbi_list *list = &facts->lists[item];
  WBI_ASSERT(list->width == width || !list->values);
  list->width = width;
  list->count = 0;
  list->known = true;
}

void wbi_list_unknown(wb_facts *facts, int item) {
  facts->lists[item].count = 0;
  facts->lists[item].known = false;
}

/* The memory of so many elements. */
static size_t list_size(const wbi_list *list, uint32_t elements) {
  return (size_t)elements * list->width * sizeof *list->values;
}

wb_value *wbi_list_add(wb_facts *facts, int item) {
  wbi_list *list = &facts->lists[item];
  if (list->count == list->capacity) {
    uint32_t capacity = list->capacity ? list->capacity * 2 : 8;
    wb_value *values = wbi_realloc(facts->context, list->values, list_size(list, list->capacity),
                                   list_size(list, capacity));
    if (!values) return NULL;
    list->values = values;
    list->capacity = capacity;
  }
  wb_value *element = list->values + (size_t)list->count * list->width;
  for (uint32_t i = 0; i < list->width; ++i)
    element[i] = (wb_value){.size = sizeof *element};
  ++list->count;
  return element;
}

void wbi_list_free_all(wb_facts *facts) {
  for (size_t i = 0; i < WBI_COUNT(facts->lists); ++i)
    wbi_free(facts->context, facts->lists[i].values,
             list_size(&facts->lists[i], facts->lists[i].capacity));
}

/* The rows of a table that are the elements of its list: of procedures, those that exist today. */
static wbi_row_span list_rows(const wb_facts *facts, int table) {
  const wbi_chart_rows *chart = &facts->cursor.chart;
  if (table != WBI_PROCEDURES) return wbi_row_children(facts, table);
  return (wbi_row_span){chart->rows, chart->rows + chart->count};
}

void wbi_list_length(const wb_facts *facts, const wbi_field_spec *spec, wb_value *value) {
  const bool derived = spec->origin == WBI_DERIVED;
  if (!(derived ? facts->lists[spec->item].known : facts->tables[spec->origin].present)) return;
  value->kind = WB_LIST;
  if (derived) {
    value->integer = facts->lists[spec->item].count;
    return;
  }
  const wbi_row_span span = list_rows(facts, spec->origin);
  value->integer = span.from ? span.to - span.from : 0;
}

wb_status wbi_list_item(wb_facts *facts, const wbi_field_spec *list, const wbi_field_spec *spec,
                        uint32_t index, wb_value *value) {
  if (list->origin == WBI_DERIVED) {
    const wbi_list *derived = &facts->lists[list->item];
    const uint32_t place = spec == list ? 0 : spec->item;
    *value = derived->values[(size_t)index * derived->width + place];
    return WB_OK;
  }
  const wbi_row_span span = list_rows(facts, list->origin);
  if (spec->origin == WBI_DERIVED)
    return wbi_answer_item(facts, spec->item, span.from[index], value);
  return wbi_cell_value(&facts->tables[list->origin].columns[spec->item], span.from[index],
                        spec->type, value);
}

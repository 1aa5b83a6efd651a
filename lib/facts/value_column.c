/* SPDX-License-Identifier: MIT */
/* From a getter's values to a column: the values are copied into the layout that Arrow has, so that
   all that reads columns reads them. */
#include "facts/facts_private.h"

enum { VALUE_VIEW_WIDTH = 16, VALUE_VIEW_INLINE = 12 };

/* Whether a text is there, and no longer than a view can be. */
static bool value_text_sound(const wb_value *value) {
  return value->length == 0 || (value->data && value->length <= INT32_MAX);
}

/* Whether a value can be one of a type, or absent. */
static wb_status value_check(const wb_value *value, int32_t type) {
  if (value->kind == WB_UNKNOWN || value->kind == WB_NULL) return WB_OK;
  if (value->kind != type) return WB_E_TYPE;
  switch (type) {
  case WB_BOOL: return value->integer == 0 || value->integer == 1 ? WB_OK : WB_E_TYPE;
  case WB_DATE:
    return value->integer >= WB_DATE_MIN && value->integer <= WB_DATE_MAX ? WB_OK : WB_E_RANGE;
  case WB_TIME: return wbi_time_valid(value->integer) ? WB_OK : WB_E_RANGE;
  case WB_TEXT: /* as WB_BYTES */
  case WB_BYTES: return value_text_sound(value) ? WB_OK : WB_E_TYPE;
  default: return WB_OK;
  }
}

/* The cells of a type. */
static int32_t value_cells(int32_t type) {
  switch (type) {
  case WB_BOOL: return WBI_CELLS_BOOL;
  case WB_DOUBLE: return WBI_CELLS_REAL;
  case WB_TEXT: return WBI_CELLS_TEXT;
  case WB_BYTES: return WBI_CELLS_BYTES;
  case WB_DATE: return WBI_CELLS_DATE;
  case WB_TIME: return WBI_CELLS_INSTANT;
  default: return WBI_CELLS_INT; /* WB_INT, WB_UINT */
  }
}

/* Writes a text as a view of a copy of it. */
static wb_status value_view(wbi_arena *arena, const wb_value *value, uint32_t row, uint8_t *view,
                            const void **pools) {
  const int32_t length = (int32_t)value->length, pool = (int32_t)row;
  memcpy(view, &length, sizeof length);
  if (length == 0) return WB_OK;
  if (length <= VALUE_VIEW_INLINE) {
    memcpy(view + sizeof length, value->data, value->length);
    return WB_OK;
  }
  char *copy = wbi_arena_alloc(arena, value->length);
  if (!copy) return WB_E_NOMEM;
  memcpy(copy, value->data, value->length);
  memcpy(view + 4, value->data, 4);
  memcpy(view + 8, &pool, sizeof pool);
  pools[row] = copy;
  return WB_OK;
}

/* Writes one value that is there. */
static wb_status value_write(wbi_arena *arena, const wb_value *value, uint32_t row, uint8_t *cells,
                             const void **pools) {
  switch (value->kind) {
  case WB_BOOL:
    if (value->integer) cells[row / 8] |= (uint8_t)(1u << row % 8);
    return WB_OK;
  case WB_TEXT: /* as WB_BYTES */
  case WB_BYTES:
    return value_view(arena, value, row, cells + (size_t)row * VALUE_VIEW_WIDTH, pools);
  case WB_DOUBLE:
    memcpy(cells + (size_t)row * sizeof value->real, &value->real, sizeof value->real);
    return WB_OK;
  default:
    memcpy(cells + (size_t)row * sizeof value->integer, &value->integer, sizeof value->integer);
    return WB_OK;
  }
}

/* Checks values and writes those that are there. */
static wb_status value_write_all(wbi_arena *arena, const wb_value *values, uint32_t count,
                                 int32_t type, uint8_t *cells, uint8_t *present,
                                 const void **pools) {
  for (uint32_t row = 0; row < count; ++row) {
    wb_status status = value_check(&values[row], type);
    if (status) return status;
    if (values[row].kind <= WB_NULL) continue;
    present[row / 8] |= (uint8_t)(1u << row % 8);
    status = value_write(arena, &values[row], row, cells, pools);
    if (status) return status;
  }
  return WB_OK;
}

wb_status wbi_column_of_values(wbi_arena *arena, const wb_value *values, uint32_t count,
                               int32_t type, wbi_column *column) {
  const bool text = type == WB_TEXT || type == WB_BYTES;
  const uint32_t width = text ? VALUE_VIEW_WIDTH : sizeof(int64_t);
  const void **pools = wbi_arena_array(arena, count, sizeof *pools + width + 1);
  if (!pools) return WB_E_NOMEM;
  uint8_t *cells = (uint8_t *)(pools + count), *present = cells + (size_t)count * width;
  wb_status status = value_write_all(arena, values, count, type, cells, present, pools);
  if (status) return status;
  *column = (wbi_column){.cells = value_cells(type), .unit = 1};
  column->piece.strip = (wbi_strip){.present = {present, 0},
                                    .values = cells,
                                    .pools = text ? pools : NULL,
                                    .width = width,
                                    .is_signed = type != WB_UINT};
  return WB_OK;
}

wb_status wbi_column_of_list(wbi_arena *arena, uint32_t count, wbi_column *lists) {
  int32_t *offsets = wbi_arena_array(arena, 2, sizeof *offsets);
  if (!offsets) return WB_E_NOMEM;
  offsets[1] = (int32_t)count;
  *lists = (wbi_column){.cells = WBI_CELLS_LIST, .unit = 1};
  lists->piece.strip =
      (wbi_strip){.values = (const uint8_t *)offsets, .width = sizeof *offsets, .is_signed = true};
  return WB_OK;
}

/* SPDX-License-Identifier: MIT */
/* Cells of columns that were checked when their table came in. */
#include "facts/column.h"

enum { VIEW_WIDTH = 16, VIEW_INLINE_MOST = 12 };

/* The batch of a row, which becomes the row in it. */
static uint32_t column_batch(const wbi_map *map, uint32_t *row) {
  uint32_t low = 0, high = map->count;
  while (high - low > 1) {
    const uint32_t middle = low + (high - low) / 2;
    if (map->starts[middle] <= *row)
      low = middle;
    else
      high = middle;
  }
  *row -= map->starts[low];
  return low;
}

/* What holds a row, and which row of it; NULL: the cell is absent. */
static WBI_INLINE const wbi_slice *column_piece(const wbi_column *column, uint32_t *row) {
  const wbi_slice *piece =
      column->map ? &column->pieces[column_batch(column->map, row)] : &column->piece;
  return wbi_mask_has(&piece->record, *row) && wbi_mask_has(&piece->strip.present, *row) ? piece
                                                                                         : NULL;
}

int64_t wbi_strip_number(const wbi_strip *strip, size_t row) {
  const uint8_t *from = strip->values + (strip->first + row) * strip->width;
  switch (strip->width) {
  case 8: return (int64_t)wbi_eight_at(from);
  case 4: return strip->is_signed ? (int32_t)wbi_four_at(from) : (int64_t)wbi_four_at(from);
  case 2: return strip->is_signed ? (int16_t)wbi_two_at(from) : wbi_two_at(from);
  default: return strip->is_signed ? (int8_t)*from : *from;
  }
}

/* Text of a view: length, then the text itself or its first bytes, pool and place in it. */
static wbi_text column_view(const wbi_strip *strip, size_t row) {
  int32_t head[4];
  const uint8_t *from = strip->values + (strip->first + row) * VIEW_WIDTH;
  memcpy(head, from, sizeof head);
  const char *data = head[0] <= VIEW_INLINE_MOST ? (const char *)from + sizeof *head
                                                 : (const char *)strip->pools[head[2]] + head[3];
  return (wbi_text){data, (size_t)head[0]};
}

/* Text between two offsets. */
static wbi_text column_between(const wbi_strip *strip, size_t row) {
  int64_t wide[2];
  int32_t narrow[2];
  const uint8_t *from = strip->values + (strip->first + row) * strip->width;
  if (strip->width == sizeof *narrow) {
    memcpy(narrow, from, sizeof narrow);
    wide[0] = narrow[0];
    wide[1] = narrow[1];
  } else {
    memcpy(wide, from, sizeof wide);
  }
  if (wide[0] == wide[1]) return (wbi_text){0};
  return (wbi_text){strip->bytes + wide[0], (size_t)(wide[1] - wide[0])};
}

/* The text of a cell that is present; false: it is empty. */
static inline bool column_told(const wbi_strip *strip, size_t row, wbi_text *text) {
  const wbi_text found =
      strip->width == VIEW_WIDTH ? column_view(strip, row) : column_between(strip, row);
  if (found.length == 0) return false;
  *text = found;
  return true;
}

bool wbi_strip_text(const wbi_strip *strip, size_t row, wbi_text *text) {
  return wbi_mask_has(&strip->present, row) && column_told(strip, row, text);
}

bool wbi_column_text(const wbi_column *column, uint32_t row, wbi_text *text) {
  if (column->cells != WBI_CELLS_TEXT && column->cells != WBI_CELLS_BYTES) return false;
  const wbi_slice *piece = column_piece(column, &row);
  if (!piece) return false;
  if (!column->coded) return column_told(&piece->strip, row, text);
  return wbi_strip_text(&piece->words, (size_t)wbi_strip_number(&piece->strip, row), text);
}

bool wbi_column_int(const wbi_column *column, uint32_t row, int64_t *value) {
  if (column->cells <= WBI_CELLS_NULL || column->cells >= WBI_CELLS_DECIMAL) return false;
  const wbi_slice *piece = column_piece(column, &row);
  if (!piece) return false;
  const wbi_mask bits = {piece->strip.values, piece->strip.first};
  *value = column->cells == WBI_CELLS_BOOL ? wbi_mask_has(&bits, row)
                                           : wbi_strip_number(&piece->strip, row);
  return true;
}

bool wbi_column_real(const wbi_column *column, uint32_t row, double *value) {
  if (column->cells != WBI_CELLS_REAL) return false;
  const wbi_slice *piece = column_piece(column, &row);
  if (!piece) return false;
  const wbi_strip *strip = &piece->strip;
  *value = wbi_real_at(strip->values + (strip->first + row) * strip->width, strip->width);
  return true;
}

bool wbi_column_decimal(const wbi_column *column, uint32_t row, uint64_t halves[2]) {
  if (column->cells != WBI_CELLS_DECIMAL) return false;
  const wbi_slice *piece = column_piece(column, &row);
  if (!piece) return false;
  uint64_t found[2];
  if (piece->strip.width < sizeof found) {
    const int64_t digits = wbi_strip_number(&piece->strip, row);
    halves[0] = (uint64_t)digits;
    halves[1] = digits < 0 ? UINT64_MAX : 0;
    return true;
  }
  memcpy(found, piece->strip.values + (piece->strip.first + row) * sizeof found, sizeof found);
  const uint16_t one = 1;
  const bool little = *(const uint8_t *)&one == 1; /* Arrow's numbers are in the machine's order */
  halves[0] = found[!little];
  halves[1] = found[little];
  return true;
}

bool wbi_column_range(const wbi_column *lists, uint32_t row, uint32_t *first, uint64_t *count) {
  uint32_t begins = 0;
  if (lists->cells != WBI_CELLS_LIST) return false;
  if (lists->map) {
    uint32_t within = row;
    begins = lists->elements->starts[column_batch(lists->map, &within)];
  }
  const wbi_slice *piece = column_piece(lists, &row);
  if (!piece) return false;
  const int64_t from = wbi_strip_number(&piece->strip, row);
  const int64_t to = wbi_strip_number(&piece->strip, (size_t)row + 1);
  *first = begins + (uint32_t)(from - piece->base);
  *count = (uint64_t)(to - from);
  return true;
}

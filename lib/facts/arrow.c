/* SPDX-License-Identifier: MIT */
/*
 * Tables in the layout of the Arrow C Data Interface, checked. The interface says how long an array
 * is but not how long its buffers are: what can be checked is checked here, once, and the rest is
 * the host's word. Cells that are absent are never looked at, whatever lies in them. Nesting ends
 * at a list of records, so nothing here calls itself.
 */
#include "facts/column.h"

/* Rows of a table, elements of its lists; positions in an array, far below what would overflow an
   address. */
enum { ARROW_ROWS_MOST = INT32_MAX - 1, ARROW_VIEW_WIDTH = 16, ARROW_DIGITS_MOST = 38 };
static const int64_t arrow_position_most = (int64_t)(PTRDIFF_MAX / 32);

/* Formats without parameters, and what those with some have in common. */
typedef struct arrow_format {
  char name[4];
  uint8_t cells; /* enum wbi_cells */
  uint8_t width;
  uint8_t buffers; /* of a view: the fewest, for there is one more a pool */
  bool is_signed;
} arrow_format;

static const arrow_format arrow_formats[] = {
    {"n", WBI_CELLS_NULL, 0, 0, false},  {"b", WBI_CELLS_BOOL, 0, 2, false},
    {"c", WBI_CELLS_INT, 1, 2, true},    {"C", WBI_CELLS_INT, 1, 2, false},
    {"s", WBI_CELLS_INT, 2, 2, true},    {"S", WBI_CELLS_INT, 2, 2, false},
    {"i", WBI_CELLS_INT, 4, 2, true},    {"I", WBI_CELLS_INT, 4, 2, false},
    {"l", WBI_CELLS_INT, 8, 2, true},    {"L", WBI_CELLS_INT, 8, 2, false},
    {"f", WBI_CELLS_REAL, 4, 2, true},   {"g", WBI_CELLS_REAL, 8, 2, true},
    {"u", WBI_CELLS_TEXT, 4, 3, true},   {"U", WBI_CELLS_TEXT, 8, 3, true},
    {"vu", WBI_CELLS_TEXT, 16, 3, true}, {"z", WBI_CELLS_BYTES, 4, 3, true},
    {"Z", WBI_CELLS_BYTES, 8, 3, true},  {"vz", WBI_CELLS_BYTES, 16, 3, true},
    {"tdD", WBI_CELLS_DATE, 4, 2, true}, {"tdm", WBI_CELLS_DATE, 8, 2, true},
    {"+l", WBI_CELLS_LIST, 4, 2, true},  {"+L", WBI_CELLS_LIST, 8, 2, true},
};

static const arrow_format arrow_wall = {"ts", WBI_CELLS_WALL, 8, 2, true};
static const arrow_format arrow_instant = {"ts", WBI_CELLS_INSTANT, 8, 2, true};
static const arrow_format arrow_decimals[] = {
    {"32", WBI_CELLS_DECIMAL, 4, 2, true},
    {"64", WBI_CELLS_DECIMAL, 8, 2, true},
    {"128", WBI_CELLS_DECIMAL, 16, 2, true},
};

/* Ticks a second of a timestamp format "ts?:zone"; 0: not one. */
static int32_t arrow_unit(const char *format) {
  if (strncmp(format, "ts", 2) != 0 || format[2] == 0 || format[3] != ':') return 0;
  switch (format[2]) {
  case 's': return 1;
  case 'm': return 1000;
  case 'u': return 1000000;
  case 'n': return 1000000000;
  default: return 0;
  }
}

/* The decimals of so many bits, 128 where nothing is said; NULL: none that are read here. */
static const arrow_format *arrow_bits(const char *bits) {
  for (size_t i = 0; i < WBI_COUNT(arrow_decimals); ++i)
    if (strcmp(bits, arrow_decimals[i].name) == 0) return &arrow_decimals[i];
  return NULL;
}

/* The decimals of a format "d:precision,scale,bits" and their digits after the point; NULL: not
 * one.
 */
static const arrow_format *arrow_scale(const char *format, int32_t *scale) {
  int64_t precision = 0, digits = 0;
  if (strncmp(format, "d:", 2) != 0) return NULL;
  const char *comma = strchr(format + 2, ',');
  if (!comma) return NULL;
  const char *bits = strchr(comma + 1, ',');
  const wbi_text before = {format + 2, (size_t)(comma - format) - 2};
  const wbi_text after = {comma + 1, bits ? (size_t)(bits - comma) - 1 : strlen(comma + 1)};
  if (wbi_parse_int(before, &precision) || wbi_parse_int(after, &digits)) return NULL;
  if (precision < 1 || precision > ARROW_DIGITS_MOST) return NULL;
  if (digits < -ARROW_DIGITS_MOST || digits > ARROW_DIGITS_MOST) return NULL;
  *scale = (int32_t)digits;
  return arrow_bits(bits ? bits + 1 : "128");
}

/* The format of an array; NULL: none that is read here. */
static const arrow_format *arrow_format_of(const char *format, int32_t *unit) {
  if (!format) return NULL;
  *unit = strcmp(format, "tdm") == 0 ? 86400000 : 1;
  for (size_t i = 0; i < WBI_COUNT(arrow_formats); ++i)
    if (strcmp(format, arrow_formats[i].name) == 0) return &arrow_formats[i];
  const arrow_format *decimal = arrow_scale(format, unit);
  if (decimal) return decimal;
  *unit = arrow_unit(format);
  if (*unit == 0) return NULL;
  return format[4] ? &arrow_instant : &arrow_wall;
}

/* Whether length, offset and counts of an array can be true. */
static bool arrow_counts_sound(const struct ArrowArray *array) {
  return array->length >= 0 && array->offset >= 0 && array->length <= arrow_position_most &&
         array->offset <= arrow_position_most - array->length && array->null_count >= -1 &&
         array->null_count <= array->length;
}

/* Whether an array has the buffers of its format. */
static bool arrow_buffers_sound(const struct ArrowArray *array, const arrow_format *format) {
  const bool view = format->width == ARROW_VIEW_WIDTH && format->buffers == 3;
  if (array->n_buffers < format->buffers || (array->n_buffers > format->buffers && !view))
    return false;
  return array->buffers != NULL && array->n_buffers <= INT32_MAX;
}

/* Whether a part's array has no children but those of a list, which are there, and its rows. */
static bool arrow_shape_sound(const wbi_part *part, const arrow_format *format) {
  const struct ArrowArray *array = part->array;
  if (!arrow_counts_sound(array)) return false;
  if (array->n_children != (format->cells == WBI_CELLS_LIST)) return false;
  if (array->n_children && (!array->children || !array->children[0])) return false;
  return (uint64_t)array->length >= (uint64_t)part->from + part->rows;
}

/* The validity of a part's array; WB_E_INVALID when it must have one and has not. */
static wb_status arrow_mask(const wbi_part *part, wbi_mask *mask) {
  const struct ArrowArray *array = part->array;
  mask->bits = array->null_count == 0 ? NULL : array->buffers[0];
  mask->first = (size_t)array->offset + part->from;
  return array->null_count > 0 && !mask->bits ? WB_E_INVALID : WB_OK;
}

/* Whether offsets of four bytes, as almost all are, begin at or after 0 and never fall. */
static bool arrow_narrow_sound(const wbi_strip *strip, size_t rows) {
  const uint8_t *from = strip->values + strip->first * sizeof(int32_t);
  uint32_t falls = (int32_t)wbi_four_at(from) < 0;
  for (size_t i = 0; i < rows; ++i) {
    const int32_t begin = (int32_t)wbi_four_at(from + i * sizeof begin);
    falls |= (int32_t)wbi_four_at(from + (i + 1) * sizeof begin) < begin;
  }
  return falls == 0;
}

/* Whether offsets begin at or after 0, never fall and end within the memory there can be.
   same: what has four bytes is looked at in one sweep, only sooner */
static bool arrow_offsets_sound(const wbi_strip *strip, size_t rows) {
  int64_t last = 0;
  if (rows > 0 && strip->width == sizeof(int32_t)) return arrow_narrow_sound(strip, rows);
  for (size_t i = 0; rows > 0 && i <= rows; ++i) {
    const int64_t offset = wbi_strip_number(strip, i);
    if (offset < last) return false;
    last = offset;
  }
  return last <= PTRDIFF_MAX;
}

/* Whether the bytes of a text are there, which they need not be when all of it is empty. */
static bool arrow_bytes_sound(const wbi_strip *strip, size_t rows) {
  if (!arrow_offsets_sound(strip, rows)) return false;
  return strip->bytes || rows == 0 || wbi_strip_number(strip, 0) == wbi_strip_number(strip, rows);
}

/* Checks a part and makes it a strip; what the cells say is not looked at. */
static wb_status arrow_strip(const wbi_part *part, const arrow_format *format, wbi_strip *strip) {
  if (!arrow_shape_sound(part, format)) return WB_E_INVALID;
  if (format->cells == WBI_CELLS_NULL) return WB_OK;
  if (!arrow_buffers_sound(part->array, format)) return WB_E_INVALID;
  const void **buffers = part->array->buffers;
  wb_status status = arrow_mask(part, &strip->present);
  strip->values = buffers[1];
  strip->first = strip->present.first;
  strip->width = format->width;
  strip->is_signed = format->is_signed;
  if (status || (part->rows > 0 && !strip->values)) return WB_E_INVALID;
  if (format->cells == WBI_CELLS_LIST)
    return arrow_offsets_sound(strip, part->rows) ? WB_OK : WB_E_INVALID;
  if (format->buffers < 3) return WB_OK;
  if (format->width == ARROW_VIEW_WIDTH) {
    strip->pools = buffers + 2;
    return WB_OK;
  }
  strip->bytes = buffers[2];
  return arrow_bytes_sound(strip, part->rows) ? WB_OK : WB_E_INVALID;
}

/* ---- what cells say ----------------------------------------------------------------------- */

/* What the cells of a strip must keep to: the number of its words, or the lengths of its pools. */
typedef struct arrow_bounds {
  int64_t words;          /* -1: the cells are no numbers of words */
  const uint8_t *lengths; /* int64 each, at any address */
  int64_t pools;
} arrow_bounds;

/* Whether a view lies within its pool, and begins as it says. */
static bool arrow_view_sound(const wbi_strip *strip, size_t row, const arrow_bounds *bounds) {
  int32_t head[4];
  int64_t length = 0;
  memcpy(head, strip->values + (strip->first + row) * ARROW_VIEW_WIDTH, sizeof head);
  if (head[0] < 0) return false;
  if ((size_t)head[0] <= 3 * sizeof *head) return true;
  if (head[2] < 0 || head[2] >= bounds->pools || head[3] < 0 || !bounds->lengths) return false;
  memcpy(&length, bounds->lengths + (size_t)head[2] * sizeof length, sizeof length);
  if (length < 0 || (int64_t)head[0] + head[3] > length || !strip->pools[head[2]]) return false;
  return memcmp((const char *)strip->pools[head[2]] + head[3], &head[1], sizeof head[1]) == 0;
}

/* Whether the present cells of a range keep to their bounds. */
static bool arrow_cells_sound(const wbi_slice *piece, size_t from, size_t to,
                              const arrow_bounds *bounds) {
  const wbi_strip *strip = &piece->strip;
  for (size_t row = from; row < to; ++row) {
    if (!wbi_mask_has(&piece->record, row) || !wbi_mask_has(&strip->present, row)) continue;
    if (strip->pools && !arrow_view_sound(strip, row, bounds)) return false;
    if (bounds->words < 0) continue;
    const int64_t word = wbi_strip_number(strip, row);
    if (word < 0 || word >= bounds->words) return false;
  }
  return true;
}

/* The same of all cells of a part; of elements only where their list is present. */
static bool arrow_part_sound(const wbi_part *part, const wbi_slice *piece, const wbi_slice *list,
                             const arrow_bounds *bounds) {
  if (!piece->strip.pools && bounds->words < 0) return true;
  if (!list) return arrow_cells_sound(piece, 0, part->rows, bounds);
  for (size_t row = 0; row < part->lists; ++row) {
    if (!wbi_mask_has(&list->strip.present, row)) continue;
    const size_t from = (size_t)(wbi_strip_number(&list->strip, row) - list->base);
    const size_t to = (size_t)(wbi_strip_number(&list->strip, row + 1) - list->base);
    if (!arrow_cells_sound(piece, from, to, bounds)) return false;
  }
  return true;
}

/* The bounds of an array's views. */
static arrow_bounds arrow_view_bounds(const struct ArrowArray *array) {
  return (arrow_bounds){
      .words = -1, .lengths = array->buffers[array->n_buffers - 1], .pools = array->n_buffers - 3};
}

/* Checks the words of a dictionary-encoded part. */
static wb_status arrow_words(const struct ArrowSchema *schema, const struct ArrowArray *words,
                             wbi_strip *strip) {
  int32_t unit = 0;
  const arrow_format *format = arrow_format_of(schema->format, &unit);
  if (WBI_NEVER(!format)) return WB_E_TYPE;
  if (!words || words->length < 0 || words->length > ARROW_ROWS_MOST) return WB_E_INVALID;
  const wbi_part part = {.array = words, .rows = (size_t)words->length};
  wbi_slice piece = {0};
  wb_status status = arrow_strip(&part, format, &piece.strip);
  if (status) return status;
  *strip = piece.strip;
  if (!strip->pools) return WB_OK;
  const arrow_bounds bounds = arrow_view_bounds(words);
  return arrow_cells_sound(&piece, 0, part.rows, &bounds) ? WB_OK : WB_E_INVALID;
}

/* ---- columns ------------------------------------------------------------------------------ */

wb_status wbi_arrow_shape(const struct ArrowSchema *schema, wbi_column *column) {
  int32_t unit = 0;
  wbi_column made = {0};
  const arrow_format *format = arrow_format_of(schema->format, &made.unit);
  if (!format) return WB_E_TYPE;
  made.cells = format->cells;
  made.piece.strip.width = format->width;
  made.piece.strip.is_signed = format->is_signed;
  if (schema->n_children != (format->cells == WBI_CELLS_LIST)) return WB_E_TYPE;
  if (schema->n_children && (!schema->children || !schema->children[0])) return WB_E_INVALID;
  if (schema->dictionary) {
    const arrow_format *words = arrow_format_of(schema->dictionary->format, &unit);
    if (format->cells != WBI_CELLS_INT || !words || words->cells != WBI_CELLS_TEXT ||
        schema->dictionary->dictionary)
      return WB_E_TYPE;
    made.cells = WBI_CELLS_TEXT;
    made.coded = true;
  }
  *column = made;
  return WB_OK;
}

/* Whether a part's cells say what they may: numbers of words that there are, views of what is
 * there.
 */
static bool arrow_bind_sound(const wbi_parts *parts, uint32_t index, const wbi_column *column,
                             const wbi_slice *piece) {
  const wbi_part *part = &parts->at[index];
  const wbi_column *lists = parts->lists;
  arrow_bounds bounds = {.words = -1};
  if (column->coded) bounds.words = part->array->dictionary->length;
  if (piece->strip.pools) bounds = arrow_view_bounds(part->array);
  if (!lists) return arrow_part_sound(part, piece, NULL, &bounds);
  return arrow_part_sound(part, piece, lists->map ? &lists->pieces[index] : &lists->piece, &bounds);
}

/* Checks one part of a column. */
static wb_status arrow_bind_part(const wbi_parts *parts, uint32_t index,
                                 const struct ArrowSchema *schema, const wbi_column *column,
                                 wbi_slice *piece) {
  int32_t unit = 0;
  const wbi_part *part = &parts->at[index];
  const arrow_format *format = arrow_format_of(schema->format, &unit);
  if (WBI_NEVER(!format)) return WB_E_TYPE;
  *piece = (wbi_slice){.record = part->record};
  wb_status status = arrow_strip(part, format, &piece->strip);
  if (status || column->cells <= WBI_CELLS_NULL) return status;
  if (column->cells == WBI_CELLS_LIST && part->rows > 0)
    piece->base = wbi_strip_number(&piece->strip, 0);
  if (column->coded)
    status = arrow_words(schema->dictionary, part->array->dictionary, &piece->words);
  if (status) return status;
  return arrow_bind_sound(parts, index, column, piece) ? WB_OK : WB_E_INVALID;
}

/* How many elements the lists of a part have. */
static uint64_t arrow_span(const wbi_part *part, const wbi_slice *piece) {
  return part->rows ? (uint64_t)(wbi_strip_number(&piece->strip, part->rows) - piece->base) : 0;
}

wbi_map *wbi_map_make(wbi_arena *arena, uint32_t count) {
  wbi_map *map = wbi_arena_alloc(arena, sizeof *map + count * sizeof *map->starts);
  if (!map) return NULL;
  map->starts = (uint32_t *)(map + 1);
  map->count = count;
  return map;
}

/* Counts the elements of a list's batches, and says where those of each begin. */
static wb_status arrow_map_elements(const wbi_parts *parts, wbi_column *column) {
  uint64_t total = 0;
  wbi_map *map = parts->map ? wbi_map_make(parts->arena, parts->count) : NULL;
  if (parts->map && !map) return WB_E_NOMEM;
  for (uint32_t i = 0; i < parts->count; ++i) {
    if (map) map->starts[i] = (uint32_t)total;
    total += arrow_span(&parts->at[i], map ? &column->pieces[i] : &column->piece);
    if (total > ARROW_ROWS_MOST) return WB_E_LIMIT;
  }
  column->elements = map;
  return WB_OK;
}

wb_status wbi_arrow_bind(const wbi_parts *parts, const struct ArrowSchema *schema,
                         wbi_column *column) {
  wbi_slice *pieces = NULL;
  wbi_column made = *column;
  if (parts->map) {
    pieces = wbi_arena_array(parts->arena, parts->count, sizeof *pieces);
    if (!pieces) return WB_E_NOMEM;
  }
  for (uint32_t i = 0; i < parts->count; ++i) {
    wb_status status = arrow_bind_part(parts, i, schema, column, pieces ? &pieces[i] : &made.piece);
    if (status) return status;
  }
  if (pieces) made.piece = pieces[0];
  made.map = parts->map;
  made.pieces = pieces;
  wb_status status = made.cells == WBI_CELLS_LIST ? arrow_map_elements(parts, &made) : WB_OK;
  if (!status) *column = made;
  return status;
}

/* ---- lists -------------------------------------------------------------------------------- */

/* Parts that go with others, of the same batches. */
static wb_status arrow_parts_like(const wbi_parts *others, const wbi_column *lists,
                                  wbi_parts *parts) {
  *parts = *others;
  parts->lists = lists;
  parts->at = wbi_arena_array(others->arena, others->count, sizeof *parts->at);
  return parts->at ? WB_OK : WB_E_NOMEM;
}

wb_status wbi_arrow_elements(const wbi_parts *lists, const wbi_column *column,
                             wbi_parts *elements) {
  wb_status status = arrow_parts_like(lists, column, elements);
  elements->map = column->elements;
  for (uint32_t i = 0; !status && i < lists->count; ++i) {
    const wbi_part *list = &lists->at[i];
    const wbi_slice *piece = column->map ? &column->pieces[i] : &column->piece;
    if (piece->base > arrow_position_most) return WB_E_INVALID;
    elements->at[i] = (wbi_part){.array = list->array->children[0],
                                 .from = (size_t)piece->base,
                                 .rows = (size_t)arrow_span(list, piece),
                                 .lists = list->rows};
  }
  return status;
}

/* Whether schema and array have the same columns. */
static bool arrow_children_sound(const struct ArrowSchema *schema, const struct ArrowArray *array) {
  if (schema->n_children != array->n_children) return false;
  if (schema->n_children > 0 && !array->children) return false;
  for (int64_t i = 0; i < schema->n_children; ++i)
    if (!array->children[i]) return false;
  return true;
}

/* Checks a struct array of which a part is used; sets where it says that a record is absent. */
static wb_status arrow_record(const wbi_part *part, const struct ArrowSchema *schema,
                              wbi_mask *record) {
  const struct ArrowArray *array = part->array;
  if (!arrow_counts_sound(array) || !arrow_children_sound(schema, array)) return WB_E_INVALID;
  if (array->n_buffers != 1 || !array->buffers) return WB_E_INVALID;
  if ((uint64_t)array->length < (uint64_t)part->from + part->rows) return WB_E_INVALID;
  return arrow_mask(part, record);
}

wb_status wbi_arrow_records(const wbi_parts *elements, const struct ArrowSchema *schema,
                            wbi_parts *records) {
  wb_status status = arrow_parts_like(elements, elements->lists, records);
  for (uint32_t i = 0; !status && i < elements->count; ++i) {
    records->at[i] = elements->at[i];
    status = arrow_record(&elements->at[i], schema, &records->at[i].record);
  }
  return status;
}

wb_status wbi_arrow_member(const wbi_parts *records, uint32_t index, wbi_parts *member) {
  wb_status status = arrow_parts_like(records, records->lists, member);
  for (uint32_t i = 0; !status && i < records->count; ++i) {
    member->at[i] = records->at[i];
    member->at[i].from += (size_t)records->at[i].array->offset;
    member->at[i].array = records->at[i].array->children[index];
  }
  return status;
}

/* ---- tables ------------------------------------------------------------------------------- */

/* Whether the children of a schema are there. */
static bool arrow_schemas_sound(const struct ArrowSchema *schema) {
  if (schema->n_children < 0 || (schema->n_children > 0 && !schema->children)) return false;
  for (int64_t i = 0; i < schema->n_children; ++i)
    if (!schema->children[i]) return false;
  return true;
}

bool wbi_arrow_is_record(const struct ArrowSchema *schema) {
  return schema->format && strcmp(schema->format, "+s") == 0 && schema->n_children <= INT32_MAX &&
         arrow_schemas_sound(schema);
}

wb_status wbi_arrow_schema(const struct ArrowSchema *schema, wb_error *error) {
  if (!schema || !schema->release)
    return wbi_fail(error, WB_E_INVALID, "The table is missing or was released.");
  if (!schema->format || strcmp(schema->format, "+s") != 0)
    return wbi_fail(error, WB_E_TYPE, "A table is a struct array (format +s).");
  if (schema->n_children > INT32_MAX)
    return wbi_fail(error, WB_E_LIMIT, "The table has too many rows or columns.");
  if (!arrow_schemas_sound(schema))
    return wbi_fail(error, WB_E_INVALID, "The table's lengths or columns contradict themselves.");
  return WB_OK;
}

/* Whether no row of a struct array is absent as a whole. */
static bool arrow_rows_present(const struct ArrowArray *array) {
  const void *bits = array->n_buffers == 1 && array->buffers ? array->buffers[0] : NULL;
  const wbi_mask present = {bits, (size_t)array->offset};
  if (!bits || array->null_count == 0) return array->null_count <= 0;
  for (int64_t i = 0; i < array->length; ++i)
    if (!wbi_mask_has(&present, (size_t)i)) return false;
  return true;
}

wb_status wbi_arrow_batch(const struct ArrowSchema *schema, const struct ArrowArray *array,
                          uint32_t *rows, wb_error *error) {
  if (!array->release)
    return wbi_fail(error, WB_E_INVALID, "The table is missing or was released.");
  if (!arrow_counts_sound(array) || !arrow_children_sound(schema, array))
    return wbi_fail(error, WB_E_INVALID, "The table's lengths or columns contradict themselves.");
  if (array->length > ARROW_ROWS_MOST)
    return wbi_fail(error, WB_E_LIMIT, "The table has too many rows or columns.");
  if (!arrow_rows_present(array))
    return wbi_fail(error, WB_E_INVALID, "A row of the table is null.");
  *rows = (uint32_t)array->length;
  return WB_OK;
}

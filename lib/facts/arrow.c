/* SPDX-License-Identifier: MIT */
/*
 * Columns in the layout of the Arrow C Data Interface. The interface says how long an array is but
 * not how long its buffers are: what can be checked is checked here, once, and the rest is the
 * host's word.
 */
#include "facts/facts_private.h"

/* Rows of a table, and positions in an array; far below what would overflow an address. */
enum { ARROW_ROWS_MOST = INT32_MAX - 1 };
static const int64_t arrow_position_most = (int64_t)(PTRDIFF_MAX / 32);

/* Formats without parameters. */
typedef struct arrow_format {
  char name[4];
  uint8_t cells; /* enum wbi_cells */
  uint8_t width, buffers;
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
    {"z", WBI_CELLS_BYTES, 4, 3, true},  {"Z", WBI_CELLS_BYTES, 8, 3, true},
    {"tdD", WBI_CELLS_DATE, 4, 2, true},
};

static const arrow_format arrow_wall = {"ts", WBI_CELLS_WALL, 8, 2, true};
static const arrow_format arrow_instant = {"ts", WBI_CELLS_INSTANT, 8, 2, true};

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

/* The format of an array; NULL: none that is read here. */
static const arrow_format *arrow_format_of(const char *format, int32_t *unit) {
  if (!format) return NULL;
  for (size_t i = 0; i < WBI_COUNT(arrow_formats); ++i)
    if (strcmp(format, arrow_formats[i].name) == 0) return &arrow_formats[i];
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

/* Whether a bit of a bitmap is set. */
static bool arrow_bit(const uint8_t *bits, size_t at) {
  return bits[at / 8] >> (at % 8) & 1;
}

/* Reads a value of 1, 2, 4 or 8 bytes. */
static int64_t arrow_number(const wbi_strip *strip, size_t at) {
  const uint8_t *from = strip->values + at * strip->width;
  if (strip->width == 8) {
    int64_t value;
    memcpy(&value, from, sizeof value);
    return value;
  }
  if (strip->width == 4) {
    int32_t value;
    memcpy(&value, from, sizeof value);
    return strip->is_signed ? value : (int64_t)(uint32_t)value;
  }
  if (strip->width == 2) {
    int16_t value;
    memcpy(&value, from, sizeof value);
    return strip->is_signed ? value : (int64_t)(uint16_t)value;
  }
  return strip->is_signed ? (int64_t)(int8_t)*from : *from;
}

/* Whether a row of an array holds a value. */
static bool arrow_present(const wbi_strip *strip, size_t row) {
  return !strip->validity || arrow_bit(strip->validity, strip->first + row);
}

/* Whether the offsets of a text array begin at or after 0, never fall and fit in memory. */
static bool arrow_offsets_sound(const wbi_strip *strip, size_t rows) {
  int64_t last = 0;
  if (rows == 0) return true;
  for (size_t i = 0; i <= rows; ++i) {
    int64_t offset = arrow_number(strip, strip->first + i);
    if (offset < last) return false;
    last = offset;
  }
  return last <= PTRDIFF_MAX && (last == 0 || strip->bytes);
}

/* Whether an array is there, is flat, and has the buffers of its format and so many rows. */
static bool arrow_shape_sound(const struct ArrowArray *array, const arrow_format *format,
                              uint64_t rows) {
  if (!array || !arrow_counts_sound(array) || array->n_children != 0) return false;
  if ((uint64_t)array->length < rows) return false;
  return format->cells == WBI_CELLS_NULL || (array->n_buffers == format->buffers && array->buffers);
}

/* Checks an array whose rows from `from` on are used, and makes it a strip. */
static wb_status arrow_strip(const struct ArrowArray *array, const arrow_format *format,
                             size_t from, size_t rows, wbi_strip *strip) {
  if (!arrow_shape_sound(array, format, (uint64_t)from + rows)) return WB_E_INVALID;
  if (format->cells == WBI_CELLS_NULL) return WB_OK;
  strip->validity = array->null_count == 0 ? NULL : array->buffers[0];
  strip->values = array->buffers[1];
  strip->bytes = format->buffers == 3 ? array->buffers[2] : NULL;
  strip->first = (size_t)array->offset + from;
  strip->width = format->width;
  strip->is_signed = format->is_signed;
  if (array->null_count > 0 && !strip->validity) return WB_E_INVALID;
  if (rows > 0 && !strip->values) return WB_E_INVALID;
  return format->buffers < 3 || arrow_offsets_sound(strip, rows) ? WB_OK : WB_E_INVALID;
}

/* Checks the words of a dictionary-encoded column, and that every index is one of them. */
static wb_status arrow_words(const struct ArrowSchema *schema, const struct ArrowArray *array,
                             size_t rows, wbi_column *column) {
  int32_t unit = 0;
  const arrow_format *format = arrow_format_of(schema->dictionary->format, &unit);
  if (!format || format->cells != WBI_CELLS_TEXT || schema->dictionary->dictionary)
    return WB_E_TYPE;
  const struct ArrowArray *words = array->dictionary;
  if (!words || words->length < 0 || words->length > ARROW_ROWS_MOST) return WB_E_INVALID;
  wb_status status = arrow_strip(words, format, 0, (size_t)words->length, &column->words);
  if (status) return status;
  for (size_t i = 0; i < rows; ++i) {
    if (!arrow_present(&column->strip, i)) continue;
    int64_t word = arrow_number(&column->strip, column->strip.first + i);
    if (word < 0 || word >= words->length) return WB_E_INVALID;
  }
  return WB_OK;
}

wb_status wbi_arrow_column(const struct ArrowSchema *schema, const struct ArrowArray *array,
                           uint32_t index, wbi_column *column) {
  wbi_column made = {0};
  const struct ArrowSchema *shape = schema->children[index];
  const struct ArrowArray *child = array->children[index];
  const arrow_format *format = arrow_format_of(shape->format, &made.unit);
  made.coded = shape->dictionary != NULL;
  if (!format || shape->n_children != 0) return WB_E_TYPE;
  if (made.coded && format->cells != WBI_CELLS_INT) return WB_E_TYPE;
  made.cells = made.coded ? WBI_CELLS_TEXT : format->cells;
  size_t rows = (size_t)array->length;
  wb_status status = arrow_strip(child, format, (size_t)array->offset, rows, &made.strip);
  if (!status && made.coded) status = arrow_words(shape, child, rows, &made);
  if (!status) *column = made;
  return status;
}

/* Whether no row of a struct array is absent as a whole. */
static bool arrow_rows_present(const struct ArrowArray *array) {
  const uint8_t *validity = array->n_buffers == 1 && array->buffers ? array->buffers[0] : NULL;
  if (!validity || array->null_count == 0) return array->null_count <= 0;
  for (int64_t i = 0; i < array->length; ++i)
    if (!arrow_bit(validity, (size_t)(array->offset + i))) return false;
  return true;
}

/* Whether schema and array have the same columns. */
static bool arrow_children_sound(const struct ArrowSchema *schema, const struct ArrowArray *array) {
  if (schema->n_children < 0 || schema->n_children != array->n_children) return false;
  if (schema->n_children > 0 && (!schema->children || !array->children)) return false;
  for (int64_t i = 0; i < schema->n_children; ++i)
    if (!schema->children[i] || !array->children[i]) return false;
  return true;
}

wb_status wbi_arrow_table(const struct ArrowSchema *schema, const struct ArrowArray *array,
                          uint32_t *rows, wb_error *error) {
  if (!schema || !array || !schema->release || !array->release)
    return wbi_fail(error, WB_E_INVALID, "The table is missing or was released.");
  if (!schema->format || strcmp(schema->format, "+s") != 0)
    return wbi_fail(error, WB_E_TYPE, "A table is a struct array (format +s).");
  if (!arrow_counts_sound(array) || !arrow_children_sound(schema, array))
    return wbi_fail(error, WB_E_INVALID, "The table's lengths or columns contradict themselves.");
  if (array->length > ARROW_ROWS_MOST || schema->n_children > INT32_MAX)
    return wbi_fail(error, WB_E_LIMIT, "The table has too many rows or columns.");
  if (!arrow_rows_present(array))
    return wbi_fail(error, WB_E_INVALID, "A row of the table is null.");
  *rows = (uint32_t)array->length;
  return WB_OK;
}

/* Text between two offsets; false when absent or empty. */
static bool arrow_text(const wbi_strip *strip, size_t row, wbi_text *text) {
  if (!arrow_present(strip, row)) return false;
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
  if (wide[0] == wide[1]) return false;
  *text = (wbi_text){strip->bytes + wide[0], (size_t)(wide[1] - wide[0])};
  return true;
}

bool wbi_column_text(const wbi_column *column, uint32_t row, wbi_text *text) {
  if (column->cells != WBI_CELLS_TEXT && column->cells != WBI_CELLS_BYTES) return false;
  if (!column->coded) return arrow_text(&column->strip, row, text);
  if (!arrow_present(&column->strip, row)) return false;
  return arrow_text(&column->words, (size_t)arrow_number(&column->strip, column->strip.first + row),
                    text);
}

bool wbi_column_int(const wbi_column *column, uint32_t row, int64_t *value) {
  if (column->cells <= WBI_CELLS_NULL || !arrow_present(&column->strip, row)) return false;
  size_t at = column->strip.first + row;
  *value = column->cells == WBI_CELLS_BOOL ? arrow_bit(column->strip.values, at)
                                           : arrow_number(&column->strip, at);
  return true;
}

bool wbi_column_real(const wbi_column *column, uint32_t row, double *value) {
  if (column->cells != WBI_CELLS_REAL || !arrow_present(&column->strip, row)) return false;
  const uint8_t *from = column->strip.values + (column->strip.first + row) * column->strip.width;
  if (column->strip.width == 4) {
    float single;
    memcpy(&single, from, sizeof single);
    *value = (double)single;
    return true;
  }
  memcpy(value, from, sizeof *value);
  return true;
}

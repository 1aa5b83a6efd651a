/* SPDX-License-Identifier: MIT */
#include "support/tables.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A piece of the text. */
typedef struct table_cell {
  const char *data;
  size_t length;
} table_cell;

/* Ends the program: the test is malformed, or there is no memory. */
static void table_stop(const char *what) {
  fprintf(stderr, "tables: %s\n", what);
  abort();
}

static void *table_alloc(size_t count, size_t size) {
  void *memory = calloc(count ? count : 1, size);
  if (!memory) table_stop("no memory");
  return memory;
}

/* The `index`-th piece between separators; an index past the last is malformed. */
static table_cell table_piece(table_cell text, char separator, size_t index) {
  const char *from = text.data, *end = text.data + text.length;
  for (;; --index) {
    const char *to = memchr(from, separator, (size_t)(end - from));
    if (!index) return (table_cell){from, (size_t)((to ? to : end) - from)};
    if (!to) table_stop("a row is too short");
    from = to + 1;
  }
}

static size_t table_pieces(table_cell text, char separator) {
  size_t count = 1;
  for (size_t i = 0; i < text.length; ++i)
    count += text.data[i] == separator;
  return count;
}

static char *table_copy(const char *data, size_t length) {
  char *copy = table_alloc(length + 1, 1);
  memcpy(copy, data, length);
  return copy;
}

/* Days from 1970-01-01 of "2026-01-30", counted year by year so that it is not the library's way.
 */
static int32_t table_days(const char *text) {
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int year = 0, month = 0, day = 0, days = 0;
  if (sscanf(text, "%4d-%2d-%2d", &year, &month, &day) != 3) table_stop("not a date");
  for (int y = 1970; y < year; ++y)
    days += y % 4 == 0 && (y % 100 != 0 || y % 400 == 0) ? 366 : 365;
  for (int y = year; y < 1970; ++y)
    days -= y % 4 == 0 && (y % 100 != 0 || y % 400 == 0) ? 366 : 365;
  for (int m = 1; m < month; ++m)
    days += lengths[m - 1] + (m == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
  return days + day - 1;
}

/* Bytes of one cell of a format of fixed width; 0: text or bits. */
static size_t table_width(const char *format) {
  if (!strcmp(format, "tdD") || !strcmp(format, "i") || !strcmp(format, "I")) return 4;
  if (!strcmp(format, "tts")) return 4;
  if (!strncmp(format, "tss:", 4) || !strcmp(format, "tdm") || strchr("lLg", format[0])) return 8;
  if (!strcmp(format, "s")) return 2;
  if (!strcmp(format, "c")) return 1;
  return 0;
}

/* Writes one cell of fixed width. */
static void table_number(const char *format, const char *text, void *at, size_t width) {
  if (!strcmp(format, "g")) {
    double real = strtod(text, NULL);
    memcpy(at, &real, sizeof real);
    return;
  }
  long long whole = strcmp(format, "tdD") ? strtoll(text, NULL, 10) : table_days(text);
  int8_t one = (int8_t)whole;
  int16_t two = (int16_t)whole;
  int32_t four = (int32_t)whole;
  int64_t eight = (int64_t)whole;
  const void *from[] = {NULL, &one, &two, NULL, &four, NULL, NULL, NULL, &eight};
  memcpy(at, from[width], width);
}

/* Appends a text and writes where it ends, in 32 or 64 bits. */
static void table_text(const struct ArrowArray *column, bool large, size_t row, table_cell cell) {
  void *offsets = (void *)(uintptr_t)column->buffers[1];
  char *bytes = (void *)(uintptr_t)column->buffers[2];
  int64_t from = large ? ((int64_t *)offsets)[row] : ((int32_t *)offsets)[row];
  memcpy(bytes + from, cell.data, cell.length);
  if (large) {
    ((int64_t *)offsets)[row + 1] = from + (int64_t)cell.length;
  } else {
    ((int32_t *)offsets)[row + 1] = (int32_t)from + (int32_t)cell.length;
  }
}

/* Fills one column from the rows of the text. */
static void table_fill(const struct ArrowSchema *schema, struct ArrowArray *column, table_cell text,
                       size_t index) {
  size_t width = table_width(schema->format), rows = (size_t)column->length;
  uint8_t *valid = (void *)(uintptr_t)column->buffers[0];
  uint8_t *cells = (void *)(uintptr_t)column->buffers[1];
  table_cell rest = text;
  for (size_t row = 0; row < rows; ++row) {
    size_t line = table_piece(rest, '\n', 0).length + 1;
    rest = (table_cell){rest.data + line, rest.length - line};
    table_cell cell = table_piece(table_piece(rest, '\n', 0), '|', index);
    char *copy = table_copy(cell.data, cell.length);
    if (cell.length) {
      valid[row / 8] |= (uint8_t)(1u << row % 8);
    } else {
      column->null_count++;
    }
    if (column->n_buffers == 3) {
      table_text(column, schema->format[0] == 'U', row, cell);
    } else if (width && cell.length) {
      table_number(schema->format, copy, cells + row * width, width);
    } else if (copy[0] == '1') {
      cells[row / 8] |= (uint8_t)(1u << row % 8);
    }
    free(copy);
  }
}

static void table_release_schema(struct ArrowSchema *schema) {
  for (int64_t i = 0; i < schema->n_children; ++i) {
    if (schema->children[i]->release) schema->children[i]->release(schema->children[i]);
    free(schema->children[i]);
  }
  free(schema->children);
  free((void *)(uintptr_t)schema->format);
  free((void *)(uintptr_t)schema->name);
  schema->release = NULL;
}

static void table_release_array(struct ArrowArray *array) {
  for (int64_t i = 0; i < array->n_children; ++i) {
    if (array->children[i]->release) array->children[i]->release(array->children[i]);
    free(array->children[i]);
  }
  for (int64_t i = 0; i < array->n_buffers; ++i)
    free((void *)(uintptr_t)array->buffers[i]);
  free(array->children);
  free(array->buffers);
  array->release = NULL;
}

/* One column: "name:format". */
static void table_column(table_cell head, size_t rows, size_t bytes, struct ArrowSchema *schema,
                         struct ArrowArray *array) {
  const char *colon = memchr(head.data, ':', head.length);
  if (!colon) table_stop("a column has no format");
  size_t name = (size_t)(colon - head.data);
  *schema = (struct ArrowSchema){.format = table_copy(colon + 1, head.length - name - 1),
                                 .name = table_copy(head.data, name),
                                 .flags = ARROW_FLAG_NULLABLE,
                                 .release = table_release_schema};
  bool text = strchr("uUz", schema->format[0]) != NULL;
  *array = (struct ArrowArray){
      .length = (int64_t)rows, .n_buffers = text ? 3 : 2, .release = table_release_array};
  array->buffers = table_alloc(3, sizeof(void *));
  array->buffers[0] = table_alloc(rows / 8 + 1, 1);
  array->buffers[1] = table_alloc(rows + 1, 8);
  if (text) array->buffers[2] = table_alloc(bytes, 1);
}

void table_make(const char *text, struct ArrowSchema *schema, struct ArrowArray *array) {
  table_cell all = {text, strlen(text)};
  table_cell head = table_piece(all, '\n', 0);
  size_t columns = table_pieces(head, '|'), rows = table_pieces(all, '\n') - 1;
  if (all.length && text[all.length - 1] == '\n') rows--;
  *schema = (struct ArrowSchema){.format = table_copy("+s", 2),
                                 .name = table_copy("", 0),
                                 .n_children = (int64_t)columns,
                                 .children = table_alloc(columns, sizeof(void *)),
                                 .release = table_release_schema};
  *array = (struct ArrowArray){.length = (int64_t)rows,
                               .n_buffers = 1,
                               .n_children = (int64_t)columns,
                               .buffers = table_alloc(1, sizeof(void *)),
                               .children = table_alloc(columns, sizeof(void *)),
                               .release = table_release_array};
  for (size_t i = 0; i < columns; ++i) {
    schema->children[i] = table_alloc(1, sizeof(struct ArrowSchema));
    array->children[i] = table_alloc(1, sizeof(struct ArrowArray));
    table_column(table_piece(head, '|', i), rows, all.length, schema->children[i],
                 array->children[i]);
    table_fill(schema->children[i], array->children[i], all, i);
  }
}

void table_release(struct ArrowSchema *schema, struct ArrowArray *array) {
  if (schema->release) schema->release(schema);
  if (array->release) array->release(array);
}

wb_status table_add(wb_facts *facts, const char *table, const char *text, wb_error *error) {
  struct ArrowSchema schema;
  struct ArrowArray array;
  table_make(text, &schema, &array);
  wb_status status = wb_facts_add(facts, table, &schema, &array, error);
  table_release(&schema, &array);
  return status;
}

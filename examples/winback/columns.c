/* SPDX-License-Identifier: MIT */
/* Columns in the layout of the Arrow C Data Interface. No Arrow library is needed. */
#include "columns.h"

#include "cli.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MOST = 32 };

/* One column while it is filled. */
typedef struct column_build {
  uint8_t *valid; /* a bit a row */
  void *cells;    /* numbers, bits, or the offsets of text */
  char *bytes;    /* of text */
  size_t used, capacity;
  int64_t absent;
  bool set; /* in the row being written */
} column_build;

struct cli_table {
  const char *name;
  struct cli_table *next;
  cli_column columns[COLUMNS_MOST];
  size_t rows, capacity;
  int count;
  column_build build[COLUMNS_MOST];
};

/* What the two Arrow structs own: the pointers they need. The cells stay with the table. */
typedef struct column_shape {
  struct ArrowSchema children[COLUMNS_MOST];
  struct ArrowSchema *pointers[COLUMNS_MOST];
} column_shape;

typedef struct column_store {
  struct ArrowArray children[COLUMNS_MOST];
  struct ArrowArray *pointers[COLUMNS_MOST];
  const void *buffers[COLUMNS_MOST][3];
  const void *none[1];
} column_store;

/* Bytes of a cell; 0: bits. Text has offsets of four bytes. */
static size_t column_width(const char *format) {
  if (format[0] == 'b') return 0;
  return format[0] == 'l' || !strncmp(format, "tss", 3) ? 8 : 4;
}

/* Makes room for twice as many rows. */
static void column_widen(cli_table *table) {
  size_t before = table->capacity, rows = before ? before * 2 : 64;
  for (int i = 0; i < table->count; i++) {
    column_build *build = &table->build[i];
    size_t width = column_width(table->columns[i].format);
    build->valid = cli_grow(build->valid, rows / 8, 1);
    memset(build->valid + before / 8, 0, (rows - before) / 8);
    build->cells = cli_grow(build->cells, rows + 1, width ? width : 1);
    if (!before) memset(build->cells, 0, (rows + 1) * (width ? width : 1));
  }
  table->capacity = rows;
}

cli_table *cli_table_new(const cli_column *columns, int count) {
  cli_table *table = cli_grow(NULL, 1, sizeof *table);
  *table = (cli_table){.count = count};
  memcpy(table->columns, columns, (size_t)count * sizeof *columns);
  column_widen(table);
  return table;
}

void cli_put_text(cli_table *table, int column, const char *data, size_t length) {
  column_build *build = &table->build[column];
  if (!length) return;
  if (length > (size_t)INT32_MAX - build->used) {
    cli_error("the column %s is longer than 2 GiB", table->columns[column].name);
    exit(CLI_DATA);
  }
  if (build->capacity - build->used < length) {
    build->capacity = (build->used + length) * 2;
    build->bytes = cli_grow(build->bytes, build->capacity, 1);
  }
  memcpy(build->bytes + build->used, data, length);
  build->used += length;
  build->set = true;
}

void cli_put_number(cli_table *table, int column, int64_t value) {
  column_build *build = &table->build[column];
  size_t width = column_width(table->columns[column].format), row = table->rows;
  build->set = true;
  if (width == 8) {
    ((int64_t *)build->cells)[row] = value;
  } else if (width == 4) {
    ((int32_t *)build->cells)[row] = (int32_t)value;
  } else if (value) {
    ((uint8_t *)build->cells)[row / 8] |= (uint8_t)(1u << row % 8);
  }
}

void cli_put_date(cli_table *table, int column, wb_date date) {
  if (date != WB_DATE_NONE) cli_put_number(table, column, date);
}

/* Begins a row with cells of zero. */
static void column_clear(cli_table *table) {
  size_t row = table->rows;
  for (int i = 0; i < table->count; i++) {
    size_t width = column_width(table->columns[i].format);
    char *cells = table->build[i].cells;
    if (table->columns[i].format[0] == 'u') continue;
    if (width) {
      memset(cells + row * width, 0, width);
    } else if (row % 8 == 0) {
      cells[row / 8] = 0;
    }
  }
}

void cli_table_row(cli_table *table) {
  size_t row = table->rows;
  for (int i = 0; i < table->count; i++) {
    column_build *build = &table->build[i];
    if (table->columns[i].format[0] == 'u') {
      ((int32_t *)build->cells)[row + 1] = (int32_t)build->used;
    }
    if (build->set) build->valid[row / 8] |= (uint8_t)(1u << row % 8);
    build->absent += !build->set;
    build->set = false;
  }
  if (++table->rows == table->capacity) column_widen(table);
  column_clear(table);
}

void cli_table_undo(cli_table *table) {
  size_t row = table->rows;
  for (int i = 0; i < table->count; i++) {
    column_build *build = &table->build[i];
    char kind = table->columns[i].format[0];
    if (kind == 'u') build->used = (size_t)((int32_t *)build->cells)[row];
    if (kind == 'b') ((uint8_t *)build->cells)[row / 8] &= (uint8_t) ~(1u << row % 8);
    build->set = false;
  }
  column_clear(table);
}

static void column_free(column_build *build) {
  for (int i = 0; i < COLUMNS_MOST; i++) {
    free(build[i].valid);
    free(build[i].cells);
    free(build[i].bytes);
  }
}

void cli_table_free(cli_table *table) {
  if (table) column_free(table->build);
  free(table);
}

static void column_release_schema(struct ArrowSchema *schema) {
  free(schema->private_data); /* NULL in a child */
  schema->release = NULL;
}

static void column_release_array(struct ArrowArray *array) {
  free(array->private_data); /* NULL in a child */
  array->release = NULL;
}

static void column_export_schema(const cli_table *table, struct ArrowSchema *schema) {
  column_shape *shape = cli_grow(NULL, 1, sizeof *shape);
  for (int i = 0; i < table->count; i++) {
    shape->children[i] = (struct ArrowSchema){.format = table->columns[i].format,
                                              .name = table->columns[i].name,
                                              .flags = ARROW_FLAG_NULLABLE,
                                              .release = column_release_schema};
    shape->pointers[i] = &shape->children[i];
  }
  *schema = (struct ArrowSchema){.format = "+s",
                                 .name = "",
                                 .n_children = table->count,
                                 .children = shape->pointers,
                                 .release = column_release_schema,
                                 .private_data = shape};
}

static void column_export_array(const cli_table *table, struct ArrowArray *array) {
  column_store *store = cli_grow(NULL, 1, sizeof *store);
  store->none[0] = NULL;
  for (int i = 0; i < table->count; i++) {
    const column_build *build = &table->build[i];
    bool text = table->columns[i].format[0] == 'u';
    store->buffers[i][0] = build->valid;
    store->buffers[i][1] = build->cells;
    store->buffers[i][2] = build->bytes ? build->bytes : "";
    store->children[i] = (struct ArrowArray){.length = (int64_t)table->rows,
                                             .null_count = build->absent,
                                             .n_buffers = text ? 3 : 2,
                                             .buffers = store->buffers[i],
                                             .release = column_release_array};
    store->pointers[i] = &store->children[i];
  }
  *array = (struct ArrowArray){.length = (int64_t)table->rows,
                               .n_buffers = 1,
                               .buffers = store->none,
                               .n_children = table->count,
                               .children = store->pointers,
                               .release = column_release_array,
                               .private_data = store};
}

int cli_table_lend(const cli_table *table, wb_facts *facts) {
  struct ArrowSchema schema;
  struct ArrowArray array;
  column_export_schema(table, &schema);
  column_export_array(table, &array);
  wb_error error = {0};
  wb_status status = wb_facts_add(facts, table->name, &schema, &array, &error);
  if (status == WB_OK) return CLI_OK;
  schema.release(&schema);
  array.release(&array);
  return cli_fail(table->name, status, &error);
}

void cli_tables_add(cli_tables *tables, const char *name, cli_table *table) {
  cli_table **last = &tables->first;
  while (*last)
    last = &(*last)->next;
  table->name = name;
  *last = table;
}

cli_table *cli_tables_find(const cli_tables *tables, const char *name) {
  cli_table *table = tables->first;
  while (table && strcmp(table->name, name))
    table = table->next;
  return table;
}

int cli_table_column(const cli_table *table, const char *name) {
  for (int i = 0; i < table->count; i++) {
    if (!strcmp(table->columns[i].name, name)) return i;
  }
  return -1;
}

int cli_tables_lend(const cli_tables *tables, wb_facts *facts) {
  int result = CLI_OK;
  for (const cli_table *table = tables->first; result == CLI_OK && table; table = table->next)
    result = cli_table_lend(table, facts);
  return result;
}

void cli_tables_free(cli_tables *tables) {
  while (tables->first) {
    cli_table *table = tables->first;
    tables->first = table->next;
    cli_table_free(table);
  }
}

/* SPDX-License-Identifier: MIT */
/* Cross tables: the last field goes across, those before it down. */
#include "cross.h"

#include "csv.h"

#include <stdlib.h>
#include <string.h>

/* ---- fields ------------------------------------------------------------------------------- */

/* Refuses a field that has not one value a patient. */
static int cross_check(const cli_cross *cross, const cli_cross_axis *axis) {
  wb_field about = {.size = sizeof about}, list = {.size = sizeof list};
  if (wb_schema_get(cross->world->schema, axis->field, &about) != WB_OK) return CLI_USAGE;
  if (about.type != WB_LIST && !about.list) return CLI_OK;
  if (about.type == WB_LIST) list = about;
  if (about.list) wb_schema_get(cross->world->schema, about.list - 1, &list);
  cli_error("--by: a patient has several of %s; ask about it with --where '%s.exists(x, ...)'",
            axis->name, list.name);
  return CLI_USAGE;
}

int cli_cross_begin(cli_cross *cross, const cli_world *world, const char *by) {
  *cross = (cli_cross){.world = world};
  if (!by) return CLI_OK;
  cross->by = strdup(by);
  char *rest = cross->by;
  while (rest) {
    char *comma = strchr(rest, ',');
    if (comma) *comma = 0;
    if (cross->axis_count == CLI_CROSS_AXES) {
      cli_error("--by takes %d fields at most", CLI_CROSS_AXES);
      return CLI_USAGE;
    }
    cli_cross_axis *axis = &cross->axes[cross->axis_count++];
    axis->name = rest;
    int result = cli_field_find(world, "--by", rest, strlen(rest), &axis->field);
    if (result == CLI_OK) result = cross_check(cross, axis);
    if (result != CLI_OK) return result;
    rest = comma ? comma + 1 : NULL;
  }
  return CLI_OK;
}

/* ---- patient by patient ------------------------------------------------------------------- */

/* The number of a patient's value along an axis. */
static wb_status cross_place(cli_cross *cross, cli_cross_axis *axis, uint64_t row, uint32_t *number,
                             wb_error *error) {
  cli_answer answer;
  wb_status status = cli_field_read(cross->world, row, axis->field, &answer, error);
  if (status != WB_OK) return status;
  char *key = cli_grow(NULL, answer.length + 1, 1);
  key[0] = answer.kind == WB_NULL ? 'n' : answer.kind == WB_UNKNOWN ? 'u' : 'v';
  memcpy(key + 1, answer.text, answer.length);
  uint32_t before = axis->map.count;
  *number = cli_map_add(&axis->map, key, answer.length + 1);
  free(key);
  if (*number < before) return WB_OK;
  axis->values = cli_grow(axis->values, (size_t)before + 1, sizeof *axis->values);
  axis->values[before] =
      (cli_cross_value){.rank = answer.number, .number = before, .kind = answer.kind};
  return WB_OK;
}

wb_status cli_cross_add(cli_cross *cross, uint64_t row, wb_error *error) {
  cli_cross_cell cell = {.count = 0};
  for (int i = 0; i < cross->axis_count; i++) {
    wb_status status = cross_place(cross, &cross->axes[i], row, &cell.at[i], error);
    if (status != WB_OK) return status;
  }
  uint32_t before = cross->map.count;
  uint32_t number = cli_map_add(&cross->map, (const char *)cell.at, sizeof cell.at);
  if (number == before) {
    cross->cells = cli_grow(cross->cells, (size_t)before + 1, sizeof cell);
    cross->cells[number] = cell;
  }
  cross->cells[number].count++;
  for (int i = 0; i < cross->axis_count; i++)
    cross->axes[i].values[cell.at[i]].total++;
  return WB_OK;
}

/* ---- order -------------------------------------------------------------------------------- */

/* Values in the order of their domain, of numbers, of the alphabet; absent ones last. */
static int cross_compare(const void *one, const void *other) {
  const cli_cross_value *a = one, *b = other;
  int absent_a = a->kind == WB_NULL ? 1 : a->kind == WB_UNKNOWN ? 2 : 0;
  int absent_b = b->kind == WB_NULL ? 1 : b->kind == WB_UNKNOWN ? 2 : 0;
  if (absent_a != absent_b) return absent_a < absent_b ? -1 : 1;
  if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
  size_t length = a->length < b->length ? a->length : b->length;
  int order = memcmp(a->text, b->text, length);
  return order ? order : (a->length > b->length) - (a->length < b->length);
}

static int cross_compare_cells(const void *one, const void *other) {
  const cli_cross_cell *a = one, *b = other;
  for (int i = 0; i < CLI_CROSS_AXES; i++) {
    if (a->at[i] != b->at[i]) return a->at[i] < b->at[i] ? -1 : 1;
  }
  return 0;
}

/* Puts the values along an axis in their order, and their places into the cells. */
static void cross_sort_axis(cli_cross *cross, int number) {
  cli_cross_axis *axis = &cross->axes[number];
  uint32_t count = axis->map.count, *places = cli_grow(NULL, count, sizeof *places);
  for (uint32_t i = 0; i < count; i++) {
    cli_cross_value *value = &axis->values[i];
    value->text = cli_map_key(&axis->map, i, &value->length) + 1;
    value->length--;
    if (value->kind == WB_NULL || value->kind == WB_UNKNOWN) {
      value->text = value->kind == WB_NULL ? "none" : "unknown";
      value->length = strlen(value->text);
    }
  }
  qsort(axis->values, count, sizeof *axis->values, cross_compare);
  for (uint32_t i = 0; i < count; i++)
    places[axis->values[i].number] = i;
  for (uint32_t i = 0; i < cross->map.count; i++)
    cross->cells[i].at[number] = places[cross->cells[i].at[number]];
  free(places);
}

static void cross_sort(cli_cross *cross) {
  if (!cross->map.count) return;
  for (int i = 0; i < cross->axis_count; i++)
    cross_sort_axis(cross, i);
  qsort(cross->cells, cross->map.count, sizeof *cross->cells, cross_compare_cells);
}

/* ---- lines and columns -------------------------------------------------------------------- */

/* How many fields go down; with one field there is nothing across. */
static int cross_down(const cli_cross *cross) {
  return cross->axis_count > 1 ? cross->axis_count - 1 : 1;
}

/* The last field, which goes across where there are more. */
static const cli_cross_axis *cross_across(const cli_cross *cross) {
  return &cross->axes[cross->axis_count - 1];
}

static uint32_t cross_columns(const cli_cross *cross) {
  return cross->axis_count > 1 ? cross_across(cross)->map.count : 0;
}

static const cli_cross_value *cross_value(const cli_cross *cross, const cli_cross_cell *cell,
                                          int axis) {
  return &cross->axes[axis].values[cell->at[axis]];
}

/* The first cell of the line after that of a cell. */
static uint32_t cross_line_end(const cli_cross *cross, uint32_t first) {
  size_t size = (size_t)cross_down(cross) * sizeof cross->cells->at[0];
  uint32_t end = first + 1;
  while (end < cross->map.count && !memcmp(cross->cells[first].at, cross->cells[end].at, size))
    end++;
  return end;
}

/* The count in a column, of the cells of a line that are left. */
static long cross_take(const cli_cross *cross, uint32_t *at, uint32_t end, uint32_t column) {
  if (*at == end || cross->cells[*at].at[cross->axis_count - 1] != column) return 0;
  return cross->cells[(*at)++].count;
}

static long cross_line_total(const cli_cross *cross, uint32_t first, uint32_t end) {
  long total = 0;
  for (uint32_t i = first; i < end; i++)
    total += cross->cells[i].count;
  return total;
}

/* ---- text --------------------------------------------------------------------------------- */

/* Columns that a text takes; a character is counted by its first byte. */
static int cross_width(const char *text, size_t length) {
  int width = 0;
  for (size_t i = 0; i < length; i++)
    width += ((unsigned char)text[i] & 0xC0) != 0x80;
  return width;
}

/* Writes a text and blanks up to a width: before it when `right`. */
static void cross_pad(const char *text, size_t length, int width, bool right) {
  int blanks = width - cross_width(text, length);
  if (blanks < 0) blanks = 0;
  if (right) printf("%*s", blanks, "");
  fwrite(text, 1, length, stdout);
  if (!right) printf("%*s", blanks, "");
}

static int cross_column_width(const cli_cross_value *value) {
  int width = cross_width(value->text, value->length);
  return (width < 5 ? 5 : width) + 2;
}

/* The title of a field that goes down; the last one's names the field that goes across. */
static void cross_title(const cli_cross *cross, int axis, char *title, size_t size) {
  bool corner = axis == cross_down(cross) - 1 && cross->axis_count > 1;
  snprintf(title, size, "%s%s%s", cross->axes[axis].name, corner ? " / " : "",
           corner ? cross_across(cross)->name : "");
}

/* The width of the column of a field that goes down. */
static int cross_label_width(const cli_cross *cross, int axis) {
  char title[200];
  cross_title(cross, axis, title, sizeof title);
  int width = (int)strlen(title);
  for (uint32_t i = 0; i < cross->axes[axis].map.count; i++) {
    const cli_cross_value *value = &cross->axes[axis].values[i];
    int own = cross_width(value->text, value->length);
    if (own > width) width = own;
  }
  return axis < cross_down(cross) - 1 ? width + 2 : width;
}

static void cross_print_titles(const cli_cross *cross) {
  for (int i = 0; i < cross_down(cross); i++) {
    char title[200];
    cross_title(cross, i, title, sizeof title);
    cross_pad(title, strlen(title), cross_label_width(cross, i), false);
  }
  for (uint32_t i = 0; i < cross_columns(cross); i++) {
    const cli_cross_value *value = &cross_across(cross)->values[i];
    cross_pad(value->text, value->length, cross_column_width(value), true);
  }
  printf("%9s\n", cross->axis_count > 1 ? "total" : "patients");
}

static void cross_print_line(const cli_cross *cross, uint32_t first, uint32_t end) {
  uint32_t at = first;
  for (int i = 0; i < cross_down(cross); i++) {
    const cli_cross_value *value = cross_value(cross, &cross->cells[first], i);
    cross_pad(value->text, value->length, cross_label_width(cross, i), false);
  }
  for (uint32_t i = 0; i < cross_columns(cross); i++) {
    printf("%*ld", cross_column_width(&cross_across(cross)->values[i]),
           cross_take(cross, &at, end, i));
  }
  printf("%9ld\n", cross_line_total(cross, first, end));
}

static void cross_print_text(const cli_cross *cross) {
  cross_print_titles(cross);
  for (uint32_t first = 0, end = 0; first < cross->map.count; first = end) {
    end = cross_line_end(cross, first);
    cross_print_line(cross, first, end);
  }
  for (int i = 0; i < cross_down(cross); i++)
    cross_pad(i ? "" : "total", i ? 0 : 5, cross_label_width(cross, i), false);
  for (uint32_t i = 0; i < cross_columns(cross); i++) {
    const cli_cross_value *value = &cross_across(cross)->values[i];
    printf("%*ld", cross_column_width(value), value->total);
  }
  printf("%9ld\n", cross_line_total(cross, 0, cross->map.count));
}

/* ---- CSV and JSON ------------------------------------------------------------------------- */

/* The same table, without totals, for a program that adds up itself. */
static void cross_print_csv(const cli_cross *cross) {
  for (int i = 0; i < cross_down(cross); i++)
    printf("%s%s", i ? "," : "", cross->axes[i].name);
  for (uint32_t i = 0; i < cross_columns(cross); i++) {
    putchar(',');
    csv_put(cross_across(cross)->values[i].text, cross_across(cross)->values[i].length);
  }
  puts(cross->axis_count > 1 ? "" : ",patients");
  for (uint32_t first = 0, end = 0; first < cross->map.count; first = end) {
    uint32_t at = first;
    end = cross_line_end(cross, first);
    for (int i = 0; i < cross_down(cross); i++) {
      const cli_cross_value *value = cross_value(cross, &cross->cells[first], i);
      if (i) putchar(',');
      csv_put(value->text, value->length);
    }
    for (uint32_t i = 0; i < cross_columns(cross); i++)
      printf(",%ld", cross_take(cross, &at, end, i));
    if (cross->axis_count == 1) printf(",%ld", cross->cells[first].count);
    putchar('\n');
  }
}

/* One line a cell; those with nobody are left out. */
static void cross_print_json(const cli_cross *cross) {
  for (uint32_t i = 0; i < cross->map.count; i++) {
    for (int axis = 0; axis < cross->axis_count; axis++) {
      const cli_cross_value *value = cross_value(cross, &cross->cells[i], axis);
      cli_answer answer = {.text = value->text, .length = value->length, .kind = value->kind};
      printf("%s\"%s\":", axis ? "," : "{", cross->axes[axis].name);
      cli_answer_json(stdout, &answer);
    }
    printf(",\"patients\":%ld}\n", cross->cells[i].count);
  }
}

void cli_cross_print(cli_cross *cross, const cli_options *options) {
  cross_sort(cross);
  if (options->json) {
    cross_print_json(cross);
  } else if (options->csv) {
    cross_print_csv(cross);
  } else {
    cross_print_text(cross);
  }
}

void cli_cross_free(cli_cross *cross) {
  for (int i = 0; i < CLI_CROSS_AXES; i++) {
    cli_map_free(&cross->axes[i].map);
    free(cross->axes[i].values);
  }
  cli_map_free(&cross->map);
  free(cross->cells);
  free(cross->by);
}

/* SPDX-License-Identifier: MIT */
#include "support/crowd.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCALAR(name, type, presence)                                                               \
  { name, NULL, type, presence, 0, -1 }

const crowd_field crowd_fields[] = {
    SCALAR("is.flag", WB_BOOL, WB_REQUIRED),
    SCALAR("none.flag", WB_BOOL, WB_NULLABLE),
    SCALAR("may.flag", WB_BOOL, WB_OPTIONAL),
    SCALAR("is.int", WB_INT, WB_REQUIRED),
    SCALAR("none.int", WB_INT, WB_NULLABLE),
    SCALAR("may.int", WB_INT, WB_OPTIONAL),
    SCALAR("may.uint", WB_UINT, WB_OPTIONAL),
    SCALAR("none.real", WB_DOUBLE, WB_NULLABLE),
    SCALAR("may.real", WB_DOUBLE, WB_OPTIONAL),
    SCALAR("is.text", WB_TEXT, WB_REQUIRED),
    SCALAR("none.text", WB_TEXT, WB_NULLABLE),
    SCALAR("may.text", WB_TEXT, WB_OPTIONAL),
    {"none.kind", "low|mid|high", WB_TEXT, WB_NULLABLE, 0, -1},
    {"may.kind", "low|mid|high", WB_TEXT, WB_OPTIONAL, 0, -1},
    SCALAR("none.day", WB_DATE, WB_NULLABLE),
    SCALAR("may.day", WB_DATE, WB_OPTIONAL),
    {"may.numbers", NULL, WB_LIST, WB_OPTIONAL, WB_INT, -1},
    {"none.items", NULL, WB_LIST, WB_NULLABLE, WB_RECORD, -1},
    {"none.items.kind", "low|mid|high", WB_TEXT, WB_OPTIONAL, 0, 17},
    {"none.items.cost", NULL, WB_INT, WB_NULLABLE, 0, 17},
    {"none.items.fee", NULL, WB_INT, WB_OPTIONAL, 0, 17},
    {"none.items.done", NULL, WB_BOOL, WB_OPTIONAL, 0, 17},
    {"none.items.day", NULL, WB_DATE, WB_NULLABLE, 0, 17},
    {"none.items.name", NULL, WB_TEXT, WB_NULLABLE, 0, 17},
    {"may.parts", NULL, WB_LIST, WB_OPTIONAL, WB_RECORD, -1},
    {"may.parts.size", NULL, WB_INT, WB_OPTIONAL, 0, 24},
    {"may.parts.weight", NULL, WB_DOUBLE, WB_OPTIONAL, 0, 24},
    {"may.parts.word", NULL, WB_TEXT, WB_OPTIONAL, 0, 24},
};
const uint32_t crowd_field_count = sizeof crowd_fields / sizeof *crowd_fields;

/* ---- memory and chance -------------------------------------------------------------------- */

uint32_t crowd_random(uint64_t *seed, uint32_t below) {
  *seed ^= *seed >> 12;
  *seed ^= *seed << 25;
  *seed ^= *seed >> 27;
  return (uint32_t)((*seed * UINT64_C(0x2545F4914F6CDD1D) >> 32) % below);
}

/* Memory that lives as long as the crowd, all 0. */
static void *crowd_take(crowd *it, size_t size) {
  void **block = calloc(1, sizeof(max_align_t) + size);
  if (!block) abort();
  *block = it->blocks;
  it->blocks = block;
  return (char *)block + sizeof(max_align_t);
}

static void crowd_believe(int holds) {
  if (!holds) abort();
}

/* Random bytes, which stand under what is absent. */
static void crowd_garbage(crowd *it, void *to, size_t size) {
  for (size_t i = 0; i < size; i++)
    ((uint8_t *)to)[i] = (uint8_t)crowd_random(&it->seed, 256);
}

/* ---- values ------------------------------------------------------------------------------- */

static const char *const crowd_texts[] = {"a", "b", "ab", "abc", "Ann", "z", "\xc3\xa9", ""};
static const char *const crowd_kinds[] = {"low", "mid", "high"};
static const double crowd_reals[] = {-1.5, -0.0, 0, 0.5, 1, 2, 2.5, 3, 1e30, 7};

/* A whole number that fits a format. */
static int64_t crowd_number(crowd *it, const char *format) {
  const uint32_t dice = crowd_random(&it->seed, 24);
  static const int64_t least[] = {INT8_MIN, INT16_MIN, INT32_MIN, INT64_MIN};
  static const int64_t most[] = {INT8_MAX, INT16_MAX, INT32_MAX, INT64_MAX};
  static const int64_t widest[] = {UINT8_MAX, UINT16_MAX, UINT32_MAX, INT64_MAX};
  const char *place = strchr("csil", *format), *wide = strchr("CSIL", *format);
  if (dice == 0) return place ? least[place - "csil"] : 0;
  if (dice == 1) return place ? most[place - "csil"] : widest[wide - "CSIL"];
  const int64_t number = (int64_t)crowd_random(&it->seed, 12) - 3;
  return wide && number < 0 ? -number : number;
}

/* A random value of a field as it can be told in a format. */
static crowd_cell crowd_value(crowd *it, uint32_t field, const char *format) {
  const crowd_field *about = &crowd_fields[field];
  crowd_cell cell = {.kind = about->type == WB_LIST ? about->element : about->type};
  switch (cell.kind) {
  case WB_BOOL: cell.integer = crowd_random(&it->seed, 2); break;
  case WB_INT:
  case WB_UINT: cell.integer = crowd_number(it, format); break;
  case WB_DATE: cell.integer = CROWD_TODAY - 4 + (int64_t)crowd_random(&it->seed, 9); break;
  case WB_DOUBLE:
    cell.real = crowd_reals[crowd_random(&it->seed, 10)];
    if (crowd_random(&it->seed, 16) == 0) cell.real = (double)NAN;
    if (*format == 'f') cell.real = (double)(float)cell.real;
    break;
  default:
    cell.data = about->domain ? crowd_kinds[crowd_random(&it->seed, 3)]
                              : crowd_texts[crowd_random(&it->seed, about->presence ? 8 : 7)];
    cell.length = (uint32_t)strlen(cell.data);
    break;
  }
  return cell;
}

/* ---- arrays ------------------------------------------------------------------------------- */

typedef struct ArrowArray crowd_arrow;

static void crowd_release_array(crowd_arrow *it) {
  it->release = NULL;
}
static void crowd_release_schema(struct ArrowSchema *it) {
  it->release = NULL;
}
static void crowd_release_stream(struct ArrowArrayStream *it) {
  it->release = NULL;
}

static crowd_arrow *crowd_make(crowd *it, int64_t length, int64_t offset, int64_t buffers,
                               int64_t children) {
  crowd_arrow *made = crowd_take(it, sizeof *made);
  made->length = length;
  made->offset = offset;
  made->n_buffers = buffers;
  made->n_children = children;
  made->buffers = crowd_take(it, (size_t)(buffers + 1) * sizeof *made->buffers);
  made->children = crowd_take(it, (size_t)(children + 1) * sizeof *made->children);
  made->release = crowd_release_array;
  return made;
}

/* Chooses which of the cells are absent; sets the bitmap, if there is one. */
static void crowd_absent(crowd *it, uint32_t field, crowd_arrow *to, bool *absent) {
  const size_t all = (size_t)(to->offset + to->length);
  const uint32_t density = crowd_random(&it->seed, 4);
  const bool required = crowd_fields[field].presence == WB_REQUIRED;
  if ((required || density == 0) && crowd_random(&it->seed, 2) == 0) return;
  uint8_t *bits = crowd_take(it, all / 8 + 1);
  crowd_garbage(it, bits, all / 8 + 1);
  for (size_t i = (size_t)to->offset; i < all; i++) {
    const bool gone =
        !required && density > 0 &&
        (density == 3 ? crowd_random(&it->seed, 2) == 0 : crowd_random(&it->seed, 8) == 0);
    absent[i - (size_t)to->offset] = gone;
    bits[i / 8] = (uint8_t)((bits[i / 8] & ~(1u << (i % 8))) | (unsigned)!gone << (i % 8));
  }
  to->buffers[0] = bits;
  to->null_count = -1;
}

/* Writes a whole number of a width. */
static void crowd_store(void *to, size_t at, size_t width, int64_t number) {
  char *place = (char *)to + at * width;
  const int8_t one = (int8_t)number;
  const int16_t two = (int16_t)number;
  const int32_t four = (int32_t)number;
  memcpy(place,
         width == 1   ? (const void *)&one
         : width == 2 ? (const void *)&two
         : width == 4 ? (const void *)&four
                      : (const void *)&number,
         width);
}

static size_t crowd_width(const char *format) {
  if (!strcmp(format, "tdD")) return 4;
  if (!strcmp(format, "tdm")) return 8;
  static const char narrow[] = "cCsSiIlLfg";
  static const uint8_t widths[] = {1, 1, 2, 2, 4, 4, 8, 8, 4, 8};
  return widths[strchr(narrow, *format) - narrow];
}

/* Numbers, dates, doubles. */
static void crowd_fill_numbers(crowd *it, const char *format, crowd_arrow *to, const bool *absent,
                               const crowd_cell *cells) {
  const size_t width = crowd_width(format), all = (size_t)(to->offset + to->length);
  char *values = crowd_take(it, all * width);
  crowd_garbage(it, values, all * width);
  for (size_t i = 0; i < (size_t)to->length; i++) {
    const size_t at = (size_t)to->offset + i;
    const float narrow = (float)cells[i].real;
    if (absent[i]) continue;
    if (*format == 'f')
      memcpy(values + at * 4, &narrow, 4);
    else if (*format == 'g')
      memcpy(values + at * 8, &cells[i].real, 8);
    else
      crowd_store(values, at, width, cells[i].integer * (strcmp(format, "tdm") ? 1 : 86400000));
  }
  to->buffers[1] = values;
}

static void crowd_fill_bits(crowd *it, crowd_arrow *to, const bool *absent,
                            const crowd_cell *cells) {
  const size_t all = (size_t)(to->offset + to->length);
  uint8_t *values = crowd_take(it, all / 8 + 1);
  crowd_garbage(it, values, all / 8 + 1);
  for (size_t i = 0; i < (size_t)to->length; i++) {
    const size_t at = (size_t)to->offset + i;
    if (absent[i]) continue;
    values[at / 8] =
        (uint8_t)((values[at / 8] & ~(1u << (at % 8))) | (unsigned)cells[i].integer << (at % 8));
  }
  to->buffers[1] = values;
}

/* Texts, of which those that are absent have some bytes too. */
static void crowd_fill_texts(crowd *it, const char *format, crowd_arrow *to, const bool *absent,
                             const crowd_cell *cells) {
  const size_t width = *format == 'U' ? 8 : 4, all = (size_t)(to->offset + to->length);
  char *offsets = crowd_take(it, (all + 1) * width), *bytes = crowd_take(it, all * 9 + 1);
  size_t at = 0;
  for (size_t i = 0; i < all; i++) {
    crowd_store(offsets, i, width, (int64_t)at);
    const crowd_cell *cell = i < (size_t)to->offset ? NULL : &cells[i - (size_t)to->offset];
    if (cell == NULL || absent[i - (size_t)to->offset]) {
      bytes[at++] = (char)0xff;
      continue;
    }
    memcpy(bytes + at, cell->data, cell->length);
    at += cell->length;
  }
  crowd_store(offsets, all, width, (int64_t)at);
  to->buffers[1] = offsets;
  to->buffers[2] = bytes;
}

/* Numbers of words. */
static void crowd_fill_words(crowd *it, uint32_t field, crowd_arrow *to, const bool *absent,
                             const crowd_cell *cells) {
  const char *const *words = crowd_fields[field].domain ? crowd_kinds : crowd_texts;
  const uint32_t some = crowd_fields[field].domain ? 3 : 8;
  const uint32_t count = crowd_random(&it->seed, 2) ? some : 3 * some; /* each word three times */
  const bool none[32] = {false};
  const uint32_t shift = crowd_random(&it->seed, count);
  const size_t width = crowd_width(it->formats[field]), all = (size_t)(to->offset + to->length);
  crowd_cell pool[32] = {{.data = NULL}};
  for (uint32_t i = 0; i < count; i++)
    pool[(i + shift) % count] =
        (crowd_cell){.data = words[i % some], .length = (uint32_t)strlen(words[i % some])};
  to->dictionary = crowd_make(it, count, 0, 3, 0);
  crowd_fill_texts(it, it->words[field], to->dictionary, none, pool);
  char *numbers = crowd_take(it, all * width);
  crowd_garbage(it, numbers, all * width);
  for (size_t i = 0; i < (size_t)to->length; i++)
    for (uint32_t word = 0; word < count && !absent[i]; word++)
      if (!strcmp(pool[word].data, cells[i].data))
        crowd_store(numbers, (size_t)to->offset + i, width, word);
  to->buffers[1] = numbers;
}

/* What the library should make of a cell that may be absent. */
static crowd_cell crowd_known(uint32_t field, crowd_cell cell, bool absent) {
  const bool empty = cell.kind == WB_TEXT && cell.length == 0;
  if (!absent && !empty) return cell;
  return (crowd_cell){.kind = crowd_fields[field].presence == WB_OPTIONAL ? WB_UNKNOWN : WB_NULL};
}

/* A column of scalars; adds its cells to `to`. */
static crowd_arrow *crowd_column(crowd *it, uint32_t field, uint32_t rows, crowd_cell *to) {
  const char *format = it->formats[field] + (crowd_fields[field].type == WB_LIST ? 2 : 0);
  const bool coded = it->words[field] != NULL, text = !coded && strchr("uU", *format);
  crowd_arrow *made = crowd_make(it, rows, crowd_random(&it->seed, 75), text ? 3 : 2, 0);
  bool *absent = crowd_take(it, rows + 1);
  crowd_cell *cells = crowd_take(it, (rows + 1) * sizeof *cells);
  for (uint32_t i = 0; i < rows; i++)
    cells[i] = crowd_value(it, field, format);
  crowd_absent(it, field, made, absent);
  if (coded)
    crowd_fill_words(it, field, made, absent, cells);
  else if (text)
    crowd_fill_texts(it, format, made, absent, cells);
  else if (*format == 'b')
    crowd_fill_bits(it, made, absent, cells);
  else
    crowd_fill_numbers(it, format, made, absent, cells);
  for (uint32_t i = 0; i < rows; i++)
    to[i] = crowd_known(field, cells[i], absent[i]);
  return made;
}

/* ---- lists -------------------------------------------------------------------------------- */

/* The elements of a list: a column, or a struct of columns. */
static crowd_arrow *crowd_elements(crowd *it, uint32_t list, uint32_t count) {
  if (crowd_fields[list].element != WB_RECORD) {
    crowd_arrow *made = crowd_column(it, list, count, it->items[list] + it->item_counts[list]);
    it->item_counts[list] += count;
    return made;
  }
  crowd_arrow *made = crowd_make(it, count, 0, 1, 0);
  made->children = crowd_take(it, CROWD_FIELDS * sizeof *made->children);
  for (uint32_t field = list + 1; field < crowd_field_count; field++) {
    if (crowd_fields[field].list != (int32_t)list) continue;
    made->children[made->n_children++] =
        crowd_column(it, field, count, it->cells[field] + it->counts[field]);
    it->counts[field] += count;
  }
  it->item_counts[list] += count;
  return made;
}

static crowd_arrow *crowd_list(crowd *it, uint32_t field, uint32_t rows) {
  const size_t width = it->formats[field][1] == 'L' ? 8 : 4;
  crowd_arrow *made = crowd_make(it, rows, crowd_random(&it->seed, 9), 2, 1);
  bool *absent = crowd_take(it, rows + 1);
  char *offsets = crowd_take(it, ((size_t)(made->offset + rows) + 1) * width);
  const uint32_t before = crowd_random(&it->seed, 3), base = it->item_counts[field];
  const uint32_t few = crowd_random(&it->seed, crowd_random(&it->seed, 8) ? 6 : CROWD_MOST + 1);
  uint32_t at = before;
  crowd_absent(it, field, made, absent);
  for (int64_t i = 0; i < made->offset; i++)
    crowd_store(offsets, (size_t)i, width, (int64_t)(before ? 1 : 0));
  for (uint32_t i = 0; i < rows; i++) {
    const uint32_t count = crowd_random(&it->seed, few + 1);
    crowd_store(offsets, (size_t)made->offset + i, width, at);
    it->cells[field][it->counts[field]++] = crowd_known(
        field, (crowd_cell){.kind = WB_LIST, .integer = base + at, .length = count}, absent[i]);
    at += count;
  }
  crowd_store(offsets, (size_t)made->offset + rows, width, at);
  made->buffers[1] = offsets;
  made->children[0] = crowd_elements(it, field, at + crowd_random(&it->seed, 3));
  return made;
}

/* ---- tables ------------------------------------------------------------------------------- */

/* What a patient must have: a key, "0", "1"…; of `first` UINT32_MAX a status. */
static crowd_arrow *crowd_keys(crowd *it, uint32_t first, uint32_t rows) {
  crowd_arrow *made = crowd_make(it, rows, 0, 3, 0);
  bool *absent = crowd_take(it, rows + 1);
  crowd_cell *cells = crowd_take(it, (rows + 1) * sizeof *cells);
  for (uint32_t i = 0; i < rows; i++) {
    char *key = crowd_take(it, 12);
    const int length = first == UINT32_MAX ? snprintf(key, 12, "active")
                                           : snprintf(key, 12, "%x", (unsigned)(first + i));
    cells[i] = (crowd_cell){.data = key, .length = (uint32_t)length};
  }
  crowd_fill_texts(it, "u", made, absent, cells);
  return made;
}

static crowd_arrow *crowd_batch(crowd *it, uint32_t first, uint32_t rows) {
  crowd_arrow *made = crowd_make(it, rows, 0, 1, 0);
  made->children = crowd_take(it, (CROWD_FIELDS + 2) * sizeof *made->children);
  made->children[made->n_children++] = crowd_keys(it, first, rows);
  made->children[made->n_children++] = crowd_keys(it, UINT32_MAX, rows);
  for (uint32_t field = 0; field < crowd_field_count; field++) {
    if (crowd_fields[field].list >= 0 || it->missing[field]) continue;
    if (crowd_fields[field].type == WB_LIST) {
      made->children[made->n_children++] = crowd_list(it, field, rows);
    } else {
      made->children[made->n_children++] =
          crowd_column(it, field, rows, it->cells[field] + it->counts[field]);
      it->counts[field] += rows;
    }
  }
  return made;
}

static struct ArrowSchema *crowd_schema(crowd *it, const char *format, const char *name) {
  struct ArrowSchema *made = crowd_take(it, sizeof *made);
  made->format = format;
  made->name = name;
  made->flags = ARROW_FLAG_NULLABLE;
  made->release = crowd_release_schema;
  made->children = crowd_take(it, (CROWD_FIELDS + 2) * sizeof *made->children);
  return made;
}

/* The schema of a field; of one in a list its name is the last word. */
static struct ArrowSchema *crowd_field_schema(crowd *it, uint32_t field) {
  const crowd_field *about = &crowd_fields[field];
  const char *name = about->list >= 0 ? strrchr(about->name, '.') + 1 : about->name;
  if (about->type != WB_LIST) {
    struct ArrowSchema *made = crowd_schema(it, it->formats[field], name);
    if (it->words[field]) made->dictionary = crowd_schema(it, it->words[field], "");
    return made;
  }
  struct ArrowSchema *made = crowd_schema(it, it->formats[field][1] == 'L' ? "+L" : "+l", name);
  const bool records = about->element == WB_RECORD;
  struct ArrowSchema *item = crowd_schema(it, records ? "+s" : it->formats[field] + 2, "item");
  made->children[made->n_children++] = item;
  for (uint32_t i = 0; records && i < crowd_field_count; i++)
    if (crowd_fields[i].list == (int32_t)field)
      item->children[item->n_children++] = crowd_field_schema(it, i);
  return made;
}

static struct ArrowSchema *crowd_table_schema(crowd *it) {
  struct ArrowSchema *made = crowd_schema(it, "+s", "");
  made->children[made->n_children++] = crowd_schema(it, "u", "patient");
  made->children[made->n_children++] = crowd_schema(it, "u", "status");
  for (uint32_t field = 0; field < crowd_field_count; field++)
    if (crowd_fields[field].list < 0 && !it->missing[field])
      made->children[made->n_children++] = crowd_field_schema(it, field);
  return made;
}

/* ---- streams ------------------------------------------------------------------------------ */

typedef struct crowd_stream {
  crowd *crowd;
  uint32_t first, left; /* rows, batches */
} crowd_stream;

static int crowd_get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
  const crowd_stream *from = stream->private_data;
  *out = *crowd_table_schema(from->crowd);
  return 0;
}

static int crowd_get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
  crowd_stream *from = stream->private_data;
  const uint32_t rest = from->crowd->rows - from->first;
  memset(out, 0, sizeof *out);
  if (from->left == 0) return 0;
  const uint32_t rows = --from->left ? crowd_random(&from->crowd->seed, rest + 1) : rest;
  *out = *crowd_batch(from->crowd, from->first, rows);
  from->first += rows;
  return 0;
}

static const char *crowd_last_error(struct ArrowArrayStream *stream) {
  (void)stream;
  return "";
}

/* ---- the whole ---------------------------------------------------------------------------- */

/* Chooses the format of a field; of a list with that of its elements behind it. */
static void crowd_choose(crowd *it, uint32_t field) {
  static const char *const ints[] = {"c", "s", "i", "l", "C", "S", "I"};
  static const char *const uints[] = {"C", "S", "I", "L"};
  static const char *const numbers[] = {"c", "s", "i", "C", "S"};
  const crowd_field *about = &crowd_fields[field];
  switch (about->type) {
  case WB_BOOL: it->formats[field] = "b"; break;
  case WB_INT: it->formats[field] = ints[crowd_random(&it->seed, 7)]; break;
  case WB_UINT: it->formats[field] = uints[crowd_random(&it->seed, 4)]; break;
  case WB_DOUBLE: it->formats[field] = crowd_random(&it->seed, 2) ? "f" : "g"; break;
  case WB_DATE: it->formats[field] = crowd_random(&it->seed, 4) ? "tdD" : "tdm"; break;
  case WB_LIST: it->formats[field] = crowd_random(&it->seed, 2) ? "+Ls" : "+li"; break;
  default:
    if (crowd_random(&it->seed, 4) > 0) it->words[field] = crowd_random(&it->seed, 2) ? "u" : "U";
    it->formats[field] = it->words[field]             ? numbers[crowd_random(&it->seed, 5)]
                         : crowd_random(&it->seed, 2) ? "u"
                                                      : "U";
    break;
  }
  it->missing[field] = about->presence != WB_REQUIRED && crowd_random(&it->seed, 16) == 0;
}

/* Of a field without a column every cell is absent. */
static void crowd_miss(crowd *it, uint32_t field) {
  for (uint32_t row = 0; row < it->rows && crowd_fields[field].list < 0; row++)
    it->cells[field][row] = crowd_known(field, (crowd_cell){.kind = 0}, true);
}

wb_schema *crowd_schema_new(wb_context *context) {
  wb_field fields[CROWD_FIELDS];
  wb_schema *schema = NULL;
  for (uint32_t i = 0; i < crowd_field_count; i++)
    fields[i] = (wb_field){.size = sizeof *fields,
                           .name = crowd_fields[i].name,
                           .domain = crowd_fields[i].domain,
                           .about = "",
                           .type = crowd_fields[i].type,
                           .presence = crowd_fields[i].presence,
                           .class_ = WB_CLASS_STAFF,
                           .element = crowd_fields[i].element,
                           .most = crowd_fields[i].type == WB_LIST ? CROWD_MOST : 0};
  crowd_believe(wb_schema_new(context, fields, crowd_field_count, &schema, NULL) == WB_OK);
  return schema;
}

/* Makes the columns' formats and takes room for the copy. */
static void crowd_prepare(crowd *it, uint32_t batches) {
  const size_t most = (size_t)(it->rows + 4) * (CROWD_MOST + 1) + batches * 8;
  for (uint32_t i = 0; i < crowd_field_count; i++) {
    const char *name = crowd_fields[i].name;
    crowd_believe(wb_schema_find(it->schema, name, strlen(name), &it->indices[i]) == WB_OK);
    it->cells[i] = crowd_take(it, most * sizeof *it->cells[i]);
    it->items[i] = crowd_take(it, most * sizeof *it->items[i]);
    crowd_choose(it, i);
    if (it->missing[i]) crowd_miss(it, i);
  }
}

void crowd_open_with(crowd *it, wb_context *context, wb_schema *schema, uint64_t seed,
                     uint32_t rows, uint32_t batches) {
  const wb_facts_options options = {.size = sizeof options, .as_of = CROWD_NOW};
  *it = (crowd){.schema = wb_schema_ref(schema), .rows = rows, .seed = seed * 2 + 1};
  crowd_believe(wb_facts_new(context, it->schema, &options, &it->facts, NULL) == WB_OK);
  crowd_believe(wb_zone_new(context, "EST5EDT", 7, &it->zone, NULL) == WB_OK);
  it->moment = (wb_moment){.size = sizeof it->moment, .now = CROWD_NOW, .zone = it->zone};
  crowd_prepare(it, batches);
  crowd_stream from = {it, 0, batches};
  struct ArrowArrayStream stream = {crowd_get_schema, crowd_get_next, crowd_last_error,
                                    crowd_release_stream, &from};
  wb_error error = {0};
  if (wb_facts_add_stream(it->facts, "patients", &stream, &error) != WB_OK) {
    fprintf(stderr, "crowd: %s: %s\n", error.path, error.message);
    abort();
  }
}

void crowd_open(crowd *it, wb_context *context, uint64_t seed, uint32_t rows, uint32_t batches) {
  wb_schema *schema = crowd_schema_new(context);
  crowd_open_with(it, context, schema, seed, rows, batches);
  wb_schema_unref(schema);
}

void crowd_close(crowd *it) {
  wb_facts_free(it->facts);
  wb_schema_unref(it->schema);
  wb_zone_unref(it->zone);
  while (it->blocks) {
    void **block = it->blocks;
    it->blocks = *block;
    free(block);
  }
}

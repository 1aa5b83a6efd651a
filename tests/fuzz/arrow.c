/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target: any bytes as the schema and arrays of the table `patients`, given at once or as a
 * stream, then every field of every row is read. Lengths, offsets, counts, pointers, bitmaps and
 * cells are hostile. Only what a library cannot check is true: a buffer is as large as the length
 * and offset of its array say, and no byte larger, so that a sanitizer sees whoever reads beyond.
 */
#include <stdlib.h>
#include <string.h>

#include "facts/facts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROWS_MOST = 12, CHILDREN_MOST = 6, DEPTH_MOST = 3, BATCHES_MOST = 3, BLOCKS_MOST = 65536 };

/* Ends the program unless a belief holds. */
static void believe(int holds) {
  if (!holds) abort();
}

/* ---- bytes and memory ---------------------------------------------------------------------- */

typedef struct input {
  const uint8_t *data;
  size_t size, at;
  void *blocks[BLOCKS_MOST]; /* given out */
  size_t count;
  int live; /* schemas and arrays that are to be released */
} input;

/* The next byte; zeros at the end. */
static uint8_t next(input *in) {
  return in->at < in->size ? in->data[in->at++] : 0;
}

/* Zeroed memory of an exact size, freed with the input. */
static void *take(input *in, size_t size) {
  believe(in->count < BLOCKS_MOST);
  void *block = calloc(size ? size : 1, 1);
  believe(block != NULL);
  in->blocks[in->count++] = block;
  return block;
}

/* A buffer of an exact size, full of input; rarely none. */
static void *buffer(input *in, size_t size) {
  if (next(in) == 0xff) return NULL;
  uint8_t *block = take(in, size);
  for (size_t i = 0; i < size; ++i)
    block[i] = next(in);
  return block;
}

/* A number up to `most`, rarely one that cannot be. */
static int64_t number(input *in, int64_t most) {
  static const int64_t odd[] = {-1, INT64_MIN, INT64_MAX, INT64_MAX / 2 + 1};
  const uint8_t byte = next(in);
  return byte < 248 ? byte % (most + 1) : odd[byte % 4];
}

/* ---- schemas ------------------------------------------------------------------------------- */

static void release_schema(struct ArrowSchema *schema) {
  input *in = schema->private_data;
  believe(schema->release != NULL);
  schema->release = NULL;
  in->live--;
}

static void release_array(struct ArrowArray *array) {
  input *in = array->private_data;
  believe(array->release != NULL);
  array->release = NULL;
  in->live--;
}

/* The first are the likely ones. */
static const char *const formats[] = {"u",    "+l",      "+s",   "i",       "c",     "l",
                                      "vu",   "b",       "tdD",  "d:18,2",  "U",     "n",
                                      "+L",   "C",       "s",    "S",       "I",     "L",
                                      "f",    "g",       "z",    "Z",       "vz",    "tdm",
                                      "tss:", "tsm:UTC", "tsu:", "tsn:UTC", "d:9,4", "d:38,-3",
                                      "e",    "+vl",     "+m",   "d:",      "ts",    ""};
static const char *const names[] = {"patient", "status", "host.l", "host.t",     "host.x", "name",
                                    "day",     "size",   "host.n", "host.d",     "host.b", "host.r",
                                    "flag",    "host.f", "item",   "procedures", "code",   NULL};

static struct ArrowSchema *make_schema(input *in, int depth);

/* Gives a schema its children, as many as its format has, or not. */
static void make_schema_children(input *in, struct ArrowSchema *schema, int depth) {
  const bool list = schema->format && (schema->format[0] == '+') && schema->format[1] != 's';
  const bool record = schema->format && !strcmp(schema->format, "+s");
  if (depth == 0) return;
  schema->n_children = record ? number(in, CHILDREN_MOST) : list;
  if (next(in) > 250) schema->n_children = number(in, CHILDREN_MOST);
  if (schema->n_children < 1 || next(in) == 0xff) return;
  schema->children = take(in, CHILDREN_MOST * sizeof *schema->children);
  for (int64_t i = 0; i < schema->n_children && i < CHILDREN_MOST; ++i)
    schema->children[i] = next(in) == 0xff ? NULL : make_schema(in, depth - 1);
  if (schema->n_children > CHILDREN_MOST) schema->n_children = CHILDREN_MOST;
}

static struct ArrowSchema *make_schema(input *in, int depth) {
  struct ArrowSchema *schema = take(in, sizeof *schema);
  schema->format = formats[next(in) % (sizeof formats / sizeof *formats)];
  schema->name = names[next(in) % (sizeof names / sizeof *names)];
  if (next(in) == 0xff) schema->format = NULL;
  if (next(in) > 200 && depth > 0) schema->dictionary = make_schema(in, 0);
  make_schema_children(in, schema, depth);
  return schema;
}

/* ---- arrays -------------------------------------------------------------------------------- */

/* Bytes of a value of a format, 0: bits or none. */
static size_t format_width(const char *format) {
  static const char *const wide[] = {"l", "L", "g", "U", "Z", "tdm", "+L"};
  static const char *const one[] = {"c", "C"}, *const two[] = {"s", "S"};
  if (!format || !*format || !strcmp(format, "b") || !strcmp(format, "n")) return 0;
  for (size_t i = 0; i < sizeof one / sizeof *one; ++i)
    if (!strcmp(format, one[i])) return 1;
  for (size_t i = 0; i < sizeof two / sizeof *two; ++i)
    if (!strcmp(format, two[i])) return 2;
  for (size_t i = 0; i < sizeof wide / sizeof *wide; ++i)
    if (!strcmp(format, wide[i])) return 8;
  if (format[0] == 'd' || format[0] == 'v') return 16;
  return !strncmp(format, "ts", 2) ? 8 : 4;
}

/* Offsets of text that rise by what the input says, rarely not; the bytes they end at. */
static size_t make_offsets(input *in, void *offsets, size_t count, size_t width) {
  int64_t at = 0, most = 0;
  for (size_t i = 0; i < count; ++i) {
    const int32_t narrow = (int32_t)at;
    const void *from = width == 8 ? (const void *)&at : (const void *)&narrow;
    memcpy((char *)offsets + i * width, from, width);
    most = at > most ? at : most;
    const uint8_t byte = next(in);
    at += byte < 250 ? byte % 20 : -(int64_t)(byte % 7);
  }
  return (size_t)most;
}

/* The pools of views, and how long each is. */
static void make_pools(input *in, struct ArrowArray *array, const void **buffers) {
  const size_t pools = next(in) % 3;
  const size_t size = pools * sizeof(int64_t);
  int64_t lengths[2] = {0, 0};
  for (size_t i = 0; i < pools; ++i) {
    const size_t length = next(in) % 40;
    lengths[i] = (int64_t)length;
    buffers[2 + i] = buffer(in, length);
    if (!buffers[2 + i] || next(in) > 250) lengths[i] = buffers[2 + i] ? -1 : 9;
  }
  void *copy = take(in, size);
  if (size) memcpy(copy, lengths, size);
  buffers[2 + pools] = next(in) == 0xff ? NULL : copy;
  array->n_buffers = (int64_t)(3 + pools);
}

/* The buffers of a format for so many positions. */
static void make_buffers(input *in, const char *format, struct ArrowArray *array, size_t count) {
  const void **buffers = take(in, 6 * sizeof *buffers);
  const size_t width = format_width(format);
  const bool text = format && *format && strchr("uUzZ", format[0]);
  const bool more = text || (format && format[0] == '+'); /* one offset more than values */
  array->buffers = next(in) == 0xff ? NULL : buffers;
  buffers[0] = array->null_count == 0 && next(in) & 1 ? NULL : buffer(in, (count + 7) / 8);
  array->n_buffers = 2;
  if (format && !strcmp(format, "+s")) array->n_buffers = 1;
  if (format && !strcmp(format, "n")) array->n_buffers = 0;
  const size_t size = width ? (count + more) * width : (count + 7) / 8;
  void *values = buffer(in, size);
  if (array->n_buffers == 2) buffers[1] = values;
  if (text) {
    array->n_buffers = 3;
    buffers[2] = buffer(in, values ? make_offsets(in, values, count + 1, width) : 0);
  }
  if (format && format[0] == 'v') make_pools(in, array, buffers);
  if (next(in) > 252) array->n_buffers = number(in, 1);
}

static struct ArrowArray *make_array(input *in, const struct ArrowSchema *schema, int64_t least,
                                     int depth) {
  struct ArrowArray *array = take(in, sizeof *array);
  array->length = next(in) > 240 ? number(in, ROWS_MOST) : least + next(in) % 3;
  array->offset = next(in) > 128 ? number(in, 9) : 0;
  array->null_count = (int64_t)(next(in) % 3) - 1;
  const bool sound =
      array->length >= 0 && array->length <= 64 && array->offset >= 0 && array->offset <= 64;
  const int64_t count = sound ? array->length + array->offset : 0;
  make_buffers(in, schema->format, array, (size_t)count);
  if (schema->dictionary && next(in) != 0xff)
    array->dictionary = make_array(in, schema->dictionary, 2, 0);
  if (!schema->children || depth == 0) return array;
  const bool record = schema->format && !strcmp(schema->format, "+s");
  array->n_children = next(in) == 0xff ? number(in, 2) : schema->n_children;
  if (array->n_children > CHILDREN_MOST) array->n_children = CHILDREN_MOST;
  array->children = take(in, CHILDREN_MOST * sizeof(void *));
  for (int64_t i = 0; i < schema->n_children; ++i)
    if (schema->children[i] && next(in) != 0xff)
      array->children[i] =
          make_array(in, schema->children[i], record ? count : ROWS_MOST, depth - 1);
  return array;
}

/* ---- tables -------------------------------------------------------------------------------- */

/* A schema that begins with the columns that are needed. */
static struct ArrowSchema *make_table(input *in) {
  struct ArrowSchema *schema = take(in, sizeof *schema);
  schema->format = next(in) == 0xff ? "+l" : "+s";
  schema->n_children = 2 + next(in) % (CHILDREN_MOST - 1);
  if (schema->n_children > CHILDREN_MOST) schema->n_children = CHILDREN_MOST;
  schema->children = take(in, CHILDREN_MOST * sizeof *schema->children);
  for (int64_t i = 0; i < schema->n_children; ++i)
    schema->children[i] = make_schema(in, DEPTH_MOST);
  if (next(in) < 250) {
    schema->children[0]->name = "patient";
    schema->children[1]->name = "status";
  }
  if (next(in) < 200) schema->children[1]->format = "n";
  schema->release = release_schema;
  schema->private_data = in;
  in->live++;
  return schema;
}

static struct ArrowArray *make_batch(input *in, const struct ArrowSchema *schema) {
  struct ArrowArray *array = make_array(in, schema, next(in) % 5, DEPTH_MOST + 1);
  array->release = release_array;
  array->private_data = in;
  in->live++;
  return array;
}

/* A stream of the input. */
typedef struct source {
  input *in;
  const struct ArrowSchema *shape;
  struct ArrowSchema *schema;
  int batches;
} source;

static int source_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
  source *from = stream->private_data;
  if (next(from->in) == 0xff) return 1;
  *out = *from->schema;
  from->schema->release = NULL;
  return 0;
}

static int source_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
  source *from = stream->private_data;
  out->release = NULL;
  if (next(from->in) == 0xff) return 1;
  if (from->batches-- > 0) *out = *make_batch(from->in, from->shape);
  return 0;
}

static void source_release(struct ArrowArrayStream *stream) {
  believe(stream->release != NULL);
  stream->release = NULL;
}

/* Adds a table at once, or as a stream. */
static wb_status add(input *in, wb_facts *facts) {
  const int batches = next(in) % (BATCHES_MOST + 1);
  struct ArrowSchema *schema = make_table(in);
  struct ArrowSchema shape = *schema;
  if (batches == 0) {
    struct ArrowArray *array = make_batch(in, &shape);
    wb_status status = wb_facts_add(facts, "patients", schema, array, NULL);
    believe((schema->release == NULL) == (status == WB_OK));
    believe((array->release == NULL) == (status == WB_OK));
    if (schema->release) schema->release(schema);
    if (array->release) array->release(array);
    return status;
  }
  source from = {in, &shape, schema, batches};
  struct ArrowArrayStream stream = {.get_schema = source_schema,
                                    .get_next = source_next,
                                    .release = source_release,
                                    .private_data = &from};
  wb_status status = wb_facts_add_stream(facts, "patients", &stream, NULL);
  believe(stream.release == NULL);
  if (schema->release) schema->release(schema);
  return status;
}

/* ---- reading ------------------------------------------------------------------------------- */

/* Looks at every byte of a value. */
static void look(const wb_value *value) {
  volatile char sum = 0;
  if (value->kind != WB_TEXT && value->kind != WB_BYTES) return;
  for (uint32_t i = 0; i < value->length; ++i)
    sum = (char)(sum ^ value->data[i]);
}

/* Reads one field of all elements. */
static void read_items(wb_facts *facts, uint64_t row, uint32_t field, int64_t count,
                       const wb_moment *moment) {
  wb_value value = {.size = sizeof value};
  for (uint32_t i = 0; i < count; ++i) {
    wb_status status = wb_facts_get_item(facts, row, field, i, moment, &value, NULL);
    believe(status == WB_OK || status == WB_E_TYPE || status == WB_E_RANGE);
    if (status == WB_OK) look(&value);
  }
  believe(wb_facts_get_item(facts, row, field, (uint32_t)count, moment, &value, NULL) == WB_E_NAME);
}

/* Reads a field of a row. */
static void read_field(wb_schema *schema, wb_facts *facts, uint64_t row, uint32_t field,
                       const wb_moment *moment) {
  wb_field about = {.size = sizeof about};
  wb_value value = {.size = sizeof value};
  believe(wb_schema_get(schema, field, &about) == WB_OK);
  const uint32_t asked = about.list ? about.list - 1 : field;
  wb_status status = wb_facts_get(facts, row, asked, moment, &value, NULL);
  believe(status == WB_OK || status == WB_E_TYPE || status == WB_E_RANGE || status == WB_E_LIMIT);
  if (status != WB_OK) return;
  look(&value);
  if (value.kind == WB_LIST && about.element != WB_RECORD)
    read_items(facts, row, field, value.integer, moment);
}

/* What every input meets, made once. */
static wb_schema *schema = NULL;
static wb_zone *zone = NULL;

static void begin(void) {
#define FIELD(name, type, element)                                                                 \
  { sizeof(wb_field), 0, name, NULL, "", type, WB_OPTIONAL, WB_CLASS_STAFF, element, 0, 0 }
  static const wb_field fields[] = {
      FIELD("host.l", WB_LIST, WB_RECORD), FIELD("host.l.name", WB_TEXT, 0),
      FIELD("host.l.day", WB_DATE, 0),     FIELD("host.l.size", WB_INT, 0),
      FIELD("host.l.flag", WB_BOOL, 0),    FIELD("host.t", WB_LIST, WB_TEXT),
      FIELD("host.n", WB_LIST, WB_INT),    FIELD("host.x", WB_TEXT, 0),
      FIELD("host.d", WB_DOUBLE, 0),       FIELD("host.b", WB_BYTES, 0),
      FIELD("host.r", WB_TIME, 0),         FIELD("host.f", WB_BOOL, 0)};
  if (schema) return;
  believe(wb_schema_new(NULL, fields, sizeof fields / sizeof *fields, &schema, NULL) == WB_OK);
  believe(wb_zone_new(NULL, "EST5EDT", 7, &zone, NULL) == WB_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static input in;
  const wb_facts_options options = {.size = sizeof options, .as_of = 1767225600};
  wb_facts *facts = NULL;
  uint64_t rows = 0;
  begin();
  const wb_moment moment = {.size = sizeof moment, .now = 1767225600, .zone = zone};
  in = (input){.data = data, .size = size};
  believe(wb_facts_new(NULL, schema, &options, &facts, NULL) == WB_OK);
  if (add(&in, facts) == WB_OK) {
    believe(wb_facts_count(facts, &rows) == WB_OK);
    for (uint64_t row = 0; row < rows; ++row)
      for (uint32_t field = 0; field < wb_schema_count(schema); ++field)
        read_field(schema, facts, row, field, &moment);
  }
  wb_facts_free(facts);
  believe(in.live == 0);
  while (in.count)
    free(in.blocks[--in.count]);
  return 0;
}

/* SPDX-License-Identifier: MIT */
#include "support/arrays.h"

#include <stdlib.h>
#include <string.h>

enum { COPIES_MOST = 4096 };

static void *arrays_copies[COPIES_MOST];
static size_t arrays_count = 0;
static int arrays_released = 0;

static void arrays_release_schema(struct ArrowSchema *schema) {
  if (!schema->release) abort();
  schema->release = NULL;
  arrays_released++;
}

static void arrays_release_array(struct ArrowArray *array) {
  if (!array->release) abort();
  array->release = NULL;
  arrays_released++;
}

/* How many buffers a format has. */
static int arrays_buffers(const char *format) {
  if (format[0] == 'n') return 0;
  if (!strcmp(format, "+s")) return 1;
  return strchr("uUzZv", format[0]) ? 3 : 2;
}

void arrays_leaf(arrays_node *node, const char *format, const char *name, int64_t length,
                 int64_t offset) {
  memset(node, 0, sizeof *node);
  node->schema.format = format;
  node->schema.name = name;
  node->array.length = length;
  node->array.offset = offset;
  node->array.n_buffers = arrays_buffers(format);
  node->array.buffers = node->buffers;
}

void arrays_child(arrays_node *node, arrays_node *child) {
  node->schemas[node->schema.n_children++] = &child->schema;
  node->arrays[node->array.n_children++] = &child->array;
  node->schema.children = node->schemas;
  node->array.children = node->arrays;
}

void arrays_table(arrays_node *node, int64_t length, int64_t offset) {
  arrays_leaf(node, "+s", "", length, offset);
  node->schema.release = arrays_release_schema;
  node->array.release = arrays_release_array;
}

/* A copy that begins so many bytes into its memory and ends with it. */
static const void *arrays_copy(const void *data, size_t size, size_t into) {
  char *copy = malloc(size + into ? size + into : 1);
  if (!copy || arrays_count == COPIES_MOST) abort();
  arrays_copies[arrays_count++] = copy;
  if (size) memcpy(copy + into, data, size);
  return copy + into;
}

void arrays_buffer(arrays_node *node, int index, const void *data, size_t size) {
  node->buffers[index] = arrays_copy(data, size, 0);
  if (!index) node->array.null_count = -1;
}

void arrays_unaligned(arrays_node *node, int index, const void *data, size_t size) {
  node->buffers[index] = arrays_copy(data, size, 1);
  if (!index) node->array.null_count = -1;
}

void arrays_words(arrays_node *node, arrays_node *words) {
  node->schema.dictionary = &words->schema;
  node->array.dictionary = &words->array;
}

int arrays_end(void) {
  int released = arrays_released;
  while (arrays_count)
    free(arrays_copies[--arrays_count]);
  arrays_released = 0;
  return released;
}

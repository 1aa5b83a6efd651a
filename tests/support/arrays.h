/* SPDX-License-Identifier: MIT */
/*
 * Arrow arrays built by hand, for tests. Every buffer is a copy of its exact size on the heap, so
 * that a sanitizer sees whoever reads beyond it.
 *
 *   arrays_node key, table;
 *   arrays_leaf(&key, "u", "patient", 2, 0);
 *   arrays_buffer(&key, 1, (const int32_t[]){0, 1, 2}, 12);
 *   arrays_buffer(&key, 2, "ab", 2);
 *   arrays_table(&table, 2, 0);
 *   arrays_child(&table, &key);
 *   wb_facts_add(facts, "patients", &table.schema, &table.array, NULL);
 */
#ifndef ARRAYS_H
#define ARRAYS_H

#include <winback/facts.h>

enum { ARRAYS_MOST = 24 };

/* An array with its schema; it must not move once it is somebody's child. */
typedef struct arrays_node {
  struct ArrowSchema schema;
  struct ArrowArray array;
  const void *buffers[ARRAYS_MOST];
  struct ArrowSchema *schemas[ARRAYS_MOST];
  struct ArrowArray *arrays[ARRAYS_MOST];
} arrays_node;

/* An array of a format without children; with as many buffers as the format has, all NULL. */
void arrays_leaf(arrays_node *node, const char *format, const char *name, int64_t length,
                 int64_t offset);
/* A list or struct: the same, to be given children. */
void arrays_child(arrays_node *node, arrays_node *child);
/* A struct that can be released: a table. */
void arrays_table(arrays_node *node, int64_t length, int64_t offset);
/* Sets a buffer to a copy; of validity (0) also that cells may be absent. */
void arrays_buffer(arrays_node *node, int index, const void *data, size_t size);
/* The same at an odd address. */
void arrays_unaligned(arrays_node *node, int index, const void *data, size_t size);
/* Makes a node dictionary-encoded. */
void arrays_words(arrays_node *node, arrays_node *words);
/* Frees all buffers made since the last call, and tells how many releases there were. */
int arrays_end(void);

#endif

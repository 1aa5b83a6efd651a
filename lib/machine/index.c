/* SPDX-License-Identifier: MIT */
/* Tables in memory: byte strings by number, and items by their 16-byte id. */
#include "machine/machine.h"

/* Where a byte string begins in the heap of bytes. */
typedef struct keys_span {
  uint32_t offset, length;
} keys_span;

enum { INDEX_LEAST = 16 };

/* Capacity that holds `count` numbers and leaves a quarter empty; 0: too many. */
static size_t index_capacity(size_t count) {
  size_t capacity = INDEX_LEAST;
  if (count > UINT32_MAX / 4) return 0;
  while (capacity / 4 * 3 < count)
    capacity *= 2;
  return capacity;
}

/* Replaces the slots by empty ones with room for `count` numbers; *grown says whether it did. */
static wb_status index_reserve(wbi_index *index, wb_context *context, size_t count, bool *grown) {
  const size_t capacity = index_capacity(count);
  *grown = false;
  if (capacity == 0) return WB_E_LIMIT;
  if (capacity <= index->capacity) return WB_OK;
  uint32_t *slots = wbi_alloc(context, capacity * sizeof *slots);
  if (slots == NULL) return WB_E_NOMEM;
  wbi_free(context, index->slots, index->capacity * sizeof *slots);
  *index = (wbi_index){slots, capacity};
  *grown = true;
  return WB_OK;
}

/* Puts a number into the first empty slot of its chain. */
static void index_put(wbi_index *index, uint64_t hash, uint32_t number) {
  size_t at = (size_t)hash & (index->capacity - 1);
  while (index->slots[at] != 0)
    at = (at + 1) & (index->capacity - 1);
  index->slots[at] = number + 1;
}

void wbi_keys_init(wbi_keys *keys, wb_context *context) {
  wbi_vector_init(&keys->bytes, context, 1, UINT32_MAX);
  wbi_vector_init(&keys->spans, context, sizeof(keys_span), UINT32_MAX / 4);
  keys->index = (wbi_index){NULL, 0};
}

void wbi_keys_free(wbi_keys *keys) {
  wbi_free(keys->bytes.context, keys->index.slots,
           keys->index.capacity * sizeof *keys->index.slots);
  keys->index = (wbi_index){NULL, 0};
  wbi_vector_free(&keys->bytes);
  wbi_vector_free(&keys->spans);
}

void wbi_keys_clear(wbi_keys *keys) {
  if (keys->spans.count == 0) return;
  memset(keys->index.slots, 0, keys->index.capacity * sizeof *keys->index.slots);
  keys->bytes.count = keys->spans.count = 0;
}

wbi_text wbi_keys_text(const wbi_keys *keys, uint32_t number) {
  const keys_span *span = wbi_vector_at(&keys->spans, number);
  return (wbi_text){(const char *)keys->bytes.data + span->offset, span->length};
}

wb_status wbi_keys_reserve(wbi_keys *keys, size_t more, size_t bytes) {
  bool grown;
  if (more == 0) return WB_OK;
  wb_status status = wbi_vector_reserve(&keys->bytes, bytes + more);
  if (status == WB_OK) status = wbi_vector_reserve(&keys->spans, more);
  if (status == WB_OK) {
    const size_t count = keys->spans.count + more;
    status = index_reserve(&keys->index, keys->bytes.context, count, &grown);
  }
  if (status != WB_OK || !grown) return status;
  for (uint32_t i = 0; i < keys->spans.count; i++) {
    const wbi_text text = wbi_keys_text(keys, i);
    index_put(&keys->index, wbi_hash_bytes(text.data, text.length), i);
  }
  return WB_OK;
}

uint32_t wbi_keys_find(const wbi_keys *keys, wbi_text text) {
  const wbi_index *index = &keys->index;
  if (index->capacity == 0) return WBI_NONE;
  size_t at = (size_t)wbi_hash_bytes(text.data, text.length) & (index->capacity - 1);
  for (; index->slots[at] != 0; at = (at + 1) & (index->capacity - 1)) {
    const uint32_t number = index->slots[at] - 1;
    if (wbi_text_equal(wbi_keys_text(keys, number), text)) return number;
  }
  return WBI_NONE;
}

uint32_t wbi_keys_add(wbi_keys *keys, wbi_text text) {
  const uint32_t found = wbi_keys_find(keys, text);
  if (found != WBI_NONE) return found;
  const uint32_t number = (uint32_t)keys->spans.count;
  keys_span *span = wbi_vector_push(&keys->spans);
  *span = (keys_span){(uint32_t)keys->bytes.count, (uint32_t)text.length};
  wbi_bytes_add(&keys->bytes, text.data, text.length);
  wbi_bytes_add(&keys->bytes, "", 1);
  index_put(&keys->index, wbi_hash_bytes(text.data, text.length), number);
  return number;
}

void wbi_keys_replace(wbi_keys *keys, uint32_t number, wbi_text text) {
  keys_span *span = wbi_vector_at(&keys->spans, number);
  memset((char *)keys->bytes.data + span->offset, 0, span->length);
  *span = (keys_span){(uint32_t)keys->bytes.count, (uint32_t)text.length};
  wbi_bytes_add(&keys->bytes, text.data, text.length);
  wbi_bytes_add(&keys->bytes, "", 1);
  memset(keys->index.slots, 0, keys->index.capacity * sizeof *keys->index.slots);
  for (uint32_t i = 0; i < keys->spans.count; i++) {
    const wbi_text each = wbi_keys_text(keys, i);
    index_put(&keys->index, wbi_hash_bytes(each.data, each.length), i);
  }
}

void wbi_table_init(wbi_table *table, wb_context *context, size_t item_size) {
  wbi_vector_init(&table->items, context, item_size, UINT32_MAX / 4);
  table->index = (wbi_index){NULL, 0};
}

void wbi_table_free(wbi_table *table) {
  wbi_free(table->items.context, table->index.slots,
           table->index.capacity * sizeof *table->index.slots);
  table->index = (wbi_index){NULL, 0};
  wbi_vector_free(&table->items);
}

void *wbi_table_at(const wbi_table *table, uint32_t number) {
  return wbi_vector_at(&table->items, number);
}

void wbi_table_rebuild(wbi_table *table) {
  wbi_index *index = &table->index;
  if (index->capacity == 0) return;
  memset(index->slots, 0, index->capacity * sizeof *index->slots);
  for (uint32_t i = 0; i < table->items.count; i++)
    index_put(index, wbi_hash_bytes(wbi_table_at(table, i), sizeof(wbi_bytes16)), i);
}

wb_status wbi_table_reserve(wbi_table *table, size_t more) {
  bool grown;
  wb_status status = wbi_vector_reserve(&table->items, more);
  if (status == WB_OK) {
    const size_t count = table->items.count + more;
    status = index_reserve(&table->index, table->items.context, count, &grown);
  }
  if (status == WB_OK && grown) wbi_table_rebuild(table);
  return status;
}

uint32_t wbi_table_find(const wbi_table *table, const wbi_bytes16 *id) {
  const wbi_index *index = &table->index;
  if (index->capacity == 0) return WBI_NONE;
  size_t at = (size_t)wbi_hash_bytes(id, sizeof *id) & (index->capacity - 1);
  for (; index->slots[at] != 0; at = (at + 1) & (index->capacity - 1)) {
    const uint32_t number = index->slots[at] - 1;
    if (wbi_bytes16_equal(wbi_table_at(table, number), id)) return number;
  }
  return WBI_NONE;
}

uint32_t wbi_table_add(wbi_table *table, const wbi_bytes16 *id) {
  const uint32_t found = wbi_table_find(table, id);
  if (found != WBI_NONE) return found;
  const uint32_t number = (uint32_t)table->items.count;
  memcpy(wbi_vector_push(&table->items), id, sizeof *id);
  index_put(&table->index, wbi_hash_bytes(id, sizeof *id), number);
  return number;
}

/* SPDX-License-Identifier: MIT */
/* Tables in memory: byte strings by number, and items by their 16-byte id. */
#include "machine/machine.h"

/* Where a byte string begins in the heap of bytes. */
typedef struct keys_span {
  uint32_t offset, length;
} keys_span;

enum { INDEX_LEAST = 16 };

/* Capacity that holds `count` numbers, of which the ceiling of what they number leaves none too
   many, and leaves a quarter empty. */
static size_t index_capacity(size_t count) {
  size_t capacity = INDEX_LEAST;
  while (capacity / 4 * 3 < count) /* same: what leaves more empty holds them too */
    capacity *= 2;
  return capacity;
}

/* Puts a number into the first empty slot of its chain. */
static void index_put(wbi_index *index, uint32_t hash, uint32_t number) {
  size_t at = hash & (index->capacity - 1);
  while (index->slots[at].number != 0)
    at = (at + 1) & (index->capacity - 1);
  index->slots[at] = (wbi_index_slot){number, hash};
}

/* Makes room for `count` numbers. */
static wb_status index_reserve(wbi_index *index, wb_context *context, size_t count) {
  const size_t capacity = index_capacity(count);
  if (capacity <= index->capacity) return WB_OK;
  wbi_index grown = {wbi_alloc(context, capacity * sizeof *grown.slots), capacity};
  if (grown.slots == NULL) return WB_E_NOMEM;
  for (size_t i = 0; i < index->capacity; i++) {
    const wbi_index_slot *slot = &index->slots[i];
    if (slot->number != 0) index_put(&grown, slot->hash, slot->number);
  }
  wbi_free(context, index->slots, index->capacity * sizeof *index->slots);
  *index = grown;
  return WB_OK;
}

/* Empties the slots. */
static void index_clear(wbi_index *index) {
  if (index->capacity > 0) /* same: of nothing nothing is emptied */
    memset(index->slots, 0, index->capacity * sizeof *index->slots);
}

/* The half of a hash that an index works with. */
static uint32_t index_hash(const void *data, size_t length) {
  return (uint32_t)wbi_hash_bytes(data, length);
}

/* The same of an id, which most ask for. */
static inline uint32_t index_hash_id(const wbi_bytes16 *id) {
  const uint64_t times = 0x9e3779b97f4a7c15u;
  const uint64_t hash = wbi_low64(id->bytes) ^ wbi_low64(id->bytes + 8) * times;
  return (uint32_t)((hash ^ hash >> 32) * times >> 32);
}

/* Asks for the slots where a search begins, and where it goes on in the next line of the cache.
   same: memory answers sooner. */
static void index_fetch(const wbi_index *index, uint32_t hash) {
  enum { FEW = 8 };
  if (index->capacity == 0) return;
  wbi_fetch_item(&index->slots[hash & (index->capacity - 1)], FEW * sizeof(wbi_index_slot) + 1);
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
  if (keys->spans.count > 0) index_clear(&keys->index); /* same: else it is empty */
  keys->bytes.count = keys->spans.count = 0;
}

wbi_text wbi_keys_text(const wbi_keys *keys, uint32_t number) {
  const keys_span *span = wbi_vector_at(&keys->spans, number);
  return (wbi_text){(const char *)keys->bytes.data + span->offset, span->length};
}

/* same: memory answers sooner. */
void wbi_keys_fetch_place(const wbi_keys *keys, uint32_t number) {
  wbi_fetch(wbi_vector_at(&keys->spans, number));
}

/* One thing leads to the next, so each is asked for of all strings before any is looked at.
   same: memory answers sooner. */
void wbi_keys_fetch(const wbi_keys *keys, const uint32_t *numbers, size_t count) {
  for (size_t i = 0; i < count; i++)
    wbi_keys_fetch_place(keys, numbers[i]);
  for (size_t i = 0; i < count; i++)
    wbi_fetch(wbi_keys_text(keys, numbers[i]).data);
  for (size_t i = 0; i < count; i++) {
    const wbi_text text = wbi_keys_text(keys, numbers[i]);
    index_fetch(&keys->index, index_hash(text.data, text.length));
  }
}

wb_status wbi_keys_reserve(wbi_keys *keys, size_t more, size_t bytes) {
  if (more == 0) return WB_OK;
  wb_status status = wbi_vector_reserve(&keys->bytes, bytes + more);
  if (status == WB_OK) status = wbi_vector_reserve(&keys->spans, more);
  if (status != WB_OK) return status;
  return index_reserve(&keys->index, keys->bytes.context, keys->spans.count + more);
}

/* The number of a byte string with a hash; WBI_NONE: not there. */
static uint32_t keys_find(const wbi_keys *keys, wbi_text text, uint32_t hash) {
  const wbi_index *index = &keys->index;
  if (index->capacity == 0) return WBI_NONE;
  for (size_t at = hash & (index->capacity - 1); index->slots[at].number != 0;
       at = (at + 1) & (index->capacity - 1)) {
    const wbi_index_slot *slot = &index->slots[at];
    if (slot->hash == hash && wbi_text_equal(wbi_keys_text(keys, slot->number - 1), text))
      return slot->number - 1;
  }
  return WBI_NONE;
}

uint32_t wbi_keys_find(const wbi_keys *keys, wbi_text text) {
  return keys_find(keys, text, index_hash(text.data, text.length));
}

/* The bytes of a key, at the end of all; its place. */
static keys_span keys_append(wbi_keys *keys, wbi_text text) {
  const keys_span span = {(uint32_t)keys->bytes.count, (uint32_t)text.length};
  wbi_bytes_add(&keys->bytes, text.data, text.length);
  wbi_bytes_add(&keys->bytes, "", 1);
  return span;
}

uint32_t wbi_keys_add(wbi_keys *keys, wbi_text text) {
  const uint32_t hash = index_hash(text.data, text.length);
  const uint32_t found = keys_find(keys, text, hash);
  if (found != WBI_NONE) return found;
  const uint32_t number = (uint32_t)keys->spans.count;
  *(keys_span *)wbi_vector_push(&keys->spans) = keys_append(keys, text);
  index_put(&keys->index, hash, number + 1);
  return number;
}

void wbi_keys_replace(wbi_keys *keys, uint32_t number, wbi_text text) {
  keys_span *span = wbi_vector_at(&keys->spans, number);
  memset((char *)keys->bytes.data + span->offset, 0, span->length);
  *span = keys_append(keys, text);
  index_clear(&keys->index);
  for (uint32_t i = 0; i < keys->spans.count; i++) {
    const wbi_text each = wbi_keys_text(keys, i);
    index_put(&keys->index, index_hash(each.data, each.length), i + 1);
  }
}

void wbi_table_init(wbi_table *table, wb_context *context, size_t item_size) {
  wbi_vector_init(&table->items, context, item_size, UINT32_MAX / 4);
  table->index = (wbi_index){NULL, 0};
}

void wbi_table_free(wbi_table *table) {
  wbi_free(table->items.context, table->index.slots,
           table->index.capacity * sizeof *table->index.slots);
  table->index = (wbi_index){NULL, 0}; /* same: nobody looks again before it is made anew */
  wbi_vector_free(&table->items);
}

void wbi_table_rebuild(wbi_table *table) {
  index_clear(&table->index);
  for (uint32_t i = 0; i < table->items.count; i++)
    index_put(&table->index, index_hash_id(wbi_table_at(table, i)), i + 1);
}

wb_status wbi_table_reserve(wbi_table *table, size_t more) {
  const wb_status status = wbi_vector_reserve(&table->items, more);
  if (status != WB_OK) return status;
  return index_reserve(&table->index, table->items.context, table->items.count + more);
}

/* The number of an item with an id of a hash; WBI_NONE: not there. */
static uint32_t table_find(const wbi_table *table, const wbi_bytes16 *id, uint32_t hash) {
  const wbi_index *index = &table->index;
  if (index->capacity == 0) return WBI_NONE;
  for (size_t at = hash & (index->capacity - 1); index->slots[at].number != 0;
       at = (at + 1) & (index->capacity - 1)) {
    const wbi_index_slot *slot = &index->slots[at];
    if (slot->hash == hash && wbi_bytes16_equal(wbi_table_at(table, slot->number - 1), id))
      return slot->number - 1;
  }
  return WBI_NONE;
}

uint32_t wbi_table_find(const wbi_table *table, const wbi_bytes16 *id) {
  return table_find(table, id, index_hash_id(id));
}

/* same: memory answers sooner. */
void wbi_table_fetch(const wbi_table *table, const wbi_bytes16 *id) {
  index_fetch(&table->index, index_hash_id(id));
}

/* As with strings: the items before the slots that their ids lead to. same: memory answers sooner.
 */
void wbi_table_fetch_items(const wbi_table *table, const uint32_t *numbers, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (numbers[i] < table->items.count)
      wbi_fetch_item(wbi_table_at(table, numbers[i]), table->items.item_size);
  }
  for (size_t i = 0; i < count; i++) {
    if (numbers[i] < table->items.count) wbi_table_fetch(table, wbi_table_at(table, numbers[i]));
  }
}

uint32_t wbi_table_add(wbi_table *table, const wbi_bytes16 *id) {
  const uint32_t hash = index_hash_id(id);
  const uint32_t found = table_find(table, id, hash);
  if (found != WBI_NONE) return found;
  const uint32_t number = (uint32_t)table->items.count;
  memcpy(wbi_vector_push(&table->items), id, sizeof *id);
  index_put(&table->index, hash, number + 1);
  return number;
}

/* SPDX-License-Identifier: MIT */
/* Tables: byte strings by number, items by id, and a sort of numbers. */
#ifndef WBI_INDEX_H
#define WBI_INDEX_H

#include "time/time.h"

#define WBI_NONE UINT32_MAX

/* Open addressing over the indices of a vector. The hash lies beside the number, so that on the way
   to an item hardly any other is looked at, and none when the index grows. */
typedef struct wbi_index_slot {
  uint32_t number; /* index + 1; 0: empty */
  uint32_t hash;
} wbi_index_slot;

typedef struct wbi_index {
  wbi_index_slot *slots;
  size_t capacity; /* a power of two, or 0 */
} wbi_index;

/* Byte strings, each stored once and known by its number. */
typedef struct wbi_keys {
  wbi_vector bytes; /* char */
  wbi_vector spans; /* where each lies in them */
  wbi_index index;
} wbi_keys;

void wbi_keys_init(wbi_keys *keys, wb_context *context);
void wbi_keys_free(wbi_keys *keys);
wb_status wbi_keys_reserve(wbi_keys *keys, size_t more, size_t bytes);
void wbi_keys_clear(wbi_keys *keys);                         /* its memory stays */
uint32_t wbi_keys_find(const wbi_keys *keys, wbi_text text); /* WBI_NONE: not there */
/* Another string for a number; the bytes of the old one are gone. Reserved. */
void wbi_keys_replace(wbi_keys *keys, uint32_t number, wbi_text text);
uint32_t wbi_keys_add(wbi_keys *keys, wbi_text text);          /* reserved; finds or adds */
wbi_text wbi_keys_text(const wbi_keys *keys, uint32_t number); /* followed by a zero byte */
/* Asks for where a string is; for what is needed to read strings and to find them again. */
void wbi_keys_fetch_place(const wbi_keys *keys, uint32_t number);
void wbi_keys_fetch(const wbi_keys *keys, const uint32_t *numbers, size_t count);
static inline uint32_t wbi_keys_count(const wbi_keys *keys) {
  return (uint32_t)keys->spans.count;
}

/* Items that begin with their wbi_bytes16 id, found by it. */
typedef struct wbi_table {
  wbi_vector items;
  wbi_index index;
} wbi_table;

void wbi_table_init(wbi_table *table, wb_context *context, size_t item_size);
void wbi_table_free(wbi_table *table);
wb_status wbi_table_reserve(wbi_table *table, size_t more);
uint32_t wbi_table_find(const wbi_table *table, const wbi_bytes16 *id);
uint32_t wbi_table_add(wbi_table *table, const wbi_bytes16 *id); /* reserved; finds or adds */
void wbi_table_rebuild(wbi_table *table);                        /* after items were moved */
/* Asks for what is needed to find an item, or that there is none. */
void wbi_table_fetch(const wbi_table *table, const wbi_bytes16 *id);
/* Asks for items and for what is needed to find them; numbers that are none are guesses that were
   wrong. */
void wbi_table_fetch_items(const wbi_table *table, const uint32_t *numbers, size_t count);
static inline void *wbi_table_at(const wbi_table *table, uint32_t number) {
  return wbi_vector_at(&table->items, number);
}

/* Stable merge sort of numbers; WB_E_NOMEM: for its scratch. Sorted input costs one pass. Of two
   with different leads the lesser comes first, and `before` agrees; NULL: there are none. */
typedef bool (*wbi_before)(const void *user, uint32_t a, uint32_t b);
typedef uint64_t (*wbi_lead)(const void *user, uint32_t number);
wb_status wbi_sort(wb_context *context, uint32_t *numbers, size_t count, wbi_lead lead,
                   wbi_before before, const void *user);

#endif

/* SPDX-License-Identifier: MIT */
/* Memory in bulk: the arena of a compiled object, and the growable array. */
#include "base/base.h"

/* Bytes follow the header; the first block of the list is the one in use. */
struct wbi_block {
  struct wbi_block *next;
  size_t size; /* with the header */
  size_t used; /* with the header */
};

/* Bytes that a block has at most, unless one item needs more. A test has a block an item. */
#ifndef WBI_ARENA_MOST
#define WBI_ARENA_MOST 65536
#endif

enum {
  ARENA_ALIGN = 16,
  ARENA_HEADER = (sizeof(struct wbi_block) + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN,
  ARENA_LEAST = 1024
};

void wbi_arena_init(wbi_arena *arena, wb_context *context, size_t ceiling) {
  *arena = (wbi_arena){.context = wb_context_ref(context), .ceiling = ceiling};
}

/* Size of the next block: as much as is taken already, within bounds, but what is needed. same: a
   block of another size holds what is needed, too. */
static size_t arena_block_size(const wbi_arena *arena, size_t need) {
  size_t size = arena->total;
  if (size < ARENA_LEAST) size = ARENA_LEAST;
  if (size > WBI_ARENA_MOST) size = WBI_ARENA_MOST;
  if (arena->ceiling != 0 && size > arena->ceiling - arena->total) {
    size = arena->ceiling - arena->total;
  }
  return size < need ? need : size;
}

/* Takes a block from the context for `need` bytes, header included. */
static struct wbi_block *arena_grow(wbi_arena *arena, size_t need) {
  if (arena->ceiling != 0 && need > arena->ceiling - arena->total) return NULL;
  const size_t size = arena_block_size(arena, need);
  struct wbi_block *block = wbi_realloc(arena->context, NULL, 0, size);
  if (block == NULL) return NULL;
  *block = (struct wbi_block){.size = size, .used = ARENA_HEADER};
  arena->total += size;
  return block;
}

/* Unlinks a block that a reset has emptied and that is large enough. */
static struct wbi_block *arena_reuse(wbi_arena *arena, size_t need) {
  for (struct wbi_block **link = &arena->blocks; *link != NULL; link = &(*link)->next) {
    struct wbi_block *block = *link;
    if (block->used != ARENA_HEADER || block->size < need) continue; /* same: another is taken */
    *link = block->next;
    return block;
  }
  return NULL;
}

void *wbi_arena_alloc(wbi_arena *arena, size_t size) {
  if (size > SIZE_MAX / 2) return NULL; /* same: half of all is never to be had */
  if (size == 0) size = 1;
  size = (size + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
  struct wbi_block *block = arena->blocks;
  if (block == NULL || size > block->size - block->used) { /* same: another is taken */
    block = arena_reuse(arena, ARENA_HEADER + size);
    if (block == NULL) block = arena_grow(arena, ARENA_HEADER + size);
    if (block == NULL) return NULL;
    block->next = arena->blocks;
    arena->blocks = block;
  }
  void *item = (char *)block + block->used;
  block->used += size;
  return memset(item, 0, size);
}

void *wbi_arena_array(wbi_arena *arena, size_t count, size_t item_size) {
  /* same: all that can be counted is never to be had */
  if (item_size != 0 && count > SIZE_MAX / item_size) return NULL;
  return wbi_arena_alloc(arena, count * item_size);
}

char *wbi_arena_copy(wbi_arena *arena, wbi_text text) {
  char *copy = wbi_arena_alloc(arena, text.length + 1);
  /* same: of no bytes none is copied */
  if (copy != NULL && text.length > 0) memcpy(copy, text.data, text.length);
  return copy;
}

void wbi_arena_free(wbi_arena *arena) {
  wb_context *context = arena->context;
  struct wbi_block *block = arena->blocks;
  *arena = (wbi_arena){.context = NULL}; /* first: the arena may lie in one of its own blocks */
  while (block != NULL) {
    struct wbi_block *next = block->next;
    wbi_free(context, block, block->size);
    block = next;
  }
  wb_context_unref(context);
}

void wbi_arena_reset(wbi_arena *arena) {
  for (struct wbi_block *block = arena->blocks; block != NULL; block = block->next) {
#ifndef NDEBUG /* who still reads what was taken back is to be noticed. same: nobody does */
    memset((char *)block + ARENA_HEADER, 0xdd, block->used - ARENA_HEADER);
#endif
    block->used = ARENA_HEADER;
  }
}

void wbi_vector_init(wbi_vector *vector, wb_context *context, size_t item_size, size_t ceiling) {
  *vector = (wbi_vector){.context = context, .ceiling = ceiling, .item_size = item_size};
}

wb_status wbi_vector_reserve(wbi_vector *vector, size_t more) {
  enum { VECTOR_LEAST = 8 };
  if (more <= vector->capacity - vector->count) return WB_OK;
  const size_t most = SIZE_MAX / 2 / vector->item_size;
  const size_t ceiling = vector->ceiling != 0 && vector->ceiling < most ? vector->ceiling : most;
  if (more > ceiling - vector->count) return ceiling == most ? WB_E_NOMEM : WB_E_LIMIT;
  /* same: more room than is needed only saves calls */
  size_t capacity = vector->capacity < ceiling / 2 ? vector->capacity * 2 : ceiling;
  /* same: likewise */
  if (capacity < VECTOR_LEAST) capacity = VECTOR_LEAST < ceiling ? VECTOR_LEAST : ceiling;
  if (capacity < vector->count + more) capacity = vector->count + more;
  void *data = wbi_realloc(vector->context, vector->data, vector->capacity * vector->item_size,
                           capacity * vector->item_size);
  if (data == NULL) return WB_E_NOMEM;
  vector->data = data;
  vector->capacity = capacity;
  return WB_OK;
}

void *wbi_vector_push(wbi_vector *vector) {
  if (wbi_vector_reserve(vector, 1) != WB_OK) return NULL;
  return memset(wbi_vector_at(vector, vector->count++), 0, vector->item_size);
}

void wbi_vector_free(wbi_vector *vector) {
  wbi_free(vector->context, vector->data, vector->capacity * vector->item_size);
  vector->data = NULL;
  vector->count = vector->capacity = 0;
}

wb_status wbi_bytes_add(wbi_vector *bytes, const void *data, size_t length) {
  if (length == 0) return WB_OK; /* same: of no bytes none is added */
  const wb_status status = wbi_vector_reserve(bytes, length);
  if (status != WB_OK) return status;
  memcpy((char *)bytes->data + bytes->count, data, length);
  bytes->count += length;
  return WB_OK;
}

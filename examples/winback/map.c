/* SPDX-License-Identifier: MIT */
/* A map of keys to numbers. */
#include "columns.h"

#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* All but the last character, eight at a time; and the last one, so that keys that are numbers one
   after the other, as those of tables are, lie side by side: the next one asked for is in the
   cache.
 */
static uint32_t map_hash(const char *key, size_t length) {
  const uint64_t times = 0x9e3779b97f4a7c15u;
  const uint32_t last = length ? (unsigned char)key[length - 1] & 15u : 0;
  uint64_t hash = length * times;
  for (size_t at = 0; at + 1 < length; at += 8) {
    uint64_t word = 0;
    memcpy(&word, key + at, length - 1 - at < 8 ? length - 1 - at : 8);
    hash = (hash ^ word) * times;
    hash ^= hash >> 32;
  }
  return ((uint32_t)(hash * times >> 32) & ~15u) | last;
}

const char *cli_map_key(const cli_map *map, uint32_t number, size_t *length) {
  *length = map->starts[number + 1] - map->starts[number];
  return map->bytes + map->starts[number];
}

/* The number that a slot holds. */
static uint32_t map_number(uint64_t slot) {
  return (uint32_t)slot - 1;
}

/* The slot of a key: the one that holds it, or a free one. */
static uint64_t *map_slot(const cli_map *map, const char *key, size_t length, uint32_t hash) {
  uint32_t at = hash & map->mask;
  for (; map->slots[at]; at = (at + 1) & map->mask) {
    size_t other = 0;
    if (map->slots[at] >> 32 != hash) continue;
    const char *held = cli_map_key(map, map_number(map->slots[at]), &other);
    if (other == length && !memcmp(held, key, length)) break;
  }
  return &map->slots[at];
}

int64_t cli_map_find(const cli_map *map, const char *key, size_t length) {
  if (!map->count) return CLI_MAP_NONE;
  uint64_t held = *map_slot(map, key, length, map_hash(key, length));
  return held ? (int64_t)map_number(held) : CLI_MAP_NONE;
}

/* Doubles the slots. */
static void map_widen(cli_map *map) {
  uint64_t *before = map->slots;
  size_t count = before ? (size_t)map->mask + 1 : 0, slots = count ? count * 2 : 64;
  map->slots = cli_grow(NULL, slots, sizeof *map->slots);
  memset(map->slots, 0, slots * sizeof *map->slots);
  map->mask = (uint32_t)(slots - 1);
  map->starts = cli_grow(map->starts, slots / 2 + 1, sizeof *map->starts);
  map->starts[0] = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t at = (uint32_t)(before[i] >> 32) & map->mask;
    if (!before[i]) continue;
    while (map->slots[at])
      at = (at + 1) & map->mask;
    map->slots[at] = before[i];
  }
  free(before);
}

uint32_t cli_map_add(cli_map *map, const char *key, size_t length) {
  if (!map->slots || map->count == (map->mask + 1) / 2) map_widen(map);
  uint32_t hash = map_hash(key, length);
  uint64_t *slot = map_slot(map, key, length, hash);
  if (*slot) return map_number(*slot);
  if (map->capacity - map->used < length) {
    map->capacity = (map->used + length) * 2;
    map->bytes = cli_grow(map->bytes, map->capacity, 1);
  }
  if (length) memcpy(map->bytes + map->used, key, length);
  map->used += length;
  *slot = (uint64_t)hash << 32 | ++map->count;
  map->starts[map->count] = map->used;
  return map->count - 1;
}

void cli_map_free(cli_map *map) {
  free(map->bytes);
  free(map->starts);
  free(map->slots);
  *map = (cli_map){0};
}

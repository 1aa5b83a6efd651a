/* SPDX-License-Identifier: MIT */
/* A map of keys to numbers. */
#include "columns.h"

#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* FNV-1a. */
static uint32_t map_hash(const char *key, size_t length) {
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < length; i++)
    hash = (hash ^ (unsigned char)key[i]) * 16777619u;
  return hash ^ hash >> 15;
}

const char *cli_map_key(const cli_map *map, uint32_t number, size_t *length) {
  *length = map->starts[number + 1] - map->starts[number];
  return map->bytes + map->starts[number];
}

/* The slot of a key: the one that holds its number + 1, or a free one. */
static uint32_t map_slot(const cli_map *map, const char *key, size_t length) {
  uint32_t slot = map_hash(key, length) & map->mask;
  for (; map->slots[slot]; slot = (slot + 1) & map->mask) {
    size_t other = 0;
    const char *held = cli_map_key(map, map->slots[slot] - 1, &other);
    if (other == length && !memcmp(held, key, length)) break;
  }
  return slot;
}

int64_t cli_map_find(const cli_map *map, const char *key, size_t length) {
  if (!map->count) return CLI_MAP_NONE;
  uint32_t held = map->slots[map_slot(map, key, length)];
  return held ? (int64_t)held - 1 : CLI_MAP_NONE;
}

/* Doubles the slots. */
static void map_widen(cli_map *map) {
  size_t slots = map->slots ? ((size_t)map->mask + 1) * 2 : 64;
  free(map->slots);
  map->slots = cli_grow(NULL, slots, sizeof *map->slots);
  memset(map->slots, 0, slots * sizeof *map->slots);
  map->mask = (uint32_t)(slots - 1);
  map->starts = cli_grow(map->starts, slots / 2 + 1, sizeof *map->starts);
  map->starts[0] = 0;
  for (uint32_t i = 0; i < map->count; i++) {
    size_t length = 0;
    const char *key = cli_map_key(map, i, &length);
    map->slots[map_slot(map, key, length)] = i + 1;
  }
}

uint32_t cli_map_add(cli_map *map, const char *key, size_t length) {
  if (!map->slots || map->count == (map->mask + 1) / 2) map_widen(map);
  uint32_t slot = map_slot(map, key, length);
  if (map->slots[slot]) return map->slots[slot] - 1;
  if (map->capacity - map->used < length) {
    map->capacity = (map->used + length) * 2;
    map->bytes = cli_grow(map->bytes, map->capacity, 1);
  }
  if (length) memcpy(map->bytes + map->used, key, length);
  map->used += length;
  map->slots[slot] = ++map->count;
  map->starts[map->count] = map->used;
  return map->count - 1;
}

void cli_map_free(cli_map *map) {
  free(map->bytes);
  free(map->starts);
  free(map->slots);
  *map = (cli_map){0};
}

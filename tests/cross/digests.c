/* SPDX-License-Identifier: MIT */
/*
 * What a practice writes is the same on every platform: for each history, the SHA-256 of its
 * journal and of its snapshot. platforms.sh compares what machines of other kinds print. With the
 * folder of a golden life, first that: its journal leads to the snapshot that is there.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "support/world.h"

enum { HISTORIES = 60, MOVES = 40, GOLDEN = 1 << 20 };

/* Prints a digest in hexadecimal digits. */
static void print_digest(const void *bytes, size_t length) {
  uint8_t digest[32];
  wbi_sha256 sha;
  wbi_sha256_init(&sha);
  wbi_sha256_add(&sha, bytes, length);
  wbi_sha256_finish(&sha, digest);
  for (size_t i = 0; i < sizeof digest; i++)
    printf("%02x", digest[i]);
}

/* One life of a practice, and what it left. */
static void print_history(const ground *it, uint64_t seed) {
  world w;
  world_open(&w, it, seed);
  for (int i = 0; i < MOVES; i++)
    world_move(&w, WORLD_CALM);
  size_t length = 0;
  uint8_t *snapshot = world_save(&w, w.process[w.active], &length);
  printf("%llu journal ", (unsigned long long)seed);
  print_digest(w.journal.bytes, w.journal.length);
  printf(" snapshot ");
  print_digest(snapshot, length);
  printf("\n");
  free(snapshot);
  world_close(&w);
}

/* The bytes of a golden file. */
static size_t read_golden(const char *folder, const char *name, uint8_t *bytes) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  if (file == NULL) return 0;
  const size_t length = fread(bytes, 1, GOLDEN, file);
  fclose(file);
  return length;
}

/* What release 0.1.0 wrote, read here; whether it is what it was there. */
static bool print_golden(const ground *it, const char *folder) {
  static uint8_t journal[GOLDEN], last[GOLDEN];
  const size_t length = read_golden(folder, "journal", journal);
  const size_t expected = read_golden(folder, "last", last);
  wb_replay replay = {.size = sizeof replay};
  world w;
  world_open(&w, it, 0);
  wb_practice *practice = world_practice(&w, false, world_secret);
  const wb_status status = wb_practice_replay(practice, journal, length, &replay, NULL);
  size_t saved = 0;
  uint8_t *snapshot = world_save(&w, practice, &saved);
  printf("golden records %llu snapshot ", (unsigned long long)replay.applied);
  print_digest(snapshot, saved);
  printf("\n");
  const bool same =
      status == WB_OK && replay.applied > 0 && saved == expected && !memcmp(snapshot, last, saved);
  free(snapshot);
  wb_practice_free(practice);
  world_close(&w);
  return same;
}

int main(int count, char **arguments) {
  ground it;
  ground_open(&it);
  if (count > 1 && !print_golden(&it, arguments[1])) return 1;
  for (uint64_t seed = 0; seed < HISTORIES; seed++)
    print_history(&it, seed);
  ground_close(&it);
  return 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * What a practice writes is the same on every platform: for each history, the SHA-256 of its
 * journal and of its snapshot. platforms.sh compares what machines of other kinds print.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"
#include "support/world.h"

enum { HISTORIES = 60, MOVES = 40 };

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

int main(void) {
  ground it;
  ground_open(&it);
  for (uint64_t seed = 0; seed < HISTORIES; seed++)
    print_history(&it, seed);
  ground_close(&it);
  return 0;
}

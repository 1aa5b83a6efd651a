/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target: any bytes as calls of a practice, with failures between them; after each call all
 * that must hold does, and in the end everything was answered for. See support/world.h.
 */
#include "support/world.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  enum { MOVES = 100 };
  static ground practice_ground; /* made once: it is what everything stands on */
  world w;
  if (!practice_ground.schema) ground_open(&practice_ground);
  world_read(&w, &practice_ground, data, size);
  for (int i = 0; i < MOVES && world_goes_on(&w); i++)
    world_move(&w, WORLD_ALL);
  world_finish(&w);
  world_close(&w);
  return 0;
}

/* SPDX-License-Identifier: MIT */
/* MurmurHash3 for x86, 32 bits, seed 0 (Austin Appleby, public domain): what tests between arms are
   drawn by, here and elsewhere, so that anybody can repeat the draw. */
#include "base/base.h"

/* Bits turned to the left. */
static inline uint32_t murmur_turn(uint32_t x, unsigned by) {
  return x << by | x >> (32 - by);
}

/* A word as it is mixed in. */
static inline uint32_t murmur_word(uint32_t word) {
  return murmur_turn(word * 0xcc9e2d51u, 15) * 0x1b873593u;
}

uint32_t wbi_murmur3(wbi_text text) {
  uint32_t hash = 0, tail = 0;
  size_t at = 0;
  for (; at + 4 <= text.length; at += 4) {
    const unsigned char *b = (const unsigned char *)text.data + at;
    const uint32_t word = b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
    hash = murmur_turn(hash ^ murmur_word(word), 13) * 5 + 0xe6546b64u;
  }
  for (size_t i = text.length; i > at; i--)
    tail = tail << 8 | (unsigned char)text.data[i - 1];
  hash ^= murmur_word(tail) ^ (uint32_t)text.length;
  hash = (hash ^ hash >> 16) * 0x85ebca6bu;
  hash = (hash ^ hash >> 13) * 0xc2b2ae35u;
  return hash ^ hash >> 16;
}

/* SPDX-License-Identifier: MIT */
/* Hashes: SHA-256 (FIPS 180-4) and its HMAC, SipHash-2-4 with 128 bits out, and one for tables in
 * memory. */
#include "base/base.h"

/* The first 32 bits of the fractions of the cube roots of the first 64 primes. */
const uint32_t wbi_sha256_round[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/* Bits turned to the right. */
static inline uint32_t sha_turn(uint32_t x, unsigned by) {
  return x >> by | x << (32 - by);
}

/* Spreads a block over the 64 words of its schedule. */
static void sha_schedule(uint32_t w[64], const uint8_t block[64]) {
  for (size_t i = 0; i < 16; i++) {
    const uint8_t *b = block + 4 * i;
    w[i] = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
  }
  for (size_t i = 16; i < 64; i++) {
    const uint32_t x = w[i - 15], y = w[i - 2];
    w[i] = w[i - 16] + (sha_turn(x, 7) ^ sha_turn(x, 18) ^ x >> 3) + w[i - 7] +
           (sha_turn(y, 17) ^ sha_turn(y, 19) ^ y >> 10);
  }
}

void wbi_sha256_block(uint32_t state[8], const uint8_t block[64]) {
  uint32_t w[64];
  sha_schedule(w, block);
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
  for (size_t i = 0; i < 64; i++) {
    const uint32_t one = h + (sha_turn(e, 6) ^ sha_turn(e, 11) ^ sha_turn(e, 25)) +
                         (g ^ (e & (f ^ g))) + wbi_sha256_round[i] + w[i];
    const uint32_t two =
        (sha_turn(a, 2) ^ sha_turn(a, 13) ^ sha_turn(a, 22)) + ((a & b) | (c & (a | b)));
    h = g;
    g = f;
    f = e;
    e = d + one;
    d = c;
    c = b;
    b = a;
    a = one + two;
  }
  const uint32_t mixed[8] = {a, b, c, d, e, f, g, h};
  for (size_t i = 0; i < 8; i++)
    state[i] += mixed[i];
}

void wbi_sha256_again(wbi_sha256 *sha) {
  /* The first 32 bits of the fractions of the square roots of the first 8 primes. */
  static const uint32_t sha_start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  *sha = (wbi_sha256){.mix = sha->mix};
  memcpy(sha->state, sha_start, sizeof sha_start);
}

void wbi_sha256_init_by(wbi_sha256 *sha, wbi_sha256_mix mix) {
  sha->mix = mix;
  wbi_sha256_again(sha);
}

void wbi_sha256_init(wbi_sha256 *sha) {
  wbi_sha256_init_by(sha, wbi_sha256_block);
}

void wbi_sha256_init_long(wbi_sha256 *sha) {
  wbi_sha256_init_by(sha, wbi_sha256_of(wbi_processor()));
}

void wbi_sha256_add(wbi_sha256 *sha, const void *data, size_t length) {
  const uint8_t *at = data;
  while (length > 0) {
    const size_t used = (size_t)(sha->total % 64);
    size_t step = 64 - used < length ? 64 - used : length;
    /* same: a whole block need not be copied, but may be */
    if (step == 64) {
      sha->mix(sha->state, at);
    } else {
      memcpy(sha->block + used, at, step);
      if (used + step == 64) sha->mix(sha->state, sha->block);
    }
    sha->total += step;
    at += step;
    length -= step;
  }
}

void wbi_sha256_finish(wbi_sha256 *sha, uint8_t out[32]) {
  static const uint8_t sha_padding[64] = {0x80};
  const uint64_t bits = sha->total * 8;
  const size_t used = (size_t)(sha->total % 64);
  uint8_t length[8];
  for (size_t i = 0; i < 8; i++)
    length[i] = (uint8_t)(bits >> (56 - 8 * i));
  wbi_sha256_add(sha, sha_padding, used < 56 ? 56 - used : 120 - used);
  wbi_sha256_add(sha, length, sizeof length);
  for (size_t i = 0; i < 32; i++)
    out[i] = (uint8_t)(sha->state[i / 4] >> (24 - 8 * (i % 4)));
}

void wbi_sha256_text(wbi_text text, uint8_t out[32]) {
  wbi_sha256 sha;
  wbi_sha256_init(&sha);
  wbi_sha256_add(&sha, text.data, text.length);
  wbi_sha256_finish(&sha, out);
}

void wbi_hmac_sha256(wbi_sha256_mix mix, wbi_text key, wbi_text message, uint8_t out[32]) {
  enum { HMAC_BLOCK = 64 };
  uint8_t block[HMAC_BLOCK] = {0};
  wbi_sha256 sha;
  if (key.length > HMAC_BLOCK) {
    wbi_sha256_init_by(&sha, mix);
    wbi_sha256_add(&sha, key.data, key.length);
    wbi_sha256_finish(&sha, block);
  } else if (key.length > 0) {
    memcpy(block, key.data, key.length);
  }
  for (size_t i = 0; i < HMAC_BLOCK; i++)
    block[i] ^= 0x36;
  wbi_sha256_init_by(&sha, mix);
  wbi_sha256_add(&sha, block, HMAC_BLOCK);
  wbi_sha256_add(&sha, message.data, message.length);
  wbi_sha256_finish(&sha, out);
  for (size_t i = 0; i < HMAC_BLOCK; i++)
    block[i] ^= 0x36 ^ 0x5c;
  wbi_sha256_init_by(&sha, mix);
  wbi_sha256_add(&sha, block, HMAC_BLOCK);
  wbi_sha256_add(&sha, out, 32);
  wbi_sha256_finish(&sha, out);
}

bool wbi_secret_equal(const uint8_t *a, const uint8_t *b, size_t length) {
  unsigned different = 0;
  for (size_t i = 0; i < length; i++)
    different |= (unsigned)(a[i] ^ b[i]);
  return different == 0;
}

/* Fewer than eight bytes as a number: four, two and one of them. */
static inline uint64_t sip_word(const uint8_t *bytes, size_t count) {
  const size_t four = count & 4, six = count & 6;
  uint64_t word = four != 0 ? wbi_low32(bytes) : 0;
  if (six != four) word |= (uint64_t)(bytes[four] | bytes[four + 1] << 8) << 8 * four;
  if (six != count) word |= (uint64_t)bytes[six] << 8 * six;
  return word;
}

/* Bits turned to the left. */
static inline uint64_t sip_turn(uint64_t x, unsigned by) {
  return x << by | x >> (64 - by);
}

/* The mixing step, several times. */
static void sip_rounds(uint64_t v[4], int rounds) {
  uint64_t a = v[0], b = v[1], c = v[2], d = v[3];
  for (int i = 0; i < rounds; i++) {
    a += b;
    c += d;
    b = sip_turn(b, 13) ^ a;
    d = sip_turn(d, 16) ^ c;
    a = sip_turn(a, 32);
    c += b;
    a += d;
    b = sip_turn(b, 17) ^ c;
    d = sip_turn(d, 21) ^ a;
    c = sip_turn(c, 32);
  }
  v[0] = a;
  v[1] = b;
  v[2] = c;
  v[3] = d;
}

/* Takes in one word of the message. */
static void sip_take(wbi_siphash *sip, uint64_t word) {
  sip->v[3] ^= word;
  sip_rounds(sip->v, 2);
  sip->v[0] ^= word;
}

void wbi_siphash_init(wbi_siphash *sip, const wbi_bytes16 *key) {
  const uint64_t low = wbi_low64(key->bytes), high = wbi_low64(key->bytes + 8);
  *sip = (wbi_siphash){.v = {low ^ 0x736f6d6570736575u, high ^ 0x646f72616e646f6du ^ 0xee,
                             low ^ 0x6c7967656e657261u, high ^ 0x7465646279746573u}};
}

/* Takes in fewer than eight bytes. */
static inline void sip_part(wbi_siphash *sip, uint64_t part, size_t count) {
  const unsigned bits = (unsigned)(sip->total % 8) * 8; /* of the tail */
  sip->total += count;
  sip->tail |= part << bits;
  if (bits / 8 + count < 8) return;
  sip_take(sip, sip->tail);
  sip->tail = part >> (64 - bits);
}

void wbi_siphash_add(wbi_siphash *sip, const void *data, size_t length) {
  const uint8_t *bytes = data;
  const unsigned bits = (unsigned)(sip->total % 8) * 8;
  sip->total += length - length % 8;
  for (; length >= 8; bytes += 8, length -= 8) {
    const uint64_t word = wbi_low64(bytes);
    sip_take(sip, sip->tail | word << bits);
    sip->tail = bits > 0 ? word >> (64 - bits) : 0;
  }
  sip_part(sip, sip_word(bytes, length), length);
}

void wbi_siphash_text(wbi_siphash *sip, wbi_text text) {
  sip_part(sip, (uint32_t)text.length, sizeof(uint32_t));
  wbi_siphash_add(sip, text.data, text.length);
}

void wbi_siphash_finish(wbi_siphash *sip, wbi_bytes16 *out) {
  sip_take(sip, sip->tail | sip->total << 56);
  for (unsigned half = 0; half < 2; half++) {
    sip->v[half == 0 ? 2 : 1] ^= half == 0 ? 0xee : 0xdd;
    sip_rounds(sip->v, 4);
    const uint64_t word = sip->v[0] ^ sip->v[1] ^ sip->v[2] ^ sip->v[3];
    for (unsigned i = 0; i < 8; i++)
      out->bytes[8 * half + i] = (uint8_t)(word >> (8 * i));
  }
}

uint64_t wbi_hash_bytes(const void *data, size_t length) {
  const uint64_t times = 0x9e3779b97f4a7c15u;
  const uint8_t *bytes = data;
  uint64_t hash = length * times;
  for (; length >= 8; bytes += 8, length -= 8) {
    hash = (hash ^ wbi_low64(bytes)) * times;
    hash ^= hash >> 32;
  }
  hash = (hash ^ sip_word(bytes, length)) * times;
  hash = (hash ^ hash >> 32) * times;
  return hash ^ hash >> 32;
}

bool wbi_bytes16_empty(const wbi_bytes16 *a) {
  static const wbi_bytes16 bytes16_none = {{0}};
  return wbi_bytes16_equal(a, &bytes16_none);
}

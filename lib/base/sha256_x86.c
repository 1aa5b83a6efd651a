/* SPDX-License-Identifier: MIT */
/* SHA-256 by the instructions that newer processors of the x86 family have for it. */
#include "base/base.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

/* Four rounds of each step take four words of the schedule; each step but the last four makes those
   that come sixteen words later. The halves of the state lie as the instructions want them: words
   a, b, e, f and c, d, g, h, the last lowest. */
__attribute__((target("sha,sse4.1"))) static void x86_mix(uint32_t state[8],
                                                          const uint8_t block[64]) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  const __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xb1);
  const __m128i high = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1b);
  const __m128i abef = _mm_alignr_epi8(low, high, 8), cdgh = _mm_blend_epi16(high, low, 0xf0);
  __m128i a = abef, c = cdgh, w[4];
  for (size_t i = 0; i < 4; i++)
    w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(block + 16 * i)), swap);
  for (size_t i = 0; i < 16; i++) {
    const __m128i old = w[i % 4], last = w[(i + 3) % 4];
    const __m128i round = _mm_loadu_si128((const __m128i *)(wbi_sha256_round + 4 * i));
    const __m128i words = _mm_add_epi32(old, round);
    c = _mm_sha256rnds2_epu32(c, a, words);
    a = _mm_sha256rnds2_epu32(a, c, _mm_shuffle_epi32(words, 0x0e));
    const __m128i middle = _mm_alignr_epi8(last, w[(i + 2) % 4], 4);
    const __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(old, w[(i + 1) % 4]), middle);
    w[i % 4] = _mm_sha256msg2_epu32(sum, last);
  }
  a = _mm_shuffle_epi32(_mm_add_epi32(a, abef), 0x1b);
  c = _mm_shuffle_epi32(_mm_add_epi32(c, cdgh), 0xb1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(a, c, 0xf0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(c, a, 8));
}

wbi_sha256_mix wbi_sha256_of(uint32_t processor) {
  return (processor & WBI_HAS_SHA256) != 0 ? x86_mix : wbi_sha256_block;
}

#else

/* same: is compiled for other processors */
wbi_sha256_mix wbi_sha256_of(uint32_t processor) {
  (void)processor;
  return wbi_sha256_block;
}

#endif

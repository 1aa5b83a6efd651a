/* SPDX-License-Identifier: MIT */
/* CRC-32C by the instruction that processors of the x86 family have for it, eight bytes at a step.
 */
#include "base/base.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

__attribute__((target("sse4.2"))) static uint32_t x86_crc32c(uint32_t crc, const void *data,
                                                             size_t length) {
  const uint8_t *at = data;
  uint64_t sum = (uint32_t)~crc;
  /* same: the last eight bytes may also go one by one */
  for (; length >= 8; length -= 8, at += 8)
    sum = _mm_crc32_u64(sum, wbi_low64(at));
  crc = (uint32_t)sum;
  for (; length > 0; length--, at++)
    crc = _mm_crc32_u8(crc, *at);
  return ~crc;
}

wbi_crc32c_run wbi_crc32c_of(uint32_t processor) {
  return (processor & WBI_HAS_CRC32C) != 0 ? x86_crc32c : wbi_crc32c;
}

#else

/* same: is compiled for other processors */
wbi_crc32c_run wbi_crc32c_of(uint32_t processor) {
  (void)processor;
  return wbi_crc32c;
}

#endif

/* SPDX-License-Identifier: MIT */
/* What the processor has for hashes. */
#include "base/base.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include <cpuid.h>

/* same: where nothing is said to be there, what runs everywhere runs, and gives the same hashes */
uint32_t wbi_processor(void) {
  const unsigned shuffles = bit_SSSE3 | bit_SSE4_1; /* that SHA-256 needs beside its own */
  unsigned a, b, c, d, basic = 0, later = 0;        /* stay 0 where a processor does not say */
  (void)__get_cpuid(1, &a, &b, &basic, &d);
  (void)__get_cpuid_count(7, 0, &a, &later, &c, &d);
  const uint32_t crc = (basic & bit_SSE4_2) != 0;
  const uint32_t sha = (basic & shuffles) == shuffles;
  return crc * WBI_HAS_CRC32C | (sha & later >> 29) * WBI_HAS_SHA256;
}

#else

uint32_t wbi_processor(void) {
  return 0;
}

#endif

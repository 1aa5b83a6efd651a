/* SPDX-License-Identifier: MIT */
/* Structs that cross the ABI: `size` and `flags` first, and a host older or newer than we are. */
#include "base/base.h"

/* No public struct is nearly as long; a longer one is a size that was never set. */
enum { STRUCT_MOST = 4096 };

/* Whether the bytes of a struct past what we know are all zero. */
static bool struct_tail_empty(const void *from, uint32_t known_size, uint32_t size) {
  const uint8_t *bytes = from;
  for (uint32_t i = known_size; i < size; i++) {
    if (bytes[i] != 0) return false;
  }
  return true;
}

wb_status wbi_struct_convert(const void *from, uint32_t minimum, void *known, uint32_t known_size,
                             uint32_t known_flags, wb_error *error) {
  if (from == NULL) return wbi_fail(error, WB_E_INVALID, "A struct is missing.");
  uint32_t size = 0;
  memcpy(&size, from, sizeof size);
  if (size < minimum || size < 2 * sizeof size) { /* same: none has its size and flags alone */
    return wbi_fail(error, WB_E_INVALID, "The size of a struct is too small, or was not set.");
  }
  if (size > STRUCT_MOST || !struct_tail_empty(from, known_size, size)) {
    return wbi_fail(error, WB_E_VERSION, "A struct has members that this library does not know.");
  }
  uint32_t flags = 0;
  memcpy(&flags, (const char *)from + sizeof size, sizeof flags);
  if ((flags & ~known_flags) != 0) {
    return wbi_fail(error, WB_E_VERSION, "A struct has flags that this library does not know.");
  }
  memset(known, 0, known_size);
  memcpy(known, from, size < known_size ? size : known_size);
  memcpy(known, &known_size, sizeof known_size);
  return WB_OK;
}

wb_status wbi_struct_fit(void *to, uint32_t minimum, const void *known, uint32_t known_size) {
  uint32_t size = 0;
  if (to == NULL) return WB_E_INVALID;
  memcpy(&size, to, sizeof size);
  if (size < minimum || size > STRUCT_MOST) return WB_E_INVALID;
  const uint32_t common = size < known_size ? size : known_size;
  memcpy((char *)to + sizeof size, (const char *)known + sizeof size, common - sizeof size);
  memset((char *)to + common, 0, size - common);
  return WB_OK;
}

bool wbi_structs_fit(const void *to, uint32_t capacity, uint32_t known_size, size_t alignment) {
  uint32_t stride = 0;
  if (capacity == 0) return true;
  if (to == NULL) return false;
  memcpy(&stride, to, sizeof stride);
  return stride >= known_size && stride <= STRUCT_MOST && stride % alignment == 0;
}

wb_status wbi_structs_write(void *to, uint32_t stride, const wbi_vector *structs) {
  for (size_t i = 0; i < structs->count; i++) {
    char *place = (char *)to + i * stride;
    const uint32_t size = (uint32_t)structs->item_size;
    memcpy(place, &stride, sizeof stride);
    const wb_status status = wbi_struct_write(place, size, wbi_vector_at(structs, i), size);
    if (status != WB_OK) return status;
  }
  return WB_OK;
}

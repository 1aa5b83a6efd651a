/* SPDX-License-Identifier: MIT */
/* Texts on the wire; numbers are in base.h. */
#include "base/base.h"

void wbi_put_bytes(wbi_writer *writer, const void *data, size_t length) {
  wbi_put_text(writer, (wbi_text){data, length});
}

void wbi_put_short(wbi_writer *writer, wbi_text text) {
  WBI_ASSERT(text.length <= UINT16_MAX);
  const wbi_text cut = wbi_text_slice(text, 0, UINT16_MAX);
  wbi_put_u16(writer, (uint16_t)cut.length);
  wbi_put_text(writer, cut);
}

wbi_text wbi_get_short(wbi_reader *reader) {
  const size_t length = wbi_get_u16(reader);
  const uint8_t *bytes = wbi_get_bytes(reader, length);
  return bytes != NULL ? (wbi_text){(const char *)bytes, length} : (wbi_text){NULL, 0};
}

/* SPDX-License-Identifier: MIT */
/* Bytes on the wire; numbers and texts are in base.h. */
#include "base/base.h"

void wbi_put_bytes(wbi_writer *writer, const void *data, size_t length) {
  wbi_put_text(writer, (wbi_text){data, length});
}

/* SPDX-License-Identifier: MIT */
/* Little-endian bytes: what journals, snapshots and hashes are made of. */
#include "base/base.h"

/* Writes the lowest `count` bytes of a number. */
static void wire_put(wbi_writer *writer, uint64_t value, size_t count) {
  uint8_t bytes[8];
  for (size_t i = 0; i < count; i++)
    bytes[i] = (uint8_t)(value >> (8 * i));
  wbi_put_bytes(writer, bytes, count);
}

/* Reads a number of `count` bytes; 0 when short. */
static uint64_t wire_get(wbi_reader *reader, size_t count) {
  const uint8_t *bytes = wbi_get_bytes(reader, count);
  if (bytes == NULL) return 0;
  uint64_t value = 0;
  for (size_t i = 0; i < count; i++)
    value |= (uint64_t)bytes[i] << (8 * i);
  return value;
}

void wbi_put_u8(wbi_writer *writer, uint8_t value) {
  wbi_put_bytes(writer, &value, 1);
}

void wbi_put_u16(wbi_writer *writer, uint16_t value) {
  wire_put(writer, value, 2);
}

void wbi_put_u32(wbi_writer *writer, uint32_t value) {
  wire_put(writer, value, 4);
}

void wbi_put_u64(wbi_writer *writer, uint64_t value) {
  wire_put(writer, value, 8);
}

void wbi_put_bytes(wbi_writer *writer, const void *data, size_t length) {
  wbi_put_text(writer, (wbi_text){data, length});
}

void wbi_put_short(wbi_writer *writer, wbi_text text) {
  WBI_ASSERT(text.length <= UINT16_MAX);
  const wbi_text cut = wbi_text_slice(text, 0, UINT16_MAX);
  wbi_put_u16(writer, (uint16_t)cut.length);
  wbi_put_text(writer, cut);
}

const uint8_t *wbi_get_bytes(wbi_reader *reader, size_t length) {
  if (reader->failed || length > reader->length - reader->at) {
    reader->failed = true;
    return NULL;
  }
  const uint8_t *bytes = reader->data + reader->at;
  reader->at += length;
  return bytes;
}

uint8_t wbi_get_u8(wbi_reader *reader) {
  return (uint8_t)wire_get(reader, 1);
}

uint16_t wbi_get_u16(wbi_reader *reader) {
  return (uint16_t)wire_get(reader, 2);
}

uint32_t wbi_get_u32(wbi_reader *reader) {
  return (uint32_t)wire_get(reader, 4);
}

uint64_t wbi_get_u64(wbi_reader *reader) {
  return wire_get(reader, 8);
}

wbi_text wbi_get_short(wbi_reader *reader) {
  const size_t length = wbi_get_u16(reader);
  const uint8_t *bytes = wbi_get_bytes(reader, length);
  return bytes != NULL ? (wbi_text){(const char *)bytes, length} : (wbi_text){NULL, 0};
}

/* SPDX-License-Identifier: MIT */
/* The bounded writer: text, integers, hex and JSON strings into a caller's buffer. */
#include "base/base.h"

void wbi_put_text(wbi_writer *writer, wbi_text text) {
  if (text.length > 0 && writer->length < writer->capacity) {
    const size_t room = writer->capacity - writer->length;
    memcpy(writer->data + writer->length, text.data, text.length < room ? text.length : room);
  }
  writer->length += text.length;
}

void wbi_put_char(wbi_writer *writer, char c) {
  if (writer->length < writer->capacity) writer->data[writer->length] = c;
  writer->length++;
}

void wbi_put_padded(wbi_writer *writer, uint64_t value, unsigned width) {
  enum { DIGITS_MOST = 20 };
  char digits[DIGITS_MOST];
  unsigned from = DIGITS_MOST;
  do {
    digits[--from] = (char)('0' + value % 10);
    value /= 10;
  } while (value > 0);
  for (unsigned zeros = DIGITS_MOST - from; zeros < width; zeros++)
    wbi_put_char(writer, '0');
  wbi_put_text(writer, (wbi_text){digits + from, DIGITS_MOST - from});
}

void wbi_put_uint(wbi_writer *writer, uint64_t value) {
  wbi_put_padded(writer, value, 1);
}

void wbi_put_int(wbi_writer *writer, int64_t value) {
  if (value < 0) wbi_put_char(writer, '-');
  wbi_put_uint(writer, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void wbi_put_hex(wbi_writer *writer, const uint8_t *bytes, size_t count) {
  static const char hex_digits[] = "0123456789abcdef";
  for (size_t i = 0; i < count; i++) {
    wbi_put_char(writer, hex_digits[bytes[i] >> 4]);
    wbi_put_char(writer, hex_digits[bytes[i] & 15]);
  }
}

void wbi_put_hex_capital(wbi_writer *writer, uint8_t byte) {
  static const char hex_capitals[] = "0123456789ABCDEF";
  wbi_put_char(writer, hex_capitals[byte >> 4]);
  wbi_put_char(writer, hex_capitals[byte & 15]);
}

/* The letter of a two-character JSON escape, 0 when there is none. */
static char writer_json_letter(char c) {
  switch (c) {
  case '"': return '"';
  case '\\': return '\\';
  case '\b': return 'b';
  case '\f': return 'f';
  case '\n': return 'n';
  case '\r': return 'r';
  case '\t': return 't';
  default: return 0;
  }
}

/* Writes the escape of one character. */
static void writer_json_escape(wbi_writer *writer, char c) {
  const char letter = writer_json_letter(c);
  const uint8_t byte = (uint8_t)c;
  if (letter != 0) {
    wbi_put_char(writer, '\\');
    wbi_put_char(writer, letter);
    return;
  }
  wbi_put_text(writer, WBI_TEXT("\\u00"));
  wbi_put_hex(writer, &byte, 1);
}

void wbi_put_json(wbi_writer *writer, wbi_text text) {
  size_t from = 0;
  wbi_put_char(writer, '"');
  for (size_t i = 0; i < text.length; i++) {
    const char c = text.data[i];
    if ((unsigned char)c >= 0x20 && c != '"' && c != '\\') continue;
    wbi_put_text(writer, wbi_text_slice(text, from, i));
    writer_json_escape(writer, c);
    from = i + 1;
  }
  wbi_put_text(writer, wbi_text_slice(text, from, text.length));
  wbi_put_char(writer, '"');
}

wb_status wbi_writer_finish(const wbi_writer *writer, size_t *needed) {
  if (needed != NULL) *needed = writer->length;
  if (writer->length > writer->capacity) return WB_E_SPACE;
  if (writer->length < writer->capacity) writer->data[writer->length] = '\0';
  return WB_OK;
}

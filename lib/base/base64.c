/* SPDX-License-Identifier: MIT */
/* Bytes as text and back: base64 and its form for links (RFC 4648, 4 and 5). */
#include "base/base.h"

static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char base64_link_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* Writes up to three bytes as two to four digits; how many bytes those were. */
static size_t base64_put_group(wbi_writer *writer, const char *digits, const uint8_t *bytes,
                               size_t left) {
  uint32_t bits = (uint32_t)bytes[0] << 16;
  if (left > 1) bits |= (uint32_t)bytes[1] << 8;
  if (left > 2) bits |= bytes[2];
  wbi_put_char(writer, digits[bits >> 18]);
  wbi_put_char(writer, digits[bits >> 12 & 63]);
  if (left > 1) wbi_put_char(writer, digits[bits >> 6 & 63]);
  if (left > 2) wbi_put_char(writer, digits[bits & 63]);
  return left < 3 ? left : 3;
}

void wbi_put_base64(wbi_writer *writer, const uint8_t *bytes, size_t count) {
  for (size_t i = 0; i < count;)
    i += base64_put_group(writer, base64_digits, bytes + i, count - i);
  for (size_t i = count; i % 3 != 0; i++)
    wbi_put_char(writer, '=');
}

void wbi_put_base64url(wbi_writer *writer, const uint8_t *bytes, size_t count) {
  for (size_t i = 0; i < count;)
    i += base64_put_group(writer, base64_link_digits, bytes + i, count - i);
}

/* The bytes of a text in these 64 digits. */
static bool base64_get(wbi_text text, const char *digits, uint8_t *out, size_t *count) {
  uint32_t bits = 0, held = 0;
  size_t length = 0;
  for (size_t i = 0; i < text.length; i++) {
    const char *digit = memchr(digits, text.data[i], 64);
    if (digit == NULL) return false;
    bits = (bits << 6 | (uint32_t)(digit - digits)) & 0xFFFFFF;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out[length++] = (uint8_t)(bits >> held);
  }
  if (held == 6) return false; /* one digit alone makes no byte */
  *count = length;
  return true;
}

/* A text without the signs that fill it up. */
static wbi_text base64_unfilled(wbi_text text) {
  for (int i = 0; i < 2 && text.length % 4 == (size_t)(-i & 3); i++)
    if (text.length > 0 && text.data[text.length - 1] == '=') text.length--;
  return text;
}

bool wbi_get_base64(wbi_text text, uint8_t *out, size_t *count) {
  return base64_get(base64_unfilled(text), base64_digits, out, count);
}

bool wbi_get_base64url(wbi_text text, uint8_t *out, size_t *count) {
  return base64_get(text, base64_link_digits, out, count);
}

/* SPDX-License-Identifier: MIT */
/* Whether bytes are text, and how wide it is. */
#include "cli.h"

/* Bytes of the character at `at` from its first byte; 0: none begins so. */
static size_t utf8_length(unsigned char lead) {
  if (lead < 0x80) return lead ? 1 : 0;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
}

/* Bytes of the character at `at`, 0 when it is not UTF-8 (or NUL). */
static size_t utf8_character(const unsigned char *at, size_t left) {
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  size_t length = utf8_length(at[0]);
  if (length < 2) return length;
  if (left < length) return 0;
  uint32_t code = at[0] & (0x7Fu >> length);
  for (size_t i = 1; i < length; i++) {
    if ((at[i] & 0xC0) != 0x80) return 0;
    code = code << 6 | (at[i] & 0x3Fu);
  }
  bool sound = code >= least[length] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
  return sound ? length : 0;
}

bool cli_is_text(const char *data, size_t length) {
  const unsigned char *at = (const unsigned char *)data, *end = at + length;
  while (at < end) {
    size_t step = *at - 1u < 0x7Fu ? 1 : utf8_character(at, (size_t)(end - at));
    if (!step) return false;
    at += step;
  }
  return true;
}

void cli_pad(const char *text, int width) {
  int columns = 0;
  for (const char *at = text; *at; at++)
    columns += ((unsigned char)*at & 0xC0) != 0x80; /* characters, not bytes */
  printf("%s%*s", text, columns < width ? width - columns : 1, "");
}

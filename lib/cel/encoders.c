/* SPDX-License-Identifier: MIT */
/* Bytes as text and back: base64. */
#include "cel/value.h"

static const char encoders_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* base64.encode(bytes) */
static wbi_cel_value encoders_encode(wbi_cel_run *run, const wbi_cel_value *arguments,
                                     uint32_t count) {
  if (count != 1 || arguments->kind != WB_BYTES) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  const uint64_t length = ((uint64_t)arguments->length + 2) / 3 * 4;
  char *out = length <= UINT32_MAX ? wbi_cel_take(run, (size_t)length) : NULL;
  if (out == NULL) return wbi_cel_of_fault(WBI_FAULT_COST);
  wbi_writer writer = {out, (size_t)length, 0};
  wbi_put_base64(&writer, (const uint8_t *)arguments->as.data, arguments->length);
  return wbi_cel_of_text((wbi_text){out, (size_t)length});
}

/* A text without the signs that fill it up. */
static wbi_text encoders_unfilled(wbi_text text) {
  for (int i = 0; i < 2 && text.length % 4 == (size_t)(-i & 3); i++)
    if (text.length > 0 && text.data[text.length - 1] == '=') text.length--;
  return text;
}

/* base64.decode(text), with the signs that fill it up or without */
static wbi_cel_value encoders_decode(wbi_cel_run *run, const wbi_cel_value *arguments,
                                     uint32_t count) {
  if (count != 1 || arguments->kind != WB_TEXT) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  const wbi_text text = encoders_unfilled(wbi_cel_text(arguments));
  char *out = wbi_cel_take(run, text.length / 4 * 3 + 3);
  uint32_t bits = 0, held = 0, length = 0;
  if (out == NULL) return wbi_cel_of_fault(WBI_FAULT_COST);
  for (size_t i = 0; i < text.length; i++) {
    const char *digit = memchr(encoders_digits, text.data[i], sizeof encoders_digits - 1);
    if (digit == NULL) return wbi_cel_of_fault(WBI_FAULT_TEXT);
    bits = (bits << 6 | (uint32_t)(digit - encoders_digits)) & 0xFFFFFF;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out[length++] = (char)(uint8_t)(bits >> held);
  }
  if (held == 6) return wbi_cel_of_fault(WBI_FAULT_TEXT); /* one digit alone makes no byte */
  return (wbi_cel_value){.as.data = out, .length = length, .kind = WB_BYTES};
}

static const wbi_cel_overload encoders_overloads[] = {
    {"base64.encode", "y:s", encoders_encode},
    {"base64.decode", "s:y", encoders_decode},
};

const wbi_cel_library wbi_cel_encoders = {encoders_overloads, WBI_COUNT(encoders_overloads)};

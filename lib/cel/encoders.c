/* SPDX-License-Identifier: MIT */
/* Bytes as text and back: base64. */
#include "cel/value.h"

/* base64.encode(bytes) */
static wbi_cel_value encoders_encode(wbi_cel_run *run, const wbi_cel_value *arguments,
                                     uint32_t count) {
  (void)count;
  if (arguments->kind != WB_BYTES) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  const uint64_t length = ((uint64_t)arguments->length + 2) / 3 * 4;
  char *out = length <= UINT32_MAX ? wbi_cel_take(run, (size_t)length) : NULL;
  if (out == NULL) return wbi_cel_of_fault(WBI_FAULT_COST);
  wbi_writer writer = {out, (size_t)length, 0};
  wbi_put_base64(&writer, (const uint8_t *)arguments->as.data, arguments->length);
  return wbi_cel_of_text((wbi_text){out, (size_t)length});
}

/* base64.decode(text), with the signs that fill it up or without */
static wbi_cel_value encoders_decode(wbi_cel_run *run, const wbi_cel_value *arguments,
                                     uint32_t count) {
  (void)count;
  if (arguments->kind != WB_TEXT) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  const wbi_text text = wbi_cel_text(arguments);
  char *out = wbi_cel_take(run, text.length / 4 * 3 + 3);
  size_t length = 0;
  if (out == NULL) return wbi_cel_of_fault(WBI_FAULT_COST);
  if (!wbi_get_base64(text, (uint8_t *)out, &length)) return wbi_cel_of_fault(WBI_FAULT_TEXT);
  return (wbi_cel_value){.as.data = out, .length = (uint32_t)length, .kind = WB_BYTES};
}

static const wbi_cel_overload encoders_overloads[] = {
    {"base64.encode", "y:s", encoders_encode},
    {"base64.decode", "s:y", encoders_decode},
};

const wbi_cel_library wbi_cel_encoders = {encoders_overloads, WBI_COUNT(encoders_overloads)};

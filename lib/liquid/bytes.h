/* SPDX-License-Identifier: MIT */
/*
 * What bytes a value is made of, found in one look: most values hold nothing that screening,
 * escaping or counting must look at more closely.
 */
#ifndef WBI_LIQUID_BYTES_H
#define WBI_LIQUID_BYTES_H

#include "base/base.h"

/* Kinds of bytes; a letter of ASCII is none of them. */
enum {
  WBI_BYTE_BLANK = 1,
  WBI_BYTE_MARK = 2, /* ' - , . */
  WBI_BYTE_DIGIT = 4,
  WBI_BYTE_SIGN = 8,       /* other characters of ASCII */
  WBI_BYTE_HIGH = 0x10,    /* beyond ASCII: nothing else is known of it */
  WBI_BYTE_BAD = 0x20,     /* controls, < > {: likewise */
  WBI_BYTE_HOST = 0x40,    /* @ . - /: no link and no address is without one of them */
  WBI_BYTE_MARKUP = 0x80,  /* & " ' ` =: written as references in HTML */
  WBI_BYTE_ENCODE = 0x100, /* written with a percent sign in a whole link, or not as it is */
  WBI_BYTE_SMS = 0x200,    /* takes more than one septet, or GSM-7 does not have it */
  WBI_BYTE_CLOSER = WBI_BYTE_HIGH | WBI_BYTE_BAD
};

extern const uint16_t wbi_byte_kinds[256];

/* The kinds of eight bytes together. */
static inline uint32_t wbi_bytes_eight(const char *eight) {
  const uint8_t *c = (const uint8_t *)eight;
  const uint16_t *kinds = wbi_byte_kinds;
  return (uint32_t)(kinds[c[0]] | kinds[c[1]] | kinds[c[2]] | kinds[c[3]]) |
         (uint32_t)(kinds[c[4]] | kinds[c[5]] | kinds[c[6]] | kinds[c[7]]);
}

/* The kinds of all bytes of a text together. */
uint32_t wbi_bytes_kinds(wbi_text text);

#endif

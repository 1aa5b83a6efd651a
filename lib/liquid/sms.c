/* SPDX-License-Identifier: MIT */
/* What an SMS counts: GSM-7 with its extension, else UCS-2; units, segments and where they end
   (3GPP TS 23.038 and 23.040). */
#include "liquid/bytes.h"
#include "liquid/sms.h"

enum {
  SMS_OCTETS = 140,        /* what one message carries */
  SMS_SEGMENTS_MOST = 255, /* the header counts them in one byte */
  /* No text of more bytes can be in that many: a unit takes at most three. */
  SMS_LENGTH_MOST = SMS_SEGMENTS_MOST * 160 * 3
};

/* Where sums stop. */
#define SMS_CEILING ((uint64_t)1 << 48)

/* Septets of the ASCII characters in the default alphabet (1) and its extension (2). */
static const uint8_t sms_ascii[128] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 1, 0, 0, /* line feed, form feed, carriage return */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* the escape itself is no character */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* space ! to / */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* 0 to ? */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* @ to O */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 1, /* P to Z, [ \ ] ^, _ */
    0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* no backtick, a to o */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 0, /* p to z, { | } ~ */
};

/* The other characters of the default alphabet, in order. The capital C with cedilla, not the small
   one: unicode.org's table differs from the standard there. */
static const uint16_t sms_others[] = {
    0xA1, 0xA3, 0xA4, 0xA5,  0xA7,  0xBF,  0xC4,  0xC5,  0xC6,  0xC7,  0xC9,  0xD1,  0xD6,
    0xD8, 0xDC, 0xDF, 0xE0,  0xE4,  0xE5,  0xE6,  0xE8,  0xE9,  0xEC,  0xF1,  0xF2,  0xF6,
    0xF8, 0xF9, 0xFC, 0x393, 0x394, 0x398, 0x39B, 0x39E, 0x3A0, 0x3A3, 0x3A6, 0x3A8, 0x3A9};

/* The only character of the extension beyond ASCII. */
enum { SMS_EURO = 0x20AC };

uint32_t wbi_sms_septets(uint32_t scalar) {
  if (scalar < WBI_COUNT(sms_ascii)) return sms_ascii[scalar];
  size_t low = 0, high = WBI_COUNT(sms_others);
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (sms_others[middle] == scalar) return 1;
    if (sms_others[middle] < scalar) { /* same: it is not this one */
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return scalar == SMS_EURO ? 2 : 0;
}

/* Units of a character in an encoding. */
static uint32_t sms_units(int32_t encoding, uint32_t scalar) {
  if (encoding == WB_SMS_GSM7) return wbi_sms_septets(scalar);
  return scalar > 0xFFFF ? 2 : 1;
}

/* Counts one character. */
static void sms_add_scalar(wbi_sms_count *count, uint32_t scalar) {
  const uint32_t septets = wbi_sms_septets(scalar), units = sms_units(WB_SMS_UCS2, scalar);
  count->septets += septets;
  count->escapes += septets == 2;
  count->foreign += septets == 0;
  count->units += units;
  count->pairs += units == 2;
}

/* Counts characters of one septet, eight at a time, and returns where something else may stand.
   same: what is not counted here is counted one by one */
static size_t sms_add_eights(wbi_sms_count *count, wbi_text text, size_t at) {
  const size_t from = at;
  while (text.length - at >= 8 &&
         (wbi_bytes_eight(text.data + at) & (WBI_BYTE_SMS | WBI_BYTE_CLOSER)) == 0)
    at += 8;
  count->septets += at - from;
  count->units += at - from;
  return at;
}

bool wbi_sms_add(wbi_sms_count *count, wbi_text text) {
  wbi_sms_count sum = *count;
  for (size_t at = 0; at < text.length;) {
    at = sms_add_eights(&sum, text, at);
    for (size_t end = at + 8; at < end && at < text.length;) {
      uint32_t scalar = 0;
      if (!wbi_utf8_next(text, &at, &scalar)) return false;
      sms_add_scalar(&sum, scalar);
    }
  }
  *count = sum;
  return true;
}

/* a + b × times, not past the ceiling, which a is not past. same: once is only sooner */
static uint64_t sms_sum(uint64_t a, uint64_t b, uint64_t times) {
  if (times == 1) return a + b < SMS_CEILING ? a + b : SMS_CEILING;
  if (b > 0 && times > (SMS_CEILING - a) / b) return SMS_CEILING;
  return a + b * times;
}

void wbi_sms_add_count(wbi_sms_count *count, const wbi_sms_count *part, uint64_t times) {
  count->septets = sms_sum(count->septets, part->septets, times);
  count->units = sms_sum(count->units, part->units, times);
  count->escapes = sms_sum(count->escapes, part->escapes, times);
  count->pairs = sms_sum(count->pairs, part->pairs, times);
  count->foreign = sms_sum(count->foreign, part->foreign, times);
}

void wbi_sms_add_hole(wbi_sms_count *count, uint64_t units, bool plain) {
  const uint64_t other = plain ? 0 : units;
  const wbi_sms_count most = {sms_sum(units, other, 1), units, other, other, other};
  wbi_sms_add_count(count, &most, 1);
}

/* The larger of two. same: either of equal ones */
static uint64_t sms_larger(uint64_t a, uint64_t b) {
  return a > b ? a : b;
}

void wbi_sms_join(wbi_sms_count *count, const wbi_sms_count *other) {
  count->septets = sms_larger(count->septets, other->septets);
  count->units = sms_larger(count->units, other->units);
  count->escapes = sms_larger(count->escapes, other->escapes);
  count->pairs = sms_larger(count->pairs, other->pairs);
  count->foreign = sms_larger(count->foreign, other->foreign);
}

uint32_t wbi_sms_room(int32_t encoding, uint32_t header) {
  const uint32_t octets = SMS_OCTETS - header;
  return encoding == WB_SMS_GSM7 ? octets * 8 / 7 : octets / 2;
}

uint32_t wbi_sms_next(wbi_text text, int32_t encoding, uint32_t room, size_t *at) {
  uint32_t units = 0;
  while (*at < text.length) {
    size_t next = *at;
    uint32_t scalar = 0;
    if (WBI_NEVER(!wbi_utf8_next(text, &next, &scalar))) next = text.length;
    const uint32_t more = sms_units(encoding, scalar);
    if (units + more > room) break;
    units += more;
    *at = next;
  }
  return units;
}

/* Segments of so many units, so much of each used. */
static uint32_t sms_divide(uint64_t units, uint32_t room) {
  const uint64_t segments = (units + room - 1) / room;
  return segments < UINT32_MAX ? (uint32_t)segments : UINT32_MAX;
}

/* Encoding, units, and the segments if no character stood across the end of one; whether one may:
   there are characters of two units, and more than one segment. */
static bool sms_begin(const wbi_sms_count *count, uint32_t header, wb_sms *sms) {
  sms->encoding = count->foreign > 0 ? WB_SMS_UCS2 : WB_SMS_GSM7;
  const bool gsm = sms->encoding == WB_SMS_GSM7;
  const uint64_t units = gsm ? count->septets : count->units;
  sms->units = units < UINT32_MAX ? (uint32_t)units : UINT32_MAX;
  sms->segments = 1;
  if (units <= wbi_sms_room(sms->encoding, 0)) return false;
  sms->segments = sms_divide(units, wbi_sms_room(sms->encoding, header));
  return (gsm ? count->escapes : count->pairs) > 0;
}

void wbi_sms_bound(const wbi_sms_count *count, uint32_t header, wb_sms *sms) {
  /* A segment before the last one has at most one unit to spare. */
  if (!sms_begin(count, header, sms)) return;
  const uint64_t units = sms->encoding == WB_SMS_GSM7 ? count->septets : count->units;
  sms->segments = sms_divide(units, wbi_sms_room(sms->encoding, header) - 1);
}

/* Where the first character is that GSM-7 does not have, of which there is one. */
static size_t sms_foreign(wbi_text text) {
  for (size_t at = 0; WBI_ALWAYS(at < text.length);) {
    const size_t from = at;
    uint32_t scalar = 0;
    if (WBI_NEVER(!wbi_utf8_next(text, &at, &scalar)) || wbi_sms_septets(scalar) == 0) return from;
  }
  return text.length;
}

void wbi_sms_measure(const wbi_sms_count *count, wbi_text text, uint32_t header, wb_sms *sms) {
  const bool walk = sms_begin(count, header, sms);
  if (walk) {
    const uint32_t room = wbi_sms_room(sms->encoding, header);
    sms->segments = 0;
    for (size_t at = 0; at < text.length; sms->segments++)
      wbi_sms_next(text, sms->encoding, room, &at);
  }
  if (sms->encoding == WB_SMS_UCS2) sms->foreign = (uint32_t)sms_foreign(text);
}

wb_status WB_CALL wb_sms_measure(const char *text, size_t length, wb_sms *sms) {
  const wbi_text whole = {text, length};
  wb_sms found = {.size = sizeof found};
  wbi_sms_count count = {0, 0, 0, 0, 0};
  if (sms == NULL || (text == NULL && length > 0)) return WB_E_INVALID;
  if (length > SMS_LENGTH_MOST) return WB_E_LIMIT;
  if (!wbi_sms_add(&count, whole)) return WB_E_INVALID;
  wbi_sms_measure(&count, whole, WBI_SMS_HEADER, &found);
  if (found.segments > SMS_SEGMENTS_MOST) return WB_E_LIMIT;
  return wbi_struct_write(sms, sizeof found, &found, sizeof found);
}

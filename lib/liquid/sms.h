/* SPDX-License-Identifier: MIT */
/* What an SMS counts, and typographic characters as plain ones. */
#ifndef WBI_LIQUID_SMS_H
#define WBI_LIQUID_SMS_H

#include "base/base.h"

#include <winback/message.h>

/* ---- counting (sms.c) --------------------------------------------------------------------- */

/* Bytes of the user data header that joins the segments of a message (3GPP TS 23.040, 9.2.3.24.1:
   8-bit reference; 7 for a 16-bit one). */
enum { WBI_SMS_HEADER = 6 };

/* What a text counts in both encodings at once: which one it takes is known when it is whole. So
   what is fixed is counted once and added, and only values are looked at in each message. */
typedef struct wbi_sms_count {
  uint64_t septets; /* in GSM-7 */
  uint64_t units;   /* in UCS-2 */
  uint64_t escapes; /* characters of the extension: two septets, never in two segments */
  uint64_t pairs;   /* characters above U+FFFF: two units, never in two segments */
  uint64_t foreign; /* characters that GSM-7 does not have */
} wbi_sms_count;

/* Adds a text; false and nothing added: not UTF-8. */
bool wbi_sms_add(wbi_sms_count *count, wbi_text text);
/* Adds what a part counts, so many times. Sums stop at a ceiling far beyond any message. */
void wbi_sms_add_count(wbi_sms_count *count, const wbi_sms_count *part, uint64_t times);
/* Adds the most that a value of so many units can count (a value has no more units than bytes);
   plain: ASCII without the extension, as dates and numbers are. */
void wbi_sms_add_hole(wbi_sms_count *count, uint64_t units, bool plain);
/* The larger of two in each respect: of two branches, what is never passed. */
void wbi_sms_join(wbi_sms_count *count, const wbi_sms_count *other);

/* Measures a text that was counted; the text is walked only where a character of two units may
   stand at the end of a segment. */
void wbi_sms_measure(const wbi_sms_count *count, wbi_text text, uint32_t header, wb_sms *sms);
/* The same without the text: the most segments that such a count can take. */
void wbi_sms_bound(const wbi_sms_count *count, uint32_t header, wb_sms *sms);
/* Units that one segment holds behind a header of so many bytes; 0 for a message of one. */
uint32_t wbi_sms_room(int32_t encoding, uint32_t header);
/* Moves *at past what the next segment holds and returns its units; the text is UTF-8. */
uint32_t wbi_sms_next(wbi_text text, int32_t encoding, uint32_t room, size_t *at);
/* Septets of a character, 0: GSM-7 does not have it. */
uint32_t wbi_sms_septets(uint32_t scalar);

/* ---- typographic characters (typographic.c) ----------------------------------------------- */

/* What became of the typographic characters of a message, piece by piece. Begins with zeros. */
typedef struct wbi_sms_change {
  size_t first;     /* where the first one that was replaced stands in its piece */
  uint32_t changed; /* replaced */
  uint32_t left;    /* characters that GSM-7 does not have, left as they are */
  bool link;        /* the last word is a link or an address: it may go on in the next piece */
} wbi_sms_change;

/* Writes a text with typographic characters replaced by the plain ones that everybody reads the
   same: quotes, dashes, spaces, bullets, ellipses, ligatures, full-width forms; never a letter with
   its accent, and never inside a word that is a link or an address. At no point is more written
   than was read, so the text may be written over itself. */
void wbi_sms_plain(wbi_writer *writer, wbi_text text, wbi_sms_change *plain);
/* Makes a whole message plain, in place, and counts it anew, if GSM-7 then holds it; false: it is
   as it was. */
bool wbi_sms_fit(char *text, size_t *length, wbi_sms_count *count);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The last look at what goes into a message: source texts, and values on their way. Screening is
 * the third line; the first is that a channel's texts read only what they may.
 */
#ifndef WBI_LIQUID_SCREEN_H
#define WBI_LIQUID_SCREEN_H

#include "liquid/policy.h"

/* Refuses source text that is not UTF-8 or holds what cannot be seen. */
wb_status wbi_screen_source(wbi_text source, const wbi_channel *channel, wb_error *error);
/* What was seen of a value that is fit. */
typedef struct wbi_screened {
  wbi_text text;
  uint32_t kinds; /* of its bytes */
  bool link;      /* it is a link that the policy allows */
} wbi_screened;

/* Refuses a value that is not fit to be sent; the error names the field, never the value. `seen`
   may be NULL. */
wb_status wbi_screen_value(const wb_policy *policy, const wbi_channel *channel,
                           const wbi_field *field, wbi_text value, wbi_screened *seen,
                           wb_error *error);
/* Why the characters of a value are not fit, whatever it is; NULL: they are. */
const char *wbi_screen_reason(wbi_text value);

/* ---- inside ------------------------------------------------------------------------------- */

/* What a class of values must not hold. */
enum {
  WBI_SCREEN_NUMBERS = 1,  /* social security and card numbers */
  WBI_SCREEN_CONTACTS = 2, /* phone numbers, e-mail addresses, links */
  WBI_SCREEN_DATES = 4,
  WBI_SCREEN_NAME = 8, /* what no name holds */
  WBI_SCREEN_LINK = 16 /* a link, which must be one that the policy allows */
};

/* Characters of a value that detectors look at; longer ones are refused. */
#define WBI_PLAIN_MOST 500
/* Stand for a letter and for a sign beyond ASCII. */
#define WBI_PLAIN_LETTER '\x01'
#define WBI_PLAIN_SIGN '\x02'

/* A value as detectors see it: lower case, digits, dashes, blanks, dots of all scripts as those of
   ASCII, other letters and signs as above. */
typedef struct wbi_plain {
  char text[WBI_PLAIN_MOST];
  uint32_t length;
  uint32_t digits;
} wbi_plain;

/* False: it is longer. The value is UTF-8. */
bool wbi_screen_plain(wbi_text value, wbi_plain *plain);
static inline bool wbi_plain_is_letter(char c) {
  return (c >= 'a' && c <= 'z') || c == WBI_PLAIN_LETTER;
}
/* Why a value's numbers, addresses or words are not fit; NULL: they are. */
const char *wbi_screen_numbers(const wbi_plain *plain, uint32_t checks);
const char *wbi_screen_addresses(const wbi_plain *plain);
const char *wbi_screen_name(wbi_text value, const wbi_plain *plain);
/* Whether a word stands in a record's name field for something else: "TEST". */
bool wbi_screen_note(wbi_text word);
/* Why the words of a name are not fit; NULL: they are. Case does not matter. */
const char *wbi_screen_words(wbi_text name);

#endif

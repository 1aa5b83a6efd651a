/* SPDX-License-Identifier: MIT */
/*
 * Privacy policies, for the parts of lib/liquid: for each channel and recipient the classes that a
 * text may read and that may choose, and the words that stand in for what it may not read.
 */
#ifndef WBI_LIQUID_POLICY_H
#define WBI_LIQUID_POLICY_H

#include "facts/facts.h"
#include "liquid/liquid.h"

enum {
  WBI_RECIPIENTS = WB_RECIPIENT_HOUSEHOLD + 1,
  WBI_NEVER_MOST = 16,   /* sets of classes that do not go together */
  WBI_GENERAL_MOST = 256 /* generalisers of a policy, and texts of one */
};

/* What a policy says about one channel and recipient. */
typedef struct wbi_channel {
  const char *name;               /* "sms" */
  const char *called;             /* "An SMS" */
  uint32_t read, choose;          /* classes, as bits */
  uint32_t detail;                /* read besides by a text of the register `detail` */
  uint32_t never[WBI_NEVER_MOST]; /* sets of classes that one text may not read together */
  uint32_t never_count;
  uint32_t limit;          /* in the channel's own unit */
  uint32_t max_segments;   /* of an SMS; 0: it is none */
  uint32_t max_words;      /* of what is spoken; 0: it is not */
  uint32_t max_characters; /* 0: no limit but max_bytes */
  uint32_t max_bytes;
  bool single_line;
  bool html;
  bool optional; /* its texts may be empty */
} wbi_channel;

/* As wbi_policy_recipient for the patient; NULL: no such channel. */
const wbi_channel *wbi_policy_channel(const wb_policy *policy, wbi_text name);
/* NULL: no such channel or recipient. */
const wbi_channel *wbi_policy_recipient(const wb_policy *policy, wbi_text name, int32_t recipient);
/* Classes that a text of a register may read: enum wb_register. */
uint32_t wbi_channel_read(const wbi_channel *channel, int32_t register_);
/* A set of classes that do not go together and are all in `classes`; 0: there is none. */
uint32_t wbi_channel_never(const wbi_channel *channel, uint32_t classes);
/* Whether links may lead to a host. */
bool wbi_policy_host(const wb_policy *policy, wbi_text host);
/* "recall", for messages. */
const char *wbi_class_name(int32_t class_);

/* ---- generalisers (policy_general.c) ------------------------------------------------------ */

/* What a generaliser says for one value of its field. */
typedef struct wbi_general_text {
  wbi_text value, text;
} wbi_general_text;

/* Words for a field or class. Without values they are the same whatever the field holds, so that it
   need not be read; with values the field is read, and what comes out is of the class `gives`. */
typedef struct wbi_general {
  uint32_t field; /* WBI_GENERAL_CLASS: any field of class `of` */
  int32_t of, gives;
  wbi_text language;
  wbi_text otherwise;             /* of a constant: the words */
  const wbi_general_text *values; /* NULL: constant */
  uint32_t value_count;
  wbi_text reason; /* why values may be told apart */
} wbi_general;

#define WBI_GENERAL_CLASS UINT32_MAX

/* The generaliser of a field in a language: the field's own before that of its class, the policy's
   before a built-in one. NULL: there is none. */
const wbi_general *wbi_policy_general(const wb_policy *policy, uint32_t field, wbi_text language);
/* The words for a value as text. */
wbi_text wbi_general_say(const wbi_general *general, wbi_text value);

/* ---- inside ------------------------------------------------------------------------------- */

#define WBI_CHANNELS 11

/* What is fixed about a channel, and what one unit of its limit is worth: a character takes up to
   four bytes, a segment of an SMS holds up to 160 characters. */
typedef struct wbi_channel_kind {
  const char *name, *called, *limit;
  uint32_t segments, words, characters, bytes;
  bool single_line, html, optional;
} wbi_channel_kind;

extern const wbi_channel_kind wbi_channel_kinds[WBI_CHANNELS];

struct wb_policy {
  wbi_refs refs;
  wbi_arena arena;
  wb_schema *schema;
  wbi_channel channels[WBI_CHANNELS][WBI_RECIPIENTS];
  wbi_channel built_in[WBI_CHANNELS][WBI_RECIPIENTS]; /* what they were before the host's policy */
  wbi_text *hosts;                                    /* NULL: any */
  wbi_vector general; /* wbi_general, the later before the earlier */
  uint32_t hosts_count;
  uint8_t content_id[32]; /* SHA-256 of the host's text; of the built-in one when it has none */
  bool widened;           /* it said "widen": true */
};

/* Reads a policy's text over what is in force; errors are those of wb_policy_new. */
wb_status wbi_policy_read(wb_policy *policy, wbi_text json, wb_error *error);
/* Reads the member "general". */
wb_status wbi_policy_read_general(wb_policy *policy, const wbi_json *root, wb_error *error);
/* The bit of the class that a JSON text names, added to a mask. */
wb_status wbi_policy_read_class(const wbi_json *item, uint32_t *mask, wb_error *error);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What the parts of the lint share; private to lib/liquid.
 *
 * A text is read once, from its first letter to its last. Letters are folded to bytes, and the
 * phrases of lib/data/lint that may stand here are walked along in their tree (lint_words.c).
 * Where braces cut a text up, walks wait at each cut, and go on in every piece that follows in the
 * same block: whatever of them is written, and in that order, is found.
 */
#ifndef WBI_LIQUID_LINT_H
#define WBI_LIQUID_LINT_H

#include "data/data.h"
#include "liquid/liquid_private.h"

#include <winback/lint.h>

/* A place in the source. */
typedef struct wbi_lint_place {
  uint32_t at, line, column;
} wbi_lint_place;

/* A phrase that may stand here. */
typedef struct wbi_lint_walk {
  wbi_lint_place from;
  uint32_t end;  /* of its longest phrase so far */
  uint16_t node; /* of the tree; WBI_LINT_RIDING: to the end of the word */
  uint8_t rule;  /* 1 + that of the longest phrase; 0: none yet */
  uint8_t stem;  /* 1 + that of a phrase whose word may end in any way */
  bool said;
} wbi_lint_walk;

enum { WBI_LINT_WALKS = 48, WBI_LINT_RIDING = UINT16_MAX, WBI_LINT_DEPTH = 64 };

typedef struct wbi_lint_walks {
  wbi_lint_walk items[WBI_LINT_WALKS];
  uint32_t count;
} wbi_lint_walks;

/* How long a text is. */
typedef struct wbi_lint_length {
  uint32_t characters;
  wbi_sms_count sms; /* with its typographic characters made plain */
} wbi_lint_length;

/* A block that is open: what the branches before this one had. */
typedef struct wbi_lint_frame {
  uint32_t parts, shared;          /* before the block; in every branch so far */
  wbi_lint_length length, longest; /* before the block; after the longest branch */
  bool loop, otherwise;
} wbi_lint_frame;

typedef struct wbi_lint {
  wbi_text source;
  const wb_lint_options *options;
  const wb_policy *policy; /* NULL: none */
  const wb_schema *schema; /* NULL: a text without fields */
  const wbi_data_channel *channel;
  uint32_t language; /* 0 English, 1 Spanish */
  /* what was found */
  char *findings;
  uint32_t stride, capacity, count;
  const wbi_data_rule *last; /* of the last finding */
  uint32_t last_end;
  uint32_t raised;            /* classes, as bits */
  wbi_lint_place raised_from; /* where the first was */
  /* where we are */
  wbi_lint_place place;
  uint32_t token;   /* no link begins before this */
  uint32_t number;  /* nor a number before this */
  uint32_t link;    /* the end of the last link */
  uint32_t fine[2]; /* a stretch where nothing counts: a name, a phrase that is fine */
  bool markup;      /* between < and > */
  bool linked;      /* braces here go on with a link */
  bool anchor;      /* of a link: its host is the next */
  wbi_text leads;   /* where the link leads whose text is read; empty: none */
  /* words */
  wbi_lint_walks live, parked;
  wbi_lint_place word;     /* where the last word begins */
  uint8_t before;          /* the byte before */
  bool known;              /* the word may stand in capitals */
  uint32_t letters, small; /* of the word; of those small */
  wbi_lint_place loud;     /* where capitals begin */
  uint32_t loud_words, loud_letters, loud_end;
  uint32_t marks;      /* ! and ? in a row */
  wbi_lint_place mark; /* the first of them */
  /* parts */
  uint32_t parts;    /* WBI_PART_ */
  uint32_t segments; /* of an SMS, at most */
  wbi_lint_length length;
  uint32_t costly, costly_end; /* the first letter that GSM-7 does not have; 0, 0: none */
  uint32_t depth;
  wbi_lint_frame frames[WBI_LINT_DEPTH];
} wbi_lint;

/* ---- what is found (lint.c) --------------------------------------------------------------- */

/* Notes what a rule says of a stretch of the source. */
void wbi_lint_find(wbi_lint *lint, const wbi_data_rule *rule, const wbi_lint_place *from,
                   uint32_t end);
void wbi_lint_find_id(wbi_lint *lint, const char *id, const wbi_lint_place *from, uint32_t end);

/* ---- text (lint_text.c) ------------------------------------------------------------------- */

/* Bytes of folded text besides a-z and '0', which stands for any number. */
enum {
  WBI_FOLDED_NONE = 0,
  WBI_FOLDED_OTHER = 1, /* a letter of another kind */
  WBI_FOLDED_SPACE = ' ',
  WBI_FOLDED_BREAK = '.' /* what no phrase goes over */
};

/* The folded byte at *at, moved past what it stands for; WBI_FOLDED_NONE: at or past `to`, or only
   what is passed over. In markup, references are what they stand for. */
uint8_t wbi_lint_folded(wbi_text source, uint32_t *at, uint32_t to, bool markup);
/* Whether a folded byte belongs to a word. */
bool wbi_lint_in_word(uint8_t folded);
/* Moves a place on. */
void wbi_lint_move(wbi_text source, wbi_lint_place *place, uint32_t to);
/* A stretch of text that is written. */
void wbi_lint_text(wbi_lint *lint, uint32_t from, uint32_t to);
/* The text is cut here, by braces or at its end; `apart`: something else is written here. */
void wbi_lint_cut(wbi_lint *lint, bool apart);

/* ---- words (lint_words.c) ----------------------------------------------------------------- */

/* Goes one byte on. */
void wbi_lint_step(wbi_lint *lint, uint8_t folded);
/* What may stand at a cut goes on in the pieces to come. */
void wbi_lint_park(wbi_lint *lint, bool apart);

/* ---- placeholders (lint_placeholders.c) --------------------------------------------------- */

/* One that begins at a sign. */
void wbi_lint_placeholder(wbi_lint *lint, uint32_t at, uint32_t to);

/* ---- lengths (lint_length.c) -------------------------------------------------------------- */

/* Counts a stretch of text. */
void wbi_lint_count(wbi_lint *lint, uint32_t from, uint32_t to);
/* The longer of two. */
void wbi_lint_longer(wbi_lint_length *length, const wbi_lint_length *other);
/* Says what is too long, or costs more than it need. */
void wbi_lint_long(wbi_lint *lint);

/* ---- links and numbers (lint_links.c, lint_numbers.c) ------------------------------------- */

/* Text that a link may go on with, behind braces. */
void wbi_lint_link_on(wbi_lint *lint, uint32_t from, uint32_t to);
/* Braces that write a field, perhaps into a link. */
void wbi_lint_link_field(wbi_lint *lint, const wbi_piece *piece);
/* A tag: it may open or close a link. */
void wbi_lint_link_tag(wbi_lint *lint, uint32_t to);

/* A link that begins here, at the beginning of a word. */
void wbi_lint_link(wbi_lint *lint, uint32_t to);
/* A number, or a code, that begins here. */
void wbi_lint_number(wbi_lint *lint, uint32_t to);

/* ---- branches (lint_frames.c) ------------------------------------------------------------- */

void wbi_lint_open(wbi_lint *lint, bool loop);
void wbi_lint_branch(wbi_lint *lint, bool otherwise);
void wbi_lint_close(wbi_lint *lint);
/* What the channel needs and no branch is sure to say. */
void wbi_lint_missing(wbi_lint *lint);

/* ---- templates (lint_pieces.c) ------------------------------------------------------------ */

/* Reads a template's source: what it writes, and its blocks. */
void wbi_lint_pieces(wbi_lint *lint);

#endif

/* SPDX-License-Identifier: MIT */
/* What the parts that read replies share: the words of a reply, and patterns of words. */
#ifndef WBI_REPLY_PRIVATE_H
#define WBI_REPLY_PRIVATE_H

#include "data/data.h"
#include "outreach/outreach.h"

enum {
  WBI_REPLY_WORDS = 63,   /* of a window; a bit each, and one behind the last */
  WBI_REPLY_OVERLAP = 15, /* words of a window that the next one has again */
  WBI_REPLY_KNOWN = 2048, /* numbers of the lexicon that a window may have */
  WBI_REPLY_NUMBERS = (WBI_LEXICON_NUMBER + 1) / 64 /* words of 64 bits that have a bit for each */
};

/* A stretch of a reply as it is compared: lower case, no accents, no apostrophes, one word for each
   run of letters or digits, and ";" for signs that end a clause. Pictures are passed over; where
   there is nothing else each is a word, once for a run of the same, without its colour of skin. */
typedef struct wbi_reply_window {
  wbi_text words[WBI_REPLY_WORDS];
  size_t from[WBI_REPLY_WORDS]; /* where they begin in the reply */
  uint64_t signs;               /* the words that are ";" */
  uint32_t count;
  bool begins, ends; /* it holds the first, the last word */
  uint32_t used;
  char bytes[1024];
  uint64_t has[WBI_REPLY_NUMBERS]; /* a bit for each number that it has */
  uint32_t known_count;
  uint16_t known[WBI_REPLY_KNOWN];  /* the numbers: words and kinds of a lexicon */
  uint64_t places[WBI_REPLY_KNOWN]; /* where */
} wbi_reply_window;

/* Reads the window that begins at *at and moves *at to where the next one does; false: no more. */
bool wbi_reply_read(wbi_text reply, size_t *at, wbi_reply_window *window);

/* What the sender said: of a reaction to a text nothing, else all of it. */
wbi_text wbi_reply_said(wbi_text text);

/* Finds what words and kinds of words of a lexicon a window has. */
void wbi_reply_know(const wbi_lexicon *lexicon, wbi_reply_window *window);

/* How much the words and kinds in `has` together lean to a list of a lexicon, in points. */
int32_t wbi_reply_lean(const wbi_lexicon *lexicon, const wbi_lexicon_list *list,
                       const uint64_t *has);

/* How a pattern matches. */
typedef struct wbi_reply_match {
  uint32_t strength; /* words that must be there; 0: it does not match */
  bool whole;        /* it is the whole reply, or its whole first clause, with no gap in it */
} wbi_reply_match;

/* A list of a lexicon, by its name. */
const wbi_lexicon_list *wbi_reply_list(const wbi_lexicon *lexicon, const char *name);

/* Matches the pattern of a list that begins at a token with a window whose words are known, and
   moves *at to the next pattern. In lib/data/lexicon a pattern is a line: elements between spaces.
     word    the word; word* its beginning; a|b one or the other; from 5 letters on a word may have
             a slip of the pen, but not one with a star
     @kin    any word that words.txt has under that name; one of a|@kin as well
     [word]  perhaps
     ~word   the next word, if there is one, is not that
     <word   the word before, if there is one, is not that
     _       up to three words of the same clause
     .       up to four small ones: those of the kind "small"
     ;       a sign that ends a clause
     ^ $     the beginning and the end of the reply
   "! " before a pattern: it speaks against its list. */
wbi_reply_match wbi_reply_pattern(const wbi_lexicon *lexicon, const wbi_reply_window *window,
                                  const wbi_lexicon_list *list, uint32_t *at);

#endif

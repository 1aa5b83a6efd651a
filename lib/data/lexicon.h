/* SPDX-License-Identifier: MIT */
/*
 * The lexicon of replies as numbers: the lists of lexicon/, made at build time by lexicon.py. Each
 * word stands once, so that a reply is compared with every word once, however many patterns have
 * it.
 */
#ifndef WBI_LEXICON_H
#define WBI_LEXICON_H

#include <stdint.h>

/* A token: what begins with it, in the upper three bits, and a number in the lower ones. */
enum {
  WBI_LEXICON_OR,         /* a further alternative: a word or a kind */
  WBI_LEXICON_WORD,       /* an element begins: one of its alternatives must be there, */
  WBI_LEXICON_PERHAPS,    /* may be there, */
  WBI_LEXICON_NOT_NEXT,   /* is not the next word, */
  WBI_LEXICON_NOT_BEFORE, /* is not the word before */
  WBI_LEXICON_PLACE,      /* one of the places below */
  WBI_LEXICON_FOR,        /* a pattern begins; the number is that of its family */
  WBI_LEXICON_AGAINST,    /* one that speaks against its list */
  WBI_LEXICON_SHIFT = 13,
  WBI_LEXICON_NUMBER = (1 << WBI_LEXICON_SHIFT) - 1,
  WBI_LEXICON_LONGEST = 23 /* bytes of a word */
};

enum {
  WBI_LEXICON_PLACE_GAP,
  WBI_LEXICON_PLACE_SMALL,
  WBI_LEXICON_PLACE_SIGN,
  WBI_LEXICON_PLACE_BEGIN,
  WBI_LEXICON_PLACE_END
};

/* What a word or kind leans to a list. */
typedef struct wbi_lexicon_leaning {
  uint8_t further; /* its number, from that of the one before, or from 0 */
  int8_t points;
} wbi_lexicon_leaning;

typedef struct wbi_lexicon_list {
  const char *name;
  uint32_t first, end;           /* of its tokens */
  uint16_t lean_first, lean_end; /* of its leanings, by their numbers */
  int32_t always;                /* points that it has whatever is said */
} wbi_lexicon_list;

/* Numbers of alternatives: those of the words, then those of the kinds, of which the first is that
   of small words, then one for all words that are not in the lexicon. */
typedef struct wbi_lexicon {
  const char *words; /* in their order; before each a capital letter says how many bytes it begins
                        with as the one before does, A for none */
  const uint16_t *tokens;
  const uint16_t *kinds; /* the first token of each, and the end of the last */
  const wbi_lexicon_leaning *leanings;
  const char *const *families;   /* what the comment above a pattern says */
  const wbi_lexicon_list *lists; /* ends with a name that is NULL */
  uint32_t length;               /* bytes of the words */
  uint32_t word_count, kind_count;
} wbi_lexicon;

extern const wbi_lexicon wbi_data_lexicon;

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Shared by the files of the regular expressions: the program, sets of scalars, the parser.
 *
 * An expression becomes a program of a few simple instructions, and a search follows all its
 * threads at once (Thompson's way), so that its time is linear in text × program whatever the
 * expression is. Jumps are relative: the code of a repeated part is copied as it is.
 */
#ifndef WBI_REGEX_PRIVATE_H
#define WBI_REGEX_PRIVATE_H

#include "cel/value.h"

enum {
  WBI_REGEX_NESTING = 100,  /* groups inside groups */
  WBI_REGEX_COUNT = 1000,   /* in braces, also multiplied when one is inside another */
  WBI_REGEX_CODE = 10000,   /* instructions */
  WBI_REGEX_RANGES = 50000, /* of all classes together */
  WBI_REGEX_WORK = 1000000, /* ranges handled while classes are made */
  WBI_REGEX_LAST = 0x10FFFF /* scalar */
};

/* ---- the program -------------------------------------------------------------------------- */

enum wbi_regex_op {
  WBI_REGEX_CHAR,   /* takes the scalar `operand` */
  WBI_REGEX_SET,    /* takes a scalar of the set `operand` */
  WBI_REGEX_SPLIT,  /* goes on at the next instruction and at `operand` from here */
  WBI_REGEX_JUMP,   /* goes on at `operand` from here */
  WBI_REGEX_ASSERT, /* goes on where enum wbi_regex_place `operand` holds */
  WBI_REGEX_MATCH
};

enum wbi_regex_place {
  WBI_REGEX_TEXT_BEGIN,
  WBI_REGEX_TEXT_END,
  WBI_REGEX_LINE_BEGIN,
  WBI_REGEX_LINE_END,
  WBI_REGEX_WORD_EDGE, /* ASCII word characters */
  WBI_REGEX_NO_WORD_EDGE
};

typedef struct wbi_regex_code {
  uint32_t op;
  int32_t operand;
} wbi_regex_code;

/* From and to, both included. */
typedef struct wbi_regex_range {
  uint32_t from, to;
} wbi_regex_range;

/* Ranges in order, with gaps between them. */
typedef struct wbi_regex_set {
  const wbi_regex_range *ranges;
  uint32_t count;
  uint32_t ascii[4]; /* bits */
} wbi_regex_set;

struct wbi_regex {
  const wbi_regex_code *code;
  const wbi_regex_set *sets;
  uint32_t count;
};

/* As wbi_regex_search, and counts the instructions that were looked at. */
bool wbi_regex_run(const wbi_regex *regex, wbi_text text, void *scratch, uint64_t *steps);

/* ---- sets while they are made ------------------------------------------------------------- */

typedef struct wbi_regex_builder {
  wbi_vector ranges; /* of wbi_regex_range, in order, with gaps */
  uint32_t *work;    /* what may still be handled; 0: too much */
  bool nomem;
} wbi_regex_builder;

void wbi_regex_add(wbi_regex_builder *set, uint32_t from, uint32_t to);
void wbi_regex_add_all(wbi_regex_builder *set, const wbi_regex_builder *more);
void wbi_regex_negate(wbi_regex_builder *set);
/* Adds what differs from a member in case only (Unicode's simple folding). */
void wbi_regex_fold(wbi_regex_builder *set);
/* Adds a general category or a script by name ("L", "Lu", "Greek", "Any"); false: no such. */
bool wbi_regex_add_unicode(wbi_regex_builder *set, wbi_text name);
/* Adds a class by name ("alpha"); false: no such. */
bool wbi_regex_add_posix(wbi_regex_builder *set, wbi_text name);
/* Adds what 'd', 's' or 'w' stands for. */
void wbi_regex_add_perl(wbi_regex_builder *set, char letter);

/* ---- tables (regex_tables.c) -------------------------------------------------------------- */

/* The scalars from `from` to `to`, every `stride`: adding `delta` gives the next that differs in
   case only; the last of some such leads back to the first. */
typedef struct wbi_regex_case {
  uint32_t from, to;
  int32_t delta;
  uint32_t stride;
} wbi_regex_case;

extern const wbi_regex_case wbi_regex_cases[];
extern const uint32_t wbi_regex_case_count;

/* Runs of one general category from U+0000 on. A byte is category × 8 + n; n below 6: n + 1
   scalars; 6: a byte follows, 7 more than it says; 7: three bytes follow, least first. */
extern const uint8_t wbi_regex_categories[];

/* Scripts by name. */
typedef struct wbi_regex_script {
  const char *name;
  const wbi_regex_range *ranges;
  uint32_t count;
} wbi_regex_script;

extern const wbi_regex_script wbi_regex_scripts[];
extern const uint32_t wbi_regex_script_count;

/* ---- the parser --------------------------------------------------------------------------- */

enum { /* flags */
       WBI_REGEX_FOLD = 1,
       WBI_REGEX_LINES = 2,
       WBI_REGEX_DOTALL = 4,
       WBI_REGEX_LAZY = 8 /* changes nothing: only whether there is a match is asked */
};

typedef struct wbi_regex_name {
  struct wbi_regex_name *next;
  wbi_text name;
} wbi_regex_name;

typedef struct wbi_regex_parser {
  wbi_arena *arena;
  wbi_text pattern;
  size_t at;
  wbi_vector code; /* of wbi_regex_code */
  wbi_vector sets; /* of wbi_regex_set */
  wbi_regex_builder set, item;
  wbi_regex_name *names; /* of groups */
  uint32_t work, ranges; /* left; used */
  uint32_t flags;
  uint32_t depth;
  int32_t last;     /* where the code of the last item begins; -1: there is none */
  uint32_t counts;  /* product of the counts in it */
  uint32_t largest; /* such product of the items so far */
  wb_status status; /* the first failure, where and what */
  size_t where;
  const char *message;
} wbi_regex_parser;

/* The whole pattern to code, without the last instruction. */
void wbi_regex_parse(wbi_regex_parser *parser);
/* Notes a failure unless there is one; returns false. */
bool wbi_regex_fail(wbi_regex_parser *parser, wb_status status, size_t where, const char *message);
/* Adds one instruction. */
void wbi_regex_emit(wbi_regex_parser *parser, enum wbi_regex_op op, int32_t operand);
/* Whether what is next is this text; then it is passed. */
bool wbi_regex_eat(wbi_regex_parser *parser, const char *text);
/* The next scalar of the pattern, which is passed; false at its end. */
bool wbi_regex_next(wbi_regex_parser *parser, uint32_t *scalar);
/* "[…]", from behind the bracket, to `parser->set`. */
bool wbi_regex_brackets(wbi_regex_parser *parser);
/* One of "\d \pL \PL" and the like, from the backslash on, is added to a set; false: it is none,
   and nothing is passed, or it failed. */
bool wbi_regex_escaped_set(wbi_regex_parser *parser, wbi_regex_builder *set);
/* The scalar of an escape, from behind the backslash at `parser->at - 1`. */
bool wbi_regex_escape(wbi_regex_parser *parser, uint32_t *scalar);

#endif

/* SPDX-License-Identifier: MIT */
/* What the parts of lib/liquid share: pieces, tokens, instructions, channels. */
#ifndef WBI_LIQUID_PRIVATE_H
#define WBI_LIQUID_PRIVATE_H

#include "liquid/liquid.h"
#include "liquid/policy.h"
#include "liquid/screen.h"
#include "liquid/values.h"

/* Bytes of a template. Keeps every offset and count below in 32 bits. */
#define WBI_LIQUID_LENGTH 262144u

/* ---- scanner ------------------------------------------------------------------------------ */

typedef enum wbi_piece_kind {
  WBI_PIECE_END,
  WBI_PIECE_TEXT,
  WBI_PIECE_OUTPUT, /* {{ … }} */
  WBI_PIECE_TAG     /* {% … %} */
} wbi_piece_kind;

/* A run of text, or what is inside a pair of braces. */
typedef struct wbi_piece {
  wbi_piece_kind kind;
  size_t open;     /* where it begins, with its braces */
  size_t from, to; /* what it holds */
} wbi_piece;

/* Cuts a template into pieces; white space control is done here. */
typedef struct wbi_scanner {
  wbi_text source;
  size_t at;
  bool trim; /* the braces before ended with -}} or -%} */
} wbi_scanner;

wb_status wbi_scanner_next(wbi_scanner *scanner, wbi_piece *piece, wb_error *error);

/* Tokens inside braces. A sign of one character is its own number. */
typedef enum wbi_token_kind {
  WBI_TOKEN_END = 0,
  WBI_TOKEN_WORD = 256, /* a path, too: "patient.name" */
  WBI_TOKEN_TEXT,
  WBI_TOKEN_INT,
  WBI_TOKEN_EQUAL,
  WBI_TOKEN_NOT_EQUAL,
  WBI_TOKEN_LESS_EQUAL,
  WBI_TOKEN_GREATER_EQUAL
} wbi_token_kind;

typedef struct wbi_token {
  uint32_t kind;
  size_t from;     /* where it begins in the source */
  wbi_text text;   /* a word; a text without its quotes */
  int64_t integer; /* a number */
} wbi_token;

/* Reads the token at or after *at, not beyond `to`, and moves *at past it. */
wb_status wbi_token_next(wbi_text source, size_t *at, size_t to, wbi_token *token, wb_error *error);

/* ---- filters ------------------------------------------------------------------------------ */

/* Bytes that a filter may make for its result. */
#define WBI_FILTER_ROOM 48

typedef struct wbi_old_filter {
  const char *name;
  uint32_t arguments;
  int32_t takes; /* enum wb_kind; WB_UNKNOWN: anything */
  int32_t gives; /* enum wb_kind; WB_UNKNOWN: what it takes */
  void (*apply)(wb_value *value, const wb_value *argument, char room[WBI_FILTER_ROOM]);
} wbi_old_filter;

/* NULL: no such filter. */
const wbi_old_filter *wbi_old_filter_find(wbi_text name);
wbi_text wbi_old_filter_nearest(wbi_text name);

/* ---- instructions ------------------------------------------------------------------------- */

#define WBI_NO_FIELD UINT32_MAX

/* A field or a literal. */
typedef struct wbi_operand {
  wb_value literal; /* nil is WB_NULL */
  int32_t type;     /* enum wb_kind, or above; WB_NULL is nil */
  uint32_t field;   /* WBI_NO_FIELD: a literal */
} wbi_operand;

typedef enum wbi_operation {
  WBI_WRITE,  /* left.literal: text */
  WBI_VALUE,  /* left becomes the value */
  WBI_FILTER, /* the value goes through a filter with argument left */
  WBI_PRINT,  /* writes the value */
  WBI_TEST,   /* goes to `target` when the outcome of left test right is `when` */
  WBI_JUMP    /* goes to `target` */
} wbi_operation;

typedef struct wbi_instruction {
  wbi_operand left, right;
  const wbi_old_filter *filter;
  wbi_operation operation;
  uint32_t test;   /* a token kind; 0: left alone, true unless nil or false */
  uint32_t target; /* always further on */
  uint32_t when;
  uint32_t characters; /* of the text that WBI_WRITE writes */
} wbi_instruction;

struct wb_template {
  wbi_refs refs;
  wbi_arena arena;
  wb_schema *schema;
  wb_policy *policy;
  const wbi_channel *channel;
  const wbi_instruction *code;
  const uint32_t *fields; /* the read-set, in order of first mention */
  uint32_t code_count;
  uint32_t fields_count;
};

/* The outcome of a comparison; nothing is in an order with what is absent. */
bool wbi_liquid_test(const wb_value *left, uint32_t test, const wb_value *right);

/* ---- compiler ----------------------------------------------------------------------------- */

/* The end of a list of jumps that still want their target; each holds the one before it there. */
#define WBI_NO_JUMP UINT32_MAX

/* An if that is not closed yet. */
typedef struct wbi_liquid_block {
  size_t open;    /* of its tag */
  uint32_t next;  /* jumps to the branch that comes next */
  uint32_t end;   /* jumps to the end */
  bool otherwise; /* it had its else */
  bool says;      /* some branch writes more than white space */
} wbi_liquid_block;

/* A template while it is compiled. */
typedef struct wbi_liquid {
  const wb_schema *schema;
  const wbi_channel *channel;
  wb_error *error;
  wbi_text source;   /* in the template's arena */
  wbi_token token;   /* of the braces being read */
  size_t at, to;     /* what is left of them */
  wbi_vector code;   /* wbi_instruction */
  wbi_vector fields; /* uint32_t */
  wbi_vector blocks; /* wbi_liquid_block, the open ones */
} wbi_liquid;

/* Errors at an offset of the source; three pieces as wbi_fail_name. */
wb_status wbi_liquid_refuse(const wbi_liquid *liquid, wb_status status, size_t offset,
                            const char *before, wbi_text name, const char *after);
/* Adds an instruction; NULL: no memory. */
wbi_instruction *wbi_liquid_emit(wbi_liquid *liquid, wbi_operation operation);
/* Moves on to the next token of the braces. */
wb_status wbi_liquid_advance(wbi_liquid *liquid);
/* Whether the token is this word. */
bool wbi_liquid_at(const wbi_liquid *liquid, const char *word);
/* Nothing may follow in these braces. */
wb_status wbi_liquid_end(const wbi_liquid *liquid);
/* An operand: literal or field. Fields are looked up, checked against the policy and noted. */
wb_status wbi_liquid_operand(wbi_liquid *liquid, wbi_operand *operand);
/* `operand | filter: operand | …` to the end, and what prints it. */
wb_status wbi_liquid_output(wbi_liquid *liquid);
/* `operand == operand`; both sides must go together. */
wb_status wbi_liquid_comparison(wbi_liquid *liquid, wbi_instruction *test);
/* A tag: if, elsif, else, endif. */
wb_status wbi_liquid_tag(wbi_liquid *liquid, const wbi_piece *piece);
/* Notes that text is written in the block that is open. */
void wbi_liquid_says(wbi_liquid *liquid);
/* All blocks must be closed. */
wb_status wbi_liquid_finish(const wbi_liquid *liquid);

#endif

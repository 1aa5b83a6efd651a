/* SPDX-License-Identifier: MIT */
/* What the parts of lib/cel share: tokens, the tree, the program. */
#ifndef WBI_CEL_PRIVATE_H
#define WBI_CEL_PRIVATE_H

#include "cel/cel.h"

/* Bytes of a rule. Keeps every count below in 32 bits. */
#define WBI_CEL_LENGTH 65536u

/* ---- values ------------------------------------------------------------------------------- */

/* A value while a rule is compiled or run. A bool of kind WB_UNKNOWN is a doubt. */
typedef struct wbi_cel_value {
  union {
    int64_t integer; /* bool, int, uint (as uint64), date, time */
    double real;
    const char *data;
  } as;
  uint32_t length; /* of text */
  int32_t kind;    /* enum wb_kind */
  uint32_t mark;   /* missing fields that were noted before it */
  uint32_t reserved;
} wbi_cel_value;

/* The outcomes of `a == b`, `a < b` and `a in list`, as enum wb_truth. Null equals null only; what
   is unknown makes the outcome unknown. Numbers of different types compare by their exact value. */
int32_t wbi_cel_equal(const wbi_cel_value *a, const wbi_cel_value *b);
/* `test` is one of the tokens < <= > >=. */
int32_t wbi_cel_order(uint32_t test, const wbi_cel_value *a, const wbi_cel_value *b);
int32_t wbi_cel_in(const wbi_cel_value *a, const wbi_cel_value *list, uint32_t count);
wbi_cel_value wbi_cel_truth(int32_t truth);

/* ---- lexer -------------------------------------------------------------------------------- */

/* Tokens. A sign of one character is its own number. */
enum {
  WBI_CEL_END = 0,
  WBI_CEL_NAME = 256,
  WBI_CEL_ESCAPED_NAME, /* `content-type` */
  WBI_CEL_RESERVED,     /* a name only after a dot */
  WBI_CEL_INT,
  WBI_CEL_UINT,
  WBI_CEL_DOUBLE,
  WBI_CEL_TEXT,
  WBI_CEL_BYTES,
  WBI_CEL_TRUE,
  WBI_CEL_FALSE,
  WBI_CEL_NULL,
  WBI_CEL_IN,
  WBI_CEL_OR,
  WBI_CEL_AND,
  WBI_CEL_EQUAL,
  WBI_CEL_NOT_EQUAL,
  WBI_CEL_LESS_EQUAL,
  WBI_CEL_GREATER_EQUAL
};

typedef struct wbi_cel_token {
  uint32_t kind;
  uint32_t from, to; /* bytes of the source */
} wbi_cel_token;

/* Reads the token at or after *at and moves *at past it. */
wb_status wbi_cel_next(wbi_text source, uint32_t *at, wbi_cel_token *token, wb_error *error);

/* ---- literals ----------------------------------------------------------------------------- */

/* The value of an int, uint or double token, with a minus sign before it or without. */
wb_status wbi_cel_number(wbi_text source, const wbi_cel_token *token, bool negative,
                         wbi_cel_value *value, wb_error *error);
/* The value of a text or bytes token, its escapes resolved in the arena. */
wb_status wbi_cel_string(wbi_arena *arena, wbi_text source, const wbi_cel_token *token,
                         wbi_cel_value *value, wb_error *error);

/* ---- tree --------------------------------------------------------------------------------- */

enum {
  WBI_CEL_LITERAL,
  WBI_CEL_IDENT,    /* name; leading dot: absolute */
  WBI_CEL_SELECT,   /* operand . name */
  WBI_CEL_INDEX,    /* operand [ index ] */
  WBI_CEL_CALL,     /* name(arguments), or receiver.name(arguments): the receiver comes first */
  WBI_CEL_LIST,     /* [ elements ] */
  WBI_CEL_MAP,      /* { key, value, key, value… } */
  WBI_CEL_MESSAGE,  /* type { field, value… }: the type comes first */
  WBI_CEL_OPERATOR, /* && and || with two or more operands; '?' with three */
  WBI_CEL_FIELD     /* made by the checker of a dotted name */
};

typedef struct wbi_cel_node {
  struct wbi_cel_node *first, *last, *next; /* children */
  wbi_text name;
  wbi_cel_value value; /* of a literal */
  uint32_t kind;
  uint32_t sign;     /* of an operator: its token */
  uint32_t from, to; /* bytes of the source */
  uint32_t at;       /* what an error about it points to */
  uint32_t height;   /* 1 without children; at most the context's depth, so recursion is bounded */
  uint32_t count;    /* children */
  uint32_t field;    /* index in the schema */
  int32_t type;      /* enum wb_kind, set by the checker */
  bool receiver;     /* of a call */
  bool optional;     /* .?name, [?index], [?element] */
} wbi_cel_node;

/* A rule while it is compiled. */
typedef struct wbi_cel_tree {
  wbi_text source;
  wb_schema *schema;
  wbi_arena *arena;
  wb_error *error;
  wbi_cel_node *root;
  uint32_t count; /* nodes */
  uint32_t depth; /* limit */
} wbi_cel_tree;

/* Reads all of CEL's grammar. */
wb_status wbi_cel_parse(wbi_cel_tree *tree);
/* Resolves names, checks types and domains, folds constants, refuses what has no meaning yet. */
wb_status wbi_cel_check(wbi_cel_tree *tree);

/* ---- program ------------------------------------------------------------------------------ */

/* Instructions work on a stack of values. */
enum {
  WBI_CEL_OP_FIELD,      /* push the field of slot `operand` */
  WBI_CEL_OP_NEEDED,     /* the same; null becomes unknown */
  WBI_CEL_OP_CONSTANT,   /* push constant `operand` */
  WBI_CEL_OP_EQUAL,      /* two values, one bool */
  WBI_CEL_OP_NOT_EQUAL,  /* two values, one bool */
  WBI_CEL_OP_ORDER,      /* two values, one bool; `operand` is the token */
  WBI_CEL_OP_IN,         /* one value, one bool; `count` constants from `operand` */
  WBI_CEL_OP_NOT,        /* one bool, one bool */
  WBI_CEL_OP_AND,        /* two bools, one bool */
  WBI_CEL_OP_OR,         /* two bools, one bool */
  WBI_CEL_OP_JUMP_FALSE, /* to `operand` when the top is false; the stack stays */
  WBI_CEL_OP_JUMP_TRUE   /* to `operand` when the top is true; the stack stays */
};

typedef struct wbi_cel_code {
  uint16_t op;
  uint16_t count;
  uint32_t operand;
} wbi_cel_code;

/* The part of the tree that explains: &&, ||, ! and what stands between them, in preorder. */
typedef struct wbi_cel_branch {
  uint32_t from, to;       /* bytes of the source */
  uint32_t code, code_end; /* instructions that leave its truth */
  uint32_t end;            /* the next branch that is not below this one */
  uint16_t leaf;           /* 1: nothing below */
  uint16_t negated;        /* 1: below an odd number of ! */
} wbi_cel_branch;

struct wb_rule {
  wbi_refs refs;
  wbi_arena arena; /* holds this struct too */
  wb_schema *schema;
  wbi_text source;
  const wbi_cel_code *code;
  const wbi_cel_value *constants;
  const uint32_t *fields; /* slot to index in the schema: the read-set */
  const wbi_cel_branch *branches;
  uint32_t code_count, field_count, branch_count;
  uint32_t stack; /* values at most */
  uint32_t loads; /* instructions that read a field */
};

/* Makes the program of a checked tree, in the rule's arena. */
wb_status wbi_cel_compile(const wbi_cel_tree *tree, wb_rule *rule);

/* ---- row executor ------------------------------------------------------------------------- */

/* One evaluation: every field is read once at most. */
typedef struct wbi_cel_run {
  const wb_rule *rule;
  wb_facts *facts;
  uint64_t row;
  const wb_moment *moment;
  wb_error *error;
  wbi_cel_value *memo; /* by slot */
  wbi_cel_value *stack;
  uint32_t *missing; /* slots, in order of meeting; may repeat */
  uint32_t missing_count;
} wbi_cel_run;

/* Takes the scratch memory of the facts; nothing is read yet. */
wb_status wbi_cel_begin(wbi_cel_run *run);
/* Runs the instructions of a range, which leave one bool; its truth. */
wb_status wbi_cel_eval(wbi_cel_run *run, uint32_t from, uint32_t to, int32_t *truth);

#endif

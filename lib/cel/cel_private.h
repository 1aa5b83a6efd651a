/* SPDX-License-Identifier: MIT */
/* What the parts of lib/cel share: tokens, the tree, types, the program, a run. */
#ifndef WBI_CEL_PRIVATE_H
#define WBI_CEL_PRIVATE_H

#include "cel/cel.h"
#include "cel/value.h"

/* Bytes of a rule. Keeps every count below in 32 bits. */
#define WBI_CEL_LENGTH 65536u
/* Elements that a list is taken to have when nobody says how many. */
#define WBI_CEL_MOST 1000u
/* Names of missing fields are bits of 64; from this slot on they share the last. */
#define WBI_CEL_LAST_BIT 63u

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
  WBI_CEL_IDENT,    /* name; `absolute`: after a dot */
  WBI_CEL_SELECT,   /* operand . name */
  WBI_CEL_INDEX,    /* operand [ index ] */
  WBI_CEL_CALL,     /* name(arguments), or receiver.name(arguments): the receiver comes first */
  WBI_CEL_LIST,     /* [ elements ] */
  WBI_CEL_MAP,      /* { key, value, key, value… } */
  WBI_CEL_MESSAGE,  /* type { field, value… }: the type comes first */
  WBI_CEL_OPERATOR, /* && and || with two or more operands; '?' with three */
  /* Made by the checker. */
  WBI_CEL_FIELD,    /* of the schema: `index` */
  WBI_CEL_ELEMENT,  /* a field of an element of a list of the schema: `index`; the record */
  WBI_CEL_VARIABLE, /* of the environment: `index` */
  WBI_CEL_LOCAL,    /* of a macro: `index` */
  WBI_CEL_LOOP,     /* a macro that goes through a list or map: `sign` enum wbi_cel_loop, `index`
                       its first local, `names` how many; range, step and, before it, a filter */
  WBI_CEL_BIND,     /* cel.bind: value, result */
  WBI_CEL_OPT_MAP,  /* optMap, optFlatMap (`optional`): optional, result */
  WBI_CEL_HAS,      /* has(): the selection */
  WBI_CEL_NOTHING   /* a name or call without meaning, where types are not checked */
};

/* What a loop makes of its elements. */
enum wbi_cel_loop {
  WBI_LOOP_ALL,
  WBI_LOOP_EXISTS,
  WBI_LOOP_ONE,
  WBI_LOOP_FILTER,
  WBI_LOOP_LIST,   /* of the results */
  WBI_LOOP_MAP,    /* of the same keys to the results */
  WBI_LOOP_ENTRIES /* of the entries that the results are */
};

typedef struct wbi_cel_node {
  struct wbi_cel_node *first, *last, *next; /* children */
  const wbi_cel_type *type;                 /* set by the checker */
  wbi_cel_function call;                    /* of a call; set by the checker */
  wbi_text name;
  wbi_cel_value value; /* of a literal */
  uint32_t kind;
  uint32_t sign;     /* of an operator: its token */
  uint32_t from, to; /* bytes of the source */
  uint32_t at;       /* what an error about it points to */
  uint32_t height;   /* 1 without children; at most the context's depth, so recursion is bounded */
  uint32_t count;    /* children */
  uint32_t index;    /* set by the checker */
  uint32_t names;    /* of a loop: 1 or 2 */
  bool receiver;     /* of a call */
  bool absolute;     /* of a name */
  bool optional;     /* .?name, [?index]; of a list or map: it has a child that is `maybe` */
  bool maybe;        /* of an element or key: [?element], {?key: value} */
} wbi_cel_node;

/* A variable or function that is not of the schema. */
typedef struct wbi_cel_variable {
  wbi_text name;
  const wbi_cel_type *type;
} wbi_cel_variable;

typedef struct wbi_cel_declared {
  wbi_text name;
  bool receiver;
  uint32_t count;
  const wbi_cel_type *const *parameters; /* a PARAM is the same type wherever its index stands */
  const wbi_cel_type *result;
  uint32_t params; /* how many there are of PARAM */
} wbi_cel_declared;

/* What names mean. */
typedef struct wbi_cel_env {
  wb_schema *schema; /* NULL: none */
  wbi_text container;
  const wbi_cel_variable *variables;
  const wbi_cel_declared *functions;
  uint32_t variable_count, function_count;
  bool unchecked; /* types are found where they can be, and nothing is refused for them */
} wbi_cel_env;

/* A rule while it is compiled. */
typedef struct wbi_cel_tree {
  wbi_text source;
  const wbi_cel_env *env;
  wbi_arena *arena;
  wb_error *error;
  wbi_cel_node *root;
  uint32_t count;  /* nodes */
  uint32_t depth;  /* limit */
  uint64_t cost;   /* limit */
  uint32_t locals; /* at once, at most; set by the checker */
} wbi_cel_tree;

/* Whether a text can be a rule at all: its length, its UTF-8. */
wb_status wbi_cel_check_source(wbi_text source, wb_error *error);
/* Whether a node is a dotted name: a name and plain selections. */
bool wbi_cel_is_path(const wbi_cel_node *node);
/* Reads all of CEL's grammar. */
wb_status wbi_cel_parse(wbi_cel_tree *tree);
/* Resolves names and macros, checks types and domains. */
wb_status wbi_cel_check(wbi_cel_tree *tree);

/* ---- types (types.c) ---------------------------------------------------------------------- */

/* The type of a name as CEL writes it; NULL: there is none. */
const wbi_cel_type *wbi_type_named(wbi_text name);
/* Makes a type; NULL: no memory. */
const wbi_cel_type *wbi_type_make(wbi_arena *arena, uint32_t kind, const wbi_cel_type *first,
                                  const wbi_cel_type *second);
/* What it is called in an error: "a list". */
wbi_text wbi_type_word(const wbi_cel_type *type);

/* What is known of the types that are still to be found. */
typedef struct wbi_solver {
  wbi_arena *arena;
  const wbi_cel_type **found; /* by index of PARAM; NULL: not yet */
  uint32_t count, capacity;
  bool failed; /* no memory */
} wbi_solver;

/* A type to be found. */
const wbi_cel_type *wbi_solver_param(wbi_solver *solver);
/* Whether a value of type `from` may stand where `to` is asked for; finds types on the way, and
   forgets them when it may not. */
bool wbi_solver_fits(wbi_solver *solver, const wbi_cel_type *to, const wbi_cel_type *from);
/* A type that holds both: the more general one, else dyn. */
const wbi_cel_type *wbi_solver_join(wbi_solver *solver, const wbi_cel_type *a,
                                    const wbi_cel_type *b);
/* What a type is as far as it was found: `open` is what stands for the rest, or NULL to leave it.
 */
const wbi_cel_type *wbi_solver_resolve(wbi_solver *solver, const wbi_cel_type *type,
                                       const wbi_cel_type *open);
/* A type with its PARAMs made new: those of `fresh` by index; NULL ones are made. */
const wbi_cel_type *wbi_solver_renew(wbi_solver *solver, const wbi_cel_type *type,
                                     const wbi_cel_type **fresh);

/* ---- overloads (overloads.c) -------------------------------------------------------------- */

enum { WBI_CEL_ARGUMENTS = 8 };

/* An overload with types of its own. */
typedef struct wbi_cel_signature {
  const wbi_cel_type *parameters[WBI_CEL_ARGUMENTS];
  const wbi_cel_type *result;
  uint32_t count;
  bool receiver;
  bool several; /* the last parameter may stand several times */
} wbi_cel_signature;

/* Rows of a function by name; NULL: there is none. They lie next to each other, `*count` of them.
 */
const wbi_cel_overload *wbi_overload_find(wbi_text name, uint32_t *count);
/* Rows of an operator by its token; unary minus is WBI_CEL_NEGATE. */
#define WBI_CEL_NEGATE 1u
const wbi_cel_overload *wbi_overload_operator(uint32_t sign, uint32_t *count);
/* Reads a row's signature. */
void wbi_overload_read(const wbi_cel_overload *overload, wbi_solver *solver,
                       wbi_cel_signature *signature);
/* The name of a function that is nearest, for an error; empty: none is near. */
wbi_text wbi_overload_nearest(wbi_text name);
/* Whether the name is the first part of a function's, as "math" of "math.abs". */
bool wbi_overload_is_namespace(wbi_text name);

/* ---- checker (checker.c, names.c, calls.c, macros.c) -------------------------------------- */

/* A local name of a macro. */
typedef struct wbi_cel_local {
  wbi_text name;
  const wbi_cel_type *type;
  uint32_t index;
  const struct wbi_cel_local *outer;
} wbi_cel_local;

typedef struct wbi_checker {
  wbi_cel_tree *tree;
  const wbi_cel_env *env;
  wbi_solver solver;
  const wbi_cel_local *locals; /* innermost first */
  uint32_t depth;              /* locals now */
} wbi_checker;

wb_status wbi_checker_node(wbi_checker *c, wbi_cel_node *node);
/* An error at an offset, its message put together of pieces; WB_E_NOMEM if memory has failed. */
wb_status wbi_checker_fail(const wbi_checker *c, wb_status status, uint32_t at,
                           const wbi_text *pieces, size_t count);
/* The same for a type error, which is none where types are not checked: the node becomes dyn. */
wb_status wbi_checker_mistyped(wbi_checker *c, wbi_cel_node *node, const wbi_text *pieces,
                               size_t count);
wb_status wbi_checker_unknown(const wbi_checker *c, uint32_t at, wbi_text before, wbi_text name,
                              wbi_text after, wbi_text nearest);
wb_status wbi_checker_nomem(const wbi_checker *c);
const wbi_cel_type *wbi_checker_resolved(wbi_checker *c, const wbi_cel_type *type);
/* The type of a node, set unless there was no memory for it. */
wb_status wbi_checker_typed(wbi_checker *c, wbi_cel_node *node, const wbi_cel_type *type);
/* Checks that a checked node is true or false. */
wb_status wbi_checker_bool(wbi_checker *c, const wbi_cel_node *node);
/* Names and selections. */
wb_status wbi_checker_name(wbi_checker *c, wbi_cel_node *node);
/* The field of the schema that a node reads, NULL: it reads none. */
const wbi_field *wbi_checker_field(const wbi_checker *c, const wbi_cel_node *node);
/* Calls and operators that have overloads. The children are checked. */
wb_status wbi_checker_call(wbi_checker *c, wbi_cel_node *node);
wb_status wbi_checker_operator(wbi_checker *c, wbi_cel_node *node);
/* Macros; `*found` whether the call is one. The children are not checked yet. */
wb_status wbi_checker_macro(wbi_checker *c, wbi_cel_node *node, bool *found);
/* The names that a macro of this name gives to what it goes through; 0: there is none. */
uint32_t wbi_macro_names(wbi_text name);
/* The name of a macro that is nearest, for an error; empty: none is near. */
wbi_text wbi_macro_nearest(wbi_text name);

/* ---- program ------------------------------------------------------------------------------ */

/* Instructions work on a stack of values. */
enum {
  WBI_CEL_OP_FIELD,          /* push the field of slot `operand` */
  WBI_CEL_OP_NEEDED,         /* the same; null becomes unknown */
  WBI_CEL_OP_CONSTANT,       /* push constant `operand` */
  WBI_CEL_OP_VARIABLE,       /* push variable `operand` of the environment */
  WBI_CEL_OP_LOCAL,          /* push local `operand`; `count` 1: it is needed */
  WBI_CEL_OP_EQUAL,          /* two values, one; `operand` is the token */
  WBI_CEL_OP_NOT_EQUAL,      /* likewise */
  WBI_CEL_OP_ORDER,          /* two values, one; `operand` is the token */
  WBI_CEL_OP_IN,             /* two values, one */
  WBI_CEL_OP_IN_CONSTANTS,   /* one value, one; the list is constant `operand` */
  WBI_CEL_OP_NOT,            /* one value, one */
  WBI_CEL_OP_AND,            /* two values, one */
  WBI_CEL_OP_OR,             /* two values, one */
  WBI_CEL_OP_JUMP_FALSE,     /* to `operand` when the top is false; the stack stays */
  WBI_CEL_OP_JUMP_TRUE,      /* to `operand` when the top is true; the stack stays */
  WBI_CEL_OP_CHOOSE,         /* one value off: true goes on, false goes to `operand`; what is
                                neither stays and goes where the JUMP before `operand` goes */
  WBI_CEL_OP_JUMP,           /* to `operand` */
  WBI_CEL_OP_ARITHMETIC,     /* two values, one; `operand` is the token */
  WBI_CEL_OP_NEGATE,         /* one value, one */
  WBI_CEL_OP_ELEMENT,        /* a record, its field of slot `operand` */
  WBI_CEL_OP_ELEMENT_NEEDED, /* the same; null becomes unknown */
  WBI_CEL_OP_SELECT,         /* a map, its value of the key that constant `operand` is; `count` 1:
                                an optional */
  WBI_CEL_OP_INDEX,          /* two values, one; `count` 1: an optional */
  WBI_CEL_OP_PRESENT,        /* push whether the field of slot `operand` has a value */
  WBI_CEL_OP_HAS_ELEMENT,    /* a record, whether its field of slot `operand` has a value */
  WBI_CEL_OP_HAS_KEY,        /* a map, whether it has the key that constant `operand` is */
  WBI_CEL_OP_OPTIONAL,       /* one value, an optional: what is null or unknown is none */
  WBI_CEL_OP_CALL,           /* `count` values, one; function `operand` */
  WBI_CEL_OP_MATCHES,        /* one value, one; regular expression `operand` */
  WBI_CEL_OP_LIST,           /* `operand` values, a list; `count`: which may be missing, a constant
                                + 1 */
  WBI_CEL_OP_MAP,            /* `operand` keys and values, a map; likewise */
  WBI_CEL_OP_LOOP,   /* a range off: begins the loop `operand`, or, where there is nothing to
                        go through, pushes its result and goes to its end */
  WBI_CEL_OP_TEST,   /* one value off, a filter's: false and what is no bool go to the NEXT
                        of the loop `operand` */
  WBI_CEL_OP_NEXT,   /* one value off (`count` 2: two): goes to the body of the loop `operand`,
                        or pushes the result */
  WBI_CEL_OP_STORE,  /* one value off: local `operand` */
  WBI_CEL_OP_UNWRAP, /* an optional off: its value is local `count`; none, and what is no
                        optional, stays and goes to `operand` */
  WBI_CEL_OP_WRAP,   /* one value, an optional of it */
  WBI_CEL_OP_FAULT   /* push the error `operand` */
};

typedef struct wbi_cel_code {
  uint16_t op;
  uint16_t count;
  uint32_t operand;
} wbi_cel_code;

/* A loop of the program. */
typedef struct wbi_cel_loop_code {
  uint32_t body, next, end; /* instructions: first of the body, NEXT, behind it */
  uint32_t local;           /* first local; a second one follows */
  uint16_t kind;            /* enum wbi_cel_loop */
  uint16_t names;
} wbi_cel_loop_code;

/* The part of the tree that explains: &&, ||, ! and what stands between them, in preorder. */
typedef struct wbi_cel_branch {
  uint32_t from, to;       /* bytes of the source */
  uint32_t code, code_end; /* instructions that leave its truth */
  uint32_t end;            /* the next branch that is not below this one */
  uint16_t leaf;           /* 1: nothing below */
  uint16_t negated;        /* 1: below an odd number of ! */
} wbi_cel_branch;

/* A test that a rule opens with (opening.c): how a value stands to the constant, and which orders
   are true, as bits: 1 below it, 2 equal, 4 above. A text is equal or above. */
typedef struct wbi_cel_test {
  int64_t number;             /* the constant of a number, date or bool */
  const wbi_cel_value *texts; /* those of a text, to one of which it may be equal */
  uint32_t text_count;
  uint32_t cost;
  uint32_t field, slot;
  uint32_t next;   /* the instruction behind the operand */
  uint32_t orders; /* which are true */
  int32_t null;    /* truth of null */
} wbi_cel_test;

typedef struct wbi_cel_program {
  const wbi_cel_code *code;
  const wbi_cel_value *constants;
  const uint32_t *fields; /* slot to index in the schema: the read-set */
  const wbi_cel_branch *branches;
  const wbi_cel_loop_code *loops;
  const wbi_cel_function *functions;
  wbi_regex *const *regexes;
  wbi_cel_test *tests;
  uint32_t code_count, constant_count, field_count, branch_count, loop_count, function_count,
      regex_count, test_count;
  int32_t decides; /* the truth of a test that is that of the rule */
  uint32_t stack;  /* values at most */
  uint32_t locals; /* likewise */
  uint32_t nested; /* loops at most */
  size_t search;   /* bytes for a search */
  uint64_t bound;  /* of the cost, as far as can be said beforehand */
} wbi_cel_program;

struct wb_rule {
  wbi_refs refs;
  wbi_arena arena; /* holds this struct too */
  wb_schema *schema;
  wbi_text source;
  wbi_cel_program program;
  uint64_t cost; /* limit of one evaluation */
};

/* Works out what is constant in a checked tree. */
wb_status wbi_cel_fold(const wbi_cel_tree *tree, wbi_cel_node *node);
/* Makes the program of a checked tree, in the arena. */
wb_status wbi_cel_compile(const wbi_cel_tree *tree, wbi_arena *arena, wbi_cel_program *program);
/* Finds the tests that a program opens with. */
void wbi_cel_find_tests(wbi_cel_program *program, const wb_schema *schema);
/* An upper bound of the cost of a node. */
uint64_t wbi_cel_bound(const wbi_cel_tree *tree, const wbi_cel_node *node);
/* Copies a value with all that it points to; false: no memory. */
bool wbi_cel_copy(wbi_arena *arena, wbi_cel_value *value);

/* ---- a run -------------------------------------------------------------------------------- */

/* A loop that is being gone through. */
typedef struct wbi_cel_frame {
  const wbi_cel_loop_code *loop;
  wbi_cel_value range;
  wbi_cel_value *made; /* elements of the result */
  wbi_cel_value doubt; /* unknown or error that was met */
  uint32_t at, length; /* of the range */
  uint32_t count;      /* of `made`; of `true` for exists_one */
} wbi_cel_frame;

/* One evaluation: every field is read once at most. */
struct wbi_cel_run {
  const wbi_cel_program *program;
  wb_facts *facts;        /* NULL: nothing of the program reads fields */
  const wbi_quick *quick; /* fields that are read where they lie; NULL: none */
  uint64_t row;
  const wb_moment *moment;
  wb_error *error;
  const wbi_cel_value *variables;
  wbi_cel_value *memo; /* by slot */
  wbi_cel_value *stack, *locals;
  wbi_cel_frame *frames;
  void *search;    /* scratch of regular expressions */
  wbi_arena *heap; /* NULL: not needed yet */
  uint64_t cost, limit;
  wb_status status; /* of what failed for good */
  bool remembers;   /* the memo is in use */
};

/* The kind of a memo that holds nothing yet. */
#define WBI_CEL_UNREAD UINT16_MAX

/* Checks what rule and facts must have in common, reads the moment, and enters the facts. */
wb_status wbi_rule_enter(const wb_rule *rule, wb_facts *facts, const wb_moment *from,
                         wb_moment *moment, wb_error *error);
/* A run of a rule on a row, before it begins. */
wbi_cel_run wbi_rule_run(const wb_rule *rule, wb_facts *facts, uint64_t row,
                         const wb_moment *moment, wb_error *error);
/* Takes the scratch memory of the facts, or of an arena where there are no facts; nothing is read
   yet. */
wb_status wbi_cel_begin(wbi_cel_run *run);
/* Where the values that are made lie, and what else a run needs for its length. */
wbi_arena *wbi_cel_heap(wbi_cel_run *run);
/* Runs the instructions of a range, which leave one value. */
wb_status wbi_cel_eval(wbi_cel_run *run, uint32_t from, uint32_t to, wbi_cel_value *result);
/* Does the tests that the program opens with; the instruction behind the last one, and what came of
   them, unless the run has failed. */
uint32_t wbi_cel_open(wbi_cel_run *run, wbi_cel_value *result);
/* Begins and runs the whole program; the tests that it opens with before anything is begun. */
wb_status wbi_cel_decide(wbi_cel_run *run, wbi_cel_value *result);
/* Reads, checks and runs an expression without a schema; the value lives as long as the arena. */
wb_status wbi_cel_work_out(wbi_cel_tree *tree, const wbi_cel_value *variables,
                           wbi_cel_value *value);
/* What an expression without a value says. */
const char *wbi_cel_fault_text(int64_t fault);
/* The field of slot `slot`. */
bool wbi_cel_field(wbi_cel_run *run, uint32_t slot, wbi_cel_value *value);
/* What was read of a slot. */
wbi_cel_value *wbi_cel_memo(wbi_cel_run *run, uint32_t slot);
/* The field of slot `slot` of a record. */
wbi_cel_value wbi_cel_element(wbi_cel_run *run, uint32_t slot, const wbi_cel_value *record);
/* The truth of a bool; what is neither unknown nor a bool is an error. */
static inline int32_t wbi_cel_truth(const wbi_cel_value *value) {
  if (value->kind == WB_BOOL) return value->as.integer != 0;
  return value->kind == WB_UNKNOWN ? WB_UNDETERMINED : WB_FAULTY;
}
/* What is unknown because a slot is. */
static inline wbi_cel_value wbi_cel_unknown(uint32_t slot) {
  const uint32_t bit = slot < WBI_CEL_LAST_BIT ? slot : WBI_CEL_LAST_BIT;
  return wbi_cel_of(WB_UNKNOWN, (int64_t)(UINT64_C(1) << bit));
}
/* What was read of a slot where it lies, as a value of a run. */
static inline void wbi_cel_set(wbi_cel_value *to, const wbi_quick_value *read, uint32_t slot) {
  const bool is_there = read->kind > WB_NULL && read->kind != WB_LIST;
  to->as.integer = is_there                ? read->as.integer
                   : read->kind == WB_LIST ? slot
                                           : wbi_cel_unknown(slot).as.integer;
  to->length = read->length;
  to->kind = (uint16_t)read->kind;
  to->facts = read->kind == WB_LIST;
}

/* Whether an order (-1, 0, 1) is what the token of a comparison asks for. */
static inline bool wbi_cel_tells(uint32_t sign, int order) {
  switch (sign) {
  case WBI_CEL_EQUAL: return order == 0;
  case WBI_CEL_NOT_EQUAL: return order != 0;
  case '<': return order < 0;
  case '>': return order > 0;
  case WBI_CEL_LESS_EQUAL: return order <= 0;
  default: return order >= 0;
  }
}

/* Operators (operators.c); the operands are neither unknown nor errors. */
wbi_cel_value wbi_cel_order(uint32_t test, const wbi_cel_value *a, const wbi_cel_value *b);
wbi_cel_value wbi_cel_negate(const wbi_cel_value *a);
wbi_cel_value wbi_cel_in(wbi_cel_run *run, const wbi_cel_value *a, const wbi_cel_value *set);
wbi_cel_value wbi_cel_index(wbi_cel_run *run, const wbi_cel_value *of, const wbi_cel_value *key,
                            bool optional);
/* The value of a key of a map; NULL: none; an error, as no map holds one: to look costs too much.
 */
const wbi_cel_value *wbi_cel_lookup(wbi_cel_run *run, const wbi_cel_value *map,
                                    const wbi_cel_value *key);
/* Whether a map has a key: a bool, or such an error. */
wbi_cel_value wbi_cel_has(wbi_cel_run *run, const wbi_cel_value *map, const wbi_cel_value *key);

/* Lists, maps and loops (collect.c, loop.c). */
wbi_cel_value wbi_cel_collect(wbi_cel_run *run, const wbi_cel_code *code,
                              const wbi_cel_value *values);
/* Begins a loop; false: there is nothing to go through, and `*result` is what comes out. */
bool wbi_cel_loop_begin(wbi_cel_run *run, const wbi_cel_loop_code *loop, const wbi_cel_value *range,
                        wbi_cel_value *result);
/* Takes one result of the body; false: the loop is over with `*result`. */
bool wbi_cel_loop_next(wbi_cel_run *run, const wbi_cel_value *step, wbi_cel_value *result);

#endif

/* SPDX-License-Identifier: MIT */
/* What the parts of lib/liquid share: channels, pieces, tokens, instructions, the compiler. */
#ifndef WBI_LIQUID_PRIVATE_H
#define WBI_LIQUID_PRIVATE_H

#include "liquid/html.h"
#include "liquid/liquid.h"
#include "liquid/policy.h"
#include "liquid/screen.h"
#include "liquid/sms.h"
#include "liquid/values.h"

/* Bytes of a template. Keeps every offset and count below in 32 bits. */
#define WBI_LIQUID_LENGTH 262144u

/* What a template may have at most. */
enum {
  WBI_PATH_MOST = 16,       /* steps of a name after the first */
  WBI_CHAIN_MOST = 32,      /* filters behind each other */
  WBI_WHENS_MOST = 1024,    /* values of one case */
  WBI_NAMES_MOST = 256,     /* names that are assigned; of an open template all */
  WBI_TURNS_MOST = 100000,  /* turns of all loops together */
  WBI_STEPS_MOST = 2000000, /* instructions in all turns together */
  WBI_WORK_MOST = 1 << 26,  /* bytes that filters and comparisons look at */
  WBI_WORK_ELEMENT = 64     /* what an element of a list counts as */
};

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
  bool trim;    /* the braces before ended with -}} or -%} */
  bool lenient; /* braces that close nothing are text */
} wbi_scanner;

wb_status wbi_scanner_next(wbi_scanner *scanner, wbi_piece *piece, wb_error *error);
/* After {% raw %}, which opened at an offset: its body as it stands, and past {% endraw %}. */
wb_status wbi_scanner_raw(wbi_scanner *scanner, size_t open, wbi_piece *piece, wb_error *error);
/* After {% comment %}: past the {% endcomment %} that belongs to it. */
wb_status wbi_scanner_comment(wbi_scanner *scanner, size_t open, wb_error *error);

/* Tokens inside braces. A sign of one character is its own number. */
typedef enum wbi_token_kind {
  WBI_TOKEN_END = 0,
  WBI_TOKEN_WORD = 256,
  WBI_TOKEN_TEXT,
  WBI_TOKEN_INT,
  WBI_TOKEN_DECIMAL, /* `text` is its spelling; a whole number too large for an int, too */
  WBI_TOKEN_RANGE,   /* .. */
  WBI_TOKEN_EQUAL,
  WBI_TOKEN_NOT_EQUAL,
  WBI_TOKEN_LESS_EQUAL,
  WBI_TOKEN_GREATER_EQUAL,
  WBI_TOKEN_CONTAINS /* a test only: it is read as a word */
} wbi_token_kind;

typedef struct wbi_token {
  uint32_t kind;
  size_t from;     /* where it begins in the source */
  wbi_text text;   /* a word; a text without its quotes */
  int64_t integer; /* a number */
} wbi_token;

/* Reads the token at or after *at, not beyond `to`, and moves *at past it. */
wb_status wbi_token_next(wbi_text source, size_t *at, size_t to, wbi_token *token, wb_error *error);

/* ---- open values -------------------------------------------------------------------------- */

/* Member of an object by name; NULL: it is none or has none. */
const wbi_json *wbi_node_member(const wbi_json *object, wbi_text name);

/* ---- instructions ------------------------------------------------------------------------- */

#define WBI_NO_FIELD UINT32_MAX

/* Where an operand comes from. */
typedef enum wbi_place {
  WBI_LITERAL,
  WBI_FIELD,
  WBI_SIZE,       /* the length of the list `field` */
  WBI_ITEM,       /* `field` of the element that `frame` is at */
  WBI_ELEMENT_AT, /* `field` of element `index`, from the end if negative */
  WBI_NAME,       /* a name: assigned, or of an open template's data */
  WBI_CURRENT,    /* what the loop of `frame` is at */
  WBI_FORLOOP     /* property `index` of the loop of `frame` */
} wbi_place;

/* Properties of forloop. */
enum {
  WBI_LOOP_INDEX,
  WBI_LOOP_INDEX0,
  WBI_LOOP_RINDEX,
  WBI_LOOP_RINDEX0,
  WBI_LOOP_FIRST,
  WBI_LOOP_LAST,
  WBI_LOOP_LENGTH
};
/* operand.c: a property by its name; -1: there is none. */
int32_t wbi_loop_property(wbi_text name);

/* How a path goes on in an open template. */
typedef struct wbi_path_step {
  wbi_text name;
  int64_t index;
  uint32_t kind; /* '.': a name; '"': a name in brackets; '[': an index */
  uint32_t reserved;
} wbi_path_step;

/* What stands for a value. */
typedef struct wbi_operand {
  wb_value literal;
  wbi_text name; /* a field's or an assigned one, for errors */
  int32_t type;  /* enum wb_kind or of values.h; WB_NULL is nil */
  uint32_t field;
  union {
    uint32_t slot;   /* of a name */
    uint32_t frame;  /* of an element, of forloop */
    uint32_t before; /* of a value of a when: the operand of the one before in its case */
  };
  int32_t index;
  uint32_t steps, steps_count; /* of an open template */
  uint32_t offset;             /* in the source */
  wbi_place place;
} wbi_operand;

typedef enum wbi_operation {
  WBI_WRITE,            /* text */
  WBI_VALUE,            /* operand 0 becomes the value */
  WBI_GENERAL,          /* the words of a generaliser become the value; operand 0 if they differ */
  WBI_FILTER,           /* the value goes through a filter with all operands */
  WBI_PRINT,            /* writes the value */
  WBI_ASSIGN,           /* name `slot` becomes the value */
  WBI_CASE,             /* `frame` compares operand 0 */
  WBI_WHEN,             /* `frame` counts one more match if it is operand 0 */
  WBI_OVER,             /* `frame` goes over operand 0 */
  WBI_OVER_RANGE,       /* `frame` goes from operand 0 to operand 1 */
  WBI_LIMIT,            /* `frame` ends after operand 0 turns */
  WBI_OFFSET,           /* `frame` leaves out operand 0 elements */
  WBI_JUMPS,            /* from here on they may go to `target` */
  WBI_TEST = WBI_JUMPS, /* when the outcome of operand 0 test operand 1 is `when` */
  WBI_JUMP,             /* always */
  WBI_MATCHED,          /* if nothing matched */
  WBI_AGAIN,            /* which lies before, once for each further match */
  WBI_OTHERWISE,        /* if something matched before */
  WBI_BEGIN,            /* if `frame` has no turn */
  WBI_NEXT              /* which lies before, if `frame` has one more turn */
} wbi_operation;

typedef struct wbi_instruction {
  const char *text;
  const wbi_filter *filter;
  const wbi_general *general; /* of the policy */
  uint32_t length;            /* of text */
  uint32_t characters;        /* of text */
  uint32_t operands;          /* index of operand 0 */
  uint32_t offset;            /* in the source */
  union {
    uint32_t target; /* of a jump */
    uint32_t source; /* of a write: bytes of the source that it stands for */
  };
  union {
    uint32_t frame;   /* of a case or loop */
    uint32_t slot;    /* of an assign: the name's */
    uint32_t counted; /* of a write of an SMS: which of the counts is its own */
  };
  uint32_t times; /* how often it runs at most, with the loops around it */
  uint32_t test;  /* a token kind; 0: operand 0 alone, true unless nil or false */
  uint8_t operation;
  uint8_t count;    /* of operands */
  uint8_t when;     /* of a test: the outcome that jumps */
  uint8_t reversed; /* of a loop's begin */
  uint8_t escape;   /* of a print: enum wbi_escape */
} wbi_instruction;

struct wb_template {
  wbi_refs refs;
  wbi_arena arena;
  wb_schema *schema; /* NULL: open */
  wb_policy *policy;
  const wbi_channel *channel;
  wbi_text source;
  const wbi_instruction *code;
  const wbi_operand *operands;
  const wbi_path_step *steps;
  const wbi_text *names;       /* by slot */
  const uint32_t *fields;      /* the read-set, in order of first mention */
  const wbi_sms_count *counts; /* of an SMS: by `counted` of a write */
  const char *language;
  size_t room;       /* for the texts that filters make */
  int32_t recipient; /* enum wb_recipient */
  int32_t register_; /* enum wb_register */
  uint32_t code_count;
  uint32_t fields_count;
  uint32_t names_count;
  uint32_t frames_count;
  uint32_t zone;                          /* of the patient, if it writes instants: a field */
  uint32_t label;                         /* classes that what is written depends on */
  uint32_t segments_most, segments_least; /* of an SMS; 0: it is none */
  uint32_t replaced;                      /* typographic characters of the text made plain */
  uint32_t replaced_at;                   /* where the first one stands in the source */
  bool html;
};

/* Compiles with all names allowed; values come from a JSON tree, what is not there is nil. For
   tests and benchmarks: nothing is screened, and links keep to no policy. */
wb_status wbi_template_open(wb_context *context, wbi_text text, bool html, wb_template **compiled,
                            wb_error *error);
/* Renders an open template; without data (NULL) every name is nil. `room` is used up anew by each
 * call; frames and names are in it too. */
wb_status wbi_template_render_open(const wb_template *compiled, const wbi_json *data,
                                   wbi_room *room, wbi_writer *writer, wb_error *error);

/* Finds the most and the least segments of an SMS; WB_E_LIMIT: none can be within the limit. */
wb_status wbi_extent_find(wb_template *compiled, wb_error *error);
/* Says that an SMS has more segments than it may. */
wb_status wbi_extent_over(const wb_sms *sms, uint32_t most, wb_error *error);

/* ---- what a template may write (spans.c) -------------------------------------------------- */

typedef enum wbi_span_kind {
  WBI_SPAN_TEXT,    /* text outside braces */
  WBI_SPAN_LITERAL, /* a text in quotes */
  WBI_SPAN_FIELD,   /* a value of a field */
  WBI_SPAN_VALUE    /* another value */
} wbi_span_kind;

typedef struct wbi_span {
  wbi_text text;
  size_t offset; /* in the source */
  wbi_span_kind kind;
  uint32_t field; /* WBI_NO_FIELD: none */
} wbi_span;

typedef struct wbi_span_reader {
  uint32_t code, operand;
} wbi_span_reader;

/* The next span in source order; false: no more. A reader begins as {0, 0}. */
bool wbi_span_next(const wb_template *compiled, wbi_span_reader *reader, wbi_span *span);

/* ---- renderer ----------------------------------------------------------------------------- */

/* A case or loop while it runs. */
typedef struct wbi_frame {
  wb_value value;   /* what a case compares, what a loop goes over */
  wb_value current; /* the element of a loop; of a list of facts its index */
  const wbi_json *node;
  int64_t low, limit;     /* of a range */
  int64_t skip, most;     /* offset and limit */
  int64_t first;          /* the element that the first turn would have, were it not reversed */
  uint32_t index, length; /* turn, from 0, and how many */
  uint32_t matches;       /* of a case: how often its branch is still to be written */
  bool matched, range, reversed, limited;
} wbi_frame;

/* A template while it is rendered. */
typedef struct wbi_render {
  const wb_template *compiled;
  wb_facts *facts;
  const wbi_quick *quick; /* fields that are read where they lie; NULL: none */
  const wbi_json *data;   /* of an open template */
  const wb_moment *moment;
  wbi_writer *writer;
  wb_error *error;
  wb_value *names;
  wbi_frame *frames;
  uint64_t row;
  size_t begin;                 /* length of the writer before */
  size_t characters;            /* written so far, where they have a limit */
  size_t kept;                  /* of the room: what names hold */
  size_t most, most_characters; /* bytes; 0: characters have no limit */
  wbi_sms_count count;          /* of an SMS, so far */
  wb_value value;
  wbi_text first;        /* what the chain began with, or what it lacks */
  wbi_text missing;      /* the name whose value is missing; NULL: none */
  wbi_screened screened; /* the last text that was */
  wbi_room room;
  wbi_filtering filtering;
  uint64_t steps;  /* of loops, so far */
  uint64_t work;   /* of filters and comparisons, so far */
  uint32_t turns;  /* of loops, so far */
  bool stepped_in; /* the value is a literal, meant as it stands */
  bool told;       /* the error of an element that could not be read is made */
} wbi_render;

/* operand.c: fetches an operand; one that may be written is screened, used or not. */
wb_status wbi_render_load(wbi_render *render, const wbi_operand *operand, wb_value *value);
wb_status wbi_render_load_written(wbi_render *render, const wbi_operand *operand, wb_value *value);
/* turns.c: what a loop goes over, its limit or offset, its first turn and the next ones. */
wb_status wbi_render_over(wbi_render *render, const wbi_instruction *instruction);
wb_status wbi_render_limit(wbi_render *render, const wbi_instruction *instruction);
wb_status wbi_render_begin(wbi_render *render, const wbi_instruction *instruction, bool *jumps);
wb_status wbi_render_turn(wbi_render *render, const wbi_instruction *instruction, bool *jumps);
/* How many numbers a range has, at most UINT32_MAX. */
uint32_t wbi_range_length(int64_t low, int64_t high);
/* general.c: the words of a generaliser. */
wb_status wbi_render_general(wbi_render *render, const wbi_instruction *instruction);
/* An error at an offset of the source. */
wb_status wbi_render_fail(const wbi_render *render, wb_status status, size_t offset,
                          const char *message);
/* comparison.c: the outcome of a comparison; nothing is in an order with what is absent. WB_E_TYPE:
   the two have no order. */
wb_status wbi_liquid_test(const wbi_filtering *filtering, const wb_value *left, uint32_t test,
                          const wb_value *right, bool *holds);

/* ---- compiler ----------------------------------------------------------------------------- */

/* Where a field is mentioned. All places have one rule; that each of them keeps it is shown by
   checkers that are blind to one (tests/property/interference.c). */
typedef enum wbi_mention {
  WBI_MENTION_OUTPUT,
  WBI_MENTION_ARGUMENT,  /* of a filter */
  WBI_MENTION_ASSIGN,    /* what a name becomes */
  WBI_MENTION_CONDITION, /* of if and unless */
  WBI_MENTION_BRANCH,    /* condition of an elsif */
  WBI_MENTION_ELSE,      /* anything in an else */
  WBI_MENTION_CASE,      /* what a case compares */
  WBI_MENTION_LOOP,      /* what a for goes over */
  WBI_MENTION_LIMIT,     /* limit and offset of a for */
  WBI_MENTION_GENERAL,   /* what words that differ by value tell */
  WBI_MENTIONS
} wbi_mention;

/* The end of a list of jumps that still want their target; each holds the one before it there. */
#define WBI_NO_JUMP UINT32_MAX

typedef enum wbi_block_kind {
  WBI_BLOCK_IF,
  WBI_BLOCK_UNLESS,
  WBI_BLOCK_CASE,
  WBI_BLOCK_FOR
} wbi_block_kind;

/* A block that is not closed yet. */
typedef struct wbi_liquid_block {
  wbi_block_kind kind;
  uint32_t frame;  /* of a case or loop */
  size_t open;     /* of its tag */
  uint32_t code;   /* its first instruction */
  uint32_t next;   /* jumps to the branch that comes next */
  uint32_t end;    /* jumps to the end */
  uint32_t body;   /* of a loop or when: where it begins */
  uint32_t values; /* of a case: the operand of its last when, which knows the one before */
  uint32_t values_count;
  uint32_t turns;         /* how often it runs at most, with the loops around it */
  bool started;           /* of a case: it had a when or an else */
  bool when;              /* of a case: the branch is a when */
  bool reversed;          /* of a loop */
  bool otherwise;         /* it had its else */
  bool says;              /* some branch writes more than white space */
  bool assigns;           /* some branch assigns */
  bool parted;            /* some branch ended */
  wbi_html before, after; /* where in HTML it begins, and its branches so far end */
} wbi_liquid_block;

/* The name of a loop that is open. */
typedef struct wbi_scope {
  wbi_text name;
  wbi_text loop; /* what forloop.name is */
  int32_t type;
  uint32_t list; /* the field it goes over; WBI_NO_FIELD: a range, or an open template */
  uint32_t frame;
} wbi_scope;

/* A name that is assigned. */
typedef struct wbi_local {
  wbi_text name;
  int32_t type; /* WB_UNKNOWN: not assigned yet */
  bool link;    /* it may be one */
} wbi_local;

/* A template while it is compiled. */
typedef struct wbi_liquid {
  const wb_schema *schema; /* NULL: open */
  const wbi_channel *channel;
  const wb_policy *policy;
  const char *language;
  uint32_t classes;            /* that are read */
  uint32_t read[WBI_MENTIONS]; /* classes that may be mentioned there */
  wbi_mention mention;         /* of what is read now */
  wb_error *error;
  wbi_arena *arena;
  wbi_scanner scanner; /* its source is in the template's arena */
  wbi_text source;
  wbi_token token;     /* of the braces being read */
  size_t at, to;       /* what is left of them */
  wbi_vector code;     /* wbi_instruction */
  wbi_vector operands; /* wbi_operand */
  wbi_vector steps;    /* wbi_path_step */
  wbi_vector fields;   /* uint32_t */
  wbi_vector names;    /* wbi_local */
  wbi_vector blocks;   /* wbi_liquid_block, the open ones */
  wbi_vector scopes;   /* wbi_scope, the open ones */
  wbi_vector counts;   /* wbi_sms_count */
  wbi_sms_change change;
  uint32_t replaced_at;
  uint32_t frames; /* in use, and the most there were */
  uint32_t frames_most;
  uint64_t effort;  /* instructions in all turns, at most */
  uint32_t turns;   /* of all loops, at most */
  uint32_t zone;    /* if it writes instants: the field; else WBI_NO_FIELD */
  bool link;        /* the value of the chain at hand is one */
  bool after_link;  /* the text goes on after one */
  bool generalises; /* the name being read goes through general: it is not read */
  bool html;
  wbi_html place; /* where in HTML the text is */
} wbi_liquid;

/* As wb_template_new, with checkers that are broken: those of the places whose bits are set let
   pass whatever is mentioned there. For tests alone. */
wb_status wbi_template_new_blind(wb_context *context, wb_schema *schema, wb_policy *policy,
                                 const wb_template_options *options, wbi_text text, uint32_t blind,
                                 wb_template **compiled, wb_error *error);

/* Errors at an offset of the source; three pieces as wbi_fail_name. */
wb_status wbi_liquid_refuse(const wbi_liquid *liquid, wb_status status, size_t offset,
                            const char *before, wbi_text name, const char *after);
wb_status wbi_liquid_refuse_at(const wbi_liquid *liquid, wb_status status, size_t offset,
                               const char *message);
/* WB_E_POLICY: what the channel may not do, such as " may not read ", with a name. */
wb_status wbi_liquid_refuse_channel(const wbi_liquid *liquid, size_t offset, const char *may_not,
                                    wbi_text name, const char *after);
enum { WBI_PIECE_ROOM = 96 };
/* Joins three pieces to one of a message, NUL-terminated, which is returned. */
const char *wbi_liquid_join(char room[WBI_PIECE_ROOM], const char *a, const char *b, const char *c);
/* WB_E_NOMEM with its message. */
wb_status wbi_liquid_no_memory(const wbi_liquid *liquid);
/* Adds an instruction; NULL: no memory. */
wbi_instruction *wbi_liquid_emit(wbi_liquid *liquid, wbi_operation operation, size_t offset);
/* Adds an operand to the instruction that was added last. */
wb_status wbi_liquid_give(wbi_liquid *liquid, const wbi_operand *operand);
/* Adds an instruction that jumps to a place not known yet; NULL: no memory. */
wbi_instruction *wbi_liquid_jump(wbi_liquid *liquid, wbi_operation operation, uint32_t *list);
/* Lets a list of jumps lead to the next instruction. */
void wbi_liquid_land(wbi_liquid *liquid, uint32_t *list);
/* Text that is written as it stands. */
wb_status wbi_liquid_text(wbi_liquid *liquid, const wbi_piece *piece);

/* Moves on to the next token of the braces. */
wb_status wbi_liquid_advance(wbi_liquid *liquid);
/* expression.c: why a text may not be written as it stands: braces; NULL: it may. */
const char *wbi_liquid_braces(wbi_text text);
/* Whether the token is this word. */
bool wbi_liquid_at(const wbi_liquid *liquid, const char *word);
/* Nothing may follow in these braces. */
wb_status wbi_liquid_end(const wbi_liquid *liquid);

/* Notes where the names that come are mentioned. */
void wbi_liquid_mention(wbi_liquid *liquid, wbi_mention mention);
/* paths.c: the operand of a name and what follows it. Fields are checked and noted. */
wb_status wbi_liquid_path(wbi_liquid *liquid, wbi_operand *operand);
/* Notes a field in the read-set, once. */
wb_status wbi_liquid_note(wbi_liquid *liquid, uint32_t field);
/* Notes that instants may be written, which takes the zone of the patient's location: a field too.
 */
wb_status wbi_liquid_zone(wbi_liquid *liquid, const wbi_operand *operand);
/* Refuses a name that an assignment or loop cannot have. */
wb_status wbi_liquid_fit(const wbi_liquid *liquid, wbi_text name, size_t offset);
/* The name that an assignment makes or changes. */
wb_status wbi_liquid_assigned(wbi_liquid *liquid, wbi_text name, size_t offset, int32_t type,
                              uint32_t *slot);

/* expression.c: an operand: literal or path. */
wb_status wbi_liquid_operand(wbi_liquid *liquid, wbi_operand *operand);
/* What a type is called in messages. */
const char *wbi_liquid_type(int32_t type);
/* general.c: whether the braces begin with `field | general`; and reading that. */
bool wbi_liquid_generalises(const wbi_liquid *liquid);
wb_status wbi_liquid_general(wbi_liquid *liquid, wbi_operand *operand);
/* flow.c: what all that a template writes depends on; WB_E_NOMEM. */
wb_status wbi_flow_label(const wb_template *compiled, uint32_t *label);
/* `operand | filter: operand | …` to the end; the type that comes out. */
wb_status wbi_liquid_chain(wbi_liquid *liquid, bool written, int32_t *type);
/* constant.c: tries a chain of nothing but literals, whose code begins at an index. */
wb_status wbi_liquid_constant(const wbi_liquid *liquid, size_t from);
/* A chain, and what prints it. */
wb_status wbi_liquid_output(wbi_liquid *liquid, size_t open);

/* conditions.c: comparisons joined by `and` and `or`; falls through if the outcome is not
   `negated`, else jumps to `next`. */
wb_status wbi_liquid_condition(wbi_liquid *liquid, bool negated, uint32_t *next);
/* Both sides of a comparison must go together. */
wb_status wbi_liquid_compared(const wbi_liquid *liquid, const wbi_operand *left, uint32_t test,
                              const wbi_operand *right);

/* tags.c: a tag. */
wb_status wbi_liquid_tag(wbi_liquid *liquid, const wbi_piece *piece);
/* blocks.c: what a block is called: "if". */
const char *wbi_liquid_block_name(const wbi_liquid_block *block);
/* The innermost open block; NULL: none. */
wbi_liquid_block *wbi_liquid_top(const wbi_liquid *liquid);
/* Opens a block. */
wb_status wbi_liquid_open(wbi_liquid *liquid, wbi_block_kind kind, size_t open,
                          wbi_liquid_block **block);
/* Closes the innermost block: what is blank goes, as Liquid has it. */
wb_status wbi_liquid_close(wbi_liquid *liquid);
/* Notes that text is written in the block that is open. */
void wbi_liquid_says(wbi_liquid *liquid);
/* All blocks must be closed. */
wb_status wbi_liquid_finish(const wbi_liquid *liquid);

/* markup.c: what stands where in HTML. A piece of text; a value whose chain has the operands from
   an index on; the end of a branch but the last, and of a block. */
wb_status wbi_markup_text(wbi_liquid *liquid, const wbi_piece *piece);
wb_status wbi_markup_value(wbi_liquid *liquid, size_t open, size_t operands, uint8_t *escape);
wb_status wbi_markup_branch(wbi_liquid *liquid, wbi_liquid_block *block);
wb_status wbi_markup_close(wbi_liquid *liquid, wbi_liquid_block *block);

/* plain_links.c: refuses links written out in a text, from an offset of the source, that are not
   fit outside HTML. `open`: what stands in braces follows. And text that would lead a value
   elsewhere. */
wb_status wbi_liquid_links(const wbi_liquid *liquid, wbi_text text, size_t offset, bool open);
wb_status wbi_liquid_after_link(const wbi_liquid *liquid, wbi_text text, size_t offset);
/* Whether an operand is a link: a field of that class, or a name that became one. */
bool wbi_liquid_is_link(const wbi_liquid *liquid, const wbi_operand *operand);
/* Refuses a filter that would change a link; what goes in is of a type. */
wb_status wbi_liquid_link_filter(wbi_liquid *liquid, const wbi_filter *filter, int32_t type,
                                 size_t offset, const wbi_operand *arguments, uint32_t count);

/* cases.c and loops.c: the parts of case and for. */
wb_status wbi_case_open(wbi_liquid *liquid, const wbi_piece *piece);
wb_status wbi_case_when(wbi_liquid *liquid, wbi_liquid_block *block);
wb_status wbi_case_else(wbi_liquid *liquid, wbi_liquid_block *block);
wb_status wbi_case_close(wbi_liquid *liquid, wbi_liquid_block *block);
wb_status wbi_for_open(wbi_liquid *liquid, const wbi_piece *piece);
wb_status wbi_for_else(wbi_liquid *liquid, wbi_liquid_block *block);
wb_status wbi_for_close(wbi_liquid *liquid, wbi_liquid_block *block);

#endif

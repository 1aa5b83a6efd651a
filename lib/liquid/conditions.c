/* SPDX-License-Identifier: MIT */
/* Conditions: comparisons joined by `and` and `or` become jumps. */
#include "liquid/liquid_private.h"

static bool condition_whole(int32_t type) {
  return type == WB_INT || type == WB_UINT || type == WBI_DECIMAL;
}

/* Whether values of a type can be compared at all. */
static bool condition_comparable(int32_t type) {
  return type != WB_DOUBLE && type != WB_BYTES;
}

/* Whether values of a type have an order. */
static bool condition_ordered(int32_t type) {
  return condition_whole(type) || type == WB_DATE || type == WB_TIME;
}

/* Whether a literal of a type goes with anything: nil, blank, empty. */
static bool condition_nothing(int32_t type) {
  return type == WB_NULL || type == WBI_BLANK || type == WBI_EMPTY;
}

static bool condition_list(int32_t type) {
  return type == WB_LIST || type == WB_RECORD;
}

/* Whether two types can be asked to be the same. */
static bool condition_equal(int32_t a, int32_t b) {
  if (condition_nothing(a) || condition_nothing(b)) return true;
  return (a == b && !condition_list(a)) || (condition_whole(a) && condition_whole(b));
}

/* Whether a comparison of two types has a meaning. */
static bool condition_go_together(int32_t a, uint32_t test, int32_t b) {
  if (!condition_comparable(a) || !condition_comparable(b)) return false;
  switch (test) {
  case WBI_TOKEN_EQUAL:
  case WBI_TOKEN_NOT_EQUAL: return condition_equal(a, b);
  case WBI_TOKEN_CONTAINS: return (a == WB_TEXT || a == WB_LIST) && b == WB_TEXT;
  default: return condition_equal(a, b) && condition_ordered(a) && condition_ordered(b);
  }
}

/* A text beside a field must be one that the field can have. */
static wb_status condition_domain(const wbi_liquid *liquid, const wbi_operand *field, uint32_t test,
                                  const wbi_operand *literal) {
  const bool text = literal->place == WBI_LITERAL && literal->type == WB_TEXT;
  if (field->field == WBI_NO_FIELD || !text || test == WBI_TOKEN_CONTAINS) return WB_OK;
  const wbi_field *known = wbi_schema_field(liquid->schema, field->field);
  const wbi_text value = {literal->literal.data, literal->literal.length};
  wb_status status = WB_OK;
  if (value.length == 0) {
    status = wbi_liquid_refuse(liquid, WB_E_TYPE, literal->offset, "\"", known->name,
                               "\" is never an empty text; compare it with blank.");
  } else if (known->domain.length > 0 && !wbi_domain_has(known->domain, value)) {
    const wbi_text near = wbi_domain_nearest(known->domain, value);
    status = near.length > 0
                 ? wbi_liquid_refuse(liquid, WB_E_NAME, literal->offset,
                                     "The field never has this value; did you mean \"", near, "\"?")
                 : wbi_liquid_refuse(liquid, WB_E_NAME, literal->offset,
                                     "The field never has this value; it is ", known->domain, ".");
  }
  if (status != WB_OK) wbi_error_path(liquid->error, known->name);
  return status;
}

wb_status wbi_liquid_compared(const wbi_liquid *liquid, const wbi_operand *left, uint32_t test,
                              const wbi_operand *right) {
  if (liquid->schema == NULL) return WB_OK;
  if (!condition_go_together(left->type, test, right->type)) {
    char room[WBI_PIECE_ROOM];
    return wbi_liquid_refuse(liquid, WB_E_TYPE, left->offset, "The left side is ",
                             wbi_text_of(wbi_liquid_type(left->type)),
                             wbi_liquid_join(room, ", the right side is ",
                                             wbi_liquid_type(right->type),
                                             "; they cannot be compared so."));
  }
  const wb_status status = condition_domain(liquid, left, test, right);
  return status == WB_OK ? condition_domain(liquid, right, test, left) : status;
}

/* The test that the token stands for; 0: none. */
static uint32_t condition_test(const wbi_liquid *liquid) {
  const uint32_t kind = liquid->token.kind;
  if (wbi_liquid_at(liquid, "contains")) return WBI_TOKEN_CONTAINS;
  if (kind == '<' || kind == '>') return kind;
  return kind >= WBI_TOKEN_EQUAL ? kind : 0;
}

/* An operand that is asked alone. */
static wb_status condition_alone(const wbi_liquid *liquid, const wbi_operand *operand) {
  if (liquid->schema == NULL) return WB_OK;
  if (operand->type == WBI_BLANK || operand->type == WBI_EMPTY) {
    return wbi_liquid_refuse_at(liquid, WB_E_SYNTAX, operand->offset,
                                "Compare something with blank: == blank, or != blank.");
  }
  const bool list = condition_list(operand->type);
  if (condition_comparable(operand->type) && !list) return WB_OK;
  return wbi_liquid_refuse(liquid, WB_E_TYPE, operand->offset, "This is ",
                           wbi_text_of(wbi_liquid_type(operand->type)),
                           list ? "; ask for its size." : ".");
}

/* Reads a comparison, or an operand alone. */
static wb_status condition_comparison(wbi_liquid *liquid, wbi_operand operands[2], uint32_t *test) {
  wb_status status = wbi_liquid_operand(liquid, &operands[0]);
  if (status != WB_OK) return status;
  *test = condition_test(liquid);
  if (*test == 0) return condition_alone(liquid, &operands[0]);
  status = wbi_liquid_advance(liquid);
  if (status == WB_OK) status = wbi_liquid_operand(liquid, &operands[1]);
  return status == WB_OK ? wbi_liquid_compared(liquid, &operands[0], *test, &operands[1]) : status;
}

/* Jumps that a condition takes once it is decided. */
typedef struct condition_jumps {
  uint32_t yes, no;
  const char *joined; /* the word that joined before */
  bool negated;
} condition_jumps;

/* The word that joins what was read to what comes; NULL: nothing comes. */
static wb_status condition_word(const wbi_liquid *liquid, condition_jumps *jumps,
                                const char **word) {
  *word = wbi_liquid_at(liquid, "and") ? "and" : wbi_liquid_at(liquid, "or") ? "or" : NULL;
  const bool mixed = *word != NULL && jumps->joined != NULL && strcmp(jumps->joined, *word) != 0;
  if (mixed && liquid->schema != NULL) {
    return wbi_liquid_refuse_at(liquid, WB_E_SYNTAX, liquid->token.from,
                                "One condition uses either \"and\" or \"or\"; put an if inside an "
                                "if.");
  }
  jumps->joined = *word;
  return WB_OK;
}

/* Reads one comparison and the word after it; it jumps when the condition is thereby decided, as
   if all that comes were in parentheses. */
static wb_status condition_term(wbi_liquid *liquid, condition_jumps *jumps, bool *more) {
  wbi_operand operands[2];
  const char *word = NULL;
  uint32_t test = 0;
  const size_t at = liquid->token.from;
  wb_status status = condition_comparison(liquid, operands, &test);
  if (status == WB_OK) status = condition_word(liquid, jumps, &word);
  if (status != WB_OK) return status;
  *more = word != NULL;
  const bool when = *more ? word[0] == 'o' : jumps->negated;
  wbi_instruction *jump = wbi_liquid_jump(liquid, WBI_TEST, when ? &jumps->yes : &jumps->no);
  if (jump == NULL) return WB_E_NOMEM;
  jump->when = when;
  jump->test = test;
  jump->offset = (uint32_t)at;
  status = wbi_liquid_give(liquid, &operands[0]);
  if (status == WB_OK && test != 0) status = wbi_liquid_give(liquid, &operands[1]);
  return status == WB_OK && *more ? wbi_liquid_advance(liquid) : status;
}

wb_status wbi_liquid_condition(wbi_liquid *liquid, bool negated, uint32_t *next) {
  condition_jumps jumps = {.yes = WBI_NO_JUMP, .no = WBI_NO_JUMP, .negated = negated};
  bool more = true;
  while (more) {
    const wb_status status = condition_term(liquid, &jumps, &more);
    if (status != WB_OK) return status;
  }
  wbi_liquid_land(liquid, negated ? &jumps.no : &jumps.yes);
  *next = negated ? jumps.yes : jumps.no;
  return wbi_liquid_end(liquid);
}

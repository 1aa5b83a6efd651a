/* SPDX-License-Identifier: MIT */
/*
 * The row executor: one patient, one program, in three-valued logic. An operator on what is
 * unknown is unknown, on an error an error; && and || ask whether the other side decides. What is
 * unknown carries the fields that were missing, as bits.
 */
#include "cel/cel_private.h"

/* What is being executed, for instructions that are met less often. */
typedef struct eval_state {
  wbi_cel_run *run;
  const wbi_cel_code *code; /* the instruction */
  wbi_cel_value *next;      /* the next place of the stack; the top is below it */
  uint32_t at;              /* the instruction after it */
} eval_state;

/* Copies a value part by part: a copy of the whole would wait for what was just written. */
static inline void eval_copy(wbi_cel_value *to, const wbi_cel_value *from) {
  to->as = from->as;
  to->length = from->length;
  to->kind = from->kind;
  to->facts = from->facts;
}

/* Where it is needed, null is as good as unknown. */
static inline void eval_need(const wbi_cel_code *code, wbi_cel_value *value) {
  if (code->op == WBI_CEL_OP_NEEDED && value->kind == WB_NULL) value->kind = WB_UNKNOWN;
}

/* A field that is read where it lies; false: it does not, or nothing that it may be does. */
static inline bool eval_quick(const wbi_cel_run *run, const wbi_cel_code *code, wbi_cel_value *to) {
  wbi_quick_value read;
  const uint32_t slot = code->operand;
  if (run->quick == NULL ||
      !wbi_quick_read(&run->quick[run->program->fields[slot]], run->row, &read))
    return false;
  wbi_cel_set(to, &read, slot);
  eval_need(code, to);
  return true;
}

/* A field that is asked for, once in an evaluation. */
static void eval_ask(wbi_cel_run *run, const wbi_cel_code *code, wbi_cel_value *to) {
  wbi_cel_value *memo = wbi_cel_memo(run, code->operand);
  if (memo->kind == WBI_CEL_UNREAD && !wbi_cel_field(run, code->operand, memo)) {
    *to = wbi_cel_of(WB_NULL, 0);
    return;
  }
  eval_copy(to, memo);
  eval_need(code, to);
}

/* A field. */
static inline void eval_field(wbi_cel_run *run, const wbi_cel_code *code, wbi_cel_value *to) {
  if (!eval_quick(run, code, to)) eval_ask(run, code, to);
}

/* Pushes a local, where it is needed likewise. */
static void eval_local(eval_state *s) {
  const wbi_cel_value *local = &s->run->locals[s->code->operand];
  *s->next++ = s->code->count != 0 ? wbi_cel_lacking(local) : *local;
}

/* && (`decides` false) or || (true) of two values, not both known, into the first, which does not
   decide: a JUMP has seen to that. */
static void eval_doubtful(wbi_cel_value *a, wbi_cel_value *b, int32_t decides) {
  const int32_t x = wbi_cel_truth(a), y = wbi_cel_truth(b);
  if (y == decides) {
    *a = wbi_cel_of_bool(decides);
    return;
  }
  if (x == WB_FAULTY && a->kind != WBI_KIND_ERROR) *a = wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  if (y == WB_FAULTY && b->kind != WBI_KIND_ERROR) *b = wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  *a = wbi_cel_doubt(a, b);
}

/* The same; most values are there. */
static inline void eval_logic(wbi_cel_value *a, wbi_cel_value *b, int32_t decides) {
  if (a->kind != WB_BOOL || b->kind != WB_BOOL)
    eval_doubtful(a, b, decides);
  else
    a->as.integer = b->as.integer;
}

/* Not. */
static void eval_not(wbi_cel_value *top) {
  if (top->kind == WB_BOOL)
    top->as.integer = !top->as.integer;
  else if (!wbi_cel_is_doubt(top))
    *top = wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
}

/* An operator of two values that are there. */
static wbi_cel_value eval_operator(wbi_cel_run *run, const wbi_cel_code *code,
                                   const wbi_cel_value *a, const wbi_cel_value *b) {
  switch (code->op) {
  case WBI_CEL_OP_ORDER: return wbi_cel_order(code->operand, a, b);
  case WBI_CEL_OP_IN: return wbi_cel_in(run, a, b);
  case WBI_CEL_OP_ARITHMETIC: return wbi_cel_arithmetic(run, code->operand, a, b);
  case WBI_CEL_OP_INDEX: return wbi_cel_index(run, a, b, code->count != 0);
  default: return wbi_cel_equal(run, a, b);
  }
}

/* Two values, one. */
static void eval_binary(wbi_cel_run *run, const wbi_cel_code *code, wbi_cel_value *a,
                        const wbi_cel_value *b) {
  const bool doubt = wbi_cel_is_doubt(a) || wbi_cel_is_doubt(b);
  *a = doubt ? wbi_cel_doubt(a, b) : eval_operator(run, code, a, b);
  if (code->op == WBI_CEL_OP_NOT_EQUAL) eval_not(a);
}

/* The truth of what most comparisons are: of values of one kind, and with null; -1: eval_binary
   finds what comes of it. */
static inline int32_t eval_compare(const wbi_cel_code *code, const wbi_cel_value *a,
                                   const wbi_cel_value *b) {
  const bool equality = code->op != WBI_CEL_OP_ORDER;
  int order = 0;
  /* same: -1 leaves it to eval_binary */
  if (equality && b->kind == WB_NULL && !wbi_cel_is_doubt(a))
    order = a->kind != WB_NULL;
  else if (a->kind != b->kind)
    return -1;
  else if (a->kind == WB_TEXT && equality) /* same: likewise */
    order = !wbi_text_equal(wbi_cel_text(a), wbi_cel_text(b));
  else if (a->kind == WB_DATE || a->kind == WB_INT || a->kind == WB_BOOL) /* same: likewise */
    order = (a->as.integer > b->as.integer) - (a->as.integer < b->as.integer);
  else
    return -1;
  return wbi_cel_tells(code->operand, order);
}

/* A comparison. */
static inline void eval_comparison(wbi_cel_run *run, const wbi_cel_code *code, wbi_cel_value *a,
                                   const wbi_cel_value *b) {
  const int32_t truth = eval_compare(code, a, b);
  if (truth >= 0) /* same: eval_binary says so, too */
    *a = wbi_cel_of_bool(truth);
  else
    eval_binary(run, code, a, b);
}

/* Goes on with one side of `? :`. */
static void eval_choose(eval_state *s) {
  const int32_t truth = wbi_cel_truth(s->next - 1);
  if (truth == WB_TRUE || truth == WB_FALSE) {
    s->next--;
    if (truth == WB_FALSE) s->at = s->code->operand;
    return;
  }
  if (truth == WB_FAULTY && s->next[-1].kind != WBI_KIND_ERROR)
    s->next[-1] = wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  s->at = s->run->program->code[s->code->operand - 1].operand;
}

/* Takes arguments off and pushes what a function makes of them. */
static void eval_call(eval_state *s) {
  wbi_cel_value doubt = {.kind = WB_NULL};
  s->next -= s->code->count;
  for (uint32_t i = 0; i < s->code->count; i++)
    if (wbi_cel_is_doubt(&s->next[i])) doubt = wbi_cel_doubt(&doubt, &s->next[i]);
  if (doubt.kind != WB_NULL)
    *s->next = doubt;
  else if (!wbi_cel_charge(s->run, 1))
    *s->next = wbi_cel_of_fault(WBI_FAULT_COST);
  else
    *s->next = s->run->program->functions[s->code->operand](s->run, s->next, s->code->count);
  s->next++;
}

/* Whether a text has what a regular expression looks for. */
static wbi_cel_value eval_matches(eval_state *s, const wbi_cel_value *text) {
  const wbi_regex *regex = s->run->program->regexes[s->code->operand];
  if (text->kind != WB_TEXT) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  if (!wbi_cel_charge(s->run, (uint64_t)text->length * wbi_regex_size(regex) / 64 + 1))
    return wbi_cel_of_fault(WBI_FAULT_COST);
  return wbi_cel_of_bool(wbi_regex_search(regex, wbi_cel_text(text), s->run->search));
}

/* The value of a key that is a constant. */
static wbi_cel_value eval_select(eval_state *s, const wbi_cel_value *of) {
  const wbi_cel_value *key = &s->run->program->constants[s->code->operand];
  if (of->kind == WB_LIST) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  return wbi_cel_index(s->run, of, key, s->code->count != 0);
}

/* Whether a map, or the map that an optional holds, has a key that is a constant. */
static wbi_cel_value eval_has_key(eval_state *s, const wbi_cel_value *of) {
  const wbi_cel_value *key = &s->run->program->constants[s->code->operand];
  if (of->kind == WBI_KIND_OPTIONAL) {
    if (of->as.items == NULL) return wbi_cel_of_bool(false);
    of = of->as.items;
  }
  if (of->kind != WBI_KIND_MAP) return wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  return wbi_cel_has(s->run, of, key);
}

/* A field of a record; where it is needed, null is as good as unknown. */
static wbi_cel_value eval_element(eval_state *s, const wbi_cel_value *record) {
  wbi_cel_value value = wbi_cel_element(s->run, s->code->operand, record);
  if (s->code->op == WBI_CEL_OP_HAS_ELEMENT)
    return wbi_cel_of_bool(value.kind != WB_NULL && value.kind != WB_UNKNOWN);
  if (s->code->op == WBI_CEL_OP_ELEMENT_NEEDED && value.kind == WB_NULL)
    value = wbi_cel_unknown(s->code->operand);
  return value;
}

/* What becomes of the top, which is there. */
static wbi_cel_value eval_unary(eval_state *s, const wbi_cel_value *top) {
  switch (s->code->op) {
  case WBI_CEL_OP_NEGATE: return wbi_cel_negate(top);
  case WBI_CEL_OP_IN_CONSTANTS:
    return wbi_cel_in(s->run, top, &s->run->program->constants[s->code->operand]);
  case WBI_CEL_OP_MATCHES: return eval_matches(s, top);
  case WBI_CEL_OP_SELECT: return eval_select(s, top);
  case WBI_CEL_OP_HAS_KEY: return eval_has_key(s, top);
  case WBI_CEL_OP_WRAP: return wbi_cel_optional(s->run, top);
  default: return eval_element(s, top);
  }
}

/* Pushes an optional of a field that may have no value. */
static void eval_optional(eval_state *s, wbi_cel_value *top) {
  if (top->kind == WBI_KIND_ERROR) return;
  const bool none = top->kind == WB_NULL || top->kind == WB_UNKNOWN;
  *top = wbi_cel_optional(s->run, none ? NULL : top);
}

/* Begins a loop, or goes to its end with the result. */
static void eval_loop(eval_state *s) {
  const wbi_cel_loop_code *loop = &s->run->program->loops[s->code->operand];
  const wbi_cel_value range = *--s->next;
  if (!wbi_cel_loop_begin(s->run, loop, &range, s->next)) {
    s->next++;
    s->at = loop->end;
  }
}

/* A filter: goes on with the step, or to NEXT without one. */
static void eval_filter(eval_state *s) {
  const wbi_cel_loop_code *loop = &s->run->program->loops[s->code->operand];
  wbi_cel_value *top = s->next - 1;
  if (wbi_cel_truth(top) == WB_TRUE) {
    s->next--;
    return;
  }
  if (!wbi_cel_is_doubt(top) && top->kind != WB_BOOL) *top = wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  if (top->kind == WB_BOOL) top->kind = WBI_CEL_UNREAD; /* no step */
  s->at = loop->next;
}

/* Ends a step of a loop. */
static void eval_next(eval_state *s) {
  const wbi_cel_value step = *--s->next;
  wbi_cel_value result = {.kind = WB_NULL};
  const bool skipped = step.kind == WBI_CEL_UNREAD;
  if (wbi_cel_loop_next(s->run, skipped ? NULL : &step, &result))
    s->at = s->run->program->loops[s->code->operand].body;
  else
    *s->next++ = result;
}

/* Takes the value out of an optional, or goes on behind what needs it. */
static void eval_unwrap(eval_state *s) {
  wbi_cel_value *top = s->next - 1;
  if (top->kind == WBI_KIND_OPTIONAL && top->as.items != NULL) {
    s->run->locals[s->code->count] = *top->as.items;
    s->next--;
    return;
  }
  if (top->kind != WBI_KIND_OPTIONAL && !wbi_cel_is_doubt(top))
    *top = wbi_cel_of_fault(WBI_FAULT_OVERLOAD);
  s->at = s->code->operand;
}

/* Pushes whether a field has a value. */
static void eval_present(eval_state *s) {
  wbi_cel_value *top = s->next++;
  eval_field(s->run, s->code, top);
  if (s->run->status == WB_OK)
    *top = wbi_cel_of_bool(top->kind != WB_NULL && top->kind != WB_UNKNOWN);
}

/* Instructions that are met less often. */
static void eval_rare(eval_state *s) {
  wbi_cel_value *top = s->next - 1;
  switch (s->code->op) {
  case WBI_CEL_OP_VARIABLE: *s->next++ = s->run->variables[s->code->operand]; break;
  case WBI_CEL_OP_LOCAL: eval_local(s); break;
  case WBI_CEL_OP_LOOP: eval_loop(s); break;
  case WBI_CEL_OP_NEXT: eval_next(s); break;
  case WBI_CEL_OP_FAULT: *s->next++ = wbi_cel_of_fault((enum wbi_cel_fault)s->code->operand); break;
  case WBI_CEL_OP_CHOOSE: eval_choose(s); break;
  case WBI_CEL_OP_JUMP: s->at = s->code->operand; break;
  case WBI_CEL_OP_PRESENT: eval_present(s); break;
  case WBI_CEL_OP_OPTIONAL: eval_optional(s, top); break;
  case WBI_CEL_OP_CALL: eval_call(s); break;
  case WBI_CEL_OP_LIST:
  case WBI_CEL_OP_MAP:
    s->next -= s->code->operand;
    *s->next = wbi_cel_collect(s->run, s->code, s->next);
    s->next++;
    break;
  case WBI_CEL_OP_TEST: eval_filter(s); break;
  case WBI_CEL_OP_STORE: s->run->locals[s->code->operand] = *--s->next; break;
  case WBI_CEL_OP_UNWRAP: eval_unwrap(s); break;
  default:
    if (!wbi_cel_is_doubt(top)) *top = eval_unary(s, top);
    break;
  }
}

/* Runs instructions, `next` being the next place of the stack. */
static wb_status eval_range(wbi_cel_run *run, uint32_t from, uint32_t to, wbi_cel_value *next,
                            wbi_cel_value *result) {
  const wbi_cel_program *program = run->program;
  for (uint32_t at = from; at < to && run->status == WB_OK;) {
    const wbi_cel_code *code = &program->code[at++];
    switch (code->op) {
    case WBI_CEL_OP_FIELD:
    case WBI_CEL_OP_NEEDED: eval_field(run, code, next++); break;
    case WBI_CEL_OP_CONSTANT: *next++ = program->constants[code->operand]; break;
    case WBI_CEL_OP_JUMP_FALSE:
      if (wbi_cel_truth(next - 1) == WB_FALSE) at = code->operand;
      break;
    case WBI_CEL_OP_JUMP_TRUE:
      if (wbi_cel_truth(next - 1) == WB_TRUE) at = code->operand;
      break;
    case WBI_CEL_OP_NOT: eval_not(next - 1); break;
    case WBI_CEL_OP_AND:
      next--;
      eval_logic(next - 1, next, WB_FALSE);
      break;
    case WBI_CEL_OP_OR:
      next--;
      eval_logic(next - 1, next, WB_TRUE);
      break;
    case WBI_CEL_OP_EQUAL:
    case WBI_CEL_OP_NOT_EQUAL:
    case WBI_CEL_OP_ORDER:
      next--;
      eval_comparison(run, code, next - 1, next);
      break;
    case WBI_CEL_OP_IN:
    case WBI_CEL_OP_ARITHMETIC:
    case WBI_CEL_OP_INDEX:
      next--;
      eval_binary(run, code, next - 1, next);
      break;
    default: {
      eval_state s = {run, code, next, at};
      eval_rare(&s);
      next = s.next;
      at = s.at;
      break;
    }
    }
  }
  if (run->status == WB_OK) eval_copy(result, run->stack);
  return run->status;
}

wb_status wbi_cel_eval(wbi_cel_run *run, uint32_t from, uint32_t to, wbi_cel_value *result) {
  return eval_range(run, from, to, run->stack, result);
}

wb_status wbi_cel_decide(wbi_cel_run *run, wbi_cel_value *result) {
  const uint32_t at = run->quick != NULL ? wbi_cel_open(run, result) : 0;
  if (run->status != WB_OK || at == run->program->code_count) return run->status;
  const wb_status status = wbi_cel_begin(run);
  if (status != WB_OK) return status;
  if (at > 0) eval_copy(run->stack, result);
  return eval_range(run, at, run->program->code_count, run->stack + (at > 0), result);
}

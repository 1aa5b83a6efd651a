/* SPDX-License-Identifier: MIT */
/*
 * The row executor: one patient, one program, in three-valued logic.
 *
 * A value that is known has no missing fields to its name: whenever an operator comes to a known
 * result, the fields that its operands missed are forgotten. What remains at the end of an unknown
 * rule are the fields that left it unknown.
 */
#include "cel/cel_private.h"

/* Kind of a memo that holds nothing yet. */
enum { EVAL_UNREAD = -1 };

wb_status wbi_cel_begin(wbi_cel_run *run) {
  const wb_rule *rule = run->rule;
  const size_t values = (size_t)rule->field_count + rule->stack;
  const size_t size = values * sizeof(wbi_cel_value) + rule->loads * sizeof(uint32_t);
  run->memo = wbi_facts_scratch(run->facts, 0, size);
  if (run->memo == NULL) return wbi_fail(run->error, WB_E_NOMEM, "no memory to test the rule");
  run->stack = run->memo + rule->field_count;
  run->missing = (uint32_t *)(void *)(run->memo + values);
  for (uint32_t i = 0; i < rule->field_count; i++)
    run->memo[i].kind = EVAL_UNREAD;
  return WB_OK;
}

/* Reads the field of a slot from the facts. */
static wb_status eval_fetch(const wbi_cel_run *run, uint32_t slot, wbi_cel_value *memo) {
  wb_value value = {.size = sizeof value};
  const wb_status status = wbi_facts_value(run->facts, run->row, run->rule->fields[slot],
                                           run->moment, &value, run->error);
  if (status != WB_OK) return status;
  memo->kind = value.kind;
  memo->length = value.length;
  memo->mark = 0;
  if (value.kind == WB_TEXT || value.kind == WB_BYTES)
    memo->as.data = value.data;
  else if (value.kind == WB_DOUBLE)
    memo->as.real = value.real;
  else
    memo->as.integer = value.integer;
  return WB_OK;
}

/* Pushes a field, which is read once in an evaluation; where it is needed, null is as good as
   unknown. What is unknown is noted. */
static wb_status eval_field(wbi_cel_run *run, const wbi_cel_code *code, wbi_cel_value *top) {
  wbi_cel_value *memo = &run->memo[code->operand];
  if (memo->kind == EVAL_UNREAD) {
    const wb_status status = eval_fetch(run, code->operand, memo);
    if (status != WB_OK) return status;
  }
  top->as = memo->as; /* part by part: a copy of the whole would wait for what was just written */
  top->length = memo->length;
  top->kind = memo->kind;
  top->mark = run->missing_count;
  if (code->op == WBI_CEL_OP_NEEDED && top->kind == WB_NULL) top->kind = WB_UNKNOWN;
  if (top->kind == WB_UNKNOWN) run->missing[run->missing_count++] = code->operand;
  return WB_OK;
}

/* Puts the result of an operator in the place of its first operand. */
static void eval_result(wbi_cel_run *run, wbi_cel_value *first, int32_t truth) {
  first->kind = truth == WB_UNDETERMINED ? WB_UNKNOWN : WB_BOOL;
  first->as.integer = truth == WB_TRUE;
  if (truth != WB_UNDETERMINED) run->missing_count = first->mark;
}

/* The truth of a bool on the stack. */
static int32_t eval_truth(const wbi_cel_value *value) {
  return value->kind == WB_UNKNOWN ? WB_UNDETERMINED : value->as.integer != 0;
}

/* a && b (`decides` WB_FALSE) or a || b (WB_TRUE). */
static int32_t eval_logic(int32_t a, int32_t b, int32_t decides) {
  if (a == decides || b == decides) return decides;
  return a == WB_UNDETERMINED || b == WB_UNDETERMINED ? WB_UNDETERMINED : !decides;
}

/* Not: what is unknown stays so. */
static int32_t eval_not(int32_t truth) {
  return truth == WB_UNDETERMINED ? truth : !truth;
}

/* The result of an operator on `a` and, where it has two operands, `b`. */
static int32_t eval_operator(const wb_rule *rule, const wbi_cel_code *code, const wbi_cel_value *a,
                             const wbi_cel_value *b) {
  switch (code->op) {
  case WBI_CEL_OP_EQUAL: return wbi_cel_equal(a, b);
  case WBI_CEL_OP_NOT_EQUAL: return eval_not(wbi_cel_equal(a, b));
  case WBI_CEL_OP_ORDER: return wbi_cel_order(code->operand, a, b);
  case WBI_CEL_OP_IN: return wbi_cel_in(a, rule->constants + code->operand, code->count);
  case WBI_CEL_OP_NOT: return eval_not(eval_truth(a));
  case WBI_CEL_OP_AND: return eval_logic(eval_truth(a), eval_truth(b), WB_FALSE);
  default: return eval_logic(eval_truth(a), eval_truth(b), WB_TRUE);
  }
}

wb_status wbi_cel_eval(wbi_cel_run *run, uint32_t from, uint32_t to, int32_t *truth) {
  const wb_rule *rule = run->rule;
  wbi_cel_value *next = run->stack; /* the next place; the top of the stack is below it */
  wb_status status = WB_OK;
  run->missing_count = 0;
  for (uint32_t at = from; at < to && status == WB_OK;) {
    const wbi_cel_code *code = &rule->code[at++];
    switch (code->op) {
    case WBI_CEL_OP_FIELD:
    case WBI_CEL_OP_NEEDED: status = eval_field(run, code, next++); break;
    case WBI_CEL_OP_CONSTANT:
      *next = rule->constants[code->operand];
      next++->mark = run->missing_count;
      break;
    case WBI_CEL_OP_JUMP_FALSE:
      if (eval_truth(next - 1) == WB_FALSE) at = code->operand;
      break;
    case WBI_CEL_OP_JUMP_TRUE:
      if (eval_truth(next - 1) == WB_TRUE) at = code->operand;
      break;
    case WBI_CEL_OP_NOT:
    case WBI_CEL_OP_IN:
      eval_result(run, next - 1, eval_operator(rule, code, next - 1, NULL));
      break;
    default:
      next--;
      eval_result(run, next - 1, eval_operator(rule, code, next - 1, next));
      break;
    }
  }
  if (status == WB_OK) *truth = eval_truth(run->stack);
  return status;
}

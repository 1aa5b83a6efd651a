/* SPDX-License-Identifier: MIT */
/*
 * The tests that a rule opens with: operands of its && or || that are a field, !field or a field
 * against a constant, up to the first that is none. They decide most rows, so they are done on the
 * cells, or on the answer where there is no cell, before a stack is there and without the
 * instructions that they stand for.
 */
#include "cel/cel_private.h"

/* ---- finding them ------------------------------------------------------------------------- */

/* Sets which orders a comparison takes; null is not equal to a constant. */
static void opening_sign(wbi_cel_test *test, uint32_t sign, bool needed) {
  for (int order = -1; order <= 1; order++)
    test->orders |= (uint32_t)wbi_cel_tells(sign, order) << (order + 1);
  test->null = needed ? WB_UNDETERMINED : wbi_cel_tells(sign, 1);
}

/* A bool by itself, or !bool. */
static bool opening_bool(wbi_cel_test *test, int32_t type, bool truth) {
  test->number = truth;
  opening_sign(test, WBI_CEL_EQUAL, true);
  return type == WB_BOOL; /* same: false leaves it to the instructions */
}

/* in [texts] */
static bool opening_in(wbi_cel_test *test, int32_t type, const wbi_cel_value *list) {
  if (type != WB_TEXT) return false;
  for (uint32_t i = 0; i < list->length; i++)
    if (list->as.items[i].kind != WB_TEXT) return false;
  test->texts = list->as.items;
  test->text_count = test->cost = list->length;
  opening_sign(test, WBI_CEL_EQUAL, false);
  return true;
}

/* == != < <= > >= with a constant of the field's type, or with null. */
static bool opening_compare(wbi_cel_test *test, int32_t type, const wbi_cel_code *code,
                            const wbi_cel_value *constant) {
  const bool equality = code->op == WBI_CEL_OP_EQUAL || code->op == WBI_CEL_OP_NOT_EQUAL;
  if (!equality && code->op != WBI_CEL_OP_ORDER) return false;
  opening_sign(test, code->operand, !equality);
  if (equality && constant->kind == WB_NULL) { /* not equal to any value */
    test->orders = test->null ? 7 : 0;
    test->null = !test->null;
    return type != WB_LIST;
  }
  test->texts = constant;
  test->text_count = 1;
  test->number = constant->as.integer;
  if (constant->kind != type) return false;
  return type == WB_TEXT ? equality : type == WB_DATE || type == WB_INT || type == WB_BOOL;
}

/* Makes a test of the instructions of an operand; false: it is none, and they are run. */
static bool opening_test(const wbi_cel_program *program, const wb_schema *schema,
                         const wbi_cel_branch *branch, wbi_cel_test *test) {
  const wbi_cel_code *code = &program->code[branch->code];
  const uint32_t count = branch->code_end - branch->code;
  /* same: false leaves it to the instructions */
  if (code->op != WBI_CEL_OP_FIELD && code->op != WBI_CEL_OP_NEEDED) return false;
  *test = (wbi_cel_test){.slot = code->operand, .field = program->fields[code->operand]};
  const int32_t type = wbi_schema_field(schema, test->field)->type;
  /* same: so does what is not looked at here */
  if (count == 1) return opening_bool(test, type, true);
  /* same: likewise */
  if (count == 2 && code[1].op == WBI_CEL_OP_NOT) return opening_bool(test, type, false);
  if (count == 2 && code[1].op == WBI_CEL_OP_IN_CONSTANTS)
    return opening_in(test, type, &program->constants[code[1].operand]);
  return count == 3 && code[1].op == WBI_CEL_OP_CONSTANT &&
         opening_compare(test, type, &code[2], &program->constants[code[1].operand]);
}

void wbi_cel_find_tests(wbi_cel_program *program, const wb_schema *schema) {
  const uint16_t last = program->code[program->code_count - 1].op;
  const bool logical = !program->branches[0].leaf && last != WBI_CEL_OP_NOT;
  program->decides = logical && last == WBI_CEL_OP_OR;
  for (uint32_t i = logical; i < program->branch_count; i = program->branches[i].end) {
    const wbi_cel_branch *branch = &program->branches[i];
    wbi_cel_test *test = &program->tests[program->test_count];
    if (!opening_test(program, schema, branch, test)) return;
    test->next = branch->end < program->branch_count ? program->branches[branch->end].code
                                                     : program->code_count;
    program->test_count++;
  }
}

/* ---- doing them --------------------------------------------------------------------------- */

/* Whether a text is one of a test's. */
static bool opening_has(const wbi_cel_test *test, wbi_text text) {
  for (uint32_t i = 0; i < test->text_count; i++)
    if (wbi_text_equal(text, wbi_cel_text(&test->texts[i]))) return true;
  return false;
}

/* The truth of a test of what was read. */
static inline int32_t opening_truth(wbi_cel_run *run, const wbi_cel_test *test,
                                    const wbi_quick_value *cell) {
  const int64_t a = cell->as.integer, b = test->number;
  if (cell->kind == WB_UNKNOWN) return WB_UNDETERMINED;
  if (test->cost > 0 && !wbi_cel_charge(run, test->cost)) return WB_FAULTY;
  if (cell->kind == WB_NULL) return test->null;
  const int order = cell->kind != WB_TEXT
                        ? (a > b) - (a < b)
                        : !opening_has(test, (wbi_text){cell->as.data, cell->length});
  return (int32_t)(test->orders >> (order + 1) & 1);
}

/* Asks for a field that does not lie anywhere; false: the run has failed. */
static bool opening_ask(wbi_cel_run *run, uint32_t field, wbi_quick_value *cell) {
  wb_value found = {.size = sizeof found};
  run->status = wbi_facts_value(run->facts, run->row, field, run->moment, &found, run->error);
  if (run->status != WB_OK) return false;
  *cell = (wbi_quick_value){.kind = found.kind, .length = found.length};
  if (found.kind == WB_TEXT)
    cell->as.data = found.data;
  else
    cell->as.integer = found.integer;
  return true;
}

uint32_t wbi_cel_open(wbi_cel_run *run, wbi_cel_value *result) {
  const wbi_cel_program *program = run->program;
  uint32_t at = 0;
  *result = wbi_cel_of_bool(!program->decides);
  for (uint32_t i = 0; i < program->test_count; i++) {
    const wbi_cel_test *test = &program->tests[i];
    wbi_quick_value cell;
    if (!wbi_quick_read(&run->quick[test->field], run->row, &cell) &&
        !opening_ask(run, test->field, &cell))
      return at;
    const int32_t truth = opening_truth(run, test, &cell);
    if (truth == program->decides) {
      *result = wbi_cel_of_bool(truth);
      return program->code_count; /* same: from 0 on it is all run, at more cost */
    }
    if (truth == WB_UNDETERMINED || truth == WB_FAULTY) {
      const wbi_cel_value doubt =
          truth == WB_FAULTY ? wbi_cel_of_fault(WBI_FAULT_COST) : wbi_cel_unknown(test->slot);
      *result = result->kind == WB_BOOL ? doubt : wbi_cel_doubt(result, &doubt);
    }
    at = test->next; /* same: from 0 on it is all run, at more cost */
  }
  return at; /* same: likewise */
}

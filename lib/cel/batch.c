/* SPDX-License-Identifier: MIT */
/*
 * The batch executor: the same program over 1,024 rows at a time. It works on bit planes and reads
 * columns where they lie. Whatever it has no kernel for (a derived field, a function of a column, a
 * macro that makes a list) leaves its lanes pending; those that the rest of the rule does not
 * decide are asked of the row executor. So both give the same answers by construction.
 */
#include "cel/batch.h"

/* ---- operands ----------------------------------------------------------------------------- */

/* What stands on the stack. */
enum { BATCH_PLANES, BATCH_VIEW, BATCH_CONSTANT, BATCH_RECORD, BATCH_LIST, BATCH_PENDING };

typedef struct batch_entry {
  wbi_planes planes;
  wbi_cel_value value; /* of a constant */
  uint32_t kind;
  uint32_t slot; /* of a view or list */
  bool needed;   /* null will not do */
} batch_entry;

static const wbi_field *batch_field(const wbi_batch *b, uint32_t slot) {
  return wbi_schema_field(wbi_facts_schema(b->run.facts), b->run.program->fields[slot]);
}

/* What an absent cell of a field makes of a comparison: `null_is` where it is null and may be. */
static int32_t batch_absent(const wbi_batch *b, const batch_entry *entry, int32_t null_is) {
  switch (batch_field(b, entry->slot)->presence) {
  case WB_REQUIRED: return WBI_ABSENT_PENDING;
  case WB_OPTIONAL: return WBI_ABSENT_DOUBT;
  default: return entry->needed ? WBI_ABSENT_DOUBT : null_is;
  }
}

/* Pushes a field: a view of its column, one value for all rows, or nothing that is known here. */
static void batch_push_field(const wbi_batch *b, const wbi_cel_code *code, batch_entry *to) {
  const wbi_batch_slot *slot = &b->slots[code->operand];
  to->slot = code->operand;
  to->needed = code->op == WBI_CEL_OP_NEEDED || code->op == WBI_CEL_OP_ELEMENT_NEEDED;
  to->value = slot->value;
  to->kind = slot->is_uniform                     ? BATCH_CONSTANT
             : slot->is_list                      ? BATCH_LIST
             : slot->is_viewed && !b->in_elements ? BATCH_VIEW
                                                  : BATCH_PENDING;
}

/* Pushes a field of an element. */
static void batch_push_element(const wbi_batch *b, const wbi_cel_code *code, batch_entry *to) {
  const bool record = to->kind == BATCH_RECORD && b->slots[code->operand].is_viewed;
  batch_push_field(b, code, to);
  to->kind = record ? BATCH_VIEW : BATCH_PENDING;
}

/* ---- tests -------------------------------------------------------------------------------- */

/* What a comparison of a word comes to. */
static uint8_t batch_verdict(wbi_batch *b, const wbi_cel_code *code, uint32_t sign,
                             const wbi_field *field, wbi_text word, const wbi_cel_value *value) {
  const wbi_cel_value text = wbi_cel_of_text(word);
  if (word.length == 0) return WBI_WORD_ABSENT;
  if (field->domain.length > 0 && !wbi_domain_has(field->domain, word)) return WBI_WORD_PENDING;
  if (!wbi_utf8_valid(word)) return WBI_WORD_PENDING;
  const wbi_cel_value truth = code->op == WBI_CEL_OP_IN_CONSTANTS
                                  ? wbi_cel_in(&b->run, &text, value)
                              : code->op == WBI_CEL_OP_ORDER ? wbi_cel_order(sign, &text, value)
                                                             : wbi_cel_equal(&b->run, &text, value);
  if (truth.kind != WB_BOOL) return WBI_WORD_PENDING;
  return truth.as.integer != 0 ? WBI_WORD_YES : WBI_WORD_NO;
}

/* The verdicts of all words of a view for one instruction, reached once a call; NULL: no memory. */
static const uint8_t *batch_verdicts(wbi_batch *b, const wbi_cel_code *code, uint32_t sign,
                                     const batch_entry *entry, const wbi_cel_value *value) {
  const uint8_t **known = &b->verdicts[code - b->run.program->code];
  const wbi_view *view = &b->slots[entry->slot].view;
  if (*known != NULL) return *known;
  uint8_t *made = wbi_arena_alloc(b->run.heap, view->word_count);
  for (uint32_t i = 0; made != NULL && i < view->word_count; i++)
    made[i] =
        batch_verdict(b, code, sign, batch_field(b, entry->slot), wbi_view_word(view, i), value);
  *known = made;
  return made;
}

/* Whether null equals a constant, or one of its elements. */
static bool batch_takes_null(const wbi_cel_value *value) {
  for (uint32_t i = 0; value->kind == WB_LIST && i < value->length; i++)
    if (value->as.items[i].kind == WB_NULL) return true;
  return value->kind == WB_NULL;
}

/* A column against a constant; pending where there is no kernel for it. */
static void batch_test(wbi_batch *b, const wbi_cel_code *code, uint32_t sign,
                       const batch_entry *entry, const wbi_cel_value *value, wbi_planes *planes) {
  const wbi_view *view = &b->slots[entry->slot].view;
  const bool null = value->kind == WB_NULL;
  const int32_t null_is = batch_takes_null(value) ? WBI_ABSENT_YES : WBI_ABSENT_NO;
  wbi_test test = {.sign = sign, .value = value, .absent = batch_absent(b, entry, null_is)};
  const bool taken =
      wbi_kernel_takes(view, value) &&
      (view->kind != WB_TEXT || null || value->kind == WB_TEXT || value->kind == WB_LIST);
  if (taken && view->kind == WB_TEXT) test.verdicts = batch_verdicts(b, code, sign, entry, value);
  if (!taken || (view->kind == WB_TEXT && test.verdicts == NULL))
    wbi_planes_pending(planes);
  else
    wbi_kernel_test(view, b->first, b->count, &test, planes);
}

/* The sign that says the same with the operands exchanged. */
static uint32_t batch_mirror(uint32_t sign) {
  switch (sign) {
  case '<': return '>';
  case '>': return '<';
  case WBI_CEL_LESS_EQUAL: return WBI_CEL_GREATER_EQUAL;
  case WBI_CEL_GREATER_EQUAL: return WBI_CEL_LESS_EQUAL;
  default: return sign;
  }
}

/* Two constants. */
static wbi_cel_value batch_constants(wbi_batch *b, const wbi_cel_code *code, const wbi_cel_value *x,
                                     const wbi_cel_value *y) {
  const wbi_cel_value doubt = wbi_cel_doubt(x, y);
  if (doubt.kind != WB_NULL) return doubt;
  if (code->op == WBI_CEL_OP_ORDER) return wbi_cel_order(code->operand, x, y);
  return wbi_cel_equal(&b->run, x, y);
}

/* A comparison of which one operand is a constant, and the other a column or one too. */
static void batch_compare_constant(wbi_batch *b, const wbi_cel_code *code, const batch_entry *x,
                                   const batch_entry *y, wbi_planes *planes) {
  const uint32_t sign = code->op == WBI_CEL_OP_ORDER ? code->operand : WBI_CEL_EQUAL;
  if (x->kind == y->kind) {
    const wbi_cel_value value = batch_constants(b, code, &x->value, &y->value);
    wbi_planes_fill(planes, &value);
  } else if (x->kind == BATCH_VIEW && !wbi_cel_is_doubt(&y->value)) {
    batch_test(b, code, sign, x, &y->value, planes);
  } else if (y->kind == BATCH_VIEW && !wbi_cel_is_doubt(&x->value)) {
    batch_test(b, code, batch_mirror(sign), y, &x->value, planes);
  } else {
    wbi_planes_pending(planes);
  }
}

/* == != < <= > >= */
static void batch_compare(wbi_batch *b, const wbi_cel_code *code, batch_entry *x,
                          const batch_entry *y) {
  if (x->kind == BATCH_CONSTANT || y->kind == BATCH_CONSTANT)
    batch_compare_constant(b, code, x, y, &x->planes);
  else
    wbi_planes_pending(&x->planes);
  if (code->op == WBI_CEL_OP_NOT_EQUAL) wbi_planes_not(&x->planes);
  x->kind = BATCH_PLANES;
}

/* a in [constants] */
static void batch_in(wbi_batch *b, const wbi_cel_code *code, batch_entry *x) {
  enum { IN_MOST = 16 };
  const wbi_cel_value *list = &b->run.program->constants[code->operand];
  wbi_planes planes, one;
  if (x->kind != BATCH_VIEW || (b->slots[x->slot].view.kind != WB_TEXT && list->length > IN_MOST)) {
    wbi_planes_pending(&planes);
  } else if (b->slots[x->slot].view.kind == WB_TEXT) {
    batch_test(b, code, WBI_CEL_EQUAL, x, list, &planes);
  } else {
    const wbi_cel_value no = wbi_cel_of_bool(false);
    wbi_planes_fill(&planes, &no);
    for (uint32_t i = 0; i < list->length; i++) {
      batch_test(b, code, WBI_CEL_EQUAL, x, &list->as.items[i], &one);
      wbi_planes_join(&planes, &one, 1);
    }
  }
  x->planes = planes;
  x->kind = BATCH_PLANES;
}

/* has(field) */
static void batch_present(wbi_batch *b, const wbi_cel_code *code, batch_entry *x) {
  static const wbi_cel_value null = {.kind = WB_NULL};
  if (x->kind == BATCH_VIEW && batch_field(b, x->slot)->presence != WB_REQUIRED) {
    const wbi_view *view = &b->slots[x->slot].view;
    const wbi_test test = {
        .sign = WBI_CEL_EQUAL,
        .value = &null,
        .verdicts = view->kind == WB_TEXT ? batch_verdicts(b, code, WBI_CEL_EQUAL, x, &null) : NULL,
        .absent = WBI_ABSENT_YES};
    if (wbi_kernel_takes(view, &null) && (view->kind != WB_TEXT || test.verdicts != NULL)) {
      wbi_kernel_test(view, b->first, b->count, &test, &x->planes);
      wbi_planes_not(&x->planes);
      x->kind = BATCH_PLANES;
      return;
    }
  }
  wbi_planes_pending(&x->planes);
  x->kind = BATCH_PLANES;
}

/* ---- logic -------------------------------------------------------------------------------- */

/* Makes planes of an operand of && || !. */
static void batch_truth(wbi_batch *b, batch_entry *x) {
  static const wbi_cel_value yes = {.as.integer = 1, .kind = WB_BOOL};
  if (x->kind == BATCH_PLANES) return;
  if (x->kind == BATCH_CONSTANT && (x->value.kind == WB_BOOL || wbi_cel_is_doubt(&x->value))) {
    wbi_planes_fill(&x->planes, &x->value);
  } else if (x->kind == BATCH_VIEW && b->slots[x->slot].view.kind == WB_BOOL) {
    const wbi_test test = {
        .sign = WBI_CEL_EQUAL, .value = &yes, .absent = batch_absent(b, x, WBI_ABSENT_DOUBT)};
    wbi_kernel_test(&b->slots[x->slot].view, b->first, b->count, &test, &x->planes);
  } else {
    wbi_planes_pending(&x->planes);
  }
  x->kind = BATCH_PLANES;
}

/* A function or sum of constants is one; else nothing that is known here. */
static void batch_call(wbi_batch *b, const wbi_cel_code *code, batch_entry *x, uint32_t count) {
  wbi_cel_value arguments[WBI_CEL_ARGUMENTS];
  wbi_cel_value doubt = {.kind = WB_NULL};
  bool constant = count <= WBI_COUNT(arguments);
  for (uint32_t i = 0; constant && i < count; i++) {
    constant = x[i].kind == BATCH_CONSTANT;
    arguments[i] = x[i].value;
    if (constant) doubt = wbi_cel_doubt(&doubt, &arguments[i]);
  }
  x->kind = constant ? BATCH_CONSTANT : BATCH_PENDING;
  if (!constant) return;
  if (doubt.kind != WB_NULL)
    x->value = doubt;
  else if (code->op == WBI_CEL_OP_ARITHMETIC)
    x->value = wbi_cel_arithmetic(&b->run, code->operand, &arguments[0], &arguments[1]);
  else if (code->op == WBI_CEL_OP_NEGATE)
    x->value = wbi_cel_negate(&arguments[0]);
  else
    x->value = b->run.program->functions[code->operand](&b->run, arguments, count);
}

/* ---- instructions ------------------------------------------------------------------------- */

static void batch_run(wbi_batch *b, uint32_t from, uint32_t to, batch_entry *base);

/* A macro that goes through a list of records: its body over the elements of all rows together. */
static void batch_loop(wbi_batch *b, const wbi_cel_code *code, batch_entry *x) {
  const wbi_cel_loop_code *loop = &b->run.program->loops[code->operand];
  wbi_batch_fold fold;
  const uint32_t slot = x->slot;
  const bool listed = x->kind == BATCH_LIST;
  wbi_planes_pending(&x->planes);
  x->kind = BATCH_PLANES;
  if (!listed) return;
  const size_t first = b->first;
  const uint32_t count = b->count;
  wbi_batch_fold_begin(b, &fold, loop->kind, slot);
  while (wbi_batch_fold_next(b, &fold)) {
    batch_entry *body = x + 1;
    b->first = fold.element;
    b->count = fold.starts[fold.rows];
    b->in_elements = true;
    batch_run(b, loop->body, loop->next, body);
    batch_truth(b, body);
    b->in_elements = false;
    b->first = first;
    b->count = count;
    wbi_batch_fold_take(&fold, &body->planes);
  }
  x->planes = fold.planes;
}

/* One instruction; the next place of the stack. */
static batch_entry *batch_step(wbi_batch *b, const wbi_cel_code *code, batch_entry *next) {
  batch_entry *top = next - 1;
  switch (code->op) {
  case WBI_CEL_OP_FIELD:
  case WBI_CEL_OP_NEEDED: batch_push_field(b, code, next); return next + 1;
  case WBI_CEL_OP_CONSTANT:
    next->kind = BATCH_CONSTANT;
    next->value = b->run.program->constants[code->operand];
    return next + 1;
  case WBI_CEL_OP_PRESENT:
    batch_push_field(b, code, next);
    batch_present(b, code, next);
    return next + 1;
  case WBI_CEL_OP_LOCAL: next->kind = BATCH_RECORD; return next + 1;
  case WBI_CEL_OP_ELEMENT:
  case WBI_CEL_OP_ELEMENT_NEEDED: batch_push_element(b, code, top); return next;
  case WBI_CEL_OP_HAS_ELEMENT:
    batch_push_element(b, code, top);
    batch_present(b, code, top);
    return next;
  case WBI_CEL_OP_IN_CONSTANTS: batch_in(b, code, top); return next;
  case WBI_CEL_OP_NOT:
    batch_truth(b, top);
    wbi_planes_not(&top->planes);
    return next;
  case WBI_CEL_OP_AND:
  case WBI_CEL_OP_OR:
    batch_truth(b, top - 1);
    batch_truth(b, top);
    wbi_planes_join(&top[-1].planes, &top->planes, code->op == WBI_CEL_OP_OR);
    return top;
  case WBI_CEL_OP_NEGATE: batch_call(b, code, top, 1); return next;
  case WBI_CEL_OP_ARITHMETIC: batch_call(b, code, top - 1, 2); return top;
  case WBI_CEL_OP_CALL: {
    batch_entry *first = next - code->count;
    batch_call(b, code, first, code->count);
    return first + 1;
  }
  default: batch_compare(b, code, top - 1, top); return top;
  }
}

/* Runs instructions, which leave one entry in the first place. */
static void batch_run(wbi_batch *b, uint32_t from, uint32_t to, batch_entry *base) {
  const wbi_cel_program *program = b->run.program;
  batch_entry *next = base;
  for (uint32_t at = from; at < to;) {
    const wbi_cel_code *code = &program->code[at];
    if (b->skips[at] != 0) { /* an operand that only rows can be asked */
      wbi_planes_pending(&next->planes);
      next++->kind = BATCH_PLANES;
      at = b->skips[at];
      continue;
    }
    at++;
    if (code->op == WBI_CEL_OP_JUMP_FALSE || code->op == WBI_CEL_OP_JUMP_TRUE) {
      const bool truth = code->op == WBI_CEL_OP_JUMP_TRUE;
      batch_truth(b, next - 1);
      if (wbi_planes_all(&next[-1].planes, b->count, truth)) at = code->operand;
    } else if (code->op == WBI_CEL_OP_LOOP) {
      batch_loop(b, code, next - 1);
      at = program->loops[code->operand].end;
    } else {
      next = batch_step(b, code, next);
    }
  }
}

bool wbi_batch_rows(wbi_batch *b, uint64_t first, uint32_t count, wbi_planes *planes) {
  batch_entry *stack = b->stack;
  b->first = (size_t)first;
  b->count = count;
  b->run.cost = 0;
  batch_run(b, 0, b->run.program->code_count, stack);
  batch_truth(b, stack);
  *planes = stack->planes;
  return b->run.status == WB_OK;
}

size_t wbi_batch_entry_size(void) {
  return sizeof(batch_entry);
}

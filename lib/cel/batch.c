/* SPDX-License-Identifier: MIT */
/*
 * The batch executor: the same program over 2,048 rows at a time. It works on bit planes and reads
 * columns where they lie. Whatever it has no kernel for (a derived field, a function of a column, a
 * macro that makes a list) leaves its lanes pending; those that the rest of the rule does not
 * decide are asked of the row executor. So both give the same answers by construction, but where a
 * row cannot be read and the other side of && or || decides: rows read the left side first.
 */
#include "cel/batch.h"

/* ---- operands ----------------------------------------------------------------------------- */

/* What stands on the stack. A range is a test of a view that is still to be made, && the planes: so
   what && says of one column is asked of it once. */
enum {
  BATCH_PLANES,
  BATCH_RANGE,
  BATCH_VIEW,
  BATCH_CONSTANT,
  BATCH_RECORD,
  BATCH_LIST,
  BATCH_PENDING
};

typedef struct batch_entry {
  wbi_planes planes;
  wbi_test test;       /* of a range */
  wbi_cel_value value; /* of a constant */
  uint32_t kind;
  uint32_t slot; /* of a view, range or list */
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
             : slot->is_viewed && b->fold == NULL ? BATCH_VIEW
                                                  : BATCH_PENDING;
}

/* Pushes a field of an element of the one loop that there is. */
static void batch_push_element(const wbi_batch *b, const wbi_cel_code *code, batch_entry *to) {
  batch_push_field(b, code, to);
  to->kind = b->slots[code->operand].is_viewed ? BATCH_VIEW : BATCH_PENDING;
}

/* ---- tests -------------------------------------------------------------------------------- */

/* What a comparison of a word comes to. */
static uint8_t batch_verdict(wbi_batch *b, const wbi_cel_code *code, uint32_t sign,
                             const wbi_field *field, wbi_text word, const wbi_cel_value *value) {
  const wbi_cel_value text = wbi_cel_of_text(word);
  b->run.cost = 0;
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

/* What one instruction says of all words of a view; NULL: no memory. */
static const wbi_words *batch_words(wbi_batch *b, const wbi_cel_code *code, uint32_t sign,
                                    const batch_entry *entry, const wbi_cel_value *value) {
  const wbi_view *view = &b->slots[entry->slot].view;
  wbi_words *made = wbi_arena_alloc(b->run.heap, sizeof *made + view->word_count);
  if (made == NULL) return NULL; /* there is no kernel then */
  made->verdicts = (uint8_t *)(made + 1);
  made->count = view->word_count;
  for (uint32_t i = 0; i < made->count; i++)
    made->verdicts[i] =
        batch_verdict(b, code, sign, batch_field(b, entry->slot), wbi_view_word(view, i), value);
  wbi_words_runs(made);
  return made;
}

/* Whether null equals a constant, or one of its elements. */
static bool batch_takes_null(const wbi_cel_value *value) {
  for (uint32_t i = 0; value->kind == WB_LIST && i < value->length; i++)
    if (value->as.items[i].kind == WB_NULL) return true;
  return value->kind == WB_NULL;
}

/* What a column is asked that stands against a constant; false: there is no kernel for it. */
static bool batch_asks(wbi_batch *b, const wbi_cel_code *code, uint32_t sign,
                       const batch_entry *entry, const wbi_cel_value *value, wbi_test *test) {
  const wbi_view *view = &b->slots[entry->slot].view;
  const int32_t null_is = batch_takes_null(value) ? WBI_ABSENT_YES : WBI_ABSENT_NO;
  if (!wbi_kernel_takes(view, value)) return false;
  *test = (wbi_test){0};
  if (view->kind != WB_TEXT)
    *test = wbi_kernel_asks(view, sign, value);
  else if (value->kind == WB_TEXT || value->kind == WB_LIST || value->kind == WB_NULL)
    test->words = batch_words(b, code, sign, entry, value); /* same: none leaves it to the rows */
  test->absent = batch_absent(b, entry, null_is);
  return view->kind != WB_TEXT || test->words != NULL; /* same: false leaves it to the rows */
}

/* The same for the one column and constant that an instruction has, found once; NULL: none. */
static const wbi_test *batch_asked(wbi_batch *b, const wbi_cel_code *code, uint32_t sign,
                                   const batch_entry *entry, const wbi_cel_value *value) {
  wbi_batch_found *found = &b->found[code - b->run.program->code];
  /* same: what is asked again is the same, what is not asked is left to the rows */
  if (!found->is_found) found->has_kernel = batch_asks(b, code, sign, entry, value, &found->test);
  found->is_found = true;                         /* same: likewise */
  return found->has_kernel ? &found->test : NULL; /* same: likewise */
}

/* Tests a column. */
static void batch_look(const wbi_batch *b, uint32_t slot, const wbi_test *test,
                       wbi_planes *planes) {
  const wbi_view *view = &b->slots[slot].view;
  /* same: only the memory is asked earlier */
  if (b->fold != NULL) wbi_batch_fold_look(b->fold, view, b->first, b->count);
  wbi_kernel_test(view, b->first, b->count, test, planes);
}

/* Makes the test of a range. */
static void batch_settle(const wbi_batch *b, batch_entry *x) {
  wbi_planes planes;
  batch_look(b, x->slot, &x->test, &planes);
  wbi_planes_join(&x->planes, &planes, 0);
  x->kind = BATCH_PLANES;
}

/* Leaves an operand to the rows. */
static void batch_leave(batch_entry *x) {
  wbi_planes_pending(&x->planes);
  x->kind = BATCH_PLANES;
}

/* Puts a column against a constant into `to`: planes, or where its cells are whole numbers, a
   range. */
static void batch_test(wbi_batch *b, const wbi_cel_code *code, uint32_t sign,
                       const batch_entry *entry, const wbi_cel_value *value, batch_entry *to) {
  static const wbi_cel_value yes = {.as.integer = 1, .kind = WB_BOOL};
  const int32_t kind = b->slots[entry->slot].view.kind;
  const wbi_test *test = batch_asked(b, code, sign, entry, value);
  if (test == NULL) {
    batch_leave(to);
  } else if (kind == WB_TEXT || kind == WB_DOUBLE) {
    batch_look(b, entry->slot, test, &to->planes);
    to->kind = BATCH_PLANES;
  } else {
    wbi_planes_fill(&to->planes, &yes);
    to->slot = entry->slot;
    to->test = *test;
    to->kind = BATCH_RANGE;
  }
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
  b->run.cost = 0;
  if (doubt.kind != WB_NULL) return doubt;
  if (code->op == WBI_CEL_OP_ORDER) return wbi_cel_order(code->operand, x, y);
  return wbi_cel_equal(&b->run, x, y);
}

/* A comparison of which one operand is a constant, and the other a column or one too. */
static void batch_compare_constant(wbi_batch *b, const wbi_cel_code *code, batch_entry *x,
                                   const batch_entry *y) {
  const uint32_t sign = code->op == WBI_CEL_OP_ORDER ? code->operand : WBI_CEL_EQUAL;
  if (x->kind == y->kind) {
    const wbi_cel_value value = batch_constants(b, code, &x->value, &y->value);
    wbi_planes_fill(&x->planes, &value);
    x->kind = BATCH_PLANES;
  } else if (x->kind == BATCH_VIEW && !wbi_cel_is_doubt(&y->value)) { /* same: or rows say it */
    batch_test(b, code, sign, x, &y->value, x);
  } else if (y->kind == BATCH_VIEW && !wbi_cel_is_doubt(&x->value)) { /* same: or rows say it */
    batch_test(b, code, batch_mirror(sign), y, &x->value, x);
  } else {
    batch_leave(x);
  }
}

/* == != < <= > >= */
static void batch_compare(wbi_batch *b, const wbi_cel_code *code, batch_entry *x,
                          const batch_entry *y) {
  if (x->kind == BATCH_CONSTANT || y->kind == BATCH_CONSTANT) /* same: or rows say it */
    batch_compare_constant(b, code, x, y);
  else
    batch_leave(x);
  if (code->op != WBI_CEL_OP_NOT_EQUAL) return;
  if (x->kind == BATCH_RANGE) batch_settle(b, x);
  wbi_planes_not(&x->planes);
}

/* A column that is no text in [constants]. */
static void batch_in_numbers(wbi_batch *b, const wbi_cel_code *code, batch_entry *x,
                             const wbi_cel_value *list) {
  const wbi_cel_value no = wbi_cel_of_bool(false);
  wbi_planes one;
  wbi_test test;
  wbi_planes_fill(&x->planes, &no);
  for (uint32_t i = 0; i < list->length; i++) {
    if (batch_asks(b, code, WBI_CEL_EQUAL, x, &list->as.items[i], &test))
      batch_look(b, x->slot, &test, &one);
    else
      wbi_planes_pending(&one);
    wbi_planes_join(&x->planes, &one, 1);
  }
  x->kind = BATCH_PLANES;
}

/* a in [constants] */
static void batch_in(wbi_batch *b, const wbi_cel_code *code, batch_entry *x) {
  enum { IN_MOST = 16 };
  const wbi_cel_value *list = &b->run.program->constants[code->operand];
  if (x->kind == BATCH_VIEW && b->slots[x->slot].view.kind == WB_TEXT)
    batch_test(b, code, WBI_CEL_EQUAL, x, list, x);
  else if (x->kind == BATCH_VIEW && list->length <= IN_MOST) /* same: or rows say it */
    batch_in_numbers(b, code, x, list);
  else
    batch_leave(x);
}

/* has(field) */
static void batch_present(wbi_batch *b, const wbi_cel_code *code, batch_entry *x) {
  static const wbi_cel_value null = {.kind = WB_NULL};
  const wbi_test *asked = NULL;
  if (x->kind == BATCH_VIEW && batch_field(b, x->slot)->presence != WB_REQUIRED)
    asked = batch_asked(b, code, WBI_CEL_EQUAL, x, &null);
  if (asked == NULL) {
    batch_leave(x);
    return;
  }
  wbi_test test = *asked;
  test.absent = WBI_ABSENT_YES;
  batch_look(b, x->slot, &test, &x->planes);
  wbi_planes_not(&x->planes);
  x->kind = BATCH_PLANES;
}

/* ---- logic -------------------------------------------------------------------------------- */

/* Makes planes, or a range, of an operand of && || !. */
static void batch_operand(const wbi_batch *b, batch_entry *x) {
  wbi_test yes = {.low = 1, .high = 1};
  if (x->kind == BATCH_PLANES || x->kind == BATCH_RANGE) return;
  if (x->kind == BATCH_CONSTANT && (x->value.kind == WB_BOOL || wbi_cel_is_doubt(&x->value))) {
    wbi_planes_fill(&x->planes, &x->value);
  } else if (x->kind == BATCH_VIEW) { /* of a bool, or the checker would have refused it */
    yes.absent = batch_absent(b, x, WBI_ABSENT_DOUBT);
    batch_look(b, x->slot, &yes, &x->planes);
  } else {
    batch_leave(x);
  }
  x->kind = BATCH_PLANES;
}

/* Makes planes of it. */
static void batch_truth(const wbi_batch *b, batch_entry *x) {
  batch_operand(b, x);
  if (x->kind == BATCH_RANGE) batch_settle(b, x);
}

/* a || b */
static void batch_or(const wbi_batch *b, batch_entry *x, batch_entry *y) {
  batch_truth(b, x);
  batch_truth(b, y);
  wbi_planes_join(&x->planes, &y->planes, 1);
}

/* a && b: two ranges of one column are one. */
static void batch_and(const wbi_batch *b, batch_entry *x, batch_entry *y) {
  batch_operand(b, x);
  batch_operand(b, y);
  const bool both = x->kind == BATCH_RANGE && y->kind == BATCH_RANGE;
  if (both && x->slot == y->slot && x->test.absent == y->test.absent) {
    if (x->test.low < y->test.low) x->test.low = y->test.low;     /* same: of like numbers */
    if (x->test.high > y->test.high) x->test.high = y->test.high; /* same: of like numbers */
  } else if (y->kind == BATCH_RANGE) {
    if (both) batch_settle(b, x);
    x->kind = BATCH_RANGE;
    x->slot = y->slot;
    x->test = y->test;
  }
  wbi_planes_join(&x->planes, &y->planes, 0);
}

/* Whether an operand decides && or || for all lanes. What it still has to be asked is idle then. */
static bool batch_decides(const wbi_batch *b, batch_entry *x, bool truth) {
  if (truth)
    batch_truth(b, x);
  else
    batch_operand(b, x);
  if (!wbi_planes_all(&x->planes, b->count, truth)) return false;
  x->kind = BATCH_PLANES;
  return true;
}

/* Applies a function or an operator to constants. */
static wbi_cel_value batch_apply(wbi_batch *b, const wbi_cel_code *code, const batch_entry *x,
                                 uint32_t count) {
  wbi_cel_value arguments[WBI_CEL_ARGUMENTS];
  wbi_cel_value doubt = {.kind = WB_NULL};
  b->run.cost = 0;
  for (uint32_t i = 0; i < count; i++) {
    arguments[i] = x[i].value;
    doubt = wbi_cel_doubt(&doubt, &arguments[i]);
  }
  if (doubt.kind != WB_NULL) return doubt;
  if (code->op == WBI_CEL_OP_ARITHMETIC)
    return wbi_cel_arithmetic(&b->run, code->operand, &arguments[0], &arguments[1]);
  if (code->op == WBI_CEL_OP_NEGATE) return wbi_cel_negate(&arguments[0]);
  return b->run.program->functions[code->operand](&b->run, arguments, count);
}

/* A function or sum of constants is one, worked out once; else nothing that is known here. */
static void batch_call(wbi_batch *b, const wbi_cel_code *code, batch_entry *x, uint32_t count) {
  wbi_batch_found *found = &b->found[code - b->run.program->code];
  bool constant = count <= WBI_CEL_ARGUMENTS;
  for (uint32_t i = 0; constant && i < count; i++)
    constant = x[i].kind == BATCH_CONSTANT;
  if (constant && !found->is_found) found->value = batch_apply(b, code, x, count);
  found->is_found = constant;
  x->kind = constant ? BATCH_CONSTANT : BATCH_PENDING;
  x->value = found->value;
}

/* ---- instructions ------------------------------------------------------------------------- */

static void batch_run(wbi_batch *b, uint32_t from, uint32_t to, batch_entry *base);

/* A macro that goes through a list of records: its body over the elements of all rows together. */
static void batch_loop(wbi_batch *b, const wbi_cel_code *code, batch_entry *x) {
  const wbi_cel_loop_code *loop = &b->run.program->loops[code->operand];
  wbi_batch_fold fold;
  const uint32_t slot = x->slot;
  if (x->kind != BATCH_LIST) {
    batch_leave(x);
    return;
  }
  const size_t first = b->first;
  const uint32_t count = b->count;
  wbi_batch_fold_begin(b, &fold, loop->kind, slot);
  while (wbi_batch_fold_next(b, &fold)) {
    batch_entry *body = x + 1;
    b->first = fold.first + fold.starts[fold.row];
    b->count = fold.starts[fold.row + fold.rows] - fold.starts[fold.row];
    b->fold = &fold;
    batch_run(b, loop->body, loop->next, body);
    batch_truth(b, body);
    b->fold = NULL;
    b->first = first;
    b->count = count;
    wbi_batch_fold_take(&fold, &body->planes);
  }
  wbi_batch_fold_end(b, &fold, &x->planes);
  x->kind = BATCH_PLANES;
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
  case WBI_CEL_OP_AND: batch_and(b, top - 1, top); return top;
  case WBI_CEL_OP_OR: batch_or(b, top - 1, top); return top;
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
      batch_leave(next++);
      at = b->skips[at];
      continue;
    }
    at++;
    if (code->op == WBI_CEL_OP_JUMP_FALSE || code->op == WBI_CEL_OP_JUMP_TRUE) {
      if (batch_decides(b, next - 1, code->op == WBI_CEL_OP_JUMP_TRUE)) at = code->operand;
    } else if (code->op == WBI_CEL_OP_LOOP) {
      batch_loop(b, code, next - 1);
      at = program->loops[code->operand].end;
    } else {
      next = batch_step(b, code, next);
    }
  }
}

wbi_planes *wbi_batch_rows(wbi_batch *b, uint64_t first, uint32_t count) {
  batch_entry *stack = b->stack;
  b->first = (size_t)first;
  b->count = count;
  batch_run(b, 0, b->run.program->code_count, stack);
  batch_truth(b, stack);
  return b->run.status == WB_OK ? &stack->planes : NULL;
}

size_t wbi_batch_entry_size(void) {
  return sizeof(batch_entry);
}

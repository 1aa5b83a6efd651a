/* SPDX-License-Identifier: MIT */
/*
 * Where what is read goes to: a label, the set of classes that a value depends on, for every value
 * that a template writes. The label of an expression is the union of its parts; what stands in a
 * branch or loop depends on its condition too, with all conditions before it in the chain; a name
 * depends on all that is ever assigned to it and on where that is done (Volpano and Smith).
 *
 * That a template reads only what it may is decided before (paths.c). Labels tell what of that is
 * in the message, and that words by value (general.c) count as what they were declared to be.
 */
#include "liquid/liquid_private.h"

/* Labels while they spread. */
typedef struct flow_state {
  const wb_template *compiled;
  uint32_t *names, *frames;        /* by slot */
  uint32_t until[WB_CLASS_SEALED]; /* where the branches end that depend on a class */
  uint32_t value;                  /* of the chain at hand */
  uint32_t written;
  bool changed;
} flow_state;

/* What the place of an instruction depends on. */
static uint32_t flow_place(const flow_state *flow, uint32_t at) {
  uint32_t label = 0;
  for (int32_t i = 0; i < WB_CLASS_SEALED; i++)
    label |= flow->until[i] > at ? 1u << i : 0;
  return label;
}

/* The class of a field. */
static uint32_t flow_field(const wb_template *compiled, uint32_t field) {
  return 1u << wbi_schema_field(compiled->schema, field)->class_;
}

/* What an operand depends on. same: what a loop goes over is in the place of all that reads its
 * counter */
static uint32_t flow_operand(const flow_state *flow, const wbi_operand *operand) {
  uint32_t label = 0;
  if (operand->field != WBI_NO_FIELD) {
    label = flow_field(flow->compiled, operand->field);
  }
  switch (operand->place) {
  case WBI_NAME: return label | flow->names[operand->slot];
  case WBI_CURRENT:
  case WBI_ITEM:
  case WBI_FORLOOP: return label | flow->frames[operand->frame];
  case WBI_LITERAL:
  case WBI_FIELD:
  case WBI_SIZE:
  case WBI_ELEMENT_AT:
  default: return label;
  }
}

/* What all operands of an instruction depend on. */
static uint32_t flow_operands(const flow_state *flow, const wbi_instruction *instruction) {
  uint32_t label = 0;
  for (uint32_t i = 0; i < instruction->count; i++)
    label |= flow_operand(flow, &flow->compiled->operands[instruction->operands + i]);
  return label;
}

/* Adds to a label that is kept. */
static void flow_add(flow_state *flow, uint32_t *label, uint32_t more) {
  if ((more & ~*label) == 0) return;
  *label |= more;
  flow->changed = true;
}

/* Where the branches that an instruction decides on come together again: a branch that is not the
   last of its chain ends with a jump to there. same: nothing else leads further */
static uint32_t flow_join(const wb_template *compiled, const wbi_instruction *instruction) {
  const uint32_t target = instruction->target;
  const wbi_instruction *before = &compiled->code[target - 1];
  return before->operation == WBI_JUMP && before->target > target ? before->target : target;
}

/* All up to where the branches come together depends on a label. same: where it does already */
static void flow_branch(flow_state *flow, const wbi_instruction *instruction, uint32_t label) {
  const uint32_t join = flow_join(flow->compiled, instruction);
  for (int32_t i = 0; i < WB_CLASS_SEALED; i++) {
    if ((label >> i & 1) != 0 && flow->until[i] < join) flow->until[i] = join;
  }
}

/* What one instruction does to the labels. */
static void flow_step(flow_state *flow, const wbi_instruction *instruction, uint32_t place) {
  const uint32_t operands = flow_operands(flow, instruction);
  switch ((wbi_operation)instruction->operation) {
  case WBI_WRITE: flow->written |= place; return;
  case WBI_VALUE: flow->value = operands; return;
  case WBI_GENERAL:
    flow->value = instruction->count > 0 ? 1u << instruction->general->gives : 0;
    return;
  case WBI_FILTER: flow->value |= operands; return;
  case WBI_PRINT: flow->written |= flow->value | place; return;
  case WBI_ASSIGN: flow_add(flow, &flow->names[instruction->slot], flow->value | place); return;
  case WBI_CASE:
  case WBI_WHEN:
  case WBI_OVER:
  case WBI_OVER_RANGE:
  case WBI_LIMIT:
  case WBI_OFFSET: flow_add(flow, &flow->frames[instruction->frame], operands | place); return;
  case WBI_TEST: flow_branch(flow, instruction, operands | place); return;
  case WBI_MATCHED:
  case WBI_OTHERWISE:
  case WBI_BEGIN: flow_branch(flow, instruction, flow->frames[instruction->frame] | place); return;
  case WBI_JUMP:
  case WBI_AGAIN:
  case WBI_NEXT:
  default: return;
  }
}

/* Spreads labels until nothing changes: a loop's later turns read what its earlier ones assigned.
 */
static void flow_spread(flow_state *flow) {
  do {
    flow->changed = false;
    memset(flow->until, 0, sizeof flow->until);
    for (uint32_t i = 0; i < flow->compiled->code_count; i++)
      flow_step(flow, &flow->compiled->code[i], flow_place(flow, i));
  } while (flow->changed);
}

wb_status wbi_flow_label(const wb_template *compiled, uint32_t *label) {
  const wb_context *context = compiled->arena.context;
  const size_t size = (compiled->names_count + compiled->frames_count) * sizeof(uint32_t);
  uint32_t *labels = wbi_alloc(context, size);
  if (labels == NULL && size > 0) return WB_E_NOMEM;
  flow_state flow = {.compiled = compiled, .names = labels};
  if (labels != NULL) flow.frames = labels + compiled->names_count;
  flow_spread(&flow);
  *label = flow.written;
  if (compiled->zone != WBI_NO_FIELD) *label |= flow_field(compiled, compiled->zone);
  wbi_free(context, labels, size);
  return WB_OK;
}

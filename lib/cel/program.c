/* SPDX-License-Identifier: MIT */
/*
 * From the tree to a flat program. Recursion is as deep as the tree, whose height the parser
 * limits.
 */
#include "cel/cel_private.h"

/* A program in the making, in the arena of the tree, with room for all that the tree can need. */
typedef struct rule_program {
  wbi_cel_code *code;
  wbi_cel_value *constants;
  uint32_t *fields;
  wbi_cel_branch *branches;
  uint32_t code_count, constant_count, field_count, branch_count;
  uint32_t stack, deepest; /* values now, and at most */
  uint32_t loads;
  bool leaf;    /* below a branch that does not branch further */
  bool negated; /* below an odd number of ! */
} rule_program;

static void program_node(rule_program *p, const wbi_cel_node *node, bool needed);

/* Adds an instruction that leaves `change` more values on the stack. */
static wbi_cel_code *program_emit(rule_program *p, uint16_t op, uint32_t operand, int32_t change) {
  wbi_cel_code *code = &p->code[p->code_count++];
  code->op = op;
  code->operand = operand;
  p->stack = (uint32_t)((int32_t)p->stack + change);
  if (p->deepest < p->stack) p->deepest = p->stack;
  return code;
}

/* The slot of a field: each has one, however often it is named. */
static uint32_t program_slot(rule_program *p, uint32_t field) {
  uint32_t slot = 0;
  while (slot < p->field_count && p->fields[slot] != field)
    slot++;
  if (slot == p->field_count) p->fields[p->field_count++] = field;
  return slot;
}

/* Adds the elements of a list to the constants. */
static void program_in(rule_program *p, const wbi_cel_node *node) {
  const wbi_cel_node *list = node->last;
  program_node(p, node->first, false);
  program_emit(p, WBI_CEL_OP_IN, p->constant_count, 0)->count = (uint16_t)list->count;
  for (const wbi_cel_node *element = list->first; element != NULL; element = element->next)
    p->constants[p->constant_count++] = element->value;
}

/* Adds the instructions of an operand of the rule itself, of && || or !, and its branch. */
static void program_operand(rule_program *p, const wbi_cel_node *node) {
  if (p->leaf) {
    program_node(p, node, true);
    return;
  }
  wbi_cel_branch *branch = &p->branches[p->branch_count++];
  p->leaf = node->kind != WBI_CEL_OPERATOR ||
            (node->sign != WBI_CEL_AND && node->sign != WBI_CEL_OR && node->sign != '!');
  *branch = (wbi_cel_branch){.from = node->from,
                             .to = node->to,
                             .code = p->code_count,
                             .leaf = p->leaf,
                             .negated = p->negated};
  program_node(p, node, true);
  p->leaf = false;
  branch->code_end = p->code_count;
  branch->end = p->branch_count;
}

/* && and ||: after each operand but the last, one that decides jumps to the end. The jumps that
   wait for their target are a list, linked by their operands. */
static void program_logic(rule_program *p, const wbi_cel_node *node) {
  const bool and = node->sign == WBI_CEL_AND;
  const uint16_t jump = and? WBI_CEL_OP_JUMP_FALSE : WBI_CEL_OP_JUMP_TRUE;
  uint32_t waiting = UINT32_MAX;
  for (const wbi_cel_node *child = node->first; child != NULL; child = child->next) {
    program_operand(p, child);
    if (child != node->first) program_emit(p, and? WBI_CEL_OP_AND : WBI_CEL_OP_OR, 0, -1);
    if (child->next == NULL) break;
    program_emit(p, jump, waiting, 0);
    waiting = p->code_count - 1;
  }
  while (waiting != UINT32_MAX) {
    const uint32_t before = p->code[waiting].operand;
    p->code[waiting].operand = p->code_count;
    waiting = before;
  }
}

/* == != < <= > >= */
static void program_comparison(rule_program *p, const wbi_cel_node *node) {
  const bool equality = node->sign == WBI_CEL_EQUAL || node->sign == WBI_CEL_NOT_EQUAL;
  program_node(p, node->first, !equality);
  program_node(p, node->last, !equality);
  program_emit(p,
               !equality                     ? WBI_CEL_OP_ORDER
               : node->sign == WBI_CEL_EQUAL ? WBI_CEL_OP_EQUAL
                                             : WBI_CEL_OP_NOT_EQUAL,
               node->sign, -1);
}

/* Adds the instructions of an operator. */
static void program_operator(rule_program *p, const wbi_cel_node *node) {
  switch (node->sign) {
  case WBI_CEL_AND:
  case WBI_CEL_OR: program_logic(p, node); break;
  case WBI_CEL_IN: program_in(p, node); break;
  case '!':
    p->negated = !p->negated;
    program_operand(p, node->first);
    p->negated = !p->negated;
    program_emit(p, WBI_CEL_OP_NOT, 0, 0);
    break;
  default: program_comparison(p, node); break;
  }
}

/* Adds the instructions that leave the value of a node; `needed`: null will not do. */
static void program_node(rule_program *p, const wbi_cel_node *node, bool needed) {
  if (node->kind == WBI_CEL_FIELD) {
    program_emit(p, needed ? WBI_CEL_OP_NEEDED : WBI_CEL_OP_FIELD, program_slot(p, node->field), 1);
    p->loads++;
  } else if (node->kind == WBI_CEL_LITERAL) {
    p->constants[p->constant_count] = node->value;
    program_emit(p, WBI_CEL_OP_CONSTANT, p->constant_count++, 1);
  } else {
    program_operator(p, node);
  }
}

/* Takes room for the most that the tree can need: an instruction, a jump and a join for each node.
 */
static bool program_init(rule_program *p, const wbi_cel_tree *tree) {
  const size_t nodes = tree->count;
  *p = (rule_program){.stack = 0};
  p->code = wbi_arena_array(tree->arena, nodes * 3, sizeof *p->code);
  p->constants = wbi_arena_array(tree->arena, nodes, sizeof *p->constants);
  p->fields = wbi_arena_array(tree->arena, nodes, sizeof *p->fields);
  p->branches = wbi_arena_array(tree->arena, nodes, sizeof *p->branches);
  return p->code != NULL && p->constants != NULL && p->fields != NULL && p->branches != NULL;
}

/* Copies an array into the arena of the rule; NULL: there is no memory for it. */
static void *program_copy(wb_rule *rule, const void *items, size_t count, size_t item_size) {
  void *copy = wbi_arena_array(&rule->arena, count, item_size);
  if (copy != NULL) memcpy(copy, items, count * item_size);
  return copy;
}

/* Copies the texts of the constants, which so far live with the tree. */
static bool program_texts(wb_rule *rule, wbi_cel_value *constants, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    wbi_cel_value *value = &constants[i];
    if (value->kind != WB_TEXT) continue;
    value->as.data = wbi_arena_copy(&rule->arena, (wbi_text){value->as.data, value->length});
    if (value->as.data == NULL) return false;
  }
  return true;
}

wb_status wbi_cel_compile(const wbi_cel_tree *tree, wb_rule *rule) {
  rule_program p;
  if (!program_init(&p, tree)) return wbi_fail(tree->error, WB_E_NOMEM, "no memory for the rule");
  program_operand(&p, tree->root);
  const bool texts = program_texts(rule, p.constants, p.constant_count);
  rule->code = program_copy(rule, p.code, p.code_count, sizeof *p.code);
  rule->constants = program_copy(rule, p.constants, p.constant_count, sizeof *p.constants);
  rule->fields = program_copy(rule, p.fields, p.field_count, sizeof *p.fields);
  rule->branches = program_copy(rule, p.branches, p.branch_count, sizeof *p.branches);
  if (!texts || rule->code == NULL || rule->constants == NULL || rule->fields == NULL ||
      rule->branches == NULL)
    return wbi_fail(tree->error, WB_E_NOMEM, "no memory for the rule");
  rule->code_count = p.code_count;
  rule->field_count = p.field_count;
  rule->branch_count = p.branch_count;
  rule->stack = p.deepest;
  rule->loads = p.loads;
  return WB_OK;
}

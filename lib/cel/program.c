/* SPDX-License-Identifier: MIT */
/*
 * From the tree to a flat program. Recursion is as deep as the tree, whose height the parser
 * limits.
 */
#include "cel/cel_private.h"

/* A program in the making, in the arena of the tree, with room for all that the tree can need. */
typedef struct rule_program {
  const wbi_cel_tree *tree;
  wbi_arena *arena; /* of the rule */
  wbi_cel_code *code;
  wbi_cel_value *constants;
  uint32_t *fields;
  wbi_cel_branch *branches;
  wbi_cel_loop_code *loops;
  wbi_cel_function *functions;
  wbi_regex **regexes;
  uint32_t code_count, constant_count, field_count, branch_count, loop_count, function_count;
  uint32_t regex_count;
  uint32_t stack, deepest; /* values now, and at most */
  uint32_t nested, nested_most;
  size_t search;
  wb_status status;
  bool leaf;    /* below a branch that does not branch further */
  bool negated; /* below an odd number of ! */
} rule_program;

static void program_node(rule_program *p, const wbi_cel_node *node, bool needed);

/* ---- parts -------------------------------------------------------------------------------- */

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

/* The number of a constant. */
static uint32_t program_constant(rule_program *p, wbi_cel_value value) {
  p->constants[p->constant_count] = value;
  return p->constant_count++;
}

/* Adds the children of a node. */
static void program_children(rule_program *p, const wbi_cel_node *node, bool needed) {
  for (const wbi_cel_node *child = node->first; child != NULL; child = child->next)
    program_node(p, child, needed);
}

/* ---- logic -------------------------------------------------------------------------------- */

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
  for (const wbi_cel_node *child = node->first;; child = child->next) {
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

/* !a */
static void program_not(rule_program *p, const wbi_cel_node *node) {
  p->negated = !p->negated;
  program_operand(p, node->first);
  p->negated = !p->negated;
  program_emit(p, WBI_CEL_OP_NOT, 0, 0);
}

/* condition ? then : else */
static void program_choice(rule_program *p, const wbi_cel_node *node, bool needed) {
  program_node(p, node->first, true);
  const uint32_t choose = p->code_count;
  program_emit(p, WBI_CEL_OP_CHOOSE, 0, -1);
  program_node(p, node->first->next, needed);
  const uint32_t jump = p->code_count;
  program_emit(p, WBI_CEL_OP_JUMP, 0, -1);
  p->code[choose].operand = p->code_count;
  program_node(p, node->last, needed);
  p->code[jump].operand = p->code_count;
}

/* ---- operators ---------------------------------------------------------------------------- */

/* a in b */
static void program_in(rule_program *p, const wbi_cel_node *node) {
  program_node(p, node->first, false);
  if (node->last->kind == WBI_CEL_LITERAL && node->last->value.kind == WB_LIST) {
    program_emit(p, WBI_CEL_OP_IN_CONSTANTS, program_constant(p, node->last->value), 0);
    return;
  }
  program_node(p, node->last, true);
  program_emit(p, WBI_CEL_OP_IN, 0, -1);
}

/* == != < <= > >= + - * / % and the minus sign */
static void program_binary(rule_program *p, const wbi_cel_node *node) {
  const uint32_t sign = node->sign;
  const bool equality = sign == WBI_CEL_EQUAL || sign == WBI_CEL_NOT_EQUAL;
  const bool order =
      sign == '<' || sign == '>' || sign == WBI_CEL_LESS_EQUAL || sign == WBI_CEL_GREATER_EQUAL;
  program_children(p, node, !equality);
  if (node->count == 1)
    program_emit(p, WBI_CEL_OP_NEGATE, 0, 0);
  else if (equality)
    program_emit(p, sign == WBI_CEL_EQUAL ? WBI_CEL_OP_EQUAL : WBI_CEL_OP_NOT_EQUAL, sign, -1);
  else
    program_emit(p, order ? WBI_CEL_OP_ORDER : WBI_CEL_OP_ARITHMETIC, sign, -1);
}

/* Adds the instructions of an operator. */
static void program_operator(rule_program *p, const wbi_cel_node *node, bool needed) {
  switch (node->sign) {
  case WBI_CEL_AND:
  case WBI_CEL_OR: program_logic(p, node); break;
  case WBI_CEL_IN: program_in(p, node); break;
  case '!': program_not(p, node); break;
  case '?': program_choice(p, node, needed); break;
  default: program_binary(p, node); break;
  }
}

/* ---- fields, parts ------------------------------------------------------------------------ */

/* A field, or a field of a record. */
static void program_field(rule_program *p, const wbi_cel_node *node, bool needed) {
  const uint32_t slot = program_slot(p, node->index);
  if (node->kind == WBI_CEL_ELEMENT) {
    program_node(p, node->first, true);
    program_emit(p, needed ? WBI_CEL_OP_ELEMENT_NEEDED : WBI_CEL_OP_ELEMENT, slot, 0);
  } else {
    program_emit(p, needed ? WBI_CEL_OP_NEEDED : WBI_CEL_OP_FIELD, slot, 1);
  }
}

/* `.?` of a field: what has no value is none. */
static void program_field_optional(rule_program *p, const wbi_cel_node *node, bool needed) {
  program_field(p, node, needed && !node->optional);
  if (node->optional) program_emit(p, WBI_CEL_OP_OPTIONAL, 0, 0);
}

/* A text of the source as a constant. */
static uint32_t program_name(rule_program *p, wbi_text name) {
  return program_constant(p, wbi_cel_of_text(name));
}

/* operand.name */
static void program_select(rule_program *p, const wbi_cel_node *node) {
  program_node(p, node->first, true);
  program_emit(p, WBI_CEL_OP_SELECT, program_name(p, node->name), 0)->count = node->optional;
}

/* operand[index] */
static void program_index(rule_program *p, const wbi_cel_node *node) {
  program_children(p, node, true);
  program_emit(p, WBI_CEL_OP_INDEX, 0, -1)->count = node->optional;
}

/* has(…) */
static void program_has(rule_program *p, const wbi_cel_node *node) {
  const wbi_cel_node *field = node->first;
  switch (field->kind) {
  case WBI_CEL_FIELD: program_emit(p, WBI_CEL_OP_PRESENT, program_slot(p, field->index), 1); break;
  case WBI_CEL_ELEMENT:
    program_node(p, field->first, true);
    program_emit(p, WBI_CEL_OP_HAS_ELEMENT, program_slot(p, field->index), 0);
    break;
  case WBI_CEL_SELECT:
    program_node(p, field->first, true);
    program_emit(p, WBI_CEL_OP_HAS_KEY, program_name(p, field->name), 0);
    break;
  default: program_node(p, field, true); break;
  }
}

/* ---- calls -------------------------------------------------------------------------------- */

/* Whether a function makes something of null. */
static bool program_takes_null(wbi_text name) {
  static const char *const names[] = {"dyn", "type", "optional.of", "optional.ofNonZeroValue",
                                      "orValue"};
  for (size_t i = 0; i < WBI_COUNT(names); i++)
    if (wbi_text_equal(name, wbi_text_of(names[i]))) return true;
  return false;
}

/* matches() of a constant expression, compiled now. */
static void program_matches(rule_program *p, const wbi_cel_node *node) {
  const wbi_cel_node *pattern = node->last;
  size_t at = 0;
  const char *message = "";
  wbi_regex *regex = NULL;
  program_node(p, node->first, true);
  const wb_status status =
      wbi_regex_compile(p->arena, wbi_cel_text(&pattern->value), &regex, &at, &message);
  if (status != WB_OK) {
    if (p->status == WB_OK)
      p->status = wbi_fail_at(p->tree->error, status, p->tree->source, pattern->from,
                              status == WB_E_NOMEM ? "no memory for the rule" : message);
    return;
  }
  const size_t search = wbi_regex_scratch(regex);
  if (p->search < search) p->search = search;
  p->regexes[p->regex_count] = regex;
  program_emit(p, WBI_CEL_OP_MATCHES, p->regex_count++, 0);
}

/* The number of a function. */
static uint32_t program_function(rule_program *p, wbi_cel_function call) {
  uint32_t number = 0;
  while (number < p->function_count && p->functions[number] != call)
    number++;
  if (number == p->function_count) p->functions[p->function_count++] = call;
  return number;
}

/* A call of a function; a declared one without code has no value. */
static void program_call(rule_program *p, const wbi_cel_node *node) {
  if (node->call == NULL) {
    program_emit(p, WBI_CEL_OP_FAULT, WBI_FAULT_OVERLOAD, 1);
    return;
  }
  if (wbi_text_equal(node->name, WBI_TEXT("matches")) && node->last->kind == WBI_CEL_LITERAL &&
      node->last->value.kind == WB_TEXT) {
    program_matches(p, node);
    return;
  }
  program_children(p, node, !program_takes_null(node->name));
  program_emit(p, WBI_CEL_OP_CALL, program_function(p, node->call), 1 - (int32_t)node->count)
      ->count = (uint16_t)node->count;
}

/* ---- lists, maps, macros ------------------------------------------------------------------ */

/* Which entries may be missing, as a constant + 1; 0: none. */
static uint16_t program_maybe(rule_program *p, const wbi_cel_node *node) {
  uint32_t at = 0;
  if (!node->optional) return 0;
  char *maybe = wbi_arena_alloc(p->tree->arena, node->count);
  /* Each constant is two bytes of a rule at least. */
  if (maybe == NULL || WBI_NEVER(p->constant_count >= UINT16_MAX)) {
    p->status = wbi_fail(p->tree->error, WB_E_NOMEM, "no memory for the rule");
    return 0;
  }
  for (const wbi_cel_node *child = node->first; child != NULL; child = child->next)
    maybe[at++] = child->maybe;
  const wbi_cel_value value = {.as.data = maybe, .length = node->count, .kind = WB_BYTES};
  return (uint16_t)(program_constant(p, value) + 1);
}

/* [a, b], {a: b} */
static void program_collection(rule_program *p, const wbi_cel_node *node) {
  const uint16_t maybe = program_maybe(p, node);
  const uint16_t op = node->kind == WBI_CEL_LIST ? WBI_CEL_OP_LIST : WBI_CEL_OP_MAP;
  program_children(p, node, false);
  program_emit(p, op, node->count, 1 - (int32_t)node->count)->count = maybe;
}

/* A macro that goes through a list. */
static void program_loop(rule_program *p, const wbi_cel_node *node) {
  const uint32_t number = p->loop_count++;
  const wbi_cel_node *body = node->first->next;
  const bool logical = node->sign <= WBI_LOOP_FILTER;
  program_node(p, node->first, true);
  program_emit(p, WBI_CEL_OP_LOOP, number, -1);
  if (++p->nested > p->nested_most) p->nested_most = p->nested;
  wbi_cel_loop_code loop = {.body = p->code_count,
                            .local = node->index,
                            .kind = (uint16_t)node->sign,
                            .names = (uint16_t)node->names};
  if (body != node->last) {
    program_node(p, body, true);
    program_emit(p, WBI_CEL_OP_TEST, number, -1);
  }
  program_node(p, node->last, logical);
  loop.next = p->code_count;
  program_emit(p, WBI_CEL_OP_NEXT, number, 0);
  loop.end = p->code_count;
  p->loops[number] = loop;
  p->nested--;
}

/* cel.bind(name, value, result) */
static void program_bind(rule_program *p, const wbi_cel_node *node, bool needed) {
  program_node(p, node->first, false);
  program_emit(p, WBI_CEL_OP_STORE, node->index, -1);
  program_node(p, node->last, needed);
}

/* optMap, optFlatMap */
static void program_opt_map(rule_program *p, const wbi_cel_node *node) {
  program_node(p, node->first, true);
  const uint32_t unwrap = p->code_count;
  program_emit(p, WBI_CEL_OP_UNWRAP, 0, -1)->count = (uint16_t)node->index;
  program_node(p, node->last, false);
  if (!node->optional) program_emit(p, WBI_CEL_OP_WRAP, 0, 0);
  p->code[unwrap].operand = p->code_count;
}

/* Adds the instructions that leave the value of a node; `needed`: null will not do. */
static void program_node(rule_program *p, const wbi_cel_node *node, bool needed) {
  const bool leaf = p->leaf;
  if (node->kind != WBI_CEL_OPERATOR) p->leaf = true; /* && below it is no branch of the rule's */
  switch (node->kind) {
  case WBI_CEL_LITERAL:
    program_emit(p, WBI_CEL_OP_CONSTANT, program_constant(p, node->value), 1);
    break;
  case WBI_CEL_FIELD:
  case WBI_CEL_ELEMENT: program_field_optional(p, node, needed); break;
  case WBI_CEL_VARIABLE: program_emit(p, WBI_CEL_OP_VARIABLE, node->index, 1); break;
  case WBI_CEL_LOCAL: program_emit(p, WBI_CEL_OP_LOCAL, node->index, 1)->count = needed; break;
  case WBI_CEL_SELECT: program_select(p, node); break;
  case WBI_CEL_INDEX: program_index(p, node); break;
  case WBI_CEL_CALL: program_call(p, node); break;
  case WBI_CEL_LIST:
  case WBI_CEL_MAP: program_collection(p, node); break;
  case WBI_CEL_LOOP: program_loop(p, node); break;
  case WBI_CEL_BIND: program_bind(p, node, needed); break;
  case WBI_CEL_OPT_MAP: program_opt_map(p, node); break;
  case WBI_CEL_HAS: program_has(p, node); break;
  case WBI_CEL_OPERATOR: program_operator(p, node, needed); break;
  default: program_emit(p, WBI_CEL_OP_FAULT, WBI_FAULT_NAME, 1); break;
  }
  p->leaf = leaf;
}

/* ---- the whole ---------------------------------------------------------------------------- */

/* Takes room for the most that the tree can need. */
static bool program_init(rule_program *p, const wbi_cel_tree *tree, wbi_arena *arena) {
  const size_t nodes = tree->count;
  *p = (rule_program){.tree = tree, .arena = arena};
  p->code = wbi_arena_array(tree->arena, nodes * 4, sizeof *p->code);
  p->constants = wbi_arena_array(tree->arena, nodes * 2, sizeof *p->constants);
  p->fields = wbi_arena_array(tree->arena, nodes, sizeof *p->fields);
  p->branches = wbi_arena_array(tree->arena, nodes, sizeof *p->branches);
  p->loops = wbi_arena_array(tree->arena, nodes, sizeof *p->loops);
  p->functions = wbi_arena_array(tree->arena, nodes, sizeof *p->functions);
  p->regexes = wbi_arena_array(tree->arena, nodes, sizeof(wbi_regex *));
  return p->code != NULL && p->constants != NULL && p->fields != NULL && p->branches != NULL &&
         p->loops != NULL && p->functions != NULL && p->regexes != NULL;
}

/* Copies an array into the arena of the rule; NULL: there is no memory for it. */
static void *program_copy(rule_program *p, const void *items, size_t count, size_t item_size) {
  void *copy = wbi_arena_array(p->arena, count, item_size);
  if (copy != NULL) memcpy(copy, items, count * item_size);
  return copy;
}

/* Copies what the constants point to, which so far lives with the tree. */
static bool program_own_constants(rule_program *p) {
  for (uint32_t i = 0; i < p->constant_count; i++)
    if (!wbi_cel_copy(p->arena, &p->constants[i])) return false;
  return true;
}

wb_status wbi_cel_compile(const wbi_cel_tree *tree, wbi_arena *arena, wbi_cel_program *program) {
  rule_program p;
  if (!program_init(&p, tree, arena))
    return wbi_fail(tree->error, WB_E_NOMEM, "no memory for the rule");
  program_operand(&p, tree->root);
  if (p.status != WB_OK) return p.status;
  const bool owned = program_own_constants(&p);
  *program = (wbi_cel_program){
      .code = program_copy(&p, p.code, p.code_count, sizeof *p.code),
      .constants = program_copy(&p, p.constants, p.constant_count, sizeof *p.constants),
      .fields = program_copy(&p, p.fields, p.field_count, sizeof *p.fields),
      .branches = program_copy(&p, p.branches, p.branch_count, sizeof *p.branches),
      .loops = program_copy(&p, p.loops, p.loop_count, sizeof *p.loops),
      .functions = program_copy(&p, p.functions, p.function_count, sizeof *p.functions),
      .regexes = program_copy(&p, p.regexes, p.regex_count, sizeof(wbi_regex *)),
      .tests = wbi_arena_array(arena, p.branch_count, sizeof *program->tests),
      .code_count = p.code_count,
      .constant_count = p.constant_count,
      .field_count = p.field_count,
      .branch_count = p.branch_count,
      .loop_count = p.loop_count,
      .function_count = p.function_count,
      .regex_count = p.regex_count,
      .stack = p.deepest,
      .locals = tree->locals,
      .nested = p.nested_most,
      .search = p.search,
      .bound = wbi_cel_bound(tree, tree->root)};
  if (!owned || program->code == NULL || program->constants == NULL || program->fields == NULL ||
      program->branches == NULL || program->loops == NULL || program->functions == NULL ||
      program->regexes == NULL || program->tests == NULL)
    return wbi_fail(tree->error, WB_E_NOMEM, "no memory for the rule");
  wbi_cel_find_tests(program, tree->env->schema);
  return WB_OK;
}

/* SPDX-License-Identifier: MIT */
/*
 * Why a rule came out as it did: the operands that decide.
 *
 * Of an operand of &&, || or ! those below decide that have its own truth, of ! the only one. So
 * the truth that a deciding branch must have is that of the rule, turned over once for each !
 * above it, and one walk over the branches in preorder finds them: a branch with another truth is
 * left out with all below it.
 */
#include "cel/cel_private.h"
#include "cel/json_value.h"

/* A truth as JSON. */
static void because_put_truth(wbi_writer *writer, int32_t truth) {
  static const char *const words[] = {"\"false\"", "\"true\"", "\"unknown\"", "\"error\""};
  wbi_put_text(writer, wbi_text_of(words[truth]));
}

/* Whether an instruction reads a field of the patient that none before it in the branch reads. */
static bool because_is_first(const wbi_cel_program *program, uint32_t from, uint32_t at) {
  const wbi_cel_code *code = program->code;
  if (code[at].op != WBI_CEL_OP_FIELD && code[at].op != WBI_CEL_OP_NEEDED &&
      code[at].op != WBI_CEL_OP_PRESENT)
    return false;
  for (uint32_t i = from; i < at; i++)
    if (code[i].operand == code[at].operand && because_is_first(program, i, i)) return false;
  return true;
}

/* The fields of a branch and their values; of a list its length. A field that is not on record, or
   was not asked for, is left out. */
static void because_put_values(wbi_cel_run *run, const wbi_cel_branch *branch, wbi_writer *writer) {
  bool first = true;
  for (uint32_t at = branch->code; at < branch->code_end; at++) {
    if (!because_is_first(run->program, branch->code, at)) continue;
    const uint32_t slot = run->program->code[at].operand;
    const wbi_cel_value *value = wbi_cel_memo(run, slot);
    if (value->kind == WBI_CEL_UNREAD || value->kind == WB_UNKNOWN) continue;
    if (!first) wbi_put_char(writer, ',');
    first = false;
    wbi_put_json(writer,
                 wbi_schema_field(wbi_facts_schema(run->facts), run->program->fields[slot])->name);
    wbi_put_char(writer, ':');
    if (value->kind == WB_LIST)
      wbi_put_uint(writer, value->length);
    else
      wbi_cel_put_json(writer, value);
  }
}

/* One deciding leaf. */
static void because_put_leaf(wbi_cel_run *run, wbi_text source, const wbi_cel_branch *branch,
                             int32_t truth, wbi_writer *writer) {
  wbi_put_text(writer, WBI_TEXT("{\"text\":"));
  wbi_put_json(writer, wbi_text_slice(source, branch->from, branch->to));
  wbi_put_text(writer, WBI_TEXT(",\"truth\":"));
  because_put_truth(writer, truth);
  wbi_put_text(writer, WBI_TEXT(",\"values\":{"));
  because_put_values(run, branch, writer);
  wbi_put_text(writer, WBI_TEXT("}}"));
}

/* The truth of a branch. */
static wb_status because_truth(wbi_cel_run *run, uint32_t from, uint32_t to, int32_t *truth) {
  wbi_cel_value value = {.kind = WB_NULL};
  const wb_status status = wbi_cel_eval(run, from, to, &value);
  *truth = wbi_cel_truth(&value);
  return status;
}

/* The deciding leaves of a rule that came out as `truth`. */
static wb_status because_put_leaves(wbi_cel_run *run, const wb_rule *rule, int32_t truth,
                                    wbi_writer *writer) {
  bool first = true;
  for (uint32_t i = 0; i < rule->program.branch_count;) {
    const wbi_cel_branch *branch = &rule->program.branches[i];
    int32_t here = WB_FALSE;
    const wb_status status = because_truth(run, branch->code, branch->code_end, &here);
    if (status != WB_OK) return status;
    const bool turned = branch->negated && (truth == WB_TRUE || truth == WB_FALSE);
    if (here != (turned ? !truth : truth)) {
      i = branch->end;
      continue;
    }
    i++;
    if (!branch->leaf) continue;
    if (!first) wbi_put_char(writer, ',');
    first = false;
    because_put_leaf(run, rule->source, branch, here, writer);
  }
  return WB_OK;
}

wb_status wbi_rule_explain(const wb_rule *rule, wb_facts *facts, uint64_t row,
                           const wb_moment *moment, wbi_writer *writer, wb_error *error) {
  wbi_cel_run run = wbi_rule_run(rule, facts, row, moment, error);
  int32_t truth = WB_FALSE;
  run.quick = NULL;                                      /* all that is read is kept */
  run.limit *= 1 + (uint64_t)rule->program.branch_count; /* each branch is worked out by itself */
  wb_status status = wbi_cel_begin(&run);
  if (status == WB_OK) status = because_truth(&run, 0, rule->program.code_count, &truth);
  if (status != WB_OK) return status;
  wbi_put_text(writer, WBI_TEXT("{\"truth\":"));
  because_put_truth(writer, truth);
  wbi_put_text(writer, WBI_TEXT(",\"because\":["));
  status = because_put_leaves(&run, rule, truth, writer);
  wbi_put_text(writer, WBI_TEXT("]}"));
  return status;
}

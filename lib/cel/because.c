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

/* A truth as JSON. */
static void because_put_truth(wbi_writer *writer, int32_t truth) {
  wbi_put_text(writer, truth == WB_TRUE    ? WBI_TEXT("\"true\"")
                       : truth == WB_FALSE ? WBI_TEXT("\"false\"")
                                           : WBI_TEXT("\"unknown\""));
}

/* A date or a time as JSON; they were in range when they were read. */
static void because_put_time(wbi_writer *writer, const wbi_cel_value *value) {
  char text[40];
  size_t length = 0;
  if (value->kind == WB_DATE)
    (void)wb_date_format((wb_date)value->as.integer, text, sizeof text, &length);
  else
    (void)wb_time_format(value->as.integer, NULL, text, sizeof text, &length);
  wbi_put_json(writer, (wbi_text){text, length});
}

/* A number as JSON, which has none for infinity or what is no number. */
static void because_put_double(wbi_writer *writer, double value) {
  if (value - value == 0)
    wbi_put_double(writer, value);
  else
    wbi_put_text(writer, WBI_TEXT("null"));
}

/* Bytes as JSON: their hexadecimal digits. */
static void because_put_bytes(wbi_writer *writer, const wbi_cel_value *value) {
  wbi_put_char(writer, '"');
  wbi_put_hex(writer, (const uint8_t *)value->as.data, value->length);
  wbi_put_char(writer, '"');
}

/* A value as JSON. */
static void because_put_value(wbi_writer *writer, const wbi_cel_value *value) {
  switch (value->kind) {
  case WB_BOOL:
    wbi_put_text(writer, value->as.integer != 0 ? WBI_TEXT("true") : WBI_TEXT("false"));
    break;
  case WB_INT: wbi_put_int(writer, value->as.integer); break;
  case WB_UINT: wbi_put_uint(writer, (uint64_t)value->as.integer); break;
  case WB_DOUBLE: because_put_double(writer, value->as.real); break;
  case WB_TEXT: wbi_put_json(writer, (wbi_text){value->as.data, value->length}); break;
  case WB_BYTES: because_put_bytes(writer, value); break;
  case WB_DATE:
  case WB_TIME: because_put_time(writer, value); break;
  default: wbi_put_text(writer, WBI_TEXT("null")); break;
  }
}

/* Whether an instruction reads a field that none before it in the branch reads. */
static bool because_is_first(const wb_rule *rule, uint32_t from, uint32_t at) {
  if (rule->code[at].op > WBI_CEL_OP_NEEDED) return false;
  for (uint32_t i = from; i < at; i++)
    if (rule->code[i].op <= WBI_CEL_OP_NEEDED && rule->code[i].operand == rule->code[at].operand)
      return false;
  return true;
}

/* The fields of a branch and their values; a field that is not on record is left out. */
static void because_put_values(const wbi_cel_run *run, const wbi_cel_branch *branch,
                               wbi_writer *writer) {
  bool first = true;
  for (uint32_t at = branch->code; at < branch->code_end; at++) {
    const wbi_cel_value *value = &run->memo[run->rule->code[at].operand];
    if (!because_is_first(run->rule, branch->code, at) || value->kind <= WB_UNKNOWN) continue;
    if (!first) wbi_put_char(writer, ',');
    first = false;
    const uint32_t field = run->rule->fields[run->rule->code[at].operand];
    wbi_put_json(writer, wbi_schema_field(run->rule->schema, field)->name);
    wbi_put_char(writer, ':');
    because_put_value(writer, value);
  }
}

/* One deciding leaf. */
static void because_put_leaf(const wbi_cel_run *run, const wbi_cel_branch *branch, int32_t truth,
                             wbi_writer *writer) {
  wbi_put_text(writer, WBI_TEXT("{\"text\":"));
  wbi_put_json(writer, wbi_text_slice(run->rule->source, branch->from, branch->to));
  wbi_put_text(writer, WBI_TEXT(",\"truth\":"));
  because_put_truth(writer, truth);
  wbi_put_text(writer, WBI_TEXT(",\"values\":{"));
  because_put_values(run, branch, writer);
  wbi_put_text(writer, WBI_TEXT("}}"));
}

/* The deciding leaves of a rule that came out as `truth`. */
static wb_status because_put_leaves(wbi_cel_run *run, int32_t truth, wbi_writer *writer) {
  const wb_rule *rule = run->rule;
  bool first = true;
  for (uint32_t i = 0; i < rule->branch_count;) {
    const wbi_cel_branch *branch = &rule->branches[i];
    int32_t here = WB_FALSE;
    const wb_status status = wbi_cel_eval(run, branch->code, branch->code_end, &here);
    if (status != WB_OK) return status;
    const bool turned = branch->negated && truth != WB_UNDETERMINED;
    if (here != (turned ? !truth : truth)) {
      i = branch->end;
      continue;
    }
    i++;
    if (!branch->leaf) continue;
    if (!first) wbi_put_char(writer, ',');
    first = false;
    because_put_leaf(run, branch, here, writer);
  }
  return WB_OK;
}

wb_status wbi_rule_explain(const wb_rule *rule, wb_facts *facts, uint64_t row,
                           const wb_moment *moment, wbi_writer *writer, wb_error *error) {
  wbi_cel_run run = {.rule = rule, .facts = facts, .row = row, .moment = moment, .error = error};
  int32_t truth = WB_FALSE;
  wb_status status = wbi_cel_begin(&run);
  if (status == WB_OK) status = wbi_cel_eval(&run, 0, rule->code_count, &truth);
  if (status != WB_OK) return status;
  wbi_put_text(writer, WBI_TEXT("{\"truth\":"));
  because_put_truth(writer, truth);
  wbi_put_text(writer, WBI_TEXT(",\"because\":["));
  status = because_put_leaves(&run, truth, writer);
  wbi_put_text(writer, WBI_TEXT("]}"));
  return status;
}

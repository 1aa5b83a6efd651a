/* SPDX-License-Identifier: MIT */
/* The public face of rules. */
#include "cel/cel_private.h"

/* ---- making ------------------------------------------------------------------------------- */

/* Refuses a rule that is no question. */
static wb_status rule_ask(const wbi_cel_tree *tree) {
  const wbi_cel_type *type = tree->root->type;
  if (type->kind == WB_BOOL || type->kind == WBI_KIND_DYN) return WB_OK;
  (void)wbi_fail_name(tree->error, WB_E_TYPE, "true or false is needed here, not ",
                      wbi_type_word(type), "");
  wbi_error_place(tree->error, tree->source, tree->root->from);
  return WB_E_TYPE;
}

/* Refuses a rule that costs too much. */
static wb_status rule_afford(const wbi_cel_tree *tree, const wb_rule *rule) {
  if (rule->program.bound <= tree->cost) return WB_OK;
  return wbi_fail_at(tree->error, WB_E_LIMIT, tree->source, tree->root->at,
                     "the rule may cost more than the context allows");
}

/* Checks, parses and compiles into a rule whose arena is there. */
static wb_status rule_make(wb_rule *rule, wbi_cel_tree *tree) {
  wb_status status = wbi_cel_parse(tree);
  if (status == WB_OK) status = wbi_cel_check(tree);
  if (status == WB_OK) status = rule_ask(tree);
  if (status == WB_OK) status = wbi_cel_fold(tree, tree->root);
  if (status == WB_OK) status = wbi_cel_compile(tree, &rule->arena, &rule->program);
  if (status == WB_OK) status = rule_afford(tree, rule);
  if (status != WB_OK) return status;
  rule->cost = tree->cost;
  rule->source.length = tree->source.length;
  rule->source.data = wbi_arena_copy(&rule->arena, tree->source);
  if (rule->source.data == NULL) return wbi_fail(tree->error, WB_E_NOMEM, "no memory for the rule");
  return WB_OK;
}

/* Where the first byte stands that is not UTF-8. */
static size_t rule_invalid_at(wbi_text source) {
  size_t at = 0;
  uint32_t scalar = 0;
  while (wbi_utf8_next(source, &at, &scalar))
    continue;
  return at;
}

wb_status wbi_cel_check_source(wbi_text source, wb_error *error) {
  if (source.data == NULL && source.length > 0)
    return wbi_fail(error, WB_E_INVALID, "the text is missing");
  if (source.length > WBI_CEL_LENGTH)
    return wbi_fail_at(error, WB_E_LIMIT, source, WBI_CEL_LENGTH, "the rule is longer than 64 KiB");
  if (!wbi_utf8_valid(source))
    return wbi_fail_at(error, WB_E_INVALID, source, rule_invalid_at(source),
                       "the rule is not UTF-8 from here on");
  return WB_OK;
}

wb_status WB_CALL wb_rule_new(wb_context *context, wb_schema *schema, const char *text,
                              size_t length, wb_rule **rule, wb_error *error) {
  const wbi_text source = {text, length};
  wbi_arena scratch, arena;
  if (schema == NULL || rule == NULL)
    return wbi_fail(error, WB_E_INVALID, "the schema or the place for the rule is missing");
  wb_status status = wbi_cel_check_source(source, error);
  if (status != WB_OK) return status;
  wbi_arena_init(&scratch, context, 0);
  wbi_arena_init(&arena, context, 0);
  wb_rule *made = wbi_arena_alloc(&arena, sizeof *made);
  if (made == NULL) {
    status = wbi_fail(error, WB_E_NOMEM, "no memory for the rule");
    goto done;
  }
  made->arena = arena;
  const wbi_cel_env env = {.schema = schema};
  wbi_cel_tree tree = {.source = source,
                       .env = &env,
                       .arena = &scratch,
                       .error = error,
                       .depth = wbi_context_depth(context),
                       .cost = wbi_context_cost(context)};
  status = rule_make(made, &tree);
  arena = made->arena;
  if (status != WB_OK) goto done;
  wbi_refs_init(&made->refs);
  made->schema = wb_schema_ref(schema);
  *rule = made;
done:
  wbi_arena_free(&scratch);
  if (status != WB_OK) wbi_arena_free(&arena);
  return status;
}

wb_rule *WB_CALL wb_rule_ref(wb_rule *rule) {
  if (rule != NULL) wbi_refs_take(&rule->refs);
  return rule;
}

void WB_CALL wb_rule_unref(wb_rule *rule) {
  if (rule == NULL || !wbi_refs_drop(&rule->refs)) return;
  wb_schema_unref(rule->schema);
  wbi_arena_free(&rule->arena);
}

/* ---- asking ------------------------------------------------------------------------------- */

wb_status WB_CALL wb_rule_get(const wb_rule *rule, uint32_t index, uint32_t *field) {
  if (rule == NULL || field == NULL || index >= rule->program.field_count) return WB_E_NAME;
  *field = rule->program.fields[index];
  return WB_OK;
}

/* Names the fields whose bits are set; those that share the last bit are all named. */
static void rule_put_missing(const wbi_cel_program *program, uint64_t bits, wb_verdict *verdict) {
  for (uint32_t slot = 0; slot < program->field_count; slot++) {
    if ((bits & (uint64_t)wbi_cel_unknown(slot).as.integer) == 0) continue;
    if (verdict->missing_count < WB_VERDICT_MISSING)
      verdict->missing[verdict->missing_count] = program->fields[slot];
    verdict->missing_count++;
  }
}

/* Whether a row exists; a rule without fields never asks for one. */
static wb_status rule_check_row(const wbi_cel_run *run) {
  uint64_t count = 0;
  if (run->program->field_count > 0) return WB_OK;
  const wb_status status = wbi_facts_rows(run->facts, &count, run->error);
  if (status != WB_OK || run->row < count) return status;
  return wbi_fail(run->error, WB_E_NAME, "there is no such patient");
}

wbi_cel_run wbi_rule_run(const wb_rule *rule, wb_facts *facts, uint64_t row,
                         const wb_moment *moment, wb_error *error) {
  wbi_cel_run run; /* member by member: this is done for every row */
  run.program = &rule->program;
  run.facts = facts;
  run.quick = wbi_facts_quick(facts, row, moment);
  run.row = row;
  run.moment = moment;
  run.error = error;
  run.variables = NULL;
  run.heap = NULL;
  run.cost = 0;
  run.limit = rule->cost;
  run.status = WB_OK;
  run.remembers = false;
  return run;
}

wb_status wbi_rule_test(const wb_rule *rule, wb_facts *facts, uint64_t row, const wb_moment *moment,
                        wb_verdict *verdict, wb_error *error) {
  wbi_cel_run run = wbi_rule_run(rule, facts, row, moment, error);
  wbi_cel_value value = {.kind = WB_NULL};
  wb_status status = rule_check_row(&run);
  if (status == WB_OK) status = wbi_cel_decide(&run, &value);
  if (status != WB_OK) return status;
  *verdict = (wb_verdict){.size = sizeof *verdict, .truth = wbi_cel_truth(&value)};
  if (value.kind == WB_UNKNOWN)
    rule_put_missing(&rule->program, (uint64_t)value.as.integer, verdict);
  return WB_OK;
}

wb_status wbi_rule_enter(const wb_rule *rule, wb_facts *facts, const wb_moment *from,
                         wb_moment *moment, wb_error *error) {
  if (rule == NULL || facts == NULL)
    return wbi_fail(error, WB_E_INVALID, "the rule or the facts are missing");
  if (wbi_facts_schema(facts) != rule->schema)
    return wbi_fail(error, WB_E_INVALID, "the rule and the facts are not of one schema");
  const wb_status status = wbi_struct_read(from, sizeof *moment, moment, sizeof *moment, 0, error);
  if (status != WB_OK) return status;
  if (!wbi_facts_enter(facts)) return wbi_fail(error, WB_E_BUSY, "the facts are in use");
  return WB_OK;
}

wb_status WB_CALL wb_rule_test(const wb_rule *rule, wb_facts *facts, uint64_t row,
                               const wb_moment *moment, wb_verdict *verdict, wb_error *error) {
  wb_moment known;
  wb_verdict found;
  const bool fits = verdict != NULL && verdict->size == sizeof found; /* then nothing is copied */
  wb_status status = wbi_rule_enter(rule, facts, moment, &known, error);
  if (status != WB_OK) return status;
  status = wbi_rule_test(rule, facts, row, &known, fits ? verdict : &found, error);
  wbi_facts_leave(facts);
  if (status != WB_OK || fits) return status;
  status = wbi_struct_write(verdict, sizeof found, &found, sizeof found);
  if (status != WB_OK) return wbi_fail(error, status, "the verdict has no size, or one too small");
  return WB_OK;
}

wb_status WB_CALL wb_rule_explain(const wb_rule *rule, wb_facts *facts, uint64_t row,
                                  const wb_moment *moment, char *buffer, size_t capacity,
                                  size_t *length, wb_error *error) {
  wb_moment known;
  wbi_writer measure = {NULL, 0, 0}, writer = {buffer, capacity, 0};
  if (length == NULL || (buffer == NULL && capacity > 0))
    return wbi_fail(error, WB_E_INVALID, "the buffer or the place for its length is missing");
  wb_status status = wbi_rule_enter(rule, facts, moment, &known, error);
  if (status != WB_OK) return status;
  /* Once to measure: so nothing is written when a field fails half way. */
  status = wbi_rule_explain(rule, facts, row, &known, &measure, error);
  if (status == WB_OK && measure.length <= capacity)
    status = wbi_rule_explain(rule, facts, row, &known, &writer, error);
  wbi_facts_leave(facts);
  if (status != WB_OK) return status;
  status = wbi_writer_finish(measure.length <= capacity ? &writer : &measure, length);
  if (status != WB_OK) return wbi_fail(error, status, "the buffer is too short");
  return WB_OK;
}

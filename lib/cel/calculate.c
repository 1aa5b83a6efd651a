/* SPDX-License-Identifier: MIT */
/* Expressions by themselves: a text and the variables in it, the value as JSON. */
#include "cel/cel_private.h"
#include "cel/json_value.h"

/* Makes the members of an object the variables of an environment. */
static wb_status calculate_variables(wbi_arena *arena, const wbi_json *object, wbi_cel_env *env,
                                     wbi_cel_value **values, wb_error *error) {
  wbi_cel_variable *variables = wbi_arena_array(arena, object->count, sizeof *variables);
  uint32_t at = 0;
  *values = wbi_arena_array(arena, object->count, sizeof **values);
  if (variables == NULL || *values == NULL)
    return wbi_fail(error, WB_E_NOMEM, "no memory for the variables");
  for (const wbi_json *member = object->first; member != NULL; member = member->next) {
    variables[at] = (wbi_cel_variable){member->name, wbi_type_of(WBI_KIND_DYN)};
    const wb_status status = wbi_cel_take_json(arena, member, &(*values)[at++]);
    if (status != WB_OK)
      return wbi_json_fail(member, error, status,
                           status == WB_E_NOMEM ? "no memory for the variables"
                                                : "a number does not fit");
  }
  env->variables = variables;
  env->variable_count = object->count;
  return WB_OK;
}

/* Reads the variables. */
static wb_status calculate_read(wbi_arena *arena, wbi_text json, wbi_cel_env *env,
                                wbi_cel_value **values, wb_error *error) {
  wbi_json *object = NULL;
  if (json.length == 0) return WB_OK;
  const wb_status status = wbi_json_parse(arena, json, &object, error);
  if (status != WB_OK) return status;
  if (object->kind != WBI_JSON_OBJECT)
    return wbi_json_fail(object, error, WB_E_INVALID, "the variables are not a JSON object");
  return calculate_variables(arena, object, env, values, error);
}

wb_status wbi_cel_work_out(wbi_cel_tree *tree, const wbi_cel_value *variables,
                           wbi_cel_value *value) {
  wbi_cel_program program;
  wb_status status = wbi_cel_parse(tree);
  if (status == WB_OK) status = wbi_cel_check(tree);
  if (status == WB_OK) status = wbi_cel_fold(tree, tree->root);
  if (status == WB_OK) status = wbi_cel_compile(tree, tree->arena, &program);
  if (status != WB_OK) return status;
  if (program.bound > tree->cost)
    return wbi_fail(tree->error, WB_E_LIMIT, "the expression may cost more than the limit");
  wbi_cel_run run = {.program = &program,
                     .variables = variables,
                     .error = tree->error,
                     .heap = tree->arena,
                     .limit = tree->cost};
  status = wbi_cel_begin(&run);
  if (status == WB_OK) status = wbi_cel_eval(&run, 0, program.code_count, value);
  return status;
}

/* Works an expression out and writes its value. */
static wb_status calculate_write(wbi_cel_tree *tree, const wbi_cel_value *variables, char *buffer,
                                 size_t capacity, size_t *length) {
  wbi_writer writer = {buffer, capacity, 0};
  wbi_cel_value value = {.kind = WB_NULL};
  wb_status status = wbi_cel_work_out(tree, variables, &value);
  if (status != WB_OK) return status;
  if (value.kind == WBI_KIND_ERROR)
    return wbi_fail(tree->error, WB_E_STATE, wbi_cel_fault_text(value.as.integer));
  wbi_cel_put_json(&writer, &value);
  status = wbi_writer_finish(&writer, length);
  return status != WB_OK ? wbi_fail(tree->error, status, "the buffer is too short") : WB_OK;
}

wb_status WB_CALL wb_rule_eval(wb_context *context, const char *text, size_t text_length,
                               const char *variables, size_t variables_length, char *buffer,
                               size_t capacity, size_t *length, wb_error *error) {
  wbi_arena arena;
  wbi_cel_env env = {.schema = NULL};
  wbi_cel_value *values = NULL;
  const wbi_text source = {text, text_length};
  if (length == NULL || (buffer == NULL && capacity > 0) || (variables == NULL && variables_length))
    return wbi_fail(error, WB_E_INVALID, "a pointer is missing");
  wb_status status = wbi_cel_check_source(source, error);
  if (status != WB_OK) return status;
  wbi_arena_init(&arena, context, 0);
  wbi_cel_tree tree = {.source = source,
                       .env = &env,
                       .arena = &arena,
                       .error = error,
                       .depth = wbi_context_depth(context),
                       .cost = wbi_context_cost(context)};
  status = calculate_read(&arena, (wbi_text){variables, variables_length}, &env, &values, error);
  if (status == WB_OK) status = calculate_write(&tree, values, buffer, capacity, length);
  wbi_arena_free(&arena);
  return status;
}

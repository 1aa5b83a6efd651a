/* SPDX-License-Identifier: MIT */
/* calc's eval: an expression with variables. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* Works an expression out into memory that grows as needed; NULL: `error` says why. */
static char *evaluate(const char *text, const char *variables, size_t length, wb_error *error) {
  size_t needed = 0, capacity = 256;
  for (;;) {
    char *value = cli_grow(NULL, capacity, 1);
    const wb_status status =
        wb_rule_eval(NULL, text, strlen(text), variables, length, value, capacity, &needed, error);
    if (status == WB_OK && needed < capacity) return value;
    free(value);
    if (status != WB_OK && status != WB_E_SPACE) return NULL;
    capacity = needed + 1;
  }
}

/* Where the error is, in the variables or in the expression: "expr:1:12". */
static const char *evaluate_place(const wb_error *error) {
  static char place[40];
  if (!error->line) return "";
  snprintf(place, sizeof place, "%s:%u:%u", error->path[0] ? "vars" : "expr", error->line,
           error->column);
  return place;
}

const char *cli_evaluate(const cli_json *line, const char **what) {
  static wb_error error;
  const cli_json *expr = cli_json_find(line, "expr"), *vars = cli_json_find(line, "vars");
  char *variables = NULL;
  size_t length = 0;
  *what = "expr";
  if (!expr) return "is missing";
  if (expr->kind != CLI_STRING) return "not a text";
  *what = "vars";
  if (vars && vars->kind != CLI_OBJECT) return "not an object";
  if (vars) {
    FILE *out = open_memstream(&variables, &length);
    if (!out) return "no memory";
    cli_json object = *vars;
    object.name = NULL;
    cli_json_write(out, &object);
    fclose(out);
  }
  error = (wb_error){0};
  char *value = evaluate(expr->text, variables, length, &error);
  free(variables);
  *what = evaluate_place(&error);
  if (!value) return error.message;
  printf("{\"value\":%s}\n", value);
  free(value);
  return NULL;
}

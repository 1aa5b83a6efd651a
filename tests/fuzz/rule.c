/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target: any bytes as a rule, tested by row and in batches on made-up patients, and
 * explained; and as an expression by itself, what comes behind a NUL being its variables.
 */
#include <stdlib.h>
#include <string.h>

#include "cel/cel.h"
#include "support/crowd.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROWS = 70, CROWDS = 2 };

/* Ends the program unless a belief holds. */
static void believe(int holds) {
  if (!holds) abort();
}

/* What every input meets, made once: a crowd in one batch, one in several. */
static crowd crowds[CROWDS];

/* Makes it. */
static void rule_begin(void) {
  for (uint32_t i = 0; i < CROWDS && crowds[i].schema == NULL; i++)
    crowd_open(&crowds[i], NULL, 5 + i, ROWS, 1 + 3 * i);
}

/* An explanation is JSON, as long as was measured, of the truth that the test has. */
static void explain(const wb_rule *rule, const crowd *of, uint64_t row) {
  size_t needed = 0, length = 0;
  wb_status status = wb_rule_explain(rule, of->facts, row, &of->moment, NULL, 0, &needed, NULL);
  if (status != WB_E_SPACE) return;
  char *text = malloc(needed);
  believe(text != NULL);
  believe(wb_rule_explain(rule, of->facts, row, &of->moment, text, needed, &length, NULL) == WB_OK);
  believe(length == needed);
  wbi_arena arena;
  wbi_json *root = NULL;
  wbi_arena_init(&arena, NULL, 0);
  believe(wbi_json_parse(&arena, (wbi_text){text, length}, &root, NULL) == WB_OK);
  const wbi_json *because = wbi_json_find(root, "because");
  believe(because != NULL && because->count > 0);
  wbi_arena_free(&arena);
  free(text);
}

/* Tests a rule on a row; its truth, or that it has none. */
static int32_t test_row(const wb_rule *rule, const crowd *of, uint64_t row) {
  wb_verdict verdict = {.size = sizeof verdict};
  const wb_status status = wb_rule_test(rule, of->facts, row, &of->moment, &verdict, NULL);
  believe(status == WB_OK || status == WB_E_TYPE || status == WB_E_RANGE || status == WB_E_LIMIT);
  if (status != WB_OK) return WB_FAULTY;
  believe((verdict.truth == WB_UNDETERMINED) == (verdict.missing_count > 0));
  return verdict.truth;
}

/* All rows by themselves and together say the same. */
static void test_crowd(const wb_rule *rule, const crowd *of) {
  uint8_t yes[ROWS / 8 + 1], known[ROWS / 8 + 1];
  believe(wb_rule_match(rule, of->facts, 1, ROWS - 1, &of->moment, yes, known, NULL) == WB_OK);
  for (uint32_t row = 1; row < ROWS; row++) {
    const uint32_t bit = row - 1;
    const int32_t truth = test_row(rule, of, row);
    believe((yes[bit / 8] >> (bit % 8) & 1) == (truth == WB_TRUE));
    believe((known[bit / 8] >> (bit % 8) & 1) == (truth == WB_TRUE || truth == WB_FALSE));
  }
  for (uint64_t row = 0; row < 3; row++)
    explain(rule, of, row);
}

/* Makes a rule of a schema of its own for each crowd, and tests it. */
static void test_rule(const crowd *of, const char *text, size_t size) {
  wb_rule *rule = NULL;
  wb_error error;
  const wb_status status = wb_rule_new(NULL, of->schema, text, size, &rule, &error);
  if (status != WB_OK) {
    believe(error.status == status && error.message[0] != '\0');
    believe(size == 0 || (error.line > 0 && error.column > 0));
    return;
  }
  test_crowd(rule, of);
  wb_rule_unref(rule);
}

/* An expression by itself gives JSON, as long as was measured. */
static void work_out(const char *text, size_t size) {
  const char *nul = memchr(text, '\0', size);
  const size_t length = nul != NULL ? (size_t)(nul - text) : size;
  const char *variables = nul != NULL ? nul + 1 : NULL;
  const size_t rest = nul != NULL ? size - length - 1 : 0;
  char small[1];
  char *value = NULL;
  size_t needed = 0, written = 0;
  const wb_status status =
      wb_rule_eval(NULL, text, length, variables, rest, small, 0, &needed, NULL);
  if (status != WB_E_SPACE) return;
  value = malloc(needed);
  believe(value != NULL);
  believe(wb_rule_eval(NULL, text, length, variables, rest, value, needed, &written, NULL) ==
          WB_OK);
  believe(written == needed);
  wbi_arena arena;
  wbi_json *root = NULL;
  wbi_arena_init(&arena, NULL, 0);
  const wb_status read = wbi_json_parse(&arena, (wbi_text){value, needed}, &root, NULL);
  believe(read == WB_OK || read == WB_E_LIMIT);
  wbi_arena_free(&arena);
  free(value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *text = (const char *)data;
  rule_begin();
  if (size == 0) text = "";
  for (uint32_t i = 0; i < CROWDS; i++)
    test_rule(&crowds[i], text, size);
  work_out(text, size);
  return 0;
}
